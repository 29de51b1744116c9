//! A text as words: folded, stemmed and numbered, with the sentence each stands in.
//!
//! Knows no topics. The index and the links count these words, never raw bytes.

use std::collections::{BTreeSet, HashMap};

use super::{english, language};
use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_segmentation::UnicodeSegmentation;

/// Prefixes that some hands join with a hyphen and some without.
const JOINED_PREFIXES: [&str; 2] = ["co", "re"];

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Byte offset of the word in its text.
    pub byte: usize,
    /// Length of the word in bytes, as written.
    pub bytes: usize,
    /// The word as written but in lower case, as a number of the [`Lexicon`].
    pub form: u32,
    /// Its stem, as a number of the [`Lexicon`].
    pub stem: u32,
    /// The sentence it stands in, from 0.
    pub sentence: u32,
    /// Whether a mark stands before it at which a phrase ends: a comma, a colon, a bracket, a dash.
    pub after_mark: bool,
    /// Whether it carries meaning of its own ("soviet") or holds others together ("of").
    pub content: bool,
}

/// Words and stems as numbers, given out in order of appearance: so nothing depends on hash order.
pub struct Lexicon {
    /// ISO 639-1.
    language: String,
    stemmer: Option<Stemmer>,
    numbers: HashMap<String, u32>,
    words: Vec<String>,
    /// By a word as written.
    known: HashMap<String, Known>,
    stems: HashMap<u32, u32>,
    function_words: BTreeSet<&'static str>,
    /// Words at the head of a passage that point back to the one before.
    back_pointing: BTreeSet<&'static str>,
    /// The stems of words that any text on any matter uses, by spelling.
    general_stems: BTreeSet<String>,
}

/// What a lexicon knows of a word as written.
#[derive(Clone, Copy, Debug)]
struct Known {
    form: u32,
    stem: u32,
    content: bool,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

impl Lexicon {
    /// An empty lexicon for a language (ISO 639-1). Words of a language without a Snowball stemmer are
    /// compared as they are.
    #[must_use]
    pub fn new(language: &str) -> Self {
        let stemmer = algorithm(language).map(Stemmer::create);
        let general = language::general_words(language).split_whitespace();
        Self {
            language: language.to_owned(),
            general_stems: general.map(|word| stem(stemmer.as_ref(), language, word)).collect(),
            stemmer,
            numbers: HashMap::new(),
            words: Vec::new(),
            known: HashMap::new(),
            stems: HashMap::new(),
            function_words: language::function_words(language).collect(),
            back_pointing: language::back_pointing(language).split_whitespace().collect(),
        }
    }

