//! One key as a terminal can send it: how it is written, how it is printed, which ones cannot exist.
//!
//! Does not know what any key is bound to, nor the library that reads them from the terminal.

use std::fmt;
use std::str::FromStr;

use super::problem::nearest;

/// What was pressed, apart from the keys held down with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, as it came out of the keyboard layout: `G`, not shift and `g`.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and tab, which terminals send as a key of its own.
    BackTab,
    /// Backspace.
    Backspace,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Insert.
    Insert,
    /// Delete.
    Delete,
    /// A function key, from 1 to 24.
    F(u8),
}

/// The names of the keys that are not characters; the first name of a code is the one that is printed.
const NAMES: &[(&str, Code)] = &[
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backtab", Code::BackTab),
    ("backspace", Code::Backspace),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("insert", Code::Insert),
    ("delete", Code::Delete),
    ("return", Code::Enter),
    ("cr", Code::Enter),
    ("escape", Code::Esc),
    ("bs", Code::Backspace),
    ("pgup", Code::PageUp),
    ("pgdn", Code::PageDown),
    ("ins", Code::Insert),
    ("del", Code::Delete),
    ("spc", Code::Char(' ')),
];

/// A key with the keys held down with it.
///
/// Two keys that a plain terminal sends as the same bytes have one [canonical](Key::canonical) form, and only
/// that form can be written in `keymap.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// What was pressed.
    pub code: Code,
    /// With control held down.
    pub control: bool,
    /// With alt (meta, option) held down.
    pub alt: bool,
    /// With shift held down; never with a character, which has its case already.
    pub shift: bool,
}

impl Key {
    /// A key by itself.
    #[must_use]
    pub const fn plain(code: Code) -> Self {
        Self { code, control: false, alt: false, shift: false }
    }

    /// Parses keys separated by spaces: `g g`, `C-w left`.
    ///
    /// # Errors
    /// The first key that is not one, with what to write instead.
    pub fn sequence(text: &str) -> Result<Vec<Self>, KeyError> {
        let keys = text.split_whitespace().map(Self::from_str).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Err(KeyError::new("no key is named here", "write `space` for the space bar"));
        }
        Ok(keys)
    }

    /// Prints keys as [`Key::sequence`] reads them.
    #[must_use]
    pub fn print_sequence(keys: &[Self]) -> String {
        keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The one form of keys that a plain terminal cannot tell apart.
    ///
    /// Control and `i`, `m`, `[` are the bytes of tab, enter and escape. Control and `h` is what about half of
    /// all terminals send for backspace, so it is backspace here. Bytes 28 to 31 arrive as control and a digit.
    #[must_use]
    pub fn canonical(self) -> Self {
        let mut key = self;
        if let Code::Char(character) = key.code {
            let character = if key.shift { upper(character) } else { character };
            key.shift = false;
            (key.code, key.control) = match (key.control, character) {
                (true, 'h' | 'H' | '?') | (false, '\u{8}' | '\u{7f}') => (Code::Backspace, false),
                (true, 'i' | 'I') | (false, '\t') => (Code::Tab, false),
                (true, 'm' | 'M') | (false, '\r' | '\n') => (Code::Enter, false),
                (true, '[') | (false, '\u{1b}') => (Code::Esc, false),
                (true, '4') => (Code::Char('\\'), true),
                (true, '5') => (Code::Char(']'), true),
                (true, '6') => (Code::Char('^'), true),
                (true, '7' | '/') => (Code::Char('_'), true),
                (true, other) => (Code::Char(other.to_ascii_lowercase()), true),
                (false, other) => (Code::Char(other), false),
            };
        }
        if key.code == Code::Tab && key.shift {
            key.code = Code::BackTab;
        }
        if key.code == Code::BackTab {
            key.shift = false;
        }
        key
    }

    /// The character that this key puts into a line of input, if it is one.
    #[must_use]
    pub fn printable(self) -> Option<char> {
        let Code::Char(character) = self.code else { return None };
        (!self.control && !self.alt && !character.is_control()).then_some(character)
    }

    /// Why no plain terminal sends this key, if none does.
    fn impossible(self) -> Option<KeyError> {
        let Code::Char(character) = self.code else {
            return self.impossible_named();
        };
        if self.shift {
            let upper = upper(character);
            let help = if upper == character {
                "write the character that appears when shift is held".to_owned()
            } else {
                format!("write `{}`", Self { code: Code::Char(upper), shift: false, ..self })
            };
            return Some(KeyError::new("`S-` does not go with a character", help));
        }
        if self.control {
            return self.impossible_control(character);
        }
        if self.alt && matches!(character, '[' | 'O') {
            let message = format!("`{self}` is how the code of every arrow key begins");
            return Some(KeyError::new(message, "choose another key"));
        }
        None
    }

    /// As [`Key::impossible`], for a control key.
    fn impossible_control(self, character: char) -> Option<KeyError> {
        let bare = Self { control: false, ..self };
        let instead = |code| format!("write `{}`", Self { code, ..bare });
        match character {
            'a'..='z' if !matches!(character, 'h' | 'i' | 'm') => None,
            ' ' | '\\' | ']' | '^' | '_' => None,
            'i' => Some(KeyError::new("in a terminal `C-i` is the tab key", instead(Code::Tab))),
            'm' => Some(KeyError::new("in a terminal `C-m` is the enter key", instead(Code::Enter))),
            '[' => Some(KeyError::new("in a terminal `C-[` is the escape key", instead(Code::Esc))),
            'h' => Some(KeyError::new(
                "`C-h` is what many terminals send for backspace",
                instead(Code::Backspace),
            )),
            'A'..='Z' => {
                let lower = Self { code: Code::Char(character.to_ascii_lowercase()), ..self };
                Some(KeyError::new(
                    format!("a terminal cannot tell `{self}` from `{lower}`"),
                    format!("write `{lower}`"),
                ))
            }
            _ => Some(KeyError::new(
                format!("no terminal can be relied on to send `{self}`"),
                "control goes with a to z, space, \\ ] ^ and _",
            )),
        }
    }

    /// As [`Key::impossible`], for a key with a name.
    fn impossible_named(self) -> Option<KeyError> {
        let one_byte =
            matches!(self.code, Code::Enter | Code::Esc | Code::Tab | Code::BackTab | Code::Backspace);
        if one_byte && (self.control || self.shift) {
            let plain = Self { control: false, shift: false, ..self };
            return Some(KeyError::new(
                format!("a terminal cannot tell `{self}` from `{plain}`"),
                format!("write `{plain}`"),
            ));
        }
        None
    }
}

