//! Words of two texts that look alike: the same word, an inflected form, a name spelt otherwise. Knows no beads.

use std::borrow::Cow;
use std::cmp::Reverse;

use compact_str::CompactString;
use foldhash::HashMap;

use super::cores::{at_once, on_both_sides};
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

/// All cognates of two vocabularies. In one language a word that both texts have stands for itself alone: two words are
/// not held to be forms of one where each text could have used either.
///
/// # Errors
/// Where it was cancelled.
pub fn cognates(
    sides: [&Words; 2],
    same_language: bool,
    progress: &Progress,
) -> Result<Vec<Cognate>, Cancelled> {
    progress.ask()?;
    let twins = sides[0].numbers_in(sides[1]);
    let mut is_compared = vec![true; sides[1].names.len()];
    if same_language {
        twins.iter().flatten().for_each(|&twin| is_compared[twin as usize] = false);
    }
    let others = Others::of(sides[1], &is_compared, progress)?;
    let middle = twins.len() / 2;
    let [first, second] = on_both_sides(|half| {
        let numbers = if half == 0 { 0..middle } else { middle..twins.len() };
        let (mut all, mut row) = (Vec::new(), Vec::new());
        for left in numbers {
            progress.reach(left, twins.len())?;
            let name = sides[0].names[left].as_str();
            let mut found = match twins[left] {
                Some(twin) if same_language => vec![(twin, 1.0)],
                Some(twin) => [vec![(twin, same(name))], others.like(name, &mut row)].concat(),
                None => others.like(name, &mut row),
            };
            best(&mut found);
            all.extend(found.into_iter().map(|(right, alike)| (left as u32, right, alike)));
        }
        Ok(all)
    });
    let mut all = first?;
    all.append(&mut second?);
    Ok(all)
}

/// How surely a word of one language stands for the same word of another.
fn same(name: &str) -> f32 {
    if name.chars().count() > 4 || name.starts_with(|c: char| c.is_numeric()) { 1.0 } else { 0.3 }
}

/// Words of the other side, found by what they have in common with a word.
struct Others<'w> {
    /// As they are written in Latin letters.
    names: Vec<Cow<'w, str>>,
    by_sound: HashMap<CompactString, Vec<u32>>,
    by_start: HashMap<[char; START], Vec<(u32, Shape)>>,
}

impl<'w> Others<'w> {
    /// Those of its words that are compared.
    fn of(words: &'w Words, is_compared: &[bool], progress: &Progress) -> Result<Self, Cancelled> {
        let names: Vec<Cow<'_, str>> = words.names.iter().map(|name| romanised(name)).collect();
        let compared = || {
            let numbered = (0u32..).zip(&names).zip(is_compared);
            numbered.filter_map(|(numbered, is_compared)| is_compared.then_some(numbered))
        };
        let looks = || {
            let mut by_start = HashMap::default();
            for (number, name) in compared() {
                progress.ask()?;
                if let Some(start) = start(name) {
                    by_start.entry(start).or_insert_with(Vec::new).push((number, Shape::of(name)));
                }
            }
            Ok(by_start)
        };
        let sounds = || {
            let mut by_sound = HashMap::default();
            for (number, name) in compared() {
                progress.ask()?;
                if let Some(sound) = skeleton(name) {
                    by_sound.entry(sound).or_insert_with(Vec::new).push(number);
                }
            }
            Ok(by_sound)
        };
        let (by_start, by_sound) = at_once(looks, sounds);
        let (by_start, by_sound) = (by_start?, by_sound?);
        Ok(Self { names, by_sound, by_start })
    }

    /// The words that sound or look like one, and how alike; `row` is room to work in.
    fn like(&self, name: &str, row: &mut Vec<usize>) -> Vec<(u32, f32)> {
        let mut found = Vec::new();
        let name = &*romanised(name);
        if let Some(sound) = skeleton(name) {
            for &right in self.by_sound.get(&sound).into_iter().flatten().take(COMPARED) {
                let other = &self.names[right as usize];
                found.push((right, 0.5 * strsim::jaro_winkler(name, other) as f32));
            }
        }
        if let Some(first) = start(name) {
            let shape = Shape::of(name);
            for (right, other) in self.by_start.get(&first).into_iter().flatten().take(COMPARED) {
                if shape.may_be_like(other) {
                    let alike = shape.likeness(other, row);
                    if alike > 0.6 {
                        found.push((*right, alike * 0.6));
                    }
                }
            }
        }
        found
    }
}

/// A word of another alphabet in Latin letters, about as scholars and libraries write it; others as they are.
fn romanised(name: &str) -> Cow<'_, str> {
    let is_foreign = |c: char| matches!(c as u32, 0x370..=0x3ff | 0x400..=0x4ff | 0x5d0..=0x5ea);
    if !name.contains(is_foreign) {
        return Cow::Borrowed(name);
    }
    name.chars()
        .fold(String::new(), |mut latin, c| {
            match ROMAN
                .iter()
                .find_map(|(letters, roman)| roman.split(' ').nth(letters.chars().position(|l| l == c)?))
            {
                Some(roman) => latin.push_str(roman),
                None => latin.push(c),
            }
            latin
        })
        .into()
}

/// The letters of an alphabet, and what each of them is in Latin ones; vowels that are not written are none.
const ROMAN: [(&str, &str); 3] = [
    (
        "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
        "a b v g d e zh z i i k l m n o p r s t u f h c ch sh shch  y  e iu ia e i i e g",
    ),
    ("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o"),
    ("אבגדהוזחטיךכלםמןנסעףפץצקרשת", "a b g d h v z h t i k k l m m n n s a f p z z k r sh t"),
];

