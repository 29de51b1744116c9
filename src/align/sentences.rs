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
    for (start, piece) in text.split_sentence_bound_indices() {
        progress.ask()?;
        let end = start + piece.len();
        match found.last_mut().filter(|_| open) {
            Some(last) => last.end = end,
            None => found.push(start..end),
        }
        open = goes_on(piece);
    }
    Ok(found)
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
    use super::*;

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
