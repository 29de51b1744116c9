//! A passage at a width, as rows; the walk from row to row; the split of the screen.
//!
//! Knows no styles. Work follows the screen: only passages that come near it are wrapped.
