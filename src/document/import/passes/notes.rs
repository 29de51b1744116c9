//! Footnotes that stand in the text: taken out, told apart where several share a line, tied to their marks.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};

use super::note_marks::{bracketed, is_letter, raised, tagged};
use crate::document::import::draft::{Block, Draft, FoundNote, Mark, Part, Role, what};

/// The heading of endnotes is no longer than this, in bytes.
const LONGEST_HEADING: usize = 24;

/// Whether a line begins with the mark of a note and its words.
#[must_use]
pub fn begins(line: &str) -> bool {
    opening(line).is_some()
}

/// The label of the note that begins here, and the bytes to its first word.
fn opening(line: &str) -> Option<(Cow<'_, str>, usize)> {
    let symbol = || {
        let sign = line.chars().next().filter(|c| matches!(c, '*' | '†'))?;
        Some((line.get(..sign.len_utf8())?, sign.len_utf8()))
    };
    let found = named(line).or_else(|| bracketed(line)).or_else(|| tagged(line)).or_else(symbol);
    let found = found.map(|(label, length)| (Cow::Borrowed(label), length));
    let (label, length) =
        found.or_else(|| raised(line).map(|(label, length)| (Cow::Owned(label), length)))?;
    let rest = line.get(length..)?;
    let rest = rest.strip_prefix(':').unwrap_or(rest);
    let words = rest.trim_start();
    (words.len() < rest.len() && !words.is_empty()).then(|| (label, line.len() - words.len()))
}

/// How a note begins that stands whole in brackets.
const NAMED: &str = "[Footnote ";

/// Whether a line begins a note that stands whole in brackets, over as many lines as it takes.
#[must_use]
pub fn opens(line: &str) -> bool {
    named(line).is_some()
}

/// `[Footnote 1:` at the beginning: the label, and the bytes before the colon.
fn named(line: &str) -> Option<(&str, usize)> {
    let (label, _) = line.strip_prefix(NAMED)?.split_once(':')?;
    let is_label = label.len() <= 3 && !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric());
    (is_label || matches!(label, "*" | "†")).then_some((label, NAMED.len() + label.len()))
}

/// The single capitals that notes begin with.
pub(super) fn lettered<'a>(draft: &Draft<'a>) -> HashSet<Cow<'a, str>> {
    let openings = draft.blocks.iter().filter_map(|block| opening(draft.first_line(block)));
    openings.map(|(label, _)| label).filter(|label| is_letter(label)).collect()
}

/// Takes the footnotes out of the blocks and ties each to its mark.
///
/// A block is footnotes if it begins with the mark of a note, and either such a mark is open on the page
/// or the block stands where footnotes stand: after a rule, before a page mark, or next to footnotes.
/// Under a heading `Notes` at the end, a plain number is a mark, too.
pub fn take(draft: &mut Draft<'_>) {
    let mut open = OpenMarks::default();
    let mut marks = std::mem::take(&mut draft.marks).into_iter().peekable();
    let mut endnotes = false;
    for at in 0..draft.blocks.len() {
        let Some(block) = draft.blocks.get(at) else { continue };
        let end = block.parts.last().map_or(0, |part| part.line.end);
        let here = |mark: &Mark| mark.range.start < end;
        if matches!(block.role, Role::PageMark(_)) {
            open = OpenMarks::default();
            continue;
        }
        endnotes = endnotes || draft.only_line(block).is_some_and(is_notes_heading);
        if is_note(draft, at, &open, endnotes) {
            let found = split(draft, &block.parts, endnotes);
            // A mark inside a note is part of the note's words.
            while marks.next_if(here).is_some() {}
            open.tie(draft, found);
            set_off(draft, at);
            if let Some(block) = draft.blocks.get_mut(at) {
                block.role = Role::Notes;
            }
        } else {
            while let Some(mark) = marks.next_if(here) {
                if mark.note.is_none() {
                    open.push(draft.marks.len(), &mark.label);
                }
                draft.marks.push(mark);
            }
        }
    }
    draft.marks.extend(marks);
    tie_endnotes(draft);
    tie_repeated(draft);
}

