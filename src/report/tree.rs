//! The values of a TOML file with their places; and the same packed, to be had again without parsing.
//!
//! `build.rs` includes this file too: it packs the tables that ship.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

/// A value and the byte of the file at which it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Value<'a> {
    /// Byte offset into the file.
    pub byte: usize,
    /// What it is.
    #[serde(borrow)]
    pub content: Content<'a>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content<'a> {
    /// Text in quotes.
    String(#[serde(borrow)] Cow<'a, str>),
    /// The digits of a whole number, and their base.
    Integer(#[serde(borrow)] Cow<'a, str>, u32),
    /// A number with a fraction, as it is written.
    Float(#[serde(borrow)] Cow<'a, str>),
    /// True or false.
    Boolean(bool),
    /// A date or a time; no file of this program has one.
    Datetime,
    /// A list.
    Array(#[serde(borrow)] Vec<Value<'a>>),
    /// A table.
    Table(#[serde(borrow)] Vec<Entry<'a>>),
}

/// A line of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry<'a> {
    /// The name before the equals sign.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// The byte of the file at which the name stands.
    pub byte: usize,
    /// What stands under the name.
    #[serde(borrow)]
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

/// Packs the top-level table of a file.
///
/// # Errors
/// None that a table of a file can meet; they are postcard's.
pub fn pack(root: &[Entry<'_>]) -> postcard::Result<Vec<u8>> {
    postcard::to_allocvec(root)
}

/// The top-level table that was packed; `None` where this is nothing that [`pack`] made.
#[must_use]
pub fn unpack(packed: &[u8]) -> Option<Vec<Entry<'_>>> {
    let (root, rest) = postcard::take_from_bytes(packed).ok()?;
    rest.is_empty().then_some(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_had_again_with_its_places() {
        let text = "a = 'né'\nb = [1, 0x1F, -2, 1.5, true, false, 1979-05-27]\n[[c]]\nd = { e = \"q\\\"\" }\n[[c]]\n";
        let (root, errors) = parse(text);
        assert!(errors.is_empty(), "{errors:?}");
        let packed = pack(&root).unwrap();
        assert_eq!(unpack(&packed), Some(root));
        for end in 0..packed.len() {
            assert_eq!(unpack(&packed[..end]), None, "cut at {end}");
        }
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(packed: Vec<u8>) {
            let _ = unpack(&packed);
        }
    }
}
