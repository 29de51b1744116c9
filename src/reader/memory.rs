//! What of a reading is kept between runs, and how it is taken up again.

use super::model::{MEASURES, Model, Theme};
use crate::document::Anchor;
use crate::layout::split::Arrangement;
use crate::library::pair::{Pair, Told};
use crate::links::decisions::Decided;
use crate::session::{Decision, Layout, Place, Session, Sync, Theme as KeptTheme, Told as KeptTold};

/// The decisions that were kept, on the passages of a pair; those whose words or topic are gone are left out.
#[must_use]
pub fn decided(pair: &Pair, kept: &[Decision]) -> Vec<Decided> {
    let decided = |decision: &Decision| {
        let topic = match &decision.topic {
            Some(id) => Some(pair.topics.iter().position(|topic| topic.id == *id)?),
            None => None,
        };
        let passages = |side: usize| {
            let edition = &pair.texts[side].edition;
            decision.passages[side]
                .iter()
                .map(|place| Some(place.find(edition)?.passage))
                .collect::<Option<Vec<_>>>()
        };
        Some(Decided { topic, passages: [passages(0)?, passages(1)?], accepted: decision.accepted })
    };
    kept.iter().filter_map(decided).collect()
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
            anchors: self.sync.anchors.iter().map(places).collect(),
            told: self.told(),
            topics: self.own_topics.clone(),
            decisions: self.decisions.iter().map(|decided| self.kept(decided)).collect(),
            marks: self.marks.iter().map(|(letter, anchors)| (*letter, places(anchors))).collect(),
            measure: self.options.measure,
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
        let places = |side: usize| {
            let starts = decided.passages[side].iter().map(|&passage| Anchor::start_of(passage));
            starts.map(|start| Place::of(self.editions()[side], start)).collect()
        };
        let topic = decided.topic.and_then(|topic| self.pair.topics.get(topic));
        Decision {
            topic: topic.map(|topic| topic.id.clone()),
            passages: [places(0), places(1)],
            accepted: decided.accepted,
        }
    }

    /// Takes up what was kept. Places whose words are gone are left at the start, and that is said.
    pub fn take_up(&mut self, session: &Session) {
        let editions = self.editions();
        let find = |side: usize, place: &Place| place.find(editions[side]);
        let found = [find(0, &session.places[0]), find(1, &session.places[1])];
        let lost: Vec<&str> =
            [0, 1].into_iter().filter(|&s| found[s].is_none()).map(|s| ["A", "B"][s]).collect();
        if !lost.is_empty() {
            let texts = lost.join(" and ");
            self.message =
                Some(format!("{texts} has changed: the place kept is gone, so it opens at the start"));
        }
        self.own_topics.clone_from(&session.topics);
        self.impose_topics();
        let topic = session.topic.as_ref().and_then(|id| self.topic_of(id));
        self.topic = topic.or(self.topic);
        self.focus = session.focus.min(1);
        self.sync.linked = session.sync == Sync::Linked;
        self.take_up_marks(session);
        self.options.measure = session.measure.clamp(MEASURES[0], MEASURES[1]);
        self.options.arrangement = match session.layout {
            None => Arrangement::Auto,
            Some(Layout::SideBySide) => Arrangement::Columns,
            Some(Layout::Stacked) => Arrangement::Stacked,
            Some(Layout::Single) => Arrangement::Single,
        };
        self.put(found.map(Option::unwrap_or_default));
    }

    /// Takes up marks, anchors and decisions that were kept, not the places.
    pub fn take_up_marks(&mut self, session: &Session) {
        let editions = self.editions();
        let find = |side: usize, place: &Place| place.find(editions[side]);
        let both = |places: &[Place; 2]| Some([find(0, &places[0])?, find(1, &places[1])?]);
        let anchors: Vec<[Anchor; 2]> = session.anchors.iter().filter_map(both).collect();
        let marks =
            session.marks.iter().filter_map(|(letter, places)| Some((*letter, both(places)?))).collect();
        self.sync.anchors = anchors;
        self.marks = marks;
        self.decisions = decided(&self.pair, &session.decisions);
        self.impose_decisions();
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
