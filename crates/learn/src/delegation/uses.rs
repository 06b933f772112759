//! Uses of operations on what delegates, and the bodies that ran because of them.

use mimus_core::{Body, Datum, Symbol};
use mimus_trace::End;

use crate::episode::{Episode, Step};
use crate::simulate::{Findings, OpResult, OpUse};
use crate::world::{Time, Val, World};

/// One use.
#[derive(Clone)]
pub(super) struct Use {
    pub key: Symbol,
    pub args: Vec<Val>,
    /// Whether some operands have names.
    pub named: bool,
    pub came: Came,
    /// Whether it ends what it was seen in, and nothing takes what it gives.
    pub last: bool,
    /// Bodies that ran during it, in order.
    pub inner: Vec<Inner>,
    /// Objects that it changed itself.
    pub changed: Vec<Val>,
    /// What it printed itself.
    pub out: String,
    /// What it works on is what its operands gave to be worked on instead.
    pub settled: bool,
    /// What the running function belongs to, and its first argument.
    pub home: Option<(Val, Val)>,
    pub at: Time,
    pub ended: Time,
}

/// What came of a use.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Came {
    Gave(Val),
    Raised(Val),
    /// Elements, or something that was not seen.
    Unseen,
}

/// A body that ran.
#[derive(Clone)]
pub(super) struct Inner {
    pub function: Val,
    pub binds: Vec<Val>,
    pub value: Val,
    pub raised: bool,
}

impl Use {
    /// The use of an operation in an episode, if delegation may have to do with it.
    pub fn of(world: &World, episode: &Episode, findings: &Findings, i: usize) -> Option<Self> {
        let op = &findings.ops[i];
        let args = findings.values(&op.args)?;
        let is_last = i + 1 == findings.ops.len();
        let came = came(episode, findings, op);
        let delegates = |v: &Val| world.delegates(*v).is_some();
        let concerns = |v: &Val| delegates(v) || pair(world, *v).is_some();
        let is_above = args.is_empty() && matches!(came, Came::Gave(v) if pair(world, v).is_some());
        if !is_above && !args.iter().any(concerns) {
            return None;
        }
        // A body belongs to the last operation that had begun.
        let until = findings.ops[i + 1..].iter().map(|op| op.at).find(|at| *at > op.at).unwrap_or(Time::MAX);
        let shares = findings.ops[i + 1..].iter().any(|other| other.at == op.at);
        let during = |step: &&Step| !shares && step.began > op.at && step.began <= until;
        let inner = episode.inner.iter().filter(during).filter_map(Inner::of).collect();
        Some(Self {
            key: op.key,
            args,
            named: !op.names.is_empty(),
            came,
            last: is_last && matches!(&op.result, OpResult::Gave(v) if !findings.is_hidden(*v)),
            inner,
            changed: changed_by(world, episode, findings, i),
            out: if is_last { episode.out.clone() } else { String::new() },
            settled: false,
            home: episode.home,
            at: op.at,
            ended: episode.ended,
        })
    }
}

impl Use {
    /// Bodies that ran, without those that left it to others: they gave a builtin thing, and it came to something else.
    pub fn answering(&self, world: &World) -> &[Inner] {
        let declined =
            |one: &Inner| !one.raised && matches!(world.raw(one.value), Datum::Atom(_)) && self.came != Came::Gave(one.value);
        let first = self.inner.iter().position(|one| !declined(one)).unwrap_or(self.inner.len());
        &self.inner[first..]
    }

    /// What remains if an operand gave something to be worked on instead that delegates, too.
    pub fn settled(&self, world: &World) -> Option<Self> {
        let (first, rest) = self.inner.split_first()?;
        let [of] = first.binds.as_slice() else { return None };
        if self.settled || first.raised || world.delegates(first.value).is_none() || !self.args.contains(of) {
            return None;
        }
        let args = self.args.iter().map(|arg| if arg == of { first.value } else { *arg }).collect();
        Some(Self { args, inner: rest.to_vec(), settled: true, ..self.clone() })
    }
}

impl Inner {
    fn of(step: &Step) -> Option<Self> {
        let binds = step.binds.iter().map(|(_, v)| *v).collect();
        Some(Self { function: step.body_of?, binds, value: step.value, raised: step.end == End::Raised })
    }
}

/// The objects that an episode changed and that one of its operations may have changed: those among its operands; the last one
/// may also have changed what is among no one's.
fn changed_by(world: &World, episode: &Episode, findings: &Findings, i: usize) -> Vec<Val> {
    let works_on = |op: &OpUse, object: Val| findings.values(&op.args).is_some_and(|args| args.contains(&object));
    let is_last = i + 1 == findings.ops.len();
    let is_own = |object: &Val| {
        works_on(&findings.ops[i], *object) || (is_last && !findings.ops[..i].iter().any(|other| works_on(other, *object)))
    };
    episode.changed.iter().filter_map(|object| world.known_reference(*object)).filter(is_own).collect()
}

fn came(episode: &Episode, findings: &Findings, op: &OpUse) -> Came {
    match &op.result {
        OpResult::Raised => Came::Raised(episode.value),
        OpResult::Gave(v) => match (findings.value(*v), op.decided(findings)) {
            (Some(value), _) => Came::Gave(value),
            (None, Some(truth)) => Came::Gave(if truth { World::TRUE } else { World::FALSE }),
            (None, None) => Came::Unseen,
        },
        OpResult::Elements(..) => Came::Unseen,
    }
}

/// A record and what delegates to it (or is it), as one value.
pub(super) fn pair(world: &World, value: Val) -> Option<(Val, Val)> {
    let Datum::Compound(c) = world.raw(value) else { return None };
    let Body::Seq(items) = &c.body else { return None };
    let [home, of] = items.as_slice() else { return None };
    let (home, of) = (world.known(home)?, world.known(of)?);
    (world.delegates(home).is_some() && (of == home || world.delegates(of)?.contains(&home)) && !world.may_be_taken(value))
        .then_some((home, of))
}
