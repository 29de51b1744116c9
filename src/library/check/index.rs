//! `<work>/index.toml`: whether what an editor judged fits the work and its topics.

use super::{Findings, Folder, Known, fits_the_screen};
use crate::report::Examination;
use crate::topics::curated::{self, Curated, Judgement, NEAR_MISSES, Reading};

/// A curated index under examination.
struct Index<'a> {
    work: &'a str,
    curated: &'a Curated,
    known: &'a Known,
}

type Rule = fn(&Index<'_>, &mut Examination<'_>);

const RULES: [Rule; 7] = [
    numbers_can_be_checked,
    passages_are_there,
    entries_stand_in_the_order_of_the_text,
    near_misses_are_no_entries,
    near_misses_are_few,
    reasons_fit_the_screen,
    every_topic_is_judged,
];

/// Checks the curated index of a work.
pub fn check(folder: &Folder, work: &str, known: &mut Known) -> Findings {
    let name = format!("{work}/index.toml");
    let Some(text) = folder.text(&name) else { return Findings::default() };
    let path = folder.shown(&name);
    let (curated, mut examination) = curated::examine(text, &path, &known.topics);
    let index = Index { work, curated: &curated, known };
    for rule in RULES {
        rule(&index, &mut examination);
    }
    let entries = index.readings().map(|reading| reading.passages.len()).sum();
    known.indexes.insert(work.to_owned(), curated);
    Findings { entries, problems: examination.into_problems(), ..Findings::default() }
}

impl Index<'_> {
    fn readings(&self) -> impl Iterator<Item = &Reading> {
        (0..self.known.topics.len()).filter_map(|topic| self.curated.reading(topic))
    }

    /// Entries and near misses of all topics.
    fn judgements(&self) -> impl Iterator<Item = &Judgement> {
        self.readings().flat_map(|reading| reading.passages.iter().chain(&reading.near))
    }
}

fn numbers_can_be_checked(index: &Index<'_>, examination: &mut Examination<'_>) {
    if !index.known.numbers.contains_key(index.work) {
        let message =
            format!("the numbers cannot be checked: `{}` has neither digest nor fingerprints", index.work);
        examination.warn(0, message);
    }
}

fn passages_are_there(index: &Index<'_>, examination: &mut Examination<'_>) {
    for judgement in index.judgements() {
        index.known.has_passage(index.work, &judgement.number, examination);
    }
}

fn entries_stand_in_the_order_of_the_text(index: &Index<'_>, examination: &mut Examination<'_>) {
    for reading in index.readings() {
        for pair in reading.passages.windows(2) {
            let [before, after] = [pair.first(), pair.last()].map(|j| j.map_or(0, |j| j.number.value));
            if let Some(judgement) = pair.last().filter(|_| after < before) {
                let message = format!("¶{after} stands after ¶{before}; entries go in the order of the text");
                examination.warn(judgement.number.byte, message);
            }
        }
    }
}

fn near_misses_are_no_entries(index: &Index<'_>, examination: &mut Examination<'_>) {
    for reading in index.readings() {
        for near in &reading.near {
            if reading.passages.iter().any(|entry| entry.number.value == near.number.value) {
                let message = format!("¶{} is an entry of this topic, so no near miss", near.number.value);
                examination.problem(near.number.byte, message);
            }
        }
    }
}

fn near_misses_are_few(index: &Index<'_>, examination: &mut Examination<'_>) {
    for near in index.readings().filter_map(|reading| reading.near.get(NEAR_MISSES)) {
        let message = format!("only the first {NEAR_MISSES} near misses are shown; take the others out");
        examination.warn(near.number.byte, message);
    }
}

fn reasons_fit_the_screen(index: &Index<'_>, examination: &mut Examination<'_>) {
    for judgement in index.judgements() {
        fits_the_screen(&judgement.reason, examination);
    }
}

fn every_topic_is_judged(index: &Index<'_>, examination: &mut Examination<'_>) {
    for topic in (0..index.known.topics.len()).filter(|topic| !index.curated.covers(*topic)) {
        let id = index.known.topic_id(topic);
        examination.warn(0, format!("`{id}` has neither `passages` nor `absent`; read the work for it"));
    }
}
