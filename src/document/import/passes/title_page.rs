//! The title page: title, byline, year, and the words of an editor before the author's own.

use super::datelines::is_year;
use super::headings::{is_all_capitals, looks_like_heading, names_a_part};
use super::notes::is_notes_heading;
use crate::document::import::draft::{Block, Draft, Role};

/// A line of a title page is no longer than this.
const LONGEST: usize = 110;
/// A title page has no more lines than this.
const MOST_LINES: usize = 8;
/// The first words of an editor's note are no longer than this, in bytes.
const SAYS_SO: usize = 64;
/// What stands before the author's name, in English, German, French, and Spanish or Portuguese.
const BY: [&str; 4] = ["by", "von", "par", "por"];
/// A year has so many digits.
const YEAR_BYTES: usize = 4;

/// Reads the title page and what stands before the author's own text.
pub fn read(draft: &mut Draft<'_>) {
    if let Some(title) = find_title(draft) {
        read_title(draft, title);
        read_below(draft, title + 1);
    }
    read_editors_note(draft);
}

/// The block that is the title: a first heading, or a plain line with evidence that it is one.
fn find_title(draft: &Draft<'_>) -> Option<usize> {
    let mut prose = 0;
    let is_apparatus = |(_, block): &(usize, &Block)| block.role == Role::Apparatus;
    for (at, block) in draft.blocks.iter().enumerate().skip_while(is_apparatus).take(MOST_LINES) {
        let line = draft.only_line(block).unwrap_or_default();
        if block.role == Role::Heading(1) {
            return (prose <= 1).then_some(at);
        }
        if !block.is_text() {
            continue;
        }
        let next = draft.blocks.get(at + 1).map_or("", |next| draft.first_line(next));
        let below = byline(next).is_some() || is_year(next);
        let alone = at == 0 || prose == 0;
        if title_and_author(draft, block).is_some()
            || looks_like_heading(line)
                && !is_notes_heading(line)
                && (below || alone && is_all_capitals(line))
        {
            return Some(at);
        }
        prose += usize::from(line.len() > LONGEST || line.is_empty());
        if prose > 1 {
            return None;
        }
    }
    None
}

/// `Title – Author`, where a note mark may stand between.
fn title_and_author<'a>(draft: &Draft<'a>, block: &Block) -> Option<(&'a str, &'a str)> {
    let line = draft.only_line(block)?;
    if line.len() > LONGEST || line.ends_with(['.', '!', '?', ':', ';', ',']) {
        return None;
    }
    let (title, author) = ["– ", "— ", " - "].iter().find_map(|dash| line.split_once(dash))?;
    let title = title.trim_end();
    let end = block.start() + title.len();
    // The title's own note mark stands between it and the author.
    let mark = draft.marks.iter().find(|mark| mark.range.end == end);
    let title = mark.and_then(|mark| title.get(..title.len() - mark.range.len())).unwrap_or(title);
    (looks_like_name(author.trim()) && looks_like_heading(title)).then_some((title, author.trim()))
}

/// Two to four words with capitals, initials allowed.
fn looks_like_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let particle = |word: &str| matches!(word, "de" | "van" | "von" | "der" | "da" | "la");
    (2..=4).contains(&words.len())
        && words.iter().all(|word| {
            particle(word)
                || word.starts_with(char::is_uppercase)
                    && word.chars().all(|c| c.is_alphabetic() || "-.’'".contains(c))
        })
}

/// The name in `by Ann Ek`, also in `von Ann Ek, 1911`.
fn byline(line: &str) -> Option<&str> {
    let (first, rest) = line.split_once(' ')?;
    let name = without_year(rest.trim());
    (BY.contains(&first.to_lowercase().as_str()) && looks_like_name(name)).then_some(name)
}

/// A line without the year at its end: `Ann Ek, 1911`, `Ann Ek (1911)`.
fn without_year(line: &str) -> &str {
    let bare = line.trim_end_matches([')', ']']);
    match bare.len().checked_sub(YEAR_BYTES).and_then(|at| bare.split_at_checked(at)) {
        Some((before, year)) if is_year(year) => before.trim_end_matches([' ', ',', '(', '[']),
        Some(_) | None => line,
    }
}

fn read_title(draft: &mut Draft<'_>, at: usize) {
    let Some(block) = draft.blocks.get(at) else { return };
    let line = draft.only_line(block).unwrap_or_default();
    let (title, author) = match title_and_author(draft, block) {
        Some((title, author)) => (title.to_owned(), Some(author.to_owned())),
        None => (line.to_owned(), None),
    };
    let title = title.trim_matches(['*', '_', ' ']).to_owned();
    // A chapter that lies in a file of its own is called by that.
    let is_signed = || draft.blocks.get(at + 1).is_some_and(|next| byline(draft.first_line(next)).is_some());
    if !title.is_empty() && (!names_a_part(&title) || is_signed()) {
        draft.title.get_or_insert(title);
    }
    draft.author = draft.author.take().or(author);
    let abstracts = draft.blocks.get(..at).unwrap_or_default().iter();
    let published =
        abstracts.filter(|block| block.is_text()).find_map(|block| year_published(draft.first_line(block)));
    draft.year = draft.year.take().or(published);
    for (before, block) in draft.blocks.iter_mut().enumerate().take(at + 1) {
        if block.is_text() {
            block.role = if before < at { Role::FrontMatter } else { Role::Heading(1) };
        }
    }
}

