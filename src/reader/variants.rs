//! Where two editions differ, for the passages on the screen: computed when they come there, and kept.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::model::Model;
use super::sync::{Knot, Rest, in_gap, knot_at, offset_of_row};
use crate::document::Anchor;
use crate::library::pair::{Pair, Standing};
use crate::links::moved::Block;
use crate::links::variants::{Variants, variants};
use crate::links::{Link, LinkKind, Status};

/// Links of which the differences are kept; more than any screen shows.
const KEPT_LINKS: usize = 1024;

/// Said while the alignment is computed, of what is there only after it.
pub(super) const STILL_ALIGNING: &str = "the two texts are still being aligned";

/// Said where variants are asked for of a text that retells the other.
const RETOLD: &str = "a digest tells its work in other words: none are marked as differing";

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

fn is_parallel(link: &Link) -> bool {
    link.kind == LinkKind::Parallel && link.status != Status::Rejected
}

/// Where the walk through the differences may stop in a text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stop {
    /// The passage of the text at which it is met: its first one there, or that behind which the text lacks what
    /// the other has.
    met_at: usize,
    /// The parallel link that it is about, by its index.
    link: usize,
    /// The passages that it is about, left and right; those of one side alone where they have no partner.
    passages: [Vec<usize>; 2],
}

fn differences(pair: &Pair, index: usize) -> Option<Variants> {
    let link = pair.links.get(index)?;
    if link.passages.iter().any(Vec::is_empty) {
        return None;
    }
    let texts = [0, 1].map(|side| {
        let passages = link.passages[side].iter();
        let edition = &pair.texts[side].edition;
        passages.filter_map(|&passage| Some(edition.get(passage)?.text.as_str())).collect::<Vec<_>>()
    });
    variants([&texts[0], &texts[1]])
}

