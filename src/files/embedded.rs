//! The texts and tables that are part of the program: everything that stood in `texts/` when it was built.

/// Name below `texts/` and bytes, sorted by name.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The bytes of a file by its name below `texts/`: `stalin-1924/digest.md`.
#[must_use]
pub fn bytes(name: &str) -> Option<&'static [u8]> {
    let at = FILES.binary_search_by_key(&name, |(name, _)| name).ok()?;
    FILES.get(at).map(|(_, bytes)| *bytes)
}

/// The text of a file by its name below `texts/`: `works.toml`.
#[must_use]
pub fn text(name: &str) -> Option<&'static str> {
    std::str::from_utf8(bytes(name)?).ok()
}

/// The names of all files, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_texts_is_part_of_the_program() {
        assert!(names().is_sorted());
        assert!(text("works.toml").is_some_and(|text| text.contains("[[work]]")));
        assert_eq!(bytes("no-such-work/digest.md"), None);
        for name in names() {
            assert!(text(name).is_some(), "{name} is UTF-8");
        }
    }
}
