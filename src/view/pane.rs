//! One text: its header, the signs and numbers beside it, its words.

use std::ops::Range;
use std::rc::Rc;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::{Modifier, Style};

use super::Pen;
use super::frame::{Composition, Line};
use crate::document::{Anchor, Kind, Passage};
use crate::layout::flow::VisibleRow;
use crate::layout::split::{Area, PaneAreas};
use crate::layout::width::{cells, clip, graphemes, note_mark};
use crate::reader::search::Hit;
use crate::topics::Entry;

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

/// Draws a pane without its strip; header and words are handed over as lines.
pub fn draw<'a>(
    pen: Pen<'a>,
    side: usize,
    areas: &PaneAreas,
    (buffer, lines): (&mut Buffer, &mut Vec<Line<'a>>),
) -> Shown {
    header(pen, side, areas.header, lines);
    let walked = pen.model.side(side);
    let top = pen.model.panes[side].top;
    let rows = walked.flow.visible(walked.edition, top, areas.text.rows, walked.setting);
    let chosen = chosen_passages(pen, side);
    let mut row = 0;
    for rows in rows.chunk_by(|one, next| one.passage == next.passage) {
        let within = rows.first().and_then(|first| Within::of(pen, side, first.passage, chosen));
        for visible in rows {
            if let Some(within) = &within {
                within.gutter(visible, areas.gutter, row, buffer);
                lines.extend(within.words(visible, areas.text, row));
            }
            row += 1;
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

/// The passages to be plain to see: those that the link in force joins.
fn chosen_passages(pen: Pen<'_>, side: usize) -> &[usize] {
    let governing = pen.model.governing_link().filter(|(_, link)| link.stands());
    governing.map_or(&[], |(_, link)| link.passages[side].as_slice())
}

fn header(pen: Pen<'_>, side: usize, area: Area, lines: &mut Vec<Line<'_>>) {
    let model = pen.model;
    let text = &model.pair.texts[side];
    let focused = model.focus == side;
    let label = [" A ", " B "][side];
    let label_style =
        if focused { pen.styles.bar().add_modifier(Modifier::BOLD) } else { pen.styles.quiet() };
    let title_style = if focused { pen.styles.strong() } else { pen.styles.plain() };
    let mut line = pen.composition();
    line.put(label, label_style);
    line.put(" ", pen.styles.plain());
    let (start, columns) = (line.cells, area.columns.saturating_sub(line.cells));
    let author = text.author().map_or_else(String::new, |author| format!("{author}, "));
    let name = format!("{author}{}", text.short_title());
    // Where both sides would read alike, what tells them apart must be seen; the title, which is the same, gives way.
    let apart = model.pair.told_apart(side);
    let apart = apart.map(|apart| clip(&apart, columns / 2, model.options.ascii).into_owned());
    let published = |form: &str| text.year().map_or_else(|| form.to_owned(), |year| format!("{year} {form}"));
    let form = text.form.name();
    let place_style = if focused { pen.styles.plain() } else { pen.styles.quiet() };
    if area.rows < 2 {
        let place = place(pen, side, area.columns < 70);
        let published = published(apart.as_deref().unwrap_or(form));
        // The title gives way first: author, year, edition and place must be seen. Where not even those have
        // room beside each other, year and edition go: a word of the title tells more, or what tells the two apart.
        let room = columns.saturating_sub(cells(&published) + cells(&place) + 4);
        let whole = columns.saturating_sub(cells(&place) + 2);
        let (name, room, published) = if room >= LEAST_TITLE {
            (name, room, Some(published))
        } else {
            (apart.unwrap_or(name), whole, None)
        };
        let place = format!("{place} ");
        let name = clip(&name, room, model.options.ascii);
        match published {
            Some(published) => {
                line.put(&name, title_style);
                line.put("  ", pen.styles.plain());
                line.put_both(area.columns, [&published, &place], [pen.styles.quiet(), place_style]);
            }
            None => line.put_both(area.columns, [&name, &place], [title_style, place_style]),
        }
        lines.push(line.on(area, 0));
        return;
    }
    let apart = apart.map(|apart| format!("{apart} ")).unwrap_or_default();
    line.put_both(area.columns, [&name, &apart], [title_style, pen.styles.quiet()]);
    lines.push(line.on(area, 0));
    let published = published(form);
    // The share of the text gives way before year and edition are cut.
    let whole = place(pen, side, false);
    let fits = cells(&published) + cells(&whole) + 2 <= columns;
    let place = if fits { whole } else { place(pen, side, true) };
    let mut line = pen.composition();
    line.blanks(start, pen.styles.plain());
    let place = format!("{place} ");
    line.put_both(area.columns, [&published, &place], [pen.styles.quiet(), place_style]);
    lines.push(line.on(area, 1));
}

/// Where the text stands: `¶ 12 · p. 44 · 31 %`.
fn place(pen: Pen<'_>, side: usize, short: bool) -> String {
    let model = pen.model;
    let passage = model.current(side);
    let mut parts = vec![model.reference(side, passage)];
    parts.extend(model.page_here(side).map(|page| format!("p. {page}")));
    if !short {
        let end = model.ended(side);
        parts.push(if end { "end".to_owned() } else { format!("{} %", model.percent(side)) });
    }
    parts.join(&format!(" {} ", pen.signs.dot))
}

/// What the rows of one passage have in common.
struct Within<'a> {
    pen: Pen<'a>,
    /// Which passage.
    index: usize,
    passage: &'a Passage,
    entry: Option<&'a Entry>,
    chosen: bool,
    variants: Vec<Range<usize>>,
    spoken: Rc<[Range<usize>]>,
    hits: Vec<(&'a Hit, bool)>,
}

impl<'a> Within<'a> {
    fn of(pen: Pen<'a>, side: usize, index: usize, chosen: &[usize]) -> Option<Self> {
        let (model, chosen) = (pen.model, chosen.contains(&index));
        Some(Self {
            pen,
            index,
            passage: model.side(side).edition.get(index)?,
            entry: model.entry(side, index),
            chosen,
            variants: model.variants_in(side, index),
            spoken: if chosen { model.spoken_in(side, index) } else { Rc::default() },
            hits: model.search.in_passage(side, index).collect(),
        })
    }

    /// The sign of the topic, and the number of the passage or of a page that begins in a row.
    fn gutter(&self, visible: &VisibleRow, area: Area, row: u16, buffer: &mut Buffer) {
        if visible.row.gap {
            return;
        }
        let (pen, bytes) = (self.pen, &visible.row.bytes);
        let first = bytes.start == 0;
        let (sign, style) = match self.entry {
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

    /// The words of a row.
    fn words(&self, visible: &VisibleRow, area: Area, row: u16) -> Option<Line<'a>> {
        let (bytes, indent) = (&visible.row.bytes, visible.row.indent);
        let place = Position::new(area.column + indent, area.row + row);
        let room = area.columns.checked_sub(indent)?;
        // Without the blanks at which the row ends.
        let words = self.passage.slice(bytes.clone()).trim_end_matches(' ');
        Some(if self.is_even(bytes) && (!self.pen.model.options.ascii || words.is_ascii()) {
            Line { place, room, text: words.into(), style: self.base_style(), turns: Vec::new() }
        } else {
            self.composed(words, bytes.start).line(place, room)
        })
    }

    /// Whether a range has nothing that looks different, and no note marks.
    fn is_even(&self, bytes: &Range<usize>) -> bool {
        let Passage { emphasis, note_marks, .. } = self.passage;
        let meets = |range: &Range<usize>| range.start < bytes.end && bytes.start < range.end;
        self.variants.is_empty()
            && self.hits.is_empty()
            && !emphasis.iter().chain(self.spoken.iter()).any(meets)
            && !note_marks.iter().any(|mark| bytes.start < mark.byte && mark.byte <= bytes.end)
    }

    /// Words from a byte of the passage on that do not all look alike, or do not stand as they are.
    fn composed(&self, words: &str, start: usize) -> Composition {
        let base = self.base_style();
        let mut line = self.pen.composition();
        for grapheme in graphemes(words).filter(|grapheme| !grapheme.is_control()) {
            let at = start + grapheme.byte;
            let differs = self.variants.iter().any(|range| range.contains(&at));
            let base = if differs { base.patch(self.pen.styles.variant()) } else { base };
            let speaks = self.spoken.iter().any(|range| range.contains(&at));
            let base = if speaks { base.patch(self.pen.styles.spoken()) } else { base };
            line.put_measured(grapheme.text, grapheme.cells, self.style_at(at, base));
            self.marks(at..at + grapheme.text.len(), &mut line);
        }
        line
    }

    /// Adds the note marks that follow the characters of a range.
    fn marks(&self, after: Range<usize>, line: &mut Composition) {
        for mark in &self.passage.note_marks {
            if after.start < mark.byte && mark.byte <= after.end {
                let text = note_mark(self.passage, mark.note, self.pen.model.options.ascii);
                let style = match self.hits.iter().find(|(hit, _)| hit.note == Some(mark.note)) {
                    Some((_, true)) => self.pen.styles.current_hit(),
                    Some((_, false)) => self.pen.styles.hit(),
                    None => self.pen.styles.accent(),
                };
                line.put(&text, style);
            }
        }
    }

    fn base_style(&self) -> Style {
        let styles = self.pen.styles;
        match self.passage.kind {
            Kind::Heading => styles.strong(),
            Kind::FrontMatter | Kind::Apparatus | Kind::Dateline | Kind::Break => styles.quiet(),
            Kind::Paragraph | Kind::Quotation | Kind::ListItem | Kind::VerseLine => styles.plain(),
        }
    }

    fn style_at(&self, byte: usize, base: Style) -> Style {
        let styles = self.pen.styles;
        let emphasised = self.passage.emphasis.iter().any(|range| range.contains(&byte));
        let style = if emphasised { base.patch(styles.emphasis()) } else { base };
        match self.hits.iter().find(|(hit, _)| hit.bytes_in(self.index).contains(&byte)) {
            Some((_, true)) => style.patch(styles.current_hit()),
            Some((_, false)) => style.patch(styles.hit()),
            None => style,
        }
    }
}
