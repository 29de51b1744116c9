//! Where the reader is stays where the reader is: the link last gone to, the places of both texts, the topic.

use super::*;
use crate::document::{Kind, Passage};
use crate::library::pair::{Ground, Pair, Standing};
use crate::reader::sync::in_gap;

#[test]
fn links_go_on_from_the_one_last_gone_to_wherever_the_reader_went_since() {
    let mut model = model();
    for away in [Action::EntryNext, Action::Top, Action::Bottom, Action::Bind] {
        model.go_to_link(0);
        act(&mut model, away);
        act(&mut model, Action::LinkNext);
        assert_eq!((model.link, at(&model)), (Some(1), [5, 50]), "after {away:?}");
    }
}

#[test]
fn a_count_is_kept_where_no_link_is_current() {
    let mut model = model();
    act_times(&mut model, Action::LinkNext, 3);
    assert_eq!(model.link_counter().text(), "3/3");
    (model.link, model.stepped) = (None, None);
    act_times(&mut model, Action::LinkPrevious, 2);
    assert_eq!(model.link_counter().text(), "2/3");
}

#[test]
fn the_topic_comes_back_with_what_the_texts_are_taken_for() {
    let mut model = model();
    model.choose_topic(Some(1));
    let works = model.pair.clone();
    let parallel = Pair { ground: Ground::known(Standing::Parallel, "said"), ..works.clone() };
    assert!(model.take_in(parallel));
    assert_ne!(model.topic, Some(1));
    assert!(model.take_in(works));
    assert_eq!(model.topic, Some(1));
}

/// The made-up pair with passages of B changed.
fn changed(change: impl FnOnce(&mut Vec<Passage>)) -> Pair {
    let mut pair = pair();
    let mut passages = pair.texts[1].edition.passages().to_vec();
    change(&mut passages);
    let by = passages.len().abs_diff(pair.texts[1].edition.passages().len());
    // The index and links of the text as it is now.
    let moved = |passage: &mut usize| *passage = if *passage > 3 { *passage - by } else { *passage };
    pair.links.iter_mut().for_each(|link| link.passages[1].iter_mut().for_each(moved));
    pair.texts[1].edition = Edition::new(passages, Vec::new(), 0);
    pair.texts[1].content_hash = "changed".to_owned();
    pair
}

#[test]
fn what_was_decided_of_a_passage_outlives_its_changes_and_holds_for_no_other() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::LinkReject);
    update(&mut model, Event::Act { action: Action::MarkSet, count: None, letter: Some('a') });
    let kept = model.remember();
    let taken_up = |pair: Pair| {
        let mut again = Model::new(pair, Options::default(), Surroundings::default());
        again.take_up(&kept);
        let rejected = again.pair.links.iter().filter(|link| link.status == Status::Rejected);
        let rejected: Vec<usize> = rejected.map(|link| link.passages[1][0]).collect();
        (again, rejected)
    };
    // Other words at its beginning, and two passages before it are gone.
    let (again, rejected) = taken_up(changed(|passages| {
        passages[25].text = passages[25].text.replace("b25w0 b25w1", "other words");
        passages.drain(2..4);
    }));
    assert_eq!((rejected, again.marks[&'a'][1].passage, again.what_waits()), (vec![23], 23, None));
    // Another passage in its place: nothing is decided of it, and what was decided waits.
    let (mut again, rejected) = taken_up(changed(|passages| {
        let other = (0..30).map(|n| format!("new{n}")).collect::<Vec<_>>().join(" ");
        passages[25] = Passage::new(Kind::Paragraph, other);
    }));
    assert_eq!((rejected, again.marks.len()), (vec![], 0));
    let said = "1 decision and 1 mark of yours wait: the words of their passages are gone";
    assert!(again.message.as_deref().unwrap().ends_with(said), "{:?}", again.message);
    act(&mut again, Action::Swap);
    let flipped = again.remember().flipped();
    assert_eq!((&flipped.decisions, &flipped.marks), (&kept.decisions, &kept.marks));
    let mut back = self::model();
    back.take_up(&flipped);
    assert_eq!(back.remember().decisions, kept.decisions);
    assert_eq!(back.pair.links[0].status, Status::Rejected);
}

/// Scrolled until the top row of a side is the gap after a passage.
fn with_a_gap_on_top(side: usize) -> Model {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act_times(&mut model, Action::LineDown, 20);
    while !in_gap(model.editions()[side], model.panes[side].top) {
        act(&mut model, Action::LineDown);
    }
    model
}

