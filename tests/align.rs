//! `diptych align` as a person and as a program use it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use serde_json::Value;
use support::Home;

/// Segmented already: what a cleaning would take for a heading, a page mark and a note among it.
const OLD: &str = "# The ferry left Kallby at noon, and nobody stood on the pier.\n\n44\n\nA letter came in \
    1911.\nThe captain did not open it before the evening.\n\nGulls circled over the empty harbour[1] while \
    the bell was silent.\n\nAll the lamps of the quay were lit before the storm.\n";
const NEW: &str = "# The ferry left Kallby at noon, and no one stood on the pier.\n\n44\n\nA letter came in \
    1911. The captain did not open it before the night.\n\nGulls circled over the empty harbour[1] while \
    the bell was silent.\n\nAll the lamps of the quay were lit before the storm.\n";

fn home() -> Home {
    let home = Home::new();
    home.write("old.txt", OLD);
    home.write("new.txt", NEW);
    home
}

/// The beads as a program reads them: 0-based indexes by `ref`.
fn beads(record: &Value) -> Vec<[Vec<usize>; 2]> {
    let side = |link: &Value, side: &str| {
        let places = link[side].as_array().unwrap().iter();
        places.map(|place| place["ref"].as_str().unwrap().parse::<usize>().unwrap() - 1).collect::<Vec<_>>()
    };
    let links = record["links"].as_array().unwrap().iter();
    links.map(|link| [side(link, "left"), side(link, "right")]).collect()
}

#[test]
fn what_the_reader_says_that_the_texts_are_is_told_and_not_doubted() {
    let home = Home::new();
    home.write("left.txt", "Ein Brief kam 1911.\n\nNiemand öffnete ihn.\n");
    home.write("right.txt", "A letter came in 1911.\n\nNobody opened it.\n");
    let align = |more: &[&str]| {
        let format = ["align", "left.txt", "right.txt", "--format", "json"];
        home.json(&[&format, more].concat())
    };
    let surest = |record: &Value| {
        let links = record["links"].as_array().unwrap().iter();
        let both =
            links.filter(|link| ["left", "right"].iter().all(|side| link[side] != Value::Array(Vec::new())));
        both.map(|link| link["confidence"].as_f64().unwrap()).fold(0.0, f64::max)
    };
    let [unsaid, parallel, works] = [align(&[]), align(&["--as", "parallel"]), align(&["--as", "works"])];
    assert_eq!(unsaid["ground"], Value::Null);
    assert_eq!(
        (&parallel["ground"]["standing"], &parallel["ground"]["origin"]),
        (&"parallel".into(), &"reader".into())
    );
    assert_eq!(works["ground"]["standing"], "works");
    assert!(surest(&unsaid) > 0.0 && surest(&parallel) > surest(&unsaid));
    assert!(surest(&works) <= surest(&unsaid));
}

#[test]
fn blocks_of_a_segmented_text_are_aligned_by_their_numbers() {
    let home = home();
    let record = home.json(&["align", "old.txt", "new.txt", "--pre-segmented", "--format", "json"]);
    let expected: Vec<[Vec<usize>; 2]> = (0..5).map(|at| [vec![at], vec![at]]).collect();
    assert_eq!(beads(&record), expected);
    assert_eq!(record["unit"], "passage");
    let judged = &record["judgement"];
    assert!(
        judged["relation"].is_string() && judged["confidence"].is_number() && judged["reason"].is_string()
    );
    for link in record["links"].as_array().unwrap() {
        let mut keys: Vec<&String> = link.as_object().unwrap().keys().collect();
        keys.sort_unstable();
        let expected = [
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
        ];
        assert_eq!(keys[..11], expected);
        assert_eq!((&link["kind"], &link["origin"]), (&"parallel".into(), &"automatic".into()));
        assert!(link["moved"].is_boolean() && link["similarity"].is_number());
        assert!(!link["reasons"].as_array().unwrap().is_empty());
    }
}

