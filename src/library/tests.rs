//! The library on a shelf of words: names to texts, texts to pairs, without a disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::open::{ReadError, shown};
use super::pair::{Pair, Stage, Standing, Told};
use super::recognise::fingerprints::Fingerprints;
use super::{Form, Library, OpenError, Shelf};
use crate::document::import;
use crate::document::windows::Source;
use crate::progress::Progress;
use crate::topics::Origin;

const WORKS: &str = "version = 1
default = ['ashe-1801', 'birch-1802']
[[work]]
id = 'ashe-1801'
author = 'A. Ashe'
title = 'On the Ferries of the Northern Harbour'
short_title = 'On the Ferries'
year = '1801'
language = 'en'
[[work]]
id = 'birch-1802'
author = 'B. Birch'
title = 'Against the Ferries of the North'
short_title = 'Against the Ferries'
year = '1802'
language = 'en'
";
const TOPICS: &str = "version = 1
[[topic]]
id = 'ships'
name = 'ships'
terms = ['ferry', 'ship']
[[topic]]
id = 'tolls'
name = 'tolls'
terms = ['toll']
";
const ASHE: &str = "# On the Ferries\n\n¶1 The ferry is the best of ships.\n\n¶2 Nobody pays the toll.\n";
const BIRCH: &str = "# Against the Ferries\n\n¶1 Every ferry is a danger.\n\n¶2 The toll is too high.\n";
const INDEX: &str = "version = 1
[[topic]]
id = 'ships'
passages = [{ at = 1, weight = 2, reason = 'praise of the ferry' }]
";
const LINKS: &str = "version = 1
left = 'ashe-1801'
right = 'birch-1802'
[[link]]
topic = 'ships'
left = [1]
right = [1]
relation = 'contradict'
grade = 3
reason = 'One praises what the other fears.'
";
const COPY: &str = "On the Ferries of the Northern Harbour\nby A. Ashe\n\nThe ferry is the best of all ships.\n\n\
                    Nobody ever pays the toll.\n";

/// The fingerprints of the work that `COPY` is a copy of.
fn fingerprints() -> &'static str {
    let edition = import::read(COPY.as_bytes(), None, None).unwrap();
    Box::leak(Fingerprints::of(&edition).to_string().into_boxed_str())
}

