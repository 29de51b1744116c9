//! Frames: what stands on the screen at which size, without colour, without UTF-8, under every overlay.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::draw;
use crate::library::pair::{Ground, Standing};
use crate::library::{Form, Work};
use crate::links::LinkKind;
use crate::reader::action::{Action, Event};
use crate::reader::fixture::pair;
use crate::reader::model::{Model, Options, Surroundings, Theme};
use crate::reader::update::update;
use crate::topics::TopicIndex;

fn model(options: Options) -> Model {
    let keys = [(Action::Topics, "t"), (Action::LinkNext, "J"), (Action::Help, "?")];
    let surroundings = Surroundings {
        help: vec![("Moving".to_owned(), vec![("j".to_owned(), "down a row".to_owned())])],
        keys: keys.into_iter().map(|(action, key)| (action, key.to_owned())).collect(),
        ..Surroundings::default()
    };
    Model::new(pair(), options, surroundings)
}

fn act(model: &mut Model, action: Action) {
    update(model, Event::Act { action, count: None, letter: None });
}

fn frame(model: &mut Model, columns: u16, rows: u16) -> Buffer {
    update(model, Event::Resize { columns, rows });
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    draw(model, &mut buffer);
    buffer
}

fn lines(buffer: &Buffer) -> Vec<String> {
    let row = |row: u16| (0..buffer.area.width).map(|c| buffer[(c, row)].symbol()).collect::<String>();
    (0..buffer.area.height).map(|r| row(r).trim_end().to_owned()).collect()
}

#[test]
fn two_texts_stand_side_by_side_with_what_governs_them_below() {
    let mut model = model(Options::default());
    act(&mut model, Action::LinkNext);
    let shown = lines(&frame(&mut model, 100, 24));
    let expected = [
        (0, " Topics  t                     A│B       party"),
        (1, "▸councils                 ▬▬▬  3│3  ▬▬▬"),
        (2, " A  a.txt                                        │ B  b.txt"),
        (3, "    file                             ¶ 12 · 24 %"),
        (5, "┃ 12 a12w0 a12w1"),
        (21, " councils 1/3 · A 2/3 · B 2/3 · contradicts "),
        (22, " they differ"),
    ];
    for (row, start) in expected {
        assert!(shown[row].starts_with(start), "{}", shown[row]);
    }
    assert!(shown[3].ends_with(" ¶ 25 · 38 %"), "{}", shown[3]);
    assert!(shown[4].contains("▪") && shown[4].contains("━"), "{}", shown[4]);
    assert!(shown[5].contains("│┃ 25 b25w0"), "{}", shown[5]);
    assert!(shown[21].ends_with("ANCHORED · topic link"), "{}", shown[21]);
}

#[test]
fn the_first_screen_shows_where_the_topic_index_is() {
    let mut model = model(Options::default());
    let wide = lines(&frame(&mut model, 160, 48));
    assert!(wide[0].starts_with(" Topics  t"), "{}", wide[0]);
    assert!(wide[0].contains("▸councils") && wide[0].contains("3│3"), "{}", wide[0]);
    assert!(wide[0].contains("party") && wide[0].contains("0│2"), "{}", wide[0]);
    let narrow = lines(&frame(&mut model, 80, 24));
    assert!(narrow.last().unwrap().contains("t topics"), "{narrow:?}");
    act(&mut model, Action::Topics);
    let open = lines(&frame(&mut model, 45, 20));
    assert!(open.iter().any(|line| line.contains("▸councils")), "{open:?}");
}

#[test]
fn two_forms_of_a_work_that_speak_of_no_topic_are_not_greeted_with_noughts() {
    let mut model = model(Options::default());
    model.pair.ground = Ground::known(Standing::Parallel, "made up");
    model.pair.links.clear();
    model.pair.indexes = [TopicIndex::default(), TopicIndex::default()];
    let shown = lines(&frame(&mut model, 160, 48));
    assert_eq!(shown[0].trim(), "Topics  t   no topics in common: t shows all");
    assert!(shown[1].starts_with(" A  a.txt"), "{}", shown[1]);
    assert!(shown[46].starts_with(" no topic in common  "), "{}", shown[46]);
    act(&mut model, Action::Topics);
    let all = lines(&frame(&mut model, 160, 48));
    assert!(all[0].contains("councils") && all[0].contains("0│0"), "{}", all[0]);
}

#[test]
fn links_under_a_topic_that_one_text_is_not_indexed_for_do_not_deny_themselves() {
    let mut model = model(Options::default());
    model.pair.ground = Ground::known(Standing::Parallel, "made up");
    for link in &mut model.pair.links {
        link.topic = None;
        link.kind = LinkKind::Parallel;
    }
    model.pair.indexes[0] = TopicIndex::default();
    let shown = lines(&frame(&mut model, 160, 48));
    assert!(shown[46].starts_with(" councils -/3 · B -/3"), "{}", shown[46]);
}

