//! The topic and its links: choosing a topic, stepping through its links and passages, near misses.

use super::action::Action;
use super::model::Model;
use super::sync::{Rest, knot_at, knot_of};
use crate::document::Anchor;
use crate::links::{Link, Status};
use crate::topics::Silence;

impl Model {
    /// The links of a topic, best first, as indexes into the pair's links; rejected ones are left out.
    #[must_use]
    pub fn links_of(&self, topic: usize) -> Vec<usize> {
        let of_topic = |link: &Link| link.status != Status::Rejected && self.pair.is_on(link, topic);
        let links = self.pair.links.iter().enumerate();
        links.filter(|(_, link)| of_topic(link)).map(|(index, _)| index).collect()
    }

    /// Whether the topic has a link to go to.
    #[must_use]
    pub fn has_link(&self) -> bool {
        let leads = |link: &Link| link.status != Status::Rejected && self.pair.is_on(link, self.topic);
        self.pair.links.iter().any(leads)
    }

    /// The name of the topic.
    #[must_use]
    pub fn topic_name(&self) -> &str {
        self.pair.topics.get(self.topic).map_or("no topic", |topic| topic.name.as_str())
    }

    /// Takes up a topic without moving.
    pub fn choose_topic(&mut self, topic: usize) {
        if topic == self.topic || topic >= self.pair.topics.len() {
            return;
        }
        self.topic = topic;
        self.link = None;
        // Another chain carries the scrolling now; it goes through what is on the screen.
        self.pin_here(Rest::Nothing);
    }

    /// The topic before or after, round the ends.
    pub fn step_topic(&mut self, forward: bool, times: usize) {
        let count = self.pair.topics.len();
        if count > 0 {
            let step = if forward { times % count } else { count - times % count };
            self.choose_topic((self.topic + step) % count);
            self.message = Some(format!("topic: {}", self.topic_name()));
        }
    }

    /// Takes up a topic and brings both texts to its first link, or says what is missing.
    pub fn go_to_topic(&mut self, topic: usize) {
        self.choose_topic(topic);
        match self.links_of(topic).first() {
            Some(&link) => self.go_to_link(link),
            None => self.go_without_link(),
        }
    }

    /// Brings both texts to a link.
    pub fn go_to_link(&mut self, index: usize) {
        let Some(link) = self.pair.links.get(index) else { return };
        let knot = knot_of(index, link, self.editions());
        let tops = [0, 1].map(|side| link.first(side).map(Anchor::start_of));
        self.jumps.leave(self.view());
        for (side, top) in tops.into_iter().enumerate() {
            if let Some(top) = top {
                self.panes[side].top = self.settled(side, top);
            }
        }
        self.link = Some(index);
        self.sync.pin = knot;
        self.rechain();
    }

    /// The next or previous link of the topic, counted from the one on the screen.
    pub fn step_link(&mut self, forward: bool, times: usize) {
        let links = self.links_of(self.topic);
        if links.is_empty() {
            self.go_without_link();
            return;
        }
        let of_topic =
            |&link: &usize| self.pair.links.get(link).is_some_and(|l| self.pair.is_on(l, self.topic));
        // A link that was rejected is none of them, but has its place in their order.
        let to = match self.link.filter(of_topic) {
            Some(here) if forward => (links.partition_point(|&link| link <= here) + times).checked_sub(1),
            Some(here) => links.partition_point(|&link| link < here).checked_sub(times),
            None if forward => Some(0),
            None => Some(links.len() - 1),
        };
        if let Some(&link) = to.and_then(|to| links.get(to)) {
            self.go_to_link(link);
        } else {
            let end = if forward { "last" } else { "first" };
            self.message = Some(format!("this is the {end} link under {}", self.topic_name()));
        }
    }

    /// What a jump does where no link is known: each text goes to its strongest passage, if it has one.
    fn go_without_link(&mut self) {
        let strongest = [0, 1].map(|side| {
            let entries = self.pair.indexes[side].entries(self.topic);
            entries
                .iter()
                .max_by(|a, b| {
                    (a.weight, a.score)
                        .partial_cmp(&(b.weight, b.score))
                        .unwrap_or(std::cmp::Ordering::Equal)
                        .then(b.passage.cmp(&a.passage))
                })
                .map(|e| e.passage)
        });
        if strongest.iter().any(Option::is_some) {
            self.jumps.leave(self.view());
            for (side, passage) in strongest.into_iter().enumerate() {
                if let Some(passage) = passage {
                    self.panes[side].top = self.settled(side, Anchor::start_of(passage));
                }
            }
            self.link = None;
            self.pin_here(Rest::Nothing);
        }
        self.message = Some(self.silence(strongest.map(|passage| passage.is_some())));
    }

    /// What to say where a topic has no link.
    fn silence(&self, present: [bool; 2]) -> String {
        let topic = self.topic_name();
        let absent = |side: usize| {
            let absence = self.pair.indexes[side].absence(self.topic);
            let label = ["A", "B"][side];
            let why = absence.map_or_else(String::new, |absence| format!(". {}", sentence(&absence.why)));
            match absence.map(|absence| absence.kind) {
                Some(Silence::Unindexed) => return format!("{topic}: {label} is not indexed{why}"),
                Some(Silence::Language) => {
                    return format!("{topic}: nobody knows whether {label} speaks of it{why}");
                }
                Some(Silence::Unspoken) | None => {}
            }
            let near = self.pair.indexes[side].near_misses(self.topic).first().map(|miss| {
                let place = self.reference(side, miss.passage);
                if miss.passage == self.current(side) {
                    return format!("; it stands at the nearest, {place} (a near miss)");
                }
                format!("; {} goes to the nearest, {place} (a near miss)", self.key(Action::NearMiss))
            });
            // What can be done comes first: a narrow screen may have no room for the rest.
            format!("{topic}: nothing in {label}{}{why}", near.unwrap_or_default())
        };
        let is_unknown = |side: &usize| self.entries_of(*side, self.topic).is_none();
        if let Some(unknown) = [0, 1].into_iter().find(is_unknown) {
            return absent(unknown);
        }
        match present {
            [true, true] => format!("{topic}: no link between the two; each stands at its strongest passage"),
            [true, false] => absent(1),
            [false, true] => absent(0),
            [false, false] => format!("{topic}: neither text speaks of it"),
        }
    }

