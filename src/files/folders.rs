//! Where things are kept: configuration, the reader's library, state, cache. Folders are made when first written to.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

/// The folders of this reader; `None` where there is no home and no variable names one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    /// The reader's `config.toml` and `keymap.toml`.
    pub config: Option<PathBuf>,
    /// The reader's own copies of texts.
    pub library: Option<PathBuf>,
    /// Places in texts.
    pub state: Option<PathBuf>,
    /// What was computed and can be computed again.
    pub cache: Option<PathBuf>,
}

impl Folders {
    /// The folders by the XDG base directories; `DIPTYCH_CONFIG_DIR`, `DIPTYCH_DATA_DIR`,
    /// `DIPTYCH_STATE_DIR` and `DIPTYCH_CACHE_DIR` come first, and `library` (`--library DIR`) before all.
    #[must_use]
    pub fn new(library: Option<PathBuf>) -> Self {
        Self::with(library, |variable| std::env::var_os(variable))
    }

    fn with(library: Option<PathBuf>, variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let home = Xdg::new().ok();
        let named = |name: &str| variable(name).filter(|path| !path.is_empty()).map(PathBuf::from);
        let below = |folder: fn(&Xdg) -> PathBuf| home.as_ref().map(|xdg| folder(xdg).join("diptych"));
        let state = |xdg: &Xdg| xdg.state_dir().unwrap_or_else(|| xdg.data_dir());
        let data = named("DIPTYCH_DATA_DIR").or_else(|| below(Xdg::data_dir));
        Self {
            config: named("DIPTYCH_CONFIG_DIR").or_else(|| below(Xdg::config_dir)),
            library: library.or_else(|| data.map(|data| data.join("library"))),
            state: named("DIPTYCH_STATE_DIR").or_else(|| below(state)),
            cache: named("DIPTYCH_CACHE_DIR").or_else(|| below(Xdg::cache_dir)),
        }
    }

    /// The reader's own settings, whether they are there or not.
    #[must_use]
    pub fn settings(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|config| config.join("config.toml"))
    }

    /// The reader's own keymap, whether it is there or not.
    #[must_use]
    pub fn keymap(&self) -> Option<PathBuf> {
        self.config.as_ref().map(|config| config.join("keymap.toml"))
    }
}

/// Makes a folder and those above it, for this reader's eyes only.
///
/// # Errors
/// Where it cannot be made.
pub fn make(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Tries whether a folder can be written to, or, where it is not there yet, whether it can be made. Nothing
/// is left behind.
///
/// # Errors
/// Where it cannot.
pub fn try_writing(folder: &Path) -> io::Result<()> {
    let there = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
    tempfile::tempfile_in(there).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_the_program_come_first_and_empty_ones_do_not_count() {
        let folders = Folders::with(None, |variable| match variable {
            "DIPTYCH_DATA_DIR" => Some("/data".into()),
            "DIPTYCH_STATE_DIR" => Some("/state".into()),
            _ => Some(OsString::new()),
        });
        assert_eq!(folders.library.as_deref(), Some(Path::new("/data/library")));
        assert_eq!(folders.state.as_deref(), Some(Path::new("/state")));
        assert_ne!(folders.config.as_deref(), Some(Path::new("")));
        let folders = Folders::with(Some("/books".into()), |_| Some("/data".into()));
        assert_eq!(folders.library.as_deref(), Some(Path::new("/books")));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_is_made_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/b");
        make(&folder).unwrap();
        make(&folder).unwrap();
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
