//! The bar: counters, how the link in force stands, what the scrolling rests on. Knows nothing of what is said below it.

use super::Pen;
use crate::layout::width::cells;
use crate::links::{Link, LinkKind, Status};
use crate::reader::sync::{Rest, SyncState};
use crate::topics::Origin;

/// Below this many columns the bar says less.
const NARROW: u16 = 64;

/// Cells between what stands on the left and what on the right.
const BETWEEN: u16 = 3;

/// What governs the screen, in one row.
pub struct Bar {
    /// The counters, and how the link in force stands.
    pub left: String,
    /// How the scrolling is linked.
    pub right: String,
    /// Whether it has room for how the link in force stands; else that goes before the reason.
    pub has_relation: bool,
}

impl Bar {
    /// The bar, with what fits of it.
    #[must_use]
    pub fn new(pen: Pen<'_>, governing: Option<&Link>) -> Self {
        let columns = pen.model.size.0;
        let holds = governing.filter(|link| link.stands());
        // Beside the name of a topic it would be read as one of its own.
        let is_of_topic = |link: &&Link| link.topic.is_none() || link.topic == pen.model.topic;
        let relation = holds.filter(is_of_topic).and_then(|link| link.relation);
        let relation = relation.filter(|_| columns >= NARROW);
        let relation = relation.map(|relation| format!(" {} {}", pen.signs.dot, relation.words()));
        let counters = counters(pen);
        let [whole, short] = sync_words(pen);
        let made = |(has_relation, is_short)| {
            let relation = relation.as_deref().filter(|_| has_relation).unwrap_or_default();
            let state = if is_short || columns < NARROW { &short } else { &whole };
            let left = format!("{counters}{relation}");
            Self { left, right: format!("{state} "), has_relation: has_relation && !relation.is_empty() }
        };
        // With less between them the two would be read as one phrase.
        let fits = |bar: &Self| cells(&bar.left) + BETWEEN + cells(&bar.right) <= columns;
        let wanted = [(true, false), (true, true), (false, false)];
        wanted.into_iter().map(made).find(fits).unwrap_or_else(|| made((false, true)))
    }
}

/// How the scrolling is linked and what that rests on; and the same where it must be short, the latter alone.
fn sync_words(pen: Pen<'_>) -> [String; 2] {
    let (model, dot) = (pen.model, pen.signs.dot);
    let state = model.sync_state();
    let (whole, short) = match state {
        SyncState::Even => (state.name().to_owned(), "EVEN".to_owned()),
        SyncState::Free => (state.name().to_owned(), state.name().to_owned()),
        SyncState::Anchored => {
            let ground = ground(pen);
            (format!("{} {dot} {ground}", state.name()), ground)
        }
    };
    let is_told =
        !model.are_rows_level() || (state == SyncState::Anchored && model.rests_on() == Rest::LevelRows);
    let (whole, short) = if is_told {
        (whole, short)
    } else {
        (format!("{whole} {dot} level rows"), format!("{short} {dot} level"))
    };
    let ended: Vec<&str> =
        [0, 1].into_iter().filter(|&s| model.ended(s)).map(|s| ["A ends", "B ends"][s]).collect();
    let ended = (!ended.is_empty()).then(|| ended.join(", "));
    let waits = model.waiting().map(|side| ["A waits", "B waits"][side].to_owned());
    let before = [ended, waits].into_iter().flatten().map(|said| format!("{said} {dot} "));
    let before = before.collect::<Vec<_>>().concat();
    [format!("{before}{whole}"), format!("{before}{short}")]
}

/// What the anchored scrolling rests on and how sure that is: `bead .98`.
fn ground(pen: Pen<'_>) -> String {
    match pen.model.rests_on() {
        Rest::Anchor => "your anchor".to_owned(),
        Rest::LevelRows => "level rows".to_owned(),
        Rest::Nothing => SyncState::Anchored.name().to_owned(),
        Rest::Link(index) => match pen.model.pair.links.get(index) {
            Some(link) if link.kind == LinkKind::Topic => "topic link".to_owned(),
            Some(link) if link.origin == Origin::Curated => "numbers".to_owned(),
            Some(link) if link.status == Status::Accepted => "yours".to_owned(),
            Some(link) => format!("bead {}", share(link.confidence)),
            None => "a link".to_owned(),
        },
    }
}

/// A share in two digits: `.98`.
fn share(share: f32) -> String {
    let hundredths = (share.clamp(0.0, 1.0) * 100.0).round() as u8;
    if hundredths >= 100 { "1.0".to_owned() } else { format!(".{hundredths:02}") }
}

/// `soviets 3/14 · A 5/26 · B 2/10`.
fn counters(pen: Pen<'_>) -> String {
    let model = pen.model;
    let dot = pen.signs.dot;
    let links = model.link_counter();
    if model.topic.is_none() {
        let is_none = model.pair.topics_present().next().is_none() && model.why_unindexed().is_none();
        let none = if is_none { "no topic in common" } else { "no topic" };
        let links = if model.has_link() { format!(" {dot} link {}", links.text()) } else { String::new() };
        return format!(" {none}{links}");
    }
    // Where parallel links stand under a topic that one of the texts is not indexed for, the index says nothing of it.
    let counter = |side: usize| {
        let counter = model.entry_counter(side);
        let is_told = counter.of != Some(0) || links.of == Some(0);
        if is_told { format!(" {dot} {} {}", ["A", "B"][side], counter.text()) } else { String::new() }
    };
    let [a, b] = [0, 1].map(counter);
    format!(" {} {}{a}{b}", model.topic_name(), links.text())
}
