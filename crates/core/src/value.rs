//! Live values: what primitives compute on and what the machine's memory holds. One thread owns them.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use rustc_hash::FxBuildHasher;

use crate::{Body, Datum, Function, Symbol, Text};

/// A value. Cloning is cheap and shares what the value refers to.
#[derive(Clone)]
pub enum Value {
    /// The absence of a value.
    None,
    /// A boolean.
    Bool(bool),
    /// An integer of 64 bits.
    Int(i64),
    /// An integer beyond 64 bits; never one that would fit (see [`Value::from_big`]).
    Big(Rc<BigInt>),
    /// A 64-bit float.
    Float(f64),
    /// Text.
    Text(Text),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A sequence, map, set or record.
    Object(Rc<Object>),
    /// A builtin thing known by its name.
    Atom(Symbol),
    /// A builtin function and the value it was taken from.
    Bound(Rc<(Symbol, Value)>),
    /// A function of the program.
    Function(Rc<dyn Callable>),
    /// A thing of which only the class is known.
    Opaque(Symbol, u32),
}

/// Something that can be called: a closure of the machine, or (in induction) a table of observed calls.
pub trait Callable {
    /// Tells functions apart.
    fn label(&self) -> u32;
    /// The result for these arguments, when it is known without running anything: a table's row.
    fn look_up(&self, _args: &[Value]) -> Option<Value> {
        None
    }
    /// For the machine to find its own closures again.
    fn as_any(&self) -> &dyn std::any::Any;
}

/// A compound value with identity (its address).
pub struct Object {
    /// The teacher's tag; neutral ([`Symbol::neutral`]) on what a primitive has just made.
    pub class: Symbol,
    /// Which observed object this copies; 0 when it is new. Only induction sets it: it tells an alias from a copy.
    pub label: u32,
    /// The contents.
    pub body: RefCell<Contents>,
    /// Where it takes what it lacks from, in this order; nothing for what delegates nothing to others. What delegates is only
    /// ever equal to itself.
    pub delegates: Option<Rc<[Value]>>,
}

/// The contents of an object.
#[derive(Clone, Debug)]
pub enum Contents {
    /// Elements.
    Seq(Vec<Value>),
    /// The integers `start + i * step` for `i` in `0..len`, without storing them.
    Range {
        /// First element.
        start: i64,
        /// Distance.
        step: i64,
        /// How many.
        len: usize,
    },
    /// Entries in order of insertion.
    Map(IndexMap<Value, Value, FxBuildHasher>),
    /// Elements in order of insertion.
    Set(IndexSet<Value, FxBuildHasher>),
    /// Fields in order of insertion.
    Record(Vec<(Symbol, Value)>),
}

impl Value {
    /// Text.
    pub fn text(text: &str) -> Self {
        Self::Text(Text::new(text))
    }

    /// An integer in its canonical form.
    pub fn from_big(big: BigInt) -> Self {
        match big.to_i64() {
            Some(small) => Self::Int(small),
            None => Self::Big(Rc::new(big)),
        }
    }

    /// A new object of a class.
    pub fn object(class: Symbol, contents: Contents) -> Self {
        Self::Object(Rc::new(Object { class, label: 0, body: RefCell::new(contents), delegates: None }))
    }

    /// A new record that takes what it lacks from others.
    pub fn delegating(class: Symbol, fields: Vec<(Symbol, Value)>, delegates: Rc<[Value]>) -> Self {
        let body = RefCell::new(Contents::Record(fields));
        Self::Object(Rc::new(Object { class, label: 0, body, delegates: Some(delegates) }))
    }

    /// What it takes what it lacks from, if it is of that kind.
    pub fn delegates(&self) -> Option<&Rc<[Value]>> {
        if let Self::Object(object) = self { object.delegates.as_ref() } else { None }
    }

    /// Whether both are the same object.
    pub fn is_same(&self, other: &Self) -> bool {
        matches!((self, other), (Self::Object(a), Self::Object(b)) if Rc::ptr_eq(a, b))
    }

