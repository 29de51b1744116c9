//! What a reader decided about links: it stays whatever a computation proposes later.

use std::collections::{HashMap, HashSet};

use super::{Link, LinkKind, Status};
use crate::topics::Origin;

/// A link on which the reader decided, by what it joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Index of its topic; `None` for a parallel link.
    pub topic: Option<usize>,
    /// Its passages, left and right.
    pub passages: [Vec<usize>; 2],
    /// Whether it holds.
    pub accepted: bool,
}

impl Decided {
    /// Whether it is about a link.
    #[must_use]
    pub fn is_on(&self, link: &Link) -> bool {
        self.topic == link.topic && self.passages == link.passages
    }
}

/// Lays decisions over links as a computation or an editor left them. An accepted link that nobody proposes
/// any more stays, as the reader's own.
pub fn impose(links: &mut Vec<Link>, decided: &[Decided]) {
    links.retain(|link| link.origin != Origin::Reader);
    let missing = |decision: &&Decided| decision.accepted && !links.iter().any(|link| decision.is_on(link));
    let own: Vec<Link> = decided.iter().filter(missing).map(own).collect();
    let (own_of_topics, own_parallel): (Vec<Link>, Vec<Link>) =
        own.into_iter().partition(|link| link.topic.is_some());
    links.extend(own_of_topics);
    // Stable: within a topic the order, best first, stays.
    links.sort_by_key(|link| link.topic.unwrap_or(usize::MAX));
    for link in own_parallel {
        let is_behind = |other: &Link| other.topic.is_none() && other.first(0) > link.first(0);
        let place = links.iter().position(is_behind).unwrap_or(links.len());
        links.insert(place, link);
    }
    settle(links, decided);
}

/// Gives each link the status that decisions leave it with, where it stands. What an alignment says of a passage that
/// the reader joined otherwise is rejected with that.
pub fn settle(links: &mut [Link], decided: &[Decided]) {
    let word: HashMap<_, bool> = decided.iter().map(|of| ((of.topic, &of.passages), of.accepted)).collect();
    let word = |link: &Link| word.get(&(link.topic, &link.passages)).copied();
    let mut joined: [HashSet<usize>; 2] = Default::default();
    for link in links.iter().filter(|link| link.origin == Origin::Reader && link.topic.is_none()) {
        if word(link) == Some(true) {
            joined.iter_mut().zip(&link.passages).for_each(|(all, of)| all.extend(of));
        }
    }
    let is_joined_otherwise = |link: &Link| {
        let mut sides = joined.iter().zip(&link.passages);
        link.topic.is_none() && sides.any(|(all, of)| of.iter().any(|passage| all.contains(passage)))
    };
    for link in links {
        link.status = match word(link) {
            Some(accepted) => status(accepted),
            // Nothing but the reader's word made it.
            None if link.origin == Origin::Reader => Status::Rejected,
            None if is_joined_otherwise(link) => Status::Rejected,
            None => undecided(link.origin),
        };
    }
}

/// The passages of the link that two of them, left and right, make where the reader says that they belong together.
/// One that an alignment found no partner for is joined to the link that the other is of, where it stands next to its
/// passages; that link, by its index, then gives way to the new one.
#[must_use]
pub fn joined(links: &[Link], topic: Option<usize>, here: [usize; 2]) -> ([Vec<usize>; 2], Option<usize>) {
    let alone = here.map(|passage| vec![passage]);
    if topic.is_some() {
        return (alone, None);
    }
    let stands = |link: &Link| {
        link.topic.is_none()
            && link.status != Status::Rejected
            && link.passages.iter().all(|of| !of.is_empty())
    };
    let partners = |side: usize| {
        let mut found = links.iter().enumerate();
        found.find(|(_, link)| stands(link) && link.passages[side].contains(&here[side]))
    };
    let (index, link, lone) = match (partners(0), partners(1)) {
        (Some((index, link)), None) => (index, link, 1),
        (None, Some((index, link))) => (index, link, 0),
        _ => return (alone, None),
    };
    let (mut passages, passage) = (link.passages.clone(), here[lone]);
    let of = &mut passages[lone];
    if of.last().is_some_and(|last| last + 1 == passage) {
        of.push(passage);
    } else if of.first() == Some(&(passage + 1)) {
        of.insert(0, passage);
    } else {
        return (alone, None);
    }
    (passages, Some(index))
}

/// The status that says what was decided.
#[must_use]
pub const fn status(accepted: bool) -> Status {
    if accepted { Status::Accepted } else { Status::Rejected }
}

