//! The index that an editor made by reading: `texts/<work>/index.toml`, hung on an edition by its ¶ numbers.

use super::definitions::check_version;
use super::{Absence, Entry, Origin, Silence, Topic, TopicEntries, TopicIndex};
use crate::document::Edition;
use crate::report::table::{Document, Fields};
use crate::report::{At, Examination, Problem, TomlSource, unknown};

/// How many near misses an index keeps for a topic.
pub const NEAR_MISSES: usize = 3;

/// A curated index, by ¶ numbers: fits any edition of its work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curated {
    /// For each topic, in the order of the definitions: what was found by reading; `None` where nobody read
    /// the work for that topic.
    topics: Vec<Option<Reading>>,
}

/// What a reading of one work for one topic found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Passages that speak of the topic, in the order of the file.
    pub passages: Vec<Judgement>,
    /// Passages that come nearest to it, best first.
    pub near: Vec<Judgement>,
    /// Why the topic is absent, where it is.
    pub absent: Option<At<String>>,
}

/// What a reading says of one passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// ¶ number of the passage.
    pub number: At<u32>,
    /// 2: substantially about the topic; 1: touches it; 0: a near miss.
    pub weight: u8,
    /// Why, in a few words.
    pub reason: At<String>,
}

/// A curated index on an edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hung {
    /// The index; empty under topics that nobody read the work for.
    pub index: TopicIndex,
    /// ¶ numbers of the curated index that the edition does not carry, in order.
    pub missing: Vec<u32>,
}

/// Reads the curated index of a work.
///
/// # Errors
/// Every problem of the file at once: broken TOML, unknown keys or topics, a topic or a passage that comes
/// twice, a weight other than 1 or 2, a topic that is both present and absent.
pub fn parse<'a>(
    source: impl Into<TomlSource<'a>>,
    path: &'a str,
    topics: &[Topic],
) -> Result<Curated, Vec<Problem>> {
    let (curated, examination) = examine(source, path, topics);
    examination.finish(curated)
}

/// What can be read of the curated index of a work, and what is wrong with the file.
#[must_use]
pub fn examine<'a>(
    source: impl Into<TomlSource<'a>>,
    path: &'a str,
    topics: &[Topic],
) -> (Curated, Examination<'a>) {
    let mut examination = Examination::new(path, source);
    let document = Document::parse(&mut examination);
    let fields = document.fields();
    fields.only(&mut examination, &["version", "topic"]);
    check_version(&mut examination, &fields);
    let mut curated = Curated { topics: vec![None; topics.len()] };
    for fields in fields.tables(&mut examination, "topic") {
        let id = fields.string(&mut examination, "id");
        let reading = reading(&mut examination, fields);
        let Some(id) = id else { continue };
        let Some(topic) = topics.iter().position(|topic| topic.id == id.value) else {
            let message = unknown("topic", &id.value, topics.iter().map(|t| t.id.as_str()));
            examination.problem(id.byte, message);
            continue;
        };
        let Some(slot) = curated.topics.get_mut(topic) else { continue };
        if slot.replace(reading).is_some() {
            examination.problem(id.byte, format!("the topic `{}` comes twice", id.value));
        }
    }
    (curated, examination)
}

fn reading(examination: &mut Examination<'_>, fields: Fields<'_>) -> Reading {
    fields.only(examination, &["id", "passages", "absent", "near"]);
    let passages = judgements(examination, fields, "passages");
    let near = judgements(examination, fields, "near");
    let absent = fields.optional_string(examination, "absent");
    match &absent {
        Some(absent) if !passages.is_empty() => {
            examination.problem(absent.byte, "a topic that has `passages` is not `absent`");
        }
        Some(absent) if absent.value.trim().is_empty() => {
            examination.problem(absent.byte, "`absent` wants the reason why, in a sentence");
        }
        None if passages.is_empty() => {
            examination.problem(fields.byte(), "a topic wants `passages`, or `absent` with the reason why");
        }
        Some(_) | None => {}
    }
    Reading { passages, near, absent }
}

