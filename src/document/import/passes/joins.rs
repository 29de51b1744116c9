//! Passages that a page, a note or a stray blank line has cut in two.

use std::collections::HashSet;

use crate::document::import::draft::{Block, Draft, Glue, Part, Role, what};

/// A block shorter than this is a line of its own, not prose that is broken off.
const SHORTEST_PROSE: usize = 60;
/// The same where a page or a note shows why it is broken off, and the next line begins in the middle.
const SHORTEST_PIECE: usize = 20;

/// Whether a block is prose that stops in the middle of a sentence or of a word.
#[must_use]
pub fn is_broken_off(draft: &Draft<'_>, block: &Block) -> bool {
    Draft::length(block) >= SHORTEST_PROSE && stops(draft, block)
}

fn stops(draft: &Draft<'_>, block: &Block) -> bool {
    let prose = matches!(block.role, Role::Text | Role::ListItem | Role::Quotation | Role::FrontMatter);
    prose && stops_in_the_middle(last_words(draft, block))
}

/// The last line of a block without a note mark at its end.
fn last_words<'a>(draft: &Draft<'a>, block: &Block) -> &'a str {
    let Some(range) = block.parts.last().map(|part| part.words.clone()) else { return "" };
    let after = draft.marks.partition_point(|mark| mark.range.start < range.end);
    let mark =
        after.checked_sub(1).and_then(|at| draft.marks.get(at)).filter(|mark| mark.range.end == range.end);
    let end = mark.map_or(range.end, |mark| mark.range.start.max(range.start));
    draft.slice(&(range.start..end)).trim_end()
}

fn stops_in_the_middle(line: &str) -> bool {
    line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '\u{AD}' | '‐' | '–' | '—'))
}

/// Whether a line goes on with a sentence that began before it.
#[must_use]
pub fn begins_in_the_middle(line: &str) -> bool {
    line.starts_with(char::is_lowercase)
}

/// Whether a line ends with a hyphen inside a word.
fn divides_a_word(line: &str) -> bool {
    let stem = line.trim_end_matches(['-', '\u{AD}', '‐']);
    stem.len() < line.len()
        && line.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && stem.ends_with(char::is_alphabetic)
}

/// Joins passages over page marks, notes and repeated titles, and gives the page marks to what follows.
///
/// Over nothing but a blank line only the plainest case is joined: prose that stops after a word, and a
/// continuation in small letters that is no list item.
pub fn join_interrupted(draft: &mut Draft<'_>) {
    let blocks = std::mem::take(&mut draft.blocks);
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut broken: Option<usize> = None;
    let mut interrupted = false;
    let mut page = None;
    for mut block in blocks {
        match &block.role {
            Role::PageMark(label) => {
                page = Some(label.clone());
                draft.set_page_mark_aside(&block.parts);
                interrupted = true;
            }
            Role::Notes => interrupted = true,
            Role::Apparatus | Role::Code => {
                interrupted = interrupted || broken.is_some();
                out.push(block);
            }
            Role::Text
            | Role::Heading(_)
            | Role::Quotation
            | Role::ListItem
            | Role::VerseLine
            | Role::Dateline
            | Role::FrontMatter
            | Role::Break
            | Role::Rule => {
                let target = broken.filter(|&at| {
                    out.get(at).is_some_and(|before| goes_on(draft, before, &block, interrupted))
                });
                if let Some(at) = target
                    && let Some(before) = out.get_mut(at)
                {
                    let over =
                        if interrupted { what::JOINED_OVER_PAGES } else { what::JOINED_OVER_BLANK_LINES };
                    append(draft, before, block, page.take(), over);
                } else {
                    block.page = page.take().or(block.page);
                    if interrupted {
                        block.blank = 0;
                    }
                    out.push(block);
                }
                let last = target.unwrap_or(out.len() - 1);
                broken = out.get(last).filter(|block| stops(draft, block)).map(|_| last);
                interrupted = false;
            }
        }
    }
    draft.blocks = out;
}

