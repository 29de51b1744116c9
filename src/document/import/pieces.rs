//! Passages too long to stand in one piece: laying one out, or searching its rows, must not cost more than a
//! screen of others. Cut at the end of a sentence, else between words.

use std::ops::Range;

use super::draft::{Block, Draft, Glue, Part};

/// Bytes of a passage at most; the longest paragraphs of printed prose have a tenth of it.
const LONGEST: usize = 64 * 1024;
/// A sentence that ends so near before the limit is the better place to cut.
const NEAR: usize = 4 * 1024;

/// The blocks, those that are too long in pieces.
#[must_use]
pub fn cut(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    if blocks.iter().all(|block| Draft::length(block) <= LONGEST) {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len() + 1);
    for mut block in blocks {
        if Draft::length(&block) <= LONGEST {
            out.push(block);
            continue;
        }
        let parts = std::mem::take(&mut block.parts);
        let mut piece = block.clone();
        let mut length = 0;
        for part in parts.into_iter().flat_map(|part| cut_part(text, part)) {
            if length > 0 && length + part.words.len() > LONGEST {
                let next =
                    Block { marker: String::new(), page: None, blank: 0, goes_on: true, ..block.clone() };
                out.push(std::mem::replace(&mut piece, next));
                length = 0;
            }
            length += part.words.len();
            piece.parts.push(part);
        }
        out.push(piece);
    }
    out
}

/// A line in parts that are not too long.
fn cut_part(text: &str, mut part: Part) -> Vec<Part> {
    let mut parts = Vec::new();
    while part.words.len() > LONGEST {
        let at = place(text, part.words.clone());
        let rest = Part { line: at..part.line.end, words: at..part.words.end, page: None, glue: Glue::Space };
        parts.push(Part { line: part.line.start..at, words: part.words.start..at, ..part });
        part = rest;
    }
    parts.push(part);
    parts
}

/// Where a line is cut: within its first [`LONGEST`] bytes.
fn place(text: &str, words: Range<usize>) -> usize {
    let end = text.floor_char_boundary(words.start + LONGEST);
    let near = text.floor_char_boundary(end - NEAR);
    let last = text.get(near..end).unwrap_or_default();
    let sentence = last.rmatch_indices(['.', '!', '?', '…', '。']).find_map(|(at, sign)| {
        let after = near + at + sign.len();
        let is_end = text.get(after..end)?.starts_with(' ') || sign == "。";
        is_end.then_some(after)
    });
    sentence.or_else(|| last.rfind(' ').map(|at| near + at + 1)).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::import::testing::edition;

    #[test]
    fn a_giant_line_stands_in_pieces_that_carry_one_number_and_lose_nothing() {
        let giant = "The boats came in before the wind. ".repeat(10_000);
        let edition = edition(&format!("One.\n\n{giant}\n\nThree.\n"));
        let passages = edition.passages();
        assert!(passages.len() > 6);
        let numbers: Vec<_> = passages.iter().map(|p| p.number.unwrap()).collect();
        assert_eq!((numbers[0], numbers[1], numbers.last()), (1, 2, Some(&3)));
        let pieces = passages.get(1..passages.len() - 1).unwrap();
        assert!(pieces.iter().all(|piece| piece.number == Some(2) && piece.text.len() <= LONGEST));
        assert!(pieces.iter().all(|piece| piece.text.starts_with("The") && piece.text.ends_with("wind.")));
        let words: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(words.join(" "), giant.trim_end());
        let said = edition.notices().iter().find(|notice| notice.what.contains("was cut"));
        assert_eq!(said.map(|notice| notice.count), Some(pieces.len() - 1));
    }

    #[test]
    fn a_line_without_a_space_is_cut_between_characters() {
        let edition = edition(&"é".repeat(100_000));
        assert_eq!(edition.text_bytes(), 200_000);
        assert!(edition.passages().iter().all(|passage| passage.text.len() <= LONGEST));
    }

    #[test]
    fn many_lines_of_one_passage_are_cut_between_lines() {
        let line = "and the men who had waited on the pier since dawn took the ropes and made them";
        let edition =
            edition(&format!("The boats came in before the wind\n{}", format!("{line}\n").repeat(3000)));
        let lengths: Vec<usize> = edition.passages().iter().map(|passage| passage.text.len()).collect();
        assert!(lengths.len() > 3 && lengths.iter().all(|length| *length <= LONGEST + 3000), "{lengths:?}");
    }
}
