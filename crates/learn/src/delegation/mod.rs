//! What operations do where an operand delegates: found by what was seen to run.

pub(crate) mod alike;
mod explain;
mod propose;
mod uses;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use mimus_core::{Body, CALL, Datum, Symbol};
use mimus_induce::{Example, Outcome};
use mimus_knowledge::{Does, Way};

use crate::episode::Episode;
use crate::simulate::{CATCHES, CLOSES, Findings, OPENS};
use crate::world::{Val, World};
use uses::{Came, Use};

/// The least number of uses that a way has to explain.
const LEAST: usize = 3;
/// Uses of one operation that are looked at.
const SAMPLE: usize = 4000;

/// The ways of operations, in the order in which they are tried.
pub(crate) type Ways = BTreeMap<Symbol, Vec<Way>>;

/// Collects uses of operations on what delegates, then finds the ways that explain them.
#[derive(Default)]
pub(crate) struct Delegation {
    /// How often records of a class were seen to delegate to a builtin thing.
    builtin: BTreeMap<(Symbol, Val), u64>,
    uses: BTreeMap<Symbol, Vec<Use>>,
}

impl Delegation {
    /// Takes those uses of operations that delegation may explain; gives their places.
    pub fn add(&mut self, world: &World, episode: &Episode, findings: &Findings) -> Vec<usize> {
        for (class, builtin) in &findings.builtin {
            *self.builtin.entry((*class, *builtin)).or_default() += 1;
        }
        let mut taken = vec![];
        for i in 0..findings.ops.len() {
            if let Some(used) = Use::of(world, episode, findings, i) {
                self.uses.entry(used.key).or_default().push(used);
                taken.push(i);
            }
        }
        // What runs on an element of an operand belongs to what the operation does by delegation, too.
        let is_one = |v: &Val| world.delegates(*v).is_some();
        if episode.inner.iter().any(|step| step.binds.first().is_some_and(|(_, v)| is_one(v))) {
            taken = (0..findings.ops.len()).collect();
        }
        taken
    }

    /// The ways of all operations, and examples of what is not done by delegation.
    pub fn solve(mut self, world: &mut World) -> (Ways, Vec<(Symbol, Example)>) {
        let mut found = Ways::new();
        for ((class, builtin), seen) in std::mem::take(&mut self.builtin) {
            let does = Does::Gives(world.raw(builtin).clone());
            found.entry(Symbol::new("own")).or_default().push(Way { on: None, class, count: None, does, seen });
        }
        for (key, uses) in &mut self.uses {
            let stride = uses.len().div_ceil(SAMPLE).max(1);
            let sample: Vec<&Use> = uses.iter().step_by(stride).collect();
            let ways = ways(world, &sample);
            if !ways.is_empty() {
                found.insert(*key, ways);
            }
        }
        let mut examples = self.lacking(world, &found);
        examples.extend(self.others(world, &found));
        examples.extend(self.plain(world, &found));
        (found, examples)
    }

    /// What operations do with things of a program's own where no body ran and no way explains it, as examples: for all that was
    /// seen, such a thing is one like any other.
    fn plain(&self, world: &mut World, found: &Ways) -> Vec<(Symbol, Example)> {
        let mut out = vec![];
        for (key, uses) in self.uses.iter().filter(|(key, _)| ![CATCHES, OPENS, CLOSES, CALL].contains(&key.as_str())) {
            let ways = found.get(key).map_or(&[][..], Vec::as_slice);
            let stride = uses.len().div_ceil(SAMPLE).max(1);
            let is_plain = |used: &&Use| {
                let is_told = ways.iter().any(|way| explain::explains(world, way, used).is_some());
                used.inner.is_empty() && !used.named && !used.args.is_empty() && !is_told
            };
            let plain: Vec<&Use> = uses.iter().step_by(stride).filter(is_plain).collect();
            for used in plain {
                let outcome = match used.came {
                    Came::Raised(error) => Outcome::Raised(world.snapshot(error, used.ended)),
                    Came::Unseen if !used.last => continue,
                    came => {
                        let given = if let Came::Gave(given) = came { given } else { World::NONE };
                        let place = |object: &Val| used.args.iter().position(|arg| arg == object);
                        let Some(places) = used.changed.iter().map(place).collect::<Option<Vec<usize>>>() else { continue };
                        let new = world.snapshots(&used.changed, used.ended);
                        let changes = places.into_iter().zip(new).collect();
                        Outcome::Gave { value: world.snapshot(given, used.ended), changes, out: used.out.clone() }
                    }
                };
                let args = world.snapshots(&used.args, used.at);
                out.push((*key, Example { args, names: vec![], outcome, times: 1 }));
            }
        }
        out
    }

    /// What operations do on what operands gave instead of themselves, and what builtin things make for those that delegate to
    /// them, as examples.
    fn others(&self, world: &mut World, found: &Ways) -> Vec<(Symbol, Example)> {
        let mut out = vec![];
        for (key, uses) in &self.uses {
            let Some(ways) = found.get(key) else { continue };
            for used in uses.iter().filter(|used| !used.named) {
                let first = ways.iter().find(|way| explain::explains(world, way, used).is_some());
                let Some(way) = first.filter(|way| explain::explains(world, way, used) == Some(true)) else { continue };
                let Came::Gave(given) = used.came else { continue };
                match way.does {
                    Does::Instead(_) | Does::Within(_) if used.changed.is_empty() => {
                        let args: Vec<Val> = used.args.iter().map(|arg| stands_for(world, way, used, *arg)).collect();
                        let args = world.snapshots(&args, used.at);
                        let value = world.snapshot(given, used.ended);
                        let outcome = Outcome::Gave { value, changes: vec![], out: used.out.clone() };
                        if !args.iter().any(|arg| matches!(arg, Datum::Opaque(..))) {
                            out.push((*key, Example { args, names: vec![], outcome, times: 1 }));
                        }
                    }
                    Does::Make { builtin: true, .. } if used.inner.is_empty() => {
                        out.extend(made(world, given, &used.args[1..], used));
                    }
                    Does::Fill => out.extend(made(world, used.args[0], &used.args[1..], used)),
                    _ => {}
                }
            }
        }
        out
    }

