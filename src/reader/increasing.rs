//! The heaviest increasing subsequence, in O(n log n). Knows nothing of what is weighed.

/// The places of those of `values`, each with a weight, that increase and weigh the most together.
#[must_use]
pub fn heaviest_increasing(values: &[(usize, f32)]) -> Vec<usize> {
    let mut ranks: Vec<usize> = values.iter().map(|(value, _)| *value).collect();
    ranks.sort_unstable();
    ranks.dedup();
    // Fenwick tree of the best (weight, index) among values up to a rank.
    let mut best: Vec<(f32, Option<usize>)> = vec![(0.0, None); ranks.len() + 1];
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (index, (value, weight)) in values.iter().enumerate() {
        let rank = ranks.partition_point(|other| other < value);
        let (sum, previous) = greatest(&best, rank);
        before.push(previous);
        raise(&mut best, rank + 1, (sum + weight, Some(index)));
    }
    let mut chain = Vec::new();
    let (_, mut last) = greatest(&best, ranks.len());
    while let Some(index) = last {
        chain.push(index);
        last = before.get(index).copied().flatten();
    }
    chain.reverse();
    chain
}

fn greatest(tree: &[(f32, Option<usize>)], rank: usize) -> (f32, Option<usize>) {
    let mut best = (0.0, None);
    let mut at = rank;
    while at > 0 {
        if let Some(&here) = tree.get(at)
            && here.0 > best.0
        {
            best = here;
        }
        at &= at - 1;
    }
    best
}

fn raise(tree: &mut [(f32, Option<usize>)], rank: usize, value: (f32, Option<usize>)) {
    let mut at = rank;
    while let Some(here) = tree.get_mut(at) {
        if value.0 > here.0 {
            *here = value;
        }
        at += at & at.wrapping_neg();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_increasing_subsequence_is_heavier(
            values in prop::collection::vec((0usize..8, 0.1f32..2.0), 0..10),
        ) {
            let weight = |places: &[usize]| places.iter().map(|&at| values[at].1).sum::<f32>();
            let increases = |places: &[usize]| places.windows(2).all(|two| values[two[0]].0 < values[two[1]].0);
            let found = heaviest_increasing(&values);
            prop_assert!(found.is_sorted() && increases(&found));
            for chosen in 0_usize..1 << values.len() {
                let places: Vec<usize> = (0..values.len()).filter(|at| chosen >> at & 1 == 1).collect();
                prop_assert!(!increases(&places) || weight(&places) <= weight(&found) + 1e-4);
            }
        }
    }
}
