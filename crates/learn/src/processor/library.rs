//! Formulas that were found for one instruction, to be tried on the others.

use mimus_core::Expr;
use mimus_knowledge::Target;

use super::column::{operands, renamed};

/// Operands from this number on are places for lines.
pub const HOLES: u8 = 200;
/// More places for lines are not filled.
const MOST_HOLES: usize = 3;

/// A formula whose operands beyond the parts of the state are left open.
#[derive(Clone, Debug)]
pub struct Template {
    target: Target,
    pub expr: Expr,
    pub holes: usize,
    pub cost: usize,
    /// Lines that have it.
    count: usize,
}

/// All formulas found so far.
#[derive(Default)]
pub struct Library {
    parts: usize,
    templates: Vec<Template>,
}

/// Targets that are alike.
pub fn class(target: Target) -> Target {
    match target {
        Target::Read | Target::Address(_) => Target::Address(0),
        Target::Value(_) => Target::Value(0),
        other => other,
    }
}

impl Library {
    pub fn new(parts: usize) -> Self {
        Self { parts, templates: vec![] }
    }

    /// Adds a line of an instruction.
    pub fn add(&mut self, target: Target, expr: &Expr, cost: usize) {
        let mut used = vec![];
        operands(expr, &mut used);
        used.retain(|operand| *operand >= self.parts);
        let hole = |operand: u8| match used.iter().position(|line| *line == usize::from(operand)) {
            Some(hole) => HOLES + hole as u8,
            None => operand,
        };
        let expr = renamed(expr, &mut { hole });
        let (holes, target) = (used.len(), class(target));
        match self.templates.iter_mut().find(|known| known.target == target && known.expr == expr) {
            Some(known) => known.count += 1,
            None if holes <= MOST_HOLES => self.templates.push(Template { target, expr, holes, cost, count: 1 }),
            None => {}
        }
    }

    /// What to try for a target: by length, less what its popularity makes up for. Those found for such targets come first.
    pub fn for_target(&self, target: Target, is_alike: impl Fn(Target) -> bool) -> Vec<&Template> {
        let own = class(target);
        let mut all: Vec<&Template> = self.templates.iter().filter(|t| t.target == own || is_alike(t.target)).collect();
        all.sort_by_key(|t| (t.target != own, 2 * t.cost as i64 - 2 * i64::from((t.count as u64).ilog2().min(4)), t.cost));
        all
    }

    /// All formulas that were found for such targets.
    pub fn of_class(&self, target: Target) -> Vec<&Template> {
        self.templates.iter().filter(|t| t.target == class(target)).collect()
    }
}

impl Template {
    /// The formula with lines in its open places.
    pub fn with(&self, lines: &[usize]) -> Expr {
        renamed(&self.expr, &mut |operand| match operand.checked_sub(HOLES) {
            Some(hole) => lines[usize::from(hole)] as u8,
            None => operand,
        })
    }
}
