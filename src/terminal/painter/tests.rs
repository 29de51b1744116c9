//! The bytes replayed in a terminal emulator must show the frame, cell by cell; and be few.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::case::TypeCase;
use super::encode::Encoder;
use super::grid::Grid;
use super::{Abilities, Painter};
use crate::document::{Kind, Passage};
use crate::reader::action::{Action, Event};
use crate::reader::fixture::aligned;
use crate::reader::update::update;
use crate::view;
use crate::view::frame::Frame;

const COLUMNS: u16 = 24;
const ROWS: u16 = 10;

/// A painter and a terminal that it paints.
struct Replay {
    painter: Painter<Vec<u8>>,
    terminal: vt100::Parser,
    columns: u16,
    rows: u16,
    cursor: Option<Position>,
}

impl Replay {
    fn new(columns: u16, rows: u16) -> Self {
        let painter = Painter::new(Vec::new(), Abilities::default());
        let size = |n: u16| std::num::NonZero::new(n).unwrap();
        Self {
            painter,
            terminal: vt100::Parser::new(size(rows), size(columns), 0),
            columns,
            rows,
            cursor: None,
        }
    }

    /// Paints a buffer, replays the bytes, compares every cell; the number of bytes.
    fn show(&mut self, buffer: &Buffer) -> usize {
        let cursor = self.cursor;
        let draw = |drawn: &mut Buffer| {
            drawn.clone_from(buffer);
            Frame { cursor, lines: Vec::new() }
        };
        self.painter.paint((self.columns, self.rows), draw).unwrap();
        let bytes = String::from_utf8(std::mem::take(&mut self.painter.out)).unwrap();
        self.terminal.process(bytes.as_bytes());
        for y in 0..self.rows {
            for x in 0..self.columns {
                self.compare(x, y, &bytes);
            }
        }
        bytes.len()
    }

    fn compare(&self, x: u16, y: u16, bytes: &str) {
        let wanted = self.painter.shown.as_ref().unwrap().row(y)[usize::from(x)];
        let cell = self.terminal.screen().cell(y, x).unwrap();
        let shown = if cell.has_contents() { cell.contents() } else { " " };
        if !wanted.is_covered() {
            let mut symbol = String::new();
            self.painter.case.write(wanted.symbol(), &mut symbol);
            let look = self.painter.case.look(wanted.look());
            assert_eq!(shown, symbol, "at {x},{y} after {bytes:?}");
            let modifier = look.modifier;
            assert_eq!(cell.inverse(), modifier.contains(Modifier::REVERSED), "reverse at {x},{y}");
            assert_eq!(cell.underline(), modifier.contains(Modifier::UNDERLINED), "underline at {x},{y}");
            if wanted.is_blank() {
                // Weight and colour are not seen on it.
                return;
            }
            assert_eq!(cell.bold(), modifier.contains(Modifier::BOLD), "bold at {x},{y} after {bytes:?}");
            let cyan = look.foreground == Color::Cyan;
            let colour = if cyan { vt100::Color::Idx(6) } else { vt100::Color::Default };
            assert_eq!(cell.fgcolor(), colour, "colour at {x},{y} after {bytes:?}");
        }
    }
}

fn style(number: u8) -> Style {
    match number % 6 {
        0 | 1 => Style::default(),
        2 => Style::default().add_modifier(Modifier::BOLD),
        3 => Style::default().fg(Color::Cyan),
        4 => Style::default().add_modifier(Modifier::REVERSED),
        _ => Style::default().fg(Color::Cyan).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
    }
}

/// A row of words in looks.
fn line() -> impl Strategy<Value = Vec<(String, u8)>> {
    let word = prop_oneof![
        4 => "[a-z]{1,7} ",
        1 => Just("漢字 ".to_owned()),
        1 => Just("e\u{301}é ".to_owned()),
        1 => Just("      ".to_owned()),
    ];
    prop::collection::vec((word, 0u8..6), 0..6)
}

fn draw(buffer: &mut Buffer, row: u16, words: &[(String, u8)]) {
    let mut column = 0;
    for (word, look) in words {
        if column < buffer.area.width {
            let room = usize::from(buffer.area.width - column);
            column = buffer.set_stringn(column, row, word, room, style(*look)).0;
        }
    }
}

fn screen(lines: &[Vec<(String, u8)>], from: usize, columns: u16, rows: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    for row in 0..rows {
        if let Some(line) = lines.get(from + usize::from(row)) {
            draw(&mut buffer, row, line);
        }
    }
    buffer
}

