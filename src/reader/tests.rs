//! The state machine as its reader meets it: events in, places and words out.

mod aligned;
mod anchors;
mod answers;
mod ground;
mod links;
mod other_texts;
mod overlays;
mod places;
mod searching;
mod within_links;

use proptest::prelude::*;

use super::action::{Action, Event};
use super::fixture::pair;
use super::model::{Model, Options, Surroundings};
use super::overlay::Overlay;
use super::sync::{Rest, Side, SyncState};
use super::update::{Effect, update};
use crate::align::HOLDS;
use crate::document::{Anchor, Edition, PageBreak};
use crate::links::{Link, LinkKind, Status};
use crate::topics::{Absence, Origin, Silence, TopicIndex};

fn model() -> Model {
    let mut model = Model::new(pair(), Options::default(), Surroundings::default());
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    model
}

fn act(model: &mut Model, action: Action) -> Option<Effect> {
    update(model, Event::Act { action, count: None, letter: None })
}

fn act_times(model: &mut Model, action: Action, count: usize) {
    update(model, Event::Act { action, count: Some(count), letter: None });
}

fn go_to(model: &mut Model, passage: usize) {
    act_times(model, Action::Top, passage);
}

fn typed(model: &mut Model, text: &str) {
    text.chars().for_each(|c| {
        update(model, Event::Insert(c));
    });
}

fn at(model: &Model) -> [usize; 2] {
    [model.current(0), model.current(1)]
}

#[test]
fn choosing_a_topic_in_the_index_jumps_both_texts() {
    let mut model = model();
    act(&mut model, Action::Topics);
    assert!(matches!(model.overlay, Overlay::List(_)));
    act(&mut model, Action::Accept);
    assert_eq!(model.overlay, Overlay::None);
    assert_eq!(at(&model), [12, 25]);
}

#[test]
fn a_topic_absent_from_one_text_moves_the_other_and_offers_a_near_miss() {
    let mut model = model();
    act(&mut model, Action::TopicNext);
    act(&mut model, Action::LinkNext);
    assert_eq!(at(&model), [0, 3]);
    let message = model.message.clone().unwrap();
    assert!(message.starts_with("party: nothing in A; "), "{message}");
    assert!(message.contains("near miss"), "{message}");
    act(&mut model, Action::NearMiss);
    assert_eq!(at(&model), [7, 3]);
    assert!(model.message.as_deref().unwrap().starts_with("near miss, not an entry: A ¶ 7"));
}

#[test]
fn walking_the_passages_of_one_text_leaves_the_other_where_it_is() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::EntryNext);
    assert_eq!(at(&model), [30, 25]);
    act(&mut model, Action::EntryPrevious);
    assert_eq!(at(&model), [12, 25]);
    act(&mut model, Action::EntryNext);
    act(&mut model, Action::EntryNext);
    assert_eq!(model.message.as_deref(), Some("councils: nothing further in A"));
}

#[test]
fn a_thousand_rows_down_and_up_end_where_they_began() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act_times(&mut model, Action::LineUp, 10_000);
    let start = model.tops();
    for _ in 0..1000 {
        act(&mut model, Action::LineDown);
    }
    for _ in 0..1000 {
        act(&mut model, Action::LineUp);
    }
    assert_eq!(model.tops(), start);
}

#[test]
fn a_jump_to_the_end_shows_the_ends_of_both_and_a_text_that_has_ended_says_so() {
    let mut model = model();
    act(&mut model, Action::Bottom);
    for side in [0, 1] {
        let walked = model.side(side);
        let last = walked.flow.last_row(walked.edition, walked.setting);
        let ends = [model.panes[side].top, last];
        let rows = walked.flow.distance(walked.edition, ends, usize::MAX, walked.setting);
        assert!(rows.is_some_and(|rows| rows < usize::from(model.height(side))), "{rows:?}");
    }
    act_times(&mut model, Action::LineDown, 100_000);
    assert!(model.ended(0));
    act(&mut model, Action::LineUp);
    assert!(!model.ended(0));
}

