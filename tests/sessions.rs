//! What is kept between runs survives a second reader, a broken file and a changed text.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use diptych::document::{Anchor, Edition, Kind, Passage};
use diptych::files::{SessionFile, files_read_before, load_last_pair, save_last_pair};
use diptych::library::open::content_hash;
use diptych::library::{Form, Text};
use diptych::session::sketch::Ground;
use diptych::session::{Decision, Place, Session, Sync};

const WORDS: [&str; 3] = [
    "The ferry left at noon and the harbour was empty until the evening bell.",
    "Nobody in the town had seen the captain since the first week of autumn.",
    "A third paragraph closes the chapter without an answer to the question.",
];

fn text(name: &str, words: &[&str]) -> Text {
    let passages = words.iter().map(|words| Passage::new(Kind::Paragraph, *words)).collect();
    Text {
        work: None,
        form: Form::File,
        named: false,
        copy: None,
        path: Some(PathBuf::from(format!("/texts/{name}"))),
        content_hash: content_hash(format!("{name}{words:?}").as_bytes()),
        edition: Edition::new(passages, Vec::new(), 0),
    }
}

fn place(text: &Text, passage: usize) -> Place {
    Place::of(&text.edition, Anchor::start_of(passage))
}

fn only_file(folder: &Path, ending: &str) -> PathBuf {
    let files = fs::read_dir(folder.join("pairs")).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = files.filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn a_session_comes_back_as_it_was_left_in_either_order_of_the_texts() {
    let state = tempfile::tempdir().unwrap();
    let (a, b) = (text("a", &WORDS), text("b", &WORDS[1..]));
    for [left, right] in [[&a, &b], [&b, &a]] {
        let folder = state.path().join(left.path.as_ref().unwrap().file_name().unwrap());
        let (mut file, fresh, notice) = SessionFile::load(Some(&folder), [left, right]);
        assert_eq!((&fresh, notice), (&Session::default(), None));
        let mut session = Session {
            places: [place(left, 1), place(right, 0)],
            focus: 1,
            topic: Some("party".into()),
            sync: Sync::Free,
            measure: 60,
            ..Session::default()
        };
        session.marks.insert('m', [place(left, 0), place(right, 1)]);
        file.save(&session).unwrap();
        assert_eq!(SessionFile::load(Some(&folder), [left, right]).1, session);
        assert_eq!(SessionFile::load(Some(&folder), [right, left]).1, session.clone().flipped());
    }
}

#[test]
fn two_readers_at_once_lose_nothing_that_either_added() {
    let state = tempfile::tempdir().unwrap();
    let (a, b) = (text("a", &WORDS), text("b", &WORDS));
    let write = |letters: std::ops::RangeInclusive<char>| {
        let (mut file, mut session, _) = SessionFile::load(Some(state.path()), [&a, &b]);
        for letter in letters {
            session.marks.insert(letter, [place(&a, 0), place(&b, 1)]);
            file.save(&session).unwrap();
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| write('a'..='m'));
        scope.spawn(|| write('n'..='z'));
    });
    let session = SessionFile::load(Some(state.path()), [&a, &b]).1;
    assert_eq!(session.marks.keys().collect::<String>(), ('a'..='z').collect::<String>());
}

#[test]
fn a_reader_without_changes_does_not_undo_those_of_another() {
    let state = tempfile::tempdir().unwrap();
    let (a, b) = (text("a", &WORDS), text("b", &WORDS));
    let (mut first, session, _) = SessionFile::load(Some(state.path()), [&a, &b]);
    let (mut second, other, _) = SessionFile::load(Some(state.path()), [&b, &a]);
    second.save(&Session { measure: 50, ..other }).unwrap();
    first.save(&Session { topic: Some("soviets".into()), ..session }).unwrap();
    let kept = SessionFile::load(Some(state.path()), [&a, &b]).1;
    assert_eq!((kept.measure, kept.topic.as_deref()), (50, Some("soviets")));
}

