//! Objects of a trace at one moment: what they hold, made into live values, and compared with live values.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use mimus_core::{Body, Contents, Datum, Object, Symbol, Value};
use mimus_trace::{Act, ObjectInfo, Ref, Shape};

/// How deep values are told to people.
const DEEPEST: usize = 6;

/// What the objects hold.
pub struct Heap<'p> {
    infos: &'p [ObjectInfo],
    held: Vec<Vec<Ref>>,
}

impl<'p> Heap<'p> {
    /// Nothing in any of them.
    pub fn new(infos: &'p [ObjectInfo]) -> Self {
        Self { infos, held: vec![Vec::new(); infos.len()] }
    }

    /// What an activation changed. Fails for a change of what is not there.
    pub fn change(&mut self, act: &Act) -> Result<(), String> {
        for change in &act.heap {
            let width = match self.infos[change.object].shape {
                Shape::Map | Shape::Record => 2,
                _ => 1,
            };
            let held = &mut self.held[change.object];
            let (start, end) = (change.position * width, (change.position + change.removed) * width);
            if end > held.len() {
                return Err(format!("object {} holds nothing at {}", change.object, change.position + change.removed));
            }
            held.splice(start..end, change.inserted.iter().cloned());
        }
        Ok(())
    }

    /// The same as plain data, for people.
    pub fn datum(&self, value: &Ref) -> Datum {
        self.datum_to(value, DEEPEST)
    }

    fn datum_to(&self, value: &Ref, depth: usize) -> Datum {
        let down = |v: &Ref| self.datum_to(v, depth.saturating_sub(1));
        let pairs = |held: &[Ref]| held.chunks_exact(2).map(|pair| (down(&pair[0]), down(&pair[1]))).collect::<Vec<_>>();
        match value {
            Ref::None => Datum::None,
            Ref::Bool(b) => Datum::Bool(*b),
            Ref::Int(i) => Datum::Int(i.clone()),
            Ref::Float(x) => Datum::Float(*x),
            Ref::Text(text) => Datum::text(text),
            Ref::Bytes(bytes) => Datum::Bytes(bytes.as_slice().into()),
            Ref::Compound(class, body) => {
                let body = match &**body {
                    Body::Seq(items) => Body::Seq(items.iter().map(down).collect()),
                    Body::Set(items) => Body::Set(items.iter().map(down).collect()),
                    Body::Map(entries) => Body::Map(entries.iter().map(|(k, v)| (down(k), down(v))).collect()),
                    Body::Record(fields) => Body::Record(fields.iter().map(|(name, v)| (*name, down(v))).collect()),
                };
                Datum::compound(*class, 0, body)
            }
            Ref::Object(n) => {
                let (info, held) = (&self.infos[*n], &self.held[*n]);
                if depth == 0 {
                    return Datum::Opaque(info.class, 0);
                }
                let body = match info.shape {
                    Shape::Seq => Body::Seq(held.iter().map(down).collect()),
                    Shape::Set => Body::Set(held.iter().map(down).collect()),
                    Shape::Map => Body::Map(pairs(held)),
                    Shape::Record => Body::Record(fields(held).map(|(name, v)| (name, down(v))).collect()),
                    Shape::Closure | Shape::Opaque => return Datum::Opaque(info.class, *n as u32),
                };
                Datum::compound(info.class, 0, body)
            }
            Ref::Atom(name) => Datum::Atom(*name),
            Ref::Bound(name, of) => Datum::Bound(*name, down(of).into()),
            Ref::Taken(n, _) => Datum::Opaque(self.infos[*n].class, *n as u32),
        }
    }

    /// Makes live values; the same object is the same value.
    pub fn live(&self) -> Live<'_, 'p> {
        Live { heap: self, made: HashMap::new() }
    }

    /// Compares with live values.
    pub fn beside(&self) -> Beside<'_, 'p> {
        Beside { heap: self, objects: HashMap::new(), numbers: HashMap::new() }
    }
}

/// The fields of a record: names and values by turns.
fn fields(held: &[Ref]) -> impl Iterator<Item = (Symbol, &Ref)> {
    held.chunks_exact(2).filter_map(|pair| match &pair[0] {
        Ref::Text(name) => Some((Symbol::new(name), &pair[1])),
        _ => None,
    })
}

/// Live values that are made of a heap.
pub struct Live<'h, 'p> {
    heap: &'h Heap<'p>,
    made: HashMap<usize, Value>,
}

