//! One passage at a width: word wrap by Unicode line breaking, graphemes never split.
//!
//! A row is a byte range of the passage, never a copied string.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Setting;
use super::breaks::breaks;
use super::width::{cells, note_mark};
use crate::document::{Kind, Passage};

/// One row of the screen within a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The part of the passage's text that stands in this row; the rows of a passage cover it without gap.
    pub bytes: Range<usize>,
    /// Cells left free before the words.
    pub indent: u16,
    /// Whether it is the empty row after a passage; its `bytes` are empty and stand at the text's end.
    pub gap: bool,
}

/// The rows of `passage` in `setting.columns` cells, without the gap after it.
///
/// Never empty for a passage with words. A word wider than the row is split between graphemes; a grapheme
/// wider than the row has a row of its own.
#[must_use]
pub fn wrap(passage: &Passage, setting: Setting) -> Vec<Row> {
    let indents = Indents::of(passage, setting.columns);
    let mut rows = Rows::new(passage, setting, indents);
    let mut start = 0;
    for end in breaks(&passage.text) {
        // UAX 14 breaks before and after an em dash; a row of prose does not begin with one.
        let dash = passage.text.get(end..).is_some_and(|rest| rest.starts_with('—'));
        if !dash {
            rows.push(start..end);
            start = end;
        }
    }
    rows.finish()
}

/// Cells before the first row and before the rows after it.
#[derive(Clone, Copy)]
struct Indents {
    first: u16,
    rest: u16,
}

impl Indents {
    /// Set so that the eye finds quotations, lists and verse; never more than a third of the row.
    fn of(passage: &Passage, columns: u16) -> Self {
        let most = columns / 3;
        let (first, rest) = match passage.kind {
            Kind::Quotation => (2, 2),
            Kind::ListItem => (1, 1 + cells(passage.slice(0..passage.marker_bytes))),
            Kind::VerseLine => (2, 4),
            Kind::Heading
            | Kind::Paragraph
            | Kind::Dateline
            | Kind::FrontMatter
            | Kind::Apparatus
            | Kind::Break => (0, 0),
        };
        Self { first: first.min(most), rest: rest.min(most) }
    }
}

/// Rows under construction: greedy, one break opportunity after the other.
struct Rows<'a> {
    passage: &'a Passage,
    setting: Setting,
    indents: Indents,
    done: Vec<Row>,
    start: usize,
    used: u16,
}

impl<'a> Rows<'a> {
    fn new(passage: &'a Passage, setting: Setting, indents: Indents) -> Self {
        Self { passage, setting, indents, done: Vec::new(), start: 0, used: 0 }
    }

    fn indent(&self) -> u16 {
        if self.done.is_empty() { self.indents.first } else { self.indents.rest }
    }

    fn room(&self) -> u16 {
        self.setting.columns.saturating_sub(self.indent()).max(1)
    }

    /// Adds an unbreakable piece with the white space that follows it.
    fn push(&mut self, piece: Range<usize>) {
        let text = self.passage.slice(piece.clone());
        // U+00A0 is no break point and keeps its cell; only plain spaces may hang over the edge.
        let words = text.trim_end_matches([' ', '\n']);
        let words_end = piece.start + words.len();
        let words_cells = self.cells_with_marks(piece.start..words_end);
        if self.used > 0 && self.used.saturating_add(words_cells) > self.room() {
            self.end_row(piece.start);
        }
        if words_cells > self.room() {
            self.split(piece.start..words_end);
        } else {
            self.used = self.used.saturating_add(words_cells);
        }
        self.used = self.used.saturating_add(cells(text) - cells(words));
        if text.ends_with('\n') {
            self.end_row(piece.end);
        }
    }

    /// Splits what is wider than a row between graphemes.
    fn split(&mut self, piece: Range<usize>) {
        let passage = self.passage;
        for (byte, grapheme) in passage.slice(piece.clone()).grapheme_indices(true) {
            let at = piece.start + byte;
            let needed = self.cells_with_marks(at..at + grapheme.len());
            if self.used > 0 && self.used.saturating_add(needed) > self.room() {
                self.end_row(at);
            }
            self.used = self.used.saturating_add(needed);
        }
    }

