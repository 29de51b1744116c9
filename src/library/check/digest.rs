//! `<work>/digest.md`: whether the printed ¶ numbers are those of the original, each once and in order.

use std::collections::{BTreeMap, BTreeSet};

use super::{Findings, Folder, Known};
use crate::document::import::passes::explicit_numbers;
use crate::document::import::{self, Format};
use crate::document::{Edition, Kind, Passage};
use crate::report::{Examination, line_and_column};

/// A digest under examination.
struct Digest<'a> {
    edition: &'a Edition,
    /// Numbers of the original, where fingerprints tell them.
    original: Option<&'a BTreeSet<u32>>,
    text: &'a str,
}

type Rule = fn(&Digest<'_>, &mut Examination<'_>);

const RULES: [Rule; 4] =
    [each_number_stands_once_and_in_order, no_number_is_strange, no_number_is_missing, no_paragraph_is_bare];

/// Checks the digest of a work; where no fingerprints tell its numbers, those of the digest count.
pub fn check(folder: &Folder, work: &str, known: &mut Known) -> Findings {
    let name = format!("{work}/digest.md");
    let Some(text) = folder.text(&name) else { return Findings::default() };
    let path = folder.shown(&name);
    let mut examination = Examination::new(&path, text);
    match import::read(text.as_bytes(), Some(Format::Markdown), None) {
        Err(error) => examination.problem(0, error.to_string()),
        Ok(_) if !prints_numbers(text) => {
            examination
                .problem(0, "no paragraph has a ¶ number; begin each with that of the original: `¶1 `");
        }
        Ok(edition) => {
            let digest = Digest { edition: &edition, original: known.numbers.get(work), text };
            for rule in RULES {
                rule(&digest, &mut examination);
            }
            let numbers = digest.numbered().map(|(number, _)| number).collect();
            known.numbers.entry(work.to_owned()).or_insert(numbers);
        }
    }
    Findings { problems: examination.into_problems(), ..Findings::default() }
}

/// Whether any line begins with a number; else the import counts, and all would seem to be in order.
fn prints_numbers(text: &str) -> bool {
    text.lines().any(|line| explicit_numbers::number(line.trim_start_matches([' ', '>', '-', '*'])).is_some())
}

impl Digest<'_> {
    /// The passages that have a number, in the order of the file.
    fn numbered(&self) -> impl Iterator<Item = (u32, &Passage)> {
        self.edition.passages().iter().filter_map(|passage| Some((passage.number?, passage)))
    }
}

/// Byte of the file at which a passage begins.
fn byte(passage: &Passage) -> usize {
    passage.source.first().map_or(0, |source| source.start)
}

fn each_number_stands_once_and_in_order(digest: &Digest<'_>, examination: &mut Examination<'_>) {
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    for (number, passage) in digest.numbered() {
        let last = seen.last_key_value().map(|(last, _)| *last);
        if let Some(first) = seen.get(&number) {
            let (line, _) = line_and_column(digest.text, *first);
            examination.problem(byte(passage), format!("¶{number} stands in line {line} already"));
        } else if let Some(last) = last.filter(|last| *last > number) {
            examination.problem(byte(passage), format!("¶{number} stands after ¶{last}; put it before"));
        }
        seen.entry(number).or_insert(byte(passage));
    }
}

fn no_number_is_strange(digest: &Digest<'_>, examination: &mut Examination<'_>) {
    let Some(original) = digest.original else { return };
    for (number, passage) in digest.numbered().filter(|(number, _)| !original.contains(number)) {
        let last = original.last().unwrap_or(&0);
        let message = format!("the original has no ¶{number}: its fingerprints end with ¶{last}");
        examination.problem(byte(passage), message);
    }
}

/// Every passage of the original has its paragraph; without fingerprints, every number up to the last.
fn no_number_is_missing(digest: &Digest<'_>, examination: &mut Examination<'_>) {
    let printed: BTreeSet<u32> = digest.numbered().map(|(number, _)| number).collect();
    let Some(&last) = printed.last() else { return };
    let counted: BTreeSet<u32>;
    let wanted = match digest.original {
        Some(original) => original,
        None => {
            // A last number that is far off would make as many gaps; it is one mistake.
            let end = last.min(printed.len() as u32 * 2 + 1);
            counted = (1..=end).collect();
            &counted
        }
    };
    for gap in runs(wanted.difference(&printed).copied()) {
        let after = digest.numbered().find(|(number, _)| *number > gap.1);
        let message = match gap {
            (first, last) if first == last => format!("¶{first} is missing"),
            (first, last) => format!("¶{first} to ¶{last} are missing"),
        };
        match after {
            Some((number, passage)) => {
                examination.problem(byte(passage), format!("{message} before ¶{number}"))
            }
            None => examination.problem(digest.text.trim_end().len(), format!("{message} at the end")),
        }
    }
}

/// Ascending numbers as runs without a gap, each its first and last number.
fn runs(numbers: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            Some(_) | None => runs.push((number, number)),
        }
    }
    runs
}

/// A paragraph without a number is read as front matter, which is right before the first number only.
fn no_paragraph_is_bare(digest: &Digest<'_>, examination: &mut Examination<'_>) {
    let body = digest.edition.passages().iter().skip_while(|passage| passage.number.is_none());
    for passage in body.filter(|passage| passage.kind == Kind::FrontMatter) {
        examination.warn(byte(passage), "this paragraph has no ¶ number; number it, or make it a heading");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_numbers_are_said_in_runs() {
        assert_eq!(runs([2, 3, 4, 7, 9, 10].into_iter()), [(2, 4), (7, 7), (9, 10)]);
        assert!(runs([].into_iter()).is_empty());
    }
}
