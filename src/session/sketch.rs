//! What a passage is like as a whole, in a few bytes: it is known again by them after some of its words have changed, and
//! told from others that begin alike.

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::document::Edition;
use crate::hash::{scrambled, simhash};

/// Words that a passage has at least to be known by: of fewer a single other word changes too much.
const FEWEST_WORDS: usize = 4;
/// Bits in which the sketches of a passage before and after a change differ at most. Another word among twelve changes about
/// ten; two passages of one language differ in some twenty-five.
const LIKE: u32 = 12;
/// Bits by which the next one must differ more: passages of one formula are all alike.
const LEAD: u32 = 4;

/// `SimHash` (Charikar 2002) of the words of a passage and the pairs of them that stand side by side, 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sketch(u64);

impl Sketch {
    /// The sketch of a passage; `None` for one of a few words.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let words: Vec<u64> = text.unicode_words().map(hashed).collect();
        let pairs = words.iter().zip(words.iter().skip(1)).map(|(before, word)| word ^ scrambled(*before));
        let all = words.iter().copied().chain(pairs);
        (words.len() >= FEWEST_WORDS).then(|| Self(simhash(all.map(scrambled), u64::BITS)))
    }

    /// In how many bits two differ.
    fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// FNV-1a of 64 bits (Fowler, Noll, Vo) of a word in small letters: the same in every version.
fn hashed(word: &str) -> u64 {
    let bytes = word.chars().flat_map(char::to_lowercase).flat_map(|c| u32::from(c).to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The passages of an edition among which places are looked for; what they are like is worked out once, where it is asked.
#[derive(Debug)]
pub struct Ground<'e> {
    /// The edition.
    pub edition: &'e Edition,
    sketches: OnceCell<Vec<Option<Sketch>>>,
}

impl<'e> Ground<'e> {
    /// The passages of an edition.
    #[must_use]
    pub fn new(edition: &'e Edition) -> Self {
        Self { edition, sketches: OnceCell::new() }
    }

    /// The passage that had this sketch: one that has it still, of several the one nearest to where it stood, or the one that is
    /// like it and by far the likest.
    #[must_use]
    pub fn passage_like(&self, sketch: Sketch, stood: usize) -> Option<usize> {
        let is_there =
            |passage: usize| self.edition.get(passage).and_then(|p| Sketch::of(&p.text)) == Some(sketch);
        if is_there(stood) {
            return Some(stood);
        }
        let of_all = || self.edition.passages().iter().map(|passage| Sketch::of(&passage.text)).collect();
        let all = self.sketches.get_or_init(of_all).iter().enumerate();
        let mut found: Vec<(u32, usize, usize)> = all
            .filter_map(|(at, other)| Some((sketch.distance((*other)?), at.abs_diff(stood), at)))
            .collect();
        found.sort_unstable();
        let &(distance, _, passage) = found.first()?;
        let next = found.get(1).map_or(u32::MAX, |next| next.0);
        (distance == 0 || distance <= LIKE && next >= distance + LEAD).then_some(passage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};

    fn edition(texts: &[String]) -> Edition {
        let passages = texts.iter().map(|text| Passage::new(Kind::Paragraph, text.as_str())).collect();
        Edition::new(passages, Vec::new(), 0)
    }

    fn prose(at: usize) -> String {
        let word = |n: usize| format!("w{}", (at * 31 + n * 7) % 997);
        format!(
            "The {} of the {} and the {} was {}, they say, until {} and {} came.",
            word(1),
            word(2),
            word(3),
            word(4),
            word(5),
            word(6)
        )
    }

    #[test]
    fn a_passage_is_known_by_what_it_is_like_wherever_it_stands_now() {
        let mut texts: Vec<String> = (0..200).map(prose).collect();
        let known = Sketch::of(&texts[40]).unwrap();
        let found = |texts: &[String]| Ground::new(&edition(texts)).passage_like(known, 40);
        assert_eq!(found(&texts), Some(40));
        texts.drain(3..6);
        assert_eq!(found(&texts), Some(37), "others are gone");
        texts[37] = texts[37].replace("they say", "we hear");
        assert_eq!(found(&texts), Some(37), "and some words are others");
        texts.remove(37);
        assert_eq!(found(&texts), None, "it is gone");
    }

    #[test]
    fn of_passages_of_one_formula_none_is_taken_for_another() {
        let from = ["pestilence", "famine", "battle", "murder", "sedition", "schism"];
        let mut texts: Vec<String> = from
            .iter()
            .map(|what| format!("We beseech thee to hear us, and to deliver us, good Lord, from {what}."))
            .collect();
        let known = Sketch::of(&texts[4]).unwrap();
        texts.remove(1);
        assert_eq!(Ground::new(&edition(&texts)).passage_like(known, 4), Some(3));
        texts.remove(3);
        assert_eq!(Ground::new(&edition(&texts)).passage_like(known, 4), None);
    }

    #[test]
    fn a_few_words_are_no_passage_to_be_known_by() {
        assert_eq!(Sketch::of("Amen, amen."), None);
        assert!(Sketch::of("Four words are enough.").is_some());
    }
}
