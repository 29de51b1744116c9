//! The topic and its links: choosing a topic, stepping through its links and passages, near misses.

use super::action::Action;
use super::model::Model;
use super::sync::{Knot, Rest, knot_of, knot_of_rows};
use crate::document::Anchor;
use crate::library::pair::{Stage, Standing};
use crate::links::{Link, LinkKind};
use crate::topics::Silence;

impl Model {
    /// Whether a link is one of the topic, or without a topic one that joins passages of one work in two forms.
    pub(super) fn is_listed(&self, link: &Link, topic: Option<usize>) -> bool {
        match topic {
            Some(topic) => self.pair.is_on(link, topic),
            None => link.kind == LinkKind::Parallel && link.has_both_sides(),
        }
    }

    /// The name of the topic.
    #[must_use]
    pub fn topic_name(&self) -> &str {
        let topic = self.topic.and_then(|topic| self.pair.topics.get(topic));
        topic.map_or("no topic", |topic| topic.name.as_str())
    }

    /// The identifier of the topic.
    pub(super) fn topic_id(&self) -> Option<String> {
        self.topic.and_then(|topic| self.pair.topics.get(topic)).map(|topic| topic.id.clone())
    }

    /// The topic of an identifier.
    pub(super) fn topic_of(&self, id: &str) -> Option<usize> {
        self.pair.topics.iter().position(|topic| topic.id == id)
    }

    /// Takes up a topic, or none, without moving.
    pub fn choose_topic(&mut self, topic: Option<usize>) {
        if topic == self.topic || topic.is_some_and(|topic| topic >= self.pair.topics.len()) {
            return;
        }
        self.topic = topic;
        (self.link, self.stepped) = (None, None);
        // Another chain carries the scrolling now; it goes through what is on the screen.
        self.pin_here(Rest::Nothing);
    }

    /// The topic before or after of those that the two texts have passages under, round the ends. Two forms of
    /// one work have links without a topic too: that is one more step.
    pub fn step_topic(&mut self, forward: bool, times: usize) {
        let is_aligned = self.pair.ground.standing != Standing::Works;
        let none = is_aligned.then_some(None);
        let present = self.pair.topics_present().map(Some);
        let round: Vec<Option<usize>> = none.into_iter().chain(present).collect();
        if round.iter().all(Option::is_none) {
            self.message = Some(self.no_topic());
            return;
        }
        let count = round.len();
        let here = round.partition_point(|topic| *topic < self.topic);
        // One that the two texts do not speak of has its place between two of the round.
        let ahead = if round.get(here) == Some(&self.topic) { times } else { times - 1 };
        let step = if forward { ahead % count } else { count - times % count };
        if let Some(&topic) = round.get((here + step) % count) {
            self.choose_topic(topic);
        }
        self.message = Some(match self.topic {
            Some(_) => format!("topic: {}", self.topic_name()),
            None => "no topic: all that belongs together".to_owned(),
        });
    }

    /// What to say where a topic is asked for and none is chosen.
    fn no_topic(&self) -> String {
        let [next, all] = [Action::TopicNext, Action::Topics].map(|action| self.key(action));
        if let Some(why) = self.why_unindexed() {
            format!("no topic is chosen; {why}")
        } else if self.pair.topics_present().next().is_none() {
            format!("the two texts have no topic in common; {all} shows all")
        } else {
            format!("no topic is chosen; {next} takes the next, {all} shows all")
        }
    }

    /// Takes up a topic and brings both texts to its first link, or says what is missing.
    pub fn go_to_topic(&mut self, topic: usize) {
        self.choose_topic(Some(topic));
        match self.links_of(self.topic).first().copied() {
            Some(link) => self.go_to_link(link),
            None => self.go_without_link(),
        }
    }

    /// Brings both texts to a link.
    pub fn go_to_link(&mut self, index: usize) {
        let Some(link) = self.pair.links.get(index) else { return };
        let places = match link.places() {
            [Some(left), Some(right)] => [left, right],
            // What one text has alone is gone to in that text; the other stands beside it as it can.
            [Some(alone), None] | [None, Some(alone)] => {
                self.focus_on(usize::from(link.passages[0].is_empty()));
                self.jump_to(Anchor::start_of(alone));
                return;
            }
            [None, None] => return,
        };
        let starts = [0, 1].map(|side: usize| self.settled(side, Anchor::start_of(places[side])));
        let tops = [0, 1].map(|side: usize| self.top_for_topic(side, places[side], link.topic));
        let knot = knot_of(index, link, self.editions());
        // A pane that begins within its passage is level with the other from there on.
        let rows = |knot: Knot| knot_of_rows(tops, self.editions(), knot.rest);
        let pin = if tops == starts { knot } else { knot.map(rows) };
        self.jumps.leave(self.view());
        for (pane, top) in self.panes.iter_mut().zip(tops) {
            pane.top = top;
        }
        (self.link, self.stepped) = (Some(index), Some(index));
        self.sync.pin = pin;
        self.rechain();
    }

