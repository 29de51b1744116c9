//! How much better the units of one side are told by units of the other than by chance, in nats: the logarithm
//! of a likelihood ratio, additive over units. Knows lexicons, no beads.

use std::f64::consts::LN_2;
use std::ops::Range;

use super::index::Lists;
use super::levels::{LEVELS, Levels};
use super::lexicon::Lexicon;
use super::path::Span;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// A product that powers of two are taken out of, before it is too great for a number: the square of one factor more
/// still fits.
const GREAT: f32 = 1e16;
/// The least logarithm whose power is surely a number that counts, and the greatest power of two that one more number
/// may be multiplied by.
const SMALL: f64 = -300.0;
const LARGE: u32 = 800;

/// A factor for each level: of half a number each, so that all are multiplied at once.
type Factors = [f32; LEVELS.len()];

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
            sheet.measure(words, unit, lexicon, row, progress)?;
            sheet.write(row, weights, &mut gains.values);
        }
        gains.rows = rows;
        Ok(gains)
    }
}

/// Where words stand in rows that are asked for in ascending order.
#[derive(Debug)]
struct Places<'w> {
    all: &'w Lists,
    /// For each word how many places all rows have passed.
    passed: Vec<u32>,
}

impl Places<'_> {
    /// The places of `word` in `row`.
    fn within(&mut self, word: u32, row: &Range<usize>) -> &[(u32, u32)] {
        let all = self.all.of(word);
        let passed = &mut self.passed[word as usize];
        while all.get(*passed as usize).is_some_and(|place| (place.0 as usize) < row.start) {
            *passed += 1;
        }
        let rest = &all[*passed as usize..];
        let inside = rest.iter().take_while(|place| (place.0 as usize) < row.end).count();
        &rest[..inside]
    }
}

/// What is worked out for one unit.
struct Sheet<'w> {
    places: Places<'w>,
    /// Words of the other side before each of its units.
    before: Vec<usize>,
    /// The word at hand: for each unit of the row how likely its words tell it.
    mass: Vec<f32>,
    /// The units of the row that tell the word at hand.
    touched: Vec<u32>,
    /// For each end in the row, for each run of units before it.
    cells: Vec<Cell>,
    /// What the unit loses where no word is told.
    base: Levels,
}

impl<'w> Sheet<'w> {
    fn new(others: &'w Words) -> Self {
        let mut before = vec![0];
        for unit in &others.units {
            before.push(before[before.len() - 1] + unit.len());
        }
        Self {
            places: Places { all: &others.index.places, passed: vec![0; others.names.len()] },
            before,
            mass: Vec::new(),
            touched: Vec::new(),
            cells: Vec::new(),
            base: Levels::default(),
        }
    }

    /// Measures one unit against its row.
    fn measure(
        &mut self,
        words: &Words,
        unit: usize,
        lexicon: &Lexicon,
        row: &Row,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        self.mass.clear();
        self.mass.resize(row.units.len(), 0.0);
        self.cells.clear();
        for end in row.units.clone() {
            for run in 0..row.longest {
                let words = self.before[end + 1] - self.before[(end + 1).saturating_sub(run + 1)];
                self.cells.push(Cell::of(words));
            }
        }
        self.base = Levels::default();
        for &(word, times) in words.index.bags.of(unit as u32) {
            for (base, untold) in self.base.iter_mut().zip(&lexicon.untold[word as usize]) {
                *base += f64::from(times) * untold;
            }
            self.find(&lexicon.by_word[word as usize], &row.units);
            if self.touched.is_empty() {
                continue;
            }
            let share = f64::from(lexicon.shares[word as usize]);
            let rates = LEVELS.map(|level| (level / (1.0 - level * share)) as f32);
            let scale = lexicon.explained / words.share(word);
            self.multiply(row, scale, &rates, times, progress)?;
        }
        Ok(())
    }

    /// Finds how likely each unit of the row tells a word that `entries` explain.
    fn find(&mut self, entries: &[(u32, f32)], row: &Range<usize>) {
        self.touched.clear();
        for &(other, likely) in entries {
            for &(at, times) in self.places.within(other, row) {
                let at = at as usize - row.start;
                if self.mass[at] == 0.0 {
                    self.touched.push(at as u32);
                }
                self.mass[at] += likely * times as f32;
            }
        }
        // The places of one word ascend.
        if entries.len() > 1 {
            self.touched.sort_unstable();
        }
    }

