//! Searching in the reading: the hits follow the typing, and what cannot be shown is said.

use super::action::Action;
use super::hunt::{Found, Hunt};
use super::model::Model;
use super::overlay::Overlay;
use super::search::{Hit, LONG_BYTES, MOST_HITS, Pattern, Search};
use crate::document::{Anchor, Kind};
use crate::layout::width::clip;

/// Of a query as much is quoted, in cells: what is said of it must have room.
const QUOTED_COLUMNS: u16 = 40;

impl Model {
    /// What there is to say of the hits besides their number: that there are none, that they stand where
    /// they cannot be seen.
    pub(super) fn about_hits(&self) -> Option<String> {
        let search = &self.search;
        if let Some(problem) = &search.problem {
            return Some(format!("search: {problem}"));
        }
        if search.goes_on && search.hits.is_empty() {
            return None;
        }
        let label = ["A", "B"];
        if let Some(hit) = search.current.and_then(|at| search.hits.get(at)) {
            let mark = self.editions()[search.side].get(hit.passage)?.notes.get(hit.note?)?.mark.as_str();
            let place = self.reference(search.side, hit.passage);
            return Some(format!("in note {mark} of {place}: {} shows it", self.key(Action::Inspect)));
        }
        let (here, other) = (label[search.side], label[1 - search.side]);
        let query = clip(&search.query, QUOTED_COLUMNS, self.options.ascii);
        let mut said = match search.elsewhere {
            0 => format!("`{query}` is not in {here}, nor in {other}"),
            count => format!("`{query}` is not in {here}; {count} in {other}"),
        };
        if search.hidden > 0 {
            let key = self.key(Action::ToggleApparatus);
            said = format!("{said}; {} in what its carrier added: {key} shows that", search.hidden);
        }
        if let Some(changed) = self.changed_on_disk() {
            said = format!("{said}; {changed}");
        }
        Some(said)
    }

    /// Searches the focused text from where the search began and shows the first hit.
    pub(super) fn run_search(&mut self, query: &str, backward: bool) {
        let side = self.focus;
        let (origin, beside) = (self.search.origin, self.search.beside);
        self.hunt = None;
        let (is_fresh, before, tie) = (true, self.search.before.take(), self.search.tie);
        self.search = Search {
            query: query.to_owned(),
            side,
            origin,
            beside,
            tie,
            backward,
            is_fresh,
            before,
            ..Search::default()
        };
        // Until something is found both texts stand as they did.
        (self.panes[side].top, self.panes[1 - side].top) = (origin, beside);
        if query.is_empty() {
            return;
        }
        self.find_query();
        self.search.current = self.search.from(origin, !backward, true);
        self.show_match();
    }

    /// What stays of a search that was entered: one that finds nothing in either text gives way to what was
    /// searched for before, and that is said.
    pub(super) fn settle_search(&mut self) {
        self.message = self.about_hits();
        let before = self.search.before.as_ref().filter(|_| self.search.is_in_vain());
        if let (Some((query, _)), Some(said)) = (before, &self.message) {
            let key = self.key(Action::MatchNext);
            self.message = Some(format!("{said}; {key} goes on with `{query}`"));
            self.search_as_before();
        }
    }

    /// Goes on with what was searched for before, or with nothing; no text moves.
    pub(super) fn search_as_before(&mut self) {
        let (query, backward) = self.search.before.take().unwrap_or_default();
        self.search_here(query, backward);
    }

    /// Turns the search to the text that has the keys; no text moves.
    fn search_here(&mut self, query: String, backward: bool) {
        let (side, origin) = (self.focus, self.panes[self.focus].top);
        let beside = self.panes[1 - side].top;
        self.search = Search { query, side, origin, beside, backward, ..Search::default() };
        self.search_again(None);
    }

    /// Finds the hits anew where they were searched, after the text was read anew; nothing moves.
    pub(super) fn search_again(&mut self, current: Option<Anchor>) {
        let (side, backward) = (self.search.side, self.search.backward);
        self.hunt = None;
        self.search.goes_on = false;
        self.search.hits.clear();
        if !self.search.query.is_empty() {
            let focus = std::mem::replace(&mut self.focus, side);
            self.find_query();
            self.focus = focus;
        }
        self.search.current = current.and_then(|at| self.search.from(at, !backward, true));
    }

    /// The hits of the query as a pattern; where it has none, or is none, those of its letters as they were typed: a
    /// name may have brackets (`RCP(b)`).
    fn find_query(&mut self) {
        let query = self.search.query.clone();
        let problem = Pattern::new(&query).map(|pattern| self.find(&pattern)).err();
        let is_in_vain = problem.is_some() || self.search.is_in_vain();
        if is_in_vain && let Some(letters) = Pattern::of_letters(&query) {
            self.find(&letters);
        }
        let problem = problem.filter(|_| self.search.is_in_vain());
        self.search.problem = problem.map(|problem| format!("{problem}, and the letters stand nowhere"));
    }

