//! A line of input: what is typed, where the cursor stands, and what was typed before.

use unicode_segmentation::UnicodeSegmentation;

use super::action::Action;

/// What the line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A search in a text; the hits follow the typing.
    Search {
        /// Whether toward the start of the text.
        backward: bool,
    },
    /// A passage or page to go to.
    Reference,
    /// A topic of the reader's own: a name, a colon and words.
    Topic,
    /// Words that the rows of a list or of help must contain.
    Filter,
}

/// A line being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// What stands in it.
    pub text: String,
    /// Byte offset of the cursor, on a grapheme boundary.
    pub cursor: usize,
    /// How many steps back in the history it stands; 0 is the line being typed.
    recalled: usize,
}

impl Prompt {
    /// An empty line.
    #[must_use]
    pub fn new(purpose: Purpose) -> Self {
        Self { purpose, text: String::new(), cursor: 0, recalled: 0 }
    }

    /// The sign before the line.
    #[must_use]
    pub const fn sign(&self) -> &'static str {
        match self.purpose {
            Purpose::Search { backward: false } => "/",
            Purpose::Search { backward: true } => "?",
            Purpose::Reference => "go to ¶ or p: ",
            Purpose::Topic => "topic  ",
            Purpose::Filter => "containing: ",
        }
    }

    /// What is to be typed, said while nothing is.
    #[must_use]
    pub const fn example(&self) -> Option<&'static str> {
        match self.purpose {
            Purpose::Topic if self.text.is_empty() => Some("name: words, words"),
            Purpose::Topic | Purpose::Search { .. } | Purpose::Reference | Purpose::Filter => None,
        }
    }

    /// Types a character; control characters are not taken.
    pub fn insert(&mut self, character: char) {
        if !character.is_control() {
            self.text.insert(self.cursor, character);
            self.cursor += character.len_utf8();
        }
    }

    /// Pastes a text on one line.
    pub fn paste(&mut self, text: &str) {
        text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).for_each(|c| self.insert(c));
    }

    /// Moves or deletes; `history` is what was entered before, oldest first. `false` where the action is
    /// none of a line of input.
    pub fn edit(&mut self, action: Action, history: &[String]) -> bool {
        let (before, behind) = self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""));
        let left = before.grapheme_indices(true).next_back().map_or(0, |(byte, _)| byte);
        let right = self.cursor + behind.graphemes(true).next().map_or(0, str::len);
        let word = before.trim_end().rfind(char::is_whitespace).map_or(0, |byte| byte + 1);
        #[expect(clippy::wildcard_enum_match_arm, reason = "all other actions are not about a line of input")]
        match action {
            Action::CursorLeft => self.cursor = left,
            Action::CursorRight => self.cursor = right,
            Action::CursorStart => self.cursor = 0,
            Action::CursorEnd => self.cursor = self.text.len(),
            Action::DeleteBack => self.delete(left),
            Action::DeleteWord => self.delete(word),
            Action::DeleteToStart => self.delete(0),
            Action::DeleteToEnd => self.text.truncate(self.cursor),
            Action::HistoryPrevious => self.recall(self.recalled + 1, history),
            Action::HistoryNext => self.recall(self.recalled.saturating_sub(1), history),
            _ => return false,
        }
        true
    }

    fn delete(&mut self, from: usize) {
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }

    fn recall(&mut self, steps: usize, history: &[String]) {
        if history.is_empty() {
            return;
        }
        let steps = steps.min(history.len());
        self.text =
            steps.checked_sub(1).and_then(|i| history.iter().rev().nth(i)).cloned().unwrap_or_default();
        self.cursor = self.text.len();
        self.recalled = steps;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Prompt {
        let mut prompt = Prompt::new(Purpose::Reference);
        prompt.paste(text);
        prompt
    }

    #[test]
    fn editing_moves_by_graphemes_and_words() {
        let mut prompt = typed("two e\u{301}x");
        prompt.edit(Action::CursorLeft, &[]);
        prompt.edit(Action::DeleteBack, &[]);
        assert_eq!(prompt.text, "two x");
        prompt.edit(Action::CursorEnd, &[]);
        prompt.edit(Action::DeleteWord, &[]);
        assert_eq!((prompt.text.as_str(), prompt.cursor), ("two ", 4));
        prompt.edit(Action::CursorStart, &[]);
        prompt.edit(Action::DeleteToEnd, &[]);
        assert_eq!(prompt.text, "");
    }

    #[test]
    fn pasted_control_characters_and_line_breaks_do_no_harm() {
        assert_eq!(typed("a\u{1b}[2J\nb\tc").text, "a[2J b c");
    }

    #[test]
    fn without_a_history_what_is_typed_stays() {
        let mut prompt = typed("x");
        prompt.edit(Action::HistoryPrevious, &[]);
        prompt.edit(Action::HistoryNext, &[]);
        assert_eq!((prompt.text.as_str(), prompt.cursor), ("x", 1));
    }

    #[test]
    fn the_history_goes_back_and_forth() {
        let history = ["old".to_owned(), "new".to_owned()];
        let mut prompt = typed("x");
        let mut recall = |action| {
            prompt.edit(action, &history);
            prompt.text.clone()
        };
        assert_eq!(recall(Action::HistoryPrevious), "new");
        assert_eq!(recall(Action::HistoryPrevious), "old");
        assert_eq!(recall(Action::HistoryPrevious), "old");
        assert_eq!(recall(Action::HistoryNext), "new");
        assert_eq!(recall(Action::HistoryNext), "");
    }
}
