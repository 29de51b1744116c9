//! The topic index: each topic with its counts in the left and the right text, and a bar for each.

use compact_str::{CompactString, ToCompactString};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::Pen;
use super::frame::Line;
use crate::layout::split::{Area, TOPIC_COLUMNS};
use crate::layout::width::{cells, clip};
use crate::reader::action::Action;
use crate::reader::overlay::{Choice, ListRow};

/// Cells of one bar.
const BAR: u16 = 3;
/// Cells of one count.
const COUNT: u16 = 3;

/// Draws the index that is always in view: a heading and the topics in columns, read downward. The place of the
/// row on which the list of topics stands, while it has the keys. The topics are handed over as whole lines.
pub fn draw<'a>(
    pen: Pen<'a>,
    area: Area,
    (buffer, lines): (&mut Buffer, &mut Vec<Line<'a>>),
) -> Option<Position> {
    let mut place_of_chosen = None;
    let (order, chosen) = topics(pen);
    let most = most(pen);
    if order.is_empty() && pen.in_topics().is_none() {
        let key = pen.model.key(Action::Topics);
        let why = pen.model.why_unindexed().unwrap_or("no topics in common");
        let said = format!(" Topics  {key}   {why}: {key} shows all");
        pen.write(buffer, area, 0, &said, pen.styles.quiet());
        return None;
    }
    let cells = std::iter::once(None).chain(order.into_iter().map(Some));
    for (place, topic) in (0u16..).zip(cells) {
        let column = place / area.rows.max(1) * TOPIC_COLUMNS;
        if column + TOPIC_COLUMNS > area.columns {
            break;
        }
        let row = area.row + place % area.rows;
        let cell = Area { column: area.column + column, row, columns: TOPIC_COLUMNS - 1, rows: 1 };
        match topic {
            Some(topic) => {
                lines.extend(topic_line(pen, cell, (topic, chosen, most)));
                if chosen == Some(topic) {
                    place_of_chosen = Some(Position::new(cell.column + 1, cell.row));
                }
            }
            None => lines.push(heading(pen, cell)),
        }
    }
    place_of_chosen
}

/// `Topics  t`, and above the counts which text is which.
fn heading<'a>(pen: Pen<'_>, area: Area) -> Line<'a> {
    let mut line = pen.composition();
    line.put(&format!(" Topics  {}", pen.model.key(Action::Topics)), pen.styles.strong());
    line.blanks(area.columns.saturating_sub(BAR + COUNT + 2), pen.styles.plain());
    line.put(&format!("A{}B", pen.signs.down), pen.styles.quiet());
    line.on(area, 0)
}

/// The rows of the index in a list, as many as the area has, from the `first` on; the place of the chosen one.
pub fn draw_list(pen: Pen<'_>, area: Area, first: usize, buffer: &mut Buffer) -> Position {
    let (order, chosen) = topics(pen);
    let most = most(pen);
    let at = order.iter().position(|&topic| Some(topic) == chosen).unwrap_or(0);
    for (row, &topic) in (0..area.rows).zip(order.iter().skip(first)) {
        let of_row = Area { row: area.row + row, rows: 1, ..area };
        if let Some(line) = topic_line(pen, of_row, (topic, chosen, most)) {
            pen.write(buffer, of_row, 0, &line.text, line.style);
        }
    }
    let below_first = u16::try_from(at.saturating_sub(first)).unwrap_or(0);
    Position::new(area.column + 1, area.row + below_first.min(area.rows.saturating_sub(1)))
}

/// The topics that are shown, and the one on which the list of topics stands while it has the keys.
fn topics(pen: Pen<'_>) -> (Vec<usize>, Option<usize>) {
    match pen.in_topics() {
        Some(list) => (list.shown().filter_map(topic_of).collect(), list.chosen_row().and_then(topic_of)),
        None => (pen.model.topics_in_view().collect(), None),
    }
}

fn topic_of(row: &ListRow) -> Option<usize> {
    match row.choice {
        Choice::Topic(topic) => Some(topic),
        Choice::Place(_) | Choice::Mark(_) | Choice::Anchor(_) | Choice::Open(_) | Choice::Link(_) => None,
    }
}

/// Entries of a topic in the left and in the right text; nothing where nobody knows.
fn counts(pen: Pen<'_>, topic: usize) -> [Option<usize>; 2] {
    [0, 1].map(|side| pen.model.entries_of(side, topic))
}

/// The most entries that a topic has in a text; the longest bar stands for it.
fn most(pen: Pen<'_>) -> usize {
    (0..pen.model.pair.topics.len()).flat_map(|topic| counts(pen, topic)).flatten().max().unwrap_or(1).max(1)
}

/// A topic in an area of one row: its sign, its name, its counts and bars, all in one style. Over a slow line
/// every change of style costs more than the sign that wears it.
fn topic_line<'a>(
    pen: Pen<'_>,
    area: Area,
    (topic, listed, most): (usize, Option<usize>, usize),
) -> Option<Line<'a>> {
    let definition = pen.model.pair.topics.get(topic)?;
    let chosen = Some(topic) == pen.model.topic;
    let counts = counts(pen, topic);
    let style = match (chosen, counts) {
        (true, _) => pen.styles.chosen(),
        (false, [Some(0) | None, _] | [_, Some(0) | None]) => pen.styles.quiet(),
        (false, _) => pen.styles.plain(),
    };
    let style = if listed == Some(topic) { style.patch(pen.styles.bar()) } else { style };
    let sign = if chosen { pen.signs.here } else { " " };
    let room = area.columns.saturating_sub(2 * BAR + 2 * COUNT + 2);
    let name = clip(&definition.name, room, pen.model.options.ascii);
    let (bar, count) = (usize::from(BAR), usize::from(COUNT));
    let bars = counts.map(|count| (count.unwrap_or(0) * bar).div_ceil(most).min(bar));
    let numbers =
        counts.map(|count| count.map_or(CompactString::const_new("?"), |count| count.to_compact_string()));
    // Put together by hand: a frame has one for each topic, and the formatter takes as long as all the rest of it.
    let mut text = String::with_capacity(4 * usize::from(area.columns));
    let put = |text: &mut String, sign: &str, times: usize| (0..times).for_each(|_| text.push_str(sign));
    text.push_str(sign);
    text.push_str(&name);
    put(&mut text, " ", usize::from(room.saturating_sub(cells(&name))) + bar - bars[0]);
    put(&mut text, pen.signs.block, bars[0]);
    put(&mut text, " ", count.saturating_sub(numbers[0].len()));
    text.push_str(&numbers[0]);
    text.push_str(pen.signs.down);
    text.push_str(&numbers[1]);
    put(&mut text, " ", count.saturating_sub(numbers[1].len()));
    put(&mut text, pen.signs.block, bars[1]);
    put(&mut text, " ", bar - bars[1]);
    Some(Line {
        place: Position::new(area.column, area.row),
        room: area.columns,
        text: text.into(),
        style,
        turns: Vec::new(),
    })
}
