//! The ends of beads within a band, and what the beads between them are worth: the ground that the best path and the
//! sum over all paths are sought on. Knows gains and prices, no words.

use std::ops::Range;

use super::habits::{FARTHEST, Habits, LONGEST};
use super::likelihood::Gains;
use super::words::Words;

/// The words of a number or a short heading on a line of its own, at most, and how many times shorter than the mean it is
/// at least.
const FEW: usize = 3;
const SHORTER: f32 = 6.0;
/// The logarithm of how much likelier it is than others to have no partner: many editions have none.
const NUMBER: f32 = 3.0;

/// Nodes, each so many units of the left and of the right that are behind it, and the beads that end at each.
pub struct Lattice<'a> {
    gains: &'a [Gains; 2],
    habits: &'a Habits,
    /// Lengths of all units before each.
    lengths: [Vec<f32>; 2],
    /// For each unit of both sides how much likelier it is than others to have no partner, as a logarithm.
    alone: [Vec<f32>; 2],
    /// For each number of left units the numbers of right units that are looked at.
    rows: Vec<Range<usize>>,
    /// The number of the first node of each row; one more at the end.
    starts: Vec<usize>,
}

/// A bead that ends at a node.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    /// Its units on both sides.
    pub units: [usize; 2],
    /// The number of the node that it leads from.
    pub from: usize,
    /// What its words and its shape are worth, in nats, without its lengths.
    pub value: f32,
}

impl<'a> Lattice<'a> {
    /// The lattice of units of the left within `rows` of the right, such that a way leads through all.
    pub fn new(words: [&Words; 2], gains: &'a [Gains; 2], rows: &[Range<usize>], habits: &'a Habits) -> Self {
        let lengths = words.map(|side| {
            let mut sums = vec![0.0f64];
            for &length in &side.lengths {
                sums.push(sums[sums.len() - 1] + f64::from(length));
            }
            sums.into_iter().map(|sum| sum as f32).collect()
        });
        let alone = words.map(|side| {
            let mean = side.lengths.iter().sum::<u32>() as f32 / side.lengths.len().max(1) as f32;
            let is_number =
                |(words, &length): (&Vec<u32>, &u32)| words.len() <= FEW && (length as f32) < mean / SHORTER;
            let is_number = side.units.iter().zip(&side.lengths).map(is_number);
            is_number.map(|is_number| if is_number { NUMBER } else { 0.0 }).collect()
        });
        let right = words[1].units.len();
        let row = |at: usize| {
            let start = if at == 0 { 0 } else { rows[at - 1].start };
            let end = rows.get(at).map_or(right, |row| row.end);
            start.min(rows.get(at).map_or(right, |row| row.start))..end.max(start) + 1
        };
        let rows: Vec<Range<usize>> = (0..=rows.len()).map(row).collect();
        let mut starts = vec![0];
        for row in &rows {
            starts.push(starts[starts.len() - 1] + row.len());
        }
        Self { gains, habits, lengths, alone, rows, starts }
    }

    /// For each number of left units the numbers of right units between beads.
    pub fn rows(&self) -> &[Range<usize>] {
        &self.rows
    }

    /// How many nodes there are.
    pub fn size(&self) -> usize {
        self.starts[self.rows.len()]
    }

    /// The number of a node where it is looked at.
    pub fn node(&self, [left, right]: [usize; 2]) -> Option<usize> {
        let row = self.rows.get(left)?;
        row.contains(&right).then(|| self.starts[left] + right - row.start)
    }

    /// Hands on all beads that end at a node and begin at another, those of one side first.
    pub fn arrivals(&self, node: [usize; 2], mut each: impl FnMut(Arrival)) {
        self.short_arrivals(node, LONGEST, &mut each);
        if !node.contains(&0) {
            self.one_to_many(node, &mut each);
        }
    }

    /// Hands on those of at most so many units on either side.
    pub fn short_arrivals(&self, [left, right]: [usize; 2], most: usize, each: &mut impl FnMut(Arrival)) {
        for units in [[1, 0], [0, 1]] {
            if units[0] <= left && units[1] <= right {
                let alone = if units[0] == 1 { self.alone[0][left - 1] } else { self.alone[1][right - 1] };
                self.hand_on([left, right], units, alone, each);
            }
        }
        if left > 0 && right > 0 {
            self.blocks([left, right], most, each);
        }
    }

    /// Hands on all beads of a few units on both sides. What the units gain is summed as the bead grows.
    fn blocks(&self, [left, right]: [usize; 2], most: usize, each: &mut impl FnMut(Arrival)) {
        let mut lefts = [0.0f32; LONGEST];
        let empty: &[f32] = &[];
        let mut columns = [empty; LONGEST];
        for (m, column) in columns.iter_mut().enumerate().take(most.min(right)) {
            *column = self.gains[1].at(right - 1 - m, left);
        }
        for n in 1..=most.min(left) {
            let row = self.gains[0].at(left - n, right);
            if row.is_empty() {
                break;
            }
            let mut rights = 0.0;
            let parts = row.iter().zip(&columns).zip(&mut lefts).take(most.min(right));
            for (m, ((here, column), lefts)) in (1..).zip(parts) {
                let Some(there) = column.get(n - 1) else { break };
                *lefts += here;
                rights += there;
                self.hand_on([left, right], [n, m], self.habits.trust * (*lefts + rights), each);
            }
        }
    }

    /// Hands on beads of one unit and so many that only its length can demand them.
    fn one_to_many(&self, ends: [usize; 2], each: &mut impl FnMut(Arrival)) {
        for one in [0, 1] {
            let row = self.gains[one].at(ends[one] - 1, ends[1 - one]);
            if row.len() <= LONGEST {
                continue;
            }
            let mut others = 0.0;
            for run in 1..=row.len().min(ends[1 - one]).min(FARTHEST) {
                let Some(other) = self.gains[1 - one].at(ends[1 - one] - run, ends[one]).first() else {
                    break;
                };
                others += other;
                if run > LONGEST {
                    let units = if one == 0 { [1, run] } else { [run, 1] };
                    self.hand_on(ends, units, self.habits.trust * (row[run - 1] + others), each);
                }
            }
        }
    }

    /// Hands on a bead of which so many nats speak beside its shape, where the node that it leads from is looked at.
    fn hand_on(
        &self,
        [left, right]: [usize; 2],
        [n, m]: [usize; 2],
        nats: f32,
        each: &mut impl FnMut(Arrival),
    ) {
        if let Some(from) = self.node([left - n, right - m]) {
            let value = self.habits.shape(n, m) + nats;
            each(Arrival { units: [n, m], from, value });
        }
    }

    /// What the lengths of a bead of so many units that ends at a node are worth, in nats: at most 0, and 0 where one
    /// side is empty.
    pub fn length(&self, end: [usize; 2], units: [usize; 2]) -> f32 {
        if units.contains(&0) {
            return 0.0;
        }
        let [left, right] = self.lengths(end, units);
        self.habits.length(left, right)
    }

    /// The lengths of both sides of a bead of so many units that ends at a node.
    pub fn lengths(&self, end: [usize; 2], units: [usize; 2]) -> [f32; 2] {
        [0, 1].map(|side| self.lengths[side][end[side]] - self.lengths[side][end[side] - units[side]])
    }
}
