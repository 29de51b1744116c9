//! Keys in, events out: counts, sequences, letters of marks, and what to show while one is unfinished.
//!
//! Knows no terminal and no clock; an unfinished sequence waits for as long as the reader does.

use crate::reader::action::{Action, Event, Mode};

use super::key::{Code, Key};
use super::keymap::{Binding, Found, Keymap};

/// Counts stop growing here, so that a finger resting on `9` means nothing worse than "very far".
const COUNT_MAX: usize = 999_999;

/// What a key led to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// These happened, in this order. When an unfinished sequence was being shown, the first is
    /// `Event::Pending` with an empty text, which takes it off the screen.
    Events(Vec<Event>),
    /// The keys of an unfinished sequence, to be shown; empty when it ended in nothing.
    Pending(String),
    /// The key means nothing here.
    Nothing,
}

/// The state between two keys.
#[derive(Clone, Debug)]
pub struct Input {
    keymap: Keymap,
    mode: Mode,
    count: Option<usize>,
    typed: Vec<Key>,
    /// A binding that still wants its letter.
    waiting: Option<Binding>,
    /// The keys typed are the tail of a terminal's escape code whose head was lost.
    torn: bool,
}

impl Input {
    /// Nothing typed yet.
    #[must_use]
    pub const fn new(keymap: Keymap) -> Self {
        Self { keymap, mode: Mode::Read, count: None, typed: Vec::new(), waiting: None, torn: false }
    }

    /// The map in force.
    #[must_use]
    pub const fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// Takes one key, where `mode` is what has the keys now. A change of mode drops what was unfinished.
    pub fn feed(&mut self, key: Key, mode: Mode) -> Outcome {
        let shown = !self.pending().is_empty();
        if mode != self.mode {
            self.clear();
            self.mode = mode;
        }
        let events = self.step(key.canonical());
        match (events, self.pending()) {
            (Some(mut events), _) if !events.is_empty() => {
                if shown {
                    events.insert(0, Event::Pending(String::new()));
                }
                Outcome::Events(events)
            }
            (_, pending) if shown || !pending.is_empty() => Outcome::Pending(pending),
            _ => Outcome::Nothing,
        }
    }

    /// The keys typed so far of an unfinished sequence: `12 g`; empty when there is none.
    #[must_use]
    pub fn pending(&self) -> String {
        let mut parts: Vec<String> = self.count.iter().map(ToString::to_string).collect();
        parts.extend(self.typed.iter().map(ToString::to_string));
        parts.join(" ")
    }

    /// What can follow the keys typed so far: each next key with what it does, or with how much lies behind it.
    #[must_use]
    pub fn continuations(&self) -> Vec<(String, String)> {
        if let Some(binding) = &self.waiting {
            return vec![("a-z".to_owned(), binding.describe())];
        }
        if self.typed.is_empty() || self.torn {
            return Vec::new();
        }
        self.keymap.continuations(&self.typed, self.mode)
    }

    /// Forgets what was typed.
    fn clear(&mut self) {
        self.count = None;
        self.typed.clear();
        self.waiting = None;
        self.torn = false;
    }

    /// The events of a key; `None` while more keys are wanted.
    fn step(&mut self, key: Key) -> Option<Vec<Event>> {
        if let Some(binding) = self.waiting.take() {
            return Some(self.letter(&binding, key));
        }
        if self.torn || self.tears(key) {
            return self.swallow(key);
        }
        if self.counts(key) {
            return None;
        }
        if self.gives_up(key) {
            self.clear();
            return Some(Vec::new());
        }
        // What is bound as typed wins; only otherwise does the keyboard layout come in.
        let found = match self.find(key) {
            Found::Nothing if self.mode != Mode::Prompt => {
                self.keymap.translate(key).map_or(Found::Nothing, |key| self.find(key))
            }
            found => found,
        };
        match found {
            Found::Bound(keys, binding) => {
                self.typed = keys;
                self.fire(binding)
            }
            Found::Prefix(keys) => {
                self.typed = keys;
                None
            }
            Found::Nothing => {
                let inserts = self.mode == Mode::Prompt && self.typed.is_empty();
                self.clear();
                Some(key.printable().filter(|_| inserts).map(Event::Insert).into_iter().collect())
            }
        }
    }

