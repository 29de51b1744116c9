//! How alike the two sides of a bead are, and how surely it is right: the share of all ways through a thin band
//! about the found one that go through it, brought to what held in tried texts. Knows a learned model, no search.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::habits::{FARTHEST, LONGEST};
use super::likelihood::{Gains, Row};
use super::path::{self, Span};
use super::rounds::Model;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// Units on both sides of the found way that other ways may use.
const MARGIN: usize = 5;
/// How much flatter than the model's the odds between two ways are held to be: its passages are not independent.
const FLAT: f32 = 0.35;

/// Nats by which a way is so much worse than all others that it adds nothing to their sum.
const NEGLIGIBLE: f32 = 14.0;

/// What the logarithm of the odds that a bead is exactly right is made of: a constant, the odds of its share of all
/// ways, whether it is of one side, how alike its sides are. By logistic regression on eight sets of texts with known
/// beads (five pairs of languages, a damaged edition, an abridged one); on eight others, of 449 beads at .95 to .99
/// (.977 on average) .987 held, of 105 at .8 to .9 .933.
const ODDS: [f32; 4] = [-0.95, 1.55, 2.65, 1.35];
/// The logarithm of odds beyond which shares tell no more.
const SURE: f32 = 5.0;

/// How surely each bead of a monotone path through all units is exactly right, given how alike its sides are.
pub fn confidences(posteriors: &[f32], spans: &[Span], similarities: &[f32]) -> Vec<f32> {
    let rest = spans.iter().zip(similarities);
    let sure = |(share, (span, alike)): (&f32, (&Span, &f32))| {
        let odds = (share / (1.0 - share).max(f32::MIN_POSITIVE)).max(f32::MIN_POSITIVE).ln();
        let alone = f32::from(u8::from(span.iter().any(Range::is_empty)));
        let parts = [1.0, odds.clamp(-SURE, SURE), alone, *alike];
        let all: f32 = ODDS.iter().zip(parts).map(|(weight, part)| weight * part).sum();
        1.0 / (1.0 + (-all).exp())
    };
    posteriors.iter().zip(rest).map(sure).collect()
}

/// For each bead of a monotone path through all units its share of all ways, in `[0, 1]`.
///
/// # Errors
/// Where it was cancelled.
pub fn posteriors(
    words: [&Words; 2],
    model: &Model,
    spans: &[Span],
    breaks: [&[usize]; 2],
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let lattice = Lattice::about(words, model, spans, breaks, progress)?;
    let ahead = lattice.before(&progress.part(0.6..0.8))?;
    let behind = lattice.behind(&progress.part(0.8..1.0))?;
    let all = behind.first().copied().unwrap_or(0.0);
    let share = |span: &Span| {
        let [start, end] = [[span[0].start, span[1].start], [span[0].end, span[1].end]];
        let (Some(first), Some(last)) = (lattice.node(start), lattice.node(end)) else { return 0.0 };
        let value = lattice.value(end, [span[0].len(), span[1].len()], f32::NEG_INFINITY);
        (ahead[first] + value + behind[last] - all).exp().clamp(0.0, 1.0)
    };
    Ok(spans.iter().map(share).collect())
}

/// The ends of beads near a path, and what the beads between them are worth.
struct Lattice<'a> {
    model: &'a Model,
    gains: [Gains; 2],
    /// Lengths of all units before each.
    lengths: [Vec<f32>; 2],
    /// For each number of left units the numbers of right units that are looked at.
    nodes: Vec<Range<usize>>,
    starts: Vec<usize>,
    /// Units of the beads looked at.
    shapes: Vec<[usize; 2]>,
}

