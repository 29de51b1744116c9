//! `diptych align`: two texts of one work side by side, as links of the kind `parallel`.

mod record;
mod table;
mod tmx;

use std::io::{self, Write};
use std::ops::Range;

use super::arguments::{AlignArguments, AlignFormat, AlignUnit};
use super::context::{Context, told_before};
use super::error::CommandError;
use super::links::{counted, places};
use super::output::Output;
use super::passages::{reference, titles};
use super::progress_line;
use crate::align::{Bead, HOLDS, Judgement, Options, Relation, percent};
use crate::document::Edition;
use crate::library::Text;
use crate::library::pair::{Ground, Pair, Standing};
use crate::links::Link;
use crate::links::decisions::{Decided, status};
use crate::links::lacunae::{Lacuna, lacunae};
use crate::links::moved::long_blocks;
use crate::links::parallel::{self, Aligned, Unit};
use crate::reader::memory::decided;

/// Two texts, aligned: what each format is written from.
struct Alignment<'a> {
    texts: &'a [Text; 2],
    aligned: &'a Aligned,
    unit: Unit,
    /// What links join the two, where that is known and need not be measured.
    known: Option<Ground>,
    /// What the reader decided about passages that belong together.
    decisions: Vec<Decided>,
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
        let decided = |(bead, link)| match self.decided(bead) {
            Some(accepted) => (bead, Link { status: status(accepted), ..link }),
            None => (bead, link),
        };
        Ok(self.aligned.alignment.beads.iter().zip(links).map(decided))
    }

    /// Whether the reader said that a bead holds; nothing where the reader said nothing. Sentences of passages that
    /// were said not to belong together do not either; where passages do, their sentences may stand otherwise.
    fn decided(&self, bead: &Bead) -> Option<bool> {
        let passages = [0, 1].map(|side| {
            let spans = self.aligned.spans_of(bead, side).iter();
            let mut passages: Vec<usize> = spans.map(|span| span.passage).collect();
            passages.dedup();
            passages
        });
        let mut of_passages = self.decisions.iter().filter(|decision| decision.topic.is_none());
        let within = |(inner, outer): (&Vec<usize>, &Vec<usize>)| {
            !inner.is_empty() && inner.iter().all(|passage| outer.contains(passage))
        };
        let stands_within = |decision: &Decided| passages.iter().zip(&decision.passages).all(within);
        match self.unit {
            Unit::Passage => of_passages.find(|of| of.passages == passages).map(|decision| decision.accepted),
            // Parts of what was rejected may have been joined.
            Unit::Sentence => {
                let around = of_passages.filter(|decision| stands_within(decision));
                around.map(|decision| decision.accepted).reduce(|any, one| any || one).filter(|any| !any)
            }
        }
    }

    /// Whether a bead holds: as the reader said, else as surely as it was found.
    fn holds(&self, bead: &Bead) -> bool {
        self.decided(bead).unwrap_or_else(|| bead.holds())
    }

    /// Whether the texts are known or held to be one work.
    fn is_one_work(&self) -> bool {
        self.known.is_some() || self.aligned.alignment.judgement.is_one_work()
    }

    /// How much of each text stands in beads that hold; nothing where the texts are neither known nor held to be one
    /// work, for then all beads rest on a guess.
    fn coverage(&self) -> Option<[f32; 2]> {
        self.is_one_work().then(|| {
            let editions = self.texts.each_ref().map(|text| &text.edition);
            self.aligned.coverage(editions, |bead| self.holds(bead))
        })
    }

    /// How many beads hold, how many have two sides but do not hold, how many of those the reader rejected, how many
    /// have one side.
    fn counts(&self) -> [usize; 4] {
        let beads = || self.aligned.alignment.beads.iter();
        let alone = beads().filter(|bead| bead.units.iter().any(Range::is_empty)).count();
        let both = || beads().filter(|bead| bead.units.iter().all(|units| !units.is_empty()));
        let joined = both().filter(|bead| self.holds(bead)).count();
        let rejected = both().filter(|bead| self.decided(bead) == Some(false)).count();
        [joined, both().count() - joined - rejected, rejected, alone]
    }

    /// The words of a side of a bead, one unit after the other as their script parts words.
    fn words(&self, bead: &Bead, side: usize) -> String {
        let spans = self.aligned.spans_of(bead, side).iter();
        let edition = &self.texts[side].edition;
        let parts =
            spans.filter_map(|span| Some(edition.get(span.passage)?.slice(span.bytes.clone()).trim()));
        let mut words = String::new();
        for part in parts {
            let ends = [words.chars().next_back(), part.chars().next()];
            if ends.iter().all(Option::is_some) && !ends.iter().flatten().all(|&c| is_unspaced(c)) {
                words.push(' ');
            }
            words.push_str(part);
        }
        words
    }

    /// The language of a side as ISO 639-1 has it.
    fn language(&self, side: usize) -> Option<&str> {
        self.texts[side].language()
    }
}

