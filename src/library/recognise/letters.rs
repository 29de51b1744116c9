//! What is compared of a text: its letters alone, in one row, and their hashes.
//!
//! Case, accents, digits, quotes, dashes, punctuation, white space and the ends of lines and passages do not
//! count: they are what conversions change.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::document::import::scan;
use crate::document::{Edition, Passage};
use crate::hash::{scrambled, simhash};

/// Letters under one hash: four words of English or so.
pub const WINDOW: usize = 20;

/// The letters of all passages of an edition, one after the other. They are counted and not kept: a text of a
/// book's length would fill some hundred pages of fresh memory with them, and few are looked at twice.
#[derive(Clone, Debug)]
pub struct Letters<'a> {
    edition: &'a Edition,
    /// Where each passage begins; one more entry for the end.
    starts: Vec<usize>,
}

impl<'a> Letters<'a> {
    /// Reads the letters of an edition and shows the hash of every window of them, with the letter that it begins
    /// with; `None` where there are more letters than `at_most`.
    #[must_use]
    pub fn read(edition: &'a Edition, at_most: usize, mut see: impl FnMut(usize, u32)) -> Option<Self> {
        let mut letters = Self { edition, starts: vec![0] };
        // The letters of one passage after those before it with which they share a window.
        let mut row = Vec::new();
        // All hashes of a passage before any is looked at: they are computed in one run then.
        let mut hashes = Vec::new();
        let mut end = 0;
        for passage in edition.passages() {
            let before = row.len();
            push(&mut row, passage);
            let first = end - before;
            end += row.len() - before;
            letters.starts.push(end);
            if end > at_most {
                return None;
            }
            hashes.clear();
            hashes.extend(windows(&row));
            hashes.iter().enumerate().for_each(|(window, hash)| see(first + window, *hash));
            row.drain(..row.len().saturating_sub(WINDOW - 1));
        }
        Some(letters)
    }

    /// How many letters there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// How many passages there are.
    #[must_use]
    pub fn passages(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The letters that a passage takes.
    #[must_use]
    pub fn range(&self, passage: usize) -> Range<usize> {
        let at = |i: usize| self.starts.get(i).copied().unwrap_or(self.count());
        at(passage)..at(passage + 1)
    }

    /// The passage in which a letter stands; the last one for a letter past the end.
    #[must_use]
    pub fn passage_at(&self, letter: usize) -> usize {
        let after = self.starts.partition_point(|&start| start <= letter);
        after.saturating_sub(1).min(self.passages().saturating_sub(1))
    }

    /// The letters of a part of a passage; none where it is out of bounds.
    #[must_use]
    pub fn part(&self, passage: usize, range: &Range<usize>) -> Vec<char> {
        let start = self.range(passage).start;
        let letters = self.edition.passages().get(passage).map(of_passage).unwrap_or_default();
        let part = range.start.checked_sub(start).and_then(|from| letters.get(from..range.end - start));
        part.unwrap_or_default().to_vec()
    }
}

/// The letters of one passage.
#[must_use]
pub fn of_passage(passage: &Passage) -> Vec<char> {
    let mut letters = Vec::new();
    push(&mut letters, passage);
    letters
}

/// Appends the letters of a passage. Its list marker is left out: conversions make another of it.
fn push(letters: &mut Vec<char>, passage: &Passage) {
    let words = passage.slice(passage.marker_bytes..passage.text.len());
    letters.reserve(words.len());
    // ASCII is its own decomposition and nothing is moved across it, so what stands between is read apart.
    let mut rest = words;
    while !rest.is_empty() {
        let (ascii, after) =
            rest.split_at(scan::find(rest.as_bytes(), 0, |byte| !byte.is_ascii()).unwrap_or(rest.len()));
        push_ascii(letters, ascii.as_bytes());
        let (other, after) =
            after.split_at(after.bytes().position(|byte| byte.is_ascii()).unwrap_or(after.len()));
        if !other.chars().all(is_sign) {
            // Combining marks are no letters, so accents fall off with the rest.
            letters.extend(other.nfkd().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()));
        }
        rest = after;
    }
}

/// Whether a character is one of those that print puts among letters, and has none in it: spaces, dashes, quotes.
const fn is_sign(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2010}'..='\u{2027}')
}

/// Appends the letters among ASCII: each byte is written, and the next one over it unless it was a letter.
fn push_ascii(letters: &mut Vec<char>, ascii: &[u8]) {
    let mut found = ['\0'; 64];
    for block in ascii.chunks(found.len()) {
        let mut count = 0;
        for byte in block {
            // The small form of a letter; what becomes of other bytes is no letter and is written over.
            let small = byte | 0x20;
            if let Some(place) = found.get_mut(count) {
                *place = char::from(small);
            }
            count += usize::from(small.is_ascii_lowercase());
        }
        letters.extend_from_slice(found.get(..count).unwrap_or_default());
    }
}

