//! The hits in the windows of a file, also those that lie across the edge of two of them. Each window is read
//! once; does not know which windows are worth reading. What goes on into a third window is found in part: where
//! lines are shorter than half a window, that takes a hit of more than half a window.

use super::search::{Hit, Pattern};
use crate::document::Passage;
use crate::document::windows::Windows;

/// The passages of a window, with their indexes.
type Read = Vec<(usize, Passage)>;

/// A walk over windows, in the order of the text, that may leave some out.
pub(super) struct Edges<'a> {
    windows: &'a Windows,
    pattern: &'a Pattern,
    /// A window that was read for the sake of the one before it, with the bytes of its first passage that are
    /// part of a hit given there.
    ahead: Option<(usize, Read, usize)>,
}

impl<'a> Edges<'a> {
    pub(super) fn new(windows: &'a Windows, pattern: &'a Pattern) -> Self {
        Self { windows, pattern, ahead: None }
    }

    /// Gives each hit that begins in a window.
    pub(super) fn each_hit(&mut self, window: usize, each: &mut dyn FnMut(&Passage, Hit)) {
        let (passages, covered) = match self.ahead.take() {
            Some((ahead, passages, covered)) if ahead == window => (passages, covered),
            Some(_) | None => self.begin(window),
        };
        let across = self.look_ahead(window, &passages);
        let cut = across.as_ref().map(Hit::anchor);
        for (place, (at, passage)) in passages.iter().enumerate() {
            let is_own = |hit: &Hit| {
                let is_given = place == 0 && hit.bytes.start < covered;
                let goes_on = cut.is_some_and(|cut| cut.passage == *at && hit.bytes.end > cut.byte);
                !is_given && !goes_on
            };
            self.pattern
                .in_passage(*at, passage)
                .into_iter()
                .filter(is_own)
                .for_each(|hit| each(passage, hit));
        }
        if let Some((hit, (_, last))) = across.zip(passages.last()) {
            each(last, hit);
        }
    }

    /// A window where the walk begins: what of it belongs to a hit that begins in the window before.
    fn begin(&self, window: usize) -> (Read, usize) {
        let passages = self.windows.read_window(window);
        let is_in = |(_, first): &&(usize, Passage)| self.pattern.is_in(&first.text);
        let first = passages.first().filter(is_in).filter(|_| self.windows.may_go_on(window));
        let covered = first.and_then(|first| {
            let before = self.windows.read_window(window.checked_sub(1)?);
            self.across(window, before.last()?, first)?.rest
        });
        let covered = covered.map_or(0, |(_, bytes)| bytes);
        (passages, covered)
    }

    /// The hit that lies across the end of a window; what was read of the next one is kept.
    fn look_ahead(&mut self, window: usize, passages: &Read) -> Option<Hit> {
        let next = Some(window + 1).filter(|next| *next < self.windows.count())?;
        if !self.windows.may_go_on(next) {
            return None;
        }
        let ahead = self.windows.read_window(next);
        let hit = self.across(next, passages.last()?, ahead.first()?);
        let covered = hit.as_ref().and_then(|hit| hit.rest).map_or(0, |(_, bytes)| bytes);
        self.ahead = Some((next, ahead, covered));
        hit
    }

