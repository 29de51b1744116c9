//! What was computed and can be computed again: one file for each key, checked when it is read, never trusted.
//! Does not know what is in it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::write;
use crate::library::open::content_hash;

/// First line of every file: the form of the file, and the state of the program that computed it.
const HEAD: &str = concat!("diptych cache 1 ", env!("CARGO_PKG_VERSION"), " ", env!("DIPTYCH_ENGINE"));
/// Bytes that are kept in all; beyond, what was used longest ago is deleted.
const MOST_BYTES: u64 = 128 * 1024 * 1024;

/// What is kept under a key; `None` where nothing is. A file that another state of the program wrote, or
/// whose bytes are not those that were written, is deleted.
#[must_use]
pub fn get(folder: &Path, key: &str) -> Option<Vec<u8>> {
    let path = path(folder, key);
    let file = fs::read(&path).ok()?;
    let Some(bytes) = checked(&file, key) else {
        let _ = fs::remove_file(&path);
        return None;
    };
    // The age of a file is that of its last use.
    let _ = File::options().append(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
    Some(bytes.to_vec())
}

/// Keeps bytes under a key.
///
/// # Errors
/// Where the folder cannot be written to.
pub fn put(folder: &Path, key: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = head(key, bytes).into_bytes();
    file.extend_from_slice(bytes);
    write::atomic(&path(folder, key), &file)?;
    make_room(folder, MOST_BYTES)
}

/// What stands before the bytes: which state of the program, which key, how many bytes, their hash.
fn head(key: &str, bytes: &[u8]) -> String {
    format!("{HEAD}\n{}\n{}\n{}\n", key.escape_debug(), bytes.len(), content_hash(bytes))
}

/// The bytes of a file where they are those that were written under the key by this state of the program.
fn checked<'a>(file: &'a [u8], key: &str) -> Option<&'a [u8]> {
    let (end, _) = file.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(3)?;
    let (written, bytes) = file.split_at_checked(end + 1)?;
    (written == head(key, bytes).as_bytes()).then_some(bytes)
}

fn path(folder: &Path, key: &str) -> PathBuf {
    folder.join(format!("{}.cache", content_hash(key.as_bytes())))
}

/// Deletes what was used longest ago until no more than `most` bytes are kept.
fn make_room(folder: &Path, most: u64) -> io::Result<()> {
    let mut kept = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Ok(metadata) = fs::metadata(&path) else { continue };
        if path.extension().is_some_and(|extension| extension == "cache") {
            kept.push((metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), metadata.len(), path));
        }
    }
    kept.sort();
    let mut total: u64 = kept.iter().map(|(_, bytes, _)| bytes).sum();
    for (_, bytes, path) in kept {
        if total <= most {
            break;
        }
        fs::remove_file(path)?;
        total -= bytes;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_was_kept_is_found_by_its_key_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("cache");
        assert_eq!(get(&folder, "a"), None);
        put(&folder, "a", b"one\ntwo").unwrap();
        put(&folder, "b\nc", b"").unwrap();
        assert_eq!(get(&folder, "a").as_deref(), Some(&b"one\ntwo"[..]));
        assert_eq!(get(&folder, "b\nc").as_deref(), Some(&b""[..]));
        assert_eq!(get(&folder, "c"), None);
    }

    #[test]
    fn a_damaged_or_stale_file_is_deleted_and_not_trusted() {
        let home = tempfile::tempdir().unwrap();
        let damages: [fn(&mut Vec<u8>); 5] = [
            |file| file.truncate(file.len() - 1),
            |file| file.push(b'x'),
            |file| *file.last_mut().unwrap() ^= 1,
            |file| file[16] ^= 1,
            Vec::clear,
        ];
        for damage in damages {
            put(home.path(), "key", b"what was computed").unwrap();
            let path = path(home.path(), "key");
            let mut file = fs::read(&path).unwrap();
            damage(&mut file);
            fs::write(&path, file).unwrap();
            assert_eq!(get(home.path(), "key"), None);
            assert!(!path.exists());
        }
        // The file of another key in this one's place: as after a collision of names.
        put(home.path(), "other", b"of another").unwrap();
        fs::rename(path(home.path(), "other"), path(home.path(), "key")).unwrap();
        assert_eq!(get(home.path(), "key"), None);
    }

    #[test]
    fn what_was_used_longest_ago_makes_room() {
        let home = tempfile::tempdir().unwrap();
        for (age, key) in [(3, "old"), (2, "middle"), (1, "new")] {
            put(home.path(), key, &[b'x'; 1000]).unwrap();
            let file = File::options().append(true).open(path(home.path(), key)).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(age * 3600)).unwrap();
        }
        assert!(get(home.path(), "old").is_some(), "it was used last now");
        make_room(home.path(), 2500).unwrap();
        let kept = ["old", "middle", "new"].map(|key| get(home.path(), key).is_some());
        assert_eq!(kept, [true, false, true]);
    }
}
