//! Topics, links, linked scrolling, search and help, as they come on the screen.

use crate::page::{bar, both, remark, words};
use crate::pty::{Start, Terminal};
use crate::specimens::{open_books, with_books, word};
use crate::support::Home;

const TOPICS: [&str; 4] = ["soviets", "party", "criticism", "state capitalism"];

#[test]
fn a_newcomer_sees_both_texts_and_the_topic_index_first() {
    let home = Home::new();
    let mut terminal = Start::new(&home).open();
    terminal.until_shown("state capitalism");
    for shown in TOPICS.iter().chain(&["Stalin", "Miasnikov", "1924", "1930", "digest", "? help"]) {
        terminal.until_shown(shown);
    }
    assert!(words(&terminal, 'A').len() > 100 && words(&terminal, 'B').len() > 100);
}

#[test]
fn a_small_screen_opens_the_topic_index_with_one_key() {
    let home = Home::new();
    let mut terminal = Start::new(&home).size(80, 24).open();
    terminal.until_shown("t topics");
    assert!(!terminal.frame().contains("state capitalism"));
    terminal.press("t");
    for topic in TOPICS {
        terminal.until_shown(topic);
    }
    terminal.press("\r");
    terminal.until("a link of the topic", |terminal| bar(terminal).contains("soviets 1/"));
    assert!(!terminal.frame().contains("state capitalism"));
}

#[test]
fn choosing_a_topic_moves_both_panes_and_says_why() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    let start = both(&terminal);
    terminal.press("t");
    terminal.until("what the topic means", |terminal| !remark(terminal).contains("t topics"));
    terminal.press("\r");
    terminal.until("the first link", |terminal| bar(terminal).contains(" soviets 1/"));
    let first = both(&terminal);
    assert!(first[0] != start[0] && first[1] != start[1], "{}", terminal.frame());
    for pane in &first {
        assert!(pane.contains(&"soviets".to_owned()), "{}", terminal.frame());
    }
    assert!(bar(&terminal).contains("A ") && bar(&terminal).contains("ANCHORED"), "{}", bar(&terminal));
    assert!(remark(&terminal).contains("both"), "no reason: {}", remark(&terminal));

    terminal.press("J");
    terminal.until("the second link", |terminal| bar(terminal).contains(" soviets 2/"));
    assert_ne!(both(&terminal), first);
    terminal.press("K");
    terminal.until("the first link again", |terminal| bar(terminal).contains(" soviets 1/"));
    assert_eq!(both(&terminal), first);
}

#[test]
fn walking_one_text_leaves_the_other_where_it_is() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("J");
    terminal.until("the first link", |terminal| bar(terminal).contains(" soviets 1/"));
    let before = both(&terminal);
    let counter = bar(&terminal);
    terminal.press("}");
    terminal.until("another counter", |terminal| bar(terminal) != counter);
    let after = both(&terminal);
    assert_ne!(after[0], before[0]);
    assert_eq!(after[1], before[1]);
}

#[test]
fn a_topic_that_one_text_lacks_is_said_and_moves_the_other() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    let before = words(&terminal, 'A');
    terminal.press("t");
    terminal.until("what the topic means", |terminal| !remark(terminal).contains("t topics"));
    terminal.press("j\r");
    terminal.until("the party", |terminal| bar(terminal).contains(" party "));
    assert!(bar(&terminal).contains("A -/0") && bar(&terminal).contains("B 1/"), "{}", bar(&terminal));
    assert!(remark(&terminal).contains("nothing in A"), "{}", remark(&terminal));
    assert_eq!(words(&terminal, 'A'), before);
    assert!(words(&terminal, 'B').contains(&"party".to_owned()));
}

#[test]
fn linked_panes_scroll_together_and_come_back_to_the_same_words() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("J");
    terminal.until("the first link", |terminal| bar(terminal).contains("ANCHORED"));
    let before = both(&terminal);
    terminal.press("40j");
    terminal.until("both panes to move", |terminal| {
        let now = both(terminal);
        now[0] != before[0] && now[1] != before[1]
    });
    terminal.press("40k");
    terminal.until("the words before", |terminal| both(terminal) == before);
}

#[test]
fn free_panes_scroll_alone_until_they_are_linked_again() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("s");
    terminal.until("the state", |terminal| bar(terminal).contains("FREE"));
    let before = both(&terminal);
    terminal.press(" ");
    terminal.until("the left pane to move", |terminal| words(terminal, 'A') != before[0]);
    assert_eq!(words(&terminal, 'B'), before[1]);
    terminal.press("s");
    terminal.until("the state", |terminal| !bar(terminal).contains("FREE"));
    terminal.press("=");
    terminal.until("the right pane to follow", |terminal| words(terminal, 'B') != before[1]);
}

