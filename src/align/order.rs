//! Whether rare words that two texts share stand in the same order, against how many do with one text read backwards,
//! and how much of the texts stands in stretches of them. Knows no languages and no beads.

use std::fmt;

use super::anchors::{self, Point};
use crate::progress::{Cancelled, Progress};

/// How much more than by chance the order of rare words must agree.
const ORDER: f32 = 2.0;
/// Share of the shorter text in stretches with rare words in order from which two texts of one language are one work.
/// Of hard translations, ten passages to five hundred, .9 to 1.0 is; of works that take half from each other, in
/// stretches of five to twenty passages, .5 to .6; of those that take two thirds .6 to .7.
const COVERED: f32 = 0.7;
/// What a third chain covers of two works.
const BY_CHANCE: f32 = 0.1;
/// How steeply what is held of them rises there.
const STEEP: f32 = 14.0;
/// Units from one meeting to the next up to which those between stand in one stretch with them.
const CLOSE: usize = 5;

/// The meetings of two texts in order.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// Parts that the order was looked for in, each of them in order by itself.
    parts: usize,
    /// Units in order,
    ahead: usize,
    /// and how many are with one text read backwards;
    back: usize,
    /// how much more the former weigh.
    likelier: f32,
    /// Units of the shorter text.
    units: usize,
    /// The share of them that stands in stretches of meetings close to each other: what has a partner, and what stands
    /// between two that have.
    pub covered: f32,
}

impl Order {
    /// The order of meetings, which are sorted by the left units, of texts of so many units: of one part, or of several
    /// that may stand in another order on the right.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn of(
        points: &[Point],
        units: [usize; 2],
        parts: usize,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let forward = chains(points.to_vec(), units, parts, progress)?;
        let mut turned = points.to_vec();
        for point in &mut turned {
            point.units[1] = units[1] - 1 - point.units[1];
        }
        turned.sort_by_key(|point| point.units);
        let backward = chains(turned, units, parts, progress)?;
        let weight = |chains: &[Vec<Point>]| chains.iter().flatten().map(|point| point.weight).sum::<f32>();
        let shorter = usize::from(units[1] < units[0]);
        let bridged: usize = forward.iter().map(|chain| bridged(chain, shorter)).sum();
        Ok(Self {
            parts,
            ahead: forward.iter().map(Vec::len).sum(),
            back: backward.iter().map(Vec::len).sum(),
            likelier: weight(&forward) / weight(&backward).max(1.0),
            units: units[shorter].max(1),
            covered: bridged as f32 / units[shorter].max(1) as f32,
        })
    }

    /// How likely so much order comes by chance.
    #[must_use]
    pub fn by_chance(&self) -> f32 {
        1.0 / (1.0 + (self.likelier / ORDER).powi(4))
    }

    /// Whether it is no more than that.
    #[must_use]
    pub fn is_chance(&self) -> bool {
        self.by_chance() > 0.5 || self.ahead < 2
    }

    /// How likely texts with so much in stretches are one work.
    #[must_use]
    pub fn by_cover(&self) -> f32 {
        let by_chance = BY_CHANCE * self.parts.saturating_sub(2) as f32;
        1.0 / (1.0 + (STEEP * (COVERED + by_chance - self.covered)).exp())
    }

    /// Whether it shows one work: most stands in stretches.
    #[must_use]
    pub fn is_one_work(&self) -> bool {
        !self.is_chance() && self.by_cover() >= 0.5
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { parts, ahead, back, units, .. } = self;
        let order = match *parts {
            1 => "the same order".to_owned(),
            parts => format!(
                "{} parts, each in the same order,",
                ["two", "three"].get(parts - 2).unwrap_or(&"several")
            ),
        };
        write!(
            f,
            "both texts have the same rare words in {order} in {ahead} of {units} passages, by chance in {back} (counted \
             with one text read backwards)"
        )
    }
}

