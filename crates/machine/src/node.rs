//! Programs made ready to run.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use mimus_core::{Contents, Datum, Named, Object, Shape, Symbol, Value, linearized};
use smallvec::SmallVec;

use crate::closure::{Closure, FunctionCode};
use crate::collect::{Args, Collect};
use crate::cx::Cx;
use crate::delegate;
use crate::frame::Frame;
use crate::lazy::Asked;
use crate::operation::Site;
use crate::quick::{Got, Way, op_on_three, quick_op};
use crate::signal::{Flow, Signal, unknown};

/// A compiled piece of program.
pub(crate) enum Node {
    /// Does nothing, gives none.
    Nothing,
    Const(Value),
    /// A constant with identity: a new one each time.
    Fresh(Box<Datum>),
    /// An operation on constants: computed once where that cannot be noticed.
    Once(Box<(OnceCell<Value>, Node)>),
    /// A name of this frame.
    Local(u32, Box<Name>),
    /// A name of a frame so many levels outwards.
    Outer(u32, u32, Box<Name>),
    /// A name of the outermost frame.
    Global(u32, Box<Name>),
    /// A scratch value.
    Temp(Temp),
    SetTemp(Temp, Box<Node>),
    Caught(Box<Range<usize>>),
    Store(Box<(Target, Node)>),
    Spread(Box<Spread>),
    Forget(Box<[(Place, Name)]>),
    Seq(Box<[Node]>),
    If(Box<(Site, [Node; 3])>),
    While(Box<(Site, [Node; 2])>),
    Until(Box<(Site, [Node; 2])>),
    Each(Box<Each>),
    New(Symbol, Shape, Box<Node>),
    /// A sequence of just these.
    List(Symbol, Box<[Node]>),
    Push(Box<(Range<usize>, Node)>),
    PushAll(Box<(Site, Node)>),
    PushEntry(Box<(Range<usize>, [Node; 2])>),
    PushNamed(Symbol, Box<(Range<usize>, Node)>),
    Jump(Symbol, Box<(Range<usize>, Node)>),
    Raise(Box<(Range<usize>, Node)>),
    Catch(Box<Catch>),
    Handle(Box<[Node; 2]>),
    HandleElse(Box<[Node; 3]>),
    Again(Box<Range<usize>>),
    After(Box<[Node; 2]>),
    Settle(Box<Settle>),
    Op1(Box<(Site, Node)>),
    Op2(Box<(Site, [Node; 2])>),
    Op3(Box<(Site, [Node; 3])>),
    Op(Box<(Site, Box<[Node]>)>),
    Closure(Box<(Rc<FunctionCode>, Box<[Node]>)>),
    /// A call whose arguments are all positional, one node each.
    Call(Box<(Node, Box<[Node]>, CallSite)>),
    /// A call whose arguments are pushed.
    CallPushed(Box<(Node, Node, CallSite)>),
    /// Runs inside a frame of this size.
    Scope(u32, Box<Node>),
    /// A record made of a frame.
    Own(Box<Own>),
    /// Counts a straight stretch of program, then runs.
    Mark(u32, Box<Node>),
    /// Counts a step, then runs.
    Step(Box<Node>),
    Shared(Rc<Node>),
    /// Gives a value to whoever asks the body for the next one.
    Suspend(Box<Node>),
    /// Gives all elements of one.
    SuspendAll(Box<(Site, Node)>),
    /// Something inside may wait until it is asked for more.
    Waits(Box<Node>),
    /// Elements of something that may be asked for one after the other.
    Lazily(Symbol, Box<Node>),
    /// Runs if enough stack is left.
    Deep(Box<Node>),
    Unknown(Box<(Range<usize>, String)>),
}

/// A scratch value: frames outwards, slot.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Temp {
    pub(crate) hops: u32,
    pub(crate) slot: u32,
}

/// Where a name lives.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Local(u32),
    Outer(u32, u32),
    Global(u32),
}

/// What reading a name needs when nothing is bound to it.
pub(crate) struct Name {
    pub(crate) name: Symbol,
    /// What the word is known to stand for.
    pub(crate) word: Option<Value>,
    pub(crate) unbound: Site,
    /// What it is outside of a scope in which nothing is bound to it yet.
    pub(crate) beyond: Option<Node>,
}

