//! Blocks that stand elsewhere in the other edition: moved links that follow each other on both sides. Knows no beads.

use super::Link;
use super::lacunae::LONG;

/// Passages without partner that may stand between two links of a block.
const BETWEEN: usize = 2;

/// Links of one moved block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Their indexes, in order of the left side.
    pub links: Vec<usize>,
    /// All their passages, on the left and on the right.
    pub passages: [Vec<usize>; 2],
}

impl Block {
    /// Whether it is one passage on each side.
    #[must_use]
    pub fn is_one_passage(&self) -> bool {
        self.passages.iter().all(|passages| passages.len() == 1)
    }
}

/// The moved blocks of links that stand in order of the left side.
#[must_use]
pub fn blocks<'l>(links: impl IntoIterator<Item = &'l Link>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (index, link) in links.into_iter().enumerate().filter(is_moved) {
        match blocks.last_mut().filter(|block| follows(block, link)) {
            Some(block) => {
                block.links.push(index);
                for (all, own) in block.passages.iter_mut().zip(&link.passages) {
                    all.extend(own);
                }
            }
            None => blocks.push(Block { links: vec![index], passages: link.passages.clone() }),
        }
    }
    blocks
}

/// Those of at least [`LONG`] links: what is said of the texts at large.
#[must_use]
pub fn long_blocks<'l>(links: impl IntoIterator<Item = &'l Link>) -> Vec<Block> {
    blocks(links).into_iter().filter(|block| block.links.len() >= LONG).collect()
}

/// What the reader rejected was not moved: its passages have no partner.
fn is_moved((_, link): &(usize, &Link)) -> bool {
    link.moved && link.stands()
}

/// Whether a link goes on where a block ends, on both sides.
fn follows(block: &Block, link: &Link) -> bool {
    block.passages.iter().zip(&link.passages).all(|(before, after)| {
        let (Some(&last), Some(&first)) = (before.last(), after.first()) else { return false };
        (last + 1..=last + 1 + BETWEEN).contains(&first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::LinkKind;
    use crate::links::Status;
    use crate::topics::Origin;

    fn link(left: usize, right: usize, moved: bool) -> Link {
        Link {
            topic: None,
            kind: LinkKind::Parallel,
            passages: [vec![left], vec![right]],
            relation: None,
            origin: Origin::Automatic,
            similarity: None,
            confidence: 1.0,
            status: Status::Proposed,
            moved,
            steps: Vec::new(),
            reasons: Vec::new(),
        }
    }

    #[test]
    fn moved_links_that_follow_each_other_on_both_sides_are_one_block() {
        let links = [
            link(0, 0, false),
            link(1, 20, true),
            link(2, 21, true),
            link(4, 24, true),
            link(5, 40, true),
            link(6, 1, false),
            link(9, 41, true),
        ];
        let found: Vec<_> = blocks(&links).into_iter().map(|block| block.links).collect();
        assert_eq!(found, [vec![1, 2, 3], vec![4], vec![6]]);
        assert_eq!(blocks(&links)[0].passages, [vec![1, 2, 4], vec![20, 21, 24]]);
        let mut rejected = links;
        rejected[3].status = Status::Rejected;
        assert_eq!(blocks(&rejected)[0].links, [1, 2], "what the reader rejected was not moved");
    }
}
