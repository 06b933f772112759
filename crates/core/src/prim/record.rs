//! Records, and values as things of a class.

use std::rc::Rc;

use super::{Primitive, Ty, prim, ty};
use crate::{Contents, Symbol, Value};

pub(super) static TABLE: &[Primitive] = &[
    prim!("field", [Ty::Record, Ty::Text] -> ty::B, 1, "the field with a name", |[Value::Object(o), Value::Text(name)]| {
        match &*o.body.borrow() {
            Contents::Record(fields) => {
                let found = fields.iter().find(|(field, _)| field.as_str() == &**name).map(|(_, value)| value.clone());
                found.filter(|value| !value.is_unlearned())
            }
            _ => None,
        }
    }),
    prim!("put_field", [Ty::Record, Ty::Text, ty::B] -> Ty::Record, 1, "with a field that has a value, as a thing of the same class", |[
        Value::Object(o),
        Value::Text(name),
        value,
    ]| {
        let Contents::Record(mut fields) = o.body.borrow().clone() else { return None };
        match fields.iter_mut().find(|(field, _)| field.as_str() == &**name) {
            Some((_, old)) => *old = value.clone(),
            None => fields.push((Symbol::new(name), value.clone())),
        }
        Some(Value::object(o.class, Contents::Record(fields)))
    }),
    prim!("drop_field", [Ty::Record, Ty::Text] -> Ty::Record, 2, "without a field, as a thing of the same class; undefined if it is not there", |[
        Value::Object(o),
        Value::Text(name),
    ]| {
        let Contents::Record(mut fields) = o.body.borrow().clone() else { return None };
        let at = fields.iter().position(|(field, _)| field.as_str() == &**name)?;
        fields.remove(at);
        Some(Value::object(o.class, Contents::Record(fields)))
    }),
    prim!("class_of", [ty::A] -> Ty::Text, 2, "the name of a value's class", |[value]| Some(Value::text(value.class().as_str()))),
    prim!("bind_atom", [Ty::Text, ty::A] -> ty::B, 1, "the builtin function with a name, taken from a value", |[Value::Text(name), of]| {
        Some(Value::Bound(Rc::new((Symbol::new(name), of.clone()))))
    }),
    prim!("bound_name", [ty::A] -> Ty::Text, 2, "the name of a builtin thing", |[value]| match value {
        Value::Bound(pair) => Some(Value::text(pair.0.as_str())),
        Value::Atom(name) => Some(Value::text(name.as_str())),
        _ => None,
    }),
    prim!("bound_to", [ty::A] -> ty::B, 2, "what a builtin function was taken from", |[value]| match value {
        Value::Bound(pair) => Some(pair.1.clone()),
        _ => None,
    }),
];
