//! Activations that are left for a while and gone on with later: bodies that give one value after the other.

use mimus_trace::{Program, Ref};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::replay::around;

/// What is known of such bodies in one program, and those of them that are asleep, with what is open in them.
pub(crate) struct Sleepers<T> {
    /// The last activation inside each such body.
    last: FxHashMap<usize, usize>,
    /// The objects that they fill.
    filled: FxHashSet<usize>,
    asleep: Vec<Vec<T>>,
}

impl<T> Sleepers<T> {
    pub fn of(program: &Program) -> Self {
        let filled: FxHashSet<usize> = program.acts.iter().filter_map(|act| act.fills).collect();
        let mut last = FxHashMap::default();
        for act in if filled.is_empty() { 0..0 } else { 0..program.acts.len() } {
            for body in around(program, act).filter(|body| program.acts[*body].fills.is_some()) {
                last.insert(body, act);
            }
        }
        Self { last, filled, asleep: vec![] }
    }

    /// Whether an activation is a body in which this one, or one after it, still runs.
    pub fn goes_on(&self, body: usize, act: usize) -> bool {
        self.last.get(&body).is_some_and(|last| *last >= act)
    }

    /// Whether an object holds what such a body gave.
    pub fn is_filled(&self, object: usize) -> bool {
        self.filled.contains(&object)
    }

    /// Puts to sleep what is open in a body.
    pub fn put(&mut self, open: Vec<T>) {
        self.asleep.push(open);
    }

    /// Takes out what is asleep and holds such an activation.
    pub fn wake(&mut self, is_wanted: impl Fn(&T) -> bool) -> Option<Vec<T>> {
        let found = self.asleep.iter().position(|open| open.iter().any(&is_wanted))?;
        Some(self.asleep.remove(found))
    }

    /// The object that the body around an activation fills, if it is such a body.
    pub fn fills(&self, program: &Program, act: usize) -> Option<usize> {
        let is_body = |act: &usize| program.acts[*act].opens.as_ref().is_some_and(|(_, function)| *function != Ref::None);
        let body = if self.filled.is_empty() { None } else { around(program, act).find(is_body) };
        body.and_then(|body| program.acts[body].fills)
    }

    /// What an activation itself gave to whoever asked the body around it.
    pub fn given<'p>(&self, program: &'p Program, act: usize) -> impl Iterator<Item = &'p Ref> {
        let fills = self.fills(program, act);
        let changes = if fills.is_some() { &program.acts[act].heap[..] } else { &[] };
        changes.iter().filter(move |change| Some(change.object) == fills).flat_map(|change| &change.inserted)
    }
}
