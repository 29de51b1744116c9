//! Signs of Markdown inside a passage: emphasis, links, code, escapes, entities and stray tags.

use super::draft::what;
use super::glyphs::{Glyph, Glyphs, Removed};

/// An address longer than this is no address.
const LONGEST_ADDRESS: usize = 2000;

/// Reads the signs; what is no complete sign stays as it is printed.
pub fn read(glyphs: &mut Glyphs, removed: &mut Removed) {
    let old = std::mem::take(glyphs);
    let mut open: Vec<(usize, char, usize)> = Vec::new();
    let mut at = 0;
    while let Some(&glyph) = old.get(at) {
        let ch = |offset: usize| old.get(at + offset).map(|g| g.ch);
        at += match glyph.ch {
            '\\' if ch(1).is_some_and(|c| c.is_ascii_punctuation()) => {
                glyphs.extend(old.get(at + 1).copied());
                2
            }
            '*' | '_' => delimiter(&old, at, glyphs, &mut open),
            '`' => code(&old, at, glyphs),
            '!' if ch(1) == Some('[') && link(&old, at + 1).is_some() => 1,
            '[' => match link(&old, at) {
                Some((label, length)) => {
                    removed.what.push(what::LINKS);
                    let mut inner: Glyphs = old.get(at + 1..label).unwrap_or_default().to_vec();
                    // A link's own words may be emphasised; brackets do not nest in them.
                    read(&mut inner, removed);
                    glyphs.extend(inner);
                    length
                }
                None => literal(glyphs, glyph),
            },
            '~' if struck(&old, at).is_some() => {
                let end = struck(&old, at).unwrap_or(at);
                let mut inner: Glyphs = old.get(at + 2..end).unwrap_or_default().to_vec();
                read(&mut inner, removed);
                glyphs.extend(inner);
                end + 2 - at
            }
            '<' if comment(&old, at).is_some() => {
                removed.what.push(what::COMMENTS);
                comment(&old, at).unwrap_or(1)
            }
            '<' => angle(&old, at, glyphs, removed),
            '&' => entity(&old, at, glyphs),
            _ => literal(glyphs, glyph),
        };
    }
}

/// Reads low lines around words as emphasis, and no other sign.
pub fn read_low_lines(glyphs: &mut Glyphs) {
    let old = std::mem::take(glyphs);
    let mut open: Vec<(usize, char, usize)> = Vec::new();
    let mut at = 0;
    while let Some(&glyph) = old.get(at) {
        at += if glyph.ch == '_' { delimiter(&old, at, glyphs, &mut open) } else { literal(glyphs, glyph) };
    }
}

fn literal(glyphs: &mut Glyphs, glyph: Glyph) -> usize {
    glyphs.push(glyph);
    1
}

/// A run of `*` or `_`: opens emphasis, closes it, or is printed. Returns its length.
fn delimiter(old: &Glyphs, at: usize, glyphs: &mut Glyphs, open: &mut Vec<(usize, char, usize)>) -> usize {
    let Some(&sign) = old.get(at) else { return 1 };
    let length = old.get(at..).unwrap_or_default().iter().take_while(|g| g.ch == sign.ch).count();
    let space = |g: Option<&Glyph>| g.is_none_or(|g| g.ch.is_whitespace());
    let letter = |g: Option<&Glyph>| g.is_some_and(|g| g.ch.is_alphanumeric());
    let before = at.checked_sub(1).and_then(|at| old.get(at));
    let after = old.get(at + length);
    let inside_word = sign.ch == '_' && letter(before) && letter(after);
    let closes = !space(before) && !inside_word && length <= 3;
    let matching = open.iter().rposition(|(_, ch, n)| *ch == sign.ch && *n == length);
    if let Some(found) = matching.filter(|_| closes)
        && let Some((from, _, opened)) = open.get(found).copied()
    {
        open.truncate(found);
        // The opening signs were printed in case nothing would close them.
        glyphs.drain(from..from + opened);
        for glyph in glyphs.get_mut(from..).unwrap_or_default() {
            glyph.emphasis = true;
        }
        return length;
    }
    if !space(after) && !inside_word && length <= 3 && open.len() < 16 {
        open.push((glyphs.len(), sign.ch, length));
    }
    glyphs.extend(old.get(at..at + length).unwrap_or_default());
    length
}

/// A span of code: printed without its signs.
fn code(old: &Glyphs, at: usize, glyphs: &mut Glyphs) -> usize {
    let rest = old.get(at..).unwrap_or_default();
    let ticks = rest.iter().take_while(|g| g.ch == '`').count();
    let inner = rest.get(ticks..).unwrap_or_default();
    let end = inner.iter().take(LONGEST_ADDRESS).position(|g| g.ch == '`').filter(|&end| end > 0);
    match end {
        Some(end) if inner.get(end..end + ticks).is_some_and(|run| run.iter().all(|g| g.ch == '`')) => {
            glyphs.extend(inner.get(..end).unwrap_or_default());
            ticks + end + ticks
        }
        Some(_) | None => {
            glyphs.extend(rest.get(..ticks).unwrap_or_default());
            ticks
        }
    }
}

