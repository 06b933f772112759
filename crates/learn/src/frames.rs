//! The names of the observed program while it runs.

use std::collections::HashMap;

use mimus_core::Symbol;
use rustc_hash::FxHashMap;

use crate::world::Val;

/// Names by the frame that has them. The outermost is number 0.
pub(crate) struct Frames(HashMap<usize, Frame>);

#[derive(Default)]
struct Frame {
    names: FxHashMap<Symbol, Val>,
    outer: Option<usize>,
}

impl Frames {
    /// Only the outermost, without names.
    pub fn new() -> Self {
        Self(HashMap::from([(0, Frame::default())]))
    }

    /// Begins a frame of which nothing is known yet.
    pub fn open(&mut self, frame: usize, outer: usize) {
        self.0.insert(frame, Frame { names: FxHashMap::default(), outer: Some(outer) });
    }

    /// Begins a frame, or goes on with it if it was met before.
    pub fn reopen(&mut self, frame: usize, outer: usize) {
        self.0.entry(frame).or_insert_with(|| Frame { names: FxHashMap::default(), outer: Some(outer) });
    }

    /// The frame around one.
    pub fn around(&self, frame: usize) -> Option<usize> {
        self.0.get(&frame)?.outer
    }

    /// What a name stands for in a frame or in those around it.
    pub fn look_up(&self, mut frame: usize, name: Symbol) -> Option<Val> {
        loop {
            let known = self.0.get(&frame)?;
            if let Some(value) = known.names.get(&name) {
                return Some(*value);
            }
            frame = known.outer?;
        }
    }

    /// Binds a name in a frame, or removes it there, while another frame runs.
    pub fn bind(&mut self, name: Symbol, value: Option<Val>, frame: usize, current: usize) {
        let outer = (frame != current && frame != 0).then_some(current);
        let frame = self.0.entry(frame).or_insert_with(|| Frame { names: FxHashMap::default(), outer });
        match value {
            Some(value) => frame.names.insert(name, value),
            None => frame.names.remove(&name),
        };
    }
}
