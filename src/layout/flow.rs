//! An edition as an endless column of rows: what is visible from an anchor, and the walk from row to row.
//!
//! Wraps a passage when it comes near the screen and keeps it by passage; forgets all when the setting
//! changes. The gap row after a passage is the anchor at the end of its text; rows added to be level with
//! another edition are the anchors beyond it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::RandomState;

use super::Setting;
use super::level::Levels;
use super::wrap::{Row, wrap};
use crate::document::{Anchor, Edition, Kind, Passage};

/// Rows kept at most; more than any screen shows, less than a long text has.
const KEPT_ROWS: usize = 64 * 1024;

/// A row that stands on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisibleRow {
    /// Index of the passage in its edition.
    pub passage: usize,
    /// The row.
    pub row: Row,
}

/// The rows of one edition, wrapped as they are needed.
#[derive(Debug, Default)]
pub struct Flow {
    cache: RefCell<Cache>,
    /// What makes the rows level with those of another edition, and which side this one is.
    levels: Option<(Rc<Levels>, usize)>,
}

#[derive(Debug, Default)]
struct Cache {
    setting: Option<Setting>,
    /// Rows kept, and one for each passage, since those that are not shown have none.
    kept: usize,
    rows: HashMap<usize, Rc<[Row]>, RandomState>,
}

/// A row of the column: a passage and the row within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    passage: usize,
    row: usize,
}

impl Flow {
    /// The rows of a passage with the gap after it; none for apparatus that is hidden.
    #[must_use]
    pub fn rows(&self, edition: &Edition, passage: usize, setting: Setting) -> Rc<[Row]> {
        let mut cache = self.cache.borrow_mut();
        if cache.setting != Some(setting) || cache.kept > KEPT_ROWS {
            cache.rows.clear();
            cache.kept = 0;
            cache.setting = Some(setting);
        }
        if let Some(rows) = cache.rows.get(&passage) {
            return Rc::clone(rows);
        }
        let rows = self.rows_anew(edition, passage, setting);
        cache.kept += rows.len() + 1;
        cache.rows.insert(passage, Rc::clone(&rows));
        rows
    }

    /// A flow whose rows are level with those of another edition; `side` is which of the two this one is.
    #[must_use]
    pub fn levelled(levels: Rc<Levels>, side: usize) -> Self {
        Self { levels: Some((levels, side)), ..Self::default() }
    }

    /// What makes its rows level with those of another edition.
    #[must_use]
    pub fn levels(&self) -> Option<&Levels> {
        self.levels.as_ref().map(|(levels, _)| levels.as_ref())
    }

    fn rows_anew(&self, edition: &Edition, passage: usize, setting: Setting) -> Rc<[Row]> {
        let rows = rows_of(edition, passage, setting);
        let added = self.levels.as_ref().map_or(0, |(levels, side)| levels.after(*side, passage));
        let length = edition.get(passage).map_or(0, |passage| passage.text.len());
        // Each row needs an anchor of its own: those added stand beyond the end of the text.
        let empty = |row: usize| Row { bytes: length + row..length + row, indent: 0, gap: true };
        if added == 0 { rows } else { rows.iter().cloned().chain((1..=added).map(empty)).collect() }
    }

    /// The anchor of the row in which `anchor` stands (the next shown row where its passage is hidden).
    #[must_use]
    pub fn row_start(&self, edition: &Edition, anchor: Anchor, setting: Setting) -> Anchor {
        self.locate(edition, anchor, setting)
            .map_or_else(Anchor::default, |p| self.anchor(edition, p, setting))
    }

    /// The anchor `rows` rows further down (up where negative), stopping at the first and the last row.
    #[must_use]
    pub fn walk(&self, edition: &Edition, from: Anchor, rows: isize, setting: Setting) -> Anchor {
        if rows == 0 {
            return from;
        }
        let Some(mut place) = self.locate(edition, from, setting) else { return from };
        let mut left = rows.unsigned_abs();
        while left > 0 {
            let length = self.rows(edition, place.passage, setting).len();
            let within = if rows > 0 { length - 1 - place.row } else { place.row };
            let taken = within.min(left);
            place.row = if rows > 0 { place.row + taken } else { place.row - taken };
            left -= taken;
            if left > 0 {
                let next = self.neighbour(edition, place.passage, rows > 0, setting);
                let Some(next) = next else { break };
                place = next;
                left -= 1;
            }
        }
        self.anchor(edition, place, setting)
    }