fn is_note(draft: &Draft<'_>, at: usize, open: &OpenMarks, endnotes: bool) -> bool {
    let Some(block) =
        draft.blocks.get(at).filter(|block| block.is_text() || endnotes && block.role == Role::ListItem)
    else {
        return false;
    };
    let line = block.parts.first().map_or("", |part| draft.slice(&part.line));
    match opening(line) {
        // A letter in brackets may begin a sentence.
        Some((label, _)) => open.has(&label) || !is_letter(&label) && stands_as_note(draft, at),
        None => endnotes && numbered(line).is_some_and(|(label, _)| open.has(label)),
    }
}

/// What endnotes are called.
const NOTES: [&str; 13] = [
    "notes",
    "footnotes",
    "endnotes",
    "anmerkungen",
    "fußnoten",
    "endnoten",
    "notas",
    "note",
    "noten",
    "przypisy",
    "примечания",
    "注",
    "注释",
];

/// Whether a line is the heading of endnotes.
#[must_use]
pub fn is_notes_heading(line: &str) -> bool {
    let line = line.trim_end_matches([':', '.']);
    // Most lines are passages: what is made of them would be a tenth of the import.
    if line.len() > LONGEST_HEADING {
        return false;
    }
    let line = line.to_lowercase();
    // `Notes to Chapter I`.
    let name = line.split_once(" to ").map_or(line.as_str(), |(name, _)| name);
    NOTES.contains(&name)
}

/// `1. ` or `1 ` at the beginning of an endnote: the number, and the bytes to its first word.
fn numbered(line: &str) -> Option<(&str, usize)> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let label = line.get(..digits).filter(|label| (1..=3).contains(&label.len()))?;
    let rest = line.get(digits..)?;
    let rest = rest.strip_prefix(['.', ')']).unwrap_or(rest);
    let words = rest.trim_start();
    (words.len() < rest.len() && !words.is_empty()).then(|| (label, line.len() - words.len()))
}

fn stands_as_note(draft: &Draft<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| draft.blocks.get(at)).map(|block| &block.role);
    let mut after = draft.blocks.iter().skip(at + 1);
    let page_next = after.next().is_some_and(|block| matches!(block.role, Role::PageMark(_)));
    page_next || matches!(before, Some(Role::Rule | Role::Notes))
}

/// The rule before notes belongs to them.
fn set_off(draft: &mut Draft<'_>, at: usize) {
    let Some(rule) = at.checked_sub(1).and_then(|at| draft.blocks.get_mut(at)) else { return };
    if rule.role == Role::Rule {
        rule.role = Role::Notes;
        let parts = rule.parts.clone();
        draft.set_aside(what::NOTE_RULES, &parts);
    }
}

/// The notes in lines: one begins with the line, others after white space inside it.
fn split(draft: &Draft<'_>, parts: &[Part], endnotes: bool) -> Vec<FoundNote> {
    let mut notes: Vec<FoundNote> = Vec::new();
    for part in parts {
        let words = draft.slice(&part.line);
        let mut from = 0;
        let inside = words.match_indices(char::is_whitespace).map(|(at, space)| at + space.len());
        let starts =
            inside.filter(|&at| words.get(at..).is_some_and(|rest| rest.starts_with('[') && begins(rest)));
        for end in starts.chain([words.len()]) {
            let piece = words.get(from..end).unwrap_or_default().trim_end();
            let line = part.line.start + from..part.line.start + from + piece.len();
            let number = || numbered(piece).filter(|_| endnotes && notes.is_empty());
            let number = || number().map(|(label, skip)| (Cow::Borrowed(label), skip));
            if let Some((label, skip)) = opening(piece).or_else(number) {
                let part = Part { words: line.start + skip..line.end, ..Part::new(line) };
                notes.push(FoundNote { label: label.into_owned(), parts: vec![part], used: false });
            } else if let Some(note) = notes.last_mut() {
                note.parts.push(Part::new(line));
            }
            from = end;
        }
    }
    for note in &mut notes {
        close(draft, note);
    }
    notes
}

/// Takes the bracket from the end of a note that stands whole in brackets.
fn close(draft: &Draft<'_>, note: &mut FoundNote) {
    let is_named = note.parts.first().is_some_and(|part| named(draft.slice(&part.line)).is_some());
    if let Some(last) =
        note.parts.last_mut().filter(|last| is_named && draft.slice(&last.words).ends_with(']'))
    {
        last.words.end -= 1;
    }
}

