//! A search of a long text, beside the reading: the first hit as soon as it is found, then all of them. Does
//! not know who waits for them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::edges::Edges;
use super::search::{Hit, MOST_HITS, Pattern};
use crate::document::windows::Windows;
use crate::document::{Anchor, Edition, Kind, Passage};
use crate::progress::{Cancelled, Progress};

/// Passages of a text that stands whole, searched in one step.
const STEP_PASSAGES: usize = 1024;
/// Windows of a file, looked through in one step before any of them is imported.
const STEP_WINDOWS: usize = 8;

/// What is to be found, and where.
#[derive(Clone, Debug)]
pub struct Hunt {
    /// What.
    pub pattern: Pattern,
    /// The text that is searched.
    pub edition: Edition,
    /// The other text: its hits are counted at the end.
    pub other: Edition,
    /// Where the search began: the hit after it is found first, or the one before it.
    pub from: Anchor,
    /// Whether the one before it.
    pub backward: bool,
    /// Whether hits in apparatus are shown.
    pub apparatus: bool,
}

/// Hits that were found, in no order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Those that can be shown.
    pub hits: Vec<Hit>,
    /// How many stand in passages that are not shown.
    pub hidden: usize,
    /// How many stand in the other text.
    pub elsewhere: usize,
    /// Whether these are the last ones.
    pub last: bool,
}

impl Hunt {
    /// Searches from where the search began, round the end, and hands in what each step has found.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn run(
        &self,
        progress: &Progress,
        hand_in: &mut dyn FnMut(Found) -> Result<(), Cancelled>,
    ) -> Result<(), Cancelled> {
        let all = Ground::new(&self.edition, &self.pattern);
        if let Some(hits) = self.first_hits(&all, progress)? {
            hand_in(Found { hits, ..Found::default() })?;
        }
        let mut count = 0;
        // The hits of the first step that lie behind come last: the reader is not led there first.
        let mut behind = Vec::new();
        for (at, step) in all.round(self.from.passage, self.backward).enumerate() {
            progress.reach(at, all.steps())?;
            let mut found = self.found(&all, step, progress)?;
            if at == 0 {
                let (here, rest) = found.hits.into_iter().partition(|hit| self.is_ahead(hit));
                (found.hits, behind) = (here, rest);
            }
            count += found.hits.len();
            if !found.hits.is_empty() || found.hidden > 0 {
                hand_in(found)?;
            }
            if count >= MOST_HITS {
                return hand_in(Found { last: true, ..Found::default() });
            }
        }
        hand_in(Found { hits: behind, ..Found::default() })?;
        hand_in(Found { elsewhere: self.count_elsewhere(progress)?, last: true, ..Found::default() })
    }

    /// Whether a hit lies in the direction of the search.
    fn is_ahead(&self, hit: &Hit) -> bool {
        if self.backward { hit.anchor() < self.from } else { hit.anchor() >= self.from }
    }

    /// The hits of the first step in which the file itself, as it stands, holds what is looked for: a look
    /// that costs little, and that misses words which only the import makes.
    fn first_hits(&self, all: &Ground<'_>, progress: &Progress) -> Result<Option<Vec<Hit>>, Cancelled> {
        let Some((windows, pattern)) = self.edition.windows().zip(self.pattern.in_bytes()) else {
            return Ok(None);
        };
        for (at, step) in all.round(self.from.passage, self.backward).enumerate() {
            progress.reach(0, all.steps())?;
            if !pattern.is_match(&windows.raw(all.windows_of(step))) {
                continue;
            }
            let mut hits = self.found(all, step, progress)?.hits;
            hits.retain(|hit| at > 0 || self.is_ahead(hit));
            if !hits.is_empty() {
                return Ok(Some(hits));
            }
        }
        Ok(None)
    }

    fn found(&self, ground: &Ground<'_>, step: usize, progress: &Progress) -> Result<Found, Cancelled> {
        let mut found = Found::default();
        ground.each_hit(step, progress, &mut |passage, hit| {
            if passage.kind == Kind::Apparatus && !self.apparatus {
                found.hidden += 1;
            } else {
                found.hits.push(hit);
            }
        })?;
        Ok(found)
    }

    fn count_elsewhere(&self, progress: &Progress) -> Result<usize, Cancelled> {
        let other = Ground::new(&self.other, &self.pattern);
        let mut count = 0;
        for step in 0..other.steps() {
            progress.reach(step, other.steps())?;
            other.each_hit(step, progress, &mut |_, _| count += 1)?;
        }
        Ok(count)
    }
}