    /// The rows on a screen of `height` rows whose first row is that of `top`; fewer where the text ends.
    #[must_use]
    pub fn visible(&self, edition: &Edition, top: Anchor, height: u16, setting: Setting) -> Vec<VisibleRow> {
        let mut shown = Vec::with_capacity(usize::from(height));
        let Some(Place { mut passage, row }) = self.locate(edition, top, setting) else { return shown };
        let mut first = row;
        while shown.len() < usize::from(height) {
            let rows = self.rows(edition, passage, setting);
            let room = usize::from(height) - shown.len();
            shown.extend(
                rows.iter().skip(first).take(room).map(|row| VisibleRow { passage, row: row.clone() }),
            );
            let Some(next) = edition.after(passage) else { break };
            passage = next;
            first = 0;
        }
        shown
    }

    /// Rows from `from` down to `to`, at most `limit`; `None` where `to` is above or further.
    #[must_use]
    pub fn distance(
        &self,
        edition: &Edition,
        [from, to]: [Anchor; 2],
        limit: usize,
        setting: Setting,
    ) -> Option<usize> {
        let start = self.locate(edition, from, setting)?;
        let end = self.locate(edition, to, setting)?;
        if (end.passage, end.row) < (start.passage, start.row) {
            return None;
        }
        let (mut rows, mut passage) = (0, start.passage);
        while passage < end.passage {
            rows += self.rows(edition, passage, setting).len();
            if rows > limit.saturating_add(start.row) {
                return None;
            }
            passage = edition.after(passage)?;
        }
        let rows = rows + end.row - start.row;
        (rows <= limit).then_some(rows)
    }

    /// The anchor of the last row.
    #[must_use]
    pub fn last_row(&self, edition: &Edition, setting: Setting) -> Anchor {
        let last = edition.nearest(usize::MAX).unwrap_or(0);
        let end = Anchor { passage: last, byte: usize::MAX };
        self.row_start(edition, end, setting)
    }

    /// The top of the last full screen.
    #[must_use]
    pub fn last_screen(&self, edition: &Edition, height: u16, setting: Setting) -> Anchor {
        let last = self.last_row(edition, setting);
        self.walk(edition, last, -(height.saturating_sub(1) as isize), setting)
    }

    fn locate(&self, edition: &Edition, anchor: Anchor, setting: Setting) -> Option<Place> {
        let passage = edition.nearest(anchor.passage)?;
        let rows = self.rows(edition, passage, setting);
        if rows.is_empty() {
            return self
                .neighbour(edition, passage, true, setting)
                .or_else(|| self.neighbour(edition, passage, false, setting));
        }
        let row = rows.partition_point(|row| row.bytes.start <= anchor.byte).saturating_sub(1);
        Some(Place { passage, row })
    }

    /// The first row of the next passage that is shown, or the last row of the one before.
    fn neighbour(&self, edition: &Edition, passage: usize, down: bool, setting: Setting) -> Option<Place> {
        let mut passage = passage;
        loop {
            passage = if down { edition.after(passage)? } else { edition.before(passage)? };
            let length = self.rows(edition, passage, setting).len();
            if length > 0 {
                return Some(Place { passage, row: if down { 0 } else { length - 1 } });
            }
        }
    }

    fn anchor(&self, edition: &Edition, place: Place, setting: Setting) -> Anchor {
        let rows = self.rows(edition, place.passage, setting);
        let byte = rows.get(place.row).map_or(0, |row| row.bytes.start);
        Anchor { passage: place.passage, byte }
    }
}

