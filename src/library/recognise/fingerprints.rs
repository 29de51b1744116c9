//! The fingerprints of a work: `texts/<work>/fingerprints.txt`, hashes of its passages without their text.
//!
//! What is hashed, and why the text cannot be read back, is said in [`HEADER`] and in `texts/README.md`.

use std::collections::HashMap;
use std::fmt;
use std::num::ParseIntError;
use std::ops::Range;

use super::letters::{self, WINDOW};
use crate::document::{Edition, Kind};
use crate::report::{Examination, Problem};

/// Letters from one window to the next, at least; what lies between is not hashed.
const SPACING: usize = 30;
/// A passage has no more windows than this.
const AT_MOST: usize = 12;
/// A passage of so many letters has a sketch too; its windows are too few to rely on.
const SKETCHED: Range<usize> = 12..60;
/// So has one of fewer letters than this whose words stand elsewhere in the work too.
const SKETCHED_REPEATED: Range<usize> = 12..150;

/// Bits by which the sketches of one passage may differ.
pub(super) const SKETCH_BITS: u32 = 3;
/// Passages that may come to stand in one gap together.
const NEAR: u32 = 8;

/// What the file says of itself.
const HEADER: &str = "\
# Fingerprints: by these a copy of the work is recognised and numbered. No text stands here.
# Made by `diptych fingerprint FILE`; do not edit. A line is a body passage:
#   number, kind, letters, sketch of a short passage (16 bits), hashes of windows of letters (32 bits each);
#   - stands for a window that the work has twice, and for the sketch that a long passage does not need;
#   ~ before the hashes of a passage whose words stand elsewhere in the work too.
";
const VERSION: &str = "diptych-fingerprints 1";

/// One passage of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Its ¶ number.
    pub number: u32,
    /// What it is; a kind of the body.
    pub kind: Kind,
    /// How many letters it has.
    pub letters: usize,
    /// A sketch of all its letters, on short passages only.
    pub sketch: Option<u16>,
    /// Whether its words stand elsewhere in the work too, so that it has hardly a window of its own.
    pub repeated: bool,
    /// The hash of each window; `None` for letters that stand more than once in the work, unless the passage
    /// is `repeated`.
    pub windows: Vec<Option<u32>>,
}

impl Fingerprint {
    /// The letter of the passage with which a window begins.
    #[must_use]
    pub fn offset(&self, window: usize) -> usize {
        offset(self.letters, self.windows.len(), window)
    }

    /// How many windows have a hash.
    #[must_use]
    pub fn hashed(&self) -> usize {
        self.windows.iter().flatten().count()
    }
}

/// The windows of a passage stand at equal distances, the first at its beginning, the last at its end.
fn offset(letters: usize, windows: usize, window: usize) -> usize {
    letters.saturating_sub(WINDOW) * window / windows.saturating_sub(1).max(1)
}

fn window_count(letters: usize) -> usize {
    letters.checked_sub(WINDOW).map_or(0, |room| (1 + room / SPACING).min(AT_MOST))
}

/// The passages of a work in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprints {
    /// One for each body passage.
    pub passages: Vec<Fingerprint>,
}

impl Fingerprints {
    /// The fingerprints of a complete edition, by the numbers that it carries.
    #[must_use]
    pub fn of(edition: &Edition) -> Self {
        let body: Vec<_> = edition
            .passages()
            .iter()
            .filter_map(|passage| Some((passage.number?, passage.kind, letters::of_passage(passage))))
            .collect();
        let mut times: HashMap<u32, u32> = HashMap::new();
        for hash in body.iter().flat_map(|(_, _, letters)| letters::windows(letters)) {
            *times.entry(hash).or_default() += 1;
        }
        let passages = body.into_iter().map(|(number, kind, letters)| {
            let hashes: Vec<u32> = letters::windows(&letters).collect();
            let count = window_count(letters.len());
            let all = (0..count).map(|at| hashes.get(offset(letters.len(), count, at)).copied());
            let all: Vec<Option<u32>> = all.collect();
            let once = |hash: &u32| times.get(hash) == Some(&1);
            let telling: Vec<Option<u32>> = all.iter().map(|hash| hash.filter(once)).collect();
            let repeated = count >= 2 && telling.iter().flatten().count() < 2;
            let windows = if repeated { all } else { telling };
            let sketched = if repeated { SKETCHED_REPEATED } else { SKETCHED };
            let sketch = sketched.contains(&letters.len()).then(|| letters::sketch(&letters));
            Fingerprint { number, kind, letters: letters.len(), sketch, repeated, windows }
        });
        let mut passages: Vec<Fingerprint> = passages.collect();
        forget_alike(&mut passages);
        Self { passages }
    }