    /// The next or previous link of the topic, counted from the one last gone to; without a topic from the
    /// passage at the reader's line.
    pub fn step_link(&mut self, forward: bool, times: usize) {
        let links = self.links_of(self.topic);
        if links.is_empty() {
            // Where one text alone speaks of it, the walk is one through its passages.
            let speaking: Vec<usize> =
                [0, 1].into_iter().filter(|&side| !self.entries(side).is_empty()).collect();
            match speaking.as_slice() {
                &[side] if self.entry(side, self.current(side)).is_some() => {
                    self.message = None;
                    self.step_entry_of(side, forward, times);
                    if let (None, Some(topic)) = (&self.message, self.topic) {
                        // No link: why one text alone moves.
                        self.message = Some(self.silence_in(1 - side, topic));
                    }
                }
                _ => self.go_without_link(),
            }
            return;
        }
        let is_listed =
            |&link: &usize| self.pair.links.get(link).is_some_and(|link| self.is_listed(link, self.topic));
        let here = match self.topic {
            Some(_) => self.link.filter(is_listed).or(self.stepped.filter(is_listed)),
            None => self.governing_link().map(|(index, _)| index),
        };
        // The first one ahead, or how many there are behind. A link that was rejected is none of them, but has its
        // place in their order.
        let beside = match here {
            Some(here) if forward => links.partition_point(|&link| link <= here),
            Some(here) => links.partition_point(|&link| link < here),
            None if self.topic.is_none() => self.links_before(links, forward),
            None if forward => 0,
            None => links.len(),
        };
        if let Some(&link) = links.get(nth(beside, links.len(), forward, times)) {
            self.go_to_link(link);
            return;
        }
        let [end, other] = if forward { ["last", "first"] } else { ["first", "last"] };
        let under = self.topic.map_or_else(String::new, |_| format!(" under {}", self.topic_name()));
        // Whoever has gone on reading since begins anew.
        let stays = self.governing_link().is_some_and(|(_, link)| self.is_listed(link, self.topic));
        let anew = if forward { links.first() } else { links.last() };
        if let Some(&anew) = anew.filter(|_| self.topic.is_some() && !stays) {
            self.go_to_link(anew);
            self.message = Some(format!("past the {end} link{under}: on from the {other}"));
            return;
        }
        self.message = Some(format!("this is the {end} link{under}"));
    }

    /// Of links in the order of the text how many stand before the passage at the reader's line, or up to it where
    /// those ahead are sought.
    fn links_before(&self, links: &[usize], forward: bool) -> usize {
        let here = self.current(self.focus);
        let first = |link: &usize| self.pair.links.get(*link)?.first(self.focus);
        if forward {
            links.iter().position(|link| first(link) > Some(here)).unwrap_or(links.len())
        } else {
            links.iter().rposition(|link| first(link).is_some_and(|at| at < here)).map_or(0, |at| at + 1)
        }
    }

