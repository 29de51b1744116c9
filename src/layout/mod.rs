//! A passage at a width, as rows; the walk from row to row; the split of the screen.
//!
//! Knows no styles. Work follows the screen: only passages that come near it are wrapped.

pub mod ambiguous;
pub mod breaks;
pub mod flow;
pub mod level;
pub mod plain;
pub mod split;
pub mod width;
pub mod wrap;

/// What a passage's rows depend on besides the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Cells available for the words, without gutter and strip.
    pub columns: u16,
    /// Whether the locale has no UTF-8, so that note marks are spelled `[1]`.
    pub ascii: bool,
    /// Whether apparatus is shown.
    pub apparatus: bool,
}
