//! Escape sequences that arrive in pieces, put together again. Knows no terminal and reads no clock.
//!
//! The library that reads keys takes an escape that ends a read for the Esc key and the rest of its sequence
//! for letters, and it takes answers of a terminal (OSC, DCS) for letters always.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// Time to wait for the rest of a sequence: a terminal on the same machine writes it in one go.
const LOCAL: Duration = Duration::from_millis(25);
/// The same over a network, where packets can part a sequence.
const REMOTE: Duration = Duration::from_millis(100);
/// An answer that has begun may take this long for its next piece; holding it back delays no key.
const QUIET: Duration = Duration::from_millis(500);
/// An answer is never longer than this, in characters; what follows was typed.
const LONGEST: usize = 512;

/// How long an Esc is held: what `ESCDELAY` says in milliseconds, as for ncurses, else by the connection.
#[must_use]
pub fn hold(variable: impl Fn(&str) -> Option<String>) -> Duration {
    let named = variable("ESCDELAY").and_then(|value| value.trim().parse().ok());
    let remote = ["SSH_CONNECTION", "SSH_TTY"]
        .iter()
        .any(|name| variable(name).is_some_and(|value| !value.is_empty()));
    named.map_or(if remote { REMOTE } else { LOCAL }, |millis: u16| Duration::from_millis(millis.into()))
}

/// What has been seen of a sequence (ECMA-48, 5.4 and 5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// Nothing.
    Nothing,
    /// Escape.
    Escape,
    /// `ESC [` and perhaps parameters: a key, or an answer.
    Control,
    /// `ESC O` and perhaps a modifier: a key.
    Single,
    /// `ESC ]` or another that begins a control string: an answer where a parameter follows.
    Opened,
    /// So many characters of an answer.
    Answer(usize),
    /// Escape within an answer: its end where `\` follows.
    Closing,
}

/// Puts torn sequences together. Times are since any one moment.
#[derive(Clone, Debug)]
pub struct Coalescer {
    hold: Duration,
    seen: Seen,
    /// The keys held back, as they came.
    held: Vec<KeyEvent>,
    deadline: Option<Duration>,
}

impl Coalescer {
    /// One that holds an Esc for so long.
    #[must_use]
    pub const fn new(hold: Duration) -> Self {
        Self { hold, seen: Seen::Nothing, held: Vec::new(), deadline: None }
    }

    /// When waiting is over and [`Self::expire`] is to be called; `None` while nothing is waited for.
    #[must_use]
    pub const fn deadline(&self) -> Option<Duration> {
        self.deadline
    }

    /// Takes an event that arrived at `now` and gives what can be passed on.
    pub fn feed(&mut self, event: Event, now: Duration) -> Vec<Event> {
        let Event::Key(key) = event else {
            // A size says nothing of what was typed; all else keeps its place among the keys.
            let mut events = if matches!(event, Event::Resize(..)) { Vec::new() } else { self.expire() };
            events.push(event);
            return events;
        };
        let late = self.deadline.is_some_and(|deadline| now >= deadline);
        let mut events = if late { self.expire() } else { Vec::new() };
        events.extend(self.step(key).into_iter().map(Event::Key));
        self.deadline = match self.seen {
            Seen::Nothing => None,
            Seen::Escape | Seen::Control | Seen::Single | Seen::Opened | Seen::Closing => {
                Some(now + self.hold)
            }
            Seen::Answer(_) => Some(now + QUIET.max(self.hold)),
        };
        events
    }

    /// The rest did not come in time: what is held was typed.
    pub fn expire(&mut self) -> Vec<Event> {
        self.deadline = None;
        self.release().into_iter().map(Event::Key).collect()
    }

    fn release(&mut self) -> Vec<KeyEvent> {
        self.seen = Seen::Nothing;
        std::mem::take(&mut self.held)
    }

    fn hold(&mut self, key: KeyEvent, seen: Seen) -> Vec<KeyEvent> {
        self.held.push(key);
        self.seen = seen;
        Vec::new()
    }

    /// Lets go of what is held and takes the key as a first one.
    fn begin(&mut self, key: KeyEvent) -> Vec<KeyEvent> {
        let mut keys = self.release();
        if key.code == KeyCode::Esc && key.modifiers.is_empty() {
            self.hold(key, Seen::Escape);
        } else if alt(key).is_some_and(opens) {
            self.hold(key, Seen::Opened);
        } else {
            keys.push(key);
        }
        keys
    }

