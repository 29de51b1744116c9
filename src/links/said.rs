//! What a passage says about a topic, as the surroundings of the topic's words show it: which other topics and
//! which words stand near them. Two passages on one topic answer the same question where these are alike.

use std::collections::BTreeSet;

use super::similarity::{Vector, cosine, softened};
use crate::topics::matching::Hit;
use crate::topics::words::Word;

/// Words from a term of the topic at which a word counts half: an argument is longer than its clause.
const HALF_WAY: f32 = 35.0;
/// Words on either side of a term that belong to its place.
const REACH: usize = 45;
/// How much less a term tells in a sentence for each further term in it: a list of many things says little of
/// each.
const LISTED: f32 = 0.5;
/// Words that stand between two terms of a list at most.
const LIST_GAP: usize = 3;
/// Different topics of a list at least.
const LIST_TOPICS: usize = 3;
/// How much less a passage says about a topic that it names in lists alone.
const NAMED_IN_LISTS: f32 = 0.4;
/// How much more a passage says about a topic the more terms of it stand there, as an exponent of their weight. From
/// .3 to .5 graded pairs come in nearly the same order.
const AT_LENGTH: f32 = 0.4;
/// How much of a passage in which no term of the topic stands is held to be about it.
const SHARE_WITHOUT_TERM: f32 = 0.5;
/// What a passage says about a topic of which no term stands there, as a weight of terms.
const NO_TERM: f32 = 0.3;
/// What is added to the square of a length, so that what little says is not wholly like whatever shares it.
const FEW_TOPICS: f32 = 0.3;
/// The same for words.
const FEW_WORDS: f32 = 0.5;
/// Places of a passage that are compared, the weightiest first: bounds the work.
const MOST_PLACES: usize = 12;
/// Words by which two places are apart at least.
const APART: usize = 5;
/// The weight of the only place of a passage in which no term of the topic stands.
const WITHOUT_TERM: f32 = 0.5;

/// A term of any topic in a passage.
#[derive(Clone, Copy, Debug)]
pub struct Mention {
    /// Index of the topic.
    pub topic: usize,
    /// Index of the first word of the term, and of the last.
    words: [usize; 2],
    /// The term's weight.
    weight: f32,
    /// The same, less for each other term in its sentence.
    shared: f32,
    /// Whether it stands in a list: "the soviets, the unions, the cooperatives and the party".
    is_listed: bool,
}

/// The terms of all topics in a passage, in reading order; `hits` has those of each topic.
pub fn mentions(hits: impl Iterator<Item = (usize, Vec<Hit>)>) -> Vec<Mention> {
    let mut hits: Vec<(usize, Hit)> =
        hits.flat_map(|(topic, hits)| hits.into_iter().map(move |hit| (topic, hit))).collect();
    hits.sort_by_key(|(topic, hit)| (hit.sentence, hit.word, *topic));
    let mut mentions = Vec::with_capacity(hits.len());
    for sentence in hits.chunk_by(|a, b| a.1.sentence == b.1.sentence) {
        let said: f32 = sentence.iter().map(|(_, hit)| hit.weight).sum();
        mentions.extend(sentence.iter().map(|&(topic, hit)| Mention {
            topic,
            words: [hit.word, hit.word + hit.words.max(1) - 1],
            weight: hit.weight,
            shared: hit.weight / (1.0 + LISTED * (said - 1.0).max(0.0)),
            is_listed: false,
        }));
    }
    let follows = |a: &Mention, b: &Mention| b.words[0] <= a.words[1] + LIST_GAP + 1;
    for run in mentions.chunk_by_mut(follows) {
        let topics: BTreeSet<usize> = run.iter().map(|mention| mention.topic).collect();
        for mention in run {
            mention.is_listed = topics.len() >= LIST_TOPICS;
        }
    }
    mentions
}

/// How much a stem and a topic tell in a pair of texts, each in [0, 1].
#[derive(Clone, Copy, Debug)]
pub struct Telling<'t> {
    /// By stem.
    pub stems: &'t [f32],
    /// By topic.
    pub topics: &'t [f32],
}

/// What stands near the words of a topic.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Other topics.
    pub topics: Vector,
    /// Words, those of the topic itself among them.
    pub words: Vector,
}

impl View {
    /// How alike the topics and the words of two views are, each in [0, 1].
    #[must_use]
    pub fn likeness(&self, other: &Self) -> [f32; 2] {
        [cosine(&self.topics, &other.topics), cosine(&self.words, &other.words)]
    }
}

