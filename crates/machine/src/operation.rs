//! Learned operations: chosen by the classes of their operands, compiled once an overload.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use mimus_core::linear::{Function, Given};
use mimus_core::{Contents, Expr, Formula, Meaning, Raise, Symbol, Value};
use mimus_knowledge::{Overload, Pattern, Way};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::calc::{Calc, Calculated, Halt, WithInt};
use crate::change::{Change, Due, is_nameless, named};
use crate::cx::Cx;
use crate::quick::Got;
use crate::signal::{Flow, Signal};
use crate::{Limited, delegate};

/// An operation as the machine holds it.
pub(crate) struct Operation {
    pub(crate) key: Symbol,
    pub(crate) entries: Vec<Entry>,
    /// What it does where operands delegate.
    pub(crate) ways: Vec<Way>,
    /// What was chosen for the classes met before.
    chosen: RefCell<FxHashMap<Tags, Pick>>,
}

/// One overload.
pub(crate) struct Entry {
    pub(crate) overload: Overload,
    by_elements: bool,
    packs: bool,
    body: OnceCell<Body>,
    /// How often it ran in this run.
    pub(crate) count: Cell<u64>,
    /// Where it ran first in this run.
    pub(crate) at: Cell<(usize, usize)>,
}

struct Body {
    does: Does,
    fast: Option<Function>,
    pure: bool,
    at_once: AtOnce,
}

/// What can be done without operands being put together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AtOnce {
    Nothing,
    /// Gives the element of the first operand at a position that the second says.
    Element,
    /// Puts the third operand there.
    Put,
    /// Gives what the first operand holds, which the second may say something about.
    Copy,
}

enum Does {
    Rote {
        on: usize,
        rows: FxHashMap<Value, Calc>,
    },
    /// A result and nothing else.
    Gives(Calc),
    Formula(Box<Compiled>),
}

struct Compiled {
    guards: Vec<(Calc, Error)>,
    undefined: Option<Error>,
    result: Calc,
    classes: Vec<Symbol>,
    changes: Vec<(usize, Change)>,
    output: Option<Calc>,
}

struct Error {
    class: Symbol,
    text: Calc,
}

/// Classes of operands, as numbers that cost nothing to find.
type Tags = [usize; 4];

#[derive(Clone, Copy)]
enum Pick {
    /// Always this overload.
    One(u32),
    /// Overloads differ by the classes of elements: each call must look.
    Look,
    /// None takes these classes.
    Nothing,
}

/// A place in the program that uses an operation.
pub(crate) struct Site {
    pub(crate) operation: Rc<Operation>,
    pub(crate) at: Range<usize>,
    last: Cell<(Tags, Pick)>,
    /// The tags of the first operand and the third for which an overload does its work at once, and its number.
    at_once: Cell<(usize, usize, u32)>,
    ints: OnceCell<Option<u32>>,
    truth: OnceCell<Option<u32>>,
}

/// The tag of integers.
const INT: usize = 3;

#[inline]
fn tag(value: &Value) -> usize {
    match value {
        Value::None => 1,
        Value::Bool(_) => 2,
        Value::Int(_) | Value::Big(_) => INT,
        Value::Float(_) => 4,
        Value::Text(_) => 5,
        Value::Bytes(_) => 6,
        Value::Atom(_) => 7,
        Value::Bound(_) => 8,
        Value::Function(_) => 9,
        // Interned texts lie at addresses of their own, but for the empty one, which lies nowhere: at 1.
        Value::Object(object) => object.class.as_str().as_ptr() as usize + 16,
        Value::Opaque(class, _) => class.as_str().as_ptr() as usize + 16,
    }
}

fn tags(args: &[Value]) -> Option<Tags> {
    let mut tags = [0; 4];
    if args.len() > tags.len() {
        return None;
    }
    tags.iter_mut().zip(args).for_each(|(tag_of, value)| *tag_of = tag(value));
    Some(tags)
}

