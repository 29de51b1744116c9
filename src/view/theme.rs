//! How things look: styles from few colours, and signs with their ASCII twins.
//!
//! Weight and sign carry the meaning; colour only repeats it.

use ratatui::style::{Color, Modifier, Style};

use crate::layout::width::cells;
use crate::reader::model::{Options, Palette, Theme};

/// The styles of a theme.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    accent: Option<Color>,
    second: Option<Color>,
    /// Whether words wear colours too, or signs alone, which may be pale.
    on_words: bool,
}

impl Styles {
    /// The styles of a theme.
    ///
    /// Nothing tells over SSH whether the ground is dark or light. Of sixteen colours, each as its terminal has
    /// it, none is sure to be read on both: there words are told apart by weight, and signs alone wear the colours
    /// of the dark theme. Where there are more, the colours of the dark theme have a contrast
    /// of 4 to 1 (WCAG 2.2, 1.4.3) and above on black and on white alike, and those of the light theme 5.9 on white.
    #[must_use]
    pub const fn of(theme: Theme, palette: Palette) -> Self {
        let (accent, second) = match (theme, palette) {
            (Theme::Plain, _) | (_, Palette::None) => {
                return Self { accent: None, second: None, on_words: false };
            }
            (Theme::Dark, Palette::Sixteen) => (Color::Cyan, Color::Yellow),
            (Theme::Light, Palette::Sixteen) => (Color::Blue, Color::Magenta),
            (Theme::Dark, Palette::Indexed) => (Color::Indexed(31), Color::Indexed(130)),
            (Theme::Light, Palette::Indexed) => (Color::Indexed(25), Color::Indexed(90)),
            (Theme::Dark, Palette::Rgb) => (Color::Rgb(0, 127, 166), Color::Rgb(177, 95, 0)),
            (Theme::Light, Palette::Rgb) => (Color::Rgb(0, 95, 175), Color::Rgb(135, 0, 135)),
        };
        let on_words = !matches!((theme, palette), (Theme::Dark, Palette::Sixteen));
        Self { accent: Some(accent), second: Some(second), on_words }
    }

    /// A colour for words.
    fn word(self, colour: Option<Color>) -> Style {
        Self::coloured(colour.filter(|_| self.on_words))
    }

    fn coloured(colour: Option<Color>) -> Style {
        colour.map_or_else(Style::default, |colour| Style::default().fg(colour))
    }

    /// Running words.
    #[must_use]
    pub fn plain(self) -> Style {
        Style::default()
    }

    /// What stands back: numbers, rules, front matter.
    #[must_use]
    pub fn quiet(self) -> Style {
        Style::default().add_modifier(Modifier::DIM)
    }

    /// What stands out: headings, titles.
    #[must_use]
    pub fn strong(self) -> Style {
        Style::default().add_modifier(Modifier::BOLD)
    }

    /// The topic and its signs.
    #[must_use]
    pub fn accent(self) -> Style {
        Self::coloured(self.accent)
    }

    /// The chosen passage and the chosen row.
    #[must_use]
    pub fn chosen(self) -> Style {
        self.word(self.accent).add_modifier(Modifier::BOLD)
    }

    /// Words that the source emphasises.
    #[must_use]
    pub fn emphasis(self) -> Style {
        Style::default().add_modifier(Modifier::ITALIC)
    }

    /// Words that another edition has not, or has otherwise: a line under them, as editors draw it.
    #[must_use]
    pub fn variant(self) -> Style {
        Style::default().add_modifier(Modifier::UNDERLINED)
    }

    /// Words that speak of the topic, where a link joins their passage for it: heavier, and no more than that.
    #[must_use]
    pub fn spoken(self) -> Style {
        Style::default().add_modifier(Modifier::BOLD)
    }

    /// A hit of the search; without colour its weight tells it from a variant.
    #[must_use]
    pub fn hit(self) -> Style {
        let weight = if self.on_words { Modifier::empty() } else { Modifier::BOLD };
        self.word(self.second).add_modifier(Modifier::UNDERLINED | weight)
    }

    /// The hit last jumped to.
    #[must_use]
    pub fn current_hit(self) -> Style {
        Style::default().add_modifier(Modifier::REVERSED)
    }

    /// The line that says what governs the screen.
    #[must_use]
    pub fn bar(self) -> Style {
        Style::default().add_modifier(Modifier::REVERSED)
    }

    /// What the last action has to say.
    #[must_use]
    pub fn message(self) -> Style {
        self.word(self.second).add_modifier(Modifier::BOLD)
    }
}

/// The signs drawn; every one is a single cell.
#[derive(Clone, Copy, Debug)]
pub struct Signs {
    /// Beside every row of the chosen passage.
    pub chosen: &'static str,
    /// Beside a passage substantially about the topic.
    pub strong: &'static str,
    /// Beside a passage that touches the topic.
    pub weak: &'static str,
    /// Before the chosen row of a list.
    pub here: &'static str,
    /// Horizontal rule.
    pub across: &'static str,
    /// Vertical rule.
    pub down: &'static str,
    /// The part of the strip that is on the screen.
    pub thumb: &'static str,
    /// Between two remarks.
    pub dot: &'static str,
    /// A full cell of a bar.
    pub block: &'static str,
    /// Corners of a box: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Left rule of the end sign after the last passage.
    pub end: &'static str,
}

