//! TOML read value by value, so that all that is wrong is found at once and each thing has its place.
//!
//! A derived deserializer stops at the first problem; an editor wants the whole list.

use std::ops::Range;

use super::tree::{self, Content, Entry, Value};
use super::{At, Examination, unknown};

/// A parsed TOML document: the owner of what [`Fields`] look at.
#[derive(Debug)]
pub struct Document<'a> {
    root: Vec<Entry<'a>>,
}

impl<'a> Document<'a> {
    /// Parses the text under examination, unless its values are there already; problems of syntax are noted and the
    /// rest is kept.
    pub fn parse(examination: &mut Examination<'a>) -> Self {
        if let Some(root) = examination.packed().and_then(tree::unpack) {
            return Self { root };
        }
        let (root, errors) = tree::parse(examination.text());
        for error in errors {
            let byte = error.span().map_or(0, |span| span.start);
            examination.problem(byte, error.message());
        }
        Self { root }
    }

    /// The top-level table.
    #[must_use]
    pub fn fields(&self) -> Fields<'_> {
        Fields { table: &self.root, byte: 0 }
    }
}

/// A table of a document and the byte at which it begins.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'d> {
    table: &'d [Entry<'d>],
    byte: usize,
}

impl<'d> Fields<'d> {
    /// Byte of the file at which the table begins.
    #[must_use]
    pub fn byte(&self) -> usize {
        self.byte
    }

    /// Whether a key is present, of whatever type.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Notes every key that is not among `known`.
    pub fn only(&self, examination: &mut Examination<'_>, known: &[&str]) {
        for entry in self.table.iter().filter(|entry| !known.contains(&entry.name.as_ref())) {
            let message = unknown("key", &entry.name, known.iter().copied());
            examination.problem(entry.byte, message);
        }
    }

    /// A string that may be missing.
    pub fn optional_string(&self, examination: &mut Examination<'_>, key: &str) -> Option<At<String>> {
        let value = self.get(key)?;
        as_string(examination, key, value)
    }

    /// A string that must be there and not be blank.
    pub fn string(&self, examination: &mut Examination<'_>, key: &str) -> Option<At<String>> {
        let Some(value) = self.get(key) else {
            examination.problem(self.byte, format!("`{key}` is missing"));
            return None;
        };
        let string = as_string(examination, key, value)?;
        if string.value.trim().is_empty() {
            examination.problem(string.byte, format!("`{key}` is empty"));
            return None;
        }
        Some(string)
    }

    /// A list of strings; empty where the key is missing.
    pub fn strings(&self, examination: &mut Examination<'_>, key: &str) -> Vec<At<String>> {
        let values = self.array(examination, key);
        values.iter().filter_map(|value| as_string(examination, key, value)).collect()
    }

    /// A whole number of a range that may be missing.
    pub fn optional_number(
        &self,
        examination: &mut Examination<'_>,
        key: &str,
        range: Range<u32>,
    ) -> Option<At<u32>> {
        as_number(examination, key, self.get(key)?, range)
    }

    /// A whole number of a range that must be there.
    pub fn number(&self, examination: &mut Examination<'_>, key: &str, range: Range<u32>) -> Option<At<u32>> {
        if !self.has(key) {
            examination.problem(self.byte, format!("`{key}` is missing"));
        }
        self.optional_number(examination, key, range)
    }

    /// A list of whole numbers of a range; empty where the key is missing.
    pub fn numbers(&self, examination: &mut Examination<'_>, key: &str, range: Range<u32>) -> Vec<At<u32>> {
        let values = self.array(examination, key);
        values.iter().filter_map(|value| as_number(examination, key, value, range.clone())).collect()
    }

    /// A number with a fraction, or whole, that may be missing.
    pub fn optional_float(&self, examination: &mut Examination<'_>, key: &str) -> Option<At<f32>> {
        let Value { byte, content } = self.get(key)?;
        let byte = *byte;
        let printed = match content {
            Content::Float(printed) | Content::Integer(printed, _) => printed,
            other @ (Content::String(_)
            | Content::Boolean(_)
            | Content::Datetime
            | Content::Array(_)
            | Content::Table(_)) => {
                examination.problem(byte, format!("`{key}` wants a number, not a {}", other.kind()));
                return None;
            }
        };
        let parsed = printed.parse().ok();
        if parsed.is_none() {
            examination.problem(byte, format!("`{key}` wants a decimal number"));
        }
        parsed.map(|value| At { value, byte })
    }

    /// True or false that may be missing.
    pub fn optional_truth(&self, examination: &mut Examination<'_>, key: &str) -> Option<At<bool>> {
        let Value { byte, content } = self.get(key)?;
        let Content::Boolean(value) = content else {
            examination.problem(*byte, format!("`{key}` wants true or false, not a {}", content.kind()));
            return None;
        };
        Some(At { value: *value, byte: *byte })
    }

    /// A word or a whole number, as it is written, that may be missing.
    pub fn optional_word(&self, examination: &mut Examination<'_>, key: &str) -> Option<At<String>> {
        let Value { byte, content } = self.get(key)?;
        let (Content::String(word) | Content::Integer(word, _)) = content else {
            let kind = content.kind();
            examination.problem(*byte, format!("`{key}` wants a word in quotes or a number, not a {kind}"));
            return None;
        };
        Some(At { value: word.to_string(), byte: *byte })
    }

