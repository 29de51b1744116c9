//! Dates, places and signatures on lines of their own.

use crate::document::import::draft::{Draft, Role};

/// A dateline is no longer than this.
const LONGEST: usize = 48;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a line is a date, perhaps with a place: `Paris, 1931`, `October 1930.`.
#[must_use]
pub fn is_date(line: &str) -> bool {
    let line = line.trim_end_matches('.');
    if line.len() > LONGEST {
        return false;
    }
    let words: Vec<&str> = line.split([' ', ',', '\u{A0}']).filter(|word| !word.is_empty()).collect();
    let Some(last) = words.last() else { return false };
    let small = (2..=6).contains(&words.len());
    let dated = is_year(last) || (is_day(last) && words.iter().any(|word| is_month(word)));
    small
        && dated
        && words.iter().all(|word| is_month(word) || is_day(word) || is_year(word) || is_place(word))
}

/// A year of four digits.
#[must_use]
pub fn is_year(word: &str) -> bool {
    word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_month(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    lower.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&lower))
}

fn is_day(word: &str) -> bool {
    let digits =
        word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
    !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_place(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || "-’'.".contains(c))
}

/// Whether a line may be a signature where a date stands beside it.
fn is_signature(line: &str) -> bool {
    let words = line.split_whitespace().count();
    line.len() <= LONGEST
        && words <= 5
        && !line.ends_with(['!', '?', ':', ';', ','])
        && !ends_a_sentence(line)
        && line.starts_with(|c: char| c.is_uppercase() || "—–(".contains(c))
}

/// Whether a full stop ends a sentence inside a line, not an initial or a title.
fn ends_a_sentence(line: &str) -> bool {
    line.match_indices(". ").any(|(at, _)| {
        let word = line.get(..at).unwrap_or_default().chars().rev().take_while(|c| c.is_alphabetic());
        word.count() > 2
    })
}

/// Reads dates as datelines, and a signature directly above or below one.
pub fn read(draft: &mut Draft<'_>) {
    let line = |at: usize| {
        let block = draft.blocks.get(at).filter(|b| b.is_text() || b.role == Role::VerseLine)?;
        draft.only_line(block)
    };
    let mut found = Vec::new();
    for at in 0..draft.blocks.len() {
        if !line(at).is_some_and(is_date) {
            continue;
        }
        found.push(at);
        let touches = |at: usize| draft.blocks.get(at).is_some_and(|block| block.blank == 0);
        if at > 0 && touches(at) && line(at - 1).is_some_and(is_signature) {
            found.push(at - 1);
        }
        if touches(at + 1) && line(at + 1).is_some_and(is_signature) {
            found.push(at + 1);
        }
    }
    for at in found {
        if let Some(block) = draft.blocks.get_mut(at) {
            block.role = Role::Dateline;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    #[test]
    fn a_date_is_told_from_a_sentence_with_a_year() {
        let cases = [
            ("June, 1920", true),
            ("Oslo, 1931", true),
            ("October 1930.", true),
            ("Bergen, 4 May 1899", true),
            ("New York, Sept. 3rd, 1911", true),
            ("May 3", true),
            ("1935", false),
            ("They sailed in 1905", false),
            ("What a year!", false),
        ];
        for (line, date) in cases {
            assert_eq!(is_date(line), date, "{line}");
        }
    }

    #[test]
    fn a_signature_below_its_date_may_be_initials() {
        let edition = edition("The boats came in before the wind.\n\nOslo, May 1911\nA. E.\n");
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Dateline, Kind::Dateline]);
    }

    #[test]
    fn a_signature_above_its_date_is_a_dateline_too() {
        let edition =
            edition("The boats came in before the wind.\n\nThe skipper\nOctober 1930.\n\nNobody spoke.\n");
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Dateline, Kind::Dateline, Kind::Paragraph]);
    }
}
