//! Texts that move alone, and what the reader ties together.

use super::*;

#[test]
fn freed_texts_move_alone_and_linking_keeps_the_offset() {
    let mut model = model();
    act(&mut model, Action::SyncToggle);
    assert_eq!(model.sync_state(), SyncState::Free);
    act_times(&mut model, Action::PassageNext, 9);
    let tops = model.tops();
    assert_eq!(at(&model), [9, 0]);
    act(&mut model, Action::SyncToggle);
    assert_eq!(model.tops(), tops);
    assert_eq!(model.followed(), tops[1]);
    assert!(model.message.as_deref().unwrap().contains("offset is kept"));
}

#[test]
fn what_the_reader_binds_is_an_anchor_from_then_on() {
    let mut model = model();
    act(&mut model, Action::SyncToggle);
    act_times(&mut model, Action::PassageNext, 20);
    act(&mut model, Action::FocusOther);
    act_times(&mut model, Action::PassageNext, 31);
    act(&mut model, Action::Bind);
    assert_eq!(model.sync_state(), SyncState::Anchored);
    act(&mut model, Action::Top);
    act_times(&mut model, Action::Top, 31);
    assert_eq!(at(&model), [20, 31]);
}

#[test]
fn the_same_passages_are_one_anchor_and_a_passage_may_have_several() {
    let mut model = model();
    act(&mut model, Action::SyncToggle);
    act_times(&mut model, Action::Top, 20);
    act(&mut model, Action::Bind);
    let said = model.message.take().unwrap();
    assert!(said.ends_with(" takes it back"), "nothing else is tied: {said}");
    act(&mut model, Action::SyncToggle);
    act(&mut model, Action::LineDown);
    assert_eq!(model.current(0), 20, "another row of the same passage");
    act(&mut model, Action::Bind);
    assert!(model.message.as_deref().unwrap().contains("are no anchor any more"), "{:?}", model.message);
    act(&mut model, Action::Bind);
    act(&mut model, Action::SyncToggle);
    act(&mut model, Action::FocusOther);
    act_times(&mut model, Action::Top, 30);
    act(&mut model, Action::Bind);
    assert_eq!(model.sync.anchors.len(), 2);
    let said = model.message.take().unwrap();
    assert!(said.contains("; A ¶ 20 stays tied to B ") && said.ends_with(" too"), "{said}");
}

#[test]
fn an_anchor_is_seen_listed_and_taken_back() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    assert_eq!(model.rests_on(), Rest::Link(0));
    act(&mut model, Action::Bind);
    assert_eq!(model.rests_on(), Rest::Anchor);
    assert!(model.message.as_deref().unwrap().contains("kept as your anchor"), "{:?}", model.message);
    update(&mut model, Event::Act { action: Action::MarkSet, count: None, letter: Some('a') });
    // By the same key again.
    act(&mut model, Action::Bind);
    assert_eq!((model.sync.anchors.len(), model.rests_on()), (0, Rest::Link(0)));
    // And from the list, where it stands after the marks.
    act(&mut model, Action::Bind);
    act(&mut model, Action::Marks);
    let Overlay::List(list) = &model.overlay else { panic!("no list") };
    let rows: Vec<&str> = list.rows.iter().map(|row| row.text.as_str()).collect();
    assert_eq!(rows, ["a       A ¶ 12  B ¶ 25", "anchor  A ¶ 12  B ¶ 25"]);
    act(&mut model, Action::LineDown);
    act(&mut model, Action::Remove);
    assert!(model.sync.anchors.is_empty());
    act(&mut model, Action::Remove);
    assert!(model.marks.is_empty());
    assert_eq!(model.message.as_deref(), Some("mark a is removed"));
    // The list stays, for the same key would exchange the two texts below it.
    act(&mut model, Action::Remove);
    let Overlay::List(list) = &model.overlay else { panic!("no list") };
    assert!(list.rows.is_empty());
    act(&mut model, Action::Accept);
    act(&mut model, Action::Cancel);
    assert_eq!(model.overlay, Overlay::None);
}
