//! How two passages of one language differ: the words that only one of them has, and then the signs between.
//!
//! Knows no screen: a variant is a byte range of a passage.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::wording::{Word, compared, left_out, letters, same, straight};
use crate::document::Note;

pub use super::wording::MOST_WORDS;

/// Of a hundred words, how many may differ before marks say less than the text does: beyond, two passages
/// are another wording, not variants.
const MOST_DIFFERING: usize = 60;
/// A part of a passage that the other side has not, or has otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The passage, counted within those that were compared.
    pub passage: usize,
    /// Bytes of its text. Where the other side has more, the space in which it is missing; empty at the
    /// ends of a passage.
    pub bytes: Range<usize>,
}

/// The differences of two groups of passages, left and right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variants {
    /// On each side, in reading order.
    pub marks: [Vec<Variant>; 2],
    /// Words that differ: of a replaced run those of its longer side.
    pub differing: usize,
    /// Those of them that differ in capitals or accents alone.
    pub forms: usize,
    /// Those of them in long parts that one side leaves out.
    pub left_out: usize,
    /// Words in all, counted in the same way: `differing` of them differ.
    pub words: usize,
    /// Notes of each side that the other has not, or has in other words: the passage, counted as above, and the index
    /// of the note in it.
    pub notes: [Vec<(usize, usize)>; 2],
    /// How many passages each side has.
    pub passages: [usize; 2],
}

impl Variants {
    /// Whether the two say the same in other words rather than with variants; then `marks` are empty.
    #[must_use]
    pub fn is_other_wording(&self) -> bool {
        (self.differing - self.forms - self.left_out) * 100 > (self.words - self.left_out) * MOST_DIFFERING
    }

    /// Whether both have the same words and signs, in other passages.
    #[must_use]
    pub fn is_divided_otherwise(&self) -> bool {
        self.differing == 0 && self.passages != [1, 1] && self.marks.iter().all(Vec::is_empty)
    }

    /// `7 of 112 words differ, 2 notes differ`; what stands for it where none does.
    #[must_use]
    pub fn sentence(&self) -> String {
        let words = self.of_words();
        match self.notes.each_ref().map(Vec::len).into_iter().max() {
            Some(1) => format!("{words}, 1 note differs"),
            Some(notes @ 2..) => format!("{words}, {notes} notes differ"),
            Some(0) | None => words,
        }
    }

    fn of_words(&self) -> String {
        match (self.differing, self.marks.iter().all(Vec::is_empty)) {
            (0, true) => match self.passages {
                [1, 1] => "word for word the same".to_owned(),
                [1, parts] | [parts, 1] => {
                    let parts = match parts {
                        2 => "two".to_owned(),
                        3 => "three".to_owned(),
                        more => more.to_string(),
                    };
                    format!("the same words, split in {parts}")
                }
                _ => "the same words, divided otherwise".to_owned(),
            },
            (0, false) => "the same words, other signs".to_owned(),
            (1, _) => format!("1 of {} words differs", self.words),
            (differing, _) if self.left_out > 0 => {
                format!("{differing} of {} words differ, {} of them left out", self.words, self.left_out)
            }
            (differing, _) => format!("{differing} of {} words differ", self.words),
        }
    }
}

/// The differences of the passages of the left and of the right; `None` where they are too long.
///
/// Words are told apart by their letters alone first, so that a capital does not part what belongs together,
/// then by case; a straight apostrophe is a curly
/// one, and an accent of its own that of its letter. Punctuation counts only between words that are the
/// same. The shortest edit script is that of E. W. Myers, "An O(ND) Difference Algorithm" (1986). Swapping
/// the sides exchanges the counts and the marks wherever the shortest script is only one.
#[must_use]
pub fn variants(sides: [&[&str]; 2]) -> Option<Variants> {
    let (words, ops) = compared(sides)?;
    let mut found = Comparison {
        sides,
        words: &words,
        variants: Variants { passages: sides.map(<[&str]>::len), ..Variants::default() },
    };
    for op in &ops {
        found.take(*op);
    }
    let mut variants = found.variants;
    variants.left_out = left_out(&ops);
    if variants.is_other_wording() {
        variants.marks = Default::default();
    }
    for marks in &mut variants.marks {
        marks.sort_by_key(|mark| (mark.passage, mark.bytes.start, mark.bytes.end));
        marks.dedup();
    }
    Some(variants)
}

