//! From one screen to the next in the fewest bytes: cursor moves, looks, gaps that are cheaper to write
//! over than to jump, rows that are cheaper to erase than to blank.
//!
//! Sequences: ECMA-48 (CUP, CUF, EL, SGR, DL, IL) and DEC STD 070 (DECSTBM, DECLRMM, DECSLRM).

use std::fmt::Write as _;
use std::ops::Range;

use super::case::{LookNumber, Symbol, TypeCase};
use super::grid::{Block, Glyph, Grid, are_simple};
use super::sgr;

/// Bytes that the ways between most frames need no more than.
const SOME: usize = 512;

/// Bytes under construction, and what the terminal is known to be at.
#[derive(Clone, Debug)]
pub struct Encoder<'c> {
    case: &'c TypeCase,
    out: String,
    /// Column and row of the cursor; unknown after the last column and after a reset of margins.
    at: Option<(u16, u16)>,
    look: LookNumber,
}

impl<'c> Encoder<'c> {
    /// At a known look and an unknown place.
    #[must_use]
    pub const fn new(case: &'c TypeCase) -> Self {
        Self { case, out: String::new(), at: None, look: LookNumber::PLAIN }
    }

    /// The bytes. Every frame ends in the plain look, so that the next one starts from it.
    #[must_use]
    pub fn finish(mut self) -> String {
        self.wear(LookNumber::PLAIN);
        self.out
    }

    /// How many bytes there are.
    #[must_use]
    pub fn length(&self) -> usize {
        self.out.len()
    }

    /// Erases the whole screen.
    pub fn erase_all(&mut self) {
        self.out.push_str("\x1b[m\x1b[H\x1b[J");
        self.look = LookNumber::PLAIN;
        self.at = Some((0, 0));
    }

    /// Writes what differs between two screens of one size.
    #[must_use]
    pub fn written(mut self, old: &Grid, new: &Grid) -> Self {
        (0..new.rows).for_each(|row| self.row(row, old, new));
        self
    }

    /// The same; `None` where that takes more than `most` bytes in all.
    #[must_use]
    pub fn difference(mut self, old: &Grid, new: &Grid, most: usize) -> Option<Self> {
        self.out.reserve(most.min(SOME));
        for row in 0..new.rows {
            self.row(row, old, new);
            if self.out.len() > most {
                return None;
            }
        }
        Some(self)
    }

    /// Writes rules on an erased screen downward, each in one pass, and notes them in `shown`. Written row by row
    /// they would part the words left and right of them, and cost two changes of look in each row.
    pub fn rules(&mut self, shown: &mut Grid, new: &Grid) {
        // In the last column a terminal waits there to wrap, and what a backspace does then is not agreed upon.
        for column in 1..new.columns.saturating_sub(1) {
            let mut row = 0;
            while row < new.rows {
                let end = (row..new.rows).find(|&below| !continues_rule(new, (column, below), row));
                let end = end.unwrap_or(new.rows);
                if end >= row + SHORTEST_RULE {
                    self.rule(column, row..end, new);
                    (row..end).for_each(|row| shown.set((column, row), new.glyph((column, row))));
                }
                row = end.max(row + 1);
            }
        }
    }

    fn rule(&mut self, column: u16, rows: Range<u16>, new: &Grid) {
        for row in rows {
            if self.at == Some((column + 1, row.wrapping_sub(1))) {
                self.out.push_str("\x08\n");
                self.at = Some((column, row));
            }
            self.go((column, row));
            self.cells(&[new.glyph((column, row))]);
        }
    }

    /// Lets the terminal move a block by `rows`: up where positive, down where negative.
    pub fn shift(&mut self, block: Block, rows: i32, screen: (u16, u16)) {
        self.wear(LookNumber::PLAIN);
        let sides = block.columns != (0, screen.0);
        if sides {
            // The cursor goes home when side margins are set, so the rest is said after it.
            self.write(format_args!("\x1b[?69h\x1b[{};{}s", block.columns.0 + 1, block.columns.1));
        }
        let count = rows.unsigned_abs();
        let verb = if rows > 0 { 'M' } else { 'L' };
        self.write(format_args!("\x1b[{};{}r", block.first + 1, block.last));
        self.at = None;
        self.go((block.columns.0, block.first));
        let count = if count == 1 { String::new() } else { count.to_string() };
        self.write(format_args!("\x1b[{count}{verb}"));
        self.out.push_str("\x1b[r");
        if sides {
            self.out.push_str("\x1b[?69l");
        }
        self.at = None;
    }