const TYPOGRAPHIC: Signs = Signs {
    chosen: "┃",
    strong: "▪",
    weak: "▫",
    here: "▸",
    across: "─",
    down: "│",
    thumb: "━",
    dot: "·",
    block: "▬",
    corners: ["┌", "┐", "└", "┘"],
    end: "∎",
};

const ASCII: Signs = Signs {
    chosen: "#",
    strong: "*",
    weak: "+",
    here: ">",
    across: "-",
    down: "|",
    thumb: "=",
    dot: "-",
    block: "=",
    corners: ["+", "+", "+", "+"],
    end: "#",
};

impl Signs {
    /// The signs that the locale can show, each in a single cell.
    #[must_use]
    pub fn of(options: &Options) -> &'static Self {
        // One rule stands for all: they are of ambiguous width together.
        if options.ascii || cells(TYPOGRAPHIC.across) > 1 { &ASCII } else { &TYPOGRAPHIC }
    }

    /// What the signs beside and above the texts mean, for the help screen.
    #[must_use]
    pub fn meanings(&self) -> Vec<(String, String)> {
        let (block, down) = (self.block, self.down);
        let of_index = format!("{block}  3{down}5  {block}{block}");
        [
            (
                self.strong,
                "a passage of the topic; in the row under the title, which is the whole text, where it lies",
            ),
            (self.weak, "a passage that only touches the topic"),
            (self.chosen, "the passages that the link in force joins"),
            ("bold", "in these: words that speak of the topic"),
            (self.thumb, "in the row under the title: the part of the text that is on the screen"),
            (self.here, "in the index: the topic that is chosen"),
            (&of_index, "in the index: passages of the topic in A and in B, and as bars"),
            (self.end, "after this the text has nothing more"),
        ]
        .map(|(sign, meaning)| (sign.to_owned(), meaning.to_owned()))
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_is_one_cell_and_the_twins_are_ascii() {
        for (signs, ascii) in [(&TYPOGRAPHIC, false), (&ASCII, true)] {
            let all = [
                signs.chosen,
                signs.strong,
                signs.weak,
                signs.here,
                signs.across,
                signs.down,
                signs.thumb,
                signs.dot,
                signs.block,
                signs.end,
            ];
            for sign in all.into_iter().chain(signs.corners) {
                assert_eq!(cells(sign), 1, "{sign}");
                assert!(!ascii || sign.is_ascii(), "{sign}");
            }
        }
    }

    /// Contrast of two colours: WCAG 2.2, "contrast ratio" and "relative luminance".
    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let luminance = |rgb: [u8; 3]| {
            let [red, green, blue] = rgb.map(|part| {
                let part = f64::from(part) / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The colour cube of xterm's 256.
    fn components(colour: Color) -> [u8; 3] {
        if let Color::Rgb(red, green, blue) = colour {
            return [red, green, blue];
        }
        let Color::Indexed(number) = colour else { panic!("{colour:?} is the terminal's own choice") };
        let level = |part: u8| if part == 0 { 0 } else { 55 + part * 40 };
        let cube = number - 16;
        [cube / 36, cube / 6 % 6, cube % 6].map(level)
    }

    #[test]
    fn colours_of_our_choice_are_read_on_the_grounds_they_are_for() {
        let (black, white) = ([0; 3], [255; 3]);
        for palette in [Palette::Indexed, Palette::Rgb] {
            let Styles { accent, second, .. } = Styles::of(Theme::Dark, palette);
            for colour in [accent, second].map(|colour| components(colour.unwrap())) {
                assert!(contrast(colour, black) >= 4.0 && contrast(colour, white) >= 4.0, "{colour:?}");
            }
            let Styles { accent, second, .. } = Styles::of(Theme::Light, palette);
            for colour in [accent, second].map(|colour| components(colour.unwrap())) {
                assert!(contrast(colour, white) >= 5.9, "{colour:?}");
            }
        }
    }

    #[test]
    fn of_sixteen_colours_none_is_on_words_where_the_ground_is_not_known() {
        let styles = Styles::of(Theme::Dark, Palette::Sixteen);
        for style in [styles.chosen(), styles.hit(), styles.message()] {
            assert_eq!((style.fg, style.bg), (None, None));
            assert!(style.add_modifier.contains(Modifier::BOLD), "{style:?}");
        }
        assert!(styles.accent().fg.is_some(), "signs wear a colour, and say the same without it");
        let styles = Styles::of(Theme::Light, Palette::Sixteen);
        assert_eq!(styles.chosen().fg, Some(Color::Blue));
    }

    #[test]
    fn without_colours_every_theme_is_plain() {
        for theme in [Theme::Dark, Theme::Light, Theme::Plain] {
            let styles = Styles::of(theme, Palette::None);
            assert_eq!((styles.accent, styles.second), (None, None));
        }
    }
}