/// What a passage says about a topic.
#[derive(Clone, Debug)]
pub struct Said {
    /// All of it.
    pub whole: View,
    /// What stands about each term, with the term's weight.
    pub places: Vec<(f32, View)>,
    /// How much it says, from 0 up: about 1 where the topic is named once and nothing stands far from it, less where it is
    /// named in lists alone, or at the end of a long passage on other things.
    pub amount: f32,
}

impl Said {
    /// What a passage of these words and mentions says about a topic.
    #[must_use]
    pub fn about(topic: usize, words: &[Word], mentions: &[Mention], telling: Telling<'_>) -> Self {
        let mut own: Vec<&Mention> = mentions.iter().filter(|mention| mention.topic == topic).collect();
        let terms: Vec<[usize; 2]> = own.iter().map(|mention| mention.words).collect();
        let nearness = nearness(words.len(), &terms);
        let others: Vec<&Mention> = mentions.iter().filter(|mention| mention.topic != topic).collect();
        let whole = view(0, words, &others, &nearness, telling);
        let amount = (NO_TERM + own.iter().map(|mention| mention.weight).sum::<f32>()).powf(AT_LENGTH);
        if own.is_empty() {
            let places = vec![(WITHOUT_TERM, whole.clone())];
            return Self { whole, places, amount: amount * SHARE_WITHOUT_TERM };
        }
        let share = nearness.iter().sum::<f32>() / nearness.len().max(1) as f32;
        let listed = own.iter().filter(|mention| mention.is_listed).count() as f32 / own.len() as f32;
        own.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.words.cmp(&b.words)));
        let mut taken: Vec<&Mention> = Vec::new();
        for mention in own {
            let is_apart = |other: &&Mention| other.words[0].abs_diff(mention.words[0]) >= APART;
            if taken.len() < MOST_PLACES && taken.iter().all(is_apart) {
                taken.push(mention);
            }
        }
        let place = |mention: &&Mention| {
            let start = mention.words[0].saturating_sub(REACH);
            let end = (mention.words[1] + REACH + 1).min(words.len());
            let term = mention.words.map(|word| word - start);
            let inside = words.get(start..end).unwrap_or_default();
            let from = others.partition_point(|other| other.words[0] < start);
            let others = others.get(from..).unwrap_or_default();
            let to = others.partition_point(|other| other.words[0] < end);
            let others = others.get(..to).unwrap_or_default();
            let nearness = self::nearness(inside.len(), &[term]);
            (mention.weight, view(start, inside, others, &nearness, telling))
        };
        let places = taken.iter().map(place).collect();
        Self { whole, places, amount: amount * share * (1.0 - NAMED_IN_LISTS * listed) }
    }
}

/// For each of so many words how near it stands to the nearest of some terms, in [0, 1]: 1 in a term; 1
/// everywhere where there is no term. Terms are in order.
fn nearness(words: usize, terms: &[[usize; 2]]) -> Vec<f32> {
    let mut distances = vec![usize::MAX; words];
    for &[first, last] in terms {
        for distance in distances.iter_mut().take(last + 1).skip(first) {
            *distance = 0;
        }
    }
    let spread = |distances: &mut dyn Iterator<Item = &mut usize>| {
        let mut before = usize::MAX;
        for distance in distances {
            *distance = (*distance).min(before.saturating_add(1));
            before = *distance;
        }
    };
    spread(&mut distances.iter_mut());
    spread(&mut distances.iter_mut().rev());
    let near = |distance: usize| if terms.is_empty() { 1.0 } else { near(distance) };
    distances.into_iter().map(near).collect()
}

fn near(distance: usize) -> f32 {
    let distance = distance as f32 / HALF_WAY;
    1.0 / (1.0 + distance * distance)
}