    fn step(&mut self, key: KeyEvent) -> Vec<KeyEvent> {
        match (self.seen, plain(key)) {
            (Seen::Escape, Some('[')) => self.hold(key, Seen::Control),
            (Seen::Escape, Some('O')) => self.hold(key, Seen::Single),
            (Seen::Escape, Some(character)) if opens(character) => self.hold(key, Seen::Opened),
            (Seen::Control, Some(' '..='?')) | (Seen::Single, Some('0'..='9')) => self.hold(key, self.seen),
            // `[[A`: a function key of the Linux console.
            (Seen::Control, Some('[')) if self.held.len() == 2 => self.hold(key, Seen::Control),
            (Seen::Control | Seen::Single, Some('@'..='~')) => {
                let mut held = self.release();
                held.push(key);
                let sequence: Vec<char> = held.into_iter().filter_map(plain).collect();
                decode(&sequence).into_iter().collect()
            }
            (Seen::Opened, Some(' '..='?')) => {
                self.held.clear();
                self.seen = Seen::Answer(0);
                Vec::new()
            }
            (Seen::Answer(length), _) => self.answer(key, length),
            (Seen::Closing, Some('\\')) => {
                self.release();
                Vec::new()
            }
            (
                Seen::Nothing | Seen::Escape | Seen::Control | Seen::Single | Seen::Opened | Seen::Closing,
                _,
            ) => self.begin(key),
        }
    }

    /// Takes a key within an answer: it ends with BEL or ST, or where a key comes that no answer contains.
    fn answer(&mut self, key: KeyEvent, length: usize) -> Vec<KeyEvent> {
        let bell = key.code == KeyCode::Char('g') && key.modifiers == KeyModifiers::CONTROL;
        match plain(key) {
            Some('\u{9c}') => self.release(),
            Some(_) if length < LONGEST => {
                self.seen = Seen::Answer(length + 1);
                Vec::new()
            }
            None if bell || alt(key) == Some('\\') => self.release(),
            None if key.code == KeyCode::Esc => self.hold(key, Seen::Closing),
            Some(_) | None => self.begin(key),
        }
    }
}

/// The character of a key that is nothing but one.
fn plain(key: KeyEvent) -> Option<char> {
    let KeyCode::Char(character) = key.code else { return None };
    (key.modifiers - KeyModifiers::SHIFT).is_empty().then_some(character)
}

/// The character of a key held with Alt: what follows an escape in the same read.
fn alt(key: KeyEvent) -> Option<char> {
    let KeyCode::Char(character) = key.code else { return None };
    (key.modifiers - KeyModifiers::SHIFT == KeyModifiers::ALT).then_some(character)
}

/// Whether escape and this begin a control string: OSC, DCS, APC, PM, SOS.
const fn opens(character: char) -> bool {
    matches!(character, ']' | 'P' | '_' | '^' | 'X')
}

/// The key of a sequence without its escape; `None` for an answer and for keys that nobody binds.
fn decode(sequence: &[char]) -> Option<KeyEvent> {
    let [introducer, parameters @ .., last] = sequence else { return None };
    if *parameters == ['['] {
        let number = u8::try_from(u32::from(*last).checked_sub(u32::from('A'))?).ok()?;
        return (number < 5).then(|| KeyEvent::new(KeyCode::F(number + 1), KeyModifiers::NONE));
    }
    let parameters: String = parameters.iter().collect();
    let mut numbers = Vec::new();
    for number in parameters.split(';').filter(|number| !number.is_empty()) {
        numbers.push(number.parse::<u8>().ok()?);
    }
    let single = *introducer == 'O';
    let (number, modifier) = match numbers.as_slice() {
        [] => (1, 1),
        [modifier] if single => (1, *modifier),
        [number] => (*number, 1),
        [number, modifier] => (*number, *modifier),
        [_, _, _, ..] => return None,
    };
    let code = match last {
        '~' => numbered(number)?,
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'H' => KeyCode::Home,
        'F' => KeyCode::End,
        'P' => KeyCode::F(1),
        'Q' => KeyCode::F(2),
        // After `[` this is the answer to where the cursor is.
        'R' if single => KeyCode::F(3),
        'S' => KeyCode::F(4),
        'M' if single => KeyCode::Enter,
        'Z' if !single => KeyCode::BackTab,
        _ => return None,
    };
    let bits = modifier.saturating_sub(1);
    let held = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    let modifiers =
        held.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect();
    Some(KeyEvent::new(code, modifiers))
}

