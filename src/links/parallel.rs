//! Parallel links: two editions of one work, passage by passage.
//!
//! By the ¶ numbers that both carry (a digest and its original), or by the words themselves, as the beads of
//! an alignment.

use std::collections::BTreeMap;
use std::ops::Range;

use super::common_words::CommonWords;
use super::decisions::{JOINED, REST};
use super::{Link, LinkKind, Status};
use crate::align::{self, Alignment, Bead, By, Judgement, Options};
use crate::document::{Edition, Kind};
use crate::progress::{Cancelled, Progress};
use crate::topics::Origin;

/// The reason of a bead that stands out of the order of its neighbours.
const MOVED: &str = "it stands elsewhere in the other text: a moved passage";

/// What an alignment puts side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Whole passages.
    #[default]
    Passage,
    /// The sentences of passages that belong together.
    Sentence,
}

/// A passage of an edition, or a sentence of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Index of the passage.
    pub passage: usize,
    /// Bytes of its text.
    pub bytes: Range<usize>,
    /// Which sentence of the passage it is, from 1; `None` for the whole passage.
    pub sentence: Option<usize>,
}

/// Two editions side by side: what was aligned, and how.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// What the indexes of the beads count, left and right, in reading order.
    pub spans: [Vec<Span>; 2],
    /// The beads and what the two editions are to each other.
    pub alignment: Alignment,
}

/// Aligns two editions. What the file's carrier added and breaks without words are left out.
///
/// Sentences are aligned within the beads of the passages: what is known of the longer parts is not lost.
///
/// # Errors
/// Where it was cancelled.
pub fn align(
    editions: [&Edition; 2],
    unit: Unit,
    options: &Options,
    progress: &Progress,
) -> Result<Aligned, Cancelled> {
    let spans = editions.map(passages);
    let texts = [0, 1].map(|side| texts(editions[side], &spans[side]));
    let sides = [&texts[0][..], &texts[1]];
    let aligned = |progress: &Progress| align::align(sides, options, progress);
    match unit {
        Unit::Passage => Ok(Aligned { alignment: aligned(progress)?, spans }),
        Unit::Sentence => {
            let alignment = aligned(&progress.part(0.0..0.6))?;
            sentences_within(editions, &Aligned { spans, alignment }, &progress.part(0.6..1.0))
        }
    }
}

/// Passages of both sides that are known to belong together, as [`Options::told`] has them: the places of those that
/// are aligned; nothing of passages that do not stand beside each other.
#[must_use]
pub fn told(editions: [&Edition; 2], joined: &[[Vec<usize>; 2]]) -> Vec<[Range<usize>; 2]> {
    let spans = editions.map(passages);
    let places = |side: usize, of: &[usize]| {
        let place = |passage| spans[side].iter().position(|span| span.passage == passage);
        let places = of.iter().copied().map(place).collect::<Option<Vec<_>>>()?;
        let first = *places.first()?;
        places.iter().copied().eq(first..first + places.len()).then_some(first..first + places.len())
    };
    joined.iter().filter_map(|[left, right]| Some([places(0, left)?, places(1, right)?])).collect()
}

/// What two editions are to each other, from a sample, in a few milliseconds.
#[must_use]
pub fn judge(editions: [&Edition; 2]) -> Judgement {
    let texts = editions.map(|edition| texts(edition, &passages(edition)));
    align::judge([&texts[0], &texts[1]])
}

/// What two editions are to each other by all of their words, where their beginnings show no one work; `None` where all
/// words show none either.
///
/// # Errors
/// Where it was cancelled.
pub fn judge_whole(editions: [&Edition; 2], progress: &Progress) -> Result<Option<Judgement>, Cancelled> {
    let texts = editions.map(|edition| texts(edition, &passages(edition)));
    align::judge_whole([&texts[0], &texts[1]], progress)
}

/// The passages that say something, whole.
fn passages(edition: &Edition) -> Vec<Span> {
    let passages = edition.passages().iter().enumerate();
    passages
        .filter(|(_, passage)| !matches!(passage.kind, Kind::Apparatus | Kind::Break))
        .map(|(index, passage)| Span { passage: index, bytes: 0..passage.text.len(), sentence: None })
        .collect()
}

fn texts<'e>(edition: &'e Edition, spans: &[Span]) -> Vec<&'e str> {
    let text =
        |span: &Span| edition.get(span.passage).map_or("", |passage| passage.slice(span.bytes.clone()));
    spans.iter().map(text).collect()
}

