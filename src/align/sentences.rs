//! Where sentences end: UAX #29, bettered where it parts after an abbreviation or an initial. Knows no passages.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::progress::{Cancelled, Progress};

/// Abbreviations that stand before a name or a number, without their full stop.
const ABBREVIATIONS: [&str; 67] = [
    "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Rev", "Hon", "Gen", "Col", "Capt", "Lt", "Sgt", "No", "Nos",
    "Nr", "Vol", "vol", "Bd", "ch", "cf", "vgl", "Vgl", "bzw", "ca", "fig", "Fig", "p", "pp", "S", "vs",
    "Mme", "Mlle", "Hr", "Fr", "Frl", "Abs", "Art", "Sr", "Sra", "e.g", "i.e", "z.B", "d.h", "u.a", "z", "d",
    "u", "v", "sog", "bes", "Hrsg", "hrsg", "ed", "eds", "op", "Jr", "т.е", "т", "г", "гг", "ст", "стр",
    "им", "см", "тов", "св",
];

/// The sentences of a passage as byte ranges that cover it from its first to its last byte.
///
/// # Errors
/// Where it was cancelled.
pub fn sentences(text: &str, progress: &Progress) -> Result<Vec<Range<usize>>, Cancelled> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    let mut take = |start: usize, piece: &str| {
        let end = start + piece.len();
        match found.last_mut().filter(|_| open) {
            Some(last) => last.end = end,
            None => found.push(start..end),
        }
        open = goes_on(piece);
        progress.ask()
    };
    let mut start = 0;
    while start < text.len() {
        let end = sure_end(text.as_bytes(), start);
        let part = &text[start..end];
        if may_end_within(part.as_bytes()) {
            part.split_sentence_bound_indices().try_for_each(|(at, piece)| take(start + at, piece))?;
        } else {
            take(start, part)?;
        }
        start = end;
    }
    Ok(found)
}

/// Behind the next place where a sentence surely ends by UAX #29, whatever stands before and behind it: a full stop and
/// its like, a space, a capital. The rules need not be asked letter by letter there, which takes long.
fn sure_end(text: &[u8], start: usize) -> usize {
    let is_end = |three: &[u8]| matches!(three, [b'.' | b'!' | b'?', b' ', b'A'..=b'Z']);
    text[start..].windows(3).position(is_end).map_or(text.len(), |at| start + at + 2)
}

/// Whether a sentence may end before the end of some text: whether there is a full stop or its like that is not what the
/// text ends with, an end of a line, or a letter that may be one of these in some script.
fn may_end_within(text: &[u8]) -> bool {
    let is_open = |at: usize, byte: u8| match byte {
        b'.' | b'!' | b'?' => !matches!(text[at + 1..], [] | [b' ']),
        b'\n' | b'\r' => true,
        // Parts of a letter, and letters of Latin, Greek and Cyrillic.
        0x80..=0xbf | 0xc3..=0xd4 => false,
        // Dashes and quotes.
        0xe2 => !matches!(text[at..], [_, 0x80, 0x90..=0xa3, ..]),
        byte => !byte.is_ascii(),
    };
    text.iter().enumerate().any(|(at, &byte)| is_open(at, byte))
}

/// Whether what ends here is no sentence yet: blank, or an abbreviation or initial with its full stop.
fn goes_on(piece: &str) -> bool {
    let Some(stem) = piece.trim_end().strip_suffix('.') else { return piece.trim().is_empty() };
    let word = stem.rsplit(|c: char| c.is_whitespace() || "([\"'“‘„‚«»".contains(c)).next().unwrap_or(stem);
    let mut letters = word.chars();
    let is_initial =
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && word != "I";
    let are_initials = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    is_initial || are_initials || ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The sentences by the rules alone.
    fn by_the_rules(text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        for (start, piece) in text.split_sentence_bound_indices() {
            let end = start + piece.len();
            match found.last_mut().filter(|_| open) {
                Some(last) => last.end = end,
                None => found.push(start..end),
            }
            open = goes_on(piece);
        }
        found
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn sure_ends_are_those_of_the_rules(
            text in "([a-cA-C.!?1 ]|[.!?] [A-C]|[\"“’)—…\n\r\t]|[éЖ.\u{300}\u{ad}\u{85}\u{2024}\u{2028}。։؟\u{203c}Ωa ]){0,14}",
        ) {
            prop_assert_eq!(sentences(&text, &Progress::default()).unwrap(), by_the_rules(&text), "{:?}", text);
        }
    }

    #[test]
    fn sentences_cover_the_passage_and_do_not_end_after_an_abbreviation() {
        let cases: [(&str, &[&str]); 17] = [
            ("", &[]),
            (" ", &[" "]),
            ("One. Two!", &["One. ", "Two!"]),
            ("Mr. Smith came. He sat.", &["Mr. Smith came. ", "He sat."]),
            ("By J. R. Smith. New.", &["By J. R. Smith. ", "New."]),
            ("By J.R. Smith. New.", &["By J.R. Smith. ", "New."]),
            ("So said I. Then he left.", &["So said I. ", "Then he left."]),
            ("“Go!” He went.", &["“Go!” ", "He went."]),
            ("„Geh.“ Er ging.", &["„Geh.“ ", "Er ging."]),
            ("Viele, z. B. Meyer. Und du?", &["Viele, z. B. Meyer. ", "Und du?"]),
            ("See vol. 3, No. 4. End.", &["See vol. 3, No. 4. ", "End."]),
            ("It cost 3.50 in all. Yes.", &["It cost 3.50 in all. ", "Yes."]),
            ("Это тов. Иванов. Он здесь.", &["Это тов. Иванов. ", "Он здесь."]),
            ("他来了。我走了。", &["他来了。", "我走了。"]),
            ("「行くか？」彼は言った。終わり。", &["「行くか？」", "彼は言った。", "終わり。"]),
            ("真的吗？！是的。", &["真的吗？！", "是的。"]),
            ("Wait … what? No.", &["Wait … what? ", "No."]),
        ];
        for (text, wanted) in cases {
            let found = sentences(text, &Progress::default()).unwrap();
            let found: Vec<&str> = found.into_iter().filter_map(|range| text.get(range)).collect();
            assert_eq!(found, wanted);
        }
    }
}
