//! `diptych topics --suggest`: topics of two texts that nobody has defined, for the reader to keep or drop.

use serde::Serialize;

use super::arguments::TopicsFormat;
use super::context::{Context, refuse_twice_standard_input};
use super::error::CommandError;
use super::links::counted;
use super::output::Output;
use super::passages::{reference, title};
use super::progress_line;
use super::records::{EditionRecord, PlaceRecord};
use crate::document::language;
use crate::library::Text;
use crate::topics::Topic;
use crate::topics::suggest::{Reach, SuggestedWord, Suggestion, letters, suggest};

/// Passages shown of each text.
const SHOWN: usize = 5;

/// Prints the topics that two texts suggest.
///
/// # Errors
/// Where a text cannot be opened, the output not written, or Ctrl-C ended it.
pub fn run(
    context: &Context,
    names: [&str; 2],
    format: TopicsFormat,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    refuse_twice_standard_input(names)?;
    let texts = context.library.open_both(names)?;
    let topics = &context.library.topics;
    let editions = texts.each_ref().map(|text| &text.edition);
    let mut suggestions =
        progress_line::watched("suggesting", |progress| suggest(editions, topics, progress))?;
    letters::restore(&mut suggestions, editions);
    match format {
        TopicsFormat::Text => write(&texts, topics, &suggestions, output),
        TopicsFormat::Json => Ok(output.json(&SuggestionsRecord::new(&texts, topics, &suggestions))?),
        TopicsFormat::Toml => write_toml(&texts, topics, &suggestions, output),
    }
}

fn write(
    texts: &[Text; 2],
    topics: &[Topic],
    suggestions: &[Suggestion],
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let [left, right] = texts.each_ref().map(title);
    if let Some(said) = in_two_languages(texts) {
        output.line(&said)?;
        output.line("")?;
    }
    for (reach, heading) in [
        (Reach::Shared, "topics of both".to_owned()),
        (Reach::Left, format!("topics of A alone: {left}")),
        (Reach::Right, format!("topics of B alone: {right}")),
    ] {
        let found: Vec<&Suggestion> = suggestions.iter().filter(|s| s.reach == reach).collect();
        if reach != Reach::Shared {
            output.line("")?;
        }
        output.heading(&heading)?;
        if found.is_empty() {
            output.line("   none stands out")?;
        }
        for suggestion in found {
            let known = suggestion.known.and_then(|known| topics.get(known));
            let known = known.map(|topic| format!(" (known as `{}`)", topic.id)).unwrap_or_default();
            output.line("")?;
            output.heading(&format!("{}{known}", suggestion.topic.name))?;
            let words = |companions: bool| {
                let words = suggestion.words.iter().filter(|word| word.is_companion == companions);
                let said =
                    |word: &SuggestedWord| format!("{} {}│{}", word.words, word.counts[0], word.counts[1]);
                words.map(said).collect::<Vec<_>>().join(", ")
            };
            output.line(&format!("   words: {}", words(false)))?;
            if suggestion.words.iter().any(|word| word.is_companion) {
                output.line(&format!("   in company with: {}", words(true)))?;
            }
            for (side, text) in texts.iter().enumerate() {
                if suggestion.best[side].is_empty() && suggestion.passages[side] == 0 {
                    continue;
                }
                let shown = suggestion.best[side].iter().take(SHOWN);
                let places: Vec<String> = shown.filter_map(|&p| text.edition.get(p).map(reference)).collect();
                output.line(&format!(
                    "   {}: in {}{}{}",
                    ["A", "B"][side],
                    counted(suggestion.passages[side], "passage"),
                    if places.is_empty() { "" } else { ", most of all " },
                    places.join(" ")
                ))?;
            }
        }
    }
    Ok(())
}

/// What a comparison of words is worth where the two texts are in two languages; nothing where they are in one, or
/// nobody knows.
fn in_two_languages(texts: &[Text; 2]) -> Option<String> {
    let [Some(left), Some(right)] = texts.each_ref().map(Text::language) else { return None };
    (left != right).then(|| {
        format!(
            "A is in {}, B in {}: words are compared as they are written. Only names, figures and words that both \
             languages write alike can be of both; what stands under one text alone may stand in the other too, \
             in its own word",
            language::name(left),
            language::name(right)
        )
    })
}

