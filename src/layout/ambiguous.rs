//! Characters of ambiguous width (UAX #11): one cell in most terminals, two where East Asian fonts decide.

use unicode_width::UnicodeWidthStr;

/// The letters of ambiguous width: `EastAsianWidth.txt` (Unicode 14), class A, general category L. The measure of
/// signs that is used beside this table counts letters narrow everywhere, as UAX #11 came to advise; terminals
/// that have the option draw them wide.
const LETTERS: [(char, char); 54] = [
    ('ª', 'ª'),
    ('º', 'º'),
    ('Æ', 'Æ'),
    ('Ð', 'Ð'),
    ('Ø', 'Ø'),
    ('Þ', 'á'),
    ('æ', 'æ'),
    ('è', 'ê'),
    ('ì', 'í'),
    ('ð', 'ð'),
    ('ò', 'ó'),
    ('ø', 'ú'),
    ('ü', 'ü'),
    ('þ', 'þ'),
    ('ā', 'ā'),
    ('đ', 'đ'),
    ('ē', 'ē'),
    ('ě', 'ě'),
    ('Ħ', 'ħ'),
    ('ī', 'ī'),
    ('ı', 'ĳ'),
    ('ĸ', 'ĸ'),
    ('Ŀ', 'ł'),
    ('ń', 'ń'),
    ('ň', 'ŋ'),
    ('ō', 'ō'),
    ('Œ', 'œ'),
    ('Ŧ', 'ŧ'),
    ('ū', 'ū'),
    ('ǎ', 'ǎ'),
    ('ǐ', 'ǐ'),
    ('ǒ', 'ǒ'),
    ('ǔ', 'ǔ'),
    ('ǖ', 'ǖ'),
    ('ǘ', 'ǘ'),
    ('ǚ', 'ǚ'),
    ('ǜ', 'ǜ'),
    ('ɑ', 'ɑ'),
    ('ɡ', 'ɡ'),
    ('ˇ', 'ˇ'),
    ('ˉ', 'ˋ'),
    ('ˍ', 'ˍ'),
    ('ː', 'ː'),
    ('Α', 'Ρ'),
    ('Σ', 'Ω'),
    ('α', 'ρ'),
    ('σ', 'ω'),
    ('Ё', 'Ё'),
    ('А', 'я'),
    ('ё', 'ё'),
    ('ⁿ', 'ⁿ'),
    ('ℓ', 'ℓ'),
    ('\u{2126}', '\u{2126}'),
    ('\u{212b}', '\u{212b}'),
];

/// Whether a grapheme that takes one cell elsewhere takes two where ambiguous characters are wide.
#[must_use]
pub fn is_ambiguous(grapheme: &str) -> bool {
    let is_letter = |first: char| {
        let after = LETTERS.partition_point(|&(_, last)| last < first);
        LETTERS.get(after).is_some_and(|&(from, _)| from <= first)
    };
    grapheme.width() == 1 && grapheme.width_cjk() == 2 || grapheme.chars().next().is_some_and(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(LETTERS.iter().all(|(from, to)| from <= to));
        assert!(LETTERS.windows(2).all(|two| two[0].1 < two[1].0));
    }

    #[test]
    fn rules_quotation_marks_and_letters_of_other_scripts_are_ambiguous() {
        for grapheme in ["─", "│", "“", "’", "…", "—", "¶", "§", "·", "é", "Ω", "Я", "я", "ё", "ü"]
        {
            assert!(is_ambiguous(grapheme), "{grapheme}");
        }
        for grapheme in ["a", " ", "~", "漢", "e\u{301}", "ä", "ñ", "ς", "∎", "▸", "▫"] {
            assert!(!is_ambiguous(grapheme), "{grapheme}");
        }
    }
}
