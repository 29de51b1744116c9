//! Two editions of one work as they come on the screen: aligned beside the reading, their variants marked,
//! scrolled along the beads, laid out row beside row, and taken for two works where the reader says so.

use std::fmt::Write;

use crate::page::{bar, both, remark, words};
use crate::pty::{Start, Terminal};
use crate::specimens::word;
use crate::support::Home;

/// Thirty paragraphs. The later edition changes a word in every fifth, lacks the tenth and is longer in the
/// twentieth.
fn edition(later: bool) -> String {
    let mut text = String::from("# The harbour book\n\n");
    for n in (1..=30).filter(|n| !(later && *n == 10)) {
        let boats = if later && n % 5 == 0 { "ships" } else { "boats" };
        let sea = ["amber", "basalt", "cedar", "dune", "ember", "fjord", "garnet"][n % 7];
        let weather = [
            "",
            " It rained until the evening.",
            " Nobody in the town wrote down what the sky had been like, nor did anyone ask before winter came.",
            " The bell was silent on that day, the square was empty, the baker had closed his door at noon, and of \
             the children only one was seen, who carried a basket of apples up the hill and did not turn round.",
        ][n * n % 7 % 4];
        let more = if later && n == 20 { " So it was told." } else { "" };
        let _ = writeln!(
            text,
            "At {} the {boats} of the {sea} quay went out before the wind, and whoever had stayed behind \
             counted the lamps of {} until none was left to count.{weather}{more}\n",
            word("left", n),
            word("right", n)
        );
    }
    text
}

fn open(home: &Home, arguments: &[&str]) -> Terminal {
    home.write("old.md", edition(false));
    home.write("new.md", edition(true));
    let mut terminal = Start::new(home).arguments(&[&["old.md", "new.md"], arguments].concat()).open();
    terminal.until_shown("Topics");
    terminal
}

/// Waits for the beads and goes to a passage of the left text.
fn go_to(terminal: &mut Terminal, passage: usize) {
    terminal.until("a bead", |terminal| bar(terminal).contains("ANCHORED · bead"));
    terminal.press(&format!("{passage}G"));
    let wanted = word("left", passage);
    terminal.until("the passage", |terminal| words(terminal, 'A').get(1) == Some(&wanted));
}

/// Words on the screen that are underlined.
fn underlined(terminal: &Terminal) -> Vec<String> {
    let screen = terminal.screen();
    let (rows, columns) = screen.size();
    let mut found: Vec<String> = Vec::new();
    for row in 0..rows.get() {
        let mut open = false;
        for column in 0..columns.get() {
            let Some(cell) = screen.cell(row, column) else { continue };
            if cell.underline() {
                if !open {
                    found.push(String::new());
                }
                found.last_mut().unwrap().push_str(cell.contents());
            }
            open = cell.underline();
        }
    }
    found
}

#[test]
fn two_editions_are_aligned_beside_the_reading_and_scroll_along_the_beads() {
    let home = Home::new();
    let mut terminal = open(&home, &["--as", "parallel"]);
    terminal.until("a bead", |terminal| bar(terminal).contains("ANCHORED · bead"));
    terminal.press("23G");
    // One paragraph less stands above it on the right.
    terminal.until("the same passage in both", |terminal| {
        words(terminal, 'A').contains(&word("left", 23)) && words(terminal, 'B').contains(&word("left", 23))
    });
    let first = both(&terminal).map(|words| words[1].clone());
    assert_eq!(first, [word("left", 23), word("left", 23)], "{}", terminal.frame());
    assert!(bar(&terminal).contains("ANCHORED · bead"), "{}", bar(&terminal));
    terminal.press("10G");
    terminal.until("what is said of a passage without partner", |terminal| {
        remark(terminal).contains("no counterpart in the right text")
    });
}

