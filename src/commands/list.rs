//! `diptych list`: the works that are known and the files of the reader's library.

use serde::Serialize;

use super::arguments::{Format, ListArguments};
use super::context::Context;
use super::error::CommandError;
use super::links::counted;
use super::output::Output;
use crate::library::open::{Shelf, shown};
use crate::library::{OpenError, Text};

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
    evidence: Option<String>,
    error: Option<String>,
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
        let original = files.iter().find(|file| file.work.as_ref() == Some(&work.id));
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
    let library = &context.library;
    let record = |path: std::path::PathBuf| match library.work_by_name(&path) {
        Some(work) => {
            let text = library.read_as(Some(&path), Some(work));
            FileRecord::new(&path, Some("by its name in the library"), text)
        }
        None => FileRecord::new(&path, None, library.read(Some(&path))),
    };
    Ok(context.shelf.copies()?.into_iter().map(record).collect())
}

impl FileRecord {
    fn new(path: &std::path::Path, by: Option<&str>, text: Result<Text, OpenError>) -> Self {
        let path = shown(Some(path));
        match text {
            Ok(text) => {
                let found = text.edition.numbering();
                let found = found.map(|n| format!("{} of {} passages found", n.found, n.of));
                let evidence: Vec<&str> = by.into_iter().chain(found.as_deref()).collect();
                let evidence = (!evidence.is_empty()).then(|| evidence.join(", "));
                Self { path, work: text.work.map(|work| work.id), evidence, error: None }
            }
            Err(error) => Self { path, work: None, evidence: None, error: Some(error.to_string()) },
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
            (Some(work), Some(evidence), _) => format!("{work}:original, {evidence}"),
            (_, _, Some(error)) => error.clone(),
            (_, _, None) => "no known work".to_owned(),
        };
        output.line(&format!("  {}", file.path))?;
        output.line(&format!("      {what}"))?;
    }
    Ok(())
}
