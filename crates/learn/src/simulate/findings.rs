//! What a successful check found out: which operations were used on what, and what they gave.

use mimus_core::{Datum, Symbol};

use crate::episode::Episode;
use crate::world::{Time, Val, World};

/// A value during simulation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum V {
    Known(Val),
    /// The result of an operation, not seen directly.
    Var(usize),
    /// A collection under construction.
    Fresh(usize),
    /// A function just made.
    Function,
}

impl V {
    pub const NONE: V = V::Known(World::NONE);

    pub fn truth(truth: bool) -> Self {
        V::Known(if truth { World::TRUE } else { World::FALSE })
    }
}

/// One use of a learned operation.
#[derive(Clone, Debug)]
pub(crate) struct OpUse {
    pub key: Symbol,
    pub args: Vec<V>,
    pub names: Vec<Symbol>,
    pub at: Time,
    pub result: OpResult,
}

#[derive(Clone, Debug)]
pub(crate) enum OpResult {
    Gave(V),
    Raised,
    /// Elements, in order; complete when the construct took all of them.
    Elements(Vec<V>, bool),
}

/// What a successful check found out.
#[derive(Default)]
pub(crate) struct Findings {
    pub ops: Vec<OpUse>,
    pub vars: Vec<Option<Val>>,
    /// Whether they are true, where their value was not seen.
    pub var_truths: Vec<Option<bool>>,
    /// Of these it cannot be seen what they were, though something became of it.
    pub hidden: Vec<usize>,
    /// What values were found to be true or false.
    pub truths: Vec<(Val, bool)>,
    /// Values that were tested and known to be true or false before.
    pub tested: Vec<(Val, bool)>,
    /// Words that stand for a value without being bound.
    pub words: Vec<(Symbol, Val)>,
    /// Kinds of jumps that gave calls their results.
    pub results: Vec<Symbol>,
    /// Builtin things that records of a class delegate to.
    pub builtin: Vec<(Symbol, Val)>,
    /// Calls of the program's own functions.
    pub applied: Vec<Applied>,
}

/// A call of a function of the program: what it was given.
pub(crate) struct Applied {
    pub function: Val,
    pub args: Vec<V>,
    pub named: Vec<(Symbol, V)>,
    /// When the body began.
    pub began: Time,
}

impl OpUse {
    /// Whether its result was true, where that is all that was seen.
    pub fn decided(&self, findings: &Findings) -> Option<bool> {
        match self.result {
            OpResult::Gave(V::Var(i)) => findings.var_truths[i],
            _ => None,
        }
    }

    /// Its operands as they were when it was used, if all were seen.
    pub fn operands(&self, findings: &Findings, world: &mut World, episode: &Episode) -> Option<Vec<Datum>> {
        Some(world.operands(&findings.values(&self.args)?, self.at, episode.began..episode.ended))
    }
}

impl Findings {
    /// Whether something became of a value that was not seen.
    pub fn is_hidden(&self, v: V) -> bool {
        matches!(v, V::Var(i) if self.hidden.contains(&i))
    }

    /// The value that was seen, if one was.
    pub fn value(&self, v: V) -> Option<Val> {
        match v {
            V::Known(v) => Some(v),
            V::Var(i) => self.vars[i],
            V::Fresh(_) | V::Function => None,
        }
    }

    /// The values that were seen, if all were.
    pub fn values(&self, vs: &[V]) -> Option<Vec<Val>> {
        vs.iter().map(|v| self.value(*v)).collect()
    }
}
