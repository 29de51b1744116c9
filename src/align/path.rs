//! The cheapest sequence of beads through two texts, in a band about the diagonal. Knows prices, no words.

use super::{Bead, lengths};
use crate::progress::{Cancelled, Progress};

/// Bead shapes with the negative logarithm of how often they occur (Gale and Church 1993).
const SHAPES: [([usize; 2], f64); 6] =
    [([1, 1], 0.12), ([1, 0], 4.6), ([0, 1], 4.6), ([2, 1], 2.4), ([1, 2], 2.4), ([2, 2], 4.5)];

/// Cells of a row that are looked at, to either side of the diagonal.
const BAND: usize = 200;

/// The cheapest beads that cover all units; `lengths` in characters.
///
/// # Errors
/// Where it was cancelled.
pub fn cheapest(lengths: &[Vec<usize>; 2], progress: &Progress) -> Result<Vec<Bead>, Cancelled> {
    let [left, right] = lengths;
    let total = |side: &[usize]| side.iter().sum::<usize>().max(1) as f64;
    let ratio = total(right) / total(left);
    let slope = right.len() as f64 / left.len().max(1) as f64;
    let half = BAND.max((2.0 * slope) as usize + 2);
    let centre = |i: usize| (i as f64 * slope) as usize;
    let start = |i: usize| if i == 0 { 0 } else { centre(i).saturating_sub(half) };
    let end = |i: usize| if i == left.len() { right.len() } else { (centre(i) + half).min(right.len()) };
    let mut rows: Vec<Vec<(f64, u8)>> = Vec::with_capacity(left.len() + 1);
    for i in 0..=left.len() {
        progress.reach(i, left.len())?;
        let mut row = vec![(f64::INFINITY, 0); end(i) + 1 - start(i)];
        for j in start(i)..=end(i) {
            let mut best = if (i, j) == (0, 0) { (0.0, 0) } else { (f64::INFINITY, 0) };
            for (at, &([n, m], rarity)) in SHAPES.iter().enumerate() {
                if n > i || m > j || j - m < start(i - n) || j - m > end(i - n) {
                    continue;
                }
                let before =
                    if n == 0 { row[j - m - start(i)].0 } else { rows[i - n][j - m - start(i - n)].0 };
                let sums = [left[i - n..i].iter().sum::<usize>(), right[j - m..j].iter().sum()];
                let price = if n * m == 0 { 0.0 } else { lengths::price(sums[0], sums[1], ratio) };
                if before + rarity + price < best.0 {
                    best = (before + rarity + price, at as u8);
                }
            }
            row[j - start(i)] = best;
        }
        rows.push(row);
    }
    let (mut i, mut j) = (left.len(), right.len());
    let mut beads = Vec::new();
    while (i, j) != (0, 0) {
        let [n, m] = SHAPES[rows[i][j - start(i)].1 as usize].0;
        let both = if n * m == 0 { 0.0 } else { 0.5 };
        let units = [i - n..i, j - m..j];
        beads.push(Bead { units, similarity: both, confidence: 0.5, moved: false });
        (i, j) = (i - n, j - m);
    }
    beads.reverse();
    Ok(beads)
}
