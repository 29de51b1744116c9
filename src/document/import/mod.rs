//! From the bytes of an untidy file to an edition: a format is one file here, a cleaning pass one function.
//!
//! Nothing is keyed to a file name. Every byte of the source ends in a passage or in a counted notice.

use super::Edition;

/// The formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text: paragraphs between blank lines or one a line, hard-wrapped or not.
    PlainText,
    /// Markdown, also the loose kind that converters write.
    Markdown,
}

/// Why bytes cannot be read as a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// Bytes that are no text.
    #[error("this is not a text file: {0}")]
    Binary(String),
    /// An encoding label that nobody knows.
    #[error("unknown encoding `{0}`")]
    UnknownEncoding(String),
}

/// Reads an edition from the bytes of a file.
///
/// `format` and `encoding` (a WHATWG label) are guessed from the bytes where they are `None`.
///
/// # Errors
/// Where the bytes are empty or no text, or the encoding label is unknown.
pub fn read(_bytes: &[u8], _format: Option<Format>, _encoding: Option<&str>) -> Result<Edition, ImportError> {
    Err(ImportError::Empty)
}
