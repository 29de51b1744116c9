//! What was computed of texts and kept: written so that it is read faster than computed. Does not know where.

use serde::{Deserialize, Serialize};

use super::Text;
use super::open::{Library, content_hash};
use super::pair::{Ground, Pair, Told};
use crate::document::Edition;
use crate::document::windows::Windows;
use crate::links::Link;
use crate::topics::TopicIndex;

/// What was computed of two texts.
#[derive(Serialize, Deserialize)]
struct Joined {
    indexes: [TopicIndex; 2],
    links: Vec<Link>,
    ground: Ground,
}

impl Library {
    /// Two texts with the indexes and links that were computed of these very passages before; `told` is what
    /// the reader said that the two are.
    pub(super) fn known_pair(&self, texts: &[Text; 2], told: Option<Told>) -> Option<Pair> {
        let bytes = self.shelf.cached(&self.pair_key(texts, told))?;
        let kept: Joined = serde_json::from_slice(&bytes).ok()?;
        let fitting = fits(&kept, texts).then_some(kept);
        let Joined { indexes, links, ground } = fitting?;
        let (texts, topics) = (texts.clone(), self.topics.clone());
        Some(Pair { texts, topics, indexes, links, ground, is_pending: false })
    }

    /// Keeps what was computed of a pair.
    pub(super) fn keep_pair(&self, pair: &Pair, told: Option<Told>) {
        let (indexes, links, ground) = (pair.indexes.clone(), pair.links.clone(), pair.ground.clone());
        if let Ok(bytes) = serde_json::to_vec(&Joined { indexes, links, ground }) {
            self.shelf.cache(&self.pair_key(&pair.texts, told), &bytes);
        }
    }

    /// Body passages before each window of a file, where they were counted before.
    pub(super) fn known_counts(&self, text: &Text, windows: &Windows) -> Option<Vec<u32>> {
        let bytes = self.shelf.cached(&counts_key(text, windows))?;
        let counted: Vec<u32> = serde_json::from_slice(&bytes).ok()?;
        (counted.len() == windows.count() + 1 && counted.is_sorted()).then_some(counted)
    }

    /// Keeps them.
    pub(super) fn keep_counts(&self, text: &Text, windows: &Windows, counted: &[u32]) {
        if let Ok(bytes) = serde_json::to_vec(counted) {
            self.shelf.cache(&counts_key(text, windows), &bytes);
        }
    }

    fn pair_key(&self, texts: &[Text; 2], told: Option<Told>) -> String {
        let topics = content_hash(format!("{:?}", self.topics).as_bytes());
        let [left, right] = texts.each_ref().map(text_key);
        format!("pair {topics} {told:?} {left} {right}")
    }
}

/// A large file is known by its length, its pieces, and when it was last changed.
fn counts_key(text: &Text, windows: &Windows) -> String {
    format!("counts {} {}", text.content_hash, windows.stamp())
}

/// A text is known by the words and kinds of its passages, and by what editors know of it.
fn text_key(text: &Text) -> String {
    let work = text.work.as_ref().map_or("-", |work| work.id.as_str());
    format!("{work} {} {}", text.form.name(), passages_hash(&text.edition))
}

fn passages_hash(edition: &Edition) -> String {
    let mut all = Vec::with_capacity(edition.text_bytes() + edition.passages().len() * 24);
    for passage in edition.passages() {
        let number = passage.number.unwrap_or(0);
        all.extend(format!("{}\t{number}\t{:?}\t", passage.kind.name(), passage.also).bytes());
        all.extend(passage.text.bytes());
        for note in &passage.notes {
            all.extend(note.text.as_deref().unwrap_or("-").bytes());
        }
        all.push(b'\n');
    }
    content_hash(&all)
}

/// Whether everything that was kept points into these texts.
fn fits(kept: &Joined, texts: &[Text; 2]) -> bool {
    let counts = texts.each_ref().map(|text| text.edition.passages().len());
    let indexed = |(index, count): (&TopicIndex, usize)| index.highest_passage().is_none_or(|at| at < count);
    let linked = |link: &Link| {
        let within = |(passages, count): (&Vec<usize>, usize)| passages.iter().all(|at| *at < count);
        link.passages.iter().zip(counts).all(within)
    };
    kept.indexes.iter().zip(counts).all(indexed) && kept.links.iter().all(linked)
}
