//! The status lines: the bar, and below it why its link holds, what the last key said, or the line of input.

use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::Pen;
use super::bar::Bar;
use super::frame::Line;
use crate::layout::split::Area;
use crate::layout::width::{cells, clip, fit};
use crate::layout::wrap::wrap_text;
use crate::links::{Link, LinkKind, Relation, Status};
use crate::reader::action::Action;
use crate::reader::overlay::{Choice, ListKind, Overlay};
use crate::reader::prompt::{Prompt, Purpose};
use crate::topics::Origin;

/// Cells between what is said and what stands at the right of it, as many as between the keys that may follow.
const GAP: u16 = 3;

/// Cells with which the pattern of a search says something; with fewer it is left out.
const LEAST_PATTERN: u16 = 4;

/// Columns below which the figures of a search have a row of their own where something else is to be said.
const NARROW: u16 = 80;

/// The status lines of a frame.
pub struct StatusLines<'a> {
    pen: Pen<'a>,
    /// Where they stand.
    pub area: Area,
    bar: Bar,
    remark: String,
    style: Style,
    hint: String,
}

impl<'a> StatusLines<'a> {
    /// The status lines, with as many rows more than an area has as it takes to read whole what passes: what the
    /// last key said, what is said of the chosen row of a list, of a link that was rejected, the keys that may
    /// follow. The reason of a link moves nothing.
    #[must_use]
    pub fn new(pen: Pen<'a>, area: Area) -> Self {
        let governing = pen.model.governing_link();
        let bar = Bar::new(pen, governing.map(|(_, link)| link));
        let hint = hint(pen);
        let (remark, style) = remark(pen, governing, (bar.has_relation, room(area)));
        let mut lines = Self { pen, area, bar, remark, style, hint };
        // A screen of few rows has one for all.
        if area.rows > 1 && passes(pen, governing) {
            let rows = lines.rows_to_read_whole().clamp(area.rows, (pen.model.size.1 / 2).max(area.rows));
            lines.area = Area { row: area.row + area.rows - rows, rows, ..area };
        }
        lines
    }

    /// Rows of the bar and of all that is said; the line of input has a row below it, the hint shares the last one.
    fn rows_to_read_whole(&self) -> u16 {
        let above = self.above_prompt().len();
        let rows = match self.pen.model.overlay {
            Overlay::Prompt { .. } => above + 1,
            Overlay::None | Overlay::List(_) | Overlay::Pager(_) => {
                let rows = wrapped(&self.remark, room(self.area));
                let last = rows.last().and_then(|bytes| self.remark.get(bytes.clone())).map_or(0, cells);
                let is_parted = last > 0 && is_needed(self.pen) && last > room_beside(self.area, &self.hint);
                rows.len() + usize::from(is_parted)
            }
        };
        u16::try_from(rows + 1).unwrap_or(u16::MAX)
    }

    /// What there is to say above a line of input, in rows.
    fn above_prompt(&self) -> Vec<&str> {
        let message = self.pen.model.message.as_deref().unwrap_or_default();
        let rows = wrap_text(message, self.area.columns.saturating_sub(2).max(1)).into_iter();
        rows.filter_map(|bytes| message.get(bytes)).map(str::trim_end).filter(|row| !row.is_empty()).collect()
    }

