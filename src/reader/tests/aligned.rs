//! Two forms of one work, aligned, as their reader meets them.

use super::super::fixture::aligned;
use super::*;
use crate::document::{Kind, Passage};
use crate::library::pair::{Ground, Stage, Standing};

/// Passage 30 of the left text stands before 12 in the right one, which lacks 5 and has one of its own behind 20.
fn moved() -> Model {
    let mut model = aligned(|passages| {
        let moved = passages.remove(30);
        passages.insert(21, Passage::new(Kind::Paragraph, "words that nobody else has ".repeat(8)));
        passages.insert(12, moved);
        passages.remove(5);
    });
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    model
}

fn status(model: &Model, left: usize) -> Status {
    model.pair.links.iter().find(|link| link.passages[0] == [left]).unwrap().status
}

#[test]
fn a_visit_to_a_moved_passage_leaves_the_others_beside_their_own() {
    let mut model = moved();
    for visits in 0..2 {
        for (left, right) in [(20, 20), (13, 13), (3, 3), (25, 26)] {
            go_to(&mut model, left);
            assert_eq!((at(&model), visits), ([left, right], visits));
        }
        go_to(&mut model, 30);
        act(&mut model, Action::Level);
        assert_eq!(at(&model), [30, 11]);
        act(&mut model, Action::LineDown);
        assert_eq!(at(&model), [30, 11], "both move while it is read");
    }
    // Led by the other text, and where what is kept between runs brought the two there.
    act(&mut model, Action::FocusOther);
    go_to(&mut model, 20);
    assert_eq!(at(&model), [20, 20]);
    model.put([30, 11].map(Anchor::start_of));
    go_to(&mut model, 26);
    assert_eq!(at(&model), [26, 27]);
}

/// The passages in which both texts stand while the focused one is read passage by passage.
fn read_on(model: &mut Model, passages: usize) -> Vec<[usize; 2]> {
    let step = |_| {
        act(model, Action::PassageNext);
        at(model)
    };
    (0..passages).map(step).collect()
}

#[test]
fn a_jump_to_a_moved_passage_brings_its_partner_and_reading_on_leads_back() {
    let mut model = moved();
    go_to(&mut model, 30);
    assert_eq!((at(&model), model.sync_state()), ([30, 11], SyncState::Anchored));
    assert_eq!(read_on(&mut model, 2), [[31, 31], [32, 32]]);
    // Who comes to it by reading stays beside what is around it.
    go_to(&mut model, 28);
    assert_eq!(read_on(&mut model, 3), [[29, 30], [30, 31], [31, 31]]);
}

#[test]
fn halves_in_another_order_are_read_beside_each_other_throughout() {
    let mut model = aligned(|passages| passages.rotate_left(20));
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    let passages = model.editions()[0].passages().len();
    let partner = |left: usize| [left, (left + passages - 20) % passages];
    act(&mut model, Action::Top);
    assert_eq!(at(&model), partner(0));
    assert_eq!(read_on(&mut model, passages - 1), (1..passages).map(partner).collect::<Vec<_>>());
    act(&mut model, Action::FocusOther);
    act(&mut model, Action::Top);
    let led = (1..passages).map(|right| [(right + 20) % passages, right]);
    assert_eq!(read_on(&mut model, passages - 1), led.collect::<Vec<_>>());
    act(&mut model, Action::FocusOther);
    // Row by row, and up again.
    act(&mut model, Action::Top);
    let mut seen = Vec::new();
    for action in [Action::LineDown, Action::LineUp] {
        for _ in 0..200 {
            act(&mut model, action);
            if model.panes[0].top.byte == 0 {
                seen.push((at(&model), partner(at(&model)[0])));
            }
        }
    }
    assert!(seen.len() > 30 && seen.iter().all(|(at, partner)| at == partner), "{seen:?}");
}

#[test]
fn a_block_that_was_moved_is_read_beside_its_partners() {
    // Passages 31 to 34 stand before 12 in the right text, which lacks 32.
    let mut model = aligned(|passages| {
        let block: Vec<_> = passages.drain(31..35).collect();
        passages.splice(12..12, block);
        passages.remove(13);
    });
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    go_to(&mut model, 29);
    let read = read_on(&mut model, 6);
    assert_eq!(read, [[30, 33], [31, 12], [32, 13], [33, 13], [34, 14], [35, 34]]);
    let mut back = || {
        act(&mut model, Action::PassagePrevious);
        at(&model)
    };
    assert_eq!([back(), back()], [[34, 14], [33, 13]]);
}

#[test]
fn a_jump_into_the_middle_of_a_bead_shows_its_partner() {
    // What stands in the left text as 8 and 9 is one passage on the right.
    let mut model = aligned(|passages| {
        let second = passages.remove(9);
        passages[8].text.push(' ');
        passages[8].text.push_str(&second.text);
    });
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    go_to(&mut model, 9);
    assert_eq!((at(&model), model.sync_state()), ([9, 8], SyncState::Anchored));
    go_to(&mut model, 10);
    assert_eq!(at(&model), [10, 9]);
}

