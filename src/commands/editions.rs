//! What the reader can open in a pane: the digests, and every file of the library. It is read when it is asked
//! for, so that starting never waits for it.

use crate::library::{Form, Library, Text, Work};

/// What can be opened, name and description: by work its digest and each copy with how complete it is, then
/// the files of no known work. What cannot be read is not offered.
#[must_use]
pub fn editions(library: &Library) -> Vec<(String, String)> {
    let kept = library.kept().unwrap_or_default().into_iter();
    let kept: Vec<(bool, Text)> = kept.filter_map(|kept| Some((kept.named, kept.text.ok()?))).collect();
    let mut editions = Vec::new();
    for work in library.catalogue.works() {
        if library.has_digest(work) {
            editions.push((format!("{}:{}", work.id, Form::Digest.name()), described(work)));
        }
        let copies = kept.iter().filter(|(_, text)| text.work.as_ref() == Some(work));
        let mut copies: Vec<_> = copies.collect();
        copies.sort_by_key(|(named, text)| (!named, text.copy));
        editions.extend(copies.into_iter().map(|(named, text)| {
            let name = if *named { text.name() } else { path(text) };
            (name, format!("{}{}", described(work), completeness(text)))
        }));
    }
    let unknown = kept.iter().filter(|(_, text)| text.work.is_none());
    editions.extend(unknown.map(|(_, text)| {
        let author = text.author().map(|author| format!("{author}, ")).unwrap_or_default();
        let year = text.year().map(|year| format!(" ({year})")).unwrap_or_default();
        (path(text), format!("{author}{}{year}", text.short_title()))
    }));
    editions
}

fn described(work: &Work) -> String {
    format!("{}, {} ({})", work.author, work.short_title, work.year)
}

/// `, 33 of 61 passages found`; nothing where none were looked for.
fn completeness(text: &Text) -> String {
    let numbering = text.edition.numbering();
    numbering.map(|n| format!(", {} of {} passages found", n.found, n.of)).unwrap_or_default()
}

fn path(text: &Text) -> String {
    text.path.as_deref().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::DiskShelf;

    #[test]
    fn copies_and_files_of_no_known_work_are_offered_too() {
        let home = tempfile::tempdir().unwrap();
        let shelf = DiskShelf { library: Some(home.path().to_owned()), restricted: false, cache: None };
        let untitled = "The ferry left at noon.\n\nNobody was on board.\n";
        let titled = "A LETTER FROM THE HARBOUR\n\nby A. Ashe\n\nThe ferry left at noon.\n";
        for (name, words) in [
            ("stalin-1924.txt", untitled),
            ("stalin-1924.2.txt", titled),
            ("plain.txt", untitled),
            ("titled.txt", titled),
            ("broken.txt", ""),
        ] {
            std::fs::write(home.path().join(name), words).unwrap();
        }
        let offered = editions(&Library::new(Box::new(shelf), None).unwrap());
        let described = |name: &str| {
            let found = offered.iter().find(|(own, _)| own == name);
            found.unwrap_or_else(|| panic!("{name} is not among {offered:?}")).1.clone()
        };
        assert!(described("stalin-1924:digest").starts_with("J. Stalin"));
        for name in ["stalin-1924:original.1", "stalin-1924:original.2"] {
            assert!(described(name).ends_with("passages found"), "{}", described(name));
        }
        let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
        assert_eq!(described(&path("plain.txt")), "plain.txt");
        assert!(described(&path("titled.txt")).contains("LETTER FROM THE HARBOUR"));
        assert!(!offered.iter().any(|(name, _)| *name == path("broken.txt")), "it cannot be opened");
    }
}
