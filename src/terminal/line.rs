//! The line to the terminal: standard output past its buffer, what is typed, and whether anybody is left at the
//! other end.

use std::fs::File;
use std::io::{self, Write};
#[cfg(unix)]
use std::{io::IsTerminal, os::fd::AsFd};

/// Standard output without a line buffer, so that a frame is one write.
#[derive(Debug)]
pub struct Line(File);

impl Line {
    /// Opens the line.
    ///
    /// # Errors
    /// Where standard output cannot be opened a second time.
    pub fn open() -> io::Result<Self> {
        standard_output().map(Self)
    }
}

/// What is typed: standard input, or the terminal itself where a text comes in there.
///
/// # Errors
/// Where there is no terminal to read from.
#[cfg(unix)]
pub fn typed() -> io::Result<File> {
    let input = io::stdin();
    if input.is_terminal() {
        return input.as_fd().try_clone_to_owned().map(File::from);
    }
    File::open("/dev/tty")
}

#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    io::stdout().as_handle().try_clone_to_owned().map(File::from)
}

/// Whether the terminal has gone away.
#[must_use]
pub fn is_down() -> bool {
    #[cfg(unix)]
    let down = super::signals::line_is_down();
    #[cfg(not(unix))]
    let down = false;
    down
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A terminal that has gone away takes everything: the loop learns of it by itself, and the terminal
        // library would report a last failed write on a standard error that is gone too.
        self.0.write(bytes).or_else(|error| if is_down() { Ok(bytes.len()) } else { Err(error) })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
