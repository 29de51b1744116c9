//! The four originals, where they are at hand. They are no part of the project.

use std::path::{Path, PathBuf};

const NAMES: [&str; 4] = ["kamenev-1920", "stalin-1924", "muhsam-1935", "miasnikov-1930"];

fn folder() -> Option<PathBuf> {
    let named = std::env::var_os("DIPTYCH_ORIGINALS").map(PathBuf::from);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = [root.join("../shared/originals"), root.join("../../shared/originals")];
    named.into_iter().chain(beside).find(|folder| folder.is_dir())
}

/// Name and bytes of each original; none, with a word about it, where the folder is absent.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let Some(folder) = folder() else {
        eprintln!("skipped: the originals are not at hand (set DIPTYCH_ORIGINALS)");
        return Vec::new();
    };
    let read = |name: &&'static str| {
        let path = folder.join(format!("{name}.txt"));
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (*name, bytes)
    };
    NAMES.iter().map(read).collect()
}
