//! The answers of a terminal, taken apart. Knows no terminal.
//!
//! ECMA-48 (CPR), DEC STD 070 and xterm's ctlseqs (DA1, DA2, DECRPM, XTVERSION, OSC 11).

use std::time::Duration;

use super::MEASURED;

/// What a terminal says of a mode (DECRPM).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It has the mode, set or not.
    Known,
    /// It does not know it, or will never set it.
    Unknown,
}

/// What a terminal answered; `None` for each thing that it did not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// How long the first answer took.
    pub round_trip: Option<Duration>,
    /// Whether the last question was answered, so that nothing more will come.
    pub whole: bool,
    /// What it calls itself, with its version (XTVERSION).
    pub name: Option<String>,
    /// The numbers by which terminals tell each other apart (DA2).
    pub kind: Option<Vec<u32>>,
    /// Left and right margins (mode 69).
    pub side_margins: Option<Mode>,
    /// Synchronized updates (mode 2026).
    pub synchronized: Option<Mode>,
    /// Colour of the ground, red, green and blue from 0 to 255 (OSC 11).
    pub ground: Option<[u8; 3]>,
    /// Cells that each of [`MEASURED`] took; empty where the terminal does not say where its cursor is.
    pub cells: Vec<u32>,
}

impl Answers {
    /// The answers in the bytes that a terminal sent; what is no answer is passed over.
    #[must_use]
    pub fn read(bytes: &[u8], round_trip: Option<Duration>) -> Self {
        let mut answers = Self { round_trip, ..Self::default() };
        let text = String::from_utf8_lossy(bytes);
        let mut rest = text.as_ref();
        while let Some((sequence, after)) = next(rest) {
            answers.take(sequence);
            rest = after;
        }
        if answers.cells.len() != MEASURED.len() {
            answers.cells.clear();
        }
        answers
    }

    fn take(&mut self, sequence: Sequence<'_>) {
        match sequence {
            Sequence::Control { private: '?', parameters, last: 'c' } if !parameters.is_empty() => {
                self.whole = true;
            }
            Sequence::Control { private: '>', parameters, last: 'c' } => {
                self.kind = Some(numbers(parameters));
            }
            Sequence::Control { private: '?', parameters, last: 'y' } => {
                let numbers = numbers(parameters.trim_end_matches('$'));
                let mode = match numbers.get(1) {
                    Some(1..=3) => Some(Mode::Known),
                    Some(_) => Some(Mode::Unknown),
                    None => None,
                };
                match numbers.first() {
                    Some(69) => self.side_margins = mode,
                    Some(2026) => self.synchronized = mode,
                    Some(_) | None => {}
                }
            }
            Sequence::Control { private: '\0', parameters, last: 'R' } => {
                if let [_, column] = numbers(parameters).as_slice() {
                    self.cells.push(column.saturating_sub(1));
                }
            }
            Sequence::Control { .. } => {}
            Sequence::Text { kind: 'P', words } => {
                self.name = words.strip_prefix(">|").map(str::to_owned).or_else(|| self.name.take());
            }
            Sequence::Text { words, .. } => {
                self.ground = words.strip_prefix("11;").and_then(colour).or(self.ground);
            }
        }
    }
}

/// Whether the answer to the last question is among the bytes.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    Answers::read(bytes, None).whole
}

