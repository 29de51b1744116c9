//! How well the automatic index agrees with a reader of the four originals, printed by topic; what the
//! originals do not speak of is absent. Needs the originals (`DIPTYCH_ORIGINALS`, or beside the project);
//! without them it says that it was skipped. `VERBOSE=1 cargo test --test topic_scores -- --nocapture` prints
//! every disagreement.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use diptych::document::{Edition, import};
use diptych::links::propose::propose;
use diptych::topics::{Topic, TopicIndex, automatic, curated, definitions};

const WORKS: [&str; 4] = ["kamenev-1920", "stalin-1924", "muhsam-1935", "miasnikov-1930"];

fn topics() -> Vec<Topic> {
    definitions::parse(include_str!("../texts/topics.toml"), "texts/topics.toml").unwrap()
}

fn originals() -> Option<Vec<Edition>> {
    let root = env!("CARGO_MANIFEST_DIR");
    let named = std::env::var_os("DIPTYCH_ORIGINALS").map(PathBuf::from);
    let beside = ["../shared/originals", "../../shared/originals"].map(|path| PathBuf::from(root).join(path));
    let Some(folder) = named.into_iter().chain(beside).find(|path| path.is_dir()) else {
        println!("skipped: the originals are not here; set DIPTYCH_ORIGINALS");
        return None;
    };
    let read = |work: &str| {
        let bytes = std::fs::read(folder.join(format!("{work}.txt"))).unwrap();
        import::read(&bytes, None, None).unwrap()
    };
    Some(WORKS.map(read).into_iter().collect())
}

/// By work and topic: the ¶ numbers that a reader chose.
type Labels = BTreeMap<String, BTreeMap<String, Vec<u32>>>;

#[test]
fn the_automatic_index_agrees_with_careful_readers() {
    let Some(editions) = originals() else { return };
    let topics = topics();
    let curated = WORKS.iter().zip(&editions).map(|(work, edition)| {
        let file = format!("{}/texts/{work}/index.toml", env!("CARGO_MANIFEST_DIR"));
        let curated = curated::parse(&std::fs::read_to_string(file).unwrap(), "index.toml", &topics).unwrap();
        let index = curated.hang(edition).index;
        let numbers = |topic: usize| {
            index.entries(topic).iter().map(|e| edition.passages()[e.passage].number.unwrap()).collect()
        };
        let chosen = (0..4).map(|topic| (topics[topic].id.clone(), numbers(topic))).collect();
        ((*work).to_owned(), chosen)
    });
    println!("curated index (developed with)");
    agree(&editions, &topics, &curated.collect(), [0.87; 4]);
    println!("one more reading (developed with)");
    agree(&editions, &topics, &toml::from_str(include_str!("topic_labels.toml")).unwrap(), [0.82; 4]);
    println!("a further reading (held out)");
    let held_out = toml::from_str(include_str!("topic_labels_held_out.toml")).unwrap();
    agree(&editions, &topics, &held_out, [0.82, 0.97, 0.91, 0.79]);
}

