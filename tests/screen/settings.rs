//! What `config.toml` and the options of the command line make of the terminal.

use crate::page::{bar, remark, words};
use crate::pty::{Start, Terminal};
use crate::specimens::{open_books, with_books, word};
use crate::support::Home;

fn set(home: &Home, lines: &str) {
    home.write(".config/diptych/config.toml", format!("[terminal]\n{lines}\n"));
}

fn books(home: &Home, more: &[&str]) -> Terminal {
    let mut terminal = Start::new(home).arguments(&["left.md", "right.md"]).arguments(more).open();
    terminal.until_shown("soviets");
    terminal
}

fn contains(sent: &[u8], sought: &str) -> bool {
    String::from_utf8_lossy(sent).contains(sought)
}

#[test]
fn without_an_alternate_screen_the_last_frame_stays_and_what_was_before_is_above() {
    let home = with_books();
    for (lines, option) in [("", &["--no-alt-screen"][..]), ("alternate-screen = false", &[])] {
        set(&home, lines);
        let mut terminal = books(&home, option);
        assert!(!terminal.screen().alternate_screen());
        let shown = terminal.frame();
        terminal.press("q");
        assert_eq!(terminal.until_ended(), 0);
        let rows = terminal.rows();
        let kept: Vec<&str> = shown.lines().skip(1).collect();
        assert_eq!(rows[..kept.len()], kept, "one row up, for the prompt to come");
        assert_eq!(rows.last().map(String::as_str), Some(""));
        assert_eq!(terminal.screen().cursor_position(), (47, 0));
        assert!(!terminal.screen().hide_cursor() && !contains(terminal.sent(), "\u{1b}[?1049"));
    }
}

#[test]
fn the_linux_console_has_one_screen_and_keeps_the_last_frame() {
    let home = with_books();
    let start = Start::new(&home).arguments(&["left.md", "right.md"]).environment("TERM", "linux");
    let mut terminal = start.open();
    terminal.until_shown("soviets");
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
    assert!(!contains(terminal.sent(), "\u{1b}[?1049"));
    assert!(terminal.frame().contains("soviets"));
}

#[test]
fn the_mouse_is_listened_to_only_where_that_is_wanted() {
    let home = with_books();
    let mut silent = open_books(&home, 160, 48);
    silent.press("q");
    assert_eq!(silent.until_ended(), 0);
    assert!(!contains(silent.sent(), "\u{1b}[?100"));

    for (lines, option) in [("", &["--mouse"][..]), ("mouse = true", &[])] {
        set(&home, lines);
        let mut terminal = books(&home, option);
        assert!(contains(terminal.sent(), "\u{1b}[?1000h\u{1b}[?1006h"));
        let before = [words(&terminal, 'A'), words(&terminal, 'B')];
        // The wheel over the right text, which has not the keys; linked, the left one follows.
        terminal.press("\x1b[<65;120;20M");
        terminal.until("a scrolled text", |terminal| words(terminal, 'B') != before[1]);
        // A click in the index, on its second topic.
        let rows = terminal.rows();
        let place = |row: &String| Some(row.split_once(" party ")?.0.chars().count());
        let (row, column) = rows.iter().enumerate().find_map(|(at, row)| Some((at, place(row)?))).unwrap();
        let at = format!("{};{}", column + 3, row + 1);
        terminal.press(&format!("\x1b[<0;{at}M\x1b[<0;{at}m"));
        terminal.until("the topic", |terminal| bar(terminal).starts_with(" party "));
        terminal.press("q");
        assert_eq!(terminal.until_ended(), 0);
        assert!(contains(terminal.sent(), "\u{1b}[?1006l\u{1b}[?1000l"));
    }
}

#[test]
fn a_torn_report_of_the_mouse_types_nothing() {
    let home = with_books();
    let start = Start::new(&home).arguments(&["left.md", "right.md", "--mouse"]);
    let mut terminal = start.environment("ESCDELAY", "60000").open();
    terminal.until_shown("soviets");
    terminal.press("/");
    terminal.until_shown("\n /");
    for piece in ["\x1b", "[<65;12", "0;20M", "harbour"] {
        terminal.press(piece);
    }
    terminal.until_shown("\n /harbour");
}

/// The character under the cursor and the rest of its row.
fn at_cursor(terminal: &Terminal) -> String {
    let (row, column) = terminal.screen().cursor_position();
    let cells = (column..160).filter_map(|column| terminal.screen().cell(row, column));
    cells.map(|cell| cell.contents().to_owned()).collect()
}

#[test]
fn the_cursor_lies_where_the_reader_is() {
    for (lines, hidden) in [("", true), ("cursor = \"reader\"", false)] {
        let home = with_books();
        set(&home, lines);
        let mut terminal = books(&home, &[]);
        assert!(at_cursor(&terminal).starts_with("The left book"), "{}", at_cursor(&terminal));
        assert_eq!(terminal.screen().hide_cursor(), hidden);
        terminal.press("10gg");
        terminal.until("the tenth", |terminal| {
            at_cursor(terminal).starts_with(&format!("Here {}", word("left", 10)))
        });
        terminal.press("\t");
        terminal.until("the other text", |terminal| !at_cursor(terminal).contains("left"));
        terminal.press("tj");
        terminal.until("the chosen topic", |terminal| at_cursor(terminal).starts_with("party"));
        assert_eq!(terminal.screen().hide_cursor(), hidden);
        terminal.press("\x1b");
        terminal.until("the text again", |terminal| !at_cursor(terminal).starts_with("party"));
        terminal.press("/gull");
        terminal.until("the line of input", |terminal| terminal.frame().contains("\n /gull"));
        assert!(!terminal.screen().hide_cursor(), "what is typed needs a cursor");
        assert_eq!(terminal.screen().cursor_position(), (47, 6));
        terminal.press("\x1b");
        terminal.until("no line of input", |terminal| !terminal.frame().contains("\n /gull"));
        assert_eq!(terminal.screen().hide_cursor(), hidden);
    }
}

