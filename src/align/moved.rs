//! Blocks that stand elsewhere on the other side: what the monotone path left without partner, or with a poor one,
//! is aligned by itself, again and again. Knows a learned model, not how it was learned.

use std::ops::Range;

use super::claims::{Claims, TAKEN, places};
use super::confidence;
use super::rounds::{Found, Model};
use super::span::{Span, has_both};
use super::swaps::swaps;
use super::words::Words;
use super::{Bead, By};
use crate::progress::{Cancelled, Progress};

/// Times that what remains is aligned: each finds the blocks that ascend among themselves.
const PASSES: usize = 12;
/// Nats beyond the chance of a place that a block must speak for itself.
const SURE: f32 = 6.0;
/// Nats for each unit of the block.
const DENSE: f32 = 3.0;
/// Nats by which others may claim the units of a bead more than it does for it to stand in a block that is sure.
const CLAIMED: f32 = 3.0;

/// What stands elsewhere on the other side, and what may.
#[derive(Default)]
pub struct Moved {
    /// Beads out of order, each with how surely it is one.
    beads: Vec<(Span, f32)>,
    /// For each unit of both sides how surely it was moved, where that is too little to say so.
    doubts: [Vec<f32>; 2],
}

impl Moved {
    /// The beads out of order.
    pub fn spans(&self) -> impl Iterator<Item = &Span> {
        self.beads.iter().map(|(span, _)| span)
    }

    /// These beads, surely.
    #[cfg(test)]
    pub fn of(spans: Vec<Span>) -> Self {
        Self { beads: spans.into_iter().map(|span| (span, 1.0)).collect(), doubts: Default::default() }
    }
}

/// A bead where it stands.
struct Place {
    span: Span,
    /// Whether it stands out of the order of its neighbours.
    moved: bool,
    /// What it can at most be sure.
    most: f32,
}

/// Some units of two texts as texts of their own.
pub struct Part {
    /// Their words, numbered as in the whole.
    pub words: [Words; 2],
    /// For each unit its place in the whole.
    pub places: [Vec<usize>; 2],
}

impl Part {
    /// The units at `places`.
    pub fn of(words: [&Words; 2], places: [Vec<usize>; 2]) -> Self {
        let part = [0, 1].map(|side| words[side].chosen(&places[side]));
        Self { words: part, places }
    }

    /// The words of both sides.
    pub fn both(&self) -> [&Words; 2] {
        [&self.words[0], &self.words[1]]
    }

    /// Their best path.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn path(&self, model: &Model, progress: &Progress) -> Result<Found, Cancelled> {
        model.path(self.both(), progress)
    }

    /// Units of the part in places of the whole.
    fn in_whole(&self, span: &Span) -> Span {
        [self.whole(span, 0), self.whole(span, 1)]
    }

    fn whole(&self, span: &Span, side: usize) -> Range<usize> {
        let (range, places) = (&span[side], &self.places[side]);
        let start = match (range.is_empty(), range.start) {
            (false, at) => places[at],
            (true, 0) => 0,
            (true, at) => places[at - 1] + 1,
        };
        start..start + range.len()
    }
}

/// For each unit of both sides the nats with which the words of its bead speak for it; negative infinity where it
/// has no partner.
fn told(words: [&Words; 2], model: &Model, found: &Found) -> [Vec<f32>; 2] {
    let mut told = words.map(|side| vec![f32::NEG_INFINITY; side.units.len()]);
    for span in found.spans.iter().filter(|span| has_both(span)) {
        for side in [0, 1] {
            let others = &span[1 - side];
            for unit in span[side].clone() {
                let gain = found.gains[side].at(unit, others.end).get(others.len() - 1);
                told[side][unit] = gain.map_or(f32::NEG_INFINITY, |gain| model.habits.trust * gain);
            }
        }
    }
    told
}

