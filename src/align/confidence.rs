//! How alike the two sides of a bead are, and how surely it is right: the share of all ways through a thin band
//! about the found one that go through it, brought to what held in tried texts. Knows a learned model, no search.

use std::ops::Range;

use super::cores::on_both_sides;
use super::habits::{FARTHEST, LONGEST};
use super::lattice::{Arrival, Lattice};
use super::lexicon::Lexicon;
use super::likelihood::Row;
use super::rounds::{Found, Model};
use super::span::Span;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// Units on both sides of the found way that other ways may use.
const MARGIN: usize = 5;
/// How much flatter than the model's the odds between two ways are held to be: its passages are not independent.
const FLAT: f32 = 0.35;

/// Nats by which a way is so much worse than all others that it adds nothing to their sum.
const NEGLIGIBLE: f32 = 14.0;
/// A share of all ways that adds nothing to those of the nodes before.
const SHARE_OF_NONE: f32 = 1e-7;

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
    spans: Vec<Span>,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let rows = about(&spans, words[1].units.len());
    let turned = super::band::turned(&rows, words[1].units.len());
    let both_rows = [rows.as_slice(), turned.as_slice()];
    let [left, right] = on_both_sides(|side| {
        let rows = reaches(both_rows[side], &spans, side);
        model.gains(words, side, rows, &progress.part(0.0..0.6))
    });
    shares(words, model, &Found { spans, rows, gains: [left?, right?] }, &progress.part(0.6..1.0))
}

/// For each bead of a path its share of all ways about it on the ground that it was sought on, in `[0, 1]`.
///
/// # Errors
/// Where it was cancelled.
pub fn shares(
    words: [&Words; 2],
    model: &Model,
    found: &Found,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let spans = &found.spans;
    let near = about(spans, words[1].units.len()).into_iter().zip(&found.rows);
    let rows: Vec<Range<usize>> =
        near.map(|(near, row)| near.start.max(row.start)..near.end.min(row.end)).collect();
    let lattice = Lattice::new(words, &found.gains, &rows, &model.habits);
    let sums = sums(&lattice, &progress.part(0.0..0.5))?;
    let passing = passing(&lattice, &sums, &progress.part(0.5..1.0))?;
    let mut shares = vec![0.0; spans.len()];
    for (share, span) in shares.iter_mut().zip(spans) {
        let units = [span[0].len(), span[1].len()];
        for end in ends(&lattice, span) {
            let Some(node) = lattice.node(end) else { continue };
            lattice.arrivals(end, |bead| {
                if bead.units == units {
                    *share += passing[node] * (worth(&lattice, end, bead, &sums) - sums[node]).exp();
                }
            });
        }
        *share = share.min(1.0);
    }
    Ok(shares)
}

/// The nodes at which a bead ends: one, but for what has no partner. That has none wherever between the units of the
/// other side it is passed over; of a gap on both sides there are many ways, each of a small share.
fn ends(lattice: &Lattice<'_>, span: &Span) -> Vec<[usize; 2]> {
    let [left, right] = [span[0].end, span[1].end];
    if span[1].is_empty() {
        return lattice.rows().get(left).cloned().unwrap_or_default().map(|right| [left, right]).collect();
    }
    if span[0].is_empty() {
        let is_row = |left: &usize| lattice.node([*left, right]).is_some();
        let (before, after) = ((0..left).rev().take_while(is_row), (left..).take_while(is_row));
        return before.chain(after).map(|left| [left, right]).collect();
    }
    vec![[left, right]]
}

/// The rows of a thin band about a path.
fn about(spans: &[Span], right: usize) -> Vec<Range<usize>> {
    let wide = |span: &Span| span[1].start.saturating_sub(MARGIN)..(span[1].end + MARGIN).min(right);
    spans.iter().flat_map(|span| std::iter::repeat_n(wide(span), span[0].len())).collect()
}

/// What all ways to a bead and the bead itself are worth together, in flattened nats.
fn worth(lattice: &Lattice<'_>, end: [usize; 2], bead: Arrival, sums: &[f32]) -> f32 {
    sums[bead.from] + FLAT * (bead.value + lattice.length(end, bead.units))
}