impl<'a> Lattice<'a> {
    fn about(
        words: [&Words; 2],
        model: &'a Model,
        spans: &[Span],
        breaks: [&[usize]; 2],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let right = words[1].units.len();
        let wide = |span: &Span| span[1].start.saturating_sub(MARGIN)..(span[1].end + MARGIN).min(right);
        let rows: Vec<Range<usize>> =
            spans.iter().flat_map(|span| std::iter::repeat_n(wide(span), span[0].len())).collect();
        let turned = super::band::turned(&rows, right);
        let gains = [
            model.gains(words, 0, reaches(&rows, spans, 0), breaks, &progress.part(0.0..0.3))?,
            model.gains(words, 1, reaches(&turned, spans, 1), breaks, &progress.part(0.3..0.6))?,
        ];
        let farthest = spans.iter().flatten().map(ExactSizeIterator::len).max().unwrap_or(0);
        let longest = farthest.clamp(LONGEST, FARTHEST);
        let lengths = words.map(|side| {
            let sum = |sum: &mut f32, &length: &u32| {
                *sum += length as f32;
                Some(*sum)
            };
            std::iter::once(0.0).chain(side.lengths.iter().scan(0.0, sum)).collect()
        });
        let nodes = path::nodes(&rows, right);
        let mut starts = vec![0];
        for row in &nodes {
            starts.push(starts[starts.len() - 1] + row.len());
        }
        let shape = |n: usize, m: usize| n.max(m) <= LONGEST || n.min(m) == 1;
        let all = (0..=longest).flat_map(|n| (0..=longest).map(move |m| [n, m]));
        let shapes = all.filter(|&[n, m]| shape(n, m) && model.habits.shape(n, m).is_finite()).collect();
        Ok(Self { model, gains, lengths, nodes, starts, shapes })
    }

    /// The number of a node where it is looked at.
    fn node(&self, [left, right]: [usize; 2]) -> Option<usize> {
        let row = self.nodes.get(left)?;
        row.contains(&right).then(|| self.starts[left] + right - row.start)
    }

    /// What a bead of so many units that ends at a node is worth, in flattened nats; negative infinity where its words
    /// and shape leave less than `least`, for lengths only take away.
    fn value(&self, [left, right]: [usize; 2], [n, m]: [usize; 2], least: f32) -> f32 {
        let habits = &self.model.habits;
        let mut value = habits.shape(n, m);
        if n > 0 && m > 0 {
            let gain = |side: usize, unit: usize, end: usize, run: usize| {
                self.gains[side].at(unit, end).get(run - 1).copied().unwrap_or(f32::NEG_INFINITY)
            };
            let all = (left - n..left).map(|unit| gain(0, unit, right, m)).sum::<f32>()
                + (right - m..right).map(|unit| gain(1, unit, left, n)).sum::<f32>();
            value += habits.trust * all;
            if FLAT * value < least {
                return f32::NEG_INFINITY;
            }
            let length = |side: usize, end: usize, units: usize| {
                self.lengths[side][end] - self.lengths[side][end - units]
            };
            value += habits.length(length(0, left, n), length(1, right, m));
        }
        FLAT * value
    }

    /// For each node the logarithm of the sum over all ways to it.
    fn before(&self, progress: &Progress) -> Result<Vec<f32>, Cancelled> {
        let mut sums = vec![f32::NEG_INFINITY; self.starts[self.nodes.len()]];
        sums[0] = 0.0;
        for left in 0..self.nodes.len() {
            progress.reach(left, self.nodes.len())?;
            for right in self.nodes[left].clone() {
                let here = self.starts[left] + right - self.nodes[left].start;
                for &[n, m] in self.shapes.iter().filter(|&&[n, m]| n <= left && m <= right) {
                    if let Some(from) = self.node([left - n, right - m]) {
                        let least = sums[here] - sums[from] - NEGLIGIBLE;
                        sums[here] = add(sums[here], sums[from] + self.value([left, right], [n, m], least));
                    }
                }
            }
        }
        Ok(sums)
    }

