//! What speaks for two passages answering each other under a topic.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::quotation::{SharedRun, shared_runs};
use super::said::{Mention, Said, Telling, View, mentions};
use super::similarity::Vocabulary;
use crate::document::Edition;
use crate::progress::{Cancelled, Progress};
use crate::topics::matching::Matcher;
use crate::topics::words::Word;
use crate::topics::{Entry, Topic, TopicIndex};

/// What a word that stands in no topic's definition counts against one that does.
const BESIDE_THE_MATTER: f32 = 0.6;
/// What words tell against topics where whole passages are compared: what a long passage speaks of besides is
/// seen by its topics, and many words are shared by chance.
const WORDS_IN_ALL: f32 = 0.3;
/// What speaks for a pair in which nothing is alike.
const NOTHING: f32 = 0.02;
/// What a quotation that tells as much as it can adds to what speaks for a pair already, as a factor.
const QUOTED: f32 = 2.0;
/// The rarity of a shared run at which it tells as much as it can.
const FULL_QUOTATION: f32 = 6.0;
/// Pairs of a topic whose places are compared, those most alike in all first: bounds the work.
const MOST_PLACED: usize = 96;
/// Passages of other texts that are thought to stand beside the pair when the rarity of a topic is judged.
const UNSEEN_PASSAGES: f32 = 12.0;

/// All that is known of a pair of editions before any topic is asked about.
#[derive(Debug)]
pub struct Evidence<'e> {
    /// Left and right.
    pub editions: [&'e Edition; 2],
    /// The words of both.
    pub vocabulary: Vocabulary,
    /// By stem: how much it tells, those of the matter counting most.
    stems: Vec<f32>,
    /// By topic: how much it tells that a passage speaks of it.
    topics: Vec<f32>,
    runs: HashMap<[usize; 2], SharedRun>,
    /// For each side and passage the terms of all topics in it.
    mentions: [BTreeMap<usize, Vec<Mention>>; 2],
}

/// A left and a right passage, weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The passages, left and right.
    pub passages: [usize; 2],
    /// How strongly they answer each other, from 0 up.
    pub strength: f32,
    /// Which places of both answer each other best.
    places: [usize; 2],
}

/// The entries of a topic on both sides, weighed against each other.
#[derive(Clone, Debug)]
pub struct Pairing {
    /// The pairs that may be links, by left, then right passage.
    pub pairs: Vec<Weighed>,
    /// What each entry says about the topic, for each side, by passage.
    said: [BTreeMap<usize, Said>; 2],
}

impl Pairing {
    /// The entries that follow a passage of a side without a gap, in order.
    pub fn entries_after(&self, side: usize, passage: usize) -> impl Iterator<Item = usize> + '_ {
        (passage + 1..).take_while(move |&p| self.is_entry(side, p))
    }

    /// The entries that come before a passage of a side without a gap, nearest first.
    pub fn entries_before(&self, side: usize, passage: usize) -> impl Iterator<Item = usize> + '_ {
        (0..passage).rev().take_while(move |&p| self.is_entry(side, p))
    }

    fn is_entry(&self, side: usize, passage: usize) -> bool {
        self.said.get(side).is_some_and(|said| said.contains_key(&passage))
    }

    /// What stands at the places of a pair that answer each other best.
    #[must_use]
    pub fn best_places(&self, pair: &Weighed) -> Option<[&View; 2]> {
        let place = |side: usize| {
            let said = self.said.get(side)?.get(pair.passages.get(side)?)?;
            said.places.get(*pair.places.get(side)?).map(|(_, view)| view)
        };
        Some([place(0)?, place(1)?])
    }

    /// All that the passages of a pair say about the topic.
    #[must_use]
    pub fn wholes(&self, passages: [usize; 2]) -> Option<[&View; 2]> {
        let whole = |side: usize| Some(&self.said.get(side)?.get(passages.get(side)?)?.whole);
        Some([whole(0)?, whole(1)?])
    }
}

