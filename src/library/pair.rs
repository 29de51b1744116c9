//! Two texts and what is known of them together: the indexes by topic and the links between them.

use super::Text;
use super::open::side_by_side;
use crate::align;
use crate::links::curated::CuratedLinks;
use crate::links::propose::{propose, propose_reporting, propose_under};
use crate::links::{Link, parallel, similarity, steps};
use crate::progress::{Cancelled, Progress};
use crate::topics::curated::Curated;
use crate::topics::{Origin, Topic, TopicIndex, automatic, settle};

/// Of a hundred passages of one work how many have to speak of a topic for it to be a matter of the work.
const MATTER: usize = 3;

pub use super::ground::{Ground, Standing, Told};

/// Two texts, their indexes and their links: all that a reader or a command needs of a pair.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Left and right.
    pub texts: [Text; 2],
    /// The topics, in the order in which indexes and links name them.
    pub topics: Vec<Topic>,
    /// The index of each text.
    pub indexes: [TopicIndex; 2],
    /// The links, best first within a topic, topics in their order; parallel ones as the left text runs.
    pub links: Vec<Link>,
    /// What the links rest on.
    pub ground: Ground,
    /// How much of that is there.
    pub stage: Stage,
}

/// How far what is known of two texts has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// There is nothing yet but the texts: what they are to each other, their indexes and links are to come.
    ToCompare,
    /// The links are still to be computed, see [`Pair::align`].
    ToAlign,
    /// All is there.
    Joined,
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
        let mut indexes =
            [automatic::index(&left.edition, &topics), automatic::index(&right.edition, &topics)];
        settle(&topics, [&left.edition, &right.edition], &mut indexes);
        let links = propose([&left.edition, &right.edition], &topics, [&indexes[0], &indexes[1]]);
        let ground = Ground::known(Standing::Works, "linked by topic alone");
        Self { texts: [left, right], topics, indexes, links, ground, stage: Stage::Joined }
    }

    /// Two texts side by side of which no more is asked than their passages: neither indexed nor linked.
    #[must_use]
    pub fn unlinked(texts: [Text; 2]) -> Self {
        let indexes = [TopicIndex::default(), TopicIndex::default()];
        let ground = Ground::known(Standing::Works, "side by side alone");
        Self { texts, topics: Vec::new(), indexes, links: Vec::new(), ground, stage: Stage::Joined }
    }

    /// The pair of two texts under `topics`, with what editors judged where they did and what is computed
    /// elsewhere; `auto` leaves the editors out.
    ///
    /// A topic whose links an editor chose has those alone. A digest and its work are linked by the ¶ numbers
    /// that both carry instead of by topic; where the words of two editions are to be aligned, that is left to
    /// [`Self::align`], which takes longer.
    #[must_use]
    pub fn assemble(texts: [Text; 2], topics: Vec<Topic>, editorial: &Editorial, ground: Ground) -> Self {
        let [left, right] = texts;
        let [left_curated, right_curated] = &editorial.indexes;
        let index_of_left = || index(&left, &topics, left_curated.as_ref());
        let index_of_right = || index(&right, &topics, right_curated.as_ref());
        // What editors judged is there at once; what is computed of both texts is computed side by side.
        let mut indexes = if left_curated.is_none() && right_curated.is_none() {
            side_by_side(index_of_left, index_of_right).into()
        } else {
            [index_of_left(), index_of_right()]
        };
        let editions = [&left.edition, &right.edition];
        settle(&topics, editions, &mut indexes);
        let is_aligned = ground.standing == Standing::Parallel;
        let stage = if is_aligned { Stage::ToAlign } else { Stage::Joined };
        let links = match (ground.standing, &left.work, &right.work) {
            (Standing::Parallel, _, _) => Vec::new(),
            (Standing::Numbers, _, _) => parallel::by_number(editions[0], editions[1]),
            (Standing::Works, Some(a), Some(b)) => {
                let chosen = editorial.links.as_ref().map(|links| links.hang([&a.id, &b.id], editions).links);
                let mut links = chosen.unwrap_or_default();
                // Proposing takes longer than opening both texts; it is left out where nothing would be kept.
                let is_chosen = |topic: usize| links.iter().any(|link| link.topic == Some(topic));
                let is_open = |topic: usize| !editorial.judged(topic) && !is_chosen(topic);
                let proposed = propose_under(editions, &topics, [&indexes[0], &indexes[1]], is_open);
                links.extend(proposed);
                // Stable: within a topic the order, best first, stays.
                links.sort_by_key(|link| link.topic.unwrap_or(usize::MAX));
                links
            }
            (Standing::Works, None, _) | (Standing::Works, _, None) => {
                propose(editions, &topics, [&indexes[0], &indexes[1]])
            }
        };
        Self { texts: [left, right], topics, indexes, links, ground, stage }
    }

    /// Whether one of the texts is too large to be aligned while it is being read.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        self.texts.iter().any(super::ground::is_too_large)
    }

    /// Whether two texts were taken for two works by how they begin, and go on: what one of them begins with may be
    /// the preface of an editor.
    #[must_use]
    pub fn is_taken_for_works(&self) -> bool {
        let editions = || self.texts.iter().map(|text| &text.edition);
        self.ground.standing == Standing::Works
            && self.ground.origin == Origin::Automatic
            && editions().all(|edition| edition.windows().is_none())
            && editions().any(|edition| edition.text_bytes() > align::BEGINNING)
    }

    /// Aligns the words of the two texts where their links are to come from there, also where they were taken for two
    /// works by how they begin and all of their words show one. Where the whole texts say what the sample did not, that
    /// they are two works after all, they are linked by topic; not against the reader's word.
    ///
    /// # Errors
    /// Where it was cancelled; the pair is as it was.
    pub fn align(&mut self, progress: &Progress) -> Result<(), Cancelled> {
        let editions = self.texts.each_ref().map(|text| &text.edition);
        let by_all_words = || parallel::judge_whole(editions, &progress.part(0.0..0.1));
        let is_one_work =
            self.stage == Stage::ToAlign || (self.is_taken_for_works() && by_all_words()?.is_some());
        if !is_one_work {
            return Ok(());
        }
        // What a reader or an editor knows is not doubted for what the words say.
        let options =
            align::Options { one_work: self.ground.origin != Origin::Automatic, ..Default::default() };
        let unit = parallel::Unit::Passage;
        let aligned = parallel::align(editions, unit, &options, &progress.part(0.1..0.7))?;
        let told = &progress.part(0.8..1.0);
        let progress = &progress.part(0.7..0.8);
        let linked = || {
            let mut links = aligned.links(editions, progress)?;
            steps::tell(&mut links.iter_mut().collect::<Vec<_>>(), editions, told)?;
            Ok(links)
        };
        let judged = Ground::judged(aligned.alignment.judgement.clone());
        let links = match (self.ground.origin, judged.standing) {
            (Origin::Automatic, Standing::Works) => {
                let links = propose_reporting(editions, &self.topics, self.indexes.each_ref(), progress)?;
                self.ground = judged;
                links
            }
            (Origin::Automatic, Standing::Parallel | Standing::Numbers) => {
                let links = linked()?;
                self.ground = judged;
                links
            }
            (Origin::Curated | Origin::Reader, _) => linked()?,
        };
        self.links = links;
        self.stage = Stage::Joined;
        Ok(())
    }
}

