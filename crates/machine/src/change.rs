//! New contents for an operand, made in place where the expression only says what is different.

use std::rc::Rc;

use mimus_core::{Contents, Expr, Object, PrimId, Symbol, Value};

use crate::calc::{Calc, Halt};
use crate::cx::Cx;

/// A compiled change of an operand.
pub(crate) enum Change {
    /// Whole new contents.
    All(Calc),
    /// One edit, with its operands, and the whole new contents for where the edit cannot be made in place.
    Edit(Edit, Box<[Calc]>, Calc),
}

/// What can be done in place.
#[derive(Clone, Copy)]
pub(crate) enum Edit {
    Push,
    Extend,
    PutAt,
    DropAt,
    InsertAt,
    Keep,
    PutKey,
    DropKey,
    PutIn,
    TakeOut,
    PutField,
}

/// A change with its operands computed, to be made.
pub(crate) enum Due {
    All(Value),
    Edit(Edit, [Value; 2]),
}

impl Change {
    /// Compiles a change of the operand `on`.
    pub(crate) fn of(on: usize, expr: &Expr, table: &mut dyn FnMut(Symbol) -> u32) -> Self {
        let whole = Calc::of(expr, table);
        let Expr::Prim(id, args) = expr else { return Self::All(whole) };
        if !matches!(args.first(), Some(Expr::Arg(i)) if *i as usize == on) {
            return Self::All(whole);
        }
        let (edit, operands): (Edit, &[Expr]) = match (id.get().name, &args[1..]) {
            ("cat", [Expr::Prim(single, one)]) if is(*single, "single") => (Edit::Push, one),
            ("cat", other) => (Edit::Extend, other),
            ("push", one) => (Edit::Push, one),
            ("put_at", two) => (Edit::PutAt, two),
            ("drop_at", one) => (Edit::DropAt, one),
            ("insert_at", two) => (Edit::InsertAt, two),
            ("slice", [Expr::Const(zero), end]) if *zero == mimus_core::Datum::int(0) => (Edit::Keep, std::slice::from_ref(end)),
            ("put_key", two) => (Edit::PutKey, two),
            ("drop_key", one) => (Edit::DropKey, one),
            ("put_in", one) => (Edit::PutIn, one),
            ("take_out", one) => (Edit::TakeOut, one),
            ("put_field", two) => (Edit::PutField, two),
            _ => return Self::All(whole),
        };
        Self::Edit(edit, operands.iter().map(|e| Calc::of(e, table)).collect(), whole)
    }

    /// The position at which this puts the third operand, where that is all.
    pub(crate) fn position(&self) -> Option<&Calc> {
        match self {
            Self::Edit(Edit::PutAt, operands, _) => match &**operands {
                [position, Calc::Arg(2)] => Some(position),
                _ => None,
            },
            _ => None,
        }
    }

    /// Computes what is to be done to `object`, and does it: where nothing else can fail in between.
    pub(crate) fn make(&self, object: &Rc<Object>, args: &[Value], classes: &[Symbol], cx: &mut Cx<'_>) -> Result<(), Halt> {
        let due = match self {
            Self::All(whole) => Due::All(whole.run(args, cx)?),
            Self::Edit(edit, operands, whole) => {
                let mut values = [Value::None, Value::None];
                for (value, operand) in values.iter_mut().zip(operands) {
                    *value = operand.run(args, cx)?;
                }
                if edit.make_plain(object, &mut values, cx)? {
                    return Ok(());
                }
                match edit.fits(object, &values) {
                    Some(true) => Due::Edit(*edit, values),
                    Some(false) => return Err(Halt::Undefined),
                    None => Due::All(whole.run(args, cx)?),
                }
            }
        };
        cx.grow(due.growth())?;
        if due.named(classes).make(object) { Ok(()) } else { Err(Halt::Undefined) }
    }

