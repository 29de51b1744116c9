//! The lists: what stands in each, and what choosing a row does.

use super::action::Action;
use super::model::Model;
use super::overlay::{Choice, List, ListKind, ListRow, Overlay, Pager, PagerLine};
use super::own_topics::described;
use super::update::Effect;
use crate::document::{Anchor, Kind};
use crate::layout::width::clip;
use crate::links::{Relation, Status};

/// Cells of the words by which a section without a heading is known.
const BEGINNING: u16 = 48;

impl Model {
    /// Opens the topic index at the topic.
    pub fn open_topics(&mut self) {
        let row = |(index, topic): (usize, &crate::topics::Topic)| ListRow {
            text: topic.name.clone(),
            detail: described(topic),
            choice: Choice::Topic(index),
        };
        let rows: Vec<ListRow> = self.pair.topics.iter().enumerate().map(row).collect();
        if rows.is_empty() {
            self.message = Some("no topics are defined".to_owned());
            return;
        }
        let mut list = List::new(ListKind::Topics, "Topics", rows);
        list.chosen = self.topic;
        self.overlay = Overlay::List(list);
    }

    /// Opens the links of the topic, best first, at the one in force.
    pub fn open_links(&mut self) {
        let mut links = self.links_of(self.topic);
        // At the end, for whoever changes their mind.
        let rejected = |&index: &usize| {
            let link = &self.pair.links[index];
            link.status == Status::Rejected && self.pair.is_on(link, self.topic)
        };
        links.extend((0..self.pair.links.len()).filter(rejected));
        let row = |&index: &usize| {
            let link = self.pair.links.get(index)?;
            let relation = link.decided().or(link.relation.map(Relation::words)).unwrap_or_default();
            let text = format!("{}  {}  {relation}", self.partners(link, 0), self.partners(link, 1));
            Some(ListRow { text, detail: link.reasons.join("; "), choice: Choice::Link(index) })
        };
        let rows: Vec<ListRow> = links.iter().filter_map(row).collect();
        if rows.is_empty() {
            self.message = Some(format!("{}: no link between the two", self.topic_name()));
            return;
        }
        let governing = self.governing_link().map(|(index, _)| index);
        let mut list = List::new(ListKind::Links, format!("Links: {}", self.topic_name()), rows);
        list.chosen = links.iter().position(|&link| Some(link) == governing).unwrap_or(0);
        self.overlay = Overlay::List(list);
    }

    /// Opens the headings of the focused text, each with the length of its section.
    pub fn open_contents(&mut self) {
        let edition = self.editions()[self.focus];
        if edition.windows().is_some() {
            let [next, before] =
                [Action::SectionNext, Action::SectionPrevious].map(|action| self.key(action));
            let step = format!("{next} and {before} step from heading to heading");
            self.message = Some(format!("a text of this size has no list of headings: {step}"));
            return;
        }
        let is_heading =
            |i: &usize| edition.get(*i).is_some_and(|p| matches!(p.kind, Kind::Heading | Kind::Break));
        let headings: Vec<usize> = (0..edition.passages().len()).filter(is_heading).collect();
        let ends = headings.iter().skip(1).copied().chain([edition.passages().len()]);
        let rows: Vec<ListRow> = headings
            .iter()
            .zip(ends)
            .filter_map(|(&heading, end)| {
                let passage = edition.get(heading)?;
                let section = edition.passages().get(heading..end)?;
                let first = section.iter().find_map(|p| p.number);
                let last = section.iter().rev().find_map(|p| p.numbers().last());
                let detail = match (first, last) {
                    (Some(first), Some(last)) => format!("{first}-{last}"),
                    _ => String::new(),
                };
                let indent = "  ".repeat(usize::from(passage.level.saturating_sub(1)));
                // A break has no words: its section is known by how it begins.
                let words = match passage.kind {
                    Kind::Break => {
                        section.get(1).map(|next| clip(&next.text, BEGINNING, self.options.ascii))?
                    }
                    Kind::Heading
                    | Kind::Paragraph
                    | Kind::Quotation
                    | Kind::ListItem
                    | Kind::VerseLine
                    | Kind::Dateline
                    | Kind::FrontMatter
                    | Kind::Apparatus => passage.text.clone(),
                };
                let choice = Choice::Place(Anchor::start_of(heading));
                Some(ListRow { text: format!("{indent}{words}"), detail, choice })
            })
            .collect();
        if rows.is_empty() {
            self.message = Some("this text has no headings".to_owned());
            return;
        }
        let here = self.current(self.focus);
        let mut list = List::new(ListKind::Contents, "Contents", rows);
        list.chosen = headings.iter().rposition(|&heading| heading <= here).unwrap_or(0);
        self.overlay = Overlay::List(list);
    }

