//! The band in which the best path is sought: for each unit of the left the units of the right that it may meet. Knows
//! the chain of probable meetings and the path sought before, no words.

use std::ops::Range;

use super::anchors::Point;
use super::path::Step;
use super::span::has_both;
use crate::progress::{Cancelled, Progress};

/// Units of the right about a probable meeting that are looked at, too.
const MARGIN: usize = 6;
/// Units about a sure bead that are looked at again.
const SLACK: usize = 3;
/// Between two meetings, all is looked at up to so many units on one side,
const SMALL: usize = 60;
/// or so many pairs; beyond, a stripe about the diagonal, this many times as wide as a random walk strays.
const PAIRS: usize = 400 * 400;
const STRAY: usize = 4;
/// The most pairs of units that are looked at, so that a search ends in bounded time and memory: beyond, all margins
/// shrink, down to the chain alone.
const MOST: usize = 3_000_000;
/// The most pairs that are looked at where nothing tells which: texts of a thousand units are looked at whole.
const WIDEST: usize = 1_000_000;
/// Pairs of units that are looked at for each pair of kinds of units: more are alike and tell no more.
const EACH: usize = 16;
/// Nats from which a bead, and those next to it, are held to be found.
const SURE: f32 = 2.0;

/// For each left unit the right units with which it may meet: bounds ascend, and a path leads through. What lies
/// farther from the chain of probable meetings than the margins is missed; with more than some millions of pairs to
/// look at (texts of several hundred thousand units, or long ones without one rare word in common), or more than can
/// be told apart where a side has so many `kinds` of units (a text of one sentence again and again), margins shrink until
/// they fit.
///
/// # Errors
/// Where it was cancelled.
pub fn band(
    chain: &[Point],
    units: [usize; 2],
    kinds: [usize; 2],
    progress: &Progress,
) -> Result<Vec<Range<usize>>, Cancelled> {
    let most = room(MOST, units, kinds);
    let mut shrunk = 1;
    loop {
        progress.ask()?;
        let rows = margins(chain, units, shrunk);
        let pairs: usize = rows.iter().map(Range::len).sum();
        if pairs <= most || shrunk > PAIRS {
            return Ok(rows);
        }
        shrunk *= 2;
    }
}

/// For each left unit the right units with which it may meet where nothing tells which: all of them, and in long texts a
/// stripe about the diagonal as wide as [`WIDEST`] pairs allow. What one text lacks in one place beyond half its width is
/// missed.
pub fn whole(units: [usize; 2], kinds: [usize; 2]) -> Vec<Range<usize>> {
    let most = room(WIDEST, units, kinds);
    let mut bounds = Bounds { rows: vec![units[1]..0; units[0]], columns: units[1] };
    if units[0] * units[1] <= most {
        bounds.cover(0..units[0], 0..units[1]);
    } else {
        bounds.stripe([0, 0], units, most / units[0].max(1) / 2);
    }
    bounds.closed()
}

/// How many pairs may be looked at of `most`: no more than can be told apart, but as many as a path needs.
fn room(most: usize, units: [usize; 2], kinds: [usize; 2]) -> usize {
    let told_apart = EACH * kinds[0].saturating_mul(kinds[1]);
    most.min(told_apart).max(4 * (units[0] + units[1]))
}

fn margins(chain: &[Point], units: [usize; 2], shrunk: usize) -> Vec<Range<usize>> {
    let uncovered = units[1]..0;
    let mut bounds = Bounds { rows: vec![uncovered; units[0]], columns: units[1] };
    let margin = MARGIN / shrunk;
    let ends =
        (0..chain.len()).filter(|&at| is_supported(chain, at)).map(|at| chain[at].units).chain([units]);
    let mut last = [0usize, 0];
    for next in ends {
        let size = [next[0] - last[0], next[1] - last[1]];
        let is_small = size[0].min(size[1]) <= SMALL || size[0] * size[1] <= PAIRS;
        if is_small && shrunk == 1 {
            bounds.cover(last[0]..next[0], last[1].saturating_sub(margin)..next[1] + margin);
        } else {
            let half = size[0].max(size[1]).isqrt() * STRAY / shrunk + margin;
            bounds.stripe(last, next, half);
        }
        last = next;
    }
    // A chance meeting far from the others would widen all rows beside it: where room is short, it is not followed.
    for point in chain.iter().filter(|_| shrunk == 1) {
        let [i, j] = point.units;
        let near = margin / 2;
        bounds.cover(i.saturating_sub(near)..i + near, j.saturating_sub(near)..j + near);
    }
    bounds.closed()
}

/// Whether enough other points of the chain lie close by.
fn is_supported(chain: &[Point], at: usize) -> bool {
    let [i, j] = chain[at].units;
    let near = |p: &&Point| p.units[0].abs_diff(i) <= 6 && p.units[1].abs_diff(j) <= 6;
    chain[at.saturating_sub(3)..(at + 4).min(chain.len())].iter().filter(near).count() >= 4
}

