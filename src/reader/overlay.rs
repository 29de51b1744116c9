//! What lies over the two texts: a list, something to look through, or a line of input over either.

use super::action::{Action, Mode};
use super::prompt::Prompt;
use crate::document::Anchor;

/// What is modal. One at a time; a line of input and help remember what they were opened over.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Overlay {
    /// The texts have the keys.
    #[default]
    None,
    /// A list to choose from.
    List(List),
    /// Something to look through.
    Pager(Pager),
    /// A line of input.
    Prompt {
        /// The line.
        prompt: Prompt,
        /// What it was opened over.
        under: Box<Overlay>,
    },
}

impl Overlay {
    /// Whose keys are in force.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        match self {
            Self::None => Mode::Read,
            Self::List(_) => Mode::List,
            Self::Pager(_) => Mode::Pager,
            Self::Prompt { .. } => Mode::Prompt,
        }
    }

    /// What lies over the texts, also while a line of input has the keys.
    #[must_use]
    pub fn over_texts(&self) -> &Self {
        match self {
            Self::Prompt { under, .. } => under,
            Self::None | Self::List(_) | Self::Pager(_) => self,
        }
    }

    /// Whether the list of topics is open, perhaps below something else.
    #[must_use]
    pub fn lists_topics(&self) -> bool {
        match self {
            Self::None => false,
            Self::List(list) => list.kind == ListKind::Topics,
            Self::Pager(Pager { under, .. }) | Self::Prompt { under, .. } => under.lists_topics(),
        }
    }
}

/// What a list is a list of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// The topic index.
    Topics,
    /// The links of the topic.
    Links,
    /// The headings of a text.
    Contents,
    /// Works, editions and files to open.
    Editions,
    /// The reader's marks and anchors.
    Marks,
}

/// What choosing a row does.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// Take up a topic, by index.
    Topic(usize),
    /// Bring both texts to a link, by index.
    Link(usize),
    /// Go to a place in the focused text.
    Place(Anchor),
    /// Go to a mark.
    Mark(char),
    /// Go to an anchor of the reader's own, by index.
    Anchor(usize),
    /// Open a text, by its name, in the focused pane.
    Open(String),
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRow {
    /// What it is.
    pub text: String,
    /// More about it, at the right edge.
    pub detail: String,
    /// What choosing it does.
    pub choice: Choice,
}

/// Rows to choose from.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// What they are.
    pub kind: ListKind,
    /// The heading.
    pub title: String,
    /// All rows.
    pub rows: Vec<ListRow>,
    /// Index of the chosen row among those shown.
    pub chosen: usize,
    /// Words that the rows shown contain.
    pub filter: String,
}

impl List {
    /// A list with its first row chosen.
    #[must_use]
    pub fn new(kind: ListKind, title: impl Into<String>, rows: Vec<ListRow>) -> Self {
        Self { kind, title: title.into(), rows, chosen: 0, filter: String::new() }
    }

    /// Chooses the row that does something, where one is shown.
    pub fn choose(&mut self, choice: &Choice) {
        let at = self.shown().position(|row| row.choice == *choice);
        self.chosen = at.unwrap_or(self.chosen);
    }

    /// The rows that pass the filter.
    pub fn shown(&self) -> impl Iterator<Item = &ListRow> {
        // The definition of a topic is long and shown for one topic at a time: a word in it would seem no match.
        let detailed = self.kind != ListKind::Topics;
        // As it was typed where that is found at all, else word by word: `nothing in B` is no `nothing in A  B`.
        let typed = self.filter.trim().to_lowercase();
        let is_phrase =
            typed.contains(' ') && self.rows.iter().any(|row| row.text.to_lowercase().contains(&typed));
        self.rows.iter().filter(move |row| {
            if is_phrase {
                return row.text.to_lowercase().contains(&typed);
            }
            contains(&row.text, &self.filter) || (detailed && contains(&row.detail, &self.filter))
        })
    }

    /// The chosen row.
    #[must_use]
    pub fn chosen_row(&self) -> Option<&ListRow> {
        self.shown().nth(self.chosen)
    }

    /// Moves the choice; `half` and `page` are rows of the screen.
    pub fn walk(&mut self, action: Action, page: usize) {
        let last = self.shown().count().saturating_sub(1);
        self.chosen = walked(self.chosen, action, page, last);
    }
}

/// How strongly a line of a pager stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Plain words.
    Plain,
    /// A heading.
    Heading,
    /// Less than plain: keys of a table, provenance.
    Quiet,
}

/// A line of a pager: an optional left column (a key, a label) and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagerLine {
    /// The left column; empty where the words take the whole line.
    pub label: String,
    /// The words, wrapped when drawn.
    pub text: String,
    /// How they stand out.
    pub weight: Weight,
}

impl PagerLine {
    /// Words alone.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { label: String::new(), text: text.into(), weight: Weight::Plain }
    }

    /// A heading.
    #[must_use]
    pub fn heading(text: impl Into<String>) -> Self {
        Self { label: String::new(), text: text.into(), weight: Weight::Heading }
    }

    /// A label and its words.
    #[must_use]
    pub fn labelled(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), weight: Weight::Plain }
    }
}

