//! The links by passage, by topic and by moved block. A frame asks for those of the passages at the reader's line,
//! and an alignment of a long text has tens of thousands: each table is made when it is first asked for.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::model::Model;
use crate::library::pair::Pair;
use crate::links::Link;
use crate::links::moved::{self, Block};

/// The tables of the links of a pair. Whoever changes the links, or what stands under the topics, begins them anew.
#[derive(Debug, Default)]
pub struct LinkTables {
    by_passage: OnceCell<[ByPassage; 2]>,
    /// First the links without a topic, then those of each topic.
    of_topics: OnceCell<Vec<OnceCell<Vec<usize>>>>,
    blocks: OnceCell<HashMap<usize, Rc<Block>>>,
}

/// The links of each passage of a side, by their indexes, in order.
#[derive(Debug, Default)]
struct ByPassage {
    /// Where the links of each passage begin in `links`; one more entry for the end.
    starts: Vec<usize>,
    links: Vec<usize>,
}

impl ByPassage {
    fn new(links: &[Link], side: usize) -> Self {
        let of_link = |(index, link): (usize, &Link)| {
            link.passages[side].iter().map(|&passage| (passage, index)).collect::<Vec<_>>()
        };
        let mut pairs: Vec<(usize, usize)> = links.iter().enumerate().flat_map(of_link).collect();
        pairs.sort_unstable();
        let passages = pairs.last().map_or(0, |(passage, _)| passage + 1);
        let start = |passage| pairs.partition_point(|(other, _)| *other < passage);
        Self {
            starts: (0..=passages).map(start).collect(),
            links: pairs.iter().map(|(_, index)| *index).collect(),
        }
    }

    fn of(&self, passage: usize) -> &[usize] {
        let range = self.starts.get(passage).zip(self.starts.get(passage + 1));
        range.and_then(|(start, end)| self.links.get(*start..*end)).unwrap_or_default()
    }
}

impl LinkTables {
    /// The moved block that a link is a part of.
    pub fn block(&self, pair: &Pair, link: usize) -> Option<&Rc<Block>> {
        let blocks = self.blocks.get_or_init(|| {
            let blocks = moved::blocks(&pair.links).into_iter().map(Rc::new);
            blocks
                .flat_map(|block| block.links.clone().into_iter().map(move |link| (link, Rc::clone(&block))))
                .collect()
        });
        blocks.get(&link)
    }
}

impl Model {
    /// The links that a passage of a side is of, with their indexes, in order; also those that were rejected.
    pub fn links_at(&self, side: usize, passage: usize) -> impl DoubleEndedIterator<Item = (usize, &Link)> {
        let links = &self.pair.links;
        let tables = self.tables.by_passage.get_or_init(|| [0, 1].map(|side| ByPassage::new(links, side)));
        let found = tables.get(side).map(|table| table.of(passage)).unwrap_or_default();
        let found = found.iter().filter_map(|&index| Some((index, links.get(index)?)));
        found.filter(|(_, link)| !link.is_displaced())
    }

    /// The links of a topic, best first, as indexes into the pair's links, ascending; without a topic all that join
    /// passages of one work in two forms. Rejected ones are left out.
    #[must_use]
    pub fn links_of(&self, topic: Option<usize>) -> &[usize] {
        let topics = self.pair.topics.len() + 1;
        let tables = self.tables.of_topics.get_or_init(|| vec![OnceCell::new(); topics]);
        let Some(table) = tables.get(topic.map_or(0, |topic| topic + 1)) else { return &[] };
        table.get_or_init(|| {
            let links = self.pair.links.iter().enumerate();
            let held = links.filter(|(_, link)| link.stands() && self.is_listed(link, topic));
            held.map(|(index, _)| index).collect()
        })
    }

    /// Whether there is a link to go to.
    #[must_use]
    pub fn has_link(&self) -> bool {
        !self.links_of(self.topic).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::links::{LinkKind, Status};
    use crate::reader::action::{Action, Event};
    use crate::reader::fixture::aligned;
    use crate::reader::update::update;
    use crate::topics::Origin;

    fn link(passages: [Vec<usize>; 2]) -> Link {
        Link {
            topic: None,
            kind: LinkKind::Parallel,
            passages,
            relation: None,
            origin: Origin::Automatic,
            similarity: None,
            confidence: 1.0,
            status: Status::Proposed,
            moved: false,
            steps: Vec::new(),
            reasons: Vec::new(),
        }
    }

    proptest! {
        #[test]
        fn a_passage_has_the_links_that_name_it_in_their_order(
            named in prop::collection::vec(prop::collection::btree_set(0usize..12, 0..4), 0..20),
        ) {
            let links: Vec<Link> =
                named.iter().map(|of| link([Vec::new(), of.iter().copied().collect()])).collect();
            let table = ByPassage::new(&links, 1);
            for passage in 0..14 {
                let expected: Vec<usize> =
                    (0..links.len()).filter(|&index| named[index].contains(&passage)).collect();
                prop_assert_eq!(table.of(passage), expected);
            }
            prop_assert!(ByPassage::new(&links, 0).of(0).is_empty());
        }
    }

    #[test]
    fn links_are_those_of_the_pair_that_is_open() {
        let mut model = aligned(|passages| drop(passages.remove(4)));
        let of = |model: &Model, side| {
            model.links_at(side, 7).map(|(_, link)| link.passages.clone()).collect::<Vec<_>>()
        };
        assert_eq!(of(&model, 0), [[vec![7], vec![6]]]);
        update(&mut model, Event::Act { action: Action::Swap, count: None, letter: None });
        assert_eq!(of(&model, 0), [[vec![7], vec![8]]]);
    }
}
