//! Lines that say which printed page begins, or ends: `page 39`, `[p. 39]`, `— 39 —`; and `[Pg 39]` within a line.

use std::ops::Range;

use crate::document::import::draft::{Block, Draft, Glue, Part, Role, what};

/// The page that a line names, where it does nothing else.
#[must_use]
pub fn label(line: &str) -> Option<String> {
    if line.len() > 24 {
        return None;
    }
    let inner = strip_pair(line, '[', ']').or_else(|| strip_pair(line, '{', '}')).unwrap_or(line).trim();
    let lower = inner.to_lowercase();
    let named = ["page", "p.", "pg.", "pg", "seite", "s."].iter().find_map(|name| lower.strip_prefix(name));
    let number = match named {
        Some(rest) if rest.starts_with([' ', '\u{A0}']) || rest.starts_with(|c: char| c.is_ascii_digit()) => {
            rest
        }
        Some(_) => return None,
        None => between_dashes(&lower)?,
    };
    let number = number.trim_matches([' ', '\u{A0}']);
    let digits = !number.is_empty() && number.len() <= 5 && number.bytes().all(|b| b.is_ascii_digit());
    (digits || named.is_some() && is_roman(number)).then(|| number.to_owned())
}

fn strip_pair(line: &str, open: char, close: char) -> Option<&str> {
    line.strip_prefix(open)?.strip_suffix(close)
}

/// `— 39 —`: a number between dashes.
fn between_dashes(line: &str) -> Option<&str> {
    let dashes = ['-', '–', '—'];
    let inner = line.trim_start_matches(dashes);
    let number = inner.trim_end_matches(dashes);
    (inner.len() < line.len() && number.len() < inner.len()).then_some(number)
}

fn is_roman(number: &str) -> bool {
    !number.is_empty() && number.len() <= 7 && number.chars().all(|c| "ivxlc".contains(c))
}

/// Of so many lines at least that are a number alone beside a form feed it is known that they number pages.
const LEAST_BARE: usize = 3;

/// Reads lines that are a number and nothing else, each beside a form feed, as page marks, where they go on by one: so
/// do programs that turn pages into text set the number of a page at its foot or head.
pub fn read_bare_numbers(draft: &mut Draft<'_>) {
    if !draft.text.contains('\u{C}') {
        return;
    }
    let number = |at: &usize| {
        let block = draft.blocks.get(*at).filter(|block| block.is_text())?;
        let [part] = block.parts.as_slice() else { return None };
        let words = draft.slice(&part.words).trim();
        let is_number = (1..=4).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_digit());
        let number: u32 = words.parse().ok().filter(|_| is_number)?;
        is_beside_form_feed(draft, *at).iter().any(|is_beside| *is_beside).then_some((*at, number))
    };
    let numbers: Vec<(usize, u32)> = (0..draft.blocks.len()).filter_map(|at| number(&at)).collect();
    let successive = numbers.windows(2).filter(|two| matches!(two, [(_, a), (_, b)] if a + 1 == *b)).count();
    if numbers.len() < LEAST_BARE || successive * 2 < numbers.len() {
        return;
    }
    for (at, number) in numbers {
        if let Some(block) = draft.blocks.get_mut(at) {
            block.role = Role::PageMark(number.to_string());
        }
    }
}

/// Reads page marks that stand at the foot of their pages: what follows one is of the next page.
///
/// They do where form feeds follow them more often than come before them. Where no form feed says it, where the last
/// one is the very end of the text, and something stands before the first.
pub fn read_feet(draft: &mut Draft<'_>) {
    let (at_head, at_foot) = beside_form_feeds(draft);
    let is_mark = |block: &Block| matches!(block.role, Role::PageMark(_));
    let ends_so = draft.blocks.last().is_some_and(is_mark) && !draft.blocks.first().is_some_and(is_mark);
    if at_foot > at_head || at_foot == at_head && ends_so {
        take_feet(draft);
    }
}

/// The same of a part of a text, which may be cut anywhere: by form feeds alone.
pub fn read_feet_in_part(draft: &mut Draft<'_>) {
    let (at_head, at_foot) = beside_form_feeds(draft);
    if at_foot > at_head {
        take_feet(draft);
    }
}

/// How many page marks a form feed comes before, and how many it follows.
fn beside_form_feeds(draft: &Draft<'_>) -> (usize, usize) {
    let (mut at_head, mut at_foot) = (0, 0);
    for (at, block) in draft.blocks.iter().enumerate() {
        if matches!(block.role, Role::PageMark(_)) {
            let [before, after] = is_beside_form_feed(draft, at);
            at_head += usize::from(before);
            at_foot += usize::from(after);
        }
    }
    (at_head, at_foot)
}

