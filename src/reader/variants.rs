//! Where two editions differ, for the passages on the screen: computed when they come there, and kept.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::action::Action;
use super::model::Model;
use crate::document::Note;
use crate::library::pair::{Pair, Stage, Standing};
use crate::links::variants::{Variants, are_same, differing_notes, variants};
use crate::links::{Link, LinkKind};

/// Links of which the differences are kept; more than any screen shows.
const KEPT_LINKS: usize = 1024;

/// Said while the alignment is computed, of what is there only after it.
pub(super) const STILL_ALIGNING: &str = "the two texts are still being aligned";
/// And while it is not even known what they are to each other.
pub(super) const STILL_COMPARING: &str = "the two texts are still being compared";

/// Said where variants are asked for of a text that retells the other.
pub(super) const RETOLD: &str = "a digest tells its work in other words: none are marked as differing";

/// Said where they are asked for of a translation.
const TRANSLATED: &str = "the two texts are in two languages: no words are marked as differing";

/// The differences of links that were on the screen.
#[derive(Debug, Default)]
pub struct Kept {
    inner: RefCell<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    differences: HashMap<usize, Option<Rc<Variants>>>,
    /// Whether the two texts are in two languages, once that was asked.
    is_translated: Option<bool>,
}

impl Kept {
    /// Forgets all: the links are others.
    pub fn forget(&self) {
        *self.inner.borrow_mut() = Inner::default();
    }

    fn differences(&self, pair: &Pair, index: usize) -> Option<Rc<Variants>> {
        if let Some(kept) = self.inner.borrow().differences.get(&index) {
            return kept.clone();
        }
        let found = differences(pair, index).map(Rc::new);
        let mut inner = self.inner.borrow_mut();
        if inner.differences.len() >= KEPT_LINKS {
            inner.differences.clear();
        }
        inner.differences.insert(index, found.clone());
        found
    }
}

pub(super) fn is_parallel(link: &Link) -> bool {
    link.kind == LinkKind::Parallel && link.stands()
}

fn differences(pair: &Pair, index: usize) -> Option<Variants> {
    let link = pair.links.get(index)?;
    if !link.has_both_sides() {
        return None;
    }
    let [left, right] = texts(pair, link);
    let [left_notes, right_notes] = notes(pair, link);
    let notes = differing_notes([&left_notes, &right_notes]);
    Some(Variants { notes, ..variants([&left, &right])? })
}

/// The notes of the passages of a link, left and right.
fn notes<'p>(pair: &'p Pair, link: &Link) -> [Vec<&'p [Note]>; 2] {
    [0, 1].map(|side| {
        let edition = &pair.texts[side].edition;
        let notes = |&passage: &usize| Some(edition.get(passage)?.notes.as_slice());
        link.passages[side].iter().filter_map(notes).collect()
    })
}

/// The passages of a link, left and right.
fn texts<'p>(pair: &'p Pair, link: &Link) -> [Vec<&'p str>; 2] {
    [0, 1].map(|side| {
        let edition = &pair.texts[side].edition;
        link.passages[side].iter().filter_map(|&passage| Some(edition.get(passage)?.text.as_str())).collect()
    })
}

impl Model {
    /// The parallel link of a passage.
    pub(super) fn parallel_link(&self, side: usize, passage: usize) -> Option<usize> {
        self.links_at(side, passage).rfind(|(_, link)| is_parallel(link)).map(|(index, _)| index)
    }

    /// The differences of a parallel link, by its index; nothing for one without partner, and where the two
    /// are too long or another wording altogether.
    #[must_use]
    pub fn differences(&self, link: usize) -> Option<Rc<Variants>> {
        self.compared(link).filter(|found| !found.is_other_wording())
    }

    /// The two sides of a parallel link compared, whatever their wording.
    fn compared(&self, link: usize) -> Option<Rc<Variants>> {
        if self.is_retold() || !self.pair.links.get(link).is_some_and(is_parallel) {
            return None;
        }
        self.variants.differences(&self.pair, link)
    }

    /// What is said of how far the two passages of a parallel link differ: in how many words, and that none is marked
    /// where the one says it in other words; nothing where they are not compared.
    #[must_use]
    pub fn how_far_they_differ(&self, link: usize) -> Option<String> {
        let found = self.compared(link)?;
        if !found.is_other_wording() {
            return Some(found.sentence());
        }
        (!self.is_translated()).then(|| format!("in other words, none marked: {}", found.sentence()))
    }

