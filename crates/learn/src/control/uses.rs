//! Uses of operations side by side: an operation must be a function of its operands.

use mimus_core::{Body, Datum, Symbol};
use rustc_hash::FxHashMap;

use crate::episode::Episode;
use crate::simulate::{Findings, OpResult, OpUse};
use crate::world::World;

/// What operations gave, by operands.
#[derive(Default)]
pub(super) struct Uses {
    gave: FxHashMap<(Symbol, Vec<Datum>), Datum>,
    raised: FxHashMap<(Symbol, Vec<Datum>), bool>,
    agree: usize,
    differ: usize,
}

impl Uses {
    /// Takes what a checked episode shows.
    pub fn add(&mut self, world: &mut World, episode: &Episode, findings: &Findings) {
        for op in &findings.ops {
            let Some(mut args) = op.operands(findings, world, episode) else { continue };
            // What cannot be looked into may differ from call to call.
            if args.iter().any(|arg| matches!(arg, Datum::Opaque(..) | Datum::Function(_) | Datum::Bound(..))) {
                continue;
            }
            let same = Datum::identities(&args).into_iter().map(|place| Datum::int(place as i64)).collect();
            args.push(Datum::seq("same", same));
            // Whether it raises must depend on the operands, too.
            let raises = matches!(op.result, OpResult::Raised);
            if self.raised.insert((op.key, args.clone()), raises).is_some_and(|before| before != raises) {
                self.differ += 1;
            }
            let Some(result) = result(world, episode, findings, op) else { continue };
            // What it is about may be shown by no operand: what runs, for whom.
            if holds_opaque(&result) {
                continue;
            }
            match self.gave.insert((op.key, args), result.clone()) {
                Some(before) if before != result => self.differ += 1,
                Some(_) => self.agree += 1,
                None => {}
            }
        }
    }

    /// Whether they are functions of their operands. A few may depend on what no operand shows.
    pub fn are_consistent(&self) -> bool {
        self.differ * 10 <= self.agree || self.differ * 12 <= self.raised.len()
    }
}

/// Whether something in it cannot be looked into.
fn holds_opaque(datum: &Datum) -> bool {
    match datum {
        Datum::Opaque(..) => true,
        Datum::Compound(c) => matches!(&c.body, Body::Seq(items) if items.iter().any(|item| matches!(item, Datum::Opaque(..)))),
        _ => false,
    }
}

/// What an operation gave, marked by the way in which it did.
fn result(world: &mut World, episode: &Episode, findings: &Findings, op: &OpUse) -> Option<Datum> {
    match &op.result {
        OpResult::Gave(v) => match findings.value(*v) {
            Some(v) => Some(world.snapshot(v, episode.ended)),
            None => Some(Datum::seq("decided", vec![Datum::Bool(op.decided(findings)?)])),
        },
        OpResult::Raised => Some(Datum::seq("raised", vec![world.snapshot(episode.value, op.at)])),
        OpResult::Elements(items, true) => Some(Datum::seq("elements", world.snapshots(&findings.values(items)?, op.at))),
        OpResult::Elements(_, false) => None,
    }
}
