//! The automatic index: which passages speak of a topic, computed from its definition.
//!
//! Evidence in three layers: the topic's own terms, weighed by sentence and by length (`direct`); the
//! company they keep in this very text (`association`); and where the passage stands (`add_context`). All of it is
//! believed as far as the text fits the definition (`fit`).

use super::association::Company;
use super::fit::Fit;
use super::language::{self, Tongue};
use super::matching::{Hit, Matcher};
use super::prepared::{Spoken, Text};
use super::words::Lexicon;
use super::{Absence, Entry, Origin, Silence, Topic, TopicEntries, TopicIndex};
use crate::document::Edition;
use crate::progress::{Cancelled, Progress};

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
    /// How much of what the passage before says goes on into one that hangs on it ("This system …").
    pub flow: f32,
    /// The same where the one before leads in with a colon, or both are items of one list.
    pub lead_in: f32,
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
            growth: 1.15,
            repetition: 0.55,
            commonness: 0.2,
            neighbours: 0.25,
            flow: 0.3,
            lead_in: 0.4,
            heading: 0.4,
            association: 0.3,
            entry: 0.5,
            strong: 0.8,
        }
    }
}

/// The index of `edition` by `topics`, in their order, in the language that the text seems to be in.
#[must_use]
pub fn index(edition: &Edition, topics: &[Topic]) -> TopicIndex {
    index_reporting(edition, topics, &Progress::default()).unwrap_or_default()
}

/// The same, saying how far it is.
///
/// # Errors
/// Where it was cancelled.
pub fn index_reporting(
    edition: &Edition,
    topics: &[Topic],
    progress: &Progress,
) -> Result<TopicIndex, Cancelled> {
    indexed(edition, topics, language::of([edition]), &Settings::default(), progress)
}

/// The index of an edition in a language (ISO 639-1).
#[must_use]
pub fn index_in_language(edition: &Edition, topics: &[Topic], language: &'static str) -> TopicIndex {
    index_with(edition, topics, language, &Settings::default())
}

/// The same, saying how far it is.
///
/// # Errors
/// Where it was cancelled.
pub fn index_in_language_reporting(
    edition: &Edition,
    topics: &[Topic],
    language: &'static str,
    progress: &Progress,
) -> Result<TopicIndex, Cancelled> {
    indexed(edition, topics, Tongue::Told(language), &Settings::default(), progress)
}

/// The index under settings other than the usual ones.
#[must_use]
pub fn index_with(
    edition: &Edition,
    topics: &[Topic],
    language: &'static str,
    settings: &Settings,
) -> TopicIndex {
    indexed(edition, topics, Tongue::Told(language), settings, &Progress::default()).unwrap_or_default()
}

fn indexed(
    edition: &Edition,
    topics: &[Topic],
    tongue: Tongue,
    settings: &Settings,
    progress: &Progress,
) -> Result<TopicIndex, Cancelled> {
    if edition.windows().is_some() {
        return Ok(unindexed(topics.len(), "the text is read where you look, and not indexed by topic"));
    }
    let mut lexicon = Lexicon::new(tongue.of_terms());
    let matchers: Vec<Matcher> = topics.iter().map(|topic| Matcher::new(topic, &mut lexicon)).collect();
    let text = Text::read(edition, &matchers, &mut lexicon, progress)?;
    let mut found = Vec::with_capacity(topics.len());
    let mut absences = Vec::with_capacity(topics.len());
    for ((topic, matcher), spoken) in topics.iter().zip(&matchers).zip(&text.spoken) {
        progress.reach(edition.passages().len(), edition.passages().len() + 1)?;
        let (entries, doubted) = entries((edition, &text), topic, (matcher, spoken), &lexicon, settings);
        absences.push(uncovered(topic, spoken, &entries, tongue).or_else(|| by_chance(&entries, &doubted)));
        found.push(entries);
    }
    Ok(TopicIndex::new(found).with_absences(absences))
}

/// The index of a text that is not indexed by any of so many topics, and why.
#[must_use]
pub fn unindexed(topics: usize, why: &str) -> TopicIndex {
    let absence = Absence { kind: Silence::Unindexed, why: why.to_owned() };
    TopicIndex::default().with_absences(vec![Some(absence); topics])
}

/// Why nothing can be said of a topic in a text whose language the definition does not speak, or may not.
fn uncovered(topic: &Topic, spoken: &Spoken, found: &TopicEntries, tongue: Tongue) -> Option<Absence> {
    let is_uncovered = match tongue {
        Tongue::Told(language) => spoken.hits.is_empty() && !language::has_terms(topic, language),
        Tongue::TooShort => found.entries.is_empty(),
        Tongue::Strange => spoken.hits.is_empty(),
    };
    is_uncovered.then(|| Absence::for_want_of_words(topic, tongue))
}

