//! Files in a markup that is not read here: they are shown as they stand, and it is said what makes a text of them.

use crate::document::import::draft::{Draft, what};

/// In how many of the first bytes a page of the web names itself.
const HEAD: usize = 1000;

/// Says what a file is that begins as HTML or RTF does.
pub fn say(draft: &mut Draft<'_>) {
    if let Some(what) = of(draft.text) {
        draft.count(what);
    }
}

/// What is to be said of a text in a markup that is not read.
#[must_use]
pub fn of(text: &str) -> Option<&'static str> {
    let head =
        text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default().trim_start().to_ascii_lowercase();
    let is_html = head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<?xml") && head.contains("<html");
    if is_html { Some(what::HTML) } else { head.starts_with("{\\rtf").then_some(what::RTF) }
}

#[cfg(test)]
mod tests {
    use crate::document::import::testing::edition;
    use crate::document::import::{ImportError, read};

    #[test]
    fn what_is_not_read_as_markup_is_said_first() {
        for (text, command) in [
            (
                "<!DOCTYPE html>\n<html><body><p>The boats came in.</p></body></html>\n",
                Some("`pandoc -t plain`"),
            ),
            ("\n <HTML>\n<p>The boats came in.</p>\n", Some("`pandoc -t plain`")),
            ("<?xml version=\"1.0\"?>\n<html xmlns=\"x\"><p>Boats.</p></html>\n", Some("`pandoc -t plain`")),
            ("{\\rtf1\\ansi The boats came in.}\n", Some("`pandoc -f rtf -t plain`")),
            ("The boats came in.\n\nIn <html> they did not.\n", None),
        ] {
            let edition = edition(text);
            let first = edition.notices().first().map_or("", |notice| notice.what.as_str());
            assert_eq!(first.starts_with("this is"), command.is_some(), "{text}: {first}");
            assert!(command.is_none_or(|command| first.contains(command)), "{text}: {first}");
            assert!(!edition.passages().is_empty());
        }
    }

    #[test]
    fn a_pdf_is_refused_with_what_to_do() {
        let Err(ImportError::Binary(why)) = read(b"%PDF-1.7\n1 0 obj\n", None, None) else { panic!() };
        assert!(why.contains("pdftotext -layout"), "{why}");
    }
}
