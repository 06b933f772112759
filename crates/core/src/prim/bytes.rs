//! Bytes.

use super::number::index;
use super::sequence::items;
use super::{Primitive, Ty, prim, ty};
use crate::{Contents, Value};

pub(super) static TABLE: &[Primitive] = &[
    prim!("to_bytes", [Ty::Text] -> Ty::Bytes, 2, "a text's bytes", |[Value::Text(t)]| Some(Value::Bytes(t.as_bytes().into()))),
    prim!("from_bytes", [Ty::Bytes] -> Ty::Text, 2, "the text that bytes spell; undefined if they spell none", |[Value::Bytes(b)]| {
        std::str::from_utf8(b).ok().map(Value::text)
    }),
    prim!("byte_chars", [Ty::Bytes] -> Ty::Text, 4, "bytes, one or several, as texts of a character each: those beyond the first 128 as private ones", |[a]| {
        spelt(a)
    }),
    prim!("char_bytes", [Ty::Text] -> Ty::Bytes, 4, "the bytes that such a text stands for; undefined if it has other characters", |[Value::Text(t)]| {
        let bytes: Option<Vec<u8>> = t.chars().map(byte).collect();
        Some(Value::Bytes(bytes?.into()))
    }),
    prim!("bytes_of", [ty::INTS] -> Ty::Bytes, 2, "bytes with these values", |[values]| {
        let bytes: Option<Vec<u8>> = items(values)?.iter().map(|v| u8::try_from(index(v)?).ok()).collect();
        Some(Value::Bytes(bytes?.into()))
    }),
    prim!("byte_values", [Ty::Bytes] -> ty::INTS, 2, "the values of bytes", |[Value::Bytes(b)]| {
        Some(Value::seq(b.iter().map(|b| Value::Int((*b).into())).collect()))
    }),
];

/// Where the private characters of bytes that are not ASCII begin.
const PRIVATE: u32 = 0xE000;

fn spelt(value: &Value) -> Option<Value> {
    if let Value::Bytes(b) = value {
        let private = |byte: u8| if byte.is_ascii() { Some(char::from(byte)) } else { char::from_u32(PRIVATE + u32::from(byte)) };
        return Some(Value::text(&b.iter().map(|byte| private(*byte)).collect::<Option<String>>()?));
    }
    let all: Option<Vec<Value>> = items(value)?.iter().map(spelt).collect();
    Some(Value::object(value.class(), Contents::Seq(all?)))
}

fn byte(c: char) -> Option<u8> {
    let code = u32::from(c);
    let own = if c.is_ascii() { code } else { code.checked_sub(PRIVATE).filter(|code| *code >= 128)? };
    u8::try_from(own).ok()
}
