//! What holds for every import: each byte is accounted for once, no character steers the terminal, nothing
//! panics; over generated texts with a mix of ills, over arbitrary bytes, and over the originals.

mod originals;

use std::ops::Range;

use diptych::document::import::{Format, read};
use diptych::document::{Edition, Kind};
use proptest::prelude::*;

/// The byte ranges of passages, notes and notices, in order.
fn claimed(edition: &Edition) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut notes = Vec::new();
    for passage in edition.passages() {
        ranges.extend(passage.source.iter().cloned());
        notes.extend(passage.notes.iter().flat_map(|note| note.source.iter().cloned()));
    }
    // One note may serve marks in two passages.
    notes.sort_by_key(|range| (range.start, range.end));
    notes.dedup();
    ranges.extend(notes);
    ranges.extend(edition.notices().iter().flat_map(|notice| notice.source.iter().cloned()));
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges
}

fn assert_every_byte_is_claimed_once(edition: &Edition) {
    let mut end = 0;
    for range in claimed(edition) {
        assert_eq!(range.start, end, "a gap or an overlap at byte {end}");
        assert!(range.start < range.end, "an empty range at byte {end}");
        end = range.end;
    }
    assert_eq!(end, edition.source_bytes());
}

fn assert_passages_are_clean(edition: &Edition) {
    let mut last = 0;
    for passage in edition.passages() {
        let text = &passage.text;
        assert!(!text.is_empty());
        assert!(!text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  "), "{text:?}");
        let steers = |c: char| {
            c.is_control() || matches!(c, '\u{AD}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!text.contains(steers), "{text:?}");
        assert!(passage.source.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let first = passage.source.first().map_or(0, |range| range.start);
        assert!(first >= last, "passages stand in the order of the source");
        last = first;
        let boundary = |byte: usize| assert!(text.is_char_boundary(byte), "{byte} in {text:?}");
        passage.emphasis.iter().for_each(|range| [range.start, range.end].into_iter().for_each(boundary));
        passage.note_marks.iter().for_each(|mark| boundary(mark.byte));
        passage.page_breaks.iter().for_each(|page| boundary(page.byte));
        boundary(passage.marker_bytes);
        assert!(passage.emphasis.windows(2).all(|pair| pair[0].end < pair[1].start));
        assert!(passage.note_marks.windows(2).all(|pair| pair[0].byte <= pair[1].byte));
        assert!(passage.note_marks.iter().all(|mark| mark.note < passage.notes.len()));
        for note in passage.notes.iter().filter_map(|note| note.text.as_deref()) {
            assert!(!note.contains(steers), "{note:?}");
        }
    }
}

/// The visible characters of each passage stand in its bytes, in the same order.
fn assert_words_stem_from_their_bytes(edition: &Edition, source: &str) {
    for passage in edition.passages().iter().filter(|passage| passage.kind != Kind::Break) {
        let mut bytes =
            passage.source.iter().flat_map(|range| source.get(range.clone()).unwrap_or_default().chars());
        let shown = passage.slice(passage.marker_bytes..passage.text.len());
        for c in shown.chars().filter(|c| !c.is_whitespace()) {
            assert!(bytes.any(|from| from == c), "{c:?} of {shown:?}");
        }
    }
}

fn assert_all(bytes: &[u8], format: Option<Format>) {
    let Ok(edition) = read(bytes, format, None) else { return };
    assert_every_byte_is_claimed_once(&edition);
    assert_passages_are_clean(&edition);
    // With NUL bytes it may have been read as UTF-16.
    if let Some(source) = std::str::from_utf8(bytes).ok().filter(|source| !source.contains('\0')) {
        assert_words_stem_from_their_bytes(&edition, source);
    }
}

#[test]
fn a_mark_right_behind_the_marker_of_an_item_stands_behind_it() {
    for text in ["\n- \u{ad}[1]*", "- \u{ad}[1]a\n- b\n", "* x\n-\u{ad} \u{ad}[2]\"\n"] {
        assert_all(text.as_bytes(), None);
        assert_all(text.as_bytes(), Some(Format::Markdown));
    }
}

#[test]
fn the_originals_are_accounted_for_to_the_byte() {
    for (name, bytes) in originals::all() {
        let edition = read(&bytes, None, None).unwrap();
        assert_every_byte_is_claimed_once(&edition);
        assert_passages_are_clean(&edition);
        assert_words_stem_from_their_bytes(&edition, std::str::from_utf8(&bytes).unwrap());
        assert!(
            edition.notices().iter().all(|notice| !notice.what.contains("stand in no passage")),
            "{name}"
        );
    }
}

/// Letters of a passage's bytes that are not in its words are those of tags and addresses.
#[test]
fn no_letter_of_the_originals_is_lost() {
    for (name, bytes) in originals::all() {
        let source = std::str::from_utf8(&bytes).unwrap();
        let edition = read(&bytes, None, None).unwrap();
        for passage in edition.passages().iter().filter(|passage| passage.kind != Kind::Break) {
            let raw: String = passage.source.iter().map(|range| source.get(range.clone()).unwrap()).collect();
            let raw = raw
                .replace("<sup>", "")
                .replace("</sup>", "")
                .replace("](http://theanarchistlibrary.org)", "");
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            assert_eq!(letters(&raw), letters(&passage.text), "{name}");
        }
    }
}

#[test]
fn the_originals_in_other_encodings_give_the_same_words() {
    for (name, bytes) in originals::all() {
        let source = std::str::from_utf8(&bytes).unwrap();
        let edition = read(&bytes, None, None).unwrap();
        let marked: Vec<u8> =
            std::iter::once(0xFEFF).chain(source.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        let other = read(&marked, None, None).unwrap();
        assert_every_byte_is_claimed_once(&other);
        let words = |edition: &Edition| edition.passages().iter().map(|p| p.text.clone()).collect::<Vec<_>>();
        assert_eq!(words(&edition), words(&other), "{name}");
        assert!(other.notices().iter().any(|notice| notice.what == "text decoded from UTF-16BE"));
        let crlf = read(source.replace('\n', "\r\n").as_bytes(), None, None).unwrap();
        assert_every_byte_is_claimed_once(&crlf);
        assert_eq!(words(&edition), words(&crlf), "{name}");
    }
}

/// Pieces that untidy texts are made of.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "\n\n",
        "\n\n",
        "\n\n",
        "\n",
        "\n",
        "\r\n",
        "\n\n\n",
        "  ",
        "\t",
        "\u{A0} ",
        "\u{AD}",
        "\u{1b}[2J",
        "\u{202E}",
        "\u{FEFF}",
        "\u{C}",
        "\npage 39\n",
        "\n- 41 -\n\u{C}",
        "[Pg 42]",
        " [Pg 43] ",
        "[A]",
        "\n\n[A] A note.\n\n",
        "\n\n[Footnote 1: A note,\nand more.]\n\n",
        "¹",
        "\n\n¹ A note.\n\n",
        "\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***\n\n",
        "\n\n*** END OF THE PROJECT GUTENBERG EBOOK ***\n\n",
        "\n\nCHAPTER I.\n\n",
        "\n\npage 40\n\n",
        "\n\n---\n\n",
        "\n* * *\n",
        "[1]",
        "[2]",
        "<sup>1</sup>",
        "\n\n[1] Ibid.  [2] Log.\n\n",
        "\n\n<sup>1</sup> A note.\n\n",
        "\n\n* My words.\n\n",
        "*",
        "**",
        "_",
        "`",
        "1",
        ",2 ",
        ".3 ",
        "90% ",
        "No. 24 ",
        "1905 ",
        "s m a s h i n g ",
        "moor-",
        "\n\n# Title\n\n",
        "\n- ",
        "\n> ",
        "\n• ",
        "\n1. ",
        "\n2. ",
        "\n\na) ",
        "\n\nb) ",
        "\n¶3 ",
        "“",
        "”",
        "\"",
        "(EDITOR'S NOTE: ",
        "Printed by ",
        "[link](http://example.org)",
        "&amp;",
        "\\*",
        "<br>",
        "June, 1920",
        "\nby Ann Ek\n",
        "==\n",
        "--\n",
        "é",
        "漢字",
        "👩‍🚀",
    ]);
    prop_oneof![
        3 => fixed.prop_map(str::to_owned),
        2 => "[a-z]{1,9} ".prop_map(|word| word),
        1 => "([A-Z]?[a-z]{2,8} ){6,16}[a-z]{3}[.,]? ".prop_map(|words| words),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_byte_of_an_untidy_text_is_accounted_for(pieces in prop::collection::vec(piece(), 1..40)) {
        let text = pieces.concat();
        for format in [None, Some(Format::PlainText), Some(Format::Markdown)] {
            assert_all(text.as_bytes(), format);
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        assert_all(&bytes, None);
    }

    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        for format in [Some(Format::PlainText), Some(Format::Markdown)] {
            assert_all(text.as_bytes(), format);
        }
    }

    #[test]
    fn a_text_cut_anywhere_is_accounted_for(pieces in prop::collection::vec(piece(), 1..30), label in 0..4_usize) {
        let text = pieces.concat();
        let label = ["utf-8", "utf-16le", "shift_jis", "windows-1251"][label];
        if let Ok(edition) = read(text.as_bytes(), None, Some(label)) {
            assert_every_byte_is_claimed_once(&edition);
            assert_passages_are_clean(&edition);
        }
    }
}
