//! Which word of one text stands for which of the other: IBM model 1 (Brown et al., "The Mathematics of
//! Statistical Machine Translation", 1993) learned from beads, on top of cognates. Knows not how beads are found.

use super::cognates::Cognate;
use super::levels::{LEVELS, Levels};
use super::samples::Sample;
use super::words::Words;
use crate::progress::{Cancelled, Progress};

/// For each word of one side the words of the other that explain it.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// By the word explained: words of the other side, and how likely each gives it.
    pub by_word: Vec<Vec<(u32, f32)>>,
    /// The share of words that the other side explains at all.
    pub explained: f32,
    /// For each word how often the other side explains it where it should, in `[0, 1)`.
    pub shares: Vec<f32>,
    /// For each word, for each level at which a unit is told, the logarithm of how often it is not explained there.
    pub untold: Vec<Levels>,
    /// For each word, for each level, how much a unit gains by it for each time that it is told likelier than by chance.
    pub rates: Vec<[f32; LEVELS.len()]>,
}

/// What cognates weigh against what is counted, in meetings.
const PRIOR: f32 = 2.0;
/// Meetings that count for no word, so that what was seen once is not held for sure.
const DOUBT: f32 = 1.0;
/// Passes of expectation and maximisation where there are more beads than a few.
const PASSES: usize = 4;
/// Beads that are few: one more pass up to so many, two up to half. What is seen once or twice settles later; of much, more
/// passes take chance meetings for sure. Of 552 excerpts of translations those of 12 to 60 passages gained .005 to .016
/// of F1 by it, those of 100 and more lost as much by six passes.
const FEW: usize = 80;
const MOST: usize = 6;
/// Counts taken off in the last pass: what is left is surer than one chance meeting.
const DISCOUNT: f32 = 0.6;
/// Words kept that explain a word.
const KEPT: usize = 30;
/// Likelihood below which a word is not held to explain another.
const LEAST: f32 = 1e-3;
/// How much likelier than by chance a word must be where the other stands.
const LIFT: f32 = 2.0;

impl Lexicon {
    /// What cognates (word explained, word that explains, likeness) alone tell.
    pub fn of_cognates(words: &Words, others: &Words, cognates: impl Iterator<Item = Cognate>) -> Self {
        let mut by_word = vec![Vec::new(); words.names.len()];
        let mut mass = vec![0.0f32; others.names.len()];
        let all: Vec<Cognate> = cognates.collect();
        for &(_, other, alike) in &all {
            mass[other as usize] += alike;
        }
        for (word, other, alike) in all {
            by_word[word as usize].push((other, alike * alike / mass[other as usize].max(1.0)));
        }
        for list in &mut by_word {
            list.sort_unstable_by_key(|&(other, _)| other);
        }
        let explained = 0.6;
        let share = |list: &Vec<(u32, f32)>| explained * list.iter().map(|e| e.1).fold(0.0, f32::max).sqrt();
        let shares = by_word.iter().map(share).collect();
        Self::new(by_word, explained, shares)
    }

    /// Learns from a sample of what says the same what `cognates` did not know.
    ///
    /// # Errors
    /// Where it was cancelled.
    pub fn learned(
        cognates: &Self,
        words: &Words,
        others: &Words,
        sample: &Sample<'_>,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut model = Model::new(cognates, words, others, sample, progress)?;
        let passes = (PASSES + FEW / sample.beads.max(1)).min(MOST);
        for pass in 1..passes {
            progress.reach(pass, passes)?;
            model.expect(sample, progress)?;
            model.maximise(cognates, 0.0);
        }
        model.expect(sample, progress)?;
        let shares = model.shares(cognates, sample);
        progress.ask()?;
        model.maximise(cognates, DISCOUNT);
        Ok(Self::new(model.kept(progress)?, model.explained.min(0.6), shares))
    }

    /// What explains each word, the share of words that is explained at all, and how often each is.
    pub fn new(by_word: Vec<Vec<(u32, f32)>>, explained: f32, shares: Vec<f32>) -> Self {
        let untold = |&share: &f32| LEVELS.map(|level| (1.0 - level * f64::from(share)).ln());
        let rate = |level: f64, share: f32| (level / (1.0 - level * f64::from(share))) as f32;
        let rates = |&share: &f32| LEVELS.map(|level| rate(level, share));
        Self {
            untold: shares.iter().map(untold).collect(),
            rates: shares.iter().map(rates).collect(),
            by_word,
            explained,
            shares,
        }
    }
}

/// What is counted of words that meet in a sample. Entries (a word and one that may explain it) stand in order of
/// the word explained, so that a word's meetings and counts lie close together.
struct Model<'a> {
    words: &'a Words,
    others: &'a Words,
    /// Where the entries of each word begin; one more at the end.
    starts: Vec<usize>,
    /// For each entry the word that explains.
    explains: Vec<u32>,
    /// For each entry how likely it explains.
    likely: Vec<f32>,
    /// For each entry how often it is believed to have explained.
    counts: Vec<f32>,
    /// For each word, for each piece where it stands, for each word on the other side: its entry among the word's.
    meetings: Vec<u32>,
    /// The share of words that the other side explains at all.
    explained: f32,
    /// For each word that both sides have its entry there, in order.
    same: Vec<(u32, usize)>,
}

