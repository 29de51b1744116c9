use proptest::prelude::*;

use super::*;

fn aligned(sides: [&[&str]; 2]) -> Alignment {
    align(sides, &Options::default(), &Progress::default()).unwrap()
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    let word =
        prop::sample::select(vec!["der", "Rat", "council", "of", "1918", "Ende", "naïve", "水", "we", ""]);
    let unit = prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "));
    prop::collection::vec(unit, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_unit_stands_in_exactly_one_bead(left in texts(), right in texts()) {
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        let alignment = aligned([&left, &right]);
        for (side, units) in [left.len(), right.len()].into_iter().enumerate() {
            let mut seen: Vec<usize> =
                alignment.beads.iter().flat_map(|bead| bead.units[side].clone()).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..units).collect::<Vec<_>>());
        }
    }
}

#[test]
fn what_is_cancelled_ends() {
    let progress = Progress::default();
    progress.cancel();
    let units = ["one", "two"];
    assert_eq!(align([&units, &units], &Options::default(), &progress), Err(Cancelled));
}
