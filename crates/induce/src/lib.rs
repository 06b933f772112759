//! Finds out what operations mean from examples of what they did.
//!
//! The search is bottom-up enumeration over the core language's primitives, with one candidate kept of each behaviour, conditionals
//! over partial candidates, and deductions from results to smaller goals. What is found becomes vocabulary for the rest. Several
//! meanings that explain the same examples stay side by side, weighted by their length, with a reserve for "none of these".
//!
//! This crate must never know a taught language: no operator, builtin, message or type name of one occurs in it.

mod attempt;
mod bank;
mod bits;
mod case;
mod chained;
mod circle;
mod constants;
mod converted;
mod deduce;
mod default;
mod driver;
mod example;
mod failure;
mod general;
mod goal;
mod group;
mod guise;
mod kind;
mod lab;
mod lambda;
mod library;
mod marks;
mod members;
mod opening;
mod patience;
mod pool;
mod posterior;
mod probe;
mod reading;
mod relevant;
mod review;
mod rote;
mod search;
mod shorter;
mod sibling;
mod solve;
mod spec;
mod surest;
mod synonym;
mod tree;
mod trial;
mod trust;
mod variadic;
mod vocabulary;
mod widen;
mod wild;

pub use bits::{BitsAnswer, BitsProblem};
pub use driver::{Progress, learn_operations};
pub use example::{Budget, Example, Outcome, Problem};
pub use posterior::{Posterior, induce, predict, question};
pub use vocabulary::{Effect, Operations, ReadyMeaning, Speaker, Vocabulary};
