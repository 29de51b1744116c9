//! What lies over the texts in a box: lists, help, the card of a passage.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::{Pen, index};
use crate::layout::split::{Area, Screen};
use crate::layout::width::{cells, clip};
use crate::layout::wrap::wrap_text;
use crate::reader::overlay::{List, ListKind, Overlay, Pager, PagerLine, Weight};

/// Cells in which something can be said beside the text of an entry; with fewer it stands on a row of its own.
const LEAST_BESIDE: u16 = 24;

/// Said where a filter leaves no row, and where the reader removed the last one.
const NOTHING: &str = "nothing contains these words";
const NOTHING_LEFT: &str = "nothing is left here";

/// Whether a box is open.
#[must_use]
pub fn is_open(pen: Pen<'_>, screen: &Screen) -> bool {
    match pen.model.overlay.over_texts() {
        Overlay::None | Overlay::Prompt { .. } => false,
        // On a wide screen the index in view has the keys; no box is needed.
        Overlay::List(list) => list.kind != ListKind::Topics || screen.index.is_none(),
        Overlay::Pager(_) => true,
    }
}

/// Draws the box, if one is open; the place of the chosen row, or of the first words.
pub fn draw(pen: Pen<'_>, screen: &Screen, buffer: &mut Buffer) -> Option<Position> {
    if !is_open(pen, screen) {
        return None;
    }
    let whole = Area { column: 0, row: 0, columns: pen.model.size.0, rows: screen.status.row };
    match pen.model.overlay.over_texts() {
        Overlay::None | Overlay::Prompt { .. } => None,
        Overlay::List(list) => Some(draw_list(pen, whole, list, buffer)),
        Overlay::Pager(pager) => Some(draw_pager(pen, whole, pager, buffer)),
    }
}

/// A box of at most so many cells in the middle of an area; the area inside its border. What is said below takes rows
/// of its own for a while: as long as the box has room enough above that, it does not move.
fn open_box(
    pen: Pen<'_>,
    whole: Area,
    (columns, rows): (u16, u16),
    title: &str,
    buffer: &mut Buffer,
) -> Area {
    let columns = columns.saturating_add(4).min(whole.columns);
    let rows = rows.saturating_add(2).min(whole.rows);
    let column = (whole.columns - columns) / 2;
    let taken = pen.model.screen().status.row.saturating_sub(whole.row + whole.rows);
    let row = whole.row + ((whole.rows + taken - rows) / 2).min(whole.rows - rows);
    let outer = Area { column, row, columns, rows };
    let [top_left, top_right, bottom_left, bottom_right] = pen.signs.corners;
    let quiet = pen.styles.quiet();
    for line in 0..rows {
        // Half of a wide letter that the box covers would lie over its border.
        if let Some(beside) = column.checked_sub(1).map(|beside| &mut buffer[(beside, row + line)])
            && cells(beside.symbol()) > 1
        {
            beside.set_symbol(" ");
        }
        let rect = Rect::new(column, row + line, columns, 1);
        buffer.set_style(rect, Style::reset());
        pen.write(buffer, outer, line, &" ".repeat(columns.into()), Style::reset());
        let (left, right) = match line {
            0 => (top_left, top_right),
            _ if line + 1 == rows => (bottom_left, bottom_right),
            _ => (pen.signs.down, pen.signs.down),
        };
        if line == 0 || line + 1 == rows {
            pen.rule(buffer, outer, line, 0, quiet);
        }
        pen.write(buffer, outer, line, left, quiet);
        pen.write_at(buffer, outer, (columns.saturating_sub(1), line), right, quiet);
    }
    let title = format!(" {} ", clip(title, columns.saturating_sub(6), pen.model.options.ascii));
    pen.write_at(buffer, outer, (2, 0), &title, pen.styles.strong());
    Area {
        column: column + 2,
        row: row + 1,
        columns: columns.saturating_sub(4),
        rows: rows.saturating_sub(2),
    }
}

