//! The mouse, where it is listened to: a click gives a text the keys or chooses a topic, the wheel scrolls what
//! lies below it.

use super::action::Action;
use super::model::Model;
use super::overlay::Overlay;
use crate::layout::flow::VisibleRow;
use crate::layout::split::{Area, TOPIC_COLUMNS};

/// Rows for one notch of the wheel.
const NOTCH: usize = 3;

impl Model {
    /// A click: gives the text below it the keys, or, where it has them, brings the row to the reader's line; in
    /// the topic index it goes to the topic. What lies over the texts is left alone.
    pub(super) fn click(&mut self, place: (u16, u16)) {
        if !matches!(self.overlay, Overlay::None) {
            return;
        }
        if let Some(topic) = self.topic_at(place) {
            self.go_to_topic(topic);
        } else if let Some(side) = self.side_at(place) {
            if side == self.focus { self.put_row_first(side, place) } else { self.focus_on(side) }
        }
    }

    /// A notch of the wheel: in the text below it, or in what lies over the texts.
    pub(super) fn wheel(&mut self, place: (u16, u16), down: bool) {
        let action = if down { Action::LineDown } else { Action::LineUp };
        match &mut self.overlay {
            Overlay::None => {
                if let Some(side) = self.side_at(place) {
                    self.focus_on(side);
                    self.motion(action, Some(NOTCH));
                }
            }
            Overlay::List(list) => list.walk(action, 1),
            Overlay::Pager(pager) => (0..NOTCH).for_each(|_| pager.walk(action, 1)),
            Overlay::Prompt { .. } => {}
        }
    }

    fn side_at(&self, place: (u16, u16)) -> Option<usize> {
        let panes = self.screen().panes;
        panes.iter().position(|areas| areas.is_some_and(|areas| contains(areas.pane, place)))
    }

    fn put_row_first(&mut self, side: usize, place: (u16, u16)) {
        let Some(areas) = self.screen().panes[side] else { return };
        let below_first = place.1.saturating_sub(areas.text.row);
        let walked = self.side(side);
        let rows = walked.flow.visible(walked.edition, self.panes[side].top, areas.text.rows, walked.setting);
        let is_row = |row: &&VisibleRow| contains(areas.pane, place) && !row.row.gap;
        if place.1 >= areas.text.row && rows.get(usize::from(below_first)).as_ref().is_some_and(is_row) {
            self.scroll(isize::from(i16::try_from(below_first).unwrap_or(i16::MAX)));
        }
    }

    /// The topic that is drawn at a place of the index: after its heading, in columns read downward.
    fn topic_at(&self, place: (u16, u16)) -> Option<usize> {
        let area = self.screen().index.filter(|area| contains(*area, place))?;
        let (column, row) = ((place.0 - area.column) / TOPIC_COLUMNS, place.1 - area.row);
        let fits = (column + 1) * TOPIC_COLUMNS <= area.columns;
        let topic = usize::from(column * area.rows + row).checked_sub(1)?;
        (fits && topic < self.pair.topics.len()).then_some(topic)
    }
}

fn contains(area: Area, (column, row): (u16, u16)) -> bool {
    (area.column..area.column + area.columns).contains(&column)
        && (area.row..area.row + area.rows).contains(&row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::action::Event;
    use crate::reader::fixture::pair;
    use crate::reader::model::{Options, Surroundings};
    use crate::reader::update::update;

    fn model() -> Model {
        let mut model = Model::new(pair(), Options::default(), Surroundings::default());
        update(&mut model, Event::Resize { columns: 160, rows: 24 });
        model
    }

    /// The middle of a side's words.
    fn words(model: &Model, side: usize) -> (u16, u16) {
        let text = model.screen().panes[side].unwrap().text;
        (text.column + 4, text.row + 3)
    }

    #[test]
    fn the_wheel_scrolls_the_text_below_it_and_gives_it_the_keys() {
        let mut model = model();
        model.toggle_sync();
        let (column, row) = words(&model, 1);
        let tops = model.tops();
        update(&mut model, Event::Wheel { column, row, down: true });
        assert_eq!((model.focus, model.tops()[0]), (1, tops[0]));
        assert!(model.tops()[1] > tops[1]);
        update(&mut model, Event::Wheel { column, row, down: false });
        assert_eq!(model.tops(), tops);
    }

    #[test]
    fn a_click_gives_a_text_the_keys_and_then_places_it() {
        let mut model = model();
        model.toggle_sync();
        let (column, row) = words(&model, 1);
        let tops = model.tops();
        update(&mut model, Event::Click { column, row });
        assert_eq!((model.focus, model.tops()), (1, tops));
        let text = model.screen().panes[1].unwrap().text;
        let walked = model.side(1);
        let rows = walked.flow.visible(walked.edition, tops[1], text.rows, walked.setting);
        let at = rows.iter().skip(1).position(|row| !row.row.gap).unwrap() + 1;
        update(&mut model, Event::Click { column, row: text.row + at as u16 });
        assert_eq!(model.tops()[1].passage, rows[at].passage);
        assert_eq!(model.tops()[1].byte, rows[at].row.bytes.start);
        assert_eq!(model.tops()[0], tops[0]);
    }

    #[test]
    fn a_click_in_the_index_goes_to_the_topic_under_it() {
        let mut model = model();
        let index = model.screen().index.unwrap();
        for topic in 0..model.pair.topics.len() as u16 {
            let place = topic + 1;
            let column = index.column + place / index.rows * TOPIC_COLUMNS + 3;
            update(&mut model, Event::Click { column, row: index.row + place % index.rows });
            assert_eq!(model.topic, Some(usize::from(topic)));
        }
        let before = model.topic;
        update(&mut model, Event::Click { column: 2, row: index.row });
        assert_eq!(model.topic, before, "the heading is no topic");
    }

    #[test]
    fn no_place_is_too_far_away() {
        let mut model = model();
        for place in [(0, 0), (159, 23), (160, 24), (u16::MAX, u16::MAX)] {
            let (column, row) = place;
            update(&mut model, Event::Click { column, row });
            update(&mut model, Event::Wheel { column, row, down: true });
        }
    }
}
