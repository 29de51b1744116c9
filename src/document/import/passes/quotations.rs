//! Passages that are wholly a quotation, told from prose that quotes.

use crate::document::import::draft::{Block, Draft, Role};
use crate::document::import::scan;

/// A phrase such as `he said` inside a quotation takes at most this share of it (one in …).
const TAG_SHARE: usize = 5;

/// How a block stands to quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Begins with a mark and ends with one: wholly quoted.
    Closed,
    /// Begins with a mark and never closes it: the next paragraph opens it again.
    Open,
    /// Anything else.
    Prose,
}

/// Reads the blocks that are wholly quoted; a reference in brackets may follow.
///
/// A quotation over several paragraphs opens each with a mark and closes the last only; these are read as
/// quotations where the last of them closes. A block that begins quoted but runs on into the author's own
/// sentences is the author's paragraph.
pub fn read(draft: &mut Draft<'_>) {
    let shapes: Vec<Shape> = draft.blocks.iter().map(|block| shape_of(draft, block)).collect();
    let mut open: Option<usize> = None;
    for (at, shape) in shapes.iter().enumerate() {
        match shape {
            Shape::Open => open = open.or(Some(at)),
            Shape::Closed => {
                for block in draft.blocks.get_mut(open.unwrap_or(at)..=at).unwrap_or_default() {
                    block.role = Role::Quotation;
                }
                open = None;
            }
            Shape::Prose => open = None,
        }
    }
}

fn shape_of(draft: &Draft<'_>, block: &Block) -> Shape {
    if block.role != Role::Text || !draft.first_line(block).starts_with(['"', '“', '„', '«']) {
        return Shape::Prose;
    }
    let words: Vec<&str> = block.parts.iter().map(|part| draft.slice(&part.words)).collect();
    shape(&without_marks(&words.join(" ")))
}

/// The text without note marks at its end, which are no part of the sentence.
fn without_marks(text: &str) -> String {
    let mut rest = text.trim_end();
    loop {
        let cut = rest.trim_end_matches(|c: char| c.is_ascii_digit());
        let bracketed = cut.len() < rest.len() && rest.ends_with(|c: char| c.is_ascii_digit());
        if bracketed
            && cut.ends_with(['"', '”', '»', ')', '.', '’'])
            && rest.len() - cut.len() <= 3
            && !ends_reference(rest)
        {
            rest = cut;
            continue;
        }
        let Some(open) = rest.strip_suffix(']').and_then(|inner| {
            let digits = inner.trim_end_matches(|c: char| c.is_ascii_digit());
            (digits.len() < inner.len()).then(|| digits.strip_suffix('[')).flatten()
        }) else {
            return rest.to_owned();
        };
        rest = open.trim_end();
    }
}

/// `p. 30`, `p.30`: digits that belong to a reference.
fn ends_reference(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    [" p.", " pp.", " vol.", " no.", "(p.", " Vol.", " No."].iter().any(|name| before.ends_with(name))
}

fn shape(text: &str) -> Shape {
    let body = without_reference(text);
    let mut quoted = 0;
    let mut outside = 0;
    let mut inside = false;
    let mut last_mark = 0;
    let mut from = 0;
    for (at, mark) in marks(body).chain([(body.len(), None)]) {
        *if inside { &mut quoted } else { &mut outside } += at - from;
        let Some(mark) = mark else { break };
        inside = match mark {
            '"' => !inside,
            '”' | '»' => false,
            _ => true,
        };
        last_mark = at;
        from = at + mark.len_utf8();
    }
    let tail =
        body.get(last_mark..).unwrap_or_default().chars().skip(1).filter(|c| c.is_alphanumeric()).count();
    if inside && outside * TAG_SHARE <= quoted {
        return Shape::Open;
    }
    if tail == 0 && outside * TAG_SHARE <= quoted { Shape::Closed } else { Shape::Prose }
}

/// The quotation marks of a text, each with its byte.
#[expect(clippy::needless_bitwise_bool, reason = "asked of many bytes at once, see `scan`")]
fn marks(text: &str) -> impl Iterator<Item = (usize, Option<char>)> {
    // The first bytes of the marks in UTF-8, which some other signs have too.
    let begins = |byte| (byte == b'"') | (byte == 0xE2) | (byte == 0xC2);
    let at = |at| text.get(at..).and_then(|rest| rest.chars().next());
    let is_mark = |(_, c): &(usize, Option<char>)| matches!(c, Some('"' | '“' | '„' | '«' | '”' | '»'));
    scan::all(text.as_bytes(), begins).map(move |byte| (byte, at(byte))).filter(is_mark)
}

/// The text without a reference after the quotation: in brackets, or a source that ends in a page.
fn without_reference(text: &str) -> &str {
    let text = text.trim_end_matches(['.', ' ']);
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = text.strip_suffix(close)
            && let Some(at) = inner.rfind(open)
        {
            return text.get(..at).unwrap_or_default().trim_end();
        }
    }
    let digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let paged = digits.len() < text.len() && ends_reference(text);
    match text.rfind(['”', '"', '»']) {
        Some(at) if paged && text.len() - at <= text.len() / 4 => {
            let end = at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            text.get(..end).unwrap_or_default()
        }
        Some(_) | None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    #[test]
    fn a_passage_in_quotation_marks_is_told_from_prose_that_quotes() {
        let cases = [
            ("\"The sea is wide.\"", Shape::Closed),
            ("“The sea is wide.” (Log of the Anna, p. 3)", Shape::Closed),
            ("“The sea is wide.” (Log.)[2]", Shape::Closed),
            ("“The sea is wide.”12", Shape::Closed),
            ("\". . . and nobody came, . . .\"", Shape::Closed),
            ("“The sea is wide and it is cold,” he said, “and nobody ever crosses it alone.”", Shape::Closed),
            (
                "“The sea is wide, and grey, and cold all year, and nobody has ever crossed it in a boat.” Log of the Anna, p. 3.",
                Shape::Closed,
            ),
            ("“The sea is wide.” So he wrote, and then he left the harbour for good.", Shape::Prose),
            ("“The sea is wide.” He said so and left. Then came another: “It is cold.”", Shape::Prose),
            ("“The sea is wide, and the men who cross it", Shape::Open),
        ];
        for (text, expected) in cases {
            assert_eq!(shape(&without_marks(text)), expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_that_opens_each_paragraph_anew_is_quotations() {
        use Kind::{Paragraph, Quotation};
        let edition = edition("He wrote:\n\n“The sea is wide.\n\n“It is cold, too.”\n\nThen he left.\n");
        assert_eq!(kinds(&edition), [Paragraph, Quotation, Quotation, Paragraph]);
    }
}
