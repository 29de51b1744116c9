//! One event in, the changed model and perhaps an effect out. Everything that moves the reader starts here.

use super::action::{Action, Event, Mode};
use super::model::Model;
use super::overlay::{List, ListKind, Overlay, Pager};
use super::prompt::{Prompt, Purpose};
use super::search::Search;
use crate::library::pair::Told;

/// What must happen outside: on the disk or on the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// End the program; the places are saved.
    Quit,
    /// Give the terminal back to the shell until the program is continued.
    Suspend,
    /// Stop what is computed beside the reading.
    Stop,
    /// Send the whole screen again.
    Repaint,
    /// Read both files again.
    Reload,
    /// Look up what can be opened, for [`Model::open_editions`].
    Editions,
    /// Open a text, by its name, on a side.
    Open {
        /// 0 left, 1 right.
        side: usize,
        /// As the command line spells it.
        name: String,
    },
    /// Join the two texts anew as what the reader says that they are, or as what their words are judged to be, for
    /// [`Model::take_in`].
    Join(Option<Told>),
    /// Send a text to the clipboard and keep it.
    Copy {
        /// The words.
        text: String,
        /// What it is, to be said: `A ¶ 46`.
        what: String,
    },
}

/// Takes one event.
pub fn update(model: &mut Model, event: Event) -> Option<Effect> {
    let effect = change(model, event);
    // Whatever happened may have changed the width or the links by which rows are level.
    model.relevel();
    effect
}

fn change(model: &mut Model, event: Event) -> Option<Effect> {
    match event {
        Event::Resize { columns, rows } => model.size = (columns, rows),
        Event::Pending { keys, following } => {
            // What the key before had to say is not said of one that is given up.
            model.message = model.message.take().filter(|_| keys.is_empty());
            (model.pending, model.following) = (keys, following);
        }
        Event::Unbound { keys } => {
            let help = model.key(Action::Help);
            let help = if help.is_empty() { String::new() } else { format!("; {help} shows all keys") };
            model.message = Some(format!("nothing is bound to {keys}{help}"));
        }
        Event::Insert(character) => model.type_in(|prompt| prompt.insert(character)),
        Event::Paste(text) => model.type_in(|prompt| prompt.paste(&text)),
        Event::Click { column, row } => model.click((column, row)),
        Event::Wheel { column, row, down } => model.wheel((column, row), down),
        Event::Act { action, count, letter } => {
            model.pending.clear();
            model.following.clear();
            model.message = None;
            model.parted_last = model.parted_last.take().filter(|_| action == Action::LinkReject);
            // While the pattern is typed every key is about the search.
            model.search.is_fresh &= model.overlay.mode() == Mode::Prompt;
            return model.act(action, count, letter);
        }
    }
    None
}