#[test]
fn colours_are_as_many_as_are_set() {
    let home = with_books();
    for (lines, variable, present, absent) in [
        ("", ("COLORTERM", "truecolor"), "\u{1b}[36m", "38;"),
        ("colors = 256", ("TERM", "xterm"), "38;5;31", "\u{1b}[36m"),
        ("colors = \"rgb\"", ("TERM", "xterm"), "38;2;0;127;166", "38;5;"),
        ("colors = \"none\"", ("TERM", "xterm"), "\u{1b}[7", "\u{1b}[36m"),
        ("colors = 256", ("NO_COLOR", "1"), "\u{1b}[7", "38;"),
        ("", ("CLICOLOR", "0"), "\u{1b}[7", "\u{1b}[36m"),
    ] {
        set(&home, lines);
        let start = Start::new(&home).arguments(&["left.md", "right.md"]);
        let mut terminal = start.environment(variable.0, variable.1).open();
        terminal.until_shown("soviets");
        assert!(contains(terminal.sent(), present), "{lines} {variable:?}");
        assert!(!contains(terminal.sent(), absent), "{lines} {variable:?}");
    }
}

/// Whether the right text begins in the same column on every row of the panes.
fn is_even(terminal: &Terminal, rule: &str) -> bool {
    let screen = terminal.screen();
    let rows = 8..44;
    rows.into_iter().all(|row| screen.cell(row, 79).is_some_and(|cell| cell.contents() == rule))
}

#[test]
fn wide_ambiguous_characters_leave_every_column_in_its_place() {
    let home = with_books();
    let words = "«Пролетарии» — é “quoted” … § 7, and so on to the end of the line and past it. ".repeat(40);
    home.write("left.md", format!("# Слова\n\n{words}\n\n{words}\n"));
    let open = |home: &Home| {
        // Said to be two works, so that nothing is judged, and drawn, later.
        let arguments = ["left.md", "right.md", "--as", "works"];
        let mut terminal = Start::new(home).arguments(&arguments).wide_ambiguous().open();
        terminal.until_shown("soviets");
        terminal
    };
    assert!(!is_even(&open(&home), "漢"), "a terminal that is not as it was taken for shows it");
    set(&home, "ambiguous-width = 2");
    let mut terminal = open(&home);
    assert!(is_even(&terminal, "|"), "{}", terminal.frame());
    for key in ["j", "j", " ", "k", "b"] {
        let shown = terminal.frame();
        terminal.press(key);
        terminal.until("another frame", |terminal| terminal.frame() != shown);
        assert!(is_even(&terminal, "|"), "{key}: {}", terminal.frame());
    }
    let shown = terminal.frame();
    terminal.press("\x0c");
    let frames = terminal.sent().len();
    terminal.until("the frame again", |terminal| terminal.sent().len() > frames + 1000);
    assert_eq!(terminal.frame(), shown, "the frames that led here and the frame at once are one");
}

#[test]
fn mistakes_in_the_settings_are_said_and_the_rest_is_in_force() {
    let home = with_books();
    set(&home, "mouse = \"yes\"\ncursor = \"reader\"");
    let mut terminal = books(&home, &[]);
    terminal.until("a word about it", |terminal| remark(terminal).contains("config.toml: 1 problem"));
    assert!(!terminal.screen().hide_cursor());
    terminal.press("!");
    terminal.until_shown("`mouse` wants");
}

#[test]
fn a_reading_of_which_nothing_can_be_kept_says_so_at_start_and_end() {
    let home = with_books();
    home.write("file", "in the place of a folder");
    let start = Start::new(&home).arguments(&["left.md", "right.md"]);
    let mut terminal = start.environment("DIPTYCH_STATE_DIR", "file").open();
    terminal.until("a warning", |terminal| remark(terminal).contains("of this reading are not kept"));
    terminal.press("ma");
    terminal.until("the mark", |terminal| remark(terminal).contains("mark a set, for this reading alone"));
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
    assert!(terminal.frame().contains("diptych: places cannot be kept"), "{}", terminal.frame());
}

#[test]
fn a_pair_that_stands_in_for_the_last_one_is_not_taken_for_it() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
    let (there, away) = (home.path("left.md"), home.path("away.md"));
    std::fs::rename(&there, &away).unwrap();
    let mut terminal = Start::new(&home).open();
    terminal
        .until("why it is another", |terminal| remark(terminal).contains("the last pair cannot be opened"));
    terminal.press("Jq");
    assert_eq!(terminal.until_ended(), 0);
    std::fs::rename(&away, &there).unwrap();
    let mut terminal = Start::new(&home).open();
    terminal.until_shown("The left book");
}

#[test]
fn the_keys_that_may_follow_cost_little_and_go_with_the_next_key() {
    let home = with_books();
    let mut terminal = open_books(&home, 160, 48);
    terminal.press("J");
    terminal.until("a link", |terminal| bar(terminal).contains(" soviets 1/"));
    let (frame, sent) = (terminal.frame(), terminal.sent().len());
    terminal.press("z");
    terminal.until("what may follow", |terminal| remark(terminal).contains("y  this link holds"));
    terminal.press("\x1b");
    terminal.until("the frame before", |terminal| terminal.frame() == frame);
    let cost = terminal.sent().len() - sent;
    assert!(cost <= 700, "{cost} bytes");
}