#[test]
fn every_passage_is_in_one_bead_also_without_a_partner() {
    let home = home();
    home.write("short.txt", NEW.split("\n\n").take(2).collect::<Vec<_>>().join("\n\n"));
    let record = home.json(&["align", "old.txt", "short.txt", "--pre-segmented", "--format", "json"]);
    let beads = beads(&record);
    for (side, count) in [(0, 5), (1, 2)] {
        let mut all: Vec<usize> = beads.iter().flat_map(|bead| bead[side].clone()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..count).collect::<Vec<_>>());
    }
}

#[test]
fn sentences_are_aligned_within_their_passages() {
    let home = home();
    let arguments = ["align", "old.txt", "new.txt", "--pre-segmented", "--unit", "sentence", "--format"];
    let record = home.json(&[&arguments[..], &["json"]].concat());
    let third: Vec<&Value> =
        record["links"].as_array().unwrap().iter().filter(|link| link["left"][0]["ref"] == "3").collect();
    let numbers: Vec<&Value> = third.iter().map(|link| &link["left"][0]["sentence"]).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(third[1]["right"][0]["bytes"][0], "A letter came in 1911. ".len());
    let ran = home.run(&[&arguments[..], &["tsv"]].concat());
    assert!(ran.out.contains("3.2\t3.2\t"), "{}", ran.out);
}

#[test]
fn a_table_has_one_line_for_each_bead() {
    let home = home();
    home.write("hostile.txt", "one\ttwo \\ \u{1b}[2J three\n\nfour\n");
    let ran = home.run(&["align", "hostile.txt", "new.txt", "--pre-segmented", "--format", "tsv"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.starts_with("diptych: one work, or two: too little to tell which"), "{}", ran.err);
    assert!(
        ran.out.starts_with("left\tright\tsimilarity\tconfidence\tmoved\tleft_text\tright_text\tdecided\n")
    );
    assert!(ran.out.lines().all(|line| line.split('\t').count() == 8), "{}", ran.out);
    assert!(ran.out.contains("two \\\\ [2J three") && !ran.out.contains('\u{1b}'), "{}", ran.out);
}

#[test]
fn a_memory_is_well_formed_whatever_the_texts_hold() {
    let home = home();
    home.write("hostile.txt", NEW.replace("pier", "pier</seg> & <x a=\"]]>\u{ffff}"));
    let ran = home.run(&["align", "old.txt", "hostile.txt", "--pre-segmented", "--format", "tmx"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n"));
    assert!(ran.out.contains("pier&lt;/seg&gt; &amp; &lt;x a=&quot;]]&gt;\u{fffd}"), "{}", ran.out);
    assert!(ran.out.contains("xml:lang=\"en-x-left\"") && ran.out.contains("segtype=\"paragraph\""));
    // Every element that is opened is closed, and nothing stands outside of the memory.
    let mut open: Vec<&str> = Vec::new();
    for tag in ran.out.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = tag.split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed)),
            None if tag.ends_with('/') || tag.starts_with('?') => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty() && ran.out.ends_with("</tmx>\n"));
}

