//! Why nothing stands under a topic: a finding, or that there was none to be had.

use serde::{Deserialize, Serialize};

/// What kind of silence it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Silence {
    /// The text was read for the topic, and speaks of it nowhere.
    Unspoken,
    /// The topic has no words in the language of the text: nobody knows whether it is spoken of.
    Language,
    /// The text is not indexed by topic, or not yet.
    Unindexed,
}

impl Silence {
    /// The name used in `--format json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unspoken => "unspoken",
            Self::Language => "language",
            Self::Unindexed => "unindexed",
        }
    }

    /// Whether the text may speak of the topic all the same.
    #[must_use]
    pub const fn is_unknown(self) -> bool {
        matches!(self, Self::Language | Self::Unindexed)
    }
}

/// Why nothing stands under a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// What kind of silence it is.
    pub kind: Silence,
    /// In words, without a full stop where it is computed.
    pub why: String,
}
