//! What stands on the screen, cell by cell, as the terminal will have it.

use std::rc::Rc;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Color;

use super::case::{Look, LookNumber, Symbol, TypeCase};
use crate::layout::width::cells as cells_of;

/// A cell of the screen: one number, so that cells are compared, moved and copied at no cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph(u32);

/// The bits of a glyph that are its grapheme.
const SYMBOL: u32 = (1 << Symbol::BITS) - 1;

impl Glyph {
    /// An erased cell.
    pub const BLANK: Self = Self::new(Symbol::SPACE, LookNumber::PLAIN);

    /// A grapheme and how it looks; [`Symbol::COVERED`] in the second cell of a wide one.
    #[must_use]
    pub const fn new(symbol: Symbol, look: LookNumber) -> Self {
        Self((look.number() as u32) << Symbol::BITS | symbol.number())
    }

    /// The grapheme.
    #[must_use]
    pub const fn symbol(self) -> Symbol {
        Symbol::of_number(self.0 & SYMBOL)
    }

    /// How it looks.
    #[must_use]
    pub const fn look(self) -> LookNumber {
        LookNumber::of_number((self.0 >> Symbol::BITS) as u8)
    }

    /// Whether erasing the cell would show the same.
    #[must_use]
    pub fn is_blank(self) -> bool {
        self == Self::BLANK
    }

    /// Whether it is the second cell of a wide grapheme.
    #[must_use]
    pub fn is_covered(self) -> bool {
        self.symbol() == Symbol::COVERED
    }
}

/// Whether none is half of a wide grapheme or of a width that terminals disagree about: see [`Symbol::is_simple`].
#[must_use]
pub fn are_simple(glyphs: &[Glyph]) -> bool {
    Symbol::of_number(glyphs.iter().fold(0, |bits, glyph| bits | glyph.0) & SYMBOL).is_simple()
}

/// A screen of cells, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Cells across.
    pub columns: u16,
    /// Cells down.
    pub rows: u16,
    glyphs: Vec<Glyph>,
    /// By row: see [`Grid::fingerprint`].
    fingerprints: Vec<u64>,
}

impl Grid {
    /// An erased screen.
    #[must_use]
    pub fn blank(columns: u16, rows: u16) -> Self {
        let cells = usize::from(columns) * usize::from(rows);
        let glyphs = vec![Glyph::BLANK; cells];
        let of_row = fingerprint(glyphs.get(..usize::from(columns)).unwrap_or_default());
        Self { columns, rows, glyphs, fingerprints: vec![of_row; usize::from(rows)] }
    }

    /// The screen that a buffer draws, with lines in it that are set. What stands in the buffer behind a wide
    /// grapheme is covered by it. Leaves the buffer empty: that of the next frame begins so, and the cells under
    /// the lines, which are most of them, were never touched.
    #[must_use]
    pub fn of(buffer: &mut Buffer, lines: &[SetLine], case: &mut TypeCase) -> Self {
        let mut grid = Self::blank(buffer.area.width, buffer.area.height);
        let columns = usize::from(grid.columns.max(1));
        let mut lines: Vec<&SetLine> = lines.iter().collect();
        lines.sort_unstable_by_key(|line| (line.place.y, line.place.x));
        let mut lines = lines.into_iter().peekable();
        let mut reading = Reading::new(case);
        let rows = grid.glyphs.chunks_exact_mut(columns).zip(&mut grid.fingerprints);
        for ((drawn, (row, of_row)), number) in buffer.content.chunks_exact_mut(columns).zip(rows).zip(0..) {
            let mut from = 0;
            while let Some(line) = lines.next_if(|line| line.place.y == number) {
                let begin = usize::from(line.place.x).clamp(from, columns);
                let end = (begin + line.glyphs.len()).min(columns);
                reading.take(&mut drawn[from..begin], &mut row[from..begin]);
                row[begin..end].copy_from_slice(&line.glyphs[..end - begin]);
                from = end;
            }
            reading.take(&mut drawn[from..], &mut row[from..]);
            *of_row = fingerprint(row);
        }
        grid
    }

