//! The table of primitives: what the core language gets from Rust's own types. All are pure and may be undefined.
//!
//! They are grouped by what they work on, one file a noun. None of them knows a taught language: division truncates, positions
//! count from zero and never from the end, a bound outside is undefined.

mod bits;
mod bytes;
mod float;
mod heap;
mod key;
mod limit;
mod logic;
mod map;
mod number;
mod order;
mod record;
mod sequence;
mod set;
mod spelling;
mod text;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::{Symbol, Value};

pub use key::has_other_form;
pub use limit::{SizeLimit, size_limit};
pub use order::{alike, compare};
pub(crate) use sequence::ascending;
pub use sequence::{at, size};
pub(crate) use text::chars;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Ty {
    None,
    Bool,
    Int,
    Float,
    Text,
    /// A text of one character.
    Char,
    Bytes,
    Seq(&'static Ty),
    Map(&'static Ty, &'static Ty),
    Set(&'static Ty),
    Record,
    Function,
    /// What has positions: text, bytes or a sequence.
    Run,
    /// What has a size: a run, map or set.
    Many,
    Var(u8),
    /// What is put into something may be of another type than what is there.
    Any,
}

/// The number of a primitive in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PrimId(u16);

impl PrimId {
    /// Whether it puts this operand somewhere without looking at it: keys and what is in sets are compared.
    pub fn puts(self, operand: usize) -> bool {
        let Primitive { name, takes, .. } = self.get();
        takes.get(operand) == Some(&Ty::Any) && *name != "put_in" && (*name, operand) != ("put_key", 1)
    }

    /// The class of what it makes, if it makes a number or text of one of another kind.
    pub fn converts_to(self) -> Option<Symbol> {
        let class = |ty: &Ty| match ty {
            Ty::Bool => Some(Value::Bool(false).class()),
            Ty::Int => Some(Value::Int(0).class()),
            Ty::Float => Some(Value::Float(0.0).class()),
            Ty::Text => Some(Value::text("").class()),
            _ => None,
        };
        let Primitive { takes: [of], gives, .. } = self.get() else { return None };
        class(gives).filter(|made| class(of).is_some_and(|of| of != *made))
    }

    /// The table's row.
    pub fn get(self) -> &'static Primitive {
        PRIMITIVES[self.0 as usize]
    }

    /// Finds a primitive by its word.
    pub fn by_name(name: &str) -> Option<Self> {
        NAMES.get(name).copied()
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..PRIMITIVES.len() as u16).map(Self)
    }

    /// Its place in the table.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The table.
pub static PRIMITIVES: LazyLock<Vec<&'static Primitive>> = LazyLock::new(|| {
    let files: [&'static [Primitive]; 13] = [
        number::TABLE,
        bits::TABLE,
        float::TABLE,
        heap::TABLE,
        spelling::TABLE,
        logic::TABLE,
        order::TABLE,
        text::TABLE,
        bytes::TABLE,
        sequence::TABLE,
        map::TABLE,
        set::TABLE,
        record::TABLE,
    ];
    files.iter().flat_map(|table| table.iter()).collect()
});

static NAMES: LazyLock<FxHashMap<&'static str, PrimId>> =
    LazyLock::new(|| PRIMITIVES.iter().enumerate().map(|(i, p)| (p.name, PrimId(i as u16))).collect());

/// Shorthands for the types of operands.
mod ty {
    use super::Ty;
    pub const A: Ty = Ty::Var(0);
    pub const B: Ty = Ty::Var(1);
    pub const SEQ: Ty = Ty::Seq(&A);
    pub const SEQ_B: Ty = Ty::Seq(&B);
    pub const SEQS: Ty = Ty::Seq(&SEQ);
    pub const TEXTS: Ty = Ty::Seq(&Ty::Text);
    pub const INTS: Ty = Ty::Seq(&Ty::Int);
    pub const MAP: Ty = Ty::Map(&A, &B);
    pub const SET: Ty = Ty::Set(&A);
}

/// One row of the table.
macro_rules! prim {
    ($name:literal, [$($takes:expr),*] -> $gives:expr, $cost:literal, $doc:literal, |$args:pat_param| $body:expr) => {
        Primitive {
            name: $name,
            takes: &[$($takes),*],
            gives: $gives,
            cost: $cost,
            doc: $doc,
            run: |args| match args { $args => $body, _ => None },
        }
    };
}
use prim;

#[cfg(test)]
mod tests;
