//! The ¶ numbers of a work on an edition of it: which passage holds which, and how many were found.

use std::sync::Arc;

use super::{Edition, Kind, Passage};

/// Where the numbers of an edition come from, when they are those of a known work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbering {
    /// Identifier of the work.
    pub work: String,
    /// Passages of the work that were found in the edition.
    pub found: usize,
    /// Passages of the work.
    pub of: usize,
}

impl Passage {
    /// Every ¶ number that it holds, ascending.
    pub fn numbers(&self) -> impl Iterator<Item = u32> + '_ {
        self.number.into_iter().chain(self.also.iter().copied())
    }

    /// Its numbers as they are cited: `12`, `12-13` where passages were merged; `None` without a number.
    #[must_use]
    pub fn cited(&self) -> Option<String> {
        let first = self.number?;
        Some(self.also.last().map_or_else(|| first.to_string(), |last| format!("{first}-{last}")))
    }
}

impl Edition {
    /// The same edition with the numbers of a work in place of its own.
    ///
    /// `held[i]`: number and kind of each passage of the work of which passage `i` holds all or a part, in
    /// order; a passage that holds none is bare. A passage that was taken for something without numbers (a
    /// line of verse for a heading) becomes what it is in the work.
    #[must_use]
    pub fn numbered_by(mut self, held: &[Vec<(u32, Kind)>], numbering: Numbering) -> Self {
        for (at, passage) in Arc::make_mut(&mut self.passages).iter_mut().enumerate() {
            let held = held.get(at).map(Vec::as_slice).unwrap_or_default();
            passage.number = held.first().map(|(number, _)| *number);
            passage.also = held.iter().skip(1).map(|(number, _)| *number).collect();
            if let Some((_, kind)) = held.first().filter(|_| !passage.kind.is_body()) {
                passage.kind = *kind;
                passage.level = 0;
            }
        }
        self.numbers = Arc::new(numbers(&self.passages));
        self.numbering = Some(numbering);
        self
    }

    /// The same edition with which of its passages have other letters than those of the work whose numbers they have.
    #[must_use]
    pub fn with_altered(mut self, altered: &[bool]) -> Self {
        for (passage, altered) in Arc::make_mut(&mut self.passages).iter_mut().zip(altered) {
            passage.is_altered = *altered;
        }
        self
    }

    /// Where the numbers come from, when they are those of a known work; `None` where they were counted, or
    /// printed by the text itself.
    #[must_use]
    pub fn numbering(&self) -> Option<&Numbering> {
        self.numbering.as_ref()
    }

    /// The passage that carries a ¶ number; the first, where it was split.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Option<usize> {
        if let Some(windows) = self.windows() {
            return windows.numbered(number);
        }
        self.all_numbered(number).next()
    }

    /// All passages that carry a ¶ number: several where the edition splits it.
    pub fn all_numbered(&self, number: u32) -> impl Iterator<Item = usize> + '_ {
        let first = self.numbers.partition_point(|(held, _)| *held < number);
        self.numbers
            .iter()
            .skip(first)
            .take_while(move |(held, _)| *held == number)
            .map(|(_, passage)| *passage)
    }
}

/// Each ¶ number with the passage that carries it, ascending.
pub(super) fn numbers(passages: &[Passage]) -> Vec<(u32, usize)> {
    let mut numbers = Vec::with_capacity(passages.len());
    for (at, passage) in passages.iter().enumerate() {
        numbers.extend(passage.numbers().map(|number| (number, at)));
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_and_split_passages_are_found_by_each_of_their_numbers() {
        let kinds = [Kind::Heading, Kind::Paragraph, Kind::Paragraph, Kind::Heading, Kind::Paragraph];
        let passages = kinds.map(|kind| Passage { level: 1, ..Passage::new(kind, "x") }).to_vec();
        let held: Vec<Vec<(u32, Kind)>> = [vec![], vec![7, 8], vec![9], vec![9], vec![]]
            .map(|numbers| numbers.into_iter().map(|n| (n, Kind::VerseLine)).collect())
            .to_vec();
        let numbering = Numbering { work: "ashe-1801".to_owned(), found: 3, of: 9 };
        let edition = Edition::new(passages, Vec::new(), 0).numbered_by(&held, numbering.clone());
        assert_eq!([7, 8, 9, 1].map(|n| edition.numbered(n)), [Some(1), Some(1), Some(2), None]);
        assert_eq!(edition.all_numbered(9).collect::<Vec<_>>(), [2, 3]);
        let cited: Vec<_> = edition.passages().iter().map(Passage::cited).collect();
        assert_eq!(cited, [None, Some("7-8".into()), Some("9".into()), Some("9".into()), None]);
        let split = edition.get(3).unwrap();
        assert_eq!((split.kind, split.level), (Kind::VerseLine, 0));
        assert_eq!(edition.get(1).unwrap().kind, Kind::Paragraph);
        assert_eq!(edition.numbering(), Some(&numbering));
    }
}
