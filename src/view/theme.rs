//! How things look: styles from the terminal's own sixteen colours, and signs with their ASCII twins.
//!
//! Weight and sign carry the meaning; colour only repeats it.

use ratatui::style::{Color, Modifier, Style};

use crate::reader::model::{Options, Theme};

/// The styles of a theme.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    accent: Option<Color>,
    second: Option<Color>,
}

impl Styles {
    /// The styles of a theme.
    #[must_use]
    pub const fn of(theme: Theme) -> Self {
        let (accent, second) = match theme {
            Theme::Dark => (Some(Color::Cyan), Some(Color::Yellow)),
            Theme::Light => (Some(Color::Blue), Some(Color::Magenta)),
            Theme::Plain => (None, None),
        };
        Self { accent, second }
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
        Self::coloured(self.accent).add_modifier(Modifier::BOLD)
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

    /// A hit of the search; without colour its weight tells it from a variant.
    #[must_use]
    pub fn hit(self) -> Style {
        let weight = if self.second.is_none() { Modifier::BOLD } else { Modifier::empty() };
        Self::coloured(self.second).add_modifier(Modifier::UNDERLINED | weight)
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
        Self::coloured(self.second).add_modifier(Modifier::BOLD)
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
    /// The signs that the locale can show.
    #[must_use]
    pub const fn of(options: &Options) -> &'static Self {
        if options.ascii { &ASCII } else { &TYPOGRAPHIC }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::width::cells;

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
}
