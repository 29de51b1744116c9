//! Where the terms of a topic stand in the words of a passage, and where they only seem to.
//!
//! Knows nothing of scores.

use std::collections::HashMap;

use super::Topic;
use super::language;
use super::words::{Lexicon, Word};

/// How many small words ("of", "the") may stand between two words of a phrase.
const GAP: usize = 4;

/// What joins the parts of a term that stand anywhere in one sentence: `officials + exploit`.
const JOINT: char = '+';

/// A topic made ready for matching in one lexicon.
#[derive(Clone, Debug)]
pub struct Matcher {
    /// By first stem; longest phrase first, so that "workers' councils" is found before "workers".
    patterns: HashMap<u32, Vec<Pattern>>,
    /// Terms of several parts that stand in one sentence, in any order.
    joined: Vec<Joined>,
    /// The look-alikes as written, in lower case, by first word; longest first.
    look_alikes: HashMap<u32, Vec<Vec<u32>>>,
    /// By number: whether a term or a look-alike begins with it. Few words do, and most of the time is saved by
    /// asking this first.
    opens: Vec<bool>,
}

#[derive(Clone, Debug)]
struct Pattern {
    term: usize,
    weight: f32,
    stems: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Joined {
    term: usize,
    weight: f32,
    /// The stems of each part.
    parts: Vec<Vec<u32>>,
}

/// A term of a topic in a passage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// Index of the term in its topic.
    pub term: usize,
    /// The term's weight.
    pub weight: f32,
    /// Index of the first word of it in the passage.
    pub word: usize,
    /// How many words of the passage it spans; of a term of several parts, the first of them.
    pub words: usize,
    /// The sentence it stands in.
    pub sentence: u32,
}

impl Matcher {
    /// Makes a topic ready; its words get their numbers from `lexicon`.
    pub fn new(topic: &Topic, lexicon: &mut Lexicon) -> Self {
        let mut patterns = Vec::new();
        let mut joined = Vec::new();
        // Terms in the language of the text, where the topic has any; else those that do not say theirs.
        let language = lexicon.language().to_owned();
        let spoken = if language::has_terms(topic, &language) { language.as_str() } else { language::USUAL };
        for (term, t) in topic.terms.iter().enumerate() {
            let (language, words) = language::of_term(&t.words);
            if language != spoken {
                continue;
            }
            let weight = t.weight.clamp(0.0, 1.0);
            let mut parts: Vec<Vec<u32>> = words.split(JOINT).map(|part| stems(part, lexicon)).collect();
            parts.retain(|stems| !stems.is_empty());
            match parts.len() {
                0 => {}
                1 => patterns.extend(parts.pop().map(|stems| Pattern { term, weight, stems })),
                _ => joined.push(Joined { term, weight, parts }),
            }
        }
        patterns.sort_by(|a, b| b.stems.len().cmp(&a.stems.len()).then(b.weight.total_cmp(&a.weight)));
        let mut look_alikes: Vec<Vec<u32>> = topic
            .look_alikes
            .iter()
            .map(|phrase| lexicon.words(phrase).iter().map(|word| word.form).collect())
            .filter(|forms: &Vec<u32>| !forms.is_empty())
            .collect();
        look_alikes.sort_by_key(|forms| std::cmp::Reverse(forms.len()));
        let mut opens = vec![false; lexicon.len()];
        let firsts = patterns.iter().map(|pattern| &pattern.stems).chain(&look_alikes);
        for &first in firsts.filter_map(|numbers| numbers.first()) {
            if let Some(slot) = opens.get_mut(first as usize) {
                *slot = true;
            }
        }
        Self {
            patterns: by_first(patterns, |pattern| &pattern.stems),
            joined,
            look_alikes: by_first(look_alikes, |forms| forms),
            opens,
        }
    }