#[test]
fn a_reading_taken_up_again_waits_nowhere_and_comes_back_to_its_rows() {
    for side in [0, 1] {
        let kept = with_a_gap_on_top(side).remember();
        let mut again = model();
        again.take_up(&kept);
        let tops = again.tops();
        assert!(in_gap(again.editions()[side], tops[side]));
        assert_eq!((again.waiting(), again.followed()), (None, tops[1]));
        act(&mut again, Action::LineDown);
        act(&mut again, Action::LineUp);
        assert_eq!(again.tops(), tops, "with a gap on side {side}");
    }
}

#[test]
fn a_reading_taken_up_again_is_tied_by_its_link_and_scrolls_as_it_did() {
    for rows in [0, 3, 20, 60, 200] {
        let mut model = model();
        act_times(&mut model, Action::LinkNext, 2);
        act_times(&mut model, Action::LineDown, rows);
        let mut again = self::model();
        again.take_up(&model.remember());
        let state = |model: &Model| (model.tops(), model.link, model.waiting(), model.rests_on());
        for action in [Action::LineDown, Action::LineUp, Action::LineUp, Action::LinkNext] {
            assert_eq!(state(&again), state(&model), "after {rows} rows, before {action:?}");
            act(&mut again, action);
            act(&mut model, action);
        }
    }
    // Where the reader tied other places since, those are what ties.
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act_times(&mut model, Action::LineDown, 9);
    act(&mut model, Action::SyncToggle);
    act(&mut model, Action::LineDown);
    act(&mut model, Action::SyncToggle);
    assert_eq!(model.remember().link, None);
}

#[test]
fn a_search_that_is_given_up_leaves_the_texts_tied_as_they_were() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act_times(&mut model, Action::LineDown, 60);
    let mut other = self::model();
    act(&mut other, Action::LinkNext);
    act_times(&mut other, Action::LineDown, 60);
    act(&mut model, Action::Search);
    typed(&mut model, "a40w0");
    assert_ne!(model.tops(), other.tops());
    act(&mut model, Action::Cancel);
    let state = |model: &Model| (model.tops(), model.link, model.sync.pin, model.waiting());
    assert_eq!(state(&model), state(&other));
}

#[test]
fn a_search_that_finds_nothing_moves_neither_text() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act_times(&mut model, Action::LineDown, 20);
    model.panes[1].top = model.settled(1, Anchor::start_of(40));
    let before = (model.tops(), model.waiting());
    act(&mut model, Action::Search);
    typed(&mut model, "nowhere");
    assert_eq!((model.tops(), model.waiting()), before);
    act(&mut model, Action::Cancel);
    assert_eq!((model.tops(), model.waiting()), before);
}

#[test]
fn only_what_both_texts_stand_in_is_said_to_carry_them() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    assert_eq!(model.rests_on(), Rest::Link(0));
    // The left one still stands in its passages, the right one has left its own.
    model.panes[1].top = model.settled(1, Anchor::start_of(27));
    assert_eq!((at(&model), model.sync_state()), ([12, 27], SyncState::Even));
    act(&mut model, Action::Top);
    act_times(&mut model, Action::LineDown, 1);
    for _ in 0..400 {
        act(&mut model, Action::LineDown);
        let told = model.link_counter().at.is_some();
        assert!(told || model.sync_state() == SyncState::Even, "{:?}", at(&model));
    }
}

#[test]
fn a_jump_to_a_passage_of_several_links_brings_what_the_best_of_them_joins() {
    let mut model = model();
    // The best link of 30 goes against the other two, the weaker one goes with them.
    let of_30 = |right: usize, confidence: f32| Link {
        passages: [vec![30], vec![right]],
        confidence,
        ..model.pair.links[0].clone()
    };
    let links = [of_30(10, 0.95), model.pair.links[0].clone(), of_30(40, 0.5)];
    model.pair.links = links.to_vec();
    model.forget_links();
    model.rechain();
    act_times(&mut model, Action::Top, 12);
    assert_eq!(at(&model), [12, 25]);
    act_times(&mut model, Action::Top, 30);
    assert_eq!(at(&model), [30, 10]);
    // Read on, the text keeps its order.
    act_times(&mut model, Action::Top, 12);
    assert_eq!(at(&model), [12, 25]);
}
