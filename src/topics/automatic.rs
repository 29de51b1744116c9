//! The automatic index: which passages speak of a topic, computed from its definition.
//!
//! Evidence in three layers: the topic's own terms, weighed by sentence and by length (`direct`); the
//! company they keep in this very text (`association`); and where the passage stands (`context`).

use super::association::Company;
use super::matching::{Hit, Matcher};
use super::words::{Lexicon, Word};
use super::{Entry, Origin, Topic, TopicEntries, TopicIndex};
use crate::document::{Edition, Kind};

/// How many near misses are offered for a topic.
const NEAR_MISSES: usize = 3;
/// How many terms a reason names.
const REASON_TERMS: usize = 3;

/// The figures by which evidence becomes a score. Found by trying on labelled passages; none of them knows
/// a topic or a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Words over which one clear statement is enough to carry a passage.
    pub statement_words: f32,
    /// How strongly length waters evidence down: 0 not at all, 1 in proportion.
    pub dilution: f32,
    /// How quickly evidence adds up to certainty.
    pub growth: f32,
    /// What a further term in a sentence that speaks already still adds.
    pub repetition: f32,
    /// How much less a term counts that stands in every passage of the text.
    pub commonness: f32,
    /// What two strong neighbours add to a passage with some evidence of its own.
    pub neighbours: f32,
    /// What the heading above adds.
    pub heading: f32,
    /// What the company of the terms in this text adds.
    pub association: f32,
    /// The score from which a passage is an entry.
    pub entry: f32,
    /// The score from which it is a strong one.
    pub strong: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            statement_words: 60.0,
            dilution: 0.2,
            growth: 1.1,
            repetition: 0.55,
            commonness: 0.2,
            neighbours: 0.25,
            heading: 0.4,
            association: 0.3,
            entry: 0.5,
            strong: 0.8,
        }
    }
}

/// The index of `edition` by `topics`, in their order; the edition is taken to be in English.
#[must_use]
pub fn index(edition: &Edition, topics: &[Topic]) -> TopicIndex {
    index_in_language(edition, topics, "en")
}

/// The index of an edition in a language (ISO 639-1) by topics whose terms are in that language.
#[must_use]
pub fn index_in_language(edition: &Edition, topics: &[Topic], language: &str) -> TopicIndex {
    index_with(edition, topics, language, &Settings::default())
}

/// The index under settings other than the usual ones.
#[must_use]
pub fn index_with(edition: &Edition, topics: &[Topic], language: &str, settings: &Settings) -> TopicIndex {
    let mut lexicon = Lexicon::new(language);
    let passages = passages(edition, &mut lexicon);
    let matchers: Vec<Matcher> = topics.iter().map(|topic| Matcher::new(topic, &mut lexicon)).collect();
    let topics = topics.iter().zip(&matchers);
    TopicIndex::new(topics.map(|topic| entries(&passages, topic, &lexicon, settings)).collect())
}

/// A body passage made ready: its words, and those of the heading it stands under.
#[derive(Debug)]
pub(super) struct Ready {
    passage: usize,
    pub(super) words: Vec<Word>,
    /// The stems of its content words, sorted, once each.
    pub(super) stems: Vec<u32>,
    /// Index into the headings of the edition, kept apart so that each is matched once.
    heading: Option<usize>,
}

#[derive(Debug)]
struct Text {
    body: Vec<Ready>,
    headings: Vec<Vec<Word>>,
}

fn passages(edition: &Edition, lexicon: &mut Lexicon) -> Text {
    let mut text = Text { body: Vec::new(), headings: Vec::new() };
    for (passage, p) in edition.passages().iter().enumerate() {
        if p.kind == Kind::Heading {
            text.headings.push(lexicon.words(&p.text));
        } else if p.kind.is_body() {
            let words = lexicon.words(&p.text);
            let mut stems: Vec<u32> = words.iter().filter(|w| w.content).map(|w| w.stem).collect();
            stems.sort_unstable();
            stems.dedup();
            text.body.push(Ready { passage, words, stems, heading: text.headings.len().checked_sub(1) });
        }
    }
    text
}

/// What speaks for a passage.
#[derive(Clone, Debug, Default)]
struct Evidence {
    hits: Vec<Hit>,
    direct: f32,
    company: f32,
    company_words: Vec<u32>,
    heading: f32,
    neighbours: f32,
    score: f32,
}