/// What stands in words that begin at `start` of their passage, by how near each is.
fn view(start: usize, words: &[Word], others: &[&Mention], nearness: &[f32], telling: Telling<'_>) -> View {
    let near = |word: usize| nearness.get(word).copied().unwrap_or_default();
    let stems = words.iter().zip(nearness).filter(|(word, _)| word.content);
    let stems = stems.map(|(word, &near)| (word.stem, near)).collect();
    // Squared: a word that hints at a topic brings little of it in.
    let brought = |mention: &Mention| mention.shared * mention.shared * near(mention.words[0] - start);
    let topics = others.iter().map(|mention| (mention.topic as u32, brought(mention))).collect();
    let tells = |table: &[f32], key: u32| table.get(key as usize).copied().unwrap_or_default();
    View {
        // A topic is there or not: what a second sentence on it adds is little.
        topics: softened(
            topics,
            |topic, sum| (1.0 - (-sum).exp()) * tells(telling.topics, topic),
            FEW_TOPICS,
        ),
        words: softened(stems, |stem, sum| sum.ln_1p() * tells(telling.stems, stem), FEW_WORDS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::matching::Matcher;
    use crate::topics::words::Lexicon;
    use crate::topics::{Origin, Term, Topic};

    fn topic(word: &str, weight: f32) -> Topic {
        Topic {
            id: word.into(),
            name: word.into(),
            definition: String::new(),
            terms: vec![Term { words: word.into(), weight }],
            look_alikes: Vec::new(),
            see_also: Vec::new(),
            origin: Origin::Reader,
        }
    }

    /// What a text says about guilds, where bread, rivers and fines are topics too.
    fn said(text: &str) -> Said {
        said_of_topics(text, 1.0)
    }

    /// The same where the words of the other topics have another weight.
    fn said_of_topics(text: &str, weight: f32) -> Said {
        let mut lexicon = Lexicon::new("en");
        let topics = [("guild", 1.0), ("bread", weight), ("river", weight), ("fines", weight)];
        let matchers: Vec<Matcher> =
            topics.iter().map(|&(word, weight)| Matcher::new(&topic(word, weight), &mut lexicon)).collect();
        let words = lexicon.words(text);
        let mentions = mentions(matchers.iter().map(|matcher| matcher.hits(&words)).enumerate());
        let stems = vec![1.0; lexicon.len()];
        Said::about(0, &words, &mentions, Telling { stems: &stems, topics: &[1.0; 4] })
    }

    fn amount(vector: &Vector, key: u32) -> f32 {
        vector.iter().find(|(other, _)| *other == key).map_or(0.0, |(_, weight)| *weight)
    }

    const FILLER: &str = "wind and rain and snow and hail went over hill and dale and moor and fen and sea ";

    #[test]
    fn what_stands_near_the_topic_tells_more_than_what_stands_far() {
        let near = said(&format!("The guild bakes bread. {FILLER}{FILLER}{FILLER}{FILLER}"));
        let far = said(&format!("The guild bakes. {FILLER}{FILLER}{FILLER}{FILLER} Bread is dear."));
        assert!(amount(&near.whole.topics, 1) > 2.0 * amount(&far.whole.topics, 1));
        let none = said(&format!("{FILLER} Bread is dear."));
        assert!(none.places.len() == 1 && amount(&none.whole.topics, 1) > 0.0);
    }

    #[test]
    fn a_list_of_many_things_says_little_of_each() {
        let alone = said("The guild baked the bread.");
        let listed = said("The guild, the river, the fines, the river, the fines, the bread.");
        assert!(amount(&alone.whole.topics, 1) > amount(&listed.whole.topics, 1));
        let named_thrice = said("The guild is here. The guild is there. The guild is away.");
        assert!(alone.amount > listed.amount && named_thrice.amount > alone.amount);
    }

    #[test]
    fn a_passage_on_other_things_says_little_of_what_it_ends_with() {
        let other = FILLER.repeat(6);
        let amounts = [String::new(), other.clone(), other.repeat(4)]
            .map(|before| said(&format!("{before}The guild baked the bread.")).amount);
        assert!(amounts.is_sorted_by(|a, b| *a > 1.5 * *b), "{amounts:?}");
    }

    #[test]
    fn a_hint_at_another_topic_brings_little_of_it_in() {
        let [named, hinted] = [1.0, 0.3].map(|weight| said_of_topics("The guild bakes bread.", weight));
        let [named, hinted] = [named, hinted].map(|said| amount(&said.whole.topics, 1));
        assert!(hinted > 0.0 && hinted < 0.3 * named, "{hinted} {named}");
    }

    #[test]
    fn each_term_that_stands_apart_has_its_place() {
        let text =
            format!("The guild of the guild bakes bread. {FILLER}{FILLER}{FILLER}{FILLER} A guild fines.");
        let said = said(&text);
        assert_eq!(said.places.len(), 2);
        assert!(amount(&said.places[0].1.topics, 1) > 0.0 && amount(&said.places[1].1.topics, 1) <= 0.0);
        assert!(amount(&said.places[1].1.topics, 3) > 0.0);
    }

    #[test]
    fn many_terms_make_no_more_places_than_are_compared() {
        assert_eq!(said(&format!("The guild. {FILLER}").repeat(99)).places.len(), MOST_PLACES);
        assert_eq!(said("").places.len(), 1);
    }
}
