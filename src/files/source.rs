//! A text file that is read where it is looked at. It is never mapped into memory: a file that becomes
//! shorter meanwhile gives fewer bytes instead of ending the program.

use std::fs::{File, Metadata};
use std::io;
use std::ops::Range;
use std::path::Path;

use super::reason::reading as reason;
use crate::document::windows::Source;
use crate::library::open::{ReadError, shown};

/// An open file.
#[derive(Debug)]
pub struct FileSource {
    file: File,
    bytes: usize,
    stamp: String,
}

impl FileSource {
    /// Opens a file that can be read anywhere; `None` for what cannot: folders, pipes and devices.
    ///
    /// # Errors
    /// Where it is missing or may not be read.
    pub fn open(path: &Path) -> Result<Option<Self>, ReadError> {
        let error = |e: &io::Error| ReadError { path: shown(Some(path)), why: reason(e) };
        // Asked before it is opened: a pipe that nobody writes to would never open.
        let metadata = std::fs::metadata(path).map_err(|e| error(&e))?;
        if !metadata.is_file() {
            return Ok(None);
        }
        let file = File::open(path).map_err(|e| error(&e))?;
        let bytes = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
        let stamp = stamp(&metadata);
        Ok(Some(Self { file, bytes, stamp }))
    }
}

/// When a file was last written to, in nanoseconds; nothing where that is not known.
fn stamp(metadata: &Metadata) -> String {
    let written = metadata.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    written.map_or_else(String::new, |since| since.as_nanos().to_string())
}

impl Source for FileSource {
    fn bytes(&self) -> usize {
        self.bytes
    }

    fn stamp(&self) -> String {
        self.stamp.clone()
    }

    /// Of the file that is open: one that another was put in the place of stays what it was.
    fn is_changed(&self) -> bool {
        let now = self.file.metadata();
        now.is_ok_and(|now| now.len() != self.bytes as u64 || stamp(&now) != self.stamp)
    }

    fn read(&self, range: Range<usize>) -> Vec<u8> {
        let mut bytes = vec![0; range.end.min(self.bytes).saturating_sub(range.start)];
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match read_at(&self.file, rest, (range.start + filled) as u64) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        bytes.truncate(filled);
        bytes
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_anywhere_and_gives_less_when_it_is_cut() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("text.txt");
        std::fs::write(&path, "one two three").unwrap();
        let source = FileSource::open(&path).unwrap().unwrap();
        assert_eq!(source.bytes(), 13);
        assert_eq!(source.read(4..7), b"two");
        assert_eq!(source.read(8..99), b"three");
        assert_eq!(source.read(99..100), b"");
        assert!(!source.is_changed());
        File::options().write(true).open(&path).unwrap().set_len(6).unwrap();
        assert_eq!(source.read(4..13), b"tw");
        assert!(source.is_changed());
        // Another file in its place is another file.
        let source = FileSource::open(&path).unwrap().unwrap();
        std::fs::write(folder.path().join("new.txt"), "another").unwrap();
        std::fs::rename(folder.path().join("new.txt"), &path).unwrap();
        assert_eq!((source.is_changed(), source.read(0..6)), (false, b"one tw".to_vec()));
    }

    #[test]
    fn a_folder_is_no_source_and_a_missing_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(FileSource::open(folder.path()).unwrap().is_none());
        assert!(FileSource::open(&folder.path().join("missing")).is_err());
    }
}
