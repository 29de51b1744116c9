//! How a passage is cited, and how a text is named in a command that comes back to it.

use std::path::Path;

use super::pair::Pair;
use super::{Form, Text};
use crate::document::Passage;
use crate::topics::definitions;

impl Text {
    /// The citation of a passage: `J. Stalin, Foundations of Leninism, IV (1924), ¶ 46, p. 49`. A digest is
    /// called one at the end: its words are not the author's; nor may those of a copy be, where it differs from the work. `apart` is what tells the text from another that
    /// reads alike (`… ¶ 46, p. 49 (scan.txt)`).
    #[must_use]
    pub fn citation(&self, passage: &Passage, apart: Option<&str>) -> String {
        let author = self.author().map_or_else(String::new, |author| format!("{author}, "));
        let year = self.year().map_or_else(String::new, |year| format!(" ({year})"));
        let kind = || passage.kind.name().replace('-', " ");
        let place = passage.cited().map_or_else(kind, |number| format!("¶ {number}"));
        let form = match self.form {
            Form::Digest => " (digest)",
            Form::Original if passage.is_altered => " (in a copy that differs here)",
            Form::Original | Form::File => "",
        };
        let apart = apart.map_or_else(String::new, |apart| format!(" ({apart})"));
        plain(&format!("{author}{}{year}, {place}{}{form}{apart}", self.short_title(), pages(passage)))
    }

    /// The text as an argument of a command, quoted for a shell. What the library has goes by its name, which is
    /// the same on other machines; a file by its whole path (a relative one begins in `folder`), since the
    /// command is to work from any folder.
    ///
    /// # Errors
    /// Where no command can name it: why, fit to be shown.
    pub fn argument(&self, folder: &Path) -> Result<String, String> {
        let name = match (self.form, &self.path) {
            (Form::Digest, _) => self.name(),
            (Form::Original, _) if self.named => self.name(),
            (Form::Original | Form::File, Some(path)) => {
                let path = folder.join(path);
                let why = || "the name of the file is not in UTF-8: no command can be copied";
                path.to_str().ok_or_else(why)?.to_owned()
            }
            (Form::Original | Form::File, None) => {
                return Err("read from standard input: no command comes back to it".to_owned());
            }
        };
        if name.contains(char::is_control) {
            return Err("the name of the file holds control characters: no command can be copied".to_owned());
        }
        Ok(quoted(&name))
    }
}

impl Pair {
    /// The command that opens both texts at their ¶ numbers under a topic (by index), for a shell in any
    /// folder; relative paths begin in `folder`.
    ///
    /// # Errors
    /// Where no command can name one of the texts: which, and why, fit to be shown.
    pub fn command(
        &self,
        folder: &Path,
        places: [Option<u32>; 2],
        topic: Option<usize>,
    ) -> Result<String, String> {
        let argument = |side: usize| {
            let argument = self.texts[side].argument(folder);
            argument.map_err(|why| format!("{}: {why}", ["A", "B"][side]))
        };
        let mut command = format!("diptych {} {}", argument(0)?, argument(1)?);
        let at = places.map(|number| number.map_or_else(String::new, |number| number.to_string())).join(",");
        let at = at.trim_end_matches(',');
        if !at.is_empty() {
            command = format!("{command} --at {at}");
        }
        if let Some(topic) = topic.and_then(|topic| self.topics.get(topic)) {
            // One of the reader's own goes along: elsewhere nobody knows it.
            if let Some(line) = definitions::line(topic) {
                command = format!("{command} --topic-words {}", quoted(&plain(&line)));
            }
            command = format!("{command} --topic {}", quoted(&plain(&topic.id)));
        }
        Ok(command)
    }
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
    text.chars().filter(|&c| !c.is_control()).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Edition, Kind, PageBreak};
    use crate::library::testing::ashe;

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
            work: Some(ashe()),
            form,
            named: false,
            path: None,
            content_hash: String::new(),
            copy: None,
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
            (
                &original,
                Passage { is_altered: true, ..passage(Some(46), Some("49"), vec![]) },
                "N. Ashe, On Harbours (1801), ¶ 46, p. 49 (in a copy that differs here)",
            ),
            (&original, heading, "N. Ashe, On Harbours (1801), front matter"),
            (&digest, passage(Some(1), None, vec![]), "N. Ashe, On Harbours (1801), ¶ 1 (digest)"),
            (&file, passage(Some(1), None, vec![]), "odd.txt, ¶ 1"),
        ] {
            assert_eq!(text.citation(&passage, None), expected);
        }
        let cited = original.citation(&passage(Some(4), None, vec![]), Some("scan.txt"));
        assert_eq!(cited, "N. Ashe, On Harbours (1801), ¶ 4 (scan.txt)");
    }

    #[test]
    fn what_the_library_has_is_named_and_a_file_goes_by_its_path() {
        let text = |form, named, path: &str| Text {
            work: Some(ashe()),
            form,
            named,
            path: Some(path.into()),
            content_hash: String::new(),
            copy: None,
            edition: Edition::default(),
        };
        for (form, named, path, expected) in [
            (Form::Digest, false, "ashe.md", "ashe-1801:digest"),
            (Form::Original, true, "/library/ashe-1801.txt", "ashe-1801:original"),
            (Form::Original, false, "ashe.txt", "/books/ashe.txt"),
            (Form::File, false, "/else where/ashe.txt", "'/else where/ashe.txt'"),
        ] {
            assert_eq!(text(form, named, path).argument(Path::new("/books")).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn a_command_leaves_out_what_is_not_there_and_quotes_the_topic() {
        let mut pair = crate::reader::fixture::pair();
        pair.topics[0].id = "two words\u{1b}".to_owned();
        pair.topics.push(definitions::typed("The peace: treaty + signed,war").unwrap());
        for (places, topic, expected) in [
            ([Some(1), Some(2)], Some(1), "diptych /x/a.txt /x/b.txt --at 1,2 --topic party"),
            ([None, Some(2)], Some(0), "diptych /x/a.txt /x/b.txt --at ,2 --topic 'two words'"),
            ([Some(1), None], Some(9), "diptych /x/a.txt /x/b.txt --at 1"),
            ([None, None], None, "diptych /x/a.txt /x/b.txt"),
            (
                [None, None],
                Some(2),
                "diptych /x/a.txt /x/b.txt --topic-words 'The peace: treaty + signed, war' --topic the-peace",
            ),
        ] {
            assert_eq!(pair.command(Path::new("/x"), places, topic).as_deref(), Ok(expected));
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
