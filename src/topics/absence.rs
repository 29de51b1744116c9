//! Why nothing stands under a topic: a finding, or that there was none to be had.

use serde::{Deserialize, Serialize};

use super::language::{self, Tongue};
use super::{Topic, TopicIndex, automatic};
use crate::document::Edition;

/// What kind of silence it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Silence {
    /// The text was read for the topic, and speaks of it nowhere.
    Unspoken,
    /// The topic has no words in the language of the text: nobody knows whether it is spoken of.
    Language,
    /// The text is not indexed by topic, or not yet.
    Unindexed,
    /// Words of the topic stand in the text, but too few and too far apart to be more than chance.
    Chance,
}

impl Silence {
    /// The name used in `--format json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unspoken => "unspoken",
            Self::Language => "language",
            Self::Unindexed => "unindexed",
            Self::Chance => "chance",
        }
    }

    /// Whether the text may speak of the topic all the same.
    #[must_use]
    pub const fn is_unknown(self) -> bool {
        matches!(self, Self::Language | Self::Unindexed)
    }
}

/// Why nothing stands under a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// What kind of silence it is.
    pub kind: Silence,
    /// In words, without a full stop where it is computed.
    pub why: String,
}

impl Absence {
    /// That a topic has no words in the language of a text, as far as is known.
    pub(super) fn for_want_of_words(topic: &Topic, tongue: Tongue) -> Self {
        let why = match tongue {
            Tongue::Told(code) => {
                let name = language::name(code);
                let standing = if is_open(topic) { " that stand in it" } else { "" };
                format!(
                    "the text seems to be {name}, and the topic has no {name} words{standing}{}",
                    way_out(topic, code)
                )
            }
            Tongue::TooShort => {
                "the text is too short to tell its language, and it says too little in words of the topic"
                    .to_owned()
            }
            Tongue::Strange if is_open(topic) => {
                "nobody can tell in which language the text is, and no word of the topic stands in it"
                    .to_owned()
            }
            Tongue::Strange => {
                "nobody can tell in which language the text is, and the topic has words in known ones alone"
                    .to_owned()
            }
        };
        Self { kind: Silence::Language, why }
    }
}

/// Whether any word of a topic leaves its language open.
fn is_open(topic: &Topic) -> bool {
    topic.terms.iter().any(|term| language::is_open(topic, &term.words))
}

/// How words that leave their language open are said to be of one.
fn way_out(topic: &Topic, of_text: &str) -> String {
    if is_open(topic) {
        format!("; `{of_text}:` before a word says that it is {}", language::name(of_text))
    } else {
        String::new()
    }
}

/// Settles silences by what two texts show together. Words that leave their language open are of that of a text in
/// which they stand: that there are none in the other is a finding where that one is of the same language, and none
/// where it is of another.
pub fn settle(topics: &[Topic], editions: [&Edition; 2], indexes: &mut [TopicIndex; 2]) {
    if !topics.iter().any(is_open) {
        return;
    }
    let tongues = editions.map(|edition| language::of([edition]));
    for (at, topic) in topics.iter().enumerate().filter(|(_, topic)| is_open(topic)) {
        if let [Tongue::Told(left), Tongue::Told(right)] = tongues
            && left != right
        {
            for ((edition, index), code) in editions.into_iter().zip(indexes.iter_mut()).zip([left, right]) {
                drop_small_words((at, topic), edition, index, code);
            }
        }
        let silent = match indexes.each_ref().map(|index| index.has_words(at)) {
            [true, false] => 1,
            [false, true] => 0,
            _ => continue,
        };
        let is_unindexed = |absence: &Absence| absence.kind == Silence::Unindexed;
        if indexes[silent].absence(at).is_some_and(is_unindexed) {
            continue;
        }
        let absence = match [tongues[silent], tongues[1 - silent]] {
            [Tongue::Told(own), other] if other == Tongue::Told(own) || language::declares(topic, own) => {
                None
            }
            [Tongue::Told(own), Tongue::Told(other)] => {
                let there = language::name(other);
                Some(elsewhere(topic, &format!("is {there}"), own))
            }
            [Tongue::Told(own), Tongue::Strange] => {
                Some(elsewhere(topic, "is in a language that nobody can tell", own))
            }
            // What the index says of it.
            [Tongue::Told(_), Tongue::TooShort] | [Tongue::TooShort | Tongue::Strange, _] => continue,
        };
        indexes[silent].set_absence(at, absence);
    }
}

