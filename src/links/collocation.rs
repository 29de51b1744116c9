//! Words that both passages of a pair bring together: "economic emancipation" here, "emancipation in economic
//! life" there. They show the same claim, and a source that was translated twice. Knows no topics.

use std::collections::HashMap;

use super::similarity::Vocabulary;
use crate::topics::words::Word;

/// How many words that tell something may follow one for the two to stand together.
const REACH: usize = 4;
/// The rarity from which a word tells something.
const LEAST_RARITY: f32 = 0.25;
/// In how many passages of a side two words may stand together before this is a habit of speech.
const MOST_PASSAGES: usize = 8;
/// How many shared pairs of words are remembered for each pair of passages.
const REMEMBERED: usize = 3;

/// What two passages bring together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collocations {
    /// How much it tells, 0 and up: the product of the rarities of both words, added up over the pairs.
    pub weight: f32,
    /// The most telling pairs of stems.
    pub best: Vec<(f32, [u32; 2])>,
}

/// For each pair of passages, left and right, what both bring together.
#[must_use]
pub fn shared_collocations(vocabulary: &Vocabulary) -> HashMap<[usize; 2], Collocations> {
    let [left, right] = [0, 1].map(|side| collocations(vocabulary, side));
    let mut shared: HashMap<[usize; 2], Collocations> = HashMap::new();
    let mut rest = right.as_slice();
    for lefts in left.chunk_by(|a, b| a.0 == b.0) {
        let Some(&(stems, _)) = lefts.first() else { continue };
        let start = rest.partition_point(|(other, _)| *other < stems);
        let end = rest.partition_point(|(other, _)| *other <= stems);
        let rights = rest.get(start..end).unwrap_or_default();
        rest = rest.get(end..).unwrap_or_default();
        if lefts.len() > MOST_PASSAGES || rights.len() > MOST_PASSAGES {
            continue;
        }
        let weight = vocabulary.rarity(stems[0]) * vocabulary.rarity(stems[1]);
        for (&(_, left), &(_, right)) in lefts.iter().flat_map(|l| rights.iter().map(move |r| (l, r))) {
            let found = shared.entry([left, right]).or_default();
            found.weight += weight;
            found.best.push((weight, stems));
            found.best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            found.best.truncate(REMEMBERED);
        }
    }
    shared
}

/// Each pair of stems that stand together on a side, the lesser first, with each passage in which they do;
/// sorted.
fn collocations(vocabulary: &Vocabulary, side: usize) -> Vec<([u32; 2], usize)> {
    let mut found = Vec::new();
    for (passage, words) in vocabulary.passages(side) {
        let tells = |word: &&Word| word.content && vocabulary.rarity(word.stem) >= LEAST_RARITY;
        let telling: Vec<&Word> = words.iter().filter(tells).collect();
        for (at, word) in telling.iter().enumerate() {
            let next = telling.iter().skip(at + 1).take(REACH);
            for other in next.take_while(|other| other.sentence == word.sentence) {
                if other.stem != word.stem {
                    found.push(([word.stem.min(other.stem), word.stem.max(other.stem)], passage));
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Edition, Kind, Passage};

    fn edition(texts: &[&str]) -> Edition {
        let passages = texts.iter().map(|text| Passage::new(Kind::Paragraph, *text)).collect();
        Edition::new(passages, Vec::new(), 0)
    }

    fn shared(left: &[&str], right: &[&str]) -> Vec<([usize; 2], Vec<[String; 2]>)> {
        let vocabulary = Vocabulary::of([&edition(left), &edition(right)]);
        let spelled = |stem: u32| vocabulary.lexicon.spelling(stem).to_owned();
        let mut found: Vec<_> = shared_collocations(&vocabulary)
            .into_iter()
            .map(|(places, c)| (places, c.best.iter().map(|(_, stems)| stems.map(spelled)).collect()))
            .collect();
        found.sort();
        found
    }

    #[test]
    fn words_brought_together_on_both_sides_are_found_in_any_order() {
        let left = ["The harbour dues ruin every pilot.", "Fog lay on the marsh."];
        let right = ["Nothing here.", "A pilot pays no dues to any harbour."];
        let found = shared(&left, &right);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].0, found[0].1.len()), ([0, 1], 3));
    }

    #[test]
    fn words_of_different_sentences_do_not_stand_together() {
        assert_eq!(shared(&["The harbour. A pilot."], &["the harbour pilot"]), []);
    }
}
