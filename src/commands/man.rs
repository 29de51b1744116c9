//! `diptych man`: the manual page, from the same tables as `--help` and the help screen.

use std::fmt::Write as _;

use clap::CommandFactory;

use super::arguments::{self, Arguments};
use super::context::Context;
use super::error::{CommandError, EXIT_CODES};
use super::output::Output;
use crate::files::keymap;
use crate::reader::action::{Action, Mode};

/// Prints the manual page, in roff.
///
/// # Errors
/// Where the output cannot be written.
pub fn run(context: &Context, output: &mut Output<'_>) -> Result<(), CommandError> {
    let mut page = Vec::new();
    // The examples and exit codes have sections of their own here.
    let command = Arguments::command().after_long_help("").after_help("");
    let man = clap_mangen::Man::new(command);
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    page.extend(synopsis().bytes());
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    page.extend(commands().bytes());
    page.extend(keys(context).bytes());
    page.extend(listed("EXAMPLES", &arguments::EXAMPLES).bytes());
    page.extend(listed("FILES", &arguments::FILES).bytes());
    page.extend(listed("EXIT STATUS", &EXIT_CODES).bytes());
    man.render_version_section(&mut page)?;
    output.raw(&page)?;
    Ok(())
}

/// How the reader and each command are called, with what their arguments take.
fn synopsis() -> String {
    let mut section = String::from(".SH SYNOPSIS\n");
    let mut all = Arguments::command().disable_help_subcommand(true);
    all.build();
    let options = all.get_arguments().filter(|a| !a.is_positional() && !a.is_global_set());
    let options = options.filter(|a| !["help", "version"].contains(&a.get_id().as_str()));
    let options: Vec<String> = options.map(|option| format!("[{option}]")).collect();
    let _ = writeln!(section, "\\fBdiptych\\fR {}", roff(&format!("[LEFT] [RIGHT] {}", options.join(" "))));
    for command in all.get_subcommands() {
        let usage = command.clone().render_usage().to_string();
        let _ = writeln!(section, ".br\n{}", roff(usage.trim_start_matches("Usage: ")));
    }
    section
}

/// Every command with its own arguments: there is one page for all of them.
fn commands() -> String {
    let mut section = String::from(".SH COMMANDS\n");
    let mut all = Arguments::command().disable_help_subcommand(true);
    all.build();
    for command in all.get_subcommands() {
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = write!(section, ".TP\n\\fB{}\\fR\n{}.\n", roff(usage), roff(&about));
        section.push_str(".RS\n");
        for argument in command.get_arguments().filter(|a| !a.is_global_set() && a.get_id() != "help") {
            section.push_str(&argument_entry(argument));
        }
        section.push_str(".RE\n");
    }
    section
}

/// An argument of a command: what to write, what it means, the values it takes.
fn argument_entry(argument: &clap::Arg) -> String {
    let value = argument.get_value_names().into_iter().flatten().next();
    let value = value.map_or_else(|| argument.get_id().to_string(), ToString::to_string);
    let takes_value = argument.get_action().takes_values();
    let name = match argument.get_long() {
        Some(long) if takes_value => {
            format!("\\fB{}\\fR \\fI{}\\fR", roff(&format!("--{long}")), roff(&value))
        }
        Some(long) => format!("\\fB{}\\fR", roff(&format!("--{long}"))),
        None => format!("\\fI{}\\fR", roff(&value)),
    };
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let values = argument.get_possible_values();
    let values: Vec<&str> =
        values.iter().filter(|_| takes_value).map(clap::builder::PossibleValue::get_name).collect();
    let values = if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) };
    format!(".TP\n{name}\n{}{}.\n", roff(&help), roff(&values))
}

/// All keys in force, and the actions that no key does.
fn keys(context: &Context) -> String {
    let keymap = keymap::load(&context.folders).keymap;
    let mut section =
        String::from(".SH KEYS\nThe keys in force; change them in keymap.toml, see \\fBdiptych keys\\fR.\n");
    for group in keymap.help() {
        let _ = writeln!(section, ".SS {}", roff(group.title));
        for row in group.rows {
            let place = row.place();
            let place = if place.is_empty() { place } else { format!(" ({place})") };
            let _ = write!(
                section,
                ".TP\n\\fB{}\\fR\n{}{}\n",
                roff(&row.keys()),
                roff(&row.description),
                roff(&place)
            );
        }
    }
    let bound = |action: Action| Mode::ALL.iter().any(|mode| !keymap.keys_for(action, *mode).is_empty());
    let unbound: Vec<Action> = Action::ALL.iter().copied().filter(|action| !bound(*action)).collect();
    if !unbound.is_empty() {
        section.push_str(".SS Without a key\n");
    }
    for action in unbound {
        let _ = write!(section, ".TP\n{}\n{}\n", roff(action.name()), roff(action.description()));
    }
    section
}

fn listed(title: &str, rows: &[(&str, &str)]) -> String {
    let mut section = format!(".SH {title}\n");
    for (term, meaning) in rows {
        let _ = write!(section, ".TP\n\\fB{}\\fR\n{}\n", roff(term), roff(meaning));
    }
    section
}

/// Words as roff: backslashes and hyphens escaped, no line that begins like a request.
fn roff(words: &str) -> String {
    let words = words.replace('\\', "\\\\").replace('-', "\\-").replace('\n', " ");
    if words.starts_with(['.', '\'']) { format!("\\&{words}") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_a_request() {
        assert_eq!(roff(".SH x\ny"), "\\&.SH x y");
        assert_eq!(roff("C-d \\"), "C\\-d \\\\");
    }
}
