//! What was computed of texts and kept: written so that it is read faster than computed. Does not know where.

use serde::{Deserialize, Serialize};

use super::open::{Library, TableError, content_hash};
use super::pair::Pair;
use super::{Form, Text};
use crate::document::Edition;
use crate::document::windows::Windows;
use crate::links::Link;
use crate::topics::TopicIndex;

/// Indexes and links of two texts.
#[derive(Serialize, Deserialize)]
struct Joined {
    indexes: [TopicIndex; 2],
    links: Vec<Link>,
}

impl Library {
    /// The same as [`Library::join`] with `auto` left out; what was computed of these very passages before is
    /// taken from the cache.
    ///
    /// # Errors
    /// Where a curated index or the curated links of the two works are wrong.
    pub fn join_known(&self, left: Text, right: Text) -> Result<Pair, TableError> {
        let key = format!("joined {} {} {}", self.topics_key(), text_key(&left), text_key(&right));
        let kept = self.shelf.cached(&key).and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if let Some(Joined { indexes, links }) = kept.filter(|kept| fits(kept, [&left, &right])) {
            return Ok(Pair { texts: [left, right], topics: self.topics.clone(), indexes, links });
        }
        let pair = self.join(left, right, false)?;
        let joined = Joined { indexes: pair.indexes.clone(), links: pair.links.clone() };
        if let Ok(bytes) = serde_json::to_vec(&joined) {
            self.shelf.cache(&key, &bytes);
        }
        Ok(pair)
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
