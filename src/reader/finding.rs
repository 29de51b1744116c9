//! Searching in the reading: the hits follow the typing, and what cannot be shown is said.

use super::action::Action;
use super::model::Model;
use super::search::{Hit, Pattern, Search};
use super::sync::Side;
use crate::document::Anchor;

impl Model {
    /// What there is to say of the hits besides their number: that there are none, that they stand where
    /// they cannot be seen.
    pub(super) fn about_hits(&self) -> Option<String> {
        let search = &self.search;
        let label = ["A", "B"];
        if let Some(hit) = search.current.and_then(|at| search.hits.get(at)) {
            let mark = self.editions()[search.side].get(hit.passage)?.notes.get(hit.note?)?.mark.as_str();
            let place = self.reference(search.side, hit.passage);
            return Some(format!("in note {mark} of {place}: {} shows it", self.key(Action::Inspect)));
        }
        let mut said = format!("`{}` is not in {}", search.query, label[search.side]);
        if search.hidden > 0 {
            let key = self.key(Action::ToggleApparatus);
            said = format!("{said}; {} in what its carrier added: {key} shows that", search.hidden);
        }
        if search.elsewhere > 0 {
            said = format!("{said}; {} in {}", search.elsewhere, label[1 - search.side]);
        }
        Some(said)
    }

    /// Searches the focused text from where the search began and shows the first hit.
    pub(super) fn run_search(&mut self, query: &str, backward: bool) {
        let side = self.focus;
        let origin = self.search.origin;
        self.search = Search { query: query.to_owned(), side, origin, backward, ..Search::default() };
        self.lead_to(origin);
        if query.is_empty() {
            return;
        }
        match Pattern::new(query) {
            Ok(pattern) => self.find(&pattern),
            Err(problem) => {
                self.message = Some(format!("search: {problem}"));
                return;
            }
        }
        self.search.current = self.search.from(origin, !backward, true);
        self.show_match();
    }

    /// Finds the hits anew where they were searched, after the text was read anew; nothing moves.
    pub(super) fn search_again(&mut self, current: Option<Anchor>) {
        let (side, backward) = (self.search.side, self.search.backward);
        if let Ok(pattern) = Pattern::new(&self.search.query)
            && !self.search.query.is_empty()
        {
            let focus = std::mem::replace(&mut self.focus, side);
            self.find(&pattern);
            self.focus = focus;
        }
        self.search.current = current.and_then(|at| self.search.from(at, !backward, true));
    }

    /// The hits of a pattern in the focused text that can be shown, and how many there are elsewhere.
    fn find(&mut self, pattern: &Pattern) {
        let side = self.focus;
        let Side { edition, flow, setting } = self.side(side);
        let (shown, hidden): (Vec<Hit>, Vec<Hit>) = pattern
            .hits(edition)
            .into_iter()
            .partition(|hit| !flow.rows(edition, hit.passage, setting).is_empty());
        let elsewhere = if shown.is_empty() { pattern.hits(self.editions()[1 - side]).len() } else { 0 };
        self.search.hits = shown;
        self.search.hidden = hidden.len();
        self.search.elsewhere = elsewhere;
    }

    pub(super) fn step_match(&mut self, onward: bool, times: usize) {
        if self.search.hits.is_empty() {
            let key = self.key(Action::Search);
            let nothing = format!("nothing is searched for: {key} searches");
            self.message = if self.search.query.is_empty() { Some(nothing) } else { self.about_hits() };
            return;
        }
        self.focus_on(self.search.side);
        let forward = onward != self.search.backward;
        let count = self.search.hits.len();
        let next = match self.search.current {
            Some(at) if forward => Some((at + times) % count),
            Some(at) => Some((at + count - times % count) % count),
            None => self.search.from(self.panes[self.focus].top, forward, true),
        };
        self.jumps.leave(self.view());
        self.search.current = next;
        self.show_match();
        self.message = self.about_hits();
    }

    /// Brings the current hit onto the screen, with a few rows above it where it was not.
    fn show_match(&mut self) {
        let Some(hit) = self.search.current.and_then(|at| self.search.hits.get(at)) else { return };
        let side = self.side(self.focus);
        let top = self.panes[self.focus].top;
        let height = usize::from(self.height(self.focus));
        let anchor = hit.anchor();
        let below = side.flow.distance(side.edition, [top, anchor], height.saturating_sub(1), side.setting);
        if below.is_none() {
            let context = -((height / 4) as isize);
            let to = side.flow.walk(
                side.edition,
                side.flow.row_start(side.edition, anchor, side.setting),
                context,
                side.setting,
            );
            self.lead_to(to);
        }
    }
}