#[test]
fn a_person_reads_what_the_texts_are_to_each_other_first() {
    let ran = home().run(&["align", "old.txt", "new.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let mut lines = ran.out.lines();
    assert!(lines.next().unwrap().starts_with("A: ") && lines.next().unwrap().starts_with("B: "));
    assert!(lines.next().unwrap().starts_with("two "), "{}", ran.out);
    assert!(ran.out.contains("A ¶2 - B ¶2  similarity "), "{}", ran.out);
}

#[test]
fn stretches_that_one_text_lacks_are_named_before_the_links() {
    let home = Home::new();
    let passage = |at: usize| format!("On day {at} the ferry {} carried {} crates.", at * 7, at * 13);
    let text =
        |numbers: &mut dyn Iterator<Item = usize>| numbers.map(passage).collect::<Vec<_>>().join("\n\n");
    home.write("whole.txt", text(&mut (1..=40)));
    home.write("part.txt", text(&mut (1..=40).filter(|at| !(11..=18).contains(at))));
    let named = |names: [&str; 2]| {
        let ran = home.run(&[&["align", "--pre-segmented"], &names[..]].concat());
        let lines = ran.out.lines().filter(|line| line.starts_with("nothing in "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(named(["whole.txt", "part.txt"]), ["nothing in B beside A ¶11 to ¶18 (8 passages)"]);
    assert_eq!(named(["part.txt", "whole.txt"]), ["nothing in A beside B ¶11 to ¶18 (8 passages)"]);
    assert!(named(["whole.txt", "whole.txt"]).is_empty());
}

#[test]
fn totals_say_what_they_rest_on() {
    let home = home();
    home.write("few.txt", "Ein rotes Haus\n");
    home.write("more.txt", "a red house\n");
    // Two texts of one language that have only their commonest words in common.
    for (name, seed) in [("one.txt", 1_usize), ("two.txt", 2)] {
        let word =
            |at: usize| format!("{}{}", ["ka", "lo", "mi", "ru", "se"][(at * seed) % 5], at * (2 * seed + 1));
        let unit = |at: usize| (0..14).map(|n| word(at * 14 + n)).collect::<Vec<_>>().join(" and the ");
        home.write(name, (1..40).map(unit).collect::<Vec<_>>().join("\n\n"));
    }
    let totals = |arguments: &[&str]| {
        let ran = home.run(&[&["align", "--pre-segmented"], arguments].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let lines: Vec<String> = ran.out.lines().map(str::to_owned).collect();
        let at = lines.iter().position(|line| line.contains("without partner")).unwrap();
        (lines[2].clone(), lines[at].clone())
    };
    let (verdict, unclear) = totals(&["few.txt", "more.txt"]);
    assert!(verdict.starts_with("one work, or two: too little to tell which ("), "{verdict}");
    assert!(unclear.contains("on the guess that the texts are one work"), "{unclear}");
    let (verdict, works) = totals(&["one.txt", "two.txt"]);
    assert!(verdict.starts_with("two different works, ") && verdict.contains(" % sure: "), "{verdict}");
    assert!(works.contains("against the verdict"), "{works}");
    assert!(!unclear.contains(" %") && !works.contains(" %"));
    let coverage = |names: [&str; 2]| {
        let arguments = [&["align", "--pre-segmented", "--format", "json"], &names[..]].concat();
        home.json(&arguments)["coverage"].clone()
    };
    assert_eq!(
        [coverage(["few.txt", "more.txt"]), coverage(["one.txt", "two.txt"])],
        [Value::Null, Value::Null]
    );
    let (_, told) = totals(&["few.txt", "more.txt", "--as", "parallel"]);
    let (_, found) = totals(&["old.txt", "new.txt"]);
    for line in [told, found] {
        assert!(line.ends_with("the passages joined hold 100 % of A and 100 % of B"), "{line}");
    }
    let verdict = |arguments: &[&str]| {
        let listed = home.run(&[&["links"], arguments].concat()).out;
        listed.lines().nth(2).unwrap_or_default().to_owned()
    };
    let found = verdict(&["old.txt", "new.txt"]);
    assert!(found.contains(" % sure: ") && !found.contains('('), "{found}");
    let told = verdict(&["old.txt", "new.txt", "--as", "works"]);
    assert!(told.ends_with(": as you said") && !told.contains('%'), "{told}");
}

#[test]
fn what_cannot_be_aligned_is_said_with_its_exit_code() {
    let home = home();
    home.write("empty.txt", "");
    for (arguments, code, says) in [
        (&["align", "old.txt", "missing.txt"][..], 3, "missing.txt"),
        (&["align", "old.txt", "empty.txt", "--pre-segmented"], 3, "empty"),
        (&["align", "-", "-"], 2, "standard input"),
        (&["align", "stalin", "old.txt", "--pre-segmented"], 2, "stalin-1924 is a work"),
        (&["align", "old.txt", "new.txt", "--unit", "word"], 2, "sentence"),
        (&["align", "old.txt"], 2, "<RIGHT>"),
    ] {
        let ran = home.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
    }
}
