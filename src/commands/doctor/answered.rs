//! What the terminal answered, against what is reckoned with.

use std::time::Duration;

use super::{Finding, setting};
use crate::config::TerminalSettings;
use crate::terminal::environment::{locale, wide_ambiguous};
use crate::terminal::painter::Abilities;
use crate::terminal::query::{Answers, Mode, PATIENCE};

/// What the answers say.
pub(super) fn findings(
    answers: &Answers,
    variable: &impl Fn(&str) -> String,
    settings: TerminalSettings,
) -> Vec<Finding> {
    let mut findings = vec![round_trip(answers)];
    if !answers.whole && answers.round_trip.is_none() {
        return findings;
    }
    findings.extend(kind(answers, variable));
    findings.extend(utf8(answers, variable));
    findings.extend(ambiguous(answers, variable, settings));
    let abilities = Abilities::of(variable, settings.side_margins);
    findings.push(side_margins(answers.side_margins, abilities.side_margins));
    findings.push(synchronized(answers.synchronized, !abilities.unsynchronized));
    findings.extend(answers.ground.map(ground));
    findings
}

fn round_trip(answers: &Answers) -> Finding {
    let none = || format!("none within {} s; the reader asks nothing and waits for none", PATIENCE.as_secs());
    let after = |time: Duration| format!("after {:.1} ms", time.as_secs_f64() * 1000.0);
    Finding::good("answers", answers.round_trip.map_or_else(none, after))
}

/// What the terminal is, by its own account; a multiplexer or mosh that the environment does not show lies
/// between here and the terminal.
fn kind(answers: &Answers, variable: &impl Fn(&str) -> String) -> Option<Finding> {
    let known = answers.kind.as_deref().and_then(|kind| match kind {
        [1, 10, 0, ..] => Some("mosh"),
        [83, ..] => Some("GNU screen"),
        [84, ..] => Some("tmux"),
        [65, ..] => Some("one with VTE (GNOME Terminal and others)"),
        [41, ..] => Some("xterm, or one that says so"),
        _ => None,
    });
    let numbers = || {
        let kind = answers.kind.as_ref()?;
        Some(kind.iter().map(ToString::to_string).collect::<Vec<_>>().join(";"))
    };
    let named = answers.name.as_ref().map(|name| name.escape_debug().to_string());
    let said = named.or_else(|| known.map(str::to_owned)).or_else(numbers)?;
    Some(match known {
        Some("tmux") if variable("TMUX").is_empty() => Finding::better(
            "terminal",
            format!("{said}, at the other end of the line, which keeps copies to itself"),
            "where that tmux runs, in ~/.tmux.conf: set -s set-clipboard on",
        ),
        Some("GNU screen") if variable("STY").is_empty() => Finding::better(
            "terminal",
            format!("{said}, at the other end of the line, which keeps copies to itself"),
            "none is known: a copy is in the file that the reader names",
        ),
        Some("mosh") => Finding::good("terminal", "mosh, which passes on short copies alone"),
        _ => Finding::good("terminal", said),
    })
}

/// Two bytes of one character: one cell where the terminal takes UTF-8, two where it takes bytes.
fn utf8(answers: &Answers, variable: &impl Fn(&str) -> String) -> Option<Finding> {
    let taken = *answers.cells.first()? == 1;
    Some(match (taken, locale(variable).1) {
        (true, _) => Finding::good("UTF-8", "the terminal takes it"),
        (false, true) => Finding::problem(
            "UTF-8",
            "the locale says so, the terminal does not take it",
            "set the terminal to UTF-8, or export LC_ALL=C to have everything drawn in ASCII",
        ),
        (false, false) => Finding::good("UTF-8", "the terminal does not take it, and none is sent"),
    })
}

/// The width of characters that have two.
fn ambiguous(
    answers: &Answers,
    variable: &impl Fn(&str) -> String,
    settings: TerminalSettings,
) -> Option<Finding> {
    let [1, measured @ ..] = answers.cells.as_slice() else { return None };
    let reckoned = u32::from(settings.wide_ambiguous.unwrap_or_else(|| wide_ambiguous(variable))) + 1;
    let widest = measured.iter().copied().max()?;
    let each = measured.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let state = format!("{reckoned} reckoned with; ¶, ─ and Я take {each} here");
    if measured.iter().all(|cells| *cells == reckoned) {
        return Some(Finding::good("ambiguous width", state));
    }
    let cure = setting(&format!("ambiguous-width = {}", if widest > 1 { 2 } else { 1 }));
    Some(Finding::problem("ambiguous width", state, cure))
}

fn side_margins(has: Option<Mode>, used: bool) -> Finding {
    let what = "side margins";
    match (has, used) {
        (Some(Mode::Known), true) => Finding::good(what, "the terminal has them, and they are used"),
        (Some(Mode::Known), false) => Finding::better(
            what,
            "the terminal has them; they are not used, as the environment does not say so",
            setting(
                "side-margins = true; then one text that moves alone costs 200 bytes a row, not thousands",
            ),
        ),
        (Some(Mode::Unknown), true) => Finding::problem(
            what,
            "used, and the terminal does not know them",
            setting("side-margins = false"),
        ),
        (Some(Mode::Unknown), false) => Finding::good(what, "the terminal has none, and none are used"),
        (None, used) => Finding::good(what, format!("{}; the terminal does not tell", used_or_not(used))),
    }
}

