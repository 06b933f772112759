//! What operations do where an operand delegates: it takes what it lacks from others, functions among that.

use std::any::Any;
use std::rc::Rc;

use mimus_core::{Callable, Contents, Datum, Object, Symbol, Value};
use mimus_knowledge::{Does, Knowledge, Passed, View, Way};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use crate::calc::{Calculated, Halt};
use crate::closure::Closure;
use crate::collect::Args;
use crate::cx::Cx;
use crate::operation::Operation;
use crate::signal::{Flow, Signal, unknown};

/// Names that operations ask for by delegation.
pub(crate) struct Asked {
    names: FxHashSet<Symbol>,
    /// What they all begin and end with.
    ends: Option<(String, String)>,
}

impl Asked {
    pub(crate) fn new(knowledge: &Knowledge) -> Self {
        let name = |way: &Way| match &way.does {
            Does::Call { name, .. } | Does::Instead(name) | Does::Steps { name, .. } => Some(*name),
            Does::Make { begins, .. } => *begins,
            _ => None,
        };
        let names: FxHashSet<Symbol> = knowledge.ways.values().flatten().filter_map(name).collect();
        let ends = names.iter().next().map(|first| {
            let first = first.as_str();
            let all = |fits: &dyn Fn(&str) -> bool| names.iter().all(|name| fits(name.as_str()));
            let places = || first.char_indices().map(|(i, _)| i).chain([first.len()]);
            let front = places().filter(|i| all(&|name| name.starts_with(&first[..*i]))).max().unwrap_or_default();
            let back = places().filter(|i| all(&|name| name.ends_with(&first[*i..]))).min().unwrap_or(first.len());
            (first[..front].to_owned(), first[back..].to_owned())
        });
        Self { names, ends: ends.filter(|(front, back)| !front.is_empty() && !back.is_empty()) }
    }

    /// Whether a name looks like those that operations ask for.
    fn looks_so(&self, name: &str) -> bool {
        let fits = |(front, back): &(String, String)| {
            name.len() > front.len() + back.len() && name.starts_with(front.as_str()) && name.ends_with(back.as_str())
        };
        self.ends.as_ref().is_some_and(fits)
    }
}

/// Whether a field looks like what operations ask for, though none is known to: something may ask for it that was not learned.
pub(crate) fn is_strange(name: Symbol, value: &Value, cx: &Cx<'_>) -> bool {
    let asked = &cx.state.asked;
    let runs = |value: &Value| matches!(value, Value::Function(_));
    (runs(value) || element(value, 0).is_some_and(|inner| runs(&inner)))
        && asked.looks_so(name.as_str())
        && !asked.names.contains(&name)
}

/// Whether records were seen to delegate to a builtin thing.
pub(crate) fn may_take_from(builtin: &Value, cx: &Cx<'_>) -> bool {
    let Value::Atom(wanted) = builtin else { return true };
    let known = cx.state.knowledge.ways.get(&Symbol::new("own"));
    known.into_iter().flatten().any(|way| matches!(&way.does, Does::Gives(Datum::Atom(name)) if name == wanted))
}

/// A function of the program together with the value it was taken from, which becomes its first argument.
pub(crate) struct Taken {
    pub(crate) function: Value,
    pub(crate) of: Value,
    label: u32,
}

