//! `keymap.toml` to a keymap: chords, sequences, counts, errors with their lines.
//!
//! Does not know what an action does.

mod file;
mod help;
mod input;
mod key;
mod keymap;
mod layout;
mod merge;
mod problem;

pub use help::{HelpRow, HelpSection};
pub use input::{Input, Outcome};
pub use key::{Code, Key, KeyError};
pub use keymap::{Binding, Keymap, Preset};
pub use problem::{Place, Problem, Related, Severity, render};

#[cfg(test)]
mod tests;