/// That what words there are of a topic stand in a text by chance, where that leaves no entry.
fn by_chance(found: &TopicEntries, doubted: &[String]) -> Option<Absence> {
    let is_chance = found.entries.is_empty() && !doubted.is_empty();
    let why = || format!("only chance words: {}", doubted.join(", "));
    is_chance.then(|| Absence { kind: Silence::Chance, why: why() })
}

/// What speaks for a passage.
#[derive(Clone, Debug, Default)]
struct Evidence {
    direct: f32,
    company: f32,
    company_words: Vec<u32>,
    heading: f32,
    neighbours: f32,
    flow: f32,
    score: f32,
}

/// The entries of a topic, and the words of passages that would be entries if they were more than chance.
fn entries(
    (edition, text): (&Edition, &Text),
    topic: &Topic,
    (matcher, spoken): (&Matcher, &Spoken),
    lexicon: &Lexicon,
    settings: &Settings,
) -> (TopicEntries, Vec<String>) {
    // Neither a neighbour nor company makes an entry where no term of the topic stands anywhere.
    if spoken.hits.is_empty() {
        return Default::default();
    }
    let mut evidence = direct_evidence(text, topic, spoken, settings);
    add_company(text, matcher, &mut evidence);
    add_context(text, spoken, &mut evidence, settings);
    let doubted = doubt(&mut evidence, &Fit::of(text, topic, spoken), settings);
    let place = |at: usize| {
        let passage = text.body.get(at).map_or(0, |ready| ready.passage);
        (passage, edition.get(passage).map_or("", |passage| passage.text.as_str()))
    };
    let entry = |weight: u8, at: usize, evidence: &Evidence| {
        let (passage, written) = place(at);
        let reason = reason(written, lexicon, evidence, spoken.of(at));
        Entry { passage, weight, score: evidence.score, origin: Origin::Automatic, reason }
    };
    let mut found = TopicEntries::default();
    let mut near: Vec<(usize, &Evidence)> = Vec::new();
    for (at, evidence) in evidence.iter().enumerate() {
        if evidence.score >= settings.entry {
            let weight = if evidence.score >= settings.strong { 2 } else { 1 };
            found.entries.push(entry(weight, at, evidence));
        } else if evidence.score > 0.0 {
            near.push((at, evidence));
        }
    }
    near.sort_by(|(_, a), (_, b)| b.score.total_cmp(&a.score));
    found.near_misses = near.into_iter().take(NEAR_MISSES).map(|(at, e)| entry(0, at, e)).collect();
    let doubted = doubted.into_iter().flat_map(|at| spoken.of(at)).map(|(at, hit)| (place(*at).1, hit));
    (found, words_that_spoke(doubted))
}

/// Believes the evidence as far as the text fits the topic; gives the passages that would be entries otherwise.
fn doubt(evidence: &mut [Evidence], fit: &Fit<'_>, settings: &Settings) -> Vec<usize> {
    let mut doubted = Vec::new();
    for (at, evidence) in evidence.iter_mut().enumerate().filter(|(_, e)| e.score >= settings.entry) {
        // Under a heading that names the topic nothing is chance.
        if evidence.heading > 0.0 {
            continue;
        }
        evidence.score *= fit.at(at);
        if evidence.score < settings.entry {
            doubted.push(at);
        }
    }
    doubted
}

/// The evidence of the topic's own terms.
fn direct_evidence(text: &Text, topic: &Topic, spoken: &Spoken, settings: &Settings) -> Vec<Evidence> {
    let mut standing = vec![0_u32; topic.terms.len()];
    let mut last = vec![usize::MAX; topic.terms.len()];
    for &(at, hit) in &spoken.hits {
        if let (Some(last), Some(count)) = (last.get_mut(hit.term), standing.get_mut(hit.term))
            && *last != at
        {
            *last = at;
            *count += 1;
        }
    }
    // A term that stands in every passage tells less of any one of them. In a text of a few passages that
    // is chance, so the count is tempered by ten passages without it.
    let passages = text.body.len() as f32 + 10.0;
    let telling: Vec<f32> =
        standing.iter().map(|&count| 1.0 - settings.commonness * (count as f32 / passages).sqrt()).collect();
    let mut evidence = vec![Evidence::default(); text.body.len()];
    for hits in spoken.hits.chunk_by(|a, b| a.0 == b.0) {
        let Some(&(at, _)) = hits.first() else { continue };
        if let (Some(evidence), Some(ready)) = (evidence.get_mut(at), text.body.get(at)) {
            evidence.direct = direct(hits.iter().map(|(_, hit)| hit), &telling, ready.words, settings);
        }
    }
    evidence
}

