//! How far learning has come.

/// What learning is doing, for people.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The stage: what kind of thing is being learned.
    pub stage: &'static str,
    /// What was just learned or given up.
    pub what: String,
    /// Things of the stage that are done.
    pub done: usize,
    /// Things of the stage altogether, as far as known.
    pub all: usize,
    /// Of those done, how many were found.
    pub found: usize,
}
