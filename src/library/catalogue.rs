//! The works that are known, as `texts/works.toml` lists them.

use serde::Deserialize;
use toml::Spanned;

use super::Work;
use super::fold::fold;

/// The works in their order, and the pair that opens first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    works: Vec<Work>,
    default: Option<[String; 2]>,
}

/// Why a list of works cannot be used, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("works.toml:{line}:{column}: {message}")]
pub struct CatalogueError {
    /// Line of the file, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorksFile {
    version: Spanned<u32>,
    default: Option<Spanned<[String; 2]>>,
    #[serde(default)]
    work: Vec<WorkEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WorkEntry {
    id: Spanned<String>,
    author: String,
    title: String,
    short_title: String,
    year: String,
    language: String,
}

impl Catalogue {
    /// Reads `works.toml`.
    ///
    /// # Errors
    /// Where it is no TOML of the right form, an id is unfit or stands twice, or `default` names no work.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let at = |byte: usize, message: String| {
            let (line, column) = position(text, byte);
            CatalogueError { line, column, message }
        };
        let file: WorksFile = toml::from_str(text)
            .map_err(|error| at(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        if *file.version.get_ref() != 1 {
            let message = format!("version {} is not known; write 1", file.version.get_ref());
            return Err(at(file.version.span().start, message));
        }
        let mut works: Vec<Work> = Vec::with_capacity(file.work.len());
        for entry in file.work {
            let start = entry.id.span().start;
            let id = entry.id.into_inner();
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if id.is_empty() || !id.chars().all(fits) {
                return Err(at(start, format!("`{id}` is no id: use a to z, 0 to 9 and -")));
            }
            if works.iter().any(|work| work.id == id) {
                return Err(at(start, format!("`{id}` stands twice; an id names one work")));
            }
            let WorkEntry { id: _, author, title, short_title, year, language } = entry;
            works.push(Work { id, author, title, short_title, year, language });
        }
        let start = file.default.as_ref().map_or(0, |pair| pair.span().start);
        let default = file.default.map(Spanned::into_inner);
        for id in default.iter().flatten() {
            if !works.iter().any(|work| work.id == *id) {
                return Err(at(start, format!("`default` names `{id}`, which is no work of this file")));
            }
        }
        Ok(Self { works, default })
    }

    /// All works, in the order of the file.
    #[must_use]
    pub fn works(&self) -> &[Work] {
        &self.works
    }

    /// The work with an identifier.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Work> {
        self.works.iter().find(|work| work.id == id)
    }

    /// Identifiers of the two works that open first.
    #[must_use]
    pub fn default_pair(&self) -> Option<[&str; 2]> {
        self.default.as_ref().map(|[left, right]| [left.as_str(), right.as_str()])
    }

    /// The works that a name may mean: the one with that id, else those whose id or author's name begins
    /// with it. Case and accents do not count.
    #[must_use]
    pub fn matching(&self, name: &str) -> Vec<&Work> {
        let wanted = fold(name);
        if let Some(work) = self.works.iter().find(|work| work.id == wanted) {
            return vec![work];
        }
        if wanted.is_empty() {
            return Vec::new();
        }
        let begins = |work: &&Work| {
            work.id.starts_with(&wanted)
                || fold(&work.author).split_whitespace().any(|word| word.starts_with(&wanted))
        };
        self.works.iter().filter(begins).collect()
    }

    /// Names that come near to one that is not known, nearest first, at most three.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        let wanted = fold(name);
        let likeness = |work: &Work| {
            let author = fold(&work.author);
            let words = author.split_whitespace().chain(work.id.split('-')).chain([work.id.as_str()]);
            words.map(|word| strsim::jaro_winkler(&wanted, word)).fold(0.0, f64::max)
        };
        let mut near: Vec<_> = self.works.iter().map(|work| (likeness(work), work.id.as_str())).collect();
        near.retain(|(likeness, _)| *likeness > 0.75);
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        near.into_iter().take(3).map(|(_, id)| id).collect()
    }
}

/// Line and column (in characters) of a byte of `text`, both from 1.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..text.floor_char_boundary(byte)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKS: &str = r#"version = 1
default = ["ashe-1801", "birch-1802"]
[[work]]
id = "ashe-1801"
author = "A. Ashé"
title = "On Ferries"
short_title = "On Ferries"
year = "1801"
language = "en"
[[work]]
id = "birch-1802"
author = "B. Birch"
title = "Against Ferries"
short_title = "Against"
year = "1802"
language = "en"
"#;

    #[test]
    fn a_name_means_a_work_by_id_prefix_or_author() {
        let catalogue = Catalogue::parse(WORKS).unwrap();
        for (name, expected) in [
            ("ashe-1801", vec!["ashe-1801"]),
            ("ASHE", vec!["ashe-1801"]),
            ("ashé", vec!["ashe-1801"]),
            ("b", vec!["birch-1802"]),
            ("oak", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<_> = catalogue.matching(name).iter().map(|work| work.id.as_str()).collect();
            assert_eq!(found, expected, "{name}");
        }
        assert_eq!(catalogue.nearest("brich"), ["birch-1802"]);
        assert!(catalogue.nearest("zzz").is_empty());
        assert_eq!(catalogue.default_pair(), Some(["ashe-1801", "birch-1802"]));
    }

    #[test]
    fn errors_name_the_line_and_the_column() {
        for (change, with, line, column, says) in [
            ("\"ashe-1801\"\nauthor", "\"Ashe 1801\"\nauthor", 4, 6, "no id"),
            ("\"birch-1802\"\nauthor", "\"ashe-1801\"\nauthor", 11, 6, "stands twice"),
            ("[\"ashe-1801\"", "[\"oak-1\"", 2, 11, "`oak-1`"),
            ("version = 1", "version = 2", 1, 11, "version 2"),
            ("year = \"1801\"", "yaer = \"1801\"", 8, 1, "yaer"),
        ] {
            let error = Catalogue::parse(&WORKS.replacen(change, with, 1)).unwrap_err();
            assert!(error.message.contains(says), "{error}");
            assert_eq!((error.line, error.column), (line, column), "{error}");
        }
    }

    #[test]
    fn the_works_of_this_program_are_well_formed() {
        let text = crate::files::embedded::text("works.toml").unwrap();
        let catalogue = Catalogue::parse(text).unwrap();
        assert!(catalogue.default_pair().is_some());
        assert!(catalogue.works().len() >= 4);
    }
}
