//! Ways to run a node that need no [`Value`]: for its effect only, or for a small number that stays in registers.
//!
//! A value is three words that are copied piece by piece; on a loop over integers that copying would cost more than the work.

use std::rc::Rc;

use mimus_core::Value;

use crate::cx::Cx;
use crate::frame::Frame;
use crate::node::{Node, Place, Target};
use crate::operation::Site;
use crate::signal::{Flow, Signal};

/// What a node gave.
pub(crate) enum Got {
    Int(i64),
    Bool(bool),
    /// Anything else: it lies where the caller said.
    Value,
    Signal(Box<Signal>),
}

impl Got {
    #[inline]
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Int(i) => Some(Self::Int(*i)),
            Value::Bool(b) => Some(Self::Bool(*b)),
            _ => None,
        }
    }

    /// The value, taken from where the rest lies.
    #[inline]
    pub(crate) fn value(self, rest: &mut Value) -> Flow<Value> {
        match self {
            Self::Int(i) => Ok(Value::Int(i)),
            Self::Bool(b) => Ok(Value::Bool(b)),
            Self::Value => Ok(std::mem::replace(rest, Value::None)),
            Self::Signal(signal) => Err(signal),
        }
    }
}

impl Node {
    /// Runs it for its value; all but small ones are put into `rest`.
    pub(crate) fn quick(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>, rest: &mut Value) -> Got {
        let known = match self {
            Self::Local(slot, _) => frame.with(*slot, |value| Got::of(value?)),
            Self::Global(number, _) => cx.state.globals[*number as usize].value.as_ref().and_then(Got::of),
            Self::Const(value) => Got::of(value),
            Self::Once(once) => once.0.get().and_then(Got::of),
            Self::Op2(op) => return quick_op(&op.0, &op.1, cx, frame, rest),
            _ => None,
        };
        if let Some(got) = known {
            return got;
        }
        match self.eval(cx, frame) {
            Ok(Value::Int(i)) => Got::Int(i),
            Ok(Value::Bool(b)) => Got::Bool(b),
            Ok(value) => {
                *rest = value;
                Got::Value
            }
            Err(signal) => Got::Signal(signal),
        }
    }

    /// Runs it for its effect.
    pub(crate) fn exec(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<()> {
        match self {
            Self::Nothing | Self::Const(_) => Ok(()),
            Self::Store(store) => {
                let mut rest = Value::None;
                match store.1.quick(cx, frame, &mut rest) {
                    Got::Int(i) => store.0.store_int(i, cx, frame),
                    Got::Signal(signal) => Err(signal),
                    got => store.0.store(got.value(&mut rest)?, cx, frame),
                }
            }
            Self::Seq(nodes) => nodes.iter().try_for_each(|node| node.exec(cx, frame)),
            Self::If(test) => {
                let branch = if test.1[0].holds(&test.0, cx, frame)? { &test.1[1] } else { &test.1[2] };
                branch.exec(cx, frame)
            }
            Self::While(turn) => {
                while turn.1[0].holds(&turn.0, cx, frame)? {
                    cx.tick()?;
                    turn.1[1].exec(cx, frame)?;
                }
                Ok(())
            }
            Self::Mark(number, node) => {
                cx.state.counters[*number as usize] += 1;
                node.exec(cx, frame)
            }
            Self::Step(node) => {
                cx.tick()?;
                cx.look_at_compared()?;
                node.exec(cx, frame)
            }
            Self::Deep(node) => {
                cx.deep()?;
                node.exec(cx, frame)
            }
            Self::Shared(node) => node.exec(cx, frame),
            Self::Catch(catch) => match catch.body.exec(cx, frame) {
                Ok(()) => catch.otherwise.as_ref().map_or(Ok(()), |node| node.exec(cx, frame)),
                Err(signal) => match (&*signal, catch.kind) {
                    (Signal::Jump(kind, ..), Some(expected)) if *kind == expected => Ok(()),
                    (Signal::Raise(_), None) => Ok(()),
                    _ => Err(signal),
                },
            },
            _ => self.eval(cx, frame).map(drop),
        }
    }

    /// Runs it as a test.
    #[inline]
    pub(crate) fn holds(&self, truth: &Site, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<bool> {
        let mut rest = Value::None;
        match self.quick(cx, frame, &mut rest) {
            Got::Bool(b) if truth.keeps_bool(cx) => Ok(b),
            Got::Signal(signal) => Err(signal),
            got => {
                let value = got.value(&mut rest)?;
                cx.truth(truth, &value)
            }
        }
    }
}

/// A binary operation.
#[inline]
pub(crate) fn quick_op(site: &Site, nodes: &[Node; 2], cx: &mut Cx<'_>, frame: &Rc<Frame>, rest: &mut Value) -> Got {
    let mut left_rest = Value::None;
    let a = nodes[0].quick(cx, frame, &mut left_rest);
    if let Got::Signal(signal) = a {
        return Got::Signal(signal);
    }
    let b = nodes[1].quick(cx, frame, rest);
    if let Err(signal) = cx.tick() {
        return Got::Signal(signal);
    }
    if let (Got::Int(x), Got::Int(y)) = (&a, &b)
        && let Some(got) = site.ints(2, *x, *y, cx)
    {
        return got;
    }
    slow_op(site, (a, left_rest), b, cx, rest)
}

#[inline(never)]
fn slow_op(site: &Site, (a, mut left_rest): (Got, Value), b: Got, cx: &mut Cx<'_>, rest: &mut Value) -> Got {
    let result = a.value(&mut left_rest).and_then(|a| site.run(&[a, b.value(rest)?], cx));
    match result {
        Ok(Value::Int(i)) => Got::Int(i),
        Ok(Value::Bool(b)) => Got::Bool(b),
        Ok(value) => {
            *rest = value;
            Got::Value
        }
        Err(signal) => Got::Signal(signal),
    }
}

impl Target {
    /// Stores a small integer, in place where there is one already.
    #[inline]
    pub(crate) fn store_int(&self, int: i64, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<()> {
        match self {
            Self::Name(Place::Local(slot)) => {
                frame.set_int(*slot, int);
                Ok(())
            }
            Self::Name(Place::Global(number)) => {
                let global = &mut cx.state.globals[*number as usize];
                global.touched = true;
                match &mut global.value {
                    Some(Value::Int(old)) => *old = int,
                    other => drop(other.replace(Value::Int(int))),
                }
                Ok(())
            }
            _ => self.store(Value::Int(int), cx, frame),
        }
    }
}
