//! Topic definitions read from TOML: `texts/topics.toml`, or a reader's own.

use std::collections::BTreeMap;

use super::{Origin, Term, Topic};
use crate::report::table::{Document, Fields, Item};
use crate::report::{At, Examination, Problem, TomlSource, unknown};

/// What a topic is described by.
const KEYS: [&str; 6] = ["id", "name", "definition", "terms", "look_alikes", "see_also"];
/// The version of the format that this program reads.
const VERSION: u32 = 1;

/// Reads the topics of a file, in their order.
///
/// # Errors
/// Every problem of the file at once: broken TOML, unknown keys, missing or doubled identifiers, a weight
/// outside (0, 1], a `see_also` that names no topic.
pub fn parse<'a>(source: impl Into<TomlSource<'a>>, path: &'a str) -> Result<Vec<Topic>, Vec<Problem>> {
    let (topics, examination) = examine(source, path);
    examination.finish(topics.into_iter().map(|topic| topic.value).collect())
}

/// The topics of a file that can be read, each with the place of its id, and what is wrong with the file.
#[must_use]
pub fn examine<'a>(source: impl Into<TomlSource<'a>>, path: &'a str) -> (Vec<At<Topic>>, Examination<'a>) {
    let mut examination = Examination::new(path, source);
    let document = Document::parse(&mut examination);
    let fields = document.fields();
    fields.only(&mut examination, &["version", "topic"]);
    check_version(&mut examination, &fields);
    let mut topics = Vec::new();
    let mut references = Vec::new();
    let mut seen = BTreeMap::new();
    for fields in fields.tables(&mut examination, "topic") {
        let Some((topic, id_byte, see_also)) = topic(&mut examination, fields) else { continue };
        if seen.insert(topic.id.clone(), id_byte).is_some() {
            examination.problem(id_byte, format!("the topic `{}` is defined twice", topic.id));
        }
        references.extend(see_also);
        topics.push(At { value: topic, byte: id_byte });
    }
    for reference in references.iter().filter(|r| !seen.contains_key(&r.value)) {
        let message = unknown("topic", &reference.value, seen.keys().map(String::as_str));
        examination.problem(reference.byte, message);
    }
    (topics, examination)
}

/// Notes a `version` that is missing or not the one this program reads.
pub fn check_version(examination: &mut Examination<'_>, fields: &Fields<'_>) {
    let Some(version) = fields.number(examination, "version", 0..u32::MAX) else { return };
    if version.value != VERSION {
        let message = format!("version {} is not known to this program; it reads {VERSION}", version.value);
        examination.problem(version.byte, message);
    }
}

/// The topics of a reader's own in a file of settings: `name` and `terms` are enough. One with the id or the name
/// of a topic that `ships` is refused: editors judged passages under that one, by what it means there.
pub fn own(examination: &mut Examination<'_>, fields: &Fields<'_>, ships: &[Topic]) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for fields in fields.tables(examination, "topic") {
        fields.only(examination, &KEYS);
        let name = fields.string(examination, "name");
        let id = fields.optional_string(examination, "id").map(|id| checked_id(examination, id));
        let Some(name) = name else { continue };
        // An id that was only made of the name may be that of a topic with another name: it is made another one.
        let by_id =
            |id: &At<String>| ships.iter().find(|topic| topic.id == id.value).map(|topic| (topic, id.byte));
        let by_name = || that_ships(&name.value, ships).map(|topic| (topic, name.byte));
        if let Some((topic, byte)) = id.as_ref().and_then(by_id).or_else(by_name) {
            examination.problem(byte, refusal(topic, "name and id"));
            continue;
        }
        let id = id.unwrap_or_else(|| At { value: identifier(&name.value), byte: name.byte });
        let (topic, _) = described(examination, fields, &id, name.value);
        if topics.iter().any(|other| other.id == topic.id) {
            examination.problem(id.byte, format!("the topic `{}` is defined twice", topic.id));
        } else {
            topics.push(Topic { origin: Origin::Reader, ..topic });
        }
    }
    topics
}

/// Why a topic of the reader's own cannot have a name; `None` where it can.
#[must_use]
pub fn taken(name: &str, topics: &[Topic]) -> Option<String> {
    that_ships(name, topics).map(|topic| refusal(topic, "name"))
}

/// Of the topics that ship the one that has a name.
fn that_ships<'t>(name: &str, topics: &'t [Topic]) -> Option<&'t Topic> {
    let name = identifier(name);
    topics.iter().find(|topic| topic.origin != Origin::Reader && identifier(&topic.name) == name)
}