    /// Opens what can be read in the focused pane: name and description of each.
    pub fn open_editions(&mut self, editions: &[(String, String)]) {
        let row = |(name, description): &(String, String)| ListRow {
            text: name.clone(),
            detail: description.clone(),
            choice: Choice::Open(name.clone()),
        };
        let mut rows: Vec<ListRow> = editions.iter().map(row).collect();
        let title = format!("Text for {}", ["A", "B"][self.focus]);
        let text = &self.pair.texts[self.focus];
        let shown = text.name();
        // A file from outside the library stands first, as what is open now.
        if text.path.is_some() && !rows.iter().any(|row| row.text == shown) {
            rows.insert(0, row(&(shown.clone(), "open now".to_owned())));
        }
        let mut list = List::new(ListKind::Editions, title, rows);
        list.chosen = list.rows.iter().position(|row| row.text == shown).unwrap_or(0);
        self.overlay = Overlay::List(list);
    }

    /// Opens the marks.
    pub fn open_marks(&mut self) {
        let row = |(&letter, places): (&char, &[Anchor; 2])| {
            let [a, b] = [0, 1].map(|side| self.reference(side, places[side].passage));
            ListRow {
                text: format!("{letter}   A {a}   B {b}"),
                detail: String::new(),
                choice: Choice::Mark(letter),
            }
        };
        let rows: Vec<ListRow> = self.marks.iter().map(row).collect();
        if rows.is_empty() {
            self.message = Some("no marks are set".to_owned());
            return;
        }
        self.overlay = Overlay::List(List::new(ListKind::Marks, "Marks", rows));
    }

    /// Does what the chosen row says and closes the list.
    pub fn choose(&mut self, list: &List) -> Option<Effect> {
        match list.chosen_row()?.choice.clone() {
            Choice::Topic(topic) => self.go_to_topic(topic),
            Choice::Link(link) => self.go_to_link(link),
            Choice::Place(anchor) => self.jump_to(anchor),
            Choice::Mark(letter) => self.go_to_mark(letter),
            Choice::Open(name) => return Some(Effect::Open { side: self.focus, name }),
        }
        None
    }

    /// Sets a mark at both tops.
    pub fn set_mark(&mut self, letter: char) {
        self.marks.insert(letter, self.tops());
        self.message = Some(format!("mark {letter} set{}", self.how_long()));
    }

    /// Goes to a mark; the key of the command twice goes back to before the last jump.
    pub fn go_to_mark(&mut self, letter: char) {
        if matches!(letter, '\'' | '`') {
            self.jump_back();
            return;
        }
        let Some(&places) = self.marks.get(&letter) else {
            self.message = Some(format!("mark {letter} is not set"));
            return;
        };
        self.jumps.leave(self.view());
        for (side, place) in places.into_iter().enumerate() {
            self.panes[side].top = self.settled(side, place);
        }
        self.link = None;
        self.pin_here(false);
    }

    /// Back to the view before the last jump.
    pub fn jump_back(&mut self) {
        let now = self.view();
        match self.jumps.back(now) {
            Some(view) => self.restore_view(&view),
            None => self.message = Some("no earlier place".to_owned()),
        }
    }

    /// Forward again.
    pub fn jump_forward(&mut self) {
        match self.jumps.forward() {
            Some(view) => self.restore_view(&view),
            None => self.message = Some("no later place".to_owned()),
        }
    }

    fn restore_view(&mut self, view: &super::jumps::View) {
        for (side, top) in view.tops.into_iter().enumerate() {
            self.panes[side].top = top;
        }
        self.focus = view.focus;
        self.topic = view.topic;
        self.link = view.link;
        self.pin_here(view.link.is_some());
    }

    /// Opens help, made from the keys in force.
    pub fn open_help(&mut self) {
        let mut lines = Vec::new();
        for (title, rows) in &self.surroundings.help {
            lines.push(PagerLine::heading(title));
            lines.extend(rows.iter().map(|(keys, does)| PagerLine::labelled(keys, does)));
        }
        self.overlay = Overlay::Pager(Pager::new("Keys", lines));
    }

    /// Opens what the import and the keymap have to say.
    pub fn open_problems(&mut self) {
        let mut lines = vec![PagerLine::heading("The two texts"), PagerLine::plain(self.about_ground())];
        for (side, text) in self.pair.texts.iter().enumerate() {
            lines.push(PagerLine::heading(format!("{}  {}", ["A", "B"][side], text.name())));
            let notices = text.edition.notices();
            lines.extend(notices.iter().map(|n| PagerLine::labelled(n.count.to_string(), &n.what)));
            if notices.is_empty() {
                lines.push(PagerLine::plain("nothing to report"));
            }
        }
        if !self.surroundings.problems.is_empty() {
            lines.push(PagerLine::heading("On starting"));
            lines.extend(self.surroundings.problems.iter().map(PagerLine::plain));
        }
        self.overlay = Overlay::Pager(Pager::new("Notices and problems", lines));
    }
}