fn draw_list(pen: Pen<'_>, whole: Area, list: &List, buffer: &mut Buffer) -> Position {
    let shown: Vec<_> = list.shown().collect();
    let topics = list.kind == ListKind::Topics;
    let text = list.rows.iter().map(|row| cells(&row.text)).max().unwrap_or(0);
    let detail = list.rows.iter().map(|row| cells(&row.detail)).max().unwrap_or(0);
    let columns = if topics { 44 } else { (text.saturating_add(detail) + 4).max(30) };
    let title = titled(&list.title, &list.filter);
    let is_contents = list.kind == ListKind::Contents;
    let beside = whole.columns.saturating_sub(text + 7);
    let is_cramped = !topics && !is_contents && beside < detail.min(LEAST_BESIDE);
    let rows_each = if is_cramped { 2 } else { 1 };
    let rows = list.rows.len().max(1) as u16;
    let inside = open_box(pen, whole, (columns, rows.saturating_mul(rows_each)), &title, buffer);
    let mut place = Position::new(inside.column, inside.row);
    if shown.is_empty() {
        let why = if list.rows.is_empty() { NOTHING_LEFT } else { NOTHING };
        pen.write(buffer, inside, 0, why, pen.styles.quiet());
        return place;
    }
    let fit = inside.rows.div_ceil(rows_each);
    let whole_ones = usize::from(inside.rows / rows_each).max(1);
    let first = list.chosen.saturating_sub(whole_ones / 2);
    let first = first.min(shown.len().saturating_sub(whole_ones));
    say_more(pen, inside, [first > 0, first + whole_ones < shown.len()], buffer);
    if topics {
        return index::draw_list(pen, inside, first, buffer);
    }
    // Figures stand at the right edge, words begin in one column.
    let stands = if is_contents {
        Detail::AtTheEdge
    } else if is_cramped {
        Detail::Below
    } else {
        Detail::From(text + 3)
    };
    for (place_in_box, (number, line)) in (0..fit).zip(shown.iter().enumerate().skip(first)) {
        let row = place_in_box * rows_each;
        let chosen = number == list.chosen;
        if chosen {
            place = Position::new(inside.column + 1, inside.row + row);
        }
        let style = if chosen { pen.styles.bar() } else { pen.styles.plain() };
        let entry = Area { row: inside.row + row, rows: rows_each.min(inside.rows - row), ..inside };
        buffer.set_style(Rect::new(entry.column, entry.row, entry.columns, entry.rows), style);
        let sign = if chosen { pen.signs.here } else { " " };
        let quiet = if chosen { style } else { pen.styles.quiet() };
        // Where not all columns fit, what stands in the last ones matters more than that they are columns.
        let text = if text + 1 > inside.columns { squeezed(&line.text) } else { Cow::from(&line.text) };
        draw_entry(pen, (entry, stands), ([sign, &text, &line.detail], [style, quiet]), buffer);
    }
    place
}

/// The cells of a row with no more room between them than parts them.
fn squeezed(row: &str) -> Cow<'_, str> {
    let cells: Vec<&str> = row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
    cells.join("  ").into()
}

/// Where that stands which is said about an entry of a list.
#[derive(Clone, Copy)]
enum Detail {
    /// From a column on, as much of it as fits.
    From(u16),
    /// At the right edge, whole.
    AtTheEdge,
    /// On the row below.
    Below,
}

/// A heading with the words that the rows below contain.
fn titled(title: &str, filter: &str) -> String {
    if filter.is_empty() { title.to_owned() } else { format!("{title}, containing `{filter}`") }
}

/// Says at the border that there are rows above and below those in the box.
fn say_more(pen: Pen<'_>, inside: Area, [above, below]: [bool; 2], buffer: &mut Buffer) {
    let (row, rows) = (inside.row - 1, inside.rows + 2);
    let outer = Area { column: inside.column - 2, row, columns: inside.columns + 4, rows };
    let column = outer.columns.saturating_sub(8);
    for (row, more) in [(0, above), (rows - 1, below)] {
        if more {
            pen.write_at(buffer, outer, (column, row), " more ", pen.styles.quiet());
        }
    }
}

/// An entry of a list: what it is, and what is said about it.
fn draw_entry(
    pen: Pen<'_>,
    (area, stands): (Area, Detail),
    ([sign, text, detail], [style, quiet]): ([&str; 3], [Style; 2]),
    buffer: &mut Buffer,
) {
    let ascii = pen.model.options.ascii;
    pen.write(buffer, area, 0, sign, style);
    let figures = match stands {
        Detail::AtTheEdge if !detail.is_empty() => cells(detail) + 2,
        Detail::AtTheEdge | Detail::From(_) | Detail::Below => 0,
    };
    let text = clip(text, area.columns.saturating_sub(1 + figures), ascii);
    let end = pen.write_at(buffer, area, (1, 0), &text, style) + 2;
    let (column, row) = match stands {
        Detail::From(column) => (column.max(end), 0),
        Detail::AtTheEdge => (area.columns.saturating_sub(cells(detail)), 0),
        Detail::Below => (3, 1),
    };
    let detail = clip(detail, area.columns.saturating_sub(column), ascii);
    pen.write_at(buffer, area, (column, row), &detail, quiet);
}

