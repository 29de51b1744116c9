//! Words of two texts that look alike: the same word, an inflected form, a name spelt otherwise. Knows no beads.

use std::collections::HashMap;

use super::words::Words;

/// A word of the left, a word of the right, and how alike they look in `(0, 1]`.
pub type Cognate = (u32, u32, f32);

/// All cognates of two vocabularies.
pub fn cognates(sides: [&Words; 2], same_language: bool) -> Vec<Cognate> {
    let mut found: HashMap<(u32, u32), f32> = HashMap::new();
    let mut add = |left: u32, right: u32, alike: f32| {
        let best = found.entry((left, right)).or_default();
        *best = best.max(alike);
    };
    let by_name = index(sides[1], |name| Some(name.to_owned()));
    let by_sound = index(sides[1], skeleton);
    let by_start = index(sides[1], start);
    for (left, name) in sides[0].names.iter().enumerate() {
        let left = left as u32;
        for &right in by_name.get(name).into_iter().flatten() {
            let sure =
                same_language || name.chars().count() > 4 || name.starts_with(|c: char| c.is_numeric());
            add(left, right, if sure { 1.0 } else { 0.3 });
        }
        if let Some(sound) = skeleton(name) {
            for &right in by_sound.get(&sound).into_iter().flatten() {
                let other = &sides[1].names[right as usize];
                add(left, right, 0.5 * strsim::jaro_winkler(name, other) as f32);
            }
        }
        if let Some(first) = start(name) {
            for &right in by_start.get(&first).into_iter().flatten() {
                let alike = strsim::normalized_levenshtein(name, &sides[1].names[right as usize]) as f32;
                if alike > 0.6 {
                    add(left, right, alike * 0.6);
                }
            }
        }
    }
    let mut all: Vec<Cognate> =
        found.into_iter().map(|((left, right), alike)| (left, right, alike)).collect();
    all.sort_by_key(|&(left, right, _)| (left, right));
    all
}

fn index(words: &Words, key: impl Fn(&str) -> Option<String>) -> HashMap<String, Vec<u32>> {
    let mut index: HashMap<String, Vec<u32>> = HashMap::new();
    for (number, name) in words.names.iter().enumerate() {
        if let Some(key) = key(name) {
            index.entry(key).or_default().push(number as u32);
        }
    }
    index
}

fn start(name: &str) -> Option<String> {
    (name.chars().count() > 3).then(|| name.chars().take(2).collect())
}

/// The consonants of a word as they sound in most languages of Latin script.
fn skeleton(name: &str) -> Option<String> {
    let plain = name.replace("ph", "f").replace("th", "t").replace("ch", "k").replace("sh", "s");
    let mut sound = String::new();
    for c in plain.chars() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' => continue,
            'c' | 'q' => 'k',
            'z' => 's',
            'w' => 'v',
            other => other,
        };
        if !sound.ends_with(c) {
            sound.push(c);
        }
    }
    (sound.chars().count() > 2).then_some(sound)
}
