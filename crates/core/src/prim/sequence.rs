//! Sequences, and what texts, bytes and sequences have in common.

use std::cmp::Ordering;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::limit::{within, within_unmade};
use super::number::{index, int};
use super::order::{alike, compare};
use super::text::char_text;
use super::{Primitive, Ty, prim, ty};
use crate::{Contents, Text, Value};

/// A sequence's elements; `None` for anything else.
pub(super) fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Object(o) => match &*o.body.borrow() {
            Contents::Seq(items) => Some(items.clone()),
            range @ Contents::Range { len, .. } => {
                within(*len)?;
                Some((0..*len).filter_map(|i| range.get(i)).collect())
            }
            _ => None,
        },
        _ => None,
    }
}

/// Runs over a sequence's elements where they are; `None` for anything else.
fn with<R>(value: &Value, f: impl FnOnce(&Contents) -> Option<R>) -> Option<R> {
    match value {
        Value::Object(o) => match &*o.body.borrow() {
            contents @ (Contents::Seq(_) | Contents::Range { .. }) => f(contents),
            _ => None,
        },
        _ => None,
    }
}

fn length(value: &Value) -> Option<Value> {
    int(size(value)?)
}

/// How many characters, bytes, elements or entries something has: the primitive `length`.
pub fn size(value: &Value) -> Option<usize> {
    match value {
        Value::Text(t) => Some(t.chars_len()),
        Value::Bytes(b) => Some(b.len()),
        Value::Object(o) => match &*o.body.borrow() {
            Contents::Record(_) => None,
            contents => Some(contents.len()),
        },
        _ => None,
    }
}

/// The character, byte or element at a position: the primitive `at`.
pub fn at(run: &Value, i: usize) -> Option<Value> {
    match run {
        Value::Text(t) if i < t.chars_len() => {
            let c = if t.len() == t.chars_len() { t.as_bytes()[i] as char } else { t.chars().nth(i)? };
            Some(char_text(c))
        }
        Value::Bytes(b) => b.get(i).map(|b| Value::Int((*b).into())),
        Value::Object(o) => o.body.borrow().get(i),
        _ => None,
    }
}

fn slice(run: &Value, from: usize, to: usize) -> Option<Value> {
    if from > to {
        return None;
    }
    match run {
        Value::Text(t) => t.slice(from, to).map(Value::Text),
        Value::Bytes(b) => b.get(from..to).map(|part| Value::Bytes(part.into())),
        _ => with(run, |contents| match contents {
            Contents::Range { start, step, len } if to <= *len => {
                let start = start + from as i64 * step;
                Some(Value::object(crate::Symbol::neutral(), Contents::Range { start, step: *step, len: to - from }))
            }
            Contents::Seq(items) => items.get(from..to).map(|part| Value::seq(part.to_vec())),
            _ => None,
        }),
    }
}

fn cat(a: &Value, b: &Value) -> Option<Value> {
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => {
            within(a.len() + b.len())?;
            let mut out = String::with_capacity(a.len() + b.len());
            out.push_str(a);
            out.push_str(b);
            Some(Value::Text(Text::new(out)))
        }
        (Value::Bytes(a), Value::Bytes(b)) => {
            within(a.len() + b.len())?;
            Some(Value::Bytes([&**a, &**b].concat().into()))
        }
        _ => {
            let (mut a, b) = (items(a)?, items(b)?);
            within(a.len() + b.len())?;
            a.extend(b);
            Some(Value::seq(a))
        }
    }
}

fn again(run: &Value, count: usize) -> Option<Value> {
    let Value::Int(length) = length(run)? else { return None };
    within((length as usize).checked_mul(count)?)?;
    // Nothing, however often: without this an empty sequence would be gone through that often.
    let count = if length == 0 { 0 } else { count };
    match run {
        Value::Text(t) => Some(Value::Text(Text::new(t.repeat(count)))),
        Value::Bytes(b) => Some(Value::Bytes(b.repeat(count).into())),
        run => {
            let items = items(run)?;
            Some(Value::seq((0..count).flat_map(|_| items.iter().cloned()).collect()))
        }
    }
}

fn backwards(run: &Value) -> Option<Value> {
    match run {
        Value::Text(t) => Some(Value::Text(Text::new(t.chars().rev().collect::<String>()))),
        Value::Bytes(b) => Some(Value::Bytes(b.iter().rev().copied().collect())),
        run => {
            let mut items = items(run)?;
            items.reverse();
            Some(Value::seq(items))
        }
    }
}

