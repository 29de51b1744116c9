//! From a cleaned draft to an edition: words, marks, pages, and the account of every byte.

use std::collections::HashMap;
use std::ops::Range;

use super::decode::Decoded;
use super::draft::{Block, Draft, Part, Role, what};
use super::glyphs::{self, Glyphs, Removed};
use super::passes::letter_spacing;
use super::{Format, inline, pieces, plain};
use crate::document::{Edition, Kind, Note, NoteMark, Notice, PageBreak, Passage};

/// What a section break shows.
pub(super) const BREAK_SIGN: &str = "* * *";

/// The edition of a draft.
#[must_use]
pub fn edition(mut draft: Draft<'_>, decoded: &Decoded<'_>, source_bytes: usize) -> Edition {
    let (passages, owned, removed) = assembled(&mut draft, decoded);
    let notices = notices(&draft, &removed, owned, decoded, source_bytes);
    let [title, author, year] =
        [draft.title, draft.author, draft.year].map(|words| words.map(|words| glyphs::clean(&words)));
    Edition::new(passages, notices, source_bytes).described(title, author, year)
}

/// The passages of a draft alone, without the account of every byte.
#[must_use]
pub fn passages(mut draft: Draft<'_>, decoded: &Decoded<'_>) -> Vec<Passage> {
    assembled(&mut draft, decoded).0
}

/// The blocks of a draft, each of which is a passage.
pub(super) fn in_pieces(draft: &mut Draft<'_>) -> Vec<Block> {
    let blocks = std::mem::take(&mut draft.blocks);
    let whole = blocks.len();
    let pieces = pieces::cut(draft.text, blocks);
    for _ in whole..pieces.len() {
        draft.count(what::IN_PIECES);
    }
    pieces
}

/// Whether a block is a passage that carries a number.
pub(super) fn is_body(block: &Block) -> bool {
    kind(&block.role).0.is_body()
}

/// The passages, the ranges of the text that they own, and what was removed within them.
fn assembled(draft: &mut Draft<'_>, decoded: &Decoded<'_>) -> (Vec<Passage>, Vec<Range<usize>>, Removed) {
    let blocks = in_pieces(draft);
    let mut passages = Vec::with_capacity(blocks.len());
    let mut owned: Vec<Range<usize>> = Vec::new();
    let mut removed = Removed::default();
    let pages = pages(&blocks);
    let mut first_mark = 0;
    for block in &blocks {
        let start = block.parts.first().map_or(0, |part| part.line.start);
        while draft.marks.get(first_mark).is_some_and(|mark| mark.range.end <= start) {
            first_mark += 1;
        }
        let Some(mut passage) = passage(draft, block, first_mark, &mut removed) else {
            draft.set_aside(what::NOTHING_LEFT, &block.parts);
            continue;
        };
        if block.role == Role::Code {
            draft.count(what::CODE);
        }
        let before = pages.partition_point(|(at, _)| *at <= start);
        passage.page = before.checked_sub(1).and_then(|at| pages.get(at)).map(|(_, page)| page.clone());
        let ranges = claimed(draft.text, &block.parts);
        owned.extend(ranges.iter().cloned());
        for note in &passage.notes {
            owned.extend(note.source.iter().cloned());
        }
        for note in &mut passage.notes {
            note.source = note.source.iter().map(|range| decoded.source(range)).collect();
        }
        passage.source = ranges.iter().map(|range| decoded.source(range)).collect();
        passages.push(passage);
    }
    (passages, owned, removed)
}

/// Where each printed page begins in the text, in order.
fn pages(blocks: &[Block]) -> Vec<(usize, String)> {
    let mut pages = Vec::new();
    for block in blocks {
        let start = block.parts.first().map_or(0, |part| part.line.start);
        pages.extend(block.page.clone().map(|page| (start, page)));
        pages.extend(block.parts.iter().filter_map(|part| Some((part.line.start, part.page.clone()?))));
    }
    pages.sort_by_key(|(at, _)| *at);
    pages
}