/// Short lines below the title: names, years, sources.
fn read_below(draft: &mut Draft<'_>, from: usize) {
    for at in from..from + MOST_LINES {
        let Some(block) = draft.blocks.get(at).filter(|block| block.is_text()) else { return };
        let line = draft.only_line(block).unwrap_or_default();
        let source = line.starts_with("from ") || line.starts_with("From ");
        let year = year_in(line);
        let unsigned = draft.author.is_none();
        let name =
            byline(line).or_else(|| (unsigned && looks_like_name(line)).then_some(line)).map(str::to_owned);
        let below_title = line.len() <= LONGEST && !line.ends_with(['.', ':', ';', ',', '?', '!']);
        if !below_title || line.is_empty() || !(source || year.is_some() || name.is_some()) {
            return;
        }
        draft.author = draft.author.take().or(name);
        draft.year = draft.year.take().or(year);
        if let Some(block) = draft.blocks.get_mut(at) {
            block.role = Role::FrontMatter;
        }
    }
}

/// The year of `published in 1930` in an abstract.
fn year_published(text: &str) -> Option<String> {
    text.split("published in ")
        .skip(1)
        .find_map(|rest| rest.get(..4).filter(|year| is_year(year)))
        .map(str::to_owned)
}

fn year_in(line: &str) -> Option<String> {
    line.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| is_year(word)).map(str::to_owned)
}

/// A note of the editor or translator before the text: a block that says so at its beginning.
fn read_editors_note(draft: &mut Draft<'_>) {
    let says_so = |draft: &Draft<'_>, block: &Block| {
        let line = draft.first_line(block).trim_start_matches(['(', '[', '*', '_']);
        let line = line.get(..line.floor_char_boundary(SAYS_SO)).unwrap_or_default().to_lowercase();
        [
            "editor's note",
            "editor’s note",
            "editors' note",
            "editors’ note",
            "translator's note",
            "translator’s note",
            "publisher's note",
            "publisher’s note",
            "note by the editor",
            "note by the translator",
        ]
        .iter()
        .any(|beginning| line.starts_with(beginning))
    };
    let found: Vec<usize> = draft
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.is_text() && says_so(draft, block))
        .map(|(at, _)| at)
        .collect();
    for at in found {
        if let Some(block) = draft.blocks.get_mut(at) {
            block.role = Role::FrontMatter;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    const PROSE: &str = "The boats came in before the wind, and the men who had waited on the pier since dawn took \
        the ropes and made them fast.";

    #[test]
    fn title_byline_and_source_are_read() {
        let edition =
            edition(&format!("IV. THE HARBOUR\nby Ann Ek\nfrom Log of the Anna  (1911)\n\n{PROSE}\n"));
        assert_eq!(kinds(&edition), [Kind::Heading, Kind::FrontMatter, Kind::FrontMatter, Kind::Paragraph]);
        assert_eq!(edition.title_page(), (Some("IV. THE HARBOUR"), Some("Ann Ek"), Some("1911")));
    }

    #[test]
    fn a_byline_may_end_with_the_year_and_be_in_another_language() {
        for line in ["by Ann Ek, 1911", "By Ann Ek (1911)", "von Ann Ek 1911", "par Ann Ek, 1911"] {
            let edition = edition(&format!("# The Harbour\n\n{line}\n\n**Bold** {PROSE}\n"));
            assert_eq!(edition.title_page(), (Some("The Harbour"), Some("Ann Ek"), Some("1911")), "{line}");
        }
        let edition = edition(&format!("# The Harbour\n\nNew York, 1911\n\n**Bold** {PROSE}\n"));
        assert_eq!(edition.title_page(), (Some("The Harbour"), None, Some("1911")));
    }

    #[test]
    fn a_part_of_a_book_gives_the_file_no_title_but_where_somebody_signs_it() {
        for heading in ["CHAPTER I", "CHAPTER 1.", "PREFACE", "INTRODUCTION", "BOOK I", "ACT I", "VORWORT"] {
            let whole = edition(&format!("{heading}\n\n{PROSE}\n\n{PROSE}\n"));
            assert_eq!((whole.title_page().0, whole.passages()[0].kind), (None, Kind::Heading), "{heading}");
        }
        for text in [format!("THE HARBOUR\n\n{PROSE}\n"), format!("INTRODUCTION\nby Ann Ek\n\n{PROSE}\n")] {
            assert_eq!(edition(&text).title_page().0, text.lines().next());
        }
    }

    #[test]
    fn an_abstract_above_the_title_is_front_matter() {
        let abstract_ = PROSE.repeat(2);
        let edition = edition(&format!("{abstract_}\n\nThe Harbour1– Ann Ek\n\n\n{PROSE}2\n"));
        assert_eq!(kinds(&edition), [Kind::FrontMatter, Kind::Heading, Kind::Paragraph]);
        assert_eq!(edition.title_page(), (Some("The Harbour"), Some("Ann Ek"), None));
        assert_eq!(edition.passages()[1].text, "The Harbour– Ann Ek");
    }

    #[test]
    fn a_title_is_cleaned_like_a_passage() {
        let edition = edition(&format!("# The\u{1b}[31m  Har\u{ad}bour\n\n**Bold** {PROSE}\n"));
        assert_eq!(edition.title_page().0, Some("The[31m Harbour"));
        assert_eq!(edition.passages()[0].text, "The[31m Harbour");
    }

    #[test]
    fn an_editors_note_is_front_matter() {
        let edition = edition(&format!("# Harbour\n\n(EDITOR'S NOTE: {PROSE})\n\n**Bold** {PROSE}\n"));
        assert_eq!(kinds(&edition), [Kind::Heading, Kind::FrontMatter, Kind::Paragraph]);
    }
}
