//! The reader through a real OpenSSH server.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::copying::carried;
use crate::page::{bar, both, remark, words};
use crate::peers::{Server, recorded, until_written};
use crate::pty::{Start, Terminal};
use crate::slow_line::slow_line;
use crate::specimens::{with_books, word};
use crate::support::Home;

const BOOKS: &str = "left.md right.md";

/// The two books, opened over the line.
fn open(server: &Server<'_>, home: &Home, arguments: &str) -> Terminal {
    let command = format!("{} {arguments}", recorded(home));
    let mut terminal = server.client(server.port(), "-tt", &command).open();
    terminal.until_shown("soviets");
    terminal
}

#[test]
fn over_ssh_the_reader_reads_jumps_copies_and_follows_the_window() {
    let home = with_books();
    let Some(server) = Server::start(&home, "") else { return };
    let mut terminal = open(&server, &home, BOOKS);
    terminal.press("J");
    terminal.until("the first link", |terminal| bar(terminal).contains(" soviets 1/"));
    terminal.press("j");
    terminal.press("10gg");
    terminal.until_shown(&word("left", 10));
    terminal.press("yy");
    terminal.until("what was done", |terminal| remark(terminal).contains("by OSC 52"));
    let text = carried(terminal.sent());
    assert!(text.starts_with("Here leftkabel stands"), "{text}");
    assert_eq!(std::fs::read_to_string(home.path(".local/state/diptych/copied.txt")).unwrap(), text);
    terminal.resize(100, 30);
    terminal.until("a frame of the new size", |terminal| {
        terminal.rows().get(29).is_some_and(|row| row.contains("? help"))
    });
    assert!(words(&terminal, 'A').contains(&word("left", 10)), "the same words: {}", terminal.frame());
    terminal.press("q");
    assert_eq!(until_written(&home, "exit"), "0");
    assert_eq!(terminal.until_ended(), 0);
    assert!(!terminal.screen().alternate_screen() && !terminal.screen().hide_cursor());
}

/// Whether the shell has the terminal and waits for a line.
fn is_asking(terminal: &Terminal) -> bool {
    let rows = terminal.rows();
    let last = rows.iter().rfind(|row| !row.is_empty());
    !terminal.screen().alternate_screen() && last.is_some_and(|row| row == "ready>")
}

#[test]
fn over_ssh_a_reading_is_suspended_to_the_shell_and_taken_up_again() {
    let home = with_books();
    let Some(server) = Server::start(&home, "") else { return };
    let mut terminal = server.client(server.port(), "-tt", "exec env PS1='ready> ' sh -i").open();
    terminal.until_shown("ready>");
    let (folder, program) = (home.path(""), env!("CARGO_BIN_EXE_diptych"));
    let start = format!("cd {}; HOME=$PWD LANG=C.UTF-8 {program} {BOOKS}\r", folder.display());
    terminal.press(&start);
    terminal.until_shown("? help");
    let before = terminal.frame();
    terminal.press("\x1a");
    terminal.until("the shell", is_asking);
    terminal.press("echo $((6*7))\r");
    terminal.until_shown("42");
    terminal.press("fg\r");
    terminal.until("the same frame", |terminal| {
        terminal.screen().alternate_screen() && terminal.frame() == before
    });
    terminal.press("q");
    terminal.until("the shell again", is_asking);
    terminal.press("exit\r");
    assert_eq!(terminal.until_ended(), 0);
}

#[test]
fn a_dropped_connection_ends_the_reader_and_the_next_one_opens_at_the_same_words() {
    let home = with_books();
    let Some(server) = Server::start(&home, "") else { return };
    let mut terminal = open(&server, &home, BOOKS);
    terminal.press("J");
    terminal.until("the first link", |terminal| bar(terminal).contains(" soviets 1/"));
    terminal.press("7j");
    terminal.until("another place", |terminal| !bar(terminal).contains(" soviets 1/"));
    let place = both(&terminal);
    terminal.signal(Signal::KILL);
    let dropped = Instant::now();
    // A process that went on without a terminal would never come to write this.
    assert_eq!(until_written(&home, "exit"), "129");
    let took = dropped.elapsed();
    eprintln!("the reader ended {took:?} after its connection");
    assert!(took < Duration::from_secs(5), "the reader went on for {took:?} without a connection");
    drop(terminal);
    let again = open(&server, &home, "");
    assert_eq!(both(&again), place);
}

#[test]
fn a_connection_ended_by_the_client_ends_the_reader_and_keeps_the_place() {
    let home = with_books();
    let Some(server) = Server::start(&home, "") else { return };
    let mut terminal = open(&server, &home, BOOKS);
    terminal.press("sG");
    terminal.until("the end of the left book", |terminal| words(terminal, 'A').contains(&word("left", 60)));
    let place = both(&terminal);
    // Escape character of the client: ends the connection from this side, at once.
    terminal.press("\r~.");
    terminal.until_ended();
    assert_eq!(until_written(&home, "exit"), "129");
    let again = open(&server, &home, "");
    assert_eq!(words(&again, 'A').last(), place[0].last());
}

#[test]
fn a_slow_line_carries_a_held_key_in_few_bytes_to_the_right_place() {
    let home = with_books();
    let Some(server) = Server::start(&home, "") else { return };
    let port = slow_line(server.port(), 12_000);
    let mut terminal = server.client(port, "-tt", &format!("{} {BOOKS}", recorded(&home))).open();
    terminal.until_shown("? help");
    let first = terminal.sent().len();
    terminal.press(&"j".repeat(100));
    terminal.press("/gulls circled\r");
    terminal.until("the search", |terminal| remark(terminal).contains("/gulls circled"));
    let sent = terminal.sent().len() - first;
    assert!(sent < 4 * first, "{sent} bytes for a held key and a search, {first} for the first frame");

    let beside = with_books();
    let mut near = Start::new(&beside).arguments(&["left.md", "right.md"]).open();
    near.until_shown("? help");
    near.press(&"j".repeat(100));
    near.press("/gulls circled\r");
    near.until("the search", |terminal| remark(terminal).contains("/gulls circled"));
    assert_eq!(both(&terminal), both(&near));
    terminal.press("q");
    assert_eq!(until_written(&home, "exit"), "0");
}

#[test]
fn an_account_with_a_restricted_reader_has_no_shell_and_no_other_file() {
    let home = with_books();
    home.write("texts/reading.md", "# A reading room\n\nThe soviets of the fishermen met in the evening.\n");
    home.write("secret.txt", "The ferry left at noon.\n\nNobody was on board of it.\n");
    let (folder, program) = (home.path(""), env!("CARGO_BIN_EXE_diptych"));
    let folder = folder.to_str().unwrap();
    let force = format!(
        "ForceCommand cd {folder}; HOME={folder} LANG=C.UTF-8 {program} --restricted --library {folder}/texts"
    );
    let Some(server) = Server::start(&home, &force) else { return };
    for command in ["cat secret.txt", "sh -c 'cat secret.txt'", "diptych print secret.txt stalin"] {
        let printed = server.output(command);
        assert!(printed.contains("Stalin") && !printed.contains("ferry"), "{command}: {printed}");
    }
    let mut terminal = server.client(server.port(), "-tt", "sh -i").open();
    terminal.until_shown("state capitalism");
    terminal.press("\x1a");
    terminal.until("a refusal", |terminal| remark(terminal).contains("does not stop for a shell"));
    terminal.press("e");
    terminal.until_shown("reading.md");
    assert!(!terminal.frame().contains("secret.txt"));
    terminal.press("/reading.md\r\r");
    terminal.until_shown("fishermen");
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
}
