//! `config.toml`: what a reader sets once. Each mistake is said with its place and costs that setting alone.
//!
//! Knows neither the disk nor the environment.

pub mod terminal;

pub use terminal::{Cursor, TerminalSettings};

use crate::report::table::Document;
use crate::report::{Examination, Problem};
use crate::topics::{Topic, definitions};

/// The tables of the file.
const TABLES: [&str; 2] = ["terminal", "topic"];

/// What the file sets; the defaults where it says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// `[terminal]`.
    pub terminal: TerminalSettings,
    /// `[[topic]]`: topics of the reader's own.
    pub topics: Vec<Topic>,
}

impl Config {
    /// The settings in the text of a file, and all that is wrong in it; `path` is how its reader knows it, and
    /// `ships` are the topics that it may not define anew.
    #[must_use]
    pub fn read(source: &str, path: &str, ships: &[Topic]) -> (Self, Vec<Problem>) {
        let mut examination = Examination::new(path, source);
        let document = Document::parse(&mut examination);
        let fields = document.fields();
        fields.only(&mut examination, &TABLES);
        let terminal = fields.optional_table(&mut examination, "terminal");
        let terminal = terminal
            .map_or_else(TerminalSettings::default, |table| TerminalSettings::read(table, &mut examination));
        let topics = definitions::own(&mut examination, &fields, ships);
        (Self { terminal, topics }, examination.into_problems())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::Origin;

    #[test]
    fn an_empty_file_sets_nothing() {
        for source in ["", "[terminal]\n"] {
            assert_eq!(Config::read(source, "config.toml", &[]), (Config::default(), Vec::new()));
        }
    }

    #[test]
    fn every_mistake_is_said_at_once_and_costs_its_setting_alone() {
        let source = "[terminal]\nmouse = true\ncolors = \"many\"\ncurser = \"reader\"\n[windows]\n";
        let (config, problems) = Config::read(source, "config.toml", &[]);
        assert!(config.terminal.mouse);
        assert_eq!(config.terminal.colors, None);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].starts_with("config.toml:3:10: unknown `colors` value `many`"), "{said:?}");
        assert!(said[1].contains("did you mean `cursor`?"), "{said:?}");
        assert!(said[2].starts_with("config.toml:5:2: unknown key `windows`"), "{said:?}");
    }

    #[test]
    fn a_topic_that_ships_is_not_defined_anew_by_id_or_name_and_the_others_stand() {
        let ships = definitions::typed("state capitalism: state capitalism").unwrap();
        let ships = Topic { origin: Origin::Curated, ..ships };
        let topic = |lines: &str| format!("[[topic]]\n{lines}\nterms = [\"mill\"]\n");
        let source = [
            topic("name = \"State  Capitalism\""),
            topic("name = \"mills\"\nid = \"state-capitalism\""),
            topic("name = \"State  Capitalism\"\nid = \"mine\""),
            topic("name = \"mills\""),
        ];
        let (config, problems) = Config::read(&source.concat(), "config.toml", &[ships]);
        assert_eq!(config.topics.iter().map(|topic| topic.id.as_str()).collect::<Vec<_>>(), ["mills"]);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        for (said, line) in said.iter().zip([2, 6, 9]) {
            assert!(said.starts_with(&format!("config.toml:{line}:")), "{said}");
            assert!(
                said.contains("`state capitalism` (id `state-capitalism`) is a topic of this program"),
                "{said}"
            );
        }
        assert_eq!(said.len(), 3, "{said:?}");
    }

    #[test]
    fn a_mistake_is_one_problem_and_a_number_is_near_no_other() {
        let said = |source: &str| Config::read(source, "c.toml", &[]).1;
        let [one] = &said("[[topic]]\nname = \"war\"\nterms = \"war\"\n")[..] else { panic!("not one") };
        assert!(one.to_string().contains("`terms` wants a list, not a string"), "{one}");
        let [one] = &said("[terminal]\nambiguous-width = 7\n")[..] else { panic!("not one") };
        assert!(!one.to_string().contains("did you mean"), "{one}");
    }
}