    /// The next or previous passage of the topic in the focused text; the other stays.
    pub fn step_entry(&mut self, forward: bool, times: usize) {
        let side = self.focus;
        let here = self.current(side);
        let entries = self.pair.indexes[side].entries(self.topic);
        let to = if forward {
            entries.iter().filter(|e| e.passage > here).nth(times - 1)
        } else {
            entries.iter().rev().filter(|e| e.passage < here).nth(times - 1)
        };
        let Some(passage) = to.map(|entry| entry.passage) else {
            let label = ["A", "B"][side];
            let what = match (entries.is_empty(), forward) {
                (true, _) => "nothing",
                (false, true) => "nothing further",
                (false, false) => "nothing before",
            };
            self.message = Some(format!("{}: {what} in {label}", self.topic_name()));
            return;
        };
        self.place_alone(side, passage);
    }

    /// To the passage that comes nearest to the topic in a text that does not treat it.
    pub fn go_to_near_miss(&mut self) {
        let absent = |side: &usize| self.entries_of(*side, self.topic) == Some(0);
        let side = [self.focus, 1 - self.focus].into_iter().find(absent);
        let side = side.unwrap_or(self.focus);
        let misses = self.pair.indexes[side].near_misses(self.topic);
        let here = misses.iter().position(|miss| miss.passage == self.current(side));
        let next = here.map_or(0, |at| (at + 1) % misses.len().max(1));
        let Some(miss) = misses.get(next).cloned() else {
            let why = match [0, 1].map(|side| self.entries_of(side, self.topic)) {
                [Some(0), _] | [_, Some(0)] => "nothing comes near it",
                [None, _] | [_, None] => {
                    self.message = Some(self.silence([false, false]));
                    return;
                }
                [Some(_), Some(_)] => "both texts speak of it",
            };
            self.message = Some(format!("{}: {why}", self.topic_name()));
            return;
        };
        self.place_alone(side, miss.passage);
        let place = self.reference(side, miss.passage);
        self.message =
            Some(format!("near miss, not an entry: {} {place}: {}", ["A", "B"][side], miss.reason));
    }

    /// Puts one text at a passage; the other stays, and the two are tied at this offset from now on.
    fn place_alone(&mut self, side: usize, passage: usize) {
        self.jumps.leave(self.view());
        self.panes[side].top = self.settled(side, Anchor::start_of(passage));
        self.link = self.link_on_screen();
        let knot = self.link.and_then(|link| knot_of(link, self.pair.links.get(link)?, self.editions()));
        match knot {
            Some(knot) => {
                self.sync.pin = Some(knot);
                self.rechain();
            }
            None => self.pin_here(Rest::Nothing),
        }
    }

    /// The link of the topic that joins the first passages on the screen.
    pub(super) fn link_on_screen(&self) -> Option<usize> {
        let here = [self.current(0), self.current(1)];
        let joins = |&index: &usize| {
            self.pair.links.get(index).is_some_and(|link| [link.first(0), link.first(1)] == here.map(Some))
        };
        let parallel = || (0..self.pair.links.len()).filter(|&i| self.pair.links[i].topic.is_none());
        self.links_of(self.topic).into_iter().chain(parallel()).find(joins)
    }

    /// Brings the other text to what answers the passage at the reader's line.
    pub fn level(&mut self) {
        let (side, other) = (self.focus, 1 - self.focus);
        let here = self.current(side);
        let answers = |link: &Link| {
            link.status != Status::Rejected
                && link.passages[side].contains(&here)
                && !link.passages[other].is_empty()
        };
        let links = self.pair.links.iter().enumerate().filter(|(_, link)| answers(link));
        // A link of the topic first, then the one that is surest.
        let best = links.max_by(|(_, a), (_, b)| {
            let topical = |link: &Link| link.topic.is_none() || link.topic == Some(self.topic);
            topical(a).cmp(&topical(b)).then(a.confidence.total_cmp(&b.confidence))
        });
        let Some((index, link)) = best else {
            self.sync.pin = None;
            self.rechain();
            self.panes[other].top = self.followed();
            let place = self.reference(side, here);
            self.message = Some(format!("nothing is linked to {place}: the other text stands at a guess"));
            return;
        };
        let (topic, target) = (link.topic, link.first(other));
        self.jumps.leave(self.view());
        if let Some(topic) = topic {
            self.topic = topic;
        }
        self.link = Some(index);
        let Some(target) = target else { return };
        // The text being read stays; the other comes level with it, passage beside passage.
        let mut places = [Anchor::start_of(here); 2];
        places[other] = Anchor::start_of(target);
        self.sync.pin = Some(knot_at(places, self.editions(), Rest::Link(index)));
        self.rechain();
        let above = self.panes[side].top < places[side];
        let walked = self.side(other);
        self.panes[other].top = if above {
            walked.flow.walk(walked.edition, places[other], -1, walked.setting)
        } else {
            self.followed()
        };
    }
}

/// Words as a sentence of their own, without its stop.
fn sentence(words: &str) -> String {
    let words = words.trim_end_matches('.');
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}
