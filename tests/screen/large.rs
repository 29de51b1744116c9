//! Texts that are shown before they are read whole: at once, with the same keys, and what follows beside it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::page::{both, remark, words};
use crate::pty::{Start, Terminal};
use crate::support::Home;

/// Bytes of a text that is never read whole.
const LARGE: usize = 20 * 1024 * 1024;
/// Bytes of a text that is read whole while it is being read.
const MIDDLE: usize = 600 * 1024;
/// Bytes of a text that is hardly too large to be read whole before it is shown.
const LEAST: usize = 300 * 1024;

/// Paragraphs of about so many bytes in all, the first and the last of them known; `NEEDLE` in the last tenth.
fn text(name: &str, bytes: usize) -> String {
    let filler = format!(
        "The workers' councils of the harbour {name} met before the storm, and every council sent one of its \
         own to speak for the others, who were to be called back at any time by those who had sent them.\n\n"
    );
    let mut text = format!("The first words of {name} stand here and say that this is the beginning.\n\n");
    text.push_str(&filler.repeat(bytes * 19 / 20 / filler.len()));
    text.push_str(
        "Whoever looks for the lighthouse of Anholt finds it in this sentence and nowhere else.\n\n",
    );
    text.push_str(&filler.repeat(bytes / 20 / filler.len()));
    text + &format!("The last words of {name} stand here and say that this is the end.\n")
}

fn open(home: &Home, bytes: usize) -> Terminal {
    let names = ["one.txt", "two.txt"].map(|name| {
        let path = home.path(name);
        if !path.exists() {
            home.write(name, text(name.trim_end_matches(".txt"), bytes));
        }
        name
    });
    Start::new(home).arguments(&names).open()
}

fn shows(terminal: &Terminal, pane: char, sentence: &str) -> bool {
    words(terminal, pane).join(" ").contains(sentence)
}

#[test]
fn a_large_text_opens_jumps_to_its_end_and_comes_back_to_the_same_words() {
    let home = Home::new();
    let mut terminal = open(&home, LARGE);
    terminal.until("both beginnings", |t| {
        shows(t, 'A', "The first words of one stand here")
            && shows(t, 'B', "The first words of two stand here")
    });
    terminal.press("G");
    terminal.until("both ends", |t| shows(t, 'A', "this is the end") && shows(t, 'B', "this is the end"));
    terminal.press("9k");
    terminal.until("another place", |t| !shows(t, 'A', "this is the end"));
    terminal.press("q");
    let place = both(&terminal);
    assert_eq!(terminal.until_ended(), 0);
    let mut again = open(&home, LARGE);
    again.until("the same words", |t| both(t) == place);
}

#[test]
fn a_large_text_that_is_cut_while_it_is_open_is_said_to_have_changed() {
    let home = Home::new();
    let mut terminal = open(&home, LARGE);
    terminal.until("the beginning", |t| shows(t, 'A', "The first words of one stand here"));
    let file = std::fs::File::options().write(true).open(home.path("one.txt")).unwrap();
    file.set_len(1_000_000).unwrap();
    terminal.press("G");
    terminal.until("what happened", |t| remark(t).contains("A has changed on the disk since: R reads again"));
    terminal.press("/lighthouse\r");
    terminal.until("no word that it is not there", |t| {
        remark(t).contains("not in A; 1 in B") && remark(t).contains("A has changed on the disk")
    });
    terminal.press("R");
    terminal.until("the text as it is", |t| remark(t).contains("both texts were read again"));
    terminal.press("j");
    terminal.until("nothing more of it", |t| !remark(t).contains("changed"));
}

