//! The reader on a terminal: what it starts with, and what it needs done in the library and on the disk.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::context::{Context, told_before};
use super::editions::editions;
use super::error::CommandError;
use super::print::Choice;
use super::read::Opened;
use super::restriction::NO_SHELL;
use crate::config::TerminalSettings;
use crate::document::Anchor;
use crate::files::keymap::{self, LoadedKeymap};
use crate::files::{
    Folders, SessionFile, files_read_before, keep_copy, lasting_name, reason, save_last_pair,
};
use crate::keys::{Input, Keymap};
use crate::layout::width::{set_typewritten, set_wide_ambiguous};
use crate::library::open::shown;
use crate::library::pair::{Pair, Stage, Told};
use crate::library::{Library, Text};
use crate::reader::action::{Action, Mode};
use crate::reader::arrival::Arrival;
use crate::reader::model::{Model, Options, Surroundings, Theme};
use crate::session::{Session, Theme as KeptTheme};
use crate::terminal::background::Work;
use crate::terminal::environment::{self, variable};
use crate::terminal::{self, Ending, Host};
use crate::topics::Origin;
use crate::view::theme::Signs;

/// What the command line says of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether colour may be used.
    pub colour: bool,
    /// Whether the screen before comes back afterwards, unless the settings say no.
    pub alternate: bool,
    /// Whether the mouse is listened to, whatever the settings say.
    pub mouse: bool,
}

/// The keys, and what the reader says of them.
#[derive(Clone, Debug)]
pub struct Keys {
    loaded: LoadedKeymap,
    surroundings: Surroundings,
}

impl Keys {
    /// The keymap of the configuration folder.
    #[must_use]
    pub fn load(folders: &Folders) -> Self {
        let loaded = keymap::load(folders);
        Self { surroundings: surroundings(&loaded.keymap, Vec::new()), loaded }
    }
}

/// Opens the reader on a pair with what was kept of it.
///
/// # Errors
/// Where the terminal cannot be used, or a signal ended the reading.
pub fn open(
    context: Context,
    keys: Keys,
    opened: Opened,
    choice: &Choice,
    screen: Screen,
) -> Result<(), CommandError> {
    let Context { library, folders, shelf, config: set, given } = context;
    let Opened { pair, notice, is_stand_in } = opened;
    let texts = pair.texts.each_ref();
    let (file, session, kept) = SessionFile::load(folders.state.as_deref(), texts);
    let mut problems: Vec<String> =
        notice.into_iter().chain(pressing(texts)).chain(kept).chain(Library::about_size(&pair)).collect();
    let Keys { loaded, surroundings } = keys;
    problems.extend([loaded.sentence(), set.sentence()].into_iter().flatten());
    let spoken = spoken(&problems, surroundings.keys.get(&Action::Problems).map_or("", String::as_str));
    problems.extend(loaded.problems.iter().map(ToString::to_string));
    problems.extend(set.problems.iter().map(ToString::to_string));
    let settings = settings(set.config.terminal, screen);
    let is_kept = file.obstacle().is_none();
    let mut surroundings = Surroundings { problems, given, is_kept, ..surroundings };
    let told = session.told.map(told_before);
    // What was said on the command line now goes before what was said then.
    let told = told.filter(|_| pair.ground.origin != Origin::Reader);
    let pair = if told.is_some() { library.join_at_once(pair.texts, told)? } else { pair };
    let options = options(&session, screen.colour, settings);
    surroundings.help.push(("Signs".to_owned(), Signs::of(&options).meanings()));
    let mut model = Model::new(pair, options, surroundings);
    model.take_up(&session);
    if choice.topic.is_some() || choice.places.iter().any(Option::is_some) {
        choose(&mut model, choice);
    }
    model.message = model.message.take().or(spoken);
    let left = model.pair.texts[0].content_hash.clone();
    let mut host = Disk {
        library,
        folders,
        file,
        kept: session,
        left,
        restricted: shelf.restricted,
        is_stand_in,
        unkept: None,
    };
    let ending = terminal::run(model, Input::new(loaded.keymap), &mut host, settings);
    if let Some(unkept) = &host.unkept {
        let _ = writeln!(io::stderr(), "diptych: {unkept}");
    }
    match ending.map_err(CommandError::Output)? {
        Ending::Quit => Ok(()),
        Ending::Signal(signal) => {
            Err(CommandError::Reported(128u8.saturating_add(u8::try_from(signal).unwrap_or(0))))
        }
    }
}

/// What each text needs first to be one: `page.html: this is HTML, …`.
fn pressing(texts: [&Text; 2]) -> impl Iterator<Item = String> {
    texts.into_iter().flat_map(|text| {
        let notices = text.edition.notices().iter().filter(|notice| notice.is_pressing());
        notices.map(|notice| format!("{}: {}", shown(text.path.as_deref()), notice.what))
    })
}

