//! Diptych, a comparative reader for the terminal.
//!
//! The map of the code. Arrows run one way:
//!
//! ```text
//! main -> commands -> library -> document            what a text is; knows no screen
//! main -> terminal -> view -> reader -> layout -> document
//! reader -> topics, links -> document                 what the texts say about each other; pure
//! align                                               two texts as beads of units; pure, knows no edition
//! files: the only module that touches the disk         keys -> reader::action
//! ```
//!
//! * [`document`]: an edition as passages, notes and page marks; its `import` turns untidy files into one.
//! * [`library`]: works and their editions; which file is which work; its `check` is for who edits them.
//! * [`topics`]: topic definitions, the curated index, the automatic index.
//! * [`links`]: the link record and how links are proposed.
//! * [`align`]: passages or sentences of two texts that say the same.
//! * [`hash`]: hashes that are the same everywhere and always.
//! * [`progress`]: how far a long computation is, and whether it should stop.
//! * [`layout`]: a passage at a width, as rows; the split of the screen.
//! * [`reader`]: the state machine: model, actions, panes, sync, search, jump list.
//! * [`keys`]: `keymap.toml` to a keymap.
//! * [`view`]: the model as cells.
//! * [`terminal`]: raw mode, the event loop, effects, signals.
//! * [`report`]: what is wrong in a file that a person wrote, with its place.
//! * [`config`]: `config.toml`, what a reader sets once.
//! * [`session`]: what is kept between runs.
//! * [`files`]: the disk.
//! * [`commands`]: one file for each subcommand.

pub mod align;
pub mod commands;
pub mod config;
pub mod document;
pub mod files;
pub mod hash;
pub mod keys;
pub mod layout;
pub mod library;
pub mod links;
pub mod progress;
pub mod reader;
pub mod report;
pub mod session;
pub mod terminal;
pub mod topics;
pub mod view;