impl Model {
    /// The parallel link of a passage.
    fn parallel_link(&self, side: usize, passage: usize) -> Option<usize> {
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
    fn is_retold(&self) -> bool {
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
        let (other, key) = (1 - self.focus, self.key(super::action::Action::Level));
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

    /// To the next or previous row of the focused text in which the two editions differ: in words, in that a
    /// passage was moved, or in that one of them has a passage that the other lacks.
    pub fn step_difference(&mut self, forward: bool, times: usize) {
        let side = self.focus;
        let joins =
            |link: &Link| is_parallel(link) && link.passages.iter().all(|passages| !passages.is_empty());
        if !self.pair.links.iter().any(joins) {
            self.message = Some(self.not_aligned());
            return;
        }
        if self.is_retold() {
            self.message = Some(RETOLD.to_owned());
            return;
        }
        let mut stops = self.stops(side);
        if !forward {
            stops.reverse();
        }
        let from = self.panes[side].top;
        let mut at = from;
        let mut left = times;
        for stop in &stops {
            for row in self.rows_that_differ(stop, side, forward, at) {
                at = row;
                left -= 1;
                if left == 0 {
                    self.lead_to(at);
                    self.message = self.said_at(stop, side);
                    self.show_lacked(stop, side);
                    return;
                }
            }
        }
        let differs = |stop: &Stop| {
            stop.passages.iter().any(Vec::is_empty)
                || self.pair.links.get(stop.link).is_some_and(|link| link.moved)
                || self
                    .differences(stop.link)
                    .is_some_and(|found| !found.marks[side].is_empty() || found.is_divided_otherwise())
        };
        let said = match (stops.iter().any(differs), forward) {
            (false, _) => self.sameness(),
            (true, true) => "no more differences after this",
            (true, false) => "no more differences before this",
        };
        self.message = Some(said.to_owned());
    }

    /// What to say where no words that differ are marked.
    fn sameness(&self) -> &'static str {
        let links = self.pair.links.iter().enumerate().filter(|(_, link)| is_parallel(link));
        let same: Vec<bool> = links.map(|(index, _)| self.differences(index).is_some()).collect();
        if same.iter().all(|same| *same) {
            "nothing differs: the two are word for word the same"
        } else if same.contains(&true) {
            "no words that differ are marked: the two are the same in part, elsewhere in other words"
        } else {
            "no words that differ are marked: the two are in other words throughout"
        }
    }

    /// What to say where there is nothing to compare passage by passage.
    pub(super) fn not_aligned(&self) -> String {
        if self.pair.is_pending {
            return STILL_ALIGNING.to_owned();
        }
        let key = self.key(super::action::Action::Kinship);
        format!("the two texts are not aligned; {key} takes them for one work")
    }

    /// What an alignment says, in the order of a text. The two sides of a link that was rejected have no partner.
    fn stops(&self, side: usize) -> Vec<Stop> {
        let mut behind = 0;
        let mut stops = Vec::new();
        for (link, of) in self.pair.links.iter().enumerate().filter(|(_, of)| of.kind == LinkKind::Parallel) {
            let own = &of.passages[side];
            if let Some(last) = own.last().filter(|_| !of.moved) {
                behind = *last;
            }
            if of.status == Status::Rejected {
                for alone in [0, 1].into_iter().filter(|&alone| !of.passages[alone].is_empty()) {
                    let mut passages = of.passages.clone();
                    passages[1 - alone].clear();
                    let met_at = own.first().filter(|_| alone == side);
                    let met_at = met_at.copied().unwrap_or_else(|| self.behind_which(side, &passages[alone]));
                    stops.push(Stop { met_at, link, passages });
                }
            } else {
                let met_at = own.first().copied().unwrap_or(behind);
                stops.push(Stop { met_at, link, passages: of.passages.clone() });
            }
        }
        stops.sort_unstable();
        stops
    }

    /// The passage of a side behind which some passages of the other would stand: the last one whose partner
    /// stands before them.
    fn behind_which(&self, side: usize, others: &[usize]) -> usize {
        let last = |link: &Link, side: usize| link.passages[side].last().copied();
        let in_order = self.pair.links.iter().filter(|link| is_parallel(link) && !link.moved);
        let before = in_order.filter(|link| last(link, 1 - side).is_some_and(|at| at < others[0]));
        before.filter_map(|link| last(link, side)).max().unwrap_or(0)
    }

    /// Whether a link is that of a moved block which a side has first.
    fn begins_block(&self, link: usize, side: usize) -> bool {
        let first = |block: &Block| block.passages[side].first().copied();
        let block = self.tables.block(&self.pair, link);
        block.is_some_and(|block| self.pair.links.get(link).and_then(|link| link.first(side)) == first(block))
    }

    /// From where to where the moved block goes that a link is a part of: `a block was moved: it stands
    /// at A ¶ 3-10 and at B ¶ 40-47`.
    #[must_use]
    pub fn moved_block(&self, link: usize) -> Option<String> {
        let block = self.tables.block(&self.pair, link)?;
        let [left, right] = [0, 1].map(|side| self.references(side, &block.passages[side]));
        Some(format!("a block was moved: it stands at A {left} and at B {right}"))
    }

    /// What is said at a link of which a side has nothing, and where a moved block begins.
    fn said_at(&self, stop: &Stop, side: usize) -> Option<String> {
        if self.begins_block(stop.link, side) {
            return self.moved_block(stop.link);
        }
        let link = self.pair.links.get(stop.link).filter(|_| stop.passages[side].is_empty())?;
        Some(format!("here {} has no counterpart in {}", self.partners(link, 1 - side), ["A", "B"][side]))
    }

    /// Brings what a side lacks to the top of the text that has it: no bead ties the two there.
    fn show_lacked(&mut self, stop: &Stop, side: usize) {
        let [own, others] = [&stop.passages[side], &stop.passages[1 - side]];
        let first = others.first().filter(|_| own.is_empty() && self.sync.linked);
        let Some(start) = first.map(|&first| self.settled(1 - side, Anchor::start_of(first))) else { return };
        let (here, there) = (self.side(side), self.side(1 - side));
        let top = self.panes[side].top;
        // Beside an empty row stands the empty row above what is lacked.
        let above = -isize::from(in_gap(here.edition, top));
        let mut tops = [there.flow.walk(there.edition, start, above, there.setting); 2];
        tops[side] = top;
        let editions = self.editions();
        let knot = knot_at(tops, editions, Rest::Nothing);
        let start = [0, 1].map(|side| offset_of_row(editions[side], tops[side]));
        self.panes[1 - side].top = tops[1 - side];
        self.link = None;
        self.sync.pin = Some(Knot { start, ..knot });
        self.rechain();
    }

    /// The rows of a stop in which marks begin, beyond a place, in the order in which they come; the first row of
    /// what was moved or is without partner, the last before what the side lacks.
    fn rows_that_differ(&self, stop: &Stop, side: usize, forward: bool, from: Anchor) -> Vec<Anchor> {
        let &Stop { met_at, link, ref passages } = stop;
        let [passages, others] = [&passages[side], &passages[1 - side]];
        let beyond = |passage: &usize| {
            if forward { *passage >= from.passage } else { *passage <= from.passage }
        };
        if !passages.iter().chain([&met_at]).any(beyond) {
            return Vec::new();
        }
        let mut rows: Vec<Anchor> = Vec::new();
        if passages.is_empty() {
            let end = self.editions()[side].get(met_at).map_or(0, |passage| passage.text.len());
            rows.push(self.settled(side, Anchor { passage: met_at, byte: end }));
        } else if self.begins_block(link, side) || others.is_empty() {
            rows.push(self.settled(side, Anchor::start_of(met_at)));
        }
        let found = self.differences(link);
        if found.as_ref().is_some_and(|found| found.is_divided_otherwise()) {
            // Where the other goes on in the same passage; its own start where it is the other that is divided.
            let divided = passages.get(1).unwrap_or(&met_at);
            rows.push(self.settled(side, Anchor::start_of(*divided)));
        }
        let marks = found.iter().flat_map(|found| &found.marks[side]);
        rows.extend(marks.filter_map(|mark| {
            let passage = *passages.get(mark.passage)?;
            Some(self.settled(side, Anchor { passage, byte: mark.bytes.start }))
        }));
        rows.retain(|row| if forward { *row > from } else { *row < from });
        rows.sort_unstable();
        rows.dedup();
        if !forward {
            rows.reverse();
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};
    use crate::library::pair::Ground;
    use crate::reader::fixture::aligned;
    use crate::reader::overlay::Overlay;

    /// The fixture's left text beside itself with a word of two passages changed.
    fn model() -> Model {
        aligned(|passages| {
            for (at, word) in [(3, "a3w1"), (8, "a8w20")] {
                passages[at].text = passages[at].text.replace(&format!("{word} "), "other ");
            }
        })
    }

    #[test]
    fn what_differs_is_marked_on_both_sides() {
        let mut model = model();
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
        let mut model = model();
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
    fn the_next_difference_is_the_row_in_which_it_stands() {
        let mut model = model();
        for expected in [3, 8] {
            model.step_difference(true, 1);
            assert_eq!(model.panes[0].top.passage, expected);
            assert_eq!(model.panes[1].top.passage, expected, "the other edition comes along");
        }
        let bytes = model.editions()[0].passages()[8].text.find("a8w20").unwrap();
        assert!(model.panes[0].top.byte <= bytes && model.panes[0].top.byte > 0);
        model.step_difference(true, 1);
        assert!(model.message.take().unwrap().contains("no more differences"));
        model.step_difference(false, 1);
        assert_eq!(model.panes[0].top.passage, 3);
    }

    #[test]
    fn what_one_text_lacks_or_has_elsewhere_is_a_difference_too() {
        // The right text lacks passages 5 and 6, has one of its own behind 20, and passage 30 before 12.
        let mut model = aligned(|passages| {
            let moved = passages.remove(30);
            passages.insert(21, Passage::new(Kind::Paragraph, "words that nobody else has ".repeat(8)));
            passages.insert(12, moved);
            passages.drain(5..7);
        });
        let lacked = "here B paragraph after ¶ 20 has no counterpart in A";
        let moved = "a block was moved: it stands at A ¶ 30 and at B ¶ 30";
        for (expected, said) in [(5, None), (6, None), (20, Some(lacked)), (30, Some(moved))] {
            model.step_difference(true, 1);
            assert_eq!((model.panes[0].top.passage, model.message.as_deref()), (expected, said));
        }
        let said = model.partner_elsewhere().unwrap();
        assert!(said.starts_with("moved: it stands at B ¶ 30, word for word the same; "), "{said}");
        model.level();
        assert_eq!((model.current(1), model.partner_elsewhere()), (10, None));
        for expected in [20, 6, 5] {
            model.step_difference(false, 1);
            assert_eq!(model.panes[0].top.passage, expected);
        }
        assert_eq!(model.lacking(), Some(1));
    }

    #[test]
    fn both_passages_of_a_move_that_was_rejected_are_without_partner() {
        // Passage 30 stands before 12 in the right text.
        let mut model = aligned(|passages| {
            let moved = passages.remove(30);
            passages.insert(12, moved);
        });
        let moved = model.pair.links.iter().position(|link| link.moved).unwrap();
        model.decide_on(moved, false);
        let lacked = "here B ¶ 30 has no counterpart in A";
        for (expected, said) in [(11, Some(lacked)), (30, None)] {
            model.step_difference(true, 1);
            assert_eq!((model.panes[0].top.passage, model.message.as_deref()), (expected, said));
        }
        assert_eq!(model.link_in_question().map(|(link, _)| link), Some(moved));
        model.step_difference(true, 1);
        assert!(model.message.take().unwrap().contains("no more differences"));
        model.step_difference(false, 1);
        assert_eq!(model.panes[0].top.passage, 11);
        model.focus_on(1);
        model.panes[1].top = Anchor::default();
        let lacked = "here A ¶ 30 has no counterpart in B";
        for (expected, said) in [(12, None), (30, Some(lacked))] {
            model.step_difference(true, 1);
            assert_eq!((model.panes[1].top.passage, model.message.as_deref()), (expected, said));
        }
    }

    #[test]
    fn a_moved_block_is_one_stop_and_its_card_says_from_where_to_where() {
        let mut model = aligned(|passages| {
            let block: Vec<Passage> = passages.drain(24..30).collect();
            passages.splice(6..6, block);
            for (passage, number) in passages.iter_mut().zip(0..) {
                passage.number = passage.number.map(|_| number);
            }
        });
        let said = "a block was moved: it stands at A ¶ 24-29 and at B ¶ 6-11";
        model.step_difference(true, 1);
        assert_eq!((model.panes[0].top.passage, model.message.take().as_deref()), (24, Some(said)));
        model.step_difference(true, 1);
        assert!(model.message.take().unwrap().contains("no more differences"));
        model.open_card();
        let Overlay::Pager(card) = &model.overlay else { panic!("no card") };
        assert!(card.lines.iter().any(|line| line.text == said));
    }

    #[test]
    fn a_passage_that_one_edition_splits_is_a_stop_without_a_word_that_differs() {
        let mut model = aligned(|passages| {
            let at = passages[8].text.find("a8w12 ").unwrap();
            let second = passages[8].text.split_off(at);
            passages.insert(9, Passage::new(Kind::Paragraph, second));
        });
        model.step_difference(true, 1);
        assert_eq!((model.panes[0].top.passage, model.message.take()), (8, None));
        let link = model.pair.links.iter().position(|link| link.passages[1] == [8, 9]).unwrap();
        assert_eq!(model.differences(link).unwrap().sentence(), "the same words, split in two");
        model.step_difference(true, 1);
        assert!(model.message.take().unwrap().contains("no more differences"));
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
    fn links_that_are_others_are_compared_anew() {
        let mut model = model();
        assert_eq!(model.variants_in(0, 3).len(), 1);
        model.pair.links.clear();
        model.variants.forget();
        assert!(model.variants_in(0, 3).is_empty());
        model.step_difference(true, 1);
        assert!(model.message.take().unwrap().contains("not aligned"));
    }
}
