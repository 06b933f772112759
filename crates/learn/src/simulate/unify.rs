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
        if self.collections[collection].shape == Shape::Text {
            return self.fills_text(collection, seen);
        }
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

    /// Whether the items, one after the other, would give this text. What is not known of them is what stands between those that
    /// are, if there is only one way to see it.
    fn fills_text(&mut self, collection: usize, seen: Val) -> bool {
        let Datum::Text(seen) = self.world.raw(seen).clone() else { return false };
        let mut items: Vec<(V, Option<Arc<str>>)> = vec![];
        for item in &self.collections[collection].items {
            let Item::One(v) = item else { return false };
            let text = match self.known(*v).map(|known| self.world.raw(known)) {
                None => None,
                Some(Datum::Text(text)) => Some(text.as_ref().into()),
                Some(_) => return false,
            };
            items.push((*v, text));
        }
        let known: Vec<Option<&str>> = items.iter().map(|(_, text)| text.as_deref()).collect();
        let ways = ways(&known, &seen);
        if let [way] = ways.as_slice() {
            let open = items.iter().filter(|(_, text)| text.is_none());
            for ((v, _), text) in open.zip(way) {
                let text = self.world.intern(Datum::text(text));
                if !self.unify(*v, text) {
                    return false;
                }
            }
        }
        let fits = !ways.is_empty();
        let open = items.iter().filter_map(|(v, _)| if let V::Var(i) = v { Some(*i) } else { None });
        self.findings.hidden.extend(open.filter(|i| self.vars[*i].value.is_none()));
        fits
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
            let pushed = match item {
                Item::Entry(k, v) => self.known(*k).zip(self.known(*v)).map(|entry| vec![entry]),
                Item::All(v) => self.entries(*v),
                _ => None,
            };
            let Some(pushed) = pushed else { return false };
            for (k, v) in pushed {
                match wanted.iter_mut().find(|(old, _)| *old == k) {
                    Some(entry) => entry.1 = v,
                    None => wanted.push((k, v)),
                }
            }
        }
        wanted == entries
    }
}

/// What the unknown pieces of a text can be: none, one or two ways, however many there are.
fn ways<'t>(pieces: &[Option<&str>], text: &'t str) -> Vec<Vec<&'t str>> {
    match pieces {
        [] => {
            if text.is_empty() {
                vec![vec![]]
            } else {
                vec![]
            }
        }
        [Some(known), rest @ ..] => text.strip_prefix(known).map_or_else(Vec::new, |after| ways(rest, after)),
        [None, rest @ ..] => {
            let mut found = vec![];
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                found.extend(ways(rest, &text[at..]).into_iter().map(|mut way| {
                    way.insert(0, &text[..at]);
                    way
                }));
                if found.len() > 1 {
                    found.truncate(2);
                    break;
                }
            }
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ways;

    #[track_caller]
    fn check(pieces: &[Option<&str>], text: &str, expected: &[&[&str]]) {
        assert_eq!(ways(pieces, text), expected);
    }

    #[test]
    fn texts_taken_apart() {
        check(&[Some("a"), None, Some("b")], "axyb", &[&["xy"]]);
        check(&[None], "xyz", &[&["xyz"]]);
        check(&[None, Some(", "), None], "1, 2", &[&["1", "2"]]);
        check(&[None, Some(", "), None], "1, 2, 3", &[&["1", "2, 3"], &["1, 2", "3"]]);
        check(&[None, None], "12", &[&["", "12"], &["1", "2"]]);
        check(&[Some("a"), None], "b", &[]);
    }
}