proptest! {
    #[test]
    fn any_screen_after_any_other_is_shown_exactly(
        screens in prop::collection::vec(prop::collection::vec(line(), ROWS as usize), 1..5),
    ) {
        let mut replay = Replay::new(COLUMNS, ROWS);
        for lines in &screens {
            replay.show(&screen(lines, 0, COLUMNS, ROWS));
        }
    }

    /// So no screen that could be written in few bytes is taken for one that cannot.
    #[test]
    fn a_cell_to_be_written_takes_a_byte_at_least(
        before in prop::collection::vec(line(), ROWS as usize),
        after in prop::collection::vec(line(), ROWS as usize),
    ) {
        let mut case = TypeCase::new();
        let mut grid = |lines: &[_]| Grid::of(&mut screen(lines, 0, COLUMNS, ROWS), &[], &mut case);
        let (before, after) = (grid(&before), grid(&after));
        let written = Encoder::new(&case).written(&before, &after).finish();
        let cells = after.written_cells(&before, usize::MAX);
        prop_assert!(cells <= written.len(), "{cells} cells in {written:?}");
        prop_assert_eq!(after.written_cells(&after, 0), 0);
    }

    #[test]
    fn scrolling_by_any_rows_is_shown_exactly(
        lines in prop::collection::vec(line(), 40),
        tops in prop::collection::vec(0usize..30, 1..8),
        fixed in line(),
    ) {
        let mut replay = Replay::new(COLUMNS, ROWS);
        for top in tops {
            let mut buffer = screen(&lines, top, COLUMNS, ROWS);
            for column in 0..COLUMNS {
                buffer[(column, 0)].reset();
            }
            draw(&mut buffer, 0, &fixed);
            replay.show(&buffer);
        }
    }
}

#[test]
fn what_follows_a_grapheme_of_disputed_width_stands_in_its_place() {
    // The emulator goes by characters: it draws the first in four cells and the second in one.
    let row = |words: &str, at: u16| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 2));
        buffer.set_string(at, 0, words, style(5));
        buffer.set_string(24, 0, "│ what stays", Style::default());
        buffer.set_string(0, 1, "below", Style::default());
        buffer
    };
    let mut replay = Replay::new(40, 2);
    for (words, at) in [
        ("one 👩‍🚀 two", 0),
        ("one 👩‍🚀two", 0),
        ("one 👩‍🚀", 14),
        ("❤\u{fe0f} three", 9),
        ("three ❤\u{fe0f}❤\u{fe0f}👍🏽x", 9),
        ("three", 9),
        ("👩‍🚀", 22),
    ] {
        let buffer = row(words, at);
        replay
            .painter
            .paint((40, 2), |drawn| {
                drawn.clone_from(&buffer);
                Frame::default()
            })
            .unwrap();
        let bytes = std::mem::take(&mut replay.painter.out);
        replay.terminal.process(&bytes);
        let shown = replay.painter.shown.as_ref().unwrap().row(0).to_vec();
        for (column, glyph) in shown.iter().enumerate() {
            // What the terminal makes of the grapheme itself is its own affair.
            if !glyph.symbol().is_disputed() && !glyph.is_covered() {
                replay.compare(column as u16, 0, &String::from_utf8_lossy(&bytes));
            }
        }
        assert_eq!(replay.terminal.screen().contents().lines().nth(1), Some("below"));
    }
}

/// Two columns of prose between a header and a status line, as the reader draws them.
fn prose(top: usize) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 160, 48));
    buffer.set_string(0, 0, "a header that stays", Style::default().add_modifier(Modifier::BOLD));
    for row in 1..47u16 {
        let line = top + usize::from(row);
        let words = |salt: usize| -> String {
            (0..14)
                .map(|w| ["soviet", "party", "of", "council", "the"][(line * 7 + w * 3 + salt) % 5])
                .collect::<Vec<_>>()
                .join(" ")
        };
        buffer.set_stringn(0, row, words(line % 11), 78, Style::default());
        buffer.set_string(79, row, "│", Style::default().add_modifier(Modifier::DIM));
        buffer.set_stringn(81, row, words(line % 13 + 1), 78, Style::default());
    }
    buffer.set_string(0, 47, format!("row {top}"), Style::default().add_modifier(Modifier::REVERSED));
    buffer
}

#[test]
fn a_row_scrolled_in_both_texts_costs_little_more_than_the_new_row() {
    let mut replay = Replay::new(160, 48);
    replay.show(&prose(100));
    for top in [101, 102, 101, 100] {
        let bytes = replay.show(&prose(top));
        assert!(bytes < 250, "{bytes} bytes");
    }
}

