//! Texts that are shown before they are understood: a large file is opened in windows, and what takes longer
//! than a blink (the whole import, indexes, links) follows while it is being read.

use std::fmt::Debug;
use std::path::Path;
use std::sync::Arc;

use super::ground::{WHOLE_BYTES, is_too_large};
use super::name::{self, Name};
use super::open::{Library, OpenError, both, content_hash, shown, side_by_side};
use super::pair::{Ground, Pair, Stage, Told};
use super::{Form, Text};
use crate::document::Edition;
use crate::document::import::window::Manner;
use crate::document::import::{Format, decode};
use crate::document::windows::utf16::Utf16;
use crate::document::windows::{Source, Windows};
use crate::progress::{Cancelled, Progress};
use crate::topics::{TopicIndex, automatic};

/// Files up to so many bytes are imported before they are shown: that takes some milliseconds.
const AT_ONCE_BYTES: usize = 256 * 1024;
/// So many bytes of texts that nobody indexed are compared and indexed before they are shown: that takes some
/// milliseconds too.
const INDEXED_AT_ONCE_BYTES: usize = 32 * 1024;
/// From so much of its beginning it is known how a file is to be read.
const HEAD_BYTES: usize = 64 * 1024;
/// Said of such a text, after its size.
const READ_WHERE_LOOKED_AT: &str = "MiB in a file that is read where you look: notes, title pages and what \
    its carrier added stay as they stand";
/// Said of one that stays so, besides.
const NOT_INDEXED: &str = ", and it is not indexed by topic";
/// Of a file that is not hashed whole, so many pieces of so many bytes are.
const PIECES: usize = 64;
const PIECE_BYTES: usize = 4096;

impl Library {
    /// The text that a name means, without waiting for what a large file takes: that one is read in windows,
    /// see [`Self::deepen`].
    ///
    /// # Errors
    /// Where the name is unknown, the form is not there, or the file is no readable text.
    pub fn open_at_once(&self, name: &str) -> Result<Text, OpenError> {
        let named = name::resolve(name, &self.catalogue, |path| self.shelf.exists(path))?;
        let (path, is_copy) = match named {
            Name::Path(path) => {
                let is_copy = self.work_of_copy(&path).is_some();
                (Some(path), is_copy)
            }
            Name::Copy(work, number) => (self.path_of_copy(&work, Some(number))?, true),
            Name::Work(work, Some(Form::Original) | None) => (self.path_of_copy(&work, None)?, true),
            Name::Work(_, Some(Form::Digest | Form::File)) | Name::StandardInput => (None, false),
        };
        // A copy of a work has the numbers of the work, which only its whole import finds.
        let from = if is_copy { WHOLE_BYTES } else { AT_ONCE_BYTES };
        match path.map(|path| self.in_windows(&path, from)).transpose()?.flatten() {
            Some(text) => Ok(text),
            None => self.open(name),
        }
    }

    /// Two texts as [`Self::open_at_once`] gives them, read side by side. The longer file is read on this thread:
    /// another one begins later, and comes by its memory in smaller pieces.
    ///
    /// # Errors
    /// As there; of the left one where neither can be opened.
    pub fn open_both_at_once(&self, names: [&str; 2]) -> Result<[Text; 2], OpenError> {
        let open = |name: &str| self.open_at_once(name);
        let [left, right] = names;
        if self.file_bytes(left) >= self.file_bytes(right) {
            return both(names, open);
        }
        let (right, left) = side_by_side(|| open(right), || open(left));
        Ok([left?, right?])
    }

    /// How long the file of a name is; nothing for a name that means no file.
    fn file_bytes(&self, name: &str) -> usize {
        self.shelf.source(Path::new(name)).ok().flatten().map_or(0, |source| source.bytes())
    }

    /// A file with more bytes than `from`, read where it is looked at; `None` where it is none or cannot be read so.
    fn in_windows(&self, path: &Path, from: usize) -> Result<Option<Text>, OpenError> {
        let Some(source) = self.shelf.source(path)?.filter(|source| source.bytes() > from) else {
            return Ok(None);
        };
        let extension = path.extension().and_then(std::ffi::OsStr::to_str);
        let format = extension.and_then(Format::of_extension);
        let failed = |error| OpenError::Import { path: shown(Some(path)), error };
        let encoding = self.encoding.as_deref();
        let content_hash = sampled_hash(source.as_ref());
        let more = if source.bytes() > WHOLE_BYTES { NOT_INDEXED } else { "" };
        let (mebibytes, what) =
            (source.bytes().div_ceil(1024 * 1024), format!("{READ_WHERE_LOOKED_AT}{more}"));
        let manner = Manner::of(&source.read(0..HEAD_BYTES), format, encoding).map_err(failed)?;
        let edition = match manner {
            Some(manner) => Some(Edition::in_windows(source, manner)),
            None => self.converted(path, source.as_ref(), format)?,
        };
        let Some(edition) = edition.map(|edition| edition.noticed(what, mebibytes)) else { return Ok(None) };
        let (work, form) = (None, Form::File);
        Ok(Some(Text {
            work,
            form,
            named: false,
            copy: None,
            path: Some(path.to_owned()),
            content_hash,
            edition,
        }))
    }

