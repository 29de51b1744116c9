//! From a name to a text, from two texts to a pair: what stands on the shelf, imported and joined.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::at_once::identity;
use super::catalogue::Catalogue;
use super::ground::{Ground, Told};
use super::name::{self, Name, NameError};
use super::pair::{Editorial, Pair};
use super::recognise::table::Table;
use super::{Form, Text, Work};
use crate::document::Edition;
use crate::document::import::{self, Format, ImportError};
use crate::document::windows::Source;
use crate::links;
use crate::report::{Problem, TomlSource};
use crate::topics::{self, Topic, TopicIndex};

/// Where texts come from; the library itself knows no disk.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// A text of the program by its name below `texts/`: `works.toml`, `stalin-1924/digest.md`.
    fn embedded(&self, name: &str) -> Option<&str>;
    /// A table of the program by its name below `texts/`: `works.toml`.
    fn table(&self, name: &str) -> Option<TomlSource<'_>> {
        self.embedded(name).map(TomlSource::from)
    }
    /// The files of the reader's own library, by name.
    ///
    /// # Errors
    /// Where the library's folder is there and cannot be read.
    fn copies(&self) -> Result<Vec<PathBuf>, ReadError>;
    /// Whether a file stands at a path.
    fn exists(&self, path: &Path) -> bool;
    /// The bytes of a file; standard input for `None`.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn read(&self, path: Option<&Path>) -> Result<Vec<u8>, ReadError>;
    /// What was computed earlier and kept under a key; `None` where nothing is, or not as it was written.
    fn cached(&self, _key: &str) -> Option<Vec<u8>> {
        None
    }
    /// Keeps what was computed under a key; it may be forgotten at any time.
    fn cache(&self, _key: &str, _bytes: &[u8]) {}
    /// A file to be read where it is looked at; `None` where this shelf has no such files, or it is a pipe.
    ///
    /// # Errors
    /// Where it cannot be opened.
    fn source(&self, _path: &Path) -> Result<Option<Arc<dyn Source>>, ReadError> {
        Ok(None)
    }
}

/// Why a file could not be read: one line, with its path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {why}")]
pub struct ReadError {
    /// The file, fit to be shown.
    pub path: String,
    /// What is wrong and what to do.
    pub why: String,
}

/// Why a name gave no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The name means nothing, or more than one thing.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The work is known, but the form asked for is not there.
    #[error("{}", absent(work, *form))]
    Absent {
        /// Identifier of the work.
        work: String,
        /// The form asked for; `None` where either would have done.
        form: Option<Form>,
    },
    /// The library has no copy with that number.
    #[error("there is no {name} in your library; `diptych list` shows the copies")]
    NoCopy {
        /// The copy asked for, as the command line spells it.
        name: String,
    },
    /// A work was named where only a file that is segmented already will do.
    #[error("{} is a work: --pre-segmented takes files and -", spelled(work, *form))]
    NotSegmented {
        /// Identifier of the work.
        work: String,
        /// The form asked for.
        form: Option<Form>,
    },
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// What works are known by is wrong.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The bytes are no text.
    #[error("{path}: {error}")]
    Import {
        /// The file, fit to be shown.
        path: String,
        /// What is wrong with its bytes.
        error: ImportError,
    },
}

fn spelled(work: &str, form: Option<Form>) -> String {
    form.map_or_else(|| work.to_owned(), |form| format!("{work}:{}", form.name()))
}

fn absent(work: &str, form: Option<Form>) -> String {
    match form {
        Some(Form::Digest) => format!("there is no digest of {work} in this program yet"),
        Some(Form::Original | Form::File) => {
            format!("there is no copy of {work} in your library; add yours with `diptych add FILE`")
        }
        None => {
            let add = "add yours with `diptych add FILE`";
            format!("there is no digest of {work} yet and no copy in your library; {add}")
        }
    }
}

/// Tables that are wrong, each problem with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError(pub Vec<String>);

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for TableError {}