/// Stable, deep order. `None` if two elements that were compared have none.
///
/// Its own merge sort: the library's may panic where the order is not total, and learned programs order anything.
pub(crate) fn ascending(mut items: Vec<Value>) -> Option<Vec<Value>> {
    if items.len() < 2 {
        return Some(items);
    }
    let right = ascending(items.split_off(items.len() / 2))?;
    let left = ascending(items)?;
    let mut out = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let next = if compare(b, a)? == Ordering::Less { right.next() } else { left.next() };
        out.extend(next);
    }
    out.extend(left);
    out.extend(right);
    Some(out)
}

/// A changed copy of a sequence.
fn changed(run: &Value, f: impl FnOnce(&mut Vec<Value>) -> Option<()>) -> Option<Value> {
    let mut items = items(run)?;
    f(&mut items)?;
    Some(Value::seq(items))
}

fn position(run: &Value, x: &Value) -> Option<usize> {
    with(run, |contents| match contents {
        Contents::Seq(items) => items.iter().position(|item| alike(item, x)),
        Contents::Range { start, step, len } => match x {
            Value::Int(i) if *step != 0 && (i - start) % step == 0 => {
                usize::try_from((i - start) / step).ok().filter(|at| at < len)
            }
            _ => (0..*len).find(|i| alike(&Value::Int(start + *i as i64 * step), x)),
        },
        _ => None,
    })
}

const RUN: Ty = Ty::Run;
const INT: Ty = Ty::Int;

