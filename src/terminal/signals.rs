//! Signals and the line going down, as things that wake the loop.

use std::io;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Signal, getpgrp, kill_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::flag;
use signal_hook::iterator::Signals;

use super::Incoming;

/// The signal of a line that went down.
pub const HANGUP: i32 = SIGHUP;

/// Whether a signal asks the program to stop until it is continued.
#[must_use]
pub const fn stops(signal: i32) -> bool {
    signal == SIGTSTP
}

/// Whether a signal says that the program was continued.
#[must_use]
pub const fn continues(signal: i32) -> bool {
    signal == SIGCONT
}

/// Whether a signal says that the terminal has another size, or asks for all of it again.
#[must_use]
pub const fn resizes(signal: i32) -> bool {
    signal == SIGWINCH
}

/// Starts listening to signals and to the terminal's line.
///
/// # Errors
/// Where a thread or a handler cannot be set up.
pub fn listen(sender: &Sender<Incoming>) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let to_loop = sender.clone();
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if to_loop.send(Incoming::Signal(signal)).is_err() {
                return;
            }
        }
    })?;
    let to_loop = sender.clone();
    std::thread::Builder::new().name("line".to_owned()).spawn(move || {
        watch_line();
        // The loop is gone if this cannot be sent; then there is nobody to tell.
        let _ = to_loop.send(Incoming::Signal(SIGHUP));
    })?;
    Ok(())
}

/// Ctrl-C sets `interrupted` instead of ending the program, which it does the second time.
///
/// # Errors
/// Where a handler cannot be set up.
pub fn catch_interrupt(interrupted: &Arc<AtomicBool>) -> io::Result<()> {
    // In this order: a handler that stands first sees the flag as the signal before left it.
    flag::register_conditional_shutdown(SIGINT, 128 + SIGINT, Arc::clone(interrupted))?;
    flag::register(SIGINT, Arc::clone(interrupted))?;
    Ok(())
}

/// Returns when the terminal has gone away. A dropped connection does not always send SIGHUP, and the
/// library that reads keys then spins without noticing; waiting for no event at all wakes at once.
fn watch_line() {
    while !hung_up(None) {}
}

/// Whether the terminal has gone away.
#[must_use]
pub fn line_is_down() -> bool {
    hung_up(Some(&Timespec::default()))
}

/// Whether the terminal is there and takes bytes at once.
#[must_use]
pub fn line_takes_bytes() -> bool {
    let output = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&output, PollFlags::OUT)];
    poll(&mut fds, Some(&Timespec::default())).is_ok() && fds[0].revents() == PollFlags::OUT
}

/// Waits for the line to go down, at most so long; whether it is down.
fn hung_up(at_most: Option<&Timespec>) -> bool {
    let output = rustix::stdio::stdout();
    let mut fds = [PollFd::new(&output, PollFlags::empty())];
    match poll(&mut fds, at_most) {
        Ok(_) => fds[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL),
        Err(error) => error != rustix::io::Errno::INTR,
    }
}

/// Stops the whole foreground group, as a shell expects of Ctrl-Z. A stop signal sent to oneself is
/// discarded in an orphaned group; SIGSTOP never is.
pub fn stop_here() {
    // Where stopping is refused the reading simply goes on.
    let _ = kill_process_group(getpgrp(), Signal::STOP);
}
