//! The Python teacher, seen from Rust: its observer as files to run, and how benchmarks are asked in Python.
//!
//! All that the Rust side knows of Python is in this crate. It must never know how anything is learned or run.

mod harness;
mod launch;

pub use harness::Python;
pub use launch::{EXTENSION, Launch, LaunchError, NAME, VOCABULARY, Wanted};
