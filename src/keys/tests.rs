//! The built-in maps, and what a reader's file does to them.

use proptest::prelude::*;

use super::keymap::{Change, Scope};
use super::*;
use crate::reader::action::{Action, Mode};

/// Actions that no key of the default map does, each with the reason.
const UNBOUND_BY_DESIGN: &[(Action, &str)] = &[];

fn overlay(text: &str) -> (Keymap, Vec<Problem>) {
    Keymap::with_overlay(text, "my.toml")
}

/// What a keymap says, without where it says it.
fn effective(keymap: &Keymap) -> Vec<(Mode, Vec<Key>, Binding)> {
    let of = |mode| keymap.effective(mode).map(move |(keys, binding)| (mode, keys.to_vec(), binding.clone()));
    Mode::ALL.into_iter().flat_map(of).collect()
}

fn does(keymap: &Keymap, mode: Mode, keys: &str) -> Option<Vec<Action>> {
    let keys = Key::sequence(keys).unwrap();
    keymap.effective(mode).find(|(bound, _)| *bound == keys).map(|(_, binding)| binding.actions.clone())
}

#[test]
fn the_built_in_files_have_no_problems() {
    for preset in Preset::ALL {
        let (text, path) = preset.source();
        let base = match preset {
            Preset::Default | Preset::None => Keymap::preset(Preset::None),
            Preset::Vim | Preset::Less => Keymap::built_in(),
        };
        assert!(toml::de::DeTable::parse(text).is_ok(), "{path}");
        let (file, mut problems) = super::file::read(text, path, Some(preset));
        let (merged, clashes) = super::merge::merge(&base, file, text, path);
        problems.extend(clashes);
        assert!(problems.is_empty(), "{}", render(&problems, text, path, false));
        assert_eq!(merged.to_toml(), Keymap::preset(preset).to_toml(), "{path}");
    }
}

#[test]
fn no_preset_has_keys_that_begin_other_keys() {
    for preset in Preset::ALL {
        let keymap = Keymap::preset(preset);
        for mode in Mode::ALL {
            let all: Vec<_> = keymap.effective(mode).map(|(keys, _)| keys.to_vec()).collect();
            for (at, keys) in all.iter().enumerate() {
                let clash =
                    all.iter().skip(at + 1).find(|other| other.starts_with(keys) || keys.starts_with(other));
                assert_eq!(clash, None, "{} in {preset:?} {mode:?}", Key::print_sequence(keys));
            }
        }
    }
}

#[test]
fn every_action_has_a_key_or_a_reason_to_have_none() {
    for preset in [Preset::Default, Preset::Vim, Preset::Less] {
        let keymap = Keymap::preset(preset);
        for &action in Action::ALL {
            let bound = Mode::ALL.into_iter().any(|mode| keymap.runs(action, mode));
            let excused = UNBOUND_BY_DESIGN.iter().any(|(unbound, _)| *unbound == action);
            assert!(bound != excused, "{} in {preset:?}: bound {bound}", action.name());
        }
    }
}

#[test]
fn every_preset_can_be_named_and_left() {
    for preset in [Preset::Default, Preset::Vim, Preset::Less] {
        let (keymap, problems) = overlay(&format!("preset = \"{}\"", preset.name()));
        assert_eq!((problems, effective(&keymap)), (Vec::new(), effective(&Keymap::preset(preset))));
        assert!(keymap.runs(Action::Quit, Mode::Read));
        assert!(Mode::ALL.into_iter().all(|mode| keymap.runs(Action::Cancel, mode)));
    }
}

#[test]
fn a_preset_replaces_only_the_keys_that_it_names() {
    let cases = [
        (Preset::Default, "?", Some(Action::Help)),
        (Preset::Vim, "?", Some(Action::SearchBack)),
        (Preset::Vim, "C-w l", Some(Action::FocusRight)),
        (Preset::Vim, "j", Some(Action::LineDown)),
        (Preset::Less, "?", Some(Action::SearchBack)),
        (Preset::Less, "h", Some(Action::Help)),
        (Preset::Less, "g", Some(Action::Top)),
        (Preset::Less, "g g", None),
        (Preset::Less, "A-v", Some(Action::PageUp)),
        (Preset::Less, "t", Some(Action::Topics)),
    ];
    for (preset, keys, action) in cases {
        let found = does(&Keymap::preset(preset), Mode::Read, keys);
        assert_eq!(found, action.map(|action| vec![action]), "{keys} in {preset:?}");
    }
}

