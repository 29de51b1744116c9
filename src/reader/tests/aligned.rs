//! Two forms of one work, aligned, as their reader meets them.

use super::super::fixture::{self, aligned};
use super::*;
use crate::document::{Kind, Passage};
use crate::library::pair::{Ground, Stage, Standing, Told};
use crate::topics::{Entry, TopicEntries};

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

fn go_to(model: &mut Model, passage: usize) {
    act_times(model, Action::Top, passage);
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
    assert_eq!((link.origin, link.steps.len()), (Origin::Reader, 1));
    assert_eq!(link.steps[0][0], Anchor::start_of(10));
    let passage = model.editions()[1].get(8).unwrap();
    assert!(passage.slice(link.steps[0][1].byte..passage.text.len()).starts_with("A10w0 "));
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
fn on_the_gap_between_two_links_the_one_before_holds_until_the_other_text_has_left_it() {
    let mut model = aligned(|passages| {
        for passage in &mut passages[3..9] {
            let longer = format!("{} {}", passage.text, passage.text);
            passage.text = longer;
        }
    });
    update(&mut model, Event::Resize { columns: 120, rows: 40 });
    for leader in [0, 1] {
        if leader == 1 {
            act(&mut model, Action::FocusOther);
        }
        go_to(&mut model, 3);
        let mut waits = 0;
        while at(&model)[leader] < 9 {
            let link = model.governing_link().map(|(index, _)| Rest::Link(index));
            assert_eq!(link.unwrap_or(Rest::Nothing), model.rests_on());
            assert!(link.is_some() || model.waiting().is_some(), "{leader} {:?}", model.tops());
            waits += usize::from(at(&model)[0] > at(&model)[1]);
            act(&mut model, Action::LineDown);
        }
        assert!(waits > 3, "{leader}: the longer text is not left before the gap");
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
fn the_reader_overrules_what_two_texts_were_taken_for_and_it_is_kept() {
    let mut model = model();
    assert_eq!(act(&mut model, Action::Kinship), Some(Effect::Join(Some(Told::Parallel))));
    assert_eq!(model.remember().told, None, "nothing was joined yet");
    model.pair.ground = Ground { origin: Origin::Reader, ..Ground::known(Standing::Parallel, "as you said") };
    assert_eq!(model.remember().told, Some(crate::session::Told::Parallel));
    assert_eq!(act(&mut model, Action::Kinship), Some(Effect::Join(None)), "left to their words again");
    assert!(model.ground_in_short().ends_with("leaves it to their words again"));
    model.pair.ground.origin = Origin::Automatic;
    assert_eq!(act(&mut model, Action::Kinship), Some(Effect::Join(Some(Told::Works))));
}

#[test]
fn of_one_work_the_index_shows_what_is_its_matter_and_what_is_chosen() {
    let mut model = aligned(|_| ());
    let of = model.editions()[0].passages().len();
    let entry =
        |passage| Entry { passage, weight: 1, score: 0.6, reason: String::new(), origin: Origin::Automatic };
    let entries =
        |count: usize| TopicEntries { entries: (0..count).map(entry).collect(), ..Default::default() };
    let topic = fixture::pair().topics[0].clone();
    model.pair.topics = vec![topic.clone(), topic];
    let index = |counts: [usize; 2]| TopicIndex::new(counts.map(entries).to_vec());
    model.pair.indexes = [index([1, of / 5]), index([0, 0])];
    let shown = |model: &Model| model.topics_in_view().collect::<Vec<_>>();
    assert_eq!(shown(&model), [1], "{of} passages");
    model.topic = Some(0);
    assert_eq!(shown(&model), [0, 1]);
    model.pair.ground.standing = Standing::Works;
    model.topic = None;
    assert_eq!(shown(&model), [0, 1]);
}

#[test]
fn a_block_that_stands_elsewhere_is_named() {
    let model = aligned(|passages| passages[10..30].rotate_left(14));
    let [only] = &model.moved_blocks()[..] else { panic!("{:?}", model.moved_blocks()) };
    // The numbers go with the passages.
    assert_eq!(only, "A ¶ 24-29 was moved: B ¶ 24-29");
}

#[test]
fn a_part_that_one_text_lacks_is_named() {
    let mut model = aligned(|passages| drop(passages.drain(10..20)));
    model.pair.ground = Ground { origin: Origin::Automatic, ..model.pair.ground.clone() };
    assert_eq!(model.lacks(), ["nothing in B beside A ¶ 10-19 (10 passages)"]);
    assert!(model.ground_in_short().contains("; nothing in B beside A ¶ 10-19"));
    model.open_problems();
    let Overlay::Pager(pager) = &model.overlay else { panic!("{:?}", model.overlay) };
    assert!(pager.lines.iter().any(|line| line.text.starts_with("nothing in B beside A ¶ 10-19")));
}
