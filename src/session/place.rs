//! A place that outlives a change of the text: where it was, and the words that stood there.

use serde::{Deserialize, Serialize};

use super::sketch::{Ground, Sketch};
use crate::document::{Anchor, Edition, Passage};

/// Characters kept before and after a place.
const BEFORE: usize = 24;
const AFTER: usize = 48;
/// Fewest characters that may find a place again once its surroundings are gone; fewer might stand anywhere.
const ENOUGH: usize = 16;

/// An anchor with the words around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    /// Index of the passage when the place was kept.
    pub passage: usize,
    /// Byte in its text.
    pub byte: usize,
    /// Byte of the file at which the passage begins, where it comes from a file: a large file is not searched
    /// for the words, and its passages have other indexes until it is read whole.
    pub source: Option<usize>,
    /// The words before it in the passage, a few at most.
    pub before: String,
    /// The words from it on; empty at the end of a passage.
    pub quote: String,
    /// What the whole passage was like; nothing for one of a few words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sketch: Option<Sketch>,
}

impl Place {
    /// The place of an anchor, with its words.
    #[must_use]
    pub fn of(edition: &Edition, anchor: Anchor) -> Self {
        let text = edition.get(anchor.passage).map_or("", |passage| passage.text.as_str());
        let byte = text.floor_char_boundary(anchor.byte);
        let (head, tail) = text.split_at_checked(byte).unwrap_or((text, ""));
        let source = edition.get(anchor.passage).and_then(|passage| passage.source.first());
        let skipped = head.chars().count().saturating_sub(BEFORE);
        Self {
            passage: anchor.passage,
            byte,
            source: source.map(|range| range.start),
            before: head.chars().skip(skipped).collect(),
            quote: tail.chars().take(AFTER).collect(),
            sketch: Sketch::of(text),
        }
    }

    /// The passage of the place, where there is no doubt that it is that one: what is decided of a passage does not hold for
    /// another that begins like it.
    #[must_use]
    pub fn passage_in(&self, ground: &Ground<'_>) -> Option<usize> {
        let Some(sketch) = self.sketch.filter(|_| ground.edition.windows().is_none()) else {
            return self.find(ground).map(|place| place.passage);
        };
        ground.passage_like(sketch, self.passage).or_else(|| {
            // It was joined with another, or parted.
            let has_words = |passage: &Passage| passage.text.contains(&self.quote);
            let mut having =
                ground.edition.passages().iter().enumerate().filter(|(_, passage)| has_words(passage));
            let only = having.next().filter(|_| self.quote.chars().count() >= AFTER)?;
            having.next().is_none().then_some(only.0)
        })
    }

    /// The place in the passage that is surely its own; the bytes within that may be others.
    #[must_use]
    pub fn place_in(&self, ground: &Ground<'_>) -> Option<Anchor> {
        Some(self.within(ground.edition, self.passage_in(ground)?))
    }

    /// Where the place stands now: in the passage that is like the one where it stood, else where the same words stand nearest
    /// to it, else where its quotation alone does. `None` where they are gone: the caller starts at the beginning and says
    /// so.
    #[must_use]
    pub fn find(&self, ground: &Ground<'_>) -> Option<Anchor> {
        let edition = ground.edition;
        if self.before.is_empty() && self.quote.is_empty() {
            return (self.passage == 0).then(Anchor::default);
        }
        if let Some(passage) = self.sketch.and_then(|sketch| ground.passage_like(sketch, self.passage)) {
            return Some(self.within(edition, passage));
        }
        let here = Anchor { passage: self.passage, byte: self.byte };
        if self.stands_at(edition, here) {
            return Some(here);
        }
        if let Some(there) = self.source.and_then(|source| self.near_source(edition, source)) {
            return Some(there);
        }
        self.nearest(edition, &self.around(), self.before.len())
            .or_else(|| self.nearest(edition, &self.quote, 0))
            .or_else(|| self.nearest(edition, &self.before, self.before.len()))
    }

    /// The place in a passage that is like the one where it stood: at its words, or as many bytes into it.
    fn within(&self, edition: &Edition, passage: usize) -> Anchor {
        let here = Anchor { passage, byte: self.byte };
        if self.stands_at(edition, here) {
            return here;
        }
        let text = edition.get(passage).map_or("", |passage| passage.text.as_str());
        let near = |words: &str, skip: usize| {
            let found = text.match_indices(words).map(|(at, _)| at + skip);
            found.min_by_key(|at| at.abs_diff(self.byte)).filter(|_| words.chars().count() >= ENOUGH)
        };
        let byte = near(&self.around(), self.before.len())
            .or_else(|| near(&self.quote, 0))
            .or_else(|| near(&self.before, self.before.len()))
            .unwrap_or_else(|| text.floor_char_boundary(self.byte));
        Anchor { passage, byte }
    }