/// Embedded texts and files of the reader's library, by name.
#[derive(Debug, Default)]
struct WordShelf {
    embedded: Vec<(&'static str, &'static str)>,
    files: Vec<(&'static str, &'static str)>,
    cached: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Shelf for WordShelf {
    fn embedded(&self, name: &str) -> Option<&str> {
        self.embedded.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
    }

    fn copies(&self) -> Result<Vec<PathBuf>, ReadError> {
        Ok(self.files.iter().map(|(name, _)| PathBuf::from(name)).collect())
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.iter().any(|(name, _)| Path::new(name) == path)
    }

    fn cached(&self, key: &str) -> Option<Vec<u8>> {
        self.cached.lock().unwrap().get(key).cloned()
    }

    fn cache(&self, key: &str, bytes: &[u8]) {
        self.cached.lock().unwrap().insert(key.to_owned(), bytes.to_vec());
    }

    fn read(&self, path: Option<&Path>) -> Result<Vec<u8>, ReadError> {
        let found = self.files.iter().find(|(name, _)| Some(Path::new(name)) == path);
        let missing = || ReadError { path: shown(path), why: "there is no such file".to_owned() };
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(missing)
    }

    fn source(&self, path: &Path) -> Result<Option<Arc<dyn Source>>, ReadError> {
        Ok(Some(Arc::new(File(self.read(Some(path))?))))
    }
}

fn library(files: &[(&'static str, &'static str)]) -> Library {
    let embedded = vec![
        ("works.toml", WORKS),
        ("topics.toml", TOPICS),
        ("ashe-1801/digest.md", ASHE),
        ("birch-1802/digest.md", BIRCH),
        ("ashe-1801/index.toml", INDEX),
        ("ashe-1801/fingerprints.txt", fingerprints()),
        ("links/ashe-1801--birch-1802.toml", LINKS),
    ];
    Library::new(Box::new(WordShelf { embedded, files: files.to_vec(), ..WordShelf::default() }), None)
        .unwrap()
}

#[test]
fn a_work_is_its_digest_until_the_reader_has_a_copy() {
    let bare = library(&[]);
    let text = bare.open("ashe").unwrap();
    assert_eq!((text.form, text.name().as_str()), (Form::Digest, "ashe-1801:digest"));
    assert!(matches!(bare.open("ashe:original"), Err(OpenError::Absent { form: Some(Form::Original), .. })));

    for name in ["shelf/ashe-1801.txt", "shelf/ashe-1801.2.txt", "shelf/download (3).txt"] {
        let with_copy = library(&[("shelf/aaa.txt", "A letter about nothing at all."), (name, COPY)]);
        let text = with_copy.open("ashe-1801").unwrap();
        assert_eq!((text.form, text.path.as_deref()), (Form::Original, Some(Path::new(name))), "{name}");
        assert_eq!(with_copy.open("ashe-1801:digest").unwrap().form, Form::Digest);
        assert_eq!(with_copy.open("ashe-1801:original").unwrap().form, Form::Original);
    }
}

#[test]
fn the_most_complete_copy_stands_for_the_work_and_each_can_be_named() {
    let half = "On the Ferries of the Northern Harbour\n\nNobody ever pays the toll.\n";
    let files = [("ashe-1801.10.txt", COPY), ("ashe-1801.2.txt", COPY), ("ashe-1801.txt", half)];
    let library = library(&files);
    for (name, path, called) in [
        ("ashe:original", "ashe-1801.2.txt", "ashe-1801:original.2"),
        ("ashe", "ashe-1801.2.txt", "ashe-1801:original.2"),
        ("ashe:original.1", "ashe-1801.txt", "ashe-1801:original.1"),
        ("ashe:original.10", "ashe-1801.10.txt", "ashe-1801:original.10"),
        ("ashe-1801.txt", "ashe-1801.txt", "ashe-1801:original.1"),
    ] {
        let text = library.open(name).unwrap();
        assert_eq!((text.path.as_deref(), text.name().as_str()), (Some(Path::new(path)), called), "{name}");
    }
    let missing = library.open("ashe:original.3").unwrap_err().to_string();
    assert!(missing.contains("no ashe-1801:original.3"), "{missing}");
}

#[test]
fn a_file_is_an_original_only_where_its_passages_say_so() {
    let (title, body) = COPY.split_once("\n\n").unwrap();
    let borrowed = format!("{title}\n\nThe gardens of the south are green.\n\nIn winter they are white.\n");
    let borrowed: &'static str = Box::leak(borrowed.into_boxed_str());
    let library = library(&[
        ("copy.txt", COPY),
        ("untitled.txt", body),
        ("borrowed.txt", borrowed),
        ("letter.txt", "Dear friend,\n\nthe ferry was late.\n"),
    ]);
    for name in ["copy.txt", "untitled.txt"] {
        let text = library.open(name).unwrap();
        assert_eq!((text.form, text.work.unwrap().id.as_str()), (Form::Original, "ashe-1801"), "{name}");
        let said =
            text.edition.notices().iter().find(|n| n.what == "passages recognised, of the 2 of Ashe 1801");
        assert_eq!(said.unwrap().count, 2, "{name}");
    }
    for name in ["borrowed.txt", "letter.txt"] {
        let text = library.open(name).unwrap();
        assert_eq!((text.form, text.work), (Form::File, None), "{name}");
        let hint =
            text.edition.notices().iter().any(|n| n.what.starts_with("title page like that of Ashe 1801"));
        assert_eq!(hint, name == "borrowed.txt");
    }
}

#[test]
fn a_file_that_is_told_to_be_a_work_has_only_the_numbers_that_are_found() {
    let text = "Words of an editor that stand nowhere in the work.\n\nNobody ever pays the toll.\n";
    let library = library(&[("ashe-1801.txt", text)]);
    let text = library.open("ashe:original").unwrap();
    let numbers: Vec<_> = text.edition.passages().iter().map(|passage| passage.number).collect();
    assert_eq!(numbers, [None, Some(2)]);
    let numbering = text.edition.numbering().unwrap();
    assert_eq!((numbering.found, numbering.of), (1, 2));
}

#[test]
fn editors_come_first_and_computation_fills_what_they_left() {
    let library = library(&[]);
    let open = |name| library.open(name).unwrap();
    let pair = library.join([open("ashe"), open("birch")], false, None).unwrap();
    assert_eq!(pair.indexes[0].entries(0)[0].origin, Origin::Curated);
    assert!(pair.indexes[1].entries(0).iter().all(|entry| entry.origin == Origin::Automatic));
    let ships: Vec<_> = pair.links.iter().filter(|link| link.topic == Some(0)).collect();
    assert_eq!(ships.len(), 1, "the links that an editor chose stand alone");
    assert_eq!(ships[0].origin, Origin::Curated);

    let turned = library.join([open("birch"), open("ashe")], false, None).unwrap();
    assert_eq!(turned.links[0].origin, Origin::Curated, "links hold in both directions");

    let computed = library.join([open("ashe"), open("birch")], true, None).unwrap();
    assert!(computed.links.iter().all(|link| link.origin == Origin::Automatic));
    assert!(computed.indexes[0].entries(0).iter().all(|entry| entry.origin == Origin::Automatic));
    assert_eq!(library.index(&open("ashe"), true).unwrap(), computed.indexes[0]);
}

#[test]
fn a_digest_and_its_original_are_linked_by_their_numbers() {
    let library = library(&[("ashe-1801.txt", COPY)]);
    let open = |name| library.open(name).unwrap();
    let pair = library.join([open("ashe:digest"), open("ashe:original")], false, None).unwrap();
    let numbers: Vec<[u32; 2]> = pair
        .links
        .iter()
        .map(|link| {
            [0, 1].map(|side| pair.texts[side].edition.passages()[link.passages[side][0]].number.unwrap())
        })
        .collect();
    assert_eq!(numbers, [[1, 1], [2, 2]]);
    // That the numbers agree says nothing of the words: nobody has compared them.
    assert!(pair.links.iter().all(|link| link.similarity.is_none()));
    assert!(pair.compared().links.iter().all(|link| link.similarity.is_some()));
}

#[test]
fn two_copies_of_a_known_work_are_aligned_by_their_words() {
    // A sentence that the work has not, and so without a number, stands in both.
    let one: &'static str =
        Box::leak(format!("{COPY}\nWhere does the captain sleep in winter?\n").into_boxed_str());
    let two: &'static str = Box::leak(one.replace("by A. Ashe", "by A. Ashe, captain").into_boxed_str());
    let library = library(&[("one.txt", one), ("two.txt", two)]);
    let texts = ["one.txt", "two.txt"].map(|name| library.open(name).unwrap());
    assert!(texts.iter().all(|text| text.form == Form::Original));
    let mut pair = library.join(texts, false, None).unwrap();
    assert_eq!((pair.ground.standing, pair.stage), (Standing::Parallel, Stage::ToAlign));
    pair.align(&Progress::default()).unwrap();
    for words in ["Nobody", "Where"] {
        let at = |side: usize| {
            let passages = pair.texts[side].edition.passages();
            passages.iter().position(|passage| passage.text.starts_with(words)).unwrap()
        };
        let link = pair.links.iter().find(|link| link.passages[0].contains(&at(0))).unwrap();
        assert_eq!((&link.passages[1], link.origin), (&vec![at(1)], Origin::Automatic), "{words}");
    }
    // Curated indexes hold for both copies: the topic lists what the reader lists.
    assert_eq!(pair.links_on(0).count(), 1);
}

#[test]
fn texts_stand_on_their_sides_whichever_is_longer() {
    let library = library(&[("short.txt", "A gull.\n"), ("long.txt", COPY)]);
    for names in [["short.txt", "long.txt"], ["long.txt", "short.txt"], ["ashe:digest", "long.txt"]] {
        let opened = library.open_both_at_once(names).unwrap();
        let alone = names.map(|name| library.open_at_once(name).unwrap());
        assert_eq!(opened.map(|text| text.name()), alone.map(|text| text.name()), "{names:?}");
    }
    let error = library.open_both_at_once(["none.txt", "nothing.txt"]).unwrap_err();
    assert!(error.to_string().contains("none.txt"), "{error}");
    assert!(library.open_both_at_once(["none.txt", "long.txt"]).is_err());
}

#[test]
fn a_table_that_is_wrong_is_said_with_its_place() {
    let shelf = |name, text| Box::new(WordShelf { embedded: vec![(name, text)], ..WordShelf::default() });
    let error = Library::new(shelf("works.toml", "version = 1\n[[work]]\nid = 7\n"), None).unwrap_err();
    assert!(error.to_string().contains("works.toml:3:6:"), "{error}");
    let embedded = vec![("works.toml", WORKS), ("ashe-1801/fingerprints.txt", "1 paragraph 9 -\n")];
    let files = vec![("a.txt", OLD)];
    let library =
        Library::new(Box::new(WordShelf { embedded, files, ..WordShelf::default() }), None).unwrap();
    let error = library.open("a.txt").unwrap_err();
    assert!(error.to_string().contains("ashe-1801/fingerprints.txt:1:1:"), "{error}");
    let error = Library::new(shelf("topics.toml", "version = 1\n[[topic]]\nid = 7\n"), None).unwrap_err();
    assert!(error.to_string().contains("topics.toml:3:6:"), "{error}");
}

const OLD: &str =
    "The ferry left Kallby at noon.\n\nNobody stood on the pier but a boy with a dog.\n\nGulls rose.\n";
const NEW: &str =
    "The ferry left Kallby at dusk.\n\nNobody stood on the pier but a girl with a dog.\n\nGulls rose.\n";

#[test]
fn what_the_reader_tells_goes_before_works_and_words() {
    use Standing::{Numbers, Parallel, Works};
    let library = library(&[("ashe-1801.txt", COPY), ("old.txt", OLD), ("new.txt", NEW)]);
    let join = |names: [&str; 2], told| {
        let pair = library.join(names.map(|name| library.open(name).unwrap()), false, told).unwrap();
        (pair.ground.standing, pair.ground.origin, pair.stage)
    };
    for (names, told, expected) in [
        (["ashe:digest", "ashe:original"], None, (Numbers, Origin::Curated, Stage::Joined)),
        (["ashe:digest", "ashe:original"], Some(Told::Works), (Works, Origin::Reader, Stage::Joined)),
        (["ashe:digest", "ashe:original"], Some(Told::Parallel), (Numbers, Origin::Reader, Stage::Joined)),
        (["ashe:digest", "birch"], None, (Works, Origin::Curated, Stage::Joined)),
        (["ashe:digest", "birch"], Some(Told::Parallel), (Parallel, Origin::Reader, Stage::ToAlign)),
        (["old.txt", "new.txt"], Some(Told::Parallel), (Parallel, Origin::Reader, Stage::ToAlign)),
        (["old.txt", "new.txt"], Some(Told::Works), (Works, Origin::Reader, Stage::Joined)),
    ] {
        assert_eq!(join(names, told), expected, "{names:?} {told:?}");
    }
    assert_eq!(join(["old.txt", "new.txt"], None).1, Origin::Automatic, "measured");
}

#[test]
fn an_alignment_is_kept_and_comes_back_without_being_computed() {
    let library = library(&[("old.txt", OLD), ("new.txt", NEW)]);
    let texts = || ["old.txt", "new.txt"].map(|name| library.open(name).unwrap());
    let deepened = |told| {
        let pair = library.join(texts(), false, told).unwrap();
        assert!(Library::can_deepen(&pair) && pair.links.is_empty());
        let mut handed: Vec<Pair> = Vec::new();
        let mut hand_in = |pair| {
            handed.push(pair);
            Ok(())
        };
        library.deepen(pair, &Progress::default(), &mut hand_in).unwrap();
        handed.pop().unwrap()
    };
    let computed = deepened(Some(Told::Parallel));
    assert!(computed.stage == Stage::Joined && !Library::can_deepen(&computed));
    assert_eq!(computed.links.len(), 3);
    // A cancelled computation gives nothing: what comes now was kept.
    let cancelled = Progress::default();
    cancelled.cancel();
    let pair = library.join(texts(), false, Some(Told::Parallel)).unwrap();
    let mut again = None;
    library
        .deepen(pair, &cancelled, &mut |pair| {
            again = Some(pair);
            Ok(())
        })
        .unwrap();
    let again = again.unwrap();
    assert_eq!((again.links, again.ground), (computed.links, computed.ground));
    // With another word of the reader's it is another pair.
    let works = library.join(texts(), false, Some(Told::Works)).unwrap();
    assert_eq!(works.ground.standing, Standing::Works);
}

/// Passages of words that nobody wrote, those of each number their own.
fn tale(passages: std::ops::Range<usize>) -> String {
    let letter = |seed: usize| (b'a' + (seed % 23) as u8) as char;
    let word = |at: usize| {
        let seed = (at + 1) * 2_654_435_761;
        (0..6).map(|n| letter(seed >> (4 * n + 3))).collect::<String>()
    };
    let passage = |at: usize| (0..12).map(|n| format!("and {} the", word(at * 12 + n))).collect::<Vec<_>>();
    passages.map(|at| ["So ", &passage(at).join(" "), ".\n\n"].concat()).collect()
}

#[test]
fn an_edition_behind_a_long_preface_is_found_while_it_is_read() {
    let (work, preface) = (tale(0..300), tale(5_000..5_600));
    let edited: &str = (preface.clone() + &work).leak();
    let library = library(&[("old.txt", work.leak()), ("new.txt", edited), ("other.txt", preface.leak())]);
    let deepened = |names: [&str; 2], progress: &Progress| {
        let pair = library.join(names.map(|name| library.open(name).unwrap()), false, None).unwrap();
        assert_eq!((pair.ground.standing, pair.stage), (Standing::Works, Stage::Joined), "by its beginning");
        assert!(Library::can_deepen(&pair));
        let mut handed: Vec<Pair> = Vec::new();
        let mut hand_in = |pair| {
            handed.push(pair);
            Ok(())
        };
        library.deepen(pair, progress, &mut hand_in).unwrap();
        handed
    };
    let handed = deepened(["old.txt", "new.txt"], &Progress::default());
    let [found] = &handed[..] else { panic!("{} times", handed.len()) };
    assert_eq!((found.ground.standing, found.stage), (Standing::Parallel, Stage::Joined));
    assert_eq!(
        found.links.iter().filter(|link| link.passages.iter().all(|side| !side.is_empty())).count(),
        300
    );
    // It was kept: nothing is computed that could be cancelled.
    let cancelled = Progress::default();
    cancelled.cancel();
    let again = deepened(["old.txt", "new.txt"], &cancelled);
    assert_eq!(again.len(), 1);
    assert!(deepened(["old.txt", "other.txt"], &Progress::default()).is_empty(), "two works");
}

#[test]
fn texts_are_there_before_what_takes_longer_than_a_blink_to_compute_of_them() {
    let texts = [tale(0..300), tale(5_000..5_300)].map(|tale| tale + "Every ferry is a ship.\n");
    let [one, other] = texts.map(|text| -> &str { text.leak() });
    let library = library(&[("one.txt", one), ("other.txt", other), ("old.txt", OLD), ("new.txt", NEW)]);
    let join = |names: [&str; 2], told| {
        library.join_at_once(names.map(|name| library.open_at_once(name).unwrap()), told).unwrap()
    };
    for told in [None, Some(Told::Works)] {
        let pair = join(["one.txt", "other.txt"], told);
        assert!(pair.stage == Stage::ToCompare && Library::can_deepen(&pair) && pair.links.is_empty());
        assert!(pair.indexes.iter().all(|index| index.entries(0).is_empty()));
        let mut handed = Vec::new();
        let mut hand_in = |pair: Pair| {
            handed.push((pair.stage, pair.ground, pair.indexes.map(|index| index.entries(0).len())));
            Ok(())
        };
        library.deepen(pair, &Progress::default(), &mut hand_in).unwrap();
        let whole =
            library.join(["one.txt", "other.txt"].map(|name| library.open(name).unwrap()), false, told);
        assert_eq!(handed, [(Stage::Joined, whole.unwrap().ground, [1, 1])]);
    }
    for quick in [["old.txt", "new.txt"], ["ashe", "birch"]] {
        assert!(join(quick, None).stage != Stage::ToCompare, "{quick:?}");
    }
}

/// One file, whole and where it is looked at.
#[derive(Debug)]
struct File(Vec<u8>);

impl Source for File {
    fn bytes(&self) -> usize {
        self.0.len()
    }

