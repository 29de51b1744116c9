//! Within the passages of a link, as they are scrolled.

use super::super::fixture::aligned;
use super::*;
use crate::document::{Kind, Passage};

/// What stands in the left text as 8 to 20 is one passage on the right, each of them a sentence of it.
fn joined_on_the_right() -> Model {
    let mut model = aligned(|passages| {
        let sentences: Vec<String> =
            passages.drain(8..21).map(|passage| passage.text.replacen('a', "A", 1) + "!").collect();
        passages.insert(8, Passage::new(Kind::Paragraph, sentences.join(" ")));
    });
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    model
}

#[test]
fn what_the_reader_joined_is_scrolled_along_its_sentences_too() {
    let mut model = joined_on_the_right();
    go_to(&mut model, 8);
    act(&mut model, Action::LinkReject);
    for left in [8, 9, 10] {
        model.put([left, 8].map(Anchor::start_of));
        act(&mut model, Action::LinkJoin);
    }
    let link = model.pair.links.iter().find(|link| link.passages == [vec![8, 9, 10], vec![8]]).unwrap();
    assert_eq!((link.origin, link.steps.len()), (Origin::Reader, 2));
    let passage = model.editions()[1].get(8).unwrap();
    for (step, left) in link.steps.iter().zip([9, 10]) {
        assert_eq!(step[0], Anchor::start_of(left));
        assert!(passage.slice(step[1].byte..passage.text.len()).starts_with(&format!("A{left}w0 ")));
    }
}

#[test]
fn texts_that_change_sides_take_the_sentences_along_which_they_scroll_with_them() {
    let mut model = joined_on_the_right();
    let steps = |model: &Model, sides: [usize; 2]| -> Vec<[Anchor; 2]> {
        let steps = model.pair.links.iter().flat_map(|link| &link.steps);
        steps.map(|step| sides.map(|side| step[side])).collect()
    };
    let before = steps(&model, [0, 1]);
    assert!(before.len() > 2);
    act(&mut model, Action::Swap);
    assert_eq!(steps(&model, [1, 0]), before);
}

#[test]
fn within_a_passage_that_answers_many_both_texts_stand_where_the_words_are() {
    let mut model = joined_on_the_right();
    let link = model.pair.links.iter().find(|link| link.joins([8, 8])).unwrap();
    assert_eq!(link.passages, [(8..21).collect(), vec![8]]);
    // The left passage whose words stand in the row at the top of a pane.
    let at_top = |model: &Model, side: usize| {
        let (top, text) = (model.tops()[side], &model.editions()[side]);
        let passage = text.get(top.passage).unwrap();
        let row = passage.slice(top.byte..passage.text.len());
        let word = row.split(['a', 'A']).nth(1)?;
        word.split('w').next().unwrap().parse::<usize>().ok()
    };
    for (leader, steps) in [(0, 40), (1, 25)] {
        model.focus = leader;
        go_to(&mut model, 8);
        for row in 0..steps {
            act(&mut model, Action::LineDown);
            let [Some(left), Some(right)] = [0, 1].map(|side| at_top(&model, side)) else { continue };
            assert!(left.abs_diff(right) <= 1, "{row}: {left} beside {right}");
            assert_eq!((model.sync_state(), model.waiting()), (SyncState::Anchored, None), "{row}");
        }
        let [left, _] = at(&model);
        assert!((14..21).contains(&left), "{left}");
        // There the other text takes the lead and nothing moves; nor does it where it is asked for what answers.
        let tops = model.tops();
        act(&mut model, Action::FocusOther);
        assert_eq!(model.tops(), tops);
        act(&mut model, Action::Level);
        let [Some(left), Some(right)] = [0, 1].map(|side| at_top(&model, side)) else { continue };
        assert!(left.abs_diff(right) <= 1, "{left} beside {right}");
    }
}

