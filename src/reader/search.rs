//! Searching a text: a pattern as the reader types it, and the hits it has.
//!
//! Smart case; an accent typed must match, an accent left out matches both; straight quotes find curly
//! ones; a space finds any white space. Words broken over lines are one word here: passages hold no lines.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use unicode_normalization::char::{decompose_canonical, decompose_compatible, is_combining_mark};

use super::sync::Knot;
use crate::document::{Anchor, Edition, Passage};

/// Hits kept at most; beyond, the count is shown as "more than".
pub const MOST_HITS: usize = 100_000;

/// Texts with more bytes than this are searched beside the reading.
pub const LONG_BYTES: usize = 512 * 1024;

/// A compiled pattern.
#[derive(Clone, Debug)]
pub struct Pattern {
    query: String,
    sensitive: bool,
    /// For texts in which no letter carries an accent or any other mark: it is found much faster.
    bare: Regex,
    /// For all others, decomposed; made when the first one is met.
    marked: OnceLock<Option<Regex>>,
}

/// One hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index of the passage.
    pub passage: usize,
    /// Where in its text; empty at the mark of a note in which the words stand.
    pub bytes: Range<usize>,
    /// The note in which the words stand, by its index, where they are not in the text itself.
    pub note: Option<usize>,
    /// The passage in which it goes on, and how many bytes from its beginning, where the edge of two windows
    /// cuts its paragraph in two passages.
    pub rest: Option<(usize, usize)>,
}

impl Hit {
    /// The place of its first byte.
    #[must_use]
    pub fn anchor(&self) -> Anchor {
        Anchor { passage: self.passage, byte: self.bytes.start }
    }

    /// What of a passage it covers.
    #[must_use]
    pub fn bytes_in(&self, passage: usize) -> Range<usize> {
        match self.rest {
            Some((next, bytes)) if next == passage => 0..bytes,
            Some(_) | None if self.passage == passage => self.bytes.clone(),
            Some(_) | None => 0..0,
        }
    }
}

/// What is being searched for, and where.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The query as typed; empty when nothing is searched.
    pub query: String,
    /// The text that was searched (0 left, 1 right).
    pub side: usize,
    /// Where the search began; every further character typed searches from here.
    pub origin: Anchor,
    /// Where the other text stood then.
    pub beside: Anchor,
    /// What the two texts were tied by then.
    pub tie: Option<Knot>,
    /// Whether `n` goes backward.
    pub backward: bool,
    /// The hits, in reading order, those in notes included.
    pub hits: Vec<Hit>,
    /// How many more stand in passages that are not shown.
    pub hidden: usize,
    /// How many stand in the other text.
    pub elsewhere: usize,
    /// The hit last jumped to.
    pub current: Option<usize>,
    /// Why nothing is searched, where the query is no pattern.
    pub problem: Option<String>,
    /// Whether the last key was about the search: only then its figures say where the reader is.
    pub is_fresh: bool,
    /// Whether the search goes on beside the reading: there may be more hits than these.
    pub goes_on: bool,
    /// What was searched for before, and whether backward: `n` goes on with it where this search is given up or
    /// finds nothing.
    pub before: Option<(String, bool)>,
}

impl Search {
    /// The hits within a passage of a side, also one that goes on there, with whether each is the current one.
    pub fn in_passage(&self, side: usize, passage: usize) -> impl Iterator<Item = (&Hit, bool)> + '_ {
        let first = self.hits.partition_point(|hit| hit.passage < passage);
        let before = first.checked_sub(1).and_then(|at| self.hits.get(at));
        let goes_on = before.and_then(|hit| hit.rest).is_some_and(|(next, _)| next == passage);
        let is_here =
            move |hit: &Hit| hit.passage == passage || hit.rest.is_some_and(|(next, _)| next == passage);
        let first = first - usize::from(goes_on);
        let hits = self.hits.iter().enumerate().skip(first).take_while(move |(_, hit)| is_here(hit));
        hits.filter(move |_| side == self.side).map(|(i, hit)| (hit, Some(i) == self.current))
    }

    /// Whether it has found nothing in either text, and never will.
    #[must_use]
    pub const fn is_in_vain(&self) -> bool {
        let found = self.hits.len() + self.hidden + self.elsewhere;
        self.problem.is_some() || (found == 0 && !self.goes_on)
    }

    /// What a search that is begun now comes after: this one, where it is one that finds something.
    #[must_use]
    pub fn sought(&self) -> Option<(String, bool)> {
        (!self.query.is_empty() && !self.is_in_vain()).then(|| (self.query.clone(), self.backward))
    }

    /// The hit that follows a place (the place itself included where `here`), or precedes it; round the end.
    #[must_use]
    pub fn from(&self, at: Anchor, forward: bool, here: bool) -> Option<usize> {
        let count = self.hits.len();
        if count == 0 {
            return None;
        }
        let before = |hit: &Hit| if forward && !here { hit.anchor() <= at } else { hit.anchor() < at };
        let next = self.hits.partition_point(before);
        Some(if forward { next % count } else { (next + count - 1) % count })
    }
}

