//! Another program, asked something: what it prints, or nothing where it takes too long.

use std::process::{Command, Stdio};
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
}
