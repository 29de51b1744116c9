//! The first path through two texts of two languages, before any word is learned: by how long their units are, and by
//! cognates where there are some, with gaps as long as they need to be. What one text lacks is seen by lengths alone where
//! they are weighed against those of any two units. Knows a lattice, no words.

use std::ops::Range;

use super::band;
use super::cores::on_both_sides;
use super::habits::{Habits, LONGEST};
use super::lattice::{Arrival, Lattice};
use super::likelihood::Gains;
use super::path::Step;
use super::span::Span;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// The logarithm of how often a unit begins a gap, and of how often a gap goes on.
const OPEN: f32 = -4.0;
const ON: f32 = -0.03;
/// How far the logarithm of right over left length may be from that of the whole texts: one may lack a third of the other.
const OFF: f32 = 0.3;
/// The most units on each side of a bead: longer ones are found when words are known.
const SHORT: usize = 2;
/// Nats for each unit of the text that has fewer from which a path is one.
const FOUND: f32 = 0.2;
/// The most nats that a length is rarer for being far from the mean: units of like length stand beside each other.
const RARE: f32 = 4.0;
/// Units of the right about a path that are looked at again.
const FAR: usize = 40;
/// Where one text has so many times as many units as the other, units of it may be joined there.
const JOINED: f32 = 1.3;

/// The best beads for units of the left within `rows` of the right, whatever one text lacks of the other; `is_little_told`
/// where next to no words tell which units meet. `None` where no way through is worth more than none: where units are joined
/// so that their lengths tell nothing, or the texts are two works.
///
/// # Errors
/// Where it was cancelled.
pub fn steps(
    words: [&Words; 2],
    gains: &[Gains; 2],
    rows: &[Range<usize>],
    habits: &Habits,
    is_little_told: bool,
    progress: &Progress,
) -> Result<Option<Vec<Step>>, Cancelled> {
    let units = words.map(|side| side.units.len());
    let (fewer, more) = (units[0].min(units[1]) as f32, units[0].max(units[1]) as f32);
    let mut beliefs = Vec::new();
    if is_little_told {
        let off = |off: f32| Belief { habits: habits.of_mean(habits.mean + off), most: SHORT };
        beliefs.extend([0.0, OFF, -OFF].map(off));
        if more > JOINED * fewer {
            beliefs.push(Belief { habits: habits.of_joined(units), most: LONGEST });
        }
    } else {
        beliefs.push(Belief { habits: habits.clone(), most: LONGEST });
    }
    let ground = Ground { words, gains, rows, chance: Chance::of(words[1]) };
    let [even, odd] = on_both_sides(|half| {
        let beliefs = beliefs.iter().skip(half).step_by(2);
        beliefs.map(|belief| Ok((ground.path(belief, progress)?, belief))).collect::<Result<Vec<_>, _>>()
    });
    let best = even?
        .into_iter()
        .chain(odd?)
        .reduce(|best, other| if other.0.value > best.0.value { other } else { best });
    let Some((path, belief)) = best else { return Ok(None) };
    // Once more, as lengths go together along that path.
    let rows = band::about(rows, &path.steps, units[1], FAR);
    let spans: Vec<Span> = path.steps.into_iter().map(|step| step.span).collect();
    let mut belief = belief.clone();
    belief.habits.learn_lengths(words, &spans);
    let path = Ground { rows: &rows, ..ground }.path(&belief, progress)?;
    Ok((path.value > FOUND * fewer).then_some(path.steps))
}

/// What is believed of beads before a path is sought.
#[derive(Clone, Debug)]
struct Belief {
    habits: Habits,
    /// The most units on each side of a bead.
    most: usize,
}

/// What paths are sought on.
struct Ground<'a> {
    words: [&'a Words; 2],
    gains: &'a [Gains; 2],
    rows: &'a [Range<usize>],
    /// How long right units are.
    chance: Chance,
}

