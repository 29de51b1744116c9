//! What speaks for two passages answering each other under a topic, and how that is said to a person.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::collocation::{Collocations, shared_collocations};
use super::quotation::{SharedRun, shared_runs};
use super::similarity::{Vector, Vocabulary, cosine, shared, vector};
use crate::document::Edition;
use crate::progress::{Cancelled, Progress};
use crate::topics::matching::Matcher;
use crate::topics::words::Word;
use crate::topics::{Entry, Topic, TopicIndex};

/// What a word that stands in no topic's definition counts against one that does.
const BESIDE_THE_MATTER: f32 = 0.6;
/// Content words at which a passage carries half the substance that a long one has.
const HALF_SUBSTANCE: f32 = 8.0;
/// The score from which an entry has as much to say as can be.
const SUREST: f32 = 0.99;
/// What a sentence without a term of the topic counts against one that has one.
const ASIDE: f32 = 0.15;
/// The sum of what speaks for a link at which it is as likely to hold as not.
const EVEN_ODDS: f32 = 1.75;
/// The rarity of a shared run at which it tells as much as it can.
const FULL_QUOTATION: f32 = 6.0;
/// Rarity from which a shared word is worth naming.
const WORTH_NAMING: f32 = 0.15;
/// Words and names that a reason gives.
const NAMED: usize = 4;
/// Other topics that a reason gives.
const ALSO: usize = 2;
/// Words of a quotation that a reason gives.
const QUOTED_WORDS: usize = 12;

/// What speaks for two passages answering each other, each in [0, 1].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signals {
    /// How alike what both say about the topic is.
    pub focus: f32,
    /// How much the words that both have one after another tell.
    pub quotation: f32,
    /// How much the words that both bring together tell.
    pub collocation: f32,
    /// How alike the other topics are that both speak of.
    pub aspects: f32,
    /// How much both have to say: by their scores in the index and by length.
    pub substance: f32,
    /// How much of both is about the topic.
    pub density: f32,
}

impl Signals {
    /// How strongly two passages answer each other, in (0, 1): the weighted sum of what speaks for it, by the
    /// logistic function. What both have to say about the topic counts most: passages that treat it at length
    /// answer each other in other words too, and those that share words may do so by the way.
    #[must_use]
    pub fn strength(&self) -> f32 {
        let sum = 2.0 * self.substance
            + 9.0 * self.focus * self.density
            + 1.6 * self.collocation
            + 2.2 * self.aspects
            + 3.0 * self.quotation;
        1.0 / (1.0 + (EVEN_ODDS - sum).exp())
    }
}

/// All that is known of a pair of editions before any topic is asked about.
#[derive(Debug)]
pub struct Evidence<'e> {
    editions: [&'e Edition; 2],
    /// The words of both.
    pub vocabulary: Vocabulary,
    /// By stem: how much it tells, those of the matter counting most.
    telling: Vec<f32>,
    runs: HashMap<[usize; 2], SharedRun>,
    collocations: HashMap<[usize; 2], Collocations>,
    /// For each side and passage its entries: topic, and score times the rarity of the topic.
    aspects: [BTreeMap<usize, Vec<(usize, f32)>>; 2],
}

/// A left and a right passage, weighed.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// The passages, left and right.
    pub passages: [usize; 2],
    /// How strongly they answer each other; 0 and up, seldom above 1.
    pub strength: f32,
    /// What speaks for it.
    pub signals: Signals,
}

/// The entries of a topic on both sides, weighed against each other.
#[derive(Clone, Debug)]
pub struct Pairing {
    /// Every pair, by left, then right passage.
    pub pairs: Vec<Weighed>,
    /// What each entry says about the topic, for each side.
    focus: [Vec<(usize, Vector)>; 2],
}

