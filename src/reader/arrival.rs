//! What was computed beside the reading, or is read anew, is taken in without moving the reader. Knows no threads.

use super::hunt::Found;
use super::jumps::Jumps;
use super::link_tables::LinkTables;
use super::memory::Unplaced;
use super::model::Model;
use super::overlay::{List, ListKind, Overlay, Pager};
use super::search::{Hit, Search};
use super::sync::Rest;
use super::variants::{STILL_ALIGNING, STILL_COMPARING, is_parallel};
use crate::document::{Anchor, Edition};
use crate::layout::flow::Flow;
use crate::library::pair::{Pair, Stage, Standing};
use crate::session::{Session, place::Place, sketch::Ground};

/// What a computation hands in while the reading goes on.
#[derive(Debug)]
pub enum Arrival {
    /// The texts that are open, better read or with more known of them: see [`Model::take_in`].
    Pair(Box<Pair>),
    /// Hits of the search that goes on.
    Hits(Found),
    /// Something to be said.
    Said(String),
}

impl Model {
    /// Takes something in.
    pub fn arrive(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Pair(pair) => {
                let standing = self.pair.ground.standing;
                let waited =
                    self.pair.stage == Stage::ToAlign || self.message.as_deref() == Some(STILL_COMPARING);
                let taken = self.take_in(*pair);
                let is_over = self
                    .message
                    .as_deref()
                    .is_none_or(|said| [STILL_ALIGNING, STILL_COMPARING].contains(&said));
                let is_news = waited || standing != self.pair.ground.standing;
                if taken && is_news && self.pair.stage != Stage::ToAlign && is_over {
                    self.message = Some(self.ground_in_short());
                }
            }
            Arrival::Hits(found) => self.take_hits(found),
            Arrival::Said(words) => self.message = Some(words),
        }
        self.relevel();
    }

    /// Takes a better pair of the two texts that are open in place of the one that stands: places, topic,
    /// search, marks and jumps stay with their words. `false`, and nothing happens, where these are not the
    /// texts that are open (by their content hashes; left and right may have been exchanged since).
    pub fn take_in(&mut self, mut pair: Pair) -> bool {
        if hashes(&pair) != hashes(&self.pair) {
            pair.swap();
        }
        if hashes(&pair) != hashes(&self.pair) {
            return false;
        }
        self.is_stopped = false;
        let [link, stepped] =
            [self.link, self.stepped].map(|link| link.and_then(|link| self.pair.links.get(link)).cloned());
        let topic = self.topic_id();
        let before = std::mem::replace(&mut self.pair, pair);
        (self.tables, self.difference) = (LinkTables::default(), None);
        self.impose_topics();
        let same =
            [0, 1].map(|side| before.texts[side].edition.shares_passages(&self.pair.texts[side].edition));
        if same != [true, true] {
            self.carry(&before, same);
        }
        // What was chosen among the topics of two works says nothing of two forms of one; it is come back to with them.
        let is_same = before.ground.standing == self.pair.ground.standing;
        let topic = if is_same { topic } else { std::mem::replace(&mut self.topic_aside, topic) };
        self.topic = topic.and_then(|id| self.topic_of(&id)).or_else(|| self.pair.first_topic());
        let joins = |passages: &[Vec<usize>; 2]| self.pair.links.iter().position(|l| l.passages == *passages);
        [self.link, self.stepped] = [link, stepped]
            .map(|link| link.filter(|_| same == [true, true]).and_then(|link| joins(&link.passages)));
        self.impose_decisions();
        self.link = self.link.or_else(|| self.link_on_screen());
        let (overlay, message) = (std::mem::take(&mut self.overlay), self.message.take());
        self.overlay = self.reopened(overlay);
        self.message = message;
        // The chain may go through other links now; it goes through what is on the screen, so nothing moves.
        if self.tops() == [Anchor::default(); 2] && self.link.is_none() {
            self.sync.pin = None;
            self.rechain();
        } else {
            self.pin_here(self.rest_of_link());
        }
        true
    }

    /// Takes another pair of texts in place of this one; whether one of them is another text. What stays keeps its
    /// place, a file that was changed since it was read comes back to the same words, another form of the same work to
    /// the same number, and what is new begins at its start. The jumps of a text that stays are kept; beside them the
    /// other stands where it begins, unless the pair was open before: then its jumps are those of then.
    pub fn take_pair(&mut self, pair: Pair) -> bool {
        let before = std::mem::replace(&mut self.pair, pair);
        self.is_stopped = false;
        (self.tables, self.difference) = (LinkTables::default(), None);
        self.impose_topics();
        let texts = [0, 1].map(|side| [&before.texts[side], &self.pair.texts[side]]);
        let kept = texts.map(|[old, new]| new.content_hash == old.content_hash);
        let reread = texts.map(|[old, new]| old.path.is_some() && old.path == new.path);
        let is_form = texts.map(|[old, new]| old.work.is_some() && old.work == new.work);
        let grounds = [0, 1].map(|side| Ground::new(&texts[side][1].edition));
        let carried = |side: usize, at: Anchor| {
            let [old, new] = texts[side].map(|text| &text.edition);
            match (kept[side], reread[side], is_form[side]) {
                // Of a large file other passages are known at first than when it has been read whole.
                (true, _, _) => new.place_of(old, at),
                (false, true, _) => Place::of(old, at).find(&grounds[side]).unwrap_or_default(),
                (false, false, true) => same_number(old, at, new).unwrap_or_default(),
                (false, false, false) => Anchor::default(),
            }
        };
        let tops = [0, 1].map(|side| carried(side, self.panes[side].top));
        let topics = &self.pair.topics;
        let same = |topic: Option<usize>| {
            let id = &before.topics.get(topic?)?.id;
            topics.iter().position(|topic| topic.id == *id)
        };
        self.topic = same(self.topic).or_else(|| self.pair.first_topic());
        (self.link, self.stepped) = (None, None);
        self.search = Search::default();
        if kept != [true, true] {
            self.jumps_aside.insert(hashes(&before), self.jumps.clone());
        }
        self.jumps.each_view(|view| {
            view.tops = [0, 1].map(|side| carried(side, view.tops[side]));
            (view.topic, view.link) = (same(view.topic), None);
        });
        let stays = [0, 1].map(|side| kept[side] || reread[side] || is_form[side]);
        for (side, top) in tops.into_iter().enumerate() {
            self.panes[side].flow = Flow::default();
            self.panes[side].top = self.settled(side, top);
        }
        if let Some(jumps) = self.jumps_aside.remove(&hashes(&self.pair)) {
            // Where one was in this pair; what is left of the jumps in another has lost the places of a text.
            self.jumps = jumps;
        } else if stays == [false, false] {
            self.jumps = Jumps::default();
        }
        if kept == [true, true] {
            self.carry_marks(&before);
        } else {
            self.marks.clear();
            self.sync.anchors.clear();
            self.decisions.clear();
            self.unplaced = Unplaced::default();
        }
        (self.joined_last, self.parted_last) = (None, None);
        self.impose_decisions();
        self.pin_here(Rest::Nothing);
        kept != [true, true]
    }

    /// Brings a text that was chosen beside the other to where it belongs, where nothing else says so: another form of the
    /// other's work to the same number, one that is aligned with the other to what stands beside it, else what was read
    /// beside the other before to where the reader left it, as `session` has kept it; and ties both as they were then,
    /// where the other has not moved since.
    pub fn come_back(&mut self, side: usize, session: &Session) {
        if self.panes[side].top != Anchor::default() {
            return;
        }
        let [own, other] = [side, 1 - side].map(|side| &self.pair.texts[side]);
        let mut tops = self.tops();
        if own.work.is_some() && own.work == other.work {
            if let Some(place) = same_number(&other.edition, tops[1 - side], &own.edition) {
                tops[side] = place;
                self.put(tops);
            }
            return;
        }
        if self.pair.ground.standing != Standing::Works && self.pair.links.iter().any(is_parallel) {
            self.sync.pin = None;
            self.rechain();
            let focus = std::mem::replace(&mut self.focus, 1 - side);
            tops[side] = self.followed();
            self.focus = focus;
            self.put(tops);
            return;
        }
        let Some(place) = session.places[side].find(&Ground::new(&own.edition)) else { return };
        tops[side] = place;
        self.put(tops);
        let other = session.places[1 - side].find(&Ground::new(&self.pair.texts[1 - side].edition));
        if let Some(link) = session.link.as_ref().filter(|_| other == Some(tops[1 - side])) {
            self.tie_by(link);
        }
    }

    /// Brings marks, anchors and decisions to their words in the new editions of the same texts.
    fn carry_marks(&mut self, before: &Pair) {
        let now = &self.pair;
        let both =
            |places: &mut [Anchor; 2]| *places = [0, 1].map(|side| carried(now, before, side, places[side]));
        self.sync.anchors.iter_mut().for_each(both);
        self.marks.values_mut().for_each(both);
        for decision in &mut self.decisions {
            for side in [0, 1] {
                let moved = |&passage: &usize| carried(now, before, side, Anchor::start_of(passage)).passage;
                decision.passages[side] = decision.passages[side].iter().map(moved).collect();
            }
        }
    }

    /// Brings every place that is kept to its words in the new editions.
    fn carry(&mut self, before: &Pair, same: [bool; 2]) {
        self.carry_marks(before);
        let now = &self.pair;
        let carried = |side: usize, at: Anchor| carried(now, before, side, at);
        self.jumps.each_view(|view| {
            view.tops = [0, 1].map(|side| carried(side, view.tops[side]));
            view.link = None;
        });
        let tops = [0, 1].map(|side| carried(side, self.panes[side].top));
        let searched = self.search.side;
        let hit = self.search.current.and_then(|at| self.search.hits.get(at)).map(Hit::anchor);
        let (origin, hit) = (carried(searched, self.search.origin), hit.map(|at| carried(searched, at)));
        let beside = carried(1 - searched, self.search.beside);
        for (side, top) in tops.into_iter().enumerate() {
            if !same[side] {
                self.panes[side].flow = Flow::default();
                self.panes[side].top = self.settled(side, top);
            }
        }
        (self.search.origin, self.search.beside) = (origin, beside);
        if !same[searched] {
            self.search_again(hit);
        }
    }

    /// Lists whose rows point into the pair are made anew; the choice stays on its row where it can.
    pub(super) fn reopened(&mut self, overlay: Overlay) -> Overlay {
        match overlay {
            Overlay::List(list) => {
                let message = self.message.take();
                match list.kind {
                    ListKind::Topics => self.open_topics(),
                    ListKind::Links => self.open_links(),
                    ListKind::Contents => self.open_contents(),
                    ListKind::Marks => self.open_marks(),
                    ListKind::Editions => self.overlay = Overlay::List(list.clone()),
                }
                self.message = message.or(self.message.take());
                let made = std::mem::take(&mut self.overlay);
                let Overlay::List(made) = made else { return made };
                let mut made = List { filter: list.filter, ..made };
                made.chosen = list.chosen.min(made.shown().count().saturating_sub(1));
                Overlay::List(made)
            }
            Overlay::Prompt { prompt, under } => {
                Overlay::Prompt { prompt, under: Box::new(self.reopened(*under)) }
            }
            Overlay::Pager(pager) => {
                let under = self.reopened(*pager.under);
                Overlay::Pager(Pager { under: Box::new(under), ..pager })
            }
            Overlay::None => overlay,
        }
    }
}

