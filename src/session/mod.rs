//! What is kept between runs: places, topic, sync, sizes and decisions for each pair of texts. Knows no screen.

pub mod place;
pub mod sketch;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use place::Place;

/// The version of the state file that this program writes.
pub const VERSION: u32 = 1;

/// What is kept of a pair of texts, left before right in every array.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Session {
    /// Version of the file's form; a file of a later version is kept aside, not guessed at.
    pub version: u32,
    /// The top of each pane.
    pub places: [Place; 2],
    /// The pane that has the keys: 0 left, 1 right.
    pub focus: usize,
    /// Identifier of the chosen topic.
    pub topic: Option<String>,
    /// Whether the two texts scroll together.
    pub sync: Sync,
    /// The link by which they are tied, where one was gone to.
    pub link: Option<KeptLink>,
    /// Places that the reader said belong together.
    pub anchors: Vec<[Place; 2]>,
    /// What the reader said that the two texts are, where the reader did.
    pub told: Option<Told>,
    /// Topics of the reader's own, each as it was typed.
    pub topics: Vec<String>,
    /// What the reader decided about links.
    pub decisions: Vec<Decision>,
    /// Marks set with a letter, on both texts at once.
    pub marks: BTreeMap<char, [Place; 2]>,
    /// Widest line of text, in columns.
    pub measure: u16,
    /// Whether passages that belong together begin on the same row.
    pub level: bool,
    /// How the panes stand, where the reader chose it.
    pub layout: Option<Layout>,
    /// Colours, where the reader chose them.
    pub theme: Option<Theme>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            version: VERSION,
            places: Default::default(),
            focus: 0,
            topic: None,
            sync: Sync::default(),
            link: None,
            anchors: Vec::new(),
            told: None,
            topics: Vec::new(),
            decisions: Vec::new(),
            marks: BTreeMap::new(),
            measure: 72,
            level: false,
            layout: None,
            theme: None,
        }
    }
}

/// Whether the two texts scroll together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sync {
    /// The other text follows.
    #[default]
    Linked,
    /// Each text moves alone.
    Free,
}

/// What two texts are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// Two works, linked by topic.
    Works,
    /// One work in two forms, linked passage by passage.
    Parallel,
}

/// A link, by what it joins: it outlives the computation that proposed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptLink {
    /// Identifier of the topic under which it stands; `None` for a parallel link.
    pub topic: Option<String>,
    /// Where its passages begin, on the left and on the right.
    pub passages: [Vec<Place>; 2],
}

/// A link on which the reader decided. It outlives the computation that proposed the link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decision {
    /// Identifier of the topic under which the link stands; `None` for a parallel link.
    pub topic: Option<String>,
    /// Where its passages begin, on the left and on the right.
    pub passages: [Vec<Place>; 2],
    /// Whether the link holds.
    pub accepted: bool,
}

impl Decision {
    /// Whether two decisions are about the same link.
    #[must_use]
    pub fn is_on_link_of(&self, other: &Self) -> bool {
        self.topic == other.topic && self.passages == other.passages
    }
}

/// How the two panes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// Left and right.
    SideBySide,
    /// One above the other.
    Stacked,
    /// One alone.
    Single,
}

/// The colours of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// For a dark ground.
    Dark,
    /// For a light ground.
    Light,
    /// No colour at all.
    Plain,
}

/// The pair that was open last, as the command line would spell it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastPair {
    /// Version of the file's form.
    pub version: u32,
    /// Names of the left and the right text: `stalin-1924:digest`, or an absolute path.
    pub names: [String; 2],
}

impl Session {
    /// The same with left and right exchanged.
    #[must_use]
    pub fn flipped(mut self) -> Self {
        self.places.reverse();
        self.focus = 1 - self.focus.min(1);
        self.anchors.iter_mut().for_each(|pair| pair.reverse());
        self.link.iter_mut().for_each(|link| link.passages.reverse());
        self.decisions.iter_mut().for_each(|decision| decision.passages.reverse());
        self.marks.values_mut().for_each(|pair| pair.reverse());
        self
    }

