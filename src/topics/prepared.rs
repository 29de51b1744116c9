//! An edition made ready for the index: what each passage and heading says of each topic, and how passages
//! hang together. The words themselves are not kept, so that a long text costs little.

use std::ops::Range;

use super::matching::{Hit, Matcher};
use super::words::{Lexicon, Word};
use crate::document::{Edition, Kind, Passage};
use crate::progress::{Cancelled, Progress};

/// How many passages are read between two looks at whether to stop.
const STEP: usize = 256;
/// Among how many of the first words of a passage one that points back is looked for.
const OPENING: usize = 3;

/// A body passage made ready.
#[derive(Debug)]
pub(super) struct Ready {
    /// Its index in the edition.
    pub(super) passage: usize,
    /// How many words it has.
    pub(super) words: usize,
    /// The stems of its content words, sorted, once each.
    pub(super) stems: Vec<u32>,
    /// Index into the headings of the edition.
    pub(super) heading: Option<usize>,
    /// How it hangs on the passage before, where it does.
    pub(super) tie: Option<Tie>,
}

/// How a passage hangs on the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tie {
    /// It begins with a word that points back: "This system …".
    PointsBack,
    /// The one before leads in with a colon, or both are items of one list.
    LedIn,
}

impl Tie {
    /// One of two figures.
    pub(super) const fn of(self, points_back: f32, led_in: f32) -> f32 {
        match self {
            Self::PointsBack => points_back,
            Self::LedIn => led_in,
        }
    }

    fn between(before: &Passage, passage: &Passage, words: &[Word], lexicon: &Lexicon) -> Option<Self> {
        let items = [before, passage].iter().all(|p| p.kind == Kind::ListItem);
        if items || before.text.trim_end().ends_with([':', '：']) {
            return Some(Self::LedIn);
        }
        let points_back = words.iter().take(OPENING).any(|word| lexicon.points_back(word.form));
        points_back.then_some(Self::PointsBack)
    }
}

/// A heading made ready.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heading {
    /// How many words it has.
    pub(super) words: usize,
    /// How many body passages stand under it.
    under: usize,
}

impl Heading {
    /// Whether it stands over most of `passages`: the title of the text tells no passage from another.
    pub(super) const fn is_title(self, passages: usize) -> bool {
        self.under * 2 > passages
    }
}

/// What is said of one topic.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    /// Its terms with the index of the body passage they stand in, passage by passage, sentence by sentence.
    pub(super) hits: Vec<(usize, Hit)>,
    /// For each heading the terms in it.
    pub(super) headings: Vec<Vec<Hit>>,
}

impl Spoken {
    /// The hits of one body passage.
    pub(super) fn of(&self, at: usize) -> &[(usize, Hit)] {
        self.within(at..at + 1)
    }

    /// The hits of body passages one after another.
    pub(super) fn within(&self, passages: Range<usize>) -> &[(usize, Hit)] {
        let start = self.hits.partition_point(|(passage, _)| *passage < passages.start);
        let end = self.hits.partition_point(|(passage, _)| *passage < passages.end);
        self.hits.get(start..end).unwrap_or_default()
    }
}

/// An edition made ready for a list of topics.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) body: Vec<Ready>,
    pub(super) headings: Vec<Heading>,
    /// For each topic.
    pub(super) spoken: Vec<Spoken>,
}

impl Text {
    /// Reads an edition for the topics of these matchers.
    pub(super) fn read(
        edition: &Edition,
        matchers: &[Matcher],
        lexicon: &mut Lexicon,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut text = Self::default();
        text.spoken.resize_with(matchers.len(), Spoken::default);
        let all = edition.passages().len();
        let mut before: Option<&Passage> = None;
        for (at, passage) in edition.passages().iter().enumerate() {
            if at % STEP == 0 {
                progress.reach(at, all + 1)?;
            }
            if passage.kind == Kind::Heading {
                text.add_heading(&lexicon.words(&passage.text), matchers);
            } else if passage.kind.is_body() {
                let words = lexicon.words(&passage.text);
                let tie = before.and_then(|before| Tie::between(before, passage, &words, lexicon));
                text.add_passage(at, &words, tie, matchers);
            }
            before = passage.kind.is_body().then_some(passage);
        }
        Ok(text)
    }

    fn add_heading(&mut self, words: &[Word], matchers: &[Matcher]) {
        self.headings.push(Heading { words: words.len(), under: 0 });
        for (spoken, matcher) in self.spoken.iter_mut().zip(matchers) {
            spoken.headings.push(matcher.hits(words));
        }
    }

    fn add_passage(&mut self, passage: usize, words: &[Word], tie: Option<Tie>, matchers: &[Matcher]) {
        let at = self.body.len();
        for (spoken, matcher) in self.spoken.iter_mut().zip(matchers) {
            spoken.hits.extend(matcher.hits(words).into_iter().map(|hit| (at, hit)));
        }
        let mut stems: Vec<u32> = words.iter().filter(|w| w.content).map(|w| w.stem).collect();
        stems.sort_unstable();
        stems.dedup();
        stems.shrink_to_fit();
        let heading = self.headings.len().checked_sub(1);
        if let Some(heading) = heading.and_then(|heading| self.headings.get_mut(heading)) {
            heading.under += 1;
        }
        self.body.push(Ready { passage, words: words.len(), stems, heading, tie });
    }
}