    fn read(&self, range: std::ops::Range<usize>) -> Vec<u8> {
        self.0.get(range).unwrap_or_default().to_vec()
    }
}

impl Shelf for File {
    fn embedded(&self, _: &str) -> Option<&str> {
        None
    }

    fn copies(&self) -> Result<Vec<PathBuf>, ReadError> {
        Ok(Vec::new())
    }

    fn exists(&self, _: &Path) -> bool {
        true
    }

    fn read(&self, _: Option<&Path>) -> Result<Vec<u8>, ReadError> {
        Ok(self.0.clone())
    }

    fn source(&self, _: &Path) -> Result<Option<Arc<dyn Source>>, ReadError> {
        Ok(Some(Arc::new(Self(self.0.clone()))))
    }
}

#[test]
fn a_text_of_two_bytes_a_character_is_shown_before_it_is_read_whole() {
    let text = "The ferry lies in the harbour and the toll is paid.\n\n".repeat(5000);
    let file: Vec<u8> =
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let library = Library::new(Box::new(File(file)), None).unwrap();
    let shown = library.open_at_once("ferries.txt").unwrap();
    assert!(shown.edition.windows().is_some());
    let other = library.open_at_once("other.txt").unwrap();
    let pair = library.join_at_once([shown, other], None).unwrap();
    let mut last = None;
    library
        .deepen(pair, &Progress::default(), &mut |pair| {
            last = Some(pair);
            Ok(())
        })
        .unwrap();
    let [left, _] = last.unwrap().texts;
    assert_eq!((left.edition.windows().is_none(), left.edition.passages().len()), (true, 5000));
}