/// What receives a value.
pub(crate) enum Target {
    Name(Place),
    /// A part: its incoming value, its program.
    Part(Temp, Box<Node>),
    /// The value is stored into each.
    All(Box<[Target]>),
    Unknown(Box<(Range<usize>, String)>),
}

pub(crate) struct Spread {
    pub(crate) site: Site,
    pub(crate) from: Node,
    pub(crate) targets: Box<[Target]>,
    pub(crate) rest: Option<Leftover>,
}

/// The target of a spread that takes what the others leave.
pub(crate) struct Leftover {
    /// Which target it is.
    pub(crate) at: usize,
    /// The class of the sequence that it gets.
    pub(crate) class: Symbol,
    pub(crate) iterate: Site,
}

pub(crate) struct Own {
    pub(crate) named: Named,
    /// What it is called.
    pub(crate) name: Value,
    pub(crate) at: Range<usize>,
    /// Gives what it delegates to.
    pub(crate) delegates: Node,
    pub(crate) size: u32,
    /// Names and where they are in the frame.
    pub(crate) fields: Box<[(Symbol, u32)]>,
    pub(crate) body: Node,
}

pub(crate) struct Each {
    pub(crate) site: Site,
    pub(crate) over: Node,
    pub(crate) target: Target,
    pub(crate) body: Node,
}

pub(crate) struct Settle {
    pub(crate) site: Site,
    pub(crate) open: Node,
    /// Where what opening gave is kept.
    pub(crate) given: Temp,
    pub(crate) body: Node,
    /// Where the error is kept, or none.
    pub(crate) error: Temp,
    pub(crate) close: Node,
}

pub(crate) struct Catch {
    /// `None`: errors.
    pub(crate) kind: Option<Symbol>,
    pub(crate) body: Node,
    pub(crate) otherwise: Option<Node>,
}

/// A place that calls.
pub(crate) struct CallSite {
    pub(crate) at: Range<usize>,
    pub(crate) call: Site,
    /// The builtin thing that was called here last, and the place that performs it.
    pub(crate) last: RefCell<Option<(Symbol, Rc<Site>)>>,
}

impl Node {
    pub(crate) fn eval(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
        match self {
            Self::Nothing => Ok(Value::None),
            Self::Const(value) => Ok(value.clone()),
            Self::Local(slot, name) => match frame.with(*slot, |value| value.map(|value| Ok(value.clone()))) {
                Some(loaded) => loaded,
                None => name.missing(Some(0), cx, frame),
            },
            Self::Global(number, name) => match &cx.state.globals[*number as usize].value {
                Some(value) => Ok(value.clone()),
                None => match &name.word {
                    Some(word) => Ok(word.clone()),
                    None => name.missing(None, cx, frame),
                },
            },
            Self::Op2(op) => {
                let mut rest = Value::None;
                quick_op(&op.0, &op.1, cx, frame, &mut rest).value(&mut rest, cx)
            }
            Self::Op1(op) => {
                let a = op.1.eval(cx, frame)?;
                cx.tick()?;
                if let Value::Int(x) = a
                    && let Some(got) = op.0.ints(1, x, 0, cx)
                {
                    return got.value(&mut Value::None, cx);
                }
                op.0.run(&[a], cx)
            }
            Self::Store(store) => {
                let value = store.1.eval(cx, frame)?;
                store.0.store(value.clone(), cx, frame)?;
                Ok(value)
            }
            Self::Seq(nodes) => {
                let Some((last, first)) = nodes.split_last() else { return Ok(Value::None) };
                for node in first {
                    node.exec(cx, frame)?;
                }
                last.eval(cx, frame)
            }
            Self::If(test) => {
                let branch = if test.1[0].holds(&test.0, cx, frame)? { &test.1[1] } else { &test.1[2] };
                branch.eval(cx, frame)
            }
            Self::While(_) => {
                self.exec(cx, frame)?;
                Ok(Value::None)
            }
            Self::Mark(number, node) => {
                cx.state.counters[*number as usize] += 1;
                node.eval(cx, frame)
            }
            Self::Step(node) => {
                cx.tick()?;
                cx.look_at_compared()?;
                node.eval(cx, frame)
            }
            Self::Temp(temp) => Ok(temp.get(frame).unwrap_or(Value::None)),
            Self::SetTemp(temp, node) => {
                let value = node.eval(cx, frame)?;
                temp.set(frame, value.clone());
                Ok(value)
            }
            Self::Shared(node) => node.eval(cx, frame),
            Self::Once(once) => match once.0.get() {
                Some(value) => Ok(value.clone()),
                None => self.once(once, cx, frame),
            },
            Self::Call(call) => {
                let mut rest = Value::None;
                call.2.call(&call.0, &call.1, cx, frame, &mut rest).value(&mut rest, cx)
            }
            _ => self.eval_rarer(cx, frame),
        }
    }

