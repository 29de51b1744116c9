//! The reader's own copies of a work: which files they are, how each is named, and which of them stands for the
//! work. The most complete one does; each is named by the number in its file name.

use std::cmp::Reverse;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::open::{Library, OpenError, ReadError};
use super::{Text, Work};

/// A file of the reader's library.
#[derive(Debug)]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// Whether its name says which work it is, as `diptych add` named it.
    pub named: bool,
    /// What it is, or why it cannot be read.
    pub text: Result<Text, OpenError>,
}

impl Library {
    /// The reader's own copy of a work: of the files of the library that bear its id (as `diptych add` names
    /// them) the one with the most passages of the work, of equals the first; where there is none, a file
    /// that is recognised as the work.
    ///
    /// # Errors
    /// Where the library or the copy cannot be read.
    pub fn original(&self, work: &Work) -> Result<Option<Text>, OpenError> {
        let copies = self.copies_of(work)?;
        if !copies.is_empty() {
            let texts = copies.iter().map(|(_, path)| self.read_as(Some(path), Some(work)));
            // What cannot be read has nothing of the work, but is said where there is nothing else.
            let found = |text: &Result<Text, OpenError>| text.as_ref().ok().map(Text::found);
            return texts.min_by_key(|text| Reverse(found(text))).transpose();
        }
        // A file that cannot be read may be anything; the others still count.
        let files = self.shelf.copies()?;
        let unnamed = files.iter().filter(|path| self.work_by_name(path).is_none());
        Ok(unnamed
            .filter_map(|path| self.read(Some(path)).ok())
            .find(|text| text.work.as_ref() == Some(work)))
    }

    /// The copy of a work with a number: 2 is `stalin-1924.2.txt`, 1 is `stalin-1924.txt`.
    ///
    /// # Errors
    /// Where the library or the copy cannot be read.
    pub fn copy(&self, work: &Work, number: u32) -> Result<Option<Text>, OpenError> {
        let copies = self.copies_of(work)?;
        let copy = copies.iter().find(|(own, _)| *own == number);
        copy.map(|(_, path)| self.read_as(Some(path), Some(work))).transpose()
    }

    /// Where the copy of a work with a number is, or the only one that there is; `None` where there is no such copy.
    ///
    /// # Errors
    /// Where the library cannot be read.
    pub(super) fn path_of_copy(
        &self,
        work: &Work,
        number: Option<u32>,
    ) -> Result<Option<PathBuf>, ReadError> {
        let copies = self.copies_of(work)?;
        let is_only = copies.len() == 1;
        let is_it = |own: u32| number.map_or(is_only, |number| own == number);
        Ok(copies.into_iter().find(|(own, _)| is_it(*own)).map(|(_, path)| path))
    }

    /// All files of the library, each read and with the work that it is.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn kept(&self) -> Result<Vec<Kept>, ReadError> {
        let kept = |path: PathBuf| {
            let work = self.work_by_name(&path);
            let text = self.read_as(Some(&path), work);
            Kept { named: work.is_some(), text, path }
        };
        Ok(self.shelf.copies()?.into_iter().map(kept).collect())
    }

    /// Number and path of each file of the library that bears the id of a work, in their order.
    fn copies_of(&self, work: &Work) -> Result<Vec<(u32, PathBuf)>, ReadError> {
        let mut copies = self.shelf.copies()?;
        copies.retain(|path| self.work_by_name(path) == Some(work));
        let mut copies: Vec<_> = copies.into_iter().map(|path| (number(&path), path)).collect();
        copies.sort();
        Ok(copies)
    }

    /// The number by which a copy is told from the others of its work; `None` where there are no others.
    pub(super) fn copy_number(&self, path: &Path) -> Option<u32> {
        let copies = self.copies_of(self.work_by_name(path)?).ok()?;
        (copies.len() > 1 && copies.iter().any(|(_, own)| own == path)).then(|| number(path))
    }

    /// The work whose id a file of the library bears: `stalin-1924.txt`, `stalin-1924.2.txt`.
    #[must_use]
    pub fn work_by_name(&self, path: &Path) -> Option<&Work> {
        let name = path.file_name()?.to_str()?;
        self.catalogue.get(name.split('.').next()?)
    }

    /// The work of a file that stands in the library and bears the id of one.
    pub(super) fn work_of_copy(&self, path: &Path) -> Option<&Work> {
        let work = self.work_by_name(path)?;
        self.shelf.copies().is_ok_and(|copies| copies.iter().any(|copy| copy == path)).then_some(work)
    }
}

/// The number in the name of a copy: 2 in `stalin-1924.2.txt`; 1 where there is none.
fn number(path: &Path) -> u32 {
    let stem = path.file_stem().map(OsString::from).unwrap_or_default();
    let stem = stem.to_string_lossy();
    stem.rsplit_once('.').and_then(|(_, number)| number.parse().ok()).unwrap_or(1)
}
