//! Where a search leads, and what the keys after it are about.

use super::{act, act_times, model, pair, search, typed};
use crate::document::Edition;
use crate::reader::action::{Action, Event};
use crate::reader::model::{Model, Options, Surroundings};
use crate::reader::overlay::Overlay;
use crate::reader::update::{Effect, update};

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

#[test]
fn brackets_of_a_name_are_found_as_they_are_typed() {
    let mut pair = pair();
    let mut passages = pair.texts[0].edition.passages().to_vec();
    passages[7].text = "The congress of the RCP(b) and the men (see vol. 2) of the other party".to_owned();
    pair.texts[0].edition = Edition::new(passages, Vec::new(), 0);
    let mut model = Model::new(pair, Options::default(), Surroundings::default());
    update(&mut model, Event::Resize { columns: 100, rows: 24 });
    for query in ["RCP(b)", "(see", "vol. 2)", "RCP\\(b\\)"] {
        search(&mut model, query);
        assert_eq!((model.search.hits.len(), model.search.hits[0].passage), (1, 7), "{query}");
        assert_eq!(model.search.problem, None, "{query}");
    }
    search(&mut model, "[");
    assert!(model.message.as_deref().unwrap().starts_with("search: unclosed"), "{:?}", model.message);
}
