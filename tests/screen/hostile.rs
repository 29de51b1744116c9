//! Texts, names and pastes that would command the terminal, and terminals that want neither colour nor
//! Unicode.

use crate::page::{bar, words};
use crate::pty::{Start, Terminal};
use crate::specimens::with_books;
use crate::support::Home;

/// What a hostile text would have the terminal do.
const COMMANDS: [&str; 8] = [
    "\u{1b}]0;a new title\u{7}",
    "\u{1b}[31m",
    "\u{1b}[3J",
    "\u{1b}[?1000h",
    "\u{1b}Pq#0\u{1b}\\",
    "\u{9b}5n",
    "\u{9d}52;c;YQ==\u{9c}",
    "\u{8}\u{7}\u{b}\u{7f}\u{e}",
];

/// Fails where a byte was sent that the program does not send on its own.
fn assert_obedient(terminal: &Terminal) {
    let sent = String::from_utf8(terminal.sent().to_vec()).unwrap();
    for command in COMMANDS {
        assert!(!sent.contains(command), "{command:?} reached the terminal");
    }
    // The rule between the texts is drawn downward: back under its sign, and a row on.
    let sent = sent.replace("│\u{8}\n", "│");
    let mut rest = sent.as_str();
    while let Some(at) = rest.find(|c: char| c.is_control() && !matches!(c, '\r' | '\n')) {
        rest = rest.get(at..).unwrap();
        let sequence = rest.strip_prefix("\u{1b}[").unwrap_or_else(|| panic!("a control byte: {rest:.20?}"));
        let end = sequence.find(|c: char| !matches!(c, '0'..='9' | ';' | '?')).unwrap();
        let known = sequence
            .get(end..)
            .unwrap()
            .starts_with(['m', 'H', 'J', 'K', 'L', 'M', 'S', 'T', 'h', 'l', 'C', 'r', 's']);
        assert!(known, "an unknown command: {rest:.20?}");
        rest = sequence.get(end + 1..).unwrap();
    }
}

#[test]
fn no_command_in_a_text_reaches_the_terminal() {
    let home = Home::new();
    let paragraph = |command: &str| format!("Before the soviets{command}after the workers’ soviets.\n\n");
    let hostile: String = COMMANDS.iter().map(|command| paragraph(command)).collect();
    home.write("hostile.txt", format!("A Title{}\n\n{hostile}", COMMANDS[0]).as_bytes());
    home.write("hostile\u{1b}[31m.md", format!("# Head{}\n\n{hostile}", COMMANDS[1]).as_bytes());
    let names = ["hostile.txt", "hostile\u{1b}[31m.md"];
    let mut terminal = Start::new(&home).arguments(&names).open();
    terminal.until("both texts", |terminal| {
        ['A', 'B'].iter().all(|&pane| words(terminal, pane).contains(&"Before".to_owned()))
    });
    terminal.press("J");
    terminal.until("a link", |terminal| !bar(terminal).contains(" soviets -"));
    terminal.press("\r");
    terminal.until_shown("┌");
    terminal.press("q");
    terminal.until_gone("┌");
    terminal.press("/soviets\u{1b}[200~\u{1b}]0;x\u{7}\u{9b}31m after\u{1b}[201~");
    terminal.until_shown("/soviets");
    terminal.press("\r");
    terminal.press("e");
    terminal.until_shown("┌");
    terminal.press("\x03q");
    assert_eq!(terminal.until_ended(), 0);
    assert_obedient(&terminal);
}

#[test]
fn no_command_in_a_name_reaches_the_terminal_with_an_error() {
    let home = Home::new();
    let mut terminal = Start::new(&home).arguments(&["absent\u{1b}]0;x\u{7}\u{1b}[31m", "stalin"]).open();
    assert_ne!(terminal.until_ended(), 0);
    assert_obedient(&terminal);
}

/// The parameters of every style that was sent, each on its own.
fn styles(terminal: &Terminal) -> Vec<u32> {
    let sent = String::from_utf8_lossy(terminal.sent()).into_owned();
    let sequences = sent.split("\u{1b}[").skip(1).filter_map(|sequence| {
        let end = sequence.find(|c: char| !matches!(c, '0'..='9' | ';'))?;
        sequence.get(end..)?.starts_with('m').then(|| sequence.get(..end).map(str::to_owned))?
    });
    sequences.flat_map(|style| style.split(';').flat_map(str::parse).collect::<Vec<_>>()).collect()
}

/// Whether a style names a colour; 39 and 49 go back to the terminal's own.
fn is_colour(style: u32) -> bool {
    matches!(style, 30..=38 | 40..=48 | 90..=97 | 100..=107)
}

fn a_few_screens(terminal: &mut Terminal) {
    terminal.until_shown("soviets");
    terminal.press("J");
    terminal.until("a link", |terminal| !terminal.frame().contains(" soviets -"));
    terminal.press("?");
    terminal.until_shown(" Keys ");
    terminal.press("\x03/leftma\r");
    terminal.until("ten hits", |terminal| terminal.frame().contains(" of 10, "));
}

#[test]
fn without_colour_weight_and_sign_remain() {
    let home = with_books();
    let books = ["left.md", "right.md"];
    let mut plain = Start::new(&home).arguments(&books).environment("NO_COLOR", "1").open();
    a_few_screens(&mut plain);
    let sent = styles(&plain);
    assert!(!sent.iter().any(|&style| is_colour(style)), "{sent:?}");
    assert!(sent.contains(&7) && sent.contains(&1), "{sent:?}");
    let mut coloured = Start::new(&home).arguments(&books).open();
    a_few_screens(&mut coloured);
    assert!(styles(&coloured).into_iter().any(is_colour));
}

#[test]
fn a_locale_without_utf8_gets_ascii_alone() {
    let home = with_books();
    home.write(
        "left.md",
        "# Café “soviets”\n\nThe soviets—even here … — naïve, 中文 and 👩‍🚀 words.\n".as_bytes(),
    );
    for (name, value) in [("LANG", "C"), ("LC_ALL", "POSIX")] {
        let start = Start::new(&home).arguments(&["left.md", "right.md"]);
        let mut terminal = start.environment(name, value).open();
        terminal.until_shown("The soviets--even here ... -- naive, ???? and ?? words.");
        terminal.press("t");
        terminal.until_shown("state capitalism");
        terminal.press("\x03?");
        terminal.until_shown(" Keys ");
        terminal.press("\x03\r");
        let odd = terminal.sent().iter().position(|byte| !byte.is_ascii());
        assert_eq!(odd, None, "{}", terminal.frame());
    }
}
