//! The language of a text, from its script or its commonest words; `None` rather than a guess.

use std::collections::HashMap;

use super::Edition;

/// Words looked at: enough to know, few enough not to be felt.
const SAMPLE_WORDS: usize = 4000;
/// Fewest of a hundred words that must be among the commonest of a language.
const LEAST_SHARE: usize = 12;

/// ISO 639-1 codes with words that are common in one language and rare in its neighbours.
const COMMON: [(&str, &str); 13] = [
    ("en", "the of and to in that is was he for it with as his on be at by which this have from or not"),
    ("de", "der die und das den von zu ist nicht mit des dem sich ein eine auf auch als wie für aber"),
    ("fr", "le la les des et est que qui dans une pour pas sur au avec ce il du sont nous cette mais"),
    ("es", "el la los las que y en del se por con una no para es al lo como más su pero"),
    ("it", "il di che e la un per non sono della una con gli le del si anche più ma dei alla nel"),
    ("pt", "o que e do da em um para não uma os com se na por mais as dos como mas ao ele à"),
    ("nl", "de het een van en in is dat op te zijn met voor niet aan er om ook als maar bij"),
    ("sv", "och att det som en på är av för med den till inte om ett har de jag men var"),
    ("pl", "i w nie na się z do że jest to o jak co po tak za od ale był przez"),
    ("la", "et in est non ut cum ad quod qui sed ex si quae per ac esse aut enim"),
    ("ru", "и в не на что он с как это по но к из у за так же от было его все"),
    ("uk", "і в не на що з як це до та від але його й є за у про він"),
    ("el", "και το να του η της με για τα από την τον που ο στο δεν σε"),
];

/// The language of an edition, as an ISO 639-1 code.
#[must_use]
pub fn of(edition: &Edition) -> Option<&'static str> {
    let words =
        edition.passages().iter().flat_map(|passage| passage.text.split(|c: char| !c.is_alphabetic()));
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut all = 0;
    for word in words.filter(|word| !word.is_empty()).take(SAMPLE_WORDS) {
        if let Some(language) = word.chars().next().and_then(by_script) {
            return Some(language);
        }
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
        all += 1;
    }
    let share =
        |common: &str| common.split(' ').map(|word| counts.get(word).copied().unwrap_or(0)).sum::<usize>();
    let mut shares: Vec<(usize, &str)> = COMMON.iter().map(|(code, common)| (share(common), *code)).collect();
    shares.sort_by_key(|(share, _)| std::cmp::Reverse(*share));
    match shares.as_slice() {
        [(first, code), (second, _), ..] if first > second && first * 100 >= all * LEAST_SHARE => Some(code),
        _ => None,
    }
}

/// The name of a language for a person: `German`; of one that has none here its code.
#[must_use]
pub fn name(code: &str) -> &str {
    let known = [
        ("en", "English"),
        ("de", "German"),
        ("fr", "French"),
        ("es", "Spanish"),
        ("it", "Italian"),
        ("pt", "Portuguese"),
        ("nl", "Dutch"),
        ("sv", "Swedish"),
        ("pl", "Polish"),
        ("la", "Latin"),
        ("ru", "Russian"),
        ("uk", "Ukrainian"),
        ("el", "Greek"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
        ("he", "Hebrew"),
        ("th", "Thai"),
    ];
    known.into_iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

/// The language of scripts that only one great language is written in.
fn by_script(letter: char) -> Option<&'static str> {
    match u32::from(letter) {
        0x3040..=0x30ff => Some("ja"),
        0xac00..=0xd7a3 => Some("ko"),
        0x0590..=0x05ff => Some("he"),
        0x0e00..=0x0e7f => Some("th"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};

    #[test]
    fn common_words_tell_the_language_and_few_words_tell_nothing() {
        for (text, expected) in [
            ("The boats came in before the wind and nobody on the pier was awake.", Some("en")),
            ("Die Boote kamen vor dem Wind, und niemand auf der Mole war wach.", Some("de")),
            ("Les bateaux sont entrés dans le port et il ne restait pas une âme sur la jetée.", Some("fr")),
            ("Лодки пришли в гавань, и на пирсе не было никого, как это бывает.", Some("ru")),
            ("船が港に入った", None),
            ("ボートが港に入った", Some("ja")),
            ("Kallby 1911", None),
            ("xyzzy plugh", None),
        ] {
            let edition = Edition::new(vec![Passage::new(Kind::Paragraph, text)], Vec::new(), 0);
            assert_eq!(of(&edition), expected, "{text}");
        }
    }
}