impl Live<'_, '_> {
    /// The value.
    pub fn value(&mut self, of: &Ref) -> Value {
        match of {
            Ref::Object(n) => self.object(*n),
            Ref::Compound(class, body) => {
                let contents = match &**body {
                    Body::Seq(items) => Contents::Seq(items.iter().map(|v| self.value(v)).collect()),
                    Body::Set(items) => Contents::Set(items.iter().map(|v| self.value(v)).collect()),
                    Body::Map(entries) => Contents::Map(entries.iter().map(|(k, v)| (self.value(k), self.value(v))).collect()),
                    Body::Record(fields) => Contents::Record(fields.iter().map(|(name, v)| (*name, self.value(v))).collect()),
                };
                Value::object(*class, contents)
            }
            Ref::Bound(name, of) => Value::Bound(Rc::new((*name, self.value(of)))),
            plain => Value::from_datum(&self.heap.datum(plain)),
        }
    }

    fn object(&mut self, n: usize) -> Value {
        if let Some(made) = self.made.get(&n) {
            return made.clone();
        }
        let (info, held) = (&self.heap.infos[n], &self.heap.held[n]);
        let empty = match info.shape {
            Shape::Closure | Shape::Opaque => return Value::Opaque(info.class, n as u32),
            _ => RefCell::new(Contents::Seq(Vec::new())),
        };
        // It may hold itself.
        let object = Rc::new(Object { class: info.class, label: 0, body: empty, delegates: None });
        self.made.insert(n, Value::Object(Rc::clone(&object)));
        let contents = match info.shape {
            Shape::Set => Contents::Set(held.iter().map(|v| self.value(v)).collect()),
            Shape::Map => Contents::Map(held.chunks_exact(2).map(|pair| (self.value(&pair[0]), self.value(&pair[1]))).collect()),
            Shape::Record => Contents::Record(fields(held).map(|(name, v)| (name, self.value(v))).collect()),
            _ => Contents::Seq(held.iter().map(|v| self.value(v)).collect()),
        };
        *object.body.borrow_mut() = contents;
        Value::Object(object)
    }
}

/// A comparison of a heap with live values, over one or several of them: an object of the one is always the same object of the
/// other. Sets have no order here, because no language defines one.
pub struct Beside<'h, 'p> {
    heap: &'h Heap<'p>,
    objects: HashMap<usize, *const Object>,
    numbers: HashMap<*const Object, usize>,
}

impl Beside<'_, '_> {
    /// Whether they are the same.
    pub fn same(&mut self, expected: &Ref, got: &Value) -> bool {
        match (expected, got) {
            (Ref::Object(n), Value::Object(object)) => {
                let (info, at) = (&self.heap.infos[*n], Rc::as_ptr(object));
                match (self.objects.get(n), self.numbers.get(&at)) {
                    (Some(known), Some(number)) => return *known == at && number == n,
                    (None, None) => {}
                    _ => return false,
                }
                self.objects.insert(*n, at);
                self.numbers.insert(at, *n);
                let held = &self.heap.held[*n];
                let body = object.body.borrow();
                object.class == info.class
                    && match info.shape {
                        Shape::Seq => self.sequence(held, &body),
                        Shape::Set => self.set(held, &body),
                        Shape::Map => self.entries(held.chunks_exact(2).map(|pair| (&pair[0], &pair[1])), &body),
                        Shape::Record => self.fields(fields(held), &body),
                        Shape::Closure | Shape::Opaque => false,
                    }
            }
            (Ref::Compound(class, expected), Value::Object(object)) => {
                let body = object.body.borrow();
                object.class == *class
                    && match &**expected {
                        Body::Seq(items) => self.sequence(items, &body),
                        Body::Set(items) => self.set(items, &body),
                        Body::Map(entries) => self.entries(entries.iter().map(|(k, v)| (k, v)), &body),
                        Body::Record(expected) => self.fields(expected.iter().map(|(name, v)| (*name, v)), &body),
                    }
            }
            (Ref::Bound(name, of), Value::Bound(got)) => *name == got.0 && self.same(of, &got.1),
            (Ref::Object(_) | Ref::Compound(..) | Ref::Bound(..), _) => false,
            // Which NaN it is cannot be told.
            (Ref::Float(x), Value::Float(y)) if x.is_nan() && y.is_nan() => true,
            (plain, got) => Value::from_datum(&self.heap.datum(plain)) == *got,
        }
    }

    fn sequence(&mut self, expected: &[Ref], got: &Contents) -> bool {
        matches!(got, Contents::Seq(_) | Contents::Range { .. })
            && got.len() == expected.len()
            && expected.iter().enumerate().all(|(i, v)| got.get(i).is_some_and(|got| self.same(v, &got)))
    }