#[test]
fn search_counts_its_hits_as_they_are_typed_and_walks_them() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    // Paragraphs 20 to 29.
    terminal.press("/leftma");
    terminal.until("ten hits", |terminal| remark(terminal).ends_with("1 of 10, B 0"));
    terminal.press("g");
    terminal.until("one hit", |terminal| remark(terminal).ends_with("1 of 1, B 0"));
    assert!(words(&terminal, 'A').contains(&word("left", 23)), "{}", terminal.frame());
    terminal.press("\x7f\r");
    terminal.until_shown("/leftma  A 1 of 10");
    terminal.press("n");
    terminal.until_shown("/leftma  A 2 of 10");
    terminal.press("NN");
    terminal.until_shown("/leftma  A 10 of 10");
}

#[test]
fn a_cancelled_search_goes_back_to_where_it_began() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    let before = both(&terminal);
    terminal.press(&format!("/{}", word("left", 33)));
    terminal.until("the hit", |terminal| words(terminal, 'A').contains(&word("left", 33)));
    terminal.press("\x03");
    terminal.until("the words before", |terminal| both(terminal) == before);
}

#[test]
fn help_is_searched_and_closes_on_the_same_page() {
    let home = with_books();
    let mut terminal = open_books(&home, 80, 24);
    let before = terminal.frame();
    terminal.press("?");
    terminal.until_shown("─ Keys ─");
    terminal.press("/quit\r");
    terminal.until("the one row", |terminal| {
        let frame = terminal.frame();
        frame.contains("quit") && !frame.contains("topic index")
    });
    terminal.press("q");
    terminal.until("the page before", |terminal| terminal.frame() == before);
}

#[test]
fn the_card_of_a_passage_gives_the_reasons() {
    let home = with_books();
    let mut terminal = open_books(&home, 80, 24);
    terminal.press("J");
    terminal.until("the first link", |terminal| bar(terminal).contains(" soviets 1/"));
    terminal.press("\r");
    terminal.until_shown("confidence");
    terminal.press("q");
    terminal.until_gone("┌");
    assert!(bar(&terminal).contains(" soviets 1/"));
}

#[test]
fn marks_and_the_jump_list_come_back() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    let start = both(&terminal);
    terminal.press("G");
    terminal.until("the end", |terminal| words(terminal, 'A').contains(&word("left", 60)));
    let end = both(&terminal);
    terminal.press("maH");
    terminal.until("the start", |terminal| both(terminal) == start);
    terminal.press("'a");
    terminal.until("the mark", |terminal| both(terminal)[0] == end[0]);
}

/// What the tests of others compare: a frame that was looked at.
#[test]
fn a_frame_of_two_short_texts() {
    let home = Home::new();
    home.write("one.md", include_bytes!("../specimens/one.md"));
    home.write("two.md", include_bytes!("../specimens/two.md"));
    let mut terminal = Start::new(&home).arguments(&["one.md", "two.md"]).size(80, 24).open();
    terminal.until_shown("t topics");
    terminal.press("J");
    terminal.until("the link", |terminal: &Terminal| bar(terminal).contains("ANCHORED"));
    insta::assert_snapshot!(terminal.frame());
}

#[test]
fn a_topic_typed_while_reading_has_an_index_and_links_at_once() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("zt");
    terminal.press("weather\r");
    terminal.until_shown("a topic is a name, a colon and words");
    terminal.press("zt");
    terminal.press("weather: gulls | storks, frost + mill\r");
    terminal.until_shown("weather: no link between the two");
    assert!(bar(&terminal).contains("A 2/54 · B 2/52"), "{}", bar(&terminal));
    assert!(words(&terminal, 'A').contains(&"gulls".to_owned()), "{}", terminal.frame());
    assert!(words(&terminal, 'B').contains(&"mill".to_owned()), "{}", terminal.frame());
    terminal.press("zt");
    terminal.press("workshops: factory | dockyard, elect + recall\r");
    terminal.until("the first link of the topic", |terminal| bar(terminal).contains(" workshops 1/"));
    for pane in both(&terminal) {
        assert!(pane.contains(&"recall".to_owned()), "{}", terminal.frame());
    }
    terminal.press("t");
    for topic in ["party", "weather", "workshops"] {
        terminal.until_shown(topic);
    }
}

#[test]
fn what_is_no_text_yet_says_so_on_opening() {
    let home = with_books();
    home.write("page.html", "<html><body><p>The boats came in before the wind.</p></body></html>\n");
    let mut terminal = Start::new(&home).arguments(&["page.html", "right.md"]).open();
    terminal.until_shown("page.html: this is HTML");
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
}
