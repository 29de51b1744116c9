//! Which rows of the screen moved as they are, so that the terminal can move them itself.

use super::grid::{Block, Grid};

/// Shifts that may be worth trying, the most promising first.
const TRIED: usize = 2;

/// A block that moved, and by how many rows: up where positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// What moved.
    pub block: Block,
    /// By how much.
    pub rows: i32,
}

/// The shifts within some columns by which the new screen may have come from the old one.
#[must_use]
pub fn candidates(old: &Grid, new: &Grid, columns: (u16, u16)) -> Vec<Shift> {
    let fingerprints =
        |grid: &Grid| -> Vec<u64> { (0..grid.rows).map(|row| grid.fingerprint(row, columns)).collect() };
    let (before, after) = (fingerprints(old), fingerprints(new));
    let height = i32::from(new.rows);
    let mut found: Vec<(usize, Shift)> = Vec::new();
    for rows in (1 - height..height).filter(|rows| *rows != 0) {
        // Rows that stand now where they did not stand before, and that came from `rows` below.
        let moved = |row: &i32| {
            let from = usize::try_from(row + rows).ok().and_then(|from| before.get(from));
            let row = usize::try_from(*row).unwrap_or_default();
            from == after.get(row) && after.get(row) != before.get(row)
        };
        let hits: Vec<i32> = (0..height).filter(moved).filter(|row| worth(new, *row, columns)).collect();
        let (Some(&first), Some(&last)) = (hits.first(), hits.last()) else { continue };
        let (first, last) = if rows > 0 { (first, last + rows) } else { (first + rows, last) };
        let (Ok(first), Ok(last)) = (u16::try_from(first), u16::try_from(last + 1)) else { continue };
        found.push((hits.len(), Shift { block: Block { first, last, columns }, rows }));
    }
    found.sort_by_key(|(hits, shift)| (std::cmp::Reverse(*hits), shift.rows.unsigned_abs()));
    found.into_iter().take(TRIED).map(|(_, shift)| shift).collect()
}

/// Whether a row holds anything that would have to be written.
fn worth(grid: &Grid, row: i32, columns: (u16, u16)) -> bool {
    let row = grid.row(u16::try_from(row).unwrap_or_default());
    let part = row.get(usize::from(columns.0)..usize::from(columns.1)).unwrap_or_default();
    part.iter().filter(|glyph| !glyph.is_blank()).count() > 3
}

/// The columns within which nearly all of a change lies: those of one pane that moved alone.
#[must_use]
pub fn moving_columns(old: &Grid, new: &Grid) -> (u16, u16) {
    let mut counts = vec![0u16; usize::from(new.columns)];
    for row in 0..new.rows {
        for (count, (before, after)) in counts.iter_mut().zip(old.row(row).iter().zip(new.row(row))) {
            *count += u16::from(before != after);
        }
    }
    // A row or two of headers and status lines change elsewhere without being part of the movement.
    let moving = |count: &u16| *count > 4;
    let first = counts.iter().position(moving).unwrap_or(0) as u16;
    let last = counts.iter().rposition(moving).map_or(0, |last| last as u16 + 1);
    (first, last)
}
