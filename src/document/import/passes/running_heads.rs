//! Running heads: the same line at the head of each page, perhaps with the number of the page. A single word may be
//! who speaks, and is left.

use std::collections::BTreeMap;

use super::headings;
use crate::document::import::Format;
use crate::document::import::draft::{Block, Draft, Role, what};

/// A running head is no longer than this, in bytes, and has so many words at least.
const LONGEST: usize = 80;
const LEAST_WORDS: usize = 2;
/// It comes so often at least, and pages have so many lines; of two heads that alternate each is on every other page.
const LEAST_OFTEN: usize = 4;
const LINES: std::ops::RangeInclusive<usize> = 25..=140;
/// Of how many tenths of its pages the length is like that of most: a refrain comes as the text wants it.
const REGULAR_TENTHS: usize = 8;
/// By how many tenths the length of a page may differ from that of most.
const LENGTH_TENTHS: usize = 2;

/// A line that may be a running head.
struct Head {
    /// Index of its block.
    block: usize,
    /// The line of the text in which it stands.
    line: usize,
    /// The page that it names.
    page: Option<String>,
}

/// Takes the running heads out of a plain text. One with a number becomes the mark of its page.
pub fn take(draft: &mut Draft<'_>) {
    if draft.format == Format::Markdown {
        return;
    }
    let mut heads: BTreeMap<String, Vec<Head>> = BTreeMap::new();
    let (mut line, mut from) = (0, 0);
    for (at, block) in draft.blocks.iter().enumerate() {
        let Some(words) = draft.only_line(block).filter(|words| block.is_text() && words.len() <= LONGEST)
        else {
            continue;
        };
        line += draft.text.get(from..block.start()).unwrap_or_default().matches('\n').count();
        from = block.start();
        let (title, page) = titled(words);
        if !(headings::looks_like_heading(title) || headings::is_all_capitals(title)) {
            continue;
        }
        let words = title.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic));
        if words.count() >= LEAST_WORDS {
            heads.entry(title.to_owned()).or_default().push(Head { block: at, line, page });
        }
    }
    let mut taken: Vec<Head> = heads.into_values().flat_map(running).collect();
    taken.sort_by_key(|head| head.block);
    let mut gone = Vec::with_capacity(taken.len());
    for head in taken {
        let Some(block) = draft.blocks.get_mut(head.block) else { continue };
        if let Some(page) = head.page {
            block.role = Role::PageMark(page);
            draft.count(what::RUNNING_HEADS);
        } else {
            gone.push(head.block);
        }
    }
    drop_blocks(draft, &gone);
}

/// The line without the number of the page at its beginning or end, and the number.
fn titled(line: &str) -> (&str, Option<String>) {
    let is_number =
        |word: &str| !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    if let Some((first, rest)) = line.split_once(char::is_whitespace)
        && is_number(first)
    {
        return (rest.trim_start(), Some(first.to_owned()));
    }
    match line.rsplit_once(char::is_whitespace) {
        Some((rest, last)) if is_number(last) => (rest.trim_end(), Some(last.to_owned())),
        Some(_) | None => (line, None),
    }
}

/// Those of the places of a line at which it is a running head: it comes page by page, and its numbers, where it has
/// any, count pages up. The first may stand on the title page.
fn running(mut heads: Vec<Head>) -> Vec<Head> {
    let lengths: Vec<usize> =
        heads.windows(2).filter_map(|pair| Some(pair.last()?.line - pair.first()?.line)).collect();
    let mut sorted = lengths.clone();
    sorted.sort_unstable();
    let Some(&most) = sorted.get(sorted.len() / 2) else { return Vec::new() };
    let is_like_most = |length: &&usize| length.abs_diff(most) * 10 <= most * LENGTH_TENTHS;
    if lengths.first().is_some_and(|first| !is_like_most(&first)) {
        heads.remove(0);
    }
    let regular = lengths.iter().filter(is_like_most).count();
    let numbers: Vec<u32> = heads.iter().filter_map(|head| head.page.as_ref()?.parse().ok()).collect();
    let is_running = heads.len() >= LEAST_OFTEN
        && LINES.contains(&most)
        && regular * 10 >= (heads.len() - 1) * REGULAR_TENTHS
        && (numbers.is_empty() || numbers.len() == heads.len() && numbers.is_sorted());
    if is_running { heads } else { Vec::new() }
}

