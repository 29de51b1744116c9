//! From the bytes of an untidy file to an edition: a format is one file here, a cleaning pass one function.
//!
//! Nothing is keyed to a file name. Every byte of the source ends in a passage or in a counted notice.

mod assemble;
pub mod decode;
pub mod draft;
pub mod glyphs;
pub mod inline;
pub mod lines;
pub mod markdown;
pub mod passes;
mod pieces;
mod plain;
pub mod scan;
pub mod segmented;
pub mod text;
pub mod window;

#[cfg(test)]
mod testing;

use draft::Draft;
use lines::Line;
use passes::{
    apparatus, datelines, explicit_numbers, gutenberg, headings, joins, lists, markup, note_marks, notes,
    page_marks, quotations, repeated_titles, rules, running_heads, title_page,
};

use super::Edition;

/// The formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text: paragraphs between blank lines or one a line, hard-wrapped or not.
    PlainText,
    /// Markdown, also the loose kind that converters write.
    Markdown,
}

impl Format {
    /// The format that a file's extension promises; `None` where it promises none.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        let markdown = ["md", "markdown"].iter().any(|name| extension.eq_ignore_ascii_case(name));
        markdown.then_some(Self::Markdown)
    }
}

/// Why bytes cannot be read as a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No bytes.
    #[error("the file is empty")]
    Empty,
    /// Nothing but white space.
    #[error("the file holds no text, only blanks and line ends")]
    Blank,
    /// Bytes that are no text.
    #[error("this is not a text file: {0}")]
    Binary(String),
    /// An encoding label that nobody knows.
    #[error("unknown encoding `{0}`")]
    UnknownEncoding(String),
}

/// A cleaning pass.
type Pass = fn(&mut Draft<'_>);

/// The passes in their order. Notes go out before sentences are joined over them; what is front matter or
/// apparatus is known before the rest is read as lists, headings and quotations.
const PASSES: [Pass; 20] = [
    markup::say,
    running_heads::take,
    gutenberg::read,
    page_marks::read_bare_numbers,
    page_marks::read_feet,
    page_marks::take_inline,
    explicit_numbers::take,
    note_marks::find,
    notes::take,
    apparatus::read,
    title_page::read,
    repeated_titles::set_apart,
    joins::join_interrupted,
    joins::join_divided_words,
    notes::set_orphans_apart,
    lists::read,
    datelines::read,
    headings::read,
    rules::read_section_breaks,
    quotations::read,
];

/// Reads an edition from the bytes of a file.
///
/// `format` and `encoding` (a WHATWG label) are guessed from the bytes where they are `None`.
///
/// # Errors
/// Where the bytes are empty or no text, or the encoding label is unknown.
pub fn read(bytes: &[u8], format: Option<Format>, encoding: Option<&str>) -> Result<Edition, ImportError> {
    let decoded = decode::decode(bytes, encoding)?;
    let text: &str = &decoded.text;
    let format = format.unwrap_or_else(|| guess_format(text));
    let lines = lines::split(text);
    let draft = cleaned(text, &lines, format, wrap_width(text, &lines, format), &PASSES);
    Ok(assemble::edition(draft, &decoded, bytes.len()))
}

/// The width at which a text of these lines was wrapped by hand.
fn wrap_width(text: &str, lines: &[Line], format: Format) -> Option<usize> {
    match format {
        Format::PlainText => text::wrap_width(text, lines),
        Format::Markdown => markdown::wrap_width(text, lines),
    }
}

/// The draft of a text of these lines after some passes.
fn cleaned<'a>(
    text: &'a str,
    lines: &[Line],
    format: Format,
    wrap: Option<usize>,
    passes: &[Pass],
) -> Draft<'a> {
    let blocks = match format {
        Format::PlainText => text::blocks(text, lines, wrap),
        Format::Markdown => markdown::blocks(text, lines, wrap),
    };
    let mut draft = Draft::new(text, format, blocks);
    for pass in passes {
        pass(&mut draft);
    }
    draft
}

/// The format of a text by its signs.
fn guess_format(text: &str) -> Format {
    if markdown::is_markdown(text) { Format::Markdown } else { Format::PlainText }
}
