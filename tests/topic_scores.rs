//! How well the automatic index agrees with labels made by reading, printed by topic.
//!
//! `DIPTYCH_TOPIC_LABELS=labels.json cargo test --test topic_scores -- --nocapture`, where the file is a list of
//! `{"work": "…", "text": "…", "labels": ["soviets", …]}`, one for each passage in reading order. The labels
//! quote the texts and stand outside the project; without them this test says that it was skipped.

use diptych::document::{Edition, Kind, Passage};
use diptych::topics::{automatic, definitions};

#[derive(serde::Deserialize)]
struct Labelled {
    work: String,
    text: String,
    labels: Vec<String>,
}

#[test]
fn the_automatic_index_agrees_with_a_careful_reader() {
    let Ok(path) = std::env::var("DIPTYCH_TOPIC_LABELS") else {
        println!("skipped: DIPTYCH_TOPIC_LABELS names no file");
        return;
    };
    let labelled: Vec<Labelled> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let topics = definitions::parse(include_str!("../texts/topics.toml"), "texts/topics.toml").unwrap();
    let verbose = std::env::var("VERBOSE").is_ok();
    let mut counts = vec![[0_u32; 3]; 4];
    for passages in labelled.chunk_by(|a, b| a.work == b.work) {
        let body = passages.iter().map(|p| Passage::new(Kind::Paragraph, p.text.clone())).collect();
        let index = automatic::index(&Edition::new(body, Vec::new(), 0), &topics);
        for (topic, counts) in counts.iter_mut().enumerate() {
            let id = &topics[topic].id;
            for (at, passage) in passages.iter().enumerate() {
                let entry = index.entry(topic, at);
                match (entry.is_some(), passage.labels.contains(id)) {
                    (true, true) => counts[0] += 1,
                    (true, false) => counts[1] += 1,
                    (false, true) => counts[2] += 1,
                    (false, false) => continue,
                }
                if verbose && entry.is_some() != passage.labels.contains(id) {
                    let sign = if entry.is_some() { "FALSE" } else { "MISSED" };
                    let start: String = passage.text.chars().take(50).collect();
                    let why = entry.map(|e| format!("{:.2} {}", e.score, e.reason)).unwrap_or_default();
                    println!(
                        "{sign} {id} {} [{at}] {}w {start} | {why}",
                        passage.work,
                        passage.text.split(' ').count()
                    );
                }
            }
        }
    }
    for (topic, [right, wrong, missed]) in topics.iter().zip(&counts) {
        let f1 = 2.0 * f64::from(*right) / f64::from(2 * right + wrong + missed);
        println!("{:<18} F1 {f1:.3}  right {right} false {wrong} missed {missed}", topic.id);
        assert!(f1 > 0.5, "{}", topic.id);
    }
}