    /// The hits of a pattern in the focused text that can be shown, and how many there are elsewhere. A long
    /// text is searched beside the reading: its hits follow, see [`Self::take_hits`].
    fn find(&mut self, pattern: &Pattern) {
        let side = self.focus;
        let [edition, other] = [side, 1 - side].map(|side| self.editions()[side]);
        if [edition, other].iter().any(|edition| edition.text_bytes() > LONG_BYTES) {
            let (pattern, edition, other) = (pattern.clone(), edition.clone(), other.clone());
            let (from, backward) = (self.search.origin, self.search.backward);
            let apparatus = self.options.apparatus;
            self.hunt = Some(Hunt { pattern, edition, other, from, backward, apparatus });
            self.search.goes_on = true;
            return;
        }
        let is_shown = |hit: &Hit| {
            self.options.apparatus || edition.get(hit.passage).is_some_and(|p| p.kind != Kind::Apparatus)
        };
        let (shown, hidden): (Vec<Hit>, Vec<Hit>) = pattern.hits(edition).into_iter().partition(is_shown);
        let elsewhere = pattern.hits(other).len();
        self.search.hits = shown;
        self.search.hidden = hidden.len();
        self.search.elsewhere = elsewhere;
    }

    /// Takes in hits of the search that goes on; the first of them is shown to a reader who still waits for it.
    pub(super) fn take_hits(&mut self, found: Found) {
        if !self.search.goes_on {
            return;
        }
        let current = self.search.current.and_then(|at| self.search.hits.get(at)).cloned();
        let place = |hit: &Hit| (hit.anchor(), hit.note, hit.bytes.end);
        self.search.hits.extend(found.hits);
        self.search.hits.sort_by_key(place);
        self.search.hits.dedup();
        self.search.hits.truncate(MOST_HITS);
        self.search.hidden += found.hidden;
        self.search.elsewhere += found.elsewhere;
        self.search.goes_on = !found.last;
        if let Some(current) = current {
            self.search.current = self.search.hits.iter().position(|hit| *hit == current);
        } else if self.focus == self.search.side && self.search.is_fresh {
            self.search.current = self.search.from(self.search.origin, !self.search.backward, true);
            self.show_match();
        }
        if found.last && self.search.hits.is_empty() && !matches!(self.overlay, Overlay::Prompt { .. }) {
            self.settle_search();
        }
    }

    /// To the next or previous hit in the text that has the keys: from the last one, or from the reader's line
    /// where the other text was searched.
    pub(super) fn step_match(&mut self, onward: bool, times: usize) {
        if self.search.side != self.focus {
            let query = std::mem::take(&mut self.search.query);
            self.search_here(query, self.search.backward);
        }
        self.search.is_fresh = true;
        if self.search.hits.is_empty() {
            if self.search.goes_on {
                self.message = Some("nothing found so far; the search goes on".to_owned());
                return;
            }
            let key = self.key(Action::Search);
            let nothing = format!("nothing is searched for: {key} searches");
            self.message = if self.search.query.is_empty() { Some(nothing) } else { self.about_hits() };
            return;
        }
        let forward = onward != self.search.backward;
        let count = self.search.hits.len();
        let top = self.panes[self.focus].top;
        let before_top = || self.search.hits.partition_point(|hit| hit.anchor() < top);
        // From the last hit while it is in view; a reader who has gone on searches from where he is.
        let last = self.search.current.filter(|&at| {
            self.search.hits.get(at).is_some_and(|hit| self.is_in_view(self.focus, hit.anchor()))
        });
        // Counted from 1, so that the place before the first hit has a number too.
        let here = last.map_or_else(|| before_top() + usize::from(!forward), |at| at + 1);
        let round = if forward { here + times > count } else { here <= times };
        if round && self.search.goes_on {
            self.message = Some("no further hit so far; the search goes on".to_owned());
            return;
        }
        let steps = if forward { times % count } else { count - times % count };
        self.jumps.leave(self.view());
        self.search.current = Some((here + count - 1 + steps) % count);
        self.show_match();
        let end = if forward { "past the end: on from the start" } else { "past the start: on from the end" };
        let said = round.then(|| end.to_owned()).into_iter().chain(self.about_hits());
        self.message = Some(said.collect::<Vec<_>>().join("; ")).filter(|said| !said.is_empty());
    }

    /// Brings the current hit onto the screen and its passage to the reader's line: what is copied or asked about
    /// next is where the hit is. Of a long passage as many rows are above the hit as a quarter of the screen holds.
    fn show_match(&mut self) {
        let Some(hit) = self.search.current.and_then(|at| self.search.hits.get(at)) else { return };
        let (anchor, passage) = (hit.anchor(), hit.passage);
        if self.is_in_view(self.focus, anchor) && self.current(self.focus) == passage {
            return;
        }
        let side = self.side(self.focus);
        let context = -((usize::from(self.height(self.focus)) / 4) as isize);
        let row = self.settled(self.focus, anchor);
        let above = side.flow.walk(side.edition, row, context, side.setting);
        self.lead_to(above.max(self.settled(self.focus, Anchor::start_of(passage))));
    }

    /// Whether a place of a text is on the screen.
    pub(super) fn is_in_view(&self, side: usize, place: Anchor) -> bool {
        let (top, height) = (self.panes[side].top, self.height(side));
        let side = self.side(side);
        let below = usize::from(height).saturating_sub(1);
        side.flow.distance(side.edition, [top, place], below, side.setting).is_some()
    }
}
