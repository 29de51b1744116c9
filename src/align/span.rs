//! The units of a bead, and no more of it.

use std::ops::Range;

/// The units of a bead on the left and on the right.
pub type Span = [Range<usize>; 2];

/// Whether a bead has units on both sides.
pub fn has_both(span: &Span) -> bool {
    span.iter().all(|range| !range.is_empty())
}
