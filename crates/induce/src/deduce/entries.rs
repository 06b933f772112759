//! Maps as runs of pairs.

use mimus_core::{Contents, Symbol, Value};
use rustc_hash::FxHashSet;

use super::{Build, Deduction, Part, call};
use crate::goal::Want;
use crate::kind::Kind;
use crate::lab::Lab;
use crate::lambda::items;
use crate::search::Search;
use crate::spec::Spec;

/// The pairs of key and what it leads to: a goal of their own, on the rows where a map has as many entries as an operand has
/// elements, or different ones. In the others some keys may have come again.
pub(super) fn entries(search: &Search, rows: &[usize], lab: &mut Lab, out: &mut Vec<Deduction>) {
    if search.spec.depth > 1 || !matches!(lab.engine.pool.lattice.get(search.goal.kind), Kind::Map(..)) {
        return;
    }
    let pairs = |row: &usize, lab: &mut Lab| {
        let Want::Value(id) = search.goal.wants[*row] else { return None };
        let Value::Object(map) = lab.engine.pool.get(id).clone() else { return None };
        let Contents::Map(entries) = &*map.body.borrow() else { return None };
        let pair = |(key, to): (&Value, &Value)| Value::object(Symbol::neutral(), Contents::Seq(vec![key.clone(), to.clone()]));
        Some(entries.iter().map(pair).collect::<Vec<Value>>())
    };
    let Some(wanted) = rows.iter().map(|row| pairs(row, lab)).collect::<Option<Vec<_>>>() else { return };
    let arity = rows.first().map_or(0, |row| search.spec.rows[*row].args.len());
    let elements = |row: usize, operand: usize| items(&search.spec.rows[row].args[operand]);
    let rows_with = |count: &dyn Fn(&[Value]) -> usize| -> Vec<usize> {
        let as_many = |operand: usize| -> Vec<usize> {
            let many = |i: &usize| elements(rows[*i], operand).map(|elements| count(&elements)) == Some(wanted[*i].len());
            (0..rows.len()).filter(many).collect()
        };
        (0..arity).map(as_many).max_by_key(Vec::len).unwrap_or_default()
    };
    // What is made of each element, or of each of those that differ.
    let each = rows_with(&|elements: &[Value]| elements.len());
    let differing = rows_with(&|elements: &[Value]| elements.iter().collect::<FxHashSet<_>>().len());
    let also = if differing.len() > each.len() { vec![differing] } else { vec![] };
    for kept in also.into_iter().chain([each]) {
        if kept.len() >= 4 && kept.len() * 2 >= rows.len() {
            pairs_on(search, rows, &wanted, &kept, lab, out);
        }
    }
}

/// The goal of the pairs on some of the rows.
fn pairs_on(search: &Search, rows: &[usize], wanted: &[Vec<Value>], kept: &[usize], lab: &mut Lab, out: &mut Vec<Deduction>) {
    let mut wants = vec![];
    for i in kept {
        let run = Value::object(Symbol::neutral(), Contents::Seq(wanted[*i].clone()));
        wants.push(Want::Value(lab.engine.pool.intern(run)));
    }
    let on: Vec<usize> = kept.iter().map(|i| rows[*i]).collect();
    let classes = [Symbol::neutral(), Symbol::neutral()].into_iter().chain(search.spec.classes.iter().skip(1).copied()).collect();
    let spec = Spec { wants, classes, loose: true, ..search.spec.on(&on) };
    let build: Build = Box::new(|solved| vec![call("map_of", vec![solved[0].clone()])]);
    out.push(Deduction::new(vec![Part::Waiting(Box::new(spec))], 1, build));
    sides_on(search, &on, wanted, kept, lab, out);
}

/// The goals of the keys and of what they lead to.
fn sides_on(search: &Search, on: &[usize], wanted: &[Vec<Value>], kept: &[usize], lab: &mut Lab, out: &mut Vec<Deduction>) {
    let mut side = |which: usize| {
        let mut wants = vec![];
        for i in kept {
            let one = |pair: &Value| mimus_core::at(pair, which).unwrap_or(Value::None);
            let run = Value::object(Symbol::neutral(), Contents::Seq(wanted[*i].iter().map(one).collect()));
            wants.push(Want::Value(lab.engine.pool.intern(run)));
        }
        let classes = std::iter::once(Symbol::neutral()).chain(search.spec.classes.iter().skip(1).copied()).collect();
        Part::Waiting(Box::new(Spec { wants, classes, loose: true, ..search.spec.on(on) }))
    };
    let parts = vec![side(0), side(1)];
    let build: Build =
        Box::new(|solved| vec![call("map_of", vec![call("side_by_side", vec![solved[0].clone(), solved[1].clone()])])]);
    out.push(Deduction::new(parts, 2, build));
}