    /// The words before the place and those from it on.
    fn around(&self) -> String {
        format!("{}{}", self.before, self.quote)
    }

    fn stands_at(&self, edition: &Edition, anchor: Anchor) -> bool {
        edition
            .get(anchor.passage)
            .and_then(|passage| passage.text.split_at_checked(anchor.byte))
            .is_some_and(|(head, tail)| head.ends_with(&self.before) && tail.starts_with(&self.quote))
    }

    /// The place in the passage that begins at a byte of the file, or near it.
    fn near_source(&self, edition: &Edition, source: usize) -> Option<Anchor> {
        let passage = edition.passage_at_source(source);
        let around = [Some(passage), edition.after(passage), edition.before(passage)];
        around.into_iter().flatten().find_map(|passage| {
            let text = edition.get(passage)?.text.as_str();
            let here = Anchor { passage, byte: self.byte };
            let found = || Some(Anchor { passage, byte: text.find(&self.around())? + self.before.len() });
            if self.stands_at(edition, here) { Some(here) } else { found() }
        })
    }

    /// The occurrence of `words` in the passage nearest to where they stood, `skip` bytes into it.
    fn nearest(&self, edition: &Edition, words: &str, skip: usize) -> Option<Anchor> {
        if words.chars().count() < ENOUGH {
            return None;
        }
        edition
            .passages()
            .iter()
            .enumerate()
            .filter_map(|(passage, p)| p.text.find(words).map(|at| Anchor { passage, byte: at + skip }))
            .min_by_key(|anchor| anchor.passage.abs_diff(self.passage))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use proptest::prelude::*;

    fn edition(texts: &[&str]) -> Edition {
        let passages = texts.iter().map(|text| Passage::new(Kind::Paragraph, *text)).collect();
        Edition::new(passages, Vec::new(), 0)
    }

    const LONG: &str = "The ferry left at noon and the harbour was empty until the evening bell.";

    #[test]
    fn a_place_moves_with_its_words_and_is_lost_with_them() {
        let before = edition(&["Short.", LONG]);
        let place = Place::of(&before, Anchor { passage: 1, byte: 27 });
        for (now, expected) in [
            (edition(&["Short.", LONG]), Some(Anchor { passage: 1, byte: 27 })),
            (edition(&["New.", "Short.", LONG]), Some(Anchor { passage: 2, byte: 27 })),
            (edition(&[&format!("Added words. {LONG}")]), Some(Anchor { passage: 0, byte: 40 })),
            (
                edition(&["Other words: the harbour was empty until the evening bell."]),
                Some(Anchor { passage: 0, byte: 13 }),
            ),
            (edition(&["Nothing of it is left here."]), None),
            (edition(&[]), None),
        ] {
            assert_eq!(place.find(&Ground::new(&now)), expected);
        }
    }

    #[test]
    fn a_short_passage_that_is_gone_is_lost_rather_than_guessed() {
        let place = Place::of(&edition(&["One.", "Two."]), Anchor::start_of(1));
        let found = |texts: &[&str]| place.find(&Ground::new(&edition(texts)));
        assert_eq!(found(&["One.", "Two."]), Some(Anchor::start_of(1)));
        assert_eq!(found(&["Two.", "Three."]), None);
    }

    #[test]
    fn the_gap_row_after_a_passage_is_a_place() {
        let text = edition(&[LONG]);
        let end = Anchor { passage: 0, byte: LONG.len() };
        assert_eq!(Place::of(&text, end).find(&Ground::new(&text)), Some(end));
    }

    #[test]
    fn the_start_of_a_text_never_opened_is_its_first_passage() {
        assert_eq!(Place::default().find(&Ground::new(&edition(&[LONG]))), Some(Anchor::default()));
    }

    proptest! {
        #[test]
        fn a_place_of_an_unchanged_text_is_found_again(
            texts in prop::collection::vec("\\PC{1,60}", 1..6), passage in 0usize..6, byte in 0usize..200
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let edition = edition(&texts);
            let passage = passage.min(texts.len() - 1);
            let byte = texts[passage].floor_char_boundary(byte);
            let anchor = Anchor { passage, byte };
            prop_assert_eq!(Place::of(&edition, anchor).find(&Ground::new(&edition)), Some(anchor));
        }
    }
}
