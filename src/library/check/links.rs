//! `links/<left>--<right>.toml`: whether links fit their works, the indexes, and one another.

use std::collections::BTreeMap;

use super::{Findings, Folder, Known, fits_the_screen, places};
use crate::links::curated::{self, CuratedLink, CuratedLinks};
use crate::report::{At, Examination, line_and_column, unknown};

/// A file of links under examination.
struct Links<'a> {
    curated: &'a CuratedLinks,
    known: &'a Known,
}

type Rule = fn(&Links<'_>, &mut Examination<'_>);

const RULES: [Rule; 5] = [
    passages_are_there,
    ends_are_in_the_indexes,
    links_are_told_apart,
    links_stand_best_first,
    reasons_fit_the_screen,
];

/// Checks a file of links.
pub fn check(folder: &Folder, name: &str, known: &Known) -> Findings {
    let Some(text) = folder.text(name) else { return Findings::default() };
    let path = folder.shown(name);
    let Some(named) = named(name) else {
        let mut examination = Examination::new(&path, text);
        examination.problem(0, "a file of links is named after two works: `links/LEFT--RIGHT.toml`");
        return Findings { problems: examination.into_problems(), ..Findings::default() };
    };
    let (curated, mut examination) = curated::examine(text, &path, &known.topics);
    is_named_after_its_works(named, &curated, known, &mut examination);
    let links = Links { curated: &curated, known };
    for rule in RULES {
        rule(&links, &mut examination);
    }
    Findings { links: curated.links.len(), problems: examination.into_problems(), ..Findings::default() }
}

/// The two works that the name of a file says.
fn named(name: &str) -> Option<[&str; 2]> {
    let stem = name.strip_prefix(places::LINKS)?.strip_suffix(".toml")?;
    stem.split_once("--").map(|(left, right)| [left, right])
}

/// A file is found by its name: two known works in the order of `works.toml`, as `left` and `right` say.
fn is_named_after_its_works(
    named: [&str; 2],
    curated: &CuratedLinks,
    known: &Known,
    examination: &mut Examination<'_>,
) {
    let written = curated.works.iter().zip(curated.work_bytes);
    for ((side, named), (written, byte)) in ["left", "right"].iter().zip(named).zip(written) {
        if !written.is_empty() && written != named {
            let message = format!("`{side}` is `{written}`, but the name of the file says `{named}`");
            examination.problem(byte, message);
        }
    }
    let works: Vec<&str> = known.catalogue.works().iter().map(|work| work.id.as_str()).collect();
    if works.is_empty() {
        return;
    }
    let places = named.map(|id| works.iter().position(|work| *work == id));
    for (id, _) in named.iter().zip(places).filter(|(_, place)| place.is_none()) {
        let message = format!("these links belong to no work: {}", unknown("work", id, works.clone()));
        examination.problem(0, message);
    }
    if let [Some(left), Some(right)] = places {
        let [first, second] = named;
        if left == right {
            examination.problem(0, "these links join a work with itself; name two works");
        } else if left > right {
            let message = format!(
                "works stand in the order of works.toml: name this file `{second}--{first}.toml` and \
                 exchange left and right"
            );
            examination.problem(0, message);
        }
    }
}

impl Links<'_> {
    /// Each side's work, with the ¶ numbers of a link on it.
    fn sides<'l>(&'l self, link: &'l CuratedLink) -> impl Iterator<Item = (&'l str, &'l [At<u32>])> {
        self.curated
            .works
            .iter()
            .zip(&link.numbers)
            .map(|(work, numbers)| (work.as_str(), numbers.as_slice()))
    }
}

fn passages_are_there(links: &Links<'_>, examination: &mut Examination<'_>) {
    for link in &links.curated.links {
        for (work, numbers) in links.sides(link) {
            for number in numbers {
                links.known.has_passage(work, number, examination);
            }
        }
    }
}

fn ends_are_in_the_indexes(links: &Links<'_>, examination: &mut Examination<'_>) {
    for link in &links.curated.links {
        let topic = links.known.topic_id(link.topic.value);
        for (work, numbers) in links.sides(link) {
            let index = links.known.indexes.get(work);
            // A topic that nobody read the work for is said once, at the index.
            let Some(reading) = index.and_then(|index| index.reading(link.topic.value)) else { continue };
            if reading.absent.is_some() {
                let message = format!("a link under `{topic}`, which is absent from `{work}` by its index");
                examination.problem(link.topic.byte, message);
                continue;
            }
            let indexed = |number: &At<u32>| reading.passages.iter().any(|j| j.number.value == number.value);
            let there =
                |number: &At<u32>| links.known.numbers.get(work).is_none_or(|n| n.contains(&number.value));
            for number in numbers.iter().filter(|number| there(number) && !indexed(number)) {
                let message = format!(
                    "¶{} is not under `{topic}` in {work}/index.toml; add it there, or take it out here",
                    number.value
                );
                examination.problem(number.byte, message);
            }
        }
    }
}

/// No link is written twice, and none repeats a pair of passages of another link of its topic.
fn links_are_told_apart(links: &Links<'_>, examination: &mut Examination<'_>) {
    let mut earlier: BTreeMap<usize, Vec<&CuratedLink>> = BTreeMap::new();
    for link in &links.curated.links {
        let earlier = earlier.entry(link.topic.value).or_default();
        let line = |other: &CuratedLink| line_and_column(examination.text(), other.topic.byte).0;
        if let Some(same) = earlier.iter().find(|other| values(other) == values(link)) {
            let message = format!("the same link as in line {}; keep one", line(same));
            examination.problem(link.topic.byte, message);
        } else if let Some((other, [left, right])) =
            earlier.iter().find_map(|other| Some((other, shared_pair(other, link)?)))
        {
            let message =
                format!("¶{left} and ¶{right} are linked in line {} already; join the two", line(other));
            examination.warn(link.topic.byte, message);
        }
        earlier.push(link);
    }
}

fn values(link: &CuratedLink) -> [Vec<u32>; 2] {
    link.numbers.each_ref().map(|numbers| numbers.iter().map(|number| number.value).collect())
}

/// The first pair of passages that two links both join.
fn shared_pair(one: &CuratedLink, other: &CuratedLink) -> Option<[u32; 2]> {
    let ([left, right], [other_left, other_right]) = (values(one), values(other));
    let shared = |one: &[u32], other: &[u32]| one.iter().find(|number| other.contains(number)).copied();
    Some([shared(&left, &other_left)?, shared(&right, &other_right)?])
}

fn links_stand_best_first(links: &Links<'_>, examination: &mut Examination<'_>) {
    let mut lowest: BTreeMap<usize, u8> = BTreeMap::new();
    for link in &links.curated.links {
        let Some(grade) = &link.grade else { continue };
        let before = lowest.entry(link.topic.value).or_insert(grade.value);
        if grade.value > *before {
            let message =
                format!("grade {} after grade {before}: within a topic the best stand first", grade.value);
            examination.warn(grade.byte, message);
        }
        *before = grade.value.min(*before);
    }
}

fn reasons_fit_the_screen(links: &Links<'_>, examination: &mut Examination<'_>) {
    for link in &links.curated.links {
        fits_the_screen(&link.reason, examination);
    }
}
