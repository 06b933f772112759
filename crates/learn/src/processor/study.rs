//! One instruction being learned: what was observed of it, as columns, and the lines found so far.

use mimus_core::{Datum, Expr, PrimId, Ty};
use mimus_induce::BitsProblem;
use mimus_knowledge::{Instruction, Line, Rival, Target};
use mimus_trace::step::{Layout, Oracle, Part, Question, Step, ones};
use rustc_hash::FxHashMap;

use super::asker::Asker;
use super::column::{Program, operands, renamed};
use super::library::{Library, Template};

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
/// Rows of operands that are mixed to tell formulas apart.
const MIXED: usize = 300;
/// Fields of one register that are offered as one.
const MANY_FIELDS: usize = 3;
/// Expressions that are offered for having been part of another line.
const MOST_GIVEN: usize = 10;

/// Which inputs something depends on: parts of the state, then cells in the order in which they are read.
type Inputs = u128;

/// Something to be found.
pub struct Goal {
    pub target: Target,
    /// Which read it is the address of.
    position: usize,
    wants: Vec<i64>,
    bits: u8,
    /// On what it was seen to depend, where that could be asked.
    inputs: Option<Inputs>,
    active: Vec<usize>,
    found: bool,
}

/// A line that was found.
#[derive(Clone)]
pub struct Found {
    pub target: Target,
    position: usize,
    pub expr: Expr,
    pub cost: usize,
    /// Others that explain all rows.
    rivals: Vec<Expr>,
}

/// See the module.
pub struct Study<'a> {
    layout: &'a Layout,
    parts: Vec<Part>,
    widths: Vec<u8>,
    pub code: Vec<u64>,
    pub steps: Vec<Step>,
    /// Operands: parts, then results of lines.
    columns: Vec<Vec<i64>>,
    inputs: Vec<Inputs>,
    pub lines: Vec<Found>,
    pub goals: Vec<Goal>,
    /// Steps do not do the same number of things to memory.
    uneven: bool,
}

fn prim(name: &str, args: Vec<Expr>) -> Expr {
    Expr::Prim(PrimId::by_name(name).unwrap_or_else(|| unreachable!("no primitive {name}")), args)
}

impl<'a> Study<'a> {
    pub fn new(layout: &'a Layout, code: Vec<u64>, steps: Vec<Step>) -> Self {
        let parts = layout.parts();
        let mut widths: Vec<u8> = parts.iter().map(|part| part.bits).chain([layout.memory.address, layout.memory.cell]).collect();
        widths.sort_unstable();
        widths.dedup();
        let column = |value: &dyn Fn(&Step) -> u64| steps.iter().map(|step| value(step) as i64).collect::<Vec<i64>>();
        let columns = parts.iter().map(|part| column(&|step| part.of(&step.before.registers))).collect();
        let inputs = (0..parts.len()).map(|i| 1 << i).collect();
        let mut study = Self { layout, parts, widths, code, steps, columns, inputs, lines: vec![], goals: vec![], uneven: false };
        study.set_goals();
        study
    }

