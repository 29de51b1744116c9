//! What a text is: an edition as a list of passages, with the places of each in the source file.
//!
//! Knows no screen: no columns, no styles, no keys.

pub mod import;
pub mod language;
pub mod locator;
mod numbering;
mod succession;
pub mod windows;

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use numbering::Numbering;
use windows::{Source, Windows};

/// The only notion of place: the top of a pane, a search hit, a mark, a saved position.
///
/// `byte` is an offset into [`Passage::text`]; `byte == text.len()` is the gap row after the passage, and what
/// is beyond are the rows added there to make two editions level.
/// Rows are computed from anchors and never stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Anchor {
    /// Index of the passage in its edition.
    pub passage: usize,
    /// Byte offset into the text of the passage.
    pub byte: usize,
}

impl Anchor {
    /// The first byte of a passage.
    #[must_use]
    pub const fn start_of(passage: usize) -> Self {
        Self { passage, byte: 0 }
    }
}

/// What a passage is in its edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A heading; its depth is [`Passage::level`].
    Heading,
    /// Running prose.
    Paragraph,
    /// A passage that is wholly a quotation.
    Quotation,
    /// An item of a numbered, lettered or bulleted list; the marker is part of the text.
    ListItem,
    /// One line of verse.
    VerseLine,
    /// A date, a place or a signature on a line of its own.
    Dateline,
    /// Title page, byline, an editor's abstract or note: before the author's own text, or not by the author.
    FrontMatter,
    /// What the carrier added: site headers, proofreading notices, printer's lines, repeated title pages.
    Apparatus,
    /// A section break without words; its text is a conventional sign.
    Break,
}

impl Kind {
    /// Whether passages of this kind carry a ¶ number.
    #[must_use]
    pub const fn is_body(self) -> bool {
        matches!(self, Self::Paragraph | Self::Quotation | Self::ListItem | Self::VerseLine)
    }

    /// The name used in `--format json`; part of the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Quotation => "quotation",
            Self::ListItem => "list-item",
            Self::VerseLine => "verse-line",
            Self::Dateline => "dateline",
            Self::FrontMatter => "front-matter",
            Self::Apparatus => "apparatus",
            Self::Break => "break",
        }
    }
}

/// A footnote or endnote of a passage. `text` is `None` where the source has the mark but not the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The mark as printed: `1`, `*`.
    pub mark: String,
    /// The note's own words.
    pub text: Option<String>,
    /// Byte ranges of the source file that the note came from, its mark included; empty where it is missing.
    pub source: Vec<Range<usize>>,
}

/// Where a note's mark stood in the text (it is not part of the text).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoteMark {
    /// Byte offset into [`Passage::text`]; the mark follows the byte before it.
    pub byte: usize,
    /// Index into [`Passage::notes`].
    pub note: usize,
}

/// A page of the printed source that begins inside a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageBreak {
    /// Byte offset into [`Passage::text`] of the first character on the new page.
    pub byte: usize,
    /// The page's number as printed.
    pub page: String,
}

/// A passage: the unit that is numbered, indexed, linked and cited.
///
/// `text` is never empty, in NFC where the source was, holds no control characters, no soft hyphens and
/// no tabs; white space is single spaces and U+00A0 (never a break point).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: Kind,
    /// ¶ number, on body passages only: 1, 2, 3 … in reading order, as a digest prints them, or those of the
    /// work that the edition was recognised as. The parts of a split passage carry the same number.
    pub number: Option<u32>,
    /// Whether it goes on with the passage before it, which was too long to stand in one piece; it has the
    /// same number.
    pub goes_on: bool,
    /// Further numbers, ascending, where the edition merges passages of its work.
    pub also: Vec<u32>,
    /// Whether its letters are not those of the passages of the work whose numbers it has.
    pub is_altered: bool,
    /// The cleaned words.
    pub text: String,
    /// Depth of a heading, from 1; 0 on everything else.
    pub level: u8,
    /// Bytes of `text` taken by a list marker and the space after it; 0 where there is none.
    pub marker_bytes: usize,
    /// Byte ranges of `text` that the source emphasises, in order, disjoint.
    pub emphasis: Vec<Range<usize>>,
    /// The printed page on which the passage begins, where the source marks pages.
    pub page: Option<String>,
    /// Pages that begin inside it, in order.
    pub page_breaks: Vec<PageBreak>,
    /// Its notes, in the order of their marks.
    pub notes: Vec<Note>,
    /// Where the marks stand, in order of `byte`.
    pub note_marks: Vec<NoteMark>,
    /// Byte ranges of the source file it came from, in order, disjoint; several where it was joined.
    pub source: Vec<Range<usize>>,
}

