//! What observed values hold.

use mimus_core::{Body, Datum, Symbol};

use super::findings::V;
use super::run::Run;
use crate::world::{Time, Val};

impl Run<'_> {
    /// The elements of a sequence as it is now.
    pub fn elements(&mut self, v: V) -> Option<Vec<Val>> {
        let value = self.known(v)?;
        match self.world.object(value) {
            Some(object) => match &**self.world.contents(object, self.now)? {
                Body::Seq(items) => Some(items.clone()),
                _ => None,
            },
            None => match self.world.raw(value).clone() {
                Datum::Compound(c) => match &c.body {
                    Body::Seq(items) => Some(items.iter().map(|item| self.world.intern(item.clone())).collect()),
                    _ => None,
                },
                _ => None,
            },
        }
    }

    /// The entries of a map as it is now.
    pub fn entries(&self, v: V) -> Option<Vec<(Val, Val)>> {
        match &**self.world.contents(self.world.object(self.known(v)?)?, self.now)? {
            Body::Map(entries) => Some(entries.clone()),
            _ => None,
        }
    }

    /// The same of a map whose keys are texts.
    pub fn named_entries(&self, v: V) -> Option<Vec<(Symbol, V)>> {
        let entry = |(k, v): (Val, Val)| match self.world.raw(k) {
            Datum::Text(text) => Some((Symbol::new(text), V::Known(v))),
            _ => None,
        };
        self.entries(v)?.into_iter().map(entry).collect()
    }

    /// Whether a value is directly inside another.
    pub fn holds_value(&self, outer: Val, inner: Val, at: Time) -> bool {
        match self.world.object(outer) {
            Some(object) => match self.world.contents(object, at).map(|body| &**body) {
                Some(Body::Seq(items) | Body::Set(items)) => items.contains(&inner),
                Some(Body::Map(entries)) => entries.iter().any(|(_, v)| *v == inner),
                _ => false,
            },
            None => match self.world.raw(outer) {
                Datum::Compound(c) => matches!(&c.body, Body::Seq(items) if items.contains(self.world.raw(inner))),
                _ => false,
            },
        }
    }

    /// Whether an operand is a value or holds it by value.
    pub fn reaches(&self, arg: V, value: Val) -> bool {
        fn inside(datum: &Datum, wanted: &Datum) -> bool {
            match datum {
                Datum::Bound(_, of) => inside(of, wanted),
                Datum::Compound(c) => match &c.body {
                    Body::Seq(items) | Body::Set(items) => items.iter().any(|item| inside(item, wanted)),
                    _ => false,
                },
                other => other == wanted,
            }
        }
        let Some(known) = self.known(arg) else { return false };
        known == value || inside(self.world.raw(known), self.world.raw(value))
    }
}
