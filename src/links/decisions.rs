//! What a reader decided about links: it stays whatever a computation proposes later.

use std::collections::{HashMap, HashSet};

use super::{Link, LinkKind, Status};
use crate::align::LEFT_OVER;
use crate::topics::Origin;

/// The reason of a link that the reader made.
pub const JOINED: &str = "you joined them";
/// The reason of one that is the rest of a longer one.
pub const REST: &str = "what is left of a longer link: you joined a passage of it elsewhere";

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
    /// That a link holds.
    #[must_use]
    pub fn joins(link: &Link) -> Self {
        Self { topic: link.topic, passages: link.passages.clone(), accepted: true }
    }

    /// Whether it is about a link.
    #[must_use]
    pub fn is_on(&self, link: &Link) -> bool {
        self.topic == link.topic && self.passages == link.passages
    }

    /// Whether two decisions are about one link.
    #[must_use]
    pub fn is_on_link_of(&self, other: &Self) -> bool {
        self.topic == other.topic && self.passages == other.passages
    }

    /// Whether both are about parallel links that have a passage in common.
    #[must_use]
    pub fn shares_a_passage(&self, other: &Self) -> bool {
        let mut sides = self.passages.iter().zip(&other.passages);
        let is_parallel = self.topic.is_none() && other.topic.is_none();
        is_parallel && sides.any(|(own, of)| own.iter().any(|passage| of.contains(passage)))
    }
}

/// Lays decisions over links as a computation or an editor left them. An accepted link that nobody proposes
/// any more stays, as the reader's own; what it leaves of links that it displaces is a link where it stands together, else
/// it has no partner.
pub fn impose(links: &mut Vec<Link>, decided: &[Decided]) {
    links.retain(|link| link.origin != Origin::Reader);
    let missing = |decision: &&Decided| decision.accepted && !links.iter().any(|link| decision.is_on(link));
    let own: Vec<Link> = decided.iter().filter(missing).map(own).collect();
    let (own_of_topics, own_parallel): (Vec<Link>, Vec<Link>) =
        own.into_iter().partition(|link| link.topic.is_some());
    links.extend(own_of_topics);
    // Stable: within a topic the order, best first, stays.
    links.sort_by_key(|link| link.topic.unwrap_or(usize::MAX));
    let is_any = !own_parallel.is_empty();
    for link in own_parallel {
        insert(links, link);
    }
    settle(links, decided);
    if is_any {
        tell_what_is_moved(links);
        add_what_is_left(links, decided);
        settle(links, decided);
    }
}

/// Says of the parallel links of the reader's own whether they stand out of the order of those that were found in order.
fn tell_what_is_moved(links: &mut [Link]) {
    let places = |link: &Link| {
        let [left, right] = link.places();
        left.zip(right).filter(|_| link.topic.is_none() && link.stands())
    };
    let is_in_place = |link: &&Link| link.origin != Origin::Reader && !link.moved;
    let in_place: Vec<(usize, usize)> = links.iter().filter(is_in_place).filter_map(places).collect();
    for link in links.iter_mut().filter(|link| link.origin == Origin::Reader) {
        let crosses = |own: (usize, usize), other: &(usize, usize)| (other.0 < own.0) != (other.1 < own.1);
        link.moved = places(link).is_some_and(|own| in_place.iter().any(|other| crosses(own, other)));
    }
}

/// Gives each link the status that decisions leave it with, where it stands.
pub fn settle(links: &mut [Link], decided: &[Decided]) {
    let word: HashMap<_, bool> = decided.iter().map(|of| ((of.topic, &of.passages), of.accepted)).collect();
    let word = |link: &Link| word.get(&(link.topic, &link.passages)).copied();
    let is_own = |link: &&Link| link.origin == Origin::Reader && word(link) == Some(true);
    let joined = passages_of(links.iter().filter(is_own));
    for link in links {
        let mut sides = joined.iter().zip(&link.passages);
        let is_joined_otherwise =
            link.topic.is_none() && sides.any(|(all, of)| of.iter().any(|passage| all.contains(passage)));
        link.status = match word(link) {
            Some(true) => Status::Accepted,
            // That it does not hold goes without saying, and that the others of its passages have no partner is said.
            Some(false) | None if is_joined_otherwise => Status::Displaced,
            Some(false) => Status::Rejected,
            None => undecided(link.origin),
        };
    }
}

