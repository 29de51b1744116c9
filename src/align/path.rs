//! The best sequence of beads through two texts. Knows gains and prices, no words.

use super::likelihood::Gains;
use super::words::Words;
use crate::progress::{Cancelled, Progress};
use std::collections::HashMap;
use std::ops::Range;

/// What is believed of beads apart from their words.
#[derive(Clone, Debug)]
pub struct Habits {
    /// The logarithm of how often each shape occurs.
    pub shapes: HashMap<(usize, usize), f32>,
    /// Mean and deviation of the logarithm of right over left length.
    pub mean: f32,
    pub variance: f32,
    pub trust: f32,
    pub length_trust: f32,
}

pub type Span = [Range<usize>; 2];

impl Habits {
    pub fn start(words: [&Words; 2], longest: usize) -> Self {
        let mut shapes = HashMap::new();
        for n in 0..=longest {
            for m in 0..=longest {
                let p: f32 = match (n, m) {
                    (0, 1) | (1, 0) => 0.02,
                    (0, _) | (_, 0) => continue,
                    (1, 1) => 0.75,
                    (n, m) => 0.2 * 0.4f32.powi((n + m) as i32 - 2),
                };
                shapes.insert((n, m), p.ln());
            }
        }
        let sum = |side: usize| words[side].lengths.iter().sum::<u32>().max(1) as f32;
        let mean = (sum(1) / sum(0)).ln();
        Self { shapes, mean, variance: 6.8, trust: 0.4, length_trust: 1.7 }
    }

    /// Learns from beads.
    pub fn learn(&mut self, beads: &[Span]) {
        let mut counts: HashMap<(usize, usize), f32> = HashMap::new();
        let smooth = 10.0;
        let mut all = 0.0;
        for (shape, p) in &self.shapes {
            *counts.entry(*shape).or_default() += smooth * p.exp();
            all += smooth * p.exp();
        }
        for bead in beads {
            *counts.entry((bead[0].len(), bead[1].len())).or_default() += 1.0;
            all += 1.0;
        }
        for (shape, p) in &mut self.shapes {
            *p = (counts[shape] / all).ln();
        }
    }

    /// The difference of two lengths in units of its deviation under equal rates.
    fn difference(&self, left: f32, right: f32) -> f32 {
        let (left, right) = (left * (self.mean / 2.0).exp(), right * (-self.mean / 2.0).exp());
        (left - right) / (f32::midpoint(left, right) + 1.0).sqrt()
    }

    fn length(&self, left: f32, right: f32) -> f32 {
        let d = self.difference(left, right);
        let nu = 6.0;
        -self.length_trust * (nu + 1.0) / 2.0 * (1.0 + d * d / (nu * self.variance)).ln()
    }

    /// Learns how lengths go together from beads.
    pub fn learn_lengths(&mut self, words: [&Words; 2], beads: &[Span]) {
        let sum =
            |side: usize, bead: &Span| words[side].lengths[bead[side].clone()].iter().sum::<u32>() as f32;
        let both = || beads.iter().filter(|bead| !bead[0].is_empty() && !bead[1].is_empty());
        let mut ratios: Vec<f32> =
            both().map(|bead| ((sum(1, bead) + 1.0) / (sum(0, bead) + 1.0)).ln()).collect();
        if ratios.len() < 8 {
            return;
        }
        ratios.sort_unstable_by(f32::total_cmp);
        self.mean = ratios[ratios.len() / 2];
        let mut all: Vec<f32> =
            both().map(|bead| self.difference(sum(0, bead), sum(1, bead)).abs()).collect();
        all.sort_unstable_by(f32::total_cmp);
        let median = all[all.len() / 2] / 0.6745;
        self.variance = (median * median).max(0.5);
    }
}

/// The best beads.
pub fn best(
    words: [&Words; 2],
    gains: &[Gains; 2],
    rows: &[Range<usize>],
    habits: &Habits,
    progress: &Progress,
) -> Result<Vec<Span>, Cancelled> {
    let (n_all, m_all) = (words[0].units.len(), words[1].units.len());
    let sums = [0, 1].map(|s| {
        let mut sum = vec![0.0f32];
        for &l in &words[s].lengths {
            sum.push(sum[sum.len() - 1] + l as f32);
        }
        sum
    });
    let mut shapes: Vec<((usize, usize), f32)> = habits.shapes.iter().map(|(a, b)| (*a, *b)).collect();
    shapes.sort_by_key(|((n, m), _)| (n + m, n.abs_diff(*m), *n));
    let node_row = |i: usize| {
        let start =
            if i == 0 { 0 } else { rows[i - 1].start.min(rows.get(i).map_or(usize::MAX, |r| r.start)) };
        let end = if i == n_all { m_all } else { rows[i].end.max(if i > 0 { rows[i - 1].end } else { 0 }) };
        start..end + 1
    };
    let nodes: Vec<Range<usize>> = (0..=n_all).map(node_row).collect();
    let mut starts = vec![0usize];
    for row in &nodes {
        starts.push(starts[starts.len() - 1] + row.len());
    }
    let mut score = vec![f32::NEG_INFINITY; starts[n_all + 1]];
    let mut from = vec![(0u8, 0u8); score.len()];
    score[0] = 0.0;
    for i in 0..=n_all {
        if progress.is_cancelled() {
            return Err(Cancelled);
        }
        for j in nodes[i].clone() {
            if (i, j) == (0, 0) {
                continue;
            }
            let mut best = (f32::NEG_INFINITY, (0, 0));
            for &((n, m), prior) in &shapes {
                if n > i || m > j || !nodes[i - n].contains(&(j - m)) {
                    continue;
                }
                let before = score[starts[i - n] + j - m - nodes[i - n].start];
                let mut value = before + prior;
                if n > 0 && m > 0 {
                    let mut gain = 0.0;
                    for x in i - n..i {
                        gain += gains[0].get(x, j, m);
                    }
                    for y in j - m..j {
                        gain += gains[1].get(y, i, n);
                    }
                    value += habits.trust * gain
                        + habits.length(sums[0][i] - sums[0][i - n], sums[1][j] - sums[1][j - m]);
                }
                if value > best.0 {
                    best = (value, (n as u8, m as u8));
                }
            }
            score[starts[i] + j - nodes[i].start] = best.0;
            from[starts[i] + j - nodes[i].start] = best.1;
        }
    }
    let (mut i, mut j) = (n_all, m_all);
    let mut beads = Vec::new();
    while (i, j) != (0, 0) {
        let (n, m) = from[starts[i] + j - nodes[i].start];
        let (n, m) = (n as usize, m as usize);
        debug_assert!(n + m > 0, "no bead ends at {i}, {j}");
        beads.push([i - n..i, j - m..j]);
        (i, j) = (i - n, j - m);
    }
    beads.reverse();
    Ok(beads)
}
