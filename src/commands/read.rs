//! The bare command: opens the reader on a pair, or prints the pair where the output is no terminal.

use std::io::{self, IsTerminal, Write};

use super::arguments::{Place, PrintFormat, ReadArguments, nearest_command};
use super::context::Context;
use super::error::CommandError;
use super::output::Output;
use super::own_topics::named;
use super::print::{self, Choice};
use super::reading::{self, Keys, Screen};
use crate::document::Anchor;
use crate::files::load_last_pair;
use crate::library::name::NameError;
use crate::library::open::side_by_side;
use crate::library::pair::Pair;
use crate::library::{OpenError, Text};

/// Opens or prints the pair that the arguments name.
///
/// # Errors
/// Where a text cannot be opened, the topic or place is not there, or the output cannot be written.
pub fn run(context: Context, arguments: &ReadArguments, output: &mut Output<'_>) -> Result<(), CommandError> {
    let terminal = io::stdout().is_terminal();
    let unable = if terminal { no_full_screen() } else { None };
    let shows = terminal && unable.is_none();
    // What is printed, and a place or a topic that is named, is found in whole texts alone.
    let depth = match (shows, &arguments.topic) {
        (false, None) => Depth::Passages,
        (true, None) if arguments.at.is_empty() => Depth::AtOnce,
        (_, _) => Depth::Whole,
    };
    let (opened, keys) =
        side_by_side(|| pair(&context, arguments, depth), || shows.then(|| Keys::load(&context.folders)));
    let Opened { pair, notice, is_stand_in } = opened.map_err(|error| meant(error, arguments))?;
    let topic = arguments.topic.as_deref().map(|topic| named(&pair.topics, topic)).transpose()?;
    let places = places(&pair, &arguments.at)?;
    let Some(keys) = keys else {
        if let Some(notice) = notice {
            let _ = writeln!(io::stderr(), "diptych: {notice}");
        }
        print::write(&pair, Choice { topic, places, columns: None }, PrintFormat::Text, output)?;
        output.flush()?;
        // After the texts: before them it would have scrolled away unread.
        if let Some(unable) = unable {
            let _ = writeln!(io::stderr(), "diptych: {unable}");
        }
        return Ok(());
    };
    let screen =
        Screen { colour: output.is_bold(), alternate: !arguments.no_alt_screen, mouse: arguments.mouse };
    let opened = Opened { pair, notice, is_stand_in };
    reading::open(context, keys, opened, &Choice { topic, places, columns: None }, screen)
}

/// Why this terminal cannot show the reader: it says of itself that it only writes line after line, or
/// nothing at all.
fn no_full_screen() -> Option<String> {
    let said = std::env::var("TERM").unwrap_or_default();
    let why = match said.as_str() {
        "dumb" => "TERM=dumb is a terminal without a full screen",
        // On Windows no terminal says what it is.
        "" if cfg!(unix) => "TERM is not set, so nothing is known of this terminal",
        _ => return None,
    };
    Some(format!("{why}: the texts are printed"))
}

/// How much of a pair must be there before anything is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// What can be had at once; the rest follows while it is being read.
    AtOnce,
    /// The passages of both texts.
    Passages,
    /// Indexes and links too.
    Whole,
}

/// A pair that was opened.
#[derive(Debug)]
pub struct Opened {
    /// The pair.
    pub pair: Pair,
    /// What the reader should be told about the choice of it.
    pub notice: Option<String>,
    /// Whether it stands in for the last pair, which could not be opened this time.
    pub is_stand_in: bool,
}

impl From<Pair> for Opened {
    fn from(pair: Pair) -> Self {
        Self { pair, notice: None, is_stand_in: false }
    }
}

fn pair(context: &Context, arguments: &ReadArguments, depth: Depth) -> Result<Opened, CommandError> {
    let told = arguments.kinship.told();
    let join = |names| match depth {
        Depth::AtOnce => context.pair_at_once(names, told),
        Depth::Passages => context.unlinked(names),
        Depth::Whole => context.pair(names, false, told),
    };
    match (&arguments.left, &arguments.right) {
        (Some(left), Some(right)) => Ok(join([left, right])?.into()),
        (Some(only), None) | (None, Some(only)) => {
            let at_once = depth == Depth::AtOnce;
            let text = if at_once { context.library.open_at_once(only)? } else { context.open(only)? };
            let partner = partner(context, &text)?;
            if depth == Depth::Passages {
                return Ok(Pair::unlinked([text, partner]).into());
            }
            if at_once {
                return Ok(context.library.join_at_once([text, partner], told)?.into());
            }
            let mut pair = context.library.join([text, partner], false, told)?;
            super::context::align(&mut pair)?;
            let session = context.kept(pair.texts.each_ref());
            context.take_up(&mut pair, &session);
            Ok(pair.into())
        }
        (None, None) => {
            let default = default_pair(context)?;
            let Some([left, right]) = load_last_pair(context.folders.state.as_deref()) else {
                return Ok(join(default)?.into());
            };
            match join([&left, &right]) {
                Ok(pair) => Ok(pair.into()),
                // The last pair may be gone, for now or for ever; that must not lock the reader out.
                Err(error) => {
                    let notice = Some(format!("the last pair cannot be opened: {error}"));
                    Ok(Opened { pair: join(default)?, notice, is_stand_in: true })
                }
            }
        }
    }
}

fn default_pair(context: &Context) -> Result<[&str; 2], CommandError> {
    let none = || CommandError::Usage("name two texts: diptych LEFT RIGHT".to_owned());
    context.library.catalogue.default_pair().ok_or_else(none)
}

/// What stands beside a text that was named alone: the other side of the default pair, or its first that
/// is another work.
fn partner(context: &Context, text: &Text) -> Result<Text, CommandError> {
    let work = text.work.as_ref().map(|work| work.id.as_str());
    let [first, second] = default_pair(context)?;
    let [near, far] = if work == Some(first) { [second, first] } else { [first, second] };
    match context.library.open(near) {
        Err(OpenError::Absent { .. }) if work != Some(far) => context.open(far),
        other => Ok(other?),
    }
}

/// A name that means no text may be a command that was misspelled.
fn meant(error: CommandError, arguments: &ReadArguments) -> CommandError {
    let first = arguments.left.as_deref().filter(|_| arguments.right.is_none());
    match (&error, first.and_then(nearest_command)) {
        (CommandError::Open(OpenError::Name(NameError::Unknown { near, .. })), Some(command))
            if near.is_empty() =>
        {
            CommandError::NotFound(format!("{error}; did you mean `diptych {command}`?"))
        }
        _ => error,
    }
}

/// The places of `--at` in the two texts.
///
/// # Errors
/// Where a text has no such place, or more than two are given.
pub fn places(pair: &Pair, at: &[Place]) -> Result<[Option<Anchor>; 2], CommandError> {
    if at.len() > 2 {
        let why = "--at names a place on the left and one on the right, not more".to_owned();
        return Err(CommandError::Usage(why));
    }
    let mut places = [None; 2];
    for ((place, locator), text) in places.iter_mut().zip(at).zip(&pair.texts) {
        let Some(locator) = locator else { continue };
        let found = locator.find(&text.edition);
        let missing = || CommandError::NotFound(format!("{} has no {locator}", text.name()));
        *place = Some(found.ok_or_else(missing)?);
    }
    Ok(places)
}