    /// Hands them over as lines; where the cursor belongs when something is typed.
    pub fn draw(&self, lines: &mut Vec<Line<'_>>) -> Option<Position> {
        let Self { pen, area, .. } = *self;
        let model = pen.model;
        let below = Area { row: area.row + 1, rows: area.rows - 1, ..area };
        if let Overlay::Prompt { prompt, .. } = &model.overlay {
            if below.rows > 0 {
                lines.push(self.bar());
            }
            let above = Area { rows: below.rows.saturating_sub(1), ..below };
            let said = self.above_prompt();
            for row in 0..above.rows {
                let mut line = pen.composition();
                line.put(" ", pen.styles.plain());
                line.put(said.get(usize::from(row)).copied().unwrap_or_default(), pen.styles.message());
                lines.push(line.on(above, row));
            }
            let beside = model.message.as_deref().filter(|_| above.rows == 0);
            let last = Area { row: area.row + area.rows - 1, rows: 1, ..area };
            let (line, cursor) = prompt_line(pen, last, (prompt, beside));
            lines.push(line);
            return Some(cursor);
        }
        let passes = model.message.is_some() || !model.pending.is_empty() || is_searching(pen);
        if below.rows == 0 && passes {
            // One row for all: what was just said goes before the counters.
            let mut line = pen.composition();
            line.put_both(area.columns, [&self.remark, &self.hint], [self.style, pen.styles.quiet()]);
            lines.push(line.on(area, 0));
        } else {
            lines.push(self.bar());
            self.draw_remark(below, lines);
        }
        None
    }

    fn bar<'l>(&self) -> Line<'l> {
        let Self { pen, area, ref bar, .. } = *self;
        let style = pen.styles.bar();
        let mut line = pen.composition();
        line.put_both(area.columns, [&bar.left, &bar.right], [style, style]);
        line.blanks(area.columns, style);
        line.on(area, 0)
    }

    /// The remark, wrapped, with the hint at the right edge of the last row where both fit; where they don't, the one
    /// of the two that must be seen is.
    fn draw_remark(&self, area: Area, lines: &mut Vec<Line<'_>>) {
        let Self { pen, ref remark, ref hint, style, .. } = *self;
        let columns = room(area);
        let is_needed = is_needed(pen);
        let beside = if is_needed { room_beside(area, hint) } else { columns };
        let rows = wrapped(remark, if area.rows == 1 { beside } else { columns });
        // A hint that takes more than half of the last row is not worth the words that it would cut.
        let is_alone =
            is_needed && area.rows > 1 && rows.len() >= usize::from(area.rows) && beside < area.columns / 2;
        let text_rows = area.rows - u16::from(is_alone);
        for row in 0..area.rows {
            let mut line = pen.composition();
            let bytes = rows.get(usize::from(row)).filter(|_| row < text_rows);
            let of_last = row + 1 == text_rows;
            if let Some(bytes) = bytes {
                let text = if of_last { remark.get(bytes.start..) } else { remark.get(bytes.clone()) };
                let text = text.unwrap_or_default().trim_end();
                let room = if of_last && !is_alone { beside } else { columns };
                line.put(" ", pen.styles.plain());
                line.put(&clip(text, room, pen.model.options.ascii), style);
            }
            let used = line.cells.saturating_sub(1);
            let has_hint =
                row + 1 == area.rows && ((used == 0 && is_needed) || area.columns > used + GAP + cells(hint));
            if has_hint {
                line.blanks(area.columns.saturating_sub(cells(hint)), pen.styles.plain());
                line.put(hint, pen.styles.quiet());
            }
            lines.push(line.on(area, row));
        }
    }
}

/// Whether what is said is gone with the next key, or answers what the reader did.
fn passes(pen: Pen<'_>, governing: Option<(usize, &Link)>) -> bool {
    let model = pen.model;
    let link = governing.or_else(|| model.link_in_question());
    let is_rejected = link.is_some_and(|(_, link)| link.status == Status::Rejected);
    is_rejected || model.message.is_some() || !model.following.is_empty() || pen.listed().is_some()
}

/// Whether the hint must be seen: what is being typed, searched or computed. The one for newcomers gives way to the
/// remark.
fn is_needed(pen: Pen<'_>) -> bool {
    !pen.model.pending.is_empty() || is_searching(pen) || pen.model.progress.is_some()
}

/// Cells of a row for what is said.
fn room(area: Area) -> u16 {
    area.columns.saturating_sub(1).max(1)
}

/// Those that a hint at the right edge leaves.
fn room_beside(area: Area, hint: &str) -> u16 {
    if hint.is_empty() { room(area) } else { area.columns.saturating_sub(1 + GAP + cells(hint)).max(1) }
}

