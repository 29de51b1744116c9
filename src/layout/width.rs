//! The one measure of width: how many cells a string takes, and how note marks are spelled.

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

use crate::document::Passage;

/// Cells that `text` takes on the screen: the width that is drawn with, so that no two measures disagree.
#[must_use]
pub fn cells(text: &str) -> u16 {
    if text.is_ascii() { u16::try_from(text.len()).unwrap_or(u16::MAX) } else { grapheme_cells(text) }
}

fn grapheme_cells(text: &str) -> u16 {
    text.graphemes(true).fold(0, |sum, grapheme| sum.saturating_add(grapheme.cell_width()))
}

/// The longest start of `text` that takes at most `columns` cells; graphemes stay whole.
#[must_use]
pub fn fit(text: &str, columns: u16) -> &str {
    let mut used = 0u16;
    for (byte, grapheme) in text.grapheme_indices(true) {
        used = used.saturating_add(grapheme.cell_width());
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
    let kept = fit(text, columns.saturating_sub(1));
    if columns == 0 { String::new() } else { format!("{}{sign}", kept.trim_end()) }
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
    fn a_wide_character_that_does_not_fit_is_left_out_whole() {
        assert_eq!(fit("漢字", 3), "漢");
        assert_eq!(clip("Foundations", 6, false), "Found…");
        assert_eq!(clip("Foundations", 6, true), "Found.");
        assert_eq!(clip("Foundations", 0, false), "");
    }
}
