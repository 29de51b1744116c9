//! Help, man page, keymap and the table of actions say the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use diptych::commands::error::EXIT_CODES;
use diptych::reader::action::Action;
use support::Home;

const COMMANDS: [&str; 12] = [
    "list",
    "add",
    "passages",
    "topics",
    "links",
    "align",
    "print",
    "fingerprint",
    "check",
    "keys",
    "doctor",
    "man",
];

/// Roff as the words that it shows.
fn shown(roff: &str) -> String {
    roff.replace("\\-", "-")
        .replace("\\(aq", "'")
        .replace("\\*(Aq", "'")
        .replace("\\fB", "")
        .replace("\\fR", "")
        .replace("\\fI", "")
        .replace("\\\\", "\\")
        .replace("\\&", "")
}

#[test]
fn every_action_is_in_the_man_page() {
    let page = shown(&Home::new().run(&["man"]).out);
    for action in Action::ALL {
        assert!(page.contains(action.description()), "{}", action.name());
    }
}

#[test]
fn every_command_is_in_help_and_man_page_and_has_its_own_help() {
    let home = Home::new();
    let [short, long, page] = [&["-h"][..], &["--help"], &["man"]].map(|arguments| {
        let ran = home.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        shown(&ran.out)
    });
    assert!(short.lines().count() < long.lines().count());
    for command in COMMANDS {
        assert!(short.contains(&format!("  {command} ")), "{command}");
        assert!(long.contains(&format!("  {command} ")), "{command}");
        assert!(page.contains(&format!("diptych {command}")), "{command}");
        let ran = home.run(&[command, "--help"]);
        assert_eq!(ran.code, 0);
        for line in ran.out.lines().map(str::trim).filter(|line| line.starts_with("--")) {
            let option = line.split_whitespace().next().unwrap().trim_end_matches(',');
            assert!(page.contains(option), "{option} of {command}");
        }
    }
}

#[test]
fn exit_codes_and_examples_are_in_help_and_man_page() {
    let home = Home::new();
    let page = shown(&home.run(&["man"]).out);
    let help = home.run(&["--help"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    for (code, meaning) in EXIT_CODES {
        assert!(page.contains(meaning), "{code}");
        assert!(help.contains(&format!("{code} {meaning}")), "{code}");
    }
    for (example, meaning) in diptych::commands::arguments::EXAMPLES {
        assert!(page.contains(example) && page.contains(meaning), "{example}");
        assert!(help.contains(example) && help.contains(meaning), "{example}");
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    let ran = Home::new().run(&["--version"]);
    assert_eq!(ran.out, format!("diptych {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_keys_that_are_printed_are_a_keymap_without_problems() {
    let home = Home::new();
    let keys = home.run(&["keys"]);
    assert_eq!((keys.code, keys.err.as_str()), (0, ""));
    home.write("printed.toml", &keys.out);
    let ran = home.run(&["keys", "--check", "printed.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    for action in Action::ALL {
        let name = format!("\"{}\"", action.name());
        assert!(keys.out.contains(&name), "{name} has no key");
    }
}

#[test]
fn a_keymap_with_mistakes_is_reported_and_the_rest_is_in_force() {
    let home = Home::new();
    let text = "version = 1\n[read]\n\"x\" = \"qiut\"\n\"Z Z\" = \"quit\"\n";
    home.write(".config/diptych/keymap.toml", text);
    home.write("mine.toml", text);
    let ran = home.run(&["keys", "--check", "mine.toml"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.out.contains("mine.toml:3:7") && ran.out.contains("qiut") && ran.out.contains("quit"),
        "{}",
        ran.out
    );
    let ran = home.run(&["keys"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("1 problem") && ran.err.contains("keys --check"), "{}", ran.err);
    assert!(ran.out.contains("\"Z Z\""), "{}", ran.out);
    let ran = home.run(&["keys", "--check", "missing.toml"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("missing.toml: there is no such file"), "{}", ran.err);
}
