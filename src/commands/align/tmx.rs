//! The beads as a translation memory, TMX 1.4b (LISA OSCAR, 2005): XML for translators' tools.

use std::fmt::Write as _;
use std::io;

use super::Alignment;
use crate::commands::output::Output;
use crate::links::parallel::Unit;

/// Writes the memory: one unit for each bead with both sides. What has no partner, or was rejected by the reader, is
/// no translation of anything and is left out.
pub(super) fn write(alignment: &Alignment<'_>, output: &mut Output<'_>) -> io::Result<()> {
    let languages = languages([0, 1].map(|side| alignment.language(side)));
    output.raw(header(alignment, &languages[0]).as_bytes())?;
    let beads = alignment.aligned.alignment.beads.iter();
    let partnered = beads.filter(|bead| bead.units.iter().all(|units| !units.is_empty()));
    let decided = partnered.map(|bead| (bead, alignment.decided(bead)));
    let held = decided.filter(|(_, accepted)| *accepted != Some(false));
    for (number, (bead, accepted)) in (1..).zip(held) {
        let mut unit = format!("<tu tuid=\"{number}\">\n");
        for (name, share) in [("similarity", bead.similarity), ("confidence", bead.confidence)] {
            let _ = writeln!(unit, "<prop type=\"x-{name}\">{share:.3}</prop>");
        }
        if accepted.is_some() {
            unit.push_str("<prop type=\"x-decided\">accepted</prop>\n");
        }
        if bead.moved {
            unit.push_str("<prop type=\"x-moved\">true</prop>\n");
        }
        for (side, language) in languages.iter().enumerate() {
            let words = escaped(&alignment.words(bead, side));
            let _ = writeln!(unit, "<tuv xml:lang=\"{language}\"><seg>{words}</seg></tuv>");
        }
        unit.push_str("</tu>\n");
        output.raw(unit.as_bytes())?;
    }
    output.raw(b"</body>\n</tmx>\n")
}

fn header(alignment: &Alignment<'_>, source_language: &str) -> String {
    let segments = match alignment.unit {
        Unit::Passage => "paragraph",
        Unit::Sentence => "sentence",
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n\
         <header creationtool=\"diptych\" creationtoolversion=\"{}\" segtype=\"{segments}\" \
         o-tmf=\"diptych\" adminlang=\"en\" srclang=\"{source_language}\" datatype=\"plaintext\"/>\n<body>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// The languages as BCP 47 names them, never twice the same: tools tell the two sides of a unit by them.
fn languages(known: [Option<&str>; 2]) -> [String; 2] {
    let codes = known.map(|code| code.unwrap_or("und"));
    if codes[0] == codes[1] {
        return [format!("{}-x-left", codes[0]), format!("{}-x-right", codes[1])];
    }
    codes.map(str::to_owned)
}

/// Words as character data: markup escaped, and U+FFFD for what no XML document may hold.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => text.push('\u{fffd}'),
            c if c.is_control() => text.push('\u{fffd}'),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_character_data() {
        assert_eq!(
            escaped("</seg><!-- & \"]]> \u{1b}\u{ffff}漢"),
            "&lt;/seg&gt;&lt;!-- &amp; &quot;]]&gt; \u{fffd}\u{fffd}漢"
        );
    }

    #[test]
    fn the_two_sides_never_have_one_language_tag() {
        for (known, expected) in [
            ([Some("de"), Some("en")], ["de", "en"]),
            ([Some("en"), Some("en")], ["en-x-left", "en-x-right"]),
            ([None, Some("en")], ["und", "en"]),
            ([None, None], ["und-x-left", "und-x-right"]),
        ] {
            assert_eq!(languages(known), expected);
        }
    }
}
