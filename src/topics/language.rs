//! In which language a text is, as far as the index has to know, and which terms of a topic are in it.
//!
//! A term of another language than English begins with its code: `de: Arbeiterräte`.

use std::collections::HashSet;

use super::{Origin, Topic, closed_class, english};
use crate::document::Edition;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The language of terms that do not say theirs, and of a text that does not show its own.
pub const USUAL: &str = "en";
/// How many words of each text are looked at.
const SAMPLE: usize = 400;
/// How many words it takes to say anything.
const LEAST_WORDS: usize = 30;
/// What share of them must be small words of the language: a quarter to a half are in most prose.
const LEAST_SHARE: f32 = 0.14;

/// A language that is told from others: its ISO 639-1 code, its name, and small words that hold others together.
struct Known {
    code: &'static str,
    name: &'static str,
    small: &'static str,
    /// Of the small words those that point back to what was said before.
    back: &'static str,
}

const KNOWN: [Known; 11] = [
    Known { code: "en", name: "English", small: english::FUNCTION_WORDS, back: english::BACK_POINTING },
    Known {
        code: "de",
        name: "German",
        small: "aber als also am an auch auf aus bei bin bis da damit dann das daß dass dem den denn der des \
                die dies diese diesem diesen dieser dieses doch durch ein eine einem einen einer eines er es \
                für gegen hat hatte ich ihm ihn ihr ihre im in ist ja kann kein keine man mehr mit nach nicht \
                noch nur ob oder ohne sein seine sich sie sind so über um und uns unter vom von vor war was \
                wenn wer werden wie wir wird wurde zu zum zur zwischen",
        back: "dessen dies diese diesem dieser dieses solche",
    },
    Known {
        code: "fr",
        name: "French",
        small: "à au aux avec ce ces cette ceux comme dans de des donc du elle elles en est et était être eux il \
                ils je la le les leur leurs lui mais même ne nous on ont ou où par pas plus pour qu que qui sa \
                sans se ses si son sont sous sur tout tous un une vous y",
        back: "ce ces cela cet cette telle",
    },
    Known {
        code: "es",
        name: "Spanish",
        small: "a al algo como con contra cuando de del desde donde el ella ellos en entre era es esa ese eso esta \
                este esto fue ha hasta la las le les lo los más mi ni no nos o para pero por porque que quien se \
                ser si sin sobre son su sus también todo todos un una unos y ya",
        back: "esa ese eso esta estas este esto estos tal",
    },
    Known {
        code: "it",
        name: "Italian",
        small: "a ad al alla alle anche che chi ci come con cui da dal dalla degli dei del della delle di e è ed era \
                essere gli ha hanno i il in io la le lo loro ma mi nel nella nelle noi non o per perché più quando \
                quella questa questo se sono su sua sue sul sulla suo tra tutti un una uno",
        back: "quella quello questa queste questi questo tale",
    },
    Known {
        code: "pt",
        name: "Portuguese",
        small: "a ao aos as até com como da das de do dos e é ela elas ele eles em entre era essa esse esta este foi \
                há isso isto já mais mas na não nas nem no nos nós o os ou para pela pelo por quando que quem se \
                sem ser seu sua são também um uma",
        back: "essa esse esta este isso isto tal",
    },
    Known {
        code: "nl",
        name: "Dutch",
        small: "aan al als bij dan dat de der deze die dit door een en er geen had haar heeft het hij hun ik in is \
                kan maar men met meer naar niet nog of om onder ook op over te tegen toen tot uit van veel voor \
                was wat we werd wij worden ze zich zij zijn zo zou",
        back: "deze dit zulke",
    },
    Known {
        code: "ru",
        name: "Russian",
        small: "а без бы был была были было быть в вы да для до его ее если есть еще же за и из или им их к как \
                когда которая которые который ли мы на над не него нет ни но о об он она они от по под при с со \
                так также то того только том у уже чем что чтобы эта эти это этого этой этот я",
        back: "такая такой эта эти это этого этот",
    },
    Known {
        code: "pl",
        name: "Polish",
        small: "a aby ale bez był była było być czy dla do gdy i ich im jak jako jego jej jest już które który lub ma \
                może na nad nie niż o od on oni po pod przez przy się są ta tak także tego tej ten to tych tylko \
                tym w we z za ze że",
        back: "ta taka taki te ten to",
    },
    Known {
        code: "sv",
        name: "Swedish",
        small: "alla att av bara de den denna deras dess det detta dig efter eller en ett från för ha han har hon \
                hur i icke in inte jag kan med men mot mycket när och om på sig sin sina skulle som så till under \
                upp ut var vad vara vi är över",
        back: "denna detta dessa sådan",
    },
    Known {
        code: "la",
        name: "Latin",
        small: "a ab ac ad atque aut autem cum de dum e enim ergo esse est et etiam ex hoc iam id ille in inter ipse \
                nam ne nec neque non nunc ob per post pro quae quam qui quibus quid quidem quo quod quoque sed si \
                sic sicut sine sub sunt tam tamen tum ut vel vero",
        back: "haec hic hoc ille ista iste",
    },
];

