//! Two books of our own making, long enough to scroll.

use std::fmt::Write;

use crate::pty::{Start, Terminal};
use crate::support::Home;

/// A home with the two books in it, `left.md` and `right.md`.
pub fn with_books() -> Home {
    let home = Home::new();
    home.write("left.md", book("left", false));
    home.write("right.md", book("right", true));
    home
}

/// The two books on a screen of so many cells, from the first frame on.
pub fn open_books(home: &Home, columns: u16, rows: u16) -> Terminal {
    let start = Start::new(home).arguments(&["left.md", "right.md"]);
    let mut terminal = start.size(columns, rows).open();
    terminal.until_shown("soviets");
    terminal
}

/// The word that only paragraph `n` of a book has: `leftmagul` for 23. Letters alone, as digits after a word
/// are read as marks of notes.
pub fn word(book: &str, n: usize) -> String {
    let tens = ["za", "ka", "ma", "ta", "ra", "sa", "la"];
    let units = ["bel", "dor", "fin", "gul", "hem", "jot", "kip", "lun", "mor", "nes"];
    format!("{book}{}{}", tens[n / 10], units[n % 10])
}

/// Sixty paragraphs. Every tenth speaks of soviets; in the right book every fifteenth else of the party.
fn book(name: &str, party: bool) -> String {
    let mut text = format!("# The {name} book\n\n");
    for n in 1..=60 {
        let about = match n {
            _ if n % 10 == 0 => {
                "The soviets of workers’ deputies elect and recall their delegates by factory."
            }
            _ if party && n % 15 == 0 => {
                "The communist party leads, the party congress decides for its members."
            }
            _ => "Rain fell on the harbour while gulls circled over the grey and empty quay.",
        };
        let weather = ["amber", "basalt", "cedar", "dune", "ember", "fjord", "garnet"][n % 7];
        let _ = writeln!(
            text,
            "Here {} stands beside {weather}. {about} Nobody in the town wrote down what the sky had been \
             like on the day before, nor did anyone ask.\n",
            word(name, n)
        );
    }
    text
}
