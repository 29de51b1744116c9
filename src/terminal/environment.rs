//! What the environment says of the terminal, the locale and the line. A variable that is not set is empty.
//!
//! Nothing is asked of the terminal: over a slow line its answers come late and are taken for keys.

use crate::reader::model::Palette;

/// A variable of this process; empty where it is not set or no Unicode.
#[must_use]
pub fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// The variable that decides the locale, the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set, with its
/// value; and whether it says UTF-8.
#[must_use]
pub fn locale(variable: &impl Fn(&str) -> String) -> (Option<(&'static str, String)>, bool) {
    let set = |name| Some((name, variable(name))).filter(|(_, value)| !value.is_empty());
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
    let value = named.as_ref().map(|(_, value)| value.to_lowercase()).unwrap_or_default();
    (named, value.contains("utf-8") || value.contains("utf8"))
}

/// Whether the terminal is at the far end of an SSH line.
#[must_use]
pub fn is_remote(variable: &impl Fn(&str) -> String) -> bool {
    ["SSH_CONNECTION", "SSH_TTY"].iter().any(|name| !variable(name).is_empty())
}

/// Whether the line may be mosh's: its server sets this variable for what it starts, and few others do.
#[must_use]
pub fn is_mosh(variable: &impl Fn(&str) -> String) -> bool {
    variable("NCURSES_NO_UTF8_ACS") == "1"
}

/// How many colours are used where nothing is set: the sixteen of the terminal's own choice. They suit its ground
/// more often than not, and their codes are the shortest. `FORCE_COLOR` asks for more by a number.
#[must_use]
pub fn palette(variable: &impl Fn(&str) -> String) -> Palette {
    match variable("FORCE_COLOR").as_str() {
        "2" => Palette::Indexed,
        "3" => Palette::Rgb,
        _ => Palette::Sixteen,
    }
}

/// How many colours the terminal says that it has. Over SSH that is little to go by: sshd hands on no more than
/// `TERM`, which many terminals borrow from another one.
#[must_use]
pub fn depth(variable: &impl Fn(&str) -> String) -> Palette {
    let (term, more) = (variable("TERM"), variable("COLORTERM"));
    match more.as_str() {
        "truecolor" | "24bit" => Palette::Rgb,
        _ if term == "dumb" => Palette::None,
        _ if term.ends_with("-direct") => Palette::Rgb,
        _ if term.ends_with("-256color") => Palette::Indexed,
        _ => Palette::Sixteen,
    }
}

/// Whether colour and bold type may be used, on a terminal or not: `NO_COLOR` first, then `FORCE_COLOR` and
/// `CLICOLOR_FORCE`, then `CLICOLOR`, then what is written to. Empty variables do not count.
#[must_use]
pub fn wants_colour(variable: &impl Fn(&str) -> String, terminal: bool) -> bool {
    let says = |name: &str| match variable(name).as_str() {
        "" => None,
        "0" | "false" => Some(false),
        _ => Some(true),
    };
    let forced = says("FORCE_COLOR").or_else(|| says("CLICOLOR_FORCE").filter(|forced| *forced));
    let able = terminal && says("CLICOLOR") != Some(false) && variable("TERM") != "dumb";
    variable("NO_COLOR").is_empty() && forced.unwrap_or(able)
}

/// Whether characters of ambiguous width take two cells: where the locale says so (`@cjkwide`), and in mintty,
/// which follows the language of the locale. Most terminals draw them in one cell everywhere.
#[must_use]
pub fn wide_ambiguous(variable: &impl Fn(&str) -> String) -> bool {
    let (named, _) = locale(variable);
    let value = named.map(|(_, value)| value.to_lowercase()).unwrap_or_default();
    let east_asian = ["ja", "ko", "zh"].iter().any(|language| value.starts_with(language));
    match value.split_once('@') {
        Some((_, "cjkwide")) => true,
        Some((_, "cjknarrow" | "cjksingle")) => false,
        Some(_) | None => east_asian && variable("TERM_PROGRAM") == "mintty",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> String + 'a {
        |name| {
            set.iter().find(|(set, _)| *set == name).map_or(String::new(), |(_, value)| (*value).to_owned())
        }
    }

    #[test]
    fn colours_are_counted_by_what_the_terminal_says_of_itself() {
        for (set, has, used) in [
            (&[("TERM", "xterm")][..], Palette::Sixteen, Palette::Sixteen),
            (&[("TERM", "dumb")], Palette::None, Palette::Sixteen),
            (&[("TERM", "xterm-256color")], Palette::Indexed, Palette::Sixteen),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Palette::Rgb, Palette::Sixteen),
            (&[("TERM", "xterm-direct")], Palette::Rgb, Palette::Sixteen),
            (&[("TERM", "linux"), ("COLORTERM", "24bit")], Palette::Rgb, Palette::Sixteen),
            (&[("TERM", "xterm"), ("FORCE_COLOR", "2")], Palette::Sixteen, Palette::Indexed),
            (&[("TERM", "xterm"), ("FORCE_COLOR", "3")], Palette::Sixteen, Palette::Rgb),
        ] {
            assert_eq!((depth(&of(set)), palette(&of(set))), (has, used), "{set:?}");
        }
    }

    #[test]
    fn colour_is_wanted_by_the_first_variable_that_speaks() {
        for (set, on_terminal, in_a_pipe) in [
            (&[][..], true, false),
            (&[("NO_COLOR", "1")], false, false),
            (&[("NO_COLOR", "")], true, false),
            (&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false, false),
            (&[("CLICOLOR", "0")], false, false),
            (&[("CLICOLOR", "1")], true, false),
            (&[("CLICOLOR_FORCE", "1")], true, true),
            (&[("CLICOLOR_FORCE", "0")], true, false),
            (&[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], true, true),
            (&[("FORCE_COLOR", "3")], true, true),
            (&[("FORCE_COLOR", "0"), ("CLICOLOR_FORCE", "1")], false, false),
            (&[("TERM", "dumb")], false, false),
        ] {
            assert_eq!(wants_colour(&of(set), true), on_terminal, "{set:?}");
            assert_eq!(wants_colour(&of(set), false), in_a_pipe, "{set:?}");
        }
    }

    #[test]
    fn width_follows_the_locale_only_where_the_terminal_does() {
        for (set, expected) in [
            (&[("LANG", "ja_JP.UTF-8")][..], false),
            (&[("LANG", "ja_JP.UTF-8"), ("TERM_PROGRAM", "mintty")], true),
            (&[("LANG", "de_DE.UTF-8"), ("TERM_PROGRAM", "mintty")], false),
            (&[("LANG", "ja_JP.UTF-8@cjknarrow"), ("TERM_PROGRAM", "mintty")], false),
            (&[("LC_ALL", "zh_CN.UTF-8@cjkwide"), ("LANG", "C")], true),
        ] {
            assert_eq!(wide_ambiguous(&of(set)), expected, "{set:?}");
        }
    }
}
