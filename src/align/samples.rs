//! What of the beads a lexicon is learned from: a bounded number of meetings of words, spread evenly over the texts,
//! long beads cut into windows about their diagonal. Knows neither lexicons nor how beads are found.

use std::ops::Range;

use super::path::Span;
use super::words::Words;

/// Words that are more of a text than this tell nothing of what stands where: no partner is learned for them.
const TOO_COMMON: f32 = 0.02;
/// Words of the other side up to which all of a bead may explain each of its words.
const WHOLE: usize = 120;
/// Words in a piece of a longer bead.
const PIECE: usize = 40;
/// Words of the other side on each side of a piece that may explain it, too.
const SLACK: usize = 40;

/// The words of the beads that have both sides, in order, without the commonest.
#[derive(Debug, Default)]
pub struct Bags {
    explained: [Vec<u32>; 2],
    explaining: [Vec<u32>; 2],
    /// For each bead where its words stand in `explained` and in `explaining`.
    beads: Vec<[[Range<usize>; 2]; 2]>,
    /// Words that stand on both sides of a bead, and how many the other side has.
    same: [Vec<(u32, u32)>; 2],
}

impl Bags {
    /// Words on both sides of a bead are explained by themselves where both are of `one_language`.
    pub fn of(words: [&Words; 2], spans: &[Span], one_language: bool) -> Self {
        let mut bags = Self::default();
        let on_left = one_language.then(|| words[1].numbers_in(words[0]));
        let same = |side: usize, word: u32| {
            let on_left = on_left.as_ref()?;
            if side == 0 { Some(word) } else { on_left[word as usize] }
        };
        // For each word of the left the last bead where each side has it.
        let mut last = vec![[usize::MAX; 2]; if one_language { words[0].names.len() } else { 0 }];
        let both = |span: &&Span| span.iter().all(|range| !range.is_empty());
        for (bead, span) in spans.iter().filter(both).enumerate() {
            let all = |side: usize| {
                let all = words[side].units[span[side].clone()].iter().flatten().copied();
                all.filter(move |&word| words[side].share(word) < TOO_COMMON)
            };
            for side in [0, 1] {
                for word in all(side).filter_map(|word| same(side, word)) {
                    last[word as usize][side] = bead;
                }
            }
            let explaining = [0, 1].map(|side: usize| {
                let start = bags.explaining[side].len();
                bags.explaining[side].extend(all(side));
                start..bags.explaining[side].len()
            });
            let explained = [0, 1].map(|side: usize| {
                let start = bags.explained[side].len();
                for word in all(side) {
                    if same(side, word).is_some_and(|word| last[word as usize] == [bead, bead]) {
                        bags.same[side].push((word, explaining[1 - side].len().min(WHOLE) as u32));
                    } else {
                        bags.explained[side].push(word);
                    }
                }
                start..bags.explained[side].len()
            });
            bags.beads.push([explained, explaining]);
        }
        bags
    }

    /// The share of the words of a side that do not stand beside themselves, in `[0, 1]`.
    pub fn unexplained(&self, side: usize) -> f32 {
        let unexplained = self.explained[side].len();
        unexplained as f32 / (unexplained + self.same[side].len()).max(1) as f32
    }

    /// Pieces of beads in which words of `side`, of so many, are explained by words of the other: with `most`
    /// meetings of words, evenly spread, however long the texts are.
    pub fn sample(&self, side: usize, vocabulary: usize, most: usize) -> Sample<'_> {
        let mut pieces = Vec::new();
        for [explained, explaining] in &self.beads {
            cut([explained[side].clone(), explaining[1 - side].clone()], &mut pieces);
        }
        let meetings = |piece: &[Range<usize>; 2]| piece[0].len() * piece[1].len();
        let all: usize = pieces.iter().map(meetings).sum();
        let mut owed = 0;
        pieces.retain(|piece| {
            owed += meetings(piece) * most.min(all);
            let taken = owed >= meetings(piece) * all;
            owed -= if taken { meetings(piece) * all } else { 0 };
            taken
        });
        let mut same = self.same[side].clone();
        same.sort_unstable();
        Sample { same, ..Sample::new(&self.explained[side], &self.explaining[1 - side], pieces, vocabulary) }
    }
}

