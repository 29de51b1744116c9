//! `diptych doctor` on a terminal that answers, on one that is silent, and under tmux.

use crate::peers::program;
use crate::pty::{Start, Terminal};
use crate::support::Home;

/// The last part of what is asked.
const FENCE: &str = "\u{1b}[c";

fn doctor(home: &Home) -> Start {
    Start::new(home).arguments(&["doctor"]).size(160, 60)
}

/// Answers as a terminal does that draws characters of ambiguous width in two cells, and has margins.
fn answer(terminal: &mut Terminal, cells: u32) {
    terminal.until("the question", |terminal| String::from_utf8_lossy(terminal.sent()).contains(FENCE));
    let wide = cells + 1;
    terminal.press(&format!(
        "\x1bP>|TestTerm(1)\x1b\\\x1b[>65;1;0c\x1b[?69;2$y\x1b[?2026;2$y\x1b]11;rgb:ff/ff/ff\x1b\\\
         \x1b[1;2R\x1b[1;{wide}R\x1b[1;{wide}R\x1b[1;{wide}R\x1b[?65;1c"
    ));
}

#[test]
fn what_the_terminal_answers_is_compared_with_what_is_reckoned_with() {
    let home = Home::new();
    let mut terminal = doctor(&home).open();
    answer(&mut terminal, 2);
    assert_eq!(terminal.until_ended(), 1, "{}", terminal.frame());
    for said in [
        "answers: after ",
        "terminal: TestTerm(1)",
        "UTF-8: the terminal takes it",
        "ambiguous width: 1 reckoned with; ¶, ─ and Я take 2, 2, 2 here",
        "problem: in config.toml, under [terminal]: ambiguous-width = 2",
        "better: in config.toml, under [terminal]: side-margins = true",
        "synchronized updates: the terminal has them; used",
        "ground: light",
        "1 problem",
    ] {
        assert!(terminal.frame().contains(said), "{said}: {}", terminal.frame());
    }
    // What it advises mends it.
    home.write(".config/diptych/config.toml", "[terminal]\nambiguous-width = 2\nside-margins = true\n");
    let mut terminal = doctor(&home).open();
    answer(&mut terminal, 2);
    assert_eq!(terminal.until_ended(), 0, "{}", terminal.frame());
    assert!(terminal.frame().contains("nothing to mend"), "{}", terminal.frame());
}

#[test]
fn a_silent_terminal_is_waited_for_only_so_long() {
    let home = Home::new();
    let mut terminal = doctor(&home).open();
    assert_eq!(terminal.until_ended(), 0, "{}", terminal.frame());
    assert!(terminal.frame().contains("answers: none within 2 s"), "{}", terminal.frame());
}

#[test]
fn the_linux_console_is_asked_only_what_it_does_not_print() {
    let home = Home::new();
    let mut terminal = doctor(&home).environment("TERM", "linux").open();
    terminal.until("the question", |terminal| String::from_utf8_lossy(terminal.sent()).contains(FENCE));
    terminal.press("\x1b[1;2R\x1b[1;2R\x1b[1;2R\x1b[1;2R\x1b[?6c");
    assert_eq!(terminal.until_ended(), 0, "{}", terminal.frame());
    let sent = String::from_utf8_lossy(terminal.sent()).into_owned();
    assert!(!sent.contains("\u{1b}[>") && !sent.contains("\u{1b}]") && !sent.contains('$'), "{sent:?}");
}

#[test]
fn tmux_is_recognised_asked_and_its_options_are_read() {
    let Some(tmux) = program("tmux") else { return };
    let home = Home::new();
    home.write("tmux.conf", "set -g status off\nset -g default-shell /bin/sh\nset -sg escape-time 10\n");
    let path = |name: &str| home.path(name).to_str().unwrap().to_owned();
    let script = format!("HOME={} {} doctor; read end", path(""), env!("CARGO_BIN_EXE_diptych"));
    let arguments = ["-u", "-S", &path("tmux"), "-f", &path("tmux.conf"), "new-session", &script];
    let start = Start::program(tmux, &home).arguments(&arguments).size(160, 60);
    let mut terminal = start.environment("PATH", &std::env::var("PATH").unwrap()).open();
    terminal.until_shown("settings: none");
    for said in ["multiplexer: tmux", "escape-time: 10", "set-clipboard: external", "terminal: tmux"] {
        assert!(terminal.frame().contains(said), "{said}: {}", terminal.frame());
    }
    terminal.press("\r");
    terminal.until_ended();
}
