//! What is wrong in a file that a person wrote: where (path, line, column), what, and the nearest right name.
//!
//! Knows no particular file. [`table`] reads TOML so that every problem is found in one pass.

pub mod render;
pub mod table;
pub mod tree;

use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It is not in force, or says what is not so.
    Error,
    /// It is in force, but it hardly does what was meant.
    Warning,
}

impl Severity {
    /// The word before a message.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing wrong in a text file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file as its reader knows it.
    pub path: String,
    /// Line of the file, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong and, where it can be said, what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.path, self.line, self.column, self.message)
    }
}

impl std::error::Error for Problem {}

/// A value and the byte of the file at which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Byte offset into the file.
    pub byte: usize,
}

/// A TOML file as it is written, and its values where they are there already.
#[derive(Clone, Copy, Debug)]
pub struct TomlSource<'a> {
    /// What stands in the file.
    pub text: &'a str,
    /// Its values, packed by [`tree::pack`]; `None` where it is still to be parsed.
    pub packed: Option<&'a [u8]>,
}

impl<'a> From<&'a str> for TomlSource<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, packed: None }
    }
}

impl<'a> From<&'a String> for TomlSource<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

/// A file under examination: turns byte offsets into lines and collects what is wrong.
#[derive(Debug)]
pub struct Examination<'a> {
    path: &'a str,
    source: TomlSource<'a>,
    problems: Vec<Problem>,
}

impl<'a> Examination<'a> {
    /// Begins on the text of the file at `path`.
    #[must_use]
    pub fn new(path: &'a str, source: impl Into<TomlSource<'a>>) -> Self {
        Self { path, source: source.into(), problems: Vec::new() }
    }

    /// The text under examination.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.source.text
    }

    /// The values of the file, where they need not be parsed.
    #[must_use]
    pub(crate) fn packed(&self) -> Option<&'a [u8]> {
        self.source.packed
    }

    /// Notes a problem at a byte of the text.
    pub fn problem(&mut self, byte: usize, message: impl AsRef<str>) {
        self.note(Severity::Error, byte, message.as_ref());
    }

    /// Notes at a byte of the text what is in force but hardly what was meant.
    pub fn warn(&mut self, byte: usize, message: impl AsRef<str>) {
        self.note(Severity::Warning, byte, message.as_ref());
    }

    fn note(&mut self, severity: Severity, byte: usize, message: &str) {
        let (line, column) = line_and_column(self.source.text, byte);
        let (path, message) = (printable(self.path), printable(message));
        self.problems.push(Problem { path, line, column, severity, message });
    }

    /// The result of the whole: `value`, or every problem in the order of the file.
    ///
    /// # Errors
    /// Where any problem was noted.
    pub fn finish<T>(self, value: T) -> Result<T, Vec<Problem>> {
        if self.problems.is_empty() { Ok(value) } else { Err(self.into_problems()) }
    }

    /// Every problem, in the order of the file, each once.
    #[must_use]
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort();
        self.problems.dedup();
        self.problems
    }
}

/// Line and column (in characters) of a byte, both from 1; the end of the text for anything past it.
#[must_use]
pub fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(byte)).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// The candidate that was most likely meant, if one is near enough to be worth naming.
///
/// Nearness is the Damerau-Levenshtein distance; up to a third of the longer name may differ.
#[must_use]
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name = name.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&name, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| {
            *distance <= name.chars().count().max(candidate.chars().count()).div_ceil(3)
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// ``unknown topic `sovets`: did you mean `soviets`?``, or the known names where none is near.
#[must_use]
pub fn unknown<'c>(what: &str, name: &str, candidates: impl IntoIterator<Item = &'c str> + Clone) -> String {
    if let Some(candidate) = nearest(name, candidates.clone()) {
        return format!("unknown {what} `{name}`: did you mean `{candidate}`?");
    }
    let known: Vec<_> = candidates.into_iter().collect();
    format!("unknown {what} `{name}`; known: {}", known.join(", "))
}

/// The text with control characters escaped: what a file says may reach a terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let escaped = c.is_control().then(|| c.escape_default());
            escaped.into_iter().flatten().chain((!c.is_control()).then_some(c))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_has_a_line_and_a_column_in_characters() {
        for (text, byte, expected) in [
            ("", 0, (1, 1)),
            ("ab", 1, (1, 2)),
            ("ab\ncd", 3, (2, 1)),
            ("é = 1\n", 3, (1, 3)),
            ("é", 1, (1, 1)),
            ("a", 99, (1, 2)),
        ] {
            assert_eq!(line_and_column(text, byte), expected, "{text:?} {byte}");
        }
    }

    #[test]
    fn the_nearest_name_is_offered_only_where_it_is_near() {
        let names = ["soviets", "party", "criticism"];
        for (name, expected) in
            [("sovets", Some("soviets")), ("Party", Some("party")), ("weather", None), ("", None)]
        {
            assert_eq!(nearest(name, names), expected, "{name}");
        }
        assert_eq!(unknown("topic", "weather", ["a", "b"]), "unknown topic `weather`; known: a, b");
    }

    #[test]
    fn no_control_character_of_a_file_reaches_a_message() {
        let mut examination = Examination::new("a\u{1b}b.toml", "x");
        examination.problem(0, "unknown key `\u{1b}[31m`");
        let problems = examination.finish(()).unwrap_err();
        assert!(!problems[0].to_string().chars().any(char::is_control));
    }

    #[test]
    fn problems_come_in_the_order_of_the_file() {
        let mut examination = Examination::new("t.toml", "one\ntwo\n");
        examination.problem(4, "second");
        examination.problem(0, "first");
        let problems = examination.finish(()).unwrap_err();
        assert_eq!(problems[0].to_string(), "t.toml:1:1: first");
        assert_eq!(problems[1].to_string(), "t.toml:2:1: second");
    }
}
