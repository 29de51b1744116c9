//! Settings that a person wrote: small files in UTF-8.

use std::path::Path;

use super::text;
use crate::library::open::{ReadError, shown};

/// The text of a file; `what` it is stands in the sentence about bytes that are no UTF-8.
///
/// # Errors
/// Where it cannot be read or is no UTF-8.
pub fn read(path: &Path, what: &str) -> Result<String, ReadError> {
    String::from_utf8(text::read(Some(path))?).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
        ReadError {
            path: shown(Some(path)),
            why: format!("line {line} is no UTF-8; {what} is written in UTF-8"),
        }
    })
}

/// One sentence about what is wrong with a file and where to read more, which `advice` says for its path;
/// `None` where nothing is wrong.
#[must_use]
pub fn sentence(
    unreadable: Option<&ReadError>,
    path: Option<&str>,
    problems: usize,
    advice: impl Fn(&str) -> String,
) -> Option<String> {
    if let Some(error) = unreadable {
        return Some(error.to_string());
    }
    let path = path.filter(|_| problems > 0)?;
    let counted = if problems == 1 { "1 problem".to_owned() } else { format!("{problems} problems") };
    Some(format!("{path}: {counted}; {}", advice(path)))
}