fn judgements(examination: &mut Examination<'_>, fields: Fields<'_>, key: &str) -> Vec<Judgement> {
    let near = key == "near";
    let known: &[&str] = if near { &["at", "reason"] } else { &["at", "weight", "reason"] };
    let mut found: Vec<Judgement> = Vec::new();
    for fields in fields.tables(examination, key) {
        fields.only(examination, known);
        let at = fields.number(examination, "at", 1..u32::MAX);
        let weight = if near { None } else { fields.number(examination, "weight", 1..3) };
        let reason = fields.string(examination, "reason");
        let Some(at) = at else { continue };
        if found.iter().any(|judgement| judgement.number.value == at.value) {
            examination.problem(at.byte, format!("¶{} comes twice", at.value));
        }
        let weight = weight.map_or(0, |w| w.value as u8);
        let reason = reason.unwrap_or(At { value: String::new(), byte: fields.byte() });
        found.push(Judgement { number: at, weight, reason });
    }
    found
}

impl Curated {
    /// Whether somebody read the work for a topic (and perhaps found it absent).
    #[must_use]
    pub fn covers(&self, topic: usize) -> bool {
        self.topics.get(topic).is_some_and(Option::is_some)
    }

    /// What the reading for a topic found; `None` where nobody read the work for it.
    #[must_use]
    pub fn reading(&self, topic: usize) -> Option<&Reading> {
        self.topics.get(topic)?.as_ref()
    }

    /// Every ¶ number that the index names, in order, once each.
    #[must_use]
    pub fn numbers(&self) -> Vec<u32> {
        let readings = self.topics.iter().flatten();
        let mut numbers: Vec<_> =
            readings.flat_map(|r| r.passages.iter().chain(&r.near)).map(|j| j.number.value).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Hangs the index on an edition. Numbers that the edition does not carry are left out and reported.
    #[must_use]
    pub fn hang(&self, edition: &Edition) -> Hung {
        let mut missing: Vec<u32> =
            self.numbers().into_iter().filter(|&n| edition.numbered(n).is_none()).collect();
        missing.sort_unstable();
        let readings = self.topics.iter().map(|reading| {
            let Some(reading) = reading else { return TopicEntries::default() };
            let entries = merged(judged(&reading.passages, edition));
            let mut near_misses = judged(&reading.near, edition);
            near_misses.truncate(NEAR_MISSES);
            TopicEntries { entries, near_misses }
        });
        let unspoken = |why: &String| Absence { kind: Silence::Unspoken, why: why.clone() };
        let absences =
            self.topics.iter().map(|r| Some(unspoken(&r.as_ref()?.absent.as_ref()?.value))).collect();
        Hung { index: TopicIndex::new(readings.collect()).with_absences(absences), missing }
    }

    /// The curated index where the work was read, `automatic` under the topics for which it was not.
    #[must_use]
    pub fn over(&self, edition: &Edition, automatic: &TopicIndex) -> Hung {
        let Hung { index, missing } = self.hang(edition);
        Hung { index: index.or_else(automatic, |topic| self.covers(topic)), missing }
    }
}

/// One entry for each passage, in their order: where an edition merges several that were judged, the strongest
/// weight and all reasons.
fn merged(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.passage);
    let mut merged: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        match merged.last_mut().filter(|last| last.passage == entry.passage) {
            Some(last) => {
                last.weight = last.weight.max(entry.weight);
                last.score = last.score.max(entry.score);
                last.reason = format!("{}; {}", last.reason, entry.reason);
            }
            None => merged.push(entry),
        }
    }
    merged
}

fn judged(judgements: &[Judgement], edition: &Edition) -> Vec<Entry> {
    let entry = |judgement: &Judgement| {
        Some(Entry {
            passage: edition.numbered(judgement.number.value)?,
            weight: judgement.weight,
            score: f32::from(judgement.weight) / 2.0,
            origin: Origin::Curated,
            reason: judgement.reason.value.clone(),
        })
    };
    judgements.iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};
    use crate::topics::definitions;

    const TOPICS: &str = "version = 1\n[[topic]]\nid = 'ships'\nname = 'ships'\nterms = ['ship']\n[[topic]]\nid = 'tides'\nname = 'tides'\nterms = ['tide']\n[[topic]]\nid = 'storms'\nname = 'storms'\nterms = ['storm']\n";
    const INDEX: &str = "version = 1