/// The upper-case form, where it is one character.
pub(super) fn upper(character: char) -> char {
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => character,
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, prefix) in [(self.control, "C-"), (self.alt, "A-"), (self.shift, "S-")] {
            if held {
                formatter.write_str(prefix)?;
            }
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return formatter.write_str(name);
        }
        if let Code::Char(character) = self.code {
            write!(formatter, "{character}")
        } else if let Code::F(number) = self.code {
            write!(formatter, "f{number}")
        } else {
            // Every other code has a name.
            Ok(())
        }
    }
}

impl FromStr for Key {
    type Err = KeyError;

    /// Reads `[C-|A-|S-]*(character|name)`, with `ctrl-`, `alt-`, `meta-`, `shift-` and `<C-d>` as other spellings.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let inner = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(text);
        let mut rest = if inner.is_empty() { text } else { inner };
        let mut key = Self::plain(Code::Esc);
        while let Some((held, after)) = modifier(rest) {
            let flag = match held {
                Held::Control => &mut key.control,
                Held::Alt => &mut key.alt,
                Held::Shift => &mut key.shift,
            };
            if std::mem::replace(flag, true) {
                return Err(KeyError::new(format!("`{text}` names a modifier twice"), "write it once"));
            }
            rest = after;
        }
        key.code = code(rest)?;
        if key.code == Code::Tab && key.shift {
            (key.code, key.shift) = (Code::BackTab, false);
        }
        key.impossible().map_or(Ok(key), Err)
    }
}

/// A key held down with another.
enum Held {
    Control,
    Alt,
    Shift,
}

/// Takes one modifier off the front; `-` alone, or after a modifier, is the character.
fn modifier(text: &str) -> Option<(Held, &str)> {
    let (name, rest) = text.split_once('-').filter(|(_, rest)| !rest.is_empty())?;
    let held = match name.to_ascii_lowercase().as_str() {
        "c" | "ctrl" | "control" => Held::Control,
        "a" | "alt" | "m" | "meta" => Held::Alt,
        "s" | "shift" => Held::Shift,
        _ => return None,
    };
    Some((held, rest))
}