fn synchronized(has: Option<Mode>, used: bool) -> Finding {
    let state = match has {
        Some(Mode::Known) => format!("the terminal has them; {}", used_or_not(used)),
        Some(Mode::Unknown) => format!("the terminal passes over them; {}", used_or_not(used)),
        None => format!("{}; the terminal does not tell", used_or_not(used)),
    };
    Finding::good("synchronized updates", state)
}

fn used_or_not(used: bool) -> &'static str {
    if used { "used" } else { "not used" }
}

fn ground([red, green, blue]: [u8; 3]) -> Finding {
    // ITU-R BT.601, as good as any for telling light from dark.
    let light = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue) > 127_500;
    let ground = if light { "light" } else { "dark" };
    Finding::good("ground", format!("{ground}; `z c` in the reader changes the theme"))
}

#[cfg(test)]
mod tests {
    use super::super::{Cure, needed, variables};
    use super::*;

    const UTF8: [(&str, &str); 2] = [("TERM", "xterm"), ("LANG", "C.UTF-8")];

    fn answers() -> Answers {
        Answers {
            round_trip: Some(Duration::from_micros(1500)),
            whole: true,
            side_margins: Some(Mode::Unknown),
            synchronized: Some(Mode::Known),
            cells: vec![1, 1, 1, 1],
            ..Answers::default()
        }
    }

    fn found(answers: &Answers, settings: TerminalSettings) -> Vec<Finding> {
        findings(answers, &variables(&UTF8), settings)
    }

    #[test]
    fn a_terminal_that_is_what_it_is_taken_for_has_no_problem() {
        let findings = found(&answers(), TerminalSettings::default());
        assert_eq!(needed(&findings), Vec::<&str>::new());
        assert_eq!(findings[0], Finding::good("answers", "after 1.5 ms"));
    }

    #[test]
    fn a_silent_terminal_is_no_problem() {
        let findings = found(&Answers::default(), TerminalSettings::default());
        assert_eq!(findings.len(), 1);
        assert!(findings[0].state.starts_with("none within 2 s"), "{findings:?}");
    }

    #[test]
    fn a_width_that_is_not_reckoned_with_comes_with_its_setting() {
        let wide = Answers { cells: vec![1, 2, 2, 2], ..answers() };
        let findings = found(&wide, TerminalSettings::default());
        let finding = findings.iter().find(|finding| finding.what == "ambiguous width").unwrap();
        let cure = "in config.toml, under [terminal]: ambiguous-width = 2";
        assert_eq!(finding.cure, Cure::Needed(cure.to_owned()));
        let set = TerminalSettings { wide_ambiguous: Some(true), ..TerminalSettings::default() };
        assert_eq!(needed(&found(&wide, set)), Vec::<&str>::new());
        assert_eq!(needed(&found(&answers(), set)), ["ambiguous width"]);
    }

    #[test]
    fn bytes_shown_one_by_one_are_a_terminal_without_utf8() {
        let bytes = Answers { cells: vec![2, 2, 3, 2], ..answers() };
        assert_eq!(needed(&found(&bytes, TerminalSettings::default())), ["UTF-8"]);
    }

    #[test]
    fn margins_are_offered_where_there_are_some_and_taken_back_where_not() {
        let has = Answers { side_margins: Some(Mode::Known), ..answers() };
        let findings = found(&has, TerminalSettings::default());
        let finding = findings.iter().find(|finding| finding.what == "side margins").unwrap();
        assert!(matches!(&finding.cure, Cure::Better(cure) if cure.contains("side-margins = true")));
        let used = TerminalSettings { side_margins: Some(true), ..TerminalSettings::default() };
        assert_eq!(needed(&found(&answers(), used)), ["side margins"]);
        assert_eq!(needed(&found(&has, used)), Vec::<&str>::new());
    }

    #[test]
    fn a_tmux_at_the_other_end_of_the_line_is_found_by_its_numbers() {
        let tmux = Answers { kind: Some(vec![84, 0, 0]), ..answers() };
        let findings = found(&tmux, TerminalSettings::default());
        let finding = findings.iter().find(|finding| finding.what == "terminal").unwrap();
        assert!(
            matches!(&finding.cure, Cure::Better(cure) if cure.contains("set-clipboard on")),
            "{finding:?}"
        );
        let inside = [("TERM", "tmux"), ("LANG", "C.UTF-8"), ("TMUX", "x")];
        let findings = super::findings(&tmux, &variables(&inside), TerminalSettings::default());
        let finding = findings.iter().find(|finding| finding.what == "terminal").unwrap();
        assert_eq!(finding.cure, Cure::None);
    }

    #[test]
    fn the_ground_says_which_theme_fits() {
        assert!(ground([255, 255, 240]).state.starts_with("light"));
        assert!(ground([30, 30, 30]).state.starts_with("dark"));
    }
}
