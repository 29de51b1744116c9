//! `diptych doctor`: what this terminal, this line and these folders allow, and what to set where something is
//! missing. Nothing is asked of the terminal: over a slow line its answer would come as keys.

use std::process::{Command, Stdio};

use super::context::Context;
use super::error::{CommandError, NOT_FOUND};
use super::output::Output;
use crate::files::{folders, keymap};
use crate::library::open::shown;
use crate::terminal;
use crate::terminal::environment::locale;
use crate::terminal::painter::Abilities;
use crate::terminal::torn;

/// What was found: a thing, what it is, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    what: &'static str,
    state: String,
    /// Where this is a problem: what to do.
    cure: Option<String>,
}

impl Finding {
    fn good(what: &'static str, state: impl Into<String>) -> Self {
        Self { what, state: state.into(), cure: None }
    }

    fn problem(what: &'static str, state: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { what, state: state.into(), cure: Some(cure.into()) }
    }
}

/// Options of tmux that matter to a reader in a terminal, what they should be, and the line that sets them.
/// Only the first troubles this one: tmux holds each Esc for so long; the others are told for the sake of
/// copying and of other programs.
const TMUX: [(&str, &[&str], &str); 4] = [
    ("escape-time", &["0", "5", "10", "20", "25", "50"], "set -sg escape-time 10"),
    ("set-clipboard", &["on"], "set -g set-clipboard on"),
    ("allow-passthrough", &["on", "all"], "set -g allow-passthrough on"),
    ("focus-events", &["on"], "set -g focus-events on"),
];

/// Prints what was found, one line each.
///
/// # Errors
/// Where there is a problem (exit code 1), or the output cannot be written.
pub fn run(context: &Context, output: &mut Output<'_>) -> Result<(), CommandError> {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let mut findings = of_environment(&variable);
    if !variable("TMUX").is_empty() {
        findings.extend(TMUX.map(|(option, good, line)| tmux(option, tmux_option(option), good, line)));
    }
    findings.push(match terminal::size() {
        Some((columns, rows)) if columns < 40 || rows < 10 => {
            let cure = "make the window larger; two texts side by side begin to fit at 80 columns";
            Finding::problem("size", format!("{columns} columns, {rows} rows"), cure)
        }
        Some((columns, rows)) => Finding::good("size", format!("{columns} columns, {rows} rows")),
        None => Finding::good("size", "not known: this is no terminal"),
    });
    let abilities = Abilities::of(&variable, None);
    let used = |used: bool| if used { "used" } else { "not used" };
    findings.push(Finding::good("side margins", used(abilities.side_margins)));
    findings.push(Finding::good("synchronized updates", used(!abilities.unsynchronized)));
    findings.extend(of_folders(context));
    for Finding { what, state, cure } in &findings {
        output.line(&format!("{what}: {state}"))?;
        if let Some(cure) = cure {
            output.line(&format!("    problem: {cure}"))?;
        }
    }
    let sound = findings.iter().all(|finding| finding.cure.is_none());
    if sound { Ok(()) } else { Err(CommandError::Reported(NOT_FOUND)) }
}

/// What the environment says of terminal, locale, colours and line; a variable that is not set is empty.
fn of_environment(variable: &impl Fn(&str) -> String) -> Vec<Finding> {
    let said = |name: &str| variable(name).escape_debug().to_string();
    let term = match variable("TERM").as_str() {
        "" => Finding::problem("TERM", "not set", "export TERM=xterm-256color, or what your terminal is"),
        "dumb" => Finding::problem("TERM", "dumb", "the reader needs a terminal; use `diptych print` here"),
        _ => Finding::good("TERM", said("TERM")),
    };
    let (named, utf8) = locale(variable);
    let locale = match named {
        Some((name, _)) if utf8 => Finding::good("locale", format!("{name}={}, UTF-8", said(name))),
        Some((name, _)) => Finding::problem(
            "locale",
            format!("{name}={} is not UTF-8: everything is drawn in ASCII", said(name)),
            format!("export {name}=C.UTF-8"),
        ),
        None => {
            Finding::problem("locale", "none is set: everything is drawn in ASCII", "export LANG=C.UTF-8")
        }
    };
    let colours = if variable("NO_COLOR").is_empty() {
        let more = variable("COLORTERM");
        let more =
            if more.is_empty() { String::new() } else { format!(" (COLORTERM={})", said("COLORTERM")) };
        format!("the terminal's own sixteen{more}")
    } else {
        "none, as NO_COLOR says; weight, underline and reverse stay".to_owned()
    };
    let remote = ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| !variable(name).is_empty());
    let hold = torn::hold(|name| Some(variable(name))).as_millis();
    let line = if remote { "over SSH" } else { "local" };
    let multiplexer = match (variable("TMUX").is_empty(), variable("STY").is_empty()) {
        (false, _) => "tmux",
        (true, false) => "GNU screen",
        (true, true) => "none",
    };
    vec![
        term,
        locale,
        Finding::good("colours", colours),
        Finding::good("line", format!("{line}; an Esc is held for {hold} ms")),
        Finding::good("multiplexer", multiplexer),
    ]
}

