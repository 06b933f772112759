//! Keyed maps, in order of insertion. Numbers are found across their kinds.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::key::{look_up, stored};
use super::sequence::items;
use super::{Primitive, Ty, prim, ty};
use crate::{Contents, Symbol, Value};

type Entries = IndexMap<Value, Value, FxBuildHasher>;

fn with<R>(value: &Value, f: impl FnOnce(&Entries) -> Option<R>) -> Option<R> {
    match value {
        Value::Object(o) => match &*o.body.borrow() {
            Contents::Map(entries) => f(entries),
            _ => None,
        },
        _ => None,
    }
}

fn changed(map: &Value, f: impl FnOnce(&mut Entries) -> Option<()>) -> Option<Value> {
    let mut entries = with(map, |entries| Some(entries.clone()))?;
    f(&mut entries)?;
    Some(Value::object(Symbol::neutral(), Contents::Map(entries)))
}

/// A key that is there keeps its place and its form.
fn put(entries: &mut Entries, key: &Value, value: Value) {
    match stored(entries, key).and_then(|i| entries.get_index_mut(i)) {
        Some((_, old)) => *old = value,
        None => {
            entries.insert(key.clone(), value);
        }
    }
}

pub(super) static TABLE: &[Primitive] = &[
    prim!("keys_of", [ty::MAP] -> ty::SEQ, 1, "the keys", |[map]| with(map, |e| Some(Value::seq(e.keys().cloned().collect())))),
    prim!("contents_of", [ty::MAP] -> ty::SEQ_B, 1, "what the keys lead to", |[map]| {
        with(map, |e| Some(Value::seq(e.values().cloned().collect())))
    }),
    prim!("entries_of", [ty::MAP] -> ty::SEQS, 1, "pairs of key and what it leads to", |[map]| {
        with(map, |e| Some(Value::seq(e.iter().map(|(k, v)| Value::seq(vec![k.clone(), v.clone()])).collect())))
    }),
    prim!("look_up", [ty::MAP, ty::A] -> ty::B, 1, "what a key leads to", |[map, key]| with(map, |e| look_up(e, key).cloned())),
    prim!("has_key", [ty::MAP, ty::A] -> Ty::Bool, 1, "whether a key is there", |[map, key]| {
        with(map, |e| Some(Value::Bool(stored(e, key).is_some())))
    }),
    prim!("put_key", [ty::MAP, Ty::Any, Ty::Any] -> ty::MAP, 1, "with a key that leads to a value", |[map, key, value]| {
        changed(map, |entries| {
            put(entries, key, value.clone());
            Some(())
        })
    }),
    prim!("drop_key", [ty::MAP, ty::A] -> ty::MAP, 1, "without a key; undefined if it is not there", |[map, key]| {
        changed(map, |entries| {
            let i = stored(entries, key)?;
            entries.shift_remove_index(i).map(|_| ())
        })
    }),
    prim!("map_of", [ty::SEQS] -> ty::MAP, 1, "the map with these pairs, later ones over earlier ones", |[pairs]| {
        let mut entries = Entries::default();
        for pair in items(pairs)? {
            match items(&pair)?.as_slice() {
                [key, value] => put(&mut entries, key, value.clone()),
                _ => return None,
            }
        }
        Some(Value::object(Symbol::neutral(), Contents::Map(entries)))
    }),
    prim!("overlay", [ty::MAP, Ty::Map(&Ty::Any, &Ty::Any)] -> ty::MAP, 1, "the entries of both, the second's over the first's", |[below, above]| {
        let above = with(above, |entries| Some(entries.clone()))?;
        changed(below, |entries| {
            above.iter().for_each(|(key, value)| put(entries, key, value.clone()));
            Some(())
        })
    }),
];
