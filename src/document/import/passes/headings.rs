//! Headings of plain text: short lines on their own, without the end of a sentence.

use super::note_marks::raised_digit;
use super::notes::is_notes_heading;
use crate::document::import::Format;
use crate::document::import::draft::{Block, Draft, Role};

/// A heading is no longer than this.
const LONGEST: usize = 80;

/// What a heading does not end with; the second row is of Chinese and Japanese, the last of Hebrew, Arabic, Urdu and Hindi.
const SENTENCE_ENDS: [char; 28] = [
    '.', ',', ';', ':', '!', '?', '”', '"', '»', '…', '-', '–', '—', //
    '。', '、', '，', '；', '：', '！', '？', '」', '』', '）', '．', //
    '\u{5c3}', '؟', '۔', '।',
];

/// A line without the marks of notes at its end, behind which a sentence may have ended.
fn without_marks(line: &str) -> &str {
    let bare = line.trim_end_matches(|c| matches!(c, '*' | '†' | '‡') || raised_digit(c).is_some());
    let inner = bare.strip_suffix(']').and_then(|rest| rest.rsplit_once('['));
    match inner {
        Some((before, label)) if !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit()) => {
            before
        }
        Some(_) | None => bare,
    }
}

/// Whether a letter is a capital, or of a script that has none.
fn begins_like_a_title(c: char) -> bool {
    c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase()
}

/// Whether a line looks like a heading: short, begins with a capital or a number, ends no sentence.
#[must_use]
pub fn looks_like_heading(line: &str) -> bool {
    line.len() <= LONGEST
        && (1..=12).contains(&line.split_whitespace().count())
        && !without_marks(line).ends_with(SENTENCE_ENDS)
        && line.starts_with(|c: char| begins_like_a_title(c) || c.is_ascii_digit())
        && line.chars().any(char::is_alphabetic)
}

/// Whether all letters of a line are capitals.
#[must_use]
pub fn is_all_capitals(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 3 && !letters.clone().any(char::is_lowercase)
}

/// A Roman numeral that numbers a section: `IV`, `IV.`.
fn is_numeral(line: &str) -> bool {
    let numeral = line.trim_end_matches('.');
    !numeral.is_empty() && numeral.len() <= 6 && numeral.chars().all(|c| "IVXLC".contains(c))
}

/// What a part of a book is called, in small letters.
const PARTS: [&str; 12] = [
    "chapter",
    "book",
    "part",
    "section",
    "letter",
    "act",
    "kapitel",
    "buch",
    "teil",
    "chapitre",
    "livre",
    "capítulo",
];

/// What parts without a number are called.
const UNNUMBERED: [&str; 19] = [
    "preface",
    "foreword",
    "introduction",
    "prologue",
    "preamble",
    "contents",
    "vorwort",
    "vorrede",
    "einleitung",
    "prolog",
    "inhalt",
    "préface",
    "avant-propos",
    "prólogo",
    "introducción",
    "prefácio",
    "introdução",
    "предисловие",
    "введение",
];

/// Whether a heading names a part of a book, and no book: `CHAPTER I.`, `PREFACE`.
#[must_use]
pub fn names_a_part(heading: &str) -> bool {
    let name = heading.trim_end_matches('.').to_lowercase();
    is_numbered_part(heading) || UNNUMBERED.contains(&name.as_str())
}

/// A part of a book by its number: `CHAPTER I.`, `Book 2`, `CHAPTER THE FIRST.`
fn is_numbered_part(line: &str) -> bool {
    let Some((name, number)) = line.split_once(' ') else { return false };
    let is_number = |words: &str| {
        let number = words.trim_end_matches(['.', ':']);
        is_numeral(number)
            || !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit())
    };
    line.len() <= LONGEST
        && PARTS.contains(&name.to_lowercase().as_str())
        && name.starts_with(char::is_uppercase)
        && (is_number(number.trim()) || is_all_capitals(line))
}