    /// The glyph at a column and row; a blank beyond the screen.
    #[must_use]
    pub fn glyph(&self, (column, row): (u16, u16)) -> Glyph {
        self.row(row).get(usize::from(column)).copied().unwrap_or(Glyph::BLANK)
    }

    /// Puts a glyph at a column and row of the screen.
    pub fn set(&mut self, (column, row): (u16, u16), glyph: Glyph) {
        let at = usize::from(row) * usize::from(self.columns) + usize::from(column);
        if let Some(place) = self.glyphs.get_mut(at).filter(|_| column < self.columns) {
            *place = glyph;
            self.take_fingerprint(row);
        }
    }

    /// A row, from left to right.
    #[must_use]
    pub fn row(&self, row: u16) -> &[Glyph] {
        let start = usize::from(row) * usize::from(self.columns);
        self.glyphs.get(start..start + usize::from(self.columns)).unwrap_or_default()
    }

    /// Whether a row of two screens shows the same.
    #[must_use]
    pub fn has_row_of(&self, other: &Self, row: u16) -> bool {
        self.fingerprint(row, (0, self.columns)) == other.fingerprint(row, (0, other.columns))
            && are_equal(self.row(row), other.row(row))
    }

    /// Cells that differ from those of a screen of the same size and are not blank: each takes a byte or more to
    /// write. The count ends with the row in which it passes `enough`.
    #[must_use]
    pub fn written_cells(&self, before: &Self, enough: usize) -> usize {
        let mut cells = 0;
        for row in (0..self.rows).filter(|&row| !self.has_row_of(before, row)) {
            let pairs = self.row(row).iter().zip(before.row(row));
            cells += pairs.filter(|(now, was)| now != was && !now.is_blank()).count();
            if cells > enough {
                break;
            }
        }
        cells
    }

    /// A number that equal parts of rows have in common. Looks are left to the comparison that follows, since rows
    /// that differ in nothing else are rare.
    #[must_use]
    pub fn fingerprint(&self, row: u16, columns: (u16, u16)) -> u64 {
        if columns == (0, self.columns) {
            return self.fingerprints.get(usize::from(row)).copied().unwrap_or_default();
        }
        let part = self.row(row).get(usize::from(columns.0)..usize::from(columns.1));
        fingerprint(part.unwrap_or_default())
    }

    fn take_fingerprint(&mut self, row: u16) {
        let fingerprint = fingerprint(self.row(row));
        if let Some(place) = self.fingerprints.get_mut(usize::from(row)) {
            *place = fingerprint;
        }
    }

    /// The screen after the terminal has moved a block of it: rows `first..last` of the columns given, up
    /// where `rows` is positive, down where it is negative; what is uncovered is erased.
    #[must_use]
    pub fn shifted(&self, block: Block, rows: i32) -> Self {
        let mut shifted = Self {
            glyphs: Vec::with_capacity(self.glyphs.len()),
            fingerprints: Vec::with_capacity(self.fingerprints.len()),
            ..*self
        };
        let whole = block.columns == (0, self.columns);
        let columns = usize::from(block.columns.0)..usize::from(block.columns.1);
        let moves = |row: &u16| (block.first..block.last).contains(row);
        for row in 0..self.rows {
            let from =
                if moves(&row) { u16::try_from(i32::from(row) + rows).ok().filter(moves) } else { Some(row) };
            let (own, start) = (self.row(row), shifted.glyphs.len());
            shifted.glyphs.extend_from_slice(own.get(..columns.start).unwrap_or_default());
            match from.and_then(|from| self.row(from).get(columns.clone())) {
                Some(glyphs) => shifted.glyphs.extend_from_slice(glyphs),
                None => shifted.glyphs.extend(std::iter::repeat_n(Glyph::BLANK, columns.len())),
            }
            shifted.glyphs.extend_from_slice(own.get(columns.end..).unwrap_or_default());
            shifted.fingerprints.push(match from {
                Some(from) if whole || from == row => self.fingerprint(from, (0, self.columns)),
                Some(_) | None => fingerprint(shifted.glyphs.get(start..).unwrap_or_default()),
            });
        }
        shifted
    }
}

