//! Floats of 64 bits.

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::{Primitive, Ty, prim};
use crate::Value;

fn one(a: &Value, f: fn(f64) -> f64) -> Option<Value> {
    match a {
        Value::Float(x) => Some(Value::Float(f(*x))),
        _ => None,
    }
}

fn two(a: &Value, b: &Value, f: fn(f64, f64) -> f64) -> Option<Value> {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => Some(Value::Float(f(*x, *y))),
        _ => None,
    }
}

/// A function that is undefined where it does not come to a finite number.
fn finite(a: &Value, f: fn(f64) -> f64) -> Option<Value> {
    match a {
        Value::Float(x) => Some(f(*x)).filter(|y| y.is_finite()).map(Value::Float),
        _ => None,
    }
}

/// An integer near a float; undefined for what is not finite.
fn whole(a: &Value, f: fn(f64) -> f64) -> Option<Value> {
    match a {
        Value::Float(x) => Some(Value::from_big(BigInt::from_f64(f(*x))?)),
        _ => None,
    }
}

const F: Ty = Ty::Float;

pub(super) static TABLE: &[Primitive] = &[
    prim!("float_add", [F, F] -> F, 1, "the sum of floats", |[a, b]| two(a, b, |x, y| x + y)),
    prim!("float_subtract", [F, F] -> F, 1, "the difference of floats", |[a, b]| two(a, b, |x, y| x - y)),
    prim!("float_multiply", [F, F] -> F, 1, "the product of floats", |[a, b]| two(a, b, |x, y| x * y)),
    prim!("float_divide", [F, F] -> F, 1, "the quotient of floats; undefined for a divisor of 0", |[a, b]| match b {
        Value::Float(0.0) => None,
        b => two(a, b, |x, y| x / y),
    }),
    prim!("float_remainder", [F, F] -> F, 1, "what the whole quotient leaves; undefined for a divisor of 0", |[a, b]| match b {
        Value::Float(0.0) => None,
        b => two(a, b, |x, y| x % y),
    }),
    prim!("float_floor_quotient", [F, F] -> F, 2, "the quotient of floats rounded down; undefined for a divisor of 0", |[a, b]| match b {
        Value::Float(0.0) => None,
        b => two(a, b, floor_quotient),
    }),
    prim!("float_floor_remainder", [F, F] -> F, 2, "what the quotient rounded down leaves; undefined for a divisor of 0", |[a, b]| match b {
        Value::Float(0.0) => None,
        b => two(a, b, floor_remainder),
    }),
    prim!("float_power", [F, F] -> F, 2, "the power of floats; undefined where it is not real or is 1/0", |[a, b]| match (a, b) {
        (Value::Float(x), Value::Float(y)) => {
            let infinite = *x == 0.0 && *y < 0.0;
            let complex = *x < 0.0 && x.is_finite() && y.is_finite() && y.fract() != 0.0;
            (!infinite && !complex).then(|| Value::Float(x.powf(*y)))
        }
        _ => None,
    }),
    prim!("float_negative", [F] -> F, 1, "a float with the other sign", |[a]| one(a, |x| -x)),
    prim!("float_magnitude", [F] -> F, 1, "a float without its sign", |[a]| one(a, f64::abs)),
    prim!("float_root", [F] -> F, 3, "the square root; undefined below 0", |[a]| match a {
        Value::Float(x) if *x >= 0.0 => Some(Value::Float(x.sqrt())),
        _ => None,
    }),
    prim!("float_log", [F] -> F, 4, "the natural logarithm; undefined where it is not finite", |[a]| finite(a, f64::ln)),
    prim!("float_log_two", [F] -> F, 4, "the logarithm to the base of 2; undefined where it is not finite", |[a]| finite(a, f64::log2)),
    prim!("float_log_ten", [F] -> F, 4, "the logarithm to the base of 10; undefined where it is not finite", |[a]| finite(a, f64::log10)),
    prim!("float_exp", [F] -> F, 4, "e to the power; undefined where it is not finite", |[a]| finite(a, f64::exp)),
    prim!("sine", [F] -> F, 4, "the sine of an angle in radians", |[a]| finite(a, f64::sin)),
    prim!("cosine", [F] -> F, 4, "the cosine of an angle in radians", |[a]| finite(a, f64::cos)),
    prim!("tangent", [F] -> F, 4, "the tangent of an angle in radians", |[a]| finite(a, f64::tan)),
    prim!("arc_sine", [F] -> F, 4, "the angle with a sine; undefined beyond 1", |[a]| finite(a, f64::asin)),
    prim!("arc_cosine", [F] -> F, 4, "the angle with a cosine; undefined beyond 1", |[a]| finite(a, f64::acos)),
    prim!("arc_tangent", [F] -> F, 4, "the angle with a tangent", |[a]| finite(a, f64::atan)),
    prim!("sine_hyperbolic", [F] -> F, 4, "the hyperbolic sine; undefined where it is not finite", |[a]| finite(a, f64::sinh)),
    prim!("cosine_hyperbolic", [F] -> F, 4, "the hyperbolic cosine; undefined where it is not finite", |[a]| finite(a, f64::cosh)),
    prim!("tangent_hyperbolic", [F] -> F, 4, "the hyperbolic tangent", |[a]| finite(a, f64::tanh)),
    prim!("cube_root", [F] -> F, 4, "the cube root", |[a]| finite(a, f64::cbrt)),
    prim!("direction", [F, F] -> F, 4, "the angle of a point, its height first", |[a, b]| two(a, b, f64::atan2)),
    prim!("whole_part", [F] -> Ty::Int, 1, "the integer next to a float towards 0", |[a]| whole(a, f64::trunc)),
    prim!("whole_below", [F] -> Ty::Int, 2, "the integer next to a float downwards", |[a]| whole(a, f64::floor)),
    prim!("whole_above", [F] -> Ty::Int, 2, "the integer next to a float upwards", |[a]| whole(a, f64::ceil)),
    prim!("whole_near", [F] -> Ty::Int, 2, "the nearest integer; of two, the even one", |[a]| whole(a, f64::round_ties_even)),
    prim!("float_below", [F] -> F, 2, "the whole float next to a float downwards", |[a]| one(a, f64::floor)),
    prim!("float_near", [F, Ty::Int] -> F, 3, "the nearest float with so many decimal places", |[a, b]| match (a, b) {
        (Value::Float(x), Value::Int(places)) if x.is_finite() && (0..=300).contains(places) => {
            format!("{x:.*}", *places as usize).parse().ok().map(Value::Float)
        }
        _ => None,
    }),
    prim!("is_finite", [F] -> Ty::Bool, 2, "whether it is a number and not infinite", |[a]| match a {
        Value::Float(x) => Some(Value::Bool(x.is_finite())),
        _ => None,
    }),
    prim!("is_number", [F] -> Ty::Bool, 3, "whether it is a number at all", |[a]| match a {
        Value::Float(x) => Some(Value::Bool(!x.is_nan())),
        _ => None,
    }),
];

/// What the quotient rounded down leaves: it has the divisor's sign.
fn floor_remainder(x: f64, y: f64) -> f64 {
    let rest = x % y;
    if rest == 0.0 {
        0.0_f64.copysign(y)
    } else if (rest < 0.0) == (y < 0.0) {
        rest
    } else {
        rest + y
    }
}

/// The quotient rounded down. It is made of the remainder, which is exact: the quotient itself may have been rounded up.
fn floor_quotient(x: f64, y: f64) -> f64 {
    let rest = x % y;
    let below = rest != 0.0 && (rest < 0.0) != (y < 0.0);
    let quotient = (x - rest) / y - if below { 1.0 } else { 0.0 };
    if quotient == 0.0 { 0.0_f64.copysign(x / y) } else { quotient.round() }
}
