//! The words that speak of the topic in the passages that its link joins: they are why both stand there. Found when
//! they come on the screen, and kept.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::model::Model;
use crate::document::Anchor;
use crate::library::pair::Pair;
use crate::topics::spotter::Spotter;

/// Passages of which the words are kept; more than any screen shows.
const KEPT_PASSAGES: usize = 256;
/// The share of a pane that is above the words gone to, where the passage does not fit the pane.
const ABOVE: u16 = 3;

/// The words of a topic in passages that were on the screen.
#[derive(Debug, Default)]
pub struct Kept {
    inner: RefCell<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    topic: Option<usize>,
    spotters: [Option<Spotter>; 2],
    /// By side and passage.
    spots: HashMap<(usize, usize), Rc<[Range<usize>]>>,
}

impl Kept {
    /// Forgets all: texts or topics are others.
    pub fn forget(&self) {
        *self.inner.borrow_mut() = Inner::default();
    }

    fn spots(&self, pair: &Pair, topic: usize, side: usize, passage: usize) -> Rc<[Range<usize>]> {
        let mut inner = self.inner.borrow_mut();
        if inner.topic != Some(topic) {
            *inner = Inner { topic: Some(topic), ..Inner::default() };
        }
        if let Some(known) = inner.spots.get(&(side, passage)) {
            return Rc::clone(known);
        }
        let edition = &pair.texts[side].edition;
        let found: Rc<[Range<usize>]> = match (pair.topics.get(topic), edition.get(passage)) {
            (Some(topic), Some(passage)) => {
                let spotter = inner.spotters[side].get_or_insert_with(|| Spotter::new(topic, edition));
                spotter.spot(&passage.text).into()
            }
            (None, _) | (_, None) => Rc::default(),
        };
        if inner.spots.len() >= KEPT_PASSAGES {
            inner.spots.clear();
        }
        inner.spots.insert((side, passage), Rc::clone(&found));
        found
    }
}

impl Model {
    /// The bytes of the words of a passage that speak of the topic, where the link in force joins it under that.
    #[must_use]
    pub fn spoken_in(&self, side: usize, passage: usize) -> Rc<[Range<usize>]> {
        let joined = self.governing_link().filter(|(_, link)| link.passages[side].contains(&passage));
        let topic = joined.and_then(|(_, link)| link.topic).filter(|topic| self.topic == Some(*topic));
        topic.map_or_else(Rc::default, |topic| self.spoken.spots(&self.pair, topic, side, passage))
    }

    /// Where a pane begins that shows a passage for a topic: with its first row, or with words of it that speak of the topic,
    /// where the first of them would be below the pane.
    pub(super) fn top_for_topic(&self, side: usize, passage: usize, topic: Option<usize>) -> Anchor {
        let start = self.settled(side, Anchor::start_of(passage));
        let Some(topic) = topic else { return start };
        let spots = self.spoken.spots(&self.pair, topic, side, passage);
        let Some(first) = spots.first() else { return start };
        let (words, height) = (Anchor { passage, byte: first.start }, self.height(side));
        let text = self.side(side);
        let below = usize::from(height).saturating_sub(1);
        if text.flow.distance(text.edition, [start, words], below, text.setting).is_some() {
            return start;
        }
        let row = self.settled(side, words);
        text.flow.walk(text.edition, row, -((height / ABOVE) as isize), text.setting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Edition, Kind, Passage};
    use crate::reader::fixture;
    use crate::reader::model::{Options, Surroundings};
    use crate::topics::{Origin, Term};

    /// The made-up pair with a word for its first topic, and passage 25 of B with that word behind so many others.
    fn model(before: usize) -> Model {
        let mut pair = fixture::pair();
        // The reader's own words are looked for in whatever language a text is.
        pair.topics[0].origin = Origin::Reader;
        pair.topics[0].terms = vec![Term { words: "anchors".to_owned(), weight: 1.0 }];
        for (side, at, text) in [
            (0, 12, "Anchors of a kind, and anchors.".to_owned()),
            (1, 25, format!("{}anchors at last.", "many other words ".repeat(before))),
        ] {
            let mut passages = pair.texts[side].edition.passages().to_vec();
            passages[at] = Passage::new(Kind::Paragraph, text);
            pair.texts[side].edition = Edition::new(passages, Vec::new(), 0);
        }
        let mut model = Model::new(pair, Options::default(), Surroundings::default());
        model.size = (100, 24);
        model
    }

    #[test]
    fn the_words_of_the_topic_are_known_where_its_link_joins_their_passages() {
        let mut model = model(2);
        assert!(model.spoken_in(0, 12).is_empty(), "no topic is chosen");
        model.go_to_topic(0);
        assert_eq!(*model.spoken_in(0, 12), [0..7, 23..30]);
        assert_eq!(model.spoken_in(1, 25).len(), 1);
        assert!(model.spoken_in(0, 13).is_empty(), "joined, and says nothing of it");
        model.go_to_topic(1);
        assert!(model.spoken_in(0, 12).is_empty(), "another topic");
    }

    #[test]
    fn a_jump_to_a_passage_that_no_pane_holds_shows_the_words_of_its_topic() {
        for (before, is_long) in [(20, false), (1000, true)] {
            let mut model = model(before);
            model.go_to_topic(0);
            let words = Anchor { passage: 25, byte: model.spoken_in(1, 25)[0].start };
            assert!(model.is_in_view(1, words));
            let [left, right] = model.tops();
            assert_eq!((left, right.passage), (Anchor::start_of(12), 25));
            assert_eq!(right.byte > 0, is_long);
            // Both go on from there, row by row.
            model.scroll(1);
            let expected = [0, 1].map(|side| {
                let text = model.side(side);
                text.flow.walk(text.edition, [left, right][side], 1, text.setting)
            });
            assert_eq!(model.tops(), expected);
        }
    }
}
