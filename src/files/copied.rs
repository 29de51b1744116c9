//! What was copied last, in a file: the clipboard of a remote terminal may refuse it without a word.

use std::io;
use std::path::{Path, PathBuf};

use super::write;

/// Replaces the file of the last copy, for this reader's eyes only; its path.
///
/// # Errors
/// Where there is no state folder or it cannot be written to; the copy before is then untouched.
pub fn keep_copy(state: Option<&Path>, text: &str) -> io::Result<PathBuf> {
    let state = state.ok_or_else(|| io::Error::other("there is no home folder"))?;
    let path = state.join("copied.txt");
    write::atomic(&path, text.as_bytes())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_copy_is_kept_whole() {
        let state = tempfile::tempdir().unwrap();
        let state = state.path().join("diptych");
        keep_copy(Some(&state), "a longer first copy").unwrap();
        let path = keep_copy(Some(&state), "second").unwrap();
        assert_eq!(std::fs::read_to_string(path).unwrap(), "second");
        assert!(keep_copy(None, "nowhere").unwrap_err().to_string().contains("no home folder"));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_can_read_the_copy() {
        use std::os::unix::fs::PermissionsExt;
        let state = tempfile::tempdir().unwrap();
        let path = keep_copy(Some(state.path()), "words").unwrap();
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
