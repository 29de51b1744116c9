//! `diptych print`: two texts, or what they say of a topic, without opening the reader.
//!
//! What stands beside what is decided here once, as a [`Comparison`]; each form of output only writes it.

mod columns;
mod json;
mod linear;
mod markdown;

use super::arguments::{PrintArguments, PrintFormat};
use super::context::Context;
use super::error::CommandError;
use super::links::grounds;
use super::output::Output;
use super::own_topics::named;
use super::passages::titles;
use super::read::places;
use super::silences;
use crate::document::{Anchor, Kind, Passage};
use crate::library::pair::Pair;
use crate::links::Link;

/// What is printed: whole texts, or a topic.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice {
    /// Index of the topic; the whole texts without one.
    pub topic: Option<usize>,
    /// Where each text begins; only whole texts ask.
    pub places: [Option<Anchor>; 2],
    /// Cells across; the output's where `None`.
    pub columns: Option<usize>,
}

/// Prints two texts.
///
/// # Errors
/// Where a text cannot be opened, the topic is unknown or the output cannot be written.
pub fn run(
    context: &Context,
    arguments: &PrintArguments,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let names = [arguments.left.as_str(), arguments.right.as_str()];
    let pair = match arguments.topic {
        Some(_) => context.pair(names, arguments.auto, arguments.kinship.told())?.compared(),
        None => context.unlinked(names)?,
    };
    let topic = arguments.topic.as_deref().map(|topic| named(&pair.topics, topic)).transpose()?;
    let places = places(&pair, &arguments.at)?;
    let choice = Choice { topic, places, columns: arguments.width.map(usize::from) };
    write(&pair, choice, arguments.format, output)
}

/// Writes a pair.
///
/// # Errors
/// Where the output cannot be written.
pub fn write(
    pair: &Pair,
    choice: Choice,
    format: PrintFormat,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let comparison = Comparison::new(pair, choice);
    match format {
        PrintFormat::Text => columns::write(&comparison, choice.columns.unwrap_or(output.columns()), output)?,
        PrintFormat::Linear => linear::write(&comparison, output)?,
        PrintFormat::Md => markdown::write(&comparison, output)?,
        PrintFormat::Json => json::write(pair, choice.topic, output)?,
    }
    Ok(())
}

/// What stands beside what, ready to be written in any form.
struct Comparison<'a> {
    /// What names each text.
    titles: [String; 2],
    /// The topic and what governs it: `soviets: 3 links, A 5, B 2`.
    topic: Option<String>,
    /// Sentences about a text that has nothing on the topic.
    absences: Vec<String>,
    /// What stands side by side, in order.
    blocks: Vec<Block<'a>>,
}

/// Passages that stand side by side, and why.
#[derive(Default)]
struct Block<'a> {
    /// What governs it: number, relation, reasons. `None` where whole texts run side by side.
    why: Option<String>,
    /// Left and right.
    sides: [Vec<&'a Passage>; 2],
}

impl<'a> Comparison<'a> {
    fn new(pair: &'a Pair, choice: Choice) -> Self {
        let titles = titles(pair.texts.each_ref());
        let Some((index, topic)) = choice.topic.and_then(|index| Some((index, pair.topics.get(index)?)))
        else {
            let block = Block { why: None, sides: whole(pair, choice.places) };
            return Self { titles, topic: None, absences: Vec::new(), blocks: vec![block] };
        };
        let links: Vec<_> = pair.links_on(index).collect();
        let [a, b] = pair.indexes.each_ref().map(|entries| entries.figure(index));
        let count = super::links::figure(&links);
        // Numbered as the reader counts them: what was rejected is none of them.
        let is_counted = |link: &Link| link.stands();
        let of = links.iter().filter(|link| is_counted(link)).count();
        let mut number = 0;
        let mut counted = |link: &Link| {
            number += usize::from(is_counted(link));
            if is_counted(link) { format!("{number} of {of}: ") } else { String::new() }
        };
        let block = |link: &&'a Link| Block {
            why: Some(format!("{}{}", counted(link), grounds(link))),
            sides: [0, 1].map(|side| {
                let edition = pair.texts.get(side).map(|text| &text.edition);
                link.passages.get(side).into_iter().flatten().filter_map(|p| edition?.get(*p)).collect()
            }),
        };
        let mut blocks: Vec<Block<'a>> = links.iter().map(block).collect();
        let mut absences = Vec::new();
        for side in silences::silent(pair, index) {
            absences.push(silences::sentence(pair, side, index, topic));
            blocks.push(unlinked("in one text alone", pair, &[1 - side], index));
        }
        if links.is_empty() && absences.is_empty() {
            blocks.push(unlinked("no link joins what the two texts have", pair, &[0, 1], index));
        }
        blocks.retain(|block| block.sides.iter().any(|side| !side.is_empty()));
        Self { titles, topic: Some(format!("{}: {count}, A {a}, B {b}", topic.name)), absences, blocks }
    }
}

/// The passages from a place on, without what the carrier added.
fn whole(pair: &Pair, places: [Option<Anchor>; 2]) -> [Vec<&Passage>; 2] {
    [0, 1].map(|side| {
        let from = places.get(side).copied().flatten().map_or(0, |place| place.passage);
        let edition = pair.texts.get(side).map(|text| text.edition.passages()).unwrap_or_default();
        edition.iter().skip(from).filter(|passage| passage.kind != Kind::Apparatus).collect()
    })
}

/// The passages of a topic in the texts that have some, where nothing joins them.
fn unlinked<'a>(why: &str, pair: &'a Pair, sides: &[usize], index: usize) -> Block<'a> {
    let under = |side: usize| {
        let edition = pair.texts.get(side).map(|text| &text.edition);
        let entries = pair.indexes.get(side).map(|entries| entries.entries(index)).unwrap_or_default();
        let passages = entries.iter().filter_map(|entry| edition?.get(entry.passage));
        if sides.contains(&side) { passages.collect() } else { Vec::new() }
    };
    Block { why: Some(why.to_owned()), sides: [0, 1].map(under) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::Status;
    use crate::reader::fixture;

    #[test]
    fn links_are_numbered_as_the_reader_counts_them() {
        let mut pair = fixture::pair();
        pair.links[1].status = Status::Rejected;
        let blocks = Comparison::new(&pair, Choice { topic: Some(0), ..Choice::default() }).blocks;
        let whys: Vec<&str> = blocks.iter().filter_map(|block| block.why.as_deref()).collect();
        assert!(whys[0].starts_with("1 of 2: ") && whys[2].starts_with("2 of 2: "), "{whys:?}");
        assert!(!whys[1].contains(" of ") && whys[1].contains("rejected by you"), "{whys:?}");
    }
}
