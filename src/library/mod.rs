//! Works and their editions; which file is which work. Knows no disk.

pub mod apart;
pub mod at_once;
pub mod catalogue;
pub mod check;
mod cite;
pub mod copies;
pub mod fold;
pub mod ground;
mod identify;
mod known;
pub mod name;
pub mod open;
pub mod pair;
pub mod recognise;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod title_page;

use std::path::PathBuf;

use crate::document::{Edition, language};

pub use catalogue::Catalogue;
pub use open::{Library, OpenError, Shelf, TableError};
pub use recognise::Recognition;

/// A work as `texts/works.toml` describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// Stable identifier, also its folder in `texts/`: `stalin-1924`.
    pub id: String,
    /// `J. Stalin`.
    pub author: String,
    /// The full title.
    pub title: String,
    /// A title that fits a pane of 40 columns.
    pub short_title: String,
    /// The year of the text, as printed on its title page.
    pub year: String,
    /// ISO 639-1 code of the language of the text: `en`.
    pub language: String,
}

impl Work {
    /// The author's family name and the year: `Stalin 1924`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.author.rsplit(' ').next().unwrap_or_default(), self.year)
    }
}

/// In which form a text stands before the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Our own retelling, with the original's ¶ numbers.
    Digest,
    /// The reader's own copy of a known work.
    Original,
    /// A file that belongs to no known work.
    File,
}

impl Form {
    /// The word shown and used on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Digest => "digest",
            Self::Original => "original",
            Self::File => "file",
        }
    }
}

/// A text that has been opened: an edition and what is known of it.
#[derive(Clone, Debug)]
pub struct Text {
    /// The work it is an edition of, where it was recognised.
    pub work: Option<Work>,
    /// In which form.
    pub form: Form,
    /// Whether it is a file of the reader's library that bears the id of its work: the work's name means it then.
    pub named: bool,
    /// Its number among the reader's copies of the work, where the library has several.
    pub copy: Option<u32>,
    /// The file it was read from; `None` for a text embedded in the program.
    pub path: Option<PathBuf>,
    /// Hash of the source bytes (hexadecimal): what sessions are keyed by.
    pub content_hash: String,
    /// The passages.
    pub edition: Edition,
}

impl Text {
    /// How the command line spells it: `stalin-1924:digest`, `stalin-1924:original.2`, or the path of a file, also
    /// of one that is a copy of a known work.
    #[must_use]
    pub fn name(&self) -> String {
        match (&self.work, &self.path, self.form) {
            (Some(work), _, Form::Digest | Form::Original) if self.named || self.form == Form::Digest => {
                let copy = self.copy.map(|number| format!(".{number}")).unwrap_or_default();
                format!("{}:{}{copy}", work.id, self.form.name())
            }
            (_, Some(path), _) => path.display().to_string(),
            (_, None, _) => "standard input".to_owned(),
        }
    }

    /// How many passages of its work were found in it; 0 where none were looked for.
    #[must_use]
    pub fn found(&self) -> usize {
        self.edition.numbering().map_or(0, |numbering| numbering.found)
    }

    /// The author, from the library or the text's own title page.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        self.work.as_ref().map(|w| w.author.as_str()).or(self.edition.title_page().1)
    }

    /// A title that fits a pane: the work's, the text's own, or the file's name.
    #[must_use]
    pub fn short_title(&self) -> String {
        let known = self.work.as_ref().map(|w| w.short_title.clone());
        let own = || self.edition.title_page().0.map(str::to_owned);
        let file = || self.path.as_ref()?.file_name().map(|n| n.to_string_lossy().into_owned());
        known.or_else(own).or_else(file).unwrap_or_else(|| "standard input".to_owned())
    }

    /// The language as ISO 639-1 has it: that of its work, else what its words look like.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        let known = self.work.as_ref().map(|work| work.language.as_str()).filter(|code| !code.is_empty());
        known.or_else(|| language::of(&self.edition))
    }

    /// The year, from the library or the text's own title page.
    #[must_use]
    pub fn year(&self) -> Option<&str> {
        self.work.as_ref().map(|w| w.year.as_str()).or(self.edition.title_page().2)
    }
}
