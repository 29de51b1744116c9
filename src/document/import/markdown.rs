//! Markdown, also the loose kind that converters write: blocks here, signs inside a line in `inline`.
//!
//! No parser of the standard is used: converters put rules and notes into the middle of words, which a
//! standard parser reads as headings and paragraphs and gives no way to take back.

use super::draft::{Block, Part, Role};
use super::lines::{self, Line};
use super::passes::{lists, notes, page_marks, rules};
use super::text::{runs, starts_number};

/// A metadata header has no more lines than this.
const LONGEST_METADATA: usize = 40;
/// Signs of a fence at least.
const LEAST_FENCE: usize = 3;
/// A heading underlined with `---` is no longer than this; else the rule is a rule.
const LONGEST_UNDERLINED: usize = 80;
/// A line of verse with its printed number is no longer than this.
const LONGEST_VERSE: usize = 80;

/// The width at which a Markdown text was wrapped by hand; nothing where a line is a paragraph.
#[must_use]
pub fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    lines::wrap_width(text, lines, |line| lists::bullet(line).is_some())
}

/// The blocks of a Markdown text that was wrapped by hand at a width, as [`wrap_width`] tells.
#[must_use]
pub fn blocks(text: &str, lines: &[Line], wrap: Option<usize>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let header = metadata_lines(text, lines);
    blocks.extend(lines.get(..header).unwrap_or_default().iter().filter(|line| !line.is_blank()).map(
        |line| {
            let at = line.whole.start;
            Block::new(Role::Apparatus, vec![Part::new(line.range.clone())], 0, at..at)
        },
    ));
    let mut fence = Fence::default();
    for run in runs(lines.get(header..).unwrap_or_default()) {
        let first = blocks.len();
        let is_code: Vec<bool> = run.lines.iter().map(|line| fence.holds(text, line)).collect();
        let mut lines = run.lines;
        for of_one_kind in is_code.chunk_by(|a, b| a == b) {
            let (here, rest) = lines.split_at_checked(of_one_kind.len()).unwrap_or((lines, &[]));
            lines = rest;
            if of_one_kind.first() == Some(&true) {
                blocks.extend(here.iter().map(code));
            } else {
                blocks_of_run(text, here, wrap, &mut blocks);
            }
        }
        if let Some(block) = blocks.get_mut(first) {
            block.blank = run.blank;
            block.gap = run.gap;
        }
    }
    blocks
}

/// Whether lines stand between fences of code.
#[derive(Debug, Default)]
struct Fence {
    /// The signs of the one that is open.
    open: Option<(char, usize)>,
    /// Signs of which no fence closes any more.
    endless: Vec<(char, usize)>,
}

impl Fence {
    /// Whether the next line is code or one of its fences.
    fn holds(&mut self, text: &str, line: &Line) -> bool {
        let words = text.get(line.range.clone()).unwrap_or_default();
        let sign = words.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let found = sign.map(|sign| (sign, words.chars().take_while(|c| *c == sign).count()));
        let (sign, length) = found.filter(|(_, length)| *length >= LEAST_FENCE).unwrap_or((' ', 0));
        match self.open {
            Some((open, least)) => {
                let closes = sign == open && length >= least && words.chars().all(|c| c == sign);
                self.open = self.open.filter(|_| !closes);
                true
            }
            // A span of code may begin a line; its signs come again in it.
            None if length > 0 && !words.chars().skip(length).any(|c| c == '`') => {
                if self.endless.iter().any(|&(own, least)| own == sign && least <= length) {
                    return false;
                }
                self.open = has_end(text, line, sign, length).then_some((sign, length));
                if self.open.is_none() {
                    self.endless.push((sign, length));
                }
                self.open.is_some()
            }
            None => false,
        }
    }
}

/// Whether a fence that closes one stands somewhere below it: without one it is a sign of something else.
fn has_end(text: &str, line: &Line, sign: char, length: usize) -> bool {
    let mut below = text.get(line.whole.end..).unwrap_or_default().lines().map(str::trim);
    below.any(|line| line.chars().count() >= length && line.chars().all(|c| c == sign))
}

/// A line of code.
fn code(line: &Line) -> Block {
    let at = line.whole.start;
    Block::new(Role::Code, vec![Part::new(line.range.clone())], 0, at..at)
}

/// Lines of a metadata header: `key: value` between two rules at the very beginning.
fn metadata_lines(text: &str, lines: &[Line]) -> usize {
    let words = |line: &Line| text.get(line.range.clone()).unwrap_or_default();
    if lines.first().map(words) != Some("---") {
        return 0;
    }
    let inner = lines.iter().skip(1).take(LONGEST_METADATA).take_while(|line| words(line) != "---");
    let keyed = inner.clone().all(|line| line.is_blank() || line.indent > 0 || words(line).contains(':'));
    let end = inner.count() + 1;
    if keyed && lines.get(end).map(words) == Some("---") { end + 1 } else { 0 }
}

