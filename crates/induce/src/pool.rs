//! Interned values: candidates are vectors of small numbers, so that they compare and hash fast and take little memory.

use std::hash::{Hash, Hasher};
use std::rc::Rc;

use mimus_core::{Contents, Text, Value};
use rustc_hash::FxHashMap;

use crate::kind::{BOTTOM, KindId, Kinds};

/// The number of a value in a [`Pool`].
pub type ValueId = u32;

/// The number of "undefined".
pub const UNDEFINED: ValueId = 0;

/// The number of "not learned": undefined for whatever is computed from it, but nothing stands in for it.
pub const UNLEARNED: ValueId = 1;

/// All values that candidates gave. Objects are told apart by label, and maps and sets by their order: what equality does not
/// see, an operation may still show.
pub struct Pool {
    values: Vec<Value>,
    kinds: Vec<KindId>,
    ints: FxHashMap<i64, ValueId>,
    texts: FxHashMap<Text, ValueId>,
    rest: FxHashMap<Exact, ValueId>,
    errors: FxHashMap<Exact, ValueId>,
    /// The kinds of the values.
    pub lattice: Kinds,
}

impl Pool {
    pub fn new() -> Self {
        Self {
            values: vec![Value::None; 2],
            kinds: vec![BOTTOM; 2],
            ints: FxHashMap::default(),
            texts: FxHashMap::default(),
            rest: FxHashMap::default(),
            errors: FxHashMap::default(),
            lattice: Kinds::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The number of a value.
    pub fn intern(&mut self, value: Value) -> ValueId {
        let known = match &value {
            Value::Int(i) => self.ints.get(i),
            Value::Text(t) => self.texts.get(t),
            _ => None,
        };
        if let Some(id) = known {
            return *id;
        }
        let id = self.values.len() as ValueId;
        match &value {
            Value::Int(i) => {
                self.ints.insert(*i, id);
            }
            Value::Text(t) => {
                self.texts.insert(t.clone(), id);
            }
            _ => {
                let key = Exact(value.clone());
                if let Some(id) = self.rest.get(&key) {
                    return *id;
                }
                self.rest.insert(key, id);
            }
        }
        self.kinds.push(self.lattice.of(&value));
        self.values.push(value);
        id
    }

    /// The number of "raised this error": undefined for whatever is computed from it.
    pub fn intern_raised(&mut self, error: Value) -> ValueId {
        let key = Exact(error.clone());
        if let Some(id) = self.errors.get(&key) {
            return *id;
        }
        let id = self.values.len() as ValueId;
        self.errors.insert(key, id);
        self.kinds.push(BOTTOM);
        self.values.push(error);
        id
    }

    pub fn get(&self, id: ValueId) -> &Value {
        &self.values[id as usize]
    }

    pub fn kind(&self, id: ValueId) -> KindId {
        self.kinds[id as usize]
    }

    pub fn is_undefined(&self, id: ValueId) -> bool {
        self.kinds[id as usize] == BOTTOM
    }
}

/// A value compared with its labels and the order of its entries.
struct Exact(Value);

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        exact(&self.0, &other.0, 32)
    }
}
impl Eq for Exact {}
impl Hash for Exact {
    fn hash<H: Hasher>(&self, state: &mut H) {
        digest(&self.0, state, 32);
    }
}

fn exact(a: &Value, b: &Value, depth: usize) -> bool {
    let (Value::Object(x), Value::Object(y)) = (a, b) else {
        return match (a, b) {
            (Value::Bound(a), Value::Bound(b)) => a.0 == b.0 && exact(&a.1, &b.1, depth.saturating_sub(1)),
            _ => a == b,
        };
    };
    if Rc::ptr_eq(x, y) {
        return true;
    }
    if depth == 0 || x.class != y.class || x.label != y.label {
        return false;
    }
    let down = |a: &Value, b: &Value| exact(a, b, depth - 1);
    match (&*x.body.borrow(), &*y.body.borrow()) {
        (Contents::Map(x), Contents::Map(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|((k, v), (l, w))| down(k, l) && down(v, w))
        }
        (Contents::Set(x), Contents::Set(y)) => x.len() == y.len() && x.iter().zip(y).all(|(v, w)| down(v, w)),
        (Contents::Record(x), Contents::Record(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|((n, v), (m, w))| n == m && down(v, w))
        }
        (x @ (Contents::Seq(_) | Contents::Range { .. }), y @ (Contents::Seq(_) | Contents::Range { .. })) => {
            x.len() == y.len() && (0..x.len()).all(|i| x.get(i).zip(y.get(i)).is_some_and(|(v, w)| down(&v, &w)))
        }
        _ => false,
    }
}

fn digest<H: Hasher>(value: &Value, state: &mut H, depth: usize) {
    let Value::Object(o) = value else { return value.hash(state) };
    o.class.hash(state);
    state.write_u32(o.label);
    if depth == 0 {
        return;
    }
    match &*o.body.borrow() {
        Contents::Map(entries) => entries.iter().for_each(|(k, v)| {
            digest(k, state, depth - 1);
            digest(v, state, depth - 1);
        }),
        Contents::Set(items) => items.iter().for_each(|v| digest(v, state, depth - 1)),
        Contents::Record(fields) => fields.iter().for_each(|(name, v)| {
            name.hash(state);
            digest(v, state, depth - 1);
        }),
        contents => {
            state.write_usize(contents.len());
            (0..contents.len()).filter_map(|i| contents.get(i)).for_each(|v| digest(&v, state, depth - 1));
        }
    }
}
