//! Passages that belong together on the same row: where the reader wants it, and where links say what belongs
//! together.

use std::rc::Rc;

use super::link_tables::LinkTables;
use super::model::Model;
use super::sync::{Chain, carriers};
use crate::document::Anchor;
use crate::layout::flow::Flow;
use crate::layout::level::Levels;

impl Model {
    /// Begins passages that belong together on the same row, or lets each text run on.
    pub fn toggle_level(&mut self) {
        let is_linked = self.pair.links.iter().any(|link| link.topic.is_none());
        if !self.options.level && !is_linked {
            self.message = Some(self.not_aligned());
            return;
        }
        self.options.level = !self.options.level;
        let (side, here) = (self.focus, self.current(self.focus));
        if self.panes[side].top.passage < here {
            // The gap above the passage may become many rows, all of them empty.
            self.panes[side].top = self.settled(side, Anchor::start_of(here));
        }
        self.unlevel();
        self.rechain();
        if !self.are_rows_level() {
            // Blank rows that stood beside this text are gone: the other stood in them.
            self.follow();
        }
        let said = match (self.options.level, self.are_rows_level()) {
            (true, true) => "begin on the same row",
            (true, false) => "begin on the same row as soon as the texts stand side by side",
            (false, _) => "run on as they are",
        };
        self.message = Some(format!("passages that belong together {said}"));
    }

    /// Whether passages that belong together begin on the same row: where that is wanted, and the texts stand side by side.
    #[must_use]
    pub fn are_rows_level(&self) -> bool {
        self.options.level && self.screen().rule.is_some()
    }

    /// Lays both texts out anew: other links, or none to be level by.
    pub(super) fn unlevel(&mut self) {
        for pane in &mut self.panes {
            if pane.flow.levels().is_some() {
                pane.flow = Flow::default();
            }
        }
    }

    /// Makes the rows level where that is wanted and they are not, or were so on another screen.
    pub(super) fn relevel(&mut self) {
        let wanted = self.are_rows_level().then(|| [self.setting(0), self.setting(1)]);
        let is_so = |pane: &super::model::Pane| pane.flow.levels().map(Levels::settings) == wanted;
        if self.panes.iter().all(is_so) {
            return;
        }
        let Some(settings) = wanted else {
            self.unlevel();
            self.rechain();
            return;
        };
        let editions = self.editions();
        let chain = Chain::through(None, carriers(&self.pair.links, None, editions));
        let levels = Rc::new(Levels::new(editions.map(Clone::clone), settings, &chain.beginnings(editions)));
        for (side, pane) in self.panes.iter_mut().enumerate() {
            pane.flow = Flow::levelled(Rc::clone(&levels), side);
        }
        // What is beside each other follows from the rows now. Where both texts were held before, a decision or a visit to a
        // moved passage, would make rows level that do not belong together.
        self.sync.pin = None;
        self.rechain();
        self.follow();
    }

    /// What was computed from the links is no longer true.
    pub(super) fn forget_links(&mut self) {
        self.tables = LinkTables::default();
        self.variants.forget();
        self.spoken.forget();
        self.unlevel();
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Anchor, Edition, Kind, Passage};
    use crate::library::pair::{Ground, Standing};
    use crate::links::{Link, LinkKind, Status};
    use crate::reader::action::{Action, Event};
    use crate::reader::fixture;
    use crate::reader::model::{Model, Options, Surroundings};
    use crate::reader::sync::SyncState;
    use crate::reader::update::update;
    use crate::topics::Origin;

    /// Five passages a side, of which the second on the left has no partner, and the third is the longer.
    fn model() -> Model {
        let mut pair = fixture::pair();
        let edition = |lengths: [usize; 5]| {
            let passage = |(n, words): (usize, usize)| {
                let text: Vec<String> = (0..words).map(|w| format!("p{n}w{w}")).collect();
                Passage::new(Kind::Paragraph, text.join(" "))
            };
            Edition::new(lengths.into_iter().enumerate().map(passage).collect(), Vec::new(), 0)
        };
        pair.texts[0].edition = edition([40, 60, 90, 30, 200]);
        pair.texts[1].edition = edition([50, 30, 120, 40, 200]);
        let link = |left: &[usize], right: &[usize]| Link {
            topic: None,
            kind: LinkKind::Parallel,
            passages: [left.to_vec(), right.to_vec()],
            relation: None,
            origin: Origin::Automatic,
            similarity: Some(0.9),
            confidence: 0.9,
            status: Status::Proposed,
            moved: false,
            steps: Vec::new(),
            reasons: Vec::new(),
        };
        pair.links =
            vec![link(&[0], &[0]), link(&[1], &[]), link(&[2], &[1]), link(&[3], &[2]), link(&[4], &[3, 4])];
        pair.ground = Ground::known(Standing::Parallel, "made up");
        let mut model = Model::new(pair, Options::default(), Surroundings::default());
        update(&mut model, Event::Resize { columns: 120, rows: 40 });
        model
    }

