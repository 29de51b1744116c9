//! The texts and tables that are part of the program: everything that stood in `texts/` when it was built.

use crate::report::TomlSource;

/// Name below `texts/` and text, sorted by name; tables also packed, so that none is parsed at each start.
static FILES: &[(&str, TomlSource<'_>)] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// A table by its name below `texts/`: `works.toml`.
#[must_use]
pub fn table(name: &str) -> Option<TomlSource<'static>> {
    let at = FILES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    FILES.get(at).map(|(_, source)| *source)
}

/// The text of a file by its name below `texts/`: `stalin-1924/digest.md`.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    table(name).map(|source| source.text)
}

/// The names of all files, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::report::tree;

    #[test]
    fn what_stands_in_texts_is_part_of_the_program() {
        assert!(names().is_sorted());
        assert!(text("works.toml").is_some_and(|text| text.contains("[[work]]")));
        assert_eq!(text("no-such-work/digest.md"), None);
    }

    #[test]
    fn a_packed_table_says_what_its_text_says() {
        for name in names() {
            let TomlSource { text, packed } = table(name).unwrap();
            let is_table = Path::new(name).extension().is_some_and(|extension| extension == "toml");
            let written = is_table.then(|| tree::parse(text).0);
            assert_eq!(packed.and_then(tree::unpack), written, "{name}");
        }
    }
}