/// What a passage says about a topic.
#[derive(Clone, Debug)]
struct Said {
    passage: usize,
    /// Its words, those of sentences without a term of the topic counting less.
    focus: Vector,
    /// The share of its words that stand in sentences with a term of the topic.
    density: f32,
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
        self.focus(side, passage).is_some()
    }

    fn focus(&self, side: usize, passage: usize) -> Option<&Vector> {
        let entries = self.focus.get(side)?;
        let at = entries.binary_search_by_key(&passage, |(p, _)| *p).ok()?;
        entries.get(at).map(|(_, vector)| vector)
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
        let stems = 0..vocabulary.lexicon.len() as u32;
        let telling = stems.map(|stem| {
            let share = if matter.contains(&stem) { 1.0 } else { BESIDE_THE_MATTER };
            share * vocabulary.rarity(stem)
        });
        let telling = telling.collect();
        let collocations = shared_collocations(&vocabulary);
        let aspects = aspects(editions, topics.len(), indexes, wanted);
        Ok(Self { editions, vocabulary, telling, runs, collocations, aspects })
    }

    /// How much a stem tells about what the texts are read for, in [0, 1].
    fn telling(&self, stem: u32) -> f32 {
        self.telling.get(stem as usize).copied().unwrap_or_default()
    }

    /// Weighs the entries of a topic, each side in reading order, against each other.
    pub fn pairing(&mut self, index: usize, topic: &Topic, entries: [&[Entry]; 2]) -> Pairing {
        let matcher = Matcher::new(topic, &mut self.vocabulary.lexicon);
        let said = [0, 1].map(|side: usize| {
            let said = |entry: &Entry| self.said(side, entry.passage, &matcher);
            entries[side].iter().map(said).collect::<Vec<_>>()
        });
        let mut pairs = Vec::new();
        for (i, left) in entries[0].iter().enumerate() {
            for (j, right) in entries[1].iter().enumerate() {
                let passages = [left.passage, right.passage];
                let focused = cosine(&said[0][i].focus, &said[1][j].focus);
                let quoted = self.runs.get(&passages).map_or(0.0, weight_of);
                let substances = [self.substance(0, left), self.substance(1, right)];
                let signals = Signals {
                    focus: focused,
                    quotation: quoted,
                    collocation: 1.0 - (-self.collocations.get(&passages).map_or(0.0, |c| c.weight)).exp(),
                    aspects: self.shared_aspects(passages, index),
                    substance: f32::midpoint(substances[0], substances[1]),
                    density: (said[0][i].density * said[1][j].density).sqrt(),
                };
                pairs.push(Weighed { passages, strength: signals.strength(), signals });
            }
        }
        let focus = said.map(|said| said.into_iter().map(|said| (said.passage, said.focus)).collect());
        Pairing { pairs, focus }
    }

    /// How alike the other topics are that two passages stand under.
    fn shared_aspects(&self, passages: [usize; 2], topic: usize) -> f32 {
        let [Some(left), Some(right)] = [0, 1].map(|side: usize| self.aspects[side].get(&passages[side]))
        else {
            return 0.0;
        };
        let other = |&&(t, _): &&(usize, f32)| t != topic;
        let length =
            |side: &[(usize, f32)]| side.iter().filter(other).map(|(_, w)| w * w).sum::<f32>().sqrt();
        let both: f32 = left
            .iter()
            .filter(other)
            .filter_map(|(t, w)| Some(w * right.iter().find(|(u, _)| u == t)?.1))
            .sum();
        if both > 0.0 { (both / (length(left) * length(right))).min(1.0) } else { 0.0 }
    }

    /// How much an entry has to say, in [0, 1]: by how surely the index holds it, and by its length, since a
    /// question or a heading of a few words answers nothing.
    fn substance(&self, side: usize, entry: &Entry) -> f32 {
        let words = self.words(side, entry.passage).iter().filter(|word| word.content).count() as f32;
        let score = entry.score.clamp(0.5, SUREST);
        (score / (1.0 - score)).ln() / (SUREST / (1.0 - SUREST)).ln() * words / (words + HALF_SUBSTANCE)
    }

    /// What a passage says about a topic.
    fn said(&self, side: usize, passage: usize, matcher: &Matcher) -> Said {
        let words = self.words(side, passage);
        let mut speaking: Vec<u32> = matcher.hits(words).iter().map(|hit| hit.sentence).collect();
        speaking.dedup();
        // All speak where an editor chose a passage without any term of the topic.
        let speaks = |word: &Word| speaking.is_empty() || speaking.binary_search(&word.sentence).is_ok();
        let weight = |word: &Word| if speaks(word) { 1.0 } else { ASIDE };
        let focus = vector(words.iter().map(|word| (word, weight(word))), |stem| self.telling(stem));
        let density = words.iter().filter(|word| speaks(word)).count() as f32 / words.len().max(1) as f32;
        Said { passage, focus, density }
    }

    /// The words of a passage.
    #[must_use]
    pub fn words(&self, side: usize, passage: usize) -> &[Word] {
        self.vocabulary.words(side, passage)
    }

    /// Why groups of passages belong together, each a line that can be checked on the screen.
    #[must_use]
    pub fn reasons(
        &self,
        topics: (usize, &[Topic]),
        pairing: &Pairing,
        passages: &[Vec<usize>; 2],
    ) -> Vec<String> {
        let pairs = || passages[0].iter().flat_map(|&l| passages[1].iter().map(move |&r| [l, r]));
        let rarest = pairs().filter_map(|pair| self.runs.get(&pair));
        let rarest = rarest.max_by(|a, b| a.rarity.total_cmp(&b.rarity).then(b.passages.cmp(&a.passages)));
        let mut reasons: Vec<String> = rarest.map(|run| self.quotation(run)).into_iter().collect();
        let mut weights: HashMap<u32, f32> = HashMap::new();
        for [left, right] in pairs() {
            let (Some(l), Some(r)) = (pairing.focus(0, left), pairing.focus(1, right)) else { continue };
            for (stem, product) in shared(l, r) {
                let weight = weights.entry(stem).or_default();
                *weight = weight.max(product);
            }
        }
        let mut words: Vec<(u32, f32)> =
            weights.into_iter().filter(|&(stem, _)| self.vocabulary.rarity(stem) >= WORTH_NAMING).collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let spoken: Vec<&str> =
            words.iter().take(NAMED).filter_map(|&(stem, _)| self.as_written(passages, stem)).collect();
        if !spoken.is_empty() {
            reasons.push(format!("both speak of: {}", spoken.join(", ")));
        }
        reasons.extend(self.brought_together(passages));
        reasons.extend(self.also_under(topics, passages));
        reasons
    }

    /// The two words that both sides bring together most tellingly.
    fn brought_together(&self, passages: &[Vec<usize>; 2]) -> Option<String> {
        let pairs = passages[0].iter().flat_map(|&l| passages[1].iter().map(move |&r| [l, r]));
        let found = pairs.filter_map(|pair| self.collocations.get(&pair)?.best.first());
        let (_, stems) = found.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        let [first, second] = stems.map(|stem| self.as_written(passages, stem));
        Some(format!("both bring together: {} and {}", first?, second?))
    }

    /// The other topics that both sides stand under, those of the fewest passages first.
    fn also_under(&self, (topic, topics): (usize, &[Topic]), passages: &[Vec<usize>; 2]) -> Option<String> {
        let of = |side: usize| {
            let entries = passages[side].iter().filter_map(move |passage| self.aspects[side].get(passage));
            entries.flatten().filter(move |(other, _)| *other != topic).copied().collect::<Vec<_>>()
        };
        let [left, right] = [of(0), of(1)];
        let mut shared: Vec<(f32, usize)> = Vec::new();
        for (other, weight) in left {
            let strongest =
                right.iter().filter(|(t, _)| *t == other).map(|(_, w)| w * weight).reduce(f32::max);
            match (strongest, shared.iter_mut().find(|(_, t)| *t == other)) {
                (Some(weight), Some(known)) => known.0 = known.0.max(weight),
                (Some(weight), None) => shared.push((weight, other)),
                (None, _) => {}
            }
        }
        shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let names: Vec<&str> =
            shared.iter().take(ALSO).filter_map(|(_, t)| Some(topics.get(*t)?.name.as_str())).collect();
        (!names.is_empty()).then(|| format!("both also under: {}", names.join(", ")))
    }

    fn quotation(&self, run: &SharedRun) -> String {
        let text = self.editions[0].get(run.passages[0]).map(|p| p.slice(run.bytes[0].clone()));
        let text = text.unwrap_or_default();
        let shown: Vec<&str> = text.split(' ').take(QUOTED_WORDS).collect();
        let more = if text.split(' ').count() > QUOTED_WORDS { " …" } else { "" };
        let verb = if run.quoted { "quote" } else { "say" };
        format!("both {verb}: “{}{more}”", shown.join(" "))
    }

    /// A stem as the left passages write it first.
    fn as_written(&self, passages: &[Vec<usize>; 2], stem: u32) -> Option<&str> {
        passages[0].iter().find_map(|&passage| {
            let word = self.words(0, passage).iter().find(|word| word.stem == stem)?;
            Some(self.editions[0].get(passage)?.slice(word.byte..word.byte + word.bytes))
        })
    }
}

