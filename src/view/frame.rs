//! What a frame is beyond its buffer: the lines that are handed over whole, and the cursor.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Style;

use crate::layout::plain::words_shown;
use crate::layout::split::Area;
use crate::layout::width::{cells, clip, graphemes};

/// A line that is not spelled in the buffer, where its cells stay as they are: most lines of a frame were in the one
/// before, so who paints keeps them set instead of spelling and reading each cell again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Where it begins.
    pub place: Position,
    /// Cells that are its own; behind its words they are blank.
    pub room: u16,
    /// Its words.
    pub text: Cow<'a, str>,
    /// How they look.
    pub style: Style,
    /// From which bytes on they look otherwise, from left to right; none in most lines.
    pub turns: Vec<(usize, Style)>,
}

impl Line<'_> {
    /// Spells it in cells that follow each other, no further than they reach.
    pub fn spell(&self, cells: &mut [Cell]) {
        let (mut from, mut style, mut taken) = (0, self.style, 0);
        for &(byte, next) in self.turns.iter().chain([&(self.text.len(), self.style)]) {
            let part = self.text.get(from..byte).unwrap_or_default();
            taken += usize::from(spell(cells.get_mut(taken..).unwrap_or_default(), part, style));
            (from, style) = (byte, next);
        }
    }
}

/// A line that is being put together from parts that look different, from left to right.
#[derive(Clone, Debug, Default)]
pub struct Composition {
    text: String,
    style: Style,
    turns: Vec<(usize, Style)>,
    /// Cells of the parts.
    pub cells: u16,
    /// Whether it is to be in ASCII alone.
    ascii: bool,
}

impl Composition {
    /// One without parts, with room for the bytes of a row.
    #[must_use]
    pub fn new(ascii: bool) -> Self {
        Self { text: String::with_capacity(128), ascii, ..Self::default() }
    }

    /// Adds a part.
    pub fn put(&mut self, part: &str, style: Style) {
        self.put_measured(part, cells(part), style);
    }

    /// Adds a part that is known to take so many cells.
    pub fn put_measured(&mut self, part: &str, cells: u16, style: Style) {
        if part.is_empty() {
            return;
        }
        self.turn(style);
        self.text.push_str(&words_shown(part, self.ascii));
        self.cells = self.cells.saturating_add(cells);
    }

    /// Adds a sign of one cell, as it is, so many times.
    pub fn put_signs(&mut self, sign: &str, times: u16, style: Style) {
        if times > 0 {
            self.turn(style);
            (0..times).for_each(|_| self.text.push_str(sign));
            self.cells = self.cells.saturating_add(times);
        }
    }

    /// What follows looks so.
    fn turn(&mut self, style: Style) {
        if self.text.is_empty() {
            self.style = style;
        } else if self.turns.last().map_or(self.style, |&(_, last)| last) != style {
            self.turns.push((self.text.len(), style));
        }
    }

    /// Adds blanks until a column.
    pub fn blanks(&mut self, column: u16, style: Style) {
        self.put_signs(" ", column.saturating_sub(self.cells), style);
    }

    /// Adds a part and one that ends in a column, with blanks that look like the first between them; the first gives
    /// way.
    pub fn put_both(&mut self, column: u16, parts: [&str; 2], styles: [Style; 2]) {
        let columns = column.saturating_sub(self.cells);
        let right = clip(parts[1], columns, self.ascii);
        let of_right = cells(&right);
        let room = columns.saturating_sub(of_right + u16::from(of_right > 0));
        self.put(&clip(parts[0], room, self.ascii), styles[0]);
        if of_right > 0 {
            self.blanks(column - of_right, styles[0]);
            self.put_measured(&right, of_right, styles[1]);
        }
    }

    /// The line, in its place and with so many cells for it.
    #[must_use]
    pub fn line<'a>(self, place: Position, room: u16) -> Line<'a> {
        Line { place, room, text: self.text.into(), style: self.style, turns: self.turns }
    }

    /// The line, on a whole row of an area.
    #[must_use]
    pub fn on<'a>(self, area: Area, row: u16) -> Line<'a> {
        self.line(Position::new(area.column, area.row + row), area.columns)
    }
}

/// What goes with a buffer that was drawn.
#[derive(Debug, Default)]
pub struct Frame<'a> {
    /// Lines with nothing over them.
    pub lines: Vec<Line<'a>>,
    /// Where the cursor is wanted.
    pub cursor: Option<Position>,
}

impl Frame<'_> {
    /// Spells the lines in the buffer too, for who wants all of the frame in one.
    pub fn spell(&self, buffer: &mut Buffer) {
        for line in &self.lines {
            let cells = cells_of(buffer, line.place, line.room);
            cells.iter_mut().for_each(Cell::reset);
            line.spell(cells);
        }
    }
}

/// The cells of a row from a place on, so many as there is room for and as the buffer has.
pub fn cells_of(buffer: &mut Buffer, place: Position, room: u16) -> &mut [Cell] {
    let across = usize::from(buffer.area.width);
    let start = usize::from(place.y) * across;
    let first = usize::from(place.x).min(across);
    let end = (first + usize::from(room)).min(across);
    buffer.content.get_mut(start + first..start + end).unwrap_or_default()
}

/// Spells a text in cells that follow each other, no further than they reach and no grapheme in part; the cells taken.
pub fn spell(cells: &mut [Cell], text: &str, style: Style) -> u16 {
    // Most lines are ASCII, a cell for each byte.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        for (cell, byte) in cells.iter_mut().zip(text.bytes()) {
            cell.set_char(char::from(byte)).set_style(style);
        }
        return text.len().min(cells.len()) as u16;
    }
    let mut taken = 0;
    for grapheme in graphemes(text).filter(|grapheme| !grapheme.is_control()) {
        let Some(places) = cells.get_mut(taken..taken + usize::from(grapheme.cells)) else { break };
        let mut symbol = if grapheme.text == "\u{a0}" { " " } else { grapheme.text };
        for cell in places {
            cell.set_symbol(symbol).set_style(style);
            symbol = "";
        }
        taken += usize::from(grapheme.cells);
    }
    taken as u16
}
