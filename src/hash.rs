//! Hashes that are the same on every machine and in every version, for what is kept or shipped. Knows nothing of what is
//! hashed.

/// Every bit depends on every other: the finaliser of `SplitMix64` (Steele, Lea and Flood 2014).
#[must_use]
pub const fn scrambled(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ hash >> 31
}

/// So many bits, at most 64, that differ in few places where two sets of hashes differ in few: `SimHash` (Charikar 2002).
#[must_use]
pub fn simhash(hashes: impl Iterator<Item = u64>, bits: u32) -> u64 {
    let mut votes = [0_i32; u64::BITS as usize];
    let votes = votes.get_mut(..bits as usize).unwrap_or_default();
    for hash in hashes {
        for (bit, vote) in votes.iter_mut().enumerate() {
            *vote += if hash >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    votes.iter().rev().fold(0, |sketch, &vote| sketch << 1 | u64::from(vote > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_that_differ_in_little_have_hashes_that_do() {
        let of = |numbers: std::ops::Range<u64>| simhash(numbers.map(scrambled), 64);
        let distance = |a: u64, b: u64| (a ^ b).count_ones();
        assert_eq!(distance(of(0..100), of(0..100)), 0);
        assert!(distance(of(0..100), of(1..101)) < 10);
        assert!(distance(of(0..100), of(1000..1100)) > 20);
        assert_eq!(simhash((0..100).map(scrambled), 16), of(0..100) & 0xffff);
    }
}
