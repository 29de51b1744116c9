//! Units that are much longer than those of the other text: they are parted into sentences, which are aligned, for where
//! in a long unit the next short one begins its words as a whole hardly tell. Knows words and beads, not how beads are
//! found.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::cores::on_both_sides;
use super::habits::Habits;
use super::sentences::sentences;
use super::span::{Span, has_both};
use super::told::LEFT_OVER;
use super::words::{Letters, Words, for_each_word};
use super::{Bead, By};
use crate::progress::{Cancelled, Progress};

/// How many times as long as those of the other text the units of a text are on average that are all parted. An abridged
/// edition of units as long as the other's once were is less.
const LONGER: f32 = 2.5;
/// For how many units one stands, at least, that is parted where most are as long as the other's.
const MANY: usize = 3;
/// The share of the letters of both texts in such units from which they are parted.
const SHARE: f32 = 0.035;
/// How surely a bead of units is right whose outer sentences are surely so: logarithms of odds, and what one of these adds.
/// What is told of sentences is whether they are exactly right; for units it is enough that none is of another unit. Of
/// 9,000 beads of 44 made pairs .86 held that would be shown at .2, .99 of those at .93.
const ODDS: [f32; 2] = [2.1, 0.7];

/// A text of which some units are parted into sentences.
pub struct Grain {
    /// Its sentences, and its other units.
    pub words: Words,
    /// For each of its units the first of its sentences; one more at the end.
    starts: Vec<usize>,
}

impl Grain {
    /// Both texts, all units of one of them parted where they are longer on average by far.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn by_lengths(
        sides: [&[&str]; 2],
        words: [&Words; 2],
        progress: &Progress,
    ) -> Result<Option<[Self; 2]>, Cancelled> {
        let mean = |side: usize| {
            let lengths = &words[side].lengths;
            let all: f32 = lengths.iter().map(|&length| length as f32).sum();
            (all / lengths.len().max(1) as f32).max(1.0)
        };
        let longer = (mean(1) / mean(0)).ln() - Habits::start(words).mean;
        if longer.abs() < LONGER.ln() {
            return Ok(None);
        }
        let is_parted = [0, 1].map(|side: usize| vec![(side == 1) == (longer > 0.0); sides[side].len()]);
        Self::of_both(sides, words, &is_parted, progress)
    }

    /// Both texts, those units parted that stand for several of the other by these beads, where they are a good part.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn by_beads(
        sides: [&[&str]; 2],
        words: [&Words; 2],
        spans: &[Span],
        progress: &Progress,
    ) -> Result<Option<[Self; 2]>, Cancelled> {
        let mut is_parted = sides.map(|side| vec![false; side.len()]);
        for span in spans {
            for side in [0, 1] {
                if span[side].len() == 1 && span[1 - side].len() >= MANY {
                    is_parted[side][span[side].start] = true;
                }
            }
        }
        let lengths = |side: usize| words[side].lengths.iter().zip(&is_parted[side]);
        let letters = |(&length, _): (&u32, &bool)| length as f32;
        let all: f32 = (0..2).flat_map(lengths).map(letters).sum();
        let parted: f32 = (0..2).flat_map(lengths).filter(|(_, is_parted)| **is_parted).map(letters).sum();
        if parted < SHARE * all {
            return Ok(None);
        }
        Self::of_both(sides, words, &is_parted, progress)
    }

    /// Both texts with some units parted; `None` where these are one sentence each.
    fn of_both(
        sides: [&[&str]; 2],
        words: [&Words; 2],
        is_parted: &[Vec<bool>; 2],
        progress: &Progress,
    ) -> Result<Option<[Self; 2]>, Cancelled> {
        let [left, right] =
            on_both_sides(|side| Self::of(sides[side], words[side], &is_parted[side], progress));
        let both = [left?, right?];
        Ok(both.iter().any(Self::has_parts).then_some(both))
    }

    fn of(texts: &[&str], words: &Words, is_parted: &[bool], progress: &Progress) -> Result<Self, Cancelled> {
        let (mut all, mut starts) = (Sentences::default(), vec![0]);
        for (at, text) in texts.iter().enumerate() {
            progress.ask()?;
            let (own, length) = (&words.units[at], words.lengths[at]);
            let whole = || Sentences { units: vec![own.clone()], lengths: vec![length] };
            let parts = if is_parted[at] { Sentences::of(text, own, progress)? } else { whole() };
            all.add(if parts.units.is_empty() { whole() } else { parts });
            starts.push(all.units.len());
        }
        let mut grain = Self { words: words.with(all.units, all.lengths), starts };
        if grain.has_parts() {
            grain.words.starts.clone_from(&grain.starts);
        }
        Ok(grain)
    }

    fn has_parts(&self) -> bool {
        self.words.units.len() > self.len()
    }

    /// How many units there are.
    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The units that some sentences are of; where there are none, the place behind those that begin before it.
    fn units(&self, sentences: &Range<usize>) -> Range<usize> {
        let end = self.starts.partition_point(|&start| start < sentences.end);
        let first = self.starts.partition_point(|&start| start <= sentences.start);
        if sentences.is_empty() { end..end } else { first - 1..end }
    }

    fn letters(&self, sentences: &Range<usize>) -> u32 {
        self.words.lengths[sentences.clone()].iter().sum()
    }
}

