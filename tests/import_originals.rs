//! What the four originals must come to: kinds, numbers, pages, notes, and the places that were joined, known
//! by lengths and hashes. Not a word of them stands here.

mod originals;

use std::ops::Range;

use diptych::document::import::read;
use diptych::document::{Edition, Kind, Passage};

/// A passage put together from pieces of the file.
struct Joined {
    number: u32,
    source: &'static [Range<usize>],
    /// Bytes and FNV-1a hash of the text.
    text: (usize, u64),
}

/// What one original must come to.
struct Expected {
    name: &'static str,
    kinds: &'static [(Kind, usize)],
    /// The ¶ that each printed page begins with or in, and the byte.
    pages: &'static [(&'static str, Option<u32>, usize)],
    /// Notes with their text, and without.
    notes: (usize, usize),
    /// ¶ and mark of each note that has its text.
    tied: &'static [(Option<u32>, &'static str)],
    joined: &'static [Joined],
}

#[rustfmt::skip]
const EXPECTED: [Expected; 4] = [
    Expected {
        name: "kamenev-1920",
        kinds: &[
            (Kind::Paragraph, 2),
            (Kind::Dateline, 1),
            (Kind::Apparatus, 3),
        ],
        pages: &[
            ("15", None, 0),
        ],
        notes: (0, 0),
        tied: &[
        ],
        joined: &[
        ],
    },
    Expected {
        name: "stalin-1924",
        kinds: &[
            (Kind::Heading, 1),
            (Kind::Paragraph, 46),
            (Kind::Quotation, 9),
            (Kind::ListItem, 6),
            (Kind::FrontMatter, 2),
            (Kind::Apparatus, 1),
        ],
        pages: &[
            ("39", Some(5), 864),
            ("40", Some(11), 147),
            ("41", Some(15), 672),
            ("42", Some(20), 561),
            ("43", Some(24), 359),
            ("44", Some(25), 247),
            ("45", Some(29), 560),
            ("46", Some(31), 0),
            ("47", Some(33), 494),
            ("48", Some(38), 371),
            ("49", Some(44), 370),
            ("50", Some(48), 0),
            ("51", Some(53), 362),
        ],
        notes: (13, 2),
        tied: &[
            (Some(11), "1"),
            (Some(15), "2"),
            (Some(15), "1"),
            (Some(15), "2"),
            (Some(21), "1"),
            (Some(23), "2"),
            (Some(29), "*"),
            (Some(29), "1"),
            (Some(33), "1"),
            (Some(37), "2"),
            (Some(46), "*"),
            (Some(46), "1"),
            (Some(53), "1"),
        ],
        joined: &[
            Joined { number: 5, source: &[405..1282, 1380..1724], text: (1204, 0x6eb0_b15f_8a8d_ef55) },
            Joined { number: 11, source: &[3005..3153, 3164..4304], text: (1270, 0x467e_a940_aa9f_9dcd) },
            Joined { number: 15, source: &[4799..5485, 5578..6454], text: (1528, 0x7f55_c98b_1fd2_a89b) },
            Joined { number: 20, source: &[6951..7519, 7645..8015], text: (927, 0x69bd_c0ef_db7a_2af0) },
            Joined { number: 24, source: &[9188..9550, 9693..11369], text: (2005, 0xd612_d00f_7113_f9da) },
            Joined { number: 25, source: &[11371..11619, 11630..11885], text: (498, 0x7b75_0b4a_bf33_2ed3) },
            Joined { number: 29, source: &[12828..13400, 13494..15064], text: (2106, 0xf10b_cc64_1b7c_5a49) },
            Joined { number: 33, source: &[17113..17612, 17623..17941], text: (788, 0xf477_2df9_f899_6686) },
            Joined { number: 38, source: &[19031..19407, 19491..20018], text: (890, 0xbb73_ebc5_045d_c765) },
            Joined { number: 44, source: &[20906..21281, 21292..21428], text: (504, 0x8121_f3df_8c27_00b8) },
            Joined { number: 53, source: &[24400..24770, 24793..24867], text: (436, 0xede7_088a_f8d6_62f7) },
        ],
    },
    Expected {
        name: "muhsam-1935",
        kinds: &[
            (Kind::Heading, 1),
            (Kind::Paragraph, 5),
            (Kind::FrontMatter, 3),
            (Kind::Apparatus, 8),
        ],
        pages: &[
        ],
        notes: (3, 0),
        tied: &[
            (None, "1"),
            (Some(1), "2"),
            (Some(4), "3"),
        ],
        joined: &[
            Joined { number: 2, source: &[2816..3073, 3273..4118], text: (1101, 0x1c6e_8506_7e37_5a88) },
            Joined { number: 4, source: &[5969..7569, 7739..8490], text: (2340, 0x0ddf_517b_2249_4360) },
        ],
    },
    Expected {
        name: "miasnikov-1930",
        kinds: &[
            (Kind::Heading, 1),
            (Kind::Paragraph, 151),
            (Kind::Quotation, 20),
            (Kind::ListItem, 25),
            (Kind::VerseLine, 9),
            (Kind::Dateline, 3),
            (Kind::FrontMatter, 1),
            (Kind::Break, 8),
        ],
        pages: &[
        ],
        notes: (0, 21),
        tied: &[
        ],
        joined: &[
        ],
    },
];

