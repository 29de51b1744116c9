//! What of the beads a lexicon is learned from: a bounded number of meetings of words, spread evenly over the texts,
//! long beads cut into windows about their diagonal. Knows neither lexicons nor how beads are found.

use std::ops::Range;

use super::cores::on_both_sides;
use super::span::{Span, has_both};
use super::words::Words;

/// Words that are more of a text than this tell nothing of what stands where: no partner is learned for them.
const TOO_COMMON: f32 = 0.02;
/// Words of the other side up to which all of a bead may explain each of its words.
const WHOLE: usize = 120;
/// Words in a piece of a longer bead.
const PIECE: usize = 40;
/// Words of the other side on each side of a piece that may explain it, too.
const SLACK: usize = 40;

/// Words of beads, those of one bead after those of the one before.
#[derive(Clone, Debug, Default)]
struct Rows {
    words: Vec<u32>,
    /// For each bead where its words stand.
    beads: Vec<Range<usize>>,
}

impl Rows {
    /// Ends a bead: its words are those since `start`.
    fn end_bead(&mut self, start: usize) {
        self.beads.push(start..self.words.len());
    }

    /// The words of each bead.
    fn each(&self) -> impl Iterator<Item = &[u32]> {
        self.beads.iter().map(|bead| &self.words[bead.clone()])
    }
}

/// The words of the beads that have both sides, in order, without the commonest.
#[derive(Debug, Default)]
pub struct Bags {
    explained: [Rows; 2],
    explaining: [Rows; 2],
    /// Words that stand on both sides of a bead, and how many the other side has.
    same: [Vec<(u32, u32)>; 2],
}

impl Bags {
    /// Words on both sides of a bead are explained by themselves where both are of `one_language`.
    pub fn of(words: [&Words; 2], spans: &[Span], one_language: bool) -> Self {
        let both = |span: &&Span| has_both(span);
        let explaining = on_both_sides(|side| {
            let words = words[side];
            let tells: Vec<bool> =
                (0..words.names.len() as u32).map(|word| words.share(word) < TOO_COMMON).collect();
            let mut rows = Rows::default();
            for span in spans.iter().filter(both) {
                let start = rows.words.len();
                let all = words.units[span[side].clone()].iter().flatten().copied();
                rows.words.extend(all.filter(|&word| tells[word as usize]));
                rows.end_bead(start);
            }
            rows
        });
        if !one_language {
            return Self { explained: explaining.clone(), explaining, same: Default::default() };
        }
        let on_left = words[1].numbers_in(words[0]);
        let on_left = |side: usize, word: u32| if side == 0 { Some(word) } else { on_left[word as usize] };
        let [left, right] = on_both_sides(|side| {
            let (mut explained, mut same) = (Rows::default(), Vec::new());
            // For each word of the left the last bead where the other side has it.
            let mut last = vec![usize::MAX; words[0].names.len()];
            let beads = explaining[side].each().zip(explaining[1 - side].each());
            for (bead, (own, others)) in beads.enumerate() {
                for word in others.iter().filter_map(|&word| on_left(1 - side, word)) {
                    last[word as usize] = bead;
                }
                let start = explained.words.len();
                for &word in own {
                    if on_left(side, word).is_some_and(|word| last[word as usize] == bead) {
                        same.push((word, others.len().min(WHOLE) as u32));
                    } else {
                        explained.words.push(word);
                    }
                }
                explained.end_bead(start);
            }
            (explained, same)
        });
        Self { explained: [left.0, right.0], explaining, same: [left.1, right.1] }
    }

    /// The share of the words of a side that do not stand beside themselves, in `[0, 1]`.
    pub fn unexplained(&self, side: usize) -> f32 {
        let unexplained = self.explained[side].words.len();
        unexplained as f32 / (unexplained + self.same[side].len()).max(1) as f32
    }