impl Pattern {
    /// Compiles a query.
    ///
    /// # Errors
    /// Where the query is no regular expression: what is wrong with it, in a few words.
    pub fn new(query: &str) -> Result<Self, String> {
        let sensitive = query.chars().any(char::is_uppercase);
        let bare = built(&widened(query, false), sensitive).map_err(|error| reason(&error))?;
        Ok(Self { query: query.to_owned(), sensitive, bare, marked: OnceLock::new() })
    }

    /// The letters of a query, of which none steers the search; `None` where none would.
    #[must_use]
    pub fn of_letters(query: &str) -> Option<Self> {
        let letters = regex::escape(query);
        (letters != query).then(|| Self::new(&letters).ok()).flatten()
    }

    /// The query as typed.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The pattern as it stands in a file: of bytes, in which a line end is a space like any other. `None`
    /// where what it finds depends on where a passage begins or ends, or on single spaces.
    #[must_use]
    pub fn in_bytes(&self) -> Option<regex::bytes::Regex> {
        if self.query.contains(['^', '$', '['])
            || ["\\A", "\\z", "\\ "].iter().any(|x| self.query.contains(x))
        {
            return None;
        }
        let mut builder = regex::bytes::RegexBuilder::new(&widened(&self.query, false));
        builder.case_insensitive(!self.sensitive).dot_matches_new_line(true).size_limit(1 << 22).build().ok()
    }

    /// The regex for texts in which letters carry marks, and are decomposed.
    fn marked(&self) -> Option<&Regex> {
        let build = || built(&widened(&self.query, true), self.sensitive).ok();
        self.marked.get_or_init(build).as_ref()
    }

    /// The hits in a whole edition, in reading order, at most [`MOST_HITS`]; those in a note stand at its mark.
    #[must_use]
    pub fn hits(&self, edition: &Edition) -> Vec<Hit> {
        let passages = edition.passages().iter().enumerate();
        passages.flat_map(|(index, passage)| self.in_passage(index, passage)).take(MOST_HITS).collect()
    }

    /// The hits in one passage, in reading order.
    #[must_use]
    pub fn in_passage(&self, index: usize, passage: &Passage) -> Vec<Hit> {
        let in_text = self.in_text(&passage.text).into_iter();
        let mut hits: Vec<Hit> =
            in_text.map(|bytes| Hit { passage: index, bytes, note: None, rest: None }).collect();
        for mark in &passage.note_marks {
            let text = passage.notes.get(mark.note).and_then(|note| note.text.as_deref()).unwrap_or_default();
            let in_note = self.in_text(text).into_iter();
            let at = mark.byte..mark.byte;
            let hit = |_| Hit { passage: index, bytes: at.clone(), note: Some(mark.note), rest: None };
            hits.extend(in_note.map(hit));
        }
        hits.sort_by_key(|hit| hit.bytes.start);
        hits
    }

    /// Whether a text holds a hit.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        match self.marked().filter(|_| has_marks(text)) {
            Some(marked) => marked.is_match(&decomposed(text).0),
            None => self.bare.is_match(text),
        }
    }

    /// The hits in one text; empty matches are none.
    pub(super) fn in_text(&self, text: &str) -> Vec<Range<usize>> {
        let found = |regex: &Regex, text: &str| -> Vec<Range<usize>> {
            regex.find_iter(text).map(|m| m.range()).filter(|r| !r.is_empty()).collect()
        };
        let Some(marked) = self.marked().filter(|_| has_marks(text)) else { return found(&self.bare, text) };
        let (decomposed, origins) = decomposed(text);
        let origin = |byte: usize| origins.get(byte).copied().unwrap_or(text.len());
        // A hit that begins or ends within a decomposed character takes the whole character.
        let whole = |range: Range<usize>| origin(range.start)..after(text, origin(range.end - 1));
        let mut hits: Vec<Range<usize>> = found(marked, &decomposed).into_iter().map(whole).collect();
        // Two may stand in one ligature.
        let mut end = 0;
        hits.retain(|hit| {
            let is_apart = hit.start >= end;
            end = end.max(hit.end);
            is_apart
        });
        hits
    }
}