[[topic]]
id = 'ships'
passages = [{ at = 9, weight = 1, reason = 'a ship passes' }, { at = 2, weight = 2, reason = 'builds one' }]
[[topic]]
id = 'tides'
absent = 'The author never speaks of them.'
near = [{ at = 2, reason = 'the water rises' }]
";

    fn topics() -> Vec<Topic> {
        definitions::parse(TOPICS, "topics.toml").unwrap()
    }

    fn edition(numbers: &[u32]) -> Edition {
        let passage = |&number: &u32| Passage { number: Some(number), ..Passage::new(Kind::Paragraph, "x") };
        Edition::new(numbers.iter().map(passage).collect(), Vec::new(), 0)
    }

    #[test]
    fn a_passage_that_merges_two_has_one_entry_with_both_reasons() {
        let merged = Passage { number: Some(2), also: vec![9], ..Passage::new(Kind::Paragraph, "x") };
        let edition = Edition::new(vec![merged], Vec::new(), 0);
        let hung = parse(INDEX, "index.toml", &topics()).unwrap().hang(&edition);
        let entries = hung.index.entries(0);
        assert_eq!((entries.len(), entries[0].weight), (1, 2));
        assert_eq!(entries[0].reason, "a ship passes; builds one");
        assert!(hung.missing.is_empty());
    }

    #[test]
    fn the_index_hangs_on_an_edition_by_its_numbers() {
        let curated = parse(INDEX, "index.toml", &topics()).unwrap();
        let hung = curated.hang(&edition(&[1, 2, 9]));
        let entries = hung.index.entries(0);
        assert_eq!(entries.iter().map(|e| (e.passage, e.weight)).collect::<Vec<_>>(), [(1, 2), (2, 1)]);
        assert_eq!(entries[0].origin, Origin::Curated);
        let absence = hung.index.absence(1).unwrap();
        assert_eq!(
            (absence.kind, absence.why.as_str()),
            (Silence::Unspoken, "The author never speaks of them.")
        );
        assert_eq!(hung.index.count(1), Some(0));
        assert_eq!(hung.index.near_misses(1)[0].passage, 1);
        assert_eq!(hung.index.near_misses(1)[0].weight, 0);
        assert!(hung.missing.is_empty());
        assert!(curated.covers(1) && !curated.covers(2));
    }

    #[test]
    fn what_was_read_keeps_its_numbers_where_the_words_of_the_topics_are_of_another_language() {
        let edition = edition(&[1, 2, 9]);
        let absence = Absence { kind: Silence::Language, why: "German".to_owned() };
        let topics = topics();
        let unknown = TopicIndex::default().with_absences(vec![Some(absence); topics.len()]);
        let index = parse(INDEX, "index.toml", &topics).unwrap().over(&edition, &unknown).index;
        assert_eq!([0, 1, 2].map(|topic| index.count(topic)), [Some(2), Some(0), None]);
    }

    #[test]
    fn numbers_that_the_edition_does_not_carry_are_reported() {
        let hung = parse(INDEX, "index.toml", &topics()).unwrap().hang(&edition(&[9]));
        assert_eq!(hung.missing, [2]);
        assert_eq!(hung.index.entries(0).len(), 1);
    }

    #[test]
    fn topics_that_nobody_read_for_come_from_the_automatic_index() {
        let entry =
            Entry { passage: 0, weight: 1, score: 0.5, origin: Origin::Automatic, reason: "x".into() };
        let found = TopicEntries { entries: vec![entry], near_misses: Vec::new() };
        let automatic = TopicIndex::new(vec![found.clone(), found.clone(), found]);
        let hung = parse(INDEX, "index.toml", &topics()).unwrap().over(&edition(&[2, 9]), &automatic);
        assert_eq!(hung.index.entries(0)[0].origin, Origin::Curated);
        assert!(hung.index.entries(1).is_empty());
        assert_eq!(hung.index.entries(2)[0].origin, Origin::Automatic);
    }

    #[test]
    fn each_problem_is_said_with_its_place() {
        for (from, to, said) in [
            ("id = 'ships'", "id = 'shops'", "3:6: unknown topic `shops`: did you mean `ships`?"),
            ("id = 'tides'", "id = 'ships'", "6:6: the topic `ships` comes twice"),
            ("weight = 1", "weight = 3", "4:32: `weight` wants a whole number from 1 to 2"),
            ("at = 2, w", "at = 9, w", "4:70: ¶9 comes twice"),
            (
                "absent = 'The author never speaks of them.'",
                "",
                "5:1: a topic wants `passages`, or `absent` with the reason why",
            ),
            ("reason = 'a ship passes'", "", "4:13: `reason` is missing"),
        ] {
            let problems = parse(&INDEX.replace(from, to), "i", &topics()).unwrap_err();
            let said_all: Vec<_> = problems.iter().map(ToString::to_string).collect();
            assert!(said_all.contains(&format!("i:{said}")), "{said} is not in {said_all:?}");
        }
    }
}