/// Where a place in a text of a pair stands in another reading of the same text.
fn carried(now: &Pair, before: &Pair, side: usize, at: Anchor) -> Anchor {
    now.texts[side].edition.place_of(&before.texts[side].edition, at)
}

/// What tells the texts of a pair from others.
fn hashes(pair: &Pair) -> [String; 2] {
    pair.texts.each_ref().map(|text| text.content_hash.clone())
}

/// Where another form of a work has the passage of the same number as the one at a place, or as the last one before it
/// that has a number.
fn same_number(old: &Edition, at: Anchor, new: &Edition) -> Option<Anchor> {
    let number = (0..=at.passage).rev().find_map(|passage| old.get(passage)?.number)?;
    new.numbered(number).map(Anchor::start_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::import::{self, Format};
    use crate::document::windows::fixture::in_windows;
    use crate::document::{Edition, Kind, Passage};
    use crate::library::pair::{Ground, Standing};
    use crate::reader::fixture;
    use crate::reader::model::{Options, Surroundings};
    use crate::topics::Origin;

    fn model(pair: Pair) -> Model {
        let mut model = Model::new(pair, Options::default(), Surroundings::default());
        model.size = (120, 30);
        model
    }

    #[test]
    fn links_that_arrive_later_move_nothing() {
        let whole = fixture::pair();
        let bare = Pair { links: Vec::new(), ..whole.clone() };
        let mut model = model(bare);
        model.scroll(40);
        let tops = model.tops();
        assert!(model.take_in(whole));
        assert_eq!(model.tops(), tops);
        assert_eq!(model.links_of(Some(0)).len(), 3);
        model.scroll(0);
        assert_eq!(model.tops(), tops, "the chain goes through what was on the screen");
    }

    #[test]
    fn a_pair_that_arrives_after_left_and_right_were_exchanged_is_turned() {
        let whole = fixture::pair();
        let mut model = model(whole.clone());
        model.pair.swap();
        assert!(model.take_in(whole));
        assert_eq!(model.pair.texts[0].content_hash, "b");
        assert_eq!(model.pair.links[0].passages, [vec![25], vec![12, 13]]);
    }

    #[test]
    fn a_large_file_that_is_read_again_unchanged_stays_at_its_place() {
        let passage = |n: usize| format!("Passage {n} of the log of the harbour.\n\n");
        let text = (0..5000).map(passage).collect::<Vec<_>>().concat();
        let whole = import::read(text.as_bytes(), Some(Format::PlainText), None).unwrap();
        let mut read = fixture::pair();
        read.texts[0].edition = whole;
        let mut again = read.clone();
        again.texts[0].edition = in_windows(text.as_bytes(), Format::PlainText);
        let mut model = model(read);
        let words = |model: &Model, at: Anchor| model.editions()[0].get(at.passage).unwrap().text.clone();
        let there = Anchor::start_of(4000);
        model.put([there, Anchor::start_of(7)]);
        model.marks.insert('a', [there, Anchor::start_of(7)]);
        let expected = words(&model, there);
        model.take_pair(again);
        assert_ne!(model.tops()[0], there, "it is read where it is looked at");
        assert_eq!(words(&model, model.tops()[0]), expected);
        assert_eq!(words(&model, model.marks[&'a'][0]), expected);
    }

    #[test]
    fn what_the_texts_are_found_to_be_is_said_where_it_was_asked_or_is_news() {
        let judged = |standing| {
            let ground =
                Ground { origin: Origin::Automatic, confidence: 0.9, ..Ground::known(standing, "so") };
            Arrival::Pair(Box::new(Pair { ground, ..fixture::pair() }))
        };
        let waiting = || Pair {
            stage: Stage::ToCompare,
            ground: Ground::waiting("not compared yet"),
            ..fixture::pair()
        };
        let mut model = model(waiting());
        model.arrive(judged(Standing::Works));
        assert_eq!(model.message, None);
        model.pair = waiting();
        model.message = Some(model.judged());
        assert_eq!(model.message.as_deref(), Some(STILL_COMPARING));
        model.arrive(judged(Standing::Works));
        assert!(model.message.take().unwrap().starts_with("two works, linked by topic (90 %)"));
        model.arrive(judged(Standing::Parallel));
        assert!(model.message.take().unwrap().starts_with("one work in two forms"));
    }

    #[test]
    fn a_pair_of_other_texts_is_dropped() {
        let mut other = fixture::pair();
        other.texts[0].content_hash = "c".to_owned();
        other.links.clear();
        let mut model = model(fixture::pair());
        assert!(!model.take_in(other));
        assert_eq!(model.pair.links.len(), 3);
    }

    /// The same source in passages of `each` words; every word has eight bytes with its space.
    fn read(each: usize) -> Edition {
        let words: Vec<String> = (0..600).map(|n| format!("word{n:03}")).collect();
        let passage = |(at, some): (usize, &[String])| {
            let source = at * each * 8..at * each * 8 + some.len() * 8;
            Passage { source: vec![source], ..Passage::new(Kind::Paragraph, some.join(" ")) }
        };
        Edition::new(words.chunks(each).enumerate().map(passage).collect(), Vec::new(), 4800)
    }

    #[test]
    fn places_marks_hits_and_jumps_keep_their_words_when_a_text_is_read_anew() {
        let mut first = fixture::pair();
        first.texts[1].edition = read(10);
        let mut better = first.clone();
        better.texts[1].edition = read(30);
        better.indexes[1] = crate::topics::TopicIndex::new(Vec::new());
        better.links.clear();
        let mut model = model(first);
        model.focus = 1;
        model.panes[1].top = Anchor { passage: 20, byte: 0 };
        model.jump_to(Anchor { passage: 31, byte: 0 });
        model.set_mark('a');
        model.search.side = 1;
        model.run_search("word455", false);
        let words = |model: &Model, at: Anchor| {
            model.editions()[1].get(at.passage).unwrap().text.get(at.byte..at.byte + 7).unwrap().to_owned()
        };
        let hit = |model: &Model| model.search.hits[model.search.current.unwrap()].anchor();
        let before = [words(&model, model.marks[&'a'][1]), words(&model, hit(&model))];
        assert_eq!(before, ["word310", "word455"]);
        assert!(model.take_in(better));
        assert_eq!([words(&model, model.marks[&'a'][1]), words(&model, hit(&model))], before);
        model.jump_back();
        let shown = model.panes[1].top;
        assert_eq!(shown.passage, 6, "word200 stands in the seventh passage of thirty");
    }
}
