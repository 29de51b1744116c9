//! What a file is: the work it is an edition of, said or recognised, with the numbers of that work.

use super::recognise::fingerprints::Fingerprints;
use super::recognise::table::Table;
use super::recognise::{Recognition, near, recognise, recognise_as};
use super::{Catalogue, Library, Shelf, TableError, Work, title_page};
use crate::document::Edition;

/// The fingerprints of all works that have any.
fn table(catalogue: &Catalogue, shelf: &dyn Shelf) -> Result<Table, TableError> {
    let mut works = Vec::new();
    for work in catalogue.works() {
        let name = format!("{}/fingerprints.txt", work.id);
        if let Some(text) = shelf.embedded(&name) {
            works.push((work.clone(), Fingerprints::parse(text, &name)?));
        }
    }
    Ok(Table::new(works))
}

impl Library {
    /// By what works are known. The first who needs it reads it: most often while another text is still imported,
    /// and never where only digests are opened.
    fn fingerprints(&self) -> Result<&Table, TableError> {
        let table = self.fingerprints.get_or_init(|| table(&self.catalogue, self.shelf.as_ref()));
        table.as_ref().map_err(TableError::clone)
    }

    /// The work that a text is an edition of, by its passages.
    ///
    /// # Errors
    /// Where a file of fingerprints is wrong.
    pub fn recognise(&self, edition: &Edition) -> Result<Option<Recognition>, TableError> {
        Ok(recognise(edition, self.fingerprints()?))
    }

    /// The work that a text has many passages of, without being an edition of it.
    ///
    /// # Errors
    /// Where a file of fingerprints is wrong.
    pub fn near(&self, edition: &Edition) -> Result<Option<Recognition>, TableError> {
        Ok(near(edition, self.fingerprints()?))
    }

    /// What a text that its reader calls a copy of `work` has of it; `None` where the work has no
    /// fingerprints.
    ///
    /// # Errors
    /// Where a file of fingerprints is wrong.
    pub fn recognise_as(&self, edition: &Edition, work: &Work) -> Result<Option<Recognition>, TableError> {
        Ok(recognise_as(edition, work, self.fingerprints()?))
    }

    /// The work of an edition, and the edition with the numbers of the work; `told` is what its reader says
    /// that it is. What was found, or only seemed so, is added to the notices.
    ///
    /// # Errors
    /// Where a file of fingerprints is wrong.
    pub(super) fn identify(
        &self,
        edition: Edition,
        told: Option<&Work>,
    ) -> Result<(Option<Work>, Edition), TableError> {
        let found = match told {
            Some(work) => self.recognise_as(&edition, work)?,
            None => self.recognise(&edition)?,
        };
        if let Some(found) = found {
            let (what, altered) = (found.of, found.altered());
            let what = format!("passages recognised, of the {what} of {}", found.work.label());
            let mut edition = found.number(edition).noticed(what, found.matched);
            if altered > 0 {
                let what =
                    format!("of these, passages whose letters are not all those of {}", found.work.label());
                edition = edition.noticed(what, altered);
            }
            return Ok((Some(found.work), edition));
        }
        Ok(match title_page::seems(&edition, &self.catalogue) {
            Some(work) if told.is_none() => {
                let found = self.recognise_as(&edition, work)?.map_or(0, |found| found.matched);
                let what = match found {
                    0 => "its passages do not match",
                    _ => "too few of its passages are there",
                };
                let what = format!("title page like that of {}, but {what}", work.label());
                (None, edition.noticed(what, found.max(1)))
            }
            Some(_) | None => (told.cloned(), edition),
        })
    }
}
