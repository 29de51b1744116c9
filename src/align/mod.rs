//! Passages or sentences of two texts that say the same, found from the two texts alone: no dictionary, no
//! network, nothing random. Knows no edition, no disk, no screen.

mod anchors;
mod band;
mod claims;
mod cognates;
mod confidence;
mod cores;
mod first;
mod forms;
mod glossary;
mod grain;
mod habits;
mod holdout;
mod index;
mod judge;
mod lattice;
mod levels;
mod lexicon;
mod likelihood;
mod moved;
mod order;
mod overhangs;
mod path;
mod products;
mod rounds;
mod runs;
mod samples;
mod sentences;
mod span;
mod straight;
mod swaps;
mod told;
mod within;
mod words;

use std::cmp::Ordering;
use std::ops::Range;

use crate::progress::{Cancelled, Progress, unstopped};

pub use glossary::{Glossary, stem};
pub use sentences::sentences;
pub use told::LEFT_OVER;

use grain::Grain;
use holdout::Holdout;

/// What the one who asks wants of an alignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether blocks that stand elsewhere on the other side are looked for.
    pub moved: bool,
    /// Whether the texts are known to be one work: else no bead is surer than that they are.
    pub one_work: bool,
    /// Units of both sides that are known to belong together, whatever their words tell; of two that share a unit the
    /// first counts.
    pub told: Vec<[Range<usize>; 2]>,
    /// Units of both sides that are known not to be one bead: what is told of some of them leaves the others alone.
    pub parted: Vec<[Range<usize>; 2]>,
}

impl Default for Options {
    fn default() -> Self {
        Self { moved: true, one_work: false, told: Vec::new(), parted: Vec::new() }
    }
}

impl Options {
    /// The same, seen from the other side.
    fn swapped(&self) -> Self {
        let turned = |units: &[[Range<usize>; 2]]| -> Vec<_> {
            units.iter().cloned().map(|[left, right]| [right, left]).collect()
        };
        Self { told: turned(&self.told), parted: turned(&self.parted), ..*self }
    }
}

/// Units (passages or sentences) of the two sides that say the same; one side is empty where there is no
/// partner.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// Indexes of the units on the left and on the right.
    pub units: [Range<usize>; 2],
    /// How alike they are, in `[0, 1]`.
    pub similarity: f32,
    /// How surely the bead is right, in `[0, 1]`: of beads at .9 nine in ten hold.
    pub confidence: f32,
    /// Whether it stands out of the order of its neighbours: a moved block.
    pub moved: bool,
    /// Whose word it is.
    pub by: By,
}

/// Whose word it is that units are a bead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The texts': it was found.
    Texts,
    /// Of the one who asks, see [`Options::told`].
    Told,
    /// It is the rest of a bead that was found, of which units were told to belong elsewhere.
    Rest,
}

/// How surely a bead is right from which on it is said to hold: below that its sides are but the likeliest place.
/// In 34 sets of texts with known beads a quarter of the 229 below it were right, of the 249 from .3 to .5 more than half.
pub const HOLDS: f32 = 0.3;

impl Bead {
    /// Whether its two sides are said to belong together.
    #[must_use]
    pub fn holds(&self) -> bool {
        span::has_both(&self.units) && self.confidence >= HOLDS
    }
}

/// From this confidence on a judgement is one: below it two texts are as likely one work as two.
pub const CLEAR: f32 = 0.6;

/// What two texts are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Editions or revisions of one text in one language.
    SameWords,
    /// One work in two languages, or in two translations into one.
    Translation,
    /// Not one work.
    DifferentWorks,
    /// As likely one work as two, as far as the texts tell.
    Unclear,
}

impl Relation {
    /// The name used in `--format json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SameWords => "same-words",
            Self::Translation => "translation",
            Self::DifferentWorks => "different-works",
            Self::Unclear => "unclear",
        }
    }

    /// What it is, for a person.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SameWords => "two editions of one text",
            Self::Translation => "two translations, or a text and its translation",
            Self::DifferentWorks => "two different works",
            Self::Unclear => "one work, or two: too little to tell which",
        }
    }
}

/// A measured decision on what two texts are to each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The decision.
    pub relation: Relation,
    /// How surely, in `[0, 1]`; where it is unclear, how likely they are one work.
    pub confidence: f32,
    /// Why, in words that a person can check against the texts.
    pub reason: String,
}

impl Judgement {
    /// How likely the two texts are one work, in `[0, 1]`.
    #[must_use]
    pub fn one_work(&self) -> f32 {
        match self.relation {
            Relation::SameWords | Relation::Translation | Relation::Unclear => self.confidence,
            Relation::DifferentWorks => 1.0 - self.confidence,
        }
    }

    /// Whether the texts are held to be one work in two forms.
    #[must_use]
    pub fn is_one_work(&self) -> bool {
        matches!(self.relation, Relation::SameWords | Relation::Translation)
    }

    /// As it is to be told: unclear where the chances are near even.
    #[must_use]
    fn settled(self) -> Self {
        if self.confidence >= CLEAR {
            return self;
        }
        Self { relation: Relation::Unclear, confidence: self.one_work(), ..self }
    }
}

