//! One question to the terminal, and what it answers. For `diptych doctor` alone: a reading asks nothing, since
//! over a slow line answers come late and are taken for keys.

pub mod answers;
#[cfg(unix)]
mod tty;

use std::io;
use std::time::Duration;

pub use answers::{Answers, Mode};

/// How long the whole answer may take; a line around the world needs a third of a second.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Characters whose width is measured by asking where the cursor is after them: one that shows whether the
/// terminal takes UTF-8, then some of ambiguous width.
pub const MEASURED: [&str; 4] = ["ä", "¶", "─", "Я"];

/// What is asked, in one go. The last part, the primary attributes, is answered by every terminal, and answers
/// come in order: when it is there, what is missing will not come any more.
#[must_use]
pub fn question(console: bool) -> String {
    let measured = MEASURED.map(|character| format!("\r{character}\x1b[6n")).concat();
    // The Linux console would print a part of the longer questions.
    let more = if console { "" } else { "\x1b[>0q\x1b[>c\x1b[?69$p\x1b[?2026$p\x1b]11;?\x1b\\" };
    format!("{more}{measured}\r\x1b[K\x1b[c")
}

/// Asks the terminal, and waits for its answers.
///
/// # Errors
/// Where the terminal cannot be set up, read or written to.
pub fn ask(console: bool, patience: Duration) -> io::Result<Answers> {
    #[cfg(unix)]
    let answered = tty::ask(question(console).as_bytes(), patience)?;
    #[cfg(not(unix))]
    let answered = {
        let _ = (question(console), patience);
        (Vec::new(), None)
    };
    Ok(Answers::read(&answered.0, answered.1))
}
