//! Texts in which marks give way to something that depends on what stands before them.

use std::collections::BTreeMap;

use mimus_core::{Datum, Expr, Higher, Value};

use super::between::between;
use super::runs::Runs;
use super::{Build, Deduction, Part, call};
use crate::lab::Lab;
use crate::lambda::inside;
use crate::pool::ValueId;

/// Marks of one source that are tried.
const MARKS: usize = 2;
/// Characters that may begin the count of those before a mark anew.
const BREAKS: usize = 5;
/// Rows that tell what a mark gave way to.
const ENOUGH: usize = 4;

impl Runs<'_> {
    /// A source with a mark that is nowhere in what is wanted: what stands in its place is a goal over what stands before that.
    pub(super) fn marked(&self, lab: &mut Lab, out: &mut Vec<Deduction>) {
        if !self.text || self.search.spec.depth > 0 {
            return;
        }
        for source in self.sources.iter().filter(|s| s.variable && self.fits(s)) {
            let counts = counted(&source.runs);
            let mut marks: Vec<(usize, ValueId)> = counts.iter().map(|(id, count)| (*count, *id)).collect();
            marks.retain(|(count, id)| *count >= ENOUGH && !self.wanted.iter().any(|wanted| wanted.contains(id)));
            marks.sort_by_key(|(count, id)| (std::cmp::Reverse(*count), *id));
            for (_, mark) in marks.into_iter().take(MARKS) {
                let (mut rows, mut wants) = (vec![], vec![]);
                let mut told = 0;
                for (i, run) in source.runs.iter().enumerate() {
                    let pieces: Vec<&[ValueId]> = run.split(|id| *id == mark).collect();
                    let Some(between) = between(&pieces, &self.wanted[i]).filter(|between| !between.is_empty()) else { continue };
                    told += 1;
                    for (j, range) in between.into_iter().enumerate() {
                        let before = self.run(i, &self.wanted[i][..range.start], lab);
                        let variables =
                            [Value::Int(j as i64), lab.engine.pool.get(mark).clone(), lab.engine.pool.get(before).clone()];
                        rows.push(inside(&self.search.spec.rows[self.rows[i]], &variables));
                        wants.push(self.run(i, &self.wanted[i][range], lab));
                    }
                }
                // What is always the same is an exchange.
                if told < ENOUGH || wants.iter().all(|want| *want == wants[0]) {
                    continue;
                }
                let breaks = breaks(&counts, mark, lab);
                let mut part = self.spec(rows, wants, vec![], true);
                if let Part::Waiting(spec) = &mut part {
                    spec.given = columns(&breaks);
                }
                let (expr, mark) = (source.expr.clone(), self.constant(&[mark], lab));
                let build: Build = Box::new(move |solved| {
                    let is_mark = call("equal", vec![Expr::Local(1), mark.clone()]);
                    let next = Expr::If(Box::new([is_mark, solved[0].clone(), Expr::Local(1)]));
                    let body = call("cat", vec![Expr::Local(0), next]);
                    vec![Expr::Higher(Higher::Fold, Box::new(body), vec![expr.clone(), Expr::Const(Datum::text(""))])]
                });
                out.push(Deduction { must: true, ..Deduction::new(vec![part], 4 + source.cost, build) });
            }
        }
    }
}

/// In how many runs each element is.
fn counted(runs: &[Vec<ValueId>]) -> BTreeMap<ValueId, usize> {
    let mut counts: BTreeMap<ValueId, usize> = BTreeMap::new();
    for run in runs {
        let mut ids = run.clone();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter().for_each(|id| *counts.entry(id).or_default() += 1);
    }
    counts
}

/// Characters that belong to no word, the most frequent first.
fn breaks(counts: &BTreeMap<ValueId, usize>, mark: ValueId, lab: &Lab) -> Vec<Expr> {
    let text = |id: &ValueId| if let Value::Text(text) = lab.engine.pool.get(*id) { Some(text.to_string()) } else { None };
    let mut found: Vec<(usize, String)> = counts
        .iter()
        .filter(|(id, count)| **id != mark && **count > 1)
        .filter_map(|(id, count)| Some((*count, text(id)?)))
        .collect();
    found.retain(|(_, text)| !text.contains(char::is_alphanumeric));
    found.sort_by_key(|(count, text)| (std::cmp::Reverse(*count), text.clone()));
    found.into_iter().take(BREAKS).map(|(_, text)| Expr::Const(Datum::text(&text))).collect()
}

/// How many characters stand before a mark, in all and after the last of each break.
fn columns(breaks: &[Expr]) -> Vec<(Expr, usize)> {
    let length = |text: Expr| call("length", vec![text]);
    let after = |text: Expr, mark: &Expr| call("last", vec![call("cut_at", vec![text, mark.clone()])]);
    let all = Expr::Local(0);
    let single: Vec<Expr> = breaks.iter().map(|mark| length(after(all.clone(), mark))).collect();
    // Two may break lines alike.
    let others = |i: usize| single[i + 1..].iter().map(move |b| (i, b));
    let both = (0..single.len()).flat_map(others).map(|(i, b)| (call("smaller", vec![single[i].clone(), b.clone()]), 2));
    let both: Vec<(Expr, usize)> = both.collect();
    let one = std::iter::once(length(all.clone())).chain(single).map(|column| (column, 1));
    one.chain(both).collect()
}
