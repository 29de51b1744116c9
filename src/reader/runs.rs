//! Runs of beads: passages that follow each other in both texts, also where the two stand in other places than what is
//! around them.

use super::model::Model;
use super::sync::{Knot, Rest, knot_of};
use crate::links::{Link, LinkKind};

/// So many beads that follow each other on both sides are a run: the other text goes along with it also where it stands
/// in another place than what is around it.
const RUN_BEADS: usize = 3;
/// Passages without a bead that a run passes over.
const RUN_GAP_PASSAGES: usize = 2;

impl Model {
    /// The bead of a passage of a side, with its index: what an alignment ties it to, sure enough, not rejected and of
    /// no passage that the reader tied to another.
    pub(super) fn bead_at(&self, side: usize, passage: usize) -> Option<(usize, &Link)> {
        let is_bead = |link: &Link| {
            link.kind == LinkKind::Parallel
                && link.stands()
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
    pub(super) fn next_of_run(&self) -> Option<Knot> {
        let pin = self.sync.pin?;
        let Rest::Link(index) = pin.rest else { return None };
        let pinned = self.pair.links.get(index)?;
        let (side, here) = (self.focus, self.current(self.focus));
        if let Some((index, bead)) = self.bead_at(side, here) {
            let is_next = are_neighbours(pinned, bead) || are_neighbours(bead, pinned);
            return knot_of(index, bead, self.editions()).filter(|_| is_next);
        }
        let forward = pinned.passages[side].last().is_some_and(|last| *last < here);
        let is_between = |next: &Link| {
            let passages = &next.passages[side];
            if forward {
                passages.first().is_some_and(|first| *first > here)
            } else {
                passages.last().is_some_and(|last| *last < here)
            }
        };
        self.neighbour(pinned, forward).filter(|next| is_between(next)).map(|_| pin)
    }

    /// Whether enough beads follow each other around one.
    pub(super) fn is_in_run(&self, bead: &Link) -> bool {
        let beads = |forward: bool| {
            std::iter::successors(Some(bead), |bead| self.neighbour(bead, forward)).take(RUN_BEADS).count()
        };
        beads(true) + beads(false) > RUN_BEADS
    }

    /// The next bead of the focused text after one, or the one before it, where it is that in the other text too.
    fn neighbour(&self, bead: &Link, forward: bool) -> Option<&Link> {
        let side = self.focus;
        let edge = if forward { bead.passages[side].last()? } else { bead.passages[side].first()? };
        let (_, next) = (1..=1 + RUN_GAP_PASSAGES).find_map(|by| {
            let at = if forward { edge + by } else { edge.checked_sub(by)? };
            self.bead_at(side, at)
        })?;
        let follows = if forward { are_neighbours(bead, next) } else { are_neighbours(next, bead) };
        follows.then_some(next)
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