/// What is said of the problems found on starting: the first one, and which key shows the others. All of them
/// would cover the texts.
fn spoken(problems: &[String], key: &str) -> Option<String> {
    match problems {
        [] => None,
        [one] => Some(one.clone()),
        [first, others @ ..] => Some(format!("{first} (and {} more: {key} shows all)", others.len())),
    }
}

/// Goes where the command line says: to a topic's first link, to the places named.
fn choose(model: &mut Model, choice: &Choice) {
    if let Some(topic) = choice.topic {
        model.go_to_topic(topic);
    }
    match choice.places {
        [Some(left), Some(right)] => model.put([left, right]),
        [Some(place), None] => lead(model, 0, place),
        [None, Some(place)] => lead(model, 1, place),
        [None, None] => {}
    }
}

/// Puts one text at a place, and the other where it belongs.
fn lead(model: &mut Model, side: usize, place: Anchor) {
    model.focus = side;
    model.jump_to(place);
}

/// The settings, with what the command line adds to them.
fn settings(set: TerminalSettings, screen: Screen) -> TerminalSettings {
    TerminalSettings {
        alternate_screen: set.alternate_screen && screen.alternate,
        mouse: set.mouse || screen.mouse,
        ..set
    }
}

/// How the texts are shown, by what was kept, what is set and what the environment says. Says to the layout how
/// wide this terminal draws what it measures.
fn options(session: &Session, colour: bool, settings: TerminalSettings) -> Options {
    let kept = session.theme.map(|theme| match theme {
        KeptTheme::Dark => Theme::Dark,
        KeptTheme::Light => Theme::Light,
        KeptTheme::Plain => Theme::Plain,
    });
    let theme = if colour { kept.unwrap_or_else(ground) } else { Theme::Plain };
    let ascii = !environment::locale(&variable).1;
    let wide = settings.wide_ambiguous.unwrap_or_else(|| environment::wide_ambiguous(&variable));
    // What is drawn in ASCII has one width everywhere.
    set_wide_ambiguous(wide && !ascii);
    set_typewritten(ascii);
    let palette = settings.colors.unwrap_or_else(|| environment::palette(&variable));
    Options { theme, palette, ascii, ..Options::default() }
}

/// The theme for the ground that some terminals name in `COLORFGBG`; dark where none is named.
fn ground() -> Theme {
    match variable("COLORFGBG").rsplit(';').next() {
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
        (row.keys(), format!("{}{where_}", row.description))
    };
    let help = keymap.help().into_iter();
    let help = help.map(|section| (section.title.to_owned(), section.rows.into_iter().map(row).collect()));
    Surroundings {
        help: help.collect(),
        keys: keymap.first_keys(Mode::Read),
        problems,
        folder: std::env::current_dir().unwrap_or_default(),
        ..Surroundings::default()
    }
}

/// A path fit to be shown, short: `~` for the home folder.
fn home_as_tilde(path: &Path) -> String {
    let home = std::env::var_os("HOME").filter(|home| !home.is_empty());
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(below) => format!("~/{}", shown(Some(&below))),
        None => shown(Some(path)),
    }
}

/// The library and the disk on behalf of the reader.
struct Disk {
    library: Arc<Library>,
    folders: Folders,
    file: SessionFile,
    /// What the file held when the pair was opened.
    kept: Session,
    /// Hash of the text that was left when the session was read; the reader may have exchanged the two.
    left: String,
    /// Whether the reader has no way to a shell.
    restricted: bool,
    /// Whether the pair stands in for the last one, which is then to be found again.
    is_stand_in: bool,
    /// Why the places could not be kept when that was tried last.
    unkept: Option<String>,
}

impl Disk {
    /// The text of a name.
    fn text(&self, name: &str) -> Result<Text, String> {
        self.library.open_at_once(name).map_err(|error| error.to_string())
    }

    /// A text that is open, read again; nothing where it came through a pipe. Its file keeps the name that the reader
    /// gave it.
    fn again(&self, text: &Text) -> Result<Option<Text>, String> {
        let name = match &text.path {
            // It was a file: what it is now is for the error to say.
            Some(path) if path.is_dir() => path.to_string_lossy().into_owned(),
            _ => lasting_name(text),
        };
        if name.is_empty() {
            return Ok(None);
        }
        let again = self.text(&name)?;
        Ok(Some(Text { path: text.path.clone().or(again.path), ..again }))
    }

