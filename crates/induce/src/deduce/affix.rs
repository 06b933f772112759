//! Runs of pieces: what stands at their ends, what is repeated, what stands inside.

use mimus_core::{Datum, Expr, Value};

use super::positions::narrow_and_wide;
use super::runs::{Runs, Source, occurrences};
use super::{Build, Deduction, Part, call};
use crate::bank::Row;
use crate::lab::Lab;
use crate::pool::ValueId;

/// Computed sources that are tried at the front and the end.
const COMPUTED: usize = 3;

impl Runs<'_> {
    /// The same elements at the front or the end of all that is wanted.
    pub(super) fn constant_affix(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let Some(first) = self.wanted.first() else { return };
        if self.wanted.len() < 4 || self.wanted.iter().all(|w| w == first) {
            return;
        }
        let scalar = |id| !matches!(lab.engine.pool.get(id), Value::Object(_));
        let (front, back) = common_ends(&self.wanted, scalar);
        if front + back == 0 {
            return;
        }
        let (before, after) = (self.constant(&first[..front], lab), self.constant(&first[first.len() - back..], lab));
        let wants = (0..self.rows.len()).map(|i| self.run(i, &self.wanted[i][front..self.wanted[i].len() - back], lab)).collect();
        let parts = vec![self.part(&self.every(), wants, true)];
        let build: Build = Box::new(move |solved| {
            let mut expr = solved[0].clone();
            if back > 0 {
                expr = call("cat", vec![expr, after.clone()]);
            }
            if front > 0 {
                expr = call("cat", vec![before.clone(), expr]);
            }
            vec![expr]
        });
        // What always stands at both ends was put there: no other way makes it anew in each row.
        out.push(Deduction { must: front > 0 && back > 0, ..Deduction::new(parts, 4, build) });
    }

    /// Always as many elements: each is a goal of its own. Whether that is so.
    pub(super) fn components(&self, out: &mut Vec<Deduction>) -> bool {
        let n = self.wanted[0].len();
        if self.text || !(2..=4).contains(&n) || self.wanted.len() < 3 || self.wanted.iter().any(|w| w.len() != n) {
            return false;
        }
        let rows: Vec<Row> = self.rows.iter().map(|i| self.search.spec.rows[*i].clone()).collect();
        let parts = (0..n)
            .map(|k| self.spec(rows.clone(), self.wanted.iter().map(|w| w[k]).collect(), self.inner_classes(), false))
            .collect();
        let build: Build = Box::new(|solved| {
            let mut expr = call("couple", vec![solved[0].clone(), solved[1].clone()]);
            for more in &solved[2..] {
                expr = call("push", vec![expr, more.clone()]);
            }
            vec![expr]
        });
        out.push(Deduction { must: true, ..Deduction::new(parts, n, build) });
        true
    }

    /// The same element, or the same source, over and over: how often is a goal. Whether that is the only one.
    pub(super) fn uniform(&self, lab: &mut Lab, out: &mut Vec<Deduction>) -> bool {
        let Some(element) = self.wanted.iter().flatten().next() else { return false };
        if self.wanted.iter().flatten().all(|x| x == element) && !matches!(lab.engine.pool.get(*element), Value::Object(_)) {
            let lengths: Vec<usize> = self.wanted.iter().map(Vec::len).collect();
            self.repeated(self.constant(&[*element], lab), 2, &self.every(), &lengths, lab, out);
            if lengths.iter().any(|length| *length > 2) {
                return true;
            }
        }
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let times = |i: usize| {
                let (run, wanted) = (&source.runs[i], &self.wanted[i]);
                let times = if run.is_empty() { 0 } else { wanted.len() / run.len() };
                (run.len() * times == wanted.len() && wanted.chunks(run.len().max(1)).all(|part| part == run)).then_some(times)
            };
            let Some(times) = (0..self.rows.len()).map(times).collect::<Option<Vec<usize>>>() else { continue };
            let kept: Vec<usize> = (0..self.rows.len()).filter(|i| !source.runs[*i].is_empty()).collect();
            let counts: Vec<usize> = kept.iter().map(|i| times[*i]).collect();
            if kept.len() >= 4 && counts.iter().any(|count| *count > 1) {
                self.repeated(source.expr.clone(), 1 + source.cost, &kept, &counts, lab, out);
                if counts.iter().any(|count| *count > 2) {
                    return true;
                }
            }
        }
        false
    }

    fn repeated(&self, of: Expr, cost: usize, rows: &[usize], times: &[usize], lab: &mut Lab, out: &mut Vec<Deduction>) {
        // Where it is not there at all, the number may be anything from 0 downwards.
        let some: Vec<usize> = (0..rows.len()).filter(|i| times[*i] > 0).collect();
        let times: Vec<ValueId> = times.iter().map(|n| lab.engine.pool.intern(Value::Int(*n as i64))).collect();
        let build = move |solved: &[Expr]| {
            let again = |count: Expr| call("again", vec![of.clone(), count]);
            let none = Expr::Const(Datum::int(0));
            let some = call("larger", vec![solved[0].clone(), none.clone()]);
            // Or there is no such number.
            vec![again(solved[0].clone()), again(some.clone()), again(Expr::Or(Box::new([some, none])))]
        };
        if (4..rows.len()).contains(&some.len()) {
            let (rows, times): (Vec<usize>, Vec<ValueId>) = some.iter().map(|i| (rows[*i], times[*i])).unzip();
            let parts = vec![self.part(&rows, times, false)];
            narrow_and_wide(parts, cost + 2, build.clone(), &[0], self.search, lab, out);
        }
        let parts = vec![self.part(rows, times, false)];
        narrow_and_wide(parts, cost, build, &[0], self.search, lab, out);
    }

    /// A source at the front or the end: operands, and what else fits most of what is wanted.
    pub(super) fn affixes(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        if n < 4 {
            return;
        }
        let mut found: Vec<(bool, usize, bool, &Source)> = vec![];
        for source in self.sources.iter().filter(|s| self.fits(s)) {
            let matched: usize = source.runs.iter().map(Vec::len).sum();
            if matched == 0 || (0..n).all(|i| source.runs[i].len() == self.wanted[i].len()) {
                continue;
            }
            for suffix in [false, true] {
                let affixed = |i: usize| match suffix {
                    true => self.wanted[i].ends_with(&source.runs[i]),
                    false => self.wanted[i].starts_with(&source.runs[i]),
                };
                if (0..n).all(affixed) {
                    found.push((!source.variable, matched, suffix, source));
                }
            }
        }
        found.sort_by_key(|(computed, matched, ..)| (*computed, std::cmp::Reverse(*matched)));
        let operands = found.iter().filter(|(computed, ..)| !computed).count();
        for (_, _, suffix, source) in found.into_iter().take(operands + COMPUTED) {
            let wants = (0..n)
                .map(|i| {
                    let (all, own) = (&self.wanted[i], source.runs[i].len());
                    self.run(i, if suffix { &all[..all.len() - own] } else { &all[own..] }, lab)
                })
                .collect();
            let expr = source.expr.clone();
            let build: Build = Box::new(move |solved| {
                let (own, rest) = (expr.clone(), solved[0].clone());
                vec![call("cat", if suffix { vec![rest, own] } else { vec![own, rest] })]
            });
            let parts = vec![self.part(&self.every(), wants, true)];
            out.push(Deduction::new(parts, 1 + source.cost, build));
        }
    }

    /// A source somewhere inside.
    pub(super) fn infix(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        let n = self.rows.len();
        let mut tried = 0;
        for source in self.sources.iter().filter(|s| s.size <= 3 && self.fits(s)) {
            if tried >= 2 || (0..n).all(|i| source.runs[i].len() == self.wanted[i].len()) {
                continue;
            }
            let places: Vec<Vec<usize>> = (0..n).map(|i| occurrences(&source.runs[i], &self.wanted[i])).collect();
            if places.iter().any(Vec::is_empty) {
                continue;
            }
            let kept: Vec<usize> = (0..n).filter(|i| !source.runs[*i].is_empty() && places[*i].len() == 1).collect();
            if kept.len() * 2 < n || kept.len() < 3 {
                continue;
            }
            tried += 1;
            let left = kept.iter().map(|i| self.run(*i, &self.wanted[*i][..places[*i][0]], lab)).collect();
            let right =
                kept.iter().map(|i| self.run(*i, &self.wanted[*i][places[*i][0] + source.runs[*i].len()..], lab)).collect();
            let expr = source.expr.clone();
            let build: Build = Box::new(move |solved| {
                vec![call("cat", vec![call("cat", vec![solved[0].clone(), expr.clone()]), solved[1].clone()])]
            });
            // How much stands before it may matter to what stands after it.
            let right: Part = match self.part(&kept, right, true) {
                Part::Waiting(spec) => Part::Later(std::rc::Rc::new(move |before| {
                    let length = before.first().map(|left| (call("length", vec![(*left).clone()]), 1));
                    let mut spec = (*spec).clone();
                    spec.given.extend(length);
                    spec
                })),
                part => part,
            };
            let parts = vec![self.part(&kept, left, true), right];
            // An operand that stands inside all that is wanted is no accident.
            out.push(Deduction { must: source.variable, ..Deduction::new(parts, 2 + source.cost, build) });
        }
    }
}

/// How many elements runs have in common at the front and at the end, as far as these elements count.
pub fn common_ends<R: AsRef<[ValueId]>>(runs: &[R], counts: impl Fn(ValueId) -> bool) -> (usize, usize) {
    let Some(first) = runs.first().map(AsRef::as_ref) else { return (0, 0) };
    let least = runs.iter().map(|run| run.as_ref().len()).min().unwrap_or(0);
    let common = |at: &dyn Fn(&[ValueId]) -> ValueId| counts(at(first)) && runs.iter().all(|run| at(run.as_ref()) == at(first));
    let front = (0..least).take_while(|i| common(&|run| run[*i])).count();
    (front, (0..least - front).take_while(|i| common(&|run| run[run.len() - 1 - i])).count())
}