/// Whether a form feed stands before the first line of a block, and whether one does behind it.
fn is_beside_form_feed(draft: &Draft<'_>, at: usize) -> [bool; 2] {
    let is_feed = |gap: Range<usize>| draft.slice(&gap).contains('\u{C}');
    let Some(line) = draft.blocks.get(at).and_then(|block| block.parts.first()).map(|part| &part.line) else {
        return [false; 2];
    };
    let before = at.checked_sub(1).and_then(|at| draft.blocks.get(at)?.parts.last());
    let after = draft.blocks.get(at + 1).and_then(|block| block.parts.first());
    [
        is_feed(before.map_or(0, |part| part.line.end)..line.start),
        is_feed(line.end..after.map_or(draft.text.len(), |part| part.line.start)),
    ]
}

/// Gives each page mark the page that begins after it, and the first one's own to the beginning.
fn take_feet(draft: &mut Draft<'_>) {
    let marks = draft.blocks.iter().enumerate();
    let marks: Vec<(usize, String)> =
        marks
            .filter_map(|(at, block)| {
                if let Role::PageMark(label) = &block.role { Some((at, label.clone())) } else { None }
            })
            .collect();
    let first = marks.first().map(|(_, label)| label.clone());
    let following = marks.iter().skip(1).map(|(_, label)| Some(label)).chain([None]);
    for ((at, label), following) in marks.iter().zip(following) {
        let next = next_page(label, following.map(String::as_str));
        if let Some(block) = draft.blocks.get_mut(*at) {
            block.role = Role::PageMark(next);
        }
    }
    if let Some(block) = draft.blocks.first_mut().filter(|block| !matches!(block.role, Role::PageMark(_))) {
        block.page = first;
    }
    draft.has_feet = true;
}

/// The page after one. Some have no number on them, so that the one printed next may be of a later page.
fn next_page(page: &str, following: Option<&str>) -> String {
    let number = |page: &str| page.parse::<u32>().ok();
    let next = number(page).map(|page| page + 1);
    let begins_anew = || following.filter(|&following| number(following) <= number(page));
    match next {
        Some(next) if begins_anew().is_none() => next.to_string(),
        Some(_) | None => following.unwrap_or(page).to_owned(),
    }
}

/// Takes the page marks that stand within lines out of the words.
pub fn take_inline(draft: &mut Draft<'_>) {
    if !BEGINNINGS.iter().any(|beginning| draft.text.contains(beginning)) {
        return;
    }
    let text = draft.text;
    let mut taken = 0;
    for block in &mut draft.blocks {
        let mut parts = Vec::with_capacity(block.parts.len());
        for part in std::mem::take(&mut block.parts) {
            taken += cut_at_marks(text, part, &mut parts);
        }
        if let Some(first) = parts.first_mut() {
            block.page = first.page.take().or(block.page.take());
        }
        block.parts = parts;
    }
    (0..taken).for_each(|_| draft.count(what::PAGE_MARKS));
}

/// A part in pieces, each of which begins a page but the first; and how many marks were taken out of it.
fn cut_at_marks(text: &str, mut part: Part, parts: &mut Vec<Part>) -> usize {
    let mut taken = 0;
    let words = |part: &Part| text.get(part.words.clone()).unwrap_or_default();
    while let Some((mark, page)) = inline_mark(words(&part)) {
        let (begin, end) = (part.words.start + mark.start, part.words.start + mark.end);
        let (before, after) = (text.get(part.words.start..begin), text.get(end..part.words.end));
        let (Some(before), Some(after)) = (before, after) else { break };
        taken += 1;
        let (head, tail) = (before.trim_end(), after.trim_start());
        let is_one_word = head == before && tail == after && !head.is_empty() && !tail.is_empty();
        let inner = if head.ends_with('-') { Glue::Hyphen } else { Glue::Word };
        let glue = if is_one_word { inner } else { Glue::Space };
        let next = Part {
            line: begin..part.line.end,
            words: part.words.end - tail.len()..part.words.end,
            page: Some(page),
            glue,
        };
        if head.is_empty() {
            // Nothing is left before it.
            part = Part { line: part.line.start..part.line.end, glue: part.glue, ..next };
        } else {
            part.words.end = part.words.start + head.len();
            part.line.end = begin;
            parts.push(std::mem::replace(&mut part, next));
        }
    }
    parts.push(part);
    taken
}

/// How a page mark within a line begins.
const BEGINNINGS: [&str; 2] = ["[Pg", "[Page"];

/// The first `[Pg 39]` in some words, and its page.
fn inline_mark(words: &str) -> Option<(Range<usize>, String)> {
    words.match_indices("[P").find_map(|(at, _)| {
        let rest = words.get(at..).filter(|rest| BEGINNINGS.iter().any(|own| rest.starts_with(own)))?;
        let end = rest.find(']')? + 1;
        let page = label(rest.get(..end)?)?;
        Some((at..at + end, page))
    })
}

#[cfg(test)]
mod tests {
    use super::label;
    use crate::document::Edition;
    use crate::document::import::testing::edition;