/// Nats that speak for each bead against chance, from words and lengths; negative infinity where a side is empty.
fn evidence(words: [&Words; 2], model: &Model, spans: &[Span], told: &[Vec<f32>; 2]) -> Vec<f32> {
    let length =
        |side: usize, span: &Span| words[side].lengths[span[side].clone()].iter().sum::<u32>() as f32;
    let measure = |span: &Span| {
        if !has_both(span) {
            return f32::NEG_INFINITY;
        }
        let gain = |side: usize| told[side][span[side].clone()].iter().sum::<f32>();
        gain(0) + gain(1) + model.habits.length(length(0, span), length(1, span))
    };
    spans.iter().map(measure).collect()
}

/// What was moved, beside a monotone path: neighbours, blocks, and single units.
///
/// # Errors
/// Where it was cancelled.
pub fn blocks(
    words: [&Words; 2],
    model: &Model,
    in_order: &Found,
    progress: &Progress,
) -> Result<Moved, Cancelled> {
    let mut free = free(words, model, in_order);
    let mut beads = swaps(words, model, in_order, progress)?;
    for (span, _) in &beads {
        take(&mut free, span);
    }
    if places(&free).iter().any(Vec::is_empty) {
        return Ok(Moved { beads, doubts: words.map(|side| vec![0.0; side.units.len()]) });
    }
    let claims = Claims::of(words, model, &free, &progress.part(0.0..0.1))?;
    for pass in 0..PASSES {
        let place = |pass: usize| 0.1 + 0.9 * pass as f32 / PASSES as f32;
        let places = places(&free);
        if claims.nats_of(&free) < chance(&places) + SURE + DENSE {
            break;
        }
        let part = Part::of(words, places);
        let found = part.path(model, &progress.part(place(pass)..place(pass + 1)))?;
        let strong = strong(&part, model, &found, &claims);
        if strong.is_empty() {
            break;
        }
        for span in strong {
            take(&mut free, &span);
            beads.push((span, 1.0));
        }
    }
    // Each that is found makes others likelier.
    loop {
        let known = beads.len();
        for (pair, sure) in claims.of_free(&free, known).into_iter().take_while(|(_, sure)| *sure >= TAKEN) {
            let span = pair.map(|unit| unit..unit + 1);
            take(&mut free, &span);
            beads.push((span, sure));
        }
        if beads.len() == known {
            break;
        }
    }
    let mut doubts = words.map(|side| vec![0.0f32; side.units.len()]);
    for (pair, sure) in claims.of_free(&free, beads.len()) {
        for side in [0, 1] {
            let doubt = &mut doubts[side][pair[side]];
            *doubt = doubt.max(sure);
        }
    }
    Ok(Moved { beads, doubts })
}

/// For each unit whether nothing in a monotone path speaks for its bead.
fn free(words: [&Words; 2], model: &Model, found: &Found) -> [Vec<bool>; 2] {
    let told = told(words, model, found);
    let mut free = told.each_ref().map(|side| side.iter().map(|&nats| nats < 0.0).collect::<Vec<bool>>());
    for (span, nats) in found.spans.iter().zip(evidence(words, model, &found.spans, &told)) {
        if nats < 0.0 {
            (0..2).for_each(|side: usize| free[side][span[side].clone()].fill(true));
        }
    }
    free
}

/// The beads, in places of the whole, of those blocks of a path through a part that could hardly have come about by
/// chance and that are not claimed by others.
fn strong(part: &Part, model: &Model, found: &Found, claims: &Claims) -> Vec<Span> {
    let words = part.both();
    let nats = evidence(words, model, &found.spans, &told(words, model, found));
    let spans = found.spans.iter().map(|span| part.in_whole(span));
    let chance = chance(&part.places);
    let unclaimed = spans.zip(nats).filter(|(_, nats)| *nats > 0.0).map(|(span, nats)| {
        let nats = claims.odds(&span, nats, 1.0);
        (span, nats)
    });
    let scored: Vec<(Span, f32)> = unclaimed.filter(|(_, nats)| *nats > -CLAIMED).collect();
    let blocks = scored.chunk_by(|a, b| near(&a.0, &b.0));
    let sure = blocks.filter(|block| {
        let all = block.iter().map(|(_, nats)| nats).sum::<f32>();
        all > chance + SURE + DENSE * block.len() as f32
    });
    sure.flatten().map(|(span, _)| span.clone()).collect()
}

