//! Running a body that may wait inside, and going on where it waits.

use std::rc::Rc;

use mimus_core::{Object, Value};

use crate::cx::Cx;
use crate::frame::Frame;
use crate::lazy::Asked;
use crate::node::{Each, Node, elements};
use crate::signal::{Flow, Signal};

/// How far a construct had come when something inside it began to wait.
pub(crate) enum Paused {
    /// In its part of this number.
    Part(usize),
    /// In what something runs after, however it ends.
    Held,
    /// In a turn for an element, with those that follow.
    Turn(Follow),
    /// Handling an error.
    Handling(Signal),
    /// In what runs at the end, with how the rest ended.
    Ending(Flow<Value>),
}

/// How running what may wait inside went.
pub(crate) enum Went {
    /// It gives this and waits; each construct around it has left a note.
    Gave(Value),
    Ended(Value),
}

/// The elements that follow.
pub(crate) enum Follow {
    Asking(Rc<Object>),
    /// Those of a sequence from this position on.
    At(Rc<Object>, usize),
}

impl Follow {
    fn of(value: &Value, each: &crate::operation::Site, cx: &mut Cx<'_>) -> Flow<Self> {
        match cx.as_lazy(value) {
            Some(object) => Ok(Self::Asking(object)),
            None => Ok(Self::At(elements(each, value, cx)?, 0)),
        }
    }

    fn next(&mut self, cx: &mut Cx<'_>) -> Flow<Asked> {
        match self {
            Self::Asking(object) => cx.ask(object),
            Self::At(object, i) => {
                cx.tick()?;
                let next = object.body.borrow().get(*i);
                *i += 1;
                Ok(next.map_or(Asked::Over(Value::None), Asked::Value))
            }
        }
    }
}

/// Passes on that something inside gave a value, leaving a note for later.
macro_rules! go {
    ($node:expr, $paused:ident, $cx:ident, $frame:ident, $note:expr) => {
        match $node.proceed($paused, $cx, $frame)? {
            Went::Ended(value) => value,
            Went::Gave(value) => {
                $paused.push($note);
                return Ok(Went::Gave(value));
            }
        }
    };
}

