//! Raw mode, the event loop, running effects, signals. Does not know what is drawn.

use crate::document::Anchor;
use crate::files::keymap::LoadedKeymap;
use crate::files::{Folders, SessionFile};
use crate::library::Library;
use crate::session::Session;

/// What the command line hands to the reader besides the two texts.
#[derive(Debug)]
pub struct Options {
    /// Opens and joins further texts: for reloading, and for another edition in a pane.
    pub library: Library,
    /// Where the configuration, the reader's library and the state are.
    pub folders: Folders,
    /// The keys in force, and what is wrong with the reader's file of them.
    pub keymap: LoadedKeymap,
    /// Where the session is written back to.
    pub session_file: SessionFile,
    /// What was kept of this pair, or a new session.
    pub session: Session,
    /// Index of the topic to open with: `--topic`, else the one that was kept.
    pub topic: Option<usize>,
    /// Where `--at` opens each text; without it the session's places count.
    pub places: [Option<Anchor>; 2],
    /// Whether colours may be used.
    pub color: bool,
    /// Sentences for the status line: what did not go as expected before the screen was drawn.
    pub notices: Vec<String>,
}
