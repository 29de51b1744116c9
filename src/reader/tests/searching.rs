//! Where a search leads, and what the keys after it are about.

use super::*;

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

#[test]
fn a_search_follows_the_typing_and_goes_round_the_end() {
    let mut model = model();
    act(&mut model, Action::Search);
    typed(&mut model, "a2[34]w1\\b");
    assert_eq!(model.search.hits.len(), 2);
    act(&mut model, Action::Accept);
    assert_eq!(model.search.current, Some(0));
    act(&mut model, Action::MatchNext);
    assert_eq!(model.message, None);
    act(&mut model, Action::MatchNext);
    assert_eq!(model.search.current, Some(0));
    assert_eq!(model.message.as_deref(), Some("past the end: on from the start"));
    act(&mut model, Action::MatchPrevious);
    assert_eq!(model.search.current, Some(1));
    assert_eq!(model.message.as_deref(), Some("past the start: on from the end"));
    act(&mut model, Action::LineDown);
    assert!(!model.search.is_fresh, "where it stood among the hits says no more where the reader is");
    act(&mut model, Action::Cancel);
    assert!(model.search.hits.is_empty());
}

#[test]
fn a_search_given_up_comes_back_to_where_it_began() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    let tops = model.tops();
    act(&mut model, Action::Search);
    typed(&mut model, "a40");
    assert_ne!(model.tops(), tops);
    act(&mut model, Action::Cancel);
    assert_eq!(model.tops(), tops);
    // Also where nothing was typed, and after other jumps: giving up is no step back in the list of jumps.
    act(&mut model, Action::LinkNext);
    let (tops, state) = (model.tops(), model.sync_state());
    act(&mut model, Action::Search);
    act(&mut model, Action::Cancel);
    assert_eq!((model.tops(), model.sync_state()), (tops, state));
}

#[test]
fn a_search_says_where_the_words_stand_that_it_cannot_show() {
    let mut model = model();
    act(&mut model, Action::Search);
    typed(&mut model, "b7w3");
    act(&mut model, Action::Accept);
    assert_eq!(model.message.as_deref(), Some("`b7w3` is not in A; 1 in B"));
    assert!(model.search.is_fresh);
    act(&mut model, Action::MatchNext);
    assert_eq!(model.message.as_deref(), Some("`b7w3` is not in A; 1 in B"));
    act(&mut model, Action::Cancel);
    act(&mut model, Action::Search);
    typed(&mut model, "(");
    act(&mut model, Action::Accept);
    assert_eq!(model.message.as_deref(), Some("search: unclosed group, and the letters stand nowhere"));
}

fn search(model: &mut Model, query: &str) {
    act(model, Action::Search);
    typed(model, query);
    act(model, Action::Accept);
}

#[test]
fn the_next_hit_stands_in_the_text_that_has_the_keys_behind_the_readers_line() {
    let mut model = model();
    search(&mut model, "w1\\b");
    assert_eq!((model.search.hits.len(), model.search.elsewhere), (40, 60));
    act_times(&mut model, Action::PassageNext, 20);
    act(&mut model, Action::FocusOther);
    let left = model.tops()[0];
    let line = model.tops()[1];
    act(&mut model, Action::MatchNext);
    assert_eq!((model.focus, model.search.side), (1, 1));
    assert_eq!((model.search.hits.len(), model.search.elsewhere), (60, 40));
    let hit = |model: &Model| model.search.hits[model.search.current.unwrap()].anchor();
    let first = hit(&model);
    assert!(line <= first && model.search.hits.iter().all(|h| h.anchor() < line || h.anchor() >= first));
    act(&mut model, Action::MatchPrevious);
    assert!(hit(&model) < first);
    act(&mut model, Action::FocusOther);
    act_times(&mut model, Action::Top, left.passage);
    act_times(&mut model, Action::MatchNext, 3);
    assert_eq!((model.focus, hit(&model).passage), (0, left.passage + 2));
    act(&mut model, Action::FocusOther);
    act_times(&mut model, Action::Percent, 100);
    act_times(&mut model, Action::LineDown, 100_000);
    act(&mut model, Action::MatchNext);
    assert_eq!((hit(&model).passage, model.message.as_deref()), (1, Some("past the end: on from the start")));
}

#[test]
fn a_search_that_finds_nothing_or_is_given_up_leaves_the_one_before_in_force() {
    let mut model = model();
    model.surroundings.keys.insert(Action::MatchNext, "n".to_owned());
    search(&mut model, "a2w1\\b");
    act_times(&mut model, Action::PassageNext, 6);
    let tops = model.tops();
    for (query, said) in [
        ("(", "search: unclosed group, and the letters stand nowhere; n goes on with `a2w1\\b`"),
        ("zzz", "`zzz` is not in A, nor in B; n goes on with `a2w1\\b`"),
    ] {
        search(&mut model, query);
        assert_eq!(model.message.as_deref(), Some(said));
        assert_eq!((model.search.hits.len(), model.tops()), (1, tops));
    }
    act(&mut model, Action::Search);
    typed(&mut model, "a9w3");
    act(&mut model, Action::Cancel);
    assert_eq!((model.search.query.as_str(), model.tops()), ("a2w1\\b", tops));
    act(&mut model, Action::MatchNext);
    assert_eq!(model.search.current, Some(0));
    search(&mut model, "b7w3");
    assert_eq!(model.search.query, "b7w3", "the other text has it");
}
