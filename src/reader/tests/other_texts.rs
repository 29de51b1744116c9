//! Another text in place of one, another form of it, or the same file changed.

use super::{act, act_times, at, model, pair};
use crate::document::{Edition, Kind, Passage};
use crate::library::pair::Pair;
use crate::reader::action::{Action, Event};
use crate::reader::fixture::{aligned, work};
use crate::reader::model::{Model, Options, Surroundings};
use crate::reader::overlay::Overlay;
use crate::reader::sync::SyncState;
use crate::reader::update::update;
use crate::session::Session;

/// The pair with another text on the right.
fn with_another() -> Pair {
    let mut pair = pair();
    pair.texts[1].content_hash = "another".to_owned();
    pair.texts[1].path = Some("another.txt".into());
    pair
}

#[test]
fn the_jumps_of_a_text_outlive_the_choice_of_another_beside_it() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::LinkNext);
    assert_eq!(at(&model), [5, 50]);
    assert!(model.take_pair(with_another()));
    assert_eq!(at(&model), [5, 0]);
    act(&mut model, Action::JumpBack);
    assert_eq!(at(&model), [12, 0]);
    act(&mut model, Action::JumpForward);
    assert_eq!(at(&model), [5, 0]);
    act(&mut model, Action::Swap);
    act(&mut model, Action::JumpBack);
    assert_eq!(at(&model), [0, 12]);
}

#[test]
fn the_walk_through_the_links_of_another_pair_begins_at_its_first() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    let first = at(&model);
    act(&mut model, Action::LinkNext);
    assert!(model.take_pair(with_another()));
    act(&mut model, Action::LinkNext);
    assert_eq!(at(&model), first);
}

#[test]
fn a_text_that_was_read_beside_the_other_comes_back_to_where_it_was_left() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    let first = at(&model);
    act(&mut model, Action::LinkNext);
    let (tops, link, left) = (model.tops(), model.link, model.remember());
    assert!(model.take_pair(with_another()));
    assert_eq!(at(&model)[1], 0);
    assert!(model.take_pair(pair()));
    model.come_back(1, &left);
    assert_eq!((model.tops(), model.link, model.sync_state()), (tops, link, SyncState::Anchored));
    act(&mut model, Action::JumpBack);
    assert_eq!(at(&model), first, "so do the jumps in this pair");
    act(&mut model, Action::JumpForward);
    assert_eq!(model.tops(), tops);
    // The other has moved since: it stays where it is.
    assert!(model.take_pair(with_another()));
    model.focus = 0;
    act_times(&mut model, Action::Top, 33);
    let here = model.tops()[0];
    assert!(model.take_pair(pair()));
    model.come_back(1, &left);
    assert_eq!(model.tops(), [here, tops[1]]);
}

#[test]
fn another_form_of_the_same_work_opens_at_the_same_number() {
    let as_form = |mut pair: Pair, hash: &str| {
        let number = |(at, passage): (usize, &Passage)| Passage {
            number: (at > 0).then_some(at as u32),
            ..passage.clone()
        };
        let mut passages: Vec<Passage> =
            pair.texts[0].edition.passages().iter().enumerate().map(number).collect();
        if hash == "original" {
            passages.splice(0..0, [(); 3].map(|()| Passage::new(Kind::Apparatus, "By its publisher")));
        }
        pair.texts[0].edition = Edition::new(passages, Vec::new(), 0);
        pair.texts[0].work = Some(work());
        pair.texts[0].content_hash = hash.to_owned();
        pair.texts[0].path = None;
        pair
    };
    let mut model = Model::new(as_form(pair(), "digest"), Options::default(), Surroundings::default());
    update(&mut model, Event::Resize { columns: 100, rows: 24 });
    act_times(&mut model, Action::Top, 12);
    act_times(&mut model, Action::Top, 20);
    assert!(model.take_pair(as_form(pair(), "original")));
    assert_eq!(at(&model)[0], 23);
    act(&mut model, Action::JumpBack);
    assert_eq!(at(&model)[0], 15);
    // Beside the original of the same work the digest opens at its number, too.
    let mut beside = as_form(pair(), "original");
    beside.texts[1] = as_form(pair(), "digest").texts[0].clone();
    assert!(model.take_pair(beside));
    model.come_back(1, &Session::default());
    assert_eq!(at(&model), [15, 12]);
}

#[test]
fn a_file_that_was_changed_comes_back_to_its_words_and_so_do_the_jumps() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::LinkNext);
    assert_eq!(at(&model), [5, 50]);
    let mut changed = pair();
    let mut passages = changed.texts[1].edition.passages().to_vec();
    passages.insert(3, passages[1].clone());
    changed.texts[1].edition = Edition::new(passages, Vec::new(), 0);
    changed.texts[1].content_hash = "changed".to_owned();
    assert!(model.take_pair(changed));
    assert_eq!(at(&model), [5, 51]);
    act(&mut model, Action::JumpBack);
    assert_eq!(at(&model), [12, 26]);
    let mut gone = pair();
    gone.texts[1].edition = Edition::new(gone.texts[0].edition.passages().to_vec(), Vec::new(), 0);
    gone.texts[1].content_hash = "gone".to_owned();
    assert!(model.take_pair(gone));
    assert_eq!(at(&model), [12, 0], "the words are gone");
}

#[test]
fn the_open_file_is_chosen_among_the_texts_also_where_the_library_lacks_it() {
    let mut model = model();
    let offered = [("ashe-1801:digest".to_owned(), "N. Ashe".to_owned())];
    model.open_editions(&offered);
    let Overlay::List(list) = &model.overlay else { panic!("no list") };
    let rows: Vec<&str> = list.rows.iter().map(|row| row.text.as_str()).collect();
    assert_eq!((rows, list.chosen), (vec!["a.txt", "b.txt", "ashe-1801:digest"], 0));
}

#[test]
fn an_edition_opens_at_what_stands_beside_the_other() {
    let mut model = aligned(|passages| {
        passages.drain(5..8);
    });
    act_times(&mut model, Action::Top, 20);
    let mut other = std::mem::take(&mut model.pair.texts[1].content_hash);
    other.push_str(" again");
    let mut pair = model.pair.clone();
    pair.texts[1].content_hash = other;
    pair.texts[1].path = Some("another.txt".into());
    assert!(model.take_pair(pair));
    assert_eq!(at(&model), [20, 0]);
    model.come_back(1, &Session::default());
    assert_eq!(at(&model), [20, 17]);
}
