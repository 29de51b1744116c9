//! Where the words of a topic stand in a passage, as the index reads them, for whoever shows it. Knows no index.

use std::ops::Range;

use super::Topic;
use super::language;
use super::matching::{Hit, Matcher};
use super::words::Lexicon;
use crate::document::Edition;

/// The words of a topic, ready to be found in passages of an edition.
#[derive(Debug)]
pub struct Spotter {
    lexicon: Lexicon,
    matcher: Matcher,
}

impl Spotter {
    /// Those that speak of `topic` in the language of `edition`.
    #[must_use]
    pub fn new(topic: &Topic, edition: &Edition) -> Self {
        let mut lexicon = Lexicon::new(language::of([edition]).of_terms());
        let matcher = Matcher::new(topic, &mut lexicon);
        Self { lexicon, matcher }
    }

    /// The bytes of the words in the text of a passage, in order and apart from each other.
    pub fn spot(&mut self, text: &str) -> Vec<Range<usize>> {
        let hits = self.matcher.hits(&self.lexicon.words(text));
        let mut spots: Vec<Range<usize>> = hits.iter().flat_map(Hit::places).collect();
        spots.sort_by_key(|spot| (spot.start, spot.end));
        spots.dedup_by(|next, spot| {
            let meets = next.start <= spot.end;
            spot.end = if meets { spot.end.max(next.end) } else { spot.end };
            meets
        });
        spots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};
    use crate::topics::{Origin, Term};

    fn spotted(terms: &[&str], look_alikes: &[&str], text: &str) -> Vec<String> {
        let owned = |words: &&str| (*words).to_owned();
        let topic = Topic {
            id: "fleets".to_owned(),
            name: "fleets".to_owned(),
            definition: String::new(),
            terms: terms.iter().map(|words| Term { words: owned(words), weight: 1.0 }).collect(),
            look_alikes: look_alikes.iter().map(owned).collect(),
            see_also: Vec::new(),
            origin: Origin::Reader,
        };
        let prose =
            "The boats of the harbour came in before the wind, and the men who were in them were glad of it.";
        let edition = Edition::new(vec![Passage::new(Kind::Paragraph, prose)], Vec::new(), prose.len());
        Spotter::new(&topic, &edition)
            .spot(text)
            .into_iter()
            .map(|spot| text.get(spot).unwrap().to_owned())
            .collect()
    }

    #[test]
    fn words_are_spotted_by_stem_and_look_alikes_are_not() {
        let text = "Her boat met two Boats\nof the harbour, and a boat race.";
        assert_eq!(spotted(&["boats"], &["boat race"], text), ["boat", "Boats"]);
    }

    #[test]
    fn parts_of_a_term_are_spotted_apart_and_spots_never_overlap() {
        let text = "The masters of the harbour paid for no boats.";
        assert_eq!(
            spotted(&["masters + boats", "masters of the harbour"], &[], text),
            ["masters of the harbour", "boats"]
        );
    }
}
