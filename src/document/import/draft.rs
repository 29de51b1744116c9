//! A text on its way to an edition: blocks of lines that remember where they stood.
//!
//! No words are copied here: a block is ranges of the decoded text, so a join keeps its provenance.

use std::ops::Range;

use super::Format;

/// A line, or the rest of one: what it claims of the text and which part of that is words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The bytes that belong to this part, markup included.
    pub line: Range<usize>,
    /// The words in it, without list marker, quotation mark of Markdown or heading sign.
    pub words: Range<usize>,
    /// The printed page that begins with it, where one does.
    pub page: Option<String>,
    /// How it goes on from the part before it.
    pub glue: Glue,
}

/// How two lines stand together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Glue {
    /// As two words.
    #[default]
    Space,
    /// As one word, without the hyphen that divides it.
    Word,
    /// As one word that has a hyphen of its own.
    Hyphen,
}

impl Part {
    /// A part that is words from end to end.
    #[must_use]
    pub fn new(line: Range<usize>) -> Self {
        Self { words: line.clone(), line, page: None, glue: Glue::Space }
    }
}

/// What a block is, as far as the passes have found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Words of which nothing is known yet; a paragraph in the end.
    Text,
    /// A heading of a depth from 1.
    Heading(u8),
    /// A passage that is wholly a quotation.
    Quotation,
    /// An item of a list.
    ListItem,
    /// A line of verse.
    VerseLine,
    /// A date, place or signature.
    Dateline,
    /// Title page, byline, abstract or note of an editor.
    FrontMatter,
    /// What the carrier added.
    Apparatus,
    /// A line of code, shown as it stands.
    Code,
    /// A section break, by a rule or by blank lines.
    Break,
    /// A line of nothing but signs: a section break, or what sets notes off.
    Rule,
    /// A line that says that a printed page begins.
    PageMark(String),
    /// Footnotes, already taken into [`Draft::notes`].
    Notes,
}

/// Lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// Its lines, in order.
    pub parts: Vec<Part>,
    /// The list marker to show, with the space after it: `1. `, `• `.
    pub marker: String,
    /// The number that the source prints for it with a pilcrow.
    pub number: Option<u32>,
    /// Blank lines before it.
    pub blank: usize,
    /// The bytes of these blank lines.
    pub gap: Range<usize>,
    /// The printed page that begins with it.
    pub page: Option<String>,
    /// Whether it goes on with the block before it, which was too long to stand in one piece.
    pub goes_on: bool,
}

impl Block {
    /// A block of one or more lines.
    #[must_use]
    pub fn new(role: Role, parts: Vec<Part>, blank: usize, gap: Range<usize>) -> Self {
        Self { role, parts, marker: String::new(), number: None, blank, gap, page: None, goes_on: false }
    }

    /// Where its words begin.
    #[must_use]
    pub fn start(&self) -> usize {
        self.parts.first().map_or(0, |part| part.words.start)
    }

    /// Whether nothing is known of it yet. What the source numbers with a pilcrow is its author's text and
    /// is not guessed to be a title or a date.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.role == Role::Text && self.number.is_none()
    }
}

/// A mark in the text that points to a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The bytes of the mark as it stands, brackets or tags included.
    pub range: Range<usize>,
    /// The mark without them: `1`, `*`.
    pub label: String,
    /// Index into [`Draft::notes`], where its note was found.
    pub note: Option<usize>,
}

/// A note found in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNote {
    /// Its mark, without brackets.
    pub label: String,
    /// Its lines; the first part's words begin after the mark.
    pub parts: Vec<Part>,
    /// Whether a mark points to it.
    pub used: bool,
}

/// What was set aside or changed, with the bytes that no passage has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// A sentence fragment, one of the names in [`what`].
    pub what: &'static str,
    /// The bytes; empty where a passage has them.
    pub range: Range<usize>,
}