/// Nats by which some pair of units is as good by chance: of so many pairs.
fn chance(places: &[Vec<usize>; 2]) -> f32 {
    places.iter().map(|places| (places.len() as f32).ln()).sum()
}

/// Whether a bead follows another within a block: few units without partner between them.
fn near(before: &Span, after: &Span) -> bool {
    (0..2).all(|side| after[side].start - before[side].end <= 2)
}

fn take(free: &mut [Vec<bool>; 2], span: &Span) {
    for side in [0, 1] {
        free[side][span[side].clone()].fill(false);
    }
}

/// All beads in order of the left side: those moved taken out, the rest aligned again.
///
/// # Errors
/// Where it was cancelled.
pub fn placed(
    words: [&Words; 2],
    model: &Model,
    found: &Found,
    Moved { beads, doubts }: Moved,
    progress: &Progress,
) -> Result<Vec<Bead>, Cancelled> {
    let most = |span: &Span| {
        let doubt = |side: usize| doubts[side][span[side].clone()].iter().copied().fold(0.0, f32::max);
        if has_both(span) { 1.0 } else { 1.0 - doubt(0).max(doubt(1)) }
    };
    let in_order = |span: Span| Place { most: most(&span), moved: false, span };
    if beads.is_empty() {
        let shares = confidence::shares(words, model, found, &progress.part(0.0..0.8))?;
        let places = found.spans.iter().cloned().map(in_order).collect();
        return with_measures(words, model, places, &shares, &progress.part(0.8..1.0));
    }
    let mut free = words.map(|side| vec![true; side.units.len()]);
    for (span, _) in &beads {
        take(&mut free, span);
    }
    let rest = Part::of(words, places(&free));
    let path = model.path_of_some(rest.both(), &rest.places, found, &progress.part(0.0..0.3))?;
    let shares = confidence::shares(rest.both(), model, &path, &progress.part(0.3..0.6))?;
    let mut all: Vec<(Place, f32)> =
        path.spans.iter().map(|span| in_order(rest.in_whole(span))).zip(shares).collect();
    let shares = shares_of_moved(words, model, &beads, &progress.part(0.6..0.8))?;
    for ((span, most), share) in beads.into_iter().zip(shares) {
        let crosses = |other: &Span| (other[0].start < span[0].start) != (other[1].start < span[1].start);
        let moved =
            all.iter().any(|(other, _)| !other.moved && has_both(&other.span) && crosses(&other.span));
        all.push((Place { span, moved, most }, share));
    }
    all.sort_by_key(|(Place { span, .. }, _)| (span[0].start, !span[0].is_empty()));
    let (all, shares): (Vec<Place>, Vec<f32>) = all.into_iter().unzip();
    with_measures(words, model, all, &shares, &progress.part(0.8..1.0))
}

/// For each bead out of order its share of all ways through the units of such beads alone, the right side laid in the
/// order of the left.
fn shares_of_moved(
    words: [&Words; 2],
    model: &Model,
    beads: &[(Span, f32)],
    progress: &Progress,
) -> Result<Vec<f32>, Cancelled> {
    let mut order: Vec<usize> = (0..beads.len()).collect();
    order.sort_by_key(|&at| beads[at].0[0].start);
    let places = [0, 1].map(|side: usize| order.iter().flat_map(|&at| beads[at].0[side].clone()).collect());
    let part = Part::of(words, places);
    let mut ends = [0, 0];
    let laid = order.iter().map(|&at| {
        [0, 1].map(|side: usize| {
            ends[side] += beads[at].0[side].len();
            ends[side] - beads[at].0[side].len()..ends[side]
        })
    });
    let laid: Vec<Span> = laid.collect();
    let found = confidence::posteriors(part.both(), model, laid, progress)?;
    let mut shares = vec![0.0; beads.len()];
    order.into_iter().zip(found).for_each(|(at, share)| shares[at] = share);
    Ok(shares)
}

