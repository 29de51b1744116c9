//! Two texts and what is known of them together: the indexes by topic and the links between them.

use super::Text;
use crate::links::Link;
use crate::links::propose::propose;
use crate::topics::automatic;
use crate::topics::{Topic, TopicIndex};

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

impl Pair {
    /// The pair of `left` and `right` under `topics`, indexed and linked by computation alone.
    #[must_use]
    pub fn automatic(left: Text, right: Text, topics: Vec<Topic>) -> Self {
        let indexes = [automatic::index(&left.edition, &topics), automatic::index(&right.edition, &topics)];
        let links = propose([&left.edition, &right.edition], &topics, [&indexes[0], &indexes[1]]);
        Self { texts: [left, right], topics, indexes, links }
    }
}

impl Pair {
    /// Exchanges left and right, links included.
    pub fn swap(&mut self) {
        self.texts.swap(0, 1);
        self.indexes.swap(0, 1);
        self.links.iter_mut().for_each(|link| link.passages.swap(0, 1));
    }
}
