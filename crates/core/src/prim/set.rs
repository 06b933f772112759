//! Sets, in order of insertion. Numbers are found across their kinds.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::key::{contains, place};
use super::sequence::items;
use super::{Primitive, Ty, prim, ty};
use crate::{Contents, Symbol, Value};

type Elements = IndexSet<Value, FxBuildHasher>;

fn with<R>(value: &Value, f: impl FnOnce(&Elements) -> Option<R>) -> Option<R> {
    match value {
        Value::Object(o) => match &*o.body.borrow() {
            Contents::Set(elements) => f(elements),
            _ => None,
        },
        _ => None,
    }
}

fn new(elements: Elements) -> Value {
    Value::object(Symbol::neutral(), Contents::Set(elements))
}

fn both<R>(a: &Value, b: &Value, f: impl FnOnce(&Elements, &Elements) -> R) -> Option<R> {
    with(a, |x| with(b, |y| Some(f(x, y))))
}

fn changed(set: &Value, f: impl FnOnce(&mut Elements) -> Option<()>) -> Option<Value> {
    let mut elements = with(set, |elements| Some(elements.clone()))?;
    f(&mut elements)?;
    Some(new(elements))
}

fn gather(elements: impl IntoIterator<Item = Value>) -> Elements {
    let mut out = Elements::default();
    for x in elements {
        if !contains(&out, &x) {
            out.insert(x);
        }
    }
    out
}

pub(super) static TABLE: &[Primitive] = &[
    prim!("set_of", [ty::SEQ] -> ty::SET, 1, "the set of a sequence's elements", |[run]| Some(new(gather(items(run)?)))),
    prim!("elements_of", [ty::SET] -> ty::SEQ, 1, "a set's elements as a sequence", |[set]| {
        with(set, |e| Some(Value::seq(e.iter().cloned().collect())))
    }),
    prim!("is_in", [ty::SET, ty::A] -> Ty::Bool, 1, "whether an element is in a set", |[set, x]| {
        with(set, |e| Some(Value::Bool(contains(e, x))))
    }),
    prim!("put_in", [ty::SET, Ty::Any] -> ty::SET, 1, "a set with an element", |[set, x]| {
        changed(set, |e| {
            if !contains(e, x) {
                e.insert(x.clone());
            }
            Some(())
        })
    }),
    prim!("take_out", [ty::SET, ty::A] -> ty::SET, 1, "a set without an element; undefined if it is not there", |[set, x]| {
        changed(set, |e| {
            let i = place(e, x)?;
            e.shift_remove_index(i).map(|_| ())
        })
    }),
    prim!("unite", [ty::SET, ty::SET] -> ty::SET, 1, "what is in one of two sets", |[a, b]| {
        both(a, b, |x, y| new(gather(x.iter().chain(y).cloned())))
    }),
    prim!("intersect", [ty::SET, ty::SET] -> ty::SET, 1, "what is in both of two sets", |[a, b]| {
        both(a, b, |x, y| new(x.iter().filter(|v| contains(y, v)).cloned().collect()))
    }),
    prim!("set_minus", [ty::SET, ty::SET] -> ty::SET, 1, "what is in the first of two sets only", |[a, b]| {
        both(a, b, |x, y| new(x.iter().filter(|v| !contains(y, v)).cloned().collect()))
    }),
    prim!("set_either", [ty::SET, ty::SET] -> ty::SET, 1, "what is in one of two sets, but not in both", |[a, b]| {
        both(a, b, |x, y| {
            let only = |x: &Elements, y: &Elements| x.iter().filter(|v| !contains(y, v)).cloned().collect::<Vec<_>>();
            new(only(x, y).into_iter().chain(only(y, x)).collect())
        })
    }),
    prim!("is_within", [ty::SET, ty::SET] -> Ty::Bool, 1, "whether all of the first set is in the second", |[a, b]| {
        both(a, b, |x, y| Value::Bool(x.iter().all(|v| contains(y, v))))
    }),
];