/// Whether two groups of passages have the same words and signs, however they are divided and set: what
/// [`variants`] finds nothing in.
#[must_use]
pub fn are_same(sides: [&[&str]; 2]) -> bool {
    sides[0] == sides[1] || plain(sides[0]) == plain(sides[1])
}

/// The words and signs of some passages, however they are divided and set.
fn plain(side: &[&str]) -> String {
    let mut text = String::new();
    for part in side.iter().flat_map(|passage| passage.split_whitespace()) {
        // A space between two words parts them; beside a sign it is the typesetter's.
        if text.ends_with(char::is_alphanumeric) && part.starts_with(char::is_alphanumeric) {
            text.push(' ');
        }
        text.push_str(&plain_signs(&letters(part).collect::<String>()));
    }
    text
}

/// The notes of some passages of each side that the other has not, or has in other words: the passage, counted among
/// those given, and the index of the note in it. One whose words are missing is like any other such.
#[must_use]
pub fn differing_notes(sides: [&[&[Note]]; 2]) -> [Vec<(usize, usize)>; 2] {
    let places = sides.map(|side| {
        let of = |(passage, notes): (usize, &&[Note])| (0..notes.len()).map(move |note| (passage, note));
        side.iter().enumerate().flat_map(of).collect::<Vec<_>>()
    });
    let words = sides.map(|side| {
        let words = |note: &Note| note.text.as_deref().map(|text| plain(&[text]));
        side.iter().copied().flatten().map(words).collect::<Vec<_>>()
    });
    let mut differing: [Vec<(usize, usize)>; 2] = Default::default();
    for op in capture_diff_slices(Algorithm::Myers, &words[0], &words[1]) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        for (side, range) in [op.old_range(), op.new_range()].into_iter().enumerate() {
            differing[side].extend(places[side].get(range).unwrap_or_default());
        }
    }
    differing
}

struct Comparison<'a> {
    sides: [&'a [&'a str]; 2],
    words: &'a [Vec<Word<'a>>; 2],
    variants: Variants,
}