/// Says that an operation is not known for operands of these classes, and for which it is.
pub(crate) fn not_learned(key: Symbol, classes: &[Symbol], operation: Option<&Operation>) -> String {
    let list = |items: &mut dyn Iterator<Item = String>| items.collect::<Vec<_>>().join(", ");
    let mut why = format!("`{key}` was not learned for ({})", list(&mut classes.iter().map(|c| format!("{c}"))));
    let likeness = |entry: &&Entry| {
        let takes = &entry.overload.takes;
        let same = takes.iter().zip(classes).filter(|(pattern, class)| pattern.class == Some(**class)).count();
        (takes.len() == classes.len(), same, std::cmp::Reverse(takes.len()))
    };
    if let Some(near) = operation.and_then(|o| o.entries.iter().filter(|e| !e.overload.bars()).max_by_key(likeness)) {
        why += &format!("; the nearest known is ({})", list(&mut near.overload.takes.iter().map(Pattern::to_string)));
    }
    why
}

impl Operation {
    pub(crate) fn new(key: Symbol, overloads: &[Overload], ways: &[Way]) -> Self {
        let entry = |overload: &Overload| Entry {
            overload: overload.clone(),
            by_elements: overload.takes.iter().any(|pattern| pattern.elements.is_some()),
            packs: overload.takes.iter().any(Pattern::is_several),
            body: OnceCell::new(),
            count: Cell::new(0),
            at: Cell::new((0, 0)),
        };
        // An overload that nothing explains cannot run; a wider one may, unless it is the one that says where that does not hold.
        let entries = overloads.iter().filter(|overload| !overload.meanings.is_empty() || overload.bars()).map(entry).collect();
        Self { key, entries, ways: ways.to_vec(), chosen: RefCell::default() }
    }

    fn pick(&self, args: &[Value]) -> Pick {
        for (i, entry) in self.entries.iter().enumerate() {
            if entry.overload.takes(args, &[], Pattern::fits_class) {
                return match entry.overload.bars() {
                    true => Pick::Nothing,
                    false if entry.by_elements => Pick::Look,
                    false => Pick::One(i as u32),
                };
            }
        }
        // What is only handed on may be anything.
        match self.entries.iter().position(|entry| entry.hands_on(args)) {
            Some(i) => Pick::One(i as u32),
            None => Pick::Nothing,
        }
    }

    fn pick_by_tags(&self, tags: Tags, args: &[Value]) -> Pick {
        if let Some(pick) = self.chosen.borrow().get(&tags) {
            return *pick;
        }
        let pick = self.pick(args);
        self.chosen.borrow_mut().insert(tags, pick);
        pick
    }

    fn look(&self, args: &[Value], names: &[Symbol]) -> Option<&Entry> {
        let fitting = self.entries.iter().find(|entry| entry.overload.takes(args, names, crate::kinds::fits));
        fitting.filter(|entry| !entry.overload.bars())
    }

    /// The overload for operands, the last of which have these names.
    fn choose(&self, args: &[Value], names: &[Symbol]) -> Option<&Entry> {
        if !names.is_empty() {
            return self.look(args, names);
        }
        let pick = match tags(args) {
            Some(tags) => self.pick_by_tags(tags, args),
            None => Pick::Look,
        };
        self.picked(pick, args)
    }

    fn picked(&self, pick: Pick, args: &[Value]) -> Option<&Entry> {
        match pick {
            Pick::One(i) => self.entries.get(i as usize),
            Pick::Look => self.look(args, &[]),
            Pick::Nothing => None,
        }
    }

    /// Whether all that it may do for these operands is computing.
    pub(crate) fn is_pure(&self, args: &[Value]) -> bool {
        self.choose(args, &[]).and_then(|entry| entry.body.get()).is_some_and(|body| body.pure)
    }

    fn unknown(&self, args: &[Value], at: &Range<usize>) -> Halt {
        let classes: Vec<Symbol> = args.iter().map(Value::class).collect();
        Halt::Signal(Box::new(Signal::Unknown { at: at.clone(), why: not_learned(self.key, &classes, Some(self)) }))
    }

    /// Runs it on operands, the last of which have these names.
    pub(crate) fn run(&self, args: &[Value], names: &[Symbol], cx: &mut Cx<'_>) -> Calculated {
        if !self.ways.is_empty()
            && delegate::concerns(args)
            && let Some(done) = self.by_delegation(args, names, cx)
        {
            return done;
        }
        if cx.has_lazy(args) { cx.run_on_lazy(self, args, names) } else { self.run_plain(args, names, cx) }
    }

