//! Bottom-up enumeration: candidates in order of cost, one of each kind of behaviour.

use std::rc::Rc;
use std::sync::LazyLock;

use mimus_core::{Datum, Expr, Higher, Host, PRIMITIVES, PrimId, Ready, Stop, Symbol, Ty, Value};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::kind::{ANY, BOOL, CHAR, FLOAT, INT, Kind, KindId, NONE, TEXT};
use crate::pool::{Pool, UNDEFINED, UNLEARNED, ValueId};
use crate::vocabulary::Speaker;

/// What every evaluation of a search shares.
pub struct Engine {
    pub pool: Pool,
    pub speaker: Speaker,
    /// Evaluations of one candidate on one row so far.
    pub work: u64,
}

/// The values that the variables have in one row.
#[derive(Clone)]
pub struct Row {
    pub args: Rc<[Value]>,
    /// Variables of enclosing forms, the innermost form's first one last.
    pub locals: Rc<[Value]>,
    /// Labels of objects among them.
    pub labels: Rc<[u32]>,
}

/// A way to make candidates.
#[derive(Clone)]
enum Maker {
    Arg(u8),
    Local(u8),
    Const(ValueId, Datum),
    Prim(PrimId),
    /// A primitive whose second operand is always the same.
    With(PrimId, Value),
    /// The element kind that the body was made for.
    Form(Higher, Rc<Ready>, Rc<Expr>, KindId),
    Learned(Symbol),
    Apply,
    /// An expression that counts as small because it is known to matter.
    Given(Rc<Ready>, Rc<Expr>),
}

struct Op {
    maker: Maker,
    slots: Vec<usize>,
    cost: u8,
    commutative: bool,
    checked: bool,
    /// Only numbers, or only what is no number: order means most for numbers, and costs more elsewhere.
    numbers: Option<bool>,
}

/// Operands of a candidate; primitives that take more are left to deductions.
pub const MOST_OPERANDS: usize = 3;

/// Of how many operands as dear as what there is the dearest candidate beyond that is made.
const AHEAD: usize = 2;

/// A kept candidate.
pub struct Term {
    op: u32,
    args: [u32; MOST_OPERANDS],
    pub arity: u8,
    pub cost: u8,
    pub kind: KindId,
}

/// What [`Bank::step`] came to.
pub enum Step {
    /// A new candidate.
    Term(u32),
    /// All candidates of this cost are made.
    Level(usize),
    /// The allowed work is done.
    Spent,
    /// The bank is full.
    Full,
}

/// Types of operands, each once, so that candidates are filed by where they fit.
struct Slots {
    types: Vec<Ty>,
    of_prims: Vec<Vec<usize>>,
    any: usize,
    function: usize,
    over: usize,
    int: usize,
}

static SLOTS: LazyLock<Slots> = LazyLock::new(|| {
    const FIRST: Ty = Ty::Var(0);
    let mut types: Vec<Ty> = vec![FIRST, Ty::Function, Ty::Int];
    let mut number = |ty: &Ty| {
        let ty = match ty {
            Ty::Var(_) | Ty::Any => FIRST,
            Ty::Seq(Ty::Var(_)) => Ty::Seq(&FIRST),
            Ty::Map(..) => Ty::Map(&FIRST, &FIRST),
            Ty::Set(_) => Ty::Set(&FIRST),
            other => *other,
        };
        types.iter().position(|known| *known == ty).unwrap_or_else(|| {
            types.push(ty);
            types.len() - 1
        })
    };
    let of_prims = PRIMITIVES.iter().map(|p| p.takes.iter().map(&mut number).collect()).collect();
    Slots { over: types.len(), types, of_prims, any: 0, function: 1, int: 2 }
});

/// Primitives whose operands can be exchanged.
const COMMUTATIVE: &[&str] = &[
    "add",
    "multiply",
    "float_add",
    "float_multiply",
    "bit_and",
    "bit_or",
    "bit_xor",
    "both",
    "either",
    "equal",
    "alike",
    "divisor",
];

/// Offered for the widths that there are.
const SIGNED: &str = "signed";

/// What processors do with words, and what it costs.
const WORD_PRIMITIVES: &[(&str, usize)] = &[
    ("add", 1),
    ("subtract", 1),
    ("bit_and", 1),
    ("bit_or", 1),
    ("bit_xor", 1),
    ("bit_not", 1),
    ("bit_of", 1),
    ("multiply", 2),
    ("quotient", 2),
    ("remainder", 2),
    ("equal", 2),
    ("less", 2),
];

