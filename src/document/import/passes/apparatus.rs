//! What the carrier added: page headers, proofreading notices, printer's lines, banners of sites.

use super::rules::is_rule;
use crate::document::import::draft::{Block, Draft, Role};

/// A line of apparatus is no longer than this.
const LONGEST: usize = 200;

/// Beginnings of lines that no author writes, in small letters.
const BEGINNINGS: [&str; 8] = [
    "this page has been proofread",
    "this page has been validated",
    "this page has not been proofread",
    "this page does not need to be proofread",
    "this page was last edited",
    "anti-copyright",
    "copyright ©",
    "all rights reserved",
];

/// Beginnings of imprints, which stand first or last in a text.
const IMPRINTS: [&str; 11] = [
    "printed by ",
    "printed in ",
    "printed at ",
    "printed and published ",
    "typeset by ",
    "retrieved from ",
    "retrieved on ",
    "downloaded from ",
    "scanned by ",
    "transcribed by ",
    "transcription by ",
];

/// How many blocks at each end of a text may be an imprint.
const EDGE: usize = 4;

/// Whether a line is apparatus.
#[must_use]
pub fn is_apparatus(line: &str) -> bool {
    if line.is_empty() || line.len() > LONGEST {
        return false;
    }
    let lower = line.to_lowercase();
    BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning))
        || is_address(&lower)
        || page_header(line).is_some()
}

/// Whether a line is apparatus where it stands first or last in a text, and might be prose inside it.
fn is_imprint(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.len() <= LONGEST && IMPRINTS.iter().any(|beginning| lower.starts_with(beginning))
}

/// A line that is only an address, perhaps as a Markdown link.
fn is_address(line: &str) -> bool {
    let inner = line.trim_matches(['*', '<', '>', '_', '(', ')']);
    let address = ["http://", "https://", "www."].iter().any(|start| inner.starts_with(start));
    let linked = inner.starts_with('[') && inner.contains("](http");
    (address || linked) && !inner.contains(' ')
}

/// What a header of a scanned page says: `Page:Author - Title (1920).pdf/15`.
#[derive(Debug, PartialEq, Eq)]
struct PageHeader<'a> {
    page: &'a str,
    file: &'a str,
}

fn page_header(line: &str) -> Option<PageHeader<'_>> {
    let (file, page) = line.strip_prefix("Page:")?.rsplit_once('/')?;
    let number = !page.is_empty() && page.len() <= 5 && page.bytes().all(|b| b.is_ascii_digit());
    number.then_some(PageHeader { page, file })
}

/// Reads lines of apparatus; a header of a scanned page gives the page that follows it.
pub fn read(draft: &mut Draft<'_>) {
    let last = draft.blocks.len();
    for at in 0..last {
        let Some(block) = draft.blocks.get(at).filter(|block| block.is_text()) else { continue };
        let line = draft.only_line(block).unwrap_or_default();
        let edge = at < EDGE || at + EDGE >= last;
        let found = is_apparatus(line) || edge && is_imprint(line) || is_banner(draft, at);
        let scan = page_header(line);
        if let Some(scan) = &scan {
            describe(draft, scan.file);
        }
        if let Some(block) = draft.blocks.get_mut(at).filter(|_| found) {
            block.role = Role::Apparatus;
            block.page = scan.map(|scan| scan.page.to_owned());
        }
    }
}

/// Lines before the first heading of a Markdown text, where that is its title.
fn is_banner(draft: &Draft<'_>, at: usize) -> bool {
    let title = draft.blocks.iter().take(8).position(|block| block.role == Role::Heading(1));
    let short = |block: &Block| {
        let line = draft.only_line(block).unwrap_or_default();
        block.is_text() && !line.is_empty() && line.len() <= 60 && !is_rule(line)
    };
    title.is_some_and(|title| at < title && draft.blocks.get(..title).unwrap_or_default().iter().all(short))
}

/// Takes author, title and year from the name of a scanned file: `Author - Title (1920).pdf`.
fn describe(draft: &mut Draft<'_>, file: &str) {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let (name, year) = match stem.strip_suffix(')').and_then(|stem| stem.rsplit_once(" (")) {
        Some((name, year)) if super::datelines::is_year(year) => (name, Some(year)),
        Some(_) | None => (stem, None),
    };
    let (author, title) =
        name.split_once(" - ").map_or((None, name), |(author, title)| (Some(author), title));
    draft.title.get_or_insert_with(|| title.to_owned());
    draft.author = draft.author.take().or_else(|| author.map(str::to_owned));
    draft.year = draft.year.take().or_else(|| year.map(str::to_owned));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    #[test]
    fn lines_of_the_carrier_are_told_from_the_author() {
        let cases = [
            ("Page:Ann Ek - The Harbour (1911).djvu/15", true),
            ("This page has been proofread, but needs to be validated.", true),
            ("**[example.org](http://example.org)**", true),
            ("https://example.org/harbour", true),
            ("Printed by hand, books were dear.", false),
            ("Page: fifteen", false),
            ("See https://example.org/harbour for more.", false),
        ];
        for (line, apparatus) in cases {
            assert_eq!(is_apparatus(line), apparatus, "{line}");
        }
    }

    #[test]
    fn a_page_header_gives_the_page_and_the_title() {
        let source = "Page:Ann Ek - The Harbour (1911).djvu/15\n\nThis page has been validated.\n\n\
            The boats came in before the wind.\n\nMay, 1911\n\n\nPrinted by The Quay Press.\n";
        let edition = edition(source);
        assert_eq!(
            kinds(&edition),
            [Kind::Apparatus, Kind::Apparatus, Kind::Paragraph, Kind::Dateline, Kind::Apparatus]
        );
        assert_eq!(edition.passages()[2].page.as_deref(), Some("15"));
        assert_eq!(edition.title_page(), (Some("The Harbour"), Some("Ann Ek"), Some("1911")));
    }
}
