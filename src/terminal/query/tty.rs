//! The terminal on standard input and output, for the length of one question.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

use super::answers::is_whole;

/// Gives the terminal its attributes back, and drops answers that came too late: they would be typed into the
/// shell.
struct Restored(Termios);

impl Drop for Restored {
    fn drop(&mut self) {
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Flush, &self.0);
    }
}

/// Writes a question and reads until the last answer or until patience ends: the bytes, and the time to the first
/// of them.
pub fn ask(question: &[u8], patience: Duration) -> io::Result<(Vec<u8>, Option<Duration>)> {
    let input = rustix::stdio::stdin();
    let before = tcgetattr(input)?;
    let mut raw = before.clone();
    raw.make_raw();
    let _restored = Restored(before);
    tcsetattr(input, OptionalActions::Flush, &raw)?;
    let mut output = io::stdout().lock();
    output.write_all(question)?;
    output.flush()?;
    let asked = Instant::now();
    let (mut answer, mut first) = (Vec::new(), None);
    while !is_whole(&answer) {
        let left = patience.saturating_sub(asked.elapsed());
        let at_most = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() };
        let mut fds = [PollFd::new(&input, PollFlags::IN)];
        match poll(&mut fds, Some(&at_most)) {
            Ok(0) => break,
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        let mut piece = [0; 512];
        let length = rustix::io::read(input, &mut piece)?;
        first = first.or(Some(asked.elapsed()));
        answer.extend(piece.get(..length).unwrap_or_default());
        if length == 0 {
            break;
        }
    }
    Ok((answer, first))
}