    fn act(model: &mut Model, action: Action) {
        update(model, Event::Act { action, count: None, letter: None });
    }

    /// Rows from the top of a text down to each of its passages.
    fn rows_down_to(model: &Model, side: usize, passages: [usize; 4]) -> [usize; 4] {
        let walked = model.side(side);
        passages.map(|passage| {
            let ends = [Anchor::default(), Anchor::start_of(passage)];
            walked.flow.distance(walked.edition, ends, 1000, walked.setting).unwrap()
        })
    }

    #[test]
    fn what_is_read_below_a_gap_stays_at_the_top_when_rows_become_level() {
        let mut model = model();
        // The right text has more on the second pair, so that rows are added on the left before the third.
        while model.panes[0].top.passage < 3 {
            act(&mut model, Action::LineDown);
        }
        act(&mut model, Action::LineUp);
        assert_eq!((model.panes[0].top.passage, model.current(0)), (2, 3), "the gap above it");
        act(&mut model, Action::ToggleLevel);
        assert_eq!((model.tops(), model.current(0)), ([3, 2].map(Anchor::start_of), 3));
    }

    #[test]
    fn passages_that_belong_together_begin_on_the_same_row() {
        let mut model = model();
        let both =
            |model: &Model| [rows_down_to(model, 0, [0, 2, 3, 4]), rows_down_to(model, 1, [0, 1, 2, 3])];
        let [left, right] = both(&model);
        assert_ne!(left, right);
        let before = left;
        act(&mut model, Action::ToggleLevel);
        for (columns, rows) in [(120, 40), (90, 30), (161, 50)] {
            update(&mut model, Event::Resize { columns, rows });
            let [left, right] = both(&model);
            assert_eq!(left, right, "{columns} columns");
        }
        act(&mut model, Action::ToggleLevel);
        update(&mut model, Event::Resize { columns: 120, rows: 40 });
        assert_eq!(rows_down_to(&model, 0, [0, 2, 3, 4]), before);
    }

    #[test]
    fn level_texts_scroll_row_by_row_and_come_back() {
        let mut model = model();
        act(&mut model, Action::ToggleLevel);
        let start = model.tops();
        let distance = |model: &Model, side: usize| {
            let walked = model.side(side);
            walked
                .flow
                .distance(walked.edition, [Anchor::default(), model.tops()[side]], 1000, walked.setting)
                .unwrap()
        };
        for row in 1..30 {
            act(&mut model, Action::LineDown);
            assert_eq!([distance(&model, 0), distance(&model, 1)], [row, row]);
            assert_eq!(model.sync_state(), SyncState::Anchored);
        }
        for _ in 1..30 {
            act(&mut model, Action::LineUp);
        }
        assert_eq!(model.tops(), start);
    }

    #[test]
    fn a_reading_taken_up_again_is_as_level_as_it_was() {
        let mut left = model();
        act(&mut left, Action::ToggleLevel);
        for _ in 0..7 {
            act(&mut left, Action::LineDown);
        }
        let mut again = model();
        again.take_up(&left.remember());
        update(&mut again, Event::Resize { columns: 120, rows: 40 });
        let rows = |model: &Model| (model.tops(), [0, 1].map(|side| rows_down_to(model, side, [0, 1, 2, 3])));
        assert_eq!(rows(&again), rows(&left));
        let mut works = Model::new(fixture::pair(), Options::default(), Surroundings::default());
        works.take_up(&left.remember());
        assert!(!works.options.level, "two works have nothing to be level by");
    }

    #[test]
    fn texts_that_are_not_aligned_cannot_be_level() {
        let mut model = Model::new(fixture::pair(), Options::default(), Surroundings::default());
        act(&mut model, Action::ToggleLevel);
        assert!(!model.options.level && model.message.unwrap().contains("not aligned"));
    }
}
