//! The records of `--format json`. Fields are added, never changed.
//!
#![doc = include_str!("JSON.md")]

use serde::Serialize;

use super::silences::{self, SilenceRecord};
use crate::document::Passage;
use crate::library::Text;
use crate::library::open::shown;
use crate::library::pair::{Ground, Pair};
use crate::links::Link;
use crate::topics::{Entry, Topic, TopicIndex};

/// Which text it is.
#[derive(Serialize)]
pub struct EditionRecord<'a> {
    name: String,
    work: Option<&'a str>,
    form: &'static str,
    path: Option<String>,
    author: Option<&'a str>,
    title: Option<&'a str>,
    year: Option<&'a str>,
    passages: usize,
    source_bytes: usize,
    notices: Vec<NoticeRecord<'a>>,
    recognised: Option<RecognisedRecord>,
}

/// How many passages of its work were found in an edition.
#[derive(Serialize)]
struct RecognisedRecord {
    passages: usize,
    of: usize,
}

#[derive(Serialize)]
struct NoticeRecord<'a> {
    what: &'a str,
    count: usize,
}

impl<'a> EditionRecord<'a> {
    /// The record of a text.
    #[must_use]
    pub fn new(text: &'a Text) -> Self {
        let work = text.work.as_ref();
        let notices = text.edition.notices().iter();
        Self {
            name: text.name(),
            work: work.map(|work| work.id.as_str()),
            form: text.form.name(),
            path: text.path.as_ref().map(|path| shown(Some(path))),
            author: text.author(),
            title: work.map(|work| work.title.as_str()).or(text.edition.title_page().0),
            year: text.year(),
            passages: text.edition.passages().len(),
            source_bytes: text.edition.source_bytes(),
            notices: notices.map(|n| NoticeRecord { what: &n.what, count: n.count }).collect(),
            recognised: text.edition.numbering().map(|n| RecognisedRecord { passages: n.found, of: n.of }),
        }
    }
}

/// Where a passage is: its ¶ number and its byte ranges in the source.
#[derive(Serialize)]
pub struct PlaceRecord {
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    /// Further numbers, where the edition merges passages of its work.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
    source: Vec<[usize; 2]>,
}

impl PlaceRecord {
    /// The place of a passage.
    #[must_use]
    pub fn new(passage: &Passage) -> Self {
        Self {
            reference: passage.number.map(|number| number.to_string()),
            also: passage.also.iter().map(u32::to_string).collect(),
            source: passage.source.iter().map(|range| [range.start, range.end]).collect(),
        }
    }
}

/// A passage of `passages`.
#[derive(Serialize)]
pub struct PassageRecord<'a> {
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
    kind: &'static str,
    page: Option<&'a str>,
    text: &'a str,
    source: Vec<[usize; 2]>,
    notes: Vec<NoteRecord<'a>>,
}

#[derive(Serialize)]
struct NoteRecord<'a> {
    mark: &'a str,
    text: Option<&'a str>,
}

impl<'a> PassageRecord<'a> {
    /// The record of a passage.
    #[must_use]
    pub fn new(passage: &'a Passage) -> Self {
        let PlaceRecord { reference, also, source } = PlaceRecord::new(passage);
        let notes = passage.notes.iter();
        Self {
            reference,
            also,
            kind: passage.kind.name(),
            page: passage.page.as_deref(),
            text: &passage.text,
            source,
            notes: notes.map(|n| NoteRecord { mark: &n.mark, text: n.text.as_deref() }).collect(),
        }
    }
}

/// `passages`: a text and its passages.
#[derive(Serialize)]
pub struct PassagesRecord<'a> {
    edition: EditionRecord<'a>,
    passages: Vec<PassageRecord<'a>>,
}

impl<'a> PassagesRecord<'a> {
    /// The record of a text.
    #[must_use]
    pub fn new(text: &'a Text) -> Self {
        let passages = text.edition.passages().iter().map(PassageRecord::new).collect();
        Self { edition: EditionRecord::new(text), passages }
    }
}

/// `topics`: a text and its index.
#[derive(Serialize)]
pub struct TopicsRecord<'a> {
    edition: EditionRecord<'a>,
    topics: Vec<TopicRecord<'a>>,
}

#[derive(Serialize)]
struct TopicRecord<'a> {
    id: &'a str,
    name: &'a str,
    passages: Vec<EntryRecord<'a>>,
    /// Why nothing stands under the topic; only where that is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<&'a str>,
    /// What kind of silence that is; only where it is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    silence: Option<&'static str>,
    /// What comes nearest where there are no passages, best first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    near: Vec<EntryRecord<'a>>,
}

/// A passage in the index of a topic, or a near miss, of weight 0.
#[derive(Serialize)]
pub(super) struct EntryRecord<'a> {
    #[serde(flatten)]
    place: PlaceRecord,
    weight: u8,
    score: f32,
    origin: &'static str,
    reason: &'a str,
}

impl<'a> EntryRecord<'a> {
    /// The record of an entry in the index of a text.
    pub(super) fn new(text: &Text, entry: &'a Entry) -> Option<Self> {
        let passage = text.edition.get(entry.passage)?;
        Some(Self {
            place: PlaceRecord::new(passage),
            weight: entry.weight,
            score: rounded(entry.score),
            origin: entry.origin.name(),
            reason: &entry.reason,
        })
    }
}

