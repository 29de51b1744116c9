//! A paragraph that the edge of two windows cuts in two passages, put together again: for words that lie across.

use super::cut::is_parted;
use super::{File, Windows};
use crate::document::Passage;
use crate::document::import::window;

/// Bytes of the file looked at before and after a cut.
const AROUND_BYTES: usize = 1024;
/// Characters on each side of a cut by which its two passages are found in what stands around it.
const NEAR: usize = 24;

/// The last passage of a window and the first of the next as the one paragraph that they are parts of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seam {
    /// The words of both.
    pub text: String,
    /// Bytes of it that stand in the last passage of the window.
    pub before: usize,
    /// Byte of it at which the first passage of the next window begins.
    pub after: usize,
}

impl Windows {
    /// Whether a window may begin within a paragraph: no blank line stands before it.
    #[must_use]
    pub fn may_go_on(&self, window: usize) -> bool {
        let cut = self.file.cut_at(window);
        cut > 0 && !is_parted(&self.file.source.read(cut.saturating_sub(AROUND_BYTES)..cut))
    }

    /// How `first`, the words of the first passage of a window, go on with those of the `last` passage before
    /// it: as the import has it where no window ends. `None` where the two are not parts of one paragraph.
    #[must_use]
    pub fn seam(&self, window: usize, last: &str, first: &str) -> Option<Seam> {
        if !self.may_go_on(window) {
            return None;
        }
        let around = self.file.around(window);
        let divided = last.trim_end_matches(['-', '\u{2010}', '\u{ad}']);
        [(last, " "), (last, ""), (divided, "")].into_iter().find_map(|(last, between)| {
            let near = format!("{}{between}{}", end(last), beginning(first));
            let is_one = around.iter().any(|passage| passage.text.contains(&near));
            let after = last.len() + between.len();
            is_one.then(|| Seam { text: format!("{last}{between}{first}"), before: last.len(), after })
        })
    }
}

impl File {
    /// What stands around the beginning of a window, imported as if no window began there.
    fn around(&self, window: usize) -> Vec<Passage> {
        let cut = self.cut_at(window);
        let from = cut.saturating_sub(AROUND_BYTES);
        let bytes = self.source.read(from..(cut + AROUND_BYTES).min(self.bytes));
        // No word is torn at either end, nor a character.
        let torn = |byte: &u8| !byte.is_ascii_whitespace();
        let skipped = bytes.iter().take_while(|byte| from > 0 && torn(byte)).count();
        let dropped = bytes.iter().rev().take_while(|byte| torn(byte)).count();
        let whole = skipped < cut - from && bytes.len() - dropped > cut - from;
        let kept = if whole { skipped..bytes.len() - dropped } else { 0..bytes.len() };
        let part = bytes.get(kept).unwrap_or_default();
        window::read(part, 0..part.len(), &self.manner)
    }
}

fn end(text: &str) -> &str {
    let start = text.char_indices().rev().nth(NEAR - 1).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

fn beginning(text: &str) -> &str {
    let end = text.char_indices().nth(NEAR).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or_default()
}
