//! What a reader decided about links: it stays whatever a computation proposes later.

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
    for link in links.iter_mut() {
        let decision = decided.iter().find(|decision| decision.is_on(link));
        link.status = decision.map_or(undecided(link.origin), |decision| status(decision.accepted));
    }
    let missing = |decision: &&Decided| decision.accepted && !links.iter().any(|link| decision.is_on(link));
    let own: Vec<Link> = decided.iter().filter(missing).map(own).collect();
    if !own.is_empty() {
        links.extend(own);
        // Stable: within a topic the order, best first, stays.
        links.sort_by_key(|link| link.topic.unwrap_or(usize::MAX));
    }
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
        reasons: vec!["you accepted it".to_owned()],
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
}