    /// Whether one of the two retells the other: it has other words throughout, which are no variants.
    pub(super) fn is_retold(&self) -> bool {
        self.pair.ground.standing == Standing::Numbers
    }

    /// Whether the two are known to be in two languages.
    fn is_translated(&self) -> bool {
        if let Some(known) = self.variants.inner.borrow().is_translated {
            return known;
        }
        let [left, right] = [0, 1].map(|side: usize| self.pair.texts[side].language());
        let found = left.zip(right).is_some_and(|(left, right)| left != right);
        self.variants.inner.borrow_mut().is_translated = Some(found);
        found
    }

    /// Whether the words of the two are compared: they are one work in two forms of one language.
    pub(super) fn compares_words(&self) -> bool {
        self.pair.ground.standing == Standing::Parallel && !self.is_translated()
    }

    /// Whether the two sides of a parallel link are compared, and have not the same words, signs and notes.
    pub(super) fn differs(&self, link: &Link) -> bool {
        if !self.compares_words() || !is_parallel(link) || !link.has_both_sides() {
            return false;
        }
        let [left, right] = texts(&self.pair, link);
        let [left_notes, right_notes] = notes(&self.pair, link);
        !are_same([&left, &right])
            || differing_notes([&left_notes, &right_notes]).iter().any(|notes| !notes.is_empty())
    }

    /// The bytes of a passage to be marked as differing from the other edition.
    #[must_use]
    pub fn variants_in(&self, side: usize, passage: usize) -> Vec<Range<usize>> {
        if !self.options.variants {
            return Vec::new();
        }
        let Some(link) = self.parallel_link(side, passage) else { return Vec::new() };
        let (Some(found), Some(within)) = (self.differences(link), self.pair.links.get(link)) else {
            return Vec::new();
        };
        let at = within.passages[side].iter().position(|other| *other == passage);
        let marks = found.marks[side].iter().filter(|mark| Some(mark.passage) == at);
        marks.map(|mark| mark.bytes.clone()).collect()
    }

    /// Whether the passage at the reader's line of the focused text has no partner in the other: then which
    /// text lacks it.
    #[must_use]
    pub fn lacking(&self) -> Option<usize> {
        let link = self.parallel_link(self.focus, self.current(self.focus))?;
        let other = 1 - self.focus;
        self.pair.links.get(link).filter(|link| link.passages[other].is_empty()).map(|_| other)
    }

    /// Marks what differs, or leaves it unmarked.
    pub fn toggle_variants(&mut self) {
        if !self.pair.links.iter().any(is_parallel) {
            self.message = Some(self.not_aligned());
            return;
        }
        if self.is_retold() {
            self.message = Some(RETOLD.to_owned());
            return;
        }
        if self.is_translated() {
            self.message = Some(TRANSLATED.to_owned());
            return;
        }
        self.options.variants = !self.options.variants;
        let state = if self.options.variants { "marked" } else { "not marked" };
        self.message = Some(format!("words in which two editions differ are {state}"));
    }

    /// Of the passage at the reader's line of the focused text, where its partner is not the passage beside it:
    /// where that stands, how far the two differ, and which key goes there.
    #[must_use]
    pub fn partner_elsewhere(&self) -> Option<String> {
        let (other, key) = (1 - self.focus, self.key(Action::Level));
        let index = self.parallel_link(self.focus, self.current(self.focus))?;
        let link = self.pair.links.get(index)?;
        if link.passages[other].is_empty() || link.passages[other].contains(&self.current(other)) {
            return None;
        }
        let differences =
            self.how_far_they_differ(index).map_or_else(String::new, |said| format!(", {said}"));
        let moved = if link.moved { "moved: " } else { "" };
        Some(format!("{moved}it stands at {}{differences}; {key} goes there", self.partners(link, other)))
    }

    /// What to say where there is nothing to compare passage by passage.
    pub(super) fn not_aligned(&self) -> String {
        let still = match self.pair.stage {
            Stage::ToCompare => STILL_COMPARING,
            Stage::ToAlign => STILL_ALIGNING,
            Stage::Joined if self.pair.is_too_large() => {
                return "the two texts are too large to be aligned here: `diptych align` does it".to_owned();
            }
            Stage::Joined => {
                let key = self.key(Action::Kinship);
                return format!("the two texts are not aligned; {key} takes them for one work");
            }
        };
        if self.is_stopped {
            return format!(
                "comparing the two texts was stopped; {} goes on with it",
                self.key(Action::Reload)
            );
        }
        still.to_owned()
    }