/// A text as a search walks it, in steps.
struct Ground<'a> {
    edition: &'a Edition,
    pattern: &'a Pattern,
    /// Whether the file as it stands tells where there is no hit.
    is_telling: bool,
}

impl<'a> Ground<'a> {
    fn new(edition: &'a Edition, pattern: &'a Pattern) -> Self {
        let plain = edition.windows().is_some_and(|windows| !windows.is_marked_up());
        Self { edition, pattern, is_telling: plain && pattern.in_bytes().is_some() }
    }

    fn steps(&self) -> usize {
        match self.edition.windows() {
            Some(windows) => windows.count().div_ceil(STEP_WINDOWS),
            None => self.edition.passages().len().div_ceil(STEP_PASSAGES),
        }
    }

    /// All steps once, from that of a passage on and round the end.
    fn round(&self, passage: usize, backward: bool) -> impl Iterator<Item = usize> + use<> {
        let steps = self.steps();
        let first = match self.edition.windows() {
            Some(windows) => windows.window_of(passage) / STEP_WINDOWS,
            None => passage / STEP_PASSAGES,
        };
        (0..steps).map(move |at| if backward { (first + steps - at) % steps } else { (first + at) % steps })
    }

    fn windows_of(&self, step: usize) -> Range<usize> {
        let count = self.edition.windows().map_or(0, Windows::count);
        step * STEP_WINDOWS..((step + 1) * STEP_WINDOWS).min(count)
    }

    fn each_hit(
        &self,
        step: usize,
        progress: &Progress,
        each: &mut dyn FnMut(&Passage, Hit),
    ) -> Result<(), Cancelled> {
        let Some(windows) = self.edition.windows() else {
            let passages = self.edition.passages().iter().enumerate();
            for (at, passage) in passages.skip(step * STEP_PASSAGES).take(STEP_PASSAGES) {
                self.pattern.in_passage(at, passage).into_iter().for_each(|hit| each(passage, hit));
            }
            return Ok(());
        };
        if !self.may_hold(windows, self.windows_of(step)) {
            return Ok(());
        }
        let mut edges = Edges::new(windows, self.pattern);
        for window in self.windows_of(step) {
            // The next character typed must not wait for the rest of a step.
            progress.ask()?;
            if self.may_hold(windows, window..window + 1) {
                edges.each_hit(window, each);
            }
        }
        Ok(())
    }

    /// Whether passages of some windows may hold a hit: `false` only where the file shows that none does.
    /// Importing them takes much longer.
    fn may_hold(&self, windows: &Windows, some: Range<usize>) -> bool {
        static LETTER_SPACED: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"\p{L} \p{L} \p{L} \p{L}").ok());
        static DIVIDED: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new("\u{ad}|[-‐\u{ad}]+\\s*\n\\s*").ok());
        if !self.is_telling {
            return true;
        }
        let raw = windows.raw(some);
        // The bytes may begin and end within a character; what is no UTF-8 is left to the import.
        let Ok(text) = std::str::from_utf8(within_characters(&raw)) else { return true };
        if self.pattern.is_in(text) || LETTER_SPACED.as_ref().is_none_or(|spaced| spaced.is_match(text)) {
            return true;
        }
        let Some(divided) = DIVIDED.as_ref().filter(|divided| divided.is_match(text)) else { return false };
        self.pattern.is_in(&divided.replace_all(text, ""))
    }
}

