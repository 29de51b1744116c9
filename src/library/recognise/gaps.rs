//! The short passages between those that were found: a few words, a line of verse, `Help us!`. They have too
//! few letters for windows to rely on and are known by their place, their length and their sketch.

use std::ops::Range;

use super::align::{SLACK, Stand};
use super::fingerprints::{Fingerprint, Fingerprints, SKETCH_BITS};
use super::letters::{Letters, sketch};

/// A gap of more comparisons than this is left alone.
const COMPARISONS: usize = 1 << 16;

/// Whether a passage of a work can be found between others at all.
pub(super) fn may_fill(print: &Fingerprint) -> bool {
    print.sketch.is_some() || print.windows.is_empty()
}

/// Passages of the text with the passages of the work that they hold, where nothing else fits.
#[must_use]
pub(super) fn fill(text: &Letters<'_>, prints: &Fingerprints, stands: &[Stand]) -> Vec<(usize, usize)> {
    let mut filled = Vec::new();
    let (mut letter, mut print) = (0, 0);
    let end = (text.count(), prints.passages.len());
    let next = stands.iter().map(|stand| (stand.letters.start, stand.print)).chain([end]);
    let after = stands.iter().map(|stand| (stand.letters.end, stand.print + 1)).chain([end]);
    for ((start, first), (end, following)) in next.zip(after) {
        if print < first && letter < start {
            let segments = segments(text, letter..start);
            let missing: Vec<usize> = (print..first).collect();
            filled.extend(fit(text, prints, &segments, &missing));
        }
        (letter, print) = (end, following);
    }
    filled
}

/// What passages of the text have of a range of letters; its ends are moved to those of a passage nearby.
fn segments(text: &Letters<'_>, range: Range<usize>) -> Vec<(usize, Range<usize>)> {
    let snap = |letter: usize| {
        let around = text.range(text.passage_at(letter));
        [around.start, around.end].into_iter().find(|end| end.abs_diff(letter) <= SLACK).unwrap_or(letter)
    };
    let (start, end) = (snap(range.start), snap(range.end));
    if start >= end {
        return Vec::new();
    }
    let cut = |passage: usize| {
        let letters = text.range(passage);
        (passage, letters.start.max(start)..letters.end.min(end))
    };
    let passages = text.passage_at(start)..=text.passage_at(end - 1);
    passages.map(cut).filter(|(_, letters)| !letters.is_empty()).collect()
}

fn fit(
    text: &Letters<'_>,
    prints: &Fingerprints,
    segments: &[(usize, Range<usize>)],
    missing: &[usize],
) -> Vec<(usize, usize)> {
    let print = |index: usize| missing.get(index).and_then(|&at| prints.passages.get(at));
    if let ([only], Some(tiny)) = (missing, print(0).filter(|print| print.sketch.is_none())) {
        return only_of_length(text, segments, tiny).map(|passage| (passage, *only)).into_iter().collect();
    }
    if segments.len() * missing.len() > COMPARISONS {
        return Vec::new();
    }
    // A sketch reads all its letters: only what has the length of something that is missing gets one. Nothing else
    // can fit.
    let like = |letters: usize| (0..missing.len()).filter_map(print).any(|print| alike(print, letters));
    let sketched: Vec<(usize, usize, u16)> = segments
        .iter()
        .filter(|(_, letters)| like(letters.len()))
        .map(|(passage, letters)| (*passage, letters.len(), sketch(&text.part(*passage, letters))))
        .collect();
    let fits = |segment: usize, at: usize, bits: u32| {
        let segment = sketched.get(segment).zip(print(at));
        segment.is_some_and(|(&(_, letters, sketch), print)| agree(print, letters, sketch, bits))
    };
    let matching = |bits| only_matching(sketched.len(), missing.len(), |segment, at| fits(segment, at, bits));
    // Damage is borne only where everything finds its place: else a part of one may pass for another.
    let everything = segments.len().max(missing.len());
    let borne = (sketched.len() >= everything).then(|| matching(SKETCH_BITS));
    let pairs = borne.filter(|pairs| pairs.len() >= everything).unwrap_or_else(|| matching(0));
    pairs.into_iter().filter_map(|(s, m)| Some((sketched.get(s)?.0, *missing.get(m)?))).collect()
}

