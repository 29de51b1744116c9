//! Raw mode, the event loop, running effects, signals. Does not know what is drawn.

use crate::document::Anchor;
use crate::files::{Folders, SessionFile};
use crate::session::Session;

/// What the command line hands to the reader besides the two texts.
#[derive(Debug)]
pub struct Options {
    /// Where the keymap, the reader's library and the state are.
    pub folders: Folders,
    /// Encoding of files, where `--encoding LABEL` names one: for texts opened later.
    pub encoding: Option<String>,
    /// Where the session is written back to.
    pub session_file: SessionFile,
    /// What was kept of this pair, or a new session.
    pub session: Session,
    /// Index of the topic to open with: `--topic`, else the one that was kept.
    pub topic: Option<usize>,
    /// Where to open each text: `--at`, else what was kept; `None` at the start.
    pub places: [Option<Anchor>; 2],
    /// Whether colours may be used.
    pub color: bool,
    /// Sentences for the status line: what did not go as expected before the screen was drawn.
    pub notices: Vec<String>,
}