/// The sentences within each bead of passages, aligned among themselves.
fn sentences_within(
    editions: [&Edition; 2],
    passages: &Aligned,
    progress: &Progress,
) -> Result<Aligned, Cancelled> {
    let mut spans: [Vec<Span>; 2] = Default::default();
    // Where the sentences of each passage begin among all of them: beads may stand out of order.
    let mut first: [Vec<usize>; 2] = Default::default();
    for side in [0, 1] {
        for span in &passages.spans[side] {
            first[side].push(spans[side].len());
            let text = editions[side].get(span.passage).map_or("", |passage| passage.text.as_str());
            let sentences = (1..).zip(align::sentences(text, progress)?);
            spans[side].extend(sentences.map(|(number, bytes)| Span {
                passage: span.passage,
                bytes,
                sentence: Some(number),
            }));
        }
        first[side].push(spans[side].len());
    }
    let texts = [0, 1].map(|side| texts(editions[side], &spans[side]));
    let within = |bead: &Bead| {
        [0, 1].map(|side: usize| {
            let Range { start, end } = bead.units[side];
            first[side].get(start).copied().unwrap_or_default()
                ..first[side].get(end).copied().unwrap_or_default()
        })
    };
    let outer = &passages.alignment.beads;
    let divided = |units: &[Range<usize>; 2]| units.iter().all(|range| !range.is_empty());
    let both: Vec<[Range<usize>; 2]> = outer.iter().map(within).filter(divided).collect();
    let mut inner = align::align_within([&texts[0], &texts[1]], &both, progress)?.into_iter();
    let mut beads = Vec::new();
    for bead in outer {
        let units = within(bead);
        if !divided(&units) {
            beads.extend(alone(bead, units));
            continue;
        }
        // A sentence is no surer than the passages it stands in.
        beads.extend(inner.next().unwrap_or_default().into_iter().map(|inner| Bead {
            confidence: inner.confidence.min(bead.confidence),
            // What has no partner stands nowhere else.
            moved: bead.moved && inner.units.iter().all(|units| !units.is_empty()),
            ..inner
        }));
    }
    let alignment = Alignment { beads, ..passages.alignment.clone() };
    Ok(Aligned { spans, alignment })
}

/// The sentences of a bead of one side, one by one.
fn alone(bead: &Bead, [left, right]: [Range<usize>; 2]) -> Vec<Bead> {
    let lefts = left.clone().map(|at| [at..at + 1, right.start..right.start]);
    let alone = lefts.chain(right.clone().map(|at| [left.start..left.start, at..at + 1]));
    alone.map(|units| Bead { units, ..bead.clone() }).collect()
}

impl Aligned {
    /// The spans of a side of a bead.
    #[must_use]
    pub fn spans_of(&self, bead: &Bead, side: usize) -> &[Span] {
        self.spans[side].get(bead.units[side].clone()).unwrap_or_default()
    }

    /// How much of each text (of its bytes) stands in beads that hold, in `[0, 1]`.
    #[must_use]
    pub fn coverage(&self, editions: [&Edition; 2], holds: impl Fn(&Bead) -> bool) -> [f32; 2] {
        let texts = |side: usize| texts(editions[side], &self.spans[side]);
        [0, 1].map(|side| align::covered(&self.alignment.beads, &texts(side), side, &holds))
    }

    /// The beads as links, one for each, in their order. A unit without partner is a link with one empty
    /// side; the passages of sentence beads are those that the sentences stand in.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn links(&self, editions: [&Edition; 2], progress: &Progress) -> Result<Vec<Link>, Cancelled> {
        let texts = [0, 1].map(|side| texts(editions[side], &self.spans[side]));
        let Alignment { beads, glossary, .. } = &self.alignment;
        let common = CommonWords::count(&texts, beads, glossary, &progress.part(0.0..0.5))?;
        let progress = progress.part(0.5..1.0);
        let link = |(at, bead): (usize, &Bead)| {
            progress.reach(at, self.alignment.beads.len())?;
            let passages = [0, 1].map(|side| {
                let mut passages: Vec<usize> =
                    self.spans_of(bead, side).iter().map(|span| span.passage).collect();
                passages.dedup();
                passages
            });
            let words = [0, 1].map(|side| texts[side].get(bead.units[side].clone()).unwrap_or_default());
            let told = match bead.by {
                By::Texts => None,
                By::Told => Some(JOINED),
                By::Rest => Some(REST),
            };
            Ok(Link {
                topic: None,
                kind: LinkKind::Parallel,
                passages,
                relation: None,
                origin: if told.is_some() { Origin::Reader } else { Origin::Automatic },
                similarity: Some(bead.similarity),
                confidence: bead.confidence,
                status: Status::Proposed,
                moved: bead.moved,
                steps: Vec::new(),
                reasons: match told {
                    Some(why) => vec![why.to_owned()],
                    None => reasons(bead, words, &common, &progress)?,
                },
            })
        };
        self.alignment.beads.iter().enumerate().map(link).collect()
    }
}

