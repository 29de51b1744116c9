//! What of a reading is kept between runs, and how it is taken up again.

use std::collections::BTreeMap;

use super::model::{MEASURES, Model, Theme};
use super::sync::knot_of;
use crate::document::Anchor;
use crate::layout::split::Arrangement;
use crate::library::pair::{Pair, Standing, Told};
use crate::links::Link;
use crate::links::decisions::Decided;
use crate::session::sketch::Ground;
use crate::session::{
    Decision, KeptLink, Layout, Place, Session, Sync, Theme as KeptTheme, Told as KeptTold,
};

/// What was kept of places whose words are not in the texts now: it waits, and is kept on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unplaced {
    /// Decisions about links.
    decisions: Vec<Decision>,
    /// Places that belong together.
    anchors: Vec<[Place; 2]>,
    /// Marks.
    marks: BTreeMap<char, [Place; 2]>,
}

impl Unplaced {
    /// Exchanges left and right.
    pub(super) fn swap(&mut self) {
        self.decisions.iter_mut().for_each(|decision| decision.passages.reverse());
        self.anchors.iter_mut().for_each(|places| places.reverse());
        self.marks.values_mut().for_each(|places| places.reverse());
    }

    /// What waits, for the one who left it: `2 decisions wait: the words of their passages are gone`.
    pub(super) fn said(&self) -> Option<String> {
        let kinds =
            [(self.decisions.len(), "decision"), (self.anchors.len(), "anchor"), (self.marks.len(), "mark")];
        let count = |(count, what): &(usize, &str)| match count {
            0 => None,
            1 => Some(format!("1 {what}")),
            count => Some(format!("{count} {what}s")),
        };
        let counted: Vec<String> = kinds.iter().filter_map(count).collect();
        let (last, others) = counted.split_last()?;
        let all = if others.is_empty() { last.clone() } else { format!("{} and {last}", others.join(", ")) };
        let one = kinds.iter().map(|(count, _)| count).sum::<usize>() == 1;
        let [wait, their] = if one { ["waits", "its"] } else { ["wait", "their"] };
        Some(format!("{all} of yours {wait}: the words of {their} passages are gone"))
    }
}

/// The decisions that were kept, on the passages of a pair; those whose words or topic are gone are left out.
#[must_use]
pub fn decided(pair: &Pair, kept: &[Decision]) -> Vec<Decided> {
    let grounds = pair.texts.each_ref().map(|text| Ground::new(&text.edition));
    kept.iter().filter_map(|decision| placed(pair, &grounds, decision)).collect()
}

