//! The core language: values, primitives on them, operation expressions and control programs, and the shape of a text as read.
//!
//! Everything here is the same for every taught language. This crate must never name a keyword, operator, builtin, message or
//! type of one; class tags are opaque symbols that come with a trace.

mod code;
mod datum;
mod eval;
mod expr;
mod host;
pub mod linear;
mod meaning;
mod order;
mod prim;
mod symbol;
mod term;
mod text;
mod tree;
mod value;

pub use code::{Code, Named, Shape, SignalKind, SlotId};
pub use datum::{Body, Compound, Datum, Function};
pub use eval::{NoHost, Ready, dress, eval};
pub use expr::{Expr, Higher};
pub use host::{Host, Stop};
pub use meaning::{Formula, Meaning, Raise};
pub use order::linearized;
pub use prim::{PRIMITIVES, PrimId, Primitive, SizeLimit, Ty, alike, at, compare, has_other_form, size, size_limit};
pub use symbol::Symbol;
pub use term::{Term, TermError};
pub use text::Text;
pub use tree::{Form, Kind, Slot, Tree};
pub use value::{Callable, Contents, Object, Table, Value, compared};

/// The operation that says whether a value that was tested counts as true. No text names it.
pub const TRUTH: &str = "truth";
/// The operation that is a call of something that is no function.
pub const CALL: &str = "call";
/// The operation that tells how many values another one takes of what gives one after the other: so many, or (true) all there are.
pub const TAKES: &str = "takes";
