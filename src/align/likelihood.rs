//! How much better the units of one side are told by units of the other than by chance, in nats: the logarithm
//! of a likelihood ratio, additive over units. Knows lexicons, no beads.

use std::ops::Range;

use super::index::Index;
use super::levels::{LEVELS, Levels};
use super::lexicon::Lexicon;
use super::products::{LANES, Runs};
use super::span::Span;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// The least logarithm whose power is surely a number that counts, and the greatest power of two that one more number
/// may be multiplied by.
const SMALL: f64 = -300.0;
const LARGE: u32 = 800;

/// The units of the other side that are looked at for one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub units: Range<usize>,
    /// The most of them that stand together in one bead.
    pub longest: usize,
}

impl Row {
    /// How many times so many runs as are multiplied at once end at each unit.
    fn groups(&self) -> usize {
        self.longest.div_ceil(LANES)
    }
}

/// Gains of each unit of one side over runs of units of the other.
#[derive(Debug, Default)]
pub struct Gains {
    rows: Vec<Row>,
    /// Where the gains of a row begin.
    starts: Vec<usize>,
    values: Vec<f32>,
}

impl Gains {
    /// The gains of `unit` over the last one, two, … units of the other side before `end`: none where that is outside
    /// of its row, minus infinity for runs that begin outside of it.
    pub fn at(&self, unit: usize, end: usize) -> &[f32] {
        let row = &self.rows[unit];
        if end <= row.units.start || end > row.units.end {
            return &[];
        }
        let first = self.starts[unit] + (end - 1 - row.units.start) * row.longest;
        &self.values[first..first + row.longest]
    }

    /// The gains of the units at `units` over runs of those at `others`; both ascend, and a run holds only what stands
    /// beside each other.
    pub fn chosen(&self, units: &[usize], others: &[usize]) -> Self {
        let mut chosen = Self::default();
        for &unit in units {
            let Row { units: row, longest } = &self.rows[unit];
            let inside = places_within(others, row);
            chosen.starts.push(chosen.values.len());
            for end in inside.clone() {
                let last = others[end];
                let gains = self.at(unit, last + 1);
                let beside =
                    (0..=end - inside.start).take_while(|&before| others[end - before] + before == last);
                let known = beside.count().min(*longest);
                chosen.values.extend_from_slice(&gains[..known]);
                chosen.values.extend(std::iter::repeat_n(f32::NEG_INFINITY, longest - known));
            }
            chosen.rows.push(Row { units: inside, longest: *longest });
        }
        chosen
    }

    /// Rules out runs with units on both sides of a break (the first unit behind it).
    fn forbid(&mut self, breaks: &[usize]) {
        for (row, &start) in self.rows.iter().zip(&self.starts) {
            let near = breaks.partition_point(|&first| first <= row.units.start);
            for &first in breaks[near..].iter().take_while(|&&first| first < row.units.end) {
                for end in first + 1..(first + row.longest).min(row.units.end + 1) {
                    let cell = start + (end - 1 - row.units.start) * row.longest;
                    self.values[cell + end - first..cell + row.longest].fill(f32::NEG_INFINITY);
                }
            }
        }
    }

    /// Rules out runs that hold parts of two larger units (where these begin, and the end), unless they hold all of both.
    fn forbid_parts(&mut self, starts: &[usize]) {
        for (row, &start) in self.rows.iter().zip(&self.starts) {
            let near = starts.partition_point(|&first| first <= row.units.start);
            for &first in starts[near..].iter().take_while(|&&first| first < row.units.end) {
                for end in first + 1..(first + row.longest).min(row.units.end + 1) {
                    let is_end = starts.binary_search(&end).is_ok();
                    let cell = start + (end - 1 - row.units.start) * row.longest;
                    for run in end - first + 1..=row.longest.min(end) {
                        if !is_end || starts.binary_search(&(end - run)).is_err() {
                            self.values[cell + run - 1] = f32::NEG_INFINITY;
                        }
                    }
                }
            }
        }
    }