#[test]
fn stepping_down_and_up_moves_row_by_row_and_a_leap_to_a_link_is_said() {
    let mut model = model();
    act(&mut model, Action::Top);
    let mut leaps = 0;
    for _ in 0..3000 {
        let before = model.panes[1].top;
        act(&mut model, Action::LineDown);
        let Side { edition, flow, setting } = model.side(1);
        let next = flow.walk(edition, before, 1, setting);
        let seen = flow.distance(edition, [before, model.panes[1].top], model.height(1).into(), setting);
        let stays = model.panes[1].top == before;
        assert!(stays || model.panes[1].top == next || model.sync_state() == SyncState::Anchored);
        assert_eq!(
            seen.is_none(),
            model.message.as_deref().is_some_and(|said| said.starts_with("B goes to "))
        );
        leaps += usize::from(seen.is_none());
        assert_eq!(model.waiting().is_some(), stays && !model.ended(1), "{:?}", model.tops());
        if model.ended(0) {
            break;
        }
    }
    assert!(leaps > 0);
}

#[test]
fn changing_the_focus_moves_neither_text() {
    let mut model = model();
    act_times(&mut model, Action::PassageNext, 7);
    let tops = model.tops();
    act(&mut model, Action::FocusOther);
    assert_eq!(model.tops(), tops);
    act(&mut model, Action::LineDown);
    act(&mut model, Action::LineUp);
    assert_eq!(model.tops(), tops);
}

#[test]
fn where_there_is_nothing_of_a_kind_that_is_said() {
    let mut model = model();
    for (action, expected) in [
        (Action::NoteNext, "no note in A"),
        (Action::SectionNext, "no further heading in A"),
        (Action::ToggleApparatus, "the carrier of neither file added anything that is known"),
        (Action::ToggleVariants, "the two texts are not aligned;  takes them for one work"),
        (Action::DifferenceNext, "the two texts are not aligned;  takes them for one work"),
    ] {
        act(&mut model, action);
        assert_eq!(model.message.as_deref(), Some(expected), "{action:?}");
    }
    assert!(model.options.variants && !model.options.apparatus);
}

#[test]
fn where_nothing_can_be_kept_nothing_is_called_kept() {
    let mut model = model();
    model.surroundings.is_kept = false;
    act(&mut model, Action::LinkNext);
    for action in [Action::LinkAccept, Action::Bind] {
        act(&mut model, action);
        let said = model.message.clone().unwrap();
        assert!(said.contains("for this reading alone") && !said.contains("kept as"), "{said}");
    }
    update(&mut model, Event::Act { action: Action::MarkSet, count: None, letter: Some('a') });
    assert!(model.message.as_deref().unwrap().contains("for this reading alone"));
}

#[test]
fn levelling_brings_the_partner_of_the_passage_at_the_readers_line() {
    let mut model = model();
    act(&mut model, Action::SyncToggle);
    act_times(&mut model, Action::Top, 13);
    act(&mut model, Action::Level);
    assert_eq!(at(&model), [13, 25]);
    act_times(&mut model, Action::Top, 2);
    act(&mut model, Action::Level);
    assert!(model.message.as_deref().unwrap().contains("nothing is linked to ¶ 2"));
}

#[test]
fn jumps_are_retraced_back_and_forward() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::JumpBack);
    assert_eq!(at(&model), [12, 25]);
    act(&mut model, Action::JumpBack);
    assert_eq!(at(&model), [0, 0]);
    act(&mut model, Action::JumpForward);
    assert_eq!(at(&model), [12, 25]);
}

#[test]
fn a_mark_brings_both_places_back() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    let tops = model.tops();
    update(&mut model, Event::Act { action: Action::MarkSet, count: None, letter: Some('a') });
    act(&mut model, Action::Top);
    update(&mut model, Event::Act { action: Action::MarkGoto, count: None, letter: Some('a') });
    assert_eq!(model.tops(), tops);
    update(&mut model, Event::Act { action: Action::MarkGoto, count: None, letter: Some('\'') });
    assert_eq!(model.panes[0].top, Anchor::start_of(0));
}

#[test]
fn a_resize_there_and_back_keeps_the_first_words_of_both_texts() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act_times(&mut model, Action::LineDown, 3);
    let first = |model: &Model| [0, 1].map(|side| model.panes[side].top);
    let before = first(&model);
    for (columns, rows) in [(45, 20), (3, 3), (0, 0), (200, 50), (120, 40)] {
        update(&mut model, Event::Resize { columns, rows });
        assert_eq!(first(&model), before);
    }
}

#[test]
fn swapping_the_texts_swaps_their_places_and_links() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::Swap);
    assert_eq!(at(&model), [25, 12]);
    assert_eq!(model.focus, 1);
    act(&mut model, Action::LinkNext);
    assert_eq!(at(&model), [50, 5]);
}

