//! One search: a goal, a bank of candidates, conditionals over them, and deductions that lead to smaller goals.
//!
//! Searches can be interrupted and continued, so that many of them share a budget of work, and equal goals share one search.

use std::rc::Rc;

use mimus_core::{Datum, Expr, Value};
use rustc_hash::FxHashSet;

use crate::bank::{Bank, Engine, MOST_OPERANDS, Row, Step};
use crate::constants::{Constant, mine, mine_bits};
use crate::deduce::{self, Deduction, Part};
use crate::goal::{Goal, MOST_ROWS, Mask, Want};
use crate::kind::{BOOL, BOTTOM, CALLABLE, INT, Kind, KindId};
use crate::lab::Lab;
use crate::lambda;
use crate::pool::{Pool, UNDEFINED, ValueId};
use crate::reading::{Reading, Seen, separation, sums};
use crate::relevant::allowed;
use crate::spec::{Bits, Spec};
use crate::tree::{Cover, Forest, Leaf, Test, Tree, prune};

/// Pairs of partial candidates that a test is read off for.
const SEPARATED: usize = 12;
/// The cost of what a function makes of the elements of an operand.
const APPLIED_COST: usize = 3;
/// A goal that all hangs on may take this part of all work.
const MUST_PART: u64 = 4;
/// A search for a position may take this part.
const NARROW_PART: u64 = 100;
/// Candidates up to this cost are there before deductions begin.
const DEDUCED_LEVEL: usize = 2;
/// Candidates up to this cost are sources of deductions.
pub const SOURCES_LEVEL: usize = 4;
/// Up to this level it is looked what is one step beyond it, with so large a part of what work is left.
const AHEAD_LEVEL: usize = 4;
const AHEAD_PART: u64 = 4;
/// Partial candidates that are looked at as the first of a pair.
const PAIRED: usize = 200;

/// An answer to a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    pub cost: usize,
    pub expr: Expr,
    /// Errors to raise before.
    pub guards: Vec<(Expr, u8)>,
    /// The error that being undefined stands for.
    pub undefined: Option<u8>,
}

/// See the module.
pub struct Search {
    pub spec: Spec,
    pub goal: Goal,
    pub bank: Bank,
    pub constants: Vec<Constant>,
    pub allowed: Vec<KindId>,
    wanted: Mask,
    main_mask: Mask,
    covers: Vec<Cover>,
    cover_seen: FxHashSet<(Mask, Mask)>,
    pub tests: Vec<Test>,
    test_seen: FxHashSet<Mask>,
    union: Mask,
    grown: (usize, usize),
    true_id: u32,
    /// Answers, cheapest first.
    pub found: Vec<Solution>,
    deductions: Option<Vec<Deduction>>,
    /// The level that was complete when these were made.
    deduced_at: usize,
    /// How far to go on after the first answer, for others as cheap.
    patience: Option<u64>,
    level_done: usize,
    pub closed: bool,
    /// Forms that the bank has already.
    pub forms: FxHashSet<(mimus_core::Higher, Expr, KindId)>,
    spent: u64,
    exhausted: bool,
}