    /// For each node the logarithm of the sum over all ways from it to the end.
    fn behind(&self, progress: &Progress) -> Result<Vec<f32>, Cancelled> {
        let mut sums = vec![f32::NEG_INFINITY; self.starts[self.nodes.len()]];
        if let Some(last) = sums.last_mut() {
            *last = 0.0;
        }
        for left in (0..self.nodes.len()).rev() {
            progress.reach(self.nodes.len() - left, self.nodes.len())?;
            for right in self.nodes[left].clone().rev() {
                let here = self.starts[left] + right - self.nodes[left].start;
                for &[n, m] in self.shapes.iter().filter(|&&[n, m]| n <= left && m <= right) {
                    if let Some(from) = self.node([left - n, right - m]) {
                        let least = sums[from] - sums[here] - NEGLIGIBLE;
                        sums[from] = add(sums[from], sums[here] + self.value([left, right], [n, m], least));
                    }
                }
            }
        }
        Ok(sums)
    }
}

/// For each unit of a side how many units of the other side are looked at together: as many as the longest bead next to
/// its own has.
fn reaches(rows: &[Range<usize>], spans: &[Span], side: usize) -> Vec<Row> {
    let longest = |at: usize| {
        let near = &spans[at.saturating_sub(1)..(at + 2).min(spans.len())];
        near.iter().map(|span| span[1 - side].len()).max().unwrap_or(0).clamp(LONGEST, FARTHEST)
    };
    let of_units =
        spans.iter().enumerate().flat_map(|(at, span)| std::iter::repeat_n(longest(at), span[side].len()));
    rows.iter().zip(of_units).map(|(units, longest)| Row { units: units.clone(), longest }).collect()
}

/// The logarithm of a sum of two numbers from their logarithms.
fn add(a: f32, b: f32) -> f32 {
    let (less, more) = if a < b { (a, b) } else { (b, a) };
    if less <= more - NEGLIGIBLE { more } else { more + (less - more).exp().ln_1p() }
}

/// How alike the two sides of each bead are, in `[0, 1]`: the share of the words of both sides, weighed by rarity,
/// that the other side has too or explains by the lexicon.
///
/// # Errors
/// Where it was cancelled.
pub fn similarities(
    words: [&Words; 2],
    model: &Model,
    spans: &[Span],
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let alike = |(at, span): (usize, &Span)| {
        progress.reach(at, spans.len())?;
        if span.iter().any(Range::is_empty) {
            return Ok(0.0);
        }
        let left = explained(words, model, span, 0, progress)?;
        let right = explained(words, model, span, 1, progress)?;
        let all = left[1] + right[1];
        Ok(if all > 0.0 { ((left[0] + right[0]) / all).clamp(0.0, 1.0) } else { 0.0 })
    };
    spans.iter().enumerate().map(alike).collect()
}

/// Of one side of a bead: the weight of words that the other side explains, and of all.
fn explained(
    words: [&Words; 2],
    model: &Model,
    span: &Span,
    side: usize,
    progress: &Progress,
) -> Result<[f32; 2], Cancelled> {
    let bag = |side: usize| words[side].units[span[side].clone()].iter().flatten();
    let lexicon = &model.lexicons[side];
    let names = |side: usize, word: u32| words[side].names[word as usize].as_str();
    let mut counts = HashMap::new();
    for &word in bag(1 - side) {
        progress.ask()?;
        *counts.entry(word).or_insert(0.0f32) += 1.0;
    }
    let same: HashSet<&str> = counts.keys().map(|&word| names(1 - side, word)).collect();
    let others = bag(1 - side).count().max(1) as f32;
    let mut sums = [0.0, 0.0];
    for &word in bag(side) {
        progress.ask()?;
        let share = words[side].share(word);
        let weight = -share.ln();
        let told = if same.contains(names(side, word)) {
            1.0
        } else {
            let list = &lexicon.by_word[word as usize];
            let mass: f32 = list.iter().filter_map(|&(other, t)| counts.get(&other).map(|n| n * t)).sum();
            let by_other = lexicon.explained * mass / others;
            by_other / (by_other + (1.0 - lexicon.explained) * share)
        };
        sums[0] += weight * told;
        sums[1] += weight;
    }
    Ok(sums)
}
