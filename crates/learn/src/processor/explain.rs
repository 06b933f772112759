//! What explains a line beside the formula that was found first, and what of it makes a difference.

use mimus_core::Expr;
use mimus_knowledge::{Instruction, Line, Rival, Target};
use mimus_trace::step::ones;
use rustc_hash::FxHashMap;

use super::column::{Program, operands, renamed};
use super::library::Template;
use super::study::{Study, arrangements};

/// Rows of operands that are mixed to tell formulas apart.
const MIXED: usize = 300;

impl Study<'_> {
    /// Formulas that explain a line: its own, others that its search found, and of the templates those that fit, with their numbers.
    pub fn explanations(&self, line: usize, templates: &[&Template]) -> Vec<(Expr, Option<usize>)> {
        let found = &self.lines[line];
        let before: Vec<usize> = (self.parts.len()..self.parts.len() + line).collect();
        let mut all: Vec<(Expr, Option<usize>)> = vec![];
        for (number, template) in templates.iter().enumerate() {
            let mut fits = arrangements(&before, template.holes).into_iter().map(|chosen| template.with(&chosen));
            all.extend(fits.find(|expr| self.wrong(expr, found.goal, 1).is_empty()).map(|expr| (expr, Some(number))));
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
        let goal = &self.goals[self.lines[line].goal];
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
                    let mask = ones(self.bits(target)) as i64;
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
        let mask = ones(self.bits(self.lines[line].target)) as i64;
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
                let known: &[Rival<Expr>] = if self.given_up.contains(&i) { &[] } else { &meanings[i] };
                let meanings = known.iter().map(|rival| Rival { meaning: rename(&rival.meaning), share: rival.share });
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
