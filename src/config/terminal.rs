//! `[terminal]`: what the terminal can do and how it is used, where its reader knows better than the
//! environment tells.

use crate::reader::model::Palette;
use crate::report::table::Fields;
use crate::report::{Examination, unknown};

/// Where the terminal's own cursor is while nothing is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    /// At the reader's line, but not shown: speech and braille that follow the cursor find the words.
    #[default]
    Hidden,
    /// At the reader's line, for all to see.
    Reader,
}

/// What `[terminal]` sets; `None` where the environment decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalSettings {
    /// How many colours there are.
    pub colors: Option<Palette>,
    /// Whether characters that East Asian fonts draw wide take two cells.
    pub wide_ambiguous: Option<bool>,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// The terminal's own cursor.
    pub cursor: Cursor,
    /// Whether the screen before comes back afterwards.
    pub alternate_screen: bool,
    /// Whether one pane can be moved alone (DECLRMM).
    pub side_margins: Option<bool>,
}

impl Default for TerminalSettings {
    fn default() -> Self {
        Self {
            colors: None,
            wide_ambiguous: None,
            mouse: false,
            cursor: Cursor::default(),
            alternate_screen: true,
            side_margins: None,
        }
    }
}

/// The keys of the table.
const KEYS: [&str; 6] = ["colors", "ambiguous-width", "mouse", "cursor", "alternate-screen", "side-margins"];

const COLORS: [(&str, Option<Palette>); 5] = [
    ("auto", None),
    ("none", Some(Palette::None)),
    ("16", Some(Palette::Sixteen)),
    ("256", Some(Palette::Indexed)),
    ("rgb", Some(Palette::Rgb)),
];
const WIDTHS: [(&str, Option<bool>); 3] = [("auto", None), ("1", Some(false)), ("2", Some(true))];
const CURSORS: [(&str, Cursor); 2] = [("hidden", Cursor::Hidden), ("reader", Cursor::Reader)];

impl TerminalSettings {
    /// The settings of a table; what is wrong in it is noted.
    pub(super) fn read(table: Fields<'_>, examination: &mut Examination<'_>) -> Self {
        table.only(examination, &KEYS);
        let default = Self::default();
        Self {
            colors: one_of(table, examination, "colors", &COLORS).unwrap_or(default.colors),
            wide_ambiguous: one_of(table, examination, "ambiguous-width", &WIDTHS)
                .unwrap_or(default.wide_ambiguous),
            mouse: table.optional_truth(examination, "mouse").map_or(default.mouse, |mouse| mouse.value),
            cursor: one_of(table, examination, "cursor", &CURSORS).unwrap_or(default.cursor),
            alternate_screen: table
                .optional_truth(examination, "alternate-screen")
                .map_or(default.alternate_screen, |alternate| alternate.value),
            side_margins: table.optional_truth(examination, "side-margins").map(|margins| margins.value),
        }
    }
}

/// The value of a key that has one of a few spellings; `16` is as good as `"16"`.
fn one_of<T: Copy>(
    table: Fields<'_>,
    examination: &mut Examination<'_>,
    key: &str,
    values: &[(&str, T)],
) -> Option<T> {
    let written = table.optional_word(examination, key)?;
    let found = values.iter().find(|(name, _)| *name == written.value).map(|(_, value)| *value);
    if found.is_none() {
        let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
        let names = values.iter().map(|(name, _)| *name);
        let said = if is_number(&written.value) {
            // No number is meant by another one.
            let known: Vec<&str> = names.collect();
            format!("unknown `{key}` value `{}`; known: {}", written.value, known.join(", "))
        } else {
            unknown(&format!("`{key}` value"), &written.value, names)
        };
        examination.problem(written.byte, said);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    fn settings(lines: &str) -> TerminalSettings {
        let (config, problems) = Config::read(&format!("[terminal]\n{lines}\n"), "config.toml", &[]);
        assert_eq!(problems, []);
        config.terminal
    }

    #[test]
    fn numbers_may_stand_with_and_without_quotes() {
        for (line, expected) in [
            ("colors = 256", Some(Palette::Indexed)),
            ("colors = \"256\"", Some(Palette::Indexed)),
            ("colors = 16", Some(Palette::Sixteen)),
            ("colors = \"auto\"", None),
        ] {
            assert_eq!(settings(line).colors, expected, "{line}");
        }
        assert_eq!(settings("ambiguous-width = 2").wide_ambiguous, Some(true));
        assert_eq!(settings("ambiguous-width = 1").wide_ambiguous, Some(false));
    }

    #[test]
    fn every_key_is_in_force() {
        let all = "colors = \"none\"\nambiguous-width = \"2\"\nmouse = true\ncursor = \"reader\"\n\
                   alternate-screen = false\nside-margins = true";
        let expected = TerminalSettings {
            colors: Some(Palette::None),
            wide_ambiguous: Some(true),
            mouse: true,
            cursor: Cursor::Reader,
            alternate_screen: false,
            side_margins: Some(true),
        };
        assert_eq!(settings(all), expected);
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_said_with_what_is_wanted() {
        let (config, problems) =
            Config::read("[terminal]\nmouse = \"yes\"\nambiguous-width = 3\ncolors = true\n", "c.toml", &[]);
        assert_eq!(config, Config::default());
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        for (at, part) in [
            "`mouse` wants true or false, not a string",
            "unknown `ambiguous-width` value `3`",
            "`colors` wants a word in quotes or a number, not a boolean",
        ]
        .iter()
        .enumerate()
        {
            assert!(said[at].contains(part), "{said:?}");
        }
    }
}
