//! Sentences that hang over: what ends a passage of one text begins the next passage of the other. Two beads with such
//! a sentence between them are one, for neither holds all that answers the other side. Knows a learned model and the
//! beads, and sentences of the few passages that may be so.

use std::collections::BTreeSet;
use std::ops::Range;

use super::cores::{at_once, on_both_sides};
use super::grain::Sentences;
use super::habits::LONGEST;
use super::path::Step;
use super::rounds::Model;
use super::span::Span;
use super::within::path_within;
use super::words::Words;
use super::{Bead, confidence};
use crate::progress::{Cancelled, Progress};

/// Words at an end of a passage that are asked where they belong, and words of the other side on either side of the
/// boundary that they are asked of.
const ASKED: usize = 15;
const AROUND: usize = 60;
/// How much of a passage's end the words beyond the boundary tell at least where its sentences are looked at: of what those
/// on its own side tell, and of all.
const LIKE: f32 = 0.75;
const LEAST: f32 = 0.22;
/// Sentences on either side of a boundary that are looked at.
const NEAR: usize = 4;
/// Sentences that each passage about a boundary has for one of them to hang over. Shorter ones are verses and lines, by
/// whose ends people count.
const FEWEST: usize = 3;
/// Nats that no sentence hangs over a boundary by itself: one in thirty does in two prose translations of a history.
const RARE: f32 = 3.4;
/// Nats beyond that from which on one is held to.
const SURE: f32 = 0.7;

/// The sentences of both sides about a boundary, among those about all.
struct Near {
    /// The bead before the boundary.
    bead: usize,
    /// For each side the sentences before the boundary and those behind it.
    sentences: [[Range<usize>; 2]; 2],
}

impl Near {
    /// All of its sentences.
    fn all(&self) -> Span {
        self.sentences.each_ref().map(|[before, behind]| before.start..behind.end)
    }

    /// Its sentences before the boundary, and those behind it.
    fn halves(&self) -> [Span; 2] {
        [0, 1].map(|half: usize| self.sentences.each_ref().map(|side| side[half].clone()))
    }

    /// What the steps of a path that are about this boundary are worth together.
    fn worth(&self, steps: &[Step]) -> f32 {
        self.own(steps).map(|step| step.value).sum()
    }

    fn own<'s>(&self, steps: &'s [Step]) -> impl Iterator<Item = &'s Step> {
        let all = self.all();
        steps.iter().filter(move |step| {
            let side = usize::from(step.span[0].is_empty());
            all[side].contains(&step.span[side].start)
        })
    }
}

/// The beads of a text in order, those joined over whose boundary a sentence hangs.
///
/// # Errors
/// Where it was cancelled.
pub fn joined(
    sides: [&[&str]; 2],
    words: [&Words; 2],
    model: &Model,
    beads: Vec<Bead>,
    progress: &Progress,
) -> Result<Vec<Bead>, Cancelled> {
    let mut ends = Ends::of(words, model);
    let mut suspects = Vec::new();
    for (at, pair) in beads.windows(2).enumerate() {
        progress.ask()?;
        if let [before, after] = pair
            && are_neighbours(before, after)
            && ends.may_hang_over(before, after)
        {
            suspects.push(at);
        }
    }
    let hanging = hanging(sides, words, model, &beads, &suspects, progress)?;
    if hanging.is_empty() {
        return Ok(beads);
    }
    let mut all: Vec<Bead> = Vec::with_capacity(beads.len());
    let mut nats = hanging.into_iter().peekable();
    // Those whose units have changed.
    let mut changed = BTreeSet::new();
    for (at, bead) in beads.into_iter().enumerate() {
        let hangs = at.checked_sub(1).and_then(|before| nats.next_if(|(boundary, _)| *boundary == before));
        match (all.last_mut(), hangs) {
            (Some(last), Some((_, nats))) if are_few(last, &bead) => {
                last.units = [0, 1].map(|side: usize| last.units[side].start..bead.units[side].end);
                last.confidence = last.confidence.min(bead.confidence) / (1.0 + (RARE - nats).exp());
                changed.insert(all.len() - 1);
            }
            _ => all.push(bead),
        }
    }
    let spans: Vec<Span> = changed.iter().map(|&at| all[at].units.clone()).collect();
    let similarities = confidence::similarities(words, model, &spans, progress)?;
    changed.into_iter().zip(similarities).for_each(|(at, alike)| all[at].similarity = alike);
    Ok(all)
}

