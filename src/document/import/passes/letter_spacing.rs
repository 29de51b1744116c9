//! Words set with spaces between their letters: `s m a s h i n g` is emphasis, not nine words.

use crate::document::import::glyphs::{Glyph, Glyphs};

/// A run of fewer letters is an enumeration, an initial or a formula.
const FEWEST_LETTERS: usize = 4;

/// Reads letter-spaced words as words with emphasis; returns how many there were.
///
/// A word is letters that stand one by one, each after one space; two spaces or a longer word end it.
pub fn close_up(glyphs: &mut Glyphs) -> usize {
    // Four letters one by one have two in their midst; prose seldom has.
    let inner = |five: &[Glyph]| {
        let mut signs = five.iter().map(|glyph| glyph.ch).enumerate();
        signs.all(|(at, ch)| if at % 2 == 0 { ch == ' ' } else { ch.is_alphabetic() })
    };
    if !glyphs.windows(5).any(inner) {
        return 0;
    }
    let old = std::mem::take(glyphs);
    let mut count = 0;
    let mut at = 0;
    while at < old.len() {
        let letters = spaced_letters(&old, at);
        if letters < FEWEST_LETTERS {
            glyphs.extend(old.get(at).copied());
            at += 1;
            continue;
        }
        let run = old.get(at..at + letters * 2 - 1).unwrap_or_default();
        glyphs.extend(run.iter().filter(|g| g.ch != ' ').map(|g| Glyph { emphasis: true, ..*g }));
        count += 1;
        at += letters * 2 - 1;
    }
    count
}

/// How many letters stand one by one from here, where a word may begin here.
fn spaced_letters(glyphs: &Glyphs, at: usize) -> usize {
    let ch = |at: usize| glyphs.get(at).map(|g| g.ch);
    if at > 0 && ch(at - 1).is_some_and(char::is_alphanumeric) {
        return 0;
    }
    let mut letters = 0;
    while ch(at + letters * 2).is_some_and(char::is_alphabetic)
        && !ch(at + letters * 2 + 1).is_some_and(char::is_alphanumeric)
    {
        letters += 1;
        if ch(at + letters * 2 - 1) != Some(' ') || !ch(at + letters * 2).is_some_and(char::is_alphabetic) {
            break;
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use crate::document::import::testing::edition;

    #[test]
    fn a_letter_spaced_word_is_read_as_a_word_with_emphasis() {
        let cases: [(&str, &str, &[&str]); 5] = [
            (
                "it is the s m a s h i n g, the b r e a k i n g of it",
                "it is the smashing, the breaking of it",
                &["smashing", "breaking"],
            ),
            ("b o a t s  a n d nets", "boats a n d nets", &["boats"]),
            ("plan A B C is a b", "plan A B C is a b", &[]),
            ("U S A and I a m here", "U S A and I a m here", &[]),
            ("r o p e", "rope", &["rope"]),
        ];
        for (source, text, emphasis) in cases {
            let edition = edition(source);
            let passage = &edition.passages()[0];
            assert_eq!(passage.text, text);
            let found: Vec<&str> =
                passage.emphasis.iter().map(|range| passage.slice(range.clone())).collect();
            assert_eq!(found, emphasis, "{source}");
        }
    }
}