/// The passages of each side that parallel links hold.
fn passages_of<'l>(links: impl Iterator<Item = &'l Link>) -> [HashSet<usize>; 2] {
    let mut all: [HashSet<usize>; 2] = Default::default();
    for link in links.filter(|link| link.topic.is_none()) {
        all.iter_mut().zip(&link.passages).for_each(|(all, of)| all.extend(of));
    }
    all
}

/// Adds what no other link holds of the displaced ones: of each a link where its passages stand together on both sides and
/// nobody rejected it, else for each of them that it has no partner.
fn add_what_is_left(links: &mut Vec<Link>, decided: &[Decided]) {
    let held = passages_of(links.iter().filter(|link| link.stands()));
    let is_rejected = |link: &Link| decided.iter().any(|of| !of.accepted && of.is_on(link));
    let mut left = Vec::new();
    for link in links.iter().filter(|link| link.is_displaced()) {
        if let Some(rest) = rest(link, &held).filter(|_| !is_rejected(link)) {
            left.push(rest);
            continue;
        }
        for (side, passages) in link.passages.iter().enumerate() {
            for passage in passages.iter().filter(|passage| !held[side].contains(passage)) {
                let mut alone = [Vec::new(), Vec::new()];
                alone[side].push(*passage);
                left.push(left_over(alone));
            }
        }
    }
    for link in left {
        insert(links, link);
    }
}

/// Puts a parallel link among the others: as the left text runs; what the right one has alone, as that does.
fn insert(links: &mut Vec<Link>, link: Link) {
    let side = usize::from(link.passages[0].is_empty());
    let is_behind = |other: &Link| other.topic.is_none() && other.first(side) > link.first(side);
    let place = links.iter().position(is_behind).unwrap_or(links.len());
    links.insert(place, link);
}

/// The passages of the link that two of them, left and right, make where the reader says that they belong together. One is
/// joined to the link that the other is of, where it stands next to its passages: to a link of the reader's own, and where
/// an alignment found no partner for the one, to what it found for the other. Where it stands at the edge of a link whose
/// other passages remain there, it goes from that link to the next one. The link that so grows, by its index, gives way.
#[must_use]
pub fn joined(links: &[Link], topic: Option<usize>, here: [usize; 2]) -> ([Vec<usize>; 2], Option<usize>) {
    let alone = (here.map(|passage| vec![passage]), None);
    if topic.is_some() {
        return alone;
    }
    let partners = |side: usize, is_it: &dyn Fn(&Link) -> bool| {
        let holds = |link: &Link| link.topic.is_none() && link.passages[side].contains(&here[side]);
        links.iter().position(|link| is_it(link) && holds(link))
    };
    let has_both = |link: &Link| link.stands() && link.has_both_sides();
    // The passage of a side next to a link, joined to it.
    let grown = |index: usize, side: usize| {
        let mut passages = links.get(index)?.passages.clone();
        let (of, passage) = (&mut passages[side], here[side]);
        if of.last().is_some_and(|last| last + 1 == passage) {
            of.push(passage);
        } else if of.first() == Some(&(passage + 1)) {
            of.insert(0, passage);
        } else {
            return None;
        }
        Some((passages, Some(index)))
    };
    // From the link of a passage to that of the other one, where passages of that side stay behind.
    let moved = |to: usize, from: usize, side: usize| {
        let stay = links.get(from).is_some_and(|link| link.passages[side].len() > 1);
        grown(to, side).filter(|_| stay && to != from)
    };
    if let [Some(left), Some(right)] = [0, 1].map(|side| partners(side, &has_both)) {
        // Where both may move these two alone belong together.
        if let [Some(only), None] | [None, Some(only)] = [moved(left, right, 1), moved(right, left, 0)] {
            return only;
        }
    }
    let one_sided = |is_it: &dyn Fn(&Link) -> bool| match [0, 1].map(|side| partners(side, is_it)) {
        [Some(index), None] => Some((index, 1)),
        [None, Some(index)] => Some((index, 0)),
        _ => None,
    };
    let found = one_sided(&|link| link.status == Status::Accepted).or_else(|| one_sided(&has_both));
    found.and_then(|(index, side)| grown(index, side)).unwrap_or(alone)
}

