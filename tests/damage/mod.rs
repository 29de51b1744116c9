//! What happens to a text on its way to a reader, seeded: each ill keeps account of which bytes of the file
//! are which passage, so that a number on a wrong one is found.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::fmt::Write;
use std::ops::Range;

use diptych::document::{Edition, Kind};

/// `SplitMix64`: the same damage on every machine.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut hash = self.0;
        hash = (hash ^ hash >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ hash >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^ hash >> 31
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// How a text is damaged and written out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ills {
    /// Columns to which lines are wrapped; 0 for one line a paragraph.
    pub wrap: usize,
    /// Quotes straightened (1) or curled (2), dashes exchanged.
    pub quotes: u8,
    /// Of a thousand characters, how many are damaged.
    pub noise: usize,
    /// Of a hundred passages, how many are missing, split in two, merged with the one before.
    pub missing: usize,
    pub split: usize,
    pub merged: usize,
    /// A page mark after so many passages, in the middle of one; 0 for none.
    pub pages: usize,
    /// As Markdown, or as a web page turned into text: site header and footer, notes at the end.
    pub markdown: bool,
    pub website: bool,
}

/// A damaged copy: its bytes, and which of them are which passage.
pub struct Copy {
    pub text: String,
    pub places: Vec<(u32, Range<usize>)>,
}

/// Writes an edition out with some ills.
pub fn damaged(edition: &Edition, ills: Ills, seed: u64) -> Copy {
    let mut random = Random(seed);
    let mut copy = Copy { text: String::new(), places: Vec::new() };
    if ills.website {
        copy.text.push_str(
            "Home | Library | About\n\nSearch this site\n\nYou are here: Home > Library > Texts\n\n",
        );
    }
    let mut before = None;
    for (at, passage) in edition.passages().iter().enumerate() {
        if passage.number.is_some() && random.chance(ills.missing) {
            continue;
        }
        let text = passage.slice(passage.marker_bytes..passage.text.len());
        let text = typed(&noisy(text, ills.noise, &mut random), ills.quotes);
        let verse = passage.kind == Kind::VerseLine && before == Some(Kind::VerseLine);
        let joined =
            passage.number.is_some() && before.is_some_and(Kind::is_body) && random.chance(ills.merged);
        let gap = if joined {
            " "
        } else if verse {
            "\n"
        } else {
            "\n\n"
        };
        copy.text.push_str(gap);
        if !joined {
            copy.text.push_str(&sign(passage.kind, passage.slice(0..passage.marker_bytes), ills.markdown));
        }
        let page = (ills.pages > 0 && at % ills.pages == 0).then_some(at);
        let body = broken(&text, passage.number.is_some() && random.chance(ills.split), page, &mut random);
        let start = copy.text.len();
        copy.text.push_str(&wrapped(&body, ills.wrap));
        copy.places.extend(passage.number.map(|number| (number, start..copy.text.len())));
        if ills.website && at % 9 == 4 {
            write!(copy.text, "[{}]", at / 9 + 1).unwrap();
        }
        before = Some(passage.kind);
    }
    if ills.website {
        copy.text.push_str("\n\nNotes\n\n");
        for note in 1..=4 {
            let letters = "See the letters of the harbour master, volume";
            write!(copy.text, "[{note}] {letters} {note}.\n\n").unwrap();
        }
        copy.text.push_str("Share this page\n\nAll texts may be copied.\n\nContact us | Back to top\n");
    }
    copy
}

fn sign(kind: Kind, marker: &str, markdown: bool) -> String {
    match (kind, markdown) {
        (Kind::Heading, true) => "## ".to_owned(),
        (Kind::Quotation, true) => "> ".to_owned(),
        (Kind::ListItem, true) => "- ".to_owned(),
        _ => marker.to_owned(),
    }
}

/// Letters and signs exchanged, left out, doubled, put in.
fn noisy(text: &str, per_thousand: usize, random: &mut Random) -> String {
    let mut noisy = String::new();
    for c in text.chars() {
        if c == ' ' || random.below(1000) >= per_thousand {
            noisy.push(c);
            continue;
        }
        match random.below(4) {
            0 => noisy.push(*random.pick(&['e', 'l', 'n', 'x', '0', '.'])),
            1 => {}
            2 => noisy.extend([c, c]),
            _ => noisy.extend([*random.pick(&['i', 't', ',', '~']), c]),
        }
    }
    noisy
}