    /// A file of which a part means nothing without what stands before it, as UTF-8 in memory. `None` where its
    /// places in the file would not be known until it is imported whole.
    fn converted(
        &self,
        path: &Path,
        source: &dyn Source,
        format: Option<Format>,
    ) -> Result<Option<Edition>, OpenError> {
        let encoding = self.encoding.as_deref();
        let failed = |error| OpenError::Import { path: shown(Some(path)), error };
        let bytes = self.shelf.read(Some(path))?;
        let mark = decode::utf16_mark(&bytes, encoding);
        if mark.is_none() && source.bytes() <= WHOLE_BYTES {
            return Ok(None);
        }
        let text = decode::converted(&bytes, encoding).map_err(failed)?;
        let head = text.as_bytes().get(..HEAD_BYTES.min(text.len())).unwrap_or_default();
        let manner = Manner::of(head, format, Some("UTF-8")).map_err(failed)?;
        let converted: Arc<dyn Source> = match mark {
            Some(mark) => Arc::new(Utf16::new(text, mark, source)),
            None => Arc::new(Bytes { bytes: text, stamp: source.stamp() }),
        };
        Ok(manner.map(|manner| Edition::in_windows(converted, manner)))
    }

    /// Two texts as they can be shown at once: with indexes and links where both stand whole and what is to be computed
    /// of them is little.
    ///
    /// # Errors
    /// Where a curated index or the curated links of the two works are wrong.
    pub fn join_at_once(&self, texts: [Text; 2], told: Option<Told>) -> Result<Pair, super::TableError> {
        let large = texts.iter().any(|text| text.edition.windows().is_some());
        let unknown = texts.iter().filter(|text| text.work.is_none());
        let bytes: usize = unknown.map(|text| text.edition.text_bytes()).sum();
        if !large && bytes <= INDEXED_AT_ONCE_BYTES {
            return self.join(texts, false, told);
        }
        let why = if large { "the text is large, and" } else { "the text is" };
        let indexes = [(); 2].map(|()| self.waiting(&format!("{why} not indexed by topic yet")));
        let ground = if large || told.is_some() {
            Ground::of(texts.each_ref(), told)
        } else {
            Ground::waiting("not compared yet")
        };
        let topics = self.topics.clone();
        Ok(Pair { texts, topics, indexes, links: Vec::new(), ground, stage: Stage::ToCompare })
    }

    /// An index that says of every topic why nothing stands under it.
    fn waiting(&self, why: &str) -> TopicIndex {
        automatic::unindexed(self.topics.len(), why)
    }

    /// What a reader should be told at once of texts that are too large to be indexed by topic.
    #[must_use]
    pub fn about_size(pair: &Pair) -> Option<String> {
        let names: Vec<String> =
            pair.texts.iter().filter(|text| is_too_large(text)).map(Text::short_title).collect();
        let most = WHOLE_BYTES / 1024 / 1024;
        let are = if names.len() > 1 { "are" } else { "is" };
        (!names.is_empty())
            .then(|| format!("{} {are} not indexed by topic, being beyond {most} MiB", names.join(" and ")))
    }

    /// Whether [`Self::deepen`] has anything to find for a pair.
    #[must_use]
    pub fn can_deepen(pair: &Pair) -> bool {
        pair.stage != Stage::Joined
            || pair.is_taken_for_works()
            || pair.texts.iter().any(|text| text.edition.windows().is_some_and(|w| w.total().is_none()))
    }

