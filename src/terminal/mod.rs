//! Raw mode, the event loop, running effects, signals. Does not know what is drawn.

pub mod convert;
pub mod guard;
pub mod line;
pub mod painter;
#[cfg(unix)]
pub mod signals;

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use crossterm::event::Event as TerminalEvent;
use ratatui::Terminal;
use ratatui::layout::Rect;

use self::guard::Guard;
use self::line::Line;
use self::painter::{Abilities, Painter};
use crate::keys::{Input, Outcome};
use crate::library::pair::Pair;
use crate::reader::action::Event;
use crate::reader::model::Model;
use crate::reader::update::{Effect, update};
use crate::view;

/// What the reader needs done outside the terminal: on the disk and in the library.
pub trait Host {
    /// The pair with another text on a side (0 left, 1 right).
    ///
    /// # Errors
    /// Where it cannot be opened: a sentence for the status line.
    fn open(&mut self, model: &Model, side: usize, name: &str) -> Result<Pair, String>;

    /// What can be opened: name and description of each.
    fn editions(&mut self) -> Vec<(String, String)>;

    /// The pair, both files read again.
    ///
    /// # Errors
    /// Where one cannot be read: a sentence for the status line.
    fn reload(&mut self, model: &Model) -> Result<Pair, String>;

    /// Keeps the places.
    ///
    /// # Errors
    /// Where they cannot be written: a sentence for the status line.
    fn save(&mut self, model: &Model) -> Result<(), String>;
}

/// How the reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The reader quit.
    Quit,
    /// A signal asked the program to end, or the terminal went away (SIGHUP).
    Signal(i32),
}

/// What wakes the loop.
#[derive(Debug)]
pub enum Incoming {
    /// Keys, pastes, sizes.
    Terminal(TerminalEvent),
    /// A signal, by number.
    Signal(i32),
}

/// The places are kept this long after the last change.
const SAVE_AFTER: Duration = Duration::from_secs(2);

/// Runs the reading until it ends. The terminal is restored on every way out.
///
/// # Errors
/// Where the terminal cannot be set up or written to.
pub fn run(mut model: Model, input: Input, host: &mut dyn Host) -> io::Result<Ending> {
    let guard = Guard::enter()?;
    // Begins to listen to changes of size, so that none between here and the loop is missed.
    crossterm::event::poll(Duration::ZERO)?;
    let mut terminal = Terminal::new(Painter::new(Line::open()?, Abilities::of_environment()))?;
    // Asked once for all: a size that changes between two questions would leave them of two minds.
    let Rect { width: columns, height: rows, .. } = terminal.get_frame().area();
    terminal.backend_mut().forget(columns, rows);
    update(&mut model, Event::Resize { columns, rows });
    let (sender, incoming) = mpsc::channel();
    let mut reading = Reading { model, input, host, terminal, guard, incoming, unsaved: false };
    listen(sender)?;
    let ending = reading.draw().and_then(|()| reading.run());
    if reading.unsaved {
        // Nobody is left to be told: the terminal may be gone.
        let _ = reading.host.save(&reading.model);
    }
    let ending = match ending {
        // A frame that the terminal could not take because it has gone away is no fault.
        Err(_) if line::is_down() => Ending::Signal(signals::HANGUP),
        other => other?,
    };
    if ending == Ending::Signal(signals::HANGUP) {
        reading.guard.abandon();
    }
    Ok(ending)
}

