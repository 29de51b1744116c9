//! The two panes linked: what their scrolling rests on, and where the other text belongs.

use super::model::Model;
use super::sync::{Chain, Knot, Rest, Side, SyncState, carriers, in_gap, in_order, knot_at, knot_of};
use crate::document::Anchor;
use crate::links::{Link, LinkKind, Status};

/// Rows in which a pair of rows is found of which neither is a gap.
const GAP_ROWS: usize = 8;
/// So many beads that follow each other on both sides are a run: the other text goes along with it also where it stands
/// in another place than what is around it.
const RUN_BEADS: usize = 3;
/// Passages without a bead that a run passes over.
const RUN_GAP_PASSAGES: usize = 2;

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
        let here = [self.current(0), self.current(1)];
        if self.is_bound() {
            return Rest::Anchor;
        }
        if let Some((index, link)) = self.link_between(here) {
            return if link.carries() { Rest::Link(index) } else { Rest::Nothing };
        }
        self.sync.chain.rest([self.side(0), self.side(1)], self.focus, self.tops())
    }

    /// Whether an anchor of the reader's own ties the two passages at the reader's line.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        let here = [self.current(0), self.current(1)];
        let passages = |places: &[Anchor; 2]| [0, 1].map(|side| self.passage_at(side, places[side]));
        self.sync.anchors.iter().any(|places| passages(places) == here)
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

    /// The bead of a passage of a side, with its index: what an alignment ties it to, sure enough, not rejected and of
    /// no passage that the reader tied to another.
    fn bead_at(&self, side: usize, passage: usize) -> Option<(usize, &Link)> {
        let is_bead = |link: &Link| {
            link.kind == LinkKind::Parallel
                && link.status != Status::Rejected
                && link.carries()
                && !link.passages[1 - side].is_empty()
                && !self.sync.anchors.iter().any(|places| {
                    [0, 1].iter().any(|&side| link.passages[side].contains(&places[side].passage))
                })
        };
        self.links_at(side, passage).find(|(_, link)| is_bead(link))
    }

    /// What the pin becomes where the reader goes on along the run of the bead that it stands for: the bead of the
    /// passage being read, or the pin itself while a passage has none.
    fn next_of_run(&self) -> Option<Knot> {
        let pin = self.sync.pin?;
        let Rest::Link(index) = pin.rest else { return None };
        let pinned = self.pair.links.get(index)?;
        let (side, here) = (self.focus, self.current(self.focus));
        if let Some((index, bead)) = self.bead_at(side, here) {
            let is_next = are_neighbours(pinned, bead) || are_neighbours(bead, pinned);
            return knot_of(index, bead, self.editions()).filter(|_| is_next);
        }
        let is_before = pinned.passages[side].last().is_some_and(|last| *last < here);
        let mut ahead = (1..=RUN_GAP_PASSAGES).filter_map(|by| {
            let passage = if is_before { here + by } else { here.checked_sub(by)? };
            self.bead_at(side, passage)
        });
        let goes_on = ahead.next().is_some_and(|(_, bead)| {
            if is_before { are_neighbours(pinned, bead) } else { are_neighbours(bead, pinned) }
        });
        goes_on.then_some(pin)
    }

    /// Whether enough beads follow each other around one.
    fn is_in_run(&self, bead: &Link) -> bool {
        let side = self.focus;
        let after = |bead: &&Link| {
            let last = *bead.passages[side].last()?;
            let near = (last + 1..=last + 1 + RUN_GAP_PASSAGES).find_map(|at| self.bead_at(side, at));
            near.map(|(_, next)| next).filter(|next| are_neighbours(bead, next))
        };
        let before = |bead: &&Link| {
            let first = *bead.passages[side].first()?;
            let near = (1..=1 + RUN_GAP_PASSAGES)
                .find_map(|by| first.checked_sub(by).and_then(|at| self.bead_at(side, at)));
            near.map(|(_, previous)| previous).filter(|previous| are_neighbours(previous, bead))
        };
        let down = std::iter::successors(Some(bead), after).take(RUN_BEADS).count();
        let up = std::iter::successors(Some(bead), before).take(RUN_BEADS).count();
        down + up > RUN_BEADS
    }

    /// Brings the other text to the passage that an alignment ties the one at the reader's line to, where following left
    /// it at another; with `in_line` alone where that is no place aside.
    pub fn bring_partner(&mut self, in_line: bool) {
        let (side, other) = (self.focus, 1 - self.focus);
        let here = self.current(side);
        let Some((index, bead)) = self.bead_at(side, here).filter(|_| self.sync.linked) else { return };
        let Some(&target) = bead.passages[other].first() else { return };
        if bead.passages[other].contains(&self.current(other)) {
            return;
        }
        let editions = self.editions();
        if in_line && !knot_of(index, bead, editions).is_some_and(|knot| self.sync.chain.goes_through(knot)) {
            return;
        }
        let mut places = [Anchor::start_of(here); 2];
        places[other] = Anchor::start_of(target);
        self.sync.pin = Some(knot_at(places, editions, Rest::Link(index)));
        self.rechain();
        self.panes[other].top = self.followed();
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
        (self.sync.is_aside, self.sync.aside) = (is_aside, aside);
        self.sync.chain = Chain::through(self.sync.pin, candidates);
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

/// Whether a bead is followed by another on both sides, but for a few passages.
fn are_neighbours(before: &Link, after: &Link) -> bool {
    before.passages.iter().zip(&after.passages).all(|(before, after)| {
        before.last().zip(after.first()).is_some_and(|(last, first)| {
            first.checked_sub(last + 1).is_some_and(|between| between <= RUN_GAP_PASSAGES)
        })
    })
}
