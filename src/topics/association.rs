//! The words that keep company with a topic in one text: weak evidence where its own terms are silent.

use std::collections::BTreeMap;

use super::automatic::Ready;
use super::matching::Matcher;
use super::words::Word;

/// How many passages must speak strongly of a topic before anything is learned from them.
const LEAST_PASSAGES: usize = 4;
/// How many of them a word must stand in to count as company.
const LEAST_COMPANY: u32 = 3;
/// How many words are kept.
const MOST_WORDS: usize = 16;
/// The least log-likelihood ratio of a word kept: 10.83 is one chance in a thousand.
const LEAST_RATIO: f64 = 10.83;

/// The words that stand with a topic more often than chance would have it, each with a weight in (0, 1].
#[derive(Clone, Debug, Default)]
pub struct Company {
    words: BTreeMap<u32, f32>,
}

impl Company {
    /// Learns the company of a topic from the passages of a text whose direct evidence reaches `strong`.
    ///
    /// The measure is the log-likelihood ratio of co-occurrence by passage (Dunning, 1993).
    pub(super) fn of(body: &[Ready], direct: &[f32], strong: f32, matcher: &Matcher) -> Self {
        let speaks: Vec<bool> = direct.iter().map(|&d| d >= strong).collect();
        let speaking = speaks.iter().filter(|&&s| s).count();
        if speaking < LEAST_PASSAGES || speaking == body.len() {
            return Self::default();
        }
        let mut counts: BTreeMap<u32, [u32; 2]> = BTreeMap::new();
        for (ready, &speaks) in body.iter().zip(&speaks) {
            let mut stems: Vec<u32> = ready.words.iter().filter(|w| w.content).map(|w| w.stem).collect();
            stems.sort_unstable();
            stems.dedup();
            for stem in stems {
                counts.entry(stem).or_default()[usize::from(speaks)] += 1;
            }
        }
        let totals = [(body.len() - speaking) as f64, speaking as f64];
        let mut ranked: Vec<(f64, u32)> = counts
            .into_iter()
            .filter(|&(stem, [_, inside])| inside >= LEAST_COMPANY && !matcher.knows(stem))
            .map(|(stem, [outside, inside])| (ratio([f64::from(outside), f64::from(inside)], totals), stem))
            .filter(|&(ratio, _)| ratio >= LEAST_RATIO)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(MOST_WORDS);
        let best = ranked.first().map_or(1.0, |&(ratio, _)| ratio);
        Self { words: ranked.into_iter().map(|(ratio, stem)| (stem, (ratio / best) as f32)).collect() }
    }

    /// How much of a passage is such company, in [0, 1], and the words of it as written (forms), the most
    /// telling first.
    #[must_use]
    pub fn share(&self, words: &[Word]) -> (f32, Vec<u32>) {
        let mut found: Vec<(f32, u32, u32)> = words
            .iter()
            .filter_map(|word| Some((*self.words.get(&word.stem)?, word.stem, word.form)))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.dedup_by_key(|(_, stem, _)| *stem);
        let mass: f32 = found.iter().map(|(weight, ..)| weight).sum();
        (1.0 - (-0.5 * mass).exp(), found.into_iter().map(|(.., form)| form).collect())
    }
}

/// The log-likelihood ratio of a word that stands in `counts` of `totals` passages (outside, inside) against
/// its standing as often in both; 0 where it stands more often outside.
fn ratio(counts: [f64; 2], totals: [f64; 2]) -> f64 {
    let [outside, inside] = counts;
    if inside / totals[1] <= outside / totals[0] {
        return 0.0;
    }
    let term = |count: f64, total: f64, share: f64| {
        let part = |k: f64, p: f64| if k > 0.0 { k * p.ln() } else { 0.0 };
        part(count, share) + part(total - count, 1.0 - share)
    };
    let pooled = (outside + inside) / (totals[0] + totals[1]);
    let apart = term(outside, totals[0], outside / totals[0]) + term(inside, totals[1], inside / totals[1]);
    2.0 * (apart - term(outside, totals[0], pooled) - term(inside, totals[1], pooled))
}
