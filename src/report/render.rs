//! A problem with the line it stands in, printed as the Rust compiler prints errors.
//!
//! Does not know the rules that find the problems.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::{Problem, Severity};

/// A problem ready to be printed; `colour` adds terminal colours.
///
/// `source` is the text that it was found in; `None` where there is none to show. No control character of
/// it is printed.
#[must_use]
pub fn render(problem: &Problem, source: Option<&str>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(problem.message.as_str());
    let line = source.and_then(|source| source.lines().nth(problem.line.saturating_sub(1)));
    let group = if let Some(line) = line.filter(|line| !line.is_empty()) {
        let line = visible_bytes(line);
        let span = stretch(&line, problem.column);
        title.element(
            Snippet::source(line)
                .path(problem.path.as_str())
                .line_start(problem.line)
                .annotation(AnnotationKind::Primary.span(span)),
        )
    } else {
        title.element(Origin::path(problem.path.as_str()).line(problem.line).char_column(problem.column))
    };
    renderer.render(&[group]) + "\n"
}

/// The bytes of the value that begins at a column (from 1, in characters): up to the end of a quoted string,
/// else of a word.
fn stretch(line: &str, column: usize) -> Range<usize> {
    let start = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(byte, _)| byte);
    let rest = line.get(start..).unwrap_or_default();
    let mut characters = rest.chars();
    let first = characters.next();
    let length = match first {
        Some(quote @ ('"' | '\'')) => {
            characters.as_str().find(quote).map_or(rest.len(), |closing| closing + 2)
        }
        Some(_) => {
            let end = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}' | '=');
            let word = rest.find(end).unwrap_or(rest.len());
            word.max(first.map_or(0, char::len_utf8))
        }
        None => 0,
    };
    start..start + length
}

/// A text in which each control character that the report would pass on is replaced, with no byte moved.
///
/// The renderer itself shows C0 characters as pictures, but lets C1 characters through.
pub(crate) fn visible_bytes(text: &str) -> String {
    text.chars()
        .map(|character| if ('\u{80}'..='\u{9f}').contains(&character) { '¿' } else { character })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(line: usize, column: usize) -> Problem {
        let (path, message) = ("t.toml".to_owned(), "unknown topic".to_owned());
        Problem { path, line, column, severity: Severity::Error, message }
    }

    #[test]
    fn a_problem_is_shown_under_its_line() {
        let shown = render(&problem(2, 6), Some("version = 1\nid = 'shops'\n"), false);
        assert_eq!(shown, "error: unknown topic\n --> t.toml:2:6\n  |\n2 | id = 'shops'\n  |      ^^^^^^^\n");
    }

    #[test]
    fn a_problem_without_a_line_to_show_has_its_place_still() {
        for source in [None, Some("")] {
            assert_eq!(render(&problem(1, 1), source, false), "error: unknown topic\n--> t.toml:1:1\n");
        }
    }

    #[test]
    fn no_control_character_of_a_line_is_printed() {
        let shown = render(&problem(1, 1), Some("a\u{1b}[31m\u{9b}\r\u{7}b"), false);
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
    }

    #[test]
    fn the_value_at_a_column_is_marked_to_its_end() {
        for (line, column, marked) in [
            ("id = \"a b\" # c", 6, "\"a b\""),
            ("[1, 23]", 5, "23"),
            ("at = 'open", 6, "'open"),
            ("é = 1", 1, "é"),
            ("= 1", 1, "="),
            ("a", 9, ""),
        ] {
            assert_eq!(line.get(stretch(line, column)), Some(marked), "{line}");
        }
    }
}