    /// Computes what is to be done to `object`; changes nothing yet.
    pub(crate) fn due(&self, object: &Rc<Object>, args: &[Value], cx: &mut Cx<'_>) -> Result<Due, Halt> {
        match self {
            Self::All(whole) => whole.run(args, cx).map(Due::All),
            Self::Edit(edit, operands, whole) => {
                let mut values = [Value::None, Value::None];
                for (value, operand) in values.iter_mut().zip(operands) {
                    *value = operand.run(args, cx)?;
                }
                match edit.fits(object, &values) {
                    Some(true) => Ok(Due::Edit(*edit, values)),
                    Some(false) => Err(Halt::Undefined),
                    None => whole.run(args, cx).map(Due::All),
                }
            }
        }
    }
}

fn is(id: PrimId, name: &str) -> bool {
    id.get().name == name
}

fn position(value: &Value) -> Option<usize> {
    match value {
        Value::Int(i) => usize::try_from(*i).ok(),
        _ => None,
    }
}

/// Numbers are found across their kinds, so a number that is not there in its own form may be there in another.
fn has_forms(key: &Value) -> bool {
    matches!(key, Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_))
}

/// Puts a value at a position of a sequence; gives it back where that cannot be done at once.
pub(crate) fn put(object: &Rc<Object>, at: i64, value: Value) -> Result<(), Value> {
    if is_nameless(&value) {
        return Err(value);
    }
    let class = value.class();
    let gone = match &mut *object.body.borrow_mut() {
        Contents::Seq(items) => match usize::try_from(at).ok().and_then(|at| items.get_mut(at)) {
            Some(item) => std::mem::replace(item, value),
            None => return Err(value),
        },
        _ => return Err(value),
    };
    crate::kinds::changed(object, Some(Some(class)));
    // What was there is dropped after the borrow has ended.
    drop(gone);
    Ok(())
}

/// Whether a primitive has just made this: it has no class yet.
pub(crate) fn is_nameless(value: &Value) -> bool {
    // The neutral class is the empty text.
    matches!(value, Value::Object(o) if o.class.as_str().is_empty())
}

/// Whether a number is in a set in any form: asks the primitive.
fn there(object: &Rc<Object>, key: &Value) -> bool {
    let answer = PrimId::by_name("is_in").and_then(|id| (id.get().run)(&[Value::Object(object.clone()), key.clone()]));
    matches!(answer, Some(Value::Bool(true)))
}

impl Edit {
    /// `Some(true)`: it can be made in place; `Some(false)`: it is undefined; `None`: the whole contents must be computed.
    fn fits(self, object: &Rc<Object>, values: &[Value; 2]) -> Option<bool> {
        let body = object.body.borrow();
        match (self, &*body) {
            (Self::Push, Contents::Seq(_)) => Some(true),
            // The edit would need the other's contents while its own are being changed.
            (Self::Extend, Contents::Seq(items)) => match &values[0] {
                Value::Object(other) if !Rc::ptr_eq(other, object) => match &*other.body.borrow() {
                    Contents::Seq(more) => (items.len() + more.len() <= mimus_core::size_limit()).then_some(true),
                    _ => None,
                },
                _ => None,
            },
            (Self::PutAt | Self::DropAt, Contents::Seq(items)) => Some(position(&values[0])? < items.len()),
            (Self::InsertAt | Self::Keep, Contents::Seq(items)) => Some(position(&values[0])? <= items.len()),
            (Self::PutKey, Contents::Map(entries)) => {
                let plain = !has_forms(&values[0]) || !mimus_core::has_other_form(entries, &values[0]);
                plain.then_some(true)
            }
            (Self::DropKey, Contents::Map(entries)) => match entries.contains_key(&values[0]) {
                true => Some(true),
                false if has_forms(&values[0]) => None,
                false => Some(false),
            },
            (Self::PutIn, Contents::Set(items)) => {
                let plain = items.contains(&values[0]) || !has_forms(&values[0]) || !there(object, &values[0]);
                plain.then_some(true)
            }
            (Self::TakeOut, Contents::Set(items)) => match items.contains(&values[0]) {
                true => Some(true),
                false if has_forms(&values[0]) => None,
                false => Some(false),
            },
            (Self::PutField, Contents::Record(_)) => matches!(values[0], Value::Text(_)).then_some(true),
            _ => None,
        }
    }