/// Primitives that order values, and what they cost more for other values than numbers.
const ORDERS: &[(&str, usize)] = &[("less", 1), ("smaller", 2), ("larger", 2)];

/// Whether a type says the same variable twice, so that the operands' kinds must agree.
fn repeats(takes: &[Ty]) -> bool {
    fn vars(ty: &Ty, into: &mut Vec<u8>) {
        match ty {
            Ty::Var(i) => into.push(*i),
            Ty::Run | Ty::Many => into.push(9),
            Ty::Seq(x) | Ty::Set(x) => vars(x, into),
            Ty::Map(k, v) => {
                vars(k, into);
                vars(v, into);
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    takes.iter().for_each(|ty| vars(ty, &mut all));
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    all.len() < count
}

/// The candidates made so far for a set of rows.
pub struct Bank {
    pub rows: Vec<Row>,
    ops: Vec<Op>,
    pub terms: Vec<Term>,
    values: Vec<ValueId>,
    /// Candidates by slot and cost.
    lists: Vec<Vec<Vec<u32>>>,
    seen: FxHashSet<u64>,
    allowed: Vec<KindId>,
    admitted: FxHashMap<KindId, Option<Rc<[usize]>>>,
    /// The cost that is being made.
    pub level: usize,
    op: usize,
    split: usize,
    position: usize,
    most_terms: usize,
    scratch: Vec<ValueId>,
}

impl Bank {
    /// An empty bank. Candidates of other kinds than `allowed` are not kept.
    pub fn new(rows: Vec<Row>, allowed: Vec<KindId>, most_terms: usize) -> Self {
        Self {
            rows,
            ops: vec![],
            terms: vec![],
            values: vec![],
            lists: vec![vec![vec![], vec![]]; SLOTS.types.len() + 1],
            seen: FxHashSet::default(),
            allowed,
            admitted: FxHashMap::default(),
            level: 1,
            op: 0,
            split: 0,
            position: 0,
            most_terms,
            scratch: vec![],
        }
    }

    fn add(&mut self, maker: Maker, slots: Vec<usize>, cost: usize, commutative: bool, checked: bool) {
        self.ops.push(Op { maker, slots, cost: cost.min(200) as u8, commutative, checked, numbers: None });
    }

    /// Operands and variables of enclosing forms.
    pub fn add_variables(&mut self, args: usize, locals: usize) {
        for i in 0..locals {
            // Far variables are meant less often than near ones.
            self.add(Maker::Local(i as u8), vec![], 1 + usize::from(i >= 2), false, false);
        }
        for i in 0..args {
            self.add(Maker::Arg(i as u8), vec![], 1, false, false);
        }
    }

    /// A constant.
    pub fn add_constant(&mut self, id: ValueId, datum: Datum, cost: usize) {
        self.add(Maker::Const(id, datum), vec![], cost, false, false);
    }

    /// The primitives that can give an allowed kind.
    pub fn add_primitives(&mut self, pool: &Pool) {
        let lattice = &pool.lattice;
        let has = |test: &dyn Fn(Kind) -> bool| self.allowed.iter().any(|k| test(lattice.get(*k)));
        let useful = |ty: &Ty| match ty {
            Ty::Var(_) | Ty::Any => true,
            Ty::None => has(&|k| k == Kind::None),
            Ty::Bool => has(&|k| k == Kind::Bool),
            Ty::Int => has(&|k| k == Kind::Int),
            Ty::Float => has(&|k| k == Kind::Float),
            Ty::Text | Ty::Char => has(&|k| matches!(k, Kind::Char | Kind::Text)),
            Ty::Bytes => has(&|k| k == Kind::Bytes),
            Ty::Seq(_) => has(&|k| matches!(k, Kind::Seq(_))),
            Ty::Map(..) => has(&|k| matches!(k, Kind::Map(..))),
            Ty::Set(_) => has(&|k| matches!(k, Kind::Set(_))),
            Ty::Record => has(&|k| k == Kind::Record),
            Ty::Function => has(&|k| k == Kind::Callable),
            Ty::Run | Ty::Many => {
                has(&|k| matches!(k, Kind::Char | Kind::Text | Kind::Bytes | Kind::Seq(_) | Kind::Map(..) | Kind::Set(_)))
            }
        };
        let callable = has(&|k| k == Kind::Callable);
        let chosen: Vec<PrimId> = PrimId::all()
            .filter(|id| {
                let p = id.get();
                p.name != SIGNED
                    && useful(&p.gives)
                    && p.takes.len() <= MOST_OPERANDS
                    && p.takes.iter().all(&useful)
                    && (callable || !p.name.starts_with("bound") && p.name != "bind_atom")
            })
            .collect();
        // What is given a function is likely to call it.
        if callable {
            self.add(Maker::Apply, vec![SLOTS.function, SLOTS.any], 1, false, false);
            self.add(Maker::Apply, vec![SLOTS.function, SLOTS.any, SLOTS.any], 1, false, false);
        }
        for id in chosen {
            let p = id.get();
            let commutative = COMMUTATIVE.contains(&p.name);
            let slots = &SLOTS.of_prims[id.index()];
            self.add(Maker::Prim(id), slots.clone(), p.cost.into(), commutative, repeats(p.takes));
            if let Some(more) = ORDERS.iter().find(|(name, _)| *name == p.name).map(|(_, more)| more) {
                if let Some(op) = self.ops.last_mut() {
                    op.numbers = Some(true);
                }
                self.add(Maker::Prim(id), slots.clone(), p.cost as usize + more, commutative, repeats(p.takes));
                if let Some(op) = self.ops.last_mut() {
                    op.numbers = Some(false);
                }
            }
        }
    }

    /// Primitives on words: those of [`WORD_PRIMITIVES`], and cuts and shifts by these widths.
    pub fn add_word_primitives(&mut self, widths: &[u8]) {
        for (name, cost) in WORD_PRIMITIVES {
            let Some(id) = PrimId::by_name(name) else { continue };
            self.add(Maker::Prim(id), SLOTS.of_prims[id.index()].clone(), *cost, COMMUTATIVE.contains(name), false);
        }
        for width in widths.iter().map(|width| i64::from(*width)).filter(|width| *width < 62) {
            for (name, second) in [("bit_and", (1 << width) - 1), ("shift_right", width), ("shift_left", width), (SIGNED, width)]
            {
                let Some(id) = PrimId::by_name(name) else { continue };
                // A sign without anything it is the sign of is no use.
                if width > 1 || name != SIGNED {
                    self.add(Maker::With(id, Value::Int(second)), vec![SLOTS.int], 1, false, false);
                }
            }
        }
    }

    /// A learned operation of so many operands.
    pub fn add_learned(&mut self, key: Symbol, arity: usize, cost: usize) {
        if (1..=3).contains(&arity) {
            self.add(Maker::Learned(key), vec![SLOTS.any; arity], cost, false, false);
        }
    }

    /// A form with a body that was made for elements of a kind.
    pub fn add_form(&mut self, form: Higher, body: Rc<Expr>, ready: Rc<Ready>, element: KindId, cost: usize) {
        let slots = match form {
            Higher::Fold => vec![SLOTS.over, SLOTS.any],
            Higher::Repeat => vec![SLOTS.int, SLOTS.any],
            _ => vec![SLOTS.over],
        };
        self.add(Maker::Form(form, ready, body, element), slots, cost, false, true);
    }

    /// An expression as a leaf.
    pub fn add_given(&mut self, expr: &Expr, cost: usize) {
        self.add(Maker::Given(Rc::new(Ready::new(expr)), Rc::new(expr.clone())), vec![], cost, false, false);
    }

    /// The values of a candidate, row by row.
    pub fn values(&self, term: u32) -> &[ValueId] {
        let n = self.rows.len();
        &self.values[term as usize * n..(term as usize + 1) * n]
    }

    /// The candidate as an expression.
    pub fn expr(&self, term: u32) -> Expr {
        let t = &self.terms[term as usize];
        let args = || (0..t.arity as usize).map(|i| self.expr(t.args[i])).collect::<Vec<_>>();
        match &self.ops[t.op as usize].maker {
            Maker::Arg(i) => Expr::Arg(*i),
            Maker::Local(i) => Expr::Local(*i),
            Maker::Const(_, datum) => Expr::Const(datum.clone()),
            Maker::Prim(id) => Expr::Prim(*id, args()),
            Maker::With(id, second) => {
                let mut args = args();
                args.push(Expr::Const(second.to_datum(1)));
                Expr::Prim(*id, args)
            }
            Maker::Form(form, _, body, _) => Expr::Higher(*form, Box::new((**body).clone()), args()),
            Maker::Learned(key) => Expr::Learned(*key, args()),
            Maker::Apply => Expr::Apply(args()),
            Maker::Given(_, expr) => (**expr).clone(),
        }
    }

    /// Whether the candidate is an operand or variable.
    pub fn is_variable(&self, term: u32) -> bool {
        matches!(self.ops[self.terms[term as usize].op as usize].maker, Maker::Arg(_) | Maker::Local(_))
    }

    /// Whether a variable of an enclosing form occurs in the candidate.
    pub fn uses_local(&self, term: u32, local: u8) -> bool {
        let t = &self.terms[term as usize];
        match self.ops[t.op as usize].maker {
            Maker::Local(i) => i == local,
            // What is given goes with the element: it is its neighbour.
            Maker::Given(..) => local == 0,
            _ => t.args[..t.arity as usize].iter().any(|arg| self.uses_local(*arg, local)),
        }
    }

    /// Whether any operand or variable occurs in the candidate.
    pub fn varies(&self, term: u32) -> bool {
        let t = &self.terms[term as usize];
        match self.ops[t.op as usize].maker {
            Maker::Arg(_) | Maker::Local(_) | Maker::Given(..) => true,
            _ => t.args[..t.arity as usize].iter().any(|arg| self.varies(*arg)),
        }
    }

    /// Makes candidates until a new one is kept, a level is complete, or the engine's work reaches `until`.
    pub fn step(&mut self, engine: &mut Engine, until: u64) -> Step {
        loop {
            if self.op >= self.ops.len() {
                let done = self.level;
                self.level += 1;
                (self.op, self.split, self.position) = (0, 0, 0);
                self.make_room(self.level);
                return Step::Level(done);
            }
            if engine.work >= until {
                return Step::Spent;
            }
            if self.terms.len() >= self.most_terms || engine.pool.len() > 1_500_000 {
                return Step::Full;
            }
            let op = &self.ops[self.op];
            let cost = op.cost as usize;
            let arity = op.slots.len();
            if arity == 0 {
                let due = cost == self.level;
                self.next_op();
                if due && let Some(term) = self.make(self.op - 1, &[], engine) {
                    return Step::Term(term);
                }
                continue;
            }
            let Some(costs) = split(self.level.saturating_sub(cost), arity, self.split) else {
                self.next_op();
                continue;
            };
            let list = |i: usize| &self.lists[op.slots[i]][costs[i]];
            let total: usize = (0..arity).map(|i| list(i).len()).product();
            if self.position >= total {
                self.split += 1;
                self.position = 0;
                continue;
            }
            let args = self.arguments(self.op, &costs[..arity], self.position);
            self.position += 1;
            if op.commutative && args[0] > args[1] {
                continue;
            }
            if let Some(term) = self.make(self.op, &args[..arity], engine) {
                return Step::Term(term);
            }
        }
    }

    fn make_room(&mut self, level: usize) {
        for list in &mut self.lists {
            list.resize(list.len().max(level + 1), vec![]);
        }
    }

    /// Applies whatever takes as many operands to these candidates of the first level, in any order. Keeps what `is_wanted`: many
    /// operations are one known step on their operands, and one that takes several costs much to come to otherwise.
    pub fn apply_all(
        &mut self,
        to: &[u32],
        engine: &mut Engine,
        mut is_wanted: impl FnMut(&[ValueId], &Pool) -> bool,
    ) -> Vec<u32> {
        let n = to.len();
        let mut orders = choices(to, n);
        // What differs in its first operand comes side by side.
        orders.iter_mut().for_each(|args| args.reverse());
        let mut kept = vec![];
        for (op, args) in (0..self.ops.len()).flat_map(|op| orders.iter().map(move |args| (op, args))) {
            let slots = &self.ops[op].slots;
            if slots.len() != n || args.iter().zip(slots).any(|(arg, slot)| !self.lists[*slot][1].contains(arg)) {
                continue;
            }
            let Some(values) = self.evaluate(op, args, engine) else { continue };
            if is_wanted(&values, &engine.pool) {
                kept.extend(self.keep_beyond(op, args, values, n, engine));
            } else {
                self.scratch = values;
            }
        }
        kept
    }

    /// Keeps a candidate ahead of its level, whose operands cost so much together.
    fn keep_beyond(
        &mut self,
        op: usize,
        args: &[u32],
        values: Vec<ValueId>,
        operands: usize,
        engine: &mut Engine,
    ) -> Option<u32> {
        let cost = usize::from(self.ops[op].cost) + operands;
        self.make_room(cost);
        let kept = self.keep(op, args, &values, cost, engine);
        self.scratch = values;
        kept
    }

    /// Looks beyond the level that is complete: what one more step makes of the candidates there are, the cheaper first, row by row
    /// and no further than `is_wanted`. Few candidates get past their first row, so that many more can be looked at than can be made.
    /// Only what uses a candidate of that level is new. Keeps what is wanted on all rows.
    pub fn look_ahead(
        &mut self,
        engine: &mut Engine,
        until: u64,
        goal: KindId,
        mut is_wanted: impl FnMut(usize, ValueId, &Pool) -> bool,
    ) -> Vec<u32> {
        let level = self.level - 1;
        let can_give = |op: &Op| match &op.maker {
            Maker::Prim(id) => engine.pool.lattice.accepts(&id.get().gives, goal),
            _ => true,
        };
        let ops: Vec<usize> =
            (0..self.ops.len()).filter(|op| can_give(&self.ops[*op]) && !self.ops[*op].slots.is_empty()).collect();
        let mut kept = vec![];
        for total in level..=level * AHEAD {
            for op in ops.iter().copied() {
                let arity = self.ops[op].slots.len();
                for costs in (0..).map_while(|n| split(total, arity, n)) {
                    let costs = &costs[..arity];
                    if costs.iter().max() != Some(&level) {
                        continue;
                    }
                    let count: usize = (0..arity).map(|i| self.lists[self.ops[op].slots[i]][costs[i]].len()).product();
                    for position in 0..count {
                        if engine.work >= until {
                            return kept;
                        }
                        let args = self.arguments(op, costs, position);
                        let args = &args[..arity];
                        if self.ops[op].commutative && args[0] > args[1] || !self.sensible(&self.ops[op], args, &engine.pool) {
                            continue;
                        }
                        let is_right = (0..self.rows.len()).all(|row| {
                            engine.work += 1;
                            let id = self.row(&self.ops[op].maker, args, row, engine);
                            is_wanted(row, id, &engine.pool)
                        });
                        if is_right && let Some(values) = self.evaluate(op, args, engine) {
                            kept.extend(self.keep_beyond(op, args, values, total, engine));
                        }
                    }
                }
            }
        }
        kept
    }

    /// The operands with this number among those of these costs that an operation can have.
    fn arguments(&self, op: usize, costs: &[usize], number: usize) -> [u32; MOST_OPERANDS] {
        let mut rest = number;
        let mut args = [0; MOST_OPERANDS];
        for (i, slot) in self.ops[op].slots.iter().enumerate().rev() {
            let list = &self.lists[*slot][costs[i]];
            args[i] = list[rest % list.len()];
            rest /= list.len();
        }
        args
    }

    /// The operands and variables among the candidates.
    pub fn variables(&self) -> Vec<u32> {
        (0..self.terms.len() as u32).filter(|term| self.is_variable(*term)).collect()
    }

    /// What says all that the operands and variables say: in place of one that something given looks into, and that costs no more, that.
    pub fn inputs(&self) -> Vec<u32> {
        let given = |term: &u32| match &self.ops[self.terms[*term as usize].op as usize].maker {
            Maker::Given(_, expr) if self.terms[*term as usize].cost == 1 => Some(expr),
            _ => None,
        };
        let terms = 0..self.terms.len() as u32;
        let looked_into =
            |term: &u32| terms.clone().filter_map(|other| given(&other)).any(|expr| expr.is_made_of(&self.expr(*term)));
        terms.clone().filter(|term| given(term).is_some() || self.is_variable(*term) && !looked_into(term)).collect()
    }

    fn next_op(&mut self) {
        self.op += 1;
        self.split = 0;
        self.position = 0;
    }

    /// Whether the operands' kinds make sense together.
    fn sensible(&self, op: &Op, args: &[u32], pool: &Pool) -> bool {
        let lattice = &pool.lattice;
        let kinds = [0, 1, 2].map(|i| args.get(i).map_or(ANY, |a| self.terms[*a as usize].kind));
        let kinds = &kinds[..args.len()];
        match &op.maker {
            Maker::Prim(id) => {
                let takes = id.get().takes;
                // Truth values and the absent value are seldom worth comparing or wrapping once they were computed.
                let idle = |i: usize| matches!(kinds[i], BOOL | NONE) && self.terms[args[i] as usize].cost > 1;
                if op.numbers.is_some_and(|numbers| numbers != kinds.iter().all(|k| matches!(*k, INT | FLOAT | BOOL))) {
                    return false;
                }
                if takes.iter().all(|ty| matches!(ty, Ty::Var(_))) && (0..args.len()).any(idle) {
                    return false;
                }
                !op.checked || lattice.agree(takes, kinds)
            }
            Maker::Form(Higher::Fold, _, _, element) if self.terms[args[1] as usize].cost > 2 => {
                let _ = element;
                false
            }
            Maker::Form(form, _, _, element) => {
                *form == Higher::Repeat
                    || lattice.element(kinds[0]).is_some_and(|kind| {
                        lattice.overlap(kind, *element) && (kind != CHAR || *element == CHAR || *element == TEXT)
                    })
            }
            _ => true,
        }
    }

    /// Evaluates a candidate on all rows; keeps it if it is the first of its behaviour.
    fn make(&mut self, op: usize, args: &[u32], engine: &mut Engine) -> Option<u32> {
        let out = self.evaluate(op, args, engine)?;
        let kept = self.keep(op, args, &out, self.level, engine);
        self.scratch = out;
        kept
    }

    /// The values of a candidate on all rows, in what was `scratch`, if its operands' kinds make sense.
    fn evaluate(&mut self, op: usize, args: &[u32], engine: &mut Engine) -> Option<Vec<ValueId>> {
        if !self.sensible(&self.ops[op], args, &engine.pool) {
            return None;
        }
        let n = self.rows.len();
        engine.work += n as u64;
        let mut out = std::mem::take(&mut self.scratch);
        out.clear();
        match &self.ops[op].maker {
            Maker::Const(id, _) => out.resize(n, *id),
            Maker::Arg(i) => out.extend(self.rows.iter().map(|row| intern(&mut engine.pool, row.args.get(*i as usize)))),
            Maker::Local(i) => out.extend(self.rows.iter().map(|row| {
                let at = row.locals.len().checked_sub(*i as usize + 1);
                intern(&mut engine.pool, at.and_then(|at| row.locals.get(at)))
            })),
            maker => {
                for row in 0..n {
                    out.push(self.row(maker, args, row, engine));
                }
            }
        }
        Some(out)
    }

    fn row(&self, maker: &Maker, args: &[u32], row: usize, engine: &mut Engine) -> ValueId {
        let n = self.rows.len();
        let mut ids = [UNDEFINED; 3];
        for (id, arg) in ids.iter_mut().zip(args) {
            *id = self.values[*arg as usize * n + row];
            if engine.pool.is_undefined(*id) {
                return *id;
            }
        }
        let value = |i: usize| engine.pool.get(ids[i]).clone();
        match maker {
            Maker::Prim(id) => {
                let run = id.get().run;
                let result = match args.len() {
                    1 => run(&[value(0)]),
                    2 => run(&[value(0), value(1)]),
                    _ => run(&[value(0), value(1), value(2)]),
                };
                match result {
                    Some(value) => engine.pool.intern(value),
                    None => UNDEFINED,
                }
            }
            Maker::With(id, second) => match (id.get().run)(&[value(0), second.clone()]) {
                Some(value) => engine.pool.intern(value),
                None => UNDEFINED,
            },
            Maker::Form(form, body, ..) => {
                let operands: Vec<Value> = (0..args.len()).map(value).collect();
                let at = &self.rows[row];
                let mut locals = at.locals.to_vec();
                engine.speaker.begin();
                let result = body.run_form(*form, &operands, &at.args, &mut locals, &mut engine.speaker);
                settle(result, engine)
            }
            Maker::Learned(key) => {
                let operands: Vec<Value> = (0..args.len()).map(value).collect();
                engine.speaker.begin();
                // The operation that is being learned must not explain itself.
                let own = Rc::clone(&self.rows[row].args);
                let result = if engine.speaker.is_own(*key) && own[..] == operands[..] {
                    Err(Stop::Undefined)
                } else {
                    engine.speaker.learned(*key, &operands)
                };
                settle(result, engine)
            }
            Maker::Apply => {
                let operands: Vec<Value> = (0..args.len()).map(value).collect();
                engine.speaker.begin();
                let result = engine.speaker.apply(&operands[0], &operands[1..]);
                settle(result, engine)
            }
            Maker::Given(ready, _) => {
                let at = &self.rows[row];
                let mut locals = at.locals.to_vec();
                engine.speaker.begin();
                let result = ready.run_inside(&at.args, &mut locals, &mut engine.speaker);
                settle(result, engine)
            }
            Maker::Arg(_) | Maker::Local(_) | Maker::Const(..) => UNDEFINED,
        }
    }

    fn keep(&mut self, op: usize, args: &[u32], values: &[ValueId], cost: usize, engine: &mut Engine) -> Option<u32> {
        let mut kind = crate::kind::BOTTOM;
        let mut last = crate::kind::BOTTOM;
        for id in values {
            let one = engine.pool.kind(*id);
            if one != last {
                kind = engine.pool.lattice.join(kind, one);
                last = one;
            }
        }
        if kind == crate::kind::BOTTOM {
            return None;
        }
        let slots = self.admit(kind, &engine.pool)?;
        if !self.seen.insert(digest(values)) {
            return None;
        }
        let id = self.terms.len() as u32;
        let mut held = [0; 3];
        held[..args.len()].copy_from_slice(args);
        self.terms.push(Term { op: op as u32, args: held, arity: args.len() as u8, cost: cost.min(255) as u8, kind });
        self.values.extend_from_slice(values);
        for slot in slots.iter() {
            self.lists[*slot][cost].push(id);
        }
        Some(id)
    }

    /// The slots in which candidates of a kind fit; `None` when the kind is not wanted here.
    fn admit(&mut self, kind: KindId, pool: &Pool) -> Option<Rc<[usize]>> {
        if let Some(known) = self.admitted.get(&kind) {
            return known.clone();
        }
        let lattice = &pool.lattice;
        let slots = self.allowed.iter().any(|k| lattice.below(kind, *k)).then(|| {
            let mut slots: Vec<usize> = (0..SLOTS.types.len()).filter(|i| lattice.accepts(&SLOTS.types[*i], kind)).collect();
            if lattice.element(kind).is_some() {
                slots.push(SLOTS.over);
            }
            slots.into()
        });
        self.admitted.insert(kind, slots.clone());
        slots
    }
}

/// All ways to take so many of some candidates in some order.
pub fn choices(of: &[u32], count: usize) -> Vec<Vec<u32>> {
    (0..count).fold(vec![vec![]], |shorter, _| {
        let with = |chosen: Vec<u32>| {
            let others = of.iter().filter(|term| !chosen.contains(term));
            others.map(|term| [&chosen[..], &[*term]].concat()).collect::<Vec<_>>()
        };
        shorter.into_iter().flat_map(with).collect()
    })
}

/// The `n`th way to split a cost over operands, each at least 1.
fn split(total: usize, arity: usize, n: usize) -> Option<[usize; 3]> {
    match arity {
        1 => (n == 0 && total >= 1).then_some([total, 0, 0]),
        2 => (n + 1 < total).then(|| [n + 1, total - n - 1, 0]),
        _ => {
            let mut n = n;
            for first in 1..total.saturating_sub(1) {
                let ways = total - first - 1;
                if n < ways {
                    return Some([first, n + 1, total - first - n - 1]);
                }
                n -= ways;
            }
            None
        }
    }
}

fn intern(pool: &mut Pool, value: Option<&Value>) -> ValueId {
    match value {
        Some(value) => pool.intern(value.clone()),
        None => UNDEFINED,
    }
}

/// The number of what an evaluation came to.
pub fn settle(result: Result<Value, Stop>, engine: &mut Engine) -> ValueId {
    engine.work += engine.speaker.ticks();
    match result {
        Ok(value) => engine.pool.intern(value),
        Err(Stop::Raised(error)) => engine.pool.intern_raised(error),
        Err(Stop::NotLearned(..)) => UNLEARNED,
        Err(_) => UNDEFINED,
    }
}

fn digest(values: &[ValueId]) -> u64 {
    // Two rounds of a strong mix per value: a collision would silently lose a behaviour.
    let mut h: u64 = 0x9e37_79b9_7f4a_7c15;
    for v in values {
        h ^= u64::from(*v).wrapping_add(0x2545_f491_4f6c_dd1d);
        h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
        h ^= h >> 32;
        h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        h ^= h >> 29;
    }
    h
}
