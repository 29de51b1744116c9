//! Lines of a text, and what their lengths say: one paragraph a line, or paragraphs wrapped by hand.

use std::ops::Range;

use super::passes::notes;
use super::scan;

/// Lines longer than this are never the work of a wrapping program.
const WIDEST_WRAP: usize = 120;
/// Nothing is wrapped narrower than this.
const NARROWEST_WRAP: usize = 40;

/// So many short lines below each other are verse.
pub const FEWEST_VERSES: usize = 3;

/// Columns of a tab.
const TAB: usize = 4;

/// A line without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its bytes without white space at both ends; empty for a blank line.
    pub range: Range<usize>,
    /// All its bytes with the line end.
    pub whole: Range<usize>,
    /// White space before its first character, in columns.
    pub indent: usize,
    /// Characters in `range`.
    pub width: usize,
}

impl Line {
    /// Whether nothing but white space stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.range.is_empty()
    }
}

/// The lines of a text; `\n`, `\r\n`, `\r` and the form feed end them.
#[must_use]
pub fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for at in scan::all(bytes, |byte| byte <= b'\r') {
        let [byte, next] = [at, at + 1].map(|at| bytes.get(at).copied());
        if matches!(byte, Some(b'\n' | 0xC)) || (byte == Some(b'\r') && next != Some(b'\n')) {
            lines.push(line(text, start..at + 1));
            start = at + 1;
        }
    }
    if start < text.len() {
        lines.push(line(text, start..text.len()));
    }
    lines
}

fn line(text: &str, whole: Range<usize>) -> Line {
    let words = text.get(whole.clone()).unwrap_or_default();
    let blank = |c: char| c.is_whitespace() || c == '\u{FEFF}';
    let inner = words.trim_start_matches(blank);
    let from = whole.start + (words.len() - inner.len());
    let before = words.get(..words.len() - inner.len()).unwrap_or_default();
    let indent = before.chars().map(|c| if c == '\t' { TAB } else { 1 }).sum();
    let inner = inner.trim_end_matches(blank);
    Line { range: from..from + inner.len(), whole, indent, width: inner.chars().count() }
}

/// The width at which the prose of a text was wrapped by hand; nothing where a line is a paragraph.
///
/// The evidence is the lines that another one follows directly: in wrapped prose they hold most of the text,
/// and most of it in lines that are nearly full.
#[must_use]
pub fn wrap_width(text: &str, lines: &[Line], is_item: impl Fn(&str) -> bool) -> Option<usize> {
    let item = |line: &Line| is_item(text.get(line.range.clone()).unwrap_or_default());
    let mut inner = Vec::new();
    for pair in lines.windows(2) {
        if let [line, next] = pair
            && !line.is_blank()
            && !next.is_blank()
            && !item(next)
        {
            inner.push(line.width);
        }
    }
    let total: usize = lines.iter().map(|line| line.width).sum();
    let in_runs: usize = inner.iter().sum();
    inner.sort_unstable();
    let full = *inner.get(inner.len() * 9 / 10)?;
    let nearly_full: usize = inner.iter().filter(|&&width| width * 10 >= full * 7).sum();
    let wrapped = (NARROWEST_WRAP..=WIDEST_WRAP).contains(&full)
        && in_runs * 5 >= total * 2
        && nearly_full * 10 >= in_runs * 6
        && !begin_like_verse(text, lines);
    wrapped.then_some(full)
}

/// Whether nearly all lines begin with a capital: prose that was wrapped does not.
fn begin_like_verse(text: &str, lines: &[Line]) -> bool {
    let mut capitals = 0;
    let mut all = 0;
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let words = text.get(line.range.clone()).unwrap_or_default();
        let Some(first) = words.chars().find(|c| c.is_alphabetic()) else { continue };
        all += 1;
        capitals += usize::from(!first.is_lowercase());
    }
    all >= 4 && capitals * 10 >= all * 9
}

/// Whether the break after a line of wrapped prose was made by hand: the next word had room there, and the
/// next line does not go on in the middle of a sentence.
#[must_use]
pub fn is_broken_by_hand(text: &str, [line, next]: [&Line; 2], wrap: usize) -> bool {
    let (here, there) = (text.get(line.range.clone()), text.get(next.range.clone()));
    let (Some(here), Some(there)) = (here, there) else { return false };
    let word = there.split_whitespace().next().map_or(0, |word| word.chars().count());
    let room = (line.width + 1 + word) * 4 <= wrap * 3;
    let in_the_middle = there.starts_with(char::is_lowercase) || here.ends_with(['-', ',']);
    room && !in_the_middle
}

/// Whether lines that stand directly below each other are verse: at least three, all short for this text, and no notes.
#[must_use]
pub fn is_verse(text: &str, lines: &[Line], wrap: Option<usize>) -> bool {
    let widest = wrap.map_or(80, |width| width * 3 / 4);
    let first = lines.first().and_then(|line| text.get(line.range.clone())).unwrap_or_default();
    lines.len() >= FEWEST_VERSES
        && lines.iter().all(|line| line.width <= widest)
        && begin_like_verse_run(text, lines)
        && !notes::begins(first)
}

fn begin_like_verse_run(text: &str, lines: &[Line]) -> bool {
    let small = |line: &&Line| {
        let words = text.get(line.range.clone()).unwrap_or_default();
        words.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase)
    };
    lines.iter().filter(small).count() * 2 <= lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn width_of(text: &str) -> Option<usize> {
        wrap_width(text, &split(text), |line| line.starts_with("- "))
    }

    #[test]
    fn every_byte_is_in_one_line() {
        let text = "one\r\n\r\n  two\rthree\u{C}four";
        let lines = split(text);
        assert_eq!(lines.iter().map(|line| line.whole.len()).sum::<usize>(), text.len());
        let words: Vec<&str> = lines.iter().map(|line| text.get(line.range.clone()).unwrap()).collect();
        assert_eq!(words, ["one", "", "two", "three", "four"]);
        assert_eq!(lines[2].indent, 2);
    }

    #[test]
    fn wrapped_prose_is_told_from_one_paragraph_a_line() {
        let wrapped = "The boats came in before the wind and the men who had\n\
            waited on the pier since dawn took the ropes and made\n\
            them fast, and nobody said a word about the storm.\n\n\
            In the evening the harbour was so full that a child\ncould have crossed it dry.\n";
        assert_eq!(width_of(wrapped), Some(53));
        let long = "word ".repeat(60);
        assert_eq!(width_of(&format!("{long}\n\n{long}\n\n- a\n- b\n- c\n")), None);
        assert_eq!(
            width_of(
                "The sea is wide and grey tonight, my love\nThe boats are all away across the bay\n\
            And no one waits along the harbour wall but me\nAnd no one calls the children in to sleep\n"
            ),
            None
        );
    }

    #[test]
    fn short_lines_below_each_other_are_verse() {
        let verse = "Up in the morning,\nOut with the tide,\nHome in the evening.\n";
        assert!(is_verse(verse, &split(verse), None));
        let prose = "Up in the morning and\nout with the tide and\nhome in the evening.\n";
        assert!(!is_verse(prose, &split(prose), None));
        let notes = "[1] Log of the Anna.\n[2] Ropes, 1911.\n[3] The same.\n";
        assert!(!is_verse(notes, &split(notes), None));
    }
}
