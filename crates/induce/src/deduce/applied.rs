//! What a function among the operands makes of the elements of another: whoever is given a function is likely to call it so.

use mimus_core::{Datum, Expr, Higher, Symbol, TRUTH, Value};

use super::call;
use super::runs::{Source, numbers};
use crate::kind::{BOTTOM, CALLABLE, Kind, KindId};
use crate::lab::Lab;
use crate::lambda::items;
use crate::pool::ValueId;
use crate::search::Search;

/// Parts of an operand that may be a function, or what it is applied to.
const PLACES: i64 = 3;
/// Runs that a function may be given an element of at a time.
const MOST_RUNS: usize = 3;
/// Learned operations that are tried for what the elements are.
const TELLERS: usize = 2;

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
    out.extend(of_several(search, &rows, lab));
    out
}

/// What a function in an operand makes of an element each of the runs behind it, of which there may be one or more.
fn of_several(search: &Search, rows: &[usize], lab: &mut Lab) -> Vec<Expr> {
    let arity = rows.first().map_or(0, |row| search.spec.rows[*row].args.len());
    let mut out = vec![];
    for operand in 0..arity {
        let elements = |row: &usize| items(&search.spec.rows[*row].args[operand]);
        let Some(runs) = rows.iter().map(elements).collect::<Option<Vec<Vec<Value>>>>() else { continue };
        let is_callable = |value: &Value, lab: &mut Lab| lab.engine.pool.lattice.of(value) == CALLABLE;
        for place in 0..PLACES as usize {
            // Something else may be called in its own way.
            let callable = runs.iter().filter(|run| run.get(place).is_some_and(|value| is_callable(value, lab))).count();
            if callable * 2 < runs.len() || runs.iter().any(|run| run.len() < place + 2) {
                continue;
            }
            let most = runs.iter().map(|run| run.len() - place - 1).max().unwrap_or(0);
            if (2..=MOST_RUNS).contains(&most) {
                let whole = Expr::Arg(operand as u8);
                let first = call("at", vec![whole.clone(), Expr::Const(Datum::int(place as i64 + 1))]);
                let told = tellers(&first, rows, search, lab).into_iter().map(Some);
                out.extend(told.chain([None]).map(|teller| by_count(&whole, place, teller)));
            }
        }
    }
    out
}

/// The function at a place of a run, over as many runs behind it as there are. What they hold may be what a learned operation says.
fn by_count(operand: &Expr, place: usize, teller: Option<Symbol>) -> Expr {
    let int = |n: usize| Expr::Const(Datum::int(n as i64));
    let part = |expr: Expr, at: usize| call("at", vec![expr, int(at)]);
    let over = |count: usize| {
        // Pairs of pairs: the first elements are furthest in.
        let run = |i: usize| {
            let run = part(operand.clone(), place + 1 + i);
            teller.map_or(run.clone(), |word| Expr::Learned(word, vec![run]))
        };
        let together = (1..count).fold(run(0), |runs, i| call("side_by_side", vec![runs, run(i)]));
        let element = |i: usize| {
            let inner = (i.max(1)..count.saturating_sub(1)).fold(Expr::Local(0), |pair, _| part(pair, 0));
            if count == 1 { inner } else { part(inner, usize::from(i > 0)) }
        };
        let function = part(operand.clone(), place);
        let body = Expr::Apply(std::iter::once(function).chain((0..count).map(element)).collect());
        Expr::Higher(Higher::Map, Box::new(body), vec![together])
    };
    let is = |count: usize| call("equal", vec![call("length", vec![operand.clone()]), int(place + 1 + count)]);
    (1..MOST_RUNS).rev().fold(over(MOST_RUNS), |expr, count| Expr::If(Box::new([is(count), over(count), expr])))
}

/// Calls of what is a function, as bodies of forms, with what has elements that it may be called with.
fn calls(search: &Search, rows: &[usize], lab: &mut Lab) -> Vec<(Expr, Expr)> {
    let candidates = candidates(search, rows, lab);
    let functions = candidates.iter().filter(|(_, kind)| *kind == Kind::Callable);
    let mut out = vec![];
    for (function, _) in functions {
        for (whole, kind) in candidates.iter().filter(|(whole, _)| whole != function) {
            let elements = match kind {
                Kind::Seq(_) | Kind::Text | Kind::Char => Some(whole.clone()),
                Kind::Map(..) => Some(call("keys_of", vec![whole.clone()])),
                Kind::Set(_) => Some(call("elements_of", vec![whole.clone()])),
                // Now this, now that.
                Kind::Any => None,
                _ => continue,
            };
            // What stands in an operand may hold its elements in its own way: what a learned operation says of that comes first.
            let inner = !matches!(whole, Expr::Arg(_));
            let words = if inner { tellers(whole, rows, search, lab) } else { vec![] };
            let told = words.into_iter().map(|word| Expr::Learned(word, vec![whole.clone()]));
            let elements: Vec<Expr> = told.chain(elements).collect();
            let call = Expr::Apply(vec![function.clone(), Expr::Local(0)]);
            out.extend(elements.into_iter().map(|elements| (call.clone(), elements)));
        }
    }
    out
}

/// Learned operations that give a run for a value on most rows: its elements may be what they say.
fn tellers(whole: &Expr, rows: &[usize], search: &Search, lab: &mut Lab) -> Vec<Symbol> {
    let words: Vec<Symbol> = lab.words.iter().filter(|(_, takes, _)| *takes == 1).map(|(key, ..)| *key).collect();
    let tells = |key: &Symbol| {
        let word = Expr::Learned(*key, vec![whole.clone()]);
        let values = lab.values_of(&word, rows.iter().map(|row| &search.spec.rows[*row]));
        let told = values.iter().flatten().filter(|value| matches!(value, Value::Object(_)) && items(value).is_some());
        told.count() * 2 >= rows.len()
    };
    words.into_iter().filter(tells).take(TELLERS).collect()
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
