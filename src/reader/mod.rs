//! The state machine: what the reader is looking at and how each action changes it.
//!
//! Knows no crossterm, no ratatui, no disk: what must happen outside leaves as an `Effect`.

pub mod action;
pub mod prompt;
pub mod search;
pub mod sync;