    /// Measures all units of `words` within `rows`, whose bounds ascend; a unit gains the sum over all levels, weighed, and
    /// no run of the others holds a break.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn measure(
        [words, others]: [&Words; 2],
        lexicon: &Lexicon,
        weights: &Levels,
        rows: Vec<Row>,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut gains = Self { starts: Vec::with_capacity(rows.len()), ..Self::default() };
        gains.values.reserve_exact(rows.iter().map(|row| row.units.len() * row.longest).sum());
        progress.ask()?;
        let mut sheet = Sheet::new(others);
        for (unit, row) in rows.iter().enumerate() {
            progress.reach(unit, rows.len())?;
            gains.starts.push(gains.values.len());
            sheet.measure(words, unit, lexicon, row, progress)?;
            sheet.write(row, weights, &mut gains.values);
        }
        gains.rows = rows;
        gains.forbid(&others.breaks);
        gains.forbid_parts(&others.starts);
        Ok(gains)
    }
}

/// Which of some places, in order, are within a range.
pub fn places_within(places: &[usize], range: &Range<usize>) -> Range<usize> {
    let before = |end: usize| places.partition_point(|&place| place < end);
    before(range.start)..before(range.end)
}

/// Where words stand in rows that are asked for in ascending order.
#[derive(Debug)]
struct Places<'w> {
    index: &'w Index,
    /// The row at hand.
    row: Range<usize>,
    /// For each word which of its places are in the row.
    inside: Vec<Range<u32>>,
}

impl<'w> Places<'w> {
    fn of(others: &'w Words) -> Self {
        let index = &others.index;
        let inside = (0..others.names.len() as u32).map(|word| {
            let first = index.places.start(word);
            first..first
        });
        Self { index, row: 0..0, inside: inside.collect() }
    }

    /// Goes on to a row. A unit comes in once and goes out once, with the words that it has, whatever is asked about.
    fn go_on(&mut self, row: &Range<usize>) {
        for unit in self.row.end..row.end {
            for &(word, _) in self.index.bags.of(unit as u32) {
                self.inside[word as usize].end += 1;
            }
        }
        for unit in self.row.start..row.start {
            for &(word, _) in self.index.bags.of(unit as u32) {
                self.inside[word as usize].start += 1;
            }
        }
        self.row = row.start.max(self.row.start)..row.end.max(self.row.end);
    }

    /// The places of `word` in the row at hand.
    fn of_word(&self, word: u32) -> &'w [(u32, u32)] {
        self.index.places.between(&self.inside[word as usize])
    }
}

/// What is worked out for one unit.
struct Sheet<'w> {
    places: Places<'w>,
    /// Words of the other side before each of its units.
    before: Vec<usize>,
    /// The word at hand: for each unit of the row how likely its words tell it, behind as many as the longest run
    /// reaches back.
    mass: Vec<f32>,
    /// The units of the row that tell the word at hand.
    touched: Vec<u32>,
    /// For each end in the row the runs before it, the shortest first.
    runs: Vec<Runs>,
    /// What the unit loses where no word is told.
    base: Levels,
}

impl<'w> Sheet<'w> {
    fn new(others: &'w Words) -> Self {
        let mut before = vec![0];
        for unit in &others.units {
            before.push(before[before.len() - 1] + unit.len());
        }
        Self {
            places: Places::of(others),
            before,
            mass: Vec::new(),
            touched: Vec::new(),
            runs: Vec::new(),
            base: Levels::default(),
        }
    }

    /// Measures one unit against its row.
    fn measure(
        &mut self,
        words: &Words,
        unit: usize,
        lexicon: &Lexicon,
        row: &Row,
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let reach = row.groups() * LANES;
        self.places.go_on(&row.units);
        self.mass.clear();
        self.mass.resize(reach + row.units.len(), 0.0);
        self.runs.clear();
        for (at, end) in (1..).zip(row.units.clone()) {
            let longest = row.longest.min(at);
            for group in 0..row.groups() {
                let words = |lane: usize| {
                    let units = group * LANES + lane + 1;
                    (units <= longest).then(|| self.before[end + 1] - self.before[end + 1 - units])
                };
                self.runs.push(Runs::of(std::array::from_fn(words)));
            }
        }
        self.base = Levels::default();
        for &(word, times) in words.index.bags.of(unit as u32) {
            for (base, untold) in self.base.iter_mut().zip(&lexicon.untold[word as usize]) {
                *base += f64::from(times) * untold;
            }
            self.find(&lexicon.by_word[word as usize], row);
            if self.touched.is_empty() {
                continue;
            }
            let scale = lexicon.explained / words.share_outside(word, unit, times);
            progress.ask()?;
            self.multiply(row, scale, &lexicon.rates[word as usize], times);
        }
        Ok(())
    }