impl Passage {
    /// A passage of `text` and nothing else.
    #[must_use]
    pub fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self {
            kind,
            number: None,
            goes_on: false,
            also: Vec::new(),
            is_altered: false,
            text: text.into(),
            level: 0,
            marker_bytes: 0,
            emphasis: Vec::new(),
            page: None,
            page_breaks: Vec::new(),
            notes: Vec::new(),
            note_marks: Vec::new(),
            source: Vec::new(),
        }
    }

    /// The text between two bytes; empty where they are no character boundaries.
    #[must_use]
    pub fn slice(&self, bytes: Range<usize>) -> &str {
        self.text.get(bytes).unwrap_or_default()
    }

    /// The printed page at a byte of the text.
    #[must_use]
    pub fn page_at(&self, byte: usize) -> Option<&str> {
        self.page_breaks
            .iter()
            .rev()
            .find(|b| b.byte <= byte)
            .map(|b| b.page.as_str())
            .or(self.page.as_deref())
    }
}

/// Something about an import that its reader should know, with how often it happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened, as a sentence fragment: `note marks whose note is missing`.
    pub what: String,
    /// How often.
    pub count: usize,
    /// Byte ranges of the source that it concerns and that belong to no passage (page marks, blank lines,
    /// rules, note marks).
    pub source: Vec<Range<usize>>,
}

impl Notice {
    /// Whether nearly every file has it: bookkeeping, to be shown after what its reader may want to look at.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        import::draft::what::USUAL.contains(&self.what.as_str())
    }

    /// Whether the file is of a kind that another program has to make a text of first: to be said on opening.
    #[must_use]
    pub fn is_pressing(&self) -> bool {
        import::draft::what::PRESSING.contains(&self.what.as_str())
    }
}

/// A text in one form: its passages in reading order, and what the import did to the source.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// Shared: a thread that works beside the reading holds the same passages.
    passages: Arc<Vec<Passage>>,
    /// `starts[i]`: bytes of text before passage `i`; one more entry than passages.
    starts: Arc<Vec<usize>>,
    /// Each ¶ number with its passage, ascending.
    numbers: Arc<Vec<(u32, usize)>>,
    notices: Vec<Notice>,
    source_bytes: usize,
    title: Option<String>,
    author: Option<String>,
    year: Option<String>,
    numbering: Option<Numbering>,
    /// Where it is read in windows of its file instead of standing whole in `passages`.
    windows: Option<Windows>,
}

impl Edition {
    /// An edition of these passages. Body passages without a number are numbered 1, 2, 3 … unless any of
    /// them has one already (a digest that prints its numbers): then those are kept as they are.
    #[must_use]
    pub fn new(mut passages: Vec<Passage>, notices: Vec<Notice>, source_bytes: usize) -> Self {
        if passages.iter().all(|p| p.number.is_none()) {
            let mut number = 0;
            for passage in passages.iter_mut().filter(|p| p.kind.is_body()) {
                number += u32::from(!passage.goes_on);
                passage.number = Some(number);
            }
        }
        let mut starts = Vec::with_capacity(passages.len() + 1);
        let mut total = 0;
        starts.push(0);
        for passage in &passages {
            total += passage.text.len();
            starts.push(total);
        }
        Self {
            numbers: Arc::new(numbering::numbers(&passages)),
            passages: Arc::new(passages),
            starts: Arc::new(starts),
            notices,
            source_bytes,
            title: None,
            author: None,
            year: None,
            numbering: None,
            windows: None,
        }
    }

    /// An edition of a file that is read where it is looked at.
    #[must_use]
    pub fn in_windows(source: Arc<dyn Source>, manner: import::window::Manner) -> Self {
        let windows = Windows::new(source, manner);
        Self { source_bytes: windows.bytes(), windows: Some(windows), ..Self::default() }
    }

    /// The same edition with what its own title page says of it.
    #[must_use]
    pub fn described(mut self, title: Option<String>, author: Option<String>, year: Option<String>) -> Self {
        self.title = title;
        self.author = author;
        self.year = year;
        self
    }

    /// All passages in reading order; none of an edition that is read in windows, which is never whole in
    /// memory: see [`Self::windows`].
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The windows of the file, where it is too large to be read whole.
    #[must_use]
    pub fn windows(&self) -> Option<&Windows> {
        self.windows.as_ref()
    }

