//! The arguments of every command, as `--help` and the man page show them.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use super::error::EXIT_CODES;
use super::kinship::Kinship;
pub use super::own_topics::{OwnTopics, TopicsArguments, TopicsFormat};
use crate::document::locator::{Locator, LocatorError};
use crate::report::nearest;
use crate::terminal::environment::{variable, wants_colour};

/// A comparative reader for the terminal: two texts side by side, joined by a topic index.
#[derive(Debug, Parser)]
#[command(
    name = "diptych",
    version,
    about = "Read two texts side by side, joined by a topic index",
    long_about = "Read two texts side by side, joined by a topic index: choose a topic, and both texts go to \
                  the passages that answer each other.\n\nA text is a work of the library (stalin-1924, \
                  stalin-1924:digest, stalin-1924:original, or the beginning of an author's name), a file, or - \
                  for standard input. Without texts the pair that was open last comes back. Where the output is \
                  no terminal, or one without a full screen (TERM=dumb), the texts are printed instead of opened.",
    after_help = "Inside the reader, ? shows all keys. `diptych --help` has examples.",
    after_long_help = after_long_help()
)]
pub struct Arguments {
    /// What to do; without a command the reader opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What to read.
    #[command(flatten)]
    pub read: ReadArguments,
    /// Options of every command.
    #[command(flatten)]
    pub common: CommonArguments,
}

/// Commands to begin with, as help and man page list them.
pub const EXAMPLES: [(&str, &str); 9] = [
    ("diptych", "the pair that was open last, at the same place"),
    ("diptych stalin miasnikov", "two works of the library"),
    ("diptych stalin-1924:digest my-copy.txt", "a digest beside a file of yours"),
    ("diptych stalin miasnikov --topic soviets --at 46,102", "at ¶46 on the left, ¶102 on the right"),
    ("diptych add ~/texts/*.txt", "keep your own copies in the library"),
    ("diptych print stalin miasnikov --topic party | less", "what the two say of a topic, in columns"),
    ("diptych links stalin miasnikov --format json", "the links, for a program"),
    ("diptych align old.txt new.txt --format tmx", "two editions or translations, passage by passage"),
    ("diptych - stalin < letter.txt", "a text from standard input"),
];

/// What is kept where, as help and man page list it.
pub const FILES: [(&str, &str); 6] = [
    ("~/.config/diptych/config.toml", "what you set once: colours, mouse and more of the terminal"),
    ("~/.config/diptych/keymap.toml", "your keys; DIPTYCH_CONFIG_DIR names another folder"),
    ("~/.local/share/diptych/library/", "your copies of texts; DIPTYCH_DATA_DIR, or --library DIR"),
    ("~/.local/state/diptych/", "your places in each pair of texts; DIPTYCH_STATE_DIR"),
    ("~/.cache/diptych/", "what was computed of large texts, may be deleted; DIPTYCH_CACHE_DIR"),
    ("~/.local/state/diptych/copied.txt", "what was copied last, whether the clipboard took it or not"),
];

