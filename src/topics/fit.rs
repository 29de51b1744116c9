//! How well a text fits the definition of a topic: whether single passages may be believed.
//!
//! In a long text a word of any topic stands by chance somewhere: travellers commune, a hand has withered away. A
//! text that speaks of the topic knows several words of its definition and comes back to them; or one stretch of it
//! does; or it is full of the neighbouring topics. Words of a reader's own topic are meant as they are typed, and not weighed here.

use std::collections::BTreeSet;

use super::matching::Hit;
use super::prepared::{Spoken, Text};
use super::{Origin, Topic};

/// Words of a text in which a word of a topic is taken as meant, however lonely it stands.
const BY_RIGHT: usize = 2000;
/// The fit of a text that may be believed everywhere: different words, times words in a thousand, by their weight.
const ENOUGH: f32 = 2.0;
/// Words of all topics in a thousand, by their weight, from which a text is of their field: it fits each of them as
/// many times better as it has more.
const OF_THE_FIELD: f32 = 10.0;
/// Words to either side of a passage that belong to its stretch.
const STRETCH: usize = 500;
/// What different words weigh together in a stretch that speaks for itself; and words over and over, where a hint
/// counts for little: by the square of their weight.
const DIFFERENT_WORDS: f32 = 1.5;
const OVER_AND_OVER: f32 = 3.0;

/// How well one text fits one topic.
pub(super) struct Fit<'t> {
    text: &'t Text,
    spoken: &'t Spoken,
    of_text: f32,
}

/// What some hits weigh together.
struct Weight {
    /// All of them.
    all: f32,
    /// All of them, by the square.
    sure: f32,
    /// Each word of the topic once.
    different: f32,
    /// How many different words there are.
    words: usize,
}

impl Weight {
    fn of<'h>(hits: impl Iterator<Item = &'h Hit>) -> Self {
        let mut weight = Self { all: 0.0, sure: 0.0, different: 0.0, words: 0 };
        let mut seen = BTreeSet::new();
        for hit in hits {
            weight.all += hit.weight;
            weight.sure += hit.weight * hit.weight;
            if seen.insert((hit.term, hit.choices)) {
                weight.different += hit.weight;
                weight.words += 1;
            }
        }
        weight
    }
}

impl Text {
    /// How many times better the text fits a topic for all that it says of its neighbours; at least 1.
    fn field(&self) -> f32 {
        let words = self.words().max(1) as f32;
        let all: f32 = self.spoken.iter().flat_map(|spoken| &spoken.hits).map(|(_, hit)| hit.weight).sum();
        (all * 1000.0 / words / OF_THE_FIELD).max(1.0)
    }

    fn words(&self) -> usize {
        self.body.iter().map(|ready| ready.words).sum()
    }
}

impl<'t> Fit<'t> {
    pub(super) fn of(text: &'t Text, topic: &Topic, spoken: &'t Spoken) -> Self {
        let beyond = text.words().saturating_sub(BY_RIGHT);
        let of_text = if topic.origin == Origin::Reader || beyond == 0 {
            1.0
        } else {
            let weight = Weight::of(spoken.hits.iter().map(|(_, hit)| hit));
            let in_thousand = weight.all * 1000.0 / beyond as f32;
            (weight.different * in_thousand * text.field() / ENOUGH).min(1.0)
        };
        Self { text, spoken, of_text }
    }

    /// How far the evidence of a passage may be believed, in [0, 1].
    pub(super) fn at(&self, passage: usize) -> f32 {
        if self.of_text >= 1.0 || self.speaks_about(passage) { 1.0 } else { self.of_text }
    }

    /// Whether the stretch of a passage speaks of the topic in words that are hardly there by chance.
    fn speaks_about(&self, passage: usize) -> bool {
        let words = |at: usize| self.text.body.get(at).map_or(0, |ready| ready.words);
        let (mut first, mut end) = (passage, passage + 1);
        let (mut before, mut after) = (0, 0);
        while first > 0 && before + words(first - 1) <= STRETCH {
            first -= 1;
            before += words(first);
        }
        while end < self.text.body.len() && after + words(end) <= STRETCH {
            after += words(end);
            end += 1;
        }
        let weight = Weight::of(self.spoken.within(first..end).iter().map(|(_, hit)| hit));
        weight.words > 1 && weight.different >= DIFFERENT_WORDS || weight.sure >= OVER_AND_OVER
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Edition, Kind, Passage};
    use crate::topics::automatic::index;
    use crate::topics::{Origin, Silence, Term, Topic};

