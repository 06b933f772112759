use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use mimus_core::Value;

/// The names of one call (or scope), by number, and the scratch values of its constructs.
pub(crate) struct Frame {
    slots: RefCell<Vec<Option<Value>>>,
    up: Option<Rc<Frame>>,
    /// The record that its names became.
    pub(crate) home: OnceCell<Value>,
}

impl Frame {
    pub(crate) fn new(size: u32, up: Option<Rc<Frame>>) -> Rc<Self> {
        Rc::new(Self { slots: vec![None; size as usize].into(), up, home: OnceCell::new() })
    }

    /// A frame of this size without slots yet, made of one that nobody holds any more where there is one.
    pub(crate) fn again(spare: Option<Rc<Self>>, size: u32, up: &Rc<Self>) -> Rc<Self> {
        match spare {
            Some(mut frame) => {
                if let Some(own) = Rc::get_mut(&mut frame) {
                    own.up = Some(up.clone());
                }
                frame
            }
            None => {
                Rc::new(Self { slots: Vec::with_capacity(size as usize).into(), up: Some(up.clone()), home: OnceCell::new() })
            }
        }
    }

    /// Adds a slot.
    #[inline]
    pub(crate) fn push(&self, value: Value) {
        self.slots.borrow_mut().push(Some(value));
    }

    /// Adds the slots that are missing.
    #[inline]
    pub(crate) fn fill(&self, size: u32) {
        let mut slots = self.slots.borrow_mut();
        while slots.len() < size as usize {
            slots.push(None);
        }
    }

    /// Empties a frame that nobody else holds, to be used again.
    pub(crate) fn spare(mut frame: Rc<Self>) -> Option<Rc<Self>> {
        let own = Rc::get_mut(&mut frame)?;
        own.slots.get_mut().clear();
        own.up = None;
        own.home.take();
        Some(frame)
    }

    /// The frame around it.
    pub(crate) fn up(&self) -> Option<&Rc<Self>> {
        self.up.as_ref()
    }

    /// Its first value: the first argument, if it is that of a call.
    pub(crate) fn first(&self) -> Option<Value> {
        self.slots.borrow().first().cloned().flatten()
    }

    #[inline]
    pub(crate) fn get(&self, slot: u32) -> Option<Value> {
        self.slots.borrow()[slot as usize].clone()
    }

    /// Looks at a slot where it is.
    #[inline]
    pub(crate) fn with<R>(&self, slot: u32, look: impl FnOnce(Option<&Value>) -> R) -> R {
        look(self.slots.borrow()[slot as usize].as_ref())
    }

    #[inline]
    pub(crate) fn set_int(&self, slot: u32, int: i64) {
        if let Some(Value::Int(old)) = &mut self.slots.borrow_mut()[slot as usize] {
            *old = int;
            return;
        }
        self.set(slot, Some(Value::Int(int)));
    }

    #[inline]
    pub(crate) fn set(&self, slot: u32, value: Option<Value>) {
        // The old value is dropped after the borrow ends: dropping may reach this frame again.
        let _old = std::mem::replace(&mut self.slots.borrow_mut()[slot as usize], value);
    }

    /// The frame so many levels outwards.
    #[inline]
    pub(crate) fn out(self: &Rc<Self>, hops: u32) -> &Rc<Self> {
        let mut frame = self;
        for _ in 0..hops {
            match &frame.up {
                Some(up) => frame = up,
                None => break,
            }
        }
        frame
    }

    /// What it holds and its outer frame, for counting memory.
    pub(crate) fn each(&self, visit: &mut dyn FnMut(&Value)) -> Option<&Rc<Frame>> {
        self.slots.borrow().iter().flatten().chain(self.home.get()).for_each(visit);
        self.up.as_ref()
    }
}
