//! What is examined, and what turns items into programs.

use crate::Task;

/// A program to run for an item, and what it should do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Probe {
    /// Runs first, in the same memory; what it prints does not count.
    pub before: String,
    /// The program.
    pub program: String,
    /// What it prints.
    pub stdout: String,
}

/// How a taught language asks a benchmark's questions.
pub trait Harness: Sync {
    /// The program that asks this.
    fn probe(&self, task: &Task) -> Probe;
}

/// Something that runs programs. Used by one thread.
pub trait Subject {
    /// Runs a program in a fresh memory, after `before`.
    fn run(&mut self, before: &str, program: &str) -> Ran;
}

/// What a run gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    /// How it ended.
    pub end: End,
    /// What it printed.
    pub stdout: String,
    /// The last value, as shown; empty memory of a value is `None`.
    pub value: Option<String>,
    /// Names and how what they hold is shown.
    pub memory: Vec<(String, String)>,
    /// Probability, 0 to 1, that all of this is what the teacher would give.
    pub confidence: f64,
    /// What is least sure, in words.
    pub weakest: String,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// Normally.
    Normal,
    /// The program raised: the line that reports it.
    Raised(String),
    /// No reading of the text was found: where and why.
    NotRead(String),
    /// The text was read; what it does is not known.
    NotLearned(String),
    /// It ran into a limit.
    Limit(String),
}