    /// Two texts as a pair; its own session file from then on.
    fn pair(&mut self, texts: [Text; 2]) -> Result<Pair, String> {
        let state = self.folders.state.as_deref();
        (self.file, self.kept, _) = SessionFile::load(state, texts.each_ref());
        let told = self.kept.told.map(told_before);
        let pair = self.library.join_at_once(texts, told).map_err(|error| error.to_string())?;
        let texts = pair.texts.each_ref();
        self.left.clone_from(&texts[0].content_hash);
        self.is_stand_in = false;
        save_last_pair(state, texts).map_err(|error| unkept(state, &error))?;
        Ok(pair)
    }
}

/// That nothing can be kept, where, and why.
fn unkept(state: Option<&Path>, error: &io::Error) -> String {
    let place = state.map_or_else(String::new, |state| format!(" in {}", home_as_tilde(state)));
    format!("places cannot be kept{place}: {}", reason::writing(error))
}

impl Host for Disk {
    fn keeps_terminal(&self) -> Option<&str> {
        self.restricted.then_some(NO_SHELL)
    }

    fn open(&mut self, model: &Model, side: usize, name: &str) -> Result<Pair, String> {
        let other = &model.pair.texts[1 - side];
        let (text, other) = (self.text(name)?, self.again(other)?.unwrap_or_else(|| other.clone()));
        self.save(model)?;
        self.pair(if side == 0 { [text, other] } else { [other, text] })
    }

    fn kept(&self) -> Session {
        self.kept.clone()
    }

    fn works(&mut self, model: &Model) -> Vec<Work> {
        if !Library::can_deepen(&model.pair) {
            return Vec::new();
        }
        let what = match &model.pair {
            pair if pair.stage == Stage::ToAlign => "aligning the two texts",
            pair if pair.texts.iter().any(|text| text.edition.windows().is_some()) => {
                "reading both texts whole"
            }
            _ => "comparing the two texts",
        };
        let (library, pair) = (Arc::clone(&self.library), model.pair.clone());
        vec![Work::new(what, move |desk| {
            let mut hand_in = |pair| desk.hand_in(Arrival::Pair(Box::new(pair)));
            library.deepen(pair, desk.progress(), &mut hand_in)
        })]
    }

    fn join(&mut self, model: &Model, told: Option<Told>) -> Result<Pair, String> {
        let texts = model.pair.texts.clone();
        self.library.join_at_once(texts, told).map_err(|error| error.to_string())
    }

    fn editions(&mut self) -> Vec<(String, String)> {
        let mut offered = editions(&self.library);
        // Whoever is restricted reads what the library has.
        let state = self.folders.state.as_deref().filter(|_| !self.restricted);
        for name in files_read_before(state) {
            if !offered.iter().any(|(own, _)| *own == name) {
                offered.push((name, "read before".to_owned()));
            }
        }
        offered
    }

    fn reload(&mut self, model: &Model) -> Result<(Pair, &'static str), String> {
        let before = &model.pair.texts;
        let [left, right] = before.each_ref().map(|text| self.again(text));
        let again = [left?, right?];
        let said = match again.each_ref().map(Option::is_some) {
            [true, true] => "both texts were read again",
            [false, true] => "B was read again; A is a pipe and is as it was",
            [true, false] => "A was read again; B is a pipe and is as it was",
            [false, false] => "both texts are pipes and are as they were",
        };
        // What the reader has just done must be found again, also beside a text that has changed.
        self.save(model)?;
        let [left, right] = again;
        let texts = [(left, 0), (right, 1)].map(|(text, side)| text.unwrap_or_else(|| before[side].clone()));
        Ok((self.pair(texts)?, said))
    }

    fn save(&mut self, model: &Model) -> Result<(), String> {
        let session = model.remember();
        let exchanged = model.pair.texts[0].content_hash != self.left;
        let saved: io::Result<()> = self.file.save(&if exchanged { session.flipped() } else { session });
        let state = self.folders.state.as_deref();
        let last =
            || if self.is_stand_in { Ok(()) } else { save_last_pair(state, model.pair.texts.each_ref()) };
        let saved = saved.and_then(|()| last());
        let saved = saved.map_err(|error| unkept(state, &error));
        self.unkept = saved.as_ref().err().cloned();
        saved
    }

    fn keep_copy(&mut self, text: &str) -> Result<String, String> {
        if self.restricted {
            return Err("a restricted reading keeps no copy in a file".to_owned());
        }
        keep_copy(self.folders.state.as_deref(), text)
            .map(|path| home_as_tilde(&path))
            .map_err(|error| format!("it cannot be kept in a file: {}", reason::writing(&error)))
    }
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn of_several_problems_the_first_is_said_and_where_the_others_are() {
        let problems = ["one", "two", "three"].map(str::to_owned);
        assert_eq!(spoken(&[], "!"), None);
        assert_eq!(spoken(&problems[..1], "!").as_deref(), Some("one"));
        assert_eq!(spoken(&problems, "!").as_deref(), Some("one (and 2 more: ! shows all)"));
    }
}