    /// A new sequence that no teacher has named.
    pub fn seq(items: Vec<Value>) -> Self {
        Self::object(Symbol::neutral(), Contents::Seq(items))
    }

    /// An error value.
    pub fn error(class: Symbol, text: &str) -> Self {
        Self::error_saying(class, Self::text(text))
    }

    /// An error value with what it says: a text, or what stands for one that was not learned.
    pub fn error_saying(class: Symbol, text: Self) -> Self {
        Self::object(class, Contents::Record(vec![(Symbol::new("text"), text)]))
    }

    /// What an error says; nothing for what says nothing.
    pub fn said(&self) -> Option<Self> {
        let Self::Object(object) = self else { return None };
        let Contents::Record(fields) = &*object.body.borrow() else { return None };
        fields.iter().find(|(name, _)| name.as_str() == "text").map(|(_, text)| text.clone())
    }

    /// Whether it stands for something that was not learned (see [`Datum::unlearned`]).
    pub fn is_unlearned(&self) -> bool {
        matches!(self, Self::Opaque(class, _) if *class == Symbol::unlearned())
    }

    /// See [`Datum::class`].
    pub fn class(&self) -> Symbol {
        thread_local!(static KINDS: [Symbol; 9] =
            ["none", "bool", "int", "float", "text", "bytes", "atom", "bound", "function"].map(Symbol::new));
        let kind = match self {
            Self::None => 0,
            Self::Bool(_) => 1,
            Self::Int(_) | Self::Big(_) => 2,
            Self::Float(_) => 3,
            Self::Text(_) => 4,
            Self::Bytes(_) => 5,
            Self::Atom(_) => 6,
            Self::Bound(_) => 7,
            Self::Function(_) => 8,
            Self::Object(o) => return o.class,
            Self::Opaque(class, _) => return *class,
        };
        KINDS.with(|kinds| kinds[kind])
    }

    /// Makes a live value. Objects keep their labels.
    pub fn from_datum(datum: &Datum) -> Self {
        match datum {
            Datum::None => Self::None,
            Datum::Bool(b) => Self::Bool(*b),
            Datum::Int(i) => Self::from_big(i.clone()),
            Datum::Float(x) => Self::Float(*x),
            Datum::Text(t) => Self::text(t),
            Datum::Bytes(b) => Self::Bytes(b.as_ref().into()),
            Datum::Compound(c) => {
                let body = match &c.body {
                    Body::Seq(items) => Contents::Seq(items.iter().map(Self::from_datum).collect()),
                    Body::Set(items) => Contents::Set(items.iter().map(Self::from_datum).collect()),
                    Body::Map(entries) => {
                        Contents::Map(entries.iter().map(|(k, v)| (Self::from_datum(k), Self::from_datum(v))).collect())
                    }
                    Body::Record(fields) => {
                        Contents::Record(fields.iter().map(|(name, v)| (*name, Self::from_datum(v))).collect())
                    }
                };
                Self::Object(Rc::new(Object { class: c.class, label: c.label, body: RefCell::new(body), delegates: None }))
            }
            Datum::Atom(name) => Self::Atom(*name),
            Datum::Bound(name, of) => Self::Bound(Rc::new((*name, Self::from_datum(of)))),
            Datum::Function(f) => Self::Function(Rc::new(Table::new(f.clone()))),
            Datum::Opaque(class, n) => Self::Opaque(*class, *n),
        }
    }

