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
    for gap in gaps(&printed, digest.original) {
        let after = digest.numbered().find(|(number, _)| *number > gap.1);
        let message = match gap {
            (first, last) if first == last => format!("¶{first} is missing"),
            (first, last) => format!("¶{first} to ¶{last} are missing"),
        };
        let (byte, place) = after.map_or_else(
            || (digest.text.trim_end().len(), "at the end".to_owned()),
            |(number, passage)| (byte(passage), format!("before ¶{number}")),
        );
        examination.problem(byte, format!("{message} {place}"));
    }
}

/// What `printed` lacks of the numbers of the original (without one, of those up to its own last), as runs:
/// the first and the last number of each.
fn gaps(printed: &BTreeSet<u32>, original: Option<&BTreeSet<u32>>) -> Vec<(u32, u32)> {
    let mut gaps: Vec<(u32, u32)> = Vec::new();
    let Some(original) = original else {
        let before = std::iter::once(&0).chain(printed);
        let steps = before.zip(printed).filter(|(before, number)| **before + 1 < **number);
        return steps.map(|(before, number)| (before + 1, number - 1)).collect();
    };
    for &number in original.difference(printed) {
        match gaps.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            Some(_) | None => gaps.push((number, number)),
        }
    }
    gaps
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
        let set = |numbers: &[u32]| numbers.iter().copied().collect::<BTreeSet<u32>>();
        for (printed, original, expected) in [
            (set(&[1, 2, 3]), None, vec![]),
            (set(&[]), None, vec![]),
            (set(&[2, 3, 7, u32::MAX]), None, vec![(1, 1), (4, 6), (8, u32::MAX - 1)]),
            (set(&[1, 5]), Some(set(&[1, 2, 3, 5, 7])), vec![(2, 3), (7, 7)]),
            (set(&[1, 2]), Some(set(&[1, 2])), vec![]),
        ] {
            assert_eq!(gaps(&printed, original.as_ref()), expected, "{printed:?} {original:?}");
        }
    }
}