/// Whether the figures of the search are shown: while they say where the reader is.
fn is_searching(pen: Pen<'_>) -> bool {
    let search = &pen.model.search;
    !search.query.is_empty() && (search.is_fresh || search.goes_on)
}

/// The keys that may follow, or what the last action said; else what is said of the chosen row, the reason of the
/// link, of the entry.
fn remark(
    pen: Pen<'_>,
    governing: Option<(usize, &Link)>,
    (has_relation, room): (bool, u16),
) -> (String, Style) {
    let model = pen.model;
    if !model.following.is_empty() {
        return (in_lines(&model.following, room), pen.styles.plain());
    }
    if let Some(message) = &model.message {
        return (message.clone(), pen.styles.message());
    }
    if let Some(changed) = model.changed_on_disk() {
        return (changed, pen.styles.message());
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
    if let Some((_, link)) = governing.filter(|(_, link)| link.status == Status::Rejected) {
        return (about_rejected(pen, link), pen.styles.plain());
    }
    if let Some((index, link)) = governing {
        return (about_link(pen, index, link, !has_relation), pen.styles.plain());
    }
    if let Some(other) = model.lacking() {
        let words = ["no counterpart in the left text", "no counterpart in the right text"][other];
        return (words.to_owned(), pen.styles.plain());
    }
    if let Some((_, link)) = model.link_in_question().filter(|(_, link)| link.status == Status::Rejected) {
        return (about_rejected(pen, link), pen.styles.plain());
    }
    match (model.linked_elsewhere(), model.entry_here()) {
        (Some(linked), Some(entry)) => (format!("{linked}; {}", entry.reason), pen.styles.plain()),
        (Some(said), None) => (said, pen.styles.plain()),
        (None, Some(entry)) => (entry.reason.clone(), pen.styles.plain()),
        (None, None) => (waiting(pen), pen.styles.quiet()),
    }
}

/// Keys and what each does, on lines of their own so that none is parted from what it does.
fn in_lines(following: &[(String, String)], room: u16) -> String {
    let mut lines = String::new();
    let mut used = 0;
    for (key, does) in following {
        let key = format!("{key}  {does}");
        if used > 0 {
            lines.push_str("   ");
            used += 3;
        }
        if used > 0 && used + cells(&key) > room {
            lines.push('\n');
            used = 0;
        }
        lines.push_str(&key);
        used += cells(&key);
    }
    lines
}

/// The rows of what is said, line by line.
fn wrapped(said: &str, columns: u16) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut rows = Vec::new();
    for line in said.split_inclusive('\n') {
        let text = line.trim_end_matches('\n');
        let within = wrap_text(text, columns).into_iter();
        rows.extend(within.map(|bytes| start + bytes.start..start + bytes.end));
        start += line.len();
    }
    rows
}

/// That a link was rejected, what it was, and how to take that back.
fn about_rejected(pen: Pen<'_>, link: &Link) -> String {
    let model = pen.model;
    let (partner, key) = (model.partners(link, 1 - model.focus), model.key(Action::LinkReject));
    let why = if link.reasons.is_empty() { String::new() } else { format!(" ({})", link.reasons.join("; ")) };
    format!("rejected by you: {partner}{why}; {key} takes that back")
}