#[test]
fn rows_are_level_by_what_belongs_together_also_after_a_visit_to_a_moved_passage() {
    let mut model = moved();
    go_to(&mut model, 30);
    act(&mut model, Action::Level);
    act(&mut model, Action::ToggleLevel);
    assert_ne!(at(&model), [30, 11]);
    go_to(&mut model, 20);
    assert_eq!(at(&model), [20, 20]);
}

#[test]
fn what_was_rejected_can_be_taken_back_wherever_the_other_text_stands() {
    let mut model = moved();
    go_to(&mut model, 20);
    act(&mut model, Action::LinkReject);
    assert_eq!(status(&model, 20), Status::Rejected);
    let kept = model.remember();
    for reopened in [false, true] {
        if reopened {
            model = moved();
            model.take_up(&kept);
        }
        go_to(&mut model, 30);
        act(&mut model, Action::Level);
        go_to(&mut model, 20);
        model.panes[1].top = Anchor::start_of(33);
        assert_eq!(model.governing_link(), None);
        act(&mut model, Action::LinkReject);
        assert_eq!((status(&model, 20), status(&model, 30)), (Status::Proposed, Status::Proposed));
        act(&mut model, Action::LinkReject);
        assert_eq!(status(&model, 20), Status::Rejected, "the same key is about the same link");
    }
}

#[test]
fn without_a_topic_all_that_belongs_together_is_listed_and_walked_as_the_text_runs() {
    let mut model = moved();
    assert_eq!(model.topic, None);
    go_to(&mut model, 3);
    for expected in [[4, 4], [6, 5], [7, 6]] {
        act(&mut model, Action::LinkNext);
        assert_eq!(at(&model), expected);
    }
    act(&mut model, Action::LinkPrevious);
    assert_eq!(at(&model), [6, 5]);
    act(&mut model, Action::LinkReject);
    act(&mut model, Action::Links);
    let Overlay::List(list) = &model.overlay else { panic!("no list") };
    let rows: Vec<&str> = list.rows.iter().map(|row| row.text.as_str()).collect();
    assert_eq!(rows.len(), model.pair.links.len());
    assert!(rows[5].starts_with("A ¶ 5 ") && rows[5].contains("nothing in B"), "{rows:?}");
    assert!(list.chosen == 6 && rows[6].contains("rejected by you"), "{}: {rows:?}", list.chosen);
    assert!(rows.iter().any(|row| row.starts_with("A ¶ 30") && row.ends_with("  moved")));
    let alone = rows.iter().position(|row| row.starts_with("nothing in A")).unwrap();
    act_times(&mut model, Action::LineDown, 1);
    let Overlay::List(list) = &mut model.overlay else { panic!("no list") };
    list.chosen = alone;
    act(&mut model, Action::Accept);
    assert_eq!((model.focus, at(&model)[1]), (1, 21), "the text that has it shows it");
}

#[test]
fn a_topic_is_one_that_the_texts_speak_of_or_none() {
    let mut two = pair();
    let silent = crate::topics::Topic { id: "silent".to_owned(), ..two.topics[0].clone() };
    two.topics.insert(0, silent);
    for index in &mut two.indexes {
        let entries = [0, 1].map(|topic| index.entries(topic).to_vec());
        let of = |entries: Vec<_>| crate::topics::TopicEntries { entries, near_misses: Vec::new() };
        let [councils, party] = entries.map(of);
        *index = crate::topics::TopicIndex::new(vec![of(Vec::new()), councils, party]);
    }
    let mut model = Model::new(two.clone(), Options::default(), Surroundings::default());
    assert_eq!(model.topic, Some(1));
    let walked = |model: &mut Model, action: Action| {
        act(model, action);
        model.topic
    };
    assert_eq!([0; 3].map(|_| walked(&mut model, Action::TopicNext)), [Some(2), Some(1), Some(2)]);
    model.choose_topic(Some(0));
    assert_eq!(
        walked(&mut model, Action::TopicPrevious),
        Some(2),
        "from one that was asked for all the same"
    );

    two.ground = Ground::known(Standing::Parallel, "made up");
    assert!(model.take_in(two));
    assert_eq!(model.topic, None, "a topic of two works is none of two forms of one");
    assert_eq!([0; 3].map(|_| walked(&mut model, Action::TopicNext)), [Some(1), Some(2), None]);
    act(&mut model, Action::EntryNext);
    assert!(model.message.as_deref().unwrap().starts_with("no topic is chosen"));
    act(&mut model, Action::Inspect);
    let Overlay::Pager(card) = &model.overlay else { panic!("no card") };
    assert!(!card.lines.iter().any(|line| line.text.contains("What counts as")));
}