/// The band about a path found in `rows`: from each bead that is surely found to the next, and a little beyond.
pub fn narrowed(rows: &[Range<usize>], steps: &[Step], columns: usize) -> Vec<Range<usize>> {
    let both = |step: &&Step| has_both(&step.span);
    let is_sure = |at: usize| {
        let near = &steps[at.saturating_sub(2)..(at + 3).min(steps.len())];
        both(&&steps[at]) && near.iter().filter(both).all(|step| step.value > SURE)
    };
    let mut bounds = Bounds { rows: rows.to_vec(), columns };
    let mut last = [0, 0];
    let sure = (0..steps.len()).filter(|&at| is_sure(at)).map(|at| &steps[at].span);
    let ends = sure.map(|[left, right]| ([left.end, right.end], right.start));
    for (next, start) in ends.chain([([rows.len(), columns], columns)]) {
        for row in &mut bounds.rows[last[0]..next[0]] {
            let found = last[1].min(start).saturating_sub(SLACK)..next[1] + SLACK;
            *row = row.start.max(found.start)..row.end.min(found.end);
        }
        last = next;
    }
    bounds.closed()
}

/// The band about a path found in `rows` wherever it leads: so `far` on either side.
pub fn about(rows: &[Range<usize>], steps: &[Step], columns: usize, far: usize) -> Vec<Range<usize>> {
    let mut bounds = Bounds { rows: vec![columns..0; rows.len()], columns };
    for [left, right] in steps.iter().map(|step| &step.span) {
        let left = left.start..left.end.max(left.start + 1);
        bounds.cover(left, right.start.saturating_sub(far)..right.end + far);
    }
    for (found, row) in bounds.rows.iter_mut().zip(rows) {
        *found = row.start.max(found.start)..row.end.min(found.end);
    }
    bounds.closed()
}

/// Rows that grow as they are covered.
struct Bounds {
    rows: Vec<Range<usize>>,
    columns: usize,
}

impl Bounds {
    fn cover(&mut self, rows: Range<usize>, columns: Range<usize>) {
        let end = rows.end.min(self.rows.len());
        for row in &mut self.rows[rows.start.min(end)..end] {
            *row = row.start.min(columns.start)..row.end.max(columns.end.min(self.columns));
        }
    }

    /// Covers a stripe about the diagonal from one meeting to the next.
    fn stripe(&mut self, from: [usize; 2], to: [usize; 2], half: usize) {
        let size = [to[0] - from[0], to[1] - from[1]];
        let column = |row: usize| from[1] + (row - from[0]) * size[1] / size[0].max(1);
        for row in from[0]..to[0] {
            self.cover(row..row + 1, column(row).saturating_sub(half)..column(row + 1) + half);
        }
    }

    /// The rows with bounds that ascend, from the first column to the last.
    fn closed(mut self) -> Vec<Range<usize>> {
        for at in (1..self.rows.len()).rev() {
            self.rows[at - 1].start = self.rows[at - 1].start.min(self.rows[at].start);
        }
        for at in 1..self.rows.len() {
            self.rows[at].end = self.rows[at].end.max(self.rows[at - 1].end);
        }
        if let Some(first) = self.rows.first_mut() {
            first.start = 0;
        }
        if let Some(last) = self.rows.last_mut() {
            last.end = self.columns;
        }
        for row in &mut self.rows {
            row.start = row.start.min(self.columns).min(row.end);
        }
        self.rows
    }
}

/// The band seen from the other side.
pub fn turned(rows: &[Range<usize>], columns: usize) -> Vec<Range<usize>> {
    let first = |j: usize| rows.partition_point(|row| row.end <= j);
    let last = |j: usize| rows.partition_point(|row| row.start <= j);
    (0..columns).map(|j| first(j)..last(j).max(first(j))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn a_path_leads_through_a_bounded_band_whatever_meets(
            left in 1_usize..20_000, right in 1_usize..20_000,
            meetings in prop::collection::btree_map(0_usize..20_000, 0_usize..20_000, 0..300),
            kinds in 1_usize..600,
        ) {
            let mut columns: Vec<usize> = meetings.values().copied().collect();
            columns.sort_unstable();
            columns.dedup();
            let points = meetings.keys().zip(columns).map(|(&i, j)| Point { units: [i, j], weight: 1.0 });
            let chain: Vec<Point> = points.filter(|p| p.units[0] < left && p.units[1] < right).collect();
            let rows = band(&chain, [left, right], [kinds, kinds], &Progress::default()).unwrap();
            prop_assert_eq!(rows.len(), left);
            let most = MOST.min(EACH * kinds * kinds).max(4 * (left + right));
            prop_assert!(rows.iter().map(Range::len).sum::<usize>() <= most);
            prop_assert_eq!((rows[0].start, rows[left - 1].end), (0, right));
            for two in rows.windows(2) {
                prop_assert!(two[0].start <= two[1].start && two[0].end <= two[1].end);
                prop_assert!(two[1].start <= two[0].end);
            }
        }
    }

    #[test]
    fn the_band_about_a_path_leads_along_it() {
        let whole = vec![0..100; 60];
        // Forty beads, twenty units of the left alone, sixty of the right alone.
        let beads = (0..40).map(|at| [at..at + 1, at..at + 1]);
        let gaps = (40..60).map(|at| [at..at + 1, 40..40]).chain((40..100).map(|at| [60..60, at..at + 1]));
        let steps: Vec<Step> = beads.chain(gaps).map(|span| Step { span, value: 0.0 }).collect();
        let rows = about(&whole, &steps, 100, 5);
        assert_eq!([&rows[0], &rows[20], &rows[50], &rows[59]], [&(0..6), &(15..26), &(35..45), &(35..100)]);
    }
}
