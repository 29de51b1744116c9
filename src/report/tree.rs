//! The values of a TOML file with their places; and the same packed, to be had again without parsing.
//!
//! `build.rs` includes this file too: it packs the tables that ship.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

/// A value and the byte of the file at which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<'a> {
    /// Byte offset into the file.
    pub byte: usize,
    /// What it is.
    pub content: Content<'a>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content<'a> {
    /// Text in quotes.
    String(Cow<'a, str>),
    /// The digits of a whole number, and their base.
    Integer(Cow<'a, str>, u32),
    /// A number with a fraction, as it is written.
    Float(Cow<'a, str>),
    /// True or false.
    Boolean(bool),
    /// A date or a time; no file of this program has one.
    Datetime,
    /// A list.
    Array(Vec<Value<'a>>),
    /// A table.
    Table(Vec<Entry<'a>>),
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The name before the equals sign.
    pub name: Cow<'a, str>,
    /// The byte of the file at which the name stands.
    pub byte: usize,
    /// What stands under the name.
    pub value: Value<'a>,
}

impl Content<'_> {
    /// What it is, as a message calls it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "string",
            Self::Integer(..) => "integer",
            Self::Float(_) => "float",
            Self::Boolean(_) => "boolean",
            Self::Datetime => "datetime",
            Self::Array(_) => "array",
            Self::Table(_) => "table",
        }
    }
}

/// The top-level table of a TOML text, as far as it can be read, and what is wrong with its syntax.
#[must_use]
pub fn parse(text: &str) -> (Vec<Entry<'_>>, Vec<Error>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    (entries(root.into_inner()), errors)
}

fn entries(table: DeTable<'_>) -> Vec<Entry<'_>> {
    let entries = table.into_iter().map(|(name, content)| {
        let byte = name.span().start;
        Entry { name: name.into_inner(), byte, value: value(content) }
    });
    entries.collect()
}

fn value(found: Spanned<DeValue<'_>>) -> Value<'_> {
    let byte = found.span().start;
    let content = match found.into_inner() {
        DeValue::String(text) => Content::String(text),
        DeValue::Integer(number) => Content::Integer(number.as_str().to_owned().into(), number.radix()),
        DeValue::Float(number) => Content::Float(number.as_str().to_owned().into()),
        DeValue::Boolean(truth) => Content::Boolean(truth),
        DeValue::Datetime(_) => Content::Datetime,
        DeValue::Array(list) => Content::Array(list.into_iter().map(value).collect()),
        DeValue::Table(table) => Content::Table(entries(table)),
    };
    Value { byte, content }
}

/// The values of a file in a form that is read without parsing.
#[derive(Clone, Copy, Debug)]
pub struct Packed<'a> {
    /// What the values are, in the order in which they are met, names before what stands under them: kinds, places
    /// and lengths, as numbers of seven bits to a byte, the lowest first, the high bit set where more follow.
    pub shape: &'a [u8],
    /// All names, texts and digits, one after the other.
    pub words: &'a str,
}

/// Packs the top-level table of a file: the `shape` and the `words` of [`Packed`].
#[must_use]
pub fn pack(root: &[Entry<'_>]) -> (Vec<u8>, String) {
    let mut packing = Packing::default();
    packing.entries(root);
    (packing.shape, packing.words)
}

/// The kinds of [`Content`] in a shape.
mod kind {
    pub const STRING: usize = 0;
    pub const INTEGER: usize = 1;
    pub const FLOAT: usize = 2;
    pub const FALSE: usize = 3;
    pub const TRUE: usize = 4;
    pub const DATETIME: usize = 5;
    pub const ARRAY: usize = 6;
    pub const TABLE: usize = 7;
}

#[derive(Default)]
struct Packing {
    shape: Vec<u8>,
    words: String,
}

impl Packing {
    fn number(&mut self, mut number: usize) {
        while number > 0x7f {
            self.shape.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.shape.push(number as u8);
    }

    fn words(&mut self, words: &str) {
        self.number(words.len());
        self.words.push_str(words);
    }

    fn entries(&mut self, entries: &[Entry<'_>]) {
        self.number(entries.len());
        for Entry { name, byte, value } in entries {
            self.words(name);
            self.number(*byte);
            self.value(value);
        }
    }

    fn value(&mut self, value: &Value<'_>) {
        self.number(value.byte);
        match &value.content {
            Content::String(text) => {
                self.number(kind::STRING);
                self.words(text);
            }
            Content::Integer(digits, base) => {
                self.number(kind::INTEGER);
                self.words(digits);
                self.number(*base as usize);
            }
            Content::Float(number) => {
                self.number(kind::FLOAT);
                self.words(number);
            }
            Content::Boolean(truth) => self.number(if *truth { kind::TRUE } else { kind::FALSE }),
            Content::Datetime => self.number(kind::DATETIME),
            Content::Array(values) => {
                self.number(kind::ARRAY);
                self.number(values.len());
                for value in values {
                    self.value(value);
                }
            }
            Content::Table(entries) => {
                self.number(kind::TABLE);
                self.entries(entries);
            }
        }
    }
}

impl<'a> Packed<'a> {
    /// The top-level table; `None` where this is nothing that [`pack`] made.
    #[must_use]
    pub fn unpacked(mut self) -> Option<Vec<Entry<'a>>> {
        self.entries()
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        let mut bits = 0;
        loop {
            let (&byte, rest) = self.shape.split_first()?;
            self.shape = rest;
            number |= usize::from(byte & 0x7f).checked_shl(bits)?;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            bits += 7;
        }
    }

    /// A number of things that follow, each of one byte at least.
    fn count(&mut self) -> Option<usize> {
        self.number().filter(|count| *count <= self.shape.len())
    }

    fn words(&mut self) -> Option<Cow<'a, str>> {
        let (words, rest) = self.words.split_at_checked(self.number()?)?;
        self.words = rest;
        Some(Cow::Borrowed(words))
    }

    fn entries(&mut self) -> Option<Vec<Entry<'a>>> {
        self.each(|packed| {
            Some(Entry { name: packed.words()?, byte: packed.number()?, value: packed.value()? })
        })
    }

    /// As many things as the next number says.
    fn each<T>(&mut self, mut next: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        let mut things = Vec::with_capacity(count);
        for _ in 0..count {
            things.push(next(self)?);
        }
        Some(things)
    }

    fn value(&mut self) -> Option<Value<'a>> {
        let byte = self.number()?;
        let content = match self.number()? {
            kind::STRING => Content::String(self.words()?),
            kind::INTEGER => Content::Integer(self.words()?, u32::try_from(self.number()?).ok()?),
            kind::FLOAT => Content::Float(self.words()?),
            kind::FALSE => Content::Boolean(false),
            kind::TRUE => Content::Boolean(true),
            kind::DATETIME => Content::Datetime,
            kind::ARRAY => Content::Array(self.each(Self::value)?),
            kind::TABLE => Content::Table(self.entries()?),
            _ => return None,
        };
        Some(Value { byte, content })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_had_again_with_its_places() {
        let text = "a = 'né'\nb = [1, 0x1F, -2, 1.5, true, false, 1979-05-27]\n[[c]]\nd = { e = \"q\\\"\" }\n[[c]]\n";
        let (root, errors) = parse(text);
        assert!(errors.is_empty(), "{errors:?}");
        let (shape, words) = pack(&root);
        assert_eq!(Packed { shape: &shape, words: &words }.unpacked(), Some(root));
        for end in 0..shape.len() {
            assert_eq!(Packed { shape: &shape[..end], words: &words }.unpacked(), None, "cut at {end}");
        }
        assert_eq!(Packed { shape: &shape, words: "" }.unpacked(), None);
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(shape: Vec<u8>, words: String) {
            let _ = Packed { shape: &shape, words: &words }.unpacked();
        }
    }
}
