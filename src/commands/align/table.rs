//! The beads as tab-separated values: one line each, for spreadsheets and shell tools.

use std::io;

use super::Alignment;
use crate::align::Bead;
use crate::commands::output::Output;
use crate::links::decisions::status;

/// The columns, as the first line names them.
const COLUMNS: [&str; 8] =
    ["left", "right", "similarity", "confidence", "moved", "left_text", "right_text", "decided"];

/// Writes a line of names and one line for each bead.
pub(super) fn write(alignment: &Alignment<'_>, output: &mut Output<'_>) -> io::Result<()> {
    output.raw(format!("{}\n", COLUMNS.join("\t")).as_bytes())?;
    for bead in &alignment.aligned.alignment.beads {
        let [left, right] = [0, 1].map(|side| references(alignment, bead, side));
        let [left_text, right_text] = [0, 1].map(|side| field(&alignment.words(bead, side)));
        let moved = if bead.moved { "moved" } else { "" };
        let decided = alignment.decided(bead).and_then(|accepted| status(accepted).decided()).unwrap_or("");
        let line = format!(
            "{left}\t{right}\t{:.3}\t{:.3}\t{moved}\t{left_text}\t{right_text}\t{decided}\n",
            bead.similarity, bead.confidence
        );
        output.raw(line.as_bytes())?;
    }
    Ok(())
}

/// `12,13`; sentences as `12.1,12.2`; passages without a number by their kind.
fn references(alignment: &Alignment<'_>, bead: &Bead, side: usize) -> String {
    let edition = &alignment.texts[side].edition;
    let spans = alignment.aligned.spans_of(bead, side).iter();
    let references = spans.filter_map(|span| {
        let passage = edition.get(span.passage)?;
        let name = || passage.kind.name().to_owned();
        let number = passage.number.map_or_else(name, |number| number.to_string());
        Some(span.sentence.map_or(number.clone(), |sentence| format!("{number}.{sentence}")))
    });
    references.collect::<Vec<_>>().join(",")
}

/// Words as a field: a backslash before what would end it, and nothing that a terminal obeys.
fn field(words: &str) -> String {
    let mut field = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' => field.push_str("\\\\"),
            '\t' => field.push_str("\\t"),
            '\n' => field.push_str("\\n"),
            '\r' => field.push_str("\\r"),
            c if c.is_control() => field.push('\u{fffd}'),
            c => field.push(c),
        }
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_field_ends_it() {
        assert_eq!(field("a\tb\nc\\n\u{1b}[2Jd\u{9b}"), "a\\tb\\nc\\\\n\u{fffd}[2Jd\u{fffd}");
    }
}
