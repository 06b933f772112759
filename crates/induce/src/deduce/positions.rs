//! Positions: goals that are searched among few words, with what is known of positions as leaves.

use mimus_core::{Datum, Expr, Value};

use super::{Build, Deduction, Part, call};
use crate::kind::Kind;
use crate::lab::Lab;
use crate::search::Search;
use crate::spec::Spec;

/// A deduction some of whose parts are positions: once with these searched among positions alone, and once as they are.
pub(super) fn narrow_and_wide(
    parts: Vec<Part>,
    cost: usize,
    build: impl Fn(&[Expr]) -> Vec<Expr> + Clone + 'static,
    ints: &[usize],
    search: &Search,
    lab: &mut Lab,
    out: &mut Vec<Deduction>,
) {
    let wide = Deduction::new(parts, cost, Box::new(build.clone()));
    out.push(narrowed(&wide, Box::new(build), search, lab, ints));
    out.push(wide);
}

/// The same way with its goals for positions narrowed: quick where positions come of sizes and other positions.
fn narrowed(deduction: &Deduction, build: Build, search: &Search, lab: &mut Lab, ints: &[usize]) -> Deduction {
    let given = positions(search, lab);
    let parts = deduction.parts.iter().enumerate().map(|(i, part)| match part {
        Part::Waiting(spec) if ints.contains(&i) => {
            // What was given is given still: it may be a size, too, and then one that matters.
            let sizes = spec.given.iter().map(|(expr, _)| (expr.clone(), 1));
            let given = given.iter().cloned().chain(sizes).collect();
            let step = spec.rows.len().div_ceil(NARROW_ROWS).max(1);
            let (rows, wants) = spec.rows.iter().cloned().zip(spec.wants.iter().copied()).step_by(step).unzip();
            Part::Waiting(Box::new(Spec { given, narrow: true, rows, wants, ..(**spec).clone() }))
        }
        Part::Waiting(spec) => Part::Waiting(spec.clone()),
        Part::Later(spec) => Part::Later(spec.clone()),
        Part::Open(id) => Part::Open(*id),
        Part::Solved(solution) => Part::Solved(solution.clone()),
    });
    Deduction::new(parts.collect(), deduction.cost, build)
}

/// Rows of a search among positions: it is to be quick.
const NARROW_ROWS: usize = 48;

/// Sizes of operands, where one occurs in another, and what learned operations say of positions.
fn positions(search: &Search, lab: &mut Lab) -> Vec<(Expr, usize)> {
    let arity = search.spec.rows.first().map_or(0, |row| row.args.len());
    let kinds: Vec<Kind> = (0..arity)
        .map(|i| {
            let mut kind = crate::kind::BOTTOM;
            for row in &search.spec.rows {
                let one = lab.engine.pool.lattice.of(&row.args[i]);
                kind = lab.engine.pool.lattice.join(kind, one);
            }
            lab.engine.pool.lattice.get(kind)
        })
        .collect();
    let arg = |i: usize| Expr::Arg(i as u8);
    let mut given = vec![];
    for (i, kind) in kinds.iter().enumerate() {
        let text = matches!(kind, Kind::Text | Kind::Char);
        if text || matches!(kind, Kind::Seq(_) | Kind::Bytes | Kind::Map(..) | Kind::Set(_)) {
            given.push((call("length", vec![arg(i)]), 1));
        }
        for (j, other) in kinds.iter().enumerate().filter(|(j, _)| *j != i) {
            if text && matches!(other, Kind::Text | Kind::Char) {
                given.push((call("find_from", vec![arg(i), arg(j), Expr::Const(Datum::int(0))]), 2));
                given.push((call("find_last", vec![arg(i), arg(j)]), 2));
            } else if matches!(kind, Kind::Seq(_)) && !matches!(other, Kind::Bool) {
                given.push((call("place_of", vec![arg(i), arg(j)]), 2));
            }
        }
    }
    // How much an operand is longer than an integer says, or shorter.
    let sizes: Vec<Expr> = given.iter().filter(|(_, cost)| *cost == 1).map(|(size, _)| size.clone()).collect();
    let integers = || (0..arity).filter(|i| matches!(kinds[*i], Kind::Int)).map(arg);
    given.extend(sizes.iter().take(2).flat_map(|size| integers().map(|i| (call("subtract", vec![i, size.clone()]), 1))));
    // What cannot be halved goes to one side or the other: often by whether an integer is odd.
    given.extend(integers().map(|i| (call("bit_and", vec![i, Expr::Const(Datum::int(1))]), 2)));
    given.extend(told_positions(search, arity, lab));
    given
}

/// Learned operations offered as words that are tried for positions, and how many of what they say is taken.
const TOLD: (usize, usize) = (12, 10);

/// Positions that learned operations give for the operands, and the sizes of the runs that they give.
fn told_positions(search: &Search, arity: usize, lab: &mut Lab) -> Vec<(Expr, usize)> {
    let rows = &search.spec.rows;
    let mut words = lab.words.clone();
    words.retain(|(key, ..)| !lab.engine.speaker.is_own(*key));
    words.truncate(TOLD.0);
    let mut told: Vec<(Expr, usize)> = vec![];
    let mut seen: Vec<Vec<Option<Value>>> = vec![];
    for (key, takes, cost) in words {
        let choices: Vec<Vec<usize>> = match takes {
            1 => (0..arity).map(|i| vec![i]).collect(),
            2 => (0..arity).flat_map(|i| (0..arity).filter(move |j| *j != i).map(move |j| vec![i, j])).collect(),
            _ => continue,
        };
        for choice in choices {
            let word = Expr::Learned(key, choice.iter().map(|i| Expr::Arg(*i as u8)).collect());
            for (expr, cost) in [(word.clone(), cost), (call("length", vec![word]), cost + 1)] {
                let values = lab.values_of(&expr, rows);
                let ints = values.iter().filter(|value| matches!(value, Some(Value::Int(_)))).count();
                if ints * 2 >= rows.len() && told.len() < TOLD.1 && !seen.contains(&values) {
                    seen.push(values);
                    told.push((expr, cost));
                }
            }
        }
    }
    told
}
