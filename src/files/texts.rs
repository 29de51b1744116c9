//! A folder laid out like `texts/`, whole: from the disk, or as it is part of the program.

use std::fs;
use std::io;
use std::path::Path;

use super::{embedded, reason, text};
use crate::library::check::Folder;
use crate::library::open::{ReadError, shown};

/// Folders below this depth are no part of the layout and are not entered.
const DEEPEST: usize = 2;

/// What stood in `texts/` when the program was built.
#[must_use]
pub fn embedded_folder() -> Folder {
    let files = embedded::names()
        .filter_map(|name| Some((name.to_owned(), embedded::text(name)?.as_bytes().to_owned())));
    Folder { path: "texts".to_owned(), files: files.collect() }
}

/// The files of a folder on the disk. Hidden files, and what is neither file nor folder, do not count.
///
/// # Errors
/// Where the folder is missing, has none of the tables that make it such a folder, or a file cannot be read.
pub fn folder(path: &Path) -> Result<Folder, ReadError> {
    let name = shown(Some(path));
    if path.is_file() {
        return Err(ReadError { path: name, why: "this is a file; name the folder it stands in".to_owned() });
    }
    if path.is_dir() && !["works.toml", "topics.toml"].iter().any(|table| path.join(table).exists()) {
        let why =
            "there is neither works.toml nor topics.toml; name a folder laid out like texts/".to_owned();
        return Err(ReadError { path: name, why });
    }
    let mut folder = Folder { path: name.trim_end_matches('/').to_owned(), ..Folder::default() };
    walk(path, "", DEEPEST, &mut folder)?;
    Ok(folder)
}

fn walk(path: &Path, prefix: &str, depth: usize, folder: &mut Folder) -> Result<(), ReadError> {
    let error = |error: &io::Error| {
        let missing = error.kind() == io::ErrorKind::NotFound;
        let why = if missing { "there is no such folder".to_owned() } else { reason::reading(error) };
        ReadError { path: shown(Some(path)), why }
    };
    for entry in fs::read_dir(path).map_err(|e| error(&e))? {
        let path = entry.map_err(|e| error(&e))?.path();
        let Some(file) = path.file_name().map(|name| name.to_string_lossy()) else { continue };
        let name = format!("{prefix}{file}");
        if file.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            if depth > 1 {
                walk(&path, &format!("{name}/"), depth - 1, folder)?;
            }
        } else if path.is_file() {
            folder.files.insert(name, text::read(Some(&path))?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_with_its_works_and_without_hidden_files() {
        let home = tempfile::tempdir().unwrap();
        for name in ["works.toml", "ashe-1801/digest.md", "links/a--b.toml", ".git/x", "a/b/c/deep.md"] {
            let path = home.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        let folder = folder(home.path()).unwrap();
        let names: Vec<_> = folder.files.keys().map(String::as_str).collect();
        assert_eq!(names, ["ashe-1801/digest.md", "links/a--b.toml", "works.toml"]);
        assert_eq!(folder.files["works.toml"], b"works.toml");
    }

    #[test]
    fn what_is_no_such_folder_is_said_with_its_path() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("file"), "x").unwrap();
        for (name, said) in [
            ("missing", "there is no such folder"),
            ("file", "this is a file"),
            ("", "neither works.toml nor topics.toml"),
        ] {
            let error = folder(&home.path().join(name)).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
        }
    }
}
