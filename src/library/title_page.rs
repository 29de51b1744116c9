//! Which known work a text's own title page names. That alone is no proof: it is a hint for its reader.

use std::collections::BTreeSet;

use super::Work;
use super::catalogue::Catalogue;
use super::fold::fold;
use crate::document::{Edition, Kind};

/// Passages from the start among which a title page is looked for.
const TITLE_PAGE: usize = 16;

/// The work whose author and title stand on the text's own title page.
///
/// The author's family name must be there, and three quarters of the telling words of the title, at least
/// two of them. Of two works that fit equally well neither is named.
pub(super) fn seems<'c>(edition: &Edition, catalogue: &'c Catalogue) -> Option<&'c Work> {
    let page = title_page(edition);
    let mut found: Vec<(usize, &Work)> =
        catalogue.works().iter().filter_map(|work| Some((likeness(&page, work)?, work))).collect();
    found.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    match found.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        [] => None,
        [(_, work), ..] => Some(work),
    }
}

/// How many of a thousand words of the work's author, title and year the page has; `None` for too few.
fn likeness(page: &BTreeSet<String>, work: &Work) -> Option<usize> {
    let family_name = words(work.author.rsplit(' ').next().unwrap_or_default());
    let title = words(&work.title);
    let count = |words: &BTreeSet<String>| words.intersection(page).count();
    let named = !family_name.is_empty() && count(&family_name) == family_name.len();
    let titled = count(&title) >= 2 && count(&title) * 4 >= title.len() * 3;
    let all: BTreeSet<String> =
        words(&work.author).into_iter().chain(title).chain(words(&work.year)).collect();
    (named && titled).then(|| count(&all) * 1000 / all.len())
}

/// The telling words of the title page: what stands before or above the author's own text.
fn title_page(edition: &Edition) -> BTreeSet<String> {
    let (title, author, year) = edition.title_page();
    let stated = [title, author, year].into_iter().flatten().flat_map(words);
    let above = edition
        .passages()
        .iter()
        .take(TITLE_PAGE)
        .filter(|passage| matches!(passage.kind, Kind::Heading | Kind::FrontMatter | Kind::Apparatus))
        .flat_map(|passage| words(&passage.text));
    stated.chain(above).collect()
}

/// Folded words of four characters and more: initials, articles and most prepositions say nothing.
fn words(text: &str) -> BTreeSet<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 4 && !matches!(*word, "chapter" | "page" | "from" | "with"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Passage;

    fn catalogue() -> Catalogue {
        Catalogue::parse(
            "version = 1\n[[work]]\nid = \"ashe-1801\"\nauthor = \"Á. Ashe\"\n\
             title = \"The Ferries of the Northern Harbour\"\nshort_title = \"F\"\nyear = \"1801\"\nlanguage = \"en\"\n\
             [[work]]\nid = \"birch-1802\"\nauthor = \"B. Birch\"\ntitle = \"Ferries and Bridges\"\n\
             short_title = \"F\"\nyear = \"1802\"\nlanguage = \"en\"\n",
        )
        .unwrap()
    }

    fn text(lines: &[(Kind, &str)]) -> Edition {
        Edition::new(lines.iter().map(|(kind, text)| Passage::new(*kind, *text)).collect(), Vec::new(), 0)
    }

    #[test]
    fn author_and_title_on_the_title_page_name_the_work() {
        let edition = text(&[
            (Kind::Heading, "THE FERRIES OF THE NORTHERN HARBOUR"),
            (Kind::FrontMatter, "by Árpád Ashé (1801)"),
            (Kind::Paragraph, "The ferry left."),
        ]);
        assert_eq!(seems(&edition, &catalogue()).unwrap().id, "ashe-1801");
    }

    #[test]
    fn other_title_pages_name_no_work() {
        for lines in [
            vec![(Kind::Paragraph, "Ashe wrote of the ferries of the northern harbour.")],
            vec![(Kind::Heading, "The Ferries of the Northern Harbour"), (Kind::FrontMatter, "by C. Cedar")],
            vec![(Kind::Heading, "The Gardens of the South"), (Kind::FrontMatter, "by Á. Ashe")],
            vec![(Kind::Heading, "Northern Ashes: Ferries, Harbour"), (Kind::FrontMatter, "anonymous")],
            vec![],
        ] {
            assert_eq!(seems(&text(&lines), &catalogue()), None, "{lines:?}");
        }
    }
}