    /// What to write when another reader of the same pair may have written since: each field that changed
    /// here since `base` was read is ours, all others are `theirs`. Marks count letter by letter and
    /// anchors and decisions one by one, so that neither reader loses what it added.
    #[must_use]
    pub fn merged(self, base: &Self, theirs: Self) -> Self {
        let ours = self;
        let mut marks = theirs.marks;
        for letter in base.marks.keys().chain(ours.marks.keys()) {
            if ours.marks.get(letter) == base.marks.get(letter) {
                continue;
            }
            match ours.marks.get(letter) {
                Some(places) => marks.insert(*letter, places.clone()),
                None => marks.remove(letter),
            };
        }
        let mut anchors = theirs.anchors;
        anchors.retain(|pair| ours.anchors.contains(pair) || !base.anchors.contains(pair));
        for pair in ours.anchors {
            if !base.anchors.contains(&pair) && !anchors.contains(&pair) {
                anchors.push(pair);
            }
        }
        let mut topics = theirs.topics;
        topics.retain(|topic| ours.topics.contains(topic) || !base.topics.contains(topic));
        for topic in ours.topics {
            if !base.topics.contains(&topic) && !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        let mut decisions = theirs.decisions;
        decisions.retain(|decision| ours.decisions.contains(decision) || !base.decisions.contains(decision));
        for decision in ours.decisions {
            if !base.decisions.contains(&decision) {
                decisions.retain(|other| !other.is_on_link_of(&decision));
                decisions.push(decision);
            }
        }
        Self {
            version: VERSION,
            told: changed(ours.told, &base.told, theirs.told),
            topics,
            decisions,
            places: changed(ours.places, &base.places, theirs.places),
            focus: changed(ours.focus, &base.focus, theirs.focus),
            topic: changed(ours.topic, &base.topic, theirs.topic),
            sync: changed(ours.sync, &base.sync, theirs.sync),
            link: changed(ours.link, &base.link, theirs.link),
            anchors,
            marks,
            measure: changed(ours.measure, &base.measure, theirs.measure),
            level: changed(ours.level, &base.level, theirs.level),
            layout: changed(ours.layout, &base.layout, theirs.layout),
            theme: changed(ours.theme, &base.theme, theirs.theme),
        }
    }
}

/// Ours where it changed since `base`, else theirs.
fn changed<T: PartialEq>(ours: T, base: &T, theirs: T) -> T {
    if ours == *base { theirs } else { ours }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(passage: usize) -> Place {
        Place { passage, ..Place::default() }
    }

    #[test]
    fn two_readers_keep_what_each_of_them_changed() {
        let mut base = Session::default();
        base.marks.insert('a', [at(1), at(1)]);
        base.anchors.push([at(1), at(2)]);
        let mut theirs = base.clone();
        theirs.marks.insert('b', [at(2), at(2)]);
        theirs.anchors.push([at(3), at(4)]);
        theirs.measure = 60;
        theirs.topic = Some("party".into());
        let mut ours = base.clone();
        ours.marks.remove(&'a');
        ours.marks.insert('c', [at(3), at(3)]);
        ours.anchors.clear();
        ours.anchors.push([at(5), at(6)]);
        ours.topic = Some("soviets".into());

        let merged = ours.merged(&base, theirs);
        assert_eq!(merged.marks.keys().collect::<String>(), "bc");
        assert_eq!(merged.anchors, [[at(3), at(4)], [at(5), at(6)]]);
        assert_eq!(merged.measure, 60);
        assert_eq!(merged.topic.as_deref(), Some("soviets"), "the last writer wins");
    }

    #[test]
    fn flipping_twice_changes_nothing() {
        let mut session = Session { places: [at(1), at(2)], focus: 1, ..Session::default() };
        session.marks.insert('a', [at(3), at(4)]);
        session.link = Some(KeptLink { topic: None, passages: [vec![at(5)], vec![at(6), at(7)]] });
        let flipped = session.clone().flipped();
        assert_eq!(flipped.places, [at(2), at(1)]);
        assert_eq!(flipped.focus, 0);
        assert_eq!(flipped.marks.get(&'a'), Some(&[at(4), at(3)]));
        assert_eq!(flipped.link.as_ref().unwrap().passages, [vec![at(6), at(7)], vec![at(5)]]);
        assert_eq!(flipped.flipped(), session);
    }

    #[test]
    fn a_file_of_an_older_program_lacks_fields_and_still_reads() {
        let session: Session = serde_json::from_str(r#"{"version": 1, "focus": 1}"#).unwrap();
        assert_eq!(session, Session { focus: 1, ..Session::default() });
    }
}
