//! `diptych topics`: the topic index of a text.

use super::arguments::{TopicsArguments, TopicsFormat};
use super::context::Context;
use super::error::CommandError;
use super::links::counted;
use super::output::Output;
use super::passages::{reference, title};
use super::records::TopicsRecord;
use super::suggest;
use crate::library::Text;
use crate::topics::{Absence, Entry, Topic, TopicIndex};

/// Prints the index of a text.
///
/// # Errors
/// Where the text cannot be opened or the output not written.
pub fn run(
    context: &Context,
    arguments: &TopicsArguments,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    if let Some(other) = arguments.other.as_deref() {
        return suggest::run(context, [&arguments.text, other], arguments.format, output);
    }
    if arguments.format == TopicsFormat::Toml {
        let why = "--format toml writes suggestions: diptych topics --suggest LEFT RIGHT --format toml";
        return Err(CommandError::Usage(why.to_owned()));
    }
    let text = context.open(&arguments.text)?;
    let index = context.library.index(&text, arguments.auto)?;
    match arguments.format {
        TopicsFormat::Json => output.json(&TopicsRecord::new(&text, &context.library.topics, &index))?,
        TopicsFormat::Text | TopicsFormat::Toml => write(&text, &context.library.topics, &index, output)?,
    }
    Ok(())
}

fn write(
    text: &Text,
    topics: &[Topic],
    index: &TopicIndex,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    output.heading(&title(text))?;
    let says_something = |topic: &usize| {
        !index.entries(*topic).is_empty()
            || !index.near_misses(*topic).is_empty()
            || index.absence(*topic).is_some()
    };
    let told: Vec<usize> = (0..topics.len()).filter(says_something).collect();
    if told.is_empty() {
        output.line(&format!("nothing on any of the {}", counted(topics.len(), "topic")))?;
        return Ok(());
    }
    let mut said: Vec<&Absence> = Vec::new();
    for (topic, Topic { name, .. }) in told.iter().filter_map(|&topic| Some((topic, topics.get(topic)?))) {
        let entries = index.entries(topic);
        let unknown = index.absence(topic).filter(|absence| absence.kind.is_unknown());
        if unknown.is_some_and(|absence| said.contains(&absence)) {
            continue;
        }
        said.extend(unknown);
        // What nobody can know for one reason is said once.
        let is_alike = |other: &&usize| unknown.is_some() && index.absence(**other) == unknown;
        let alike: Vec<&str> =
            told.iter().filter(is_alike).filter_map(|&at| Some(topics.get(at)?.name.as_str())).collect();
        let names = if alike.is_empty() { name.clone() } else { alike.join("; ") };
        output.line("")?;
        output.heading(&format!("{names}: {}", index.figure(topic)))?;
        for entry in entries {
            output.line(&entry_line(text, entry))?;
        }
        if let Some(absence) = index.absence(topic) {
            let kind = if absence.kind.is_unknown() { "unknown" } else { "absent" };
            output.line(&format!("   {kind}: {}", absence.why))?;
        }
        if entries.is_empty() {
            for near in index.near_misses(topic) {
                output.line(&format!("{}, a near miss", entry_line(text, near)))?;
            }
        }
    }
    if told.len() < topics.len() {
        output.line("")?;
        output.line(&format!("nothing on the other {}", counted(topics.len() - told.len(), "topic")))?;
    }
    Ok(())
}

/// A passage under a topic: `** ¶12  reason (automatic, 0.83)`; two stars for a strong one.
fn entry_line(text: &Text, entry: &Entry) -> String {
    let stars = match entry.weight {
        0 => "  ",
        1 => " *",
        _ => "**",
    };
    let place = text.edition.get(entry.passage).map(reference).unwrap_or_default();
    format!("{stars} {place}  {} ({}, {:.2})", entry.reason, entry.origin.name(), entry.score)
}
