//! What the words of a unit gain by several runs of units of the other side, multiplied at once: products of many
//! likelihood ratios, kept numbers. Knows no words.

use std::f64::consts::LN_2;

use super::levels::LEVELS;

/// A product that powers of two are taken out of, before it is too great for a number: the square of one factor more
/// still fits.
const GREAT: f32 = 1e16;
/// Runs that are multiplied at once: of half a number each.
pub const LANES: usize = 4;

/// A number for each of some runs.
pub type Lanes = [f32; LANES];

/// Some runs of units of the row with one end, each a unit longer than the one before.
#[derive(Debug)]
pub struct Runs {
    /// One over the words of each; 0 where there is no such run.
    rarities: Lanes,
    /// At each level the products of what the words of the unit at hand gain by each, and the powers of two taken out
    /// of them.
    products: [Lanes; LEVELS.len()],
    exponents: [[u32; LANES]; LEVELS.len()],
}

impl Runs {
    pub fn of(words: [Option<usize>; LANES]) -> Self {
        Self {
            rarities: words.map(|words| words.map_or(0.0, |words| (words.max(1) as f32).recip())),
            products: [[1.0; LANES]; LEVELS.len()],
            exponents: [[0; LANES]; LEVELS.len()],
        }
    }

    /// Multiplies by what a word gains that each run tells so many times likelier than by chance, but for its length, at
    /// these rates for each level, `times` over; keeps the products numbers.
    pub fn gain(&mut self, ratios: &Lanes, rates: &[f32; LEVELS.len()], times: u32) {
        let mut factors = [[1.0; LANES]; LEVELS.len()];
        for (factors, rate) in factors.iter_mut().zip(rates) {
            for ((factor, ratio), rarity) in factors.iter_mut().zip(ratios).zip(&self.rarities) {
                *factor += rate * (ratio * rarity);
            }
        }
        if times % 2 == 1 {
            self.multiply(&factors);
        }
        if times > 1 {
            let squares = factors.map(|lanes| lanes.map(|factor| factor * factor));
            for _ in 0..times / 2 {
                self.multiply(&squares);
            }
        }
    }

    fn multiply(&mut self, factors: &[Lanes; LEVELS.len()]) {
        for (products, factors) in self.products.iter_mut().zip(factors) {
            for (product, factor) in products.iter_mut().zip(factors) {
                *product *= factor;
            }
        }
        // The last level gains most.
        #[expect(clippy::needless_bitwise_bool, reason = "all are compared at once, with one branch")]
        let any = |is_any: bool, &product: &f32| is_any | (product > GREAT);
        if self.products[LEVELS.len() - 1].iter().fold(false, any) {
            self.take_powers();
        }
    }

    /// Takes the powers of two out of the products.
    #[cold]
    fn take_powers(&mut self) {
        for (product, exponent) in
            self.products.iter_mut().zip(&mut self.exponents).flat_map(|(p, e)| p.iter_mut().zip(e))
        {
            // The bits of a number hold its power of two apart; a product is at least 1.
            let power = (product.to_bits() >> (f32::MANTISSA_DIGITS - 1)) - (f32::MAX_EXP as u32 - 1);
            *product = f32::from_bits(product.to_bits() - (power << (f32::MANTISSA_DIGITS - 1)));
            *exponent += power;
        }
    }

    /// The power of two that was taken out of the product of a run at a level.
    pub fn exponent(&self, level: usize, lane: usize) -> u32 {
        self.exponents[level][lane]
    }

    /// The logarithm of the product of a run at a level.
    pub fn logarithm(&self, level: usize, lane: usize) -> f64 {
        f64::from(self.products[level][lane]).ln() + f64::from(self.exponents[level][lane]) * LN_2
    }

    /// The product of a run at a level; its power of two is not large.
    pub fn product(&self, level: usize, lane: usize) -> f64 {
        let power = u64::from(self.exponents[level][lane]) + (f64::MAX_EXP as u64 - 1);
        f64::from(self.products[level][lane]) * f64::from_bits(power << (f64::MANTISSA_DIGITS - 1))
    }
}