    /// The same for operands that are all there.
    pub(crate) fn run_plain(&self, args: &[Value], names: &[Symbol], cx: &mut Cx<'_>) -> Calculated {
        match self.choose(args, names) {
            Some(entry) => entry.run(self, args, names, cx),
            None => Err(self.unknown(args, &cx.at.clone())),
        }
    }
}

impl Body {
    /// The position that is looked at or changed at once.
    #[inline]
    fn position(&self, wanted: AtOnce) -> Option<&Calc> {
        match (&self.does, wanted) {
            _ if self.at_once != wanted => None,
            (Does::Gives(result), AtOnce::Element) => result.position(),
            (Does::Formula(formula), AtOnce::Element) => formula.result.position(),
            (Does::Formula(formula), AtOnce::Put) => formula.changes.first()?.1.position(),
            _ => None,
        }
    }
}

impl Entry {
    /// Whether records are among the operands, which all patterns but theirs fit, and all that is done with them is to hand them on.
    fn hands_on(&self, args: &[Value]) -> bool {
        let Some(Meaning::Formula(formula)) = self.overload.meanings.first().map(|best| &best.meaning) else { return false };
        let is_record = |value: &Value| matches!(value, Value::Object(o) if matches!(&*o.body.borrow(), Contents::Record(_)));
        let is_plain = |pattern: &Pattern| pattern.name.is_none() && !pattern.is_several() && pattern.elements.is_none();
        let takes = &self.overload.takes;
        let fits = |(i, value): (usize, &Value)| match is_record(value) {
            true => formula.hands_on(i as u8),
            false => is_plain(&takes[i]) && takes[i].fits_class(value),
        };
        takes.len() == args.len() && args.iter().any(is_record) && args.iter().enumerate().all(fits)
    }

    fn body(&self, cx: &mut Cx<'_>) -> &Body {
        self.body.get_or_init(|| {
            let mut table = |key: Symbol| cx.state.table_number(key);
            // Entries without a meaning are not kept: there is a first.
            let meaning = self.overload.meanings.first().map(|rival| &rival.meaning);
            match meaning {
                Some(Meaning::Formula(formula)) => self.formula(formula, &mut table),
                Some(Meaning::Rote { on, rows }) => {
                    let row = |(value, expr): &(mimus_core::Datum, Expr)| (Value::from_datum(value), Calc::of(expr, &mut table));
                    let pure = rows.iter().all(|(_, expr)| Calc::is_pure(expr));
                    Body {
                        does: Does::Rote { on: *on, rows: rows.iter().map(row).collect() },
                        fast: None,
                        pure,
                        at_once: AtOnce::Nothing,
                    }
                }
                None => Body {
                    does: Does::Rote { on: 0, rows: FxHashMap::default() },
                    fast: None,
                    pure: true,
                    at_once: AtOnce::Nothing,
                },
            }
        })
    }

    fn formula(&self, f: &Formula, table: &mut dyn FnMut(Symbol) -> u32) -> Body {
        let mut error = |raise: &Raise| Error { class: raise.class, text: Calc::of(&raise.text, table) };
        let guards: Vec<(&Expr, Error)> = f.guards.iter().map(|(test, raise)| (test, error(raise))).collect();
        let undefined = f.undefined.as_ref().map(error);
        let guards: Vec<(Calc, Error)> = guards.into_iter().map(|(test, e)| (Calc::of(test, table), e)).collect();
        let pure = f.changes.is_empty()
            && f.output.is_none()
            && Calc::is_pure(&f.result)
            && f.guards.iter().all(|(test, raise)| Calc::is_pure(test) && Calc::is_pure(&raise.text));
        let int = Value::Int(0).class();
        let ints = self.overload.takes.len() <= 2 && self.overload.takes.iter().all(|p| p.class == Some(int) && p.name.is_none());
        // A guard that holds has to be found by the general way, so the fast one computes "no guard holds and the result".
        let fast = if ints && f.changes.is_empty() && f.output.is_none() { fast(f, self.overload.takes.len()) } else { None };
        let result = Calc::of(&f.result, table);
        let changes: Vec<(usize, Change)> = f.changes.iter().map(|(on, expr)| (*on, Change::of(*on, expr, table))).collect();
        let simple =
            guards.is_empty() && f.output.is_none() && self.overload.takes.iter().all(|p| p.name.is_none() && !p.is_several());
        let at_once = match &changes[..] {
            [] if simple && self.overload.takes.len() == 2 && result.position().is_some() => AtOnce::Element,
            [] if f.output.is_none() && self.overload.takes.len() == 2 && is_copy(&f.result) => AtOnce::Copy,
            [(0, change)] if simple && change.position().is_some() && matches!(result, Calc::Const(Value::None)) => AtOnce::Put,
            _ => AtOnce::Nothing,
        };
        let plain = pure && guards.is_empty() && undefined.is_none() && f.classes.is_empty();
        let does = if plain {
            Does::Gives(result)
        } else {
            Does::Formula(Box::new(Compiled {
                guards,
                undefined,
                result,
                classes: f.classes.clone(),
                changes,
                output: f.output.as_ref().map(|expr| Calc::of(expr, table)),
            }))
        };
        Body { does, fast, pure, at_once }
    }

