//! The output writer: knows what the terminal shows and sends the least that makes it show the next frame.
//!
//! A frame is one write inside a synchronized update; a frame that changes nothing is no write at all. Rows
//! that moved as they are are moved by the terminal itself, where that is cheaper than sending them again.

pub mod case;
pub mod encode;
pub mod galley;
pub mod grid;
pub mod sgr;
pub mod shift;

use std::io::{self, Write};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::case::TypeCase;
use self::encode::Encoder;
use self::galley::Galley;
use self::grid::{Grid, SetLine};
use super::environment;
use crate::view::frame::{Frame, Line};

/// Begins and ends a synchronized update; terminals that do not know the mode ignore it.
const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";

/// Frames shorter than this are not searched for shifts.
const SHORT: usize = 200;

/// A way shorter than this is taken without looking for a still shorter one.
const GOOD: usize = 400;

/// What a terminal can do beyond the least that all can.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Abilities {
    /// Left and right margins (DECLRMM), so that one pane can be moved alone.
    pub side_margins: bool,
    /// Does without the brackets of synchronized updates.
    pub unsynchronized: bool,
}

impl Abilities {
    /// What the environment says of the terminal, unless its reader knows whether it has margins. mosh has none,
    /// whatever the terminal around it has and whoever says so.
    ///
    /// `XTERM_VERSION` says nothing: it outlives the terminal that set it, in whatever is started from there.
    #[must_use]
    pub fn of(variable: &impl Fn(&str) -> String, side_margins: Option<bool>) -> Self {
        let (terminal, program) = (variable("TERM"), variable("TERM_PROGRAM"));
        let multiplexed = !variable("TMUX").is_empty() || !variable("STY").is_empty();
        let known = ["WezTerm", "iTerm.app", "mintty", "contour"].contains(&program.as_str());
        Self {
            side_margins: side_margins.unwrap_or(known && !multiplexed) && !environment::is_mosh(variable),
            unsynchronized: terminal == "dumb" || terminal == "linux",
        }
    }
}

/// Paints what is drawn in a buffer of ratatui, and remembers the screen.
///
/// It stands in the place of ratatui's own terminal, which compares each frame with the one before, asks the system
/// for the size each time and cannot move rows: the one comparison that is needed is made here.
#[derive(Debug)]
pub struct Painter<W: Write> {
    out: W,
    abilities: Abilities,
    /// What is drawn in.
    buffer: Buffer,
    case: TypeCase,
    galley: Galley,
    /// What the terminal shows; `None` when that is not known.
    shown: Option<Grid>,
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
        Self {
            out,
            abilities,
            buffer: Buffer::empty(Rect::ZERO),
            case: TypeCase::new(),
            galley: Galley::default(),
            shown: None,
            cursor: None,
            seen: true,
            lies: None,
        }
    }

    /// Lets nothing be known of what the terminal shows: the next frame sends everything.
    pub fn forget(&mut self) {
        self.shown = None;
        self.lies = None;
        self.case = TypeCase::new();
        self.galley = Galley::default();
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

    /// Shows a frame of some columns and rows: as `draw` draws it in an empty buffer, with the lines that it hands
    /// over beside it and the cursor where it says.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn paint<'a>(
        &mut self,
        (columns, rows): (u16, u16),
        draw: impl FnOnce(&mut Buffer) -> Frame<'a>,
    ) -> io::Result<()> {
        self.buffer.resize(Rect::new(0, 0, columns, rows));
        let Frame { lines, cursor } = draw(&mut self.buffer);
        self.cursor = cursor;
        if self.case.is_full() {
            self.forget();
        }
        let set =
            |line: Line<'_>| SetLine { place: line.place, glyphs: self.galley.set(&line, &mut self.case) };
        let lines: Vec<SetLine> = lines.into_iter().map(set).collect();
        let next = Grid::of(&mut self.buffer, &lines, &mut self.case);
        let frame = self.frame(next);
        if frame.is_empty() { Ok(()) } else { self.send(&frame) }
    }

    /// The bytes that bring the terminal to the next frame; empty when nothing changes.
    fn frame(&mut self, next: Grid) -> String {
        let size = (next.columns, next.rows);
        let mut encoder = Encoder::new(&self.case);
        let wanted = self.cursor.map(|position| (position, self.seen));
        let was_seen = self.lies.is_some_and(|(_, seen)| seen);
        let is_seen = wanted.is_some_and(|(_, seen)| seen);
        let same_cursor = wanted == self.lies;
        let mut best = match self.shown.take() {
            Some(shown) if shown == next && same_cursor => {
                self.shown = Some(shown);
                return String::new();
            }
            Some(shown) if (shown.columns, shown.rows) == size => {
                if was_seen && !is_seen {
                    encoder.raw("\x1b[?25l");
                }
                self.cheapest(&encoder, &shown, &next)
            }
            Some(_) | None => {
                // Not even whether the cursor is hidden is known.
                encoder.raw("\x1b[?25l");
                encoder.erase_all();
                let mut blank = Grid::blank(size.0, size.1);
                encoder.rules(&mut blank, &next);
                encoder.written(&blank, &next)
            }
        };
        if let Some(position) = self.cursor {
            best.go((position.x, position.y));
        }
        if is_seen && !was_seen {
            best.raw("\x1b[?25h");
        }
        let bytes = best.finish();
        self.lies = wanted;
        self.shown = Some(next);
        if self.abilities.unsynchronized { bytes } else { format!("{BEGIN}{bytes}{END}") }
    }

    /// The shortest way from one screen to another of its size: writing what differs, perhaps after the terminal
    /// has moved a part by itself.
    fn cheapest<'c>(&self, encoder: &Encoder<'c>, shown: &Grid, next: &Grid) -> Encoder<'c> {
        let plain = |most: usize| encoder.clone().difference(shown, next, most);
        if next.written_cells(shown, SHORT) <= SHORT
            && let Some(short) = plain(SHORT)
        {
            return short;
        }
        let size = (next.columns, next.rows);
        let mut bands = vec![(0, size.0)];
        if self.abilities.side_margins {
            let band = shift::moving_columns(shown, next);
            bands.extend((band != (0, size.0) && band.1 > band.0 + 1).then_some(band));
        }
        let mut best: Option<Encoder<'c>> = None;
        let least = |best: &Option<Encoder<'c>>| {
            best.as_ref().map_or(usize::MAX, |best| best.length().saturating_sub(1))
        };
        for shift in bands.into_iter().flat_map(|band| shift::candidates(shown, next, band)) {
            let mut trial = encoder.clone();
            trial.shift(shift.block, shift.rows, size);
            best = trial.difference(&shown.shifted(shift.block, shift.rows), next, least(&best)).or(best);
            if let Some(best) = best.take_if(|best| best.length() < GOOD) {
                return best;
            }
        }
        plain(least(&best)).or(best).unwrap_or_else(|| encoder.clone())
    }
}

#[cfg(test)]
mod tests;