/// Two texts, aligned.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Every unit of both sides in exactly one bead, in order of the left side; units of the right without
    /// partner follow the bead that they stand behind.
    pub beads: Vec<Bead>,
    /// What the texts are to each other.
    pub judgement: Judgement,
    /// Words that stand for each other, as the texts taught.
    pub glossary: Glossary,
    /// How much of each side (of its bytes) stands in beads that hold, in `[0, 1]`.
    pub coverage: [f32; 2],
}

/// Aligns the units of two texts. Swapped sides give the same beads, swapped; a text stands beside itself unit by
/// unit. Time and memory are bounded by a multiple of the words and units of the texts: what that may miss is said at
/// the band and the samples.
///
/// # Errors
/// Where it was cancelled.
pub fn align(sides: [&[&str]; 2], options: &Options, progress: &Progress) -> Result<Alignment, Cancelled> {
    progress.ask()?;
    let options = &Options { told: told::apart(&options.told, sides.map(<[&str]>::len)), ..options.clone() };
    let found = |sides, options: &Options| cores::with_cores(|| aligned(sides, options, progress));
    // Sums are rounded in the order of their terms: one order of the sides makes both results one.
    let mut alignment = match sides[0].cmp(sides[1]) {
        Ordering::Equal => {
            let (beads, judgement) = (itself(sides[0].len()), judge(sides));
            Alignment { beads, judgement, glossary: Glossary::default(), coverage: [1.0; 2] }
        }
        Ordering::Less => found(sides, options)?,
        Ordering::Greater => {
            let found = found([sides[1], sides[0]], &options.swapped())?;
            let (beads, glossary) = (swapped(found.beads), found.glossary.swapped());
            Alignment { beads, glossary, ..found }
        }
    };
    alignment.coverage = [0, 1].map(|side| covered(&alignment.beads, sides[side], side, Bead::holds));
    Ok(alignment)
}

/// Aligns units within beads of larger ones, by what all of these teach of the two languages: for each of `within`
/// (ranges of units with both sides, in order of the left and apart from each other) the beads of its units, none moved.
///
/// # Errors
/// Where it was cancelled.
pub fn align_within(
    sides: [&[&str]; 2],
    within: &[[Range<usize>; 2]],
    progress: &Progress,
) -> Result<Vec<Vec<Bead>>, Cancelled> {
    if sides[0] <= sides[1] {
        return cores::with_cores(|| within::beads(sides, within, progress));
    }
    let mut order: Vec<usize> = (0..within.len()).collect();
    order.sort_by_key(|&at| within[at][1].start);
    let turned: Vec<_> = order.iter().map(|&at| [within[at][1].clone(), within[at][0].clone()]).collect();
    let mut found = vec![Vec::new(); within.len()];
    let beads = cores::with_cores(|| within::beads([sides[1], sides[0]], &turned, progress))?;
    for (at, beads) in order.into_iter().zip(beads) {
        found[at] = swapped(beads);
    }
    Ok(found)
}

/// The alignment of two texts whose order is settled, but for how much of them holds.
fn aligned(sides: [&[&str]; 2], options: &Options, progress: &Progress) -> Result<Alignment, Cancelled> {
    // Shares of the time that two texts of a language take, roughly.
    let [left, right] = cores::on_both_sides(|side| words::Words::of(sides[side], &progress.part(0.0..0.08)));
    let read = [&left?, &right?];
    let by_lengths = Grain::by_lengths(sides, read, progress)?;
    let words = parts(by_lengths.as_ref(), read);
    let one_language = judge::one_language(words);
    let cognates = cognates::cognates(words, one_language, &progress.part(0.08..0.13))?;
    let start = rounds::first_lexicons(words, &cognates, progress)?;
    let learned_from = |words: [&words::Words; 2], known: Option<&_>, progress: &Progress| {
        rounds::beads(words, one_language, &start, known, progress)
    };
    let learned = |words: [&words::Words; 2], progress: &Progress| learned_from(words, None, progress);
    let found = || {
        let found = learned(words, &progress.part(0.13..0.4))?;
        let by_beads = match &by_lengths {
            Some(_) => None,
            None => Grain::by_beads(sides, read, &found.0.spans, progress)?,
        };
        let found = match &by_beads {
            // What whole units taught leads to where their parts meet.
            Some(grains) => {
                let known = Some(&found.1.lexicons);
                learned_from(parts(Some(grains), read), known, &progress.part(0.4..0.6))?
            }
            None => found,
        };
        Ok((found, by_beads))
    };
    let read_alone = || judge::judge_read(sides, read, &cognates, progress);
    let (found, judged) = cores::at_once(found, read_alone);
    let (((found, model), by_beads), judged) = (found?, judged?);
    let grains = by_lengths.as_ref().or(by_beads.as_ref());
    let words = parts(grains, read);
    let judged = || {
        let doubted = match judged {
            Ok(judged) => return Ok(judged),
            Err(doubted) => doubted,
        };
        let holdout = Holdout::of(words, &model.habits, &start, &found.spans, &progress.part(0.6..0.62))?;
        judge::judge_aligned(sides, doubted, holdout, progress)
    };
    let placed = || {
        if options.moved {
            return straight::placed(words, &model, &found, learned, &progress.part(0.6..1.0));
        }
        Ok((moved::in_order(words, &model, &found, &progress.part(0.7..1.0))?, None))
    };
    let (placed, judgement) = cores::at_once(placed, judged);
    let ((mut beads, relearned), judgement) = (placed?, judgement?);
    let model = relearned.unwrap_or(model);
    if let Some(grains) = grains {
        beads = grain::united(grains, &beads);
        let spans: Vec<span::Span> = beads.iter().map(|bead| bead.units.clone()).collect();
        let similarities = confidence::similarities(read, &model, &spans, progress)?;
        beads.iter_mut().zip(similarities).for_each(|(bead, alike)| bead.similarity = alike);
    }
    let mut beads = overhangs::joined(sides, read, &model, beads, progress)?;
    if !options.one_work {
        doubt(&mut beads, judgement.one_work());
    }
    let beads = told::laid_over(beads, options, read, &model, progress)?;
    let glossary = Glossary::of(read, &model.lexicons);
    Ok(Alignment { beads, judgement, glossary, coverage: [0.0; 2] })
}

