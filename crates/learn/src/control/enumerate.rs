//! All control programs of a size, over what a construct's episodes show that it could need.

use std::rc::Rc;

use mimus_core::{Code, Datum, SignalKind, Symbol};
use rustc_hash::FxHashMap;

use super::program::{collects, is_given, is_operand, is_passive, is_stored};
use super::space::Space;
use crate::simulate::CATCHES;

type Programs = Rc<Vec<Code>>;

/// Enumerates a space, remembering smaller programs.
pub(super) struct Enumerator<'s> {
    space: &'s Space,
    memo: FxHashMap<(usize, u32), Programs>,
    /// More programs than this of one size are cut: the construct is out of reach then.
    most: usize,
}

impl<'s> Enumerator<'s> {
    pub fn new(space: &'s Space, most: usize) -> Self {
        Self { space, memo: FxHashMap::default(), most }
    }

    /// All programs of exactly this size that take exactly these bits.
    pub fn programs(&mut self, size: usize, need: u32) -> Programs {
        if let Some(known) = self.memo.get(&(size, need)) {
            return known.clone();
        }
        let made = Rc::new(self.make(size, need));
        self.memo.insert((size, need), made.clone());
        made
    }

    fn make(&mut self, size: usize, need: u32) -> Vec<Code> {
        let space = self.space;
        let mut out = Vec::new();
        if size == 1 {
            out.extend(space.leaves.iter().filter(|(_, takes)| *takes == need).map(|(leaf, _)| leaf.clone()));
            out.extend(space.operands.iter().filter(|(_, takes)| *takes == need).map(|(leaf, _)| leaf.clone()));
            if space.bare_op && need == 0 {
                out.extend(space.keys.iter().map(|key| Code::Op(*key, vec![])));
            }
            return out;
        }
        self.operations(size, need, &mut out);
        self.ternary(size, need, &mut out);
        self.handled(size, need, &mut out);
        self.unary(size, need, &mut out);
        self.binary(size, need, &mut out);
        out.truncate(self.most);
        out
    }

    fn operations(&mut self, size: usize, need: u32, out: &mut Vec<Code>) {
        let space = self.space;
        let arity = size - 1;
        if arity > 4 {
            return;
        }
        let mut rows: Vec<(Vec<Code>, u32)> = vec![(vec![], 0)];
        for _ in 0..arity {
            let mut longer = Vec::new();
            for (args, taken) in &rows {
                for (operand, takes) in &space.operands {
                    if taken & takes == 0 && (taken | takes) & !need == 0 && !(*takes == 0 && args.contains(operand)) {
                        let mut args = args.clone();
                        args.push(operand.clone());
                        longer.push((args, taken | takes));
                    }
                }
            }
            rows = longer;
            if rows.len() > self.most {
                return;
            }
        }
        for (args, taken) in rows {
            if taken == need {
                // Operands that were evaluated before come first or not at all: fewer equal programs.
                out.extend(space.keys.iter().map(|key| Code::Op(*key, args.clone())));
                if arity == 2 {
                    out.extend(space.related.iter().map(|key| Code::Op(*key, args.clone())));
                }
            }
        }
        if space.match_op && size == 2 {
            let key = Symbol::new(CATCHES);
            out.extend(
                space
                    .operands
                    .iter()
                    .filter(|(_, takes)| *takes == need)
                    .filter(|(c, _)| matches!(c, Code::Slot(_)))
                    .map(|(operand, _)| Code::Op(key, vec![operand.clone(), Code::Caught])),
            );
        }
    }

    fn unary(&mut self, size: usize, need: u32, out: &mut Vec<Code>) {
        let space = self.space;
        let values = space.values;
        let bit = |slot: u8| 1u32 << slot;
        for slot in &space.store {
            if need & bit(*slot) != 0 {
                let inner = self.programs(size - 1, need & !bit(*slot));
                out.extend(inner.iter().filter(|p| is_stored(p, values)).map(|p| Code::Store(*slot, Box::new(p.clone()))));
            }
        }
        for slot in &space.nest {
            if need & bit(*slot) != 0 {
                let inner = self.programs(size - 1, need & !bit(*slot));
                out.extend(inner.iter().map(|p| Code::Nest(*slot, Box::new(p.clone()))));
            }
        }
        let inner = self.programs(size - 1, need);
        let consumes = |p: &&Code| !is_passive(p);
        for (class, shape) in &space.new {
            out.extend(
                inner
                    .iter()
                    .filter(|p| collects(p) || matches!(p, Code::Const(Datum::None)))
                    .map(|p| Code::New(*class, *shape, Box::new(p.clone()))),
            );
        }
        if space.push {
            out.extend(inner.iter().filter(|p| is_operand(p, values)).map(|p| Code::Push(Box::new(p.clone()))));
            out.extend(inner.iter().filter(|p| matches!(p, Code::Slot(_))).map(|p| Code::PushAll(Box::new(p.clone()))));
        }
        if let Some(name) = space.entry
            && need & bit(name) != 0
        {
            let inner = self.programs(size - 1, need & !bit(name));
            out.extend(inner.iter().filter(|p| is_operand(p, values)).map(|p| Code::PushNamed(name, Box::new(p.clone()))));
        }
        for kind in &space.signals {
            out.extend(
                inner
                    .iter()
                    .filter(|p| is_operand(p, values) || matches!(p, Code::Const(_)))
                    .map(|p| Code::Signal(*kind, Box::new(p.clone()))),
            );
        }
        if let Some(class) = space.suspend {
            let given = || inner.iter().filter(|p| is_operand(p, values) || matches!(p, Code::Const(Datum::None)));
            out.extend(given().map(|p| Code::Suspend(class, Box::new(p.clone()))));
            out.extend(given().map(|p| Code::SuspendAll(class, Box::new(p.clone()))));
        }
        for kind in &space.catch {
            out.extend(inner.iter().filter(consumes).map(|p| Code::Catch(SignalKind::Of(*kind), Box::new(p.clone()))));
        }
    }