    /// What the keys typed lead to with one more.
    fn find(&self, key: Key) -> Found {
        let mut keys = self.typed.clone();
        keys.push(key);
        self.keymap.find(keys, self.mode)
    }

    /// Takes a digit of a count. Only the two texts have counts; a nought does not begin one.
    fn counts(&mut self, key: Key) -> bool {
        if self.mode != Mode::Read || !self.typed.is_empty() {
            return false;
        }
        let Some(digit) = key.printable().and_then(|character| character.to_digit(10)) else {
            return false;
        };
        if digit == 0 && self.count.is_none() {
            return false;
        }
        self.count = Some((self.count.unwrap_or(0) * 10 + digit as usize).min(COUNT_MAX));
        true
    }

    /// Whether the key ends what is unfinished instead of doing what it does by itself.
    fn gives_up(&self, key: Key) -> bool {
        if self.pending().is_empty() {
            return false;
        }
        let continues = !self.typed.is_empty() && !matches!(self.find(key), Found::Nothing);
        let cancels = || match self.keymap.find(vec![key], self.mode) {
            Found::Bound(_, binding) => binding.actions == [Action::Cancel],
            Found::Prefix(_) | Found::Nothing => false,
        };
        !continues && (key == Key::plain(Code::Esc) || cancels())
    }

    /// Whether the key shows that `[` or `O` was not typed by hand.
    ///
    /// The codes of function keys and the answers of a terminal are escape, `[` or `O`, digits and `;`, and a
    /// letter. When the escape arrives in a read of its own, the rest looks like keys; the letter must not act.
    fn tears(&self, key: Key) -> bool {
        let introducer =
            [Key::plain(Code::Char('['))] == *self.typed || [Key::plain(Code::Char('O'))] == *self.typed;
        introducer && byte_within(key, '0'..='?') && matches!(self.find(key), Found::Nothing)
    }

    /// Takes the keys of a torn escape code up to the letter that ends it.
    fn swallow(&mut self, key: Key) -> Option<Vec<Event>> {
        if byte_within(key, ' '..='?') {
            self.torn = true;
            self.typed.push(key);
            return None;
        }
        self.clear();
        Some(Vec::new())
    }

    /// Carries out a binding, or waits for its letter.
    fn fire(&mut self, binding: Binding) -> Option<Vec<Event>> {
        if binding.actions.iter().any(|action| action.takes_letter()) {
            self.waiting = Some(binding);
            return None;
        }
        let events = events(&binding, self.count, None);
        self.clear();
        Some(events)
    }

    /// Carries out a binding with its letter; a key that is no letter drops it.
    fn letter(&mut self, binding: &Binding, key: Key) -> Vec<Event> {
        let repeats = self.typed.last().is_some_and(|last| {
            *last == key || self.keymap.translate(key).is_some_and(|translated| translated == *last)
        });
        let key = self.keymap.translate(key).unwrap_or(key);
        let events = key.printable().map_or_else(Vec::new, |letter| {
            // Twice the key of "to the mark" goes back, whatever key that is.
            let back = repeats && binding.actions.contains(&Action::MarkGoto);
            events(binding, self.count, Some(if back { '\'' } else { letter }))
        });
        self.clear();
        events
    }
}

/// The events of a binding.
fn events(binding: &Binding, count: Option<usize>, letter: Option<char>) -> Vec<Event> {
    let act =
        |&action: &Action| Event::Act { action, count, letter: letter.filter(|_| action.takes_letter()) };
    binding.actions.iter().map(act).collect()
}

/// Whether the key is a byte of a class of ECMA-48, 5.4: parameters are `0` to `?`, and with the intermediate
/// bytes space to `?`.
fn byte_within(key: Key, class: std::ops::RangeInclusive<char>) -> bool {
    key.printable().is_some_and(|character| class.contains(&character))
}
