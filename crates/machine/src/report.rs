use std::ops::Range;

use mimus_core::{Symbol, Value};

use crate::Limited;

/// What a run did and how sure it is.
#[derive(Clone, Debug)]
pub struct Report {
    /// How it ended.
    pub end: Ended,
    /// The value of the last statement, when that statement is nothing but the evaluation of an expression.
    pub value: Option<Value>,
    /// Product over the reading and over the distinct constructs and overloads used, each counted once: 0 to 1.
    pub confidence: f64,
    /// The least sure of them; `None` when nothing was used or all are certain.
    pub weakest: Option<Weak>,
    /// Each distinct construct and overload used, constructs first, in order of their first mention.
    pub steps: Vec<Used>,
    /// Names of the outermost frame that this run bound or (`None`) removed, in order of their first binding ever.
    pub changed: Vec<(Symbol, Option<Value>)>,
}

/// How a run ended.
#[derive(Clone, Debug)]
pub enum Ended {
    /// To its end.
    Normal,
    /// With an error of the program.
    Raised {
        /// The error.
        error: Value,
        /// As the teacher would report it; in the engine's own notation when that was not learned.
        report: String,
    },
    /// At something that is not known. What ran before it took place.
    NotUnderstood {
        /// Bytes of the source.
        at: Range<usize>,
        /// Names the text and the nearest known.
        why: String,
    },
    /// At a limit.
    Limit(Limited),
}

/// The least sure thing that a run relied on.
#[derive(Clone, Debug, PartialEq)]
pub struct Weak {
    /// Where it was first relied on, in bytes of the source.
    pub at: Range<usize>,
    /// Its key, as in [`Used::key`].
    pub what: String,
    /// Its share: 0 to 1.
    pub confidence: f64,
}

/// A construct or an overload of an operation that a run used.
#[derive(Clone, Debug, PartialEq)]
pub struct Used {
    /// For a construct its kind, template and role; for an overload its operation's key and its patterns.
    pub key: String,
    /// The meaning used, in the notation of knowledge files.
    pub meaning: String,
    /// Examples it was learned from or checked on.
    pub seen: u64,
    /// Its share of the posterior.
    pub share: f64,
    /// How often it ran. Constructs are counted by straight stretches of program: one that an error cut short counts whole.
    pub count: u64,
}