impl Callable for Taken {
    fn label(&self) -> u32 {
        self.label
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What a function value was taken from, and the function itself.
pub(crate) fn taken(value: &Value) -> Option<&Taken> {
    if let Value::Function(function) = value { function.as_any().downcast_ref() } else { None }
}

/// Calls a value.
pub(crate) fn call(callee: &Value, mut args: Args, cx: &mut Cx<'_>) -> Flow<Value> {
    let at = cx.at.clone();
    if let Some(taken) = taken(callee) {
        args.values.insert(0, taken.of.clone());
        return call(&taken.function, args, cx);
    }
    if let Value::Function(function) = callee
        && let Some(closure) = function.as_any().downcast_ref::<Closure>()
    {
        let result = closure.call(args, &at, cx);
        cx.at = at;
        return result;
    }
    if !args.names.is_empty() {
        return unknown(&at, "what this call gives was not learned");
    }
    match cx.apply_function(callee, &args.values) {
        Ok(value) => Ok(value),
        Err(Halt::Signal(signal)) => Err(signal),
        Err(Halt::Undefined) => unknown(&at, "what this call gives was not learned"),
    }
}

/// What a function gets that is called.
fn passed(passed: Passed, args: &[Value], cx: &mut Cx<'_>) -> Option<Value> {
    let (Passed::Operand(i) | Passed::Kind(i) | Passed::Beside(i, _)) = passed;
    let value = args.get(i)?;
    Some(match (passed, value) {
        (Passed::Operand(_), _) | (_, Value::None) => value.clone(),
        (Passed::Kind(_), _) => match value.delegates().and_then(|all| all.first()) {
            Some(first) => first.clone(),
            None => Value::Atom(value.class()),
        },
        (Passed::Beside(_, class), _) => {
            cx.state.labels += 1;
            Value::Opaque(class, cx.state.labels)
        }
    })
}

fn given(result: Flow<Value>) -> Calculated {
    result.map_err(Halt::Signal)
}

/// An own field of a record.
fn own(object: &Object, name: &str) -> Option<Value> {
    match &*object.body.borrow() {
        Contents::Record(fields) => fields.iter().find(|(field, _)| field.as_str() == name).map(|(_, value)| value.clone()),
        _ => None,
    }
}

pub(crate) fn field(value: &Value, name: &str) -> Option<Value> {
    if let Value::Object(object) = value { own(object, name) } else { None }
}

/// What the first of these has under a name that has it.
fn first(all: &[Value], name: &str) -> Option<Value> {
    all.iter().find_map(|holder| field(holder, name))
}

/// The function that delegates have under a name.
fn function(object: &Object, name: Symbol) -> Option<Value> {
    first(object.delegates.as_deref()?, name.as_str()).filter(|value| matches!(value, Value::Function(_)))
}

/// The elements of a sequence that is no list of the program's.
fn element(value: &Value, i: usize) -> Option<Value> {
    if let Value::Object(object) = value { object.body.borrow().get(i) } else { None }
}

/// A record and what delegates to it, if a value is such a pair.
fn pair(value: &Value) -> Option<(Value, Value)> {
    let (home, of) = (element(value, 0)?, element(value, 1)?);
    (home.delegates().is_some() && of.delegates().is_some()).then_some((home, of))
}

/// Whether delegation may have a say.
pub(crate) fn concerns(args: &[Value]) -> bool {
    args.is_empty()
        || args.iter().any(|value| matches!(value, Value::Object(object) if object.delegates.is_some() || pair(value).is_some()))
}

/// Gives the pair of a function and what it is taken from.
fn take(function: Value, of: &Value, cx: &mut Cx<'_>) -> Value {
    cx.state.labels += 1;
    Value::Function(Rc::new(Taken { function, of: of.clone(), label: cx.state.labels }))
}

/// What a view of a value that delegates hold gives.
fn view(value: &Value, view: View, of: &Value, cx: &mut Cx<'_>) -> Calculated {
    let (View::Run(i) | View::Give(i) | View::Take(i) | View::TakeFirst(i)) = view;
    let item = element(value, i).ok_or(Halt::Undefined)?;
    match view {
        View::Run(_) => given(call(&item, Args { values: SmallVec::from_iter([of.clone()]), ..Args::default() }, cx)),
        View::Give(_) => Ok(item),
        View::Take(_) => Ok(take(item, of, cx)),
        View::TakeFirst(_) => {
            let first = of.delegates().and_then(|all| all.first()).cloned().ok_or(Halt::Undefined)?;
            Ok(take(item, &first, cx))
        }
    }
}

fn text(args: &[Value], i: usize) -> Option<&str> {
    if let Some(Value::Text(text)) = args.get(i) { Some(text) } else { None }
}

impl Operation {
    /// What the operation does by delegation; nothing if no way can be gone.
    pub(crate) fn by_delegation(&self, args: &[Value], names: &[Symbol], cx: &mut Cx<'_>) -> Option<Calculated> {
        self.ways.iter().find_map(|way| self.go(way, args, names, cx).transpose())
    }

    fn go(&self, way: &Way, args: &[Value], names: &[Symbol], cx: &mut Cx<'_>) -> Result<Option<Value>, Halt> {
        if way.count.is_some_and(|count| count != args.len() || !names.is_empty()) {
            return Ok(None);
        }
        match &way.does {
            Does::Beyond if args.is_empty() => return Ok(beyond(way.class, cx)),
            Does::Instead(name) => return self.instead(way, *name, args, names, cx),
            Does::Within(field) => return self.within(way, *field, args, names, cx),
            _ => {}
        }
        let on = way.on.and_then(|on| args.get(on)).filter(|value| value.class() == way.class);
        let Some(Value::Object(object)) = on else { return Ok(None) };
        let on = &args[way.on.unwrap_or_default()];
        if let Does::ReadBeyond { key, views, joint } = &way.does {
            return read_beyond(on, text(args, *key), views, *joint, cx);
        }
        let Some(delegates) = &object.delegates else { return Ok(None) };
        let truth = |truth: bool| Ok(Some(Value::Bool(truth)));
        match &way.does {
            Does::Call { name, order, opposite, unless } => {
                let Some(function) = function(object, *name) else { return Ok(None) };
                let values = match order {
                    Some(order) => order.iter().filter_map(|passed| self::passed(*passed, args, cx)).collect(),
                    None => args.into(),
                };
                let result = call(&function, Args { values, names: names.into() }, cx)?;
                if matches!((unless, &result), (Some(Datum::Atom(unless)), Value::Atom(given)) if unless == given) {
                    return Ok(None);
                }
                Ok(Some(match (opposite, result) {
                    (true, Value::Bool(b)) => Value::Bool(!b),
                    (_, result) => result,
                }))
            }
            Does::Fill => Ok(fill(on, &args[1..], names, cx)?.then_some(Value::None)),
            Does::Make { builtin, .. } if *builtin != builtin_of(on).is_some() => Ok(None),
            Does::Make { begins, class, builtin } => {
                let mut all = vec![on.clone()];
                all.extend(delegates.iter().cloned());
                let new = Value::delegating(*class, vec![], all.clone().into());
                cx.grow(160)?;
                if *builtin && !fill(&new, &args[1..], names, cx)? && begins.is_none() {
                    return Ok(None);
                }
                let begins = begins.and_then(|begins| first(&all, begins.as_str()));
                match begins {
                    Some(function) => {
                        let values = std::iter::once(new.clone()).chain(args[1..].iter().cloned()).collect();
                        call(&function, Args { values, names: names.into() }, cx)?;
                    }
                    None if args.len() > 1 && !builtin => return Ok(None),
                    None => {}
                }
                Ok(Some(new))
            }
            Does::Read { key, or, takes, views } => {
                let Some(name) = text(args, *key) else { return Ok(None) };
                let own = own(object, name);
                let is_own = own.is_some();
                match own.or_else(|| first(delegates, name)) {
                    Some(value) => read(on, value, is_own, *takes, views, cx).map(Some),
                    None => match or {
                        Some(or) => Ok(args.get(*or).cloned()),
                        None => self.lacks(way, on, name, cx),
                    },
                }
            }
            Does::Has(key) => match text(args, *key) {
                Some(name) => truth(own(object, name).is_some() || first(delegates, name).is_some()),
                None => Ok(None),
            },
            Does::Write { key, value, views } => {
                let (Some(name), Some(value)) = (text(args, *key), args.get(*value)) else { return Ok(None) };
                if let Some(held) = first(delegates, name)
                    && let Some((_, i)) = views.iter().find(|(class, _)| *class == held.class())
                {
                    let Some(function @ Value::Function(_)) = element(&held, *i) else { return Ok(None) };
                    let values = SmallVec::from_iter([on.clone(), value.clone()]);
                    return Ok(Some(call(&function, Args { values, ..Args::default() }, cx)?));
                }
                cx.grow(40)?;
                if let Contents::Record(fields) = &mut *object.body.borrow_mut() {
                    match fields.iter_mut().find(|(field, _)| field.as_str() == name) {
                        Some((_, old)) => *old = value.clone(),
                        None => fields.push((Symbol::new(name), value.clone())),
                    }
                }
                Ok(Some(Value::None))
            }
            Does::Drop(key) => {
                let Some(name) = text(args, *key) else { return Ok(None) };
                let Contents::Record(fields) = &mut *object.body.borrow_mut() else { return Ok(None) };
                let Some(at) = fields.iter().position(|(field, _)| field.as_str() == name) else { return Ok(None) };
                fields.remove(at);
                Ok(Some(Value::None))
            }
            Does::First => Ok(delegates.first().cloned()),
            Does::Reaches(i) => {
                let Some(wanted) = args.get(*i) else { return Ok(None) };
                match (reaches(on, wanted), builtin_of(on)) {
                    (Some(reached), _) => truth(reached),
                    // Which builtin things take errors of which is known.
                    (None, Some(builtin)) => {
                        let number = cx.state.table_number(Symbol::new("catches"));
                        let Some(catches) = cx.state.operations().get(number as usize).cloned() else { return Ok(None) };
                        catches.run(&[wanted.clone(), Value::error(builtin, "")], &[], cx).map(Some)
                    }
                    (None, None) => Ok(None),
                }
            }
            Does::Same(i, is) => match args.get(*i) {
                Some(other) => truth(on.is_same(other) == *is),
                None => Ok(None),
            },
            Does::Gives(datum) => Ok(Some(Value::from_datum(datum))),
            Does::Steps { name, until, class } => {
                let Some(function) = function(object, *name) else { return Ok(None) };
                let mut items = vec![];
                while let Some(value) = step(&function, on, *until, cx)? {
                    cx.tick()?;
                    cx.grow(24)?;
                    items.push(value);
                }
                let mut others = args.to_vec();
                others[way.on.unwrap_or_default()] = Value::object(*class, Contents::Seq(items));
                self.run(&others, names, cx).map(Some)
            }
            Does::Instead(_) | Does::Within(_) | Does::Beyond | Does::ReadBeyond { .. } => Ok(None),
        }
    }

    /// Works on what operands give instead of the operands themselves.
    fn instead(&self, way: &Way, name: Symbol, args: &[Value], names: &[Symbol], cx: &mut Cx<'_>) -> Result<Option<Value>, Halt> {
        let function = |value: &Value| match value {
            Value::Object(object) if object.class == way.class => function(object, name),
            _ => None,
        };
        if !args.iter().any(|value| function(value).is_some()) {
            return Ok(None);
        }
        let mut others = args.to_vec();
        for value in &mut others {
            if let Some(function) = function(value) {
                let values = SmallVec::from_iter([value.clone()]);
                *value = call(&function, Args { values, ..Args::default() }, cx)?;
            }
        }
        // What gives itself stays as it is: another way may take it.
        if args.iter().zip(&others).all(|(a, b)| function(a).is_none() || a.is_same(b)) {
            return Ok(None);
        }
        self.run(&others, names, cx).map(Some)
    }

    /// Works on own fields instead of the operands themselves.
    fn within(&self, way: &Way, name: Symbol, args: &[Value], names: &[Symbol], cx: &mut Cx<'_>) -> Result<Option<Value>, Halt> {
        let held = |value: &Value| match value {
            Value::Object(object) if object.class == way.class && object.delegates.is_some() => own(object, name.as_str()),
            _ => None,
        };
        if !args.iter().any(|value| held(value).is_some()) {
            return Ok(None);
        }
        let others: Vec<Value> = args.iter().map(|value| held(value).unwrap_or_else(|| value.clone())).collect();
        self.run(&others, names, cx).map(Some)
    }

    /// What reading a field gives that is not there.
    fn lacks(&self, way: &Way, on: &Value, name: &str, cx: &mut Cx<'_>) -> Result<Option<Value>, Halt> {
        // All records may have what looks so without any field that shows it.
        if cx.state.asked.looks_so(name) {
            return Ok(None);
        }
        let number = cx.state.table_number(Symbol::new(&format!("lacks {}", way.class)));
        let Some(operation) = cx.state.operations().get(number as usize).cloned() else { return Ok(None) };
        match called(on, cx) {
            Some(called) if !operation.entries.is_empty() => operation.run(&[called, Value::text(name)], &[], cx).map(Some),
            _ => Ok(None),
        }
    }

    /// What walks through a value, one element at a time: the value that is asked for them, the function that is called and the
    /// class of error that ends it.
    pub(crate) fn walker(&self, value: &Value, cx: &mut Cx<'_>) -> Flow<(Value, Option<(Value, Symbol)>)> {
        let mut value = value.clone();
        // What gives another thing to walk through may do so a few times.
        for _ in 0..8 {
            let Value::Object(object) = &value else { break };
            if object.delegates.is_none() {
                break;
            }
            let ways = || self.ways.iter().filter(|way| way.class == object.class);
            let mut next = None;
            for way in ways() {
                if let Does::Instead(name) = way.does
                    && let Some(function) = function(object, name)
                {
                    let values = SmallVec::from_iter([value.clone()]);
                    next = Some(call(&function, Args { values, ..Args::default() }, cx)?);
                    break;
                }
            }
            match next {
                Some(next) if !next.is_same(&value) => value = next,
                _ => {
                    let steps = ways().find_map(|way| match way.does {
                        Does::Steps { name, until, .. } => Some((function(object, name)?, until)),
                        _ => None,
                    });
                    return Ok((value.clone(), steps));
                }
            }
        }
        Ok((value, None))
    }
}

/// The next element, until the error comes that says that there is none.
pub(crate) fn step(function: &Value, of: &Value, class: Symbol, cx: &mut Cx<'_>) -> Flow<Option<Value>> {
    let values = SmallVec::from_iter([of.clone()]);
    match call(function, Args { values, ..Args::default() }, cx) {
        Ok(value) => Ok(Some(value)),
        Err(signal) => match *signal {
            Signal::Raise(error) if error.class() == class => Ok(None),
            other => Err(Box::new(other)),
        },
    }
}

fn read(of: &Value, value: Value, is_own: bool, takes: bool, views: &[(Symbol, View)], cx: &mut Cx<'_>) -> Calculated {
    if !is_own || !takes {
        if matches!(value, Value::Object(_))
            && let Some((_, seen)) = views.iter().find(|(class, _)| *class == value.class())
        {
            return view(&value, *seen, of, cx);
        }
        let is_free = matches!(&value, Value::Function(f) if f.as_any().is::<Closure>());
        if takes && is_free {
            return Ok(take(value, of, cx));
        }
    }
    Ok(value)
}

/// The builtin thing that something delegates to.
fn builtin_of(value: &Value) -> Option<Symbol> {
    value.delegates()?.iter().find_map(builtin_name)
}

fn builtin_name(value: &Value) -> Option<Symbol> {
    if let Value::Atom(name) = value { Some(*name) } else { None }
}

/// Gives a record the fields of what its builtin delegate makes of operands; says whether that is known.
fn fill(of: &Value, args: &[Value], names: &[Symbol], cx: &mut Cx<'_>) -> Flow<bool> {
    let (Some(builtin), Value::Object(object)) = (builtin_of(of), of) else { return Ok(false) };
    let number = cx.state.atom_number(builtin);
    let Some(operation) = cx.state.operations().get(number as usize).cloned() else { return Ok(false) };
    let made = match operation.run(args, names, cx) {
        Ok(Value::Object(made)) => made,
        Err(Halt::Signal(signal)) if signal.is_of_the_program() => return Err(signal),
        _ => return Ok(false),
    };
    let Contents::Record(made) = &*made.body.borrow() else { return Ok(false) };
    let Contents::Record(fields) = &mut *object.body.borrow_mut() else { return Ok(false) };
    for (name, value) in made {
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, old)) => *old = value.clone(),
            None => fields.push((*name, value.clone())),
        }
    }
    Ok(true)
}

