//! Which rows of the screen moved as they are, so that the terminal can move them itself.

use super::grid::{Block, Grid};

/// Shifts that may be worth trying, the most promising first.
const TRIED: usize = 2;

/// Cells of a row that are not blank, from which on it is worth moving.
const LEAST_WORTH: usize = 4;

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
    let mut sorted: Vec<(u64, u16)> = before.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    // By how far below a row was, the highest place first: how many rows came from there, the first and the last.
    let mut found: Vec<Option<(usize, u16, u16)>> = vec![None; before.len() + after.len()];
    for (row, now) in after.iter().enumerate() {
        // Rows that stand now where they did not stand before.
        if before.get(row) == Some(now) || !is_worth_moving(new, row as u16, columns) {
            continue;
        }
        let first = sorted.partition_point(|(was, _)| was < now);
        for &(_, from) in sorted.iter().skip(first).take_while(|(was, _)| was == now) {
            let place = &mut found[usize::from(from) + after.len() - row];
            let (hits, first, _) = place.unwrap_or((0, row as u16, 0));
            *place = Some((hits + 1, first, row as u16));
        }
    }
    let shift = |(way, found): (usize, Option<(usize, u16, u16)>)| {
        let (hits, first, last) = found?;
        let rows = way as i32 - after.len() as i32;
        let far = rows.unsigned_abs() as u16;
        let (first, last) = if rows > 0 { (first, last + far) } else { (first - far, last) };
        Some((hits, Shift { block: Block { first, last: last + 1, columns }, rows }))
    };
    let mut shifts: Vec<(usize, Shift)> = found.into_iter().enumerate().filter_map(shift).collect();
    shifts.sort_by_key(|(hits, shift)| (std::cmp::Reverse(*hits), shift.rows.unsigned_abs()));
    shifts.into_iter().take(TRIED).map(|(_, shift)| shift).collect()
}

/// Whether a row holds enough that would have to be written.
fn is_worth_moving(grid: &Grid, row: u16, columns: (u16, u16)) -> bool {
    let part = grid.row(row).get(usize::from(columns.0)..usize::from(columns.1)).unwrap_or_default();
    part.iter().filter(|glyph| !glyph.is_blank()).nth(LEAST_WORTH - 1).is_some()
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
