//! Stretches of one text of which the other has nothing: what a reader of an abridged or damaged copy, or of a translation
//! of a part, wants to know first. Knows no beads.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Link, LinkKind};

/// Passages one after the other from which they are a stretch: fewer are told where they stand.
pub const LONG: usize = 5;

/// Passages of one text, one after the other, of which the other has nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacuna {
    /// Which text has them: 0 left, 1 right.
    pub side: usize,
    /// Their indexes, rising; what takes no part in an alignment may stand between them.
    pub passages: Vec<usize>,
}

/// The lacunae of at least [`LONG`] passages that parallel links leave, the longest first.
#[must_use]
pub fn lacunae<'l>(links: impl Iterator<Item = &'l Link> + Clone) -> Vec<Lacuna> {
    let mut found = of_side(links.clone(), 0);
    found.extend(of_side(links, 1));
    found.sort_by_key(|lacuna| Reverse(lacuna.passages.len()));
    found
}

fn of_side<'l>(links: impl Iterator<Item = &'l Link>, side: usize) -> Vec<Lacuna> {
    // By passage whether some of it has a partner.
    let mut has_partner: BTreeMap<usize, bool> = BTreeMap::new();
    for link in links.filter(|link| link.kind == LinkKind::Parallel && link.stands()) {
        for &passage in &link.passages[side] {
            *has_partner.entry(passage).or_default() |= !link.passages[1 - side].is_empty();
        }
    }
    let passages: Vec<(usize, bool)> = has_partner.into_iter().collect();
    let stretches = passages.chunk_by(|one, next| one.1 == next.1).filter(|stretch| !stretch[0].1);
    let long = stretches.filter(|stretch| stretch.len() >= LONG);
    long.map(|stretch| Lacuna { side, passages: stretch.iter().map(|(passage, _)| *passage).collect() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::decisions::{Decided, impose};

    #[test]
    fn stretches_without_partner_are_found_on_both_sides_the_longest_first() {
        let of = |left: &[usize], right: &[usize]| Decided {
            topic: None,
            passages: [left.to_vec(), right.to_vec()],
            accepted: true,
        };
        let mut decided = vec![of(&[0, 1], &[0]), of(&[7, 8], &[8]), of(&[12], &[9])];
        // Five of the left, seven of the right, three of the left.
        decided.extend((2..7).map(|left| of(&[left], &[])));
        decided.extend((1..8).map(|right| of(&[], &[right])));
        decided.extend([9, 10, 11].map(|left| of(&[left], &[])));
        let mut links = Vec::new();
        impose(&mut links, &decided);
        let [longest, next] = &lacunae(links.iter())[..] else { panic!("{:?}", lacunae(links.iter())) };
        assert_eq!((longest.side, &longest.passages[..]), (1, &[1, 2, 3, 4, 5, 6, 7][..]));
        assert_eq!((next.side, &next.passages[..]), (0, &[2, 3, 4, 5, 6][..]));
        decided.push(of(&[4], &[10]));
        impose(&mut links, &decided);
        assert_eq!(lacunae(links.iter()).len(), 1, "a sentence of ¶ 4 has a partner");
    }
}
