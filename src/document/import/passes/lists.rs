//! Lists: bullets, and numbers or letters that count on from their neighbour.

use crate::document::import::draft::{Block, Draft, Role};

/// Bytes of a bullet and the space after it.
#[must_use]
pub fn bullet(line: &str) -> Option<usize> {
    let mut chars = line.chars();
    let sign = chars.next().filter(|c| "•‣◦▪●·-*+".contains(*c))?;
    let rest = chars.as_str();
    let words = rest.trim_start_matches([' ', '\t', '\u{A0}']);
    let spaced = words.len() < rest.len() && !words.is_empty();
    (spaced && sign.len_utf8() < line.len()).then(|| line.len() - words.len())
}

/// The sign of an enumerated item (`1.`, `a)`, `(iv)`) and its bytes with the space after it.
#[must_use]
pub fn enumerator(line: &str) -> Option<(&str, usize)> {
    let open = usize::from(line.starts_with('('));
    let inner = line.get(open..)?;
    let name = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let word = inner.get(..name)?;
    let number = !word.is_empty() && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let letter = word.len() == 1 || (word.len() <= 4 && word.bytes().all(|b| b"ivx".contains(&b)));
    let close = inner.get(name..)?.chars().next().filter(|c| *c == ')' || (*c == '.' && open == 0))?;
    let upper_initial = close == '.' && word.bytes().all(|b| b.is_ascii_uppercase());
    let end = open + name + 1;
    let rest = line.get(end..)?;
    let words = rest.trim_start_matches([' ', '\t', '\u{A0}']);
    ((number || letter) && !upper_initial && words.len() < rest.len() && !words.is_empty())
        .then(|| (line.get(..end).unwrap_or_default(), line.len() - words.len()))
}

/// Whether one sign counts on from another: `a)` and `b)`, `1.` and `2.`.
fn counts_on(before: &str, after: &str) -> bool {
    let name = |sign: &str| sign.trim_matches(['(', ')', '.']).to_owned();
    let (a, b) = (name(before), name(after));
    if before.ends_with(')') != after.ends_with(')') {
        return false;
    }
    match (a.parse::<u32>(), b.parse::<u32>()) {
        (Ok(a), Ok(b)) => b == a + 1,
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => false,
        (Err(_), Err(_)) => {
            let letters = (a.bytes().next(), b.bytes().next());
            let next_letter = a.len() == 1 && b.len() == 1 && letters.1 == letters.0.map(|l| l + 1);
            next_letter || matches!((roman(&a), roman(&b)), (Some(a), Some(b)) if b == a + 1)
        }
    }
}

fn roman(numeral: &str) -> Option<u32> {
    let names = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    names.iter().position(|name| *name == numeral).map(|at| at as u32 + 1)
}

/// Reads list items: every bullet of plain text, and an enumerated block whose neighbour counts on.
///
/// A number that stands alone before running prose is the author's own division of the argument and stays.
pub fn read(draft: &mut Draft<'_>) {
    let signs: Vec<Option<(&str, usize)>> = draft
        .blocks
        .iter()
        .map(|block| (block.role == Role::Text).then(|| enumerator(draft.first_line(block))).flatten())
        .collect();
    let follows = |at: usize| {
        let pair = (signs.get(at).copied().flatten(), signs.get(at + 1).copied().flatten());
        matches!(pair, (Some((a, _)), Some((b, _))) if counts_on(a, b))
    };
    let mut found = Vec::new();
    for (at, block) in draft.blocks.iter().enumerate().filter(|(_, block)| block.role == Role::Text) {
        let line = draft.first_line(block);
        if let Some((sign, skip)) = signs.get(at).copied().flatten() {
            if follows(at) || at > 0 && follows(at - 1) {
                found.push((at, format!("{sign} "), skip));
            }
        } else if let Some(skip) = bullet(line) {
            let sign = line.chars().next().filter(|c| !"-*+".contains(*c)).unwrap_or('•');
            found.push((at, format!("{sign} "), skip));
        }
    }
    found.extend(own_signs(draft));
    for (at, marker, skip) in found {
        if let Some(block) = draft.blocks.get_mut(at) {
            become_item(block, marker, skip);
        }
    }
}

/// Bulleted items that print a sign of their own, as in Markdown `- a) ropes`, with that sign and its bytes: it
/// is shown instead of the bullet.
fn own_signs(draft: &Draft<'_>) -> Vec<(usize, String, usize)> {
    let bulleted = |block: &Block| block.role == Role::ListItem && block.marker == "• ";
    let blocks = draft.blocks.iter().enumerate().filter(|(_, block)| bulleted(block));
    blocks
        .filter_map(|(at, block)| {
            let line = draft.first_line(block);
            let printed = || bullet(line).filter(|_| line.starts_with('•')).map(|skip| ("•", skip));
            let (sign, skip) = enumerator(line).or_else(printed)?;
            Some((at, format!("{sign} "), skip))
        })
        .collect()
}

fn become_item(block: &mut Block, marker: String, skip: usize) {
    block.role = Role::ListItem;
    block.marker = marker;
    if let Some(part) = block.parts.first_mut() {
        part.words.start += skip;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    #[test]
    fn signs_of_list_items_are_told_from_words() {
        let cases = [
            ("1. ropes", Some("1.")),
            ("a) ropes", Some("a)")),
            ("(iv) ropes", Some("(iv)")),
            ("12) ropes", Some("12)")),
            ("I. Ropes", None),
            ("1905. A year", None),
            ("No. 24", None),
            ("1.5 tons", None),
            ("a. m.", Some("a.")),
            ("2.", None),
        ];
        for (line, sign) in cases {
            assert_eq!(enumerator(line).map(|(sign, _)| sign), sign, "{line}");
        }
    }

    #[test]
    fn items_that_count_on_are_a_list_and_a_lone_number_is_not() {
        use Kind::{ListItem, Paragraph};
        let text = "1) The harbour. It was full.\n\nThree things were missing:\n\na) ropes;\n\nb) nets;\n\nc) men.\n\n\
            2) The sea. It was grey.\n";
        let edition = edition(text);
        assert_eq!(kinds(&edition), [Paragraph, Paragraph, ListItem, ListItem, ListItem, Paragraph]);
        let item = &edition.passages()[3];
        assert_eq!((item.text.as_str(), item.slice(0..item.marker_bytes)), ("b) nets;", "b) "));
    }

    #[test]
    fn an_item_that_prints_its_own_sign_has_no_bullet_besides() {
        let edition =
            edition("# Harbour\n\n- ¶1 a) ropes\n- ¶2 b) nets\n- ¶3 • bread\n- ¶4 1. oil\n- ¶5 men\n");
        let found: Vec<_> = edition
            .passages()
            .iter()
            .skip(1)
            .map(|p| (p.number.unwrap(), p.text.as_str(), p.slice(0..p.marker_bytes)))
            .collect();
        let expected = [
            (1, "a) ropes", "a) "),
            (2, "b) nets", "b) "),
            (3, "• bread", "• "),
            (4, "1. oil", "1. "),
            (5, "• men", "• "),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn bulleted_lines_below_each_other_are_items() {
        let edition =
            edition("They carried these things:\n\n• ropes, a)  old and b) new;\n• nets;\n• bread.\n");
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::ListItem, Kind::ListItem, Kind::ListItem]);
        assert_eq!(edition.passages()[1].text, "• ropes, a) old and b) new;");
        assert_eq!(edition.passages()[1].marker_bytes, "• ".len());
    }
}
