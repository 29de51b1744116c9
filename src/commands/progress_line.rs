//! A long computation as its reader sees it: one line on standard error that counts, and Ctrl-C that ends it.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::error::CommandError;
use crate::progress::{Cancelled, Progress};
use crate::terminal::signals;

/// Between two looks at the progress.
const TICK: Duration = Duration::from_millis(25);
/// What is done sooner needs no line: it would only flicker.
const SOON: Duration = Duration::from_millis(300);

/// What a computation gives, with its progress on standard error where that is a terminal.
///
/// # Errors
/// Where Ctrl-C ended it.
pub fn watched<T: Send>(
    what: &str,
    compute: impl FnOnce(&Progress) -> Result<T, Cancelled> + Send,
) -> Result<T, CommandError> {
    if !io::stderr().is_terminal() {
        // Nobody watches: the signal ends the program as it ends any other.
        return compute(&Progress::default()).map_err(|Cancelled| CommandError::Interrupted);
    }
    let interrupted = Arc::new(AtomicBool::new(false));
    // Where it cannot be caught, the signal ends the program, as it would without this.
    let _ = signals::catch_interrupt(&interrupted);
    let progress = Progress::default();
    let (done, waiting) = mpsc::channel();
    let result = std::thread::scope(|scope| {
        let worker = progress.clone();
        scope.spawn(move || {
            // Who waits is there until this arrives.
            let _ = done.send(compute(&worker));
        });
        let mut shown = Shown::default();
        loop {
            match waiting.recv_timeout(TICK) {
                Ok(result) => break Some(result),
                Err(RecvTimeoutError::Disconnected) => break None,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if interrupted.load(Ordering::Relaxed) {
                progress.cancel();
            }
            shown.say(what, &progress);
        }
    });
    match result {
        Some(Ok(found)) if !interrupted.load(Ordering::Relaxed) => Ok(found),
        Some(_) | None => Err(CommandError::Interrupted),
    }
}

/// What work gives that nobody can ask how far it is, with a line on standard error while it lasts, where that is a
/// terminal. Ctrl-C ends the program as it ends any other: only before [`watched`] catches it.
pub fn shown<T>(what: &str, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let (done, waiting) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if waiting.recv_timeout(SOON) == Err(RecvTimeoutError::Timeout) {
                let _ = write!(io::stderr(), "\r{what}  (Ctrl-C stops)");
                // Until the other end is dropped.
                let _ = waiting.recv();
                let _ = write!(io::stderr(), "\r\x1b[K");
            }
        });
        let found = work();
        drop(done);
        found
    })
}

/// The line on the screen; it is wiped away at the end, however that comes.
#[derive(Default)]
struct Shown {
    percent: Option<u8>,
}

impl Shown {
    fn say(&mut self, what: &str, progress: &Progress) {
        let percent = progress.percent();
        if self.percent != Some(percent) {
            self.percent = Some(percent);
            let _ = write!(io::stderr(), "\r{what} {percent:>3} %  (Ctrl-C stops)");
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if self.percent.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
