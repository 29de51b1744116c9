//! How alike passages of two editions are: the words they share, weighed by how rare each is in the pair.
//!
//! Knows no topics. Vectors are TF-IDF with a logarithmic count and unit length (Salton and Buckley, 1988).

use super::Link;
use crate::document::Edition;
use crate::topics::words::{Lexicon, Word};

/// Passages of other texts that are thought to stand beside the pair when the rarity of a word is judged.
const UNSEEN_PASSAGES: f64 = 12.0;
/// What a word that any text uses counts against one that speaks of some matter.
const GENERAL: f32 = 0.3;

/// A passage as unit-length weights of stems, sorted by stem.
pub type Vector = Vec<(u32, f32)>;

/// The words of two editions, and how rare each stem is in the pair.
#[derive(Debug)]
pub struct Vocabulary {
    /// Spellings of all words and stems.
    pub lexicon: Lexicon,
    /// For each side and passage its words; empty for passages that are no body.
    pub words: [Vec<Vec<Word>>; 2],
    /// By stem; see [`Vocabulary::rarity`].
    rarity: Vec<f32>,
}

impl Vocabulary {
    /// The vocabulary of a pair of editions in English.
    #[must_use]
    pub fn of(editions: [&Edition; 2]) -> Self {
        Self::in_language(editions, "en")
    }

    /// The vocabulary of a pair of editions in a language (ISO 639-1).
    #[must_use]
    pub fn in_language(editions: [&Edition; 2], language: &str) -> Self {
        let mut lexicon = Lexicon::new(language);
        let mut words = editions.map(|edition| {
            let passages = edition.passages().iter();
            let words = passages.map(|p| if p.kind.is_body() { lexicon.words(&p.text) } else { Vec::new() });
            words.collect::<Vec<_>>()
        });
        // Sums of fractions depend on their order: by spelling, swapped sides give the very same numbers.
        let renumbered = lexicon.renumber_by_spelling();
        for word in words.iter_mut().flatten().flatten() {
            word.form = renumbered.get(word.form as usize).copied().unwrap_or(word.form);
            word.stem = renumbered.get(word.stem as usize).copied().unwrap_or(word.stem);
        }
        let rarity = rarity(&lexicon, &words);
        Self { lexicon, words, rarity }
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
        let side = self.words.get(side).map_or(&[][..], Vec::as_slice);
        let words = passages.iter().filter_map(|&p| side.get(p)).flatten();
        vector(words.map(|word| (word, 1.0)), |stem| self.rarity(stem))
    }
}

/// Fills in how alike the passages of some links are where nobody has compared them.
///
/// Reads every word of both editions, which takes longer than opening them: for a list of links, not for a
/// reader who waits for the first screen.
pub fn compare(links: &mut [Link], editions: [&Edition; 2]) {
    if links.iter().all(|link| link.similarity.is_some()) {
        return;
    }
    let vocabulary = Vocabulary::of(editions);
    for link in links.iter_mut().filter(|link| link.similarity.is_none()) {
        link.similarity = Some(vocabulary.similarity([&link.passages[0], &link.passages[1]]));
    }
}

fn rarity(lexicon: &Lexicon, words: &[Vec<Vec<Word>>; 2]) -> Vec<f32> {
    let mut frequency = vec![0_u32; lexicon.len()];
    let mut last_seen = vec![usize::MAX; lexicon.len()];
    let mut passages = 0;
    for (index, words) in words.iter().flatten().enumerate().filter(|(_, words)| !words.is_empty()) {
        passages += 1;
        for word in words.iter().filter(|word| word.content) {
            let stem = word.stem as usize;
            if let (Some(seen), Some(count)) = (last_seen.get_mut(stem), frequency.get_mut(stem))
                && *seen != index
            {
                *seen = index;
                *count += 1;
            }
        }
    }
    // Some passages without the word are taken for granted, so that in a pair of a few passages a word that
    // stands on both sides still tells something.
    let passages = f64::from(passages) + UNSEEN_PASSAGES;
    let rarity = |(stem, &count): (u32, &u32)| match count {
        0 => 0.0,
        count => {
            let general = if lexicon.is_general(stem) { GENERAL } else { 1.0 };
            general * ((passages / f64::from(count)).ln() / passages.ln()).clamp(0.0, 1.0) as f32
        }
    };
    (0..).zip(&frequency).map(rarity).collect()
}

/// The unit-length vector of words: each stem by the logarithm of its counts (so that a word repeated does not
/// drown the rest) times what the stem tells.
pub fn vector<'w>(words: impl Iterator<Item = (&'w Word, f32)>, telling: impl Fn(u32) -> f32) -> Vector {
    let mut vector: Vector =
        words.filter(|(word, _)| word.content).map(|(word, count)| (word.stem, count)).collect();
    vector.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    vector.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    for (stem, count) in &mut vector {
        *count = count.ln_1p() * telling(*stem);
    }
    vector.retain(|&(_, weight)| weight > 0.0);
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    for (_, weight) in &mut vector {
        *weight /= length;
    }
    vector
}

/// The cosine of two unit-length vectors, in [0, 1].
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
