//! One text: its header, the signs and numbers beside it, its words.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Modifier, Style};

use super::{Pen, frame};
use crate::document::{Anchor, Kind, Passage};
use crate::layout::flow::VisibleRow;
use crate::layout::split::{Area, PaneAreas};
use crate::layout::width::{cells, clip, graphemes, note_mark};
use crate::reader::search::Hit;

/// Cells of a title below which it says nothing.
const LEAST_TITLE: u16 = 6;

/// What a pane shows of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Where its words begin on the screen; nowhere where only a gap is seen.
    pub words: Option<Position>,
    /// Where in the text its last row ends.
    pub end: Anchor,
}

/// Draws a pane without its strip; lines in one style are handed over whole.
pub fn draw<'a>(
    pen: Pen<'a>,
    side: usize,
    areas: &PaneAreas,
    (buffer, lines): (&mut Buffer, &mut Vec<frame::Line<'a>>),
) -> Shown {
    header(pen, side, areas.header, buffer);
    let walked = pen.model.side(side);
    let top = pen.model.panes[side].top;
    let rows = walked.flow.visible(walked.edition, top, areas.text.rows, walked.setting);
    let chosen = chosen_passages(pen, side);
    for (row, visible) in (0..).zip(&rows) {
        let Some(passage) = walked.edition.get(visible.passage) else { continue };
        let line = Row { pen, side, passage, visible, chosen: chosen.contains(&visible.passage) };
        line.gutter(areas.gutter, row, buffer);
        match line.whole(areas.text, row) {
            Some(whole) => lines.push(whole),
            None => line.words(areas.text, row, buffer),
        }
    }
    let after = rows.len() as u16 + 1;
    if after < areas.text.rows {
        pen.write(buffer, areas.text, after, &format!("{} end", pen.signs.end), pen.styles.quiet());
    }
    let first = (0..).zip(&rows).find(|(_, visible)| !visible.row.gap);
    let place = |(row, first): (u16, &VisibleRow)| {
        Position::new(areas.text.column + first.row.indent, areas.text.row + row)
    };
    let end = rows.last().map_or(top, |last| Anchor { passage: last.passage, byte: last.row.bytes.end });
    Shown { words: first.map(place), end }
}

/// The passages to be plain to see: those of the link in force, else the one at the reader's line where it
/// is an entry of the topic.
fn chosen_passages(pen: Pen<'_>, side: usize) -> Vec<usize> {
    let model = pen.model;
    if let Some((_, link)) = model.governing_link() {
        return link.passages[side].clone();
    }
    let here = model.current(side);
    model.entry(side, here).map(|entry| entry.passage).into_iter().collect()
}

fn header(pen: Pen<'_>, side: usize, area: Area, buffer: &mut Buffer) {
    let model = pen.model;
    let text = &model.pair.texts[side];
    let focused = model.focus == side;
    let label = [" A ", " B "][side];
    let label_style =
        if focused { pen.styles.bar().add_modifier(Modifier::BOLD) } else { pen.styles.quiet() };
    let title_style = if focused { pen.styles.strong() } else { pen.styles.plain() };
    let column = pen.write(buffer, area, 0, label, label_style) + 1;
    let rest = Area { column: area.column + column, columns: area.columns.saturating_sub(column), ..area };
    let author = text.author().map_or_else(String::new, |author| format!("{author}, "));
    let name = format!("{author}{}", text.short_title());
    // Where both sides would read alike, what tells them apart must be seen; the title, which is the same, gives way.
    let apart = model.pair.told_apart(side);
    let apart = apart.map(|apart| clip(&apart, rest.columns / 2, model.options.ascii));
    let published = |form: &str| text.year().map_or_else(|| form.to_owned(), |year| format!("{year} {form}"));
    let form = text.form.name();
    let place_style = if focused { pen.styles.plain() } else { pen.styles.quiet() };
    if area.rows < 2 {
        let place = place(pen, side, area.columns < 70);
        let published = published(apart.as_deref().unwrap_or(form));
        // The title gives way first: author, year, edition and place must be seen. Where not even those have
        // room beside each other, year and edition go: a word of the title tells more, or what tells the two apart.
        let room = rest.columns.saturating_sub(cells(&published) + cells(&place) + 4);
        let whole = rest.columns.saturating_sub(cells(&place) + 2);
        let (name, room, published) = if room >= LEAST_TITLE {
            (name, room, Some(published))
        } else {
            (apart.unwrap_or(name), whole, None)
        };
        let name = clip(&name, room, model.options.ascii);
        pen.write_both(buffer, rest, 0, [&name, &format!("{place} ")], [title_style, place_style]);
        if let Some(published) = published {
            pen.write_at(buffer, rest, (cells(&name) + 2, 0), &published, pen.styles.quiet());
        }
        return;
    }
    let apart = apart.map(|apart| format!("{apart} ")).unwrap_or_default();
    pen.write_both(buffer, rest, 0, [&name, &apart], [title_style, pen.styles.quiet()]);
    let published = published(form);
    // The share of the text gives way before year and edition are cut.
    let whole = place(pen, side, false);
    let fits = cells(&published) + cells(&whole) + 2 <= rest.columns;
    let place = if fits { whole } else { place(pen, side, true) };
    pen.write_both(
        buffer,
        Area { row: rest.row + 1, ..rest },
        0,
        [&published, &format!("{place} ")],
        [pen.styles.quiet(), place_style],
    );
}