/// What tells at a glance that two words are not alike.
struct Shape {
    length: usize,
    /// What follows the letters by which words are compared.
    rest: Vec<char>,
    /// A bit for each letter that occurs; several may share one.
    letters: u64,
}

impl Shape {
    fn of(name: &str) -> Self {
        let letters = name.chars().fold(0, |letters, c| letters | 1 << (c as u32 % u64::BITS));
        Self { length: name.chars().count(), rest: name.chars().skip(START).collect(), letters }
    }

    /// The share of letters that two words which begin alike have in common, in `[0, 1]`.
    fn likeness(&self, other: &Self, row: &mut Vec<usize>) -> f32 {
        let changes = changes(&self.rest, &other.rest, row);
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

/// How many letters are changed, left out or put in to make one word the other (Levenshtein); `row` is room to work in.
fn changes(word: &[char], other: &[char], row: &mut Vec<usize>) -> usize {
    row.clear();
    row.extend(1..=other.len());
    let mut last = other.len();
    for (at, letter) in word.iter().enumerate() {
        let mut diagonal = at;
        last = at + 1;
        for (changes, there) in row.iter_mut().zip(other) {
            let changed = diagonal + usize::from(letter != there);
            diagonal = *changes;
            last = changed.min(diagonal.min(last) + 1);
            *changes = last;
        }
    }
    last
}

/// Leaves each word once, as alike as it is at best; the most alike, by number.
fn best(found: &mut Vec<(u32, f32)>) {
    found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    found.dedup_by_key(|entry| entry.0);
    if found.len() > KEPT {
        found.sort_by_key(|&(_, alike)| Reverse((alike * 1e6) as u32));
        found.truncate(KEPT);
        found.sort_unstable_by_key(|entry| entry.0);
    }
}

/// The letters by which words are compared, where at least two more follow.
fn start(name: &str) -> Option<[char; START]> {
    let mut letters = name.chars();
    let start = [letters.next()?, letters.next()?];
    letters.nth(1).map(|_| start)
}

/// The consonants of a word as they sound in most languages of Latin script.
fn skeleton(name: &str) -> Option<CompactString> {
    let mut sound = CompactString::default();
    let mut last = None;
    let mut letters = name.chars().peekable();
    while let Some(c) = letters.next() {
        let c = match c {
            'p' if letters.peek() == Some(&'h') => 'f',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' => continue,
            'c' | 'q' => 'k',
            'z' => 's',
            'w' => 'v',
            other => other,
        };
        if last != Some(c) {
            sound.push(c);
            last = Some(c);
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
        fn letters_changed_are_as_few_as_can_be(left in "[a-cа]{0,7}", right in "[a-cа]{0,7}") {
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            let found = changes(&letters(&left), &letters(&right), &mut vec![9; 3]);
            prop_assert_eq!(found, strsim::levenshtein(&left, &right));
        }

        #[test]
        fn no_two_words_that_are_alike_are_told_apart_at_a_glance(left in "[a-dа-в]{4,8}", right in "[a-dа-в]{4,8}") {
            if strsim::normalized_levenshtein(&left, &right) > 0.6 {
                prop_assert!(Shape::of(&left).may_be_like(&Shape::of(&right)));
            }
        }
    }

    /// What is found for a word of the left, by names.
    fn found(left: &str, right: &str, same_language: bool, word: &str) -> Vec<String> {
        let [left, right] = [left, right].map(|text| Words::of(&[text], &Progress::default()).unwrap());
        let all = cognates([&left, &right], same_language, &Progress::default()).unwrap();
        let of_word = all.into_iter().filter(|&(number, ..)| left.names[number as usize] == word);
        of_word.map(|(_, other, _)| right.names[other as usize].clone()).collect()
    }

    #[test]
    fn in_one_language_a_word_of_both_texts_stands_for_itself_alone() {
        let (left, right) = ("walk walked walks", "walk walked walkin");
        assert_eq!(found(left, right, true, "walk"), ["walk"]);
        assert_eq!(found(left, right, true, "walks"), ["walkin"]);
        assert_eq!(found(left, right, false, "walk"), ["walk", "walked", "walkin"]);
        assert_eq!(found(left, right, false, "walks"), ["walk", "walked", "walkin"]);
    }

    #[test]
    fn words_of_other_alphabets_are_compared_as_they_sound() {
        let latin = "revolution soviet party philosophy democracy Abraham Israel";
        for (foreign, word, latin_word) in [
            ("революция", "револю", "revolu"),
            ("Советы", "советы", "soviet"),
            ("партии", "партии", "party"),
            ("φιλοσοφία", "φιλοσο", "philos"),
            ("δημοκρατία", "δημοκρ", "democr"),
            ("אברהם", "אברהם", "abraha"),
            ("ישראל", "ישראל", "israel"),
        ] {
            assert_eq!(found(foreign, latin, false, word), [latin_word], "{foreign}");
            assert_eq!(found(latin, foreign, false, latin_word), [word], "{foreign}");
        }
        assert!(matches!(romanised("水道"), Cow::Borrowed(_)));
        for (letters, roman) in ROMAN {
            assert_eq!(letters.chars().count(), roman.split(' ').count(), "{letters}");
        }
    }

    #[test]
    fn words_without_a_letter_in_common_are_told_apart_at_a_glance() {
        assert!(!Shape::of("abcde").may_be_like(&Shape::of("fghij")));
        assert!(!Shape::of("abcd").may_be_like(&Shape::of("abcdabcd")));
    }
}
