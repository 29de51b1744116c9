//! The one measure of width: how many cells a string takes, and how note marks are spelled.

use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

use super::ambiguous::is_ambiguous;
use crate::document::Passage;

/// Whether this terminal draws the characters of ambiguous width (UAX #11: rules, quotation marks, `¶`, Cyrillic
/// and more) in two cells, as East Asian fonts do. One fact of one terminal, so it is kept once and not handed
/// through every measure.
static WIDE_AMBIGUOUS: AtomicBool = AtomicBool::new(false);

/// Says before anything is measured how wide characters of ambiguous width are drawn.
pub fn set_wide_ambiguous(wide: bool) {
    WIDE_AMBIGUOUS.store(wide, Ordering::Relaxed);
}

/// Cells that `text` takes on the screen: the width that is drawn with, so that no two measures disagree.
#[must_use]
pub fn cells(text: &str) -> u16 {
    if text.is_ascii() {
        return u16::try_from(text.len()).unwrap_or(u16::MAX);
    }
    let wide = WIDE_AMBIGUOUS.load(Ordering::Relaxed);
    text.graphemes(true).fold(0, |sum, grapheme| sum.saturating_add(grapheme_cells(grapheme, wide)))
}

fn grapheme_cells(grapheme: &str, wide_ambiguous: bool) -> u16 {
    match grapheme.cell_width() {
        1 if wide_ambiguous && is_ambiguous(grapheme) => 2,
        cells => cells,
    }
}

/// The longest start of `text` that takes at most `columns` cells; graphemes stay whole.
#[must_use]
pub fn fit(text: &str, columns: u16) -> &str {
    let mut used = 0u16;
    for (byte, grapheme) in text.grapheme_indices(true) {
        used = used.saturating_add(cells(grapheme));
        if used > columns {
            return text.get(..byte).unwrap_or_default();
        }
    }
    text
}

/// `text` in at most `columns` cells, with an ellipsis where it was cut.
#[must_use]
pub fn clip(text: &str, columns: u16, ascii: bool) -> String {
    if cells(text) <= columns {
        return text.to_owned();
    }
    let sign = if ascii { "." } else { "…" };
    let Some(room) = columns.checked_sub(cells(sign)) else { return String::new() };
    format!("{}{sign}", fit(text, room).trim_end())
}

/// How the mark of a note is spelled in the running text: superior figures, or `[1]` without UTF-8.
#[must_use]
pub fn note_mark(passage: &Passage, note: usize, ascii: bool) -> String {
    let mark = passage.notes.get(note).map_or("?", |n| n.mark.as_str());
    if ascii {
        return format!("[{mark}]");
    }
    let superior: Option<String> = mark.chars().map(superior_figure).collect();
    superior.unwrap_or_else(|| if mark == "*" { "*".to_owned() } else { format!("[{mark}]") })
}

fn superior_figure(figure: char) -> Option<char> {
    let index = figure.to_digit(10)?;
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(index as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_combining_and_plain_characters_take_their_cells() {
        for (text, expected) in
            [("", 0), ("abc", 3), ("漢字", 4), ("e\u{301}", 1), ("a\u{a0}b", 3), ("👩‍👩‍👧", 2), ("«x»", 3)]
        {
            assert_eq!(cells(text), expected, "{text:?}");
        }
    }

    #[test]
    fn characters_of_ambiguous_width_take_two_cells_where_the_terminal_says_so() {
        for (grapheme, narrow, wide) in [
            ("¶", 1, 2),
            ("—", 1, 2),
            ("“", 1, 2),
            ("─", 1, 2),
            ("Я", 1, 2),
            ("a", 1, 1),
            ("e\u{301}", 1, 1),
            ("漢", 2, 2),
            ("▸", 1, 1),
        ] {
            assert_eq!(grapheme_cells(grapheme, false), narrow, "{grapheme}");
            assert_eq!(grapheme_cells(grapheme, true), wide, "{grapheme}");
        }
    }

    #[test]
    fn a_wide_character_that_does_not_fit_is_left_out_whole() {
        assert_eq!(fit("漢字", 3), "漢");
        assert_eq!(clip("Foundations", 6, false), "Found…");
        assert_eq!(clip("Foundations", 6, true), "Found.");
        assert_eq!(clip("Foundations", 0, false), "");
    }
}
