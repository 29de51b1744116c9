//! `diptych align`: two texts of one work side by side, as links of the kind `parallel`.

mod record;
mod table;
mod tmx;

use super::arguments::{AlignArguments, AlignFormat, AlignUnit};
use super::context::Context;
use super::error::CommandError;
use super::links::{counted, places};
use super::output::Output;
use super::passages::titles;
use super::progress_line;
use crate::align::{Bead, Relation, percent};
use crate::document::language;
use crate::library::Text;
use crate::links::Link;
use crate::links::parallel::{self, Aligned, Unit};

/// Two texts, aligned: what each format is written from.
struct Alignment<'a> {
    texts: &'a [Text; 2],
    aligned: &'a Aligned,
    unit: Unit,
}

impl Alignment<'_> {
    /// The beads in their order, each with its link.
    ///
    /// # Errors
    /// Where Ctrl-C ended it.
    fn links(&self) -> Result<impl Iterator<Item = (&Bead, Link)>, CommandError> {
        let editions = self.texts.each_ref().map(|text| &text.edition);
        let links =
            progress_line::watched("naming reasons", |progress| self.aligned.links(editions, progress))?;
        Ok(self.aligned.alignment.beads.iter().zip(links))
    }

    /// The words of a side of a bead, its units parted by a space.
    fn words(&self, bead: &Bead, side: usize) -> String {
        let spans = self.aligned.spans_of(bead, side).iter();
        let edition = &self.texts[side].edition;
        let words =
            spans.filter_map(|span| Some(edition.get(span.passage)?.slice(span.bytes.clone()).trim()));
        words.collect::<Vec<_>>().join(" ")
    }

    /// The language of a side as ISO 639-1 has it: that of its work, else what its words look like.
    fn language(&self, side: usize) -> Option<&str> {
        let text = &self.texts[side];
        let known = text.work.as_ref().map(|work| work.language.as_str()).filter(|code| !code.is_empty());
        known.or_else(|| language::of(&text.edition))
    }
}

/// Aligns two texts and prints the beads.
///
/// # Errors
/// Where a text cannot be opened, the output cannot be written, or Ctrl-C ended it.
pub fn run(
    context: &Context,
    arguments: &AlignArguments,
    output: &mut Output<'_>,
) -> Result<(), CommandError> {
    let names = [arguments.left.as_str(), arguments.right.as_str()];
    super::context::refuse_twice_standard_input(names)?;
    let open = |name: &str| {
        if arguments.pre_segmented { Ok(context.library.open_segmented(name)?) } else { context.open(name) }
    };
    let open_both = || -> Result<[Text; 2], CommandError> { Ok([open(names[0])?, open(names[1])?]) };
    let texts = progress_line::shown("reading", open_both)?;
    let unit = match arguments.unit {
        AlignUnit::Passage => Unit::Passage,
        AlignUnit::Sentence => Unit::Sentence,
    };
    let editions = texts.each_ref().map(|text| &text.edition);
    let aligned = progress_line::watched("aligning", |progress| parallel::align(editions, unit, progress))?;
    let alignment = Alignment { texts: &texts, aligned: &aligned, unit };
    match arguments.format {
        AlignFormat::Text => write(&alignment, output)?,
        AlignFormat::Json => output.json(&record::AlignRecord::new(&alignment)?)?,
        AlignFormat::Tsv => table::write(&alignment, output)?,
        AlignFormat::Tmx => tmx::write(&alignment, output)?,
    }
    Ok(())
}

fn write(alignment: &Alignment<'_>, output: &mut Output<'_>) -> Result<(), CommandError> {
    for (side, title) in ["A", "B"].into_iter().zip(titles(alignment.texts.each_ref())) {
        output.heading(&format!("{side}: {title}"))?;
    }
    let found = &alignment.aligned.alignment;
    let judged = &found.judgement;
    output.line(&format!("{} ({:.2}): {}", relation(judged.relation), judged.confidence, judged.reason))?;
    let [left, right] = found.coverage.map(percent);
    let partnered = |bead: &&Bead| bead.units.iter().all(|units| !units.is_empty());
    let pairs = found.beads.iter().filter(partnered).count();
    output.line(&format!(
        "{}, {} without partner; the passages joined hold {left} % of A and {right} % of B",
        counted(pairs, "link"),
        found.beads.len() - pairs
    ))?;
    output.line("")?;
    for (bead, link) in alignment.links()? {
        let moved = if bead.moved { ", moved" } else { "" };
        let sentences = [0, 1].map(|side| sentences(alignment, bead, side));
        let places = places(alignment.texts.each_ref().map(|text| &text.edition), &link, &sentences);
        output.line(&format!(
            "{places}  similarity {:.2}, confidence {:.2}{moved}: {}",
            bead.similarity,
            link.confidence,
            link.reasons.first().map_or("", String::as_str)
        ))?;
    }
    Ok(())
}

/// ` s. 2-3`, where a side of a bead is sentences.
fn sentences(alignment: &Alignment<'_>, bead: &Bead, side: usize) -> String {
    let spans = alignment.aligned.spans_of(bead, side);
    let ends = [spans.first(), spans.last()].map(|span| span.and_then(|span| span.sentence));
    match ends {
        [Some(first), Some(last)] if spans.len() > 1 => format!(" s. {first}-{last}"),
        [Some(only), _] => format!(" s. {only}"),
        [None, _] => String::new(),
    }
}

/// What two texts are to each other, in words.
const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::SameWords => "two editions of one text",
        Relation::Translation => "two translations, or a text and its translation",
        Relation::DifferentWorks => "two different works",
    }
}
