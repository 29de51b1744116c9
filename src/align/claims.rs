//! Which units without partner may stand for which of the other side, wherever those stand, and how much speaks for
//! each pair: what stands several times in a text claims all of its like and proves no move. Knows a learned model, no
//! path.

use foldhash::HashMap;

use super::anchors;
use super::cores::on_both_sides;
use super::likelihood::gains_of_pairs;
use super::rounds::Model;
use super::span::Span;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// Units of the same words in the same order that are looked at for one.
const KEPT: usize = 4;
/// The strongest claims on a unit that are weighed against each other: so many leave none sure.
const RIVALS: usize = 100;
/// Units without partner, one of them moved, that the first belief about how many are weighs as much as.
const BELIEF: f32 = 50.0;
/// How surely a unit was moved for it to be taken for moved.
pub const TAKEN: f32 = 0.88;
/// Nats beyond which the order of words says no more.
const MOST_BY_ORDER: f32 = 6.0;

/// The places of the units that are free.
pub fn places(free: &[Vec<bool>; 2]) -> [Vec<usize>; 2] {
    free.each_ref().map(|side| (0..side.len()).filter(|&at| side[at]).collect())
}

/// Pairs of units that may say the same, and the nats that speak for each against chance.
pub struct Claims {
    pairs: Vec<([usize; 2], f32)>,
    /// For each unit of both sides its pairs, the strongest where there are many.
    of_units: [Vec<Vec<usize>>; 2],
}

impl Claims {
    /// The claims of units that are free on units of the other side, free or not: for each a few that share its rarest
    /// words, or all of them.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn of(
        words: [&Words; 2],
        model: &Model,
        free: &[Vec<bool>; 2],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let places = places(free);
        let [left, right] = on_both_sides(|side| words[side].chosen(&places[side]));
        let same = Sequences::of(words);
        let mut pairs = same.pairs(words, free, progress)?;
        let of_side = [[&left, words[1]], [words[0], &right]];
        let [of_left, of_right] =
            on_both_sides(|side| anchors::points(of_side[side], &model.lexicons[0], progress));
        pairs.extend(of_left?.iter().map(|point| [places[0][point.units[0]], point.units[1]]));
        pairs.extend(of_right?.iter().map(|point| [point.units[0], places[1][point.units[1]]]));
        pairs.sort_unstable();
        pairs.dedup();
        let nats = nats(words, model, &pairs, &same, progress)?;
        let mut of_units = words.map(|side| vec![Vec::new(); side.units.len()]);
        for (at, pair) in pairs.iter().enumerate() {
            for side in [0, 1] {
                of_units[side][pair[side]].push(at);
            }
        }
        // A sentence that stands again and again claims each of its like; its units would claim them all again.
        for claims in of_units.iter_mut().flatten().filter(|claims| claims.len() > RIVALS) {
            claims.sort_by(|&a, &b| nats[b].total_cmp(&nats[a]));
            claims.truncate(RIVALS);
        }
        Ok(Self { pairs: pairs.into_iter().zip(nats).collect(), of_units })
    }

    /// The logarithm of the odds that a bead for which so many nats speak is right, against all that claims one of its
    /// units and stands outside of it, and `chance` (odds).
    pub fn odds(&self, span: &Span, nats: f32, chance: f32) -> f32 {
        let mut against = chance * (-nats).exp();
        for side in [0, 1] {
            for unit in span[side].clone() {
                let rivals = self.of_units[side][unit].iter().map(|&at| &self.pairs[at]);
                let rivals = rivals.filter(|(pair, _)| !span[1 - side].contains(&pair[1 - side]));
                against += rivals.map(|(_, other)| (other - nats).exp()).sum::<f32>();
            }
        }
        -against.ln()
    }

    /// Nats that speak for pairs of free units, all together: what no block of them can exceed by far.
    pub fn nats_of(&self, free: &[Vec<bool>; 2]) -> f32 {
        let both = self.pairs.iter().filter(|(pair, _)| (0..2).all(|side: usize| free[side][pair[side]]));
        both.map(|(_, nats)| nats.max(0.0)).sum()
    }

    /// For each pair of free units how surely one was moved, best first, where so many others are known to be.
    pub fn of_free(&self, free: &[Vec<bool>; 2], moved: usize) -> Vec<([usize; 2], f32)> {
        let [left, right] = free.each_ref().map(|side| side.iter().filter(|&&free| free).count() as f32);
        let share = (moved as f32 + 1.0) / (left.min(right) + moved as f32 + BELIEF);
        let chance = left.max(right) / share;
        let both = self.pairs.iter().filter(|(pair, _)| (0..2).all(|side: usize| free[side][pair[side]]));
        let sure = |&(pair, nats): &([usize; 2], f32)| {
            let odds = self.odds(&pair.map(|unit| unit..unit + 1), nats, chance);
            (pair, 1.0 / (1.0 + (-odds).exp()))
        };
        let mut found: Vec<([usize; 2], f32)> = both.map(sure).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }
}

