//! The order of work: a path from lengths and cognates, a lexicon learned from its beads, the path again. Knows the
//! parts, none of their ways.

use std::ops::Range;

use super::anchors;
use super::band;
use super::cognates::Cognate;
use super::cores::on_both_sides;
use super::first;
use super::habits::{FARTHEST, Habits, LONGEST};
use super::lexicon::Lexicon;
use super::likelihood::{self, Gains, Row};
use super::path::{self, Step};
use super::samples::Bags;
use super::span::Span;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// Times that a lexicon is learned and the path sought again, at most.
const ROUNDS: usize = 3;
/// The most meetings of words that a lexicon is learned from.
const MEETINGS: usize = 6_000_000;
/// Within one language most words explain themselves: so many where at least this share of words does not, else fewer
/// in proportion.
const MEETINGS_OF_ONE_LANGUAGE: usize = 200_000;
const MUCH_TO_LEARN: f32 = 0.4;
/// Beads of which less than one may change for the path to count as settled.
const SETTLED: usize = 14;
/// Rounds after which a lexicon tells anew where the texts meet, where cognates tell little; later ones look about
/// the path alone.
const WIDE: usize = 1;
/// Cognates tell little where the chain of units that they lead to has fewer than one in so many.
const TELLING: usize = 8;
/// How much longer than a run of units the unit may be that stands for it, by length alone.
const DEMAND: f32 = 1.25;
/// The most gains kept for each side.
const MOST: usize = 12_000_000;

/// What was learned of two texts: which words stand for which, and how beads are.
#[derive(Clone, Debug)]
pub struct Model {
    /// What explains the left, what explains the right.
    pub lexicons: [Lexicon; 2],
    /// Shapes and lengths of beads.
    pub habits: Habits,
}

/// A path, and the ground that it was sought on: what is asked of it later need not be measured again.
#[derive(Debug)]
pub struct Found {
    pub spans: Vec<Span>,
    /// For each left unit the right units that were looked at.
    pub rows: Vec<Range<usize>>,
    /// What the words of either side gain there.
    pub gains: [Gains; 2],
}

impl Model {
    /// The best path through two texts, without learning anew.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn path(&self, words: [&Words; 2], progress: &Progress) -> Result<Found, Cancelled> {
        let units = words.map(|side| side.units.len());
        let chain = meetings(words, &self.lexicons[0], progress)?;
        let rows = band::band(&chain, units, words.map(Words::kinds), progress)?;
        let turned = band::turned(&rows, units[1]);
        let both_rows = [rows.as_slice(), turned.as_slice()];
        let [left, right] = on_both_sides(|side| {
            let rows = reaches(words, side, both_rows[side], self.habits.mean);
            self.gains(words, side, rows, &progress.part(0.0..0.6))
        });
        self.best(words, [left?, right?], rows, &progress.part(0.6..1.0))
    }

    /// The best path through the units at `places` of two texts, on the ground of a path through all of them; no bead
    /// holds units that do not stand beside each other there.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn path_of_some(
        &self,
        some: [&Words; 2],
        places: &[Vec<usize>; 2],
        all: &Found,
        progress: &Progress,
    ) -> Result<Found, Cancelled> {
        let [left, right] = places;
        let gains = [all.gains[0].chosen(left, right), all.gains[1].chosen(right, left)];
        let rows = left.iter().map(|&place| likelihood::places_within(right, &all.rows[place])).collect();
        self.best(some, gains, rows, progress)
    }

    fn best(
        &self,
        words: [&Words; 2],
        gains: [Gains; 2],
        rows: Vec<Range<usize>>,
        progress: &Progress,
    ) -> Result<Found, Cancelled> {
        let steps = path::best(words, &gains, &rows, &self.habits, progress)?;
        Ok(Found { spans: steps.into_iter().map(|step| step.span).collect(), rows, gains })
    }

    /// The gains of one side within `rows`.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn gains(
        &self,
        words: [&Words; 2],
        side: usize,
        rows: Vec<Row>,
        progress: &Progress,
    ) -> Result<Gains, Cancelled> {
        let both = [words[side], words[1 - side]];
        Gains::measure(both, &self.lexicons[side], &self.habits.levels[side], rows, progress)
    }
}