/// From hits, by sentence, to a figure in [0, 1]: what each sentence says, added up and watered down by length.
fn direct<'h>(
    hits: impl Iterator<Item = &'h Hit>,
    telling: &[f32],
    words: usize,
    settings: &Settings,
) -> f32 {
    let (mut mass, mut strongest, mut rest, mut sentence) = (0.0, 0.0_f32, 0.0, None);
    for hit in hits {
        let weight = hit.weight * telling.get(hit.term).copied().unwrap_or(1.0);
        if sentence != Some(hit.sentence) {
            mass += strongest + settings.repetition * rest;
            (strongest, rest, sentence) = (0.0, 0.0, Some(hit.sentence));
        }
        rest += weight.min(strongest);
        strongest = strongest.max(weight);
    }
    mass += strongest + settings.repetition * rest;
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
/// Neighbours and headings alone make no entry: they lift a passage that has something of its own to say.
fn add_context(text: &Text, spoken: &Spoken, evidence: &mut [Evidence], settings: &Settings) {
    let around: Vec<f32> = evidence.iter().map(|e| e.direct).collect();
    let headings: Vec<f32> = text
        .headings
        .iter()
        .zip(&spoken.headings)
        .map(|(heading, hits)| {
            if heading.is_title(text.body.len()) {
                0.0
            } else {
                direct(hits.iter(), &[], heading.words, settings)
            }
        })
        .collect();
    let mut carried = 0.0_f32;
    for (index, (ready, evidence)) in text.body.iter().zip(evidence).enumerate() {
        let before = index.checked_sub(1).and_then(|i| around.get(i)).copied().unwrap_or_default();
        let after = around.get(index + 1).copied().unwrap_or_default();
        evidence.neighbours = (before * after).sqrt();
        evidence.heading = ready.heading.and_then(|h| headings.get(h)).copied().unwrap_or_default();
        evidence.flow = carried * ready.tie.map_or(0.0, |tie| tie.of(settings.flow, settings.lead_in));
        let said = 1.0 - (1.0 - evidence.direct) * (1.0 - evidence.flow);
        let own = evidence.direct.max(0.5 * evidence.company);
        let lift = settings.association * evidence.company
            + settings.neighbours * evidence.neighbours
            + settings.heading * evidence.heading;
        let open = own.min(settings.entry) / settings.entry;
        evidence.score = (said + lift * open * (1.0 - said)).clamp(0.0, 1.0);
        carried = evidence.direct.max(evidence.flow);
    }
}

/// Why a passage is an entry: the terms that spoke, else what it stands on.
fn reason(text: &str, lexicon: &Lexicon, evidence: &Evidence, hits: &[(usize, Hit)]) -> String {
    let mut parts = words_that_spoke(hits.iter().map(|(_, hit)| (text, hit)));
    if parts.is_empty() && !evidence.company_words.is_empty() {
        let company = evidence
            .company_words
            .iter()
            .take(REASON_TERMS)
            .filter_map(|&stem| lexicon.written_in(text, stem));
        parts.push(format!("words that keep it company here: {}", company.collect::<Vec<_>>().join(", ")));
    }
    if evidence.heading > 0.0 {
        parts.push("under a heading that names it".to_owned());
    }
    if evidence.neighbours > 0.5 && evidence.direct < 0.5 {
        parts.push("between two passages about it".to_owned());
    }
    if evidence.flow > evidence.direct {
        parts.push("goes on from the passage before".to_owned());
    }
    parts.join(", ")
}

/// The terms that spoke, most weighty first, each as it stands first in the text of its passage, so that it can be
/// found on the screen: `Soviets ×4, workers' delegate`.
fn words_that_spoke<'h>(hits: impl Iterator<Item = (&'h str, &'h Hit)>) -> Vec<String> {
    let mut counted: Vec<(&str, &Hit, f32, usize)> = Vec::new();
    for (text, hit) in hits {
        let is_same = |other: &Hit| (other.term, other.choices) == (hit.term, hit.choices);
        match counted.iter_mut().find(|(_, other, ..)| is_same(other)) {
            Some((.., mass, count)) => {
                *mass += hit.weight;
                *count += 1;
            }
            None => counted.push((text, hit, hit.weight, 1)),
        }
    }
    counted.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.1.term.cmp(&b.1.term)));
    let terms = counted.iter().take(REASON_TERMS).map(|&(text, hit, _, count)| {
        let words = hit.said(text);
        if count > 1 { format!("{words} ×{count}") } else { words }
    });
    terms.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};
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
            origin: Origin::Curated,
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
        assert_eq!(index.entries(0)[0].reason, "masters of a guild ×2");
    }

    #[test]
    fn a_reason_names_the_words_as_they_stand_in_the_passage() {
        let topic = topic(&[("masters + bread", 1.0), ("masters of the guild", 0.9), ("guild", 0.8)], &[]);
        for (text, reason) in [
            ("Guilds fall. A guild rises.", "Guilds ×2"),
            ("A Master\nof the  Guild’s choice.", "Master of the Guild’s"),
            ("Of breads none pleased the old Master.", "Master + breads"),
        ] {
            let index = index(&paragraphs(&[text]), std::slice::from_ref(&topic));
            assert_eq!(index.entries(0)[0].reason, reason);
        }
    }

    #[test]
    fn a_reason_names_the_words_that_stood_of_those_that_might() {
        let topic = topic(&[("masters | wardens + bread | flour", 1.0), ("guild | craft", 0.5)], &[]);
        let text = "The wardens of the craft weigh flour; the craft and the guild look on.";
        let index = index(&paragraphs(&[text]), &[topic]);
        assert_eq!(index.entries(0)[0].reason, "wardens + flour, craft ×2, guild");
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
    fn a_passage_that_hangs_on_one_before_goes_on_about_it() {
        let strong = "The guild rules. The guild alone judges. The masters of the guild are chosen by it";
        let weak = "This rule weighs on apprentices, who pay for the feast and sweep the hall after it.";
        let other = "Apprentices carry on with the rule, who pay for the feast and sweep the hall after it.";
        let score = |first: &str, second: &str| {
            let index = index(&paragraphs(&[first, second, RAIN]), &[guilds()]);
            let all = index.entries(0).iter().chain(index.near_misses(0));
            all.filter(|e| e.passage == 1).map(|e| (e.score, e.reason.clone())).next().unwrap()
        };
        let tied = score(&format!("{strong}."), weak);
        assert!(tied.0 > score(&format!("{strong}."), other).0);
        assert!(score(&format!("{strong}:"), other).0 > tied.0);
        assert!(tied.0 > score(RAIN, weak).0);
    }

    #[test]
    fn a_text_in_another_language_is_indexed_by_words_in_it_or_the_index_says_why_not() {
        let german = "Die Zunft ist es, die den Preis setzt, und die Meister der Zunft sind es, die ihn mit \
                      der Strafe halten; wer in der Zunft ist, der kann sich an sie wenden, wenn er nicht \
                      zu seinem Recht kommt.";
        let silent = index(&paragraphs(&[german]), &[guilds()]);
        assert!(silent.entries(0).is_empty() && silent.absence(0).unwrap().why.contains("German"));
        assert_eq!((silent.count(0), silent.figure(0)), (None, "?".to_owned()));
        let both = topic(&[("guild", 1.0), ("de: Zunft", 1.0), ("de: Meister", 0.5)], &[]);
        let found = index(&paragraphs(&[german]), std::slice::from_ref(&both));
        assert_eq!((found.entries(0).len(), found.absence(0)), (1, None));
        assert!(found.entries(0)[0].reason.starts_with("Zunft ×3"), "{}", found.entries(0)[0].reason);
        assert_eq!(index(&paragraphs(&["The guild met."]), &[both]).absence(0), None);
        // English words count in English alone, also where another language has them in another sense.
        let craft = topic(&[("Meister", 1.0)], &[]);
        assert_eq!(index(&paragraphs(&[german]), &[craft]).figure(0), "?");
        let english = index(&paragraphs(&[RAIN]), &[guilds()]);
        assert_eq!((english.count(0), english.figure(0)), (Some(0), "0".to_owned()));
    }

    #[test]
    fn where_the_language_is_not_told_nobody_knows_what_the_text_does_not_speak_of() {
        for (text, figure, why) in [
            ("The guild met.", "1", None),
            ("Guild masters, masters", "1", None),
            ("Ferries, oars", "?", Some("too short to tell its language")),
            ("港口关闭了,领航员在酒馆里。", "?", Some("Chinese")),
            ("Гавань закрыта, лоцманы сидят", "?", Some("nobody can tell in which language")),
            (
                &"Itsasoa handi eta guild elurragatik ".repeat(8),
                "?",
                Some("nobody can tell in which language"),
            ),
        ] {
            let topics = [topic(&[("guild", 1.0), ("masters", 1.0)], &[])];
            let index = index(&paragraphs(&[text]), &topics);
            assert_eq!(index.figure(0), figure, "{text}");
            let said = index.absence(0).map(|absence| absence.why.as_str());
            assert_eq!(said.is_some(), why.is_some(), "{text}: {said:?}");
            assert!(why.is_none_or(|why| said.is_some_and(|said| said.contains(why))), "{text}: {said:?}");
        }
    }

    #[test]
    fn indexing_stops_when_it_is_told_to() {
        let progress = Progress::default();
        progress.cancel();
        assert_eq!(index_reporting(&paragraphs(&[RAIN]), &[guilds()], &progress), Err(Cancelled));
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
        let topic = topic(&[("de: Zunft", 1.0), ("de: Lehrlinge", 1.0)], &[]);
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
