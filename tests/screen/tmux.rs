//! The reader under tmux and GNU screen, which are themselves in a pseudo-terminal.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use rustix::process::Signal;

use crate::copying::carried;
use crate::page::{bar, both, remark};
use crate::peers::{program, recorded, until, until_written};
use crate::pty::{Start, Terminal};
use crate::specimens::{with_books, word};
use crate::support::Home;

const BOOKS: &str = "left.md right.md";

/// A tmux server of this test alone; it ends with the test.
struct Tmux<'a> {
    home: &'a Home,
    program: PathBuf,
}

impl<'a> Tmux<'a> {
    fn new(home: &'a Home, configuration: &str) -> Option<Self> {
        home.write(
            "tmux.conf",
            format!("set -g status off\nset -g default-shell /bin/sh\n{configuration}\n"),
        );
        Some(Self { home, program: program("tmux")? })
    }

    fn arguments(&self, more: &[&str]) -> Vec<String> {
        let path = |name: &str| self.home.path(name).to_str().unwrap().to_owned();
        let own = ["-u".to_owned(), "-S".to_owned(), path("tmux"), "-f".to_owned(), path("tmux.conf")];
        own.into_iter().chain(more.iter().map(|argument| (*argument).to_owned())).collect()
    }

    /// What a command of tmux prints; `None` where it fails.
    fn run(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new(&self.program);
        command.args(self.arguments(arguments)).env_remove("TMUX").env("HOME", self.home.path(""));
        let output = command.stdin(Stdio::null()).output().unwrap();
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    }

    /// A terminal with tmux in it.
    fn open(&self, arguments: &[&str]) -> Terminal {
        let start = Start::program(&self.program, self.home).environment("SHELL", "/bin/sh");
        start.arguments(&self.arguments(arguments)).environment("PATH", &path()).open()
    }

    /// A terminal with a tmux in it that shows the two books.
    fn open_books(&self) -> Terminal {
        let mut terminal = self.open(&["new-session", &format!("{} {BOOKS}", recorded(self.home))]);
        terminal.until_shown("soviets");
        terminal
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        let _ = self.run(&["kill-server"]);
    }
}

fn path() -> String {
    std::env::var("PATH").unwrap_or_default()
}

#[test]
fn under_tmux_the_reader_reads_jumps_and_follows_the_window() {
    let home = with_books();
    let Some(tmux) = Tmux::new(&home, "") else { return };
    let mut terminal = tmux.open_books();
    terminal.press("J");
    terminal.until("the first link", |terminal| bar(terminal).contains(" soviets 1/"));
    terminal.press("\x1b[B\x1b[B\x1b[A");
    terminal.press("10gg");
    terminal.until_shown(&word("left", 10));
    terminal.resize(100, 30);
    terminal.until("a frame of the new size", |terminal| {
        terminal.rows().get(27).is_some_and(|row| row.contains(" · A "))
    });
    terminal.until_shown(&word("left", 10));
    terminal.press("q");
    assert_eq!(until_written(&home, "exit"), "0");
    terminal.until_ended();
}

#[test]
fn a_copy_goes_through_tmux_to_the_terminal_around_it() {
    // As tmux is when nothing is set, and as it is when it is to pass on nothing of its own accord.
    for configuration in ["", "set -s set-clipboard off", "set -s set-clipboard on"] {
        let home = with_books();
        let Some(tmux) = Tmux::new(&home, configuration) else { return };
        let mut terminal = tmux.open_books();
        terminal.press("10gg");
        terminal.until_shown("leftkabel");
        terminal.press("yy");
        terminal.until("what was done", |terminal| remark(terminal).contains("bytes to tmux"));
        let buffer = tmux.run(&["show-buffer"]).unwrap();
        assert!(buffer.contains("leftkabel"), "{buffer}");
        let kept = std::fs::read_to_string(home.path(".local/state/diptych/copied.txt")).unwrap();
        assert_eq!(kept, buffer);
        let osc = b"\x1b]52;";
        let seen = |terminal: &Terminal| terminal.sent().windows(osc.len()).any(|window| window == osc);
        terminal.until("the copy at the terminal", seen);
        assert_eq!(carried(terminal.sent()), buffer, "{configuration}");
    }
}

