//! The reader's own word: whether a link holds, and whether two texts are one work or two.

use super::action::Action;
use super::model::Model;
use crate::library::pair::{Pair, Standing};
use crate::links::decisions::{Decided, impose, joined, rests, settle};
use crate::links::{Link, Status, steps};
use crate::progress::unstopped;
use crate::topics::Origin;

/// How passages were joined by the reader, so that it can be taken back.
#[derive(Clone, Debug)]
pub struct Joining {
    /// Which were.
    decision: Decided,
    /// The decisions that gave way to that.
    before: Vec<Decided>,
    /// What stays joined of links of the reader's own that it took passages from.
    rests: Vec<Decided>,
}

/// The sentences of a longer link of the reader's own are not aligned: that must not hold up a key.
const OWN_BYTES: usize = 64 * 1024;

impl Model {
    /// Accepts or rejects the link in force, else the one that the line below speaks of, that the passage has no partner
    /// among them; the same again leaves it open.
    pub fn decide(&mut self, accepted: bool) {
        if !accepted && self.join_again() {
            return;
        }
        let spoken_of = self.governing_link().or_else(|| self.link_in_question()).map(|(index, _)| index);
        let (side, here) = (self.focus, self.current(self.focus));
        let alone = || self.parallel_link(side, here).filter(|_| self.lacking().is_some());
        // That it has no partner may have been rejected before: the same key takes that back.
        let rejected = |(_, link): &(usize, &Link)| {
            link.topic.is_none() && link.status == Status::Rejected && link.passages[1 - side].is_empty()
        };
        let rejected = || self.links_at(side, here).find(rejected).map(|(index, _)| index);
        let Some(index) = spoken_of.or_else(alone).or_else(rejected) else {
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

    /// Accepts or rejects a link, by its index; the same again leaves it open. Nothing moves. A link of the reader's own
    /// has nothing but its word, and goes with it.
    pub fn decide_on(&mut self, index: usize, accepted: bool) {
        let Some(link) = self.pair.links.get(index) else { return };
        let decision = Decided { topic: link.topic, passages: link.passages.clone(), accepted };
        let places = self.places_of(&decision.passages);
        if link.origin == Origin::Reader && link.status == Status::Accepted {
            if accepted {
                let key = self.key(Action::LinkReject);
                self.message = Some(format!("yours already: {places}; {key} takes it back"));
            } else {
                self.part(&Decided { accepted: true, ..decision });
            }
            return;
        }
        let withdrawn = self.decisions.contains(&decision);
        if accepted && withdrawn && self.joined_last.as_ref().is_some_and(|last| last.decision == decision) {
            self.part(&decision);
            return;
        }
        let gives_way = |other: &Decided| other.accepted && other.shares_a_passage(&decision);
        if accepted && !withdrawn && self.decisions.iter().any(gives_way) {
            self.hold("accepted", decision, None, Action::LinkAccept);
            return;
        }
        let in_force = self.governing_link().is_some_and(|(governing, _)| governing == index);
        self.decisions.retain(|other| !other.is_on_link_of(&decision));
        let said = match (withdrawn, accepted) {
            (true, _) => "left open",
            (false, true) => "accepted",
            (false, false) => "rejected",
        };
        if !withdrawn {
            self.decisions.push(decision.clone());
        }
        settle(&mut self.pair.links, &self.decisions);
        self.forget_links();
        if self.pair.links.get(index).is_some_and(Link::is_displaced) {
            // Left open, it gives way to what was joined of its passages, which leaves others over.
            self.decided_anew(&decision);
        } else if in_force {
            // Still in force, so that the same key takes the decision back.
            self.link = Some(index);
            self.pin_here(self.rest_of_link());
        } else {
            self.rechain();
        }
        self.message = Some(format!("{said}: {places}{}", self.how_long()));
    }

    /// The passages of a link on both sides: `A ¶ 4, B ¶ 7-8`.
    fn places_of(&self, passages: &[Vec<usize>; 2]) -> String {
        let [left, right] = [0, 1].map(|side| self.of_side(side, &passages[side]));
        format!("{left}, {right}")
    }

    /// Joins the two passages at the reader's line, under the topic where one is chosen; where a link joins them already,
    /// accepts it or takes that back. Of one work no passage is in two links of the reader's own: those give way.
    pub fn join(&mut self) {
        let (topic, here) = (self.topic, [self.current(0), self.current(1)]);
        let is_it = |link: &Link| link.topic == topic && link.stands() && link.joins(here);
        let known = self.links_at(0, here[0]).find(|(_, link)| is_it(link));
        if let Some((index, is_own)) = known.map(|(index, link)| (index, link.origin == Origin::Reader)) {
            self.decide_on(index, !is_own);
            // It was this key that took it back, and this one joins again.
            self.parted_last = None;
            return;
        }
        if topic.is_none() && self.pair.ground.standing == Standing::Works {
            let [topics, bind] = [Action::Topics, Action::Bind].map(|action| self.key(action));
            self.message = Some(format!(
                "under which topic do they belong together? {topics} chooses one; {bind} ties the rows alone"
            ));
            return;
        }
        let is_body = |side: usize| self.editions()[side].get(here[side]).is_some_and(|of| of.kind.is_body());
        if topic.is_some() && !(is_body(0) && is_body(1)) {
            let key = self.key(Action::PassageNext);
            self.message =
                Some(format!("a heading is no passage under a topic; {key} goes to the next passage"));
            return;
        }
        let (passages, grown) = joined(&self.pair.links, topic, here);
        let grown = grown.and_then(|index| self.pair.links.get(index)).map(|link| link.passages.clone());
        let decision = Decided { topic, passages, accepted: true };
        self.hold("joined", decision, grown.as_ref(), Action::LinkJoin);
    }

    /// Keeps that a link holds; what the reader joined or accepted of its passages before gives way, and is named but for
    /// what it has grown from. What it leaves of the links that it takes passages from stays joined.
    fn hold(&mut self, said: &str, decision: Decided, grown: Option<&[Vec<usize>; 2]>, again: Action) {
        let of_others = || self.joins_of(&decision).filter(|link| Some(&link.passages) != grown);
        let kept = rests(of_others(), &decision);
        let is_kept = |link: &&Link| kept.iter().any(|rest| rest.shares_a_passage(&Decided::joins(link)));
        let no_more =
            self.listed("; no more: ", of_others().filter(|link| !is_kept(link)).map(Decided::joins));
        let still = self.listed("; still joined: ", kept);
        // Of what was found the rest follows from the decision; what the reader joined keeps its word.
        let told = self.pair.links.iter().filter(|link| link.status == Status::Accepted);
        let rests = rests(told, &decision);
        let alone = self.without_partner();
        let gives_way = |other: &mut Decided| {
            let is_on =
                |of: &Decided| other.is_on_link_of(of) || other.accepted && other.shares_a_passage(of);
            is_on(&decision) || rests.iter().any(is_on)
        };
        let before: Vec<Decided> = self.decisions.extract_if(.., gives_way).collect();
        self.decisions.push(decision.clone());
        self.decisions.extend(rests.iter().cloned());
        self.decided_anew(&decision);
        let under = decision.topic.and_then(|topic| self.pair.topics.get(topic));
        let under = under.map_or_else(String::new, |topic| format!(" under {}", topic.name));
        let left = left_alone(self.without_partner().saturating_sub(alone));
        let (places, how_long) = (self.places_of(&decision.passages), self.how_long());
        let key = self.key(again);
        self.message =
            Some(format!("{said}: {places}{under}{how_long}; {key} takes it back{no_more}{still}{left}"));
        self.joined_last = Some(Joining { decision, before, rests });
    }

    /// The passages of links, after what is said of them; nothing where there are none.
    fn listed(&self, said: &str, of: impl IntoIterator<Item = Decided>) -> String {
        let places: Vec<String> = of.into_iter().map(|of| self.places_of(&of.passages)).collect();
        if places.is_empty() { String::new() } else { format!("{said}{}", places.join("; ")) }
    }

    /// The parallel links that join passages of a decision on both sides, with each other or others.
    fn joins_of<'d>(&self, decision: &'d Decided) -> impl Iterator<Item = &Link> + use<'_, 'd> {
        let joins = self.pair.links.iter().filter(|link| link.carries() && link.has_both_sides());
        joins.filter(|link| decision.shares_a_passage(&Decided::joins(link)))
    }

    /// How many passages of both texts an alignment or the reader left without partner.
    fn without_partner(&self) -> usize {
        let alone = |link: &&Link| link.topic.is_none() && link.stands() && !link.has_both_sides();
        self.pair.links.iter().filter(alone).flat_map(|link| &link.passages).map(Vec::len).sum()
    }

    /// Takes back a link of the reader's own; what gave way to it stands again where it was the last one.
    fn part(&mut self, decision: &Decided) {
        let last = self.joined_last.take().filter(|last| last.decision == *decision);
        let (before, rests) = last.map_or_else(Default::default, |last| (last.before, last.rests));
        self.decisions.retain(|other| other != decision && !rests.contains(other));
        // What was joined or accepted since of the same passages stays.
        let is_taken = |other: &Decided| {
            let shares =
                |now: &Decided| now.is_on_link_of(other) || now.accepted && now.shares_a_passage(other);
            other.accepted && self.decisions.iter().any(shares)
        };
        let before: Vec<Decided> = before.into_iter().filter(|other| !is_taken(other)).collect();
        let alone = self.without_partner();
        let rejected = before.iter().filter(|before| !before.accepted).cloned();
        let rejected = self.listed("; rejected again: ", rejected);
        self.decisions.extend(before);
        self.decided_anew(decision);
        let again = self.listed("; again: ", self.joins_of(decision).map(Decided::joins));
        let (places, how_long) = (self.places_of(&decision.passages), self.how_long());
        let left = left_alone(self.without_partner().saturating_sub(alone));
        self.message = Some(format!("joined no more: {places}{how_long}{again}{rejected}{left}"));
        self.parted_last = Some(decision.clone());
    }

    /// Joins again what the last key parted; `false` where it was another key.
    pub fn join_again(&mut self) -> bool {
        let Some(decision) = self.parted_last.take() else { return false };
        self.hold("joined again", decision, None, Action::LinkReject);
        true
    }

    /// Brings links of the reader's own up to its decisions, and holds both texts where they are by what joins them now.
    fn decided_anew(&mut self, decision: &Decided) {
        self.impose_decisions();
        let here = [self.current(0), self.current(1)];
        let own = self.pair.links.iter().position(|link| link.stands() && decision.is_on(link));
        self.link = own.or_else(|| self.link_between(here).map(|(index, _)| index));
        self.rechain();
        self.pin_here(self.rest_of_link());
    }

    /// Lays the reader's decisions over the links of the pair; the link in force, the one stepped to and those that jumps
    /// come back to stay the same ones, at other places among all.
    pub fn impose_decisions(&mut self) {
        let mut held = vec![self.link, self.stepped];
        self.jumps.each_view(|view| held.push(view.link));
        let what = |index: Option<usize>| {
            let link = self.pair.links.get(index?)?;
            Some((link.topic, link.passages.clone()))
        };
        let held: Vec<_> = held.into_iter().map(what).collect();
        impose(&mut self.pair.links, &self.decisions);
        self.tell_own_steps();
        let links = &self.pair.links;
        let place = |(topic, passages): (Option<usize>, [Vec<usize>; 2])| {
            links.iter().position(|link| link.topic == topic && link.passages == passages)
        };
        let mut places = held.into_iter().map(|what| what.and_then(place));
        let mut next = || places.next().flatten();
        (self.link, self.stepped) = (next(), next());
        self.jumps.each_view(|view| view.link = next());
        self.forget_links();
    }

    /// Where the sentences of what the reader joined answer each other, as these alone tell: that takes a millisecond.
    fn tell_own_steps(&mut self) {
        let Pair { texts, links, .. } = &mut self.pair;
        let editions = texts.each_ref().map(|text| &text.edition);
        let bytes = |link: &Link| {
            let of_side =
                |side: usize| link.passages[side].iter().filter_map(move |&at| editions[side].get(at));
            of_side(0).chain(of_side(1)).map(|passage| passage.text.len()).sum::<usize>()
        };
        let is_own = |link: &&mut Link| {
            link.origin == Origin::Reader && link.topic.is_none() && bytes(link) <= OWN_BYTES
        };
        let mut own: Vec<&mut Link> = links.iter_mut().filter(is_own).collect();
        unstopped(|progress| steps::tell(&mut own, editions, progress));
    }
}

/// How many passages more have no partner; nothing where none have.
fn left_alone(passages: usize) -> String {
    match passages {
        0 => String::new(),
        1 => "; a passage is left without partner".to_owned(),
        many => format!("; {many} passages are left without partner"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::document::Anchor;
    use crate::links::Status;
    use crate::links::decisions::REST;
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
    fn two_passages_are_joined_under_the_topic_and_the_same_key_parts_them() {
        let mut model = model();
        model.put([Anchor::start_of(7), Anchor::start_of(30)]);
        let count = model.pair.links.len();
        act(&mut model, Action::LinkJoin);
        let own = model.governing_link().map(|(_, link)| link.clone()).unwrap();
        assert_eq!((own.topic, own.origin, own.status), (Some(0), Origin::Reader, Status::Accepted));
        assert_eq!(own.passages, [vec![7], vec![30]]);
        let said = format!("joined: A ¶ 7, B ¶ 30 under {}", model.topic_name());
        assert!(model.message.as_ref().unwrap().starts_with(&said), "{:?}", model.message);
        // It is kept, and walked like any other.
        let kept = model.remember();
        let mut again = self::model();
        again.take_up(&kept);
        assert!(again.pair.links.contains(&own));
        assert!(again.links_of(Some(0)).iter().any(|&index| again.pair.links[index] == own));
        act(&mut model, Action::LinkJoin);
        assert!(model.decisions.is_empty());
        assert_eq!(model.governing_link(), None);
        assert!(model.message.as_ref().unwrap().starts_with("joined no more: A ¶ 7, B ¶ 30"));
        assert_eq!(model.pair.links.len(), count);
    }

    #[test]
    fn two_works_are_joined_under_a_topic_only() {
        let mut model = model();
        model.topic = None;
        act(&mut model, Action::LinkJoin);
        assert!(model.decisions.is_empty());
        assert!(model.message.as_ref().unwrap().starts_with("under which topic"));
    }

    #[test]
    fn a_passage_without_partner_is_joined_to_what_stands_beside_it_and_back() {
        // The right text lacks 5, and what stands there is 6.
        let mut model = fixture::aligned(|passages| drop(passages.remove(5)));
        update(&mut model, Event::Resize { columns: 120, rows: 30 });
        model.put([Anchor::start_of(5), Anchor::start_of(5)]);
        let of = |model: &Model, left: usize| -> Vec<([Vec<usize>; 2], Status)> {
            let links = model.links_at(0, left);
            links.map(|(_, link)| (link.passages.clone(), link.status)).collect()
        };
        let before = [of(&model, 5), of(&model, 6)];
        assert_eq!(before[0], [([vec![5], vec![]], Status::Proposed)]);
        act(&mut model, Action::LinkJoin);
        assert!(of(&model, 5).contains(&([vec![5, 6], vec![5]], Status::Accepted)), "{:?}", of(&model, 5));
        let displaced =
            |model: &Model| model.pair.links.iter().filter(|link| link.status == Status::Displaced).count();
        assert_eq!(displaced(&model), 2, "that 5 has no partner, and that 6 has one alone");
        assert_eq!(model.lacking(), None);
        act(&mut model, Action::LinkReject);
        assert_eq!((displaced(&model), [of(&model, 5), of(&model, 6)]), (0, before));
    }

    #[test]
    fn of_one_work_a_passage_is_in_one_link_of_the_readers_own_and_the_last_step_can_be_taken_back() {
        let mut model = fixture::aligned(|_| ());
        update(&mut model, Event::Resize { columns: 120, rows: 30 });
        let own = |model: &Model| -> Vec<[Vec<usize>; 2]> {
            let own = model.pair.links.iter().filter(|link| link.status == Status::Accepted);
            own.map(|link| link.passages.clone()).collect()
        };
        let join = |model: &mut Model, left: usize, right: usize| {
            model.put([Anchor::start_of(left), Anchor::start_of(right)]);
            act(model, Action::LinkJoin);
            model.message.clone().unwrap()
        };
        join(&mut model, 5, 6);
        // What was found of 5 and 6 leaves a passage of each side over: nothing is said to be beside it.
        let alone = |model: &Model| {
            model
                .pair
                .links
                .iter()
                .filter(|link| link.stands() && link.passages.iter().any(Vec::is_empty))
                .count()
        };
        assert_eq!((own(&model), alone(&model)), (vec![[vec![5], vec![6]]], 2));
        // One of them is joined to the link beside it, which is the reader's own.
        join(&mut model, 6, 6);
        assert_eq!((own(&model), alone(&model)), (vec![[vec![5, 6], vec![6]]], 1));
        let said = join(&mut model, 6, 9);
        assert!(said.contains("takes it back; no more: A ¶ 9, B ¶ 9; still joined: A ¶ 5, B ¶ 6"), "{said}");
        assert_eq!(own(&model), [[vec![5], vec![6]], [vec![6], vec![9]]]);
        for kept in [&[[vec![5, 6], vec![6]]][..], &[]] {
            act(&mut model, Action::LinkJoin);
            model.put([Anchor::start_of(6), Anchor::start_of(6)]);
            assert_eq!(own(&model), kept, "the last step alone, then the link");
        }
        assert_eq!(alone(&model), 0);
    }

    #[test]
    fn what_a_long_link_keeps_stays_joined_and_what_is_left_over_is_counted() {
        // The right text has 5 to 8 in one passage.
        let mut model = fixture::aligned(|passages| {
            let joined: Vec<String> = passages.drain(6..9).map(|passage| passage.text).collect();
            passages[5].text = format!("{} {}", passages[5].text, joined.join(" "));
        });
        update(&mut model, Event::Resize { columns: 120, rows: 30 });
        let standing = |model: &Model| -> Vec<[Vec<usize>; 2]> {
            let links = model.pair.links.iter().filter(|link| link.stands());
            links.map(|link| link.passages.clone()).filter(|of| (4..11).contains(&of[0][0])).collect()
        };
        let join = |model: &mut Model, left: usize, right: usize| {
            model.put([Anchor::start_of(left), Anchor::start_of(right)]);
            act(model, Action::LinkJoin);
            model.message.clone().unwrap()
        };
        let before = standing(&model);
        assert_eq!(before[1], [vec![5, 6, 7, 8], vec![5]]);
        let said = join(&mut model, 8, 6);
        assert!(
            said.contains("A ¶ 8-9, B ¶ 9;") && said.contains("; still joined: A ¶ 5-7, B ¶ 5"),
            "{said}"
        );
        assert_eq!(standing(&model)[1..3], [[vec![5, 6, 7], vec![5]], [vec![8, 9], vec![6]]]);
        // Nobody decided that: it is what was found, without what was joined elsewhere.
        let kept = model.pair.links.iter().find(|link| link.passages == [vec![5, 6, 7], vec![5]]).unwrap();
        assert_eq!((kept.status, &kept.reasons[..]), (Status::Proposed, &[REST.to_owned()][..]));
        assert_eq!(model.decisions.len(), 1);
        act(&mut model, Action::LinkJoin);
        assert_eq!((standing(&model), model.decisions.len()), (before.clone(), 0));
        // One out of the middle takes it apart, which is said.
        let said = join(&mut model, 10, 5);
        assert!(said.contains("; no more: A ¶ 5-8, B ¶ 5"), "{said}");
        assert!(said.contains("; 5 passages are left without partner"), "{said}");
        act(&mut model, Action::LinkJoin);
        let said = model.message.clone().unwrap();
        assert!(said.contains("; again: A ¶ 5-8, B ¶ 5; A ¶ 10, B ¶ 10"), "{said}");
        assert_eq!(standing(&model), before);
    }

    #[test]
    fn that_a_passage_has_no_partner_is_rejected_and_left_open_by_the_same_key() {
        let mut model = fixture::aligned(|passages| drop(passages.remove(5)));
        update(&mut model, Event::Resize { columns: 120, rows: 30 });
        model.put([Anchor::start_of(5), Anchor::start_of(5)]);
        let found = statuses(&model);
        act(&mut model, Action::LinkReject);
        assert_ne!(statuses(&model), found, "{:?}", model.message);
        act(&mut model, Action::LinkReject);
        assert_eq!(statuses(&model), found, "{:?}", model.message);
    }

    #[test]
    fn what_was_rejected_is_so_again_where_it_is_joined_no_more() {
        let mut model = fixture::aligned(|_| ());
        update(&mut model, Event::Resize { columns: 120, rows: 30 });
        model.put([5, 5].map(Anchor::start_of));
        act(&mut model, Action::LinkReject);
        let rejected = statuses(&model);
        for _ in 0..2 {
            act(&mut model, Action::LinkJoin);
            assert_ne!(statuses(&model), rejected);
            act(&mut model, Action::LinkJoin);
            assert_eq!(statuses(&model), rejected);
            assert!(model.message.as_ref().unwrap().contains("rejected again: A ¶ 5, B ¶ 5"));
        }
    }

    #[test]
    fn the_key_that_parts_joins_again_in_the_list_too() {
        let mut model = fixture::aligned(|_| ());
        update(&mut model, Event::Resize { columns: 120, rows: 30 });
        for (left, right) in [(5, 6), (9, 10)] {
            model.put([left, right].map(Anchor::start_of));
            act(&mut model, Action::LinkJoin);
        }
        let joined = model.decisions.clone();
        for list in [false, true] {
            model.put([5, 6].map(Anchor::start_of));
            if list {
                act(&mut model, Action::Links);
            }
            act(&mut model, Action::LinkReject);
            assert_eq!(model.decisions, joined[1..]);
            act(&mut model, Action::LinkReject);
            assert_eq!(model.decisions.len(), 2, "{:?}", model.message);
            act(&mut model, Action::LinkReject);
            assert_eq!(model.decisions, joined[1..], "the same one again");
            act(&mut model, Action::LinkReject);
        }
        // Another key in between, and it is about what it is on.
        act(&mut model, Action::LinkReject);
        act(&mut model, Action::LineDown);
        act(&mut model, Action::LinkReject);
        assert_eq!(model.decisions.len(), 2);
        assert!(model.message.as_ref().unwrap().starts_with("rejected: "), "{:?}", model.message);
    }

    #[test]
    fn the_links_that_the_reader_comes_back_to_stay_the_same_where_others_are_joined_before_them() {
        let mut model = fixture::aligned(|_| ());
        update(&mut model, Event::Resize { columns: 120, rows: 30 });
        let of =
            |model: &Model, link: Option<usize>| link.map(|link| model.pair.links[link].passages.clone());
        model.put([20, 20].map(Anchor::start_of));
        act(&mut model, Action::LinkNext);
        let gone_to = of(&model, model.link);
        assert_eq!(gone_to, Some([vec![21], vec![21]]));
        act(&mut model, Action::Top);
        model.put([3, 5].map(Anchor::start_of));
        act(&mut model, Action::LinkJoin);
        assert_eq!(of(&model, model.stepped), gone_to);
        act(&mut model, Action::JumpBack);
        assert_eq!(of(&model, model.link), gone_to);
    }

    #[test]
    fn where_no_link_is_in_force_nothing_is_decided() {
        let mut model = model();
        act(&mut model, Action::LinkAccept);
        assert!(model.decisions.is_empty() && model.message.is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn whatever_is_joined_accepted_and_rejected_each_passage_is_in_one_link_that_stands(
            steps in prop::collection::vec((0_u8..4, 1_usize..9, 1_usize..9), 1..14),
        ) {
            // The right text lacks the third passage, and its fifth holds two.
            let mut model = fixture::aligned(|passages| {
                let sixth = passages.remove(6).text;
                passages[5].text = format!("{} {sixth}", passages[5].text);
                passages.remove(3);
            });
            let found = model.pair.links.clone();
            for (step, left, right) in steps {
                model.put([Anchor::start_of(left), Anchor::start_of(right)]);
                match step {
                    0 => drop(act(&mut model, Action::LinkReject)),
                    1 => model.decide_on(left.min(model.pair.links.len() - 1), true),
                    _ => drop(act(&mut model, Action::LinkJoin)),
                }
                for side in [0, 1] {
                    let standing = model.pair.links.iter().filter(|link| link.stands());
                    let mut all: Vec<usize> = standing.flat_map(|link| link.passages[side].clone()).collect();
                    all.sort_unstable();
                    prop_assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{side}: {all:?}");
                }
                // What is kept gives the same links again.
                let links = |model: &Model| {
                    let links = model.pair.links.iter().filter(|link| link.stands());
                    let mut links: Vec<_> = links.map(|link| link.passages.clone()).collect();
                    links.sort_unstable();
                    links
                };
                let before = links(&model);
                model.impose_decisions();
                prop_assert_eq!(links(&model), before);
            }
            model.decisions.clear();
            model.impose_decisions();
            prop_assert_eq!(&model.pair.links, &found);
        }
    }
}
