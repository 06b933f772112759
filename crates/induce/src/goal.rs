//! What a search looks for: a wanted value, an error, or nothing in particular, row by row.

use std::rc::Rc;

use mimus_core::{Contents, Symbol, Value};
use rustc_hash::FxHashMap;

use crate::kind::{BOTTOM, KindId};
use crate::pool::{Pool, UNDEFINED, UNLEARNED, ValueId};

/// What a row wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Want {
    /// This value.
    Value(ValueId),
    /// To be undefined, because an error of this number was raised.
    Error(u8),
    /// Anything.
    Free,
}

/// A set of rows to get right.
pub struct Goal {
    pub wants: Vec<Want>,
    /// Classes for what primitives made, by depth.
    pub classes: Vec<Symbol>,
    /// Whether only the contents of the outermost value count, not its class and identity.
    pub loose: bool,
    /// The labels of objects among each row's operands.
    pub labels: Vec<Rc<[u32]>>,
    /// The raised errors, as the pool numbers them; [`UNDEFINED`] in rows that want none.
    pub errors: Vec<ValueId>,
    /// Only so many bits of an integer count.
    pub bits: Option<u8>,
    /// What the wanted values have in common.
    pub kind: KindId,
    matched: FxHashMap<(u32, ValueId), bool>,
}

/// Rows as bits.
pub type Mask = u128;
/// The most rows of one search.
pub const MOST_ROWS: usize = 128;

impl Goal {
    pub fn new(wants: Vec<Want>, classes: Vec<Symbol>, loose: bool, labels: Vec<Rc<[u32]>>, pool: &mut Pool) -> Self {
        let mut kind = BOTTOM;
        for want in &wants {
            if let Want::Value(id) = want {
                let one = pool.kind(*id);
                kind = pool.lattice.join(kind, one);
            }
        }
        let errors = vec![UNDEFINED; wants.len()];
        Self { wants, classes, loose, labels, errors, bits: None, kind, matched: FxHashMap::default() }
    }

    /// The rows that want something.
    pub fn wanted(&self) -> Mask {
        self.mask(|want| want != Want::Free)
    }

    /// The rows that want a value, and which.
    pub fn values(&self) -> impl Iterator<Item = (usize, ValueId)> {
        let wants = self.wants.iter().enumerate();
        wants.filter_map(|(row, want)| if let Want::Value(id) = want { Some((row, *id)) } else { None })
    }

    pub fn mask(&self, f: impl Fn(Want) -> bool) -> Mask {
        self.wants.iter().enumerate().filter(|(_, want)| f(**want)).fold(0, |mask, (i, _)| mask | 1 << i)
    }

    /// Whether a value is what a row wants.
    pub fn hit(&mut self, row: usize, found: ValueId, pool: &Pool) -> bool {
        let Want::Value(wanted) = self.wants[row] else { return false };
        if pool.is_undefined(found) {
            // Where what is wanted hangs on what is not learned yet, that is all there is.
            return found == UNLEARNED && wanted == UNLEARNED;
        }
        if let Some(bits) = self.bits
            && let (Value::Int(found), Value::Int(wanted)) = (pool.get(found), pool.get(wanted))
        {
            return bits >= 64 || (found ^ wanted) & ((1 << bits) - 1) == 0;
        }
        let scalar = !matches!(pool.get(wanted), Value::Object(_) | Value::Float(_) | Value::Bound(_));
        if scalar {
            return found == wanted;
        }
        if let Some(known) = self.matched.get(&(row as u32, found)) {
            return *known;
        }
        let frame = Match { classes: &self.classes, labels: &self.labels[row] };
        let hit = if self.loose {
            frame.contents(pool.get(found), pool.get(wanted))
        } else {
            frame.value(pool.get(found), pool.get(wanted), 0)
        };
        self.matched.insert((row as u32, found), hit);
        hit
    }

    /// Whether a value is what a row wants, or the very error that it wants: a learned operation may raise that.
    pub fn is_right(&mut self, row: usize, found: ValueId, pool: &Pool) -> bool {
        match self.wants[row] {
            Want::Value(_) => self.hit(row, found, pool),
            Want::Error(_) => found != UNDEFINED && found == self.errors[row],
            Want::Free => false,
        }
    }

    /// Which rows a vector of values gets right; and where it is undefined though no value is wanted, but an error.
    pub fn hits(&mut self, found: &[ValueId], pool: &Pool) -> (Mask, Mask) {
        let (mut right, mut undefined) = (0, 0);
        for (row, id) in found.iter().enumerate().take(self.wants.len()) {
            if self.is_right(row, *id, pool) {
                right |= 1 << row;
            } else if matches!(self.wants[row], Want::Error(_)) && *id == UNDEFINED {
                undefined |= 1 << row;
            }
        }
        (right, undefined)
    }
}

/// Comparison of a computed value with an observed one.
pub struct Match<'a> {
    /// Classes that bare values get, by depth.
    pub classes: &'a [Symbol],
    /// The labels of objects among the operands.
    pub labels: &'a [u32],
}

