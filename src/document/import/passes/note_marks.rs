//! The marks that point to notes: `[1]`, `<sup>1</sup>`, `[^1]`, `*`, raised digits, digits glued to a word.

use std::collections::HashMap;

use crate::document::import::Format;
use crate::document::import::draft::{Draft, Mark, Role};

/// Bytes of the digits of a mark.
const MOST_DIGITS: usize = 3;

/// Finds the marks in all blocks; those that begin a note are no marks.
pub fn find(draft: &mut Draft<'_>) {
    let symbols = draft.format == Format::PlainText && has_symbol_note(draft);
    let mut marks = Vec::new();
    let mut loose = Vec::new();
    for block in &draft.blocks {
        if matches!(block.role, Role::PageMark(_) | Role::Rule) {
            continue;
        }
        for part in &block.parts {
            let words = draft.slice(&part.words);
            signed(words, part.words.start, symbols, &mut marks);
            glued(words, part.words.start, &mut loose);
        }
    }
    let chosen = in_sequence(&loose);
    marks.extend(loose.into_iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(mark, _)| mark));
    marks.sort_by_key(|mark| mark.range.start);
    draft.marks = marks;
}

fn has_symbol_note(draft: &Draft<'_>) -> bool {
    draft
        .blocks
        .iter()
        .any(|block| draft.first_line(block).starts_with("* ") || draft.first_line(block).starts_with("† "))
}

/// Marks that show by their signs: in brackets, in a tag, or an asterisk after a word.
fn signed(words: &str, offset: usize, symbols: bool, marks: &mut Vec<Mark>) {
    for (at, sign) in words.match_indices(['[', '<', '*', '†']) {
        let rest = words.get(at..).unwrap_or_default();
        let before = words.get(..at).unwrap_or_default();
        let found = match sign {
            "[" => bracketed(rest),
            "<" => tagged(rest),
            _ if symbols => symbol(rest),
            _ => None,
        };
        let attached = before.ends_with(|c: char| !c.is_whitespace());
        if let Some((label, length)) = found
            && attached
        {
            let range = offset + at..offset + at + length;
            marks.push(Mark { range, label: label.to_owned(), note: None });
        }
    }
}

/// `[1]` or `[^1]` at the beginning: the label and the length of the whole.
#[must_use]
pub fn bracketed(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    let caret = usize::from(inner.starts_with('^'));
    let inner = inner.get(caret..)?;
    let end = inner.bytes().take(24).position(|b| b == b']')?;
    let label = inner.get(..end)?;
    let digits = !label.is_empty() && label.len() <= MOST_DIGITS && label.bytes().all(|b| b.is_ascii_digit());
    let word = caret == 1 && !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric());
    let symbol = matches!(label, "*" | "**" | "†");
    (digits || word || symbol).then_some((label, end + caret + 2))
}

/// `<sup>1</sup>` at the beginning: the label and the length of the whole.
#[must_use]
pub fn tagged(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("<sup>")?;
    let end = inner.find("</sup>").filter(|&end| end <= 8)?;
    let label = inner.get(..end)?.trim_matches(['[', ']', ' ']);
    let digits = !label.is_empty() && label.len() <= MOST_DIGITS && label.bytes().all(|b| b.is_ascii_digit());
    (digits || matches!(label, "*" | "**" | "†")).then_some((label, 5 + end + 6))
}

fn symbol(text: &str) -> Option<(&str, usize)> {
    let length = text.len() - text.trim_start_matches(['*', '†']).len();
    let label = text.get(..length)?;
    let next = text.get(length..)?.chars().next();
    (label.chars().count() == 1 && !next.is_some_and(char::is_alphanumeric)).then_some((label, length))
}

/// Digits that stand where a note mark may stand: right after a letter or the punctuation that follows one,
/// and before no letter, digit or per cent sign. Many of them are real numbers.
fn glued(words: &str, offset: usize, marks: &mut Vec<Mark>) {
    let mut chars = words.char_indices().peekable();
    let (mut before, mut earlier) = (' ', ' ');
    while let Some((at, c)) = chars.next() {
        let raised = raised_digit(c);
        if !c.is_ascii_digit() && raised.is_none() {
            (earlier, before) = (before, c);
            continue;
        }
        let same = |c: char| if raised.is_some() { raised_digit(c).is_some() } else { c.is_ascii_digit() };
        let mut label = String::from(raised.unwrap_or(c));
        let mut end = at + c.len_utf8();
        while let Some(&(next, digit)) = chars.peek().filter(|(_, digit)| same(*digit)) {
            label.push(raised_digit(digit).unwrap_or(digit));
            end = next + digit.len_utf8();
            chars.next();
        }
        let after = words.get(end..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        let attached = before.is_alphabetic()
            || ".,;:!?…)]”’\"»".contains(before) && !earlier.is_ascii_digit() && !earlier.is_whitespace();
        let free = !after.is_alphanumeric() && !"%°‰".contains(after) && !label.starts_with('0');
        if attached && free && label.len() <= MOST_DIGITS {
            marks.push(Mark { range: offset + at..offset + end, label, note: None });
        }
        (earlier, before) = ('0', '0');
    }
}

fn raised_digit(c: char) -> Option<char> {
    let at = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c)?;
    char::from_digit(at as u32, 10)
}

