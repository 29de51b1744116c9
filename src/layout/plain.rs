//! Words where the locale has no UTF-8: on the screen each grapheme by ASCII characters of the same width, on
//! paper as a typewriter has them.

use std::borrow::Cow;

use unicode_normalization::char::decompose_canonical;
use unicode_segmentation::UnicodeSegmentation;

use super::width::{cells, graphemes, typewritten};

/// A grapheme as it can be shown; in as many cells as it was measured at.
#[must_use]
pub fn shown(grapheme: &str, ascii: bool) -> Cow<'_, str> {
    // U+00A0 is drawn as the space it looks like: some terminals draw a box for it.
    if grapheme == "\u{a0}" {
        return Cow::Borrowed(" ");
    }
    if !ascii || grapheme.is_ascii() {
        return Cow::Borrowed(grapheme);
    }
    let columns = usize::from(cells(grapheme));
    if let Some(typed) = grapheme.chars().next().and_then(typewritten).filter(|typed| typed.len() == columns)
    {
        return Cow::Borrowed(typed);
    }
    let first = grapheme.chars().next().map_or('?', in_ascii);
    Cow::Owned(std::iter::repeat_n(first, columns).collect())
}

/// Words as they can be shown, each grapheme in as many cells as it was measured at.
#[must_use]
pub fn words_shown(words: &str, ascii: bool) -> Cow<'_, str> {
    if !ascii || words.is_ascii() {
        return Cow::Borrowed(words);
    }
    Cow::Owned(graphemes(words).map(|grapheme| shown(grapheme.text, true)).collect())
}

/// Words to be printed, in ASCII alone and as wide as they come out: a dash is two hyphens, since one would make
/// a compound of the words beside it.
#[must_use]
pub fn typed(words: &str) -> Cow<'_, str> {
    if words.is_ascii() {
        return Cow::Borrowed(words);
    }
    let typed = words.graphemes(true).map(|grapheme| {
        let sign = grapheme.chars().next().and_then(typewritten);
        sign.map_or_else(|| shown(grapheme, true), Cow::Borrowed)
    });
    Cow::Owned(typed.collect())
}

/// The nearest ASCII character: the base of a letter, the typewriter's form of a sign, else `?`.
fn in_ascii(character: char) -> char {
    match character {
        '‘' | '’' | '‚' | '‛' | 'ʼ' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' => '-',
        '…' => '.',
        '•' | '·' => '*',
        '¶' => 'P',
        'ø' => 'o',
        'Ø' => 'O',
        'ł' => 'l',
        'Ł' => 'L',
        'đ' | 'ð' => 'd',
        'Đ' | 'Ð' => 'D',
        'ħ' => 'h',
        'Ħ' => 'H',
        'ŧ' => 't',
        'Ŧ' => 'T',
        'ı' => 'i',
        _ => {
            let mut base = None;
            decompose_canonical(character, |part| base = base.or(Some(part)));
            base.filter(char::is_ascii).unwrap_or('?')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grapheme_keeps_its_width_in_ascii() {
        for (grapheme, expected) in [
            ("é", "e"),
            ("e\u{301}", "e"),
            ("—", "-"),
            ("漢", "??"),
            ("“", "\""),
            ("\u{a0}", " "),
            ("x", "x"),
        ] {
            let shown = shown(grapheme, true);
            assert_eq!(shown, expected);
            assert_eq!(cells(&shown), cells(grapheme));
        }
    }
    #[test]
    fn a_dash_makes_no_compound_of_printed_words() {
        for (words, expected) in [
            ("the Soviets—even “theirs”", "the Soviets--even \"theirs\""),
            ("¶ 12, 1905–07…", "par. 12, 1905-07..."),
            ("Mühsam", "Muhsam"),
            ("Maß, Ærø, cœur, GROẞ", "Mass, AEro, coeur, GROSS"),
            ("Łódź, þing, Đuro, Ħal, Þór, aldı", "Lodz, thing, Duro, Hal, Thor, aldi"),
            ("plain", "plain"),
        ] {
            assert_eq!(typed(words), expected);
        }
    }
}
