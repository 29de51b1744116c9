//! How well and how fast texts are aligned: for every set of a folder (`a.txt`, `b.txt` with blank lines between
//! passages, `gold.json` with the beads a person would make) strict and lax F1, seconds, and the most memory, beside
//! the strict F1 aimed at where one is; the seconds of 300 passages a side; then of how many beads shown with which
//! confidence hold. `cargo bench --bench align [SET…]`; the folder is `DIPTYCH_BITEXT` or `../shared/bitext`.
//! How well topics are found, `cargo test --test topic_scores -- --nocapture` prints.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use diptych::align::{Bead, Options, align};
use diptych::progress::Progress;

/// The units of a bead on both sides.
type Units = (Vec<usize>, Vec<usize>);

/// A set: its name, the passages of both sides, the beads that hold.
struct Set {
    name: String,
    sides: [Vec<String>; 2],
    gold: BTreeSet<Units>,
}

/// The strict F1 aimed at, where one is.
const GOALS: [(&str, f32); 5] =
    [("bib-en", 0.99), ("ed-ocr", 0.99), ("ed-reorder", 0.95), ("thuc-en", 0.96), ("x-de-en", 0.97)];

/// Passages a side that are aligned within the time of a blink.
const FEW: usize = 300;
/// The seconds aimed at for so many.
const BLINK: f32 = 0.05;
/// How often so many are aligned: the fastest counts.
const TIMES: usize = 5;

/// Lower bounds of the classes of confidence that are told apart.
const CLASSES: [f32; 8] = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99];

/// Beads shown with a class of confidence: how many, their confidences, how many hold.
#[derive(Clone, Copy, Default)]
struct Class {
    beads: usize,
    confidence: f32,
    right: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::var_os("DIPTYCH_BITEXT")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bitext"), PathBuf::from);
    let wanted: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("skipped: no sets in {} (DIPTYCH_BITEXT names another folder)", folder.display());
        return Ok(());
    };
    let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.retain(|path| path.join("gold.json").is_file());
    folders.sort();
    let mut classes = [Class::default(); CLASSES.len()];
    println!("set               passages        strict   goal    lax   seconds   peak MB");
    let mut few = Vec::new();
    for path in folders {
        let set = read(&path)?;
        if wanted.is_empty() || wanted.contains(&set.name) {
            measure(&set, &mut classes)?;
            few.extend(seconds_of_few(&set)?.map(|seconds| (set.name, seconds)));
        }
    }
    println!("\n{FEW} x {FEW} passages, seconds (goal {BLINK})");
    for (name, seconds) in few {
        println!("{name:16} {seconds:.3}");
    }
    println!("\nconfidence     beads   shown   hold");
    for (at, class) in classes.iter().enumerate().filter(|(_, class)| class.beads > 0) {
        let beads = class.beads as f32;
        let end = CLASSES.get(at + 1).unwrap_or(&1.0);
        let (shown, hold) = (class.confidence / beads, class.right as f32 / beads);
        println!("{:.2} to {end:.2} {:8}    {shown:.3}  {hold:.3}", CLASSES[at], class.beads);
    }
    Ok(())
}

/// Reads a set.
fn read(path: &Path) -> Result<Set, Box<dyn Error>> {
    let side = |name: &str| -> Result<Vec<String>, std::io::Error> {
        let text = std::fs::read_to_string(path.join(name))?;
        Ok(text.split("\n\n").map(str::trim).filter(|unit| !unit.is_empty()).map(str::to_owned).collect())
    };
    let gold: Vec<Units> = serde_json::from_str(&std::fs::read_to_string(path.join("gold.json"))?)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Set {
        name,
        sides: [side("a.txt")?, side("b.txt")?],
        gold: gold.into_iter().flat_map(parted).collect(),
    })
}

/// A bead as it is counted: one of a single side unit by unit.
fn parted((mut left, mut right): Units) -> Vec<Units> {
    left.sort_unstable();
    right.sort_unstable();
    match (left.is_empty(), right.is_empty()) {
        (true, _) => right.into_iter().map(|unit| (Vec::new(), vec![unit])).collect(),
        (_, true) => left.into_iter().map(|unit| (vec![unit], Vec::new())).collect(),
        _ => vec![(left, right)],
    }
}

