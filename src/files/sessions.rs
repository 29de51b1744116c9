//! What is kept between runs, on the disk: one file for each pair of texts, and the name of the last pair.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::{folders, reason, write};
use crate::library::Text;
use crate::library::open::shown;
use crate::session::sketch::Ground;
use crate::session::{LastPair, Session, VERSION};

/// The latest pairs of which the files are offered to be read again.
const RECENT: usize = 20;

/// The file of one pair of texts. The order of the two does not matter: `A B` and `B A` share it.
#[derive(Clone, Debug)]
pub struct SessionFile {
    path: Option<PathBuf>,
    texts: [Kept; 2],
    flipped: bool,
    /// Why nothing can be kept, where that is so.
    obstacle: Option<String>,
    /// The session as the caller last had it from here or gave it, to tell what changed since; in the order
    /// of the file.
    base: Session,
}

/// How a file names one of its texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    name: String,
    hash: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Contents {
    texts: [Kept; 2],
    #[serde(flatten)]
    session: Session,
}

/// What a file of state turned out to be.
enum Found {
    Nothing,
    Session(Box<Session>),
    Broken(String),
}

impl SessionFile {
    /// The session of a pair of texts, and what the reader should be told about it. Without a file for
    /// these very texts, that of another state of the same two names is taken; without that, a new one. Where such a
    /// state was read after these very texts, which are back then, nothing that was kept of it is missing. A file that cannot be understood is set aside as `….broken-1` beside it.
    #[must_use]
    pub fn load(state: Option<&Path>, texts: [&Text; 2]) -> (Self, Session, Option<String>) {
        let (mut file, folder) = Self::of(texts, state);
        let fresh = Session::default();
        // The focus of a new session is on the left as its reader sees it.
        file.base = file.turned(fresh.clone());
        let (Some(path), Some(folder)) = (file.path.clone(), folder) else {
            file.obstacle = Some("there is no home folder".to_owned());
            let notice = file.warning();
            return (file, fresh, notice);
        };
        let lock = folders::make(&folder).and_then(|()| lock(&path));
        file.obstacle =
            lock.as_ref().err().map(|error| format!("{}: {}", shown(Some(&folder)), reason::writing(error)));
        if let Some(warning) = file.warning() {
            let session = match read(&path) {
                Found::Session(session) => file.turned(*session),
                Found::Nothing | Found::Broken(_) => fresh,
            };
            return (file, session, Some(warning));
        }
        match read(&path) {
            Found::Session(session) => {
                file.base = *session;
                let session = file.with_later(&path, &file.base, texts);
                (file, session, None)
            }
            Found::Broken(why) => (file, fresh, Some(set_aside(&path, &why))),
            Found::Nothing => {
                let before = newest(&folder, &file.texts, None).map(|session| file.turned(session));
                (file, before.unwrap_or(fresh), None)
            }
        }
    }

    /// Why nothing that the reader does can be kept; `None` where it can.
    #[must_use]
    pub fn obstacle(&self) -> Option<&str> {
        self.obstacle.as_deref()
    }

    fn warning(&self) -> Option<String> {
        let obstacle = self.obstacle.as_ref()?;
        Some(format!("places, marks and decisions of this reading are not kept ({obstacle})"))
    }

    /// What is kept of a pair of texts, for a command that only reads: nothing is locked, made or set aside.
    #[must_use]
    pub fn look(state: Option<&Path>, texts: [&Text; 2]) -> Option<Session> {
        let file = Self::of(texts, state).0;
        match read(file.path.as_deref()?) {
            Found::Session(session) => Some(file.with_later(file.path.as_deref()?, &session, texts)),
            Found::Nothing | Found::Broken(_) => {
                let folder = file.path.as_deref()?.parent()?;
                newest(folder, &file.texts, None).map(|session| file.turned(session))
            }
        }
    }

