//! Where the terms of a topic stand in the words of a passage, and where they only seem to.
//!
//! Knows nothing of scores.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Topic;
use super::language;
use super::words::{Lexicon, Word};

/// How many small words ("of", "the") may stand between two words of a phrase.
const GAP: usize = 4;

/// What joins the parts of a term that stand near each other in one sentence, in any order: `officials + exploit`.
const JOINT: char = '+';
/// What stands between words of which any one will do: `officials|clerks + factories|mills`.
const CHOICE: char = '|';
/// Of how many parts of a term a hit remembers which words stood for them.
const CHOICES: usize = 4;
/// How many phrases one look-alike with choices stands for at most.
const MOST_SPELLINGS: usize = 500;
/// Within how many words the parts of a term stand: about a clause. In a long sentence words that stand farther
/// apart seldom say one thing.
const REACH: usize = 16;

/// A topic made ready for matching in one lexicon.
#[derive(Clone, Debug)]
pub struct Matcher {
    /// By first stem; longest phrase first, so that "workers' councils" is found before "workers".
    patterns: ByFirst<Pattern>,
    /// Terms of several parts that stand near each other in one sentence, in any order.
    joined: Vec<Joined>,
    /// What may stand for a part of one of those, by first stem.
    parts: ByFirst<Part>,
    /// The look-alikes as written, in lower case, by first word; longest first.
    look_alikes: ByFirst<Vec<u32>>,
}

/// Sequences of numbers in their order, to be looked up by the first number of each.
#[derive(Clone, Debug)]
struct ByFirst<T> {
    /// By number: 1 + the index of its list, or 0. Few words begin anything, so that most are done with here.
    slots: Vec<u32>,
    lists: Vec<Vec<T>>,
}

impl<T> ByFirst<T> {
    /// Of sequences whose numbers are below `most`.
    fn new(sequences: Vec<T>, most: usize, numbers: impl Fn(&T) -> &[u32]) -> Self {
        let mut by_first = Self { slots: vec![0; most], lists: Vec::new() };
        for sequence in sequences {
            let first = numbers(&sequence).first().map(|&first| first as usize);
            let Some(slot) = first.and_then(|first| by_first.slots.get_mut(first)) else { continue };
            if *slot == 0 {
                by_first.lists.push(Vec::new());
                *slot = by_first.lists.len() as u32;
            }
            if let Some(list) = by_first.lists.get_mut(*slot as usize - 1) {
                list.push(sequence);
            }
        }
        by_first
    }

    /// The sequences that begin with a number.
    fn get(&self, first: u32) -> &[T] {
        let slot = self.slots.get(first as usize).copied().unwrap_or_default() as usize;
        slot.checked_sub(1).and_then(|list| self.lists.get(list)).map_or(&[], Vec::as_slice)
    }

    fn all(&self) -> impl Iterator<Item = &T> {
        self.lists.iter().flatten()
    }
}

#[derive(Clone, Debug)]
struct Pattern {
    term: usize,
    weight: f32,
    /// Which of the term's words it is, from 0.
    choice: u8,
    stems: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct Joined {
    term: usize,
    weight: f32,
    parts: usize,
}

/// Words that may stand for a part of a term of several.
#[derive(Clone, Debug)]
struct Part {
    /// Index into the joined terms.
    joined: usize,
    /// Which part of it, from 0.
    nth: usize,
    choice: u8,
    stems: Vec<u32>,
}

/// Where a part of a term stands in a sentence.
#[derive(Clone, Copy, Debug)]
struct Place {
    word: usize,
    words: usize,
    choice: u8,
}

/// Where words stand in the text of a passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Span {
    byte: u32,
    bytes: u32,
}

impl Span {
    /// From the first of some words to the last.
    fn of(words: &[Word]) -> Self {
        let Some((first, last)) = words.first().zip(words.last()) else { return Self::default() };
        Self { byte: first.byte as u32, bytes: (last.byte + last.bytes - first.byte) as u32 }
    }

