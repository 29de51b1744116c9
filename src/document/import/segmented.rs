//! Text that is segmented already: every block between blank lines is one passage, whatever stands in it.

use super::ImportError;
use super::decode::decode;
use super::glyphs;
use crate::document::{Edition, Kind, Passage};

/// What stands for a block of which no character can be shown: the numbers of the others must not move.
const NOTHING_TO_SHOW: &str = "\u{fffd}";

/// Reads an edition whose passages are the blocks between blank lines, numbered from 1, none left out and
/// nothing of them taken for a note, a heading or a page mark. Line ends and other white space become single
/// spaces; `encoding` is a WHATWG label, guessed where `None`.
///
/// # Errors
/// Where the bytes are empty or no text, or the encoding label is unknown.
pub fn read(bytes: &[u8], encoding: Option<&str>) -> Result<Edition, ImportError> {
    let decoded = decode(bytes, encoding)?;
    let text: &str = &decoded.text;
    let passage = |block: std::ops::Range<usize>| {
        let words = glyphs::clean(text.get(block.clone()).unwrap_or_default());
        let words = if words.trim().is_empty() { NOTHING_TO_SHOW.to_owned() } else { words };
        Passage { source: vec![decoded.source(&block)], ..Passage::new(Kind::Paragraph, words) }
    };
    Ok(Edition::new(blocks(text).into_iter().map(passage).collect(), Vec::new(), bytes.len()))
}

/// The bytes of each block, without white space at its ends.
fn blocks(text: &str) -> Vec<std::ops::Range<usize>> {
    // Files of the time when a carriage return alone ended a line have no other line end.
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let mut blocks = Vec::new();
    let mut open: Option<std::ops::Range<usize>> = None;
    let mut start = 0;
    for line in text.split_inclusive(end) {
        let words = line.trim();
        if words.is_empty() {
            blocks.extend(open.take());
        } else {
            let first = start + (line.len() - line.trim_start().len());
            let block = open.get_or_insert(first..first);
            block.end = first + words.len();
        }
        start += line.len();
    }
    blocks.extend(open);
    blocks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn passages(text: &str) -> Vec<String> {
        let edition = read(text.as_bytes(), None).unwrap();
        for (number, passage) in (1..).zip(edition.passages()) {
            assert_eq!(passage.number, Some(number));
            assert!(text.get(passage.source[0].clone()).is_some());
        }
        edition.passages().iter().map(|passage| passage.text.clone()).collect()
    }

    #[test]
    fn every_block_is_a_passage_as_it_stands() {
        for (text, expected) in [
            ("one\ntwo\n\nthree\n", vec!["one two", "three"]),
            ("\n\n# one\n \t \n\n1) two[1]\n\n44\n\n* * *", vec!["# one", "1) two[1]", "44", "* * *"]),
            ("one\r\n\r\ntwo\r\nthree", vec!["one", "two three"]),
            ("one\r\rtwo", vec!["one", "two"]),
            ("one\u{c}\ntwo\n\n\u{200e}\u{ad}\n\nthree", vec!["one two", "\u{200e}", "three"]),
            ("one\n\n\u{1}\n\nthree", vec!["one", "\u{fffd}", "three"]),
        ] {
            assert_eq!(passages(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn blocks_joined_by_blank_lines_come_back(
            blocks in prop::collection::vec("[a-zé漢.,*#0-9]{1,9}( [a-z]{1,5}){0,3}", 1..12)
        ) {
            prop_assert_eq!(passages(&blocks.join("\n\n")), blocks);
        }
    }
}
