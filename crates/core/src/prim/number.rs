//! Integers of any size.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};

use super::limit::{size_limit, within};
use super::{Primitive, Ty, prim};
use crate::Value;

/// An integer operand as a big one.
pub(super) fn big(value: &Value) -> Option<BigInt> {
    match value {
        Value::Int(i) => Some(BigInt::from(*i)),
        Value::Big(i) => Some((**i).clone()),
        _ => None,
    }
}

/// A count or position; `None` when negative or not an integer of 64 bits.
pub(super) fn index(value: &Value) -> Option<usize> {
    match value {
        Value::Int(i) => usize::try_from(*i).ok(),
        _ => None,
    }
}

pub(super) fn int(n: usize) -> Option<Value> {
    i64::try_from(n).ok().map(Value::Int)
}

/// The fast way, where the result fits; else the way of big integers.
fn two(a: &Value, b: &Value, fast: fn(i64, i64) -> Option<i64>, slow: fn(BigInt, BigInt) -> Option<BigInt>) -> Option<Value> {
    if let (Value::Int(a), Value::Int(b)) = (a, b)
        && let Some(small) = fast(*a, *b)
    {
        return Some(Value::Int(small));
    }
    let (a, b) = (big(a)?, big(b)?);
    within(((a.bits() + b.bits()) / 8) as usize)?;
    slow(a, b).map(Value::from_big)
}

fn power(base: &Value, exponent: &Value) -> Option<Value> {
    let exponent = u32::try_from(index(exponent)?).ok()?;
    if let Value::Int(b) = base
        && let Some(small) = b.checked_pow(exponent)
    {
        return Some(Value::Int(small));
    }
    let base = big(base)?;
    // Bits of the result; the factor keeps a search's small limit generous enough for ordinary powers.
    within((base.bits().checked_mul(u64::from(exponent))? / 32) as usize)?;
    (size_limit() > 0).then(|| Value::from_big(base.pow(exponent)))
}

pub(super) static TABLE: &[Primitive] = &[
    prim!("add", [Ty::Int, Ty::Int] -> Ty::Int, 1, "the sum", |[a, b]| two(a, b, i64::checked_add, |a, b| Some(a + b))),
    prim!("subtract", [Ty::Int, Ty::Int] -> Ty::Int, 1, "the difference", |[a, b]| {
        two(a, b, i64::checked_sub, |a, b| Some(a - b))
    }),
    prim!("multiply", [Ty::Int, Ty::Int] -> Ty::Int, 1, "the product", |[a, b]| {
        two(a, b, i64::checked_mul, |a, b| Some(a * b))
    }),
    prim!("quotient", [Ty::Int, Ty::Int] -> Ty::Int, 1, "the quotient without its fraction; undefined for a divisor of 0", |[
        a,
        b,
    ]| {
        two(a, b, i64::checked_div, |a, b| (!b.is_zero()).then(|| a / b))
    }),
    prim!("remainder", [Ty::Int, Ty::Int] -> Ty::Int, 1, "what the quotient leaves, with the dividend's sign", |[a, b]| {
        two(a, b, i64::checked_rem, |a, b| (!b.is_zero()).then(|| a % b))
    }),
    // Both are of `num_integer::Integer`.
    prim!("floor_quotient", [Ty::Int, Ty::Int] -> Ty::Int, 2, "the quotient rounded down; undefined for a divisor of 0", |[a, b]| {
        let fast = |a: i64, b: i64| (b != 0 && !(a == i64::MIN && b == -1)).then(|| Integer::div_floor(&a, &b));
        two(a, b, fast, |a, b| (!b.is_zero()).then(|| Integer::div_floor(&a, &b)))
    }),
    prim!("floor_remainder", [Ty::Int, Ty::Int] -> Ty::Int, 2, "what the quotient rounded down leaves", |[a, b]| {
        let fast = |a: i64, b: i64| (b != 0 && b != -1).then(|| Integer::mod_floor(&a, &b));
        two(a, b, fast, |a, b| (!b.is_zero()).then(|| Integer::mod_floor(&a, &b)))
    }),
    prim!("power", [Ty::Int, Ty::Int] -> Ty::Int, 2, "the power; undefined for a negative exponent", |[a, b]| power(a, b)),
    prim!("negative", [Ty::Int] -> Ty::Int, 1, "with the other sign", |[a]| match a {
        Value::Int(i) if *i != i64::MIN => Some(Value::Int(-i)),
        a => Some(Value::from_big(-big(a)?)),
    }),
    prim!("magnitude", [Ty::Int] -> Ty::Int, 1, "without its sign", |[a]| match a {
        Value::Int(i) if *i != i64::MIN => Some(Value::Int(i.abs())),
        a => Some(Value::from_big(big(a)?.abs())),
    }),
    prim!("root", [Ty::Int] -> Ty::Int, 3, "the largest integer whose square is not more", |[a]| {
        let a = big(a)?;
        (!a.is_negative()).then(|| Value::from_big(a.sqrt()))
    }),
    prim!("divisor", [Ty::Int, Ty::Int] -> Ty::Int, 3, "the greatest common divisor", |[a, b]| {
        Some(Value::from_big(num_integer::Integer::gcd(&big(a)?, &big(b)?)))
    }),
    prim!("ratio", [Ty::Int, Ty::Int] -> Ty::Float, 1, "the quotient as the nearest float", |[a, b]| {
        ratio(&big(a)?, &big(b)?).map(Value::Float)
    }),
    prim!("to_float", [Ty::Int] -> Ty::Float, 1, "the nearest float; undefined beyond the largest", |[a]| match a {
        Value::Int(i) => Some(Value::Float(*i as f64)),
        a => big(a)?.to_f64().filter(|x| x.is_finite()).map(Value::Float),
    }),
];

/// The quotient, rounded once.
fn ratio(a: &BigInt, b: &BigInt) -> Option<f64> {
    const EXACT: i64 = 1 << 53;
    if b.is_zero() {
        return None;
    }
    if let (Some(a), Some(b)) = (a.to_i64(), b.to_i64())
        && a.abs() <= EXACT
        && b.abs() <= EXACT
    {
        return Some(a as f64 / b as f64);
    }
    // Shift so that the integer quotient has 66 bits or more, keep whether anything was cut off in the lowest bit.
    let shift = 66 + b.bits() as i64 - a.bits() as i64;
    let (top, bottom) = if shift > 0 { (a.abs() << shift, b.abs()) } else { (a.abs(), b.abs() << -shift) };
    let (q, r) = num_integer::Integer::div_rem(&top, &bottom);
    let q = if r.is_zero() { q } else { q | BigInt::from(1) };
    let x = q.to_f64()? * 2f64.powi(i32::try_from(-shift).ok()?);
    let x = if a.is_negative() == b.is_negative() { x } else { -x };
    x.is_finite().then_some(x)
}
