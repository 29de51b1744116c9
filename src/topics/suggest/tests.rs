use super::*;
use crate::document::{Kind, Passage};
use proptest::prelude::*;

fn edition(texts: &[String]) -> Edition {
    let passages = texts.iter().map(|text| Passage::new(Kind::Paragraph, text.as_str())).collect();
    Edition::new(passages, Vec::new(), 0)
}

/// Twelve passages of each kind: `{}` stands for a word of its own.
fn passages(sentences: &[&str]) -> Vec<String> {
    let places =
        ["mill", "inn", "gate", "well", "barn", "ford", "hill", "dyke", "pond", "lane", "quay", "moor"];
    let one = |sentence: &&str| places.map(|place| sentence.replace("{}", place));
    sentences.iter().flat_map(one).collect()
}

const HARBOUR: [&str; 3] = [
    "The guild at the {} fines bakers, and no guild near the {} forgives; the guild of masters keeps a ledger.",
    "The lighthouse above the {} burned oil until keepers left the lighthouse dark.",
    "Preface and chapter tell of the {} and of whatever was said there by them.",
];
const ABBEY: [&str; 3] = [
    "Every guild by the {} sold its charter, for a guild needs silver and a guild without silver is no guild.",
    "The abbot of the {} brewed ale, and the abbot drank what the abbot brewed.",
    "At the {} it rained.",
];

fn suggested(left: &[&str], right: &[&str]) -> Vec<Suggestion> {
    let editions = [edition(&passages(left)), edition(&passages(right))];
    suggest([&editions[0], &editions[1]], &[], &Progress::default()).unwrap()
}

fn names(suggestions: &[Suggestion], reach: Reach) -> Vec<&str> {
    suggestions.iter().filter(|s| s.reach == reach).map(|s| s.topic.name.as_str()).collect()
}

#[test]
fn what_both_speak_of_is_told_from_what_one_does() {
    let found = suggested(&HARBOUR, &ABBEY);
    assert_eq!(names(&found, Reach::Shared)[0], "guild");
    assert!(names(&found, Reach::Left).contains(&"lighthouse"), "{found:?}");
    assert!(names(&found, Reach::Right).contains(&"abbot"), "{found:?}");
    assert_eq!(found[0].words[0].counts, [36, 48]);
    assert_eq!(found[0].passages, [12, 12]);
    assert!(found[0].best[0].iter().all(|&passage| passage < 12) && !found[0].best[0].is_empty());
}

#[test]
fn old_auxiliaries_and_verbs_of_any_tale_are_no_topics() {
    let old = [
        "Thou hast the {}, and hast what thou shalt have; he came to it, and she came and took what she took.",
    ];
    let found = suggested(&[HARBOUR[0], old[0]], &[ABBEY[0], old[0]]);
    let names: Vec<&str> = found.iter().map(|s| s.topic.name.as_str()).collect();
    for none in ["hast", "shalt", "came", "took"] {
        assert!(!names.contains(&none), "{names:?}");
    }
}

#[test]
fn small_words_and_parts_of_a_text_are_no_topics_and_nothing_is_suggested_twice() {
    let found = suggested(&HARBOUR, &ABBEY);
    let names: Vec<&str> = found.iter().map(|s| s.topic.name.as_str()).collect();
    for none in ["preface", "chapter", "whatever", "them", "the"] {
        assert!(!names.contains(&none), "{names:?}");
    }
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), names.len(), "{names:?}");
}

#[test]
fn small_words_are_no_topics_in_texts_too_short_to_show_their_language() {
    // The small words stand apart from the topic, so that it does not hide them.
    for (topic, small) in [
        ("the harbour", "Nobody can't, unless somebody won't. Nobody can't, unless somebody won't."),
        ("der Hafen", "Jedoch könnte niemand, obwohl jemand könnte. Jedoch niemand, obwohl jemand."),
        ("le port", "Cependant quelqu'un avait; personne n'avait, quelqu'un avait cependant, personne."),
        ("puerto", "Nadie podía, aunque alguien quizás. Nadie podía, aunque alguien quizás."),
        ("гавань", "Однако никто, хотя почему? Однако никто, хотя почему?"),
    ] {
        let texts = edition(&[format!("{topic}, {topic}."), small.to_owned()]);
        let found = suggest([&texts, &texts], &[], &Progress::default()).unwrap();
        let name = topic.split(' ').next_back().unwrap().to_lowercase();
        assert_eq!(names(&found, Reach::Shared), [name.as_str()], "{small}");
    }
    // Of two texts in two languages neither offers its own.
    let left = edition(&passages(&["The harbour at the {} was theirs, though nobody was there, nobody."]));
    let right = edition(&passages(&["Der Hafen war da, jedoch niemand, der das {} hatte, niemand."]));
    let found = suggest([&left, &right], &[], &Progress::default()).unwrap();
    let offered = [Reach::Left, Reach::Right].map(|reach| names(&found, reach));
    assert!(offered[1].contains(&"hafen") && offered[0].contains(&"harbour"), "{offered:?}");
    for none in ["nobody", "though", "niemand", "jedoch", "hatte"] {
        assert!(offered.iter().all(|names| !names.contains(&none)), "{offered:?}");
    }
}

