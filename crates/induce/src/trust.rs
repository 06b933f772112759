//! How sure what a meaning calls is: it can be no surer itself.

use mimus_core::{Expr, Formula, Meaning, Symbol};

use crate::group::sum_of_shares;
use crate::vocabulary::Operations;

/// The probability that all operations that a meaning calls are right, as far as their surest overloads tell; `own` is not asked.
pub fn trust(own: Symbol, meaning: &Meaning, operations: &Operations) -> f64 {
    let Meaning::Formula(formula) = meaning else { return 1.0 };
    let surest = |key: &Symbol| {
        let overloads = operations.get(key).into_iter().flat_map(|operation| &operation.overloads);
        overloads.map(|overload| sum_of_shares(&overload.meanings)).fold(0.0, f64::max)
    };
    called(formula).iter().filter(|key| **key != own).map(surest).product()
}

/// The operations that a formula calls, each once.
fn called(formula: &Formula) -> Vec<Symbol> {
    fn collect(expr: &Expr, out: &mut Vec<Symbol>) {
        if let Expr::Learned(key, _) = expr
            && !out.contains(key)
        {
            out.push(*key);
        }
        expr.parts().for_each(|part| collect(part, out));
    }
    let mut out = vec![];
    formula.exprs().for_each(|expr| collect(expr, &mut out));
    out
}
