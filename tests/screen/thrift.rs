//! How few bytes the reading costs: a slow line is felt in bytes, and bytes are the same on every machine.

use std::time::Duration;

use crate::page::both;
use crate::pty::Terminal;
use crate::specimens::{open_books, with_books};

/// Bytes of a linked row at most, both texts moving.
const ROW: usize = 250;
/// Bytes of the first screen at most.
const FIRST: usize = 6_500;

/// Presses a key, waits until both texts have moved, and says what it cost.
fn cost(terminal: &mut Terminal, key: &str) -> usize {
    let (before, sent) = (both(terminal), terminal.sent().len());
    terminal.press(key);
    terminal
        .until("another row", |terminal| both(terminal).iter().zip(&before).all(|(now, then)| now != then));
    terminal.sent().len() - sent
}

#[test]
fn the_first_screen_is_sent_in_few_bytes() {
    let home = with_books();
    let terminal = open_books(&home, 160, 48);
    let sent = terminal.sent().len();
    assert!(sent <= FIRST, "{sent} bytes");
}

#[test]
fn a_row_of_both_texts_costs_little_more_than_its_words() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("J");
    terminal.until("a link", |terminal| crate::page::bar(terminal).contains(" soviets 1/"));
    let mut costs: Vec<usize> = (0..20).map(|_| cost(&mut terminal, "j")).collect();
    costs.sort_unstable();
    assert!(costs[10] <= ROW, "{costs:?}");
}

#[test]
fn a_window_that_is_dragged_ends_at_its_last_size_on_the_same_words() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("J");
    terminal.until("a link", |terminal| crate::page::bar(terminal).contains(" soviets 1/"));
    cost(&mut terminal, "j");
    let (before, sent) = (both(&terminal), terminal.sent().len());
    for step in 0..200u16 {
        terminal.resize(60 + step * 37 % 150, 12 + step * 13 % 60);
        // This is the hand that drags, not a wait for something to have come.
        std::thread::sleep(Duration::from_millis(10));
    }
    terminal.resize(160, 48);
    terminal.until("the words it had", |terminal| both(terminal) == before);
    let rule: Vec<usize> =
        terminal.rows().iter().skip(8).filter_map(|row| row.chars().position(|sign| sign == '│')).collect();
    assert!(
        rule.len() > 30 && rule.iter().all(|column| *column == 79),
        "an uneven split:\n{}",
        terminal.frame()
    );
    let sent = terminal.sent().len() - sent;
    assert!(sent <= 410_000, "{sent} bytes");
}
