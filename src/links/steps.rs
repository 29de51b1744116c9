//! Places further on in a parallel link where both texts say the same: what scrolling goes by where one passage answers
//! many, or says in far more words what the other does. Knows no rows and no screen.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::wording::shared_runs;
use super::{Link, LinkKind};
use crate::align::{self, Bead};
use crate::document::{Anchor, Edition};
use crate::progress::{Cancelled, Progress};

/// Columns of text by which one side may run ahead of the other, row for row, before a step brings them together: about
/// three rows of a pane.
const DRIFT: usize = 160;
/// Columns of a sentence from which it is parted where a clause ends: a list, or a genealogy, may be one of a page. And
/// columns of such a part at least.
const LONG: usize = 3 * DRIFT / 2;
const PART: usize = DRIFT / 2;
/// Columns that the end of a passage takes beyond its words: on average half a row, and the empty one behind it.
const BREAK: usize = 90;

/// Tells the steps of those parallel links, in order of the left text, whose sides drift apart: by runs of words that both
/// have, else by aligning their sentences. The other links but teach which words stand for each other.
///
/// # Errors
/// Where it was cancelled.
pub fn tell(links: &mut [&mut Link], editions: [&Edition; 2], progress: &Progress) -> Result<(), Cancelled> {
    let has_both = |link: &Link| link.kind == LinkKind::Parallel && link.carries() && link.has_both_sides();
    let mut links: Vec<&mut Link> =
        links.iter_mut().map(|link| &mut **link).filter(|link| has_both(link)).collect();
    let mut are_long = Vec::with_capacity(links.len());
    for link in &mut links {
        progress.ask()?;
        let is_long = drifts(link, editions);
        let told_by_words = if is_long { told_by_words(link, editions) } else { None };
        are_long.push(is_long && told_by_words.is_none());
        link.steps = told_by_words.unwrap_or_default();
    }
    if !are_long.contains(&true) {
        return Ok(());
    }
    let mut sides = editions.map(Side::of);
    let mut within = Vec::with_capacity(links.len());
    for (link, &is_long) in links.iter().zip(&are_long) {
        let mut units: [Range<usize>; 2] = Default::default();
        for side in [0, 1] {
            units[side] = sides[side].take(&link.passages[side], is_long, &progress.part(0.0..0.1))?;
        }
        within.push(units);
    }
    let texts = [&sides[0].texts[..], &sides[1].texts];
    let beads = align::align_within(texts, &within, &progress.part(0.1..1.0))?;
    for ((link, is_long), beads) in links.iter_mut().zip(are_long).zip(beads) {
        if is_long {
            link.steps = steps(&sides, &beads);
        }
    }
    Ok(())
}

/// One side's units: whole passages, or the sentences of those of long links.
struct Side<'e> {
    edition: &'e Edition,
    texts: Vec<&'e str>,
    /// Where each begins.
    places: Vec<Anchor>,
    /// Columns of text before each, of those of its link.
    columns: Vec<usize>,
}

impl<'e> Side<'e> {
    fn of(edition: &'e Edition) -> Self {
        Self { edition, texts: Vec::new(), places: Vec::new(), columns: Vec::new() }
    }

    /// Takes up the passages of a link: which units they are.
    fn take(
        &mut self,
        passages: &[usize],
        in_sentences: bool,
        progress: &Progress,
    ) -> Result<Range<usize>, Cancelled> {
        let first = self.texts.len();
        let mut columns = 0;
        for &passage in passages {
            let Some(of) = self.edition.get(passage) else { continue };
            let parts: Vec<Range<usize>> = if in_sentences {
                let sentences = align::sentences(&of.text, progress)?;
                sentences.into_iter().flat_map(|sentence| clauses(&of.text, sentence)).collect()
            } else {
                std::iter::once(0..of.text.len()).collect()
            };
            for bytes in parts {
                self.texts.push(of.slice(bytes.clone()));
                self.places.push(Anchor { passage, byte: bytes.start });
                self.columns.push(columns);
                columns += if in_sentences { of.slice(bytes).width() } else { 0 };
            }
            columns += BREAK;
        }
        Ok(first..self.texts.len())
    }
}

/// A sentence in its clauses where it is a long one: after `;` or `:`, and what is long still after `,` or a dash.
fn clauses(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let parts = parted(text, sentence, &[';', ':', '；', '：']).into_iter();
    parts.flat_map(|part| parted(text, part, &[',', '—', '–', '，', '、'])).collect()
}

