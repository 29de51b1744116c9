//! What every command starts from: the works, the shelf, the topics, and how to open texts with them.

use super::arguments::CommonArguments;
use super::error::CommandError;
use crate::files::{DiskShelf, Folders, embedded};
use crate::library::fold::fold;
use crate::library::pair::Pair;
use crate::library::{Catalogue, Library, Text};
use crate::topics::{Topic, TopicIndex, automatic};

/// Works, shelf, folders and options.
#[derive(Debug)]
pub struct Context {
    /// The works that are known.
    pub catalogue: Catalogue,
    /// Where texts come from.
    pub shelf: DiskShelf,
    /// Where things are kept.
    pub folders: Folders,
    /// The topics, in their order.
    pub topics: Vec<Topic>,
    encoding: Option<String>,
}

impl Context {
    /// Reads the tables that are part of the program.
    ///
    /// # Errors
    /// Where one of them is wrong.
    pub fn new(common: &CommonArguments) -> Result<Self, CommandError> {
        let works = embedded::text("works.toml").unwrap_or("version = 1");
        let catalogue =
            Catalogue::parse(works).map_err(|error| CommandError::Configuration(error.to_string()))?;
        let folders = Folders::new(common.library.clone());
        let shelf = DiskShelf { library: folders.library.clone() };
        Ok(Self { catalogue, shelf, folders, topics: Vec::new(), encoding: common.encoding.clone() })
    }

    /// The library, for opening texts.
    #[must_use]
    pub fn library(&self) -> Library<'_> {
        Library { catalogue: &self.catalogue, shelf: &self.shelf, encoding: self.encoding.as_deref() }
    }

    /// The encoding of files, where the command line names one.
    #[must_use]
    pub fn encoding(&self) -> Option<&str> {
        self.encoding.as_deref()
    }

    /// The text that a name means.
    ///
    /// # Errors
    /// Where the name is unknown or the text cannot be read.
    pub fn open(&self, name: &str) -> Result<Text, CommandError> {
        Ok(self.library().open(name)?)
    }

    /// Two texts with their indexes and links; `auto` leaves out what editors judged.
    ///
    /// # Errors
    /// Where one of the texts cannot be opened, or both are standard input.
    pub fn pair(&self, names: [&str; 2], auto: bool) -> Result<Pair, CommandError> {
        if names == ["-", "-"] {
            return Err(CommandError::Usage("only one of the two texts can be standard input".to_owned()));
        }
        let [left, right] = names;
        self.join(self.open(left)?, self.open(right)?, auto)
    }

    /// Two opened texts with their indexes and links.
    ///
    /// # Errors
    /// Where a curated index or the curated links are wrong.
    pub fn join(&self, left: Text, right: Text, _auto: bool) -> Result<Pair, CommandError> {
        Ok(Pair::automatic(left, right, self.topics.clone()))
    }

    /// The topic index of a text; `auto` leaves out what editors judged.
    ///
    /// # Errors
    /// Where the curated index is wrong.
    pub fn index(&self, text: &Text, _auto: bool) -> Result<TopicIndex, CommandError> {
        Ok(automatic::index(&text.edition, &self.topics))
    }

    /// The index of the topic that is meant: by id, by name, or by the beginning of either.
    ///
    /// # Errors
    /// Where no topic is meant, or more than one.
    pub fn topic(&self, name: &str) -> Result<usize, CommandError> {
        let wanted = fold(name);
        let is = |topic: &Topic| fold(&topic.id) == wanted || fold(&topic.name) == wanted;
        if let Some(exact) = self.topics.iter().position(is) {
            return Ok(exact);
        }
        let begins =
            |topic: &Topic| fold(&topic.id).starts_with(&wanted) || fold(&topic.name).starts_with(&wanted);
        let found: Vec<usize> = (0..self.topics.len())
            .filter(|i| !wanted.is_empty() && self.topics.get(*i).is_some_and(begins))
            .collect();
        if let [only] = found.as_slice() {
            return Ok(*only);
        }
        let ids: Vec<&str> = self.topics.iter().map(|topic| topic.id.as_str()).collect();
        let what = if found.is_empty() { "is no topic" } else { "may be several topics" };
        let name = name.escape_debug();
        Err(CommandError::NotFound(format!("`{name}` {what}; the topics are: {}", ids.join(", "))))
    }
}
