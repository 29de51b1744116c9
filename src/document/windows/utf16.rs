//! UTF-16 as UTF-8 in memory, to be read in windows, with the way between each of its bytes and the file.

use std::ops::Range;

use super::Source;

/// Bytes of the text between two places that are known; what lies between is counted.
const STEP_BYTES: usize = 1024;
/// Bytes of the file in one unit of UTF-16.
const UNIT_BYTES: usize = 2;

/// The text of a file in UTF-16.
#[derive(Debug)]
pub struct Utf16 {
    text: String,
    /// Units of UTF-16 before each step of the text.
    units: Vec<usize>,
    /// Bytes of the mark that the file begins with.
    mark: usize,
    /// Bytes of the file.
    file: usize,
    stamp: String,
}

impl Utf16 {
    /// The `text` of a file that begins with a byte order mark of so many bytes.
    #[must_use]
    pub fn new(text: String, mark: usize, file: &dyn Source) -> Self {
        let mut units = vec![0];
        let mut from = 0;
        for step in 1..=text.len() / STEP_BYTES {
            let to = text.floor_char_boundary(step * STEP_BYTES);
            let before = units.last().copied().unwrap_or_default();
            units.push(before + count(text.get(from..to).unwrap_or_default()));
            from = to;
        }
        Self { text, units, mark, file: file.bytes(), stamp: file.stamp() }
    }

    /// A step of the text and the units before it.
    fn step(&self, step: usize) -> (&str, usize) {
        let from = self.text.floor_char_boundary(step * STEP_BYTES);
        (self.text.get(from..).unwrap_or_default(), self.units.get(step).copied().unwrap_or_default())
    }
}

/// Units of UTF-16 in a text.
fn count(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

impl Source for Utf16 {
    fn bytes(&self) -> usize {
        self.text.len()
    }

    fn stamp(&self) -> String {
        self.stamp.clone()
    }

    fn read(&self, range: Range<usize>) -> Vec<u8> {
        let end = range.end.min(self.text.len());
        self.text.as_bytes().get(range.start..end).unwrap_or_default().to_vec()
    }

    fn in_file(&self, byte: usize) -> usize {
        let end = self.text.floor_char_boundary(byte);
        if end == self.text.len() {
            return self.file;
        }
        let step = end / STEP_BYTES;
        let (text, before) = self.step(step);
        let within = end - (self.text.len() - text.len());
        self.mark + UNIT_BYTES * (before + count(text.get(..within).unwrap_or_default()))
    }

    fn of_file(&self, byte: usize) -> usize {
        let wanted = byte.saturating_sub(self.mark) / UNIT_BYTES;
        let step = self.units.partition_point(|units| *units <= wanted).saturating_sub(1);
        let (text, mut units) = self.step(step);
        let start = self.text.len() - text.len();
        let reached = text.char_indices().find(|(_, character)| {
            units += character.len_utf16();
            units > wanted
        });
        start + reached.map_or(text.len(), |(at, _)| at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A file of so many bytes, of which no more is asked.
    #[derive(Debug)]
    struct File(usize);

    impl Source for File {
        fn bytes(&self) -> usize {
            self.0
        }

        fn read(&self, _: Range<usize>) -> Vec<u8> {
            Vec::new()
        }
    }

    proptest! {
        #[test]
        fn every_character_is_found_in_the_file_and_back(
            words in proptest::collection::vec("[a-c\u{e9}\u{416}\u{4e2d}\u{1f426} ]{0,400}", 1..12), mark: bool
        ) {
            let text = words.concat();
            let mark = if mark { UNIT_BYTES } else { 0 };
            let file = File(mark + UNIT_BYTES * text.encode_utf16().count());
            let utf16 = Utf16::new(text.clone(), mark, &file);
            let mut expected = mark;
            for (at, character) in text.char_indices() {
                prop_assert_eq!((utf16.in_file(at), utf16.of_file(expected)), (expected, at));
                expected += UNIT_BYTES * character.len_utf16();
            }
            prop_assert_eq!((utf16.in_file(text.len()), utf16.of_file(file.0)), (file.0, text.len()));
        }
    }
}
