//! `diptych check` as an editor and as continuous integration use it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use support::{Home, Ran};

const WORKS: &str = "version = 1\n[[work]]\nid = \"ashe-1801\"\nauthor = \"A. Ashe\"\ntitle = \"On Ferries\"\n\
    short_title = \"On Ferries\"\nyear = \"1801\"\nlanguage = \"en\"\n";
const TOPICS: &str = "version = 1\n[[topic]]\nid = \"ships\"\nname = \"ships\"\n\
    definition = \"Vessels that cross water.\"\nterms = [\"ship\"]\n";

/// A folder with one work and one topic; its index names the passages given.
fn home(index: &str) -> Home {
    let home = Home::new();
    home.write("t/works.toml", WORKS);
    home.write("t/topics.toml", TOPICS);
    home.write("t/ashe-1801/digest.md", "# On Ferries\n\n¶1 Ferries are ships.\n\n¶2 They leave at noon.\n");
    let index = format!("version = 1\n[[topic]]\nid = \"ships\"\npassages = [\n{index}]\n");
    home.write("t/ashe-1801/index.toml", index);
    home
}

fn check(home: &Home, more: &[&str]) -> Ran {
    home.run(&[&["check", "t"], more].concat())
}

const FIRST: &str = "  { at = 1, weight = 2, reason = \"what they are\" },\n";
const SECOND: &str = "  { at = 2, weight = 1, reason = \"when they leave\" },\n";
const NOWHERE: &str = "  { at = 3, weight = 1, reason = \"nowhere\" },\n";

#[test]
fn a_folder_without_problems_is_summed_up() {
    let ran = check(&home(&format!("{FIRST}{SECOND}")), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(ran.out, "t/: 1 work, 1 topic, 2 curated entries, 0 curated links: no problems\n");
}

#[test]
fn an_error_stands_under_its_line_and_ends_with_exit_code_1() {
    let ran = check(&home(&format!("{FIRST}{NOWHERE}")), &[]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert_eq!(
        ran.out,
        "error: there is no ¶3 in `ashe-1801`, which has ¶1 to ¶2
 --> t/ashe-1801/index.toml:6:10
  |
6 |   { at = 3, weight = 1, reason = \"nowhere\" },
  |          ^

t/: 1 work, 1 topic, 2 curated entries, 0 curated links: 1 error
"
    );
}

#[test]
fn a_warning_lets_the_check_pass() {
    let ran = check(&home(&format!("{SECOND}{FIRST}")), &["--format", "short"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(
        ran.out,
        "t/ashe-1801/index.toml:6:10: warning: ¶1 stands after ¶2; entries go in the order of the text\n\
         t/: 1 work, 1 topic, 2 curated entries, 0 curated links: 1 warning\n"
    );
}

#[test]
fn problems_as_json_are_the_contract() {
    let ran = check(&home(&format!("{FIRST}{NOWHERE}")), &["--format", "json"]);
    assert_eq!(ran.code, 1);
    let record: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let expected = serde_json::json!({
        "folder": "t", "works": 1, "topics": 1, "entries": 2, "links": 0,
        "problems": [{
            "path": "t/ashe-1801/index.toml", "line": 6, "column": 10, "severity": "error",
            "message": "there is no ¶3 in `ashe-1801`, which has ¶1 to ¶2",
        }],
    });
    assert_eq!(record, expected);
}

#[test]
fn no_control_byte_of_a_folder_reaches_the_output() {
    let home = home(FIRST);
    home.write("t/a\u{1b}[31m/b\u{9b}\u{7}.md", "x");
    home.write("t/works.toml", format!("{WORKS}# \u{9b}31m\nyaer\u{7} = \"\u{1b}[31m\"\n"));
    for format in ["text", "short", "json"] {
        let ran = check(&home, &["--format", format]);
        assert_eq!(ran.code, 1);
        assert!(!ran.out.contains(|c: char| c.is_control() && c != '\n'), "{:?}", ran.out);
    }
}

#[test]
fn a_folder_that_is_not_there_or_another_is_said() {
    let home = home(FIRST);
    for (folder, said) in [
        ("missing", "diptych: missing: there is no such folder"),
        ("t/ashe-1801", "diptych: t/ashe-1801: there is neither works.toml nor topics.toml"),
    ] {
        let ran = home.run(&["check", folder]);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""));
        assert!(ran.err.starts_with(said), "{}", ran.err);
    }
}

/// On the disk, and as it is part of the program.
#[test]
fn the_texts_of_this_project_have_no_problems() {
    let texts = concat!(env!("CARGO_MANIFEST_DIR"), "/texts");
    for arguments in [&["check", "--format", "short"][..], &["check", texts, "--format", "short"]] {
        let ran = Home::new().run(arguments);
        assert_eq!((ran.code, ran.out.lines().count()), (0, 1), "{}{}", ran.out, ran.err);
        assert!(ran.out.ends_with(": no problems\n"), "{}", ran.out);
    }
}
