//! A text too large to be read whole, as windows of its file: each is read when a passage of it is asked for,
//! so that opening, scrolling and jumping cost the same at any size. Knows no disk: a [`Source`] gives bytes.

use std::fmt::Debug;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::Passage;
use super::import::window::{self, Manner};
use cut::{blank, cut, is_parted};

mod cut;
mod seam;
pub mod utf16;

/// Bytes of the file from the beginning of one window to that of the next, before both are moved to a cut.
const WINDOW_BYTES: usize = 32 * 1024;
/// Bytes read before and after a window at most, to know what its first and last passages are.
const CONTEXT_BYTES: usize = 4 * 1024;
/// Passages numbered in a window: a window has no more, since each takes two bytes or more.
const SLOTS: usize = 1 << 16;
/// Bytes of passages that are kept in memory, roughly; beyond, all are read anew when they are asked for.
const KEPT_BYTES: usize = 16 * 1024 * 1024;

/// The bytes of a file, read wherever they are needed.
pub trait Source: Debug + Send + Sync {
    /// Its length.
    fn bytes(&self) -> usize;
    /// What changes when the file is written again: when that was last.
    fn stamp(&self) -> String {
        String::new()
    }
    /// Whether the file was written to since it was opened: what is read may be another text from then on.
    fn is_changed(&self) -> bool {
        false
    }
    /// Byte of the file as given at which a byte of this source stands; another one where the file was converted.
    fn in_file(&self, byte: usize) -> usize {
        byte
    }
    /// The byte of this source that stands at a byte of the file as given.
    fn of_file(&self, byte: usize) -> usize {
        byte
    }
    /// The bytes of a range; fewer where the file has become shorter or cannot be read.
    fn read(&self, range: Range<usize>) -> Vec<u8>;
}

/// A file in windows. Passages are indexed by window and place in it, so that the index of a passage needs no
/// knowledge of what stands before its window; indexes rise with the text but are not dense.
#[derive(Debug)]
pub struct Windows {
    file: Arc<File>,
    /// Body passages before each window, one more entry than windows, where they have been counted.
    counted: Option<Arc<[u32]>>,
    kept: Vec<OnceLock<Box<[Passage]>>>,
    kept_bytes: AtomicUsize,
}

#[derive(Debug)]
struct File {
    source: Arc<dyn Source>,
    manner: Manner,
    bytes: usize,
    windows: usize,
    /// Whether it was found to be written to when something was read of it.
    is_changed: AtomicBool,
}

impl Clone for Windows {
    /// The same file; what the other keeps in memory is read anew.
    fn clone(&self) -> Self {
        Self::of(Arc::clone(&self.file), self.counted.clone())
    }
}

impl Windows {
    /// The windows of a file.
    #[must_use]
    pub fn new(source: Arc<dyn Source>, manner: Manner) -> Self {
        let bytes = source.bytes();
        let mut file = File {
            source,
            manner,
            bytes,
            windows: bytes.div_ceil(WINDOW_BYTES).max(1),
            is_changed: AtomicBool::new(false),
        };
        // A file that ends before the first cut of its last window has one window less.
        if file.windows > 1 && file.cut_at(file.windows - 1) >= bytes {
            file.windows -= 1;
        }
        Self::of(Arc::new(file), None)
    }

    fn of(file: Arc<File>, counted: Option<Arc<[u32]>>) -> Self {
        let kept = (0..file.windows).map(|_| OnceLock::new()).collect();
        Self { file, counted, kept, kept_bytes: AtomicUsize::new(0) }
    }

