//! Two made-up texts with topics and links, for the tests of the reader and of the view.

use crate::align;
use crate::document::{Edition, Kind, Passage};
use crate::library::pair::{Ground, Pair, Stage, Standing};
use crate::library::{Form, Text, Work};
use crate::links::parallel::{self, Unit};
use crate::links::{Link, LinkKind, Relation, Status, steps};
use crate::progress::Progress;
use crate::reader::model::{Model, Options, Surroundings};
use crate::topics::{Entry, Origin, Topic, TopicEntries, TopicIndex};

/// Some work.
pub fn work() -> Work {
    let word = || "a".to_owned();
    let language = "en".to_owned();
    Work { id: word(), author: word(), title: word(), short_title: word(), year: word(), language }
}

fn text(name: &str, passages: usize) -> Text {
    let words = |n: usize| {
        let word = |w: usize| format!("{name}{n}w{w} ");
        (0..20 + n % 7 * 5).map(word).collect::<String>().trim_end().to_owned()
    };
    let mut all = vec![Passage::new(Kind::Heading, format!("Heading of {name}"))];
    all.extend((1..=passages).map(|n| Passage::new(Kind::Paragraph, words(n))));
    Text {
        work: None,
        form: Form::File,
        named: false,
        copy: None,
        path: Some(format!("{name}.txt").into()),
        content_hash: name.to_owned(),
        edition: Edition::new(all, Vec::new(), 0),
    }
}

fn topic(id: &str) -> Topic {
    Topic {
        id: id.to_owned(),
        name: id.to_owned(),
        definition: format!("what counts as {id}"),
        terms: Vec::new(),
        look_alikes: Vec::new(),
        see_also: Vec::new(),
        origin: Origin::Curated,
    }
}

fn entry(passage: usize, weight: u8) -> Entry {
    Entry { passage, weight, score: 0.5, origin: Origin::Curated, reason: format!("reason {passage}") }
}

fn link(left: &[usize], right: &[usize], confidence: f32) -> Link {
    Link {
        topic: Some(0),
        kind: LinkKind::Topic,
        passages: [left.to_vec(), right.to_vec()],
        relation: Some(Relation::Contradict),
        origin: Origin::Curated,
        similarity: Some(0.3),
        confidence,
        status: Status::Chosen,
        moved: false,
        steps: Vec::new(),
        reasons: vec!["they differ".to_owned()],
    }
}

/// Two texts of 40 and 60 passages: under "councils" three links, one of which crosses; "party" only right.
pub(crate) fn pair() -> Pair {
    let index = |councils: &[usize], party: &[usize], near: &[usize]| {
        let entries = |of: &[usize]| of.iter().map(|&p| entry(p, 2)).collect::<Vec<_>>();
        let near_misses = near.iter().map(|&p| entry(p, 0)).collect();
        TopicIndex::new(vec![
            TopicEntries { entries: entries(councils), near_misses: Vec::new() },
            TopicEntries { entries: entries(party), near_misses },
        ])
    };
    Pair {
        texts: [text("a", 40), text("b", 60)],
        topics: vec![topic("councils"), topic("party")],
        indexes: [index(&[5, 12, 30], &[], &[7]), index(&[10, 25, 50], &[3, 44], &[])],
        links: vec![link(&[12, 13], &[25], 0.9), link(&[5], &[50], 0.8), link(&[30], &[10], 0.6)],
        ground: Ground::known(Standing::Works, "made up"),
        stage: Stage::Joined,
    }
}

/// The left text beside itself, changed: two forms of one work, aligned.
pub(crate) fn aligned(change: impl FnOnce(&mut Vec<Passage>)) -> Model {
    let mut pair = pair();
    let mut passages = pair.texts[0].edition.passages().to_vec();
    change(&mut passages);
    pair.texts[1].edition = Edition::new(passages, Vec::new(), 0);
    let editions = pair.texts.each_ref().map(|text| &text.edition);
    let progress = Progress::default();
    let aligned = parallel::align(editions, Unit::Passage, &align::Options::default(), &progress).unwrap();
    pair.links = aligned.links(editions, &progress).unwrap();
    steps::tell(&mut pair.links.iter_mut().collect::<Vec<_>>(), editions, &progress).unwrap();
    pair.ground = Ground::known(Standing::Parallel, "made up");
    let mut model = Model::new(pair, Options::default(), Surroundings::default());
    model.size = (120, 30);
    model
}

/// The left text beside itself with a word of two passages changed.
pub(crate) fn reworded() -> Model {
    aligned(|passages| {
        for (at, word) in [(3, "a3w1"), (8, "a8w20")] {
            passages[at].text = passages[at].text.replace(&format!("{word} "), "other ");
        }
    })
}
