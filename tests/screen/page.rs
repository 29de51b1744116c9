//! The parts of a frame, found by their headings: panes, counters, the state of the scrolling.

use crate::pty::Terminal;

/// Signs beside the words: chosen, about the topic, the strip, bullets.
const SIGNS: [char; 8] = ['┃', '▪', '▫', '│', '•', '·', ' ', '~'];

/// What a strip is made of.
const STRIP: [char; 4] = ['━', '▫', '▪', ' '];

/// The words of pane `A` or `B` in reading order, without headings, numbers and signs; none where the pane
/// is not on the screen.
pub fn words(terminal: &Terminal, pane: char) -> Vec<String> {
    let rows: Vec<Vec<char>> = terminal.rows().iter().map(|row| row.chars().collect()).collect();
    let Some((top, from)) = heading(&rows, pane) else { return Vec::new() };
    let to = rows[top].iter().skip(from).position(|&c| c == '│').map_or(usize::MAX, |right| from + right);
    let other = if pane == 'A' { 'B' } else { 'A' };
    let is_end = |row: &[char]| is_bar(&text(row)) || heading(&[row.to_vec()], other).is_some();
    let below = rows.iter().skip(top + 1).take_while(|row| !is_end(row));
    let pane: Vec<String> = below.map(|row| row.iter().take(to).skip(from).collect()).collect();
    // The strip, where there is one, ends the heading.
    let is_strip = |row: &String| row.contains(['━', '▫', '▪']) && row.trim_matches(STRIP).is_empty();
    let heading_rows = pane.iter().take(3).position(is_strip).map_or(0, |strip| strip + 1);
    let body = pane.iter().skip(heading_rows);
    let words = body.flat_map(|row| {
        let kept = row.trim_matches(|c: char| SIGNS.contains(&c)).to_owned();
        kept.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    });
    words.filter(|word| word.contains(char::is_alphabetic)).collect()
}

/// Row of the pane's heading and its first column.
fn heading(rows: &[Vec<char>], pane: char) -> Option<(usize, usize)> {
    let sign = [' ', pane, ' ', ' '];
    rows.iter().enumerate().find_map(|(at, row)| {
        let column = row.windows(sign.len()).position(|cells| cells == sign)?;
        (column == 0 || row[column - 1] == '│').then_some((at, column))
    })
}

fn text(row: &[char]) -> String {
    row.iter().collect()
}

/// The words of both panes.
pub fn both(terminal: &Terminal) -> [Vec<String>; 2] {
    ['A', 'B'].map(|pane| words(terminal, pane))
}

fn is_bar(row: &str) -> bool {
    row.contains(" · A ") || row.starts_with(" no topic")
}

/// The line that says what governs the screen.
pub fn bar(terminal: &Terminal) -> String {
    terminal.rows().into_iter().find(|row| is_bar(row)).unwrap_or_default()
}

/// What stands under the bar: the reason, or what the last key has to say.
pub fn remark(terminal: &Terminal) -> String {
    let rows = terminal.rows();
    rows.into_iter().skip_while(|row| !is_bar(row)).skip(1).collect::<Vec<_>>().join(" ")
}
