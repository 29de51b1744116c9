//! The status lines: what governs the screen, and why; or the line of input.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::Pen;
use crate::layout::split::Area;
use crate::layout::width::{cells, clip};
use crate::layout::wrap::wrap_text;
use crate::links::{Link, LinkKind, Relation, Status};
use crate::reader::action::Action;
use crate::reader::overlay::{Choice, ListKind, Overlay};
use crate::reader::prompt::{Prompt, Purpose};
use crate::reader::sync::{Rest, SyncState};
use crate::topics::Origin;

/// Below this many columns the bar says less.
const NARROW: u16 = 64;

/// The status lines, with as many rows more as it takes to read whole what passes: what the last key said, what
/// is said of the chosen row of a list, the keys that may follow. The reason of a link moves nothing.
#[must_use]
pub fn area(pen: Pen<'_>, area: Area) -> Area {
    let model = pen.model;
    let passes = model.message.is_some() || !model.following.is_empty() || pen.listed().is_some();
    if !passes || area.rows < 2 || matches!(model.overlay, Overlay::Prompt { .. }) {
        return area;
    }
    let (remark, _) = remark(pen, model.governing_link().map(|(_, link)| link));
    let room = area.columns.saturating_sub(1 + if is_needed(pen) { cells(&hint(pen)) + 1 } else { 0 });
    // The last row is the one that shares its room.
    let rows = wrap_text(&remark, room.max(1)).len() as u16 + 1;
    let rows = rows.clamp(area.rows, (model.size.1 / 2).max(area.rows));
    Area { row: area.row + area.rows - rows, rows, ..area }
}

/// Draws the status lines; where the cursor belongs when something is typed.
pub fn draw(pen: Pen<'_>, area: Area, buffer: &mut Buffer) -> Option<Position> {
    let bar = pen.styles.bar();
    for row in 0..area.rows {
        pen.write(buffer, area, row, &" ".repeat(area.columns.into()), Style::reset());
    }
    buffer.set_style(Rect::new(area.column, area.row, area.columns, 1), bar);
    let model = pen.model;
    let governing = model.governing_link().map(|(_, link)| link);
    let Bar { left, right, .. } = Bar::new(pen, governing);
    pen.write_both(buffer, area, 0, [&left, &right], [bar, bar]);
    let below = Area { row: area.row + 1, rows: area.rows - 1, ..area };
    let last = Area { row: area.row + area.rows - 1, rows: 1, ..area };
    if let Overlay::Prompt { prompt, .. } = &model.overlay {
        let (above, beside) = if below.rows > 1 { (&model.message, &None) } else { (&None, &model.message) };
        if let Some(message) = above {
            let message = clip(message, below.columns.saturating_sub(2), model.options.ascii);
            pen.write_at(buffer, below, (1, 0), &message, pen.styles.message());
        }
        return Some(draw_prompt(pen, last, (prompt, beside.as_deref()), buffer));
    }
    let (remark, style) = remark(pen, governing);
    if below.rows > 0 {
        draw_remark(pen, below, (&remark, style), buffer);
    } else if model.message.is_some() || !model.pending.is_empty() {
        // One row for all: what was just said goes before the counters.
        pen.write(buffer, last, 0, &" ".repeat(last.columns.into()), Style::reset());
        pen.write_both(buffer, last, 0, [&remark, &hint(pen)], [style, pen.styles.quiet()]);
    }
    None
}

/// The remark, wrapped, with the hint at the right edge of the last row where both fit.
fn draw_remark(pen: Pen<'_>, area: Area, (remark, style): (&str, Style), buffer: &mut Buffer) {
    let model = pen.model;
    let hint = hint(pen);
    let reserved = if is_needed(pen) { cells(&hint) + 1 } else { 0 };
    let columns = area.columns.saturating_sub(1);
    let rows = wrap_text(remark, columns.saturating_sub(if area.rows == 1 { reserved } else { 0 }).max(1));
    let mut used = 0;
    for (row, bytes) in (0..area.rows).zip(&rows) {
        let last = row + 1 == area.rows;
        let text = if last { remark.get(bytes.start..) } else { remark.get(bytes.clone()) };
        let room = columns.saturating_sub(if last { reserved } else { 0 });
        let text = text.unwrap_or_default().trim_end().replace('\u{a0}', " ");
        let text = clip(&text, room, model.options.ascii);
        used = if last { cells(&text) } else { 0 };
        pen.write_at(buffer, area, (1, row), &text, style);
    }
    if area.columns >= used + cells(&hint) + 2 {
        let at = area.columns - cells(&hint);
        pen.write_at(buffer, area, (at, area.rows - 1), &hint, pen.styles.quiet());
    }
}

