//! Which passages of a work each passage of a text holds: one, several that were merged, or a part of one.
//!
//! What is unsure stays bare: no number is better than a wrong one.

use std::ops::Range;

use super::chain::chain;
use super::gaps;
use super::letters::{Letters, WINDOW};
use super::table::{Hit, Known, Window};

/// Letters by which the reckoned end of a passage may miss the end of a passage of the text.
pub(super) const SLACK: usize = 4;

/// A text against a work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// For each passage of the text the passages of the work that it holds (or holds a part of), as indices
    /// of the fingerprints, ascending.
    pub holds: Vec<Vec<usize>>,
    /// Letters of the text that were found to be the work's.
    pub explained: usize,
}

impl Alignment {
    /// How many passages of the work were found.
    #[must_use]
    pub fn found(&self) -> usize {
        let mut all: Vec<usize> = self.holds.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    }
}

/// A passage of the work found in the text, in one passage or spread over several.
#[derive(Clone, Debug)]
pub(super) struct Stand {
    /// Index of the fingerprint.
    pub(super) print: usize,
    /// The letters of the text that it takes, reckoned from its windows.
    pub(super) letters: Range<usize>,
    /// Passages of the text that hold it.
    pub(super) passages: Vec<usize>,
    hits: Vec<Hit>,
}

/// Aligns a text with a work by the windows of the work that were found in it.
#[must_use]
pub fn align(text: &Letters<'_>, known: &Known, hits: &[Hit]) -> Alignment {
    let chain = chain(&known.windows, hits);
    let mut stands: Vec<Stand> = chain
        .chunk_by(|a, b| window(known, a).passage == window(known, b).passage)
        .filter_map(|hits| stand(text, known, hits))
        .collect();
    part(&mut stands);
    for stand in &mut stands {
        stand.passages = holders(text, known, stand);
    }
    let explained = keep_explained(text, &mut stands);
    stands.retain(|stand| !stand.passages.is_empty());
    let mut holds = vec![Vec::new(); text.passages()];
    let filled = gaps::fill(text, &known.prints, &stands);
    let found = stands.iter().flat_map(|stand| stand.passages.iter().map(|&passage| (passage, stand.print)));
    for (passage, print) in found.chain(filled) {
        if let Some(held) = holds.get_mut(passage) {
            held.push(print);
        }
    }
    for held in &mut holds {
        held.sort_unstable();
    }
    Alignment { holds, explained }
}

fn window(known: &Known, hit: &Hit) -> Window {
    known.windows.get(hit.window).copied().unwrap_or(Window { passage: 0, window: 0, letter: 0 })
}

/// Where the passage of some windows stands in the text.
fn stand(text: &Letters<'_>, known: &Known, hits: &[Hit]) -> Option<Stand> {
    let (first, last) = (hits.first()?, hits.last()?);
    let print = window(known, first).passage;
    let fingerprint = known.prints.passages.get(print)?;
    // Of a long passage one window may stand anywhere, as a turn of phrase.
    if fingerprint.hashed() >= 4 && hits.len() < 2 {
        return None;
    }
    let start = first.letter.saturating_sub(fingerprint.offset(window(known, first).window));
    let rest = fingerprint.letters.saturating_sub(fingerprint.offset(window(known, last).window));
    let end = (last.letter + rest).min(text.count());
    // What the work has twice is known where nearly all of it is a passage by itself, and nowhere else.
    let slack = SLACK + fingerprint.letters / 50;
    let whole = text.range(text.passage_at(first.letter + WINDOW / 2));
    let alone = whole.start.abs_diff(start) <= slack && whole.end.abs_diff(end) <= slack;
    if fingerprint.repeated && !(alone && hits.len() * 2 > fingerprint.windows.len()) {
        return None;
    }
    Some(Stand { print, letters: start..end, passages: Vec::new(), hits: hits.to_vec() })
}

/// Sees that no two passages of the work claim the same letters.
fn part(stands: &mut [Stand]) {
    for at in 1..stands.len() {
        let (before, after) = stands.split_at_mut(at);
        let (Some(before), Some(after)) = (before.last_mut(), after.first_mut()) else { continue };
        let last = before.hits.last().map_or(0, |hit| hit.letter + WINDOW);
        after.letters.start = after.letters.start.max(last).min(after.letters.end);
        before.letters.end = before.letters.end.min(after.letters.start);
    }
}

/// The passages of the text that hold a passage of the work: where at least half of the windows that should
/// stand there do.
fn holders(text: &Letters<'_>, known: &Known, stand: &Stand) -> Vec<usize> {
    let Some(print) = known.prints.passages.get(stand.print) else { return Vec::new() };
    let mut expected: Vec<(usize, usize, usize)> = Vec::new();
    // The passage that was asked last, and its letters: most windows stand in that of the one before.
    let mut last = (0, text.range(0));
    // Hits ascend as windows do, so the nearest one does.
    let mut hits = stand.hits.iter().map(|hit| (window(known, hit).window, hit.letter)).peekable();
    let Some(mut near) = hits.next() else { return Vec::new() };
    for (at, _) in print.windows.iter().enumerate().filter(|(_, hash)| hash.is_some()) {
        while let Some(nearer) = hits.next_if(|(window, _)| window.abs_diff(at) < near.0.abs_diff(at)) {
            near = nearer;
        }
        let (window, hit) = near;
        let found = window == at;
        let letter = (hit + print.offset(at)).saturating_sub(print.offset(window));
        // What the text breaks off before is no window that is missing.
        if !found && letter + WINDOW > text.count() {
            continue;
        }
        // The passage of the text is that in which the middle of a window stands.
        let middle = letter + WINDOW / 2;
        if !last.1.contains(&middle) {
            let passage = text.passage_at(middle);
            last = (passage, text.range(passage));
        }
        let passage = last.0;
        match expected.last_mut().filter(|(last, _, _)| *last == passage) {
            Some((_, there, all)) => {
                *there += usize::from(found);
                *all += 1;
            }
            None => expected.push((passage, usize::from(found), 1)),
        }
    }
    expected.iter().filter(|(_, there, all)| *there > 0 && there * 2 >= *all).map(|(p, _, _)| *p).collect()
}

/// Takes passages of the text out that are for the greater part something else (a preface that quotes); the
/// letters of the work in the others.
fn keep_explained(text: &Letters<'_>, stands: &mut [Stand]) -> usize {
    let mut explained = vec![0; text.passages()];
    let shared = |letters: &Range<usize>, passage: usize| {
        let range = text.range(passage);
        letters.end.min(range.end).saturating_sub(letters.start.max(range.start))
    };
    for stand in stands.iter() {
        for &passage in &stand.passages {
            if let Some(explained) = explained.get_mut(passage) {
                *explained += shared(&stand.letters, passage);
            }
        }
    }
    let holds = |passage: usize, explained: usize| explained * 2 >= text.range(passage).len();
    for stand in stands.iter_mut() {
        stand.passages.retain(|&passage| explained.get(passage).is_some_and(|&e| holds(passage, e)));
    }
    explained.iter().enumerate().filter(|&(passage, &e)| holds(passage, e)).map(|(_, e)| e).sum()
}
