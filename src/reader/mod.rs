//! The state machine: what the reader is looking at and how each action changes it.
//!
//! Knows no crossterm, no ratatui, no disk: what must happen outside leaves as an [`update::Effect`].

pub mod action;
pub mod answers;
pub mod arrival;
pub mod card;
pub mod copy;
pub mod decisions;
pub mod differences;
mod edges;
pub mod finding;
pub mod governing;
mod ground;
pub mod hunt;
mod increasing;
pub mod jumps;
pub mod level;
pub mod link_tables;
pub mod linked;
pub mod lists;
pub mod memory;
pub mod model;
pub mod motion;
pub mod mouse;
pub mod overlay;
pub mod own_topics;
pub mod prompt;
mod runs;
pub mod search;
mod showing;
pub mod spoken;
pub mod sync;
pub mod topical;
pub mod update;
pub mod variants;

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
