//! The marks that point to notes: `[1]`, `<sup>1</sup>`, `[^1]`, `*`, raised digits, digits glued to a word.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::notes;
use crate::document::import::Format;
use crate::document::import::draft::{Draft, FoundNote, Mark, Part, Role};
use crate::document::import::scan;

/// Bytes of the digits of a mark.
const MOST_DIGITS: usize = 3;

/// Finds the marks in all blocks; those that begin a note are no marks.
pub fn find(draft: &mut Draft<'_>) {
    let symbols = draft.format == Format::PlainText && has_symbol_note(draft);
    let lettered = notes::lettered(draft);
    let mut marks = Vec::new();
    let mut loose = Vec::new();
    let mut inline = Vec::new();
    for block in &draft.blocks {
        if matches!(block.role, Role::PageMark(_) | Role::Rule | Role::Code) {
            continue;
        }
        let mut stars = Stars { are_read: symbols, is_open: false };
        for part in &block.parts {
            let words = draft.slice(&part.words);
            signed(words, part.words.start, &mut stars, &mut marks);
            glued(words, part.words.start, &mut loose);
            if draft.format == Format::Markdown {
                inline_notes(words, part.words.start, &mut inline);
            }
        }
    }
    // A letter in brackets is most often a word that an editor completed.
    marks.retain(|mark| !is_letter(&mark.label) || lettered.contains(mark.label.as_str()));
    if writes_brackets(&marks) {
        loose.retain(|candidate| !draft.slice(&candidate.mark.range).is_ascii());
    }
    marks.extend(in_sequence(loose));
    take_inline(draft, inline, &mut marks);
    marks.sort_by_key(|mark| mark.range.start);
    draft.marks = marks;
}

/// Signed marks with a number from which a text is known to write its marks so: bare digits are then part of its words, as
/// in `sda1`.
const MANY_SIGNED: usize = 3;

fn writes_brackets(signed: &[Mark]) -> bool {
    let is_number = |mark: &&Mark| mark.label.bytes().all(|byte| byte.is_ascii_digit());
    signed.iter().filter(is_number).count() >= MANY_SIGNED
}

/// A note that stands at the place of its mark, and its words.
type InlineNote = (Range<usize>, Range<usize>);

/// Finds `^[words]`.
fn inline_notes(words: &str, offset: usize, found: &mut Vec<InlineNote>) {
    let mut from = 0;
    while let Some(at) = words.get(from..).and_then(|rest| rest.find("^[")).map(|at| from + at) {
        let inner = at + 2;
        let mut depth = 1;
        let length = words.get(inner..).unwrap_or_default().bytes().position(|byte| {
            depth += i32::from(byte == b'[') - i32::from(byte == b']');
            depth == 0
        });
        let Some(end) = length.filter(|&length| length > 0).map(|length| inner + length) else {
            from = inner;
            continue;
        };
        found.push((offset + at..offset + end + 1, offset + inner..offset + end));
        from = end + 1;
    }
}

/// Makes notes of what stands at the place of its mark, numbered through; marks in them are part of their words.
fn take_inline(draft: &mut Draft<'_>, found: Vec<InlineNote>, marks: &mut Vec<Mark>) {
    marks.retain(|mark| {
        let before = found.partition_point(|(whole, _)| whole.start <= mark.range.start);
        let around = before.checked_sub(1).and_then(|at| found.get(at));
        around.is_none_or(|(whole, _)| whole.end <= mark.range.start)
    });
    for (number, (whole, words)) in (1..).zip(found) {
        let label = format!("{number}");
        let part = Part { words, ..Part::new(whole.clone()) };
        marks.push(Mark { range: whole, label: label.clone(), note: Some(draft.notes.len()) });
        draft.notes.push(FoundNote { label, parts: vec![part], used: true });
    }
}

/// Whether a label is a single capital.
#[must_use]
pub fn is_letter(label: &str) -> bool {
    matches!(label.as_bytes(), [b'A'..=b'Z'])
}

fn has_symbol_note(draft: &Draft<'_>) -> bool {
    draft
        .blocks
        .iter()
        .any(|block| draft.first_line(block).starts_with("* ") || draft.first_line(block).starts_with("† "))
}

/// The first byte of `†` in UTF-8.
const DAGGER: u8 = 0xE2;

/// How asterisks and daggers of a block are read.
struct Stars {
    /// Whether any may be a mark.
    are_read: bool,
    /// Whether one stands before a word, so that the next after one closes an emphasis: `*very*`.
    is_open: bool,
}

