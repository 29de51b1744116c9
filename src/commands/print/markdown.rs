//! Markdown: a heading for each link, the passages as quotations.

use std::io;

use super::super::output::Output;
use super::super::passages::{marked, note_words, reference};
use super::Comparison;
use crate::document::Note;

/// Writes a comparison as Markdown.
pub(super) fn write(comparison: &Comparison<'_>, output: &mut Output<'_>) -> io::Result<()> {
    let [left, right] = &comparison.titles;
    let heading = comparison.topic.as_deref().unwrap_or("Two texts");
    output.line(&format!("# {}", escaped(heading)))?;
    output.line("")?;
    output.line(&format!("- A: {}", escaped(left)))?;
    output.line(&format!("- B: {}", escaped(right)))?;
    for absence in &comparison.absences {
        output.line("")?;
        output.line(&escaped(absence))?;
    }
    for block in &comparison.blocks {
        if let Some(why) = &block.why {
            output.line("")?;
            output.line(&format!("## {}", escaped(why)))?;
        }
        for (name, passages) in ["A", "B"].into_iter().zip(&block.sides) {
            for passage in passages {
                output.line("")?;
                output.line(&format!("**{name} {}**", escaped(&reference(passage))))?;
                output.line("")?;
                output.line(&format!("> {}", escaped(&marked(passage))))?;
                for note in &passage.notes {
                    output.line(">")?;
                    output.line(&escaped_note(note))?;
                }
            }
        }
    }
    Ok(())
}

/// A note under the quotation that its mark stands in; not as `[^1]`, since marks are not unique in a text.
fn escaped_note(note: &Note) -> String {
    format!("> {}", escaped(&format!("[{}] {}", note.mark, note_words(note))))
}

/// Words that Markdown reads as nothing but words.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for (byte, c) in words.char_indices() {
        let starts_block = byte == 0 && matches!(c, '#' | '-' | '+' | '>' | '=' | '~');
        if starts_block || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    // `1.` and `1)` at the start of a line would begin a list.
    let digits = escaped.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && matches!(escaped.as_bytes().get(digits), Some(b'.' | b')')) {
        escaped.insert(digits, '\\');
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        for (words, expected) in [
            ("a *b* [c]", "a \\*b\\* \\[c\\]"),
            ("# no heading", "\\# no heading"),
            ("1. no list", "1\\. no list"),
            ("1905 was", "1905 was"),
            ("<b>", "\\<b>"),
        ] {
            assert_eq!(escaped(words), expected);
        }
    }
}
