//! How well the automatic index agrees with a reader of the four originals, printed by topic; what the
//! originals do not speak of is absent. Needs the originals (`DIPTYCH_ORIGINALS`, or beside the project);
//! without them it says that it was skipped. `VERBOSE=1 cargo test --test topic_scores -- --nocapture` prints
//! every disagreement.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use diptych::document::{Edition, Kind, Passage, import};
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

fn digests() -> Vec<Edition> {
    let read = |work: &str| {
        let file = format!("{}/texts/{work}/digest.md", env!("CARGO_MANIFEST_DIR"));
        import::read(&std::fs::read(file).unwrap(), None, None).unwrap()
    };
    WORKS.into_iter().map(read).collect()
}

/// By work and topic: the ¶ numbers that a reader chose.
type Labels = BTreeMap<String, BTreeMap<String, Vec<u32>>>;

/// What four readers chose by the definitions.
fn readings() -> [Labels; 4] {
    [
        include_str!("topic_labels/first.toml"),
        include_str!("topic_labels/second.toml"),
        include_str!("topic_labels/third.toml"),
        include_str!("topic_labels/fourth.toml"),
    ]
    .map(|labels| toml::from_str(labels).unwrap())
}

/// The curated index of these editions as labels.
fn curated_labels(editions: &[Edition], topics: &[Topic]) -> Labels {
    let labels = WORKS.iter().zip(editions).map(|(work, edition)| {
        let file = format!("{}/texts/{work}/index.toml", env!("CARGO_MANIFEST_DIR"));
        let curated = curated::parse(&std::fs::read_to_string(file).unwrap(), "index.toml", topics).unwrap();
        let index = curated.hang(edition).index;
        let numbers = |topic: usize| {
            index.entries(topic).iter().map(|e| edition.passages()[e.passage].number.unwrap()).collect()
        };
        let chosen = topics.iter().enumerate().map(|(at, topic)| (topic.id.clone(), numbers(at))).collect();
        ((*work).to_owned(), chosen)
    });
    labels.collect()
}

#[test]
fn the_automatic_index_agrees_with_careful_readers() {
    let Some(editions) = originals() else { return };
    let topics = topics();
    let curated = curated_labels(&editions, &topics);
    let readings = readings();
    // All were seen when the definitions were last changed, the third and the fourth for one term.
    for (name, labels, least) in [
        ("curated index", &curated, [0.92, 0.95, 0.94, 0.93]),
        ("first reading", &readings[0], [0.90, 0.91, 0.93, 0.92]),
        ("second reading", &readings[1], [0.92, 0.95, 0.93, 0.85]),
        ("third reading", &readings[2], [0.88, 0.93, 0.94, 0.90]),
        ("fourth reading", &readings[3], [0.89, 0.96, 0.95, 0.90]),
    ] {
        println!("{name}");
        let agreement = agreement(&editions, &topics, labels);
        for (id, least) in ["criticism", "party", "soviets", "state-capitalism"].into_iter().zip(least) {
            assert!(agreement[id] >= least, "{name}: {id} {:.3}", agreement[id]);
        }
        if agreement.len() == topics.len() {
            assert!(mean(&agreement) >= 0.78, "{name}: {:.3}", mean(&agreement));
        }
    }
}

/// What no index can be asked to pass: how far the readers agree among themselves, printed beside it.
#[test]
fn readers_agree_among_themselves_hardly_more() {
    let readings = readings();
    let chosen = |labels: &Labels, id: &str| -> BTreeSet<(String, u32)> {
        let of = |(work, topics): (&String, &BTreeMap<String, Vec<u32>>)| {
            let numbers = topics.get(id).into_iter().flatten();
            numbers.map(|number| (work.clone(), *number)).collect::<Vec<_>>()
        };
        labels.iter().flat_map(of).collect()
    };
    for id in ["criticism", "party", "soviets", "state-capitalism"] {
        let mut agreements = Vec::new();
        for (at, one) in readings.iter().enumerate() {
            for other in &readings[at + 1..] {
                let [one, other] = [chosen(one, id), chosen(other, id)];
                let both = one.intersection(&other).count();
                agreements.push(2.0 * both as f64 / (one.len() + other.len()) as f64);
            }
        }
        let mean = agreements.iter().sum::<f64>() / agreements.len() as f64;
        println!("{id:<32} among readers {mean:.3}");
        assert!((0.85..1.0).contains(&mean), "{id}: {mean:.3}");
    }
}

/// The digests say the same as the originals in other words: what was fitted to the words of the originals
/// would fail here.
#[test]
fn the_definitions_hold_for_the_digests_too() {
    let (editions, topics) = (digests(), topics());
    let curated = curated_labels(&editions, &topics);
    let agreement = agreement(&editions, &topics, &curated);
    assert_eq!(agreement.len(), topics.len());
    assert!(mean(&agreement) >= 0.68, "{:.3}", mean(&agreement));
}

/// "Council" is also how many hands spell "counsel".
#[test]
fn advice_is_no_council_of_workers() {
    let topics = topics();
    let soviets = topics.iter().position(|topic| topic.id == "soviets").unwrap();
    for (text, is_entry) in [
        ("She took council with her sister, who gave wise council and kept her own council.", false),
        ("They sought council of the old miller, asked council of his wife, and went home.", false),
        ("The council met at noon, and every workshop had its own council.", true),
        ("The bakers elected a council; the council took the mill over.", true),
    ] {
        let passage = Passage::new(Kind::Paragraph, text);
        let index = automatic::index(&Edition::new(vec![passage], Vec::new(), 0), &topics);
        assert_eq!(index.entry(soviets, 0).is_some(), is_entry, "{text}");
    }
}

fn mean(agreement: &BTreeMap<&str, f64>) -> f64 {
    agreement.values().sum::<f64>() / agreement.len() as f64
}

/// The agreement with one set of labels as F1 by topic, printed; where `VERBOSE` is set with every disagreement.
fn agreement<'l>(editions: &[Edition], topics: &[Topic], labels: &'l Labels) -> BTreeMap<&'l str, f64> {
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
    let f1 = |(id, [right, wrong, missed]): (_, [u32; 3])| {
        let f1 = 2.0 * f64::from(right) / f64::from(2 * right + wrong + missed);
        println!("{id:<32} F1 {f1:.3}  right {right}, false {wrong}, missed {missed}");
        (id, f1)
    };
    counts.into_iter().map(f1).collect()
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
