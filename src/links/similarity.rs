//! How alike passages of two editions are: the words they share, weighed by how rare each is in the pair.
//!
//! Knows no topics. Vectors are TF-IDF with a logarithmic count and unit length (Salton and Buckley, 1988).

use std::collections::{BTreeMap, BTreeSet};

use super::{Link, LinkKind};
use crate::document::Edition;
use crate::progress::{Cancelled, Progress};
use crate::topics::words::{Lexicon, Word};
use crate::topics::{Origin, language};

/// Passages of other texts that are thought to stand beside the pair when the rarity of a word is judged.
const UNSEEN_PASSAGES: f64 = 12.0;
/// What a word that any text uses counts against one that speaks of some matter.
const GENERAL: f32 = 0.3;

/// Words of a passage that are compared with others: bounds the work on a text without paragraphs.
const MOST_WORDS: usize = 20_000;
/// How many passages are read between two looks at whether to stop.
const STEP: usize = 256;

/// Weights by key (a stem, a topic), sorted by key, of unit length at most.
pub type Vector = Vec<(u32, f32)>;

/// How rare each stem is in a pair of editions, and the words of those passages that are asked about.
#[derive(Debug)]
pub struct Vocabulary {
    /// Spellings of all words and stems.
    pub lexicon: Lexicon,
    /// For each side the words of the passages that are asked about.
    words: [BTreeMap<usize, Vec<Word>>; 2],
    /// By stem; see [`Vocabulary::rarity`].
    rarity: Vec<f32>,
}

impl Vocabulary {
    /// The vocabulary of a pair of editions, with the words of every body passage.
    #[must_use]
    pub fn of(editions: [&Edition; 2]) -> Self {
        let all = editions.map(|edition| (0..edition.passages().len()).collect());
        Self::of_passages(editions, [&all[0], &all[1]], &Progress::default())
            .unwrap_or_else(|Cancelled| Self::empty(language::USUAL))
    }

    fn empty(language: &str) -> Self {
        Self { lexicon: Lexicon::new(language), words: Default::default(), rarity: Vec::new() }
    }

