//! Lists every text and table under `texts/`, so that a new work needs no code.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

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
        let bytes = format!("include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/texts/\", {name:?}))");
        writeln!(code, "    ({name:?}, {bytes}),").map_err(io::Error::other)?;
    }
    code.push_str("]\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("embedded.rs"), code)
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