    /// Kept apart so that the frame of [`Node::eval`] on our own stack stays small.
    #[inline(never)]
    fn eval_rarer(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
        match self {
            Self::Fresh(datum) => Ok(Value::from_datum(datum)),
            Self::Outer(hops, slot, name) => match frame.out(*hops).get(*slot) {
                Some(value) => Ok(value),
                None => name.missing(Some(i64::from(*hops)), cx, frame),
            },
            Self::Caught(at) => match cx.caught.last() {
                Some(Signal::Raise(value) | Signal::Jump(_, value, _)) => Ok(value.clone()),
                _ => unknown(at, "nothing was caught that this could speak of"),
            },
            Self::Spread(spread) => spread.run(cx, frame),
            Self::Forget(names) => {
                for (place, name) in names {
                    name.forget(*place, cx, frame)?;
                }
                Ok(Value::None)
            }
            Self::Until(turn) => loop {
                cx.tick()?;
                turn.1[0].exec(cx, frame)?;
                if !turn.1[1].holds(&turn.0, cx, frame)? {
                    return Ok(Value::None);
                }
            },
            Self::Each(_) => {
                self.exec(cx, frame)?;
                Ok(Value::None)
            }
            Self::New(class, shape, inside) => {
                let object = collect(Collect::new(*shape), inside, cx, frame)?.finish(*class);
                cx.weigh(&object)?;
                Ok(object)
            }
            Self::List(class, nodes) => {
                let items: Vec<Value> = nodes.iter().map(|node| node.eval(cx, frame)).collect::<Flow<_>>()?;
                cx.grow(64 + 24 * items.len())?;
                Ok(Value::object(*class, Contents::Seq(items)))
            }
            Self::Push(push) => {
                let value = push.1.eval(cx, frame)?;
                cx.grow(24)?;
                pushed(&push.0, cx, |collection| collection.push(value))
            }
            Self::PushAll(push) => push_all(&push.0, &push.1, cx, frame),
            Self::PushEntry(push) => {
                let key = push.1[0].eval(cx, frame)?;
                let value = push.1[1].eval(cx, frame)?;
                cx.grow(72)?;
                pushed(&push.0, cx, |collection| collection.push_entry(key, value))
            }
            Self::PushNamed(name, push) => {
                let value = push.1.eval(cx, frame)?;
                pushed(&push.0, cx, |collection| match collection {
                    Collect::Args(args) => {
                        args.push_named(*name, value);
                        true
                    }
                    other => other.push_entry(Value::text(name.as_str()), value),
                })
            }
            Self::Jump(kind, jump) => {
                let value = jump.1.eval(cx, frame)?;
                Err(Box::new(Signal::Jump(*kind, value, jump.0.clone())))
            }
            Self::Raise(raise) => raise_value(&raise.0, &raise.1, cx, frame),
            Self::Catch(catch) => catch.run(cx, frame),
            Self::Handle(two) => match two[0].eval(cx, frame) {
                Err(signal) if matches!(*signal, Signal::Raise(_)) => handle(*signal, &two[1], cx, frame),
                other => other,
            },
            Self::HandleElse(three) => match three[0].eval(cx, frame) {
                Err(signal) if matches!(*signal, Signal::Raise(_)) => handle(*signal, &three[1], cx, frame),
                Ok(_) => three[2].eval(cx, frame),
                other => other,
            },
            Self::Again(at) => match cx.caught.last() {
                Some(signal) => Err(Box::new(signal.clone())),
                None => unknown(at, "nothing was caught that could be sent on"),
            },
            Self::After(two) => {
                let result = two[0].eval(cx, frame);
                if result.as_ref().is_err_and(|signal| !signal.is_of_the_program()) {
                    return result;
                }
                two[1].exec(cx, frame)?;
                result
            }
            Self::Settle(settle) => {
                settle.begin(cx, frame)?;
                let result = settle.body.eval(cx, frame);
                settle.end(result, cx, frame)
            }
            Self::Op3(op) => op_on_three(&op.0, &op.1, cx, frame),
            Self::Op(op) => {
                let args: SmallVec<[Value; 4]> = op.1.iter().map(|node| node.eval(cx, frame)).collect::<Flow<_>>()?;
                cx.tick()?;
                op.0.run(&args, cx)
            }
            Self::Closure(closure) => {
                let defaults = closure.1.iter().map(|node| node.eval(cx, frame)).collect::<Flow<_>>()?;
                cx.state.labels += 1;
                let label = cx.state.labels;
                Ok(Value::Function(Rc::new(Closure { label, code: closure.0.clone(), up: frame.clone(), defaults })))
            }
            Self::CallPushed(call) => {
                let callee = call.0.eval(cx, frame)?;
                match collect(Collect::Args(Args::default()), &call.1, cx, frame)? {
                    Collect::Args(args) => call.2.perform(callee, args, cx),
                    _ => unknown(&call.2.at, "arguments were lost"),
                }
            }
            Self::Scope(size, body) => {
                let inner = Frame::new(*size, Some(frame.clone()));
                cx.frames.push(inner.clone());
                let result = body.eval(cx, &inner);
                cx.frames.pop();
                result
            }
            Self::Own(own) => own.run(cx, frame),
            Self::Deep(node) => {
                cx.deep()?;
                node.eval(cx, frame)
            }
            Self::Lazily(class, inside) => {
                let Collect::Seq(items) = collect(Collect::new(Shape::Seq), inside, cx, frame)? else { return Ok(Value::None) };
                cx.grow(24 * items.len())?;
                cx.lazy_values(*class, items)
            }
            Self::Suspend(_) | Self::SuspendAll(_) | Self::Waits(_) => unknown(
                &cx.at.clone(),
                "something here waits until it is asked for more, which is not understood in such a place",
            ),
            Self::Unknown(what) => unknown(&what.0, what.1.clone()),
            // All others are in `eval`.
            _ => Ok(Value::None),
        }
    }

