//! `diptych keys`: the keymap in force as TOML, and the report on a keymap file.

use std::io::{self, Write};

use super::arguments::KeysArguments;
use super::context::Context;
use super::error::{CommandError, NOT_FOUND};
use super::output::Output;
use crate::files::keymap;
use crate::keys::{Keymap, Severity, render};
use crate::library::open::shown;

/// Prints the effective keymap, or with `--check` what is wrong with a file.
///
/// # Errors
/// Where the file cannot be read, has errors (warnings are printed and let pass), or the output cannot be
/// written.
pub fn run(
    context: &Context,
    arguments: &KeysArguments,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let Some(path) = &arguments.check else {
        let loaded = keymap::load(&context.folders);
        if let Some(sentence) = loaded.sentence() {
            // Standard output stays a valid keymap.
            let _ = writeln!(io::stderr(), "diptych: {sentence}");
        }
        output.raw(loaded.keymap.to_toml().as_bytes())?;
        return Ok(());
    };
    let source = keymap::read(path)?;
    let name = shown(Some(path));
    let (_, problems) = Keymap::with_overlay(&source, &name);
    if problems.is_empty() {
        output.line(&format!("{name}: no problems"))?;
        return Ok(());
    }
    output.raw(render(&problems, &source, &name, output.is_bold()).as_bytes())?;
    let wrong = problems.iter().any(|problem| problem.severity == Severity::Error);
    if wrong { Err(CommandError::Reported(NOT_FOUND)) } else { Ok(()) }
}