#[test]
fn a_broken_file_is_kept_aside_and_said() {
    let state = tempfile::tempdir().unwrap();
    let (a, b) = (text("a", &WORDS), text("b", &WORDS));
    let (mut file, session, _) = SessionFile::load(Some(state.path()), [&a, &b]);
    file.save(&session).unwrap();
    let path = only_file(state.path(), ".json");
    for (number, broken) in [(1, "{ \"version\": 1, \"places\": "), (2, "{ \"version\": 99 }"), (3, "")] {
        fs::write(&path, broken).unwrap();
        let (mut file, session, notice) = SessionFile::load(Some(state.path()), [&a, &b]);
        let notice = notice.unwrap();
        assert!(notice.contains(&format!(".broken-{number}")), "{notice}");
        assert_eq!(session, Session::default());
        let aside = only_file(state.path(), &format!(".broken-{number}"));
        assert_eq!(fs::read_to_string(aside).unwrap(), broken, "not a byte of it is lost");
        file.save(&session).unwrap();
        assert_eq!(SessionFile::load(Some(state.path()), [&a, &b]).2, None);
    }
}

#[test]
fn a_file_that_breaks_while_it_is_read_is_not_overwritten() {
    let state = tempfile::tempdir().unwrap();
    let (a, b) = (text("a", &WORDS), text("b", &WORDS));
    let (mut file, session, _) = SessionFile::load(Some(state.path()), [&a, &b]);
    file.save(&session).unwrap();
    fs::write(only_file(state.path(), ".json"), "half a fi").unwrap();
    file.save(&session).unwrap();
    assert_eq!(fs::read_to_string(only_file(state.path(), ".broken-1")).unwrap(), "half a fi");
}

#[test]
fn places_follow_their_words_into_a_changed_text() {
    let state = tempfile::tempdir().unwrap();
    let (a, b) = (text("a", &WORDS), text("b", &WORDS));
    let (mut file, session, _) = SessionFile::load(Some(state.path()), [&a, &b]);
    file.save(&Session { places: [place(&a, 1), place(&b, 2)], ..session }).unwrap();

    let changed = text("a", &["A new beginning was added here by the editor.", WORDS[0], WORDS[1]]);
    for texts in [[&changed, &b], [&b, &changed]] {
        let (_, session, notice) = SessionFile::load(Some(state.path()), texts);
        assert_eq!(notice, None);
        let found = [0, 1].map(|side| session.places[side].find(&Ground::new(&texts[side].edition)));
        let words =
            [0, 1].map(|side| texts[side].edition.get(found[side].unwrap().passage).unwrap().text.clone());
        let expected = texts.map(|text| if text.path == changed.path { WORDS[1] } else { WORDS[2] });
        assert_eq!(words, expected);
    }
}

#[test]
fn a_text_that_is_again_what_it_was_has_what_was_kept_of_it_in_between() {
    let state = tempfile::tempdir().unwrap();
    let (a, b) = (text("a", &WORDS), text("b", &WORDS));
    let decision = |left: usize, right: usize, accepted| Decision {
        topic: None,
        passages: [vec![place(&a, left)], vec![place(&b, right)]],
        accepted,
    };
    let (mut file, session, _) = SessionFile::load(Some(state.path()), [&a, &b]);
    let first = Session {
        places: [place(&a, 0), place(&b, 1)],
        decisions: vec![decision(0, 0, true), decision(1, 1, true)],
        anchors: vec![[place(&a, 0), place(&b, 2)]],
        ..session
    };
    file.save(&first).unwrap();
    // A file system may tell no two moments within the same tick apart.
    thread::sleep(Duration::from_millis(20));
    let changed = text("a", &["A new beginning was added here by the editor.", WORDS[0], WORDS[1], WORDS[2]]);
    let (mut file, session, _) = SessionFile::load(Some(state.path()), [&changed, &b]);
    let mut later = Session { places: [place(&changed, 3), place(&b, 2)], ..session };
    later.decisions = vec![decision(1, 1, false), decision(2, 2, true)];
    file.save(&later).unwrap();

    for read in 0..2 {
        let (mut file, session, _) = SessionFile::load(Some(state.path()), [&a, &b]);
        assert_eq!(SessionFile::look(Some(state.path()), [&a, &b]), Some(session.clone()));
        let found = [0, 1].map(|side| session.places[side].find(&Ground::new(&[&a, &b][side].edition)));
        assert_eq!(found.map(|place| place.unwrap().passage), [2, 2], "read {read}");
        let mut decisions = session.decisions.clone();
        decisions.sort_by_key(|decision| decision.passages[0][0].passage);
        assert_eq!(decisions, [decision(0, 0, true), decision(1, 1, false), decision(2, 2, true)]);
        assert_eq!(session.anchors, first.anchors);
        file.save(&session).unwrap();
    }
    // Of another text by the same name it has no place.
    thread::sleep(Duration::from_millis(20));
    let other = text("a", &["Quite another chapter, of which no word is known elsewhere."]);
    let (mut file, session, _) = SessionFile::load(Some(state.path()), [&other, &b]);
    file.save(&Session { places: [place(&other, 0), place(&b, 0)], ..session }).unwrap();
    let (_, session, _) = SessionFile::load(Some(state.path()), [&a, &b]);
    assert_eq!(session.places[1].find(&Ground::new(&b.edition)).unwrap().passage, 2);
    assert_eq!(session.decisions.len(), 3);
}

