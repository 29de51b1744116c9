//! The card of a passage: its notes, the topics it stands under and the links it takes part in, with the
//! evidence for each.

use super::model::Model;
use super::overlay::{Overlay, Pager, PagerLine};
use super::own_topics::described;
use crate::document::Passage;
use crate::links::Link;
use crate::topics::Origin;

impl Model {
    /// Opens the card of the passage at the reader's line.
    pub fn open_card(&mut self) {
        let (side, passage) = (self.focus, self.current(self.focus));
        let mut lines = self.note_lines(side, passage);
        lines.extend(self.topic_lines(side, passage));
        lines.extend(self.link_lines(side, passage));
        if let Some(topic) = self.topic.and_then(|topic| self.pair.topics.get(topic)) {
            lines.push(PagerLine::heading(format!("What counts as {}", topic.name)));
            lines.push(PagerLine::plain(described(topic)));
        }
        let text = &self.pair.texts[side];
        let author = text.author().map_or_else(String::new, |author| format!("{author}, "));
        let apart = self.pair.told_apart(side).map_or_else(String::new, |apart| format!(" ({apart})"));
        let title = format!("{author}{}{apart}, {}", text.short_title(), self.reference(side, passage));
        self.overlay = Overlay::Pager(Pager::new(title, lines).beside());
    }

    fn note_lines(&self, side: usize, passage: usize) -> Vec<PagerLine> {
        let Some(found) = self.editions()[side].get(passage) else { return Vec::new() };
        if found.notes.is_empty() {
            return Vec::new();
        }
        let line = |note: &crate::document::Note| {
            let text = note.text.as_deref().unwrap_or("(the source has the mark but not the note)");
            PagerLine::labelled(&note.mark, text)
        };
        [PagerLine::heading("Notes")].into_iter().chain(found.notes.iter().map(line)).collect()
    }

    fn topic_lines(&self, side: usize, passage: usize) -> Vec<PagerLine> {
        let mut lines = vec![PagerLine::heading("Topics")];
        for (index, topic) in self.pair.topics.iter().enumerate() {
            if let Some(entry) = self.pair.indexes[side].entry(index, passage) {
                let weight = if entry.weight >= 2 { "strong" } else { "touches" };
                let text = format!("{weight}, {}: {}", entry.origin.name(), entry.reason);
                lines.push(PagerLine::labelled(&topic.name, text));
            }
        }
        if lines.len() == 1 {
            lines.push(PagerLine::plain("under no topic"));
        }
        lines
    }

    fn link_lines(&self, side: usize, passage: usize) -> Vec<PagerLine> {
        let mut lines = vec![PagerLine::heading("Links")];
        lines.extend(self.anchors_at(side, passage).map(|places| {
            let (label, there) = (["A", "B"][1 - side], self.passage_at(1 - side, places[1 - side]));
            PagerLine::labelled(format!("{label} {}", self.reference(1 - side, there)), "your anchor")
        }));
        for (index, link) in self.links_at(side, passage) {
            lines.push(PagerLine::labelled(self.partners(link, 1 - side), self.evidence(link)));
            let differences = self.how_far_they_differ(index);
            lines.extend(differences.map(|sentence| PagerLine::labelled("", sentence)));
            lines.extend(self.moved_block(index).map(|moved| PagerLine::labelled("", moved)));
            lines.extend(link.reasons.iter().map(|reason| PagerLine::labelled("", reason)));
        }
        if lines.len() == 1 {
            lines.push(PagerLine::plain("linked to nothing in the other text"));
        }
        lines
    }

    /// The passages of a side of a link, as they are cited: `B ¶ 80-82`.
    #[must_use]
    pub fn partners(&self, link: &Link, side: usize) -> String {
        self.of_side(side, &link.passages[side])
    }

    /// Passages of a side, with its letter: `B ¶ 25`, `nothing in A`.
    #[must_use]
    pub fn of_side(&self, side: usize, passages: &[usize]) -> String {
        let label = ["A", "B"][side];
        if passages.is_empty() {
            return format!("nothing in {label}");
        }
        format!("{label} {}", self.references(side, passages))
    }

    /// Several passages of a text, as they are cited: `¶ 34-36, 40`.
    #[must_use]
    pub fn references(&self, side: usize, passages: &[usize]) -> String {
        let edition = self.editions()[side];
        let found = passages.iter().filter_map(|&passage| edition.get(passage));
        let mut numbers: Vec<u32> = found.flat_map(Passage::numbers).collect();
        numbers.dedup();
        if let ([], [first, ..]) = (numbers.as_slice(), passages) {
            let first = self.place(side, *first);
            return match passages.len() - 1 {
                0 => first,
                more => format!("{first} and {more} more"),
            };
        }
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for number in numbers {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == number => *last = number,
                _ => runs.push((number, number)),
            }
        }
        let run = |(first, last): &(u32, u32)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        };
        format!("{} {}", self.sign_of_passages(), runs.iter().map(run).collect::<Vec<_>>().join(", "))
    }

    /// A passage as it is cited, and where it has no number also what it stands behind, or at the beginning before:
    /// `list item after ¶ 14`.
    fn place(&self, side: usize, passage: usize) -> String {
        let own = self.reference(side, passage);
        let edition = self.editions()[side];
        let is_cited = |at: &usize| edition.get(*at).is_some_and(|passage| passage.cited().is_some());
        if is_cited(&passage) {
            return own;
        }
        if let Some(before) = (0..passage).rev().find(is_cited) {
            return format!("{own} after {}", self.reference(side, before));
        }
        let first = (passage..edition.passages().len()).find(is_cited);
        first.map_or_else(|| own.clone(), |first| format!("{own} before {}", self.reference(side, first)))
    }

    /// What speaks for a link, apart from its reasons.
    fn evidence(&self, link: &Link) -> String {
        let topic = link.topic.and_then(|t| self.pair.topics.get(t)).map(|t| t.name.as_str());
        let relation = link.relation.map(crate::links::Relation::words);
        let mut parts: Vec<String> = topic.into_iter().chain(relation).map(str::to_owned).collect();
        parts.push(link.origin.name().to_owned());
        parts.extend(link.decided().map(str::to_owned));
        // What somebody judged by reading rests on its reason, not on figures.
        if link.origin == Origin::Automatic {
            parts.extend(link.similarity.map(|similarity| format!("similarity {similarity:.2}")));
            parts.push(format!("confidence {:.2}", link.confidence));
        }
        parts.join(", ")
    }
}
