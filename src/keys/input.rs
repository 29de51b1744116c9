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
    /// The last keys were unbound and may be such a tail too: where nothing begins with its head, nothing swallows it.
    may_be_torn: bool,
}

impl Input {
    /// Nothing typed yet.
    #[must_use]
    pub const fn new(keymap: Keymap) -> Self {
        Self {
            keymap,
            mode: Mode::Read,
            count: None,
            typed: Vec::new(),
            waiting: None,
            torn: false,
            may_be_torn: false,
        }
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
        let key = key.canonical();
        let events = self.step(key);
        self.may_be_torn = heads(key) || (self.may_be_torn && byte_within(key, ' '..='?'));
        match (events, self.pending()) {
            (Some(mut events), _) if !events.is_empty() => {
                if shown {
                    events.insert(0, Event::Pending { keys: String::new(), following: Vec::new() });
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
            return vec![("a-z".to_owned(), binding.label())];
        }
        if self.typed.is_empty() || self.torn {
            return Vec::new();
        }
        self.keymap.continuations(&self.typed, self.mode)
    }

    /// What to show while keys of an unfinished sequence wait for more.
    #[must_use]
    pub fn waiting(&self, keys: String) -> Event {
        Event::Pending { keys, following: self.continuations() }
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
            found @ (Found::Bound(..) | Found::Prefix(_) | Found::Nothing) => found,
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
                let event = match self.mode {
                    Mode::Prompt => key.printable().filter(|_| self.typed.is_empty()).map(Event::Insert),
                    Mode::Read | Mode::List | Mode::Pager => self.unbound(key),
                };
                self.clear();
                Some(event.into_iter().collect())
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
        let introducer = matches!(*self.typed, [only] if heads(only));
        introducer && byte_within(key, '0'..='?') && matches!(self.find(key), Found::Nothing)
    }

    /// What is to be said of a key that leads nowhere; nothing of what may be a torn escape code.
    fn unbound(&self, key: Key) -> Option<Event> {
        let may_be_torn =
            self.may_be_torn || heads(key) || self.typed.first().is_some_and(|&first| heads(first));
        let mut keys = self.typed.clone();
        keys.push(key);
        (!may_be_torn).then(|| Event::Unbound { keys: Key::print_sequence(&keys) })
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

/// Whether the key is what stands behind the escape in the codes of a terminal.
fn heads(key: Key) -> bool {
    [Key::plain(Code::Char('[')), Key::plain(Code::Char('O'))].contains(&key)
}

/// Whether the key is a byte of a class of ECMA-48, 5.4: parameters are `0` to `?`, and with the intermediate
/// bytes space to `?`.
fn byte_within(key: Key, class: std::ops::RangeInclusive<char>) -> bool {
    key.printable().is_some_and(|character| class.contains(&character))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::keys::Preset;

    /// Feeds keys and returns what happened, as one line: `g … top`.
    fn typed(input: &mut Input, keys: &str, mode: Mode) -> Vec<String> {
        Key::sequence(keys).unwrap().into_iter().map(|key| told(&input.feed(key, mode))).collect()
    }

    fn told(outcome: &Outcome) -> String {
        match outcome {
            Outcome::Nothing => "-".to_owned(),
            Outcome::Pending(text) => format!("{text}…"),
            Outcome::Events(events) => events.iter().map(said).collect::<Vec<_>>().join(" "),
        }
    }

    fn said(event: &Event) -> String {
        match event {
            Event::Act { action, count, letter } => {
                let count = count.map_or(String::new(), |count| count.to_string());
                format!(
                    "{count}{}{}",
                    action.name(),
                    letter.map_or(String::new(), |letter| format!(":{letter}"))
                )
            }
            Event::Insert(character) => format!("+{character}"),
            Event::Pending { keys, .. } => format!("({keys})"),
            Event::Unbound { keys } => format!("{keys}?"),
            Event::Paste(_) | Event::Resize { .. } | Event::Click { .. } | Event::Wheel { .. } => {
                unreachable!("no key does this")
            }
        }
    }

    fn read(keys: &str) -> String {
        typed(&mut Input::new(Keymap::built_in()), keys, Mode::Read).join(" | ")
    }

    #[test]
    fn keys_become_actions() {
        let cases = [
            ("j", "line_down"),
            ("g g", "g… | () top"),
            ("4 2 G", "4… | 42… | () 42bottom"),
            ("1 0 g g", "1… | 10… | 10 g… | () 10top"),
            ("5 0 %", "5… | 50… | () 50percent"),
            ("0 j", "0? | line_down"),
            ("w", "w?"),
            ("z z", "z… | () z z?"),
            ("C-x", "C-x?"),
            ("g w j", "g… | () g w? | line_down"),
            ("3 g w j", "3… | 3 g… | () g w? | line_down"),
            ("g esc j", "g… | … | line_down"),
            ("g C-c j", "g… | … | line_down"),
            ("7 esc j", "7… | … | line_down"),
            ("7 C-c esc", "7… | … | cancel"),
            ("m a", "m… | () mark_set:a"),
            ("m m", "m… | () mark_set:m"),
            ("m esc a", "m… | … | a?"),
            ("' a", "'… | () mark_goto:a"),
            ("' '", "'… | () mark_goto:'"),
            ("` `", "`… | () mark_goto:'"),
            ("' 7", "'… | () mark_goto:7"),
            ("] l", "]… | () link_next"),
            ("O O", "O… | () layout_next"),
        ];
        for (keys, expected) in cases {
            assert_eq!(read(keys), expected, "{keys}");
        }
    }

    #[test]
    fn a_count_stops_growing() {
        assert!(read("9 9 9 9 9 9 9 9 j").ends_with("() 999999line_down"));
    }

    #[test]
    fn characters_insert_themselves_in_a_line_of_input() {
        let mut input = Input::new(Keymap::built_in());
        let events = typed(&mut input, "a 5 space ж ? C-w C-x backspace esc", Mode::Prompt);
        assert_eq!(events, ["+a", "+5", "+ ", "+ж", "+?", "delete_word", "-", "delete_back", "cancel"]);
        let control_h = Key { control: true, ..Key::plain(Code::Char('h')) };
        assert_eq!(told(&input.feed(control_h, Mode::Prompt)), "delete_back");
    }

    #[test]
    fn a_change_of_mode_drops_what_was_unfinished() {
        let mut input = Input::new(Keymap::built_in());
        assert_eq!(typed(&mut input, "3 g", Mode::Read), ["3…", "3 g…"]);
        assert_eq!(typed(&mut input, "j g", Mode::List), ["() line_down", "g…"]);
        assert_eq!(typed(&mut input, "g", Mode::Pager), ["g…"]);
        assert_eq!(typed(&mut input, "g", Mode::Prompt), ["() +g"]);
    }

    #[test]
    fn several_actions_come_in_order_each_with_the_count() {
        let own = "[read]\n\"w\" = [\"focus_other\", \"line_down\"]\n\"X\" = \"noop\"\n\"Y Y\" = \"noop\"\n\"v\" = [\"mark_set\", \"top\"]";
        let mut input = Input::new(Keymap::with_overlay(own, "my.toml").0);
        assert_eq!(typed(&mut input, "2 w", Mode::Read), ["2…", "() 2focus_other 2line_down"]);
        assert_eq!(typed(&mut input, "X Y Y", Mode::Read), ["-", "Y…", "…"]);
        assert_eq!(typed(&mut input, "v a", Mode::Read), ["v…", "() mark_set:a top"]);
    }

    #[test]
    fn what_can_follow_is_told() {
        let mut input = Input::new(Keymap::built_in());
        assert_eq!(input.continuations(), []);
        typed(&mut input, "z", Mode::Read);
        let follow = input.continuations();
        assert!(follow.contains(&("n".to_owned(), "numbers".to_owned())));
        typed(&mut input, "esc m", Mode::Read);
        assert_eq!(input.continuations(), [("a-z".to_owned(), "mark both places with a letter".to_owned())]);
    }

    #[test]
    fn commands_work_while_a_layout_without_latin_letters_is_on() {
        let cases = [
            ("о", "line_down"),
            ("О", "link_next"),
            ("5 п п", "5… | 5 g… | () 5top"),
            ("Х", "entry_previous"),
            ("ъ д", "]… | () link_next"),
            ("э э", "'… | () mark_goto:'"),
            ("ь ф", "m… | () mark_set:a"),
            ("ξ", "line_down"),
            ("Σ", "level"),
            ("А", "А?"),
        ];
        for (keys, expected) in cases {
            assert_eq!(read(keys), expected, "{keys}");
        }
        let (keymap, _) =
            Keymap::with_overlay("[read]\n\"о\" = \"swap\"\n[layout]\nfrom = \"і\"\ninto = \"s\"", "my.toml");
        let mut input = Input::new(keymap);
        assert_eq!(typed(&mut input, "о і л", Mode::Read), ["swap", "sync_toggle", "line_up"]);
        assert_eq!(typed(&mut input, "о", Mode::Prompt), ["+о"]);
    }

    /// What is left of escape codes when the escape came in a read of its own: arrows, home and end, page keys,
    /// insert and delete, shift-tab, control-arrows, function keys, focus, paste, mouse, answers of the terminal.
    const TORN: &[&str] = &[
        "[A",
        "[B",
        "[C",
        "[D",
        "[H",
        "[F",
        "[Z",
        "[I",
        "[O",
        "OA",
        "OB",
        "OC",
        "OD",
        "OH",
        "OF",
        "OM",
        "OP",
        "OQ",
        "OR",
        "OS",
        "O2P",
        "O5A",
        "[1~",
        "[2~",
        "[3~",
        "[4~",
        "[5~",
        "[6~",
        "[7~",
        "[8~",
        "[11~",
        "[15~",
        "[17~",
        "[21~",
        "[24~",
        "[1;5A",
        "[1;5B",
        "[1;5C",
        "[1;5D",
        "[1;2P",
        "[1;2Q",
        "[5;5~",
        "[3;2~",
        "[200~",
        "[201~",
        "[?62;22c",
        "[?1;2c",
        "[>0;276;0c",
        "[24;80R",
        "[<0;10;20M",
        "[<0;10;20m",
        "[?2026;2$y",
        "[0n",
        "[97;5u",
    ];

    #[test]
    fn the_tail_of_a_torn_escape_code_does_nothing() {
        for preset in [Preset::Default, Preset::Vim, Preset::Less] {
            for tail in TORN {
                let mut input = Input::new(Keymap::preset(preset));
                for character in tail.chars() {
                    let outcome = input.feed(Key::plain(Code::Char(character)), Mode::Read);
                    assert!(!matches!(outcome, Outcome::Events(_)), "{tail} in {preset:?}: {outcome:?}");
                }
                assert_eq!(input.pending(), "", "{tail}");
            }
        }
    }

    #[test]
    fn a_torn_key_does_nothing_in_a_list_or_a_pager() {
        // The answers of a terminal are left out: it is asked before any list is open.
        let keys = TORN.iter().filter(|tail| !tail.ends_with(['c', 'R', 'M', 'm', 'y', 'n', 'u']));
        for (preset, mode) in [Preset::Default, Preset::Vim, Preset::Less]
            .into_iter()
            .flat_map(|preset| [(preset, Mode::List), (preset, Mode::Pager)])
        {
            for tail in keys.clone() {
                let mut input = Input::new(Keymap::preset(preset));
                for character in tail.chars() {
                    let outcome = input.feed(Key::plain(Code::Char(character)), mode);
                    assert!(
                        !matches!(outcome, Outcome::Events(_)),
                        "{tail} in {preset:?} {mode:?}: {outcome:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn of_the_linux_console_the_second_bracket_acts() {
        // Escape [ [ A to E are f1 to f5 there, and `[ [` is the section before: the one leak that is left, because
        // by its keys alone it cannot be told from what a hand types.
        for (last, then) in [("A", "-"), ("B", "bind"), ("C", "-"), ("D", "toggle_variants"), ("E", "-")] {
            assert_eq!(read(&format!("[ [ {last}")), format!("[… | () section_previous | {then}"));
        }
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            8 => prop::sample::select(("!\"'()+,-./0123456789<=>?BGHJKLMNOPRSZ[]`bcdefghjklmnopqrstuxz{}% ~".chars())
                .chain("оОпхэшщξς".chars()).map(Code::Char).collect::<Vec<_>>()),
            1 => any::<char>().prop_map(Code::Char),
            2 => prop::sample::select(vec![Code::Esc, Code::Enter, Code::Tab, Code::BackTab, Code::Up, Code::Backspace, Code::F(1), Code::Delete]),
        ];
        (code, prop::bool::weighted(0.1), prop::bool::weighted(0.1), prop::bool::weighted(0.1))
            .prop_map(|(code, control, alt, shift)| Key { code, control, alt, shift })
    }

    proptest! {
        #[test]
        fn only_bound_keys_act_and_only_a_line_of_input_takes_characters(
            preset in prop::sample::select(vec![Preset::Default, Preset::Vim, Preset::Less]),
            keys in prop::collection::vec((any_key(), prop::sample::select(vec![Mode::Read, Mode::Read, Mode::Read, Mode::List, Mode::Pager, Mode::Prompt])), 0..60),
        ) {
            let keymap = Keymap::preset(preset);
            let mut input = Input::new(keymap.clone());
            let mut mode_now = Mode::Read;
            for (key, mode) in keys {
                // A mode lasts a while, so that sequences come to their end.
                mode_now = if key.code == Code::Tab { mode } else { mode_now };
                let outcome = input.feed(key, mode_now);
                let Outcome::Events(events) = outcome else { continue };
                let key = key.canonical();
                let last = [Some(key), keymap.translate(key)];
                for event in events {
                    match event {
                        Event::Act { action, count, letter } => {
                            let bound = keymap.effective(mode_now).any(|(keys, binding)| {
                                binding.actions.contains(&action) && (letter.is_some() || last.contains(&keys.last().copied()))
                            });
                            prop_assert!(bound, "{key} gave {action:?} in {mode_now:?}");
                            prop_assert!(count.is_none_or(|count| mode_now == Mode::Read && (1..=COUNT_MAX).contains(&count)));
                            prop_assert_eq!(letter.is_some(), action.takes_letter());
                        }
                        Event::Insert(character) => prop_assert!(mode_now == Mode::Prompt && key.printable() == Some(character)),
                        Event::Pending { keys, .. } => prop_assert_eq!(keys, ""),
                        Event::Unbound { .. } => prop_assert!(mode_now != Mode::Prompt),
                        Event::Paste(_) | Event::Resize { .. } | Event::Click { .. } | Event::Wheel { .. } => prop_assert!(false, "no key does this"),
                    }
                }
                prop_assert_eq!(input.pending(), "");
            }
        }

        #[test]
        fn escape_always_ends_what_is_unfinished(keys in prop::collection::vec(any_key(), 0..8)) {
            let mut input = Input::new(Keymap::built_in());
            for key in keys {
                input.feed(key, Mode::Read);
            }
            input.feed(Key::plain(Code::Esc), Mode::Read);
            prop_assert_eq!(input.pending(), "");
        }
    }
}