/// What a record made of a frame is called, or the first such thing that something delegates to.
pub(crate) fn called(of: &Value, cx: &Cx<'_>) -> Option<Value> {
    let named = cx.state.named?;
    match of.class() == named.class {
        true => field(of, named.field.as_str()),
        false => field(of.delegates()?.first()?, named.field.as_str()),
    }
}

fn read_beyond(
    on: &Value,
    name: Option<&str>,
    views: &[(Symbol, View)],
    joint: Option<Symbol>,
    cx: &mut Cx<'_>,
) -> Result<Option<Value>, Halt> {
    let (Some((home, of)), Some(name)) = (pair(on), name) else { return Ok(None) };
    let mut chain = vec![of.clone()];
    chain.extend(of.delegates().into_iter().flat_map(|all| all.iter().cloned()));
    let Some(at) = chain.iter().position(|value| value.is_same(&home)) else { return Ok(None) };
    match first(&chain[at + 1..], name) {
        Some(value) => read(&of, value, false, true, views, cx).map(Some),
        None => {
            let holder = chain[at + 1..].iter().find_map(builtin_name);
            let joined = holder.zip(joint).map(|(holder, joint)| Symbol::new(&format!("{holder}{joint}{name}")));
            Ok(joined.map(|joined| Value::Bound(Rc::new((joined, of)))))
        }
    }
}

