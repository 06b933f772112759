//! Function bodies that give one value after the other, as far as they are asked.
//!
//! A suspended body is no stack of its own: it is its frame, and for each construct around the place where it waits a note of how far
//! that had come ([`Paused`]). Going on means to walk down to that place again by those notes. So a body costs little while it
//! waits, is dropped like any value, may outlive a run, and can neither overflow nor leave anything half done.

use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use mimus_core::{Contents, Datum, Expr, Meaning, Object, Symbol, TAKES, Value};
use rustc_hash::FxHashMap;

use crate::Limited;
use crate::calc::{Calculated, Halt};
use crate::closure::FunctionCode;
use crate::cx::Cx;
use crate::frame::Frame;
use crate::operation::{Operation, not_learned};
use crate::signal::{Flow, Signal, limit};
use crate::wake::{Paused, Went};

/// Bodies that may wait at the same time.
const MOST: usize = 1_000_000;

/// What objects give that may be asked for more, by where they lie.
pub(crate) struct Lazies {
    all: FxHashMap<usize, (Weak<Object>, Gives)>,
    /// A body that nobody can ask any more was left inside of what something would have run after.
    left: bool,
    /// How many there may be before those are looked for that nobody can ask any more.
    enough: usize,
}

enum Gives {
    /// What is left of what is known already.
    Rest(VecDeque<Value>),
    /// What a body gives.
    Body(Box<Asleep>),
    /// It runs just now.
    Running,
    /// More was taken than the program can have meant.
    Unsure,
}

struct Asleep {
    code: Rc<FunctionCode>,
    frame: Rc<Frame>,
    /// The innermost construct first.
    paused: Vec<Paused>,
}

impl Asleep {
    /// Whether something would run after what it waits in.
    fn is_held(&self) -> bool {
        self.paused.iter().any(|note| matches!(note, Paused::Held))
    }
}

/// What asking gave.
pub(crate) enum Asked {
    Value(Value),
    /// There is no more; what it gave in the end.
    Over(Value),
}

/// How much of an operand an operation reads.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reads {
    /// It passes it on.
    Nothing,
    /// So many elements from the front.
    First(usize),
    All,
}

impl Default for Lazies {
    fn default() -> Self {
        Self { all: FxHashMap::default(), left: false, enough: 1024 }
    }
}

fn key(object: &Rc<Object>) -> usize {
    Rc::as_ptr(object) as usize
}

impl Lazies {
    /// The frame of what waits to be asked for more.
    pub(crate) fn frame(&self, object: &Rc<Object>) -> Option<&Rc<Frame>> {
        match &self.all.get(&key(object))?.1 {
            Gives::Body(asleep) => Some(&asleep.frame),
            _ => None,
        }
    }

    fn get(&self, value: &Value) -> Option<Rc<Object>> {
        match value {
            Value::Object(object) if self.all.contains_key(&key(object)) => Some(object.clone()),
            _ => None,
        }
    }

    /// Forgets what nobody can ask any more.
    fn tidy(&mut self) {
        let Self { all, left, .. } = self;
        all.retain(|_, (object, gives)| {
            let is_there = object.strong_count() > 0;
            *left |= !is_there && matches!(gives, Gives::Body(asleep) if asleep.is_held());
            is_there
        });
    }

    /// Whether a body was left since this was last asked that would have had something run at its end.
    pub(crate) fn was_left(&mut self) -> bool {
        self.tidy();
        std::mem::take(&mut self.left)
    }

    /// Which operands may be asked for more.
    fn among(&self, args: &[Value]) -> Vec<usize> {
        args.iter().enumerate().filter(|(_, arg)| self.get(arg).is_some()).map(|(i, _)| i).collect()
    }
}

