//! `--topic-words`: topics of the reader's own on the command line.

use clap::Args;

use crate::topics::{Topic, definitions};

/// Topics of the reader's own, beside those of `config.toml`.
#[derive(Clone, Debug, Default, Args)]
pub struct OwnTopics {
    /// A topic of your own, for this time; may be given again: "peace: treaty, armistice". Words with + between them
    /// stand in one sentence: "treaty + signed"
    #[arg(long = "topic-words", value_name = "NAME: WORDS", value_parser = definitions::typed)]
    pub topics: Vec<Topic>,
}
