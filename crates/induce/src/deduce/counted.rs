//! Primitives that take a number beside several other operands: which number gives what is wanted is a goal.

use mimus_core::{Expr, PrimId, Ty, Value};

use super::Deduction;
use super::positions::narrow_and_wide;
use super::runs::{Runs, numbers};
use crate::bank::choices;
use crate::lab::Lab;

/// Numbers that are tried, from 0.
const NUMBERS: i64 = 12;
/// Rows in which one number alone gives what is wanted.
const ENOUGH: usize = 2;
/// Ways that are followed.
const FOLLOWED: usize = 3;

impl Runs<'_> {
    /// The operands as they are, and a number: one that is unlike any of them is found by trying.
    pub(super) fn counted(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let bank = &self.search.bank;
        let variables = bank.variables();
        let mut followed = 0;
        for id in PrimId::all().filter(|id| takes_number(*id)) {
            let others = id.get().takes.len() - 1;
            for chosen in choices(&variables, others) {
                let Some(tried) = self.numbers_for(id, &chosen, lab) else { continue };
                let kept: Vec<usize> = (0..tried.len()).filter(|i| tried[*i].len() == 1).collect();
                if kept.len() < ENOUGH || kept.iter().all(|i| tried[*i] == tried[kept[0]]) {
                    continue;
                }
                let wants = kept.iter().map(|i| lab.engine.pool.intern(Value::Int(tried[*i][0]))).collect();
                let operands: Vec<Expr> = chosen.iter().map(|term| bank.expr(*term)).collect();
                let build = move |solved: &[Expr]| vec![Expr::Prim(id, placed(id, &operands, &solved[0]))];
                let parts = vec![self.part(&kept, wants, false)];
                narrow_and_wide(parts, usize::from(id.get().cost) + others, build, &[0], self.search, lab, out);
                followed += 1;
                if followed >= FOLLOWED {
                    return;
                }
            }
        }
    }

    /// The numbers that give what is wanted, row by row; nothing where a row has none.
    fn numbers_for(&self, id: PrimId, chosen: &[u32], lab: &mut Lab) -> Option<Vec<Vec<i64>>> {
        let mut all = Vec::with_capacity(self.rows.len());
        for (row, wanted) in self.rows.iter().zip(&self.wanted) {
            let operands: Vec<Value> =
                chosen.iter().map(|term| lab.engine.pool.get(self.search.bank.values(*term)[*row]).clone()).collect();
            let mut fitting = vec![];
            for number in 0..=NUMBERS {
                lab.engine.work += 1;
                let Some(given) = (id.get().run)(&placed(id, &operands, &Value::Int(number))) else { continue };
                let given = lab.engine.pool.intern(given);
                if numbers(given, lab).is_some_and(|given| given == *wanted) {
                    fitting.push(number);
                }
            }
            if fitting.is_empty() {
                return None;
            }
            all.push(fitting);
        }
        Some(all)
    }
}

/// Whether it gives a run for one integer and several other operands.
fn takes_number(id: PrimId) -> bool {
    let prim = id.get();
    let is_int = |ty: &&Ty| matches!(ty, Ty::Int);
    prim.takes.len() > 2
        && prim.takes.iter().filter(is_int).count() == 1
        && matches!(prim.gives, Ty::Text | Ty::Seq(_) | Ty::Run | Ty::Var(_))
}

/// Operands with a number in its place.
fn placed<T: Clone>(id: PrimId, operands: &[T], number: &T) -> Vec<T> {
    let at = id.get().takes.iter().position(|ty| matches!(ty, Ty::Int)).unwrap_or(0);
    [&operands[..at], std::slice::from_ref(number), &operands[at..]].concat()
}
