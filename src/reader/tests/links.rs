//! Links as they are walked, weeded and rested on.

use super::*;

#[test]
fn links_are_walked_best_first_and_both_texts_move() {
    let mut model = model();
    let mut seen = Vec::new();
    for _ in 0..3 {
        act(&mut model, Action::LinkNext);
        seen.push(at(&model));
        assert_eq!(model.sync_state(), SyncState::Anchored);
    }
    assert_eq!(seen, [[12, 25], [5, 50], [30, 10]]);
    act(&mut model, Action::LinkNext);
    assert_eq!(model.message.as_deref(), Some("this is the last link under councils"));
    act(&mut model, Action::LinkPrevious);
    assert_eq!(at(&model), [5, 50]);
    assert_eq!(model.link_counter().text(), "2/3");
    assert_eq!(model.entry_counter(1).text(), "3/3");
}

#[test]
fn where_one_text_alone_speaks_of_a_topic_the_walk_goes_through_its_passages() {
    let mut model = model();
    model.go_to_topic(1);
    assert_eq!(at(&model)[1], 3, "the strongest");
    act(&mut model, Action::LinkNext);
    assert_eq!((at(&model)[1], model.focus), (44, 0));
    assert!(model.message.as_deref().unwrap().starts_with("party: nothing in A"), "why no link is gone to");
    act(&mut model, Action::LinkNext);
    assert_eq!(model.message.as_deref(), Some("party: nothing further in B"));
    act(&mut model, Action::LinkPrevious);
    assert_eq!(at(&model)[1], 3);
}

#[test]
fn what_is_rejected_in_the_list_is_nothing_to_rest_on_either() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::Links);
    act(&mut model, Action::LinkReject);
    act(&mut model, Action::Cancel);
    assert_eq!(model.sync_state(), SyncState::Even);
}

#[test]
fn what_was_rejected_is_nothing_to_rest_on() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::LinkReject);
    assert_eq!(model.sync_state(), SyncState::Even);
    act(&mut model, Action::LinkReject);
    assert_eq!(model.rests_on(), Rest::Link(0));
}

#[test]
fn an_unsure_bead_is_nothing_to_rest_on_until_the_reader_says_that_it_holds() {
    let mut pair = pair();
    for (link, confidence) in pair.links.iter_mut().zip([HOLDS / 2.0, HOLDS, HOLDS]) {
        link.topic = None;
        (link.kind, link.origin, link.status) = (LinkKind::Parallel, Origin::Automatic, Status::Proposed);
        link.confidence = confidence;
    }
    let mut model = Model::new(pair, Options::default(), Surroundings::default());
    update(&mut model, Event::Resize { columns: 120, rows: 30 });
    model.go_to_link(1);
    assert_eq!(model.rests_on(), Rest::Link(1));
    model.go_to_link(0);
    assert_eq!((at(&model), model.sync_state()), ([12, 25], SyncState::Even));
    act(&mut model, Action::LinkAccept);
    assert_eq!(model.sync_state(), SyncState::Anchored);
}

#[test]
fn links_are_weeded_in_their_list() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    let tops = model.tops();
    act(&mut model, Action::Links);
    act(&mut model, Action::LineDown);
    act(&mut model, Action::LinkReject);
    let Overlay::List(list) = &model.overlay else { panic!("no list") };
    let rows: Vec<&str> = list.rows.iter().map(|row| row.text.as_str()).collect();
    let expected = [
        "A ¶ 12-13  B ¶ 25  contradicts",
        "A ¶ 5      B ¶ 50  contradicts  rejected by you",
        "A ¶ 30     B ¶ 10  contradicts",
    ];
    assert_eq!((rows.as_slice(), list.chosen), (expected.as_slice(), 1), "each keeps its place");
    assert!(model.message.as_deref().unwrap().starts_with("rejected: A ¶ 5"), "{:?}", model.message);
    act(&mut model, Action::LinkReject);
    act(&mut model, Action::LinkReject);
    act(&mut model, Action::LineDown);
    act(&mut model, Action::LinkAccept);
    assert_eq!(
        model.pair.links.iter().map(Link::decided).collect::<Vec<_>>(),
        [None, Some("rejected by you"), Some("accepted by you"),]
    );
    assert_eq!(model.tops(), tops);
}

#[test]
fn editions_of_one_work_are_walked_by_the_passages_of_the_topic() {
    let mut model = model();
    for (passage, link) in model.pair.links.iter_mut().enumerate() {
        link.topic = None;
        link.kind = LinkKind::Parallel;
        link.passages = [vec![passage + 11], vec![passage + 11]];
    }
    act(&mut model, Action::LinkNext);
    assert_eq!(at(&model), [12, 12]);
    assert_eq!(model.link_counter().text(), "1/1");
    assert_eq!(model.sync_state(), SyncState::Anchored);
}

#[test]
fn the_walk_through_links_begins_anew_for_whoever_has_gone_on_from_the_last() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    let first = at(&model);
    act_times(&mut model, Action::LinkNext, 99);
    let last = at(&model);
    act(&mut model, Action::LinkNext);
    assert_eq!((at(&model), model.message.as_deref()), (last, Some("this is the last link under councils")));
    for _ in 0..2 {
        act(&mut model, Action::Top);
        act(&mut model, Action::FocusOther);
    }
    act(&mut model, Action::LinkNext);
    let said = "past the last link under councils: on from the first";
    assert_eq!((at(&model), model.message.as_deref()), (first, Some(said)));
}

#[test]
fn a_leap_to_a_link_while_scrolling_can_be_taken_back() {
    let mut model = model();
    act(&mut model, Action::Top);
    let leapt = (0..400).find_map(|_| {
        let view = model.view();
        act(&mut model, Action::LineDown);
        model.message.as_deref().is_some_and(|said| said.contains("goes to")).then_some(view)
    });
    act(&mut model, Action::JumpBack);
    assert_eq!(model.tops(), leapt.unwrap().tops);
}
