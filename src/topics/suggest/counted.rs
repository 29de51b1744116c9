//! The words and phrases of two texts, counted: how often each stands in which passage.
//!
//! Words of one family ("bureaucracy", "bureaucratic") are counted together. Knows nothing of what is suggested.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::SuggestedWord;
use crate::document::Edition;
use crate::progress::{Cancelled, Progress};
use crate::topics::words::{Lexicon, Word};
use crate::topics::{Topic, language, matching};

/// Passages read between two looks at whether to stop.
const STEP: usize = 256;
/// Letters that two stems begin with in common to be of one family.
const FAMILY_LETTERS: usize = 7;
/// Letters of a word that can name a topic: shorter ones are mostly names and marks.
const LEAST_LETTERS: usize = 3;
/// Small words that may stand within a phrase ("dictatorship of the proletariat").
const GAP: usize = 2;
/// How often a phrase stands in both texts together.
const LEAST_PHRASE: u32 = 3;
/// The share of its rarer word's occurrences that a phrase makes up at least: else the two met by chance.
const LEAST_BOND: f64 = 0.15;
/// Words of a family that name a suggestion.
const MOST_NAMINGS: usize = 3;
/// Weight from which a term of a topic stands for the topic itself.
const STANDS_FOR_IT: f32 = 0.6;

/// Words that speak of a text's own parts.
const PARTS_OF_A_TEXT: &str = "appendix chapter footnote introduction note paragraph preface quotation quote quoted \
    translation translator";

/// Words that join two things instead of making one of them, in the languages that are told apart.
const JOINING: [&str; 12] = ["and", "or", "und", "oder", "et", "ou", "y", "e", "en", "och", "и", "или"];

/// A word or phrase that may be a topic.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The families of its words, by the number of a stem, in order.
    pub(super) members: Vec<u32>,
    /// How often it stands in each text.
    pub(super) counts: [u32; 2],
    /// In how many passages of each text.
    pub(super) passages: [u32; 2],
    /// The passages of both texts, counted through, and how often it stands in each.
    pub(super) standing: Vec<(u32, u32)>,
}

impl Candidate {
    fn new(members: Vec<u32>) -> Self {
        Self { members, counts: [0; 2], passages: [0; 2], standing: Vec::new() }
    }

    fn count(&mut self, side: usize, at: u32) {
        self.counts[side] += 1;
        match self.standing.last_mut() {
            Some((last, count)) if *last == at => *count += 1,
            Some(_) | None => {
                self.passages[side] += 1;
                self.standing.push((at, 1));
            }
        }
    }
}

/// The candidates of two texts.
pub(super) struct Counted {
    /// In the order in which they first stand.
    pub(super) candidates: Vec<Candidate>,
    /// Content words of each text.
    pub(super) words: [usize; 2],
    /// Body passages of both texts.
    passages: usize,
    lexicon: Lexicon,
    /// By form as written, in lower case: how often it stands in each text.
    forms: BTreeMap<u32, [u32; 2]>,
    /// Words of the closed classes in the language that either text is in most likely; two texts may be in two.
    small: BTreeSet<&'static str>,
    /// By stem: its family.
    families: Vec<u32>,
    /// By phrase: its first words as written.
    phrases: HashMap<[u32; 2], BTreeMap<String, u32>>,
}