/// Cuts a bead, where it is long, into pieces with the words about their place in proportion: a translation keeps
/// the order of its sentences, if not of its words.
fn cut([explained, explaining]: [Range<usize>; 2], pieces: &mut Vec<[Range<usize>; 2]>) {
    if explaining.len() <= WHOLE || explained.is_empty() {
        pieces.push([explained, explaining]);
        return;
    }
    let place = |at: usize| (at - explained.start) * explaining.len() / explained.len();
    for start in explained.clone().step_by(PIECE) {
        let end = (start + PIECE).min(explained.end);
        let from = explaining.start + place(start).saturating_sub(SLACK);
        let to = (explaining.start + place(end) + SLACK).min(explaining.end);
        pieces.push([start..end, from..to]);
    }
}

/// Pieces of beads: words explained and those that may explain them.
#[derive(Debug)]
pub struct Sample<'a> {
    explaining: &'a [u32],
    /// For each piece where the words that explain it stand.
    pieces: Vec<Range<usize>>,
    /// Where the places of each word begin; one more at the end.
    starts: Vec<usize>,
    /// For each word the pieces where it stands, each as often as it does.
    places: Vec<u32>,
    /// Words that stand beside themselves, in order, each with how many words may explain it.
    same: Vec<(u32, u32)>,
}

impl<'a> Sample<'a> {
    fn new(
        explained: &[u32],
        explaining: &'a [u32],
        pieces: Vec<[Range<usize>; 2]>,
        vocabulary: usize,
    ) -> Self {
        let mut starts = vec![0usize; vocabulary + 1];
        for &word in pieces.iter().flat_map(|piece| &explained[piece[0].clone()]) {
            starts[word as usize + 1] += 1;
        }
        for word in 0..vocabulary {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut places = vec![0; starts[vocabulary]];
        for (number, piece) in (0u32..).zip(&pieces) {
            for &word in &explained[piece[0].clone()] {
                places[next[word as usize]] = number;
                next[word as usize] += 1;
            }
        }
        let pieces = pieces.into_iter().map(|[_, explaining]| explaining).collect();
        Self { explaining, pieces, starts, places, same: Vec::new() }
    }

    /// The pieces where a word stands, each as often as it does.
    pub fn places(&self, word: u32) -> std::slice::Iter<'_, u32> {
        self.places[self.starts[word as usize]..self.starts[word as usize + 1]].iter()
    }

    /// The words that may explain those of a piece.
    pub fn explaining(&self, piece: u32) -> &[u32] {
        &self.explaining[self.pieces[piece as usize].clone()]
    }

    /// Words that stand beside themselves, besides, in order: each with how many words may explain it.
    pub fn same(&self) -> &[(u32, u32)] {
        &self.same
    }

    /// How often a word meets one that may explain it.
    pub fn meetings(&self) -> usize {
        self.places.iter().map(|&piece| self.pieces[piece as usize].len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Progress;

    #[test]
    fn words_that_stand_beside_themselves_need_no_learning_within_one_language() {
        // Fifty words that are rare enough to tell something.
        let filler = (0..50).map(|at| format!("f{at}")).collect::<Vec<_>>().join(" ");
        let words = [["red house here", &filler], ["old red house", &filler]]
            .map(|units| Words::of(&units, &Progress::default()).unwrap());
        let names = |side: usize, numbers: &[u32]| -> Vec<&str> {
            numbers.iter().map(|&word| words[side].names[word as usize].as_str()).collect()
        };
        let [left, right] = &words;
        for (one_language, explained) in [(true, &["here"][..]), (false, &["red", "house", "here"])] {
            let bags = Bags::of([left, right], &[[0..1, 0..1]], one_language);
            let sample = bags.sample(0, left.names.len(), 1_000);
            assert_eq!(names(0, &bags.explained[0]), explained);
            assert_eq!(names(1, sample.explaining(0)), ["old", "red", "house"]);
            let same: Vec<u32> = sample.same().iter().map(|&(word, _)| word).collect();
            assert_eq!(same.len() + explained.len(), 3);
            assert!(sample.same().iter().all(|&(_, explaining)| explaining == 3));
        }
        // Numbers are those of the own side.
        let bags = Bags::of([left, right], &[[0..1, 0..1]], true);
        let same: Vec<u32> =
            bags.sample(1, right.names.len(), 1_000).same().iter().map(|&(word, _)| word).collect();
        assert_eq!(names(1, &same), ["red", "house"]);
    }
}
