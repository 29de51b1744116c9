//! Small units (sentences) within beads of large ones (passages) that are known: the lexicon and lengths of the pair
//! are learned from all beads and tell the units of each. Knows no language and no edition.

use std::ops::Range;

use super::cognates::cognates;
use super::confidence;
use super::cores::on_both_sides;
use super::judge;
use super::moved::Part;
use super::path;
use super::rounds::{self, Model};
use super::span::Span;
use super::words::Words;
use super::{Bead, By};
use super::{band, habits::Habits};
use crate::progress::{Cancelled, Progress};

/// Times that the units are aligned, each with what the one before taught.
const ROUNDS: usize = 2;

/// For each of `within`, which have both sides and follow each other on the left, the beads of its units.
pub fn beads(sides: [&[&str]; 2], within: &[Span], progress: &Progress) -> Result<Vec<Vec<Bead>>, Cancelled> {
    if within.is_empty() {
        return Ok(Vec::new());
    }
    let numbered = |side: usize, shares| Words::of(sides[side], &progress.part(shares));
    let words = [numbered(0, 0.0..0.1)?, numbered(1, 0.1..0.2)?];
    let one_language = judge::one_language([&words[0], &words[1]]);
    // The right side laid in the order of the left, and what no bead has left out.
    let places = [0, 1].map(|side: usize| within.iter().flat_map(|span| span[side].clone()).collect());
    let part = Part::of([&words[0], &words[1]], places);
    let mut ends = [0, 0];
    let laid: Vec<Span> = within
        .iter()
        .map(|span| {
            [0, 1].map(|side: usize| {
                ends[side] += span[side].len();
                ends[side] - span[side].len()..ends[side]
            })
        })
        .collect();
    let mut model = Model { lexicons: Default::default(), habits: Habits::start(part.both()) };
    let mut spans = laid.clone();
    let known = cognates(part.both(), one_language, &progress.part(0.2..0.3))?;
    let start = rounds::first_lexicons(part.both(), &known, progress)?;
    for round in 0..ROUNDS {
        let place = |done: usize| 0.3 + 0.5 * (2 * round + done) as f32 / (2 * ROUNDS) as f32;
        let taught = &progress.part(place(0)..place(1));
        if round > 0 {
            model.habits.learn(part.both(), &spans);
        }
        model.lexicons = rounds::learned(part.both(), &start, &spans, one_language, taught)?;
        let steps = path_within(part.both(), &model, &laid, &progress.part(place(1)..place(2)))?;
        spans = steps.into_iter().map(|step| step.span).collect();
    }
    let posteriors = confidence::posteriors(part.both(), &model, spans.clone(), &progress.part(0.8..0.95))?;
    let similarities = confidence::similarities(part.both(), &model, &spans, &progress.part(0.95..1.0))?;
    let confidences = confidence::confidences(&posteriors, &spans, &similarities);
    let mut found = vec![Vec::new(); within.len()];
    for (at, span) in spans.into_iter().enumerate() {
        let side = usize::from(span[0].is_empty());
        let bead = laid.partition_point(|outer| outer[side].end <= span[side].start);
        let units = [0, 1].map(|side: usize| {
            let start = within[bead][side].start + span[side].start.saturating_sub(laid[bead][side].start);
            start..start + span[side].len()
        });
        let (similarity, confidence) = (similarities[at], confidences[at]);
        found[bead].push(Bead { units, similarity, confidence, moved: false, by: By::Texts });
    }
    Ok(found)
}

/// The best path that leaves no bead.
pub fn path_within(
    words: [&Words; 2],
    model: &Model,
    within: &[Span],
    progress: &Progress,
) -> Result<Vec<path::Step>, Cancelled> {
    let rows: Vec<Range<usize>> =
        within.iter().flat_map(|span| std::iter::repeat_n(span[1].clone(), span[0].len())).collect();
    let turned = band::turned(&rows, words[1].units.len());
    let both_rows = [rows.as_slice(), turned.as_slice()];
    let [left, right] = on_both_sides(|side| {
        let rows = rounds::reaches(words, side, both_rows[side], model.habits.mean);
        model.gains(words, side, rows, &progress.part(0.0..0.6))
    });
    path::best(words, &[left?, right?], &rows, &model.habits, &progress.part(0.6..1.0))
}
