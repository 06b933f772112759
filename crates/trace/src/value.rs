use mimus_core::{Body, Symbol};
use num_bigint::BigInt;

/// A value as a trace writes it: objects are references, to be looked up at a moment in time.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs)]
pub enum Ref {
    #[default]
    None,
    Bool(bool),
    Int(BigInt),
    Float(f64),
    Text(String),
    Bytes(Vec<u8>),
    /// Held by value.
    Compound(Symbol, Box<Body<Ref>>),
    /// The object with this number.
    Object(usize),
    Atom(Symbol),
    Bound(Symbol, Box<Ref>),
    /// A function of the program (the object with this number) and the value it was taken from.
    Taken(usize, Box<Ref>),
}
