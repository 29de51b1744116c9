//! What an error of the system means to a person, in plain words with what to do: the one place where that is said.
#![expect(clippy::wildcard_enum_match_arm, reason = "the system has more errors than there is advice for")]

use std::io::{Error, ErrorKind};

/// Why something cannot be read.
#[must_use]
pub fn reading(error: &Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such file",
        ErrorKind::PermissionDenied => {
            "you may not read this file (permission denied): ask its owner for the right, or for a copy"
        }
        ErrorKind::IsADirectory => "this is a folder; name a text file in it",
        ErrorKind::NotADirectory => "there is no such file: a part of the path is no folder",
        _ => return other("cannot be read", error),
    };
    words.to_owned()
}

/// Why something cannot be written.
#[must_use]
pub fn writing(error: &Error) -> String {
    let words = match error.kind() {
        ErrorKind::NotFound => "there is no such folder: make it, or name another one",
        ErrorKind::PermissionDenied => {
            "you may not write there (permission denied): give yourself the right, or name another folder"
        }
        ErrorKind::IsADirectory => "a folder stands where the file would be: move it away",
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            "a file stands where a folder would be: move it away, or name another folder"
        }
        ErrorKind::StorageFull => "the disk is full: make room on it",
        ErrorKind::QuotaExceeded => "your share of the disk is used up: make room in your folders",
        ErrorKind::ReadOnlyFilesystem => "that disk can only be read: name another folder",
        ErrorKind::BrokenPipe => "whoever was to read it has gone",
        _ => return other("cannot be written", error),
    };
    words.to_owned()
}

/// What is said of reading and writing alike, and the words of the system for all else.
fn other(failed: &str, error: &Error) -> String {
    match error.kind() {
        ErrorKind::TooManyLinks => "it has too many links: make a copy of it".to_owned(),
        ErrorKind::InvalidFilename => "the name is too long, or has signs that no file may have".to_owned(),
        ErrorKind::StaleNetworkFileHandle | ErrorKind::TimedOut | ErrorKind::NetworkDown => {
            "the disk over the network does not answer: try again".to_owned()
        }
        _ => match error.raw_os_error() {
            Some(LOOP) => "its symbolic links lead round in a circle: name the file itself".to_owned(),
            Some(number) => {
                let words = error.to_string();
                let words = words.strip_suffix(&format!(" (os error {number})")).unwrap_or(&words);
                format!("it {failed}: the system says “{words}”")
            }
            // Words of our own.
            None => error.to_string(),
        },
    }
}

/// ELOOP, for which there is no kind that may be named yet.
const LOOP: i32 = if cfg!(any(target_os = "linux", target_os = "android")) { 40 } else { 62 };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_the_system_is_said_whatever_went_wrong() {
        for number in 1..134 {
            let error = Error::from_raw_os_error(number);
            for said in [reading(&error), writing(&error)] {
                assert!(!said.contains("os error") && !said.is_empty(), "{number}: {said}");
            }
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_usual_errors_say_what_to_do() {
        for (number, reads, writes) in [
            (2, "no such file", "no such folder: make it"),
            (5, "“Input/output error”", "“Input/output error”"),
            (13, "ask its owner", "give yourself the right"),
            (20, "no folder", "move it away"),
            (21, "name a text file in it", "move it away"),
            (28, "cannot be read", "the disk is full: make room"),
            (30, "cannot be read", "name another folder"),
            (31, "too many links", "too many links"),
            (32, "cannot be read", "has gone"),
            (36, "too long", "too long"),
            (40, "round in a circle", "round in a circle"),
            (122, "cannot be read", "your share of the disk"),
        ] {
            let error = Error::from_raw_os_error(number);
            let said = [reading(&error), writing(&error)];
            assert!(said[0].contains(reads) && said[1].contains(writes), "{number}: {said:?}");
        }
        assert_eq!(writing(&Error::other("there is no home folder")), "there is no home folder");
    }
}