/// A decision that was kept, on the passages of a pair; nothing where their words or the topic are gone.
fn placed(pair: &Pair, grounds: &[Ground<'_>; 2], decision: &Decision) -> Option<Decided> {
    let topic = match &decision.topic {
        Some(id) => Some(pair.topics.iter().position(|topic| topic.id == *id)?),
        None => None,
    };
    let passages = passages_of(grounds, &decision.passages)?;
    Some(Decided { topic, passages, accepted: decision.accepted })
}

/// The passages that begin at some places of both texts; nothing where one is gone.
fn passages_of(grounds: &[Ground<'_>; 2], places: &[Vec<Place>; 2]) -> Option<[Vec<usize>; 2]> {
    let of_side = |side: usize| {
        places[side].iter().map(|place| place.passage_in(&grounds[side])).collect::<Option<Vec<_>>>()
    };
    Some([of_side(0)?, of_side(1)?])
}

impl Model {
    /// What to keep of this reading.
    #[must_use]
    pub fn remember(&self) -> Session {
        let place = |side: usize, anchor: Anchor| Place::of(self.editions()[side], anchor);
        let places = |anchors: &[Anchor; 2]| [place(0, anchors[0]), place(1, anchors[1])];
        Session {
            places: places(&self.tops()),
            focus: self.focus,
            topic: self.topic_id(),
            sync: if self.sync.linked { Sync::Linked } else { Sync::Free },
            link: self.link_that_ties().map(|link| KeptLink {
                topic: self.id_of_topic(link.topic),
                passages: self.starts_of(&link.passages),
            }),
            anchors: self
                .sync
                .anchors
                .iter()
                .map(places)
                .chain(self.unplaced.anchors.iter().cloned())
                .collect(),
            told: self.told(),
            topics: self.own_topics.clone(),
            decisions: self
                .decisions
                .iter()
                .map(|decided| self.kept(decided))
                .chain(self.unplaced.decisions.iter().cloned())
                .collect(),
            // A mark set anew is the one that counts.
            marks: (self.unplaced.marks.clone().into_iter())
                .chain(self.marks.iter().map(|(letter, anchors)| (*letter, places(anchors))))
                .collect(),
            measure: self.options.measure,
            level: self.options.level,
            layout: match self.options.arrangement {
                Arrangement::Auto => None,
                Arrangement::Columns => Some(Layout::SideBySide),
                Arrangement::Stacked => Some(Layout::Stacked),
                Arrangement::Single => Some(Layout::Single),
            },
            theme: Some(match self.options.theme {
                Theme::Dark => KeptTheme::Dark,
                Theme::Light => KeptTheme::Light,
                Theme::Plain => KeptTheme::Plain,
            }),
            ..Session::default()
        }
    }

    /// What the reader said that the two texts are.
    fn told(&self) -> Option<KeptTold> {
        self.pair.ground.told().map(|told| match told {
            Told::Works => KeptTold::Works,
            Told::Parallel => KeptTold::Parallel,
        })
    }

    fn kept(&self, decided: &Decided) -> Decision {
        Decision {
            topic: self.id_of_topic(decided.topic),
            passages: self.starts_of(&decided.passages),
            accepted: decided.accepted,
        }
    }

    fn id_of_topic(&self, topic: Option<usize>) -> Option<String> {
        topic.and_then(|topic| self.pair.topics.get(topic)).map(|topic| topic.id.clone())
    }

    /// Where some passages of both texts begin.
    fn starts_of(&self, passages: &[Vec<usize>; 2]) -> [Vec<Place>; 2] {
        [0, 1].map(|side| {
            let starts = passages[side].iter().map(|&passage| Anchor::start_of(passage));
            starts.map(|start| Place::of(self.editions()[side], start)).collect()
        })
    }

    /// The link last gone to, while the two texts are tied by it.
    fn link_that_ties(&self) -> Option<&Link> {
        let (index, link) = self.link.and_then(|index| Some((index, self.pair.links.get(index)?)))?;
        let knot = knot_of(index, link, self.editions());
        (knot.is_some() && self.sync.pin == knot).then_some(link)
    }

    /// Ties the texts by a link that was kept, if it is there; they stay where they stand.
    pub(super) fn tie_by(&mut self, kept: &KeptLink) {
        let topic = kept.topic.as_ref().map(|id| self.topic_of(id));
        let passages = passages_of(&self.editions().map(Ground::new), &kept.passages);
        let Some(passages) = passages.filter(|_| topic != Some(None)) else {
            return;
        };
        let is_it = |link: &Link| link.topic == topic.flatten() && link.passages == passages;
        let Some(index) = self.pair.links.iter().position(is_it) else { return };
        let Some(knot) = knot_of(index, &self.pair.links[index], self.editions()) else { return };
        self.link = Some(index);
        self.sync.pin = Some(knot);
        self.rechain();
    }

    /// Takes up what was kept. Places whose words are gone are left at the start, and that is said.
    pub fn take_up(&mut self, session: &Session) {
        let grounds = self.editions().map(Ground::new);
        let find = |side: usize, place: &Place| place.find(&grounds[side]);
        let found = [find(0, &session.places[0]), find(1, &session.places[1])];
        let lost: Vec<&str> =
            [0, 1].into_iter().filter(|&s| found[s].is_none()).map(|s| ["A", "B"][s]).collect();
        if !lost.is_empty() {
            let texts = lost.join(" and ");
            self.message =
                Some(format!("{texts} has changed: the place kept is gone, so it opens at the start"));
        }
        self.own_topics.clone_from(&session.topics);
        self.topic_history.clone_from(&session.topics);
        self.impose_topics();
        let topic = session.topic.as_ref().and_then(|id| self.topic_of(id));
        self.topic = topic.or(self.topic);
        self.focus = session.focus.min(1);
        self.sync.linked = session.sync == Sync::Linked;
        self.take_up_marks(session);
        self.message = match (self.message.take(), self.what_waits()) {
            (Some(lost), Some(waits)) => Some(format!("{lost}; {waits}")),
            (lost, waits) => lost.or(waits),
        };
        self.options.measure = session.measure.clamp(MEASURES[0], MEASURES[1]);
        self.options.level = session.level && self.pair.ground.standing != Standing::Works;
        self.options.arrangement = match session.layout {
            None => Arrangement::Auto,
            Some(Layout::SideBySide) => Arrangement::Columns,
            Some(Layout::Stacked) => Arrangement::Stacked,
            Some(Layout::Single) => Arrangement::Single,
        };
        self.put(found.map(Option::unwrap_or_default));
        if self.options.level {
            // Level rows follow from the alignment; a place in a row that was added for it is not kept to the row.
            self.sync.pin = None;
            self.rechain();
        }
        if let Some(link) = session.link.as_ref().filter(|_| lost.is_empty()) {
            self.tie_by(link);
        }
    }

    /// Takes up marks, anchors and decisions that were kept, not the places.
    pub fn take_up_marks(&mut self, session: &Session) {
        let grounds = self.editions().map(Ground::new);
        let both = |places: &[Place; 2]| {
            let [left, right] = places;
            Some([left.place_in(&grounds[0])?, right.place_in(&grounds[1])?])
        };
        let mut unplaced = Unplaced::default();
        let mut anchors = Vec::new();
        for places in &session.anchors {
            match both(places) {
                Some(found) => anchors.push(found),
                None => unplaced.anchors.push(places.clone()),
            }
        }
        let mut marks = BTreeMap::new();
        for (letter, places) in &session.marks {
            match both(places) {
                Some(found) => _ = marks.insert(*letter, found),
                None => _ = unplaced.marks.insert(*letter, places.clone()),
            }
        }
        let mut decisions = Vec::new();
        for decision in &session.decisions {
            match placed(&self.pair, &grounds, decision) {
                Some(found) => decisions.push(found),
                None => unplaced.decisions.push(decision.clone()),
            }
        }
        self.sync.anchors = anchors;
        (self.marks, self.decisions, self.unplaced) = (marks, decisions, unplaced);
        self.impose_decisions();
    }

    /// What is said of what waits for passages whose words are gone; nothing where nothing does.
    #[must_use]
    pub fn what_waits(&self) -> Option<String> {
        self.unplaced.said()
    }

    /// What to add to a message of something done: nothing where it is kept for the next reading.
    #[must_use]
    pub fn how_long(&self) -> &'static str {
        if self.surroundings.is_kept { "" } else { ", for this reading alone: nothing can be kept" }
    }

    /// Puts both texts at places, tied to each other there.
    pub fn put(&mut self, places: [Anchor; 2]) {
        for (side, place) in places.into_iter().enumerate() {
            self.panes[side].top = place;
        }
        self.link = self.link_on_screen();
        let started = places == [Anchor::default(); 2];
        if started {
            self.sync.pin = None;
            self.rechain();
        } else {
            self.pin_here(self.rest_of_link());
        }
    }
}
