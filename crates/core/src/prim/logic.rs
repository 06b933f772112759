//! Booleans.

use super::{Primitive, Ty, prim};
use crate::Value;

const B: Ty = Ty::Bool;

pub(super) static TABLE: &[Primitive] = &[
    prim!("opposite", [B] -> B, 1, "true for false, false for true", |[Value::Bool(a)]| Some(Value::Bool(!a))),
    prim!("both", [B, B] -> B, 1, "whether both are true", |[Value::Bool(a), Value::Bool(b)]| Some(Value::Bool(*a && *b))),
    prim!("either", [B, B] -> B, 1, "whether one is true", |[Value::Bool(a), Value::Bool(b)]| Some(Value::Bool(*a || *b))),
    prim!("bit_of", [B] -> Ty::Int, 1, "1 for true, 0 for false", |[Value::Bool(a)]| Some(Value::Int((*a).into()))),
];
