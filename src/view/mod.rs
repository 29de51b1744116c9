//! The model as cells, one file for each part of the screen. Draws, never changes.

pub mod bar;
pub mod frame;
pub mod index;
pub mod pane;
pub mod popup;
pub mod status;
pub mod strip;
pub mod theme;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Style;

use self::frame::{Composition, Frame, cells_of, spell};
use self::status::StatusLines;
use self::theme::{Signs, Styles};
use crate::layout::plain::words_shown;
use crate::layout::split::Area;
use crate::reader::model::Model;
use crate::reader::overlay::{ListKind, Overlay};

/// What every part draws with.
#[derive(Clone, Copy)]
pub struct Pen<'a> {
    /// What is drawn.
    pub model: &'a Model,
    /// How it looks.
    pub styles: Styles,
    /// With which signs.
    pub signs: &'a Signs,
}

/// Draws the whole screen, and puts the cursor where the reader is: in what is typed, at the chosen row, at the
/// first words of the text that has the keys. Who reads by ear or finger follows it.
///
/// The buffer has the size of the model. The lines of the texts are handed over beside it where nothing lies over
/// them.
pub fn draw<'a>(model: &'a Model, buffer: &mut Buffer) -> Frame<'a> {
    let pen = Pen {
        model,
        styles: Styles::of(model.options.theme, model.options.palette),
        signs: Signs::of(&model.options),
    };
    let mut screen = model.screen();
    let mut frame = Frame::default();
    if screen.too_small {
        pen.write(buffer, screen.status, 0, "too small", pen.styles.plain());
        return frame;
    }
    if let Some(rule) = screen.rule {
        for row in 0..rule.rows {
            for cell in cells_of(buffer, Position::new(rule.column, rule.row + row), 1) {
                cell.set_symbol(pen.signs.down).set_style(pen.styles.quiet());
            }
        }
    }
    let mut words = None;
    for (side, areas) in screen.panes.iter().enumerate() {
        if let Some(areas) = areas {
            let shown = pane::draw(pen, side, areas, (buffer, &mut frame.lines));
            frame.lines.extend(strip::line(pen, side, areas.strip, shown.end));
            words = shown.words.filter(|_| side == model.focus).or(words);
        }
    }
    let listed = screen.index.and_then(|area| index::draw(pen, area, (buffer, &mut frame.lines)));
    let status = StatusLines::new(pen, screen.status);
    if status.area != screen.status {
        // They have come to lie over the texts.
        frame.lines.retain(|line| line.place.y < status.area.row);
        for row in status.area.row..screen.status.row {
            let place = Position::new(status.area.column, row);
            cells_of(buffer, place, status.area.columns).iter_mut().for_each(Cell::reset);
        }
        screen.status = status.area;
    }
    if popup::is_open(pen, &screen) {
        frame.spell(buffer);
        frame.lines.clear();
    }
    let typed = status.draw(&mut frame.lines);
    let above = popup::draw(pen, &screen, buffer);
    frame.cursor = typed.or(above).or(listed).or(words);
    frame
}

impl Pen<'_> {
    /// A line to be put together, in the signs that can be shown.
    #[must_use]
    pub fn composition(&self) -> Composition {
        Composition::new(self.model.options.ascii)
    }

    /// Writes on a row of an area, from its first column, no further than it reaches.
    pub fn write(&self, buffer: &mut Buffer, area: Area, row: u16, text: &str, style: Style) -> u16 {
        self.write_at(buffer, area, (0, row), text, style)
    }

    /// Writes from a column and row of an area; the column after the last cell written.
    pub fn write_at(
        &self,
        buffer: &mut Buffer,
        area: Area,
        (column, row): (u16, u16),
        text: &str,
        style: Style,
    ) -> u16 {
        if row >= area.rows || column >= area.columns {
            return column;
        }
        let words = words_shown(text, self.model.options.ascii);
        let place = Position::new(area.column + column, area.row + row);
        column + spell(cells_of(buffer, place, area.columns - column), &words, style)
    }

    /// A row of one sign, repeated.
    pub fn rule(&self, buffer: &mut Buffer, area: Area, row: u16, from: u16, style: Style) {
        for column in from..area.columns {
            self.write_at(buffer, area, (column, row), self.signs.across, style);
        }
    }

    /// The list that lies over the texts, if one does.
    #[must_use]
    pub fn listed(&self) -> Option<&crate::reader::overlay::List> {
        match self.model.overlay.over_texts() {
            Overlay::List(list) => Some(list),
            Overlay::None | Overlay::Pager(_) | Overlay::Prompt { .. } => None,
        }
    }

    /// The topic index, where it has the keys.
    #[must_use]
    pub fn in_topics(&self) -> Option<&crate::reader::overlay::List> {
        self.listed().filter(|list| list.kind == ListKind::Topics)
    }
}

#[cfg(test)]
mod tests;
