//! `diptych passages`: a text, passage by passage.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::arguments::{Format, PassagesArguments};
use super::context::Context;
use super::error::CommandError;
use super::output::Output;
use super::records::PassagesRecord;
use crate::document::{Edition, Kind, Note, Notice, Passage};
use crate::library::Text;
use crate::library::apart::told_apart;

/// Prints the passages of a text.
///
/// # Errors
/// Where the text cannot be opened or the output not written.
pub fn run(
    context: &Context,
    arguments: &PassagesArguments,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let text = context.open(&arguments.text)?;
    match arguments.format {
        Format::Json => output.json(&PassagesRecord::new(&text))?,
        Format::Text => {
            output.heading(&title(&text))?;
            if let Some(numbering) = text.edition.numbering() {
                output.line(&format!("{} of the work's {} passages", numbering.found, numbering.of))?;
            }
            output.line("")?;
            write_passages(&text.edition, output)?;
            let notices = text.edition.notices();
            let is_untouched = notices.iter().all(Notice::is_usual);
            let told = if is_untouched { &[] } else { notices };
            if !told.is_empty() {
                output.line("")?;
            }
            for notice in told {
                output.line(&format!("notice: {} ({})", notice.what, notice.count))?;
            }
        }
    }
    Ok(())
}

/// One line for each passage: its number or kind, its page where one begins, its words.
fn write_passages(edition: &Edition, output: &mut Output<'_>) -> Result<(), CommandError> {
    for passage in edition.passages() {
        match passage.kind {
            Kind::Heading => {
                let level = "#".repeat(passage.level.max(1).into());
                output.heading(&format!("{level} {}", marked(passage)))?;
            }
            Kind::Break => output.line(&marked(passage))?,
            Kind::Dateline | Kind::FrontMatter | Kind::Apparatus => {
                output.line(&format!("({}) {}", passage.kind.name(), marked(passage)))?;
            }
            Kind::Paragraph | Kind::Quotation | Kind::ListItem | Kind::VerseLine => {
                output.line(&format!("{} {}", reference(passage), marked(passage)))?;
            }
        }
        for note in &passage.notes {
            output.line(&format!("    [{}] {}", note.mark, note_words(note)))?;
        }
    }
    Ok(())
}

/// The words of a passage with the marks of its notes where they stood: `decide[1] in`.
#[must_use]
pub fn marked(passage: &Passage) -> Cow<'_, str> {
    if passage.note_marks.is_empty() {
        return Cow::Borrowed(&passage.text);
    }
    let mut words = String::new();
    let mut from = 0;
    for mark in &passage.note_marks {
        let Some(note) = passage.notes.get(mark.note) else { continue };
        words.push_str(passage.slice(from..mark.byte));
        // Writing to a string cannot fail.
        let _ = write!(words, "[{}]", note.mark);
        from = mark.byte;
    }
    words.push_str(passage.slice(from..passage.text.len()));
    Cow::Owned(words)
}

/// The words of a note, or that the source does not have them.
#[must_use]
pub fn note_words(note: &Note) -> &str {
    note.text.as_deref().unwrap_or("(the note is missing in the source)")
}

/// How a passage is cited: `¶12`, with its page where the source marks pages; its kind without a number.
#[must_use]
pub fn reference(passage: &Passage) -> String {
    let number = passage.cited().map_or_else(|| passage.kind.name().to_owned(), |cited| format!("¶{cited}"));
    match &passage.page {
        Some(page) => format!("{number} (p. {page})"),
        None => number,
    }
}

/// Author, short title, year and form of a text: what names it on a line.
#[must_use]
pub fn title(text: &Text) -> String {
    named(text, None)
}

/// What names each of two texts on a line: where both would read alike, the copy or the file too.
#[must_use]
pub fn titles(texts: [&Text; 2]) -> [String; 2] {
    match told_apart(texts) {
        Some([left, right]) => [named(texts[0], Some(left)), named(texts[1], Some(right))],
        None => texts.map(title),
    }
}

fn named(text: &Text, apart: Option<String>) -> String {
    let author = text.author().map(|author| format!("{author}, ")).unwrap_or_default();
    let year = text.year().map(|year| format!("{year}, ")).unwrap_or_default();
    let form = apart.unwrap_or_else(|| text.form.name().to_owned());
    format!("{author}{} ({year}{form})", text.short_title())
}
