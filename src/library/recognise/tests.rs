//! Recognition on works that a generator makes, so that it is tried where the originals are not at hand.

use proptest::prelude::*;

use super::*;
use crate::document::Passage;
use fingerprints::{Fingerprints, SKETCH_BITS};

/// Words of a made-up language, the frequent ones first.
fn word(choice: usize) -> String {
    const SOUNDS: [&str; 10] = ["ka", "lo", "mi", "ren", "su", "tar", "ve", "no", "pil", "gat"];
    let mut word = String::new();
    let mut rest = choice + 10;
    while rest > 0 {
        word.push_str(SOUNDS[rest % 10]);
        rest /= 10;
    }
    word
}

/// A passage of so many words, out of numbers that a strategy draws.
fn prose(choices: &[u32]) -> String {
    // The product of two makes small numbers frequent, as Zipf's law has it for words.
    let words = choices.iter().map(|c| word(((c % 97) * (c / 97 % 97) / 12) as usize));
    words.collect::<Vec<_>>().join(" ")
}

fn edition(texts: &[String]) -> Edition {
    let passages = texts.iter().map(|text| Passage::new(Kind::Paragraph, text.clone()));
    Edition::new(passages.collect(), Vec::new(), 0)
}

fn table(edition: &Edition) -> Table {
    let work = Work {
        id: "ashe-1801".to_owned(),
        author: "A. Ashe".to_owned(),
        title: "On Ferries".to_owned(),
        short_title: "On Ferries".to_owned(),
        year: "1801".to_owned(),
        language: "en".to_owned(),
    };
    Table::new([(work, Fingerprints::of(edition))])
}

/// Some passages, mostly long ones, a few of two or three words.
fn works() -> impl Strategy<Value = Vec<String>> {
    let lengths = prop_oneof![1 => 2..5_usize, 2 => 8..20_usize, 7 => 25..120_usize];
    let passage = lengths.prop_flat_map(|length| prop::collection::vec(any::<u32>(), length));
    prop::collection::vec(passage.prop_map(|choices| prose(&choices)), 8..40)
}

/// What happens to a passage of a copy.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Kept,
    Missing,
    /// Cut in two after this share of its words, of 100.
    Split(usize),
    /// Joined to the one before.
    Merged,
    /// Followed by words of a stranger.
    Interrupted(u32),
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let fate = prop_oneof![
        6 => Just(Fate::Kept),
        1 => Just(Fate::Missing),
        1 => (20..80_usize).prop_map(Fate::Split),
        1 => Just(Fate::Merged),
        1 => any::<u32>().prop_map(Fate::Interrupted),
    ];
    prop::collection::vec(fate, 40)
}

/// The copy, and for each of its passages the numbers that it truly holds.
fn copied(work: &[String], fates: &[Fate]) -> (Vec<String>, Vec<Vec<u32>>) {
    let (mut texts, mut truth): (Vec<String>, Vec<Vec<u32>>) = (Vec::new(), Vec::new());
    for ((number, text), fate) in (1..).zip(work).zip(fates) {
        let words: Vec<&str> = text.split(' ').collect();
        match fate {
            Fate::Missing => continue,
            Fate::Split(share) if words.len() > 24 => {
                let (before, after) = words.split_at(words.len() * share / 100);
                texts.extend([before.join(" "), after.join(" ")]);
                truth.extend([vec![number], vec![number]]);
            }
            Fate::Merged if !texts.is_empty() => {
                let last = texts.len() - 1;
                texts[last] = format!("{} {text}", texts[last]);
                truth[last].push(number);
            }
            Fate::Kept | Fate::Split(_) | Fate::Merged | Fate::Interrupted(_) => {
                texts.push(text.clone());
                truth.push(vec![number]);
            }
        }
        if let Fate::Interrupted(choice) = fate {
            texts.push(format!("zzyx {} qoph", choice.to_string().replace(char::is_numeric, "wx")));
            truth.push(Vec::new());
        }
    }
    (texts, truth)
}

