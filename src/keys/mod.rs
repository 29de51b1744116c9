//! `keymap.toml` to a keymap: chords, sequences, counts, errors with their lines.
//!
//! Does not know what an action does.
