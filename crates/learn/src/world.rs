//! The memory of the observed programs, at every moment.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexSet;
use mimus_core::{Body, Datum, Function, Symbol};
use mimus_trace::{End, HeapChange, ObjectInfo, Ref, Shape};
use rustc_hash::{FxBuildHasher, FxHashSet};

/// A value as observed: equal numbers are the same value (for objects: the same object).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Val(pub u32);

/// A moment. Every heap change happens at one of its own.
pub(crate) type Time = u32;

/// All values and objects of all programs.
pub(crate) struct World {
    values: IndexSet<Datum, FxBuildHasher>,
    objects: Vec<Thing>,
    reference: Symbol,
    /// The class of a function together with the value it was taken from.
    taken: Symbol,
    pub now: Time,
    /// Results of [`World::snapshot`] for values that hold objects.
    cache: HashMap<(Val, Time), Datum, FxBuildHasher>,
    last_change: Time,
    /// Classes of objects that are filled as far as others ask for it.
    lazy: FxHashSet<Symbol>,
}

struct Thing {
    class: Symbol,
    shape: Shape,
    /// First as empty, before anything was seen of it.
    versions: Vec<(Time, Arc<Body<Val>>)>,
    /// When it was first mentioned.
    born: Option<Time>,
    calls: Vec<(Vec<Datum>, Datum)>,
    /// How the body ended that filled it, and what it gave then.
    filled: Option<(End, Val, Time)>,
    /// Where it takes what it lacks from.
    delegates: Option<Vec<Val>>,
    made_of_frame: bool,
}

/// Snapshots are cut below this depth; a cut place is opaque, so nothing is concluded from it.
const DEPTH: usize = 6;
/// Observed calls kept for a function value.
const CALLS: usize = 200;

fn empty(shape: Shape) -> Body<Val> {
    match shape {
        Shape::Map => Body::Map(vec![]),
        Shape::Set => Body::Set(vec![]),
        Shape::Record => Body::Record(vec![]),
        Shape::Seq | Shape::Closure | Shape::Opaque => Body::Seq(vec![]),
    }
}

/// The same contents with each value replaced.
fn mapped<A, B>(body: &Body<A>, change: impl Fn(&A) -> B) -> Body<B> {
    match body {
        Body::Seq(items) => Body::Seq(items.iter().map(change).collect()),
        Body::Set(items) => Body::Set(items.iter().map(change).collect()),
        Body::Map(entries) => Body::Map(entries.iter().map(|(k, v)| (change(k), change(v))).collect()),
        Body::Record(fields) => Body::Record(fields.iter().map(|(name, v)| (*name, change(v))).collect()),
    }
}

/// Puts new items in the place of those that a change removes.
fn splice<T>(items: &mut Vec<T>, change: &HeapChange, new: impl Iterator<Item = T>) {
    let from = change.position.min(items.len());
    let to = (from + change.removed).min(items.len());
    items.splice(from..to, new);
}

impl World {
    pub fn new() -> Self {
        let mut world = Self {
            values: IndexSet::default(),
            objects: Vec::new(),
            reference: Symbol::new("&"),
            taken: Symbol::new("&of"),
            now: 1,
            cache: HashMap::default(),
            last_change: 0,
            lazy: FxHashSet::default(),
        };
        for constant in [Datum::None, Datum::Bool(false), Datum::Bool(true)] {
            world.intern(constant);
        }
        world
    }

    pub const NONE: Val = Val(0);
    pub const FALSE: Val = Val(1);
    pub const TRUE: Val = Val(2);

    pub fn intern(&mut self, datum: Datum) -> Val {
        Val(self.values.insert_full(datum).0 as u32)
    }

    /// Makes room for a program's objects; gives the number of the first.
    pub fn add_objects(&mut self, infos: &[ObjectInfo]) -> usize {
        let base = self.objects.len();
        self.objects.extend(infos.iter().map(|info| Thing {
            class: info.class,
            shape: info.shape,
            versions: vec![(0, Arc::new(empty(info.shape)))],
            born: None,
            calls: Vec::new(),
            filled: None,
            delegates: None,
            made_of_frame: info.made_of.is_some(),
        }));
        for (i, info) in infos.iter().enumerate() {
            let delegates = info.delegates.as_ref().map(|all| all.iter().map(|v| self.unmentioned(base, v)).collect());
            self.objects[base + i].delegates = delegates;
        }
        base
    }

    /// The value of a reference of a program whose objects begin at `base`.
    pub fn value(&mut self, base: usize, given: &Ref) -> Val {
        self.mention(base, given);
        self.unmentioned(base, given)
    }

