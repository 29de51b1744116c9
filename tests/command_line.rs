//! The command line as a person and as a program use it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use serde_json::Value;
use support::{Home, KAMENEV, LETTER, originals};

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// The bytes that `source` names, as words: what a passage was made from.
fn source_words(file: &str, source: &Value) -> String {
    let ranges = source.as_array().unwrap().iter().map(|range| {
        let [start, end] = [0, 1].map(|i| range[i].as_u64().unwrap() as usize);
        file.get(start..end).unwrap()
    });
    ranges.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn passages_as_json_are_the_contract() {
    let home = Home::new();
    home.write("kamenev.txt", KAMENEV);
    let record = home.json(&["passages", "kamenev.txt", "--format", "json"]);
    assert_eq!(keys(&record), ["edition", "passages"]);
    let edition = &record["edition"];
    for (field, expected) in [
        ("work", Value::Null),
        ("form", "file".into()),
        ("name", "kamenev.txt".into()),
        ("recognised", Value::Null),
        ("author", "L. B. Kamenev".into()),
        ("year", "1920".into()),
        ("source_bytes", KAMENEV.len().into()),
    ] {
        assert_eq!(edition[field], expected, "{field}");
    }
    let passages = record["passages"].as_array().unwrap();
    assert_eq!(edition["passages"], passages.len());
    let mut number = 0;
    for passage in passages {
        let body = ["paragraph", "quotation", "list-item", "verse-line"]
            .contains(&passage["kind"].as_str().unwrap());
        assert_eq!(passage.get("ref").is_some(), body, "{passage}");
        if body {
            number += 1;
            assert_eq!(passage["ref"], number.to_string());
        }
        assert!(passage["page"].is_null() || passage["page"].is_string());
        assert!(!passage["text"].as_str().unwrap().is_empty());
        let words = source_words(KAMENEV, &passage["source"]);
        let first = passage["text"].as_str().unwrap().split(' ').next().unwrap();
        assert!(words.contains(first), "{passage}: {words}");
    }
    let notes: Vec<&Value> = passages.iter().flat_map(|p| p["notes"].as_array().unwrap()).collect();
    assert!(notes.iter().all(|note| keys(note) == ["mark", "text"]));
    assert!(notes.iter().any(|note| note["mark"] == "1" && note["text"].is_string()), "{notes:?}");
    assert!(notes.iter().any(|note| note["mark"] == "2" && note["text"].is_null()), "{notes:?}");
}

#[test]
fn topics_and_links_as_json_are_the_contract() {
    let home = Home::new();
    home.write("kamenev.txt", KAMENEV);
    home.write("letter.txt", LETTER);
    for auto in [&[][..], &["--auto"]] {
        let record = home.json(&[&["topics", "letter.txt", "--format", "json"], auto].concat());
        assert_eq!(keys(&record), ["edition", "topics"]);
        let soviets =
            record["topics"].as_array().unwrap().iter().find(|topic| topic["id"] == "soviets").unwrap();
        let entry = &soviets["passages"][0];
        for field in ["origin", "reason", "ref", "score", "source", "weight"] {
            assert!(entry.get(field).is_some(), "{field} of {entry}");
        }
        assert!(entry["ref"].is_string() && entry["score"].is_number() && entry["weight"].is_u64());
        assert!(source_words(LETTER, &entry["source"]).contains("soviets"));

        let arguments = ["links", "kamenev.txt", "letter.txt", "--format", "json"];
        let record = home.json(&[&arguments[..], auto].concat());
        assert_eq!(keys(&record), ["ground", "left", "links", "right", "silences"]);
        assert_eq!(record["right"]["form"], "file");
        let links = record["links"].as_array().unwrap();
        assert!(!links.is_empty());
        for link in links {
            let fields = [
                "confidence",
                "decided",
                "kind",
                "left",
                "moved",
                "origin",
                "reasons",
                "relation",
                "right",
                "similarity",
                "status",
                "topic",
                "topics",
            ];
            assert_eq!(keys(link), fields);
            assert_eq!(keys(&link["left"][0]), ["ref", "source"]);
        }
    }
    let record = home.json(&["links", "kamenev.txt", "letter.txt", "--topic", "soviets", "--format", "json"]);
    assert!(record["links"].as_array().unwrap().iter().all(|link| link["topic"] == "soviets"));
}

#[test]
fn files_that_were_added_are_found_by_the_name_of_their_work() {
    let home = Home::new();
    home.write("download (1).txt", KAMENEV);
    home.write("letter.txt", LETTER);
    assert_eq!(home.run(&["passages", "kamenev:original"]).code, 1);

    let told = home.json(&["add", "download (1).txt", "--as", "kamenev", "--format", "json"]);
    let told = &told["added"][0];
    assert_eq!((&told["work"], &told["status"]), (&"kamenev-1920".into(), &"copied".into()));
    assert_eq!(told["evidence"], "as you said, though none of its 2 passages was found");
    let added = home.json(&["add", "letter.txt", "--format", "json"]);
    assert!(added["added"][0]["work"].is_null());

    let again = home.run(&["add", "download (1).txt"]);
    assert!(again.out.contains("already kept as"), "{}", again.out);

    for name in ["kamenev-1920:original", "kamenev-1920", "kamenev", "KAMENEV:original", "kame"] {
        let record = home.json(&["passages", name, "--format", "json"]);
        assert_eq!(record["edition"]["form"], "original", "{name}");
    }
    let list = home.json(&["list", "--format", "json"]);
    let work = list["works"].as_array().unwrap().iter().find(|work| work["id"] == "kamenev-1920").unwrap();
    assert!(work["original"].as_str().unwrap().ends_with("library/kamenev-1920.txt"));
    assert_eq!(list["library"]["files"].as_array().unwrap().len(), 2);

    let told = home.run(&["add", "letter.txt", "--as", "muhsam", "--library", "other"]);
    assert!(told.out.contains("muhsam-1935:original, as you said"), "{}", told.out);
    let record = home.json(&["passages", "mühsam", "--library", "other", "--format", "json"]);
    assert_eq!(record["edition"]["name"], "muhsam-1935:original");
}

#[test]
fn a_worse_copy_does_not_take_the_place_of_a_better_one() {
    let Some(originals) = originals() else { return };
    let home = Home::new();
    let whole = std::fs::read(originals.join("stalin-1924.txt")).unwrap();
    home.write("whole.txt", &whole);
    home.write("half.txt", &whole[whole.len() * 2 / 5..]);
    assert_eq!(home.run(&["add", "whole.txt"]).code, 0);
    let added = home.json(&["add", "half.txt", "--format", "json"]);
    assert!(added["added"][0]["path"].as_str().unwrap().ends_with("/stalin-1924.2.txt"), "{added}");
    let better = added["added"][0]["more_complete"].as_str().unwrap();
    assert!(better.starts_with("stalin-1924:original.1, "), "{better}");
    let said = home.run(&["add", "half.txt"]).out;
    assert!(said.contains("stays a more complete copy"), "{said}");
    assert!(!home.run(&["add", "whole.txt"]).out.contains("more complete"), "it is the most complete itself");

    let found = |name: &str| {
        let record = home.json(&["passages", name, "--format", "json"]);
        assert!(record["edition"]["form"] == "original");
        (record["edition"]["name"].clone(), record["edition"]["recognised"]["passages"].as_u64().unwrap())
    };
    let (name, all) = found("stalin:original");
    assert_eq!(name, "stalin-1924:original.1");
    let (name, fewer) = found("stalin:original.2");
    assert_eq!(name, "stalin-1924:original.2");
    assert!(0 < fewer && fewer < all, "{fewer} of {all}");
    let list = home.run(&["list"]).out;
    for (number, found) in [(1, all), (2, fewer)] {
        let row = format!("stalin-1924:original.{number}, by its name in the library, {found} of");
        assert!(list.contains(&row), "{list}");
    }
    let list = home.json(&["list", "--format", "json"]);
    let work = list["works"].as_array().unwrap().iter().find(|work| work["id"] == "stalin-1924").unwrap();
    assert!(work["original"].as_str().unwrap().ends_with("/stalin-1924.txt"));
}

#[test]
fn a_part_of_a_work_is_one_of_its_copies_and_a_text_that_quotes_as_much_is_said_to_look_like_it() {
    let Some(originals) = originals() else { return };
    let home = Home::new();
    let whole = std::fs::read(originals.join("stalin-1924.txt")).unwrap();
    let part = &whole[whole.len() * 2 / 3..];
    home.write("part.txt", part);
    let own = LETTER.repeat(part.len() / LETTER.len());
    home.write("quoting.txt", [part, b"\n\n", own.as_bytes()].concat());
    home.write("letter.txt", LETTER);
    let said = home.run(&["add", "part.txt"]).out;
    assert!(said.contains("stalin-1924:original, recognised by "), "{said}");
    let said = home.run(&["add", "quoting.txt"]).out;
    assert!(said.contains("look like stalin-1924; --as stalin-1924 takes it for a copy"), "{said}");
    let added = home.json(&["add", "quoting.txt", "letter.txt", "--format", "json"]);
    let near = &added["added"][0]["near"];
    assert!(added["added"][0]["work"].is_null() && near["passages"].as_u64().unwrap() >= 10, "{added}");
    assert!(added["added"][1]["near"].is_null());
}

#[test]
fn two_editions_of_one_work_are_printed_by_topic_too() {
    let home = Home::new();
    let names = ["stalin:digest", "stalin:digest", "--topic", "soviets"];
    let linear = home.run(&[&["print"], &names[..], &["--format", "linear"]].concat()).out;
    let [a, b] = ["A ¶", "B ¶"].map(|side| linear.lines().filter(|line| line.starts_with(side)).count());
    assert!(a > 0 && a == b, "{linear}");
    assert!(!linear.contains(": 0 links"), "{linear}");
    let listed = home.run(&[&["links"], &names[..]].concat()).out;
    assert_eq!(listed.lines().filter(|line| line.starts_with("A ¶")).count(), a, "{listed}");
    let record = home.json(&[&["links"], &names[..], &["--format", "json"]].concat());
    assert_eq!(record["links"].as_array().unwrap().len(), a);
}

#[test]
fn topics_are_suggested_for_a_person_a_program_and_the_settings() {
    let home = Home::new();
    let tale = |word: &str| {
        let line = format!("The {word} met the guild, and the guild paid; no {word} forgave the guild.\n\n");
        line.repeat(6)
    };
    home.write("left.txt", tale("lighthouse"));
    home.write("right.txt", tale("abbot"));
    let suggest = ["topics", "--suggest", "left.txt", "right.txt"];
    let text = home.run(&suggest).out;
    assert!(text.contains("\nguild\n   words: guild 18│18\n"), "{text}");
    let record = home.json(&[&suggest[..], &["--format", "json"]].concat());
    assert_eq!(keys(&record), ["languages", "left", "right", "suggestions"]);
    assert!(!text.contains("B is in "), "{text}");
    let first = &record["suggestions"][0];
    assert_eq!(keys(first), ["id", "known", "left", "name", "reach", "right", "words"]);
    assert_eq!((first["name"].as_str(), first["reach"].as_str()), (Some("guild"), Some("shared")));
    assert_eq!(first["left"]["holding"], 6);
    let settings = home.run(&[&suggest[..], &["--format", "toml"]].concat()).out;
    let (config, problems) = diptych::config::Config::read(&settings, "config.toml", &[]);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(config.topics[0].name, "guild");
    for refused in [
        &["topics", "--suggest", "left.txt"][..],
        &["topics", "left.txt", "--format", "toml"],
        &["topics", "left.txt", "right.txt"],
    ] {
        assert_eq!(home.run(refused).code, 2, "{refused:?}");
    }
}

#[test]
fn suggestions_across_two_languages_say_what_they_compared() {
    let home = Home::new();
    home.write(
        "en.txt",
        "The river took the wheel of the mill, and the miller was on the bridge with it.\n".repeat(9),
    );
    home.write(
        "de.txt",
        "Der Fluss nahm das Rad der Mühle mit, und der Müller war nicht auf der Brücke.\n".repeat(9),
    );
    let said = "A is in English, B in German: words are compared as they are written.";
    let text = home.run(&["topics", "--suggest", "en.txt", "de.txt"]).out;
    assert!(text.starts_with(said), "{text}");
    let settings = home.run(&["topics", "--suggest", "en.txt", "de.txt", "--format", "toml"]).out;
    assert!(settings.contains(&format!("# {said}")), "{settings}");
    let record = home.json(&["topics", "--suggest", "en.txt", "de.txt", "--format", "json"]);
    assert_eq!(record["languages"], serde_json::json!(["en", "de"]));
}

#[test]
fn topics_that_texts_do_not_speak_of_are_not_listed_one_by_one() {
    let home = Home::new();
    home.write("tale.txt", "A TALE\n\nThe cook made soup with onions for eleven guests.\n");
    home.write("letter.txt", LETTER);
    let listed = home.run(&["topics", "letter.txt"]).out;
    assert!(listed.contains("soviets: 1") && !listed.contains("peasantry"), "{listed}");
    assert!(listed.lines().last().unwrap().starts_with("nothing on the other "), "{listed}");
    let listed = home.run(&["links", "letter.txt", "tale.txt", "--as", "works"]).out;
    assert!(listed.contains("soviets: 0 links, A 1, B 0") && !listed.contains("A 0, B 0"), "{listed}");
    let listed = home.run(&["links", "tale.txt", "tale.txt", "--as", "works"]).out;
    assert!(listed.contains("nothing on any of the "), "{listed}");
}

#[test]
fn a_text_that_has_nothing_on_a_topic_is_named_with_who_says_so_and_what_comes_nearest() {
    let home = Home::new();
    home.write(
        "tale.txt",
        "A TALE\n\nThe cook made soup and heard of a discussion, an objection, an argument.\n",
    );
    let names = ["kamenev:digest", "stalin:digest"];
    let listed = home.run(&[&["links"], &names[..]].concat()).out;
    let silent = listed.lines().find(|line| line.starts_with("   B has nothing on criticism. ")).unwrap();
    assert!(silent.contains(" Nearest, a near miss: ¶") && silent.ends_with("(curated)"), "{silent}");
    let record = home.json(&[&["links"], &names[..], &["--topic", "criticism", "--format", "json"]].concat());
    let silences = record["silences"].as_array().unwrap();
    assert_eq!(silences.len(), 1, "{silences:?}");
    assert_eq!(keys(&silences[0]), ["near", "origin", "side", "silence", "topic", "why"]);
    let said = ["topic", "side", "silence", "origin"].map(|key| silences[0][key].as_str().unwrap());
    assert_eq!(said, ["criticism", "right", "unspoken", "curated"]);
    assert!(silences[0]["why"].as_str().is_some_and(|why| silent.contains(why)), "{silences:?}");
    assert_eq!(silences[0]["near"][0]["weight"], 0);
    // Computed: no editor read the tale, and what comes nearest is not enough.
    let record = home.json(&["links", "kamenev:digest", "tale.txt", "--format", "json"]);
    let silences = record["silences"].as_array().unwrap();
    let on = |topic: &str| silences.iter().find(|s| s["topic"] == topic && s["side"] == "right").unwrap();
    assert_eq!((on("soviets")["origin"].as_str(), on("soviets")["why"].as_str()), (Some("automatic"), None));
    let topics = home.json(&["topics", "tale.txt", "--format", "json"]);
    let topics = topics["topics"].as_array().unwrap();
    let criticism = topics.iter().find(|topic| topic["id"] == "criticism").unwrap();
    assert_eq!(criticism["near"], on("criticism")["near"]);
    assert_eq!(criticism["near"].as_array().unwrap().len(), 1, "{criticism}");
}

#[test]
fn a_digest_is_not_called_a_translation_of_its_work() {
    let Some(originals) = originals() else { return };
    let home = Home::new();
    let original = originals.join("kamenev-1920.txt");
    let ran = home.run(&["align", "kamenev:digest", original.to_str().unwrap()]);
    let third = ran.out.lines().nth(2).unwrap();
    assert!(third.starts_with("a digest beside its work, by ¶ numbers: "), "{third}");
}

#[test]
fn a_text_from_standard_input_is_called_so() {
    let ran = Home::new().run_with_input(&["passages", "-"], "Nobody was on board.\n");
    assert!(ran.out.starts_with("standard input (file)"), "{}", ran.out);
    assert!(!ran.out.contains("notice"), "nothing was mended: {}", ran.out);
}

#[test]
fn a_text_that_no_topic_knows_is_told_in_one_line() {
    let home = Home::new();
    home.write("tale.txt", "A TALE\n\nThe cook made soup with onions for eleven guests.\n");
    let ran = home.run(&["topics", "tale.txt"]);
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    assert!(ran.out.contains("nothing on any of the "), "{}", ran.out);
    home.write("one.txt", "Soup.\n");
    assert!(home.run(&["add", "one.txt"]).out.contains(" 1 passage, kept"));
}

#[test]
fn lines_are_ascii_where_the_locale_is_not_utf8_and_json_is_not() {
    let home = Home::new();
    home.write("letter.txt", LETTER.replace("noon with", "noon—even “late” in São Paulo—with"));
    let run = |arguments: &[&str]| {
        support::Ran::from(home.command(arguments).env("LC_ALL", "C").output().unwrap()).out
    };
    for arguments in [
        &["print", "letter.txt", "letter.txt", "--width", "60"][..],
        &["print", "letter.txt", "letter.txt", "--format", "md"],
        &["print", "letter.txt", "stalin", "--topic", "soviets", "--format", "linear"],
        &["list"],
        &["passages", "letter.txt"],
        &["topics", "letter.txt", "--color", "always"],
        &["links", "letter.txt", "stalin"],
    ] {
        let out = run(arguments);
        assert!(out.is_ascii() && !out.is_empty(), "{arguments:?}: {out}");
    }
    assert!(run(&["passages", "letter.txt"]).contains("noon--even \"late\" in Sao Paulo--with"));
    let printed = run(&["print", "letter.txt", "letter.txt", "--width", "60"]);
    assert!(printed.lines().all(|line| line.len() <= 60), "{printed}");
    assert!(run(&["passages", "letter.txt", "--format", "json"]).contains("noon—even “late”"));
}

#[test]
fn letters_that_the_locale_has_no_signs_for_are_said_to_be_lost_once() {
    let home = Home::new();
    home.write("three.txt", "Что делать\n\nи кто виноват\n");
    for (locale, said) in [("C", 1), ("C.UTF-8", 0)] {
        let ran: support::Ran =
            home.command(&["passages", "three.txt"]).env("LC_ALL", locale).output().unwrap().into();
        assert_eq!(ran.err.matches("letters that ASCII lacks").count(), said, "{}", ran.err);
    }
}

#[test]
fn a_damaged_file_is_read_in_its_encoding_and_a_guess_is_called_one() {
    let home = Home::new();
    let utf8 = "Früh am Morgen über die Straße: „später“, „möglich“ – überall schön.\n\n".repeat(3);
    let mut damaged = utf8.clone().into_bytes();
    damaged.insert(0, 0xE9);
    home.write("damaged.txt", damaged);
    home.write("latin.txt", b"Fr\xFCh am Morgen \xFCber die Stra\xDFe, sch\xF6n war es da und dort.\n");
    let ran = home.run(&["add", "damaged.txt"]);
    let said = "bytes that stand for no character, shown as U+FFFD, the first in line 1, column 1 (1)";
    assert!(ran.out.contains(said), "{}", ran.out);
    assert!(home.run(&["passages", "damaged.txt"]).out.contains("„später“, „möglich“ – überall schön"));
    let record = home.json(&["add", "latin.txt", "--format", "json"]);
    let decoding = record["added"][0]["decoding"][0].as_str().unwrap();
    assert_eq!(decoding, "text decoded from windows-1252: a guess, which --encoding overrules");
}

#[test]
fn two_texts_of_one_title_are_told_apart_by_their_files() {
    let home = Home::new();
    for folder in ["one", "two"] {
        home.write(&format!("{folder}/letter.txt"), LETTER);
    }
    let names = ["one/letter.txt", "two/letter.txt"];
    for command in [["align"].as_slice(), &["links"], &["print", "--format", "linear"]] {
        let out = home.run(&[command, &names].concat()).out;
        let [a, b] = names.map(|name| out.lines().take(2).any(|line| line.contains(name)));
        assert!(a && b, "{out}");
    }
    let out = home.run(&["align", names[0], names[1]]).out;
    assert!(out.contains("both texts have the same passages") && out.contains("hold 100 % of A"), "{out}");
}

#[test]
fn a_file_that_cannot_be_added_does_not_stop_the_others() {
    let home = Home::new();
    home.write("letter.txt", LETTER);
    home.write("stalin-1924.txt", LETTER.replace("ferry", "barge"));
    let ran = home.run(&["add", "missing.txt", "letter.txt", "stalin-1924.txt"]);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.err.lines().count(), 1);
    assert!(home.path(".local/share/diptych/library/letter.txt").is_file());
    assert!(
        home.path(".local/share/diptych/library/unknown-stalin-1924.txt").is_file(),
        "a name of the reader's own claims no work"
    );
}

