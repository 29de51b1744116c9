//! What answers the passage at the reader's line, where the other text does not stand there.

use super::{act, act_times, at, pair};
use crate::links::Status;
use crate::reader::action::Action;
use crate::reader::model::{Model, Options, Surroundings};
use crate::reader::overlay::Overlay;
use crate::reader::sync::Rest;

/// Passage 12 of the left text is linked to 25 on the right, and less surely to 40.
fn linked_twice() -> Model {
    let mut pair = pair();
    let mut second = pair.links[0].clone();
    second.passages = [vec![12], vec![40]];
    second.confidence = 0.5;
    pair.links.push(second);
    let keys = [(Action::Level, "S".to_owned())];
    let surroundings = Surroundings { keys: keys.into_iter().collect(), ..Surroundings::default() };
    let mut model = Model::new(pair, Options::default(), surroundings);
    model.size = (120, 40);
    act(&mut model, Action::SyncToggle);
    act_times(&mut model, Action::Top, 12);
    model
}

#[test]
fn the_same_key_goes_on_to_the_next_of_several_answers_and_round() {
    let mut model = linked_twice();
    for other in [25, 40, 25] {
        act(&mut model, Action::Level);
        assert_eq!(at(&model), [12, other]);
    }
}

#[test]
fn an_answer_left_by_the_other_text_is_gone_to_again() {
    let mut model = linked_twice();
    act(&mut model, Action::Level);
    act(&mut model, Action::FocusOther);
    act_times(&mut model, Action::Top, 55);
    act(&mut model, Action::FocusOther);
    act(&mut model, Action::Level);
    assert_eq!(at(&model), [12, 25]);
}

#[test]
fn a_passage_says_where_its_answers_stand() {
    let mut model = linked_twice();
    act_times(&mut model, Action::Top, 12);
    assert_eq!(model.linked_elsewhere().as_deref(), Some("linked to B ¶ 25, 40: S goes there"));
    model.pair.links[0].status = Status::Rejected;
    assert_eq!(model.linked_elsewhere().as_deref(), Some("linked to B ¶ 40: S goes there"));
    act_times(&mut model, Action::Top, 7);
    assert_eq!(model.linked_elsewhere(), None);
    model.topic = Some(1);
    act_times(&mut model, Action::Top, 12);
    assert_eq!(model.linked_elsewhere(), None, "under another topic");
}

#[test]
fn the_topic_to_begin_with_joins_the_two_texts() {
    let mut pair = pair();
    assert_eq!(pair.first_topic(), Some(0));
    for link in &mut pair.links {
        link.topic = Some(1);
    }
    assert_eq!(pair.first_topic(), Some(1));
    pair.links.clear();
    assert_eq!(pair.first_topic(), Some(0), "both speak of it");
    pair.indexes[0].remove(0);
    pair.indexes[1].remove(0);
    pair.indexes[0].remove(0);
    assert_eq!(pair.first_topic(), Some(0), "one of them does");
}

#[test]
fn an_answer_under_another_topic_says_which_and_leaves_the_walk_through_this_one() {
    let mut model = linked_twice();
    model.pair.links[3].topic = Some(1);
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::LinkNext);
    act_times(&mut model, Action::Top, 12);
    act(&mut model, Action::Level);
    assert_eq!((at(&model), model.message.take()), ([12, 25], None));
    act(&mut model, Action::Level);
    assert_eq!((at(&model), model.topic), ([12, 40], Some(0)));
    assert_eq!(model.message.as_deref(), Some("linked under party"));
    assert_eq!(model.governing_link().map(|(index, _)| index), Some(3));
    assert_eq!(model.rests_on(), Rest::Link(3), "no guess: a link joins them");
    act(&mut model, Action::LinkNext);
    assert_eq!(at(&model), [5, 50], "the link after the one that joins 12 and 25");
}

#[test]
fn an_answer_that_stands_beside_already_is_said_to() {
    let mut model = linked_twice();
    act(&mut model, Action::Level);
    assert_eq!((at(&model), model.message.take()), ([12, 25], None));
    model.link = None;
    act(&mut model, Action::Level);
    assert_eq!(at(&model), [12, 25]);
    assert_eq!(model.message.as_deref(), Some("B ¶ 25 stands beside it already"));
}

#[test]
fn where_nothing_else_answers_that_is_said() {
    let mut model = linked_twice();
    act_times(&mut model, Action::Top, 30);
    act(&mut model, Action::Level);
    assert_eq!((at(&model), model.message.take()), ([30, 10], None));
    act(&mut model, Action::Level);
    assert_eq!(model.message.as_deref(), Some("nothing else answers ¶ 30"));
}

#[test]
fn what_the_reader_tied_is_the_first_answer_and_stands_on_the_card() {
    let mut model = linked_twice();
    act(&mut model, Action::FocusOther);
    act_times(&mut model, Action::Top, 33);
    act(&mut model, Action::FocusOther);
    assert_eq!(at(&model), [12, 33]);
    act(&mut model, Action::Bind);
    act(&mut model, Action::SyncToggle);
    act(&mut model, Action::Level);
    assert_eq!(at(&model), [12, 25], "it stands at the anchor: on to the links");
    assert_eq!(model.linked_elsewhere().as_deref(), Some("tied by your anchor to B ¶ 33: S goes there"));
    for other in [40, 33, 25] {
        act(&mut model, Action::Level);
        assert_eq!(at(&model), [12, other]);
    }
    act(&mut model, Action::FocusOther);
    act_times(&mut model, Action::Top, 55);
    act(&mut model, Action::FocusOther);
    act(&mut model, Action::Level);
    assert_eq!((at(&model), model.rests_on()), ([12, 33], Rest::Anchor));
    model.open_card();
    let Overlay::Pager(card) = &model.overlay else { panic!("no card") };
    assert!(card.lines.iter().any(|line| line.label == "B ¶ 33" && line.text == "your anchor"));
}

#[test]
fn a_link_speaks_of_what_is_on_the_screen() {
    let mut model = linked_twice();
    act(&mut model, Action::LinkNext);
    let governs = |model: &Model| model.governing_link().map(|(index, _)| index);
    let link = governs(&model);
    assert!(link.is_some());
    model.sync.linked = false;
    act(&mut model, Action::FocusOther);
    act(&mut model, Action::PassagePrevious);
    act(&mut model, Action::FocusOther);
    assert_eq!((at(&model), governs(&model)), ([12, 24], link), "its passage is still there, below");
    act(&mut model, Action::FocusOther);
    act_times(&mut model, Action::PassageNext, 2);
    act(&mut model, Action::FocusOther);
    assert_eq!((at(&model), governs(&model)), ([12, 26], None), "it has gone by");
}
