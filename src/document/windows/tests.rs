use proptest::prelude::*;

use super::fixture::{self, in_windows as edition, manner};
use super::utf16::Utf16;
use super::*;
use crate::document::import::{self, Format};
use crate::document::{Anchor, Edition, Kind};

/// All passages in the order in which they are walked.
fn walked(edition: &Edition) -> Vec<usize> {
    std::iter::successors(edition.nearest(0), |at| edition.after(*at)).collect()
}

/// What the same passes make of the text where it is not cut.
fn uncut(text: &[u8], format: Format) -> Vec<Passage> {
    window::read(text, 0..text.len(), &manner(text, format))
}

#[test]
fn a_text_without_a_line_end_is_cut_between_words_and_nothing_is_lost() {
    let text = "the harbour was empty until the evening bell rang twice ".repeat(4000);
    let edition = edition(text.as_bytes(), Format::PlainText);
    let passages = walked(&edition);
    assert!(passages.len() > 3);
    let words = |at: &usize| edition.get(*at).unwrap().text.clone();
    assert_eq!(passages.iter().map(words).collect::<Vec<_>>().join(" "), text.trim_end());
    let longest = passages.iter().map(|at| words(at).len()).max().unwrap();
    assert!(longest <= 2 * WINDOW_BYTES, "{longest}");
}

#[test]
fn parts_of_one_paragraph_carry_one_number() {
    let giant = "the harbour was empty until the evening bell. ".repeat(3000);
    let text = format!("One.\n\n{giant}\n\nThree.\n\n{}", "Four and more.\n\n".repeat(4000));
    let edition = edition(text.as_bytes(), Format::PlainText);
    let windows = edition.windows().unwrap();
    let mut counted = vec![0];
    for window in 0..windows.count() {
        counted.push(counted[window] + windows.count_body(window));
    }
    assert_eq!(counted.last(), Some(&4003));
    let edition = edition.counted(&counted.into());
    let number = |words: &str| {
        let at = walked(&edition).into_iter().find(|at| edition.get(*at).unwrap().text.starts_with(words));
        edition.get(at.unwrap()).unwrap().number
    };
    assert_eq!([number("One."), number("Three.")], [Some(1), Some(3)]);
    let parts: Vec<_> = walked(&edition).into_iter().skip(1).take(3).collect();
    assert_eq!(parts.iter().map(|at| edition.get(*at).unwrap().number).collect::<Vec<_>>(), [Some(2); 3]);
    let last = edition.numbered(4003).unwrap();
    assert_eq!(Some(last), edition.nearest(usize::MAX));
    assert_eq!(edition.numbered(2), Some(parts[0]));
}

#[test]
fn blank_lines_without_end_and_bytes_that_are_no_text_are_passages_too() {
    for filler in ["\n".repeat(200_000), "\u{1}\u{2}\u{3}\u{4}".repeat(40_000)] {
        let text = format!("One.\n\nTwo.\n\n{filler}\n\nThe end.\n");
        let edition = edition(text.as_bytes(), Format::PlainText);
        let passages = walked(&edition);
        assert!(passages.iter().all(|at| !edition.get(*at).unwrap().text.is_empty()));
        let last = edition.get(*passages.last().unwrap()).unwrap();
        assert_eq!(last.text, "The end.");
        let back: Vec<_> =
            std::iter::successors(edition.nearest(usize::MAX), |at| edition.before(*at)).collect();
        assert!(back.iter().rev().eq(&passages));
    }
}

#[test]
fn a_file_that_has_become_shorter_is_still_read() {
    #[derive(Debug)]
    struct Shrunk;
    impl Source for Shrunk {
        fn bytes(&self) -> usize {
            1_000_000
        }
        fn read(&self, range: Range<usize>) -> Vec<u8> {
            let text = b"One two.\n\n".repeat(5000);
            text.get(range.start.min(50_000)..range.end.min(50_000)).unwrap_or_default().to_vec()
        }
    }
    let manner = Manner::of(b"One two.\n", Some(Format::PlainText), None).unwrap().unwrap();
    let edition = Edition::in_windows(Arc::new(Shrunk), manner);
    let last = edition.nearest(usize::MAX).unwrap();
    assert_eq!(edition.get(last).unwrap().kind, Kind::Break);
    assert_eq!(edition.offset(Anchor::start_of(last)) / WINDOW_BYTES, 30);
}