proptest! {
    #[test]
    fn a_work_has_each_of_its_own_numbers_and_no_other(work in works()) {
        let original = edition(&work);
        let table = table(&original);
        let known = &table.works()[0];
        let numbered = recognise_as(&original, &known.work, &table).unwrap().number(original.clone());
        for (at, print) in known.prints.passages.iter().enumerate() {
            let number = numbered.get(at).unwrap().number;
            prop_assert!(number.is_none() || number == Some(print.number));
            // What the work has twice, and a few words in a row of others, may stay bare.
            if print.hashed() >= 2 && !print.repeated {
                prop_assert_eq!(number, Some(print.number), "{}", &work[at]);
            }
        }
    }

    #[test]
    fn no_passage_of_a_damaged_copy_has_a_wrong_number(work in works(), fates in fates()) {
        let table = table(&edition(&work));
        let (texts, truth) = copied(&work, &fates);
        let copy = edition(&texts);
        if let Some(found) = recognise(&copy, &table) {
            let numbered = found.number(copy);
            for (passage, truth) in numbered.passages().iter().zip(&truth) {
                let numbers: Vec<u32> = passage.numbers().collect();
                let letters = letters::of_passage(passage);
                let sketch = letters::sketch(&letters);
                // Few letters have a sketch of few bits, which an inserted passage may have by chance.
                let by_chance = |number: u32| {
                    let print = table.works()[0].prints.passages.iter().find(|print| print.number == number);
                    truth.is_empty() && print.is_some_and(|p| gaps::agree(p, letters.len(), sketch, SKETCH_BITS))
                };
                let right = numbers.iter().all(|n| truth.contains(n) || by_chance(*n));
                prop_assert!(right, "{numbers:?} {truth:?}: {}", passage.text);
            }
        }
    }

    #[test]
    fn an_excerpt_has_the_numbers_of_the_work(work in works(), from in 0..20_usize) {
        let table = table(&edition(&work));
        let from = from.min(work.len() - 8);
        let excerpt = &work[from..(from + 12).min(work.len())];
        prop_assume!(excerpt.iter().filter(|text| text.len() > 150).count() >= EXCERPT);
        let copy = edition(excerpt);
        let found = recognise(&copy, &table);
        prop_assert!(found.is_some());
        let found = found.unwrap();
        prop_assert!(found.matched >= EXCERPT && found.altered() == 0, "{found:?}");
        for (number, passage) in (from as u32 + 1..).zip(found.number(copy).passages()) {
            prop_assert!(passage.number.is_none_or(|own| own == number), "{number}: {passage:?}");
        }
    }

    #[test]
    fn a_text_that_quotes_less_than_it_says_is_no_excerpt(work in works(), other in works()) {
        let table = table(&edition(&work));
        let quoted = &work[..work.len() / 2];
        let own: Vec<String> = (0..4).flat_map(|_| other.iter().cloned()).collect();
        let letters = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
        prop_assume!(letters(&own) > letters(quoted) * 3 / 2);
        let text = edition(&[quoted, &own].concat());
        prop_assert_eq!(recognise(&text, &table), None);
    }

    #[test]
    fn a_passage_in_which_a_word_is_another_is_altered_and_no_other_is(work in works(), at in 0..40_usize) {
        let at = at % work.len();
        let mut copy = work.clone();
        let words: Vec<&str> = copy[at].split(' ').collect();
        let (last, before) = words.split_last().unwrap();
        copy[at] = [before, &[&*format!("{last}x")]].concat().join(" ");
        let table = table(&edition(&work));
        let copy = edition(&copy);
        if let Some(found) = recognise(&copy, &table) {
            let numbered = found.number(copy);
            for (passage, text) in numbered.passages().iter().enumerate() {
                prop_assert_eq!(text.is_altered, passage == at && text.number.is_some(), "{}", text.text);
            }
        }
    }

    #[test]
    fn another_work_of_the_same_language_is_known_as_nothing(work in works(), other in works()) {
        prop_assert_eq!(recognise(&edition(&other), &table(&edition(&work))), None);
    }
}

#[test]
fn where_no_work_is_known_nothing_is_recognised() {
    let text = edition(&["The ferry left at noon with nobody on board.".to_owned()]);
    assert_eq!(recognise(&text, &Table::default()), None);
    assert_eq!(recognise(&edition(&[]), &table(&text)), None);
}
