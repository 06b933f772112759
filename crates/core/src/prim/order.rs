//! Equality and order, deep.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{FromPrimitive, Signed};

use super::{Primitive, Ty, prim, ty};
use crate::{Contents, Value};

const DEPTH: usize = 64;

/// Whether two values are equal, numbers (booleans among them) also across their kinds, compounds of one class by what they hold.
pub fn alike(a: &Value, b: &Value) -> bool {
    same(a, b, DEPTH)
}

/// The order of two values: numbers, texts, bytes, and sequences by their first difference. `None` when they have no order.
pub fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    order(a, b, DEPTH)
}

fn is_number(value: &Value) -> bool {
    matches!(value, Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_))
}

fn number_order(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Float(a), Value::Float(b)) => a.partial_cmp(b),
        (Value::Bool(a), b) => number_order(&Value::Int((*a).into()), b),
        (a, Value::Bool(b)) => number_order(a, &Value::Int((*b).into())),
        (Value::Big(a), Value::Big(b)) => Some(a.cmp(b)),
        (Value::Big(a), Value::Int(_)) => Some(sign(a.is_negative())),
        (Value::Int(_), Value::Big(b)) => Some(sign(!b.is_negative())),
        (Value::Float(x), b) => float_order(*x, &super::number::big(b)?),
        (a, Value::Float(x)) => float_order(*x, &super::number::big(a)?).map(Ordering::reverse),
        _ => None,
    }
}

fn sign(negative: bool) -> Ordering {
    if negative { Ordering::Less } else { Ordering::Greater }
}

/// Exact: the float's whole part against the integer, then its fraction.
fn float_order(x: f64, b: &BigInt) -> Option<Ordering> {
    if x.is_infinite() {
        return Some(sign(x < 0.0));
    }
    let whole = BigInt::from_f64(x.trunc())?;
    Some(whole.cmp(b).then_with(|| x.fract().partial_cmp(&0.0).unwrap_or(Ordering::Equal)))
}

fn same(a: &Value, b: &Value, depth: usize) -> bool {
    if is_number(a) && is_number(b) {
        return number_order(a, b) == Some(Ordering::Equal);
    }
    let (Value::Object(x), Value::Object(y)) = (a, b) else { return a == b };
    if std::rc::Rc::ptr_eq(x, y) {
        return true;
    }
    if depth == 0 || x.class != y.class {
        return false;
    }
    match (&*x.body.borrow(), &*y.body.borrow()) {
        (Contents::Map(x), Contents::Map(y)) => {
            x.len() == y.len() && x.iter().all(|(k, v)| super::key::look_up(y, k).is_some_and(|w| same(v, w, depth - 1)))
        }
        (Contents::Set(x), Contents::Set(y)) => x.len() == y.len() && x.iter().all(|v| super::key::contains(y, v)),
        (Contents::Record(x), Contents::Record(y)) => {
            x.len() == y.len() && x.iter().zip(y).all(|((n, v), (m, w))| n == m && same(v, w, depth - 1))
        }
        (x @ (Contents::Seq(_) | Contents::Range { .. }), y @ (Contents::Seq(_) | Contents::Range { .. })) => {
            x.len() == y.len() && (0..x.len()).all(|i| x.get(i).zip(y.get(i)).is_some_and(|(v, w)| same(&v, &w, depth - 1)))
        }
        _ => false,
    }
}

fn order(a: &Value, b: &Value, depth: usize) -> Option<Ordering> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
        (Value::Bytes(a), Value::Bytes(b)) => Some(a.cmp(b)),
        (Value::Object(x), Value::Object(y)) if depth > 0 && x.class == y.class => match (&*x.body.borrow(), &*y.body.borrow()) {
            (x @ (Contents::Seq(_) | Contents::Range { .. }), y @ (Contents::Seq(_) | Contents::Range { .. })) => {
                for i in 0..x.len().min(y.len()) {
                    let (v, w) = (x.get(i)?, y.get(i)?);
                    if !same(&v, &w, depth - 1) {
                        return order(&v, &w, depth - 1);
                    }
                }
                Some(x.len().cmp(&y.len()))
            }
            _ => None,
        },
        _ => number_order(a, b),
    }
}

pub(super) static TABLE: &[Primitive] = &[
    prim!("less", [ty::A, ty::A] -> Ty::Bool, 1, "whether the first comes before the second; undefined without an order", |[a, b]| {
        // A float that is no number has a kind but no place: it comes before nothing.
        if is_number(a) && is_number(b) {
            return Some(Value::Bool(number_order(a, b) == Some(Ordering::Less)));
        }
        compare(a, b).map(|o| Value::Bool(o == Ordering::Less))
    }),
    prim!("equal", [ty::A, ty::A] -> Ty::Bool, 1, "whether kinds and contents are equal", |[a, b]| Some(Value::Bool(a == b))),
    prim!("alike", [ty::A, ty::B] -> Ty::Bool, 1, "whether contents are equal, numbers also across their kinds", |[a, b]| {
        Some(Value::Bool(alike(a, b)))
    }),
    prim!("identical", [ty::A, ty::A] -> Ty::Bool, 2, "whether both are the same object, or values without identity and equal", |[
        a,
        b,
    ]| {
        Some(Value::Bool(match (a, b) {
            (Value::Object(x), Value::Object(y)) => std::rc::Rc::ptr_eq(x, y) || (x.label != 0 && x.label == y.label),
            _ => a == b,
        }))
    }),
    prim!("smaller", [ty::A, ty::A] -> ty::A, 1, "the second if it comes before the first, else the first", |[a, b]| {
        compare(b, a).map(|o| if o == Ordering::Less { b.clone() } else { a.clone() })
    }),
    prim!("larger", [ty::A, ty::A] -> ty::A, 1, "the second if the first comes before it, else the first", |[a, b]| {
        compare(a, b).map(|o| if o == Ordering::Less { b.clone() } else { a.clone() })
    }),
];
