//! The links that an editor made by reading: `texts/links/<left>--<right>.toml`, hung on two editions.

use std::collections::BTreeSet;

use super::{Link, LinkKind, Relation, Status};
use crate::document::Edition;
use crate::report::table::{Document, Fields};
use crate::report::{At, Examination, Problem, TomlSource, unknown};
use crate::topics::definitions::check_version;
use crate::topics::{Origin, Topic};

/// The curated links between two works, by ¶ numbers: fit any editions of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CuratedLinks {
    /// The works, in the order of the file.
    pub works: [String; 2],
    /// Bytes of the file at which the works are named; 0 where they are not.
    pub work_bytes: [usize; 2],
    /// The links, in the order of the file.
    pub links: Vec<CuratedLink>,
}

/// A link as an editor wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct CuratedLink {
    /// Index of the topic, at the byte of its id.
    pub topic: At<usize>,
    /// ¶ numbers on each side, ascending.
    pub numbers: [Vec<At<u32>>; 2],
    /// How the right side stands to the left; `None` only in a file with problems.
    pub relation: Option<Relation>,
    /// 3 the first a reader should see, 2 good, 1 worth a look; `None` only in a file with problems.
    pub grade: Option<At<u8>>,
    /// Why, in a sentence.
    pub reason: At<String>,
}

/// Curated links on two editions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HungLinks {
    /// The links, best first within a topic, topics in their order.
    pub links: Vec<Link>,
    /// ¶ numbers that the editions do not carry, left and right, in order, once each.
    pub missing: [Vec<u32>; 2],
}

/// How surely a link of a grade holds. An editor read both sides: even the lowest grade is more likely
/// right than not, and none is certain, since readers differ.
const fn confidence(grade: u8) -> f32 {
    match grade {
        3 => 0.95,
        2 => 0.9,
        _ => 0.8,
    }
}

/// Reads the curated links of a pair of works.
///
/// # Errors
/// Every problem of the file at once: broken TOML, unknown keys, topics or relations, a side without
/// passages, a missing reason.
pub fn parse<'a>(
    source: impl Into<TomlSource<'a>>,
    path: &'a str,
    topics: &[Topic],
) -> Result<CuratedLinks, Vec<Problem>> {
    let (links, examination) = examine(source, path, topics);
    examination.finish(links)
}

/// What can be read of the curated links of a pair of works, and what is wrong with the file.
#[must_use]
pub fn examine<'a>(
    source: impl Into<TomlSource<'a>>,
    path: &'a str,
    topics: &[Topic],
) -> (CuratedLinks, Examination<'a>) {
    let mut examination = Examination::new(path, source);
    let document = Document::parse(&mut examination);
    let fields = document.fields();
    fields.only(&mut examination, &["version", "left", "right", "link"]);
    check_version(&mut examination, &fields);
    let named = ["left", "right"].map(|side| fields.string(&mut examination, side));
    let work_bytes = named.each_ref().map(|at| at.as_ref().map_or(0, |at| at.byte));
    let works = named.map(|at| at.map(|at| at.value).unwrap_or_default());
    let mut links = Vec::new();
    for fields in fields.tables(&mut examination, "link") {
        links.extend(link(&mut examination, fields, topics));
    }
    (CuratedLinks { works, work_bytes, links }, examination)
}

fn link(examination: &mut Examination<'_>, fields: Fields<'_>, topics: &[Topic]) -> Option<CuratedLink> {
    fields.only(examination, &["topic", "left", "right", "relation", "grade", "reason"]);
    let topic = fields.string(examination, "topic").and_then(|id| {
        let found = topics.iter().position(|topic| topic.id == id.value);
        if found.is_none() {
            let message = unknown("topic", &id.value, topics.iter().map(|t| t.id.as_str()));
            examination.problem(id.byte, message);
        }
        found.map(|value| At { value, byte: id.byte })
    });
    let numbers = ["left", "right"].map(|side| {
        let mut numbers: Vec<At<u32>> = Vec::new();
        for number in fields.numbers(examination, side, 1..u32::MAX) {
            if numbers.iter().any(|other| other.value == number.value) {
                examination.problem(number.byte, format!("¶{} comes twice", number.value));
            }
            numbers.push(number);
        }
        if numbers.is_empty() {
            examination.problem(fields.byte(), format!("a link wants ¶ numbers in `{side}`"));
        }
        numbers.sort_by_key(|number| number.value);
        numbers
    });
    let relation = fields.string(examination, "relation").and_then(|name| {
        let found = Relation::ALL.into_iter().find(|relation| relation.name() == name.value);
        if found.is_none() {
            let message = unknown("relation", &name.value, Relation::ALL.map(Relation::name));
            examination.problem(name.byte, message);
        }
        found
    });
    let grade = fields.number(examination, "grade", 1..4);
    let reason = fields.string(examination, "reason");
    Some(CuratedLink {
        topic: topic?,
        numbers,
        relation,
        grade: grade.map(|At { value, byte }| At { value: value as u8, byte }),
        reason: reason.unwrap_or(At { value: String::new(), byte: fields.byte() }),
    })
}