impl Search {
    pub fn new(mut spec: Spec, lab: &mut Lab) -> Self {
        spec.rows.truncate(MOST_ROWS);
        spec.wants.truncate(MOST_ROWS);
        let engine = &mut lab.engine;
        let labels = spec.rows.iter().map(|row| Rc::clone(&row.labels)).collect();
        let mut goal = Goal::new(spec.wants.clone(), spec.classes.clone(), spec.loose, labels, &mut engine.pool);
        if !spec.errors.is_empty() {
            goal.errors.clone_from(&spec.errors);
        }
        let allowed = if spec.narrow || spec.bits.is_some() { vec![BOOL, INT] } else { allowed(&spec.rows, &goal, engine) };
        goal.bits = spec.bits.as_ref().map(|bits| bits.wanted);
        let mut constants = match &spec.bits {
            Some(bits) => mine_bits(&goal, bits.wanted, engine),
            None => mine(&spec.rows, &goal, &allowed, engine),
        };
        if spec.narrow {
            // Positions are halved as often as they are moved by one.
            constants.iter_mut().filter(|constant| constant.datum == Datum::int(2)).for_each(|constant| constant.cost = 1);
        }
        let most = if spec.depth == 0 { 400_000 } else { 120_000 };
        let mut bank = Bank::new(spec.rows.clone(), allowed.clone(), most);
        match &spec.bits {
            Some(bits) => furnish_bits(&mut bank, &spec.rows, &constants, bits),
            None => furnish(&mut bank, &spec.rows, &constants, 0, lab),
        }
        for (expr, cost) in &spec.given {
            bank.add_given(expr, *cost);
        }
        let true_id = lab.engine.pool.intern(Value::Bool(true));
        let wanted = goal.wanted();
        let main_mask = spec.main_error.map_or(0, |main| goal.mask(|want| want == Want::Error(main)));
        let mut covers = vec![];
        let mut union = 0;
        let mut kinds: Vec<u8> = goal.wants.iter().filter_map(|w| if let Want::Error(k) = w { Some(*k) } else { None }).collect();
        kinds.sort_unstable();
        kinds.dedup();
        for kind in kinds {
            let mask = goal.mask(|want| want == Want::Error(kind));
            union |= mask;
            covers.push(Cover { mask, undefined: 0, cost: 1, leaf: Leaf::Error(kind) });
        }
        Self {
            spec,
            goal,
            bank,
            constants,
            allowed,
            wanted,
            main_mask,
            covers,
            cover_seen: FxHashSet::default(),
            tests: vec![],
            test_seen: FxHashSet::default(),
            union,
            grown: (0, 0),
            true_id,
            found: vec![],
            deductions: None,
            deduced_at: 0,
            patience: None,
            level_done: 0,
            closed: wanted == 0,
            forms: FxHashSet::default(),
            spent: 0,
            exhausted: false,
        }
    }

    pub fn advance(&mut self, lab: &mut Lab, work: u64) {
        if self.closed {
            return;
        }
        let start = lab.engine.work;
        let deduces = self.can_deduce(lab);
        if !self.exhausted {
            let must = self.deductions.iter().flatten().any(|deduction| deduction.must);
            let share = if must {
                work / 8
            } else if deduces {
                work / 2
            } else {
                work
            };
            self.enumerate(lab, start + share);
            // Deductions need what is shortest: it comes first, even of their share.
            while deduces && !must && !self.closed && !self.exhausted && self.level_done < DEDUCED_LEVEL {
                let now = lab.engine.work;
                if now >= start + work {
                    break;
                }
                self.enumerate(lab, (start + work).min(now + work / 8 + 1));
                if lab.engine.work == now {
                    break;
                }
            }
        }
        self.spent += lab.engine.work - start;
        if !self.closed && deduces && (self.found.is_empty() || self.found[0].cost > 10) && self.level_done >= DEDUCED_LEVEL {
            let before = lab.engine.work;
            // Building forms may have overdrawn the share: deductions get theirs all the same.
            self.deduce(lab, (start + work).max(before + work / 2));
            self.spent += lab.engine.work - before;
        }
    }

    fn can_deduce(&self, lab: &Lab) -> bool {
        let run =
            !self.spec.narrow && matches!(lab.engine.pool.lattice.get(self.goal.kind), Kind::Seq(_) | Kind::Char | Kind::Text);
        self.spec.depth < 4
            && !self.spec.narrow
            && self.goal.mask(|w| matches!(w, Want::Error(_))) == 0
            && (run || self.spec.depth < 2)
    }

