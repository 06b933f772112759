//! What induction is given: observed examples of operations.

use mimus_core::{Datum, Expr, Symbol};
use mimus_knowledge::Pattern;

/// One observed run of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The operands, named ones last.
    pub args: Vec<Datum>,
    /// The names of the named operands, in the order of the operands.
    pub names: Vec<Symbol>,
    /// What came of it.
    pub outcome: Outcome,
    /// How often it was seen.
    pub times: u32,
}

/// What came of one run.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It gave a value.
    Gave {
        /// The value.
        value: Datum,
        /// New contents of the operands that changed.
        changes: Vec<(usize, Datum)>,
        /// What was printed.
        out: String,
    },
    /// It raised an error: a record with a field `text`.
    Raised(Datum),
}

impl Example {
    /// For people: `operands -> result`.
    pub fn describe(&self) -> String {
        let args: Vec<String> = self.args.iter().map(ToString::to_string).collect();
        let result = match &self.outcome {
            Outcome::Gave { value, .. } => value.to_string(),
            Outcome::Raised(error) => format!("raises {error}"),
        };
        format!("{} -> {result}", args.join(", "))
    }

    /// An example that only gives a value, without named operands.
    pub fn pure(args: Vec<Datum>, value: Datum) -> Self {
        Self { args, names: vec![], outcome: Outcome::gave(value), times: 1 }
    }

    /// An example that raises an error.
    pub fn raised(args: Vec<Datum>, class: &str, text: &str) -> Self {
        Self { args, names: vec![], outcome: Outcome::Raised(Datum::error(class, text)), times: 1 }
    }
}

impl Outcome {
    /// A value and nothing else.
    pub fn gave(value: Datum) -> Self {
        Self::Gave { value, changes: vec![], out: String::new() }
    }
}

/// The examples of one overload: their operands have the same classes.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The operation.
    pub key: Symbol,
    /// Its examples. Distinct ones count as evidence for a formula, repeated ones for a table only.
    pub examples: Vec<Example>,
    /// What a search may build on, with its cost: what was found for a part of them, what a text among their operands says.
    pub given: Vec<(Expr, usize)>,
    /// What they take, where that matters to what calls the operation itself; none if that is not told.
    pub takes: Vec<Pattern>,
}

impl Problem {
    /// A problem of which nothing is known.
    pub fn new(key: Symbol, examples: Vec<Example>) -> Self {
        Self { key, examples, given: vec![], takes: vec![] }
    }
}

/// How much a search may try. Work, not time: equal input gives equal output on any machine.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Candidate expressions for one overload.
    pub candidates: u64,
    /// Rounds of retrying what is unsolved with what was solved meanwhile.
    pub rounds: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { candidates: 2_000_000, rounds: 6 }
    }
}
