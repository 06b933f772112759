//! One try to run a program over an episode: how far it has come, and what it found out so far.

use mimus_core::{Datum, Shape, Symbol};
use mimus_trace::End;

use super::exit::{Exit, Jump, Ran};
use super::findings::{Findings, OpResult, OpUse, V};
use super::laws::Laws;
use crate::episode::{Episode, Path, Step};
use crate::world::{Time, Val, World};

const FUEL: u32 = 4000;

pub(super) enum Item {
    One(V),
    All(V),
    Entry(V, V),
    Named(Symbol, V),
}

pub(super) struct Collection {
    pub class: Symbol,
    pub shape: Shape,
    pub items: Vec<Item>,
}

/// The result of an operation, as far as it is known.
#[derive(Clone, Copy, Default)]
pub(super) struct Var {
    pub value: Option<Val>,
    pub truth: Option<bool>,
}

/// What was stored under a name.
pub(super) struct Pending {
    pub name: Symbol,
    /// Nothing for a name that was removed.
    pub value: Option<V>,
    /// The binding was seen.
    pub reported: bool,
}

pub(super) struct Run<'a> {
    pub world: &'a mut World,
    pub laws: &'a Laws,
    pub episode: &'a Episode,
    pub source: &'a str,
    /// Steps taken.
    pub position: usize,
    pub now: Time,
    /// Nothing, before anything ran.
    pub it: Option<V>,
    pub values: Vec<(Path, V)>,
    pub pending: Vec<Pending>,
    pub collections: Vec<Collection>,
    /// Collections that take what is pushed, the innermost last.
    pub open: Vec<usize>,
    pub caught: Option<V>,
    pub vars: Vec<Var>,
    /// Truths assumed so far.
    pub over: Vec<(Val, bool)>,
    choices: &'a [bool],
    chosen: usize,
    fuel: u32,
    pub declared: bool,
    /// How much was given to whoever asks the body around.
    pub given: usize,
    pub findings: Findings,
}

/// The error that a construct around this one handles, where that can be seen: it is raised again by what holds nothing.
fn handled(world: &World, episode: &Episode) -> Option<V> {
    let is_bare = episode.tree.slots.is_empty() && episode.steps.is_empty() && matches!(episode.end, End::Raised);
    let born = world.object(episode.value).filter(|_| is_bare).and_then(|error| world.born(error))?;
    (born < episode.began).then_some(V::Known(episode.value))
}

impl<'a> Run<'a> {
    /// At the beginning; `choices` are made in this order where a choice is open.
    pub fn new(world: &'a mut World, laws: &'a Laws, source: &'a str, episode: &'a Episode, choices: &'a [bool]) -> Self {
        let caught = handled(world, episode);
        Self {
            world,
            laws,
            episode,
            source,
            position: 0,
            now: episode.began,
            it: None,
            values: vec![],
            pending: vec![],
            collections: vec![],
            open: vec![],
            caught,
            vars: vec![],
            over: vec![],
            choices,
            chosen: 0,
            fuel: FUEL,
            declared: false,
            given: 0,
            findings: Findings::default(),
        }
    }

    /// What was found out, all told.
    pub fn into_findings(self) -> Findings {
        let Self { mut findings, vars, over, .. } = self;
        findings.var_truths = vars.iter().map(|v| v.truth.filter(|_| v.value.is_none())).collect();
        findings.vars = vars.into_iter().map(|v| v.value).collect();
        findings.truths = over;
        findings
    }

    pub fn burn(&mut self) -> Ran<()> {
        self.fuel = self.fuel.checked_sub(1).ok_or(Exit::Bad)?;
        Ok(())
    }

    pub fn choose(&mut self) -> Ran<bool> {
        let choice = *self.choices.get(self.chosen).ok_or(Exit::Undecided)?;
        self.chosen += 1;
        Ok(choice)
    }

    /// The step that comes next.
    pub fn next(&self) -> Option<&'a Step> {
        self.episode.steps.get(self.position)
    }

    pub fn new_var(&mut self) -> V {
        self.vars.push(Var::default());
        V::Var(self.vars.len() - 1)
    }

    pub fn text(&mut self, text: &str) -> V {
        V::Known(self.world.intern(Datum::text(text)))
    }

    pub fn known(&self, v: V) -> Option<Val> {
        match v {
            V::Known(v) => Some(v),
            V::Var(i) => self.vars[i].value,
            V::Fresh(_) | V::Function => None,
        }
    }

    /// Operands as they are now, if all are known.
    pub fn operands(&mut self, args: &[V]) -> Option<Vec<Datum>> {
        let values: Option<Vec<Val>> = args.iter().map(|arg| self.known(*arg)).collect();
        Some(self.world.operands(&values?, self.now, self.episode.began..self.episode.ended))
    }

    pub fn new_collection(&mut self, class: Symbol, shape: Shape, items: Vec<Item>) -> usize {
        self.collections.push(Collection { class, shape, items });
        self.collections.len() - 1
    }

    /// Adds to the innermost open collection.
    pub fn collect(&mut self, item: Item) -> Ran<()> {
        let open = *self.open.last().ok_or(Exit::Bad)?;
        self.collections[open].items.push(item);
        Ok(())
    }

    /// Sets what a name stands for from here on; nothing removes it.
    pub fn put(&mut self, name: Symbol, value: Option<V>) {
        self.pending.retain(|p| p.name != name);
        self.pending.push(Pending { name, value, reported: false });
    }

    /// Notes the use of an operation.
    pub fn log(&mut self, key: Symbol, args: Vec<V>, result: OpResult) {
        self.log_named(key, args, vec![], result);
    }

    pub fn log_named(&mut self, key: Symbol, args: Vec<V>, names: Vec<Symbol>, result: OpResult) {
        self.findings.ops.push(OpUse { key, args, names, at: self.now, result });
    }

    /// Notes that an operation raised the episode's error.
    pub fn raised(&mut self, key: Symbol, args: Vec<V>, names: Vec<Symbol>) -> Exit {
        self.log_named(key, args, names, OpResult::Raised);
        Exit::Signal(Jump::Error, V::Known(self.episode.value))
    }

    /// Whether an operation may be what raised the episode's error.
    pub fn may_raise(&self) -> bool {
        let episode = self.episode;
        episode.end == End::Raised
            && self.position == episode.steps.len()
            && episode
                .steps
                .last()
                .is_none_or(|step| step.end != End::Raised || step.value != episode.value || step.body_of.is_some())
    }
}
