//! A text too large to be read whole, as windows of its file: each is read when a passage of it is asked for,
//! so that opening, scrolling and jumping cost the same at any size. Knows no disk: a [`Source`] gives bytes.

use std::fmt::Debug;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use super::Passage;
use super::import::window::{self, Manner};

/// Bytes of the file from the beginning of one window to that of the next, before both are moved to a cut.
const WINDOW_BYTES: usize = 32 * 1024;
/// Bytes read before and after a window at most, to know what its first and last passages are.
const CONTEXT_BYTES: usize = 4 * 1024;
/// Passages numbered in a window: a window has no more, since each takes two bytes or more.
const SLOTS: usize = 1 << 16;
/// Bytes of passages that are kept in memory, roughly; beyond, all are read anew when they are asked for.
const KEPT_BYTES: usize = 16 * 1024 * 1024;
/// A sentence end this near is a better cut within a line than the next space.
const NEAR_BYTES: usize = 1024;

/// The bytes of a file, read wherever they are needed.
pub trait Source: Debug + Send + Sync {
    /// Its length.
    fn bytes(&self) -> usize;
    /// What changes when the file is written again: when that was last.
    fn stamp(&self) -> String {
        String::new()
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
        let mut file = File { source, manner, bytes, windows: bytes.div_ceil(WINDOW_BYTES).max(1) };
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

    /// Length of the file.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.file.bytes
    }