/// A way through both texts.
struct Path {
    steps: Vec<Step>,
    /// What it is worth, in nats, against units that have nothing to do with each other.
    value: f32,
}

/// How the best ways to a node end: with a bead, or within a gap of the left text or the right.
const BEAD: usize = 0;
const GAPS: [usize; 2] = [1, 2];

/// The last bead of the best way to a node that ends with one, and for both gaps whether they begin there.
#[derive(Clone, Copy, Debug, Default)]
struct Last {
    bead: [u8; 2],
    begins: [bool; 2],
}

impl Ground<'_> {
    fn path(&self, Belief { habits, most }: &Belief, progress: &Progress) -> Result<Path, Cancelled> {
        const NEVER: f32 = f32::NEG_INFINITY;
        let Self { words, gains, rows, chance } = self;
        let lattice = Lattice::new(*words, gains, rows, habits);
        // What a unit gains of which no word is known: that is no reason to leave it alone.
        let untold = habits.levels.map(|levels| habits.trust * levels.iter().sum::<f64>().ln() as f32);
        let mut beside = Beside::new(&lattice, words[1].units.len(), habits, chance, *most);
        let mut scores = vec![[0.0, NEVER, NEVER]];
        let mut bests = vec![0.0f32];
        let mut lasts = vec![Last::default()];
        scores.reserve_exact(lattice.size());
        bests.reserve_exact(lattice.size());
        lasts.reserve_exact(lattice.size());
        for (left, row) in lattice.rows().iter().enumerate() {
            progress.reach(left, lattice.rows().len())?;
            beside.measure(left, row.clone());
            for right in row.clone().skip(usize::from(left == 0)) {
                let (mut score, mut last) = ([NEVER; 3], Last::default());
                let mut arrive = |bead: Arrival| {
                    if let Some(other) = bead.units.iter().position(|&units| units == 0) {
                        let (side, gap) = (1 - other, GAPS[1 - other]);
                        let [begun, on] = [bests[bead.from] + OPEN, scores[bead.from][gap] + ON];
                        last.begins[side] = begun > on;
                        score[gap] = begun.max(on);
                        return;
                    }
                    let [n, m] = bead.units;
                    let words = bead.value - untold[0] * n as f32 - untold[1] * m as f32;
                    let worth = bests[bead.from] + words + beside.of([left, right], bead.units);
                    if worth > score[BEAD] {
                        (score[BEAD], last.bead) = (worth, bead.units.map(|units| units as u8));
                    }
                };
                if *most < LONGEST {
                    lattice.short_arrivals([left, right], *most, &mut arrive);
                } else {
                    lattice.arrivals([left, right], arrive);
                }
                bests.push(best(score).1);
                scores.push(score);
                lasts.push(last);
            }
        }
        Ok(walked_back(&lattice, &scores, &lasts, words.map(|side| side.units.len())))
    }
}

/// How the best of the ways to a node ends, and what it is worth.
fn best(scores: [f32; 3]) -> (usize, f32) {
    let better = |best: (usize, f32), next: (usize, f32)| if next.1 > best.1 { next } else { best };
    scores.into_iter().enumerate().fold((BEAD, f32::NEG_INFINITY), better)
}

fn walked_back(lattice: &Lattice<'_>, scores: &[[f32; 3]], lasts: &[Last], mut at: [usize; 2]) -> Path {
    let (mut end, value) = lattice.node(at).map_or((BEAD, 0.0), |node| best(scores[node]));
    let mut steps = Vec::new();
    while let Some(node) = lattice.node(at).filter(|_| at != [0, 0]) {
        let gap = GAPS.iter().position(|&gap| gap == end);
        let units = match gap {
            Some(0) => [1, 0],
            Some(_) => [0, 1],
            None => lasts[node].bead.map(usize::from),
        };
        let from = [at[0] - units[0], at[1] - units[1]];
        let goes_on = gap.is_some_and(|side| !lasts[node].begins[side]);
        let before = lattice.node(from).map_or(BEAD, |node| best(scores[node]).0);
        steps.push(Step { span: [from[0]..at[0], from[1]..at[1]], value: 0.0 });
        (at, end) = (from, if goes_on { end } else { before });
    }
    steps.reverse();
    Path { steps, value }
}

