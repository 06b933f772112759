//! Looking things up in maps and sets by likeness: numbers are found across their kinds.

use indexmap::{Equivalent, IndexMap, IndexSet};
use num_traits::FromPrimitive;
use rustc_hash::FxBuildHasher;

use crate::Value;

/// The other forms in which a number can be stored.
fn others(key: &Value) -> impl Iterator<Item = Value> {
    let bit = |is: bool, one: bool| is.then_some(Value::Bool(one));
    let forms = match key {
        Value::Bool(b) => [Some(Value::Int((*b).into())), Some(Value::Float(f64::from(u8::from(*b)))), None],
        Value::Int(i) => {
            let float = (*i as f64) as i128 == i128::from(*i);
            [float.then_some(Value::Float(*i as f64)), bit(matches!(i, 0 | 1), *i == 1), (*i == 0).then_some(Value::Float(-0.0))]
        }
        Value::Float(x) if x.fract() == 0.0 && x.is_finite() => {
            let whole = num_bigint::BigInt::from_f64(*x).map(Value::from_big);
            [whole, bit(*x == 0.0 || *x == 1.0, *x == 1.0), (*x == 0.0).then_some(Value::Float(-*x))]
        }
        _ => [None, None, None],
    };
    forms.into_iter().flatten()
}

/// Whether a number is not a key itself, but another form of it is.
pub fn has_other_form<V>(map: &IndexMap<Value, V, FxBuildHasher>, key: &Value) -> bool {
    !map.contains_key(key) && others(key).any(|other| map.contains_key(&other))
}

/// The form in which a key is stored already, or the key itself.
pub(super) fn stored<V>(map: &IndexMap<Value, V, FxBuildHasher>, key: &Value) -> Option<usize>
where
    Value: Equivalent<Value>,
{
    map.get_index_of(key).or_else(|| others(key).find_map(|other| map.get_index_of(&other)))
}

pub(super) fn look_up<'a>(map: &'a IndexMap<Value, Value, FxBuildHasher>, key: &Value) -> Option<&'a Value> {
    stored(map, key).and_then(|i| map.get_index(i)).map(|(_, v)| v)
}

pub(super) fn place(set: &IndexSet<Value, FxBuildHasher>, item: &Value) -> Option<usize> {
    set.get_index_of(item).or_else(|| others(item).find_map(|other| set.get_index_of(&other)))
}

pub(super) fn contains(set: &IndexSet<Value, FxBuildHasher>, item: &Value) -> bool {
    place(set, item).is_some()
}