/// The key of `[number~`, after the VT220 and xterm.
const fn numbered(number: u8) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number - 10),
        17..=21 => KeyCode::F(number - 11),
        23 | 24 => KeyCode::F(number - 12),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::convert;
    use super::*;

    /// A byte as the library that reads keys gives it when it comes in a read of its own.
    fn alone(byte: char) -> Event {
        let (code, modifiers) = match byte {
            '\u{1b}' => (KeyCode::Esc, KeyModifiers::NONE),
            '\r' => (KeyCode::Enter, KeyModifiers::NONE),
            '\u{7}' => (KeyCode::Char('g'), KeyModifiers::CONTROL),
            _ if byte.is_uppercase() => (KeyCode::Char(byte), KeyModifiers::SHIFT),
            _ => (KeyCode::Char(byte), KeyModifiers::NONE),
        };
        Event::Key(KeyEvent::new(code, modifiers))
    }

    fn with_alt(character: char) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::ALT))
    }

    fn said(events: Vec<Event>) -> Vec<String> {
        let key = |event: Event| convert::key(event.as_key_event().unwrap()).unwrap().to_string();
        events.into_iter().map(key).collect()
    }

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    /// What becomes of bytes that come `apart` milliseconds after one another, and a long silence.
    fn typed(bytes: &str, apart: u64) -> String {
        let mut coalescer = Coalescer::new(LOCAL);
        let mut now = Duration::ZERO;
        let mut events = Vec::new();
        for byte in bytes.chars() {
            now += ms(apart);
            events.extend(coalescer.feed(alone(byte), now));
        }
        events.extend(coalescer.expire());
        assert_eq!(coalescer.deadline(), None);
        said(events).join(" ")
    }

    #[test]
    fn a_torn_key_is_put_together() {
        for (sequence, expected) in [
            ("[A", "up"),
            ("[B", "down"),
            ("[C", "right"),
            ("[D", "left"),
            ("OA", "up"),
            ("OD", "left"),
            ("[H", "home"),
            ("[F", "end"),
            ("OH", "home"),
            ("OF", "end"),
            ("[1~", "home"),
            ("[4~", "end"),
            ("[7~", "home"),
            ("[8~", "end"),
            ("[2~", "insert"),
            ("[3~", "delete"),
            ("[5~", "pageup"),
            ("[6~", "pagedown"),
            ("[Z", "backtab"),
            ("OP", "f1"),
            ("OQ", "f2"),
            ("OR", "f3"),
            ("OS", "f4"),
            ("[[A", "f1"),
            ("[[E", "f5"),
            ("[11~", "f1"),
            ("[15~", "f5"),
            ("[17~", "f6"),
            ("[21~", "f10"),
            ("[23~", "f11"),
            ("[24~", "f12"),
            ("OM", "enter"),
            ("[1;5A", "C-up"),
            ("O5A", "C-up"),
            ("[1;2P", "S-f1"),
            ("[5;3~", "A-pageup"),
        ] {
            assert_eq!(typed(&format!("\u{1b}{sequence}j"), 20), format!("{expected} j"), "{sequence}");
        }
    }

    #[test]
    fn a_torn_answer_types_nothing() {
        for answer in [
            "[?62;22c",
            "[>41;388;0c",
            "[24;80R",
            "[1;1R",
            "[0n",
            "[?997;1n",
            "[8;48;160t",
            "[?2026;2$y",
            "[?1u",
            "[I",
            "[O",
            "[<0;12;7M",
            "[28~",
            "]11;rgb:1e1e/1e1e/1e1e\u{7}",
            "]11;rgb:1e1e/1e1e/1e1e\u{1b}\\",
            "]10;rgb:ff/ff/ff\u{9c}",
            "P>|XTerm(388)\u{1b}\\",
            "P1$r0m\u{1b}\\",
        ] {
            assert_eq!(typed(&format!("\u{1b}{answer}j"), 20), "j", "{answer:?}");
        }
    }

    #[test]
    fn what_was_typed_goes_through() {
        for (bytes, apart, expected) in [
            ("\u{1b}", 0, "esc"),
            ("\u{1b}j", 5, "esc j"),
            ("\u{1b}\u{1b}", 5, "esc esc"),
            ("\u{1b}\u{1b}[B", 5, "esc down"),
            ("\u{1b}[B", 30, "esc [ B"),
            ("\u{1b}]l", 30, "esc ] l"),
            ("\u{1b}]l", 5, "esc ] l"),
            ("\u{1b}[ж", 5, "esc [ ж"),
            ("\u{1b}[\r", 5, "esc [ enter"),
            ("\u{1b}Ox", 5, ""),
            ("[B", 5, "[ B"),
            ("gg", 0, "g g"),
        ] {
            assert_eq!(typed(bytes, apart), expected, "{bytes:?} {apart} ms apart");
        }
    }

    #[test]
    fn an_answer_that_arrives_whole_types_nothing_either() {
        let mut coalescer = Coalescer::new(LOCAL);
        let mut events = coalescer.feed(with_alt(']'), ms(1));
        for byte in "11;rgb:ffff/ffff/ffff".chars() {
            events.extend(coalescer.feed(alone(byte), ms(1)));
        }
        events.extend(coalescer.feed(with_alt('\\'), ms(1)));
        assert_eq!((said(events), coalescer.deadline()), (Vec::new(), None));
    }

    #[test]
    fn an_answer_without_an_end_holds_up_nobody() {
        let mut coalescer = Coalescer::new(LOCAL);
        let answer = |coalescer: &mut Coalescer| {
            coalescer.feed(with_alt(']'), ms(0));
            coalescer.feed(alone('1'), ms(400))
        };
        assert_eq!(said(answer(&mut coalescer)), ["A-]", "1"], "a key bound to Alt-] and a count");
        coalescer.feed(with_alt(']'), ms(500));
        coalescer.feed(alone('1'), ms(510));
        assert_eq!(said(coalescer.feed(alone('\r'), ms(520))), ["enter"]);
        coalescer.feed(with_alt(']'), ms(600));
        coalescer.feed(alone('1'), ms(610));
        assert_eq!(said(coalescer.feed(alone('j'), ms(1200))), ["j"]);
        coalescer.feed(with_alt('P'), ms(1300));
        let typed = (0..LONGEST + 2).flat_map(|_| coalescer.feed(alone('1'), ms(1300))).collect();
        assert_eq!(said(typed), ["1"]);
    }

    #[test]
    fn a_change_of_size_goes_by_and_a_paste_keeps_its_place() {
        let mut coalescer = Coalescer::new(LOCAL);
        coalescer.feed(alone('\u{1b}'), ms(0));
        assert_eq!(coalescer.feed(Event::Resize(80, 24), ms(5)), [Event::Resize(80, 24)]);
        assert_eq!(coalescer.deadline(), Some(LOCAL));
        coalescer.feed(alone('['), ms(10));
        assert_eq!(said(coalescer.feed(alone('B'), ms(20))), ["down"]);
        coalescer.feed(alone('\u{1b}'), ms(30));
        let paste = Event::Paste("words".to_owned());
        assert_eq!(coalescer.feed(paste.clone(), ms(31)), [alone('\u{1b}'), paste]);
        assert_eq!(coalescer.deadline(), None);
    }

    #[test]
    fn the_line_says_how_long_an_escape_is_held() {
        for (name, value, expected) in [
            ("TERM", "xterm", 25),
            ("SSH_TTY", "/dev/pts/3", 100),
            ("SSH_CONNECTION", "10.0.0.2 50000 10.0.0.1 22", 100),
            ("SSH_TTY", "", 25),
            ("ESCDELAY", "300", 300),
            ("ESCDELAY", "soon", 25),
        ] {
            let variable = |asked: &str| (asked == name).then(|| value.to_owned());
            assert_eq!(hold(variable), ms(expected), "{name}={value}");
        }
    }

    proptest! {
        #[test]
        fn keys_without_an_escape_are_neither_held_nor_changed(keys in "[a-zA-Z0-9\\[\\];?~ж/]{0,40}") {
            let mut coalescer = Coalescer::new(LOCAL);
            for key in keys.chars() {
                prop_assert_eq!(coalescer.feed(alone(key), Duration::ZERO), [alone(key)]);
                prop_assert_eq!(coalescer.deadline(), None);
            }
        }

        #[test]
        fn after_a_silence_nothing_is_left(keys in "[\u{1b}\u{7}\\[\\]OPa-z0-9;?~]{0,40}", apart in 0_u64..40) {
            let mut coalescer = Coalescer::new(LOCAL);
            let mut now = Duration::ZERO;
            for key in keys.chars() {
                now += ms(apart);
                coalescer.feed(alone(key), now);
            }
            coalescer.expire();
            prop_assert_eq!(coalescer.feed(alone('j'), now), [alone('j')]);
        }
    }
}
