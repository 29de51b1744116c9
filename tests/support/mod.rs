//! The program as a person starts it: with an empty home and files of its own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(dead_code, reason = "each test program uses a part of it")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// An empty home folder, gone at the end of the test.
pub struct Home {
    folder: tempfile::TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Home {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn command<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
        command.args(arguments).current_dir(self.folder.path()).env("HOME", self.folder.path());
        for (variable, _) in std::env::vars_os() {
            let name = variable.to_string_lossy();
            if ["DIPTYCH_", "XDG_"].iter().any(|prefix| name.starts_with(prefix))
                || ["COLUMNS", "LESSSECURE"].contains(&&*name)
            {
                command.env_remove(&variable);
            }
        }
        command.env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
        command
    }

    pub fn run<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) -> Ran {
        self.command(arguments).output().unwrap().into()
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that refuses its arguments ends before it reads: the pipe may be closed by then.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap().into()
    }

    pub fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let ran = self.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        serde_json::from_str(&ran.out).unwrap()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The four originals, where this machine has them.
pub fn originals() -> Option<PathBuf> {
    let beside = |up: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(up).join("shared/originals");
    let named = std::env::var_os("DIPTYCH_ORIGINALS").map(PathBuf::from);
    let found = named.into_iter().chain([beside(".."), beside("../..")]).find(|path| path.is_dir());
    if found.is_none() {
        eprintln!("skipped: the originals are not on this machine");
    }
    found
}

/// A text of our own making that bears the name of a work of the catalogue.
pub const KAMENEV: &str = "THE DICTATORSHIP OF THE PROLETARIAT\n\nby L. B. Kamenev\n\n1920\n\n\
    The councils of workers decide[1] in the first harbour, and the party follows them.\n\n\
    In the second harbour the soviets of the fishermen recall their delegates whenever they must.\n\n\
    The third paragraph has a note[2] whose text nobody printed.\n\n\
    [1] A note of our own making.\n";

/// A text of no known work.
pub const LETTER: &str = "A LETTER FROM THE HARBOUR\n\nThe ferry left at noon with nobody on board.\n\n\
    The soviets of the fishermen met in the evening; the soviets recalled their delegates.\n\n\
    Nobody in the town has doubted the party since.\n";