/// For each node the logarithm of the sum over all ways to it.
fn sums(lattice: &Lattice<'_>, progress: &Progress) -> Result<Vec<f32>, Cancelled> {
    let mut sums = vec![0.0];
    sums.reserve_exact(lattice.size());
    let mut values = Vec::new();
    for (left, row) in lattice.rows().iter().enumerate() {
        progress.reach(left, lattice.rows().len())?;
        for right in row.clone().filter(|&right| (left, right) != (0, 0)) {
            let mut most = f32::NEG_INFINITY;
            values.clear();
            lattice.arrivals([left, right], |bead| {
                // Lengths only take away.
                if sums[bead.from] + FLAT * bead.value > most - NEGLIGIBLE {
                    let value = worth(lattice, [left, right], bead, &sums);
                    most = most.max(value);
                    values.push(value);
                }
            });
            let told = values.iter().map(|value| value - most).filter(|&less| less > -NEGLIGIBLE);
            sums.push(most + told.map(f32::exp).sum::<f32>().ln());
        }
    }
    Ok(sums)
}

/// For each node the share of all ways that pass it, from the sums over all ways to each.
fn passing(lattice: &Lattice<'_>, sums: &[f32], progress: &Progress) -> Result<Vec<f32>, Cancelled> {
    let mut passing = vec![0.0; sums.len()];
    if let Some(last) = passing.last_mut() {
        *last = 1.0;
    }
    let mut node = sums.len();
    for (left, row) in lattice.rows().iter().enumerate().rev() {
        progress.reach(lattice.rows().len() - left, lattice.rows().len())?;
        for right in row.clone().rev() {
            node -= 1;
            let (here, sum) = (passing[node], sums[node]);
            // A share so small adds nothing to those before it.
            if here < SHARE_OF_NONE {
                continue;
            }
            lattice.arrivals([left, right], |bead| {
                if sums[bead.from] + FLAT * bead.value > sum - NEGLIGIBLE {
                    passing[bead.from] += here * (worth(lattice, [left, right], bead, sums) - sum).exp();
                }
            });
        }
    }
    Ok(passing)
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
    let [left, right] = on_both_sides(|side| {
        let mut told = Told::new(words, model, side);
        let weigh = |(at, span): (usize, &Span)| {
            progress.reach(at, spans.len())?;
            if span.iter().any(Range::is_empty) { Ok([0.0, 0.0]) } else { told.weigh(span, progress) }
        };
        spans.iter().enumerate().map(weigh).collect::<Result<Vec<_>, _>>()
    });
    let alike = |(left, right): (&[f32; 2], &[f32; 2])| {
        let all = left[1] + right[1];
        if all > 0.0 { ((left[0] + right[0]) / all).clamp(0.0, 1.0) } else { 0.0 }
    };
    Ok(left?.iter().zip(&right?).map(alike).collect())
}

/// What of one side the other tells, bead by bead.
struct Told<'a> {
    words: [&'a Words; 2],
    lexicon: &'a Lexicon,
    side: usize,
    /// For each word the same word of the other side.
    same: Vec<Option<u32>>,
    /// How often each word of the other side stands in the bead at hand.
    counts: Vec<f32>,
}

impl<'a> Told<'a> {
    fn new(words: [&'a Words; 2], model: &'a Model, side: usize) -> Self {
        let (own, others) = (words[side], words[1 - side]);
        let same = own.numbers_in(others);
        Self { words, lexicon: &model.lexicons[side], side, same, counts: vec![0.0; others.names.len()] }
    }

    /// Of the side of a bead: the weight of words that the other side explains, and of all.
    fn weigh(&mut self, span: &Span, progress: &Progress) -> Result<[f32; 2], Cancelled> {
        let (own, others) = (self.words[self.side], self.words[1 - self.side]);
        let there = || others.units[span[1 - self.side].clone()].iter().flatten().map(|&word| word as usize);
        there().for_each(|word| self.counts[word] += 1.0);
        let size = there().count().max(1) as f32;
        let mut sums = [0.0, 0.0];
        for &word in own.units[span[self.side].clone()].iter().flatten() {
            progress.ask()?;
            let share = own.share(word);
            let weight = -share.ln();
            let word = word as usize;
            let told = if self.same[word].is_some_and(|other| self.counts[other as usize] > 0.0) {
                1.0
            } else {
                let list = &self.lexicon.by_word[word];
                let mass: f32 =
                    list.iter().map(|&(other, likely)| self.counts[other as usize] * likely).sum();
                let by_other = self.lexicon.explained * mass / size;
                by_other / (by_other + (1.0 - self.lexicon.explained) * share)
            };
            sums[0] += weight * told;
            sums[1] += weight;
        }
        there().for_each(|word| self.counts[word] = 0.0);
        Ok(sums)
    }
}