/// The bytes without the rest of a character at their beginning and the beginning of one at their end.
fn within_characters(bytes: &[u8]) -> &[u8] {
    let skipped = bytes.iter().take(3).take_while(|byte| *byte & 0xC0 == 0x80).count();
    let rest = bytes.get(skipped..).unwrap_or_default();
    match std::str::from_utf8(rest) {
        Err(error) if error.error_len().is_none() => rest.get(..error.valid_up_to()).unwrap_or_default(),
        Ok(_) | Err(_) => rest,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::import::Format;
    use crate::document::windows::fixture;

    fn in_windows(text: &str, format: Format) -> Edition {
        fixture::in_windows(text.as_bytes(), format)
    }

    fn hunt(edition: &Edition, query: &str, from: Anchor, backward: bool) -> Vec<Found> {
        let pattern = Pattern::new(query).unwrap();
        let (edition, other) = (edition.clone(), Edition::default());
        let hunt = Hunt { pattern, edition, other, from, backward, apparatus: false };
        let mut all = Vec::new();
        hunt.run(&Progress::default(), &mut |found| {
            all.push(found);
            Ok(())
        })
        .unwrap();
        all
    }

    const PROSE: &str =
        "The boats came in before the wind and the men took the ropes and made them fast.\n\n";

    #[test]
    fn the_first_hit_after_the_origin_is_handed_in_first_in_both_directions() {
        let mark = |n: usize| format!("{}Here is anchorage {n}.\n\n", PROSE.repeat(8000));
        let edition = in_windows(&[0, 1, 2].map(mark).concat(), Format::PlainText);
        let second = edition.anchor_at(edition.text_bytes() / 3 + 1000);
        let words = |found: &Found| edition.get(found.hits[0].passage).unwrap().text.clone();
        for (backward, first) in [(false, "Here is anchorage 1."), (true, "Here is anchorage 0.")] {
            let found = hunt(&edition, "anchorage", second, backward);
            assert_eq!(words(&found[0]), first);
            let mut all: Vec<Anchor> = found.iter().flat_map(|f| &f.hits).map(Hit::anchor).collect();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 3);
            assert!(found.last().unwrap().last);
        }
    }

    #[test]
    fn what_only_the_import_makes_is_found_all_the_same() {
        let text = format!(
            "{0}A man of the har-\nbour spoke.\n\n{0}The ha\u{ad}rbour.\n\n{0}The h a r b o u r lay still.\n\n{0}",
            PROSE.replace("the men", "the\nmen").repeat(4000)
        );
        let edition = in_windows(&text, Format::PlainText);
        let found = hunt(&edition, "harbour", Anchor::default(), false);
        assert_eq!(found.iter().map(|found| found.hits.len()).sum::<usize>(), 3);
        let edition = in_windows(&format!("{0}The *har*bour.\n\n{0}", PROSE.repeat(4000)), Format::Markdown);
        let found = hunt(&edition, "harbour", Anchor::default(), false);
        assert_eq!(found.iter().map(|found| found.hits.len()).sum::<usize>(), 1);
    }

    #[test]
    fn a_search_that_is_cancelled_stops_at_its_next_step() {
        let edition = in_windows(&PROSE.repeat(10_000), Format::PlainText);
        let pattern = Pattern::new("boats").unwrap();
        let (from, other) = (Anchor::default(), Edition::default());
        let hunt = Hunt { pattern, edition, other, from, backward: false, apparatus: false };
        let progress = Progress::default();
        let mut handed_in = 0;
        let stopped = hunt.run(&progress, &mut |_| {
            handed_in += 1;
            progress.cancel();
            Ok(())
        });
        assert_eq!((stopped, handed_in), (Err(Cancelled), 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn a_file_in_windows_has_the_hits_that_its_passages_have(
            words in prop::collection::vec("[a-cé]{1,4}|[a-c]{1,3}-\n[a-c]{1,3}|\n\n|e\u{301}", 20_000..40_000),
            query in "[a-ce]{2,3}|[a-c] [a-c]|[a-c]{1,2}", edge: bool,
            from in 0usize..60_000, backward: bool
        ) {
            let edition = in_windows(&words.join(" "), Format::PlainText);
            let query = if edge { format!(r"{query}\b") } else { query };
            let from = edition.anchor_at(from);
            let mut found: Vec<(usize, usize)> = hunt(&edition, &query, from, backward)
                .iter().flat_map(|found| &found.hits).map(|hit| (hit.passage, hit.bytes.start)).collect();
            found.sort_unstable();
            found.dedup();
            let pattern = Pattern::new(&query).unwrap();
            let walk = std::iter::successors(edition.nearest(0), |at| edition.after(*at));
            let expected: Vec<(usize, usize)> = walk
                .flat_map(|at| pattern.in_passage(at, edition.get(at).unwrap()))
                .map(|hit| (hit.passage, hit.bytes.start))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
