//! Topics of the reader's own, typed while reading: `peace: treaty, armistice`. Both texts are indexed at once;
//! the lines are kept with the session.

use super::model::Model;
use crate::topics::definitions::{taken, typed};
use crate::topics::{Origin, Topic};

impl Model {
    /// Takes up a topic from the line that was typed, and goes to it; or says what the line lacks.
    pub fn take_topic(&mut self, line: &str) {
        if let Some(fault) = self.fault_of_topic(line) {
            self.message = Some(fault);
            return;
        }
        let Ok(topic) = typed(line) else { return };
        self.own_topics.retain(|own| typed(own).map_or(true, |own| own.id != topic.id));
        self.own_topics.push(line.trim().to_owned());
        self.topic_history.retain(|before| before != line.trim());
        self.topic_history.push(line.trim().to_owned());
        self.surroundings.given.retain(|id| *id != topic.id);
        let at = self.pair.add_topic(topic);
        self.topics_changed();
        self.go_to_topic(at);
        let [a, b] = self.pair.indexes.each_ref().map(|index| index.figure(at));
        let said = format!("{}: A {a}, B {b}", self.topic_name());
        self.message = Some(self.message.take().unwrap_or(said));
    }

    /// Why a line cannot be taken for a topic: what it lacks, or that the name is taken.
    #[must_use]
    pub fn fault_of_topic(&self, line: &str) -> Option<String> {
        match typed(line) {
            Ok(topic) => taken(&topic.name, &self.pair.topics),
            Err(error) => Some(error.to_string()),
        }
    }

    /// Indexes the texts that are open for the topics that were typed; for texts that came since.
    pub fn impose_topics(&mut self) {
        let given = &self.surroundings.given;
        let typed = self.own_topics.iter().filter_map(|line| typed(line).ok());
        for topic in typed.filter(|topic| !given.contains(&topic.id)) {
            self.pair.add_topic(topic);
        }
    }

    /// Drops a topic, by its index, if it was typed here.
    pub fn remove_topic(&mut self, at: usize) {
        let Some(topic) = self.pair.topics.get(at) else { return };
        let name = topic.name.clone();
        // Not by its id: where one that ships has the same, it bears another.
        let is_it = |line: &String| typed(line).is_ok_and(|own| is_named(topic, &own.name));
        if topic.origin != Origin::Reader || !self.own_topics.iter().any(is_it) {
            self.message = Some(match topic.origin {
                Origin::Reader => format!("{name} stands in config.toml, or was given on the command line"),
                Origin::Curated | Origin::Automatic => format!("{name} is none of yours"),
            });
            return;
        }
        let left = self.own_topics.iter().filter(|line| !is_it(line)).cloned().collect();
        self.own_topics = left;
        self.pair.remove_topic(at);
        self.decisions.retain(|decision| decision.topic != Some(at));
        (self.joined_last, self.parted_last) = (None, None);
        for decision in &mut self.decisions {
            decision.topic = decision.topic.map(|topic| if topic > at { topic - 1 } else { topic });
        }
        self.topic = match self.topic {
            Some(topic) if topic == at => self.pair.first_topic(),
            Some(topic) if topic > at => Some(topic - 1),
            topic => topic,
        };
        self.topics_changed();
        self.message = Some(format!("{name} is removed"));
    }

    /// What rests on the links and topics of the pair is made anew.
    fn topics_changed(&mut self) {
        self.link = None;
        self.impose_decisions();
        self.link = self.link_on_screen();
        self.pin_here(self.rest_of_link());
    }
}

/// Whether a topic bears a name, case apart.
fn is_named(topic: &Topic, name: &str) -> bool {
    topic.name.to_lowercase() == name.to_lowercase()
}

/// What a list says of a topic: its definition, or whose it is and by which words it is found.
#[must_use]
pub fn described(topic: &Topic) -> String {
    match topic.origin {
        Origin::Reader => {
            let words: Vec<&str> = topic.terms.iter().map(|term| term.words.as_str()).collect();
            let definition = Some(topic.definition.trim()).filter(|definition| !definition.is_empty());
            format!("Yours. {}", definition.map_or_else(|| words.join(", "), str::to_owned))
        }
        Origin::Curated | Origin::Automatic => topic.definition.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::reader::model::{Options, Surroundings};

    fn model() -> Model {
        let mut model = Model::new(fixture::pair(), Options::default(), Surroundings::default());
        model.size = (100, 30);
        model
    }

    #[test]
    fn a_typed_topic_is_indexed_in_both_texts_and_gone_to() {
        let mut model = model();
        let before = model.pair.topics.len();
        model.take_topic("seventh: a7w0, b7w1");
        assert_eq!((model.topic, model.pair.topics.len()), (Some(before), before + 1));
        let found = [0, 1].map(|side| model.pair.indexes[side].entries(before).len());
        assert!(found.iter().any(|&count| count > 0), "{found:?} {:?}", model.message);
        assert!(described(&model.pair.topics[before]).starts_with("Yours. a7w0"));
        model.take_topic("Seventh: a8w0");
        assert_eq!(model.pair.topics.len(), before + 1, "the same name again replaces it");
        assert_eq!(model.own_topics, ["Seventh: a8w0"]);
    }

    #[test]
    fn a_typed_topic_can_be_removed_and_others_cannot() {
        let mut model = model();
        let before = model.pair.clone();
        model.take_topic("seventh: a7w0");
        model.remove_topic(0);
        assert!(model.message.as_deref().unwrap().contains("none of yours"));
        model.remove_topic(before.topics.len());
        assert_eq!(model.pair.topics, before.topics);
        assert_eq!(model.pair.links, before.links);
        assert!(model.own_topics.is_empty() && model.topic < Some(before.topics.len()));
    }

    #[test]
    fn a_line_without_words_is_explained() {
        let mut model = model();
        model.take_topic("seventh");
        assert!(model.message.as_deref().unwrap().contains("a colon"));
        assert!(model.own_topics.is_empty());
    }

    #[test]
    fn typed_topics_are_kept_and_taken_up_again() {
        let mut first = model();
        first.take_topic("seventh: a7w0");
        let kept = first.remember();
        let mut second = model();
        second.take_up(&kept);
        assert_eq!(second.pair.topics.last().unwrap().name, "seventh");
        assert_eq!(second.topic, first.topic);
    }

    #[test]
    fn the_name_of_a_topic_that_ships_is_taken_and_its_hidden_id_is_not() {
        let mut model = model();
        model.pair.topics[1].id = "state".to_owned();
        let before = model.pair.topics.len();
        model.take_topic("Councils: a7w0");
        assert_eq!(
            model.message.as_deref(),
            Some("`councils` is a topic of this program: give yours another name")
        );
        assert!(model.own_topics.is_empty());
        model.take_topic("state: a7w0");
        assert_eq!((model.topic, model.topic_name()), (Some(before), "state"));
        model.remove_topic(before);
        assert_eq!(model.message.as_deref(), Some("state is removed"));
        assert!(model.own_topics.is_empty() && model.pair.topics.len() == before);
    }
}