    fn enumerate(&mut self, lab: &mut Lab, until: u64) {
        loop {
            let until = self.patience.map_or(until, |patience| patience.min(until));
            match self.bank.step(&mut lab.engine, until) {
                Step::Term(term) => self.consider(term, &mut lab.engine),
                Step::Level(level) => {
                    self.level_done = level;
                    if level == 1 && self.spec.bits.is_none() {
                        self.apply_to_all(lab);
                    }
                    self.grow_trees(lab, level);
                    if self.found.is_empty() && (2..=AHEAD_LEVEL).contains(&level) && self.spec.bits.is_none() {
                        let part = until.saturating_sub(lab.engine.work) / AHEAD_PART;
                        self.look_ahead(lab, lab.engine.work + part);
                    }
                    // Small banks of bodies first: most forms have small bodies, and large banks are dear.
                    // They take a part of what is left: the next level of plain candidates must come, too.
                    let part = until.saturating_sub(lab.engine.work) / 3;
                    match level {
                        _ if self.spec.narrow || self.spec.bits.is_some() => {}
                        3 => lambda::furnish(self, lab, 60_000, part),
                        4 => lambda::furnish(self, lab, 400_000, part),
                        5 => lambda::furnish(self, lab, 2_000_000, part),
                        _ => {}
                    }
                    if let Some(best) = self.found.first() {
                        // A conditional need not be the cheapest answer; a plain one is.
                        let enough = if self.spec.depth == 0 { level > best.cost } else { level >= best.cost };
                        if enough {
                            self.closed = true;
                            return;
                        }
                    }
                }
                Step::Spent => {
                    if self.patience.is_some_and(|patience| lab.engine.work >= patience) {
                        // What is long is not the last word before deductions had their turn.
                        let long = self.found.first().is_some_and(|best| best.cost > 10);
                        self.closed = !(long && self.deductions.is_none() && self.can_deduce(lab));
                    }
                    return;
                }
                Step::Full => {
                    self.exhausted = true;
                    self.grow_trees(lab, self.bank.level);
                    if !self.found.is_empty() {
                        self.closed = true;
                    }
                    return;
                }
            }
        }
    }

    /// Tries what takes all operands and variables at once, and what functions among them make of others.
    fn apply_to_all(&mut self, lab: &mut Lab) {
        if self.allowed.contains(&CALLABLE) && !self.spec.narrow && self.spec.rows.iter().all(|row| row.locals.is_empty()) {
            for expr in deduce::applied::answers(self, lab) {
                self.bank.add_given(&expr, APPLIED_COST);
            }
        }
        let variables = self.bank.variables();
        // One step on what stands for an element is what most is made by; beside all else in reach it would come late.
        if let Some(element) = variables.iter().find(|term| self.bank.uses_local(**term, 0)) {
            let (goal, wanted) = (&mut self.goal, self.wanted);
            let is_wanted = |values: &[ValueId], pool: &Pool| goal.hits(values, pool).0 & wanted == wanted;
            let kept = self.bank.apply_all(&[*element], &mut lab.engine, is_wanted);
            kept.into_iter().for_each(|term| self.consider(term, &mut lab.engine));
        }
        let inputs = Some(self.bank.inputs()).filter(|inputs| *inputs != variables);
        let is_some = |all: &Vec<u32>| (2..=MOST_OPERANDS).contains(&all.len());
        for all in std::iter::once(variables).chain(inputs).filter(is_some) {
            let (goal, wanted) = (&mut self.goal, self.wanted);
            let is_wanted = |values: &[ValueId], pool: &Pool| goal.hits(values, pool).0 & wanted == wanted;
            let kept = self.bank.apply_all(&all, &mut lab.engine, is_wanted);
            kept.into_iter().for_each(|term| self.consider(term, &mut lab.engine));
        }
    }

    /// Tries what is one step away from the candidates there are.
    fn look_ahead(&mut self, lab: &mut Lab, until: u64) {
        let (goal, main) = (&mut self.goal, self.spec.main_error);
        let kind = goal.kind;
        let is_wanted = |row: usize, found: ValueId, pool: &Pool| match goal.wants.get(row) {
            Some(Want::Free) | None => true,
            Some(Want::Error(error)) if found == UNDEFINED => Some(*error) == main,
            Some(_) => goal.is_right(row, found, pool),
        };
        let kept = self.bank.look_ahead(&mut lab.engine, until, kind, is_wanted);
        kept.into_iter().for_each(|term| self.consider(term, &mut lab.engine));
    }