    #[inline]
    fn used(&self, at: &Range<usize>) {
        let count = self.count.get();
        if count == 0 {
            self.at.set((at.start, at.end));
        }
        self.count.set(count + 1);
    }

    fn run(&self, operation: &Operation, args: &[Value], names: &[Symbol], cx: &mut Cx<'_>) -> Calculated {
        self.used(&cx.at);
        let packed = if self.packs { self.overload.packed(args, names) } else { None };
        let args = packed.as_deref().unwrap_or(args);
        let result = match &self.body(cx).does {
            Does::Gives(result) => result.run(args, cx),
            Does::Rote { on, rows } => match args.get(*on).and_then(|value| rows.get(value)) {
                Some(row) => row.run(args, cx),
                None => Err(Halt::Undefined),
            },
            Does::Formula(formula) => formula.run(args, cx),
        };
        match result {
            Ok(value) => {
                cx.weigh(&value)?;
                Ok(value)
            }
            Err(Halt::Undefined) if is_large(args) => Err(Halt::Signal(Box::new(Signal::Limit(Limited::Memory)))),
            Err(Halt::Undefined) => {
                let what: Vec<String> = args.iter().map(brief).collect();
                let why = format!("what `{}` gives for ({}) was not learned", operation.key, what.join(", "));
                Err(Halt::Signal(Box::new(Signal::Unknown { at: cx.at.clone(), why })))
            }
            halt => halt,
        }
    }
}

fn is_copy(expr: &Expr) -> bool {
    matches!(expr, Expr::Prim(id, args) if id.get().name == "copy" && matches!(args[..], [Expr::Arg(0)]))
}

/// Compiles the whole of a formula over integers, guards included, to linear code.
fn fast(f: &Formula, operands: usize) -> Option<Function> {
    let guards: Vec<&Expr> = f.guards.iter().map(|(test, _)| test).collect();
    Function::of(&f.result, operands, &guards)
}

