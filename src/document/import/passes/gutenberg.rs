//! What Project Gutenberg puts around a text: a header with its title and author, and the licence. And how its
//! volunteers write: low lines around emphasised words.

use crate::document::import::draft::{Block, Draft, Role, what};

/// The lines between which the text stands, in capitals.
const START: [&str; 2] = ["*** START OF", "***START OF"];
const END: [&str; 2] = ["*** END OF", "***END OF"];
/// Before the last line of a text may stand that it is the last, and first in it who made the file.
const LAST: [&str; 2] = ["End of Project Gutenberg", "End of the Project Gutenberg"];
const MAKERS: [&str; 5] = [
    "Produced by ",
    "E-text prepared by ",
    "Etext prepared by ",
    "This etext was prepared by ",
    "Transcribed from ",
];

/// Sets the header and the licence apart, and takes title and author from the header.
pub fn read(draft: &mut Draft<'_>) {
    let begins = |block: &Block, lines: &[&str]| {
        let line = draft.first_line(block);
        // Hardly a line of any text begins so, and the others need not be put into capitals.
        line.starts_with("***") && {
            let line = line.to_uppercase();
            line.contains("PROJECT GUTENBERG") && lines.iter().any(|start| line.starts_with(start))
        }
    };
    let Some(start) = draft.blocks.iter().position(|block| begins(block, &START)) else { return };
    let end = draft.blocks.iter().rposition(|block| begins(block, &END)).filter(|end| *end > start);
    let end = end.unwrap_or(draft.blocks.len());
    let is_one_of = |at: usize, beginnings: &[&str]| {
        let line = draft.blocks.get(at).map_or("", |block| draft.first_line(block));
        beginnings.iter().any(|beginning| line.starts_with(beginning))
    };
    let first = start + 1 + usize::from(is_one_of(start + 1, &MAKERS));
    let end = end - usize::from(end > first && is_one_of(end - 1, &LAST));
    let header = draft.blocks.get(..start).unwrap_or_default();
    let field = |name: &str| {
        let lines = header.iter().flat_map(|block| &block.parts).map(|part| draft.slice(&part.words));
        let values = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim);
        values.filter(|value| !value.is_empty()).map(str::to_owned).next()
    };
    let [title, author] = ["Title", "Author"].map(field);
    draft.title = draft.title.take().or(title);
    draft.author = draft.author.take().or(author);
    draft.has_low_lines = true;
    let mut set_apart = 0;
    for (at, block) in draft.blocks.iter_mut().enumerate() {
        if at < first || at >= end {
            block.role = Role::Apparatus;
            set_apart += 1;
        }
    }
    for _ in 0..set_apart {
        draft.count(what::GUTENBERG);
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Kind::{Apparatus, FrontMatter, Heading, Paragraph};
    use crate::document::import::testing::{edition, kinds};

    const HEADER: &str = "The Project Gutenberg eBook of The Harbour, by Ann Ek\n\nThis eBook is for the use of \
        anyone anywhere at no cost.\n\nTitle: The Harbour in Winter\n\nAuthor: Ann Ek\n\nLanguage: English\n\n\
        *** START OF THE PROJECT GUTENBERG EBOOK THE HARBOUR ***\n\nProduced by Nobody\n\n";
    const LICENCE: &str = "*** END OF THE PROJECT GUTENBERG EBOOK THE HARBOUR ***\n\nUpdated editions will replace \
        the previous one.\n\nSection 1. General terms.\n";
    const TEXT: &str = "THE HARBOUR\n\nby Ann Ek\n\nCHAPTER I.\n\nThe boats came in before the wind, and it was a \
        _very_ cold day.\n\nNobody spoke of snake_case or of a_b_c.\n\n";

    #[test]
    fn header_and_licence_are_set_apart_and_said() {
        let edition = edition(&format!("{HEADER}{TEXT}{LICENCE}"));
        let kinds = kinds(&edition);
        assert!(kinds.starts_with(&[Apparatus; 7]) && kinds.ends_with(&[Apparatus; 3]), "{kinds:?}");
        let [around, inner @ ..] = &kinds[6..kinds.len() - 3] else { panic!("{kinds:?}") };
        assert_eq!((*around, inner), (Apparatus, &[Heading, FrontMatter, Heading, Paragraph, Paragraph][..]));
        assert_eq!(edition.title_page(), (Some("The Harbour in Winter"), Some("Ann Ek"), None));
        let said: Vec<_> = edition.notices().iter().filter(|n| n.what.contains("Gutenberg")).collect();
        assert_eq!((said.len(), said[0].count), (1, 10));
    }

    #[test]
    fn low_lines_emphasise_there_and_nowhere_else() {
        let edition_there = edition(&format!("{HEADER}{TEXT}{LICENCE}"));
        let passage = edition_there.passages().iter().find(|p| p.text.contains("cold")).unwrap();
        let emphasised: Vec<&str> =
            passage.emphasis.iter().map(|range| passage.slice(range.clone())).collect();
        assert_eq!((passage.text.contains('_'), emphasised), (false, vec!["very"]));
        assert!(edition_there.passages().iter().any(|p| p.text == "Nobody spoke of snake_case or of a_b_c."));
        let elsewhere = edition(TEXT);
        assert!(elsewhere.passages().iter().any(|p| p.text.contains("_very_")));
    }

    #[test]
    fn a_text_that_speaks_of_it_keeps_all_its_words() {
        let text = "Project Gutenberg began in 1971, and nobody knew of it.\n\n*** END OF ALL ***\n\nNobody spoke.\n";
        assert!(!kinds(&edition(text)).contains(&Apparatus));
    }
}