#[test]
fn references_are_passages_or_say_why_not() {
    let mut model = model();
    for (reference, expected) in [("12", 12), ("¶ 7", 7)] {
        act(&mut model, Action::GotoReference);
        typed(&mut model, reference);
        act(&mut model, Action::Accept);
        assert_eq!(model.current(0), expected);
    }
    act(&mut model, Action::GotoReference);
    typed(&mut model, "p44");
    act(&mut model, Action::Accept);
    assert_eq!(model.message.as_deref(), Some("A has no p. 44"));
}

#[test]
fn levelling_leaves_the_text_being_read_where_it_is() {
    let mut model = model();
    act(&mut model, Action::SyncToggle);
    act_times(&mut model, Action::Top, 12);
    act_times(&mut model, Action::LineDown, 2);
    let top = model.panes[0].top;
    act(&mut model, Action::Level);
    assert_eq!(model.panes[0].top, top);
    assert_eq!(model.current(1), 25);
    assert!(model.panes[1].top.byte > 0, "as far into its passage as the other");
}

#[test]
fn an_answer_shorter_than_what_is_above_the_readers_line_begins_beside_it() {
    for rows in 0..12 {
        let mut model = model();
        model.size = (70, 30);
        model.pair.links[0].passages = [vec![13], vec![21]];
        act(&mut model, Action::SyncToggle);
        act_times(&mut model, Action::Top, 13);
        act_times(&mut model, Action::LineDown, rows + 1);
        let (here, top) = (model.current(0), model.panes[0].top);
        act(&mut model, Action::Level);
        assert_eq!(model.panes[0].top, top);
        if here == 13 {
            assert_eq!((model.current(1), model.rests_on()), (21, Rest::Link(0)), "{rows} rows down");
        }
    }
}

#[test]
fn a_key_that_cannot_do_more_says_so() {
    let mut model = model();
    let said = |model: &mut Model, action: Action| {
        act(model, action);
        model.message.clone().unwrap()
    };
    assert_eq!(said(&mut model, Action::ThemeNext), "theme: light");
    model.options.measure = 198;
    assert!(said(&mut model, Action::MeasureWider).starts_with("lines of at most 200 columns ("));
    let most = said(&mut model, Action::MeasureWider);
    assert!(most.starts_with("lines of at most 200 columns, the most there is"), "{most}");
    model.options.measure = 20;
    let least = said(&mut model, Action::MeasureNarrower);
    assert!(least.starts_with("lines of at most 20 columns, the least there is"), "{least}");
}

#[test]
fn keys_to_which_nothing_is_bound_say_so() {
    let mut model = model();
    update(&mut model, Event::Unbound { keys: "z q".to_owned() });
    assert_eq!(model.message.as_deref(), Some("nothing is bound to z q"));
    model.surroundings.keys.insert(Action::Help, "?".to_owned());
    update(&mut model, Event::Unbound { keys: "0".to_owned() });
    assert_eq!(model.message.as_deref(), Some("nothing is bound to 0; ? shows all keys"));
}

#[test]
fn all_ways_to_the_end_show_the_end_and_move_no_text_that_fits_the_screen() {
    let ways = [(Action::Bottom, None), (Action::Percent, Some(100)), (Action::Percent, Some(999))];
    let go = |model: &mut Model, (action, count)| update(model, Event::Act { action, count, letter: None });
    let ends = ways.map(|way| {
        let mut model = model();
        go(&mut model, way);
        model.tops()
    });
    assert!(ends[0][0] > Anchor::default() && ends.iter().all(|end| *end == ends[0]), "{ends:?}");
    for way in ways {
        let mut model = model();
        let some = model.pair.texts[0].edition.passages()[..4].to_vec();
        model.pair.texts[0].edition = Edition::new(some, Vec::new(), 0);
        act_times(&mut model, Action::PassageNext, 2);
        let tops = model.tops();
        go(&mut model, way);
        assert_eq!(model.tops(), tops);
        assert_eq!(model.message.as_deref(), Some("the end of A is on the screen"));
    }
}

#[test]
fn a_count_beyond_what_there_is_goes_to_the_last() {
    let mut model = model();
    for (action, expected) in [
        (Action::LinkNext, [30, 10]),
        (Action::LinkPrevious, [12, 25]),
        (Action::EntryNext, [30, 25]),
        (Action::EntryPrevious, [5, 25]),
        (Action::PassageNext, [40, 25]),
    ] {
        act_times(&mut model, action, 99);
        assert_eq!((at(&model)[0], model.message.take()), (expected[0], None), "{action:?}");
        assert!(action == Action::PassageNext || at(&model) == expected, "{action:?}");
        act_times(&mut model, action, 99);
        assert!(model.message.is_some(), "{action:?}: there is no more");
    }
}

