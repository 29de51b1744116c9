//! What two texts are to each other, measured: which language they share, and whether they share rare words in
//! the same order, against how many they share with one of them read backwards. Knows no beads.

use std::collections::{HashMap, HashSet};

use super::anchors;
use super::cognates::cognates;
use super::lexicon::Lexicon;
use super::words::Words;
use super::{Judgement, Relation};

/// Bytes of each text that are read to judge.
const SAMPLE: usize = 150_000;
/// Likeness of the commonest words from which two texts are held to be of one language.
const ONE_LANGUAGE: f32 = 0.5;
/// How much more than by chance the order of rare words must agree.
const ORDER: f32 = 2.0;
/// Share of sequences of four words in common from which two texts are held to have the same words.
const SAME_WORDS: f32 = 0.12;

/// How alike the two texts use their commonest words: the cosine of their shares.
pub fn language_likeness(words: [&Words; 2]) -> f32 {
    let common = words.map(|words| {
        let mut all: Vec<usize> = (0..words.names.len()).collect();
        all.sort_by_key(|&word| (std::cmp::Reverse(words.counts[word]), word));
        all.truncate(150);
        all.into_iter()
            .map(|word| (words.names[word].as_str(), words.share(word as u32)))
            .collect::<HashMap<_, _>>()
    });
    let norm = |side: &HashMap<&str, f32>| side.values().map(|v| v * v).sum::<f32>();
    let product: f32 = common[0].iter().filter_map(|(name, v)| common[1].get(name).map(|w| v * w)).sum();
    product / (norm(&common[0]) * norm(&common[1])).sqrt().max(f32::MIN_POSITIVE)
}

/// Whether two texts are of one language, as far as their commonest words tell.
pub fn one_language(words: [&Words; 2]) -> bool {
    language_likeness(words) >= ONE_LANGUAGE
}

/// Judges two texts by the beginning of each.
pub fn judge(sides: [&[&str]; 2]) -> Judgement {
    let words = sides.map(|units| {
        let mut bytes = 0;
        let within = |unit: &&&str| {
            bytes += unit.len();
            bytes - unit.len() < SAMPLE
        };
        Words::of(&units.iter().take_while(within).copied().collect::<Vec<_>>())
    });
    judge_words([&words[0], &words[1]])
}

/// Judges two texts, read as words.
pub fn judge_words(words: [&Words; 2]) -> Judgement {
    let one_language = one_language(words);
    let all = cognates(words, one_language);
    let lexicon = Lexicon::of_cognates(words[0], words[1], all.into_iter());
    let points = anchors::points(words, &lexicon);
    let right = words[1].units.len();
    let forward = anchors::chain(&points, right);
    let mut turned = points.clone();
    for point in &mut turned {
        point.units[1] = right - 1 - point.units[1];
    }
    turned.sort_by_key(|p| p.units);
    let backward = anchors::chain(&turned, right);
    let weight = |chain: &[anchors::Point]| chain.iter().map(|p| p.weight).sum::<f32>();
    let order = weight(&forward) / weight(&backward).max(1.0);
    let units = words[0].units.len().min(right).max(1);
    let shared = shared_sequences(words);
    if order < ORDER || forward.len() < 2 {
        let reason = format!(
            "rare words that both have stand in the same order in {} of {units} passages, and in {} when one text is \
             read backwards: no more than chance",
            forward.len(),
            backward.len(),
        );
        return Judgement {
            relation: Relation::DifferentWorks,
            confidence: 1.0 / (1.0 + (order / ORDER).powi(4)),
            reason,
        };
    }
    let relation =
        if one_language && shared >= SAME_WORDS { Relation::SameWords } else { Relation::Translation };
    let languages = if one_language { "one language" } else { "two languages" };
    let reason = format!(
        "rare words that both have stand in the same order in {} of {units} passages ({} when one text is read \
         backwards); {languages}; {:.0} % of sequences of four words are common to both",
        forward.len(),
        backward.len(),
        shared * 100.0,
    );
    Judgement { relation, confidence: 1.0 - 1.0 / (1.0 + (order / ORDER).powi(4)), reason }
}

/// The share of the sequences of four words of the text with fewer that the other has too.
fn shared_sequences(words: [&Words; 2]) -> f32 {
    let sequences = words.map(|words| {
        let names =
            |run: &[u32]| run.iter().map(|&w| words.names[w as usize].as_str()).collect::<Vec<_>>().join(" ");
        words.units.iter().flat_map(|unit| unit.windows(4)).map(names).collect::<HashSet<String>>()
    });
    let least = sequences[0].len().min(sequences[1].len());
    sequences[0].intersection(&sequences[1]).count() as f32 / least.max(1) as f32
}