#[test]
fn memory_is_bounded_however_much_was_looked_at() {
    let text = "a\n\n".repeat(200_000);
    let mut edition = edition(text.as_bytes(), Format::PlainText);
    for at in walked(&edition).into_iter().step_by(1000) {
        assert_eq!(edition.get(at).unwrap().text, "a");
        edition.release();
        let windows = edition.windows.as_ref().unwrap();
        assert!(windows.kept_bytes.load(Ordering::Relaxed) < KEPT_BYTES);
    }
}

fn paragraph() -> impl Strategy<Value = String> {
    let words = |words: Vec<String>| {
        let mut text = words.join(" ");
        text.get_mut(..1).map(str::make_ascii_uppercase);
        format!("{text}.")
    };
    let prose = prop::collection::vec("[a-zé]{2,9}", 12..60).prop_map(words);
    prop_oneof![
        8 => prose,
        1 => "[A-Z][a-z]{3,9} [0-9]{1,3}",
        1 => Just("* * *".to_owned()),
        1 => "“[a-z]{3,9} [a-z]{3,9}”",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn where_windows_are_cut_does_not_show(
        paragraphs in prop::collection::vec(paragraph(), 300..900), markdown: bool
    ) {
        let format = if markdown { Format::Markdown } else { Format::PlainText };
        // A rule after the last words is no break where the whole text is seen; a window cannot know.
        let text = paragraphs.join("\n\n") + "\n\nThese are the last words.";
        let edition = edition(text.as_bytes(), format);
        let passages: Vec<Passage> = walked(&edition).iter().map(|at| edition.get(*at).unwrap().clone()).collect();
        let whole = uncut(text.as_bytes(), format);
        let other = passages.iter().zip(&whole).position(|(one, other)| one != other);
        let parted = other.map(|at| (at, &passages[at], &whole[at]));
        prop_assert_eq!(parted, None);
        let rest = |all: &[Passage], from: usize| all.iter().skip(from).cloned().collect::<Vec<_>>();
        prop_assert_eq!(rest(&passages, whole.len()), rest(&whole, passages.len()));
    }

    #[test]
    fn every_word_of_any_text_stands_in_a_passage(
        lines in prop::collection::vec("[ \t]{0,3}([a-z#>*.-]{1,12} ?){1,12}", 4000..6000), gap in 1usize..7
    ) {
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            text.push_str(line);
            text.push_str(if at % gap == 0 { "\n\n" } else { "\n" });
        }
        let edition = edition(text.as_bytes(), Format::PlainText);
        let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
        let passages: String =
            walked(&edition).iter().map(|at| edition.get(*at).unwrap().text.as_str()).collect();
        prop_assert_eq!(letters(&passages), letters(&text));
    }

    #[test]
    fn bytes_of_the_file_and_places_answer_each_other(
        paragraphs in prop::collection::vec(paragraph(), 300..600), byte in 0usize..200_000
    ) {
        let text = paragraphs.join("\n\n");
        let edition = edition(text.as_bytes(), Format::PlainText);
        let anchor = edition.anchor_at(byte.min(text.len() - 1));
        prop_assert!(edition.get(anchor.passage).is_some());
        prop_assert_eq!(edition.anchor_at(edition.offset(anchor)), anchor);
    }
}

#[test]
fn places_in_windows_of_utf_16_are_those_of_the_whole_file() {
    let one = |at: usize| {
        format!("Die {at}. Fähre läuft 🐦 ein, und wer wartet, der wartet {at} Stunden lang.\n\n")
    };
    let text: String = (0..3000).map(one).collect();
    let file: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let whole = import::read(&file, None, None).unwrap();
    let given: Arc<dyn Source> = Arc::new(fixture::Bytes(file));
    let source = Utf16::new(text.clone(), 2, given.as_ref());
    let windows = Edition::in_windows(Arc::new(source), fixture::manner(text.as_bytes(), Format::PlainText));
    assert_eq!(windows.text_bytes(), given.bytes());
    let walk: Vec<usize> = walked(&windows);
    assert_eq!(walk.len(), 3000);
    for at in walk.into_iter().step_by(37) {
        let place = whole.place_of(&windows, Anchor::start_of(at));
        let [here, there] = [windows.get(at), whole.get(place.passage)].map(|passage| &passage.unwrap().text);
        assert_eq!((here, place.byte), (there, 0));
        assert_eq!(windows.place_of(&whole, place), Anchor::start_of(at));
        assert_eq!(windows.anchor_at(windows.offset(Anchor::start_of(at))), Anchor::start_of(at));
    }
}