    /// The terms in a passage, sentence by sentence; what stands in a look-alike is passed over. Those of one
    /// part do not overlap; those of several parts follow them, at most once a sentence.
    #[must_use]
    pub fn hits(&self, words: &[Word]) -> Vec<Hit> {
        let mut hits = self.phrases(words);
        if self.joined.is_empty() {
            return hits;
        }
        let mut at = 0;
        for sentence in words.chunk_by(|a, b| a.sentence == b.sentence) {
            hits.extend(self.joined.iter().filter_map(|joined| joined.hit(sentence, at)));
            at += sentence.len();
        }
        hits.sort_by_key(|hit| hit.sentence);
        hits
    }

    /// The terms of one part in a passage, in reading order, none overlapping.
    fn phrases(&self, words: &[Word]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            let may_open = |number: u32| self.opens.get(number as usize).copied().unwrap_or_default();
            if !rest.first().is_some_and(|word| may_open(word.stem) || may_open(word.form)) {
                at += 1;
                continue;
            }
            if let Some(length) = self.look_alike(rest, 0) {
                at += length;
                continue;
            }
            let patterns = rest.first().and_then(|word| self.patterns.get(&word.stem)).into_iter().flatten();
            let mut found = patterns.filter_map(|pattern| Some((pattern, spans(&pattern.stems, rest)?)));
            let found = found.next();
            // A look-alike that begins inside the phrase claims its words first.
            let found = found.filter(|(_, length)| {
                let reaches_out = |from: usize| {
                    rest.get(from..).and_then(|inner| self.look_alike(inner, *length - from)).is_some()
                };
                !(1..*length).any(reaches_out)
            });
            let Some((pattern, length)) = found else {
                at += 1;
                continue;
            };
            let sentence = rest.first().map_or(0, |word| word.sentence);
            hits.push(Hit { term: pattern.term, weight: pattern.weight, word: at, words: length, sentence });
            at += length;
        }
        hits
    }

    /// The length of the longest look-alike at the head of `words`, if it has more than `least` words.
    fn look_alike(&self, words: &[Word], least: usize) -> Option<usize> {
        let candidates = self.look_alikes.get(&words.first()?.form)?.iter();
        let standing = candidates.filter(|forms| forms.len() > least).find(|forms| stands(forms, words))?;
        Some(standing.len())
    }

    /// Whether a stem belongs to any term of the topic.
    #[must_use]
    pub fn knows(&self, stem: u32) -> bool {
        self.patterns.values().flatten().any(|pattern| pattern.stems.contains(&stem))
            || self.joined.iter().flat_map(|joined| &joined.parts).any(|part| part.contains(&stem))
    }
}

impl Joined {
    /// The hit in a sentence that begins at word `start` of its passage, if every part stands in it.
    fn hit(&self, sentence: &[Word], start: usize) -> Option<Hit> {
        let mut first = None;
        for part in &self.parts {
            let stands = |at: &usize| sentence.get(*at..).and_then(|words| spans(part, words));
            let (at, words) = (0..sentence.len()).find_map(|at| Some((at, stands(&at)?)))?;
            first = first.or(Some((at, words)));
        }
        let (at, words) = first?;
        let sentence = sentence.first()?.sentence;
        Some(Hit { term: self.term, weight: self.weight, word: start + at, words, sentence })
    }
}

/// The stems of a phrase. "of", "the" inside it may be others in the text; but "one-party" is not "party".
fn stems(phrase: &str, lexicon: &mut Lexicon) -> Vec<u32> {
    let words = lexicon.words(phrase);
    let loose = words.iter().filter(|word| word.content).count() > 1;
    words.iter().filter(|word| word.content || !loose).map(|word| word.stem).collect()
}

/// Sequences in their order, to be looked up by the first number of each.
fn by_first<T>(sequences: Vec<T>, numbers: impl Fn(&T) -> &Vec<u32>) -> HashMap<u32, Vec<T>> {
    let mut by_first: HashMap<u32, Vec<T>> = HashMap::new();
    for sequence in sequences {
        if let Some(&first) = numbers(&sequence).first() {
            by_first.entry(first).or_default().push(sequence);
        }
    }
    by_first
}

fn stands(forms: &[u32], words: &[Word]) -> bool {
    words.len() >= forms.len() && forms.iter().zip(words).all(|(&form, word)| word.form == form)
}