    fn set_goals(&mut self) {
        let count = |write: bool| {
            let counts = self.steps.iter().map(|step| step.accesses.iter().filter(|a| a.write == write).count());
            (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0))
        };
        let ((reads, _), (writes, most_writes)) = (count(false), count(true));
        self.uneven = writes != most_writes;
        let mut targets: Vec<(Target, usize)> = vec![];
        targets.extend((self.code.len()..reads).map(|k| (Target::Read, k)));
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
            let bits = target.bits(self.layout);
            let active = first_rows(&wants);
            self.goals.push(Goal { target, position, wants, bits, inputs: None, active, found: false });
        }
    }

    /// What a step tells of a target.
    fn told(&self, target: Target, position: usize, step: &Step) -> Option<u64> {
        let access = |write: bool, n: usize| step.accesses.iter().filter(|a| a.write == write).nth(n);
        match target {
            Target::Read => access(false, position).map(|a| a.address),
            Target::Address(n) => access(true, n.into()).map(|a| a.address),
            Target::Value(n) => access(true, n.into()).map(|a| a.value),
            Target::Part(i) => Some(self.parts[usize::from(i)].of(&step.after.registers)),
            Target::Stop => Some(step.stopped.into()),
        }
    }

    /// Finds out what each goal depends on, by changing one thing at a time.
    pub fn ask_influence(&mut self, asker: &mut Asker, oracle: &dyn Oracle, count: usize) {
        let bases: Vec<Question> = (0..count).map(|_| asker.level(&self.code)).collect();
        let plain = oracle.observe(&bases);
        let mut changed: Vec<(usize, Inputs, Question)> = vec![];
        for (i, (base, step)) in bases.iter().zip(&plain).enumerate() {
            for part in 0..self.parts.len() {
                changed.push((i, 1 << part, asker.with_part(base, part, &self.code)));
            }
            let reads = step.accesses.iter().filter(|a| !a.write).enumerate().skip(self.code.len());
            for (k, access) in reads.take(128 - self.parts.len()) {
                changed.push((i, 1 << (self.parts.len() + k), asker.with_cell(base, access.address)));
            }
        }
        let questions: Vec<Question> = changed.iter().map(|(.., question)| question.clone()).collect();
        let steps = oracle.observe(&questions);
        for g in 0..self.goals.len() {
            let (target, position) = (self.goals[g].target, self.goals[g].position);
            let told = |step: &Step| self.told(target, position, step);
            let differs = |((base, _, _), step): &(&(usize, Inputs, Question), &Step)| told(&plain[*base]) != told(step);
            let inputs = changed.iter().zip(&steps).filter(differs).fold(0, |all, ((_, input, _), _)| all | input);
            *self.goals[g].inputs.get_or_insert(0) |= inputs;
        }
    }

    pub fn open(&self) -> usize {
        self.goals.iter().filter(|goal| !goal.found).count()
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
        let goal = &self.goals[g];
        let (target, position) = (goal.target, goal.position);
        let is_known = |line: &Found| goal.target == Target::Read && line.target == Target::Read;
        if self.lines.iter().any(|line| is_known(line) && self.wrong(&line.expr, g, 1).is_empty()) {
            self.goals[g].found = true;
            return;
        }
        if let Some((expr, cost)) = self.borrowed(g, library) {
            self.accept(g, Found { target, position, expr, cost, rivals: vec![] });
            return;
        }
        let leaves = self.leaves(g);
        let place = |operand: u8| leaves.iter().position(|leaf| *leaf == usize::from(operand)).map_or(0, |at| at as u8);
        let given: Vec<(Expr, usize)> = self.given(&leaves).into_iter().map(|expr| (renamed(&expr, &mut { place }), 1)).collect();
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
                self.accept(g, Found { target, position, expr, cost, rivals: right.into_iter().map(|(expr, _)| expr).collect() });
                return;
            }
            // What took long to find and is wrong was found among too many: more rows make them fewer.
            let more = if work > LONG { MANY_WRONG } else { FEW_WRONG };
            let wrong = self.wrong(&renamed(&best.expr, &mut { back }), g, more);
            self.goals[g].active.extend(wrong);
        }
    }

    /// Of some steps those that the lines do not explain, but no more than so many.
    pub fn unexplained(&self, steps: Vec<Step>, most: usize) -> Vec<Step> {
        let mut programs: Vec<Option<Program>> = self.lines.iter().map(|line| Program::of(&line.expr)).collect();
        let goals: Vec<Option<&Goal>> = self
            .lines
            .iter()
            .map(|line| self.goals.iter().find(|goal| goal.target == line.target && goal.position == line.position))
            .collect();
        let mut columns: Vec<Vec<i64>> = vec![vec![0]; self.columns.len()];
        let mut wrong = vec![];
        for step in steps {
            self.parts.iter().enumerate().for_each(|(i, part)| columns[i][0] = part.of(&step.before.registers) as i64);
            let explained = (0..self.lines.len()).all(|i| {
                let Some((program, goal)) = programs[i].as_mut().zip(goals[i]) else { return false };
                let mask = ones(goal.bits) as i64;
                let found = program.at(&columns, 0).map(|value| value & mask);
                let told = self.told(goal.target, goal.position, &step).map(|value| value as i64);
                columns[self.parts.len() + i][0] = match goal.target {
                    Target::Read => told.map_or(0, |at| step.before.cells.get(&(at as u64)).map_or(0, |value| *value as i64)),
                    _ => told.unwrap_or(0),
                };
                told.is_some() && found == told
            });
            if !explained {
                wrong.push(step);
                if wrong.len() >= most {
                    break;
                }
            }
        }
        wrong
    }

    /// The same instruction with more steps, all still to be found; what it depends on is still known.
    pub fn again(self, steps: Vec<Step>) -> Self {
        let known: Vec<(Target, usize, Option<Inputs>)> = self.goals.iter().map(|g| (g.target, g.position, g.inputs)).collect();
        let all = steps.into_iter().chain(self.steps).collect();
        let mut study = Self::new(self.layout, self.code, all);
        for goal in &mut study.goals {
            let same = known.iter().find(|(target, position, _)| (*target, *position) == (goal.target, goal.position));
            goal.inputs = same.and_then(|(.., inputs)| *inputs);
        }
        study
    }

    /// The first rows, but no more than so many, on which an expression is not what is wanted. Not the neighbours of each other.
    fn wrong(&self, expr: &Expr, g: usize, most: usize) -> Vec<usize> {
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
            (Target::Read, _) => 1 << (self.parts.len() + goal.position).min(127),
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
        let alike = |other: Target| other.bits(self.layout) == goal.bits;
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

    fn may_use(&self, g: usize, operand: usize) -> bool {
        self.goals[g].inputs.is_none_or(|inputs| self.inputs[operand] & !inputs == 0)
    }

    /// The operands that may matter for a goal.
    fn leaves(&self, g: usize) -> Vec<usize> {
        let is_flag = |operand: usize| {
            operand.checked_sub(self.parts.len()).is_some_and(|line| self.lines[line].target.bits(self.layout) == 1)
        };
        // What is wide is seldom made of what became of a single bit.
        let wide = self.goals[g].bits > 1;
        (0..self.columns.len()).filter(|operand| self.may_use(g, *operand) && !(wide && is_flag(*operand))).collect()
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

    /// Formulas that explain a line: its own, others that its search found, and of the templates those that fit, with their numbers.
    pub fn explanations(&self, line: usize, templates: &[&Template]) -> Vec<(Expr, Option<usize>)> {
        let found = &self.lines[line];
        let Some(g) = self.goals.iter().position(|goal| (goal.target, goal.position) == (found.target, found.position)) else {
            return vec![];
        };
        let before: Vec<usize> = (self.parts.len()..self.parts.len() + line).collect();
        let mut all: Vec<(Expr, Option<usize>)> = vec![];
        for (number, template) in templates.iter().enumerate() {
            let mut fits = arrangements(&before, template.holes).into_iter().map(|chosen| template.with(&chosen));
            all.extend(fits.find(|expr| self.wrong(expr, g, 1).is_empty()).map(|expr| (expr, Some(number))));
        }
        for expr in std::iter::once(&found.expr).chain(&found.rivals) {
            if !all.iter().any(|(known, _)| known == expr) {
                all.push((expr.clone(), None));
            }
        }
        all
    }

    /// How many bits a row tells of a line, on average.
    pub fn told_bits(&self, line: usize) -> f64 {
        let found = &self.lines[line];
        let goal = self.goals.iter().find(|goal| (goal.target, goal.position) == (found.target, found.position));
        let Some(goal) = goal else { return 0.0 };
        let mut counts: FxHashMap<i64, usize> = FxHashMap::default();
        goal.wants.iter().for_each(|want| *counts.entry(*want).or_default() += 1);
        if counts.len() * 2 > goal.wants.len() {
            return goal.bits.into();
        }
        let all = goal.wants.len() as f64;
        let mut shares: Vec<usize> = counts.into_values().collect();
        shares.sort_unstable();
        shares.into_iter().map(|n| n as f64 / all).map(|share| -share * share.log2()).sum()
    }

    /// Operands that were never seen together: inputs of different rows, and what the lines make of them.
    pub fn mixed(&self) -> Vec<Vec<i64>> {
        let rows = self.steps.len();
        let from = |i: usize, row: usize| (row * (2 * i + 1) + 7 * i) % rows;
        let mix = |i: usize| (0..rows.min(MIXED)).map(|row| self.columns[i][from(i, row)]).collect::<Vec<i64>>();
        let mut columns: Vec<Vec<i64>> = (0..self.parts.len()).map(mix).collect();
        for (i, line) in self.lines.iter().enumerate() {
            let column = match (line.target, Program::of(&line.expr)) {
                (Target::Read, _) | (_, None) => mix(self.parts.len() + i),
                (target, Some(mut program)) => {
                    let mask = ones(target.bits(self.layout)) as i64;
                    (0..rows.min(MIXED)).map(|row| program.at(&columns, row).map_or(0, |value| value & mask)).collect()
                }
            };
            columns.push(column);
        }
        columns
    }

    /// Whether two formulas for a line give the same for such operands.
    pub fn are_same(&self, a: &Expr, b: &Expr, line: usize, mixed: &[Vec<i64>]) -> bool {
        let (Some(mut a), Some(mut b)) = (Program::of(a), Program::of(b)) else { return false };
        let mask = ones(self.lines[line].target.bits(self.layout)) as i64;
        let value = |program: &mut Program, row: usize| program.at(mixed, row).map(|value| value & mask);
        (0..self.steps.len().min(MIXED)).all(|row| value(&mut a, row) == value(&mut b, row))
    }

    /// What was learned, with the meanings of each line. Reads that nothing needs are left out.
    pub fn instruction(&self, meanings: &[Vec<Rival<Expr>>]) -> Instruction {
        let mut needed = vec![false; self.columns.len()];
        for (i, line) in self.lines.iter().enumerate().rev() {
            let operand = self.parts.len() + i;
            if line.target != Target::Read || needed[operand] {
                let mut used = vec![];
                meanings[i].iter().for_each(|rival| operands(&rival.meaning, &mut used));
                used.into_iter().for_each(|operand| needed[operand] = true);
                needed[operand] = true;
            }
        }
        let mut names: Vec<u8> = (0..self.parts.len() as u8).collect();
        let mut lines = vec![];
        for (i, line) in self.lines.iter().enumerate() {
            names.push((self.parts.len() + lines.len()) as u8);
            if needed[self.parts.len() + i] {
                let rename = |expr: &Expr| renamed(expr, &mut |operand| names[usize::from(operand)]);
                let meanings = meanings[i].iter().map(|rival| Rival { meaning: rename(&rival.meaning), share: rival.share });
                lines.push(Line { target: line.target, meanings: meanings.collect() });
            }
        }
        let open = self.goals.iter().filter(|goal| !goal.found && goal.target != Target::Read);
        lines.extend(open.map(|goal| Line { target: goal.target, meanings: vec![] }));
        if self.uneven {
            lines.push(Line { target: Target::Address(0), meanings: vec![] });
        }
        let example = self.steps.first().map_or(String::new(), |step| step.name.clone());
        Instruction { seen: self.steps.len() as u64, example, lines }
    }
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
fn arrangements(lines: &[usize], places: usize) -> Vec<Vec<usize>> {
    (0..places).fold(vec![vec![]], |shorter, _| {
        let with = |chosen: Vec<usize>| {
            let others = lines.iter().filter(|line| !chosen.contains(line));
            others.map(|line| [&chosen[..], &[*line]].concat()).collect::<Vec<_>>()
        };
        shorter.into_iter().flat_map(with).collect()
    })
}
