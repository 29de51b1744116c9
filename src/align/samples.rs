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
    words: [Vec<u32>; 2],
    /// For each bead where its words stand in `words`.
    beads: Vec<[Range<usize>; 2]>,
}

impl Bags {
    pub fn of(words: [&Words; 2], spans: &[Span]) -> Self {
        let mut bags = Self::default();
        for span in spans.iter().filter(|span| span.iter().all(|range| !range.is_empty())) {
            bags.beads.push([0, 1].map(|side| {
                let start = bags.words[side].len();
                let all = words[side].units[span[side].clone()].iter().flatten().copied();
                bags.words[side].extend(all.filter(|&word| words[side].share(word) < TOO_COMMON));
                start..bags.words[side].len()
            }));
        }
        bags
    }

    /// Pieces of beads in which words of `side`, of so many, are explained by words of the other: with `most`
    /// meetings of words, evenly spread, however long the texts are.
    pub fn sample(&self, side: usize, vocabulary: usize, most: usize) -> Sample<'_> {
        let mut pieces = Vec::new();
        for bead in &self.beads {
            cut([bead[side].clone(), bead[1 - side].clone()], &mut pieces);
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
        Sample::new(&self.words[side], &self.words[1 - side], pieces, vocabulary)
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
        Self { explaining, pieces, starts, places }
    }

    /// The pieces where a word stands, each as often as it does.
    pub fn places(&self, word: u32) -> std::slice::Iter<'_, u32> {
        self.places[self.starts[word as usize]..self.starts[word as usize + 1]].iter()
    }

    /// The words that may explain those of a piece.
    pub fn explaining(&self, piece: u32) -> &[u32] {
        &self.explaining[self.pieces[piece as usize].clone()]
    }

    /// How often a word meets one that may explain it.
    pub fn meetings(&self) -> usize {
        self.places.iter().map(|&piece| self.pieces[piece as usize].len()).sum()
    }
}