/// The passage of a block; nothing where no character of it can be shown.
fn passage(draft: &Draft<'_>, block: &Block, first_mark: usize, removed: &mut Removed) -> Option<Passage> {
    let (kind, level) = kind(&block.role);
    if kind == Kind::Break {
        return Some(Passage::new(kind, BREAK_SIGN));
    }
    let mut passage = Passage::new(kind, block.marker.as_str());
    passage.level = level;
    passage.marker_bytes = block.marker.len();
    passage.number = block.number;
    passage.goes_on = block.goes_on;
    let end = block.parts.last().map_or(0, |part| part.words.end);
    let marked = draft.marks.get(first_mark).is_some_and(|mark| mark.range.start < end);
    let (words, places) = if let Some(plain) = plain::words(draft, &block.parts, first_mark) {
        plain
    } else {
        let read = if block.role == Role::Code { code } else { words };
        let glyphs = read(draft, &block.parts, first_mark, removed);
        if glyphs.is_empty() {
            return None;
        }
        passage.emphasis = emphasis(&glyphs, block.marker.len());
        (glyphs.iter().map(|glyph| glyph.ch).collect(), places(&glyphs))
    };
    passage.text.push_str(&words);
    if !marked && block.parts.iter().all(|part| part.page.is_none()) {
        return Some(passage);
    }
    // Between the two text and source do not run side by side: the marker may be shown as another one.
    let words_start = block.parts.first().map_or(0, |part| part.words.start);
    let of_marker = [(block.start(), 0), (words_start, block.marker.len())];
    let of_marker = of_marker.into_iter().filter(|_| !block.marker.is_empty());
    let after = places.into_iter().map(|(from, byte)| (from, byte + block.marker.len()));
    let places: Vec<_> = of_marker.chain(after).collect();
    for part in &block.parts {
        if let Some(page) = &part.page {
            let byte = byte_at(&places, part.words.start);
            passage.page_breaks.push(PageBreak { byte, page: page.clone() });
        }
    }
    add_notes(draft, block, first_mark, &places, &mut passage);
    Some(passage)
}

/// The cleaned words of a note.
fn note_words(draft: &Draft<'_>, parts: &[Part]) -> String {
    let no_mark = draft.marks.len();
    plain::words(draft, parts, no_mark).map_or_else(
        || words(draft, parts, no_mark, &mut Removed::default()).iter().map(|glyph| glyph.ch).collect(),
        |(words, _)| words,
    )
}

/// The cleaned characters of some parts.
pub(super) fn words(draft: &Draft<'_>, parts: &[Part], first_mark: usize, removed: &mut Removed) -> Glyphs {
    let mut glyphs = glyphs::collect(draft, parts, first_mark, removed);
    if draft.format == Format::Markdown {
        inline::read(&mut glyphs, removed);
    } else if draft.has_low_lines {
        inline::read_low_lines(&mut glyphs);
    }
    let spaced = letter_spacing::close_up(&mut glyphs);
    removed.what.extend(std::iter::repeat_n(what::LETTER_SPACING, spaced));
    glyphs::collapse_spaces(&mut glyphs, removed);
    glyphs
}

/// The characters of code, whose signs mean nothing here.
fn code(draft: &Draft<'_>, parts: &[Part], first_mark: usize, removed: &mut Removed) -> Glyphs {
    let mut glyphs = glyphs::collect(draft, parts, first_mark, removed);
    glyphs::collapse_spaces(&mut glyphs, removed);
    glyphs
}

fn kind(role: &Role) -> (Kind, u8) {
    match role {
        Role::Text | Role::PageMark(_) | Role::Notes => (Kind::Paragraph, 0),
        Role::Heading(level) => (Kind::Heading, *level),
        Role::Quotation => (Kind::Quotation, 0),
        Role::ListItem => (Kind::ListItem, 0),
        Role::VerseLine => (Kind::VerseLine, 0),
        Role::Dateline => (Kind::Dateline, 0),
        Role::FrontMatter => (Kind::FrontMatter, 0),
        Role::Apparatus | Role::Code => (Kind::Apparatus, 0),
        Role::Break | Role::Rule => (Kind::Break, 0),
    }
}

/// Where each character came from, with its byte in the text; one more entry for the end.
pub(super) fn places(glyphs: &Glyphs) -> Vec<(usize, usize)> {
    let mut byte = 0;
    let mut places = Vec::with_capacity(glyphs.len() + 1);
    for glyph in glyphs {
        places.push((glyph.at, byte));
        byte += glyph.ch.len_utf8();
    }
    places.push((usize::MAX, byte));
    places
}

/// The byte in the text of the first character that came from `at` or after it.
///
/// From one place to the next, text and source run side by side, as far as there is text.
pub(super) fn byte_at(places: &[(usize, usize)], at: usize) -> usize {
    let found = places.partition_point(|(from, _)| *from < at);
    let Some(&(from, next)) = places.get(found) else { return 0 };
    let before = found.checked_sub(1).and_then(|before| places.get(before)).filter(|_| from > at);
    before.map_or(next, |(from, byte)| next.min(byte + (at - from)))
}

/// What is emphasised of characters that stand in the text from a byte on.
fn emphasis(glyphs: &Glyphs, first: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    if !glyphs.iter().any(|glyph| glyph.emphasis) {
        return ranges;
    }
    let mut byte = first;
    for glyph in glyphs {
        let end = byte + glyph.ch.len_utf8();
        match ranges.last_mut() {
            Some(last) if glyph.emphasis && last.end == byte => last.end = end,
            Some(_) | None if glyph.emphasis => ranges.push(byte..end),
            Some(_) | None => {}
        }
        byte = end;
    }
    ranges
}

