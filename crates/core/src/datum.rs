//! Plain, owned values: what a trace reports, what a constant in a meaning is, what crosses threads.

use std::fmt;
use std::sync::Arc;

use num_bigint::BigInt;

use crate::Symbol;
use crate::term::Term;

/// A value without identity of its own, as it was at one moment. `label` tells objects apart: equal labels are the same object.
#[derive(Clone, Debug)]
pub enum Datum {
    /// The absence of a value.
    None,
    /// A boolean.
    Bool(bool),
    /// An integer of any size.
    Int(BigInt),
    /// A 64-bit float. Compared and hashed by its bits, so that NaN equals itself.
    Float(f64),
    /// Text.
    Text(Arc<str>),
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A sequence, map, set or record.
    Compound(Arc<Compound>),
    /// A builtin thing known by its name.
    Atom(Symbol),
    /// A builtin function and the value it was taken from.
    Bound(Symbol, Arc<Datum>),
    /// A function of the program, known by the calls that were seen.
    Function(Arc<Function>),
    /// A thing of which only the class is known. The number tells such things apart.
    Opaque(Symbol, u32),
}

/// A value made of others.
#[derive(Clone, Debug)]
pub struct Compound {
    /// The teacher's tag.
    pub class: Symbol,
    /// Which object this is a snapshot of; 0 for values held by value.
    pub label: u32,
    /// What it holds.
    pub body: Body<Datum>,
}

/// The contents of a compound, for plain data and (in the machine) for live values.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Body<V> {
    /// Elements in order.
    Seq(Vec<V>),
    /// Entries in the teacher's order.
    Map(Vec<(V, V)>),
    /// Distinct elements in the teacher's order.
    Set(Vec<V>),
    /// Named fields in order.
    Record(Vec<(Symbol, V)>),
}

/// A function seen from outside: which calls gave what.
#[derive(Clone, Debug, Default)]
pub struct Function {
    /// Tells functions apart.
    pub label: u32,
    /// Arguments and result of each observed call, as far as it ended normally.
    pub calls: Vec<(Vec<Datum>, Datum)>,
}

impl Datum {
    /// For each of some values the place of the first among them that is the same object: its own where none before it is.
    pub fn identities(values: &[Self]) -> Vec<usize> {
        let label = |value: &Self| if let Self::Compound(c) = value { Some(c.label).filter(|label| *label != 0) } else { None };
        let first = |(i, value): (usize, &Self)| {
            label(value).and_then(|own| values.iter().position(|other| label(other) == Some(own))).unwrap_or(i)
        };
        values.iter().enumerate().map(first).collect()
    }

    /// An integer.
    pub fn int(value: impl Into<BigInt>) -> Self {
        Self::Int(value.into())
    }

    /// Text.
    pub fn text(value: &str) -> Self {
        Self::Text(value.into())
    }

    /// A sequence held by value.
    pub fn seq(class: impl Into<Symbol>, items: Vec<Datum>) -> Self {
        Self::compound(class.into(), 0, Body::Seq(items))
    }

    /// Any compound.
    pub fn compound(class: Symbol, label: u32, body: Body<Datum>) -> Self {
        Self::Compound(Arc::new(Compound { class, label, body }))
    }

    /// What stands for a value that is there, but was not learned: nothing can be done with it, and nothing seen of it.
    pub fn unlearned() -> Self {
        Self::Opaque(Symbol::unlearned(), 0)
    }

    /// The error value that a raised outcome carries: a record with a text.
    pub fn error(class: impl Into<Symbol>, text: &str) -> Self {
        let fields = vec![(Symbol::new("text"), Self::text(text))];
        Self::compound(class.into(), 0, Body::Record(fields))
    }

    /// What overloads are told apart by: the class tag of a compound, else the engine's own word for the kind.
    pub fn class(&self) -> Symbol {
        match self {
            Self::None => Symbol::new("none"),
            Self::Bool(_) => Symbol::new("bool"),
            Self::Int(_) => Symbol::new("int"),
            Self::Float(_) => Symbol::new("float"),
            Self::Text(_) => Symbol::new("text"),
            Self::Bytes(_) => Symbol::new("bytes"),
            Self::Compound(c) => c.class,
            Self::Atom(_) => Symbol::new("atom"),
            Self::Bound(..) => Symbol::new("bound"),
            Self::Function(_) => Symbol::new("function"),
            Self::Opaque(class, _) => *class,
        }
    }