/// Which candidates are note marks: those of the longest sequence that counts 1, 2, 3 … through the text.
///
/// Notes count up and other glued numbers do not. The sequence begins with 1 or 2, has at least two members
/// and lacks at most one number for three that it has: else there is no evidence and the digits stay.
fn in_sequence(candidates: &[Mark]) -> Vec<bool> {
    // `best[n]`: the longest sequence so far that ends in n, as (length, its last candidate).
    let mut best: HashMap<u32, (usize, usize)> = HashMap::new();
    let mut before = vec![None; candidates.len()];
    for (at, mark) in candidates.iter().enumerate() {
        let Ok(number) = mark.label.parse::<u32>() else { continue };
        let one_less = best.get(&number.wrapping_sub(1)).copied();
        let two_less = best.get(&number.wrapping_sub(2)).copied();
        let (length, previous) = match (one_less, two_less) {
            (Some(one), Some(two)) if two.0 > one.0 => (two.0 + 1, Some(two.1)),
            (Some(one), _) => (one.0 + 1, Some(one.1)),
            (None, Some(two)) => (two.0 + 1, Some(two.1)),
            (None, None) if number <= 2 => (1, None),
            (None, None) => continue,
        };
        if best.get(&number).is_none_or(|(known, _)| *known < length) {
            best.insert(number, (length, at));
            if let Some(slot) = before.get_mut(at) {
                *slot = previous;
            }
        }
    }
    let mut chosen = vec![false; candidates.len()];
    let longest = best.values().copied().max_by_key(|(length, at)| (*length, usize::MAX - at));
    let evident = |&(length, last): &(usize, usize)| {
        let number =
            candidates.get(last).and_then(|mark| mark.label.parse::<usize>().ok()).unwrap_or_default();
        length >= 2 && number.saturating_sub(length) * 3 <= length
    };
    let mut step = longest.filter(evident).map(|(_, at)| at);
    while let Some(at) = step {
        if let Some(slot) = chosen.get_mut(at) {
            *slot = true;
        }
        step = before.get(at).copied().flatten();
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::import::testing::edition;

    fn glued_labels(text: &str) -> Vec<String> {
        let mut marks = Vec::new();
        glued(text, 0, &mut marks);
        let chosen = in_sequence(&marks);
        marks.into_iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(mark, _)| mark.label).collect()
    }

    #[test]
    fn glued_digits_that_count_up_are_marks_and_numbers_are_not() {
        let cases: [(&str, &[&str]); 9] = [
            (
                "The Harbour1– Ann Ek. In 1905, at the pier,2 I saw the River.3 In Nål:4 a boat.”5",
                &["1", "2", "3", "4", "5"],
            ),
            ("H2O and B12, 90% of No. 24, No.24, (1871), 1898-1926", &[]),
            ("Boats1 of CO2 and No.24 men,2 and 1,2 or 3.4 tons.3", &["1", "2", "3"]),
            ("A boat.1 A net.3 A rope.4", &["1", "3", "4"]),
            ("Boats.7 Nets.9", &[]),
            ("Only one.1", &[]),
            ("The \"2. Theses\" and p. I4.", &[]),
            ("A boat¹ and ropes² of 3 m", &["1", "2"]),
            ("CPSU1 boats.1 nets2", &["1", "2"]),
        ];
        for (text, labels) in cases {
            assert_eq!(glued_labels(text), labels, "{text}");
        }
    }

    #[test]
    fn marks_leave_the_text_and_keep_their_place() {
        let edition = edition("The boats1 came in,2 at last.[3] In 1905 they did not.\n");
        let passage = &edition.passages()[0];
        assert_eq!(passage.text, "The boats came in, at last. In 1905 they did not.");
        let places: Vec<&str> = passage.note_marks.iter().map(|mark| passage.slice(0..mark.byte)).collect();
        assert_eq!(places, ["The boats", "The boats came in,", "The boats came in, at last."]);
        assert!(passage.notes.iter().all(|note| note.text.is_none()));
    }

    #[test]
    fn missing_notes_are_said_once() {
        let edition = edition("The boats[1] came in.[2]\n");
        let notices: Vec<_> =
            edition.notices().iter().filter(|n| n.what.contains("note is missing")).collect();
        assert_eq!((notices.len(), notices[0].count), (1, 2));
    }
}
