//! For each rule the smallest change that breaks it, and all that is said of it.

use super::*;
use proptest::prelude::*;

const WORKS: &str = r#"version = 1
default = ["ashe-1801", "birch-1802"]
[[work]]
id = "ashe-1801"
author = "A. Ashe"
title = "On Ferries"
short_title = "On Ferries"
year = "1801"
language = "en"
[[work]]
id = "birch-1802"
author = "B. Birch"
title = "Against Ferries"
short_title = "Against"
year = "1802"
language = "en"
"#;

const TOPICS: &str = r#"version = 1
[[topic]]
id = "ships"
name = "ships"
definition = "Vessels that cross water."
terms = ["ship"]
see_also = ["tides"]
[[topic]]
id = "tides"
name = "tides"
definition = "The rise and fall of the sea."
terms = ["tide"]
"#;

const ASHE: &str = "# On Ferries

In our own words.

## The ferry

¶1 Ferries are ships.

- ¶2 They leave at noon,
- ¶3 and at night.

> ¶4 The tide waits for nobody.
";

const BIRCH: &str = "# Against Ferries\n\n¶1 Nobody rows.\n\n¶2 The ferry sank.\n";

const ASHE_INDEX: &str = r#"version = 1
[[topic]]
id = "ships"
passages = [
  { at = 1, weight = 2, reason = "says what they are" },
  { at = 2, weight = 1, reason = "when they leave" },
]
[[topic]]
id = "tides"
absent = "Only a proverb names them."
near = [{ at = 4, reason = "the proverb" }]
"#;

const BIRCH_INDEX: &str = r#"version = 1
[[topic]]
id = "ships"
passages = [
  { at = 1, weight = 1, reason = "none are wanted" },
  { at = 2, weight = 2, reason = "one sinks" },
]
[[topic]]
id = "tides"
passages = [{ at = 2, weight = 1, reason = "the ebb took it" }]
"#;

const LINKS: &str = r#"version = 1
left = "ashe-1801"
right = "birch-1802"
[[link]]
topic = "ships"
left = [1]
right = [2]
relation = "contradict"
grade = 3
reason = "One praises them, the other counts the dead."
[[link]]
topic = "ships"
left = [2]
right = [1]
relation = "agree"
grade = 2
reason = "Both name the hour."
"#;

const FINGERPRINTS: &str = "version 1\n1 4 ab cd\n2 3 ab\n";

const LINK_FILE: &str = "links/ashe-1801--birch-1802.toml";

fn clean() -> Folder {
    let files = [
        ("README.md", "for people"),
        ("works.toml", WORKS),
        ("topics.toml", TOPICS),
        ("ashe-1801/digest.md", ASHE),
        ("ashe-1801/index.toml", ASHE_INDEX),
        ("birch-1802/digest.md", BIRCH),
        ("birch-1802/index.toml", BIRCH_INDEX),
        ("birch-1802/fingerprints.txt", FINGERPRINTS),
        (LINK_FILE, LINKS),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_owned()));
    Folder { path: String::new(), files: BTreeMap::from(files) }
}

/// All that is said of a folder, a line for each problem.
fn said(folder: &Folder) -> Vec<String> {
    let line =
        |p: &Problem| format!("{}:{}:{}: {}: {}", p.path, p.line, p.column, p.severity.name(), p.message);
    check(folder).problems.iter().map(line).collect()
}

/// Each case: what is replaced by what in a file, and all that is said then.
fn assert_said(name: &str, cases: &[(&str, &str, &[&str])]) {
    for (from, to, expected) in cases {
        let mut folder = clean();
        let text = folder.text(name).unwrap();
        assert!(text.contains(from), "{from} stands in {name}");
        let broken = text.replacen(from, to, 1);
        folder.files.insert(name.to_owned(), broken.into_bytes());
        let expected: Vec<String> = expected.iter().map(|said| said.replacen('@', name, 1)).collect();
        assert_eq!(said(&folder), expected, "{from} -> {to}");
    }
}

#[test]
fn a_clean_folder_is_clean_and_counted() {
    let findings = check(&clean());
    assert_eq!(findings, Findings { problems: Vec::new(), works: 2, topics: 2, entries: 5, links: 2 });
}

#[test]
fn works_are_checked() {
    assert_said(
        "works.toml",
        &[
            (
                "\"birch-1802\"]",
                "\"brich-1802\"]",
                &["@:2:25: error: unknown work `brich-1802`: did you mean `birch-1802`?"],
            ),
            (", \"birch-1802\"]", "]", &["@:2:12: error: `default` wants the ids of two works"]),
            (
                "author = \"A",
                "auhtor = \"A",
                &[
                    "@:3:1: error: `author` is missing",
                    "@:5:1: error: unknown key `auhtor`: did you mean `author`?",
                ],
            ),
        ],
    );
}