impl Cx<'_> {
    /// Something of a class that gives what a body gives.
    pub(crate) fn lazy_body(&mut self, class: Symbol, code: Rc<FunctionCode>, frame: Rc<Frame>) -> Flow<Value> {
        self.grow(256 + 32 * code.size as usize)?;
        self.lazy(class, Gives::Body(Box::new(Asleep { code, frame, paused: Vec::new() })))
    }

    /// Something of a class that gives these, one after the other.
    pub(crate) fn lazy_values(&mut self, class: Symbol, values: Vec<Value>) -> Flow<Value> {
        self.lazy(class, Gives::Rest(values.into()))
    }

    fn lazy(&mut self, class: Symbol, gives: Gives) -> Flow<Value> {
        let lazies = &mut self.state.lazies;
        if lazies.all.len() >= lazies.enough {
            lazies.tidy();
            lazies.enough = (lazies.all.len() * 2).max(1024);
        }
        if lazies.all.len() >= MOST {
            return limit(Limited::Memory);
        }
        let object = Rc::new(Object { class, label: 0, delegates: None, body: Contents::Seq(Vec::new()).into() });
        // As long as it is noted here, nothing else can lie there.
        lazies.all.insert(key(&object), (Rc::downgrade(&object), gives));
        Ok(Value::Object(object))
    }

    /// The object, if it can be asked for one value after the other.
    #[inline]
    pub(crate) fn as_lazy(&self, value: &Value) -> Option<Rc<Object>> {
        if self.state.lazies.all.is_empty() { None } else { self.state.lazies.get(value) }
    }

    /// Whether an operand can be asked for more.
    #[inline]
    pub(crate) fn has_lazy(&self, args: &[Value]) -> bool {
        !self.state.lazies.all.is_empty() && args.iter().any(|arg| self.state.lazies.get(arg).is_some())
    }

    /// Asks for the next value.
    pub(crate) fn ask(&mut self, object: &Rc<Object>) -> Flow<Asked> {
        self.tick()?;
        let Some((_, gives)) = self.state.lazies.all.get_mut(&key(object)) else { return Ok(Asked::Over(Value::None)) };
        let unclear = |why: &str, cx: &Self| Err(Box::new(Signal::Unknown { at: cx.at.clone(), why: why.into() }));
        match std::mem::replace(gives, Gives::Running) {
            Gives::Rest(mut values) => match values.pop_front() {
                Some(value) => {
                    *gives = Gives::Rest(values);
                    Ok(Asked::Value(value))
                }
                None => {
                    self.state.lazies.all.remove(&key(object));
                    Ok(Asked::Over(Value::None))
                }
            },
            Gives::Body(asleep) => self.wake(object, asleep),
            Gives::Running => unclear("this is asked for more while it runs", self),
            Gives::Unsure => {
                *gives = Gives::Unsure;
                unclear("how much of this was taken before is not known", self)
            }
        }
    }

    /// Goes on with a body until it gives something or ends.
    fn wake(&mut self, object: &Rc<Object>, mut asleep: Box<Asleep>) -> Flow<Asked> {
        let code = asleep.code.clone();
        let frame = asleep.frame.clone();
        let at = self.at.clone();
        let went = self.enter().and_then(|()| {
            self.frames.push(frame.clone());
            let went = code.body.proceed(&mut asleep.paused, self, &frame);
            self.frames.pop();
            self.leave();
            went
        });
        self.at = at;
        if let Ok(Went::Gave(value)) = went {
            if let Some((_, gives)) = self.state.lazies.all.get_mut(&key(object)) {
                *gives = Gives::Body(asleep);
            }
            return Ok(Asked::Value(value));
        }
        self.state.lazies.all.remove(&key(object));
        match went {
            Ok(Went::Gave(value) | Went::Ended(value)) => Ok(Asked::Over(if code.gives { value } else { Value::None })),
            Err(signal) => match *signal {
                Signal::Jump(kind, value, _) if Some(kind) == code.result => Ok(Asked::Over(value)),
                other => Err(Box::new(other)),
            },
        }
    }

    /// Asks for values until there are so many or no more.
    pub(crate) fn ask_for(&mut self, object: &Rc<Object>, most: usize) -> Flow<Vec<Value>> {
        let mut values = Vec::new();
        while values.len() < most
            && let Asked::Value(value) = self.ask(object)?
        {
            self.grow(24)?;
            values.push(value);
        }
        Ok(values)
    }

    /// Runs an operation on operands some of which can be asked for more: it gets what it reads of them.
    #[cold]
    pub(crate) fn run_on_lazy(&mut self, operation: &Operation, args: &[Value], names: &[Symbol]) -> Calculated {
        let mut args = args.to_vec();
        for i in self.state.lazies.among(&args) {
            let Some(object) = self.state.lazies.get(&args[i]) else { continue };
            let taken = match operation.reads(i, args.len(), object.class) {
                // What is all there already is as good as any other sequence.
                None if self.state.lazies.frame(&object).is_none() => self.ask_quietly(operation.key, &object)?,
                None => {
                    let classes: Vec<Symbol> = args.iter().map(Value::class).collect();
                    let why = not_learned(operation.key, &classes, Some(operation));
                    return Err(Halt::Signal(Box::new(Signal::Unknown { at: self.at.clone(), why })));
                }
                Some(reads) => match (self.takes(operation.key), reads) {
                    (Some(0), _) | (None, Reads::Nothing) => continue,
                    (Some(count), _) | (None, Reads::First(count)) => self.ask_for(&object, count)?,
                    (None, Reads::All) => self.ask_quietly(operation.key, &object)?,
                },
            };
            args[i] = Value::object(object.class, Contents::Seq(taken));
        }
        operation.run_plain(&args, names, self)
    }

    /// How many values an operation was seen to take, if that is always the same.
    fn takes(&mut self, key: Symbol) -> Option<usize> {
        let at = self.at.clone();
        let number = self.state.table_number(Symbol::new(TAKES));
        let known = self.learned_by_number(number, &[Value::Atom(key)]);
        self.at = at;
        match known {
            Ok(Value::Bool(true)) => Some(usize::MAX),
            Ok(Value::Int(count)) => usize::try_from(count).ok(),
            _ => None,
        }
    }

    /// Asks for all values on behalf of an operation that may not need them all: right as long as nothing else can be seen of it.
    fn ask_quietly(&mut self, key: Symbol, object: &Rc<Object>) -> Flow<Vec<Value>> {
        let is_known = self.state.lazies.frame(object).is_none();
        let before = self.effects();
        let values = self.ask_for(object, usize::MAX);
        let is_error = values.as_ref().is_err_and(|signal| signal.is_of_the_program());
        if !is_known && (is_error || self.effects() != before) {
            let why = format!("how much `{key}` takes of what does something each time it is asked was not learned");
            return Err(Box::new(Signal::Unknown { at: self.at.clone(), why }));
        }
        if Rc::strong_count(object) > 2 {
            self.state.lazies.all.insert(self::key(object), (Rc::downgrade(object), Gives::Unsure));
        }
        values
    }
}