    /// Lets every run that tells the word at hand gain by it, `times` over.
    fn multiply(
        &mut self,
        row: &Row,
        scale: f32,
        rates: &Factors,
        times: u32,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let mut next = 0;
        for &at in &self.touched {
            progress.ask()?;
            let after = (at as usize + row.longest).min(row.units.len());
            for end in next.max(at as usize)..after {
                let cells = end * row.longest..(end + 1) * row.longest;
                let masses = self.mass[..=end].iter().rev();
                let mut sum = 0.0;
                for (cell, mass) in self.cells[cells].iter_mut().zip(masses) {
                    sum += mass;
                    if sum > 0.0 {
                        let ratio = scale * sum * cell.rarity;
                        cell.gain(&rates.map(|rate| 1.0 + rate * ratio), times);
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
    fn terms(&self, cell: &Cell) -> Levels {
        std::array::from_fn(|level| {
            let exponent = f64::from(cell.exponents[level]);
            f64::from(cell.products[level]).ln() + exponent * LN_2 + self.base[level]
        })
    }

    /// Hands on the gains of the unit, where levels have these weights.
    fn write(&self, row: &Row, weights: &Levels, values: &mut Vec<f32>) {
        let mut powers = self.base.map(f64::exp);
        powers.iter_mut().zip(weights).for_each(|(power, weight)| *power *= weight);
        for (at, cell) in self.cells.iter().enumerate() {
            let (end, run) = (at / row.longest, at % row.longest);
            if run > end {
                values.push(f32::NEG_INFINITY);
                continue;
            }
            // One logarithm instead of eight, where no number is too great or too small for it.
            let value = if self.base[LEVELS.len() - 1] > SMALL && cell.exponents[LEVELS.len() - 1] < LARGE {
                (0..LEVELS.len()).map(|level| cell.product(level) * powers[level]).sum::<f64>().ln()
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
            sheet.measure(words, span[side].start, lexicon, &row, progress)?;
            Ok(sheet.cells.last().map_or(sheet.base, |cell| sheet.terms(cell)))
        })
        .collect()
}

/// A run of units of the row.
#[derive(Debug)]
struct Cell {
    /// One over its words.
    rarity: f32,
    /// The product of what the words of the unit at hand gain by it, and the powers of two taken out of it.
    products: Factors,
    exponents: [u32; LEVELS.len()],
}

impl Cell {
    fn of(words: usize) -> Self {
        Self {
            rarity: (words.max(1) as f32).recip(),
            products: [1.0; LEVELS.len()],
            exponents: [0; LEVELS.len()],
        }
    }

    /// Multiplies by `factors`, `times` over, and keeps the product a number.
    fn gain(&mut self, factors: &Factors, times: u32) {
        if times % 2 == 1 {
            self.multiply(factors);
        }
        let squares = factors.map(|factor| factor * factor);
        for _ in 0..times / 2 {
            self.multiply(&squares);
        }
    }

    fn multiply(&mut self, factors: &Factors) {
        for (product, factor) in self.products.iter_mut().zip(factors) {
            *product *= factor;
        }
        // The last level gains most.
        if self.products[LEVELS.len() - 1] > GREAT {
            for (product, exponent) in self.products.iter_mut().zip(&mut self.exponents) {
                // The bits of a number hold its power of two apart; a product is at least 1.
                let power = (product.to_bits() >> (f32::MANTISSA_DIGITS - 1)) - (f32::MAX_EXP as u32 - 1);
                *product = f32::from_bits(product.to_bits() - (power << (f32::MANTISSA_DIGITS - 1)));
                *exponent += power;
            }
        }
    }

    /// The product at a level; its power of two is not large.
    fn product(&self, level: usize) -> f64 {
        let power = u64::from(self.exponents[level]) + (f64::MAX_EXP as u64 - 1);
        f64::from(self.products[level]) * f64::from_bits(power << (f64::MANTISSA_DIGITS - 1))
    }
}