fn goes_on(draft: &Draft<'_>, before: &Block, block: &Block, interrupted: bool) -> bool {
    let line = draft.first_line(block);
    let item = super::lists::enumerator(line).is_some() || super::lists::bullet(line).is_some();
    if !block.is_text() || block.number.is_some() || item {
        return false;
    }
    let length = Draft::length(before);
    let middle = begins_in_the_middle(line);
    // Over a page a sentence may go on with a name, so with a capital; a short piece may be a heading.
    let name = interrupted
        && line.starts_with(char::is_alphabetic)
        && last_words(draft, before).ends_with(|c: char| c.is_lowercase() || c == ',');
    (middle && interrupted && length >= SHORTEST_PIECE) || (middle || name) && length >= SHORTEST_PROSE
}

fn append(draft: &mut Draft<'_>, before: &mut Block, block: Block, page: Option<String>, over: &'static str) {
    let mut parts = block.parts.into_iter();
    let Some(first) = parts.next() else { return };
    before.parts.push(Part { page, ..first });
    before.parts.extend(parts);
    draft.count(over);
}

/// Joins words that a hyphen divides at the end of a line, in all blocks.
///
/// Whether the hyphen is the word's own is asked of the text itself: it goes where the whole word is also
/// written without it, and stays where it is also written with it inside a line. Where the text does not
/// say, it goes, but for the few beginnings that English sets off with a hyphen.
pub fn join_divided_words(draft: &mut Draft<'_>) {
    let divided: Vec<(usize, usize, String, String)> = divided_words(draft);
    if divided.is_empty() {
        return;
    }
    let written = words_written(draft, &divided);
    for (block, part, begin, end) in divided {
        let whole = written.contains(&format!("{begin}{end}"));
        let compound = written.contains(&format!("{begin}-{end}")) || HYPHENATED.contains(&begin.as_str());
        let glue = if compound && !whole { Glue::Hyphen } else { Glue::Word };
        if let Some(part) = draft.blocks.get_mut(block).and_then(|block| block.parts.get_mut(part)) {
            part.glue = glue;
            draft.count(what::JOINED_WORDS);
        }
    }
}

/// Beginnings that keep their hyphen in English.
const HYPHENATED: [&str; 5] = ["self", "ex", "half", "well", "all"];

/// Block, part, and the two halves in small letters of each word that a line end divides.
fn divided_words(draft: &Draft<'_>) -> Vec<(usize, usize, String, String)> {
    let mut found = Vec::new();
    for (block, parts) in draft.blocks.iter().map(|block| &block.parts).enumerate() {
        for (part, pair) in (1..).zip(parts.windows(2)) {
            let [before, after] = pair else { continue };
            let (before, after) = (draft.slice(&before.words), draft.slice(&after.words));
            if divides_a_word(before) && begins_in_the_middle(after) {
                let stem = before.trim_end_matches(['-', '\u{AD}', '‐']);
                let begin = stem.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
                let end = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
                found.push((block, part, begin.to_lowercase(), end.to_lowercase()));
            }
        }
    }
    found
}

