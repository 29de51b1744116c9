//! The reader's own word: whether a link holds, and whether two texts are one work or two.

use super::action::Action;
use super::model::Model;
use super::update::Effect;
use crate::library::pair::{Stage, Standing, Told};
use crate::links::decisions::{Decided, impose, status, undecided};
use crate::topics::Origin;

impl Model {
    /// Accepts or rejects the link in force, else the one that the line below speaks of, that the passage has no partner
    /// among them; the same again leaves it open.
    pub fn decide(&mut self, accepted: bool) {
        let spoken_of = self.governing_link().or_else(|| self.link_in_question()).map(|(index, _)| index);
        let alone =
            || self.parallel_link(self.focus, self.current(self.focus)).filter(|_| self.lacking().is_some());
        let Some(index) = spoken_of.or_else(alone) else {
            let list = self.key(Action::Links);
            self.message = Some(match self.topic {
                Some(_) => format!("no link is in force here; {list} lists those of the topic"),
                None if self.links_of(None).is_empty() => self.not_aligned(),
                None => format!("no link is in force here; {list} lists all"),
            });
            return;
        };
        self.decide_on(index, accepted);
    }

    /// Accepts or rejects a link, by its index; the same again leaves it open. Nothing moves.
    pub fn decide_on(&mut self, index: usize, accepted: bool) {
        let Some(link) = self.pair.links.get(index) else { return };
        let decision = Decided { topic: link.topic, passages: link.passages.clone(), accepted };
        let places = format!("{}, {}", self.partners(link, 0), self.partners(link, 1));
        let withdrawn = self.decisions.contains(&decision);
        let in_force = self.governing_link().is_some_and(|(governing, _)| governing == index);
        self.decisions.retain(|other| other.topic != decision.topic || other.passages != decision.passages);
        let said = match (withdrawn, accepted) {
            (true, _) => "left open",
            (false, true) => "accepted",
            (false, false) => "rejected",
        };
        if let Some(link) = self.pair.links.get_mut(index) {
            link.status = if withdrawn { undecided(link.origin) } else { status(accepted) };
        }
        if !withdrawn {
            self.decisions.push(decision);
        }
        self.forget_links();
        self.rechain();
        if in_force {
            // Still in force, so that the same key takes the decision back.
            self.link = Some(index);
            self.pin_here(self.rest_of_link());
        }
        self.message = Some(format!("{said}: {places}{}", self.how_long()));
    }

    /// Lays the reader's decisions over the links of the pair; the link in force stays the same one.
    pub fn impose_decisions(&mut self) {
        let link = self.link.and_then(|link| self.pair.links.get(link)).cloned();
        impose(&mut self.pair.links, &self.decisions);
        let same = |link: crate::links::Link| {
            self.pair.links.iter().position(|l| l.topic == link.topic && l.passages == link.passages)
        };
        self.link = link.and_then(same);
        self.forget_links();
    }

    /// What the links rest on, how surely and why, and how to overrule it.
    #[must_use]
    pub fn about_ground(&self) -> String {
        let ground = &self.pair.ground;
        let sure = if ground.confidence > 0.0 { format!("{} %: ", ground.percent()) } else { String::new() };
        format!("{} ({sure}{}); {}", ground.words(), ground.reason, self.overruling())
    }

    /// The same in a line, where it was measured: who wants to know why asks for it.
    #[must_use]
    pub fn ground_in_short(&self) -> String {
        let ground = &self.pair.ground;
        if ground.origin != Origin::Automatic || ground.is_unclear() {
            return self.about_ground();
        }
        let why = self.key(Action::Problems);
        format!("{} ({} %); {why} says why, {}", ground.words(), ground.percent(), self.overruling())
    }

    /// What is said where it is left to their words what the two texts are.
    #[must_use]
    pub fn judged(&self) -> String {
        if self.pair.stage == Stage::ToCompare {
            self.not_aligned()
        } else {
            format!("judged by their words: {}", self.ground_in_short())
        }
    }

    /// How what the two texts are taken for is overruled.
    fn overruling(&self) -> String {
        let other = match self.pair.ground.standing {
            _ if self.pair.ground.told().is_some() => "leaves it to their words again",
            Standing::Works => "takes them for one work",
            Standing::Parallel | Standing::Numbers => "takes them for two works",
        };
        format!("{} {other}", self.key(Action::Kinship))
    }

    /// Asks for the pair as what it was not taken for: one work in two forms, or two works; where the reader had said
    /// so, as what its words are judged to be.
    #[must_use]
    pub fn change_kinship(&self) -> Effect {
        let ground = &self.pair.ground;
        Effect::Join(ground.told().is_none().then_some(match ground.standing {
            Standing::Works => Told::Parallel,
            Standing::Parallel | Standing::Numbers => Told::Works,
        }))
    }
}

#[cfg(test)]
mod tests {
    use crate::library::pair::{Ground, Standing, Told};
    use crate::links::Status;
    use crate::reader::action::{Action, Event};
    use crate::reader::fixture;
    use crate::reader::model::{Model, Options, Surroundings};
    use crate::reader::update::{Effect, update};
    use crate::topics::Origin;