    /// The file of a pair, not read yet, and the folder it lies in.
    fn of(texts: [&Text; 2], state: Option<&Path>) -> (Self, Option<PathBuf>) {
        let mut kept = texts.map(|text| Kept { name: lasting_name(text), hash: text.content_hash.clone() });
        let flipped = kept[0].hash > kept[1].hash;
        if flipped {
            kept.reverse();
        }
        let folder = state.map(|state| state.join("pairs"));
        let path = folder.as_ref().map(|folder| folder.join(file_name(&kept)));
        (Self { path, texts: kept, flipped, obstacle: None, base: Session::default() }, folder)
    }

    /// Writes the session (in the order of the texts given to [`Self::load`]). What another reader of the
    /// same pair has written meanwhile is merged, see [`Session::merged`].
    ///
    /// # Errors
    /// Where the state folder cannot be written to.
    pub fn save(&mut self, session: &Session) -> io::Result<()> {
        let Some(path) = self.path.clone() else { return Ok(()) };
        let ours = Session { version: VERSION, ..self.turned(session.clone()) };
        if let Some(folder) = path.parent() {
            folders::make(folder)?;
        }
        let _lock = lock(&path)?;
        let merged = match read(&path) {
            Found::Session(theirs) => ours.clone().merged(&self.base, *theirs),
            Found::Broken(why) => {
                set_aside(&path, &why);
                ours.clone()
            }
            Found::Nothing => ours.clone(),
        };
        let contents = Contents { texts: self.texts.clone(), session: merged };
        let mut json = serde_json::to_vec_pretty(&contents)?;
        json.push(b'\n');
        write::atomic(&path, &json)?;
        // Not the merged one: what the other reader added is no change of ours when it is missing next time.
        self.base = ours;
        Ok(())
    }

    /// The session that this file holds, in the order of the reader's texts, with what was kept since of another state of
    /// them; the places are those kept last that the texts have.
    fn with_later(&self, path: &Path, session: &Session, texts: [&Text; 2]) -> Session {
        let own = self.turned(session.clone());
        let written = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
        let later = path.parent().zip(written).and_then(|(folder, written)| {
            newest(folder, &self.texts, Some(written)).map(|session| self.turned(session))
        });
        let Some(later) = later else { return own };
        let is_there = |side: usize| later.places[side].find(&Ground::new(&texts[side].edition)).is_some();
        let places = if is_there(0) && is_there(1) { later.places.clone() } else { own.places.clone() };
        Session { places, ..later.merged(&Session::default(), own) }
    }

    fn turned(&self, session: Session) -> Session {
        if self.flipped { session.flipped() } else { session }
    }
}

/// The pair that was open last, as names for the command line; `None` where there is none or its file is
/// broken (it is then written anew: it holds nothing but two names).
#[must_use]
pub fn load_last_pair(state: Option<&Path>) -> Option<[String; 2]> {
    let json = fs::read(state?.join("last-pair.json")).ok()?;
    let last: LastPair = serde_json::from_slice(&json).ok()?;
    (last.version == VERSION).then_some(last.names)
}