/// How many words a phrase spans at the head of `words`, if it stands there within one sentence.
fn spans(stems: &[u32], words: &[Word]) -> Option<usize> {
    let first = words.first()?;
    let mut at = 0;
    for (index, &stem) in stems.iter().enumerate() {
        let gap = if index == 0 { 0 } else { GAP };
        let rest = words.get(at..)?;
        let skipped = rest.iter().take(gap).take_while(|word| !word.content && word.stem != stem).count();
        let word = rest.get(skipped)?;
        if word.stem != stem || word.sentence != first.sentence {
            return None;
        }
        at += skipped + 1;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::{Origin, Term};

    fn found(terms: &[&str], look_alikes: &[&str], text: &str) -> Vec<usize> {
        let topic = Topic {
            id: "t".into(),
            name: "t".into(),
            definition: String::new(),
            terms: terms.iter().map(|&words| Term { words: words.into(), weight: 1.0 }).collect(),
            look_alikes: look_alikes.iter().map(|&l| l.into()).collect(),
            see_also: Vec::new(),
            origin: Origin::Curated,
        };
        let mut lexicon = Lexicon::new("en");
        let matcher = Matcher::new(&topic, &mut lexicon);
        let words = lexicon.words(text);
        matcher.hits(&words).iter().map(|hit| hit.term).collect()
    }

    #[test]
    fn phrases_and_words_are_found_by_stem_and_look_alikes_are_passed_over() {
        for (terms, look_alikes, text, expected) in [
            (vec!["harbour"], vec![], "Two harbours, one Harbour\u{2019}s wall", vec![0, 0]),
            (vec!["guild", "guilds of the weavers"], vec![], "a guild of weavers; the guild", vec![1, 0]),
            (vec!["guild of weavers"], vec![], "a guild. Weavers came", vec![]),
            (vec!["guild of weavers"], vec![], "a guild that only weavers join", vec![0]),
            (vec!["guild"], vec!["Guild Street"], "in Guild Street the guild met", vec![0]),
            (vec!["guild"], vec!["old Guild Street"], "in Guild Street the guild met", vec![0, 0]),
            (vec!["weavers guild"], vec!["Guild Street"], "the weavers Guild Street is long", vec![]),
            (vec!["harbour"], vec!["to harbour"], "they harbour doubts; the harbour", vec![0, 0]),
            (vec!["the who"], vec![], "we heard the who", vec![0]),
            (vec!["one-guild"], vec![], "guild rule, one-guild rule", vec![0]),
            (vec![""], vec![""], "anything", vec![]),
            (vec!["masters + bread"], vec![], "Bread is for masters. A master; the bread", vec![0]),
            (vec!["masters + bread of the poor"], vec![], "bread of poor men for masters", vec![0]),
            (vec!["masters + bread", "master"], vec![], "Masters bake bread and bread", vec![1, 0]),
            (vec!["+", "a +"], vec![], "a + b", vec![1]),
            (vec!["de: Hafen", "harbour"], vec![], "Hafen, harbour", vec![1]),
        ] {
            assert_eq!(found(&terms, &look_alikes, text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn hits_stand_in_order_and_never_overlap(text in "([abc] |the |a b ){0,30}") {
            let topic = Topic {
                id: "t".into(),
                name: "t".into(),
                definition: String::new(),
                terms: ["aa bb", "a b c", "b", "c a"].map(|w| Term { words: w.into(), weight: 1.0 }).to_vec(),
                look_alikes: vec!["b c".into()],
                see_also: Vec::new(),
                origin: Origin::Curated,
            };
            let mut lexicon = Lexicon::new("en");
            let matcher = Matcher::new(&topic, &mut lexicon);
            let words = lexicon.words(&text);
            let hits = matcher.hits(&words);
            proptest::prop_assert!(hits.windows(2).all(|pair| pair[0].word + pair[0].words <= pair[1].word));
            proptest::prop_assert!(hits.iter().all(|hit| hit.word + hit.words <= words.len()));
        }
    }
}
