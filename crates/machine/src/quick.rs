//! Ways to run a node that need no [`Value`]: for its effect only, or for a small number that stays in registers.
//!
//! A value is three words that are copied piece by piece; on a loop over integers that copying would cost more than the work.

use std::rc::Rc;

use mimus_core::Value;

use crate::cx::Cx;
use crate::frame::Frame;
use crate::node::{Node, Place, Target, Temp};
use crate::operation::Site;
use crate::signal::{Flow, Signal};

/// What a node gave: two words, so that it travels in registers.
#[derive(Clone, Copy)]
pub(crate) enum Got {
    Int(i64),
    /// 0 or 1.
    Bool(i64),
    /// Anything else: it lies where the caller said.
    Value,
    /// The signal lies in [`Cx::fail`]'s place.
    Failed,
}

impl Got {
    /// A copy; all but small values are put into `rest`.
    #[inline]
    pub(crate) fn of(value: &Value, rest: &mut Value) -> Self {
        match value {
            Value::Int(i) => Self::Int(*i),
            Value::Bool(b) => Self::Bool((*b).into()),
            other => {
                *rest = other.clone();
                Self::Value
            }
        }
    }

    /// The same of a value that is not needed any more.
    #[inline]
    pub(crate) fn taken(value: &mut Value, rest: &mut Value) -> Self {
        match value {
            Value::Int(i) => Self::Int(*i),
            Value::Bool(b) => Self::Bool((*b).into()),
            other => {
                std::mem::swap(rest, other);
                Self::Value
            }
        }
    }

    #[inline]
    pub(crate) fn from_flow(flow: Flow<Value>, rest: &mut Value, cx: &mut Cx<'_>) -> Self {
        match flow {
            Ok(Value::Int(i)) => Self::Int(i),
            Ok(Value::Bool(b)) => Self::Bool(b.into()),
            Ok(value) => {
                *rest = value;
                Self::Value
            }
            Err(signal) => cx.fail(signal),
        }
    }

    /// The value, taken from where the rest lies.
    #[inline]
    pub(crate) fn value(self, rest: &mut Value, cx: &mut Cx<'_>) -> Flow<Value> {
        match self {
            Self::Int(i) => Ok(Value::Int(i)),
            Self::Bool(b) => Ok(Value::Bool(b != 0)),
            Self::Value => Ok(std::mem::replace(rest, Value::None)),
            Self::Failed => Err(cx.failure()),
        }
    }
}

/// How what was run for its effect ended.
#[derive(Clone, Copy)]
pub(crate) enum Way {
    On,
    /// A jump is under way: it waits in `Cx::jump`.
    Away,
    /// As with [`Got::Failed`].
    Failed,
}

impl Way {
    #[inline]
    pub(crate) fn from_flow(flow: Flow<()>, cx: &mut Cx<'_>) -> Self {
        match flow {
            Ok(()) => Self::On,
            Err(signal) => {
                cx.fail(signal);
                Self::Failed
            }
        }
    }

    /// With a signal for a jump.
    #[inline]
    fn flow(self, cx: &mut Cx<'_>) -> Flow<()> {
        match self {
            Self::On => Ok(()),
            Self::Failed => Err(cx.failure()),
            Self::Away => cx.jump.take().map_or(Ok(()), |(kind, value, at)| Err(Box::new(Signal::Jump(kind, value, at)))),
        }
    }
}

