//! Links proposed by computation, topic by topic.

use super::Link;
use crate::document::Edition;
use crate::topics::{Topic, TopicIndex};

/// The links between two editions, best first within a topic, topics in their order.
#[must_use]
pub fn propose(_editions: [&Edition; 2], _topics: &[Topic], _indexes: [&TopicIndex; 2]) -> Vec<Link> {
    Vec::new()
}
