//! The record of `align --format json`. Fields are added, never changed.

use serde::Serialize;

use super::Alignment;
use crate::align::Bead;
use crate::commands::error::CommandError;
use crate::commands::records::{EditionRecord, GroundRecord, PlaceRecord, rounded};
use crate::links::Link;
use crate::links::parallel::{Span, Unit};

/// `align`: two texts, what they are to each other, and the links between them.
#[derive(Serialize)]
pub struct AlignRecord<'a> {
    left: EditionRecord<'a>,
    right: EditionRecord<'a>,
    unit: &'static str,
    /// What links join the two, where that is known and need not be measured.
    ground: Option<GroundRecord<'a>>,
    judgement: JudgementRecord<'a>,
    /// Nothing where the texts are neither known nor held to be one work.
    coverage: Option<[f32; 2]>,
    links: Vec<BeadRecord>,
}

#[derive(Serialize)]
struct JudgementRecord<'a> {
    relation: &'static str,
    confidence: f32,
    reason: &'a str,
}

/// A record of `links`, and whether it stands out of the order of its neighbours.
#[derive(Serialize)]
struct BeadRecord {
    topic: Option<&'static str>,
    kind: &'static str,
    left: Vec<SpanRecord>,
    right: Vec<SpanRecord>,
    relation: Option<&'static str>,
    origin: &'static str,
    status: &'static str,
    /// What the reader of the pair decided about it.
    decided: Option<&'static str>,
    similarity: f32,
    confidence: f32,
    moved: bool,
    reasons: Vec<String>,
}

/// A passage, or a sentence by its number in the passage (from 1) and its bytes in the passage's text.
#[derive(Serialize)]
struct SpanRecord {
    #[serde(flatten)]
    place: PlaceRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<[usize; 2]>,
}

impl<'a> AlignRecord<'a> {
    /// The record of an alignment.
    ///
    /// # Errors
    /// Where Ctrl-C ended it.
    pub(super) fn new(alignment: &'a Alignment<'a>) -> Result<Self, CommandError> {
        let [left, right] = alignment.texts.each_ref().map(EditionRecord::new);
        let found = &alignment.aligned.alignment;
        Ok(Self {
            left,
            right,
            unit: match alignment.unit {
                Unit::Passage => "passage",
                Unit::Sentence => "sentence",
            },
            ground: alignment.known.as_ref().map(GroundRecord::new),
            judgement: JudgementRecord {
                relation: found.judgement.relation.name(),
                confidence: rounded(found.judgement.confidence),
                reason: &found.judgement.reason,
            },
            coverage: alignment.coverage().map(|sides| sides.map(rounded)),
            links: alignment.links()?.map(|(bead, link)| bead_record(alignment, bead, link)).collect(),
        })
    }
}

fn bead_record(alignment: &Alignment<'_>, bead: &Bead, link: Link) -> BeadRecord {
    let side = |side: usize| {
        let spans = alignment.aligned.spans_of(bead, side).iter();
        spans.filter_map(|span| span_record(alignment, side, span)).collect()
    };
    BeadRecord {
        topic: None,
        kind: link.kind.name(),
        left: side(0),
        right: side(1),
        relation: None,
        origin: link.origin.name(),
        status: link.status.name(),
        decided: link.status.decided(),
        similarity: rounded(bead.similarity),
        confidence: rounded(link.confidence),
        moved: bead.moved,
        reasons: link.reasons,
    }
}

fn span_record(alignment: &Alignment<'_>, side: usize, span: &Span) -> Option<SpanRecord> {
    let passage = alignment.texts[side].edition.get(span.passage)?;
    let bytes = span.sentence.map(|_| [span.bytes.start, span.bytes.end]);
    Some(SpanRecord { place: PlaceRecord::new(passage), sentence: span.sentence, bytes })
}