#[test]
fn topics_are_checked() {
    assert_said(
        "topics.toml",
        &[
            (
                "see_also = [\"tides\"]",
                "see_also = [\"tieds\"]",
                &["@:7:13: error: unknown topic `tieds`: did you mean `tides`?"],
            ),
            (
                "definition = \"Vessels that cross water.\"",
                "",
                &["@:3:6: error: `ships` wants a `definition`: what counts, and what only sounds like it"],
            ),
            ("terms = [\"tide\"]", "", &["@:8:1: error: a topic wants at least one word in `terms`"]),
            (
                "\"tides\"\nname",
                "\"ships\"\nname",
                &[
                    "ashe-1801/index.toml:9:6: error: unknown topic `tides`; known: ships",
                    "birch-1802/index.toml:9:6: error: unknown topic `tides`; known: ships",
                    "@:7:13: error: unknown topic `tides`; known: ships",
                    "@:9:6: error: the topic `ships` is defined twice",
                ],
            ),
        ],
    );
}

#[test]
fn digests_are_checked_by_their_own_numbers() {
    assert_said(
        "ashe-1801/digest.md",
        &[
            ("- ¶3 and at night.\n", "", &["@:11:1: error: ¶3 is missing before ¶4"]),
            (
                "¶3",
                "¶2",
                &["@:10:1: error: ¶2 stands in line 9 already", "@:12:1: error: ¶3 is missing before ¶4"],
            ),
            (
                "- ¶2 They leave at noon,\n- ¶3 and at night.",
                "- ¶3 and at night,\n- ¶2 at noon.",
                &["@:10:1: error: ¶2 stands after ¶3; put it before"],
            ),
            (
                "> ¶4 The",
                "The",
                &[
                    "@:12:1: warning: this paragraph has no ¶ number; number it, or make it a heading",
                    "ashe-1801/index.toml:11:16: error: there is no ¶4 in `ashe-1801`, which has ¶1 to ¶3",
                ],
            ),
            (
                "> ¶4 The tide",
                "> ¶400 The tide",
                &[
                    "@:12:1: error: ¶4 to ¶399 are missing before ¶400",
                    "ashe-1801/index.toml:11:16: error: there is no ¶4 in `ashe-1801`, which has ¶1 to ¶400",
                ],
            ),
            (
                ASHE,
                "# Title\n\nNo number.\n",
                &[
                    "@:1:1: error: no paragraph has a ¶ number; begin each with that of the original: `¶1 `",
                    "ashe-1801/index.toml:1:1: warning: the numbers cannot be checked: `ashe-1801` has neither \
                 digest nor fingerprints",
                ],
            ),
            (
                ASHE,
                " \n",
                &[
                    "@:1:1: error: the file holds no text, only blanks and line ends",
                    "ashe-1801/index.toml:1:1: warning: the numbers cannot be checked: `ashe-1801` has neither \
                 digest nor fingerprints",
                ],
            ),
        ],
    );
}

#[test]
fn digests_are_checked_by_the_fingerprints_of_the_original() {
    assert_said(
        "birch-1802/digest.md",
        &[
            ("\n¶2 The ferry sank.\n", "", &["@:3:16: error: ¶2 is missing at the end"]),
            (
                "sank.\n",
                "sank.\n\n¶3 It rose.\n",
                &["@:7:1: error: the original has no ¶3: its fingerprints end with ¶2"],
            ),
        ],
    );
    assert_said(
        "birch-1802/fingerprints.txt",
        &[
            (
                FINGERPRINTS,
                "version 1\n",
                &["@:1:1: error: there is no passage here; a line is a ¶ number, its words and hashes"],
            ),
            ("2 3 ab\n", "2 3 ab\n3 9 ef\n", &["birch-1802/digest.md:5:19: error: ¶3 is missing at the end"]),
        ],
    );
}