impl From<Vec<Problem>> for TableError {
    fn from(problems: Vec<Problem>) -> Self {
        Self(problems.iter().map(ToString::to_string).collect())
    }
}

/// The works, the topics, the shelf the texts stand on, and how files are to be read: all that it takes to
/// open texts and join them.
#[derive(Debug)]
pub struct Library {
    /// The works that are known.
    pub catalogue: Catalogue,
    /// The topics, in their order.
    pub topics: Vec<Topic>,
    /// By what an edition of a work is known; read when the first text is to be recognised.
    pub(super) fingerprints: OnceLock<Result<Table, TableError>>,
    /// Where the texts are.
    pub shelf: Box<dyn Shelf>,
    /// A WHATWG label of the encoding of files; guessed where `None`.
    pub encoding: Option<String>,
}

impl Library {
    /// The library of a shelf, by the `works.toml` and `topics.toml` that stand on it.
    ///
    /// # Errors
    /// Where one of them is wrong.
    pub fn new(shelf: Box<dyn Shelf>, encoding: Option<String>) -> Result<Self, TableError> {
        let works = shelf.table("works.toml").unwrap_or("version = 1".into());
        let catalogue = Catalogue::parse(works)?;
        let topics = match shelf.table("topics.toml") {
            Some(table) => topics::definitions::parse(table, "topics.toml")?,
            None => Vec::new(),
        };
        Ok(Self { catalogue, topics, fingerprints: OnceLock::new(), shelf, encoding })
    }

    /// Adds topics of the reader's own after those that ship. One with the id of another replaces an own one and
    /// stands beside one that ships, under an id of its own.
    pub fn add_topics(&mut self, topics: impl IntoIterator<Item = Topic>) {
        for topic in topics {
            super::pair::add(&mut self.topics, topic);
        }
    }

    /// The topic index of a text; `auto` leaves out what editors judged.
    ///
    /// # Errors
    /// Where the curated index of its work is wrong.
    pub fn index(&self, text: &Text, auto: bool) -> Result<TopicIndex, TableError> {
        let curated = if auto { None } else { self.curated_index(text)? };
        Ok(super::pair::index(text, &self.topics, curated.as_ref()))
    }

    /// Two texts with their indexes and links; `auto` leaves out what editors judged, and `told` is what the
    /// reader says that the two are. Where their words are to be aligned, the links are still to come
    /// ([`Pair::align`]).
    ///
    /// # Errors
    /// Where a curated index or the curated links of the two works are wrong.
    pub fn join(&self, texts: [Text; 2], auto: bool, told: Option<Told>) -> Result<Pair, TableError> {
        let [left, right] = texts.each_ref();
        let editorial = if auto { Editorial::default() } else { self.editorial([left, right])? };
        let ground = Ground::of([left, right], told);
        Ok(Pair::assemble(texts, self.topics.clone(), &editorial, ground))
    }

    /// What editors judged of two texts, its tables read side by side: on this thread the index that has most to say,
    /// beside it the rest.
    fn editorial(&self, [left, right]: [&Text; 2]) -> Result<Editorial, TableError> {
        let is_left_longer = left.edition.passages().len() > right.edition.passages().len();
        let (longer, shorter) = if is_left_longer { (left, right) } else { (right, left) };
        let of_shorter = || (self.curated_index(shorter), self.curated_links([left, right]));
        let (index, (other, links)) = side_by_side(|| self.curated_index(longer), of_shorter);
        let (left, right) = if is_left_longer { (index, other) } else { (other, index) };
        Ok(Editorial { indexes: [left?, right?], links: links? })
    }

    fn curated_index(&self, text: &Text) -> Result<Option<topics::curated::Curated>, TableError> {
        let Some(work) = &text.work else { return Ok(None) };
        let name = format!("{}/index.toml", work.id);
        let Some(table) = self.shelf.table(&name) else { return Ok(None) };
        Ok(Some(topics::curated::parse(table, &name, &self.topics)?))
    }

