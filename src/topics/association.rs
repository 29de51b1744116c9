//! The words that keep company with a topic in one text: weak evidence where its own terms are silent.

use super::matching::Matcher;
use super::prepared::Ready;

/// How many passages must speak strongly of a topic before anything is learned from them.
const LEAST_PASSAGES: usize = 4;
/// The direct evidence from which a passage is one to learn from.
const SPEAKS: f32 = 0.65;
/// How many of them a word must stand in to count as company.
const LEAST_COMPANY: u32 = 3;
/// How many words are kept.
const MOST_WORDS: usize = 16;
/// The least log-likelihood ratio of a word kept: 10.83 is one chance in a thousand.
pub(super) const LEAST_RATIO: f64 = 10.83;

/// The words that stand with a topic more often than chance would have it, each with a weight in (0, 1].
#[derive(Clone, Debug, Default)]
pub struct Company {
    /// By stem; 0 for a word that keeps none.
    weights: Vec<f32>,
}

impl Company {
    /// Learns the company of a topic from the passages of a text that speak of it clearly.
    ///
    /// The measure is the log-likelihood ratio of co-occurrence by passage (Dunning, 1993).
    pub(super) fn of(body: &[Ready], direct: &[f32], matcher: &Matcher) -> Self {
        let speaks: Vec<bool> = direct.iter().map(|&d| d >= SPEAKS).collect();
        let speaking = speaks.iter().filter(|&&s| s).count();
        if speaking < LEAST_PASSAGES || speaking == body.len() {
            return Self::default();
        }
        let most = body.iter().filter_map(|ready| ready.stems.last()).max().map_or(0, |&stem| stem as usize);
        let mut counts = vec![[0_u32; 2]; most + 1];
        for (ready, &speaks) in body.iter().zip(&speaks) {
            for &stem in &ready.stems {
                if let Some(count) = counts.get_mut(stem as usize) {
                    count[usize::from(speaks)] += 1;
                }
            }
        }
        let totals = [(body.len() - speaking) as f64, speaking as f64];
        let mut ranked: Vec<(f64, u32)> = (0..)
            .zip(counts)
            .filter(|&(stem, [_, inside])| inside >= LEAST_COMPANY && !matcher.knows(stem))
            .map(|(stem, [outside, inside])| (ratio([f64::from(outside), f64::from(inside)], totals), stem))
            .filter(|&(ratio, _)| ratio >= LEAST_RATIO)
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.truncate(MOST_WORDS);
        let best = ranked.first().map_or(1.0, |&(ratio, _)| ratio);
        let mut weights = vec![0.0; if ranked.is_empty() { 0 } else { most + 1 }];
        for (ratio, stem) in ranked {
            if let Some(weight) = weights.get_mut(stem as usize) {
                *weight = (ratio / best) as f32;
            }
        }
        Self { weights }
    }

    /// How much of a passage is such company, in [0, 1], and the stems of it, the most telling first.
    pub(super) fn share(&self, ready: &Ready) -> (f32, Vec<u32>) {
        let weight = |&stem: &u32| Some((*self.weights.get(stem as usize)?, stem));
        let weights = ready.stems.iter().filter_map(weight);
        let mut found: Vec<(f32, u32)> = weights.filter(|&(weight, _)| weight > 0.0).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mass: f32 = found.iter().map(|(weight, _)| weight).sum();
        (1.0 - (-0.5 * mass).exp(), found.into_iter().map(|(_, stem)| stem).collect())
    }
}

/// The log-likelihood ratio of a word that stands in `counts` of `totals` passages (outside, inside) against
/// its standing as often in both; 0 where it stands more often outside.
pub(super) fn ratio(counts: [f64; 2], totals: [f64; 2]) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Edition, Kind, Passage};
    use crate::topics::{Origin, Term, Topic, automatic};

    /// A text in which ten passages speak of guilds, always with ledgers, and ten of something else.
    fn edition(last: &str) -> Edition {
        let mut texts = Vec::new();
        for (place, weather) in
            ["mill", "inn", "gate", "well", "barn", "ford", "hill", "dyke", "pond", "lane"]
                .iter()
                .zip(["rain", "snow", "hail", "fog", "frost", "wind", "sun", "thaw", "storm", "sleet"])
        {
            texts.push(format!("The guild near the {place} writes a ledger, and the guild reads it."));
            texts.push(format!("At the {place} there was {weather} and nobody went out."));
        }
        texts.push(last.to_owned());
        Edition::new(texts.into_iter().map(|t| Passage::new(Kind::Paragraph, t)).collect(), Vec::new(), 0)
    }

    #[test]
    fn words_that_keep_company_with_a_topic_lift_a_weak_passage_and_make_none_alone() {
        let topic = Topic {
            id: "guilds".into(),
            name: "guilds".into(),
            definition: String::new(),
            terms: vec![
                Term { words: "guild".into(), weight: 1.0 },
                Term { words: "apprentices".into(), weight: 0.3 },
            ],
            look_alikes: Vec::new(),
            see_also: Vec::new(),
            origin: Origin::Curated,
        };
        let score = |last: &str| {
            let index = automatic::index(&edition(last), std::slice::from_ref(&topic));
            let found = index.entries(0).iter().chain(index.near_misses(0)).find(|entry| entry.passage == 20);
            found.map_or((0.0, String::new()), |entry| (entry.score, entry.reason.clone()))
        };
        let (with, _) = score("Apprentices keep a ledger.");
        let (without, _) = score("Apprentices keep a garden.");
        assert!(with > without, "{with} {without}");
        let (alone, reason) = score("She keeps two Ledgers.");
        assert!(alone < 0.5 && reason.ends_with(": Ledgers"), "{alone} {reason}");
    }

    #[test]
    fn the_ratio_is_nought_without_difference_and_grows_with_it() {
        assert!(ratio([5.0, 5.0], [10.0, 10.0]).abs() < 1e-9);
        assert!(ratio([8.0, 2.0], [10.0, 10.0]).abs() < 1e-9);
        assert!(ratio([1.0, 9.0], [10.0, 10.0]) > ratio([4.0, 6.0], [10.0, 10.0]));
        assert!(ratio([0.0, 10.0], [10.0, 10.0]).is_finite());
    }
}