/// What an option of tmux is set to; `None` where tmux does not tell.
fn tmux_option(option: &str) -> Option<String> {
    let asked = Command::new("tmux").args(["show", "-gv", option]).stdin(Stdio::null()).output().ok()?;
    asked.status.success().then(|| String::from_utf8_lossy(&asked.stdout).trim().to_owned())
}

fn tmux(option: &'static str, set: Option<String>, good: &[&str], line: &str) -> Finding {
    match set {
        Some(set) if good.contains(&set.as_str()) => Finding::good(option, set),
        Some(set) => {
            let (set, cure) = (set.escape_debug(), format!("add to ~/.tmux.conf: {line}"));
            if option == TMUX[0].0 {
                Finding::problem(option, set.to_string(), cure)
            } else {
                Finding::good(option, format!("{set}; not needed here; to have it, {cure}"))
            }
        }
        None => Finding::good(option, "this tmux does not tell"),
    }
}

/// Which folders can be written to, and what is wrong with the keymap.
fn of_folders(context: &Context) -> Vec<Finding> {
    let places =
        [("library", &context.folders.library), ("places", &context.folders.state)].map(|(what, folder)| {
            let Some(folder) = folder else {
                return Finding::problem(what, "no folder", "set HOME, or see FILES in `diptych man`");
            };
            let path = shown(Some(folder));
            match folders::try_writing(folder) {
                Ok(()) => Finding::good(what, format!("{path}, can be written to")),
                Err(error) => {
                    let cure = format!("{error}; give yourself the right to write there");
                    Finding::problem(what, format!("{path}, cannot be written to"), cure)
                }
            }
        });
    let loaded = keymap::load(&context.folders);
    let keymap = match (loaded.sentence(), loaded.path) {
        (Some(sentence), _) => Finding::problem("keymap", "has problems", sentence),
        (None, Some(path)) => Finding::good("keymap", path),
        (None, None) => Finding::good("keymap", "the built-in keys"),
    };
    places.into_iter().chain([keymap]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_environment_lacks_is_a_problem_with_its_cure() {
        for (set, what, problem) in [
            (&[("TERM", "xterm"), ("LANG", "C.UTF-8")][..], "none", false),
            (&[("LANG", "C.UTF-8")], "TERM: not set", true),
            (&[("TERM", "dumb"), ("LANG", "C.UTF-8")], "TERM: dumb", true),
            (&[("TERM", "xterm"), ("LC_ALL", "C"), ("LANG", "C.UTF-8")], "LC_ALL=C is not UTF-8", true),
            (&[("TERM", "xterm"), ("LANG", "C.UTF-8"), ("NO_COLOR", "1")], "as NO_COLOR says", false),
            (
                &[("TERM", "xterm"), ("LANG", "C.UTF-8"), ("SSH_TTY", "x")],
                "over SSH; an Esc is held for 100",
                false,
            ),
        ] {
            let variable = |name: &str| {
                set.iter()
                    .find(|(set, _)| *set == name)
                    .map_or(String::new(), |(_, value)| (*value).to_owned())
            };
            let findings = of_environment(&variable);
            let lines: Vec<_> = findings.iter().map(|f| format!("{}: {}", f.what, f.state)).collect();
            assert!(lines.iter().any(|line| line.contains(what)), "{what}: {lines:?}");
            assert_eq!(findings.iter().any(|f| f.cure.is_some()), problem, "{what}: {findings:?}");
        }
    }

    #[test]
    fn an_option_of_tmux_that_is_missing_comes_with_its_line() {
        let (option, good, line) = TMUX[0];
        let finding = tmux(option, Some("500".to_owned()), good, line);
        assert_eq!(finding.cure.as_deref(), Some("add to ~/.tmux.conf: set -sg escape-time 10"));
        assert_eq!(tmux(option, Some("10".to_owned()), good, line).cure, None);
        assert_eq!(tmux(option, None, good, line).cure, None);
        let (option, good, line) = TMUX[3];
        let finding = tmux(option, Some("off".to_owned()), good, line);
        assert!(finding.state.contains("set -g focus-events on") && finding.cure.is_none(), "{finding:?}");
    }
}