    fn binary(&mut self, size: usize, need: u32, out: &mut Vec<Code>) {
        let space = self.space;
        let values = space.values;
        for left_size in 1..size - 1 {
            for left_need in subsets(need) {
                let left = self.programs(left_size, left_need);
                if left.is_empty() {
                    continue;
                }
                let right = self.programs(size - 1 - left_size, need & !left_need);
                if out.len() > self.most {
                    return;
                }
                for a in left.iter() {
                    if out.len() > self.most {
                        return;
                    }
                    let passive = is_passive(a);
                    for b in right.iter() {
                        let two = || Box::new([a.clone(), b.clone()]);
                        if !passive && !matches!(a, Code::Seq(_) | Code::Signal(..)) {
                            out.push(Code::Seq(two()));
                        }
                        if passive {
                            continue;
                        }
                        if space.loops && !is_passive(b) {
                            out.push(Code::While(two()));
                            out.push(Code::Until(two()));
                        }
                        if space.handle {
                            out.push(Code::Handle(two()));
                        }
                        if space.after && !is_passive(b) {
                            out.push(Code::After(two()));
                        }
                        if space.call && matches!(a, Code::Slot(_)) && (collects(b) || matches!(b, Code::Const(Datum::None))) {
                            out.push(Code::Call(two()));
                        }
                        if space.push && is_operand(a, values) && is_operand(b, values) {
                            out.push(Code::PushEntry(two()));
                        }
                        if !is_passive(b) {
                            out.extend(space.catch.iter().map(|kind| Code::CatchElse(SignalKind::Of(*kind), two())));
                        }
                    }
                }
            }
        }
        for slot in &space.each {
            let bit = 1u32 << slot;
            if need & bit == 0 {
                continue;
            }
            let rest = need & !bit;
            for left_size in 1..size - 1 {
                for left_need in subsets(rest) {
                    let left = self.programs(left_size, left_need);
                    let right = self.programs(size - 1 - left_size, rest & !left_need);
                    for a in left.iter().filter(|a| is_operand(a, values) && !matches!(a, Code::Op(..) | Code::Caught)) {
                        out.extend(
                            right.iter().filter(|b| !is_passive(b)).map(|b| Code::Each(*slot, Box::new([a.clone(), b.clone()]))),
                        );
                    }
                }
            }
        }
    }

    /// Errors handled, and something else where there was none.
    fn handled(&mut self, size: usize, need: u32, out: &mut Vec<Code>) {
        if !self.space.handle || size < 4 {
            return;
        }
        // Of what is there to do each does some.
        for first_need in subsets(need).filter(|some| *some != 0) {
            for second_need in subsets(need & !first_need).filter(|some| *some != 0) {
                let third_need = need & !first_need & !second_need;
                if third_need == 0 {
                    continue;
                }
                for first in 1..size - 2 {
                    for second in 1..size - 1 - first {
                        let body = self.programs(first, first_need);
                        let handler = self.programs(second, second_need);
                        let otherwise = self.programs(size - 1 - first - second, third_need);
                        for a in body.iter().filter(|a| !is_passive(a)) {
                            for b in handler.iter() {
                                if out.len() > self.most {
                                    return;
                                }
                                let three = |c: &Code| Code::HandleElse(Box::new([a.clone(), b.clone(), c.clone()]));
                                out.extend(otherwise.iter().filter(|c| !is_passive(c)).map(three));
                            }
                        }
                    }
                }
            }
        }
    }

    fn ternary(&mut self, size: usize, need: u32, out: &mut Vec<Code>) {
        if !self.space.branch || size < 4 {
            return;
        }
        let values = self.space.values;
        for first in 1..size - 2 {
            for second in 1..size - 1 - first {
                let third = size - 1 - first - second;
                for first_need in subsets(need) {
                    let tests = self.programs(first, first_need);
                    if tests.is_empty() {
                        continue;
                    }
                    for second_need in subsets(need & !first_need) {
                        let yes = self.programs(second, second_need);
                        let no = self.programs(third, need & !first_need & !second_need);
                        if out.len() > self.most {
                            return;
                        }
                        for test in tests
                            .iter()
                            .filter(|t| is_operand(t, values) && !matches!(t, Code::Caught | Code::In | Code::Word(_)))
                        {
                            for a in yes.iter().filter(|a| !is_given(a)) {
                                if out.len() > self.most {
                                    return;
                                }
                                out.extend(
                                    no.iter()
                                        .filter(|b| *b != a && !is_given(b))
                                        .map(|b| Code::If(Box::new([test.clone(), a.clone(), b.clone()]))),
                                );
                            }
                        }
                    }
                }
            }
        }
    }
}

fn subsets(of: u32) -> impl Iterator<Item = u32> {
    let mut next = Some(of);
    std::iter::from_fn(move || {
        let now = next?;
        next = if now == 0 { None } else { Some((now - 1) & of) };
        Some(now)
    })
}