/// `[words](address)` from here: where the words end, and the length of the whole.
fn link(old: &Glyphs, at: usize) -> Option<(usize, usize)> {
    let rest = old.get(at..)?;
    let near = |from: usize, sign: char| {
        rest.iter().skip(from).take(LONGEST_ADDRESS).position(|g| g.ch == sign).map(|found| from + found)
    };
    let label = 1 + rest.iter().skip(1).take(LONGEST_ADDRESS).position(|g| matches!(g.ch, '[' | ']'))?;
    if rest.get(label)?.ch == '[' || rest.get(label + 1)?.ch != '(' || label == 1 {
        return None;
    }
    let end = near(label + 2, ')')?;
    Some((at + label, end + 1))
}

/// `~~words~~` from here: where the words end.
fn struck(old: &Glyphs, at: usize) -> Option<usize> {
    let is = |at: usize, sign: char| old.get(at).is_some_and(|glyph| glyph.ch == sign);
    let space = |at: usize| old.get(at).is_none_or(|glyph| glyph.ch.is_whitespace());
    if !is(at + 1, '~') || is(at + 2, '~') || space(at + 2) {
        return None;
    }
    let mut ends = at + 3..(at + LONGEST_ADDRESS).min(old.len());
    ends.find(|&end| is(end, '~') && is(end + 1, '~') && !space(end - 1))
}

/// The length of a comment from here: `<!-- words -->`.
fn comment(old: &Glyphs, at: usize) -> Option<usize> {
    let begins = |at: usize, sign: &str| {
        sign.chars().zip(at..).all(|(sign, at)| old.get(at).is_some_and(|glyph| glyph.ch == sign))
    };
    if !begins(at, "<!--") {
        return None;
    }
    let end = (at + 4..old.len()).find(|&end| begins(end, "-->"))?;
    Some(end + 3 - at)
}

/// `<br>`, `<em>` and their like go, `<http://…>` stays as its address, everything else is printed.
fn angle(old: &Glyphs, at: usize, glyphs: &mut Glyphs, removed: &mut Removed) -> usize {
    let rest = old.get(at..).unwrap_or_default();
    let Some(&first) = rest.first() else { return 1 };
    let Some(end) = rest.iter().take(200).position(|g| g.ch == '>') else { return literal(glyphs, first) };
    let inner: String = rest.get(1..end).unwrap_or_default().iter().map(|g| g.ch).collect();
    let name = inner.trim_start_matches('/').trim_end_matches('/').trim().to_lowercase();
    match name.as_str() {
        "br" => glyphs.push(Glyph { ch: ' ', ..first }),
        "sup" | "sub" | "i" | "em" | "b" | "strong" | "u" | "small" | "span" | "p" | "div" => {
            removed.what.push(what::TAGS);
        }
        _ if inner.starts_with("http") => glyphs.extend(rest.get(1..end).unwrap_or_default()),
        _ => return literal(glyphs, first),
    }
    end + 1
}

fn entity(old: &Glyphs, at: usize, glyphs: &mut Glyphs) -> usize {
    let rest = old.get(at..).unwrap_or_default();
    let Some(&first) = rest.first() else { return 1 };
    let Some(end) = rest.iter().take(12).position(|g| g.ch == ';') else { return literal(glyphs, first) };
    let name: String = rest.get(1..end).unwrap_or_default().iter().map(|g| g.ch).collect();
    let ch = match name.as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" | "#39" => '\'',
        "nbsp" => '\u{A0}',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => return literal(glyphs, first),
    };
    glyphs.push(Glyph { ch, ..first });
    end + 1
}

#[cfg(test)]
mod tests {
    use crate::document::import::testing::markdown;

    #[test]
    fn signs_of_markdown_are_read_and_stray_ones_are_printed() {
        let cases: [(&str, &str, &[&str]); 15] = [
            ("the *old* harbour", "the old harbour", &["old"]),
            ("the **old** harbour", "the old harbour", &["old"]),
            ("the ***old* harbour", "the ***old* harbour", &[]),
            ("2 * 3 * 4", "2 * 3 * 4", &[]),
            ("snake_case_word and _old_ ropes", "snake_case_word and old ropes", &["old"]),
            ("see [the *log*](http://example.org)", "see the log", &["log"]),
            ("see [the log]", "see [the log]", &[]),
            ("a \\*star\\* of `code`", "a *star* of code", &[]),
            ("ropes &amp; nets<br>here", "ropes & nets here", &[]),
            ("m<sub>2</sub> is a <tag> here", "m2 is a <tag> here", &[]),
            ("the ~~old *and*~~ new harbour", "the old and new harbour", &["and"]),
            ("about ~5 or ~~ 6 ~~ boats", "about ~5 or ~~ 6 ~~ boats", &[]),
            ("the harbour <!-- which *one*? -->here", "the harbour here", &[]),
            ("the harbour <!-- which", "the harbour <!-- which", &[]),
            ("*open and shut", "*open and shut", &[]),
        ];
        for (source, text, emphasis) in cases {
            let edition = markdown(source);
            let passage = &edition.passages()[0];
            assert_eq!(passage.text, text);
            let found: Vec<&str> =
                passage.emphasis.iter().map(|range| passage.slice(range.clone())).collect();
            assert_eq!(found, emphasis, "{source}");
        }
    }

    #[test]
    fn a_link_keeps_its_words_and_is_counted() {
        let edition = markdown("The log is [here](http://example.org/log).\n");
        assert_eq!(edition.passages()[0].text, "The log is here.");
        assert!(edition.notices().iter().any(|n| n.what.contains("link addresses") && n.count == 1));
    }
}