#[test]
fn words_that_differ_are_underlined_counted_and_walked() {
    let home = Home::new();
    let mut terminal = open(&home, &["--as", "parallel"]);
    terminal.until("the marks", |terminal| underlined(terminal).contains(&"ships".to_owned()));
    let marked = underlined(&terminal);
    assert!(marked.iter().all(|word| ["boats", "ships"].contains(&word.as_str())), "{marked:?}");
    terminal.press("D");
    terminal.until("no mark", |terminal| underlined(terminal).is_empty());
    terminal.press("D");
    terminal.until("the marks again", |terminal| !underlined(terminal).is_empty());
    terminal.press("]c");
    terminal.until("the first difference", |terminal| words(terminal, 'A').contains(&word("left", 5)));
    terminal.until("how far the two differ", |terminal| remark(terminal).contains("words differ"));
    assert_eq!(both(&terminal).map(|words| words[1].clone()), [word("left", 5), word("left", 5)]);
    terminal.press("]c");
    terminal.until("the one without partner", |terminal| {
        words(terminal, 'A').get(1) == Some(&word("left", 10))
            && remark(terminal).contains("no counterpart in the right text")
    });
    terminal.press("]c]c");
    terminal
        .until("the differences after it", |terminal| words(terminal, 'A').get(1) == Some(&word("left", 20)));
    terminal.press("[c");
    terminal.until("the one before", |terminal| words(terminal, 'A').get(1) == Some(&word("left", 15)));
}

#[test]
fn without_colour_the_marks_are_there_too() {
    let home = Home::new();
    home.write("old.md", edition(false));
    home.write("new.md", edition(true));
    let start = Start::new(&home).arguments(&["old.md", "new.md", "--as", "parallel"]);
    let mut terminal = start.environment("NO_COLOR", "1").open();
    terminal.until("the marks", |terminal| underlined(terminal).contains(&"ships".to_owned()));
}

#[test]
fn what_belongs_together_begins_on_the_same_row_where_the_reader_wants_it() {
    let home = Home::new();
    let mut terminal = open(&home, &["--as", "parallel"]);
    go_to(&mut terminal, 8);
    let row_of = |terminal: &Terminal, from: usize, n: usize| {
        let rows = terminal.rows();
        let half = |row: &String| row.chars().skip(from).take(78).collect::<String>();
        rows.iter().position(|row| half(row).contains(&word("left", n)))
    };
    let both_rows = |terminal: &Terminal, n: usize| [row_of(terminal, 0, n), row_of(terminal, 80, n)];
    let before = both_rows(&terminal, 12);
    assert!(before[0] != before[1], "the right text lacks a paragraph: {}", terminal.frame());
    terminal.press("zl");
    terminal.until("the same row", |terminal| {
        let [left, right] = both_rows(terminal, 12);
        left.is_some() && left == right
    });
    terminal.press("zl");
    terminal.until("the rows before", |terminal| both_rows(terminal, 12) == before);
}

#[test]
fn the_reader_overrules_what_two_texts_were_taken_for_and_that_is_kept() {
    let home = Home::new();
    let mut terminal = open(&home, &["--as", "works"]);
    assert!(!bar(&terminal).contains("bead"), "{}", bar(&terminal));
    terminal.press("zw");
    terminal.until("the beads", |terminal| bar(terminal).contains("ANCHORED · bead"));
    terminal.press("zw");
    terminal.until("two works", |terminal| !bar(terminal).contains("bead"));
    terminal.press("zw");
    terminal.until("the beads", |terminal| bar(terminal).contains("ANCHORED · bead"));
    terminal.press("q");
    terminal.until_ended();
    let mut again = Start::new(&home).open();
    again.until("the beads", |terminal| bar(terminal).contains("ANCHORED · bead"));
}

#[test]
fn a_rejected_link_stays_rejected_and_is_listed_as_such() {
    let home = Home::new();
    let mut terminal = open(&home, &["--as", "parallel"]);
    go_to(&mut terminal, 3);
    terminal.press("zx");
    terminal.until("what was done", |terminal| remark(terminal).contains("rejected: A ¶ 3, B ¶ 3"));
    terminal.press("q");
    terminal.until_ended();
    let ran = home.run(&["links", "old.md", "new.md", "--as", "parallel"]);
    let line = ran.out.lines().find(|line| line.starts_with("A ¶3 - B ¶3")).unwrap();
    assert!(line.contains("rejected by you"), "{line}");
    let record = home.json(&["links", "old.md", "new.md", "--format", "json"]);
    assert_eq!(record["ground"]["standing"], "parallel", "as it was said in the reader's last session");
    assert_eq!(
        record["links"].as_array().unwrap().iter().filter(|link| link["status"] == "rejected").count(),
        1
    );
    let aligned = |format: &str| home.run(&["align", "old.md", "new.md", "--format", format]).out;
    let count = |text: &str, what: &str| text.matches(what).count();
    assert_eq!(count(&aligned("json"), "\"status\":\"rejected\",\"decided\":\"rejected\""), 1);
    let (table, memory) = (aligned("tsv"), aligned("tmx"));
    assert_eq!(count(&table, "\trejected\n"), 1);
    let partnered = table.lines().skip(1).filter(|line| !line.starts_with('\t') && !line.contains("\t\t0"));
    assert!(count(&memory, "<tu ") < partnered.count(), "what was rejected is no translation: {memory}");
    let text = aligned("text");
    assert!(text.contains(", rejected by you: "));
    assert!(text.contains("29 links, 1 rejected by you, 1 without partner"), "{text}");
}

