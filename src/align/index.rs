//! Where each word of a text stands, and which words each of its units has: read again and again, made once. Knows no
//! other text.

use std::ops::Range;

/// What is listed for each of some numbers, in order, with how often it occurs there.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Where each list begins; one more at the end.
    starts: Vec<u32>,
    entries: Vec<(u32, u32)>,
}

impl Lists {
    /// The list of a number.
    pub fn of(&self, number: u32) -> &[(u32, u32)] {
        let at = number as usize;
        &self.entries[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The place of the first entry of a list among those of all.
    pub fn start(&self, number: u32) -> u32 {
        self.starts[number as usize]
    }

    /// The entries at some places among those of all.
    pub fn between(&self, places: &Range<u32>) -> &[(u32, u32)] {
        &self.entries[places.start as usize..places.end as usize]
    }

    /// Empty lists of so many entries each.
    fn sized(sizes: impl ExactSizeIterator<Item = u32>) -> Self {
        let mut starts = Vec::with_capacity(sizes.len() + 1);
        let mut end = 0;
        starts.push(end);
        for size in sizes {
            end += size;
            starts.push(end);
        }
        Self { starts, entries: vec![(0, 0); end as usize] }
    }
}

/// The words of a text, both ways.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// For each word the units where it stands.
    pub places: Lists,
    /// For each unit its words, each once.
    pub bags: Lists,
}

impl Index {
    /// The index of units of words, of which there are so many.
    pub fn of(units: &[Vec<u32>], vocabulary: usize) -> Self {
        let mut last = vec![u32::MAX; vocabulary];
        let mut sizes = [vec![0u32; vocabulary], vec![0u32; units.len()]];
        for (at, unit) in (0u32..).zip(units) {
            for &word in unit {
                let is_new = u32::from(last[word as usize] != at);
                last[word as usize] = at;
                sizes[0][word as usize] += is_new;
                sizes[1][at as usize] += is_new;
            }
        }
        let [mut places, mut bags] = sizes.map(|sizes| Lists::sized(sizes.into_iter()));
        let mut next = places.starts.clone();
        for (at, unit) in (0u32..).zip(units) {
            for &word in unit {
                let (first, next) = (places.starts[word as usize], &mut next[word as usize]);
                if *next > first && places.entries[*next as usize - 1].0 == at {
                    places.entries[*next as usize - 1].1 += 1;
                } else {
                    places.entries[*next as usize] = (at, 1);
                    *next += 1;
                }
            }
        }
        // Word by word, so that each bag is in order without being sorted.
        let mut next = bags.starts.clone();
        for word in 0..vocabulary as u32 {
            for &(at, times) in places.of(word) {
                bags.entries[next[at as usize] as usize] = (word, times);
                next[at as usize] += 1;
            }
        }
        Self { places, bags }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_units_list_each_other_once_and_in_order() {
        let index = Index::of(&[vec![2, 0, 2], vec![], vec![0, 1]], 4);
        let places: Vec<&[(u32, u32)]> = (0..4).map(|word| index.places.of(word)).collect();
        assert_eq!(places, [&[(0, 1), (2, 1)][..], &[(2, 1)], &[(0, 2)], &[]]);
        let bags: Vec<&[(u32, u32)]> = (0..3).map(|unit| index.bags.of(unit)).collect();
        assert_eq!(bags, [&[(0, 1), (2, 2)][..], &[], &[(0, 1), (1, 1)]]);
    }
}