    /// The vocabulary of a pair of editions, with the words of `wanted` passages alone.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn of_passages(
        editions: [&Edition; 2],
        wanted: [&BTreeSet<usize>; 2],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut vocabulary = Self::empty(language::of(editions).told().unwrap_or(language::USUAL));
        let mut frequency: Vec<u32> = Vec::new();
        let mut last_seen: Vec<usize> = Vec::new();
        let all: usize = editions.iter().map(|edition| edition.passages().len()).sum();
        let (mut read, mut bodies) = (0, 0);
        for (side, edition) in editions.into_iter().enumerate() {
            for (at, passage) in edition.passages().iter().enumerate() {
                read += 1;
                if read % STEP == 0 {
                    progress.reach(read, all + 1)?;
                }
                if !passage.kind.is_body() {
                    continue;
                }
                let mut words = vocabulary.lexicon.words(&passage.text);
                bodies += usize::from(!words.is_empty());
                frequency.resize(vocabulary.lexicon.len(), 0);
                last_seen.resize(vocabulary.lexicon.len(), 0);
                for word in words.iter().filter(|word| word.content) {
                    let stem = word.stem as usize;
                    if let (Some(seen), Some(count)) = (last_seen.get_mut(stem), frequency.get_mut(stem))
                        && *seen != read
                    {
                        *seen = read;
                        *count += 1;
                    }
                }
                if wanted[side].contains(&at) {
                    words.truncate(MOST_WORDS);
                    vocabulary.words[side].insert(at, words);
                }
            }
        }
        vocabulary.settle(&frequency, bodies);
        Ok(vocabulary)
    }

    /// Gives words and stems the order of their spelling, and each stem its rarity among `bodies` passages.
    fn settle(&mut self, frequency: &[u32], bodies: usize) {
        // Sums of fractions depend on their order: by spelling, swapped sides give the very same numbers.
        let renumbered = self.lexicon.renumber_by_spelling();
        let new = |old: u32| renumbered.get(old as usize).copied().unwrap_or(old);
        for word in self.words.iter_mut().flat_map(BTreeMap::values_mut).flatten() {
            word.form = new(word.form);
            word.stem = new(word.stem);
        }
        self.rarity = vec![0.0; self.lexicon.len()];
        // Some passages without the word are taken for granted, so that in a pair of a few passages a word that
        // stands on both sides still tells something.
        let passages = bodies as f64 + UNSEEN_PASSAGES;
        for (old, &count) in (0..).zip(frequency).filter(|(_, count)| **count > 0) {
            let general = if self.lexicon.is_general(new(old)) { GENERAL } else { 1.0 };
            let rarity = ((passages / f64::from(count)).ln() / passages.ln()).clamp(0.0, 1.0) as f32;
            if let Some(slot) = self.rarity.get_mut(new(old) as usize) {
                *slot = general * rarity;
            }
        }
    }

    /// The words of a passage; none where it is no body passage or was not asked about.
    #[must_use]
    pub fn words(&self, side: usize, passage: usize) -> &[Word] {
        self.words.get(side).and_then(|side| side.get(&passage)).map_or(&[], Vec::as_slice)
    }

    /// The passages of a side with their words, in reading order.
    pub fn passages(&self, side: usize) -> impl Iterator<Item = (usize, &[Word])> {
        let side = self.words.get(side).into_iter().flatten();
        side.map(|(passage, words)| (*passage, words.as_slice()))
    }

    /// How much a stem tells, in [0, 1]: its inverse document frequency in the pair; 0 for a function word,
    /// little for a word that any text uses.
    #[must_use]
    pub fn rarity(&self, stem: u32) -> f32 {
        self.rarity.get(stem as usize).copied().unwrap_or_default()
    }

    /// The cosine of two groups of passages, in [0, 1]; each group is read as one passage.
    #[must_use]
    pub fn similarity(&self, passages: [&[usize]; 2]) -> f32 {
        let [left, right] = [0, 1].map(|side: usize| self.joined(side, passages[side]));
        cosine(&left, &right)
    }

    /// The vector of a group of passages of one side, read as one.
    fn joined(&self, side: usize, passages: &[usize]) -> Vector {
        let words = passages.iter().flat_map(|&passage| self.words(side, passage));
        vector(words, |stem| self.rarity(stem))
    }
}

/// Fills in how alike the passages of some links are where nobody has compared them. Those that the reader joined in a
/// bitext are left to an alignment: it tells that in two languages, too.
///
/// Reads every word of both editions, which takes longer than opening them: for a list of links, not for a
/// reader who waits for the first screen.
pub fn compare(links: &mut [Link], editions: [&Edition; 2]) {
    let is_wanted = |link: &Link| {
        let is_joined = link.kind == LinkKind::Parallel && link.origin == Origin::Reader;
        link.similarity.is_none() && !is_joined
    };
    let wanted = [0, 1].map(|side: usize| {
        let links = links.iter().filter(|link| is_wanted(link));
        links.flat_map(|link| &link.passages[side]).copied().collect::<BTreeSet<_>>()
    });
    if wanted.iter().all(BTreeSet::is_empty) {
        return;
    }
    let vocabulary = Vocabulary::of_passages(editions, [&wanted[0], &wanted[1]], &Progress::default());
    let Ok(vocabulary) = vocabulary else { return };
    for link in links.iter_mut().filter(|link| is_wanted(link)) {
        link.similarity = Some(vocabulary.similarity([&link.passages[0], &link.passages[1]]));
    }
}

/// The unit-length vector of words: each stem by the logarithm of its counts (so that a word repeated does not
/// drown the rest) times what the stem tells.
fn vector<'w>(words: impl Iterator<Item = &'w Word>, telling: impl Fn(u32) -> f32) -> Vector {
    let stems = words.filter(|word| word.content).map(|word| (word.stem, 1.0)).collect();
    softened(stems, |stem, count| count.ln_1p() * telling(stem), 0.0)
}

