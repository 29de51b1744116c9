//! The command line: one file for each subcommand, and the exit codes.

pub mod add;
pub mod align;
pub mod arguments;
pub mod check;
pub mod context;
pub mod doctor;
pub mod editions;
pub mod error;
pub mod fingerprint;
pub mod keys;
pub mod kinship;
pub mod links;
pub mod list;
pub mod man;
pub mod output;
pub mod own_topics;
pub mod passages;
pub mod print;
pub mod progress_line;
pub mod read;
pub mod reading;
pub mod records;
pub mod restriction;
mod silences;
pub mod suggest;
pub mod topics;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};

use clap::Parser;

use arguments::{Arguments, Command};
use context::Context;
use error::CommandError;
use output::Output;

/// Runs the program with its arguments (the program's name first) and gives its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let words: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => {
            if let Some(third) = arguments::third_text(&error, &words) {
                say(&format!("the reader opens two texts side by side; `{third}` would be a third"));
                return error::USAGE;
            }
            // Help and version come this way too; a closed pipe is no reason to complain.
            let _ = error.print();
            return u8::from(error.use_stderr()) * error::USAGE;
        }
    };
    let mut writer = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let terminal = io::stdout().is_terminal();
    let mut output =
        Output::new(&mut writer, arguments.common.color.allows(terminal), output::columns(terminal))
            .in_ascii(!output::speaks_utf8());
    let result = dispatch(arguments, &mut output);
    let loss = output.loss();
    let flushed = writer.flush();
    if let Some(loss) = loss {
        let _ = writeln!(io::stderr(), "diptych: {loss}");
    }
    match result.and_then(|()| flushed.map_err(CommandError::Output)) {
        Ok(()) => error::SUCCESS,
        Err(error) => {
            if let Some(message) = error.message() {
                say(&message);
            }
            error.exit_code()
        }
    }
}

/// Says something on standard error; on a terminal no word is broken at its edge.
fn say(message: &str) {
    let mut out = io::stderr().lock();
    let terminal = out.is_terminal();
    for line in format!("diptych: {message}").lines() {
        let rows = if terminal { output::wrap(line, output::columns(true)) } else { vec![line.to_owned()] };
        for row in rows {
            let _ = writeln!(out, "{row}");
        }
    }
}

fn dispatch(arguments: Arguments, output: &mut Output<'_>) -> Result<(), CommandError> {
    let Arguments { command, read, common } = arguments;
    if command.is_some() && !read.is_empty() {
        let why = "texts, --topic, --at and --as stand after the command: diptych print LEFT RIGHT --topic T";
        return Err(CommandError::Usage(why.to_owned()));
    }
    if common.is_restricted() {
        restriction::allow(command.as_ref())?;
    }
    let context = || Context::new(&common);
    match command {
        None => read::run(context()?.with_topics(&read.own)?, &read, output),
        Some(Command::List(list)) => list::run(&context()?, &list, output),
        Some(Command::Add(add)) => add::run(&context()?, &add, output),
        Some(Command::Passages(passages)) => passages::run(&context()?, &passages, output),
        Some(Command::Topics(topics)) => topics::run(&context()?.printing(&topics.own)?, &topics, output),
        Some(Command::Links(links)) => links::run(&context()?.printing(&links.own)?, &links, output),
        Some(Command::Align(align)) => align::run(&context()?, &align, output),
        Some(Command::Print(print)) => print::run(&context()?.printing(&print.own)?, &print, output),
        Some(Command::Fingerprint(fingerprint)) => fingerprint::run(&context()?, &fingerprint, output),
        // Whose tables are broken needs this most: it does without them.
        Some(Command::Check(check)) => check::run(&check, output),
        Some(Command::Keys(keys)) => keys::run(&context()?, &keys, output),
        Some(Command::Doctor(doctor)) => doctor::run(&context()?, &doctor, output),
        Some(Command::Man) => man::run(&context()?, output),
    }
}