/// Where the text stands: `¶ 12 · p. 44 · 31 %`.
fn place(pen: Pen<'_>, side: usize, short: bool) -> String {
    let model = pen.model;
    let passage = model.current(side);
    let top = model.panes[side].top;
    let byte = if top.passage == passage { top.byte } else { 0 };
    let mut parts = vec![model.reference(side, passage)];
    let page = model.editions()[side].get(passage).and_then(|p| p.page_at(byte));
    parts.extend(page.map(|page| format!("p. {page}")));
    if !short {
        let end = model.ended(side);
        parts.push(if end { "end".to_owned() } else { format!("{} %", model.percent(side)) });
    }
    parts.join(&format!(" {} ", pen.signs.dot))
}

/// One row of one passage.
struct Row<'a, 'v> {
    pen: Pen<'a>,
    side: usize,
    passage: &'a Passage,
    visible: &'v VisibleRow,
    chosen: bool,
}

impl<'a> Row<'a, '_> {
    /// The sign of the topic, and the number of the passage or of a page that begins in the row.
    fn gutter(&self, area: Area, row: u16, buffer: &mut Buffer) {
        if self.visible.row.gap {
            return;
        }
        let (pen, bytes) = (self.pen, &self.visible.row.bytes);
        let first = bytes.start == 0;
        let model = pen.model;
        let entry = model.entry(self.side, self.visible.passage);
        let (sign, style) = match entry {
            _ if self.chosen => (pen.signs.chosen, pen.styles.chosen()),
            Some(entry) if first && entry.weight >= 2 => (pen.signs.strong, pen.styles.accent()),
            Some(_) if first => (pen.signs.weak, pen.styles.accent()),
            Some(_) | None => ("", pen.styles.plain()),
        };
        pen.write(buffer, area, row, sign, style);
        let columns = area.columns.saturating_sub(2);
        let page = self.passage.page_breaks.iter().find(|b| bytes.contains(&b.byte));
        let number = match (self.passage.number, page) {
            (Some(number), _) if first => self.number(number, columns),
            (_, Some(page)) if !first => format!("p{}", page.page),
            _ => return,
        };
        if cells(&number) <= columns {
            let style = if self.chosen && first { pen.styles.chosen() } else { pen.styles.quiet() };
            pen.write_at(buffer, area, (1 + columns - cells(&number), row), &number, style);
        }
    }

    /// All numbers of merged passages where they fit, else the first of them.
    fn number(&self, first: u32, columns: u16) -> String {
        let all = self.passage.cited().filter(|all| cells(all) <= columns);
        all.unwrap_or_else(|| first.to_string())
    }

    /// The words as one line, where they have one style and stand as they are.
    fn whole(&self, area: Area, row: u16) -> Option<frame::Line<'a>> {
        let model = self.pen.model;
        let (passage, row_of) = (self.visible.passage, &self.visible.row);
        let (bytes, indent) = (&row_of.bytes, row_of.indent);
        let words = self.text(bytes);
        let even = self.is_even(bytes)
            && (!model.options.ascii || words.is_ascii())
            && model.variants_in(self.side, passage).is_empty()
            && model.search.in_passage(self.side, passage).next().is_none();
        let room = area.columns.checked_sub(indent)?;
        let place = Position::new(area.column + indent, area.row + row);
        even.then_some(frame::Line { place, room, text: words.into(), style: self.base_style() })
    }

    /// What is shown of a range: without the blanks at which the row ends.
    fn text(&self, bytes: &Range<usize>) -> &'a str {
        self.passage.slice(bytes.clone()).trim_end_matches(' ')
    }

    fn words(&self, area: Area, row: u16, buffer: &mut Buffer) {
        let bytes = self.visible.row.bytes.clone();
        let base = self.base_style();
        let variants = self.pen.model.variants_in(self.side, self.visible.passage);
        let hits: Vec<(&Hit, bool)> =
            self.pen.model.search.in_passage(self.side, self.visible.passage).collect();
        let mut column = self.visible.row.indent;
        for grapheme in graphemes(self.text(&bytes)) {
            let at = bytes.start + grapheme.byte;
            let differs = variants.iter().any(|range| range.contains(&at));
            let base = if differs { base.patch(self.pen.styles.variant()) } else { base };
            let style = self.style_at(at, base, &hits);
            column = self.pen.write_at(buffer, area, (column, row), grapheme.text, style);
            column = self.marks(area, (column, row), (at..at + grapheme.text.len(), &hits), buffer);
        }
    }

    /// Whether a range has neither emphasis nor note marks.
    fn is_even(&self, bytes: &Range<usize>) -> bool {
        let Passage { emphasis, note_marks, .. } = self.passage;
        !emphasis.iter().any(|range| range.start < bytes.end && bytes.start < range.end)
            && !note_marks.iter().any(|mark| bytes.start < mark.byte && mark.byte <= bytes.end)
    }

    /// The note marks that follow the characters of a range.
    fn marks(
        &self,
        area: Area,
        (mut column, row): (u16, u16),
        (after, hits): (Range<usize>, &[(&Hit, bool)]),
        buffer: &mut Buffer,
    ) -> u16 {
        for mark in &self.passage.note_marks {
            if after.start < mark.byte && mark.byte <= after.end {
                let text = note_mark(self.passage, mark.note, self.pen.model.options.ascii);
                let style = match hits.iter().find(|(hit, _)| hit.note == Some(mark.note)) {
                    Some((_, true)) => self.pen.styles.current_hit(),
                    Some((_, false)) => self.pen.styles.hit(),
                    None => self.pen.styles.accent(),
                };
                column = self.pen.write_at(buffer, area, (column, row), &text, style);
            }
        }
        column
    }

    fn base_style(&self) -> Style {
        let styles = self.pen.styles;
        match self.passage.kind {
            Kind::Heading => styles.strong(),
            Kind::FrontMatter | Kind::Apparatus | Kind::Dateline | Kind::Break => styles.quiet(),
            Kind::Paragraph | Kind::Quotation | Kind::ListItem | Kind::VerseLine => styles.plain(),
        }
    }

    fn style_at(&self, byte: usize, base: Style, hits: &[(&Hit, bool)]) -> Style {
        let styles = self.pen.styles;
        let emphasised = self.passage.emphasis.iter().any(|range| range.contains(&byte));
        let style = if emphasised { base.patch(styles.emphasis()) } else { base };
        match hits.iter().find(|(hit, _)| hit.bytes_in(self.visible.passage).contains(&byte)) {
            Some((_, true)) => style.patch(styles.current_hit()),
            Some((_, false)) => style.patch(styles.hit()),
            None => style,
        }
    }
}