#[test]
fn a_printed_map_reads_back_as_itself() {
    let own = r#"
        preset = "vim"
        [layout]
        from = "\\\"i"
        into = "abc"
        [global]
        "f2" = { run = ["focus_other", "top"], desc = "a \"quoted\" \\ text – élan # no comment" }
        [read]
        "esc" = false
        "'" = "noop"
        '"' = "swap"
        '\ "' = "level"
        "w [" = ["level", "line_down"]
    "#;
    let presets = [Preset::Default, Preset::Vim, Preset::Less].map(Keymap::preset);
    let (mine, problems) = overlay(own);
    assert_eq!(problems, []);
    for keymap in presets.into_iter().chain([mine]) {
        let text = keymap.to_toml();
        let (again, problems) = overlay(&text);
        assert!(problems.is_empty(), "{}", render(&problems, &text, "printed", false));
        assert_eq!(effective(&again), effective(&keymap));
        assert_eq!(again.layout, keymap.layout);
        assert_eq!(again.to_toml(), text);
    }
}

#[test]
fn a_printed_line_says_key_action_and_meaning() {
    let text = Keymap::built_in().to_toml();
    let line = text.lines().find(|line| line.starts_with("\"J\"")).unwrap();
    assert_eq!(
        line.split_whitespace().collect::<Vec<_>>().join(" "),
        "\"J\" = \"link_next\" # next link of the topic, after the one last gone to: both texts move"
    );
}

/// (text of the file, what `Display` says of each problem after the path)
const WRONG: &[(&str, &[&str])] = &[
    (
        "[read]\n\"k\" = \"quti\"\n  \"é\" = [\"top\", \"botom\"]",
        &[
            "2:7: unknown action `quti`; did you mean `quit`?",
            "3:17: unknown action `botom`; did you mean `bottom`?",
        ],
    ),
    ("[read]\n\"k\" = \"next_match\"", &["2:7: unknown action `next_match`; did you mean `match_next`?"]),
    (
        "[read]\nk = 7",
        &["2:5: this is not an action; write \"action\", [\"action\", \"action\"], \"noop\" or false"],
    ),
    ("[read]\nk = true", &["2:5: `true` binds nothing; write an action, or false to unbind"]),
    ("[read]\nw = false", &["2:1: `w` is not bound in [read]"]),
    ("[read]\nZ = false", &["2:1: `Z` is not bound in [read]; these begin with it: `Z Z`"]),
    ("[read]\nw = { runn = \"top\", run = \"top\" }", &["2:7: unknown name `runn`; did you mean `run`?"]),
    ("[raed]\nx = \"top\"", &["1:2: unknown name `raed`; did you mean `read`?"]),
    ("w = \"top\"", &["1:1: unknown name `w`; keys stand in a table, such as [read]"]),
    ("preset = \"vi\"", &["1:10: unknown preset `vi`; did you mean `vim`?"]),
    (
        "version = 2",
        &["1:11: unknown version of the format; this program reads version 1; the rest is read all the same"],
    ),
    (
        "[layout]\nfrom = \"ab\"\ninto = \"c\"",
        &["1:2: `from` has 2 characters, `into` has 1; they stand for each other one by one"],
    ),
    ("[read]\n\"C-i\" = \"top\"", &["2:1: in a terminal `C-i` is the tab key; write `tab`"]),
    ("[read]\n\"S-g\" = \"top\"", &["2:1: `S-` does not go with a character; write `G`"]),
    (
        "[read]\n\"5\" = \"top\"",
        &["2:1: `5` begins a count in [read]; digits are counts; put another key before it"],
    ),
    (
        "[read]\n\"C-d\" = \"top\"\n\"ctrl-d\" = \"top\"",
        &["3:1: `C-d` is bound twice in [read] (line 2); remove one of the two"],
    ),
    (
        "[read]\n\"w\" = \"top\"\n\"w w\" = \"top\"",
        &[
            "3:1: `w w` in [read] can never fire: `w` in [read] comes first (line 2); choose other keys for one of the two",
        ],
    ),
    (
        "[read]\n\"Z\" = \"top\"",
        &[
            "2:1: `Z Z` in [read] can never fire: `Z` in [read] comes first; to have this key, unbind what is in its way: in [read] \"Z Z\" = false",
        ],
    ),
    (
        "[read]\nk = line_down",
        &[
            "2:5: this is not TOML: string values must be quoted; this line is left out; a line is \"keys\" = \"action\"",
        ],
    ),
    (
        "[read]\nk = \"top\"\nk = \"swap\"",
        &["3:1: `k` stands here for the second time (line 2); remove one of the two"],
    ),
    (
        "[read]\nk = \"top\"\n[list]\n[read]\nj = \"top\"",
        &[
            "4:2: [read] stands here for the second time (line 1); put its lines below the first; until then they are left out",
        ],
    ),
];

