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
    let mut found = Found { text, ranges: Vec::new(), open: false };
    let mut start = 0;
    while start < text.len() {
        progress.ask()?;
        let end = sure_end(text.as_bytes(), start);
        let part = text.get(start..end).unwrap_or_default();
        if may_end_within(part.as_bytes()) {
            for (at, piece) in part.split_sentence_bound_indices() {
                progress.ask()?;
                found.take(start + at, piece);
            }
        } else {
            found.take(start, part);
        }
        start = end;
    }
    Ok(found.ranges)
}

/// The sentences of a text as far as its pieces by UAX #29 have come.
struct Found<'t> {
    text: &'t str,
    ranges: Vec<Range<usize>>,
    /// Whether the last one goes on.
    open: bool,
}

impl Found<'_> {
    /// Takes the next piece, which begins at a byte.
    fn take(&mut self, start: usize, piece: &str) {
        let end = start + piece.len();
        // What opens a quotation stands with its words, also where no space parts it from the sentence before.
        let opens = start - opening(self.text.get(..start).unwrap_or_default());
        let closed = start + closing(piece);
        let goes_on_behind = self.text.get(closed..end).is_some_and(goes_on_with);
        match self.ranges.last_mut() {
            Some(last) if self.open || goes_on_behind => last.end = end,
            Some(last) if closed > start => {
                last.end = closed;
                if closed < end {
                    self.ranges.push(closed..end);
                }
            }
            Some(last) if opens > last.start => {
                last.end = opens;
                self.ranges.push(opens..end);
            }
            Some(_) | None => self.ranges.push(start..end),
        }
        let begins_passage = self.ranges.len() == 1;
        self.open = goes_on(piece) || begins_passage && self.text.get(..end).is_some_and(is_number);
    }
}

/// Whether the beginning of a passage is no more than its number, with what it is a number of: `12.`, `§ 1.`, `Article 13a.`,
/// `Q. XIV.`.
fn is_number(beginning: &str) -> bool {
    let Some(stem) = beginning.trim().strip_suffix(['.', ':']) else { return false };
    let is_roman = |word: &str| word.chars().all(|c| "IVXLC".contains(c));
    let is_arabic = |word: &str| {
        let rest = word.trim_start_matches(|c: char| c.is_numeric());
        rest.len() < word.len() && rest.chars().count() <= 1
    };
    let mut words = stem.split_whitespace().rev();
    let is_counted = words.next().is_some_and(|word| is_roman(word) || is_arabic(word));
    is_counted && words.next().is_none_or(|of| !of.starts_with(char::is_lowercase)) && words.next().is_none()
}

/// Behind the next place where a sentence surely ends by UAX #29, whatever stands before and behind it: a full stop and
/// its like, a space, a capital. The rules need not be asked letter by letter there, which takes long.
fn sure_end(text: &[u8], start: usize) -> usize {
    let end = |three: &[u8]| match three {
        [b'.' | b'!' | b'?', b' ', b'A'..=b'Z'] => Some(2),
        // The end of a verse in Hebrew, which the rules do not know.
        [0xd7, 0x83, b' '] => Some(3),
        _ => None,
    };
    let found = text[start..].windows(3).enumerate().find_map(|(at, three)| Some(start + at + end(three)?));
    found.unwrap_or(text.len())
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

/// Bytes of brackets and quotes at the end of a text that open what follows, in a script that puts no spaces.
fn opening(text: &str) -> usize {
    let bare = text.trim_end_matches(['「', '『', '（', '〈', '《', '【', '〔', '“', '‘']);
    if bare.ends_with(['。', '！', '？', '…', '」', '』', '”']) {
        text.len() - bare.len()
    } else {
        0
    }
}

/// Whether a sentence goes on with these words behind a question or a quotation: `“Where?” he asked`, `« Où ? », fit-il`.
fn goes_on_with(words: &str) -> bool {
    words.starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';'))
}

/// Bytes at the beginning of a piece of a mark that closes what stands before it, with a space between them as French puts
/// it (`Où ? » dit-il`), and of the spaces behind it.
fn closing(piece: &str) -> usize {
    let is_mark = piece.strip_prefix('»').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    let rest = piece.trim_start_matches(|c: char| c == '»' || c.is_whitespace());
    if is_mark { piece.len() - rest.len() } else { 0 }
}

