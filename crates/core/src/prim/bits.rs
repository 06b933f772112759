//! Integers as bit patterns in two's complement, without end to the left.

use super::limit::within;
use super::number::{big, index};
use super::{Primitive, Ty, prim};
use crate::Value;

fn two(
    a: &Value,
    b: &Value,
    fast: fn(i64, i64) -> i64,
    slow: fn(num_bigint::BigInt, num_bigint::BigInt) -> num_bigint::BigInt,
) -> Option<Value> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(Value::Int(fast(*a, *b))),
        _ => Some(Value::from_big(slow(big(a)?, big(b)?))),
    }
}

pub(super) static TABLE: &[Primitive] = &[
    prim!("bit_and", [Ty::Int, Ty::Int] -> Ty::Int, 2, "the bits that both have", |[a, b]| two(a, b, |a, b| a & b, |a, b| a & b)),
    prim!("bit_or", [Ty::Int, Ty::Int] -> Ty::Int, 2, "the bits that one has", |[a, b]| two(a, b, |a, b| a | b, |a, b| a | b)),
    prim!("bit_xor", [Ty::Int, Ty::Int] -> Ty::Int, 2, "the bits that only one has", |[a, b]| {
        two(a, b, |a, b| a ^ b, |a, b| a ^ b)
    }),
    prim!("bit_not", [Ty::Int] -> Ty::Int, 2, "every bit flipped", |[a]| match a {
        Value::Int(i) => Some(Value::Int(!i)),
        a => Some(Value::from_big(!big(a)?)),
    }),
    prim!("shift_left", [Ty::Int, Ty::Int] -> Ty::Int, 2, "shifted to the left", |[a, b]| {
        let by = index(b)?;
        let a = big(a)?;
        within((a.bits() as usize).checked_add(by)? / 32)?;
        Some(Value::from_big(a << by))
    }),
    prim!("shift_right", [Ty::Int, Ty::Int] -> Ty::Int, 2, "shifted to the right, with the sign kept", |[a, b]| {
        let by = index(b)?;
        match a {
            Value::Int(i) => Some(Value::Int(i >> by.min(63))),
            a => Some(Value::from_big(big(a)? >> by)),
        }
    }),
    prim!("signed", [Ty::Int, Ty::Int] -> Ty::Int, 3, "what the lowest so many bits mean in two's complement", |[a, b]| {
        let bits = index(b).filter(|bits| (1..=64).contains(bits))?;
        match a {
            Value::Int(i) => Some(Value::Int(i << (64 - bits) >> (64 - bits))),
            a => {
                let low = big(a)? & ((num_bigint::BigInt::from(1) << bits) - 1);
                let sign = num_bigint::BigInt::from(1) << (bits - 1);
                Some(Value::from_big((low ^ &sign) - sign))
            }
        }
    }),
    prim!("bit_length", [Ty::Int] -> Ty::Int, 3, "how many bits the magnitude has", |[a]| {
        i64::try_from(big(a)?.bits()).ok().map(Value::Int)
    }),
];
