//! What words speak for the beads of two texts: those that both sides have, and those that stand for each other all
//! through the texts. Knows beads, not how they are found.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::align::{Bead, Glossary, stem};
use crate::progress::{Cancelled, Progress};

/// Of the words that both sides of a bead have, how many are named as a reason.
const NAMED_WORDS: usize = 4;
/// Shorter words tell nothing of what a passage is about; numbers do at any length.
const TELLING_CHARS: usize = 4;
/// A word in more than one of so many beads stands everywhere, where these are more than a few.
const EVERYWHERE: usize = 4;
const FEW_BEADS: usize = 3;
/// Beads in which two words must meet for them to stand for each other.
const MEETINGS: usize = 2;

/// In how many beads a word stands, on the left, on the right and on both sides; of two words that stand for each
/// other one for each side.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    sides: [usize; 2],
    both: usize,
}

impl Met {
    /// Whether the word says the same on both sides, and something of the passage: one spelt alike in two languages that
    /// means two things ("will", "also") meets itself by chance only, and one that stands everywhere tells nothing.
    fn is_evidence(self, beads: usize) -> bool {
        let most = self.sides[0].max(self.sides[1]);
        most <= FEW_BEADS.max(beads / EVERYWHERE) && 2 * self.both >= most
    }

    /// Of the beads where either stands, the share where both do, in thousandths.
    fn share(self) -> usize {
        self.both * 1000 / (self.sides.iter().sum::<usize>() - self.both).max(1)
    }
}

/// How words are spread over the beads of two texts.
pub struct CommonWords<'g> {
    /// By the word, folded.
    met: HashMap<String, Met>,
    glossary: &'g Glossary,
    /// By the left one of two words that stand for each other.
    pairs: HashMap<String, Met>,
    beads: usize,
}

impl<'g> CommonWords<'g> {
    /// Counts the words of the beads of two texts.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn count(
        texts: &[Vec<&str>; 2],
        beads: &[Bead],
        glossary: &'g Glossary,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut met: HashMap<String, Met> = HashMap::new();
        let mut pairs: HashMap<String, Met> = HashMap::new();
        for (at, bead) in beads.iter().enumerate() {
            progress.reach(at, beads.len())?;
            let units = |side: usize| texts[side].get(bead.units[side].clone()).unwrap_or_default();
            let [left, right] = [folded_words(units(0), progress)?, folded_words(units(1), progress)?];
            let [lefts, rights] = [stems(&left), stems(&right)];
            for stem in &rights {
                if let Some(left) = glossary.partner(1, stem) {
                    let met = pairs.entry(left.to_owned()).or_default();
                    met.sides[1] += 1;
                    met.both += usize::from(lefts.contains(left));
                }
            }
            for stem in lefts.into_iter().filter(|stem| glossary.partner(0, stem).is_some()) {
                pairs.entry(stem).or_default().sides[0] += 1;
            }
            for word in &right {
                let met = met.entry(word.clone()).or_default();
                met.sides[1] += 1;
                met.both += usize::from(left.contains(word));
            }
            for word in left {
                met.entry(word).or_default().sides[0] += 1;
            }
        }
        Ok(Self { met, glossary, pairs, beads: beads.len() })
    }

    /// What words speak for a bead of these sides, for a person; nothing where none do.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn reason(
        &self,
        left: &[&str],
        right: &[&str],
        progress: &Progress,
    ) -> Result<Option<String>, Cancelled> {
        let shared = self.shared(left, right, progress)?;
        let pairs = self.pairs(left, right, NAMED_WORDS - shared.len(), progress)?;
        let shared = (!shared.is_empty()).then(|| format!("both have {}", shared.join(", ")));
        let pairs: Vec<String> = pairs.into_iter().map(|[left, right]| format!("{left} – {right}")).collect();
        let pairs = (!pairs.is_empty())
            .then(|| format!("{} stand for each other here and elsewhere", pairs.join(", ")));
        let parts: Vec<String> = shared.into_iter().chain(pairs).collect();
        Ok((!parts.is_empty()).then(|| parts.join("; ")))
    }

    /// Numbers and the rarest words that stand on both sides and speak for it, as the left has them.
    fn shared<'t>(
        &self,
        left: &[&'t str],
        right: &[&str],
        progress: &Progress,
    ) -> Result<Vec<&'t str>, Cancelled> {
        let mut there = folded_words(right, progress)?;
        let mut shared: Vec<(usize, &str)> = Vec::new();
        for (word, folded) in left.iter().flat_map(|text| telling_words(text)) {
            progress.ask()?;
            if there.remove(&folded) {
                let met = self.met.get(&folded).copied().unwrap_or_default();
                if is_number(word) || met.is_evidence(self.beads) {
                    shared.push((met.sides.iter().sum(), word));
                }
            }
        }
        // Stable: of words that are equally rare the first.
        shared.sort_by_key(|(beads, _)| *beads);
        Ok(shared.into_iter().take(NAMED_WORDS).map(|(_, word)| word).collect())
    }

    /// So many words of the left and those of the right that stand for them here and elsewhere, the surest first.
    fn pairs<'t>(
        &self,
        left: &[&'t str],
        right: &[&'t str],
        most: usize,
        progress: &Progress,
    ) -> Result<Vec<[&'t str; 2]>, Cancelled> {
        let mut there: HashMap<String, &str> = HashMap::new();
        for (word, _) in right.iter().flat_map(|text| telling_words(text)) {
            progress.ask()?;
            if let Some(stem) = stem(word) {
                there.entry(stem).or_insert(word);
            }
        }
        let mut pairs: Vec<(usize, [&str; 2])> = Vec::new();
        for (word, _) in left.iter().flat_map(|text| telling_words(text)) {
            progress.ask()?;
            let Some(stem) = stem(word) else { continue };
            // Each once: what stands for it is taken.
            let Some(other) = self.glossary.partner(0, &stem).and_then(|other| there.remove(other)) else {
                continue;
            };
            let met = self.pairs.get(&stem).copied().unwrap_or_default();
            if met.both >= MEETINGS && met.is_evidence(self.beads) {
                pairs.push((met.share(), [word, other]));
            }
        }
        // Stable: of pairs that are equally sure the first.
        pairs.sort_by_key(|(share, _)| Reverse(*share));
        Ok(pairs.into_iter().take(most).map(|(_, pair)| pair).collect())
    }
}

