//! The reader on a terminal: what it starts with, and what it needs done in the library and on the disk.

use std::io;

use super::context::Context;
use super::editions::editions;
use super::error::CommandError;
use super::output::speaks_utf8;
use super::print::Choice;
use crate::files::{Folders, SessionFile, keymap, save_last_pair};
use crate::keys::{Input, Keymap};
use crate::library::Library;
use crate::library::pair::Pair;
use crate::reader::action::{Action, Mode};
use crate::reader::model::{Model, Options, Surroundings, Theme};
use crate::session::{Session, Theme as KeptTheme};
use crate::terminal::{self, Ending, Host};

/// Opens the reader on a pair with what was kept of it.
///
/// # Errors
/// Where the terminal cannot be used, or a signal ended the reading.
pub fn open(
    context: Context,
    pair: Pair,
    choice: &Choice,
    notice: Option<String>,
    colour: bool,
) -> Result<(), CommandError> {
    let Context { library, folders, shelf: _ } = context;
    let texts = pair.texts.each_ref();
    let (file, session, kept) = SessionFile::load(folders.state.as_deref(), texts);
    let mut problems: Vec<String> = notice.into_iter().chain(kept).collect();
    if let Err(error) = save_last_pair(folders.state.as_deref(), texts) {
        problems.push(format!("places cannot be kept: {error}"));
    }
    let loaded = keymap::load(&folders);
    problems.extend(loaded.sentence());
    let spoken = (!problems.is_empty()).then(|| problems.join("; "));
    problems.extend(loaded.problems.iter().map(ToString::to_string));
    let surroundings = surroundings(&loaded.keymap, problems);
    let mut model = Model::new(pair, options(&session, colour), surroundings);
    model.take_up(&session);
    if choice.topic.is_some() || choice.places.iter().any(Option::is_some) {
        choose(&mut model, choice);
    }
    model.message = model.message.take().or(spoken);
    let left = model.pair.texts[0].content_hash.clone();
    let mut host = Disk { library, folders, file, left };
    match terminal::run(model, Input::new(loaded.keymap), &mut host).map_err(CommandError::Output)? {
        Ending::Quit => Ok(()),
        Ending::Signal(signal) => {
            Err(CommandError::Reported(128u8.saturating_add(u8::try_from(signal).unwrap_or(0))))
        }
    }
}

/// Goes where the command line says: to a topic's first link, to the places named.
fn choose(model: &mut Model, choice: &Choice) {
    if let Some(topic) = choice.topic {
        model.go_to_topic(topic);
    }
    let tops = model.tops();
    if choice.places.iter().any(Option::is_some) {
        model.put([0, 1].map(|side| choice.places[side].unwrap_or(tops[side])));
    }
}

fn options(session: &Session, colour: bool) -> Options {
    let kept = session.theme.map(|theme| match theme {
        KeptTheme::Dark => Theme::Dark,
        KeptTheme::Light => Theme::Light,
        KeptTheme::Plain => Theme::Plain,
    });
    let theme = if colour { kept.unwrap_or_else(ground) } else { Theme::Plain };
    Options { theme, ascii: !speaks_utf8(), ..Options::default() }
}

/// The theme for the ground that some terminals name in `COLORFGBG`; dark where none is named.
fn ground() -> Theme {
    let named = std::env::var("COLORFGBG").unwrap_or_default();
    match named.rsplit(';').next() {
        Some("7" | "15") => Theme::Light,
        Some(_) | None => Theme::Dark,
    }
}

/// What the reader has to know of the keymap to speak of it.
#[must_use]
pub fn surroundings(keymap: &Keymap, problems: Vec<String>) -> Surroundings {
    let row = |row: crate::keys::HelpRow| {
        let place = row.place();
        let where_ = if place.is_empty() { String::new() } else { format!("  ({place})") };
        (row.keys, format!("{}{where_}", row.description))
    };
    let help = keymap.help().into_iter();
    let help = help.map(|section| (section.title.to_owned(), section.rows.into_iter().map(row).collect()));
    let key = |action: &Action| Some((*action, keymap.keys_for(*action, Mode::Read).first()?.clone()));
    Surroundings { help: help.collect(), keys: Action::ALL.iter().filter_map(key).collect(), problems }
}

/// The library and the disk on behalf of the reader.
struct Disk {
    library: Library,
    folders: Folders,
    file: SessionFile,
    /// Hash of the text that was left when the session was read; the reader may have exchanged the two.
    left: String,
}

impl Disk {
    /// The pair of two names; its own session file from then on.
    fn pair(&mut self, names: [&str; 2]) -> Result<Pair, String> {
        let open = |name: &str| self.library.open(name).map_err(|error| error.to_string());
        let pair =
            self.library.join(open(names[0])?, open(names[1])?, false).map_err(|error| error.to_string())?;
        let texts = pair.texts.each_ref();
        let state = self.folders.state.as_deref();
        self.file = SessionFile::load(state, texts).0;
        self.left.clone_from(&texts[0].content_hash);
        save_last_pair(state, texts).map_err(|error| format!("places cannot be kept: {error}"))?;
        Ok(pair)
    }
}

impl Host for Disk {
    fn open(&mut self, model: &Model, side: usize, name: &str) -> Result<Pair, String> {
        let other = model.pair.texts[1 - side].name();
        self.save(model)?;
        self.pair(if side == 0 { [name, &other] } else { [&other, name] })
    }

    fn editions(&mut self) -> Vec<(String, String)> {
        editions(&self.library)
    }

    fn reload(&mut self, model: &Model) -> Result<Pair, String> {
        let [left, right] = model.pair.texts.each_ref().map(crate::library::Text::name);
        self.pair([&left, &right])
    }

    fn save(&mut self, model: &Model) -> Result<(), String> {
        let session = model.remember();
        let exchanged = model.pair.texts[0].content_hash != self.left;
        let saved: io::Result<()> = self.file.save(&if exchanged { session.flipped() } else { session });
        saved.map_err(|error| format!("places cannot be kept: {error}"))
    }
}