    /// The same as a term of the knowledge syntax. Labels and observed calls are left out.
    pub fn to_term(&self) -> Term {
        fn all<'a>(class: Symbol, items: impl Iterator<Item = &'a Datum>) -> Vec<Term> {
            std::iter::once(Term::Text(class.as_str().into())).chain(items.map(Datum::to_term)).collect()
        }
        match self {
            Self::None => Term::word("none"),
            Self::Bool(b) => Term::word(if *b { "true" } else { "false" }),
            Self::Int(i) => Term::Int(i.clone()),
            Self::Float(x) => Term::Float(*x),
            Self::Text(t) => Term::Text(t.to_string()),
            Self::Bytes(b) => {
                let hex: String = b.iter().map(|byte| format!("{byte:02x}")).collect();
                Term::call("bytes", vec![Term::Text(hex)])
            }
            Self::Compound(c) => match &c.body {
                Body::Seq(items) => Term::call("seq", all(c.class, items.iter())),
                Body::Set(items) => Term::call("set", all(c.class, items.iter())),
                Body::Map(entries) => Term::call("map", all(c.class, entries.iter().flat_map(|(k, v)| [k, v]))),
                Body::Record(fields) => {
                    let mut args = vec![Term::Text(c.class.as_str().into())];
                    args.extend(fields.iter().flat_map(|(name, v)| [Term::Text(name.as_str().into()), v.to_term()]));
                    Term::call("record", args)
                }
            },
            Self::Atom(name) => Term::call("atom", vec![Term::Text(name.as_str().into())]),
            Self::Bound(name, of) => Term::call("bound", vec![Term::Text(name.as_str().into()), of.to_term()]),
            Self::Function(f) => Term::call("function", vec![Term::Int(f.label.into())]),
            Self::Opaque(class, n) => Term::call("opaque", vec![Term::Text(class.as_str().into()), Term::Int((*n).into())]),
        }
    }

    /// Reads what [`Datum::to_term`] writes; `None` when the term is no datum.
    pub fn from_term(term: &Term) -> Option<Self> {
        fn text(term: &Term) -> Option<&str> {
            if let Term::Text(t) = term { Some(t) } else { None }
        }
        Some(match term {
            Term::Int(i) => Self::Int(i.clone()),
            Term::Float(x) => Self::Float(*x),
            Term::Text(t) => Self::text(t),
            Term::Call(head, args) => {
                let rest = |from: usize| -> Option<Vec<Datum>> { args.get(from..)?.iter().map(Self::from_term).collect() };
                let class = || Some(Symbol::new(text(args.first()?)?));
                match head.as_str() {
                    "none" => Self::None,
                    "true" => Self::Bool(true),
                    "false" => Self::Bool(false),
                    "bytes" => {
                        let hex = text(args.first()?)?;
                        let bytes: Option<Vec<u8>> =
                            (0..hex.len() / 2).map(|i| u8::from_str_radix(hex.get(2 * i..2 * i + 2)?, 16).ok()).collect();
                        Self::Bytes(bytes?.into())
                    }
                    "seq" => Self::compound(class()?, 0, Body::Seq(rest(1)?)),
                    "set" => Self::compound(class()?, 0, Body::Set(rest(1)?)),
                    "map" => {
                        let flat = rest(1)?;
                        let entries = flat.chunks_exact(2).map(|e| (e[0].clone(), e[1].clone())).collect();
                        Self::compound(class()?, 0, Body::Map(entries))
                    }
                    "record" => {
                        let fields: Option<Vec<_>> = args
                            .get(1..)?
                            .chunks_exact(2)
                            .map(|pair| Some((Symbol::new(text(&pair[0])?), Self::from_term(&pair[1])?)))
                            .collect();
                        Self::compound(class()?, 0, Body::Record(fields?))
                    }
                    "atom" => Self::Atom(class()?),
                    "bound" => Self::Bound(class()?, Arc::new(Self::from_term(args.get(1)?)?)),
                    "opaque" => match args.get(1)? {
                        Term::Int(n) => Self::Opaque(class()?, u32::try_from(n).ok()?),
                        _ => return None,
                    },
                    _ => return None,
                }
            }
        })
    }
}

impl PartialEq for Datum {
    /// Equal contents and classes; labels are not compared.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::Compound(a), Self::Compound(b)) => Arc::ptr_eq(a, b) || (a.class == b.class && a.body == b.body),
            (Self::Atom(a), Self::Atom(b)) => a == b,
            (Self::Bound(a, x), Self::Bound(b, y)) => a == b && x == y,
            (Self::Function(a), Self::Function(b)) => a.label == b.label,
            (Self::Opaque(a, n), Self::Opaque(b, m)) => a == b && n == m,
            _ => false,
        }
    }
}
impl Eq for Datum {}
impl std::hash::Hash for Datum {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::None => {}
            Self::Bool(b) => b.hash(state),
            Self::Int(i) => i.hash(state),
            Self::Float(x) => x.to_bits().hash(state),
            Self::Text(t) => t.hash(state),
            Self::Bytes(b) => b.hash(state),
            Self::Compound(c) => {
                c.class.hash(state);
                c.body.hash(state);
            }
            Self::Atom(name) => name.hash(state),
            Self::Bound(name, of) => {
                name.hash(state);
                of.hash(state);
            }
            Self::Function(f) => f.label.hash(state),
            Self::Opaque(class, n) => {
                class.hash(state);
                n.hash(state);
            }
        }
    }
}
impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_term().fmt(f)
    }
}
