//! All fingerprints of all works, upside down: from a hash to the places that have it.

use super::fingerprints::{Fingerprint, Fingerprints};
use super::gaps;
use super::letters::Letters;
use crate::document::Edition;
use crate::library::Work;

/// A window of a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Index of the passage in [`Fingerprints::passages`].
    pub passage: usize,
    /// Index of the window in the passage.
    pub window: usize,
    /// The letter of the work with which it begins.
    pub letter: usize,
}

/// A window of a work found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The letter of the text with which it begins.
    pub letter: usize,
    /// Index into [`Known::windows`].
    pub window: usize,
}

/// A work and its fingerprints.
#[derive(Clone, Debug)]
pub struct Known {
    /// The work.
    pub work: Work,
    /// Its passages.
    pub prints: Fingerprints,
    /// The windows that tell its passages apart, in the order of the text.
    pub windows: Vec<Window>,
}

impl Known {
    /// More passages than these are never found in a text with these windows: those that one of the windows is
    /// of, and those that can be found between others.
    #[must_use]
    pub fn findable(&self, hits: &[Hit]) -> usize {
        let mut findable: Vec<bool> = self.prints.passages.iter().map(gaps::may_fill).collect();
        for hit in hits {
            let passage = self.windows.get(hit.window).and_then(|window| findable.get_mut(window.passage));
            if let Some(findable) = passage {
                *findable = true;
            }
        }
        findable.into_iter().filter(|findable| *findable).count()
    }
}

/// The works by their hashes.
#[derive(Clone, Debug)]
pub struct Table {
    works: Vec<Known>,
    /// All windows by the bucket of their hash; within one in the order of the works and their windows.
    places: Vec<Place>,
    /// Where the places of each bucket begin; one more entry for the end.
    buckets: Vec<usize>,
    /// One bit for each beginning of a hash that is there: most hashes of a stranger's text end here. All of them
    /// stay in the nearest cache, which a text of a book's length is sent through letter by letter.
    sieve: Box<[u64; SIEVE_WORDS]>,
}

/// A window under its hash.
#[derive(Clone, Copy, Debug)]
struct Place {
    hash: u32,
    work: u32,
    /// Index into [`Known::windows`].
    window: u32,
}

/// Hashes with the same first so many bits share a bucket: about as many buckets as the works that ship have windows.
const BUCKET_BITS: u32 = 12;

/// The bucket of a hash.
const fn bucket(hash: u32) -> usize {
    (hash >> (u32::BITS - BUCKET_BITS)) as usize
}

/// Bits for the first 16 bits of a hash.
const SIEVE_WORDS: usize = (1 << 16) / 64;

/// The word of the sieve in which a hash has its bit, and the bit.
const fn sieved(hash: u32) -> (usize, u64) {
    ((hash >> 22) as usize, 1 << (hash >> 16 & 63))
}

impl Default for Table {
    fn default() -> Self {
        Self::new([])
    }
}

impl Table {
    /// The table of some works.
    #[must_use]
    pub fn new(works: impl IntoIterator<Item = (Work, Fingerprints)>) -> Self {
        let (places, buckets) = (Vec::new(), Vec::new());
        let mut table = Self { works: Vec::new(), places, buckets, sieve: Box::new([0; SIEVE_WORDS]) };
        for (work, prints) in works {
            let index = table.works.len() as u32;
            let hashed = prints.passages.iter().map(Fingerprint::hashed).sum();
            let mut windows = Vec::with_capacity(hashed);
            table.places.reserve(hashed);
            let mut letters = 0;
            for (passage, print) in prints.passages.iter().enumerate() {
                for (window, hash) in print.windows.iter().enumerate() {
                    let Some(hash) = hash else { continue };
                    table.places.push(Place { hash: *hash, work: index, window: windows.len() as u32 });
                    windows.push(Window { passage, window, letter: letters + print.offset(window) });
                    let (word, bit) = sieved(*hash);
                    if let Some(bits) = table.sieve.get_mut(word) {
                        *bits |= bit;
                    }
                }
                letters += print.letters;
            }
            table.works.push(Known { work, prints, windows });
        }
        table.fill_buckets();
        table
    }

    /// Brings the places into the order of their buckets (a counting sort, which is stable).
    fn fill_buckets(&mut self) {
        let mut ends = vec![0; (1 << BUCKET_BITS) + 1];
        for place in &self.places {
            if let Some(end) = ends.get_mut(bucket(place.hash) + 1) {
                *end += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        self.buckets.clone_from(&ends);
        let unsorted = self.places.clone();
        for place in unsorted {
            let Some(next) = ends.get_mut(bucket(place.hash)) else { continue };
            if let Some(slot) = self.places.get_mut(*next) {
                *slot = place;
            }
            *next += 1;
        }
    }

    /// The windows of all works that have a hash.
    fn of_hash(&self, hash: u32) -> impl Iterator<Item = &Place> {
        let bound = |at: usize| self.buckets.get(at).copied().unwrap_or_default();
        let places = self.places.get(bound(bucket(hash))..bound(bucket(hash) + 1)).unwrap_or_default();
        places.iter().filter(move |place| place.hash == hash)
    }

    /// The works, in their order.
    #[must_use]
    pub fn works(&self) -> &[Known] {
        &self.works
    }

    /// Letters of the longest work.
    #[must_use]
    pub fn longest(&self) -> usize {
        self.works.iter().map(|known| known.prints.letters()).max().unwrap_or_default()
    }

    /// The letters of an edition, and the windows of each work that stand among them, in the order of the text;
    /// `None` where there are more letters than `at_most`.
    #[must_use]
    pub fn find<'a>(&self, edition: &'a Edition, at_most: usize) -> Option<(Letters<'a>, Vec<Vec<Hit>>)> {
        let mut hits = vec![Vec::new(); self.works.len()];
        let letters = Letters::read(edition, at_most, |letter, hash| {
            let (word, bit) = sieved(hash);
            if self.sieve.get(word).is_none_or(|bits| bits & bit == 0) {
                return;
            }
            for place in self.of_hash(hash) {
                if let Some(hits) = hits.get_mut(place.work as usize) {
                    hits.push(Hit { letter, window: place.window as usize });
                }
            }
        })?;
        Some((letters, hits))
    }
}