/// The index of a text: what editors judged, and what is computed for the topics that they left.
#[must_use]
pub fn index(text: &Text, topics: &[Topic], curated: Option<&Curated>) -> TopicIndex {
    let Some(curated) = curated else { return automatic::index(&text.edition, topics) };
    let mut index = curated.hang(&text.edition).index;
    let left: Vec<usize> = (0..topics.len()).filter(|topic| !curated.covers(*topic)).collect();
    if !left.is_empty() {
        let asked: Vec<Topic> = left.iter().filter_map(|topic| topics.get(*topic)).cloned().collect();
        let computed = automatic::index(&text.edition, &asked);
        for (at, topic) in left.into_iter().enumerate() {
            index.take(topic, &computed, at);
        }
    }
    index
}

/// Puts a topic of the reader's own at the end of a list, in the place of one of theirs that has its id. Its index.
pub fn add(topics: &mut Vec<Topic>, mut topic: Topic) -> usize {
    let same = topics.iter().position(|other| other.id == topic.id && other.origin == Origin::Reader);
    if let Some((at, slot)) = same.and_then(|at| Some((at, topics.get_mut(at)?))) {
        *slot = topic;
        return at;
    }
    while topics.iter().any(|other| other.id == topic.id) {
        topic.id.push_str("-yours");
    }
    topics.push(topic);
    topics.len() - 1
}

