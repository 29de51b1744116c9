//! The two panes linked: what their scrolling rests on, and where the other text belongs.

use super::model::Model;
use super::sync::{Chain, Knot, Rest, Side, SyncState, carriers, in_gap, in_order, knot_at, knot_of};
use crate::document::Anchor;
use crate::library::pair::Standing;
use crate::links::{Link, LinkKind};

/// Rows in which a pair of rows is found of which neither is a gap.
const GAP_ROWS: usize = 8;

/// How the scrolling of the two texts is linked.
#[derive(Debug, Default)]
pub struct Sync {
    /// Whether the other text follows at all.
    pub linked: bool,
    /// The pair of places through which the chain must pass: the last jump, or an offset that was kept.
    pub pin: Option<Knot>,
    /// The reader's own anchors.
    pub anchors: Vec<[Anchor; 2]>,
    chain: Chain,
    /// Those of the anchors that go against beads of other passages: each holds while its passage is read, and the
    /// beads around it stay.
    aside: Vec<Knot>,
    /// Whether the pin goes against the alignment of the two texts, which then gives way no longer than it must.
    is_aside: bool,
}

impl Sync {
    /// Linked, by nothing yet.
    #[must_use]
    pub fn linked() -> Self {
        Self { linked: true, ..Self::default() }
    }
}

impl Model {
    /// How the scrolling is linked here.
    #[must_use]
    pub fn sync_state(&self) -> SyncState {
        match self.rests_on() {
            _ if !self.sync.linked => SyncState::Free,
            Rest::Nothing => SyncState::Even,
            Rest::Link(_) | Rest::Anchor | Rest::LevelRows => SyncState::Anchored,
        }
    }

    /// What the linked scrolling rests on here. However the reader came here: where the two passages are tied by
    /// an anchor or a link, that is what counts.
    #[must_use]
    pub fn rests_on(&self) -> Rest {
        if self.is_bound() {
            return Rest::Anchor;
        }
        if let Some((index, link)) = self.link_at_line() {
            return if link.carries() { Rest::Link(index) } else { Rest::Nothing };
        }
        self.sync.chain.rest([self.side(0), self.side(1)], self.focus, self.tops())
    }

