//! `diptych list`: the works that are known and the files of the reader's library.

use std::cmp::Reverse;

use serde::Serialize;

use super::arguments::{Format, ListArguments};
use super::context::Context;
use super::error::CommandError;
use super::links::counted;
use super::output::Output;
use crate::library::copies::Kept;
use crate::library::open::{Shelf, shown};

#[derive(Serialize)]
struct ListRecord<'a> {
    works: Vec<WorkRecord<'a>>,
    library: LibraryRecord,
}

#[derive(Serialize)]
struct WorkRecord<'a> {
    id: &'a str,
    author: &'a str,
    title: &'a str,
    short_title: &'a str,
    year: &'a str,
    language: &'a str,
    digest: bool,
    original: Option<String>,
}

#[derive(Serialize)]
struct LibraryRecord {
    path: Option<String>,
    files: Vec<FileRecord>,
}

/// A file of the library: the work it is a copy of and by what, or why it cannot be read.
#[derive(Serialize)]
struct FileRecord {
    path: String,
    work: Option<String>,
    /// How the command line spells the copy of a work.
    name: Option<String>,
    evidence: Option<String>,
    error: Option<String>,
    /// Passages of the work; the copy with the most is its original.
    #[serde(skip)]
    found: usize,
    #[serde(skip)]
    copy: Option<u32>,
}

/// Prints the works and the files.
///
/// # Errors
/// Where the library cannot be read or the output not written.
pub fn run(
    context: &Context,
    arguments: &ListArguments,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let files = files(context)?;
    let works = context.library.catalogue.works().iter().map(|work| {
        let copies = files.iter().filter(|file| file.work.as_ref() == Some(&work.id));
        // As `Library::original` chooses: named copies first, then the most complete, then the first.
        let original = copies.min_by_key(|file| (file.name.is_none(), Reverse(file.found), file.copy));
        WorkRecord {
            id: &work.id,
            author: &work.author,
            title: &work.title,
            short_title: &work.short_title,
            year: &work.year,
            language: &work.language,
            digest: context.shelf.embedded(&format!("{}/digest.md", work.id)).is_some(),
            original: original.map(|file| file.path.clone()),
        }
    });
    let works = works.collect();
    let path = context.folders.library.as_ref().map(|path| shown(Some(path)));
    let list = ListRecord { works, library: LibraryRecord { path, files } };
    match arguments.format {
        Format::Json => output.json(&list)?,
        Format::Text => write(&list, output)?,
    }
    Ok(())
}

/// What each file of the library is. The name that `add` gave counts first; where the name says nothing the
/// passages are asked.
fn files(context: &Context) -> Result<Vec<FileRecord>, CommandError> {
    Ok(context.library.kept()?.into_iter().map(FileRecord::new).collect())
}

impl FileRecord {
    fn new(kept: Kept) -> Self {
        let path = shown(Some(&kept.path));
        match kept.text {
            Ok(text) => {
                let found = text.edition.numbering();
                let found_in_words = found.map(|n| format!("{} of {} passages found", n.found, n.of));
                let by = kept.named.then_some("by its name in the library");
                let evidence: Vec<&str> = by.into_iter().chain(found_in_words.as_deref()).collect();
                let evidence = (!evidence.is_empty()).then(|| evidence.join(", "));
                let name = text.work.as_ref().filter(|_| kept.named).map(|_| text.name());
                let (found, copy) = (text.found(), text.copy);
                Self { path, work: text.work.map(|work| work.id), name, evidence, error: None, found, copy }
            }
            Err(error) => {
                let error = Some(error.to_string());
                Self { path, work: None, name: None, evidence: None, error, found: 0, copy: None }
            }
        }
    }
}

fn write(list: &ListRecord<'_>, output: &mut Output<'_>) -> Result<(), CommandError> {
    let width = list.works.iter().map(|work| work.id.len()).max().unwrap_or_default();
    output.heading("Works")?;
    for work in &list.works {
        let forms = match (work.digest, work.original.is_some()) {
            (true, true) => "digest, original",
            (true, false) => "digest",
            (false, true) => "original",
            (false, false) => "no text yet: add your copy",
        };
        output
            .line(&format!("  {:width$}  {}, {} ({})", work.id, work.author, work.short_title, work.year))?;
        output.line(&format!("  {:width$}  {forms}", ""))?;
    }
    output.line("")?;
    let path = list.library.path.as_deref().unwrap_or("there is no home folder; name one with --library DIR");
    let files = &list.library.files;
    output.heading(&format!("Your library: {path} ({})", counted(files.len(), "file")))?;
    for file in files {
        let what = match (&file.work, &file.evidence, &file.error) {
            (Some(work), Some(evidence), _) => {
                let name = file.name.clone().unwrap_or_else(|| format!("{work}:original"));
                format!("{name}, {evidence}")
            }
            (_, _, Some(error)) => error.clone(),
            (_, _, None) => "no known work".to_owned(),
        };
        output.line(&format!("  {}", file.path))?;
        output.line(&format!("      {what}"))?;
    }
    Ok(())
}