fn entries(text: &Text, topic: (&Topic, &Matcher), lexicon: &Lexicon, settings: &Settings) -> TopicEntries {
    let (topic, matcher) = topic;
    let mut evidence = direct_evidence(text, topic, matcher, settings);
    add_company(text, matcher, &mut evidence);
    add_context(text, matcher, &mut evidence, settings);
    let entry = |weight: u8, ready: &Ready, evidence: &Evidence| Entry {
        passage: ready.passage,
        weight,
        score: evidence.score,
        origin: Origin::Automatic,
        reason: reason(topic, lexicon, evidence),
    };
    let weighed = || text.body.iter().zip(&evidence);
    let entries =
        weighed().filter(|(_, evidence)| evidence.score >= settings.entry).map(|(ready, evidence)| {
            let weight = if evidence.score >= settings.strong { 2 } else { 1 };
            entry(weight, ready, evidence)
        });
    let mut near: Vec<_> = weighed().filter(|(_, e)| e.score > 0.0 && e.score < settings.entry).collect();
    near.sort_by(|(_, a), (_, b)| b.score.total_cmp(&a.score));
    let near_misses = near.into_iter().take(NEAR_MISSES).map(|(ready, evidence)| entry(0, ready, evidence));
    TopicEntries { entries: entries.collect(), near_misses: near_misses.collect() }
}

/// The evidence of the topic's own terms.
fn direct_evidence(text: &Text, topic: &Topic, matcher: &Matcher, settings: &Settings) -> Vec<Evidence> {
    let all: Vec<Vec<Hit>> = text.body.iter().map(|ready| matcher.hits(&ready.words)).collect();
    let mut standing = vec![0_u32; topic.terms.len()];
    for hits in &all {
        let mut terms: Vec<usize> = hits.iter().map(|hit| hit.term).collect();
        terms.sort_unstable();
        terms.dedup();
        for term in terms {
            standing[term] += 1;
        }
    }
    // A term that stands in every passage tells less of any one of them. In a text of a few passages that
    // is chance, so the count is tempered by ten passages without it.
    let passages = text.body.len() as f32 + 10.0;
    let telling: Vec<f32> =
        standing.iter().map(|&count| 1.0 - settings.commonness * (count as f32 / passages).sqrt()).collect();
    let ready = text.body.iter().zip(all);
    ready
        .map(|(ready, hits)| {
            let direct = direct(&hits, &telling, ready.words.len(), settings);
            Evidence { hits, direct, ..Evidence::default() }
        })
        .collect()
}

/// From hits to a figure in [0, 1]: what each sentence says, added up and watered down by length.
fn direct(hits: &[Hit], telling: &[f32], words: usize, settings: &Settings) -> f32 {
    let weight = |hit: &Hit| hit.weight * telling.get(hit.term).copied().unwrap_or(1.0);
    let mut mass = 0.0;
    for sentence in hits.chunk_by(|a, b| a.sentence == b.sentence) {
        let strongest = sentence.iter().map(weight).fold(0.0, f32::max);
        let rest = sentence.iter().map(weight).sum::<f32>() - strongest;
        mass += strongest + settings.repetition * rest;
    }
    let length = (words as f32 / settings.statement_words).max(1.0);
    1.0 - (-settings.growth * mass / length.powf(settings.dilution)).exp()
}

/// The evidence of words that keep company with the topic in this text.
fn add_company(text: &Text, matcher: &Matcher, evidence: &mut [Evidence]) {
    let direct: Vec<f32> = evidence.iter().map(|e| e.direct).collect();
    let company = Company::of(&text.body, &direct, matcher);
    for (ready, evidence) in text.body.iter().zip(evidence) {
        let (share, words) = company.share(ready);
        evidence.company = share;
        evidence.company_words = words;
    }
}

/// The evidence of place, and the score of all evidence together.
///
/// Place alone makes no entry: it lifts a passage that has something of its own to say.
fn add_context(text: &Text, matcher: &Matcher, evidence: &mut [Evidence], settings: &Settings) {
    let around: Vec<f32> = evidence.iter().map(|e| e.direct).collect();
    let mut standing_under = vec![0_usize; text.headings.len()];
    for heading in text.body.iter().filter_map(|ready| ready.heading) {
        if let Some(count) = standing_under.get_mut(heading) {
            *count += 1;
        }
    }
    // A heading over most of the text is its title: it tells no passage from another.
    let headings: Vec<f32> = text
        .headings
        .iter()
        .zip(standing_under)
        .map(|(words, under)| {
            if under * 2 > text.body.len() {
                0.0
            } else {
                direct(&matcher.hits(words), &[], words.len(), settings)
            }
        })
        .collect();
    for (index, (ready, evidence)) in text.body.iter().zip(evidence).enumerate() {
        let before = index.checked_sub(1).and_then(|i| around.get(i)).copied().unwrap_or_default();
        let after = around.get(index + 1).copied().unwrap_or_default();
        evidence.neighbours = (before * after).sqrt();
        evidence.heading = ready.heading.and_then(|h| headings.get(h)).copied().unwrap_or_default();
        let own = evidence.direct.max(0.5 * evidence.company);
        let lift = settings.association * evidence.company
            + settings.neighbours * evidence.neighbours
            + settings.heading * evidence.heading;
        let open = own.min(settings.entry) / settings.entry;
        evidence.score = (evidence.direct + lift * open * (1.0 - evidence.direct)).clamp(0.0, 1.0);
    }
}

