//! Runs that are a source with something left out, or something else put in.

use mimus_core::{Datum, Expr, Higher, Value};

use super::positions::narrow_and_wide;
use super::runs::{Runs, occurrences};
use super::{Build, Deduction, call};
use crate::lab::Lab;
use crate::lambda::inside;
use crate::pool::ValueId;

impl Runs<'_> {
    /// A part of a source: its bounds are goals.
    pub(super) fn slices(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        for source in self.sources.iter().filter(|s| s.size <= 2 && self.fits(s)) {
            let places: Vec<Vec<usize>> = (0..n)
                .map(|i| if self.wanted[i].is_empty() { vec![] } else { occurrences(&self.wanted[i], &source.runs[i]) })
                .collect();
            if tried >= 2 || (0..n).any(|i| !self.wanted[i].is_empty() && places[i].is_empty()) {
                continue;
            }
            let kept: Vec<usize> = (0..n).filter(|i| places[*i].len() == 1).collect();
            if kept.len() < 3 || kept.iter().all(|i| self.wanted[*i].len() == source.runs[*i].len()) {
                continue;
            }
            tried += 1;
            let mut int = |value: usize| lab.engine.pool.intern(Value::Int(value as i64));
            let from: Vec<ValueId> = kept.iter().map(|i| int(places[*i][0])).collect();
            let to: Vec<ValueId> = kept.iter().map(|i| int(places[*i][0] + self.wanted[*i].len())).collect();
            let expr = source.expr.clone();
            let build = move |solved: &[Expr]| {
                let clamp = |e: &Expr| call("larger", vec![e.clone(), Expr::Const(Datum::int(0))]);
                let part = |a: Expr, b: Expr| call("rest_part", vec![call("first_part", vec![expr.clone(), b]), a]);
                let (a, b) = (&solved[0], &solved[1]);
                vec![
                    call("slice", vec![expr.clone(), a.clone(), b.clone()]),
                    part(a.clone(), b.clone()),
                    part(clamp(a), clamp(b)),
                    part(a.clone(), clamp(b)),
                ]
            };
            // Where it may have stood in several places no bound is wanted; but there, too, bounds differ that are the same elsewhere.
            let unsure: Vec<usize> = (0..n).filter(|i| places[*i].len() != 1).collect();
            let bound = |at: Vec<ValueId>| self.with_free(self.part(&kept, at, false), &unsure);
            narrow_and_wide(vec![bound(from), bound(to)], 1 + source.cost, build, &[0, 1], self.search, lab, out);
        }
    }

    /// Every so many elements of a source: how many is a goal.
    pub(super) fn strides(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        for source in self.sources.iter().filter(|s| s.size <= 3 && self.fits(s)) {
            let strides = |i: usize| -> Vec<usize> {
                let (run, wanted) = (&source.runs[i], &self.wanted[i]);
                let fits = |by: &usize| wanted.len() == run.len().div_ceil(*by) && run.iter().step_by(*by).eq(wanted);
                (1..=run.len().max(1)).filter(fits).collect()
            };
            let strides: Vec<Vec<usize>> = (0..n).map(strides).collect();
            if tried >= 2 || strides.iter().any(Vec::is_empty) {
                continue;
            }
            // The longest that fits may be any longer one, too.
            let is_one = |i: &usize| strides[*i].len() == 1 && strides[*i][0] < source.runs[*i].len();
            let kept: Vec<usize> = (0..n).filter(is_one).collect();
            if kept.len() < 5 || kept.iter().all(|i| strides[*i][0] == 1) {
                continue;
            }
            tried += 1;
            let by = kept.iter().map(|i| lab.engine.pool.intern(Value::Int(strides[*i][0] as i64))).collect();
            let expr = source.expr.clone();
            let build = move |solved: &[Expr]| vec![call("every_nth", vec![expr.clone(), solved[0].clone()])];
            let parts = vec![self.part(&kept, by, false)];
            narrow_and_wide(parts, 2 + source.cost, build, &[0], self.search, lab, out);
        }
    }

    /// A source without its first elements, its last ones, or both: which elements go is a goal.
    pub(super) fn trims(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let left = |i: usize, front: bool, back: bool| -> Option<(usize, usize)> {
                let (run, wanted) = (&source.runs[i], &self.wanted[i]);
                let last = run.len().checked_sub(wanted.len())?;
                let start = match (front, back) {
                    (true, false) => last,
                    (false, true) => 0,
                    // What is left of nothing may have stood anywhere.
                    _ if wanted.is_empty() => run.len(),
                    _ => (0..=last).find(|at| run[*at..*at + wanted.len()] == **wanted)?,
                };
                (run[start..start + wanted.len()] == **wanted).then_some((start, start + wanted.len()))
            };
            for (front, back) in [(true, false), (false, true), (true, true)] {
                let Some(left) = (0..n).map(|i| left(i, front, back)).collect::<Option<Vec<_>>>() else { continue };
                let gone: usize = (0..n).map(|i| source.runs[i].len() - (left[i].1 - left[i].0)).sum();
                if gone < 4 || left.iter().all(|(start, end)| start == end) {
                    continue;
                }
                let (mut rows, mut wants) = (vec![], vec![]);
                for (i, (start, end)) in left.into_iter().enumerate() {
                    let mut add = |at: usize, goes: bool, lab: &mut Lab| {
                        let item = lab.engine.pool.get(source.runs[i][at]).clone();
                        rows.push(inside(&self.search.spec.rows[self.rows[i]], &[Value::Int(at as i64), item]));
                        wants.push(lab.engine.pool.intern(Value::Bool(goes)));
                    };
                    (0..start).chain(end..source.runs[i].len()).for_each(|at| add(at, true, lab));
                    if start < end && front {
                        add(start, false, lab);
                    }
                    if start < end && back {
                        add(end - 1, false, lab);
                    }
                }
                let expr = source.expr.clone();
                let build: Build = Box::new(move |solved| {
                    let trim = |run: Expr| Expr::Higher(Higher::DropWhile, Box::new(solved[0].clone()), vec![run]);
                    let backwards = |run: Expr| call("backwards", vec![run]);
                    let run = if front { trim(expr.clone()) } else { expr.clone() };
                    vec![if back { backwards(trim(backwards(run))) } else { run }]
                });
                let parts = vec![self.spec(rows, wants, vec![], false)];
                let cost = usize::from(front) + 3 * usize::from(back) + source.cost;
                out.push(Deduction::new(parts, cost, build));
            }
        }
    }

    /// A source with one element replaced, more or less: its position is a goal.
    pub(super) fn edits(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        if self.text || n < 4 {
            return;
        }
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let change = |i: usize| self.wanted[i].len() as i64 - source.runs[i].len() as i64;
            let by = change(0);
            // Operations that keep the rows where there is nothing to do would be told apart by a test: not here.
            if !(-1..=1).contains(&by) || (0..n).any(|i| change(i) != by) {
                continue;
            }
            let (mut kept, mut places, mut items) = (vec![], vec![], vec![]);
            for i in 0..n {
                let (old, new) = (&source.runs[i], &self.wanted[i]);
                let spots: Vec<usize> = match by {
                    0 => (0..old.len()).filter(|p| old[*p] != new[*p]).collect(),
                    1 => (0..new.len()).filter(|p| old[..*p] == new[..*p] && old[*p..] == new[p + 1..]).collect(),
                    _ => (0..old.len()).filter(|p| old[..*p] == new[..*p] && old[p + 1..] == new[*p..]).collect(),
                };
                match (spots.as_slice(), by) {
                    ([], 0) => {}
                    ([p], _) => {
                        kept.push(i);
                        places.push(lab.engine.pool.intern(Value::Int(*p as i64)));
                        items.extend((by >= 0).then(|| new[*p]));
                    }
                    (_, 0) | ([], _) => return,
                    _ => {}
                }
            }
            if kept.len() < 4 {
                continue;
            }
            let mut parts = vec![self.part(&kept, places, false)];
            if by >= 0 {
                let rows = kept.iter().map(|i| self.search.spec.rows[self.rows[*i]].clone()).collect();
                parts.push(self.spec(rows, items, self.inner_classes(), false));
            }
            let name = ["drop_at", "put_at", "insert_at"][(by + 1) as usize];
            let expr = source.expr.clone();
            let build = move |solved: &[Expr]| {
                let mut args = vec![expr.clone()];
                args.extend(solved.iter().cloned());
                vec![call(name, args)]
            };
            narrow_and_wide(parts, 1 + source.cost, build, &[0], self.search, lab, out);
        }
    }
}
