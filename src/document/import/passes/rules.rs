//! Lines of nothing but signs, and blank lines beyond the usual: section breaks, where text stands on both
//! sides.

use crate::document::import::draft::{Block, Draft, Part, Role, what};

/// Whether a line is a rule: `---`, `* * *`, `____`.
#[must_use]
pub fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = signs.next() else { return false };
    if first == '⁂' || first == '❦' {
        return signs.next().is_none();
    }
    "-*_=~–—•·#".contains(first) && signs.clone().all(|c| c == first) && signs.count() >= 2
}

/// Reads rules and unusual runs of blank lines between passages as section breaks.
///
/// The usual number of blank lines is the text's own: the one that separates most of its blocks. Beside a
/// heading, a title page or what the carrier added, a gap says nothing.
pub fn read_section_breaks(draft: &mut Draft<'_>) {
    let usual = usual_gap(&draft.blocks);
    let blocks = std::mem::take(&mut draft.blocks);
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut rest = blocks.into_iter().peekable();
    while let Some(mut block) = rest.next() {
        let open = out.last().is_some_and(|last| separates(&last.role));
        if block.role == Role::Rule {
            if open && rest.peek().is_some_and(|next| separates(&next.role)) {
                block.role = Role::Break;
                out.push(block);
            } else {
                draft.set_aside(what::EDGE_RULES, &block.parts);
            }
            continue;
        }
        if open && separates(&block.role) && block.blank > usual {
            let at = block.gap.clone();
            out.push(Block::new(Role::Break, vec![Part::new(at.clone())], 0, at.start..at.start));
        }
        out.push(block);
    }
    draft.blocks = out;
}

/// Whether a gap beside such a block can be a section break.
fn separates(role: &Role) -> bool {
    match role {
        Role::Text | Role::Quotation | Role::ListItem | Role::VerseLine | Role::Dateline => true,
        Role::Heading(_)
        | Role::FrontMatter
        | Role::Apparatus
        | Role::Code
        | Role::Break
        | Role::Rule
        | Role::PageMark(_)
        | Role::Notes => false,
    }
}

fn usual_gap(blocks: &[Block]) -> usize {
    let mut counts = [0_usize; 8];
    for block in blocks.iter().filter(|block| block.blank > 0) {
        if let Some(count) = counts.get_mut(block.blank) {
            *count += 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    counts.iter().position(|&count| count == most && count > 0).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    #[test]
    fn a_rule_is_known_by_its_signs() {
        for (line, rule) in [
            ("---", true),
            ("* * *", true),
            ("______", true),
            ("⁂", true),
            ("--", false),
            ("- a", false),
            ("*-*", false),
            ("", false),
        ] {
            assert_eq!(is_rule(line), rule, "{line}");
        }
    }

    #[test]
    fn more_blank_lines_than_usual_are_a_section_break() {
        use Kind::{Break, Paragraph};
        let text =
            "The boats came in.\n\nThe men took the ropes.\n\n\nIn spring they left.\n\nNobody spoke.\n";
        let edition = edition(text);
        assert_eq!(kinds(&edition), [Paragraph, Paragraph, Break, Paragraph, Paragraph]);
        assert_eq!(edition.passages()[2].text, "* * *");
        assert_eq!(edition.passages()[2].source.len(), 1);
    }

    #[test]
    fn double_spaced_text_has_no_section_breaks() {
        let edition = edition("The boats came in.\n\n\nThe men took the ropes.\n\n\nNobody spoke.\n");
        assert_eq!(kinds(&edition), [Kind::Paragraph; 3]);
    }

    #[test]
    fn a_rule_between_paragraphs_is_a_section_break() {
        let edition = edition("The boats came in.\n\n* * *\n\nNobody spoke.\n\n---\n");
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Break, Kind::Paragraph]);
    }
}
