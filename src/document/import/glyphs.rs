//! The characters of one passage, each with the byte it came from, and what cleans them.

use std::iter::Peekable;
use std::ops::Range;
use std::slice;

use super::draft::{Draft, Glue, Mark, Part, what};

/// A character of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The character.
    pub ch: char,
    /// Where it stands in the decoded text.
    pub at: usize,
    /// Whether the source emphasises it.
    pub emphasis: bool,
}

/// The characters of a passage in order.
pub type Glyphs = Vec<Glyph>;

/// What was removed from the characters of a passage.
#[derive(Debug, Default)]
pub struct Removed {
    /// Names from [`what`], one for each thing removed.
    pub what: Vec<&'static str>,
}

/// The characters of some parts: joined, without note marks and without what cannot be shown.
///
/// `first_mark` is the index of the first mark that may stand in them.
pub fn collect(draft: &Draft<'_>, parts: &[Part], first_mark: usize, removed: &mut Removed) -> Glyphs {
    let mut glyphs = Glyphs::with_capacity(parts.iter().map(|part| part.words.len() + 1).sum());
    let mut marks = draft.marks.get(first_mark..).unwrap_or_default().iter().peekable();
    let mut before = 0;
    for (index, part) in parts.iter().enumerate() {
        if part.glue == Glue::Word {
            while glyphs.last().is_some_and(|last: &Glyph| matches!(last.ch, '-' | '\u{AD}' | '‐' | ' ')) {
                glyphs.pop();
            }
        } else if part.glue == Glue::Space && index > 0 {
            glyphs.push(Glyph { ch: ' ', at: before, emphasis: false });
        }
        each_between_marks(part, &mut marks, |range| push_all(draft, range, &mut glyphs, removed));
        before = part.words.end;
    }
    glyphs
}

/// Gives the ranges of a part's words that are no marks.
pub(super) fn each_between_marks(
    part: &Part,
    marks: &mut Peekable<slice::Iter<'_, Mark>>,
    mut take: impl FnMut(Range<usize>),
) {
    let mut from = part.words.start;
    while let Some(mark) = marks.peek().filter(|mark| mark.range.start < part.words.end) {
        take(from..mark.range.start.max(from));
        from = mark.range.end.max(from);
        // A mark that reaches into the next part is met there again.
        if from > part.words.end {
            return;
        }
        marks.next();
    }
    take(from..part.words.end);
}

fn push_all(draft: &Draft<'_>, range: Range<usize>, glyphs: &mut Glyphs, removed: &mut Removed) {
    for (offset, ch) in draft.slice(&range).char_indices() {
        push(glyphs, Glyph { ch, at: range.start + offset, emphasis: false }, removed);
    }
}

/// A title or a name as it can be shown, by the rules that hold for passages.
#[must_use]
pub fn clean(words: &str) -> String {
    let (mut glyphs, mut removed) = (Glyphs::new(), Removed::default());
    for (at, ch) in words.char_indices() {
        push(&mut glyphs, Glyph { ch, at, emphasis: false }, &mut removed);
    }
    collapse_spaces(&mut glyphs, &mut removed);
    glyphs.iter().map(|glyph| glyph.ch).collect()
}

fn push(glyphs: &mut Glyphs, glyph: Glyph, removed: &mut Removed) {
    match glyph.ch {
        // What nearly all characters are goes first: this is asked of each one of a text.
        ' '..='~' => glyphs.push(glyph),
        '\u{AD}' => removed.what.push(what::SOFT_HYPHENS),
        '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{B}' | '\u{C}' | '\r' | '\n' => {
            glyphs.push(Glyph { ch: ' ', ..glyph });
        }
        c if is_control(c) => removed.what.push(what::CONTROLS),
        // Every other space is one space; U+00A0 is the author's.
        c if c.is_whitespace() && c != '\u{A0}' => glyphs.push(Glyph { ch: ' ', ..glyph }),
        _ => glyphs.push(glyph),
    }
}

/// Whether a character steers the terminal or the direction of writing instead of being shown.
#[must_use]
pub fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Sets runs of spaces as one and takes those at both ends.
///
/// A U+00A0 that stands alone is the author's; in a run it is what a program wrote to double a space.
pub fn collapse_spaces(glyphs: &mut Glyphs, removed: &mut Removed) {
    // Most passages have nothing to collapse, and are not copied to learn that.
    let mut after_space = true;
    let runs = glyphs.iter().any(|glyph| {
        let before = std::mem::replace(&mut after_space, is_space(glyph.ch));
        before && after_space
    });
    if !runs && !after_space {
        return;
    }
    let old = std::mem::replace(glyphs, Glyphs::with_capacity(glyphs.len()));
    let mut rest = old.as_slice();
    while !rest.is_empty() {
        let word = rest.iter().take_while(|glyph| !is_space(glyph.ch)).count();
        let (word, after) = rest.split_at(word);
        glyphs.extend_from_slice(word);
        let run = after.iter().take_while(|glyph| is_space(glyph.ch)).count();
        let (spaces, after) = after.split_at(run);
        let at_edge = glyphs.is_empty() || after.is_empty();
        match spaces {
            [] => {}
            [space] => glyphs.extend((!at_edge).then_some(*space)),
            [first, ..] => {
                removed.what.push(what::SPACES);
                let breaks = spaces.iter().any(|glyph| glyph.ch == ' ');
                let ch = if breaks { ' ' } else { first.ch };
                glyphs.extend((!at_edge).then_some(Glyph { ch, ..*first }));
            }
        }
        rest = after;
    }
}

fn is_space(c: char) -> bool {
    c == ' ' || c == '\u{A0}'
}

#[cfg(test)]
mod tests {
    use crate::document::import::testing::edition;

    #[test]
    fn characters_that_cannot_be_shown_are_resolved_and_counted() {
        let cases = [
            ("The\tboats  came   in.", "The boats came in.", "runs of spaces"),
            ("The moor\u{AD}ings.", "The moorings.", "soft hyphens"),
            ("The \u{1b}[31mboats\u{7}.", "The [31mboats.", "control characters"),
            ("The \u{202E}boats\u{2069}.", "The boats.", "control characters"),
            ("No.\u{A0}24 boats.", "No.\u{A0}24 boats.", ""),
            ("The\u{A0} boats.", "The boats.", "runs of spaces"),
            ("The\u{2028}boats.", "The boats.", ""),
            ("The\u{FEFF} boats.", "The boats.", "control characters"),
            ("The\u{2003}boats.", "The boats.", ""),
        ];
        for (source, text, notice) in cases {
            let edition = edition(source);
            assert_eq!(edition.passages()[0].text, text);
            assert!(
                notice.is_empty() || edition.notices().iter().any(|n| n.what.contains(notice)),
                "{source:?}"
            );
        }
    }
}