    /// Cells of a piece with the note marks that follow any of its bytes.
    fn cells_with_marks(&self, piece: Range<usize>) -> u16 {
        let marks = self.passage.note_marks.iter().filter(|m| piece.start < m.byte && m.byte <= piece.end);
        marks.fold(cells(self.passage.slice(piece.clone())), |sum, mark| {
            sum.saturating_add(cells(&note_mark(self.passage, mark.note, self.setting.ascii)))
        })
    }

    fn end_row(&mut self, end: usize) {
        let row = Row { bytes: self.start..end, indent: self.indent(), gap: false };
        self.done.push(row);
        self.start = end;
        self.used = 0;
    }

    fn finish(mut self) -> Vec<Row> {
        let end = self.passage.text.len();
        if self.start < end || self.done.is_empty() {
            self.end_row(end);
        }
        self.done
    }
}

/// The rows of a plain string in `columns` cells: for lists, cards and help.
#[must_use]
pub fn wrap_text(text: &str, columns: u16) -> Vec<Range<usize>> {
    let passage = Passage::new(Kind::Paragraph, text);
    let setting = Setting { columns, ascii: false, apparatus: true };
    wrap(&passage, setting).into_iter().map(|row| row.bytes).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Note, NoteMark};

    fn setting(columns: u16) -> Setting {
        Setting { columns, ascii: false, apparatus: false }
    }

    fn lines(passage: &Passage, columns: u16) -> Vec<String> {
        wrap(passage, setting(columns)).iter().map(|r| passage.slice(r.bytes.clone()).to_owned()).collect()
    }

    #[test]
    fn words_are_wrapped_where_unicode_allows() {
        for (text, columns, expected) in [
            ("one two three", 7, vec!["one two ", "three"]),
            ("one two three", 80, vec!["one two three"]),
            ("well-known fact", 6, vec!["well-", "known ", "fact"]),
            ("a\u{a0}b c", 3, vec!["a\u{a0}b ", "c"]),
            ("« Bonjour » dit-il", 11, vec!["« Bonjour » ", "dit-il"]),
            ("limited fields—the end", 14, vec!["limited ", "fields—the end"]),
            ("limited fields—the end", 15, vec!["limited fields—", "the end"]),
            ("漢字漢字", 5, vec!["漢字", "漢字"]),
            ("unbreakable", 4, vec!["unbr", "eaka", "ble"]),
            ("e\u{301}e\u{301}e\u{301}", 2, vec!["e\u{301}e\u{301}", "e\u{301}"]),
        ] {
            assert_eq!(lines(&Passage::new(Kind::Paragraph, text), columns), expected, "{text:?}");
        }
    }

    #[test]
    fn a_note_mark_stays_with_its_word_and_takes_its_cells() {
        let mut passage = Passage::new(Kind::Paragraph, "ab cd ef");
        passage.notes = vec![Note { mark: "12".into(), text: None, source: Vec::new() }];
        passage.note_marks = vec![NoteMark { byte: 5, note: 0 }];
        assert_eq!(lines(&passage, 6), ["ab ", "cd ", "ef"].map(String::from).to_vec());
        assert_eq!(lines(&passage, 7), ["ab cd ", "ef"].map(String::from).to_vec());
    }

    #[test]
    fn an_item_hangs_from_its_marker() {
        let mut item = Passage::new(Kind::ListItem, "a) one two three");
        item.marker_bytes = 3;
        let indents: Vec<u16> = wrap(&item, setting(12)).iter().map(|r| r.indent).collect();
        assert_eq!(indents, [1, 4]);
    }

    proptest! {
        #[test]
        fn rows_cover_the_text_and_fit(text in "[a-z \u{a0}é漢👩-]{1,80}", column in 0usize..10) {
            let columns = [0u16, 1, 2, 3, 7, 20, 33, 40, 80, 200][column];
            let passage = Passage::new(Kind::Paragraph, text.clone());
            let rows = wrap(&passage, setting(columns));
            let mut end = 0;
            for row in &rows {
                prop_assert_eq!(row.bytes.start, end);
                prop_assert!(row.bytes.end > row.bytes.start);
                end = row.bytes.end;
                let words = passage.slice(row.bytes.clone()).trim_end_matches(' ');
                let one_grapheme = words.graphemes(true).count() <= 1;
                prop_assert!(cells(words) <= columns.max(1) || one_grapheme, "{:?} in {}", words, columns);
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
