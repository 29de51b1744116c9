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
use crate::reader::overlay::Overlay;
use crate::reader::prompt::{Prompt, Purpose};
use crate::reader::sync::SyncState;
use crate::topics::Origin;

/// Below this many columns the bar says less.
const NARROW: u16 = 64;

/// Draws the status lines; where the cursor belongs when something is typed.
pub fn draw(pen: Pen<'_>, area: Area, buffer: &mut Buffer) -> Option<Position> {
    let bar = pen.styles.bar();
    buffer.set_style(Rect::new(area.column, area.row, area.columns, 1), bar);
    let model = pen.model;
    let governing = model.governing_link().map(|(_, link)| link);
    let state = format!("{} ", sync_word(pen, area.columns < NARROW));
    pen.write_both(buffer, area, 0, [&counters(pen, governing), &state], [bar, bar]);
    let below = Area { row: area.row + 1, rows: area.rows - 1, ..area };
    let last = Area { row: area.row + area.rows - 1, rows: 1, ..area };
    if let Overlay::Prompt { prompt, .. } = &model.overlay {
        return Some(draw_prompt(pen, last, prompt, buffer));
    }
    let (remark, style) = remark(pen, governing);
    if below.rows > 0 {
        draw_remark(pen, below, (&remark, style), buffer);
    } else if model.message.is_some() || !model.pending.is_empty() {
        // One row for all: what was just said goes before the counters.
        buffer.set_style(Rect::new(last.column, last.row, last.columns, 1), Style::reset());
        pen.write(buffer, last, 0, &" ".repeat(last.columns.into()), Style::reset());
        pen.write_both(buffer, last, 0, [&remark, &hint(pen)], [style, pen.styles.quiet()]);
    }
    None
}

/// The remark, wrapped, with the hint at the right edge of the last row where both fit.
fn draw_remark(pen: Pen<'_>, area: Area, (remark, style): (&str, Style), buffer: &mut Buffer) {
    let model = pen.model;
    let hint = hint(pen);
    // What is being typed or searched must be seen; the hint for newcomers gives way to the remark.
    let needed = !model.pending.is_empty() || !model.search.query.is_empty() || model.progress.is_some();
    let reserved = if needed { cells(&hint) + 1 } else { 0 };
    let columns = area.columns.saturating_sub(1);
    let rows = wrap_text(remark, columns.saturating_sub(if area.rows == 1 { reserved } else { 0 }).max(1));
    let mut used = 0;
    for (row, bytes) in (0..area.rows).zip(&rows) {
        let last = row + 1 == area.rows;
        let text = if last { remark.get(bytes.start..) } else { remark.get(bytes.clone()) };
        let room = columns.saturating_sub(if last { reserved } else { 0 });
        let text = clip(text.unwrap_or_default().trim_end(), room, model.options.ascii);
        used = if last { cells(&text) } else { 0 };
        pen.write_at(buffer, area, (1, row), &text, style);
    }
    if area.columns >= used + cells(&hint) + 2 {
        let at = area.columns - cells(&hint);
        pen.write_at(buffer, area, (at, area.rows - 1), &hint, pen.styles.quiet());
    }
}

fn sync_word(pen: Pen<'_>, narrow: bool) -> String {
    let model = pen.model;
    let ended: Vec<&str> =
        [0, 1].into_iter().filter(|&s| model.ended(s)).map(|s| ["A ends", "B ends"][s]).collect();
    let state = match model.sync_state() {
        SyncState::Even if narrow => "A GUESS".to_owned(),
        SyncState::Anchored if !narrow => anchored(pen),
        state @ (SyncState::Anchored | SyncState::Even | SyncState::Free) => state.name().to_owned(),
    };
    if ended.is_empty() { state } else { format!("{} {} {state}", ended.join(", "), pen.signs.dot) }
}

/// What the anchored scrolling rests on and how sure that is: `ANCHORED · bead .98`.
fn anchored(pen: Pen<'_>) -> String {
    let model = pen.model;
    let link = model.link_between([model.current(0), model.current(1)]).map(|(_, link)| link);
    let ground = match link {
        Some(link) if link.kind == LinkKind::Topic => "topic link".to_owned(),
        Some(link) if link.origin == Origin::Curated => "numbers".to_owned(),
        Some(link) if link.status == Status::Accepted => "yours".to_owned(),
        Some(link) => format!("bead {}", share(link.confidence)),
        None => return SyncState::Anchored.name().to_owned(),
    };
    format!("{} {} {ground}", SyncState::Anchored.name(), pen.signs.dot)
}