impl Match<'_> {
    /// Whether `found` is `wanted`: the same object where the wanted one is an operand's, else equal and not an operand's.
    pub fn value(&self, found: &Value, wanted: &Value, depth: usize) -> bool {
        let (x, y) = match (found, wanted) {
            (Value::Object(x), Value::Object(y)) => (x, y),
            (Value::Float(a), Value::Float(b)) => return a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
            (Value::Bound(a), Value::Bound(b)) => return a.0 == b.0 && self.value(&a.1, &b.1, depth + 1),
            _ => return found == wanted,
        };
        // What a function among the operands gave is the very object, too.
        if y.label != 0 && (x.label == y.label || self.labels.contains(&y.label)) {
            return x.label == y.label;
        }
        if x.label != 0 || depth > 24 {
            return false;
        }
        let classed = x.class == y.class || (x.class == Symbol::neutral() && self.classes.get(depth) == Some(&y.class));
        classed && self.body(&x.body.borrow(), &y.body.borrow(), depth)
    }

    /// Whether the contents are the same, whatever the class and identity of the outermost object.
    pub fn contents(&self, found: &Value, wanted: &Value) -> bool {
        match (found, wanted) {
            (Value::Object(x), Value::Object(y)) => Rc::ptr_eq(x, y) || self.body(&x.body.borrow(), &y.body.borrow(), 0),
            _ => self.value(found, wanted, 0),
        }
    }

    fn body(&self, found: &Contents, wanted: &Contents, depth: usize) -> bool {
        let down = |a: &Value, b: &Value| self.value(a, b, depth + 1);
        match (found, wanted) {
            (Contents::Map(x), Contents::Map(y)) => {
                x.len() == y.len() && x.iter().zip(y).all(|((k, v), (l, w))| down(k, l) && down(v, w))
            }
            (Contents::Set(x), Contents::Set(y)) => {
                x.len() == y.len() && y.iter().all(|w| x.contains(w) || x.iter().any(|v| down(v, w)))
            }
            (Contents::Record(x), Contents::Record(y)) => {
                x.len() == y.len() && x.iter().zip(y).all(|((n, v), (m, w))| n == m && down(v, w))
            }
            (x @ (Contents::Seq(_) | Contents::Range { .. }), y @ (Contents::Seq(_) | Contents::Range { .. })) => {
                x.len() == y.len() && (0..x.len()).all(|i| x.get(i).zip(y.get(i)).is_some_and(|(v, w)| down(&v, &w)))
            }
            _ => false,
        }
    }
}

/// The labels of all objects in a value.
pub fn labels_of(value: &Value, into: &mut Vec<u32>) {
    match value {
        Value::Object(o) => {
            if o.label != 0 {
                if into.contains(&o.label) {
                    return;
                }
                into.push(o.label);
            }
            match &*o.body.borrow() {
                Contents::Seq(items) => items.iter().for_each(|v| labels_of(v, into)),
                Contents::Set(items) => items.iter().for_each(|v| labels_of(v, into)),
                Contents::Map(entries) => entries.iter().for_each(|(k, v)| {
                    labels_of(k, into);
                    labels_of(v, into);
                }),
                Contents::Record(fields) => fields.iter().for_each(|(_, v)| labels_of(v, into)),
                Contents::Range { .. } => {}
            }
        }
        Value::Bound(pair) => labels_of(&pair.1, into),
        _ => {}
    }
}

/// For each depth, the class that most compounds of the wanted values have there.
pub fn classes_of<'a>(wanted: impl Iterator<Item = &'a Value>) -> Vec<Symbol> {
    let mut counts: Vec<Vec<(Symbol, usize)>> = Vec::new();
    for value in wanted {
        count(value, 0, &mut counts);
    }
    let most = |level: Vec<(Symbol, usize)>| level.into_iter().rev().max_by_key(|(_, n)| *n).map(|(class, _)| class);
    counts.into_iter().map_while(most).collect()
}

fn count(value: &Value, depth: usize, counts: &mut Vec<Vec<(Symbol, usize)>>) {
    let Value::Object(o) = value else { return };
    if depth >= 6 || matches!(&*o.body.borrow(), Contents::Record(_)) {
        return;
    }
    if counts.len() <= depth {
        counts.push(vec![]);
    }
    match counts[depth].iter_mut().find(|(class, _)| *class == o.class) {
        Some((_, n)) => *n += 1,
        None => counts[depth].push((o.class, 1)),
    }
    match &*o.body.borrow() {
        Contents::Seq(items) => items.iter().for_each(|v| count(v, depth + 1, counts)),
        Contents::Set(items) => items.iter().for_each(|v| count(v, depth + 1, counts)),
        Contents::Map(entries) => entries.iter().for_each(|(k, v)| {
            count(k, depth + 1, counts);
            count(v, depth + 1, counts);
        }),
        _ => {}
    }
}
