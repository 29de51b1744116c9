//! The automatic index: which passages speak of a topic, computed from its definition.

use super::{Topic, TopicIndex};
use crate::document::Edition;

/// The index of `edition` by `topics`, in their order.
#[must_use]
pub fn index(_edition: &Edition, _topics: &[Topic]) -> TopicIndex {
    TopicIndex::default()
}