    #[cold]
    fn once(&self, once: &(OnceCell<Value>, Node), cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
        let value = once.1.eval(cx, frame)?;
        let shareable = matches!(
            value,
            Value::None | Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_) | Value::Text(_) | Value::Bytes(_)
        );
        let constants = |nodes: &[Node]| -> Vec<Value> {
            nodes.iter().map(|node| if let Node::Const(value) = node { value.clone() } else { Value::None }).collect()
        };
        let pure = match &once.1 {
            Node::Op1(op) => op.0.operation.is_pure(&constants(std::slice::from_ref(&op.1))),
            Node::Op2(op) => op.0.operation.is_pure(&constants(&op.1)),
            Node::Op3(op) => op.0.operation.is_pure(&constants(&op.1)),
            Node::Op(op) => op.0.operation.is_pure(&constants(&op.1)),
            _ => false,
        };
        if shareable && pure {
            let _ = once.0.set(value.clone());
        }
        Ok(value)
    }
}

impl Temp {
    fn get(self, frame: &Rc<Frame>) -> Option<Value> {
        frame.out(self.hops).get(self.slot)
    }

    #[inline]
    pub(crate) fn set(self, frame: &Rc<Frame>, value: Value) {
        frame.out(self.hops).set(self.slot, Some(value));
    }
}

impl Name {
    /// What a name gives that nothing is bound to. `hops`: how many frames outwards it would be; `None` for the outermost.
    #[cold]
    fn missing(&self, hops: Option<i64>, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
        if let Some(Ok(value)) = self.beyond.as_ref().map(|beyond| beyond.eval(cx, frame)) {
            return Ok(value);
        }
        if let (None, Some(word)) = (hops, &self.word) {
            return Ok(word.clone());
        }
        let text = Value::text(self.name.as_str());
        let operation = &self.unbound.operation;
        match hops {
            // The name is known to belong to a frame of a call: a language may say so.
            Some(hops) if operation.entries.iter().any(|entry| entry.overload.takes.len() == 2) => {
                self.unbound.run(&[text, Value::Int(hops)], cx)
            }
            _ if operation.entries.is_empty() => unknown(&self.unbound.at, format!("nothing is named `{}`", self.name)),
            _ => self.unbound.run(&[text], cx),
        }
    }

