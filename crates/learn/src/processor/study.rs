//! One instruction being learned: what was observed of it, as columns, and the lines found so far.

use mimus_core::{Datum, Expr, PrimId, Ty};
use mimus_induce::BitsProblem;
use mimus_knowledge::Target;
use mimus_trace::step::{Layout, Part, Step};

use super::column::{Program, operands, renamed};
use super::library::{HOLES, Library};

/// Rows that a search begins with, and the most that it looks at.
const FIRST_ROWS: usize = 16;
const MOST_ROWS: usize = 120;
/// Answers of a search that are checked on all rows.
const ANSWERS: usize = 6;
/// Rows that join after a wrong answer, if it was found soon, or if it took so much work.
const FEW_WRONG: usize = 3;
const MANY_WRONG: usize = 24;
const LONG: u64 = 200_000;
/// What a goal may take altogether, in budgets.
const TRIES: u64 = 2;
/// The position of the last read.
const LAST: usize = usize::MAX;
/// With more work than this, lines are offered that depend on a little more than a goal was seen to depend on.
const LOOSE: u64 = 1_000_000;
/// More work is mostly wasted on a goal of which it is not known what it depends on.
const UNTOLD: u64 = 300_000;
/// Fields of one register that are offered as one.
const MANY_FIELDS: usize = 3;
/// Expressions that are offered for having been part of another line.
const MOST_GIVEN: usize = 10;

/// Which inputs something depends on: parts of the state, then cells in the order in which they are read.
pub(super) type Inputs = u128;

/// Something to be found.
pub struct Goal {
    pub target: Target,
    /// Which read it is the address of: from 0, or from [`LAST`] downwards for those that are counted from the end.
    pub(super) position: usize,
    pub(super) wants: Vec<i64>,
    pub(super) bits: u8,
    /// On what it was seen to depend, where that could be asked.
    pub(super) inputs: Option<Inputs>,
    active: Vec<usize>,
    pub(super) found: bool,
}

/// A line that was found.
#[derive(Clone)]
pub struct Found {
    pub target: Target,
    /// The number of its goal.
    pub(super) goal: usize,
    pub expr: Expr,
    pub cost: usize,
    /// Others that explain all rows.
    pub(super) rivals: Vec<Expr>,
}

/// See the module.
pub struct Study<'a> {
    pub(super) layout: &'a Layout,
    pub(super) parts: Vec<Part>,
    widths: Vec<u8>,
    pub code: Vec<u64>,
    pub steps: Vec<Step>,
    /// Operands: parts, then results of lines.
    pub(super) columns: Vec<Vec<i64>>,
    inputs: Vec<Inputs>,
    pub lines: Vec<Found>,
    pub goals: Vec<Goal>,
    /// What is written cannot be told: some steps write more often than others, or do not tell of what they wrote.
    pub(super) uneven: bool,
    /// Lines that were refuted too often.
    pub(super) given_up: Vec<usize>,
}

fn prim(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Prim(PrimId::by_name(name).unwrap_or_else(|| unreachable!("no primitive {name}")), args)
}

impl<'a> Study<'a> {
    pub fn new(layout: &'a Layout, code: Vec<u64>, steps: Vec<Step>) -> Self {
        let parts = layout.parts();
        // By one bit words are shifted whatever their widths.
        let widest = [1, layout.memory.address, layout.memory.cell];
        let mut widths: Vec<u8> = parts.iter().map(|part| part.bits).chain(widest).collect();
        widths.sort_unstable();
        widths.dedup();
        let column = |value: &dyn Fn(&Step) -> u64| steps.iter().map(|step| value(step) as i64).collect::<Vec<i64>>();
        let columns = parts.iter().map(|part| column(&|step| part.of(&step.before.registers))).collect();
        let inputs = (0..parts.len() as u32).map(|i| 1_u128.checked_shl(i).unwrap_or(0)).collect();
        let mut study = Self {
            layout,
            parts,
            widths,
            code,
            steps,
            columns,
            inputs,
            lines: vec![],
            goals: vec![],
            uneven: false,
            given_up: vec![],
        };
        study.set_goals();
        study
    }

