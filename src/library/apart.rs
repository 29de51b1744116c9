//! What tells two texts apart that would read alike: two copies of one work have one author, title and year.

use std::path::Path;

use super::open::shown;
use super::pair::Pair;
use super::{Form, Text};

/// What names each of two texts where author, title, year and form name both: the copy in the library, or the file,
/// by as much of its path as it takes. `None` where they do not read alike, and where nothing tells them apart.
#[must_use]
pub fn told_apart(texts: [&Text; 2]) -> Option<[String; 2]> {
    let names = texts.map(|text| (text.author(), text.short_title(), text.year(), text.form));
    if names[0] != names[1] {
        return None;
    }
    let most = texts.map(|text| text.path.as_deref().map_or(1, |path| path.components().count()));
    let handles = (1..=most[0].max(most[1])).map(|parts| texts.map(|text| handle(text, parts)));
    handles.into_iter().find(|[left, right]| left != right)
}

/// A copy as the library names it (`original.2`), or the last parts of the path of a file.
fn handle(text: &Text, parts: usize) -> String {
    let copy = text.copy.map(|number| format!(".{number}")).unwrap_or_default();
    match (&text.path, text.form) {
        (Some(_), Form::Original) if text.named => format!("{}{copy}", text.form.name()),
        (Some(path), _) => {
            let all: Vec<_> = path.components().collect();
            let last = all.get(all.len().saturating_sub(parts)..).unwrap_or_default();
            shown(Some(&last.iter().collect::<std::path::PathBuf>()))
        }
        (None, _) => shown(None::<&Path>),
    }
}

impl Pair {
    /// What names a side where both would read alike, see [`told_apart`].
    #[must_use]
    pub fn told_apart(&self, side: usize) -> Option<String> {
        let [left, right] = told_apart(self.texts.each_ref())?;
        Some(if side == 0 { left } else { right })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Edition;
    use crate::library::testing::ashe;

    fn copy(path: &str, named: bool, number: Option<u32>) -> Text {
        Text {
            work: Some(ashe()),
            form: Form::Original,
            named,
            copy: number,
            path: Some(path.into()),
            content_hash: String::new(),
            edition: Edition::default(),
        }
    }

    #[test]
    fn two_texts_that_read_alike_are_named_by_copy_or_file() {
        let kept = copy("/library/ashe-1801.2.txt", true, Some(2));
        let file = |path| copy(path, false, None);
        for (left, right, expected) in [
            (&kept, &file("/tmp/scan.txt"), Some(["original.2", "scan.txt"])),
            (&file("old/ashe.txt"), &file("new/ashe.txt"), Some(["old/ashe.txt", "new/ashe.txt"])),
            (&file("a\u{1b}.txt"), &file("b.txt"), Some(["a\\u{1b}.txt", "b.txt"])),
            (&file("a.txt"), &file("a.txt"), None),
            (&Text { form: Form::Digest, ..kept.clone() }, &file("a.txt"), None),
        ] {
            assert_eq!(told_apart([left, right]), expected.map(|names| names.map(str::to_owned)));
        }
    }

    #[test]
    fn only_a_copy_that_the_library_keeps_goes_by_the_name_of_its_work() {
        assert_eq!(copy("/library/ashe-1801.txt", true, None).name(), "ashe-1801:original");
        assert_eq!(copy("/tmp/scan.txt", false, None).name(), "/tmp/scan.txt");
    }
}
