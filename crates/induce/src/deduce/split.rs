//! Goals for some of the rows: what a test or an element tells apart.

use mimus_core::{Expr, Value};

use super::affix::common_ends;
use super::applied::orders;
use super::positions::narrow_and_wide;
use super::runs::{numbers, occurrences, sources, sources_on};
use super::{Build, Deduction, Part, call};
use crate::goal::Want;
use crate::kind::Kind;
use crate::lab::Lab;
use crate::pool::ValueId;
use crate::search::Search;
use crate::spec::Spec;

/// An element of a source: its position is a goal.
pub(super) fn element(search: &Search, rows: &[usize], lab: &mut Lab, out: &mut Vec<Deduction>) {
    if rows.len() < 4 || matches!(lab.engine.pool.lattice.get(search.goal.kind), Kind::Bool | Kind::Int) && search.spec.depth > 0
    {
        return;
    }
    let mut tried = 0;
    let is_of_several = |expr: &Expr| expr.size() == 3 && operands(expr) > 1;
    // What is not there for all rows is made of several operands: it tells them apart.
    let partial = sources_on(search, rows, rows.len() - 4, lab);
    let partial = partial.iter().filter(|s| s.size == 3 && s.runs.iter().any(Vec::is_empty));
    let orders = orders(search, rows, lab);
    for source in
        orders.iter().chain(sources(search, rows, lab).iter().filter(|s| s.size <= 2 || is_of_several(&s.expr))).chain(partial)
    {
        let wanted: Vec<ValueId> =
            rows.iter().filter_map(|i| if let Want::Value(id) = search.goal.wants[*i] { Some(id) } else { None }).collect();
        let places: Vec<Vec<usize>> = (0..rows.len()).map(|i| occurrences(&wanted[i..=i], &source.runs[i])).collect();
        let missing: Vec<usize> = (0..rows.len()).filter(|i| places[*i].is_empty()).collect();
        let kept: Vec<usize> = (0..rows.len()).filter(|i| places[*i].len() == 1 && source.runs[*i].len() > 1).collect();
        // A source that is not there for all rows must have what is wanted in nearly all for which it is.
        let there = source.runs.iter().filter(|run| !run.is_empty()).count();
        if there < rows.len() && kept.len() * 4 < there * 3 {
            continue;
        }
        let most = if source.size == 3 { 8 } else { 2 };
        if tried >= 3 || kept.len() < 4 || missing.len() > kept.len() * most {
            continue;
        }
        tried += 1;
        let on = |kept: &[usize]| search.spec.on(&kept.iter().map(|i| rows[*i]).collect::<Vec<_>>());
        let rest = on(&missing);
        let place = |i: &usize| Want::Value(lab.engine.pool.intern(Value::Int(places[*i][0] as i64)));
        let spec = Spec { wants: kept.iter().map(place).collect(), classes: vec![], loose: false, ..on(&kept) };
        let expr = source.expr.clone();
        let build = move |solved: &[Expr]| {
            let found = call("at", vec![expr.clone(), solved[0].clone()]);
            // Where the source does not have what is wanted, its element must be undefined.
            vec![match solved.get(1) {
                Some(rest) => Expr::Or(Box::new([found, rest.clone()])),
                None => found,
            }]
        };
        let mut parts = vec![Part::Waiting(Box::new(spec))];
        if !missing.is_empty() {
            parts.push(Part::Waiting(Box::new(rest)));
        }
        narrow_and_wide(parts, 1 + source.cost, build, &[0], search, lab, out);
    }
}

