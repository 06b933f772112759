//! Functions of the program.

use std::any::Any;
use std::ops::Range;
use std::rc::Rc;

use mimus_core::{Callable, Contents, Symbol, Value};

use crate::collect::Args;
use crate::cx::Cx;
use crate::frame::Frame;
use crate::node::{Node, Target};
use crate::operation::Site;
use crate::quick::{Got, Way};
use crate::signal::{Flow, Signal, unknown};

/// What all functions that one piece of text makes have in common.
pub(crate) struct FunctionCode {
    /// Names and scratch values of a frame.
    pub(crate) size: u32,
    pub(crate) params: Vec<Param>,
    /// All parameters take one argument each, into the first slots in order.
    pub(crate) simple: bool,
    pub(crate) body: Node,
    /// The kind of signal whose value is the result.
    pub(crate) result: Option<Symbol>,
    /// Whether the body's own value is the result when no signal came.
    pub(crate) gives: bool,
    /// The class of what a call gives, if that is only asked for what the body gives.
    pub(crate) lazy: Option<Symbol>,
    pub(crate) missing: Site,
    pub(crate) surplus: Site,
}

/// One parameter.
pub(crate) struct Param {
    pub(crate) takes: Takes,
    pub(crate) given: Given,
    pub(crate) name: Symbol,
    pub(crate) target: Target,
}

/// How the argument of a parameter may be given.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Given {
    Either,
    /// By its position only.
    Placed,
    /// By its name only.
    Named,
}

/// Which arguments a parameter takes.
pub(crate) enum Takes {
    One,
    /// Or the default of this number.
    Or(usize),
    /// All further positional ones, as a sequence of this class.
    Rest(Symbol),
    /// All further named ones, as a map of this class.
    Named(Symbol),
}

impl Param {
    /// Which of the arguments that have a name it takes.
    fn named_in(&self, named: &[(Symbol, Value)]) -> Option<usize> {
        if self.given == Given::Placed { None } else { named.iter().position(|(name, _)| *name == self.name) }
    }
}

/// A function value.
pub(crate) struct Closure {
    pub(crate) label: u32,
    pub(crate) code: Rc<FunctionCode>,
    pub(crate) up: Rc<Frame>,
    pub(crate) defaults: Box<[Value]>,
}