/// The words of both texts, long units parted where they are.
fn parts<'w>(grains: Option<&'w [Grain; 2]>, read: [&'w words::Words; 2]) -> [&'w words::Words; 2] {
    grains.map_or(read, |grains| grains.each_ref().map(|grain| &grain.words))
}

/// Brings beads that are as sure as of one work to how sure they are where that is as likely as `one_work`. Of two
/// works no unit has a partner but what stands in both in the same words.
fn doubt(beads: &mut [Bead], one_work: f32) {
    for bead in beads {
        let alone = bead.units.iter().any(Range::is_empty);
        let of_two_works = if alone { 1.0 } else { bead.confidence * quoted(bead.similarity) };
        bead.confidence = one_work * bead.confidence + (1.0 - one_work) * of_two_works;
    }
}

/// How likely units of two works that are so alike are one text: of 2,680 beads of such works two were as like as .8
/// and none as .9, as quotations are.
fn quoted(similarity: f32) -> f32 {
    1.0 / (1.0 + (25.0 * (0.9 - similarity)).exp())
}

/// The beads seen from the other side.
fn swapped(mut beads: Vec<Bead>) -> Vec<Bead> {
    for bead in &mut beads {
        bead.units.swap(0, 1);
    }
    in_order(&mut beads);
    beads
}

/// Brings beads into the order of the left side; units of the right alone follow the bead that they stand behind.
fn in_order(beads: &mut [Bead]) {
    beads.sort_by_key(|Bead { units, .. }| (units[0].start, !units[0].is_empty(), units[1].start));
}

/// The beads of a text and itself.
fn itself(units: usize) -> Vec<Bead> {
    let bead = |at: usize| Bead {
        units: [at..at + 1, at..at + 1],
        similarity: 1.0,
        confidence: 1.0,
        moved: false,
        by: By::Texts,
    };
    (0..units).map(bead).collect()
}

/// Bytes of each text that [`judge()`] reads.
pub const BEGINNING: usize = 80_000;

/// What two texts are to each other, from the beginning of each, in a few milliseconds.
#[must_use]
pub fn judge(sides: [&[&str]; 2]) -> Judgement {
    if sides[0] == sides[1] && !sides[0].is_empty() {
        let reason = "both texts have the same passages, word for word".to_owned();
        return Judgement { relation: Relation::SameWords, confidence: 1.0, reason };
    }
    cores::with_cores(|| unstopped(|progress| judge::judge(sides, progress)))
}

/// What two texts of one language are to each other by all of their words, for those that are longer than what [`judge()`]
/// reads: what one of them begins with may be an editor's preface, or stand elsewhere in the other. `None` where all words
/// show no one work either.
///
/// # Errors
/// Where it was cancelled.
pub fn judge_whole(sides: [&[&str]; 2], progress: &Progress) -> Result<Option<Judgement>, Cancelled> {
    cores::with_cores(|| judge::judge_whole(sides, progress))
}

/// A share as whole per cent: 100 only where nothing is missing, 0 only where nothing is there.
#[must_use]
pub fn percent(share: f32) -> u32 {
    match (share * 100.0).round() as u32 {
        100.. if share < 1.0 => 99,
        0 if share > 0.0 => 1,
        rounded => rounded,
    }
}

/// How much of the bytes of a side stands in beads that hold.
pub fn covered(beads: &[Bead], units: &[&str], side: usize, holds: impl Fn(&Bead) -> bool) -> f32 {
    let bytes = |range: &Range<usize>| units[range.clone()].iter().map(|unit| unit.len()).sum::<usize>();
    let all: usize = beads.iter().map(|bead| bytes(&bead.units[side])).sum();
    let found: usize = beads.iter().filter(|bead| holds(bead)).map(|bead| bytes(&bead.units[side])).sum();
    found as f32 / all.max(1) as f32
}

#[cfg(test)]
mod tests;
