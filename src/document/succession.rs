//! A place in one reading of a file, found again in another reading of the same file: by where it stood in
//! the source, then by its words.

use std::sync::Arc;

use super::{Anchor, Edition};

/// Characters that tell a place within a passage from its surroundings.
const QUOTED: usize = 48;

impl Edition {
    /// Whether the passages of both are the same ones, so that every place of the one is a place of the
    /// other. Cheap: it does not compare words.
    #[must_use]
    pub fn shares_passages(&self, other: &Self) -> bool {
        match (&self.windows, &other.windows) {
            (Some(one), Some(two)) => one.share_file(two),
            (None, None) => Arc::ptr_eq(&self.passages, &other.passages),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// The place in `self` of what stands at `anchor` in `before`, another reading of the same source bytes.
    #[must_use]
    pub fn place_of(&self, before: &Self, anchor: Anchor) -> Anchor {
        let Some(old) = before.get(anchor.passage).filter(|_| !self.shares_passages(before)) else {
            return anchor;
        };
        let Some(source) = old.source.first() else { return anchor };
        let passage = self.passage_at_source(source.start);
        let Some(new) = self.get(passage) else { return Anchor::default() };
        let skipped = new.source.first().map_or(0, |first| source.start.saturating_sub(first.start));
        let expected = skipped + anchor.byte;
        let quote: String = old.slice(anchor.byte..old.text.len()).chars().take(QUOTED).collect();
        let found = new.text.match_indices(&quote).map(|(at, _)| at).min_by_key(|at| at.abs_diff(expected));
        let byte = if quote.is_empty() { new.text.len() } else { found.unwrap_or(expected) };
        Anchor { passage, byte: new.text.floor_char_boundary(byte) }
    }

    /// The passage that holds a byte of the source, or the last one that begins before it.
    #[must_use]
    pub fn passage_at_source(&self, byte: usize) -> usize {
        if let Some(windows) = &self.windows {
            return windows.at_source(byte);
        }
        let begins = |at: &super::Passage| at.source.first().map_or(0, |range| range.start);
        self.passages.partition_point(|passage| begins(passage) <= byte).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::document::import;
    use crate::document::{Anchor, Edition};

    fn read(text: &str) -> Edition {
        import::read(text.as_bytes(), None, None).unwrap()
    }

    #[test]
    fn an_edition_and_its_copy_have_the_same_places() {
        let edition = read("One two.\n\nThree four.\n");
        assert!(edition.shares_passages(&edition.clone()));
        assert!(!edition.shares_passages(&read("One two.\n\nThree four.\n")));
    }

    proptest! {
        #[test]
        fn a_place_keeps_its_words_in_another_reading_of_the_file(
            words in prop::collection::vec("[a-z]{1,9}", 20..80), passage in 0usize..20, byte in 0usize..60
        ) {
            let prose: Vec<String> = words.chunks(9).map(|some| some.join(" ")).collect();
            let text = prose.join("\n\n");
            // The same bytes read as one paragraph for each line, and as Markdown.
            let (one, two) = (read(&text), import::read(text.as_bytes(), Some(import::Format::Markdown), None).unwrap());
            let passage = passage.min(one.passages().len() - 1);
            let text = &one.passages()[passage].text;
            let anchor = Anchor { passage, byte: text.floor_char_boundary(byte) };
            let place = two.place_of(&one, anchor);
            let rest = text.get(anchor.byte..).unwrap();
            prop_assert!(two.passages()[place.passage].text.get(place.byte..).unwrap().starts_with(rest));
        }
    }
}