    /// What a jump does where no link is known: each text goes to its strongest passage, if it has one.
    fn go_without_link(&mut self) {
        let Some(topic) = self.topic else {
            let is_waited_for = self.pair.stage != Stage::Joined;
            self.message = Some(if is_waited_for { self.not_aligned() } else { self.no_topic() });
            return;
        };
        let strongest = [0, 1].map(|side| {
            let entries = self.entries(side);
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
        self.message = Some(self.silence(topic, strongest.map(|passage| passage.is_some())));
    }

    /// What to say where a topic has no link.
    fn silence(&self, of: usize, present: [bool; 2]) -> String {
        let topic = self.topic_name();
        let is_unknown = |side: &usize| self.entries_of(*side, of).is_none();
        if let Some(unknown) = [0, 1].into_iter().find(is_unknown) {
            return self.silence_in(unknown, of);
        }
        match present {
            [true, true] => format!("{topic}: no link between the two; each stands at its strongest passage"),
            [true, false] => self.silence_in(1, of),
            [false, true] => self.silence_in(0, of),
            [false, false] => format!("{topic}: neither text speaks of it"),
        }
    }

    /// What to say of a text that has no passage under a topic: that it has none, or that nobody knows.
    fn silence_in(&self, side: usize, of: usize) -> String {
        let topic = self.topic_name();
        let label = ["A", "B"][side];
        let absence = self.pair.indexes[side].absence(of);
        let why = absence.map_or_else(String::new, |absence| format!(". {}", sentence(&absence.why)));
        match absence.map(|absence| absence.kind) {
            Some(Silence::Unindexed) => return format!("{topic}: {label} is not indexed{why}"),
            Some(Silence::Language) => {
                return format!("{topic}: nobody knows whether {label} speaks of it{why}");
            }
            Some(Silence::Unspoken | Silence::Chance) | None => {}
        }
        let near = self.pair.indexes[side].near_misses(of).first().map(|miss| {
            let place = self.reference(side, miss.passage);
            if miss.passage == self.current(side) {
                return format!("; it stands at the nearest, {place} (a near miss)");
            }
            format!("; {} goes to the nearest, {place} (a near miss)", self.key(Action::NearMiss))
        });
        // What can be done comes first: a narrow screen may have no room for the rest.
        format!("{topic}: nothing in {label}{}{why}", near.unwrap_or_default())
    }

    /// The next or previous passage of the topic in the focused text; the other stays.
    pub fn step_entry(&mut self, forward: bool, times: usize) {
        self.step_entry_of(self.focus, forward, times);
    }

    fn step_entry_of(&mut self, side: usize, forward: bool, times: usize) {
        let Some(topic) = self.topic else {
            self.message = Some(self.no_topic());
            return;
        };
        let here = self.current(side);
        let entries = self.entries(side);
        if entries.is_empty() {
            self.message = Some(self.silence_in(side, topic));
            return;
        }
        let to = if forward {
            entries.iter().filter(|e| e.passage > here).take(times).last()
        } else {
            entries.iter().rev().filter(|e| e.passage < here).take(times).last()
        };
        let Some(passage) = to.map(|entry| entry.passage) else {
            let label = ["A", "B"][side];
            let what = if forward { "nothing further" } else { "nothing before" };
            self.message = Some(format!("{}: {what} in {label}", self.topic_name()));
            return;
        };
        self.place_alone(side, passage);
    }

    /// To the passage that comes nearest to the topic in a text that does not treat it.
    pub fn go_to_near_miss(&mut self) {
        let Some(topic) = self.topic else {
            self.message = Some(self.no_topic());
            return;
        };
        let absent = |side: &usize| self.entries_of(*side, topic) == Some(0);
        let side = [self.focus, 1 - self.focus].into_iter().find(absent);
        let side = side.unwrap_or(self.focus);
        let misses = self.pair.indexes[side].near_misses(topic);
        let here = misses.iter().position(|miss| miss.passage == self.current(side));
        let next = here.map_or(0, |at| (at + 1) % misses.len().max(1));
        let Some(miss) = misses.get(next).cloned() else {
            let why = match [0, 1].map(|side| self.entries_of(side, topic)) {
                [Some(0), _] | [_, Some(0)] => "nothing comes near it",
                [None, _] | [_, None] => {
                    self.message = Some(self.silence(topic, [false, false]));
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
        let shown = self.link_on_screen();
        // Between links the one last gone to is still where the next is counted from.
        self.link = shown.or(self.link);
        let knot = shown.and_then(|link| knot_of(link, self.pair.links.get(link)?, self.editions()));
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
        let parallel =
            || self.links_at(0, here[0]).filter(|(_, link)| link.topic.is_none()).map(|(index, _)| index);
        self.links_of(self.topic).iter().copied().chain(parallel()).find(joins)
    }
}

/// The place of what is some steps from between the two of a list where the first ahead is `beside`, or the last of
/// it where it has fewer; behind its end where there is nothing that way.
fn nth(beside: usize, count: usize, forward: bool, times: usize) -> usize {
    match forward {
        true if beside < count => (beside + times - 1).min(count - 1),
        false if beside > 0 => beside.saturating_sub(times),
        true | false => count,
    }
}

/// Words as a sentence of their own, without its stop.
fn sentence(words: &str) -> String {
    let words = words.trim_end_matches('.');
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}