    fn forget(&self, place: Place, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<()> {
        let (old, hops) = match place {
            Place::Local(slot) => (take(frame, slot), Some(0)),
            Place::Outer(hops, slot) => (take(frame.out(hops), slot), Some(i64::from(hops))),
            Place::Global(number) => (cx.bind_global(number, None), None),
        };
        if old.is_none() {
            let text = Value::text(self.name.as_str());
            let two = self.unbound.operation.entries.iter().any(|entry| entry.overload.takes.len() == 2);
            match hops {
                Some(hops) if two => self.unbound.run(&[text, Value::Int(hops)], cx)?,
                _ => self.unbound.run(&[text], cx)?,
            };
        }
        Ok(())
    }
}

fn take(frame: &Rc<Frame>, slot: u32) -> Option<Value> {
    let old = frame.get(slot);
    frame.set(slot, None);
    old
}

impl Target {
    #[inline]
    pub(crate) fn store(&self, value: Value, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<()> {
        match self {
            Self::Name(Place::Local(slot)) => frame.set(*slot, Some(value)),
            Self::Name(Place::Global(number)) => {
                cx.bind_global(*number, Some(value));
            }
            Self::Name(Place::Outer(hops, slot)) => frame.out(*hops).set(*slot, Some(value)),
            Self::Part(temp, program) => {
                temp.set(frame, value);
                program.exec(cx, frame)?;
            }
            Self::All(targets) => {
                for target in targets {
                    target.store(value.clone(), cx, frame)?;
                }
            }
            Self::Unknown(what) => return unknown(&what.0, what.1.clone()),
        }
        Ok(())
    }
}

impl Spread {
    fn run(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
        let from = self.from.eval(cx, frame)?;
        if let Some(rest) = &self.rest {
            return self.with_rest(rest, from, cx, frame);
        }
        let count = self.targets.len();
        // One more than there are targets tells that there are too many.
        let from = match cx.as_lazy(&from) {
            Some(object) => {
                let taken = cx.ask_for(&object, count + 1)?;
                Value::object(object.class, Contents::Seq(taken))
            }
            None => from,
        };
        if let Some(values) = self.site.spread(&from, count) {
            for (value, target) in values.into_iter().zip(&self.targets) {
                match value {
                    Value::Int(i) => target.store_int(i, cx, frame)?,
                    value => target.store(value, cx, frame)?,
                }
            }
            return Ok(Value::None);
        }
        let elements = match self.site.run(&[from, Value::Int(count as i64)], cx)? {
            Value::Object(object) if object.body.borrow().len() == count => object,
            _ => return unknown(&self.site.at, format!("what was learned of spreading does not give {count} elements here")),
        };
        for (i, target) in self.targets.iter().enumerate() {
            let element = elements.body.borrow().get(i);
            match element {
                Some(value) => target.store(value, cx, frame)?,
                None => return unknown(&self.site.at, "what was learned of spreading gives no sequence here"),
            }
        }
        Ok(Value::None)
    }