impl Node {
    /// Runs it for its value; all but small ones are put into `rest`.
    pub(crate) fn quick(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>, rest: &mut Value) -> Got {
        let known = match self {
            Self::Local(slot, _) => frame.with(*slot, |value| Some(Got::of(value?, rest))),
            Self::Global(number, _) => cx.state.globals[*number as usize].value.as_ref().map(|value| Got::of(value, rest)),
            Self::Const(value) => Some(Got::of(value, rest)),
            Self::Once(once) => once.0.get().map(|value| Got::of(value, rest)),
            Self::Op2(op) => return quick_op(&op.0, &op.1, cx, frame, rest),
            Self::Temp(temp) => frame.out(temp.hops).with(temp.slot, |value| Some(Got::of(value?, rest))),
            Self::SetTemp(temp, node) => return node.quick_temp(*temp, cx, frame, rest),
            Self::If(test) => {
                return match test.1[0].holds(&test.0, cx, frame) {
                    Ok(true) => test.1[1].quick(cx, frame, rest),
                    Ok(false) => test.1[2].quick(cx, frame, rest),
                    Err(signal) => cx.fail(signal),
                };
            }
            Self::Mark(number, node) => {
                cx.state.counters[*number as usize] += 1;
                return node.quick(cx, frame, rest);
            }
            Self::Shared(node) => return node.quick(cx, frame, rest),
            Self::Call(call) => return call.2.call(&call.0, &call.1, cx, frame, rest),
            _ => None,
        };
        if let Some(got) = known {
            return got;
        }
        let flow = self.eval(cx, frame);
        Got::from_flow(flow, rest, cx)
    }

    /// Runs it for a value that is kept as a scratch value, too.
    fn quick_temp(&self, temp: Temp, cx: &mut Cx<'_>, frame: &Rc<Frame>, rest: &mut Value) -> Got {
        let got = self.quick(cx, frame, rest);
        match got {
            Got::Int(i) => frame.out(temp.hops).set_int(temp.slot, i),
            Got::Bool(b) => temp.set(frame, Value::Bool(b != 0)),
            Got::Value => temp.set(frame, rest.clone()),
            Got::Failed => {}
        }
        got
    }

