//! Headings of plain text: short lines on their own, without the end of a sentence.

use super::note_marks::raised_digit;
use super::notes::is_notes_heading;
use crate::document::import::Format;
use crate::document::import::draft::{Block, Draft, Role};

/// A heading is no longer than this.
const LONGEST: usize = 80;

/// The name of one who speaks is no longer than this, in bytes.
const LONGEST_NAME: usize = 30;

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
        && !is_article(line)
}

/// An article of a statute in Chinese or Japanese, with what it says: `第三条　…`. Old ones end with no full stop.
fn is_article(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('第') else { return false };
    let said =
        rest.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十百千〇零".contains(c));
    said.len() < rest.len()
        && said.strip_prefix(['条', '條', '項', '项', '款']).is_some_and(|said| !said.trim().is_empty())
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

/// What a part of a book or of a statute is called, in small letters.
const PARTS: [&str; 20] = [
    "article",
    "art.",
    "artikel",
    "artículo",
    "articolo",
    "artigo",
    "статья",
    "§",
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

/// A part of a book or a statute by its number: `CHAPTER I.`, `Book 2`, `CHAPTER THE FIRST.`, `§ 4`.
fn is_numbered_part(line: &str) -> bool {
    let Some((name, number)) = line.split_once(' ') else { return false };
    let is_number = |words: &str| {
        let number = words.trim_end_matches(['.', ':']);
        is_numeral(number)
            || !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit())
    };
    line.len() <= LONGEST
        && PARTS.contains(&name.to_lowercase().as_str())
        && !name.starts_with(char::is_lowercase)
        && (is_number(number.trim()) || is_all_capitals(line))
}

/// Whether a block is a part of a book by its number, and alone; what comes after a note has its blank line too.
fn begins_part(draft: &Draft<'_>, at: usize) -> bool {
    let is_alone = |block: &&Block| block.is_text() && (at == 0 || !block.gap.is_empty());
    let line = draft.blocks.get(at).filter(is_alone).and_then(|block| draft.only_line(block));
    line.is_some_and(is_numbered_part)
}

/// Whether a line is the name of one who speaks in a play, above what is said: `HAMLET.`
#[must_use]
pub fn is_speaker(line: &str) -> bool {
    let Some(name) = line.strip_suffix(['.', ':']) else { return false };
    name.len() <= LONGEST_NAME
        && is_all_capitals(name)
        && !name.contains(|c: char| c.is_numeric())
        && !names_a_part(line)
        && !is_notes_heading(line)
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
    fn the_number_of_an_article_above_it_is_a_heading_and_an_article_is_none() {
        use Kind::{Heading, Paragraph};
        let statute = "Article 1.\n\nAll are equal before the law of the harbour.\n\n§ 2\n\nNobody is not.\n\nArt. 3. None pays.\n";
        assert_eq!(kinds(&edition(statute)), [Heading, Paragraph, Heading, Paragraph, Paragraph]);
        let clause = |number: &str| {
            format!("第{number}条　港ハ万人ニ開カレ舟ハ風ノ前ニ入リ来リ人ハ綱ヲ取リテ之ヲ繋グ\n\n")
        };
        let short = "第二条　港ハ港ナリ\n\n";
        let statute = format!("{}{short}{}", clause("一"), clause("三"));
        assert_eq!(kinds(&edition(&statute)), [Paragraph, Paragraph, Paragraph]);
    }

    #[test]
    fn a_name_above_what_is_said_begins_a_speech() {
        let play = "The harbour at night.\n\nANNA.\nThe boats came in before the wind.\n\nBERT:\nAnd the men?\nANNA.\nNobody saw the men.\n";
        let edition = edition(play);
        let texts: Vec<&str> = edition.passages().iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "The harbour at night.",
                "ANNA. The boats came in before the wind.",
                "BERT: And the men?",
                "ANNA. Nobody saw the men."
            ]
        );
    }

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
