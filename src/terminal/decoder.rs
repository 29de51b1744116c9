//! What the terminal sends, as keys, pastes and clicks; its answers as nothing. Knows no terminal and reads no clock.
//!
//! A slow line may part the bytes anywhere. A sequence is known by its form (ECMA-48, 5.4 and 5.6) and not by which
//! bytes came together, and one that is not known is passed over whole: answers to questions of another program, or
//! of none, must not act as keys.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::sequence;

/// Time to wait for the rest of a sequence: a terminal on the same machine writes it in one go.
const LOCAL: Duration = Duration::from_millis(25);
/// The same over a network, where packets can part a sequence.
const REMOTE: Duration = Duration::from_millis(100);
/// What nobody types may take this long for its next piece; waiting for it delays no key.
const QUIET: Duration = Duration::from_millis(500);
/// A paste that stands still for so long has lost its end. Letting it go sooner would take its rest for keys.
const STALLED: Duration = Duration::from_secs(5);

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;
/// How a paste ends.
const PASTED: &[u8] = b"\x1b[201~";

/// How long an Esc is held: what `ESCDELAY` says in milliseconds, as for ncurses, else by the connection.
#[must_use]
pub fn hold(variable: impl Fn(&str) -> Option<String>) -> Duration {
    let named = variable("ESCDELAY").and_then(|value| value.trim().parse().ok());
    let remote = ["SSH_CONNECTION", "SSH_TTY"]
        .iter()
        .any(|name| variable(name).is_some_and(|value| !value.is_empty()));
    named.map_or(if remote { REMOTE } else { LOCAL }, |millis: u16| Duration::from_millis(millis.into()))
}

/// What is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Nothing.
    Ground,
    /// The bytes of one character, of which so many are missing.
    Character(usize),
    /// Escape.
    Escape,
    /// `ESC [` and perhaps parameters: a key, a click, a paste or an answer.
    Control,
    /// `ESC O` and perhaps a modifier: a key.
    Single,
    /// `ESC ]` or another that begins a control string: an answer where a parameter follows.
    Opened,
    /// Within an answer.
    Answer,
    /// Escape within an answer: its end where `\` follows.
    Closing,
    /// So many bytes of a click in the oldest form, which are no characters.
    Click(usize),
    /// A paste.
    Paste,
}

/// Reads bytes as they come. Times are since any one moment.
#[derive(Clone, Debug)]
pub struct Decoder {
    hold: Duration,
    state: State,
    /// The bytes of what is being read.
    held: Vec<u8>,
    /// Whether the escape that is held was the last byte to come with others: perhaps the Esc key.
    alone: bool,
    deadline: Option<Duration>,
}

impl Decoder {
    /// One that holds an Esc for so long.
    #[must_use]
    pub const fn new(hold: Duration) -> Self {
        Self { hold, state: State::Ground, held: Vec::new(), alone: false, deadline: None }
    }

    /// When waiting is over and [`Self::expire`] is to be called; `None` while nothing is waited for.
    #[must_use]
    pub const fn deadline(&self) -> Option<Duration> {
        self.deadline
    }

    /// Takes the bytes that arrived at `now` and gives what can be passed on.
    pub fn feed(&mut self, bytes: &[u8], now: Duration) -> Vec<Event> {
        let late = self.deadline.is_some_and(|deadline| now >= deadline);
        let mut events = if late { self.expire() } else { Vec::new() };
        for &byte in bytes {
            self.step(byte, &mut events);
        }
        self.alone |= self.state == State::Escape && !bytes.is_empty();
        self.deadline = match self.state {
            State::Ground | State::Character(_) => None,
            State::Control if self.held.len() > 2 => Some(now + QUIET.max(self.hold)),
            State::Escape | State::Control | State::Single | State::Opened | State::Closing => {
                Some(now + self.hold)
            }
            State::Answer | State::Click(_) => Some(now + QUIET.max(self.hold)),
            State::Paste => Some(now + STALLED.max(self.hold)),
        };
        events
    }

    /// The rest did not come in time: what is held was typed, where a person can have typed it.
    pub fn expire(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        self.deadline = None;
        match self.state {
            State::Paste => self.paste(self.held.len(), &mut events),
            State::Escape | State::Single | State::Opened => self.release(&mut events),
            State::Control if self.held.len() == 2 => self.release(&mut events),
            State::Ground
            | State::Character(_)
            | State::Control
            | State::Answer
            | State::Closing
            | State::Click(_) => self.rest(),
        }
        events
    }

    /// Begins anew.
    fn rest(&mut self) {
        self.state = State::Ground;
        self.held.clear();
        self.alone = false;
    }

    fn hold(&mut self, byte: u8, state: State) {
        self.held.push(byte);
        self.state = state;
    }

