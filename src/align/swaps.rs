//! Neighbours that stand in the other order on the other side: a bead of several units on both sides is divided into
//! parts that cross where their words tell so (after Wu, "Stochastic Inversion Transduction Grammars", 1997). Knows a
//! learned model, no path.

use std::collections::HashMap;
use std::ops::Range;

use super::habits::LONGEST;
use super::rounds::{Found, Model};
use super::span::Span;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// Nats that parts which cross must speak for beyond the bead that holds them.
const PRICE: f32 = 6.0;

/// A way to divide a bead: what it is worth in nats, and its parts, each with whether it leaves the order.
#[derive(Clone, Debug)]
struct Division {
    value: f32,
    parts: Vec<(Span, bool)>,
}

/// The parts of beads that leave the order of their neighbours, each with how surely it does.
///
/// # Errors
/// Where it was cancelled.
pub fn swaps(
    words: [&Words; 2],
    model: &Model,
    found: &Found,
    progress: &Progress,
) -> Result<Vec<(Span, f32)>, Cancelled> {
    let mut all = Vec::new();
    for span in
        found.spans.iter().filter(|span| span.iter().all(|range| (2..=LONGEST).contains(&range.len())))
    {
        progress.ask()?;
        let mut divider = Divider { words, model, found, known: HashMap::new() };
        let whole = divider.undivided(span);
        let best = divider.best(span);
        let sure = 1.0 / (1.0 + (whole - best.value).exp());
        let out = best.parts.into_iter().filter(|(_, moved)| *moved);
        all.extend(out.map(|(part, _)| (part, sure)));
    }
    Ok(all)
}

struct Divider<'a> {
    words: [&'a Words; 2],
    model: &'a Model,
    found: &'a Found,
    known: HashMap<Span, Division>,
}

impl Divider<'_> {
    /// The best way to divide a bead, or not to.
    fn best(&mut self, span: &Span) -> Division {
        if let Some(known) = self.known.get(span) {
            return known.clone();
        }
        let [left, right] = span;
        let mut best = Division { value: self.undivided(span), parts: vec![(span.clone(), false)] };
        for first in left.start + 1..left.end {
            for second in right.start + 1..right.end {
                let lefts = [left.start..first, first..left.end];
                let rights = [right.start..second, second..right.end];
                for crossing in [false, true] {
                    let halves = [0, 1].map(|half: usize| {
                        let other = if crossing { 1 - half } else { half };
                        self.best(&[lefts[half].clone(), rights[other].clone()])
                    });
                    let value = halves.iter().map(|half| half.value).sum::<f32>()
                        - if crossing { PRICE } else { 0.0 };
                    if value > best.value {
                        // The shorter half is the one that moved.
                        let moved = usize::from(self.length(0, &lefts[1]) < self.length(0, &lefts[0]));
                        let parts = halves.into_iter().enumerate().flat_map(|(half, division)| {
                            let leaves = crossing && half == moved;
                            division.parts.into_iter().map(move |(part, moved)| (part, moved || leaves))
                        });
                        best = Division { value, parts: parts.collect() };
                    }
                }
            }
        }
        self.known.insert(span.clone(), best.clone());
        best
    }

    /// What a bead is worth undivided.
    fn undivided(&self, [left, right]: &Span) -> f32 {
        let gain = |side: usize, own: &Range<usize>, others: &Range<usize>| -> f32 {
            let of_unit = |unit| self.found.gains[side].at(unit, others.end).get(others.len() - 1).copied();
            own.clone().map(|unit| of_unit(unit).unwrap_or(f32::NEG_INFINITY)).sum()
        };
        let Model { habits, .. } = self.model;
        habits.shape(left.len(), right.len())
            + habits.trust * (gain(0, left, right) + gain(1, right, left))
            + habits.length(self.length(0, left), self.length(1, right))
    }

    fn length(&self, side: usize, units: &Range<usize>) -> f32 {
        self.words[side].lengths[units.clone()].iter().sum::<u32>() as f32
    }
}
