//! Looking things up in maps and sets by likeness: numbers are found across their kinds.

use indexmap::{Equivalent, IndexMap, IndexSet};
use num_traits::FromPrimitive;
use rustc_hash::FxBuildHasher;

use crate::Value;

/// The other forms in which a number can be stored.
fn others(key: &Value) -> Vec<Value> {
    match key {
        Value::Bool(b) => {
            let i = i64::from(*b);
            vec![Value::Int(i), Value::Float(i as f64)]
        }
        Value::Int(i) => {
            let float = (*i as f64) as i128 == i128::from(*i);
            let mut all = if float { vec![Value::Float(*i as f64)] } else { vec![] };
            if matches!(i, 0 | 1) {
                all.push(Value::Bool(*i == 1));
            }
            if *i == 0 {
                all.push(Value::Float(-0.0));
            }
            all
        }
        Value::Float(x) if x.fract() == 0.0 && x.is_finite() => {
            let mut all: Vec<Value> = num_bigint::BigInt::from_f64(*x).map(Value::from_big).into_iter().collect();
            if *x == 0.0 || *x == 1.0 {
                all.push(Value::Bool(*x == 1.0));
            }
            if *x == 0.0 {
                all.push(Value::Float(-*x));
            }
            all
        }
        _ => vec![],
    }
}

/// The form in which a key is stored already, or the key itself.
pub(super) fn stored<V>(map: &IndexMap<Value, V, FxBuildHasher>, key: &Value) -> Option<usize>
where
    Value: Equivalent<Value>,
{
    map.get_index_of(key).or_else(|| others(key).iter().find_map(|other| map.get_index_of(other)))
}

pub(super) fn look_up<'a>(map: &'a IndexMap<Value, Value, FxBuildHasher>, key: &Value) -> Option<&'a Value> {
    stored(map, key).and_then(|i| map.get_index(i)).map(|(_, v)| v)
}

pub(super) fn place(set: &IndexSet<Value, FxBuildHasher>, item: &Value) -> Option<usize> {
    set.get_index_of(item).or_else(|| others(item).iter().find_map(|other| set.get_index_of(other)))
}

pub(super) fn contains(set: &IndexSet<Value, FxBuildHasher>, item: &Value) -> bool {
    place(set, item).is_some()
}
