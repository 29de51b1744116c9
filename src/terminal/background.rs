//! Work beside the reading: a thread for each, what it hands in, how far it is, and its end when the reader
//! no longer wants it. Does not know what is computed.

use std::fmt;
use std::io;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::Incoming;
use crate::progress::{Cancelled, Progress};
use crate::reader::arrival::Arrival;

/// The name of the threads that work beside the reading.
pub const THREAD: &str = "beside";

/// What is done sooner is not spoken of: a line that comes and goes in a blink is noise.
const SPOKEN_OF_AFTER: Duration = Duration::from_millis(300);

/// Something to be computed beside the reading.
pub struct Work {
    /// What is done, as a fragment for the status line: `links of the two texts`.
    what: String,
    task: Task,
}

type Task = Box<dyn FnOnce(&Desk) -> Result<(), Cancelled> + Send>;

impl Work {
    /// `what` is said while `task` runs on a thread of its own; it hands in what it finds.
    #[must_use]
    pub fn new(
        what: impl Into<String>,
        task: impl FnOnce(&Desk) -> Result<(), Cancelled> + Send + 'static,
    ) -> Self {
        Self { what: what.into(), task: Box::new(task) }
    }
}

impl fmt::Debug for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Work").field(&self.what).finish()
    }
}

/// Where a work says how far it is and hands in what it has found.
#[derive(Debug)]
pub struct Desk {
    id: u64,
    progress: Progress,
    sender: Sender<Incoming>,
}

impl Desk {
    /// How far the work is; long computations take it along.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Hands something in.
    ///
    /// # Errors
    /// Where nobody wants it any more: the work ends.
    pub fn hand_in(&self, arrival: Arrival) -> Result<(), Cancelled> {
        if self.progress.is_cancelled() {
            return Err(Cancelled);
        }
        let arrived = Incoming::Arrived { work: self.id, arrival: Some(Box::new(arrival)) };
        self.sender.send(arrived).map_err(|_| Cancelled)
    }
}

impl Drop for Desk {
    /// Also a work that fails is over: nothing waits for it, and the reader is told.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let failed = "what was computed beside the reading failed: a fault of the program";
            let _ = self.hand_in(Arrival::Said(failed.to_owned()));
        }
        let _ = self.sender.send(Incoming::Arrived { work: self.id, arrival: None });
    }
}

/// What is wanted of the results of a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To know more of the pair that is open.
    Pair,
    /// To show the hits of the query that is typed.
    Search,
}

struct UnderWay {
    id: u64,
    purpose: Purpose,
    what: String,
    progress: Progress,
    begun: Instant,
}

/// All work under way.
pub struct Background {
    sender: Sender<Incoming>,
    under_way: Vec<UnderWay>,
    next: u64,
}

impl Background {
    /// Nothing under way; what arrives is sent to `sender`.
    #[must_use]
    pub fn new(sender: Sender<Incoming>) -> Self {
        Self { sender, under_way: Vec::new(), next: 0 }
    }

    /// Starts a work. What is computed of the pair makes room for a search while there is one: that is what the reader
    /// waits for, and both would take their time from the same few cores.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(&mut self, purpose: Purpose, work: Work) -> io::Result<()> {
        let (id, progress) = (self.next, Progress::default());
        self.next += 1;
        let desk = Desk { id, progress: progress.clone(), sender: self.sender.clone() };
        let task = work.task;
        std::thread::Builder::new().name(THREAD.to_owned()).spawn(move || {
            // Whether it was cancelled matters to nobody: it was cancelled from here.
            let _ = task(&desk);
        })?;
        self.under_way.push(UnderWay { id, purpose, what: work.what, progress, begun: Instant::now() });
        self.make_room();
        Ok(())
    }

    fn make_room(&self) {
        let searches = self.under_way.iter().any(|work| work.purpose == Purpose::Search);
        for work in &self.under_way {
            work.progress.rest(searches && work.purpose == Purpose::Pair);
        }
    }

    /// Tells all work of a purpose to stop; nothing of it arrives any more. Whether there was any.
    pub fn cancel(&mut self, purpose: Purpose) -> bool {
        let before = self.under_way.len();
        self.under_way.retain(|work| {
            if work.purpose == purpose {
                work.progress.cancel();
            }
            work.purpose != purpose
        });
        self.make_room();
        self.under_way.len() < before
    }

    /// Whether an arrival is still wanted.
    #[must_use]
    pub fn wants(&self, work: u64) -> bool {
        self.under_way.iter().any(|under_way| under_way.id == work)
    }

    /// Forgets a work that is over.
    pub fn end(&mut self, work: u64) {
        self.under_way.retain(|under_way| under_way.id != work);
        self.make_room();
    }

    /// Whether anything is under way.
    #[must_use]
    pub fn is_working(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// What is under way and how far, for the status line; `None` where there is nothing to speak of.
    #[must_use]
    pub fn line(&self) -> Option<String> {
        // What was begun last is what the reader waits for.
        let work = self.under_way.iter().rev().find(|work| work.begun.elapsed() >= SPOKEN_OF_AFTER)?;
        let percent = work.progress.percent();
        Some(if percent == 0 { work.what.clone() } else { format!("{} {percent} %", work.what) })
    }
}