/// The passage of the text that a passage too short for a sketch is in, where one alone has its length.
fn only_of_length(
    text: &Letters<'_>,
    segments: &[(usize, Range<usize>)],
    tiny: &Fingerprint,
) -> Option<usize> {
    let whole = |(passage, letters): &&(usize, Range<usize>)| text.range(*passage) == *letters;
    let mut of_length = segments.iter().filter(whole).filter(|(_, letters)| letters.len() == tiny.letters);
    let found = of_length.next().filter(|_| tiny.windows.is_empty());
    found.filter(|_| of_length.next().is_none()).map(|(passage, _)| *passage)
}

/// Whether a passage may have so many letters, for all that damage does.
fn alike(print: &Fingerprint, letters: usize) -> bool {
    print.sketch.is_some() && print.letters.abs_diff(letters) <= 1 + print.letters / 12
}

/// Whether a passage of so many letters with this sketch may be the one that a fingerprint stands for. Sixteen
/// bits agree by chance once in a while: a strange passage of a missing one's length can pass for it.
pub(super) fn agree(print: &Fingerprint, letters: usize, sketch: u16, bits: u32) -> bool {
    alike(print, letters) && print.sketch.is_some_and(|known| (known ^ sketch).count_ones() <= bits)
}

/// The pairs that the longest matching in order takes, whether it is read from the front or from the back:
/// where the two differ there was a choice, and nothing is chosen.
fn only_matching(lefts: usize, rights: usize, fits: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let forward = first_matching(lefts, rights, &fits);
    let turned = |(left, right): (usize, usize)| (lefts - 1 - left, rights - 1 - right);
    let backward: Vec<_> = first_matching(lefts, rights, &|left, right| {
        let (left, right) = turned((left, right));
        fits(left, right)
    })
    .into_iter()
    .map(turned)
    .collect();
    forward.into_iter().filter(|pair| backward.contains(pair)).collect()
}

/// A longest matching in order, each pair as early as it can be.
fn first_matching(lefts: usize, rights: usize, fits: &impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let columns = rights + 1;
    // `longest[left * columns + right]`: pairs that can be had from these on.
    let mut longest = vec![0_usize; (lefts + 1) * columns];
    let at = |left: usize, right: usize| left * columns + right;
    let get = |longest: &[usize], left, right| longest.get(at(left, right)).copied().unwrap_or_default();
    for left in (0..lefts).rev() {
        for right in (0..rights).rev() {
            let without = get(&longest, left + 1, right).max(get(&longest, left, right + 1));
            let with = if fits(left, right) { 1 + get(&longest, left + 1, right + 1) } else { 0 };
            if let Some(cell) = longest.get_mut(at(left, right)) {
                *cell = without.max(with);
            }
        }
    }
    let (mut left, mut right, mut pairs) = (0, 0, Vec::new());
    while left < lefts && right < rights {
        let here = get(&longest, left, right);
        if fits(left, right) && here == 1 + get(&longest, left + 1, right + 1) {
            pairs.push((left, right));
            (left, right) = (left + 1, right + 1);
        } else if here == get(&longest, left + 1, right) {
            left += 1;
        } else {
            right += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matched(lefts: &str, rights: &str) -> Vec<(usize, usize)> {
        let (a, b) = (lefts.as_bytes(), rights.as_bytes());
        only_matching(a.len(), b.len(), |left, right| a[left] == b[right])
    }

    #[test]
    fn only_what_has_no_other_choice_is_matched() {
        assert_eq!(matched("abc", "abc"), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(matched("ac", "abc"), [(0, 0), (1, 2)]);
        assert_eq!(matched("aa", "aa"), [(0, 0), (1, 1)]);
        assert_eq!(matched("a", "aa"), [], "either may be missing");
        assert_eq!(matched("ab", "ba"), [], "one of the two is out of order");
        assert_eq!(matched("", "a"), []);
    }
}
