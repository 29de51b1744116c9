//! Which passages of a copy have other letters than the passages of the work that they hold.
//!
//! That a passage was found says that most of it is the work's. Whoever cites it by the number of the work is to
//! know that a word in it may be another.

use super::fingerprints::{Fingerprint, Fingerprints};
use super::letters::{self, WINDOW};
use crate::document::Edition;

/// For each passage of an edition whether its letters are not those of the passages that it holds, by their number
/// and their hashes; `holds` as in an alignment. The pieces of a passage that was split are compared together.
#[must_use]
pub(super) fn altered(edition: &Edition, prints: &Fingerprints, holds: &[Vec<usize>]) -> Vec<bool> {
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
        let letters: Vec<char> = passages
            .iter()
            .filter_map(|&at| edition.passages().get(at))
            .flat_map(letters::of_passage)
            .collect();
        let held: Vec<&Fingerprint> = held.iter().filter_map(|&print| prints.passages.get(print)).collect();
        if !are_letters_of(&letters, &held) {
            for passage in passages {
                if let Some(altered) = altered.get_mut(passage) {
                    *altered = true;
                }
            }
        }
    }
    altered
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
