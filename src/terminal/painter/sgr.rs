//! From one look to another: select graphic rendition (ECMA-48, SGR; colours by ISO 8613-6).

use ratatui::style::{Color, Modifier};

use super::case::Look;
use super::encode::push_number;

/// Modifiers with the code that sets each and the one that takes it away.
const CODES: [(Modifier, u8, u8); 8] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// A sequence under construction.
struct Codes(String);

impl Codes {
    const BEGIN: &str = "\x1b[";

    fn new() -> Self {
        Self(Self::BEGIN.to_owned())
    }

    fn push(&mut self, code: u8) {
        if self.0.len() > Self::BEGIN.len() {
            self.0.push(';');
        }
        push_number(&mut self.0, code.into());
    }

    fn all<const N: usize>(&mut self, codes: [u8; N]) {
        for code in codes {
            self.push(code);
        }
    }

    fn set(&mut self, modifiers: Modifier) {
        for (_, on, _) in CODES.iter().filter(|(modifier, ..)| modifiers.contains(*modifier)) {
            self.push(*on);
        }
    }

    /// A colour; `base` is 30 for the character, 40 for the ground.
    fn colour(&mut self, colour: Color, base: u8) {
        let bright = base + 60;
        match colour {
            Color::Reset => self.push(base + 9),
            Color::Black => self.push(base),
            Color::Red => self.push(base + 1),
            Color::Green => self.push(base + 2),
            Color::Yellow => self.push(base + 3),
            Color::Blue => self.push(base + 4),
            Color::Magenta => self.push(base + 5),
            Color::Cyan => self.push(base + 6),
            Color::Gray => self.push(base + 7),
            Color::DarkGray => self.push(bright),
            Color::LightRed => self.push(bright + 1),
            Color::LightGreen => self.push(bright + 2),
            Color::LightYellow => self.push(bright + 3),
            Color::LightBlue => self.push(bright + 4),
            Color::LightMagenta => self.push(bright + 5),
            Color::LightCyan => self.push(bright + 6),
            Color::White => self.push(bright + 7),
            Color::Indexed(number) => self.all([base + 8, 5, number]),
            Color::Rgb(red, green, blue) => self.all([base + 8, 2, red, green, blue]),
        }
    }

    fn end(mut self) -> String {
        self.0.push('m');
        self.0
    }
}

/// The shorter of the two ways from one look to another: what differs, or all of it anew.
#[must_use]
pub fn change(from: Look, to: Look) -> String {
    let (differing, anew) = (differing(from, to), anew(to));
    if differing.len() < anew.len() { differing } else { anew }
}

/// The difference of two looks.
fn differing(from: Look, to: Look) -> String {
    let mut codes = Codes::new();
    let gone = from.modifier - to.modifier;
    let mut kept = from.modifier & to.modifier;
    let mut before = None;
    for (modifier, _, off) in CODES.into_iter().filter(|(modifier, ..)| gone.contains(*modifier)) {
        if before.replace(off) != Some(off) {
            codes.push(off);
        }
        // 22 takes bold and dim away together.
        if modifier == Modifier::BOLD || modifier == Modifier::DIM {
            kept -= Modifier::BOLD | Modifier::DIM;
        }
    }
    codes.set(to.modifier - kept);
    if from.foreground != to.foreground {
        codes.colour(to.foreground, 30);
    }
    if from.background != to.background {
        codes.colour(to.background, 40);
    }
    codes.end()
}

/// A look from nothing.
fn anew(look: Look) -> String {
    let mut codes = Codes::new();
    if look != Look::PLAIN {
        codes.push(0);
        codes.set(look.modifier);
        if look.foreground != Color::Reset {
            codes.colour(look.foreground, 30);
        }
        if look.background != Color::Reset {
            codes.colour(look.background, 40);
        }
    }
    codes.end()
}
