//! The type case of the screen: what the numbers in a cell stand for. Numbers are compared, moved and copied at
//! no cost, and a frame is some thousands of cells.

use std::collections::HashMap;

use compact_str::CompactString;
use ratatui::style::{Color, Modifier};

use crate::layout::width::cells;

/// How a cell looks, apart from its character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Colour of the character.
    pub foreground: Color,
    /// Colour of the ground.
    pub background: Color,
    /// Weight, underline and the like.
    pub modifier: Modifier,
}

impl Look {
    /// What a terminal shows after a reset.
    pub const PLAIN: Self =
        Self { foreground: Color::Reset, background: Color::Reset, modifier: Modifier::empty() };

    /// Whether a blank looks the same in it as after a reset: weight and the colour of the character need a
    /// character to be seen.
    #[must_use]
    pub fn leaves_blanks_blank(self) -> bool {
        const SEEN: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);
        self.background == Color::Reset && !self.modifier.intersects(SEEN)
    }
}

/// The number of a grapheme: that of its character, or one above all characters where it has several, and higher
/// still where terminals disagree how wide it is. It takes [`Symbol::BITS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Symbol(u32);

impl Symbol {
    /// Bits of a number.
    pub const BITS: u32 = 24;
    /// A blank.
    pub const SPACE: Self = Self(' ' as u32);
    /// Nothing: the second cell of a wide grapheme.
    pub const COVERED: Self = Self((1 << Self::BITS) - 1);

    /// Whether it takes a cell as every character of one cell does: it is no half of a wide grapheme, and no
    /// terminal sees it otherwise.
    #[must_use]
    pub const fn is_simple(self) -> bool {
        self.0 < DISPUTED
    }

    /// Whether terminals disagree how many cells it takes: those that go by graphemes draw an emoji of several
    /// characters in two, those that go by characters draw each, and some give a sign no more room as an emoji.
    #[must_use]
    pub const fn is_disputed(self) -> bool {
        self.0 >= DISPUTED && self.0 != Self::COVERED.0
    }

    /// The number of an ASCII character.
    #[must_use]
    pub const fn of_byte(byte: u8) -> Self {
        Self(byte as u32)
    }

    /// The number itself.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The grapheme whose number was told.
    #[must_use]
    pub const fn of_number(number: u32) -> Self {
        Self(number)
    }
}

/// The number of a look; that of [`Look::PLAIN`] is the least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LookNumber(u8);

impl LookNumber {
    /// What a terminal shows after a reset.
    pub const PLAIN: Self = Self(0);

    /// The number itself.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The look whose number was told.
    #[must_use]
    pub const fn of_number(number: u8) -> Self {
        Self(number)
    }
}

/// The first number that is no character.
const SEVERAL: u32 = char::MAX as u32 + 1;
/// Added to the number of a grapheme whose width is disputed.
const DISPUTED: u32 = 1 << (Symbol::BITS - 1);
/// Graphemes of several characters that are kept; a text of more is hostile.
const MOST_SEVERAL: usize = 1 << 16;
/// Looks that have numbers. A frame of this program has some twenty.
const MOST_LOOKS: usize = 1 << u8::BITS;

/// The graphemes and looks that have numbers.
#[derive(Clone, Debug)]
pub struct TypeCase {
    looks: Vec<Look>,
    last: LookNumber,
    several: Vec<CompactString>,
    numbers: HashMap<CompactString, u32>,
}

impl TypeCase {
    /// A case with nothing in it but the plain look.
    #[must_use]
    pub fn new() -> Self {
        Self {
            looks: vec![Look::PLAIN],
            last: LookNumber::PLAIN,
            several: Vec::new(),
            numbers: HashMap::new(),
        }
    }