/// The beads of a path with how alike and how sure they are.
///
/// # Errors
/// Where it was cancelled.
pub fn in_order(
    words: [&Words; 2],
    model: &Model,
    found: &Found,
    progress: &Progress,
) -> Result<Vec<Bead>, Cancelled> {
    let shares = confidence::shares(words, model, found, &progress.part(0.0..0.8))?;
    let place = |span: &Span| Place { span: span.clone(), moved: false, most: 1.0 };
    let places = found.spans.iter().map(place).collect();
    with_measures(words, model, places, &shares, &progress.part(0.8..1.0))
}

/// Beads with how alike and how sure they are, from their shares of all ways.
fn with_measures(
    words: [&Words; 2],
    model: &Model,
    places: Vec<Place>,
    shares: &[f32],
    progress: &Progress,
) -> Result<Vec<Bead>, Cancelled> {
    let spans: Vec<Span> = places.iter().map(|place| place.span.clone()).collect();
    let similarities = confidence::similarities(words, model, &spans, progress)?;
    let rest = confidence::confidences(shares, &spans, &similarities).into_iter().zip(similarities);
    let bead = |(Place { span, moved, most }, (confidence, similarity)): (Place, (f32, f32))| Bead {
        units: span,
        similarity,
        confidence: confidence.min(most),
        moved,
        by: By::Texts,
    };
    Ok(places.into_iter().zip(rest).map(bead).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Alignment, Options, align};
    use super::*;

    /// A text of `units` units, each of so many words that nobody else has and a few that all have.
    fn text(units: usize, words: usize) -> Vec<String> {
        let letter = |seed: usize| (b'a' + (seed % 23) as u8) as char;
        let word = |at: usize| {
            let seed = (at + 1) * 2_654_435_761;
            (0..6).map(|n| letter(seed >> (4 * n + 3))).collect::<String>()
        };
        (0..units)
            .map(|at| {
                (0..words).map(|n| format!("{} and", word(at * words + n))).collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    fn aligned(left: &[String], right: &[String], moved: bool) -> Alignment {
        let sides = [left, right].map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
        align([&sides[0], &sides[1]], &Options { moved, ..Options::default() }, &Progress::default()).unwrap()
    }

    /// Whether the beads that are not marked ascend on both sides.
    fn ascends(alignment: &Alignment) -> bool {
        let kept = alignment.beads.iter().filter(|bead| !bead.moved && has_both(&bead.units));
        let kept: Vec<_> = kept.collect();
        kept.windows(2)
            .all(|two| (0..2).all(|side: usize| two[0].units[side].end <= two[1].units[side].start))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn blocks_that_stand_elsewhere_are_found_and_marked(
            units in 20_usize..50, from in 0_usize..14, long in 1_usize..6, to in 0_usize..14,
        ) {
            let left = text(units, 12);
            let mut places: Vec<usize> = (0..units).collect();
            let block: Vec<usize> = places.drain(from..from + long).collect();
            places.splice(to..to, block);
            let right: Vec<String> = places.iter().map(|&at| left[at].clone()).collect();
            let alignment = aligned(&left, &right, true);
            for bead in &alignment.beads {
                prop_assert_eq!(bead.units.each_ref().map(ExactSizeIterator::len), [1, 1]);
                prop_assert_eq!(places[bead.units[1].start], bead.units[0].start);
            }
            prop_assert!(ascends(&alignment));
            let marked = alignment.beads.iter().filter(|bead| bead.moved).count();
            prop_assert_eq!(marked, long.min(from.abs_diff(to)));
        }

        #[test]
        fn units_of_a_few_words_are_found_wherever_they_stand(
            moves in prop::collection::vec((0_usize..40, 0_usize..40), 1..7), words in 5_usize..9,
        ) {
            // Units of twelve words and short ones by turns. Of three or four words one in some hundreds is left without partner: in so
            // small a text they prove too little.
            let [long, short] = [text(40, 12), text(200, words)];
            let left: Vec<String> =
                (0..40).map(|at| if at % 2 == 0 { &long[at] } else { &short[100 + at] }.clone()).collect();
            let mut places: Vec<usize> = (0..40).collect();
            for (from, to) in moves {
                let from = places.iter().position(|&at| at == (from | 1)).unwrap();
                let unit = places.remove(from);
                places.insert(to.min(places.len()), unit);
            }
            let right: Vec<String> = places.iter().map(|&at| left[at].clone()).collect();
            let alignment = aligned(&left, &right, true);
            for bead in &alignment.beads {
                prop_assert_eq!(bead.units.each_ref().map(ExactSizeIterator::len), [1, 1]);
                prop_assert_eq!(places[bead.units[1].start], bead.units[0].start);
                prop_assert!(bead.confidence > 0.8);
            }
            prop_assert!(ascends(&alignment));
        }

        #[test]
        fn what_is_not_marked_ascends_however_a_text_is_shuffled(
            places in Just((0..24_usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let left = text(24, 12);
            let right: Vec<String> = places.iter().map(|&at| left[at].clone()).collect();
            let alignment = aligned(&left, &right, true);
            prop_assert!(ascends(&alignment));
            for side in 0..2_usize {
                let mut seen: Vec<usize> = alignment.beads.iter().flat_map(|bead| bead.units[side].clone()).collect();
                seen.sort_unstable();
                prop_assert_eq!(seen, (0..24).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn no_block_is_taken_out_of_order_where_none_is_wanted() {
        let left = text(24, 12);
        let mut right = left.clone();
        right[3..20].rotate_left(5);
        let alignment = aligned(&left, &right, false);
        assert!(alignment.beads.iter().all(|bead| !bead.moved));
        assert!(ascends(&alignment));
        assert!(aligned(&left, &right, true).beads.iter().any(|bead| bead.moved));
    }

    #[test]
    fn a_text_in_order_has_no_moved_block() {
        let left = text(30, 12);
        let mut right = left.clone();
        right.remove(12);
        right.insert(20, "something that nobody said before".to_owned());
        assert!(aligned(&left, &right, true).beads.iter().all(|bead| !bead.moved));
    }

    /// The units of the beads that are marked, in order of the left.
    fn marked(alignment: &Alignment) -> Vec<[Range<usize>; 2]> {
        alignment.beads.iter().filter(|bead| bead.moved).map(|bead| bead.units.clone()).collect()
    }

    #[test]
    fn of_neighbours_that_change_places_the_shorter_is_marked() {
        let mut left = text(24, 12);
        left[9] = "a short remark on something else".to_owned();
        let mut right = left.clone();
        right.swap(9, 10);
        right.swap(15, 16);
        let alignment = aligned(&left, &right, true);
        assert_eq!(alignment.beads.len(), 24);
        let [short, other] = &marked(&alignment)[..] else { panic!("{:?}", marked(&alignment)) };
        assert_eq!(*short, [9..10, 10..11]);
        assert!([[15..16, 16..17], [16..17, 15..16]].contains(other));
    }

    #[test]
    fn a_refrain_proves_no_move() {
        let refrain = "so it was and so it will be said the river to the old man";
        let mut left = text(30, 12);
        (0..30).step_by(6).for_each(|at| left[at] = refrain.to_owned());
        let mut right = left.clone();
        // One edition leaves one out, the other another one.
        left.remove(24);
        right.remove(6);
        let alignment = aligned(&left, &right, true);
        assert_eq!(marked(&alignment), Vec::<[Range<usize>; 2]>::new());
        let alone = |side: usize| {
            let beads = alignment.beads.iter().filter(move |bead| bead.units[1 - side].is_empty());
            beads.map(|bead| (bead.units[side].clone(), bead.confidence)).collect::<Vec<_>>()
        };
        for (side, place) in [6..7, 23..24].into_iter().enumerate() {
            let [(units, confidence)] = &alone(side)[..] else { panic!("{:?}", alone(side)) };
            assert_eq!(*units, place);
            // The one may have become the other.
            assert!((0.3..0.9).contains(confidence), "{confidence}");
        }
    }
}
