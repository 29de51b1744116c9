//! The picture in the README is a real frame. `UPDATE_README=1 cargo test --test readme` draws it anew.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use diptych::commands::reading::surroundings;
use diptych::files::DiskShelf;
use diptych::keys::Keymap;
use diptych::library::Library;
use diptych::reader::action::{Action, Event};
use diptych::reader::model::{Model, Options};
use diptych::reader::update::update;
use diptych::view::draw;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SIZE: (u16, u16) = (120, 36);
const BEGIN: &str = "```text\n";
const END: &str = "```\n<!-- end of picture -->";

/// The default pair at the best link of its first topic.
fn picture() -> String {
    let library = Library::new(Box::new(DiskShelf::default()), None).unwrap();
    let [left, right] = library.catalogue.default_pair().unwrap();
    let digest = |work: &str| library.open(&format!("{work}:digest")).unwrap();
    let pair = library.join([digest(left), digest(right)], false, None).unwrap();
    let surroundings = surroundings(&Keymap::built_in(), Vec::new());
    let mut model = Model::new(pair, Options::default(), surroundings);
    update(&mut model, Event::Resize { columns: SIZE.0, rows: SIZE.1 });
    update(&mut model, Event::Act { action: Action::LinkNext, count: None, letter: None });
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    draw(&model, &mut buffer).spell(&mut buffer);
    let row = |row: u16| (0..SIZE.0).map(|column| buffer[(column, row)].symbol()).collect::<String>();
    (0..SIZE.1).map(|r| row(r).trim_end().to_owned() + "\n").collect()
}

#[test]
fn the_picture_is_what_the_reader_shows() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    let picture = picture();
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, format!("{before}{BEGIN}{picture}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(shown, picture, "draw it anew: UPDATE_README=1 cargo test --test readme");
}
