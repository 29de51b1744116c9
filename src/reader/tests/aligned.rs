//! Two forms of one work, aligned, as their reader meets them.

use super::super::fixture::aligned;
use super::*;
use crate::document::{Kind, Passage};

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