    /// A table (`[key]` or inline) that may be missing.
    pub fn optional_table(&self, examination: &mut Examination<'_>, key: &str) -> Option<Fields<'d>> {
        let value = self.get(key)?;
        as_table(examination, key, value)
    }

    /// The tables of a list (`[[key]]` or inline); empty where the key is missing.
    pub fn tables(&self, examination: &mut Examination<'_>, key: &str) -> Vec<Fields<'d>> {
        let values = self.array(examination, key);
        values.iter().filter_map(|value| as_table(examination, key, value)).collect()
    }

    /// The items of a list that may be strings or tables, in their order.
    pub fn strings_or_tables(&self, examination: &mut Examination<'_>, key: &str) -> Vec<Item<'d>> {
        let values = self.array(examination, key);
        values
            .iter()
            .filter_map(|value| match &value.content {
                Content::Table(_) => as_table(examination, key, value).map(Item::Table),
                Content::String(_)
                | Content::Integer(..)
                | Content::Float(_)
                | Content::Boolean(_)
                | Content::Datetime
                | Content::Array(_) => as_string(examination, key, value).map(Item::String),
            })
            .collect()
    }

    /// Whether something else than a list stands under a key, which is a problem of its own.
    #[must_use]
    pub fn is_misshapen(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| !matches!(value.content, Content::Array(_)))
    }

    fn get(&self, key: &str) -> Option<&'d Value<'d>> {
        self.table.iter().find(|entry| entry.name == key).map(|entry| &entry.value)
    }

    fn array(&self, examination: &mut Examination<'_>, key: &str) -> &'d [Value<'d>] {
        let Some(value) = self.get(key) else { return &[] };
        if let Content::Array(array) = &value.content {
            return array;
        }
        examination.problem(value.byte, format!("`{key}` wants a list, not a {}", value.content.kind()));
        &[]
    }
}

/// An item of a list in which strings and tables may stand.
#[derive(Clone, Debug)]
pub enum Item<'d> {
    /// A string.
    String(At<String>),
    /// A table.
    Table(Fields<'d>),
}

fn as_string(examination: &mut Examination<'_>, key: &str, value: &Value<'_>) -> Option<At<String>> {
    let Content::String(text) = &value.content else {
        examination
            .problem(value.byte, format!("`{key}` wants text in quotes, not a {}", value.content.kind()));
        return None;
    };
    Some(At { value: text.to_string(), byte: value.byte })
}

fn as_number(
    examination: &mut Examination<'_>,
    key: &str,
    value: &Value<'_>,
    range: Range<u32>,
) -> Option<At<u32>> {
    let number = match &value.content {
        Content::Integer(digits, base) => u32::from_str_radix(digits, *base).ok(),
        Content::String(_)
        | Content::Float(_)
        | Content::Boolean(_)
        | Content::Datetime
        | Content::Array(_)
        | Content::Table(_) => None,
    };
    let number = number.filter(|number| range.contains(number));
    if number.is_none() {
        let last = range.end.saturating_sub(1);
        let wanted = if range.end == u32::MAX {
            format!("a whole number from {}", range.start)
        } else {
            format!("a whole number from {} to {last}", range.start)
        };
        examination.problem(value.byte, format!("`{key}` wants {wanted}"));
    }
    number.map(|number| At { value: number, byte: value.byte })
}

fn as_table<'d>(examination: &mut Examination<'_>, key: &str, value: &'d Value<'d>) -> Option<Fields<'d>> {
    let Content::Table(table) = &value.content else {
        examination.problem(value.byte, format!("`{key}` wants tables, not a {}", value.content.kind()));
        return None;
    };
    Some(Fields { table, byte: value.byte })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_is_found_in_one_pass_with_its_place() {
        let text = "name = 3\nsize = 'x'\nitems = [1, 'two', 99]\ncolour = 1\n";
        let mut examination = Examination::new("t.toml", text);
        let document = Document::parse(&mut examination);
        let fields = document.fields();
        fields.only(&mut examination, &["name", "size", "items", "color"]);
        assert_eq!(fields.string(&mut examination, "name"), None);
        assert_eq!(fields.optional_float(&mut examination, "size"), None);
        let numbers = fields.numbers(&mut examination, "items", 1..10);
        assert_eq!(numbers.iter().map(|n| n.value).collect::<Vec<_>>(), [1]);
        let problems = examination.finish(()).unwrap_err();
        let said: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "t.toml:1:8: `name` wants text in quotes, not a integer",
                "t.toml:2:8: `size` wants a number, not a string",
                "t.toml:3:13: `items` wants a whole number from 1 to 9",
                "t.toml:3:20: `items` wants a whole number from 1 to 9",
                "t.toml:4:1: unknown key `colour`: did you mean `color`?",
            ]
        );
    }

    #[test]
    fn broken_syntax_is_a_problem_with_a_line() {
        let mut examination = Examination::new("t.toml", "a = 1\nb = = 2\n");
        let _ = Document::parse(&mut examination);
        let problems = examination.finish(()).unwrap_err();
        assert_eq!(problems[0].line, 2);
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,200}") {
            let mut examination = Examination::new("t.toml", &text);
            let document = Document::parse(&mut examination);
            document.fields().only(&mut examination, &["a"]);
            let _ = document.fields().tables(&mut examination, "a");
        }
    }
}
