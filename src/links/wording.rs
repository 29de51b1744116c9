//! The words of two groups of passages, and by which steps those of one side become those of the other.
//!
//! Words are told apart by their letters alone, so that a capital does not part what belongs together. The shortest edit
//! script is that of E. W. Myers, "An O(ND) Difference Algorithm" (1986).

use std::collections::{HashMap, HashSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Words of a side beyond which passages are not compared: a difference costs the product of both lengths
/// at worst.
pub const MOST_WORDS: usize = 4000;
/// Words of one side alone from which they are a part that the other leaves out, where both have most of so many words on
/// either side of them; else they are another wording.
const LEFT_OUT: usize = 10;
const AROUND: usize = 8;

/// Words from which what both sides have is a run that tells places, and how many of a hundred of the shorter side have
/// to stand in such.
const RUN: usize = 4;
const SHARED: usize = 30;

/// A word of a group of passages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    pub(super) passage: usize,
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Word<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of both sides, and by which steps one becomes the other; `None` where they are too long.
pub(super) fn compared<'a>(sides: [&[&'a str]; 2]) -> Option<([Vec<Word<'a>>; 2], Vec<DiffOp>)> {
    let Numbered { words, keys } = numbered(sides)?;
    Some((words, steps(&keys)))
}

fn steps([left, right]: &[Vec<usize>; 2]) -> Vec<DiffOp> {
    capture_diff_slices(Algorithm::Myers, left, right)
}

/// The words of two groups of passages, and for each a number that those of the same letters have.
struct Numbered<'a> {
    words: [Vec<Word<'a>>; 2],
    keys: [Vec<usize>; 2],
}

/// `None` where they are too long.
fn numbered<'a>(sides: [&[&'a str]; 2]) -> Option<Numbered<'a>> {
    // One word more than are compared tells that there are too many.
    let words = sides.map(|side| words(side).take(MOST_WORDS + 1).collect::<Vec<_>>());
    if words.iter().any(|words| words.len() > MOST_WORDS) {
        return None;
    }
    let mut names = HashMap::new();
    let keys = words.each_ref().map(|words| {
        let key = |word: &Word<'_>| {
            let next = names.len();
            *names.entry(folded(word.text)).or_insert(next)
        };
        words.iter().map(key).collect::<Vec<usize>>()
    });
    Some(Numbered { words, keys })
}

/// Where runs of words begin that both sides have, and passages within them, as the passage, counted among those given, and
/// the byte in it; `None` where they have few in common, or are too long.
#[must_use]
pub fn shared_runs(sides: [&[&str]; 2]) -> Option<Vec<[(usize, usize); 2]>> {
    let Numbered { words, keys } = numbered(sides)?;
    let fewer = words[0].len().min(words[1].len());
    // The shortest way from one wording to quite another takes long to find, and tells nothing.
    let runs: HashSet<&[usize]> = keys[0].windows(RUN).collect();
    if keys[1].windows(RUN).filter(|run| runs.contains(run)).count() * 100 <= fewer * SHARED / 2 {
        return None;
    }
    let ops = steps(&keys);
    let is_run = |op: &&DiffOp| matches!(op, DiffOp::Equal { len, .. } if *len >= RUN);
    let shared: usize = ops.iter().filter(is_run).map(|op| op.old_range().len()).sum();
    let places = |op: &DiffOp| {
        let [left, right] = [&words[0][op.old_range()], &words[1][op.new_range()]];
        let begins =
            |at: usize| at == 0 || [left, right].iter().any(|side| side[at].passage != side[at - 1].passage);
        let place = |at: usize| [left, right].map(|side| (side[at].passage, side[at].start));
        (0..left.len()).filter(|&at| begins(at)).map(place).collect::<Vec<_>>()
    };
    (shared * 100 > fewer * SHARED).then(|| ops.iter().filter(is_run).flat_map(places).collect())
}