/// Characters, elements and bytes of operands together.
fn size(args: &[Value]) -> usize {
    let size = |value: &Value| match value {
        Value::Big(big) => (big.bits() / 8) as usize,
        Value::Text(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        Value::Object(object) => object.body.borrow().len(),
        _ => 0,
    };
    args.iter().map(size).fold(0, usize::saturating_add)
}

/// Whether something was undefined for these operands perhaps only because the result would have been too large: primitives
/// do not tell.
fn is_large(args: &[Value]) -> bool {
    let limit = mimus_core::size_limit();
    let count = args.iter().filter_map(|value| if let Value::Int(i) = value { usize::try_from(*i).ok() } else { None }).max();
    let size = size(args);
    size > limit / 2 || size.max(1).saturating_mul(count.unwrap_or(0)) > limit
}

/// A value in the engine's notation, cut short.
pub(crate) fn brief(value: &Value) -> String {
    let text = value.to_datum(2).to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

impl Compiled {
    fn run(&self, args: &[Value], cx: &mut Cx<'_>) -> Calculated {
        for (test, error) in &self.guards {
            if test.holds(args, cx)? {
                return error.raise(args, cx);
            }
        }
        match self.effect(args, cx) {
            Err(Halt::Undefined) => match &self.undefined {
                Some(error) if size(args) <= mimus_core::size_limit() / 2 => error.raise(args, cx),
                Some(_) => Err(Halt::Signal(Box::new(Signal::Limit(Limited::Memory)))),
                None => Err(Halt::Undefined),
            },
            known => known,
        }
    }

    fn effect(&self, args: &[Value], cx: &mut Cx<'_>) -> Calculated {
        let result = self.result.run(args, cx)?;
        match (&self.changes[..], &self.output) {
            ([], None) => return Ok(named(result, &self.classes, 0)),
            ([(on, change)], None) => {
                let Some(Value::Object(object)) = args.get(*on) else { return Err(Halt::Undefined) };
                change.make(object, args, &self.classes, cx)?;
                return Ok(named(result, &self.classes, 0));
            }
            _ => {}
        }
        let mut due: SmallVec<[(&Rc<mimus_core::Object>, Due); 1]> = SmallVec::new();
        for (on, change) in &self.changes {
            let Some(Value::Object(object)) = args.get(*on) else { return Err(Halt::Undefined) };
            let change = change.due(object, args, cx)?;
            cx.grow(change.growth())?;
            due.push((object, change));
        }
        let output = match &self.output {
            Some(output) => match output.run(args, cx)? {
                Value::Text(text) => Some(text),
                _ => return Err(Halt::Undefined),
            },
            None => None,
        };
        // Operands must not be looked at again after the first change: what follows cannot be undefined.
        for (object, change) in due {
            if !change.named(&self.classes).make(object) {
                return Err(Halt::Undefined);
            }
        }
        if let Some(text) = output {
            cx.print(&text)?;
        }
        Ok(named(result, &self.classes, 0))
    }
}

impl Error {
    fn raise(&self, args: &[Value], cx: &mut Cx<'_>) -> Calculated {
        let text = self.text.run(args, cx)?;
        let fields = vec![(Symbol::new("text"), text)];
        let error = Value::object(self.class, mimus_core::Contents::Record(fields));
        Err(Halt::Signal(Box::new(Signal::Raise(error))))
    }
}

impl Site {
    pub(crate) fn new(operation: Rc<Operation>, at: Range<usize>) -> Self {
        let last = Cell::new(([0; 4], Pick::Look));
        Self { operation, at, last, at_once: Cell::default(), ints: OnceCell::new(), truth: OnceCell::new() }
    }

    /// Runs the operation here.
    pub(crate) fn run(&self, args: &[Value], cx: &mut Cx<'_>) -> Flow<Value> {
        if cx.has_lazy(args) || !self.operation.ways.is_empty() && delegate::concerns(args) {
            return self.run_at(args, &[], &self.at, cx);
        }
        let pick = match tags(args) {
            Some(tags) => {
                let (last, pick) = self.last.get();
                // No operands have the tags that a fresh place begins with, and what is found for them is right too.
                if last == tags && !matches!(pick, Pick::Look) {
                    pick
                } else {
                    let pick = self.operation.pick_by_tags(tags, args);
                    self.last.set((tags, pick));
                    if let ([first, INT, third, 0], Pick::One(i)) = (tags, pick) {
                        self.at_once.set((first, third, i));
                    }
                    pick
                }
            }
            None => Pick::Look,
        };
        cx.at.clone_from(&self.at);
        let result = match self.operation.picked(pick, args) {
            Some(entry) => entry.run(&self.operation, args, &[], cx),
            None => Err(self.operation.unknown(args, &self.at)),
        };
        result.map_err(|halt| self.signal(halt))
    }

    /// Runs the operation here on operands, the last of which have names.
    #[cold]
    pub(crate) fn run_named(&self, args: &[Value], names: &[Symbol], cx: &mut Cx<'_>) -> Flow<Value> {
        self.run_at(args, names, &self.at, cx)
    }

    /// The same for what happens elsewhere.
    #[cold]
    pub(crate) fn run_at(&self, args: &[Value], names: &[Symbol], at: &Range<usize>, cx: &mut Cx<'_>) -> Flow<Value> {
        cx.at.clone_from(at);
        self.operation.run(args, names, cx).map_err(|halt| self.signal(halt))
    }

    #[cold]
    fn signal(&self, halt: Halt) -> Box<Signal> {
        match halt {
            Halt::Signal(signal) => signal,
            Halt::Undefined => {
                let why = format!("what `{}` gives here was not learned", self.operation.key);
                Box::new(Signal::Unknown { at: self.at.clone(), why })
            }
        }
    }

    fn fast_entry(&self, count: usize, cx: &mut Cx<'_>) -> Option<&Entry> {
        let number = *self.ints.get_or_init(|| {
            let args = [Value::Int(0), Value::Int(0)];
            match self.operation.pick(&args[..count]) {
                Pick::One(i) => {
                    let entry = self.operation.entries.get(i as usize)?;
                    entry.body(cx).fast.is_some().then_some(i)
                }
                _ => None,
            }
        });
        self.operation.entries.get(number? as usize)
    }

    /// The fast way for one or two small integers (`b` is not looked at for one); `None`: take the general one.
    #[inline]
    pub(crate) fn ints(&self, count: usize, a: i64, b: i64, cx: &mut Cx<'_>) -> Option<Got> {
        let entry = self.fast_entry(count, cx)?;
        let value = {
            let fast = entry.body.get()?.fast.as_ref()?;
            match if count == 1 { fast.run([a]) } else { fast.run([a, b]) }? {
                Given::Int(i) => Got::Int(i),
                Given::Test(b) => Got::Bool(b.into()),
            }
        };
        entry.used(&self.at);
        Some(value)
    }

    /// The overload that was found here last, if operands of these classes found it.
    #[inline]
    fn last_for(&self, first: usize, third: usize) -> Option<&Entry> {
        let (known, other, i) = self.at_once.get();
        if known == first && other == third { self.operation.entries.get(i as usize) } else { None }
    }

    /// The fast way to an element of a sequence or a character; `None`: take the general one.
    #[inline]
    pub(crate) fn element(&self, of: &Value, i: i64, rest: &mut Value) -> Option<Got> {
        let entry = self.last_for(tag(of), 0)?;
        let at = entry.body.get()?.position(AtOnce::Element)?.int(&WithInt(of, i))?;
        let at = usize::try_from(at).ok()?;
        let got = match of {
            Value::Object(object) => match &*object.body.borrow() {
                Contents::Seq(items) => match items.get(at)? {
                    // What has no class yet gets one.
                    element if is_nameless(element) => return None,
                    element => Got::of(element, rest),
                },
                _ => return None,
            },
            Value::Text(_) => Got::taken(&mut mimus_core::at(of, at)?, rest),
            _ => return None,
        };
        entry.used(&self.at);
        Some(got)
    }

    /// The fast way to spread a sequence over so many targets; `None`: take the general one.
    pub(crate) fn spread(&self, from: &Value, count: usize) -> Option<SmallVec<[Value; 4]>> {
        let Value::Object(object) = from else { return None };
        let entry = self.last_for(tag(from), 0)?;
        let body = entry.body.get().filter(|body| body.at_once == AtOnce::Copy)?;
        if let Does::Formula(formula) = &body.does {
            let operands = WithInt(from, i64::try_from(count).ok()?);
            formula.guards.iter().all(|(test, _)| test.test(&operands) == Some(false)).then_some(())?;
        }
        match &*object.body.borrow() {
            Contents::Seq(items) if items.len() == count && !items.iter().any(is_nameless) => {
                entry.used(&self.at);
                Some(items.iter().cloned().collect())
            }
            _ => None,
        }
    }

    /// The fast way to put a value at a position of a sequence; gives it back where the general one must be taken.
    #[inline]
    pub(crate) fn put(&self, of: &Value, i: i64, value: Value) -> Result<(), Value> {
        let (Value::Object(object), Some(entry)) = (of, self.last_for(tag(of), tag(&value))) else { return Err(value) };
        let position = entry.body.get().and_then(|body| body.position(AtOnce::Put));
        let Some(at) = position.and_then(|position| position.int(&WithInt(of, i))) else { return Err(value) };
        crate::change::put(object, at, value)?;
        entry.used(&self.at);
        Ok(())
    }

    /// The fast way for a boolean that the operation gives back as it is.
    #[inline]
    pub(crate) fn keeps_bool(&self, cx: &mut Cx<'_>) -> bool {
        let number = *self.truth.get_or_init(|| match self.operation.pick(&[Value::Bool(true)]) {
            Pick::One(i) => {
                let entry = self.operation.entries.get(i as usize)?;
                matches!(entry.body(cx).does, Does::Gives(Calc::Arg(0))).then_some(i)
            }
            _ => None,
        });
        match number.and_then(|i| self.operation.entries.get(i as usize)) {
            Some(entry) => {
                entry.used(&self.at);
                true
            }
            None => false,
        }
    }
}
