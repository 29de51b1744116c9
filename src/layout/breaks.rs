//! Where a row may end: Unicode line breaking (UAX #14), and a short way for what most text is made of.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

/// The bytes at which a row of `text` may end, in order, its end among them.
///
/// ASCII words with blanks between them are told apart at sight: between them there is always a break, within them
/// never one, and no rule of UAX #14 sees past such a break. What is between two of them and is more than a word
/// goes by the rules.
pub fn breaks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
    let mut start = 0;
    let pieces = std::iter::from_fn(move || {
        (start < text.len()).then(|| {
            let piece = Piece::at(text.as_bytes(), start);
            let begun = std::mem::replace(&mut start, piece.end);
            (begun, piece)
        })
    });
    pieces.flat_map(move |(start, piece)| {
        let by_rules = (!piece.is_word).then(|| text.get(start..piece.end)).flatten();
        let by_rules = by_rules.map(|text| segmenter.segment_str(text).skip(1).map(move |end| start + end));
        let at_once = by_rules.is_none().then_some(piece.end);
        by_rules.into_iter().flatten().chain(at_once)
    })
}

/// The stretch up to the next break that is sure without the rules.
struct Piece {
    end: usize,
    /// Whether it is a word with the blanks after it, so that no break is within it.
    is_word: bool,
}

impl Piece {
    fn at(text: &[u8], start: usize) -> Self {
        let byte = |at: usize| text.get(at).copied();
        let is_word_byte = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
        let mut is_word = true;
        let mut at = start;
        while let Some(here) = byte(at) {
            at += 1;
            match here {
                b' ' => {
                    let before = at.checked_sub(2).filter(|&before| before >= start).and_then(byte);
                    while byte(at) == Some(b' ') {
                        at += 1;
                    }
                    let ends_word = is_word_byte(before) || matches!(before, Some(b',' | b'.' | b';' | b':'));
                    if ends_word && (is_word_byte(byte(at)) || at == text.len()) {
                        return Self { end: at, is_word };
                    }
                    is_word = false;
                }
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'\'' => {}
                b',' | b'.' | b';' | b':' if matches!(byte(at), Some(b' ') | None) => {}
                _ => is_word = false,
            }
        }
        Self { end: at, is_word }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn by_the_rules(text: &str) -> Vec<usize> {
        let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
        segmenter.segment_str(text).filter(|&end| end > 0).collect()
    }

    #[test]
    fn words_end_where_the_blanks_after_them_end() {
        assert_eq!(breaks("two  small words, it's all.").collect::<Vec<_>>(), [5, 11, 18, 23, 27]);
        assert_eq!(breaks("").count(), 0);
    }

    proptest! {
        #[test]
        fn the_short_way_ends_where_the_rules_do(
            text in "([a-zA-Z0-9 ]|[ -~]|[ ,.;:'\"()/%$!?\u{2014}\u{2019}\u{201c}\u{201d}\u{a0}\u{ad}é漢\n\u{301}\u{200b}\u{200d}«»-]){0,40}"
        ) {
            prop_assert_eq!(breaks(&text).collect::<Vec<_>>(), by_the_rules(&text), "{:?}", text);
        }
    }
}
