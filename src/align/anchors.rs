//! Where two texts surely or probably meet: pairs of units that share rare words, chained in order, and the band
//! about the chain in which the path is sought. Knows lexicons, no beads.

use super::lexicon::Lexicon;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// A pair of units and how much they share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub units: [usize; 2],
    pub weight: f32,
}

/// Meetings of words looked at, for each unit.
const MEETINGS: usize = 30;
/// Meetings looked at in all, the rarest words first, so that memory is bounded: beyond some hundred thousand units
/// commoner words no longer tell where texts meet.
const MOST: usize = 4_000_000;
/// Pairs kept for each unit.
const KEPT: usize = 4;

/// The pairs of units that share most, at most a few for each unit, in order. `lexicon` explains the left.
///
/// # Errors
/// Where it was cancelled.
pub fn points(words: [&Words; 2], lexicon: &Lexicon, progress: &Progress) -> Result<Vec<Point>, Cancelled> {
    let mut points = Vec::new();
    for (left, mut found) in (0usize..).zip(meetings(words, lexicon, progress)?) {
        progress.ask()?;
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let same = found.chunk_by(|a, b| a.0 == b.0);
        let of_unit = same
            .map(|same| Point { units: [left, same[0].0 as usize], weight: same.iter().map(|s| s.1).sum() });
        points.extend(heaviest(of_unit.collect()));
    }
    progress.ask()?;
    let mut by_right = vec![Vec::new(); words[1].units.len()];
    for point in points {
        by_right[point.units[1]].push(point);
    }
    let mut points = Vec::new();
    for of_unit in by_right {
        progress.ask()?;
        points.extend(heaviest(of_unit));
    }
    progress.ask()?;
    points.sort_unstable_by_key(|p| p.units);
    Ok(points)
}

/// The heaviest few of the points of a unit.
fn heaviest(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.units.cmp(&b.units)));
    points.truncate(KEPT);
    points
}

/// For each unit of the left the units of the right that a word leads to, rare words first, and how much it weighs.
fn meetings(
    words: [&Words; 2],
    lexicon: &Lexicon,
    progress: &Progress,
) -> Result<Vec<Vec<(u32, f32)>>, Cancelled> {
    let places = words.map(|side| &side.index.places);
    let mut links: Vec<(usize, u32, u32, f32)> = Vec::new();
    for (word, list) in (0u32..).zip(&lexicon.by_word) {
        let here = places[0].of(word);
        for &(other, t) in list {
            let meetings = here.len() * places[1].of(other).len();
            if meetings > 0 && t > 0.1 {
                links.push((meetings, word, other, t));
            }
        }
    }
    progress.ask()?;
    links.sort_unstable_by_key(|&(meetings, word, other, _)| (meetings, word, other));
    let most = MOST.min(MEETINGS * (words[0].units.len() + words[1].units.len()));
    let mut found = vec![Vec::new(); words[0].units.len()];
    let mut looked_at = 0;
    for (meetings, word, other, t) in links {
        progress.ask()?;
        looked_at += meetings;
        if looked_at > most {
            break;
        }
        let chance = meetings as f32 / (words[0].units.len() * words[1].units.len()) as f32;
        let weight = t * (1.0 / chance).ln();
        for &(left, _) in places[0].of(word) {
            found[left as usize].extend(places[1].of(other).iter().map(|&(right, _)| (right, weight)));
        }
    }
    Ok(found)
}

/// The heaviest chain of points that ascends on both sides.
///
/// # Errors
/// Where it was cancelled.
pub fn chain(points: &[Point], right_units: usize, progress: &Progress) -> Result<Vec<Point>, Cancelled> {
    // best[j]: the heaviest chain that ends before j, in a Fenwick tree of maxima.
    let mut tree: Vec<(f32, usize)> = vec![(0.0, usize::MAX); right_units + 2];
    let mut before = vec![usize::MAX; points.len()];
    let mut sums = vec![0.0f32; points.len()];
    let mut waiting: Vec<usize> = Vec::new();
    let put = |tree: &mut Vec<(f32, usize)>, at: usize, sums: &[f32]| {
        let mut node = points[at].units[1] + 1;
        while node < tree.len() {
            if sums[at] > tree[node].0 {
                tree[node] = (sums[at], at);
            }
            node += node & node.wrapping_neg();
        }
    };
    for at in 0..points.len() {
        progress.ask()?;
        if at > 0 && points[at].units[0] != points[at - 1].units[0] {
            for done in waiting.drain(..) {
                put(&mut tree, done, &sums);
            }
        }
        let mut node = points[at].units[1];
        let mut best = (0.0, usize::MAX);
        while node > 0 {
            if tree[node].0 > best.0 {
                best = tree[node];
            }
            node -= node & node.wrapping_neg();
        }
        before[at] = best.1;
        sums[at] = best.0 + points[at].weight;
        waiting.push(at);
    }
    let mut at =
        (0..points.len()).max_by(|&a, &b| sums[a].total_cmp(&sums[b]).then(b.cmp(&a))).unwrap_or(usize::MAX);
    let mut chain = Vec::new();
    while at != usize::MAX {
        chain.push(points[at]);
        at = before[at];
    }
    chain.reverse();
    Ok(chain)
}
