//! What was computed of texts and kept: written so that it is read faster than computed. Does not know where.

use serde::{Deserialize, Serialize};

use super::open::{Library, content_hash};
use super::pair::{Ground, Pair, Stage, Told};
use super::{Form, Text};
use crate::document::Edition;
use crate::document::windows::Windows;
use crate::links::Link;
use crate::topics::TopicIndex;

/// Indexes and links of two texts, and what the links rest on.
#[derive(Serialize, Deserialize)]
struct Joined {
    indexes: [TopicIndex; 2],
    links: Vec<Link>,
    ground: Ground,
}

impl Library {
    /// The pair of two texts as it was computed before, of these very passages and with the same word of the
    /// reader; `None` where it was not, or where it waits for more.
    pub(super) fn known_pair(&self, texts: &[Text; 2], told: Option<Told>) -> Option<Pair> {
        let bytes = self.shelf.cached(&self.pair_key(texts, told))?;
        let kept: Joined = serde_json::from_slice(&bytes).ok()?;
        if !fits(&kept, texts.each_ref()) {
            return None;
        }
        let (texts, topics) = (texts.clone(), self.topics.clone());
        Some(Pair {
            texts,
            topics,
            indexes: kept.indexes,
            links: kept.links,
            ground: kept.ground,
            stage: Stage::Joined,
        })
    }

    /// Keeps what was computed of a pair.
    pub(super) fn keep_pair(&self, pair: &Pair) {
        let Pair { indexes, links, ground, .. } = pair;
        let joined = Joined { indexes: indexes.clone(), links: links.clone(), ground: ground.clone() };
        if let Ok(bytes) = serde_json::to_vec(&joined) {
            self.shelf.cache(&self.pair_key(&pair.texts, ground.told()), &bytes);
        }
    }

    fn pair_key(&self, texts: &[Text; 2], told: Option<Told>) -> String {
        let [left, right] = texts.each_ref().map(text_key);
        format!("joined {} {left} {right} {told:?}", self.topics_key())
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

    fn topics_key(&self) -> String {
        content_hash(format!("{:?}", self.topics).as_bytes())
    }
}

/// A large file is known by its length, its pieces, and when it was last changed.
fn counts_key(text: &Text, windows: &Windows) -> String {
    format!("counts {} {}", text.content_hash, windows.stamp())
}

/// A text is known by the words and kinds of its passages, and by what editors know of it.
fn text_key(text: &Text) -> String {
    let work = text.work.as_ref().map_or("-", |work| work.id.as_str());
    let form = match text.form {
        Form::Digest | Form::Original | Form::File => text.form.name(),
    };
    format!("{work} {form} {}", passages_hash(&text.edition))
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
fn fits(kept: &Joined, texts: [&Text; 2]) -> bool {
    let counts = texts.map(|text| text.edition.passages().len());
    let indexed = |(index, count): (&TopicIndex, usize)| index.highest_passage().is_none_or(|at| at < count);
    let linked = |link: &Link| {
        let within = |(passages, count): (&Vec<usize>, usize)| passages.iter().all(|at| *at < count);
        link.passages.iter().zip(counts).all(within)
    };
    kept.indexes.iter().zip(counts).all(indexed) && kept.links.iter().all(linked)
}