impl Callable for Closure {
    fn label(&self) -> u32 {
        self.label
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Closure {
    pub(crate) fn call(&self, args: Args, at: &Range<usize>, cx: &mut Cx<'_>) -> Flow<Value> {
        let frame = cx.frame(self.code.size, &self.up);
        frame.fill(self.code.size);
        let mut rest = Value::None;
        self.run(frame, cx, |cx, frame| self.bind(args, frame, at, cx), &mut rest).value(&mut rest, cx)
    }

    /// The call when each parameter takes one argument into the first slots: the arguments are evaluated where they go.
    pub(crate) fn call_directly(&self, args: &[Node], cx: &mut Cx<'_>, from: &Rc<Frame>, rest: &mut Value) -> Got {
        let frame = cx.frame(self.code.size, &self.up);
        for node in args {
            match node.quick(cx, from, rest) {
                Got::Int(i) => frame.push(Value::Int(i)),
                Got::Bool(b) => frame.push(Value::Bool(b != 0)),
                Got::Value => frame.push(std::mem::replace(rest, Value::None)),
                Got::Failed => return Got::Failed,
            }
        }
        frame.fill(self.code.size);
        self.run(frame, cx, |_, _| Ok(()), rest)
    }

    /// Whether [`Closure::call_directly`] may be used with so many arguments.
    pub(crate) fn is_direct(&self, count: usize) -> bool {
        self.code.simple && self.code.params.len() == count
    }

    fn run(
        &self,
        frame: Rc<Frame>,
        cx: &mut Cx<'_>,
        bind: impl FnOnce(&mut Cx<'_>, &Rc<Frame>) -> Flow<()>,
        rest: &mut Value,
    ) -> Got {
        if let Some(class) = self.code.lazy {
            let asked = cx.tick().and_then(|()| bind(cx, &frame)).and_then(|()| cx.lazy_body(class, self.code.clone(), frame));
            return Got::from_flow(asked, rest, cx);
        }
        if let Err(signal) = cx.tick().and_then(|()| cx.enter()) {
            return cx.fail(signal);
        }
        let code = &*self.code;
        cx.frames.push(frame.clone());
        let got = match bind(cx, &frame) {
            Ok(()) if code.gives => code.body.quick(cx, &frame, rest),
            Ok(()) => self.body(cx, &frame, rest),
            Err(signal) => cx.fail(signal),
        };
        cx.frames.pop();
        cx.leave();
        cx.done(frame);
        match got {
            Got::Failed => match *cx.failure() {
                Signal::Jump(kind, value, _) if Some(kind) == code.result => Got::from_flow(Ok(value), rest, cx),
                other => cx.fail(Box::new(other)),
            },
            got => got,
        }
    }

    fn body(&self, cx: &mut Cx<'_>, frame: &Rc<Frame>, rest: &mut Value) -> Got {
        match self.code.body.go(cx, frame) {
            Way::Failed => return Got::Failed,
            Way::On => {}
            Way::Away => {
                if let Some((kind, value, _)) = &mut cx.jump
                    && Some(*kind) == self.code.result
                {
                    let got = Got::taken(value, rest);
                    cx.jump = None;
                    return got;
                }
                if let Some((kind, value, at)) = cx.jump.take() {
                    return cx.fail(Box::new(Signal::Jump(kind, value, at)));
                }
            }
        }
        *rest = Value::None;
        Got::Value
    }

    fn bind(&self, args: Args, frame: &Rc<Frame>, at: &Range<usize>, cx: &mut Cx<'_>) -> Flow<()> {
        let code = &*self.code;
        if code.simple && args.names.is_empty() && args.values.len() == code.params.len() {
            args.values.into_iter().zip(0..).for_each(|(value, slot)| frame.set(slot, Some(value)));
            return Ok(());
        }
        let given = args.values.len();
        let positional = args.positional();
        let mut values = args.values.into_iter();
        let mut front: std::collections::VecDeque<Value> = values.by_ref().take(positional).collect();
        let mut named: Vec<(Symbol, Value)> = args.names.into_iter().zip(values).collect();
        for param in &code.params {
            let value = match &param.takes {
                Takes::One | Takes::Or(_) => match if param.given == Given::Named { None } else { front.pop_front() } {
                    Some(value) => value,
                    None => match (param.named_in(&named), &param.takes) {
                        (Some(i), _) => named.remove(i).1,
                        (None, Takes::Or(i)) => self.defaults.get(*i).cloned().unwrap_or(Value::None),
                        (None, _) => {
                            if param.given != Given::Named && !code.missing.operation.entries.is_empty() {
                                code.missing.run_at(&[Value::text(param.name.as_str())], &[], at, cx)?;
                            }
                            return unknown(at, format!("no argument for `{}`", param.name));
                        }
                    },
                },
                Takes::Rest(class) => Value::object(*class, Contents::Seq(front.drain(..).collect())),
                Takes::Named(class) => {
                    let entries = named.drain(..).map(|(name, value)| (Value::text(name.as_str()), value)).collect();
                    Value::object(*class, Contents::Map(entries))
                }
            };
            param.target.store(value, cx, frame)?;
        }
        if front.is_empty() && named.is_empty() {
            return Ok(());
        }
        let operand = match named.first() {
            Some((name, _)) => Value::text(name.as_str()),
            None => Value::Int(given as i64),
        };
        if !code.surplus.operation.entries.is_empty() {
            code.surplus.run_at(&[operand], &[], at, cx)?;
        }
        unknown(at, format!("{} arguments too many", front.len() + named.len()))
    }
}