#[test]
fn words_that_keep_company_weigh_too_little_to_make_an_entry() {
    let found = suggested(&HARBOUR, &ABBEY);
    let lighthouse = found.iter().find(|s| s.topic.name == "lighthouse").unwrap();
    let company: Vec<&str> =
        lighthouse.words.iter().filter(|word| word.is_companion).map(|word| word.words.as_str()).collect();
    assert!(company.contains(&"keepers") || company.contains(&"oil"), "{company:?}");
    for (word, term) in lighthouse.words.iter().zip(&lighthouse.topic.terms) {
        assert_eq!(word.is_companion, term.weight < 0.5);
    }
}

#[test]
fn words_of_one_family_are_one_topic_and_a_phrase_may_be_one() {
    let family = ["The bureaucracy at the {} is a bureaucratic plague, says the miller of bureaucrats."];
    let found = suggested(&family, &family);
    let shared = names(&found, Reach::Shared);
    assert_eq!(shared.iter().filter(|name| name.starts_with("bureaucra")).count(), 1, "{shared:?}");
    let phrase = [
        "The tithe of the abbot at the {} ruins; the tithe of the abbot fattens.",
        "An abbot at the {} and an abbot elsewhere, an abbot, an abbot and an abbot sang.",
    ];
    let found = suggested(&phrase, &phrase);
    assert!(
        names(&found, Reach::Shared).contains(&"tithe of the abbot"),
        "{:?}",
        names(&found, Reach::Shared)
    );
}

#[test]
fn what_has_a_topic_already_is_said() {
    let known = Topic {
        id: "trades".into(),
        name: "trades".into(),
        definition: String::new(),
        terms: vec![Term { words: "guilds".into(), weight: 1.0 }],
        look_alikes: Vec::new(),
        see_also: Vec::new(),
        origin: Origin::Curated,
    };
    let editions = [edition(&passages(&HARBOUR)), edition(&passages(&ABBEY))];
    let found = suggest([&editions[0], &editions[1]], &[known], &Progress::default()).unwrap();
    assert_eq!(found[0].known, Some(0));
    assert_eq!(found.iter().filter(|s| s.known.is_some()).count(), 1);
}

#[test]
fn a_cancelled_suggestion_ends() {
    let progress = Progress::default();
    progress.cancel();
    let edition = edition(&passages(&HARBOUR));
    assert_eq!(suggest([&edition, &edition], &[], &progress), Err(Cancelled));
}

#[test]
fn many_passages_of_one_word_and_none_at_all_are_borne() {
    let same = edition(&vec!["guild guild".to_owned(); 20_000]);
    let found = suggest([&same, &same], &[], &Progress::default()).unwrap();
    assert_eq!(names(&found, Reach::Shared), ["guild"]);
    assert_eq!(suggest([&edition(&[]), &same], &[], &Progress::default()).unwrap().len(), 1);
}

proptest! {
    #[test]
    fn suggestions_repeat_and_mirror_when_swapped(
        texts in proptest::collection::vec(
            proptest::collection::vec(prop_oneof!["guild", "river", "flood", "bread", "of", "\\. The", "\\PC{0,3}"], 1..20),
            2..12,
        )
    ) {
        let texts: Vec<String> = texts.into_iter().map(|words| words.join(" ")).collect();
        let (left, right) = texts.split_at(texts.len() / 2);
        let (left, right) = (edition(left), edition(right));
        let there = suggest([&left, &right], &[], &Progress::default()).unwrap();
        prop_assert_eq!(&suggest([&left, &right], &[], &Progress::default()).unwrap(), &there);
        let back = suggest([&right, &left], &[], &Progress::default()).unwrap();
        let count = |found: &[Suggestion], reach| found.iter().filter(|s| s.reach == reach).count();
        prop_assert_eq!(count(&there, Reach::Left), count(&back, Reach::Right));
        prop_assert_eq!(count(&there, Reach::Shared), count(&back, Reach::Shared));
    }
}