    fn consider(&mut self, term: u32, engine: &mut Engine) {
        let kind = self.bank.terms[term as usize].kind;
        let cost = self.bank.terms[term as usize].cost as usize;
        if kind == INT
            && let Some(bits) = self.spec.bits.as_ref().map(|bits| bits.wanted)
        {
            self.consider_bits(term, cost, bits, engine);
            return;
        }
        if kind == BOOL && self.tests.len() < 40_000 {
            let values = self.bank.values(term);
            let mut mask: Mask = 0;
            for (i, id) in values.iter().enumerate() {
                if *id == self.true_id {
                    mask |= 1 << i;
                }
            }
            mask &= self.wanted;
            if mask != 0 && mask != self.wanted && !self.test_seen.contains(&(self.wanted & !mask)) && self.test_seen.insert(mask)
            {
                self.tests.push(Test { mask, cost, term, reading: Reading::Plain });
            }
        }
        if kind != self.goal.kind && self.goal.kind != BOTTOM && !engine.pool.lattice.overlap(kind, self.goal.kind) {
            return;
        }
        let values = self.bank.values(term);
        let (right, undefined) = self.goal.hits(values, &engine.pool);
        let errors = undefined & self.main_mask;
        let mask = right | errors;
        let bottom = values.iter().enumerate().filter(|(_, id)| **id == UNDEFINED).fold(0, |m, (i, _)| m | 1 << i);
        let bottom = bottom & self.wanted;
        if mask & self.wanted == self.wanted {
            let undefined = if errors != 0 { self.spec.main_error } else { None };
            self.accept(Solution { cost, expr: self.bank.expr(term), guards: vec![], undefined }, engine);
        }
        if mask == 0 || self.covers.len() > 20_000 {
            return;
        }
        // Being undefined everywhere else matters to fallbacks: such covers are worth keeping beside others of the same rows.
        let whole = if bottom | mask == self.wanted { bottom } else { 0 };
        if self.cover_seen.insert((mask, whole)) {
            self.union |= mask;
            let raised = if errors != 0 { self.spec.main_error } else { None };
            self.covers.push(Cover { mask, undefined: bottom, cost, leaf: Leaf::Term(term, raised) });
        }
    }

    /// The rows on which a candidate gives an integer and one is wanted.
    fn seen(&self, term: u32, engine: &Engine) -> Vec<Seen> {
        let wanted = |row: usize| if let Want::Value(wanted) = self.goal.wants[row] { int_of(wanted, engine) } else { None };
        let values = self.bank.values(term).iter().enumerate();
        values.filter_map(|(row, id)| Some((row, int_of(*id, engine)?, wanted(row)?))).collect()
    }

    /// The same for an integer of which a few bits count.
    fn consider_bits(&mut self, term: u32, cost: usize, bits: u8, engine: &mut Engine) {
        let rows = self.seen(term, engine);
        if cost <= 2 && rows.iter().all(|(_, value, _)| *value >> 1 == 0) {
            let mask = rows.iter().filter(|(_, value, _)| *value == 1).fold(0, |mask, (row, ..)| mask | 1 << row);
            let fresh = mask != 0 && mask != self.wanted && !self.test_seen.contains(&(self.wanted & !mask));
            if fresh && self.test_seen.insert(mask) {
                self.tests.push(Test { mask, cost: cost + 1, term, reading: Reading::Is(1) });
            }
        }
        let mut found = sums(&rows, bits, 4);
        let side = |wanted: i64| rows.iter().filter(move |(.., w)| *w == wanted).map(|(_, value, _)| *value);
        if bits == 1
            && rows.len() == self.wanted.count_ones() as usize
            && let Some(reading) = separation(side(1), side(0))
        {
            found.push((self.wanted, reading));
        }
        if bits == 1 {
            let places = self.spec.bits.iter().flat_map(|bits| bits.edges()).collect::<Vec<u8>>();
            for place in places {
                let set = rows.iter().filter(|(_, value, _)| value >> place & 1 == 1).fold(0, |mask, (row, ..)| mask | 1 << row);
                let right = rows.iter().filter(|(_, value, wanted)| value >> place & 1 == *wanted);
                found.push((right.fold(0, |mask, (row, ..)| mask | 1 << row), Reading::Bit(place)));
                let fresh = set != 0 && set != self.wanted && self.tests.len() < 4_000;
                if fresh && !self.test_seen.contains(&(self.wanted & !set)) && self.test_seen.insert(set) {
                    self.tests.push(Test { mask: set, cost: cost + 2, term, reading: Reading::Bit(place) });
                }
            }
        }
        for (mask, reading) in found {
            let cost = cost + reading.cost();
            let leaf = match reading {
                Reading::Plain => Leaf::Term(term, None),
                reading => Leaf::Read(term, reading),
            };
            if mask == self.wanted {
                let expr = reading.of(self.bank.expr(term));
                self.accept(Solution { cost, expr, guards: vec![], undefined: None }, engine);
            }
            if self.covers.len() <= 20_000 && self.cover_seen.insert((mask, 0)) {
                self.union |= mask;
                self.covers.push(Cover { mask, undefined: 0, cost, leaf });
            }
        }
    }