/// Words before the number of a day, a century or a king in German, which has a full stop.
const BEFORE_ORDINALS: [&str; 22] = [
    "am", "Am", "im", "Im", "vom", "Vom", "zum", "Zum", "beim", "der", "Der", "den", "Den", "dem", "Dem",
    "des", "Des", "die", "Die", "das", "Das", "seit",
];

/// Whether a text ends with a number that counts on: `Am 3.`, of which the full stop is left out.
fn is_ordinal(stem: &str) -> bool {
    let mut words = stem.rsplit(char::is_whitespace);
    let number = words.next().unwrap_or_default();
    (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && words.next().is_some_and(|before| BEFORE_ORDINALS.contains(&before))
}

/// Whether what ends here is no sentence yet: blank, or an abbreviation or initial with its full stop.
fn goes_on(piece: &str) -> bool {
    let Some(stem) = piece.trim_end().strip_suffix('.') else { return piece.trim().is_empty() };
    let word = stem.rsplit(|c: char| c.is_whitespace() || "([\"'“‘„‚«»".contains(c)).next().unwrap_or(stem);
    let mut letters = word.chars();
    let is_initial =
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && word != "I";
    let are_initials = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    is_initial || are_initials || ABBREVIATIONS.contains(&word) || is_ordinal(stem)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The sentences by the rules alone.
    fn by_the_rules(text: &str) -> Vec<Range<usize>> {
        let mut found = Found { text, ranges: Vec::new(), open: false };
        text.split_sentence_bound_indices().for_each(|(start, piece)| found.take(start, piece));
        found.ranges
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
        let cases: [(&str, &[&str]); 36] = [
            ("Art. 1. All are equal. None is not.", &["Art. 1. All are equal. ", "None is not."]),
            ("§ 13a. All are equal.", &["§ 13a. All are equal."]),
            ("Q. XIV. Who came? He.", &["Q. XIV. Who came? ", "He."]),
            ("12. Nobody came. Article 5. It fell.", &["12. Nobody came. ", "Article 5. ", "It fell."]),
            ("He had 3. She had none.", &["He had 3. ", "She had none."]),
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
            ("Am 3. Mai kam er. Gut.", &["Am 3. Mai kam er. ", "Gut."]),
            ("Im 19. Jahrhundert war es der 24. Dezember.", &["Im 19. Jahrhundert war es der 24. Dezember."]),
            (
                "It was 1920. The men went to room 3. Then they left.",
                &["It was 1920. ", "The men went to room 3. ", "Then they left."],
            ),
            ("« Où ? » demanda-t-il. « Là. »", &["« Où ? » demanda-t-il. ", "« Là. »"]),
            ("« Là. » Il partit.", &["« Là. » ", "Il partit."]),
            ("Er rief: »Geh!« »Nein!« Er ging.", &["Er rief: »Geh!« ", "»Nein!« ", "Er ging."]),
            ("と彼は言った。「知らない！」", &["と彼は言った。", "「知らない！」"]),
            ("他走了。“走吧！”她不说。", &["他走了。", "“走吧！”", "她不说。"]),
            ("« Où ? », fit-il. « Là. »", &["« Où ? », fit-il. ", "« Là. »"]),
            ("– Où vas-tu ? demanda-t-il. Là.", &["– Où vas-tu ? demanda-t-il. ", "Là."]),
            ("„Wohin?“ fragte er. „Dahin.“ Er ging.", &["„Wohin?“ fragte er. ", "„Dahin.“ ", "Er ging."]),
            ("“Where?” he asked. “There!” He went.", &["“Where?” he asked. ", "“There!” ", "He went."]),
            ("Die 8. Auflage kam. Gut.", &["Die 8. Auflage kam. ", "Gut."]),
            ("בראשית ברא׃ והארץ היתה׃", &["בראשית ברא׃ ", "והארץ היתה׃"]),
        ];
        for (text, wanted) in cases {
            let found = sentences(text, &Progress::default()).unwrap();
            let found: Vec<&str> = found.into_iter().filter_map(|range| text.get(range)).collect();
            assert_eq!(found, wanted);
        }
    }
}