    fn pages(edition: &Edition) -> Vec<&str> {
        edition.passages().iter().map(|passage| passage.page.as_deref().unwrap_or("-")).collect()
    }

    fn is_said(edition: &Edition, what: &str) -> bool {
        edition.notices().iter().any(|notice| notice.what.contains(what))
    }

    #[test]
    fn a_page_number_at_the_foot_is_of_what_stands_above_it() {
        for (text, expected) in [
            // By form feeds, which end the last page too.
            ("One.\n\nTwo.\n\n- 1 -\n\u{C}\nThree.\n\n- 2 -\n\u{C}\n", ["1", "1", "2"]),
            ("One.\n\nTwo.\n- 7 -\n\u{C}Three.\n", ["7", "7", "8"]),
            // By the end of the text alone.
            ("One.\n\n- 1 -\n\nTwo.\n\n- 2 -\n\nThree.\n\n- 3 -\n", ["1", "2", "3"]),
            ("One.\n\npage xi\n\nTwo.\n\npage xii\n\nThree.\n\npage 1\n", ["xi", "xii", "1"]),
            // The second page has no number on it.
            ("One.\n\n- 1 -\n\nTwo.\n\nThree.\n\n- 3 -\n", ["1", "2", "2"]),
        ] {
            let edition = edition(text);
            assert_eq!(pages(&edition), expected, "{text:?}");
            assert!(is_said(&edition, "pages that end there"), "{text:?}");
        }
    }

    #[test]
    fn a_page_number_at_the_head_is_of_what_stands_below_it() {
        for (text, expected) in [
            ("- 1 -\n\nOne.\n\nTwo.\n\u{C}\n- 2 -\n\nThree.\n", ["1", "1", "2"]),
            ("One.\n\n- 2 -\n\nTwo.\n\n- 3 -\n\nThree.\n", ["-", "2", "3"]),
            ("One.\n\u{C}\n- 2 -\nTwo.\n\u{C}\n- 3 -\nThree.\n\u{C}\n- 4 -\n", ["-", "2", "3"]),
        ] {
            let edition = edition(text);
            assert_eq!(pages(&edition), expected, "{text:?}");
            assert!(is_said(&edition, "pages that begin there"), "{text:?}");
        }
    }

    #[test]
    fn numbers_alone_beside_form_feeds_are_page_marks_and_other_numbers_are_not() {
        let at_foot = edition("One.\n\n  7\n\u{C}Two.\n\n1871\n\nThree.\n\n  8\n\u{C}\nFour.\n\n  9\n\u{C}");
        assert_eq!(pages(&at_foot), ["7", "8", "8", "8", "9"]);
        assert_eq!(at_foot.passages()[2].text, "1871");
        let at_head = edition("One.\n\u{C}2\n\nTwo.\n\u{C}3\n\nThree.\n\u{C}4\n\nFour.\n");
        assert_eq!(pages(&at_head), ["-", "2", "3", "4"]);
        // Too few of them, and some that do not go on by one.
        for text in
            ["One.\n\n7\n\u{C}Two.\n\n8\n\u{C}", "One.\n\n7\n\u{C}Two.\n\n30\n\u{C}Three.\n\n2\n\u{C}"]
        {
            assert!(pages(&edition(text)).iter().all(|page| *page == "-"), "{text:?}");
        }
    }

    #[test]
    fn a_page_that_begins_within_a_line_is_known_by_its_mark() {
        let edition = edition(
            "[Pg 11] The boats came in before the wind, and the [Pg 12] men took the ro[Pg 13]pes. [Pg 14]\n\n\
             Nobody spoke.\n",
        );
        let said = edition.notices().iter().find(|notice| notice.what.contains("pages that begin there"));
        assert_eq!(said.map(|notice| notice.count), Some(4));
        let passage = &edition.passages()[0];
        assert_eq!(passage.text, "The boats came in before the wind, and the men took the ropes.");
        let begins: Vec<(&str, &str)> = passage
            .page_breaks
            .iter()
            .map(|page| (page.page.as_str(), passage.slice(page.byte..passage.text.len())))
            .collect();
        assert_eq!(begins, [("12", "men took the ropes."), ("13", "pes."), ("14", "")]);
        assert_eq!(pages(&edition), ["11", "14"]);
    }

    #[test]
    fn a_line_that_only_names_a_page_is_a_page_mark() {
        let cases = [
            ("page 39", Some("39")),
            ("Page 7", Some("7")),
            ("[p. 12]", Some("12")),
            ("[page xiv]", Some("xiv")),
            ("- 8 -", Some("8")),
            ("— 120 —", Some("120")),
            ("1935", None),
            ("page", None),
            ("page boy", None),
            ("pages 3", None),
            ("1935, page 11", None),
            ("--- 1", None),
            ("s. i.", None),
        ];
        for (line, page) in cases {
            assert_eq!(label(line).as_deref(), page, "{line}");
        }
    }
}
