//! The topic index: each topic with its counts and bars, and under it the links of the topic.

use ratatui::buffer::Buffer;

use super::Pen;
use crate::layout::split::Area;
use crate::layout::width::{cells, clip};
use crate::links::Relation;
use crate::reader::action::Action;

/// Cells of one bar.
const BAR: u16 = 3;
/// Cells of one count.
const COUNT: u16 = 3;

/// Draws the index that is always in view.
pub fn draw(pen: Pen<'_>, area: Area, buffer: &mut Buffer) {
    let key = pen.model.key(Action::Topics);
    let title = format!(" Topics  {key}");
    let sides = format!("A{}B{}", pen.signs.down, " ".repeat(usize::from(BAR + COUNT - 1)));
    pen.write_both(buffer, area, 0, [&title, &sides], [pen.styles.strong(), pen.styles.quiet()]);
    pen.rule(buffer, area, 1, 0, pen.styles.quiet());
    let topics = pen.model.pair.topics.len() as u16;
    // The links below keep at least a third of a high screen.
    let room = area.rows.saturating_sub(2);
    let shown = topics.min(room.saturating_sub(room / 3)).max(topics.min(room));
    let list = Area { row: area.row + 2, rows: shown, ..area };
    draw_topics(pen, list, buffer);
    let below = Area { row: list.row + shown, rows: room - shown, ..area };
    if below.rows >= 4 {
        draw_links(pen, below, buffer);
    }
}

/// The rows of the index, as many as the area has, around the chosen one.
pub fn draw_topics(pen: Pen<'_>, area: Area, buffer: &mut Buffer) {
    let list = pen.in_topics();
    let order: Vec<usize> = match list {
        Some(list) => list.shown().filter_map(topic_of).collect(),
        None => (0..pen.model.pair.topics.len()).collect(),
    };
    let chosen =
        list.map_or(pen.model.topic, |list| list.chosen_row().and_then(topic_of).unwrap_or(usize::MAX));
    let at = order.iter().position(|&topic| topic == chosen).unwrap_or(0);
    let first =
        at.saturating_sub(usize::from(area.rows / 2)).min(order.len().saturating_sub(area.rows.into()));
    let most = order.iter().flat_map(|&t| counts(pen, t)).max().unwrap_or(1).max(1);
    for (row, &topic) in (0..area.rows).zip(order.iter().skip(first)) {
        draw_topic(pen, Area { row: area.row + row, rows: 1, ..area }, topic, most, buffer);
        if list.is_some() && topic == chosen {
            let style = pen.styles.bar();
            let row = ratatui::layout::Rect::new(area.column, area.row + row, area.columns, 1);
            buffer.set_style(row, style);
        }
    }
}

fn topic_of(row: &crate::reader::overlay::ListRow) -> Option<usize> {
    match row.choice {
        crate::reader::overlay::Choice::Topic(topic) => Some(topic),
        crate::reader::overlay::Choice::Place(_)
        | crate::reader::overlay::Choice::Mark(_)
        | crate::reader::overlay::Choice::Open(_) => None,
    }
}

/// Entries of a topic in the left and in the right text.
fn counts(pen: Pen<'_>, topic: usize) -> [usize; 2] {
    [0, 1].map(|side| pen.model.pair.indexes[side].entries(topic).len())
}

fn draw_topic(pen: Pen<'_>, area: Area, topic: usize, most: usize, buffer: &mut Buffer) {
    let Some(definition) = pen.model.pair.topics.get(topic) else { return };
    let chosen = topic == pen.model.topic;
    let counts = counts(pen, topic);
    let figures = 2 * BAR + 2 * COUNT + 1;
    let room = area.columns.saturating_sub(figures + 2);
    let style = match (chosen, counts) {
        (true, _) => pen.styles.chosen(),
        (false, [0, _] | [_, 0]) => pen.styles.quiet(),
        (false, _) => pen.styles.plain(),
    };
    let sign = if chosen { pen.signs.here } else { " " };
    pen.write(buffer, area, 0, sign, style);
    pen.write_at(buffer, area, (1, 0), &clip(&definition.name, room, pen.model.options.ascii), style);
    let bars = counts.map(|count| {
        let length = (count * usize::from(BAR)).div_ceil(most);
        pen.signs.block.repeat(length)
    });
    let blank = usize::from(BAR - cells(&bars[0]).min(BAR));
    let column = area.columns.saturating_sub(figures);
    let left = format!("{}{}", " ".repeat(blank), bars[0]);
    let column = pen.write_at(buffer, area, (column, 0), &left, pen.styles.accent());
    let column = pen.write_at(buffer, area, (column, 0), &format!("{:>3}", counts[0]), style);
    let column = pen.write_at(buffer, area, (column, 0), pen.signs.down, pen.styles.quiet());
    let column = pen.write_at(buffer, area, (column, 0), &format!("{:<3}", counts[1]), style);
    pen.write_at(buffer, area, (column, 0), &bars[1], pen.styles.accent());
}

/// The links of the topic, best first, around the one in force.
fn draw_links(pen: Pen<'_>, area: Area, buffer: &mut Buffer) {
    let model = pen.model;
    let links = model.links_of(model.topic);
    let keys = format!("{} {}", model.key(Action::LinkNext), model.key(Action::LinkPrevious));
    let title = format!(" Links  {keys}");
    pen.write_both(buffer, area, 1, [&title, ""], [pen.styles.strong(), pen.styles.quiet()]);
    pen.rule(buffer, area, 2, 0, pen.styles.quiet());
    let list = Area { row: area.row + 3, rows: area.rows - 3, ..area };
    if links.is_empty() {
        pen.write(buffer, list, 0, " none under this topic", pen.styles.quiet());
        return;
    }
    let governing = model.governing_link().map(|(index, _)| index);
    let at = links.iter().position(|&link| Some(link) == governing).unwrap_or(0);
    let first =
        at.saturating_sub(usize::from(list.rows / 2)).min(links.len().saturating_sub(list.rows.into()));
    for (row, &index) in (0..list.rows).zip(links.iter().skip(first)) {
        let Some(link) = model.pair.links.get(index) else { continue };
        let chosen = Some(index) == governing;
        let sign = if chosen { pen.signs.here } else { " " };
        let places = format!("{sign}{} {} ", model.partners(link, 0), model.partners(link, 1));
        let relation = link.relation.map_or("", Relation::words);
        let style = if chosen { pen.styles.chosen() } else { pen.styles.plain() };
        pen.write_both(buffer, list, row, [&places, relation], [style, pen.styles.quiet()]);
    }
}
