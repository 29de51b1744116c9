//! Linked scrolling: where the other text should stand when this one stands here.
//!
//! A chain of knots, monotone on both sides, joins places that belong together. Within a knot's passages
//! both texts move row by row (ANCHORED). Between knots they keep step with the knot that they come from (EVEN, a
//! guess), and what one text has more than the other is passed over where the next knot is reached: never in the
//! middle of nothing. A jump, which comes from nowhere, takes the nearer of the two knots.

use super::increasing::heaviest_increasing;
use crate::document::{Anchor, Edition};
use crate::layout::Setting;
use crate::layout::flow::Flow;
use crate::links::{Link, LinkKind};

/// What the scrolling of the other text rests on; always shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncState {
    /// On a link, or on an anchor of the reader's.
    Anchored,
    /// In step with the nearer knot: a guess.
    Even,
    /// Not linked.
    Free,
}

impl SyncState {
    /// The word in the status line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Anchored => "ANCHORED",
            Self::Even => "EVEN (a guess)",
            Self::Free => "FREE",
        }
    }
}

/// What it rests on that two places belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// A link, by its index.
    Link(usize),
    /// An anchor of the reader's own.
    Anchor,
    /// Rows that begin beside each other where one text has no partner.
    LevelRows,
    /// Nothing: where the texts were put, or their ends.
    Nothing,
}

/// A pair of places that belong together, as bytes into the two editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Knot {
    /// Where the run begins on each side.
    pub start: [usize; 2],
    /// Where it ends on each side.
    pub end: [usize; 2],
    /// What says so.
    pub rest: Rest,
}

impl Knot {
    /// Whether another begins within this one on either side.
    #[must_use]
    pub fn shares_a_place(&self, other: Self) -> bool {
        [0, 1].iter().any(|&side| (self.start[side]..self.end[side]).contains(&other.start[side]))
    }
}

/// The knots of a pair of texts, in order on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    knots: Vec<Knot>,
    /// Whether the texts are one work: then what comes after the passages of a link is none of it.
    holds: bool,
}

/// One side of the pair as the chain needs it.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The text.
    pub edition: &'a Edition,
    /// Its rows.
    pub flow: &'a Flow,
    /// What they depend on.
    pub setting: Setting,
}

impl Side<'_> {
    /// The first place of the row in which a byte of the text stands.
    fn row_of(self, byte: usize) -> Anchor {
        self.flow.row_start(self.edition, self.edition.anchor_at(byte), self.setting)
    }
}

impl Chain {
    /// The heaviest chain of `candidates` that never goes backward on either side and that passes through
    /// `pin`, where one is given. Weighted longest increasing subsequence, O(n log n).
    #[must_use]
    pub fn through(pin: Option<Knot>, candidates: Vec<(Knot, f32)>) -> Self {
        let mut fitting: Vec<(Knot, f32)> =
            candidates.into_iter().filter(|(knot, _)| pin.is_none_or(|pin| in_order(pin, *knot))).collect();
        fitting.sort_by_key(|(knot, _)| (knot.start[0], std::cmp::Reverse(knot.start[1])));
        let rights: Vec<(usize, f32)> =
            fitting.iter().map(|(knot, weight)| (knot.start[1], *weight)).collect();
        let heaviest = heaviest_increasing(&rights).into_iter();
        let mut knots: Vec<Knot> = heaviest.filter_map(|at| fitting.get(at)).map(|(knot, _)| *knot).collect();
        knots.extend(pin);
        knots.sort_by_key(|knot| knot.start);
        Self { knots, holds: false }
    }

    /// The same for two texts that are one work in two forms: the shorter side of a link ends in it, whatever comes next.
    #[must_use]
    pub fn of_one_work(self, holds: bool) -> Self {
        Self { holds, ..self }
    }