impl Node {
    /// Runs it, or, where there are notes, goes on by them.
    pub(crate) fn proceed(&self, paused: &mut Vec<Paused>, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Went> {
        let is_new = paused.is_empty();
        match self {
            Self::Waits(node) => match &**node {
                // These have nothing to note.
                Self::Waits(_) | Self::Mark(..) | Self::Step(_) | Self::Deep(_) | Self::Shared(_) | Self::SetTemp(..) => {
                    node.proceed(paused, cx, frame)
                }
                node => node.go_inside(paused, cx, frame),
            },
            Self::Mark(number, node) => {
                cx.state.counters[*number as usize] += u64::from(is_new);
                node.proceed(paused, cx, frame)
            }
            Self::Step(node) => {
                cx.tick()?;
                node.proceed(paused, cx, frame)
            }
            Self::Deep(node) => {
                cx.deep()?;
                node.proceed(paused, cx, frame)
            }
            Self::Shared(node) => node.proceed(paused, cx, frame),
            Self::SetTemp(temp, node) => {
                let went = node.proceed(paused, cx, frame)?;
                if let Went::Ended(value) = &went {
                    temp.set(frame, value.clone());
                }
                Ok(went)
            }
            node => node.eval(cx, frame).map(Went::Ended),
        }
    }

    /// The same for a construct that something in it may make wait.
    fn go_inside(&self, paused: &mut Vec<Paused>, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Went> {
        let note = paused.pop();
        let part = if let Some(Paused::Part(part)) = note { Some(part) } else { None };
        Ok(Went::Ended(match self {
            Self::Suspend(inside) => {
                if part.is_none() {
                    let value = inside.eval(cx, frame)?;
                    paused.push(Paused::Part(0));
                    return Ok(Went::Gave(value));
                }
                Value::None
            }
            Self::SuspendAll(inside) => {
                let mut follow = match note {
                    Some(Paused::Turn(follow)) => follow,
                    _ => {
                        let value = inside.1.eval(cx, frame)?;
                        Follow::of(&value, &inside.0, cx)?
                    }
                };
                match follow.next(cx)? {
                    Asked::Over(value) => value,
                    Asked::Value(value) => {
                        paused.push(Paused::Turn(follow));
                        return Ok(Went::Gave(value));
                    }
                }
            }
            Self::Seq(nodes) => {
                let mut value = Value::None;
                for (i, node) in nodes.iter().enumerate().skip(part.unwrap_or(0)) {
                    value = go!(node, paused, cx, frame, Paused::Part(i));
                }
                value
            }
            Self::If(test) => {
                let part = match part {
                    Some(part) => part,
                    None => 2 - usize::from(test.1[0].holds(&test.0, cx, frame)?),
                };
                go!(test.1[part], paused, cx, frame, Paused::Part(part))
            }
            Self::While(turn) => {
                let mut inside = part.is_some();
                while inside || turn.1[0].holds(&turn.0, cx, frame)? {
                    inside = false;
                    cx.tick()?;
                    go!(turn.1[1], paused, cx, frame, Paused::Part(1));
                }
                Value::None
            }
            Self::Until(turn) => loop {
                cx.tick()?;
                go!(turn.1[0], paused, cx, frame, Paused::Part(0));
                if !turn.1[1].holds(&turn.0, cx, frame)? {
                    break Value::None;
                }
            },
            Self::Each(each) => return each.proceed(note, paused, cx, frame),
            Self::Store(store) => {
                let value = store.1.proceed(paused, cx, frame)?;
                let Went::Ended(value) = value else {
                    paused.push(Paused::Part(0));
                    return Ok(value);
                };
                store.0.store(value.clone(), cx, frame)?;
                value
            }
            Self::Catch(catch) => match (part, &catch.otherwise) {
                (Some(1), Some(otherwise)) => go!(otherwise, paused, cx, frame, Paused::Part(1)),
                _ => match (catch.body.proceed(paused, cx, frame), &catch.otherwise) {
                    (Ok(Went::Gave(value)), _) => {
                        paused.push(Paused::Part(0));
                        return Ok(Went::Gave(value));
                    }
                    (Ok(Went::Ended(_)), Some(otherwise)) => go!(otherwise, paused, cx, frame, Paused::Part(1)),
                    (Ok(Went::Ended(value)), None) => value,
                    (Err(signal), _) => match (*signal, catch.kind) {
                        (Signal::Jump(kind, value, _), Some(expected)) if kind == expected => value,
                        (Signal::Raise(value), None) => value,
                        (other, _) => return Err(Box::new(other)),
                    },
                },
            },
            Self::Handle(two) => return handle(&two[0], &two[1], None, note, paused, cx, frame),
            Self::HandleElse(three) => return handle(&three[0], &three[1], Some(&three[2]), note, paused, cx, frame),
            Self::After(two) => return after(two, note, paused, cx, frame),
            Self::Settle(settle) => {
                if !matches!(note, Some(Paused::Held)) {
                    settle.begin(cx, frame)?;
                }
                let result = match settle.body.proceed(paused, cx, frame) {
                    Ok(Went::Gave(value)) => {
                        paused.push(Paused::Held);
                        return Ok(Went::Gave(value));
                    }
                    Ok(Went::Ended(value)) => Ok(value),
                    Err(signal) => Err(signal),
                };
                settle.end(result, cx, frame)?
            }
            // What else may wait inside could not be gone on with.
            _ => return self.eval(cx, frame).map(Went::Ended),
        }))
    }
}

impl Each {
    fn proceed(&self, note: Option<Paused>, paused: &mut Vec<Paused>, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Went> {
        let (mut follow, mut inside) = match note {
            Some(Paused::Turn(follow)) => (follow, true),
            _ => {
                let over = self.over.eval(cx, frame)?;
                (Follow::of(&over, &self.site, cx)?, false)
            }
        };
        loop {
            if !inside {
                match follow.next(cx)? {
                    Asked::Value(value) => self.target.store(value, cx, frame)?,
                    Asked::Over(_) => return Ok(Went::Ended(Value::None)),
                }
            }
            inside = false;
            go!(self.body, paused, cx, frame, Paused::Turn(follow));
        }
    }
}

fn handle(
    body: &Node,
    handler: &Node,
    otherwise: Option<&Node>,
    note: Option<Paused>,
    paused: &mut Vec<Paused>,
    cx: &mut Cx<'_>,
    frame: &Rc<Frame>,
) -> Flow<Went> {
    let error = match (note, otherwise) {
        (Some(Paused::Handling(error)), _) => error,
        (Some(Paused::Part(2)), Some(otherwise)) => {
            return Ok(Went::Ended(go!(otherwise, paused, cx, frame, Paused::Part(2))));
        }
        _ => match (body.proceed(paused, cx, frame), otherwise) {
            (Err(signal), _) if matches!(*signal, Signal::Raise(_)) => *signal,
            (Ok(Went::Gave(value)), _) => {
                paused.push(Paused::Part(0));
                return Ok(Went::Gave(value));
            }
            (Ok(Went::Ended(_)), Some(otherwise)) => {
                return Ok(Went::Ended(go!(otherwise, paused, cx, frame, Paused::Part(2))));
            }
            (other, _) => return other,
        },
    };
    cx.caught.push(error);
    let went = handler.proceed(paused, cx, frame);
    let error = cx.caught.pop();
    if let (Ok(Went::Gave(_)), Some(error)) = (&went, error) {
        paused.push(Paused::Handling(error));
    }
    went
}

fn after(two: &[Node; 2], note: Option<Paused>, paused: &mut Vec<Paused>, cx: &mut Cx<'_>, frame: &Rc<Frame>) -> Flow<Went> {
    let result = match note {
        Some(Paused::Ending(result)) => result,
        _ => match two[0].proceed(paused, cx, frame) {
            Ok(Went::Gave(value)) => {
                paused.push(Paused::Held);
                return Ok(Went::Gave(value));
            }
            Ok(Went::Ended(value)) => Ok(value),
            Err(signal) if !signal.is_of_the_program() => return Err(signal),
            Err(signal) => Err(signal),
        },
    };
    go!(two[1], paused, cx, frame, Paused::Ending(result));
    result.map(Went::Ended)
}
