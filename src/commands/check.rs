//! `diptych check`: what is wrong in a folder laid out like `texts/`.

use serde::Serialize;

use super::arguments::{CheckArguments, CheckFormat};
use super::error::{CommandError, NOT_FOUND};
use super::output::Output;
use crate::files::texts;
use crate::library::check::{Findings, Folder, check};
use crate::report::render::render;
use crate::report::{Problem, Severity};

/// Prints what is wrong in a folder, and a line that sums it up.
///
/// # Errors
/// Where the folder cannot be read, has errors (warnings are printed and let pass), or the output cannot be
/// written.
pub fn run(arguments: &CheckArguments, output: &mut Output<'_>) -> Result<(), CommandError> {
    let folder = match &arguments.folder {
        Some(path) => texts::folder(path)?,
        None => texts::embedded_folder(),
    };
    let findings = check(&folder);
    match arguments.format {
        CheckFormat::Json => output.json(&CheckRecord::new(&folder, &findings))?,
        CheckFormat::Short => {
            for Problem { path, line, column, severity, message } in &findings.problems {
                output.line(&format!("{path}:{line}:{column}: {}: {message}", severity.name()))?;
            }
            output.line(&summary(&folder, &findings))?;
        }
        CheckFormat::Text => {
            for problem in &findings.problems {
                let shown = render(problem, folder.source(problem), output.is_bold());
                output.raw(shown.as_bytes())?;
                output.line("")?;
            }
            output.line(&summary(&folder, &findings))?;
        }
    }
    if findings.count(Severity::Error) > 0 { Err(CommandError::Reported(NOT_FOUND)) } else { Ok(()) }
}

/// `texts/: 4 works, 17 topics, 633 curated entries, 261 curated links: no problems`
fn summary(folder: &Folder, findings: &Findings) -> String {
    let counted = [
        counted(findings.works, "work", "works"),
        counted(findings.topics, "topic", "topics"),
        counted(findings.entries, "curated entry", "curated entries"),
        counted(findings.links, "curated link", "curated links"),
    ];
    let errors = findings.count(Severity::Error);
    let warnings = findings.count(Severity::Warning);
    let verdict = match (errors, warnings) {
        (0, 0) => "no problems".to_owned(),
        (0, _) => self::counted(warnings, "warning", "warnings"),
        (_, 0) => self::counted(errors, "error", "errors"),
        (_, _) => [self::counted(errors, "error", "errors"), self::counted(warnings, "warning", "warnings")]
            .join(", "),
    };
    format!("{}/: {}: {verdict}", folder.path, counted.join(", "))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `check --format json`.
#[derive(Serialize)]
struct CheckRecord<'a> {
    folder: &'a str,
    works: usize,
    topics: usize,
    entries: usize,
    links: usize,
    problems: Vec<ProblemRecord<'a>>,
}

#[derive(Serialize)]
struct ProblemRecord<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    severity: &'static str,
    message: &'a str,
}

impl<'a> CheckRecord<'a> {
    fn new(folder: &'a Folder, findings: &'a Findings) -> Self {
        let problems = findings.problems.iter().map(|problem| ProblemRecord {
            path: &problem.path,
            line: problem.line,
            column: problem.column,
            severity: problem.severity.name(),
            message: &problem.message,
        });
        let &Findings { works, topics, entries, links, .. } = findings;
        Self { folder: &folder.path, works, topics, entries, links, problems: problems.collect() }
    }
}