/// The rows of a passage with the gap after it, whatever stands beside them.
pub(super) fn rows_of(edition: &Edition, passage: usize, setting: Setting) -> Rc<[Row]> {
    let Some(this) = edition.get(passage) else { return Rc::from([]) };
    if this.kind == Kind::Apparatus && !setting.apparatus {
        return Rc::from([]);
    }
    let mut rows = wrap(this, setting);
    let mut after = std::iter::successors(edition.after(passage), |at| edition.after(*at));
    let next =
        after.find_map(|at| edition.get(at).filter(|p| p.kind != Kind::Apparatus || setting.apparatus));
    if next.is_some_and(|next| parted(this, next)) {
        let end = this.text.len();
        rows.push(Row { bytes: end..end, indent: 0, gap: true });
    }
    rows.into()
}

/// Whether an empty row stands between passages of these kinds: not within a list, a poem or a title page.
fn parted(this: &Passage, next: &Passage) -> bool {
    let together = match this.kind {
        Kind::ListItem | Kind::VerseLine | Kind::Dateline => true,
        // A line of a title page, not an editor's note.
        Kind::FrontMatter => this.text.len().max(next.text.len()) <= 80,
        Kind::Heading | Kind::Paragraph | Kind::Quotation | Kind::Apparatus | Kind::Break => false,
    };
    !(together && this.kind == next.kind)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edition(kinds: &[(Kind, &str)]) -> Edition {
        let passages = kinds.iter().map(|(kind, text)| Passage::new(*kind, *text)).collect();
        Edition::new(passages, Vec::new(), 0)
    }

    fn setting(columns: u16) -> Setting {
        Setting { columns, ascii: false, apparatus: false }
    }

    fn sample() -> Edition {
        edition(&[
            (Kind::Apparatus, "a page header"),
            (Kind::Heading, "On reading"),
            (Kind::Paragraph, "one two three four five six"),
            (Kind::ListItem, "a) first"),
            (Kind::ListItem, "b) second"),
            (Kind::Paragraph, "the end"),
            (Kind::Apparatus, "printed by a printer"),
        ])
    }

    fn screen(edition: &Edition, top: Anchor, columns: u16) -> Vec<String> {
        let rows = Flow::default().visible(edition, top, 20, setting(columns));
        let text = |v: &VisibleRow| edition.passages()[v.passage].slice(v.row.bytes.clone()).to_owned();
        rows.iter().map(text).collect()
    }

    #[test]
    fn gaps_part_paragraphs_but_not_the_items_of_a_list() {
        let expected =
            ["On reading", "", "one two three ", "four five six", "", "a) first", "b) second", "", "the end"];
        assert_eq!(screen(&sample(), Anchor::default(), 14), expected);
    }

    #[test]
    fn a_wrapped_row_keeps_its_first_words_at_another_width() {
        let edition = sample();
        let top = Anchor { passage: 2, byte: 14 };
        assert_eq!(screen(&edition, top, 14)[0], "four five six");
        assert!(screen(&edition, top, 9)[0].starts_with("four"));
        assert!(screen(&edition, top, 80)[0].contains("four"));
    }

    #[test]
    fn the_last_screen_ends_with_the_last_row() {
        let (edition, flow) = (sample(), Flow::default());
        let top = flow.last_screen(&edition, 4, setting(14));
        let rows = flow.visible(&edition, top, 10, setting(14));
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[3].passage, 5);
    }

    #[test]
    fn an_edition_without_passages_has_no_rows() {
        let (edition, flow) = (Edition::default(), Flow::default());
        assert!(flow.visible(&edition, Anchor::default(), 5, setting(10)).is_empty());
        assert_eq!(flow.walk(&edition, Anchor::default(), 3, setting(10)), Anchor::default());
        assert_eq!(flow.last_row(&edition, setting(10)), Anchor::default());
    }

    proptest! {
        #[test]
        fn walking_down_and_up_comes_back(steps in 0isize..30, columns in 1u16..30) {
            let (edition, flow) = (sample(), Flow::default());
            let start = flow.row_start(&edition, Anchor::default(), setting(columns));
            let down = flow.walk(&edition, start, steps, setting(columns));
            let walked = flow.distance(&edition, [start, down], 1000, setting(columns)).unwrap();
            prop_assert!(walked <= steps as usize);
            prop_assert_eq!(flow.walk(&edition, down, -(walked as isize), setting(columns)), start);
        }
    }
}
