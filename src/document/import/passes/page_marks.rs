//! Lines that say which printed page begins: `page 39`, `[p. 39]`, `— 39 —`.

/// The page that a line names, where it does nothing else.
#[must_use]
pub fn label(line: &str) -> Option<String> {
    if line.len() > 24 {
        return None;
    }
    let inner = strip_pair(line, '[', ']').or_else(|| strip_pair(line, '{', '}')).unwrap_or(line).trim();
    let lower = inner.to_lowercase();
    let named = ["page", "p.", "pg.", "seite", "s."].iter().find_map(|name| lower.strip_prefix(name));
    let number = match named {
        Some(rest) if rest.starts_with([' ', '\u{A0}']) || rest.starts_with(|c: char| c.is_ascii_digit()) => {
            rest
        }
        Some(_) => return None,
        None => between_dashes(&lower)?,
    };
    let number = number.trim_matches([' ', '\u{A0}']);
    let digits = !number.is_empty() && number.len() <= 5 && number.bytes().all(|b| b.is_ascii_digit());
    (digits || named.is_some() && is_roman(number)).then(|| number.to_owned())
}

fn strip_pair(line: &str, open: char, close: char) -> Option<&str> {
    line.strip_prefix(open)?.strip_suffix(close)
}

/// `— 39 —`: a number between dashes.
fn between_dashes(line: &str) -> Option<&str> {
    let dashes = ['-', '–', '—'];
    let inner = line.trim_start_matches(dashes);
    let number = inner.trim_end_matches(dashes);
    (inner.len() < line.len() && number.len() < inner.len()).then_some(number)
}

fn is_roman(number: &str) -> bool {
    !number.is_empty() && number.len() <= 7 && number.chars().all(|c| "ivxlc".contains(c))
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn a_line_that_only_names_a_page_is_a_page_mark() {
        let cases = [
            ("page 39", Some("39")),
            ("Page 7", Some("7")),
            ("[p. 12]", Some("12")),
            ("[page xiv]", Some("xiv")),
            ("- 8 -", Some("8")),
            ("— 120 —", Some("120")),
            ("1935", None),
            ("page", None),
            ("page boy", None),
            ("pages 3", None),
            ("1935, page 11", None),
            ("--- 1", None),
            ("s. i.", None),
        ];
        for (line, page) in cases {
            assert_eq!(label(line).as_deref(), page, "{line}");
        }
    }
}