/// The beads of two texts, and what was learned on the way; `start` is what cognates tell, `known` what was
/// learned of the texts before, where these tell little.
///
/// # Errors
/// Where it was cancelled.
pub fn beads(
    words: [&Words; 2],
    one_language: bool,
    start: &[Lexicon; 2],
    known: Option<&[Lexicon; 2]>,
    progress: &Progress,
) -> Result<(Found, Model), Cancelled> {
    let mut lexicons = start.clone();
    let mut habits = Habits::start(words);
    let units = words.map(|side| side.units.len());
    let kinds = words.map(Words::kinds);
    let tells_little =
        |chain: &[anchors::Point]| !one_language && chain.len() * TELLING < units[0].min(units[1]);
    let mut rows = Vec::new();
    let mut gains = Default::default();
    let mut steps: Vec<Step> = Vec::new();
    for round in 0..=ROUNDS {
        // As it is shown: each round is half of what is left, for the path often settles early.
        let left = 1.0 / (1 << round) as f32;
        let place = |done: f32| 1.0 - left * (1.0 - done / 2.0);
        let part = |from: f32, to: f32| progress.part(place(from)..place(to));
        if round > 0 {
            let spans: Vec<Span> = steps.iter().map(|step| step.span.clone()).collect();
            habits.learn(words, &spans);
            lexicons = learned(words, start, &spans, one_language, &part(0.0, 0.4))?;
            let [left, right] = on_both_sides(|side| {
                let both = [words[side], words[1 - side]];
                likelihood::told_alone(both, &lexicons[side], &spans, side, progress)
            });
            habits.learn_levels([left?, right?]);
        }
        let mut is_little_told = false;
        rows = if round == 0 {
            let mut chain = meetings(words, &lexicons[0], progress)?;
            if let Some(known) = known.filter(|_| tells_little(&chain)) {
                lexicons.clone_from(known);
                chain = meetings(words, &lexicons[0], progress)?;
            }
            is_little_told = tells_little(&chain);
            if is_little_told {
                band::whole(units, kinds)
            } else {
                band::band(&chain, units, kinds, progress)?
            }
        } else if round <= WIDE && !one_language {
            band::band(&meetings(words, &lexicons[0], progress)?, units, kinds, progress)?
        } else {
            band::narrowed(&rows, &steps, units[1])
        };
        progress.ask()?;
        let turned = band::turned(&rows, units[1]);
        let both_rows = [rows.as_slice(), turned.as_slice()];
        let [left, right] = on_both_sides(|side| {
            let rows = reaches(words, side, both_rows[side], habits.mean);
            Gains::measure(
                [words[side], words[1 - side]],
                &lexicons[side],
                &habits.levels[side],
                rows,
                &part(0.4, 0.8),
            )
        });
        gains = [left?, right?];
        let first = if round == 0 && !one_language {
            first::steps(words, &gains, &rows, &habits, is_little_told, &part(0.8, 0.9))?
        } else {
            None
        };
        let found = match first {
            Some(found) => found,
            None => path::best(words, &gains, &rows, &habits, &part(0.9, 1.0))?,
        };
        let changed = changed(&steps, &found);
        steps = found;
        if changed * SETTLED < steps.len() {
            break;
        }
    }
    let spans = steps.into_iter().map(|step| step.span).collect();
    Ok((Found { spans, rows, gains }, Model { lexicons, habits }))
}

/// How many beads of `after` were not in `before`; both are in order.
fn changed(before: &[Step], after: &[Step]) -> usize {
    let mut before = before.iter().map(|step| &step.span).peekable();
    let is_new = |step: &&Step| {
        let start = |span: &Span| (span[0].start, span[1].start);
        while before.next_if(|span| start(span) < start(&step.span)).is_some() {}
        before.peek() != Some(&&step.span)
    };
    after.iter().filter(is_new).count()
}

/// The chain of units that probably meet.
fn meetings(
    words: [&Words; 2],
    lexicon: &Lexicon,
    progress: &Progress,
) -> Result<Vec<anchors::Point>, Cancelled> {
    let points = anchors::points(words, lexicon, progress)?;
    anchors::chain(&points, words[1].units.len(), progress)
}

/// What cognates tell, for each side.
///
/// # Errors
/// Where it was cancelled.
pub fn first_lexicons(
    words: [&Words; 2],
    cognates: &[Cognate],
    progress: &Progress,
) -> Result<[Lexicon; 2], Cancelled> {
    progress.ask()?;
    Ok(on_both_sides(|side| {
        let turned = |&(left, right, alike): &Cognate| {
            if side == 0 { (left, right, alike) } else { (right, left, alike) }
        };
        Lexicon::of_cognates(words[side], words[1 - side], cognates.iter().map(turned))
    }))
}

/// What beads tell on top of cognates, for each side.
pub fn learned(
    words: [&Words; 2],
    start: &[Lexicon; 2],
    spans: &[Span],
    one_language: bool,
    progress: &Progress,
) -> Result<[Lexicon; 2], Cancelled> {
    progress.ask()?;
    let bags = Bags::of(words, spans, one_language);
    let most = |side: usize| {
        let to_learn = (bags.unexplained(side) / MUCH_TO_LEARN).min(1.0);
        if one_language { (MEETINGS_OF_ONE_LANGUAGE as f32 * to_learn) as usize } else { MEETINGS }
    };
    let [left, right] = on_both_sides(|side| {
        progress.ask()?;
        let sample = bags.sample(side, words[side].names.len(), most(side));
        Lexicon::learned(&start[side], words[side], words[1 - side], &sample, progress)
    });
    Ok([left?, right?])
}

/// How many units of the other side may stand for each unit of `side`: a few, and more where so many are not longer
/// than it is. `mean` is the logarithm of right over left length.
pub fn reaches(words: [&Words; 2], side: usize, rows: &[Range<usize>], mean: f32) -> Vec<Row> {
    let rate = if side == 0 { mean.exp() } else { (-mean).exp() };
    let others = &words[1 - side].lengths;
    let lengths = words[side].lengths.iter().map(|&length| length as f32 * rate * DEMAND);
    let rows = rows.iter().zip(lengths).map(|(units, length)| {
        let mut longest = LONGEST;
        let (mut start, mut sum) = (units.start, 0.0);
        for end in units.clone() {
            sum += others[end] as f32;
            while sum > length {
                sum -= others[start] as f32;
                start += 1;
            }
            longest = longest.max(end + 1 - start);
        }
        // What is longer by far than the longest run meets more units than a bead can hold.
        let longest = if longest > 2 * FARTHEST { LONGEST } else { longest.min(FARTHEST) };
        Row { units: units.clone(), longest }
    });
    let mut rows: Vec<Row> = rows.collect();
    if rows.iter().map(|row| row.units.len() * row.longest).sum::<usize>() > MOST {
        for row in &mut rows {
            row.longest = LONGEST;
        }
    }
    rows
}