#[test]
fn two_texts_are_printed_in_columns_as_straight_as_they_are_asked() {
    let home = Home::new();
    home.write("kamenev.txt", KAMENEV);
    home.write("letter.txt", LETTER.replace("ferry", "渡し船"));
    let bare = home.run(&["kamenev.txt", "letter.txt"]);
    let printed = home.run(&["print", "kamenev.txt", "letter.txt"]);
    assert_eq!((bare.code, &bare.out), (0, &printed.out), "no terminal: the bare form prints");
    for width in [20, 33, 80, 160] {
        let ran = home.run(&["print", "kamenev.txt", "letter.txt", "--width", &width.to_string()]);
        let column = (width - 3) / 2;
        for line in ran.out.lines() {
            let cells = usize::from(diptych::layout::width::cells(line));
            assert!(cells <= width, "{width}: {line}");
            let left: String = line.split(" | ").next().unwrap().to_owned();
            if line.contains(" | ") {
                assert_eq!(usize::from(diptych::layout::width::cells(&left)), column, "{width}: {line}");
            }
        }
        let words: String =
            ran.out.lines().filter_map(|line| line.split(" | ").nth(1)).collect::<Vec<_>>().join("");
        assert!(words.replace(' ', "").contains("渡し船"), "{width}: {words}");
    }
    let from = home.run(&["kamenev.txt", "letter.txt", "--at", ",3"]);
    assert!(from.out.contains("the first harbour") && !from.out.contains("渡し船"), "{}", from.out);
}

