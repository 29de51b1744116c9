//! The disk: texts, settings, keymap, session. The only module that touches it.

pub mod cache;
pub mod config;
pub mod copied;
pub mod embedded;
pub mod folders;
pub mod keymap;
pub mod reason;
pub mod sessions;
pub mod shelf;
pub mod source;
pub mod terminfo;
pub mod text;
pub mod texts;
pub mod write;
pub mod written;

pub use copied::keep_copy;
pub use folders::Folders;
pub use sessions::{SessionFile, files_read_before, lasting_name, load_last_pair, save_last_pair};
pub use shelf::DiskShelf;