    /// The chain with the steps of the links that it rests on, where they keep its order.
    #[must_use]
    pub fn with_steps(self, links: &[Link], editions: [&Edition; 2]) -> Self {
        let mut knots = Vec::with_capacity(self.knots.len());
        let mut following = self.knots.iter();
        while let Some(knot) = following.next() {
            knots.push(*knot);
            let Rest::Link(index) = knot.rest else { continue };
            let next = following.as_slice().first();
            // What one side lacks of the beginning: both begin where the run begins on that one.
            let is_between = |step: &Knot| {
                step.start != knot.start
                    && [0, 1].iter().all(|&side| {
                        knot.start[side] <= step.start[side]
                            && next.is_none_or(|next| step.start[side] < next.start[side])
                    })
            };
            let steps = links.get(index).map_or(&[][..], |link| &link.steps);
            let knot_of = |places: &[Anchor; 2]| {
                let start = [0, 1].map(|side| editions[side].offset(places[side]));
                Knot { start, ..*knot }
            };
            knots.extend(steps.iter().map(knot_of).filter(is_between));
        }
        Self { knots, ..self }
    }

    /// Whether a knot is one of the chain's.
    #[must_use]
    pub fn goes_through(&self, knot: Knot) -> bool {
        let at = self.knots.partition_point(|other| other.start < knot.start);
        self.knots.get(at).is_some_and(|other| *other == knot)
    }

    /// The passages with which the knots begin, left and right.
    #[must_use]
    pub fn beginnings(&self, editions: [&Edition; 2]) -> Vec<[usize; 2]> {
        let passage = |knot: &Knot, side: usize| editions[side].anchor_at(knot.start[side]).passage;
        self.knots.iter().map(|knot| [passage(knot, 0), passage(knot, 1)]).collect()
    }

