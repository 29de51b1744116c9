//! Plain text: paragraphs between blank lines or one a line, hard-wrapped or not.

use std::ops::Range;

use super::draft::{Block, Part, Role};
use super::lines::{self, Line};
use super::passes::{headings, lists, notes, page_marks, rules};

/// An indent of this many characters begins a paragraph where most lines have none.
const PARAGRAPH_INDENT: usize = 2;

/// The blocks of a plain text that was wrapped by hand at a width, as [`wrap_width`] tells.
#[must_use]
pub fn blocks(text: &str, lines: &[Line], wrap: Option<usize>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for run in runs(lines) {
        let first = blocks.len();
        blocks_of_run(text, run.lines, wrap, &mut blocks);
        if let Some(block) = blocks.get_mut(first) {
            block.blank = run.blank;
            block.gap = run.gap;
        }
    }
    blocks
}

/// The width at which a plain text was wrapped by hand; nothing where a line is a paragraph.
#[must_use]
pub fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    lines::wrap_width(text, lines, is_item)
}

/// Lines without a blank line between them.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) lines: &'a [Line],
    /// Blank lines before it, and their bytes.
    pub(super) blank: usize,
    pub(super) gap: Range<usize>,
}

pub(super) fn runs(lines: &[Line]) -> impl Iterator<Item = Run<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = lines.get(at..)?;
        let blank = rest.iter().take_while(|line| line.is_blank()).count();
        let filled = rest.iter().skip(blank).take_while(|line| !line.is_blank()).count();
        let gap_start = rest.first()?.whole.start;
        let run = rest.get(blank..blank + filled).filter(|run| !run.is_empty())?;
        let gap = gap_start..run.first()?.whole.start;
        at += blank + filled;
        Some(Run { lines: run, blank, gap })
    })
}

fn is_item(line: &str) -> bool {
    lists::bullet(line).is_some() || lists::enumerator(line).is_some()
}

fn blocks_of_run(text: &str, run: &[Line], wrap: Option<usize>, blocks: &mut Vec<Block>) {
    let words = |line: &Line| text.get(line.range.clone()).unwrap_or_default();
    let begins_part =
        |line: &Line| is_item(words(line)) || notes::begins(words(line)) || starts_number(words(line));
    let listed = run.iter().any(begins_part);
    let is_speaker = |line: &Line| headings::is_speaker(words(line));
    let has_verses = run.split(is_speaker).any(|speech| speech.len() >= lines::FEWEST_VERSES);
    let verse = !listed && has_verses && lines::is_verse(text, run, wrap);
    // Short lines at the very beginning are a title page.
    let is_short = |wrap: usize| run.iter().all(|line| line.width * 4 <= wrap * 3);
    let wrap = wrap.filter(|&wrap| !(blocks.is_empty() && is_short(wrap)));
    let margin = run.iter().skip(1).map(|line| line.indent).min().unwrap_or_default();
    let mut before: Option<&Line> = None;
    // The indent of the list item that is open, and whether a note in brackets is.
    let mut item = None;
    let mut in_note = false;
    for line in run {
        let role = role(words(line), verse);
        let text_line = role == Role::Text && !begins_part(line);
        let hanging = item.is_some_and(|indent| line.indent > indent);
        let indented = !listed && line.indent >= margin + PARAGRAPH_INDENT;
        let wrapped = wrap.is_some_and(|wrap| {
            before.is_some_and(|before| !lines::is_broken_by_hand(text, [before, line], wrap))
        });
        let spoken = before.is_some_and(is_speaker);
        let goes_on = text_line
            && !is_speaker(line)
            && before.is_some()
            && (in_note || hanging || spoken || wrapped && !indented);
        in_note = (in_note || notes::opens(words(line))) && !words(line).ends_with(']');
        if begins_part(line) {
            item = Some(line.indent);
        }
        before = (role == Role::Text).then_some(line);
        let part = Part::new(line.range.clone());
        match blocks.last_mut() {
            Some(block) if goes_on => block.parts.push(part),
            Some(_) | None => {
                let at = line.whole.start;
                blocks.push(Block::new(role, vec![part], 0, at..at));
            }
        }
    }
}

fn role(line: &str, verse: bool) -> Role {
    match page_marks::label(line) {
        Some(page) => Role::PageMark(page),
        None if rules::is_rule(line) => Role::Rule,
        None if verse => Role::VerseLine,
        None => Role::Text,
    }
}

/// Whether a line begins with a pilcrow and a number, as our own digests print them.
pub(super) fn starts_number(line: &str) -> bool {
    super::passes::explicit_numbers::number(line).is_some()
}

#[cfg(test)]
mod tests {
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    const WRAPPED: &str = "The boats came in before the wind and the men who had\nwaited on the pier since dawn took the \
        ropes and made\nthem fast, and nobody said a word about the storm.\n";

    #[test]
    fn an_indent_begins_a_paragraph_of_wrapped_prose() {
        let edition = edition(&format!(
            "{WRAPPED}    In the evening the harbour was so full that a boy\ncould cross it dry.\n"
        ));
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Paragraph]);
        assert!(edition.passages()[1].text.ends_with("that a boy could cross it dry."));
    }

    #[test]
    fn a_tab_indents_a_paragraph_as_spaces_do() {
        let indented = "\tIn the evening the harbour was so full that a boy\ncould cross it dry.\n";
        let edition = edition(&format!("\t{WRAPPED}{indented}{indented}"));
        assert_eq!(kinds(&edition), [Kind::Paragraph; 3]);
    }

    #[test]
    fn a_title_page_of_wrapped_prose_is_read_by_line() {
        let edition = edition(&format!("THE HARBOUR IN WINTER\nby Ann Ek\n\n{WRAPPED}"));
        assert_eq!(kinds(&edition), [Kind::Heading, Kind::FrontMatter, Kind::Paragraph]);
    }

    #[test]
    fn lines_broken_by_hand_stay_apart_in_wrapped_prose() {
        let edition = edition(&format!("{WRAPPED}\n{WRAPPED}\nThe skipper\nMay 3, 1911\n"));
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Paragraph, Kind::Dateline, Kind::Dateline]);
    }

    #[test]
    fn verse_stands_in_lines_beside_wrapped_prose() {
        use Kind::{Paragraph, VerseLine};
        let edition = edition(&format!(
            "{WRAPPED}\n   Up in the morning,\n   Out with the tide,\n   Home by night.\n\n{WRAPPED}"
        ));
        assert_eq!(kinds(&edition), [Paragraph, VerseLine, VerseLine, VerseLine, Paragraph]);
    }

    #[test]
    fn the_hanging_lines_of_an_item_belong_to_it() {
        let long =
            "The boats came in before the wind and the men took the ropes and made them fast. ".repeat(4);
        let edition =
            edition(&format!("{long}\n\n  * ropes that had been\n    mended\n  * nets\n\n{long}\n"));
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::ListItem, Kind::ListItem, Kind::Paragraph]);
        assert_eq!(edition.passages()[1].text, "• ropes that had been mended");
    }
}
