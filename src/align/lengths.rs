//! How well two lengths in characters go together in a translation: Gale and Church, "A Program for Aligning
//! Sentences in Bilingual Corpora" (1993). Knows no words.

/// Variance of the difference per character, as measured there.
const VARIANCE: f64 = 6.8;

/// The price of a pair of lengths: half the square of the standardised difference. `ratio` is the length of
/// the right text over that of the left.
pub fn price(left: usize, right: usize, ratio: f64) -> f64 {
    let (left, right) = (left as f64 * ratio.sqrt(), right as f64 / ratio.sqrt());
    let mean = f64::midpoint(left, right).max(1.0);
    let deviation = (left - right) / (VARIANCE * mean).sqrt();
    deviation * deviation / 2.0
}