    fn set(&mut self, expected: &[Ref], got: &Contents) -> bool {
        let Contents::Set(got) = got else { return false };
        let mut left: Vec<&Value> = got.iter().collect();
        left.len() == expected.len()
            && expected.iter().all(|v| {
                let found = left.iter().position(|got| self.same(v, got));
                found.map(|at| left.swap_remove(at)).is_some()
            })
    }

    fn entries<'r>(&mut self, expected: impl ExactSizeIterator<Item = (&'r Ref, &'r Ref)>, got: &Contents) -> bool {
        let Contents::Map(got) = got else { return false };
        got.len() == expected.len() && expected.zip(got).all(|((k, v), (key, value))| self.same(k, key) && self.same(v, value))
    }

    fn fields<'r>(&mut self, expected: impl Iterator<Item = (Symbol, &'r Ref)>, got: &Contents) -> bool {
        let Contents::Record(got) = got else { return false };
        let expected: Vec<_> = expected.collect();
        got.len() == expected.len()
            && expected.iter().zip(got).all(|((name, v), (known, value))| name == known && self.same(v, value))
    }
}

#[cfg(test)]
mod tests {
    use mimus_trace::read_program;

    use super::*;

    /// A list that holds itself and another one twice, and a map.
    const CALL: &str = r#"{"id": "f", "source": "", "spans": [[0, 0, -1, "block"]],
        "objects": [["list", "seq"], ["list", "seq"], ["map", "map"], ["bag", "set"]],
        "acts": [{"span": 0, "value": {"object": 0}, "heap": [[0, 0, 0, [{"object": 1}, {"object": 1}, {"object": 0}, {"object": 2}, {"object": 3}]],
            [1, 0, 0, [1, 2]], [2, 0, 0, ["k", {"float": "nan"}, "l", null]], [3, 0, 0, [1, "x"]]]},
            {"span": 0, "value": {"object": 0}, "heap": [[1, 1, 1, [{"class": "pair", "seq": [3, true]}]], [2, 0, 1, []], [3, 0, 2, ["x", 1]]]}]}"#;

    #[test]
    fn what_is_made_is_what_was_told() {
        let program = read_program("f", 1, CALL).unwrap();
        let mut heap = Heap::new(&program.objects);
        heap.change(&program.acts[0]).unwrap();
        let value = heap.live().value(&program.acts[0].value);
        assert!(heap.beside().same(&program.acts[0].value, &value));
        let mut later = Heap::new(&program.objects);
        later.change(&program.acts[0]).unwrap();
        later.change(&program.acts[1]).unwrap();
        assert!(!later.beside().same(&program.acts[1].value, &value));
        let value = later.live().value(&program.acts[1].value);
        assert!(later.beside().same(&program.acts[1].value, &value));
        assert!(!heap.beside().same(&program.acts[0].value, &value));
        assert_eq!(heap.datum(&Ref::Object(1)).to_string(), "seq(\"list\", 1, 2)");
    }

    #[test]
    fn an_object_is_not_its_copy() {
        let program = read_program("f", 1, CALL).unwrap();
        let mut heap = Heap::new(&program.objects);
        heap.change(&program.acts[0]).unwrap();
        let (one, other) = (heap.live().value(&Ref::Object(1)), heap.live().value(&Ref::Object(1)));
        let mut beside = heap.beside();
        assert!(beside.same(&Ref::Object(1), &one) && beside.same(&Ref::Object(1), &one));
        assert!(!beside.same(&Ref::Object(1), &other));
    }

    #[test]
    fn a_change_of_what_is_not_there() {
        let program = read_program("f", 1, &CALL.replace("[1, 0, 0, [1, 2]]", "[1, 3, 1, [1, 2]]")).unwrap();
        assert_eq!(Heap::new(&program.objects).change(&program.acts[0]), Err("object 1 holds nothing at 4".into()));
    }

    #[test]
    fn types_are_told_apart() {
        let heap = Heap::new(&[]);
        for (expected, got, same) in [
            (Ref::Int(1.into()), Value::Int(1), true),
            (Ref::Int(1.into()), Value::Bool(true), false),
            (Ref::Int(1.into()), Value::Float(1.0), false),
            (Ref::Float(0.0), Value::Float(-0.0), false),
            (Ref::Text("a".into()), Value::text("a"), true),
            (Ref::Atom(Symbol::new("f")), Value::Atom(Symbol::new("g")), false),
            (Ref::None, Value::None, true),
        ] {
            assert_eq!(heap.beside().same(&expected, &got), same, "{expected:?} {got:?}");
        }
    }
}
