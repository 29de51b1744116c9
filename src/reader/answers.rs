//! What answers the passage at the reader's line: where it stands, and bringing the other text to it.

use super::action::Action;
use super::model::Model;
use super::sync::{Rest, knot_at, knot_of_rows};
use crate::document::Anchor;
use crate::links::Link;

/// What says that a passage of the other text answers this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// The reader, by an anchor on two rows.
    Anchor([Anchor; 2]),
    /// A link, by its index.
    Link(usize),
}

impl Model {
    /// The anchors of the reader's own whose row on a side is one of a passage.
    pub(super) fn anchors_at(&self, side: usize, passage: usize) -> impl Iterator<Item = [Anchor; 2]> + '_ {
        let anchors = self.sync.anchors.iter().copied();
        anchors.filter(move |places| self.passage_at(side, places[side]) == passage)
    }

    /// What answers the passage at the reader's line: the reader's own word first, then the links, the surest first,
    /// those of the topic and of the alignment before those of other topics.
    fn answers(&self) -> Vec<Answer> {
        let (side, other) = (self.focus, 1 - self.focus);
        let here = self.current(side);
        let answers = |link: &Link| link.stands() && !link.passages[other].is_empty();
        let is_aside = |link: &Link| link.topic.is_some() && link.topic != self.topic;
        let mut links: Vec<(usize, &Link)> =
            self.links_at(side, here).filter(|(_, link)| answers(link)).collect();
        links.sort_by(|(_, a), (_, b)| {
            is_aside(a).cmp(&is_aside(b)).then(b.confidence.total_cmp(&a.confidence))
        });
        let anchors = self.anchors_at(side, here).map(Answer::Anchor);
        anchors.chain(links.into_iter().map(|(index, _)| Answer::Link(index))).collect()
    }

    /// Whether the other text stands at an answer.
    fn stands_at(&self, answer: Answer) -> bool {
        let other = 1 - self.focus;
        let beside = self.current(other);
        match answer {
            Answer::Anchor(places) => self.passage_at(other, places[other]) == beside,
            Answer::Link(index) => {
                let link = self.pair.links.get(index);
                self.link == Some(index) && link.is_some_and(|link| link.passages[other].contains(&beside))
            }
        }
    }

    /// Brings the other text to what answers the passage at the reader's line; where it stands there already, to the
    /// next passage that does. The topic stays, also where the answer is one under another.
    pub fn level(&mut self) {
        let (side, other) = (self.focus, 1 - self.focus);
        let here = self.current(side);
        let answers = self.answers();
        let stands = answers.iter().position(|&answer| self.stands_at(answer));
        let next = stands.map_or(0, |at| (at + 1) % answers.len());
        let Some(&answer) = answers.get(next) else {
            self.sync.pin = None;
            self.rechain();
            self.panes[other].top = self.followed();
            let place = self.reference(side, here);
            self.message = Some(format!("nothing is linked to {place}: the other text stands at a guess"));
            return;
        };
        if stands == Some(next) {
            self.message = Some(format!("nothing else answers {}", self.reference(side, here)));
        }
        let tops = self.tops();
        self.jumps.leave(self.view());
        match answer {
            Answer::Anchor(places) => {
                let passage = self.passage_at(other, places[other]);
                self.link = None;
                self.bring_beside(places, &[passage], Rest::Anchor);
            }
            Answer::Link(index) => {
                let Some(link) = self.pair.links.get(index) else { return };
                let (topic, passages) = (link.topic, link.passages[other].clone());
                // Not by what is on the screen yet: the other text is still to be brought.
                let rest = if link.carries() { Rest::Link(index) } else { Rest::Nothing };
                let Some(&target) = passages.first() else { return };
                let whole = self.stepped_knot(index, link);
                let aside =
                    topic.filter(|_| topic != self.topic).and_then(|topic| self.pair.topics.get(topic));
                let said = aside.map(|topic| format!("linked under {}", topic.name));
                self.link = Some(index);
                // The walk through the topic goes on from a link of its own.
                self.stepped = if said.is_none() { self.link } else { self.stepped };
                self.message = said.or(self.message.take());
                if whole.is_some() {
                    // Where its sentences answer each other, which may be in the middle of a passage.
                    self.sync.pin = whole;
                    self.rechain();
                    self.panes[other].top = self.followed();
                } else {
                    // Passage beside passage.
                    let mut places = [Anchor::start_of(here); 2];
                    places[other] = Anchor::start_of(target);
                    self.bring_beside(places, &passages, rest);
                }
            }
        }
        if self.tops() == tops && self.message.is_none() {
            let beside = self.reference(other, self.current(other));
            self.message = Some(format!("{} {beside} stands beside it already", ["A", "B"][other]));
        }
    }

    /// Brings the other text so that two places stand beside each other, and the reader's line beside one of the
    /// passages of the answer; the text being read stays.
    fn bring_beside(&mut self, mut places: [Anchor; 2], answer: &[usize], rest: Rest) {
        let (side, other) = (self.focus, 1 - self.focus);
        let is_link = self.link.is_some();
        self.sync.pin = Some(knot_at(places, self.editions(), rest));
        self.rechain();
        let above = self.panes[side].top < places[side];
        let walked = self.side(other);
        self.panes[other].top = if above && is_link {
            walked.flow.walk(walked.edition, places[other], -1, walked.setting)
        } else {
            self.followed()
        };
        if !answer.contains(&self.current(other)) {
            // It ends before so many rows, or begins below: it begins beside the row that is read.
            places[side] = self.panes[side].top;
            self.panes[other].top = places[other];
            let rest = if is_link { self.rest_of_link() } else { rest };
            self.sync.pin = Some(knot_of_rows(places, self.editions(), rest));
            self.rechain();
        }
    }

    /// Where the answers of the passage at the reader's line stand, none of them beside it, and the key that goes
    /// there: what the reader tied it to, else what the topic's links do. `linked to B ¶ 153, 160: S goes there`.
    #[must_use]
    pub fn linked_elsewhere(&self) -> Option<String> {
        let (side, other) = (self.focus, 1 - self.focus);
        let here = self.current(side);
        let said = |what: &str, mut passages: Vec<usize>| {
            passages.sort_unstable();
            passages.dedup();
            let (label, key) = (["A", "B"][other], self.key(Action::Level));
            (!passages.is_empty())
                .then(|| format!("{what} to {label} {}: {key} goes there", self.references(other, &passages)))
        };
        let bound: Vec<usize> =
            self.anchors_at(side, here).map(|places| self.passage_at(other, places[other])).collect();
        if !bound.contains(&self.current(other))
            && let Some(bound) = said("tied by your anchor", bound)
        {
            return Some(bound);
        }
        let of_topic = |link: &Link| link.topic.is_some() && link.topic == self.topic && link.stands();
        let links = self.links_at(side, here).filter(|(_, link)| of_topic(link));
        said("linked", links.flat_map(|(_, link)| &link.passages[other]).copied().collect())
    }
}
