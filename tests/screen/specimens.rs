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

/// Sixty paragraphs. Every tenth speaks of soviets; in the right book every fifteenth else of the party. Apart
/// from that the two have no sentence in common: they are two works, not two editions of one.
fn book(name: &str, party: bool) -> String {
    let mut text = format!("# The {name} book\n\n");
    for n in 1..=60 {
        let (own, word) = (n % 10 != 0, word(name, n));
        let soviets = "The soviets of workers’ deputies elect and recall their delegates by factory.";
        let congress = "The communist party leads, the party congress decides for its members.";
        let _ = if party {
            let grain = ["barley", "clover", "linseed", "millet", "oats", "rye", "spelt"][n % 7];
            let about = match (own, n % 15) {
                (false, _) => soviets,
                (true, 0) => congress,
                (true, _) => "The frost lay on the mill and the carts stood idle in the yard of the miller.",
            };
            writeln!(
                text,
                "Then {word} was weighed against {grain}. {about} Those who had come up from the \
                 valley on the day before asked for bread and for what was new in the town, as the hungry do.\n"
            )
        } else {
            let stone = ["amber", "basalt", "cedar", "dune", "ember", "fjord", "garnet"][n % 7];
            let about = if own {
                "Rain fell on the harbour while gulls circled over the grey and empty quay."
            } else {
                soviets
            };
            writeln!(
                text,
                "Here {word} stands beside {stone}. {about} Nobody in the town wrote down what the sky had \
                 been like on the day before, nor did anyone ask.\n"
            )
        };
    }
    text
}