    /// The commonest edits at once, where what comes in needs no name. `false`: nothing was done.
    fn make_plain(self, object: &Rc<Object>, values: &mut [Value; 2], cx: &mut Cx<'_>) -> Result<bool, Halt> {
        let [a, b] = values;
        match self {
            Self::PutAt => {
                let Value::Int(at) = *a else { return Ok(false) };
                return Ok(match put(object, at, std::mem::replace(b, Value::None)) {
                    Ok(()) => true,
                    Err(value) => {
                        *b = value;
                        false
                    }
                });
            }
            Self::Push if !is_nameless(a) => {
                let class = a.class();
                match &mut *object.body.borrow_mut() {
                    Contents::Seq(items) => items.push(std::mem::replace(a, Value::None)),
                    _ => return Ok(false),
                }
                crate::kinds::changed(object, Some(Some(class)));
                cx.grow(24)?;
            }
            Self::PutKey if !is_nameless(b) => {
                let gone = match &mut *object.body.borrow_mut() {
                    Contents::Map(entries) => match entries.get_mut(a) {
                        Some(item) => std::mem::replace(item, std::mem::replace(b, Value::None)),
                        None => return Ok(false),
                    },
                    _ => return Ok(false),
                };
                crate::kinds::changed(object, None);
                drop(gone);
                cx.grow(64)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Whether the operand at this place becomes part of the contents.
    fn keeps(self, place: usize) -> bool {
        match self {
            Self::Push | Self::PutIn => place == 0,
            Self::PutAt | Self::InsertAt | Self::PutField => place == 1,
            Self::PutKey => true,
            Self::Extend | Self::DropAt | Self::Keep | Self::DropKey | Self::TakeOut => false,
        }
    }
}

impl Due {
    /// Gives classes to what primitives made without one: the contents are at depth 1.
    pub(crate) fn named(self, classes: &[Symbol]) -> Self {
        match self {
            Self::All(value) => Self::All(named(value, classes, 0)),
            Self::Edit(Edit::Extend, [other, none]) => Self::Edit(Edit::Extend, [named(other, classes, 0), none]),
            Self::Edit(edit, values) => {
                let mut place = 0;
                Self::Edit(
                    edit,
                    values.map(|value| {
                        place += 1;
                        if edit.keeps(place - 1) { named(value, classes, 1) } else { value }
                    }),
                )
            }
        }
    }

    /// Bytes by which the contents may grow, roughly.
    pub(crate) fn growth(&self) -> usize {
        match self {
            Self::All(Value::Object(new)) => 24 * new.body.borrow().len(),
            Self::Edit(Edit::Extend, [Value::Object(more), _]) => 24 * more.body.borrow().len(),
            Self::Edit(Edit::Push | Edit::InsertAt, _) => 24,
            Self::Edit(Edit::PutKey | Edit::PutIn | Edit::PutField, _) => 64,
            _ => 0,
        }
    }

    /// Makes the change. `false` when the new contents are none.
    pub(crate) fn make(self, object: &Rc<Object>) -> bool {
        let added = self.added();
        let made = self.make_here(object);
        crate::kinds::changed(object, added);
        made
    }

    /// The class of the one element that comes in, if at most one does.
    fn added(&self) -> Option<Option<Symbol>> {
        match self {
            Self::Edit(Edit::Push, [new, _]) | Self::Edit(Edit::PutAt | Edit::InsertAt, [_, new]) => Some(Some(new.class())),
            Self::Edit(Edit::DropAt | Edit::Keep, _) => Some(None),
            _ => None,
        }
    }

    fn make_here(self, object: &Rc<Object>) -> bool {
        let (edit, [a, b]) = match self {
            Self::All(Value::Object(new)) if Rc::ptr_eq(&new, object) => return true,
            Self::All(Value::Object(new)) => {
                let contents = match Rc::try_unwrap(new) {
                    Ok(own) => own.body.into_inner(),
                    Err(shared) => shared.body.borrow().clone(),
                };
                // What is replaced is dropped after the borrow has ended.
                let _old = object.body.replace(contents);
                return true;
            }
            Self::All(_) => return false,
            Self::Edit(edit, values) => (edit, values),
        };
        let more = match (&edit, &a) {
            (Edit::Extend, Value::Object(other)) => match &*other.body.borrow() {
                Contents::Seq(items) => items.clone(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let at = position(&a).unwrap_or(usize::MAX);
        let mut gone: Vec<Value> = Vec::new();
        match (edit, &mut *object.body.borrow_mut()) {
            (Edit::Push, Contents::Seq(items)) => items.push(a),
            (Edit::Extend, Contents::Seq(items)) => items.extend(more),
            (Edit::PutAt, Contents::Seq(items)) => {
                if let Some(item) = items.get_mut(at) {
                    gone.push(std::mem::replace(item, b));
                }
            }
            (Edit::DropAt, Contents::Seq(items)) if at < items.len() => gone.push(items.remove(at)),
            (Edit::InsertAt, Contents::Seq(items)) if at <= items.len() => items.insert(at, b),
            (Edit::Keep, Contents::Seq(items)) if at <= items.len() => gone.extend(items.drain(at..)),
            (Edit::PutKey, Contents::Map(entries)) => gone.extend(entries.insert(a, b)),
            (Edit::DropKey, Contents::Map(entries)) => gone.extend(entries.shift_remove(&a)),
            (Edit::PutIn, Contents::Set(items)) => {
                items.insert(a);
            }
            (Edit::TakeOut, Contents::Set(items)) => {
                items.shift_remove(&a);
            }
            (Edit::PutField, Contents::Record(fields)) => {
                if let Value::Text(name) = &a {
                    match fields.iter_mut().find(|(field, _)| field.as_str() == &**name) {
                        Some((_, old)) => gone.push(std::mem::replace(old, b)),
                        None => fields.push((Symbol::new(name), b)),
                    }
                }
            }
            _ => {}
        }
        true
    }
}

/// Gives a class to an object that a primitive has just made, and to those in it. Only what has no class is looked into.
pub(crate) fn named(value: Value, classes: &[Symbol], depth: usize) -> Value {
    let Value::Object(mut object) = value else { return value };
    let Some(class) = classes.get(depth) else { return Value::Object(object) };
    if object.class != Symbol::neutral() {
        return Value::Object(object);
    }
    if depth + 1 < classes.len() {
        name_inside(&mut object.body.borrow_mut(), classes, depth + 1);
    }
    match Rc::get_mut(&mut object) {
        Some(own) => own.class = *class,
        None => {
            let contents = object.body.borrow().clone();
            return Value::object(*class, contents);
        }
    }
    Value::Object(object)
}

fn name_inside(contents: &mut Contents, classes: &[Symbol], depth: usize) {
    let rename = |value: &mut Value| {
        if is_nameless(value) {
            *value = named(std::mem::replace(value, Value::None), classes, depth);
        }
    };
    match contents {
        Contents::Seq(items) => items.iter_mut().for_each(rename),
        Contents::Record(fields) => fields.iter_mut().for_each(|(_, value)| rename(value)),
        Contents::Map(entries) => {
            entries.values_mut().for_each(rename);
            if entries.keys().any(is_nameless) {
                *entries = std::mem::take(entries).into_iter().map(|(k, v)| (named(k, classes, depth), v)).collect();
            }
        }
        Contents::Set(items) => {
            if items.iter().any(is_nameless) {
                *items = std::mem::take(items).into_iter().map(|v| named(v, classes, depth)).collect();
            }
        }
        Contents::Range { .. } => {}
    }
}