/// Why a bead is one, each a sentence that a person can check on the screen.
fn reasons(
    bead: &Bead,
    sides: [&[&str]; 2],
    common: &CommonWords<'_>,
    progress: &Progress,
) -> Result<Vec<String>, Cancelled> {
    let mut reasons = match sides {
        [[], _] => vec!["no counterpart in the left text".to_owned()],
        [_, []] => vec!["no counterpart in the right text".to_owned()],
        [left, right] if left == right => vec!["the same text, letter for letter".to_owned()],
        [left, right] => {
            let none = || "by their length, their place and words learned from the two texts".to_owned();
            vec![common.reason(left, right, progress)?.unwrap_or_else(none)]
        }
    };
    if bead.moved {
        reasons.push(MOVED.to_owned());
    }
    Ok(reasons)
}

/// The 1:1 links between a digest and its work whose body passages carry the same ¶ numbers, in reading order of the
/// left: who wrote the digest set the numbers. A number that only one side carries has no link; of a number that
/// stands twice the first counts. How alike the words are is for [`super::similarity`] to measure.
#[must_use]
pub fn by_number(left: &Edition, right: &Edition) -> Vec<Link> {
    let numbered = |edition: &Edition| {
        let mut numbers = BTreeMap::new();
        for (index, passage) in edition.passages().iter().enumerate() {
            for number in passage.numbers() {
                numbers.entry(number).or_insert(index);
            }
        }
        numbers
    };
    let right = numbered(right);
    let mut links: Vec<Link> = numbered(left)
        .into_iter()
        .filter_map(|(number, passage)| Some((number, passage, *right.get(&number)?)))
        .map(|(number, left, right)| Link {
            topic: None,
            kind: LinkKind::Parallel,
            passages: [vec![left], vec![right]],
            relation: None,
            origin: Origin::Curated,
            similarity: None,
            confidence: 1.0,
            status: Status::Chosen,
            moved: false,
            steps: Vec::new(),
            reasons: vec![format!("by number: both are ¶{number} of the work")],
        })
        .collect();
    links.sort_by_key(Link::places);
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};

    #[test]
    fn passages_with_the_same_number_are_parallel() {
        let edition = |numbers: &[Option<u32>]| {
            let passage = |&number: &Option<u32>| {
                let kind = if number.is_some() { Kind::Paragraph } else { Kind::Heading };
                Passage { number, ..Passage::new(kind, "x") }
            };
            Edition::new(numbers.iter().map(passage).collect(), Vec::new(), 0)
        };
        let digest = edition(&[None, Some(1), Some(2), Some(4)]);
        let original = edition(&[Some(1), None, Some(2), Some(3), Some(4)]);
        let pairs: Vec<_> = by_number(&digest, &original).into_iter().map(|link| link.passages).collect();
        assert_eq!(pairs, [[vec![1], vec![0]], [vec![2], vec![2]], [vec![3], vec![4]]]);
        assert!(by_number(&digest, &edition(&[None])).is_empty());
    }

    fn plain(texts: &[&str]) -> Edition {
        let passages = texts.iter().map(|text| Passage::new(Kind::Paragraph, *text)).collect();
        Edition::new(passages, Vec::new(), 0)
    }

    const LEFT: [&str; 3] = [
        "The ferry left Kallby at noon. Nobody stood on the pier, and the bell was silent.",
        "A letter came in 1911.",
        "Gulls circled over the harbour while the captain slept.",
    ];

    #[test]
    fn beads_are_links_whose_reasons_can_be_checked() {
        let right = [LEFT[0], "A letter came in the year 1911.", LEFT[2]];
        let [left, right] = [plain(&LEFT), plain(&right)];
        let aligned =
            align([&left, &right], Unit::Passage, &Options::default(), &Progress::default()).unwrap();
        let links = aligned.links([&left, &right], &Progress::default()).unwrap();
        let pairs: Vec<_> = links.iter().map(|link| link.passages.clone()).collect();
        assert_eq!(pairs, [[vec![0], vec![0]], [vec![1], vec![1]], [vec![2], vec![2]]]);
        assert!(links.iter().all(|link| link.kind == LinkKind::Parallel && link.origin == Origin::Automatic));
        assert_eq!(links[1].reasons, ["both have letter, came, 1911"]);
        assert_eq!(links[2].reasons, ["the same text, letter for letter"]);
    }

    #[test]
    fn sentences_stand_within_the_beads_of_their_passages() {
        let [left, right] = [plain(&LEFT), plain(&LEFT)];
        let aligned =
            align([&left, &right], Unit::Sentence, &Options::default(), &Progress::default()).unwrap();
        let sentences: Vec<_> = aligned.spans[0].iter().map(|span| (span.passage, span.sentence)).collect();
        assert_eq!(sentences, [(0, Some(1)), (0, Some(2)), (1, Some(1)), (2, Some(1))]);
        for bead in &aligned.alignment.beads {
            let within =
                [0, 1].map(|side| aligned.spans_of(bead, side).iter().map(|s| s.passage).collect::<Vec<_>>());
            assert_eq!(within[0], within[1]);
        }
    }

    #[test]
    fn sentences_that_one_text_alone_has_stand_between_those_of_both() {
        let syllables = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru"];
        let word = |at: usize| [at % 10, at / 10 % 10, at / 100].map(|of| syllables[of]).concat();
        let sentence = |at: usize| {
            let words: Vec<String> = (at * 8..at * 8 + 8).map(word).collect();
            format!("The {}.", words.join(" "))
        };
        let passages: Vec<String> =
            (0..12).map(|at| format!("{} {}", sentence(2 * at), sentence(2 * at + 1))).collect();
        let texts: Vec<&str> = passages.iter().map(String::as_str).collect();
        // The second text lacks the first passage and the last.
        let both = [plain(&texts), plain(&texts[1..11])];
        for [left, right] in [[&both[1], &both[0]], [&both[0], &both[1]]] {
            let aligned =
                align([left, right], Unit::Sentence, &Options::default(), &Progress::default()).unwrap();
            for side in [0, 1] {
                let beads = aligned.alignment.beads.iter();
                let mut reached = 0;
                for units in beads.map(|bead| &bead.units[side]) {
                    assert_eq!(units.start, reached, "{units:?}");
                    reached = units.end;
                }
                assert_eq!(reached, aligned.spans[side].len());
            }
            let alone = aligned.alignment.beads.iter().filter(|bead| bead.units.iter().any(Range::is_empty));
            assert_eq!(alone.count(), 4, "each of two sentences");
            assert!(aligned.coverage([left, right], |_| true).iter().all(|share| *share > 0.99));
        }
    }

    #[test]
    fn what_is_told_is_counted_among_what_is_aligned() {
        let with_break = vec![
            Passage::new(Kind::Paragraph, LEFT[0]),
            Passage::new(Kind::Break, ""),
            Passage::new(Kind::Paragraph, LEFT[1]),
        ];
        let [left, right] = [Edition::new(with_break, Vec::new(), 0), plain(&LEFT)];
        let joined = [[vec![2], vec![0, 1]], [vec![1], vec![2]], [vec![0], vec![0, 2]]];
        assert_eq!(told([&left, &right], &joined), [[1..2, 0..2]]);
        let options = Options { told: told([&left, &right], &joined), ..Options::default() };
        for unit in [Unit::Passage, Unit::Sentence] {
            let aligned = align([&left, &right], unit, &options, &Progress::default()).unwrap();
            let links = aligned.links([&left, &right], &Progress::default()).unwrap();
            let with_last = links.iter().find(|link| link.passages[0] == [2]).unwrap();
            assert!(with_last.passages[1].iter().all(|passage| *passage < 2), "{links:?}");
        }
        // Whose word it is, whichever text is the first.
        let turned = [[vec![0, 1], vec![2]]];
        let options = Options { told: told([&right, &left], &turned), ..Options::default() };
        let aligned = align([&right, &left], Unit::Passage, &options, &Progress::default()).unwrap();
        let links = aligned.links([&right, &left], &Progress::default()).unwrap();
        let own: Vec<&Link> = links.iter().filter(|link| link.origin == Origin::Reader).collect();
        assert_eq!(own.len(), 1, "{links:?}");
        assert_eq!((&own[0].passages, &own[0].reasons[..]), (&turned[0], &[JOINED.to_owned()][..]));
    }

    #[test]
    fn what_the_carrier_added_is_not_aligned() {
        let carried = vec![Passage::new(Kind::Apparatus, "a site"), Passage::new(Kind::Paragraph, LEFT[0])];
        let [left, right] = [Edition::new(carried, Vec::new(), 0), plain(&LEFT[..1])];
        let aligned =
            align([&left, &right], Unit::Passage, &Options::default(), &Progress::default()).unwrap();
        let links = aligned.links([&left, &right], &Progress::default()).unwrap();
        assert_eq!(links.iter().map(|link| link.passages.clone()).collect::<Vec<_>>(), [[vec![1], vec![0]]]);
    }
}
