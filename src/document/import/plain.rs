//! Passages that are shown as they stand, which most are: nothing to remove, to read or to point to. They are
//! copied line by line; what is not plain is read character by character in [`super::glyphs`].

use super::draft::{Draft, Glue, Part};
use super::{Format, glyphs, scan};

/// The words of some parts without the note marks from `first_mark` on, and where each piece of them came from with
/// its byte; the end stands last. `None` where reading their characters might give anything else, or count it.
#[must_use]
pub fn words(draft: &Draft<'_>, parts: &[Part], first_mark: usize) -> Option<(String, Vec<(usize, usize)>)> {
    let mut text = String::with_capacity(parts.iter().map(|part| part.words.len() + 1).sum());
    let mut places = Vec::with_capacity(parts.len() * 2 + 1);
    let mut marks = draft.marks.get(first_mark..).unwrap_or_default().iter().peekable();
    let mut before = 0;
    for (index, part) in parts.iter().enumerate() {
        match part.glue {
            Glue::Space if index > 0 => {
                places.push((before, text.len()));
                text.push(' ');
            }
            Glue::Space | Glue::Hyphen => {}
            Glue::Word => return None,
        }
        glyphs::each_between_marks(part, &mut marks, |range| {
            places.push((range.start, text.len()));
            text.push_str(draft.slice(&range));
        });
        before = part.words.end;
    }
    places.push((usize::MAX, text.len()));
    is_plain(&text, draft.format, draft.has_low_lines).then_some((text, places))
}

/// Whether words have one space between them and no sign that means something or is not shown.
#[expect(clippy::needless_bitwise_bool, reason = "asked of many bytes at once, see `scan`")]
fn is_plain(text: &str, format: Format, low_lines: bool) -> bool {
    let markdown = format == Format::Markdown;
    let means = |byte| {
        let emphasis = (byte == b'*') | (byte == b'_') | (byte == b'`');
        let sign =
            emphasis | (byte == b'~') | (byte == b'\\') | (byte == b'[') | (byte == b'<') | (byte == b'&');
        (byte < b' ') | (byte == 0x7F) | (markdown & sign) | (low_lines & (byte == b'_'))
    };
    let at_edge = text.is_empty() || text.starts_with(' ') || text.ends_with(' ');
    !at_edge
        && scan::find(text.as_bytes(), 0, means).is_none()
        && !text.contains("  ")
        && !may_be_spaced_out(text.as_bytes())
        && beyond_ascii_is_plain(text)
}

/// Whether two words of one ASCII sign stand side by side: letters set one by one begin so.
#[expect(clippy::needless_bitwise_bool, reason = "asked of many bytes at once, see `scan`")]
fn may_be_spaced_out(bytes: &[u8]) -> bool {
    let [second, third] = [2, 4].map(|from| bytes.get(from..).unwrap_or_default());
    let spaces = bytes.iter().zip(second).zip(third);
    spaces.fold(false, |any, ((a, b), c)| any | ((*a == b' ') & (*b == b' ') & (*c == b' ')))
}

/// Whether each character beyond ASCII is shown as itself, and none is a word that may be a letter set alone.
fn beyond_ascii_is_plain(text: &str) -> bool {
    let begins = |byte| byte >= 0xC0;
    scan::all(text.as_bytes(), begins).all(|at| {
        let (before, rest) = text.split_at(at);
        let Some(c) = rest.chars().next() else { return false };
        let alone =
            || before.ends_with(' ') && rest.get(c.len_utf8()..).is_some_and(|rest| rest.starts_with(' '));
        let shown = !c.is_whitespace() && c != '\u{AD}' && !glyphs::is_control(c);
        shown && !(c.is_alphabetic() && alone())
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::assemble;
    use super::super::draft::Mark;
    use super::super::glyphs::Removed;
    use super::*;

    #[test]
    fn prose_is_plain_and_what_has_signs_is_not() {
        for (text, plain) in [
            ("Nobody’s boat – “the Anna” – came in.", true),
            ("a boat", true),
            ("plan a b or c", false),
            ("Il y a été à Malmö", false),
            ("two  spaces", false),
            (" edge", false),
            ("No.\u{A0}24", false),
            ("soft\u{AD}ly", false),
            ("", false),
        ] {
            assert_eq!(is_plain(text, Format::PlainText, false), plain, "{text}");
        }
        assert!(is_plain("snake_case [1]", Format::PlainText, false));
        assert!(!is_plain("snake_case", Format::PlainText, true));
        assert!(!is_plain("snake_case", Format::Markdown, false));
    }

    proptest! {
        #[test]
        fn plain_words_are_what_reading_each_character_gives(
            lines in prop::collection::vec("[ a-c’—é*_<&\\[\u{A0}\u{AD}\u{202E}\t-]{0,12}", 1..4),
            glue in prop::collection::vec(0..3_usize, 4),
            markdown: bool,
            marked: bool,
            low_lines: bool,
        ) {
            let text = lines.concat();
            let mut at = 0;
            let parts: Vec<Part> = lines.iter().zip(glue).map(|(line, glue)| {
                let range = at..at + line.len();
                at = range.end;
                Part { glue: [Glue::Space, Glue::Word, Glue::Hyphen][glue], ..Part::new(range) }
            }).collect();
            let format = if markdown { Format::Markdown } else { Format::PlainText };
            let mut draft = Draft::new(&text, format, Vec::new());
            draft.has_low_lines = low_lines;
            let found = text.match_indices(['a', 'é']);
            let mark = |(at, sign): (usize, &str)| Mark { range: at..at + sign.len(), label: String::new(), note: None };
            draft.marks = found.filter(|_| marked).map(mark).collect();
            if let Some((plain, places)) = words(&draft, &parts, 0) {
                let mut removed = Removed::default();
                let read = assemble::words(&draft, &parts, 0, &mut removed);
                prop_assert_eq!(plain, read.iter().map(|glyph| glyph.ch).collect::<String>());
                prop_assert!(removed.what.is_empty() && !read.iter().any(|glyph| glyph.emphasis));
                let each = assemble::places(&read);
                let pointed = draft.marks.iter().map(|mark| mark.range.start);
                for at in pointed.chain(parts.iter().map(|part| part.words.start)) {
                    prop_assert_eq!(assemble::byte_at(&places, at), assemble::byte_at(&each, at), "{}", at);
                }
            }
        }
    }
}
