//! Moving within a text and between the panes; the other text follows where the scrolling is linked.

use super::action::Action;
use super::model::Model;
use super::sync::{Rest, Side, SyncState};
use crate::document::locator::Locator;
use crate::document::{Anchor, Kind, Passage};
use crate::library::pair::Standing;

/// Passages that a step looks through at most in a text that is read in windows: a key must not read all of it.
const LOOKED_AT: usize = 2000;

impl Model {
    /// Scrolls the focused text by rows, and the other with it.
    pub fn scroll(&mut self, rows: isize) {
        let Side { edition, flow, setting } = self.side(self.focus);
        let top = flow.walk(edition, self.panes[self.focus].top, rows, setting);
        self.step_to(top);
    }

    /// Scrolls down by screens: the last one stays full. Single rows go on until the last row stands at the
    /// reader's line.
    fn page_down(&mut self, rows: isize) {
        let Side { edition, flow, setting } = self.side(self.focus);
        let top = self.panes[self.focus].top;
        let last = flow.last_screen(edition, self.height(self.focus), setting).max(top);
        self.step_to(flow.walk(edition, top, rows, setting).min(last));
    }

    /// Puts the focused text at a place that is some rows on, and the other in step with it. Where that one is
    /// brought to a link out of what was to be seen, it is said, and can be taken back as a jump.
    fn step_to(&mut self, top: Anchor) {
        let (focus, from, before) = (self.focus, self.panes[self.focus].top, self.panes[1 - self.focus].top);
        let view = self.view();
        self.panes[focus].top = top;
        if !self.sync.linked {
            return;
        }
        let stepped = self.in_step([from, top], before);
        self.panes[1 - focus].top = stepped;
        let Side { edition, flow, setting } = self.side(1 - focus);
        let ends = [before.min(stepped), before.max(stepped)];
        let seen = flow.distance(edition, ends, self.height(1 - focus).into(), setting).is_some();
        if !seen && self.sync_state() == SyncState::Anchored {
            let [here, there] =
                [focus, 1 - focus].map(|side| (["A", "B"][side], self.reference(side, self.current(side))));
            self.message =
                Some(format!("{} goes to {}, which belongs to {} of {}", there.0, there.1, here.1, here.0));
            self.jumps.leave(view);
        }
    }

    /// Puts the focused text at a place, and the other where it belongs.
    pub fn lead_to(&mut self, top: Anchor) {
        self.panes[self.focus].top = top;
        self.follow();
    }

    /// The same as a jump: the place left can be come back to.
    pub fn jump_to(&mut self, top: Anchor) {
        self.jumps.leave(self.view());
        let top = self.settled(self.focus, top);
        self.lead_to(top);
        self.bring_partner(false);
    }

    /// One of the motions of a text; `false` where the action is none.
    pub fn motion(&mut self, action: Action, count: Option<usize>) -> bool {
        let times = count.unwrap_or(1).clamp(1, 1_000_000) as isize;
        let height = self.height(self.focus).max(1) as isize;
        #[expect(clippy::wildcard_enum_match_arm, reason = "all other actions are no motions")]
        match action {
            Action::LineDown => self.scroll(times),
            Action::LineUp => self.scroll(-times),
            Action::HalfDown => self.page_down(times * (height / 2).max(1)),
            Action::HalfUp => self.scroll(-times * (height / 2).max(1)),
            // Two rows stay on the screen, so that the eye keeps its place.
            Action::PageDown => self.page_down(times * (height - 2).max(1)),
            Action::PageUp => self.scroll(-times * (height - 2).max(1)),
            Action::PassageNext => self.step(times, "passage", |p| p.kind != Kind::Break),
            Action::PassagePrevious => self.step(-times, "passage", |p| p.kind != Kind::Break),
            Action::SectionNext => self.step(times, "heading", is_heading),
            Action::SectionPrevious => self.step(-times, "heading", is_heading),
            Action::NoteNext => self.step(times, "note", |p| !p.notes.is_empty()),
            Action::NotePrevious => self.step(-times, "note", |p| !p.notes.is_empty()),
            Action::Top => self.go_to_end(count, true),
            Action::Bottom => self.go_to_end(count, false),
            Action::Percent => self.go_to_percent(count),
            _ => return false,
        }
        true
    }