#[test]
fn a_topic_is_printed_in_every_form_with_its_reasons() {
    let home = Home::new();
    home.write("kamenev.txt", KAMENEV);
    home.write("letter.txt", LETTER);
    let print = |format: &str, topic: &str| {
        let ran = home.run(&["print", "kamenev.txt", "letter.txt", "--topic", topic, "--format", format]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}");
        ran.out
    };
    let linear = print("linear", "soviets");
    assert!(linear.contains("\nA ¶") && linear.contains("\nB ¶"), "{linear}");
    assert!(linear.contains("similarity") && linear.contains("confidence"), "{linear}");
    assert!(!linear.contains(['|', '─', '│']), "{linear}");
    assert!(print("md", "soviets").contains("\n> "), "a quotation");
    assert!(print("text", "soviets").contains(" | "));
    let record: Value = serde_json::from_str(&print("json", "soviets")).unwrap();
    assert!(record["links"][0]["left"][0]["text"].as_str().is_some_and(|text| !text.is_empty()));
    let whole: Value =
        serde_json::from_str(&home.run(&["print", "kamenev.txt", "letter.txt", "--format", "json"]).out)
            .unwrap();
    assert!(whole["left"]["passages"].is_array() && whole["right"]["edition"].is_object());
}

#[test]
fn every_example_of_the_help_that_needs_no_file_works() {
    use diptych::commands::arguments::EXAMPLES;
    let home = Home::new();
    let mut tried = 0;
    for (example, _) in EXAMPLES.iter().filter(|(example, _)| !example.contains(".txt")) {
        let words: Vec<&str> = example.split('|').next().unwrap().split_whitespace().skip(1).collect();
        let ran = home.run(&words);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{example}");
        tried += 1;
    }
    assert!(tried >= 4);
}

