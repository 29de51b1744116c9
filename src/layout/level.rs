//! Rows added so that passages that belong together begin on the same row: what each side lacks, at the end of
//! its part. Counts the rows of a part when it is first asked for.

use std::cell::RefCell;
use std::collections::HashMap;

use super::Setting;
use super::flow::rows_of;
use crate::document::Edition;

/// Parts with more passages on a side are not made level: their rows would all have to be counted at once.
const MOST_PASSAGES: usize = 400;

/// Two editions cut into the same number of parts, each beginning with passages that belong together.
#[derive(Debug)]
pub struct Levels {
    editions: [Edition; 2],
    settings: [Setting; 2],
    /// First passage of each part on each side, rising; both sides have as many.
    starts: [Vec<usize>; 2],
    counted: RefCell<HashMap<usize, [usize; 2]>>,
}

impl Levels {
    /// The levels of two editions at their settings. `starts` are the first passages of each part, left and
    /// right; what stands before the first is left as it is.
    #[must_use]
    pub fn new(editions: [Edition; 2], settings: [Setting; 2], starts: &[[usize; 2]]) -> Self {
        let starts = [0, 1].map(|side| starts.iter().map(|both| both[side]).collect());
        Self { editions, settings, starts, counted: RefCell::default() }
    }

    /// The settings at which rows were counted.
    #[must_use]
    pub fn settings(&self) -> [Setting; 2] {
        self.settings
    }

    /// Rows to be added after a passage of a side: what its part lacks against the other side, where it is the
    /// last passage shown of the part.
    #[must_use]
    pub fn after(&self, side: usize, passage: usize) -> usize {
        let starts = &self.starts[side];
        let part = starts.partition_point(|&start| start <= passage);
        let (Some(part), Some(&end)) = (part.checked_sub(1), starts.get(part)) else { return 0 };
        let edition = &self.editions[side];
        let shown = |at: usize| !rows_of(edition, at, self.settings[side]).is_empty();
        if !shown(passage) || (passage + 1..end).any(shown) {
            return 0;
        }
        let rows = self.rows(part);
        rows[1 - side].saturating_sub(rows[side])
    }

    /// Rows of a part on each side; none where it is too long.
    fn rows(&self, part: usize) -> [usize; 2] {
        if let Some(rows) = self.counted.borrow().get(&part) {
            return *rows;
        }
        let ranges = [0, 1].map(|side: usize| {
            let bound = |at: usize| self.starts[side].get(at).copied().unwrap_or_default();
            bound(part)..bound(part + 1)
        });
        let rows = if ranges.iter().any(|range| range.len() > MOST_PASSAGES) {
            [0, 0]
        } else {
            [0, 1].map(|side: usize| {
                let of = |passage| rows_of(&self.editions[side], passage, self.settings[side]).len();
                ranges[side].clone().map(of).sum()
            })
        };
        self.counted.borrow_mut().insert(part, rows);
        rows
    }
}
