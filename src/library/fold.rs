//! Names as they are compared: lower case, accents off.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `Mühsam` and `MUHSAM` give `muhsam`.
#[must_use]
pub fn fold(name: &str) -> String {
    name.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}
