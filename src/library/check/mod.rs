//! What is wrong in a folder laid out like `texts/`: every problem at once, each with its place.
//!
//! A file for each kind of table. What a table's own parser says comes through as it is; the rules here are
//! about what no parser can see: one file against another. Knows no disk.

mod digest;
mod fingerprints;
mod index;
mod links;
mod places;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use crate::library::Catalogue;
use crate::report::{At, Examination, Problem, Severity};
use crate::topics::curated::Curated;
use crate::topics::{Topic, definitions};

/// A reason longer than this, in characters, is cut off on the screen.
const LONGEST_REASON: usize = 160;

/// The files of a folder laid out like `texts/`.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// How the folder is named before the names of its files, without a slash at the end.
    pub path: String,
    /// The bytes of each file by its name below the folder: `stalin-1924/digest.md`.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// What the check of a folder found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What is wrong, in the order of the files and their lines.
    pub problems: Vec<Problem>,
    /// Works in `works.toml`.
    pub works: usize,
    /// Topics in `topics.toml`.
    pub topics: usize,
    /// Entries in all indexes, near misses not counted.
    pub entries: usize,
    /// Links in all files of links.
    pub links: usize,
}

impl Findings {
    /// How many problems are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

impl Folder {
    /// The path of a file as its editor knows it.
    #[must_use]
    pub fn shown(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) }
    }

    /// The text of a file; `None` where it is missing or no UTF-8.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(name)?).ok()
    }

    /// The text that a problem of this folder was found in.
    #[must_use]
    pub fn source(&self, problem: &Problem) -> Option<&str> {
        let name = problem.path.strip_prefix(&self.path)?;
        self.text(name.strip_prefix('/').unwrap_or(name))
    }
}

/// What the rules of one file know of the other files.
#[derive(Debug, Default)]
struct Known {
    catalogue: Catalogue,
    topics: Vec<Topic>,
    /// By work: its ¶ numbers, where a digest or fingerprints tell them.
    numbers: BTreeMap<String, BTreeSet<u32>>,
    /// By work: its curated index, where there is one.
    indexes: BTreeMap<String, Curated>,
}

impl Known {
    fn topic_id(&self, topic: usize) -> &str {
        self.topics.get(topic).map_or("", |topic| topic.id.as_str())
    }

    /// Notes a ¶ number that a work is known not to have; whether it has it, as far as is known.
    fn has_passage(&self, work: &str, number: &At<u32>, examination: &mut Examination<'_>) -> bool {
        let Some(numbers) = self.numbers.get(work) else { return true };
        let has = numbers.contains(&number.value);
        if !has {
            let (first, last) = (numbers.first().unwrap_or(&0), numbers.last().unwrap_or(&0));
            let message = format!("there is no ¶{} in `{work}`, which has ¶{first} to ¶{last}", number.value);
            examination.problem(number.byte, message);
        }
        has
    }
}

/// Notes a reason that does not fit the screen.
fn fits_the_screen(reason: &At<String>, examination: &mut Examination<'_>) {
    let length = reason.value.chars().count();
    if length > LONGEST_REASON {
        let message = format!("this reason has {length} characters; shorten it to {LONGEST_REASON} or less");
        examination.warn(reason.byte, message);
    }
}

/// Checks a folder.
#[must_use]
pub fn check(folder: &Folder) -> Findings {
    let mut findings = Findings::default();
    let mut known = Known::default();
    findings += places::of_encodings(folder);
    findings += works(folder, &mut known);
    findings += topics(folder, &mut known);
    findings += places::of_files(folder, &known);
    let ids: Vec<String> = known.catalogue.works().iter().map(|work| work.id.clone()).collect();
    for work in &ids {
        findings += fingerprints::check(folder, work, &mut known);
        findings += digest::check(folder, work, &mut known);
        findings += index::check(folder, work, &mut known);
    }
    for name in folder.files.keys().filter(|name| name.starts_with(places::LINKS)) {
        findings += links::check(folder, name, &known);
    }
    findings.problems.sort();
    findings.problems.dedup();
    findings
}

fn works(folder: &Folder, known: &mut Known) -> Findings {
    let name = places::WORKS;
    let Some(text) = folder.text(name) else { return places::missing(folder, name) };
    let path = folder.shown(name);
    let (catalogue, examination) = Catalogue::examine(text, &path);
    known.catalogue = catalogue;
    let works = known.catalogue.works().len();
    Findings { works, problems: examination.into_problems(), ..Findings::default() }
}

fn topics(folder: &Folder, known: &mut Known) -> Findings {
    let name = places::TOPICS;
    let Some(text) = folder.text(name) else { return places::missing(folder, name) };
    let path = folder.shown(name);
    let (topics, mut examination) = definitions::examine(text, &path);
    for At { value: topic, byte } in &topics {
        if topic.definition.trim().is_empty() {
            let message =
                format!("`{}` wants a `definition`: what counts, and what only sounds like it", topic.id);
            examination.problem(*byte, message);
        }
    }
    for At { value: topic, .. } in topics {
        // A second definition is said by the parser; to the other files there is one topic of that name.
        if known.topics.iter().all(|other| other.id != topic.id) {
            known.topics.push(topic);
        }
    }
    Findings { topics: known.topics.len(), problems: examination.into_problems(), ..Findings::default() }
}

impl AddAssign for Findings {
    fn add_assign(&mut self, other: Self) {
        self.problems.extend(other.problems);
        self.works += other.works;
        self.topics += other.topics;
        self.entries += other.entries;
        self.links += other.links;
    }
}
