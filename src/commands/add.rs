//! `diptych add`: files copied into the reader's library, and what each was recognised as.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::arguments::{AddArguments, Format};
use super::context::Context;
use super::error::{CommandError, UNREADABLE};
use super::links::counted;
use super::output::Output;
use crate::document::Edition;
use crate::document::import::{self, draft::what};
use crate::files::shelf::Added;
use crate::library::open::{Shelf, shown};
use crate::library::{OpenError, Work};

#[derive(Serialize)]
struct AddRecord {
    added: Vec<AddedRecord>,
}

#[derive(Serialize)]
struct AddedRecord {
    file: String,
    work: Option<String>,
    evidence: Option<String>,
    status: &'static str,
    path: String,
    passages: usize,
    /// In which encoding it was read where that is not UTF-8, and which bytes stand for no character.
    decoding: Vec<String>,
    /// The copy of the same work that is there already and has more of it.
    more_complete: Option<String>,
    /// A work that a file of no known work has many passages of.
    near: Option<NearRecord>,
}

#[derive(Serialize)]
struct NearRecord {
    work: String,
    passages: usize,
    of: usize,
}

/// Copies the files and says what each was recognised as. One that cannot be read does not stop the others.
///
/// # Errors
/// Where a file cannot be read or kept, `--as` names no work, or the output cannot be written.
pub fn run(context: &Context, arguments: &AddArguments, output: &mut Output<'_>) -> Result<(), CommandError> {
    let told = arguments.work.as_deref().map(|name| work(context, name)).transpose()?;
    let mut record = AddRecord { added: Vec::new() };
    let mut failed = false;
    for file in &arguments.files {
        match add(context, file, told) {
            Ok(added) => {
                if arguments.format == Format::Text {
                    write(&added, output)?;
                }
                record.added.push(added);
            }
            Err(error) => {
                failed = true;
                // Standard error may be closed; the exit code still tells.
                let _ = writeln!(io::stderr(), "diptych: {error}");
            }
        }
    }
    if arguments.format == Format::Json {
        output.json(&record)?;
    }
    if failed { Err(CommandError::Reported(UNREADABLE)) } else { Ok(()) }
}

fn work<'a>(context: &'a Context, name: &str) -> Result<&'a Work, CommandError> {
    if let [work] = context.library.catalogue.matching(name).as_slice() {
        return Ok(work);
    }
    let works = context.library.catalogue.works().iter().map(|work| work.id.as_str());
    let works = works.collect::<Vec<_>>().join(", ");
    Err(CommandError::NotFound(format!("`{}` is no work; the works are: {works}", name.escape_debug())))
}

fn add(context: &Context, file: &str, told: Option<&Work>) -> Result<AddedRecord, OpenError> {
    let path = (file != "-").then(|| Path::new(file));
    let bytes = context.shelf.read(path)?;
    let edition = import::read(&bytes, None, context.library.encoding.as_deref())
        .map_err(|error| OpenError::Import { path: shown(path), error })?;
    let found = match told {
        Some(work) => {
            let found = context.library.recognise_as(&edition, work)?;
            let found = found.map(|found| match found.matched {
                0 => format!(", though none of its {} passages was found", found.of),
                matched => format!(", {matched} of {} passages found", found.of),
            });
            let found = found.unwrap_or_default();
            Some((work.clone(), format!("as you said{found}")))
        }
        None => context.library.recognise(&edition)?.map(|found| (found.work.clone(), found.evidence())),
    };
    let stem = match &found {
        Some((work, _)) => work.id.clone(),
        None => own_stem(context, path),
    };
    let (status, kept) = match context.shelf.add(&bytes, &stem, &extension(path))? {
        Added::Copied(kept) => ("copied", kept),
        Added::Already(kept) => ("already", kept),
    };
    let more_complete = match &found {
        Some((work, _)) => more_complete(context, work, &kept)?,
        None => None,
    };
    let near = if found.is_none() { context.library.near(&edition)? } else { None };
    let near = near.map(|near| NearRecord { work: near.work.id, passages: near.matched, of: near.of });
    let (work, evidence) = found.map(|(work, evidence)| (work.id, evidence)).unzip();
    Ok(AddedRecord {
        file: shown(path),
        work,
        evidence,
        status,
        path: shown(Some(&kept)),
        passages: edition.passages().len(),
        decoding: decoding(&edition, context.library.encoding.is_none()),
        more_complete,
        near,
    })
}

/// What is to be said of how the bytes of a file were read as characters.
fn decoding(edition: &Edition, guessed: bool) -> Vec<String> {
    let notices = edition.notices().iter();
    let said = notices.filter_map(|notice| {
        if notice.what.starts_with(what::DECODED) {
            let guess = if guessed { ": a guess, which --encoding overrules" } else { "" };
            return Some(format!("{}{guess}", notice.what));
        }
        notice.what.starts_with(what::NO_CHARACTER).then(|| format!("{} ({})", notice.what, notice.count))
    });
    said.collect()
}

/// The copy that stands for a work, where it is not the one kept at a path.
fn more_complete(context: &Context, work: &Work, kept: &Path) -> Result<Option<String>, OpenError> {
    let original = context.library.original(work)?;
    let other = original.filter(|text| text.path.as_deref() != Some(kept));
    Ok(other.filter(|text| text.found() > found_in(context, work, kept)).map(|text| {
        let of = text.edition.numbering().map(|n| format!(", {} of {} passages", n.found, n.of));
        format!("{}{}", text.name(), of.unwrap_or_default())
    }))
}

/// Passages of a work in a file of the library.
fn found_in(context: &Context, work: &Work, kept: &Path) -> usize {
    context.library.read_as(Some(kept), Some(work)).map_or(0, |text| text.found())
}

/// A name for a file of no known work: its own, without what a shell, a terminal or a file system might
/// stumble over, and never the id of a work, which would be a claim.
fn own_stem(context: &Context, path: Option<&Path>) -> String {
    let own = path.and_then(Path::file_stem).map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let fit = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' };
    let stem: String = own.chars().map(fit).take(80).collect();
    let stem = stem.trim_matches('-');
    if stem.is_empty() {
        "text".to_owned()
    } else if context.library.catalogue.get(stem).is_some() {
        format!("unknown-{stem}")
    } else {
        stem.to_owned()
    }
}

fn extension(path: Option<&Path>) -> String {
    let extension =
        path.and_then(Path::extension).and_then(|extension| extension.to_str()).unwrap_or_default();
    let fit = (1..=8).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric());
    if fit { extension.to_ascii_lowercase() } else { "txt".to_owned() }
}

fn write(added: &AddedRecord, output: &mut Output<'_>) -> io::Result<()> {
    let AddedRecord { file, work, evidence, status, path, passages, decoding, more_complete, near } = added;
    let what = match (work, evidence, near) {
        (Some(work), Some(evidence), _) => format!("{work}:original, {evidence}"),
        (_, _, Some(NearRecord { work, passages, of })) => {
            let passages = counted(*passages, "passage");
            format!("{passages} of {of} look like {work}; --as {work} takes it for a copy")
        }
        _ => "no known work; if it is one, say which with --as WORK".to_owned(),
    };
    let kept = if *status == "already" { "already kept as" } else { "kept as" };
    output.line(&format!("{file}: {what}"))?;
    output.line(&format!("    {}, {kept} {path}", counted(*passages, "passage")))?;
    for said in decoding {
        output.line(&format!("    {said}"))?;
    }
    if let (Some(work), Some(better)) = (work, more_complete) {
        output.line(&format!("    {work}:original stays a more complete copy: {better}"))?;
    }
    Ok(())
}
