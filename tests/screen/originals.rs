//! The four originals in all six pairs, where they are at hand.

use std::path::PathBuf;

use crate::page::{bar, both, words};
use crate::pty::Start;
use crate::support::Home;

const WORKS: [&str; 4] = ["kamenev-1920", "stalin-1924", "muhsam-1935", "miasnikov-1930"];

fn folder() -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let named = std::env::var_os("DIPTYCH_ORIGINALS").map(PathBuf::from);
    let beside = ["../shared/originals", "../../shared/originals"].map(|path| root.join(path));
    named.into_iter().chain(beside).find(|path| path.is_dir())
}

#[test]
fn the_originals_open_in_all_six_pairs() {
    let Some(folder) = folder() else {
        println!("skipped: the originals are not here; set DIPTYCH_ORIGINALS");
        return;
    };
    let home = Home::new();
    for (left, first) in WORKS.iter().enumerate() {
        for second in &WORKS[left + 1..] {
            let files = [first, second].map(|work| folder.join(format!("{work}.txt")));
            let mut terminal = Start::new(&home).arguments(&files).open();
            terminal.until_shown("soviets");
            let start = both(&terminal);
            assert!(start.iter().all(|words| words.len() > 50), "{}", terminal.frame());
            terminal.press("J");
            terminal.until("a link", |terminal| bar(terminal).contains(" soviets 1/"));
            assert!(bar(&terminal).contains("ANCHORED"), "{}", terminal.frame());
            terminal.press("G\tG");
            terminal.until("the end", |terminal| words(terminal, 'B').last() != start[1].last());
            terminal.press("gg\tgg");
            terminal.until("the beginnings", |terminal| both(terminal) == start);
            terminal.press("q");
            assert_eq!(terminal.until_ended(), 0, "{first} beside {second}");
        }
    }
}
