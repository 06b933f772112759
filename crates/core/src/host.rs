//! What the evaluation of an expression may need from outside.

use crate::{Symbol, Value};

/// Why an evaluation gave no value.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// A primitive is undefined for its operands.
    Undefined,
    /// A learned operation raised this error value.
    Raised(Value),
    /// An operation is not learned for operands of these classes.
    NotLearned(Symbol, Vec<Symbol>),
    /// A limit was reached: which.
    Limit(&'static str),
}

/// Gives expressions access to learned operations and to functions of the program.
pub trait Host {
    /// Runs a learned operation on values.
    fn learned(&mut self, key: Symbol, args: &[Value]) -> Result<Value, Stop>;
    /// Calls a function value. Tables of observed calls are looked up; what they lack is undefined.
    fn apply(&mut self, function: &Value, args: &[Value]) -> Result<Value, Stop>;
    /// Counts a step of work; an error ends the evaluation.
    fn tick(&mut self) -> Result<(), Stop> {
        Ok(())
    }
}