/// Whether two beads have both sides and follow each other on both, and are few enough units for one bead.
fn are_neighbours(before: &Bead, after: &Bead) -> bool {
    let beside = |side: usize| {
        let [first, second] = [&before.units[side], &after.units[side]];
        !first.is_empty() && !second.is_empty() && first.end == second.start
    };
    !before.moved && !after.moved && (0..2).all(beside) && are_few(before, after)
}

fn are_few(before: &Bead, after: &Bead) -> bool {
    (0..2).all(|side: usize| before.units[side].len() + after.units[side].len() <= LONGEST)
}

/// The words at the ends of passages, and which of the other side tell them.
struct Ends<'a> {
    words: [&'a Words; 2],
    model: &'a Model,
    /// For each side and word the same word of the other side.
    same: [Vec<Option<u32>>; 2],
    /// For each side how often each of its words stands on either side of the boundary at hand.
    counts: [Vec<[f32; 2]>; 2],
}

impl<'a> Ends<'a> {
    fn of(words: [&'a Words; 2], model: &'a Model) -> Self {
        let same = [0, 1].map(|side: usize| words[side].numbers_in(words[1 - side]));
        let counts = words.map(|side| vec![[0.0; 2]; side.names.len()]);
        Self { words, model, same, counts }
    }

    /// Whether the last words before a boundary, or the first behind it, of either side are told better by those on the
    /// other side's other side of it.
    fn may_hang_over(&mut self, before: &Bead, after: &Bead) -> bool {
        let near = |side: usize, most: usize| {
            let [tail, head] = [before.units[side].end - 1, after.units[side].start];
            let [tail, head] = [tail, head].map(|unit| self.words[side].units[unit].as_slice());
            [&tail[tail.len().saturating_sub(most)..], &head[..head.len().min(most)]]
        };
        let (asked, around) = ([near(0, ASKED), near(1, ASKED)], [near(0, AROUND), near(1, AROUND)]);
        (0..2).any(|side: usize| {
            let counts = &mut self.counts[1 - side];
            for (half, words) in around[1 - side].iter().enumerate() {
                words.iter().for_each(|&word| counts[word as usize][half] += 1.0 / words.len() as f32);
            }
            let (own, lexicon) = (self.words[side], &self.model.lexicons[side]);
            let told = |half: usize| {
                let (mut told, mut all) = ([0.0; 2], 0.0);
                for &word in asked[side][half] {
                    let weight = -own.share(word).ln();
                    all += weight;
                    let same =
                        self.same[side][word as usize].map_or([0.0; 2], |other| counts[other as usize]);
                    for (there, told) in told.iter_mut().enumerate() {
                        let by_others = lexicon.by_word[word as usize]
                            .iter()
                            .map(|&(other, likely)| likely * counts[other as usize][there])
                            .sum::<f32>();
                        let ratio = (by_others + same[there]) / own.share(word);
                        *told += weight * ratio / (1.0 + ratio);
                    }
                }
                told[1 - half] > f32::max(LIKE * told[half], LEAST * all)
            };
            let may = told(0) || told(1);
            for words in &around[1 - side] {
                words.iter().for_each(|&word| counts[word as usize] = [0.0; 2]);
            }
            may
        })
    }
}

/// Of the boundaries behind some beads those over which a sentence hangs, and the nats that speak for it.
fn hanging(
    sides: [&[&str]; 2],
    words: [&Words; 2],
    model: &Model,
    beads: &[Bead],
    boundaries: &[usize],
    progress: &Progress,
) -> Result<Vec<(usize, f32)>, Cancelled> {
    let [of_left, of_right] = on_both_sides(|side| {
        let of = |unit: usize| Sentences::of(sides[side][unit], &words[side].units[unit], progress);
        let about = |&bead: &usize| {
            let [before, behind] = [&beads[bead].units[side], &beads[bead + 1].units[side]];
            Ok([last(of(before.end - 1)?), first(of(behind.start)?)])
        };
        boundaries.iter().map(about).collect::<Result<Vec<_>, _>>()
    });
    let [mut left, mut right] = [Sentences::default(), Sentences::default()];
    let mut all: Vec<Near> = Vec::new();
    for (&bead, (of_left, of_right)) in boundaries.iter().zip(of_left?.into_iter().zip(of_right?)) {
        if of_left.iter().chain(&of_right).all(|sentences| sentences.units.len() >= FEWEST) {
            let left = of_left.map(|sentences| left.add(sentences));
            let right = of_right.map(|sentences| right.add(sentences));
            all.push(Near { bead, sentences: [left, right] });
        }
    }
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let parts = [words[0].with(left.units, left.lengths), words[1].with(right.units, right.lengths)];
    let both = [&parts[0], &parts[1]];
    let open: Vec<Span> = all.iter().map(Near::all).collect();
    let closed: Vec<Span> = all.iter().flat_map(Near::halves).collect();
    let path = |within: &[Span]| path_within(both, model, within, progress);
    let (free, kept) = at_once(|| path(&open), || path(&closed));
    let (free, kept) = (free?, kept?);
    let nats = all.iter().map(|near| (near.bead, near.worth(&free) - near.worth(&kept)));
    Ok(nats.filter(|(_, nats)| *nats > RARE + SURE).collect())
}

/// The last few of some sentences.
fn last(mut sentences: Sentences) -> Sentences {
    let skipped = sentences.units.len().saturating_sub(NEAR);
    sentences.units.drain(..skipped);
    sentences.lengths.drain(..skipped);
    sentences
}

/// The first few.
fn first(mut sentences: Sentences) -> Sentences {
    sentences.units.truncate(NEAR);
    sentences.lengths.truncate(NEAR);
    sentences
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Options, align};
    use super::*;

