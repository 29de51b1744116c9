//! What the reading asks of those who know the disk and the library.

use super::background::Work;
use crate::library::pair::{Pair, Told};
use crate::reader::model::Model;
use crate::session::Session;

/// What the reader needs done outside the terminal: on the disk and in the library.
pub trait Host {
    /// Why the terminal is not given to a shell, as a sentence; `None` where it is.
    fn keeps_terminal(&self) -> Option<&str>;

    /// The pair with another text on a side (0 left, 1 right).
    ///
    /// # Errors
    /// Where it cannot be opened: a sentence for the status line.
    fn open(&mut self, model: &Model, side: usize, name: &str) -> Result<Pair, String>;

    /// What was kept of the pair that was opened last: its marks, anchors and decisions would be lost
    /// otherwise when the places of the two texts are kept anew.
    fn kept(&self) -> Session;

    /// What is worth computing beside the reading of the pair that is open; asked once for each pair, after
    /// it was first drawn.
    fn works(&mut self, model: &Model) -> Vec<Work>;

    /// The pair that is open, joined anew as what the reader says that its texts are.
    ///
    /// # Errors
    /// Where they cannot be joined: a sentence for the status line.
    fn join(&mut self, model: &Model, told: Option<Told>) -> Result<Pair, String>;

    /// What can be opened: name and description of each.
    fn editions(&mut self) -> Vec<(String, String)>;

    /// The pair, both files read again, and which they were, in words.
    ///
    /// # Errors
    /// Where one cannot be read: a sentence for the status line.
    fn reload(&mut self, model: &Model) -> Result<(Pair, &'static str), String>;

    /// Keeps the places.
    ///
    /// # Errors
    /// Where they cannot be written: a sentence for the status line.
    fn save(&mut self, model: &Model) -> Result<(), String>;

    /// Keeps a copied text in a file; the file's name, fit to be shown.
    ///
    /// # Errors
    /// Where it cannot be written: a sentence for the status line.
    fn keep_copy(&mut self, text: &str) -> Result<String, String>;
}
