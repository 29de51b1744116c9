//! Raw mode, the event loop, running effects, signals. Does not know what is drawn.

pub mod background;
pub mod clipboard;
pub mod convert;
pub mod decoder;
pub mod environment;
pub mod guard;
pub mod host;
pub mod keyboard;
pub mod line;
pub mod pace;
pub mod painter;
pub mod query;
pub mod sequence;
#[cfg(unix)]
pub mod signals;
pub mod tool;
mod typed;

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use self::background::{Background, Purpose, Work};
use self::decoder::Decoder;
use self::guard::{Guard, Manner};
pub use self::host::Host;
use self::line::Line;
use self::pace::Pace;
use self::painter::{Abilities, Painter};
use self::typed::Typed;
use crate::config::{Cursor, TerminalSettings};
use crate::keys::{Input, Outcome};
use crate::library::pair::Pair;
use crate::reader::action::Event;
use crate::reader::arrival::Arrival;
use crate::reader::model::Model;
use crate::reader::overlay::Overlay;
use crate::reader::update::{Effect, update};
use crate::view;
use crossterm::event::Event as TerminalEvent;

/// How the reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The reader quit.
    Quit,
    /// A signal asked the program to end, or the terminal went away (SIGHUP).
    Signal(i32),
}

/// Columns and rows of the terminal, as the system knows them; nothing where there is none.
#[must_use]
pub fn size() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0)
}

/// What wakes the loop.
#[derive(Debug)]
pub enum Incoming {
    /// What the terminal has sent.
    Typed {
        /// Pieces of keys, pastes and clicks.
        bytes: Vec<u8>,
        /// When, since the reading began.
        at: Duration,
    },
    /// The same, where the system has read it.
    Event(TerminalEvent),
    /// Nothing, for as long as the rest of an escape sequence was waited for.
    Silence,
    /// Something that work beside the reading has handed in; `None` when the work is over.
    Arrived {
        /// Which work.
        work: u64,
        /// What.
        arrival: Option<Box<Arrival>>,
    },
    /// The work beside the reading has come further than the screen says, or a frame was put off until now.
    Progressed,
    /// A signal, by number.
    Signal(i32),
}

impl Incoming {
    const fn is_size(&self) -> bool {
        match self {
            Self::Signal(signal) => signals::resizes(*signal),
            Self::Event(TerminalEvent::Resize(..)) => true,
            Self::Typed { .. } | Self::Event(_) | Self::Silence | Self::Arrived { .. } | Self::Progressed => {
                false
            }
        }
    }
}

/// The places are kept this long after the first change that is not, and at once when the reading ends or stops: only
/// what is killed, or a machine that dies, loses so much, and between two keys the processor and the disk rest.
const SAVE_AFTER: Duration = Duration::from_secs(10);
/// While there is work beside the reading, it is asked this often how far it is.
const ASK_AFTER: Duration = Duration::from_millis(100);

/// Why nothing goes on beside the reading.
const NO_THREAD: &str = "the system lets no more run at once; end other programs and try again";

/// Runs the reading until it ends. The terminal is restored on every way out.
///
/// # Errors
/// Where the terminal cannot be set up or written to.
pub fn run(
    mut model: Model,
    input: Input,
    host: &mut dyn Host,
    settings: TerminalSettings,
) -> io::Result<Ending> {
    let guard = Guard::enter(Manner::of(settings))?;
    let (sender, incoming) = mpsc::channel();
    let begun = Instant::now();
    // Before the size is asked, so that no change of it is missed.
    listen(&sender, begun)?;
    let painter = Painter::new(Line::open()?, Abilities::of(&environment::variable, settings.side_margins));
    let (columns, rows) = crossterm::terminal::size()?;
    update(&mut model, Event::Resize { columns, rows });
    let decoder = Decoder::new(decoder::hold(|name| std::env::var(name).ok()));
    let background = Background::new(sender);
    let mut reading = Reading {
        model,
        input,
        host,
        painter,
        guard,
        incoming,
        begun,
        decoder,
        typed: Typed::default(),
        background,
        cursor: settings.cursor,
        unsaved: Some(Duration::ZERO),
        pace: Pace::default(),
        resumed: false,
    };
    let ending = reading.draw().and_then(|()| reading.run());
    // Nobody is left to be told whether they could be: the terminal may be gone.
    reading.keep_places();
    let ending = match ending {
        // A frame that the terminal could not take because it has gone away is no fault.
        Err(_) if line::is_down() => Ending::Signal(signals::HANGUP),
        other => other?,
    };
    if ending == Ending::Signal(signals::HANGUP) {
        reading.guard.leave_if_there();
    }
    Ok(ending)
}