#[test]
fn what_the_reader_joined_is_in_what_is_aligned_listed_and_exported() {
    let home = Home::new();
    let mut terminal = open(&home, &["--as", "parallel"]);
    // The tenth stands in the left text alone; the ninth of the right one is brought beside it.
    go_to(&mut terminal, 10);
    terminal.press("s\t9G");
    terminal.until("the ninth", |terminal| words(terminal, 'B').get(1) == Some(&word("left", 9)));
    terminal.press("zj");
    terminal.until("what was done", |terminal| remark(terminal).contains("joined: A ¶ 9-10, B ¶ 9"));
    terminal.press("T");
    terminal.until("the list", |terminal| terminal.frame().contains("joined by you"));
    terminal.press("qq");
    terminal.until_ended();
    let listed = home.run(&["links", "old.md", "new.md"]).out;
    let line = listed.lines().find(|line| line.contains("you joined them")).unwrap();
    assert!(line.starts_with("A ¶9, ¶10 - B ¶9 "), "{line}");
    let record = home.json(&["align", "old.md", "new.md", "--format", "json"]);
    let refs = |side: &serde_json::Value| -> Vec<String> {
        side.as_array().unwrap().iter().map(|place| place["ref"].as_str().unwrap_or("-").to_owned()).collect()
    };
    let links = record["links"].as_array().unwrap();
    let own = links.iter().find(|link| refs(&link["left"]) == ["9", "10"]).unwrap();
    assert_eq!(refs(&own["right"]), ["9"]);
    assert_eq!((own["decided"].as_str(), own["confidence"].as_f64()), (Some("accepted"), Some(1.0)));
    assert_eq!(
        (own["origin"].as_str(), own["reasons"][0].as_str()),
        (Some("reader"), Some("you joined them"))
    );
    let all: Vec<String> = links.iter().flat_map(|link| refs(&link["left"])).filter(|r| r != "-").collect();
    assert_eq!(all.len(), 30, "each passage once: {all:?}");
    let memory = home.run(&["align", "old.md", "new.md", "--format", "tmx"]).out;
    assert_eq!(memory.matches("<prop type=\"x-decided\">accepted</prop>").count(), 1);
}

#[test]
fn a_part_of_what_was_rejected_is_joined_and_its_sentences_are_not_rejected() {
    let home = Home::new();
    home.write("old.md", edition(false));
    let sixth = format!("At {}", word("left", 6));
    home.write("new.md", edition(true).replace(&format!("\n\n{sixth}"), &format!(" {sixth}")));
    let mut terminal = Start::new(&home).arguments(&["old.md", "new.md", "--as", "parallel"]).open();
    go_to(&mut terminal, 5);
    terminal.press("zx");
    terminal.until("what was done", |terminal| remark(terminal).contains("rejected: A ¶ 5-6, B ¶ 5"));
    terminal.press("s6G");
    terminal.until("the sixth", |terminal| words(terminal, 'A').get(1) == Some(&word("left", 6)));
    terminal.press("zj");
    terminal.until("what was done", |terminal| remark(terminal).contains("joined: A ¶ 6, B ¶ 5"));
    terminal.press("q");
    terminal.until_ended();
    for unit in ["passage", "sentence"] {
        let arguments = ["align", "old.md", "new.md", "--unit", unit, "--format"];
        let memory = home.run(&[&arguments[..], &["tmx"]].concat()).out;
        assert!(
            memory.contains(&sixth) && !memory.contains(&format!("en-x-left\"><seg>At {}", word("left", 5))),
            "{memory}"
        );
        let record = home.json(&[&arguments[..], &["json"]].concat());
        let links = record["links"].as_array().unwrap();
        assert!(links.iter().all(|link| link["status"] != "rejected"), "{unit}");
    }
}
