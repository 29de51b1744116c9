//! What stands on the screen, cell by cell, as the terminal will have it.

use ratatui::buffer::Buffer;

use super::case::{Look, LookNumber, Symbol, TypeCase};
use crate::layout::width::cells;

/// A cell of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// One grapheme; [`Symbol::COVERED`] in the second cell of a wide one.
    pub symbol: Symbol,
    /// How it looks.
    pub look: LookNumber,
}

impl Glyph {
    /// An erased cell.
    pub const BLANK: Self = Self { symbol: Symbol::SPACE, look: LookNumber::PLAIN };

    /// Whether erasing the cell would show the same.
    #[must_use]
    pub fn is_blank(self) -> bool {
        self == Self::BLANK
    }

    /// Whether it is the second cell of a wide grapheme.
    #[must_use]
    pub fn is_covered(self) -> bool {
        self.symbol == Symbol::COVERED
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
}

impl Grid {
    /// An erased screen.
    #[must_use]
    pub fn blank(columns: u16, rows: u16) -> Self {
        let cells = usize::from(columns) * usize::from(rows);
        Self { columns, rows, glyphs: vec![Glyph::BLANK; cells] }
    }

    /// The screen that a buffer draws. What stands in the buffer behind a wide grapheme is covered by it.
    #[must_use]
    pub fn of(buffer: &Buffer, case: &mut TypeCase) -> Self {
        let mut grid = Self::blank(buffer.area.width, buffer.area.height);
        let columns = usize::from(grid.columns.max(1));
        let (mut look, mut number, mut hides_blanks) = (Look::PLAIN, LookNumber::PLAIN, true);
        for (drawn, row) in buffer.content.chunks_exact(columns).zip(grid.glyphs.chunks_exact_mut(columns)) {
            let mut second = None;
            for (cell, place) in drawn.iter().zip(row.iter_mut()) {
                if let Some(covered) = second.take() {
                    *place = covered;
                    continue;
                }
                let drawn = Look { foreground: cell.fg, background: cell.bg, modifier: cell.modifier };
                if drawn != look {
                    (look, number, hides_blanks) = (drawn, case.number(drawn), drawn.leaves_blanks_blank());
                }
                let grapheme = cell.symbol();
                match grapheme.as_bytes() {
                    [] => {}
                    [b' '] if hides_blanks => {}
                    &[byte] => *place = Glyph { symbol: Symbol::of_byte(byte), look: number },
                    _ => {
                        *place = Glyph { symbol: case.symbol(grapheme), look: number };
                        if cells(grapheme) > 1 {
                            second = Some(Glyph { symbol: Symbol::COVERED, look: number });
                        }
                    }
                }
            }
            // In the last column a wide grapheme has no room: the terminal would wrap it.
            if let Some(last) = row.last_mut().filter(|_| second.is_some()) {
                last.symbol = Symbol::SPACE;
            }
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
        }
    }

    /// A row, from left to right.
    #[must_use]
    pub fn row(&self, row: u16) -> &[Glyph] {
        let start = usize::from(row) * usize::from(self.columns);
        self.glyphs.get(start..start + usize::from(self.columns)).unwrap_or_default()
    }

    /// A number that equal parts of rows have in common. FNV-1a over the graphemes; looks are left to the
    /// comparison that follows, since rows that differ in nothing else are rare.
    #[must_use]
    pub fn fingerprint(&self, row: u16, columns: (u16, u16)) -> u64 {
        let part = self.row(row).get(usize::from(columns.0)..usize::from(columns.1)).unwrap_or_default();
        part.iter().fold(0xcbf2_9ce4_8422_2325, |hash, glyph| {
            (hash ^ u64::from(glyph.symbol.number())).wrapping_mul(0x0100_0000_01b3)
        })
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
            let moved = u16::try_from(from).ok().filter(|_| inside);
            let moved = moved.and_then(|from| self.row(from).get(columns.clone()));
            let start = usize::from(row) * usize::from(self.columns);
            let Some(place) = shifted.glyphs.get_mut(start + columns.start..start + columns.end) else {
                continue;
            };
            match moved {
                Some(glyphs) => place.copy_from_slice(glyphs),
                None => place.fill(Glyph::BLANK),
            }
        }
        shifted
    }
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