    /// The same value, without its objects counting as mentioned.
    fn unmentioned(&mut self, base: usize, given: &Ref) -> Val {
        let datum = self.datum(base, given);
        self.intern(datum)
    }

    fn mention(&mut self, base: usize, given: &Ref) {
        match given {
            Ref::Object(n) => {
                self.objects[base + n].born.get_or_insert(self.now);
            }
            Ref::Bound(_, of) => self.mention(base, of),
            Ref::Taken(n, of) => {
                self.mention(base, &Ref::Object(*n));
                self.mention(base, of);
            }
            Ref::Compound(_, body) => match &**body {
                Body::Seq(items) | Body::Set(items) => items.iter().for_each(|v| self.mention(base, v)),
                Body::Map(entries) => entries.iter().flat_map(|(k, v)| [k, v]).for_each(|v| self.mention(base, v)),
                Body::Record(fields) => fields.iter().for_each(|(_, v)| self.mention(base, v)),
            },
            _ => {}
        }
    }

    fn datum(&self, base: usize, given: &Ref) -> Datum {
        match given {
            Ref::None => Datum::None,
            Ref::Bool(b) => Datum::Bool(*b),
            Ref::Int(i) => Datum::Int(i.clone()),
            Ref::Float(x) => Datum::Float(*x),
            Ref::Text(t) => Datum::text(t),
            Ref::Bytes(b) => Datum::Bytes(b.as_slice().into()),
            Ref::Atom(name) => Datum::Atom(*name),
            Ref::Bound(name, of) => Datum::Bound(*name, Arc::new(self.datum(base, of))),
            Ref::Object(n) => Datum::Opaque(self.reference, (base + n) as u32),
            Ref::Taken(n, of) => {
                let function = Datum::Opaque(self.reference, (base + n) as u32);
                Datum::compound(self.taken, 0, Body::Seq(vec![function, self.datum(base, of)]))
            }
            Ref::Compound(class, body) => Datum::compound(*class, 0, mapped(body, |v| self.datum(base, v))),
        }
    }

    /// The object that a value refers to.
    pub fn object(&self, value: Val) -> Option<usize> {
        match &self.values[value.0 as usize] {
            Datum::Opaque(class, n) if *class == self.reference => Some(*n as usize),
            _ => None,
        }
    }

    /// The value that refers to an object.
    pub fn reference(&mut self, object: usize) -> Val {
        self.intern(Datum::Opaque(self.reference, object as u32))
    }

    /// Whether nothing is known of a thing but its class.
    pub fn is_opaque(&self, value: Val) -> bool {
        self.object(value).is_some_and(|n| self.objects[n].shape == Shape::Opaque)
    }

    pub fn is_function(&self, value: Val) -> bool {
        self.object(value).is_some_and(|n| self.objects[n].shape == Shape::Closure)
    }

    /// What a function value runs, and the value that it was taken from.
    pub fn taken(&mut self, value: Val) -> Option<(Val, Val)> {
        let Datum::Compound(c) = self.raw(value).clone() else { return None };
        match &c.body {
            Body::Seq(two) if c.class == self.taken => Some((self.intern(two[0].clone()), self.intern(two[1].clone()))),
            _ => None,
        }
    }

    /// Whether a value runs one of the program's functions, itself or on what it was taken from.
    pub fn runs(&self, value: Val, function: Val) -> bool {
        let of = |datum: &Datum| datum == self.raw(function);
        match self.raw(value) {
            Datum::Compound(c) if c.class == self.taken => matches!(&c.body, Body::Seq(two) if of(&two[0])),
            _ => value == function,
        }
    }

    /// Whether a value is a function of the program, by itself or with what it was taken from.
    pub fn may_run(&self, value: Val) -> bool {
        self.may_be_taken(value) || self.is_function(value)
    }

    /// Whether a value is a function together with the value it was taken from.
    pub fn may_be_taken(&self, value: Val) -> bool {
        matches!(self.raw(value), Datum::Compound(c) if c.class == self.taken)
    }

    /// Whether a value is this function, taken from that value.
    pub fn is_taken_from(&self, value: Val, function: Val, of: Val) -> bool {
        match self.raw(value) {
            Datum::Compound(c) if c.class == self.taken => {
                matches!(&c.body, Body::Seq(two) if two[0] == *self.raw(function) && two[1] == *self.raw(of))
            }
            _ => false,
        }
    }

    /// The value that is such, if it was seen.
    pub fn known(&self, datum: &Datum) -> Option<Val> {
        self.values.get_index_of(datum).map(|i| Val(i as u32))
    }