    /// To the next or previous passage of a sort, several times; `what` is looked for.
    fn step(&mut self, times: isize, what: &str, wanted: impl Fn(&Passage) -> bool) {
        let Side { edition, flow, setting } = self.side(self.focus);
        let shown =
            |i: &usize| edition.get(*i).is_some_and(&wanted) && !flow.rows(edition, *i, setting).is_empty();
        let top = self.panes[self.focus].top;
        let most = if edition.windows().is_some() { LOOKED_AT } else { usize::MAX };
        let times_at_most = times.unsigned_abs();
        let found = if times > 0 {
            let here = Some(self.current(self.focus));
            let first = if self.before_current() { here } else { here.and_then(|at| edition.after(at)) };
            std::iter::successors(first, |at| edition.after(*at))
                .take(most)
                .filter(shown)
                .take(times_at_most)
                .last()
        } else {
            let first = if top.byte > 0 { Some(top.passage) } else { edition.before(top.passage) };
            std::iter::successors(first, |at| edition.before(*at))
                .take(most)
                .filter(shown)
                .take(times_at_most)
                .last()
        };
        if let Some(passage) = found {
            self.step_to(Anchor::start_of(passage));
            self.bring_partner(true);
            return;
        }
        let label = ["A", "B"][self.focus];
        let has_none = edition.windows().is_none() && !edition.passages().iter().any(&wanted);
        self.message = Some(match times > 0 {
            _ if has_none => format!("no {what} in {label}"),
            true => format!("no further {what} in {label}"),
            false => format!("no {what} before this in {label}"),
        });
    }

    /// Whether the current passage only begins below the first row: a gap row stands first.
    fn before_current(&self) -> bool {
        self.panes[self.focus].top.passage < self.current(self.focus)
    }

    fn go_to_end(&mut self, passage: Option<usize>, top: bool) {
        if let Some(number) = passage {
            self.go_to_reference(&number.to_string());
            return;
        }
        let Side { edition, flow, setting } = self.side(self.focus);
        let start = flow.row_start(edition, Anchor::default(), setting);
        if top {
            self.jump_to(start);
            self.begin_with_what_is_alone();
            return;
        }
        let end = flow.last_screen(edition, self.height(self.focus), setting);
        // A text that fits the screen shows its end wherever it stands.
        if end == start || end == self.panes[self.focus].top {
            self.message = Some(format!("the end of {} is on the screen", ["A", "B"][self.focus]));
            return;
        }
        self.jump_to(end);
    }

    /// Brings the other text to its first row, too, where it begins with passages that have no partner: from there on they
    /// would be passed over.
    fn begin_with_what_is_alone(&mut self) {
        let other = 1 - self.focus;
        let is_alone = |passage: usize| {
            let mut links = self.links_at(other, passage).filter(|(_, link)| link.stands());
            links.all(|(_, link)| link.passages[self.focus].is_empty())
        };
        let is_led = self.sync.linked && self.pair.ground.standing != Standing::Works && !self.is_bound();
        if is_led && (0..self.panes[other].top.passage).all(is_alone) {
            let Side { edition, flow, setting } = self.side(other);
            self.panes[other].top = flow.row_start(edition, Anchor::default(), setting);
        }
    }

    fn go_to_percent(&mut self, count: Option<usize>) {
        let percent = count.unwrap_or(0);
        if percent >= 100 {
            self.go_to_end(None, false);
            return;
        }
        let edition = self.editions()[self.focus];
        let bytes = edition.text_bytes() as u128 * percent as u128 / 100;
        let to = edition.anchor_at((bytes as usize).min(edition.text_bytes().saturating_sub(1)));
        self.jump_to(to);
    }

