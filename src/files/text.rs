//! The bytes of a text file, or one clear line why there are none.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::reason::reading as reason;
use crate::library::open::{ReadError, shown};

/// Largest text that is read, in bytes: an import holds the text several times over.
pub const LIMIT: u64 = 256 * 1024 * 1024;

/// The bytes of a file; standard input for `None`. Pipes and devices are read up to [`LIMIT`].
///
/// # Errors
/// Where the file is missing, a folder, not readable, or larger than [`LIMIT`].
pub fn read(path: Option<&Path>) -> Result<Vec<u8>, ReadError> {
    let error = |why: String| ReadError { path: shown(path), why };
    let Some(path) = path else {
        return read_up_to_limit(io::stdin().lock(), 0).map_err(error);
    };
    let metadata = fs::metadata(path).map_err(|e| error(reason(&e)))?;
    if metadata.is_dir() {
        return Err(error("this is a folder; name a text file in it".to_owned()));
    }
    if metadata.len() > LIMIT {
        return Err(error(too_large(Some(metadata.len()))));
    }
    let file = File::open(path).map_err(|e| error(reason(&e)))?;
    read_up_to_limit(file, metadata.len()).map_err(error)
}

fn read_up_to_limit(source: impl Read, expected: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    bytes
        .try_reserve(usize::try_from(expected).unwrap_or(usize::MAX))
        .map_err(|_| too_large(Some(expected)))?;
    source.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > LIMIT { Err(too_large(None)) } else { Ok(bytes) }
}

fn too_large(bytes: Option<u64>) -> String {
    let limit = LIMIT / 1024 / 1024;
    let size = bytes.map_or_else(String::new, |bytes| format!(" ({} MiB)", bytes.div_ceil(1024 * 1024)));
    format!("the file is too large{size}; texts up to {limit} MiB are read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_or_no_file_is_said_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing.txt");
        let error = read(Some(&missing)).unwrap_err().to_string();
        assert!(error.ends_with("missing.txt: there is no such file"), "{error}");
        let error = read(Some(folder.path())).unwrap_err().to_string();
        assert!(error.contains("this is a folder"), "{error}");
    }

    #[test]
    fn a_file_beyond_the_bound_is_refused_by_its_size_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.txt");
        File::create(&path).unwrap().set_len(LIMIT + 1).unwrap();
        let error = read(Some(&path)).unwrap_err().to_string();
        assert!(error.contains("too large (257 MiB); texts up to 256 MiB"), "{error}");
    }

    #[test]
    fn a_source_without_a_size_is_read_up_to_the_bound() {
        assert_eq!(read_up_to_limit(&b"text"[..], 0), Ok(b"text".to_vec()));
    }
}