/// A control sequence, or a string with its opener.
#[derive(Clone, Copy, Debug)]
enum Sequence<'a> {
    Control { private: char, parameters: &'a str, last: char },
    Text { kind: char, words: &'a str },
}

/// The first whole sequence of a text, and what comes after it.
fn next(text: &str) -> Option<(Sequence<'_>, &str)> {
    let start = text.find('\u{1b}')?;
    let rest = text.get(start + 1..)?;
    let kind = rest.chars().next()?;
    let rest = rest.get(kind.len_utf8()..)?;
    match kind {
        '[' => {
            let end = rest.find(|c: char| matches!(c, '@'..='~'))?;
            let last = rest.get(end..)?.chars().next()?;
            let body = rest.get(..end)?;
            let private = body.chars().next().filter(|c| matches!(c, '<'..='?')).unwrap_or('\0');
            let parameters = body.trim_start_matches(|c| matches!(c, '<'..='?'));
            Some((Sequence::Control { private, parameters, last }, rest.get(end + 1..)?))
        }
        ']' | 'P' => {
            let end = rest.find(['\u{7}', '\u{1b}'])?;
            let closed = rest.get(end..)?;
            let after = closed.strip_prefix('\u{7}').or_else(|| closed.strip_prefix("\u{1b}\\"))?;
            Some((Sequence::Text { kind, words: rest.get(..end)? }, after))
        }
        _ => next(rest),
    }
}

fn numbers(parameters: &str) -> Vec<u32> {
    parameters.split(';').map(|number| number.parse().unwrap_or(0)).collect()
}

/// `rgb:1e1e/1e1e/1e1e`, with one to four digits for each part, as eight bits each.
fn colour(words: &str) -> Option<[u8; 3]> {
    let mut parts = words.strip_prefix("rgb:")?.split('/').map(|part| {
        let value = u32::from_str_radix(part, 16).ok()?;
        let most = 16u32.checked_pow(u32::try_from(part.len()).ok()?)?.checked_sub(1)?;
        u8::try_from(value.checked_mul(255)?.checked_div(most)?).ok()
    });
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const XTERM: &str = "\u{1b}P>|XTerm(390)\u{1b}\\\u{1b}[>41;390;0c\u{1b}[?69;2$y\u{1b}[?2026;0$y\
        \u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\\u{1b}[3;2R\u{1b}[3;2R\u{1b}[3;3R\u{1b}[3;2R\u{1b}[?64;1;2c";

    #[test]
    fn every_answer_is_found() {
        let answers = Answers::read(XTERM.as_bytes(), Some(Duration::from_millis(3)));
        let expected = Answers {
            round_trip: Some(Duration::from_millis(3)),
            whole: true,
            name: Some("XTerm(390)".to_owned()),
            kind: Some(vec![41, 390, 0]),
            side_margins: Some(Mode::Known),
            synchronized: Some(Mode::Unknown),
            ground: Some([255; 3]),
            cells: vec![1, 1, 2, 1],
        };
        assert_eq!(answers, expected);
    }

    #[test]
    fn a_terminal_that_answers_the_last_question_alone_is_whole() {
        let answers = Answers::read(b"\x1b[?6c", None);
        assert_eq!(answers, Answers { whole: true, ..Answers::default() });
    }

    #[test]
    fn typed_keys_between_the_answers_are_passed_over() {
        let answers = Answers::read(b"jj\x1b[A\x1bOP\x1b[?2026;2$yq\x1b[?6c", None);
        assert_eq!((answers.synchronized, answers.whole), (Some(Mode::Known), true));
    }

    #[test]
    fn colours_come_in_any_number_of_digits() {
        for (words, expected) in [
            ("rgb:0000/8080/ffff", Some([0, 128, 255])),
            ("rgb:00/80/ff", Some([0, 128, 255])),
            ("rgb:0/8/f", Some([0, 136, 255])),
            ("rgb:0/8", None),
            ("rgb:zz/0/0", None),
            ("rgb://", None),
            ("red", None),
        ] {
            assert_eq!(colour(words), expected, "{words}");
        }
    }

    proptest! {
        #[test]
        fn an_answer_is_not_whole_before_its_end_and_no_bytes_panic(
            cut in 0..XTERM.len(), bytes in prop::collection::vec(any::<u8>(), 0..80)
        ) {
            prop_assert!(!is_whole(&XTERM.as_bytes()[..cut]));
            let _ = Answers::read(&bytes, None);
        }
    }
}