/// A part of a text, parted after marks where it is long; no part is a short one.
fn parted(text: &str, part: Range<usize>, marks: &[char]) -> Vec<Range<usize>> {
    let width = |bytes: Range<usize>| text.get(bytes).map_or(0, UnicodeWidthStr::width);
    if width(part.clone()) <= LONG {
        return vec![part];
    }
    let mut parts = Vec::new();
    let mut start = part.start;
    for (at, mark) in text.get(part.clone()).unwrap_or_default().match_indices(marks) {
        let rest = text.get(part.start + at + mark.len()..part.end).unwrap_or_default().trim_start();
        let end = part.end - rest.len();
        // Bytes of the rest: its columns would be counted again for each mark.
        if width(start..end) >= PART && rest.len() >= PART {
            parts.push(start..end);
            start = end;
        }
    }
    parts.push(start..part.end);
    parts
}

/// Whether the two sides of a link, begun beside each other, do not stay so row for row.
fn drifts(link: &Link, editions: [&Edition; 2]) -> bool {
    let columns = |side: usize| {
        let width = |passage: &usize| editions[side].get(*passage).map_or(0, |of| of.text.width() + BREAK);
        link.passages[side].iter().map(width).sum::<usize>()
    };
    link.passages.iter().any(|of| of.len() > 1) || columns(0).abs_diff(columns(1)) > DRIFT
}