/// The telling words of some texts, folded, each once.
fn folded_words(texts: &[&str], progress: &Progress) -> Result<HashSet<String>, Cancelled> {
    let words = texts.iter().flat_map(|text| telling_words(text));
    words.map(|(_, folded)| progress.ask().map(|()| folded)).collect()
}

/// What an alignment reads some words as.
fn stems(words: &HashSet<String>) -> HashSet<String> {
    words.iter().filter_map(|word| stem(word)).collect()
}

fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

/// Numbers, and words of some length: as they stand, and folded.
fn telling_words(text: &str) -> impl Iterator<Item = (&str, String)> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let telling =
        |word: &&str| is_number(word) || word.chars().nth(TELLING_CHARS - 1).is_some() || word.len() > 5;
    words.filter(|word| !word.is_empty()).filter(telling).map(|word| (word, word.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::By;

    fn bead(at: usize) -> Bead {
        Bead {
            units: [at..at + 1, at..at + 1],
            similarity: 0.5,
            confidence: 0.9,
            moved: false,
            by: By::Texts,
        }
    }

    #[test]
    fn a_word_that_means_something_else_in_the_other_language_is_no_reason() {
        let left = [
            "Er will den Kapitän Halvorsen sehen.",
            "Niemand will am Abend ausfahren.",
            "Wer will das Schiff?",
        ];
        let right = ["He wants to see captain Halvorsen.", "Tomorrow it will rain.", "Who wants that ship?"];
        let names = [["Der Hafen liegt im Norden."; 9], ["The harbour lies to the north."; 9]];
        let texts = [[&left[..], &names[0]].concat(), [&right[..], &names[1]].concat()];
        let beads: Vec<Bead> = (0..12).map(bead).collect();
        let (glossary, progress) = (Glossary::default(), Progress::default());
        let common = CommonWords::count(&texts, &beads, &glossary, &progress).unwrap();
        let shared = |at: usize| common.shared(&texts[0][at..=at], &texts[1][at..=at], &progress).unwrap();
        assert_eq!(shared(0), ["Halvorsen"]);
        assert_eq!(shared(1), Vec::<&str>::new());
    }

    #[test]
    fn words_that_stand_for_each_other_in_several_beads_are_named() {
        let left = [
            "Der Hafen lag still.",
            "Die Lampen am Hafen brannten.",
            "Ein Brief kam am Abend.",
            "Der Brief.",
        ];
        let right = [
            "The harbour lay still.",
            "The lamps of the harbour burned.",
            "A letter came at night.",
            "A boat.",
        ];
        let texts = [[&left[..], &["Niemand."; 9]].concat(), [&right[..], &["Nobody."; 9]].concat()];
        let beads: Vec<Bead> = (0..13).map(bead).collect();
        let glossary = Glossary::from_pairs(&[
            ("hafen", "harbou"),
            ("lampen", "lamps"),
            ("brief", "letter"),
            ("nieman", "nobody"),
        ]);
        let progress = Progress::default();
        let common = CommonWords::count(&texts, &beads, &glossary, &progress).unwrap();
        let reason = |at: usize| common.reason(&texts[0][at..=at], &texts[1][at..=at], &progress).unwrap();
        let harbour = "Hafen – harbour stand for each other here and elsewhere";
        assert_eq!(reason(0).as_deref(), Some(format!("both have still; {harbour}").as_str()));
        assert_eq!(reason(1).as_deref(), Some(harbour), "lamps are met once");
        assert_eq!(reason(2), None, "a letter is met once");
        assert_eq!(reason(5), None, "nobody stands everywhere");
    }
}
