use std::fmt;
use std::ops::Range;

/// Why spans do not fit a text, or a grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeError {
    /// Bytes of the source.
    pub at: Range<usize>,
    /// What is wrong.
    pub why: String,
}

impl ShapeError {
    pub(crate) fn at(at: Range<usize>, why: &str) -> Self {
        Self { at, why: why.into() }
    }
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bytes {} to {}: {}", self.at.start, self.at.end, self.why)
    }
}
impl std::error::Error for ShapeError {}