impl<'a> Model<'a> {
    /// The entries of `cognates` and of all words that meet.
    fn new(
        cognates: &Lexicon,
        words: &'a Words,
        others: &'a Words,
        sample: &Sample<'_>,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut model = Self {
            words,
            others,
            starts: vec![0],
            explains: Vec::new(),
            likely: Vec::new(),
            counts: Vec::new(),
            meetings: Vec::with_capacity(sample.meetings()),
            explained: cognates.explained,
            same: Vec::new(),
        };
        // For each word of the other side the word that it was last met with, and their entry.
        let mut last = vec![(u32::MAX, 0u32); others.names.len()];
        for (word, list) in (0u32..).zip(&cognates.by_word) {
            progress.ask()?;
            let chance = 0.5 * words.share(word);
            let start = model.explains.len();
            for &(other, cognate) in list {
                last[other as usize] = (word, (model.explains.len() - start) as u32);
                model.explains.push(other);
                model.likely.push(0.5 * cognate + chance);
            }
            let name = &words.names[word as usize];
            let is_same = |&(other, _): &(u32, f32)| others.names[other as usize] == *name;
            if let Some(at) = list.iter().position(is_same) {
                model.same.push((word, start + at));
            }
            for &other in sample.places(word).iter().flat_map(|&piece| sample.explaining(piece)) {
                let entry = &mut last[other as usize];
                if entry.0 != word {
                    *entry = (word, (model.explains.len() - start) as u32);
                    model.explains.push(other);
                    model.likely.push(chance);
                }
                model.meetings.push(entry.1);
            }
            model.starts.push(model.explains.len());
        }
        model.counts = vec![0.0; model.explains.len()];
        Ok(model)
    }

    /// Counts how often each entry explains, as far as it is believed now.
    fn expect(&mut self, sample: &Sample<'_>, progress: &Progress) -> Result<(), Cancelled> {
        self.counts.fill(0.0);
        let mut by_others = self.expect_same(sample);
        let mut all = sample.count_same();
        let mut rest = self.meetings.as_slice();
        for (word, ends) in (0u32..).zip(self.starts.windows(2)) {
            progress.ask()?;
            let chance = (1.0 - self.explained) * self.words.share(word);
            let (likely, counts) = (&self.likely[ends[0]..ends[1]], &mut self.counts[ends[0]..ends[1]]);
            for &piece in sample.places(word) {
                let length = sample.explaining(piece).len();
                let scale = self.explained / length.max(1) as f32;
                let (here, after) = rest.split_at(length);
                rest = after;
                let sum: f32 = here.iter().map(|&entry| likely[entry as usize]).sum();
                let both = scale * sum + chance;
                by_others += f64::from(scale * sum / both);
                all += 1;
                let believed = scale / both;
                for &entry in here {
                    counts[entry as usize] += believed * likely[entry as usize];
                }
            }
        }
        if all > 0 {
            self.explained = ((by_others / all as f64) as f32).clamp(0.1, 0.95);
        }
        Ok(())
    }

    /// Counts how often words that stand beside themselves are explained by that, each word and all together.
    fn expect_same(&mut self, sample: &Sample<'_>) -> f64 {
        let mut all = 0.0;
        for &(word, entry) in &self.same {
            let chance = (1.0 - self.explained) * self.words.share(word);
            for &length in sample.same(word) {
                let here = self.explained / length.max(1) as f32 * self.likely[entry];
                let believed = here / (here + chance);
                all += f64::from(believed);
                self.counts[entry] += believed;
            }
        }
        all
    }

    /// Believes what was counted, less `discount`.
    fn maximise(&mut self, cognates: &Lexicon, discount: f32) {
        if discount > 0.0 {
            for count in &mut self.counts {
                *count = (*count - discount).max(0.0);
            }
        }
        // The entries of a word begin with its cognates, in their order.
        for (list, &start) in cognates.by_word.iter().zip(&self.starts) {
            for (&(_, cognate), count) in list.iter().zip(&mut self.counts[start..]) {
                *count += PRIOR * cognate;
            }
        }
        let mut mass = vec![DOUBT; self.others.names.len()];
        for (&other, count) in self.explains.iter().zip(&self.counts) {
            mass[other as usize] += count;
        }
        for ((&other, count), likely) in self.explains.iter().zip(&self.counts).zip(&mut self.likely) {
            *likely = count / mass[other as usize];
        }
    }

    /// For each word how often it is explained where it stands.
    fn shares(&self, cognates: &Lexicon, sample: &Sample<'_>) -> Vec<f32> {
        let sure = self.starts.windows(2).map(|ends| {
            self.counts[ends[0]..ends[1]].iter().map(|&count| (count - DISCOUNT).max(0.0)).sum::<f32>()
        });
        let seen = |word: u32| (sample.places(word).len() + sample.same(word).len()) as f32 + 1.0;
        let all = (0u32..).zip(sure).zip(&cognates.shares);
        all.map(|((word, sure), cognate)| ((sure + cognate) / seen(word)).clamp(0.0, 0.9)).collect()
    }

    /// For each word the words that most likely explain it, best first.
    fn kept(&self, progress: &Progress) -> Result<Vec<Vec<(u32, f32)>>, Cancelled> {
        let kept = |(word, ends): (u32, &[usize])| {
            progress.ask()?;
            let least = LEAST.max(LIFT * self.words.share(word));
            let entries = ends[0]..ends[1];
            let all =
                self.explains[entries.clone()].iter().copied().zip(self.likely[entries].iter().copied());
            let mut kept: Vec<(u32, f32)> = all.filter(|entry| entry.1 > least).collect();
            kept.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            kept.truncate(KEPT);
            Ok(kept)
        };
        (0u32..).zip(self.starts.windows(2)).map(kept).collect()
    }
}
