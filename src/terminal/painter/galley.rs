//! The galley: lines of type that stay set from frame to frame. To scroll a row is to set one line of each text.

use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::RandomState;
use ratatui::buffer::Cell;
use ratatui::style::Style;

use super::case::TypeCase;
use super::grid::{self, Glyph};
use crate::view::frame::Line;

/// Lines kept at most: those of some screens, before and behind.
const MOST_LINES: usize = 1024;

/// Lines that are set.
#[derive(Debug, Default)]
pub struct Galley {
    /// By their words; some stand in several styles or have less room in one pane.
    lines: HashMap<String, Vec<Kept>, RandomState>,
    /// How many there are.
    kept: usize,
    /// What the next one is spelled in.
    stick: Vec<Cell>,
}

#[derive(Debug)]
struct Kept {
    style: Style,
    turns: Vec<(usize, Style)>,
    room: u16,
    glyphs: Rc<[Glyph]>,
}

impl Kept {
    fn looks_like(&self, line: &Line<'_>) -> bool {
        (self.room, self.style) == (line.room, line.style) && self.turns == line.turns
    }
}

impl Galley {
    /// The glyphs of a line and of the blanks behind it, as reading them out of a buffer would give them.
    pub fn set(&mut self, line: &Line<'_>, case: &mut TypeCase) -> Rc<[Glyph]> {
        let alike = self.lines.get(line.text.as_ref()).map_or(&[][..], Vec::as_slice);
        if let Some(set) = alike.iter().find(|set| set.looks_like(line)) {
            return Rc::clone(&set.glyphs);
        }
        if self.kept >= MOST_LINES {
            self.lines.clear();
            self.kept = 0;
        }
        self.stick.clear();
        self.stick.resize(line.room.into(), Cell::EMPTY);
        line.spell(&mut self.stick);
        let mut glyphs = vec![Glyph::BLANK; line.room.into()];
        grid::Reading::new(case).take(&mut self.stick, &mut glyphs);
        let glyphs: Rc<[Glyph]> = glyphs.into();
        let glyphs_of = Rc::clone(&glyphs);
        let set = Kept { style: line.style, turns: line.turns.clone(), room: line.room, glyphs: glyphs_of };
        self.lines.entry(line.text.clone().into_owned()).or_default().push(set);
        self.kept += 1;
        glyphs
    }
}
