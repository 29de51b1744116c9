//! In which language a text is, as far as the index has to know, and which terms of a topic are in it.
//!
//! A term of another language than English begins with its code: `de: Arbeiterräte`.

use std::collections::HashSet;

use super::{Origin, Topic, closed_class, english};
use crate::document::Edition;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The language of terms that do not say theirs.
pub const USUAL: &str = "en";
/// The code of a language that nobody can tell (ISO 639-2); no term is in it.
pub const UNDETERMINED: &str = "und";
/// How many words of each text are looked at.
const SAMPLE: usize = 400;
/// How many words it takes to see that a text is in no language that is told from others.
const LEAST_WORDS: usize = 30;
/// What share of them must be small words of the language: a quarter to a half are in most prose.
const LEAST_SHARE: f32 = 0.14;
/// What share of fewer words must be, how many at least, and how many for each one of the language that comes next.
const LEAST_SHARE_OF_FEW: f32 = 0.25;
const LEAST_OF_FEW: usize = 3;
const LEAD_OF_FEW: f32 = 1.5;

/// In which language a text is, as far as its words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// In the language of this code (ISO 639-1).
    Told(&'static str),
    /// It has too few words to tell.
    TooShort,
    /// In none that is told from others here.
    Strange,
}

impl Tongue {
    /// The code of the language, where it is told.
    #[must_use]
    pub const fn told(self) -> Option<&'static str> {
        match self {
            Self::Told(code) => Some(code),
            Self::TooShort | Self::Strange => None,
        }
    }

    /// The code of the language whose terms are looked for in the text: a few words may well be in the usual one.
    #[must_use]
    pub const fn of_terms(self) -> &'static str {
        match self {
            Self::Told(code) => code,
            Self::TooShort => USUAL,
            Self::Strange => UNDETERMINED,
        }
    }
}

/// A language that is told from others: its ISO 639-1 code, its name, and small words that hold others together.
struct Known {
    code: &'static str,
    name: &'static str,
    small: &'static str,
    /// Of the small words those that point back to what was said before.
    back: &'static str,
}

const KNOWN: [Known; 16] = [
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
    Known {
        code: "da",
        name: "Danish",
        small: "af alle at blev da de dem den der deres det dette dig efter eller en er et for fra før ham han har hun \
                hvad hvor i ikke ind jeg kan med men mod meget når og også om op over på sig sin skal som så til ud \
                under var ved vi vil være",
        back: "denne dette disse sådan",
    },
    Known {
        code: "fi",
        name: "Finnish",
        small: "ei eikä eivät en että he hän hänen ja jo joka jonka jos jossa jotka kuin kun me mikä minä mitä mutta myös \
                ne niin niitä nyt oli olivat olla on ovat se sekä sen siitä sillä sitä tai te tämä tämän tätä vaan \
                vain voi",
        back: "nämä sellainen tällainen tämä",
    },
    Known {
        code: "cs",
        name: "Czech",
        small: "a aby ale ani byl byla bylo by být co do i jak jako je jeho jejich jen již jsem jsou k kde který která \
                které když ke ku má může na nad ne nebo není o od po pod podle pro proti před při s se si tak také ten \
                to už v ve z za ze že",
        back: "tato tento toto tyto takový",
    },
    Known {
        code: "uk",
        name: "Ukrainian",
        small: "а або але би були було був в від вже вона вони він для до є з за і із й його їх її к коли ми на над не ні \
                о по при про та так також те ті то той у хто це цей ця через чи ще що щоб як який яка які",
        back: "такий така такі ця ці це цей",
    },
    Known {
        code: "el",
        name: "Greek",
        small: "αλλά αν από αυτή αυτό για δεν είναι είχε ένα ένας εκ εν η ήταν θα και κατά με μετά μια μη μας να ο οι ότι \
                όταν που προς σαν σε στα στη στην στις στο στον στους τα τη την της τι τις το τον του τους των ως",
        back: "αυτά αυτές αυτή αυτό αυτοί τέτοια τέτοιο",
    },
];