/// A share in two digits: `.98`.
fn share(share: f32) -> String {
    let hundredths = (share.clamp(0.0, 1.0) * 100.0).round() as u8;
    if hundredths >= 100 { "1.0".to_owned() } else { format!(".{hundredths:02}") }
}

/// `soviets 3/14 · A 5/26 · B 2/10 · contradicts`.
fn counters(pen: Pen<'_>, governing: Option<&Link>) -> String {
    let model = pen.model;
    let dot = pen.signs.dot;
    if model.topics_in_view().is_empty() {
        return " no topic in common".to_owned();
    }
    let links = model.link_counter();
    // Where parallel links stand under a topic that one of the texts is not indexed for, the index says nothing of it.
    let counter = |side: usize| {
        let counter = model.entry_counter(side);
        let is_told = counter.of > 0 || links.of == 0;
        if is_told { format!(" {dot} {} {}", ["A", "B"][side], counter.text()) } else { String::new() }
    };
    let [a, b] = [0, 1].map(counter);
    // On a narrow screen the relation stands before the reason.
    let wide = model.size.0 >= NARROW;
    let relation = governing.and_then(|link| link.relation).filter(|_| wide).map(Relation::words);
    let relation = relation.map_or_else(String::new, |relation| format!(" {dot} {relation}"));
    format!(" {} {}{a}{b}{relation}", model.topic_name(), links.text())
}

/// What the last action said; else the definition under the choice, the reason of the link, of the entry.
fn remark(pen: Pen<'_>, governing: Option<&Link>) -> (String, Style) {
    let model = pen.model;
    if let Some(message) = &model.message {
        return (message.clone(), pen.styles.message());
    }
    if let Some(topic) = pen.in_topics().and_then(|list| list.chosen_row()) {
        return (topic.detail.clone(), pen.styles.plain());
    }
    if let Some(link) = governing {
        let relation = link.relation.filter(|_| model.size.0 < NARROW).map(Relation::words);
        let relation = relation.map_or_else(String::new, |relation| format!("{relation}: "));
        let differences = model.governing_link().and_then(|(index, _)| model.differences(index));
        let differences = differences.map_or_else(String::new, |found| format!("{}; ", found.sentence()));
        return (format!("{relation}{differences}{}", reason(link)), pen.styles.plain());
    }
    if let Some(other) = model.lacking() {
        let words = ["no counterpart in the left text", "no counterpart in the right text"][other];
        return (words.to_owned(), pen.styles.plain());
    }
    if let Some(said) = model.partner_elsewhere() {
        return (said, pen.styles.plain());
    }
    match model.entry_here() {
        Some(entry) => (entry.reason.clone(), pen.styles.plain()),
        None => (waiting(pen), pen.styles.quiet()),
    }
}

/// Between links: how many there are, and how to come to them.
fn waiting(pen: Pen<'_>) -> String {
    let model = pen.model;
    let links = model.links_of(model.topic).len();
    let [next, list] = [Action::LinkNext, Action::Links].map(|action| model.key(action));
    match links {
        0 => String::new(),
        1 => format!("one link joins the two texts here: {next} goes to it"),
        _ => format!("{links} links join the two texts here: {next} goes to the next, {list} lists them"),
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
    if !model.search.query.is_empty() {
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
        Overlay::List(_) => return "enter goes there  / filters  esc closes ".to_owned(),
        Overlay::Pager(_) => return "j k move  / filters  esc closes ".to_owned(),
        Overlay::Prompt { .. } => &[],
    };
    keys.iter().map(|(action, what)| of(*action, what)).collect()
}

fn hits(pen: Pen<'_>) -> String {
    let search = &pen.model.search;
    format!("/{}  {}", search.query, counted(pen))
}

/// Which hit of how many; how far the search is where it goes on.
fn counted(pen: Pen<'_>) -> String {
    let search = &pen.model.search;
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
        (false, true, false) => said,
        (true, _, _) => progress.to_owned(),
    }
}

fn draw_prompt(pen: Pen<'_>, area: Area, prompt: &Prompt, buffer: &mut Buffer) -> Position {
    pen.write(buffer, area, 0, &" ".repeat(area.columns.into()), Style::reset());
    let searching = matches!(prompt.purpose, Purpose::Search { .. }) && !prompt.text.is_empty();
    let right = match (&pen.model.message, searching) {
        (Some(message), _) => format!("{message} "),
        (None, true) => format!("{} ", counted(pen)),
        (None, false) => String::new(),
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
