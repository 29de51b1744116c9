//! The terminal as the reader takes it and gives it back: one guard for quitting, panics and signals.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Once, OnceLock};

use super::{background, environment, signals};
use crate::config::TerminalSettings;

/// How the terminal is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// On a screen of its own; without one the frames stay on the only screen, under what was there.
    pub alternate_screen: bool,
    /// With clicks and the wheel of the mouse.
    pub mouse: bool,
}

impl Manner {
    /// As it is set. The Linux console has no second screen.
    #[must_use]
    pub fn of(settings: TerminalSettings) -> Self {
        let console = environment::variable("TERM") == "linux";
        Self { alternate_screen: settings.alternate_screen && !console, mouse: settings.mouse }
    }

    /// What takes the terminal, of so many rows: screen, bracketed paste, mouse, no cursor, in this order.
    fn enter(self, rows: u16) -> String {
        // What is on the screen goes up into the history of the terminal.
        let screen =
            if self.alternate_screen { "\x1b[?1049h".to_owned() } else { "\r\n".repeat(rows.into()) };
        // Presses and the wheel (1000), with coordinates of any size (1006); no movement.
        let mouse = if self.mouse { "\x1b[?1000h\x1b[?1006h" } else { "" };
        format!("{screen}\x1b[?2004h{mouse}\x1b[?25l")
    }

    /// The reverse; also ends a synchronized update and all styles that a broken-off frame may have left. Where the
    /// terminal has no second screen after all (GNU screen has none unless told), the shell goes on below the frame.
    fn leave(self) -> String {
        let mouse = if self.mouse { "\x1b[?1006l\x1b[?1000l" } else { "" };
        // No screen has so many rows: the cursor goes to the last.
        let screen = if self.alternate_screen { "\x1b[9999;1H\x1b[K\x1b[?1049l" } else { "\x1b[9999;1H\r\n" };
        format!("\x1b[?2026l\x1b[0m\x1b[?25h{mouse}\x1b[?2004l{screen}")
    }
}

/// Whether the terminal is taken at this moment; the panic hook asks.
static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();
/// What gives the terminal back; the panic hook must know it too.
static LEAVE: OnceLock<String> = OnceLock::new();

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub struct Guard(Manner);

impl Guard {
    /// Takes the terminal, and sees to it that a panic gives it back before its message is printed.
    ///
    /// # Errors
    /// Where standard output is no terminal or raw mode is refused.
    pub fn enter(manner: Manner) -> io::Result<Self> {
        if !io::stdout().is_terminal() {
            return Err(io::Error::other("standard output is not a terminal"));
        }
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                // The reading outlives what fails beside it, and says so itself.
                let beside = std::thread::current().name() == Some(background::THREAD);
                if !(beside && TAKEN.load(Ordering::SeqCst)) {
                    give_back();
                    before(info);
                }
            }));
        });
        LEAVE.get_or_init(|| manner.leave());
        let guard = Self(manner);
        guard.take()?;
        Ok(guard)
    }

    /// Takes the terminal again, after [`Self::leave`] or after somebody else had it.
    ///
    /// # Errors
    /// Where raw mode is refused or the terminal cannot be written to.
    pub fn take(&self) -> io::Result<()> {
        // Who had the terminal meanwhile may have set it otherwise, and the library would not look.
        crossterm::terminal::disable_raw_mode()?;
        crossterm::terminal::enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        let mut stdout = io::stdout().lock();
        let rows = super::size().map_or(0, |(_, rows)| rows);
        stdout.write_all(self.0.enter(rows).as_bytes())?;
        stdout.flush()
    }

    /// Gives the terminal back.
    pub fn leave(&self) {
        give_back();
    }

    /// Gives the terminal back where it is still there. One that is gone is left alone: writing to it could block.
    pub fn leave_if_there(&self) {
        if signals::line_takes_bytes() {
            self.leave();
        }
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
        let leave = LEAVE.get().map_or("", String::as_str);
        let _ = stdout.write_all(leave.as_bytes());
        let _ = stdout.flush();
        let _ = crossterm::terminal::disable_raw_mode();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_on_entering_is_reset_on_leaving() {
        for (alternate_screen, mouse) in [(true, false), (true, true), (false, false), (false, true)] {
            let manner = Manner { alternate_screen, mouse };
            let (enter, leave) = (manner.enter(24), manner.leave());
            for mode in enter.split("\x1b[?").skip(1) {
                let (number, verb) = mode.split_at(mode.find(['h', 'l']).unwrap());
                let reverse = if verb.starts_with('h') { 'l' } else { 'h' };
                assert!(leave.contains(&format!("\x1b[?{number}{reverse}")), "{number} in {leave:?}");
            }
            assert_eq!(enter.contains("1049"), alternate_screen);
            assert!(leave.contains("\x1b[9999;1H"), "the shell goes on below what may be left on the screen");
            assert!(!alternate_screen || leave.find("9999") < leave.find("1049"), "{leave:?}");
            assert_eq!(enter.contains("?1000"), mouse);
            assert_eq!(enter.matches('\n').count(), if alternate_screen { 0 } else { 24 });
        }
    }
}