/// Marks that wait for their note, on one page where the text has pages.
#[derive(Debug, Default)]
struct OpenMarks {
    by_label: HashMap<String, VecDeque<usize>>,
    order: Vec<usize>,
}

impl OpenMarks {
    fn push(&mut self, mark: usize, label: &str) {
        self.by_label.entry(label.to_owned()).or_default().push_back(mark);
        self.order.push(mark);
    }

    fn has(&self, label: &str) -> bool {
        self.by_label.get(label).is_some_and(|marks| !marks.is_empty())
    }

    /// Ties notes to marks of the same label, first to first; then, where as many are left on both sides,
    /// the rest in order: a label that is printed twice by mistake.
    fn tie(&mut self, draft: &mut Draft<'_>, found: Vec<FoundNote>) {
        let first = draft.notes.len();
        let mut left = Vec::new();
        for (note, found) in (first..).zip(found) {
            let shared = !found.label.starts_with(|c: char| c.is_ascii_alphanumeric());
            let queue = self.by_label.entry(found.label.clone()).or_default();
            // An asterisk may stand twice for one note.
            let marks: Vec<usize> =
                if shared { queue.drain(..).collect() } else { queue.pop_front().into_iter().collect() };
            let used = !marks.is_empty();
            draft.notes.push(FoundNote { used, ..found });
            if !used {
                left.push(note);
            }
            for mark in marks {
                tie(draft, mark, note);
            }
        }
        if left.is_empty() {
            return;
        }
        let marks = &draft.marks;
        self.order.retain(|mark| marks.get(*mark).is_some_and(|mark| mark.note.is_none()));
        if left.len() == self.order.len() {
            for (mark, note) in self.order.drain(..).zip(left) {
                tie(draft, mark, note);
            }
            self.by_label.clear();
        }
    }
}

fn tie(draft: &mut Draft<'_>, mark: usize, note: usize) {
    if let (Some(mark), Some(found)) = (draft.marks.get_mut(mark), draft.notes.get_mut(note)) {
        mark.note = Some(note);
        found.used = true;
    }
}

/// Notes at the end of a text with pages: each goes to the first open mark of its label.
fn tie_endnotes(draft: &mut Draft<'_>) {
    let mut open: HashMap<String, VecDeque<usize>> = HashMap::new();
    for (at, mark) in draft.marks.iter().enumerate().filter(|(_, mark)| mark.note.is_none()) {
        open.entry(mark.label.clone()).or_default().push_back(at);
    }
    for note in 0..draft.notes.len() {
        let Some(found) = draft.notes.get(note).filter(|note| !note.used) else { continue };
        let from = found.parts.first().map_or(0, |part| part.line.start);
        let Some(queue) = open.get_mut(&found.label) else { continue };
        let before = queue
            .front()
            .copied()
            .filter(|&mark| draft.marks.get(mark).is_some_and(|mark| mark.range.start < from));
        if let Some(mark) = before {
            queue.pop_front();
            tie(draft, mark, note);
        }
    }
}

/// Marks that point once more to a note which has its mark: one that stands below them, on their page where the text
/// has pages; in Markdown one of a named label, which stands for one note in all the text.
fn tie_repeated(draft: &mut Draft<'_>) {
    let mut only: HashMap<&str, Option<usize>> = HashMap::new();
    for (at, note) in draft.notes.iter().enumerate() {
        only.entry(&note.label).and_modify(|only| *only = None).or_insert(Some(at));
    }
    let is_page = |block: &&Block| matches!(block.role, Role::PageMark(_));
    let pages: Vec<usize> = draft.blocks.iter().filter(is_page).map(Block::start).collect();
    let repeated = draft.marks.iter().enumerate().filter(|(_, mark)| mark.note.is_none());
    let repeated = repeated.filter_map(|(at, mark)| {
        let note = (*only.get(mark.label.as_str())?)?;
        let found = draft.notes.get(note).filter(|note| note.used)?;
        let from = found.parts.first()?.line.start;
        let page = |place: usize| pages.partition_point(|page| *page < place);
        let is_above = mark.range.start < from && page(mark.range.start) == page(from);
        (is_above || draft.slice(&mark.range).starts_with("[^")).then_some((at, note))
    });
    let repeated: Vec<(usize, usize)> = repeated.collect();
    for (mark, note) in repeated {
        tie(draft, mark, note);
    }
}

