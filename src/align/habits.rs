//! What is believed of beads apart from their words: how often each shape occurs, and how lengths go together
//! (after Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora", 1993, with a tail as heavy as
//! Student's). Knows no words and no search.

use foldhash::HashMap;

use super::levels::{self, EVEN, Levels};
use super::span::{Span, has_both};
use super::words::Words;

/// The most units on each side of a bead that has several on both.
pub const LONGEST: usize = 4;
/// The most units on one side of a bead that has one on the other, where lengths demand it.
pub const FARTHEST: usize = 120;

/// Beads that the first belief about shapes weighs as much as.
const BELIEF: f32 = 10.0;
/// How often a unit is first believed to have no partner; of the text that has more letters, of the share that it has
/// more so much.
const ALONE: f32 = 0.02;
const MISSING: f32 = 0.15;
/// The logarithm of how many times as many letters a text takes, at most, to say what another says in its script.
const NO_LONGER: f32 = 0.2;
/// The same for two scripts, of which no more is known than what is usual.
const NO_LONGER_IN_ANOTHER_SCRIPT: f32 = 0.5;
/// Degrees of freedom of differences of length.
const FREEDOM: f32 = 6.0;
/// The logarithm of the height of their distribution.
const STUDENT: f32 = -0.960;
/// What a nat of words weighs.
const TRUST: f32 = 0.4;
/// Beads from which lengths are learned; from fewer they are not.
const ENOUGH: usize = 8;
/// A deviation from the median of differences, where they are normal.
const MEDIAN: f32 = 0.6745;

/// What is believed of beads apart from their words.
#[derive(Clone, Debug)]
pub struct Habits {
    /// The logarithm of how often each shape occurs, by units on the left and on the right.
    shapes: Vec<[f32; FARTHEST + 1]>,
    /// The logarithm of right over left length.
    pub mean: f32,
    /// What left and right lengths are multiplied by so that equal ones go together.
    rates: [f32; 2],
    /// How far squared differences of length go.
    variance: f32,
    /// What a nat of words weighs: words of a passage are not independent.
    pub trust: f32,
    /// For each side what it weighs that the other tells so much of a unit, for gains of words.
    pub levels: [Levels; 2],
    /// What a nat of length weighs.
    length_trust: f32,
}

impl Habits {
    /// What is believed before any bead is known.
    pub fn start(words: [&Words; 2]) -> Self {
        let sum = |side: usize| words[side].lengths.iter().map(|&l| f64::from(l)).sum::<f64>().max(1.0);
        let ratio = (sum(1) / sum(0)).ln() as f32;
        // One text says as much as the other in about as many letters of one script: where it has many more, something
        // of it is not in the other.
        let (mut mean, mut alone) = (ratio, [ALONE; 2]);
        let scripts = words.map(script);
        let usual = letters(scripts[1]) - letters(scripts[0]);
        let no_longer = if scripts[0] == scripts[1] { NO_LONGER } else { NO_LONGER_IN_ANOTHER_SCRIPT };
        let longer = ratio - usual;
        if longer.abs() > no_longer {
            mean = usual;
            alone[usize::from(longer > 0.0)] = ALONE.max(MISSING * (1.0 - (-longer.abs()).exp()));
        }
        let mut shapes = vec![[f32::NEG_INFINITY; FARTHEST + 1]; FARTHEST + 1];
        for (n, row) in shapes.iter_mut().enumerate() {
            for (m, shape) in row.iter_mut().enumerate() {
                let one_to_many = n == 1 || m == 1;
                *shape = match (n, m) {
                    (1, 0) => alone[0].ln(),
                    (0, 1) => alone[1].ln(),
                    (0, _) | (_, 0) => continue,
                    (1, 1) => 0.75f32.ln(),
                    (n, m) if one_to_many || n.max(m) <= LONGEST => {
                        0.2f32.ln() + (n + m - 2) as f32 * 0.4f32.ln()
                    }
                    _ => continue,
                };
            }
        }
        Self {
            shapes,
            mean,
            rates: rates(mean),
            variance: 6.8,
            trust: TRUST,
            levels: [weights(EVEN); 2],
            length_trust: 1.7,
        }
    }

    /// The logarithm of how often a bead has `left` and `right` units.
    pub fn shape(&self, left: usize, right: usize) -> f32 {
        self.shapes[left][right]
    }

    /// How well two lengths go together, in nats: at most 0.
    pub fn length(&self, left: f32, right: f32) -> f32 {
        let d = self.difference(left, right);
        -self.length_trust * (FREEDOM + 1.0) / 2.0 * (d * d / (FREEDOM * self.variance)).ln_1p()
    }

    /// The logarithm of how likely the right length is beside the left one.
    #[inline]
    pub fn beside(&self, left: f32, right: f32) -> f32 {
        let d = self.difference(left, right);
        let (left, right) = (left * self.rates[0], right * self.rates[1]);
        // One logarithm for both factors: of (FREEDOM + 1) / 2 and of a half.
        let tail = (1.0 + d * d / (FREEDOM * self.variance)).powi(FREEDOM as i32 + 1);
        self.height() - logarithm(tail * (f32::midpoint(left, right) + 1.0)) / 2.0
    }

    /// The logarithm of how likely it is that a right length of a letter beside one is just as it should be.
    fn height(&self) -> f32 {
        STUDENT - self.variance.ln() / 2.0 + self.rates[1].ln()
    }

    /// The difference of two lengths in units of its deviation under equal rates.
    fn difference(&self, left: f32, right: f32) -> f32 {
        let (left, right) = (left * self.rates[0], right * self.rates[1]);
        (left - right) / (f32::midpoint(left, right) + 1.0).sqrt()
    }

