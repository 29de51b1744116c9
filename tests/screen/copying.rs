//! Copying, from the key to the bytes on the line and the file beside it.

use std::path::Path;

use crate::page::{bar, remark};
use crate::pty::Start;
use crate::specimens::{open_books, with_books};
use crate::support::Home;

const FILE: &str = ".local/state/diptych/copied.txt";
const OSC: &[u8] = b"\x1b]52;";
const BEGIN: &[u8] = b"\x1b]52;c;";

fn kept(home: &Home) -> String {
    std::fs::read_to_string(home.path(FILE)).unwrap()
}

/// Where a sequence of bytes begins.
fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}

/// What the OSC 52 of an output carries, decoded.
pub fn carried(sent: &[u8]) -> String {
    let selector = find(sent, OSC).expect("no OSC 52") + OSC.len();
    let start = selector + find(&sent[selector..], b";").expect("no selector") + 1;
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

/// Puts a program of that name into a folder, by another process: one that is open for writing cannot be run.
fn program(home: &Home, name: &str, script: &str) {
    let write =
        format!("mkdir -p bin; printf '%s\\n' '#!/bin/sh' '{script}' > bin/{name}; chmod +x bin/{name}");
    let written = std::process::Command::new("sh").args(["-c", &write]).current_dir(home.path("")).status();
    assert!(written.unwrap().success());
}

#[test]
fn the_clipboard_of_a_desktop_gets_the_text_and_what_does_not_take_it_is_named() {
    let home = with_books();
    program(&home, "wl-copy", "exit 1");
    program(&home, "xclip", "cat > clipboard");
    let path = format!("{}:/usr/bin:/bin", home.path("bin").display());
    let start = Start::new(&home).arguments(&["left.md", "right.md"]).environment("PATH", &path);
    let mut terminal = start.environment("DISPLAY", ":0").environment("WAYLAND_DISPLAY", "wayland-0").open();
    terminal.until_shown("soviets");
    terminal.press("yy");
    terminal.until("what was done", |terminal| remark(terminal).contains("to xclip"));
    assert!(remark(&terminal).contains("wl-copy failed, gave"), "{}", remark(&terminal));
    assert_eq!(std::fs::read_to_string(home.path("clipboard")).unwrap(), kept(&home));
    assert_eq!(find(terminal.sent(), OSC), None);
    std::fs::remove_file(home.path("bin/wl-copy")).unwrap();
    program(&home, "xclip", "cat > clipboard; exit 1");
    terminal.press("yy");
    terminal.until("what was done", |terminal| remark(terminal).contains("xclip failed, sent"));
    assert!(remark(&terminal).contains("may refuse it"), "{}", remark(&terminal));
    assert_eq!(carried(terminal.sent()), kept(&home));
}

#[test]
fn a_topic_that_was_typed_goes_along_with_the_command_and_is_known_to_all_commands() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("ztenvoys: delegates, factory\r");
    terminal.until("the topic", |terminal| bar(terminal).starts_with(" envoys "));
    terminal.press("zy");
    terminal.until("the decision", |terminal| remark(terminal).contains("accepted: "));
    terminal.press("yr");
    terminal.until("what was done", |terminal| remark(terminal).contains("the command"));
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
    let command = kept(&home);
    assert!(command.ends_with(" --topic-words 'envoys: delegates, factory' --topic envoys"), "{command}");
    for command in ["links", "print"] {
        let ran = home.run(&[command, "left.md", "right.md", "--topic", "envoys"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command}");
        assert!(ran.out.contains("accepted by you"), "{}", ran.out);
    }
    // Where nothing was typed before: the words come with the command.
    std::fs::remove_dir_all(home.path(".local")).unwrap();
    let mut shell = std::process::Command::new("/bin/sh");
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_diptych")).parent().unwrap();
    let ran = shell.args(["-c", &command]).env("PATH", program).env("HOME", home.path("")).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}
