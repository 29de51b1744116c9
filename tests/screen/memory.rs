//! What a second run finds again.

use crate::page::{bar, both, remark, words};
use crate::pty::Start;
use crate::specimens::{open_books, with_books, word};

#[test]
fn a_second_run_opens_the_same_pair_at_the_same_words() {
    let home = with_books();
    let mut first = open_books(&home, 160, 48);
    first.press("J");
    first.until("the first link", |terminal| bar(terminal).contains(" soviets 1/"));
    first.press("J25j");
    first.until("a place further on", |terminal| !bar(terminal).contains(" soviets 1/"));
    first.press("s");
    first.until("the state", |terminal| bar(terminal).contains("FREE"));
    let place = both(&first);
    first.press("q");
    assert_eq!(first.until_ended(), 0);

    let mut second = Start::new(&home).open();
    second.until("the state", |terminal| bar(terminal).contains("FREE"));
    assert_eq!(both(&second), place);
    assert!(bar(&second).contains(" soviets "));
}

#[test]
fn a_file_named_from_its_folder_is_read_again_at_the_words_on_the_screen() {
    let home = with_books();
    let mut terminal = open_books(&home, 80, 24);
    terminal.press("30G");
    let wanted = word("left", 30);
    terminal.until("the passage", |terminal| words(terminal, 'A').get(1) == Some(&wanted));
    let book = std::fs::read_to_string(home.path("left.md")).unwrap();
    home.write("left.md", book.replacen("Here", "A passage of later days.\n\nHere", 1));
    terminal.press("R");
    terminal.until("it", |terminal| remark(terminal).contains("read again"));
    assert_eq!(words(&terminal, 'A').get(1), Some(&wanted));
    // What is no file any more is not said to have been read.
    std::fs::remove_file(home.path("left.md")).unwrap();
    std::fs::create_dir(home.path("left.md")).unwrap();
    terminal.press("R");
    terminal.until("why not", |terminal| remark(terminal).contains("this is a folder"));
    assert_eq!(words(&terminal, 'A').get(1), Some(&wanted));
}

#[cfg(unix)]
#[test]
fn what_came_through_a_pipe_is_not_said_to_be_read_again() {
    let home = with_books();
    let pipe = home.path("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let (book, into) = (std::fs::read(home.path("left.md")).unwrap(), pipe.clone());
    let writer = std::thread::spawn(move || std::fs::write(into, book).unwrap());
    let mut terminal = Start::new(&home).arguments(&["pipe", "right.md"]).open();
    terminal.until_shown("The right book");
    writer.join().unwrap();
    terminal.press("R");
    terminal.until("what was read", |terminal| remark(terminal).contains("B was read again; A is a pipe"));
}

#[test]
fn the_place_is_kept_while_keys_go_on_too() {
    let home = with_books();
    let mut terminal = open_books(&home, 80, 24);
    let state = home.path(".local/state/diptych");
    let kept = || if state.exists() { walk(&state).len() } else { 0 };
    let before = kept();
    let begun = std::time::Instant::now();
    for key in ["j", "k"].iter().cycle() {
        if kept() > before {
            break;
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "nothing is kept while keys go on");
        terminal.press(key);
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
}

#[test]
fn a_broken_place_file_is_kept_aside_and_said() {
    let home = with_books();
    let mut first = open_books(&home, 160, 48);
    first.press("J");
    first.until("the first link", |terminal| bar(terminal).contains(" soviets 1/"));
    first.press("q");
    first.until_ended();
    let state = home.path(".local/state/diptych");
    let mut broken = 0;
    for entry in walk(&state) {
        std::fs::write(&entry, "{ this is no place").unwrap();
        broken += 1;
    }
    assert!(broken > 0, "nothing was kept");
    let mut second = open_books(&home, 160, 48);
    second.until("a word about it", |terminal| remark(terminal).contains("aside"));
    second.press("q");
    assert_eq!(second.until_ended(), 0);
    let kept =
        |path: &std::path::PathBuf| std::fs::read_to_string(path).unwrap().contains("this is no place");
    assert!(walk(&state).iter().any(kept), "the broken file is gone");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_dir() {
            files.extend(walk(&entry.path()));
        } else {
            files.push(entry.path());
        }
    }
    files
}
