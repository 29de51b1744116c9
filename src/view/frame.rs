//! What a frame is beyond its buffer: the lines of the texts that are handed over whole, and the cursor.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Style;

use crate::layout::width::graphemes;

/// A line in one style that is not spelled in the buffer, where its cells stay as they are: most lines of a frame
/// were in the one before, so who paints keeps them set instead of spelling and reading each cell again.
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
            spell(cells_of(buffer, line.place, line.room), &line.text, line.style);
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
