//! The model as cells, one file for each part of the screen. Draws, never changes.
