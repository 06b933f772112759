//! The table of primitives: what the core language gets from Rust's own types. All are pure and may be undefined.

use crate::Value;

/// One primitive.
pub struct Primitive {
    /// Its word in knowledge files.
    pub name: &'static str,
    /// The types of its operands.
    pub takes: &'static [Ty],
    /// The type of its result.
    pub gives: Ty,
    /// What it costs in the description length of a meaning.
    pub cost: u8,
    /// What it does, in one line.
    pub doc: &'static str,
    /// Computes it; `None` when undefined for these operands.
    pub run: fn(&[Value]) -> Option<Value>,
}

/// Types that guide the search. `Var` is any type, the same wherever the number is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Ty {
    None,
    Bool,
    Int,
    Float,
    Text,
    Bytes,
    Seq(&'static Ty),
    Map(&'static Ty, &'static Ty),
    Set(&'static Ty),
    Function,
    Var(u8),
}

/// The number of a primitive in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PrimId(u16);

impl PrimId {
    /// The table's row.
    pub fn get(self) -> &'static Primitive {
        &PRIMITIVES[self.0 as usize]
    }

    /// Finds a primitive by its word.
    pub fn by_name(name: &str) -> Option<Self> {
        PRIMITIVES.iter().position(|p| p.name == name).map(|i| Self(i as u16))
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..PRIMITIVES.len() as u16).map(Self)
    }
}

/// The table.
pub static PRIMITIVES: &[Primitive] = &[Primitive {
    name: "add",
    takes: &[Ty::Int, Ty::Int],
    gives: Ty::Int,
    cost: 1,
    doc: "the sum",
    run: |args| match args {
        [Value::Int(a), Value::Int(b)] => a.checked_add(*b).map(Value::Int),
        _ => None,
    },
}];
