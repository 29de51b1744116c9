//! A text as numbered words: folded, without marks, cut to what carries meaning in most scripts. Knows neither
//! the other text nor beads.

use std::sync::Arc;

use compact_str::CompactString;
use foldhash::{HashMap, HashSet};
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::index::Index;
use crate::progress::{Cancelled, Progress};

/// Letters of a word that are kept: endings differ between two editions more than stems do.
const STEM: usize = 6;
/// A unit of more words than all of the text by this is long: how likely they are by chance, it would tell itself.
const LONG: usize = 20;

/// The words of one text.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// For each unit its words in order, by number.
    pub units: Vec<Vec<u32>>,
    /// Where each word stands, and the words of each unit.
    pub index: Arc<Index>,
    /// For each number the word; a part of the text shares it with the whole.
    pub names: Arc<Vec<String>>,
    /// For each number how often the word stands in the text.
    pub counts: Arc<Vec<u32>>,
    /// For each unit its length in characters that are no space.
    pub lengths: Vec<u32>,
    /// All words of the text.
    pub total: usize,
    /// Units that no bead holds together with the one before, in order: others stand between them.
    pub breaks: Vec<usize>,
    /// Where units are parts of larger ones, the first of each, and the end: no bead holds parts of two of them, unless it
    /// holds all of both.
    pub starts: Vec<usize>,
}

