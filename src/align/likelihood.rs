//! How much better the units of one side are told by units of the other than by chance, in nats: the logarithm
//! of a likelihood ratio, additive over units. Knows lexicons, no beads.

use std::ops::Range;

use super::levels::{LEVELS, Levels};
use super::lexicon::Lexicon;
use super::path::Span;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// A product from which its logarithm is taken, before it is too great for a number: one factor more still fits.
const GREAT: f64 = 1e100;
/// The least logarithm whose power is surely a number that counts.
const SMALL: f64 = -300.0;

/// The units of the other side that are looked at for one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub units: Range<usize>,
    /// The most of them that stand together in one bead.
    pub longest: usize,
}

/// Gains of each unit of one side over runs of units of the other.
#[derive(Debug, Default)]
pub struct Gains {
    rows: Vec<Row>,
    /// Where the gains of a row begin.
    starts: Vec<usize>,
    values: Vec<f32>,
}

impl Gains {
    /// The gains of `unit` over the last one, two, … units of the other side before `end`: none where that is outside
    /// of its row, minus infinity for runs that begin outside of it.
    pub fn at(&self, unit: usize, end: usize) -> &[f32] {
        let row = &self.rows[unit];
        if end <= row.units.start || end > row.units.end {
            return &[];
        }
        let first = self.starts[unit] + (end - 1 - row.units.start) * row.longest;
        &self.values[first..first + row.longest]
    }

    /// Rules out runs with units on both sides of a break (the first unit behind it).
    pub fn forbid(&mut self, breaks: &[usize]) {
        for (row, &start) in self.rows.iter().zip(&self.starts) {
            let near = breaks.partition_point(|&first| first <= row.units.start);
            for &first in breaks[near..].iter().take_while(|&&first| first < row.units.end) {
                for end in first + 1..(first + row.longest).min(row.units.end + 1) {
                    let cell = start + (end - 1 - row.units.start) * row.longest;
                    self.values[cell + end - first..cell + row.longest].fill(f32::NEG_INFINITY);
                }
            }
        }
    }

    /// Measures all units of `words` within `rows`, whose bounds ascend; a unit gains the sum over all levels, weighed.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn measure(
        [words, others]: [&Words; 2],
        lexicon: &Lexicon,
        weights: &Levels,
        rows: Vec<Row>,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut gains = Self { starts: Vec::with_capacity(rows.len()), ..Self::default() };
        gains.values.reserve_exact(rows.iter().map(|row| row.units.len() * row.longest).sum());
        progress.ask()?;
        let mut sheet = Sheet::new(others);
        for (unit, row) in rows.iter().enumerate() {
            progress.reach(unit, rows.len())?;
            gains.starts.push(gains.values.len());
            sheet.measure(words, &words.units[unit], lexicon, row, progress)?;
            sheet.write(row, weights, &mut gains.values);
        }
        gains.rows = rows;
        Ok(gains)
    }
}

/// Where each word stands: for each the units in order, and how often in each.
#[derive(Debug)]
struct Places {
    /// Where the places of each word begin; one more at the end.
    starts: Vec<u32>,
    units: Vec<(u32, f32)>,
    /// For each word the first place that no row has passed yet.
    next: Vec<u32>,
}

impl Places {
    fn of(words: &Words) -> Self {
        let mut last = vec![u32::MAX; words.names.len()];
        let mut starts = vec![0u32; words.names.len() + 1];
        for (at, unit) in (0u32..).zip(&words.units) {
            for &word in unit {
                starts[word as usize + 1] += u32::from(last[word as usize] != at);
                last[word as usize] = at;
            }
        }
        for word in 0..words.names.len() {
            starts[word + 1] += starts[word];
        }
        let mut units = vec![(u32::MAX, 0.0); starts.last().map_or(0, |&end| end as usize)];
        let mut next = starts.clone();
        for (at, unit) in (0u32..).zip(&words.units) {
            for &word in unit {
                let next = &mut next[word as usize];
                if *next > starts[word as usize] && units[*next as usize - 1].0 == at {
                    units[*next as usize - 1].1 += 1.0;
                } else {
                    units[*next as usize] = (at, 1.0);
                    *next += 1;
                }
            }
        }
        next.clone_from(&starts);
        Self { starts, units, next }
    }