/// A line that is set, and where it stands.
#[derive(Clone, Debug)]
pub struct SetLine {
    /// Where it begins.
    pub place: Position,
    /// Its glyphs.
    pub glyphs: Rc<[Glyph]>,
}

/// Reads cells as glyphs. Neighbours mostly look alike: the look of the last is at hand.
#[derive(Debug)]
pub struct Reading<'c> {
    case: &'c mut TypeCase,
    look: Look,
    number: LookNumber,
    /// The last grapheme that is no byte, and whether it is wide: rules and signs come many times.
    last: (Symbol, bool),
}

impl<'c> Reading<'c> {
    /// Reads with the numbers of a type case.
    #[must_use]
    pub fn new(case: &'c mut TypeCase) -> Self {
        Self { case, look: Look::PLAIN, number: LookNumber::PLAIN, last: (Symbol::SPACE, false) }
    }

    /// Reads cells that follow each other into as many places, blank so far, and empties them.
    pub fn take(&mut self, cells: &mut [Cell], places: &mut [Glyph]) {
        let mut each = cells.iter_mut().zip(places);
        while let Some((cell, place)) = each.next() {
            // That is most of what is read here, and it is as good as empty.
            if is_untouched(cell) {
                continue;
            }
            let grapheme = cell.symbol();
            let look = Look { foreground: cell.fg, background: cell.bg, modifier: cell.modifier };
            let is_blank = grapheme.is_empty() || (grapheme == " " && look.leaves_blanks_blank());
            let mut is_wide = false;
            if !is_blank {
                if look != self.look {
                    (self.look, self.number) = (look, self.case.number(look));
                }
                let symbol = self.case.symbol(grapheme);
                if grapheme.len() > 1 && symbol != self.last.0 {
                    self.last = (symbol, cells_of(grapheme) > 1);
                }
                *place = Glyph::new(symbol, self.number);
                is_wide = grapheme.len() > 1 && self.last.1;
            }
            cell.reset();
            if is_wide {
                match each.next() {
                    Some((cell, second)) => {
                        *second = Glyph::new(Symbol::COVERED, self.number);
                        cell.reset();
                    }
                    // In the last column it has no room: the terminal would wrap it.
                    None => *place = Glyph::new(Symbol::SPACE, self.number),
                }
            }
        }
    }
}

/// Whether a cell is a plain blank, asked of what tells it soonest first.
fn is_untouched(cell: &Cell) -> bool {
    matches!((cell.fg, cell.bg), (Color::Reset, Color::Reset))
        && cell.modifier.is_empty()
        && cell.symbol() == " "
}

/// Whether two rows are the same, looked at to the end: the processor compares several glyphs at once that way.
fn are_equal(one: &[Glyph], other: &[Glyph]) -> bool {
    let differing = |bits: u32, (one, other): (&Glyph, &Glyph)| bits | (one.0 ^ other.0);
    one.len() == other.len() && one.iter().zip(other).fold(0, differing) == 0
}

/// FNV-1a over pairs of every other grapheme, in four lanes: none waits for the one before it, and rows that differ
/// in nothing but the rest are as rare.
fn fingerprint(glyphs: &[Glyph]) -> u64 {
    let mixed = |hash: u64, number: u64| (hash ^ number).wrapping_mul(0x0100_0000_01b3);
    let number = |glyph: &Glyph| u64::from(glyph.0 & SYMBOL);
    let mut lanes = [0xcbf2_9ce4_8422_2325; 4];
    let sixteens = glyphs.chunks_exact(16);
    let rest = sixteens.remainder().iter().map(number);
    for sixteen in sixteens {
        for (lane, four) in lanes.iter_mut().zip(sixteen.chunks_exact(4)) {
            if let [one, _, other, _] = four {
                *lane = mixed(*lane, number(one) << u32::BITS | number(other));
            }
        }
    }
    rest.chain(lanes).fold(0, mixed)
}

/// A part of the screen that a terminal can move by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// First row.
    pub first: u16,
    /// The row after the last.
    pub last: u16,
    /// First column and the one after the last; all columns where the terminal has no side margins.
    pub columns: (u16, u16),
}