    /// Runs it for its effect.
    #[inline]
    pub(crate) fn exec(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<()> {
        self.go(cx, frame).flow(cx)
    }

    /// The same, with jumps that need no signal: most of them end within the same statements.
    pub(crate) fn go(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Way {
        match self {
            Self::Nothing | Self::Const(_) => Way::On,
            Self::Store(store) => {
                let flow = store.1.store_into(&store.0, cx, frame);
                Way::from_flow(flow, cx)
            }
            Self::Seq(nodes) => {
                for node in nodes {
                    match node.go(cx, frame) {
                        Way::On => {}
                        other => return other,
                    }
                }
                Way::On
            }
            Self::If(test) => match test.1[0].holds(&test.0, cx, frame) {
                Ok(true) => test.1[1].go(cx, frame),
                Ok(false) => test.1[2].go(cx, frame),
                Err(signal) => Way::from_flow(Err(signal), cx),
            },
            Self::While(turn) => loop {
                match turn.1[0].holds(&turn.0, cx, frame).and_then(|holds| cx.tick_if(holds)) {
                    Ok(true) => match turn.1[1].go(cx, frame) {
                        Way::On => {}
                        other => return other,
                    },
                    Ok(false) => return Way::On,
                    Err(signal) => return Way::from_flow(Err(signal), cx),
                }
            },
            Self::Each(each) => each.go(cx, frame),
            Self::Jump(kind, jump) => {
                let mut rest = Value::None;
                let value = match jump.1.quick(cx, frame, &mut rest) {
                    Got::Int(i) => Value::Int(i),
                    Got::Bool(b) => Value::Bool(b != 0),
                    Got::Value => rest,
                    Got::Failed => return Way::Failed,
                };
                cx.jump = Some((*kind, value, jump.0.clone()));
                Way::Away
            }
            Self::Op3(op) => {
                let flow = op_on_three(&op.0, &op.1, cx, frame).map(drop);
                Way::from_flow(flow, cx)
            }
            Self::Mark(number, node) => {
                cx.state.counters[*number as usize] += 1;
                node.go(cx, frame)
            }
            Self::Step(node) => match cx.tick().and_then(|()| cx.look_at_compared()) {
                Ok(()) => node.go(cx, frame),
                Err(signal) => Way::from_flow(Err(signal), cx),
            },
            Self::Deep(node) => match cx.deep() {
                Ok(()) => node.go(cx, frame),
                Err(signal) => Way::from_flow(Err(signal), cx),
            },
            Self::Shared(node) => node.go(cx, frame),
            Self::Catch(catch) => match catch.body.go(cx, frame) {
                Way::On => catch.otherwise.as_ref().map_or(Way::On, |node| node.go(cx, frame)),
                Way::Away if catch.kind.is_some() && cx.jump.as_ref().map(|jump| jump.0) == catch.kind => {
                    cx.jump = None;
                    Way::On
                }
                Way::Away => Way::Away,
                Way::Failed if cx.failed.as_ref().is_some_and(|signal| catch.takes(signal)) => {
                    cx.failed = None;
                    Way::On
                }
                Way::Failed => Way::Failed,
            },
            Self::SetTemp(temp, node) => {
                let flow = node.set_temp(*temp, cx, frame);
                Way::from_flow(flow, cx)
            }
            _ => {
                let flow = self.eval(cx, frame).map(drop);
                Way::from_flow(flow, cx)
            }
        }
    }

    /// Runs it for a value that is stored.
    fn store_into(&self, target: &Target, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<()> {
        let mut rest = Value::None;
        match self.quick(cx, frame, &mut rest) {
            Got::Int(i) => target.store_int(i, cx, frame),
            Got::Failed => Err(cx.failure()),
            got => target.store(got.value(&mut rest, cx)?, cx, frame),
        }
    }

    /// Runs it for a scratch value.
    fn set_temp(&self, temp: Temp, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<()> {
        let mut rest = Value::None;
        match self.quick(cx, frame, &mut rest) {
            Got::Int(i) => frame.out(temp.hops).set_int(temp.slot, i),
            Got::Failed => return Err(cx.failure()),
            got => temp.set(frame, got.value(&mut rest, cx)?),
        }
        Ok(())
    }

    /// Runs it as a test.
    #[inline]
    pub(crate) fn holds(&self, truth: &Site, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<bool> {
        let mut rest = Value::None;
        match self.quick(cx, frame, &mut rest) {
            Got::Bool(b) if truth.keeps_bool(cx) => Ok(b != 0),
            Got::Failed => Err(cx.failure()),
            got => {
                let value = got.value(&mut rest, cx)?;
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
    if let Got::Failed = a {
        return a;
    }
    let b = nodes[1].quick(cx, frame, rest);
    if let Got::Failed = b {
        return b;
    }
    if let Err(signal) = cx.tick() {
        return cx.fail(signal);
    }
    match (a, b) {
        (Got::Int(x), Got::Int(y)) => {
            if let Some(got) = site.ints(2, x, y, cx) {
                return got;
            }
        }
        (Got::Value, Got::Int(i)) => {
            if let Some(got) = site.element(&left_rest, i, rest) {
                return got;
            }
        }
        _ => {}
    }
    slow_op(site, (a, left_rest), b, cx, rest)
}

#[inline(never)]
fn slow_op(site: &Site, (a, mut left_rest): (Got, Value), b: Got, cx: &mut Cx<'_>, rest: &mut Value) -> Got {
    let operands = a.value(&mut left_rest, cx).and_then(|a| Ok([a, b.value(rest, cx)?]));
    let result = operands.and_then(|operands| site.run(&operands, cx));
    Got::from_flow(result, rest, cx)
}

/// An operation on three operands.
pub(crate) fn op_on_three(site: &Site, [a, b, c]: &[Node; 3], cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Value> {
    let of = a.eval(cx, frame)?;
    let mut rest = Value::None;
    let b = match b.quick(cx, frame, &mut rest) {
        Got::Failed => return Err(cx.failure()),
        got => got,
    };
    let mut c = c.eval(cx, frame)?;
    cx.tick()?;
    if let Got::Int(i) = b {
        match site.put(&of, i, c) {
            Ok(()) => return Ok(Value::None),
            Err(back) => c = back,
        }
    }
    let b = b.value(&mut rest, cx)?;
    site.run(&[of, b, c], cx)
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
                cx.acts += 1;
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
