//! The capitals of what is suggested: words are counted in small letters, and shown as the texts write them.

use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::Suggestion;
use crate::document::Edition;

/// How often each form of a word stands where a capital tells something: not at the beginning of a sentence.
type Forms<'e> = HashMap<String, HashMap<&'e str, usize>>;

/// Writes names and words of suggestions as two texts write them most often within a sentence.
pub fn restore(suggestions: &mut [Suggestion], editions: [&Edition; 2]) {
    let mut forms = Forms::new();
    for suggestion in suggestions.iter() {
        let all = suggestion.words.iter().map(|word| &word.words).chain([&suggestion.topic.name]);
        for word in all.flat_map(|words| words.unicode_words()) {
            forms.entry(word.to_owned()).or_default();
        }
    }
    for edition in editions {
        for passage in edition.passages().iter().filter(|passage| passage.kind.is_body()) {
            count(&passage.text, &mut forms);
        }
    }
    for suggestion in suggestions {
        for word in &mut suggestion.words {
            word.words = written(&word.words, &forms);
        }
        suggestion.topic.name = written(&suggestion.topic.name, &forms);
    }
}

fn count<'e>(text: &'e str, forms: &mut Forms<'e>) {
    let mut end = 0;
    for (start, word) in text.unicode_word_indices() {
        let between = text.get(end..start).unwrap_or_default();
        let begins = end == 0 || between.contains(['.', '?', '!', ':', '“', '"', '«', '„']);
        end = start + word.len();
        if !begins && let Some(forms) = forms.get_mut(&word.to_lowercase()) {
            *forms.entry(word).or_default() += 1;
        }
    }
}

/// Words with the commonest form of each; of forms that are equally common the one in small letters.
fn written(words: &str, forms: &Forms<'_>) -> String {
    let form = |word: &str| {
        let forms = forms.get(word)?.iter();
        let common = forms.max_by_key(|(form, count)| (**count, **form == word, std::cmp::Reverse(**form)));
        common.map(|(form, _)| *form)
    };
    words.split_word_bounds().map(|word| form(word).unwrap_or(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_capitals_that_it_has_within_sentences() {
        let mut forms = Forms::new();
        for word in ["cpsu", "state", "harbour", "union"] {
            forms.insert(word.to_owned(), HashMap::new());
        }
        count(
            "State of the CPSU. The state and the CPSU, says a state. Harbour! Harbour of a Union.",
            &mut forms,
        );
        let all =
            ["cpsu", "state", "harbour", "harbour union", "the union"].map(|word| written(word, &forms));
        assert_eq!(all, ["CPSU", "state", "harbour", "harbour Union", "the Union"]);
    }
}