impl Model {
    fn act(&mut self, action: Action, count: Option<usize>, letter: Option<char>) -> Option<Effect> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "these mean the same whatever has the keys")]
        match action {
            Action::Redraw => return Some(Effect::Repaint),
            Action::Suspend => return Some(Effect::Suspend),
            Action::Quit => return Some(Effect::Quit),
            Action::ThemeNext => {
                self.options.theme = self.options.theme.next();
                self.message = Some(format!("theme: {}", self.options.theme.name()));
                return None;
            }
            _ => {}
        }
        match std::mem::take(&mut self.overlay) {
            Overlay::None => self.act_reading(action, count, letter),
            Overlay::List(list) => self.act_in_list(list, action),
            Overlay::Pager(pager) => {
                self.act_in_pager(pager, action);
                None
            }
            Overlay::Prompt { prompt, under } => {
                self.act_in_prompt(prompt, *under, action);
                None
            }
        }
    }

    fn act_reading(&mut self, action: Action, count: Option<usize>, letter: Option<char>) -> Option<Effect> {
        let times = count.unwrap_or(1).max(1);
        if self.motion(action, count) {
            return None;
        }
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "motions are taken above; the rest is another mode's"
        )]
        match action {
            Action::Topics => self.open_topics(),
            Action::Links => self.open_links(),
            Action::TopicNew => self.ask(Purpose::Topic),
            Action::LinkNext => self.step_link(true, times),
            Action::LinkPrevious => self.step_link(false, times),
            Action::EntryNext => self.step_entry(true, times),
            Action::EntryPrevious => self.step_entry(false, times),
            Action::TopicNext => self.step_topic(true, times),
            Action::TopicPrevious => self.step_topic(false, times),
            Action::LinkAccept => self.decide(true),
            Action::LinkReject => self.decide(false),
            Action::LinkJoin => self.join(),
            Action::Kinship => return Some(self.change_kinship()),
            Action::DifferenceNext => self.step_difference(true, times),
            Action::DifferencePrevious => self.step_difference(false, times),
            Action::ToggleVariants => self.toggle_variants(),
            Action::ToggleLevel => self.toggle_level(),
            Action::NearMiss => self.go_to_near_miss(),
            Action::Inspect => self.open_card(),
            Action::GotoReference => self.ask(Purpose::Reference),
            Action::Contents => self.open_contents(),
            Action::FocusOther => self.focus_on(1 - self.focus),
            Action::FocusLeft => self.focus_on(0),
            Action::FocusRight => self.focus_on(1),
            Action::SyncToggle => self.toggle_sync(),
            Action::Level => self.level(),
            Action::Bind => self.bind(),
            Action::Swap => self.swap(),
            Action::Edition => return Some(Effect::Editions),
            Action::LayoutNext => self.next_arrangement(),
            Action::MeasureWider => self.set_measure(self.options.measure.saturating_add(2)),
            Action::MeasureNarrower => self.set_measure(self.options.measure.saturating_sub(2)),
            Action::Search => self.ask(Purpose::Search { backward: false }),
            Action::SearchBack => self.ask(Purpose::Search { backward: true }),
            Action::MatchNext => self.step_match(true, times),
            Action::MatchPrevious => self.step_match(false, times),
            Action::JumpBack => self.jump_back(),
            Action::JumpForward => self.jump_forward(),
            Action::MarkSet => letter.into_iter().for_each(|letter| self.set_mark(letter)),
            Action::MarkGoto => letter.into_iter().for_each(|letter| self.go_to_mark(letter)),
            Action::Marks => self.open_marks(),
            Action::CopyPassage => return Some(self.copy_passages(times)),
            Action::CopyBoth => return Some(self.copy_both()),
            Action::CopyReference => return self.copy_reference(),
            Action::ToggleNumbers => self.options.numbers = !self.options.numbers,
            Action::ToggleApparatus => self.toggle_apparatus(),
            Action::Where => self.message = Some(self.whereabouts()),
            Action::Problems => self.open_problems(),
            Action::Help => self.open_help(Overlay::None),
            Action::Reload => return Some(Effect::Reload),
            Action::Cancel => return self.cancel_reading(),
            _ => {}
        }
        None
    }

    /// Nothing lies over the texts: hits are forgotten first, then what is computed beside the reading is
    /// stopped, then the reader is told how to leave.
    fn cancel_reading(&mut self) -> Option<Effect> {
        if !self.search.query.is_empty() {
            self.search = Search::default();
            return None;
        }
        if let Some(work) = &self.progress {
            let key = self.key(Action::Reload);
            self.message = Some(format!("stopped: {work}; {key} reads both texts again and goes on with it"));
            self.is_stopped = true;
            return Some(Effect::Stop);
        }
        self.message =
            Some(format!("{} quits, {} shows all keys", self.key(Action::Quit), self.key(Action::Help)));
        None
    }

    fn act_in_list(&mut self, mut list: List, action: Action) -> Option<Effect> {
        let page = usize::from(self.size.1 / 2).max(1);
        #[expect(clippy::wildcard_enum_match_arm, reason = "the rest moves in the list or is another mode's")]
        match action {
            Action::Accept => return self.choose(&list),
            Action::Cancel | Action::Topics | Action::Links => return None,
            Action::Search => {
                self.ask_over(Purpose::Filter, Overlay::List(list));
                return None;
            }
            Action::Help => {
                self.open_help(Overlay::List(list));
                return None;
            }
            Action::TopicNew if list.kind == ListKind::Topics => {
                self.ask_over(Purpose::Topic, Overlay::List(list));
                return None;
            }
            Action::Remove => {
                self.remove_chosen(&list);
                let emptied = List { rows: Vec::new(), ..list.clone() };
                self.overlay = match self.reopened(Overlay::List(list)) {
                    // Open until it is closed: the same key is about the texts below.
                    Overlay::None => Overlay::List(emptied),
                    overlay => overlay,
                };
                return None;
            }
            Action::LinkAccept | Action::LinkReject => {
                self.overlay = self.decide_in_list(list, action == Action::LinkAccept);
                return None;
            }
            _ => list.walk(action, page),
        }
        self.overlay = Overlay::List(list);
        None
    }

    fn act_in_pager(&mut self, mut pager: Pager, action: Action) {
        let page = usize::from(self.size.1.saturating_sub(6)).max(1);
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "the rest moves in the pager or is another mode's"
        )]
        match action {
            Action::Help if !pager.is_help => {
                self.open_help(Overlay::Pager(pager));
                return;
            }
            Action::Cancel | Action::Accept | Action::Help | Action::Inspect => {
                self.overlay = *pager.under;
                return;
            }
            Action::Search => {
                self.ask_over(Purpose::Filter, Overlay::Pager(pager));
                return;
            }
            _ => pager.walk(action, page),
        }
        self.overlay = Overlay::Pager(pager);
    }

    fn act_in_prompt(&mut self, mut prompt: Prompt, under: Overlay, action: Action) {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the rest edits the line or is another mode's")]
        match action {
            Action::Accept => {
                let is_topic = prompt.purpose == Purpose::Topic;
                self.message = is_topic.then(|| self.fault_of_topic(&prompt.text)).flatten();
                if self.message.is_some() {
                    // What was typed is not lost for its fault.
                    self.overlay = Overlay::Prompt { prompt, under: Box::new(under) };
                    return;
                }
                self.overlay = under;
                self.enter(&prompt);
                return;
            }
            Action::Cancel => {
                self.overlay = under;
                self.give_up(&prompt);
                return;
            }
            _ => prompt.edit(action, self.entered_before(prompt.purpose)),
        };
        self.overlay = Overlay::Prompt { prompt, under: Box::new(under) };
        self.typed();
    }

    /// What was entered for a purpose before, oldest first.
    fn entered_before(&self, purpose: Purpose) -> &[String] {
        match purpose {
            Purpose::Search { .. } => &self.history,
            Purpose::Topic => &self.topic_history,
            Purpose::Reference | Purpose::Filter => &[],
        }
    }

    fn ask(&mut self, purpose: Purpose) {
        self.ask_over(purpose, Overlay::None);
    }

    fn ask_over(&mut self, purpose: Purpose, under: Overlay) {
        if let Purpose::Search { .. } = purpose {
            // The view left is come back to when the search is given up.
            self.jumps.leave(self.view());
            let [origin, beside] = [self.focus, 1 - self.focus].map(|side| self.panes[side].top);
            let (before, tie) = (self.search.sought(), self.sync.pin);
            self.search = Search { origin, beside, tie, before, ..Search::default() };
        }
        self.overlay = Overlay::Prompt { prompt: Prompt::new(purpose), under: Box::new(under) };
    }

    fn type_in(&mut self, edit: impl FnOnce(&mut Prompt)) {
        if let Overlay::Prompt { prompt, .. } = &mut self.overlay {
            edit(prompt);
            self.message = None;
            self.typed();
        }
    }

    /// What follows the typing: the hits of a search, the rows of a filter.
    fn typed(&mut self) {
        let Overlay::Prompt { prompt, under } = &mut self.overlay else { return };
        match prompt.purpose {
            Purpose::Search { backward } => {
                let query = prompt.text.clone();
                self.run_search(&query, backward);
            }
            Purpose::Filter => match under.as_mut() {
                Overlay::List(list) => {
                    list.filter.clone_from(&prompt.text);
                    list.chosen = 0;
                }
                Overlay::Pager(pager) => {
                    pager.filter.clone_from(&prompt.text);
                    pager.top = 0;
                }
                Overlay::None | Overlay::Prompt { .. } => {}
            },
            Purpose::Reference | Purpose::Topic => {}
        }
    }

    fn enter(&mut self, prompt: &Prompt) {
        match prompt.purpose {
            Purpose::Search { .. } if prompt.text.is_empty() => self.give_up(prompt),
            Purpose::Search { .. } => {
                self.history.retain(|query| *query != prompt.text);
                self.history.push(prompt.text.clone());
                self.settle_search();
            }
            Purpose::Reference if prompt.text.trim().is_empty() => {}
            Purpose::Reference => self.go_to_reference(&prompt.text),
            Purpose::Topic => {
                // The list that it was typed over lacks the new topic.
                self.overlay = Overlay::None;
                self.take_topic(&prompt.text);
            }
            Purpose::Filter => {}
        }
    }

    fn give_up(&mut self, prompt: &Prompt) {
        if let Purpose::Search { .. } = prompt.purpose {
            if let Some(left) = self.jumps.withdraw().filter(|left| *left != self.view()) {
                self.restore_view(&left);
                self.sync.pin = self.search.tie;
                self.rechain();
            }
            self.search_as_before();
            self.message = None;
        }
    }

    /// Exchanges left and right, with all that belongs to each.
    fn swap(&mut self) {
        self.panes.swap(0, 1);
        self.pair.swap();
        self.focus = 1 - self.focus;
        self.search.side = 1 - self.search.side;
        self.sync.anchors.iter_mut().for_each(|places| places.swap(0, 1));
        self.marks.values_mut().for_each(|places| places.swap(0, 1));
        self.decisions.iter_mut().for_each(|decision| decision.passages.swap(0, 1));
        self.unplaced.swap();
        (self.joined_last, self.parted_last) = (None, None);
        self.forget_links();
        self.jumps.each_view(|view| {
            view.tops.swap(0, 1);
            view.focus = 1 - view.focus;
        });
        self.pin_here(self.rest_of_link());
    }

    /// Where both texts stand, in words.
    fn whereabouts(&self) -> String {
        let place = |side: usize| {
            let passage = self.current(side);
            let page = self.page_here(side).map_or_else(String::new, |page| format!(", p. {page}"));
            format!("{} {}{page}, {} %", ["A", "B"][side], self.reference(side, passage), self.percent(side))
        };
        format!("{}  {}", place(0), place(1))
    }
}