/// The nats that speak for each pair, from words, their order where it is the same, and lengths.
fn nats(
    words: [&Words; 2],
    model: &Model,
    pairs: &[[usize; 2]],
    same: &Sequences,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let [left, right] = on_both_sides(|side| gains(words, side, model, pairs, progress));
    let nats = |(pair, gain): (&[usize; 2], f32)| {
        let [left, right] = [0, 1].map(|side: usize| words[side].lengths[pair[side]] as f32);
        let by_order = if same.are_same(words, *pair) { order(words[0].units[pair[0]].len()) } else { 0.0 };
        model.habits.trust * gain + model.habits.length(left, right) + by_order
    };
    let gains = left?.into_iter().zip(right?).map(|(left, right)| left + right);
    Ok(pairs.iter().zip(gains).map(nats).collect())
}

/// What the unit of `side` of each pair gains by the other.
fn gains(
    words: [&Words; 2],
    side: usize,
    model: &Model,
    pairs: &[[usize; 2]],
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|&at| pairs[at][1 - side]);
    let both = [words[side], words[1 - side]];
    let asked = order.iter().map(|&at| [pairs[at][side], pairs[at][1 - side]]);
    let found = gains_of_pairs(both, &model.lexicons[side], &model.habits.levels[side], asked, progress)?;
    let mut gains = vec![0.0; pairs.len()];
    for (at, gain) in order.into_iter().zip(found) {
        gains[at] = gain;
    }
    Ok(gains)
}

/// Nats that so many words in the same order speak for: it is one of so many orders.
fn order(words: usize) -> f32 {
    (2..=words.min(10)).map(|number| (number as f32).ln()).sum::<f32>().min(MOST_BY_ORDER)
}

/// What tells whether two units are the same words in the same order.
struct Sequences {
    /// For each word of the right the number of the same word on the left.
    on_left: Vec<u32>,
}

impl Sequences {
    fn of(words: [&Words; 2]) -> Self {
        let same = words[1].numbers_in(words[0]);
        Self { on_left: same.into_iter().map(|same| same.unwrap_or(u32::MAX)).collect() }
    }

    fn are_same(&self, words: [&Words; 2], [left, right]: [usize; 2]) -> bool {
        let right = words[1].units[right].iter().map(|&word| self.on_left[word as usize]);
        right.eq(words[0].units[left].iter().copied())
    }

    /// Units of the same words, one of them free; a few of each kind, however many there are.
    fn pairs(
        &self,
        words: [&Words; 2],
        free: &[Vec<bool>; 2],
        progress: &Progress,
    ) -> Result<Vec<[usize; 2]>, Cancelled> {
        // For each sequence on the left the first units that have it, and the first free ones.
        let mut of_left: HashMap<&[u32], [Vec<usize>; 2]> = HashMap::default();
        for (at, unit) in words[0].units.iter().enumerate().filter(|(_, unit)| !unit.is_empty()) {
            progress.ask()?;
            let [all, of_free] = of_left.entry(unit).or_default();
            for (units, _) in [(all, true), (of_free, free[0][at])].into_iter().filter(|(_, wanted)| *wanted)
            {
                if units.len() < KEPT {
                    units.push(at);
                }
            }
        }
        let mut pairs = Vec::new();
        let mut sequence = Vec::new();
        for (right, unit) in words[1].units.iter().enumerate() {
            progress.ask()?;
            sequence.clear();
            sequence.extend(unit.iter().map(|&word| self.on_left[word as usize]));
            if let Some([all, of_free]) = of_left.get(sequence.as_slice()) {
                let lefts = if free[1][right] { all } else { of_free };
                pairs.extend(lefts.iter().map(|&left| [left, right]));
            }
        }
        Ok(pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{cognates::cognates, habits::Habits, rounds::first_lexicons};
    use super::*;

    #[test]
    fn a_unit_that_stands_again_and_again_has_a_bounded_number_of_claims_and_none_sure() {
        let units = vec!["so it was and so it will be"; 3 * RIVALS];
        let words = Words::of(&units, &Progress::default()).unwrap();
        let words = [&words, &words];
        let known = cognates(words, true, &Progress::default()).unwrap();
        let lexicons = first_lexicons(words, &known, &Progress::default()).unwrap();
        let model = Model { lexicons, habits: Habits::start(words) };
        let free = [0, 1].map(|_| vec![true; units.len()]);
        let claims = Claims::of(words, &model, &free, &Progress::default()).unwrap();
        assert_eq!(claims.of_units[0][0].len(), RIVALS);
        assert!(claims.of_units.iter().flatten().all(|claims| claims.len() <= RIVALS));
        assert!(claims.of_free(&free, 0).iter().all(|&(_, sure)| sure < 1.0 / (RIVALS - 1) as f32));
    }
}