#[test]
fn indexes_are_checked() {
    let long = "r".repeat(161);
    assert_said(
        "ashe-1801/index.toml",
        &[
            ("at = 4", "at = 9", &["@:11:16: error: there is no ¶9 in `ashe-1801`, which has ¶1 to ¶4"]),
            (
                "id = \"tides\"",
                "id = \"tied\"",
                &[
                    "@:1:1: warning: `tides` has neither `passages` nor `absent`; read the work for it",
                    "@:9:6: error: unknown topic `tied`: did you mean `tides`?",
                ],
            ),
            (
                "at = 2, weight = 1",
                "at = 1, weight = 1",
                &[
                    "@:6:10: error: ¶1 comes twice",
                    "links/ashe-1801--birch-1802.toml:13:9: error: ¶2 is not under `ships` in \
                 ashe-1801/index.toml; add it there, or take it out here",
                ],
            ),
            ("weight = 1", "weight = 3", &["@:6:22: error: `weight` wants a whole number from 1 to 2"]),
            (", reason = \"when they leave\"", "", &["@:6:3: error: `reason` is missing"]),
            ("\"when they leave\"", "\" \"", &["@:6:34: error: `reason` is empty"]),
            (
                "the proverb",
                &long,
                &["@:11:28: warning: this reason has 161 characters; shorten it to 160 or less"],
            ),
        ],
    );
    assert_said(
        "birch-1802/index.toml",
        &[
            (
                "{ at = 1, weight = 1, reason = \"none are wanted\" },\n  { at = 2,",
                "{ at = 2, weight = 1, reason = \"none are wanted\" },\n  { at = 1,",
                &["@:6:10: warning: ¶1 stands after ¶2; entries go in the order of the text"],
            ),
            (
                "reason = \"the ebb",
                "raeson = \"the ebb",
                &[
                    "@:10:13: error: `reason` is missing",
                    "@:10:35: error: unknown key `raeson`: did you mean `reason`?",
                ],
            ),
            (
                "passages = [{",
                "absent = \"No.\"\npassages = [{",
                &["@:10:10: error: a topic that has `passages` is not `absent`"],
            ),
            (
                "it\" }]",
                "it\" }]\nnear = [{ at = 2, reason = \"again\" }]",
                &["@:11:16: error: ¶2 is an entry of this topic, so no near miss"],
            ),
        ],
    );
}

#[test]
fn near_misses_beyond_those_that_are_shown_are_said() {
    let mut folder = clean();
    let near = [1, 2, 3, 4].map(|at| format!("{{ at = {at}, reason = \"x\" }},\n")).concat();
    let index = ASHE_INDEX.replace("{ at = 4, reason = \"the proverb\" }", &format!("\n{near}"));
    folder.files.insert("ashe-1801/index.toml".into(), index.into());
    let expected = "ashe-1801/index.toml:15:8: warning: only the first 3 near misses are shown; take the \
                    others out";
    assert_eq!(said(&folder), [expected]);
}

#[test]
fn links_are_checked() {
    let long = format!("\"{}\"", "r".repeat(161));
    assert_said(
        LINK_FILE,
        &[
            (
                "left = [1]",
                "left = [7]",
                &["@:6:9: error: there is no ¶7 in `ashe-1801`, which has ¶1 to ¶4"],
            ),
            (
                "left = [1]",
                "left = [1, 3]",
                &[
                    "@:6:12: error: ¶3 is not under `ships` in ashe-1801/index.toml; add it there, or take it \
                 out here",
                ],
            ),
            (
                "topic = \"ships\"",
                "topic = \"tides\"",
                &["@:5:9: error: a link under `tides`, which is absent from `ashe-1801` by its index"],
            ),
            (
                "topic = \"ships\"",
                "topic = \"shisp\"",
                &["@:5:9: error: unknown topic `shisp`: did you mean `ships`?"],
            ),
            (
                "\"agree\"",
                "\"agrees\"",
                &["@:15:12: error: unknown relation `agrees`: did you mean `agree`?"],
            ),
            ("grade = 2", "grade = 4", &["@:16:9: error: `grade` wants a whole number from 1 to 3"]),
            (
                "grade = 3",
                "grade = 1",
                &["@:16:9: warning: grade 2 after grade 1: within a topic the best stand first"],
            ),
            ("reason = \"Both name the hour.\"", "", &["@:11:1: error: `reason` is missing"]),
            (
                "\"Both name the hour.\"",
                &long,
                &["@:17:10: warning: this reason has 161 characters; shorten it to 160 or less"],
            ),
            (
                "left = [2]\nright = [1]",
                "left = [1]\nright = [2]",
                &["@:12:9: error: the same link as in line 5; keep one"],
            ),
            (
                "left = [2]\nright = [1]",
                "left = [2, 1]\nright = [2]",
                &["@:12:9: warning: ¶1 and ¶2 are linked in line 5 already; join the two"],
            ),
            (
                "left = \"ashe-1801\"",
                "left = \"birch-1802\"",
                &["@:2:8: error: `left` is `birch-1802`, but the name of the file says `ashe-1801`"],
            ),
        ],
    );
}