    /// Finds how likely each unit of the row tells a word that `entries` explain.
    fn find(&mut self, entries: &[(u32, f32)], row: &Row) {
        let Self { places, mass, touched, .. } = self;
        let masses = &mut mass[row.groups() * LANES..];
        touched.clear();
        for &(other, likely) in entries {
            for &(at, times) in places.of_word(other) {
                let at = at - row.units.start as u32;
                let mass = &mut masses[at as usize];
                if *mass == 0.0 {
                    touched.push(at);
                }
                *mass += likely * times as f32;
            }
        }
        // The places of one word ascend.
        if entries.len() > 1 {
            self.touched.sort_unstable();
        }
    }

    /// Lets every run that tells the word at hand gain by it, `times` over.
    fn multiply(&mut self, row: &Row, scale: f32, rates: &[f32; LEVELS.len()], times: u32) {
        let Self { mass, touched, runs, .. } = self;
        let groups = row.groups();
        let reach = groups * LANES;
        for near in touched.chunk_by(|&before, &at| ((at - before) as usize) < row.longest) {
            let [first, last] = [near[0] as usize, near[near.len() - 1] as usize];
            let ends = first..(last + row.longest).min(row.units.len());
            // For each end the units of the longest run.
            let units = mass[ends.start + 1..ends.end + reach].windows(reach);
            let runs = runs[ends.start * groups..ends.end * groups].chunks_exact_mut(groups);
            for (units, runs) in units.zip(runs) {
                let mut sum = 0.0;
                for (masses, runs) in units.as_rchunks::<LANES>().1.iter().rev().zip(runs) {
                    let mut ratios = [0.0; LANES];
                    for (ratio, mass) in ratios.iter_mut().zip(masses.iter().rev()) {
                        sum += mass;
                        *ratio = scale * sum;
                    }
                    if sum > 0.0 {
                        runs.gain(&ratios, rates, times);
                    }
                }
            }
        }
        for &mut at in touched {
            mass[reach + at as usize] = 0.0;
        }
    }

    /// The logarithm of how likely a run tells the unit, at each level.
    fn terms(&self, runs: &Runs, lane: usize) -> Levels {
        std::array::from_fn(|level| runs.logarithm(level, lane) + self.base[level])
    }

    /// Hands on the gains of the unit, where levels have these weights.
    fn write(&self, row: &Row, weights: &Levels, values: &mut Vec<f32>) {
        let mut powers = self.base.map(f64::exp);
        powers.iter_mut().zip(weights).for_each(|(power, weight)| *power *= weight);
        let value = |runs: &Runs, lane: usize| {
            // One logarithm instead of one for each level, where no number is too great or too small for it.
            if self.base[LEVELS.len() - 1] > SMALL && runs.exponent(LEVELS.len() - 1, lane) < LARGE {
                return (0..LEVELS.len())
                    .map(|level| runs.product(level, lane) * powers[level])
                    .sum::<f64>()
                    .ln();
            }
            let mut terms = self.terms(runs, lane);
            terms.iter_mut().zip(weights).for_each(|(term, weight)| *term += weight.ln());
            let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            most + terms.iter().map(|term| (term - most).exp()).sum::<f64>().ln()
        };
        for (end, groups) in self.runs.chunks_exact(row.groups()).enumerate() {
            let runs = groups.iter().flat_map(|runs| (0..LANES).map(move |lane| (runs, lane)));
            for (units, (runs, lane)) in (1..=row.longest).zip(runs) {
                let is_inside = units <= end + 1;
                values.push(if is_inside { value(runs, lane) as f32 } else { f32::NEG_INFINITY });
            }
        }
    }
}

/// What each of some units of `words` gains by one unit of the other side: pairs of them, the others ascending.
///
/// # Errors
/// Where it was cancelled.
pub fn gains_of_pairs(
    [words, others]: [&Words; 2],
    lexicon: &Lexicon,
    weights: &Levels,
    pairs: impl Iterator<Item = [usize; 2]>,
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let mut sheet = Sheet::new(others);
    let mut gains = Vec::new();
    for [unit, other] in pairs {
        let row = Row { units: other..other + 1, longest: 1 };
        sheet.measure(words, unit, lexicon, &row, progress)?;
        sheet.write(&row, weights, &mut gains);
    }
    Ok(gains)
}