#[test]
fn two_copies_of_one_work_are_told_apart_by_their_files() {
    let mut model = model(Options::default());
    let work = Work {
        id: "ashe-1801".to_owned(),
        author: "N. Ashe".to_owned(),
        title: "On Harbours and Tides".to_owned(),
        short_title: "On Harbours".to_owned(),
        year: "1801".to_owned(),
        language: "en".to_owned(),
    };
    for text in &mut model.pair.texts {
        text.work = Some(work.clone());
        text.form = Form::Original;
    }
    let shown = lines(&frame(&mut model, 100, 24));
    assert!(shown[2].contains("A  N. Ashe, On Harbours  ") && shown[2].contains(" a.txt │"), "{}", shown[2]);
    assert!(shown[2].contains("B  N. Ashe, On Harbours  ") && shown[2].ends_with(" b.txt"), "{}", shown[2]);
    assert!(shown[3].contains("1801 original"), "{}", shown[3]);
    let low = lines(&frame(&mut model, 45, 20));
    assert!(low.iter().any(|line| line.contains("a.txt")) && low.iter().any(|line| line.contains("b.txt")));
    act(&mut model, Action::Problems);
    let listed = lines(&frame(&mut model, 100, 24));
    assert!(listed.iter().any(|line| line.contains("A  a.txt")), "{listed:?}");
}

#[test]
fn narrow_screens_stack_the_texts_and_low_ones_show_the_focused_one() {
    let mut model = model(Options::default());
    let headers =
        |lines: &[String]| lines.iter().filter(|l| l.starts_with(" A ") || l.starts_with(" B ")).count();
    assert_eq!(headers(&lines(&frame(&mut model, 45, 20))), 2);
    act(&mut model, Action::FocusOther);
    let low = lines(&frame(&mut model, 45, 12));
    assert_eq!(headers(&low), 1);
    assert!(low[0].starts_with(" B "), "{}", low[0]);
}

#[test]
fn a_header_with_little_room_names_the_text_and_the_place() {
    let mut model = model(Options::default());
    act(&mut model, Action::LinkNext);
    assert_eq!(lines(&frame(&mut model, 16, 5))[0], " A  a.txt  ¶ 12");
    assert_eq!(lines(&frame(&mut model, 24, 5))[0], " A  a.txt  file    ¶ 12");
}

#[test]
fn no_size_crashes_whatever_lies_over_the_texts() {
    let overlays: [&[Action]; 7] = [
        &[],
        &[Action::Topics],
        &[Action::Inspect],
        &[Action::Help],
        &[Action::Search],
        &[Action::Problems],
        &[Action::Topics, Action::Search],
    ];
    for actions in overlays {
        for columns in [0, 1, 2, 3, 7, 16, 20, 33, 45, 80, 131, 132, 200] {
            for rows in [0, 1, 2, 3, 5, 9, 10, 20, 24, 48] {
                let mut model = model(Options::default());
                for action in actions {
                    act(&mut model, *action);
                }
                "zzz".chars().for_each(|c| {
                    update(&mut model, Event::Insert(c));
                });
                frame(&mut model, columns, rows);
            }
        }
    }
    let mut small = model(Options::default());
    assert_eq!(lines(&frame(&mut small, 12, 3))[0], "too small");
}

#[test]
fn the_plain_theme_has_no_colour_and_still_tells_what_is_chosen() {
    let mut model = model(Options { theme: Theme::Plain, ..Options::default() });
    act(&mut model, Action::LinkNext);
    let plain = frame(&mut model, 160, 48);
    assert!(plain.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    assert!(plain.content.iter().any(|cell| cell.modifier.contains(Modifier::BOLD)));
    model.options.theme = Theme::Dark;
    assert_eq!(lines(&plain), lines(&frame(&mut model, 160, 48)));
}

#[test]
fn without_utf8_every_cell_is_ascii() {
    let mut model = model(Options { ascii: true, ..Options::default() });
    for action in [Action::LinkNext, Action::Topics, Action::Inspect, Action::Cancel, Action::Inspect] {
        act(&mut model, action);
        for cell in &frame(&mut model, 160, 48).content {
            assert!(cell.symbol().is_ascii(), "{}", cell.symbol());
        }
    }
}

#[test]
fn a_search_marks_its_hits_and_counts_them() {
    let mut model = model(Options::default());
    act(&mut model, Action::Search);
    "a3w".chars().for_each(|c| {
        update(&mut model, Event::Insert(c));
    });
    let typed = frame(&mut model, 80, 24);
    let last = lines(&typed).pop().unwrap();
    assert!(last.starts_with(" /a3w") && last.ends_with("1 of 35"), "{last}");
    assert!(typed.content.iter().any(|cell| cell.modifier.contains(Modifier::UNDERLINED)));
}