impl HungLinks {
    /// The curated links, and `automatic` ones under the topics for which an editor made none; best first
    /// within a topic, topics in their order.
    #[must_use]
    pub fn over(self, automatic: Vec<Link>) -> Vec<Link> {
        let curated: BTreeSet<Option<usize>> = self.links.iter().map(|link| link.topic).collect();
        let others = automatic.into_iter().filter(|link| !curated.contains(&link.topic));
        let mut links: Vec<Link> = self.links.into_iter().chain(others).collect();
        links.sort_by_key(|link| link.topic);
        links
    }
}

impl CuratedLinks {
    /// Every ¶ number that the links name on a side (0 left, 1 right), in order, once each.
    #[must_use]
    pub fn numbers(&self, side: usize) -> Vec<u32> {
        let mut numbers: Vec<_> = self
            .links
            .iter()
            .filter_map(|link| link.numbers.get(side))
            .flatten()
            .map(|at| at.value)
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Hangs the links on editions of `works`, which may stand in either order; nothing where they are
    /// other works than those of the file.
    ///
    /// Numbers that an edition does not carry are left out of their link and reported; a link that loses a
    /// whole side is left out. The words of the passages are not compared: see
    /// [`super::similarity::compare`].
    #[must_use]
    pub fn hang(&self, works: [&str; 2], editions: [&Edition; 2]) -> HungLinks {
        let [left, right] = [self.works[0].as_str(), self.works[1].as_str()];
        let mirrored = works == [right, left];
        if !mirrored && works != [left, right] {
            return HungLinks::default();
        }
        let file_side = |side: usize| if mirrored { 1 - side } else { side };
        let mut graded: Vec<(u8, Link)> = Vec::new();
        for curated in &self.links {
            let passages = [0, 1].map(|side| {
                let numbers = curated.numbers[file_side(side)].iter();
                let mut passages: Vec<usize> =
                    numbers.flat_map(|number| editions[side].all_numbered(number.value)).collect();
                passages.sort_unstable();
                passages.dedup();
                passages
            });
            if passages.iter().any(Vec::is_empty) {
                continue;
            }
            let grade = curated.grade.as_ref().map_or(1, |grade| grade.value);
            graded.push((
                grade,
                Link {
                    topic: Some(curated.topic.value),
                    kind: LinkKind::Topic,
                    passages,
                    relation: curated.relation,
                    origin: Origin::Curated,
                    similarity: None,
                    confidence: confidence(grade),
                    status: Status::Chosen,
                    moved: false,
                    steps: Vec::new(),
                    reasons: vec![curated.reason.value.clone()],
                },
            ));
        }
        graded.sort_by_key(|(grade, link)| (link.topic, std::cmp::Reverse(*grade)));
        let missing = [0, 1].map(|side| {
            let numbers = self.numbers(file_side(side)).into_iter();
            numbers.filter(|&number| editions[side].numbered(number).is_none()).collect()
        });
        HungLinks { links: graded.into_iter().map(|(_, link)| link).collect(), missing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};
    use crate::topics::Term;

    const LINKS: &str = "version = 1
left = 'a-1900'
right = 'b-1910'
[[link]]
topic = 'tides'
left = [1]
right = [2, 3]
relation = 'contradict'
grade = 2
reason = 'One says they rise, the other that they fall.'
[[link]]
topic = 'tides'
left = [2]
right = [9]
relation = 'agree'
grade = 3
reason = 'Both measure them.'
";

    fn topics() -> Vec<Topic> {
        let topic = |id: &str| Topic {
            id: id.into(),
            name: id.into(),
            definition: String::new(),
            terms: vec![Term { words: id.into(), weight: 1.0 }],
            look_alikes: Vec::new(),
            see_also: Vec::new(),
            origin: Origin::Curated,
        };
        vec![topic("ships"), topic("tides")]
    }

    fn edition(numbers: &[u32]) -> Edition {
        let passage =
            |&number: &u32| Passage { number: Some(number), ..Passage::new(Kind::Paragraph, "tides rise") };
        Edition::new(numbers.iter().map(passage).collect(), Vec::new(), 0)
    }

    #[test]
    fn links_hang_best_first_and_mirror_when_the_sides_are_swapped() {
        let curated = parse(LINKS, "l", &topics()).unwrap();
        let (a, b) = (edition(&[1, 2]), edition(&[2, 3, 9]));
        let straight = curated.hang(["a-1900", "b-1910"], [&a, &b]);
        assert_eq!(straight.links[0].passages, [vec![1], vec![2]]);
        assert_eq!(straight.links[1].passages, [vec![0], vec![0, 1]]);
        assert_eq!(straight.links[1].relation, Some(Relation::Contradict));
        assert!(straight.links[0].confidence > straight.links[1].confidence);
        let swapped = curated.hang(["b-1910", "a-1900"], [&b, &a]);
        for (one, other) in straight.links.iter().zip(&swapped.links) {
            assert_eq!(one.passages[0], other.passages[1]);
            assert_eq!(one.passages[1], other.passages[0]);
            assert_eq!(one.relation, other.relation);
        }
    }

    #[test]
    fn a_number_that_an_edition_does_not_carry_is_left_out_and_reported() {
        let curated = parse(LINKS, "l", &topics()).unwrap();
        let hung = curated.hang(["a-1900", "b-1910"], [&edition(&[1, 2]), &edition(&[3])]);
        assert_eq!(hung.links.len(), 1);
        assert_eq!(hung.links[0].passages, [vec![0], vec![0]]);
        assert_eq!(hung.missing, [vec![], vec![2, 9]]);
    }

    #[test]
    fn automatic_links_stand_under_topics_that_have_no_curated_ones() {
        let (a, b) = (edition(&[1, 2]), edition(&[2, 3, 9]));
        let hung = parse(LINKS, "l", &topics()).unwrap().hang(["a-1900", "b-1910"], [&a, &b]);
        let automatic =
            |topic: usize| Link { topic: Some(topic), origin: Origin::Automatic, ..hung.links[0].clone() };
        let merged = hung.clone().over(vec![automatic(0), automatic(1)]);
        let origins: Vec<_> = merged.iter().map(|link| (link.topic, link.origin)).collect();
        let curated = (Some(1), Origin::Curated);
        assert_eq!(origins, [(Some(0), Origin::Automatic), curated, curated]);
    }

    #[test]
    fn other_works_get_no_links() {
        let curated = parse(LINKS, "l", &topics()).unwrap();
        let edition = edition(&[1, 2, 3, 9]);
        assert!(curated.hang(["a-1900", "c-1920"], [&edition, &edition]).links.is_empty());
    }

    #[test]
    fn each_problem_is_said_with_its_place() {
        for (from, to, said) in [
            (
                "topic = 'tides'\nleft = [1]",
                "topic = 'tide'\nleft = [1]",
                "5:9: unknown topic `tide`: did you mean `tides`?",
            ),
            ("'agree'", "'agrees'", "15:12: unknown relation `agrees`: did you mean `agree`?"),
            ("grade = 3", "grade = 4", "16:9: `grade` wants a whole number from 1 to 3"),
            ("right = [9]", "right = []", "11:1: a link wants ¶ numbers in `right`"),
            ("right = [2, 3]", "right = [3, 3]", "7:13: ¶3 comes twice"),
            ("reason = 'Both measure them.'", "", "11:1: `reason` is missing"),
            ("left = 'a-1900'", "", "1:1: `left` is missing"),
        ] {
            let problems = parse(&LINKS.replacen(from, to, 1), "l", &topics()).unwrap_err();
            let said_all: Vec<_> = problems.iter().map(ToString::to_string).collect();
            assert!(said_all.contains(&format!("l:{said}")), "{said} is not in {said_all:?}");
        }
    }
}