/// What is found of two units in each other.
#[derive(Clone, Copy, Debug, Default)]
struct Tie {
    /// Its first and its last bead.
    beads: [usize; 2],
    /// How many letters of each.
    letters: [u32; 2],
    /// How many of those of the left are out of order.
    moved: u32,
}

/// Ties of units of the left and of the right.
type Ties = BTreeMap<[usize; 2], Tie>;

/// The beads of units, from those of their sentences (in order of the left): without how alike their sides are. Units of
/// which sentences belong together do; of a unit whose sentences stand far from each other on the other side, the place
/// where most of it stands counts.
pub fn united(grains: &[Grain; 2], beads: &[Bead]) -> Vec<Bead> {
    let count = grains.each_ref().map(Grain::len);
    let mut ties = ties(grains, beads);
    for side in [0, 1] {
        keep_blocks(&mut ties, side, count);
    }
    let mut is_taken = count.map(|count| vec![false; count]);
    let mut united = Vec::new();
    for bead in tied(&ties, count, beads) {
        if (0..2).all(|side: usize| !is_taken[side][bead.units[side].clone()].contains(&true)) {
            (0..2).for_each(|side: usize| is_taken[side][bead.units[side].clone()].fill(true));
            united.push(bead);
        }
    }
    for side in [0, 1] {
        let alone = alone(grains, beads, side, &is_taken[side], &united);
        united.extend(alone);
    }
    super::in_order(&mut united);
    // What has no partner on the right stands behind what stands before it.
    let mut end = 0;
    for bead in &mut united {
        if bead.units[1].is_empty() {
            bead.units[1] = end..end;
        } else if !bead.moved {
            end = bead.units[1].end;
        }
    }
    united
}

fn ties(grains: &[Grain; 2], beads: &[Bead]) -> Ties {
    let mut ties = Ties::new();
    let both = |(_, bead): &(usize, &Bead)| has_both(&bead.units);
    for (at, bead) in beads.iter().enumerate().filter(both) {
        let [lefts, rights] = [0, 1].map(|side: usize| grains[side].units(&bead.units[side]));
        let letters = [0, 1].map(|side: usize| grains[side].letters(&bead.units[side]));
        for pair in lefts.flat_map(|left| rights.clone().map(move |right| [left, right])) {
            let tie = ties.entry(pair).or_insert(Tie { beads: [at; 2], ..Tie::default() });
            tie.beads[1] = at;
            (0..2).for_each(|side| tie.letters[side] += letters[side]);
            tie.moved += if bead.moved { letters[0] } else { 0 };
        }
    }
    ties
}

/// Leaves each unit of a side its ties to units that stand beside each other, but for such as have none: of several such
/// blocks the one that has most of it.
fn keep_blocks(ties: &mut Ties, side: usize, count: [usize; 2]) {
    let mut of_unit = vec![Vec::new(); count[side]];
    let mut is_tied = vec![false; count[1 - side]];
    for (pair, tie) in &*ties {
        of_unit[pair[side]].push((*pair, tie.letters[side]));
        is_tied[pair[1 - side]] = true;
    }
    for mut of_unit in of_unit {
        of_unit.sort_unstable();
        let beside = |before: &([usize; 2], u32), after: &([usize; 2], u32)| {
            !is_tied[before.0[1 - side] + 1..after.0[1 - side]].contains(&true)
        };
        let mut blocks: Vec<_> = of_unit.chunk_by(beside).collect();
        blocks.sort_by_key(|block| Reverse(block.iter().map(|(_, letters)| letters).sum::<u32>()));
        for (pair, _) in blocks.into_iter().skip(1).flatten() {
            ties.remove(pair);
        }
    }
}

