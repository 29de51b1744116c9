//! Frames: what stands on the screen at which size, without colour, without UTF-8, under every overlay.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::draw;
use crate::document::{Edition, Kind, Passage};
use crate::layout::width::cells;
use crate::library::Form;
use crate::library::pair::{Ground, Pair, Standing};
use crate::library::testing::ashe;
use crate::links::LinkKind;
use crate::reader::action::{Action, Event};
use crate::reader::fixture::pair;
use crate::reader::model::{Model, Options, Surroundings, Theme};
use crate::reader::update::update;
use crate::topics::automatic::unindexed;
use crate::topics::{Origin, Term, TopicIndex};

fn model(options: Options) -> Model {
    model_of(pair(), options)
}

fn model_of(pair: Pair, options: Options) -> Model {
    let keys = [(Action::Topics, "t"), (Action::LinkNext, "J"), (Action::Help, "?")];
    let surroundings = Surroundings {
        help: vec![("Moving".to_owned(), vec![("j".to_owned(), "down a row".to_owned())])],
        keys: keys.into_iter().map(|(action, key)| (action, key.to_owned())).collect(),
        ..Surroundings::default()
    };
    Model::new(pair, options, surroundings)
}

fn act(model: &mut Model, action: Action) {
    update(model, Event::Act { action, count: None, letter: None });
}