    fn set_goals(&mut self) {
        let count = |write: bool| {
            let counts = self.steps.iter().map(|step| step.accesses.iter().filter(|a| a.write == write).count());
            (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0))
        };
        let ((reads, most_reads), (writes, most_writes)) = (count(false), count(true));
        self.uneven = writes != most_writes || !self.steps.iter().all(tells_writes);
        let mut targets: Vec<(Target, usize)> = vec![];
        targets.extend((self.code.len()..reads).map(|k| (Target::Read, k)));
        // Where some steps read more than others, what they read last may be what they have in common.
        if most_reads > reads {
            targets.extend((self.code.len()..reads).map(|k| (Target::Read, LAST - (k - self.code.len()))));
        }
        for k in 0..writes.min(16) {
            targets.extend([(Target::Address(k as u8), 0), (Target::Value(k as u8), 0)]);
        }
        let mut parts: Vec<usize> = (0..self.parts.len()).collect();
        parts.sort_by_key(|i| std::cmp::Reverse(self.parts[*i].bits));
        targets.extend(parts.into_iter().map(|i| (Target::Part(i as u8), 0)));
        targets.push((Target::Stop, 0));
        for (target, position) in targets {
            let wants: Vec<i64> =
                self.steps.iter().map(|step| self.told(target, position, step).unwrap_or_default() as i64).collect();
            let bits = self.bits(target);
            let active = first_rows(&wants);
            self.goals.push(Goal { target, position, wants, bits, inputs: None, active, found: false });
        }
    }

    /// How many bits of a target count.
    pub(super) fn bits(&self, target: Target) -> u8 {
        target.bits(&self.layout.memory, &self.parts)
    }

    /// What a step tells of a target.
    pub(super) fn told(&self, target: Target, position: usize, step: &Step) -> Option<u64> {
        let access = |write: bool, n: usize| step.accesses.iter().filter(|a| a.write == write).nth(n);
        match target {
            Target::Read if position > LAST / 2 => {
                step.accesses.iter().filter(|a| !a.write).rev().nth(LAST - position).map(|a| a.address)
            }
            Target::Read => access(false, position).map(|a| a.address),
            Target::Address(n) => access(true, n.into()).map(|a| a.address),
            Target::Value(n) => access(true, n.into()).map(|a| a.value),
            Target::Part(i) => Some(self.parts[usize::from(i)].of(&step.after.registers)),
            Target::Stop => Some(step.stopped.into()),
        }
    }

    /// How many goals are still to be found. A read that nothing explains may be one that nothing needs.
    pub fn open(&self) -> usize {
        self.goals.iter().filter(|goal| !goal.found && goal.target != Target::Read).count()
    }

    /// Works on all open goals, each with so much work at most.
    pub fn work(&mut self, budget: u64, library: &Library) {
        for g in 0..self.goals.len() {
            if !self.goals[g].found {
                self.find(g, budget, library);
            }
        }
    }

    fn find(&mut self, g: usize, budget: u64, library: &Library) {
        // Operands have numbers of eight bits, and those of open places in templates are among them.
        if self.columns.len() >= usize::from(HOLES) {
            return;
        }
        let goal = &self.goals[g];
        let target = goal.target;
        let is_known = |line: &Found| target == Target::Read && line.target == Target::Read;
        if self.lines.iter().any(|line| is_known(line) && self.wrong(&line.expr, g, 1).is_empty()) {
            self.goals[g].found = true;
            return;
        }
        if let Some((expr, cost)) = self.borrowed(g, library) {
            self.accept(g, Found { target, goal: g, expr, cost, rivals: vec![] });
            return;
        }
        let leaves = self.leaves(g, if budget > LOOSE { 2 } else { 0 });
        let place = |operand: u8| leaves.iter().position(|leaf| *leaf == usize::from(operand)).map_or(0, |at| at as u8);
        let given: Vec<(Expr, usize)> = self.given(&leaves).into_iter().map(|expr| (renamed(&expr, &mut { place }), 1)).collect();
        let budget = if self.goals[g].inputs.is_some() { budget } else { budget.min(UNTOLD) };
        let mut spent = 0;
        while spent < TRIES * budget && self.goals[g].active.len() <= MOST_ROWS {
            let goal = &self.goals[g];
            let rows: Vec<Vec<i64>> =
                goal.active.iter().map(|row| leaves.iter().map(|leaf| self.columns[*leaf][*row]).collect()).collect();
            let wants: Vec<i64> = goal.active.iter().map(|row| goal.wants[*row]).collect();
            let problem =
                BitsProblem { rows: &rows, wants: &wants, bits: goal.bits, widths: &self.widths, given: &given, budget };
            let (answers, work) = problem.solve();
            spent += work.max(1_000);
            let Some(best) = answers.first() else { return };
            let back = |operand: u8| leaves[usize::from(operand)] as u8;
            let mut right = vec![];
            for answer in answers.iter().take(ANSWERS) {
                let expr = renamed(&answer.expr, &mut { back });
                if self.wrong(&expr, g, 1).is_empty() {
                    right.push((expr, answer.cost));
                }
            }
            if !right.is_empty() {
                let (expr, cost) = right.remove(0);
                self.accept(g, Found { target, goal: g, expr, cost, rivals: right.into_iter().map(|(expr, _)| expr).collect() });
                return;
            }
            // What took long to find and is wrong was found among too many: more rows make them fewer.
            let more = if work > LONG { MANY_WRONG } else { FEW_WRONG };
            let wrong = self.wrong(&renamed(&best.expr, &mut { back }), g, more);
            self.goals[g].active.extend(wrong);
        }
    }

    /// The first rows, but no more than so many, on which an expression is not what is wanted.
    pub(super) fn wrong(&self, expr: &Expr, g: usize, most: usize) -> Vec<usize> {
        let goal = &self.goals[g];
        let Some(mut program) = Program::of(expr) else { return vec![0] };
        let mask = if goal.bits >= 63 { -1 } else { (1 << goal.bits) - 1 };
        let mut wrong: Vec<usize> = vec![];
        for row in 0..goal.wants.len() {
            if program.at(&self.columns, row).is_none_or(|value| (value ^ goal.wants[row]) & mask != 0) {
                wrong.push(row);
                if wrong.len() >= most {
                    break;
                }
            }
        }
        wrong
    }

    fn accept(&mut self, g: usize, found: Found) {
        let goal = &mut self.goals[g];
        goal.found = true;
        let column = match goal.target {
            Target::Read => {
                let cell = |(step, address): (&Step, &i64)| step.before.cells.get(&(*address as u64)).map_or(0, |v| *v as i64);
                self.steps.iter().zip(&goal.wants).map(cell).collect()
            }
            _ => goal.wants.clone(),
        };
        let inputs = match (goal.target, goal.inputs) {
            // What is read last is not counted among the inputs: it may be used wherever it helps.
            (Target::Read, _) => 1_u128.checked_shl((self.parts.len() + goal.position.min(128)) as u32).unwrap_or(0),
            (_, Some(inputs)) => inputs,
            _ => 0,
        };
        self.columns.push(column);
        self.inputs.push(inputs);
        self.lines.push(found);
    }

    /// The shortest formula of other instructions that fits.
    fn borrowed(&self, g: usize, library: &Library) -> Option<(Expr, usize)> {
        let goal = &self.goals[g];
        // Trying is cheap: what a goal was not seen to depend on may have been too rare to be seen.
        let lines: Vec<usize> = (self.parts.len()..self.columns.len()).collect();
        let alike = |other: Target| self.bits(other) == goal.bits;
        for template in library.for_target(goal.target, alike) {
            for chosen in arrangements(&lines, template.holes) {
                let expr = template.with(&chosen);
                if self.wrong(&expr, g, 1).is_empty() {
                    return Some((expr, template.cost));
                }
            }
        }
        None
    }

    fn may_use(&self, g: usize, operand: usize, unseen: u32) -> bool {
        let own = self.inputs[operand];
        self.goals[g].inputs.is_none_or(|inputs| {
            let missing = (own & !inputs).count_ones();
            missing == 0 || missing <= unseen && own & inputs != 0
        })
    }

    /// The operands that may matter for a goal. A line may depend on so many inputs that the goal was not seen to depend on: that may
    /// have been too rare to be seen.
    fn leaves(&self, g: usize, unseen: u32) -> Vec<usize> {
        let is_flag =
            |operand: usize| operand.checked_sub(self.parts.len()).is_some_and(|line| self.bits(self.lines[line].target) == 1);
        // What is wide is seldom made of what became of a single bit.
        let wide = self.goals[g].bits > 1;
        let unseen = |operand: usize| if operand < self.parts.len() { 0 } else { unseen };
        let may_matter = |operand: &usize| self.may_use(g, *operand, unseen(*operand)) && !(wide && is_flag(*operand));
        (0..self.columns.len()).filter(may_matter).collect()
    }

    /// Expressions that are worth as much as an operand: registers that a goal depends on some fields of, and what decided something
    /// in other lines.
    fn given(&self, leaves: &[usize]) -> Vec<Expr> {
        let mut given = vec![];
        for (i, register) in self.layout.registers.iter().enumerate() {
            let fields: Vec<usize> = (0..self.parts.len()).filter(|p| self.parts[*p].register == i).collect();
            let inside: Vec<usize> = fields.into_iter().filter(|field| leaves.contains(field)).collect();
            if !register.fields.is_empty() && inside.len() >= MANY_FIELDS {
                given.extend(self.whole(&inside));
            }
        }
        let mut parts: Vec<&Expr> = vec![];
        self.lines.iter().for_each(|line| deciding(&line.expr, &mut parts));
        for expr in parts {
            let mut used = vec![];
            operands(expr, &mut used);
            if given.len() < MOST_GIVEN && used.iter().all(|operand| leaves.contains(operand)) {
                let is_test = matches!(expr, Expr::Prim(id, _) if id.get().gives == Ty::Bool);
                given.push(if is_test { prim("bit_of", vec![expr.clone()]) } else { expr.clone() });
            }
        }
        given
    }

    /// A register from its fields.
    fn whole(&self, fields: &[usize]) -> Option<Expr> {
        let moved = |field: &usize| match self.parts[*field].low {
            0 => Expr::Arg(*field as u8),
            low => prim("shift_left", vec![Expr::Arg(*field as u8), Expr::Const(Datum::int(low))]),
        };
        fields.iter().map(moved).reduce(|all, field| prim("bit_or", vec![all, field]))
    }
}

