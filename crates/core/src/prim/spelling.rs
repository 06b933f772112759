//! Numbers as text.

use num_bigint::BigInt;
use num_traits::Num;

use super::number::big;
use super::{Primitive, Ty, prim};
use crate::Value;

fn base(value: &Value) -> Option<u32> {
    match value {
        Value::Int(b) => u32::try_from(*b).ok().filter(|b| (2..=36).contains(b)),
        _ => None,
    }
}

fn numbers_in(text: &Value) -> Option<Value> {
    let Value::Text(text) = text else { return None };
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let numbers: Vec<Value> = runs.map(|run| run.parse().map(Value::Int)).collect::<Result<_, _>>().ok()?;
    (!numbers.is_empty()).then(|| Value::seq(numbers))
}

fn past_digits(text: &Value) -> Option<Value> {
    let Value::Text(text) = text else { return None };
    let at = text.find(|c: char| c.is_ascii_digit())?;
    Some(Value::text(text[at..].trim_start_matches(|c: char| c.is_ascii_digit())))
}

/// The scientific spelling, as its digits without a point and its exponent of ten.
fn scientific(value: &Value) -> Option<(String, i64)> {
    match value {
        Value::Float(x) if x.is_finite() => {
            let text = format!("{:e}", x.abs());
            let (digits, exponent) = text.split_once('e')?;
            Some((digits.replace('.', ""), exponent.parse().ok()?))
        }
        _ => None,
    }
}

pub(super) static TABLE: &[Primitive] = &[
    prim!("spell", [Ty::Int] -> Ty::Text, 1, "an integer's decimal digits, after a minus sign if it is negative", |[a]| match a {
        Value::Int(i) => Some(Value::text(&i.to_string())),
        a => Some(Value::text(&big(a)?.to_string())),
    }),
    prim!("spell_in", [Ty::Int, Ty::Int] -> Ty::Text, 2, "an integer's digits in a base, letters in lower case", |[a, b]| {
        Some(Value::text(&big(a)?.to_str_radix(base(b)?)))
    }),
    prim!("spell_float", [Ty::Float] -> Ty::Text, 1, "a float's shortest digits, with a point or an exponent", |[a]| match a {
        Value::Float(x) => Some(Value::text(&format!("{x:?}"))),
        _ => None,
    }),
    prim!("spell_plain", [Ty::Float] -> Ty::Text, 2, "a float's shortest digits, never with an exponent", |[a]| match a {
        Value::Float(x) => Some(Value::text(&format!("{x}"))),
        _ => None,
    }),
    prim!("spell_fixed", [Ty::Float, Ty::Int] -> Ty::Text, 2, "a float with so many decimal places", |[a, b]| match (a, b) {
        (Value::Float(x), Value::Int(places)) if (0..=300).contains(places) => {
            Some(Value::text(&format!("{x:.*}", *places as usize)))
        }
        _ => None,
    }),
    prim!("float_digits", [Ty::Float] -> Ty::Text, 3, "the shortest digits of a float's magnitude, without a point", |[a]| {
        scientific(a).map(|(digits, _)| Value::text(&digits))
    }),
    prim!("float_exponent", [Ty::Float] -> Ty::Int, 3, "the exponent of ten of a float's first digit", |[a]| {
        scientific(a).map(|(_, exponent)| Value::Int(exponent))
    }),
    prim!("read_int", [Ty::Text] -> Ty::Int, 1, "the integer that decimal digits after an optional sign spell", |[a]| match a {
        Value::Text(t) => read(t, 10),
        _ => None,
    }),
    prim!("numbers_in", [Ty::Text] -> super::ty::INTS, 2, "the integers that the runs of digits in a text spell; undefined if it has none", |[a]| {
        numbers_in(a)
    }),
    prim!("past_digits", [Ty::Text] -> Ty::Text, 3, "what comes after the first run of digits in a text; undefined if it has none", |[a]| {
        past_digits(a)
    }),
    prim!("read_int_in", [Ty::Text, Ty::Int] -> Ty::Int, 2, "the integer that digits of a base spell", |[a, b]| match a {
        Value::Text(t) => read(t, base(b)?),
        _ => None,
    }),
    prim!("read_float", [Ty::Text] -> Ty::Float, 1, "the float that a text spells", |[a]| match a {
        Value::Text(t) => t.parse().ok().map(Value::Float),
        _ => None,
    }),
];

fn read(text: &str, base: u32) -> Option<Value> {
    // The library takes underscores between digits: a spelling of programs, not of numbers.
    if text.contains('_') {
        return None;
    }
    match i64::from_str_radix(text, base) {
        Ok(small) => Some(Value::Int(small)),
        Err(_) if text.len() < 10 => None,
        Err(_) => BigInt::from_str_radix(text, base).ok().map(Value::from_big),
    }
}
