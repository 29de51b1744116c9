//! Which known work a text is an edition of, and which ¶ number each of its passages has: by fingerprints of
//! the work's passages, so that it holds however the text was wrapped, converted, cut or damaged.
//!
//! [`letters`] says what is compared, [`fingerprints`] what is kept of a work, [`table`] finds it again,
//! [`mod@chain`] and [`mod@align`] put it in order; the short passages between are for `gaps`.

pub mod align;
mod altered;
pub mod chain;
pub mod fingerprints;
mod gaps;
pub mod letters;
pub mod table;
#[cfg(test)]
mod tests;

use align::{Alignment, align};
use letters::Letters;
use table::{Hit, Known, Table};

use super::Work;
use crate::document::{Edition, Kind, Numbering};

/// A text is an edition of a work only where more than one passage in this many is there.
const PASSAGES: usize = 2;
/// A text is an edition of a work only where at least one of this many letters of it is the work's: else it
/// is another text that quotes.
const LETTERS: usize = 4;
/// An excerpt of a work has so many of its passages at least,
const EXCERPT: usize = 5;
/// and of its own letters no more than one in this many is another's.
const STRANGE: usize = 4;

/// So many passages of a work in a text are worth a word, also where it is no edition.
const MANY: usize = 10;
/// So is one passage of the work in this many.
const NEAR: usize = 3;

/// A work that a text was recognised as, and how surely.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognition {
    /// The work.
    pub work: Work,
    /// Passages of the work that the text holds, at least a part of each.
    pub matched: usize,
    /// Passages of the work.
    pub of: usize,
    /// For each passage of the text: the numbers and kinds of the passages of the work that it holds.
    held: Vec<Vec<(u32, Kind)>>,
    /// For each passage of the text whether its letters are not those of what it holds.
    altered: Vec<bool>,
}

impl Recognition {
    /// How it was recognised, for a person.
    #[must_use]
    pub fn evidence(&self) -> String {
        let altered = match self.altered() {
            0 => String::new(),
            altered => format!(", {altered} of them in letters that are not all the work's"),
        };
        format!("recognised by {} of {} passages{altered}", self.matched, self.of)
    }

    /// The edition with the numbers of the work; what was not found stays bare.
    #[must_use]
    pub fn number(&self, edition: Edition) -> Edition {
        let numbering = Numbering { work: self.work.id.clone(), found: self.matched, of: self.of };
        edition.numbered_by(&self.held, numbering).with_altered(&self.altered)
    }

    /// How many passages of the text hold passages of the work in other letters than the work's.
    #[must_use]
    pub fn altered(&self) -> usize {
        self.altered.iter().filter(|altered| **altered).count()
    }
}

/// The work that a text is an edition of: more than half of the work's passages stand in the text, in its order,
/// and a quarter of the text at least is the work's; or it is an excerpt, some passages and little else.
///
/// A text of more than four times the letters of the longest work cannot be one; no more of it is read than
/// it takes to see that.
#[must_use]
pub fn recognise(edition: &Edition, table: &Table) -> Option<Recognition> {
    // Damage can make a work longer, by less than this.
    let (text, hits) = table.find(edition, table.longest() * (LETTERS + 1))?;
    let hits = table.works().iter().zip(hits);
    // Most works are far from it and need not be aligned to learn that. What fills gaps stands between others.
    let may_be = |(known, hits): &(&Known, Vec<Hit>)| {
        let has_most = || known.findable(hits) * PASSAGES > known.prints.passages.len();
        hits.len() >= EXCERPT || !hits.is_empty() && has_most()
    };
    let found = hits.filter(may_be).map(|(known, hits)| {
        let alignment = align(&text, known, &hits);
        (alignment.found(), (known, hits), alignment)
    });
    let is_edition = |(found, (known, _), alignment): &(usize, (&Known, Vec<Hit>), Alignment)| {
        let has_most = found * PASSAGES > known.prints.passages.len();
        let is_excerpt =
            *found >= EXCERPT && text.count().saturating_sub(alignment.explained) * STRANGE <= text.count();
        is_excerpt || has_most && alignment.explained * LETTERS >= text.count()
    };
    let best = found.filter(is_edition).max_by_key(|(_, _, alignment)| alignment.explained);
    best.map(|(_, (known, hits), alignment)| recognition((edition, &text), (known, &hits), &alignment))
}

/// The work that a text which is an edition of none has most passages of, where they are many: it may be a part
/// of it, or quote it at length. Its reader knows.
#[must_use]
pub fn near(edition: &Edition, table: &Table) -> Option<Recognition> {
    let (text, hits) = table.find(edition, table.longest() * (LETTERS + 1))?;
    let found = table.works().iter().zip(hits).map(|(known, hits)| {
        let alignment = align(&text, known, &hits);
        (alignment.found(), (known, hits), alignment)
    });
    let is_near = |(found, (known, _), _): &(usize, (&Known, Vec<Hit>), Alignment)| {
        *found >= MANY || (*found > 0 && found * NEAR >= known.prints.passages.len())
    };
    let best = found.filter(is_near).max_by_key(|(found, _, _)| *found);
    best.map(|(_, (known, hits), alignment)| recognition((edition, &text), (known, &hits), &alignment))
}

/// The passages of a work that its reader says a text is a copy of; `None` where nothing is known of it.
#[must_use]
pub fn recognise_as(edition: &Edition, work: &Work, table: &Table) -> Option<Recognition> {
    let index = table.works().iter().position(|known| known.work == *work)?;
    let known = table.works().get(index)?;
    Some(match table.find(edition, LONGEST_TOLD) {
        Some((text, hits)) => {
            let hits = hits.get(index)?;
            recognition((edition, &text), (known, hits), &align(&text, known, hits))
        }
        None => Recognition {
            work: known.work.clone(),
            matched: 0,
            of: known.prints.passages.len(),
            held: vec![Vec::new(); edition.passages().len()],
            altered: Vec::new(),
        },
    })
}

/// Letters of a text that its reader says is a copy; a longer one is not searched.
const LONGEST_TOLD: usize = 1 << 24;

fn recognition(
    text: (&Edition, &Letters<'_>),
    (known, hits): (&Known, &[Hit]),
    alignment: &Alignment,
) -> Recognition {
    let numbered = |&print: &usize| known.prints.passages.get(print).map(|p| (p.number, p.kind));
    let held = alignment.holds.iter().map(|held| held.iter().filter_map(numbered).collect());
    Recognition {
        work: known.work.clone(),
        matched: alignment.found(),
        of: known.prints.passages.len(),
        held: held.collect(),
        altered: altered::altered(text, (known, hits), &alignment.holds),
    }
}
