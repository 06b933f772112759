//! Bytes.

use super::number::index;
use super::sequence::items;
use super::{Primitive, Ty, prim, ty};
use crate::Value;

pub(super) static TABLE: &[Primitive] = &[
    prim!("to_bytes", [Ty::Text] -> Ty::Bytes, 2, "a text's bytes", |[Value::Text(t)]| Some(Value::Bytes(t.as_bytes().into()))),
    prim!("from_bytes", [Ty::Bytes] -> Ty::Text, 2, "the text that bytes spell; undefined if they spell none", |[Value::Bytes(b)]| {
        std::str::from_utf8(b).ok().map(Value::text)
    }),
    prim!("bytes_of", [ty::INTS] -> Ty::Bytes, 2, "bytes with these values", |[values]| {
        let bytes: Option<Vec<u8>> = items(values)?.iter().map(|v| u8::try_from(index(v)?).ok()).collect();
        Some(Value::Bytes(bytes?.into()))
    }),
    prim!("byte_values", [Ty::Bytes] -> ty::INTS, 2, "the values of bytes", |[Value::Bytes(b)]| {
        Some(Value::seq(b.iter().map(|b| Value::Int((*b).into())).collect()))
    }),
];