/// Prints the agreement with one set of labels by topic; each F1 must reach its own of `least`, which stand in
/// the order of the names: criticism, party, soviets, state capitalism.
fn agree(editions: &[Edition], topics: &[Topic], labels: &Labels, least: [f64; 4]) {
    let mut counts: BTreeMap<&str, [u32; 3]> = BTreeMap::new();
    for (work, edition) in WORKS.iter().zip(editions) {
        let index = automatic::index(edition, topics);
        for (id, chosen) in &labels[*work] {
            let topic = topics.iter().position(|topic| topic.id == *id).unwrap();
            let counts = counts.entry(id).or_default();
            for (at, passage) in edition.passages().iter().enumerate() {
                let Some(number) = passage.number else { continue };
                let entry = index.entry(topic, at);
                let (kind, said) = match (entry.is_some(), chosen.contains(&number)) {
                    (true, true) => (0, None),
                    (true, false) => (1, Some("false")),
                    (false, true) => (2, Some("missed")),
                    (false, false) => continue,
                };
                counts[kind] += 1;
                if let Some(said) = said.filter(|_| std::env::var_os("VERBOSE").is_some()) {
                    let start: String = passage.text.chars().take(60).collect();
                    let near = index.near_misses(topic).iter().find(|near| near.passage == at);
                    let why = entry.or(near).map(|e| format!("{:.2} {}", e.score, e.reason));
                    println!("{said} {id} {work} ¶{number} {start} | {}", why.unwrap_or_default());
                }
            }
        }
    }
    assert_eq!(counts.len(), least.len());
    for ((id, [right, wrong, missed]), least) in counts.into_iter().zip(least) {
        let f1 = 2.0 * f64::from(right) / f64::from(2 * right + wrong + missed);
        println!("{id:<18} F1 {f1:.3}  right {right}, false {wrong}, missed {missed}");
        assert!(f1 >= least, "{id}: {f1:.3}");
    }
}

#[test]
fn what_a_text_does_not_speak_of_is_absent_and_links_nowhere() {
    let Some(editions) = originals() else { return };
    let topics = topics();
    let indexes: Vec<TopicIndex> =
        editions.iter().map(|edition| automatic::index(edition, &topics)).collect();
    for (work, id) in [
        (0, "state-capitalism"),
        (0, "paris-commune"),
        (1, "state-capitalism"),
        (1, "criticism"),
        (1, "party"),
        (1, "repression"),
        (2, "state-capitalism"),
        (2, "paris-commune"),
    ] {
        let topic = topics.iter().position(|topic| topic.id == id).unwrap();
        let found: Vec<_> = indexes[work].entries(topic).iter().map(|e| (e.passage, &e.reason)).collect();
        assert!(found.is_empty(), "{} speaks of {id}: {found:?}", WORKS[work]);
        for other in (0..WORKS.len()).filter(|&other| other != work) {
            let links =
                propose([&editions[work], &editions[other]], &topics, [&indexes[work], &indexes[other]]);
            assert!(links.iter().all(|link| link.topic != Some(topic)), "{id}");
        }
    }
}

#[test]
fn the_six_pairs_are_linked_and_mirror_when_swapped() {
    let Some(editions) = originals() else { return };
    let topics = topics();
    let indexes: Vec<TopicIndex> =
        editions.iter().map(|edition| automatic::index(edition, &topics)).collect();
    for left in 0..WORKS.len() {
        for right in left + 1..WORKS.len() {
            let links =
                propose([&editions[left], &editions[right]], &topics, [&indexes[left], &indexes[right]]);
            let swapped =
                propose([&editions[right], &editions[left]], &topics, [&indexes[right], &indexes[left]]);
            println!("{} and {}: {} links", WORKS[left], WORKS[right], links.len());
            assert!(links.iter().any(|link| link.topic == Some(0)), "{} {}", WORKS[left], WORKS[right]);
            let mirror = |link: &diptych::links::Link| [link.passages[1].clone(), link.passages[0].clone()];
            assert_eq!(
                links.iter().map(|link| link.passages.clone()).collect::<Vec<_>>(),
                swapped.iter().map(mirror).collect::<Vec<_>>()
            );
            if std::env::var_os("VERBOSE").is_some() {
                for link in &links {
                    let id = &topics[link.topic.unwrap()].id;
                    let numbers = [(0, left), (1, right)].map(|(side, work): (usize, usize)| {
                        let number = |&p: &usize| editions[work].passages()[p].number.unwrap();
                        link.passages[side].iter().map(number).collect::<Vec<_>>()
                    });
                    println!(
                        "  {id} {numbers:?} {:.2?} {:.2} {:?}",
                        link.similarity, link.confidence, link.reasons
                    );
                }
            }
        }
    }
}