    /// Learns from beads.
    pub fn learn(&mut self, words: [&Words; 2], spans: &[Span]) {
        self.learn_shapes(spans);
        self.learn_lengths(words, spans);
    }

    /// Learns how much of the units of a side the other tells, from how likely it tells some of them at each level.
    pub fn learn_levels(&mut self, units: [Vec<Levels>; 2]) {
        self.levels = units.map(|units| weights(levels::shares(&units, f64::from(TRUST))));
    }

    fn learn_shapes(&mut self, spans: &[Span]) {
        let believed = self.shapes.iter().map(|row| row.map(|shape| BELIEF * shape.exp()));
        let mut counts: Vec<[f32; FARTHEST + 1]> = believed.collect();
        for span in spans {
            counts[span[0].len()][span[1].len()] += 1.0;
        }
        let all: f32 = counts.iter().flatten().sum();
        self.shapes = counts.into_iter().map(|row| row.map(|count| (count / all).ln())).collect();
    }

    /// The same, but that right lengths over left ones have this logarithm on average.
    pub fn of_mean(&self, mean: f32) -> Self {
        Self { mean, rates: rates(mean), ..self.clone() }
    }

    /// The same, but that units of the text that has more of them stand several beside one of the other, as many as it has
    /// more.
    pub fn of_joined(&self, units: [usize; 2]) -> Self {
        let mut habits = self.clone();
        let fewer = usize::from(units[1] < units[0]);
        let others = 1.0 - units[fewer] as f32 / units[1 - fewer].max(1) as f32;
        for several in 1..=FARTHEST {
            let [left, right] = if fewer == 0 { [1, several] } else { [several, 1] };
            let shape = &mut habits.shapes[left][right];
            *shape = shape.max((1.0 - others).ln() + (several - 1) as f32 * others.ln());
        }
        habits
    }

    /// Learns from beads how lengths go together.
    pub fn learn_lengths(&mut self, words: [&Words; 2], spans: &[Span]) {
        let sum = |side: usize, span: &Span| {
            words[side].lengths[span[side].clone()].iter().map(|&l| l as f32).sum::<f32>()
        };
        let both = spans.iter().filter(|span| has_both(span));
        let lengths: Vec<[f32; 2]> = both.map(|span| [sum(0, span), sum(1, span)]).collect();
        if lengths.len() < ENOUGH {
            return;
        }
        self.mean = median(lengths.iter().map(|[left, right]| ((right + 1.0) / (left + 1.0)).ln()));
        self.rates = rates(self.mean);
        let deviation =
            median(lengths.iter().map(|[left, right]| self.difference(*left, *right).abs())) / MEDIAN;
        self.variance = (deviation * deviation).max(0.5);
    }
}

/// The natural logarithm of a number above zero, to six digits: that of the library takes one number at a time, this one as
/// many as the processor does.
#[inline]
fn logarithm(x: f32) -> f32 {
    const HALVES: i32 = std::f32::consts::FRAC_1_SQRT_2.to_bits() as i32;
    const FRACTION: u32 = f32::MANTISSA_DIGITS - 1;
    // x = 2^power * part, the part within a factor of the root of two of one.
    let bits = x.to_bits() as i32;
    let power = (bits - HALVES) >> FRACTION;
    let part = f32::from_bits((bits - (power << FRACTION)) as u32);
    // ln part = 2 artanh t.
    let t = (part - 1.0) / (part + 1.0);
    let square = t * t;
    let series = 1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square / 9.0));
    power as f32 * std::f32::consts::LN_2 + 2.0 * t * (1.0 + square * series)
}

/// What most words of a text are written in: the alphabets of Europe, which take about as many letters for the same, are
/// one.
fn script(words: &Words) -> u32 {
    let mut counts: HashMap<u32, u32> = HashMap::default();
    for (name, count) in words.names.iter().zip(words.counts.iter()) {
        let script = match name.chars().next().map_or(0, u32::from) {
            0..0x590 => 0,
            0x3040..0x3100 => 0x3040,
            0x3400..0xa000 => 0x3400,
            0xac00..0xd7b0 => 0xac00,
            other => other >> 8 << 8,
        };
        *counts.entry(script).or_default() += count;
    }
    counts.into_iter().max_by_key(|&(script, count)| (count, script)).map_or(0, |(script, _)| script)
}

/// The logarithm of how many letters of a script say what one of most alphabets does: fewer where vowels are not written,
/// or a sign is a syllable or a word. Measured on manuals in English beside Chinese, Japanese and Korean.
fn letters(script: u32) -> f32 {
    match script {
        0x500 | 0x600 => -0.3,
        0x3040 => -0.7,
        0x3400 => -1.15,
        // Syllables of Korean are taken apart in words.
        0x1100 | 0xac00 => -0.85,
        _ => 0.0,
    }
}

/// Shares of levels as weights of what words say: raised, since a nat of words weighs less than one of shares.
fn weights(shares: Levels) -> Levels {
    shares.map(|share| share.powf(1.0 / f64::from(TRUST)))
}

/// What both lengths are multiplied by where `mean` is the logarithm of right over left length.
fn rates(mean: f32) -> [f32; 2] {
    [(mean / 2.0).exp(), (-mean / 2.0).exp()]
}

fn median(values: impl Iterator<Item = f32>) -> f32 {
    let mut all: Vec<f32> = values.collect();
    all.sort_unstable_by(f32::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_logarithm_is_that_of_the_library(x in 1e-30f32..1e30, near in 0.5f32..2.0) {
            for x in [x, near, near * x] {
                let known = f64::from(x).ln();
                prop_assert!((f64::from(logarithm(x)) - known).abs() <= 1e-6 * known.abs().max(1.0), "{x}");
            }
        }
    }
}