    /// What [`Self::join_at_once`] left out, in steps; each better pair is handed in as soon as it is there.
    /// Files of middle size are imported whole, the passages of larger ones counted; then come indexes and
    /// links of what stands whole.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn deepen(
        &self,
        pair: Pair,
        progress: &Progress,
        hand_in: &mut dyn FnMut(Pair) -> Result<(), Cancelled>,
    ) -> Result<(), Cancelled> {
        let told = pair.ground.told();
        if pair.stage == Stage::ToAlign || pair.is_taken_for_works() {
            let is_news =
                |known: &Pair| pair.stage == Stage::ToAlign || known.ground.standing != pair.ground.standing;
            return match self.known_pair(&pair.texts, told).filter(is_news) {
                Some(known) => hand_in(known),
                None => self.aligned(pair, progress, hand_in),
            };
        }
        let Pair { texts: [left, right], .. } = pair.clone();
        let [left, right] = std::thread::scope(|scope| {
            let other = scope.spawn(|| self.deepened(&right, progress));
            let one = self.deepened(&left, progress);
            [one, other.join().unwrap_or_else(|_| Ok(right.clone()))]
        });
        let texts = [left?, right?];
        let large = texts.each_ref().map(|text| text.edition.windows().is_some());
        if pair.texts.iter().any(|text| text.edition.windows().is_some()) {
            hand_in(Pair { texts: texts.clone(), ..pair })?;
        }
        progress.reach(0, 1)?;
        // What is read in windows has no passages to be known by.
        let is_whole = large == [false, false];
        let known = if is_whole { self.known_pair(&texts, told) } else { None };
        let is_new = is_whole && known.is_none();
        let Some(mut joined) = known.or_else(|| self.join(texts, false, told).ok()) else { return Ok(()) };
        for (side, large) in large.into_iter().enumerate() {
            if large {
                let most = WHOLE_BYTES / 1024 / 1024;
                let why = format!("texts beyond {most} MiB are not indexed by topic");
                joined.indexes[side] = self.waiting(&why);
            }
        }
        if is_new && joined.stage == Stage::Joined {
            self.keep_pair(&joined);
        }
        hand_in(joined.clone())?;
        self.aligned(joined, progress, hand_in)
    }

    /// The pair with the links that come from the words of both texts, where they do; kept for the next time.
    fn aligned(
        &self,
        mut pair: Pair,
        progress: &Progress,
        hand_in: &mut dyn FnMut(Pair) -> Result<(), Cancelled>,
    ) -> Result<(), Cancelled> {
        let (stage, standing) = (pair.stage, pair.ground.standing);
        pair.align(progress)?;
        if stage == Stage::Joined && standing == pair.ground.standing {
            return Ok(());
        }
        self.keep_pair(&pair);
        hand_in(pair)
    }

    /// One text, whole where it can be, else with its passages counted.
    fn deepened(&self, text: &Text, progress: &Progress) -> Result<Text, Cancelled> {
        let Some(windows) = text.edition.windows() else { return Ok(text.clone()) };
        if windows.bytes() <= WHOLE_BYTES {
            // A file that has changed since is another text: it is left as it was opened.
            let whole = self.read(text.path.as_deref()).ok();
            let same = whole.filter(|whole| whole.content_hash == text.content_hash);
            return Ok(same.unwrap_or_else(|| text.clone()));
        }
        let counted = if let Some(known) = self.known_counts(text, windows) {
            known
        } else {
            let counted = count(windows, progress)?;
            self.keep_counts(text, windows, &counted);
            counted
        };
        let edition = text.edition.clone().counted(&counted.into());
        Ok(Text { edition, ..text.clone() })
    }
}

/// Body passages before each window and in all.
fn count(windows: &Windows, progress: &Progress) -> Result<Vec<u32>, Cancelled> {
    let mut counted = vec![0];
    let mut total: u32 = 0;
    for window in 0..windows.count() {
        progress.reach(window, windows.count())?;
        total = total.saturating_add(windows.count_body(window));
        counted.push(total);
    }
    Ok(counted)
}

/// What tells a text from others: the hash of its bytes, or of its length and pieces from all of it where it
/// is large, since a large file must not be read whole before it is shown.
#[must_use]
pub fn identity(bytes: &[u8]) -> String {
    if bytes.len() <= AT_ONCE_BYTES {
        content_hash(bytes)
    } else {
        sampled_hash(&Bytes { bytes, stamp: String::new() })
    }
}

/// Bytes in memory as a source.
#[derive(Debug)]
struct Bytes<B> {
    bytes: B,
    stamp: String,
}

impl<B: AsRef<[u8]> + Debug + Send + Sync> Source for Bytes<B> {
    fn bytes(&self) -> usize {
        self.bytes.as_ref().len()
    }

    fn stamp(&self) -> String {
        self.stamp.clone()
    }

    fn read(&self, range: std::ops::Range<usize>) -> Vec<u8> {
        let end = range.end.min(self.bytes());
        self.bytes.as_ref().get(range.start..end).unwrap_or_default().to_vec()
    }
}

fn sampled_hash(source: &dyn Source) -> String {
    let length = source.bytes();
    let step = length / PIECES;
    let mut pieces = length.to_le_bytes().to_vec();
    for piece in 0..PIECES {
        let start = if piece + 1 == PIECES { length.saturating_sub(PIECE_BYTES) } else { piece * step };
        pieces.extend(source.read(start..(start + PIECE_BYTES).min(length)));
    }
    content_hash(&pieces)
}