    /// The places of `word` in `row`; rows are asked for in ascending order.
    fn within(&mut self, word: u32, row: &Range<usize>) -> &[(u32, f32)] {
        let end = self.starts[word as usize + 1] as usize;
        let next = &mut self.next[word as usize];
        while (*next as usize) < end && (self.units[*next as usize].0 as usize) < row.start {
            *next += 1;
        }
        let rest = &self.units[*next as usize..end];
        let inside = rest.iter().take_while(|place| (place.0 as usize) < row.end).count();
        &rest[..inside]
    }
}

/// What is worked out for one unit.
struct Sheet {
    places: Places,
    /// Words of the other side before each of its units.
    before: Vec<usize>,
    /// The word at hand: for each unit of the row how likely its words tell it.
    mass: Vec<f32>,
    /// The units of the row that tell the word at hand.
    touched: Vec<u32>,
    /// For each end in the row, for each run: the product of what the words gain, and logarithms taken of it.
    products: Vec<Levels>,
    logs: Vec<Levels>,
    /// What the unit loses where no word is told.
    base: Levels,
    /// For each end in the row, for each run: one over the words of the run.
    rarities: Vec<f32>,
    sorted: Vec<u32>,
}

impl Sheet {
    fn new(others: &Words) -> Self {
        let mut before = vec![0];
        for unit in &others.units {
            before.push(before[before.len() - 1] + unit.len());
        }
        Self {
            places: Places::of(others),
            before,
            mass: Vec::new(),
            touched: Vec::new(),
            products: Vec::new(),
            logs: Vec::new(),
            base: Levels::default(),
            rarities: Vec::new(),
            sorted: Vec::new(),
        }
    }

    /// Measures one unit against its row.
    fn measure(
        &mut self,
        words: &Words,
        unit: &[u32],
        lexicon: &Lexicon,
        row: &Row,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let cells = row.units.len() * row.longest;
        self.products.clear();
        self.products.resize(cells, [1.0; LEVELS.len()]);
        self.logs.clear();
        self.logs.resize(cells, Levels::default());
        self.mass.clear();
        self.mass.resize(row.units.len(), 0.0);
        self.rarities.clear();
        for end in row.units.clone() {
            for run in 0..row.longest {
                let words = self.before[end + 1] - self.before[(end + 1).saturating_sub(run + 1)];
                self.rarities.push((words.max(1) as f32).recip());
            }
        }
        self.base = Levels::default();
        let mut sorted = std::mem::take(&mut self.sorted);
        sorted.clear();
        sorted.extend_from_slice(unit);
        sorted.sort_unstable();
        for same in sorted.chunk_by(|a, b| a == b) {
            let word = same[0];
            for (base, untold) in self.base.iter_mut().zip(&lexicon.untold[word as usize]) {
                *base += same.len() as f64 * untold;
            }
            self.find(&lexicon.by_word[word as usize], &row.units);
            if self.touched.is_empty() {
                continue;
            }
            let share = f64::from(lexicon.shares[word as usize]);
            let rates = LEVELS.map(|level| level / (1.0 - level * share));
            let scale = lexicon.explained / words.share(word);
            self.multiply(row, scale, &rates, same.len(), progress)?;
        }
        self.sorted = sorted;
        Ok(())
    }

    /// Finds how likely each unit of the row tells a word that `entries` explain.
    fn find(&mut self, entries: &[(u32, f32)], row: &Range<usize>) {
        self.touched.clear();
        for &(other, likely) in entries {
            for &(at, count) in self.places.within(other, row) {
                let at = at as usize - row.start;
                if self.mass[at] == 0.0 {
                    self.touched.push(at as u32);
                }
                self.mass[at] += likely * count;
            }
        }
        self.touched.sort_unstable();
    }

