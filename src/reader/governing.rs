//! What governs the screen, in values: counters, the link in force, how far away it is.

use super::model::Model;
use super::sync::in_gap;
use crate::document::Anchor;
use crate::library::pair::Standing;
use crate::links::Link;
use crate::topics::{Entry, Silence};

/// How many passages on the next one of a moved block is, at most.
const NEAR: usize = 3;

/// Where a text stands among a topic's passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    /// The passage at the reader's line is the n-th entry; `None` where it is none.
    pub at: Option<usize>,
    /// Entries in all; `None` where nobody knows.
    pub of: Option<usize>,
}

impl Counter {
    /// `5/26`, or `-/26` between entries; `?` where nobody knows.
    #[must_use]
    pub fn text(self) -> String {
        match (self.at, self.of) {
            (Some(at), Some(of)) => format!("{at}/{of}"),
            (None, Some(of)) => format!("-/{of}"),
            (_, None) => "?".to_owned(),
        }
    }
}

impl Model {
    /// Where a text stands among the topic's passages.
    #[must_use]
    pub fn entry_counter(&self, side: usize) -> Counter {
        let entries = self.entries(side);
        let here = self.current(side);
        let at = entries.iter().position(|entry| entry.passage == here).map(|index| index + 1);
        Counter { at, of: self.topic.map_or(Some(0), |topic| self.entries_of(side, topic)) }
    }

    /// The passages of a text under the topic.
    #[must_use]
    pub fn entries(&self, side: usize) -> &[Entry] {
        self.topic.map_or(&[], |topic| self.pair.indexes[side].entries(topic))
    }

    /// The entry of a passage of a text under the topic.
    #[must_use]
    pub fn entry(&self, side: usize, passage: usize) -> Option<&Entry> {
        self.pair.indexes[side].entry(self.topic?, passage)
    }

    /// How many entries a topic has in a text; `None` where nobody knows: it is not indexed, or not yet, or the
    /// topic has no words in its language.
    #[must_use]
    pub fn entries_of(&self, side: usize, topic: usize) -> Option<usize> {
        self.pair.indexes[side].count(topic)
    }

    /// What the links without a topic join.
    #[must_use]
    pub const fn what_is_joined(&self) -> &'static str {
        match self.pair.ground.standing {
            Standing::Numbers => "the digest and its work by ¶ number",
            Standing::Parallel => "the two forms of one work",
            Standing::Works => "the two texts",
        }
    }

    /// Why one of the texts is not indexed by topic, or not yet; `None` where both are.
    #[must_use]
    pub fn why_unindexed(&self) -> Option<&str> {
        let absences = self.pair.indexes.iter().filter_map(|index| index.absence(0));
        let mut unindexed = absences.filter(|absence| absence.kind == Silence::Unindexed);
        unindexed.next().map(|absence| absence.why.as_str())
    }

    /// Which of the topic's links governs the screen, of how many.
    #[must_use]
    pub fn link_counter(&self) -> Counter {
        let links = self.links_of(self.topic);
        let governing = self.governing_link().map(|(index, _)| index);
        let at = governing.and_then(|governing| links.binary_search(&governing).ok()).map(|index| index + 1);
        Counter { at, of: Some(links.len()) }
    }

    /// The link in force: the one that joins the two passages at the reader's line, else the one last gone to while
    /// its passage is there in the focused text and its passage of the other is on the screen.
    #[must_use]
    pub fn governing_link(&self) -> Option<(usize, &Link)> {
        let here = [self.current(0), self.current(1)];
        let is_here = |link: &Link| link.passages[self.focus].contains(&here[self.focus]);
        let last = self.last_link().filter(|(_, link)| is_here(link) && !self.is_bound());
        // Also where the reader rejected it: the same key takes that back.
        let joins = last.filter(|(_, link)| link.joins(here));
        let other = 1 - self.focus;
        let stands = |&passage: &usize| {
            passage == here[other]
                || passage > here[other] && self.is_in_view(other, Anchor::start_of(passage))
        };
        let is_shown = |link: &Link| link.passages[other].iter().any(stands);
        joins.or_else(|| self.link_at_line()).or_else(|| last.filter(|(_, link)| is_shown(link)))
    }

    /// The link last gone to.
    fn last_link(&self) -> Option<(usize, &Link)> {
        let link = self.link.and_then(|index| Some((index, self.pair.links.get(index)?)));
        link.filter(|(_, link)| !link.is_displaced())
    }

    /// The link of the topic, or parallel one, that joins two passages, left and right: the one last gone to, else
    /// the first.
    #[must_use]
    pub fn link_between(&self, here: [usize; 2]) -> Option<(usize, &Link)> {
        let joins = |link: &Link| {
            (link.topic.is_none() || link.topic == self.topic) && link.stands() && link.joins(here)
        };
        self.last_link().into_iter().chain(self.links_at(0, here[0])).find(|(_, link)| joins(link))
    }

    /// The link that joins the passages at the reader's line. On an empty row between the passages of one link and of the
    /// next it is the one before, as long as the other text has not left it.
    #[must_use]
    pub fn link_at_line(&self) -> Option<(usize, &Link)> {
        let here = [self.current(0), self.current(1)];
        self.link_between(here).or_else(|| [0, 1].into_iter().find_map(|side| self.link_before(side, here)))
    }

    /// The link of the passage before the empty row at the top of a side and of the passage at the line of the other one,
    /// where the next link follows in order behind that row.
    fn link_before(&self, side: usize, here: [usize; 2]) -> Option<(usize, &Link)> {
        let (top, other) = (self.tops()[side], 1 - side);
        let mut behind = here;
        in_gap(self.editions()[side], top).then(|| behind[side] = top.passage)?;
        let before = self.link_between(behind)?;
        let last = before.1.passages[other].last();
        let is_next = |link: &Link| {
            let first = link.passages[other].first();
            // Of a moved block the next passage is next there, too.
            let is_near = !link.moved || first.zip(last).is_some_and(|(first, last)| *first <= last + NEAR);
            let is_in_order = link.moved == before.1.moved && first > last && is_near;
            is_in_order && link.topic == before.1.topic && link.carries()
        };
        self.links_at(side, here[side]).any(|(_, link)| is_next(link)).then_some(before)
    }

    /// Of links that are not in force the one that the reader's line is about: what an alignment or the reader ties its
    /// passage to, wherever that stands, and where there is no other also what was rejected; of a topic's links one that
    /// was rejected and joins the two passages here.
    #[must_use]
    pub fn link_in_question(&self) -> Option<(usize, &Link)> {
        let here = [self.current(0), self.current(1)];
        let [own, other] = [self.focus, 1 - self.focus];
        let is_it = |link: &Link| match link.topic {
            None => !link.passages[other].is_empty(),
            topic => topic == self.topic && link.joins(here),
        };
        let links = || self.links_at(own, here[own]).filter(|(_, link)| is_it(link));
        links().find(|(_, link)| link.stands()).or_else(|| links().next())
    }

    /// The entry of the passage at the reader's line of the focused text.
    #[must_use]
    pub fn entry_here(&self) -> Option<&Entry> {
        self.entry(self.focus, self.current(self.focus))
    }

    /// Whether a text has come to its last row.
    #[must_use]
    pub fn ended(&self, side: usize) -> bool {
        let walked = self.side(side);
        self.panes[side].top >= walked.flow.last_row(walked.edition, walked.setting)
    }

    /// Per cent of a text above its first row.
    #[must_use]
    pub fn percent(&self, side: usize) -> usize {
        let edition = self.editions()[side];
        edition.offset(self.panes[side].top) * 100 / edition.text_bytes().max(1)
    }
}