#[test]
fn files_of_links_are_named_after_two_works_in_their_order() {
    let named = "a file of links is named after two works: `links/LEFT--RIGHT.toml`";
    for (name, works, expected) in [
        ("links/ashe-1801.toml", ["ashe-1801", "birch-1802"], vec![named]),
        ("links/ashe-1801--birch-1802.txt", ["ashe-1801", "birch-1802"], vec![named]),
        (
            "links/ashe-1801--brich-1802.toml",
            ["ashe-1801", "brich-1802"],
            vec!["these links belong to no work: unknown work `brich-1802`: did you mean `birch-1802`?"],
        ),
        (
            "links/ashe-1801--ashe-1801.toml",
            ["ashe-1801", "ashe-1801"],
            vec!["these links join a work with itself; name two works"],
        ),
        (
            "links/birch-1802--ashe-1801.toml",
            ["birch-1802", "ashe-1801"],
            vec![
                "works stand in the order of works.toml: name this file `ashe-1801--birch-1802.toml` and \
                 exchange left and right",
            ],
        ),
    ] {
        let mut folder = clean();
        folder.files.remove(LINK_FILE);
        let [left, right] = works;
        let text = format!("version = 1\nleft = \"{left}\"\nright = \"{right}\"\n");
        folder.files.insert(name.to_owned(), text.into_bytes());
        let expected: Vec<_> = expected.iter().map(|said| format!("{name}:1:1: error: {said}")).collect();
        assert_eq!(said(&folder), expected);
    }
}

#[test]
fn files_that_belong_to_nothing_are_said() {
    for (name, expected) in [
        (
            "brich-1802/digest.md",
            "error: this file belongs to no work: unknown work `brich-1802`: did you mean `birch-1802`?",
        ),
        ("ashe-1801/idnex.toml", "warning: unknown file of a work `idnex.toml`: did you mean `index.toml`?"),
        ("topcis.toml", "warning: unknown file `topcis.toml`: did you mean `topics.toml`?"),
    ] {
        let mut folder = clean();
        folder.files.insert(name.to_owned(), b"version = 1\n".to_vec());
        assert_eq!(said(&folder), [format!("{name}:1:1: {expected}")]);
    }
}

#[test]
fn a_table_that_every_folder_has_is_missed() {
    let mut folder = clean();
    folder.files.remove("works.toml");
    assert_eq!(said(&folder), ["works.toml:1:1: error: this file is missing"]);
}

#[test]
fn a_file_in_another_encoding_is_said_with_its_place() {
    let mut folder = clean();
    folder.files.insert("works.toml".to_owned(), b"version = 1\n# M\xfchsam\n".to_vec());
    assert_eq!(said(&folder), ["works.toml:2:4: error: this is no UTF-8; save the file in that encoding"]);
}

#[test]
fn all_problems_come_at_once_in_the_order_of_files_and_lines() {
    let mut folder = clean();
    folder.path = "texts".to_owned();
    for (name, from, to) in [
        (LINK_FILE, "left = [2]", "left = [9]"),
        (LINK_FILE, "\"contradict\"", "\"contradicts\""),
        ("ashe-1801/index.toml", "weight = 2", "wieght = 2"),
        ("works.toml", "version = 1", "version = 2"),
    ] {
        let text = folder.text(name).unwrap().replacen(from, to, 1);
        folder.files.insert(name.to_owned(), text.into_bytes());
    }
    let findings = check(&folder);
    let places: Vec<_> = findings.problems.iter().map(|p| (p.path.as_str(), p.line)).collect();
    let (index, links) = ("texts/ashe-1801/index.toml", "texts/links/ashe-1801--birch-1802.toml");
    assert_eq!(places, [(index, 5), (index, 5), (links, 8), (links, 13), ("texts/works.toml", 1)]);
    for problem in &findings.problems {
        assert!(folder.source(problem).is_some(), "{problem}");
    }
}

proptest! {
    /// A file cut and patched anywhere is an answer with places in its text, never a panic.
    #[test]
    fn whatever_is_cut_the_places_are_in_the_files(
        file in 0usize..9, from in 0usize..600, cut in 0usize..80, patch in "\\PC{0,6}",
    ) {
        let mut folder = clean();
        let name = folder.files.keys().nth(file).unwrap().clone();
        let text = folder.text(&name).unwrap();
        let start = text.floor_char_boundary(from);
        let end = text.floor_char_boundary(start + cut);
        let broken = format!("{}{patch}{}", text.get(..start).unwrap(), text.get(end..).unwrap());
        folder.files.insert(name, broken.into_bytes());
        for problem in check(&folder).problems {
            let lines = folder.source(&problem).map_or(1, |text| text.split('\n').count());
            prop_assert!((1..=lines).contains(&problem.line) && problem.column >= 1, "{problem}");
        }
    }
}
