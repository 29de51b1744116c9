//! The reader's own keymap, read from the configuration folder.

use std::path::Path;

use super::folders::Folders;
use super::written;
use crate::keys::{Keymap, Problem};
use crate::library::open::{ReadError, shown};

/// The map in force, and what is wrong with the file it was read from.
#[derive(Clone, Debug)]
pub struct LoadedKeymap {
    /// The map in force; the default one where there is no file or it cannot be read.
    pub keymap: Keymap,
    /// What is wrong with the file, in the order of its lines.
    pub problems: Vec<Problem>,
    /// Why the file that is there cannot be read at all.
    pub unreadable: Option<ReadError>,
    /// The file, fit to be shown; `None` where there is none.
    pub path: Option<String>,
}

impl LoadedKeymap {
    /// One sentence about what is wrong and where to read more; `None` where nothing is.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let advice = |path: &str| format!("see `diptych keys --check {path}`");
        written::sentence(self.unreadable.as_ref(), self.path.as_deref(), self.problems.len(), advice)
    }
}

/// The keymap of the configuration folder over the default one. No file is no fault.
#[must_use]
pub fn load(folders: &Folders) -> LoadedKeymap {
    let none =
        LoadedKeymap { keymap: Keymap::built_in(), problems: Vec::new(), unreadable: None, path: None };
    let Some(path) = folders.keymap().filter(|path| std::fs::symlink_metadata(path).is_ok()) else {
        return none;
    };
    let shown = shown(Some(&path));
    match read(&path) {
        Ok(source) => {
            let (keymap, problems) = Keymap::with_overlay(&source, &shown);
            LoadedKeymap { keymap, problems, unreadable: None, path: Some(shown) }
        }
        Err(error) => LoadedKeymap { unreadable: Some(error), path: Some(shown), ..none },
    }
}

/// The text of a keymap file.
///
/// # Errors
/// Where it cannot be read or is no UTF-8.
pub fn read(path: &Path) -> Result<String, ReadError> {
    written::read(path, "a keymap")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_gives_the_default_map_and_a_broken_one_says_where_to_look() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders { config: Some(home.path().to_owned()), ..Folders::default() };
        assert_eq!(load(&folders).sentence(), None);
        std::fs::write(home.path().join("keymap.toml"), "version = 1\n[read]\n\"x\" = \"qiut\"\n").unwrap();
        let sentence = load(&folders).sentence().unwrap();
        assert!(sentence.contains("1 problem") && sentence.contains("diptych keys --check"), "{sentence}");
        std::fs::write(home.path().join("keymap.toml"), b"version = 1\n\xff").unwrap();
        let sentence = load(&folders).sentence().unwrap();
        assert!(sentence.contains("line 2 is no UTF-8"), "{sentence}");
    }
}