    /// How many windows there are; at least one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.file.windows
    }

    /// Length of the file as given.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.file.source.in_file(self.file.bytes)
    }

    /// The stamp of the file, see [`Source::stamp`].
    #[must_use]
    pub fn stamp(&self) -> String {
        self.file.source.stamp()
    }

    /// Whether the file was written to since it was opened, as far as something was read of it since: passages may be
    /// those of another text.
    #[must_use]
    pub fn are_changed(&self) -> bool {
        self.file.is_changed.load(Ordering::Relaxed)
    }

    /// Whether both are windows of one file, opened once.
    #[must_use]
    pub fn share_file(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.file, &other.file)
    }

    /// One passage.
    #[must_use]
    pub fn get(&self, passage: usize) -> Option<&Passage> {
        self.window(passage / SLOTS)?.get(passage % SLOTS)
    }

    /// The passages of a window, kept in memory from now on.
    fn window(&self, window: usize) -> Option<&[Passage]> {
        let passages = self.kept.get(window)?.get_or_init(|| {
            let passages = self.read(window);
            let bytes: usize = passages.iter().map(|p| size_of::<Passage>() + p.text.len()).sum();
            self.kept_bytes.fetch_add(bytes, Ordering::Relaxed);
            passages.into_boxed_slice()
        });
        Some(passages)
    }

    /// The window of a passage.
    #[must_use]
    pub fn window_of(&self, passage: usize) -> usize {
        (passage / SLOTS).min(self.count() - 1)
    }

    /// Bytes of the file in which all passages of some windows stand, and the words that follow the last one.
    #[must_use]
    pub fn raw(&self, windows: Range<usize>) -> Vec<u8> {
        let end = (windows.end + 1) * WINDOW_BYTES + CONTEXT_BYTES;
        self.file.note_change();
        self.file.source.read(windows.start * WINDOW_BYTES..end.min(self.file.bytes))
    }

    /// Whether words may stand in the file with signs between their letters that a passage does not have.
    #[must_use]
    pub fn is_marked_up(&self) -> bool {
        self.file.manner.is_markdown()
    }

    /// The passages of a window, read from the file and kept nowhere; with their indexes.
    #[must_use]
    pub fn read_window(&self, window: usize) -> Vec<(usize, Passage)> {
        (window * SLOTS..).zip(self.read(window)).collect()
    }

    fn read(&self, window: usize) -> Vec<Passage> {
        let mut passages = self.file.read(window);
        passages.truncate(SLOTS);
        let before = self.counted.as_ref().and_then(|counted| counted.get(window)).copied();
        if let Some(before) = before {
            // The first passage of a window may go on with the last one of the window before: a part of it.
            let mut number = before;
            let mut continued = self.file.goes_on(window) && before > 0;
            for passage in passages.iter_mut().filter(|passage| passage.kind.is_body()) {
                number += u32::from(!continued && !passage.goes_on);
                continued = false;
                passage.number = Some(number);
            }
        }
        passages
    }

    /// Forgets passages where many are kept. Between frames, when nobody holds one.
    pub fn release(&mut self) {
        if *self.kept_bytes.get_mut() > KEPT_BYTES {
            self.kept.iter_mut().for_each(|window| *window = OnceLock::new());
            *self.kept_bytes.get_mut() = 0;
        }
    }

    /// The passage after one.
    #[must_use]
    pub fn after(&self, passage: usize) -> Option<usize> {
        let (window, slot) = (passage / SLOTS, passage % SLOTS);
        if slot + 1 < self.window(window)?.len() {
            return Some(passage + 1);
        }
        (window + 1 < self.count()).then_some((window + 1) * SLOTS)
    }

    /// The passage before one.
    #[must_use]
    pub fn before(&self, passage: usize) -> Option<usize> {
        let (window, slot) = (passage / SLOTS, passage % SLOTS);
        if slot > 0 {
            return Some(passage - 1);
        }
        self.last_of(window.checked_sub(1)?)
    }

    /// The passage itself where it is there, else the nearest one before it.
    #[must_use]
    pub fn nearest(&self, passage: usize) -> Option<usize> {
        let window = (passage / SLOTS).min(self.count() - 1);
        let last = self.last_of(window)?;
        Some(passage.min(last))
    }

    fn last_of(&self, window: usize) -> Option<usize> {
        Some(window * SLOTS + self.window(window)?.len() - 1)
    }

    /// Byte of the file at which a passage begins; that of the window after it where it has no such passage.
    #[must_use]
    pub fn start(&self, passage: usize) -> usize {
        let window = passage / SLOTS;
        let found = self.get(passage).and_then(|passage| passage.source.first());
        found.map_or_else(|| self.file.source.in_file(self.file.cut_at(window + 1)), |source| source.start)
    }

    /// The passage that holds a byte of the file, or the last one that begins before it.
    #[must_use]
    pub fn at_source(&self, byte: usize) -> usize {
        let at = self.file.source.of_file(byte);
        let window = (at / WINDOW_BYTES).min(self.count() - 1);
        let window = if self.file.cut_at(window) > at { window.saturating_sub(1) } else { window };
        let begins = |passage: &Passage| passage.source.first().map_or(0, |range| range.start);
        let passages = self.window(window).unwrap_or_default();
        let after = passages.partition_point(|passage| begins(passage) <= byte);
        window * SLOTS + after.saturating_sub(1)
    }

    /// Body passages that begin in a window; the rest of one that began before does not count.
    #[must_use]
    pub fn count_body(&self, window: usize) -> u32 {
        let (bytes, core, _) = self.file.part(window);
        let body = window::count_body(&bytes, core, &self.file.manner) as u32;
        body.saturating_sub(u32::from(self.file.goes_on(window)))
    }

    /// The same windows with numbers for their passages: `counted` are the body passages before each window
    /// and, last, those of the whole text.
    #[must_use]
    pub fn numbered_by(&self, counted: Arc<[u32]>) -> Self {
        Self::of(Arc::clone(&self.file), Some(counted))
    }

    /// Body passages of the whole text, where they have been counted.
    #[must_use]
    pub fn total(&self) -> Option<u32> {
        self.counted.as_ref()?.last().copied()
    }

    /// The passages of the window in which a number first stands.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Option<usize> {
        let counted = self.counted.as_ref()?;
        let window = counted.partition_point(|before| *before < number).checked_sub(1)?;
        let passages = self.window(window)?;
        passages.iter().position(|passage| passage.number == Some(number)).map(|slot| window * SLOTS + slot)
    }
}

