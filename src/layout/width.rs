//! The one measure of width: how many cells a string takes, and how note marks are spelled.

use std::borrow::Cow;
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

/// Whether words are shown in ASCII, as a typewriter has them: a dash is two hyphens there, since one would make a
/// compound of the words beside it, and an ellipsis three periods.
static TYPEWRITTEN: AtomicBool = AtomicBool::new(false);

/// Says before anything is measured whether words are shown in ASCII.
pub fn set_typewritten(typewritten: bool) {
    TYPEWRITTEN.store(typewritten, Ordering::Relaxed);
}

/// A sign or letter that a typewriter makes of several, as it makes it; `None` for all others.
#[must_use]
pub const fn typewritten(sign: char) -> Option<&'static str> {
    match sign {
        '—' | '―' => Some("--"),
        '…' => Some("..."),
        '¶' => Some("par."),
        'ß' => Some("ss"),
        'ẞ' => Some("SS"),
        'æ' => Some("ae"),
        'Æ' => Some("AE"),
        'œ' => Some("oe"),
        'Œ' => Some("OE"),
        'þ' => Some("th"),
        'Þ' => Some("Th"),
        _ => None,
    }
}

/// Cells that `text` takes on the screen: the width that is drawn with, so that no two measures disagree.
#[must_use]
pub fn cells(text: &str) -> u16 {
    if text.is_ascii() {
        return u16::try_from(text.len()).unwrap_or(u16::MAX);
    }
    let (mut sum, mut rest) = (0u16, text);
    while !rest.is_empty() {
        let printable = rest.bytes().take_while(|byte| matches!(byte, b' '..=b'~')).count();
        // A mark may join the last of them; those before it are a cell each.
        let alone = if printable == rest.len() { printable } else { printable.saturating_sub(1) };
        rest = rest.get(alone..).unwrap_or_default();
        let joined = graphemes(rest).next();
        rest = rest.get(joined.map_or(0, |grapheme| grapheme.text.len())..).unwrap_or_default();
        let alone = u16::try_from(alone).unwrap_or(u16::MAX);
        sum = sum.saturating_add(alone).saturating_add(joined.map_or(0, |grapheme| grapheme.cells));
    }
    sum
}

/// A grapheme of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grapheme<'t> {
    /// The byte of the text at which it begins.
    pub byte: usize,
    /// Its characters.
    pub text: &'t str,
    /// Cells that it takes.
    pub cells: u16,
}

impl Grapheme<'_> {
    /// Whether it steers the terminal instead of being shown.
    #[must_use]
    pub fn is_control(self) -> bool {
        !matches!(self.text.as_bytes(), [b' '..=b'~']) && self.text.contains(char::is_control)
    }
}

/// The graphemes of a text (UAX #29) with their cells.
pub fn graphemes(text: &str) -> impl Iterator<Item = Grapheme<'_>> {
    let wide = WIDE_AMBIGUOUS.load(Ordering::Relaxed);
    let is_typewritten = TYPEWRITTEN.load(Ordering::Relaxed);
    let mut byte = 0;
    std::iter::from_fn(move || {
        let printable = |at: usize| text.as_bytes().get(at).map(|byte| matches!(byte, b' '..=b'~'));
        if printable(byte) == Some(true) && printable(byte + 1) != Some(false) {
            let grapheme = Grapheme { byte, text: text.get(byte..=byte)?, cells: 1 };
            byte += 1;
            return Some(grapheme);
        }
        let rest = text.get(byte..)?;
        let mut characters = rest.chars();
        let first = characters.next()?;
        // Nearly all characters are graphemes by themselves; the full rules are asked for the others.
        let simple = stands_alone(first) && characters.next().is_none_or(stands_alone);
        let end = if simple { Some(first.len_utf8()) } else { rest.graphemes(true).next().map(str::len) };
        let text = rest.get(..end?)?;
        let cells = match typewritten(first).filter(|_| is_typewritten) {
            Some(typed) => typed.len() as u16,
            None if simple && (first.is_ascii() || !wide) => 1,
            None => grapheme_cells(text, wide),
        };
        let grapheme = Grapheme { byte, text, cells };
        byte += text.len();
        Some(grapheme)
    })
}

