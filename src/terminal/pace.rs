//! When a frame of a new size is painted: a window that is dragged passes on every size on the way, and each is a
//! whole screen. Does not know what is painted.

use std::time::Duration;

/// Frames of new sizes are painted no closer than this: twenty in a second still follow the hand.
const EVERY: Duration = Duration::from_millis(50);

/// The pace of frames of new sizes, in time since the reading began. The first size is painted at once and the last
/// one always; of those between, what the pace allows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pace {
    /// When a frame of a new size was painted last.
    painted: Option<Duration>,
    waits: bool,
}

impl Pace {
    /// A size has come; whether its frame has to wait until the [deadline](Self::deadline).
    pub fn holds(&mut self, now: Duration) -> bool {
        self.waits = self.painted.is_some_and(|painted| now < painted + EVERY);
        if !self.waits {
            self.painted = Some(now);
        }
        self.waits
    }

    /// Until when a frame waits; `None` where none does.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.painted.filter(|_| self.waits).map(|painted| painted + EVERY)
    }

    /// A frame was painted, for whatever reason.
    pub fn paint(&mut self, now: Duration) {
        if std::mem::take(&mut self.waits) {
            self.painted = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn one_size_is_painted_at_once_and_leaves_nothing_to_wait_for() {
        let mut pace = Pace::default();
        assert!(!pace.holds(ms(700)));
        assert_eq!(pace.deadline(), None);
    }

    #[test]
    fn of_a_storm_the_first_and_the_last_are_painted_and_few_between() {
        let mut pace = Pace::default();
        let mut painted = Vec::new();
        for at in (0..2000).step_by(10) {
            if let Some(deadline) = pace.deadline().filter(|deadline| *deadline <= ms(at)) {
                pace.paint(deadline);
                painted.push(deadline);
            }
            if !pace.holds(ms(at)) {
                painted.push(ms(at));
            }
        }
        let last = pace.deadline().unwrap();
        assert!(last > ms(1990) && last <= ms(2040), "{last:?}");
        assert_eq!(painted[0], ms(0));
        assert!(painted.len() <= 41, "{painted:?}");
        pace.paint(last);
        assert_eq!(pace.deadline(), None);
    }

    #[test]
    fn a_frame_for_another_reason_shows_the_size_that_waited() {
        let mut pace = Pace::default();
        pace.holds(ms(0));
        assert!(pace.holds(ms(10)));
        pace.paint(ms(20));
        assert_eq!(pace.deadline(), None);
        assert!(pace.holds(ms(60)), "the frame at 20 ms was of a new size");
    }
}
