//! The order of work: a path from lengths and cognates, a lexicon learned from its beads, the path again. Knows the
//! parts, none of their ways.

use super::anchors;
use super::cognates::cognates;
use super::lexicon::{Lexicon, Pair};
use super::likelihood::{Gains, LEVELS};
use super::path::{self, Habits, Span};
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// Times that a lexicon is learned and the path sought again.
const ROUNDS: usize = 3;
/// The most units on one side of a bead.
const LONGEST: usize = 4;
/// Words that are more of a text than this tell nothing of what stands where: no partner is learned for them.
const TOO_COMMON: f32 = 0.02;

/// The beads of two texts.
///
/// # Errors
/// Where it was cancelled.
pub fn beads(words: [&Words; 2], one_language: bool, progress: &Progress) -> Result<Vec<Span>, Cancelled> {
    let known = cognates(words, one_language);
    let turned = known.iter().map(|&(left, right, alike)| (right, left, alike));
    let start = [
        Lexicon::of_cognates(words[0], words[1], known.iter().copied()),
        Lexicon::of_cognates(words[1], words[0], turned),
    ];
    let mut habits = Habits::start(words, LONGEST);
    let mut lexicons = start.clone();
    let mut spans = Vec::new();
    let units = words.map(|side| side.units.len());
    for round in 0..=ROUNDS {
        progress.reach(round, ROUNDS + 1)?;
        if round > 0 {
            habits.learn(&spans);
            habits.learn_lengths(words, &spans);
            lexicons = [0, 1].map(|side| {
                let pairs = pairs(words, &spans, side);
                Lexicon::learned(&start[side], words[side], words[1 - side], &pairs)
            });
        }
        let chain = anchors::chain(&anchors::points(words, &lexicons[0]), units[1]);
        let band = anchors::band(&chain, units);
        let rows = [anchors::turned(&band, units[1]), band];
        let gains = [0, 1].map(|side| {
            let even = [(LEVELS.len() as f32).recip().ln(); LEVELS.len()];
            Gains::measure([words[side], words[1 - side]], &lexicons[side], &rows[1 - side], LONGEST, &even)
        });
        spans = path::best(words, &gains, &rows[1], &habits, progress)?;
    }
    Ok(spans)
}

/// The words of each bead with both sides: those of `side` first.
fn pairs(words: [&Words; 2], spans: &[Span], side: usize) -> Vec<Pair> {
    let bag = |span: &Span, s: usize| -> Vec<u32> {
        let all = words[s].units[span[s].clone()].iter().flatten().copied();
        all.filter(|&word| words[s].share(word) < TOO_COMMON).collect()
    };
    let both = spans.iter().filter(|span| span.iter().all(|range| !range.is_empty()));
    both.map(|span| [bag(span, side), bag(span, 1 - side)]).collect()
}
