//! A reading room: the reader as the only thing that an account can do.

use crate::page::remark;
use crate::pty::{Start, Terminal};
use crate::support::{Home, KAMENEV, LETTER};

fn reading_room() -> Home {
    let home = Home::new();
    home.write("texts/kamenev-1920.txt", KAMENEV);
    home.write("secret.txt", LETTER);
    home
}

fn restricted(home: &Home) -> Start {
    Start::new(home).arguments(&["--restricted", "--library", "texts"])
}

fn until_said(terminal: &mut Terminal, words: &str) {
    terminal.until(words, |terminal| remark(terminal).contains(words));
}

#[test]
fn a_restricted_reading_does_not_stop_for_a_shell() {
    let home = reading_room();
    for mut terminal in [restricted(&home).open(), Start::new(&home).environment("LESSSECURE", "1").open()] {
        terminal.until_shown("state capitalism");
        terminal.press("\x1a");
        until_said(&mut terminal, "does not stop for a shell");
        assert!(terminal.screen().alternate_screen(), "the terminal was given away");
        terminal.press("J");
        terminal.until("the reading to go on", |terminal| !remark(terminal).contains("shell"));
        terminal.signal(rustix::process::Signal::TSTP);
        until_said(&mut terminal, "does not stop for a shell");
        terminal.press("q");
        assert_eq!(terminal.until_ended(), 0);
    }
}

#[test]
fn a_restricted_reading_opens_works_reads_them_again_and_keeps_places_alone() {
    let home = reading_room();
    let mut terminal = restricted(&home).open();
    terminal.until_shown("state capitalism");
    terminal.press("e");
    terminal.until_shown("kamenev-1920:original");
    assert!(!terminal.frame().contains("secret.txt"));
    terminal.press("/kamenev-1920:original\r\r");
    terminal.until_shown("fishermen");
    terminal.press("R");
    until_said(&mut terminal, "read again");
    terminal.press("yy");
    until_said(&mut terminal, "keeps no copy in a file");
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
    let mut left: Vec<_> =
        std::fs::read_dir(home.path("")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, [".local", "secret.txt", "texts"]);
    assert_eq!(std::fs::read_dir(home.path("texts")).unwrap().count(), 1);
    assert!(!home.path(".local/state/diptych/copied.txt").exists());
}

#[test]
fn a_pair_from_before_that_lies_outside_is_refused_and_said() {
    let home = reading_room();
    let mut free = Start::new(&home).arguments(&["secret.txt", "stalin"]).open();
    free.until_shown("ferry");
    free.press("q");
    assert_eq!(free.until_ended(), 0);
    let mut terminal = restricted(&home).open();
    terminal.until_shown("state capitalism");
    until_said(&mut terminal, "restricted reading opens the texts of its library");
    assert!(!terminal.frame().contains("ferry"));
    let mut refused = restricted(&home).arguments(&["secret.txt"]).open();
    assert_eq!(refused.until_ended(), 3);
    assert!(refused.frame().contains("restricted reading opens"), "{}", refused.frame());
}
