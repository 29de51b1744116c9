//! Line after line, A and B before each: for a voice, a narrow screen or a pipe. No boxes, no signs.

use std::io;

use super::super::output::Output;
use super::super::passages::{marked, note_words, reference};
use super::Comparison;

/// Writes a comparison line by line.
pub(super) fn write(comparison: &Comparison<'_>, output: &mut Output<'_>) -> io::Result<()> {
    for (name, title) in ["A", "B"].into_iter().zip(&comparison.titles) {
        output.line(&format!("{name}: {title}"))?;
    }
    if let Some(topic) = &comparison.topic {
        output.line(&format!("Topic {topic}"))?;
    }
    for absence in &comparison.absences {
        output.line(absence)?;
    }
    for block in &comparison.blocks {
        output.line("")?;
        if let Some(why) = &block.why {
            let link = if why.starts_with(|c: char| c.is_ascii_digit()) { "Link " } else { "" };
            output.line(&format!("{link}{why}"))?;
        }
        for (name, passages) in ["A", "B"].into_iter().zip(&block.sides) {
            for passage in passages {
                output.line(&format!("{name} {}: {}", reference(passage), marked(passage)))?;
                for note in &passage.notes {
                    output.line(&format!("{name} note {}: {}", note.mark, note_words(note)))?;
                }
            }
        }
    }
    Ok(())
}