    /// The language whose words it knows, by its ISO 639-1 code.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The first word of a text that has a stem, as it stands there; of words that were read before alone.
    #[must_use]
    pub fn written_in<'t>(&self, text: &'t str, stem: u32) -> Option<&'t str> {
        let has_stem = |written: &&str| self.known.get(*written).is_some_and(|known| known.stem == stem);
        written_words(text).map(|(_, written)| written).find(has_stem)
    }

    /// The stem of a word as written.
    #[must_use]
    pub fn stem_of(&self, form: u32) -> u32 {
        self.stems.get(&form).copied().unwrap_or(form)
    }

    /// Whether a word as written points back to what was said before ("this", "such").
    #[must_use]
    pub fn points_back(&self, form: u32) -> bool {
        self.back_pointing.contains(self.spelling(form))
    }

    /// How many numbers have been given out.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no number has been given out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word or stem of a number.
    #[must_use]
    pub fn spelling(&self, number: u32) -> &str {
        self.words.get(number as usize).map_or("", String::as_str)
    }

    /// Whether a stem belongs to words that any text on any matter uses ("fact", "new", "task").
    #[must_use]
    pub fn is_general(&self, stem: u32) -> bool {
        self.general_stems.contains(self.spelling(stem))
    }

    /// The words of a text, in order. White space, punctuation and lone signs are no words; a possessive
    /// ending is dropped; a hyphen parts words.
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut sentence = 0;
        let mut end = 0;
        let mut parts = written_words(text).peekable();
        while let Some((byte, mut written)) = parts.next() {
            // "co-operative" and "cooperative" are one word, "workers-councils" are two.
            if JOINED_PREFIXES.iter().any(|prefix| written.eq_ignore_ascii_case(prefix))
                && let Some(&(next, rest)) = parts.peek()
                && text.get(byte + written.len()..next) == Some("-")
            {
                written = text.get(byte..next + rest.len()).unwrap_or(written);
                parts.next();
            }
            let between = text.get(end..byte).unwrap_or_default();
            if words.last().is_some_and(|last| {
                ends_sentence(text.get(last.byte..end).unwrap_or_default(), between, written)
            }) {
                sentence += 1;
            }
            let after_mark = ends_phrase(between);
            end = byte + written.len();
            let Known { form, stem, content } = self.know(written);
            words.push(Word { byte, bytes: written.len(), form, stem, sentence, after_mark, content });
        }
        words
    }

    /// Renumbers all words and stems in the order of their spelling, so that numbers do not depend on which
    /// text came first. Gives the new number of each old one.
    pub fn renumber_by_spelling(&mut self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.words.len() as u32).collect();
        order.sort_by(|&a, &b| self.spelling(a).cmp(self.spelling(b)));
        let mut renumbered = vec![0; order.len()];
        for (new, &old) in (0..).zip(&order) {
            if let Some(slot) = renumbered.get_mut(old as usize) {
                *slot = new;
            }
        }
        let new = |old: u32| renumbered.get(old as usize).copied().unwrap_or(old);
        self.words.sort();
        self.stems = self.stems.iter().map(|(&form, &stem)| (new(form), new(stem))).collect();
        for known in self.known.values_mut() {
            *known = Known { form: new(known.form), stem: new(known.stem), content: known.content };
        }
        for number in self.numbers.values_mut() {
            *number = new(*number);
        }
        renumbered
    }

    /// What a word as written is; worked out once.
    fn know(&mut self, written: &str) -> Known {
        if let Some(&known) = self.known.get(written) {
            return known;
        }
        let folded = fold(written);
        let folded = language::without_elided(&self.language, &folded).to_owned();
        // A single letter tells nothing in a cased script and a whole word in another.
        let uncased = |c: char| c.is_alphabetic() && !c.is_lowercase();
        let content = !self.function_words.contains(folded.as_str())
            && folded.chars().any(char::is_alphabetic)
            && (folded.chars().nth(1).is_some() || folded.chars().all(uncased));
        let form = self.number(folded);
        let known = Known { form, stem: self.stem(form), content };
        self.known.insert(written.to_owned(), known);
        known
    }

    fn stem(&mut self, form: u32) -> u32 {
        if let Some(&stem) = self.stems.get(&form) {
            return stem;
        }
        let spelling = self.spelling(form).to_owned();
        let stem = self.number(stem(self.stemmer.as_ref(), &self.language, &spelling));
        self.stems.insert(form, stem);
        stem
    }

    fn number(&mut self, word: String) -> u32 {
        let next = self.words.len() as u32;
        *self.numbers.entry(word).or_insert_with_key(|word| {
            self.words.push(word.clone());
            next
        })
    }
}

/// The stem of a folded word; the word itself in a language without a stemmer.
fn stem(stemmer: Option<&Stemmer>, language: &str, word: &str) -> String {
    let Some(stemmer) = stemmer else { return word.to_owned() };
    let own = if language == "en" { english::stem_of_making(word) } else { None };
    own.unwrap_or_else(|| stemmer.stem(word).into_owned())
}

/// The words of a text and where they begin, by the word boundaries of Unicode (UAX #29): "don't" and "3.5"
/// are whole. Between spaces pure ASCII is read by a short rule that gives the same, at a tenth of the time.
fn written_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive(char::is_whitespace).flat_map(move |chunk| {
        let start = at;
        at += chunk.len();
        let (ascii, other) = if chunk.is_ascii() { (chunk, "") } else { ("", chunk) };
        let words = ascii_words(ascii).chain(other.unicode_word_indices());
        words.map(move |(byte, word)| (start + byte, word))
    })
}

/// Runs of letters and digits, joined over an apostrophe or a full stop that stands between two letters or two
/// digits, over a comma between two digits, and over low lines.
fn ascii_words(chunk: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = chunk.as_bytes();
    let is_word = move |at: usize| {
        let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
        let here = byte(Some(at));
        if here.is_ascii_alphanumeric() || here == b'_' {
            return true;
        }
        let (before, after) = (byte(at.checked_sub(1)), byte(Some(at + 1)));
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
        match here {
            b'\'' | b'.' => digits || letters,
            b',' | b';' => digits,
            b':' => letters,
            _ => false,
        }
    };
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = (at..bytes.len()).find(|&at| is_word(at))?;
            let end = (start..bytes.len()).find(|&at| !is_word(at)).unwrap_or(bytes.len());
            at = end;
            let word = chunk.get(start..end)?;
            if word.contains(|c: char| c.is_ascii_alphanumeric()) {
                return Some((start, word));
            }
        }
    })
}

/// Lower case, straight apostrophe, no possessive ending.
fn fold(written: &str) -> String {
    let folded = written.to_lowercase().replace(['\u{2019}', '\u{2bc}'], "'").replace('-', "");
    match folded.strip_suffix("'s") {
        Some(owner) if !owner.is_empty() => owner.to_owned(),
        _ => folded,
    }
}

