//! One frame, one write: what is drawn is gathered and sent inside a synchronized update.

use std::fs::File;
use std::io::{self, Write};

/// Begins and ends a synchronized update; terminals that do not know the mode ignore it.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Gathers the bytes of a frame until it is flushed.
#[derive(Debug)]
pub struct FrameWriter {
    out: File,
    frame: Vec<u8>,
}

impl FrameWriter {
    /// A writer to standard output, past its line buffer.
    ///
    /// # Errors
    /// Where standard output cannot be opened a second time.
    pub fn new() -> io::Result<Self> {
        Ok(Self { out: standard_output()?, frame: BEGIN.to_vec() })
    }
}

#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd;
    io::stdout().as_fd().try_clone_to_owned().map(File::from)
}

#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    io::stdout().as_handle().try_clone_to_owned().map(File::from)
}

impl Write for FrameWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.len() > BEGIN.len() {
            self.frame.extend_from_slice(END);
            let sent = self.out.write_all(&self.frame);
            self.frame.truncate(BEGIN.len());
            // A terminal that has gone away takes everything: the loop learns of it by itself, and the
            // terminal library would report a last failed write on a standard error that is gone too.
            return sent.or_else(|error| if super::line_is_down() { Ok(()) } else { Err(error) });
        }
        Ok(())
    }
}