    /// The words, with one blank between them however the text parts its lines.
    fn slice(self, text: &str) -> String {
        let (byte, bytes) = (self.byte as usize, self.bytes as usize);
        let written = text.get(byte..byte + bytes).unwrap_or_default();
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// How the parts of a term stand in a sentence, read so far.
#[derive(Debug)]
struct Standing {
    /// Where each part was seen last.
    last: Vec<Option<Place>>,
    /// Where they all stood nearest to each other; empty where they never stood within reach.
    nearest: Vec<Place>,
    /// Over how many words that was.
    span: usize,
}

impl Standing {
    fn of(parts: usize) -> Self {
        Self { last: vec![None; parts], nearest: Vec::new(), span: REACH + 1 }
    }

    fn place(&mut self, part: usize, place: Place) {
        if let Some(last) = self.last.get_mut(part) {
            *last = Some(place);
        }
        let Some(places) = self.last.iter().copied().collect::<Option<Vec<Place>>>() else { return };
        let first = places.iter().map(|place| place.word).min().unwrap_or_default();
        let end = places.iter().map(|place| place.word + place.words).max().unwrap_or_default();
        if end - first < self.span {
            self.span = end - first;
            self.nearest = places;
        }
    }
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
    /// Which of the words that may stand for each part of the term did, from 0.
    pub choices: [u8; CHOICES],
    /// Where they stand; empty beyond the parts of the term.
    written: [Span; CHOICES],
}

impl Hit {
    /// The bytes of the passage where the parts of the term stand.
    pub fn places(&self) -> impl Iterator<Item = Range<usize>> {
        let parts = self.written.into_iter().filter(|span| span.bytes > 0);
        parts.map(|span| span.byte as usize..(span.byte + span.bytes) as usize)
    }

    /// The words of the term as they stand in the text of the passage: `officials + mill` of
    /// `officials|clerks + factories|mills`.
    #[must_use]
    pub fn said(&self, text: &str) -> String {
        let parts = self.written.iter().filter(|span| span.bytes > 0);
        parts.map(|span| span.slice(text)).collect::<Vec<_>>().join(" + ")
    }
}

impl Matcher {
    /// Makes a topic ready; its words get their numbers from `lexicon`.
    pub fn new(topic: &Topic, lexicon: &mut Lexicon) -> Self {
        let mut patterns = Vec::new();
        let mut joined = Vec::new();
        let mut parts = Vec::new();
        // A word of another language may stand in the text in another sense.
        let spoken = lexicon.language().to_owned();
        for (term, t) in topic.terms.iter().enumerate() {
            let (language, words) = language::of_term(&t.words);
            if language != spoken && !language::is_open(topic, &t.words) {
                continue;
            }
            let weight = t.weight.clamp(0.0, 1.0);
            let written: Vec<&str> = words.split(JOINT).filter(|part| speaks(part)).collect();
            if let [part] = written.as_slice() {
                let choices = choices(part, lexicon);
                patterns.extend(choices.map(|(choice, stems)| Pattern { term, weight, choice, stems }));
            } else if !written.is_empty() {
                for (nth, words) in written.iter().enumerate() {
                    let choices = choices(words, lexicon);
                    let joined = joined.len();
                    parts.extend(choices.map(|(choice, stems)| Part { joined, nth, choice, stems }));
                }
                joined.push(Joined { term, weight, parts: written.len() });
            }
        }
        patterns.sort_by(|a, b| b.stems.len().cmp(&a.stems.len()).then(b.weight.total_cmp(&a.weight)));
        let mut look_alikes: Vec<Vec<u32>> = topic
            .look_alikes
            .iter()
            .flat_map(|phrase| spellings(phrase))
            .map(|phrase| lexicon.words(&phrase).iter().map(|word| word.form).collect())
            .filter(|forms: &Vec<u32>| !forms.is_empty())
            .collect();
        look_alikes.sort_by_key(|forms| std::cmp::Reverse(forms.len()));
        let most = lexicon.len();
        Self {
            patterns: ByFirst::new(patterns, most, |pattern| &pattern.stems),
            joined,
            parts: ByFirst::new(parts, most, |part| &part.stems),
            look_alikes: ByFirst::new(look_alikes, most, |forms| forms),
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
            self.add_joined(sentence, at, &mut hits);
            at += sentence.len();
        }
        hits.sort_by_key(|hit| hit.sentence);
        hits
    }

    /// The terms of several parts in a sentence that begins at word `start` of its passage.
    fn add_joined(&self, sentence: &[Word], start: usize, hits: &mut Vec<Hit>) {
        let mut found: BTreeMap<usize, Standing> = BTreeMap::new();
        for (at, word) in sentence.iter().enumerate() {
            for part in self.parts.get(word.stem) {
                let Some(joined) = self.joined.get(part.joined) else { continue };
                let Some(words) = sentence.get(at..).and_then(|words| spans(&part.stems, words)) else {
                    continue;
                };
                let standing = found.entry(part.joined).or_insert_with(|| Standing::of(joined.parts));
                standing.place(part.nth, Place { word: at, words, choice: part.choice });
            }
        }
        for (joined, standing) in found {
            let Some((joined, first)) = self.joined.get(joined).zip(standing.nearest.first()) else {
                continue;
            };
            let mut choices = [0; CHOICES];
            let mut written = [Span::default(); CHOICES];
            for ((choice, written), place) in choices.iter_mut().zip(&mut written).zip(&standing.nearest) {
                *choice = place.choice;
                let words = sentence.get(place.word..place.word + place.words);
                *written = Span::of(words.unwrap_or_default());
            }
            hits.push(Hit {
                term: joined.term,
                weight: joined.weight,
                word: start + first.word,
                words: first.words,
                sentence: sentence.first().map_or(0, |word| word.sentence),
                choices,
                written,
            });
        }
    }

    /// The terms of one part in a passage, in reading order, none overlapping.
    fn phrases(&self, words: &[Word]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while let Some((rest, first)) = words.get(at..).and_then(|rest| Some((rest, rest.first()?))) {
            let patterns = self.patterns.get(first.stem).iter();
            let mut found = patterns.filter_map(|pattern| Some((pattern, spans(&pattern.stems, rest)?)));
            let found = found.next();
            // Of a term and a look-alike at one place the longer one is meant: "central authority" though
            // "central" alone is none.
            if let Some(length) = self.look_alike(rest, found.map_or(0, |(_, length)| length - 1)) {
                at += length;
                continue;
            }
            // A look-alike that begins inside the phrase claims its words first.
            let found = found.filter(|(_, length)| {
                let reaches_out = |from: usize| {
                    rest.get(from..).and_then(|inner| self.look_alike(inner, *length - from)).is_some()
                };
                !(1..*length).any(reaches_out)
            });
            let Some((pattern, length)) = found else {
                at += self.look_alike(rest, 0).unwrap_or(1);
                continue;
            };
            let mut choices = [0; CHOICES];
            choices[0] = pattern.choice;
            let mut written = [Span::default(); CHOICES];
            written[0] = Span::of(rest.get(..length).unwrap_or_default());
            let (term, weight, sentence) = (pattern.term, pattern.weight, first.sentence);
            hits.push(Hit { term, weight, word: at, words: length, sentence, choices, written });
            at += length;
        }
        hits
    }

    /// The length of the longest look-alike at the head of `words`, if it has more than `least` words.
    fn look_alike(&self, words: &[Word], least: usize) -> Option<usize> {
        let candidates = self.look_alikes.get(words.first()?.form).iter();
        let standing = candidates.filter(|forms| forms.len() > least).find(|forms| stands(forms, words))?;
        Some(standing.len())
    }

    /// Whether a stem belongs to any term of the topic.
    #[must_use]
    pub fn knows(&self, stem: u32) -> bool {
        self.patterns.all().any(|pattern| pattern.stems.contains(&stem))
            || self.parts.all().any(|part| part.stems.contains(&stem))
    }
}

/// The words and phrases of a term each of which speaks for it alone; none of a term of several parts.
pub(super) fn alone(term: &str) -> impl Iterator<Item = &str> {
    let words = language::bare(term);
    let words = if words.contains(JOINT) { "" } else { words };
    words.split(CHOICE).filter(|words| speaks(words))
}

/// Whether words say anything.
fn speaks(words: &str) -> bool {
    words.chars().any(char::is_alphanumeric)
}

/// The stems of each of the words that may stand for a part, with their number.
fn choices(part: &str, lexicon: &mut Lexicon) -> impl Iterator<Item = (u8, Vec<u32>)> {
    let stems: Vec<Vec<u32>> = part.split(CHOICE).map(|words| stems(words, lexicon)).collect();
    (0..=u8::MAX).zip(stems).filter(|(_, stems)| !stems.is_empty())
}

/// The stems of a phrase. "of", "the" inside it may be others in the text; but "one-party" is not "party".
pub(super) fn stems(phrase: &str, lexicon: &mut Lexicon) -> Vec<u32> {
    let words = lexicon.words(phrase);
    let loose = words.iter().filter(|word| word.content).count() > 1;
    words.iter().filter(|word| word.content || !loose).map(|word| word.stem).collect()
}

/// What a look-alike stands for, with one of each word's choices: `took|take council` is `took council` and
/// `take council`.
fn spellings(look_alike: &str) -> Vec<String> {
    look_alike.split_whitespace().fold(vec![String::new()], |begun, word| {
        let with = |choice| begun.iter().map(move |begun| format!("{begun} {choice}"));
        word.split(CHOICE).flat_map(with).take(MOST_SPELLINGS).collect()
    })
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
        let is_apart = index > 0 && rest.iter().take(skipped + 1).any(|word| word.after_mark);
        if word.stem != stem || word.sentence != first.sentence || is_apart {
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
            (vec!["guild|craft of bakers"], vec![], "the craft of the bakers, a guild, a craft", vec![0, 0]),
            (vec!["masters|wardens + bread|flour"], vec![], "flour for wardens and bread. A warden", vec![0]),
            (vec!["masters + bread"], vec![], &format!("masters {} bread", "of it ".repeat(10)), vec![]),
            (vec!["|", "a| + |b"], vec![], "a | b", vec![1]),
            (vec!["guild of weavers"], vec!["guild"], "a guild, the guild of weavers", vec![0]),
            (
                vec!["guild"],
                vec!["old|new guild|guilds hall"],
                "the New Guilds hall of the old guild",
                vec![0],
            ),
            // A phrase ends at a comma, a bracket, a dash; not at a hyphen or a quotation mark.
            (
                vec!["weavers guild"],
                vec![],
                "of weavers, guilds and weavers (guilds) \u{2014} weavers \u{2013} guilds",
                vec![],
            ),
            (vec!["weavers guild"], vec![], "of \u{201c}weavers\u{201d} guild, weavers-guild", vec![0, 0]),
            (vec!["guild of weavers + bread"], vec![], "the guild: of weavers the bread", vec![]),
            (vec!["masters + bread"], vec![], "masters, it is said, bake bread", vec![0]),
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
