//! How far a long computation is, and whether it should stop: shared by the thread that works and the one
//! that shows it. Knows neither.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// A computation under way; clones speak of the same one.
#[derive(Clone, Debug)]
pub struct Progress {
    shared: Arc<Shared>,
    /// What of the whole computation this one speaks of, in millionths.
    part: Range<u64>,
}

/// What is counted of a whole computation.
const MILLION: u64 = 1_000_000;
/// A computation that rests looks so often whether it may go on.
const REST: Duration = Duration::from_millis(2);

#[derive(Debug, Default)]
struct Shared {
    /// Millionths of the whole that are done.
    done: AtomicU64,
    cancelled: AtomicBool,
    /// Whether it makes room for another one.
    rests: AtomicBool,
    /// After how many questions it is cancelled; 0 never.
    #[cfg(test)]
    patience: AtomicU64,
}

impl Default for Progress {
    fn default() -> Self {
        Self { shared: Arc::default(), part: 0..MILLION }
    }
}

/// A computation was told to stop before it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

impl Progress {
    /// The same computation, for one who does a part of this one's work: from and to shares in `[0, 1]`.
    #[must_use]
    pub fn part(&self, shares: Range<f32>) -> Self {
        let all = self.part.end - self.part.start;
        let place = |share: f32| self.part.start + (all as f32 * share.clamp(0.0, 1.0)) as u64;
        Self { shared: Arc::clone(&self.shared), part: place(shares.start)..place(shares.end) }
    }

    /// Says that `done` of `of` units are done. Of two who work at once the one that is farther counts: what is shown
    /// never goes back.
    ///
    /// # Errors
    /// Where the computation was cancelled: it hands this on and ends.
    pub fn reach(&self, done: usize, of: usize) -> Result<(), Cancelled> {
        let all = self.part.end - self.part.start;
        let share = (done.min(of) as u64 * all).checked_div(of as u64).unwrap_or(0);
        self.shared.done.fetch_max(self.part.start + share, Ordering::Relaxed);
        self.ask()
    }

    /// Asks whether to go on, where there is nothing new to say; waits while it is told to rest. It is not asked with
    /// a lock in hand that another computation needs.
    ///
    /// # Errors
    /// Where the computation was cancelled.
    pub fn ask(&self) -> Result<(), Cancelled> {
        #[cfg(test)]
        if self.shared.patience.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.cancel();
        }
        while self.shared.rests.load(Ordering::Relaxed) && !self.is_cancelled() {
            thread::sleep(REST);
        }
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// Tells the computation to wait at its next step, or to go on.
    pub fn rest(&self, rests: bool) {
        self.shared.rests.store(rests, Ordering::Relaxed);
    }

    /// Hundredths that are done, at most 100; 0 where nothing was said yet.
    #[must_use]
    pub fn percent(&self) -> u8 {
        (self.shared.done.load(Ordering::Relaxed) * 100 / MILLION) as u8
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

    /// A computation that is told to stop when it asks for the `question`th time, from 1.
    #[cfg(test)]
    #[must_use]
    pub fn cancelled_at(question: u64) -> Self {
        let progress = Self::default();
        progress.shared.patience.store(question, Ordering::Relaxed);
        progress
    }
}

/// What a computation gives that nobody can stop.
pub fn unstopped<T>(compute: impl FnOnce(&Progress) -> Result<T, Cancelled>) -> T {
    match compute(&Progress::default()) {
        Ok(found) => found,
        Err(Cancelled) => unreachable!("nobody else holds its progress"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_follow_each_other_and_never_go_back() {
        let whole = Progress::default();
        let [first, second] = [whole.part(0.0..0.5), whole.part(0.5..1.0)];
        let said = |progress: &Progress, done: usize| {
            progress.reach(done, 10).unwrap();
            whole.percent()
        };
        assert_eq!(said(&first, 2), 10);
        assert_eq!(said(&second, 0), 50);
        assert_eq!(said(&first, 10), 50);
        assert_eq!(said(&second.part(0.5..1.0), 5), 87);
        assert_eq!(said(&second, 10), 100);
    }

    #[test]
    fn a_computation_that_rests_waits_until_it_may_go_on_or_is_cancelled() {
        for ends in [|progress: &Progress| progress.rest(false), Progress::cancel] {
            let progress = Progress::default();
            progress.rest(true);
            let works = progress.part(0.0..0.5);
            let working = thread::spawn(move || works.reach(1, 1));
            thread::sleep(5 * REST);
            assert!(!working.is_finished());
            ends(&progress);
            let expected = if progress.is_cancelled() { Err(Cancelled) } else { Ok(()) };
            assert_eq!(working.join().unwrap(), expected);
        }
    }

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