impl Comparison<'_> {
    fn take(&mut self, op: DiffOp) {
        let (old, new) = (op.old_range(), op.new_range());
        if let DiffOp::Equal { .. } = op {
            self.variants.words += old.len();
            self.compare_forms([old, new]);
            return;
        }
        let most = old.len().max(new.len());
        self.variants.words += most;
        self.variants.differing += most;
        for (side, range) in [old, new].into_iter().enumerate() {
            if range.is_empty() {
                self.mark_omission(side, range.start);
            } else {
                self.mark_words(side, range);
            }
        }
    }

    /// Runs of words, one mark for those of a passage.
    fn mark_words(&mut self, side: usize, range: Range<usize>) {
        let words = self.words[side].get(range).unwrap_or_default();
        for run in words.chunk_by(|a, b| a.passage == b.passage) {
            if let [first, ..] = run
                && let Some(last) = run.last()
            {
                let mark = Variant { passage: first.passage, bytes: first.start..last.end() };
                self.variants.marks[side].push(mark);
            }
        }
    }

    /// The space before a word, in which the other side has more.
    fn mark_omission(&mut self, side: usize, before: usize) {
        let words = &self.words[side];
        let (previous, next) = (before.checked_sub(1).and_then(|at| words.get(at)), words.get(before));
        let mark = match (previous, next) {
            (Some(previous), Some(next)) if previous.passage == next.passage => Variant {
                passage: next.passage,
                bytes: self.last_space(side, previous.end()..next.start, next.passage),
            },
            (_, Some(next)) => Variant { passage: next.passage, bytes: next.start..next.start },
            (Some(previous), None) => {
                Variant { passage: previous.passage, bytes: previous.end()..previous.end() }
            }
            (None, None) => return,
        };
        self.variants.marks[side].push(mark);
    }

    /// The last space of a range, where it has one: punctuation belongs to the words that are there.
    fn last_space(&self, side: usize, between: Range<usize>, passage: usize) -> Range<usize> {
        let text =
            self.sides[side].get(passage).and_then(|text| text.get(between.clone())).unwrap_or_default();
        match text.rfind(' ') {
            Some(at) => between.start + at..between.start + at + 1,
            None => between.end..between.end,
        }
    }

    /// Capitals of words that are the same otherwise, and the signs between them.
    fn compare_forms(&mut self, [old, new]: [Range<usize>; 2]) {
        let pairs: Vec<[Word<'_>; 2]> = {
            let side =
                |side: usize, range: Range<usize>| self.words[side].get(range).unwrap_or_default().iter();
            side(0, old.clone()).zip(side(1, new.clone())).map(|(a, b)| [*a, *b]).collect()
        };
        for [a, b] in &pairs {
            if !same(a.text, b.text) {
                self.variants.differing += 1;
                self.variants.forms += 1;
                for (side, word) in [a, b].into_iter().enumerate() {
                    let mark = Variant { passage: word.passage, bytes: word.start..word.end() };
                    self.variants.marks[side].push(mark);
                }
            }
        }
        for neighbours in pairs.windows(2) {
            let [before, after] = neighbours else { continue };
            // Where one side begins another passage, no signs stand between the words.
            if (0..2).all(|side| before[side].passage == after[side].passage) {
                let between = [0, 1].map(|side: usize| before[side].end()..after[side].start);
                self.compare_signs(before.map(|word| word.passage), &between);
            }
        }
        for (pair, at) in pairs.iter().zip(old.zip(new)) {
            let passages = pair.map(|word| word.passage);
            let [first, last] = self.ends([at.0, at.1]);
            if first {
                self.compare_signs(passages, &pair.map(|word| 0..word.start));
            }
            if last {
                let lengths = [0, 1].map(|side: usize| self.sides[side][passages[side]].len());
                self.compare_signs(passages, &[0, 1].map(|side: usize| pair[side].end()..lengths[side]));
            }
        }
    }

    /// Whether a word of each side is the first of its passage on both, and whether it is the last.
    fn ends(&self, at: [usize; 2]) -> [bool; 2] {
        let passage = |side: usize, at: usize| self.words[side].get(at).map(|word| word.passage);
        [
            (0..2).all(|side| {
                at[side].checked_sub(1).and_then(|before| passage(side, before)) != passage(side, at[side])
            }),
            (0..2).all(|side| passage(side, at[side] + 1) != passage(side, at[side])),
        ]
    }

    /// The signs between two words of a passage of each side, or before or after all of them.
    fn compare_signs(&mut self, passages: [usize; 2], between: &[Range<usize>; 2]) {
        let signs = [0, 1].map(|side: usize| {
            let text = self.sides[side].get(passages[side]);
            text.and_then(|text| text.get(between[side].clone())).unwrap_or_default()
        });
        if plain_signs(signs[0]) == plain_signs(signs[1]) {
            return;
        }
        for side in [0, 1] {
            let trimmed = signs[side].trim();
            let from = between[side].start + (signs[side].len() - signs[side].trim_start().len());
            let bytes = if trimmed.is_empty() { between[side].clone() } else { from..from + trimmed.len() };
            self.variants.marks[side].push(Variant { passage: passages[side], bytes });
        }
    }
}