/// What stays joined of those of `links` that a link of the reader's own takes passages from: see [`left_of`].
#[must_use]
pub fn rests<'l>(links: impl Iterator<Item = &'l Link>, own: &Decided) -> Vec<Decided> {
    let mut taken: [HashSet<usize>; 2] = Default::default();
    taken.iter_mut().zip(&own.passages).for_each(|(taken, of)| taken.extend(of));
    let gives = |link: &&Link| {
        let mut sides = link.passages.iter().zip(&taken);
        own.topic.is_none()
            && link.topic.is_none()
            && sides.any(|(of, taken)| of.iter().any(|at| taken.contains(at)))
    };
    let rest =
        |link: &Link| left_of(link, &taken).map(|passages| Decided { topic: None, passages, accepted: true });
    links.filter(gives).filter_map(rest).collect()
}

/// The passages of a link but those taken, where there are some on both sides and they stand one after the other.
fn left_of(link: &Link, taken: &[HashSet<usize>; 2]) -> Option<[Vec<usize>; 2]> {
    let left = |side: usize| {
        let stays = |passage: &&usize| !taken[side].contains(passage);
        link.passages[side].iter().filter(stays).copied().collect::<Vec<usize>>()
    };
    let passages = [left(0), left(1)];
    let is_run = |of: &Vec<usize>| !of.is_empty() && of.windows(2).all(|two| two[0] + 1 == two[1]);
    passages.iter().all(is_run).then_some(passages)
}

/// What stays of a displaced link that scrolling rested on, as surely as that held.
fn rest(link: &Link, held: &[HashSet<usize>; 2]) -> Option<Link> {
    let found = Link { status: undecided(link.origin), ..link.clone() };
    let passages = left_of(link, held).filter(|_| found.carries())?;
    Some(Link {
        passages,
        relation: None,
        origin: Origin::Reader,
        similarity: None,
        status: Status::Proposed,
        steps: Vec::new(),
        reasons: vec![REST.to_owned()],
        ..found
    })
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
    let is_alone = decision.passages.iter().any(Vec::is_empty);
    let why = if is_alone { "you accepted that it has no counterpart" } else { JOINED };
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
        steps: Vec::new(),
        reasons: vec![why.to_owned()],
    }
}

