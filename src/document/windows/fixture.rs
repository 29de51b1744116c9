//! Texts in memory, read in windows, for the tests of what reads so.

use std::ops::Range;
use std::sync::Arc;

use super::Source;
use crate::document::Edition;
use crate::document::import::Format;
use crate::document::import::window::Manner;

#[derive(Debug)]
pub(crate) struct Bytes(pub Vec<u8>);

impl Source for Bytes {
    fn bytes(&self) -> usize {
        self.0.len()
    }

    fn read(&self, range: Range<usize>) -> Vec<u8> {
        self.0.get(range).unwrap_or_default().to_vec()
    }
}

/// How a text is to be read, by its beginning.
pub(crate) fn manner(text: &[u8], format: Format) -> Manner {
    Manner::of(&text[..text.len().min(8192)], Some(format), None).unwrap().unwrap()
}

/// A text in windows.
pub(crate) fn in_windows(text: &[u8], format: Format) -> Edition {
    Edition::in_windows(Arc::new(Bytes(text.to_vec())), manner(text, format))
}