/// Signs without spaces, quotation marks and dashes in one form each: what only the typesetter chose.
fn plain_signs(signs: &str) -> String {
    let plain = |c: char| match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '‚' | '‛' => '\'',
        '–' | '—' | '‒' | '―' => '-',
        other => straight(other),
    };
    let signs = signs.replace('…', "...").replace("--", "-");
    signs.chars().filter(|c| !c.is_whitespace()).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The marked parts of both sides, omissions as `_`.
    fn marked(left: &str, right: &str) -> [Vec<String>; 2] {
        let found = variants([&[left], &[right]]).unwrap();
        [0, 1].map(|side| {
            let text = [left, right][side];
            let word = |mark: &Variant| match text.get(mark.bytes.clone()).unwrap() {
                "" => "^".to_owned(),
                words => words.replace(' ', "_"),
            };
            found.marks[side].iter().map(word).collect()
        })
    }

    #[test]
    fn capitals_alone_are_no_other_wording() {
        let found = variants([&["THE SECOND BOOK"], &["The Second Book"]]).unwrap();
        assert!(!found.is_other_wording() && found.marks.iter().all(|marks| marks.len() == 3), "{found:?}");
        assert_eq!(found.sentence(), "3 of 3 words differ");
    }

    #[test]
    fn notes_differ_where_the_other_side_has_no_such_words() {
        let note = |text: Option<&str>| Note { mark: "1".into(), text: text.map(Into::into), source: vec![] };
        let left = [note(Some("In a letter.")), note(Some("See above.")), note(None)];
        let right = [note(Some("In  a letter.")), note(None)];
        let empty: [&[Note]; 1] = [&[]];
        assert_eq!(differing_notes([&[&left], &[&right]]), [vec![(0, 1)], vec![]]);
        assert_eq!(differing_notes([&[&left[..1], &left[1..]], &[&right]]), [vec![(1, 0)], vec![]]);
        assert_eq!(differing_notes([&empty, &[&right]]), [vec![], vec![(0, 0), (0, 1)]]);
        assert_eq!(differing_notes([&[&right], &[&right]]), [vec![], vec![]]);
        let with = |notes| Variants { notes, passages: [1, 1], ..Variants::default() };
        assert_eq!(with([vec![(0, 1)], vec![]]).sentence(), "word for word the same, 1 note differs");
        assert_eq!(with([vec![], vec![(0, 0), (0, 1)]]).sentence(), "word for word the same, 2 notes differ");
    }

    #[test]
    fn words_that_differ_are_marked_on_both_sides() {
        for (left, right, expected) in [
            ("The ferry left at noon.", "The ferry left at dusk.", [vec!["noon"], vec!["dusk"]]),
            ("The old ferry left at noon.", "The ferry left at noon.", [vec!["old"], vec!["_"]]),
            ("The ferry left", "The ferry left at noon", [vec!["^"], vec!["at_noon"]]),
            ("Ferry and quay and gulls", "the Ferry and quay and gulls", [vec!["^"], vec!["the"]]),
            ("A ferry, then a bell.", "A ferry; then a bell.", [vec![","], vec![";"]]),
            ("A ferry, then a bell.", "A ferry then a bell.", [vec![","], vec!["_"]]),
            ("They left at noon.", "They left at noon!", [vec!["."], vec!["!"]]),
            ("They left at noon", "(They left at noon", [vec!["^"], vec!["("]]),
            ("They saw the Ferry leave", "They saw the ferry leave", [vec!["Ferry"], vec!["ferry"]]),
            ("The captain’s “boat” – sank", "The captain's \"boat\" — sank", [vec![], vec![]]),
            ("Noe\u{308}l and the cafe\u{301}", "No\u{eb}l and the caf\u{e9}", [vec![], vec![]]),
            ("Find the first ſhip of it", "Find the first ship of it", [vec![], vec![]]),
            ("The beneﬁcence of oﬃces", "The beneficence of offices", [vec![], vec![]]),
            ("They _left_ at noon", "They left at noon", [vec!["_", "_"], vec!["_", "_"]]),
            ("渡船在中午离开", "渡船在晚上离开", [vec!["中午"], vec!["晚上"]]),
        ] {
            assert_eq!(
                marked(left, right),
                expected.map(|side| side.into_iter().map(str::to_owned).collect::<Vec<_>>()),
                "{left} / {right}"
            );
        }
    }

    #[test]
    fn what_is_the_same_has_no_variants() {
        for (left, right, same) in [
            (&["One, two."][..], &["One, two."][..], true),
            (&["“One” – two’s…"], &["\"One\" -- two's..."], true),
            (&["One. Two."], &["One.", "Two."], true),
            (&["One—two"], &["One — two"], true),
            (&["A ſmall oﬃce"], &["A small office"], true),
            (&["_One_ two"], &["One two"], false),
            (&["One, two."], &["One; two."], false),
            (&["They saw one two boats."], &["They saw onetwo boats."], false),
            (&["One, two."], &["One, Two."], false),
            (&["One, two."], &["One, two"], false),
        ] {
            assert_eq!(are_same([left, right]), same, "{left:?} {right:?}");
            assert_eq!(
                variants([left, right]).unwrap().marks.concat().is_empty(),
                same,
                "{left:?} {right:?}"
            );
        }
    }

    #[test]
    fn the_count_is_of_the_longer_wording() {
        let found =
            variants([&["one two three four five six"], &["one 2 three four five six seven"]]).unwrap();
        assert_eq!((found.differing, found.words), (2, 7));
        assert_eq!(found.sentence(), "2 of 7 words differ");
        assert_eq!(variants([&["one two"], &["one two"]]).unwrap().sentence(), "word for word the same");
        let divided: [([&[&str]; 2], &str); 3] = [
            ([&["one two"], &["one", "two"]], "the same words, split in two"),
            ([&["one", "two", "three"], &["one two three"]], "the same words, split in three"),
            ([&["one two", "three"], &["one", "two three"]], "the same words, divided otherwise"),
        ];
        for (sides, said) in divided {
            let found = variants(sides).unwrap();
            assert_eq!((found.sentence().as_str(), found.is_divided_otherwise()), (said, true));
        }
        assert!(!variants([&["one two"], &["one", "twos"]]).unwrap().is_divided_otherwise());
        assert_eq!(
            variants([&["one, two"], &["one two"]]).unwrap().sentence(),
            "the same words, other signs"
        );
    }

    #[test]
    fn passages_that_were_split_differ_in_nothing() {
        let left = ["The ferry left at noon. Gulls rose."];
        let right = ["The ferry left at noon.", "Gulls rose."];
        let found = variants([&left, &right]).unwrap();
        assert_eq!((found.differing, found.marks.concat().len()), (0, 0));
        let found = variants([&left, &["The ferry left at noon.", "Gulls fell."]]).unwrap();
        assert_eq!(found.marks[1], [Variant { passage: 1, bytes: 6..10 }]);
    }

    #[test]
    fn another_wording_is_counted_and_not_marked() {
        let found = variants([&["one two three four"], &["five six seven four"]]).unwrap();
        assert!(found.is_other_wording() && found.marks.concat().is_empty());
        assert_eq!(found.sentence(), "3 of 4 words differ");
    }

    #[test]
    fn a_passage_that_was_cut_is_no_other_wording() {
        let cut = (0..40).map(|at| format!("cut{at}")).collect::<Vec<_>>().join(" ");
        let whole = format!("the ferry left Kallby at noon {cut} and gulls rose over the empty quay");
        let kept = "the ferry left Kallby at noon and gulls fell over the empty quay";
        for [one, other] in [[whole.as_str(), kept], [kept, &whole]] {
            let found = variants([&[one], &[other]]).unwrap();
            assert_eq!((found.differing, found.left_out, found.is_other_wording()), (41, 40, false));
            assert_eq!(found.marks.each_ref().map(Vec::len), [2, 2]);
            assert_eq!(found.sentence(), "41 of 53 words differ, 40 of them left out");
        }
        // Words that stand here and there among others are no text that was cut.
        let scattered = format!("the {cut} at {cut} noon {cut} quay");
        let found = variants([&[&scattered], &["the at noon quay"]]).unwrap();
        assert!(found.is_other_wording() && found.left_out == 0, "{found:?}");
        assert_eq!(variants([&[&cut], &[""]]).map(|found| found.left_out), Some(0));
    }

    #[test]
    fn what_is_too_long_is_not_compared() {
        let long = "word ".repeat(MOST_WORDS + 1);
        assert_eq!(variants([&[&long], &["word"]]), None);
    }

    proptest! {
        #[test]
        fn marks_are_in_order_within_the_text_and_on_its_characters(
            left in prop::collection::vec("[abc ,.’é漢]{1,30}", 0..4),
            right in prop::collection::vec("[abc ,.'é漢]{1,30}", 0..4),
        ) {
            let [left, right] = [&left, &right].map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
            let found = variants([&left, &right]).unwrap();
            prop_assert!(found.differing <= found.words);
            for (side, passages) in [&left, &right].into_iter().enumerate() {
                for mark in &found.marks[side] {
                    prop_assert!(passages[mark.passage].get(mark.bytes.clone()).is_some());
                }
                prop_assert!(found.marks[side].is_sorted_by_key(|m| (m.passage, m.bytes.start)));
            }
        }

        #[test]
        fn a_text_differs_in_nothing_from_itself(text in "\\PC{0,80}") {
            let found = variants([&[&text], &[&text]]).unwrap();
            prop_assert_eq!(found.differing, 0);
            prop_assert!(found.marks.concat().is_empty());
        }
    }
}
