//! Screens from nothing to very wide, and screens that change under the reader.

use rustix::process::Signal;

use crate::page::{bar, both, words};
use crate::pty::Start;
use crate::specimens::{open_books, with_books, word};

#[test]
fn no_screen_is_too_small_to_survive() {
    let home = with_books();
    for (columns, rows) in [(0, 0), (1, 1), (2, 2), (3, 3), (1, 60), (200, 1), (16, 5), (45, 20), (400, 120)]
    {
        let start = Start::new(&home).arguments(&["left.md", "right.md"]);
        let mut terminal = start.environment("PATH", "/usr/bin:/bin").size(columns, rows).open();
        terminal.until("a frame", |terminal| terminal.screen().alternate_screen());
        // Links, topic index, help and search all draw at this size.
        terminal.press("Jt\x03?\x03/leftma\r\x03G");
        terminal.resize(80, 24);
        terminal.until(&format!("a frame after {columns}x{rows}"), |terminal| {
            !bar(terminal).is_empty() && both(terminal).iter().all(|words| !words.is_empty())
        });
        terminal.press("G");
        terminal.until("the end", |terminal| words(terminal, 'A').contains(&word("left", 60)));
        terminal.press("q");
        assert_eq!(terminal.until_ended(), 0, "{columns}x{rows}");
    }
}

#[test]
fn a_screen_too_small_to_read_says_so() {
    let home = with_books();
    let start = Start::new(&home).arguments(&["left.md", "right.md"]);
    let mut terminal = start.size(12, 4).open();
    terminal.until_shown("too small");
}

#[test]
fn a_resize_keeps_the_first_words_of_both_panes() {
    let home = with_books();
    let mut terminal = open_books(&home, 200, 50);
    let start = both(&terminal);
    terminal.press("J7j");
    terminal.until("a place", |terminal| both(terminal).iter().zip(&start).all(|(now, start)| now != start));
    terminal.press("s");
    terminal.until("the state", |terminal| bar(terminal).contains("FREE"));
    let before = both(&terminal);
    terminal.resize(45, 20);
    terminal.until("the narrow frame", |terminal| {
        terminal.frame().contains("The right book") && !terminal.frame().contains("elections and recall")
    });
    for (narrow, wide) in both(&terminal).iter().zip(&before) {
        // The row with the first word may begin before it.
        let first = wide.iter().take(4).cloned().collect::<Vec<_>>();
        let found = narrow.windows(4).position(|words| words == first);
        assert!(found.is_some_and(|at| at < 8), "{first:?} is not at the top:\n{}", terminal.frame());
    }
    terminal.resize(200, 50);
    terminal.until("the wide frame as it was", |terminal| {
        terminal.frame().contains("elections and recall") && both(terminal) == before
    });
}

#[test]
fn the_same_size_again_is_answered_with_the_whole_screen() {
    let home = with_books();
    let mut terminal = open_books(&home, 80, 24);
    let before = terminal.frame();
    // As dtach and others ask for it.
    for signal in [Signal::WINCH, Signal::CONT] {
        terminal.lose_the_screen();
        terminal.signal(signal);
        terminal.until("the frame again", |terminal| terminal.frame() == before);
    }
}

#[test]
fn stacked_panes_give_way_to_one_where_the_screen_is_low() {
    let home = with_books();
    let mut terminal = open_books(&home, 60, 20);
    assert!(both(&terminal).iter().all(|words| words.len() > 10), "{}", terminal.frame());
    terminal.resize(60, 12);
    terminal.until("one text", |terminal| !both(terminal)[0].is_empty() && both(terminal)[1].is_empty());
    terminal.press("\t");
    terminal.until("the other text", |terminal| both(terminal)[0].is_empty());
    assert!(!both(&terminal)[1].is_empty(), "{}", terminal.frame());
}