fn built(pattern: &str, sensitive: bool) -> Result<Regex, regex::Error> {
    let mut builder = RegexBuilder::new(pattern);
    // No passage has line ends; a file that is looked through before it is imported has.
    builder.case_insensitive(!sensitive).dot_matches_new_line(true).size_limit(1 << 22).build()
}

/// Whether any letter of a text carries a mark, as a character of its own or as a part of the letter, or is several.
fn has_marks(text: &str) -> bool {
    // Most texts are ASCII but for dashes and quotation marks, or Cyrillic.
    let may = |c: &char| !matches!(c, '\0'..='\u{bf}' | '\u{410}'..='\u{44f}' | '\u{2000}'..='\u{206f}');
    let marked = |c: char| {
        let mut alone = !is_combining_mark(c);
        parts(c, |part| alone &= part == c);
        !alone
    };
    !text.is_ascii() && text.chars().filter(may).any(marked)
}

/// The end of the character that begins at or before a byte.
fn after(text: &str, byte: usize) -> usize {
    text.get(byte..).and_then(|rest| rest.chars().next()).map_or(text.len(), |c| byte + c.len_utf8())
}

/// The base of a character and its accents, one after the other; the letters of a ligature.
fn parts(character: char, mut each: impl FnMut(char)) {
    match character {
        // The breve makes another letter of the Cyrillic и, not an accented one.
        'й' | 'Й' => each(character),
        // Joined by the printer: ﬀ, ﬁ, ﬂ, ﬃ, ﬄ, ﬅ, ﬆ.
        '\u{fb00}'..='\u{fb06}' => decompose_compatible(character, each),
        _ => decompose_canonical(character, each),
    }
}

/// The text with every character decomposed, and for each byte of it the byte of `text` it stems from.
fn decomposed(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len() + 16);
    let mut origins = Vec::with_capacity(text.len() + 16);
    for (byte, character) in text.char_indices() {
        parts(character, |part| {
            out.push(part);
            origins.resize(out.len(), byte);
        });
    }
    (out, origins)
}

/// Letters that carry a stroke or are joined: no canonical decomposition says what they are variants of.
const STROKED: [(char, &str); 7] =
    [('o', "oø"), ('O', "OØ"), ('l', "lł"), ('L', "LŁ"), ('d', "dđð"), ('D', "DĐÐ"), ('i', "iı")];

/// The query with accents left free where none is typed (where `marks` can be met at all), and quotes and
/// spaces in all their forms.
fn widened(query: &str, marks: bool) -> String {
    let mut out = String::with_capacity(query.len() * 8);
    let mut characters = query.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                out.push('\\');
                // `\p{…}` and its kin keep their braces.
                if let Some(escaped) = characters.next() {
                    out.push(escaped);
                    if matches!(escaped, 'p' | 'P' | 'x' | 'u') && characters.peek() == Some(&'{') {
                        copy_through(&mut characters, &mut out, '}');
                    }
                }
            }
            '[' => {
                out.push('[');
                copy_class(&mut characters, &mut out);
            }
            '(' if characters.peek() == Some(&'?') => {
                out.push('(');
                copy_group_head(&mut characters, &mut out);
            }
            '{' => {
                out.push('{');
                copy_through(&mut characters, &mut out, '}');
            }
            ' ' => {
                while characters.next_if_eq(&' ').is_some() {}
                out.push_str(r"\s+");
            }
            '\'' => out.push_str("['’‘‚‛ʼ]"),
            '"' => out.push_str("[\"“”„‟«»]"),
            '-' => out.push_str("[-‐‑]"),
            letter if letter.is_alphabetic() => letter_with_accents(letter, marks, &mut characters, &mut out),
            other => out.push(other),
        }
    }
    out
}

/// One letter: with the accents typed, and any others besides.
fn letter_with_accents(
    letter: char,
    marks: bool,
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
    out: &mut String,
) {
    out.push_str("(?:");
    parts(letter, |part| match STROKED.iter().find(|(plain, _)| *plain == part) {
        Some((_, variants)) => out.extend(['['].into_iter().chain(variants.chars()).chain([']'])),
        None => out.push(part),
    });
    while let Some(mark) = rest.next_if(|c| is_combining_mark(*c)) {
        out.push(mark);
    }
    if marks {
        out.push_str(r"\p{M}*");
    }
    out.push(')');
}

fn copy_through(characters: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String, last: char) {
    for character in characters.by_ref() {
        out.push(character);
        if character == last {
            break;
        }
    }
}

