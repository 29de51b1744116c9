//! The best sequence of beads through two texts within a band, by dynamic programming over ends of beads. Knows gains
//! and prices, no words.

use std::ops::Range;

use super::habits::{FARTHEST, Habits, LONGEST};
use super::likelihood::Gains;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// The units of a bead on the left and on the right.
pub type Span = [Range<usize>; 2];

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
    let mut search = Search::new(words, gains, rows, habits);
    for left in 0..search.nodes.len() {
        progress.reach(left, search.nodes.len())?;
        for right in search.nodes[left].clone() {
            if (left, right) != (0, 0) {
                search.arrive(left, right);
            }
        }
    }
    Ok(search.steps())
}

/// The best way to each node: so many units of the left and so many of the right are behind it.
struct Search<'a> {
    gains: &'a [Gains; 2],
    habits: &'a Habits,
    /// Lengths of all units before each.
    lengths: [Vec<f32>; 2],
    /// For each number of left units the numbers of right units that are looked at.
    nodes: Vec<Range<usize>>,
    /// Where the nodes of a row begin in `scores` and `beads`.
    starts: Vec<usize>,
    scores: Vec<f32>,
    /// For each node the units on both sides of the bead that ends there.
    beads: Vec<[u8; 2]>,
}

impl<'a> Search<'a> {
    fn new(words: [&Words; 2], gains: &'a [Gains; 2], rows: &[Range<usize>], habits: &'a Habits) -> Self {
        let lengths = words.map(|side| {
            let mut sums = vec![0.0f64];
            for &length in &side.lengths {
                sums.push(sums[sums.len() - 1] + f64::from(length));
            }
            sums.into_iter().map(|sum| sum as f32).collect()
        });
        let nodes = nodes(rows, words[1].units.len());
        let mut starts = vec![0];
        for row in &nodes {
            starts.push(starts[starts.len() - 1] + row.len());
        }
        let size = starts[nodes.len()];
        let mut scores = vec![f32::NEG_INFINITY; size];
        scores[0] = 0.0;
        Self { gains, habits, lengths, nodes, starts, scores, beads: vec![[0, 0]; size] }
    }

    /// The score of a node, minus infinity outside of the band.
    fn score(&self, left: usize, right: usize) -> f32 {
        let row = &self.nodes[left];
        if row.contains(&right) {
            self.scores[self.starts[left] + right - row.start]
        } else {
            f32::NEG_INFINITY
        }
    }

    /// Finds the best bead that ends at a node.
    fn arrive(&mut self, left: usize, right: usize) {
        let mut best = Best { score: f32::NEG_INFINITY, bead: [0, 0] };
        for [n, m] in [[1, 0], [0, 1]] {
            if n <= left && m <= right {
                best.offer(self.score(left - n, right - m) + self.habits.shape(n, m), [n, m]);
            }
        }
        self.blocks(left, right, &mut best);
        self.one_to_many(left, right, &mut best);
        let node = self.starts[left] + right - self.nodes[left].start;
        self.scores[node] = best.score;
        self.beads[node] = best.bead.map(|units| units as u8);
    }

    /// Offers all beads of a few units on both sides. What the units gain is summed as the bead grows.
    fn blocks(&self, left: usize, right: usize, best: &mut Best) {
        let mut lefts = [0.0f32; LONGEST];
        let empty: &[f32] = &[];
        let mut columns = [empty; LONGEST];
        for (m, column) in columns.iter_mut().enumerate().take(right) {
            *column = self.gains[1].at(right - 1 - m, left);
        }
        for n in 1..=LONGEST.min(left) {
            let row = self.gains[0].at(left - n, right);
            let mut rights = 0.0;
            for m in 1..=LONGEST.min(right) {
                let (Some(here), Some(there)) = (row.get(m - 1), columns[m - 1].get(n - 1)) else { break };
                lefts[m - 1] += here;
                rights += there;
                self.offer([left, right], [n, m], lefts[m - 1] + rights, best);
            }
            if row.is_empty() {
                break;
            }
        }
    }

    /// Offers beads of one unit and so many that only its length can demand them.
    fn one_to_many(&self, left: usize, right: usize, best: &mut Best) {
        let ends = [left, right];
        for one in [0, 1] {
            if left == 0 || right == 0 {
                return;
            }
            let row = self.gains[one].at(ends[one] - 1, ends[1 - one]);
            if row.len() <= LONGEST {
                continue;
            }
            let mut others = 0.0;
            for run in 1..=row.len().min(ends[1 - one]).min(FARTHEST) {
                let Some(other) = self.gains[1 - one].at(ends[1 - one] - run, ends[one]).first() else {
                    break;
                };
                others += other;
                if run > LONGEST {
                    let bead = if one == 0 { [1, run] } else { [run, 1] };
                    self.offer(ends, bead, row[run - 1] + others, best);
                }
            }
        }
    }

    /// Offers a bead that ends at a node and gains so much.
    fn offer(&self, [left, right]: [usize; 2], [n, m]: [usize; 2], gain: f32, best: &mut Best) {
        let before = self.score(left - n, right - m);
        let score = before + self.habits.shape(n, m) + self.habits.trust * gain;
        // Lengths only take away: they need not be looked at where it is too little already.
        if score > best.score {
            let length = |side: usize, end: usize, units: usize| {
                self.lengths[side][end] - self.lengths[side][end - units]
            };
            best.offer(score + self.habits.length(length(0, left, n), length(1, right, m)), [n, m]);
        }
    }

    /// The beads of the best way to the last node.
    fn steps(&self) -> Vec<Step> {
        let mut at = [self.lengths[0].len() - 1, self.lengths[1].len() - 1];
        let mut steps = Vec::new();
        while at != [0, 0] {
            let node = self.starts[at[0]] + at[1] - self.nodes[at[0]].start;
            let [n, m] = self.beads[node].map(usize::from);
            let from = [at[0] - n, at[1] - m];
            let value = self.scores[node] - self.score(from[0], from[1]);
            steps.push(Step { span: [from[0]..at[0], from[1]..at[1]], value });
            at = from;
        }
        steps.reverse();
        steps
    }
}

/// The best bead found yet that ends at a node.
struct Best {
    score: f32,
    bead: [usize; 2],
}

impl Best {
    fn offer(&mut self, score: f32, bead: [usize; 2]) {
        if score > self.score {
            *self = Self { score, bead };
        }
    }
}

/// For each number of left units the numbers of right units between beads, such that a way leads through all.
pub fn nodes(rows: &[Range<usize>], right: usize) -> Vec<Range<usize>> {
    let node = |at: usize| {
        let start = if at == 0 { 0 } else { rows[at - 1].start };
        let end = rows.get(at).map_or(right, |row| row.end);
        start.min(rows.get(at).map_or(right, |row| row.start))..end.max(start) + 1
    };
    (0..=rows.len()).map(node).collect()
}