/// That a topic ships, and what to do.
fn refusal(topic: &Topic, what: &str) -> String {
    let Topic { name, id, .. } = topic;
    let id = if id == name { String::new() } else { format!(" (id `{id}`)") };
    format!("`{name}`{id} is a topic of this program: give yours another {what}")
}

/// Why a topic that was typed on one line cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedError {
    /// No colon between name and words.
    #[error("a topic is a name, a colon and words: peace: treaty, armistice")]
    NoColon,
    /// Nothing before the colon.
    #[error("the topic wants a name before the colon: peace: treaty, armistice")]
    NoName,
    /// Nothing after the colon.
    #[error("the topic wants words after the colon, with commas between: peace: treaty, armistice")]
    NoWords,
}

/// A topic typed on one line: `peace: treaty, armistice + signed`.
///
/// # Errors
/// Where the name or the words are missing.
pub fn typed(line: &str) -> Result<Topic, TypedError> {
    let (name, words) = line.split_once(':').ok_or(TypedError::NoColon)?;
    let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let id = identifier(&name);
    if id.is_empty() {
        return Err(TypedError::NoName);
    }
    let speaks = |words: &&str| words.chars().any(char::is_alphanumeric);
    let term = |words: &str| Term { words: words.to_owned(), weight: 1.0 };
    let terms: Vec<Term> = words.split(',').map(str::trim).filter(speaks).map(term).collect();
    if terms.is_empty() {
        return Err(TypedError::NoWords);
    }
    let (definition, look_alikes, see_also) = Default::default();
    Ok(Topic { id, name, definition, terms, look_alikes, see_also, origin: Origin::Reader })
}

/// The line that [`typed`] reads as a topic; `None` where the topic is more than a name and words.
#[must_use]
pub fn line(topic: &Topic) -> Option<String> {
    let words: Vec<&str> = topic.terms.iter().map(|term| term.words.as_str()).collect();
    let line = format!("{}: {}", topic.name, words.join(", "));
    let read = typed(&line).ok().map(|read| Topic { id: topic.id.clone(), ..read })?;
    (read == *topic).then_some(line)
}