/// Whether the hint must be seen: what is being typed or searched. The one for newcomers gives way to the remark.
fn is_needed(pen: Pen<'_>) -> bool {
    let model = pen.model;
    !model.pending.is_empty() || is_searching(pen) || model.progress.is_some()
}

/// Whether the figures of the search are shown: while they say where the reader is.
fn is_searching(pen: Pen<'_>) -> bool {
    let search = &pen.model.search;
    !search.query.is_empty() && (search.is_fresh || search.goes_on)
}

/// What governs the screen, in one row.
struct Bar {
    left: String,
    right: String,
    /// Whether it has room for how the link in force stands; else that goes before the reason.
    has_relation: bool,
}

impl Bar {
    fn new(pen: Pen<'_>, governing: Option<&Link>) -> Self {
        let columns = pen.model.size.0;
        let holds = governing.filter(|link| link.status != Status::Rejected);
        let relation = holds.and_then(|link| link.relation).filter(|_| columns >= NARROW);
        let relation = relation.map(|relation| format!(" {} {}", pen.signs.dot, relation.words()));
        let counters = counters(pen);
        let made = |(has_relation, short)| {
            let relation = relation.as_deref().filter(|_| has_relation).unwrap_or_default();
            let (left, state) = (format!("{counters}{relation}"), sync_word(pen, short || columns < NARROW));
            Self { left, right: format!("{state} "), has_relation: has_relation && !relation.is_empty() }
        };
        let fits = |bar: &Self| cells(&bar.left) + 1 + cells(&bar.right) <= columns;
        let wanted = [(true, false), (true, true), (false, false)];
        wanted.into_iter().map(made).find(fits).unwrap_or_else(|| made((false, true)))
    }
}

/// How the scrolling is linked and what that rests on; where that must be `short`, the latter alone.
fn sync_word(pen: Pen<'_>, short: bool) -> String {
    let model = pen.model;
    let ended: Vec<&str> =
        [0, 1].into_iter().filter(|&s| model.ended(s)).map(|s| ["A ends", "B ends"][s]).collect();
    let state = match model.sync_state() {
        SyncState::Even if short => "EVEN".to_owned(),
        SyncState::Anchored if short => ground(pen),
        SyncState::Anchored => format!("{} {} {}", SyncState::Anchored.name(), pen.signs.dot, ground(pen)),
        state @ (SyncState::Even | SyncState::Free) => state.name().to_owned(),
    };
    let waits = model.waiting().map(|side| ["A waits", "B waits"][side]);
    let state = waits.map_or_else(|| state.clone(), |waits| format!("{waits} {} {state}", pen.signs.dot));
    if ended.is_empty() { state } else { format!("{} {} {state}", ended.join(", "), pen.signs.dot) }
}

