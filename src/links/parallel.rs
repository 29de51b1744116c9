//! Parallel links: two editions of one work, passage by passage.
//!
//! Here by the ¶ numbers that both carry (a digest and its original). Alignment by the words themselves,
//! for translations and editions without shared numbers, is a sibling that gives the same record.

use super::{Link, LinkKind, Status};
use crate::document::Edition;
use crate::topics::Origin;
use std::collections::BTreeMap;

/// The exact 1:1 links between two editions of one work whose body passages carry the same ¶ numbers, in
/// reading order of the left. A number that only one side carries has no link; of a number that stands
/// twice the first counts. The similarity is 1: the numbers are the same, whatever the words.
#[must_use]
pub fn by_number(left: &Edition, right: &Edition) -> Vec<Link> {
    let numbered = |edition: &Edition| {
        let mut numbers = BTreeMap::new();
        for (index, passage) in edition.passages().iter().enumerate() {
            for number in passage.numbers() {
                numbers.entry(number).or_insert(index);
            }
        }
        numbers
    };
    let right = numbered(right);
    let mut links: Vec<Link> = numbered(left)
        .into_iter()
        .filter_map(|(number, passage)| Some((number, passage, *right.get(&number)?)))
        .map(|(number, left, right)| Link {
            topic: None,
            kind: LinkKind::Parallel,
            passages: [vec![left], vec![right]],
            relation: None,
            origin: Origin::Curated,
            similarity: Some(1.0),
            confidence: 1.0,
            status: Status::Accepted,
            reasons: vec![format!("both are ¶{number} of the work")],
        })
        .collect();
    links.sort_by_key(Link::places);
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};

    #[test]
    fn passages_with_the_same_number_are_parallel() {
        let edition = |numbers: &[Option<u32>]| {
            let passage = |&number: &Option<u32>| {
                let kind = if number.is_some() { Kind::Paragraph } else { Kind::Heading };
                Passage { number, ..Passage::new(kind, "x") }
            };
            Edition::new(numbers.iter().map(passage).collect(), Vec::new(), 0)
        };
        let digest = edition(&[None, Some(1), Some(2), Some(4)]);
        let original = edition(&[Some(1), None, Some(2), Some(3), Some(4)]);
        let pairs: Vec<_> = by_number(&digest, &original).into_iter().map(|link| link.passages).collect();
        assert_eq!(pairs, [[vec![1], vec![0]], [vec![2], vec![2]], [vec![3], vec![4]]]);
        assert!(by_number(&digest, &edition(&[None])).is_empty());
    }
}