impl Counted {
    /// Reads two texts in a language.
    pub(super) fn of(
        editions: [&Edition; 2],
        language: &str,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut lexicon = Lexicon::new(language);
        let mut passages: Vec<(usize, &str, Vec<Word>)> = Vec::new();
        for (side, edition) in editions.into_iter().enumerate() {
            for (at, passage) in edition.passages().iter().enumerate() {
                if at % STEP == 0 {
                    progress.reach(0, 1)?;
                }
                if passage.kind.is_body() {
                    passages.push((side, &passage.text, lexicon.words(&passage.text)));
                }
            }
        }
        let families = families(&lexicon);
        let languages = editions.map(language::likeliest);
        let mut counted = Self {
            candidates: Vec::new(),
            words: [0; 2],
            passages: passages.len(),
            forms: BTreeMap::new(),
            phrases: HashMap::new(),
            lexicon,
            small: languages.into_iter().flat_map(language::function_words).collect(),
            families,
        };
        let parts: Vec<u32> = counted.lexicon.words(PARTS_OF_A_TEXT).iter().map(|word| word.stem).collect();
        let mut names: HashMap<u32, usize> = HashMap::new();
        let mut pairs: HashMap<[u32; 2], usize> = HashMap::new();
        let mut phrases: Vec<Candidate> = Vec::new();
        for (at, (side, text, words)) in (0_u32..).zip(&passages) {
            if (at as usize).is_multiple_of(STEP) {
                progress.reach(at as usize, passages.len())?;
            }
            let mut before: Option<(usize, &Word)> = None;
            for (place, word) in words.iter().enumerate() {
                if !counted.tells(word) {
                    continue;
                }
                counted.words[*side] += 1;
                counted.forms.entry(word.form).or_default()[*side] += 1;
                if counted.may_name(word) && !parts.contains(&word.stem) {
                    let family = counted.family(word.stem);
                    let slot = *names.entry(family).or_insert_with(|| {
                        counted.candidates.push(Candidate::new(vec![family]));
                        counted.candidates.len() - 1
                    });
                    counted.candidates[slot].count(*side, at);
                }
                if let Some((_, first)) =
                    before.filter(|(p, first)| place - p <= GAP + 1 && counted.is_phrase([first, word], text))
                {
                    let key = [first.stem, word.stem].map(|stem| counted.family(stem));
                    let slot = *pairs.entry(key).or_insert_with(|| {
                        phrases.push(Candidate::new(key.to_vec()));
                        phrases.len() - 1
                    });
                    phrases[slot].count(*side, at);
                    let written = text.get(first.byte..word.byte + word.bytes).unwrap_or_default();
                    *counted.phrases.entry(key).or_default().entry(written.to_lowercase()).or_default() += 1;
                }
                before = Some((place, word));
            }
        }
        counted.keep_bound(phrases);
        Ok(counted)
    }

    /// The phrases whose words belong together join the words.
    fn keep_bound(&mut self, phrases: Vec<Candidate>) {
        let mut counts: HashMap<u32, u32> = HashMap::new();
        for (&form, of) in &self.forms {
            *counts.entry(self.family(self.lexicon.stem_of(form))).or_default() += of[0] + of[1];
        }
        let rarer = |phrase: &Candidate| phrase.members.iter().filter_map(|m| counts.get(m)).min().copied();
        let is_bound = |phrase: &Candidate| {
            let [left, right] = phrase.counts;
            let most = rarer(phrase).unwrap_or(u32::MAX);
            left + right >= LEAST_PHRASE && f64::from(left + right) >= LEAST_BOND * f64::from(most)
        };
        let bound: Vec<Candidate> = phrases.into_iter().filter(is_bound).collect();
        self.phrases.retain(|key, _| bound.iter().any(|phrase| phrase.members == *key));
        self.candidates.extend(bound);
    }

    /// Whether a word carries meaning of its own.
    fn tells(&self, word: &Word) -> bool {
        word.content && !self.small.contains(self.lexicon.spelling(word.form))
    }

    /// Whether a word can name a topic alone.
    fn may_name(&self, word: &Word) -> bool {
        let spelling = self.lexicon.spelling(word.form);
        let long = spelling.chars().nth(LEAST_LETTERS).is_some() || !spelling.is_ascii();
        let numeral = spelling.chars().all(|c| "ivxlc".contains(c));
        word.content && long && !numeral && !self.lexicon.is_general(word.stem)
    }

    /// Whether two words that follow each other are a phrase: in one sentence, no sign but a hyphen or an
    /// apostrophe between, one of them at least telling something alone.
    fn is_phrase(&self, [first, second]: [&Word; 2], text: &str) -> bool {
        let between = text.get(first.byte + first.bytes..second.byte).unwrap_or_default();
        let joined = |c: char| {
            c.is_alphanumeric() || c == ' ' || c == '\u{a0}' || c == '-' || c == '\'' || c == '\u{2019}'
        };
        first.sentence == second.sentence
            && between.chars().all(joined)
            && !between.split_whitespace().any(|word| JOINING.contains(&word))
            && self.family(first.stem) != self.family(second.stem)
            && (self.may_name(first) || self.may_name(second))
            && [first, second].iter().all(|word| self.lexicon.spelling(word.form).chars().nth(2).is_some())
    }

    /// The words of a candidate, by which those of equal worth are put in order.
    pub(super) fn spelled(&self, candidate: &Candidate) -> Vec<&str> {
        candidate.members.iter().map(|&member| self.lexicon.spelling(member)).collect()
    }

    fn family(&self, stem: u32) -> u32 {
        self.families.get(stem as usize).copied().unwrap_or(stem)
    }

