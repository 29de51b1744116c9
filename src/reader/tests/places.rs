//! Where the reader is stays where the reader is: the link last gone to, the places of both texts, the topic.

use super::*;
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
