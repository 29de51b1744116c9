//! Lists every text and table under `texts/`, so that a new work needs no code; packs the tables, so that none is
//! parsed at each start; and names the state of what computes, so that what another state has computed and cached
//! is not taken for its own.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[allow(dead_code, reason = "what is packed here is unpacked by the program")]
#[path = "src/report/tree.rs"]
mod tree;

fn main() -> io::Result<()> {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=texts");
    let mut names = Vec::new();
    let texts = root.join("texts");
    if texts.is_dir() {
        walk(&texts, "", &mut names)?;
    }
    names.sort();
    let mut code = String::from("&[\n");
    for name in names {
        let text = format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/texts/\", {name:?}))");
        let packed = packed(&texts.join(&name))?;
        writeln!(code, "    ({name:?}, TomlSource {{ text: {text}, packed: {packed} }}),")
            .map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rustc-env=DIPTYCH_ENGINE={}", engine(&root)?);
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("embedded.rs"), code)
}

/// The code of the packed values of a table; none of what is no table, or one whose problems are still to be said.
fn packed(path: &Path) -> io::Result<String> {
    if path.extension().is_none_or(|extension| extension != "toml") {
        return Ok("None".to_owned());
    }
    let text = fs::read_to_string(path)?;
    let (root, errors) = tree::parse(&text);
    if !errors.is_empty() {
        return Ok("None".to_owned());
    }
    let packed = tree::pack(&root).map_err(io::Error::other)?;
    Ok(format!("Some(b\"{}\" as &[u8])", packed.escape_ascii()))
}

/// The rooms whose code decides what is computed of texts, besides the texts themselves.
const COMPUTES: [&str; 5] = ["src/align", "src/document", "src/library", "src/links", "src/topics"];

/// A hash of the code that computes and of the texts (FNV-1a of 64 bits).
fn engine(root: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for folder in COMPUTES.into_iter().chain(["texts"]).map(|name| root.join(name)) {
        if folder.is_dir() {
            files_below(&folder, &mut files)?;
        }
    }
    files.sort();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for file in files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(format!("{hash:016x}"))
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { files_below(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// Collects the names of all tables and texts below a folder, with `/` between the parts.
fn walk(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(file) = entry.file_name().into_string() else { continue };
        let name = format!("{prefix}{file}");
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{name}/"), names)?;
        } else if prefix.is_empty() && file == "README.md" {
            // Written for editors of this folder; no part of the library.
        } else if Path::new(&file).extension().is_some_and(|e| e == "toml" || e == "md" || e == "txt") {
            names.push(name);
        }
    }
    Ok(())
}