/// What the anchored scrolling rests on and how sure that is: `bead .98`.
fn ground(pen: Pen<'_>) -> String {
    match pen.model.rests_on() {
        Rest::Anchor => "yours".to_owned(),
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
        let is_none = model.topics_in_view().next().is_none() && model.why_unindexed().is_none();
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

/// The keys that may follow, or what the last action said; else what is said of the chosen row, the reason of the
/// link, of the entry.
fn remark(pen: Pen<'_>, governing: Option<&Link>) -> (String, Style) {
    let model = pen.model;
    if !model.following.is_empty() {
        // No line ends between a key and what it does.
        let keys = model.following.iter().map(|(key, does)| format!("{key}  {does}").replace(' ', "\u{a0}"));
        return (keys.collect::<Vec<_>>().join("   "), pen.styles.plain());
    }
    if let Some(message) = &model.message {
        return (message.clone(), pen.styles.message());
    }
    let row = pen.listed().and_then(|list| list.chosen_row());
    match row.map(|row| (&row.choice, &row.detail)) {
        Some((Choice::Topic(_) | Choice::Open(_), detail)) => return (detail.clone(), pen.styles.plain()),
        Some((Choice::Link(index), _)) => {
            if let Some(link) = model.pair.links.get(*index) {
                return (about_link(pen, *index, link, true), pen.styles.plain());
            }
        }
        Some((Choice::Place(_) | Choice::Mark(_) | Choice::Anchor(_), _)) | None => {}
    }
    // Also of a link that was gone to, left and come back to in this text alone.
    if let Some(said) = model.partner_elsewhere() {
        return (said, pen.styles.plain());
    }
    if let (Some((index, _)), Some(link)) = (model.governing_link(), governing) {
        let is_said = Bar::new(pen, governing).has_relation || link.status == Status::Rejected;
        return (about_link(pen, index, link, !is_said), pen.styles.plain());
    }
    if let Some(other) = model.lacking() {
        let words = ["no counterpart in the left text", "no counterpart in the right text"][other];
        return (words.to_owned(), pen.styles.plain());
    }
    if let Some((_, link)) = model.link_in_question().filter(|(_, link)| link.status == Status::Rejected) {
        let key = model.key(Action::LinkReject);
        let said =
            format!("rejected by you: {}; {key} takes that back", model.partners(link, 1 - model.focus));
        return (said, pen.styles.plain());
    }
    match model.entry_here() {
        Some(entry) => (entry.reason.clone(), pen.styles.plain()),
        None => (waiting(pen), pen.styles.quiet()),
    }
}

/// How a link stands, where that is to be said, how far two editions differ in it, and why it holds.
fn about_link(pen: Pen<'_>, index: usize, link: &Link, with_relation: bool) -> String {
    let relation = link.relation.filter(|_| with_relation).map(Relation::words);
    let relation = relation.map_or_else(String::new, |relation| format!("{relation}: "));
    let differences = pen.model.differences(index);
    let differences = differences.map_or_else(String::new, |found| format!("{}; ", found.sentence()));
    format!("{relation}{differences}{}", reason(link))
}

/// Between links: how many there are, and how to come to them.
fn waiting(pen: Pen<'_>) -> String {
    let model = pen.model;
    let links = model.links_of(model.topic).len();
    let joined = match model.topic {
        Some(_) => format!("the two texts under {}", model.topic_name()),
        None => model.what_is_joined().to_owned(),
    };
    let [next, list] = [Action::LinkNext, Action::Links].map(|action| model.key(action));
    match links {
        0 => String::new(),
        1 => format!("one link joins {joined}: {next} goes to it"),
        _ => format!("{links} links join {joined}: {next} goes to the next, {list} lists them"),
    }
}

/// Why a link holds, with who says so where it was computed.
fn reason(link: &Link) -> String {
    let why = link.reasons.join("; ");
    match link.origin {
        Origin::Curated | Origin::Reader => match link.decided() {
            Some(decided) => format!("{why} ({decided})"),
            None => why,
        },
        Origin::Automatic => {
            let said = link.decided().map_or_else(String::new, |decided| format!(", {decided}"));
            format!("{why} ({}{said}, confidence {:.2})", link.origin.name(), link.confidence)
        }
    }
}

/// The keys of an unfinished sequence, the hits of a search, what is computed beside the reading, or the keys a newcomer needs.
fn hint(pen: Pen<'_>) -> String {
    let model = pen.model;
    if !model.pending.is_empty() {
        return format!("{} ", model.pending);
    }
    if is_searching(pen) {
        return format!("{} ", hits(pen));
    }
    if let Some(work) = &model.progress {
        return format!("{work}  {} stops ", model.key(Action::Cancel));
    }
    let of = |action: Action, what: &str| {
        let key = model.key(action);
        if key.is_empty() { String::new() } else { format!("{key} {what}  ") }
    };
    let keys: &[(Action, &str)] = match &model.overlay {
        Overlay::None => &[
            (Action::Topics, "topics"),
            (Action::LinkNext, "next link"),
            (Action::Inspect, "why"),
            (Action::Help, "help"),
        ],
        Overlay::List(list) => {
            let more = match list.kind {
                ListKind::Links => {
                    format!("{}{}", of(Action::LinkAccept, "holds"), of(Action::LinkReject, "does not"))
                }
                ListKind::Marks => "x removes  ".to_owned(),
                ListKind::Topics | ListKind::Contents | ListKind::Editions => String::new(),
            };
            return format!("enter goes there  {more}/ filters  esc closes ");
        }
        Overlay::Pager(_) => return "j k move  / filters  esc closes ".to_owned(),
        Overlay::Prompt { .. } => &[],
    };
    // What leads nowhere is not offered.
    let leads = |action: Action| action != Action::LinkNext || model.has_link();
    keys.iter().filter(|(action, _)| leads(*action)).map(|(action, what)| of(*action, what)).collect()
}

fn hits(pen: Pen<'_>) -> String {
    let search = &pen.model.search;
    format!("/{}  {}", search.query, counted(pen))
}

/// Which hit of how many, and how many the other text has; how far the search is where it goes on.
fn counted(pen: Pen<'_>) -> String {
    let search = &pen.model.search;
    if search.problem.is_some() {
        return "no pattern".to_owned();
    }
    let more = if search.hits.len() >= crate::reader::search::MOST_HITS { "more than " } else { "" };
    let said = match search.current {
        Some(at) => format!("{} of {more}{}", at + 1, search.hits.len()),
        None if search.goes_on => String::new(),
        None => "no hit".to_owned(),
    };
    let progress = pen.model.progress.as_deref().filter(|_| search.goes_on).unwrap_or_default();
    match (said.is_empty(), progress.is_empty(), search.goes_on) {
        (false, false, _) => format!("{said} so far, {progress}"),
        (false, true, true) => format!("{said} so far"),
        (false, true, false) => format!("{said}, {} {}", ["B", "A"][search.side], search.elsewhere),
        (true, _, _) => progress.to_owned(),
    }
}

/// The line of input, with what there is to say beside it.
fn draw_prompt(
    pen: Pen<'_>,
    area: Area,
    (prompt, message): (&Prompt, Option<&str>),
    buffer: &mut Buffer,
) -> Position {
    pen.write(buffer, area, 0, &" ".repeat(area.columns.into()), Style::reset());
    let searching = matches!(prompt.purpose, Purpose::Search { .. }) && !prompt.text.is_empty();
    let problem = pen.model.search.problem.as_deref().filter(|_| searching);
    let right = match (message.or(problem), searching) {
        (Some(said), _) => format!("{} ", clip(said, area.columns / 2, pen.model.options.ascii)),
        (None, true) => format!("{} ", counted(pen)),
        (None, false) => prompt.example().map_or_else(String::new, |example| format!("{example} ")),
    };
    let sign = format!(" {}", prompt.sign());
    let room = area.columns.saturating_sub(cells(&sign) + cells(&right) + 2);
    let before = prompt.text.get(..prompt.cursor).unwrap_or_default();
    // A long line shows its end: graphemes are dropped from its start until the cursor fits.
    let mut skipped = 0;
    while cells(before.get(skipped..).unwrap_or_default()) > room {
        skipped += before.get(skipped..).and_then(|rest| rest.graphemes(true).next()).map_or(1, str::len);
    }
    let shown = prompt.text.get(skipped..).unwrap_or_default();
    pen.write_both(buffer, area, 0, ["", &right], [pen.styles.plain(), pen.styles.quiet()]);
    let start = pen.write(buffer, area, 0, &sign, pen.styles.strong());
    let field = Area { columns: (start + room + 1).min(area.columns), ..area };
    pen.write_at(buffer, field, (start, 0), shown, pen.styles.plain());
    let column = start + cells(before.get(skipped..).unwrap_or_default());
    Position::new(area.column + column.min(area.columns.saturating_sub(1)), area.row)
}