/// Adds the notes whose marks stand in a block, with the places of the marks.
fn add_notes(
    draft: &Draft<'_>,
    block: &Block,
    first: usize,
    places: &[(usize, usize)],
    passage: &mut Passage,
) {
    let mut known: HashMap<usize, usize> = HashMap::new();
    let mut parts = block.parts.iter().peekable();
    for mark in draft.marks.get(first..).unwrap_or_default() {
        while parts.peek().is_some_and(|part| part.words.end <= mark.range.start) {
            parts.next();
        }
        let Some(part) = parts.peek() else { break };
        if mark.range.start < part.words.start {
            continue;
        }
        let shared = mark.note.and_then(|note| known.get(&note).copied());
        let note = shared.unwrap_or_else(|| {
            known.extend(mark.note.map(|note| (note, passage.notes.len())));
            let found = mark.note.and_then(|note| draft.notes.get(note));
            passage.notes.push(match found {
                Some(found) => {
                    let text = note_words(draft, &found.parts);
                    let source = found.parts.iter().map(|part| part.line.clone()).collect();
                    Note { mark: mark.label.clone(), text: Some(text), source }
                }
                None => Note { mark: mark.label.clone(), text: None, source: Vec::new() },
            });
            passage.notes.len() - 1
        });
        // The mark follows the character before it, also where a space or a new page comes next.
        let after = byte_at(places, mark.range.start);
        let byte = passage.text.get(..after).map_or(after, |text| text.trim_end_matches(' ').len());
        passage.note_marks.push(NoteMark { byte, note });
    }
}

/// The bytes of the parts of a block, those joined that only white space divides.
fn claimed(text: &str, parts: &[Part]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for part in parts {
        let blank = |from: usize, to: usize| text.get(from..to).is_some_and(|gap| gap.trim().is_empty());
        match ranges.last_mut() {
            Some(last) if part.page.is_none() && blank(last.end, part.line.start) => last.end = part.line.end,
            Some(_) | None => ranges.push(part.line.clone()),
        }
    }
    ranges
}

/// What the import has to say, each thing once, with the bytes that no passage has.
fn notices(
    draft: &Draft<'_>,
    removed: &Removed,
    mut owned: Vec<Range<usize>>,
    decoded: &Decoded<'_>,
    source_bytes: usize,
) -> Vec<Notice> {
    let mut notices: Vec<Notice> = Vec::new();
    if let Some(encoding) = decoded.encoding {
        notices.push(Notice { what: format!("{} {encoding}", what::DECODED), count: 1, source: Vec::new() });
    }
    if let Some((line, column)) = decoded.first_malformed() {
        let what = format!("{}, the first in line {line}, column {column}", what::NO_CHARACTER);
        notices.push(Notice { what, count: decoded.malformed, source: Vec::new() });
    }
    let mut say = |what: &str, count: usize, range: Option<Range<usize>>| {
        let at = notices.iter().position(|notice| notice.what == what).unwrap_or_else(|| {
            notices.push(Notice { what: what.to_owned(), count: 0, source: Vec::new() });
            notices.len() - 1
        });
        if let Some(notice) = notices.get_mut(at) {
            notice.count += count;
            notice.source.extend(range);
        }
    };
    for aside in &draft.asides {
        let range = (!aside.range.is_empty()).then(|| decoded.source(&aside.range));
        owned.extend((!aside.range.is_empty()).then(|| aside.range.clone()));
        say(aside.what, 1, range);
    }
    for what in &removed.what {
        say(what, 1, None);
    }
    let missing = draft.marks.iter().filter(|mark| mark.note.is_none()).count();
    if missing > 0 {
        say(what::MISSING_NOTES, missing, None);
    }
    let begin = decoded.source(&(0..0)).start;
    if begin > 0 {
        say("byte order mark", 1, Some(0..begin));
    }
    owned.sort_by_key(|range| range.start);
    let mut end = 0;
    for range in owned.iter().chain([&(draft.text.len()..draft.text.len())]) {
        if range.start > end {
            let gap = end..range.start;
            let words = draft.slice(&gap).chars().any(|c| !c.is_whitespace() && !glyphs::is_control(c));
            let what = if words { what::UNPLACED } else { what::WHITE_SPACE };
            say(what, 1, Some(decoded.source(&gap)));
        }
        end = end.max(range.end);
    }
    let decoded_end = decoded.source(&(draft.text.len()..draft.text.len())).end;
    if decoded_end < source_bytes {
        say("bytes after the end of the text", 1, Some(decoded_end..source_bytes));
    }
    notices
}
