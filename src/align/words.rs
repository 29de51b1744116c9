//! A text as numbered words: folded, without marks, cut to what carries meaning in most scripts. Knows neither
//! the other text nor beads.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::progress::{Cancelled, Progress};

/// Letters of a word that are kept: endings differ between two editions more than stems do.
const STEM: usize = 6;

/// The words of one text.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// For each unit its words in order, by number.
    pub units: Vec<Vec<u32>>,
    /// For each number the word; a part of the text shares it with the whole.
    pub names: Arc<Vec<String>>,
    /// For each number how often the word stands in the text.
    pub counts: Arc<Vec<u32>>,
    /// For each unit its length in characters that are no space.
    pub lengths: Vec<u32>,
    /// All words of the text.
    pub total: usize,
}

impl Words {
    /// Numbers the words of `units` by their first occurrence.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn of(units: &[&str], progress: &Progress) -> Result<Self, Cancelled> {
        let mut words = Self::default();
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let (mut names, mut counts) = (Vec::new(), Vec::new());
        for (at, unit) in units.iter().enumerate() {
            progress.reach(at, units.len())?;
            let mut found = Vec::new();
            for_each_word(unit, |name| {
                progress.ask()?;
                let number = numbers.get(name).copied().unwrap_or_else(|| {
                    let next = names.len() as u32;
                    numbers.insert(name.to_owned(), next);
                    names.push(name.to_owned());
                    counts.push(0);
                    next
                });
                counts[number as usize] += 1;
                found.push(number);
                Ok(())
            })?;
            words.total += found.len();
            words.units.push(found);
            words.lengths.push(unit.chars().filter(|c| !c.is_whitespace()).count() as u32);
        }
        (words.names, words.counts) = (Arc::new(names), Arc::new(counts));
        Ok(words)
    }

    /// How likely a word of the text is this one.
    pub fn share(&self, word: u32) -> f32 {
        self.counts[word as usize] as f32 / self.total as f32
    }
}

/// Whether a letter belongs to a script without spaces: each stands for a word.
fn is_ideograph(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// Hands on each word of a text, folded, up to the first error.
fn for_each_word<E>(text: &str, mut each: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut word = String::new();
    let mut letters = 0;
    let folded = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for c in folded.chain([' ']) {
        let alone = is_ideograph(c);
        if c.is_alphanumeric() && !alone {
            if letters < STEM || c.is_numeric() {
                word.push(c);
            }
            letters += 1;
            continue;
        }
        if !word.is_empty() {
            each(&word)?;
            word.clear();
            letters = 0;
        }
        if alone {
            each(c.encode_utf8(&mut [0; 4]))?;
        }
    }
    Ok(())
}
