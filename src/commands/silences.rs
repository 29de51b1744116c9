//! That one of two texts has nothing under a topic: who says so, why, and what comes nearest.

use serde::Serialize;

use super::passages::reference;
use super::records::EntryRecord;
use crate::library::pair::Pair;
use crate::topics::{Absence, Origin, Silence, Topic};

/// The sides of a pair that have nothing under a topic, as far as anybody knows.
pub(super) fn silent(pair: &Pair, topic: usize) -> impl Iterator<Item = usize> {
    (0..pair.indexes.len())
        .filter(move |&side| pair.indexes.get(side).is_some_and(|index| index.entries(topic).is_empty()))
}

/// Who or what says that a text has nothing under a topic: an editor gives a reason, a computation none.
fn origin(absence: Option<&Absence>) -> Origin {
    match absence {
        Some(Absence { kind: Silence::Unspoken, .. }) => Origin::Curated,
        _ => Origin::Automatic,
    }
}

/// That a text has nothing on a topic, and what comes nearest; or that nobody knows.
pub(super) fn sentence(pair: &Pair, side: usize, index: usize, topic: &Topic) -> String {
    let name = if side == 0 { "A" } else { "B" };
    let near = pair.indexes.get(side).and_then(|entries| entries.near_misses(index).first());
    let place = near.and_then(|near| pair.texts.get(side)?.edition.get(near.passage));
    let near = match (near, place) {
        (Some(near), Some(passage)) => {
            format!(" Nearest, a near miss: {}, {}.", reference(passage), near.reason)
        }
        _ => String::new(),
    };
    let absence = pair.indexes.get(side).and_then(|entries| entries.absence(index));
    let origin = origin(absence).name();
    match absence {
        Some(Absence { kind, why }) if kind.is_unknown() => {
            format!("Nobody knows whether {name} speaks of {}: {why}.", topic.name)
        }
        Some(Absence { why, .. }) => format!("{name} has nothing on {}. {why}{near} ({origin})", topic.name),
        None => format!("{name} has nothing on {}.{near} ({origin})", topic.name),
    }
}

/// A text of a pair that has nothing under a topic.
#[derive(Serialize)]
pub(super) struct SilenceRecord<'a> {
    topic: &'a str,
    side: &'static str,
    silence: &'static str,
    origin: &'static str,
    /// The reason that an editor gives, or why nobody knows; null where a computation found nothing.
    why: Option<&'a str>,
    /// What comes nearest, best first.
    near: Vec<EntryRecord<'a>>,
}

/// The silences of a pair under a topic or under all, topic by topic, left before right.
pub(super) fn records(pair: &Pair, only: Option<usize>) -> Vec<SilenceRecord<'_>> {
    let topics = pair.topics.iter().enumerate().filter(|(at, _)| only.is_none_or(|only| only == *at));
    let sides = topics.flat_map(|(at, topic)| silent(pair, at).map(move |side| (at, topic, side)));
    sides.filter_map(|(at, topic, side)| record(pair, side, at, topic)).collect()
}

fn record<'a>(pair: &'a Pair, side: usize, at: usize, topic: &'a Topic) -> Option<SilenceRecord<'a>> {
    let (index, text) = (pair.indexes.get(side)?, pair.texts.get(side)?);
    let absence = index.absence(at);
    Some(SilenceRecord {
        topic: &topic.id,
        side: if side == 0 { "left" } else { "right" },
        silence: absence.map_or(Silence::Unspoken, |absence| absence.kind).name(),
        origin: origin(absence).name(),
        why: absence.map(|absence| absence.why.as_str()),
        near: index.near_misses(at).iter().filter_map(|near| EntryRecord::new(text, near)).collect(),
    })
}