/// Sets apart the notes that no mark points to.
pub fn set_orphans_apart(draft: &mut Draft<'_>) {
    let orphans: Vec<Block> = draft
        .notes
        .iter()
        .filter(|note| !note.used)
        .map(|note| {
            let whole = |part: &Part| Part::new(part.line.clone());
            let at = note.parts.first().map_or(0, |part| part.line.start);
            Block::new(Role::Apparatus, note.parts.iter().map(whole).collect(), 0, at..at)
        })
        .collect();
    for _ in &orphans {
        draft.count(what::MISSING_MARKS);
    }
    draft.blocks.extend(orphans);
    draft.blocks.sort_by_key(|block| block.parts.first().map_or(0, |part| part.line.start));
}

#[cfg(test)]
mod tests {
    use crate::document::import::testing::{edition, kinds};
    use crate::document::{Kind, Passage};

    fn notes(passage: &Passage) -> Vec<(&str, &str)> {
        passage.notes.iter().map(|note| (note.mark.as_str(), note.text.as_deref().unwrap_or("-"))).collect()
    }

    #[test]
    fn several_notes_on_one_line_are_told_apart() {
        let text = "The boats[1] came in before the wind and the men[2] took\n\n\
            [1] Log of the Anna.  [2] \"Ropes,\" 1911.\n\n\npage 12\n\nthe ropes and made them fast.\n";
        let edition = edition(text);
        assert_eq!(kinds(&edition), [Kind::Paragraph]);
        let passage = &edition.passages()[0];
        assert_eq!(notes(passage), [("1", "Log of the Anna."), ("2", "\"Ropes,\" 1911.")]);
        assert_eq!(
            passage.text,
            "The boats came in before the wind and the men took the ropes and made them fast."
        );
    }

    #[test]
    fn short_notes_below_each_other_are_notes_however_many() {
        let passages = |sign: &str| {
            let place = |at: usize| {
                format!("The boats{sign}{at}] came in before the wind, and the men were glad of it.\n\n")
            };
            let note = |at: usize| format!("{sign}{at}]{} Log {at}.\n", if sign == "[^" { ":" } else { "" });
            format!("{}{}", (1..=4).map(place).collect::<String>(), (1..=4).map(note).collect::<String>())
        };
        for sign in ["[^", "["] {
            let edition = edition(&passages(sign));
            let all: Vec<_> = edition.passages().iter().map(notes).collect();
            assert_eq!(
                all,
                [vec![("1", "Log 1.")], vec![("2", "Log 2.")], vec![("3", "Log 3.")], vec![("4", "Log 4.")]]
            );
        }
    }

    #[test]
    fn a_label_printed_twice_goes_to_the_marks_in_order() {
        let text = "page 11\n\nThe boats[1] came in.\n\nThe men[2] took the ropes.\n\n\
            [1] Ibid.  [1] Log of the Anna.\n\n\npage 12\n\nNobody[1] spoke.\n";
        let edition = edition(text);
        let all: Vec<_> = edition.passages().iter().map(notes).collect();
        assert_eq!(all, [vec![("1", "Ibid.")], vec![("2", "Log of the Anna.")], vec![("1", "-")]]);
    }

    #[test]
    fn one_asterisk_note_serves_both_asterisks() {
        let text = "The boats (all* of them) came in (slowly* at first).[1]\n\n* My words.  [1] Log.\n\npage 3\n\nEnd.\n";
        let edition = edition(text);
        let passage = &edition.passages()[0];
        assert_eq!(notes(passage), [("*", "My words."), ("1", "Log.")]);
        assert_eq!(passage.note_marks.iter().map(|mark| mark.note).collect::<Vec<_>>(), [0, 0, 1]);
    }

    #[test]
    fn a_second_mark_to_one_note_points_to_it_too() {
        for (text, expected) in [
            ("The boats[1] came in.\n\nThe men[1] left.\n\n[1] Or most of them.\n", ["Or most of them."; 2]),
            ("# Harbour\n\nThe **boats**[^b].\n\n[^b]: Or most.\n\nThe men[^b] left.\n", ["Or most."; 2]),
            // Below its note a number may be that of another one, which is missing.
            ("The boats[1] came in.\n\n[1] Or most.\n\nThe men[1] left.\n\nEnd.\n", ["Or most.", "-"]),
            (
                "The boats[1] came.\n\npage 2\n\nThe men[1] left.\n\n---\n\n[1] Or most.\n\npage 3\n\nEnd.\n",
                ["-", "Or most."],
            ),
        ] {
            let edition = edition(text);
            let all: Vec<&str> = edition.passages().iter().flat_map(notes).map(|(_, note)| note).collect();
            assert_eq!(all, expected, "{text}");
        }
    }

