//! What the environment says of terminal, locale, colours and line, and what of it other programs will believe.

use std::io::{self, IsTerminal};
use std::time::Duration;

use super::Finding;
use crate::config::TerminalSettings;
use crate::files::terminfo;
use crate::reader::model::Palette;
use crate::terminal::environment::{depth, is_remote, locale, palette, wants_colour};
use crate::terminal::tool::printed;
use crate::terminal::{self, decoder};

/// How long another program may take to say what it knows.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// What the environment says; a variable that is not set is empty.
pub(super) fn findings(variable: &impl Fn(&str) -> String, settings: TerminalSettings) -> Vec<Finding> {
    let mut findings = vec![term(variable)];
    findings.extend(terminfo_entry(&variable("TERM"), terminfo::has_entry(&variable("TERM"))));
    findings.push(locale_named(variable));
    if locale(variable).1 {
        findings.extend(charmap(printed(&["locale", "charmap"], PATIENCE)));
    }
    findings.push(colours(variable, settings));
    let line = if is_remote(variable) { "over SSH" } else { "local" };
    let hold = decoder::hold(|name| Some(variable(name))).as_millis();
    findings.push(Finding::good("line", format!("{line}; an Esc is held for {hold} ms")));
    let multiplexer = match (variable("TMUX").is_empty(), variable("STY").is_empty()) {
        (false, _) => "tmux",
        (true, false) => "GNU screen",
        (true, true) => "none that shows in the environment",
    };
    findings.push(Finding::good("multiplexer", multiplexer));
    findings
}

/// Columns and rows.
pub(super) fn size() -> Finding {
    let said = |columns, rows| format!("{columns} columns, {rows} rows");
    match terminal::size().filter(|_| io::stdout().is_terminal()) {
        Some((columns, rows)) if columns < 40 || rows < 10 => {
            let cure = "make the window larger; two texts side by side begin to fit at 80 columns";
            Finding::problem("size", said(columns, rows), cure)
        }
        Some((columns, rows)) => Finding::good("size", said(columns, rows)),
        None => Finding::good("size", "not known: the output is no terminal that tells"),
    }
}

fn said(variable: &impl Fn(&str) -> String, name: &str) -> String {
    variable(name).escape_debug().to_string()
}

fn term(variable: &impl Fn(&str) -> String) -> Finding {
    match variable("TERM").as_str() {
        "" => Finding::problem("TERM", "not set", "export TERM=xterm-256color, or what your terminal is"),
        "dumb" => Finding::problem("TERM", "dumb", "the reader needs a terminal; use `diptych print` here"),
        term if !variable("TMUX").is_empty() && !term.starts_with("tmux") && !term.starts_with("screen") => {
            let cure = "in ~/.tmux.conf: set -g default-terminal tmux-256color; and set TERM nowhere else";
            Finding::problem("TERM", format!("{} inside tmux", said(variable, "TERM")), cure)
        }
        _ => Finding::good("TERM", said(variable, "TERM")),
    }
}

/// This reader needs no entry; what is started after it does.
fn terminfo_entry(term: &str, has_entry: Option<bool>) -> Option<Finding> {
    let name = term.escape_debug();
    if has_entry? {
        return Some(Finding::good("terminfo", format!("has {name}")));
    }
    let cure = format!("where it is known: infocmp -x {name} | ssh HOST tic -x -");
    let state = format!("has no {name}: this reader does without, vim and less do not");
    Some(Finding::better("terminfo", state, cure))
}

fn locale_named(variable: &impl Fn(&str) -> String) -> Finding {
    match locale(variable) {
        (Some((name, _)), true) => Finding::good("locale", format!("{name}={}, UTF-8", said(variable, name))),
        (Some((name, _)), false) => Finding::problem(
            "locale",
            format!("{name}={} is not UTF-8: everything is drawn in ASCII", said(variable, name)),
            format!("export {name}=C.UTF-8"),
        ),
        (None, _) => {
            Finding::problem("locale", "none is set: everything is drawn in ASCII", "export LANG=C.UTF-8")
        }
    }
}

/// What the system makes of a locale that says UTF-8: one that is not installed falls back to ASCII, and tmux and
/// mosh fall with it.
fn charmap(charmap: Option<String>) -> Option<Finding> {
    let charmap = charmap?;
    if charmap.eq_ignore_ascii_case("utf-8") {
        return Some(Finding::good("charmap", charmap));
    }
    let state =
        format!("{}: the locale is not installed; mosh and tmux will not take UTF-8", charmap.escape_debug());
    Some(Finding::better("charmap", state, "export LC_ALL=C.UTF-8, which is installed everywhere"))
}