    /// What it rests on that the two sides stand at `tops`, of which `leader` leads. No row is counted for it: it is
    /// asked for each frame.
    #[must_use]
    pub fn rest(&self, sides: [Side<'_>; 2], leader: usize, tops: [Anchor; 2]) -> Rest {
        let here = sides[leader];
        let offset = offset_of_row(here.edition, tops[leader]);
        let after = self.knots.partition_point(|knot| knot.start[leader] <= offset);
        // The gap after a run is followed by words that the run does not tie.
        let is_within = |knot: &Knot| {
            let begun = self.knots.get(..after).unwrap_or_default();
            let is_of_link = |other: &&Knot| other.rest == knot.rest && matches!(knot.rest, Rest::Link(_));
            let head = begun.iter().rev().take_while(is_of_link).last().unwrap_or(knot);
            [0, 1].iter().all(|&side| {
                let edition = sides[side].edition;
                head.start[side] <= offset_of_row(edition, tops[side])
                    && edition.offset(tops[side]) < knot.end[side]
            })
        };
        match after.checked_sub(1).and_then(|i| self.knots.get(i)) {
            Some(knot) if is_within(knot) => knot.rest,
            // Level rows stand beside each other also where one side has no partner.
            Some(knot) if here.flow.levels().is_some() && knot.rest != Rest::Nothing => Rest::LevelRows,
            Some(_) | None => Rest::Nothing,
        }
    }

    /// Where the other side should stand when `leader` stands at `at`.
    ///
    /// `sides` are left and right; `leader` is 0 or 1.
    #[must_use]
    pub fn follow(&self, sides: [Side<'_>; 2], leader: usize, at: Anchor) -> Anchor {
        let other = 1 - leader;
        let (here, there) = (sides[leader], sides[other]);
        let offset = offset_of_row(here.edition, at);
        let after = self.knots.partition_point(|knot| knot.start[leader] <= offset);
        let end = Knot { start: end_of(sides), end: end_of(sides), rest: Rest::Nothing };
        let next = self.knots.get(after).copied().unwrap_or(end);
        let begin = |knot: Knot| there.row_of(knot.start[other]);
        let limit = begin(next);
        let Some(knot) = after.checked_sub(1).and_then(|i| self.knots.get(i)).copied() else {
            let stretch = Stretch { from: [0, 0], to: [next.start[leader], next.start[other]] };
            return stretch.follow([here, there], at);
        };
        let run_start = here.edition.anchor_at(knot.start[leader]);
        let target_start = begin(knot);
        // What comes after the run belongs to the next one, or of one work to none: the shorter side ends in it.
        let is_followed = next.start[other] == knot.end[other];
        let ends_in_it = is_followed || self.holds && matches!(knot.rest, Rest::Link(_));
        let limit = if ends_in_it && here.flow.levels().is_none() {
            limit.min(there.row_of(knot.end[other].saturating_sub(1)))
        } else {
            limit
        };
        let level = |to: Anchor| {
            let rows = here.flow.distance(here.edition, [run_start, to], usize::MAX / 4, here.setting);
            let moved =
                there.flow.walk(there.edition, target_start, rows.unwrap_or(0) as isize, there.setting);
            moved.min(limit.max(target_start))
        };
        if offset < knot.end[leader] || here.flow.levels().is_some() {
            return level(at);
        }
        let run_end = there.edition.offset(level(here.edition.anchor_at(knot.end[leader])));
        let stretch =
            Stretch { from: [knot.end[leader], run_end], to: [next.start[leader], next.start[other]] };
        stretch.follow([here, there], at)
    }

    /// Where the other side should stand after `leader` has moved by some rows, while it stood at `other`; `None`
    /// where the way is too long to count its rows, and it should [`follow`](Self::follow).
    ///
    /// In step with the last knot on the way, else with where both stood. It never passes the knots around it:
    /// there it waits until the leading text has come to them too.
    #[must_use]
    pub fn keep_step(
        &self,
        sides: [Side<'_>; 2],
        leader: usize,
        way: [Anchor; 2],
        other: Anchor,
    ) -> Option<Anchor> {
        let (here, there) = (sides[leader], sides[1 - leader]);
        let [from, to] = way.map(|at| offset_of_row(here.edition, at));
        let after = self.knots.partition_point(|knot| knot.start[leader] <= to);
        let next = self.knots.get(after);
        let last = after.checked_sub(1).and_then(|at| self.knots.get(at));
        if here.flow.levels().is_some() || last.is_some_and(|knot| to < knot.end[leader]) {
            return Some(self.follow(sides, leader, way[1]));
        }
        let begin = |knot: &Knot| there.row_of(knot.start[1 - leader]);
        let passed = if from <= to {
            last.filter(|knot| from < knot.start[leader])
        } else {
            next.filter(|knot| knot.start[leader] <= from)
        };
        let [here_from, there_from] =
            passed.map_or([way[0], other], |knot| [here.edition.anchor_at(knot.start[leader]), begin(knot)]);
        let rows = |ends: [Anchor; 2]| here.flow.distance(here.edition, ends, STEP_ROWS, here.setting);
        let moved = match rows([here_from, way[1]]) {
            Some(down) => down as isize,
            None => -(rows([way[1], here_from])? as isize),
        };
        let stepped = there.flow.walk(there.edition, there_from, moved, there.setting);
        let stepped = next.map_or(stepped, |next| stepped.min(begin(next)));
        let run_end = |knot: &Knot| {
            let run = [knot.start[leader], knot.end[leader]].map(|byte| here.edition.anchor_at(byte));
            let rows = rows(run).unwrap_or(0) as isize;
            let end = there.flow.walk(there.edition, begin(knot), rows, there.setting);
            next.map_or(end, |next| end.min(begin(next)))
        };
        Some(last.map_or(stepped, |last| stepped.max(run_end(last))))
    }

    /// Whether the other side waits at a knot that `leader`, at `at`, has not come to yet.
    #[must_use]
    pub fn waits(&self, sides: [Side<'_>; 2], leader: usize, at: Anchor, other: Anchor) -> bool {
        let offsets =
            [(leader, at), (1 - leader, other)].map(|(side, at)| offset_of_row(sides[side].edition, at));
        let after = self.knots.partition_point(|knot| knot.start[leader] <= offsets[0]);
        let here = after.checked_sub(1).and_then(|at| self.knots.get(at)).map(|knot| knot.rest);
        // Between the steps of a link both are on their way.
        let is_step = |knot: &Knot| matches!(knot.rest, Rest::Link(_)) && Some(knot.rest) == here;
        let next = self.knots.iter().skip(after).find(|knot| !is_step(knot));
        next.is_some_and(|next| next.start[1 - leader] <= offsets[1])
    }
}

/// How far into an edition a row stands; the gap after a passage belongs to it, not to the next one.
#[must_use]
pub fn offset_of_row(edition: &Edition, at: Anchor) -> usize {
    edition.offset(at) - usize::from(in_gap(edition, at))
}

/// Whether a row is the empty one after a passage.
#[must_use]
pub fn in_gap(edition: &Edition, at: Anchor) -> bool {
    at.byte > 0 && edition.get(at.passage).is_some_and(|passage| at.byte >= passage.text.len())
}

/// Whether two knots can stand in one chain.
#[must_use]
pub fn in_order(a: Knot, b: Knot) -> bool {
    (a.start[0] < b.start[0] && a.start[1] < b.start[1])
        || (b.start[0] < a.start[0] && b.start[1] < a.start[1])
}

/// The last rows of both texts belong together.
fn end_of(sides: [Side<'_>; 2]) -> [usize; 2] {
    sides.map(|side| side.edition.offset(side.flow.last_row(side.edition, side.setting)))
}

/// The rows of a longer way are not counted for a key.
const STEP_ROWS: usize = 2000;

/// The texts keep step over so many bytes at most; a longer stretch without links is cut into even parts.
/// It bounds the rows that are counted for a key.
const STEP_BYTES: usize = 16 * 1024;

/// What lies between two knots, in bytes of the leading text and of the other.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: [usize; 2],
    to: [usize; 2],
}

impl Stretch {
    /// The row of the other text for the leading text at `at`; `sides` are the leading one and the other.
    ///
    /// Row by row from the nearer end, never beyond the middle of the other text's stretch. So both texts
    /// move alike around a knot, as far as they can, instead of by unlike numbers of rows everywhere.
    fn follow(self, sides: [Side<'_>; 2], at: Anchor) -> Anchor {
        let [here, there] = sides;
        let Self { from, to } = self.part(here.edition.offset(at));
        let middle = there.row_of(usize::midpoint(from[1], to[1].max(from[1])));
        let rows = |ends: [Anchor; 2]| {
            here.flow.distance(here.edition, ends, STEP_BYTES, here.setting).unwrap_or(0) as isize
        };
        let walk = |byte: usize, rows: isize| {
            there.flow.walk(there.edition, there.row_of(byte), rows, there.setting)
        };
        if here.edition.offset(at) < usize::midpoint(from[0], to[0]) {
            walk(from[1], rows([here.edition.anchor_at(from[0]), at])).min(middle)
        } else {
            walk(to[1], -rows([at, here.edition.anchor_at(to[0])])).max(middle)
        }
    }

    /// The part of it in which the leading text's byte `offset` lies.
    fn part(self, offset: usize) -> Self {
        let length = |side: usize| self.to[side].saturating_sub(self.from[side]);
        let parts = length(0).div_ceil(STEP_BYTES).max(1);
        let gone = offset.saturating_sub(self.from[0]).min(length(0).saturating_sub(1));
        let part = gone / length(0).div_ceil(parts).max(1);
        // 128 bits: the product of a text's length and the parts must not wrap.
        let cut = |side: usize, part: usize| {
            let bytes = if side == 0 {
                length(0).div_ceil(parts) * part
            } else {
                (length(1) as u128 * part as u128 / parts as u128) as usize
            };
            self.from[side] + bytes.min(length(side))
        };
        let ends = |part: usize| [0, 1].map(|side| cut(side, part));
        Self { from: ends(part), to: ends(part + 1) }
    }
}

/// The knot of a link, by its index: from the first passage on each side to the end of the run of neighbours
/// after it. One that was rejected, or that is too unsure, only keeps the two places.
#[must_use]
pub fn knot_of(index: usize, link: &Link, editions: [&Edition; 2]) -> Option<Knot> {
    let rest = if link.carries() { Rest::Link(index) } else { Rest::Nothing };
    let left = run(link.passages.first()?, editions[0])?;
    let right = run(link.passages.get(1)?, editions[1])?;
    Some(Knot { start: [left.0, right.0], end: [left.1, right.1], rest })
}

/// The bytes of the first passages of a side that stand one after the other.
fn run(passages: &[usize], edition: &Edition) -> Option<(usize, usize)> {
    let first = *passages.first()?;
    let neighbours = passages.iter().enumerate().take_while(|(i, passage)| **passage == first + i).count();
    let end = Anchor::start_of(first + neighbours);
    Some((edition.offset(Anchor::start_of(first)), edition.offset(end)))
}

/// The knot of a pair of places: it reaches to the end of the passage on each side.
#[must_use]
pub fn knot_at(places: [Anchor; 2], editions: [&Edition; 2], rest: Rest) -> Knot {
    let start = [editions[0].offset(places[0]), editions[1].offset(places[1])];
    let end = [0, 1].map(|side| editions[side].offset(Anchor::start_of(places[side].passage + 1)));
    Knot { start, end, rest }
}

/// The knot of a pair of rows, of which one may be the gap after a passage.
#[must_use]
pub fn knot_of_rows(rows: [Anchor; 2], editions: [&Edition; 2], rest: Rest) -> Knot {
    let start = [0, 1].map(|side| offset_of_row(editions[side], rows[side]));
    Knot { start, ..knot_at(rows, editions, rest) }
}

/// The links that may carry the scrolling: those of the topic, or all parallel ones, unless rejected.
#[must_use]
pub fn carriers(links: &[Link], topic: Option<usize>, editions: [&Edition; 2]) -> Vec<(Knot, f32)> {
    let counts = |(_, link): &(usize, &Link)| {
        link.stands() && (link.kind == LinkKind::Parallel || (topic.is_some() && link.topic == topic))
    };
    let weighed =
        |(index, link): (usize, &Link)| Some((knot_of(index, link, editions)?, 0.1 + link.confidence));
    links.iter().enumerate().filter(counts).filter_map(weighed).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Kind, Passage};

    fn edition(passages: usize, words: usize) -> Edition {
        let passage = |n: usize| {
            let words: Vec<String> = (0..words + n % 5).map(|w| format!("w{n}x{w}")).collect();
            Passage::new(Kind::Paragraph, words.join(" "))
        };
        Edition::new((0..passages).map(passage).collect(), Vec::new(), 0)
    }

    fn knot(left: usize, right: usize, editions: [&Edition; 2]) -> Knot {
        knot_at([Anchor::start_of(left), Anchor::start_of(right)], editions, Rest::Anchor)
    }

    const SETTING: Setting = Setting { columns: 20, ascii: false, apparatus: false };

    fn sides<'a>(editions: [&'a Edition; 2], flows: &'a [Flow; 2]) -> [Side<'a>; 2] {
        [0, 1].map(|side: usize| Side { edition: editions[side], flow: &flows[side], setting: SETTING })
    }

    #[test]
    fn between_knots_the_texts_keep_step_but_for_one_place() {
        let (left, right) = (edition(12, 9), edition(40, 9));
        let flows = [Flow::default(), Flow::default()];
        let sides = sides([&left, &right], &flows);
        let editions = [&left, &right];
        let knots = vec![(knot(1, 1, editions), 1.0), (knot(9, 35, editions), 1.0)];
        let chain = Chain::through(None, knots);
        let down = |side: usize, at: Anchor| sides[side].flow.walk(sides[side].edition, at, 1, SETTING);
        let mut at = Anchor::start_of(1);
        let mut there = Anchor::start_of(1);
        let mut leaps = 0;
        while at < Anchor::start_of(9) {
            at = down(0, at);
            let next = chain.follow(sides, 0, at);
            leaps += usize::from(next != down(1, there));
            there = next;
        }
        assert_eq!((there, leaps), (Anchor::start_of(35), 1));
    }

    #[test]
    fn stepping_leaps_at_knots_alone_and_back_again_ends_where_it_began() {
        let (left, right) = (edition(12, 9), edition(40, 9));
        let flows = [Flow::default(), Flow::default()];
        let sides = sides([&left, &right], &flows);
        let editions = [&left, &right];
        let chain = Chain::through(None, vec![(knot(1, 1, editions), 1.0), (knot(9, 35, editions), 1.0)]);
        let walk = |side: usize, at: Anchor, rows: isize| {
            sides[side].flow.walk(sides[side].edition, at, rows, SETTING)
        };
        let step = |(at, there): (Anchor, Anchor), rows: isize| {
            let to = walk(0, at, rows);
            (to, chain.keep_step(sides, 0, [at, to], there).unwrap())
        };
        let begin = (Anchor::start_of(1), Anchor::start_of(1));
        let mut down = vec![begin];
        while down.last().unwrap().0 < Anchor::start_of(9) {
            let before = *down.last().unwrap();
            let after = step(before, 1);
            let leaps = after.1 != walk(1, before.1, 1);
            assert_eq!(leaps, after.0 == Anchor::start_of(9), "{before:?} {after:?}");
            down.push(after);
        }
        let knot = down.pop().unwrap();
        assert_eq!(knot, (Anchor::start_of(9), Anchor::start_of(35)));
        // Back into what lies before a knot the texts go as they stand; so a link can be read with what is around it.
        assert_eq!(step(knot, -1), (walk(0, knot.0, -1), walk(1, knot.1, -1)));
        let mut back = *down.last().unwrap();
        for expected in down.iter().rev().skip(1) {
            back = step(back, -1);
            assert_eq!(back, *expected);
        }
        // In one stride over a knot, in step with it.
        let over = step(
            begin,
            sides[0].flow.distance(&left, [begin.0, Anchor::start_of(10)], 999, SETTING).unwrap() as isize,
        );
        let length = sides[0].flow.distance(&left, [Anchor::start_of(9), Anchor::start_of(10)], 999, SETTING);
        assert_eq!(over.1, walk(1, Anchor::start_of(35), length.unwrap() as isize));
        // The shorter text waits for the other at the next knot.
        let (short, long) = (walk(1, Anchor::start_of(35), -1), walk(0, Anchor::start_of(2), 1));
        let waiting = chain.keep_step(sides, 0, [Anchor::start_of(2), long], short);
        assert_eq!(waiting, Some(Anchor::start_of(35)));
        assert!(chain.waits(sides, 0, long, Anchor::start_of(35)) && !chain.waits(sides, 0, long, short));
    }

    #[test]
    fn a_crossing_link_is_left_out_of_the_chain_but_the_pin_never() {
        let (left, right) = (edition(10, 9), edition(10, 9));
        let editions = [&left, &right];
        let straight =
            vec![(knot(2, 2, editions), 1.0), (knot(5, 5, editions), 1.0), (knot(3, 8, editions), 0.5)];
        let chain = Chain::through(None, straight.clone());
        assert_eq!(chain.knots, vec![knot(2, 2, editions), knot(5, 5, editions)]);
        let chain = Chain::through(Some(knot(3, 8, editions)), straight);
        assert_eq!(chain.knots, vec![knot(2, 2, editions), knot(3, 8, editions)]);
    }

    #[test]
    fn both_texts_reach_their_ends_together() {
        let (left, right) = (edition(40, 9), edition(7, 20));
        let flows = [Flow::default(), Flow::default()];
        let sides = sides([&left, &right], &flows);
        let chain = Chain::through(None, Vec::new());
        for leader in [0, 1] {
            let (last, other) = (sides[leader], sides[1 - leader]);
            let end = last.flow.last_row(last.edition, SETTING);
            assert_eq!(chain.follow(sides, leader, end), other.flow.last_row(other.edition, SETTING));
            assert_eq!(chain.follow(sides, leader, Anchor::default()), Anchor::default());
        }
    }

    proptest! {
        #[test]
        fn following_never_goes_against_the_hand(
            pairs in prop::collection::vec((0usize..30, 0usize..50, 0.1f32..1.0), 0..12),
            pinned in prop::option::of((0usize..30, 0usize..50)),
            leader in 0usize..2,
        ) {
            let (left, right) = (edition(30, 12), edition(50, 8));
            let editions = [&left, &right];
            let flows = [Flow::default(), Flow::default()];
            let sides = sides([&left, &right], &flows);
            let candidates = pairs.iter().map(|&(l, r, w)| (knot(l, r, editions), w)).collect();
            let chain = Chain::through(pinned.map(|(l, r)| knot(l, r, editions)), candidates);
            let here = sides[leader];
            let mut at = Anchor::default();
            let mut before = chain.follow(sides, leader, at);
            for _ in 0..600 {
                at = here.flow.walk(here.edition, at, 1, SETTING);
                let target = chain.follow(sides, leader, at);
                prop_assert!(target >= before, "{:?} after {:?} at {:?}", target, before, at);
                before = target;
            }
        }

        #[test]
        fn along_the_steps_of_links_nothing_goes_against_the_hand(
            links in prop::collection::vec((0usize..30, 0usize..50, 0.1f32..1.0), 1..6),
            steps in prop::collection::vec((0usize..30, 0usize..50, 0usize..60, 0usize..60), 0..40),
            leader in 0usize..2,
        ) {
            let (left, right) = (edition(30, 12), edition(50, 8));
            let editions = [&left, &right];
            let flows = [Flow::default(), Flow::default()];
            let sides = sides([&left, &right], &flows);
            let place = |side: usize, passage: usize, byte: usize| Anchor {
                passage,
                byte: byte.min(editions[side].get(passage).unwrap().text.len() - 1),
            };
            let mut steps: Vec<[Anchor; 2]> =
                steps.iter().map(|&(l, r, a, b)| [place(0, l, a), place(1, r, b)]).collect();
            steps.sort_unstable();
            let (mut passages, mut before) = (Vec::new(), [Anchor::default(); 2]);
            steps.retain(|step| {
                let rises = [0, 1].iter().all(|&side| step[side] > before[side]);
                before = if rises { *step } else { before };
                rises
            });
            for &(l, r, weight) in &links {
                passages.push((Knot { rest: Rest::Link(0), ..knot(l, r, editions) }, weight));
            }
            let link = Link { steps, ..crate::reader::fixture::pair().links.remove(0) };
            let chain = Chain::through(None, passages).with_steps(&[link], editions);
            let rises = |two: &[Knot]| two[0].start[0] <= two[1].start[0] && two[0].start[1] <= two[1].start[1];
            prop_assert!(chain.knots.windows(2).all(|two| rises(two) && two[0].start != two[1].start));
            let here = sides[leader];
            let (mut at, mut before) = (Anchor::default(), Anchor::default());
            for _ in 0..600 {
                at = here.flow.walk(here.edition, at, 1, SETTING);
                let target = chain.follow(sides, leader, at);
                prop_assert!(target >= before, "{:?} after {:?} at {:?}", target, before, at);
                before = target;
            }
        }

        #[test]
        fn stepping_never_goes_against_the_hand(
            pairs in prop::collection::vec((0usize..30, 0usize..50, 0.1f32..1.0), 0..12),
            leader in 0usize..2,
            strides in prop::collection::vec(1isize..40, 1..60),
        ) {
            let (left, right) = (edition(30, 12), edition(50, 8));
            let editions = [&left, &right];
            let flows = [Flow::default(), Flow::default()];
            let sides = sides([&left, &right], &flows);
            let chain = Chain::through(None, pairs.iter().map(|&(l, r, w)| (knot(l, r, editions), w)).collect());
            let here = sides[leader];
            let mut at = Anchor::default();
            let mut other = chain.follow(sides, leader, at);
            for rows in strides.iter().copied().chain(strides.iter().map(|rows| -rows)) {
                let to = here.flow.walk(here.edition, at, rows, SETTING);
                let stepped = chain.keep_step(sides, leader, [at, to], other).unwrap();
                if rows > 0 && to > at {
                    prop_assert!(stepped >= other, "down {:?} to {:?}: {:?} after {:?}", at, to, stepped, other);
                } else if to < at {
                    prop_assert!(stepped <= other, "up {:?} to {:?}: {:?} after {:?}", at, to, stepped, other);
                }
                (at, other) = (to, stepped);
            }
        }

        #[test]
        fn at_a_knot_the_other_text_stands_exactly_there(left_at in 0usize..30, right_at in 0usize..50) {
            let (left, right) = (edition(30, 12), edition(50, 8));
            let flows = [Flow::default(), Flow::default()];
            let sides = sides([&left, &right], &flows);
            let chain = Chain::through(Some(knot(left_at, right_at, [&left, &right])), Vec::new());
            let at = Anchor::start_of(left_at);
            let target = chain.follow(sides, 0, at);
            let state = chain.rest(sides, 0, [at, target]);
            prop_assert_eq!(target, Anchor::start_of(right_at));
            prop_assert_eq!(state, Rest::Anchor);
        }
    }
}