    /// The share of the passages of either that hold both.
    pub(super) fn passages_in_common(&self, a: &Candidate, b: &Candidate) -> f64 {
        let inside = self.standing(a);
        let both = b.standing.iter().filter(|(at, _)| inside[*at as usize]).count();
        both as f64 / (a.standing.len() + b.standing.len() - both).max(1) as f64
    }

    /// How much it tells of a passage to be one of `holding` passages.
    pub(super) fn rarity(&self, holding: u32) -> f64 {
        (1.0 + self.passages as f64 / f64::from(holding.max(1))).ln()
    }

    /// For each passage of both texts whether a candidate stands in it.
    pub(super) fn standing(&self, candidate: &Candidate) -> Vec<bool> {
        let mut inside = vec![false; self.passages];
        for (at, _) in &candidate.standing {
            inside[*at as usize] = true;
        }
        inside
    }

    /// The words that name a candidate as they are written most often: one of each stem of a family.
    pub(super) fn namings(&self, candidate: &Candidate) -> Vec<SuggestedWord> {
        if let [first, second] = *candidate.members {
            let written = self.phrases.get(&[first, second]).into_iter().flatten();
            let best = written.max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
            let words = best.map(|(words, _)| words.clone()).unwrap_or_default();
            return vec![SuggestedWord { words, counts: candidate.counts, is_companion: false }];
        }
        let mut stems: BTreeMap<u32, ([u32; 2], u32, u32)> = BTreeMap::new();
        for (&form, counts) in &self.forms {
            let stem = self.lexicon.stem_of(form);
            if candidate.members.contains(&self.family(stem)) {
                let (all, most, written) = stems.entry(stem).or_default();
                let count = counts[0] + counts[1];
                *all = [all[0] + counts[0], all[1] + counts[1]];
                if count > *most {
                    (*most, *written) = (count, form);
                }
            }
        }
        let mut namings: Vec<SuggestedWord> = stems
            .into_values()
            .map(|(counts, _, form)| SuggestedWord {
                words: self.lexicon.spelling(form).to_owned(),
                counts,
                is_companion: false,
            })
            .collect();
        let often = |word: &SuggestedWord| word.counts[0] + word.counts[1];
        namings.sort_by(|a, b| often(b).cmp(&often(a)).then_with(|| a.words.cmp(&b.words)));
        namings.truncate(MOST_NAMINGS);
        namings
    }

    /// A candidate as a word that keeps company with a topic.
    pub(super) fn companion(&self, candidate: &Candidate) -> Option<SuggestedWord> {
        let word = self.namings(candidate).into_iter().next()?;
        Some(SuggestedWord { counts: candidate.counts, is_companion: true, ..word })
    }

    /// Words as a term of a topic, with their language where that must be said.
    pub(super) fn term(&self, words: &str) -> String {
        let language = self.lexicon.language();
        if language == language::USUAL { words.to_owned() } else { format!("{language}: {words}") }
    }

    /// The first topic that has a candidate among the terms that stand for it.
    pub(super) fn known(&self, candidate: &Candidate, topics: &[Topic]) -> Option<usize> {
        let named: Vec<String> = self.namings(candidate).into_iter().take(1).map(|word| word.words).collect();
        let mut lexicon = Lexicon::new(self.lexicon.language());
        let mut stems = |words: &str| matching::stems(words, &mut lexicon);
        let named = stems(named.first()?);
        topics.iter().position(|topic| {
            let terms = topic.terms.iter().filter(|term| term.weight >= STANDS_FOR_IT);
            let mut words = terms.flat_map(|term| matching::alone(&term.words));
            stems(&topic.name) == named || words.any(|words| stems(words) == named)
        })
    }
}

/// For each number of a lexicon its family: the first in spelling of those that begin alike.
fn families(lexicon: &Lexicon) -> Vec<u32> {
    let mut order: Vec<u32> = (0..lexicon.len() as u32).collect();
    order.sort_by(|&a, &b| lexicon.spelling(a).cmp(lexicon.spelling(b)));
    let mut families: Vec<u32> = (0..lexicon.len() as u32).collect();
    let mut root: Option<u32> = None;
    for number in order {
        let spelling = lexicon.spelling(number);
        let alike = |root: u32| {
            let root = lexicon.spelling(root).chars();
            root.zip(spelling.chars()).take_while(|(a, b)| a == b).count() >= FAMILY_LETTERS
        };
        match root.filter(|&root| alike(root)) {
            Some(root) => families[number as usize] = root,
            None => root = Some(number),
        }
    }
    families
}