    /// Pieces of beads in which words of `side`, of so many, are explained by words of the other: with `most`
    /// meetings of words, evenly spread, however long the texts are.
    pub fn sample(&self, side: usize, vocabulary: usize, most: usize) -> Sample<'_> {
        let mut pieces = Vec::new();
        let (explained, explaining) = (&self.explained[side], &self.explaining[1 - side]);
        for (explained, explaining) in explained.beads.iter().zip(&explaining.beads) {
            cut([explained.clone(), explaining.clone()], &mut pieces);
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
        let of_pieces = (0u32..).zip(&pieces);
        let places = of_pieces.flat_map(|(number, [explained_here, _])| {
            explained.words[explained_here.clone()].iter().map(move |&word| (word, number))
        });
        Sample {
            beads: explained.beads.len(),
            explaining: &explaining.words,
            places: ByWord::of(places, vocabulary),
            same: ByWord::of(self.same[side].iter().copied(), vocabulary),
            pieces: pieces.into_iter().map(|[_, explaining]| explaining).collect(),
        }
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

/// Numbers for each word.
#[derive(Debug)]
struct ByWord {
    /// Where the numbers of each word begin; one more at the end.
    starts: Vec<usize>,
    numbers: Vec<u32>,
}

impl ByWord {
    /// Pairs of a word, of so many, and a number, in the order of the words; those of one word stay in theirs.
    fn of(pairs: impl Iterator<Item = (u32, u32)> + Clone, vocabulary: usize) -> Self {
        let mut starts = vec![0usize; vocabulary + 1];
        for (word, _) in pairs.clone() {
            starts[word as usize + 1] += 1;
        }
        for word in 0..vocabulary {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut numbers = vec![0; starts[vocabulary]];
        for (word, number) in pairs {
            numbers[next[word as usize]] = number;
            next[word as usize] += 1;
        }
        Self { starts, numbers }
    }

    fn of_word(&self, word: u32) -> &[u32] {
        &self.numbers[self.starts[word as usize]..self.starts[word as usize + 1]]
    }
}

/// Pieces of beads: words explained and those that may explain them.
#[derive(Debug)]
pub struct Sample<'a> {
    /// How many beads there are, sampled or not.
    pub beads: usize,
    explaining: &'a [u32],
    /// For each piece where the words that explain it stand.
    pieces: Vec<Range<usize>>,
    /// For each word the pieces where it stands.
    places: ByWord,
    /// For each word, for each time that it stands beside itself, how many words may explain it there.
    same: ByWord,
}

impl Sample<'_> {
    /// The pieces where a word stands, each as often as it does.
    pub fn places(&self, word: u32) -> &[u32] {
        self.places.of_word(word)
    }

    /// The words that may explain those of a piece.
    pub fn explaining(&self, piece: u32) -> &[u32] {
        &self.explaining[self.pieces[piece as usize].clone()]
    }

    /// For each time that a word stands beside itself, besides, how many words may explain it there.
    pub fn same(&self, word: u32) -> &[u32] {
        self.same.of_word(word)
    }

    /// How often words stand beside themselves.
    pub fn count_same(&self) -> usize {
        self.same.numbers.len()
    }

    /// How often a word meets one that may explain it.
    pub fn meetings(&self) -> usize {
        self.places.numbers.iter().map(|&piece| self.pieces[piece as usize].len()).sum()
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
            assert_eq!(names(0, &bags.explained[0].words), explained);
            assert_eq!(names(1, sample.explaining(0)), ["old", "red", "house"]);
            assert_eq!(sample.count_same() + explained.len(), 3);
            let explaining = |word: u32| sample.same(word).iter().copied();
            assert!((0..left.names.len() as u32).flat_map(explaining).all(|explaining| explaining == 3));
        }
        // Numbers are those of the own side.
        let bags = Bags::of([left, right], &[[0..1, 0..1]], true);
        let sample = bags.sample(1, right.names.len(), 1_000);
        let all = 0..right.names.len() as u32;
        let same: Vec<u32> = all.filter(|&word| !sample.same(word).is_empty()).collect();
        assert_eq!(names(1, &same), ["red", "house"]);
    }
}