impl<'a> TopicsRecord<'a> {
    /// The record of a text's index.
    #[must_use]
    pub fn new(text: &'a Text, topics: &'a [Topic], index: &'a TopicIndex) -> Self {
        let all = |entries: &'a [Entry]| -> Vec<EntryRecord<'a>> {
            entries.iter().filter_map(|entry| EntryRecord::new(text, entry)).collect()
        };
        let topics = topics.iter().enumerate().map(|(topic, Topic { id, name, .. })| TopicRecord {
            id,
            name,
            passages: all(index.entries(topic)),
            absent: index.absence(topic).map(|absence| absence.why.as_str()),
            silence: index.absence(topic).map(|absence| absence.kind.name()),
            near: if index.entries(topic).is_empty() { all(index.near_misses(topic)) } else { Vec::new() },
        });
        Self { edition: EditionRecord::new(text), topics: topics.collect() }
    }
}

/// `links`: two texts and the links between them.
#[derive(Serialize)]
pub struct LinksRecord<'a> {
    left: EditionRecord<'a>,
    right: EditionRecord<'a>,
    ground: GroundRecord<'a>,
    links: Vec<LinkRecord<'a>>,
    /// Where a text has nothing under a topic.
    silences: Vec<SilenceRecord<'a>>,
}

/// What the links rest on, who or what decided that, and how surely.
#[derive(Serialize)]
pub(super) struct GroundRecord<'a> {
    standing: &'static str,
    origin: &'static str,
    confidence: f32,
    /// Whether the texts told whether they are one work or two.
    clear: bool,
    reason: &'a str,
}

impl<'a> GroundRecord<'a> {
    /// The record of a decision on two texts.
    pub(super) fn new(ground: &'a Ground) -> Self {
        Self {
            standing: ground.standing.name(),
            origin: ground.origin.name(),
            confidence: rounded(ground.confidence),
            clear: !ground.is_unclear(),
            reason: &ground.reason,
        }
    }
}

#[derive(Serialize)]
struct LinkRecord<'a> {
    topic: Option<&'a str>,
    /// The topics that list it.
    topics: Vec<&'a str>,
    kind: &'static str,
    left: Vec<LinkedRecord<'a>>,
    right: Vec<LinkedRecord<'a>>,
    relation: Option<&'static str>,
    origin: &'static str,
    status: &'static str,
    /// What the reader of the pair decided about it.
    decided: Option<&'static str>,
    similarity: Option<f32>,
    confidence: f32,
    /// Whether it stands out of the order of its neighbours.
    moved: bool,
    reasons: &'a [String],
}

/// A passage of a link; `print` adds its words.
#[derive(Serialize)]
struct LinkedRecord<'a> {
    #[serde(flatten)]
    place: PlaceRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> LinksRecord<'a> {
    /// The record of a pair's links, of one topic or of all; `words` adds the text of the passages.
    #[must_use]
    pub fn new(pair: &'a Pair, topic: Option<usize>, words: bool) -> Self {
        let linked = |link: &Link, side: usize| -> Vec<LinkedRecord<'a>> {
            let edition = pair.texts.get(side).map(|text| &text.edition);
            let passages = link.passages.get(side).into_iter().flatten();
            passages
                .filter_map(|passage| edition?.get(*passage))
                .map(|passage| LinkedRecord {
                    place: PlaceRecord::new(passage),
                    text: words.then_some(passage.text.as_str()),
                })
                .collect()
        };
        let links: Vec<&Link> = match topic {
            Some(topic) => pair.links_on(topic).collect(),
            None => pair.links.iter().collect(),
        };
        let listing = |link: &Link| -> Vec<&'a str> {
            let topics = pair.topics.iter().enumerate();
            topics.filter(|(topic, _)| pair.is_on(link, *topic)).map(|(_, topic)| topic.id.as_str()).collect()
        };
        let links = links.into_iter().map(|link| LinkRecord {
            topics: listing(link),
            topic: link.topic.and_then(|topic| pair.topics.get(topic)).map(|topic| topic.id.as_str()),
            kind: link.kind.name(),
            left: linked(link, 0),
            right: linked(link, 1),
            relation: link.relation.map(crate::links::Relation::name),
            origin: link.origin.name(),
            status: link.status.name(),
            decided: link.status.decided(),
            similarity: link.similarity.map(rounded),
            confidence: rounded(link.confidence),
            moved: link.moved,
            reasons: &link.reasons,
        });
        let [left, right] = pair.texts.each_ref().map(EditionRecord::new);
        let ground = GroundRecord::new(&pair.ground);
        Self { left, right, ground, links: links.collect(), silences: silences::records(pair, topic) }
    }
}

/// A share to three places; a number that is none counts as 0, since JSON has no word for it.
pub(super) fn rounded(share: f32) -> f32 {
    // A zero has no sign in a record.
    if share.is_finite() { (share * 1000.0).round() / 1000.0 + 0.0 } else { 0.0 }
}