fn after_long_help() -> String {
    let mut help = String::new();
    for (title, rows) in [("Examples", EXAMPLES.as_slice()), ("Files", &FILES)] {
        let _ = writeln!(help, "{title}:");
        for (term, meaning) in rows {
            let _ = writeln!(help, "  {term}\n      {meaning}");
        }
        help.push('\n');
    }
    help.push_str("Exit codes:");
    for (code, meaning) in EXIT_CODES {
        let _ = write!(help, "\n  {code:<6} {meaning}");
    }
    help
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The works that are known and the files of your library
    List(ListArguments),
    /// Copy files into your library and say what each was recognised as
    Add(AddArguments),
    /// The passages of a text with their ¶ numbers, pages, notes and places in the file
    Passages(PassagesArguments),
    /// The topic index of a text
    Topics(TopicsArguments),
    /// The links between two texts, best first within a topic
    Links(LinksArguments),
    /// Two editions or translations of one work side by side, passage by passage
    Align(AlignArguments),
    /// Two texts in columns, or what they say of a topic, without opening the reader
    Print(PrintArguments),
    /// Hashes by which copies of a work are recognised, from its original; for editors of texts/
    Fingerprint(FingerprintArguments),
    /// What is wrong in a folder laid out like texts/, for whoever edits it
    Check(CheckArguments),
    /// The keys in force, as a keymap.toml
    Keys(KeysArguments),
    /// What this terminal, this line and these folders allow; exit code 1 where something is to be mended
    Doctor(DoctorArguments),
    /// The manual page, in roff
    Man,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct CommonArguments {
    /// Folder of your own copies of texts
    #[arg(long, global = true, value_name = "DIR")]
    pub library: Option<PathBuf>,
    /// Encoding of files, such as windows-1252; guessed without it
    #[arg(long, global = true, value_name = "LABEL", value_parser = encoding)]
    pub encoding: Option<String>,
    /// Whether to use colour and bold type
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// For accounts that others use: only works of the library and those of the program are read, nothing is
    /// added, there is no way to a shell, keys are the built-in ones. LESSSECURE=1 in the environment means the
    /// same
    #[arg(long, global = true)]
    pub restricted: bool,
}

impl CommonArguments {
    /// Whether the reading is restricted, by the option or, as for less, by `LESSSECURE` that is not empty.
    #[must_use]
    pub fn is_restricted(&self) -> bool {
        self.restricted || std::env::var_os("LESSSECURE").is_some_and(|value| !value.is_empty())
    }
}

fn encoding(label: &str) -> Result<String, String> {
    let known = encoding_rs::Encoding::for_label(label.as_bytes());
    known
        .map(|_| label.to_owned())
        .ok_or_else(|| "no such encoding; try utf-8, windows-1252, utf-16le".to_owned())
}

/// When to use colour and bold type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` or `CLICOLOR=0` is set; with `CLICOLOR_FORCE` or `FORCE_COLOR` always.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Color {
    /// Whether colour may be used, on a terminal or not; see [`wants_colour`] for the variables that count.
    #[must_use]
    pub fn allows(self, terminal: bool) -> bool {
        match self {
            Self::Auto => wants_colour(&variable, terminal),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// What to read.
#[derive(Clone, Debug, Default, Args)]
pub struct ReadArguments {
    /// The left text: a work, a file, or -
    pub left: Option<String>,
    /// The right text; without it, a text that goes with the left one
    pub right: Option<String>,
    /// The topic to open with
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
    /// Where to open the texts: 46 for ¶46, p44 for page 44 where a text has pages; LEFT,RIGHT or given
    /// twice, and ,RIGHT for the right one alone
    #[arg(long, value_name = "PLACE", value_delimiter = ',', value_parser = place)]
    pub at: Vec<Place>,
    /// Leave the last frame on the screen when the reader ends, and what was there before above it
    #[arg(long)]
    pub no_alt_screen: bool,
    /// Listen to the mouse: the wheel scrolls the text below it, a click gives it the keys. Holding Shift
    /// selects text as without
    #[arg(long)]
    pub mouse: bool,
    /// Topics beside those that ship
    #[command(flatten)]
    pub own: OwnTopics,
    /// What the two texts are to each other
    #[command(flatten)]
    pub kinship: Kinship,
}

/// The word that the parser cannot place because two texts stand before it, in a command line without a command.
#[must_use]
pub fn third_text(error: &clap::Error, arguments: &[OsString]) -> Option<String> {
    let command = Arguments::command();
    let is_command =
        |word: &OsString| word.to_str().is_some_and(|word| command.find_subcommand(word).is_some());
    if arguments.iter().skip(1).any(is_command) {
        return None;
    }
    let unplaced = [
        (ErrorKind::InvalidSubcommand, ContextKind::InvalidSubcommand),
        (ErrorKind::UnknownArgument, ContextKind::InvalidArg),
    ];
    let (_, context) = unplaced.into_iter().find(|(kind, _)| *kind == error.kind())?;
    match error.get(context) {
        Some(ContextValue::String(word)) if !word.starts_with('-') => Some(word.escape_debug().to_string()),
        Some(_) | None => None,
    }
}

/// The command that a name was most likely meant to be.
#[must_use]
pub fn nearest_command(name: &str) -> Option<String> {
    let command = Arguments::command();
    let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
    nearest(name, names).map(str::to_owned)
}

/// A locator, or nothing before or after a comma.
pub type Place = Option<Locator>;

fn place(typed: &str) -> Result<Place, LocatorError> {
    if typed.trim().is_empty() { Ok(None) } else { typed.parse().map(Some) }
}

impl ReadArguments {
    /// Whether nothing was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let texts = self.left.is_none() && self.right.is_none();
        let places = self.topic.is_none() && self.at.is_empty() && self.own.topics.is_empty();
        let plain = !self.no_alt_screen && !self.mouse && self.kinship.kind.is_none();
        texts && places && plain
    }
}

/// How a list is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a person.
    #[default]
    Text,
    /// For a program.
    Json,
}

/// How a comparison is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PrintFormat {
    /// In two columns.
    #[default]
    Text,
    /// Line after line with A and B before them, for speech and pipes.
    Linear,
    /// Markdown.
    Md,
    /// For a program.
    Json,
}