/// The files of the pairs that were open before and are still there, by their paths, those of the latest pairs first.
#[must_use]
pub fn files_read_before(state: Option<&Path>) -> Vec<String> {
    let pairs =
        state.and_then(|state| fs::read_dir(state.join("pairs")).ok()).into_iter().flatten().flatten();
    let written = |pair: &fs::DirEntry| pair.metadata().and_then(|metadata| metadata.modified()).ok();
    let mut pairs: Vec<_> = pairs
        .filter(|pair| pair.path().extension().is_some_and(|extension| extension == "json"))
        .map(|pair| (written(&pair), pair.path()))
        .collect();
    pairs.sort_unstable();
    let contents = pairs.iter().rev().take(RECENT).filter_map(|(_, path)| fs::read(path).ok());
    let texts = contents
        .filter_map(|json| serde_json::from_slice::<Contents>(&json).ok())
        .flat_map(|pair| pair.texts);
    let mut names: Vec<String> = Vec::new();
    for name in
        texts.map(|text| text.name).filter(|name| Path::new(name).is_absolute() && Path::new(name).is_file())
    {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Keeps the names of two texts as the last pair. A pair with standard input is not kept.
///
/// # Errors
/// Where the state folder cannot be written to.
pub fn save_last_pair(state: Option<&Path>, texts: [&Text; 2]) -> io::Result<()> {
    let Some(state) = state else { return Ok(()) };
    let names = texts.map(lasting_name);
    if names.iter().any(String::is_empty) {
        return Ok(());
    }
    let mut json = serde_json::to_vec_pretty(&LastPair { version: VERSION, names })?;
    json.push(b'\n');
    write::atomic(&state.join("last-pair.json"), &json)
}

/// A name that means the same text from any folder and opens this very copy again: an absolute path, or the name of a
/// digest. Empty for standard input and pipes, which cannot be read again.
#[must_use]
pub fn lasting_name(text: &Text) -> String {
    match &text.path {
        Some(path) if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) => String::new(),
        Some(path) => {
            std::path::absolute(path).unwrap_or_else(|_| path.clone()).to_string_lossy().into_owned()
        }
        None if text.work.is_some() => text.name(),
        None => String::new(),
    }
}

fn file_name(texts: &[Kept; 2]) -> String {
    let [a, b] = texts.each_ref().map(|kept| kept.hash.get(..16).unwrap_or(&kept.hash));
    format!("{a}-{b}.json")
}

/// Holds other readers off while a file is read and written. A file system without locks goes without.
///
/// # Errors
/// Where nothing can be written beside the file.
fn lock(path: &Path) -> io::Result<File> {
    let file = File::options().create(true).truncate(false).write(true).open(path.with_extension("lock"))?;
    let _ = file.lock();
    Ok(file)
}

fn read(path: &Path) -> Found {
    let json = match fs::read(path) {
        Ok(json) => json,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Nothing,
        Err(error) => return Found::Broken(reason::reading(&error)),
    };
    match serde_json::from_slice::<Contents>(&json) {
        Ok(contents) if contents.session.version > VERSION => {
            Found::Broken(format!("version {} is of a later program", contents.session.version))
        }
        Ok(contents) => Found::Session(Box::new(contents.session)),
        Err(error) => Found::Broken(error.to_string()),
    }
}

/// Renames a file that cannot be understood and says so.
fn set_aside(path: &Path, why: &str) -> String {
    let aside = (1..1000)
        .map(|n| {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".broken-{n}"));
            PathBuf::from(name)
        })
        .find(|aside| fs::symlink_metadata(aside).is_err());
    let moved = aside.filter(|aside| fs::rename(path, aside).is_ok());
    match moved {
        Some(aside) => {
            format!("the places kept for this pair are broken ({why}); kept aside as {}", shown(Some(&aside)))
        }
        None => format!("the places kept for this pair are broken ({why}): {}", shown(Some(path))),
    }
}

/// The newest session of the same two names, where it was written `since`: the texts are others there, the places are
/// found by words.
fn newest(folder: &Path, texts: &[Kept; 2], since: Option<SystemTime>) -> Option<Session> {
    let mut wanted = texts.each_ref().map(|kept| kept.name.as_str());
    if wanted.iter().any(|name| name.is_empty()) {
        return None;
    }
    let order = wanted[0] <= wanted[1];
    wanted.sort_unstable();
    let newest = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let path = entry.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                return None;
            }
            let modified = entry.metadata().ok()?.modified().ok()?;
            if since.is_some_and(|since| modified <= since) {
                return None;
            }
            let contents: Contents = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
            let mut names = contents.texts.each_ref().map(|kept| kept.name.as_str());
            let same_order = (names[0] <= names[1]) == order;
            names.sort_unstable();
            let fits = names == wanted && contents.session.version <= VERSION;
            let session =
                if same_order { contents.session.clone() } else { contents.session.clone().flipped() };
            fits.then_some((modified, session))
        })
        .max_by_key(|(modified, _)| *modified);
    newest.map(|(_, session)| session)
}