    fn step(&mut self, byte: u8, events: &mut Vec<Event>) {
        match (self.state, byte) {
            (State::Ground, _) => self.begin(byte, events),
            (State::Character(missing), 0x80..=0xbf) => self.character(byte, missing, events),
            (State::Escape, b'[') | (State::Control, b' '..=b'?') => self.hold(byte, State::Control),
            (State::Escape, b'O') | (State::Single, b'0'..=b'9') => self.hold(byte, State::Single),
            (State::Escape, b']' | b'P' | b'_' | b'^' | b'X') => self.hold(byte, State::Opened),
            (State::Escape, _) => self.escaped(byte, events),
            // `[[A`: a function key of the Linux console.
            (State::Control, b'[') if self.held.len() == 2 => self.hold(byte, State::Control),
            (State::Control, b'M') if self.held.len() == 2 => self.hold(byte, State::Click(3)),
            (State::Control, b'@'..=b'~') => self.control(byte, events),
            (State::Single, b'@'..=b'~') => {
                events.extend(sequence::single(self.held.get(2..).unwrap_or_default(), byte).map(Event::Key));
                self.rest();
            }
            (State::Opened, b' '..=b'?') => self.hold(byte, State::Answer),
            // What kitty answers about pictures.
            (State::Opened, b'G') if self.held.last() == Some(&b'_') => self.hold(byte, State::Answer),
            (State::Answer, BELL) | (State::Closing, b'\\') => self.rest(),
            (State::Answer, ESCAPE) => self.state = State::Closing,
            (State::Answer, b' '..) => {}
            (State::Click(missing), _) => {
                self.state = State::Click(missing - 1);
                if missing == 1 {
                    self.rest();
                }
            }
            (State::Paste, _) => {
                self.held.push(byte);
                if self.held.ends_with(PASTED) {
                    self.paste(self.held.len() - PASTED.len(), events);
                }
            }
            // What was broken off is dropped; what a person may have typed is not.
            (State::Control | State::Single | State::Opened, _) => {
                self.release(events);
                self.begin(byte, events);
            }
            (State::Closing, _) => {
                self.rest();
                self.held.push(ESCAPE);
                self.state = State::Escape;
                self.step(byte, events);
            }
            (State::Character(_) | State::Answer, _) => {
                self.rest();
                self.begin(byte, events);
            }
        }
    }

    fn begin(&mut self, byte: u8, events: &mut Vec<Event>) {
        match byte {
            ESCAPE => self.hold(byte, State::Escape),
            0xc2..=0xdf => self.hold(byte, State::Character(1)),
            0xe0..=0xef => self.hold(byte, State::Character(2)),
            0xf0..=0xf4 => self.hold(byte, State::Character(3)),
            // No character begins so.
            0x80.. => self.rest(),
            0..0x80 => {
                events.push(Event::Key(key(byte)));
                self.rest();
            }
        }
    }

    fn character(&mut self, byte: u8, missing: usize, events: &mut Vec<Event>) {
        self.hold(byte, State::Character(missing - 1));
        if missing == 1 {
            let (escapes, bytes) = self.held.split_at(usize::from(self.held.first() == Some(&ESCAPE)));
            let held = if escapes.is_empty() { KeyModifiers::NONE } else { KeyModifiers::ALT };
            let characters = std::str::from_utf8(bytes).unwrap_or_default().chars();
            events.extend(characters.map(|c| Event::Key(typed(c, held))));
            self.rest();
        }
    }

    /// A byte after an escape that begins no sequence: a key held with Alt where they came together, else two keys.
    fn escaped(&mut self, byte: u8, events: &mut Vec<Event>) {
        if self.alone || byte == ESCAPE {
            self.release(events);
            self.begin(byte, events);
        } else if byte < 0x80 {
            let mut key = key(byte);
            key.modifiers |= KeyModifiers::ALT;
            events.push(Event::Key(key));
            self.rest();
        } else {
            // The escape stays held before the bytes of the character.
            self.state = State::Ground;
            self.begin(byte, events);
        }
    }

    fn control(&mut self, last: u8, events: &mut Vec<Event>) {
        let parameters = self.held.get(2..).unwrap_or_default();
        if parameters == b"200" && last == b'~' {
            self.rest();
            self.state = State::Paste;
            return;
        }
        events.extend(sequence::control(parameters, last));
        self.rest();
    }

    /// Passes on the first bytes of what is held as pasted, and begins anew.
    fn paste(&mut self, length: usize, events: &mut Vec<Event>) {
        let text = self.held.get(..length).unwrap_or_default();
        events.push(Event::Paste(String::from_utf8_lossy(text).into_owned()));
        self.rest();
    }

    /// Lets go of what is held as keys: Esc and what follows it, or one key held with Alt and what follows that.
    fn release(&mut self, events: &mut Vec<Event>) {
        let mut bytes = self.held.iter().copied();
        if self.alone || self.held.len() == 1 {
            events.extend(bytes.next().map(|_| Event::Key(KeyCode::Esc.into())));
        } else if let Some(first) = bytes.nth(1) {
            events.push(Event::Key(typed(first.into(), KeyModifiers::ALT)));
        }
        events.extend(bytes.map(|byte| Event::Key(typed(byte.into(), KeyModifiers::NONE))));
        self.rest();
    }
}

/// The key of a byte that stands for one by itself.
fn key(byte: u8) -> KeyEvent {
    match byte {
        b'\r' => KeyCode::Enter.into(),
        b'\t' => KeyCode::Tab.into(),
        0x7f => KeyCode::Backspace.into(),
        0 => typed(' ', KeyModifiers::CONTROL),
        0x01..=0x1a => typed((byte - 1 + b'a').into(), KeyModifiers::CONTROL),
        0x1b => KeyCode::Esc.into(),
        0x1c..=0x1f => typed((byte - 0x1c + b'4').into(), KeyModifiers::CONTROL),
        _ => typed(byte.into(), KeyModifiers::NONE),
    }
}

fn typed(character: char, held: KeyModifiers) -> KeyEvent {
    let shift = if character.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(character), held | shift)
}

#[cfg(test)]
mod tests;
