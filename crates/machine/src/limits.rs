use std::fmt;

/// What a run may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Steps of work (operations, statements, turns of loops, calls) in one run; `None`: as many as it takes.
    pub fuel: Option<u64>,
    /// Approximate bytes that the program's values may take; `None`: as many as there are.
    pub memory: Option<usize>,
    /// Calls of the program's own functions inside one another.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { fuel: None, memory: None, depth: 1000 }
    }
}

/// Which limit ended a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// [`Limits::fuel`] was used up.
    Fuel,
    /// [`Limits::memory`] would have been passed.
    Memory,
    /// [`Limits::depth`] was passed, or something else nested too deep for the stack.
    Depth,
    /// Someone asked for an end: [`crate::Machine::interrupt_handle`].
    Interrupted,
    /// The output could not be written.
    Output,
    /// A limit inside the evaluation of an expression, in its own words.
    Other(&'static str),
}

impl fmt::Display for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fuel => "out of steps",
            Self::Memory => "out of memory",
            Self::Depth => "nested too deep",
            Self::Interrupted => "interrupted",
            Self::Output => "the output cannot be written",
            Self::Other(what) => what,
        })
    }
}