/// Marks that show by their signs: in brackets, in a tag, or an asterisk after a word.
#[expect(clippy::needless_bitwise_bool, reason = "asked of many bytes at once, see `scan`")]
fn signed(words: &str, offset: usize, stars: &mut Stars, marks: &mut Vec<Mark>) {
    let bytes = words.as_bytes();
    let symbols = stars.are_read;
    let begins = |byte| (byte == b'[') | (byte == b'<') | (symbols & ((byte == b'*') | (byte == DAGGER)));
    for at in scan::all(bytes, begins) {
        let rest = words.get(at..).unwrap_or_default();
        let before = words.get(..at).unwrap_or_default();
        let found = match bytes.get(at) {
            Some(b'[') => bracketed(rest),
            Some(b'<') => tagged(rest),
            Some(_) if rest.starts_with(['*', '†']) => symbol(rest),
            Some(_) | None => None,
        };
        let attached = before.ends_with(|c: char| !c.is_whitespace());
        if rest.starts_with('*') {
            let follows_word = before.ends_with(|c: char| {
                !c.is_whitespace() && !"(\u{201c}\u{2018}\"'[\u{ab}\u{2014}*".contains(c)
            });
            let closes = std::mem::replace(&mut stars.is_open, false) && follows_word;
            stars.is_open = !follows_word && rest.chars().nth(1).is_some_and(char::is_alphanumeric);
            if closes {
                continue;
            }
        }
        if let Some((label, length)) = found
            && attached
        {
            let range = offset + at..offset + at + length;
            marks.push(Mark { range, label: label.to_owned(), note: None });
        }
    }
}

/// `[1]`, `[A]` or `[^1]` at the beginning: the label and the length of the whole.
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
    (digits || word || symbol || is_letter(label)).then_some((label, end + caret + 2))
}