    /// How many letters all passages have together.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.passages.iter().map(|passage| passage.letters).sum()
    }

    /// Reads the fingerprints of a work.
    ///
    /// # Errors
    /// Every line that is no fingerprint, and a version that is not known.
    pub fn parse(text: &str, path: &str) -> Result<Self, Vec<Problem>> {
        let mut examination = Examination::new(path, text);
        let mut passages: Vec<Fingerprint> = Vec::new();
        let mut byte = 0;
        let mut known = false;
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            if words.is_empty() || words.starts_with('#') {
                // Said for a person.
            } else if !known {
                known = words == VERSION;
                if !known {
                    examination.problem(byte, format!("the first line is to be `{VERSION}`"));
                    break;
                }
            } else {
                match passage(words) {
                    Some(passage) if passages.last().is_none_or(|last| last.number < passage.number) => {
                        passages.push(passage);
                    }
                    Some(_) => examination.problem(byte, "the numbers are to ascend"),
                    None => {
                        let message = "no fingerprint; make the file with `diptych fingerprint`";
                        examination.problem(byte, message);
                    }
                }
            }
            byte += line.len();
        }
        examination.finish(Self { passages })
    }
}

/// Takes the sketches from passages that stand near each other and are nearly alike, as the headings of a list:
/// by a sketch one would pass for the other.
fn forget_alike(passages: &mut [Fingerprint]) {
    let alike = |a: &Fingerprint, b: &Fingerprint| {
        let near = a.number != b.number && a.number.abs_diff(b.number) <= NEAR;
        let distance = a.sketch.zip(b.sketch).map(|(a, b)| (a ^ b).count_ones());
        near && distance.is_some_and(|bits| bits <= SKETCH_BITS)
    };
    let found: Vec<bool> = passages.iter().map(|a| passages.iter().any(|b| alike(a, b))).collect();
    for (passage, _) in passages.iter_mut().zip(found).filter(|(_, alike)| *alike) {
        passage.sketch = None;
    }
}

/// The passage of a line.
fn passage(line: &str) -> Option<Fingerprint> {
    let mut words = line.split_ascii_whitespace();
    let number = words.next()?.parse().ok().filter(|&number: &u32| number > 0)?;
    let kind = words.next()?;
    let kinds = [Kind::Paragraph, Kind::Quotation, Kind::ListItem, Kind::VerseLine];
    let kind = kinds.into_iter().find(|known| known.name() == kind)?;
    let letters = words.next()?.parse().ok()?;
    let sketch = hash(words.next()?).ok()?.map(u16::try_from).transpose().ok()?;
    let mut repeated = false;
    let mut windows = Vec::with_capacity(window_count(letters));
    for word in words {
        let bare = word.trim_start_matches('~');
        repeated |= bare.len() < word.len();
        windows.push(hash(bare).ok()?);
    }
    let is_whole = windows.len() == window_count(letters);
    is_whole.then_some(Fingerprint { number, kind, letters, sketch, repeated, windows })
}

/// A hash; nothing for the sign that there is none.
///
/// # Errors
/// Where it is no hexadecimal number of 32 bits.
fn hash(word: &str) -> Result<Option<u32>, ParseIntError> {
    if word == "-" { Ok(None) } else { u32::from_str_radix(word, 16).map(Some) }
}

impl fmt::Display for Fingerprints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{HEADER}{VERSION}\n# windows of {WINDOW} letters, {SPACING} apart or more, at most {AT_MOST} a passage\n"
        )?;
        for Fingerprint { number, kind, letters, sketch, repeated, windows } in &self.passages {
            write!(f, "{number} {} {letters} ", kind.name())?;
            match sketch {
                Some(sketch) => write!(f, "{sketch:04x}")?,
                None => f.write_str("-")?,
            }
            for window in windows {
                match window {
                    Some(hash) => write!(f, " {}{hash:08x}", if *repeated { "~" } else { "" })?,
                    None => f.write_str(" -")?,
                }
            }
            f.write_str("\n")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Passage;

    #[test]
    fn fingerprints_are_read_as_they_are_written() {
        let long = "The boats came in before the wind and the men who had waited took the ropes. ".repeat(3);
        let texts =
            ["Help us!", "The ferry left at noon.", &long, "Nobody on the pier said a word about the storm."];
        let edition =
            Edition::new(texts.map(|text| Passage::new(Kind::Paragraph, text)).to_vec(), Vec::new(), 0);
        let prints = Fingerprints::of(&edition);
        assert_eq!(prints.passages.iter().map(|p| p.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
        let written = prints.to_string();
        assert_eq!(Fingerprints::parse(&written, "f").unwrap(), prints);
        let repeated = &prints.passages[2];
        assert!(repeated.repeated && written.contains(" ~"), "its words stand three times");
        assert!(!prints.passages[3].repeated);
        assert_eq!((prints.passages[0].sketch, prints.passages[0].windows.len()), (None, 0));
        assert!(!written.to_lowercase().contains("ferry"));
    }

    #[test]
    fn each_wrong_line_is_said_with_its_place() {
        for (text, said) in [
            ("1 paragraph 3 -\n", "f:1:1: the first line is to be `diptych-fingerprints 1`"),
            ("diptych-fingerprints 1\n1 heading 3 -\n", "f:2:1: no fingerprint"),
            ("diptych-fingerprints 1\n1 paragraph 30 - \n", "f:2:1: no fingerprint"),
            (
                "diptych-fingerprints 1\n\n2 paragraph 3 -\n2 paragraph 3 -\n",
                "f:4:1: the numbers are to ascend",
            ),
        ] {
            let problems = Fingerprints::parse(text, "f").unwrap_err();
            assert!(problems[0].to_string().starts_with(said), "{problems:?}");
        }
    }
}
