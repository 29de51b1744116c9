//! Beads as they are where the one who asks knows better which units belong together.

use std::ops::Range;

use super::Bead;
use super::confidence;
use super::path::{Span, has_both};
use super::rounds::Model;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// How sure it is that a unit has no partner whose bead was taken apart: nobody has looked.
pub const LEFT_OVER: f32 = 0.5;

/// The beads with those of `told` (units of both sides, apart from each other) in place of what was found of their
/// units, surely; what is left over of a bead has no partner. A bead that was found so stays as it is. And those of `told`
/// that were not.
///
/// # Errors
/// Where it was cancelled.
pub fn laid_over(
    beads: Vec<Bead>,
    told: &[Span],
    words: [&Words; 2],
    model: &Model,
    progress: &Progress,
) -> Result<(Vec<Bead>, Vec<Span>), Cancelled> {
    let is_new = |span: &&Span| !beads.iter().any(|bead| bead.units == **span);
    let told: Vec<Span> = told.iter().filter(is_new).cloned().collect();
    if told.is_empty() {
        return Ok((beads, told));
    }
    let similarities = confidence::similarities(words, model, &told, progress)?;
    Ok((with(beads, &told, &similarities), told))
}

/// The beads with those told, so alike.
fn with(beads: Vec<Bead>, told: &[Span], similarities: &[f32]) -> Vec<Bead> {
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
        let alone = |units: Span| Bead { units, similarity: 0.0, confidence: LEFT_OVER, moved: false };
        let lefts = left.clone().filter(|&unit| !is_told(0, unit));
        let rights = right.clone().filter(|&unit| !is_told(1, unit));
        beads.extend(lefts.map(|unit| alone([unit..unit + 1, right.start..right.start])));
        beads.extend(rights.map(|unit| alone([left.end..left.end, unit..unit + 1])));
    }
    beads.extend(told.iter().zip(similarities).map(|(span, &similarity)| Bead {
        units: span.clone(),
        similarity,
        confidence: 1.0,
        moved: in_place.iter().any(|other| crosses(span, other)),
    }));
    super::in_order(&mut beads);
    beads
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
        Bead { units: [left, right], similarity: 0.7, confidence: 0.8, moved: false }
    }

    #[test]
    fn what_is_told_takes_the_place_of_what_was_found_and_no_unit_is_lost() {
        let found = vec![bead(0..1, 0..1), bead(1..3, 1..2), bead(3..3, 2..3), bead(3..4, 3..4)];
        let beads = with(found, &[[1..2, 2..3], [3..4, 0..1]], &[0.4, 0.1]);
        let seen: Vec<_> = beads.iter().map(|b| (b.units.clone(), b.confidence, b.moved)).collect();
        assert_eq!(
            seen,
            [
                ([0..1, 0..0], LEFT_OVER, false),
                ([1..2, 2..3], 1.0, false),
                ([2..3, 1..1], LEFT_OVER, false),
                ([3..3, 1..2], LEFT_OVER, false),
                ([3..4, 0..1], 1.0, false),
                ([4..4, 3..4], LEFT_OVER, false),
            ]
        );
        let beads = with(vec![bead(0..1, 0..1), bead(1..2, 1..2), bead(2..3, 2..3)], &[[2..3, 0..1]], &[0.1]);
        assert!(beads.iter().any(|bead| bead.units == [2..3, 0..1] && bead.moved), "{beads:?}");
    }

    #[test]
    fn of_what_is_told_twice_the_first_counts() {
        let told = [[0..1, 0..1], [1..2, 0..1], [1..1, 2..3], [1..2, 1..9], [1..2, 2..3]];
        assert_eq!(apart(&told, [3, 3]), [[0..1, 0..1], [1..2, 2..3]]);
    }
}
