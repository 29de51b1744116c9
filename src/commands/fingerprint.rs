//! `diptych fingerprint`: the fingerprints of a work, made from a complete and clean copy of its original.

use std::path::Path;

use super::arguments::FingerprintArguments;
use super::context::Context;
use super::error::CommandError;
use super::output::Output;
use crate::document::import;
use crate::library::OpenError;
use crate::library::open::{Shelf, shown};
use crate::library::recognise::fingerprints::Fingerprints;

/// Prints the fingerprints of a file, by the numbers that the import counts in it.
///
/// # Errors
/// Where the file cannot be read or the output not written.
pub fn run(
    context: &Context,
    arguments: &FingerprintArguments,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let path = (arguments.file != "-").then(|| Path::new(&arguments.file));
    let bytes = context.shelf.read(path).map_err(OpenError::Read)?;
    let edition = import::read(&bytes, None, context.library.encoding.as_deref())
        .map_err(|error| OpenError::Import { path: shown(path), error })?;
    output.raw(Fingerprints::of(&edition).to_string().as_bytes())?;
    Ok(())
}
