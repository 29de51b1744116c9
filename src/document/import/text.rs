//! Plain text: paragraphs between blank lines or one a line, hard-wrapped or not.

use std::ops::Range;

use super::draft::{Block, Part, Role};
use super::lines::{self, Line};
use super::passes::{lists, notes, page_marks, rules};

/// An indent of this many characters begins a paragraph where most lines have none.
const PARAGRAPH_INDENT: usize = 2;

/// The blocks of a plain text.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let lines = lines::split(text);
    let wrap = lines::wrap_width(text, &lines, is_item);
    let mut blocks = Vec::new();
    for run in runs(&lines) {
        let first = blocks.len();
        blocks_of_run(text, run.lines, wrap, &mut blocks);
        if let Some(block) = blocks.get_mut(first) {
            block.blank = run.blank;
            block.gap = run.gap;
        }
    }
    blocks
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
    let listed = run.iter().any(|line| is_item(words(line)) || notes::begins(words(line)));
    let verse = !listed && lines::is_verse(text, run, wrap);
    let margin = run.iter().skip(1).map(|line| line.indent).min().unwrap_or_default();
    let mut open = false;
    for line in run {
        let part = Part::new(line.range.clone());
        let here = words(line);
        let role = match page_marks::label(here) {
            Some(page) => Role::PageMark(page),
            None if rules::is_rule(here) => Role::Rule,
            None if verse => Role::VerseLine,
            None => Role::Text,
        };
        let alone = role != Role::Text || wrap.is_none() || is_item(here) || notes::begins(here);
        let indented = !listed && line.indent >= margin + PARAGRAPH_INDENT;
        match blocks.last_mut() {
            Some(block) if open && !alone && !indented && !starts_number(here) => block.parts.push(part),
            Some(_) | None => {
                let at = line.whole.start;
                open = role == Role::Text;
                blocks.push(Block::new(role, vec![part], 0, at..at));
            }
        }
    }
}

/// Whether a line begins with a pilcrow and a number, as our own digests print them.
pub(super) fn starts_number(line: &str) -> bool {
    super::passes::explicit_numbers::number(line).is_some()
}