/// For each side and wanted passage its entries: the topic, and the score times how rare the topic is.
fn aspects(
    editions: [&Edition; 2],
    topics: usize,
    indexes: [&TopicIndex; 2],
    wanted: [&BTreeSet<usize>; 2],
) -> [BTreeMap<usize, Vec<(usize, f32)>>; 2] {
    let passages: usize = editions.iter().map(|edition| edition.passages().len()).sum();
    let passages = passages as f32 + 12.0;
    let mut aspects = [BTreeMap::new(), BTreeMap::new()];
    for topic in 0..topics {
        let standing: usize = indexes.iter().map(|index| index.entries(topic).len()).sum();
        let rarity = (passages / (standing as f32).max(1.0)).ln() / passages.ln();
        for side in [0, 1] {
            let entries = indexes[side].entries(topic).iter();
            for entry in entries.filter(|entry| wanted[side].contains(&entry.passage)) {
                let aspects: &mut Vec<(usize, f32)> = aspects[side].entry(entry.passage).or_default();
                aspects.push((topic, entry.score * rarity));
            }
        }
    }
    aspects
}

/// How much a shared run tells, in [0, 1]; half as much where neither side marks it as a quotation.
fn weight_of(run: &SharedRun) -> f32 {
    let full = (run.rarity / FULL_QUOTATION).min(1.0);
    if run.quoted { full } else { full / 2.0 }
}