/// For each unit that stands alone in its bead, the logarithm of how likely the other side tells it at each level; the
/// beads have both sides and ascend.
///
/// # Errors
/// Where it was cancelled.
pub fn told_alone(
    [words, others]: [&Words; 2],
    lexicon: &Lexicon,
    spans: &[Span],
    side: usize,
    progress: &Progress,
) -> Result<Vec<Levels>, Cancelled> {
    progress.ask()?;
    let mut sheet = Sheet::new(others);
    let alone = spans.iter().filter(|span| span[side].len() == 1 && !span[1 - side].is_empty());
    alone
        .map(|span| {
            let units = span[1 - side].clone();
            let row = Row { longest: units.len(), units };
            sheet.measure(words, span[side].start, lexicon, &row, progress)?;
            Ok(sheet.runs.last().map_or(sheet.base, |runs| sheet.terms(runs, (row.longest - 1) % LANES)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::levels::EVEN;
    use super::*;

    /// A text of units of the words of an alphabet.
    fn text(units: &[Vec<u8>]) -> Words {
        let name = |&word: &u8| [(b'a' + word) as char, ' '];
        let units: Vec<String> = units.iter().map(|unit| unit.iter().flat_map(name).collect()).collect();
        let units: Vec<&str> = units.iter().map(String::as_str).collect();
        Words::of(&units, &Progress::default()).unwrap()
    }

    /// What a unit gains by a run of the other side, word by word and level by level, as it is defined.
    fn gain([words, others]: [&Words; 2], lexicon: &Lexicon, unit: usize, run: Range<usize>) -> f64 {
        let run: Vec<u32> = others.units[run].concat();
        let told = |word: u32, level: f64| {
            let by_other = |other: &u32| {
                let list = &lexicon.by_word[word as usize];
                list.iter().filter(|entry| entry.0 == *other).map(|entry| f64::from(entry.1)).sum::<f64>()
            };
            let mass = run.iter().map(by_other).sum::<f64>() / run.len().max(1) as f64;
            let times = words.units[unit].iter().filter(|other| **other == word).count() as u32;
            let ratio =
                f64::from(lexicon.explained) * mass / f64::from(words.share_outside(word, unit, times));
            1.0 - level * f64::from(lexicon.shares[word as usize]) + level * ratio
        };
        let at = |level: f64| words.units[unit].iter().map(|&word| told(word, level)).product::<f64>();
        (LEVELS.iter().map(|&level| at(level)).sum::<f64>() / LEVELS.len() as f64).ln()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn gains_are_what_words_tell_in_each_run(
            units in prop::collection::vec(prop::collection::vec(0_u8..12, 0..60), 1..8),
            other_units in prop::collection::vec(prop::collection::vec(0_u8..12, 0..9), 1..20),
            entries in prop::collection::vec((0_usize..12, 0_u32..12, 0.01_f32..1.0), 0..40),
            bounds in prop::collection::vec((0_usize..20, 0_usize..12), 8),
            longest in 1_usize..10,
        ) {
            let (words, others) = (text(&units), text(&other_units));
            let mut by_word = vec![Vec::new(); words.names.len()];
            for (word, other, likely) in entries {
                if word < by_word.len() && (other as usize) < others.names.len() {
                    by_word[word].push((other, likely));
                }
            }
            let shares = vec![0.5; by_word.len()];
            let lexicon = Lexicon::new(by_word, 0.6, shares);
            // Rows whose bounds ascend.
            let (mut starts, mut ends): (Vec<usize>, Vec<usize>) = bounds.into_iter().unzip();
            starts.iter_mut().zip(&mut ends).for_each(|(start, end)| {
                *start = (*start).min(other_units.len());
                *end = (*start + *end).min(other_units.len());
            });
            starts.sort_unstable();
            ends.sort_unstable();
            let rows: Vec<Row> =
                (0..units.len()).map(|at| Row { units: starts[at]..ends[at], longest }).collect();
            let both = [&words, &others];
            let gains = Gains::measure(both, &lexicon, &EVEN, rows.clone(), &Progress::default()).unwrap();
            let mut pairs: Vec<[usize; 2]> = rows.iter().enumerate().flat_map(|(unit, row)| row.units.clone().map(move |other| [unit, other])).collect();
            pairs.sort_by_key(|pair| pair[1]);
            let of_pairs = gains_of_pairs(both, &lexicon, &EVEN, pairs.iter().copied(), &Progress::default()).unwrap();
            for ([unit, other], gain) in pairs.into_iter().zip(of_pairs) {
                prop_assert_eq!(gain.to_bits(), gains.at(unit, other + 1)[0].to_bits());
            }
            for (unit, row) in rows.iter().enumerate() {
                for end in 0..=other_units.len() {
                    let found = gains.at(unit, end);
                    prop_assert_eq!(found.len(), if row.units.contains(&end.wrapping_sub(1)) { longest } else { 0 });
                    for (run, &found) in (1..).zip(found) {
                        if run > end - row.units.start {
                            prop_assert!(found.is_infinite() && found < 0.0, "{found}");
                        } else {
                            let gain = gain(both, &lexicon, unit, end - run..end);
                            prop_assert!((f64::from(found) - gain).abs() < 1e-3 * gain.abs().max(1.0), "{found} {gain}");
                        }
                    }
                }
            }
        }

        #[test]
        fn no_run_holds_parts_of_two_larger_units_unless_all_of_both(
            sizes in prop::collection::vec(1_usize..5, 1..8), start in 0_usize..9, longest in 1_usize..14,
        ) {
            let mut starts = vec![0];
            for size in sizes {
                starts.push(starts[starts.len() - 1] + size);
            }
            let count = starts[starts.len() - 1];
            let words = text(&[vec![0, 1, 2]]);
            let others = Words { starts: starts.clone(), ..text(&vec![vec![0, 1]; count]) };
            let lexicon = Lexicon::new(vec![vec![(0, 0.5)]; 3], 0.6, vec![0.5; 3]);
            let row = Row { units: start.min(count)..count, longest };
            let gains = Gains::measure([&words, &others], &lexicon, &EVEN, vec![row.clone()], &Progress::default()).unwrap();
            for end in row.units.start + 1..=count {
                for (units, &gain) in (1..).zip(gains.at(0, end)).take(end - row.units.start) {
                    let is_start = |at: usize| starts.contains(&at);
                    let is_within = (end - units + 1..end).all(|at| !is_start(at));
                    let is_whole = is_start(end - units) && is_start(end);
                    prop_assert_eq!(gain.is_finite(), is_within || is_whole);
                }
            }
        }

        #[test]
        fn some_units_gain_over_some_others_what_they_do_among_all_where_those_stand_together(
            units in prop::collection::vec(prop::collection::vec(0_u8..6, 0..20), 1..8),
            other_units in prop::collection::vec(prop::collection::vec(0_u8..6, 0..9), 1..20),
            chosen in prop::collection::vec(any::<bool>(), 8),
            chosen_others in prop::collection::vec(prop::bool::weighted(0.8), 20),
            (start, length, longest) in (0_usize..20, 0_usize..20, 1_usize..6),
        ) {
            let (words, others) = (text(&units), text(&other_units));
            // Every word is explained by the first of the other side, if there is one.
            let explained: Vec<(u32, f32)> = others.names.first().map(|_| (0, 0.5)).into_iter().collect();
            let by_word = vec![explained; words.names.len()];
            let shares = vec![0.5; by_word.len()];
            let lexicon = Lexicon::new(by_word, 0.6, shares);
            let start = start.min(other_units.len());
            let row = Row { units: start..(start + length).min(other_units.len()), longest };
            let rows = vec![row.clone(); units.len()];
            let both = [&words, &others];
            let all = Gains::measure(both, &lexicon, &EVEN, rows, &Progress::default()).unwrap();
            let which = |chosen: &[bool], count: usize| (0..count).filter(|&at| chosen[at]).collect::<Vec<_>>();
            let (chosen, places) = (which(&chosen, units.len()), which(&chosen_others, other_units.len()));
            let some = all.chosen(&chosen, &places);
            for (unit, &whole) in chosen.iter().enumerate() {
                for (at, &place) in places.iter().enumerate() {
                    let found = some.at(unit, at + 1);
                    prop_assert_eq!(found.is_empty(), !row.units.contains(&place));
                    for (run, &found) in (1..).zip(found) {
                        let stands_together = run <= at + 1 && places[at + 1 - run] + run == place + 1;
                        let known = all.at(whole, place + 1)[run - 1];
                        let expected = if stands_together { known } else { f32::NEG_INFINITY };
                        prop_assert_eq!(found.to_bits(), expected.to_bits());
                    }
                }
            }
        }
    }
}
