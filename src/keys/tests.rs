//! The map as a whole.