    /// Whether it holds more than a text of good faith needs: time to begin anew with a whole screen.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.several.len() > MOST_SEVERAL || self.looks.len() == MOST_LOOKS
    }

    /// The number of a grapheme.
    pub fn symbol(&mut self, grapheme: &str) -> Symbol {
        if let &[byte] = grapheme.as_bytes() {
            return Symbol::of_byte(byte);
        }
        let mut characters = grapheme.chars();
        match (characters.next(), characters.next()) {
            (None, _) => Symbol::COVERED,
            (Some(only), None) => Symbol(u32::from(only)),
            (Some(_), Some(_)) => {
                let next = SEVERAL + self.several.len() as u32;
                Symbol(*self.numbers.entry(grapheme.into()).or_insert_with_key(|grapheme| {
                    self.several.push(grapheme.clone());
                    if is_disputed(grapheme) { DISPUTED + next } else { next }
                }))
            }
        }
    }

    /// Writes a grapheme.
    pub fn write(&self, symbol: Symbol, out: &mut String) {
        if let Some(character) = char::from_u32(symbol.0) {
            out.push(character);
        } else {
            let at = (symbol.0 & !DISPUTED).checked_sub(SEVERAL);
            out.push_str(at.and_then(|at| self.several.get(at as usize)).map_or("", |s| s));
        }
    }

    /// The number of a look; that of the plain one where there is none left.
    pub fn number(&mut self, look: Look) -> LookNumber {
        if self.look(self.last) != look {
            let known = self.looks.iter().position(|known| *known == look);
            let at = known.or_else(|| {
                (self.looks.len() < MOST_LOOKS).then(|| {
                    self.looks.push(look);
                    self.looks.len() - 1
                })
            });
            self.last = at.and_then(|at| u8::try_from(at).ok()).map_or(LookNumber::PLAIN, LookNumber);
        }
        self.last
    }

    /// The look of a number.
    #[must_use]
    pub fn look(&self, number: LookNumber) -> Look {
        self.looks.get(number.0 as usize).copied().unwrap_or(Look::PLAIN)
    }
}

/// Whether a grapheme has a width of its own: it is not as wide as its first character, or another of its
/// characters takes room too, as vowel signs of India do.
fn is_disputed(grapheme: &str) -> bool {
    let mut each = grapheme.chars().map(|character| cells(character.encode_utf8(&mut [0; 4])));
    each.next() != Some(cells(grapheme)) || each.any(|cells| cells > 0)
}

impl Default for TypeCase {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_grapheme_comes_out_as_it_went_in() {
        let mut case = TypeCase::new();
        let graphemes = ["a", "é", "e\u{301}", "漢", "", "👩‍👩‍👧", "e\u{301}"];
        let symbols = graphemes.map(|grapheme| case.symbol(grapheme));
        for (symbol, grapheme) in symbols.into_iter().zip(graphemes) {
            let mut out = String::new();
            case.write(symbol, &mut out);
            assert_eq!(out, grapheme);
        }
        assert_eq!(symbols[2], symbols[6]);
        assert_ne!(symbols[2], symbols[5]);
    }

    #[test]
    fn the_width_of_a_grapheme_is_disputed_where_its_characters_add_up_to_another() {
        let mut case = TypeCase::new();
        for (grapheme, expected) in [
            ("a", false),
            ("漢", false),
            ("", false),
            ("e\u{301}", false),
            ("ö\u{332}", false),
            ("ש\u{5b8}", false),
            ("👩", false),
            ("ที่", false),
            ("हि", true),
            ("न्दी", true),
            ("👩‍🚀", true),
            ("❤\u{fe0f}", true),
            ("👍🏽", true),
        ] {
            assert_eq!(case.symbol(grapheme).is_disputed(), expected, "{grapheme:?}");
        }
    }

    #[test]
    fn equal_looks_have_one_number() {
        let mut case = TypeCase::new();
        let bold = Look { modifier: Modifier::BOLD, ..Look::PLAIN };
        let numbers = [Look::PLAIN, bold, Look::PLAIN, bold].map(|look| case.number(look));
        assert_eq!(numbers[0], LookNumber::PLAIN);
        assert_eq!((numbers[0], numbers[1]), (numbers[2], numbers[3]));
        assert_eq!(case.look(numbers[1]), bold);
    }

    #[test]
    fn a_look_too_many_is_plain_and_the_case_is_full() {
        let mut case = TypeCase::new();
        let look = |n: u8, m: u8| Look { foreground: Color::Rgb(n, m, 0), ..Look::PLAIN };
        for n in 1..=u8::MAX {
            assert!(!case.is_full(), "{n}");
            assert_eq!(case.number(look(n, 0)), LookNumber(n));
        }
        assert!(case.is_full());
        assert_eq!(case.number(look(0, 1)), LookNumber::PLAIN);
        assert_eq!(case.number(look(9, 0)), LookNumber(9));
    }

    #[test]
    fn simple_is_what_has_one_width_everywhere() {
        let mut case = TypeCase::new();
        let simple = ["a", "e\u{301}", "\u{10ffff}"].map(|grapheme| case.symbol(grapheme).is_simple());
        assert_eq!(simple, [true; 3]);
        assert!(!case.symbol("👩‍🚀").is_simple() && !Symbol::COVERED.is_simple());
    }
}
