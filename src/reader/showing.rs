//! How the texts are shown, as the reader turns it: the measure, the panes, the additions of a file's carrier.

use std::cmp::Ordering;

use super::action::Action;
use super::model::{MEASURES, Model};
use crate::document::windows::Windows;
use crate::document::{Kind, Passage};

impl Model {
    /// That a large text was written to while it is open, so that other words may stand there than on the screen.
    #[must_use]
    pub fn changed_on_disk(&self) -> Option<String> {
        let is_changed = |side: &usize| self.editions()[*side].windows().is_some_and(Windows::are_changed);
        let sides = match [0, 1].into_iter().filter(is_changed).collect::<Vec<_>>()[..] {
            [] => return None,
            [side] => ["A has", "B has"][side],
            _ => "both texts have",
        };
        Some(format!("{sides} changed on the disk since: {} reads again", self.key(Action::Reload)))
    }

    /// Goes on to the next arrangement of the panes that shows another screen.
    pub(super) fn next_arrangement(&mut self) {
        let shown = self.screen();
        self.options.arrangement = self.options.arrangement.next();
        if self.screen() == shown {
            // So it stood by itself.
            self.options.arrangement = self.options.arrangement.next();
        }
        self.message = Some(format!("panes: {}", self.options.arrangement.name()));
    }

    /// Sets the longest line; what came of it is said.
    pub(super) fn set_measure(&mut self, measure: u16) {
        let [least, most] = MEASURES;
        self.options.measure = measure.clamp(least, most);
        let shown = self.setting(self.focus).columns;
        let limit = match measure.cmp(&self.options.measure) {
            Ordering::Less => ", the least there is",
            Ordering::Equal => "",
            Ordering::Greater => ", the most there is",
        };
        let measure = self.options.measure;
        self.message = Some(format!("lines of at most {measure} columns{limit} ({shown} fit here)"));
    }

    /// Shows or hides what the carrier of the files added, where that is known.
    pub(super) fn toggle_apparatus(&mut self) {
        let is_added = |passage: &Passage| passage.kind == Kind::Apparatus;
        // What is read in windows has none that is known.
        let has_some = self.editions().iter().any(|edition| edition.passages().iter().any(is_added));
        if !has_some {
            self.message = Some("the carrier of neither file added anything that is known".to_owned());
            return;
        }
        self.options.apparatus = !self.options.apparatus;
        let state = if self.options.apparatus { "shown" } else { "hidden" };
        self.message = Some(format!("what the file's carrier added is {state}"));
    }
}
