//! What the reader is looking at: two texts, their tops, the topic, the sync, and what lies over them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::action::Action;
use super::decisions::Joining;
use super::differences::Stop;
use super::hunt::Hunt;
use super::jumps::{Jumps, View};
use super::link_tables::LinkTables;
use super::linked::Sync;
use super::memory::Unplaced;
use super::overlay::Overlay;
use super::search::Search;
use super::sync::Side;
use super::{spoken, variants};
use crate::document::{Anchor, Edition, Kind};
use crate::layout::Setting;
use crate::layout::flow::Flow;
use crate::layout::split::{Arrangement, Screen, Wish, split};
use crate::layout::width::typewritten;
use crate::library::pair::Pair;
use crate::links::decisions::Decided;

/// One pane: the place of its first row, and its rows as they are needed.
#[derive(Debug, Default)]
pub struct Pane {
    /// The first words on the screen; also the reader's line.
    pub top: Anchor,
    /// The rows of its text.
    pub flow: Flow,
}

/// The least and the most cells to which the reader can set the longest line.
pub const MEASURES: [u16; 2] = [20, 200];

/// How the texts are shown.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch that the reader turns by itself")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The longest line of words, in cells.
    pub measure: u16,
    /// How the panes stand to each other.
    pub arrangement: Arrangement,
    /// The colours.
    pub theme: Theme,
    /// How many colours the terminal has.
    pub palette: Palette,
    /// Whether the locale has no UTF-8.
    pub ascii: bool,
    /// Whether passages are numbered.
    pub numbers: bool,
    /// Whether apparatus is shown.
    pub apparatus: bool,
    /// Whether the words in which two editions differ are marked.
    pub variants: bool,
    /// Whether passages that belong together begin on the same row.
    pub level: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            measure: 72,
            arrangement: Arrangement::Auto,
            theme: Theme::Dark,
            palette: Palette::Sixteen,
            ascii: false,
            numbers: true,
            apparatus: false,
            variants: true,
            level: false,
        }
    }
}

/// How many colours a terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// None, or none are wanted: weight, underline and reverse alone.
    None,
    /// Sixteen of the terminal's own choice.
    Sixteen,
    /// Those, and 240 more that are the same in every terminal.
    Indexed,
    /// Any colour.
    Rgb,
}

/// The colours of a ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// For a dark ground.
    Dark,
    /// For a light ground.
    Light,
    /// No colours: weight, underline and reverse alone.
    Plain,
}

impl Theme {
    /// The name kept between runs and shown.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Plain => "plain",
        }
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Plain,
            Self::Plain => Self::Dark,
        }
    }
}

/// What the reader has to know of the keymap, the library and the disk to speak of them; plain words.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The keys by section: heading, then (keys, what they do).
    pub help: Vec<(String, Vec<(String, String)>)>,
    /// The first key of an action in reading, for hints.
    pub keys: BTreeMap<Action, String>,
    /// Problems of the keymap and other things found on starting.
    pub problems: Vec<String>,
    /// The folder in which relative paths begin; empty where it is not known.
    pub folder: PathBuf,
    /// Identifiers of topics that the command line defines: they go before those typed in an earlier reading.
    pub given: Vec<String>,
    /// Whether what the reader does is kept for the next reading.
    pub is_kept: bool,
}

impl Default for Surroundings {
    fn default() -> Self {
        Self {
            help: Vec::new(),
            keys: BTreeMap::new(),
            problems: Vec::new(),
            folder: PathBuf::new(),
            given: Vec::new(),
            is_kept: true,
        }
    }
}

