//! The shape of the code, kept by reading it: arrows between rooms run one way, one room touches the disk,
//! a few draw, and no file grows beyond one responsibility.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// For each room the rooms that it may name. `commands` and the crate root put all of them together.
const ARROWS: [(&str, &[&str]); 16] = [
    ("progress", &[]),
    ("hash", &[]),
    ("align", &["progress"]),
    ("document", &["progress"]),
    ("report", &[]),
    ("layout", &["document"]),
    ("session", &["document", "hash"]),
    ("topics", &["document", "progress", "report"]),
    ("links", &["align", "document", "progress", "report", "topics"]),
    ("library", &["align", "document", "hash", "links", "progress", "report", "topics"]),
    ("reader", &["document", "layout", "library::pair", "links", "progress", "session", "topics"]),
    ("keys", &["reader::action", "report"]),
    ("view", &["document", "layout", "links", "reader", "topics"]),
    ("terminal", &["config", "keys", "layout", "library::pair", "progress", "reader", "session", "view"]),
    ("config", &["reader::model", "report", "topics"]),
    ("files", &["config", "document", "keys", "library", "report", "session", "topics"]),
];

/// Where each of these may be named: a room, or a file in it.
const TOOLS: [(&str, &[&str]); 6] = [
    ("std::fs", &["files", "terminal/line.rs"]), // the writer holds standard output as a file
    ("tempfile", &["files"]),
    ("ratatui", &["terminal", "view", "layout/width.rs"]),
    ("crossterm", &["terminal", "commands/output.rs"]), // the width of the terminal for printing
    ("rustix", &["terminal"]),
    ("signal_hook", &["terminal"]),
];

/// Lines of a source file before its tests.
const MOST_LINES: usize = 450;

struct Source {
    /// Path below `src`, with `/` between the parts.
    name: String,
    /// The lines before the tests of the file.
    lines: Vec<String>,
}

impl Source {
    fn room(&self) -> &str {
        self.name.split('/').next().unwrap().trim_end_matches(".rs")
    }

    /// The lines of code, numbered from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.lines.iter().enumerate().map(|(at, line)| (at + 1, line.trim()));
        lines.filter(|(_, line)| !line.starts_with("//"))
    }
}

/// All sources that are part of the program; those of tests alone are left out.
fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let paths = files_below(&root).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let text = fs::read_to_string(&path).unwrap();
        let next = text.lines().skip(1).chain([""]);
        let begins_tests = |line: &str, next: &str| line == "#[cfg(test)]" && next.starts_with("mod tests {");
        let lines = text.lines().zip(next).take_while(|(line, next)| !begins_tests(line, next));
        let lines = lines.map(|(line, _)| line.to_owned()).collect();
        Source { name, lines }
    };
    let found: Vec<Source> = paths.filter(|path| !is_for_tests(path)).map(read).collect();
    assert!(found.len() > 50, "the sources are not here");
    found
}

/// Whether the parent of a file declares it for tests alone.
fn is_for_tests(path: &Path) -> bool {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let parent = fs::read_to_string(path.with_file_name("mod.rs")).unwrap_or_default();
    ["mod", "pub mod", "pub(crate) mod"]
        .iter()
        .any(|kind| parent.contains(&format!("#[cfg(test)]\n{kind} {stem};")))
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name();
        if entry.file_type().unwrap().is_dir() {
            if name != "target" && name != ".git" {
                files.extend(files_below(&entry.path()));
            }
        } else {
            files.push(entry.path());
        }
    }
    files.sort();
    files
}

/// The paths after each `crate::` of a line, two names long at most.
fn crate_paths(line: &str) -> Vec<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let paths = line.split("crate::").skip(1).map(|rest| {
        let path: String = rest.chars().take_while(|&c| is_name(c) || c == ':').collect();
        path.split("::").filter(|name| !name.is_empty()).take(2).collect::<Vec<_>>().join("::")
    });
    paths.collect()
}

/// Whether a path is, or lies below, one of those allowed.
fn is_within(path: &str, allowed: &[&str], separator: &str) -> bool {
    allowed.iter().any(|&room| path == room || path.starts_with(&format!("{room}{separator}")))
}

#[test]
fn arrows_between_rooms_run_one_way() {
    let mut wrong = Vec::new();
    for source in sources() {
        if ["commands", "lib", "main"].contains(&source.room()) {
            continue;
        }
        let (room, allowed) = ARROWS
            .iter()
            .find(|(room, _)| *room == source.room())
            .unwrap_or_else(|| panic!("src/{}: the room has no row in ARROWS", source.name));
        for (number, line) in source.code() {
            for path in crate_paths(line) {
                if path != *room
                    && !path.starts_with(&format!("{room}::"))
                    && !is_within(&path, allowed, "::")
                {
                    wrong.push(format!("src/{}:{number}: {room} may not name {path}", source.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_rooms_that_own_them_touch_disk_and_terminal() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (number, line) in source.code() {
            for (tool, allowed) in TOOLS {
                let named = line.contains(&format!("{tool}::")) || line.contains(&format!("use {tool}"));
                if named && !is_within(&source.name, allowed, "/") {
                    wrong.push(format!("src/{}:{number}: {tool} belongs to {allowed:?}", source.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_has_one_responsibility() {
    let long = |source: &Source| {
        let lines = source.lines.len();
        (lines > MOST_LINES).then(|| format!("src/{}: {lines} lines before its tests", source.name))
    };
    let long: Vec<String> = sources().iter().filter_map(long).collect();
    assert!(long.is_empty(), "split by responsibility:\n{}", long.join("\n"));
}

#[test]
fn every_file_says_what_it_owns() {
    let silent = |source: &Source| !source.lines.first().is_some_and(|line| line.starts_with("//! "));
    let silent: Vec<String> = sources().into_iter().filter(silent).map(|source| source.name).collect();
    assert!(silent.is_empty(), "no //! on the first line: {silent:?}");
}

#[test]
fn nothing_is_tied_to_one_machine() {
    // Spelled in two parts, so that this file does not name them.
    let machine = [["/ro", "ot/"], ["/ho", "me/"], ["/Us", "ers/"], ["/wo", "rk/"], ["C:\\", "Users"]];
    let registry =
        [["index.", "crates.io"], ["static.", "crates.io"], ["pypi", ".org"], ["registry.", "npmjs"]];
    let marks: Vec<String> = machine.iter().chain(&registry).map(|parts| parts.concat()).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for path in files_below(root) {
        // What is no UTF-8 was made by a program; the lock file names the registry by its rules.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if path.file_name().is_some_and(|name| name == "Cargo.lock" || name == ".git") {
            continue;
        }
        for (at, line) in text.lines().enumerate() {
            for mark in marks.iter().filter(|mark| line.contains(*mark)) {
                wrong.push(format!("{}:{}: {mark}", path.strip_prefix(root).unwrap().display(), at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