/// A test, and the rows on each side of it as goals of their own.
pub(super) fn halves(search: &Search, lab: &mut Lab, out: &mut Vec<Deduction>) {
    if search.spec.depth >= 2 {
        return;
    }
    let wanted = search.wanted();
    let mut tried = 0;
    let runs = runs_wanted(search, lab);
    let likeness = |mask: crate::goal::Mask| {
        let side: Vec<&Vec<ValueId>> = runs.iter().filter(|(row, _)| mask >> row & 1 == 1).map(|(_, run)| run).collect();
        let (front, back) = common_ends(&side, |_| true);
        front + back
    };
    let mut tests: Vec<(usize, usize, &crate::tree::Test)> = search
        .tests
        .iter()
        .filter(|test| test.cost <= 3)
        .map(|test| {
            let alike = likeness(wanted & test.mask) + likeness(wanted & !test.mask);
            (alike, operands(&search.test(test)), test)
        })
        .collect();
    // Sides whose wanted values begin and end alike are easier; and what operands are to each other tells more than what one is.
    tests.sort_by_key(|(alike, operands, test)| (std::cmp::Reverse((*alike, *operands)), test.cost));
    let tests = tests.into_iter().map(|(.., test)| test);
    for test in tests {
        let (yes, no) = (wanted & test.mask, wanted & !test.mask);
        if tried >= 3 || yes.count_ones().min(no.count_ones()) < 2 {
            continue;
        }
        tried += 1;
        let side = |mask: crate::goal::Mask| {
            let keep: Vec<usize> = (0..search.spec.rows.len()).filter(|row| mask >> row & 1 == 1).collect();
            Part::Waiting(Box::new(search.spec.on(&keep)))
        };
        let expr = search.test(test);
        let build: Build = Box::new(move |solved| vec![Expr::If(Box::new([expr.clone(), solved[0].clone(), solved[1].clone()]))]);
        out.push(Deduction::new(vec![side(yes), side(no)], test.cost + 1, build));
    }
}

/// The wanted runs, with their rows.
fn runs_wanted(search: &Search, lab: &mut Lab) -> Vec<(usize, Vec<ValueId>)> {
    search.goal.values().filter_map(|(row, id)| Some((row, numbers(id, lab)?))).collect()
}

/// How many different operands and variables occur in an expression.
fn operands(expr: &Expr) -> usize {
    fn collect<'a>(expr: &'a Expr, into: &mut Vec<&'a Expr>) {
        if matches!(expr, Expr::Arg(_) | Expr::Local(_)) && !into.contains(&expr) {
            into.push(expr);
        }
        expr.parts().for_each(|part| collect(part, into));
    }
    let mut all = vec![];
    collect(expr, &mut all);
    all.len()
}

/// A test and a partial candidate that settle some rows; the other rows are a goal of their own.
pub(super) fn residual(search: &Search, out: &mut Vec<Deduction>) {
    if search.spec.depth >= 2 {
        return;
    }
    let wanted = search.wanted();
    let covers = search.widest_covers(40);
    let mut options = vec![];
    for (i, test) in search.tests.iter().enumerate().filter(|(_, test)| test.cost <= 5) {
        for positive in [true, false] {
            let side = wanted & if positive { test.mask } else { !test.mask };
            if side == 0 || side == wanted {
                continue;
            }
            if let Some(c) = covers.iter().position(|cover| side & !cover.mask == 0) {
                let worth = i64::from(side.count_ones()) - 2 * (test.cost + covers[c].cost) as i64;
                options.push((worth, wanted & !side, i, positive, c));
            }
        }
    }
    options.sort_by_key(|(worth, ..)| std::cmp::Reverse(*worth));
    let mut seen = vec![];
    for (_, rest, i, positive, c) in options {
        if rest.count_ones() < 3 || seen.contains(&rest) {
            continue;
        }
        seen.push(rest);
        if seen.len() > 3 {
            break;
        }
        let keep: Vec<usize> = (0..search.spec.rows.len()).filter(|row| rest >> row & 1 == 1).collect();
        let spec = search.spec.on(&keep);
        let Some(leaf) = search.leaf(covers[c]) else { continue };
        let test = search.test(&search.tests[i]);
        let cost = search.tests[i].cost + covers[c].cost + 1;
        let build: Build = Box::new(move |solved| {
            let (test, leaf, rest) = (test.clone(), leaf.clone(), solved[0].clone());
            vec![Expr::If(Box::new(if positive { [test, leaf, rest] } else { [test, rest, leaf] }))]
        });
        out.push(Deduction::new(vec![Part::Waiting(Box::new(spec))], cost, build));
    }
}
