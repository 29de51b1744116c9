//! What is copied: a passage in its own words with its citation, or the command that comes back to it.
//! Knows no clipboard.

use super::model::Model;
use super::update::Effect;

/// Passages that are looked through for one with a number.
const LOOKED_AT: usize = 2000;

impl Model {
    /// The passage at the reader's line, or so many from it on, each with its citation.
    #[must_use]
    pub fn copy_passages(&self, times: usize) -> Effect {
        let (side, edition) = (self.focus, self.editions()[self.focus]);
        let here = edition.nearest(self.current(side));
        let passages = std::iter::successors(here, |at| edition.after(*at)).take(times.min(LOOKED_AT));
        let passages: Vec<usize> = passages.collect();
        let text: Vec<String> = passages.iter().map(|&passage| self.quotation(side, passage)).collect();
        let what = format!("{} {}", ["A", "B"][side], self.references(side, &passages));
        Effect::Copy { text: text.join("\n"), what }
    }

    /// The passages of both texts, left first, each with its citation: all that the link between them joins.
    #[must_use]
    pub fn copy_both(&self) -> Effect {
        let here = [0, 1].map(|side| self.current(side));
        let link = self.link_between(here).map(|(_, link)| link);
        let passages =
            [0, 1].map(|side| link.map_or_else(|| vec![here[side]], |link| link.passages[side].clone()));
        let quoted = |side: usize| passages[side].iter().map(move |&passage| self.quotation(side, passage));
        let text: Vec<String> = quoted(0).chain(quoted(1)).collect();
        let [a, b] =
            [0, 1].map(|side| format!("{} {}", ["A", "B"][side], self.references(side, &passages[side])));
        // What stands side by side by chance is not to be quoted as a pair unawares.
        let joined = if link.is_some() || self.is_bound() { "" } else { " (no link joins them)" };
        Effect::Copy { text: text.join("\n"), what: format!("{a} and {b}{joined}") }
    }

    /// The command that opens both texts where they stand, under the topic; a message where a text has no
    /// name that a command line could carry.
    pub fn copy_reference(&mut self) -> Option<Effect> {
        let places = [0, 1].map(|side| self.number_here(side));
        match self.pair.command(&self.surroundings.folder, places, self.topic) {
            Ok(text) => Some(Effect::Copy { text, what: "the command for this place".to_owned() }),
            Err(problem) => {
                self.message = Some(problem);
                None
            }
        }
    }

    /// The words of a passage, and its citation below them. Notes stay out.
    fn quotation(&self, side: usize, passage: usize) -> String {
        let text = &self.pair.texts[side];
        let Some(passage) = text.edition.get(passage) else { return String::new() };
        format!("{}\n{}\n", passage.text, text.citation(passage, self.pair.told_apart(side).as_deref()))
    }

    /// The ¶ number at the reader's line of a side, or of the next passage that has one, else the last.
    fn number_here(&self, side: usize) -> Option<u32> {
        let edition = self.editions()[side];
        let here = edition.nearest(self.current(side));
        let number = |at: usize| edition.get(at)?.number;
        let after = std::iter::successors(here, |at| edition.after(*at)).take(LOOKED_AT).find_map(number);
        let before =
            || std::iter::successors(here, |at| edition.before(*at)).take(LOOKED_AT).find_map(number);
        after.or_else(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn so_many_passages_are_copied_as_the_count_says_each_with_its_citation() {
        let mut model = model();
        let (text, what) = copied(update(
            &mut model,
            Event::Act { action: Action::CopyPassage, count: Some(3), letter: None },
        ));
        let cited: Vec<&str> = text.lines().filter(|line| line.starts_with("a.txt")).collect();
        assert_eq!(cited, ["a.txt, ¶ 12", "a.txt, ¶ 13", "a.txt, ¶ 14"]);
        assert_eq!(what, "A ¶ 12-14");
        let rest = Event::Act { action: Action::CopyPassage, count: Some(999), letter: None };
        assert_eq!(copied(update(&mut model, rest)).1, "A ¶ 12-40");
    }

    #[test]
    fn both_passages_are_copied_left_first_whichever_has_the_keys() {
        let mut model = model();
        act(&mut model, Action::FocusRight);
        let (text, what) = copied(act(&mut model, Action::CopyBoth));
        let [a, b] = ["\na.txt, ¶ 13\n\nb25w0 ", "\nb.txt, ¶ 25\n"];
        assert!(text.starts_with("a12w0 ") && text.contains(a) && text.ends_with(b), "{text}");
        assert_eq!(what, "A ¶ 12-13 and B ¶ 25");
        model.sync.linked = false;
        act(&mut model, Action::PassageNext);
        assert_eq!(copied(act(&mut model, Action::CopyBoth)).1, "A ¶ 12 and B ¶ 26 (no link joins them)");
        act(&mut model, Action::Bind);
        assert_eq!(copied(act(&mut model, Action::CopyBoth)).1, "A ¶ 12 and B ¶ 26");
    }

    #[test]
    fn the_command_names_texts_places_and_topic_for_any_folder() {
        let mut model = model();
        let (text, _) = copied(act(&mut model, Action::CopyReference));
        assert_eq!(text, "diptych /books/a.txt /books/b.txt --at 12,25 --topic councils");
        // At a heading the next passage that has a number stands for it.
        act(&mut model, Action::Top);
        model.pair.texts[0].path = Some("it's here.txt".into());
        let (text, _) = copied(act(&mut model, Action::CopyReference));
        let beginning = r"diptych '/books/it'\''s here.txt' /books/b.txt --at 1,";
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
}