/// A bead for all units that hang together by ties; those of most letters first.
fn tied(ties: &Ties, count: [usize; 2], beads: &[Bead]) -> Vec<Bead> {
    // For each unit, those of the right behind those of the left, one that it hangs together with; at last itself.
    let mut next: Vec<usize> = (0..count[0] + count[1]).collect();
    let last = |next: &mut [usize], mut unit: usize| {
        while next[unit] != unit {
            next[unit] = next[next[unit]];
            unit = next[unit];
        }
        unit
    };
    for [left, right] in ties.keys() {
        let [left, right] = [last(&mut next, *left), last(&mut next, count[0] + right)];
        next[left.max(right)] = left.min(right);
    }
    let mut groups: BTreeMap<usize, Vec<[usize; 2]>> = BTreeMap::new();
    for pair in ties.keys() {
        groups.entry(last(&mut next, pair[0])).or_default().push(*pair);
    }
    let mut groups: Vec<Vec<[usize; 2]>> = groups.into_values().collect();
    let letters = |group: &Vec<[usize; 2]>| group.iter().map(|pair| ties[pair].letters[0]).sum::<u32>();
    groups.sort_by_cached_key(|group| Reverse(letters(group)));
    groups.into_iter().map(|group| bead(ties, &group, beads)).collect()
}

/// The bead of some units that hang together.
fn bead(ties: &Ties, group: &[[usize; 2]], beads: &[Bead]) -> Bead {
    let all = || group.iter().map(|pair| ties[pair]);
    let units = [0, 1].map(|side: usize| {
        let units = || group.iter().map(|pair| pair[side]);
        units().min().unwrap_or_default()..units().max().map_or(0, |last| last + 1)
    });
    let first = all().map(|tie| tie.beads[0]).min().unwrap_or_default();
    let last = all().map(|tie| tie.beads[1]).max().unwrap_or_default();
    let outer = beads[first].confidence.min(beads[last].confidence);
    let confidence = if first == last { outer } else { of_parts(outer) };
    let moved = 2 * all().map(|tie| tie.moved).sum::<u32>() > all().map(|tie| tie.letters[0]).sum();
    Bead { units, similarity: 0.0, confidence, moved, by: By::Texts }
}

/// How surely a bead is right whose outer sentences are so surely.
fn of_parts(outer: f32) -> f32 {
    let odds = outer / (1.0 - outer).max(f32::EPSILON);
    let odds = ODDS[0] + ODDS[1] * odds.max(f32::EPSILON).ln();
    1.0 / (1.0 + (-odds).exp())
}

/// The units of a side that no bead has, behind the one that the unit before them is in, and how surely they have no
/// partner.
fn alone(grains: &[Grain; 2], beads: &[Bead], side: usize, is_taken: &[bool], united: &[Bead]) -> Vec<Bead> {
    let mut sure = vec![1.0f32; is_taken.len()];
    for bead in beads {
        let own = if bead.units[1 - side].is_empty() { bead.confidence } else { LEFT_OVER };
        grains[side].units(&bead.units[side]).for_each(|unit| sure[unit] = sure[unit].min(own));
    }
    let mut ends: Vec<[usize; 2]> = united
        .iter()
        .filter(|bead| !bead.moved && has_both(&bead.units))
        .map(|bead| [bead.units[side].end, bead.units[1 - side].end])
        .collect();
    ends.sort_unstable();
    let alone = (0..is_taken.len()).filter(|&unit| !is_taken[unit]);
    let bead = |unit: usize| {
        let before = ends.partition_point(|end| end[0] <= unit);
        let at = before.checked_sub(1).map_or(0, |before| ends[before][1]);
        let mut units = [unit..unit + 1, at..at];
        units.rotate_right(side);
        Bead { units, similarity: 0.0, confidence: sure[unit], moved: false, by: By::Texts }
    };
    alone.map(bead).collect()
}

/// Sentences as units: their words and how many letters they have.
#[derive(Default)]
pub struct Sentences {
    pub units: Vec<Vec<u32>>,
    pub lengths: Vec<u32>,
}