    /// The curated links of two works, whichever of them stands first in the name of the file.
    fn curated_links(&self, texts: [&Text; 2]) -> Result<Option<links::curated::CuratedLinks>, TableError> {
        let [Some(left), Some(right)] = texts.map(|text| text.work.as_ref()) else { return Ok(None) };
        for (first, second) in [(left, right), (right, left)] {
            let name = format!("links/{}--{}.toml", first.id, second.id);
            if let Some(table) = self.shelf.table(&name) {
                return Ok(Some(links::curated::parse(table, &name, &self.topics)?));
            }
        }
        Ok(None)
    }

    /// The text that a name means. A work without a form is the reader's own copy where there is one, else
    /// the digest.
    ///
    /// # Errors
    /// Where the name is unknown, the form is not there, or the file is no readable text.
    pub fn open(&self, name: &str) -> Result<Text, OpenError> {
        match name::resolve(name, &self.catalogue, |path| self.shelf.exists(path))? {
            Name::StandardInput => self.read(None),
            Name::Path(path) => self.read_as(Some(&path), self.work_of_copy(&path)),
            Name::Copy(work, number) => self
                .copy(&work, number)?
                .ok_or_else(|| OpenError::NoCopy { name: format!("{}:original.{number}", work.id) }),
            Name::Work(work, Some(Form::Digest)) => {
                self.digest(&work)?.ok_or(OpenError::Absent { work: work.id, form: Some(Form::Digest) })
            }
            Name::Work(work, Some(Form::Original | Form::File)) => {
                self.original(&work)?.ok_or(OpenError::Absent { work: work.id, form: Some(Form::Original) })
            }
            Name::Work(work, None) => {
                if let Some(text) = self.original(&work)? {
                    return Ok(text);
                }
                self.digest(&work)?.ok_or(OpenError::Absent { work: work.id, form: None })
            }
        }
    }

    /// The texts that two names mean, read side by side: a pair opens as fast as the longer of its texts.
    ///
    /// # Errors
    /// As [`Self::open`]; of the left one where neither can be opened.
    pub fn open_both(&self, names: [&str; 2]) -> Result<[Text; 2], OpenError> {
        both(names, |name| self.open(name))
    }

    /// The text that a name means, taken as it is segmented: every block between blank lines is a passage.
    /// Nothing is cleaned or recognised.
    ///
    /// # Errors
    /// Where the name is unknown or means no file, or the file is no readable text.
    pub fn open_segmented(&self, name: &str) -> Result<Text, OpenError> {
        let path = match name::resolve(name, &self.catalogue, |path| self.shelf.exists(path))? {
            Name::StandardInput => None,
            Name::Path(path) => Some(path),
            Name::Work(work, form) => return Err(OpenError::NotSegmented { work: work.id, form }),
            Name::Copy(work, _) => {
                return Err(OpenError::NotSegmented { work: work.id, form: Some(Form::Original) });
            }
        };
        let bytes = self.shelf.read(path.as_deref())?;
        let edition = import::segmented::read(&bytes, self.encoding.as_deref())
            .map_err(|error| OpenError::Import { path: shown(path.as_deref()), error })?;
        let content_hash = content_hash(&bytes);
        Ok(Text { work: None, form: Form::File, named: false, copy: None, path, content_hash, edition })
    }

    /// A file as a text; standard input for `None`. A file that is recognised is an original of its work.
    ///
    /// # Errors
    /// Where it cannot be read or is no text.
    pub fn read(&self, path: Option<&Path>) -> Result<Text, OpenError> {
        self.read_as(path, None)
    }