/// Whether a sentence ends between two words, judged by what stands between and the next word's case.
fn ends_sentence(before: &str, between: &str, next: &str) -> bool {
    let stops = between.contains(['.', '!', '?', '…', ';']);
    let spaced = between.contains(char::is_whitespace);
    let lower = next.chars().next().is_some_and(char::is_lowercase);
    // "Vol." is an abbreviation; a name in capitals ("GPU") is written without a stop.
    let mut letters = before.chars();
    let abbreviation = before.chars().count() <= 3
        && between.starts_with('.')
        && letters.next().is_some_and(char::is_uppercase)
        && !letters.next().is_some_and(char::is_uppercase);
    stops && spaced && (!lower || between.contains(';')) && !abbreviation
}

/// Whether a phrase ends between two words. A hyphen joins words, unless two or blanks beside it make a dash of it.
fn ends_phrase(between: &str) -> bool {
    let marks =
        [',', ':', ';', '(', ')', '[', ']', '{', '}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2026}', '/'];
    between.contains(marks) || between.contains("--") || between.contains(" - ")
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "ca" => Algorithm::Catalan,
        "cs" => Algorithm::Czech,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "et" => Algorithm::Estonian,
        "eu" => Algorithm::Basque,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "ga" => Algorithm::Irish,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "hy" => Algorithm::Armenian,
        "id" => Algorithm::Indonesian,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "ne" => Algorithm::Nepali,
        "nl" => Algorithm::Dutch,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pl" => Algorithm::Polish,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "uk" => Algorithm::Ukrainian,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        let mut lexicon = Lexicon::new("en");
        let words = lexicon.words(text);
        words.iter().map(|w| lexicon.spelling(w.stem).to_owned()).collect()
    }

    #[test]
    fn words_are_folded_and_stemmed() {
        for (text, expected) in [
            ("Councils of workers\u{2019} delegates", vec!["council", "of", "worker", "deleg"]),
            ("the Commune\u{2019}s example", vec!["the", "commune", "exampl"]),
            ("self-criticism", vec!["self", "critic"]),
            ("Co-operatives, cooperative", vec!["cooper", "cooper"]),
            ("re- and co-", vec!["re", "and", "co"]),
            ("nation, nationalise, nationalizations", vec!["nation", "nationaliz", "nationaliz"]),
            ("organs of an organisation, size", vec!["organ", "of", "an", "organiz", "size"]),
            ("\u{201c}\u{2014} \u{2026}", vec![]),
        ] {
            assert_eq!(stems(text), expected, "{text}");
        }
    }

    #[test]
    fn sentences_end_at_stops_but_not_after_initials() {
        let mut lexicon = Lexicon::new("en");
        for (text, sentences) in [
            ("One is here. Two is there! Three?", 3),
            ("As V. Harbour wrote in Vol. 3 of it.", 1),
            ("it stops; it goes on", 2),
            ("e.g. a thing", 1),
            ("They wrote to the OGW. Nobody came.", 2),
        ] {
            let words = lexicon.words(text);
            assert_eq!(words.last().unwrap().sentence + 1, sentences, "{text}");
        }
    }

    #[test]
    fn a_language_without_a_stemmer_keeps_its_words() {
        let mut lexicon = Lexicon::new("eo-x");
        let words = lexicon.words("laboristoj");
        assert_eq!(lexicon.spelling(words[0].stem), "laboristoj");
    }

    #[test]
    fn words_of_any_text_are_told_from_words_of_the_matter() {
        let mut lexicon = Lexicon::new("en");
        let words = lexicon.words("the facts of the harbour");
        assert_eq!(words.iter().map(|w| w.content).collect::<Vec<_>>(), [false, true, false, false, true]);
        assert!(lexicon.is_general(words[1].stem) && !lexicon.is_general(words[4].stem));
    }

    proptest::proptest! {
        #[test]
        fn the_short_rule_finds_the_words_of_unicode(text in "[a-zA-Z0-9'.,;:_ \\-!?()\"/\u{e9}\u{2019}]{0,60}") {
            let short: Vec<_> = written_words(&text).collect();
            let unicode: Vec<_> = text.unicode_word_indices().collect();
            proptest::prop_assert_eq!(short, unicode);
        }

        #[test]
        fn every_word_is_where_it_says(text in "\\PC{0,120}") {
            let mut lexicon = Lexicon::new("en");
            for word in lexicon.words(&text) {
                proptest::prop_assert!(text.get(word.byte..word.byte + word.bytes).is_some());
            }
        }
    }
}
