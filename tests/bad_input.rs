//! What cannot be read gets one clear line with its path and an exit code, before anything is drawn.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

use std::fs;

use support::{Home, KAMENEV, LETTER};

#[test]
fn each_text_that_cannot_be_read_gets_one_line_with_its_path() {
    let home = Home::new();
    home.write("good.txt", LETTER);
    home.write("empty.txt", "");
    home.write("blank.txt", " \n\t\n");
    home.write(
        "picture.png",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89",
    );
    fs::create_dir(home.path("folder")).unwrap();
    fs::File::create(home.path("huge.txt")).unwrap().set_len(1 << 40).unwrap();
    for (name, says) in [
        ("missing.txt", "there is no such file"),
        ("good.txt/below.txt", "no such file"),
        ("folder", "this is a folder"),
        ("./folder/", "this is a folder"),
        ("empty.txt", "empty"),
        ("blank.txt", "holds no text"),
        ("picture.png", "not a text"),
        ("huge.txt", "too large"),
    ] {
        for arguments in [
            vec![name, "good.txt"],
            vec!["good.txt", name],
            vec!["passages", name],
            vec!["topics", name, "--format", "json"],
            vec!["links", name, "good.txt"],
            vec!["print", "good.txt", name],
            vec!["add", name],
        ] {
            let ran = home.run(&arguments);
            assert_eq!(ran.code, 3, "{arguments:?}: {ran:?}");
            assert_eq!(ran.out, "", "{arguments:?}");
            assert_eq!(ran.err.lines().count(), 1, "{arguments:?}: {}", ran.err);
            assert!(ran.err.contains(name.trim_end_matches('/')), "{arguments:?}: {}", ran.err);
            assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let home = Home::new();
    let path = home.write("secret.txt", LETTER);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let ran = home.run(&["passages", "secret.txt"]);
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("secret.txt: you may not read this file"), "{}", ran.err);
}

#[test]
fn no_control_byte_of_a_text_or_a_name_reaches_the_output() {
    let home = Home::new();
    home.write(
        "evil.txt",
        "A title\u{9b}31m\n\nWords \u{1b}[31mred\u{1b}]0;t\u{7} and\u{8} more \u{85}words here.\n",
    );
    home.write("good.txt", LETTER);
    for arguments in [
        vec!["passages", "evil.txt"],
        vec!["passages", "evil.txt", "--format", "json"],
        vec!["print", "evil.txt", "good.txt"],
        vec!["print", "evil.txt", "good.txt", "--format", "md"],
        vec!["passages", "missing\u{1b}[2J.txt"],
        vec!["passages", "miss\u{1b}[2Jing"],
        vec!["topics", "good.txt", "--library", "\u{1b}[2J"],
        vec!["links", "good.txt", "evil.txt", "--topic", "\u{1b}[2J"],
        vec!["add", "good.txt", "--as", "\u{1b}[2J"],
        vec!["list", "--library", "\u{1b}[2J"],
    ] {
        let ran = home.run(&arguments);
        let control = |c: char| c.is_control() && c != '\n';
        assert!(!ran.out.contains(control), "{arguments:?}: {:?}", ran.out);
        assert!(!ran.err.contains(control), "{arguments:?}: {:?}", ran.err);
        assert!(!ran.out.is_empty() || !ran.err.is_empty());
    }
}

#[test]
fn standard_input_is_a_text_once() {
    let home = Home::new();
    home.write("good.txt", LETTER);
    let ran = home.run_with_input(&["passages", "-"], LETTER);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("¶1 The ferry left at noon"), "{}", ran.out);
    let ran = home.run_with_input(&["-", "good.txt"], KAMENEV);
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = home.run_with_input(&["-", "-"], LETTER);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("only one of the two"));
    let ran = home.run_with_input(&["passages", "-"], "");
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("standard input"), "{}", ran.err);
}

#[test]
fn each_kind_of_mistake_has_its_exit_code_and_a_way_out() {
    let home = Home::new();
    home.write("good.txt", LETTER);
    for (arguments, code, says) in [
        (vec!["stalni", "good.txt"], 1, "did you mean stalin-1924?"),
        (vec!["nobody"], 1, "`diptych list`"),
        (vec!["good.txt", "stalin:original"], 1, "diptych add FILE"),
        (vec!["good.txt", "good.txt", "--topic", "ferrets"], 1, "the topics are:"),
        (vec!["good.txt", "good.txt", "--at", "99"], 1, "has no ¶99"),
        (vec!["good.txt", "good.txt", "--at", "1,p7"], 1, "has no p. 7"),
        (vec!["good.txt", "good.txt", "--at", "1,2,3"], 2, "--at"),
        (vec!["good.txt", "good.txt", "--at", "there"], 2, "12 for passage"),
        (vec!["good.txt", "--encoding", "klingon"], 2, "no such encoding"),
        (vec!["good.txt", "good.txt", "good.txt"], 2, "would be a third"),
        (vec!["good.txt", "list"], 2, "after the command"),
        (vec!["passages"], 2, "required"),
        (vec!["--no-such-option"], 2, "unexpected argument"),
        (vec!["add", "good.txt", "--as", "nobody"], 1, "the works are:"),
    ] {
        let ran = home.run(&arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {ran:?}");
        assert_eq!(ran.out, "", "{arguments:?}");
        assert!(ran.err.contains(says), "{arguments:?}: {}", ran.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error_and_a_closed_pipe_is_none() {
    use std::process::Stdio;
    let home = Home::new();
    home.write("good.txt", LETTER);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let output = home.command(&["passages", "good.txt"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(70));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"));

    let long = format!("{LETTER}\n").repeat(5000);
    home.write("long.txt", long);
    for arguments in [vec!["passages", "long.txt"], vec!["passages", "long.txt", "--format", "json"]] {
        let mut command = home.command(&arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}