impl Words {
    /// Numbers the words of `units` by their first occurrence.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn of(units: &[&str], progress: &Progress) -> Result<Self, Cancelled> {
        let mut words = Self::default();
        let mut numbers: HashMap<CompactString, u32> = HashMap::default();
        let (mut names, mut counts) = (Vec::new(), Vec::new());
        let mut letters = Letters::default();
        for (at, unit) in units.iter().enumerate() {
            progress.reach(at, units.len())?;
            let mut found = Vec::new();
            let length = for_each_word(unit, &mut letters, |name| {
                progress.ask()?;
                let number = numbers.get(name).copied().unwrap_or_else(|| {
                    let next = names.len() as u32;
                    numbers.insert(name.into(), next);
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
            words.lengths.push(length);
        }
        words.index = Arc::new(Index::of(&words.units, names.len()));
        (words.names, words.counts) = (Arc::new(names), Arc::new(counts));
        Ok(words)
    }

    /// The beginning of the text: the first of its `units` that hold so many bytes, the last one whole.
    pub fn beginning(&self, units: &[&str], bytes: usize) -> Self {
        let mut before = 0;
        let within = |unit: &(&&str, &Vec<u32>)| {
            before += unit.0.len();
            before - unit.0.len() < bytes
        };
        // Of a unit that is longer than all that is wanted, as much as its words are long on average.
        let cut = |(unit, words): (&&str, &Vec<u32>)| {
            let kept = words.len() * bytes.min(unit.len()) / unit.len().max(1);
            words[..kept].to_vec()
        };
        let units: Vec<Vec<u32>> = units.iter().zip(&self.units).take_while(within).map(cut).collect();
        // Words are numbered by their first occurrence.
        let numbers = units.iter().flatten().max().map_or(0, |&last| last as usize + 1);
        let mut counts = vec![0; numbers];
        units.iter().flatten().for_each(|&word| counts[word as usize] += 1);
        let names = if numbers == self.names.len() {
            Arc::clone(&self.names)
        } else {
            Arc::new(self.names[..numbers].to_vec())
        };
        let lengths = self.lengths[..units.len()].to_vec();
        let index = Arc::new(Index::of(&units, numbers));
        Self {
            total: units.iter().map(Vec::len).sum(),
            units,
            index,
            names,
            counts: Arc::new(counts),
            lengths,
            breaks: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Other units of the words of this text, numbered as they are here.
    pub fn with(&self, units: Vec<Vec<u32>>, lengths: Vec<u32>) -> Self {
        Self {
            index: Arc::new(Index::of(&units, self.names.len())),
            units,
            lengths,
            names: Arc::clone(&self.names),
            counts: Arc::clone(&self.counts),
            total: self.total,
            breaks: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// The units at `places` alone.
    pub fn chosen(&self, places: &[usize]) -> Self {
        let units = places.iter().map(|&at| self.units[at].clone()).collect();
        let is_break =
            |&at: &usize| places[at] != places[at - 1] + 1 || self.breaks.binary_search(&places[at]).is_ok();
        let breaks = (1..places.len()).filter(is_break).collect();
        let is_start = |at: &usize| {
            let before = at.checked_sub(1).map(|before| places[before] + 1);
            before.or(places.first().copied()).is_some_and(|end| self.starts.binary_search(&end).is_ok())
        };
        let starts =
            if self.starts.is_empty() { Vec::new() } else { (0..=places.len()).filter(is_start).collect() };
        Self { breaks, starts, ..self.with(units, places.iter().map(|&at| self.lengths[at]).collect()) }
    }

    /// For each word the number of the same word in another text, where it has it.
    pub fn numbers_in(&self, other: &Self) -> Vec<Option<u32>> {
        let numbers: HashMap<&str, u32> = other.names.iter().map(String::as_str).zip(0..).collect();
        self.names.iter().map(|name| numbers.get(name.as_str()).copied()).collect()
    }

    /// How many units there are that differ in their words.
    pub fn kinds(&self) -> usize {
        self.units.iter().collect::<HashSet<_>>().len()
    }

    /// How likely a word of the text is this one.
    pub fn share(&self, word: u32) -> f32 {
        self.counts[word as usize] as f32 / self.total as f32
    }

    /// How likely a word is by chance the one that stands so many times in a unit. In a unit that is a good part of the
    /// text what it alone has would seem common, and nothing could tell it; so chance is what stands outside of it, and
    /// what does not is as rare as in a text of twenty such units.
    pub fn share_outside(&self, word: u32, unit: usize, times: u32) -> f32 {
        let own = self.units[unit].len();
        if own * LONG <= self.total {
            return self.share(word);
        }
        let outside = self.counts[word as usize].saturating_sub(times) as f32;
        (outside / self.total.saturating_sub(own).max(1) as f32).max(1.0 / (own * LONG) as f32)
    }
}

/// Whether a letter belongs to a script without spaces: each stands for a word.
fn is_ideograph(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// What a character is to the word that is being read.
#[derive(Clone, Copy, Debug)]
enum Part {
    Letter(char),
    Digit(char),
    /// Is a word.
    Alone(char),
    End,
}

impl Part {
    fn of(c: char) -> Self {
        match c {
            _ if is_ideograph(c) => Self::Alone(c),
            _ if c.is_numeric() => Self::Digit(c),
            _ if c.is_alphanumeric() => Self::Letter(c),
            _ => Self::End,
        }
    }
}

/// The characters beyond ASCII that were met, folded: a text has few that differ, and to look one up in the tables of
/// Unicode takes long.
#[derive(Debug, Default)]
pub struct Letters(HashMap<char, Box<[Part]>>);

impl Letters {
    fn folded(&mut self, c: char) -> &[Part] {
        self.0.entry(c).or_insert_with(|| {
            let mut parts = Vec::new();
            // Marks fall away, so their order does not matter and letters may be taken apart one by one.
            decompose_compatible(c, |part| {
                if !is_combining_mark(part) {
                    parts.extend(part.to_lowercase().map(Part::of));
                }
            });
            parts.into()
        })
    }
}

/// Hands on each word of a text, folded, up to the first error; gives how many characters of it are no space. What is
/// learned of `letters` serves the next text, too.
pub fn for_each_word<E>(
    text: &str,
    letters: &mut Letters,
    each: impl FnMut(&str) -> Result<(), E>,
) -> Result<u32, E> {
    let mut folder = Folder { word: String::new(), letters: 0, each };
    let mut visible = 0;
    let mut rest = text;
    loop {
        // Most letters stand in runs that need no folding but of case.
        let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (run, after) = rest.split_at(plain);
        folder.put_plain(run);
        visible += plain as u32;
        let mut chars = after.chars();
        let Some(c) = chars.next() else { break };
        rest = chars.as_str();
        visible += u32::from(!c.is_whitespace());
        if c.is_ascii() {
            folder.end()?;
            continue;
        }
        for &part in letters.folded(c) {
            folder.take(part)?;
        }
    }
    folder.end()?;
    Ok(visible)
}

/// The word that is being read.
struct Folder<F> {
    word: String,
    letters: usize,
    each: F,
}

impl<E, F: FnMut(&str) -> Result<(), E>> Folder<F> {
    /// Letters and digits of ASCII.
    fn put_plain(&mut self, run: &str) {
        let before = self.word.len();
        let (kept, rest) = run.split_at(STEM.saturating_sub(self.letters).min(run.len()));
        self.word.push_str(kept);
        self.word.extend(rest.chars().filter(char::is_ascii_digit));
        if let Some(new) = self.word.get_mut(before..) {
            new.make_ascii_lowercase();
        }
        self.letters += run.len();
    }

    #[inline]
    fn take(&mut self, part: Part) -> Result<(), E> {
        match part {
            Part::Letter(c) => {
                if self.letters < STEM {
                    self.word.push(c);
                }
                self.letters += 1;
            }
            Part::Digit(c) => {
                self.word.push(c);
                self.letters += 1;
            }
            Part::Alone(c) => {
                self.end()?;
                (self.each)(c.encode_utf8(&mut [0; 4]))?;
            }
            Part::End => self.end()?,
        }
        Ok(())
    }

    #[inline]
    fn end(&mut self) -> Result<(), E> {
        if self.letters == 0 {
            return Ok(());
        }
        let outcome = (self.each)(&self.word);
        self.word.clear();
        self.letters = 0;
        outcome
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_of_plain_letters_are_read_as_letter_by_letter(text in "[a-cA-C0-2éÜ ,_\u{a0}\u{2003}]{0,40}") {
            let folded = text.to_lowercase().replace('é', "e").replace('ü', "u");
            let kept = |word: &str| -> String {
                word.chars().enumerate().filter(|(at, c)| *at < STEM || c.is_numeric()).map(|(_, c)| c).collect()
            };
            let known: Vec<String> =
                folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(kept).collect();
            let mut found = Vec::new();
            let visible = for_each_word(&text, &mut Letters::default(), |word| {
                found.push(word.to_owned());
                Ok::<(), ()>(())
            });
            prop_assert_eq!(found, known);
            prop_assert_eq!(visible, Ok(text.chars().filter(|c| !c.is_whitespace()).count() as u32));
        }
    }

    fn words(units: &[&str]) -> Words {
        Words::of(units, &Progress::default()).unwrap()
    }

    #[test]
    fn words_are_folded_and_those_of_scripts_without_spaces_stand_alone() {
        let found = words(&["Naïve ÉTÉS, 1918 revolutionary", "水道 naive"]);
        assert_eq!(*found.names, ["naive", "etes", "1918", "revolu", "水", "道"]);
        assert_eq!(found.units, [vec![0, 1, 2, 3], vec![4, 5, 0]]);
        assert_eq!((found.counts.as_slice(), found.total), (&[2, 1, 1, 1, 1, 1][..], 7));
    }

    #[test]
    fn chosen_units_know_what_stood_between_them_and_what_they_are_parts_of() {
        let parts =
            Words { starts: vec![0, 2, 3, 6], breaks: vec![5], ..words(&["a", "b", "c", "d", "e", "f"]) };
        let chosen = parts.chosen(&[0, 1, 2, 4, 5]);
        assert_eq!((chosen.breaks, chosen.starts), (vec![3, 4], vec![0, 2, 3, 5]));
        // Laid in another order.
        let chosen = parts.chosen(&[3, 4, 0, 1, 2]);
        assert_eq!((chosen.breaks, chosen.starts), (vec![2], vec![0, 4, 5]));
        assert!(words(&["a", "b"]).chosen(&[1]).starts.is_empty());
    }

    #[test]
    fn the_beginning_of_a_text_is_as_if_it_stood_alone() {
        let units = ["One Two two", "two four, one five", "six", "seven"];
        for (bytes, kept) in [(18, 2), (29, 2), (30, 3), (1000, 4)] {
            let [beginning, alone] = [words(&units).beginning(&units, bytes), words(&units[..kept])];
            assert_eq!(beginning.units, alone.units);
            assert_eq!((beginning.names, beginning.counts), (alone.names, alone.counts));
            assert_eq!((beginning.lengths, beginning.total), (alone.lengths, alone.total));
        }
        assert_eq!(words(&units).beginning(&units, 0).total, 0);
        assert_eq!(words(&["a b c d e f"]).beginning(&["a b c d e f"], 6).total, 3);
    }
}