    /// A plain copy. Contents nested deeper than `depth` (cycles among them) become opaque.
    pub fn to_datum(&self, depth: usize) -> Datum {
        match self {
            Self::None => Datum::None,
            Self::Bool(b) => Datum::Bool(*b),
            Self::Int(i) => Datum::int(*i),
            Self::Big(i) => Datum::Int((**i).clone()),
            Self::Float(x) => Datum::Float(*x),
            Self::Text(t) => Datum::text(t),
            Self::Bytes(b) => Datum::Bytes(b.as_ref().into()),
            Self::Object(o) if depth == 0 => Datum::Opaque(o.class, 0),
            Self::Object(o) => {
                let down = |v: &Value| v.to_datum(depth - 1);
                let body = match &*o.body.borrow() {
                    Contents::Seq(items) => Body::Seq(items.iter().map(down).collect()),
                    Contents::Range { start, step, len } => {
                        Body::Seq((0..*len as i64).map(|i| Datum::int(start + i * step)).collect())
                    }
                    Contents::Map(entries) => Body::Map(entries.iter().map(|(k, v)| (down(k), down(v))).collect()),
                    Contents::Set(items) => Body::Set(items.iter().map(down).collect()),
                    Contents::Record(fields) => Body::Record(fields.iter().map(|(name, v)| (*name, down(v))).collect()),
                };
                Datum::compound(o.class, o.label, body)
            }
            Self::Atom(name) => Datum::Atom(*name),
            Self::Bound(pair) => Datum::Bound(pair.0, Arc::new(pair.1.to_datum(depth.saturating_sub(1)))),
            Self::Function(f) => Datum::Function(Arc::new(Function { label: f.label(), calls: Vec::new() })),
            Self::Opaque(class, n) => Datum::Opaque(*class, *n),
        }
    }
}

/// A function known by its observed calls.
pub struct Table {
    label: u32,
    calls: IndexMap<Vec<Value>, Value, FxBuildHasher>,
}

impl Table {
    /// The table of a function's calls.
    pub fn new(function: Arc<Function>) -> Self {
        let row = |(args, result): &(Vec<Datum>, Datum)| {
            (args.iter().map(Value::from_datum).collect::<Vec<_>>(), Value::from_datum(result))
        };
        Self { label: function.label, calls: function.calls.iter().map(row).collect() }
    }

    /// What the function was seen to give, if that is how a function is known.
    pub fn results(function: &dyn Callable) -> impl Iterator<Item = &Value> {
        function.as_any().downcast_ref::<Self>().into_iter().flat_map(|table| table.calls.values())
    }
}

