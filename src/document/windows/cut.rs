//! Where one window of a file ends and the next begins: at a paragraph, else a line, else a sentence, else a word.

use std::ops::Range;

use super::WINDOW_BYTES;

/// A sentence end this near is a better cut within a line than the next space.
const NEAR_BYTES: usize = 1024;

/// The best place to cut: an offset into `bytes`, at most their length.
pub(super) fn cut(bytes: &[u8]) -> usize {
    if let Some(gap) = blank(bytes) {
        return gap.end;
    }
    // Only at the end of the file is there less than a window: what is left of the last paragraph stays whole.
    if bytes.len() < WINDOW_BYTES {
        return bytes.len();
    }
    if let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        return end + 1;
    }
    let near = bytes.get(..NEAR_BYTES.min(bytes.len())).unwrap_or_default();
    let sentence = near.windows(2).position(|pair| pair == b". ").map(|at| at + 2);
    let space = || bytes.iter().position(|byte| *byte == b' ').map(|at| at + 1);
    // Within a word only between characters: those of UTF-8 never begin with 10 in their first two bits.
    let character = || bytes.iter().take(4).position(|byte| byte & 0xC0 != 0x80).unwrap_or(0);
    sentence.or_else(space).unwrap_or_else(character)
}

/// The first blank lines, from the end of the line before them to the beginning of the one after, whose
/// indent is its own.
pub(super) fn blank(bytes: &[u8]) -> Option<Range<usize>> {
    let mut lines = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let mut end = lines.next()?;
    let is_blank = |line: &[u8]| line.iter().all(u8::is_ascii_whitespace);
    for next in lines {
        if bytes.get(end..next).is_some_and(is_blank) {
            let rest = bytes.get(next..).unwrap_or_default();
            let words = rest.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(rest.len());
            let indent = rest.get(..words).unwrap_or_default().iter().rposition(|byte| *byte == b'\n');
            let after = if words == rest.len() { words } else { indent.map_or(0, |at| at + 1) };
            return Some(end..next + after);
        }
        end = next;
    }
    None
}

/// Whether a blank line stands before the end of `bytes`.
pub(super) fn is_parted(bytes: &[u8]) -> bool {
    let space = bytes.iter().rev().take_while(|byte| byte.is_ascii_whitespace());
    space.filter(|byte| **byte == b'\n').count() >= 2
}