impl fmt::Debug for Background {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.under_way.iter().map(|work| &work.what)).finish()
    }
}

impl Drop for Background {
    /// The reading is over; threads that go on until the process ends need not hurry to the last step.
    fn drop(&mut self) {
        self.under_way.iter().for_each(|work| work.progress.cancel());
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{self, Receiver};

    use super::*;

    fn next(incoming: &Receiver<Incoming>) -> (u64, Option<String>) {
        match incoming.recv().unwrap() {
            Incoming::Arrived { work, arrival } => (
                work,
                arrival.map(|arrival| match *arrival {
                    Arrival::Said(words) => words,
                    Arrival::Pair(_) | Arrival::Hits(_) => unreachable!("only words were handed in"),
                }),
            ),
            Incoming::Typed { .. }
            | Incoming::Event(_)
            | Incoming::Silence
            | Incoming::Progressed
            | Incoming::Signal(_) => {
                panic!("nobody else sends")
            }
        }
    }

    #[test]
    fn what_a_work_hands_in_arrives_and_then_its_end() {
        let (sender, incoming) = mpsc::channel();
        let mut background = Background::new(sender);
        let say = |words: &'static str| {
            Work::new("saying", move |desk| desk.hand_in(Arrival::Said(words.to_owned())))
        };
        background.start(Purpose::Pair, say("one")).unwrap();
        assert_eq!(next(&incoming), (0, Some("one".to_owned())));
        assert_eq!(next(&incoming), (0, None));
        assert!(background.wants(0));
        background.end(0);
        assert!(!background.is_working());
    }

    #[test]
    fn a_work_that_panics_says_so_and_is_over() {
        let (sender, incoming) = mpsc::channel();
        let mut background = Background::new(sender);
        background.start(Purpose::Pair, Work::new("failing", |_| panic!("for the test"))).unwrap();
        let said = "what was computed beside the reading failed: a fault of the program";
        assert_eq!(next(&incoming), (0, Some(said.to_owned())));
        assert_eq!(next(&incoming), (0, None));
    }

    #[test]
    fn what_is_computed_of_the_pair_rests_while_there_is_a_search() {
        let (sender, incoming) = mpsc::channel();
        let mut background = Background::new(sender);
        let work = |steps: mpsc::Receiver<()>| {
            Work::new("stepping", move |desk| {
                for () in steps {
                    desk.progress().ask()?;
                    desk.hand_in(Arrival::Said("step".to_owned()))?;
                }
                Ok(())
            })
        };
        let (pair, steps_of_pair) = mpsc::channel();
        let (search, steps_of_search) = mpsc::channel();
        background.start(Purpose::Pair, work(steps_of_pair)).unwrap();
        pair.send(()).unwrap();
        assert_eq!(next(&incoming), (0, Some("step".to_owned())));
        background.start(Purpose::Search, work(steps_of_search)).unwrap();
        pair.send(()).unwrap();
        assert!(incoming.recv_timeout(Duration::from_millis(20)).is_err(), "it rests");
        search.send(()).unwrap();
        assert_eq!(next(&incoming), (1, Some("step".to_owned())));
        drop(search);
        assert_eq!(next(&incoming), (1, None));
        background.end(1);
        assert_eq!(next(&incoming), (0, Some("step".to_owned())));
    }

    #[test]
    fn a_cancelled_work_is_told_and_nothing_of_it_is_wanted() {
        let (sender, incoming) = mpsc::channel();
        let mut background = Background::new(sender);
        let (told, hears) = mpsc::channel();
        let work = Work::new("waiting", move |desk| {
            while !desk.progress().is_cancelled() {
                std::thread::yield_now();
            }
            told.send(desk.hand_in(Arrival::Said("late".to_owned()))).unwrap();
            Ok(())
        });
        background.start(Purpose::Search, work).unwrap();
        assert!(!background.cancel(Purpose::Pair), "another purpose");
        assert!(background.wants(0));
        assert!(background.cancel(Purpose::Search));
        assert!(!background.wants(0));
        assert_eq!(hears.recv().unwrap(), Err(Cancelled));
        assert_eq!(next(&incoming), (0, None));
    }
}
