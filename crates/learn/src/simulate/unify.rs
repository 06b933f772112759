//! Whether a value of the simulation can be a value that was seen; what was open is known from then on.

use std::sync::Arc;

use mimus_core::{Body, Datum, Shape, Symbol};

use super::findings::{OpResult, V};
use super::run::{Item, Run};
use crate::world::{Time, Val};

impl Run<'_> {
    pub fn unify(&mut self, v: V, seen: Val) -> bool {
        match v {
            V::Known(known) => known == seen,
            V::Function => self.world.is_function(seen),
            V::Var(i) => {
                if let Some(known) = self.vars[i].value {
                    return known == seen;
                }
                self.vars[i].value = Some(seen);
                match self.vars[i].truth {
                    Some(truth) => self.decide(seen, truth),
                    None => true,
                }
            }
            V::Fresh(i) => self.unify_fresh(i, seen),
        }
    }

    fn unify_fresh(&mut self, collection: usize, seen: Val) -> bool {
        let Some(body) = self.fresh_body(self.collections[collection].shape, seen) else { return false };
        let class = self.collections[collection].class;
        if class != Symbol::neutral() && self.world.class(seen) != class {
            return false;
        }
        let items = std::mem::take(&mut self.collections[collection].items);
        let fits = match &*body {
            Body::Seq(values) => self.fills_seq(&items, values),
            Body::Set(values) => self.fills_set(&items, values),
            Body::Map(entries) => self.fills_map(&items, entries),
            Body::Record(_) => false,
        };
        self.collections[collection].items = items;
        fits
    }

    /// The contents of a collection that the episode made.
    fn fresh_body(&mut self, wanted: Shape, seen: Val) -> Option<Arc<Body<Val>>> {
        let episode = self.episode;
        let Some(object) = self.world.object(seen) else {
            let Datum::Compound(compound) = self.world.raw(seen).clone() else { return None };
            let mut intern = |items: &[Datum]| items.iter().map(|item| self.world.intern(item.clone())).collect();
            return match &compound.body {
                Body::Seq(items) => Some(Arc::new(Body::Seq(intern(items)))),
                Body::Set(items) => Some(Arc::new(Body::Set(intern(items)))),
                _ => None,
            };
        };
        let fresh = self.world.born(object).is_some_and(|born| born > episode.began);
        if !fresh || self.world.collection_shape(object) != Some(wanted) {
            return None;
        }
        // What is filled lazily is compared as it was in the end.
        let late = episode.steps.iter().any(|step| step.ended > episode.ended);
        let in_the_end = self.world.contents(object, Time::MAX).filter(|_| late);
        in_the_end.or_else(|| self.world.contents(object, episode.ended)).cloned()
    }

    /// Whether pushing the items would give this sequence.
    fn fills_seq(&mut self, items: &[Item], values: &[Val]) -> bool {
        let mut values = values.iter();
        for (position, item) in items.iter().enumerate() {
            match item {
                Item::One(v) => {
                    let Some(seen) = values.next() else { return false };
                    if !self.unify(*v, *seen) {
                        return false;
                    }
                }
                Item::All(v) => match self.elements(*v) {
                    Some(all) => {
                        if !all.into_iter().all(|v| values.next() == Some(&v)) {
                            return false;
                        }
                    }
                    None => {
                        // What iterating gives is not known yet: all but what the others need.
                        let others = items.len() - 1;
                        let Some(own) = values.len().checked_sub(others - position) else { return false };
                        let taken: Vec<V> = values.by_ref().take(own).map(|v| V::Known(*v)).collect();
                        self.log(Symbol::new("iterate"), vec![*v], OpResult::Elements(taken, true));
                    }
                },
                _ => return false,
            }
        }
        values.next().is_none()
    }

    fn fills_set(&mut self, items: &[Item], values: &[Val]) -> bool {
        let mut pushed = Vec::new();
        for item in items {
            match item {
                Item::One(v) => match self.known(*v) {
                    Some(v) => pushed.push(v),
                    None => return false,
                },
                Item::All(v) => pushed.extend(self.elements(*v).unwrap_or_default()),
                _ => return false,
            }
        }
        values.iter().all(|v| pushed.contains(v)) && pushed.len() >= values.len()
    }

    fn fills_map(&mut self, items: &[Item], entries: &[(Val, Val)]) -> bool {
        let mut wanted: Vec<(Val, Val)> = vec![];
        for item in items {
            let Item::Entry(k, v) = item else { return false };
            let (Some(k), Some(v)) = (self.known(*k), self.known(*v)) else { return false };
            match wanted.iter_mut().find(|(old, _)| *old == k) {
                Some(entry) => entry.1 = v,
                None => wanted.push((k, v)),
            }
        }
        wanted == entries
    }
}