#[test]
fn a_large_text_of_two_bytes_a_character_is_read_where_it_is_looked_at() {
    let home = Home::new();
    let marked = std::iter::once(0xFEFF).chain(text("one", LARGE / 2).encode_utf16().collect::<Vec<_>>());
    home.write("one.txt", marked.flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    let mut terminal = open(&home, MIDDLE);
    terminal.until("the beginning", |t| shows(t, 'A', "The first words of one stand here"));
    assert!(terminal.frame().contains("not indexed by topic"), "{}", terminal.frame());
    terminal.press("G");
    terminal.until("the end", |t| shows(t, 'A', "this is the end"));
    terminal.press("/lighthouse of anholt");
    terminal.until("the hit", |t| shows(t, 'A', "Whoever looks for the lighthouse"));
}

#[test]
fn a_large_copy_in_the_library_is_read_where_it_is_looked_at() {
    let home = Home::new();
    home.write(".local/share/diptych/library/stalin-1924.txt", text("one", LARGE));
    home.write("two.txt", text("two", MIDDLE));
    let mut terminal = Start::new(&home).arguments(&["stalin-1924:original", "two.txt"]).open();
    terminal.until("the beginning", |t| shows(t, 'A', "The first words of one stand here"));
    assert!(terminal.frame().contains("stalin-1924.txt is not indexed by topic"), "{}", terminal.frame());
}

#[test]
fn a_search_of_a_large_text_shows_its_first_hit() {
    let home = Home::new();
    let mut terminal = open(&home, LARGE);
    terminal.until("the beginning", |t| shows(t, 'A', "The first words"));
    terminal.press("/lighthouse of anholt");
    terminal.until("the hit", |t| shows(t, 'A', "Whoever looks for the lighthouse"));
    terminal.press("\r");
    terminal.until("the whole count", |t| t.frame().contains("  A 1 of 1, "));
    terminal.press("\u{1b}");
    terminal.until("no search", |t| !t.frame().contains("lighthouse of anholt"));
    terminal.press("/nobody wrote this\r");
    terminal.until("the end of the search", |t| remark(t).contains("is not in A"));
}

#[test]
fn passages_are_counted_beside_the_reading_until_the_reader_stops_it() {
    let home = Home::new();
    // A hole in a file costs no disk, and nobody counts to its end before a key is pressed.
    for name in ["one", "two"] {
        let path = home.path(&format!("{name}.txt"));
        home.write(&format!("{name}.txt"), text(name, MIDDLE));
        std::fs::OpenOptions::new().append(true).open(path).unwrap().set_len(1 << 34).unwrap();
    }
    let mut terminal = open(&home, LARGE);
    terminal.until("how far it is", |t| {
        remark(t).contains("reading both texts whole") && remark(t).contains(" %")
    });
    terminal.press("j");
    terminal.press("\u{1b}");
    terminal.until("that it was stopped", |t| remark(t).contains("stopped: reading both texts whole"));
    terminal.press("j");
    terminal.until("the hints again", |t| !remark(t).contains("reading both texts whole"));
    terminal.press("q");
    assert_eq!(terminal.until_ended(), 0);
}

#[test]
fn links_follow_a_text_that_is_read_and_a_damaged_cache_is_made_anew() {
    let home = Home::new();
    let folder = home.path(".cache/diptych");
    let mut first = open(&home, LEAST);
    first.until("the beginning", |t| shows(t, 'A', "The first words"));
    until("something is kept", || folder.exists() && files(&folder).iter().any(|file| is_kept(file)));
    first.press("q");
    assert_eq!(first.until_ended(), 0);
    let [kept] = <[PathBuf; 1]>::try_from(files(&folder)).unwrap();
    let written = std::fs::read(&kept).unwrap();
    let mut damaged = written.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    std::fs::write(&kept, &damaged).unwrap();

    let mut second = open(&home, LEAST);
    second.until("the beginning", |t| shows(t, 'A', "The first words"));
    until("it was computed and kept again", || std::fs::read(&kept).is_ok_and(|bytes| bytes == written));
    second.press("q");
    assert_eq!(second.until_ended(), 0);
}

/// Waits for what happens on the disk, where the screen need not show it.
fn until(what: &str, come: impl Fn() -> bool) {
    let begun = Instant::now();
    while !come() {
        assert!(begun.elapsed() < Duration::from_mins(1), "waited for: {what}");
        std::thread::yield_now();
    }
}

fn is_kept(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "cache")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}
