//! Beads as they are where the one who asks knows better which units belong together.

use std::ops::Range;

use super::confidence;
use super::rounds::Model;
use super::span::{Span, has_both};
use super::words::Words;
use super::{Bead, By, Options};
use crate::progress::{Cancelled, Progress};

/// How sure it is that a unit has no partner whose bead was taken apart: nobody has looked.
pub const LEFT_OVER: f32 = 0.5;

/// The beads with those of `told` (units of both sides, apart from each other) in place of what was found of their
/// units, surely. The rest of a bead stays one where it has units that stand together on both sides and was not `parted`,
/// else they have no partner. A bead that was found so stays as it is.
///
/// # Errors
/// Where it was cancelled.
pub fn laid_over(
    beads: Vec<Bead>,
    Options { told, parted, .. }: &Options,
    words: [&Words; 2],
    model: &Model,
    progress: &Progress,
) -> Result<Vec<Bead>, Cancelled> {
    let mut beads = with(beads, told, parted);
    let is_new = |bead: &&mut Bead| bead.by != By::Texts;
    let spans: Vec<Span> = beads.iter_mut().filter(is_new).map(|bead| bead.units.clone()).collect();
    if !spans.is_empty() {
        let similarities = confidence::similarities(words, model, &spans, progress)?;
        beads.iter_mut().filter(is_new).zip(similarities).for_each(|(bead, alike)| bead.similarity = alike);
    }
    Ok(beads)
}

/// The beads with those told, of which it is not known how alike they are.
fn with(beads: Vec<Bead>, told: &[Span], parted: &[Span]) -> Vec<Bead> {
    let is_new = |span: &&Span| !beads.iter().any(|bead| bead.units == **span);
    let told: Vec<&Span> = told.iter().filter(is_new).collect();
    let is_told = |side: usize, unit: usize| told.iter().any(|span| span[side].contains(&unit));
    let is_cut = |bead: &Bead| (0..2).any(|side| bead.units[side].clone().any(|unit| is_told(side, unit)));
    let (cut, mut beads): (Vec<Bead>, Vec<Bead>) = beads.into_iter().partition(is_cut);
    let in_place: Vec<Span> = beads
        .iter()
        .filter(|bead| !bead.moved && has_both(&bead.units))
        .map(|bead| bead.units.clone())
        .collect();
    for bead in cut {
        let [left, right] = &bead.units;
        let rest = [0, 1].map(|side: usize| {
            bead.units[side].clone().filter(|&unit| !is_told(side, unit)).collect::<Vec<usize>>()
        });
        if let [Some(lefts), Some(rights)] = rest.each_ref().map(|units| run(units))
            && bead.holds()
            && !parted.contains(&bead.units)
        {
            beads.push(Bead { units: [lefts, rights], similarity: 0.0, by: By::Rest, ..bead });
            continue;
        }
        let alone =
            |units: Span| Bead { units, similarity: 0.0, confidence: LEFT_OVER, moved: false, by: By::Texts };
        let [lefts, rights] = rest.map(Vec::into_iter);
        beads.extend(lefts.map(|unit| alone([unit..unit + 1, right.start..right.start])));
        beads.extend(rights.map(|unit| alone([left.end..left.end, unit..unit + 1])));
    }
    beads.extend(told.into_iter().map(|span| Bead {
        units: span.clone(),
        similarity: 0.0,
        confidence: 1.0,
        moved: in_place.iter().any(|other| crosses(span, other)),
        by: By::Told,
    }));
    super::in_order(&mut beads);
    beads
}

/// Units in order as a range, where there are some and they stand one after the other.
fn run(units: &[usize]) -> Option<Range<usize>> {
    let (first, last) = (*units.first()?, *units.last()?);
    (last - first + 1 == units.len()).then_some(first..last + 1)
}

/// Whether two beads stand in another order on the left than on the right.
fn crosses(span: &Span, other: &Span) -> bool {
    let before = |side: usize| span[side].start < other[side].start;
    before(0) != before(1)
}

/// Those of the ranges that have both sides, within the units that there are, and of which none holds a unit of one before.
pub fn apart(told: &[[Range<usize>; 2]], units: [usize; 2]) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    for span in told {
        let fits = (0..2).all(|side: usize| !span[side].is_empty() && span[side].end <= units[side]);
        let meets = |other: &Span| {
            (0..2).any(|side: usize| span[side].start < other[side].end && other[side].start < span[side].end)
        };
        if fits && !kept.iter().any(meets) {
            kept.push(span.clone());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(left: Range<usize>, right: Range<usize>) -> Bead {
        Bead { units: [left, right], similarity: 0.7, confidence: 0.8, moved: false, by: By::Texts }
    }

    #[test]
    fn what_is_told_takes_the_place_of_what_was_found_and_no_unit_is_lost() {
        let found = vec![bead(0..1, 0..1), bead(1..3, 1..2), bead(3..3, 2..3), bead(3..4, 3..4)];
        let beads = with(found, &[[1..2, 2..3], [3..4, 0..1]], &[]);
        let seen: Vec<_> = beads.iter().map(|b| (b.units.clone(), b.confidence, b.by)).collect();
        assert_eq!(
            seen,
            [
                ([0..1, 0..0], LEFT_OVER, By::Texts),
                ([1..2, 2..3], 1.0, By::Told),
                ([2..3, 1..2], 0.8, By::Rest),
                ([3..4, 0..1], 1.0, By::Told),
                ([4..4, 3..4], LEFT_OVER, By::Texts),
            ]
        );
        let beads = with(vec![bead(0..1, 0..1), bead(1..2, 1..2), bead(2..3, 2..3)], &[[2..3, 0..1]], &[]);
        assert!(beads.iter().any(|bead| bead.units == [2..3, 0..1] && bead.moved), "{beads:?}");
    }

    #[test]
    fn the_rest_of_a_bead_stays_where_it_stands_together_on_both_sides() {
        let units = |told: Span| -> Vec<Span> {
            let beads = with(vec![bead(0..4, 0..2), bead(4..5, 2..3)], &[told], &[]);
            beads.into_iter().map(|bead| bead.units).collect()
        };
        assert_eq!(units([3..5, 2..3]), [[0..3, 0..2], [3..5, 2..3]]);
        assert_eq!(
            units([2..3, 2..3]),
            [
                [0..1, 0..0],
                [1..2, 0..0],
                [2..3, 2..3],
                [3..4, 0..0],
                [4..4, 0..1],
                [4..4, 1..2],
                [4..5, 2..2]
            ]
        );
        let parted = with(vec![bead(0..4, 0..2), bead(4..5, 2..3)], &[[3..5, 2..3]], &[[0..4, 0..2]]);
        assert!(parted.iter().all(|bead| bead.by != By::Rest), "{parted:?}");
        let unsure = Bead { confidence: 0.1, ..bead(0..3, 0..1) };
        let beads = with(vec![unsure, bead(3..4, 1..2)], &[[2..4, 1..2]], &[]);
        assert!(beads.iter().all(|bead| bead.by != By::Rest), "{beads:?}");
    }

    #[test]
    fn of_what_is_told_twice_the_first_counts() {
        let told = [[0..1, 0..1], [1..2, 0..1], [1..1, 2..3], [1..2, 1..9], [1..2, 2..3]];
        assert_eq!(apart(&told, [3, 3]), [[0..1, 0..1], [1..2, 2..3]]);
    }
}
