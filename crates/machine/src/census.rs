//! How much memory the program's values take, roughly.

use std::rc::Rc;

use mimus_core::{Contents, Value};
use rustc_hash::FxHashSet;

use crate::closure::Closure;
use crate::collect::Collect;
use crate::cx::Cx;
use crate::delegate::Taken;
use crate::frame::Frame;
use crate::lazy::Lazies;

/// Bytes held by memory, by the frames of running calls and by collections under construction. What is held only by an
/// operation that is running is not seen.
pub(crate) fn held(cx: &Cx<'_>) -> usize {
    let mut census = Census::default();
    cx.state.globals.iter().filter_map(|global| global.value.as_ref()).for_each(|value| census.due.push(value.clone()));
    cx.frames.iter().for_each(|frame| census.frame(frame));
    for collection in &cx.collections {
        match collection {
            Collect::Seq(items) => items.iter().for_each(|value| census.value(value)),
            Collect::Set(items) => items.iter().for_each(|value| census.value(value)),
            Collect::Map(entries) => entries.iter().for_each(|(key, value)| {
                census.value(key);
                census.value(value);
            }),
            Collect::Text(text) => census.bytes += text.len(),
            Collect::Args(args) => args.values.iter().for_each(|value| census.value(value)),
        }
    }
    // A list of what is to be looked at instead of a recursion: values may be nested deeper than any stack.
    while let Some(value) = census.due.pop() {
        census.look(&value, &cx.state.lazies);
    }
    census.bytes
}

#[derive(Default)]
struct Census {
    bytes: usize,
    met: FxHashSet<usize>,
    due: Vec<Value>,
}

impl Census {
    fn frame(&mut self, frame: &Rc<Frame>) {
        let mut frame = Some(frame);
        while let Some(one) = frame {
            if !self.met.insert(Rc::as_ptr(one) as usize) {
                return;
            }
            self.bytes += 64;
            let due = &mut self.due;
            frame = one.each(&mut |value| due.push(value.clone()));
        }
    }

    /// Counts a value's place; what it refers to waits.
    fn value(&mut self, value: &Value) {
        self.bytes += 24;
        match value {
            Value::Text(text) => self.bytes += text.len() + 32,
            Value::Bytes(bytes) => self.bytes += bytes.len() + 16,
            Value::Big(big) => self.bytes += big.bits() as usize / 8 + 32,
            Value::Object(_) | Value::Bound(_) | Value::Function(_) => self.due.push(value.clone()),
            _ => {}
        }
    }

    fn look(&mut self, value: &Value, lazies: &Lazies) {
        match value {
            Value::Object(object) => {
                if !self.met.insert(Rc::as_ptr(object) as usize) {
                    return;
                }
                self.bytes += 96;
                if let Some(frame) = lazies.frame(object) {
                    self.frame(frame);
                }
                object.delegates.iter().flat_map(|all| all.iter()).for_each(|value| self.value(value));
                match &*object.body.borrow() {
                    Contents::Seq(items) => items.iter().for_each(|value| self.value(value)),
                    Contents::Set(items) => items.iter().for_each(|value| {
                        self.bytes += 24;
                        self.value(value);
                    }),
                    Contents::Map(entries) => entries.iter().for_each(|(key, value)| {
                        self.bytes += 24;
                        self.value(key);
                        self.value(value);
                    }),
                    Contents::Record(fields) => fields.iter().for_each(|(_, value)| self.value(value)),
                    Contents::Range { .. } => {}
                }
            }
            Value::Bound(pair) => self.value(&pair.1),
            Value::Function(function) => {
                if let Some(closure) = function.as_any().downcast_ref::<Closure>()
                    && self.met.insert(std::ptr::from_ref(closure) as usize)
                {
                    self.bytes += 64;
                    closure.defaults.iter().for_each(|value| self.value(value));
                    self.frame(&closure.up);
                } else if let Some(taken) = function.as_any().downcast_ref::<Taken>() {
                    self.value(&taken.function);
                    self.value(&taken.of);
                }
            }
            scalar => self.value(scalar),
        }
    }
}
