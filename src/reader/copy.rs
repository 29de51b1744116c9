//! What is copied: a passage in its own words with its citation, or the command that comes back to it.
//! Knows no clipboard.

use super::model::Model;
use super::update::Effect;
use crate::document::Passage;
use crate::library::{Form, Text};

/// The citation of a passage: `J. Stalin, Foundations of Leninism, IV (1924), ¶ 46, p. 49`. A digest is
/// called one at the end: its words are not the author's.
#[must_use]
pub fn citation(text: &Text, passage: &Passage) -> String {
    let author = text.author().map_or_else(String::new, |author| format!("{author}, "));
    let year = text.year().map_or_else(String::new, |year| format!(" ({year})"));
    let place =
        passage.cited().map_or_else(|| passage.kind.name().replace('-', " "), |number| format!("¶ {number}"));
    let form = if text.form == Form::Digest { " (digest)" } else { "" };
    plain(&format!("{author}{}{year}, {place}{}{form}", text.short_title(), pages(passage)))
}

/// `, p. 49`, or `, pp. 49-50` where a page begins inside; nothing where the first page is not known.
fn pages(passage: &Passage) -> String {
    let last = passage.page_at(passage.text.len());
    match (passage.page_at(0), last) {
        (Some(first), Some(last)) if first != last => format!(", pp. {first}-{last}"),
        (Some(first), _) => format!(", p. {first}"),
        (None, _) => String::new(),
    }
}

/// Without the control characters that the name of a file may hold: what is copied is pasted elsewhere.
fn plain(text: &str) -> String {
    text.chars().filter(|&c| c == '\n' || !c.is_control()).collect()
}

/// A word as a shell reads it, quoted where it must be.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:,+@%=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

impl Model {
    /// The passage at the reader's line with its citation.
    #[must_use]
    pub fn copy_passage(&self) -> Effect {
        Effect::Copy { text: self.quotation(self.focus), what: self.place_named(self.focus) }
    }

    /// The passages of both texts, left first, each with its citation.
    #[must_use]
    pub fn copy_both(&self) -> Effect {
        let [left, right] = [0, 1].map(|side| self.quotation(side));
        let [a, b] = [0, 1].map(|side| self.place_named(side));
        Effect::Copy { text: format!("{left}\n{right}"), what: format!("{a} and {b}") }
    }

    /// The command that opens both texts where they stand, under the topic; a message where a text has no
    /// name that a command line could carry.
    pub fn copy_reference(&mut self) -> Option<Effect> {
        match self.command() {
            Ok(text) => Some(Effect::Copy { text, what: "the command for this place".to_owned() }),
            Err(problem) => {
                self.message = Some(problem);
                None
            }
        }
    }

    fn place_named(&self, side: usize) -> String {
        format!("{} {}", ["A", "B"][side], self.reference(side, self.current(side)))
    }

    /// The words of the passage at the reader's line of a side, and its citation below them. Notes stay out.
    fn quotation(&self, side: usize) -> String {
        let text = &self.pair.texts[side];
        let Some(passage) = text.edition.get(self.current(side)) else { return String::new() };
        format!("{}\n{}\n", plain(&passage.text), citation(text, passage))
    }

    fn command(&self) -> Result<String, String> {
        let [left, right] = [self.argument(0)?, self.argument(1)?];
        let mut command = format!("diptych {left} {right}");
        let places = [0, 1].map(|side| self.number_here(side).map_or_else(String::new, |n| n.to_string()));
        let at = places.join(",");
        let at = at.trim_end_matches(',');
        if !at.is_empty() {
            command.push_str(" --at ");
            command.push_str(at);
        }
        if let Some(topic) = self.pair.topics.get(self.topic) {
            command.push_str(" --topic ");
            command.push_str(&quoted(&topic.id));
        }
        Ok(command)
    }

    /// A text as an argument. A file goes by its whole path: the command is to work from any folder.
    fn argument(&self, side: usize) -> Result<String, String> {
        let text = &self.pair.texts[side];
        let label = ["A", "B"][side];
        let name = match (text.form, &text.path) {
            (Form::Digest, _) => text.name(),
            (Form::Original | Form::File, Some(path)) => {
                let path = self.surroundings.folder.join(path);
                let unusual =
                    || format!("the name of the file of {label} is not in UTF-8: no command can be copied");
                path.to_str().ok_or_else(unusual)?.to_owned()
            }
            (Form::Original | Form::File, None) => {
                return Err(format!("{label} was read from standard input: no command comes back to it"));
            }
        };
        if name.contains(char::is_control) {
            return Err(format!(
                "the name of the file of {label} holds control characters: no command can be copied"
            ));
        }
        Ok(quoted(&name))
    }