/// How many words stand in long parts that one side leaves out: of a passage that was cut what remains is no other wording.
pub(super) fn left_out(ops: &[DiffOp]) -> usize {
    // Of the words next to it, away from it: whether both sides have most.
    let is_shared = |beside: &mut dyn Iterator<Item = &DiffOp>| {
        let (mut shared, mut all) = (0, 0);
        for op in beside {
            let len = op.old_range().len().max(op.new_range().len()).min(AROUND - all);
            all += len;
            shared += if matches!(op, DiffOp::Equal { .. }) { len } else { 0 };
            if all == AROUND {
                break;
            }
        }
        2 * shared >= all
    };
    let of = |(at, op): (usize, &DiffOp)| {
        let [left, right] = [op.old_range().len(), op.new_range().len()];
        let more = left.max(right);
        let is_part = left.min(right) == 0 && more >= LEFT_OUT && ops.len() > 1;
        let is_within =
            is_part && is_shared(&mut ops[..at].iter().rev()) && is_shared(&mut ops[at + 1..].iter());
        if is_within { more } else { 0 }
    };
    ops.iter().enumerate().map(of).sum()
}

fn words<'a>(passages: &[&'a str]) -> impl Iterator<Item = Word<'a>> {
    let of = |(passage, text): (usize, &&'a str)| {
        // An underscore about a word, which plain text has for italics, is a sign and no part of it.
        let bare = move |(start, word): (usize, &'a str)| {
            let text = word.trim_matches('_');
            let start = start + (word.len() - word.trim_start_matches('_').len());
            (!text.is_empty()).then_some(Word { passage, start, text })
        };
        text.unicode_word_indices().filter_map(bare)
    };
    passages.iter().enumerate().flat_map(of)
}

/// A word as it counts for what belongs together.
fn folded(word: &str) -> String {
    letters(word).flat_map(char::to_lowercase).map(straight).collect()
}

/// The letters of a text, those that printers cast together (ﬁ) or otherwise (ſ) as they are spelt.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfc().flat_map(|c| {
        let parts = spelt(c);
        parts.chars().chain(parts.is_empty().then_some(c))
    })
}

/// The letters of a type that is not one letter, or not cut as one; of all others nothing.
const fn spelt(c: char) -> &'static str {
    match c {
        'ſ' => "s",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => "",
    }
}

pub(super) fn straight(c: char) -> char {
    if matches!(c, '\u{2019}' | '\u{2bc}') { '\'' } else { c }
}

/// Whether two words are the same but for the form of their apostrophes, and for accents that are signs of their own.
pub(super) fn same(a: &str, b: &str) -> bool {
    a == b || letters(a).map(straight).eq(letters(b).map(straight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_spelt_as_unicode_decomposes_them() {
        for c in '\0'..=char::MAX {
            let parts: String = c.to_string().nfkd().collect();
            assert!(spelt(c).is_empty() || spelt(c) == parts, "{c}");
        }
        assert!(('ﬀ'..='ﬆ').all(|c| !spelt(c).is_empty()));
    }

    #[test]
    fn runs_of_the_same_words_begin_where_a_part_is_left_out_and_where_a_passage_begins() {
        let [one, two] = ["the ferry left Kallby at noon", "and gulls rose over the empty quay"];
        let cut = "while nobody stood on the pier";
        let runs = shared_runs([&[&format!("{one} {cut} {two}")], &[&format!("{one} {two}")]]).unwrap();
        let byte = |of: usize| of + 1;
        assert_eq!(runs, [[(0, 0), (0, 0)], [(0, byte(one.len() + 1 + cut.len())), (0, byte(one.len()))]]);
        let runs = shared_runs([&[one, two], &[&format!("{one} {two}")]]).unwrap();
        assert_eq!(runs, [[(0, 0), (0, 0)], [(1, 0), (0, byte(one.len()))]]);
        let other = "no ferry came and the gulls were silent at dusk over some other quay";
        assert_eq!(shared_runs([&[one, two], &[other]]), None);
    }
}