/// Drops blocks; what stands between the neighbours of each is one gap.
fn drop_blocks(draft: &mut Draft<'_>, gone: &[usize]) {
    let mut left = Vec::with_capacity(draft.blocks.len());
    let mut before: Option<Block> = None;
    for (at, mut block) in std::mem::take(&mut draft.blocks).into_iter().enumerate() {
        if let Some(head) = before.take() {
            block.blank = block.blank.min(head.blank);
        }
        if gone.binary_search(&at).is_ok() {
            draft.set_aside(what::RUNNING_HEADS, &block.parts);
            before = Some(block);
        } else {
            left.push(block);
        }
    }
    draft.blocks = left;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Kind;
    use crate::document::import::testing::{edition, kinds};

    const PROSE: &str = "The boats came in before the wind and the men who had\nwaited on the pier since dawn took the \
        ropes and made\nthem fast, and nobody said a word about the storm.\n\n";

    /// Pages of prose, before each of which stands a head; it may name its page.
    fn pages(count: usize, paragraphs: impl Fn(usize) -> usize, head: impl Fn(usize) -> String) -> String {
        let page = |page| [head(page), "\n\n".to_owned(), PROSE.repeat(paragraphs(page))].concat();
        (1..=count).map(page).collect()
    }

    #[test]
    fn a_line_at_the_head_of_each_page_is_left_out() {
        let text = pages(6, |page| 10 + page % 2, |_| "THE HARBOUR IN WINTER".to_owned());
        let edition = edition(&text);
        assert!(kinds(&edition).iter().all(|kind| *kind == Kind::Paragraph), "{:?}", kinds(&edition));
        let notice = edition.notices().iter().find(|notice| notice.what == what::RUNNING_HEADS).unwrap();
        assert_eq!(notice.count, 6);
        assert!(!edition.notices().iter().any(|notice| notice.what == what::UNPLACED));
    }

    #[test]
    fn a_running_head_with_a_number_is_the_mark_of_its_page() {
        for head in [|page| format!("{page} THE HARBOUR"), |page| format!("The Harbour  {page}")] {
            let edition = edition(&pages(6, |_| 10, |page| head(page + 20)));
            assert!(kinds(&edition).iter().all(|kind| *kind == Kind::Paragraph), "{:?}", kinds(&edition));
            let found: Vec<&str> = edition.passages().iter().filter_map(|p| p.page.as_deref()).collect();
            assert_eq!((found.first(), found.last()), (Some(&"21"), Some(&"26")));
        }
    }

    #[test]
    fn a_sentence_goes_on_over_a_running_head() {
        let cut = PROSE.replace(" and nobody", "\n\nTHE HARBOUR IN WINTER\n\nand nobody");
        let text = (cut + &PROSE.repeat(10)).repeat(6);
        let edition = edition(&text);
        assert_eq!(edition.passages().len(), 66);
        let first = &edition.passages()[0].text;
        assert!(first.ends_with("them fast, and nobody said a word about the storm."), "{first}");
    }

    #[test]
    fn what_comes_as_the_text_wants_it_is_no_running_head() {
        for (paragraphs, head) in [
            // Too seldom, a refrain, a single word, chapters, numbers that do not count up.
            (
                &(|_| 10_usize) as &dyn Fn(usize) -> usize,
                &(|page: usize| {
                    ["The Harbour", "The Storm"][page % 2].to_owned() + if page > 4 { " again" } else { "" }
                }) as &dyn Fn(usize) -> String,
            ),
            (&|page| [6, 19, 11, 30, 8, 14][page % 6], &|_| "And Nobody Spoke".to_owned()),
            (&|_| 10, &|_| "HAMLET".to_owned()),
            (&|_| 10, &|page| format!("CHAPTER {page}")),
            (&|_| 10, &|page| format!("The Year {}", 1900 + page * 7 % 5)),
            (&|_| 2, &|_| "And Nobody Spoke".to_owned()),
        ] {
            let text = pages(6, paragraphs, head);
            let edition = edition(&text);
            assert!(!edition.notices().iter().any(|n| n.what == what::RUNNING_HEADS), "{}", head(1));
        }
    }
}