#[test]
fn notes_are_printed_with_their_marks_in_the_text() {
    let home = Home::new();
    home.write("kamenev.txt", KAMENEV);
    home.write("letter.txt", LETTER);
    let print = |format: &str| {
        let arguments = ["print", "kamenev.txt", "letter.txt", "--width", "160", "--format", format];
        home.run(&arguments).out
    };
    for (printed, in_text, note, missing) in [
        (print("text"), "decide[1] in", "    [1] A note of our own making.", "    [2] (the note is missing"),
        (print("linear"), "decide[1] in", "\nA note 1: A note of our own making.", "\nA note 2: (the note"),
        (
            print("md"),
            "decide\\[1\\] in",
            "\n>\n> \\[1\\] A note of our own making.",
            "\n> \\[2\\] (the note",
        ),
        (
            home.run(&["passages", "kamenev.txt"]).out,
            "decide[1] in",
            "\n    [1] A note",
            "\n    [2] (the note",
        ),
    ] {
        for part in [in_text, note, missing] {
            assert!(printed.contains(part), "{part:?} in {printed}");
        }
    }
    let record: Value = serde_json::from_str(&print("json")).unwrap();
    let passages = record["left"]["passages"].as_array().unwrap();
    assert!(passages.iter().all(|passage| !passage["text"].as_str().unwrap().contains("[1]")));
}