    /// The stamp of the file, see [`Source::stamp`].
    #[must_use]
    pub fn stamp(&self) -> String {
        self.file.source.stamp()
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

    /// Bytes of the file in which all passages of some windows stand.
    #[must_use]
    pub fn raw(&self, windows: Range<usize>) -> Vec<u8> {
        self.file
            .source
            .read(windows.start * WINDOW_BYTES..((windows.end + 1) * WINDOW_BYTES).min(self.bytes()))
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
        found.map_or_else(|| self.file.cut_at(window + 1), |source| source.start)
    }

    /// The passage that holds a byte of the file, or the last one that begins before it.
    #[must_use]
    pub fn at_source(&self, byte: usize) -> usize {
        let window = (byte / WINDOW_BYTES).min(self.count() - 1);
        let window = if self.file.cut_at(window) > byte { window.saturating_sub(1) } else { window };
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
    /// The passages of a window, without numbers, with the ranges of the file they came from.
    fn read(&self, window: usize) -> Vec<Passage> {
        let (bytes, core, begin) = self.part(window);
        let mut passages = window::read(&bytes, core, &self.manner);
        // Where the file has become shorter, what is missing stands where it stood.
        let low = window * WINDOW_BYTES;
        for range in passages.iter_mut().flat_map(|passage| &mut passage.source) {
            *range = (begin + range.start).max(low)..(begin + range.end).max(low);
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

/// The best place to cut: an offset into `bytes`, at most their length.
fn cut(bytes: &[u8]) -> usize {
    if let Some(gap) = blank(bytes) {
        return gap.end;
    }
    // Only at the end of the file is there less than a window: what is left of the last paragraph stays whole.
    if bytes.len() < WINDOW_BYTES {
        return bytes.len();
    }
    if let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        return end + 1;
    }
    let near = bytes.get(..NEAR_BYTES.min(bytes.len())).unwrap_or_default();
    let sentence = near.windows(2).position(|pair| pair == b". ").map(|at| at + 2);
    let space = || bytes.iter().position(|byte| *byte == b' ').map(|at| at + 1);
    // Within a word only between characters: those of UTF-8 never begin with 10 in their first two bits.
    let character = || bytes.iter().take(4).position(|byte| byte & 0xC0 != 0x80).unwrap_or(0);
    sentence.or_else(space).unwrap_or_else(character)
}

/// The first blank lines, from the end of the line before them to the beginning of the one after, whose
/// indent is its own.
fn blank(bytes: &[u8]) -> Option<Range<usize>> {
    let mut lines = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let mut end = lines.next()?;
    let is_blank = |line: &[u8]| line.iter().all(u8::is_ascii_whitespace);
    for next in lines {
        if bytes.get(end..next).is_some_and(is_blank) {
            let rest = bytes.get(next..).unwrap_or_default();
            let words = rest.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(rest.len());
            let indent = rest.get(..words).unwrap_or_default().iter().rposition(|byte| *byte == b'\n');
            let after = if words == rest.len() { words } else { indent.map_or(0, |at| at + 1) };
            return Some(end..next + after);
        }
        end = next;
    }
    None
}

/// Whether a blank line stands before the end of `bytes`.
fn is_parted(bytes: &[u8]) -> bool {
    let space = bytes.iter().rev().take_while(|byte| byte.is_ascii_whitespace());
    space.filter(|byte| **byte == b'\n').count() >= 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::import::Format;
    use crate::document::{Anchor, Edition, Kind};

    #[derive(Debug)]
    struct Bytes(Vec<u8>);

    impl Source for Bytes {
        fn bytes(&self) -> usize {
            self.0.len()
        }

        fn read(&self, range: Range<usize>) -> Vec<u8> {
            self.0.get(range).unwrap_or_default().to_vec()
        }
    }

    fn edition(text: &[u8], format: Format) -> Edition {
        let head = &text[..text.len().min(8192)];
        let manner = Manner::of(head, Some(format), None).unwrap().unwrap();
        Edition::in_windows(Arc::new(Bytes(text.to_vec())), manner)
    }

    /// All passages in the order in which they are walked.
    fn walked(edition: &Edition) -> Vec<usize> {
        std::iter::successors(edition.nearest(0), |at| edition.after(*at)).collect()
    }

    /// What the same passes make of the text where it is not cut.
    fn uncut(text: &[u8], format: Format) -> Vec<Passage> {
        let manner = Manner::of(&text[..text.len().min(8192)], Some(format), None).unwrap().unwrap();
        window::read(text, 0..text.len(), &manner)
    }

    #[test]
    fn a_text_without_a_line_end_is_cut_between_words_and_nothing_is_lost() {
        let text = "the harbour was empty until the evening bell rang twice ".repeat(4000);
        let edition = edition(text.as_bytes(), Format::PlainText);
        let passages = walked(&edition);
        assert!(passages.len() > 3);
        let words = |at: &usize| edition.get(*at).unwrap().text.clone();
        assert_eq!(passages.iter().map(words).collect::<Vec<_>>().join(" "), text.trim_end());
        let longest = passages.iter().map(|at| words(at).len()).max().unwrap();
        assert!(longest <= 2 * WINDOW_BYTES, "{longest}");
    }

    #[test]
    fn parts_of_one_paragraph_carry_one_number() {
        let giant = "the harbour was empty until the evening bell. ".repeat(3000);
        let text = format!("One.\n\n{giant}\n\nThree.\n\n{}", "Four and more.\n\n".repeat(4000));
        let edition = edition(text.as_bytes(), Format::PlainText);
        let windows = edition.windows().unwrap();
        let mut counted = vec![0];
        for window in 0..windows.count() {
            counted.push(counted[window] + windows.count_body(window));
        }
        assert_eq!(counted.last(), Some(&4003));
        let edition = edition.counted(&counted.into());
        let number = |words: &str| {
            let at =
                walked(&edition).into_iter().find(|at| edition.get(*at).unwrap().text.starts_with(words));
            edition.get(at.unwrap()).unwrap().number
        };
        assert_eq!([number("One."), number("Three.")], [Some(1), Some(3)]);
        let parts: Vec<_> = walked(&edition).into_iter().skip(1).take(3).collect();
        assert_eq!(parts.iter().map(|at| edition.get(*at).unwrap().number).collect::<Vec<_>>(), [Some(2); 3]);
        let last = edition.numbered(4003).unwrap();
        assert_eq!(Some(last), edition.nearest(usize::MAX));
        assert_eq!(edition.numbered(2), Some(parts[0]));
    }

    #[test]
    fn blank_lines_without_end_and_bytes_that_are_no_text_are_passages_too() {
        for filler in ["\n".repeat(200_000), "\u{1}\u{2}\u{3}\u{4}".repeat(40_000)] {
            let text = format!("One.\n\nTwo.\n\n{filler}\n\nThe end.\n");
            let edition = edition(text.as_bytes(), Format::PlainText);
            let passages = walked(&edition);
            assert!(passages.iter().all(|at| !edition.get(*at).unwrap().text.is_empty()));
            let last = edition.get(*passages.last().unwrap()).unwrap();
            assert_eq!(last.text, "The end.");
            let back: Vec<_> =
                std::iter::successors(edition.nearest(usize::MAX), |at| edition.before(*at)).collect();
            assert!(back.iter().rev().eq(&passages));
        }
    }

    #[test]
    fn a_file_that_has_become_shorter_is_still_read() {
        #[derive(Debug)]
        struct Shrunk;
        impl Source for Shrunk {
            fn bytes(&self) -> usize {
                1_000_000
            }
            fn read(&self, range: Range<usize>) -> Vec<u8> {
                let text = b"One two.\n\n".repeat(5000);
                text.get(range.start.min(50_000)..range.end.min(50_000)).unwrap_or_default().to_vec()
            }
        }
        let manner = Manner::of(b"One two.\n", Some(Format::PlainText), None).unwrap().unwrap();
        let edition = Edition::in_windows(Arc::new(Shrunk), manner);
        let last = edition.nearest(usize::MAX).unwrap();
        assert_eq!(edition.get(last).unwrap().kind, Kind::Break);
        assert_eq!(edition.offset(Anchor::start_of(last)) / WINDOW_BYTES, 30);
    }

    #[test]
    fn memory_is_bounded_however_much_was_looked_at() {
        let text = "a\n\n".repeat(200_000);
        let mut edition = edition(text.as_bytes(), Format::PlainText);
        for at in walked(&edition).into_iter().step_by(1000) {
            assert_eq!(edition.get(at).unwrap().text, "a");
            edition.release();
            let windows = edition.windows.as_ref().unwrap();
            assert!(windows.kept_bytes.load(Ordering::Relaxed) < KEPT_BYTES);
        }
    }

    fn paragraph() -> impl Strategy<Value = String> {
        let words = |words: Vec<String>| {
            let mut text = words.join(" ");
            text.get_mut(..1).map(str::make_ascii_uppercase);
            format!("{text}.")
        };
        let prose = prop::collection::vec("[a-zé]{2,9}", 12..60).prop_map(words);
        prop_oneof![
            8 => prose,
            1 => "[A-Z][a-z]{3,9} [0-9]{1,3}",
            1 => Just("* * *".to_owned()),
            1 => "“[a-z]{3,9} [a-z]{3,9}”",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn where_windows_are_cut_does_not_show(
            paragraphs in prop::collection::vec(paragraph(), 300..900), markdown: bool
        ) {
            let format = if markdown { Format::Markdown } else { Format::PlainText };
            // A rule after the last words is no break where the whole text is seen; a window cannot know.
            let text = paragraphs.join("\n\n") + "\n\nThese are the last words.";
            let edition = edition(text.as_bytes(), format);
            let passages: Vec<Passage> = walked(&edition).iter().map(|at| edition.get(*at).unwrap().clone()).collect();
            let whole = uncut(text.as_bytes(), format);
            let other = passages.iter().zip(&whole).position(|(one, other)| one != other);
            let parted = other.map(|at| (at, &passages[at], &whole[at]));
            prop_assert_eq!(parted, None);
            let rest = |all: &[Passage], from: usize| all.iter().skip(from).cloned().collect::<Vec<_>>();
            prop_assert_eq!(rest(&passages, whole.len()), rest(&whole, passages.len()));
        }

        #[test]
        fn every_word_of_any_text_stands_in_a_passage(
            lines in prop::collection::vec("[ \t]{0,3}([a-z#>*.-]{1,12} ?){1,12}", 4000..6000), gap in 1usize..7
        ) {
            let mut text = String::new();
            for (at, line) in lines.iter().enumerate() {
                text.push_str(line);
                text.push_str(if at % gap == 0 { "\n\n" } else { "\n" });
            }
            let edition = edition(text.as_bytes(), Format::PlainText);
            let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
            let passages: String =
                walked(&edition).iter().map(|at| edition.get(*at).unwrap().text.as_str()).collect();
            prop_assert_eq!(letters(&passages), letters(&text));
        }

        #[test]
        fn bytes_of_the_file_and_places_answer_each_other(
            paragraphs in prop::collection::vec(paragraph(), 300..600), byte in 0usize..200_000
        ) {
            let text = paragraphs.join("\n\n");
            let edition = edition(text.as_bytes(), Format::PlainText);
            let anchor = edition.anchor_at(byte.min(text.len() - 1));
            prop_assert!(edition.get(anchor.passage).is_some());
            prop_assert_eq!(edition.anchor_at(edition.offset(anchor)), anchor);
        }
    }
}