#[test]
fn each_mistake_is_said_with_its_line_and_the_way_out() {
    for (text, expected) in WRONG {
        let said: Vec<_> = overlay(text).1.iter().map(ToString::to_string).collect();
        let expected: Vec<_> = expected.iter().map(|line| format!("my.toml:{line}")).collect();
        assert_eq!(said, expected, "{text}");
    }
}

#[test]
fn all_mistakes_are_said_at_once_and_the_rest_is_in_force() {
    let text = r#"
presett = "vim"
[read]
"w" = "swap"
"y" = top
"Y" = "tops"
"v" "bottom"
"A-O" = "top"
"X" = ["level", "line_down"]
[list
"j" = "top"
[pager]
"w" = "top"
"#;
    let (keymap, problems) = overlay(text);
    let places: Vec<_> = problems.iter().map(|problem| (problem.place.line, problem.place.column)).collect();
    assert_eq!(
        places,
        [(2, 1), (5, 7), (6, 7), (7, 5), (8, 1), (10, 1)],
        "{}",
        render(&problems, text, "", false)
    );
    assert_eq!(does(&keymap, Mode::Read, "w"), Some(vec![Action::Swap]));
    assert_eq!(does(&keymap, Mode::Read, "X"), Some(vec![Action::Level, Action::LineDown]));
    assert_eq!(does(&keymap, Mode::Pager, "w"), Some(vec![Action::Top]));
    assert_eq!(does(&keymap, Mode::List, "j"), Some(vec![Action::LineDown]));
    assert_eq!(does(&keymap, Mode::Read, "j"), Some(vec![Action::LineDown]));
    for wrong in ["y", "Y", "v"] {
        assert_eq!(does(&keymap, Mode::Read, wrong), None, "{wrong}");
    }
}

#[test]
fn an_unclosed_text_does_not_swallow_what_follows() {
    let (keymap, problems) = overlay("[read]\nw = \"\"\"top\nX = \"swap\"\n");
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(does(&keymap, Mode::Read, "X"), Some(vec![Action::Swap]));
}

#[test]
fn a_file_that_is_no_keymap_at_all_is_said_line_by_line() {
    let (keymap, problems) = overlay(&"this is a letter, not a keymap\n".repeat(300));
    let lines: Vec<_> = problems.iter().map(|problem| problem.place.line).collect();
    assert_eq!(lines, (1..=300).collect::<Vec<_>>());
    assert_eq!(effective(&keymap), effective(&Keymap::built_in()));
}

#[test]
fn an_unseen_character_does_not_cost_the_line_above() {
    for unseen in ["\u{a0}", "\u{200b}", "  \r  ", "\u{c}"] {
        let (keymap, problems) = overlay(&format!("[read]\nw = \"top\"\n{unseen}\nX = \"swap\"\n"));
        assert_eq!(
            problems.iter().map(|problem| problem.place.line).collect::<Vec<_>>(),
            [3],
            "{problems:?}"
        );
        assert_eq!(does(&keymap, Mode::Read, "w"), Some(vec![Action::Top]));
        assert_eq!(does(&keymap, Mode::Read, "X"), Some(vec![Action::Swap]));
    }
}

#[test]
fn a_file_of_another_system_reads_the_same() {
    let text = "\u{feff}[read]\r\n\r\nw = \"top\"\r\nX = \"swp\"\r\n";
    let (keymap, problems) = overlay(text);
    assert_eq!(does(&keymap, Mode::Read, "w"), Some(vec![Action::Top]));
    assert_eq!(problems.iter().map(|problem| problem.place.line).collect::<Vec<_>>(), [4]);
    assert!(!render(&problems, text, "my.toml", false).contains('\r'));
}

#[test]
fn a_line_of_the_file_replaces_its_keys_and_no_others() {
    let (keymap, problems) =
        overlay("[read]\nq = \"swap\"\nj = false\n\"esc\" = false\n[global]\n\"f9\" = \"help\"");
    assert_eq!(problems, []);
    assert_eq!(does(&keymap, Mode::Read, "q"), Some(vec![Action::Swap]));
    assert_eq!(does(&keymap, Mode::Read, "j"), None);
    assert_eq!(does(&keymap, Mode::List, "j"), Some(vec![Action::LineDown]));
    assert_eq!(does(&keymap, Mode::Read, "esc"), None);
    assert_eq!(does(&keymap, Mode::List, "esc"), Some(vec![Action::Cancel]));
    assert_eq!(does(&keymap, Mode::Prompt, "f9"), Some(vec![Action::Help]));
}

#[test]
fn keys_freed_below_can_be_bound_above() {
    let (keymap, problems) = overlay("[read]\nZ = \"swap\"\n\"Z Z\" = false");
    assert_eq!(problems, []);
    assert_eq!(does(&keymap, Mode::Read, "Z"), Some(vec![Action::Swap]));
}

#[test]
fn keys_of_every_mode_can_begin_others_where_they_are_unbound() {
    let (keymap, problems) = overlay("[read]\n\"f1\" = false\n\"f1 x\" = \"swap\"");
    assert_eq!(problems, []);
    assert_eq!(does(&keymap, Mode::Read, "f1 x"), Some(vec![Action::Swap]));
    assert_eq!(does(&keymap, Mode::List, "f1"), Some(vec![Action::Help]));
    let (keymap, problems) = overlay("[read]\n\"f1 x\" = \"swap\"");
    assert_eq!(problems.len(), 1);
    assert_eq!(does(&keymap, Mode::Read, "f1"), Some(vec![Action::Help]));
}

#[test]
fn a_character_for_every_mode_can_still_be_typed_in_a_line_of_input() {
    let (keymap, _) = overlay("[global]\n\"Q\" = \"quit\"");
    assert_eq!(does(&keymap, Mode::Read, "Q"), Some(vec![Action::Quit]));
    assert_eq!(does(&keymap, Mode::Prompt, "Q"), None);
}

#[test]
fn a_map_without_a_way_to_quit_is_refused_whole() {
    let cases = [
        ("preset = \"none\"\n[read]\nj = \"line_down\"", 1),
        ("[read]\nj = \"top\"\nq = \"top\"\n\"Z Z\" = false", 3),
        ("[list]\nq = \"quit\"\n[read]\n\"Z Z\" = \"noop\"\nq = \"swap\"", 4),
    ];
    for (text, line) in cases {
        let (keymap, problems) = overlay(text);
        assert_eq!(effective(&keymap), effective(&Keymap::built_in()), "{text}");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].message.starts_with("this map leaves no way to quit"), "{problems:?}");
        assert_eq!(problems[0].place.line, line, "{text}");
    }
}