/// The suggestions as `[[topic]]` for `config.toml`; those known already as comments, for they would take the
/// place of what editors made.
fn write_toml(
    texts: &[Text; 2],
    topics: &[Topic],
    suggestions: &[Suggestion],
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let [left, right] = texts.each_ref().map(title);
    output.line(&format!("# Suggested by: {left}"))?;
    output.line(&format!("#          and: {right}"))?;
    if let Some(said) = in_two_languages(texts) {
        output.line(&format!("# {said}."))?;
    }
    output.line("# Keep what you want in config.toml, with names and words as you like them.")?;
    for suggestion in suggestions {
        output.line("")?;
        if let Some(known) = suggestion.known.and_then(|known| topics.get(known)) {
            output.line(&format!("# {}: known already as `{}`", suggestion.topic.name, known.id))?;
            continue;
        }
        output.line(&format!(
            "# {}; in {} on the left, {} on the right",
            suggestion.reach.name(),
            counted(suggestion.passages[0], "passage"),
            counted(suggestion.passages[1], "passage")
        ))?;
        output.line("[[topic]]")?;
        output.line(&format!("name = {}", quoted(&suggestion.topic.name)))?;
        output.line("terms = [")?;
        for term in &suggestion.topic.terms {
            let words = quoted(&term.words);
            if term.weight < 1.0 {
                output.line(&format!("    {{ words = {words}, weight = {} }},", term.weight))?;
            } else {
                output.line(&format!("    {words},"))?;
            }
        }
        output.line("]")?;
    }
    Ok(())
}

fn quoted(words: &str) -> String {
    toml::Value::String(words.to_owned()).to_string()
}

#[derive(Serialize)]
struct SuggestionsRecord<'a> {
    left: EditionRecord<'a>,
    right: EditionRecord<'a>,
    /// ISO 639-1, left and right; null where nobody knows.
    languages: [Option<&'a str>; 2],
    suggestions: Vec<SuggestionRecord<'a>>,
}

#[derive(Serialize)]
struct SuggestionRecord<'a> {
    id: &'a str,
    name: &'a str,
    reach: &'static str,
    known: Option<&'a str>,
    words: Vec<WordRecord<'a>>,
    left: SideRecord,
    right: SideRecord,
}

#[derive(Serialize)]
struct WordRecord<'a> {
    words: &'a str,
    role: &'static str,
    left: u32,
    right: u32,
}

#[derive(Serialize)]
struct SideRecord {
    holding: usize,
    passages: Vec<PlaceRecord>,
}

impl<'a> SuggestionsRecord<'a> {
    fn new(texts: &'a [Text; 2], topics: &'a [Topic], suggestions: &'a [Suggestion]) -> Self {
        let word = |word: &'a SuggestedWord| WordRecord {
            words: &word.words,
            role: if word.is_companion { "companion" } else { "name" },
            left: word.counts[0],
            right: word.counts[1],
        };
        let side = |suggestion: &Suggestion, side: usize| SideRecord {
            holding: suggestion.passages[side],
            passages: suggestion.best[side]
                .iter()
                .filter_map(|&passage| texts[side].edition.get(passage).map(PlaceRecord::new))
                .collect(),
        };
        let record = |suggestion: &'a Suggestion| SuggestionRecord {
            id: &suggestion.topic.id,
            name: &suggestion.topic.name,
            reach: suggestion.reach.name(),
            known: suggestion.known.and_then(|known| topics.get(known)).map(|topic| topic.id.as_str()),
            words: suggestion.words.iter().map(word).collect(),
            left: side(suggestion, 0),
            right: side(suggestion, 1),
        };
        let [left, right] = texts.each_ref().map(EditionRecord::new);
        let languages = texts.each_ref().map(Text::language);
        Self { left, right, languages, suggestions: suggestions.iter().map(record).collect() }
    }
}