/// Arguments of `list`.
#[derive(Clone, Debug, Args)]
pub struct ListArguments {
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `add`.
#[derive(Clone, Debug, Args)]
pub struct AddArguments {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
    /// The work that the file is a copy of, where its passages do not tell
    #[arg(long = "as", value_name = "WORK")]
    pub work: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `passages`.
#[derive(Clone, Debug, Args)]
pub struct PassagesArguments {
    /// A work, a file, or -
    pub text: String,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `links`.
#[derive(Clone, Debug, Args)]
pub struct LinksArguments {
    /// The left text
    pub left: String,
    /// The right text
    pub right: String,
    /// One topic only
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
    /// The computed links alone, without what editors judged
    #[arg(long)]
    pub auto: bool,
    /// Topics beside those that ship
    #[command(flatten)]
    pub own: OwnTopics,
    /// What the two texts are to each other
    #[command(flatten)]
    pub kinship: Kinship,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `align`.
#[derive(Clone, Debug, Args)]
pub struct AlignArguments {
    /// The left text
    pub left: String,
    /// The right text
    pub right: String,
    /// What is put side by side
    #[arg(long, value_enum, default_value_t)]
    pub unit: AlignUnit,
    /// Take every block between blank lines as one passage, uncleaned and numbered from 1: for texts that are
    /// segmented already
    #[arg(long)]
    pub pre_segmented: bool,
    /// What the two texts are to each other
    #[command(flatten)]
    pub kinship: Kinship,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: AlignFormat,
}

/// What an alignment puts side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AlignUnit {
    /// Whole passages.
    #[default]
    Passage,
    /// Sentences, within the passages that belong together.
    Sentence,
}

/// How an alignment is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AlignFormat {
    /// For a person.
    #[default]
    Text,
    /// For a program.
    Json,
    /// One line a link, tab between the fields.
    Tsv,
    /// A translation memory (TMX 1.4b), for translators' tools.
    Tmx,
}

/// Arguments of `print`.
#[derive(Clone, Debug, Args)]
pub struct PrintArguments {
    /// The left text
    pub left: String,
    /// The right text
    pub right: String,
    /// What the two say of a topic; without it, the whole texts
    #[arg(long, value_name = "TOPIC")]
    pub topic: Option<String>,
    /// Where whole texts begin: 46 for ¶46, p44 for page 44; LEFT,RIGHT or given twice, and ,RIGHT for the right
    /// one alone
    #[arg(long, value_name = "PLACE", value_delimiter = ',', value_parser = place, conflicts_with = "topic")]
    pub at: Vec<Place>,
    /// The computed links alone, without what editors judged
    #[arg(long)]
    pub auto: bool,
    /// Topics beside those that ship
    #[command(flatten)]
    pub own: OwnTopics,
    /// What the two texts are to each other
    #[command(flatten)]
    pub kinship: Kinship,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: PrintFormat,
    /// Columns of the whole page; the terminal's, or 80
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..=1000))]
    pub width: Option<u16>,
}

/// Arguments of `fingerprint`.
#[derive(Clone, Debug, Args)]
pub struct FingerprintArguments {
    /// A complete and clean copy of the original, or -
    #[arg(value_name = "FILE")]
    pub file: String,
}

/// Arguments of `check`.
#[derive(Clone, Debug, Args)]
pub struct CheckArguments {
    /// The folder; without it, what is part of the program
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
}

/// How problems are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// Each under the line it stands in.
    #[default]
    Text,
    /// One line each, as editors and compilers know them: `PATH:LINE:COLUMN: error: …`
    Short,
    /// For a program.
    Json,
}

/// Arguments of `doctor`.
#[derive(Clone, Debug, Args)]
pub struct DoctorArguments {
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Arguments of `keys`.
#[derive(Clone, Debug, Args)]
pub struct KeysArguments {
    /// Look a keymap through and say what is wrong with it; exit code 1 where something is
    #[arg(long, value_name = "FILE")]
    pub check: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_place_is_given_for_either_side() {
        let at = |arguments: &[&str]| {
            let all = ["diptych", "a", "b"].iter().chain(arguments);
            Arguments::try_parse_from(all).map(|parsed| parsed.read.at).map_err(|e| e.to_string())
        };
        let twelve = Some(Locator::Passage(12));
        let page = Some(Locator::Page("44".into()));
        assert_eq!(at(&["--at", "12"]), Ok(vec![twelve.clone()]));
        assert_eq!(at(&["--at", "12,p44"]), Ok(vec![twelve.clone(), page.clone()]));
        assert_eq!(at(&["--at", "12", "--at", "p44"]), Ok(vec![twelve, page.clone()]));
        assert_eq!(at(&["--at", ",p44"]), Ok(vec![None, page]));
        assert!(at(&["--at", "somewhere"]).unwrap_err().contains("12 for passage"));
    }

    #[test]
    fn examples_of_the_help_are_understood() {
        let help = after_long_help();
        for (example, _) in EXAMPLES {
            assert!(help.contains(example), "{example}");
            let words = example.split(['|', '<']).next().unwrap().split_whitespace();
            assert!(Arguments::try_parse_from(words).is_ok(), "{example}");
        }
    }
}
