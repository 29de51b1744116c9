//! The translation of a keyboard layout without Latin letters, so that commands work while it is switched on.
//!
//! Does not know where it applies: a line of input is never translated, and that is decided elsewhere.

use super::key::{Code, Key, upper};

/// Pairs of a character that is typed and the character on the same key of a Latin keyboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pairs: Vec<(char, char)>,
}

impl Layout {
    /// Adds pairs before those there are, so that the new ones win; a pair of letters stands for its capitals too.
    pub(super) fn add(&mut self, from: &str, into: &str) {
        let mut pairs: Vec<_> = from.chars().zip(into.chars()).collect();
        let capitals: Vec<_> = pairs
            .iter()
            .filter(|(from, into)| from.is_lowercase() && into.is_ascii_lowercase())
            .map(|&(from, into)| (from, upper(from), upper(into)))
            // Both forms of the small sigma have one capital; it belongs to the form that it comes back to.
            .filter(|(from, capital, _)| capital.to_lowercase().eq([*from]))
            .map(|(_, capital, into)| (capital, into))
            .collect();
        pairs.extend(capitals);
        pairs.append(&mut self.pairs);
        for pair in pairs {
            if self.pairs.iter().all(|(from, _)| *from != pair.0) {
                self.pairs.push(pair);
            }
        }
    }

    /// The key that stands at the same place of a Latin keyboard, if the layout says which.
    pub(super) fn translate(&self, key: Key) -> Option<Key> {
        let Code::Char(typed) = key.code else { return None };
        let (_, into) = self.pairs.iter().find(|(from, _)| *from == typed)?;
        Some(Key { code: Code::Char(*into), ..key }.canonical())
    }

    /// The pairs as two texts of equal length.
    pub(super) fn texts(&self) -> (String, String) {
        self.pairs.iter().copied().unzip()
    }
}