#[test]
fn a_topic_that_one_text_lacks_is_said_to_be_absent() {
    let home = Home::new();
    home.write("letter.txt", LETTER);
    home.write("other.txt", "A TALE\n\nThe cook of the inn made soup with onions for eleven guests.\n");
    let ran = home.run(&["print", "letter.txt", "other.txt", "--topic", "soviets", "--format", "linear"]);
    assert!(ran.out.contains("B has nothing on soviets."), "{}", ran.out);
    assert!(
        ran.out.contains("A ¶2: The soviets of the fishermen"),
        "what the other says is printed: {}",
        ran.out
    );
}

#[test]
fn colour_is_used_only_where_it_is_wanted() {
    let home = Home::new();
    home.write("letter.txt", LETTER);
    for (arguments, bold) in [
        (vec!["passages", "letter.txt"], false),
        (vec!["passages", "letter.txt", "--color", "always"], true),
        (vec!["--color", "never", "passages", "letter.txt"], false),
    ] {
        assert_eq!(home.run(&arguments).out.contains("\u{1b}[1m"), bold, "{arguments:?}");
    }
}

#[test]
fn a_home_that_cannot_be_written_to_still_reads() {
    let home = Home::new();
    home.write("letter.txt", LETTER);
    home.write("no-folder", "");
    let run = |arguments: &[&str]| {
        let mut command = home.command(arguments);
        for variable in ["DIPTYCH_DATA_DIR", "DIPTYCH_STATE_DIR", "DIPTYCH_CONFIG_DIR"] {
            command.env(variable, home.path("no-folder/below"));
        }
        support::Ran::from(command.output().unwrap())
    };
    for arguments in [&["letter.txt", "letter.txt"][..], &["passages", "letter.txt"], &["keys"], &["man"]] {
        let ran = run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
    }
    let ran = run(&["add", "letter.txt"]);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[test]
fn nothing_is_written_where_nothing_was_asked() {
    let home = Home::new();
    let letter = home.write("texts/letter.txt", LETTER);
    let letter = letter.to_str().unwrap();
    for arguments in [vec![letter, letter], vec!["list"], vec!["topics", letter], vec!["keys"], vec!["man"]] {
        assert_eq!(home.run(&arguments).code, 0, "{arguments:?}");
    }
    let left: Vec<_> = std::fs::read_dir(home.path("")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["texts"]);
}

#[test]
fn an_encoding_that_is_named_is_used() {
    let home = Home::new();
    home.write("old.txt", b"A LETTER\n\nThe caf\xe9 at the harbour was closed on Sundays.\n");
    let ran = home.run(&["passages", "old.txt", "--encoding", "iso-8859-2"]);
    assert!(ran.out.contains("café"), "{}", ran.out);
    let ran = home.run(&["passages", "old.txt", "--encoding", "iso-8859-5"]);
    assert!(ran.out.contains("cafщ"), "{}", ran.out);
}

#[test]
fn the_originals_are_recognised_and_compared_in_every_pair() {
    let Some(originals) = originals() else { return };
    let home = Home::new();
    let works = ["kamenev-1920", "stalin-1924", "miasnikov-1930", "muhsam-1935"];
    let files = works.map(|work| originals.join(format!("{work}.txt")));
    let mut arguments = vec![std::ffi::OsString::from("add")];
    for (number, file) in files.iter().enumerate() {
        let copy = home.path(&format!("download-{number}"));
        std::fs::copy(file, &copy).unwrap();
        arguments.push(copy.into());
    }
    let ran = home.run(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for work in works {
        assert!(ran.out.contains(&format!("{work}:original, recognised by ")), "{}", ran.out);
        let record = home.json(&["passages", &format!("{work}:original"), "--format", "json"]);
        let recognised = &record["edition"]["recognised"];
        assert!(recognised["of"].as_u64().unwrap() > 0);
        assert_eq!(recognised["passages"], recognised["of"], "{work}");
    }
    for (index, left) in works.iter().enumerate() {
        for right in works.iter().skip(index + 1) {
            let names = [left, right].map(|work| format!("{work}:original"));
            let record = home.json(&["links", &names[0], &names[1], "--format", "json"]);
            assert_eq!(record["left"]["work"], *left);
            let ran = home.run(&["print", &names[0], &names[1], "--topic", "soviets"]);
            assert_eq!(ran.code, 0, "{left} {right}: {}", ran.err);
        }
    }
}

/// A home with a library of one work and a letter beside it.
fn reading_room() -> Home {
    let home = Home::new();
    home.write("texts/kamenev-1920.txt", KAMENEV);
    home.write("texts/letter.txt", LETTER);
    home.write("secret.txt", LETTER);
    home
}

#[test]
fn a_restricted_reading_opens_works_and_texts_of_its_library_alone() {
    let home = reading_room();
    let room = ["--restricted", "--library", "texts"];
    let secret = home.path("secret.txt");
    let secret = secret.to_str().unwrap();
    for (name, may) in [
        ("kamenev-1920:original", true),
        ("stalin-1924:digest", true),
        ("texts/letter.txt", true),
        ("./texts/../texts/letter.txt", true),
        (secret, false),
        ("secret.txt", false),
        ("texts/../secret.txt", false),
        ("/etc/passwd", false),
        ("/dev/stdin", false),
        ("-", false),
    ] {
        for command in [&["passages", name][..], &["topics", name], &["links", "stalin", name], &[name]] {
            let ran = home.run_with_input(&[&room[..], command].concat(), LETTER);
            assert_eq!(ran.code == 0, may, "{command:?}: {}", ran.err);
            assert!(
                may || ran.err.contains("restricted reading opens the texts"),
                "{command:?}: {}",
                ran.err
            );
            assert!(may || !ran.out.contains("ferry"), "{command:?}");
        }
    }
    let absent = home.run(&[&room[..], &["passages", "./no/such.txt"]].concat()).err;
    assert!(absent.contains("restricted reading opens the texts"), "a refusal tells nothing: {absent}");
}

#[test]
fn a_restricted_reading_neither_adds_nor_looks_elsewhere() {
    let home = reading_room();
    home.write("keys.toml", "version = 1\n");
    home.write(".config/diptych/keymap.toml", "secret words");
    for command in [
        &["add", "secret.txt"][..],
        &["fingerprint", "secret.txt"],
        &["check", "texts"],
        &["keys", "--check", "keys.toml"],
    ] {
        let ran = home.run(&[&["--restricted", "--library", "texts"], command].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{command:?}");
        assert!(ran.err.contains("is refused: a restricted reading"), "{command:?}: {}", ran.err);
        let mut variable = home.command(command);
        let ran: support::Ran = variable.env("LESSSECURE", "1").output().unwrap().into();
        assert_eq!(ran.code, 2, "{command:?}: {}", ran.err);
    }
    let keys = home.run(&["--restricted", "keys"]);
    assert_eq!((keys.code, keys.err.as_str()), (0, ""), "the keys are the built-in ones");
    assert_eq!(std::fs::read_dir(home.path("texts")).unwrap().count(), 2);
}

/// A path on which the tmux of a home comes first.
fn hanging(home: &Home) -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    format!("{}:{path}", home.path("bin").display())
}

fn set_executable(file: &std::path::Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    #[cfg(not(unix))]
    let _ = file;
}

#[test]
fn the_doctor_says_what_is_wrong_and_how_to_mend_it() {
    let home = Home::new();
    let doctor = |set: &[(&str, &str)]| -> support::Ran {
        let mut command = home.command(&["doctor"]);
        for name in ["LC_ALL", "LC_CTYPE", "TMUX", "STY", "NO_COLOR", "ESCDELAY"] {
            command.env_remove(name);
        }
        command.env("TERM", "xterm").env("LANG", "C.UTF-8").envs(set.iter().copied()).output().unwrap().into()
    };
    let ran = doctor(&[]);
    let small = ran.out.contains("make the window larger");
    assert_eq!(ran.code == 0, !small, "{}", ran.out);
    for said in ["TERM: xterm", "LANG=C.UTF-8, UTF-8", "keymap: the built-in keys", "can be written to"] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    assert!(!ran.out.contains('\u{1b}'), "nothing is asked of the terminal");
    let mut json = home.command(&["doctor", "--format", "json"]);
    let said: support::Ran = json.env("TERM", "xterm").output().unwrap().into();
    let said: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let found = said["findings"].as_array().unwrap();
    let term = found.iter().find(|finding| finding["what"] == "TERM").unwrap();
    assert_eq!(
        (&term["state"], &term["problem"], term["cure"].is_null()),
        (&"xterm".into(), &false.into(), true)
    );
    let ran = doctor(&[("LANG", "C")]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("problem: export LANG=C.UTF-8"), "{}", ran.out);
    home.write(".config/diptych/keymap.toml", "version = 1\n[read]\n\"x\" = \"qiut\"\n");
    let ran = doctor(&[("DIPTYCH_STATE_DIR", "/proc/nowhere")]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("1 problem; see `diptych keys --check"), "{}", ran.out);
    home.write(".config/diptych/config.toml", "version = 1\n[terminal]\nmuose = true\ncolour = 4\n");
    let ran = doctor(&[]);
    let each = ran.out.lines().filter(|line| line.trim_start().starts_with("problem: ")).count();
    assert!(ran.out.contains(&format!("\n{each} problems\n")), "{}", ran.out);
    home.write("bin/tmux", "#!/bin/sh\nexec sleep 1000\n");
    set_executable(&home.path("bin/tmux"));
    let ran = doctor(&[("TMUX", "x,1,0"), ("TERM", "tmux"), ("PATH", &hanging(&home))]);
    assert!(ran.out.contains("tmux: does not tell"), "{}", ran.out);
    let ran = doctor(&[("DIPTYCH_STATE_DIR", "/proc/nowhere")]);
    assert!(ran.out.contains("/proc/nowhere, cannot be written to"), "{}", ran.out);
    assert!(!home.path(".local").exists(), "nothing is left behind");
}

#[test]
fn a_command_line_that_is_nearly_right_is_told_what_it_lacks() {
    let home = Home::new();
    home.write("letter.txt", LETTER);
    home.write("blank.txt", " \n\n\t\n");
    for (arguments, code, said) in [
        (&["letter.txt", "stalin", "kamenev"][..], 2, "`kamenev` would be a third"),
        (&["lisst"], 1, "did you mean `diptych list`?"),
        (&["passages", "blank.txt"], 3, "holds no text, only blanks"),
    ] {
        let ran = home.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn whole_texts_are_printed_from_a_place_on_and_headings_are_seen_to_be_some() {
    let home = Home::new();
    home.write("letter.txt", LETTER);
    let ran = home.run(&["print", "letter.txt", "letter.txt", "--at", "2,2"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("fishermen") && !ran.out.contains("ferry left"), "{}", ran.out);
    assert_eq!(home.run(&["print", "letter.txt", "stalin", "--at", "2", "--topic", "party"]).code, 2);
    home.write("headed.md", "# The harbour\n\nThe ferry left at noon with nobody on board.\n");
    let ran = home.run(&["print", "headed.md", "headed.md"]);
    assert!(ran.out.contains("\n-----------  "), "{}", ran.out);
}

#[test]
fn what_nobody_can_know_of_a_text_in_another_language_is_no_nought() {
    let home = Home::new();
    let german = "Die Zunft ist es, die den Preis setzt, und die Meister sind es, die ihn mit der Strafe halten; \
                  wer nicht in der Zunft ist, der kann sich an sie wenden, wenn er zu seinem Recht nicht kommt.\n\n";
    home.write("zunft.txt", german.repeat(3));
    let said = home.run(&["topics", "zunft.txt"]).out;
    assert!(said.contains("\nsoviets; party; criticism; "), "{said}");
    assert!(said.contains("withering away: ?\n   unknown: the text seems to be German"), "{said}");
    assert_eq!(said.matches("unknown: ").count(), 1, "what is true of all is said once: {said}");
    let record = home.json(&["topics", "zunft.txt", "--format", "json"]);
    assert_eq!(record["topics"][0]["silence"], "language");
    let said = home.run(&["print", "zunft.txt", "stalin-1924:digest", "--topic", "soviets"]).out;
    assert!(said.contains("soviets: 0 links, A ?, B 24"), "{said}");
    assert!(said.contains("Nobody knows whether A speaks of soviets"), "{said}");
    let of_both = ["zunft.txt", "stalin-1924:digest", "--topic-words", "guild: Zunft, Meister"];
    let said = home.run(&[&["print"], &of_both[..], &["--topic", "guild"]].concat()).out;
    assert!(said.contains("guild: 0 links, A 3, B ?"), "{said}");
    assert!(
        said.contains("Nobody knows whether B speaks of guild: its words stand in the other text"),
        "{said}"
    );
    assert!(home.run(&[&["links"], &of_both[..]].concat()).out.contains("guild: 0 links, A 3, B ?"));
}

#[test]
fn what_two_texts_say_of_a_topic_is_printed_where_no_link_joins_it() {
    let home = Home::new();
    home.write("zunft.txt", "Die Zunft setzt den Preis.\n\nEs regnet seit dem Morgen.\n");
    home.write("guild.txt", "It has rained since the morning.\n\nThe guild keeps the gate.\n");
    let arguments = ["print", "zunft.txt", "guild.txt", "--topic", "guilds", "--format", "linear"];
    let said = home.run(&[&arguments[..], &["--topic-words", "guilds: Zunft, guild"]].concat()).out;
    assert!(said.contains("guilds: 0 links, A 1, B 1"), "{said}");
    for words in ["no link joins what the two texts have", "Die Zunft setzt", "The guild keeps"] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
    assert!(!said.contains("regnet") && !said.contains("rained"), "{said}");
}

#[test]
fn a_topic_of_the_settings_that_ships_is_refused_with_its_line() {
    let home = Home::new();
    home.write(".config/diptych/config.toml", "[[topic]]\nname = \"Soviets\"\nterms = [\"council\"]\n");
    home.write("letter.txt", LETTER);
    let ran = home.run(&["topics", "letter.txt"]);
    assert!(ran.err.contains("config.toml: 1 problem; `diptych doctor` shows them"), "{}", ran.err);
    assert!(!ran.out.contains("Soviets"), "{}", ran.out);
    let doctor = home.run(&["doctor"]).out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(doctor.contains("config.toml:2:8: `soviets` is a topic of this program"), "{doctor}");
}

#[test]
fn a_topic_of_the_command_line_that_ships_is_refused_in_the_same_words() {
    let home = Home::new();
    home.write("letter.txt", LETTER);
    for arguments in [["topics", "letter.txt"], ["letter.txt", "letter.txt"]] {
        let ran = home.run(&[&arguments[..], &["--topic-words", "Soviets: council"]].concat());
        let said = "diptych: --topic-words: `soviets` is a topic of this program: \
                    give yours another name\n";
        assert_eq!((ran.code, ran.err.as_str()), (2, said), "{arguments:?}");
    }
}

#[test]
fn the_manual_shows_how_the_reader_and_every_command_are_called() {
    let ran = Home::new().run(&["man"]);
    let synopsis = ran.out.split(".SH ").find(|section| section.starts_with("SYNOPSIS")).unwrap();
    for called in ["[LEFT] [RIGHT]", "[\\-\\-topic <TOPIC>]", "diptych print [OPTIONS] <LEFT> <RIGHT>"] {
        assert!(synopsis.contains(called), "{called} in {synopsis}");
    }
}