pub(super) static TABLE: &[Primitive] = &[
    prim!("length", [Ty::Many] -> INT, 1, "how many characters, bytes, elements or entries", |[run]| length(run)),
    prim!("at", [RUN, INT] -> ty::B, 1, "the character, byte or element at a position", |[run, i]| at(run, index(i)?)),
    prim!("last", [RUN] -> ty::B, 3, "the last character, byte or element", |[run]| at(run, size(run)?.checked_sub(1)?)),
    prim!("slice", [RUN, INT, INT] -> RUN, 1, "the part from a position to before another", |[run, i, j]| {
        slice(run, index(i)?, index(j)?)
    }),
    prim!("cat", [RUN, RUN] -> RUN, 1, "one after the other", |[a, b]| cat(a, b)),
    prim!("again", [RUN, INT] -> RUN, 1, "so many times one after the other", |[run, n]| again(run, index(n)?)),
    prim!("backwards", [RUN] -> RUN, 1, "from the last to the first", |[run]| backwards(run)),
    prim!("first_part", [RUN, INT] -> RUN, 1, "as many from the front, at most", |[run, n]| {
        let Value::Int(length) = length(run)? else { return None };
        slice(run, 0, index(n)?.min(length as usize))
    }),
    prim!("rest_part", [RUN, INT] -> RUN, 1, "what is left after as many from the front, at most", |[run, n]| {
        let Value::Int(length) = length(run)? else { return None };
        slice(run, index(n)?.min(length as usize), length as usize)
    }),
    prim!("single", [ty::A] -> ty::SEQ, 1, "a sequence of one element", |[x]| Some(Value::seq(vec![x.clone()]))),
    prim!("couple", [ty::A, ty::B] -> Ty::Seq(&ty::A), 2, "a sequence of two elements", |[x, y]| {
        Some(Value::seq(vec![x.clone(), y.clone()]))
    }),
    prim!("push", [ty::SEQ, Ty::Any] -> ty::SEQ, 1, "with an element more at the end", |[run, x]| {
        changed(run, |items| {
            items.push(x.clone());
            Some(())
        })
    }),
    prim!("copy", [Ty::Many] -> Ty::Many, 1, "a new object with the same contents", |[Value::Object(o)]| {
        Some(Value::object(crate::Symbol::neutral(), o.body.borrow().clone()))
    }),
    prim!("place_of", [ty::SEQ, ty::A] -> INT, 1, "the position of the first element alike", |[run, x]| int(position(run, x)?)),
    prim!("has", [ty::SEQ, ty::A] -> Ty::Bool, 1, "whether an element is alike", |[run, x]| {
        with(run, |_| Some(()))?;
        Some(Value::Bool(position(run, x).is_some()))
    }),
    prim!("count_of", [ty::SEQ, ty::A] -> INT, 1, "how many elements are alike", |[run, x]| {
        int(items(run)?.iter().filter(|item| alike(item, x)).count())
    }),
    prim!("put_at", [ty::SEQ, INT, Ty::Any] -> ty::SEQ, 1, "with another element at a position", |[run, i, x]| {
        changed(run, |items| {
            *items.get_mut(index(i)?)? = x.clone();
            Some(())
        })
    }),
    prim!("drop_at", [ty::SEQ, INT] -> ty::SEQ, 1, "without the element at a position", |[run, i]| {
        changed(run, |items| {
            let i = index(i).filter(|i| *i < items.len())?;
            items.remove(i);
            Some(())
        })
    }),
    prim!("insert_at", [ty::SEQ, INT, Ty::Any] -> ty::SEQ, 1, "with an element more before a position", |[run, i, x]| {
        changed(run, |items| {
            let i = index(i).filter(|i| *i <= items.len())?;
            items.insert(i, x.clone());
            Some(())
        })
    }),
    prim!("ascending", [ty::SEQ] -> ty::SEQ, 2, "in order, equal ones as they were; undefined without an order", |[run]| {
        ascending(items(run)?).map(Value::seq)
    }),
    prim!("side_by_side", [ty::SEQ, ty::SEQ_B] -> ty::SEQS, 1, "pairs of elements at equal positions, as far as both go", |[a, b]| {
        let pair = |(a, b)| Value::seq(vec![a, b]);
        Some(Value::seq(items(a)?.into_iter().zip(items(b)?).map(pair).collect()))
    }),
    prim!("with_positions", [ty::SEQ] -> ty::SEQS, 1, "pairs of position and element", |[run]| {
        let pair = |(i, x)| Value::seq(vec![Value::Int(i as i64), x]);
        Some(Value::seq(items(run)?.into_iter().enumerate().map(pair).collect()))
    }),
    prim!("distinct", [ty::SEQ] -> ty::SEQ, 2, "without later elements equal to earlier ones", |[run]| {
        let kept: IndexSet<Value, FxBuildHasher> = items(run)?.into_iter().collect();
        Some(Value::seq(kept.into_iter().collect()))
    }),
    prim!("flat", [ty::SEQS] -> ty::SEQ, 2, "the elements of the elements", |[run]| {
        let mut out = Vec::new();
        for inner in items(run)? {
            out.extend(items(&inner)?);
            within(out.len())?;
        }
        Some(Value::seq(out))
    }),
    prim!("progression", [INT, INT, INT] -> ty::INTS, 1, "integers from a start, by a step, so many", |[
        Value::Int(start),
        Value::Int(step),
        count,
    ]| {
        let len = index(count)?;
        within_unmade(len)?;
        start.checked_add(step.checked_mul(len as i64)?)?;
        Some(Value::object(crate::Symbol::neutral(), Contents::Range { start: *start, step: *step, len }))
    }),
    prim!("stepping", [INT, INT, INT] -> ty::INTS, 1, "integers from a start to before an end, by a step", |[
        Value::Int(start),
        Value::Int(end),
        Value::Int(step),
    ]| {
        let (way, size) = if *step > 0 { (end.checked_sub(*start)?, *step) } else { (start.checked_sub(*end)?, step.checked_neg()?) };
        if size == 0 {
            return None;
        }
        let len = if way <= 0 { 0 } else { usize::try_from((way - 1) / size + 1).ok()? };
        within_unmade(len)?;
        start.checked_add(step.checked_mul(len as i64)?)?;
        Some(Value::object(crate::Symbol::neutral(), Contents::Range { start: *start, step: *step, len }))
    }),
    prim!("every_nth", [RUN, INT] -> RUN, 2, "the first and each that is so many places after one of them", |[run, n]| {
        let n = index(n)?;
        if n == 0 {
            return None;
        }
        match run {
            Value::Text(t) => Some(Value::text(&t.chars().step_by(n).collect::<String>())),
            Value::Bytes(b) => Some(Value::Bytes(b.iter().copied().step_by(n).collect::<Vec<u8>>().as_slice().into())),
            Value::Object(o) => {
                let body = o.body.borrow();
                let len = body.len();
                within(len)?;
                Some(Value::seq((0..len).step_by(n).map(|i| body.get(i)).collect::<Option<Vec<Value>>>()?))
            }
            _ => None,
        }
    }),
    prim!("up_to", [INT] -> ty::INTS, 1, "the integers from 0, so many", |[count]| {
        let len = index(count)?;
        within_unmade(len)?;
        Some(Value::object(crate::Symbol::neutral(), Contents::Range { start: 0, step: 1, len }))
    }),
];