impl Sentences {
    /// Those of a unit of these words.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn of(text: &str, mut words: &[u32], progress: &Progress) -> Result<Self, Cancelled> {
        let (mut found, mut letters) = (Self::default(), Letters::default());
        for range in sentences(text, progress)? {
            let mut count = 0;
            let length = for_each_word(text.get(range).unwrap_or_default(), &mut letters, |_| {
                count += 1;
                Ok(())
            })?;
            let (own, rest) = words.split_at(words.len().min(count));
            words = rest;
            found.units.push(own.to_vec());
            found.lengths.push(length);
        }
        Ok(found)
    }

    /// Adds others; where they are.
    pub fn add(&mut self, others: Self) -> Range<usize> {
        let start = self.units.len();
        self.units.extend(others.units);
        self.lengths.extend(others.lengths);
        start..self.units.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts whose units are of so many sentences of one word each.
    fn grains(left: &[usize], right: &[usize]) -> [Grain; 2] {
        [left, right].map(|sizes| {
            let texts: Vec<String> = sizes.iter().map(|&size| "One. ".repeat(size)).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let words = Words::of(&texts, &Progress::default()).unwrap();
            Grain::of(&texts, &words, &vec![true; texts.len()], &Progress::default()).unwrap()
        })
    }

    fn bead(left: Range<usize>, right: Range<usize>, confidence: f32, moved: bool) -> Bead {
        Bead { units: [left, right], similarity: 0.0, confidence, moved, by: By::Texts }
    }

    fn units(beads: &[Bead]) -> Vec<(Span, bool)> {
        beads.iter().map(|bead| (bead.units.clone(), bead.moved)).collect()
    }

    #[test]
    fn units_of_which_sentences_belong_together_do() {
        // Units 0 and 1 of the left stand for the three sentences of the first of the right, 2 for nothing, and the three
        // sentences of 3 for two units.
        let grains = grains(&[1, 1, 1, 3], &[3, 1, 1]);
        let beads = [
            bead(0..1, 0..1, 0.9, false),
            bead(1..1, 1..2, 0.8, false),
            bead(1..2, 2..3, 0.6, false),
            bead(2..3, 3..3, 0.7, false),
            bead(3..4, 3..4, 0.9, false),
            bead(4..6, 4..5, 0.9, false),
        ];
        let found = united(&grains, &beads);
        let expected = [([0..2, 0..1], false), ([2..3, 1..1], false), ([3..4, 1..3], false)];
        assert_eq!(units(&found), expected);
        assert!((found[0].confidence - of_parts(0.6)).abs() < 1e-6);
        assert!((found[1].confidence - 0.7).abs() < 1e-6);
        assert!(of_parts(0.6) > 0.6 && of_parts(0.999) > 0.99 && of_parts(0.0) < 0.01);
    }

    #[test]
    fn a_stray_sentence_draws_no_other_unit_in_and_leaves_none_without_a_bead() {
        let grains = grains(&[1, 1, 1, 1, 1], &[3, 1, 3]);
        let beads = [
            bead(0..1, 0..1, 0.9, false),
            bead(1..2, 1..3, 0.9, false),
            bead(2..3, 3..4, 0.9, false),
            bead(3..4, 5..7, 0.9, false),
            // Unit 4 is the first sentence of the first unit, it seems.
            bead(4..5, 4..5, 0.9, false),
        ];
        let found = united(&grains, &beads);
        assert_eq!(units(&found), [([0..2, 0..1], false), ([2..3, 1..2], false), ([3..5, 2..3], false)]);
        let mut stray = beads;
        stray[4] = bead(4..5, 0..1, 0.9, true);
        stray[0] = bead(0..1, 4..5, 0.9, true);
        let found = united(&grains, &stray);
        let expected = [
            ([0..1, 0..0], false),
            ([1..2, 0..1], false),
            ([2..3, 1..2], false),
            ([3..4, 2..3], false),
            ([4..5, 3..3], false),
        ];
        assert_eq!(units(&found), expected);
        assert!((found[0].confidence - LEFT_OVER).abs() < 1e-6);
    }

    #[test]
    fn a_unit_that_stands_elsewhere_is_moved_with_all_of_its_sentences() {
        let grains = grains(&[1, 1, 1, 1], &[2, 2]);
        let beads = [
            bead(0..1, 2..3, 0.9, true),
            bead(1..2, 3..4, 0.9, true),
            bead(2..3, 0..1, 0.9, false),
            bead(3..4, 1..2, 0.9, false),
        ];
        assert_eq!(units(&united(&grains, &beads)), [([0..2, 1..2], true), ([2..4, 0..1], false)]);
    }
}
