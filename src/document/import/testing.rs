//! Short ways to an edition, for the tests of the passes.

use super::{Format, read};
use crate::document::{Edition, Kind};

/// The edition of a short text, its format guessed.
pub fn edition(text: &str) -> Edition {
    read(text.as_bytes(), None, None).unwrap()
}

/// The edition of a short Markdown text.
pub fn markdown(text: &str) -> Edition {
    read(text.as_bytes(), Some(Format::Markdown), None).unwrap()
}

/// The kinds of its passages.
pub fn kinds(edition: &Edition) -> Vec<Kind> {
    edition.passages().iter().map(|passage| passage.kind).collect()
}
