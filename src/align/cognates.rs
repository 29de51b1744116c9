//! Words of two texts that look alike: the same word, an inflected form, a name spelt otherwise. Knows no beads.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// A word of the left, a word of the right, and how alike they look in `(0, 1]`.
pub type Cognate = (u32, u32, f32);

/// Words of the other side that begin or sound alike and are compared with a word: the first that many.
const COMPARED: usize = 500;
/// Letters at the beginning that two words have in common for their rests to be compared.
const START: usize = 2;
/// Cognates kept for a word, so that a text of inflected forms without end has no more of them than words.
const KEPT: usize = 24;

/// All cognates of two vocabularies.
///
/// # Errors
/// Where it was cancelled.
pub fn cognates(
    sides: [&Words; 2],
    same_language: bool,
    progress: &Progress,
) -> Result<Vec<Cognate>, Cancelled> {
    let by_name = index(sides[1], |name| Some(name.to_owned()), progress)?;
    let by_sound = index(sides[1], skeleton, progress)?;
    let by_start = index(sides[1], start, progress)?;
    let shapes: Vec<Shape<'_>> = sides[1].names.iter().map(|name| Shape::of(name)).collect();
    let mut all = Vec::new();
    for (left, name) in (0u32..).zip(sides[0].names.iter()) {
        progress.reach(left as usize, sides[0].names.len())?;
        let mut found: Vec<(u32, f32)> = Vec::new();
        for &right in by_name.get(name).into_iter().flatten() {
            let sure =
                same_language || name.chars().count() > 4 || name.starts_with(|c: char| c.is_numeric());
            found.push((right, if sure { 1.0 } else { 0.3 }));
        }
        let other = |right: u32| &sides[1].names[right as usize];
        if let Some(sound) = skeleton(name) {
            for &right in by_sound.get(&sound).into_iter().flatten().take(COMPARED) {
                found.push((right, 0.5 * strsim::jaro_winkler(name, other(right)) as f32));
            }
        }
        if let Some(first) = start(name) {
            let shape = Shape::of(name);
            for &right in by_start.get(&first).into_iter().flatten().take(COMPARED) {
                let other = &shapes[right as usize];
                if !shape.may_be_like(other) {
                    continue;
                }
                let alike = shape.likeness(other);
                if alike > 0.6 {
                    found.push((right, alike * 0.6));
                }
            }
        }
        all.extend(best(found).into_iter().map(|(right, alike)| (left, right, alike)));
    }
    Ok(all)
}

/// What tells at a glance that two words are not alike.
struct Shape<'w> {
    length: usize,
    /// What follows the letters by which words are compared.
    rest: &'w str,
    /// A bit for each letter that occurs; several may share one.
    letters: u64,
}

impl<'w> Shape<'w> {
    fn of(name: &'w str) -> Self {
        let letters = name.chars().fold(0, |letters, c| letters | 1 << (c as u32 % u64::BITS));
        let rest = name.char_indices().nth(START).and_then(|(at, _)| name.get(at..)).unwrap_or_default();
        Self { length: name.chars().count(), rest, letters }
    }

    /// The share of letters that two words which begin alike have in common, in `[0, 1]`.
    fn likeness(&self, other: &Self) -> f32 {
        let changes = strsim::levenshtein(self.rest, other.rest);
        (1.0 - changes as f64 / self.length.max(other.length).max(1) as f64) as f32
    }

    /// Whether two in five letters of the longer word may be enough to make it the other: each letter changed, left
    /// out or put in changes the length by one at most, and two bits.
    fn may_be_like(&self, other: &Self) -> bool {
        let changes = self.length.max(other.length) * 2 / 5;
        let bits = (self.letters ^ other.letters).count_ones() as usize;
        self.length.abs_diff(other.length) <= changes && bits <= 2 * changes
    }
}

/// Each word once, as alike as it is at best; the most alike, by number.
fn best(mut found: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    found.dedup_by_key(|entry| entry.0);
    if found.len() > KEPT {
        found.sort_by_key(|&(_, alike)| Reverse((alike * 1e6) as u32));
        found.truncate(KEPT);
        found.sort_unstable_by_key(|entry| entry.0);
    }
    found
}

fn index(
    words: &Words,
    key: impl Fn(&str) -> Option<String>,
    progress: &Progress,
) -> Result<HashMap<String, Vec<u32>>, Cancelled> {
    let mut index: HashMap<String, Vec<u32>> = HashMap::new();
    for (number, name) in words.names.iter().enumerate() {
        progress.ask()?;
        if let Some(key) = key(name) {
            index.entry(key).or_default().push(number as u32);
        }
    }
    Ok(index)
}

fn start(name: &str) -> Option<String> {
    (name.chars().count() > START + 1).then(|| name.chars().take(START).collect())
}

/// The consonants of a word as they sound in most languages of Latin script.
fn skeleton(name: &str) -> Option<String> {
    let plain = name.replace("ph", "f").replace("th", "t").replace("ch", "k").replace("sh", "s");
    let mut sound = String::new();
    for c in plain.chars() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' => continue,
            'c' | 'q' => 'k',
            'z' => 's',
            'w' => 'v',
            other => other,
        };
        if !sound.ends_with(c) {
            sound.push(c);
        }
    }
    (sound.chars().count() > 2).then_some(sound)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_two_words_that_are_alike_are_told_apart_at_a_glance(left in "[a-dа-в]{4,8}", right in "[a-dа-в]{4,8}") {
            if strsim::normalized_levenshtein(&left, &right) > 0.6 {
                prop_assert!(Shape::of(&left).may_be_like(&Shape::of(&right)));
            }
        }
    }

    #[test]
    fn words_without_a_letter_in_common_are_told_apart_at_a_glance() {
        assert!(!Shape::of("abcde").may_be_like(&Shape::of("fghij")));
        assert!(!Shape::of("abcd").may_be_like(&Shape::of("abcdabcd")));
    }
}
