//! The reader's `config.toml`, read from the configuration folder.

use super::folders::Folders;
use super::written;
use crate::config::Config;
use crate::library::open::{ReadError, shown};
use crate::report::Problem;
use crate::topics::Topic;

/// The settings in force, and what is wrong with the file they were read from.
#[derive(Clone, Debug, Default)]
pub struct LoadedConfig {
    /// The settings in force; the defaults where there is no file or it cannot be read.
    pub config: Config,
    /// What is wrong with the file, in the order of its lines.
    pub problems: Vec<Problem>,
    /// Why the file that is there cannot be read at all.
    pub unreadable: Option<ReadError>,
    /// The file, fit to be shown; `None` where there is none.
    pub path: Option<String>,
}

impl LoadedConfig {
    /// One sentence about what is wrong and where to read more; `None` where nothing is.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let advice = |_: &str| "`diptych doctor` shows them".to_owned();
        written::sentence(self.unreadable.as_ref(), self.path.as_deref(), self.problems.len(), advice)
    }
}

/// The settings of the configuration folder, beside the topics that ship. No file is no fault.
#[must_use]
pub fn load(folders: &Folders, ships: &[Topic]) -> LoadedConfig {
    let Some(path) = folders.settings().filter(|path| std::fs::symlink_metadata(path).is_ok()) else {
        return LoadedConfig::default();
    };
    let shown = shown(Some(&path));
    match written::read(&path, "config.toml") {
        Ok(source) => {
            let (config, problems) = Config::read(&source, &shown, ships);
            LoadedConfig { config, problems, unreadable: None, path: Some(shown) }
        }
        Err(error) => LoadedConfig { unreadable: Some(error), path: Some(shown), ..LoadedConfig::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_gives_the_defaults_and_a_broken_one_says_where_to_look() {
        let home = tempfile::tempdir().unwrap();
        let folders = Folders { config: Some(home.path().to_owned()), ..Folders::default() };
        assert_eq!(load(&folders, &[]).sentence(), None);
        std::fs::write(home.path().join("config.toml"), "[terminal]\nmouse = 1\ncursor = \"reader\"\n")
            .unwrap();
        let loaded = load(&folders, &[]);
        assert_eq!(loaded.config.terminal.cursor, crate::config::Cursor::Reader);
        let sentence = loaded.sentence().unwrap();
        assert!(sentence.contains("config.toml: 1 problem; `diptych doctor`"), "{sentence}");
        std::fs::write(home.path().join("config.toml"), b"[terminal]\n\xff").unwrap();
        let sentence = load(&folders, &[]).sentence().unwrap();
        assert!(sentence.contains("line 2 is no UTF-8"), "{sentence}");
    }
}
