//! Lines on steps that they were not found from.

use std::mem::take;

use mimus_knowledge::Target;
use mimus_trace::step::{Step, ones};

use super::column::Program;
use super::study::{Inputs, Study};

impl Study<'_> {
    /// Of some steps those that the lines do not explain, but no more than so many. The others go to `rest`.
    pub fn unexplained(&self, steps: Vec<Step>, most: usize, rest: &mut Vec<Step>) -> Vec<Step> {
        let mut check = Check::new(self);
        let mut wrong = vec![];
        for step in steps {
            if wrong.len() < most && check.failing(&step).next().is_some() {
                wrong.push(step);
            } else {
                rest.push(step);
            }
        }
        wrong
    }

    /// Gives up the lines that do not explain these steps.
    pub fn give_up(&mut self, steps: &[Step]) {
        let mut check = Check::new(self);
        let mut failing: Vec<usize> = steps.iter().flat_map(|step| check.failing(step).collect::<Vec<_>>()).collect();
        failing.sort_unstable();
        failing.dedup();
        self.given_up = failing;
    }

    /// The same instruction with more steps, all still to be found; what it depends on is still known.
    pub fn again(&mut self, steps: Vec<Step>) {
        let known: Vec<(Target, usize, Option<Inputs>)> = self.goals.iter().map(|g| (g.target, g.position, g.inputs)).collect();
        let all = steps.into_iter().chain(take(&mut self.steps)).collect();
        let mut study = Self::new(self.layout, take(&mut self.code), all);
        for goal in &mut study.goals {
            let same = known.iter().find(|(target, position, _)| (*target, *position) == (goal.target, goal.position));
            goal.inputs = same.and_then(|(.., inputs)| *inputs);
        }
        *self = study;
    }
}

/// Lines run on steps that they were not found from.
struct Check<'s, 'a> {
    study: &'s Study<'a>,
    programs: Vec<Option<Program>>,
    /// One row.
    columns: Vec<Vec<i64>>,
}

impl<'s, 'a> Check<'s, 'a> {
    fn new(study: &'s Study<'a>) -> Self {
        Self {
            study,
            programs: study.lines.iter().map(|line| Program::of(&line.expr)).collect(),
            columns: vec![vec![0]; study.columns.len()],
        }
    }

    /// The lines that are wrong for a step, each with the right results of those before it.
    fn failing(&mut self, step: &Step) -> impl Iterator<Item = usize> {
        let parts = &self.study.parts;
        parts.iter().enumerate().for_each(|(i, part)| self.columns[i][0] = part.of(&step.before.registers) as i64);
        let lines = parts.len()..self.columns.len();
        lines
            .enumerate()
            .filter(|(line, operand)| {
                let Some(program) = &mut self.programs[*line] else { return true };
                let goal = &self.study.goals[self.study.lines[*line].goal];
                let mask = ones(goal.bits) as i64;
                let found = program.at(&self.columns, 0).map(|value| value & mask);
                let told = self.study.told(goal.target, goal.position, step);
                let cell = |address: u64| step.before.cells.get(&address).copied();
                self.columns[*operand][0] = match goal.target {
                    Target::Read => told.and_then(cell),
                    _ => told,
                }
                .unwrap_or_default() as i64;
                told.is_none() || found != told.map(|value| value as i64)
            })
            .map(|(line, _)| line)
    }
}