    /// The value that refers to an object, if it was seen.
    pub fn known_reference(&self, object: usize) -> Option<Val> {
        self.known(&Datum::Opaque(self.reference, object as u32))
    }

    /// Whether a value is a record that was made of a frame.
    pub fn is_made_of_frame(&self, value: Val) -> bool {
        self.object(value).is_some_and(|object| self.objects[object].made_of_frame)
    }

    /// Where a value takes what it lacks from, if it is of that kind.
    pub fn delegates(&self, value: Val) -> Option<&[Val]> {
        self.objects[self.object(value)?].delegates.as_deref()
    }

    /// An own field of a record.
    pub fn field(&self, value: Val, name: Symbol, at: Time) -> Option<Val> {
        match &**self.contents(self.object(value)?, at)? {
            Body::Record(fields) => fields.iter().find(|(field, _)| *field == name).map(|(_, v)| *v),
            _ => None,
        }
    }

    /// The value itself, with objects as references.
    pub fn raw(&self, value: Val) -> &Datum {
        &self.values[value.0 as usize]
    }

    pub fn class(&self, value: Val) -> Symbol {
        match self.object(value) {
            Some(n) if self.objects[n].shape == Shape::Closure => Symbol::new("function"),
            Some(n) => self.objects[n].class,
            None => self.raw(value).class(),
        }
    }

    /// What a change put into its object is there now, if it was not before.
    pub fn mention_inserted(&mut self, base: usize, change: &HeapChange) {
        change.inserted.iter().for_each(|v| self.mention(base, v));
    }

    /// Applies a change at a new moment. What it puts in does not count as mentioned: the change may be told early.
    pub fn change(&mut self, base: usize, change: &HeapChange) {
        let inserted: Vec<Val> = change.inserted.iter().map(|v| self.unmentioned(base, v)).collect();
        self.now += 1;
        let thing = &mut self.objects[base + change.object];
        thing.born.get_or_insert(self.now);
        let mut body = thing.versions.last().map_or_else(|| empty(thing.shape), |(_, body)| (**body).clone());
        let pairs = || inserted.chunks_exact(2).map(|pair| (pair[0], pair[1]));
        match &mut body {
            Body::Map(entries) => splice(entries, change, pairs()),
            Body::Record(fields) => {
                let names = pairs().map(|(name, v)| {
                    let name = if let Datum::Text(t) = &self.values[name.0 as usize] { Symbol::new(t) } else { Symbol::new("?") };
                    (name, v)
                });
                splice(fields, change, names);
            }
            Body::Seq(items) | Body::Set(items) => splice(items, change, inserted.iter().copied()),
        }
        thing.versions.push((self.now, Arc::new(body)));
        self.last_change = self.now;
    }

    /// An object's contents at a moment.
    pub fn contents(&self, object: usize, at: Time) -> Option<&Arc<Body<Val>>> {
        let versions = &self.objects[object].versions;
        let after = versions.partition_point(|(time, _)| *time <= at);
        versions.get(after.saturating_sub(1)).map(|(_, body)| body)
    }

    /// When an object was first seen.
    pub fn born(&self, object: usize) -> Option<Time> {
        self.objects[object].born
    }

    /// The shape of an object that is a collection.
    pub fn collection_shape(&self, object: usize) -> Option<mimus_core::Shape> {
        match self.objects[object].shape {
            Shape::Seq => Some(mimus_core::Shape::Seq),
            Shape::Set => Some(mimus_core::Shape::Set),
            Shape::Map => Some(mimus_core::Shape::Map),
            Shape::Record | Shape::Closure | Shape::Opaque => None,
        }
    }

    /// The value with all objects in it resolved as they were at a moment; labels tell which objects they are.
    pub fn snapshot(&mut self, value: Val, at: Time) -> Datum {
        let raw = &self.values[value.0 as usize];
        if matches!(raw, Datum::Opaque(..) | Datum::Compound(_) | Datum::Bound(..)) {
            // A snapshot after the last change equals any later one up to the next change.
            let at = at.min(self.last_change);
            if let Some(known) = self.cache.get(&(value, at)) {
                return known.clone();
            }
            let snapshot = self.resolve(raw, at, DEPTH);
            if self.cache.len() > 400_000 {
                self.cache.clear();
            }
            self.cache.insert((value, at), snapshot.clone());
            snapshot
        } else {
            raw.clone()
        }
    }

    /// From now on objects of these classes are taken for what is filled as far as others ask for it.
    pub fn set_lazy(&mut self, classes: FxHashSet<Symbol>) {
        self.lazy = classes;
    }

