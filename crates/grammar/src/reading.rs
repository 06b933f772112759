use std::ops::Range;

use mimus_core::Tree;

/// A text as read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The whole text. A statement that could not be read is a piece with an empty template.
    pub tree: Tree,
    /// The probability that all of it is bracketed as the teacher would.
    pub confidence: f64,
    /// What could not be read.
    pub faults: Vec<Fault>,
    /// Statements that may be meant otherwise, with the probability of this reading.
    pub doubts: Vec<(Range<usize>, f64)>,
}

/// Text that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of the source that were given up.
    pub at: Range<usize>,
    /// The token at which it could not go on.
    pub stuck: Range<usize>,
    /// What was wrong.
    pub message: String,
}
