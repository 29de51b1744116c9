//! The strip above a text: where in the whole of it the topic's passages lie, and which part is on screen.

use ratatui::style::Modifier;

use super::Pen;
use super::frame::Line;
use crate::document::Anchor;
use crate::layout::split::Area;

/// The strip, which stands for the whole text: a rule where the screen is, and the signs of the topic's passages.
///
/// The text is measured in bytes, so that nothing is laid out for it; `end` is where the last row on screen ends.
#[must_use]
pub fn line<'a>(pen: Pen<'_>, side: usize, area: Area, end: Anchor) -> Option<Line<'a>> {
    if area.columns == 0 || area.rows == 0 {
        return None;
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
    let mut line = pen.composition();
    let cells: Vec<(u8, bool)> =
        weights.into_iter().zip(0..).map(|(w, at)| (w, screen.contains(&at))).collect();
    for alike in cells.chunk_by(|one, next| one == next) {
        let Some(&(weight, here)) = alike.first() else { continue };
        let (sign, style) = match (weight, here) {
            (0, true) => (pen.signs.thumb, pen.styles.chosen()),
            (0, false) => (" ", pen.styles.plain()),
            (1, _) => (pen.signs.weak, pen.styles.accent()),
            (_, _) => (pen.signs.strong, pen.styles.accent()),
        };
        let style = if here && weight > 0 { style.add_modifier(Modifier::REVERSED) } else { style };
        line.put_signs(sign, alike.len() as u16, style);
    }
    Some(line.on(area, 0))
}
