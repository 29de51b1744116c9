//! Writing a file so that it is either the old one or the new one, never half of it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::folders;

/// Longest chain of symbolic links that is followed.
const LINKS: usize = 40;

/// Replaces a file by `bytes`: a temporary file beside it, flushed to the disk, then renamed over it. A
/// symbolic link stays one, its target is replaced. The folder is made where it is missing.
///
/// # Errors
/// Where the folder cannot be made or written to; the old file is then untouched.
pub fn atomic(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = follow(path);
    let folder = folder_of(&target);
    folders::make(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    if let Ok(old) = fs::metadata(&target) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|error| error.error)?;
    // The rename itself reaches the disk with the folder; where a file system cannot do that, it is done.
    if let Ok(folder) = fs::File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The file at the end of a chain of symbolic links, also where that file is not there yet.
fn follow(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&target) else { break };
        target = folder_of(&target).join(next);
    }
    target
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/file.json");
        atomic(&path, b"one").unwrap();
        atomic(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_stays_and_its_target_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("kept/target", &link).unwrap();
        atomic(&link, b"one").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(folder.path().join("kept/target")).unwrap(), b"one");
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "no folder").unwrap();
        assert!(atomic(&file.join("below"), b"one").is_err());
        assert_eq!(fs::read(&file).unwrap(), b"no folder");
    }
}
