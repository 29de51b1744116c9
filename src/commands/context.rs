//! What every command starts from: the works, the shelf, the topics, and how to open texts with them.

use std::io::{self, Write};
use std::sync::Arc;

use super::arguments::{CommonArguments, OwnTopics};
use super::error::CommandError;
use super::progress_line;
use crate::files::config::{self, LoadedConfig};
use crate::files::{DiskShelf, Folders, SessionFile};
use crate::library::ground::Told;
use crate::library::pair::{Pair, Stage};
use crate::library::{Library, Text};
use crate::links::decisions::impose;
use crate::reader::memory::decided;
use crate::session::{self, Session};
use crate::topics::{Topic, definitions};

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
    /// Identifiers of the topics that this command line defines.
    pub given: Vec<String>,
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
        let config = config::load(&folders, &library.topics);
        library.add_topics(config.config.topics.clone());
        Ok(Self { library: Arc::new(library), shelf, folders, config, given: Vec::new() })
    }

    /// The same with topics of the command line.
    ///
    /// # Errors
    /// Where one of them has the name of a topic that ships.
    pub fn with_topics(mut self, own: &OwnTopics) -> Result<Self, CommandError> {
        let taken = |topic: &Topic| definitions::taken(&topic.name, &self.library.topics);
        if let Some(taken) = own.topics.iter().find_map(taken) {
            return Err(CommandError::Usage(format!("--topic-words: {taken}")));
        }
        if let Some(library) = Arc::get_mut(&mut self.library) {
            library.add_topics(own.topics.iter().cloned());
        }
        self.given = own.topics.iter().map(|topic| topic.id.clone()).collect();
        Ok(self)
    }

    /// The same for a command that prints: what is wrong with the settings goes to standard error.
    ///
    /// # Errors
    /// As [`Self::with_topics`].
    pub fn printing(self, own: &OwnTopics) -> Result<Self, CommandError> {
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
        let kept = self.kept(texts.each_ref());
        let session = if auto { Session { topics: kept.topics, ..Session::default() } } else { kept };
        let mut pair = self.library.join(texts, auto, told.or(session.told.map(told_before)))?;
        align(&mut pair)?;
        self.take_up(&mut pair, &session);
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

    /// What was kept of a pair of texts in earlier readings; nothing where there was none.
    #[must_use]
    pub fn kept(&self, texts: [&Text; 2]) -> Session {
        SessionFile::look(self.folders.state.as_deref(), texts).unwrap_or_default()
    }

    /// Adds to a pair the topics that were typed while it was read, and what was decided then about its links.
    pub fn take_up(&self, pair: &mut Pair, session: &Session) {
        let typed = session.topics.iter().filter_map(|line| definitions::typed(line).ok());
        // What is said on the command line now goes before what was typed then.
        for topic in typed.filter(|topic| !self.given.contains(&topic.id)) {
            pair.add_topic(topic);
        }
        let decisions = decided(pair, &session.decisions);
        impose(&mut pair.links, &decisions);
        pair.links.retain(|link| !link.is_displaced());
    }

    /// Two texts as they can be shown at once, see [`Library::join_at_once`].
    ///
    /// # Errors
    /// Where one of the texts cannot be opened, or both are standard input.
    pub fn pair_at_once(&self, names: [&str; 2], told: Option<Told>) -> Result<Pair, CommandError> {
        refuse_twice_standard_input(names)?;
        Ok(self.library.join_at_once(self.library.open_both_at_once(names)?, told)?)
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
    if pair.stage == Stage::Joined && !pair.is_taken_for_works() {
        return Ok(());
    }
    progress_line::watched("aligning", |progress| pair.align(progress))
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
