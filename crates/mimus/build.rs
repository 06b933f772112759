//! Puts the knowledge that ships into the binary: every file of `knowledge/`, by its name. A tree in which nothing was learned yet
//! builds as well.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let folder = Path::new(&root).join("../../knowledge");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<_> = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "mimus"));
    files.sort();
    let mut list = String::from("[\n");
    for file in &files {
        let (name, path) = (file.file_stem().unwrap_or_default().to_string_lossy(), file.display().to_string());
        let _ = writeln!(list, "    ({name:?}, include_str!({path:?})),");
    }
    list.push_str("]\n");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let list = format!("const SHIPPED: [(&str, &str); {}] = {};\n", files.len(), list.trim_end());
    fs::write(Path::new(&out).join("shipped.rs"), list).expect("the output folder can be written");
}