impl Pair {
    /// Indexes both texts for a topic of the reader's own and links them under it; one of theirs that has the same
    /// id gives way. Its index.
    pub fn add_topic(&mut self, topic: Topic) -> usize {
        let at = add(&mut self.topics, topic);
        let Some(asked) = self.topics.get(at).map(std::slice::from_ref) else { return at };
        for (index, text) in self.indexes.iter_mut().zip(&self.texts) {
            index.take(at, &automatic::index(&text.edition, asked), 0);
        }
        let editions = self.texts.each_ref().map(|text| &text.edition);
        settle(&self.topics, editions, &mut self.indexes);
        self.links.retain(|link| link.topic != Some(at));
        if self.ground.standing == Standing::Works {
            let only = |topic: usize| topic == at;
            self.links.extend(propose_under(editions, &self.topics, self.indexes.each_ref(), only));
            // Stable: within a topic the order, best first, stays.
            self.links.sort_by_key(|link| link.topic.unwrap_or(usize::MAX));
        }
        at
    }

    /// Drops a topic with its entries and links; those after it move up.
    pub fn remove_topic(&mut self, topic: usize) {
        if topic >= self.topics.len() {
            return;
        }
        self.topics.remove(topic);
        for index in &mut self.indexes {
            index.remove(topic);
        }
        self.links.retain(|link| link.topic != Some(topic));
        for link in &mut self.links {
            link.topic = link.topic.map(|other| if other > topic { other - 1 } else { other });
        }
    }
}

impl Pair {
    /// The links of a topic, best first. Between two editions of one work, whose links have no topic, those
    /// with a passage that stands in an index under the topic.
    pub fn links_on(&self, topic: usize) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(move |link| self.is_on(link, topic))
    }

    /// The topics that the two texts have any passage under.
    pub fn topics_present(&self) -> impl Iterator<Item = usize> {
        (0..self.topics.len()).filter(|&topic| self.speaks_of(topic))
    }

    /// Whether a text has passages under a topic.
    #[must_use]
    pub fn speaks_of(&self, topic: usize) -> bool {
        self.indexes.iter().any(|index| !index.entries(topic).is_empty())
    }

    /// Whether the two texts are read by a topic: two works by any that one of them speaks of. One work in two forms is read
    /// passage by passage, and topics that a few of many passages touch are none of its matter.
    #[must_use]
    pub fn is_read_by(&self, topic: usize) -> bool {
        let is_matter = |(index, text): (&TopicIndex, &Text)| {
            index.entries(topic).len() * 100 >= text.edition.passages().len() * MATTER
        };
        let is_aligned = self.ground.standing == Standing::Parallel;
        self.speaks_of(topic) && (!is_aligned || self.indexes.iter().zip(&self.texts).any(is_matter))
    }

    /// The topic to begin with: the first under which links join the two texts, else that both speak of, else that
    /// is present. Two forms of one work have links without any.
    #[must_use]
    pub fn first_topic(&self) -> Option<usize> {
        if self.ground.standing != Standing::Works {
            return None;
        }
        let is_linked = |&topic: &usize| self.links.iter().any(|link| link.topic == Some(topic));
        let is_shared = |&topic: &usize| self.indexes.iter().all(|index| !index.entries(topic).is_empty());
        let linked = self.topics_present().find(is_linked);
        linked.or_else(|| self.topics_present().find(is_shared)).or_else(|| self.topics_present().next())
    }

    /// Whether a link is one of [`Self::links_on`].
    #[must_use]
    pub fn is_on(&self, link: &Link, topic: usize) -> bool {
        match link.topic {
            Some(own) => own == topic,
            // What has no partner joins nothing.
            None if !link.has_both_sides() => false,
            None => self.indexes.iter().zip(&link.passages).any(|(index, passages)| {
                passages.iter().any(|&passage| index.entry(topic, passage).is_some())
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
        self.links.iter_mut().for_each(Link::swap);
    }
}
