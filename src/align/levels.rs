//! How much of a unit the other side tells, from next to nothing to nearly all, and how often it does: learned from
//! the pair, for a close translation leaves little untold and a digest much. Knows no words and no beads.

/// How much of a unit the other side may tell.
pub const LEVELS: [f64; 4] = [0.05, 0.3, 0.6, 1.0];

/// A value for each level.
pub type Levels = [f64; LEVELS.len()];

/// Units that the first belief, that all levels are as frequent, weighs as much as.
const BELIEF: f64 = 10.0;
/// Passes of expectation and maximisation.
const PASSES: usize = 10;

/// What is believed before any unit is known.
pub const EVEN: Levels = [1.0 / LEVELS.len() as f64; LEVELS.len()];

/// How frequent each level is among units, each with the logarithm of its likelihood at each level, of which a nat
/// weighs `trust`.
pub fn shares(units: &[Levels], trust: f64) -> Levels {
    let likelihoods: Vec<Levels> = units
        .iter()
        .map(|logs| {
            let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            logs.map(|log| ((log - most) * trust).exp())
        })
        .collect();
    let mut shares = EVEN;
    for _ in 0..PASSES {
        let mut counts = EVEN.map(|share| share * BELIEF);
        for likelihood in &likelihoods {
            let parts: Levels = std::array::from_fn(|level| likelihood[level] * shares[level]);
            let all: f64 = parts.iter().sum();
            counts.iter_mut().zip(parts).for_each(|(count, part)| *count += part / all);
        }
        let all: f64 = counts.iter().sum();
        shares = counts.map(|count| count / all);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_as_frequent_as_units_of_each_are() {
        let [told, untold] = [[-90.0, -40.0, -20.0, 0.0], [0.0, -20.0, -40.0, -90.0]];
        let units = [vec![told; 90], vec![untold; 10]].concat();
        let [nothing, some, more, all] = shares(&units, 0.4);
        assert!((all - 0.84).abs() < 0.01 && (nothing - 0.11).abs() < 0.01, "{nothing} {all}");
        assert!((some - more).abs() < 0.01 && some < 0.03);
        assert!(shares(&[], 0.4).iter().all(|share| (share - 0.25).abs() < 1e-9));
    }
}