/// The whole state of a reading.
#[derive(Debug)]
pub struct Model {
    /// The texts, their indexes and links.
    pub pair: Pair,
    /// Left and right.
    pub panes: [Pane; 2],
    /// The pane that has the keys.
    pub focus: usize,
    /// Cells across and down.
    pub size: (u16, u16),
    /// How the texts are shown.
    pub options: Options,
    /// The topic, by index; none where the two texts share none, and where two forms of one work are read without.
    pub topic: Option<usize>,
    /// Identifier of the topic that was chosen while the texts were taken for what they are not taken for now.
    pub topic_aside: Option<String>,
    /// The link that both panes were last brought to under this topic, by index.
    pub link: Option<usize>,
    /// The one from which the walk through the links of the topic goes on, where the link above is of another.
    pub(super) stepped: Option<usize>,
    /// Where the walk through the differences stopped last: the side, its first row then, and what it stopped at.
    pub(super) difference: Option<(usize, Anchor, Stop)>,
    /// Linked scrolling.
    pub sync: Sync,
    /// What the reader decided about links.
    pub decisions: Vec<Decided>,
    /// What the reader joined last.
    pub joined_last: Option<Joining>,
    /// What the reader parted with the last key.
    pub parted_last: Option<Decided>,
    /// What was kept of places whose words are gone.
    pub unplaced: Unplaced,
    /// Topics that the reader typed, each as it was typed.
    pub own_topics: Vec<String>,
    /// The links by passage and topic.
    pub tables: LinkTables,
    /// Where two editions differ.
    pub variants: variants::Kept,
    /// The words of the topic in passages that were on the screen.
    pub spoken: spoken::Kept,
    /// What lies over the texts.
    pub overlay: Overlay,
    /// What is searched for.
    pub search: Search,
    /// A search to be done beside the reading, for whoever runs it to take; `None` once it is taken.
    pub hunt: Option<Hunt>,
    /// Queries entered before, oldest first.
    pub history: Vec<String>,
    /// Topics that were typed, oldest first, those removed again among them.
    pub(super) topic_history: Vec<String>,
    /// Where the reader was.
    pub jumps: Jumps,
    /// The jumps in pairs that were open before, by the hashes of their texts.
    pub(super) jumps_aside: BTreeMap<[String; 2], Jumps>,
    /// Places with a letter.
    pub marks: BTreeMap<char, [Anchor; 2]>,
    /// What the last action has to say.
    pub message: Option<String>,
    /// Whether the reader stopped what was computed of the two texts.
    pub is_stopped: bool,
    /// What is computed beside the reading, and how far it is; `None` where nothing is.
    pub progress: Option<String>,
    /// The keys of an unfinished sequence.
    pub pending: String,
    /// The keys that may follow them, each with what it does.
    pub following: Vec<(String, String)>,
    /// What lies around.
    pub surroundings: Surroundings,
}

impl Model {
    /// A reading of a pair from the start of both texts, scrolling linked.
    #[must_use]
    pub fn new(pair: Pair, options: Options, surroundings: Surroundings) -> Self {
        let topic = pair.first_topic();
        let mut model = Self {
            pair,
            panes: [Pane::default(), Pane::default()],
            focus: 0,
            size: (0, 0),
            options,
            topic,
            topic_aside: None,
            link: None,
            stepped: None,
            difference: None,
            sync: Sync::linked(),
            decisions: Vec::new(),
            joined_last: None,
            parted_last: None,
            unplaced: Unplaced::default(),
            own_topics: Vec::new(),
            tables: LinkTables::default(),
            variants: variants::Kept::default(),
            spoken: spoken::Kept::default(),
            overlay: Overlay::None,
            search: Search::default(),
            hunt: None,
            history: Vec::new(),
            topic_history: Vec::new(),
            jumps: Jumps::default(),
            jumps_aside: BTreeMap::new(),
            marks: BTreeMap::new(),
            message: None,
            is_stopped: false,
            progress: None,
            pending: String::new(),
            following: Vec::new(),
            surroundings,
        };
        for side in [0, 1] {
            model.panes[side].top = model.settled(side, Anchor::default());
        }
        model.rechain();
        model
    }

    /// The screen, split.
    #[must_use]
    pub fn screen(&self) -> Screen {
        let largest = self.editions().map(Edition::largest_number).into_iter().max().unwrap_or(0);
        let digits = largest.checked_ilog10().map_or(1, |n| n as u16 + 1).max(3);
        split(Wish {
            size: self.size,
            arrangement: self.options.arrangement,
            measure: self.options.measure,
            number_columns: if self.options.numbers { digits } else { 0 },
            index_cells: u16::try_from(self.pair.topics.len() + 1).unwrap_or(u16::MAX),
            index_shown: u16::try_from(self.topics_in_view().count() + 1).unwrap_or(u16::MAX),
            focus: self.focus,
        })
    }

    /// The topics of the index that is always in view: all while the list of topics is open, else the chosen one and those
    /// that the pair is read by.
    pub fn topics_in_view(&self) -> impl Iterator<Item = usize> {
        let all = self.overlay.lists_topics();
        let is_shown = move |&topic: &usize| all || self.topic == Some(topic) || self.pair.is_read_by(topic);
        (0..self.pair.topics.len()).filter(is_shown)
    }

