//! Topics on the command line: the arguments of `topics`, and `--topic-words`, topics of the reader's own.

use clap::{Args, ValueEnum};

use super::error::CommandError;
use crate::library::fold::fold;
use crate::topics::{Origin, Topic, definitions};

/// Topics of the reader's own, beside those of `config.toml`.
#[derive(Clone, Debug, Default, Args)]
pub struct OwnTopics {
    /// A topic of your own, for this time; may be given again: "peace: treaty, armistice". Words with + between them
    /// stand in one sentence: "treaty + signed"
    #[arg(long = "topic-words", value_name = "NAME: WORDS", value_parser = definitions::typed)]
    pub topics: Vec<Topic>,
}

/// How topics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TopicsFormat {
    /// For a person.
    #[default]
    Text,
    /// For a program.
    Json,
    /// `[[topic]]` for config.toml; with --suggest alone.
    Toml,
}

/// Arguments of `topics`.
#[derive(Clone, Debug, Args)]
pub struct TopicsArguments {
    /// A work, a file, or -
    pub text: String,
    /// The other text, to suggest topics of both
    #[arg(requires = "suggest")]
    pub other: Option<String>,
    /// Suggest topics that two texts share and topics that only one has, each with its words and passages
    #[arg(long, requires = "other", conflicts_with = "auto")]
    pub suggest: bool,
    /// The computed index alone, without what editors judged
    #[arg(long)]
    pub auto: bool,
    /// Topics beside those that ship
    #[command(flatten)]
    pub own: OwnTopics,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: TopicsFormat,
}

/// The index of the topic that is meant: by name, one's own first, by id, or by the beginning of either.
///
/// # Errors
/// Where no topic is meant, or more than one.
pub fn named(topics: &[Topic], name: &str) -> Result<usize, CommandError> {
    let wanted = fold(name);
    let is_named = |topic: &Topic| fold(&topic.name) == wanted;
    let is_own = |topic: &Topic| topic.origin == Origin::Reader && is_named(topic);
    let exact = topics.iter().position(is_own).or_else(|| topics.iter().position(is_named));
    if let Some(exact) = exact.or_else(|| topics.iter().position(|topic| fold(&topic.id) == wanted)) {
        return Ok(exact);
    }
    let begins =
        |topic: &Topic| fold(&topic.id).starts_with(&wanted) || fold(&topic.name).starts_with(&wanted);
    let begin = |at: &usize| !wanted.is_empty() && topics.get(*at).is_some_and(begins);
    let found: Vec<usize> = (0..topics.len()).filter(begin).collect();
    if let [only] = found.as_slice() {
        return Ok(*only);
    }
    let ids: Vec<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
    let what = if found.is_empty() { "is no topic" } else { "may be several topics" };
    let name = name.escape_debug();
    Err(CommandError::NotFound(format!("`{name}` {what}; the topics are: {}", ids.join(", "))))
}
