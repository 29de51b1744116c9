//! What the texts speak about: topic definitions, and the index of an edition by topic.
//!
//! Knows no panes. The curated index and the automatic one give the same record, [`Entry`].

mod absence;
pub mod association;
pub mod automatic;
mod closed_class;
pub mod curated;
pub mod definitions;
mod english;
mod fit;
pub mod language;
pub mod matching;
mod prepared;
pub mod spotter;
pub mod suggest;
pub mod words;

use serde::{Deserialize, Serialize};

pub use absence::{Absence, Silence, settle};

/// Who or what made an index entry or a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Origin {
    /// The reader's own decision, kept in the session.
    Reader,
    /// An editor, by reading: stands in `texts/`.
    Curated,
    /// Computed from the definitions.
    Automatic,
}

impl Origin {
    /// The name used in `--format json` and on screen.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Curated => "curated",
            Self::Automatic => "automatic",
        }
    }
}

/// A topic as `texts/topics.toml` or its reader defines it.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Stable identifier: `state-capitalism`.
    pub id: String,
    /// The name shown: `state capitalism`.
    pub name: String,
    /// What counts as the topic and what only sounds like it, in a sentence or two.
    pub definition: String,
    /// Words and phrases that speak of the topic, with a weight in (0, 1].
    pub terms: Vec<Term>,
    /// Phrases in which a term does not mean the topic ("party to the treaty").
    pub look_alikes: Vec<String>,
    /// Identifiers of neighbouring topics.
    pub see_also: Vec<String>,
    /// [`Origin::Curated`] for one that ships, [`Origin::Reader`] for one of the reader's own.
    pub origin: Origin,
}

/// A word or phrase of a topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// One word or several; compared by stems.
    pub words: String,
    /// How surely it speaks of the topic, in (0, 1].
    pub weight: f32,
}

/// One passage's place in the index of a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Index of the passage in its edition.
    pub passage: usize,
    /// 2: substantially about the topic; 1: touches it in a meaningful sentence.
    pub weight: u8,
    /// How strongly the evidence speaks, in [0, 1]; comparable within a topic.
    pub score: f32,
    /// Who or what says so.
    pub origin: Origin,
    /// Why, in a few words.
    pub reason: String,
}

/// The index of one edition: for each topic (same order as the definitions) its passages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TopicIndex {
    topics: Vec<TopicEntries>,
    /// Why nothing stands under a topic, where that is said; of any length.
    absences: Vec<Option<Absence>>,
}

/// The passages of one topic in one edition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TopicEntries {
    /// The entries, in reading order.
    pub entries: Vec<Entry>,
    /// Passages that come nearest without being entries, best first, at most three: what is offered
    /// where a topic is absent. Their weight is 0.
    pub near_misses: Vec<Entry>,
}

impl TopicIndex {
    /// An index from one list for each topic.
    #[must_use]
    pub fn new(topics: Vec<TopicEntries>) -> Self {
        Self { topics, absences: Vec::new() }
    }

    /// The same index with why nothing stands under topics, one for each topic.
    #[must_use]
    pub fn with_absences(mut self, absences: Vec<Option<Absence>>) -> Self {
        self.absences = absences;
        self
    }

    /// Why nothing stands under the topic, where that is said.
    #[must_use]
    pub fn absence(&self, topic: usize) -> Option<&Absence> {
        self.absences.get(topic)?.as_ref()
    }

    /// Says why nothing stands under a topic, or no longer.
    fn set_absence(&mut self, topic: usize, absence: Option<Absence>) {
        let count = self.absences.len().max(topic + 1);
        self.absences.resize(count, None);
        if let Some(own) = self.absences.get_mut(topic) {
            *own = absence;
        }
    }

    /// Whether any word of the topic stands in the text.
    fn has_words(&self, topic: usize) -> bool {
        !self.entries(topic).is_empty() || !self.near_misses(topic).is_empty()
    }

    /// How many entries the topic has; `None` where nobody knows.
    #[must_use]
    pub fn count(&self, topic: usize) -> Option<usize> {
        let is_unknown = self.absence(topic).is_some_and(|absence| absence.kind.is_unknown());
        (!is_unknown).then(|| self.entries(topic).len())
    }

    /// The same as it is shown: `?` where nobody knows.
    #[must_use]
    pub fn figure(&self, topic: usize) -> String {
        self.count(topic).map_or_else(|| "?".to_owned(), |count| count.to_string())
    }

    /// This index under the topics that are `known` to it, `other` under the rest.
    #[must_use]
    pub fn or_else(mut self, other: &Self, known: impl Fn(usize) -> bool) -> Self {
        let count = self.topics.len().max(other.topics.len());
        self.topics.resize_with(count, TopicEntries::default);
        self.absences.resize(count, None);
        for (topic, (own, absence)) in self.topics.iter_mut().zip(&mut self.absences).enumerate() {
            if !known(topic) {
                *own = other.topics.get(topic).cloned().unwrap_or_default();
                *absence = other.absence(topic).cloned();
            }
        }
        self
    }

    /// The highest index of a passage that it names.
    #[must_use]
    pub fn highest_passage(&self) -> Option<usize> {
        let all = self.topics.iter().flat_map(|topic| topic.entries.iter().chain(&topic.near_misses));
        all.map(|entry| entry.passage).max()
    }

    /// What is found of one topic of another index stands here under `topic`.
    pub fn take(&mut self, topic: usize, other: &Self, of: usize) {
        let count = self.topics.len().max(topic + 1);
        self.topics.resize_with(count, TopicEntries::default);
        self.absences.resize(count, None);
        if let (Some(own), Some(absence)) = (self.topics.get_mut(topic), self.absences.get_mut(topic)) {
            *own = other.topics.get(of).cloned().unwrap_or_default();
            *absence = other.absence(of).cloned();
        }
    }

    /// Drops a topic; those after it move up.
    pub fn remove(&mut self, topic: usize) {
        if topic < self.topics.len() {
            self.topics.remove(topic);
        }
        if topic < self.absences.len() {
            self.absences.remove(topic);
        }
    }

    /// The entries of a topic, in reading order; empty for a topic that the index does not know.
    #[must_use]
    pub fn entries(&self, topic: usize) -> &[Entry] {
        self.topics.get(topic).map_or(&[], |t| &t.entries)
    }

    /// What comes nearest to a topic without being an entry.
    #[must_use]
    pub fn near_misses(&self, topic: usize) -> &[Entry] {
        self.topics.get(topic).map_or(&[], |t| &t.near_misses)
    }

    /// The entry of a passage under a topic.
    #[must_use]
    pub fn entry(&self, topic: usize, passage: usize) -> Option<&Entry> {
        self.entries(topic).iter().find(|entry| entry.passage == passage)
    }
}