#[test]
fn the_page_that_begins_in_the_row_at_the_readers_line_is_the_one_named() {
    let mut model = model();
    let mut passages = model.pair.texts[0].edition.passages().to_vec();
    passages[3].page = Some("43".to_owned());
    let byte = passages[3].text.find("a3w2").unwrap();
    passages[3].page_breaks = vec![PageBreak { byte, page: "44".to_owned() }];
    model.pair.texts[0].edition = Edition::new(passages, Vec::new(), 0);
    model.panes[0].top = Anchor::start_of(2);
    assert_eq!(model.page_here(0), None);
    model.panes[0].top = Anchor::start_of(3);
    assert_eq!(model.page_here(0), Some("44"), "it begins in this row");
}

#[test]
fn a_jump_that_led_nowhere_is_no_step_back() {
    let mut model = model();
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::LinkNext);
    let view = model.view();
    model.jumps.leave(view);
    act(&mut model, Action::JumpBack);
    assert_eq!(at(&model), [12, 25]);
}

proptest! {
    #[test]
    fn any_actions_at_any_size_leave_both_tops_in_their_texts(
        actions in prop::collection::vec((0..Action::ALL.len(), prop::option::of(0usize..200)), 0..60),
        sizes in prop::collection::vec((0u16..200, 0u16..60), 1..4),
    ) {
        let mut model = model();
        for (step, (action, count)) in actions.into_iter().enumerate() {
            if step % 20 == 0 {
                let (columns, rows) = sizes[(step / 20) % sizes.len()];
                update(&mut model, Event::Resize { columns, rows });
            }
            update(&mut model, Event::Act { action: Action::ALL[action], count, letter: Some('a') });
            update(&mut model, Event::Insert('e'));
            for side in [0, 1] {
                let top = model.panes[side].top;
                let passage = model.editions()[side].get(top.passage);
                prop_assert!(passage.is_some_and(|p| top.byte <= p.text.len()), "{top:?}");
            }
        }
    }
}

#[test]
fn where_nobody_knows_no_nought_is_said() {
    for (kind, said) in [
        (Silence::Language, "party: nobody knows whether A speaks of it. Of another language"),
        (Silence::Unindexed, "party: A is not indexed. Of another language"),
    ] {
        let mut model = model();
        let absence = Absence { kind, why: "of another language".to_owned() };
        let mut index = std::mem::take(&mut model.pair.indexes[0]);
        index.take(1, &TopicIndex::default(), 0);
        model.pair.indexes[0] = index.with_absences(vec![None, Some(absence)]);
        act(&mut model, Action::TopicNext);
        act(&mut model, Action::LinkNext);
        assert_eq!(model.message.as_deref(), Some(said));
        assert_eq!([0, 1].map(|side| model.entries_of(side, 1)), [None, Some(2)]);
        assert_eq!((model.entry_counter(0).text(), model.entries_of(0, 0)), ("?".to_owned(), Some(3)));
        for action in [Action::NearMiss, Action::EntryNext, Action::EntryPrevious] {
            model.message = None;
            act(&mut model, action);
            assert_eq!(model.message.as_deref(), Some(said), "{action:?}");
        }
    }
}

#[test]
fn what_was_said_is_not_said_again_of_a_key_that_is_given_up() {
    let mut model = model();
    update(&mut model, Event::Act { action: Action::MarkSet, count: None, letter: Some('1') });
    assert!(model.message.as_deref().unwrap().contains("mark 1"));
    update(&mut model, Event::Pending { keys: "m".to_owned(), following: Vec::new() });
    update(&mut model, Event::Pending { keys: String::new(), following: Vec::new() });
    assert_eq!(model.message, None);
    act(&mut model, Action::GotoReference);
    act(&mut model, Action::Accept);
    assert_eq!((&model.overlay, &model.message), (&Overlay::None, &None));
}

#[test]
fn every_arrangement_that_is_named_is_another_one() {
    let mut model = model();
    let mut shown = model.screen();
    for _ in 0..3 {
        act(&mut model, Action::LayoutNext);
        assert_ne!(model.screen(), shown, "{:?}", model.message);
        shown = model.screen();
    }
}
