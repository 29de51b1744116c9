//! The best sequence of beads through two texts within a band, by dynamic programming over ends of beads. Knows a
//! lattice, no words.

use std::ops::Range;

use super::habits::Habits;
use super::lattice::Lattice;
use super::likelihood::Gains;
use super::span::Span;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// A bead of the best path.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub span: Span,
    /// What it adds to the path, in nats.
    pub value: f32,
}

/// The best beads for units of the left within `rows` of the right.
///
/// # Errors
/// Where it was cancelled.
pub fn best(
    words: [&Words; 2],
    gains: &[Gains; 2],
    rows: &[Range<usize>],
    habits: &Habits,
    progress: &Progress,
) -> Result<Vec<Step>, Cancelled> {
    let lattice = Lattice::new(words, gains, rows, habits);
    let mut scores = vec![0.0];
    let mut beads = vec![[0u8, 0]];
    scores.reserve_exact(lattice.size());
    beads.reserve_exact(lattice.size());
    for (left, row) in lattice.rows().iter().enumerate() {
        progress.reach(left, lattice.rows().len())?;
        for right in row.clone() {
            if (left, right) != (0, 0) {
                let (score, bead) = arrive(&lattice, &scores, [left, right]);
                scores.push(score);
                beads.push(bead.map(|units| units as u8));
            }
        }
    }
    Ok(steps(&lattice, &scores, &beads, words.map(|side| side.units.len())))
}

/// The best way to a node, and its last bead, from the best ways to all nodes before.
fn arrive(lattice: &Lattice<'_>, scores: &[f32], node: [usize; 2]) -> (f32, [usize; 2]) {
    let mut best = (f32::NEG_INFINITY, [0, 0]);
    lattice.arrivals(node, |bead| {
        let score = scores[bead.from] + bead.value;
        // Lengths only take away: they need not be looked at where it is too little already.
        if score > best.0 {
            let score = score + lattice.length(node, bead.units);
            if score > best.0 {
                best = (score, bead.units);
            }
        }
    });
    best
}

/// The beads of the best way to the last node.
fn steps(lattice: &Lattice<'_>, scores: &[f32], beads: &[[u8; 2]], mut at: [usize; 2]) -> Vec<Step> {
    let mut steps = Vec::new();
    while let Some(node) = lattice.node(at).filter(|_| at != [0, 0]) {
        let [n, m] = beads[node].map(usize::from);
        let from = [at[0] - n, at[1] - m];
        let before = lattice.node(from).map_or(f32::NEG_INFINITY, |node| scores[node]);
        steps.push(Step { span: [from[0]..at[0], from[1]..at[1]], value: scores[node] - before });
        at = from;
    }
    steps.reverse();
    steps
}