#[test]
fn under_tmux_a_reading_is_suspended_to_the_shell_and_taken_up_again() {
    let home = with_books();
    let Some(tmux) = Tmux::new(&home, "") else { return };
    let mut terminal = tmux.open(&["new-session", "exec env PS1='ready> ' sh -i"]);
    terminal.until_shown("ready>");
    let (folder, program) = (home.path(""), env!("CARGO_BIN_EXE_diptych"));
    terminal.press(&format!("cd {}; LANG=C.UTF-8 {program} {BOOKS}\r", folder.display()));
    terminal.until_shown("? help");
    let before = terminal.frame();
    terminal.press("\x1a");
    terminal.until_shown("Stopped");
    terminal.until("the shell", |terminal| {
        terminal.rows().iter().rfind(|row| !row.is_empty()).is_some_and(|row| row == "ready>")
    });
    terminal.press("fg\r");
    terminal.until("the same frame", |terminal| terminal.frame() == before);
}

#[test]
fn a_reading_in_tmux_outlives_its_terminal_and_is_shown_whole_in_the_next() {
    let home = with_books();
    let Some(tmux) = Tmux::new(&home, "") else { return };
    let mut terminal = tmux.open_books();
    terminal.press("J");
    // tmux may send a frame in pieces: the row below the bar is its last.
    let is_whole = |terminal: &Terminal| {
        bar(terminal).contains(" soviets 1/") && remark(terminal).contains("confidence 0.95)")
    };
    terminal.until("the first link", is_whole);
    let frame = terminal.frame();
    terminal.signal(Signal::KILL);
    drop(terminal);
    until("no client", || tmux.run(&["list-clients"]).filter(String::is_empty));
    let mut again = tmux.open(&["attach"]);
    again.until("the same frame", |terminal| terminal.frame() == frame);
    again.press("J");
    again.until("the second link", |terminal| bar(terminal).contains(" soviets 2/"));
}

#[test]
fn a_tmux_that_ends_takes_the_reader_with_it_and_the_place_is_kept() {
    let home = with_books();
    let Some(tmux) = Tmux::new(&home, "") else { return };
    let mut terminal = tmux.open_books();
    terminal.press("J");
    terminal.until("the first link", |terminal| bar(terminal).contains(" soviets 1/"));
    let place = both(&terminal);
    tmux.run(&["kill-server"]).unwrap();
    assert_eq!(until_written(&home, "exit"), "129");
    let mut again = Start::new(&home).open();
    again.until_shown("soviets");
    assert_eq!(both(&again), place);
}

#[test]
fn a_copy_goes_through_gnu_screen_to_the_terminal_around_it() {
    let home = with_books();
    let Some(screen) = program("screen") else { return };
    home.write("screenrc", "startup_message off\ndefutf8 on\ndefencoding utf8\n");
    let folder = home.path("");
    std::fs::create_dir_all(home.path("sockets")).unwrap();
    set_private(&home.path("sockets"));
    let run = recorded(&home);
    let rc = home.path("screenrc");
    let start = Start::program(screen, &home)
        .arguments(&["-U", "-c", rc.to_str().unwrap(), "-S", "books", "sh", "-c", &format!("{run} {BOOKS}")])
        .environment("SCREENDIR", home.path("sockets").to_str().unwrap())
        .environment("PATH", &path())
        .environment("PWD", folder.to_str().unwrap());
    let mut terminal = start.open();
    terminal.until_shown("soviets");
    terminal.press("10gg");
    terminal.until_shown("leftkabel");
    terminal.press("yy");
    terminal.until("what was done", |terminal| remark(terminal).contains("by OSC 52 through screen"));
    let text = carried(terminal.sent());
    assert!(text.contains("leftkabel"), "{text}");
    terminal.press("q");
    assert_eq!(until_written(&home, "exit"), "0");
    terminal.until_ended();
}

/// GNU screen keeps its sockets in a folder of nobody else's.
fn set_private(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
}
