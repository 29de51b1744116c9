//! What stands on the screen, cell by cell, as the terminal will have it.

use compact_str::CompactString;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::layout::width::cells;

/// How a cell looks, apart from its character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Colour of the character.
    pub foreground: Color,
    /// Colour of the ground.
    pub background: Color,
    /// Weight, underline and the like.
    pub modifier: Modifier,
}

impl Look {
    /// What a terminal shows after a reset.
    pub const PLAIN: Self =
        Self { foreground: Color::Reset, background: Color::Reset, modifier: Modifier::empty() };
}

/// A cell of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// One grapheme; empty in the second cell of a wide one.
    pub symbol: CompactString,
    /// How it looks.
    pub look: Look,
}

impl Glyph {
    /// An erased cell.
    #[must_use]
    pub fn blank() -> Self {
        Self { symbol: CompactString::const_new(" "), look: Look::PLAIN }
    }

    /// Whether erasing the cell would show the same.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.symbol == " " && self.look == Look::PLAIN
    }

    /// Whether it is the second cell of a wide grapheme.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.symbol.is_empty()
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
        Self { columns, rows, glyphs: vec![Glyph::blank(); cells] }
    }

    /// A row, from left to right.
    #[must_use]
    pub fn row(&self, row: u16) -> &[Glyph] {
        let start = usize::from(row) * usize::from(self.columns);
        self.glyphs.get(start..start + usize::from(self.columns)).unwrap_or_default()
    }

    /// Takes over a cell as it was drawn; one outside the screen, or covered by the one before, is passed over.
    pub fn set(&mut self, column: u16, row: u16, cell: &Cell) {
        if column >= self.columns || row >= self.rows || cell.symbol().is_empty() {
            return;
        }
        let look = Look { foreground: cell.fg, background: cell.bg, modifier: cell.modifier };
        let wide = cells(cell.symbol()) > 1;
        let at = usize::from(row) * usize::from(self.columns) + usize::from(column);
        // A wide grapheme in the last column has no room: the terminal would wrap it.
        let fits = !wide || column + 1 < self.columns;
        let symbol = if fits { cell.symbol() } else { " " };
        self.uncover(at, column);
        if let Some(glyph) = self.glyphs.get_mut(at) {
            *glyph = Glyph { symbol: CompactString::new(symbol), look };
        }
        if wide && fits {
            self.uncover(at + 1, column + 1);
            if let Some(glyph) = self.glyphs.get_mut(at + 1) {
                *glyph = Glyph { symbol: CompactString::const_new(""), look };
            }
        }
    }

    /// Blanks the other half of a wide grapheme of which one half is about to be overwritten.
    fn uncover(&mut self, at: usize, column: u16) {
        if self.glyphs.get(at).is_some_and(Glyph::is_covered)
            && let Some(lead) = at.checked_sub(1).and_then(|lead| self.glyphs.get_mut(lead))
        {
            lead.symbol = CompactString::const_new(" ");
        }
        if column + 1 < self.columns
            && let Some(after) = self.glyphs.get_mut(at + 1)
            && after.is_covered()
        {
            after.symbol = CompactString::const_new(" ");
        }
    }

    /// A number that equal parts of rows have in common. FNV-1a over the characters; looks are left to the
    /// comparison that follows, since rows that differ in nothing else are rare.
    #[must_use]
    pub fn fingerprint(&self, row: u16, columns: (u16, u16)) -> u64 {
        let part = self.row(row).get(usize::from(columns.0)..usize::from(columns.1)).unwrap_or_default();
        let bytes = part.iter().flat_map(|glyph| glyph.symbol.as_bytes());
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    /// The screen after the terminal has moved a block of it: rows `first..last` of the columns given, up
    /// where `rows` is positive, down where it is negative; what is uncovered is erased.
    #[must_use]
    pub fn shifted(&self, block: Block, rows: i32) -> Self {
        let mut shifted = self.clone();
        for row in block.first..block.last {
            let from = i32::from(row) + rows;
            let inside = (i32::from(block.first)..i32::from(block.last)).contains(&from);
            for column in block.columns.0..block.columns.1 {
                let moved = u16::try_from(from).ok().filter(|_| inside);
                let glyph = moved.and_then(|from| self.row(from).get(usize::from(column)));
                let at = usize::from(row) * usize::from(self.columns) + usize::from(column);
                if let Some(cell) = shifted.glyphs.get_mut(at) {
                    *cell = glyph.cloned().unwrap_or_else(Glyph::blank);
                }
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