/// Whether the accesses of a step account for all that changed in memory.
fn tells_writes(step: &Step) -> bool {
    let last = |at: u64| step.accesses.iter().rev().find(|a| a.write && a.address == at).map(|a| a.value);
    step.after.cells.iter().all(|(at, value)| match last(*at) {
        Some(written) => written == *value,
        None => step.before.cells.get(at) == Some(value),
    })
}

/// What decides in an expression: what tests compare, all that this is made of, and the tests.
fn deciding<'e>(expr: &'e Expr, into: &mut Vec<&'e Expr>) {
    fn all<'e>(expr: &'e Expr, into: &mut Vec<&'e Expr>) {
        let is_plain = |expr: &Expr| expr.size() > 1 && !matches!(expr, Expr::If(_));
        if is_plain(expr) && !into.contains(&expr) {
            into.push(expr);
        }
        expr.parts().for_each(|part| all(part, into));
    }
    if let Expr::If(three) = expr {
        three[0].parts().for_each(|part| all(part, into));
        if !into.contains(&&three[0]) {
            into.push(&three[0]);
        }
    }
    expr.parts().for_each(|part| deciding(part, into));
}

/// Rows of different outcomes.
fn first_rows(wants: &[i64]) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..wants.len().min(FIRST_ROWS / 2)).collect();
    let mut seen: Vec<i64> = vec![];
    for (row, want) in wants.iter().enumerate().skip(rows.len()) {
        if rows.len() >= FIRST_ROWS {
            break;
        }
        if seen.iter().filter(|known| *known == want).count() < 3 {
            seen.push(*want);
            rows.push(row);
        }
    }
    rows
}

/// All ways to put different lines into so many places.
pub(super) fn arrangements(lines: &[usize], places: usize) -> Vec<Vec<usize>> {
    (0..places).fold(vec![vec![]], |shorter, _| {
        let with = |chosen: Vec<usize>| {
            let others = lines.iter().filter(|line| !chosen.contains(line));
            others.map(|line| [&chosen[..], &[*line]].concat()).collect::<Vec<_>>()
        };
        shorter.into_iter().flat_map(with).collect()
    })
}
