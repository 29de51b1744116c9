//! The terminal as the reader takes it and gives it back: one guard for quitting, panics and signals.

use std::io::{self, IsTerminal, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

/// Alternate screen, bracketed paste, no cursor: in this order, in one write.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l";
/// The reverse; also ends a synchronized update and all styles that a broken-off frame may have left.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?1049l";

/// Whether the terminal is taken at this moment; the panic hook asks.
static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal, and sees to it that a panic gives it back before its message is printed.
    ///
    /// # Errors
    /// Where standard output is no terminal or raw mode is refused.
    pub fn enter() -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::other("standard output is not a terminal"));
        }
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                give_back();
                before(info);
            }));
        });
        let guard = Self(());
        guard.take()?;
        Ok(guard)
    }

    /// Takes the terminal again after [`Self::leave`].
    ///
    /// # Errors
    /// Where raw mode is refused or the terminal cannot be written to.
    pub fn take(&self) -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let mut stdout = io::stdout().lock();
        stdout.write_all(ENTER)?;
        stdout.flush()
    }

    /// Gives the terminal back.
    pub fn leave(&self) {
        give_back();
    }

    /// Leaves the terminal alone: it is gone, and writing to it could block.
    pub fn abandon(&self) {
        TAKEN.store(false, Ordering::SeqCst);
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Gives the terminal back once. Errors are passed over: there is nowhere left to report them.
fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut stdout = io::stdout().lock();
        let _ = stdout.write_all(LEAVE);
        let _ = stdout.flush();
        let _ = crossterm::terminal::disable_raw_mode();
    }
}
