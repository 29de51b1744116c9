//! Words of two texts that stand for each other, as their beads taught it: for a person to see. Knows a learned model,
//! no beads.

use std::collections::HashMap;

use super::lexicon::Lexicon;
use super::words::{self, Words};

/// How likely each of two words must give the other.
const LEAST: f32 = 0.2;

/// For words of either side the word of the other that each stands for and that stands for it; words as [`stem`] has
/// them, and none that is spelt alike on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glossary {
    partners: [HashMap<String, String>; 2],
}

impl Glossary {
    pub(super) fn of(words: [&Words; 2], lexicons: &[Lexicon; 2]) -> Self {
        let best = |side: usize, word: u32| {
            let likeliest = lexicons[side].by_word[word as usize].iter().max_by(|a, b| a.1.total_cmp(&b.1));
            likeliest.filter(|(_, likely)| *likely >= LEAST).map(|(other, _)| *other)
        };
        let mut glossary = Self::default();
        for (word, left) in (0u32..).zip(words[0].names.iter()) {
            let Some(other) = best(0, word).filter(|&other| best(1, other) == Some(word)) else { continue };
            let right = &words[1].names[other as usize];
            if left != right {
                glossary.partners[0].insert(left.clone(), right.clone());
                glossary.partners[1].insert(right.clone(), left.clone());
            }
        }
        glossary
    }

    /// The words of the other side for those of a side.
    #[must_use]
    pub fn partner(&self, side: usize, stem: &str) -> Option<&str> {
        self.partners[side].get(stem).map(String::as_str)
    }

    /// Of pairs that are known.
    #[cfg(test)]
    pub(crate) fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        let mut glossary = Self::default();
        for &(left, right) in pairs {
            glossary.partners[0].insert(left.to_owned(), right.to_owned());
            glossary.partners[1].insert(right.to_owned(), left.to_owned());
        }
        glossary
    }

    /// The same seen from the other side.
    pub(super) fn swapped(self) -> Self {
        let [left, right] = self.partners;
        Self { partners: [right, left] }
    }
}

/// A word as an alignment reads it; nothing where it reads several.
#[must_use]
pub fn stem(word: &str) -> Option<String> {
    let mut stems = Vec::new();
    let read = words::for_each_word(word, &mut words::Letters::default(), |stem| {
        stems.push(stem.to_owned());
        if stems.len() > 1 { Err(()) } else { Ok(()) }
    });
    read.ok().and_then(|_| stems.pop())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;

    #[test]
    fn words_stand_for_each_other_where_each_is_the_best_for_the_other() {
        let words = [["Rat und Wahrheit, 1911"], ["council and truth 1911"]]
            .map(|units| Words::of(&units, &Progress::default()).unwrap());
        let lexicon =
            |by_word: [Vec<(u32, f32)>; 4]| Lexicon { by_word: by_word.to_vec(), ..Lexicon::default() };
        // Rat - council; und - and, but "and" gives "Wahrheit" more; 1911 - 1911.
        let left = lexicon([vec![(0, 0.7)], vec![(1, 0.5)], vec![(2, 0.1)], vec![(3, 1.0)]]);
        let right = lexicon([vec![(1, 0.3), (0, 0.6)], vec![(2, 0.6)], vec![(2, 0.9)], vec![(3, 1.0)]]);
        let glossary = Glossary::of([&words[0], &words[1]], &[left, right]);
        let partners = ["rat", "und", "wahrhe", "1911"].map(|stem| glossary.partner(0, stem));
        assert_eq!(partners, [Some("counci"), None, None, None]);
        assert_eq!(glossary.partner(1, "counci"), Some("rat"));
        assert_eq!(glossary.swapped().partner(0, "counci"), Some("rat"));
    }

    #[test]
    fn a_word_is_read_as_one_or_not_at_all() {
        assert_eq!(stem("Wahrheiten").as_deref(), Some("wahrhe"));
        assert_eq!(stem("真理"), None);
        assert_eq!(stem("–"), None);
    }
}
