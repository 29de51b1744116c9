//! What the tmux around this program is set to.

use super::environment::PATIENCE;
use super::{Cure, Finding};
use crate::terminal::tool::printed;

/// An option of tmux, the values that do, and what is said where it has another one.
struct Wanted {
    option: &'static str,
    good: &'static [&'static str],
    line: &'static str,
    /// What comes of another value.
    why: &'static str,
    /// Whether this reader is troubled by it.
    needed: bool,
}

const WANTED: [Wanted; 3] = [
    Wanted {
        option: "escape-time",
        good: &["0", "5", "10", "20", "25", "50"],
        line: "set -sg escape-time 10",
        why: "every Esc waits so many milliseconds",
        needed: true,
    },
    Wanted {
        option: "set-clipboard",
        good: &["on"],
        line: "set -s set-clipboard on",
        why: "not needed here, where copying asks tmux itself; a reader over SSH from within this tmux cannot copy",
        needed: false,
    },
    Wanted {
        option: "allow-passthrough",
        good: &["on", "all", "off"],
        line: "set -g allow-passthrough off",
        why: "not known to this reader, which passes nothing through",
        needed: false,
    },
];

/// The version in which `load-buffer -w` came: before it a copy stays in tmux.
const PASSES_ON: (u32, u32) = (3, 2);

/// What tmux says of itself and its options. It is given little time: a server that hangs hangs its askers.
pub(super) fn findings() -> Vec<Finding> {
    let version = printed(&["tmux", "-V"], PATIENCE);
    let option = |wanted: &Wanted| printed(&["tmux", "show", "-gv", wanted.option], PATIENCE);
    if version.is_none() {
        return vec![Finding::good("tmux", "does not tell")];
    }
    let options = WANTED.iter().map(|wanted| of_option(wanted, option(wanted)));
    let client = printed(&["tmux", "display-message", "-p", "#{client_termname}"], PATIENCE);
    let known = printed(&["tmux", "info"], PATIENCE);
    let around = client.zip(known).and_then(|(terminal, known)| of_terminal(&terminal, &known));
    let version = of_version(version.as_deref().unwrap_or_default());
    std::iter::once(version).chain(options).chain(around).collect()
}

/// Whether tmux passes a copy on to the terminal around it, of that name; `known` is what it knows of all terminals.
/// One whose terminfo entry has no `Ms` is sent none, whatever the options say.
fn of_terminal(terminal: &str, known: &str) -> Option<Finding> {
    let own = format!(": {terminal} for ");
    let of_it = known.split("\nTerminal ").find(|of_one| of_one.contains(&own))?;
    let copies = of_it.lines().find(|line| line.contains(" Ms: "))?;
    let name = terminal.escape_debug();
    if !copies.ends_with("[missing]") {
        return Some(Finding::good("terminal around tmux", format!("{name}, which is sent copies")));
    }
    Some(Finding::better(
        "terminal around tmux",
        format!("{name}: this tmux does not know that it takes copies, and keeps them"),
        format!("if it takes them, in ~/.tmux.conf: set -as terminal-features ',{name}:clipboard'"),
    ))
}

fn of_version(version: &str) -> Finding {
    let number = version.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut parts = number.split(|c: char| !c.is_ascii_digit()).map(|part| part.parse().unwrap_or(0));
    let version = version.escape_debug();
    if (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < PASSES_ON {
        let cure = "tmux 3.2 or later; until then a copy is in its buffer (prefix ]) and in the file";
        return Finding::better(
            "tmux",
            format!("{version}, which does not pass a copy on to the terminal"),
            cure,
        );
    }
    Finding::good("tmux", version.to_string())
}

fn of_option(wanted: &Wanted, set: Option<String>) -> Finding {
    let Wanted { option, good, line, why, needed } = wanted;
    match set {
        Some(set) if good.contains(&set.as_str()) => Finding::good(option, set),
        Some(set) => {
            let (state, cure) =
                (format!("{}: {why}", set.escape_debug()), format!("in ~/.tmux.conf: {line}"));
            let cure = if *needed { Cure::Needed(cure) } else { Cure::Better(cure) };
            Finding { what: option, state, cure }
        }
        None => Finding::good(option, "this tmux does not tell"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_that_troubles_the_reader_comes_with_its_line() {
        let [escape, clipboard, _] = &WANTED;
        let finding = of_option(escape, Some("500".to_owned()));
        assert_eq!(finding.cure, Cure::Needed("in ~/.tmux.conf: set -sg escape-time 10".to_owned()));
        assert_eq!(of_option(escape, Some("10".to_owned())).cure, Cure::None);
        assert_eq!(of_option(escape, None).cure, Cure::None);
        let finding = of_option(clipboard, Some("external".to_owned()));
        assert_eq!(finding.cure, Cure::Better("in ~/.tmux.conf: set -s set-clipboard on".to_owned()));
    }

    #[test]
    fn a_terminal_that_tmux_sends_no_copies_is_said_with_the_line_that_helps() {
        let known = "Terminal 0: rxvt for /dev/pts/1, flags=0x0:\n 192: Ms: [missing]\n\
                     Terminal 1: xterm for /dev/pts/2, flags=0x0:\n 192: Ms: (string) \\033]52;%p1%s;%p2%s\\a";
        let finding = of_terminal("rxvt", known).unwrap();
        let line = "if it takes them, in ~/.tmux.conf: set -as terminal-features ',rxvt:clipboard'";
        assert_eq!(finding.cure, Cure::Better(line.to_owned()));
        assert_eq!(of_terminal("xterm", known).unwrap().cure, Cure::None);
        assert_eq!(of_terminal("st", known), None);
    }

    #[test]
    fn a_tmux_that_keeps_copies_to_itself_is_said() {
        for (version, passes_on) in [
            ("tmux 3.3a", true),
            ("tmux 3.2", true),
            ("tmux next-3.6", true),
            ("tmux 3.1c", false),
            ("tmux 2.9", false),
        ] {
            assert_eq!(of_version(version).cure == Cure::None, passes_on, "{version}");
        }
    }
}
