//! `diptych passages`: a text, passage by passage.

use super::arguments::{Format, PassagesArguments};
use super::context::Context;
use super::error::CommandError;
use super::output::Output;
use super::records::PassagesRecord;
use crate::document::{Edition, Kind, Passage};
use crate::library::Text;

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
            write(&text.edition, output)?;
            if !text.edition.notices().is_empty() {
                output.line("")?;
            }
            for notice in text.edition.notices() {
                output.line(&format!("notice: {} ({})", notice.what, notice.count))?;
            }
        }
    }
    Ok(())
}

/// One line for each passage: its number or kind, its page where one begins, its words.
fn write(edition: &Edition, output: &mut Output<'_>) -> Result<(), CommandError> {
    for passage in edition.passages() {
        match passage.kind {
            Kind::Heading => {
                output.heading(&format!("{} {}", "#".repeat(passage.level.max(1).into()), passage.text))?;
            }
            Kind::Break => output.line(&passage.text)?,
            Kind::Dateline | Kind::FrontMatter | Kind::Apparatus => {
                output.line(&format!("({}) {}", passage.kind.name(), passage.text))?;
            }
            Kind::Paragraph | Kind::Quotation | Kind::ListItem | Kind::VerseLine => {
                output.line(&format!("{} {}", reference(passage), passage.text))?;
            }
        }
        for note in &passage.notes {
            let text = note.text.as_deref().unwrap_or("(the note is missing in the source)");
            output.line(&format!("    [{}] {text}", note.mark))?;
        }
    }
    Ok(())
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
    let author = text.author().map(|author| format!("{author}, ")).unwrap_or_default();
    let year = text.year().map(|year| format!("{year}, ")).unwrap_or_default();
    format!("{author}{} ({year}{})", text.short_title(), text.form.name())
}
