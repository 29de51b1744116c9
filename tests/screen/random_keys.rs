//! Keys at random: whatever was pressed, the program lives and quits the way its help says.

use crate::pty::{Start, Terminal};
use crate::specimens::with_books;

/// Keys that are more than a character: arrows, pages, alt, control, other scripts, a paste.
const LONG: [&str; 26] = [
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[H",
    "\x1b[F",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[Z",
    "\x1b[3~",
    "\x1bOP",
    "\x1bb",
    "\x1b[1;5C",
    "\r",
    "\t",
    "\x7f",
    "\x04",
    "\x15",
    "\x06",
    "\x02",
    "\x0c",
    "о",
    "中",
    "e\u{301}",
    "👩‍🚀",
    "\x1b[200~pasted soviets\n\x1b[201~",
];

/// Xorshift, 64 bits (Marsaglia 2003): the same keys for the same seed on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    /// Any key but those that end or stop the program: q and its Cyrillic twin, Z Z, Ctrl-Z.
    fn key(&mut self) -> String {
        let printable = (' '..='~').filter(|c| !matches!(c, 'q' | 'Z')).collect::<Vec<_>>();
        match self.below(4) {
            0 => LONG[self.below(LONG.len())].to_owned(),
            _ => printable[self.below(printable.len())].to_string(),
        }
    }
}

/// The key that the help gives for quitting.
fn key_to_quit(terminal: &mut Terminal) -> String {
    terminal.press("?");
    terminal.until_shown(" Keys ");
    terminal.press("/quit\r");
    terminal.until("the one row", |terminal| {
        let frame = terminal.frame();
        frame.contains("quit") && !frame.contains("topic index")
    });
    let rows = terminal.rows();
    // The heading of the page says what is looked for, too.
    let is_row = |row: &&String| row.contains("quit") && !row.contains('/') && !row.contains(" Keys");
    let row = rows.iter().find(is_row).unwrap();
    let key = row.split(['│', ' ']).find(|part| part.chars().count() == 1);
    key.unwrap_or_else(|| panic!("no key in {row:?}")).to_owned()
}

fn survives(seed: u64, columns: u16, rows: u16) {
    let home = with_books();
    let start = Start::new(&home).arguments(&["left.md", "right.md"]);
    let mut terminal = start.size(columns, rows).open();
    terminal.until_shown("soviets");
    let mut random = Random(seed);
    let mut pressed = String::new();
    for _ in 0..20 {
        let keys: String = (0..100).map(|_| random.key()).collect();
        terminal.press(&keys);
        pressed.push_str(&keys);
    }
    // Out of whatever is open, then to the page with every key.
    terminal.press("\x03\x03\x03\x03");
    let quit = key_to_quit(&mut terminal);
    terminal.press("\x03\x03");
    terminal.until_gone("┌");
    terminal.press(&quit);
    assert_eq!(terminal.until_ended(), 0, "after {pressed:?}\n{}", terminal.frame());
}

#[test]
fn a_wide_screen_survives_two_thousand_keys() {
    survives(0x1924_1930, 160, 48);
}

#[test]
fn a_common_screen_survives_two_thousand_keys() {
    survives(0x1920_1935, 80, 24);
}

#[test]
fn a_narrow_screen_survives_two_thousand_keys() {
    survives(0x1871_1917, 45, 20);
}