    /// Lets every run that tells the word at hand gain by it, `times` over.
    fn multiply(
        &mut self,
        row: &Row,
        scale: f32,
        rates: &Levels,
        times: usize,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let mut next = 0;
        for &at in &self.touched {
            progress.ask()?;
            let after = (at as usize + row.longest).min(row.units.len());
            for end in next.max(at as usize)..after {
                let cells = end * row.longest..(end + 1) * row.longest;
                let products = self.products[cells.clone()].iter_mut().zip(&mut self.logs[cells.clone()]);
                let masses = self.mass[..=end].iter().rev();
                let mut sum = 0.0;
                for (((product, logs), rarity), mass) in products.zip(&self.rarities[cells]).zip(masses) {
                    sum += mass;
                    if sum > 0.0 {
                        let ratio = f64::from(scale * sum * rarity);
                        gain(product, logs, &rates.map(|rate| 1.0 + rate * ratio), times);
                    }
                }
            }
            next = next.max(after);
        }
        for &at in &self.touched {
            self.mass[at as usize] = 0.0;
        }
        Ok(())
    }

    /// The logarithm of how likely a run tells the unit, at each level.
    fn terms(&self, cell: usize) -> Levels {
        std::array::from_fn(|level| {
            self.products[cell][level].ln() + self.logs[cell][level] + self.base[level]
        })
    }

    /// Hands on the gains of the unit, where levels have these weights.
    fn write(&self, row: &Row, weights: &Levels, values: &mut Vec<f32>) {
        let mut powers = self.base.map(f64::exp);
        powers.iter_mut().zip(weights).for_each(|(power, weight)| *power *= weight);
        for (cell, (product, logs)) in self.products.iter().zip(&self.logs).enumerate() {
            let (end, run) = (cell / row.longest, cell % row.longest);
            if run > end {
                values.push(f32::NEG_INFINITY);
                continue;
            }
            // One logarithm instead of eight, where no number is too great or too small for it.
            let value = if self.base[LEVELS.len() - 1] > SMALL && logs[LEVELS.len() - 1] == 0.0 {
                let sum: f64 = product.iter().zip(powers).map(|(product, power)| product * power).sum();
                sum.ln()
            } else {
                let mut terms = self.terms(cell);
                terms.iter_mut().zip(weights).for_each(|(term, weight)| *term += weight.ln());
                let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                most + terms.iter().map(|term| (term - most).exp()).sum::<f64>().ln()
            };
            values.push(value as f32);
        }
    }
}

/// For each unit that stands alone in its bead, the logarithm of how likely the other side tells it at each level; the
/// beads have both sides and ascend.
///
/// # Errors
/// Where it was cancelled.
pub fn told_alone(
    [words, others]: [&Words; 2],
    lexicon: &Lexicon,
    spans: &[Span],
    side: usize,
    progress: &Progress,
) -> Result<Vec<Levels>, Cancelled> {
    progress.ask()?;
    let mut sheet = Sheet::new(others);
    let alone = spans.iter().filter(|span| span[side].len() == 1 && !span[1 - side].is_empty());
    alone
        .map(|span| {
            let units = span[1 - side].clone();
            let row = Row { longest: units.len(), units };
            sheet.measure(words, &words.units[span[side].start], lexicon, &row, progress)?;
            Ok(sheet.terms(sheet.products.len() - 1))
        })
        .collect()
}

/// Multiplies by `factors`, `times` over, and keeps the product a number.
fn gain(product: &mut Levels, logs: &mut Levels, factors: &Levels, times: usize) {
    for _ in 0..times {
        for (product, factor) in product.iter_mut().zip(factors) {
            *product *= factor;
        }
        // The last level gains most.
        if product[LEVELS.len() - 1] > GREAT {
            for (product, log) in product.iter_mut().zip(&mut *logs) {
                *log += product.ln();
                *product = 1.0;
            }
        }
    }
}