impl Callable for Table {
    fn label(&self) -> u32 {
        self.label
    }
    fn look_up(&self, args: &[Value]) -> Option<Value> {
        self.calls.get(args).cloned()
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

impl Contents {
    /// Number of elements, entries or fields.
    pub fn len(&self) -> usize {
        match self {
            Self::Seq(items) => items.len(),
            Self::Range { len, .. } => *len,
            Self::Map(entries) => entries.len(),
            Self::Set(items) => items.len(),
            Self::Record(fields) => fields.len(),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at a position of a sequence or range.
    pub fn get(&self, index: usize) -> Option<Value> {
        match self {
            Self::Seq(items) => items.get(index).cloned(),
            Self::Range { start, step, len } if index < *len => Some(Value::Int(start + index as i64 * step)),
            _ => None,
        }
    }
}

/// Strict equality of contents: kinds and classes must agree; floats by their bits, so that it is an equivalence.
/// Deep structures are compared to a fixed depth and by identity below it, so that cycles end.
impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        equal(self, other, 64)
    }
}
impl Eq for Value {}

thread_local! {
    static IS_COMPARED: Cell<bool> = const { Cell::new(false) };
    static COMPARED: RefCell<Option<Rc<[Value]>>> = const { RefCell::new(None) };
}

fn note_compared(object: &Object) {
    if !IS_COMPARED.get() && object.delegates.is_some() {
        IS_COMPARED.set(true);
        COMPARED.set(object.delegates.clone());
    }
}

/// What the first thing delegates to that was compared with another since this was asked last: a program may have its own idea of
/// when such things are equal.
#[inline]
pub fn compared() -> Option<Rc<[Value]>> {
    if IS_COMPARED.get() { taken_compared() } else { None }
}

#[cold]
fn taken_compared() -> Option<Rc<[Value]>> {
    IS_COMPARED.set(false);
    COMPARED.take()
}

fn equal(a: &Value, b: &Value, depth: usize) -> bool {
    match (a, b) {
        (Value::None, Value::None) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Big(a), Value::Big(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::Atom(a), Value::Atom(b)) => a == b,
        (Value::Bound(a), Value::Bound(b)) => a.0 == b.0 && equal(&a.1, &b.1, depth.saturating_sub(1)),
        (Value::Function(a), Value::Function(b)) => a.label() == b.label(),
        (Value::Opaque(a, n), Value::Opaque(b, m)) => a == b && n == m,
        (Value::Object(a), Value::Object(b)) => {
            let alone = a.delegates.is_some() || b.delegates.is_some();
            if alone {
                note_compared(a);
                note_compared(b);
            }
            Rc::ptr_eq(a, b)
                || (!alone && depth > 0 && a.class == b.class && equal_contents(&a.body.borrow(), &b.body.borrow(), depth - 1))
        }
        (Value::Object(object), _) | (_, Value::Object(object)) => {
            note_compared(object);
            false
        }
        _ => false,
    }
}

fn equal_contents(a: &Contents, b: &Contents, depth: usize) -> bool {
    let all = |n: usize| a.len() == n && (0..n).all(|i| a.get(i).zip(b.get(i)).is_some_and(|(x, y)| equal(&x, &y, depth)));
    match (a, b) {
        (Contents::Seq(x), Contents::Seq(y)) => x.len() == y.len() && x.iter().zip(y).all(|(x, y)| equal(x, y, depth)),
        (Contents::Seq(_) | Contents::Range { .. }, Contents::Seq(_) | Contents::Range { .. }) => all(b.len()),
        (Contents::Map(x), Contents::Map(y)) => {
            x.len() == y.len() && x.iter().all(|(k, v)| y.get(k).is_some_and(|w| equal(v, w, depth)))
        }
        (Contents::Set(x), Contents::Set(y)) => x.len() == y.len() && x.iter().all(|v| y.contains(v)),
        (Contents::Record(x), Contents::Record(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|((n, v), (m, w))| n == m && equal(v, w, depth))
        }
        _ => false,
    }
}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(self, state, 64);
    }
}

fn hash<H: Hasher>(value: &Value, state: &mut H, depth: usize) {
    match value {
        Value::None => state.write_u8(0),
        Value::Bool(b) => state.write_u8(1 + u8::from(*b)),
        Value::Int(i) => state.write_i64(*i),
        Value::Big(i) => i.hash(state),
        Value::Float(x) => state.write_u64(x.to_bits() ^ 0x5bd1),
        Value::Text(t) => t.hash(state),
        Value::Bytes(b) => b.hash(state),
        Value::Atom(name) => name.hash(state),
        Value::Bound(pair) => pair.0.hash(state),
        Value::Function(f) => state.write_u32(f.label()),
        Value::Opaque(class, n) => {
            class.hash(state);
            state.write_u32(*n);
        }
        Value::Object(o) => {
            o.class.hash(state);
            if o.delegates.is_some() {
                note_compared(o);
                state.write_usize(Rc::as_ptr(o) as usize);
                return;
            }
            if depth == 0 {
                return;
            }
            match &*o.body.borrow() {
                contents @ (Contents::Seq(_) | Contents::Range { .. }) => {
                    state.write_usize(contents.len());
                    (0..contents.len()).filter_map(|i| contents.get(i)).for_each(|v| hash(&v, state, depth - 1));
                }
                // Order does not matter for their equality, so it must not matter here.
                Contents::Map(entries) => state.write_usize(entries.len()),
                Contents::Set(items) => state.write_usize(items.len()),
                Contents::Record(fields) => fields.iter().for_each(|(name, v)| {
                    name.hash(state);
                    hash(v, state, depth - 1);
                }),
            }
        }
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_datum(6).fmt(f)
    }
}
