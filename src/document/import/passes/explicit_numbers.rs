//! Numbers that a text prints for its passages with a pilcrow, as our own digests do.

use crate::document::import::draft::{Draft, Role};

/// The number that a line begins with, and the bytes that it takes with the space after it.
#[must_use]
pub fn number(line: &str) -> Option<(u32, usize)> {
    let rest = line.strip_prefix('¶')?;
    let inner = rest.trim_start_matches([' ', '\u{A0}']);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number = inner.get(..digits)?.parse().ok()?;
    let after = inner.get(digits..)?;
    let words = after.trim_start_matches([' ', '\u{A0}', '\t']);
    let spaced = words.len() < after.len() && !words.is_empty();
    (spaced && number > 0).then_some((number, line.len() - words.len()))
}

/// Takes the printed numbers; a text that has them and a paragraph without one: that is front matter.
pub fn take(draft: &mut Draft<'_>) {
    let mut any = false;
    for at in 0..draft.blocks.len() {
        let Some(block) = draft.blocks.get(at).filter(|block| is_body(&block.role)) else { continue };
        let Some((number, skip)) = number(draft.first_line(block)) else { continue };
        if let Some(block) = draft.blocks.get_mut(at)
            && let Some(part) = block.parts.first_mut()
        {
            block.number = Some(number);
            part.words.start += skip;
            any = true;
        }
    }
    if any {
        for block in draft.blocks.iter_mut().filter(|b| is_body(&b.role) && b.number.is_none()) {
            block.role = Role::FrontMatter;
        }
    }
}

fn is_body(role: &Role) -> bool {
    matches!(role, Role::Text | Role::Quotation | Role::ListItem | Role::VerseLine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::document::import::testing::edition;

    #[test]
    fn a_printed_number_is_a_pilcrow_digits_and_a_space() {
        let cases = [
            ("¶12 Boats", Some((12, 5))),
            ("¶ 3 Boats", Some((3, 5))),
            ("¶12", None),
            ("¶ Boats", None),
            ("¶0 Boats", None),
            ("12 Boats", None),
            ("¶99999999999 Boats", None),
        ];
        for (line, expected) in cases {
            assert_eq!(number(line), expected, "{line}");
        }
    }

    #[test]
    fn printed_numbers_make_the_numbering_and_leave_the_text() {
        let source = "# Harbour\n\nA word before.\n\n## One\n\n¶3 The boats came in.\n\n- ¶4 ropes\n- ¶5 nets\n\n\
            > ¶6 Nobody spoke.\n\n¶7 Up in the morning,\n¶8 out with the tide.\n";
        let edition = edition(source);
        let found: Vec<_> = edition.passages().iter().map(|p| (p.number, p.kind, p.text.as_str())).collect();
        let expected = [
            (None, Kind::Heading, "Harbour"),
            (None, Kind::FrontMatter, "A word before."),
            (None, Kind::Heading, "One"),
            (Some(3), Kind::Paragraph, "The boats came in."),
            (Some(4), Kind::ListItem, "• ropes"),
            (Some(5), Kind::ListItem, "• nets"),
            (Some(6), Kind::Quotation, "Nobody spoke."),
            (Some(7), Kind::VerseLine, "Up in the morning,"),
            (Some(8), Kind::VerseLine, "out with the tide."),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_numbered_passage_is_not_guessed_to_be_a_title_or_a_date() {
        let edition =
            edition("# Harbour\n\n¶1 Ann Ek\n\n¶2 Oslo, 1911\n\n¶3 The boats of 1911 and\n\n¶4 the men.\n");
        let numbers: Vec<_> = edition.passages().iter().skip(1).map(|p| (p.number, p.kind)).collect();
        assert_eq!(numbers, [1, 2, 3, 4].map(|number| (Some(number), Kind::Paragraph)));
    }
}