/// The vector of amounts by key, those of one key added up and then weighed, of unit length; shorter where it
/// has little in it, by `soft`, which is added to the square of its length.
#[must_use]
pub fn softened(mut amounts: Vector, weight: impl Fn(u32, f32) -> f32, soft: f32) -> Vector {
    amounts.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    amounts.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    for (key, amount) in &mut amounts {
        *amount = weight(*key, *amount);
    }
    amounts.retain(|&(_, weight)| weight > 0.0);
    let length = (amounts.iter().map(|(_, weight)| weight * weight).sum::<f32>() + soft).sqrt();
    for (_, weight) in &mut amounts {
        *weight /= length;
    }
    amounts
}

/// The cosine of two vectors of unit length, in [0, 1].
#[must_use]
pub fn cosine(left: &[(u32, f32)], right: &[(u32, f32)]) -> f32 {
    shared(left, right).map(|(_, product)| product).sum::<f32>().clamp(0.0, 1.0)
}

/// The stems that both vectors hold, with the product of their weights, in order of the stem.
pub fn shared<'v>(left: &'v [(u32, f32)], right: &'v [(u32, f32)]) -> impl Iterator<Item = (u32, f32)> + 'v {
    let mut right = right.iter().peekable();
    left.iter().filter_map(move |&(stem, weight)| {
        while right.next_if(|&&(other, _)| other < stem).is_some() {}
        right.next_if(|&&(other, _)| other == stem).map(|&(_, other)| (stem, weight * other))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};
    use crate::links::decisions::{Decided, impose};

    fn edition(texts: &[&str]) -> Edition {
        let passages = texts.iter().map(|text| Passage::new(Kind::Paragraph, *text)).collect();
        Edition::new(passages, Vec::new(), 0)
    }

    #[test]
    fn a_rare_word_shared_weighs_more_than_a_common_one() {
        let left = edition(&["the harbour and the lighthouse", "the harbour and the market"]);
        let right = edition(&["a lighthouse by a harbour", "a harbour by a meadow", "harbour songs"]);
        let vocabulary = Vocabulary::of([&left, &right]);
        let rare = vocabulary.similarity([&[0], &[0]]);
        let common = vocabulary.similarity([&[1], &[1]]);
        assert!(rare > common && common > 0.0, "{rare} {common}");
    }

    #[test]
    fn a_passage_is_as_like_itself_as_can_be_and_function_words_make_no_likeness() {
        let texts = ["one tide comes in", "the of and to", ""];
        let vocabulary = Vocabulary::of([&edition(&texts[..2]), &edition(&texts[..2])]);
        assert!((vocabulary.similarity([&[0], &[0]]) - 1.0).abs() < 1e-5);
        assert!(vocabulary.similarity([&[1], &[1]]).abs() < f32::EPSILON);
        assert!(vocabulary.similarity([&[99], &[0]]).abs() < f32::EPSILON);
    }

    #[test]
    fn what_the_reader_joined_under_a_topic_is_compared_and_in_a_bitext_not() {
        let decided = |topic| Decided { topic, passages: [vec![0], vec![0]], accepted: true };
        let mut links = Vec::new();
        impose(&mut links, &[decided(Some(0)), decided(None)]);
        let text = edition(&["the lighthouse"]);
        compare(&mut links, [&text, &text]);
        let compared: Vec<_> = links.iter().map(|link| (link.topic, link.similarity.is_some())).collect();
        assert_eq!(compared, [(Some(0), true), (None, false)]);
    }

    proptest::proptest! {
        #[test]
        fn likeness_is_symmetric_and_between_nought_and_one(a in "[a-e ]{1,40}", b in "[a-e ]{1,40}") {
            let (left, right) = (edition(&[&a]), edition(&[&b]));
            let one = Vocabulary::of([&left, &right]).similarity([&[0], &[0]]);
            let other = Vocabulary::of([&right, &left]).similarity([&[0], &[0]]);
            proptest::prop_assert!((0.0..=1.0).contains(&one));
            proptest::prop_assert_eq!(one.to_bits(), other.to_bits());
        }
    }
}
