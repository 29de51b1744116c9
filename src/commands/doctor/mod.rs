//! `diptych doctor`: what this terminal, this line and these folders allow, tried in place, and what to set where
//! something is missing.

mod answered;
mod environment;
mod folders;
mod tmux;

use std::io::{self, IsTerminal};

use serde::Serialize;

use super::arguments::{DoctorArguments, Format};
use super::context::Context;
use super::error::{CommandError, NOT_FOUND};
use super::output::{Output, wrap};
use crate::config::TerminalSettings;
use crate::files::reason;
use crate::terminal::environment::variable;
use crate::terminal::query;

/// What was found: a thing, what it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    what: &'static str,
    state: String,
    cure: Cure,
}

/// What to do about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cure {
    /// Nothing.
    None,
    /// It works; this would make it better.
    Better(String),
    /// It does not work as it should until this is done.
    Needed(String),
}

impl Finding {
    fn good(what: &'static str, state: impl Into<String>) -> Self {
        Self { what, state: state.into(), cure: Cure::None }
    }

    fn better(what: &'static str, state: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { what, state: state.into(), cure: Cure::Better(cure.into()) }
    }

    fn problem(what: &'static str, state: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { what, state: state.into(), cure: Cure::Needed(cure.into()) }
    }

    /// How many problems it tells, each on a line of its own.
    fn problems(&self) -> usize {
        match &self.cure {
            Cure::Needed(cure) => cure.lines().count(),
            Cure::None | Cure::Better(_) => 0,
        }
    }

    fn is_problem(&self) -> bool {
        matches!(self.cure, Cure::Needed(_))
    }
}

/// A finding as JSON.
#[derive(Serialize)]
struct FindingRecord<'a> {
    what: &'static str,
    state: &'a str,
    problem: bool,
    cure: Option<&'a str>,
}

#[derive(Serialize)]
struct DoctorRecord<'a> {
    findings: Vec<FindingRecord<'a>>,
}

/// Prints what was found.
///
/// # Errors
/// Where there is a problem (exit code 1), or the output cannot be written.
pub fn run(
    context: &Context,
    arguments: &DoctorArguments,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let findings = findings(context);
    match arguments.format {
        Format::Text => write(&findings, output)?,
        Format::Json => {
            let records = findings.iter().map(|Finding { what, state, cure }| FindingRecord {
                what,
                state,
                problem: matches!(cure, Cure::Needed(_)),
                cure: match cure {
                    Cure::None => None,
                    Cure::Better(cure) | Cure::Needed(cure) => Some(cure),
                },
            });
            output.json(&DoctorRecord { findings: records.collect() })?;
        }
    }
    if findings.iter().any(Finding::is_problem) { Err(CommandError::Reported(NOT_FOUND)) } else { Ok(()) }
}

fn write(findings: &[Finding], output: &mut Output<'_>) -> io::Result<()> {
    for Finding { what, state, cure } in findings {
        write_wrapped(&format!("{what}: {state}"), "", output)?;
        let (word, cure) = match cure {
            Cure::None => continue,
            Cure::Better(cure) => ("better", cure),
            Cure::Needed(cure) => ("problem", cure),
        };
        for line in cure.lines() {
            write_wrapped(&format!("{word}: {line}"), "    ", output)?;
        }
    }
    let problems: usize = findings.iter().map(Finding::problems).sum();
    output.line(&match problems {
        0 => "nothing to mend".to_owned(),
        1 => "1 problem".to_owned(),
        _ => format!("{problems} problems"),
    })
}

/// Writes a line, set in by `indent`; on a terminal no word is broken at its edge.
fn write_wrapped(line: &str, indent: &str, output: &mut Output<'_>) -> io::Result<()> {
    let columns = if io::stdout().is_terminal() { output.columns() } else { usize::MAX };
    for row in wrap(&output.words(line), columns.saturating_sub(indent.len())) {
        output.line(&format!("{indent}{row}"))?;
    }
    Ok(())
}

fn findings(context: &Context) -> Vec<Finding> {
    let set = &context.config;
    let settings = set.config.terminal;
    let mut findings = environment::findings(&variable, settings);
    if !variable("TMUX").is_empty() {
        findings.extend(tmux::findings());
    }
    findings.push(environment::size());
    findings.extend(answered(settings));
    findings.extend(folders::findings(context, set));
    findings
}

/// What the terminal says when it is asked, where there is one at both ends of this program.
fn answered(settings: TerminalSettings) -> Vec<Finding> {
    if !(io::stdin().is_terminal() && io::stdout().is_terminal()) || variable("TERM") == "dumb" {
        return vec![Finding::good("answers", "no terminal is there to be asked")];
    }
    match query::ask(variable("TERM") == "linux", query::PATIENCE) {
        Ok(answers) => answered::findings(&answers, &variable, settings),
        Err(error) => vec![Finding::good(
            "answers",
            format!("the terminal cannot be asked: {}", reason::reading(&error)),
        )],
    }
}

/// The line of `config.toml` that sets something of the terminal.
fn setting(line: &str) -> String {
    format!("in config.toml, under [terminal]: {line}")
}

/// The variables of a test.
#[cfg(test)]
fn variables<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> String + 'a {
    |name| set.iter().find(|(set, _)| *set == name).map_or(String::new(), |(_, value)| (*value).to_owned())
}

/// What is needed of findings, for a test.
#[cfg(test)]
fn needed(findings: &[Finding]) -> Vec<&str> {
    let cure = |finding: &'_ Finding| matches!(finding.cure, Cure::Needed(_));
    findings.iter().filter(|finding| cure(finding)).map(|finding| finding.what).collect()
}