/// Languages that are the only great one of a script, with letters of it.
const OF_SCRIPT: [(&str, &str, std::ops::RangeInclusive<char>); 7] = [
    ("zh", "Chinese", '\u{4e00}'..='\u{9fff}'),
    ("ja", "Japanese", '\u{3040}'..='\u{30ff}'),
    ("ko", "Korean", '\u{ac00}'..='\u{d7a3}'),
    ("el", "Greek", '\u{370}'..='\u{3ff}'),
    ("th", "Thai", '\u{e00}'..='\u{e7f}'),
    ("hy", "Armenian", '\u{530}'..='\u{58f}'),
    ("ka", "Georgian", '\u{10a0}'..='\u{10ff}'),
];
/// Of how many letters one of a script at least tells that script: Japanese has Chinese letters too.
const MIXED: usize = 10;

fn known(language: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.code == language)
}

/// The language of texts that are read together: by their script, else by the share of small words in their first
/// passages.
#[must_use]
pub fn of<'e>(editions: impl IntoIterator<Item = &'e Edition>) -> Tongue {
    let sample = Sample::of(editions, |known| known.small.split_whitespace().collect());
    if let Some(code) = sample.letters.language() {
        return Tongue::Told(code);
    }
    let [(best, code), (next, _), ..] = sample.ranked.as_slice() else { return Tongue::TooShort };
    let has_share = |share: f32| *best as f32 >= share * sample.words as f32;
    let of_few = *best >= LEAST_OF_FEW && *best as f32 >= LEAD_OF_FEW * *next as f32;
    let is_short = sample.words < LEAST_WORDS;
    let is_told = if is_short { of_few && has_share(LEAST_SHARE_OF_FEW) } else { has_share(LEAST_SHARE) };
    if is_told {
        Tongue::Told(code)
    } else if is_short && sample.letters.are_latin() {
        Tongue::TooShort
    } else {
        Tongue::Strange
    }
}

/// The language that a text is in most likely, however little of it there is to tell by.
#[must_use]
pub fn likeliest(edition: &Edition) -> &'static str {
    let sample = Sample::of([edition], |known| function_words(known.code).collect());
    let best = sample.ranked.first().map(|(_, code)| *code);
    sample.letters.language().or(best).unwrap_or(USUAL)
}

/// What the first passages of texts show.
struct Sample {
    /// How many small words of each language there are, most first.
    ranked: Vec<(usize, &'static str)>,
    words: usize,
    letters: Letters,
}

impl Sample {
    fn of<'e>(
        editions: impl IntoIterator<Item = &'e Edition>,
        small: impl Fn(&Known) -> HashSet<&'static str>,
    ) -> Self {
        let mut counts = [0_usize; KNOWN.len()];
        let mut words = 0;
        let mut letters = Letters::default();
        let small = KNOWN.each_ref().map(small);
        for edition in editions {
            let body = edition.passages().iter().filter(|passage| passage.kind.is_body());
            let written = body.flat_map(|passage| passage.text.unicode_words()).take(SAMPLE);
            for word in written.filter(|word| word.contains(char::is_alphabetic)) {
                let word: String = word.nfc().flat_map(char::to_lowercase).collect();
                letters.count(&word);
                words += 1;
                for (count, small) in counts.iter_mut().zip(&small) {
                    *count += usize::from(small.contains(word.as_str()));
                }
            }
        }
        let mut ranked: Vec<_> = counts.into_iter().zip(KNOWN.iter().map(|known| known.code)).collect();
        // Of languages alike the one listed first.
        ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        Self { ranked, words, letters }
    }
}

/// How many letters of the scripts that tell something a text has.
#[derive(Debug, Default)]
struct Letters {
    all: usize,
    latin: usize,
    of_script: [usize; OF_SCRIPT.len()],
}

impl Letters {
    fn count(&mut self, word: &str) {
        for letter in word.chars().filter(|c| c.is_alphabetic()) {
            self.all += 1;
            self.latin += usize::from(letter <= '\u{24f}');
            for (count, (_, _, script)) in self.of_script.iter_mut().zip(&OF_SCRIPT) {
                *count += usize::from(script.contains(&letter));
            }
        }
    }