/// What the lengths of beads are worth against units that have nothing to do with each other, for all that end in one row
/// of the lattice: measured at once, since roots and logarithms take long.
struct Beside<'a> {
    lattice: &'a Lattice<'a>,
    habits: &'a Habits,
    chance: &'a Chance,
    /// For each number of right units how long those are that end there, and the logarithm of how likely they are that
    /// anywhere.
    rights: Vec<[Vec<f32>; 2]>,
    row: Range<usize>,
    /// For each number of left units and each of right ones what they are worth, by where the right ones end in the row.
    worths: Vec<Vec<f32>>,
}

impl<'a> Beside<'a> {
    /// For right texts of so many units, and beads of at most so many on either side.
    fn new(
        lattice: &'a Lattice<'a>,
        units: usize,
        habits: &'a Habits,
        chance: &'a Chance,
        most: usize,
    ) -> Self {
        let length = |end: usize, m: usize| lattice.lengths([0, end], [0, m.min(end)])[1];
        let of = |m: usize| {
            let lengths: Vec<f32> = (0..=units).map(|end| length(end, m)).collect();
            let anywhere = lengths.iter().map(|&length| chance.of_sum(m, length)).collect();
            [lengths, anywhere]
        };
        let rights = (1..=most).map(of).collect();
        Self { lattice, habits, chance, rights, row: 0..0, worths: vec![Vec::new(); most * most] }
    }

    /// Measures the beads that end after so many left units and in `row`.
    fn measure(&mut self, left: usize, row: Range<usize>) {
        let Self { lattice, habits, rights, worths, .. } = self;
        let most = rights.len();
        for (at, worths) in worths.iter_mut().enumerate() {
            let [n, m] = [at / most + 1, at % most + 1];
            worths.clear();
            if n > left {
                continue;
            }
            let [length, _] = lattice.lengths([left, 0], [n, 0]);
            let [lengths, anywhere] = rights[m - 1].each_ref().map(|right| &right[row.clone()]);
            let rights = lengths.iter().zip(anywhere);
            worths.extend(rights.map(|(&right, anywhere)| habits.beside(length, right) - anywhere));
        }
        self.row = row;
    }

    /// What the lengths of a bead that ends in the row are worth.
    fn of(&self, end: [usize; 2], [n, m]: [usize; 2]) -> f32 {
        let most = self.rights.len();
        if n <= most && m <= most {
            return self.worths[(n - 1) * most + m - 1][end[1] - self.row.start];
        }
        let [left, right] = self.lattice.lengths(end, [n, m]);
        self.habits.beside(left, right) - self.chance.of_sum(m, right)
    }
}

/// How long units of a text are: sums of so many, normal as logarithms.
struct Chance {
    mean: f32,
    variance: f32,
}

impl Chance {
    fn of(words: &Words) -> Self {
        let count = words.lengths.len().max(1) as f32;
        let lengths = || words.lengths.iter().map(|&length| length as f32 + 1.0);
        let mean = lengths().sum::<f32>() / count;
        let variance = lengths().map(|length| (length - mean).powi(2)).sum::<f32>() / count;
        Self { mean: mean.max(1.0), variance: variance.max(1.0) }
    }

    /// The logarithm of how likely so many units are so long together.
    fn of_sum(&self, units: usize, length: f32) -> f32 {
        let (mean, variance) = (self.mean * units as f32, self.variance * units as f32);
        let spread = (variance / (mean * mean)).ln_1p();
        let logarithm = (length + 1.0).ln();
        let off = logarithm - mean.ln() + spread / 2.0;
        -logarithm - (std::f32::consts::TAU * spread).ln() / 2.0 - (off * off / (2.0 * spread)).min(RARE)
    }
}
