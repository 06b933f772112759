//! What a sample of episodes shows that a construct's program could need.

use std::collections::BTreeSet;

use mimus_core::{Code, Datum, Form, Kind, Shape, SignalKind, Slot, Symbol, Tree};
use mimus_trace::End;
use rustc_hash::FxHashSet;

use super::pieces::slot_kind;
use super::space::Space;
use crate::episode::Episode;
use crate::record::Record;
use crate::simulate::operation_key;
use crate::world::{Val, World};

/// Complete episodes in which a piece was not evaluated, after which it is taken for one that never is.
const IDLE: usize = 20;

pub(super) struct Shown<'a> {
    record: &'a Record,
    form: Form,
    episodes: Vec<&'a Episode>,
    /// The tree of the first.
    tree: &'a Tree,
    /// Slots with pieces that ran.
    stepped: FxHashSet<u8>,
    /// A piece ran more than once.
    repeated: bool,
    /// Names were bound while it ran.
    names_inside: bool,
}

impl<'a> Shown<'a> {
    /// The sample must not be empty.
    pub fn new(record: &'a Record, form: Form, sample: &[usize]) -> Self {
        let episodes: Vec<&Episode> = sample.iter().map(|i| &record.episodes[*i]).collect();
        let tree = &*episodes[0].tree;
        let mut shown =
            Self { record, form, episodes, tree, stepped: FxHashSet::default(), repeated: false, names_inside: false };
        for episode in &shown.episodes {
            let mut here = FxHashSet::default();
            for step in &episode.steps {
                if let Some((slot, piece)) = step.path.first() {
                    shown.stepped.insert(*slot);
                    shown.repeated |= !here.insert((*slot, *piece, step.path.get(1).copied()));
                }
                shown.names_inside |= !step.binds.is_empty();
            }
        }
        shown
    }

    /// Whether every piece that is evaluated at all was seen evaluated: what never ran cannot be learned, unless it is an expression
    /// that never ran in many episodes that came to their end.
    pub fn is_whole(&self) -> bool {
        let is_idle = self.episodes.iter().filter(|episode| episode.end == End::Normal).count() >= IDLE;
        let is_evaluated = |slot: &Slot| match slot_kind(slot) {
            Some(Kind::Expr) => !is_idle,
            kind => matches!(kind, Some(Kind::Stmt | Kind::Block)),
        };
        let ran = |(i, slot): (usize, &Slot)| !is_evaluated(slot) || self.stepped.contains(&(i as u8));
        let gives_function = |episode: &&Episode| {
            episode.made.is_some() || self.record.world.is_function(episode.value) || self.binds_function(episode)
        };
        self.episodes.iter().any(gives_function) || self.tree.slots.iter().enumerate().all(ran)
    }

    /// Slots that hold expressions.
    pub fn values(&self) -> FxHashSet<u8> {
        let slots = self.tree.slots.iter().enumerate();
        slots.filter(|(_, slot)| slot_kind(slot) == Some(Kind::Expr)).map(|(i, _)| i as u8).collect()
    }

    /// How many slots there are.
    pub fn width(&self) -> usize {
        self.tree.slots.len()
    }

    /// Of these slots those with a name that was bound, and had a value before, in every episode.
    pub fn kept(&self, slots: &[u8]) -> Vec<u8> {
        let had = |slot: &&u8| {
            self.episodes.iter().all(|episode| match episode.tree.slots.get(usize::from(**slot)).map(Slot::trees) {
                Some([tree]) if tree.form.kind == Kind::Name => {
                    let name = Symbol::new(tree.text(self.record.source(episode)));
                    episode.named(name).is_some() && episode.binds.iter().any(|(n, _)| *n == name)
                }
                _ => false,
            })
        };
        slots.iter().filter(had).copied().collect()
    }

    /// What programs of the construct may be made of.
    pub fn space(&self) -> Space {
        let mut space = Space { branch: true, loops: self.repeated, ..Space::default() };
        space.keys.push(operation_key(self.form));
        self.add_exits(&mut space);
        self.add_collections(&mut space);
        self.add_leaves(&mut space);
        for (i, slot) in self.tree.slots.iter().enumerate() {
            self.add_slot(i as u8, slot, &mut space);
        }
        self.add_functions(&mut space);
        space
    }

    fn is_expr(&self) -> bool {
        self.form.kind == Kind::Expr
    }

