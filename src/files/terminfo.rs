//! Whether this machine has an entry for a terminal in its terminfo, which other programs go by.

use std::ffi::OsString;
use std::path::PathBuf;

/// Where entries lie besides what variables name; see terminfo(5).
const FOLDERS: [&str; 5] = [
    "/etc/terminfo",
    "/lib/terminfo",
    "/usr/share/terminfo",
    "/usr/lib/terminfo",
    "/usr/local/share/terminfo",
];

/// Whether there is an entry for what `TERM` says; `None` where there is no terminfo to look in.
#[must_use]
pub fn has_entry(term: &str) -> Option<bool> {
    has_entry_with(term, |variable| std::env::var_os(variable))
}

fn has_entry_with(term: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<bool> {
    let first = term.chars().next().filter(|_| !term.contains('/'))?;
    let named = variable("TERMINFO").map(PathBuf::from);
    let own = variable("HOME").map(|home| PathBuf::from(home).join(".terminfo"));
    let listed = variable("TERMINFO_DIRS").unwrap_or_default();
    let folders = named.into_iter().chain(own).chain(std::env::split_paths(&listed));
    let folders: Vec<PathBuf> =
        folders.chain(FOLDERS.map(PathBuf::from)).filter(|folder| folder.is_dir()).collect();
    // Where names of files do not tell capitals apart, the folder is the number of the letter.
    let below = [first.to_string(), format!("{:x}", u32::from(first))];
    let is_there = |folder: &PathBuf| {
        below.iter().any(|letter| folder.join(letter).join(term).symlink_metadata().is_ok())
    };
    (!folders.is_empty()).then(|| folders.iter().any(is_there))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_under_its_letter_or_the_number_of_it() {
        let home = tempfile::tempdir().unwrap();
        for path in ["d/diptych-one", "64/diptych-two"] {
            let entry = home.path().join(path);
            std::fs::create_dir_all(entry.parent().unwrap()).unwrap();
            std::fs::write(entry, b"").unwrap();
        }
        let variable = |name: &str| (name == "TERMINFO").then(|| home.path().into());
        for (term, expected) in [
            ("diptych-one", Some(true)),
            ("diptych-two", Some(true)),
            ("diptych-three", Some(false)),
            ("", None),
            ("../x", None),
        ] {
            assert_eq!(has_entry_with(term, variable), expected, "{term}");
        }
    }
}
