//! A title page that a converter printed again in the middle of a passage.

use std::collections::HashSet;

use super::joins::{begins_in_the_middle, is_broken_off};
use crate::document::import::draft::{Draft, Role, what};

/// A title page has no more lines than this, none longer than `LONGEST`.
const MOST_LINES: usize = 8;
const LONGEST: usize = 120;

/// Sets apart short lines between a passage that is broken off and its continuation, where one of them
/// repeats a line of the title page.
pub fn set_apart(draft: &mut Draft<'_>) {
    let short = |at: usize| {
        let block = draft.blocks.get(at)?;
        let line = draft.only_line(block).filter(|line| line.len() <= LONGEST)?;
        matches!(block.role, Role::Text | Role::Apparatus | Role::Heading(_) | Role::FrontMatter)
            .then_some(line)
    };
    let mut titles = HashSet::new();
    let mut found = Vec::new();
    let mut at = 0;
    while at < draft.blocks.len() {
        let broken = draft.blocks.get(at).is_some_and(|block| is_broken_off(draft, block));
        if let (true, Some(line)) = (at < MOST_LINES * 2, short(at)) {
            titles.insert(line.to_lowercase());
        }
        at += 1;
        if !broken {
            continue;
        }
        let lines =
            (at..at + MOST_LINES).take_while(|&at| short(at).is_some_and(|line| !begins_in_the_middle(line)));
        let end = lines.last().map_or(at, |last| last + 1);
        let repeats = (at..end).any(|at| short(at).is_some_and(|line| titles.contains(&line.to_lowercase())));
        let goes_on =
            draft.blocks.get(end).is_some_and(|block| begins_in_the_middle(draft.first_line(block)));
        if repeats && goes_on {
            found.push(at..end);
            at = end;
        }
    }
    for range in found {
        draft.count(what::REPEATED_TITLES);
        for block in draft.blocks.get_mut(range).unwrap_or_default() {
            block.role = Role::Apparatus;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    #[test]
    fn a_title_page_repeated_inside_a_sentence_is_apparatus_and_the_sentence_is_joined() {
        use Kind::{Apparatus, FrontMatter, Heading, Paragraph};
        let text = "# The Harbour in Winter\n\nAnn Ek\n\n1911\n\nThe boats came in before the wind and the men who \
            had waited on the pier took the price of\n\nAnn Ek\n\nThe Harbour in Winter\n\nQuay Journal, Vol. 2\n\n\
            **[example.org](http://example.org)**\n\nropes and made them fast.\n";
        let edition = edition(text);
        let expected =
            [Heading, FrontMatter, FrontMatter, Paragraph, Apparatus, Apparatus, Apparatus, Apparatus];
        assert_eq!(kinds(&edition), expected);
        assert!(edition.passages()[3].text.ends_with("took the price of ropes and made them fast."));
    }
}
