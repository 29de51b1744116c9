//! Where in a text, as a person types it: `12` for ¶ 12, `p44` for a printed page.

use std::fmt;
use std::str::FromStr;

use super::{Anchor, Edition};

/// A passage by its ¶ number or a page by the number printed on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Locator {
    /// `12` or `¶12`.
    Passage(u32),
    /// `p44`, `p. 44`, `page 44`; also `pxiv`.
    Page(String),
}

/// What was typed is no locator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no place in a text: write 12 for passage ¶12, p44 for page 44")]
pub struct LocatorError(pub String);

impl Locator {
    /// The place in an edition; `None` where the edition has no such passage or page.
    #[must_use]
    pub fn find(&self, edition: &Edition) -> Option<Anchor> {
        match self {
            Self::Passage(number) => edition.numbered(*number).map(Anchor::start_of),
            Self::Page(page) => edition.page(page),
        }
    }
}

impl FromStr for Locator {
    type Err = LocatorError;

    fn from_str(typed: &str) -> Result<Self, LocatorError> {
        let error = || LocatorError(typed.escape_debug().to_string());
        let words = typed.trim();
        let number = words.strip_prefix('¶').unwrap_or(words).trim_start();
        if let Ok(number) = number.parse::<u32>() {
            return Ok(Self::Passage(number));
        }
        let page = words
            .strip_prefix("page")
            .or_else(|| words.strip_prefix("p."))
            .or_else(|| words.strip_prefix('p'))
            .map(str::trim)
            .filter(|page| !page.is_empty() && page.chars().all(char::is_alphanumeric));
        page.map(|page| Self::Page(page.to_owned())).ok_or_else(error)
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passage(number) => write!(f, "¶{number}"),
            Self::Page(page) => write!(f, "p. {page}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Kind, Passage};

    #[test]
    fn a_place_is_typed_in_several_ways() {
        for (typed, expected) in [
            ("12", Locator::Passage(12)),
            ("¶12", Locator::Passage(12)),
            ("¶ 7", Locator::Passage(7)),
            ("p44", Locator::Page("44".into())),
            ("p. 44", Locator::Page("44".into())),
            ("page 44", Locator::Page("44".into())),
            ("pxiv", Locator::Page("xiv".into())),
        ] {
            assert_eq!(typed.parse(), Ok(expected), "{typed}");
        }
        for typed in ["", "p", "twelve", "-1", "p4\u{1b}4", "99999999999"] {
            assert!(typed.parse::<Locator>().is_err(), "{typed}");
        }
    }

    #[test]
    fn a_place_that_the_edition_lacks_is_not_found() {
        let edition = Edition::new(vec![Passage::new(Kind::Paragraph, "one")], Vec::new(), 3);
        assert_eq!(Locator::Passage(1).find(&edition), Some(Anchor::start_of(0)));
        assert_eq!(Locator::Passage(2).find(&edition), None);
        assert_eq!(Locator::Page("1".into()).find(&edition), None);
    }
}
