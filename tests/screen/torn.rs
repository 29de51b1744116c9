//! Escape sequences in pieces, as a slow line delivers them.

use crate::page::{bar, both, remark, words};
use crate::pty::{Start, Terminal};
use crate::specimens::with_books;
use crate::support::Home;

/// The two books, with an Esc held so long that no machine is too slow for the next piece.
fn patient(home: &Home) -> Terminal {
    let start = Start::new(home).arguments(&["left.md", "right.md"]).environment("ESCDELAY", "60000");
    let mut terminal = start.open();
    terminal.until_shown("soviets");
    terminal
}

/// Types pieces, each read before the next is sent: a change of size between them comes back as a frame.
fn press_apart(terminal: &mut Terminal, pieces: &[&str]) {
    for (at, piece) in pieces.iter().enumerate() {
        terminal.press(piece);
        let rows = if at % 2 == 0 { 40 } else { 48 };
        terminal.resize(160, rows);
        let last = usize::from(rows) - 1;
        terminal.until("a frame of the new size", |terminal| {
            terminal.rows().get(last).is_some_and(|row| row.contains("? help"))
        });
    }
}

#[test]
fn an_arrow_in_two_pieces_moves_a_row_and_closes_nothing() {
    let home = with_books();
    let mut terminal = patient(&home);
    terminal.press("t");
    terminal.until("the index", |terminal| !remark(terminal).contains("t topics"));
    terminal.press("\x1b");
    terminal.press("[B");
    terminal.press("\r");
    terminal.until("the second topic", |terminal| bar(terminal).starts_with(" party"));

    terminal.press("/");
    terminal.until_shown("\n /");
    terminal.press("abc\x1b");
    terminal.press("[D\x7f");
    terminal.until_shown("\n /ac");
}

#[test]
fn an_arrow_whose_escape_was_read_alone_moves_a_row() {
    let home = with_books();
    let mut terminal = patient(&home);
    let first = words(&terminal, 'A');
    press_apart(&mut terminal, &["\x1b", "[B"]);
    terminal.until("a row further on", |terminal| {
        let now = words(terminal, 'A');
        !now.is_empty() && first.iter().zip(&now).any(|(before, after)| before != after)
    });
    assert!(!remark(&terminal).contains("quits"), "Esc was taken: {}", terminal.frame());
}

#[test]
fn an_escape_alone_still_cancels() {
    let home = with_books();
    let mut terminal = Start::new(&home).arguments(&["left.md", "right.md"]).open();
    terminal.until_shown("soviets");
    terminal.press("?");
    terminal.until_shown(" Keys ");
    terminal.press("\x1b");
    terminal.until_gone(" Keys ");
    terminal.press("\x1b");
    terminal.until("how to leave", |terminal| remark(terminal).contains("quits"));
}

#[test]
fn an_answer_in_pieces_types_nothing() {
    let home = with_books();
    let mut terminal = patient(&home);
    terminal.press("/");
    terminal.until_shown("\n /");
    for piece in
        ["\x1b", "]11;rgb:1e", "1e/1e1e/1e1e", "\x1b", "\\", "\x1b", "[?62;22c", "\x1b]10;rgb:f/f/f\x07"]
    {
        terminal.press(piece);
    }
    terminal.press("harbour");
    terminal.until_shown("\n /harbour");
}

#[test]
fn an_answer_that_comes_whole_acts_as_no_key() {
    let home = with_books();
    let mut terminal = patient(&home);
    let before = both(&terminal);
    let answers = "\x1b[?62;22c\x1b[>41;388;0c\x1b[24;80R\x1b[?2026;2$y\x1b[?997;1n\x1b[?1u\x1b[8;48;160t\x1b[I\
                   \x1b]11;rgb:1e/1e/1e\x07\x1bP>|XTerm(388)\x1b\\\x1b_Gi=1;OK\x1b\\";
    terminal.press(answers);
    terminal.press("/harbour");
    terminal.until_shown("\n /harbour");
    terminal.press("\x03");
    terminal
        .until("the same place", |terminal| bar(terminal).contains("soviets") && both(terminal) == before);
}

#[test]
fn a_paste_in_pieces_is_typed_into_a_prompt_and_is_no_keys_elsewhere() {
    let home = with_books();
    let mut terminal = patient(&home);
    press_apart(&mut terminal, &["\x1b", "[200~tqq", "Z\x1b", "[201~"]);
    terminal.press("/");
    terminal.until_shown("\n /");
    for piece in ["\x1b", "[200~har", "bo", "ur\x1b", "[201~s"] {
        terminal.press(piece);
    }
    terminal.until_shown("\n /harbours");
}