impl File {
    fn note_change(&self) {
        if self.source.is_changed() {
            self.is_changed.store(true, Ordering::Relaxed);
        }
    }

    /// The passages of a window, without numbers, with the ranges of the file they came from.
    fn read(&self, window: usize) -> Vec<Passage> {
        self.note_change();
        let (bytes, core, begin) = self.part(window);
        let mut passages = window::read(&bytes, core, &self.manner);
        // Where the file has become shorter, what is missing stands where it stood.
        let low = window * WINDOW_BYTES;
        let place = |at: usize| self.source.in_file((begin + at).max(low));
        for range in passages.iter_mut().flat_map(|passage| &mut passage.source) {
            *range = place(range.start)..place(range.end);
        }
        passages
    }

    /// A window with what stands around it: bytes, which of them are the window's own, and where in the file
    /// they begin.
    fn part(&self, window: usize) -> (Vec<u8>, Range<usize>, usize) {
        let begin = (window * WINDOW_BYTES).saturating_sub(CONTEXT_BYTES);
        let end = ((window + 2) * WINDOW_BYTES + CONTEXT_BYTES).min(self.bytes);
        let bytes = self.source.read(begin..end);
        let core = self.cut_in(&bytes, begin, window)..self.cut_in(&bytes, begin, window + 1);
        // What stands around helps where a blank line parts it from the window; else it would be one with it.
        let (before, after) = bytes.split_at_checked(core.start).unwrap_or((&bytes, &[]));
        let from = blank(before).filter(|_| is_parted(before)).map_or(core.start, |gap| gap.end);
        let after = after.get(core.len()..).unwrap_or_default();
        let near = after.get(..CONTEXT_BYTES.min(after.len())).unwrap_or_default();
        let words = near.iter().rposition(u8::is_ascii_whitespace).unwrap_or(0);
        let to =
            if is_parted(bytes.get(..core.end).unwrap_or_default()) { core.end + words } else { core.end };
        let part = bytes.get(from..to).unwrap_or_default().to_vec();
        (part, core.start - from..core.end - from, begin + from)
    }

    /// Where a window begins: the first place after its nominal beginning at which a paragraph begins, else a
    /// line, else a sentence, else a word. It depends on the bytes from there on alone.
    fn cut_at(&self, window: usize) -> usize {
        if window == 0 || window >= self.windows {
            return if window == 0 { 0 } else { self.bytes };
        }
        let begin = window * WINDOW_BYTES;
        let end = (begin + WINDOW_BYTES).min(self.bytes);
        (begin + cut(&self.source.read(begin..end))).min(self.bytes)
    }

    /// The same as an offset into bytes that were read from `begin` on.
    fn cut_in(&self, bytes: &[u8], begin: usize, window: usize) -> usize {
        let from = (window * WINDOW_BYTES).saturating_sub(begin).min(bytes.len());
        if window == 0 || window >= self.windows {
            return if window == 0 { 0 } else { bytes.len() };
        }
        let to = (from + WINDOW_BYTES).min(bytes.len());
        from + cut(bytes.get(from..to).unwrap_or_default())
    }

    /// Whether a window begins within a line.
    fn goes_on(&self, window: usize) -> bool {
        let start = self.cut_at(window);
        start > 0 && self.source.read(start - 1..start) != b"\n"
    }
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
