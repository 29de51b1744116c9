//! The comparison for a program: links with their words, or two whole texts.

use std::io;

use serde::Serialize;

use super::super::output::Output;
use super::super::records::{LinksRecord, PassagesRecord};
use crate::library::pair::Pair;

#[derive(Serialize)]
struct TextsRecord<'a> {
    left: PassagesRecord<'a>,
    right: PassagesRecord<'a>,
}

/// Writes a pair as JSON: the record of `links` with the words of each passage for a topic, two records of
/// `passages` without one.
pub(super) fn write(pair: &Pair, topic: Option<usize>, output: &mut Output<'_>) -> io::Result<()> {
    if topic.is_some() {
        return output.json(&LinksRecord::new(pair, topic, true));
    }
    let [left, right] = pair.texts.each_ref().map(PassagesRecord::new);
    output.json(&TextsRecord { left, right })
}
