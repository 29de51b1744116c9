//! Words that two passages have in common one after another: a sentence quoted by both, a set phrase of one
//! tradition. Knows no topics.

use std::collections::HashMap;
use std::ops::Range;

use super::similarity::Vocabulary;
use crate::document::{Edition, Kind, Passage};

/// Words of a run at least.
const LEAST_WORDS: usize = 4;
/// Words of a run at least that are no function words.
const LEAST_CONTENT: usize = 3;
/// In how many passages of a side the opening of a run may stand: what stands in more is a habit of speech.
const MOST_PASSAGES: usize = 4;

/// A run of words that a left and a right passage share, compared by stems.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedRun {
    /// The passages, left and right.
    pub passages: [usize; 2],
    /// Byte range of the run in the text of each passage.
    pub bytes: [Range<usize>; 2],
    /// The rarity of its words, added up: how much it takes for this to be chance.
    pub rarity: f32,
    /// Whether it stands inside quotation marks, or in a quotation, on either side.
    pub quoted: bool,
}

/// For each pair of passages that share one, the rarest run of words; by left, then right passage.
#[must_use]
pub fn shared_runs(editions: [&Edition; 2], vocabulary: &Vocabulary) -> Vec<SharedRun> {
    let openings = openings(vocabulary, 0);
    let common = openings_in_many(vocabulary);
    let mut best: HashMap<[usize; 2], (Range<usize>, Range<usize>, f32)> = HashMap::new();
    for (right, words) in vocabulary.words[1].iter().enumerate() {
        for (at, window) in words.windows(LEAST_WORDS).enumerate() {
            let key: Vec<u32> = window.iter().map(|word| word.stem).collect();
            if common.contains_key(&key) {
                continue;
            }
            for &(left, start) in openings.get(&key).into_iter().flatten() {
                let Some(length) = run_length(vocabulary, [(left, start), (right, at)]) else { continue };
                let run = words.get(at..at + length).unwrap_or_default();
                let rarity: f32 = run.iter().map(|word| vocabulary.rarity(word.stem)).sum();
                if run.iter().filter(|word| word.content).count() < LEAST_CONTENT {
                    continue;
                }
                let found = best.entry([left, right]).or_insert((0..0, 0..0, 0.0));
                if rarity > found.2 {
                    *found = (start..start + length, at..at + length, rarity);
                }
            }
        }
    }
    let mut runs: Vec<SharedRun> = best
        .into_iter()
        .map(|(passages, (left, right, rarity))| {
            let bytes = [bytes(vocabulary, 0, passages[0], left), bytes(vocabulary, 1, passages[1], right)];
            let quoted = [0, 1].iter().any(|&side: &usize| {
                editions[side].get(passages[side]).is_some_and(|p| is_quoted(p, bytes[side].start))
            });
            SharedRun { passages, bytes, rarity, quoted }
        })
        .collect();
    runs.sort_by_key(|run| run.passages);
    runs
}

type Openings = HashMap<Vec<u32>, Vec<(usize, usize)>>;

fn openings(vocabulary: &Vocabulary, side: usize) -> Openings {
    let mut openings = Openings::new();
    for (passage, words) in vocabulary.words.get(side).into_iter().flatten().enumerate() {
        for (at, window) in words.windows(LEAST_WORDS).enumerate() {
            openings.entry(window.iter().map(|word| word.stem).collect()).or_default().push((passage, at));
        }
    }
    openings
}

/// Openings that stand in too many passages of either side.
fn openings_in_many(vocabulary: &Vocabulary) -> HashMap<Vec<u32>, ()> {
    let sides = [openings(vocabulary, 0), openings(vocabulary, 1)];
    let many = sides.into_iter().flatten().filter(|(_, places)| {
        let mut passages: Vec<usize> = places.iter().map(|&(passage, _)| passage).collect();
        passages.dedup();
        passages.len() > MOST_PASSAGES
    });
    many.map(|(key, _)| (key, ())).collect()
}

/// How long the run that opens at these places is; none where it goes on to the left of them, since then it
/// was found there.
fn run_length(vocabulary: &Vocabulary, places: [(usize, usize); 2]) -> Option<usize> {
    let [left, right] = [0, 1].map(|side: usize| {
        let (passage, _) = places[side];
        vocabulary.words[side].get(passage).map_or(&[][..], Vec::as_slice)
    });
    let [(_, l), (_, r)] = places;
    let before = |words: &[crate::topics::words::Word], at: usize| Some(words.get(at.checked_sub(1)?)?.stem);
    if before(left, l).is_some() && before(left, l) == before(right, r) {
        return None;
    }
    let pairs = left.get(l..)?.iter().zip(right.get(r..)?);
    Some(pairs.take_while(|(a, b)| a.stem == b.stem).count())
}

fn bytes(vocabulary: &Vocabulary, side: usize, passage: usize, words: Range<usize>) -> Range<usize> {
    let words = vocabulary.words.get(side).and_then(|side| side.get(passage)?.get(words));
    match words {
        Some([first, .., last]) => first.byte..last.byte + last.bytes,
        Some([only]) => only.byte..only.byte + only.bytes,
        Some([]) | None => 0..0,
    }
}

/// Whether a byte of a passage stands in a quotation: the passage is one, or an odd number of quotation marks
/// opened before it (curly marks by their direction, straight ones in turn).
fn is_quoted(passage: &Passage, byte: usize) -> bool {
    if passage.kind == Kind::Quotation {
        return true;
    }
    let before = passage.text.get(..byte).unwrap_or_default();
    let mut open = false;
    for c in before.chars() {
        match c {
            '\u{201c}' | '\u{201e}' | '\u{ab}' => open = true,
            '\u{201d}' | '\u{bb}' => open = false,
            '"' => open = !open,
            _ => {}
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(texts: &[&str]) -> Edition {
        let passages = texts.iter().map(|text| Passage::new(Kind::Paragraph, *text)).collect();
        Edition::new(passages, Vec::new(), 0)
    }

    fn runs(left: &[&str], right: &[&str]) -> Vec<(String, bool)> {
        let (left, right) = (edition(left), edition(right));
        let vocabulary = Vocabulary::of([&left, &right]);
        let text = |run: &SharedRun| left.passages()[run.passages[0]].slice(run.bytes[0].clone()).to_owned();
        shared_runs([&left, &right], &vocabulary).iter().map(|run| (text(run), run.quoted)).collect()
    }

    #[test]
    fn a_shared_quotation_is_found_whole() {
        let left = ["He wrote \u{201c}the tide carries every vessel to its harbour\u{201d} in spring."];
        let right = ["She doubts that the tide carries every vessel to its harbour at all."];
        assert_eq!(runs(&left, &right), [("the tide carries every vessel to its harbour".to_owned(), true)]);
    }

    #[test]
    fn small_words_and_short_phrases_make_no_quotation() {
        assert_eq!(runs(&["it is one of the best of all"], &["that is one of the worst"]), []);
        assert_eq!(runs(&["a brave harbour pilot"], &["some brave harbour pilot"]), []);
    }

    #[test]
    fn a_habit_of_speech_is_no_quotation() {
        let habit = ["the old harbour pilot sang loudly"; 6];
        assert_eq!(runs(&habit, &["the old harbour pilot sang loudly"]), []);
    }
}