    /// To a passage (`12`, `¶ 12`) or a page (`p44`, `p. 44`), as typed.
    pub fn go_to_reference(&mut self, typed: &str) {
        let locator: Locator = match typed.parse() {
            Ok(locator) => locator,
            Err(error) => {
                self.message = Some(format!("{error}"));
                return;
            }
        };
        let [here, other] = [self.focus, 1 - self.focus];
        if let Some(anchor) = locator.find(self.editions()[here]) {
            self.jump_to(anchor);
            self.bring_best_link();
            return;
        }
        let label = ["A", "B"];
        let there = locator.find(self.editions()[other]).map(|_| format!("; {} has it", label[other]));
        self.message = Some(format!("{} has no {locator}{}", label[here], there.unwrap_or_default()));
    }

    /// Gives a pane the keys. Where it would pull the other text away from where it stands, the offset
    /// between the two is kept.
    pub fn focus_on(&mut self, side: usize) {
        if side == self.focus {
            return;
        }
        self.focus = side;
        if self.sync.linked && self.followed() != self.panes[1 - side].top {
            // Within a link of many steps for no longer than to the next one.
            let link = self.link_between([self.current(0), self.current(1)]);
            let stepped = link.filter(|(_, link)| !link.steps.is_empty());
            self.pin_here(stepped.map_or(Rest::Nothing, |(index, _)| Rest::Link(index)));
        }
    }

    /// Links the scrolling, keeping the offset on the screen, or frees it.
    pub fn toggle_sync(&mut self) {
        self.sync.linked = !self.sync.linked;
        if !self.sync.linked {
            self.message = Some("scrolling is free".to_owned());
            return;
        }
        if self.followed() == self.panes[1 - self.focus].top {
            self.message = Some("scrolling is linked".to_owned());
        } else {
            self.pin_here(Rest::Nothing);
            let key = self.key(Action::Level).to_owned();
            self.message = Some(format!("scrolling is linked; the offset is kept ({key} levels the two)"));
        }
    }

    /// Keeps what is on the screen as an anchor of the reader's own; the same again, from whatever row of the two
    /// passages, takes it back. A passage may be tied to several.
    pub fn bind(&mut self) {
        let tops = self.tops();
        let here = [self.current(0), self.current(1)];
        if let Some(at) = self.anchor_here() {
            self.remove_anchor(at);
            return;
        }
        let others = |side: usize| {
            let other = |places: [Anchor; 2]| self.passage_at(1 - side, places[1 - side]);
            let mut others: Vec<usize> = self.anchors_at(side, here[side]).map(other).collect();
            others.sort_unstable();
            let [own, other] = [["A", "B"][side], ["A", "B"][1 - side]];
            let place = self.reference(side, here[side]);
            let told = || {
                format!("; {own} {place} stays tied to {other} {} too", self.references(1 - side, &others))
            };
            (!others.is_empty()).then(told)
        };
        let others = others(0).or_else(|| others(1)).unwrap_or_default();
        self.sync.anchors.push(tops);
        let linked = if self.sync.linked { "" } else { "; scrolling is linked" };
        self.sync.linked = true;
        self.pin_here(Rest::Anchor);
        let (key, tied) = (self.key(Action::Bind).to_owned(), self.tied(tops));
        let kept = if self.surroundings.is_kept { "kept as your anchor" } else { "your anchor" };
        self.message = Some(format!(
            "{tied} belong together: {kept}{}{linked}; {key} takes it back{others}",
            self.how_long()
        ));
    }

    /// Drops an anchor of the reader's own, by its index; nothing moves.
    pub fn remove_anchor(&mut self, at: usize) {
        if at >= self.sync.anchors.len() {
            return;
        }
        let places = self.sync.anchors.remove(at);
        self.link = self.link_on_screen().or(self.link);
        self.pin_here(self.rest_of_link());
        self.message = Some(format!("{} are no anchor any more{}", self.tied(places), self.how_long()));
    }

    /// The passages at two places of the screen: `A ¶ 4 and B ¶ 7`.
    fn tied(&self, places: [Anchor; 2]) -> String {
        let [left, right] = [0, 1].map(|side| self.reference(side, self.passage_at(side, places[side])));
        format!("A {left} and B {right}")
    }
}

fn is_heading(passage: &Passage) -> bool {
    matches!(passage.kind, Kind::Heading | Kind::Break)
}