/// The sentence fragments that notices are made of.
pub mod what {
    /// An encoding that is not UTF-8, before its name.
    pub const DECODED: &str = "text decoded from";
    /// Damaged bytes, before the place of the first.
    pub const NO_CHARACTER: &str = "bytes that stand for no character, shown as U+FFFD";
    /// Lines such as `page 39`.
    pub const PAGE_MARKS: &str = "page marks read as numbers of pages that begin there";
    /// The same at the foot of pages.
    pub const PAGE_FEET: &str = "page marks read as numbers of pages that end there";
    /// What Project Gutenberg puts around a text.
    pub const GUTENBERG: &str = "pieces of the header and the licence of Project Gutenberg, set apart";
    /// Rules before footnotes.
    pub const NOTE_RULES: &str = "rules that set off notes";
    /// Rules at the edge of a text or beside a heading.
    pub const EDGE_RULES: &str = "rules without text on both sides";
    /// Blank lines and the ends of lines.
    pub const WHITE_SPACE: &str = "blank lines and line ends between passages";
    /// Marks that point nowhere.
    pub const MISSING_NOTES: &str = "note marks whose note is missing";
    /// Notes that nothing points to.
    pub const MISSING_MARKS: &str = "notes whose mark is missing, set apart";
    /// Paragraphs that a page or a note had cut in two.
    pub const JOINED_OVER_PAGES: &str = "passages joined over a page or a note";
    /// Paragraphs that nothing but a blank line had cut in two.
    pub const JOINED_OVER_BLANK_LINES: &str = "passages joined where a sentence ran on over a blank line";
    /// Words that were in two pieces.
    pub const JOINED_WORDS: &str = "divided words joined";
    /// Links.
    pub const LINKS: &str = "link addresses left out of the text";
    /// Comments of HTML.
    pub const COMMENTS: &str = "comments left out of the text";
    /// Lines between fences.
    pub const CODE: &str = "lines of code, set apart";
    /// The same line at the head of each page.
    pub const RUNNING_HEADS: &str = "running heads of pages left out of the text";
    /// A page of the web.
    pub const HTML: &str = "this is HTML, shown with its tags: `pandoc -t plain` makes a text of it";
    /// A document of a word processor.
    pub const RTF: &str = "this is RTF, shown with its signs: `pandoc -f rtf -t plain` makes a text of it";
    /// What is said as soon as the file is opened.
    pub const PRESSING: [&str; 2] = [HTML, RTF];
    /// Tags of HTML.
    pub const TAGS: &str = "tags of HTML left out of the text";
    /// Soft hyphens.
    pub const SOFT_HYPHENS: &str = "soft hyphens removed";
    /// Control characters.
    pub const CONTROLS: &str = "control characters removed";
    /// Doubled spaces.
    pub const SPACES: &str = "runs of spaces or tabs set as one space";
    /// `s p a c e d`.
    pub const LETTER_SPACING: &str = "letter-spaced words set as emphasis";
    /// Notes of a passage that has nothing left in it.
    pub const UNPLACED: &str = "pieces of text that stand in no passage";
    /// Passages beyond the length of any in print.
    pub const IN_PIECES: &str = "places where a passage without an end for 64 kB was cut";
    /// Lines with nothing left in them.
    pub const NOTHING_LEFT: &str = "lines without a character that can be shown";
    /// Titles repeated inside a passage.
    pub const REPEATED_TITLES: &str = "title pages repeated inside a passage";
    /// What nearly every file has and nobody needs to look at.
    pub const USUAL: [&str; 2] = [WHITE_SPACE, SPACES];
}

/// A text on its way to an edition.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// The decoded text that all ranges are of.
    pub text: &'a str,
    /// How it is marked up.
    pub format: Format,
    /// Its blocks in reading order.
    pub blocks: Vec<Block>,
    /// The marks that point to notes, in order.
    pub marks: Vec<Mark>,
    /// The notes found, in order.
    pub notes: Vec<FoundNote>,
    /// What was set aside.
    pub asides: Vec<Aside>,
    /// The title that the text gives itself.
    pub title: Option<String>,
    /// The author that it names.
    pub author: Option<String>,
    /// The year that it names.
    pub year: Option<String>,
    /// Whether its page marks stood at the foot of their pages; each has the page after it now.
    pub has_feet: bool,
    /// Whether low lines around words emphasise them, though it is no Markdown.
    pub has_low_lines: bool,
}

impl<'a> Draft<'a> {
    /// A draft of the blocks that a format reader found.
    #[must_use]
    pub fn new(text: &'a str, format: Format, blocks: Vec<Block>) -> Self {
        Self {
            text,
            format,
            blocks,
            marks: Vec::new(),
            notes: Vec::new(),
            asides: Vec::new(),
            title: None,
            author: None,
            year: None,
            has_feet: false,
            has_low_lines: false,
        }
    }

    /// A range of the text; empty where it is no range of it.
    #[must_use]
    pub fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The words of the first line of a block.
    #[must_use]
    pub fn first_line(&self, block: &Block) -> &'a str {
        block.parts.first().map_or("", |part| self.slice(&part.words))
    }

    /// The words of a block of one line; nothing where it has several.
    #[must_use]
    pub fn only_line(&self, block: &Block) -> Option<&'a str> {
        (block.parts.len() == 1).then(|| self.first_line(block))
    }

    /// Bytes of words in a block.
    #[must_use]
    pub fn length(block: &Block) -> usize {
        block.parts.iter().map(|part| part.words.len()).sum()
    }

    /// Sets a page mark aside, whose page is known.
    pub fn set_page_mark_aside(&mut self, parts: &[Part]) {
        self.set_aside(if self.has_feet { what::PAGE_FEET } else { what::PAGE_MARKS }, parts);
    }

    /// Notes something that a passage has the bytes of, or all lines of a block that goes.
    pub fn set_aside(&mut self, what: &'static str, parts: &[Part]) {
        self.asides.extend(parts.iter().map(|part| Aside { what, range: part.line.clone() }));
    }

    /// Counts something that happened inside a passage.
    pub fn count(&mut self, what: &'static str) {
        self.asides.push(Aside { what, range: 0..0 });
    }
}
