//! Every way out: quitting, signals, the terminal closed under the program; each gives the terminal back.

use std::time::Duration;

use rustix::process::Signal;

use crate::page::{both, words};
use crate::pty::{Start, Terminal};
use crate::specimens::{open_books, with_books, word};

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
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130)] {
        let mut terminal = open_books(&home, 80, 24);
        terminal.signal(signal);
        assert_eq!(terminal.until_ended(), code);
        assert!(given_back(&terminal), "{signal:?}");
    }
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
