use std::cell::RefCell;
use std::rc::Rc;

use mimus_core::Value;
use smallvec::SmallVec;

/// The names of one call (or scope), by number, and the scratch values of its constructs.
pub(crate) struct Frame {
    slots: RefCell<SmallVec<[Option<Value>; 8]>>,
    up: Option<Rc<Frame>>,
}

impl Frame {
    pub(crate) fn new(size: u32, up: Option<Rc<Frame>>) -> Rc<Self> {
        let mut slots = SmallVec::new();
        slots.resize(size as usize, None);
        Rc::new(Self { slots: RefCell::new(slots), up })
    }

    #[inline]
    pub(crate) fn get(&self, slot: u32) -> Option<Value> {
        self.slots.borrow()[slot as usize].clone()
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
        self.slots.borrow().iter().flatten().for_each(visit);
        self.up.as_ref()
    }
}
