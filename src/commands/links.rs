//! `diptych links`: the links between two texts.

use super::arguments::{Format, LinksArguments};
use super::context::Context;
use super::error::CommandError;
use super::output::Output;
use super::own_topics::named;
use super::passages::{reference, titles};
use super::records::LinksRecord;
use super::silences;
use crate::document::Edition;
use crate::library::pair::{Ground, Pair, Standing};
use crate::links::{Link, LinkKind, Status};
use crate::topics::{Absence, Origin};

/// Prints the links of a pair.
///
/// # Errors
/// Where a text cannot be opened, the topic is unknown or the output cannot be written.
pub fn run(
    context: &Context,
    arguments: &LinksArguments,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let pair = context
        .pair([&arguments.left, &arguments.right], arguments.auto, arguments.kinship.told())?
        .compared();
    let topic = arguments.topic.as_deref().map(|topic| named(&pair.topics, topic)).transpose()?;
    match arguments.format {
        Format::Json => output.json(&LinksRecord::new(&pair, topic, false))?,
        Format::Text => write(&pair, topic, output)?,
    }
    Ok(())
}

/// What links join the two texts, how surely where that was measured, and why.
fn verdict(ground: &Ground) -> String {
    let (words, sure, reason) = (ground.words(), ground.percent(), &ground.reason);
    match ground.origin {
        Origin::Automatic if ground.is_unclear() => format!("{words} ({sure} % for one work): {reason}"),
        Origin::Automatic => format!("{words}, {sure} % sure: {reason}"),
        Origin::Curated | Origin::Reader => format!("{words}: {reason}"),
    }
}

fn write(pair: &Pair, only: Option<usize>, output: &mut Output<'_>) -> Result<(), CommandError> {
    for (side, title) in ["A", "B"].into_iter().zip(titles(pair.texts.each_ref())) {
        output.heading(&format!("{side}: {title}"))?;
    }
    let ground = &pair.ground;
    output.line(&verdict(ground))?;
    let shown: Vec<usize> = only.map_or_else(|| pair.topics_present().collect(), |only| vec![only]);
    if shown.is_empty() && pair.ground.standing == Standing::Works {
        output.line("")?;
        output.line(&format!("nothing on any of the {}", counted(pair.topics.len(), "topic")))?;
    }
    let mut unknown: Vec<&Absence> = Vec::new();
    for (topic, definition) in shown.into_iter().filter_map(|topic| Some((topic, pair.topics.get(topic)?))) {
        let links: Vec<&Link> = pair.links_on(topic).collect();
        let [a, b] = pair.indexes.each_ref().map(|index| index.figure(topic));
        output.line("")?;
        output.heading(&format!("{}: {}, A {a}, B {b}", definition.name, figure(&links)))?;
        for side in silences::silent(pair, topic) {
            // What nobody can know for one reason is said once.
            let absence = pair.indexes.get(side).and_then(|index| index.absence(topic));
            let absence = absence.filter(|absence| absence.kind.is_unknown());
            if absence.is_none_or(|absence| !unknown.contains(&absence)) {
                output.line(&format!("   {}", silences::sentence(pair, side, topic, definition)))?;
            }
            unknown.extend(absence);
        }
        for link in links {
            output.line(&format!(
                "{}  {}",
                places(pair.texts.each_ref().map(|text| &text.edition), link, &Default::default()),
                grounds(link)
            ))?;
        }
    }
    let parallel = pair.links.iter().filter(|link| link.kind == LinkKind::Parallel && only.is_none());
    let parallel: Vec<&Link> = parallel.collect();
    if !parallel.is_empty() {
        let joins = |link: &&&Link| link.passages.iter().all(|passages| !passages.is_empty());
        let joining: Vec<&Link> = parallel.iter().filter(joins).copied().collect();
        let alone = match parallel.len() - joining.len() {
            0 => String::new(),
            alone => format!(", {alone} without partner"),
        };
        output.line("")?;
        output.heading(&format!("parallel: {}{alone}", figure(&joining)))?;
    }
    for link in parallel {
        output.line(&format!(
            "{}  {}",
            places(pair.texts.each_ref().map(|text| &text.edition), link, &Default::default()),
            grounds(link)
        ))?;
    }
    Ok(())
}

/// How many links hold, and how many the reader rejected, which are shown but do not count, here or while reading:
/// `9 links, 1 rejected`.
pub(super) fn figure(links: &[&Link]) -> String {
    let rejected = links.iter().filter(|link| link.status == Status::Rejected).count();
    let held = counted(links.len() - rejected, "link");
    if rejected == 0 { held } else { format!("{held}, {rejected} rejected") }
}

/// `A ¶12, ¶13 - B ¶34`, with what is to be said of each side after its passages.
pub(super) fn places(editions: [&Edition; 2], link: &Link, further: &[String; 2]) -> String {
    let side = |side: usize| {
        let passages = link.passages.get(side).into_iter().flatten();
        let places: Vec<String> = passages.filter_map(|p| editions[side].get(*p)).map(reference).collect();
        let places = if places.is_empty() { "nothing".to_owned() } else { places.join(", ") };
        format!("{places}{}", further[side])
    };
    format!("A {} - B {}", side(0), side(1))
}

/// Why a link is there: relation, reasons, who made it, and how alike and how sure, apart.
#[must_use]
pub fn grounds(link: &Link) -> String {
    let relation = link.relation.map(|relation| format!("{}: ", relation.words())).unwrap_or_default();
    // Two digits of next to nothing have no sign.
    let rounded = |similarity: f32| (similarity * 100.0).round() / 100.0 + 0.0;
    let similarity = link.similarity.map(|similarity| format!("similarity {:.2}, ", rounded(similarity)));
    let decided = link.decided().map_or_else(String::new, |decided| format!(", {decided}"));
    format!(
        "{relation}{} ({}{decided}, {}confidence {:.2})",
        link.reasons.join("; "),
        link.origin.name(),
        similarity.unwrap_or_default(),
        link.confidence
    )
}

/// `1 link`, `2 links`.
#[must_use]
pub fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::Origin;

    #[test]
    fn links_that_the_reader_rejected_are_named_and_not_counted() {
        let link = |status| Link {
            topic: Some(0),
            kind: LinkKind::Topic,
            passages: [vec![0], vec![0]],
            relation: None,
            origin: Origin::Automatic,
            similarity: None,
            confidence: 1.0,
            status,
            moved: false,
            steps: Vec::new(),
            reasons: Vec::new(),
        };
        let [proposed, accepted, rejected] = [Status::Proposed, Status::Accepted, Status::Rejected].map(link);
        for (links, said) in [
            (vec![], "0 links"),
            (vec![&proposed], "1 link"),
            (vec![&proposed, &accepted, &rejected], "2 links, 1 rejected"),
            (vec![&rejected], "0 links, 1 rejected"),
        ] {
            assert_eq!(figure(&links), said);
        }
    }
}