fn fnv(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

fn editions() -> Vec<(Edition, &'static Expected)> {
    let mut editions = Vec::new();
    for (name, bytes) in originals::all() {
        let expected = EXPECTED.iter().find(|expected| expected.name == name);
        match (read(&bytes, None, None), expected) {
            (Ok(edition), Some(expected)) => editions.push((edition, expected)),
            (edition, _) => panic!("{name}: {:?}", edition.err()),
        }
    }
    editions
}

#[test]
fn the_originals_have_their_kinds() {
    for (edition, expected) in editions() {
        for (kind, count) in expected.kinds {
            let found = edition.passages().iter().filter(|passage| passage.kind == *kind).count();
            assert_eq!(found, *count, "{} of {}", kind.name(), expected.name);
        }
        let total: usize = expected.kinds.iter().map(|(_, count)| count).sum();
        assert_eq!(edition.passages().len(), total, "{}", expected.name);
        let numbers: Vec<u32> = edition.passages().iter().filter_map(|passage| passage.number).collect();
        let body = edition.passages().iter().filter(|passage| passage.kind.is_body()).count() as u32;
        assert_eq!(numbers, (1..=body).collect::<Vec<_>>(), "{}", expected.name);
    }
}

#[test]
fn the_originals_have_their_pages() {
    for (edition, expected) in editions() {
        for (page, number, byte) in expected.pages {
            let anchor = edition.page(page).unwrap();
            let passage = edition.get(anchor.passage).unwrap();
            assert_eq!((passage.number, anchor.byte), (*number, *byte), "page {page} of {}", expected.name);
        }
        let mut pages: Vec<&str> =
            edition.passages().iter().filter_map(|p| p.page_at(p.text.len())).collect();
        pages.dedup();
        assert_eq!(pages.len(), expected.pages.len(), "{}", expected.name);
    }
}

#[test]
fn the_originals_have_their_notes() {
    for (edition, expected) in editions() {
        let notes = || edition.passages().iter().flat_map(|p| p.notes.iter().map(|note| (p.number, note)));
        let missing = notes().filter(|(_, note)| note.text.is_none()).count();
        assert_eq!((notes().count() - missing, missing), expected.notes, "{}", expected.name);
        let tied: Vec<_> =
            notes().filter(|(_, n)| n.text.is_some()).map(|(number, n)| (number, n.mark.as_str())).collect();
        assert_eq!(tied, expected.tied, "{}", expected.name);
        let said = edition.notices().iter().find(|notice| notice.what.contains("whose note is missing"));
        assert_eq!(said.map_or(0, |notice| notice.count), missing, "{}", expected.name);
    }
}

#[test]
fn the_originals_are_joined_where_a_page_or_a_note_cut_them() {
    for (edition, expected) in editions() {
        let joined: Vec<&Passage> =
            edition.passages().iter().filter(|p| p.number.is_some() && p.source.len() > 1).collect();
        assert_eq!(joined.len(), expected.joined.len(), "{}", expected.name);
        for (passage, expected) in joined.into_iter().zip(expected.joined) {
            assert_eq!(passage.number, Some(expected.number));
            assert_eq!(passage.source, expected.source, "¶{}", expected.number);
            assert_eq!((passage.text.len(), fnv(&passage.text)), expected.text, "¶{}", expected.number);
        }
    }
}