    /// The two editions.
    #[must_use]
    pub fn editions(&self) -> [&Edition; 2] {
        [&self.pair.texts[0].edition, &self.pair.texts[1].edition]
    }

    /// What the rows of a side depend on. A pane that is not shown is laid out like the one that is.
    #[must_use]
    pub fn setting(&self, side: usize) -> Setting {
        let screen = self.screen();
        let pane = screen.panes[side].or(screen.panes[1 - side]).unwrap_or_default();
        let columns = pane.text.columns;
        Setting { columns, ascii: self.options.ascii, apparatus: self.options.apparatus }
    }

    /// Rows of words that a side shows.
    #[must_use]
    pub fn height(&self, side: usize) -> u16 {
        let screen = self.screen();
        screen.panes[side].or(screen.panes[1 - side]).unwrap_or_default().text.rows
    }

    /// A side as the layout walks it.
    #[must_use]
    pub fn side(&self, side: usize) -> Side<'_> {
        Side { edition: self.editions()[side], flow: &self.panes[side].flow, setting: self.setting(side) }
    }

    /// The tops of both panes.
    #[must_use]
    pub fn tops(&self) -> [Anchor; 2] {
        [self.panes[0].top, self.panes[1].top]
    }

    /// The view as the jump list keeps it.
    #[must_use]
    pub fn view(&self) -> View {
        View { tops: self.tops(), focus: self.focus, topic: self.topic, link: self.link }
    }

    /// The passage at the reader's line: the first one at the top of a side that has words there.
    #[must_use]
    pub fn current(&self, side: usize) -> usize {
        self.passage_at(side, self.panes[side].top)
    }

    /// The passage of a row of a side; of the row below, where it is a gap.
    #[must_use]
    pub fn passage_at(&self, side: usize, row: Anchor) -> usize {
        // Nearly always the row has words: then nothing needs to be laid out.
        let edition = self.editions()[side];
        let passage = edition.nearest(row.passage).filter(|&nearest| nearest == row.passage);
        if passage.and_then(|passage| edition.get(passage)).is_some_and(|passage| {
            row.byte < passage.text.len() && (passage.kind != Kind::Apparatus || self.options.apparatus)
        }) {
            return row.passage;
        }
        let Side { edition, flow, setting } = self.side(side);
        let visible = flow.visible(edition, row, 2, setting);
        visible.iter().find(|v| !v.row.gap).map_or(row.passage, |v| v.passage)
    }

    /// The printed page at the reader's line; of two that meet there the one that begins, which is named beside it.
    #[must_use]
    pub fn page_here(&self, side: usize) -> Option<&str> {
        let Side { edition, flow, setting } = self.side(side);
        let (current, top) = (self.current(side), self.panes[side].top);
        let passage = edition.get(current)?;
        let byte = if top.passage == current { top.byte } else { 0 };
        if passage.page_breaks.is_empty() {
            return passage.page_at(byte);
        }
        let rows = flow.rows(edition, current, setting);
        let row = rows.iter().find(|row| row.bytes.contains(&byte));
        passage.page_at(row.map_or(byte, |row| row.bytes.end - 1))
    }

    /// The nearest anchor at the start of a row that is shown.
    #[must_use]
    pub fn settled(&self, side: usize, anchor: Anchor) -> Anchor {
        let Side { edition, flow, setting } = self.side(side);
        flow.row_start(edition, anchor, setting)
    }

    /// The key of an action, for hints.
    #[must_use]
    pub fn key(&self, action: Action) -> &str {
        self.surroundings.keys.get(&action).map_or("", String::as_str)
    }

    /// What stands before the number of a passage.
    #[must_use]
    pub fn sign_of_passages(&self) -> &'static str {
        typewritten('¶').filter(|_| self.options.ascii).unwrap_or("¶")
    }

    /// How a passage is cited: `¶ 12`, or its kind where it has no number.
    #[must_use]
    pub fn reference(&self, side: usize, passage: usize) -> String {
        match self.editions()[side].get(passage) {
            Some(found) => match found.cited() {
                Some(number) => format!("{} {number}", self.sign_of_passages()),
                None => found.kind.name().replace('-', " "),
            },
            None => "-".to_owned(),
        }
    }
}