    fn binds_function(&self, episode: &Episode) -> bool {
        episode.binds.iter().any(|(_, value)| value.is_some_and(|value| self.record.world.is_function(value)))
    }

    /// Whether it raised what no piece of it raised.
    fn raises(&self) -> bool {
        self.episodes.iter().any(|e| e.end == End::Raised && !e.steps.iter().any(|s| s.end == End::Raised))
    }

    /// Jumps and errors: those that it sends, those that it stops, and what it does in spite of them.
    fn add_exits(&self, space: &mut Space) {
        let mut absorbed = FxHashSet::default();
        for episode in &self.episodes {
            for step in &episode.steps {
                if step.end == End::Left && !(episode.end == End::Left && episode.jump == step.jump) {
                    absorbed.extend(step.jump);
                }
                space.handle |= step.end == End::Raised && !(episode.end == End::Raised && episode.value == step.value);
            }
            let abrupt = |end: End| end == End::Left || end == End::Raised;
            space.after |= episode.steps.iter().rev().skip(1).any(|step| abrupt(step.end));
        }
        space.catch = absorbed.into_iter().collect();
        space.catch.sort();
        // Where nothing was given by itself, what is evaluated may have been asked for all it had.
        let lazy = |value: Val| self.record.world.lazy(value).is_some();
        let passes_on =
            |e: &&Episode| e.fills.is_some() && e.steps.len() == 1 && lazy(e.steps[0].value) && e.form().kind == Kind::Expr;
        space.suspend = self.episodes.iter().find(|e| !e.gives.is_empty() || passes_on(e)).and_then(|e| e.fills);
        if self.episodes.iter().any(|e| e.end == End::Left && !e.steps.iter().any(|s| s.end == End::Left)) {
            space.signals.push(SignalKind::Own);
        }
        if self.raises() && !self.is_expr() {
            space.signals.push(SignalKind::Error);
            space.bare_op = true;
        }
    }

    /// Calls, and collections that it makes.
    fn add_collections(&self, space: &mut Space) {
        if !self.is_expr() {
            return;
        }
        space.call = (0..self.tree.slots.len() as u8).any(|slot| self.is_callable(slot));
        space.push = space.call;
        // In an order of their own: which program is found first must not depend on where a name lies in memory.
        let mut fresh: BTreeSet<(Symbol, Shape)> = self.episodes.iter().filter_map(|e| fresh(&self.record.world, e)).collect();
        let is_text = |e: &&Episode| e.end == End::Normal && matches!(self.record.world.raw(e.value), Datum::Text(_));
        if self.tree.slots.len() == 1 && self.has_parts() && self.episodes.iter().any(is_text) {
            fresh.insert((Datum::text("").class(), Shape::Text));
        }
        let has_names = self.tree.slots.iter().any(|slot| slot_kind(slot) == Some(Kind::Name));
        if !fresh.is_empty() && fresh.len() <= 3 && !has_names {
            space.new.extend(fresh);
            space.push = true;
        }
    }

    fn has_parts(&self) -> bool {
        self.episodes.iter().any(|e| e.tree.children().any(|child| child.form.kind == Kind::Part))
    }

    /// Whether a slot mostly gives something that can be called.
    fn is_callable(&self, slot: u8) -> bool {
        let world = &self.record.world;
        let is_callable = |value: Val| {
            world.may_run(value) || world.is_made_of_frame(value) || matches!(world.raw(value), Datum::Atom(_) | Datum::Bound(..))
        };
        let (mut all, mut callable) = (0, 0);
        for episode in &self.episodes {
            if let Some(step) = episode.steps.iter().find(|s| s.path == [(slot, 0)] && s.end == End::Normal) {
                all += 1;
                callable += usize::from(is_callable(step.value));
            }
        }
        callable > 0 && callable * 2 >= all
    }

    /// Leaves that take no slot.
    fn add_leaves(&self, space: &mut Space) {
        let mut leaves = vec![Code::Const(Datum::None)];
        if self.is_expr() {
            leaves.extend([true, false].map(|b| Code::Const(Datum::Bool(b))));
        }
        leaves.push(Code::It);
        if space.handle {
            leaves.extend([Code::Again, Code::Caught]);
            space.match_op = true;
        }
        if self.tree.slots.is_empty() {
            if self.is_expr() {
                // Only what can be a name in memory is read as one; other leaves mean what their text says.
                let named = |e: &&Episode| e.named(Symbol::new(e.tree.text(self.record.source(e)))).is_some();
                if self.episodes.iter().any(named) {
                    leaves.push(Code::Load);
                }
                space.operands.push((Code::OwnText, 0));
            }
            if self.raises() {
                leaves.push(Code::Again);
            }
        }
        space.leaves.extend(leaves.into_iter().map(|leaf| (leaf, 0)));
    }

