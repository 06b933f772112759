//! Collections under construction.

use indexmap::{IndexMap, IndexSet};
use mimus_core::{Contents, PrimId, Shape, Symbol, Value};
use rustc_hash::FxBuildHasher;
use smallvec::SmallVec;

/// Arguments of a call: the last of `values` are the named ones.
#[derive(Default)]
pub(crate) struct Args {
    pub(crate) values: SmallVec<[Value; 4]>,
    pub(crate) names: SmallVec<[Symbol; 2]>,
}

/// What pushes go to.
pub(crate) enum Collect {
    Seq(Vec<Value>),
    Set(IndexSet<Value, FxBuildHasher>),
    Map(IndexMap<Value, Value, FxBuildHasher>),
    Text(String),
    Args(Args),
}

impl Args {
    /// How many are positional.
    pub(crate) fn positional(&self) -> usize {
        self.values.len() - self.names.len()
    }

    fn push(&mut self, value: Value) {
        let at = self.positional();
        self.values.insert(at, value);
    }

    /// Adds a named one; named ones are kept in the order of their names, a later one replaces an earlier one.
    pub(crate) fn push_named(&mut self, name: Symbol, value: Value) {
        let first = self.positional();
        match self.names.binary_search(&name) {
            Ok(i) => self.values[first + i] = value,
            Err(i) => {
                self.names.insert(i, name);
                self.values.insert(first + i, value);
            }
        }
    }
}

impl Collect {
    pub(crate) fn new(shape: Shape) -> Self {
        match shape {
            Shape::Seq => Self::Seq(Vec::new()),
            Shape::Set => Self::Set(IndexSet::default()),
            Shape::Map => Self::Map(IndexMap::default()),
            Shape::Text => Self::Text(String::new()),
        }
    }

    /// Adds a value; `false` where only entries can be added, or only texts.
    pub(crate) fn push(&mut self, value: Value) -> bool {
        match self {
            Self::Seq(items) => items.push(value),
            Self::Set(items) => *items = put(std::mem::take(items), value),
            Self::Map(_) => return false,
            Self::Text(text) => match value {
                Value::Text(more) => text.push_str(&more),
                _ => return false,
            },
            Self::Args(args) => args.push(value),
        }
        true
    }

    /// Adds an entry; `false` where only values can be added, or where an argument's name is no text.
    pub(crate) fn push_entry(&mut self, key: Value, value: Value) -> bool {
        match (self, key) {
            (Self::Map(entries), key) => *entries = put_key(std::mem::take(entries), key, value),
            (Self::Args(args), Value::Text(name)) => args.push_named(Symbol::new(&name), value),
            _ => return false,
        }
        true
    }

    /// The finished object. Arguments are none: they give nothing.
    pub(crate) fn finish(self, class: Symbol) -> Value {
        match self {
            Self::Seq(items) => Value::object(class, Contents::Seq(items)),
            Self::Set(items) => Value::object(class, Contents::Set(items)),
            Self::Map(entries) => Value::object(class, Contents::Map(entries)),
            Self::Text(text) => Value::text(&text),
            Self::Args(_) => Value::None,
        }
    }
}

/// Numbers are found across their kinds in sets and maps: the primitives know how. Only numbers need them.
fn is_number(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_))
}

fn primitive(name: &str, args: &[Value]) -> Option<Value> {
    PrimId::by_name(name).and_then(|id| (id.get().run)(args))
}

fn put(mut items: IndexSet<Value, FxBuildHasher>, value: Value) -> IndexSet<Value, FxBuildHasher> {
    if !is_number(&value) || items.contains(&value) {
        items.insert(value);
        return items;
    }
    let object = Value::object(Symbol::neutral(), Contents::Set(items));
    let there = primitive("is_in", &[object.clone(), value.clone()]);
    let mut items = match own(object) {
        Contents::Set(items) => items,
        _ => IndexSet::default(),
    };
    if !matches!(there, Some(Value::Bool(true))) {
        items.insert(value);
    }
    items
}

fn put_key(
    mut entries: IndexMap<Value, Value, FxBuildHasher>,
    key: Value,
    value: Value,
) -> IndexMap<Value, Value, FxBuildHasher> {
    if !is_number(&key) || !mimus_core::has_other_form(&entries, &key) {
        entries.insert(key, value);
        return entries;
    }
    let object = Value::object(Symbol::neutral(), Contents::Map(entries));
    let there = primitive("has_key", &[object.clone(), key.clone()]);
    let object = match there {
        Some(Value::Bool(true)) => primitive("put_key", &[object.clone(), key, value]).unwrap_or(object),
        _ => {
            if let Value::Object(o) = &object
                && let Contents::Map(entries) = &mut *o.body.borrow_mut()
            {
                entries.insert(key, value);
            }
            object
        }
    };
    match own(object) {
        Contents::Map(entries) => entries,
        _ => IndexMap::default(),
    }
}

/// The contents of an object that nobody else holds.
fn own(object: Value) -> Contents {
    match object {
        Value::Object(object) => match std::rc::Rc::try_unwrap(object) {
            Ok(own) => own.body.into_inner(),
            Err(shared) => shared.body.borrow().clone(),
        },
        _ => Contents::Seq(Vec::new()),
    }
}