    /// Tests that tell apart what pairs of partial candidates are right on, with constants read off the rows.
    fn separate(&mut self, covers: &[Cover], engine: &Engine) {
        let mut pairs: Vec<(usize, Mask, Mask)> = vec![];
        for (i, a) in covers.iter().enumerate() {
            for b in &covers[i + 1..] {
                let (yes, no) = (self.wanted & a.mask & !b.mask, self.wanted & b.mask & !a.mask);
                if (a.mask | b.mask) & self.wanted == self.wanted && yes != 0 && no != 0 {
                    pairs.push((a.cost + b.cost, yes, no));
                }
            }
        }
        pairs.sort_by_key(|(cost, ..)| *cost);
        pairs.truncate(SEPARATED);
        for (_, yes, no) in pairs {
            let mut best: Option<(usize, u32, Reading)> = None;
            for (term, known) in self.bank.terms.iter().enumerate() {
                let cost = usize::from(known.cost);
                if known.kind != INT || best.as_ref().is_some_and(|(best, ..)| cost + 1 >= *best) {
                    continue;
                }
                let values = self.bank.values(term as u32);
                let side = |mask: Mask| {
                    values.iter().enumerate().filter(move |(row, _)| mask >> row & 1 == 1).map(|(_, id)| int_of(*id, engine))
                };
                if side(yes).chain(side(no)).any(|value| value.is_none()) {
                    continue;
                }
                if let Some(reading) = separation(side(yes).flatten(), side(no).flatten()) {
                    let cost = cost + reading.cost();
                    if best.as_ref().is_none_or(|(best, ..)| cost < *best) {
                        best = Some((cost, term as u32, reading));
                    }
                }
            }
            let Some((cost, term, reading)) = best else { continue };
            // The test decides the other rows, too.
            let holds = |id: ValueId| int_of(id, engine).is_some_and(|value| reading.holds(value));
            let rows = self.bank.values(term).iter().enumerate().filter(|(_, id)| holds(**id));
            let mask = rows.fold(0, |mask, (row, _)| mask | 1 << row) & self.wanted;
            if self.test_seen.insert(mask) {
                self.tests.push(Test { mask, cost, term, reading });
            }
        }
    }

    /// Adds an answer.
    pub fn accept(&mut self, solution: Solution, engine: &Engine) {
        if self.found.len() >= 24 || self.found.contains(&solution) {
            return;
        }
        if self.patience.is_none() {
            // A long answer may be a coincidence: look longer for a short one.
            let more = match (self.spec.depth, solution.cost > 8) {
                // What a test tells apart may be plain arithmetic that is a little longer.
                _ if self.spec.bits.is_some() => match solution.cost {
                    0..=8 => self.spent / 2 + 3_000,
                    9..=16 => self.spent / 2 + 100_000,
                    _ => 2 * self.spent + 1_000_000,
                },
                (0, false) => self.spent / 2 + 40_000,
                (0, true) => 2 * self.spent + 1_500_000,
                (_, false) => 10_000,
                (_, true) => 100_000,
            };
            self.patience = Some(engine.work + more);
        }
        let at = self.found.partition_point(|known| known.cost <= solution.cost);
        self.found.insert(at, solution);
    }

