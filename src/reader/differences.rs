//! The walk through the differences of two editions: the places where words differ, a passage was moved, or one text
//! lacks what the other has. Knows which words differ from `variants`.

use super::model::Model;
use super::sync::{Rest, Side, in_gap, knot_of_rows};
use super::variants::{RETOLD, is_parallel};
use crate::document::Anchor;
use crate::links::moved::Block;
use crate::links::{Link, LinkKind};

/// Where the walk through the differences may stop in a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stop {
    /// Where in the text it is met: where its first passage there begins, else where the text lacks what the other
    /// has, the end of the passage before that or the beginning of all.
    met_at: Anchor,
    /// The parallel link that it is about, by its index.
    link: usize,
    /// The passages that it is about, left and right; those of one side alone where they have no partner.
    passages: [Vec<usize>; 2],
}

impl Model {
    /// To the next or previous place of the focused text in which the two editions differ: rows with words that
    /// differ, as many as follow each other, or where a passage was moved, or where one of them has a passage that the
    /// other lacks.
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
        let at = self.panes[side].top;
        let mut from = at;
        let mut rows = Vec::new();
        for stop in &stops {
            for row in self.rows_that_differ(stop, side, forward, from) {
                from = row;
                rows.push((row, stop));
            }
            if rows.len() >= times {
                break;
            }
        }
        // Where there are fewer, to the last of them.
        rows.truncate(times);
        if let Some((row, stop)) = rows.pop() {
            if row == at {
                // What was put beside this row at the stop before gives way.
                self.sync.pin = None;
                self.rechain();
            }
            self.lead_to(row);
            if self.pair.links.get(stop.link).is_some_and(|link| link.moved) {
                self.bring_partner(false);
            }
            self.message = self.said_at(stop, side, row);
            self.show_lacked(stop, side);
            self.difference = Some((side, self.panes[side].top, stop.clone()));
            return;
        }
        let differs = |stop: &Stop| {
            stop.passages.iter().any(Vec::is_empty)
                || self.pair.links.get(stop.link).is_some_and(|link| link.moved)
                || self
                    .differences(stop.link)
                    .is_some_and(|found| !found.marks[side].is_empty() || found.is_divided_otherwise())
                || self.pair.links.get(stop.link).is_some_and(|link| self.differs(link))
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

    /// What an alignment says, in the order of a text. The two sides of a link that was rejected have no partner.
    fn stops(&self, side: usize) -> Vec<Stop> {
        let mut behind = Anchor::default();
        let mut stops = Vec::new();
        let is_listed = |of: &Link| of.kind == LinkKind::Parallel && !of.is_displaced();
        for (link, of) in self.pair.links.iter().enumerate().filter(|(_, of)| is_listed(of)) {
            let own = &of.passages[side];
            if let Some(last) = own.last().filter(|_| !of.moved) {
                behind = self.end_of(side, *last);
            }
            if of.stands() {
                let met_at = own.first().copied().map_or(behind, Anchor::start_of);
                stops.push(Stop { met_at, link, passages: of.passages.clone() });
                continue;
            }
            for alone in [0, 1].into_iter().filter(|&alone| !of.passages[alone].is_empty()) {
                let mut passages = of.passages.clone();
                passages[1 - alone].clear();
                let own = own.first().filter(|_| alone == side).copied();
                let met_at = own.map_or_else(|| self.behind(side, &passages[alone]), Anchor::start_of);
                stops.push(Stop { met_at, link, passages });
            }
        }
        stops.sort_unstable();
        stops
    }

    /// The end of a passage.
    fn end_of(&self, side: usize, passage: usize) -> Anchor {
        let byte = self.editions()[side].get(passage).map_or(0, |passage| passage.text.len());
        Anchor { passage, byte }
    }

    /// Where on a side some passages of the other would stand: behind the last one whose partner stands before them.
    fn behind(&self, side: usize, others: &[usize]) -> Anchor {
        let last = |link: &Link, side: usize| link.passages[side].last().copied();
        let in_order = self.pair.links.iter().filter(|link| is_parallel(link) && !link.moved);
        let before = in_order.filter(|link| last(link, 1 - side).is_some_and(|at| at < others[0]));
        let behind = before.filter_map(|link| last(link, side)).max();
        behind.map_or_else(Anchor::default, |passage| self.end_of(side, passage))
    }

    /// Whether a link is that of a moved block which a side has first.
    fn begins_block(&self, link: usize, side: usize) -> bool {
        let first = |block: &Block| block.passages[side].first().copied();
        let block = self.tables.block(&self.pair, link);
        block.is_some_and(|block| self.pair.links.get(link).and_then(|link| link.first(side)) == first(block))
    }

    /// What is said at a row of a link of which a side has nothing, and where a moved block begins.
    fn said_at(&self, stop: &Stop, side: usize, row: Anchor) -> Option<String> {
        if self.begins_block(stop.link, side) && row == self.settled(side, stop.met_at) {
            let differences = self.differences_in_block(stop.link);
            let differences = differences.map_or_else(String::new, |said| format!("; {said}"));
            return self.moved_block(stop.link).map(|moved| moved + &differences);
        }
        let link = self.pair.links.get(stop.link).filter(|_| stop.passages[side].is_empty())?;
        Some(format!("here {} has no counterpart in {}", self.partners(link, 1 - side), ["A", "B"][side]))
    }

    /// Brings what a side lacks to the top of the text that has it: no bead ties the two there.
    fn show_lacked(&mut self, stop: &Stop, side: usize) {
        let Some(beside) = self.beside(stop, side) else { return };
        self.panes[1 - side].top = beside;
        self.link = None;
        self.sync.pin = Some(knot_of_rows(self.tops(), self.editions(), Rest::Nothing));
        self.rechain();
    }

    /// Where the other text is to stand so that what a side lacks is at the top beside it; nothing where it lacks
    /// nothing, and where the two move freely.
    fn beside(&self, stop: &Stop, side: usize) -> Option<Anchor> {
        let [own, others] = [&stop.passages[side], &stop.passages[1 - side]];
        let first = others.first().filter(|_| own.is_empty() && self.sync.linked)?;
        let start = self.settled(1 - side, Anchor::start_of(*first));
        let (here, there) = (self.side(side), self.side(1 - side));
        // Beside an empty row stands the empty row above what is lacked.
        let above = -isize::from(in_gap(here.edition, self.panes[side].top));
        Some(there.flow.walk(there.edition, start, above, there.setting))
    }

    /// The rows beyond a place at which a stop is met, in the order in which they come: the first of those with marks
    /// that follow each other; where what was moved or is without partner begins; where the side lacks something.
    fn rows_that_differ(&self, stop: &Stop, side: usize, forward: bool, from: Anchor) -> Vec<Anchor> {
        let &Stop { met_at, link, ref passages } = stop;
        let [passages, others] = [&passages[side], &passages[1 - side]];
        let beyond = |passage: &usize| {
            if forward { *passage >= from.passage } else { *passage <= from.passage }
        };
        if !passages.iter().chain([&met_at.passage]).any(beyond) {
            return Vec::new();
        }
        let mut rows: Vec<Anchor> = Vec::new();
        if passages.is_empty() || others.is_empty() || self.begins_block(link, side) {
            rows.push(self.settled(side, met_at));
        }
        if let Some(found) = self.differences(link) {
            if found.is_divided_otherwise() {
                // Where the other goes on in the same passage; its own start where it is the other that is divided.
                let divided = passages.get(1).map_or(met_at, |passage| Anchor::start_of(*passage));
                rows.push(self.settled(side, divided));
            }
            let places = found.marks[side].iter().filter_map(|mark| {
                let passage = *passages.get(mark.passage)?;
                let last = mark.bytes.end.saturating_sub(1).max(mark.bytes.start);
                Some([mark.bytes.start, last].map(|byte| self.settled(side, Anchor { passage, byte })))
            });
            rows.extend(self.beginnings(side, places));
            let marks = |&(passage, note): &(usize, usize)| {
                let passage = *passages.get(passage)?;
                let marks = &self.editions()[side].get(passage)?.note_marks;
                let byte = marks.iter().find(|mark| mark.note == note)?.byte.saturating_sub(1);
                Some(self.settled(side, Anchor { passage, byte }))
            };
            rows.extend(found.notes[side].iter().filter_map(marks));
            // A note that the other side alone has is missed where the passage begins.
            let is_missed = found.notes[side].is_empty() && !found.notes[1 - side].is_empty();
            rows.extend(is_missed.then(|| self.settled(side, met_at)));
        } else if self.pair.links.get(link).is_some_and(|link| self.differs(link)) {
            // In other words, of which none is marked.
            rows.push(self.settled(side, met_at));
        }
        let is_here = self.is_still_to_come(stop, side, forward, from);
        rows.retain(|row| (is_here && *row == from) || if forward { *row > from } else { *row < from });
        rows.sort_unstable();
        rows.dedup();
        if !forward {
            rows.reverse();
        }
        rows
    }

    /// Whether the walk from a row is still to stop there: of several stops in one row at those beyond the one that it
    /// stopped at, where the text begins at all, and where what the text lacks is not on the screen.
    fn is_still_to_come(&self, stop: &Stop, side: usize, forward: bool, from: Anchor) -> bool {
        match &self.difference {
            Some((of, top, last)) if (*of, *top) == (side, from) => {
                if forward {
                    stop > last
                } else {
                    stop < last
                }
            }
            Some(_) | None => {
                let is_hidden = || self.beside(stop, side).is_some_and(|at| at != self.panes[1 - side].top);
                (forward && from == Anchor::default()) || (from == self.panes[side].top && is_hidden())
            }
        }
    }

    /// Of places from their first to their last row, in order: the rows in which one begins that neither shares a row
    /// with the one before it nor stands right below it.
    fn beginnings(&self, side: usize, places: impl Iterator<Item = [Anchor; 2]>) -> Vec<Anchor> {
        let Side { edition, flow, setting } = self.side(side);
        let mut below: Option<Anchor> = None;
        let mut rows = Vec::new();
        for [first, last] in places {
            if below.is_none_or(|below| first > below) {
                rows.push(first);
            }
            below = below.max(Some(flow.walk(edition, last, 1, setting)));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Edition, Kind, Passage};
    use crate::links::Status;
    use crate::reader::fixture::{aligned, reworded};
    use crate::reader::overlay::Overlay;

    #[test]
    fn the_next_difference_is_the_row_in_which_it_stands() {
        let mut model = reworded();
        for expected in [3, 8] {
            model.step_difference(true, 1);
            assert_eq!(model.panes[0].top.passage, expected);
            assert_eq!(model.panes[1].top.passage, expected, "the other edition comes along");
        }
        model.step_difference(false, 9);
        assert_eq!(
            (model.panes[0].top.passage, model.message.as_deref()),
            (3, None),
            "as far as there are any"
        );
        model.step_difference(true, 9);
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
        let moved = "a passage was moved: it stands at A ¶ 30 and at B ¶ 30";
        for (expected, said) in [(5, None), (6, None), (20, Some(lacked)), (30, Some(moved))] {
            model.step_difference(true, 1);
            assert_eq!((model.panes[0].top.passage, model.message.as_deref()), (expected, said));
        }
        assert_eq!((model.current(1), model.partner_elsewhere()), (10, None), "it is beside it");
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
    fn a_moved_passage_that_was_changed_says_so_and_its_words_are_stops() {
        // Passage 30 stands before 12 in the right text, with a word changed in its first row or in a later one.
        for (word, stops) in [("a30w0 ", 1), ("a30w25 ", 2)] {
            let mut model = aligned(|passages| {
                let moved = passages.remove(30);
                passages.insert(12, moved);
            });
            let mut passages = model.pair.texts[1].edition.passages().to_vec();
            passages[12].text = passages[12].text.replace(word, "other ");
            model.pair.texts[1].edition = Edition::new(passages, Vec::new(), 0);
            let mut said = Vec::new();
            for _ in 0..=stops {
                model.step_difference(true, 1);
                said.push(model.message.take().unwrap_or_default());
                assert_eq!([0, 1].map(|side| model.current(side)), [30, 12], "{word}: both are there");
            }
            assert!(
                said[0].starts_with("a passage was moved: it stands at A ¶ 30 and at B ¶ 30; 1 of "),
                "{said:?}"
            );
            assert!(said[1..stops].iter().all(String::is_empty), "{said:?}");
            assert!(said[stops].contains("no more differences"), "{said:?}");
        }
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
    fn what_stands_before_the_first_passage_is_met_at_the_beginning_from_both_sides() {
        let own = || Passage::new(Kind::Paragraph, "words of its own ".repeat(8));
        let mut model = aligned(|passages| passages.insert(0, own()));
        model.panes[1].top = model.settled(1, Anchor::start_of(1));
        let said = "here B paragraph before ¶ 1 has no counterpart in A";
        for (forward, from) in [(true, 0), (false, 20)] {
            model.jump_to(Anchor::start_of(from));
            model.step_difference(forward, 1);
            assert_eq!(model.message.take().as_deref(), Some(said), "{forward}");
            assert_eq!([0, 1].map(|side| model.panes[side].top), [Anchor::default(); 2]);
            model.step_difference(forward, 1);
            let end =
                if forward { "no more differences after this" } else { "no more differences before this" };
            assert_eq!(model.message.take().as_deref(), Some(end));
        }
        model.toggle_sync();
        model.step_difference(true, 1);
        assert_eq!(
            model.message.take().as_deref(),
            Some("no more differences after this"),
            "it is read alone"
        );
    }

    #[test]
    fn what_differs_in_the_first_row_is_the_first_difference_and_each_is_met_once() {
        let mut model = aligned(|passages| passages[8].text = passages[8].text.replace("a8w20 ", "other "));
        // Two headings that do not belong together stand without partner, both in the first row.
        model.pair.links[0].status = Status::Rejected;
        let lacked = "here B heading before ¶ 1 has no counterpart in A";
        let end = "no more differences after this";
        for (expected, said) in [(0, Some(lacked)), (0, None), (8, None), (8, Some(end))] {
            model.step_difference(true, 1);
            assert_eq!((model.panes[0].top.passage, model.message.take().as_deref()), (expected, said));
        }
    }

    #[test]
    fn rows_with_differences_that_follow_each_other_are_one_stop() {
        let mut model = aligned(|passages| {
            let changed = |word: &str| {
                let number: usize = word.trim_start_matches("a6w").parse().unwrap();
                if (6..20).contains(&number) && number.is_multiple_of(2) || number == 40 {
                    "other".to_owned()
                } else {
                    word.to_owned()
                }
            };
            let words: Vec<String> = passages[6].text.split(' ').map(changed).collect();
            passages[6] = Passage::new(Kind::Paragraph, words.join(" "));
        });
        let byte = |model: &Model, word: &str| model.editions()[0].passages()[6].text.find(word).unwrap();
        let row =
            |model: &Model, word: &str| model.settled(0, Anchor { passage: 6, byte: byte(model, word) });
        let rows = ["a6w6 ", "a6w18", "a6w40"].map(|word| row(&model, word));
        assert!(rows[0] < rows[1], "it goes over several rows: {rows:?}");
        for expected in [rows[0], rows[2]] {
            model.step_difference(true, 1);
            assert_eq!(model.panes[0].top, expected);
        }
        model.step_difference(true, 1);
        assert!(model.message.take().unwrap().contains("no more differences"));
        model.step_difference(false, 1);
        assert_eq!(model.panes[0].top, rows[0]);
    }
}