/// Whether a text is Markdown, by signs that plain text does not have by chance: a heading and one more
/// sign, or two different signs other than a rule.
#[must_use]
pub fn is_markdown(text: &str) -> bool {
    let mut signs = [false; 6];
    for line in text.lines() {
        let line = line.trim();
        let found = [
            heading(line).is_some(),
            line.starts_with("> ") || line.starts_with("- "),
            line.contains("](") && line.contains('['),
            line.contains("**") && line.matches("**").count() >= 2,
            line.contains("<sup>") || line.contains("[^"),
            line.starts_with("```"),
        ];
        for (sign, found) in signs.iter_mut().zip(found) {
            *sign |= found;
        }
    }
    let numbered_heading = signs.first() == Some(&true) && text.contains('¶');
    numbered_heading || signs.iter().filter(|&&sign| sign).count() >= 2
}

fn blocks_of_run(text: &str, run: &[Line], wrap: Option<usize>, blocks: &mut Vec<Block>) {
    let words = |line: &Line| text.get(line.range.clone()).unwrap_or_default();
    let plain =
        |line: &Line| lists::bullet(words(line)).is_none() && !words(line).starts_with(['#', '>', '<']);
    let any_number = run.iter().any(|line| starts_number(words(line)));
    let numbered =
        run.len() > 1 && run.iter().all(|line| line.width <= LONGEST_VERSE && starts_number(words(line)));
    let all_plain = run.iter().all(plain) && !run.iter().any(|line| lists::enumerator(words(line)).is_some());
    let verse =
        numbered || all_plain && !any_number && (lines::is_verse(text, run, wrap) || hard_breaks(text, run));
    let mut open = false;
    for line in run {
        let here = words(line);
        if let Some(level) = underline(here)
            && open
            && let Some(block) = blocks.last_mut().filter(|block| takes_underline(block, level))
        {
            block.role = Role::Heading(level);
            block.parts.push(Part { words: line.range.end..line.range.end, ..Part::new(line.range.clone()) });
            open = false;
            continue;
        }
        let block = block(text, line, verse);
        let quoted_on = block.role == Role::Quotation
            && blocks.last().is_some_and(|last| last.role == Role::Quotation)
            && !starts_number(text.get(block.start()..line.range.end).unwrap_or_default());
        let goes_on = block.role == Role::Text && !starts_number(here) && !notes::begins(here);
        match blocks.last_mut() {
            Some(last) if open && (goes_on || quoted_on) => last.parts.extend(block.parts),
            Some(_) | None => {
                open = matches!(block.role, Role::Text | Role::ListItem | Role::Quotation);
                blocks.push(block);
            }
        }
        open = open && !is_hard_break(text, line);
    }
}

/// One line as the beginning of a block, its signs read.
fn block(text: &str, line: &Line, verse: bool) -> Block {
    let here = text.get(line.range.clone()).unwrap_or_default();
    let mut part = Part::new(line.range.clone());
    let mut marker = String::new();
    let role = if let Some(page) = page_marks::label(here) {
        Role::PageMark(page)
    } else if rules::is_rule(here) {
        Role::Rule
    } else if let Some((level, skip)) = heading(here) {
        part.words.start += skip;
        let closed = here.trim_end_matches('#').trim_end().len();
        part.words.end = (line.range.start + closed).max(part.words.start);
        Role::Heading(level)
    } else if here.starts_with('>') {
        let inner = here.trim_start_matches(['>', ' ']);
        part.words.start += here.len() - inner.len();
        Role::Quotation
    } else if let Some(skip) = lists::bullet(here) {
        part.words.start += skip;
        marker.push_str("• ");
        Role::ListItem
    } else if let Some((sign, skip)) = lists::enumerator(here).filter(|(sign, _)| is_list_number(sign)) {
        part.words.start += skip;
        marker.push_str(sign);
        marker.push(' ');
        Role::ListItem
    } else if verse {
        Role::VerseLine
    } else {
        Role::Text
    };
    if ends_with_backslash(here) && part.words.end > part.words.start + 1 {
        part.words.end -= 1;
    }
    let at = line.whole.start;
    let mut block = Block::new(role, vec![part], 0, at..at);
    block.marker = marker;
    block
}

/// Markdown knows `1.` and `1)`; letters are for the pass that looks at the neighbours.
fn is_list_number(sign: &str) -> bool {
    sign.starts_with(|c: char| c.is_ascii_digit()) && sign.ends_with('.')
}