fn frame(model: &mut Model, columns: u16, rows: u16) -> Buffer {
    update(model, Event::Resize { columns, rows });
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    draw(model, &mut buffer).spell(&mut buffer);
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
fn texts_that_speak_of_no_topic_are_not_greeted_with_noughts() {
    for standing in [Standing::Parallel, Standing::Works] {
        let mut pair = pair();
        pair.ground = Ground::known(standing, "made up");
        pair.links.clear();
        pair.indexes = [TopicIndex::default(), TopicIndex::default()];
        not_greeted(pair);
    }
}

fn not_greeted(pair: Pair) {
    let mut model = model_of(pair, Options::default());
    let shown = lines(&frame(&mut model, 160, 48));
    assert_eq!(shown[0].trim(), "Topics  t   no topics in common: t shows all");
    assert!(shown[1].starts_with(" A  a.txt"), "{}", shown[1]);
    assert!(shown[46].starts_with(" no topic in common  "), "{}", shown[46]);
    act(&mut model, Action::Topics);
    let all = lines(&frame(&mut model, 160, 48));
    assert!(all[0].contains("councils") && all[0].contains("0│0"), "{}", all[0]);
}

#[test]
fn texts_that_are_not_indexed_yet_are_not_said_to_have_no_topic() {
    let why = "the text is large, and not indexed by topic yet";
    let mut pair = pair();
    pair.links.clear();
    pair.indexes = [(); 2].map(|()| unindexed(pair.topics.len(), why));
    let mut model = model_of(pair, Options::default());
    let shown = lines(&frame(&mut model, 160, 48));
    assert_eq!(shown[0].trim(), format!("Topics  t   {why}: t shows all"));
    assert!(shown[46].starts_with(" no topic  "), "{}", shown[46]);
    act(&mut model, Action::LinkNext);
    assert_eq!(model.message, Some(format!("no topic is chosen; {why}")));
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
fn two_forms_of_one_work_open_with_what_their_links_join() {
    for (standing, joined) in [
        (Standing::Numbers, "3 links join the digest and its work by ¶ number: J goes to the next"),
        (Standing::Parallel, "3 links join the two forms of one work: J goes to the next"),
    ] {
        let mut pair = pair();
        pair.ground = Ground::known(standing, "made up");
        for link in &mut pair.links {
            (link.topic, link.kind) = (None, LinkKind::Parallel);
        }
        let mut model = model_of(pair, Options::default());
        let shown = lines(&frame(&mut model, 160, 48));
        assert!(shown[47].starts_with(&format!(" {joined}")), "{}", shown[47]);
    }
}

#[test]
fn two_copies_of_one_work_are_told_apart_by_their_files() {
    let mut model = model(Options::default());
    for text in &mut model.pair.texts {
        text.work = Some(ashe());
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
fn words_that_speak_of_the_topic_are_bold_where_its_link_joins_their_passages() {
    let mut pair = pair();
    pair.topics[0].origin = Origin::Reader;
    pair.topics[0].terms = vec![Term { words: "a12w3".to_owned(), weight: 1.0 }];
    let mut model = model_of(pair, Options::default());
    let bold = |model: &mut Model| {
        let shown = frame(model, 100, 24);
        // Words alone: rows and numbers in the margin stand out, too.
        let [columns, rows] = [5..49, 5..20];
        let cells = rows.flat_map(|row| columns.clone().map(move |column| (column, row)));
        let bold = cells
            .filter(|cell| shown[*cell].modifier.contains(Modifier::BOLD) && shown[*cell].symbol() != " ");
        bold.map(|cell| shown[cell].symbol().to_owned()).collect::<String>()
    };
    act(&mut model, Action::LinkNext);
    assert_eq!(bold(&mut model), "a12w3");
    act(&mut model, Action::LinkNext);
    assert_eq!(bold(&mut model), "");
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
    assert!(last.starts_with(" /a3w") && last.ends_with("1 of 35, B 0"), "{last}");
    assert!(typed.content.iter().any(|cell| cell.modifier.contains(Modifier::UNDERLINED)));
}

/// What stands on a frame, without blanks at the ends of its rows.
fn text(model: &mut Model, columns: u16, rows: u16) -> String {
    lines(&frame(model, columns, rows)).join("\n")
}

#[test]
fn the_bar_says_what_the_scrolling_rests_on_at_every_width() {
    let mut model = model(Options::default());
    act(&mut model, Action::LinkNext);
    let bar = |model: &mut Model, columns: u16, rows: u16| {
        let shown = lines(&frame(model, columns, rows));
        shown.into_iter().find(|line| line.starts_with(" councils 1/3")).unwrap_or_default()
    };
    assert!(bar(&mut model, 45, 20).ends_with(" topic link"));
    // Where the bar has no room for all of it, the relation goes before the reason and is never cut.
    model.pair.topics[0].name = "councils 1/3 of a long name that takes most of the row".to_owned();
    assert!(bar(&mut model, 80, 24).ends_with(" topic link"), "{}", bar(&mut model, 80, 24));
    assert!(text(&mut model, 80, 24).contains("\n contradicts: they differ"));
    model.pair.topics[0].name = "councils".to_owned();
    act(&mut model, Action::Bind);
    assert!(text(&mut model, 100, 24).contains("ANCHORED · your anchor"));
    act(&mut model, Action::Bottom);
    assert!(text(&mut model, 45, 20).contains("EVEN"), "the same word as on a wide screen");
    model.options.level = true;
    assert!(text(&mut model, 120, 24).contains("level rows"));
    assert!(text(&mut model, 80, 24).contains(" · level"));
    // One below the other there is nothing to be level.
    assert!(!text(&mut model, 45, 20).contains(" level"));
}

#[test]
fn what_is_said_of_the_chosen_row_is_read_whole() {
    let mut model = model(Options::default());
    let definition = "what counts and what only sounds like it, word by word, ".repeat(6) + "to its end";
    model.pair.topics[0].definition = definition;
    act(&mut model, Action::Topics);
    for (columns, rows) in [(160, 48), (80, 24), (45, 20)] {
        let shown = text(&mut model, columns, rows);
        assert!(shown.contains("to its end"), "{shown}");
    }
    act(&mut model, Action::Cancel);
    act(&mut model, Action::Links);
    model.pair.links[1].reasons = vec!["the reason of the second".to_owned()];
    act(&mut model, Action::LineDown);
    let shown = text(&mut model, 45, 20);
    assert!(shown.contains("\n contradicts: the reason of the second"), "{shown}");
}

#[test]
fn a_list_longer_than_its_box_says_so_and_an_empty_one_says_why() {
    let mut model = model(Options::default());
    for n in 0..40 {
        let topic = model.pair.topics[1].clone();
        model.pair.topics.push(crate::topics::Topic { name: format!("topic {n}"), ..topic });
    }
    act(&mut model, Action::Topics);
    let top = text(&mut model, 45, 20);
    assert_eq!(top.matches(" more ").count(), 1, "{top}");
    for _ in 0..20 {
        act(&mut model, Action::LineDown);
    }
    let middle = text(&mut model, 45, 20);
    assert_eq!(middle.matches(" more ").count(), 2, "{middle}");
    act(&mut model, Action::Cancel);
    act(&mut model, Action::Help);
    act(&mut model, Action::Search);
    "qqq".chars().for_each(|c| {
        update(&mut model, Event::Insert(c));
    });
    act(&mut model, Action::Accept);
    let empty = text(&mut model, 80, 24);
    assert!(empty.contains("nothing contains these words") && empty.contains("containing `qqq`"), "{empty}");
    let mut model = self::model(Options::default());
    update(&mut model, Event::Act { action: Action::MarkSet, count: None, letter: Some('a') });
    act(&mut model, Action::Marks);
    act(&mut model, Action::Remove);
    let removed = text(&mut model, 80, 24);
    assert!(removed.contains("nothing is left here") && !removed.contains("nothing contains"), "{removed}");
}

#[test]
fn reasons_in_the_list_of_links_begin_in_one_column_and_take_the_width_there_is() {
    let mut model = model(Options::default());
    for (link, passages) in model.pair.links.iter_mut().zip([[12, 25], [5, 50], [30, 10]]) {
        link.passages = passages.map(|passage| vec![passage]);
        link.reasons = vec!["because ".to_owned() + &"of this and that ".repeat(6) + "at last"];
    }
    act(&mut model, Action::Links);
    let shown = lines(&frame(&mut model, 200, 48));
    let columns: Vec<usize> = shown
        .iter()
        .filter(|line| line.contains("A ¶ ") && line.contains("because"))
        .map(|line| line.chars().take_while(|&c| c != 'b').count())
        .collect();
    assert!(columns.len() == 3 && columns.iter().all(|column| *column == columns[0]), "{columns:?}");
    assert_eq!(
        shown.iter().filter(|line| line.contains("at last")).count(),
        4,
        "the rows and the line below"
    );
}

#[test]
fn keys_that_may_follow_are_shown_while_a_sequence_waits() {
    let mut model = model(Options::default());
    let following =
        vec![("y".to_owned(), "this link holds".to_owned()), ("x".to_owned(), "it does not hold".to_owned())];
    update(&mut model, Event::Pending { keys: "z".to_owned(), following });
    let last = lines(&frame(&mut model, 160, 48)).pop().unwrap();
    assert!(last.starts_with(" y  this link holds   x  it does not hold ") && last.ends_with(" z"), "{last}");
    update(&mut model, Event::Pending { keys: String::new(), following: Vec::new() });
    assert!(!text(&mut model, 160, 48).contains("this link holds"));
}

#[test]
fn what_leads_nowhere_is_not_offered() {
    let mut model = model(Options::default());
    assert!(text(&mut model, 160, 48).contains("J next link"));
    act(&mut model, Action::TopicNext);
    assert!(!text(&mut model, 160, 48).contains("J next link"));
}

#[test]
fn a_narrow_heading_keeps_the_place_whole() {
    let mut model = model(Options::default());
    model.pair.texts[0].path = Some("a-long-name-of-a-file.txt".into());
    act(&mut model, Action::LinkNext);
    for columns in 30..60 {
        let shown = lines(&frame(&mut model, columns, 24));
        let head = shown.iter().find(|line| line.starts_with(" A ")).unwrap();
        assert!(head.ends_with(" ¶ 12") || head.contains(" ¶ 12 · "), "{columns}: {head}");
        assert!(head.contains("a-lon"), "{columns}: {head}");
    }
}

#[test]
fn a_rejected_link_governs_with_no_relation() {
    let mut model = model(Options::default());
    act(&mut model, Action::LinkNext);
    assert!(text(&mut model, 160, 48).contains("councils 1/3 · A 2/3 · B 2/3 · contradicts"));
    act(&mut model, Action::LinkReject);
    model.message = None;
    let shown = lines(&frame(&mut model, 160, 48)).split_off(46).join("\n");
    assert!(shown.contains("councils -/2 · A 2/3 · B 2/3 "), "{shown}");
    assert!(shown.contains("\n rejected by you: B ¶ 25 (they differ); "), "{shown}");
    assert!(!shown.contains("contradicts"), "{shown}");
}

#[test]
fn only_what_the_link_in_force_joins_is_marked_as_joined() {
    let mut model = model(Options::default());
    act(&mut model, Action::LinkNext);
    assert_eq!(text(&mut model, 160, 48).matches("┃ 12 a12w0").count(), 1);
    act(&mut model, Action::LinkReject);
    assert!(!text(&mut model, 160, 48).contains('┃'));
    // An entry of the topic that nothing beside it answers.
    act(&mut model, Action::SyncToggle);
    update(&mut model, Event::Act { action: Action::Top, count: Some(5), letter: None });
    let shown = text(&mut model, 160, 48);
    assert!(shown.contains("▪  5 a5w0") && !shown.contains('┃'), "{shown}");
}

#[test]
fn a_topic_of_ones_own_has_room_on_a_narrow_screen() {
    let mut model = model(Options::default());
    act(&mut model, Action::TopicNew);
    let last = lines(&frame(&mut model, 45, 20)).pop().unwrap();
    assert!(last.starts_with(" topic ") && last.ends_with("name: words, words"), "{last}");
    let typed = "peace: treaty, armistice + signed";
    typed.chars().for_each(|c| {
        update(&mut model, Event::Insert(c));
    });
    let last = lines(&frame(&mut model, 45, 20)).pop().unwrap();
    assert!(last.ends_with(typed), "{last}");
}

#[test]
fn a_long_label_of_help_has_rows_of_its_own() {
    let mut model = model(Options::default());
    let keys = "esc  C-c;  q (list, pager);  t  tab  left (list);  ?  enter (pager)".to_owned();
    let rows = vec![(keys, "close".to_owned()), ("j".to_owned(), "down a row".to_owned())];
    model.surroundings.help = vec![("Program".to_owned(), rows)];
    act(&mut model, Action::Help);
    for columns in [45, 80, 160] {
        let shown = text(&mut model, columns, 24);
        assert!(!shown.lines().any(|line| line.trim_end_matches(['│', ' ']).ends_with("C-")), "{shown}");
        for part in ["esc", "C-c;", "(list,", "pager);", "left", "enter", "close", "down a row"] {
            assert!(shown.contains(part), "{columns}: {part}\n{shown}");
        }
    }
}

#[test]
fn the_figures_of_a_search_say_which_text_they_are_of() {
    let mut model = model(Options::default());
    act(&mut model, Action::Search);
    "w1\\b".chars().for_each(|c| {
        update(&mut model, Event::Insert(c));
    });
    act(&mut model, Action::Accept);
    assert!(text(&mut model, 160, 48).ends_with("/w1\\b  A 1 of 40, B 60"));
    act(&mut model, Action::FocusOther);
    act(&mut model, Action::MatchNext);
    assert!(text(&mut model, 160, 48).ends_with("/w1\\b  B 1 of 60, A 40"));
}

#[test]
fn why_a_topic_is_refused_is_read_whole_above_what_was_typed() {
    let mut model = model(Options::default());
    act(&mut model, Action::TopicNew);
    "peace".chars().for_each(|c| {
        update(&mut model, Event::Insert(c));
    });
    act(&mut model, Action::Accept);
    let said = model.message.clone().unwrap();
    assert!(said.len() > 45, "{said}");
    for (columns, rows) in [(160, 48), (80, 24), (45, 20)] {
        let shown = text(&mut model, columns, rows);
        let joined = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(joined.contains(&format!("{said} topic peace")), "{shown}");
    }
}

#[test]
fn on_a_narrow_screen_no_key_is_parted_from_what_it_does() {
    let mut model = model(Options::default());
    let following: Vec<(String, String)> = [
        ("g", "start of the text"),
        ("r", "go to a passage (12) or a page (p44) of this text, wherever"),
        ("/", "search backward in this text"),
        ("m", "list of marks and anchors"),
    ]
    .map(|(key, does)| (key.to_owned(), does.to_owned()))
    .to_vec();
    update(&mut model, Event::Pending { keys: "g".to_owned(), following: following.clone() });
    for columns in 40..60 {
        let shown = lines(&frame(&mut model, columns, 20));
        let is_with = |begin: &str| shown.iter().any(|line| line.contains(begin));
        for (key, does) in &following {
            let first = does.split(' ').next().unwrap();
            assert!(is_with(&format!("{key}  {first}")), "{columns}: {key}\n{}", shown.join("\n"));
            assert!(
                key == "r" || is_with(&format!("{key}  {does}")),
                "{columns}: {key}\n{}",
                shown.join("\n")
            );
        }
        assert!(is_with("wherever"), "{columns}");
    }
}

#[test]
fn a_long_heading_gives_way_to_the_passages_it_stands_over() {
    let mut pair = pair();
    let mut passages = pair.texts[0].edition.passages().to_vec();
    passages[0].text = "A heading of which the words go on and on ".repeat(6);
    pair.texts[0].edition = Edition::new(passages, Vec::new(), 0);
    let mut model = model_of(pair, Options::default());
    act(&mut model, Action::Contents);
    for columns in [45, 80, 160] {
        let shown = lines(&frame(&mut model, columns, 20));
        let row = shown.iter().find(|line| line.contains("▸A heading")).unwrap();
        assert!(row.trim_end_matches(['│', ' ']).ends_with("  1-40"), "{row}");
    }
}

#[test]
fn on_a_narrow_screen_the_reason_of_each_link_has_a_row_of_its_own() {
    let mut model = model(Options::default());
    for link in &mut model.pair.links {
        link.reasons = vec!["because of what both of them say of it".to_owned()];
    }
    act(&mut model, Action::Links);
    act(&mut model, Action::LineDown);
    let shown = lines(&frame(&mut model, 45, 20));
    let whole = |line: &&String| line.contains("because of what both of them say of");
    assert!(shown.iter().filter(whole).count() >= 3, "{}", shown.join("\n"));
    let chosen = shown.iter().position(|line| line.contains("▸A ¶ 5")).unwrap();
    assert!(shown[chosen + 1].contains("because"), "{}", shown.join("\n"));
    let wide = lines(&frame(&mut model, 120, 20));
    assert!(wide.iter().any(|line| line.contains("▸A ¶ 5") && line.contains("because")));
}

/// A search for what a row of a narrow screen cannot hold.
fn searched(query: &str) -> Model {
    let mut model = model(Options::default());
    act(&mut model, Action::Search);
    query.chars().for_each(|c| {
        update(&mut model, Event::Insert(c));
    });
    act(&mut model, Action::Accept);
    model
}

#[test]
fn a_long_pattern_gives_way_to_the_figures_and_to_what_is_said() {
    let query = "the gulls above the harbour at low water, and nobody there";
    let mut model = searched(query);
    for (columns, rows) in [(160, 48), (80, 24), (45, 20)] {
        let shown = text(&mut model, columns, rows);
        let foot = shown.lines().skip_while(|line| !line.starts_with(" `the gulls"));
        let said = foot.collect::<Vec<_>>();
        assert!(said.len() <= 5 && said.last().unwrap().ends_with("A no hit, B 0"), "{shown}");
    }
    let mut model = searched(&format!("w1\\b|{query}"));
    for (columns, rows) in [(160, 48), (80, 24), (80, 12), (45, 20), (45, 8)] {
        let shown = text(&mut model, columns, rows);
        assert!(shown.ends_with("A 1 of 40, B 60"), "{shown}");
    }
}

#[test]
fn what_a_search_says_takes_the_rows_whole_and_its_figures_the_room_beside_or_below() {
    let mut model = searched("b7w3");
    let said = " `b7w3` is not in A; 1 in B";
    let shown = lines(&frame(&mut model, 60, 12));
    assert_eq!(shown[11], format!("{said:39}/b7w3  A no hit, B 1"));
    let shown = lines(&frame(&mut model, 45, 20));
    assert_eq!([&shown[18], shown[19].trim_start()], [said, "/b7w3  A no hit, B 1"]);
}

#[test]
fn what_is_computed_leaves_room_for_what_is_said() {
    let mut model = model(Options::default());
    model.progress = Some("reading both texts whole, 34 %".to_owned());
    model.message = Some("what was said of it takes more than half of a row".to_owned());
    let shown = lines(&frame(&mut model, 45, 20));
    assert_eq!(shown[17], " what was said of it takes more than half of", "{}", shown.join("\n"));
    assert!(shown[19].trim_start().starts_with("reading both texts whole, 34 %"), "{}", shown.join("\n"));
}

#[test]
fn keys_typed_stand_apart_from_those_that_may_follow() {
    let mut model = model(Options::default());
    let following = [("n", "numbers"), ("a", "additions"), ("l", "level rows"), ("c", "theme")]
        .map(|(key, does)| (key.to_owned(), does.to_owned()));
    update(&mut model, Event::Pending { keys: "5 z".to_owned(), following: following.to_vec() });
    for columns in 40..100 {
        let shown = lines(&frame(&mut model, columns, 24));
        let last = shown.last().unwrap();
        assert!(last.ends_with("   5 z"), "{columns}: {last}");
    }
}

#[test]
fn why_a_rejected_link_was_one_is_read_whole() {
    let mut model = model(Options::default());
    model.pair.links[0].reasons = vec!["they differ in what is said of it ".repeat(6) + "at last"];
    act(&mut model, Action::LinkNext);
    act(&mut model, Action::LinkReject);
    model.message = None;
    for (columns, rows) in [(160, 48), (80, 24), (45, 20)] {
        let shown = text(&mut model, columns, rows).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains("rejected by you: B ¶ 25 (they") && shown.contains("at last);"), "{shown}");
    }
}

#[test]
fn a_list_keeps_its_place_whatever_is_said_below_it() {
    let mut model = model(Options::default());
    act(&mut model, Action::Links);
    let top = |model: &mut Model| {
        let shown = lines(&frame(model, 100, 30));
        shown.iter().position(|line| line.contains('┌'))
    };
    let before = top(&mut model);
    assert!(before.is_some());
    for said in [2, 4, 8] {
        model.message = Some("what is said of it ".repeat(said * 6));
        assert_eq!(top(&mut model), before);
    }
}

#[test]
fn a_box_over_wide_letters_keeps_its_border() {
    let mut pair = pair();
    let words = |n: usize| "x".repeat(n % 2) + &"水".repeat(200);
    let passages = (0..50).map(|n| Passage::new(Kind::Paragraph, words(n))).collect();
    pair.texts[0].edition = Edition::new(passages, Vec::new(), 0);
    let mut model = model_of(pair, Options::default());
    act(&mut model, Action::Links);
    // Of these widths some have a letter that stands half under the border.
    for columns in 120..124 {
        let buffer = frame(&mut model, columns, 24);
        let corner = |&(column, row): &(u16, u16)| buffer[(column, row)].symbol() == "┌";
        let mut all = (0..24).flat_map(|row| (0..columns).map(move |column| (column, row)));
        let (left, top) = all.find(corner).unwrap();
        for row in (top + 1..24).take_while(|&row| buffer[(left, row)].symbol() == "│") {
            assert!(cells(buffer[(left - 1, row)].symbol()) < 2, "{columns} columns, row {row}");
        }
    }
}