    /// What reading a field gives that is not there, as examples: the class of what was asked, its name and that of the field.
    fn lacking(&self, world: &World, found: &Ways) -> Vec<(Symbol, Example)> {
        let mut out = vec![];
        for (key, uses) in &self.uses {
            let reads = found.get(key).into_iter().flatten();
            for way in reads {
                let (Does::Read { key, or: None, .. }, Some(on)) = (&way.does, way.on) else { continue };
                for used in uses.iter().filter(|used| used.inner.is_empty() && explain::explains(world, way, used).is_none()) {
                    let (Some(of), Some(wanted)) = (used.args.get(on), used.args.get(*key)) else { continue };
                    let Came::Raised(error) = used.came else { continue };
                    if world.class(*of) != way.class || Some(used.args.len()) != way.count {
                        continue;
                    }
                    let Some(called) = called(world, *of) else { continue };
                    let outcome = Outcome::Raised(world.raw(error).clone());
                    let args = vec![world.raw(called).clone(), world.raw(*wanted).clone()];
                    let key = Symbol::new(&format!("lacks {}", way.class));
                    out.push((key, Example { args, names: vec![], outcome, times: 1 }));
                }
            }
        }
        out
    }
}

/// What an operand gave to be worked on instead.
fn stands_for(world: &World, way: &Way, used: &Use, arg: Val) -> Val {
    if world.class(arg) != way.class {
        return arg;
    }
    match way.does {
        Does::Within(field) => world.field(arg, field, used.at).unwrap_or(arg),
        _ => used.inner.iter().find(|one| one.binds.first() == Some(&arg)).map_or(arg, |one| one.value),
    }
}

/// What a builtin thing made of operands, as far as the fields show of something that delegates to it.
fn made(world: &mut World, of: Val, args: &[Val], used: &Use) -> Option<(Symbol, Example)> {
    let builtin = world.delegates(of)?.iter().find_map(|v| explain::builtin_name(world, *v))?;
    let contents = world.contents(world.object(of)?, used.ended)?.clone();
    let Body::Record(fields) = &*contents else { return None };
    // What is not builtin in it came later.
    let (name, value) = fields.first().copied()?;
    let fields = vec![(name, world.snapshot(value, used.ended))];
    let value = Datum::compound(builtin, 0, Body::Record(fields));
    let args = world.snapshots(args, used.at);
    let is_known = !args.iter().any(|arg| matches!(arg, Datum::Opaque(..)));
    is_known.then(|| (Symbol::new(&format!("@{builtin}")), Example::pure(args, value)))
}

/// The name of a record made of a frame, or of the first such record that something delegates to: by convention its first field.
fn called(world: &World, of: Val) -> Option<Val> {
    let first = |v: Val| match &**world.contents(world.object(v)?, crate::world::Time::MAX)? {
        Body::Record(fields) => fields.first().map(|(_, v)| *v).filter(|v| matches!(world.raw(*v), Datum::Text(_))),
        _ => None,
    };
    if world.is_made_of_frame(of) { first(of) } else { first(*world.delegates(of)?.first()?) }
}

/// The ways of one operation: each the one that explains most of what those before it leave, those that are never wrong first.
fn ways(world: &World, uses: &[&Use]) -> Vec<Way> {
    let settled: Vec<Option<Use>> = uses.iter().map(|used| used.settled(world)).collect();
    let all: Vec<&Use> = uses.iter().copied().chain(settled.iter().flatten()).collect();
    let candidates = propose::candidates(world, &all);
    let mut rest: Vec<&Use> = uses.to_vec();
    let mut found: Vec<Way> = vec![];
    while !rest.is_empty() {
        let mut best: Option<(usize, usize, Way)> = None;
        for way in &candidates {
            let (mut right, mut wrong) = (0, 0);
            for used in &rest {
                match explain::explains(world, way, used) {
                    Some(true) => right += 1,
                    Some(false) => wrong += 1,
                    None => {}
                }
            }
            let least = if matches!(way.does, Does::Gives(_)) { 4 * LEAST } else { LEAST };
            // One that is never wrong may be tried before all others; one that is wrong on few would hide what is true of these.
            let rank = |right: usize, wrong: usize| (wrong == 0, right, Reverse(wrong));
            let is_better = |(most, fewest, _): &(usize, usize, Way)| rank(right, wrong) > rank(*most, *fewest);
            if right >= least && wrong * 20 <= right && best.as_ref().is_none_or(is_better) {
                best = Some((right, wrong, Way { seen: right as u64, ..way.clone() }));
            }
        }
        let Some((.., way)) = best else { break };
        if let Does::Instead(_) = way.does {
            let is_next = |used: &&Use| explain::explains(world, &way, used) == Some(true);
            let next = uses
                .iter()
                .zip(&settled)
                .filter(|(used, _)| rest.iter().any(|other| std::ptr::eq(*other, **used)) && is_next(used));
            let next: Vec<&Use> = next.filter_map(|(_, settled)| settled.as_ref()).collect();
            rest.retain(|used| explain::explains(world, &way, used).is_none());
            rest.extend(next);
        } else {
            rest.retain(|used| explain::explains(world, &way, used).is_none());
        }
        found.push(way);
    }
    found
}
