//! What is wrong with a keymap file, where, and what to write instead; printed as the Rust compiler prints errors.
//!
//! Does not know the rules that find the problems.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::keymap::Preset;
use crate::report::Severity;
use crate::report::render::visible_bytes;

/// A stretch of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Bytes of the file; within one line.
    pub bytes: Range<usize>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Place {
    /// Where bytes of a text stand; a range past the end, or over several lines, is cut to the line of its start.
    #[must_use]
    pub fn new(source: &str, bytes: &Range<usize>) -> Self {
        let start = source.floor_char_boundary(bytes.start);
        let before = source.get(..start).unwrap_or_default();
        let after = source.get(start..).unwrap_or_default();
        let line_end = start + after.find(['\r', '\n']).unwrap_or(after.len());
        let end = source.floor_char_boundary(bytes.end).clamp(start, line_end);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            bytes: start..end,
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).map_or(0, |text| text.chars().count()) + 1,
        }
    }
}

/// Another line that a problem is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Where it stands.
    pub place: Place,
    /// What it has to do with the problem.
    pub label: String,
    /// The map of the program in whose file it stands; `None` for the file with the problem.
    pub preset: Option<Preset>,
}

/// One thing that is wrong with a keymap file. Its texts hold no control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// How the file is named.
    pub path: String,
    /// Where.
    pub place: Place,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do, in one line; may be empty.
    pub help: String,
    /// The other line, of a conflict.
    pub related: Option<Related>,
}

impl fmt::Display for Problem {
    /// One line for a list: `keymap.toml:5:7: unknown action `quti`; did you mean `quit`?`
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { line, column, .. } = self.place;
        write!(formatter, "{}:{line}:{column}: {}", self.path, self.message)?;
        if let Some(Related { place, preset: None, .. }) = &self.related {
            write!(formatter, " (line {})", place.line)?;
        }
        if self.help.is_empty() { Ok(()) } else { write!(formatter, "; {}", self.help) }
    }
}

/// The problems of one file as they are found.
#[derive(Debug)]
pub(super) struct Problems<'s> {
    pub(super) source: &'s str,
    path: &'s str,
    pub(super) list: Vec<Problem>,
}

impl<'s> Problems<'s> {
    pub(super) const fn new(source: &'s str, path: &'s str) -> Self {
        Self { source, path, list: Vec::new() }
    }

    /// A problem of a line that is left out for it.
    pub(super) fn error(&mut self, span: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.list.push(Problem {
            severity: Severity::Error,
            path: visible(self.path),
            place: Place::new(self.source, span),
            message: visible(&message.into()),
            help: visible(&help.into()),
            related: None,
        });
    }
}

/// The whole report, with the lines concerned, ready to be printed; `colour` adds terminal colours.
///
/// `source` is the text that the problems were found in. No control character of it is printed.
#[must_use]
pub fn render(problems: &[Problem], source: &str, path: &str, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let (source, path) = (visible_bytes(source), visible(path));
    let reports = problems.iter().map(|problem| renderer.render(&report(problem, &source, &path)));
    reports.map(|report| report + "\n").collect::<Vec<_>>().join("\n")
}

/// One problem as a report: its line, the other line, the way out.
fn report<'a>(problem: &'a Problem, source: &'a str, path: &'a str) -> Vec<Group<'a>> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let snippet = |text, name| Snippet::source(text).path(name);
    let mut own = snippet(source, path).annotation(AnnotationKind::Primary.span(problem.place.bytes.clone()));
    let mut elsewhere = None;
    if let Some(related) = &problem.related {
        let mark = AnnotationKind::Context.span(related.place.bytes.clone()).label(related.label.as_str());
        match related.preset {
            Some(preset) => {
                let (text, name) = preset.source();
                elsewhere = Some(snippet(text, name).annotation(mark));
            }
            None => own = own.annotation(mark),
        }
    }
    let mut group = level.primary_title(problem.message.as_str()).element(own);
    if let Some(elsewhere) = elsewhere {
        group = group.element(elsewhere);
    }
    if !problem.help.is_empty() {
        group = group.element(Level::HELP.message(problem.help.as_str()));
    }
    vec![group]
}

/// A text from outside with its control characters written out.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .map(
            |character| {
                if hidden(character) { character.escape_unicode().to_string() } else { character.to_string() }
            },
        )
        .collect()
}

/// Whether a character acts on a terminal, or on the order of characters, instead of being seen.
fn hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The name that was probably meant: the nearest within a third of its length, also with its words in another
/// order (`next_match`).
///
/// Distance: Damerau–Levenshtein, optimal string alignment.
pub(super) fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |name: &str| {
        strsim::osa_distance(written, name)
            .min(strsim::osa_distance(&sorted_words(written), &sorted_words(name)))
    };
    names
        .map(|name| (distance(name), name))
        .filter(|(distance, name)| *distance <= name.chars().count().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The words of a name in alphabetical order.
fn sorted_words(name: &str) -> String {
    let mut words: Vec<&str> = name.split(['_', '-']).collect();
    words.sort_unstable();
    words.join("_")
}
