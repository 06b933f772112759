//! The core language: values, primitives on them, operation expressions and control programs, and the shape of a text as read.
//!
//! Everything here is the same for every taught language. This crate must never name a keyword, operator, builtin, message or
//! type of one; class tags are opaque symbols that come with a trace.

mod datum;
mod symbol;
mod term;
mod tree;

pub use datum::{Body, Compound, Datum, Function};
pub use symbol::Symbol;
pub use term::{Term, TermError};
pub use tree::{Form, Kind, Slot, Tree};