/// A passage whose partner the reader joined to another one.
fn left_over(passages: [Vec<usize>; 2]) -> Link {
    let reasons = vec!["you joined what stood beside it to another passage".to_owned()];
    let of = Decided { topic: None, passages, accepted: true };
    Link { confidence: LEFT_OVER, status: Status::Proposed, reasons, ..own(&of) }
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
        let (left, others): (Vec<&Link>, Vec<&Link>) =
            links.iter().partition(|link| link.origin == Origin::Reader && link.status == Status::Proposed);
        let seen: Vec<_> =
            others.iter().map(|link| (link.passages[0][0], link.origin, link.status)).collect();
        assert_eq!(
            seen,
            [
                (0, Origin::Automatic, Status::Proposed),
                (1, Origin::Automatic, Status::Displaced),
                (1, Origin::Reader, Status::Accepted),
                (2, Origin::Automatic, Status::Proposed),
                (3, Origin::Automatic, Status::Displaced),
            ],
            "in the order of the left text"
        );
        // What is left over has no partner.
        let left: Vec<_> = left.iter().map(|link| (link.passages.clone(), link.status)).collect();
        let alone = |left: &[usize], right: &[usize]| ([left.to_vec(), right.to_vec()], Status::Proposed);
        assert_eq!(left, [alone(&[], &[1]), alone(&[3], &[])]);
        // Whether that is so is for the reader to say, too; and what was joined out of order is moved.
        let has_one = Decided { topic: None, passages: [vec![3], vec![]], accepted: false };
        let crossing = Decided { topic: None, passages: [vec![2], vec![0]], accepted: true };
        impose(&mut links, &[own.clone(), has_one.clone(), crossing.clone()]);
        let of = |passages: &[Vec<usize>; 2]| links.iter().find(|link| link.passages == *passages).unwrap();
        assert_eq!(of(&has_one.passages).status, Status::Rejected);
        assert_eq!(
            (of(&own.passages).moved, of(&crossing.passages).moved),
            (false, false),
            "nothing found is left"
        );
        let far = Decided { topic: None, passages: [vec![2], vec![9]], accepted: true };
        let mut links = found.to_vec();
        impose(&mut links, std::slice::from_ref(&far));
        assert!(links.iter().any(|link| link.passages == far.passages && link.moved), "{links:?}");
        impose(&mut links, &[]);
        assert_eq!(links, found);
    }

    #[test]
    fn of_a_rejected_link_of_which_passages_were_joined_the_others_have_no_partner() {
        let found = [bead(&[0, 1, 2, 3], &[0]), bead(&[4], &[1])];
        let of = |left: usize, right: usize, accepted| {
            let left = if left == 0 { vec![0, 1, 2, 3] } else { vec![left] };
            Decided { topic: None, passages: [left, vec![right]], accepted }
        };
        let stand = |decided: &[Decided]| {
            let mut links = found.to_vec();
            impose(&mut links, decided);
            let standing = links.iter().filter(|link| link.stands());
            let standing: Vec<_> = standing.map(|link| link.passages.clone()).collect();
            let rejected = links.iter().filter(|link| link.status == Status::Rejected).count();
            (standing, rejected)
        };
        let alone = |left: usize| [vec![left], vec![]];
        assert_eq!(stand(&[of(0, 0, false)]), (vec![[vec![4], vec![1]]], 1));
        let parts = vec![alone(0), alone(2), alone(3), [vec![1], vec![0]], [vec![4], vec![1]]];
        let (mut standing, rejected) = stand(&[of(0, 0, false), of(1, 0, true)]);
        standing.sort_unstable();
        let mut expected = parts;
        expected.sort_unstable();
        assert_eq!((standing, rejected), (expected, 0));
        // What was not rejected stays joined but for the passage taken from it.
        let (standing, _) = stand(&[of(3, 1, true)]);
        assert!(standing.contains(&[vec![0, 1, 2], vec![0]]), "{standing:?}");
        let (standing, _) = stand(&[of(0, 0, false), of(3, 1, true)]);
        assert!(standing.contains(&alone(0)) && standing.contains(&[vec![], vec![0]]), "{standing:?}");
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
        // To one of the reader's own also what has another partner.
        let mut own = found.clone();
        own[0].status = Status::Accepted;
        assert_eq!(super::joined(&own, None, [1, 0]), ([vec![0, 1], vec![0]], Some(0)));
        own[2].status = Status::Accepted;
        assert_eq!(super::joined(&own, None, [1, 0]), ([vec![1], vec![0]], None));
        // From the edge of a link to the next one, where others stay behind.
        let long =
            [bead(&[0], &[0, 1, 2]), bead(&[1], &[3, 4]), bead(&[2, 3], &[5, 6]), bead(&[4, 5], &[7, 8])];
        let joined = |here| super::joined(&long, None, here);
        assert_eq!(joined([1, 2]), ([vec![1], vec![2, 3, 4]], Some(1)));
        assert_eq!(joined([0, 3]), ([vec![0], vec![0, 1, 2, 3]], Some(0)));
        for here in [[1, 1], [0, 4], [4, 6], [0, 1]] {
            assert_eq!(joined(here), (here.map(|passage| vec![passage]), None), "{here:?}");
        }
        // Whoever joined one edge of a link before: the other one moves as well.
        let mut rest_of_first = long.clone();
        rest_of_first[2].status = Status::Accepted;
        assert_eq!(super::joined(&rest_of_first, None, [4, 6]), ([vec![2, 3, 4], vec![5, 6]], Some(2)));
        rest_of_first[0].status = Status::Accepted;
        assert_eq!(super::joined(&rest_of_first, None, [1, 2]), ([vec![1], vec![2, 3, 4]], Some(1)));
        let rests = |here| {
            let own = Decided { topic: None, passages: joined(here).0, accepted: true };
            rests(long.iter(), &own)
        };
        let rest = |left: &[usize], right: &[usize]| Decided {
            topic: None,
            passages: [left.to_vec(), right.to_vec()],
            accepted: true,
        };
        assert_eq!(rests([1, 2]), [rest(&[0], &[0, 1])]);
        assert_eq!(rests([4, 6]), [rest(&[2, 3], &[5]), rest(&[5], &[7, 8])]);
        assert_eq!(rests([1, 1]), [], "neither a side without passages nor two parts of one");
        // Under a topic each is a link of its own.
        assert_eq!(super::joined(&found, Some(0), [0, 1]), ([vec![0], vec![1]], None));
    }
}