    /// The only great language of the script in which most of the letters are.
    fn language(&self) -> Option<&'static str> {
        let of = |code: &str| {
            let mut counts = OF_SCRIPT.iter().zip(self.of_script);
            counts.find(|((own, ..), _)| *own == code).map_or(0, |(_, count)| count)
        };
        let [chinese, japanese, korean] = ["zh", "ja", "ko"].map(of);
        if (chinese + japanese + korean) * 2 > self.all {
            let code = if korean * MIXED > self.all { "ko" } else { "zh" };
            return Some(if japanese * MIXED > self.all { "ja" } else { code });
        }
        let mut counts = OF_SCRIPT.iter().zip(self.of_script);
        counts.find(|(_, count)| count * 2 > self.all).map(|((code, ..), _)| *code)
    }

    /// Whether most of them may be those of the usual language.
    const fn are_latin(&self) -> bool {
        self.latin * 2 >= self.all
    }
}

/// The name of a language in English, or its code where no name is known.
#[must_use]
pub fn name(language: &str) -> &str {
    let of_script = || OF_SCRIPT.iter().find(|(code, ..)| *code == language).map(|(_, name, _)| *name);
    known(language).map(|known| known.name).or_else(of_script).unwrap_or(language)
}

/// Whether words only hold others together in a language: "war" in German.
#[must_use]
pub fn are_small(words: &str, language: &str) -> bool {
    let small: HashSet<&str> = function_words(language).collect();
    let mut words = words.unicode_words().map(str::to_lowercase).peekable();
    words.peek().is_some() && words.all(|word| small.contains(word.as_str()))
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
            ("It rained, and the mill by the river was closed.", "en"),
            ("Es regnete, und die Mühle an dem Fluss war geschlossen.", "de"),
            (
                "Satama on kiinni ja luotsit ovat kapakassa, koska se oli heille huono vuosi, eikä se ole ohi.",
                "fi",
            ),
            ("港口关闭了,领航员在酒馆里。", "zh"),
            ("港が閉まって、水先人は居酒屋にいる。", "ja"),
            ("항구는 닫혔고 도선사들은 주막에 있다.", "ko"),
            ("Το λιμάνι έκλεισε.", "el"),
        ] {
            assert_eq!(of([&edition(text)]), Tongue::Told(language), "{text}");
            assert_eq!(likeliest(&edition(text)), language, "{text}");
        }
        // Too little to be sure of.
        let line = edition("Der Hafen schlief.");
        assert_eq!((of([&line]), likeliest(&line)), (Tongue::TooShort, "de"));
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
    fn what_does_not_show_its_language_is_not_taken_for_the_usual_one() {
        let unlike = "Itsasoa handia da eta portua itxita dago elurragatik ";
        for (text, tongue) in [
            ("Harbour", Tongue::TooShort),
            ("Harbour dues, harbour rights", Tongue::TooShort),
            (
                "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32",
                Tongue::TooShort,
            ),
            ("Гавань закрыта, лоцманы сидят", Tongue::Strange),
            ("הנמל סגור", Tongue::Strange),
            (&unlike.repeat(6), Tongue::Strange),
        ] {
            assert_eq!(of([&edition(text)]), tongue, "{text}");
        }
    }

    #[test]
    fn words_that_hold_others_together_are_told_by_language() {
        for (words, language, small) in [
            ("war", "de", true),
            ("war", "en", false),
            ("Der  war", "de", true),
            ("war Krieg", "de", false),
            ("", "de", false),
        ] {
            assert_eq!(are_small(words, language), small, "{words} {language}");
        }
    }

    #[test]
    fn a_term_may_say_its_language() {
        assert_eq!(of_term("de: Räte"), ("de", "Räte"));
        assert_eq!(of_term("councils"), ("en", "councils"));
        assert_eq!(of_term("Note: this"), ("en", "Note: this"));
    }
}
