//! Which passages of two editions belong together, and why: the link record and where links come from.
//!
//! Links are m:n and may cross. A translation's 1:1 link and a topic's link are the same record.

mod common_words;
pub mod curated;
pub mod decisions;
pub mod evidence;
pub mod lacunae;
pub mod moved;
pub mod parallel;
pub mod propose;
pub mod quotation;
pub mod reasons;
pub mod said;
pub mod similarity;
pub mod steps;
pub mod variants;
mod wording;

use serde::{Deserialize, Serialize};

use crate::align::HOLDS;
use crate::document::Anchor;
use crate::topics::Origin;

/// What kind of belonging together a link states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LinkKind {
    /// Two works speak about the same topic at these passages.
    Topic,
    /// Two editions or translations of one work say the same words here.
    Parallel,
}

impl LinkKind {
    /// The name used in `--format json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Parallel => "parallel",
        }
    }
}

/// How the right passages stand to the left ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// Both hold the same.
    Agree,
    /// One denies what the other holds.
    Contradict,
    /// The same thought without reference to the same claim.
    Parallel,
    /// One carries further what the other states.
    Elaborate,
    /// Both quote or lean on the same source.
    SameSource,
}

impl Relation {
    /// Every relation, in the order they are listed.
    pub const ALL: [Self; 5] =
        [Self::Agree, Self::Contradict, Self::Parallel, Self::Elaborate, Self::SameSource];

    /// The name used in `--format json` and in `texts/`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Contradict => "contradict",
            Self::Parallel => "parallel",
            Self::Elaborate => "elaborate",
            Self::SameSource => "same-source",
        }
    }

    /// The words for a person: `contradicts`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Agree => "agrees",
            Self::Contradict => "contradicts",
            Self::Parallel => "parallels",
            Self::Elaborate => "elaborates",
            Self::SameSource => "cites the same source",
        }
    }
}

/// What has been decided about a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// Proposed by a computation.
    Proposed,
    /// Chosen by an editor.
    Chosen,
    /// Accepted by the reader.
    Accepted,
    /// Rejected by the reader; kept, not shown.
    Rejected,
    /// Of a passage that the reader joined otherwise: not there for anybody until that is taken back.
    Displaced,
}

impl Status {
    /// The name used in `--format json`: what an editor chose and what the reader accepted both stand.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Chosen | Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Displaced => "displaced",
        }
    }

    /// What the reader decided, as `--format json` names it; nothing where the reader decided nothing.
    #[must_use]
    pub const fn decided(self) -> Option<&'static str> {
        match self {
            Self::Accepted | Self::Rejected => Some(self.name()),
            Self::Proposed | Self::Chosen | Self::Displaced => None,
        }
    }
}

/// Passages of a left and a right edition that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Index of the topic under which they do; `None` for a parallel link.
    pub topic: Option<usize>,
    /// What kind of belonging.
    pub kind: LinkKind,
    /// Indexes of the passages on each side (left, right), in reading order. Not empty for topic links.
    pub passages: [Vec<usize>; 2],
    /// How the right answers the left, where somebody judged it.
    pub relation: Option<Relation>,
    /// Who or what made it.
    pub origin: Origin,
    /// How alike the words of the passages are, in [0, 1]; `None` where nobody has compared them yet.
    pub similarity: Option<f32>,
    /// How surely the link holds, in [0, 1]: not the same thing.
    pub confidence: f32,
    /// What has been decided about it.
    pub status: Status,
    /// Whether it stands out of the order of its neighbours: it, or the block that it is a part of, was moved.
    #[serde(default)]
    pub moved: bool,
    /// Of a long parallel link the places after its first, rising on both sides, at which the other text stands when this
    /// one has come there: see [`steps`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<[Anchor; 2]>,
    /// Why, each a sentence that a person can check on the screen.
    pub reasons: Vec<String>,
}

impl Link {
    /// The first passage on a side (0 left, 1 right).
    #[must_use]
    pub fn first(&self, side: usize) -> Option<usize> {
        self.passages.get(side).and_then(|p| p.first()).copied()
    }

    /// Makes left of right.
    pub fn swap(&mut self) {
        self.passages.swap(0, 1);
        self.steps.iter_mut().for_each(|step| step.swap(0, 1));
    }

    /// What the reader decided, in words; nothing where it is as it was proposed or chosen.
    #[must_use]
    pub fn decided(&self) -> Option<&'static str> {
        match self.status {
            // One that only the reader's word keeps has that as its reason.
            Status::Accepted if self.origin != Origin::Reader => Some("accepted by you"),
            Status::Rejected => Some("rejected by you"),
            Status::Accepted | Status::Proposed | Status::Chosen | Status::Displaced => None,
        }
    }

    /// Whether it joins passages of both texts: a parallel one may say that passages of one have no partner.
    #[must_use]
    pub fn has_both_sides(&self) -> bool {
        self.passages.iter().all(|of| !of.is_empty())
    }

    /// Whether it is there: neither rejected nor displaced.
    #[must_use]
    pub const fn stands(&self) -> bool {
        !matches!(self.status, Status::Rejected | Status::Displaced)
    }

    /// Whether the reader joined passages of it otherwise: it is there for nobody.
    #[must_use]
    pub const fn is_displaced(&self) -> bool {
        matches!(self.status, Status::Displaced)
    }

    /// Whether nothing but an alignment that is too unsure says so: its passages are but the likeliest places.
    #[must_use]
    pub fn is_unsure(&self) -> bool {
        let undecided = self.status == Status::Proposed && self.origin == Origin::Automatic;
        self.kind == LinkKind::Parallel && undecided && self.confidence < HOLDS
    }

    /// Whether two passages, left and right, are of those that it joins.
    #[must_use]
    pub fn joins(&self, passages: [usize; 2]) -> bool {
        self.passages.iter().zip(passages).all(|(own, passage)| own.contains(&passage))
    }

    /// Whether scrolling may rest on it.
    #[must_use]
    pub fn carries(&self) -> bool {
        self.stands() && !self.is_unsure()
    }

    /// The first passages of both sides: the order in which links stand in the text.
    #[must_use]
    pub fn places(&self) -> [Option<usize>; 2] {
        [self.first(0), self.first(1)]
    }
}
