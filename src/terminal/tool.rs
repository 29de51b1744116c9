//! Another program, asked something or given something, for no longer than patience lasts.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// What a program prints, without blanks at its ends; `None` where it is missing, fails, prints no UTF-8 or takes
/// longer than `patience`. A tmux whose server hangs would hang its asker.
#[must_use]
pub fn printed(command: &[&str], patience: Duration) -> Option<String> {
    let (name, arguments) = command.split_first()?;
    let child = Command::new(name)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let id = child.id();
    let (sender, ended) = mpsc::channel();
    let wait = move || {
        let _ = sender.send(child.wait_with_output());
    };
    std::thread::Builder::new().name("tool".to_owned()).spawn(wait).ok()?;
    match ended.recv_timeout(patience) {
        Ok(Ok(output)) if output.status.success() => {
            String::from_utf8(output.stdout).ok().map(|printed| printed.trim().to_owned())
        }
        Ok(_) => None,
        Err(_) => {
            end(id);
            None
        }
    }
}

/// Why a program did not take what it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not there.
    Missing,
    /// It failed or took too long.
    Failed,
}

/// Gives a text to a program on its standard input. What it prints goes nowhere: it would be on the screen.
///
/// # Errors
/// Where it is missing, does not take all, fails, or takes longer than `patience`; then it is ended.
pub fn give(command: &[&str], text: &str, patience: Duration) -> Result<(), Refusal> {
    let (name, arguments) = command.split_first().ok_or(Refusal::Missing)?;
    let child = Command::new(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Refusal::Missing)?;
    let id = child.id();
    let (sender, ended) = mpsc::channel();
    let text = text.to_owned();
    let wait = move || {
        let _ = sender.send(take(child, &text).unwrap_or(false));
    };
    let started = std::thread::Builder::new().name("tool".to_owned()).spawn(wait);
    started.map_err(|_| Refusal::Failed)?;
    match ended.recv_timeout(patience) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Refusal::Failed),
        Err(_) => {
            end(id);
            Err(Refusal::Failed)
        }
    }
}

/// Whether a program took all and ended well.
fn take(mut child: Child, text: &str) -> io::Result<bool> {
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(text.as_bytes()));
    let ended = child.wait()?.success();
    Ok(ended && matches!(written, Some(Ok(()))))
}

/// Ends a program that is not waited for any more.
fn end(id: u32) {
    #[cfg(unix)]
    if let Some(id) = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw) {
        // It may have ended by itself meanwhile.
        let _ = rustix::process::kill_process(id, rustix::process::Signal::KILL);
    }
    #[cfg(not(unix))]
    let _ = id;
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_waited_for_only_so_long() {
        let long = Duration::from_secs(20);
        assert_eq!(printed(&["echo", "on"], long).as_deref(), Some("on"));
        assert_eq!(printed(&["false"], long), None);
        assert_eq!(printed(&["no-such-program-anywhere"], long), None);
        assert_eq!(printed(&[], long), None);
        assert_eq!(printed(&["sleep", "1000"], Duration::ZERO), None);
    }

    #[test]
    fn a_program_that_is_missing_fails_or_hangs_did_not_take_the_text() {
        let long = Duration::from_secs(20);
        for (command, patience, taken) in [
            (&["cat"][..], long, Ok(())),
            (&["false"], long, Err(Refusal::Failed)),
            (&["no-such-program-anywhere"], long, Err(Refusal::Missing)),
            (&[], long, Err(Refusal::Missing)),
            (&["sleep", "1000"], Duration::ZERO, Err(Refusal::Failed)),
        ] {
            assert_eq!(give(command, "words", patience), taken, "{command:?}");
        }
    }
}