    /// A sentence of words that no other has, and some that all have.
    fn sentence(at: usize, words: usize) -> String {
        let letter = |seed: usize| (b'a' + (seed % 23) as u8) as char;
        let word = |seed: usize| (0..6).map(|n| letter(seed >> (4 * n + 3))).collect::<String>();
        let words = (0..words).map(|n| word((20 * at + n + 1) * 2_654_435_761)).collect::<Vec<_>>();
        format!("The {}.", words.join(" and "))
    }

    /// Passages of sentences of so many words each, by the first sentence of each.
    fn passages(starts: &[usize], words: &[usize]) -> Vec<String> {
        let ends = starts.iter().skip(1).copied().chain([words.len()]);
        let passage = |(&start, end): (&usize, usize)| {
            (start..end).map(|at| sentence(at, words[at])).collect::<Vec<_>>().join(" ")
        };
        starts.iter().zip(ends).map(passage).collect()
    }

    fn spans(left: &[String], right: &[String]) -> Vec<Span> {
        let sides = [left, right].map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
        let found = align([&sides[0], &sides[1]], &Options::default(), &Progress::default()).unwrap();
        found.beads.into_iter().map(|bead| bead.units).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn passages_between_which_a_sentence_hangs_over_are_one_bead(
            sizes in prop::collection::vec(4_usize..7, 8..16), at in 1_usize..7, back in any::<bool>(),
        ) {
            let mut end = 0;
            let starts: Vec<usize> = sizes.iter().map(|size| { end += size; end - size }).collect();
            let words = vec![8; end];
            let mut others = starts.clone();
            others[at] = if back { starts[at] - 1 } else { starts[at] + 1 };
            let (left, right) = (passages(&starts, &words), passages(&others, &words));
            let one_to_one = |unit: usize| [unit..unit + 1, unit..unit + 1];
            let before = (0..at - 1).map(one_to_one);
            let expected: Vec<Span> =
                before.chain([[at - 1..at + 1, at - 1..at + 1]]).chain((at + 1..sizes.len()).map(one_to_one)).collect();
            prop_assert_eq!(spans(&left, &right), expected);
        }
    }

    #[test]
    fn verses_stay_what_people_count_by() {
        // Each of a long sentence and a short one, which once begins the next.
        let starts: Vec<usize> = (0..12).map(|verse| 2 * verse).collect();
        let words: Vec<usize> = (0..24).map(|sentence| if sentence % 2 == 0 { 20 } else { 4 }).collect();
        let mut others = starts.clone();
        others[5] -= 1;
        let expected: Vec<Span> = (0..12).map(|unit| [unit..unit + 1, unit..unit + 1]).collect();
        assert_eq!(spans(&passages(&starts, &words), &passages(&others, &words)), expected);
    }
}