/// Level and bytes of the sign of a heading.
fn heading(line: &str) -> Option<(u8, usize)> {
    let level = line.bytes().take_while(|&b| b == b'#').count();
    let rest = line.get(level..)?;
    let title = rest.trim_start();
    ((1..=6).contains(&level) && rest.len() > title.len() && !title.is_empty())
        .then(|| (level as u8, line.len() - title.len()))
}

/// Level of the heading that a line underlines.
fn underline(line: &str) -> Option<u8> {
    let all = |sign: u8| line.len() >= 3 && line.bytes().all(|b| b == sign);
    if all(b'=') { Some(1) } else { all(b'-').then_some(2) }
}

fn takes_underline(block: &Block, level: u8) -> bool {
    let short = block.parts.first().is_some_and(|part| part.words.len() <= LONGEST_UNDERLINED);
    block.is_text() && block.parts.len() == 1 && (level == 1 || short)
}

fn is_hard_break(text: &str, line: &Line) -> bool {
    let end = text.get(line.range.end..line.whole.end).unwrap_or_default();
    end.starts_with("  ") || ends_with_backslash(text.get(line.range.clone()).unwrap_or_default())
}

/// Whether a line ends with a backslash that is not written for itself: it breaks the line there.
fn ends_with_backslash(line: &str) -> bool {
    line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

fn hard_breaks(text: &str, run: &[Line]) -> bool {
    let broken = |line: &&Line| is_hard_break(text, line);
    run.len() >= 3 && run.iter().filter(broken).count() + 1 >= run.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    #[test]
    fn markdown_is_known_by_its_signs_and_plain_text_is_not_taken_for_it() {
        let cases = [
            ("# Harbour\n\nThe **old** boats.\n", true),
            ("# Harbour\n\n\u{b6}1 The boats.\n", true),
            ("See [the log](http://x.org).<sup>1</sup>\n", true),
            ("# 1 boat\n\nThe boats.\n", false),
            ("The boats.\n\n---\n\nThe men.\n", false),
            ("- ropes\n- nets\n", false),
            ("The boats.[1]\n\n[1] Log.\n", false),
        ];
        for (text, markdown) in cases {
            assert_eq!(is_markdown(text), markdown, "{text}");
        }
    }

    #[test]
    fn code_between_fences_is_set_apart_and_stands_as_it_is() {
        use Kind::{Apparatus, Paragraph};
        let text = "# Harbour\n\nThe **boats** came in.\n```sh\nls *boats* | wc\n\n- 1 *net*\n```\nNobody spoke.\n\n\
                    ~~~\n# men\n~~~\n\n``` is a sign.\n";
        let edition = edition(text);
        let expected = [
            Kind::Heading,
            Paragraph,
            Apparatus,
            Apparatus,
            Apparatus,
            Apparatus,
            Paragraph,
            Apparatus,
            Apparatus,
            Apparatus,
            Paragraph,
        ];
        assert_eq!(kinds(&edition), expected);
        assert_eq!(edition.passages()[3].text, "ls *boats* | wc");
        assert_eq!(edition.passages()[4].text, "- 1 *net*");
        assert!(edition.notices().iter().any(|n| n.what.contains("code") && n.count == 7));
    }

    #[test]
    fn a_backslash_at_the_end_breaks_the_line_and_is_not_shown() {
        for end in ["\\", "  "] {
            let edition =
                edition(&format!("# Harbour\n\nThe **boats**{end}\ncame in\\\\\nbefore the wind\n"));
            let texts: Vec<&str> = edition.passages().iter().skip(1).map(|p| p.text.as_str()).collect();
            assert_eq!(texts, ["The boats", "came in\\ before the wind"], "{end}");
        }
    }

    #[test]
    fn blocks_of_markdown_have_their_kinds() {
        use Kind::{Apparatus, Heading, ListItem, Paragraph, Quotation};
        let edition = edition(
            "---\ntitle: x\n---\n\n# Harbour #\n\nOne\n===\n\nThe *old* boats came in\nbefore the wind.\n\n\
             > The sea is wide.\n> It is cold.\n\n- ropes\n- nets\n  and bread\n\n1. one\n2. two\n",
        );
        let expected = [
            Apparatus, Apparatus, Apparatus, Heading, Heading, Paragraph, Quotation, ListItem, ListItem,
            ListItem, ListItem,
        ];
        assert_eq!(kinds(&edition), expected);
        let texts: Vec<&str> = edition.passages().iter().skip(3).map(|p| p.text.as_str()).collect();
        assert_eq!(
            texts[..4],
            ["Harbour", "One", "The old boats came in before the wind.", "The sea is wide. It is cold."]
        );
        assert_eq!(texts[4..], ["• ropes", "• nets and bread", "1. one", "2. two"]);
    }
}