#[test]
fn a_frame_that_changes_nothing_sends_nothing() {
    let mut replay = Replay::new(160, 48);
    replay.show(&prose(1));
    assert_eq!(replay.show(&prose(1)), 0);
}

#[test]
fn a_forgotten_screen_is_sent_whole() {
    let mut replay = Replay::new(160, 48);
    let first = replay.show(&prose(1));
    replay.painter.forget();
    assert_eq!(replay.show(&prose(1)), first);
}

#[test]
fn a_cursor_left_visible_is_hidden_with_a_forgotten_screen() {
    let mut replay = Replay::new(COLUMNS, ROWS);
    replay.cursor = Some(Position::new(3, 2));
    replay.show(&screen(&[], 0, COLUMNS, ROWS));
    assert!(!replay.terminal.screen().hide_cursor());
    replay.painter.forget();
    replay.cursor = None;
    replay.show(&screen(&[], 0, COLUMNS, ROWS));
    assert!(replay.terminal.screen().hide_cursor());
}

#[test]
fn side_margins_are_for_terminals_that_name_themselves_and_never_for_mosh() {
    let mosh = ("NCURSES_NO_UTF8_ACS", "1");
    let stale = ("XTERM_VERSION", "XTerm(379)");
    let wezterm = ("TERM_PROGRAM", "WezTerm");
    for (variables, set, used) in [
        (&[stale][..], None, false),
        (&[stale], Some(true), true),
        (&[wezterm], None, true),
        (&[wezterm], Some(false), false),
        (&[wezterm, ("TMUX", "/tmp/tmux-0/default,1,0")], None, false),
        (&[wezterm, mosh], None, false),
        (&[stale, mosh], Some(true), false),
    ] {
        let variable = |name: &str| {
            let found = variables.iter().find(|(own, _)| *own == name);
            found.map_or_else(String::new, |(_, value)| (*value).to_owned())
        };
        assert_eq!(Abilities::of(&variable, set).side_margins, used, "{variables:?} {set:?}");
    }
}

/// What a terminal shows after a painter's bytes: characters, looks and cursor, row by row.
fn shown(painter: &mut Painter<Vec<u8>>, terminal: &mut vt100::Parser) -> String {
    terminal.process(&std::mem::take(&mut painter.out));
    terminal.screen().state_formatted()
}

fn event() -> impl Strategy<Value = Event> {
    let count = proptest::option::of(0usize..60);
    let act =
        (proptest::sample::select(Action::ALL), count, proptest::option::of(proptest::char::range('a', 'c')));
    let resize = proptest::sample::select(&[(120, 30), (80, 24), (45, 20), (10, 4)]);
    prop_oneof![
        8 => act.prop_map(|(action, count, letter)| Event::Act { action, count, letter }),
        2 => proptest::char::range('0', '9').prop_map(Event::Insert),
        1 => resize.prop_map(|(columns, rows)| Event::Resize { columns, rows }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// What lies over a text, stands in it in another style or takes more cells than bytes is seen all the same.
    #[test]
    fn lines_handed_over_show_what_spelled_ones_do(
        steps in proptest::collection::vec((event(), proptest::option::weighted(0.2, 1usize..60)), 1..40),
    ) {
        let mut model = aligned(|passages| {
            passages.remove(4);
            for (at, words) in [(6, "漢字 — “两个 texts”, e\u{301}\u{a0}!"), (2, "a02w1 a02w2 other")] {
                passages[at] = Passage::new(Kind::Paragraph, words.repeat(9));
            }
            passages[3].emphasis.push(2..9);
        });
        let size = std::num::NonZero::new;
        let terminal = || vt100::Parser::new(size(30).unwrap(), size(120).unwrap(), 0);
        let painter = || Painter::new(Vec::new(), Abilities::default());
        let (mut whole, mut spelled) = ((painter(), terminal()), (painter(), terminal()));
        for (event, said) in steps {
            update(&mut model, event);
            model.message = said.map(|words| "word ".repeat(words)).or(model.message);
            whole.0.paint(model.size, |buffer| view::draw(&model, buffer)).unwrap();
            let spell = |buffer: &mut Buffer| {
                let frame = view::draw(&model, buffer);
                frame.spell(buffer);
                Frame { lines: Vec::new(), ..frame }
            };
            spelled.0.paint(model.size, spell).unwrap();
            prop_assert_eq!(shown(&mut whole.0, &mut whole.1), shown(&mut spelled.0, &mut spelled.1));
        }
    }
}
