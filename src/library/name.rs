//! What a name on the command line means: a work in one of its forms, a file, or standard input.

use std::path::{Path, PathBuf};

use super::catalogue::Catalogue;
use super::{Form, Work};

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A known work; the form where the name says it.
    Work(Work, Option<Form>),
    /// One of several copies of a work, by its number.
    Copy(Work, u32),
    /// A file.
    Path(PathBuf),
    /// `-`.
    StandardInput,
}

/// A name that means nothing, or more than one thing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Neither a work nor a file.
    #[error("`{name}` is neither a work nor a file{}; `diptych list` shows the works", suggestion(near))]
    Unknown {
        /// As typed.
        name: String,
        /// Identifiers of works that come near.
        near: Vec<String>,
    },
    /// A work that is known, in a form that there is not.
    #[error(
        "{work} is a work, but `{form}` is none of its forms: write {work}:digest, {work}:original, or \
         {work}:original.2 for the second of several copies"
    )]
    Form {
        /// Identifier of the work.
        work: String,
        /// As typed.
        form: String,
    },
    /// The beginning of several works.
    #[error("`{name}` may be {}; write one of them", works.join(" or "))]
    Ambiguous {
        /// As typed.
        name: String,
        /// Identifiers of the works it may mean.
        works: Vec<String>,
    },
}

fn suggestion(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(" or ")) }
}

/// What `name` means. An id of a work comes first, then a file of that name, then the beginning of an id or
/// of an author's name. `exists` tells whether a file stands at a path.
///
/// # Errors
/// Where the name means nothing or more than one work.
pub fn resolve(name: &str, catalogue: &Catalogue, exists: impl Fn(&Path) -> bool) -> Result<Name, NameError> {
    if name == "-" {
        return Ok(Name::StandardInput);
    }
    let (stem, form) = match name.rsplit_once(':') {
        Some((stem, "digest")) => (stem, Asked::Form(Form::Digest)),
        Some((stem, "original")) => (stem, Asked::Form(Form::Original)),
        Some((stem, form)) => match form.strip_prefix("original.").and_then(|number| number.parse().ok()) {
            Some(number) => (stem, Asked::Copy(number)),
            None => (stem, Asked::Unknown(form)),
        },
        None => (name, Asked::Nothing),
    };
    if let (Some(work), true) = (catalogue.get(stem), form.is_known()) {
        return form.of(work);
    }
    let path = Path::new(name);
    if exists(path) {
        return Ok(Name::Path(path.to_owned()));
    }
    let is_path = path.components().count() > 1 || path.is_absolute() || path.extension().is_some();
    if is_path && matches!(form, Asked::Unknown(form) if !form.starts_with("original")) {
        return Ok(Name::Path(path.to_owned()));
    }
    match catalogue.matching(stem).as_slice() {
        [work] => return form.of(work),
        [] => {}
        several => {
            let works = several.iter().map(|work| work.id.clone()).collect();
            return Err(NameError::Ambiguous { name: shown(name), works });
        }
    }
    if is_path && form == Asked::Nothing {
        return Ok(Name::Path(path.to_owned()));
    }
    let near = catalogue.nearest(stem).into_iter().map(str::to_owned).collect();
    Err(NameError::Unknown { name: shown(name), near })
}

/// What stands after the `:` of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked<'a> {
    Nothing,
    Form(Form),
    Copy(u32),
    Unknown(&'a str),
}

impl Asked<'_> {
    fn is_known(self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// What it asks of a work.
    fn of(self, work: &Work) -> Result<Name, NameError> {
        match self {
            Self::Nothing => Ok(Name::Work(work.clone(), None)),
            Self::Form(form) => Ok(Name::Work(work.clone(), Some(form))),
            Self::Copy(number) => Ok(Name::Copy(work.clone(), number)),
            Self::Unknown(form) => Err(NameError::Form { work: work.id.clone(), form: shown(form) }),
        }
    }
}

/// A name from outside with its control characters spelled out.
fn shown(name: &str) -> String {
    name.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        let work = |id: &str, author: &str| {
            format!(
                "[[work]]\nid = \"{id}\"\nauthor = \"{author}\"\ntitle = \"T\"\nshort_title = \"T\"\n\
                 year = \"1\"\nlanguage = \"en\"\n"
            )
        };
        let works = ["version = 1\n".to_owned(), work("ashe-1801", "A. Ashe"), work("ashe-1809", "A. Ashe")]
            .into_iter()
            .chain([work("birch-1802", "B. Birch")])
            .collect::<String>();
        Catalogue::parse(&works).unwrap()
    }

    #[test]
    fn names_are_works_files_or_standard_input() {
        let catalogue = catalogue();
        let birch = |form| Name::Work(catalogue.get("birch-1802").unwrap().clone(), form);
        let resolve = |name: &str| resolve(name, &catalogue, |path| path == Path::new("bir"));
        for (name, expected) in [
            ("birch-1802", birch(None)),
            ("birch-1802:digest", birch(Some(Form::Digest))),
            ("birch:original", birch(Some(Form::Original))),
            ("BIRCH", birch(None)),
            ("birch:original.2", Name::Copy(catalogue.get("birch-1802").unwrap().clone(), 2)),
            ("birch:notes.txt", Name::Path("birch:notes.txt".into())),
            ("bir", Name::Path("bir".into())),
            ("nowhere.txt", Name::Path("nowhere.txt".into())),
            ("./birch-1802", Name::Path("./birch-1802".into())),
            ("-", Name::StandardInput),
        ] {
            assert_eq!(resolve(name), Ok(expected), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_wrong_or_not_enough_is_an_error_with_help() {
        let resolve = |name: &str| resolve(name, &catalogue(), |_| false).unwrap_err().to_string();
        assert!(resolve("ashe").contains("ashe-1801 or ashe-1809"));
        assert!(resolve("brich").contains("did you mean birch-1802?"));
        for name in ["birch:orignal", "birch-1802:foo", "birch:original.x"] {
            let said = resolve(name);
            assert!(said.contains("birch-1802 is a work") && said.contains("birch-1802:original"), "{said}");
        }
        assert!(resolve("x\u{1b}[31m").contains("\\u{1b}"), "no control byte is repeated");
    }
}