/// The heaviest chain, then the heaviest of what stands outside the stretches of those before.
fn chains(
    mut points: Vec<Point>,
    units: [usize; 2],
    parts: usize,
    progress: &Progress,
) -> Result<Vec<Vec<Point>>, Cancelled> {
    let mut chains: Vec<Vec<Point>> = Vec::with_capacity(parts);
    for _ in 0..parts {
        if let Some(last) = chains.last() {
            let taken = [0, 1].map(|side| stretches(last, side, units[side]));
            points.retain(|point| ![0, 1].iter().any(|&side| taken[side][point.units[side]]));
        }
        chains.push(anchors::chain(&points, units[1], progress)?);
    }
    Ok(chains)
}

/// Steps of a chain that are no longer than a stretch bears.
fn steps(chain: &[Point]) -> impl Iterator<Item = (&[Point], bool)> {
    let is_close =
        |two: &[Point]| [0, 1].iter().all(|&side| two[1].units[side] - two[0].units[side] <= CLOSE);
    chain.windows(2).map(move |two| (two, is_close(two)))
}

/// How many units of a side stand in stretches of a chain.
fn bridged(chain: &[Point], side: usize) -> usize {
    let steps = steps(chain)
        .map(|(two, is_close)| if is_close { two[1].units[side] - two[0].units[side] } else { 1 });
    steps.sum::<usize>() + usize::from(!chain.is_empty())
}

/// Which units of a side do.
fn stretches(chain: &[Point], side: usize, units: usize) -> Vec<bool> {
    let mut taken = vec![false; units];
    for point in chain {
        taken[point.units[side]] = true;
    }
    for (two, _) in steps(chain).filter(|(_, is_close)| *is_close) {
        taken[two[0].units[side]..two[1].units[side]].fill(true);
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(meetings: &[[usize; 2]], units: usize, parts: usize) -> Order {
        let mut points: Vec<Point> = meetings.iter().map(|&units| Point { units, weight: 1.0 }).collect();
        points.sort_by_key(|point| point.units);
        Order::of(&points, [units; 2], parts, &Progress::default()).unwrap()
    }

    #[test]
    fn parts_that_changed_places_cover_what_one_chain_leaves_out() {
        let turned: Vec<[usize; 2]> = (0..40).map(|at| [at, (at + 20) % 40]).collect();
        let (one, two) = (order(&turned, 40, 1), order(&turned, 40, 2));
        assert_eq!((one.ahead, two.ahead), (20, 40));
        assert!(!one.is_one_work() && two.is_one_work(), "{one:?} {two:?}");
        assert!((two.covered - 1.0).abs() < 1e-6, "{two:?}");
    }

    #[test]
    fn three_parts_in_the_opposite_order_are_found_as_three() {
        let turned: Vec<[usize; 2]> = (0..60).map(|at| [at, (2 - at / 20) * 20 + at % 20]).collect();
        let [two, three] = [2, 3].map(|parts| order(&turned, 60, parts));
        assert!(!two.is_one_work() && three.is_one_work(), "{two:?} {three:?}");
        assert!(three.to_string().contains("three parts"), "{three}");
    }

    #[test]
    fn a_second_chain_takes_nothing_of_the_stretches_of_the_first() {
        // Beside the diagonal runs another, two units away: as its passages have partners, it tells nothing.
        let beside = (0..38).map(|at| [at, at + 2]);
        let both: Vec<[usize; 2]> = (0..40).map(|at| [at, at]).chain(beside).collect();
        assert_eq!(order(&both, 40, 2).ahead, 40);
    }

    #[test]
    fn meetings_without_order_show_nothing_in_parts_either() {
        let scattered: Vec<[usize; 2]> = (0..97).map(|at| [at, at * 36 % 97]).collect();
        for parts in [1, 2, 3] {
            let order = order(&scattered, 97, parts);
            assert!(!order.is_one_work(), "{order:?}");
        }
        assert!(order(&[], 1, 1).is_chance());
    }
}
