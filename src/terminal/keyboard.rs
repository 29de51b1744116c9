//! The thread that listens to the terminal and hands on what it sends, timed, since the loop may be drawing when a
//! piece arrives.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Instant;

use super::Incoming;

/// Starts listening. Times are since `begun`.
///
/// # Errors
/// Where there is no terminal to listen to, or no thread.
#[cfg(unix)]
pub fn listen(sender: Sender<Incoming>, begun: Instant) -> io::Result<()> {
    use std::io::{ErrorKind, Read};
    use std::time::Duration;

    use super::line;

    /// Nothing comes from a terminal that has gone away, or that another program has: it is not asked without pause.
    const PAUSE: Duration = Duration::from_millis(100);

    let mut typed = line::typed()?;
    std::thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        let mut piece = [0; 4096];
        loop {
            match typed.read(&mut piece) {
                Ok(length @ 1..) => {
                    let bytes = piece.get(..length).unwrap_or_default().to_vec();
                    if sender.send(Incoming::Typed { bytes, at: begun.elapsed() }).is_err() {
                        return;
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Ok(0) | Err(_) => std::thread::sleep(PAUSE),
            }
        }
    })?;
    Ok(())
}

/// Starts listening.
///
/// # Errors
/// Where there is no thread.
#[cfg(not(unix))]
pub fn listen(sender: Sender<Incoming>, _: Instant) -> io::Result<()> {
    std::thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if sender.send(Incoming::Event(event)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}
