//! How much better the units of one side are told by units of the other than by chance, in nats: the logarithm
//! of a likelihood ratio, additive over units. Knows lexicons, no beads.

use super::lexicon::Lexicon;
use super::words::Words;
use std::ops::Range;

/// How much of a unit the other side may tell: from next to nothing to nearly all.
pub const LEVELS: [f64; 4] = [0.05, 0.3, 0.6, 1.0];

/// Gains of each unit of one side over runs of units of the other.
#[derive(Debug, Default)]
pub struct Gains {
    /// For each unit the units of the other side that are looked at.
    rows: Vec<Range<usize>>,
    /// Where the gains of a row begin.
    starts: Vec<usize>,
    /// The longest run.
    longest: usize,
    values: Vec<f32>,
}

impl Gains {
    /// The gain of `unit` over the `run` units of the other side that end before `end`.
    pub fn get(&self, unit: usize, end: usize, run: usize) -> f32 {
        let row = &self.rows[unit];
        if end > row.end || end < row.start + run || run > self.longest {
            return f32::NEG_INFINITY;
        }
        self.values[self.starts[unit] + (end - 1 - row.start) * self.longest + run - 1]
    }

    /// Measures all units of `words` within `rows`.
    pub fn measure(
        [words, others]: [&Words; 2],
        lexicon: &Lexicon,
        rows: &[Range<usize>],
        longest: usize,
        weights: &[f32; LEVELS.len()],
    ) -> Self {
        let mut places: Vec<Vec<(u32, f32)>> = vec![Vec::new(); others.names.len()];
        for (at, unit) in others.units.iter().enumerate() {
            for &word in unit {
                match places[word as usize].last_mut() {
                    Some(last) if last.0 == at as u32 => last.1 += 1.0,
                    _ => places[word as usize].push((at as u32, 1.0)),
                }
            }
        }
        let mut gains = Self { rows: rows.to_vec(), longest, ..Self::default() };
        let mut size = 0;
        for row in rows {
            gains.starts.push(size);
            size += row.len() * longest;
        }
        gains.values = vec![0.0; size];
        let levels = LEVELS.len();
        for (unit, row) in rows.iter().enumerate() {
            let mut base = [0.0f64; LEVELS.len()];
            for &word in &words.units[unit] {
                for level in 0..levels {
                    base[level] += (1.0 - LEVELS[level] * f64::from(lexicon.shares[word as usize])).ln();
                }
            }
            let start = gains.starts[unit];
            let out = &mut gains.values[start..start + row.len() * longest];
            let mut logs = vec![[0.0f32; LEVELS.len()]; out.len()];
            let mut product = vec![[1.0f64; LEVELS.len()]; out.len()];
            let mut mass = vec![0.0f32; row.len()];
            let mut sorted = words.units[unit].clone();
            sorted.sort_unstable();
            for same in sorted.chunk_by(|a, b| a == b) {
                let word = same[0];
                mass.fill(0.0);
                let mut any = false;
                for &(other, t) in &lexicon.by_word[word as usize] {
                    let list = &places[other as usize];
                    let first = list.partition_point(|p| (p.0 as usize) < row.start);
                    for &(at, count) in &list[first..] {
                        if at as usize >= row.end {
                            break;
                        }
                        mass[at as usize - row.start] += t * count;
                        any = true;
                    }
                }
                if !any {
                    continue;
                }
                let scale = lexicon.explained / words.share(word);
                let share = f64::from(lexicon.shares[word as usize]);
                let rates = LEVELS.map(|level| level / (1.0 - level * share));
                for end in 0..row.len() {
                    let mut sum = 0.0;
                    let mut length = 0;
                    for run in 0..longest.min(end + 1) {
                        sum += mass[end - run];
                        length += others.units[row.start + end - run].len();
                        if sum > 0.0 {
                            let ratio = f64::from(scale * sum / length as f32);
                            let cell = &mut product[end * longest + run];
                            for level in 0..levels {
                                let factor = 1.0 + rates[level] * ratio;
                                for _ in 0..same.len() {
                                    cell[level] *= factor;
                                }
                            }
                            if cell[levels - 1] > 1e200 {
                                for level in 0..levels {
                                    logs[end * longest + run][level] += cell[level].ln() as f32;
                                }
                                *cell = [1.0; LEVELS.len()];
                            }
                        }
                    }
                }
            }
            for ((value, product), logs) in out.iter_mut().zip(&product).zip(&logs) {
                let mut most = f32::NEG_INFINITY;
                let mut all = [0.0; LEVELS.len()];
                for level in 0..levels {
                    all[level] =
                        product[level].ln() as f32 + logs[level] + base[level] as f32 + weights[level];
                    most = most.max(all[level]);
                }
                *value = most + all.iter().map(|v| (v - most).exp()).sum::<f32>().ln();
            }
        }
        gains
    }
}