/// That the open words of a topic stand in the other text alone, which is of another language.
fn elsewhere(topic: &Topic, other: &str, own: &str) -> Absence {
    let here = language::name(own);
    let why = format!("its words stand in the other text, which {other}, and this one seems to be {here}");
    Absence { kind: Silence::Language, why: format!("{why}{}", way_out(topic, own)) }
}

/// Indexes a text anew without those open words of a topic that only hold others together in its language, since
/// they are meant for the other text: "war" beside a German one, where it is "was".
fn drop_small_words(
    (at, topic): (usize, &Topic),
    edition: &Edition,
    index: &mut TopicIndex,
    code: &'static str,
) {
    let is_meant = |words: &str| !language::is_open(topic, words) || !language::are_small(words, code);
    if !index.has_words(at) || topic.terms.iter().all(|term| is_meant(&term.words)) {
        return;
    }
    let mut meant = topic.clone();
    meant.terms.retain(|term| is_meant(&term.words));
    index.take(at, &automatic::index_in_language(edition, &[meant], code), 0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};
    use crate::topics::definitions::typed;

    const GERMAN: &str = "Der Hafen ist geschlossen und die Lotsen sind in der Schenke, denn es war ein schlechtes \
                          Jahr für sie und für alle, die von der Flut leben, auf die sie gebaut haben.";
    const GERMAN_TOO: &str = "Der Müller hat das Rad verkauft und ist mit dem Geld in die Stadt gegangen, wo er es \
                              nicht lange hat halten können, denn er war nicht der, der auf sich und das Seine achtet.";
    const ENGLISH: &str = "The mill is sold and the miller has gone to the town with what he had for it, which was \
                           not much, and he did not keep it for long as he was not one that looks to his own.";

    fn edition(text: &str) -> Edition {
        Edition::new(vec![Passage::new(Kind::Paragraph, text)], Vec::new(), 0)
    }

    #[test]
    fn typed_words_are_of_the_language_of_the_text_in_which_they_stand() {
        for (line, texts, figures) in [
            ("harbour: Hafen, Lotsen", [GERMAN, ENGLISH], ["1", "?"]),
            ("harbour: Hafen, Lotsen", [ENGLISH, GERMAN], ["?", "1"]),
            // Of one language, so that it is a finding; also where the text alone would not tell.
            ("harbour: Hafen, Lotsen", [GERMAN, GERMAN_TOO], ["1", "0"]),
            ("mill: miller", [ENGLISH, GERMAN], ["1", "?"]),
            // Said to be English, that the English text has none is a finding again.
            ("harbour: Hafen, en: harbour", [GERMAN, ENGLISH], ["1", "0"]),
            ("harbour: de: Hafen, en: harbour", [GERMAN, ENGLISH], ["1", "0"]),
            ("harbour: de: Hafen", [GERMAN, ENGLISH], ["1", "?"]),
            // One that says its language takes nothing from those that do not.
            ("harbour: de: Ebbe, Hafen", [GERMAN, ENGLISH], ["1", "?"]),
            // What is "was" in German is no word of the English topic, unless it is said to be.
            ("battles: was, mill", [GERMAN, ENGLISH], ["?", "1"]),
            ("mill: war, miller", [GERMAN, ENGLISH], ["?", "1"]),
            ("mill: war, Hafen, miller", [GERMAN, ENGLISH], ["1", "1"]),
            ("past: de: war", [GERMAN, ENGLISH], ["1", "?"]),
            ("past: war", [GERMAN, GERMAN_TOO], ["1", "1"]),
        ] {
            let topics = [typed(line).unwrap()];
            let editions = texts.map(edition);
            let mut indexes = editions.each_ref().map(|edition| automatic::index(edition, &topics));
            settle(&topics, editions.each_ref(), &mut indexes);
            assert_eq!(indexes.each_ref().map(|index| index.figure(0)), figures, "{line}");
        }
    }

    #[test]
    fn an_unknown_that_is_the_readers_to_mend_says_how() {
        let topics = [typed("harbour: Hafen").unwrap()];
        let editions = [GERMAN, ENGLISH].map(edition);
        let mut indexes = editions.each_ref().map(|edition| automatic::index(edition, &topics));
        settle(&topics, editions.each_ref(), &mut indexes);
        let why = &indexes[1].absence(0).unwrap().why;
        assert_eq!(
            why,
            "its words stand in the other text, which is German, and this one seems to be English; `en:` before a \
             word says that it is English"
        );
    }
}