    #[test]
    fn notes_in_other_forms_find_their_marks() {
        for (text, expected) in [
            (
                "The boats[1] came in.\n\n[Footnote 1: Log of the Anna,\nof 1911.]\n",
                ("1", "Log of the Anna, of 1911."),
            ),
            ("The boats[A] came in.\n\n[Footnote A: Log [of] the Anna.]\n", ("A", "Log [of] the Anna.")),
            ("The boats[A] came in.\n\n[A] Log of the Anna.\n", ("A", "Log of the Anna.")),
            ("The boats.[*] Men.\n\n[Footnote *: Log of the Anna.]\n", ("*", "Log of the Anna.")),
            ("The boats.¹ The men.²\n\n¹ Log of the Anna.\n² Not I.\n", ("1", "Log of the Anna.")),
            ("The boats.¹ The men.²\n\n¹ Log of the Anna.\n\n² Not I.\n", ("1", "Log of the Anna.")),
        ] {
            let edition = edition(text);
            assert_eq!(kinds(&edition), [Kind::Paragraph], "{text}");
            assert_eq!(notes(&edition.passages()[0])[0], expected, "{text}");
            assert!(!edition.notices().iter().any(|notice| notice.what.contains("missing")), "{text}");
        }
    }

    #[test]
    fn a_letter_in_brackets_that_no_note_has_stays_in_the_text() {
        let text = "It was[A] said.\n\nThe S[O]S came.\n\n[T]he end.\n\n[B] is a letter.\n";
        let edition = edition(text);
        let words: Vec<&str> = edition.passages().iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(words, ["It was[A] said.", "The S[O]S came.", "[T]he end.", "[B] is a letter."]);
    }

    #[test]
    fn a_note_without_a_mark_is_set_apart() {
        let edition =
            edition("The boats came in and\n\n[4] Log of the Anna.\n\npage 3\n\nthe men took the ropes.\n");
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Apparatus]);
        assert_eq!(edition.passages()[1].text, "[4] Log of the Anna.");
        assert!(edition.notices().iter().any(|n| n.what.contains("mark is missing") && n.count == 1));
    }

    #[test]
    fn notes_after_a_rule_are_tied_and_the_divided_word_is_joined() {
        let text = "# Harbour\n\nThe men<sup>1</sup> of the harbour had a long tradition<sup>2</sup> of naviga-\n\n---\n\n\
            <sup>1</sup> All of them.\n\n<sup>2</sup> Since 1640.\n\ntion by the stars.\n";
        let edition = edition(text);
        let passage = &edition.passages()[1];
        assert_eq!(passage.text, "The men of the harbour had a long tradition of navigation by the stars.");
        assert_eq!(notes(passage), [("1", "All of them."), ("2", "Since 1640.")]);
        assert_eq!(passage.source.len(), 2);
    }

    #[test]
    fn endnotes_find_their_marks() {
        let edition =
            edition("The boats[1] came in.\n\nNobody[2] spoke.\n\n[1] Log of the Anna.\n\n[2] Not even I.\n");
        assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Paragraph]);
        assert_eq!(notes(&edition.passages()[1]), [("2", "Not even I.")]);
    }

    #[test]
    fn numbered_notes_under_their_heading_find_their_marks() {
        for heading in ["Notes", "NOTES TO CHAPTER I", "Notas", "ПРИМЕЧАНИЯ"] {
            let text = "The boats1 came in.\n\nNobody2 spoke of the 3 men.";
            let edition = edition(&format!("{text}\n\n{heading}\n\n1. Log of the Anna.\n2. Not even I.\n"));
            assert_eq!(kinds(&edition), [Kind::Paragraph, Kind::Paragraph, Kind::Heading], "{heading}");
            assert_eq!(notes(&edition.passages()[0]), [("1", "Log of the Anna.")]);
            assert_eq!(notes(&edition.passages()[1]), [("2", "Not even I.")]);
        }
    }
}
