//! Bytes looked for in a text of which nearly all bytes are others.

/// Bytes of which it is asked together whether one of them is looked for.
const BLOCK: usize = 64;

/// Where the first byte stands, from `from` on, that is looked for. `is` is asked without a way out of each block,
/// so that comparisons joined by `|` and `&` are made for many bytes at once.
pub fn find(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let (blocks, _) = rest.as_chunks::<BLOCK>();
    let holds = |block: &[u8; BLOCK]| block.iter().fold(false, |any, byte| any | is(*byte));
    let start = blocks.iter().position(holds).unwrap_or(blocks.len()) * BLOCK;
    let within = rest.get(start..)?.iter().position(|byte| is(*byte))?;
    Some(from + start + within)
}

/// Where each byte stands that is looked for.
pub fn all(bytes: &[u8], is: impl Fn(u8) -> bool) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = find(bytes, from, &is)?;
        from = at + 1;
        Some(at)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_byte_that_is_looked_for_is_found(bytes in prop::collection::vec(0..9_u8, 0..300)) {
            let expected: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == 3).collect();
            prop_assert_eq!(all(&bytes, |byte| byte == 3).collect::<Vec<_>>(), expected);
        }
    }
}