/// Of the beads of a link's sentences the beginnings of those at which the sides would be apart.
fn steps(sides: &[Side<'_>; 2], beads: &[Bead]) -> Vec<[Anchor; 2]> {
    let place = |bead: &Bead| {
        [0, 1].map(|side: usize| {
            let at = bead.units[side].start;
            (sides[side].places[at], sides[side].columns[at])
        })
    };
    apart(beads.iter().filter(|bead| bead.holds()).map(place), DRIFT)
}

/// The steps of a link whose sides are in one wording, one of them cut or added to: where runs of the same words begin.
/// `None` where the words tell too little.
fn told_by_words(link: &Link, editions: [&Edition; 2]) -> Option<Vec<[Anchor; 2]>> {
    let texts = [0, 1].map(|side: usize| {
        let text = |&passage: &usize| editions[side].get(passage).map_or("", |of| of.text.as_str());
        link.passages[side].iter().map(text).collect::<Vec<_>>()
    });
    let runs = shared_runs([&texts[0], &texts[1]])?;
    let mut gone = [(0, 0, 0); 2];
    let place = |run: [(usize, usize); 2]| {
        [0, 1].map(|side: usize| {
            // Columns are counted on from the run before.
            let ((at, byte), (last, from, mut columns)) = (run[side], gone[side]);
            let width =
                |at: usize, bytes: Range<usize>| texts[side][at].get(bytes).map_or(0, UnicodeWidthStr::width);
            let mut start = from;
            for (passage, text) in texts[side].iter().enumerate().take(at).skip(last) {
                columns += width(passage, start..text.len()) + BREAK;
                start = 0;
            }
            columns += width(at, start..byte);
            gone[side] = (at, byte, columns);
            (Anchor { passage: link.passages[side][at], byte }, columns)
        })
    };
    Some(apart(runs.into_iter().map(place), DRIFT / 2))
}

/// Of places on both sides, each with the columns of text before it, those at which the sides would be so far apart, gone row
/// for row from the last step.
fn apart(places: impl Iterator<Item = [(Anchor, usize); 2]>, drift: usize) -> Vec<[Anchor; 2]> {
    let mut steps = Vec::new();
    let mut last = [0, 0];
    for place in places {
        let columns = place.map(|(_, columns)| columns);
        let [left, right] = [0, 1].map(|side| columns[side] - last[side]);
        if left.abs_diff(right) > drift {
            steps.push(place.map(|(at, _)| at));
            last = columns;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Options;
    use crate::document::{Kind, Passage};
    use crate::links::parallel::{self, Unit};

    /// So many sentences of words that no other one has.
    fn sentences(count: usize, words: usize) -> Vec<String> {
        let word = |sentence: usize, at: usize| {
            let number = sentence * words + at;
            let letter = |of: usize| char::from(b'a' + (number / of % 26) as u8);
            format!("{}{}{}ing", letter(676), letter(26), letter(1))
        };
        let sentence = |of: usize| (0..words).map(|at| word(of, at)).collect::<Vec<_>>().join(" ");
        (0..count).map(|of| format!("The {}.", sentence(of))).collect()
    }

    fn edition(passages: impl IntoIterator<Item = String>) -> Edition {
        Edition::new(
            passages.into_iter().map(|text| Passage::new(Kind::Paragraph, text)).collect(),
            Vec::new(),
            0,
        )
    }

    fn told(editions: [&Edition; 2]) -> Vec<Link> {
        let progress = Progress::default();
        let aligned = parallel::align(editions, Unit::Passage, &Options::default(), &progress).unwrap();
        let mut links = aligned.links(editions, &progress).unwrap();
        tell(&mut links.iter_mut().collect::<Vec<_>>(), editions, &progress).unwrap();
        links
    }

    #[test]
    fn a_passage_that_answers_many_has_steps_where_each_of_them_begins() {
        let sentences = sentences(60, 12);
        let long = edition(sentences.chunks(20).map(|of| of.join(" ")));
        let short = edition(sentences.clone());
        for (editions, many) in [([&long, &short], 1), ([&short, &long], 0)] {
            let links = told(editions);
            assert_eq!(links.len(), 3);
            for link in &links {
                assert!(link.steps.len() > 5, "{:?}", link.steps);
                assert!(link.steps.is_sorted_by(|a, b| a[0] < b[0] && a[1] < b[1]));
                for step in &link.steps {
                    let words = [0, 1].map(|side| {
                        let passage = editions[side].get(step[side].passage).unwrap();
                        passage.slice(step[side].byte..passage.text.len())
                    });
                    assert!(words[1 - many].starts_with(words[many]), "{words:?}");
                }
            }
        }
    }

    #[test]
    fn where_rows_stay_together_there_are_none() {
        let sentences = sentences(60, 12);
        let [one, other] =
            [edition(sentences.clone()), edition(sentences.iter().map(|of| of.replace("The ", "A ")))];
        let links = told([&one, &other]);
        assert!(links.iter().all(|link| link.steps.is_empty()));
    }

    #[test]
    fn what_one_text_lacks_within_a_passage_is_stepped_over() {
        let sentences = sentences(30, 12);
        let whole = edition([sentences.join(" ")]);
        let cut = edition([[&sentences[..10], &sentences[20..]].concat().join(" ")]);
        let links = told([&whole, &cut]);
        let [link] = links.as_slice() else { panic!("{links:?}") };
        let at =
            |side: usize, of: usize| [&whole, &cut][side].get(0).unwrap().text.find(&sentences[of]).unwrap();
        // "The" begins what is left out, too: the words after it tell.
        let word = "The ".len();
        assert_eq!(
            link.steps.iter().map(|step| step.map(|place| place.byte)).collect::<Vec<_>>(),
            [[at(0, 20) + word, at(1, 20) + word]]
        );
    }

    #[test]
    fn what_one_text_lacks_of_the_beginning_is_stepped_over_and_where_words_are_others_sentences_tell() {
        let sentences = sentences(30, 12);
        let whole = edition([sentences.join(" ")]);
        let cut = edition([sentences[10..].join(" ")]);
        let links = told([&whole, &cut]);
        let first = links[0].steps[0].map(|place| place.byte);
        assert!(
            whole.get(0).unwrap().slice(first[0]..first[0] + 40)
                == cut.get(0).unwrap().slice(first[1]..first[1] + 40)
        );
        assert!(first[1] <= 4, "{first:?}");
        // Each word but every third is another form.
        let retold = |of: &String| {
            let words = of.split(' ').enumerate();
            words
                .map(|(at, word)| if at % 3 > 0 { word.replace("ing", "ed") } else { word.to_owned() })
                .collect::<Vec<_>>()
                .join(" ")
        };
        let retold = edition([sentences[10..].iter().map(retold).collect::<Vec<_>>().join(" ")]);
        let told_by_words = |right: &Edition| told_by_words(&links[0], [&whole, right]).is_some();
        assert_eq!([told_by_words(&cut), told_by_words(&retold)], [true, false]);
        assert!(!told([&whole, &retold])[0].steps.is_empty());
    }

    #[test]
    fn a_list_of_one_sentence_has_steps_where_its_parts_begin() {
        let items: Vec<String> = sentences(60, 12).iter().map(|of| of.replace('.', ";")).collect();
        let long = edition([items.join(" ")]);
        // The other one says of each third item nothing.
        let short = edition([items
            .iter()
            .enumerate()
            .filter(|(at, _)| at % 3 > 0)
            .map(|(_, of)| of.clone())
            .collect::<Vec<_>>()
            .join(" ")]);
        let links = told([&long, &short]);
        let [link] = links.as_slice() else { panic!("{links:?}") };
        assert!(link.steps.len() > 5, "{:?}", link.steps);
        for step in &link.steps {
            let item = [&long, &short].map(|of| of.get(0).unwrap());
            let [left, right] = [0, 1].map(|side| item[side].slice(step[side].byte..step[side].byte + 40));
            assert_eq!(left, right);
        }
    }

    proptest::proptest! {
        #[test]
        fn clauses_cover_a_sentence_and_none_is_a_short_one(text in "([a-e]{1,30}[,;:]? ?){0,60}") {
            let parts = clauses(&text, 0..text.len());
            let all: String = parts.iter().filter_map(|part| text.get(part.clone())).collect();
            proptest::prop_assert_eq!(all, text.as_str());
            let is_short = |part: &Range<usize>| part.len() < PART;
            proptest::prop_assert!(parts.len() == 1 || !parts.iter().any(is_short), "{:?}", parts);
        }
    }
}