/// Copies a class after its `[`, nested ones and escapes included.
fn copy_class(characters: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    let mut depth = 1;
    let mut first = true;
    while let Some(character) = characters.next() {
        out.push(character);
        match character {
            '\\' => out.extend(characters.next()),
            '[' => depth += 1,
            ']' if !first => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return;
        }
        first = first && character == '^';
    }
}

/// Copies `?:`, `?i)`, `?P<name>` and their kin after a `(`.
fn copy_group_head(characters: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) {
    for character in characters.by_ref() {
        out.push(character);
        if matches!(character, ':' | ')' | '>') {
            break;
        }
    }
}

/// The last line of a pattern error, without the drawing of the widened pattern that nobody typed.
fn reason(error: &regex::Error) -> String {
    match error {
        regex::Error::Syntax(report) => {
            let line = report.lines().rev().find_map(|line| line.trim().strip_prefix("error: "));
            line.unwrap_or("not a regular expression").to_owned()
        }
        regex::Error::CompiledTooBig(_) => "the pattern is too large".to_owned(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::{Kind, Note, NoteMark};

    fn found(query: &str, text: &str) -> Vec<String> {
        let pattern = Pattern::new(query).unwrap();
        pattern.in_text(text).into_iter().map(|range| text.get(range).unwrap().to_owned()).collect()
    }

    #[test]
    fn queries_find_what_a_reader_means() {
        for (query, text, expected) in [
            ("cafe", "a café, a Cafe", vec!["café", "Cafe"]),
            ("café", "a café, a cafe", vec!["café"]),
            ("cafe", "cafe\u{301}", vec!["cafe\u{301}"]),
            ("Soviet", "soviet Soviet", vec!["Soviet"]),
            ("two words", "two\u{a0}words two  words", vec!["two\u{a0}words", "two  words"]),
            ("workers' own", "the workers’ own", vec!["workers’ own"]),
            ("\"a\"", "“a”", vec!["“a”"]),
            ("s[oa]v+", "sovv sav", vec!["sovv", "sav"]),
            ("и", "й и", vec!["и"]),
            ("lodz", "Łódź", vec!["Łódź"]),
            ("office", "an oﬃce, an ofﬁce", vec!["oﬃce", "ofﬁce"]),
            ("of", "oﬀer", vec!["oﬀ"]),
            ("f", "oﬀer", vec!["ﬀ"]),
            ("ofﬁce", "an office", vec!["office"]),
            (r"\bparty\b", "a party, partying", vec!["party"]),
            ("x*", "aaa", vec![]),
            ("(?:ab)+", "ababx", vec!["abab"]),
            ("a{2}", "aaa", vec!["aa"]),
        ] {
            assert_eq!(found(query, text), expected, "{query} in {text}");
        }
    }

    #[test]
    fn words_of_a_note_are_found_at_its_mark() {
        let mut passage = Passage::new(Kind::Paragraph, "the trial of the league");
        passage.notes = vec![Note { mark: "1".into(), text: Some("in Cologne".into()), source: Vec::new() }];
        passage.note_marks = vec![NoteMark { byte: 9, note: 0 }];
        let edition = Edition::new(vec![passage], Vec::new(), 0);
        let hits = Pattern::new("cologne").unwrap().hits(&edition);
        assert_eq!(hits, [Hit { passage: 0, bytes: 9..9, note: Some(0), rest: None }]);
    }

    #[test]
    fn a_broken_pattern_says_what_is_wrong() {
        assert_eq!(Pattern::new("(").unwrap_err(), "unclosed group");
    }

    #[test]
    fn the_next_hit_goes_round_the_end() {
        let hit = |passage, start| Hit { passage, bytes: start..start + 1, note: None, rest: None };
        let search = Search { hits: vec![hit(0, 3), hit(2, 0), hit(2, 9)], ..Search::default() };
        let at = |passage, byte| Anchor { passage, byte };
        assert_eq!(search.from(at(0, 3), true, true), Some(0));
        assert_eq!(search.from(at(0, 3), true, false), Some(1));
        assert_eq!(search.from(at(2, 9), true, false), Some(0));
        assert_eq!(search.from(at(0, 3), false, false), Some(2));
    }

    proptest! {
        #[test]
        fn any_query_on_any_text_gives_hits_on_character_boundaries(query in "\\PC{0,12}", text in "\\PC{1,40}") {
            if let Ok(pattern) = Pattern::new(&query) {
                for range in pattern.in_text(&text) {
                    prop_assert!(text.get(range).is_some());
                }
            }
        }
    }
}