fn known(language: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.code == language)
}

/// The language of texts that are read together, by the share of small words in their first passages;
/// [`USUAL`] where none stands out.
#[must_use]
pub fn of<'e>(editions: impl IntoIterator<Item = &'e Edition>) -> &'static str {
    let (best, small, words) = commonest(editions, |known| known.small.split_whitespace().collect());
    let is_clear = words >= LEAST_WORDS && small as f32 >= LEAST_SHARE * words as f32;
    if is_clear { best } else { USUAL }
}

/// The language that a text is in most likely, however little of it there is to tell by.
#[must_use]
pub fn likeliest(edition: &Edition) -> &'static str {
    commonest([edition], |known| function_words(known.code).collect()).0
}

/// The language with the most small words in the first passages of texts, how many they are, and of how many words.
fn commonest<'e>(
    editions: impl IntoIterator<Item = &'e Edition>,
    small: impl Fn(&Known) -> HashSet<&'static str>,
) -> (&'static str, usize, usize) {
    let mut counts = [0_usize; KNOWN.len()];
    let mut words = 0;
    let small = KNOWN.each_ref().map(small);
    for edition in editions {
        let body = edition.passages().iter().filter(|passage| passage.kind.is_body());
        for word in body.flat_map(|passage| passage.text.unicode_words()).take(SAMPLE) {
            let word: String = word.nfc().flat_map(char::to_lowercase).collect();
            words += 1;
            for (count, small) in counts.iter_mut().zip(&small) {
                *count += usize::from(small.contains(word.as_str()));
            }
        }
    }
    // Of languages alike the one listed first.
    let best = counts.iter().zip(&KNOWN).rev().max_by_key(|(count, _)| **count);
    best.map_or((USUAL, 0, words), |(&count, known)| (known.code, count, words))
}

/// The name of a language in English, or its code where no name is known.
#[must_use]
pub fn name(language: &str) -> &str {
    known(language).map_or(language, |known| known.name)
}

/// The language of a term and the term without its code: `de: Räte` is (`de`, `Räte`).
#[must_use]
pub fn of_term(words: &str) -> (&str, &str) {
    declared(words).unwrap_or((USUAL, words))
}

/// The same of a term that says its language.
fn declared(words: &str) -> Option<(&str, &str)> {
    let (code, rest) = words.split_once(':')?;
    let is_code = code.len() == 2 && code.chars().all(|c| c.is_ascii_lowercase());
    is_code.then(|| (code, rest.trim_start()))
}

/// Whether a term leaves open of which language it is: a reader types the words of the texts at hand, while those
/// of a topic that ships are of the [`USUAL`] one where they do not say theirs.
#[must_use]
pub fn is_open(topic: &Topic, words: &str) -> bool {
    topic.origin == Origin::Reader && declared(words).is_none()
}

