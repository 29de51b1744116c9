//! `keymap.toml` to a keymap: chords, sequences, counts, errors with their lines.
//!
//! Does not know what an action does.
//!
//! ```
//! use diptych::keys::{Input, Keymap, Outcome};
//! use diptych::reader::action::{Action, Event, Mode};
//!
//! let (keymap, problems) = Keymap::with_overlay("[read]\n\"w\" = \"swap\"\n\"y\" = \"swp\"", "my.toml");
//! assert_eq!(problems[0].to_string(), "my.toml:3:7: unknown action `swp`; did you mean `swap`?");
//! assert_eq!(keymap.keys_for(Action::Swap, Mode::Read), ["w", "x"]);
//!
//! let mut input = Input::new(keymap);
//! let outcome = input.feed("w".parse()?, Mode::Read);
//! assert_eq!(outcome, Outcome::Events(vec![Event::Act { action: Action::Swap, count: None, letter: None }]));
//! # Ok::<(), diptych::keys::KeyError>(())
//! ```
//!
//! A file becomes lines (`file`, with `syntax` for what is not TOML), the lines are merged over a preset
//! (`merge`), [`Input`] looks keys up in the result, and `help` prints it.

mod file;
mod help;
mod input;
mod key;
mod keymap;
mod layout;
mod merge;
mod problem;
mod syntax;

pub use help::{HelpRow, HelpSection, KeyGroup};
pub use input::{Input, Outcome};
pub use key::{Code, Key, KeyError};
pub use keymap::{Binding, Keymap, Preset};
pub use problem::{Place, Problem, Related, render};

pub use crate::report::Severity;

#[cfg(test)]
mod tests;
