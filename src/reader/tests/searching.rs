//! Where a search leads, and what the keys after it are about.

use super::{act, act_times, model, search, typed};
use crate::reader::action::Action;
use crate::reader::model::Model;
use crate::reader::overlay::Overlay;
use crate::reader::update::Effect;

fn copied(model: &mut Model) -> String {
    match act(model, Action::CopyPassage) {
        Some(Effect::Copy { text, .. }) => text,
        other => panic!("nothing copied: {other:?}"),
    }
}

/// The number of a word of the fixture, `a7w31`, is that of its place in passage 7.
#[test]
fn what_is_copied_after_a_search_holds_what_was_found() {
    let mut model = model();
    for passage in [3, 4, 5, 6, 9, 20, 21, 40, 1] {
        for word in [0, 19] {
            let query = format!("a{passage}w{word}\\b");
            search(&mut model, &query);
            assert!(copied(&mut model).contains(&format!("a{passage}w{word}")), "{query}");
        }
    }
    search(&mut model, "w19\\b");
    for _ in 0..40 {
        act(&mut model, Action::MatchNext);
        let hit = model.search.hits[model.search.current.unwrap()].clone();
        assert_eq!(model.current(0), hit.passage);
    }
}

#[test]
fn a_hit_in_view_in_the_passage_being_read_moves_nothing() {
    let mut model = model();
    search(&mut model, "a9w0\\b");
    let tops = model.tops();
    search(&mut model, "a9w[56]\\b");
    act(&mut model, Action::MatchNext);
    assert_eq!((model.search.current, model.tops()), (Some(1), tops));
}

#[test]
fn the_next_hit_is_sought_from_where_the_reader_has_gone() {
    let mut model = model();
    search(&mut model, "w3\\b");
    act_times(&mut model, Action::Top, 30);
    act(&mut model, Action::MatchNext);
    assert_eq!(model.current(0), 30);
    act_times(&mut model, Action::Top, 15);
    act(&mut model, Action::MatchPrevious);
    assert_eq!(model.current(0), 14);
}

#[test]
fn what_was_searched_for_is_offered_where_something_is_searched_alone() {
    let mut model = model();
    search(&mut model, "a9w5");
    for (opens, offered) in
        [(Action::Search, "a9w5"), (Action::TopicNew, "typed"), (Action::GotoReference, "typed")]
    {
        act(&mut model, opens);
        typed(&mut model, "typed");
        act(&mut model, Action::HistoryPrevious);
        let Overlay::Prompt { prompt, .. } = &model.overlay else { panic!("no prompt") };
        assert_eq!(prompt.text, offered, "{opens:?}");
        act(&mut model, Action::Cancel);
    }
}
