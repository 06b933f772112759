//! Lists the files of the observer and of the fresh calls, so that the binary carries the teacher with it.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const FOLDERS: [&str; 2] = ["observer", "fresh"];

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let mut files: Vec<String> = Vec::new();
    for folder in FOLDERS {
        list(&Path::new(&root).join(folder), folder, &mut files);
        println!("cargo:rerun-if-changed={root}/{folder}");
    }
    files.sort();
    let mut code = String::from("&[\n");
    for file in &files {
        let path = Path::new(&root).join(file);
        println!("cargo:rerun-if-changed={}", path.display());
        writeln!(code, "    ({file:?}, include_str!({:?})),", path.display()).expect("writing to a string");
    }
    code.push(']');
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("files.rs"), code).expect("the output folder can be written");
}

fn list(folder: &Path, name: &str, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let inner = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &inner, files);
        } else if inner.ends_with(".py") || inner.ends_with(".txt") {
            files.push(inner);
        }
    }
}