/// What a key without its modifiers is.
fn code(text: &str) -> Result<Code, KeyError> {
    let mut characters = text.chars();
    if let (Some(character), None) = (characters.next(), characters.next())
        && !character.is_control()
    {
        return Ok(Code::Char(character));
    }
    let name = text.to_ascii_lowercase();
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Ok(*code);
    }
    if let Some(number) = name.strip_prefix('f').and_then(|number| number.parse::<u8>().ok()) {
        if (1..=24).contains(&number) {
            return Ok(Code::F(number));
        }
        return Err(KeyError::new(
            format!("there is no function key {number}"),
            "function keys are `f1` to `f24`",
        ));
    }
    let shown = text.escape_debug();
    let help = nearest(&name, NAMES.iter().map(|(known, _)| *known)).map_or_else(
        || {
            let spaced = text.chars().map(String::from).collect::<Vec<_>>().join(" ");
            format!("keys of a sequence are separated by spaces: `{}`", spaced.escape_debug())
        },
        |name| format!("did you mean `{name}`?"),
    );
    Err(KeyError::new(format!("there is no key `{shown}`"), help))
}

/// Why a text is not a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {help}")]
pub struct KeyError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

impl KeyError {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keys_are_printed_in_one_spelling() {
        let cases = [
            ("g", "g"),
            ("G", "G"),
            ("-", "-"),
            ("<", "<"),
            ("ж", "ж"),
            ("ctrl-d", "C-d"),
            ("<C-d>", "C-d"),
            ("Control-Alt-x", "C-A-x"),
            ("A-C-x", "C-A-x"),
            ("meta-v", "A-v"),
            ("A--", "A--"),
            ("A-G", "A-G"),
            ("shift-Up", "S-up"),
            ("S-tab", "backtab"),
            ("Escape", "esc"),
            ("PgDn", "pagedown"),
            ("C-space", "C-space"),
            ("f12", "f12"),
            ("g  g", "g g"),
            ("C-w <C-w>", "C-w C-w"),
        ];
        for (written, printed) in cases {
            assert_eq!(Key::sequence(written).map(|keys| Key::print_sequence(&keys)), Ok(printed.to_owned()));
        }
    }

    #[test]
    fn keys_that_no_terminal_sends_are_refused_with_what_to_write() {
        let cases = [
            ("C-i", "in a terminal `C-i` is the tab key; write `tab`"),
            ("C-m", "in a terminal `C-m` is the enter key; write `enter`"),
            ("C-[", "in a terminal `C-[` is the escape key; write `esc`"),
            ("C-h", "`C-h` is what many terminals send for backspace; write `backspace`"),
            ("C-G", "a terminal cannot tell `C-G` from `C-g`; write `C-g`"),
            ("S-g", "`S-` does not go with a character; write `G`"),
            ("A-S-é", "`S-` does not go with a character; write `A-É`"),
            ("S-1", "`S-` does not go with a character; write the character that appears when shift is held"),
            (
                "C-1",
                "no terminal can be relied on to send `C-1`; control goes with a to z, space, \\ ] ^ and _",
            ),
            ("C-enter", "a terminal cannot tell `C-enter` from `enter`; write `enter`"),
            ("A-[", "`A-[` is how the code of every arrow key begins; choose another key"),
            ("f25", "there is no function key 25; function keys are `f1` to `f24`"),
            ("bakspace", "there is no key `bakspace`; did you mean `backspace`?"),
            ("gg", "there is no key `gg`; keys of a sequence are separated by spaces: `g g`"),
            ("C-C-d", "`C-C-d` names a modifier twice; write it once"),
            ("", "no key is named here; write `space` for the space bar"),
        ];
        for (written, said) in cases {
            assert_eq!(Key::sequence(written).map_err(|error| error.to_string()), Err(said.to_owned()));
        }
    }

    #[test]
    fn keys_that_are_one_byte_are_one_key() {
        let control = |character| Key { control: true, ..Key::plain(Code::Char(character)) };
        let cases = [
            (control('i'), "tab"),
            (control('h'), "backspace"),
            (control('m'), "enter"),
            (control('D'), "C-d"),
            (control('5'), "C-]"),
            (Key { shift: true, ..Key::plain(Code::Char('G')) }, "G"),
            (Key { shift: true, ..Key::plain(Code::Char('ß')) }, "ß"),
            (Key { shift: true, ..Key::plain(Code::BackTab) }, "backtab"),
            (Key { shift: true, ..Key::plain(Code::Tab) }, "backtab"),
            (Key::plain(Code::Char('\r')), "enter"),
        ];
        for (sent, printed) in cases {
            assert_eq!(sent.canonical().to_string(), printed);
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_printed_and_read_again(text in "[CASctrl<>-]{0,6}([ -~а-я]|esc|up|f[0-9]{1,2})") {
            if let Ok(keys) = Key::sequence(&text) {
                prop_assert_eq!(Key::sequence(&Key::print_sequence(&keys)), Ok(keys.clone()));
                // What can be written is what arrives.
                let canonical: Vec<_> = keys.iter().map(|key| key.canonical()).collect();
                prop_assert_eq!(canonical, keys);
            }
        }
    }
}
