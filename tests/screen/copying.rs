//! Copying, from the key to the bytes on the line, the file beside it and the buffer of a tmux.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::page::remark;
use crate::pty::Start;
use crate::specimens::{open_books, with_books};
use crate::support::Home;

const FILE: &str = ".local/state/diptych/copied.txt";
const BEGIN: &[u8] = b"\x1b]52;c;";

fn kept(home: &Home) -> String {
    std::fs::read_to_string(home.path(FILE)).unwrap()
}

/// Where a sequence of bytes begins.
fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}

/// What the OSC 52 of an output carries, decoded.
fn carried(sent: &[u8]) -> String {
    let start = find(sent, BEGIN).expect("no OSC 52") + BEGIN.len();
    let length = find(&sent[start..], b"\x07").expect("no end of OSC 52");
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        other => panic!("{other} is no digit of base64"),
    };
    let digits: Vec<u8> =
        sent[start..start + length].iter().filter(|&&b| b != b'=').map(|&b| digit(b)).collect();
    let mut bytes = Vec::new();
    for four in digits.chunks(4) {
        let bits = (0..4).fold(0, |bits, at| bits << 6 | u32::from(four.get(at).copied().unwrap_or(0)));
        bytes.extend(bits.to_be_bytes().iter().skip(1).take(four.len() - 1));
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_copied_passage_is_sent_to_the_terminal_and_kept_in_a_file() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("10gg");
    terminal.until_shown("leftkabel");
    terminal.press("yy");
    terminal.until("what was done", |terminal| remark(terminal).contains("by OSC 52"));
    let text = carried(terminal.sent());
    assert!(text.starts_with("Here leftkabel stands beside"), "{text}");
    assert!(text.ends_with(" did anyone ask.\nThe left book, ¶ 10\n"), "{text}");
    assert_eq!(kept(&home), text);
    let said = remark(&terminal);
    for part in ["A ¶ 10: sent", &format!(" {} bytes", text.len()), "may refuse it", "also in ~/", FILE] {
        assert!(said.contains(part), "{part} in {said}");
    }
    // Between frames, never within one.
    let before = &terminal.sent()[..find(terminal.sent(), BEGIN).unwrap()];
    assert!(before.ends_with(b"\x1b[?2026l"));
}

#[test]
fn the_copied_command_opens_the_same_place() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("J");
    terminal.until_shown(" soviets 1/");
    terminal.press("yr");
    terminal.until("what was done", |terminal| remark(terminal).contains("the command for this place"));
    let command = carried(terminal.sent());
    assert_eq!(kept(&home), command);
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    assert!(Path::new(arguments[0]).is_absolute(), "{command}");
    let mut again = Start::new(&Home::new()).arguments(&arguments).open();
    again.until_shown(" soviets 1/");
    assert_eq!(crate::page::both(&again), crate::page::both(&terminal));
}

#[test]
fn a_terminal_without_a_clipboard_is_sent_nothing_and_the_file_has_it_all() {
    let home = with_books();
    let start = Start::new(&home).arguments(&["left.md", "right.md"]).environment("TERM", "linux");
    let mut terminal = start.open();
    terminal.until_shown("soviets");
    terminal.press("ya");
    terminal.until("what was done", |terminal| remark(terminal).contains("no clipboard"));
    assert!(kept(&home).contains("The left book") && kept(&home).contains("The right book"));
    assert_eq!(find(terminal.sent(), b"\x1b]52"), None);
}

/// A tmux server of this test alone; it ends with the test.
struct Tmux<'a>(&'a Home);

impl Tmux<'_> {
    /// What a command of tmux prints; `None` where it fails.
    fn run(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new("tmux");
        command.arg("-S").arg(self.0.path("tmux")).args(["-f", "/dev/null"]).args(arguments);
        command.env_remove("TMUX").env("LANG", "C.UTF-8").env("HOME", self.0.path(""));
        let output = command.stdin(Stdio::null()).output().unwrap();
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    }

    /// Waits until the screen of the only pane shows a text.
    fn until_shown(&self, text: &str) {
        let deadline = Instant::now() + Duration::from_secs(20);
        let mut shown = String::new();
        while Instant::now() < deadline {
            shown = self.run(&["capture-pane", "-p"]).unwrap_or_default();
            if shown.contains(text) {
                return;
            }
            std::thread::yield_now();
        }
        panic!("waited for {text:?}; the screen:\n{shown}");
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        let _ = self.run(&["kill-server"]);
    }
}

#[test]
fn inside_tmux_the_copy_is_in_its_buffer() {
    if Command::new("tmux").arg("-V").output().is_err() {
        eprintln!("skipped: tmux is not on this machine");
        return;
    }
    let home = with_books();
    let tmux = Tmux(&home);
    let folder = home.path("").to_str().unwrap().to_owned();
    let program = format!("exec {} left.md right.md", env!("CARGO_BIN_EXE_diptych"));
    let state = format!("DIPTYCH_STATE_DIR={folder}/.local/state/diptych");
    let started =
        tmux.run(&["new-session", "-d", "-x", "160", "-y", "48", "-c", &folder, "-e", &state, &program]);
    assert!(started.is_some(), "tmux did not start");
    tmux.until_shown("soviets");
    tmux.run(&["send-keys", "y", "y"]).unwrap();
    tmux.until_shown("bytes to tmux");
    let buffer = tmux.run(&["show-buffer"]).unwrap();
    assert!(buffer.contains("The left book"), "{buffer}");
    assert_eq!(kept(&home), buffer);
}
