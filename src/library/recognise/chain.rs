//! Which of the windows found in a text belong together: the longest row of them in the order of the work.

use super::table::{Hit, Window};

/// Of hits in the order of the text those that stand in the order of the work, each window and each place once.
///
/// First those that the text has once, as in a patience diff; then, of those that it has several times (a
/// phrase quoted in a preface, a title repeated on each page), the ones that stand where their neighbours
/// say that they should.
#[must_use]
pub fn chain(windows: &[Window], hits: &[Hit]) -> Vec<Hit> {
    let mut by_window: Vec<Hit> = hits.to_vec();
    by_window.sort_unstable_by_key(|hit| (hit.window, hit.letter));
    let groups: Vec<&[Hit]> = by_window.chunk_by(|a, b| a.window == b.window).collect();
    // Two windows of one hash are found at one letter; there are few.
    let pairs = hits.windows(2).filter(|pair| matches!(pair, [a, b] if a.letter == b.letter));
    let letters: Vec<usize> = pairs.flatten().map(|hit| hit.letter).collect();
    let shared = |hit: &Hit| letters.binary_search(&hit.letter).is_ok();
    let single = groups.iter().filter_map(|group| if let [hit] = group { Some(*hit) } else { None });
    let sure = longest_ascending(single.filter(|hit| !shared(hit)).collect());
    let mut chosen: Vec<Hit> = Vec::with_capacity(groups.len());
    for group in groups {
        let [first, _, ..] = group else {
            chosen.extend(group);
            continue;
        };
        let after = sure.partition_point(|hit| hit.window < first.window);
        let neighbours = [after.checked_sub(1).and_then(|at| sure.get(at)), sure.get(after)];
        let stray = |hit: &Hit| {
            let apart =
                neighbours.iter().flatten().map(|near| shift(windows, hit).abs_diff(shift(windows, near)));
            apart.min().unwrap_or_default()
        };
        chosen.extend(group.iter().min_by_key(|hit| stray(hit)));
    }
    longest_ascending(chosen)
}

/// How much later a window stands in the text than in the work, in letters.
fn shift(windows: &[Window], hit: &Hit) -> i64 {
    let there = windows.get(hit.window).map_or(0, |window| window.letter);
    hit.letter as i64 - there as i64
}

/// The longest row of hits that ascend both in the text and in the work (Fredman 1975; `n log n`).
fn longest_ascending(mut hits: Vec<Hit>) -> Vec<Hit> {
    // Of two hits at one letter only one can be in the row: descending windows see to that.
    hits.sort_unstable_by_key(|hit| (hit.letter, std::cmp::Reverse(hit.window)));
    // `ends[n]`: index of the hit with which the best row of `n + 1` hits ends.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(hits.len());
    for (at, hit) in hits.iter().enumerate() {
        let ascends = |&end: &usize| hits.get(end).is_some_and(|last| last.window < hit.window);
        // Most hits follow the last one.
        let length =
            if ends.last().is_some_and(ascends) { ends.len() } else { ends.partition_point(ascends) };
        before.push(length.checked_sub(1).and_then(|last| ends.get(last)).copied());
        if let Some(end) = ends.get_mut(length) { *end = at } else { ends.push(at) }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(at) = next {
        row.extend(hits.get(at));
        next = before.get(at).copied().flatten();
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    fn windows(count: usize) -> Vec<Window> {
        (0..count).map(|at| Window { passage: at, window: 0, letter: at * 100 }).collect()
    }

    fn chained(hits: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let hits: Vec<Hit> = hits.iter().map(|&(letter, window)| Hit { letter, window }).collect();
        chain(&windows(9), &hits).into_iter().map(|hit| (hit.letter, hit.window)).collect()
    }

    #[test]
    fn what_stands_out_of_order_is_left_out() {
        assert_eq!(chained(&[(0, 7), (10, 0), (110, 1), (210, 2), (250, 0)]), [(10, 0), (110, 1), (210, 2)]);
        assert_eq!(chained(&[]), []);
    }

    #[test]
    fn of_a_repeated_phrase_the_one_in_its_place_counts() {
        let quoted_before = [(0, 0), (600, 0), (700, 1), (800, 2)];
        assert_eq!(chained(&quoted_before), [(600, 0), (700, 1), (800, 2)]);
        let on_every_page = [(600, 0), (650, 1), (700, 1), (800, 2), (850, 1)];
        assert_eq!(chained(&on_every_page), [(600, 0), (700, 1), (800, 2)]);
    }

    #[test]
    fn a_text_that_stands_twice_is_read_once() {
        let twice = [(0, 0), (100, 1), (200, 2), (1000, 0), (1100, 1), (1200, 2)];
        assert_eq!(chained(&twice).iter().map(|(_, window)| *window).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
