//! Which commands a restricted reading has. Which files it may read the shelf decides.

use super::arguments::{CheckArguments, Command, KeysArguments};
use super::error::CommandError;

/// What the reader says where Ctrl-Z would lead to a shell.
pub const NO_SHELL: &str = "a restricted reading does not stop for a shell";

/// Whether a command may be run; without one the reader opens.
///
/// # Errors
/// Where it writes, or reads files that are no texts of the library: a sentence that says so.
pub fn allow(command: Option<&Command>) -> Result<(), CommandError> {
    let refused = match command {
        Some(Command::Add(_)) => "`diptych add` is refused: a restricted reading adds nothing to its library",
        Some(Command::Fingerprint(_)) => {
            "`diptych fingerprint` is refused: a restricted reading is for reading, not for editing texts/"
        }
        Some(Command::Doctor(_)) => {
            "`diptych doctor` is refused: a restricted reading runs no program and tries no folder"
        }
        Some(Command::Check(CheckArguments { folder: Some(_), .. })) => {
            "`diptych check DIR` is refused: a restricted reading looks into no folder but its library"
        }
        Some(Command::Keys(KeysArguments { check: Some(_) })) => {
            "`diptych keys --check` is refused: a restricted reading opens no file outside of its library"
        }
        Some(
            Command::List(_)
            | Command::Passages(_)
            | Command::Topics(_)
            | Command::Links(_)
            | Command::Align(_)
            | Command::Print(_)
            | Command::Check(_)
            | Command::Keys(_)
            | Command::Man,
        )
        | None => return Ok(()),
    };
    Err(CommandError::Usage(refused.to_owned()))
}
