//! Which files may stand where: files of no work, files that are missing, files that are no text.

use super::{Findings, Folder, Known};
use crate::report::{Examination, unknown};

/// The list of works.
pub const WORKS: &str = "works.toml";
/// The definitions of the topics.
pub const TOPICS: &str = "topics.toml";
/// Below this stand the links between works.
pub const LINKS: &str = "links/";
/// What stands beside the two tables for people, not for the program.
const README: &str = "README.md";
/// What may stand in the folder of a work.
const OF_A_WORK: [&str; 3] = ["digest.md", "index.toml", "fingerprints.txt"];

/// A table that every folder has is missing.
pub fn missing(folder: &Folder, name: &str) -> Findings {
    if folder.files.contains_key(name) {
        // It is there and no UTF-8, which is said elsewhere.
        return Findings::default();
    }
    problem_of(folder, name, |examination| examination.problem(0, "this file is missing"))
}

/// Files that are no UTF-8.
pub fn of_encodings(folder: &Folder) -> Findings {
    let mut findings = Findings::default();
    for (name, bytes) in &folder.files {
        let Err(error) = std::str::from_utf8(bytes) else { continue };
        let path = folder.shown(name);
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let text = std::str::from_utf8(valid).unwrap_or_default();
        let mut examination = Examination::new(&path, text);
        examination.problem(text.len(), "this is no UTF-8; save the file in that encoding");
        findings.problems.extend(examination.into_problems());
    }
    findings
}

/// Files that belong to nothing. Without works nothing can be said of the folders of works.
pub fn of_files(folder: &Folder, known: &Known) -> Findings {
    let mut findings = Findings::default();
    let works: Vec<&str> = known.catalogue.works().iter().map(|work| work.id.as_str()).collect();
    for name in folder.files.keys() {
        if [WORKS, TOPICS, README].contains(&name.as_str()) || name.starts_with(LINKS) {
            continue;
        }
        findings += match name.split_once('/') {
            Some((work, _)) if !works.is_empty() && !works.contains(&work) => {
                let message =
                    format!("this file belongs to no work: {}", unknown("work", work, works.clone()));
                problem_of(folder, name, |examination| examination.problem(0, message))
            }
            Some((_, file)) if OF_A_WORK.contains(&file) => continue,
            Some((_, file)) => {
                let message = unknown("file of a work", file, OF_A_WORK);
                problem_of(folder, name, |examination| examination.warn(0, message))
            }
            None => {
                let message = unknown("file", name, [WORKS, TOPICS, README]);
                problem_of(folder, name, |examination| examination.warn(0, message))
            }
        };
    }
    findings
}

/// What is wrong with a file as a whole.
fn problem_of(folder: &Folder, name: &str, note: impl FnOnce(&mut Examination<'_>)) -> Findings {
    let path = folder.shown(name);
    let mut examination = Examination::new(&path, "");
    note(&mut examination);
    Findings { problems: examination.into_problems(), ..Findings::default() }
}