    /// One passage.
    #[must_use]
    pub fn get(&self, passage: usize) -> Option<&Passage> {
        match &self.windows {
            Some(windows) => windows.get(passage),
            None => self.passages.get(passage),
        }
    }

    /// The passage after one; indexes rise but need not be dense.
    #[must_use]
    pub fn after(&self, passage: usize) -> Option<usize> {
        match &self.windows {
            Some(windows) => windows.after(passage),
            None => Some(passage + 1).filter(|next| *next < self.passages.len()),
        }
    }

    /// The passage before one.
    #[must_use]
    pub fn before(&self, passage: usize) -> Option<usize> {
        match &self.windows {
            Some(windows) => windows.before(passage),
            None => passage.checked_sub(1),
        }
    }

    /// The passage with this index, or the nearest one before it; `None` where there is none at all.
    #[must_use]
    pub fn nearest(&self, passage: usize) -> Option<usize> {
        match &self.windows {
            Some(windows) => windows.nearest(passage),
            None => Some(passage.min(self.passages.len().checked_sub(1)?)),
        }
    }

    /// Forgets what was read of the file, where that is much. Between frames.
    pub fn release(&mut self) {
        if let Some(windows) = &mut self.windows {
            windows.release();
        }
    }

    /// The same edition with its passages numbered, see [`Windows::numbered_by`].
    #[must_use]
    pub fn counted(mut self, counted: &Arc<[u32]>) -> Self {
        self.windows = self.windows.map(|windows| windows.numbered_by(Arc::clone(counted)));
        self
    }

    /// The largest ¶ number, or a bound of it where the passages have not been counted.
    #[must_use]
    pub fn largest_number(&self) -> u32 {
        match &self.windows {
            // A passage of prose has some hundred bytes; the column must not change when they are counted.
            Some(windows) => windows.total().unwrap_or(0).max((windows.bytes() / 100) as u32),
            None => self.passages.iter().rev().find_map(|passage| passage.number).unwrap_or(0),
        }
    }

    /// The same edition with one more thing to say.
    #[must_use]
    pub fn noticed(mut self, what: String, count: usize) -> Self {
        self.notices.push(Notice { what, count, source: Vec::new() });
        self
    }

    /// What the import has to say.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Length of the source file in bytes.
    #[must_use]
    pub fn source_bytes(&self) -> usize {
        self.source_bytes
    }

    /// Title, author and year that the text gives itself, where it does.
    #[must_use]
    pub fn title_page(&self) -> (Option<&str>, Option<&str>, Option<&str>) {
        (self.title.as_deref(), self.author.as_deref(), self.year.as_deref())
    }

    /// Bytes of text in all passages; of the file, where it is read in windows.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        match &self.windows {
            Some(windows) => windows.bytes(),
            None => self.starts.last().copied().unwrap_or_default(),
        }
    }

    /// Bytes of text before an anchor: how far into the edition it stands.
    #[must_use]
    pub fn offset(&self, anchor: Anchor) -> usize {
        let length = self.get(anchor.passage).map_or(0, |p| p.text.len());
        let start = match &self.windows {
            Some(windows) => windows.start(anchor.passage),
            None => self.starts.get(anchor.passage.min(self.passages.len())).copied().unwrap_or_default(),
        };
        start + anchor.byte.min(length)
    }

    /// The anchor that stands `offset` bytes into the edition, on a character boundary; the last passage's
    /// start for anything past the end.
    #[must_use]
    pub fn anchor_at(&self, offset: usize) -> Anchor {
        let (passage, start) = if let Some(windows) = &self.windows {
            let passage = windows.at_source(offset);
            (passage, windows.start(passage))
        } else {
            let after = self.starts.partition_point(|&start| start <= offset);
            let passage = after.saturating_sub(1).min(self.passages.len().saturating_sub(1));
            (passage, self.starts.get(passage).copied().unwrap_or_default())
        };
        let Some(text) = self.get(passage).map(|p| p.text.as_str()) else { return Anchor::default() };
        if offset >= self.text_bytes() {
            return Anchor::start_of(passage);
        }
        Anchor { passage, byte: text.floor_char_boundary(offset.saturating_sub(start)) }
    }

    /// The passage and byte where a printed page begins.
    #[must_use]
    pub fn page(&self, page: &str) -> Option<Anchor> {
        self.passages.iter().enumerate().find_map(|(passage, p)| {
            let inside = p.page_breaks.iter().find(|b| b.page == page).map(|b| b.byte);
            let here = (p.page.as_deref() == Some(page)).then_some(0);
            inside.or(here).map(|byte| Anchor { passage, byte })
        })
    }
}