    fn grow_trees(&mut self, lab: &mut Lab, level: usize) {
        if self.union & self.wanted != self.wanted || level < 2 || self.grown == (self.covers.len(), self.tests.len()) {
            return;
        }
        if self.found.first().is_some_and(|best| best.cost <= level) {
            return;
        }
        self.grown = (self.covers.len(), self.tests.len());
        let covers = prune(&self.covers);
        if self.spec.bits.is_some() {
            self.separate(&covers, &lab.engine);
        }
        self.tests.sort_by_key(|test| test.cost);
        let most = if self.spec.depth == 0 { 6000 } else { 3000 };
        let limit = 60_000 + self.spent / 3;
        let mut forest = Forest { covers: &covers, tests: &self.tests[..self.tests.len().min(most)], work: 0, limit };
        let mut tree = forest.fallback(self.wanted);
        let leaves = if level <= 3 { 2 } else { 4 };
        for leaves in 2..=leaves {
            if let Some(found) = forest.list(self.wanted, leaves) {
                if tree.as_ref().is_none_or(|(cost, _)| found.0 < *cost) {
                    tree = Some(found);
                }
                break;
            }
        }
        if tree.is_none() && level >= 4 {
            tree = forest.grow(self.wanted, 6);
        }
        lab.engine.work += forest.work / 3;
        let Some((cost, tree)) = tree else { return };
        // A tree as large as the evidence explains nothing.
        let rows = self.wanted.count_ones() as usize;
        // What a processor is asked for refutes more quickly than what was seen by chance.
        let most = if self.spec.bits.is_some() { rows.clamp(24, 64) } else { (rows * 5 / 8).clamp(10, 40) };
        if cost > most || self.found.first().is_some_and(|best| best.cost <= cost) {
            return;
        }
        let mut solution = Solution { cost, expr: Expr::Const(Datum::None), guards: vec![], undefined: None };
        if let Some(expr) = self.build(&tree, &covers, &mut vec![], &mut solution) {
            solution.expr = expr;
        }
        self.accept(solution, &lab.engine);
    }

    /// The tree as an expression; leaves that are errors become guards.
    fn build(&self, tree: &Tree, covers: &[Cover], path: &mut Vec<(Expr, bool)>, solution: &mut Solution) -> Option<Expr> {
        match tree {
            Tree::Leaf(i) => match covers[*i].leaf {
                Leaf::Error(kind) => {
                    solution.guards.push((conjunction(path), kind));
                    None
                }
                leaf => {
                    if let Leaf::Term(_, raised) = leaf {
                        solution.undefined = solution.undefined.or(raised);
                    }
                    self.leaf(&covers[*i])
                }
            },
            Tree::Or(a, b) => {
                let first = self.leaf(&covers[*a])?;
                match covers[*b].leaf {
                    Leaf::Error(kind) => {
                        solution.undefined = Some(kind);
                        Some(first)
                    }
                    second => {
                        if let Leaf::Term(_, raised) = second {
                            solution.undefined = solution.undefined.or(raised);
                        }
                        Some(Expr::Or(Box::new([first, self.leaf(&covers[*b])?])))
                    }
                }
            }
            Tree::Node(i, then, otherwise) => {
                let test = self.test(&self.tests[*i]);
                path.push((test.clone(), true));
                let a = self.build(then, covers, path, solution);
                if let Some(last) = path.last_mut() {
                    last.1 = false;
                }
                let b = self.build(otherwise, covers, path, solution);
                path.pop();
                match (a, b) {
                    (Some(a), Some(b)) => Some(Expr::If(Box::new([test, a, b]))),
                    (a, b) => a.or(b),
                }
            }
        }
    }

    fn deduce(&mut self, lab: &mut Lab, until: u64) {
        // Later there is more to make them of; what they lead to is still known then.
        let is_due = self.level_done >= SOURCES_LEVEL && self.deduced_at < SOURCES_LEVEL;
        let mut deductions = match self.deductions.take() {
            Some(deductions) if !is_due => deductions,
            _ => {
                self.deduced_at = self.level_done;
                deduce::all(self, lab)
            }
        };
        let alive = deductions.iter().filter(|d| !d.dead).count() as u64;
        let mut left = alive;
        for deduction in &mut deductions {
            if deduction.dead {
                continue;
            }
            let now = lab.engine.work;
            if now >= until {
                break;
            }
            // The most telling ones come first and get most.
            let share = (until - now) / left.clamp(1, 4) + 2_000;
            left -= 1;
            self.pursue(deduction, lab, now + share);
            if self.found.first().is_some_and(|best| best.cost <= 14) {
                break;
            }
        }
        self.deductions = Some(deductions);
        let patient = self.patience.is_some_and(|patience| lab.engine.work < patience) && !self.exhausted;
        if self.found.first().is_some_and(|best| best.cost <= 10 || !patient) {
            self.closed = true;
        }
    }

