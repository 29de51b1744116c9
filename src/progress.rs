//! How far a long computation is, and whether it should stop: shared by the thread that works and the one
//! that shows it. Knows neither.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// A computation under way; clones speak of the same one.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    done: AtomicU64,
    of: AtomicU64,
    cancelled: AtomicBool,
}

/// A computation was told to stop before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

impl Progress {
    /// Says that `done` of `of` units are done.
    ///
    /// # Errors
    /// Where the computation was cancelled: it hands this on and ends.
    pub fn reach(&self, done: usize, of: usize) -> Result<(), Cancelled> {
        self.shared.done.store(done as u64, Ordering::Relaxed);
        self.shared.of.store(of as u64, Ordering::Relaxed);
        self.ask()
    }

    /// Asks whether to go on, where there is nothing new to say.
    ///
    /// # Errors
    /// Where the computation was cancelled.
    pub fn ask(&self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// Hundredths that are done, at most 100; 0 where nothing was said yet.
    #[must_use]
    pub fn percent(&self) -> u8 {
        let of = self.shared.of.load(Ordering::Relaxed);
        let done = self.shared.done.load(Ordering::Relaxed).min(of);
        (done * 100).checked_div(of).unwrap_or(0) as u8
    }

    /// Tells the computation to stop at its next step.
    pub fn cancel(&self) {
        self.shared.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was told to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.shared.cancelled.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_who_shows_sees_what_the_one_who_works_says() {
        let works = Progress::default();
        let shows = works.clone();
        assert_eq!(shows.percent(), 0);
        assert_eq!(works.reach(1, 4), Ok(()));
        assert_eq!(shows.percent(), 25);
        shows.cancel();
        assert_eq!(works.reach(2, 4), Err(Cancelled));
        assert_eq!(works.reach(9, 4), Err(Cancelled));
        assert_eq!(shows.percent(), 100);
    }
}
