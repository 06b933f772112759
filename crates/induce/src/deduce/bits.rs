//! Goals of a few bits, taken apart: the lower half, and the upper half with what the lower one turned on.

use std::rc::Rc;

use mimus_core::{Datum, Expr, Value};

use super::{Build, Deduction, Later, Part, call};
use crate::goal::Want;
use crate::lab::Lab;
use crate::search::Search;
use crate::spec::{Bits, Spec};

/// Halves of fewer bits are no goals of their own.
const LEAST: u8 = 2;

/// The two halves as goals.
pub(super) fn halves(search: &Search, bits: &Bits, lab: &mut Lab, out: &mut Vec<Deduction>) {
    let half = bits.wanted / 2;
    if half < LEAST || bits.wanted % 2 == 1 || bits.wanted > 32 {
        return;
    }
    let wants = |part: &dyn Fn(i64) -> i64, lab: &mut Lab| -> Vec<Want> {
        let pool = &mut lab.engine.pool;
        let want = |want: &Want| match want {
            Want::Value(id) => match *pool.get(*id) {
                Value::Int(value) => Want::Value(pool.intern(Value::Int(part(value)))),
                _ => Want::Free,
            },
            other => *other,
        };
        search.spec.wants.iter().map(want).collect()
    };
    // Halves are made of halves.
    let bits = Bits { wanted: half, widths: Rc::from([half]), only_given: true };
    let spec = |part: &dyn Fn(i64) -> i64, upper: bool, lab: &mut Lab| Spec {
        wants: wants(part, lab),
        given: leaves(search, half, upper),
        depth: search.spec.depth + 1,
        bits: Some(bits.clone()),
        ..search.spec.clone()
    };
    let low = spec(&|value| value & ((1 << half) - 1), false, lab);
    let high = spec(&|value| value >> half & ((1 << half) - 1), true, lab);
    // A carry from one half to the other is a test that the first one made.
    let later: Later = Rc::new(move |before| {
        let mut given = high.given.clone();
        let mut tests = vec![];
        before.iter().for_each(|expr| conditions(expr, &mut tests));
        // The first of two ways is the usual one: what is out of the ordinary is carried.
        given.extend(tests.into_iter().map(|test| (call("bit_of", vec![call("opposite", vec![test.clone()])]), 1)));
        Spec { given, ..high.clone() }
    });
    let build: Build = Box::new(move |solved| {
        let int = |value: i64| Expr::Const(Datum::int(value));
        let low = call("bit_and", vec![solved[0].clone(), int((1 << half) - 1)]);
        vec![call("add", vec![call("shift_left", vec![solved[1].clone(), int(half.into())]), low])]
    });
    let mut deduction = Deduction::new(vec![Part::Waiting(Box::new(low)), Part::Later(later)], 4, build);
    // Where some rows were settled by other means, hardly anything else is left.
    deduction.must = search.spec.depth > 0;
    out.push(deduction);
}

/// The halves of the operands, and what is no wider than that.
fn leaves(search: &Search, half: u8, upper: bool) -> Vec<(Expr, usize)> {
    let int = |value: i64| Expr::Const(Datum::int(value));
    let rows = &search.spec.rows;
    let fits = |i: usize| rows.iter().all(|row| matches!(row.args[i], Value::Int(value) if value >> half == 0));
    let mut given = vec![];
    for i in 0..rows.first().map_or(0, |row| row.args.len()) {
        let arg = Expr::Arg(i as u8);
        given.push(match (fits(i), upper) {
            (true, false) => (arg, 1),
            (true, true) => (arg, 2),
            (false, false) => (call("bit_and", vec![arg, int((1 << half) - 1)]), 1),
            (false, true) => (call("shift_right", vec![arg, int(half.into())]), 1),
        });
    }
    given
}

/// The tests in an expression.
fn conditions<'e>(expr: &'e Expr, into: &mut Vec<&'e Expr>) {
    if let Expr::If(three) = expr
        && !into.contains(&&three[0])
    {
        into.push(&three[0]);
    }
    expr.parts().for_each(|part| conditions(part, into));
}
