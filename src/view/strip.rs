//! The strip beside a text: where in the whole of it the topic's passages lie, and which part is on screen.

use ratatui::buffer::Buffer;

use super::Pen;
use crate::document::Anchor;
use crate::layout::split::Area;

/// Draws the strip: a column for the topic's passages, one for what is on the screen.
///
/// The text is measured in bytes, so that nothing is laid out for it.
pub fn draw(pen: Pen<'_>, side: usize, area: Area, buffer: &mut Buffer) {
    if area.columns < 2 || area.rows == 0 {
        return;
    }
    let walked = pen.model.side(side);
    let edition = walked.edition;
    let total = edition.text_bytes().max(1) as u128;
    let row_of = |offset: usize| {
        let row = offset as u128 * u128::from(area.rows) / total;
        u16::try_from(row).unwrap_or(u16::MAX).min(area.rows - 1)
    };
    // Weak passages first, so that a strong one in the same cell covers them.
    let mut weights = vec![0u8; usize::from(area.rows)];
    for entry in pen.model.pair.indexes[side].entries(pen.model.topic) {
        let row = row_of(edition.offset(Anchor::start_of(entry.passage)));
        if let Some(weight) = weights.get_mut(usize::from(row)) {
            *weight = entry.weight.max(*weight);
        }
    }
    for (row, weight) in (0..).zip(weights) {
        let sign = match weight {
            0 => continue,
            1 => pen.signs.weak,
            _ => pen.signs.strong,
        };
        pen.write(buffer, area, row, sign, pen.styles.accent());
    }
    let top = pen.model.panes[side].top;
    let shown = walked.flow.visible(edition, top, area.rows, walked.setting);
    let end = shown.last().map_or(top, |v| Anchor { passage: v.passage, byte: v.row.bytes.end });
    for row in row_of(edition.offset(top))..=row_of(edition.offset(end)) {
        pen.write_at(buffer, area, (1, row), pen.signs.thumb, pen.styles.quiet());
    }
}