#[test]
fn a_mode_without_a_way_out_gets_escape() {
    let (keymap, problems) = overlay(
        "preset = \"none\"\n[global]\n\"esc x\" = \"top\"\n[read]\nq = \"quit\"\n[list]\nq = \"cancel\"",
    );
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].severity, Severity::Warning);
    assert_eq!(problems[0].message, "no key leaves [pager], [prompt]: escape does");
    for mode in [Mode::Pager, Mode::Prompt] {
        assert_eq!(does(&keymap, mode, "esc"), Some(vec![Action::Cancel]));
    }
}

#[test]
fn the_report_shows_both_lines_of_a_conflict() {
    let text = "[read]\n\"w\" = \"top\"\n\"w w\" = \"swap\"\n\"Z\" = \"top\"\n";
    let report = render(&overlay(text).1, text, "my.toml", false);
    let (built_in, _) = Preset::Default.source();
    let line = built_in.lines().position(|line| line.starts_with("\"Z Z\"")).unwrap() + 1;
    let report = report.replace(&line.to_string(), "###");
    insta::assert_snapshot!(report, @r#"
    error: `w w` in [read] can never fire: `w` in [read] comes first
     --> my.toml:3:1
      |
    2 | "w" = "top"
      | --- this one stays in force
    3 | "w w" = "swap"
      | ^^^^^
      |
      = help: choose other keys for one of the two

    error: `Z Z` in [read] can never fire: `Z` in [read] comes first
       --> my.toml:4:1
        |
      4 | "Z" = "top"
        | ^^^
        |
       ::: the built-in keymap.toml:###:1
        |
    ### | "Z Z" = "quit"
        | ----- this one stays in force
        |
        = help: to have this key, unbind what is in its way: in [read] "Z Z" = false
    "#);
}

#[test]
fn hints_name_the_readers_own_keys_first() {
    assert_eq!(Keymap::built_in().keys_for(Action::Quit, Mode::Read), ["q", "Z Z"]);
    let (keymap, _) = overlay("[read]\n\"Q\" = \"quit\"\n\"X\" = [\"swap\", \"quit\"]");
    assert_eq!(keymap.keys_for(Action::Quit, Mode::Read), ["Q", "q", "Z Z"]);
    assert_eq!(keymap.keys_for(Action::Quit, Mode::Prompt), [""; 0]);
    for mode in Mode::ALL {
        let first = keymap.first_keys(mode);
        for action in Action::ALL {
            assert_eq!(first.get(action), keymap.keys_for(*action, mode).first(), "{action:?} in {mode:?}");
        }
    }
}

#[test]
fn help_lists_every_binding_once_under_its_heading_and_every_action_in_one_row() {
    let (keymap, _) =
        overlay("[read]\n\"w\" = { run = [\"level\", \"line_down\"], desc = \"my own\" }\n\"y\" = \"noop\"");
    let help = keymap.help();
    let titles: Vec<_> = help.iter().map(|section| section.title).collect();
    assert_eq!(titles[..3], ["Topics and links", "Moving", "Two texts"]);
    let rows: Vec<_> = help.iter().flat_map(|section| &section.rows).collect();
    for (mode, keys, binding) in
        effective(&keymap).into_iter().filter(|(_, _, binding)| !binding.actions.is_empty())
    {
        let keys = Key::print_sequence(&keys);
        let is_it = |group: &KeyGroup| group.modes.contains(&mode) && group.keys.contains(&keys);
        let listed = |row: &&&HelpRow| row.groups.iter().any(is_it);
        let found: Vec<_> = rows.iter().filter(listed).collect();
        assert_eq!(found.len(), 1, "{keys} in {mode:?}");
        assert_eq!(found[0].description, binding.describe());
    }
    let own = rows.iter().find(|row| row.keys() == "w").unwrap();
    assert_eq!((own.description.as_str(), own.place().as_str()), ("my own", ""));
    let rows_of = |action: Action| {
        let rows: Vec<_> = rows.iter().filter(|row| row.description == action.description()).collect();
        rows.into_iter().map(|row| (row.keys(), row.place())).collect::<Vec<_>>()
    };
    let one = |keys: &str, place: &str| vec![(keys.to_owned(), place.to_owned())];
    let cancel = "esc  C-c;  q (list, pager);  t  tab  left (list);  enter (pager);  C-g (prompt)";
    assert_eq!(rows_of(Action::Cancel), one(cancel, ""));
    assert_eq!(rows_of(Action::Accept), one("enter;  right (list)", "list, prompt"));
    assert_eq!(rows_of(Action::LinkAccept), one("z y", "read, list"));
    assert_eq!(rows_of(Action::EntryNext), one("}", ""));
}

#[test]
fn what_may_follow_a_key_is_said_in_words() {
    let keymap = Keymap::built_in();
    for (typed, key, words) in [
        ("z", "y", "this link holds"),
        ("z", "t", "topic of your own"),
        ("g", "r", "go to a passage (12) or a page (p44)"),
        ("y", "a", "copy both passages"),
        ("]", "c", "next difference"),
    ] {
        let following = keymap.continuations(&Key::sequence(typed).unwrap(), Mode::Read);
        assert!(following.contains(&(key.to_owned(), words.to_owned())), "{typed}: {following:?}");
    }
    let name_of_none = |action: &&Action| action.gist().contains('_') || action.gist().is_empty();
    assert_eq!(Action::ALL.iter().find(name_of_none), None);
}

#[test]
fn no_control_character_of_a_file_reaches_the_terminal() {
    let hostile = "\u{1b}]0;x\u{7}\u{9b}31m";
    let escaped = r#"[read]
"\u001b]0;x" = "top"
"w" = "\u009b31m"
"y" = { run = "top", desc = "\u001b[31m" }
"\u009b" = "\u0007""#;
    let path = format!("my{hostile}.toml");
    for text in [format!("[read]\nw = \"{hostile}\"\n{hostile}\n[{hostile}"), escaped.to_owned()] {
        let (keymap, problems) = Keymap::with_overlay(&text, &path);
        assert!(!problems.is_empty());
        let mut shown = render(&problems, &text, &path, false) + &keymap.to_toml();
        shown.extend(problems.iter().map(|problem| problem.to_string() + &problem.message + &problem.help));
        shown.extend(
            keymap
                .help()
                .into_iter()
                .flat_map(|section| section.rows)
                .map(|row| row.keys() + &row.description),
        );
        let control = shown.chars().find(|character| character.is_control() && *character != '\n');
        assert_eq!(control, None, "{shown}");
    }
}

#[test]
fn colour_is_only_there_when_asked_for() {
    let text = "[read]\nw = \"tpo\"";
    let problems = overlay(text).1;
    assert!(!render(&problems, text, "my.toml", false).contains('\u{1b}'));
    assert!(render(&problems, text, "my.toml", true).contains('\u{1b}'));
}

/// Lines from which files are put together: right ones, wrong ones, ones that are not TOML.
const LINES: &[&str] = &[
    "[read]",
    "[list]",
    "[global]",
    "[prompt]",
    "[layout]",
    "[read",
    "[[read]]",
    "preset = \"none\"",
    "preset = \"vim\"",
    "from = \"ab\"",
    "into = \"cd\"",
    "q = false",
    "\"Z Z\" = false",
    "\"q\" = \"quit\"",
    "esc = \"top\"",
    "esc = false",
    "\"C-c\" = false",
    "\"esc x\" = \"swap\"",
    "\"g\" = \"top\"",
    "\"g g\" = \"quit\"",
    "\"g g g\" = [\"top\", \"quit\"]",
    "x = \"\"\"",
    "x = [",
    "\"é\" = {",
    "a.b = \"top\"",
    "\"C-q\" =",
    "= \"top\"",
    "\"1\" = \"top\"",
    "\u{feff}",
    "\t\u{a0}",
    "\"\\u001b\" = 1",
    "w = { run = \"noop\" }",
    "read = 1",
    "\r",
];

proptest! {
    #[test]
    fn no_file_takes_away_the_way_out(lines in prop::collection::vec(prop::sample::select(LINES), 0..16)) {
        let text = lines.join("\n");
        let (keymap, problems) = overlay(&text);
        prop_assert!(keymap.runs(Action::Quit, Mode::Read));
        for mode in Mode::ALL {
            prop_assert!(keymap.runs(Action::Cancel, mode) || keymap.runs(Action::Quit, mode));
        }
        for problem in &problems {
            prop_assert!(text.get(problem.place.bytes.clone()).is_some_and(|stretch| !stretch.contains('\n')));
        }
        let _ = render(&problems, &text, "my.toml", false);
        let (again, problems) = overlay(&keymap.to_toml());
        prop_assert!(problems.is_empty(), "{:?}", problems);
        prop_assert_eq!(effective(&again), effective(&keymap));
    }

    #[test]
    fn a_damaged_copy_of_the_default_map_still_reads(at in 0_usize..6000, byte in any::<char>(), take in 0_usize..9) {
        let (text, _) = Preset::Default.source();
        let mut text: Vec<char> = text.chars().collect();
        let at = at.min(text.len() - 9);
        text.splice(at..at + take, [byte]);
        let text: String = text.into_iter().collect();
        let (keymap, problems) = overlay(&text);
        prop_assert!(keymap.runs(Action::Quit, Mode::Read));
        let _ = render(&problems, &text, "my.toml", false);
    }
}

#[test]
fn a_mode_override_of_a_printed_map_is_kept() {
    let (keymap, _) = overlay("[read]\n\"esc\" = false");
    let lines = keymap.table(Scope::Mode(Mode::Read)).filter(|entry| entry.change == Change::Unbind).count();
    assert_eq!(lines, 1);
    assert!(keymap.to_toml().contains("\"esc\" = false"));
}
