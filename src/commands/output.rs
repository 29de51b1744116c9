//! What a command writes: lines without control characters, bold where wanted, and JSON.

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{self, Write};

use serde::Serialize;

use crate::layout::plain::typed;
use crate::layout::wrap::wrap_text;
use crate::terminal::environment;

/// Standard output, as commands see it.
pub struct Output<'a> {
    writer: &'a mut dyn Write,
    bold: bool,
    columns: usize,
    ascii: bool,
    /// Whether a letter was written as `?` for want of one.
    lost: Cell<bool>,
}

impl<'a> Output<'a> {
    /// Output to `writer`; `bold` allows bold type, `columns` is the width of a page.
    pub fn new(writer: &'a mut dyn Write, bold: bool, columns: usize) -> Self {
        Self { writer, bold, columns, ascii: false, lost: Cell::new(false) }
    }

    /// The same output, its lines in ASCII alone where `ascii`; JSON is UTF-8 in every locale.
    #[must_use]
    pub fn in_ascii(self, ascii: bool) -> Self {
        Self { ascii, ..self }
    }

    /// Words as a line will have them: to be measured before they are set in columns.
    #[must_use]
    pub fn words<'w>(&self, words: &'w str) -> Cow<'w, str> {
        if !self.ascii {
            return Cow::Borrowed(words);
        }
        let typed = typed(words);
        let questions = |words: &str| words.matches('?').count();
        if questions(&typed) > questions(words) {
            self.lost.set(true);
        }
        typed
    }

    /// What is to be said where lines were written that ASCII has no letters for.
    #[must_use]
    pub fn loss(&self) -> Option<&'static str> {
        self.lost.get().then_some(
            "letters that ASCII lacks were written as `?`; LC_ALL=C.UTF-8 keeps them, and JSON always does",
        )
    }

    /// Width of a page in cells.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Whether bold type, and so colour, is allowed.
    #[must_use]
    pub fn is_bold(&self) -> bool {
        self.bold
    }

    /// Writes a line.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn line(&mut self, line: &str) -> io::Result<()> {
        let line = self.words(line.trim_end());
        writeln!(self.writer, "{}", plain(&line, self.replacement()))
    }

    /// Writes a line in bold type, where that is allowed.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn heading(&mut self, line: &str) -> io::Result<()> {
        if !self.bold {
            return self.line(line);
        }
        let line = self.words(line);
        writeln!(self.writer, "\u{1b}[1m{}\u{1b}[m", plain(&line, self.replacement()))
    }

    /// What stands for a control character.
    fn replacement(&self) -> &'static str {
        if self.ascii { "?" } else { "\u{fffd}" }
    }

    /// Writes a value as one line of JSON. C1 controls and DEL, which JSON allows and terminals obey, are
    /// escaped.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let json = serde_json::to_string(value)?;
        let obeyed = |c: char| matches!(c, '\u{7f}'..='\u{9f}');
        if !json.contains(obeyed) {
            return writeln!(self.writer, "{json}");
        }
        let escape = |c: char| if obeyed(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
        writeln!(self.writer, "{}", json.chars().map(escape).collect::<String>())
    }

    /// Hands on what was written, so that what is said elsewhere comes after it.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Writes bytes made by the program itself.
    ///
    /// # Errors
    /// Where the output cannot be written.
    pub fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer.write_all(bytes)
    }
}

/// Columns of a page: the terminal's, else what `COLUMNS` says, else 80.
#[must_use]
pub fn columns(terminal: bool) -> usize {
    let window = || if terminal { crossterm::terminal::size().ok() } else { None };
    let stated = || std::env::var("COLUMNS").ok()?.parse().ok();
    let columns = window().map(|(columns, _)| usize::from(columns)).or_else(stated);
    columns.filter(|columns| *columns > 0).unwrap_or(80).clamp(20, 1000)
}

/// Whether the locale says UTF-8: the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set decides.
#[must_use]
pub fn speaks_utf8() -> bool {
    environment::locale(&environment::variable).1
}

/// A line with `replacement` for each control character.
fn plain<'l>(line: &'l str, replacement: &str) -> Cow<'l, str> {
    if line.contains(char::is_control) {
        Cow::Owned(line.replace(char::is_control, replacement))
    } else {
        Cow::Borrowed(line)
    }
}

/// A text as lines of at most `columns` cells, wrapped as the reader wraps it.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = u16::try_from(columns).unwrap_or(u16::MAX);
    let line =
        |bytes: std::ops::Range<usize>| text.get(bytes).unwrap_or_default().trim_end_matches(' ').to_owned();
    let rows = if text.is_empty() { Vec::new() } else { wrap_text(text, columns.max(1)) };
    rows.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::width::cells;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn written(write: impl FnOnce(&mut Output<'_>) -> io::Result<()>, bold: bool) -> String {
        let mut bytes = Vec::new();
        write(&mut Output::new(&mut bytes, bold, 80)).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn no_control_character_is_written() {
        assert_eq!(written(|out| out.line("a\u{1b}[31m\u{9b}b\r"), true), "a\u{fffd}[31m\u{fffd}b\n");
        assert_eq!(written(|out| out.heading("a\u{7}"), true), "\u{1b}[1ma\u{fffd}\u{1b}[m\n");
        assert_eq!(written(|out| out.heading("a"), false), "a\n");
        assert_eq!(written(|out| out.json(&"\u{1b}\u{9b}\u{7f}é"), true), "\"\\u001b\\u009b\\u007fé\"\n");
    }

    #[test]
    fn letters_that_ascii_lacks_are_said_to_be_lost() {
        let loss = |words: &str, ascii: bool| {
            let mut bytes = Vec::new();
            let mut output = Output::new(&mut bytes, false, 80).in_ascii(ascii);
            output.line(words).unwrap();
            output.loss().is_some()
        };
        assert!(loss("Что делать?", true) && loss("漢字", true));
        assert!(!loss("Was tun? “Früh” – ¶46", true), "each has a sign of its own");
        assert!(!loss("Что делать?", false));
    }

    #[test]
    fn lines_break_at_spaces_and_never_at_a_no_break_space() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("No.\u{a0}24 is", 5), ["No.\u{a0}2", "4 is"]);
        assert_eq!(wrap("漢字漢字", 5), ["漢字", "漢字"]);
        assert_eq!(wrap("", 5), Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_no_line_too_wide(text in "\\PC{0,120}", columns in 2usize..40) {
            let lines = wrap(&text, columns);
            let letters = |text: &str| text.replace(' ', "");
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in lines {
                let widest = line.graphemes(true).map(cells).max().unwrap_or(0);
                prop_assert!(usize::from(cells(&line)) <= columns.max(usize::from(widest)), "{line:?}");
            }
        }
    }
}