    /// Puts the cursor at a place.
    pub fn go(&mut self, to: (u16, u16)) {
        if self.at == Some(to) {
            return;
        }
        let absolute = absolute(to);
        let relative = self.at.and_then(|from| relative(from, to));
        match relative {
            Some(relative) if relative.len() < absolute.len() => self.out.push_str(&relative),
            Some(_) | None => self.out.push_str(&absolute),
        }
        self.at = Some(to);
    }

    /// Writes text that is no cell: modes.
    pub fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn write(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(arguments);
    }

    fn row(&mut self, row: u16, old: &Grid, new: &Grid) {
        if new.has_row_of(old, row) {
            return;
        }
        let (old, new) = (old.row(row), new.row(row));
        let mut changed = changes(old, new);
        let tail = end_of_words(new);
        let old_tail = end_of_words(old);
        // EL is three bytes; a blank is one, and what follows it would have to be reached.
        let erase = old_tail > tail + 3 || (old_tail > tail && tail == 0);
        if erase {
            changed.truncate(tail);
        }
        let mut column = 0;
        while let Some(start) = next_change(&changed, column) {
            let end = (start..changed.len()).find(|&c| !changed[c]).unwrap_or(changed.len());
            if self.bridges(row, column, start, new) {
                self.cells(new.get(column..start).unwrap_or_default());
            } else {
                self.go((start as u16, row));
            }
            self.cells(new.get(start..end).unwrap_or_default());
            column = end;
            if end == new.len() {
                self.at = None;
            }
        }
        if erase {
            self.go((tail as u16, row));
            if !self.leaves_blanks_blank() {
                self.wear(LookNumber::PLAIN);
            }
            self.out.push_str("\x1b[K");
        }
    }

    /// Whether the cells between the cursor and the next change are cheaper written again than jumped over.
    fn bridges(&self, row: u16, from: usize, to: usize, new: &[Glyph]) -> bool {
        if self.at != Some((from as u16, row)) || from == to {
            return false;
        }
        let gap = new.get(from..to).unwrap_or_default();
        let jump = forward_bytes(gap.len());
        // A covered first cell belongs to a grapheme before the gap.
        if gap.len() > jump || gap.first().is_some_and(|first| first.is_covered()) {
            return false;
        }
        let next = new.get(to).map_or(LookNumber::PLAIN, |glyph| glyph.look());
        let mut trial = Self { out: String::new(), ..*self };
        trial.cells(gap);
        trial.wear(next);
        let mut straight = Self { out: String::new(), ..*self };
        straight.wear(next);
        trial.out.len() <= jump + straight.out.len()
    }

    fn cells(&mut self, glyphs: &[Glyph]) {
        for (offset, glyph) in glyphs.iter().enumerate().filter(|(_, glyph)| !glyph.is_covered()) {
            if glyph.look() != self.look && !(glyph.is_blank() && self.leaves_blanks_blank()) {
                self.wear(glyph.look());
            }
            if glyph.symbol().is_disputed() {
                let cells = if glyphs.get(offset + 1).is_some_and(|next| next.is_covered()) { 2 } else { 1 };
                self.disputed(glyph.symbol(), offset as u16, cells);
            } else {
                self.case.write(glyph.symbol(), &mut self.out);
            }
        }
        self.at = self.at.map(|(column, row)| (column + glyphs.len() as u16, row));
    }

    /// Writes a grapheme that takes so many cells here and perhaps others in this terminal, some columns after the
    /// cursor: on blanks, where it fills less, without wrapping, where it fills more, and then goes to where the
    /// next one belongs, which is always written and covers what is too much.
    fn disputed(&mut self, symbol: Symbol, offset: u16, cells: u16) {
        let Some((column, row)) = self.at.map(|(column, row)| (column + offset, row)) else { return };
        self.out.extend(std::iter::repeat_n(' ', cells.into()));
        self.out.push_str(&absolute((column, row)));
        self.out.push_str("\x1b[?7l");
        self.case.write(symbol, &mut self.out);
        self.out.push_str("\x1b[?7h");
        self.out.push_str(&absolute((column + cells, row)));
    }