    fn pursue(&mut self, deduction: &mut Deduction, lab: &mut Lab, until: u64) {
        let mut answers: Vec<Vec<Solution>> = vec![];
        let count = deduction.parts.len() as u64;
        for (i, part) in deduction.parts.iter_mut().enumerate() {
            if let Part::Later(spec) = part {
                let before: Vec<&Expr> = answers.iter().filter_map(|found| Some(&found.first()?.expr)).collect();
                *part = Part::Waiting(Box::new(spec(&before)));
            }
            if let Part::Waiting(spec) = part {
                let id = lab.open((**spec).clone());
                *part = Part::Open(id);
            }
            if let Part::Open(id) = part {
                let mut share = until.saturating_sub(lab.engine.work) / (count - i as u64);
                // However little is left where this is asked: all may hang on it, or it is quick to find.
                if let Some(search) = lab.look(*id) {
                    let least = match (deduction.must, search.spec.narrow) {
                        (true, _) => lab.total / MUST_PART,
                        (false, true) => lab.total / NARROW_PART,
                        (false, false) => 0,
                    };
                    share = share.max(least.saturating_sub(search.spent));
                }
                match lab.advance(*id, share.max(1_000)) {
                    Some(_) => {
                        let more = if deduction.must { lab.total / (2 * MUST_PART) } else { 0 };
                        lab.finish(*id, until.max(lab.engine.work + more));
                        let found = lab.look(*id).map_or(vec![], |search| search.found.iter().take(5).cloned().collect());
                        *part = Part::Solved(found);
                    }
                    None => return,
                }
            }
            if let Part::Solved(solutions) = part {
                answers.push(solutions.clone());
            }
        }
        deduction.dead = true;
        // The cheapest answers of the parts need not be the right ones together.
        for (cost, exprs) in together(&answers) {
            for expr in (deduction.build)(&exprs) {
                let (right, undefined) = lab.check(&expr, &self.spec.rows, &mut self.goal);
                let open = if deduction.partial && undefined.count_ones() <= right.count_ones() { undefined } else { 0 };
                if (right | open) & self.wanted == self.wanted {
                    let cost = deduction.cost + cost;
                    self.accept(Solution { cost, expr, guards: vec![], undefined: None }, &lab.engine);
                    return;
                }
            }
        }
    }

    /// A test as an expression.
    pub fn test(&self, test: &Test) -> Expr {
        test.reading.test(self.bank.expr(test.term))
    }

    /// A partial candidate as an expression.
    pub fn leaf(&self, cover: &Cover) -> Option<Expr> {
        match cover.leaf {
            Leaf::Term(term, _) => Some(self.bank.expr(term)),
            Leaf::Read(term, reading) => Some(reading.of(self.bank.expr(term))),
            Leaf::Error(_) => None,
        }
    }

    /// The rows that want something.
    pub fn wanted(&self) -> Mask {
        self.wanted
    }

    /// What is right on all rows, then what is on the most.
    pub fn likely(&self, most: usize) -> Vec<Expr> {
        let best = self.found.first().map(|best| best.expr.clone());
        let expr = |cover: &&Cover| self.leaf(cover);
        let widest = self.widest_covers(most);
        let rows = widest.first().map_or(0, |cover| cover.mask.count_ones());
        let alone = widest.into_iter().filter_map(|cover| expr(&cover));
        // Two must be worth more than one.
        let pair = self.widest_fallback().filter(|(first, second)| (first.mask | second.mask).count_ones() > rows);
        let pair = pair.and_then(|(first, second)| Some([expr(&first)?, expr(&second)?]));
        best.into_iter().chain(pair.map(|pair| Expr::Or(Box::new(pair)))).chain(alone).collect()
    }