    /// The ¶ number at the reader's line of a side, or of the next passage that has one, else the last.
    fn number_here(&self, side: usize) -> Option<u32> {
        let passages = self.editions()[side].passages();
        let here = self.current(side);
        let after = passages.iter().skip(here).find_map(|passage| passage.number);
        after.or_else(|| passages.iter().take(here).rev().find_map(|passage| passage.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Edition, Kind, PageBreak};
    use crate::library::Work;
    use crate::reader::action::{Action, Event};
    use crate::reader::fixture::pair;
    use crate::reader::model::{Options, Surroundings};
    use crate::reader::update::update;

    fn model() -> Model {
        let surroundings = Surroundings { folder: "/books".into(), ..Surroundings::default() };
        let mut model = Model::new(pair(), Options::default(), surroundings);
        update(&mut model, Event::Resize { columns: 120, rows: 40 });
        act(&mut model, Action::LinkNext);
        model
    }

    fn act(model: &mut Model, action: Action) -> Option<Effect> {
        update(model, Event::Act { action, count: None, letter: None })
    }

    fn copied(effect: Option<Effect>) -> (String, String) {
        match effect {
            Some(Effect::Copy { text, what }) => (text, what),
            other => panic!("no copy: {other:?}"),
        }
    }

    fn work() -> Work {
        Work {
            id: "ashe-1801".to_owned(),
            author: "N. Ashe".to_owned(),
            title: "On Harbours and Tides".to_owned(),
            short_title: "On Harbours".to_owned(),
            year: "1801".to_owned(),
            language: "en".to_owned(),
        }
    }

    #[test]
    fn a_citation_names_author_title_year_passage_and_page_where_they_are_known() {
        let break_at = |byte, page: &str| PageBreak { byte, page: page.to_owned() };
        let passage = |number, page: Option<&str>, page_breaks: Vec<PageBreak>| Passage {
            number,
            page: page.map(str::to_owned),
            page_breaks,
            ..Passage::new(Kind::Paragraph, "Gulls rose.")
        };
        let known = |form| Text {
            work: Some(work()),
            form,
            path: None,
            content_hash: String::new(),
            edition: Edition::default(),
        };
        let file = Text { work: None, path: Some("deep/od\u{1b}d.txt".into()), ..known(Form::File) };
        let (original, digest) = (known(Form::Original), known(Form::Digest));
        let merged = Passage { also: vec![8], ..passage(Some(7), None, vec![]) };
        let heading = Passage::new(Kind::FrontMatter, "By N. Ashe");
        for (text, passage, expected) in [
            (&original, passage(Some(46), Some("49"), vec![]), "N. Ashe, On Harbours (1801), ¶ 46, p. 49"),
            (&original, passage(Some(46), None, vec![]), "N. Ashe, On Harbours (1801), ¶ 46"),
            (
                &original,
                passage(Some(3), Some("xi"), vec![break_at(4, "xii"), break_at(8, "xiii")]),
                "N. Ashe, On Harbours (1801), ¶ 3, pp. xi-xiii",
            ),
            (
                &original,
                passage(Some(3), Some("4"), vec![break_at(0, "5")]),
                "N. Ashe, On Harbours (1801), ¶ 3, p. 5",
            ),
            (&original, merged, "N. Ashe, On Harbours (1801), ¶ 7-8"),
            (&original, heading, "N. Ashe, On Harbours (1801), front matter"),
            (&digest, passage(Some(1), None, vec![]), "N. Ashe, On Harbours (1801), ¶ 1 (digest)"),
            (&file, passage(Some(1), None, vec![]), "odd.txt, ¶ 1"),
        ] {
            assert_eq!(citation(text, &passage), expected);
        }
    }

    #[test]
    fn the_passage_at_the_readers_line_is_copied_in_its_own_words() {
        let mut model = model();
        let words = model.editions()[0].get(12).unwrap().text.clone();
        let (text, what) = copied(act(&mut model, Action::CopyPassage));
        assert_eq!((text, what.as_str()), (format!("{words}\na.txt, ¶ 12\n"), "A ¶ 12"));
        act(&mut model, Action::FocusRight);
        let (text, _) = copied(act(&mut model, Action::CopyPassage));
        assert!(text.starts_with("b25w0 ") && text.ends_with("\nb.txt, ¶ 25\n"), "{text}");
    }

    #[test]
    fn both_passages_are_copied_left_first_whichever_has_the_keys() {
        let mut model = model();
        act(&mut model, Action::FocusRight);
        let (text, what) = copied(act(&mut model, Action::CopyBoth));
        let [a, b] = ["\na.txt, ¶ 12\n\nb25w0 ", "\nb.txt, ¶ 25\n"];
        assert!(text.starts_with("a12w0 ") && text.contains(a) && text.ends_with(b), "{text}");
        assert_eq!(what, "A ¶ 12 and B ¶ 25");
    }

    #[test]
    fn the_command_names_texts_places_and_topic_for_any_folder() {
        let mut model = model();
        let (text, _) = copied(act(&mut model, Action::CopyReference));
        assert_eq!(text, "diptych /books/a.txt /books/b.txt --at 12,25 --topic councils");
        // At a heading the next passage that has a number stands for it.
        act(&mut model, Action::Top);
        model.pair.texts[0].path = Some("it's here.txt".into());
        model.pair.texts[1].work = Some(work());
        model.pair.texts[1].form = Form::Digest;
        let (text, _) = copied(act(&mut model, Action::CopyReference));
        let beginning = r"diptych '/books/it'\''s here.txt' ashe-1801:digest --at 1,";
        assert!(text.starts_with(beginning), "{text}");
    }

    #[test]
    fn a_text_that_no_command_can_name_is_said_and_nothing_is_copied() {
        for (path, why) in [(None, "standard input"), (Some("a\u{1b}[201~\n.txt"), "control characters")] {
            let mut model = model();
            model.pair.texts[0].path = path.map(Into::into);
            assert_eq!(act(&mut model, Action::CopyReference), None);
            let said = model.message.unwrap();
            assert!(said.contains(why) && !said.contains(char::is_control), "{said}");
        }
    }

    #[test]
    fn words_that_a_shell_would_take_apart_are_quoted() {
        for (word, expected) in [
            ("stalin-1924:digest", "stalin-1924:digest"),
            ("", "''"),
            ("two words", "'two words'"),
            ("$(rm)", "'$(rm)'"),
            ("it's", r"'it'\''s'"),
            ("~", "'~'"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