    /// From where to where the moved block goes that a link is a part of: `a block was moved: it stands
    /// at A ¶ 3-10 and at B ¶ 40-47`, or `a passage was moved: …`.
    #[must_use]
    pub fn moved_block(&self, link: usize) -> Option<String> {
        let block = self.tables.block(&self.pair, link)?;
        let [left, right] = [0, 1].map(|side| self.references(side, &block.passages[side]));
        let what = if block.is_one_passage() { "passage" } else { "block" };
        Some(format!("a {what} was moved: it stands at A {left} and at B {right}"))
    }

    /// How far the passages of the moved block that a link is a part of differ: nothing where they do not.
    pub(super) fn differences_in_block(&self, link: usize) -> Option<String> {
        let block = self.tables.block(&self.pair, link)?;
        let differs = |at: &&usize| self.pair.links.get(**at).is_some_and(|link| self.differs(link));
        match (block.links.iter().filter(differs).count(), block.links.len()) {
            (0, _) => None,
            (_, 1) => self.how_far_they_differ(link),
            (differing, of) => Some(format!("{differing} of its {of} pairs differ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};
    use crate::library::pair::Ground;
    use crate::reader::action::Event;
    use crate::reader::fixture::{aligned, reworded};
    use crate::reader::overlay::{ListRow, Overlay};
    use crate::reader::update::{Effect, update};

    #[test]
    fn what_differs_is_marked_on_both_sides() {
        let mut model = reworded();
        let words = |model: &Model, side: usize, passage: usize| -> Vec<String> {
            let text = &model.editions()[side].passages()[passage].text;
            model
                .variants_in(side, passage)
                .into_iter()
                .map(|bytes| text.get(bytes).unwrap().to_owned())
                .collect()
        };
        assert_eq!((words(&model, 0, 3), words(&model, 1, 3)), (vec!["a3w1".into()], vec!["other".into()]));
        assert!(words(&model, 0, 4).is_empty());
        model.toggle_variants();
        assert!(words(&model, 0, 3).is_empty());
    }

    #[test]
    fn of_two_languages_nothing_is_marked_and_that_is_said() {
        let mut model = reworded();
        let work = |language: &str| {
            let words = || String::from("w");
            let (id, author, title, short_title, year) = (words(), words(), words(), words(), words());
            Some(crate::library::Work { id, author, title, short_title, year, language: language.to_owned() })
        };
        (model.pair.texts[0].work, model.pair.texts[1].work) = (work("de"), work("en"));
        model.toggle_variants();
        assert_eq!((model.message.as_deref(), model.options.variants), (Some(TRANSLATED), true));
        model.pair.texts[1].work = work("de");
        model.variants.forget();
        model.toggle_variants();
        assert!(!model.options.variants);
    }

    #[test]
    fn what_one_says_in_other_words_says_how_many_differ_and_marks_none() {
        let mut model = aligned(|passages| {
            let words = passages[8].text.replace("a8w1", "x").replace("a8w2", "y").replace("a8w3", "z");
            passages[8] = Passage::new(Kind::Paragraph, words);
        });
        let link = model.parallel_link(0, 8).unwrap();
        let said = model.how_far_they_differ(link).unwrap();
        assert!(
            said.starts_with("in other words, none marked: ") && said.ends_with(" words differ"),
            "{said}"
        );
        assert!(model.variants_in(0, 8).is_empty());
        let untouched = model.parallel_link(0, 7).unwrap();
        assert_eq!(model.how_far_they_differ(untouched).as_deref(), Some("word for word the same"));
        model.pair.ground = Ground::known(Standing::Numbers, "made up");
        assert_eq!(model.how_far_they_differ(link), None, "a digest retells its work");
    }

    #[test]
    fn the_list_says_which_passages_differ_and_how_many() {
        let mut model = reworded();
        model.open_links();
        let Overlay::List(list) = &model.overlay else { panic!("no list") };
        let differing = list.rows.iter().filter(|row| row.text.ends_with("differs"));
        let cells = |row: &ListRow| row.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let differing: Vec<String> = differing.map(cells).collect();
        assert_eq!(differing, ["A ¶ 3 B ¶ 3 differs", "A ¶ 8 B ¶ 8 differs"]);
        assert_eq!(list.title, format!("Together: 2 of {} differ", list.rows.len()));
        model.variants.inner.borrow_mut().is_translated = Some(true);
        model.open_links();
        let Overlay::List(list) = &model.overlay else { panic!("no list") };
        assert_eq!(list.title, "What belongs together");
        assert!(list.rows.iter().all(|row| !row.text.contains("differs")));
    }

    #[test]
    fn notes_are_compared_too_and_the_walk_stops_at_them() {
        let note = |text: &str| crate::document::Note {
            mark: "1".to_owned(),
            text: Some(text.to_owned()),
            source: Vec::new(),
        };
        let noted = |model: &mut Model, side: usize, passage: usize, text: &str| {
            let mut passages = model.editions()[side].passages().to_vec();
            passages[passage].notes.push(note(text));
            let byte = passages[passage].text.len() / 2;
            passages[passage].note_marks.push(crate::document::NoteMark { byte, note: 0 });
            model.pair.texts[side].edition = crate::document::Edition::new(passages, Vec::new(), 0);
        };
        let mut model = aligned(|_| ());
        for (side, text) in [(0, "In a letter."), (1, "In a letter.")] {
            noted(&mut model, side, 5, text);
        }
        noted(&mut model, 0, 9, "He was right.");
        noted(&mut model, 1, 9, "He was wrong.");
        noted(&mut model, 1, 12, "Of this editor alone.");
        for (expected, said) in
            [(9, "word for word the same, 1 note differs"), (12, "word for word the same, 1 note differs")]
        {
            model.step_difference(true, 1);
            assert_eq!(model.panes[0].top.passage, expected);
            let link = model.parallel_link(0, expected).unwrap();
            assert_eq!(model.how_far_they_differ(link).as_deref(), Some(said));
        }
        model.step_difference(true, 1);
        assert_eq!(model.message.take().as_deref(), Some("no more differences after this"));
        model.open_links();
        let Overlay::List(list) = &model.overlay else { panic!("no list") };
        assert!(list.title.starts_with("Together: 2 of "), "{}", list.title);
    }

    #[test]
    fn the_walk_and_the_list_speak_of_the_same_differences() {
        let mut model = aligned(|passages| {
            let words = passages[8].text.replace("a8w1", "x").replace("a8w2", "y").replace("a8w3", "z");
            passages[8] = Passage::new(Kind::Paragraph, words);
            passages[10].text = passages[10].text.to_uppercase();
            let second = passages.remove(15);
            passages[14].text = format!("{} {}", passages[14].text, second.text);
        });
        model.open_links();
        let Overlay::List(list) = std::mem::take(&mut model.overlay) else { panic!("no list") };
        let said = |word: &str| list.rows.iter().filter(|row| row.text.ends_with(word)).count();
        assert_eq!((said("differs"), said("divided")), (2, 1), "{:?}", list.rows);
        for expected in [8, 10, 15] {
            model.step_difference(true, 1);
            assert_eq!(model.panes[0].top.passage, expected);
        }
    }

    #[test]
    fn who_stopped_the_comparison_is_told_how_it_goes_on() {
        let mut model = reworded();
        model.pair.links.clear();
        model.pair.stage = Stage::ToCompare;
        assert_eq!(model.not_aligned(), STILL_COMPARING);
        model.pair.stage = Stage::ToAlign;
        assert_eq!(model.not_aligned(), STILL_ALIGNING);
        model.progress = Some("aligning the two texts".to_owned());
        let stop = Event::Act { action: Action::Cancel, count: None, letter: None };
        assert_eq!(update(&mut model, stop), Some(Effect::Stop));
        model.progress = None;
        model.surroundings.keys.insert(Action::Reload, "R".to_owned());
        assert_eq!(model.not_aligned(), "comparing the two texts was stopped; R goes on with it");
        let pair = model.pair.clone();
        model.take_pair(pair);
        assert_eq!(model.not_aligned(), STILL_ALIGNING, "both are read again");
    }

    #[test]
    fn links_that_are_others_are_compared_anew() {
        let mut model = reworded();
        assert_eq!(model.variants_in(0, 3).len(), 1);
        model.pair.links.clear();
        model.variants.forget();
        assert!(model.variants_in(0, 3).is_empty());
        model.step_difference(true, 1);
        assert!(model.message.take().unwrap().contains("not aligned"));
    }
}
