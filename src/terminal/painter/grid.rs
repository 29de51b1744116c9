//! What stands on the screen, cell by cell, as the terminal will have it.

use ratatui::buffer::Buffer;

use super::case::{Look, LookNumber, Symbol, TypeCase};
use crate::layout::width::cells;

/// A cell of the screen: one number, so that cells are compared, moved and copied at no cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph(u64);

impl Glyph {
    /// An erased cell.
    pub const BLANK: Self = Self::new(Symbol::SPACE, LookNumber::PLAIN);

    /// A grapheme and how it looks; [`Symbol::COVERED`] in the second cell of a wide one.
    #[must_use]
    pub const fn new(symbol: Symbol, look: LookNumber) -> Self {
        Self((look.number() as u64) << u32::BITS | symbol.number() as u64)
    }

    /// The grapheme.
    #[must_use]
    pub const fn symbol(self) -> Symbol {
        Symbol::of_number(self.0 as u32)
    }

    /// How it looks.
    #[must_use]
    pub const fn look(self) -> LookNumber {
        LookNumber::of_number((self.0 >> u32::BITS) as u32)
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

    /// The screen that a buffer draws. What stands in the buffer behind a wide grapheme is covered by it.
    #[must_use]
    pub fn of(buffer: &Buffer, case: &mut TypeCase) -> Self {
        let mut grid = Self::blank(buffer.area.width, buffer.area.height);
        let columns = usize::from(grid.columns.max(1));
        let (mut look, mut number, mut hides_blanks) = (Look::PLAIN, LookNumber::PLAIN, true);
        let rows = grid.glyphs.chunks_exact_mut(columns).zip(&mut grid.fingerprints);
        for (drawn, (row, of_row)) in buffer.content.chunks_exact(columns).zip(rows) {
            let mut places = drawn.iter().zip(row.iter_mut());
            while let Some((cell, place)) = places.next() {
                if cell.modifier != look.modifier || cell.fg != look.foreground || cell.bg != look.background
                {
                    look = Look { foreground: cell.fg, background: cell.bg, modifier: cell.modifier };
                    (number, hides_blanks) = (case.number(look), look.leaves_blanks_blank());
                }
                let grapheme = cell.symbol();
                match grapheme.as_bytes() {
                    [] => {}
                    [b' '] if hides_blanks => {}
                    &[byte] => *place = Glyph::new(Symbol::of_byte(byte), number),
                    _ => {
                        *place = Glyph::new(case.symbol(grapheme), number);
                        if cells(grapheme) > 1 {
                            match places.next() {
                                Some((_, second)) => *second = Glyph::new(Symbol::COVERED, number),
                                // In the last column it has no room: the terminal would wrap it.
                                None => *place = Glyph::new(Symbol::SPACE, number),
                            }
                        }
                    }
                }
            }
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
            && self.row(row) == other.row(row)
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
        let mut shifted = self.clone();
        let columns = usize::from(block.columns.0)..usize::from(block.columns.1);
        for row in block.first..block.last {
            let from = i32::from(row) + rows;
            let inside = (i32::from(block.first)..i32::from(block.last)).contains(&from);
            let from = u16::try_from(from).ok().filter(|_| inside);
            let start = usize::from(row) * usize::from(self.columns);
            let Some(place) = shifted.glyphs.get_mut(start + columns.start..start + columns.end) else {
                continue;
            };
            match from.and_then(|from| self.row(from).get(columns.clone())) {
                Some(glyphs) => place.copy_from_slice(glyphs),
                None => place.fill(Glyph::BLANK),
            }
            match (from, shifted.fingerprints.get_mut(usize::from(row))) {
                (Some(from), Some(place)) if block.columns == (0, self.columns) => {
                    *place = self.fingerprint(from, block.columns);
                }
                _ => shifted.take_fingerprint(row),
            }
        }
        shifted
    }
}

/// FNV-1a over the graphemes.
fn fingerprint(glyphs: &[Glyph]) -> u64 {
    glyphs.iter().fold(0xcbf2_9ce4_8422_2325, |hash, glyph| {
        (hash ^ u64::from(glyph.symbol().number())).wrapping_mul(0x0100_0000_01b3)
    })
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