/// Whether a character is of a script that sets no space between words: Chinese and Japanese, with their signs.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x3000..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff)
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
    let pair = Pair::unlinked(progress_line::shown("reading", open_both)?);
    let kept = context.kept(pair.texts.each_ref());
    let decisions = decided(&pair, &kept.decisions);
    let texts = &pair.texts;
    let unit = match arguments.unit {
        AlignUnit::Passage => Unit::Passage,
        AlignUnit::Sentence => Unit::Sentence,
    };
    let editions = texts.each_ref().map(|text| &text.edition);
    let told = arguments.kinship.told().or(kept.told.map(told_before));
    let is_known = told.is_some() || texts.iter().all(|text| text.work.is_some());
    let known = is_known.then(|| Ground::of(texts.each_ref(), told));
    let one_work = known.as_ref().is_some_and(|known| known.standing != Standing::Works);
    let [told, parted] = [true, false].map(|said| parallel::told(editions, &joined(&decisions, said)));
    let options = Options { one_work, told, parted, ..Options::default() };
    let aligned =
        progress_line::watched("aligning", |progress| parallel::align(editions, unit, &options, progress))?;
    let alignment = Alignment { texts, aligned: &aligned, unit, known, decisions };
    match arguments.format {
        AlignFormat::Text => write(&alignment, output)?,
        AlignFormat::Json => output.json(&record::AlignRecord::new(&alignment)?)?,
        AlignFormat::Tsv => table::write(&alignment, output)?,
        AlignFormat::Tmx => tmx::write(&alignment, output)?,
    }
    // These two have no place for it.
    if matches!(arguments.format, AlignFormat::Tsv | AlignFormat::Tmx) && !alignment.is_one_work() {
        let measured = verdict(&aligned.alignment.judgement);
        let _ = writeln!(io::stderr(), "diptych: {measured}; {}", totals(&alignment));
    }
    Ok(())
}

/// The passages that the reader said belong together, or do not, what was said last first.
fn joined(decisions: &[Decided], accepted: bool) -> Vec<[Vec<usize>; 2]> {
    let said =
        decisions.iter().rev().filter(|decision| decision.topic.is_none() && decision.accepted == accepted);
    said.map(|decision| decision.passages.clone()).collect()
}

fn write(alignment: &Alignment<'_>, output: &mut Output<'_>) -> Result<(), CommandError> {
    for (side, title) in ["A", "B"].into_iter().zip(titles(alignment.texts.each_ref())) {
        output.heading(&format!("{side}: {title}"))?;
    }
    let found = &alignment.aligned.alignment;
    let measured = verdict(&found.judgement);
    match &alignment.known {
        Some(known) => {
            output.line(&format!("{}: {}", known.words(), known.reason))?;
            output.line(&format!("by their words alone: {measured}"))?;
        }
        None => output.line(&measured)?,
    }
    output.line(&totals(alignment))?;
    let editions = alignment.texts.each_ref().map(|text| &text.edition);
    let links: Vec<(&Bead, Link)> = alignment.links()?.collect();
    if alignment.is_one_work() {
        let all = || links.iter().map(|(_, link)| link);
        for lacuna in lacunae(all()) {
            output.line(&missing(&lacuna, editions))?;
        }
        for block in long_blocks(all()) {
            let [left, right] = [0, 1].map(|side| stretch(&block.passages[side], editions[side]));
            output.line(&format!("A {left} was moved: B {right}"))?;
        }
    }
    output.line("")?;
    for (bead, link) in links {
        let moved = if bead.moved { ", moved" } else { "" };
        let unsure = if link.is_unsure() { ", unsure" } else { "" };
        let decided = link.decided().map_or_else(String::new, |decided| format!(", {decided}"));
        let sentences = [0, 1].map(|side| sentences(alignment, bead, side));
        let places = places(editions, &link, &sentences);
        output.line(&format!(
            "{places}  similarity {:.2}, confidence {:.2}{unsure}{moved}{decided}: {}",
            bead.similarity,
            link.confidence,
            link.reasons.first().map_or("", String::as_str)
        ))?;
    }
    Ok(())
}

/// `nothing in B beside A ¶120 to ¶167 (48 passages)`.
fn missing(Lacuna { side, passages }: &Lacuna, editions: [&Edition; 2]) -> String {
    let [own, other] = if *side == 0 { ["A", "B"] } else { ["B", "A"] };
    let stretch = stretch(passages, editions[*side]);
    format!("nothing in {other} beside {own} {stretch} ({} passages)", passages.len())
}

/// `¶120 to ¶167, ¶169`.
fn stretch(passages: &[usize], edition: &Edition) -> String {
    let run = |run: &[usize]| {
        let ends = run.first().into_iter().chain(run.last().filter(|_| run.len() > 1));
        let ends: Vec<String> = ends.filter_map(|&at| edition.get(at)).map(reference).collect();
        ends.join(" to ")
    };
    let runs = passages.chunk_by(|one, next| one + 1 == *next).map(run);
    runs.collect::<Vec<_>>().join(", ")
}

/// What two texts are to each other as their words tell, how surely, and why.
fn verdict(Judgement { relation, confidence, reason }: &Judgement) -> String {
    let (words, sure) = (relation.words(), percent(*confidence));
    match relation {
        Relation::Unclear => format!("{words} ({sure} % for one work): {reason}"),
        Relation::SameWords | Relation::Translation | Relation::DifferentWorks => {
            format!("{words}, {sure} % sure: {reason}")
        }
    }
}

/// How many beads there are of each kind and what they hold: as a finding where the texts are known or held to be one
/// work, else as what rests on a guess and covers nothing.
fn totals(alignment: &Alignment<'_>) -> String {
    let [joined, unsure, rejected, alone] = alignment.counts();
    // Counted as the list of links and the reader count them.
    let links = counted(joined + unsure, "link");
    let unsure =
        if unsure > 0 { format!("{unsure} of them unsure (below {HOLDS:.2}), ") } else { String::new() };
    let rejected = if rejected > 0 { format!("{rejected} rejected by you, ") } else { String::new() };
    let counts = format!("{links}, {unsure}{rejected}{alone} without partner");
    if let Some(coverage) = alignment.coverage() {
        let [left, right] = coverage.map(percent);
        return format!("{counts}; the passages joined hold {left} % of A and {right} % of B");
    }
    let doubt = if alignment.aligned.alignment.judgement.relation == Relation::DifferentWorks {
        "against the verdict: at best quotations"
    } else {
        "all on the guess that the texts are one work"
    };
    format!("{counts}, {doubt}; what they hold is not counted")
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