/// Whether a block is a part of a book by its number, and alone; what comes after a note has its blank line too.
fn begins_part(draft: &Draft<'_>, at: usize) -> bool {
    let is_alone = |block: &&Block| block.is_text() && (at == 0 || !block.gap.is_empty());
    let line = draft.blocks.get(at).filter(is_alone).and_then(|block| draft.only_line(block));
    line.is_some_and(is_numbered_part)
}

/// Reads lone short lines before prose as headings of the second level.
pub fn read(draft: &mut Draft<'_>) {
    if draft.format == Format::Markdown {
        return;
    }
    let is_prose = |block: Option<&Block>| {
        block.is_some_and(|block| block.is_text() && block.blank > 0 && Draft::length(block) > LONGEST)
    };
    let found: Vec<usize> = (0..draft.blocks.len())
        .filter(|&at| {
            let alone = |block: &&Block| block.is_text() && (block.blank > 0 || at == 0);
            let line = draft
                .blocks
                .get(at)
                .filter(alone)
                .and_then(|block| draft.only_line(block))
                .unwrap_or_default();
            let heading = looks_like_heading(line) || is_numeral(line);
            is_notes_heading(line) || begins_part(draft, at) || heading && is_prose(draft.blocks.get(at + 1))
        })
        .collect();
    for at in found {
        if let Some(block) = draft.blocks.get_mut(at) {
            block.role = Role::Heading(2);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    #[test]
    fn a_lone_short_line_before_prose_is_a_heading() {
        use Kind::{Heading, Paragraph};
        let prose = "The boats came in before the wind and the men who had waited since dawn took the ropes.";
        let edition = edition(&format!("{prose}\n\nThe Storm\n\n{prose}\n\nHelp us!\n\nII.\n\n{prose}\n"));
        assert_eq!(kinds(&edition), [Paragraph, Heading, Paragraph, Paragraph, Heading, Paragraph]);
        assert_eq!(edition.passages()[1].level, 2);
    }

    #[test]
    fn a_sentence_that_a_note_is_tied_to_is_no_heading() {
        let prose = "The boats came in before the wind and the men who had waited since dawn took the ropes.";
        for line in
            ["They never came back.[10]", "They never came back.¹", "“They came back.”[3]*", "בראשית ברא׃"]
        {
            let edition = edition(&format!("{prose}\n\n{line}\n\n{prose}\n"));
            assert_eq!(kinds(&edition), [Kind::Paragraph; 3], "{line}");
        }
        let marked = edition(&format!("{prose}\n\nThe Storm[10]\n\n{prose}\n"));
        assert_eq!(kinds(&marked)[1], Kind::Heading);
    }

    #[test]
    fn a_part_of_a_book_is_a_heading_by_its_name_and_number() {
        use Kind::{Heading, Paragraph};
        for (line, kind) in [
            ("CHAPTER I.", Heading),
            ("Chapter 12", Heading),
            ("BOOK THE FIRST.", Heading),
            ("Kapitel IV.", Heading),
            ("Part of it sank.", Paragraph),
            ("chapter I.", Paragraph),
            ("Chapter I was lost.", Paragraph),
        ] {
            let edition = edition(&format!("The boats came in.\n\n{line}\n\nNobody spoke.\n"));
            assert_eq!(kinds(&edition), [Paragraph, kind, Paragraph], "{line}");
        }
        let contents =
            "The boats[1] came in.\n\n[1] Or so.\n\nCHAPTER I.\n\nNobody spoke.\n\nIn it:\nChapter 2\n";
        let edition = edition(contents);
        assert_eq!(kinds(&edition), [Paragraph, Heading, Paragraph, Paragraph, Paragraph]);
    }

    #[test]
    fn a_script_without_capitals_has_headings_too() {
        use Kind::{Heading, Paragraph};
        let prose =
            "船は風の前に港へ入り、夜明けから桟橋で待っていた男たちは黙って綱を取って結んだ。".repeat(2);
        let edition = edition(&format!("嵐の港\n\n{prose}\n\n「もう帰ろう」\n\n{prose}\n"));
        assert_eq!(kinds(&edition), [Heading, Paragraph, Paragraph, Paragraph]);
    }
}
