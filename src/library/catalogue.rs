//! The works that are known, as `texts/works.toml` lists them.

use super::Work;
use super::fold::fold;
use crate::report::table::{Document, Fields};
use crate::report::{At, Examination, Problem, TomlSource, unknown};
use crate::topics::definitions::check_version;

/// The works in their order, and the pair that opens first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    works: Vec<Work>,
    default: Option<[String; 2]>,
}

impl Catalogue {
    /// Reads `works.toml`.
    ///
    /// # Errors
    /// Every problem of the file at once: broken TOML, unknown or missing keys, an id that is unfit or stands
    /// twice, a `default` that names no work.
    pub fn parse<'a>(source: impl Into<TomlSource<'a>>) -> Result<Self, Vec<Problem>> {
        let (catalogue, examination) = Self::examine(source, "works.toml");
        examination.finish(catalogue)
    }

    /// The works of a file that can be read, and what is wrong with the file.
    #[must_use]
    pub fn examine<'a>(source: impl Into<TomlSource<'a>>, path: &'a str) -> (Self, Examination<'a>) {
        let mut examination = Examination::new(path, source);
        let document = Document::parse(&mut examination);
        let fields = document.fields();
        fields.only(&mut examination, &["version", "default", "work"]);
        check_version(&mut examination, &fields);
        let mut works: Vec<Work> = Vec::new();
        for fields in fields.tables(&mut examination, "work") {
            let Some((work, byte)) = work(&mut examination, fields) else { continue };
            if works.iter().any(|known| known.id == work.id) {
                examination.problem(byte, format!("`{}` stands twice; an id names one work", work.id));
                continue;
            }
            works.push(work);
        }
        let default = default_pair(&mut examination, fields, &works);
        (Self { works, default }, examination)
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

/// A work and the byte of its id.
fn work(examination: &mut Examination<'_>, fields: Fields<'_>) -> Option<(Work, usize)> {
    fields.only(examination, &["id", "author", "title", "short_title", "year", "language"]);
    let id = fields.string(examination, "id");
    let [author, title, short_title, year, language] = ["author", "title", "short_title", "year", "language"]
        .map(|key| fields.string(examination, key).map(|at| at.value).unwrap_or_default());
    let At { value: id, byte } = id?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.chars().all(fits) {
        examination.problem(byte, format!("`{id}` is no id: use a to z, 0 to 9 and -"));
    }
    Some((Work { id, author, title, short_title, year, language }, byte))
}

/// The pair that opens first, where the file names one.
fn default_pair(
    examination: &mut Examination<'_>,
    fields: Fields<'_>,
    works: &[Work],
) -> Option<[String; 2]> {
    let names = fields.strings(examination, "default");
    for name in names.iter().filter(|name| works.iter().all(|work| work.id != name.value)) {
        let message = unknown("work", &name.value, works.iter().map(|work| work.id.as_str()));
        examination.problem(name.byte, message);
    }
    if fields.has("default") && names.len() != 2 {
        let byte = names.first().map_or(fields.byte(), |name| name.byte);
        examination.problem(byte, "`default` wants the ids of two works");
    }
    <[String; 2]>::try_from(names.into_iter().map(|name| name.value).collect::<Vec<_>>()).ok()
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
            ("[\"ashe-1801\"", "[\"oak-1\"", 2, 12, "`oak-1`"),
            ("version = 1", "version = 2", 1, 11, "version 2"),
            ("year = \"1801\"", "yaer = \"1801\"", 8, 1, "yaer"),
        ] {
            let problems = Catalogue::parse(&WORKS.replacen(change, with, 1)).unwrap_err();
            let found = problems.iter().find(|problem| problem.message.contains(says));
            assert_eq!(found.map(|p| (p.line, p.column)), Some((line, column)), "{problems:?}");
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
