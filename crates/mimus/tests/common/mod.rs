//! Calling the program.

#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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