fn colours(variable: &impl Fn(&str) -> String, settings: TerminalSettings) -> Finding {
    let name = |palette| match palette {
        Palette::None => "none",
        Palette::Sixteen => "sixteen",
        Palette::Indexed => "256",
        Palette::Rgb => "all",
    };
    if settings.colors == Some(Palette::None) || !wants_colour(variable, true) {
        return Finding::good("colours", "none, as was asked; weight, underline and reverse stay");
    }
    let used = settings.colors.unwrap_or_else(|| palette(variable));
    let has = depth(variable);
    let by = if variable("COLORTERM").is_empty() { "TERM" } else { "COLORTERM" };
    let more = if used == Palette::Sixteen && has != Palette::Sixteen {
        "; with `colors = 256` in config.toml they are read on dark and on light ground alike"
    } else {
        ""
    };
    let state = format!("{}; {by} says {}{more}", name(used), name(has));
    if is_remote(variable) && variable("COLORTERM").is_empty() {
        let cure = "to have other programs know more, at home in ~/.ssh/config: SendEnv COLORTERM; here in \
                    /etc/ssh/sshd_config: AcceptEnv COLORTERM";
        return Finding::better("colours", format!("{state}; COLORTERM does not come over the line"), cure);
    }
    Finding::good("colours", state)
}

#[cfg(test)]
mod tests {
    use super::super::{Cure, needed, variables};
    use super::*;

    #[test]
    fn what_the_environment_lacks_is_a_problem_with_its_cure() {
        for (set, what, problem) in [
            (&[("TERM", "xterm"), ("LANG", "C.UTF-8")][..], "none that shows", None),
            (&[("LANG", "C.UTF-8")], "TERM: not set", Some("TERM")),
            (&[("TERM", "dumb"), ("LANG", "C.UTF-8")], "TERM: dumb", Some("TERM")),
            (&[("TERM", "xterm"), ("LANG", "C.UTF-8"), ("TMUX", "x")], "xterm inside tmux", Some("TERM")),
            (&[("TERM", "tmux-256color"), ("LANG", "C.UTF-8"), ("TMUX", "x")], "multiplexer: tmux", None),
            (
                &[("TERM", "xterm"), ("LC_ALL", "C"), ("LANG", "C.UTF-8")],
                "LC_ALL=C is not UTF-8",
                Some("locale"),
            ),
            (&[("TERM", "xterm"), ("LANG", "C.UTF-8"), ("NO_COLOR", "1")], "none, as was asked", None),
            (&[("TERM", "xterm"), ("LANG", "C.UTF-8"), ("SSH_TTY", "x")], "an Esc is held for 100", None),
            (
                &[("TERM", "xterm"), ("LANG", "C.UTF-8"), ("SSH_TTY", "x")],
                "COLORTERM does not come over the line",
                None,
            ),
        ] {
            let findings = findings(&variables(set), TerminalSettings::default());
            let lines: Vec<_> = findings.iter().map(|f| format!("{}: {}", f.what, f.state)).collect();
            assert!(lines.iter().any(|line| line.contains(what)), "{what}: {lines:?}");
            assert_eq!(needed(&findings), problem.into_iter().collect::<Vec<_>>(), "{what}");
        }
    }

    #[test]
    fn more_colours_are_offered_where_there_are_more() {
        let set = [("TERM", "xterm-256color"), ("COLORTERM", "truecolor")];
        let found = colours(&variables(&set), TerminalSettings::default());
        assert!(found.state.starts_with("sixteen; COLORTERM says all; with `colors = 256`"), "{found:?}");
        let settings = TerminalSettings { colors: Some(Palette::Indexed), ..TerminalSettings::default() };
        assert_eq!(colours(&variables(&set), settings), Finding::good("colours", "256; COLORTERM says all"));
    }

    #[test]
    fn a_locale_that_is_not_installed_and_a_terminal_without_an_entry_are_said() {
        let found = charmap(Some("ANSI_X3.4-1968".to_owned())).unwrap();
        assert!(matches!(found.cure, Cure::Better(_)), "{found:?}");
        assert_eq!(charmap(Some("UTF-8".to_owned())).unwrap().cure, Cure::None);
        assert_eq!(charmap(None), None);
        let found = terminfo_entry("xterm-kitty", Some(false)).unwrap();
        assert!(
            matches!(&found.cure, Cure::Better(cure) if cure.contains("infocmp -x xterm-kitty")),
            "{found:?}"
        );
        assert_eq!(terminfo_entry("xterm", None), None);
    }
}
