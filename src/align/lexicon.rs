//! Which word of one text stands for which of the other: IBM model 1 (Brown et al., "The Mathematics of
//! Statistical Machine Translation", 1993) learned from beads, on top of cognates. Knows not how beads are found.

use super::cognates::Cognate;
use super::words::Words;

/// For each word of one side the words of the other that explain it.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// By the word explained: words of the other side, and how likely each gives it.
    pub by_word: Vec<Vec<(u32, f32)>>,
    /// The share of words that the other side explains at all.
    pub explained: f32,
    /// For each word how often the other side explains it where it should, in `[0, 1)`.
    pub shares: Vec<f32>,
}

/// Two bags of words that say the same: those explained, those that explain.
pub type Pair = [Vec<u32>; 2];

/// What cognates weigh against what is counted, in meetings.
const PRIOR: f32 = 2.0;
/// Meetings that count for no word, so that what was seen once is not held for sure.
const DOUBT: f32 = 1.0;
/// Passes of expectation and maximisation.
const PASSES: usize = 5;

/// The words that may explain a word: number, belief from cognates.
type Table = Vec<Vec<(u32, f32)>>;

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
        Self { by_word, explained, shares }
    }

    /// Learns from pairs of bags what `cognates` did not know.
    pub fn learned(cognates: &Self, words: &Words, others: &Words, pairs: &[Pair]) -> Self {
        let (prior, doubt) = (PRIOR, DOUBT);
        let mut explained = cognates.explained;
        let table = candidates(cognates, pairs);
        let mut starts = Vec::with_capacity(table.len());
        let mut size = 0;
        for list in &table {
            starts.push(size);
            size += list.len();
        }
        let flat: Vec<(u32, f32)> = table.iter().flatten().copied().collect();
        let mut t = Vec::with_capacity(flat.len());
        for (word, list) in table.iter().enumerate() {
            let chance = words.share(word as u32);
            t.extend(list.iter().map(|&(_, cognate)| 0.5 * cognate + 0.5 * chance));
        }
        let meetings = meetings(&table, &starts, pairs);
        let mut seen = vec![0.0f32; words.names.len()];
        for &word in pairs.iter().flat_map(|pair| &pair[0]) {
            seen[word as usize] += 1.0;
        }
        let mut shares = cognates.shares.clone();
        let passes = PASSES as f32 as usize;
        for pass in 0..passes {
            let discount = if pass + 1 == passes { 0.6 } else { 0.0 };
            let mut counts = vec![0.0f32; t.len()];
            let mut by_others = 0.0f64;
            let mut all = 0usize;
            let mut rest = meetings.as_slice();
            for [bag, explaining] in pairs {
                let scale = explained / explaining.len().max(1) as f32;
                for &word in bag {
                    let (here, after) = rest.split_at(explaining.len());
                    rest = after;
                    let sum: f32 = here.iter().map(|&at| t[at as usize]).sum();
                    let both = scale * sum + (1.0 - explained) * words.share(word);
                    by_others += f64::from(scale * sum / both);
                    all += 1;
                    for &at in here {
                        counts[at as usize] += scale / both * t[at as usize];
                    }
                }
            }
            if pass + 1 == passes {
                for (word, share) in shares.iter_mut().enumerate() {
                    let end = starts.get(word + 1).copied().unwrap_or(t.len());
                    let sure: f32 = counts[starts[word]..end].iter().map(|&c| (c - discount).max(0.0)).sum();
                    let seen = seen[word] + 1.0;
                    *share = ((sure + cognates.shares[word]) / seen).clamp(0.0, 0.9);
                }
            }
            let mut mass = vec![doubt; others.names.len()];
            for (&(other, cognate), count) in flat.iter().zip(&mut counts) {
                *count = (*count - discount).max(0.0) + prior * cognate;
                mass[other as usize] += *count;
            }
            for ((&(other, _), count), t) in flat.iter().zip(&counts).zip(&mut t) {
                *t = count / mass[other as usize];
            }
            if all > 0 {
                explained = ((by_others / all as f64) as f32).clamp(0.1, 0.95);
            }
        }
        let keep = |(list, &start): (&Vec<(u32, f32)>, &usize)| {
            let all = list.iter().zip(&t[start..]).map(|(entry, &t)| (entry.0, t));
            let mut kept: Vec<(u32, f32)> = all.filter(|entry| entry.1 > 1e-3).collect();
            kept.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            kept.truncate(30.0 as usize);
            kept
        };
        let by_word = table.iter().zip(&starts).map(keep).collect();
        Self { by_word, shares, explained: explained.min(0.6) }
    }
}

/// Cognates and all words met, for each word sorted by number.
fn candidates(cognates: &Lexicon, pairs: &[Pair]) -> Table {
    let mut table = cognates.by_word.clone();
    for [bag, explaining] in pairs {
        for &word in bag {
            table[word as usize].extend(explaining.iter().map(|&other| (other, 0.0)));
        }
    }
    for list in &mut table {
        list.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        list.dedup_by_key(|entry| entry.0);
    }
    table
}

/// For each pair, for each word explained and each that explains: where their entry stands.
fn meetings(table: &Table, starts: &[usize], pairs: &[Pair]) -> Vec<u32> {
    let mut meetings = Vec::with_capacity(pairs.iter().map(|[a, b]| a.len() * b.len()).sum());
    for [bag, explaining] in pairs {
        for &word in bag {
            let list = &table[word as usize];
            let place = |&other: &u32| starts[word as usize] + list.partition_point(|entry| entry.0 < other);
            meetings.extend(explaining.iter().map(|other| place(other) as u32));
        }
    }
    meetings
}