/// Whether a term of the topic says that it is of a language.
#[must_use]
pub fn declares(topic: &Topic, language: &str) -> bool {
    topic.terms.iter().any(|term| declared(&term.words).is_some_and(|(code, _)| code == language))
}

/// A term without the code of its language.
#[must_use]
pub fn bare(words: &str) -> &str {
    of_term(words).1
}

/// Whether a topic has terms in a language.
#[must_use]
pub fn has_terms(topic: &Topic, language: &str) -> bool {
    topic.terms.iter().any(|term| of_term(&term.words).0 == language)
}

/// Words that hold others together; none for a language that is not known, where rarity does the work alone.
pub fn function_words(language: &str) -> impl Iterator<Item = &'static str> {
    let small = known(language).map_or("", |known| known.small);
    small.split_whitespace().chain(closed_class::of(language).split_whitespace())
}

/// A word without what an apostrophe joins to its head in some languages: `eau` of `l'eau`.
#[must_use]
pub fn without_elided<'w>(language: &str, word: &'w str) -> &'w str {
    let rest = word
        .split_once('\'')
        .filter(|(head, rest)| !rest.is_empty() && closed_class::elided(language).contains(head));
    rest.map_or(word, |(_, rest)| rest)
}

/// Words that any text on any matter uses. Only English has a list so far.
#[must_use]
pub fn general_words(language: &str) -> &'static str {
    match language {
        "en" => english::GENERAL_WORDS,
        _ => "",
    }
}

/// Words at the head of a passage that point back to the one before.
#[must_use]
pub fn back_pointing(language: &str) -> &'static str {
    known(language).map_or("", |known| known.back)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};

    fn edition(text: &str) -> Edition {
        Edition::new(vec![Passage::new(Kind::Paragraph, text)], Vec::new(), 0)
    }

    #[test]
    fn a_text_shows_its_language_by_its_small_words() {
        for (text, language) in [
            (
                "The harbour is closed and the pilots are in the inn, for it has been a bad year for them and for all who live by the tide that they had trusted.",
                "en",
            ),
            (
                "Der Hafen ist geschlossen und die Lotsen sind in der Schenke, denn es war ein schlechtes Jahr für sie und für alle, die von der Flut leben, auf die sie gebaut haben.",
                "de",
            ),
            (
                "Le port est fermé et les pilotes sont dans la taverne, car ce fut une mauvaise année pour eux et pour tous ceux qui vivent de la marée et de la pêche sur la côte.",
                "fr",
            ),
            (
                "El puerto está cerrado y los pilotos están en la taberna, porque ha sido un mal año para ellos y para todos los que viven de la marea y de la pesca en la costa.",
                "es",
            ),
            (
                "Гавань закрыта, и лоцманы сидят в трактире, потому что это был плохой год для них и для всех, кто живет от прилива, на который они так надеялись, но не дождались, как и мы.",
                "ru",
            ),
            ("Harbour", "en"),
            ("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32", "en"),
        ] {
            assert_eq!(of([&edition(text)]), language, "{text}");
            assert_eq!(likeliest(&edition(text)), language, "{text}");
        }
        // Too little to be sure of.
        let line = edition("Der Hafen ist zu.");
        assert_eq!((of([&line]), likeliest(&line)), ("en", "de"));
    }

    #[test]
    fn a_word_is_what_stands_behind_an_elision() {
        for (language, word, whole) in [
            ("fr", "l'eau", "eau"),
            ("fr", "aujourd'hui", "aujourd'hui"),
            ("fr", "l'", "l'"),
            ("it", "dell'acqua", "acqua"),
            ("en", "d'oyly", "d'oyly"),
        ] {
            assert_eq!(without_elided(language, word), whole);
        }
    }

    #[test]
    fn a_term_may_say_its_language() {
        assert_eq!(of_term("de: Räte"), ("de", "Räte"));
        assert_eq!(of_term("councils"), ("en", "councils"));
        assert_eq!(of_term("Note: this"), ("en", "Note: this"));
    }
}
