//! Which passages of a copy have other letters than the passages of the work that they hold.
//!
//! That a passage was found says that most of it is the work's. Whoever cites it by the number of the work is to
//! know that a word in it may be another.

use super::fingerprints::Fingerprint;
use super::letters::{self, Letters, WINDOW};
use super::table::{Hit, Known};
use crate::document::Edition;

/// For each passage of an edition whether its letters are not those of the passages that it holds, by their number
/// and their hashes; `holds` as in an alignment, `hits` the windows of the work in the text, in their order. The
/// pieces of a passage that was split are compared together.
#[must_use]
pub(super) fn altered(
    (edition, text): (&Edition, &Letters<'_>),
    (known, hits): (&Known, &[Hit]),
    holds: &[Vec<usize>],
) -> Vec<bool> {
    let mut altered = vec![false; edition.passages().len()];
    let mut holding = holds.iter().enumerate().filter(|(_, held)| !held.is_empty()).peekable();
    while let Some((first, held)) = holding.next() {
        let (mut passages, mut held) = (vec![first], held.clone());
        while let Some((passage, more)) =
            holding.next_if(|(_, more)| more.iter().any(|print| held.contains(print)))
        {
            passages.push(passage);
            held.extend(more);
        }
        held.sort_unstable();
        held.dedup();
        let prints: Vec<&Fingerprint> =
            held.iter().filter_map(|&print| known.prints.passages.get(print)).collect();
        let own: usize = passages.iter().map(|&passage| text.range(passage).len()).sum();
        let is_whole = own == prints.iter().map(|print| print.letters).sum::<usize>()
            && if passages.is_sorted_by(|one, next| one + 1 == *next)
                && prints.iter().all(|print| print.sketch.is_none())
            {
                are_hit(text.range(first).start, &held, (known, hits))
            } else {
                let each = passages.iter().filter_map(|&at| edition.passages().get(at));
                are_letters_of(&each.flat_map(letters::of_passage).collect::<Vec<char>>(), &prints)
            };
        if !is_whole {
            for passage in passages {
                if let Some(altered) = altered.get_mut(passage) {
                    *altered = true;
                }
            }
        }
    }
    altered
}

/// Whether every window of some passages of a work was found where it belongs, the first passage beginning with a
/// letter of the text: all letters were looked at once, and need not be read again.
fn are_hit(mut start: usize, held: &[usize], (known, hits): (&Known, &[Hit])) -> bool {
    held.iter().all(|&print| {
        let Some(own) = known.prints.passages.get(print) else { return false };
        let first = known.windows.partition_point(|window| window.passage < print);
        let mut windows =
            known.windows.iter().enumerate().skip(first).take_while(|(_, of)| of.passage == print);
        let is_whole = windows.all(|(window, of)| {
            hits.binary_search(&Hit { letter: start + own.offset(of.window), window }).is_ok()
        });
        start += own.letters;
        is_whole
    })
}

/// Whether letters are those of some passages of a work, one after the other, as far as is kept of them.
fn are_letters_of(letters: &[char], held: &[&Fingerprint]) -> bool {
    let mut rest = letters;
    for print in held {
        let Some((own, after)) = rest.split_at_checked(print.letters) else { return false };
        let hash = |at: usize| {
            let start = print.offset(at);
            letters::windows(own.get(start..start + WINDOW)?).next()
        };
        let mut windows = print.windows.iter().enumerate();
        let is_whole = windows.all(|(at, known)| known.is_none_or(|known| hash(at) == Some(known)))
            && print.sketch.is_none_or(|sketch| letters::sketch(own) == sketch);
        if !is_whole {
            return false;
        }
        rest = after;
    }
    rest.is_empty()
}
