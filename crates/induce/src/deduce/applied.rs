//! What a function among the operands makes of the elements of another: whoever is given a function is likely to call it so.

use mimus_core::{Datum, Expr, Higher, Symbol, TRUTH};

use super::call;
use super::runs::{Source, numbers};
use crate::kind::{BOTTOM, CALLABLE, Kind, KindId};
use crate::pool::ValueId;
use crate::search::{Lab, Search};

/// Parts of an operand that may be a function, or what it is applied to.
const PLACES: i64 = 3;

/// Operands in the order that a function gives: what stands at its ends may be wanted.
pub(super) fn orders(search: &Search, rows: &[usize], lab: &mut Lab) -> Vec<Source> {
    let orders = |(call, elements): &(Expr, Expr)| {
        [Higher::SortBy, Higher::SortDown].map(|form| Expr::Higher(form, Box::new(call.clone()), vec![elements.clone()]))
    };
    let exprs: Vec<Expr> = calls(search, rows, lab).iter().flat_map(orders).collect();
    let source = |expr: Expr| {
        let runs = lab.values_of(&expr, rows.iter().map(|row| &search.spec.rows[*row])).into_iter().map(|value| {
            let id = lab.engine.pool.intern(value?);
            numbers(id, lab)
        });
        let runs = runs.collect::<Option<Vec<Vec<ValueId>>>>()?;
        let size = expr.size();
        Some(Source { expr, text: false, runs, size, cost: size, variable: false })
    };
    exprs.into_iter().filter_map(source).collect()
}

/// What a function makes of each element, and the elements for which it holds, as leaves of a search. They are undefined where it
/// was not seen called; where there is none in its place, the elements may be asked themselves.
pub fn answers(search: &Search, lab: &mut Lab) -> Vec<Expr> {
    let rows: Vec<usize> = search.goal.values().map(|(row, _)| row).collect();
    let holds = |expr: Expr| Expr::Learned(Symbol::new(TRUTH), vec![expr]);
    let mut out = vec![];
    for (call, elements) in calls(search, &rows, lab) {
        let forms = [(Higher::Map, call.clone()), (Higher::Filter, call.clone()), (Higher::Filter, holds(call))];
        for (form, body) in forms.into_iter().chain([(Higher::Filter, holds(Expr::Local(0)))]) {
            out.push(Expr::Higher(form, Box::new(body), vec![elements.clone()]));
        }
    }
    out
}

/// Calls of what is a function, as bodies of forms, with what has elements that it may be called with.
fn calls(search: &Search, rows: &[usize], lab: &mut Lab) -> Vec<(Expr, Expr)> {
    let candidates = candidates(search, rows, lab);
    let functions = candidates.iter().filter(|(_, kind)| *kind == Kind::Callable);
    let mut out = vec![];
    for (function, _) in functions {
        for (whole, kind) in candidates.iter().filter(|(whole, _)| whole != function) {
            let elements = match kind {
                Kind::Seq(_) | Kind::Text | Kind::Char => whole.clone(),
                Kind::Map(..) => call("keys_of", vec![whole.clone()]),
                Kind::Set(_) => call("elements_of", vec![whole.clone()]),
                _ => continue,
            };
            out.push((Expr::Apply(vec![function.clone(), Expr::Local(0)]), elements));
        }
    }
    out
}

/// The operands and the first elements of those that have some on all rows, with their kinds.
fn candidates(search: &Search, rows: &[usize], lab: &mut Lab) -> Vec<(Expr, Kind)> {
    let arity = rows.first().map_or(0, |row| search.spec.rows[*row].args.len());
    let mut out = vec![];
    for operand in (0..arity).map(|i| Expr::Arg(i as u8)) {
        let place = |i: i64| call("at", vec![operand.clone(), Expr::Const(Datum::int(i))]);
        for expr in std::iter::once(operand.clone()).chain((0..PLACES).map(place)) {
            let values = lab.values_of(&expr, rows.iter().map(|row| &search.spec.rows[*row]));
            let kinds: Vec<KindId> = values.iter().flatten().map(|value| lab.engine.pool.lattice.of(value)).collect();
            let kind = kinds.iter().fold(BOTTOM, |kind, one| lab.engine.pool.lattice.join(kind, *one));
            // In place of a function something may stand that says to do without one.
            let functions = kinds.iter().filter(|kind| **kind == CALLABLE).count();
            if functions * 2 >= rows.len() && functions > 0 {
                out.push((expr, Kind::Callable));
            } else if kind != BOTTOM && kinds.len() == rows.len() {
                out.push((expr, lab.engine.pool.lattice.get(kind)));
            }
        }
    }
    out
}