    /// Notes how a body ended that filled an object, and with what result.
    pub fn end_filling(&mut self, object: usize, end: End, value: Val) {
        self.objects[object].filled = Some((end, value, self.now));
    }

    /// The object, if it is one that is filled as far as others ask for it.
    pub fn lazy(&self, value: Val) -> Option<usize> {
        if self.lazy.is_empty() {
            return None;
        }
        self.object(value).filter(|object| self.lazy.contains(&self.objects[*object].class))
    }

    /// Classes of objects that bodies filled.
    pub fn filled(&self) -> impl Iterator<Item = Symbol> {
        self.objects.iter().filter(|thing| thing.filled.is_some()).map(|thing| thing.class)
    }

    /// What the body that filled an object gave in the end, if it came to an end.
    pub fn filled_with(&self, object: usize) -> Option<Val> {
        match self.objects[object].filled {
            Some((End::Normal, ..)) | None => Some(Self::NONE),
            Some((End::Left, value, _)) => Some(value),
            Some(_) => None,
        }
    }

    /// Whether a body fills an object that had not come to its end at a moment.
    pub fn goes_on(&self, object: usize, at: Time) -> bool {
        self.objects[object].filled.is_some_and(|(end, _, ended)| end == End::Suspended || ended > at)
    }

    /// How many elements came into an object between two moments.
    pub fn grown(&self, object: usize, during: Range<Time>) -> usize {
        let held = |at: Time| match self.contents(object, at).map(|body| &**body) {
            Some(Body::Seq(items)) => items.len(),
            _ => 0,
        };
        held(during.end).saturating_sub(held(during.start))
    }

    /// Whether the body that filled an object ended with an error.
    pub fn failed(&self, object: usize) -> bool {
        matches!(self.objects[object].filled, Some((End::Raised, ..)))
    }

    /// Operands as they were when an operation was used. What is filled as far as others ask for it is, to an operation, what it took
    /// of it: what came in between these moments.
    pub fn operands(&mut self, values: &[Val], at: Time, during: Range<Time>) -> Vec<Datum> {
        let mut operand = |value: &Val| {
            let Some(object) = self.lazy(*value) else { return self.snapshot(*value, at) };
            let mut taken = match self.contents(object, during.end).map(|body| &**body) {
                Some(Body::Seq(items)) => items.clone(),
                _ => vec![],
            };
            taken.drain(..taken.len() - self.grown(object, during.clone()));
            let items = taken.iter().map(|value| self.snapshot(*value, at)).collect();
            Datum::compound(self.objects[object].class, object as u32 + 1, Body::Seq(items))
        };
        values.iter().map(&mut operand).collect()
    }

    /// Several values as they were at a moment.
    pub fn snapshots(&mut self, values: &[Val], at: Time) -> Vec<Datum> {
        values.iter().map(|value| self.snapshot(*value, at)).collect()
    }

    fn resolve(&self, datum: &Datum, at: Time, depth: usize) -> Datum {
        match datum {
            Datum::Opaque(class, n) if *class == self.reference => {
                let thing = &self.objects[*n as usize];
                let label = n + 1;
                // What takes from others what it lacks is more than what it holds.
                if thing.delegates.is_some() {
                    return Datum::Opaque(thing.class, label);
                }
                if thing.shape == Shape::Closure {
                    return Datum::Function(Arc::new(Function { label, calls: thing.calls.clone() }));
                }
                let Some(body) = self.contents(*n as usize, at).filter(|_| depth > 0 && thing.shape != Shape::Opaque) else {
                    return Datum::Opaque(thing.class, label);
                };
                Datum::compound(thing.class, label, mapped(body, |v| self.resolve(self.raw(*v), at, depth - 1)))
            }
            Datum::Bound(name, of) => Datum::Bound(*name, Arc::new(self.resolve(of, at, depth))),
            Datum::Compound(c) if c.class == self.taken => {
                let label = u32::MAX - self.values.get_index_of(datum).unwrap_or_default() as u32;
                Datum::Function(Arc::new(Function { label, calls: vec![] }))
            }
            Datum::Compound(c) if depth > 0 => Datum::compound(c.class, 0, mapped(&c.body, |v| self.resolve(v, at, depth - 1))),
            other => other.clone(),
        }
    }

    /// Remembers a call of a function value.
    pub fn add_call(&mut self, function: Val, args: Vec<Datum>, result: Datum) {
        if let Some(n) = self.object(function) {
            let calls = &mut self.objects[n].calls;
            if calls.len() < CALLS {
                calls.push((args, result));
            }
        }
    }
}
