//! Which sequences of words two texts have in common, in whatever order: what tells editions of one language from
//! other works where blocks were moved, or one text is but a part of the other. Knows no beads.

use std::fmt;

use super::words::Words;
use super::{Judgement, Relation, percent};

/// Share of sequences of the text with fewer from which two texts are one work. Of all books of two English Bibles
/// against the others of the same one (five thousand pairs), some of which copy chapters from each other, at most .21 are common;
/// of short editions .9 and more. A chapter that another book copies is an excerpt of it, as any other.
const SAME: f32 = 0.5;
/// Share at which one work and two were equally likely, and how steeply that rises.
const EITHER: f32 = 0.4;
const STEEP: f32 = 14.0;
/// Sequences in common that weigh as much as knowing nothing: two or three sentences that one text takes from the other.
/// What a text of twice as many has in common can hardly be a quotation.
const FEW: f32 = 25.0;

/// The sequences of four words that two texts have in common, each counted once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Runs {
    common: usize,
    /// How many the text with fewer has, and the other.
    all: [usize; 2],
}

impl Runs {
    /// Counts the sequences of two texts.
    pub fn of(words: [&Words; 2]) -> Self {
        // What the left does not have keeps apart from its numbers.
        let unknown = words[0].names.len() as u32..;
        let numbers = words[1].numbers_in(words[0]).into_iter().zip(unknown);
        let as_left: Vec<u32> = numbers.map(|(same, other)| same.unwrap_or(other)).collect();
        let left = sequences(words[0], |word| word);
        let right = sequences(words[1], |word| as_left[word as usize]);
        let mut rest = left.iter().peekable();
        let is_common = |sequence: &&u128| {
            while rest.next_if(|other| other < sequence).is_some() {}
            rest.peek() == Some(sequence)
        };
        let common = right.iter().filter(is_common).count();
        let counts = [left.len(), right.len()];
        Self { common, all: [counts[0].min(counts[1]), counts[0].max(counts[1])] }
    }

    /// The share of the sequences of the text with fewer that the other has too, in `[0, 1]`.
    pub fn share(&self) -> f32 {
        self.shares()[0]
    }

    fn shares(&self) -> [f32; 2] {
        self.all.map(|all| self.common as f32 / all.max(1) as f32)
    }

    /// What they tell of two texts of one language: that they are one work, or nothing.
    pub fn judged(&self) -> Option<Judgement> {
        if self.share() < SAME {
            return None;
        }
        let chance = 1.0 / (1.0 + (STEEP * (EITHER - self.share())).exp());
        let times = (self.common as f32 / FEW).powi(2);
        let known = times / (times + 1.0);
        Some(Judgement {
            relation: Relation::SameWords,
            confidence: 0.5 + (chance - 0.5) * known,
            reason: format!("the language is one, and {self}, in whatever order"),
        })
    }
}

impl fmt::Display for Runs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of the longer text fewer: both are said, since one alone reads as if the texts were the same.
        let [most, least] = self.shares().map(percent);
        let least = if least == most { String::new() } else { format!("{least} to ") };
        write!(f, "{least}{most} % of all runs of four words stand in both")
    }
}

/// The sequences of four words, each once, in order; each is one number, for those are compared at once.
fn sequences(words: &Words, number: impl Fn(u32) -> u32) -> Vec<u128> {
    let mut all = Vec::with_capacity(words.total);
    for unit in &words.units {
        let mut sequence = 0;
        for (at, &word) in (1..).zip(unit) {
            sequence = sequence << u32::BITS | u128::from(number(word));
            if at >= 4 {
                all.push(sequence);
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;

    fn runs(left: &[&str], right: &[&str]) -> Runs {
        let words = |units: &[&str]| Words::of(units, &Progress::default()).unwrap();
        Runs::of([&words(left), &words(right)])
    }

    #[test]
    fn sequences_in_common_are_counted_once_in_whatever_order() {
        let found = runs(&["a b c d e", "f g h i"], &["f g h i", "x a b c d", "a b c d"]);
        assert_eq!(found, Runs { common: 2, all: [3, 3] });
        assert_eq!(found.to_string(), "67 % of all runs of four words stand in both");
        assert_eq!(runs(&["a b c d e f"], &["c d e f"]).to_string().split(" % ").next(), Some("33 to 100"));
        assert_eq!(runs(&[], &["a b c d"]).judged(), None);
    }

    #[test]
    fn how_surely_runs_tell_follows_their_share_and_number() {
        let confidence = |common, fewer| Runs { common, all: [fewer, 1000] }.judged().map(|j| j.confidence);
        assert_eq!(confidence(210, 1000), None);
        assert!(confidence(10, 10).is_some_and(|sure| sure < 0.6));
        assert!(confidence(50, 50).is_some_and(|sure| sure > 0.85));
        assert!(confidence(150, 170).is_some_and(|sure| sure > 0.95));
        assert!(confidence(500, 1000) < confidence(600, 1000));
    }
}
