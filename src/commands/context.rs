//! What every command starts from: the works, the shelf, the topics, and how to open texts with them.

use std::io::{self, Write};
use std::sync::Arc;

use super::arguments::{CommonArguments, OwnTopics};
use super::error::CommandError;
use super::progress_line;
use crate::files::config::{self, LoadedConfig};
use crate::files::{DiskShelf, Folders, SessionFile};
use crate::library::fold::fold;
use crate::library::ground::Told;
use crate::library::pair::Pair;
use crate::library::{Library, Text};
use crate::links::decisions::impose;
use crate::reader::memory::decided;
use crate::session::{self, Session};
use crate::topics::Topic;

/// The library and the folders of this reader.
#[derive(Debug)]
pub struct Context {
    /// Works, topics and texts.
    pub library: Arc<Library>,
    /// The reader's own library on the disk.
    pub shelf: DiskShelf,
    /// Where things are kept.
    pub folders: Folders,
    /// What the reader set.
    pub config: LoadedConfig,
}

impl Context {
    /// Reads the tables that are part of the program.
    ///
    /// # Errors
    /// Where one of them is wrong.
    pub fn new(common: &CommonArguments) -> Result<Self, CommandError> {
        let restricted = common.is_restricted();
        let mut folders = Folders::new(common.library.clone());
        if restricted {
            // A keymap is a file outside of the library, and its mistakes are shown with their lines.
            folders.config = None;
        }
        let shelf = DiskShelf { library: folders.library.clone(), restricted, cache: folders.cache.clone() };
        let mut library = Library::new(Box::new(shelf.clone()), common.encoding.clone())?;
        let config = config::load(&folders);
        library.add_topics(config.config.topics.clone());
        Ok(Self { library: Arc::new(library), shelf, folders, config })
    }

    /// The same with topics of the command line.
    #[must_use]
    pub fn with_topics(mut self, own: &OwnTopics) -> Self {
        if let Some(library) = Arc::get_mut(&mut self.library) {
            library.add_topics(own.topics.iter().cloned());
        }
        self
    }

    /// The same for a command that prints: what is wrong with the settings goes to standard error.
    #[must_use]
    pub fn printing(self, own: &OwnTopics) -> Self {
        if let Some(sentence) = self.config.sentence() {
            let _ = writeln!(io::stderr(), "diptych: {sentence}");
        }
        self.with_topics(own)
    }

    /// The text that a name means.
    ///
    /// # Errors
    /// Where the name is unknown or the text cannot be read.
    pub fn open(&self, name: &str) -> Result<Text, CommandError> {
        Ok(self.library.open(name)?)
    }

    /// Two texts with their indexes and links; `auto` leaves out what editors judged and what the reader
    /// decided while reading, `told` is what the reader says now that the two are.
    ///
    /// # Errors
    /// Where one of the texts cannot be opened, both are standard input, or Ctrl-C ended it.
    pub fn pair(&self, names: [&str; 2], auto: bool, told: Option<Told>) -> Result<Pair, CommandError> {
        refuse_twice_standard_input(names)?;
        let texts = self.library.open_both(names)?;
        let look = || SessionFile::look(self.folders.state.as_deref(), texts.each_ref());
        let session = if auto { Session::default() } else { look().unwrap_or_default() };
        let mut pair = self.library.join(texts, auto, told.or(session.told.map(told_before)))?;
        align(&mut pair)?;
        let decisions = decided(&pair, &session.decisions);
        impose(&mut pair.links, &decisions);
        Ok(pair)
    }

    /// Two texts to be printed whole: nothing is computed of them together.
    ///
    /// # Errors
    /// Where one of the texts cannot be opened, or both are standard input.
    pub fn unlinked(&self, names: [&str; 2]) -> Result<Pair, CommandError> {
        refuse_twice_standard_input(names)?;
        Ok(Pair::unlinked(self.library.open_both(names)?))
    }

    /// Two texts as they can be shown at once, see [`Library::join_at_once`].
    ///
    /// # Errors
    /// Where one of the texts cannot be opened, or both are standard input.
    pub fn pair_at_once(&self, names: [&str; 2], told: Option<Told>) -> Result<Pair, CommandError> {
        refuse_twice_standard_input(names)?;
        Ok(self.library.join_at_once(self.library.open_both_at_once(names)?, told)?)
    }

    /// The index of the topic that is meant: by id, by name, or by the beginning of either.
    ///
    /// # Errors
    /// Where no topic is meant, or more than one.
    pub fn topic(&self, name: &str) -> Result<usize, CommandError> {
        let wanted = fold(name);
        let is = |topic: &Topic| fold(&topic.id) == wanted || fold(&topic.name) == wanted;
        if let Some(exact) = self.library.topics.iter().position(is) {
            return Ok(exact);
        }
        let begins =
            |topic: &Topic| fold(&topic.id).starts_with(&wanted) || fold(&topic.name).starts_with(&wanted);
        let found: Vec<usize> = (0..self.library.topics.len())
            .filter(|i| !wanted.is_empty() && self.library.topics.get(*i).is_some_and(begins))
            .collect();
        if let [only] = found.as_slice() {
            return Ok(*only);
        }
        let ids: Vec<&str> = self.library.topics.iter().map(|topic| topic.id.as_str()).collect();
        let what = if found.is_empty() { "is no topic" } else { "may be several topics" };
        let name = name.escape_debug();
        Err(CommandError::NotFound(format!("`{name}` {what}; the topics are: {}", ids.join(", "))))
    }
}

/// What was said in an earlier reading, for the library.
#[must_use]
pub const fn told_before(told: session::Told) -> Told {
    match told {
        session::Told::Works => Told::Works,
        session::Told::Parallel => Told::Parallel,
    }
}

/// Aligns the words of a pair where its links are to come from there, with the progress on standard error.
///
/// # Errors
/// Where Ctrl-C ended it.
pub fn align(pair: &mut Pair) -> Result<(), CommandError> {
    if pair.is_pending { progress_line::watched("aligning", |progress| pair.align(progress)) } else { Ok(()) }
}

/// Standard input can be read once.
///
/// # Errors
/// Where both texts are to be read from it.
pub(super) fn refuse_twice_standard_input(names: [&str; 2]) -> Result<(), CommandError> {
    if names == ["-", "-"] {
        return Err(CommandError::Usage("only one of the two texts can be standard input".to_owned()));
    }
    Ok(())
}
