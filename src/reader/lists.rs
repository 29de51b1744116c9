//! The lists: what stands in each, and what choosing a row does.

use super::action::Action;
use super::model::Model;
use super::overlay::{Choice, List, ListKind, ListRow, Overlay, Pager, PagerLine};
use super::own_topics::described;
use super::sync::Rest;
use super::update::Effect;
use crate::document::{Anchor, Kind, Notice};
use crate::layout::width::{cells, clip};
use crate::links::{Link, LinkKind, Relation, Status};
use crate::topics::Origin;

/// Said of a pair of passages that have not the same words and signs.
const DIFFERS: &str = "differs";

/// So many of the stretches that one text lacks are named, the longest, and so many of the blocks that were moved.
const MOST_AT_LARGE: usize = 5;

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
        list.chosen = self.topic.or(self.pair.topics_present().next()).unwrap_or(0);
        self.overlay = Overlay::List(list);
    }

    /// Opens the links of the topic, best first, at the one in force. Without a topic those that join one work in
    /// two forms, as the left text runs, with what has no partner and what was rejected in its place.
    pub fn open_links(&mut self) {
        let all =
            || (0..self.pair.links.len()).filter_map(|index| Some((index, self.pair.links.get(index)?)));
        let links: Vec<usize> = if self.topic.is_some() {
            // At the end, for whoever changes their mind.
            let rejected = |link: &Link| link.status == Status::Rejected && self.is_listed(link, self.topic);
            let rejected = all().filter(|(_, link)| rejected(link)).map(|(index, _)| index);
            self.links_of(self.topic).iter().copied().chain(rejected).collect()
        } else {
            let is_listed = |link: &Link| link.kind == LinkKind::Parallel && !link.is_displaced();
            all().filter(|(_, link)| is_listed(link)).map(|(index, _)| index).collect()
        };
        let row = |&index: &usize| {
            let link = self.pair.links.get(index)?;
            let relation = link.relation.map(Relation::words).unwrap_or_default().to_owned();
            let moved = if link.moved { "moved" } else { "" }.to_owned();
            let decided = match (link.origin, link.status) {
                (Origin::Reader, Status::Accepted) => "joined by you",
                (Origin::Reader, Status::Proposed) if link.has_both_sides() => "rest of a link",
                _ => link.decided().unwrap_or_default(),
            }
            .to_owned();
            let differs = self.how_it_differs(link).to_owned();
            let cells = [self.partners(link, 0), self.partners(link, 1), relation, moved, differs, decided];
            let has_reasons = self.topic.is_some() && link.origin != Origin::Reader;
            let said = if has_reasons { link.reasons.join("; ") } else { self.beginning(link) };
            Some((cells, said, Choice::Link(index)))
        };
        let rows = in_columns(links.iter().filter_map(row).collect());
        if rows.is_empty() {
            self.message = Some(match self.topic {
                Some(_) => format!("{}: no link between the two", self.topic_name()),
                None => self.not_aligned(),
            });
            return;
        }
        let title = match self.topic {
            Some(_) => format!("Links: {}", self.topic_name()),
            None if self.compares_words() => {
                let has_both = |index: &&usize| {
                    let link = self.pair.links.get(**index).filter(|link| link.stands());
                    link.is_some_and(Link::has_both_sides)
                };
                let differ = rows.iter().filter(|row| row.text.contains(DIFFERS)).count();
                format!("Together: {differ} of {} differ", links.iter().filter(has_both).count())
            }
            None => "What belongs together".to_owned(),
        };
        let here = self.current(self.focus);
        let stands_here = |link: &Link| link.passages[self.focus].contains(&here);
        let in_force = |index: usize| match self.governing_link() {
            Some((governing, _)) => governing == index,
            None => self.topic.is_none() && self.pair.links.get(index).is_some_and(stands_here),
        };
        let mut list = List::new(ListKind::Links, title, rows);
        list.chosen = links.iter().position(|&link| in_force(link)).unwrap_or(0);
        self.overlay = Overlay::List(list);
    }

    /// Whether the two sides of a link differ, or stand in other passages.
    fn how_it_differs(&self, link: &Link) -> &'static str {
        let [left, right] = link.passages.each_ref().map(Vec::len);
        if self.differs(link) {
            DIFFERS
        } else if self.compares_words()
            && link.kind == LinkKind::Parallel
            && left.min(right) > 0
            && [left, right] != [1, 1]
        {
            "divided"
        } else {
            ""
        }
    }

    /// The first words of a link.
    fn beginning(&self, link: &Link) -> String {
        let mut sides = self.editions().into_iter().zip(&link.passages);
        let first = sides.find_map(|(edition, passages)| edition.get(*passages.first()?));
        first.map_or_else(String::new, |passage| {
            clip(&passage.text, BEGINNING, self.options.ascii).into_owned()
        })
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
                    Kind::Break => section
                        .get(1)
                        .map(|next| clip(&next.text, BEGINNING, self.options.ascii).into_owned())?,
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
        let shown = self.pair.texts[self.focus].name();
        // Files from outside the library stand first, as what is open now.
        for (side, said) in [(1 - self.focus, "open beside it"), (self.focus, "open now")] {
            let (text, name) = (&self.pair.texts[side], self.pair.texts[side].name());
            let Some(path) = &text.path else { continue };
            if !rows.iter().any(|row| row.text == name) {
                // The same file, named from elsewhere, is offered once.
                let absolute = self.surroundings.folder.join(path);
                rows.retain(|row| row.text != absolute.to_string_lossy());
                rows.insert(0, row(&(name, said.to_owned())));
            }
        }
        let mut list = List::new(ListKind::Editions, title, rows);
        list.chosen = list.rows.iter().position(|row| row.text == shown).unwrap_or(0);
        self.overlay = Overlay::List(list);
    }

    /// Opens the marks, and the anchors after them.
    pub fn open_marks(&mut self) {
        let cells = |name: String, places: &[Anchor; 2]| {
            let [a, b] = [0, 1].map(|side| self.reference(side, self.passage_at(side, places[side])));
            [name, format!("A {a}"), format!("B {b}")]
        };
        let mark = |(&letter, places): (&char, &[Anchor; 2])| {
            (cells(letter.to_string(), places), String::new(), Choice::Mark(letter))
        };
        let anchor = |(at, places): (usize, &[Anchor; 2])| {
            (cells("anchor".to_owned(), places), String::new(), Choice::Anchor(at))
        };
        let anchors = self.sync.anchors.iter().enumerate().map(anchor);
        let rows = in_columns(self.marks.iter().map(mark).chain(anchors).collect());
        if rows.is_empty() {
            self.message = Some("no marks are set, and no anchors".to_owned());
            return;
        }
        self.overlay = Overlay::List(List::new(ListKind::Marks, "Marks and anchors", rows));
    }

    /// Removes what a list stands on, where the reader made it: a typed topic, a mark, an anchor.
    pub fn remove_chosen(&mut self, list: &List) {
        match list.chosen_row().map(|row| row.choice.clone()) {
            Some(Choice::Topic(at)) => self.remove_topic(at),
            Some(Choice::Mark(letter)) => {
                self.marks.remove(&letter);
                self.message = Some(format!("mark {letter} is removed{}", self.how_long()));
            }
            Some(Choice::Anchor(at)) => self.remove_anchor(at),
            Some(Choice::Link(_) | Choice::Place(_) | Choice::Open(_)) | None => {
                self.message = Some("nothing here is yours to remove".to_owned());
            }
        }
    }

    /// Accepts or rejects the link of the chosen row, or joins again what the same key has just parted; the list after that.
    pub fn decide_in_list(&mut self, list: List, accepted: bool) -> Overlay {
        if !accepted && self.join_again() {
            let mut overlay = self.reopened(Overlay::List(list));
            if let Overlay::List(list) = &mut overlay
                && let Some(joined) = self.link
            {
                list.choose(&Choice::Link(joined));
            }
            return overlay;
        }
        let Some(Choice::Link(link)) = list.chosen_row().map(|row| row.choice.clone()) else {
            return Overlay::List(list);
        };
        let links = self.pair.links.len();
        let passages = self.pair.links.get(link).map(|link| link.passages.clone()).unwrap_or_default();
        self.decide_on(link, accepted);
        let order: Vec<Choice> = list.rows.iter().map(|row| row.choice.clone()).collect();
        let mut overlay = self.reopened(Overlay::List(list));
        // Each row keeps its place until the list is opened again: the same key again is about the same link, also where it
        // was rejected. One of the reader's own is gone.
        let Overlay::List(list) = &mut overlay else { return overlay };
        if self.pair.links.len() == links {
            list.rows.sort_by_key(|row| order.iter().position(|choice| *choice == row.choice));
        } else if let Some(side) = (0..2).find(|&side| !passages[side].is_empty()) {
            // What its first passage is in now.
            let is_it = |(_, link): &(usize, &Link)| link.topic.is_none() && link.stands();
            if let Some((at, _)) = self.links_at(side, passages[side][0]).find(is_it) {
                list.choose(&Choice::Link(at));
            }
        }
        overlay
    }

    /// Does what the chosen row says and closes the list.
    pub fn choose(&mut self, list: &List) -> Option<Effect> {
        match list.chosen_row()?.choice.clone() {
            Choice::Topic(topic) => self.go_to_topic(topic),
            Choice::Link(link) => self.go_to_link(link),
            Choice::Place(anchor) => self.jump_to(anchor),
            Choice::Mark(letter) => self.go_to_mark(letter),
            Choice::Anchor(at) => {
                if let Some(&places) = self.sync.anchors.get(at) {
                    self.go_to_places(places, Rest::Anchor);
                }
            }
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
        self.go_to_places(places, Rest::Nothing);
    }

    fn go_to_places(&mut self, places: [Anchor; 2], rest: Rest) {
        self.jumps.leave(self.view());
        for (side, place) in places.into_iter().enumerate() {
            self.panes[side].top = self.settled(side, place);
        }
        self.pin_here(rest);
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

    /// Shows a view that was left.
    pub(super) fn restore_view(&mut self, view: &super::jumps::View) {
        for (side, top) in view.tops.into_iter().enumerate() {
            self.panes[side].top = top;
        }
        self.focus = view.focus;
        self.topic = view.topic;
        self.link = view.link;
        self.pin_here(self.rest_of_link());
    }

    /// Opens help, made from the keys in force, over what it is asked for in.
    pub(super) fn open_help(&mut self, under: Overlay) {
        let mut lines = Vec::new();
        for (title, rows) in &self.surroundings.help {
            lines.push(PagerLine::heading(title));
            lines.extend(rows.iter().map(|(keys, does)| PagerLine::labelled(keys, does)));
        }
        self.overlay = Overlay::Pager(Pager::new("Keys", lines).of_keys().over(under));
    }

    /// Opens what the import and the keymap have to say.
    pub fn open_problems(&mut self) {
        let mut lines = Vec::new();
        if !self.surroundings.problems.is_empty() {
            lines.push(PagerLine::heading("On starting"));
            lines.extend(self.surroundings.problems.iter().map(PagerLine::plain));
        }
        lines.extend([PagerLine::heading("The two texts"), PagerLine::plain(self.about_ground())]);
        for at_large in [self.lacks(), self.moved_blocks()] {
            lines.extend(at_large.iter().take(MOST_AT_LARGE).map(PagerLine::plain));
            if let Some(more @ 1..) = at_large.len().checked_sub(MOST_AT_LARGE) {
                lines.push(PagerLine::plain(format!("and {more} more of these")));
            }
        }
        lines.extend(self.unplaced.said().map(PagerLine::plain));
        for (side, text) in self.pair.texts.iter().enumerate() {
            lines.push(PagerLine::heading(format!("{}  {}", ["A", "B"][side], text.name())));
            let notices = text.edition.notices();
            let (usual, telling): (Vec<&Notice>, Vec<&Notice>) =
                notices.iter().partition(|notice| notice.is_usual());
            if telling.is_empty() {
                lines.push(PagerLine::plain("nothing to report"));
                continue;
            }
            let both = telling.into_iter().chain(usual);
            lines.extend(both.map(|n| PagerLine::plain(format!("{} ({})", n.what, n.count))));
        }
        self.overlay = Overlay::Pager(Pager::new("Problems and notices", lines));
    }
}

/// Rows whose cells begin in the same columns.
fn in_columns<const N: usize>(rows: Vec<([String; N], String, Choice)>) -> Vec<ListRow> {
    let widths: Vec<u16> =
        (0..N).map(|column| rows.iter().map(|(row, ..)| cells(&row[column])).max().unwrap_or(0)).collect();
    let row = |(row, detail, choice): ([String; N], String, Choice)| {
        let mut text = String::new();
        // A column in which no row has anything takes no room.
        for (cell, &width) in row.iter().zip(&widths).filter(|(_, width)| **width > 0) {
            let blank = usize::from(width - cells(cell) + 2);
            text.push_str(cell);
            text.push_str(&" ".repeat(blank));
        }
        ListRow { text: text.trim_end().to_owned(), detail, choice }
    };
    rows.into_iter().map(row).collect()
}