/// How a link stands, where that is to be said, how far two editions differ in it, and why it holds.
fn about_link(pen: Pen<'_>, index: usize, link: &Link, with_relation: bool) -> String {
    let relation = link.relation.filter(|_| with_relation).map(Relation::words);
    let relation = relation.map_or_else(String::new, |relation| format!("{relation}: "));
    let differences = pen.model.how_far_they_differ(index);
    let differences = differences.map_or_else(String::new, |said| format!("{said}; "));
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

/// Why a link holds, with who says so where it was computed, and how surely; of a parallel one the bar says that.
fn reason(link: &Link) -> String {
    let why = link.reasons.join("; ");
    match link.origin {
        Origin::Curated | Origin::Reader => match link.decided() {
            Some(decided) => format!("{why} ({decided})"),
            None => why,
        },
        Origin::Automatic => {
            let said = link.decided().map_or_else(String::new, |decided| format!(", {decided}"));
            let sure = match link.kind {
                LinkKind::Topic => format!(", confidence {:.2}", link.confidence),
                LinkKind::Parallel => String::new(),
            };
            format!("{why} ({}{said}{sure})", link.origin.name())
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

/// What is searched for, as far as there is room for it, and its figures.
fn hits(pen: Pen<'_>) -> String {
    let counted = counted(pen);
    let model = pen.model;
    // The pattern gives way to what is said at its left, the figures never do; a narrow screen has a row for both.
    let columns = if model.size.0 < NARROW { model.size.0 } else { model.size.0 / 2 };
    let room = columns.saturating_sub(GAP + cells(&counted) + 5);
    if room < LEAST_PATTERN.min(cells(&model.search.query)) {
        return counted;
    }
    format!("/{}  {counted}", clip(&model.search.query, room, model.options.ascii))
}

/// Which hit of how many, and how many the other text has; how far the search is where it goes on.
fn counted(pen: Pen<'_>) -> String {
    let search = &pen.model.search;
    if search.problem.is_some() {
        return "no pattern".to_owned();
    }
    let [here, other] = if search.side == 0 { ["A", "B"] } else { ["B", "A"] };
    let more = if search.hits.len() >= crate::reader::search::MOST_HITS { "more than " } else { "" };
    let said = match search.current {
        Some(at) => format!("{here} {} of {more}{}", at + 1, search.hits.len()),
        None if search.goes_on => String::new(),
        None => format!("{here} no hit"),
    };
    let progress = pen.model.progress.as_deref().filter(|_| search.goes_on).unwrap_or_default();
    match (said.is_empty(), progress.is_empty(), search.goes_on) {
        (false, false, _) => format!("{said} so far, {progress}"),
        (false, true, true) => format!("{said} so far"),
        (false, true, false) => format!("{said}, {other} {}", search.elsewhere),
        (true, _, _) => progress.to_owned(),
    }
}

/// The line of input, with what there is to say beside it, and where the cursor belongs.
fn prompt_line<'a>(
    pen: Pen<'_>,
    area: Area,
    (prompt, message): (&Prompt, Option<&str>),
) -> (Line<'a>, Position) {
    let searching = matches!(prompt.purpose, Purpose::Search { .. }) && !prompt.text.is_empty();
    let problem = pen.model.search.problem.as_deref().filter(|_| searching);
    let right = match (message.or(problem), searching) {
        (Some(said), _) => format!("{} ", clip(said, area.columns / 2, pen.model.options.ascii)),
        (None, true) => format!("{} ", counted(pen)),
        (None, false) => prompt.example().map_or_else(String::new, |example| format!("{example} ")),
    };
    let sign = format!(" {}", prompt.sign());
    // What is typed has half of the row, whatever there is to say of it.
    let least = cells(&prompt.text).min(area.columns / 2);
    let fits = cells(&sign) + least + cells(&right) + 2 <= area.columns;
    let right = if fits { right } else { String::new() };
    let room = area.columns.saturating_sub(cells(&sign) + cells(&right) + 2);
    let before = prompt.text.get(..prompt.cursor).unwrap_or_default();
    // A long line shows its end: graphemes are dropped from its start until the cursor fits.
    let mut skipped = 0;
    while cells(before.get(skipped..).unwrap_or_default()) > room {
        skipped += before.get(skipped..).and_then(|rest| rest.graphemes(true).next()).map_or(1, str::len);
    }
    let shown = prompt.text.get(skipped..).unwrap_or_default();
    let mut line = pen.composition();
    line.put(&sign, pen.styles.strong());
    let start = line.cells;
    line.put(fit(shown, (room + 1).min(area.columns.saturating_sub(start))), pen.styles.plain());
    line.put_both(area.columns, ["", &right], [pen.styles.plain(), pen.styles.quiet()]);
    let column = start + cells(before.get(skipped..).unwrap_or_default());
    let column = area.column + column.min(area.columns.saturating_sub(1));
    (line.on(area, 0), Position::new(column, area.row))
}