/// The hash of every [`WINDOW`] letters that follow each other, by the letter that they begin with.
///
/// A rolling hash (Karp and Rabin 1987), scrambled and cut to 32 bits: some 2^62 strings of letters share
/// each value.
pub fn windows(letters: &[char]) -> impl Iterator<Item = u32> + '_ {
    const BASE: u64 = 0x0000_0100_0000_01b3;
    let oldest = (1..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let code = |letter: &char| u64::from(u32::from(*letter));
    let add = move |hash: u64, letter: &char| hash.wrapping_mul(BASE).wrapping_add(code(letter));
    // Each window is the letters before it that it shares with the last one, and one more.
    let (shared, rest) = letters.split_at_checked(WINDOW - 1).unwrap_or_default();
    let mut hash = shared.iter().fold(0, add);
    rest.iter().zip(letters).map(move |(new, first)| {
        let whole = add(hash, new);
        hash = whole.wrapping_sub(code(first).wrapping_mul(oldest));
        (scrambled(whole) >> 32) as u32
    })
}

/// A sketch of a few letters that differs in few bits where they differ in few places: 16 bits of `SimHash`
/// (Charikar 2002) over groups of three letters.
#[must_use]
pub fn sketch(letters: &[char]) -> u16 {
    let codes =
        letters.windows(3).map(|group| group.iter().fold(0, |code, &c| code << 21 | u64::from(u32::from(c))));
    simhash(codes.map(scrambled), u16::BITS) as u16
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;

    fn letters(text: &str) -> Vec<char> {
        of_passage(&Passage::new(Kind::Paragraph, text))
    }

    #[test]
    fn what_conversions_change_does_not_count() {
        let plain = letters("The workers' councils: a ferry-boat, for all - in Malmo");
        assert_eq!(
            plain,
            letters("The Workers\u{2019} councils:3 a ferry boat, for \u{201c}all\u{201d}\u{2014}in Malmö")
        );
        let item = Passage { marker_bytes: 3, ..Passage::new(Kind::ListItem, "a) ropes") };
        assert_eq!(of_passage(&item), letters("ropes"));
    }

    #[test]
    fn a_sign_has_no_letters() {
        for c in ('\0'..=char::MAX).filter(|c| is_sign(*c)) {
            assert!(!c.to_string().nfkd().flat_map(char::to_lowercase).any(char::is_alphabetic), "{c:?}");
        }
    }

    #[test]
    fn equal_letters_have_equal_hashes_wherever_they_stand() {
        let words = letters("the boats came in before the wind and the men took the ropes");
        let all: Vec<u32> = windows(&words).collect();
        assert_eq!(all.len(), words.len() - WINDOW + 1);
        for (at, hash) in all.iter().enumerate() {
            let alone: Vec<u32> = windows(&words[at..at + WINDOW]).collect();
            assert_eq!(alone, [*hash]);
        }
        assert_eq!(windows(&words[..WINDOW - 1]).count(), 0);
    }

    #[test]
    fn windows_reach_over_the_ends_of_passages() {
        let words =
            ["The boats came in", "¶", "a.", "before the wind", "", "and the men took the ropes", "off"];
        let edition =
            Edition::new(words.map(|words| Passage::new(Kind::Paragraph, words)).to_vec(), vec![], 0);
        let whole = letters(&words.concat());
        let mut seen = Vec::new();
        let read = Letters::read(&edition, whole.len(), |letter, hash| seen.push((letter, hash))).unwrap();
        assert_eq!(seen, windows(&whole).enumerate().collect::<Vec<_>>());
        assert_eq!((read.count(), read.passages()), (whole.len(), words.len()));
        let of_passages = (0..read.passages()).flat_map(|passage| read.part(passage, &read.range(passage)));
        assert_eq!(of_passages.collect::<Vec<_>>(), whole);
        assert_eq!(read.part(0, &(3..8)), letters("boats"));
        assert!(read.part(3, &(0..4)).is_empty(), "not of this passage");
        assert!(Letters::read(&edition, whole.len() - 1, |_, _| {}).is_none());
    }

    #[test]
    fn a_sketch_bears_a_damaged_letter_and_not_another_passage() {
        let near = |a: &str, b: &str| (sketch(&letters(a)) ^ sketch(&letters(b))).count_ones();
        let text = "we mended the nets of the whole harbour";
        assert_eq!(near(text, "We mended the nets of the whole harbour!"), 0);
        assert!(near(text, "we mended the netz of the whole harbour") <= 3);
        assert!(near(text, "nobody ever paid the toll on sundays") > 3);
    }
}