/// `Peace of Brest` gives `peace-of-brest`.
pub(super) fn identifier(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// Notes an identifier of other signs than letters, digits and hyphens.
fn checked_id(examination: &mut Examination<'_>, id: At<String>) -> At<String> {
    let proper = |c: char| c.is_alphanumeric() || c == '-';
    if !id.value.chars().all(proper) {
        examination.problem(id.byte, "an `id` is made of letters, digits and hyphens");
    }
    id
}

fn topic(examination: &mut Examination<'_>, fields: Fields<'_>) -> Option<(Topic, usize, Vec<At<String>>)> {
    fields.only(examination, &KEYS);
    let id = fields.string(examination, "id").map(|id| checked_id(examination, id));
    let name = fields.string(examination, "name");
    let id = id.unwrap_or_else(|| At { value: String::new(), byte: fields.byte() });
    let name = name.map(|name| name.value);
    let (topic, see_also) = described(examination, fields, &id, name.clone().unwrap_or_default());
    (name.is_some() && !topic.id.is_empty()).then_some((topic, id.byte, see_also))
}

/// The rest of a topic whose id and name are known, and the places of what it refers to.
fn described(
    examination: &mut Examination<'_>,
    fields: Fields<'_>,
    id: &At<String>,
    name: String,
) -> (Topic, Vec<At<String>>) {
    let definition = fields.optional_string(examination, "definition");
    let terms: Vec<Term> = fields
        .strings_or_tables(examination, "terms")
        .into_iter()
        .filter_map(|item| term(examination, item))
        .collect();
    if terms.is_empty() && !fields.is_misshapen("terms") {
        examination.problem(fields.byte(), "a topic wants at least one word in `terms`");
    }
    let look_alikes = fields.strings(examination, "look_alikes").into_iter().map(|at| at.value).collect();
    let see_also = fields.strings(examination, "see_also");
    let topic = Topic {
        id: id.value.clone(),
        name,
        definition: definition.map(|at| at.value).unwrap_or_default(),
        look_alikes,
        see_also: see_also.iter().map(|at| at.value.clone()).collect(),
        origin: Origin::Curated,
        terms,
    };
    (topic, see_also)
}

fn term(examination: &mut Examination<'_>, item: Item<'_>) -> Option<Term> {
    let fields = match item {
        Item::String(words) => {
            if words.value.trim().is_empty() {
                examination.problem(words.byte, "a term wants words");
                return None;
            }
            return Some(Term { words: words.value, weight: 1.0 });
        }
        Item::Table(fields) => fields,
    };
    fields.only(examination, &["words", "weight"]);
    let words = fields.string(examination, "words");
    let weight = fields.optional_float(examination, "weight");
    if let Some(weight) = weight.as_ref().filter(|w| !(w.value > 0.0 && w.value <= 1.0)) {
        examination.problem(weight.byte, "`weight` wants a number above 0 and not above 1");
        return None;
    }
    Some(Term { words: words?.value, weight: weight.map_or(1.0, |w| w.value) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
version = 1
[[topic]]
id = "ships"
name = "ships"
definition = "Vessels that cross water."
terms = ["ship", { words = "sailing vessel", weight = 0.9 }]
look_alikes = ["friendship"]
see_also = ["harbours"]
[[topic]]
id = "harbours"
name = "harbours"
terms = ["harbour"]
"#;

    #[test]
    fn terms_may_be_words_or_words_with_a_weight() {
        let topics = parse(GOOD, "topics.toml").unwrap();
        assert_eq!(topics.len(), 2);
        assert_eq!(topics[0].terms[0], Term { words: "ship".into(), weight: 1.0 });
        assert_eq!(topics[0].terms[1], Term { words: "sailing vessel".into(), weight: 0.9 });
        assert_eq!(topics[0].look_alikes, ["friendship"]);
    }

    #[test]
    fn each_problem_is_said_with_its_place() {
        for (from, to, said) in [
            (
                "see_also = [\"harbours\"]",
                "see_also = [\"harbors\"]",
                "9:13: unknown topic `harbors`: did you mean `harbours`?",
            ),
            ("id = \"harbours\"", "id = \"ships\"", "11:6: the topic `ships` is defined twice"),
            ("weight = 0.9", "weight = 1.9", "7:55: `weight` wants a number above 0 and not above 1"),
            ("look_alikes", "lookalikes", "8:1: unknown key `lookalikes`: did you mean `look_alikes`?"),
            ("version = 1", "version = 7", "2:11: version 7 is not known to this program; it reads 1"),
            ("terms = [\"harbour\"]", "", "10:1: a topic wants at least one word in `terms`"),
            ("id = \"harbours\"", "", "10:1: `id` is missing"),
        ] {
            let problems = parse(&GOOD.replace(from, to), "t").unwrap_err();
            let said_all: Vec<_> = problems.iter().map(ToString::to_string).collect();
            assert!(said_all.contains(&format!("t:{said}")), "{said} is not in {said_all:?}");
        }
    }

    #[test]
    fn a_topic_is_typed_on_one_line() {
        let topic = typed(" Peace of Brest : treaty, signed + armistice,, ").unwrap();
        assert_eq!((topic.id.as_str(), topic.name.as_str()), ("peace-of-brest", "Peace of Brest"));
        let words: Vec<&str> = topic.terms.iter().map(|term| term.words.as_str()).collect();
        assert_eq!(words, ["treaty", "signed + armistice"]);
        assert_eq!(topic.origin, Origin::Reader);
        for (line, error) in [
            ("peace", TypedError::NoColon),
            (": treaty", TypedError::NoName),
            ("peace: , ", TypedError::NoWords),
        ] {
            assert_eq!(typed(line), Err(error), "{line}");
        }
    }

    #[test]
    fn a_topic_of_the_readers_own_wants_a_name_and_terms_alone() {
        let text = "[[topic]]\nname = \"Ship's crew\"\nterms = [\"sailor\"]\n[[topic]]\nterms = [\"x\"]\n\
                    [[topic]]\nname = \"ship s crew\"\nterms = [\"mate\"]\n";
        let mut examination = Examination::new("config.toml", text);
        let document = Document::parse(&mut examination);
        let topics = own(&mut examination, &document.fields(), &[]);
        assert_eq!(topics.len(), 1);
        assert_eq!((topics[0].id.as_str(), topics[0].origin), ("ship-s-crew", Origin::Reader));
        let said: Vec<String> = examination.into_problems().iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "config.toml:4:1: `name` is missing",
                "config.toml:7:8: the topic `ship-s-crew` is defined twice"
            ]
        );
    }

    #[test]
    fn all_problems_come_at_once() {
        let bad = GOOD.replace("0.9", "2.0").replace("harbours\"]", "elsewhere\"]").replace("name", "nmae");
        assert!(parse(&bad, "t").unwrap_err().len() >= 4);
    }
}
