//! `<work>/fingerprints.txt`: the ¶ numbers of the original, for the rules of the other files.
//!
//! The hashes are not looked at; whoever recognises a text reads them.

use std::collections::BTreeSet;

use super::{Findings, Folder, Known};
use crate::report::Examination;

/// Reads the numbers of the original; they go before what the digest prints.
pub fn check(folder: &Folder, work: &str, known: &mut Known) -> Findings {
    let name = format!("{work}/fingerprints.txt");
    let Some(text) = folder.text(&name) else { return Findings::default() };
    let path = folder.shown(&name);
    let mut examination = Examination::new(&path, text);
    let numbers = numbers(text);
    if numbers.is_empty() {
        examination.problem(0, "there is no passage here; a line is a ¶ number, its words and hashes");
    } else {
        known.numbers.insert(work.to_owned(), numbers);
    }
    Findings { problems: examination.into_problems(), ..Findings::default() }
}

/// The ¶ numbers that lines of at least three words begin with; other lines are of the header.
fn numbers(text: &str) -> BTreeSet<u32> {
    let number = |line: &str| {
        let mut words = line.split_whitespace();
        let number = words.next()?.parse().ok().filter(|&number| number > 0);
        number.filter(|_| words.count() >= 2)
    };
    text.lines().filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_passage_begins_with_its_number() {
        let text =
            "diptych fingerprints 1\n# of a work\n2 passages\n\n1 paragraph 12 ab12 cd34\n2 quotation 3 ef\n";
        assert_eq!(numbers(text), BTreeSet::from([1, 2]));
        assert!(numbers("no such thing\n0 a b\n").is_empty());
    }
}