    /// The hit that begins in the last passage before a window and ends in its first one.
    fn across(
        &self,
        window: usize,
        (at, last): &(usize, Passage),
        (next, first): &(usize, Passage),
    ) -> Option<Hit> {
        let seam = self.windows.seam(window, &last.text, &first.text)?;
        let hits = self.pattern.in_text(&seam.text).into_iter();
        let hit = hits.take_while(|hit| hit.start < seam.before).find(|hit| hit.end > seam.after)?;
        let rest = Some((*next, hit.end - seam.after));
        Some(Hit { passage: *at, bytes: hit.start..last.text.len(), note: None, rest })
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::document::Edition;
    use crate::document::import::Format;
    use crate::document::windows::fixture;

    fn in_windows(text: &str) -> Edition {
        fixture::in_windows(text.as_bytes(), Format::PlainText)
    }

    /// The hits of a walk over some windows.
    fn hits(edition: &Edition, query: &str, windows: Range<usize>) -> Vec<Hit> {
        let pattern = Pattern::new(query).unwrap();
        let mut edges = Edges::new(edition.windows().unwrap(), &pattern);
        let mut hits = Vec::new();
        windows.for_each(|window| edges.each_hit(window, &mut |_, hit| hits.push(hit)));
        hits
    }

    /// One paragraph of numbered words, without a blank line.
    fn paragraph(ends: &[(usize, &str)]) -> String {
        let end = |at: usize| ends.iter().find(|(nth, _)| at % nth == nth - 1).map_or(" ", |(_, end)| end);
        (0..16_000).flat_map(|at| ["boat".to_owned(), at.to_string(), end(at).to_owned()]).collect()
    }

    #[test]
    fn words_across_the_edge_of_two_windows_are_found_once_and_in_both_passages() {
        for ends in [&[(9, "\n")][..], &[(13, ". ")], &[]] {
            let edition = in_windows(&paragraph(ends));
            let count = edition.windows().unwrap().count();
            assert!(count > 3);
            for window in 1..count {
                let (next, first) = edition.windows().unwrap().read_window(window).swap_remove(0);
                let word = first.text.split(' ').next().unwrap();
                let number: usize = word.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap();
                let query = format!(r"boat{}\W+boat{number}\b", number - 1);
                let [hit] = &hits(&edition, &query, 0..count)[..] else { panic!("{query}, {ends:?}") };
                let before = edition.get(hit.passage).unwrap();
                assert_eq!(
                    before.slice(hit.bytes.clone()).trim_end_matches('.'),
                    format!("boat{}", number - 1)
                );
                assert_eq!(edition.after(hit.passage), Some(next));
                assert_eq!(first.slice(hit.bytes_in(next)), format!("boat{number}"));
                assert_eq!(hits(&edition, &query, window..count), [], "it begins in the window before");
            }
        }
    }

    #[test]
    fn what_an_edge_cuts_is_not_given_again_as_a_shorter_hit() {
        let edition = in_windows(&paragraph(&[(9, "\n")]));
        let count = edition.windows().unwrap().count();
        for query in [r"boat\d+( boat\d+){2}", r"boat\d+"] {
            let words = if query.ends_with('+') { 1 } else { 3 };
            assert!(hits(&edition, query, 0..count).len() <= 16_000 / words, "{query}");
        }
        assert_eq!(hits(&edition, r"boat\d+", 0..count).len(), 16_000);
    }

    #[test]
    fn a_hit_of_half_a_window_is_found_whole_wherever_it_lies() {
        let edition = in_windows(&paragraph(&[(9, "\n")]));
        let count = edition.windows().unwrap().count();
        let mut across = 0;
        for from in (0..14_000).step_by(900) {
            let last = format!("boat{}", from + 1600);
            let query = format!(r"boat{from}\b.*{last}\b");
            let [hit] = &hits(&edition, &query, 0..count)[..] else { panic!("{query}") };
            let passage = edition.get(hit.passage).unwrap();
            assert!(passage.slice(hit.bytes.clone()).starts_with(&format!("boat{from} ")), "{query}");
            let end = match hit.rest {
                Some((next, bytes)) => edition.get(next).unwrap().slice(0..bytes),
                None => passage.slice(hit.bytes.clone()),
            };
            assert!(end.ends_with(&last), "{query}");
            across += usize::from(hit.rest.is_some());
        }
        assert!(across > 2, "{across}");
    }

    #[test]
    fn two_paragraphs_that_an_edge_parts_are_not_one() {
        let edition = in_windows(&"The boats came in.\n\n".repeat(5000));
        let count = edition.windows().unwrap().count();
        assert_eq!(hits(&edition, r"in\. the", 0..count), []);
    }
}