/// What the running function belongs to, and its first argument.
fn beyond(class: Symbol, cx: &Cx<'_>) -> Option<Value> {
    let mut frame = cx.frames.last()?.clone();
    loop {
        let up = frame.up()?.clone();
        if let Some(home) = up.home.get() {
            return Some(Value::object(class, Contents::Seq(vec![home.clone(), frame.first()?])));
        }
        frame = up;
    }
}

/// Whether something is this or an element of it, or delegates to such; not known where a builtin thing is asked for.
fn reaches(of: &Value, wanted: &Value) -> Option<bool> {
    let same = |a: &Value, b: &Value| a.is_same(b) || builtin_name(a).is_some_and(|name| builtin_name(b) == Some(name));
    let is = |wanted: &Value| same(of, wanted) || of.delegates().is_some_and(|all| all.iter().any(|v| same(v, wanted)));
    let wanted: Vec<Value> = match wanted {
        Value::Object(object) if object.delegates.is_none() => {
            let count = object.body.borrow().len();
            (0..count).map(|i| element(wanted, i)).collect::<Option<_>>()?
        }
        one => vec![one.clone()],
    };
    match wanted.iter().any(is) {
        true => Some(true),
        false if wanted.iter().all(|v| v.delegates().is_some()) => Some(false),
        false => None,
    }
}
