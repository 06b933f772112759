//! Calling the program.

#![allow(dead_code, reason = "each test file uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Knowledge of one construct and one operation, enough to be shown.
pub const KNOWLEDGE: &str = r#"mimus knowledge 1
teacher "t 1"

grammar

word "nil" = none seen 3

construct expr "_ & _" plain
  seen 12
  example "1 & 2"
  means 0.900000 op("_ & _", s0, s1)
  means 0.060000 op("_ & _", s1, s0)

operation "_ & _" "int" "int"
  seen 12
  example "1, 2 -> 3"
  means 0.950000 gives(add(a0, a1))

operation "_ & _" "text" "int"
  seen 2
  example "\"a\", 2 -> ..."
"#;

/// A folder with files in it: names and texts.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("a file in it");
    }
    folder
}

/// What a call gave.
#[derive(Debug)]
pub struct Called {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program with these words, in a folder.
pub fn command(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mimus"));
    command.args(words).current_dir(folder).stdin(Stdio::null());
    command
}

/// Calls it in a folder.
#[track_caller]
pub fn call_in(folder: &Path, words: &[&str]) -> Called {
    let output = command(folder, words).output().expect("the program starts");
    Called {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

/// Calls it at the root of the workspace.
#[track_caller]
pub fn call(words: &[&str]) -> Called {
    call_in(&root(), words)
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Whether there is knowledge to test with: a fresh tree in which nothing was learned yet has none.
pub fn knows_something() -> bool {
    let known = root().join("knowledge/python.mimus").is_file();
    if !known {
        eprintln!("skipped: there is no knowledge/python.mimus yet (`cargo xtask learn` makes it)");
    }
    known
}

/// Whether the teacher is there: on a machine without it there is nothing to compare with.
pub fn has_teacher() -> bool {
    let there = Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !there {
        eprintln!("skipped: python3 is not on the PATH, so there is nothing to compare with");
    }
    there
}