impl Operation {
    /// How much of an operand of this class it reads; nothing if it was not learned for such.
    fn reads(&self, i: usize, operands: usize, class: Symbol) -> Option<Reads> {
        let fits = |takes: &[mimus_knowledge::Pattern]| takes.len() == operands && takes[i].class == Some(class);
        let overloads =
            self.entries.iter().map(|entry| &entry.overload).filter(|overload| fits(&overload.takes) && !overload.bars());
        let reads = overloads.filter_map(|overload| {
            let meaning = &overload.meanings.first()?.meaning;
            // Which overload it is depends on what there is, as far as it is taken.
            let least = if overload.takes[i].elements.is_some() { Reads::First(1) } else { Reads::Nothing };
            Some(least.max(read_by(meaning, i)))
        });
        reads.max()
    }
}

/// How much of an operand a meaning reads.
fn read_by(meaning: &Meaning, operand: usize) -> Reads {
    let Meaning::Formula(formula) = meaning else { return Reads::All };
    let undefined = formula.undefined.as_ref().map(|raise| &raise.text);
    // What only gives it back reads nothing.
    let read = |expr: &Expr| if *expr == Expr::Arg(operand as u8) { Reads::Nothing } else { read_of(expr, operand) };
    formula.exprs().chain(undefined).map(read).max().unwrap_or(Reads::Nothing)
}

/// How much of an operand an expression reads.
fn read_of(expr: &Expr, operand: usize) -> Reads {
    match expr {
        Expr::Arg(i) if *i as usize == operand => Reads::All,
        Expr::Prim(id, args) if id.get().name == "at" => match args.as_slice() {
            [Expr::Arg(i), Expr::Const(Datum::Int(at))] if *i as usize == operand => {
                usize::try_from(at).map_or(Reads::All, |at| Reads::First(at + 1))
            }
            _ => expr.parts().map(|part| read_of(part, operand)).max().unwrap_or(Reads::Nothing),
        },
        _ => expr.parts().map(|part| read_of(part, operand)).max().unwrap_or(Reads::Nothing),
    }
}