/// Whether a character takes one cell and never joins another of its kind in a grapheme: the letters of
/// European scripts, punctuation and signs, none of which is an extending mark, a control or a part of a sequence.
const fn stands_alone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}') // Latin
        || matches!(c, '\u{384}'..='\u{38a}' | '\u{38e}'..='\u{3a1}' | '\u{3a3}'..='\u{3ff}') // Greek
        || matches!(c, '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}') // Cyrillic
        || matches!(c, '\u{2500}'..='\u{25fc}') // rules and signs
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203b}') // punctuation
}

fn grapheme_cells(grapheme: &str, wide_ambiguous: bool) -> u16 {
    if grapheme.is_ascii() {
        return u16::try_from(grapheme.len()).unwrap_or(u16::MAX);
    }
    // A control is never drawn, and is not measured by what measures what is drawn.
    if grapheme.contains(char::is_control) {
        return 0;
    }
    match grapheme.cell_width() {
        1 if wide_ambiguous && is_ambiguous(grapheme) => 2,
        cells => cells,
    }
}

/// The longest start of `text` that takes at most `columns` cells; graphemes stay whole.
#[must_use]
pub fn fit(text: &str, columns: u16) -> &str {
    let mut used = 0u16;
    for grapheme in graphemes(text) {
        used = used.saturating_add(grapheme.cells);
        if used > columns {
            return text.get(..grapheme.byte).unwrap_or_default();
        }
    }
    text
}

/// `text` in at most `columns` cells, with an ellipsis where it was cut; a tilde in ASCII, where one stop would seem
/// an end.
#[must_use]
pub fn clip(text: &str, columns: u16, ascii: bool) -> Cow<'_, str> {
    if cells(text) <= columns {
        return Cow::Borrowed(text);
    }
    let sign = if ascii { "~" } else { "…" };
    let Some(room) = columns.checked_sub(cells(sign)) else { return Cow::Borrowed("") };
    Cow::Owned(format!("{}{sign}", fit(text, room).trim_end()))
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
    fn what_stands_alone_takes_one_cell() {
        for c in ('\0'..=char::MAX).filter(|c| stands_alone(*c)) {
            assert_eq!(c.to_string().cell_width(), 1, "{c:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn graphemes_are_those_of_unicode(
            text in "[a-z\r\n\u{300}é\u{ad}\u{600}ж\u{483}—’…\u{200d}👩👧🇩🇪한\u{1100}\u{1161}漢\u{e33}©\u{203c}\u{fe0f}]{0,12}",
        ) {
            let found: Vec<(usize, &str)> = graphemes(&text).map(|g| (g.byte, g.text)).collect();
            proptest::prop_assert_eq!(found, text.grapheme_indices(true).collect::<Vec<_>>());
            let sum = graphemes(&text).map(|grapheme| grapheme.cells).sum::<u16>();
            proptest::prop_assert_eq!(cells(&text), if text.is_ascii() { text.len() as u16 } else { sum });
            for grapheme in graphemes(&text).filter(|grapheme| !grapheme.text.contains(char::is_control)) {
                proptest::prop_assert_eq!(grapheme.cells, grapheme.text.cell_width());
            }
        }

        #[test]
        fn any_two_characters_that_stand_alone_are_two_graphemes(a in proptest::char::any(), b in proptest::char::any()) {
            if stands_alone(a) && stands_alone(b) {
                proptest::prop_assert_eq!(format!("{a}{b}").graphemes(true).count(), 2);
            }
        }
    }

    #[test]
    fn a_wide_character_that_does_not_fit_is_left_out_whole() {
        assert_eq!(fit("漢字", 3), "漢");
        assert_eq!(clip("Foundations", 6, false), "Found…");
        assert_eq!(clip("Foundations", 6, true), "Found~");
        assert_eq!(clip("Foundations", 0, false), "");
    }
}
