//! What several tests have of a library: a work that nobody wrote.

use super::Work;

/// `On Harbours and Tides`, by N. Ashe.
pub fn ashe() -> Work {
    Work {
        id: "ashe-1801".to_owned(),
        author: "N. Ashe".to_owned(),
        title: "On Harbours and Tides".to_owned(),
        short_title: "On Harbours".to_owned(),
        year: "1801".to_owned(),
        language: "en".to_owned(),
    }
}
