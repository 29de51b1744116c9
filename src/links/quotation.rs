//! Words that two passages have in common one after another: a sentence quoted by both, a set phrase of one
//! tradition. Knows no topics.

use std::collections::HashMap;
use std::ops::Range;

use super::similarity::Vocabulary;
use crate::document::{Edition, Kind, Passage};
use crate::topics::words::Word;

/// Words of a run at least.
const LEAST_WORDS: usize = 4;
/// Words of a run at least that are no function words.
const LEAST_CONTENT: usize = 3;
/// Words that a run is followed to either side: bounds the work on texts that are the same.
const MOST_WORDS: usize = 60;
/// Words of its opening at least that are no function words.
const LEAST_OPENING: usize = 2;
/// In how many passages of a side the opening of a run may stand: what stands in more is a habit of speech.
const MOST_PASSAGES: usize = 4;

/// How often it may stand on a side: bounds the work on a text that repeats itself.
const MOST_PLACES: usize = 16;

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

/// The stems of the first words of a run.
type Opening = [u32; LEAST_WORDS];
/// Passages and word indexes at which each opening stands on one side.
type Openings = HashMap<Opening, Vec<(usize, usize)>>;

/// For each pair of passages that share one, the rarest run of words; by left, then right passage.
#[must_use]
pub fn shared_runs(editions: [&Edition; 2], vocabulary: &Vocabulary) -> Vec<SharedRun> {
    let [left, right] = [0, 1].map(|side: usize| openings(vocabulary.passages(side)));
    let mut best: HashMap<[usize; 2], ([Range<usize>; 2], f32)> = HashMap::new();
    for (opening, rights) in &right {
        let Some(lefts) = left.get(opening) else { continue };
        if is_habit(lefts) || is_habit(rights) {
            continue;
        }
        for (&l, &r) in lefts.iter().flat_map(|l| rights.iter().map(move |r| (l, r))) {
            let Some((places, rarity)) = run(vocabulary, [l, r]) else { continue };
            let found = best.entry([l.0, r.0]).or_insert_with(|| (places.clone(), rarity));
            // Of runs alike in rarity the first in the text, whatever the order of the map.
            if rarity > found.1 || (rarity >= found.1 && places[0].start < found.0[0].start) {
                *found = (places, rarity);
            }
        }
    }
    let mut runs: Vec<SharedRun> = best
        .into_iter()
        .map(|(passages, (places, rarity))| {
            let [left, right] = places;
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

fn openings<'w>(passages: impl Iterator<Item = (usize, &'w [Word])>) -> Openings {
    let mut openings = Openings::new();
    for (passage, words) in passages {
        for (at, window) in words.windows(LEAST_WORDS).enumerate() {
            if window.iter().filter(|word| word.content).count() >= LEAST_OPENING {
                let mut opening = [0; LEAST_WORDS];
                for (slot, word) in opening.iter_mut().zip(window) {
                    *slot = word.stem;
                }
                openings.entry(opening).or_default().push((passage, at));
            }
        }
    }
    openings
}

/// Whether an opening stands in so many passages that it is a habit of speech; places are in order.
fn is_habit(places: &[(usize, usize)]) -> bool {
    places.chunk_by(|a, b| a.0 == b.0).count() > MOST_PASSAGES || places.len() > MOST_PLACES
}

/// The words of the run around an opening, as ranges in both passages, and their rarity; none where it says
/// too little. The run may begin before the opening: what comes first may be a habit of speech.
fn run(vocabulary: &Vocabulary, places: [(usize, usize); 2]) -> Option<([Range<usize>; 2], f32)> {
    let [(left, l), (right, r)] = places;
    let (left, right) = (vocabulary.words(0, left), vocabulary.words(1, right));
    let same = |(a, b): &(&Word, &Word)| a.stem == b.stem;
    let before = left.get(..l)?.iter().rev().zip(right.get(..r)?.iter().rev());
    let before = before.take(MOST_WORDS).take_while(same).count();
    let after = left.get(l..)?.iter().zip(right.get(r..)?).take(MOST_WORDS).take_while(same).count();
    let places = [l - before..l + after, r - before..r + after];
    let run = left.get(places[0].clone())?;
    let content = run.iter().filter(|word| word.content).count();
    let rarity = run.iter().map(|word| vocabulary.rarity(word.stem)).sum();
    (content >= LEAST_CONTENT).then_some((places, rarity))
}

fn bytes(vocabulary: &Vocabulary, side: usize, passage: usize, words: Range<usize>) -> Range<usize> {
    match vocabulary.words(side, passage).get(words) {
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
    fn a_quotation_may_begin_with_a_habit_of_speech() {
        let habit = "the old harbour pilot sang";
        let left = [habit, habit, habit, habit, habit, "the old harbour pilot sang hymns of drowned sailors"];
        let found = runs(&left, &["the old harbour pilot sang hymns of drowned sailors"]);
        assert_eq!(found.last().unwrap().0, "the old harbour pilot sang hymns of drowned sailors");
    }

    #[test]
    fn a_habit_of_speech_is_no_quotation() {
        let habit = ["the old harbour pilot sang loudly"; 6];
        assert_eq!(runs(&habit, &["the old harbour pilot sang loudly"]), []);
    }
}