impl<'e> Evidence<'e> {
    /// Reads both editions, for readers who ask about these topics (the words of their definitions are the words
    /// of the matter) and for these passages.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn of(
        editions: [&'e Edition; 2],
        topics: &[Topic],
        indexes: [&TopicIndex; 2],
        wanted: [&BTreeSet<usize>; 2],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut vocabulary = Vocabulary::of_passages(editions, wanted, progress)?;
        let runs = shared_runs(editions, &vocabulary).into_iter().map(|run| (run.passages, run)).collect();
        let terms = topics.iter().flat_map(|topic| &topic.terms);
        let matter: HashSet<u32> =
            terms.flat_map(|term| vocabulary.lexicon.words(&term.words)).map(|word| word.stem).collect();
        let matchers: Vec<Matcher> =
            topics.iter().map(|topic| Matcher::new(topic, &mut vocabulary.lexicon)).collect();
        let stems = (0..vocabulary.lexicon.len() as u32).map(|stem| {
            let share = if matter.contains(&stem) { 1.0 } else { BESIDE_THE_MATTER };
            share * vocabulary.rarity(stem)
        });
        let stems = stems.collect();
        let mentioned = |words: &[Word]| mentions(matchers.iter().map(|m| m.hits(words)).enumerate());
        let mentions = [0, 1].map(|side: usize| {
            vocabulary.passages(side).map(|(passage, words)| (passage, mentioned(words))).collect()
        });
        let topics = rarity_of_topics(editions, topics.len(), indexes);
        Ok(Self { editions, vocabulary, stems, topics, runs, mentions })
    }

    /// Weighs the entries of a topic, each side in reading order, against each other.
    #[must_use]
    pub fn pairing(&self, topic: usize, entries: [&[Entry]; 2]) -> Pairing {
        let telling = Telling { stems: &self.stems, topics: &self.topics };
        let said = [0, 1].map(|side: usize| {
            let said = |entry: &Entry| {
                let mentions = self.mentions[side].get(&entry.passage).map_or(&[][..], Vec::as_slice);
                Said::about(topic, self.words(side, entry.passage), mentions, telling)
            };
            entries[side].iter().map(said).collect::<Vec<_>>()
        });
        let mut pairs: Vec<([usize; 2], f32)> = Vec::new();
        for (l, left) in entries[0].iter().enumerate() {
            for (r, right) in entries[1].iter().enumerate() {
                let [topics, words] = said[0][l].whole.likeness(&said[1][r].whole);
                let quoted = self.runs.get(&[left.passage, right.passage]).map_or(0.0, weight_of);
                let alike = topics + WORDS_IN_ALL * words + NOTHING;
                let amount = left.score * said[0][l].amount * right.score * said[1][r].amount;
                pairs.push(([l, r], amount * alike * (1.0 + QUOTED * quoted)));
            }
        }
        pairs.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        pairs.truncate(MOST_PLACED);
        let weigh = |([l, r], strength): ([usize; 2], f32)| {
            let (places, alike) = best_places([&said[0][l], &said[1][r]]);
            let passages = [entries[0][l].passage, entries[1][r].passage];
            Weighed { passages, strength: strength * alike.sqrt(), places }
        };
        let mut pairs: Vec<Weighed> = pairs.into_iter().map(weigh).collect();
        pairs.sort_by_key(|pair| pair.passages);
        let mut said = said.into_iter().zip(entries);
        let mut by_passage = || {
            let (said, entries) = said.next().unwrap_or_default();
            entries.iter().map(|entry| entry.passage).zip(said).collect()
        };
        Pairing { pairs, said: [by_passage(), by_passage()] }
    }

    /// The words of a passage.
    #[must_use]
    pub fn words(&self, side: usize, passage: usize) -> &[Word] {
        self.vocabulary.words(side, passage)
    }

    /// The rarest run of words that a left and a right passage share.
    #[must_use]
    pub fn run(&self, passages: [usize; 2]) -> Option<&SharedRun> {
        self.runs.get(&passages)
    }
}

/// The places of two passages that answer each other best, and how well: by the topics and words that both
/// have, and by how surely both speak of the topic there.
fn best_places([left, right]: [&Said; 2]) -> ([usize; 2], f32) {
    let mut best = ([0, 0], 0.0);
    for (l, (left_weight, left)) in left.places.iter().enumerate() {
        for (r, (right_weight, right)) in right.places.iter().enumerate() {
            let [topics, words] = left.likeness(right);
            let alike = (topics + words + NOTHING) * left_weight * right_weight;
            if alike > best.1 {
                best = ([l, r], alike);
            }
        }
    }
    best
}

/// For each topic how rare its entries are among the passages of both editions, in [0, 1].
fn rarity_of_topics(editions: [&Edition; 2], topics: usize, indexes: [&TopicIndex; 2]) -> Vec<f32> {
    let passages: usize = editions.iter().map(|edition| edition.passages().len()).sum();
    let passages = passages as f32 + UNSEEN_PASSAGES;
    let rarity = |topic: usize| {
        let standing: usize = indexes.iter().map(|index| index.entries(topic).len()).sum();
        (passages / (standing as f32).max(1.0)).ln() / passages.ln()
    };
    (0..topics).map(rarity).collect()
}

/// How much a shared run tells, in [0, 1]; half as much where neither side marks it as a quotation.
fn weight_of(run: &SharedRun) -> f32 {
    let full = (run.rarity / FULL_QUOTATION).min(1.0);
    if run.quoted { full } else { full / 2.0 }
}