/// Starts the threads that listen: to the terminal, to signals, to the line going down.
fn listen(sender: Sender<Incoming>) -> io::Result<()> {
    #[cfg(unix)]
    signals::listen(&sender)?;
    std::thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            if sender.send(Incoming::Terminal(event)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// A reading under way.
struct Reading<'a> {
    model: Model,
    input: Input,
    host: &'a mut dyn Host,
    terminal: Terminal<Painter<Line>>,
    guard: Guard,
    incoming: Receiver<Incoming>,
    unsaved: bool,
}

impl Reading<'_> {
    fn run(&mut self) -> io::Result<Ending> {
        loop {
            let Some(first) = self.next() else { return Ok(Ending::Signal(signals::HANGUP)) };
            let mut changed = false;
            // All that has arrived is taken before the next frame: a held key costs one frame, not many.
            for incoming in std::iter::once(first).chain(self.incoming.try_iter().collect::<Vec<_>>()) {
                match incoming {
                    Incoming::Signal(signal) if signals::stops(signal) => self.suspend()?,
                    Incoming::Signal(signal) if signals::continues(signal) => self.repaint()?,
                    Incoming::Signal(signal) => return Ok(Ending::Signal(signal)),
                    Incoming::Terminal(event) => {
                        if let Some(ending) = self.take(event)? {
                            return Ok(ending);
                        }
                    }
                }
                changed = true;
            }
            if changed {
                self.unsaved = true;
                self.draw()?;
            }
        }
    }

    /// The next thing that happens; the places are kept when nothing does for a while.
    fn next(&mut self) -> Option<Incoming> {
        if self.unsaved {
            match self.incoming.recv_timeout(SAVE_AFTER) {
                Ok(incoming) => return Some(incoming),
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    // Said once, at the next frame; the reading goes on.
                    if let Err(problem) = self.host.save(&self.model) {
                        self.model.message = Some(problem);
                    }
                    self.unsaved = false;
                }
            }
        }
        self.incoming.recv().ok()
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
                    Outcome::Pending(keys) => return self.apply(Event::Pending(keys)),
                    Outcome::Nothing => {}
                }
            }
            TerminalEvent::Paste(text) => return self.apply(Event::Paste(text)),
            TerminalEvent::Resize(columns, rows) => {
                // The same size again is how some multiplexers ask for a repaint.
                if (columns, rows) == self.model.size {
                    self.repaint()?;
                }
                return self.apply(Event::Resize { columns, rows });
            }
            TerminalEvent::FocusGained | TerminalEvent::FocusLost | TerminalEvent::Mouse(_) => {}
        }
        Ok(None)
    }

    fn apply(&mut self, event: Event) -> io::Result<Option<Ending>> {
        match update(&mut self.model, event) {
            None => {}
            Some(Effect::Quit) => return Ok(Some(Ending::Quit)),
            Some(Effect::Suspend) => self.suspend()?,
            Some(Effect::Repaint) => self.repaint()?,
            Some(Effect::Reload) => {
                let pair = self.host.reload(&self.model);
                self.take_pair(pair, "both texts were read again");
            }
            Some(Effect::Editions) => self.model.open_editions(&self.host.editions()),
            Some(Effect::Open { side, name }) => {
                let pair = self.host.open(&self.model, side, &name);
                self.take_pair(pair, &format!("{name} is open"));
            }
        }
        Ok(None)
    }

    fn take_pair(&mut self, pair: Result<Pair, String>, done: &str) {
        match pair {
            Ok(pair) => {
                self.model.take_pair(pair);
                self.model.message = Some(done.to_owned());
            }
            Err(problem) => self.model.message = Some(problem),
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let model = &self.model;
        self.terminal.draw(|frame| view::draw(model, frame)).map(|_| ())
    }

    /// Forgets what is on the screen, so that the next frame sends everything. Not `Terminal::clear`: it
    /// asks the terminal for the cursor's place, and the answer goes to the thread that reads keys.
    fn repaint(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(size.into())
    }

    /// Gives the terminal back and stops; when continued, takes it and paints it again.
    fn suspend(&mut self) -> io::Result<()> {
        self.guard.leave();
        signals::stop_here();
        self.guard.take()?;
        let (columns, rows) = crossterm::terminal::size()?;
        update(&mut self.model, Event::Resize { columns, rows });
        self.repaint()
    }
}