    /// What takes a slot.
    fn add_slot(&self, i: u8, slot: &Slot, space: &mut Space) {
        let bit = 1u32 << i;
        let iterates = self.repeated || self.names_inside;
        match (slot, slot_kind(slot)) {
            (Slot::One(_), Some(Kind::Expr)) if self.stepped.contains(&i) => {
                space.need |= bit;
                space.values |= bit;
                space.operands.push((Code::Slot(i), bit));
                if self.tree.slots.len() > 2 {
                    space.operands.push((Code::Val(i), 0));
                }
            }
            (Slot::One(_), Some(Kind::Stmt | Kind::Block)) if self.stepped.contains(&i) => {
                space.need |= bit;
                space.leaves.push((Code::Slot(i), bit));
            }
            (Slot::One(_), Some(Kind::Name)) => {
                space.need |= bit;
                space.store.push(i);
                space.operands.push((Code::Word(i), bit));
                space.operands.push((Code::Get(i), 0));
                // Where nothing is evaluated, a name's own text may be what decides.
                if self.stepped.is_empty() {
                    space.operands.push((Code::Word(i), 0));
                }
                add_name(i, space);
                if iterates {
                    space.each.push(i);
                }
            }
            (Slot::One(_), Some(Kind::Part)) => {
                space.need |= bit;
                if !space.handle {
                    space.leaves.push((Code::Every(i), bit));
                    space.store.push(i);
                    if iterates {
                        space.each.push(i);
                    }
                }
                // What a call is given is given element by element.
                if !space.call {
                    space.nest.push(i);
                }
            }
            (Slot::Many(trees), kind) => {
                space.need |= bit;
                let is_parts = kind == Some(Kind::Part);
                if !(space.handle && is_parts) {
                    space.leaves.push((Code::Every(i), bit));
                }
                if is_parts && !space.call {
                    space.nest.push(i);
                    space.store.push(i);
                }
                if trees.iter().all(|tree| tree.form.kind == Kind::Name) {
                    add_name(i, space);
                }
            }
            _ => {}
        }
    }

    /// Functions of a body that did not run.
    fn add_functions(&self, space: &mut Space) {
        let world = &self.record.world;
        let makes_function = |e: &&Episode| (self.is_expr() && world.is_function(e.value)) || self.binds_function(e);
        let is_body = |(i, slot): &(u8, &Slot)| match (slot, slot_kind(slot)) {
            (Slot::One(_), Some(Kind::Expr | Kind::Block)) => !self.stepped.contains(i),
            _ => false,
        };
        let slots = || (0u8..).zip(&self.tree.slots);
        let Some((body, _)) = slots().filter(is_body).last().filter(|_| self.episodes.iter().any(makes_function)) else {
            return;
        };
        let bit = 1u32 << body;
        space.need |= bit;
        space.leaves.push((Code::Closure(None, body, None), bit));
        for (i, _) in slots().filter(|(_, slot)| slot_kind(slot) == Some(Kind::Part)) {
            space.leaves.push((Code::Closure(Some(i), body, None), bit | 1 << i));
        }
    }
}

/// What a construct does to names besides binding them.
fn add_name(slot: u8, space: &mut Space) {
    let bit = 1u32 << slot;
    space.leaves.push((Code::Forget(slot), bit));
    space.leaves.extend([true, false].map(|outermost| (Code::Declare(slot, outermost), bit)));
}

/// Class and shape of a collection that an episode made and gave.
fn fresh(world: &World, episode: &Episode) -> Option<(Symbol, Shape)> {
    if episode.end != End::Normal {
        return None;
    }
    let shape = match world.object(episode.value) {
        Some(object) => {
            world.born(object).filter(|born| *born > episode.began)?;
            world.collection_shape(object)?
        }
        None => match world.raw(episode.value) {
            Datum::Compound(c) => match c.body {
                mimus_core::Body::Seq(_) => Shape::Seq,
                mimus_core::Body::Set(_) => Shape::Set,
                _ => return None,
            },
            _ => return None,
        },
    };
    Some((world.class(episode.value), shape))
}