/// Which of the divided words the text also writes in one piece, with or without a hyphen.
fn words_written(draft: &Draft<'_>, divided: &[(usize, usize, String, String)]) -> HashSet<String> {
    let asked: HashSet<String> = divided
        .iter()
        .flat_map(|(_, _, begin, end)| [format!("{begin}{end}"), format!("{begin}-{end}")])
        .collect();
    // Nearly all words have another length and need not be set in small letters, which keeps the length of ASCII.
    let mut lengths: Vec<usize> = asked.iter().map(String::len).collect();
    lengths.sort_unstable();
    lengths.dedup();
    draft
        .text
        .split(|c: char| !c.is_alphabetic() && c != '-')
        .filter(|word| lengths.contains(&word.len()) || !word.is_ascii())
        .map(str::to_lowercase)
        .filter(|word| asked.contains(word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::what;
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    const PROSE: &str = "The boats came in before the wind and the men who had waited since dawn took";

    #[test]
    fn a_sentence_broken_by_a_page_is_joined_and_keeps_the_page() {
        let edition = edition(&format!("{PROSE}\n\npage 8\n\nthe ropes.\n\nNobody spoke.\n"));
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Paragraph]);
        let passage = &edition.passages()[0];
        assert_eq!(passage.text, format!("{PROSE} the ropes."));
        let page = &passage.page_breaks[0];
        assert_eq!((page.page.as_str(), passage.slice(page.byte..passage.text.len())), ("8", "the ropes."));
        assert_eq!((passage.page.as_deref(), edition.passages()[1].page.as_deref()), (None, Some("8")));
    }

    #[test]
    fn a_word_split_over_two_pages_is_joined() {
        let edition = edition(&format!("{PROSE} the moor-\n\npage 8\n\nings.\n"));
        let passage = &edition.passages()[0];
        assert_eq!(passage.text, format!("{PROSE} the moorings."));
        assert_eq!(passage.slice(passage.page_breaks[0].byte..passage.text.len()), "ings.");
    }

    #[test]
    fn a_page_between_two_paragraphs_joins_nothing() {
        let edition = edition(&format!("{PROSE} the ropes.\n\npage 8\n\nNobody spoke.\n"));
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Paragraph]);
        assert_eq!(edition.passages()[1].page.as_deref(), Some("8"));
        assert_eq!(edition.page("8").map(|anchor| anchor.passage), Some(1));
    }

    #[test]
    fn prose_cut_by_a_blank_line_is_joined_and_lists_are_not() {
        let edition =
            edition(&format!("{PROSE}\n\nthe ropes.\n\nThe list of {PROSE}:\n\na) ropes;\n\nb) nets.\n"));
        let expected = [Kind::Paragraph, Kind::Paragraph, Kind::ListItem, Kind::ListItem];
        assert_eq!(kinds(&edition), expected);
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph_and_their_hyphens_go() {
        let text = "The boats came in before the wind and the men who\nhad waited on the pier since dawn took the moor-\n\
            ings and made them fast and nobody said a word.\n\nIn the evening the harbour was so full that a boy\n\
            could have crossed it dry.\n";
        let edition = edition(text);
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Paragraph]);
        let first = "The boats came in before the wind and the men who had waited on the pier since dawn took \
            the moorings and made them fast and nobody said a word.";
        assert_eq!(edition.passages()[0].text, first);
    }

    #[test]
    fn a_hyphen_that_belongs_to_the_word_stays() {
        let cases = [
            (
                "They spoke all night long in praise of self-\ngovernment again in the old boat house there",
                "self-government",
            ),
            (
                "They saw far out on the grey sea the half-\nfinished boat of the old men from the harbour",
                "half-finished",
            ),
            (
                "A sea-wall stood there for years and the sea-\nwall was older than the oldest of all men",
                "sea-wall was",
            ),
            (
                "They saw in the first light of dawn the moor-\nings of all the boats that were in the bay",
                "moorings",
            ),
        ];
        for (lines, word) in cases {
            let text = format!(
                "The boats came in before the wind and the men\n{lines}\nand made them fast and nobody said a word\n"
            );
            let edition = edition(&text);
            assert!(edition.passages()[0].text.contains(word), "{}", edition.passages()[0].text);
        }
    }

    #[test]
    fn what_a_passage_was_joined_over_is_said() {
        for (over, what) in
            [("\n\n", what::JOINED_OVER_BLANK_LINES), ("\n\npage 8\n\n", what::JOINED_OVER_PAGES)]
        {
            let edition = edition(&format!("{PROSE}{over}the ropes.\n\nNobody spoke.\n"));
            let joined: Vec<&str> = edition
                .notices()
                .iter()
                .map(|notice| notice.what.as_str())
                .filter(|w| w.contains("joined"))
                .collect();
            assert_eq!(joined, [what]);
        }
    }
}
