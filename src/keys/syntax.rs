//! A keymap file that is not wholly TOML to one that is, with every error of its syntax.
//!
//! Does not know what the lines mean.

use std::ops::Range;

use toml::de::DeTable;

use super::problem::{Place, Problems, Related};

/// Blanks the lines that are not TOML until the rest is, so that the rest can be in force. No byte moves.
pub(super) fn without_syntax_errors(text: &str, problems: &mut Problems<'_>) -> String {
    let mut text = text.to_owned();
    // This ends because each round blanks a line that was not blank.
    loop {
        let errors = DeTable::parse_recoverable(&text).1;
        let mut wrong: Vec<Range<usize>> = Vec::new();
        for error in errors {
            let unclosed = error.message().contains("multi-line");
            let span = error.span().unwrap_or_default();
            let start = if unclosed { opening(&text, span.start) } else { span.start };
            let line = written_line(&text, start);
            if line.is_empty() || wrong.contains(&line) {
                continue;
            }
            say(problems, &error, &span, &line, &text);
            wrong.push(line);
            if unclosed {
                // What follows an unclosed text is only wrong because of it: look again without its first line.
                break;
            }
        }
        if wrong.is_empty() {
            return text;
        }
        for line in wrong {
            let lost = left_out(&text, &line);
            let blank: String = text
                .get(lost.clone())
                .unwrap_or_default()
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
                .collect();
            text.replace_range(lost, &blank);
        }
    }
}

/// Where the text of several lines begins whose end is missing at a byte.
fn opening(text: &str, byte: usize) -> usize {
    let before = text.get(..text.floor_char_boundary(byte)).unwrap_or_default();
    ["\"\"\"", "'''"].into_iter().filter_map(|quotes| before.rfind(quotes)).max().unwrap_or(byte)
}

/// The bytes of the line with a byte; where that is blank (the error was seen too late), of the last written one
/// before it.
fn written_line(text: &str, byte: usize) -> Range<usize> {
    let mut end = text.floor_char_boundary(byte);
    end += text.get(end..).and_then(|rest| rest.find('\n')).unwrap_or(text.len() - end);
    loop {
        let before = text.get(..end).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        // Only what blanking leaves behind is blank: a no-break space, say, is an error that stands there.
        let blank = before.bytes().skip(start).all(|byte| byte == b' ');
        if !blank {
            return start..end;
        }
        if start == 0 {
            return 0..0;
        }
        end = start - 1;
    }
}

/// What cannot be read when a line is wrong: the line, or with the head of a table all of the table, because its
/// lines would fall to the table before.
fn left_out(text: &str, line: &Range<usize>) -> Range<usize> {
    let head = |start: usize| {
        text.get(start..).is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with('['))
    };
    if !head(line.start) {
        return line.clone();
    }
    let mut end = line.end;
    while end < text.len() && !head(end + 1) {
        let rest = text.get(end + 1..).unwrap_or_default();
        end += 1 + rest.find('\n').unwrap_or(rest.len());
    }
    line.start..end.min(text.len())
}

/// An error of the syntax of TOML, seen in a text with blanked lines.
fn say(
    problems: &mut Problems<'_>,
    error: &toml::de::Error,
    span: &Range<usize>,
    line: &Range<usize>,
    text: &str,
) {
    let span = if line.contains(&span.start) { span } else { line };
    let lost = left_out(text, line);
    let lines = Place::new(text, &(lost.end..lost.end)).line - Place::new(text, line).line + 1;
    let written =
        problems.source.get(span.clone()).map(str::trim).filter(|_| error.message() == "duplicate key");
    let Some(written) = written else {
        let help = if lines == 1 {
            "this line is left out; a line is \"keys\" = \"action\"".to_owned()
        } else {
            format!("this table is left out, {lines} lines in all")
        };
        let message = error.message().trim_end_matches(", expected literal string");
        return problems.error(span, format!("this is not TOML: {message}"), help);
    };
    let table = text.get(line.clone()).is_some_and(|line| line.trim_start().starts_with('['));
    let (shown, help) = if table {
        (format!("[{written}]"), "put its lines below the first; until then they are left out")
    } else {
        (format!("`{written}`"), "remove one of the two")
    };
    problems.error(span, format!("{shown} stands here for the second time"), help);
    if let (Some(bytes), Some(problem)) =
        (line_before_with(problems.source, line.start, written), problems.list.last_mut())
    {
        let place = Place::new(problems.source, &bytes);
        problem.related = Some(Related { place, label: "this one is in force".to_owned(), preset: None });
    }
}

/// Where, before a byte, the last line begins with a key or the head of a table.
fn line_before_with(source: &str, byte: usize, written: &str) -> Option<Range<usize>> {
    let before = source.get(..byte)?;
    let begins_line = |start: usize| {
        let line = before.get(..start).and_then(|text| text.rsplit('\n').next()).unwrap_or_default();
        line.trim_start_matches([' ', '\t', '[']).is_empty()
    };
    let start = before.rmatch_indices(written).map(|(start, _)| start).find(|start| begins_line(*start))?;
    Some(start..start + written.len())
}
