//! Two columns of plain text.

use std::io;

use super::super::output::{Output, wrap};
use super::super::passages::{marked, note_words, reference};
use super::{Block, Comparison};
use crate::document::{Kind, Passage};
use crate::layout::width::cells;

/// What stands between the columns.
const GUTTER: &str = " | ";

/// Writes a comparison in two columns, together at most `columns` cells wide.
pub(super) fn write(comparison: &Comparison<'_>, columns: usize, output: &mut Output<'_>) -> io::Result<()> {
    let width = columns.saturating_sub(GUTTER.len()) / 2;
    let page = 2 * width + GUTTER.len();
    let titles = comparison.titles.each_ref().map(|title| wrap(&output.words(title), width));
    write_rows(&titles, width, true, output)?;
    output.line(&"-".repeat(page))?;
    if let Some(topic) = &comparison.topic {
        output.heading(topic)?;
    }
    for absence in &comparison.absences {
        for row in wrap(&output.words(absence), page) {
            output.line(&row)?;
        }
    }
    for block in &comparison.blocks {
        write_block(block, [width, page], output)?;
    }
    Ok(())
}

fn write_block(block: &Block<'_>, [width, page]: [usize; 2], output: &mut Output<'_>) -> io::Result<()> {
    if let Some(why) = &block.why {
        output.line("")?;
        for row in wrap(&output.words(why), page) {
            output.heading(&row)?;
        }
    }
    let mut columns = block.sides.each_ref().map(|passages| Column::new(passages));
    // Row by row: of a large text the first lines are there before the last are made.
    loop {
        let rows = columns.each_mut().map(|column| column.next_row(width, output));
        if let [None, None] = rows {
            return Ok(());
        }
        write_row(&rows.map(Option::unwrap_or_default), width, false, output)?;
    }
}

/// The passages of a side on their way to be rows, a blank one between any two.
struct Column<'a> {
    passages: std::slice::Iter<'a, &'a Passage>,
    rows: std::vec::IntoIter<String>,
    begun: bool,
}

impl<'a> Column<'a> {
    fn new(passages: &'a [&'a Passage]) -> Self {
        Self { passages: passages.iter(), rows: Vec::new().into_iter(), begun: false }
    }

    fn next_row(&mut self, width: usize, output: &Output<'_>) -> Option<String> {
        if let Some(row) = self.rows.next() {
            return Some(row);
        }
        let passage = self.passages.next()?;
        self.rows = rows(passage, width, output).into_iter();
        if std::mem::replace(&mut self.begun, true) {
            Some(String::new())
        } else {
            self.next_row(width, output)
        }
    }
}

/// A passage as rows of a column: its number first, quotations, verse and its notes set in.
fn rows(passage: &Passage, width: usize, output: &Output<'_>) -> Vec<String> {
    let indent = match passage.kind {
        Kind::Quotation | Kind::VerseLine => 4,
        Kind::Heading
        | Kind::Paragraph
        | Kind::ListItem
        | Kind::Dateline
        | Kind::FrontMatter
        | Kind::Apparatus
        | Kind::Break => 0,
    };
    let words = match passage.number {
        Some(_) => format!("{} {}", reference(passage), marked(passage)),
        None => marked(passage).into_owned(),
    };
    let set_in = |words: &str, indent: usize| {
        let indent = if width >= 24 { indent } else { 0 };
        wrap(&output.words(words), width - indent).into_iter().map(move |row| format!("{:indent$}{row}", ""))
    };
    let notes = passage.notes.iter().map(|note| format!("[{}] {}", note.mark, note_words(note)));
    let notes = notes.flat_map(|note| set_in(&note, 4));
    let mut rows: Vec<String> = set_in(&words, indent).collect();
    if passage.kind == Kind::Heading {
        let widest = rows.iter().map(|row| usize::from(cells(row))).max().unwrap_or(0);
        rows.push("-".repeat(widest));
    }
    rows.into_iter().chain(notes).collect()
}

fn write_rows(
    sides: &[Vec<String>; 2],
    width: usize,
    heading: bool,
    output: &mut Output<'_>,
) -> io::Result<()> {
    for row in 0..sides[0].len().max(sides[1].len()) {
        let cells = sides.each_ref().map(|side| side.get(row).cloned().unwrap_or_default());
        write_row(&cells, width, heading, output)?;
    }
    Ok(())
}

fn write_row(
    [left, right]: &[String; 2],
    width: usize,
    heading: bool,
    output: &mut Output<'_>,
) -> io::Result<()> {
    let fill = width.saturating_sub(usize::from(cells(left)));
    let line = format!("{left}{:fill$}{GUTTER}{right}", "");
    if heading { output.heading(line.trim_end()) } else { output.line(&line) }
}
