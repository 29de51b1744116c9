//! Whether what is learned from one half of the beads tells which passages of the other half belong together: of one
//! work in two languages it does, whatever their scripts; of two works it tells no more than chance. Knows beads and
//! lexicons, no decision.

use std::ops::Range;

use super::habits::Habits;
use super::lexicon::Lexicon;
use super::likelihood::{Gains, Row};
use super::rounds;
use super::span::{Span, has_both};
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// The most beads of which it is asked: more prove no more.
const MOST: usize = 400;

/// Of how many beads something was learned that speaks more for their own partner than for another of like length, or
/// less, and of how many more.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Holdout {
    pub asked: usize,
    pub told: usize,
    /// The share of the text that has most alone which no bead has: what the other text is like could be chosen of so
    /// much.
    pub alone: f32,
    /// How many gaps of either side there are for each bead: so often it could be chosen which units are like the others.
    pub gaps: f32,
}

impl Holdout {
    /// Learns from each half of the beads (in order), on top of `start`, and asks of the other.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn of(
        words: [&Words; 2],
        habits: &Habits,
        start: &[Lexicon; 2],
        spans: &[Span],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let both: Vec<Span> = spans.iter().filter(|span| has_both(span)).take(MOST).cloned().collect();
        let (first, second) = both.split_at(both.len() / 2);
        let alone = [0, 1].map(|side: usize| {
            let length = |range: &Range<usize>| words[side].lengths[range.clone()].iter().sum::<u32>() as f32;
            let without = spans.iter().filter(|span| span[1 - side].is_empty());
            without.map(|span| length(&span[side])).sum::<f32>()
                / length(&(0..words[side].units.len())).max(1.0)
        });
        let gaps = [0, 1].map(|side: usize| {
            let runs = spans.chunk_by(|one, next| has_both(one) == has_both(next));
            runs.filter(|run| run.iter().any(|span| span[1 - side].is_empty())).count()
        });
        let gaps = (gaps[0] + gaps[1]) as f32 / both.len().max(1) as f32;
        let mut found = Self { alone: alone[0].max(alone[1]), gaps, ..Self::default() };
        for (known, asked) in [(first, second), (second, first)] {
            let lexicons = rounds::learned(words, start, known, false, progress)?;
            found.ask(words, &lexicons, habits, asked, progress)?;
        }
        Ok(found)
    }

    fn ask(
        &mut self,
        words: [&Words; 2],
        lexicons: &[Lexicon; 2],
        habits: &Habits,
        spans: &[Span],
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let left = merged(words[0], spans.iter().map(|span| &span[0]));
        let own = merged(words[1], spans.iter().map(|span| &span[1]));
        let others = (0..spans.len()).filter_map(|at| like(&own.lengths, at));
        let other = merged(words[1], others.map(|at| &spans[at][1]));
        if other.units.len() < spans.len() {
            return Ok(());
        }
        let value = |right: &Words| -> Result<Vec<f32>, Cancelled> {
            let rows: Vec<Row> = (0..spans.len()).map(|at| Row { units: at..at + 1, longest: 1 }).collect();
            let one = |side: usize, both| {
                Gains::measure(both, &lexicons[side], &habits.levels[side], rows.clone(), progress)
            };
            let gains = [one(0, [&left, right])?, one(1, [right, &left])?];
            let gain = |at: usize| gains.iter().map(|side| side.at(at, at + 1)[0]).sum();
            Ok((0..spans.len()).map(gain).collect())
        };
        // Of a bead of which nothing was learned no answer is wrong: none is given.
        for (own, other) in
            value(&own)?.into_iter().zip(value(&other)?).filter(|(own, other)| own.total_cmp(other).is_ne())
        {
            self.asked += 1;
            self.told += usize::from(own > other);
        }
        Ok(())
    }
}

/// Each run of units as one unit.
fn merged<'r>(words: &Words, runs: impl Iterator<Item = &'r Range<usize>>) -> Words {
    let runs: Vec<&Range<usize>> = runs.collect();
    let units = runs.iter().map(|run| words.units[(*run).clone()].concat()).collect();
    words.with(units, runs.iter().map(|run| words.lengths[(*run).clone()].iter().sum()).collect())
}

/// The unit that is most like another in length and far from it.
fn like(lengths: &[u32], at: usize) -> Option<usize> {
    let far = (lengths.len() / 4).max(1);
    (0..lengths.len())
        .filter(|other| other.abs_diff(at) >= far)
        .min_by_key(|&other| lengths[other].abs_diff(lengths[at]))
}