fn draw_pager(pen: Pen<'_>, whole: Area, pager: &Pager, buffer: &mut Buffer) -> Position {
    let columns = 76.min(whole.columns.saturating_sub(4));
    let lines = pager.shown();
    let widest = lines.iter().map(|line| cells(&line.label)).max().unwrap_or(0);
    let label_columns = if widest == 0 { 0 } else { widest.min(columns / 3) + 2 };
    let rows: Vec<(String, String, Weight)> =
        lines.iter().flat_map(|line| rows_of(line, columns, label_columns)).collect();
    // The empty row before a heading parts it from what stands above; nothing stands above the first.
    let first_is_empty = usize::from(rows.first().is_some_and(|row| row.1.is_empty()));
    let rows = rows.get(first_is_empty..).unwrap_or_default();
    // What is said of a passage should not cover it: the passage stands at the head of the screen.
    let most = if pager.beside { whole.rows * 3 / 5 } else { whole.rows };
    let height = (rows.len().max(1) as u16 + 2).min(most);
    let whole = if pager.beside { Area { row: whole.rows - height, rows: height, ..whole } } else { whole };
    let title = titled(&pager.title, &pager.filter);
    let inside = open_box(pen, whole, (columns, rows.len().max(1) as u16), &title, buffer);
    if rows.is_empty() {
        pen.write(buffer, inside, 0, NOTHING, pen.styles.quiet());
    }
    let skipped: usize =
        lines.iter().take(pager.top).map(|line| rows_of(line, columns, label_columns).len()).sum();
    // The last page stays full.
    let skipped = skipped.saturating_sub(first_is_empty).min(rows.len().saturating_sub(inside.rows.into()));
    for (row, (label, text, weight)) in (0..inside.rows).zip(rows.iter().skip(skipped)) {
        let style = match weight {
            Weight::Plain => pen.styles.plain(),
            Weight::Heading => pen.styles.strong(),
            Weight::Quiet => pen.styles.quiet(),
        };
        pen.write(buffer, inside, row, label, pen.styles.chosen());
        let column = if *weight == Weight::Heading { 0 } else { label_columns };
        pen.write_at(buffer, inside, (column, row), text, style);
    }
    say_more(pen, inside, [skipped > 0, rows.len() > skipped + usize::from(inside.rows)], buffer);
    Position::new(inside.column, inside.row)
}

/// A line wrapped into rows: a label, words, weight. A label too long for its column has rows of its own.
fn rows_of(line: &PagerLine, columns: u16, label_columns: u16) -> Vec<(String, String, Weight)> {
    let room = if line.weight == Weight::Heading { columns } else { columns.saturating_sub(label_columns) };
    let labels = packed(&line.label, label_columns.saturating_sub(2).max(1));
    let blank = if line.weight == Weight::Heading {
        vec![(String::new(), String::new(), Weight::Plain)]
    } else {
        Vec::new()
    };
    let words = wrapped(&line.text, room);
    let row = |n: usize| {
        let [label, text] = [&labels, &words].map(|rows| rows.get(n).cloned().unwrap_or_default());
        (label, text, line.weight)
    };
    blank.into_iter().chain((0..words.len().max(labels.len())).map(row)).collect()
}

/// The rows of a label, which breaks between its words alone: `C-w` is one.
fn packed(label: &str, columns: u16) -> Vec<String> {
    let mut rows = vec![String::new()];
    for word in label.split_inclusive(' ') {
        let Some(row) = rows.last_mut() else { continue };
        if row.is_empty() || cells(row) + cells(word.trim_end()) <= columns {
            row.push_str(word);
        } else {
            rows.push(word.trim_start().to_owned());
        }
    }
    rows.into_iter().map(|row| clip(row.trim_end(), columns, false).into_owned()).collect()
}

/// The rows of a text, without the spaces at their ends.
fn wrapped(text: &str, columns: u16) -> Vec<String> {
    let rows = wrap_text(text, columns).into_iter();
    rows.map(|bytes| text.get(bytes).unwrap_or_default().trim_end().to_owned()).collect()
}