    /// Whether an anchor of the reader's own ties the two passages at the reader's line.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.anchor_here().is_some()
    }

    /// Which of the anchors ties the two passages at the reader's line.
    pub(super) fn anchor_here(&self) -> Option<usize> {
        let here = [self.current(0), self.current(1)];
        let passages = |places: &[Anchor; 2]| [0, 1].map(|side| self.passage_at(side, places[side]));
        self.sync.anchors.iter().position(|places| passages(places) == here)
    }

    /// The side that stands at the next link already and waits there for the other one to come to it.
    #[must_use]
    pub fn waiting(&self) -> Option<usize> {
        let (focus, other) = (self.focus, 1 - self.focus);
        let tops = self.tops();
        let waits = self.sync.chain.waits([self.side(0), self.side(1)], focus, tops[focus], tops[other]);
        (self.sync.linked && waits).then_some(other)
    }

    /// What the link last gone to gives the scrolling to rest on, while both texts stand in its passages.
    #[must_use]
    pub fn rest_of_link(&self) -> Rest {
        let here = [self.current(0), self.current(1)];
        let holds =
            |link: &usize| self.pair.links.get(*link).is_some_and(|link| link.carries() && link.joins(here));
        self.link.filter(holds).map_or(Rest::Nothing, Rest::Link)
    }

    /// Where the other text should stand.
    #[must_use]
    pub fn followed(&self) -> Anchor {
        self.sync.chain.follow([self.side(0), self.side(1)], self.focus, self.panes[self.focus].top)
    }

    /// Where the other text should stand after the focused one has gone some rows, while it stood at `other`.
    pub fn in_step(&mut self, way: [Anchor; 2], other: Anchor) -> Anchor {
        self.hold_what_is_read();
        let stepped = self.sync.chain.keep_step([self.side(0), self.side(1)], self.focus, way, other);
        stepped.unwrap_or_else(|| self.followed())
    }

    /// Brings the other text to where it should stand, when the scrolling is linked.
    pub fn follow(&mut self) {
        if self.sync.linked {
            self.hold_what_is_read();
            self.panes[1 - self.focus].top = self.followed();
        }
    }

    /// Takes hold of what stands aside where its passage is come to, an anchor or a run of beads, and lets go of a pin
    /// whose passages are left behind, as [`Self::let_go`] does. Along a run the pin goes with the reader.
    fn hold_what_is_read(&mut self) {
        if self.sync.pin.is_some_and(|pin| self.is_within(pin)) {
            return;
        }
        let anchor = self.sync.aside.iter().find(|anchor| self.is_within(**anchor)).copied();
        if anchor.is_some() {
            self.sync.pin = anchor;
            self.rechain();
            return;
        }
        if self.sync.is_aside {
            if let Some(knot) = self.next_of_run() {
                self.sync.pin = Some(knot);
                return;
            }
            self.let_go();
        }
        let knot = self.bead_at(self.focus, self.current(self.focus)).and_then(|(index, bead)| {
            let knot = knot_of(index, bead, self.editions())?;
            (!self.sync.chain.goes_through(knot) && self.is_in_run(bead)).then_some(knot)
        });
        if knot.is_some() {
            self.sync.pin = knot;
            self.rechain();
        }
    }

    /// Brings the other text to the passage that an alignment ties the one at the reader's line to, where following left
    /// it at another; with `in_line` alone where that is no place aside.
    pub fn bring_partner(&mut self, in_line: bool) {
        let here = self.current(self.focus);
        let Some((index, bead)) = self.bead_at(self.focus, here) else { return };
        let is_in_line = |knot| self.sync.chain.goes_through(knot);
        if !in_line || knot_of(index, bead, self.editions()).is_some_and(is_in_line) {
            self.bring(index);
        }
    }

    /// Brings the other text to the passage of the best link under the topic that the one at the reader's line is of, where
    /// following left it at another: what crosses better links is not followed.
    pub fn bring_best_link(&mut self) {
        let here = self.current(self.focus);
        let is_it =
            |(_, link): &(usize, &Link)| link.topic.is_some() && link.topic == self.topic && link.carries();
        let best = self.links_at(self.focus, here).find(is_it).map(|(index, _)| index);
        if let Some(index) = best.filter(|_| !self.is_bound()) {
            self.bring(index);
        }
    }

    /// Brings the other text to the first passage of a link of the passage at the reader's line, where it is at none of them.
    fn bring(&mut self, index: usize) {
        let (side, other) = (self.focus, 1 - self.focus);
        let Some(link) = self.pair.links.get(index).filter(|_| self.sync.linked) else { return };
        let Some(&target) = link.passages[other].first() else { return };
        if link.passages[other].contains(&self.current(other)) {
            return;
        }
        let mut places = [Anchor::start_of(self.current(side)); 2];
        places[other] = Anchor::start_of(target);
        let whole = self.stepped_knot(index, link);
        self.sync.pin = Some(whole.unwrap_or_else(|| knot_at(places, self.editions(), Rest::Link(index))));
        self.rechain();
        self.panes[other].top = self.followed();
    }

    /// The knot of all of a link that is scrolled along its sentences; nothing of others, which passages begin.
    pub(super) fn stepped_knot(&self, index: usize, link: &Link) -> Option<Knot> {
        if link.steps.is_empty() { None } else { knot_of(index, link, self.editions()) }
    }

    /// Whether the passage at the reader's line of the focused text is one of those that a knot ties.
    fn is_within(&self, knot: Knot) -> bool {
        let (side, edition) = (self.focus, self.editions()[self.focus]);
        let last = knot.end[side].saturating_sub(1).max(knot.start[side]);
        let ends = [knot.start[side], last].map(|byte| edition.anchor_at(byte).passage);
        (ends[0]..=ends[1]).contains(&self.current(side))
    }

    /// Drops a pin that goes against the alignment: a passage that was moved, or an offset that was kept, is
    /// tied while it is read; what comes before and after it stands by its own bead.
    pub fn let_go(&mut self) {
        if self.sync.is_aside {
            self.sync.pin = None;
            self.rechain();
        }
    }

    /// Makes the chain anew: after a jump, another topic, other anchors, other texts.
    pub fn rechain(&mut self) {
        let editions = self.editions();
        let mut candidates = carriers(&self.pair.links, self.topic, editions);
        let bead = |knot: &Knot| match knot.rest {
            Rest::Link(link) => self.pair.links.get(link).filter(|link| link.kind == LinkKind::Parallel),
            Rest::Anchor | Rest::LevelRows | Rest::Nothing => None,
        };
        let breaks = |pin: Knot| candidates.iter().any(|(k, _)| !in_order(pin, *k) && bead(k).is_some());
        let is_aside = self.sync.pin.is_some_and(breaks);
        let in_place: Vec<Knot> = candidates
            .iter()
            .map(|(knot, _)| *knot)
            .filter(|k| bead(k).is_some_and(|link| !link.moved))
            .collect();
        // A bead of one of its own passages is what an anchor corrects.
        let crosses =
            |anchor: &Knot| in_place.iter().any(|k| !in_order(*anchor, *k) && !k.shares_a_place(*anchor));
        let own = self.sync.anchors.iter().map(|places| knot_at(*places, editions, Rest::Anchor));
        let (aside, in_line): (Vec<Knot>, Vec<Knot>) = own.partition(crosses);
        // The reader's own word counts more than any computed link.
        candidates.extend(in_line.into_iter().map(|knot| (knot, 10.0)));
        let is_one_work = self.pair.ground.standing != Standing::Works;
        let chain = Chain::through(self.sync.pin, candidates).of_one_work(is_one_work);
        // Level rows are beside each other as they stand.
        let chain = if self.are_rows_level() { chain } else { chain.with_steps(&self.pair.links, editions) };
        (self.sync.is_aside, self.sync.aside, self.sync.chain) = (is_aside, aside, chain);
    }

    /// Pins the chain to the places on the screen, with what that rests on.
    pub fn pin_here(&mut self, rest: Rest) {
        let editions = self.editions();
        let mut knot = knot_at(self.above_gaps(), editions, rest);
        knot.end = [0, 1].map(|side| editions[side].offset(Anchor::start_of(self.current(side) + 1)));
        self.sync.pin = Some(knot);
        self.rechain();
    }

    /// The tops, or as many rows above both that neither is the gap after a passage: a gap has no byte of its own by
    /// which a knot could hold it.
    fn above_gaps(&self) -> [Anchor; 2] {
        let sides = [self.side(0), self.side(1)];
        let up = |rows: usize| {
            [0, 1].map(|side| {
                let Side { edition, flow, setting } = sides[side];
                flow.walk(edition, self.panes[side].top, -(rows as isize), setting)
            })
        };
        let has_none = |rows: &[Anchor; 2]| !(0..2).any(|side| in_gap(sides[side].edition, rows[side]));
        (0..GAP_ROWS).map(up).find(has_none).unwrap_or_else(|| self.tops())
    }
}