#[test]
fn while_the_texts_are_being_aligned_that_is_said_and_no_longer() {
    let model = moved();
    let done = model.pair.clone();
    let mut pending = done.clone();
    (pending.stage, pending.links) = (Stage::ToAlign, Vec::new());
    for action in [Action::DifferenceNext, Action::LinkNext, Action::Links, Action::ToggleLevel] {
        let mut model = Model::new(pending.clone(), Options::default(), Surroundings::default());
        act(&mut model, action);
        assert_eq!(model.message.as_deref(), Some("the two texts are still being aligned"), "{action:?}");
        model.arrive(super::super::arrival::Arrival::Pair(Box::new(done.clone())));
        let message = model.message.unwrap();
        assert!(message.starts_with("one work in two forms"), "{message}");
    }
}

#[test]
fn where_no_words_differ_it_is_said_whether_they_are_the_same() {
    let mut same = aligned(|_| ());
    act(&mut same, Action::DifferenceNext);
    assert_eq!(same.message.as_deref(), Some("nothing differs: the two are word for word the same"));
    let mut other = aligned(|_| ());
    other.pair.ground = Ground::known(Standing::Numbers, "made up");
    other.pair.texts[1].edition = pair().texts[1].edition.clone();
    act(&mut other, Action::DifferenceNext);
    assert_eq!(other.panes[0].top, Anchor::default());
    assert!(other.message.as_deref().unwrap().starts_with("a digest tells its work in other words"));
}

#[test]
fn what_a_text_lacks_stands_at_the_top_of_the_other_when_it_is_walked_to() {
    let mut model = moved();
    go_to(&mut model, 19);
    act(&mut model, Action::DifferenceNext);
    assert_eq!((at(&model), model.sync_state()), ([21, 21], SyncState::Even));
    assert!(model.message.as_deref().unwrap().contains("has no counterpart in A"));
    act(&mut model, Action::LineDown);
    assert_eq!((at(&model), model.sync_state()), ([21, 22], SyncState::Anchored));
}

#[test]
fn on_the_gap_before_a_moved_passage_the_bead_above_holds_no_more() {
    for (is_level, rest) in [(true, Rest::LevelRows), (false, Rest::Nothing)] {
        let mut model = moved();
        if is_level {
            act(&mut model, Action::ToggleLevel);
        }
        go_to(&mut model, 29);
        act(&mut model, Action::PassageNext);
        act(&mut model, Action::LineUp);
        assert!(model.panes[0].top.passage == 29 && at(&model)[0] == 30, "a gap above the passage");
        assert_eq!((model.rests_on(), model.governing_link()), (rest, None));
        act(&mut model, Action::LineUp);
        assert!(matches!(model.rests_on(), Rest::Link(_)), "{:?}", model.tops());
    }
}

#[test]
fn an_anchor_on_a_moved_passage_holds_there_and_the_beads_around_it_hold_too() {
    let mut model = aligned(|passages| {
        let moved = passages.remove(15);
        passages.insert(12, moved);
    });
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    go_to(&mut model, 15);
    act(&mut model, Action::Level);
    act(&mut model, Action::Bind);
    for visits in 0..2 {
        for (left, right) in [(3, 3), (11, 11), (12, 13), (13, 14), (14, 15), (16, 16), (20, 20)] {
            go_to(&mut model, left);
            assert_eq!((at(&model), visits), ([left, right], visits));
        }
        go_to(&mut model, 15);
        assert_eq!((at(&model), model.rests_on()), ([15, 12], Rest::Anchor));
    }
    go_to(&mut model, 14);
    let mut seen = Vec::new();
    while at(&model)[0] < 18 {
        act(&mut model, Action::LineDown);
        let top = model.panes[0].top;
        if top.byte == 0 {
            seen.push(at(&model));
        }
    }
    assert_eq!(seen, [[15, 12], [16, 16], [17, 17]]);
}

#[test]
fn an_anchor_that_corrects_the_bead_of_its_passage_outweighs_it() {
    let mut model = aligned(|_| ());
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    act(&mut model, Action::SyncToggle);
    go_to(&mut model, 20);
    act(&mut model, Action::FocusOther);
    go_to(&mut model, 21);
    act(&mut model, Action::Bind);
    act(&mut model, Action::FocusOther);
    for (left, right) in [(19, 19), (20, 21), (22, 22)] {
        go_to(&mut model, left);
        assert_eq!(at(&model), [left, right]);
    }
}

#[test]
fn at_the_top_what_one_text_alone_begins_with_is_shown() {
    let mut model = aligned(|passages| {
        passages.insert(0, Passage::new(Kind::Paragraph, "words that nobody else has ".repeat(8)));
    });
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    go_to(&mut model, 9);
    assert_eq!(at(&model), [9, 10]);
    act(&mut model, Action::Top);
    assert_eq!(model.tops(), [Anchor::default(); 2]);
    act_times(&mut model, Action::LineDown, 8);
    let [left, right] = at(&model);
    assert_eq!(left + 1, right, "on with what belongs together");
}
