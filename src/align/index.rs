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
}

/// The words of a text, both ways.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// For each word the units where it stands.
    pub places: Lists,
    /// For each unit its words, each once, in the order in which they occur.
    pub bags: Lists,
}

impl Index {
    /// The index of units of words, of which there are so many.
    pub fn of(units: &[Vec<u32>], vocabulary: usize) -> Self {
        let mut bags = Lists { starts: Vec::with_capacity(units.len() + 1), entries: Vec::new() };
        // For each word its entry in the last bag that has it.
        let mut last = vec![u32::MAX; vocabulary];
        let mut starts = vec![0u32; vocabulary + 1];
        for unit in units {
            let start = bags.entries.len() as u32;
            bags.starts.push(start);
            for &word in unit {
                let entry = &mut last[word as usize];
                if *entry >= start && *entry != u32::MAX {
                    bags.entries[*entry as usize].1 += 1;
                } else {
                    *entry = bags.entries.len() as u32;
                    bags.entries.push((word, 1));
                    starts[word as usize + 1] += 1;
                }
            }
        }
        bags.starts.push(bags.entries.len() as u32);
        for word in 0..vocabulary {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut places = Lists { starts, entries: vec![(0, 0); bags.entries.len()] };
        for unit in 0..units.len() as u32 {
            for &(word, times) in bags.of(unit) {
                places.entries[next[word as usize] as usize] = (unit, times);
                next[word as usize] += 1;
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
        assert_eq!(bags, [&[(2, 2), (0, 1)][..], &[], &[(0, 1), (1, 1)]]);
    }
}
