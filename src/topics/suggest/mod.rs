//! Topics that nobody has defined: what two texts both speak of and what only one does, for a reader to keep or
//! drop.
//!
//! Knows no definitions. A suggestion is a [`Topic`] that the automatic index can find passages for at once.

mod counted;
pub mod letters;

use super::association::{LEAST_RATIO, ratio};
use super::{Origin, Term, Topic, automatic, definitions, language};
use crate::document::Edition;
use crate::progress::{Cancelled, Progress};
use counted::{Candidate, Counted};

/// Suggestions of each kind at most.
const MOST_SHARED: usize = 20;
const MOST_OWN: usize = 10;
/// Candidates that are looked at for each kind, the best first: bounds the work on a long text.
const MOST_CANDIDATES: usize = 200;
/// How often a word must stand in a text to be a topic of both, and to be one of that text alone.
const LEAST_SHARED: u32 = 2;
const LEAST_OWN: u32 = 4;
/// The least log-likelihood ratio of a text's own topic: 3.84 is one chance in twenty. The reader judges it.
const LEAST_OWN_RATIO: f64 = 3.84;
/// How many times as often a word stands in the text whose own topic it is.
const TIMES_AS_OFTEN: f64 = 8.0;
/// What a phrase counts against a word that stands as often: it is rarer and tells more.
const PHRASE: f64 = 3.0;
/// Two candidates are one topic from this share of passages in common on.
const SAME_PASSAGES: f64 = 0.6;
/// Suggestions of a kind that may have a word in common.
const MOST_WITH_A_WORD: usize = 2;
/// Words named that keep company with a topic, and what they weigh in it: too little to make an entry alone.
const MOST_COMPANIONS: usize = 5;
const COMPANION_WEIGHT: f32 = 0.2;
/// How many passages must hold both a word and its companion.
const LEAST_TOGETHER: u32 = 3;
/// The share of a companion's passages that are the topic's too, at least.
const KEEPS_COMPANY: f64 = 0.5;

/// Which of the two texts speak of a suggested topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Both.
    Shared,
    /// The left one.
    Left,
    /// The right one.
    Right,
}

impl Reach {
    /// The name used in `--format json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shared => "shared",
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// A word or phrase of a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedWord {
    /// As the texts write it most often.
    pub words: String,
    /// How often it stands in the left text and in the right one.
    pub counts: [u32; 2],
    /// Whether it only keeps company with the topic, instead of naming it.
    pub is_companion: bool,
}

/// A topic that is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The topic, as a reader would have defined it.
    pub topic: Topic,
    /// Which texts speak of it.
    pub reach: Reach,
    /// Its words: those that name it, then those that keep company with it.
    pub words: Vec<SuggestedWord>,
    /// How many passages of each text hold a word that names it.
    pub passages: [usize; 2],
    /// The passages that the automatic index finds under it, best first, for each text.
    pub best: [Vec<usize>; 2],
    /// The topic that has its name among its terms already, by index.
    pub known: Option<usize>,
}

/// Suggests topics of two texts: those of both, best first, then those of the left and those of the right alone.
///
/// A word is telling where it stands often, comes back within a passage instead of being strewn (the burstiness
/// of Church and Gale, 1995) and is not in every other passage; a topic of one text alone is told by the log-likelihood ratio of its
/// frequency in the two (Rayson and Garside, 2000); companions by that of standing in the same passages
/// (Dunning, 1993).
///
/// # Errors
/// Where it was cancelled.
pub fn suggest(
    editions: [&Edition; 2],
    known: &[Topic],
    progress: &Progress,
) -> Result<Vec<Suggestion>, Cancelled> {
    let language = language::of(editions).told().unwrap_or(language::USUAL);
    let counted = Counted::of(editions, language, progress)?;
    let mut chosen: Vec<(Reach, &Candidate)> = Vec::new();
    for (reach, most) in [(Reach::Shared, MOST_SHARED), (Reach::Left, MOST_OWN), (Reach::Right, MOST_OWN)] {
        let mut ranked: Vec<(f64, &Candidate)> = counted
            .candidates
            .iter()
            .filter_map(|candidate| Some((worth(candidate, &counted, reach)?, candidate)))
            .collect();
        ranked.sort_by(|a, b| {
            b.0.total_cmp(&a.0).then_with(|| counted.spelled(a.1).cmp(&counted.spelled(b.1)))
        });
        let before = chosen.len();
        for (_, candidate) in ranked.into_iter().take(MOST_CANDIDATES) {
            if chosen.len() - before == most {
                break;
            }
            if is_new(reach, candidate, &chosen, &counted) {
                chosen.push((reach, candidate));
            }
        }
    }
    let mut suggestions: Vec<Suggestion> =
        chosen.iter().map(|(reach, candidate)| suggestion(*reach, candidate, &counted, known)).collect();
    let topics: Vec<Topic> = suggestions.iter().map(|suggestion| suggestion.topic.clone()).collect();
    for (side, edition) in editions.into_iter().enumerate() {
        let index = automatic::index_in_language_reporting(edition, &topics, language, progress)?;
        for (topic, suggestion) in suggestions.iter_mut().enumerate() {
            let mut entries: Vec<_> = index.entries(topic).iter().collect();
            entries.sort_by(|a, b| {
                b.weight.cmp(&a.weight).then(b.score.total_cmp(&a.score)).then(a.passage.cmp(&b.passage))
            });
            suggestion.best[side] = entries.into_iter().map(|entry| entry.passage).collect();
        }
    }
    Ok(suggestions)
}

