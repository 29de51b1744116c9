//! What two texts are to each other at large, as their reader is told.

use super::super::fixture::{self, aligned};
use super::*;
use crate::library::pair::{Ground, Standing, Told};
use crate::topics::{Entry, TopicEntries};

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

#[test]
fn the_list_counts_how_many_of_those_that_have_a_partner_differ() {
    let mut model = aligned(|passages| {
        passages[3].text.push_str(" more");
        passages.drain(10..20);
    });
    let of = model.pair.links.iter().filter(|link| link.passages.iter().all(|of| !of.is_empty())).count();
    act(&mut model, Action::Links);
    let Overlay::List(list) = &model.overlay else { panic!("{:?}", model.overlay) };
    assert_eq!(list.title, format!("Together: 1 of {of} differ"));
    assert_eq!(list.rows.len(), of + 10);
}