/// The terms that spoke, most weighty first: `soviets ×4, workers' delegates`.
fn reason(topic: &Topic, lexicon: &Lexicon, evidence: &Evidence) -> String {
    let mut counted: Vec<(usize, f32, usize)> = Vec::new();
    for hit in &evidence.hits {
        match counted.iter_mut().find(|(term, ..)| *term == hit.term) {
            Some((_, mass, count)) => {
                *mass += hit.weight;
                *count += 1;
            }
            None => counted.push((hit.term, hit.weight, 1)),
        }
    }
    counted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let terms = counted.iter().take(REASON_TERMS).filter_map(|&(term, _, count)| {
        let words = &topic.terms.get(term)?.words;
        Some(if count > 1 { format!("{words} ×{count}") } else { words.clone() })
    });
    let mut parts: Vec<String> = terms.collect();
    if parts.is_empty() && !evidence.company_words.is_empty() {
        let company = evidence.company_words.iter().take(REASON_TERMS).map(|&form| lexicon.spelling(form));
        parts.push(format!("words that keep it company here: {}", company.collect::<Vec<_>>().join(", ")));
    }
    if evidence.heading > 0.0 {
        parts.push("under a heading that names it".to_owned());
    }
    if evidence.neighbours > 0.5 && evidence.direct < 0.5 {
        parts.push("between two passages about it".to_owned());
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Passage;
    use crate::topics::Term;
    use proptest::prelude::*;

    fn topic(terms: &[(&str, f32)], look_alikes: &[&str]) -> Topic {
        let term = |&(words, weight): &(&str, f32)| Term { words: words.into(), weight };
        Topic {
            id: "guilds".into(),
            name: "guilds".into(),
            definition: String::new(),
            terms: terms.iter().map(term).collect(),
            look_alikes: look_alikes.iter().map(|&phrase| phrase.into()).collect(),
            see_also: Vec::new(),
        }
    }

    fn guilds() -> Topic {
        topic(&[("guild", 0.9), ("masters of the guild", 1.0), ("apprentices", 0.4)], &["Guild Street"])
    }

    fn edition(passages: &[(Kind, &str)]) -> Edition {
        let passages = passages.iter().map(|&(kind, text)| Passage::new(kind, text)).collect();
        Edition::new(passages, Vec::new(), 0)
    }

    fn paragraphs(texts: &[&str]) -> Edition {
        edition(&texts.iter().map(|&text| (Kind::Paragraph, text)).collect::<Vec<_>>())
    }

    fn weights(edition: &Edition) -> Vec<u8> {
        let index = index(edition, &[guilds()]);
        (0..edition.passages().len()).map(|at| index.entry(0, at).map_or(0, |entry| entry.weight)).collect()
    }

    const RAIN: &str = "It rained all week and the road to the mill was closed by the river.";

    #[test]
    fn what_speaks_of_the_topic_is_an_entry_and_what_does_not_is_none() {
        for (text, weight) in [
            (
                "The guild sets the price. Its masters answer to the guild alone, and a guild may close its door.",
                2,
            ),
            ("Whoever would trade must first ask the guild.", 1),
            ("She walked down Guild Street in the rain.", 0),
            ("Guild Street is long; the guild itself lies elsewhere.", 1),
            ("Two apprentices came.", 0),
            (RAIN, 0),
        ] {
            assert_eq!(weights(&paragraphs(&[text])), [weight], "{text}");
        }
    }

    #[test]
    fn a_mere_mention_in_a_long_passage_is_no_entry() {
        let long = format!("{} The guild apart. {}", RAIN.repeat(20), RAIN.repeat(20));
        assert_eq!(weights(&paragraphs(&[&long])), [0]);
    }

    #[test]
    fn a_phrase_over_words_counts_once_and_is_named() {
        let index = index(
            &paragraphs(&["The masters of a guild met, and the masters of the guild spoke."]),
            &[guilds()],
        );
        assert_eq!(index.entries(0)[0].reason, "masters of the guild ×2");
    }

    #[test]
    fn neighbours_lift_a_passage_that_has_something_of_its_own() {
        let strong =
            "The guild rules. The guild alone judges. The masters of the guild are chosen by the guild.";
        let weak = "Apprentices waited outside. Apprentices have no voice in this and must pay.";
        let score = |texts: &[&str], at: usize| {
            let index = index(&paragraphs(texts), &[guilds()]);
            let all = index.entries(0).iter().chain(index.near_misses(0));
            all.filter(|entry| entry.passage == at).map(|entry| entry.score).fold(0.0, f32::max)
        };
        assert!(score(&[strong, weak, strong], 1) > score(&[RAIN, weak, RAIN], 1));
        assert!(score(&[strong, RAIN, strong], 1) < 0.1);
    }

    #[test]
    fn a_heading_lends_evidence_to_what_follows_and_is_no_entry() {
        let text = "Apprentices pay for the feast. Apprentices also sweep.";
        let under = |heading: &str| {
            let passages = [
                (Kind::Heading, "The Guild, a Treatise"),
                (Kind::Paragraph, RAIN),
                (Kind::Paragraph, RAIN),
                (Kind::Heading, heading),
                (Kind::Paragraph, text),
            ];
            let index = index(&edition(&passages), &[guilds()]);
            index.entries(0).iter().chain(index.near_misses(0)).cloned().collect::<Vec<_>>()
        };
        let (named, other) = (under("The guild and its masters"), under("Weather"));
        assert!(named.iter().all(|entry| entry.passage == 4));
        assert!(named[0].score > other[0].score);
        assert!(named[0].reason.contains("heading"), "{}", named[0].reason);
    }

    #[test]
    fn an_absent_topic_offers_what_comes_nearest() {
        let index = index(&paragraphs(&[RAIN, "Two apprentices came.", RAIN]), &[guilds()]);
        assert!(index.entries(0).is_empty());
        assert_eq!(index.near_misses(0).len(), 1);
        assert_eq!((index.near_misses(0)[0].passage, index.near_misses(0)[0].weight), (1, 0));
        assert_eq!(index.near_misses(0)[0].reason, "apprentices");
    }

    #[test]
    fn a_text_without_passages_or_topics_has_an_empty_index() {
        assert_eq!(index(&paragraphs(&[]), &[guilds()]).entries(0), []);
        assert_eq!(index(&paragraphs(&[RAIN]), &[]).entries(0), []);
    }

    #[test]
    fn another_language_is_stemmed_by_its_own_rules() {
        let topic = topic(&[("Zunft", 1.0), ("Lehrlinge", 1.0)], &[]);
        let edition = paragraphs(&["Die Lehrlingen gehören der Zunft, und die Zunft straft sie."]);
        assert_eq!(index_in_language(&edition, &[topic], "de").entries(0).len(), 1);
    }

    #[test]
    fn the_topics_that_ship_are_sound() {
        let text = include_str!("../../texts/topics.toml");
        let topics = crate::topics::definitions::parse(text, "texts/topics.toml").unwrap();
        let first: Vec<&str> = topics.iter().take(4).map(|topic| topic.id.as_str()).collect();
        assert_eq!(first, ["soviets", "party", "criticism", "state-capitalism"]);
        assert!(topics.len() >= 14);
        for topic in &topics {
            assert!(!topic.definition.is_empty() && !topic.see_also.is_empty(), "{}", topic.id);
            assert!(!topic.see_also.contains(&topic.id), "{}", topic.id);
        }
    }

    fn words() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof![
                "guild",
                "Guild Street",
                "apprentices",
                "master",
                "rain",
                "mill",
                "of the",
                "\\. The",
                "\\PC{0,4}"
            ],
            1..30,
        )
        .prop_map(|words| words.join(" "))
    }

    proptest! {
        #[test]
        fn entries_are_in_order_with_scores_between_nought_and_one(texts in proptest::collection::vec(words(), 0..12)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let index_once = index(&paragraphs(&texts), &[guilds()]);
            let entries = index_once.entries(0);
            prop_assert!(entries.windows(2).all(|pair| pair[0].passage < pair[1].passage));
            for entry in entries.iter().chain(index_once.near_misses(0)) {
                prop_assert!((0.0..=1.0).contains(&entry.score));
                prop_assert!(!entry.reason.is_empty());
                prop_assert!(entry.passage < texts.len());
            }
            prop_assert!(entries.iter().all(|entry| entry.weight == 1 || entry.weight == 2));
            prop_assert!(index_once.near_misses(0).len() <= 3);
            prop_assert_eq!(&index(&paragraphs(&texts), &[guilds()]), &index_once);
        }
    }
}