#[test]
fn in_the_passages_of_one_link_after_another_both_texts_stand_in_the_same_one() {
    for leader in [0, 1] {
        let mut model = aligned(|passages| {
            for passage in &mut passages[3..9] {
                let longer = format!("{} {}", passage.text, passage.text);
                passage.text = longer;
            }
        });
        update(&mut model, Event::Resize { columns: 120, rows: 40 });
        if leader == 1 {
            act(&mut model, Action::FocusOther);
        }
        go_to(&mut model, 3);
        let mut held = 0;
        while at(&model)[leader] < 9 {
            let link = model.governing_link().map(|(index, _)| Rest::Link(index));
            assert_eq!(link, Some(model.rests_on()), "{leader} {:?}", model.tops());
            let before = model.panes[1 - leader].top;
            act(&mut model, Action::LineDown);
            held += usize::from(model.panes[1 - leader].top == before);
        }
        // The longer text is left in its middle; the shorter one ends in the link, and goes on with the other.
        assert_eq!(held > 9, leader == 1, "{leader}: {held}");
    }
}

/// The row of the screen on which a passage begins.
fn row_of(model: &Model, side: usize, passage: usize) -> Option<usize> {
    let walked = model.side(side);
    let visible = walked.flow.visible(walked.edition, model.panes[side].top, 40, walked.setting);
    visible.iter().position(|v| v.passage == passage && !v.row.gap)
}

#[test]
fn rows_are_level_also_after_a_decision_within_a_long_link_and_as_before_when_they_are_no_more() {
    let mut model = joined_on_the_right();
    go_to(&mut model, 12);
    act_times(&mut model, Action::LineDown, 1);
    act(&mut model, Action::LinkAccept);
    act(&mut model, Action::ToggleLevel);
    act_times(&mut model, Action::LineDown, 60);
    let level = |model: &Model| {
        (14..26).find_map(|left| {
            let right = left - 12;
            Some([row_of(model, 0, left)?, row_of(model, 1, right)?])
        })
    };
    assert!(
        level(&model).is_some_and(|[left, right]| left == right),
        "{:?} {:?}",
        level(&model),
        model.tops()
    );
    for row in [0, 1, 2] {
        let mut model = joined_on_the_right();
        go_to(&mut model, 12);
        act_times(&mut model, Action::LineDown, 1 + row);
        let before = (model.tops(), model.rests_on());
        act(&mut model, Action::ToggleLevel);
        act(&mut model, Action::ToggleLevel);
        assert_eq!((model.tops(), model.rests_on()), before);
    }
}

#[test]
fn rows_are_level_where_the_texts_stand_side_by_side_alone() {
    let mut model = joined_on_the_right();
    update(&mut model, Event::Resize { columns: 45, rows: 20 });
    act(&mut model, Action::ToggleLevel);
    assert!(model.message.as_deref().unwrap().ends_with("as soon as the texts stand side by side"));
    let levels = |model: &Model| model.panes.iter().filter(|pane| pane.flow.levels().is_some()).count();
    assert_eq!((levels(&model), model.are_rows_level()), (0, false));
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    assert_eq!((levels(&model), model.are_rows_level()), (2, true));
    update(&mut model, Event::Resize { columns: 45, rows: 20 });
    assert_eq!((levels(&model), model.are_rows_level()), (0, false));
}

#[test]
fn of_one_work_the_shorter_side_ends_in_its_link_whatever_comes_next() {
    // The right text says less of 8, and has three passages of its own behind it.
    let mut model = aligned(|passages| {
        let shorter = passages[8].text.split(' ').take(6).collect::<Vec<_>>().join(" ");
        passages[8].text = shorter;
        for at in 9..12 {
            passages.insert(
                at,
                Passage::new(Kind::Paragraph, format!("own{at} words of nobody else ").repeat(6)),
            );
        }
    });
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    go_to(&mut model, 8);
    while at(&model)[0] == 8 {
        assert_eq!((at(&model), model.sync_state()), ([8, 8], SyncState::Anchored), "{:?}", model.tops());
        act(&mut model, Action::LineDown);
    }
}

#[test]
fn a_join_taken_back_by_its_own_key_is_no_rejection_taken_back() {
    let mut model = joined_on_the_right();
    model.put([30, 10].map(Anchor::start_of));
    act(&mut model, Action::LinkJoin);
    act(&mut model, Action::LinkJoin);
    let before = model.decisions.clone();
    act(&mut model, Action::LinkReject);
    assert!(!model.message.as_deref().unwrap().starts_with("joined again"), "{:?}", model.message);
    assert!(model.decisions.iter().all(|of| !of.accepted) && model.decisions.len() == before.len() + 1);
}