    /// Two candidates that are never wrong where the second stands in for the first where that is undefined: those that are right
    /// on the most rows.
    fn widest_fallback(&self) -> Option<(&Cover, &Cover)> {
        let safe = |cover: &Cover, rows: Mask| rows & !(cover.mask | cover.undefined) == 0;
        let firsts = self.widest_covers(PAIRED).into_iter().filter(|first| safe(first, self.wanted));
        let pairs = firsts.flat_map(|first| {
            let rest = self.wanted & !first.mask;
            let seconds = self
                .covers
                .iter()
                .filter(move |second| matches!(second.leaf, Leaf::Term(_, None) | Leaf::Read(..)) && second.mask & rest != 0);
            seconds.filter(move |second| safe(second, rest)).map(move |second| (first, second))
        });
        pairs.max_by_key(|(first, second)| ((first.mask | second.mask).count_ones(), std::cmp::Reverse(first.cost + second.cost)))
    }

    /// Partial candidates, the widest first.
    pub fn widest_covers(&self, most: usize) -> Vec<&Cover> {
        let mut covers: Vec<&Cover> =
            self.covers.iter().filter(|c| matches!(c.leaf, Leaf::Term(_, None) | Leaf::Read(..))).collect();
        covers.sort_by_key(|c| (std::cmp::Reverse(c.mask.count_ones()), c.cost));
        covers.truncate(most);
        covers
    }
}

/// Fills a bank with variables, constants, primitives and words. `more` variables of a form come before those of the rows.
pub fn furnish(bank: &mut Bank, rows: &[Row], constants: &[Constant], more: usize, lab: &Lab) {
    let (args, locals) = rows.first().map_or((0, 0), |row| (row.args.len(), row.locals.len()));
    bank.add_variables(args, locals + more);
    for constant in constants {
        bank.add_constant(constant.id, constant.datum.clone(), constant.cost);
    }
    // Words first: they are few, and of equal candidates the first is kept.
    for (key, arity, cost) in &lab.words {
        bank.add_learned(*key, *arity, *cost);
    }
    bank.add_primitives(&lab.engine.pool);
}

/// The same for goals of a few bits: what processors do with words, and cuts and shifts by the widths that there are.
fn furnish_bits(bank: &mut Bank, rows: &[Row], constants: &[Constant], bits: &Bits) {
    if !bits.only_given {
        bank.add_variables(rows.first().map_or(0, |row| row.args.len()), 0);
    }
    for constant in constants {
        bank.add_constant(constant.id, constant.datum.clone(), constant.cost);
    }
    bank.add_word_primitives(&bits.widths);
}

fn int_of(id: ValueId, engine: &Engine) -> Option<i64> {
    match engine.pool.get(id) {
        Value::Int(value) if !engine.pool.is_undefined(id) => Some(*value),
        _ => None,
    }
}

/// Choices of one answer each, cheapest first.
fn together(answers: &[Vec<Solution>]) -> Vec<(usize, Vec<Expr>)> {
    let mut all: Vec<(usize, Vec<Expr>)> = vec![(0, vec![])];
    for part in answers {
        let mut next = vec![];
        for (cost, exprs) in &all {
            for solution in part {
                let mut exprs = exprs.clone();
                exprs.push(solution.expr.clone());
                next.push((cost + solution.cost, exprs));
            }
        }
        next.sort_by_key(|(cost, _)| *cost);
        next.truncate(24);
        all = next;
    }
    all
}

fn conjunction(path: &[(Expr, bool)]) -> Expr {
    let constant = |b| Expr::Const(Datum::Bool(b));
    let Some(((test, positive), before)) = path.split_last() else { return constant(true) };
    let mut expr = if *positive { test.clone() } else { Expr::If(Box::new([test.clone(), constant(false), constant(true)])) };
    for (test, positive) in before.iter().rev() {
        let no = constant(false);
        expr = Expr::If(Box::new(if *positive { [test.clone(), expr, no] } else { [test.clone(), no, expr] }));
    }
    expr
}
