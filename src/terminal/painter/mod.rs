//! The output writer: knows what the terminal shows and sends the least that makes it show the next frame.
//!
//! A frame is one write inside a synchronized update; a frame that changes nothing is no write at all. Rows
//! that moved as they are are moved by the terminal itself, where that is cheaper than sending them again.

pub mod encode;
pub mod grid;
pub mod shift;

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use self::encode::Encoder;
use self::grid::Grid;

/// Begins and ends a synchronized update; terminals that do not know the mode ignore it.
const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";

/// Frames shorter than this are not searched for shifts.
const SHORT: usize = 200;

/// What a terminal can do beyond the least that all can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// Left and right margins (DECLRMM), so that one pane can be moved alone.
    pub side_margins: bool,
    /// Does without the brackets of synchronized updates.
    pub unsynchronized: bool,
}

impl Abilities {
    /// What the environment says of the terminal, unless its reader knows whether it has margins.
    #[must_use]
    pub fn of(variable: &impl Fn(&str) -> String, side_margins: Option<bool>) -> Self {
        let (terminal, program) = (variable("TERM"), variable("TERM_PROGRAM"));
        let multiplexed = !variable("TMUX").is_empty() || !variable("STY").is_empty();
        let known = ["WezTerm", "iTerm.app", "mintty", "contour"].contains(&program.as_str())
            || !variable("XTERM_VERSION").is_empty();
        Self {
            side_margins: side_margins.unwrap_or(known && !multiplexed),
            unsynchronized: terminal == "dumb" || terminal == "linux",
        }
    }
}

/// A ratatui backend that remembers the screen.
#[derive(Debug)]
pub struct Painter<W: Write> {
    out: W,
    abilities: Abilities,
    /// What the terminal shows; `None` when that is not known.
    shown: Option<Grid>,
    next: Grid,
    /// Where the cursor is wanted; `None` when it may be anywhere, hidden.
    cursor: Option<Position>,
    /// Whether the cursor is to be seen there. Hidden it still leads those who follow it by ear or finger.
    seen: bool,
    /// Where the cursor lies, and whether it is seen.
    lies: Option<(Position, bool)>,
}

impl<W: Write> Painter<W> {
    /// A painter for a screen of which nothing is known yet, with the cursor hidden.
    pub fn new(out: W, abilities: Abilities) -> Self {
        Self { out, abilities, shown: None, next: Grid::blank(0, 0), cursor: None, seen: true, lies: None }
    }

    /// Makes the next frame a screen of this size, with nothing known of what the terminal shows.
    pub fn forget(&mut self, columns: u16, rows: u16) {
        self.shown = None;
        self.next = Grid::blank(columns, rows);
        self.lies = None;
    }

    /// Whether the cursor is to be seen where the next frame puts it.
    pub fn show_cursor_there(&mut self, seen: bool) {
        self.seen = seen;
    }

    /// Sends a sequence that changes nothing on the screen, between two frames and never within one.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn send(&mut self, sequence: &str) -> io::Result<()> {
        self.out.write_all(sequence.as_bytes())?;
        self.out.flush()
    }

    /// The bytes that bring the terminal to the next frame; empty when nothing changes.
    pub fn frame(&mut self) -> String {
        let size = (self.next.columns, self.next.rows);
        let mut encoder = Encoder::new();
        let wanted = self.cursor.map(|position| (position, self.seen));
        let was_seen = self.lies.is_some_and(|(_, seen)| seen);
        let is_seen = wanted.is_some_and(|(_, seen)| seen);
        let same_cursor = wanted == self.lies;
        let shown = match self.shown.take() {
            Some(shown) if shown == self.next && same_cursor => {
                self.shown = Some(shown);
                return String::new();
            }
            Some(shown) if (shown.columns, shown.rows) == size => shown,
            Some(_) | None => {
                // Not even whether the cursor is hidden is known.
                encoder.raw("\x1b[?25l");
                encoder.erase_all();
                Grid::blank(size.0, size.1)
            }
        };
        if was_seen && !is_seen {
            encoder.raw("\x1b[?25l");
        }
        let mut best = encoder.clone();
        best.difference(&shown, &self.next);
        if best.length() > SHORT {
            let mut bands = vec![(0, size.0)];
            if self.abilities.side_margins {
                let band = shift::moving_columns(&shown, &self.next);
                bands.extend((band != (0, size.0) && band.1 > band.0 + 1).then_some(band));
            }
            for shift in bands.into_iter().flat_map(|band| shift::candidates(&shown, &self.next, band)) {
                let mut trial = encoder.clone();
                trial.shift(shift.block, shift.rows, size);
                trial.difference(&shown.shifted(shift.block, shift.rows), &self.next);
                if trial.length() < best.length() {
                    best = trial;
                }
            }
        }
        if let Some(position) = self.cursor {
            best.go((position.x, position.y));
        }
        if is_seen && !was_seen {
            best.raw("\x1b[?25h");
        }
        self.lies = wanted;
        self.shown = Some(self.next.clone());
        let bytes = best.finish();
        if self.abilities.unsynchronized { bytes } else { format!("{BEGIN}{bytes}{END}") }
    }
}

impl<W: Write> Backend for Painter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (column, row, cell) in content {
            self.next.set(column, row, cell);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor = self.cursor.or(Some(Position::ORIGIN));
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Asking the terminal would wait for its answer; nothing here needs it.
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        let Size { width, height } = self.size()?;
        self.forget(width, height);
        Ok(())
    }

    fn clear_region(&mut self, _region: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        let frame = self.frame();
        if frame.is_empty() {
            return Ok(());
        }
        self.out.write_all(frame.as_bytes())?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests;
