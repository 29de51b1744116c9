//! Every way out: quitting, signals, the terminal closed under the program; each gives the terminal back.

use std::time::Duration;

use diptych::terminal::guard::{Guard, Manner};
use rustix::process::Signal;

use crate::page::{both, words};
use crate::pty::{Start, Terminal};
use crate::specimens::{open_books, with_books, word};
use crate::support::Home;

/// Whether the terminal is as the program found it.
fn given_back(terminal: &Terminal) -> bool {
    let screen = terminal.screen();
    !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
}

#[test]
fn quitting_gives_the_terminal_back() {
    let home = with_books();
    let mut terminal = open_books(&home, 80, 24);
    assert!(terminal.screen().alternate_screen());
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
    assert!(given_back(&terminal));
    assert_eq!(terminal.frame().trim(), "", "nothing is left on the screen before");
}

#[test]
fn a_termination_signal_gives_the_terminal_back_and_says_so() {
    let home = with_books();
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let mut terminal = open_books(&home, 80, 24);
        terminal.signal(signal);
        assert_eq!(terminal.until_ended(), code);
        assert!(given_back(&terminal), "{signal:?}");
    }
}

#[test]
fn a_hangup_gives_a_terminal_that_is_still_there_back() {
    let home = with_books();
    let mut terminal = open_books(&home, 80, 24);
    terminal.signal(Signal::HUP);
    assert_eq!(terminal.until_ended(), 129);
    assert!(given_back(&terminal));
}

#[test]
fn a_closed_terminal_ends_the_program_and_keeps_the_place() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    // At the ends of the texts, where the Ctrl-D that the pseudo-terminal sends as it closes moves nothing.
    terminal.press("sG\tG");
    terminal.until("the ends", |terminal| {
        let last = |pane, book| words(terminal, pane).contains(&word(book, 60));
        last('A', "left") && last('B', "right")
    });
    let place = both(&terminal);
    let (code, took) = terminal.hang_up();
    assert_eq!(code, 129);
    assert!(took < Duration::from_secs(5), "the program went on for {took:?} without a terminal");
    let mut again = Start::new(&home).open();
    again.until_shown("soviets");
    assert_eq!(both(&again), place);
}

#[test]
fn a_stopped_reading_goes_on_with_the_same_frame() {
    let home = with_books();
    let mut terminal = open_books(&home, 80, 24);
    let before = terminal.frame();
    terminal.press("\x1a");
    terminal.until("the terminal given back", given_back);
    terminal.until_stopped();
    terminal.signal(Signal::CONT);
    terminal.until("the frame again", |terminal| {
        terminal.screen().alternate_screen() && terminal.frame() == before
    });
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
}

#[test]
fn a_reading_stopped_from_outside_takes_the_terminal_from_the_shell_again() {
    let home = with_books();
    let shell = Start::program("sh", &home).arguments(&["-i"]).environment("PS1", "ready> ");
    let mut terminal = shell.environment("PATH", "/usr/bin:/bin").size(80, 24).open();
    terminal.until_shown("ready>");
    terminal.press(&format!("{} left.md right.md\r", env!("CARGO_BIN_EXE_diptych")));
    terminal.until_shown("? help");
    let before = terminal.frame();
    terminal.signal_foreground(Signal::STOP);
    terminal.until_shown("ready>");
    // Nothing was given back; a person helps themselves.
    terminal.press("stty sane; printf '\\033[?1049l\\033[?25hthe%s\\n' re\n");
    terminal.until("the shell's own screen", |terminal| {
        terminal.frame().contains("there") && !terminal.screen().alternate_screen()
    });
    terminal.press("fg\n");
    terminal.until("the same frame", |terminal| {
        terminal.screen().alternate_screen() && terminal.screen().hide_cursor() && terminal.frame() == before
    });
    // In the shell's mode no key would come before a return.
    terminal.press("G");
    terminal.until("the end", |terminal| words(terminal, 'A').contains(&word("left", 60)));
    terminal.press("q");
    terminal.until("the shell", |terminal| {
        given_back(terminal) && terminal.frame().trim_end().ends_with("ready>")
    });
}

/// Run by the next test, in a terminal that it opens.
#[test]
#[ignore = "fails on purpose"]
fn fails_with_the_terminal_taken() {
    let _guard = Guard::enter(Manner { alternate_screen: true, mouse: true }).unwrap();
    panic!("failed on purpose");
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_reported() {
    let test = ["--ignored", "--exact", "endings::fails_with_the_terminal_taken", "--nocapture"];
    let mut terminal = Start::program(std::env::current_exe().unwrap(), &Home::new()).arguments(&test).open();
    assert_eq!(terminal.until_ended(), 101);
    assert!(given_back(&terminal));
    let sent = String::from_utf8_lossy(terminal.sent());
    let back = sent.find("\u{1b}[?1049l").unwrap();
    assert!(back < sent.find("failed on purpose").unwrap(), "{sent:?}");
}

#[test]
fn a_text_that_cannot_be_read_is_said_before_the_terminal_is_touched() {
    let home = with_books();
    home.write("empty.txt", b"");
    home.write("binary.bin", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0");
    for (name, code) in [("absent.txt", 3), (".", 3), ("empty.txt", 3), ("binary.bin", 3)] {
        let mut terminal = Start::new(&home).arguments(&[name, "left.md"]).open();
        assert_eq!(terminal.until_ended(), code, "{name}: {}", terminal.frame());
        assert!(terminal.frame().contains(name), "{}", terminal.frame());
        let sent = String::from_utf8_lossy(terminal.sent());
        assert!(!sent.contains("\u{1b}[?"), "{name}: {sent:?}");
        assert_eq!(sent.lines().count(), 1, "{name}: {sent}");
    }
}

#[test]
fn a_terminal_without_a_full_screen_gets_the_texts_printed() {
    for (term, why) in [("dumb", "TERM=dumb is a terminal without"), ("", "TERM is not set")] {
        let home = with_books();
        let texts = ["stalin:digest", "stalin:digest", "--topic", "soviets"];
        let mut terminal = Start::new(&home).arguments(&texts).environment("TERM", term).open();
        assert_eq!(terminal.until_ended(), 0);
        let sent = String::from_utf8_lossy(terminal.sent()).into_owned();
        assert!(sent.contains(why) && sent.contains(" | "), "{sent}");
        assert!(!sent.contains("\u{1b}[?1049h"), "no full screen is opened");
    }
}
