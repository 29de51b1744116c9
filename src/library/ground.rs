//! What the links between two texts rest on: the numbers that join a digest to its work, the words of one work in
//! two forms, or topics of two works. Decided once for a pair, with how surely and why; the reader's word goes first.

use serde::{Deserialize, Serialize};

use super::{Form, Text};
use crate::align::{self, Judgement, Relation};
use crate::links::parallel;
use crate::topics::Origin;

/// What links join two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// A digest and its work, both with the ¶ numbers of the work.
    Numbers,
    /// One work in two forms, aligned by its words.
    Parallel,
    /// Two works, linked by topic.
    Works,
}

impl Standing {
    /// The name used in `--format json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Parallel => "parallel",
            Self::Works => "works",
        }
    }

    /// What it is, for a person.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Numbers => "a digest beside its work, by ¶ numbers",
            Self::Parallel => "one work in two forms, passage by passage",
            Self::Works => "two works, linked by topic",
        }
    }
}

/// Files up to so many bytes are imported whole while they are being read; larger ones stay in windows.
pub(super) const WHOLE_BYTES: usize = 8 * 1024 * 1024;

/// Whether a text stays in windows, and is neither indexed nor compared.
pub(super) fn is_too_large(text: &Text) -> bool {
    text.edition.windows().is_some_and(|windows| windows.bytes() > WHOLE_BYTES)
}

/// What a reader says that two texts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Told {
    /// Two works: links by topic.
    Works,
    /// One work in two forms: links passage by passage.
    Parallel,
}

/// The decision on two texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ground {
    /// What links join them.
    pub standing: Standing,
    /// Who or what decided it.
    pub origin: Origin,
    /// How surely, in [0, 1].
    pub confidence: f32,
    /// Why, in a few words.
    pub reason: String,
}

impl Ground {
    /// A decision that needs no measuring.
    #[must_use]
    pub fn known(standing: Standing, reason: &str) -> Self {
        Self { standing, origin: Origin::Curated, confidence: 1.0, reason: reason.to_owned() }
    }

    /// Two texts of which nothing is measured, at least not yet, and why.
    #[must_use]
    pub fn waiting(why: &str) -> Self {
        Self { confidence: 0.0, ..Self::known(Standing::Works, why) }
    }

    /// What the reader said, where this is the reader's decision.
    #[must_use]
    pub fn told(&self) -> Option<Told> {
        (self.origin == Origin::Reader).then_some(match self.standing {
            Standing::Works => Told::Works,
            Standing::Numbers | Standing::Parallel => Told::Parallel,
        })
    }

    /// How surely, in whole per cent.
    #[must_use]
    pub fn percent(&self) -> u32 {
        align::percent(self.confidence)
    }

    /// Whether it was measured, and that told nothing: linked by topic until the reader says what they are.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        self.origin == Origin::Automatic && self.confidence < align::CLEAR
    }

    /// What the two texts are, for a person.
    #[must_use]
    pub fn words(&self) -> &'static str {
        if self.is_unclear() { Relation::Unclear.words() } else { self.standing.words() }
    }

    /// What a measured judgement decides.
    #[must_use]
    pub fn judged(judgement: Judgement) -> Self {
        let Judgement { relation, confidence, reason } = judgement;
        let standing = match relation {
            Relation::SameWords | Relation::Translation => Standing::Parallel,
            Relation::DifferentWorks | Relation::Unclear => Standing::Works,
        };
        Self { standing, origin: Origin::Automatic, confidence, reason }
    }

    /// The decision on two texts: what the reader told, else what is known of their works, else what their
    /// words say.
    #[must_use]
    pub fn of(texts: [&Text; 2], told: Option<Told>) -> Self {
        let reader = |standing| Self { origin: Origin::Reader, ..Self::known(standing, "as you said") };
        let numbered = || joined_by_numbers(texts);
        let same_work = match texts.map(|text| text.work.as_ref()) {
            [Some(left), Some(right)] => Some(left.id == right.id),
            [None, _] | [_, None] => None,
        };
        match (told, same_work) {
            // What is read where it is looked at has no words to be compared as a whole.
            (None, _) if texts.iter().any(|text| text.edition.windows().is_some()) => {
                let is_too_large = texts.iter().any(|text| is_too_large(text));
                Self::waiting(if is_too_large { "too large to be compared" } else { "not compared yet" })
            }
            (Some(Told::Works), _) => reader(Standing::Works),
            (Some(Told::Parallel), Some(true)) if numbered() => reader(Standing::Numbers),
            (Some(Told::Parallel), _) => reader(Standing::Parallel),
            (None, Some(true)) if numbered() => {
                Self::known(Standing::Numbers, "both carry the numbers of one work")
            }
            (None, Some(true)) if same_words(texts) => {
                Self::known(Standing::Parallel, "both have the same passages, word for word")
            }
            (None, Some(true)) => Self::known(Standing::Parallel, "both are editions of one work"),
            (None, Some(false)) => Self::known(Standing::Works, "two works of the library"),
            (None, None) => Self::judged(parallel::judge(texts.map(|text| &text.edition))),
        }
    }
}

/// Whether one of two texts retells the other and both carry the numbers of the work. A retelling has other words, so
/// that numbers join what words would not; two copies have words that say more than their numbers: what was
/// changed, moved, left out.
fn joined_by_numbers(texts: [&Text; 2]) -> bool {
    let digests = texts.iter().filter(|text| text.form == Form::Digest).count();
    let [left, right] = texts.map(|text| &text.edition);
    digests == 1 && !parallel::by_number(left, right).is_empty()
}

fn same_words(texts: [&Text; 2]) -> bool {
    let [left, right] = texts.map(|text| text.edition.passages());
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.text == right.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judgement_is_told_as_it_was_made() {
        for (relation, confidence, expected) in [
            (Relation::SameWords, 0.9, (Standing::Parallel, Standing::Parallel.words())),
            (Relation::Translation, 0.6, (Standing::Parallel, Standing::Parallel.words())),
            (Relation::Unclear, 0.57, (Standing::Works, Relation::Unclear.words())),
            (Relation::DifferentWorks, 0.9, (Standing::Works, Standing::Works.words())),
        ] {
            let ground = Ground::judged(Judgement { relation, confidence, reason: String::new() });
            assert_eq!((ground.standing, ground.words()), expected);
            assert_eq!((ground.confidence, ground.origin), (confidence, Origin::Automatic));
        }
    }
}
