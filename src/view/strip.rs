//! The strip above a text: where in the whole of it the topic's passages lie, and which part is on screen.

use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use super::Pen;
use crate::document::Anchor;
use crate::layout::split::Area;

/// Draws the strip, which stands for the whole text: a rule where the screen is, and the signs of the topic's
/// passages.
///
/// The text is measured in bytes, so that nothing is laid out for it; `end` is where the last row on screen ends.
pub fn draw(pen: Pen<'_>, side: usize, area: Area, end: Anchor, buffer: &mut Buffer) {
    if area.columns == 0 || area.rows == 0 {
        return;
    }
    let edition = pen.model.side(side).edition;
    let total = edition.text_bytes().max(1) as u128;
    let column_of = |offset: usize| {
        let column = offset as u128 * u128::from(area.columns) / total;
        u16::try_from(column).unwrap_or(u16::MAX).min(area.columns - 1)
    };
    // A strong passage covers a weak one in the same cell.
    let mut weights = vec![0u8; usize::from(area.columns)];
    for entry in pen.model.entries(side) {
        let column = column_of(edition.offset(Anchor::start_of(entry.passage)));
        if let Some(weight) = weights.get_mut(usize::from(column)) {
            *weight = entry.weight.max(*weight);
        }
    }
    let top = pen.model.panes[side].top;
    let screen = column_of(edition.offset(top))..=column_of(edition.offset(end));
    // In one colour, told apart by their signs, and nothing where there is nothing: a rule in a colour of its own
    // would cost a first screen as many bytes as ten rows of words.
    for (column, weight) in (0..).zip(weights) {
        let here = screen.contains(&column);
        let (sign, style) = match (weight, here) {
            (0, true) => (pen.signs.thumb, pen.styles.chosen()),
            (0, false) => continue,
            (1, _) => (pen.signs.weak, pen.styles.accent()),
            (_, _) => (pen.signs.strong, pen.styles.accent()),
        };
        let style = if here && weight > 0 { style.add_modifier(Modifier::REVERSED) } else { style };
        pen.write_at(buffer, area, (column, 0), sign, style);
    }
}