/// Lines to look through.
#[derive(Clone, Debug, PartialEq)]
pub struct Pager {
    /// The heading.
    pub title: String,
    /// All lines.
    pub lines: Vec<PagerLine>,
    /// Index of the first line on the screen, among those shown.
    pub top: usize,
    /// Words that the lines shown contain; headings stay while a line under them does.
    pub filter: String,
    /// Whether it speaks of a passage that should stay in view beside it.
    pub beside: bool,
    /// Whether it lists the keys.
    pub is_help: bool,
    /// What it was opened over, and what comes back when it is closed.
    pub under: Box<Overlay>,
}

impl Pager {
    /// A pager at its first line.
    #[must_use]
    pub fn new(title: impl Into<String>, lines: Vec<PagerLine>) -> Self {
        Self {
            title: title.into(),
            lines,
            top: 0,
            filter: String::new(),
            beside: false,
            is_help: false,
            under: Box::default(),
        }
    }

    /// The same, leaving the head of the screen free for the passage it speaks of.
    #[must_use]
    pub fn beside(self) -> Self {
        Self { beside: true, ..self }
    }

    /// The same, opened over something that comes back when it is closed.
    #[must_use]
    pub fn over(self, under: Overlay) -> Self {
        Self { under: Box::new(under), ..self }
    }

    /// The same, listing the keys: what opens help closes it.
    #[must_use]
    pub fn of_keys(self) -> Self {
        Self { is_help: true, ..self }
    }

    /// The lines that pass the filter.
    #[must_use]
    pub fn shown(&self) -> Vec<&PagerLine> {
        let mut kept: Vec<&PagerLine> = Vec::new();
        let mut heading = None;
        for line in &self.lines {
            if self.filter.is_empty() {
                kept.push(line);
            } else if line.weight == Weight::Heading {
                heading = Some(line);
            } else if contains(&line.text, &self.filter) || contains(&line.label, &self.filter) {
                kept.extend(heading.take());
                kept.push(line);
            }
        }
        kept
    }

    /// Moves the first line.
    pub fn walk(&mut self, action: Action, page: usize) {
        let last = self.shown().len().saturating_sub(1);
        self.top = walked(self.top, action, page, last);
    }
}

/// Whether every word of a filter stands in a text, case apart.
fn contains(text: &str, filter: &str) -> bool {
    let text = text.to_lowercase();
    filter.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
}

fn walked(at: usize, action: Action, page: usize, last: usize) -> usize {
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other actions do not move in a list")]
    let to = match action {
        Action::LineDown | Action::MatchNext => at + 1,
        Action::LineUp | Action::MatchPrevious => at.saturating_sub(1),
        Action::HalfDown => at + page / 2,
        Action::HalfUp => at.saturating_sub(page / 2),
        Action::PageDown => at + page,
        Action::PageUp => at.saturating_sub(page),
        Action::Top => 0,
        Action::Bottom => last,
        _ => at,
    };
    to.min(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_keeps_the_headings_of_what_it_keeps() {
        let mut pager = Pager::new(
            "keys",
            vec![
                PagerLine::heading("Moving"),
                PagerLine::labelled("j", "down a row"),
                PagerLine::heading("Finding"),
                PagerLine::labelled("/", "search"),
            ],
        );
        pager.filter = "SEAR".into();
        let shown: Vec<&str> = pager.shown().iter().map(|line| line.text.as_str()).collect();
        assert_eq!(shown, ["Finding", "search"]);
    }

    #[test]
    fn a_filter_is_what_was_typed_where_that_is_found_and_its_words_elsewhere() {
        let row = |text: &str, detail: &str| {
            let choice = Choice::Mark('a');
            ListRow { text: text.into(), detail: detail.into(), choice }
        };
        let rows = vec![
            row("nothing in A  B ¶ 1", "A preface"),
            row("A ¶ 2         nothing in B", "Of ferries"),
            row("A ¶ 3         B ¶ 2", "Nothing is more wretched"),
        ];
        let mut list = List::new(ListKind::Links, "links", rows);
        let mut shown = |filter: &str| {
            list.filter = filter.into();
            list.shown().map(|row| row.text.chars().take(5).collect::<String>()).collect::<Vec<_>>()
        };
        assert_eq!(shown("Nothing in b"), ["A ¶ 2"]);
        assert_eq!(shown("nothing"), ["nothi", "A ¶ 2", "A ¶ 3"]);
        assert_eq!(shown("wretched nothing"), ["A ¶ 3"], "in whatever order");
    }

    #[test]
    fn walking_a_list_stops_at_its_ends() {
        let row =
            |text: &str| ListRow { text: text.into(), detail: String::new(), choice: Choice::Mark('a') };
        let mut list = List::new(ListKind::Marks, "marks", vec![row("one"), row("two"), row("three")]);
        for (action, expected) in [
            (Action::LineUp, 0),
            (Action::LineDown, 1),
            (Action::PageDown, 2),
            (Action::LineDown, 2),
            (Action::Top, 0),
            (Action::Bottom, 2),
        ] {
            list.walk(action, 10);
            assert_eq!(list.chosen, expected, "{action:?}");
        }
        list.filter = "nothing".into();
        list.walk(Action::Top, 10);
        assert!(list.chosen_row().is_none());
    }
}