/// Aligns a set and prints how well.
fn measure(set: &Set, classes: &mut [Class; CLASSES.len()]) -> Result<(), Box<dyn Error>> {
    forget_peak();
    let sides = set.sides.each_ref().map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
    let start = Instant::now();
    let alignment = align([&sides[0], &sides[1]], &Options::default(), &Progress::default())?;
    let seconds = start.elapsed().as_secs_f32();
    let units = |bead: &Bead| (bead.units[0].clone().collect(), bead.units[1].clone().collect());
    let found: BTreeSet<Units> = alignment.beads.iter().flat_map(|bead| parted(units(bead))).collect();
    let [strict, lax] = scores(&found, &set.gold);
    let peak = peak_megabytes().map_or_else(|| "-".to_owned(), |peak| format!("{peak:.0}"));
    let [left, right] = sides.each_ref().map(Vec::len);
    let goal = GOALS.iter().find(|(name, _)| *name == set.name);
    let goal = goal.map_or_else(|| "-".to_owned(), |(_, goal)| format!("{goal:.2}"));
    println!("{:16} {left:6} {right:6}     {strict:.4} {goal:>6} {lax:.4} {seconds:9.3} {peak:>9}", set.name);
    for bead in &alignment.beads {
        let at = CLASSES.partition_point(|&least| least <= bead.confidence) - 1;
        classes[at].beads += 1;
        classes[at].confidence += bead.confidence;
        classes[at].right += usize::from(parted(units(bead)).iter().all(|units| set.gold.contains(units)));
    }
    Ok(())
}

/// The seconds that the first passages of a set take, where it has so many.
fn seconds_of_few(set: &Set) -> Result<Option<f32>, Box<dyn Error>> {
    let sides =
        set.sides.each_ref().map(|side| side.iter().take(FEW).map(String::as_str).collect::<Vec<_>>());
    if sides.iter().any(|side| side.len() < FEW) {
        return Ok(None);
    }
    let mut fastest = f32::INFINITY;
    for _ in 0..TIMES {
        let start = Instant::now();
        align([&sides[0], &sides[1]], &Options::default(), &Progress::default())?;
        fastest = fastest.min(start.elapsed().as_secs_f32());
    }
    Ok(Some(fastest))
}

/// Strict and lax F1. Strict: a bead found is right where just it is known. Lax: also where a pair of its units is
/// one of a known bead. Precision is of all beads found, recall of those known with both sides.
fn scores(found: &BTreeSet<Units>, gold: &BTreeSet<Units>) -> [f32; 2] {
    let both = |beads: &BTreeSet<Units>| -> BTreeSet<Units> {
        beads.iter().filter(|(left, right)| !left.is_empty() && !right.is_empty()).cloned().collect()
    };
    let (precise, recalled) = (hits(found, gold), hits(&both(gold), &both(found)));
    let sizes = [found.len().max(1) as f32, both(gold).len().max(1) as f32];
    [0, 1].map(|kind| {
        let (precision, recall) = (precise[kind] as f32 / sizes[0], recalled[kind] as f32 / sizes[1]);
        2.0 * precision * recall / (precision + recall).max(f32::MIN_POSITIVE)
    })
}

/// How many beads others confirm, strictly and laxly.
fn hits(beads: &BTreeSet<Units>, others: &BTreeSet<Units>) -> [usize; 2] {
    let mut partners: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (left, right) in others {
        for &unit in left {
            partners.entry(unit).or_default().extend(right);
        }
    }
    let meets = |(left, right): &&Units| {
        left.iter()
            .filter_map(|unit| partners.get(unit))
            .any(|met| right.iter().any(|unit| met.contains(unit)))
    };
    let strict = beads.iter().filter(|bead| others.contains(*bead)).count();
    let lax = beads.iter().filter(|bead| others.contains(*bead) || meets(bead)).count();
    [strict, lax]
}

/// Lets the system count the most memory anew, where it can (Linux).
fn forget_peak() {
    drop(std::fs::write("/proc/self/clear_refs", "5"));
}

/// The most memory that the process held, where the system tells it (Linux).
fn peak_megabytes() -> Option<f32> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f32 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes / 1000.0)
}