    fn model() -> Model {
        let mut model = Model::new(fixture::pair(), Options::default(), Surroundings::default());
        update(&mut model, Event::Resize { columns: 120, rows: 30 });
        for link in &mut model.pair.links {
            link.origin = Origin::Automatic;
            link.status = Status::Proposed;
        }
        model
    }

    fn act(model: &mut Model, action: Action) -> Option<Effect> {
        update(model, Event::Act { action, count: None, letter: None })
    }

    fn statuses(model: &Model) -> Vec<Status> {
        model.pair.links.iter().map(|link| link.status).collect()
    }

    #[test]
    fn a_rejected_link_is_walked_no_more_and_the_same_key_brings_it_back() {
        use Status::{Proposed, Rejected};
        let mut model = model();
        act(&mut model, Action::LinkNext);
        let rejected = model.link.unwrap();
        act(&mut model, Action::LinkReject);
        assert!(model.message.as_ref().unwrap().starts_with("rejected: A ¶ 12-13, B ¶ 25"));
        assert_eq!(model.links_of(Some(0)).len(), 2);
        act(&mut model, Action::LinkReject);
        assert_eq!((model.link, statuses(&model)), (Some(rejected), vec![Proposed; 3]));
        act(&mut model, Action::LinkReject);
        act(&mut model, Action::LinkNext);
        assert_eq!(statuses(&model), [Rejected, Proposed, Proposed]);
        assert_ne!(model.link, Some(rejected));
    }

    #[test]
    fn after_a_rejection_the_walk_goes_on_where_the_link_stood() {
        for (next, expected) in [(Action::LinkNext, 2), (Action::LinkPrevious, 0)] {
            let mut model = model();
            act(&mut model, Action::LinkNext);
            act(&mut model, Action::LinkNext);
            assert_eq!(model.link, Some(1));
            act(&mut model, Action::LinkReject);
            act(&mut model, next);
            assert_eq!(model.link, Some(expected), "{next:?}");
        }
    }

    #[test]
    fn what_the_reader_accepted_of_an_editors_choice_is_seen_to_be_accepted() {
        let mut model = Model::new(fixture::pair(), Options::default(), Surroundings::default());
        update(&mut model, Event::Resize { columns: 120, rows: 30 });
        act(&mut model, Action::LinkNext);
        let decided = |model: &Model| model.pair.links[model.link.unwrap()].decided();
        assert_eq!(decided(&model), None);
        act(&mut model, Action::LinkAccept);
        assert_eq!(decided(&model), Some("accepted by you"));
        act(&mut model, Action::LinkAccept);
        assert_eq!(decided(&model), None);
    }

    #[test]
    fn a_decision_is_kept_and_survives_links_that_are_computed_anew() {
        let mut model = model();
        act(&mut model, Action::LinkNext);
        act(&mut model, Action::LinkAccept);
        act(&mut model, Action::LinkNext);
        act(&mut model, Action::LinkReject);
        let kept = model.remember();
        assert_eq!(kept.decisions.len(), 2);

        let mut anew = fixture::pair();
        // The accepted one is proposed no more; the rejected one stands elsewhere in the list.
        anew.links.remove(0);
        anew.links.reverse();
        let mut again = Model::new(anew, Options::default(), Surroundings::default());
        again.take_up(&kept);
        let of = |left: usize| again.pair.links.iter().find(|link| link.first(0) == Some(left)).unwrap();
        assert_eq!((of(12).status, of(12).origin), (Status::Accepted, Origin::Reader));
        assert_eq!(of(5).status, Status::Rejected);
        assert_eq!(again.remember().decisions, kept.decisions);

        act(&mut again, Action::Swap);
        assert_eq!(again.remember().flipped().decisions, kept.decisions);
    }

    #[test]
    fn where_no_link_is_in_force_nothing_is_decided() {
        let mut model = model();
        act(&mut model, Action::LinkAccept);
        assert!(model.decisions.is_empty() && model.message.is_some());
    }

    #[test]
    fn the_reader_overrules_what_two_texts_were_taken_for_and_it_is_kept() {
        let mut model = model();
        assert_eq!(act(&mut model, Action::Kinship), Some(Effect::Join(Some(Told::Parallel))));
        assert_eq!(model.remember().told, None, "nothing was joined yet");
        model.pair.ground =
            Ground { origin: Origin::Reader, ..Ground::known(Standing::Parallel, "as you said") };
        assert_eq!(model.remember().told, Some(crate::session::Told::Parallel));
        assert_eq!(act(&mut model, Action::Kinship), Some(Effect::Join(None)), "left to their words again");
        assert!(model.ground_in_short().ends_with("leaves it to their words again"));
        model.pair.ground.origin = Origin::Automatic;
        assert_eq!(act(&mut model, Action::Kinship), Some(Effect::Join(Some(Told::Works))));
    }
}
