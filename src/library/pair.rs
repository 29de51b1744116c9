//! Two texts and what is known of them together: the indexes by topic and the links between them.

use super::Text;
use crate::links::curated::CuratedLinks;
use crate::links::propose::propose;
use crate::links::{Link, parallel, similarity};
use crate::topics::curated::Curated;
use crate::topics::{Topic, TopicIndex, automatic};

/// Two texts, their indexes and their links: all that a reader or a command needs of a pair.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Left and right.
    pub texts: [Text; 2],
    /// The topics, in the order in which indexes and links name them.
    pub topics: Vec<Topic>,
    /// The index of each text.
    pub indexes: [TopicIndex; 2],
    /// The links, best first within a topic, topics in their order.
    pub links: Vec<Link>,
}

/// What editors judged by reading, as far as there is any for two works.
#[derive(Clone, Debug, Default)]
pub struct Editorial {
    /// The index of each work, by ¶ numbers.
    pub indexes: [Option<Curated>; 2],
    /// The links between the two works.
    pub links: Option<CuratedLinks>,
}

impl Editorial {
    /// Whether editors read both works for a topic and chose its links: none is proposed then, since a
    /// silence of theirs is deliberate.
    fn judged(&self, topic: usize) -> bool {
        let covered = |curated: &Option<Curated>| curated.as_ref().is_some_and(|c| c.covers(topic));
        self.links.is_some() && self.indexes.iter().all(covered)
    }
}

impl Pair {
    /// The pair of `left` and `right` under `topics`, indexed and linked by computation alone.
    #[must_use]
    pub fn automatic(left: Text, right: Text, topics: Vec<Topic>) -> Self {
        let indexes = [automatic::index(&left.edition, &topics), automatic::index(&right.edition, &topics)];
        let links = propose([&left.edition, &right.edition], &topics, [&indexes[0], &indexes[1]]);
        Self { texts: [left, right], topics, indexes, links }
    }

    /// The pair of two texts under `topics`, with what editors judged where they did and what is computed
    /// elsewhere; `auto` leaves the editors out.
    ///
    /// A topic whose links an editor chose has those alone. Two editions of one work are linked by the ¶
    /// numbers that both carry instead of by topic.
    #[must_use]
    pub fn assemble(texts: [Text; 2], topics: Vec<Topic>, editorial: &Editorial, auto: bool) -> Self {
        let [left, right] = texts;
        if auto {
            return Self::automatic(left, right, topics);
        }
        let [left_curated, right_curated] = &editorial.indexes;
        let indexes =
            [index(&left, &topics, left_curated.as_ref()), index(&right, &topics, right_curated.as_ref())];
        let editions = [&left.edition, &right.edition];
        let links = match (&left.work, &right.work) {
            (Some(a), Some(b)) if a.id == b.id => parallel::by_number(editions[0], editions[1]),
            (Some(a), Some(b)) => {
                let chosen = editorial.links.as_ref().map(|links| links.hang([&a.id, &b.id], editions).links);
                let mut links = chosen.unwrap_or_default();
                // Proposing takes longer than opening both texts; it is left out where nothing would be kept.
                if !(0..topics.len()).all(|topic| editorial.judged(topic)) {
                    let mut proposed = propose(editions, &topics, [&indexes[0], &indexes[1]]);
                    proposed.retain(|link| !link.topic.is_some_and(|topic| editorial.judged(topic)));
                    links.extend(proposed);
                }
                // Stable: within a topic the order, best first, stays.
                links.sort_by_key(|link| link.topic.unwrap_or(usize::MAX));
                links
            }
            (None, _) | (_, None) => propose(editions, &topics, [&indexes[0], &indexes[1]]),
        };
        Self { texts: [left, right], topics, indexes, links }
    }
}

/// The index of a text: what editors judged, and what is computed for the topics that they left.
#[must_use]
pub fn index(text: &Text, topics: &[Topic], curated: Option<&Curated>) -> TopicIndex {
    match curated {
        Some(curated) if (0..topics.len()).all(|topic| curated.covers(topic)) => {
            curated.hang(&text.edition).index
        }
        Some(curated) => curated.over(&text.edition, &automatic::index(&text.edition, topics)).index,
        None => automatic::index(&text.edition, topics),
    }
}

impl Pair {
    /// The links of a topic, best first. Between two editions of one work, whose links have no topic, those
    /// with a passage that stands in an index under the topic.
    pub fn links_on(&self, topic: usize) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(move |link| self.is_on(link, topic))
    }

    /// Whether a link is one of [`Self::links_on`].
    #[must_use]
    pub fn is_on(&self, link: &Link, topic: usize) -> bool {
        match link.topic {
            Some(own) => own == topic,
            None => self.indexes.iter().zip(&link.passages).any(|(index, passages)| {
                index.entries(topic).iter().any(|entry| passages.contains(&entry.passage))
            }),
        }
    }

    /// The same, with how alike the passages of each link are.
    #[must_use]
    pub fn compared(mut self) -> Self {
        similarity::compare(&mut self.links, [&self.texts[0].edition, &self.texts[1].edition]);
        self
    }

    /// Exchanges left and right, links included.
    pub fn swap(&mut self) {
        self.texts.swap(0, 1);
        self.indexes.swap(0, 1);
        self.links.iter_mut().for_each(|link| link.passages.swap(0, 1));
    }
}