/// The status of a link before any reader decided on it.
#[must_use]
pub const fn undecided(origin: Origin) -> Status {
    match origin {
        Origin::Curated => Status::Chosen,
        Origin::Automatic | Origin::Reader => Status::Proposed,
    }
}

fn own(decision: &Decided) -> Link {
    Link {
        topic: decision.topic,
        kind: if decision.topic.is_some() { LinkKind::Topic } else { LinkKind::Parallel },
        passages: decision.passages.clone(),
        relation: None,
        origin: Origin::Reader,
        similarity: None,
        confidence: 1.0,
        status: Status::Accepted,
        moved: false,
        reasons: vec!["you joined them".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(topic: Option<usize>, left: usize, origin: Origin) -> Link {
        let decided = Decided { topic, passages: [vec![left], vec![left]], accepted: true };
        Link { origin, status: undecided(origin), reasons: Vec::new(), ..own(&decided) }
    }

    fn decided(topic: Option<usize>, left: usize, accepted: bool) -> Decided {
        Decided { topic, passages: [vec![left], vec![left]], accepted }
    }

    #[test]
    fn a_decision_survives_whatever_is_proposed_anew() {
        let decisions = [decided(Some(0), 1, false), decided(Some(0), 2, true), decided(None, 7, true)];
        let proposed = [link(Some(0), 1, Origin::Automatic), link(Some(1), 1, Origin::Curated)];
        let mut links = proposed.to_vec();
        for _ in 0..2 {
            impose(&mut links, &decisions);
            let found: Vec<_> = links
                .iter()
                .map(|link| (link.topic, link.passages[0][0], link.origin, link.status))
                .collect();
            assert_eq!(
                found,
                [
                    (Some(0), 1, Origin::Automatic, Status::Rejected),
                    (Some(0), 2, Origin::Reader, Status::Accepted),
                    (Some(1), 1, Origin::Curated, Status::Chosen),
                    (None, 7, Origin::Reader, Status::Accepted),
                ],
                "laid over twice, decisions change nothing more"
            );
        }
        // Withdrawn, all is as it was proposed.
        impose(&mut links, &[]);
        assert_eq!(links, proposed);
    }

    fn bead(left: &[usize], right: &[usize]) -> Link {
        let decided = Decided { topic: None, passages: [left.to_vec(), right.to_vec()], accepted: true };
        let origin = Origin::Automatic;
        Link { origin, status: undecided(origin), reasons: Vec::new(), ..own(&decided) }
    }

    #[test]
    fn what_the_reader_joined_otherwise_is_no_link_of_an_alignment_any_more() {
        let found = [bead(&[0], &[0]), bead(&[1], &[1]), bead(&[2], &[]), bead(&[3], &[2])];
        let own = Decided { topic: None, passages: [vec![1], vec![2]], accepted: true };
        let mut links = found.to_vec();
        impose(&mut links, std::slice::from_ref(&own));
        let seen: Vec<_> = links.iter().map(|link| (link.passages[0][0], link.origin, link.status)).collect();
        assert_eq!(
            seen,
            [
                (0, Origin::Automatic, Status::Proposed),
                (1, Origin::Automatic, Status::Rejected),
                (1, Origin::Reader, Status::Accepted),
                (2, Origin::Automatic, Status::Proposed),
                (3, Origin::Automatic, Status::Rejected),
            ],
            "in the order of the left text"
        );
        // What was accepted besides stands.
        let besides = Decided { topic: None, passages: found[3].passages.clone(), accepted: true };
        impose(&mut links, &[own, besides]);
        assert_eq!(links[4].status, Status::Accepted);
        impose(&mut links, &[]);
        assert_eq!(links, found);
    }

    #[test]
    fn a_passage_without_partner_is_joined_to_the_link_beside_it() {
        let found = [bead(&[0], &[0]), bead(&[], &[1]), bead(&[1], &[2]), bead(&[2], &[]), bead(&[3], &[5])];
        let joined = |here| joined(&found, None, here);
        assert_eq!(joined([0, 1]), ([vec![0], vec![0, 1]], Some(0)));
        assert_eq!(joined([1, 1]), ([vec![1], vec![1, 2]], Some(2)));
        assert_eq!(joined([2, 2]), ([vec![1, 2], vec![2]], Some(2)));
        assert_eq!(joined([2, 5]), ([vec![2, 3], vec![5]], Some(4)));
        // Two with partners, two without, and one that stands elsewhere.
        for here in [[0, 2], [2, 1], [2, 0]] {
            assert_eq!(joined(here), (here.map(|passage| vec![passage]), None));
        }
        // Under a topic each is a link of its own.
        assert_eq!(super::joined(&found, Some(0), [0, 1]), ([vec![0], vec![1]], None));
    }
}