fn typed(text: &str, quotes: u8) -> String {
    match quotes {
        1 => text.replace(['“', '”'], "\"").replace(['‘', '’'], "'").replace('—', " -- "),
        2 => text.replace('"', "”").replace('\'', "’").replace("--", "–"),
        _ => text.to_owned(),
    }
}

/// A passage in two, or with the mark of a page in it.
fn broken(text: &str, split: bool, page: Option<usize>, random: &mut Random) -> String {
    let spaces: Vec<usize> = text.match_indices(' ').map(|(byte, _)| byte).collect();
    if spaces.len() < 8 || !(split || page.is_some()) {
        return text.to_owned();
    }
    let (before, after) = text.split_at(*random.pick(&spaces[3..spaces.len() - 3]));
    let mark = page.filter(|_| !split).map_or_else(String::new, |page| format!("page {page}\n\n"));
    format!("{before}\n\n{mark}{}", after.trim_start())
}

fn wrapped(text: &str, columns: usize) -> String {
    if columns == 0 {
        return text.to_owned();
    }
    let mut lines = String::new();
    for (at, paragraph) in text.split("\n\n").enumerate() {
        if at > 0 {
            lines.push_str("\n\n");
        }
        let mut width = 0;
        for word in paragraph.split(' ') {
            if width > 0 && width + word.chars().count() >= columns {
                lines.push('\n');
                width = 0;
            } else if width > 0 {
                lines.push(' ');
            }
            lines.push_str(word);
            width += word.chars().count() + 1;
        }
    }
    lines
}

/// What came of the numbers of a copy.
#[derive(Debug, Default)]
pub struct Account {
    pub present: usize,
    pub right: usize,
    pub wrong: Vec<(u32, String)>,
    pub missed: Vec<u32>,
}

/// Counts the numbers of a recognised copy.
pub fn account(copy: &Copy, edition: &Edition) -> Account {
    let mut account = Account { present: copy.places.len(), ..Account::default() };
    let shared = |passage: usize, place: &Range<usize>| -> usize {
        let sources = edition.get(passage).unwrap().source.iter();
        sources.map(|s| s.end.min(place.end).saturating_sub(s.start.max(place.start))).sum()
    };
    let place = |number: u32| copy.places.iter().find(|(n, _)| *n == number).map(|(_, place)| place);
    for (at, passage) in edition.passages().iter().enumerate() {
        for number in passage.numbers() {
            let holds = place(number).is_some_and(|place| shared(at, place) >= (place.len() / 2).min(12));
            if !holds {
                account.wrong.push((number, passage.text.chars().take(60).collect()));
            }
        }
    }
    for (number, place) in &copy.places {
        if edition.numbered(*number).is_some_and(|passage| shared(passage, place) > 0) {
            account.right += 1;
        } else {
            account.missed.push(*number);
        }
    }
    account
}

/// Every ill by its name, and then all at once.
pub const ILLS: [(&str, Ills); 14] = {
    const WELL: Ills = Ills {
        wrap: 0,
        quotes: 0,
        noise: 0,
        missing: 0,
        split: 0,
        merged: 0,
        pages: 0,
        markdown: false,
        website: false,
    };
    [
        ("one line a paragraph", WELL),
        ("narrow lines", Ills { wrap: 44, ..WELL }),
        ("wide lines", Ills { wrap: 76, ..WELL }),
        ("straight quotes", Ills { quotes: 1, ..WELL }),
        ("curled quotes", Ills { quotes: 2, ..WELL }),
        ("page marks in other places", Ills { pages: 4, wrap: 70, ..WELL }),
        ("Markdown", Ills { markdown: true, ..WELL }),
        ("a web page as text", Ills { website: true, wrap: 72, ..WELL }),
        ("noise", Ills { noise: 10, ..WELL }),
        ("missing passages", Ills { missing: 20, ..WELL }),
        ("split passages", Ills { split: 25, ..WELL }),
        ("merged passages", Ills { merged: 25, ..WELL }),
        ("split and merged", Ills { split: 15, merged: 15, wrap: 66, ..WELL }),
        (
            "everything",
            Ills {
                wrap: 70,
                quotes: 1,
                noise: 10,
                missing: 20,
                split: 8,
                merged: 8,
                pages: 9,
                website: true,
                ..WELL
            },
        ),
    ]
};