    fn leaves_blanks_blank(&self) -> bool {
        self.case.look(self.look).leaves_blanks_blank()
    }

    /// Changes the look, by the shorter of what differs and everything anew.
    fn wear(&mut self, number: LookNumber) {
        if number == self.look {
            return;
        }
        self.out.push_str(&sgr::change(self.case.look(self.look), self.case.look(number)));
        self.look = number;
    }
}

/// Rows from which a rule is written in one pass.
const SHORTEST_RULE: u16 = 4;

/// Whether a place carries on the rule that begins above it in row `first`: one character in a look of its own.
fn continues_rule(grid: &Grid, (column, row): (u16, u16), first: u16) -> bool {
    let glyph = grid.glyph((column, row));
    let beside = [column.wrapping_sub(1), column + 1].map(|column| grid.glyph((column, row)));
    glyph == grid.glyph((column, first))
        && glyph.look() != LookNumber::PLAIN
        && !glyph.is_covered()
        && beside.iter().all(|other| other.look() != glyph.look() && !other.is_covered())
}

fn next_change(changed: &[bool], from: usize) -> Option<usize> {
    (from..changed.len()).find(|&column| changed[column])
}

/// Which cells must be written. Both halves of a wide grapheme stand or fall together, the old one's too, and with
/// one whose width is disputed goes all that is right of it.
fn changes(old: &[Glyph], new: &[Glyph]) -> Vec<bool> {
    let covered = |row: &[Glyph], column: usize| row.get(column).is_some_and(|glyph| glyph.is_covered());
    let mut changed: Vec<bool> = old.iter().zip(new).map(|(old, new)| old != new).collect();
    if are_simple(old) && are_simple(new) {
        return changed;
    }
    let mut column = 0;
    while column < changed.len() {
        if changed[column] {
            let lead = covered(old, column) || covered(new, column);
            if lead && column > 0 && !changed[column - 1] {
                changed[column - 1] = true;
                column -= 1;
                continue;
            }
            if (covered(old, column + 1) || covered(new, column + 1)) && column + 1 < changed.len() {
                changed[column + 1] = true;
            }
        }
        column += 1;
    }
    let disputed = (0..changed.len()).find(|&column| changed[column] && new[column].symbol().is_disputed());
    if let Some(column) = disputed {
        changed[column..].fill(true);
    }
    changed
}

/// The column after the last cell that an erased row would not show.
fn end_of_words(row: &[Glyph]) -> usize {
    row.iter().rposition(|glyph| !glyph.is_blank()).map_or(0, |last| last + 1)
}

/// Writes a number in decimal digits, without the formatter: a frame may take hundreds of them.
pub fn push_number(out: &mut String, number: u16) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

fn absolute((column, row): (u16, u16)) -> String {
    let mut way = String::with_capacity("\x1b[999;999H".len());
    way.push_str("\x1b[");
    if (column, row) != (0, 0) {
        push_number(&mut way, row + 1);
    }
    if column > 0 {
        way.push(';');
        push_number(&mut way, column + 1);
    }
    way.push('H');
    way
}

/// How long the way over some columns of a row is.
const fn forward_bytes(columns: usize) -> usize {
    match columns {
        0 => 0,
        1 => 3,
        2..10 => 4,
        10..100 => 5,
        100..1000 => 6,
        _ => 7,
    }
}

/// The way within a row, or down a few rows; line feeds never reach below the last row of the screen.
fn relative(from: (u16, u16), to: (u16, u16)) -> Option<String> {
    let down = to.1.checked_sub(from.1).filter(|rows| *rows <= 3)?;
    let mut way = String::with_capacity("\r\n\n\n\x1b[999C".len());
    // Line feeds keep the column; where that is too far, the way begins at the left edge.
    let from_column = if to.0 < from.0 { 0 } else { from.0 };
    if from_column != from.0 {
        way.push('\r');
    }
    way.extend(std::iter::repeat_n('\n', down.into()));
    match to.0 - from_column {
        0 => {}
        1 => way.push_str("\x1b[C"),
        columns => {
            way.push_str("\x1b[");
            push_number(&mut way, columns);
            way.push('C');
        }
    }
    Some(way)
}
