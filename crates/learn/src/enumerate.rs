//! All control programs of a size, over what a construct's episodes show that it could need.

use std::rc::Rc;

use mimus_core::{Code, Datum, Kind, Shape, SignalKind, Slot, Symbol, Tree};
use mimus_knowledge::Role;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::simulate::CATCHES;

/// What programs may be made of. Every consuming use of a slot takes its bit of `need`; each bit is taken exactly once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Space {
    /// Leaves and the bits they take.
    pub leaves: Vec<(Code, u32)>,
    /// Slots whose evaluation gives an operand.
    pub operands: Vec<(Code, u32)>,
    pub store: Vec<u8>,
    pub each: Vec<u8>,
    pub nest: Vec<u8>,
    pub catch: Vec<Symbol>,
    pub new: Vec<(Symbol, Shape)>,
    /// The construct's own operation.
    pub keys: Vec<Symbol>,
    /// Operations of two operands that other constructs have.
    pub related: Vec<Symbol>,
    pub signals: Vec<SignalKind>,
    pub push: bool,
    pub call: bool,
    pub loops: bool,
    pub handle: bool,
    pub after: bool,
    pub branch: bool,
    pub bare_op: bool,
    pub match_op: bool,
    /// The name slot of a named argument.
    pub entry: Option<u8>,
    /// Slots that give values.
    pub values: u32,
    /// All bits.
    pub need: u32,
}

type Programs = Rc<Vec<Code>>;

/// Enumerates a space, remembering smaller programs.
pub(crate) struct Enumerator<'s> {
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

/// Runs nothing that can be seen.
fn is_passive(code: &Code) -> bool {
    matches!(
        code,
        Code::Const(_) | Code::It | Code::Val(_) | Code::In | Code::Caught | Code::OwnText | Code::Word(_) | Code::Get(_)
    )
}

/// Gives a value that another form can work on.
fn is_operand(code: &Code, values: u32) -> bool {
    if let Code::Slot(i) = code {
        return values & (1 << i) != 0;
    }
    matches!(
        code,
        Code::Val(_)
            | Code::Word(_)
            | Code::Get(_)
            | Code::In
            | Code::Caught
            | Code::Op(..)
            | Code::OwnText
            | Code::New(..)
            | Code::It
    )
}

/// Gives a value that can be stored.
fn is_stored(code: &Code, values: u32) -> bool {
    match code {
        Code::Op(key, args) => key.as_str() != CATCHES && !args.is_empty(),
        _ => is_operand(code, values) || matches!(code, Code::Closure(..) | Code::Store(..)),
    }
}

/// Only repeats what was given from outside: nothing that a branch would do.
fn is_given(code: &Code) -> bool {
    matches!(code, Code::Caught | Code::In | Code::Word(_) | Code::Get(_))
}

/// Pushes into a collection around it.
pub(crate) fn collects(code: &Code) -> bool {
    match code {
        Code::Every(_) | Code::Push(_) | Code::PushAll(_) | Code::PushEntry(_) | Code::PushNamed(..) | Code::Rest => true,
        Code::New(..) | Code::Call(_) | Code::Op(..) => false,
        _ => code.parts().any(collects),
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

/// Description length of a program: unknown operations are the dear ones.
///
/// `known` tells which keys are those of operations that other constructs have already: they come cheap.
pub(crate) fn cost(code: &Code, known: &dyn Fn(Symbol) -> bool, is_value: &dyn Fn(u8) -> bool) -> u32 {
    let own = match code {
        Code::Op(key, _) if key.as_str() == CATCHES || known(*key) => 2,
        // Without operands it can only be one constant outcome.
        Code::Op(_, args) if args.is_empty() => 4,
        Code::Op(..) => 5,
        Code::Each(..) => 3,
        Code::Call(_) | Code::Until(_) => 2,
        // A value that was computed and then ignored.
        Code::Seq(two)
            if matches!(&two[0], Code::Slot(i) if is_value(*i))
                || matches!(&two[0], Code::Op(key, _) if key.as_str() == CATCHES) =>
        {
            7
        }
        _ => 1,
    };
    own + code.parts().map(|part| cost(part, known, is_value)).sum::<u32>()
}

/// Candidate programs for a part in a role: all small ones.
///
/// `sequences`: classes of sequences that names were bound to.
pub(crate) fn part_space(tree: &Tree, role: Role, keys: &[Symbol], sequences: &[Symbol]) -> Space {
    let mut space = Space { keys: keys.to_vec(), ..Space::default() };
    let mut names = Vec::new();
    let mut seen = FxHashSet::default();
    for (i, slot) in tree.slots.iter().enumerate() {
        let i = i as u8;
        let kinds: Vec<Kind> = slot.trees().iter().map(|t| t.form.kind).collect();
        space.need |= 1 << i;
        match (slot, kinds.first()) {
            (Slot::One(_), Some(Kind::Expr)) => {
                space.values |= 1 << i;
                space.operands.push((Code::Slot(i), 1 << i));
            }
            (Slot::One(_), Some(Kind::Stmt | Kind::Block)) => space.leaves.push((Code::Slot(i), 1 << i)),
            (Slot::One(_), Some(Kind::Name)) => {
                names.push(i);
                if role != Role::Clause {
                    space.operands.push((Code::Word(i), 1 << i));
                }
                space.store.push(i);
                space.each.push(i);
            }
            (Slot::One(_), Some(Kind::Part)) => {
                space.store.push(i);
                space.each.push(i);
                space.nest.push(i);
                space.leaves.push((Code::Every(i), 1 << i));
            }
            _ => space.leaves.push((Code::Every(i), 1 << i)),
        }
        seen.insert(i);
    }
    match role {
        Role::Target => {
            space.operands.push((Code::In, 0));
            space.leaves.push((Code::Spread(seen_in_order(tree)), space.need));
            if let ([name], 1) = (names.as_slice(), tree.slots.len()) {
                space.leaves.extend(sequences.iter().map(|class| (Code::TakeRest(*name, *class), 1 << name)));
            }
        }
        Role::Element => {
            space.push = true;
            if let [name, ..] = names.as_slice() {
                space.entry = Some(*name);
            }
            space.leaves.extend(names.iter().map(|i| (Code::Forget(*i), 1u32 << i)));
        }
        Role::Clause => {
            space.keys.clear();
            space.leaves.push((Code::Rest, 0));
            space.leaves.push((Code::Const(Datum::None), 0));
            space.operands.push((Code::Caught, 0));
            space.branch = true;
            space.match_op = true;
        }
        Role::Parameter | Role::Plain => {}
    }
    space
}

fn seen_in_order(tree: &Tree) -> Vec<u8> {
    (0..tree.slots.len() as u8).collect()
}