    fn with_rest(&self, rest: &Leftover, from: Value, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
        let (before, after) = (rest.at, self.targets.len() - rest.at - 1);
        let elements = if self.site.operation.entries.iter().any(|entry| entry.overload.takes.len() == 3) {
            let spread = self.site.run(&[from, Value::Int(before as i64), Value::Int(after as i64)], cx)?;
            listed(&self.site, spread)?
        } else {
            elements(&rest.iterate, &from, cx)?
        };
        let Some(left) = elements.body.borrow().len().checked_sub(before + after) else {
            return unknown(&self.site.at, "what spreading too few elements gives was not learned");
        };
        let mut next = 0;
        for (i, target) in self.targets.iter().enumerate() {
            let taken = if i == rest.at { left } else { 1 };
            let values: Option<Vec<Value>> = (next..next + taken).map(|i| elements.body.borrow().get(i)).collect();
            next += taken;
            // Storing may run anything: what is spread could have changed meanwhile.
            let Some(mut values) = values else {
                return unknown(&self.site.at, "what is spread changes while it is stored");
            };
            let value = if i == rest.at { Value::object(rest.class, Contents::Seq(values)) } else { values.remove(0) };
            target.store(value, cx, frame)?;
        }
        Ok(Value::None)
    }
}

/// The elements of a value, by what was learned of iteration.
pub(crate) fn elements(site: &Site, value: &Value, cx: &mut Cx<'_>) -> Flow<Rc<Object>> {
    if let Some(object) = cx.as_lazy(value) {
        let items = cx.ask_for(&object, usize::MAX)?;
        return Ok(Rc::new(Object { class: Symbol::neutral(), label: 0, delegates: None, body: Contents::Seq(items).into() }));
    }
    let given = site.run(std::slice::from_ref(value), cx)?;
    listed(site, given)
}

/// What was given as elements, as a sequence.
fn listed(site: &Site, given: Value) -> Flow<Rc<Object>> {
    match given {
        Value::Object(object) => {
            let listed = match &*object.body.borrow() {
                Contents::Seq(_) | Contents::Range { .. } => None,
                Contents::Set(items) => Some(items.iter().cloned().collect()),
                Contents::Map(entries) => Some(entries.keys().cloned().collect()),
                Contents::Record(_) => return unknown(&site.at, "what was learned of iteration gives no sequence here"),
            };
            Ok(match listed {
                None => object,
                Some(items) => {
                    Rc::new(Object { class: Symbol::neutral(), label: 0, body: Contents::Seq(items).into(), delegates: None })
                }
            })
        }
        _ => unknown(&site.at, "what was learned of iteration gives no sequence here"),
    }
}

impl Own {
    fn run(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
        let named = elements_of(&self.delegates.eval(cx, frame)?);
        let further = |value: &Value| value.delegates().map(|all| all.to_vec()).unwrap_or_default();
        let Some(delegates) = linearized(&named, further) else {
            return unknown(&self.at, "there is no order in which what this delegates to could be asked");
        };
        for builtin in named.iter().filter(|value| matches!(value, Value::Atom(_))) {
            if !delegate::may_take_from(builtin, cx) {
                return unknown(
                    &self.at,
                    format!("what takes from {} what it lacks was not learned", crate::operation::brief(builtin)),
                );
            }
        }
        // Putting them in order compared them, as what they are.
        mimus_core::compared();
        let inner = Frame::new(self.size, Some(frame.clone()));
        cx.frames.push(inner.clone());
        let result = self.body.exec(cx, &inner);
        cx.frames.pop();
        result?;
        let mut fields = vec![(self.named.field, self.name.clone())];
        fields.extend(self.fields.iter().filter_map(|(name, slot)| Some((*name, inner.get(*slot)?))));
        cx.grow(96 + 40 * fields.len())?;
        if let Some((name, _)) = fields.iter().find(|(name, value)| delegate::is_strange(*name, value, cx)) {
            return unknown(&self.at, format!("what asks for `{name}` was not learned"));
        }
        let record = Value::delegating(self.named.class, fields, delegates.into());
        let _ = inner.home.set(record.clone());
        Ok(record)
    }
}

/// The elements of a sequence that was just made.
fn elements_of(value: &Value) -> Vec<Value> {
    let Value::Object(object) = value else { return vec![] };
    let body = object.body.borrow();
    (0..body.len()).filter_map(|i| body.get(i)).collect()
}

impl Each {
    pub(crate) fn go(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Way {
        let mut over = match self.over.eval(cx, frame) {
            Ok(over) => over,
            Err(signal) => return Way::from_flow(Err(signal), cx),
        };
        if over.delegates().is_some() {
            cx.at.clone_from(&self.site.at);
            match self.site.operation.walker(&over, cx) {
                Ok((walked, None)) => over = walked,
                Ok((walked, Some((function, class)))) => {
                    return self.turns(cx, frame, |cx| {
                        let next = delegate::step(&function, &walked, class, cx)?;
                        if next.is_some() {
                            cx.tick()?;
                        }
                        Ok(next)
                    });
                }
                Err(signal) => return Way::from_flow(Err(signal), cx),
            }
        }
        if let Some(object) = cx.as_lazy(&over) {
            return self.turns(cx, frame, |cx| match cx.ask(&object)? {
                Asked::Value(value) => Ok(Some(value)),
                Asked::Over(_) => Ok(None),
            });
        }
        let object = match elements(&self.site, &over, cx) {
            Ok(object) => object,
            Err(signal) => return Way::from_flow(Err(signal), cx),
        };
        // By index, so that a sequence that changes meanwhile is followed.
        let mut places = 0..;
        self.turns(cx, frame, |cx| {
            let next = places.next().and_then(|i| object.body.borrow().get(i));
            if next.is_some() {
                cx.tick()?;
            }
            Ok(next)
        })
    }

    /// A turn for each of what comes next.
    #[inline]
    fn turns<'a>(&self, cx: &mut Cx<'a>, frame: &Rc<Frame>, mut next: impl FnMut(&mut Cx<'a>) -> Flow<Option<Value>>) -> Way {
        loop {
            let stored = match next(cx) {
                Ok(Some(value)) => self.store(value, cx, frame),
                Ok(None) => return Way::On,
                Err(signal) => Err(signal),
            };
            if let Err(signal) = stored {
                return Way::from_flow(Err(signal), cx);
            }
            match self.body.go(cx, frame) {
                Way::On => {}
                other => return other,
            }
        }
    }

    #[inline]
    fn store(&self, value: Value, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<()> {
        match value {
            Value::Int(i) => self.target.store_int(i, cx, frame),
            value => self.target.store(value, cx, frame),
        }
    }
}

fn collect(collection: Collect, inside: &Node, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Collect> {
    let outer = cx.collections.len();
    cx.collections.push(collection);
    let result = inside.exec(cx, frame);
    let collection = cx.collections.drain(outer..).next();
    result?;
    Ok(collection.unwrap_or(Collect::Seq(Vec::new())))
}

fn pushed(at: &Range<usize>, cx: &mut Cx<'_>, push: impl FnOnce(&mut Collect) -> bool) -> Flow<Value> {
    let Some(collection) = cx.collections.last_mut() else { return unknown(at, "no collection is under construction here") };
    if push(collection) { Ok(Value::None) } else { unknown(at, "the collection under construction does not take this") }
}

/// Runs what handles an error.
fn handle(error: Signal, handler: &Node, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
    cx.caught.push(error);
    let result = handler.eval(cx, frame);
    cx.caught.pop();
    result
}

fn push_all(site: &Site, node: &Node, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
    let value = node.eval(cx, frame)?;
    let by_entries = match (cx.collections.last(), &value) {
        (Some(Collect::Map(_) | Collect::Args(_)), Value::Object(object)) => match &*object.body.borrow() {
            Contents::Map(entries) => Some(entries.iter().map(|(k, v)| (k.clone(), v.clone())).collect::<Vec<_>>()),
            _ => None,
        },
        _ => None,
    };
    if let Some(entries) = by_entries {
        cx.grow(72 * entries.len())?;
        for (key, value) in entries {
            pushed(&site.at, cx, |collection| collection.push_entry(key, value))?;
        }
        return Ok(Value::None);
    }
    let object = elements(site, &value, cx)?;
    cx.grow(24 * object.body.borrow().len())?;
    for i in 0.. {
        let next = object.body.borrow().get(i);
        let Some(value) = next else { break };
        cx.tick()?;
        pushed(&site.at, cx, |collection| collection.push(value))?;
    }
    Ok(Value::None)
}

fn raise_value(at: &Range<usize>, node: &Node, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
    let value = node.eval(cx, frame)?;
    let error = match value {
        // A class was raised and not an instance of it: make one.
        Value::Atom(name) => {
            cx.at.clone_from(at);
            let number = cx.state.atom_number(name);
            match cx.learned_by_number(number, &[]) {
                Ok(error) => error,
                Err(crate::calc::Halt::Signal(signal)) => return Err(signal),
                Err(crate::calc::Halt::Undefined) => return unknown(at, format!("what `{name}` makes was not learned")),
            }
        }
        Value::Object(ref object) if object.delegates.is_some() && cx.state.named.is_some_and(|n| n.class == object.class) => {
            let made = cx.state.table(Symbol::new(mimus_core::CALL));
            cx.at.clone_from(at);
            match made.run(&[value], &[], cx) {
                Ok(error) => error,
                Err(crate::calc::Halt::Signal(signal)) => return Err(signal),
                Err(crate::calc::Halt::Undefined) => return unknown(at, "what this makes was not learned"),
            }
        }
        error => error,
    };
    Err(Box::new(Signal::Raise(error)))
}

impl Catch {
    /// Whether it ends with a signal.
    pub(crate) fn takes(&self, signal: &Signal) -> bool {
        match (signal, self.kind) {
            (Signal::Jump(kind, ..), Some(expected)) => *kind == expected,
            (Signal::Raise(_), None) => true,
            _ => false,
        }
    }

    fn run(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
        match self.body.eval(cx, frame) {
            Ok(value) => match &self.otherwise {
                Some(node) => node.eval(cx, frame),
                None => Ok(value),
            },
            Err(signal) => match (*signal, self.kind) {
                (Signal::Jump(kind, value, _), Some(expected)) if kind == expected => Ok(value),
                (Signal::Raise(value), None) => Ok(value),
                (other, _) => Err(Box::new(other)),
            },
        }
    }
}

impl Settle {
    pub(crate) fn begin(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<()> {
        let given = self.open.eval(cx, frame)?;
        self.given.set(frame, given);
        Ok(())
    }

    /// What comes of the body's end.
    pub(crate) fn end(&self, result: Flow<Value>, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
        let error = match &result {
            Err(signal) if !signal.is_of_the_program() => return result,
            Err(signal) => {
                if let Signal::Raise(error) = &**signal {
                    Some(error.clone())
                } else {
                    None
                }
            }
            Ok(_) => None,
        };
        self.error.set(frame, error.clone().unwrap_or(Value::None));
        let Some(error) = error else {
            self.close.exec(cx, frame)?;
            return result;
        };
        cx.caught.push(Signal::Raise(error));
        let settled = self.close.holds(&self.site, cx, frame);
        cx.caught.pop();
        if settled? { Ok(Value::None) } else { result }
    }
}

impl CallSite {
    #[inline(never)]
    pub(crate) fn call(&self, callee: &Node, args: &[Node], cx: &mut Cx<'_>, frame: &Rc<Frame>, rest: &mut Value) -> Got {
        let callee = match callee.eval(cx, frame) {
            Ok(callee) => callee,
            Err(signal) => return cx.fail(signal),
        };
        if let Value::Function(function) = &callee
            && let Some(closure) = function.as_any().downcast_ref::<Closure>()
            && closure.is_direct(args.len())
        {
            return closure.call_directly(args, cx, frame, rest);
        }
        let mut values: SmallVec<[Value; 4]> = SmallVec::new();
        for node in args {
            match node.eval(cx, frame) {
                Ok(value) => values.push(value),
                Err(signal) => return cx.fail(signal),
            }
        }
        let flow = self.perform(callee, Args { values, names: SmallVec::new() }, cx);
        Got::from_flow(flow, rest, cx)
    }

    fn perform(&self, callee: Value, mut args: Args, cx: &mut Cx<'_>) -> Flow<Value> {
        let site = match &callee {
            Value::Function(function) => {
                return match function.as_any().downcast_ref::<Closure>() {
                    Some(closure) => closure.call(args, &self.at, cx),
                    None if delegate::taken(&callee).is_some() => {
                        cx.at.clone_from(&self.at);
                        delegate::call(&callee, args, cx)
                    }
                    None => match function.look_up(&args.values) {
                        Some(value) => Ok(value),
                        None => unknown(&self.at, "this call was never seen"),
                    },
                };
            }
            Value::Atom(name) => Some(self.builtin(*name, cx)),
            Value::Bound(pair) => {
                args.values.insert(0, pair.1.clone());
                Some(self.builtin(pair.0, cx))
            }
            _ => {
                args.values.insert(0, callee.clone());
                None
            }
        };
        let site = site.as_deref().unwrap_or(&self.call);
        cx.tick()?;
        if args.names.is_empty() { site.run(&args.values, cx) } else { site.run_named(&args.values, &args.names, cx) }
    }

    fn builtin(&self, name: Symbol, cx: &mut Cx<'_>) -> Rc<Site> {
        if let Some((last, site)) = &*self.last.borrow()
            && *last == name
        {
            return site.clone();
        }
        let number = cx.state.atom_number(name);
        let operation = cx.state.operations()[number as usize].clone();
        let site = Rc::new(Site::new(operation, self.at.clone()));
        *self.last.borrow_mut() = Some((name, site.clone()));
        site
    }
}