    /// A file as a text that its reader calls a copy of a work, where `told` is one.
    ///
    /// # Errors
    /// Where it cannot be read or is no text.
    pub fn read_as(&self, path: Option<&Path>, told: Option<&Work>) -> Result<Text, OpenError> {
        let bytes = self.shelf.read(path)?;
        let extension = path.and_then(Path::extension).and_then(std::ffi::OsStr::to_str);
        let encoding = self.encoding.as_deref();
        let edition = import(&bytes, extension.and_then(Format::of_extension), encoding, path)?;
        let (work, edition) = self.identify(edition, told)?;
        let form = if work.is_some() { Form::Original } else { Form::File };
        let named = form == Form::Original && path.is_some_and(|path| self.work_of_copy(path).is_some());
        let copy = path.filter(|_| named).and_then(|path| self.copy_number(path));
        let path = path.map(Path::to_owned);
        Ok(Text { work, form, named, copy, path, content_hash: identity(&bytes), edition })
    }

    /// The digest of a work, where there is one.
    ///
    /// # Errors
    /// Where the digest is there and is no text.
    pub fn digest(&self, work: &Work) -> Result<Option<Text>, OpenError> {
        let name = PathBuf::from(format!("{}/digest.md", work.id));
        let Some(bytes) = self.shelf.embedded(&name.to_string_lossy()).map(str::as_bytes) else {
            return Ok(None);
        };
        let edition = import(bytes, Some(Format::Markdown), None, Some(&name))?;
        Ok(Some(Text {
            work: Some(work.clone()),
            form: Form::Digest,
            named: false,
            copy: None,
            path: None,
            content_hash: content_hash(bytes),
            edition,
        }))
    }

    /// Whether a digest of a work is part of the program; it is not read for this.
    #[must_use]
    pub fn has_digest(&self, work: &Work) -> bool {
        self.shelf.embedded(&format!("{}/digest.md", work.id)).is_some()
    }
}

/// What is made of two names, side by side.
pub(super) fn both(
    [left, right]: [&str; 2],
    open: impl Fn(&str) -> Result<Text, OpenError> + Sync,
) -> Result<[Text; 2], OpenError> {
    let (left, right) = side_by_side(|| open(left), || open(right));
    Ok([left?, right?])
}

/// What two computations give, the second one on a thread of its own.
pub fn side_by_side<A, B: Send>(here: impl FnOnce() -> A, beside: impl FnOnce() -> B + Send) -> (A, B) {
    let mut there = None;
    // Not joined: that would wait until the system has taken the thread's stack and memory back.
    let here = std::thread::scope(|threads| {
        threads.spawn(|| there = Some(beside()));
        here()
    });
    match there {
        Some(there) => (here, there),
        None => unreachable!("where the thread panicked, the scope did"),
    }
}

fn import(
    bytes: &[u8],
    format: Option<Format>,
    encoding: Option<&str>,
    path: Option<&Path>,
) -> Result<Edition, OpenError> {
    import::read(bytes, format, encoding).map_err(|error| OpenError::Import { path: shown(path), error })
}

/// A path fit to be shown: control characters and marks that turn the direction of writing spelled out.
#[must_use]
pub fn shown(path: Option<&Path>) -> String {
    let Some(path) = path else { return "standard input".to_owned() };
    let turns =
        |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut shown = String::new();
    for c in path.to_string_lossy().chars() {
        if c.is_control() || turns(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// FNV-1a of 128 bits in hexadecimal (Fowler, Noll, Vo): the same on every machine and in every version.
/// It tells texts apart; it is no protection against somebody who wants two to agree.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let hash = bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME));
    format!("{hash:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_its_authors() {
        assert_eq!(content_hash(b""), "6c62272e07bb014262b821756295c58d");
        assert_eq!(content_hash(b"a"), "d228cb696f1a8caf78912b704e4a8964");
    }

    #[test]
    fn a_path_never_carries_a_control_byte_to_the_screen() {
        let shown = shown(Some(Path::new("a\u{1b}[2Jb\u{202e}c\n")));
        assert_eq!(shown, "a\\u{1b}[2Jb\\u{202e}c\\n");
    }
}