/// `<sup>1</sup>` at the beginning: the label and the length of the whole.
#[must_use]
pub fn tagged(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix("<sup>")?;
    let near = inner.get(..inner.floor_char_boundary(16))?;
    let end = near.find("</sup>")?;
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
fn glued(words: &str, offset: usize, found: &mut Vec<Candidate>) {
    let mut from = 0;
    while let Some((at, end)) = next_digits(words, from) {
        from = end;
        let digits = words.get(at..end).unwrap_or_default();
        let label: String = digits.chars().map(|digit| raised_digit(digit).unwrap_or(digit)).collect();
        let mut back = words.get(..at).unwrap_or_default().chars().rev();
        let (before, earlier) = (back.next().unwrap_or(' '), back.next().unwrap_or(' '));
        let after = words.get(end..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        let attached = before.is_alphabetic()
            || ".,;:!?…)]”’\"»".contains(before) && !is_digit(earlier) && !earlier.is_whitespace();
        let free = !after.is_alphanumeric() && !"%°‰".contains(after) && !label.starts_with('0');
        let text_before = words.get(..at).unwrap_or_default();
        let is_section = counts_sections(text_before)
            || words
                .get(end..)
                .is_some_and(|rest| rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(is_digit)));
        if attached && free && !is_section && label.len() <= MOST_DIGITS {
            let weak = before.is_uppercase() || before == '.' && abbreviates(text_before);
            let number = label.parse().unwrap_or_default();
            let mark = Mark { range: offset + at..offset + end, label, note: None };
            found.push(Candidate { mark, number, weight: if weak { 1 } else { 2 } });
        }
    }
}

/// Where the next digits stand, all raised or all not.
#[expect(clippy::needless_bitwise_bool, reason = "asked of many bytes at once, see `scan`")]
fn next_digits(words: &str, from: usize) -> Option<(usize, usize)> {
    // Raised digits begin with the bytes C2, or E2 81; the quotes and dashes of print with E2 80.
    let may_be = |byte: u8| byte.is_ascii_digit() | (byte == 0xC2) | (byte == 0x81);
    let mut at = from;
    loop {
        at = words.floor_char_boundary(scan::find(words.as_bytes(), at, may_be)?);
        let rest = words.get(at..)?;
        let first = rest.chars().next()?;
        if is_digit(first) {
            let same = |c: char| is_digit(c) && c.is_ascii() == first.is_ascii();
            return Some((at, words.len() - rest.trim_start_matches(same).len()));
        }
        at += first.len_utf8();
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || raised_digit(c).is_some()
}

/// Whether a text ends with a letter of its own and a full stop, as the number of a section begins: `D.` of `D.3.7`.
fn counts_sections(text: &str) -> bool {
    let mut back = text.strip_suffix('.').unwrap_or_default().chars().rev();
    back.next().is_some_and(char::is_uppercase)
        && back.next().is_none_or(|c| c.is_whitespace() || "([".contains(c))
}

/// Whether a text ends with a short word before its full stop: `No.`, `p.`, `Vol.`.
fn abbreviates(text: &str) -> bool {
    let stem = text.trim_end_matches('.');
    let word = stem.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(
        word.to_lowercase().as_str(),
        "no" | "nr" | "p" | "pp" | "vol" | "ch" | "art" | "fig" | "sec" | "cf" | "c"
    )
}

/// Raised digits at the beginning, as digits that are not, and their length: `¹²` is `12`.
#[must_use]
pub fn raised(text: &str) -> Option<(String, usize)> {
    let digits: String = text.chars().map_while(raised_digit).collect();
    let length = text.chars().take_while(|c| raised_digit(*c).is_some()).map(char::len_utf8).sum();
    (!digits.is_empty() && digits.len() <= MOST_DIGITS).then_some((digits, length))
}

pub(super) fn raised_digit(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    let at = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c)?;
    char::from_digit(at as u32, 10)
}

/// Digits glued to text, with how much they look like a mark.
#[derive(Debug)]
struct Candidate {
    mark: Mark,
    number: u32,
    /// 2 after a word or the end of a phrase, 1 after a capital (`CO2`) or an abbreviation (`No.24`).
    weight: i64,
}

/// What it costs to skip a number, and to begin again at 1.
const GAP: i64 = 1;
const RESTART: i64 = 3;

/// The candidates that are note marks: those of the heaviest sequence that counts 1, 2, 3 … through the
/// text, perhaps beginning again with each chapter. All other digits stay in the text.
///
/// This is the longest increasing subsequence with steps of one or two, found in one walk: `best[n]` is the
/// heaviest sequence so far that ends in `n`. Each run of it needs two members and may lack at most one
/// number for three that it has: less is no evidence.
fn in_sequence(candidates: Vec<Candidate>) -> Vec<Mark> {
    let mut best: HashMap<u32, (i64, usize)> = HashMap::new();
    let mut top: Option<(i64, usize)> = None;
    let mut before = vec![None; candidates.len()];
    for (at, candidate) in candidates.iter().enumerate() {
        let number = candidate.number;
        let next = number.checked_sub(1).and_then(|n| best.get(&n)).copied();
        let skip = number.checked_sub(2).and_then(|n| best.get(&n)).map(|(score, at)| (score - GAP, *at));
        let again = top.map(|(score, at)| (score - RESTART, at)).filter(|(score, _)| *score > 0);
        let start = if number <= 2 { again } else { None };
        let from = [next, skip, start].into_iter().flatten().max_by_key(|(score, at)| (*score, Reverse(*at)));
        if from.is_none() && number > 2 {
            continue;
        }
        let here = (from.map_or(0, |(score, _)| score) + candidate.weight, at);
        if let Some(slot) = before.get_mut(at) {
            *slot = from.map(|(_, at)| at);
        }
        if best.get(&number).is_none_or(|(known, _)| *known < here.0) {
            best.insert(number, here);
        }
        top = top.filter(|(known, _)| *known >= here.0).or(Some(here));
    }
    let mut chain = Vec::new();
    let mut step = top.map(|(_, at)| at);
    while let Some(at) = step {
        chain.push(at);
        step = before.get(at).copied().flatten();
    }
    chain.reverse();
    evident(candidates, &chain)
}

/// The marks of those runs of a sequence that are evidence enough.
fn evident(candidates: Vec<Candidate>, chain: &[usize]) -> Vec<Mark> {
    let number = |at: usize| candidates.get(at).map_or(0, |candidate| candidate.number);
    let chosen: HashSet<usize> = chain
        .chunk_by(|&a, &b| number(a) < number(b))
        .filter(|run| {
            let last = run.last().map_or(0, |&at| number(at) as usize);
            run.len() >= 2 && last.saturating_sub(run.len()) * 3 <= run.len()
        })
        .flatten()
        .copied()
        .collect();
    candidates.into_iter().enumerate().filter(|(at, _)| chosen.contains(at)).map(|(_, c)| c.mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::import::testing::edition;

    #[test]
    fn digits_of_names_and_sections_stay_where_marks_are_in_brackets() {
        let text = "On sda1 and sda2 it is so.[1] See D.1. Of it, and D.3.7. More.\n\nBut sda3 fails[2] with ext4, as E.5 says.[3]\n\n\
            [1] One.\n\n[2] Two.\n\n[3] Three.\n";
        let found = edition(text);
        let words: Vec<&str> = found.passages().iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(
            words[..2],
            [
                "On sda1 and sda2 it is so. See D.1. Of it, and D.3.7. More.",
                "But sda3 fails with ext4, as E.5 says."
            ]
        );
        // Without brackets numbers of sections are no marks either.
        let sections = "See D.1. It is so; D.2. It was; D.3. Never; in E.1.2 and E.2.3 and (F.3) too.";
        assert_eq!(glued_marks(sections), [""; 0]);
    }

    /// The text up to each mark.
    fn glued_marks(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        glued(text, 0, &mut found);
        in_sequence(found).into_iter().map(|mark| text.get(..mark.range.end).unwrap()).collect()
    }

    #[test]
    fn glued_digits_that_count_up_are_marks_and_numbers_are_not() {
        let cases: [(&str, &[&str]); 10] = [
            (
                "The Pier1– Ann Ek. In 1905, at sea,2 I saw the River.3 In Nål:4 a boat.”5",
                &["Pier1", "sea,2", "River.3", "Nål:4", "boat.”5"],
            ),
            ("H2O and B12, 90% of No. 24, No.24, (1871), 1898-1926", &[]),
            ("Boats1 of CO2 and No.2 men,2 and 1,2 or 3.4 tons.3", &["Boats1", "men,2", "tons.3"]),
            ("A boat.1 A net.3 A rope.4", &["boat.1", "net.3", "rope.4"]),
            ("Boats.7 Nets.9", &[]),
            ("Only one.1", &[]),
            ("The \"2. Theses\" and p. I4.", &[]),
            ("A boat¹ and ropes² of 3 m", &["boat¹", "ropes²"]),
            ("CPSU1 and nets2", &["CPSU1", "nets2"]),
            (
                "A boat.1 A net.2 A rope.3 Then a pier,1 a sea,2 men.3",
                &["boat.1", "net.2", "rope.3", "pier,1", "sea,2", "men.3"],
            ),
        ];
        for (text, expected) in cases {
            let found = glued_marks(text);
            assert_eq!(found.len(), expected.len(), "{text}: {found:?}");
            for (found, end) in found.iter().zip(expected) {
                assert!(found.ends_with(end), "{text}: {found} for {end}");
            }
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
    fn a_star_that_closes_an_emphasis_is_no_mark() {
        let text = "The *very* old boats* came in (*slowly*),\nand the *men\nof the pier* left. 2 * 3 boats*.\n\n* Or so.\n";
        let edition = edition(text);
        let passage = &edition.passages()[0];
        assert!(
            passage.text.contains("The *very* old boats came in (*slowly*), and the *men of the pier* left.")
        );
        let places: Vec<&str> = passage.note_marks.iter().map(|mark| passage.slice(0..mark.byte)).collect();
        assert_eq!(places.len(), 2, "{places:?}");
        assert!(places[0].ends_with("old boats") && places[1].ends_with("3 boats"), "{places:?}");
    }

    #[test]
    fn a_note_at_the_place_of_its_mark_leaves_the_text() {
        let text = "# Harbour\n\nThe **boats**^[Or *most* [1] of them.] came ^[] in.^[Late.] x^[open\n";
        let edition = edition(text);
        let passage = &edition.passages()[1];
        assert_eq!(passage.text, "The boats came ^[] in. x^[open");
        let notes: Vec<_> =
            passage.notes.iter().map(|n| (n.mark.as_str(), n.text.as_deref().unwrap())).collect();
        assert_eq!(notes, [("1", "Or most [1] of them."), ("2", "Late.")]);
        assert_eq!(passage.note_marks.iter().map(|mark| mark.byte).collect::<Vec<_>>(), [9, 22]);
        assert!(!edition.notices().iter().any(|n| n.what.contains("missing") || n.what.contains("pieces")));
    }

    #[test]
    fn missing_notes_are_said_once() {
        let edition = edition("The boats[1] came in.[2]\n");
        let notices: Vec<_> =
            edition.notices().iter().filter(|n| n.what.contains("note is missing")).collect();
        assert_eq!((notices.len(), notices[0].count), (1, 2));
    }
}
