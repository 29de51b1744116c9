//! The shelf on the disk: digests that are part of the program, and the reader's own library folder.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::source::FileSource;
use super::{cache, embedded, reason, text, write};
use crate::document::windows::Source;
use crate::library::open::{ReadError, Shelf, shown};
use crate::report::TomlSource;

/// The reader's library folder and the digests of the program.
#[derive(Clone, Debug, Default)]
pub struct DiskShelf {
    /// Where the reader's own copies are; `None` where there is no such place.
    pub library: Option<PathBuf>,
    /// Whether nothing but the library and the digests may be read, and nothing be added.
    pub restricted: bool,
    /// Where what was computed is kept; `None` where there is no such place.
    pub cache: Option<PathBuf>,
}

impl DiskShelf {
    /// The one place where it is decided which files may be read: all of them, or, where the reading is
    /// restricted, those that lie in the library once links and `..` are followed. `None` is standard input.
    /// Gives the path to read.
    fn admit(&self, path: Option<&Path>) -> Result<Option<PathBuf>, ReadError> {
        if !self.restricted {
            return Ok(path.map(Path::to_owned));
        }
        let real = |path: &Path| fs::canonicalize(path).ok();
        let inside = || {
            let (file, library) = (real(path?)?, real(self.library.as_ref()?)?);
            file.starts_with(library).then_some(file)
        };
        // The same words whether the file is there or not: a refusal tells nothing of the disk.
        let why = "a restricted reading opens the texts of its library and nothing else".to_owned();
        inside().map(Some).ok_or_else(|| ReadError { path: shown(path), why })
    }
}

impl Shelf for DiskShelf {
    fn embedded(&self, name: &str) -> Option<&str> {
        embedded::text(name)
    }

    fn table(&self, name: &str) -> Option<TomlSource<'_>> {
        embedded::table(name)
    }

    fn copies(&self) -> Result<Vec<PathBuf>, ReadError> {
        let Some(library) = &self.library else { return Ok(Vec::new()) };
        let error = |error: &io::Error| ReadError { path: shown(Some(library)), why: reason::reading(error) };
        let entries = match fs::read_dir(library) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(error(&e)),
        };
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(|e| error(&e))?.path();
            let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
            if !hidden && path.is_file() {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }

    fn exists(&self, path: &Path) -> bool {
        self.admit(Some(path)).is_ok() && path.exists()
    }

    fn read(&self, path: Option<&Path>) -> Result<Vec<u8>, ReadError> {
        text::read(self.admit(path)?.as_deref())
    }

    fn cached(&self, key: &str) -> Option<Vec<u8>> {
        cache::get(self.cache.as_deref()?, key)
    }

    fn cache(&self, key: &str, bytes: &[u8]) {
        if let Some(folder) = &self.cache {
            // What cannot be kept is computed again; nobody has lost anything.
            let _ = cache::put(folder, key, bytes);
        }
    }

    fn source(&self, path: &Path) -> Result<Option<Arc<dyn Source>>, ReadError> {
        let Some(path) = self.admit(Some(path))? else { return Ok(None) };
        Ok(FileSource::open(&path)?.map(|source| Arc::new(source) as Arc<dyn Source>))
    }
}

/// What became of a file that was to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was copied to this path.
    Copied(PathBuf),
    /// The library has the same bytes already, here.
    Already(PathBuf),
}

impl DiskShelf {
    /// Copies bytes into the library as `stem.extension`, or `stem.2.extension` where that is taken by
    /// another text.
    ///
    /// # Errors
    /// Where there is no library folder, it cannot be written to, or the reading is restricted.
    pub fn add(&self, bytes: &[u8], stem: &str, extension: &str) -> Result<Added, ReadError> {
        if self.restricted {
            let why = "a restricted reading adds nothing to it".to_owned();
            return Err(ReadError { path: "library".to_owned(), why });
        }
        let Some(library) = &self.library else {
            let why = "there is no home folder to keep it in; name one with --library DIR".to_owned();
            return Err(ReadError { path: "library".to_owned(), why });
        };
        for copy in self.copies()? {
            if fs::metadata(&copy).is_ok_and(|m| m.len() == bytes.len() as u64)
                && fs::read(&copy).is_ok_and(|found| found == bytes)
            {
                return Ok(Added::Already(copy));
            }
        }
        // The number tells copies apart, whatever their extensions.
        let copies = self.copies()?;
        let is_taken = |stem: &str| copies.iter().any(|path| path.file_stem() == Some(OsStr::new(stem)));
        let stems = (1..).map(|n| if n == 1 { stem.to_owned() } else { format!("{stem}.{n}") });
        let paths =
            stems.filter(|stem| !is_taken(stem)).map(|stem| library.join(format!("{stem}.{extension}")));
        let free = paths.into_iter().find(|path| fs::symlink_metadata(path).is_err());
        let path = free.unwrap_or_else(|| library.join(stem));
        write::atomic(&path, bytes)
            .map_err(|error| ReadError { path: shown(Some(&path)), why: reason::writing(&error) })?;
        Ok(Added::Copied(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_kept_once_and_never_overwrites_another() {
        let home = tempfile::tempdir().unwrap();
        let library = home.path().join("library");
        let shelf = DiskShelf { library: Some(library.clone()), restricted: false, cache: None };
        assert_eq!(shelf.copies(), Ok(Vec::new()), "a library that is not there yet is empty");
        assert_eq!(shelf.add(b"one", "ashe", "txt"), Ok(Added::Copied(library.join("ashe.txt"))));
        assert_eq!(shelf.add(b"one", "other", "txt"), Ok(Added::Already(library.join("ashe.txt"))));
        assert_eq!(shelf.add(b"two", "ashe", "txt"), Ok(Added::Copied(library.join("ashe.2.txt"))));
        assert_eq!(shelf.add(b"three", "ashe", "md"), Ok(Added::Copied(library.join("ashe.3.md"))));
        assert_eq!(shelf.copies().unwrap().len(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_restricted_shelf_gives_what_lies_in_the_library_and_nothing_else() {
        let home = tempfile::tempdir().unwrap();
        let library = home.path().join("library");
        fs::create_dir_all(library.join("below")).unwrap();
        let beside = home.path().join("library-of-others");
        fs::create_dir(&beside).unwrap();
        for path in ["library/a.txt", "library/below/b.txt", "secret.txt", "library-of-others/c.txt"] {
            fs::write(home.path().join(path), path).unwrap();
        }
        std::os::unix::fs::symlink(home.path().join("secret.txt"), library.join("link.txt")).unwrap();
        let shelf = DiskShelf { library: Some(library.clone()), restricted: true, cache: None };
        for (name, may) in [
            ("a.txt", true),
            ("below/b.txt", true),
            ("below/../a.txt", true),
            ("../secret.txt", false),
            ("../library-of-others/c.txt", false),
            ("link.txt", false),
            ("../missing.txt", false),
        ] {
            let path = library.join(name);
            assert_eq!(shelf.read(Some(&path)).is_ok(), may, "{name}");
            assert_eq!(shelf.exists(&path), may, "{name}");
        }
        let said = |path: &str| shelf.read(Some(Path::new(path))).unwrap_err().why;
        assert_eq!(said("/etc/passwd"), said("/no/such/file"), "a refusal tells nothing of the disk");
        assert!(shelf.read(None).is_err(), "standard input is no text of the library");
        assert!(shelf.add(b"one", "ashe", "txt").is_err());
        let nowhere = DiskShelf { library: None, restricted: true, cache: None };
        assert!(nowhere.read(Some(&library.join("a.txt"))).is_err());
    }
}
