//! Why two groups of passages belong together, each reason a line that a person can check on the screen.

use super::evidence::{Evidence, Pairing, Weighed};
use super::quotation::SharedRun;
use super::similarity::{Vector, shared};
use crate::topics::Topic;

/// Rarity from which a shared word is worth naming.
const WORTH_NAMING: f32 = 0.15;
/// Words and names that a reason gives.
const NAMED: usize = 4;
/// Other topics that a reason gives.
const ALSO: usize = 3;
/// Words of a quotation that a reason gives.
const QUOTED_WORDS: usize = 12;

/// The reasons of a link that goes out from a pair: what both quote, which other topics both bring together with
/// the topic, and in which words.
#[must_use]
pub fn reasons(
    evidence: &Evidence<'_>,
    topics: &[Topic],
    (pairing, first): (&Pairing, &Weighed),
    passages: &[Vec<usize>; 2],
) -> Vec<String> {
    let pairs = passages[0].iter().flat_map(|&l| passages[1].iter().map(move |&r| [l, r]));
    let rarest = pairs.filter_map(|pair| evidence.run(pair));
    let rarest = rarest.max_by(|a, b| a.rarity.total_cmp(&b.rarity).then(b.passages.cmp(&a.passages)));
    let mut reasons: Vec<String> = rarest.map(|run| quotation(evidence, run)).into_iter().collect();
    // Of the places that answer each other best; of the passages where nothing is alike there.
    let views = [pairing.best_places(first), pairing.wholes(first.passages)];
    let shared_in = |part: fn(&super::said::View) -> &Vector| {
        let mut shared = views.iter().flatten().map(|[left, right]| most_alike(part(left), part(right)));
        shared.find(|shared| !shared.is_empty()).unwrap_or_default()
    };
    let names: Vec<&str> = shared_in(|view| &view.topics)
        .into_iter()
        .filter_map(|topic| Some(topics.get(topic as usize)?.name.as_str()))
        .take(ALSO)
        .collect();
    if !names.is_empty() {
        reasons.push(format!("both connect it with: {}", names.join(", ")));
    }
    let words: Vec<&str> = shared_in(|view| &view.words)
        .into_iter()
        .filter(|&stem| evidence.vocabulary.rarity(stem) >= WORTH_NAMING)
        .filter_map(|stem| as_written(evidence, first.passages[0], stem))
        .take(NAMED)
        .collect();
    if !words.is_empty() {
        reasons.push(format!("both speak of: {}", words.join(", ")));
    }
    if reasons.is_empty() {
        reasons.push("both speak of the topic at length".to_owned());
    }
    reasons
}

/// The keys that both have, those that make them most alike first.
fn most_alike(left: &Vector, right: &Vector) -> Vec<u32> {
    let mut shared: Vec<(u32, f32)> = shared(left, right).collect();
    shared.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    shared.into_iter().map(|(key, _)| key).collect()
}

fn quotation(evidence: &Evidence<'_>, run: &SharedRun) -> String {
    let text = evidence.editions[0].get(run.passages[0]).map(|p| p.slice(run.bytes[0].clone()));
    let text = text.unwrap_or_default();
    let shown: Vec<&str> = text.split(' ').take(QUOTED_WORDS).collect();
    let more = if text.split(' ').count() > QUOTED_WORDS { " …" } else { "" };
    let verb = if run.quoted { "quote" } else { "say" };
    format!("both {verb}: “{}{more}”", shown.join(" "))
}

/// A stem as a left passage writes it first.
fn as_written<'e>(evidence: &Evidence<'e>, passage: usize, stem: u32) -> Option<&'e str> {
    let word = evidence.words(0, passage).iter().find(|word| word.stem == stem)?;
    Some(evidence.editions[0].get(passage)?.slice(word.byte..word.byte + word.bytes))
}