#[test]
fn without_a_state_folder_nothing_is_kept_and_it_is_said() {
    let home = tempfile::tempdir().unwrap();
    let (a, b) = (text("a", &WORDS), text("b", &WORDS));
    let (mut file, session, notice) = SessionFile::load(None, [&a, &b]);
    assert!(notice.unwrap().contains("not kept"));
    file.save(&session).unwrap();

    let blocked = home.path().join("file");
    fs::write(&blocked, "").unwrap();
    let (mut file, session, _) = SessionFile::load(Some(&blocked), [&a, &b]);
    assert_eq!(session, Session::default());
    assert!(file.save(&session).is_err(), "the reader is told");
    assert!(save_last_pair(Some(&blocked), [&a, &b]).is_err());
}

#[test]
fn files_read_before_are_known_while_they_are_there() {
    let state = tempfile::tempdir().unwrap();
    let file = |name: &str| {
        let path = state.path().join(name);
        fs::write(&path, name).unwrap();
        Text { path: Some(path), ..text(name, &WORDS) }
    };
    let [a, b, c] = ["a.txt", "b.txt", "c.txt"].map(file);
    for pair in [[&a, &b], [&b, &c]] {
        let (mut file, session, _) = SessionFile::load(Some(state.path()), pair);
        file.save(&session).unwrap();
    }
    let known = || {
        let mut names = files_read_before(Some(state.path()));
        names.sort();
        names
    };
    let paths = ["a.txt", "b.txt", "c.txt"].map(|name| state.path().join(name).to_str().unwrap().to_owned());
    assert_eq!(known(), paths);
    fs::remove_file(&paths[0]).unwrap();
    assert_eq!(known(), paths[1..]);
    assert_eq!(files_read_before(None), Vec::<String>::new());
}

#[test]
fn the_last_pair_is_kept_by_names_that_hold_anywhere() {
    let state = tempfile::tempdir().unwrap();
    let (a, b) = (text("a", &WORDS), text("b", &WORDS));
    assert_eq!(load_last_pair(Some(state.path())), None);
    save_last_pair(Some(state.path()), [&a, &b]).unwrap();
    assert_eq!(load_last_pair(Some(state.path())), Some(["/texts/a".to_owned(), "/texts/b".to_owned()]));
    let stdin = Text { path: None, ..text("c", &WORDS) };
    save_last_pair(Some(state.path()), [&a, &stdin]).unwrap();
    assert_eq!(
        load_last_pair(Some(state.path())).unwrap()[1],
        "/texts/b",
        "a pair that cannot come back is no last pair"
    );
    fs::write(state.path().join("last-pair.json"), "broken").unwrap();
    assert_eq!(load_last_pair(Some(state.path())), None);
}