/// How well a candidate would do as a topic of this reach; nothing where it is none.
fn worth(candidate: &Candidate, counted: &Counted, reach: Reach) -> Option<f64> {
    let salience = |side: usize| {
        let [count, passages] = [candidate.counts[side], candidate.passages[side]].map(f64::from);
        let share = count / (counted.words[side] as f64).max(1.0);
        let all = candidate.passages.iter().sum::<u32>();
        share * (count / passages.max(1.0)).min(2.0) * counted.rarity(all)
    };
    let phrase = if candidate.members.len() > 1 { PHRASE } else { 1.0 };
    let own = |side: usize| {
        let counts = [candidate.counts[1 - side], candidate.counts[side]].map(f64::from);
        let words = [counted.words[1 - side], counted.words[side]].map(|words| (words as f64).max(1.0));
        let often = candidate.counts[side] >= LEAST_OWN && candidate.passages[side] > 1;
        let telling = ratio(counts, words) >= LEAST_OWN_RATIO;
        let apart = counts[1] / words[1] >= TIMES_AS_OFTEN * counts[0] / words[0];
        (often && telling && apart).then(|| phrase * salience(side))
    };
    match reach {
        Reach::Shared => {
            let is_shared = candidate.counts.iter().all(|&count| count >= LEAST_SHARED);
            // Between the arithmetic mean, by which one text alone would decide, and the geometric one, by
            // which a topic that is large in one and small in the other falls behind.
            let mean = f64::midpoint(salience(0).sqrt(), salience(1).sqrt()).powi(2);
            is_shared.then_some(phrase * mean)
        }
        Reach::Left => own(0),
        Reach::Right => own(1),
    }
}

/// Whether a candidate is not what was chosen already in other words: beside "criticism" goes no
/// "self-criticism". But both texts may speak of capitalism and one alone of state capitalism: those are two
/// findings.
fn is_new(reach: Reach, candidate: &Candidate, chosen: &[(Reach, &Candidate)], counted: &Counted) -> bool {
    let shares_a_word = |other: &Candidate| candidate.members.iter().any(|m| other.members.contains(m));
    let is_part = |other: &Candidate| candidate.members.len() != other.members.len() && shares_a_word(other);
    let is_same = |(of, other): &(Reach, &Candidate)| {
        (*of == reach && is_part(other)) || counted.passages_in_common(candidate, other) >= SAME_PASSAGES
    };
    let with_a_word = chosen.iter().filter(|(of, other)| *of == reach && shares_a_word(other)).count();
    with_a_word < MOST_WITH_A_WORD && !chosen.iter().any(is_same)
}

fn suggestion(reach: Reach, candidate: &Candidate, counted: &Counted, known: &[Topic]) -> Suggestion {
    let mut words = counted.namings(candidate);
    let name = words.first().map(|word| word.words.clone()).unwrap_or_default();
    words.extend(companions(candidate, counted));
    let term = |word: &SuggestedWord| Term {
        words: counted.term(&word.words),
        weight: if word.is_companion { COMPANION_WEIGHT } else { 1.0 },
    };
    let topic = Topic {
        id: definitions::identifier(&name),
        definition: String::new(),
        terms: words.iter().map(term).collect(),
        look_alikes: Vec::new(),
        see_also: Vec::new(),
        origin: Origin::Reader,
        name,
    };
    let known = counted.known(candidate, known);
    let passages = candidate.passages.map(|passages| passages as usize);
    Suggestion { topic, reach, words, passages, best: [Vec::new(), Vec::new()], known }
}

/// The words that stand in the same passages as a candidate more often than chance would have it.
fn companions(candidate: &Candidate, counted: &Counted) -> Vec<SuggestedWord> {
    let inside = counted.standing(candidate);
    let holding = inside.iter().filter(|&&holds| holds).count() as f64;
    let totals = [inside.len() as f64 - holding, holding];
    if totals.contains(&0.0) {
        return Vec::new();
    }
    let most = candidate.counts.iter().sum::<u32>() / 2;
    let mut ranked: Vec<(f64, &Candidate)> = Vec::new();
    for other in &counted.candidates {
        let [left, right] = other.counts;
        let is_other = other.members.len() == 1 && !candidate.members.contains(&other.members[0]);
        if !is_other || left + right > most || left + right < LEAST_TOGETHER {
            continue;
        }
        let together = other.standing.iter().filter(|(at, _)| inside[*at as usize]).count() as u32;
        let apart = f64::from(other.passages.iter().sum::<u32>() - together);
        let telling = ratio([apart, f64::from(together)], totals);
        let keeps_company = f64::from(together) >= KEEPS_COMPANY * other.standing.len() as f64;
        if together >= LEAST_TOGETHER && keeps_company && telling >= LEAST_RATIO {
            ranked.push((telling, other));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| counted.spelled(a.1).cmp(&counted.spelled(b.1))));
    let named = ranked.into_iter().take(MOST_COMPANIONS);
    named.filter_map(|(_, other)| counted.companion(other)).collect()
}

#[cfg(test)]
mod tests;