    const RAIN: &str = "It rained all week and the road to the mill was closed by the river.";

    fn topic(origin: Origin) -> Topic {
        let term = |(words, weight): (&str, f32)| Term { words: words.into(), weight };
        Topic {
            id: "guilds".into(),
            name: "guilds".into(),
            definition: String::new(),
            terms: [("guild", 1.0), ("journeyman", 1.0), ("apprentice", 0.6), ("workshop", 0.6)]
                .map(term)
                .to_vec(),
            look_alikes: Vec::new(),
            see_also: Vec::new(),
            origin,
        }
    }

    /// Passages of rain, so many words in all, among which these stand where a share of them has been.
    fn text(words: usize, said: &[(f32, &str)]) -> Edition {
        let rains = words / 15;
        let mut texts = vec![RAIN; rains];
        for (share, said) in said.iter().rev() {
            texts.insert((rains as f32 * share) as usize, said);
        }
        let passages = texts.into_iter().map(|text| Passage::new(Kind::Paragraph, text)).collect();
        Edition::new(passages, Vec::new(), 0)
    }

    #[test]
    fn a_lonely_word_in_a_long_text_is_chance_and_in_a_short_one_is_meant() {
        let once = [(0.5, "Then the guild met.")];
        let twice = [(0.2, "Then the guild met."), (0.8, "The guild went home.")];
        let thrice_at_once = [(0.5, "The guild met."), (0.5, "The guild spoke."), (0.5, "The guild slept.")];
        let apart = [(0.2, "Then the guild met."), (0.8, "The journeyman came home.")];
        let together = [(0.5, "Then the guild met."), (0.5, "The journeyman came home.")];
        let all_over: Vec<(f32, &str)> = (1..10)
            .map(|at| (at as f32 / 10.0, if at % 2 == 0 { "The guild met." } else { "The journeyman left." }))
            .collect();
        for (words, said, figure) in [
            (900, &once[..], "1"),
            (30_000, &once, "0"),
            (30_000, &twice, "0"),
            (30_000, &apart, "0"),
            (30_000, &together, "2"),
            (30_000, &thrice_at_once, "3"),
            (10_000, &all_over, "9"),
        ] {
            let edition = text(words, said);
            assert_eq!(index(&edition, &[topic(Origin::Curated)]).figure(0), figure, "{words} {said:?}");
            // Of a reader's own topic every word is meant.
            let figure = said.len().to_string();
            assert_eq!(index(&edition, &[topic(Origin::Reader)]).figure(0), figure, "{words} {said:?}");
        }
    }

    #[test]
    fn a_silence_names_the_chance_words_and_offers_their_passages() {
        let edition = text(30_000, &[(0.2, "Then the guild met."), (0.8, "Guilds went home.")]);
        let index = index(&edition, &[topic(Origin::Curated)]);
        let absence = index.absence(0).unwrap();
        assert_eq!((absence.kind, absence.why.as_str()), (Silence::Chance, "only chance words: guild ×2"));
        assert_eq!((index.count(0), index.near_misses(0).len()), (Some(0), 2));
    }

    #[test]
    fn a_text_that_is_full_of_the_neighbours_means_a_lonely_word() {
        let neighbour = Topic {
            id: "rivers".into(),
            terms: ["river", "mill"].map(|words| Term { words: words.into(), weight: 1.0 }).to_vec(),
            ..topic(Origin::Curated)
        };
        let edition = text(30_000, &[(0.2, "Then the guild met."), (0.8, "The journeyman came home.")]);
        assert_eq!(index(&edition, &[topic(Origin::Curated), neighbour]).figure(0), "2");
    }
}