/// Starts the threads that listen: to the terminal, to signals, to the line going down.
fn listen(sender: &Sender<Incoming>, begun: Instant) -> io::Result<()> {
    #[cfg(unix)]
    signals::listen(sender)?;
    keyboard::listen(sender.clone(), begun)
}

/// A reading under way.
struct Reading<'a> {
    model: Model,
    input: Input,
    host: &'a mut dyn Host,
    painter: Painter<Line>,
    guard: Guard,
    incoming: Receiver<Incoming>,
    begun: Instant,
    decoder: Decoder,
    typed: Typed,
    background: Background,
    cursor: Cursor,
    /// Since when there is something to keep, as time since the reading began.
    unsaved: Option<Duration>,
    pace: Pace,
    /// Whether the signal that ends a stop of the reader's own is still to come.
    resumed: bool,
}

impl Reading<'_> {
    fn run(&mut self) -> io::Result<Ending> {
        self.work();
        loop {
            let Some(first) = self.next() else { return Ok(Ending::Signal(signals::HANGUP)) };
            // All that has arrived is taken before the next frame: a held key costs one frame, not many.
            let arrived: Vec<Incoming> = std::iter::once(first).chain(self.incoming.try_iter()).collect();
            let only_sizes = arrived.iter().all(Incoming::is_size);
            for incoming in arrived {
                let events = match incoming {
                    Incoming::Signal(signal) if signals::stops(signal) => {
                        self.suspend()?;
                        Vec::new()
                    }
                    Incoming::Signal(signal) if signals::continues(signal) => {
                        self.go_on()?;
                        Vec::new()
                    }
                    Incoming::Signal(signal) if signals::resizes(signal) => {
                        let (columns, rows) = crossterm::terminal::size()?;
                        vec![TerminalEvent::Resize(columns, rows)]
                    }
                    Incoming::Signal(signal) => return Ok(Ending::Signal(signal)),
                    Incoming::Typed { bytes, at } => self.decoder.feed(&bytes, at),
                    Incoming::Event(event) => vec![event],
                    Incoming::Silence => self.decoder.expire(),
                    Incoming::Arrived { work, arrival } => {
                        self.arrive(work, arrival);
                        Vec::new()
                    }
                    Incoming::Progressed => Vec::new(),
                };
                for event in events {
                    self.unsaved.get_or_insert_with(|| self.begun.elapsed());
                    if let Some(ending) = self.take(event)? {
                        return Ok(ending);
                    }
                }
            }
            if let Some(typed) = self.typed.end() {
                self.apply_now(typed)?;
            }
            self.hunt();
            if only_sizes && self.pace.holds(self.begun.elapsed()) {
                continue;
            }
            self.model.progress = self.background.line();
            self.draw()?;
        }
    }

    /// The next thing that happens; the places are kept when nothing does for a while. Waits without end,
    /// and wakes for nothing, where there is nothing to keep and no work.
    fn next(&mut self) -> Option<Incoming> {
        loop {
            let now = self.begun.elapsed();
            let torn = self.decoder.deadline();
            let save = self.unsaved.map(|since| since + SAVE_AFTER);
            let ask = self.background.is_working().then(|| now + ASK_AFTER);
            let size = self.pace.deadline();
            let Some(wake) = [torn, save, ask, size].into_iter().flatten().min() else {
                return self.incoming.recv().ok();
            };
            match self.incoming.recv_timeout(wake.saturating_sub(now)) {
                Ok(incoming) => return Some(incoming),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) if torn == Some(wake) => return Some(Incoming::Silence),
                Err(RecvTimeoutError::Timeout) if save == Some(wake) => {
                    if !self.keep_places() {
                        return Some(Incoming::Progressed);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    if size == Some(wake) || self.background.line() != self.model.progress {
                        return Some(Incoming::Progressed);
                    }
                }
            }
        }
    }

    /// Keeps the places where they have changed; whether they could be. A problem is said once, and the reading goes on.
    fn keep_places(&mut self) -> bool {
        let kept = self.unsaved.take().map_or(Ok(()), |_| self.host.save(&self.model));
        if let Err(problem) = &kept {
            self.model.message = Some(problem.clone());
        }
        kept.is_ok()
    }

    /// Starts what is worth computing for the pair that is open; what was for another one stops.
    fn work(&mut self) {
        self.background.cancel(Purpose::Pair);
        self.background.cancel(Purpose::Search);
        for work in self.host.works(&self.model) {
            if self.background.start(Purpose::Pair, work).is_err() {
                self.model.message = Some(format!("nothing is computed beside the reading: {NO_THREAD}"));
            }
        }
    }

    /// Starts the search that the last keys asked for; the one before it, or one that was given up, stops.
    fn hunt(&mut self) {
        if self.model.hunt.is_some() || !self.model.search.goes_on {
            self.background.cancel(Purpose::Search);
        }
        let Some(hunt) = self.model.hunt.take() else { return };
        let work = Work::new("searching", move |desk| {
            hunt.run(desk.progress(), &mut |found| desk.hand_in(Arrival::Hits(found)))
        });
        if self.background.start(Purpose::Search, work).is_err() {
            self.model.message = Some(format!("nothing is searched beside the reading: {NO_THREAD}"));
        }
    }

    fn arrive(&mut self, work: u64, arrival: Option<Box<Arrival>>) {
        match arrival {
            Some(arrival) if self.background.wants(work) => self.model.arrive(*arrival),
            Some(_) => {}
            None => self.background.end(work),
        }
    }

    fn take(&mut self, event: TerminalEvent) -> io::Result<Option<Ending>> {
        match event {
            TerminalEvent::Key(key) => {
                let Some(key) = convert::key(key) else { return Ok(None) };
                match self.input.feed(key, self.model.overlay.mode()) {
                    Outcome::Events(events) => {
                        for event in events {
                            if let Some(ending) = self.apply(event)? {
                                return Ok(Some(ending));
                            }
                        }
                    }
                    Outcome::Pending(keys) => return self.apply(self.input.waiting(keys)),
                    Outcome::Nothing => {}
                }
            }
            TerminalEvent::Paste(text) => return self.apply(Event::Paste(text)),
            TerminalEvent::Resize(columns, rows) => {
                // The same size again is how some multiplexers ask for a repaint; and between two sizes that
                // are painted, one that is not may have cut off what was shown.
                self.painter.forget();
                return self.apply(Event::Resize { columns, rows });
            }
            TerminalEvent::Mouse(event) => {
                if let Some(event) = convert::mouse(event) {
                    return self.apply(event);
                }
            }
            TerminalEvent::FocusGained | TerminalEvent::FocusLost => {}
        }
        Ok(None)
    }

    /// Applies an event, and what was typed before it.
    fn apply(&mut self, event: Event) -> io::Result<Option<Ending>> {
        let mut events = self.typed.take(event);
        events.find_map(|event| self.apply_now(event).transpose()).transpose()
    }

    fn apply_now(&mut self, event: Event) -> io::Result<Option<Ending>> {
        match update(&mut self.model, event) {
            None => {}
            Some(Effect::Quit) => return Ok(Some(Ending::Quit)),
            Some(Effect::Suspend) => self.suspend()?,
            Some(Effect::Stop) => {
                self.background.cancel(Purpose::Pair);
            }
            Some(Effect::Repaint) => self.painter.forget(),
            Some(Effect::Reload) => match self.host.reload(&self.model) {
                Ok((pair, said)) => drop(self.take_pair(Ok(pair), said)),
                Err(problem) => self.model.message = Some(problem),
            },
            Some(Effect::Editions) => self.model.open_editions(&self.host.editions()),
            Some(Effect::Open { side, name }) => {
                let pair = self.host.open(&self.model, side, &name);
                if self.take_pair(pair, &format!("{name} is open")) {
                    self.model.come_back(side, &self.host.kept());
                }
            }
            Some(Effect::Join(told)) => match self.host.join(&self.model, told) {
                Ok(pair) => {
                    self.model.take_in(pair);
                    let ground = self.model.pair.ground.standing.words();
                    let judged = || self.model.judged();
                    self.model.message = Some(told.map_or_else(judged, |_| format!("taken for {ground}")));
                    self.work();
                }
                Err(problem) => self.model.message = Some(problem),
            },
            Some(Effect::Copy { text, what }) => self.copy(&text, &what)?,
        }
        Ok(None)
    }

    /// Takes another pair; whether one of its texts is another.
    fn take_pair(&mut self, pair: Result<Pair, String>, done: &str) -> bool {
        match pair {
            Ok(pair) => {
                let is_other = self.model.take_pair(pair);
                if is_other {
                    self.model.take_up_marks(&self.host.kept());
                    // What the anchors tie together is known only now.
                    self.model.rechain();
                }
                let waits = self.model.what_waits().filter(|_| is_other).map(|waits| format!("; {waits}"));
                self.model.message = Some(done.to_owned() + &waits.unwrap_or_default());
                self.work();
                is_other
            }
            Err(problem) => {
                self.model.message = Some(problem);
                false
            }
        }
    }

    /// Keeps a text and sends it towards the clipboard; says what was done, never that it arrived.
    fn copy(&mut self, text: &str, what: &str) -> io::Result<()> {
        let kept = self.host.keep_copy(text);
        let programs = self.host.keeps_terminal().is_none();
        let sent = clipboard::send(text, programs, |sequence| self.painter.send(sequence))?;
        self.model.message = Some(clipboard::said(what, &sent, kept));
        Ok(())
    }

    fn draw(&mut self) -> io::Result<()> {
        let model = &self.model;
        // What is typed needs a cursor to be seen; elsewhere it only has to be there.
        let seen = self.cursor == Cursor::Reader || matches!(model.overlay, Overlay::Prompt { .. });
        self.painter.show_cursor_there(seen);
        self.painter.paint(model.size, |buffer| view::draw(model, buffer))?;
        self.pace.paint(self.begun.elapsed());
        self.model.pair.texts.iter_mut().for_each(|text| text.edition.release());
        Ok(())
    }

    /// Gives the terminal back and stops; when continued, takes it and paints it again.
    fn suspend(&mut self) -> io::Result<()> {
        if let Some(refusal) = self.host.keeps_terminal() {
            self.model.message = Some(refusal.to_owned());
            return Ok(());
        }
        self.keep_places();
        self.guard.leave();
        signals::stop_here();
        self.resumed = true;
        self.take_terminal()
    }

    /// Goes on after a stop. Where nobody asked for it (SIGSTOP), the terminal could not be given back, and a shell
    /// has had it since.
    fn go_on(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.resumed) { Ok(()) } else { self.take_terminal() }
    }

    /// Takes the terminal, of whatever size it is now, and paints all of it.
    fn take_terminal(&mut self) -> io::Result<()> {
        self.guard.take()?;
        let (columns, rows) = crossterm::terminal::size()?;
        update(&mut self.model, Event::Resize { columns, rows });
        self.painter.forget();
        Ok(())
    }
}
